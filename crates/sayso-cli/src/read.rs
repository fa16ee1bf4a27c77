//! `sayso read`: files to readings, in parallel, given in the order of the arguments. One bad file does not stop the others.

use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;
use sayso::render::{self, Format, Palette};
use sayso::{Engine, Reading, Report};

use crate::arguments::{Colour, ReadOptions};
use crate::{report_error, write_out};

/// Files that are read, and their readings kept, before what they give is written.
const BATCH: usize = 64;

pub(crate) fn run(options: &ReadOptions) -> Result<bool, String> {
    if let Some(day) = &options.published {
        // told once, not for each file
        Report::new("x")
            .and_then(|r| r.with_published(day))
            .map_err(|e| format!("--published: {e}"))?;
    }
    if let Some(n) = options.threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(n.get())
            .build_global()
            .map_err(|e| e.to_string())?;
    }
    let format = Format::from(options.format);
    if format == Format::Brat && options.output.is_none() && options.files.len() > 1 {
        return Err("--format brat gives one file for each report; name a folder with --output".into());
    }
    if format == Format::Html && options.output.is_none() && options.files.len() > 1 {
        return Err("--format html gives a page for each report; name a folder with --output".into());
    }
    let names = match &options.output {
        Some(folder) => {
            std::fs::create_dir_all(folder).map_err(|e| format!("cannot make the folder {}: {e}", folder.display()))?;
            Some(output_names(folder, &options.files, format)?)
        }
        None => None,
    };
    let engine = Engine::new().map_err(|e| e.to_string())?;
    let bar = progress(options.files.len());
    let mut all_well = true;
    let mut out = Output {
        format,
        palette: palette(options.color),
        given: 0,
    };
    for (b, batch) in options.files.chunks(BATCH).enumerate() {
        let read: Vec<Result<Reading, String>> = batch
            .par_iter()
            .map(|path| {
                let reading = read_one(&engine, path, options);
                bar.inc(1);
                reading
            })
            .collect();
        for (k, reading) in read.into_iter().enumerate() {
            match reading {
                Ok(reading) => match &names {
                    Some(names) => {
                        let path = &names[b * BATCH + k];
                        std::fs::write(path, out.alone(&reading))
                            .map_err(|e| format!("cannot write {}: {e}", path.display()))?;
                    }
                    None => write_out(out.next(&reading, options.files.len()).as_bytes())?,
                },
                Err(message) => {
                    bar.suspend(|| report_error(&message));
                    all_well = false;
                }
            }
        }
    }
    bar.finish_and_clear();
    if names.is_none() {
        write_out(out.end(options.files.len()).as_bytes())?;
    }
    Ok(all_well)
}

fn read_one(engine: &Engine, path: &Path, options: &ReadOptions) -> Result<Reading, String> {
    let encoding = options.encoding.as_deref();
    let name = if path == Path::new("-") {
        "standard input".to_owned()
    } else {
        path.display().to_string()
    };
    let report = if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|e| format!("cannot read standard input: {e}"))?;
        Report::from_bytes(&bytes, encoding).map(|r| r.with_id("-"))
    } else {
        Report::open(path, encoding)
    };
    let report = report.and_then(|r| match &options.published {
        Some(day) => r.with_published(day),
        None => Ok(r),
    });
    match report.and_then(|r| engine.read(&r)) {
        Ok(reading) => Ok(reading),
        // that error names the file already
        Err(e @ sayso::Error::Read { .. }) => Err(e.to_string()),
        Err(e @ sayso::Error::NotUtf8 { .. }) => Err(format!(
            "{name} is {}",
            e.to_string().replace(
                "name its encoding (auto detects it)",
                "pass --encoding (auto detects it)"
            )
        )),
        Err(e) => Err(format!("{name}: {e}")),
    }
}

/// A file for each report, named after it; two reports of one name in different folders get their folder's name too.
fn output_names(folder: &Path, files: &[PathBuf], format: Format) -> Result<Vec<PathBuf>, String> {
    let mut names = Vec::with_capacity(files.len());
    let mut seen = std::collections::HashMap::new();
    for file in files {
        let stem = if file == Path::new("-") {
            "stdin".into()
        } else {
            file.file_stem()
                .unwrap_or(file.as_os_str())
                .to_string_lossy()
                .into_owned()
        };
        let path = folder.join(format!("{stem}.{}", format.extension()));
        if let Some(other) = seen.insert(path.clone(), file) {
            return Err(format!(
                "{} and {} would both be written to {}; read them apart",
                other.display(),
                file.display(),
                path.display()
            ));
        }
        names.push(path);
    }
    Ok(names)
}

fn progress(files: usize) -> ProgressBar {
    if files < 4 || !std::io::stderr().is_terminal() {
        return ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    }
    let style = ProgressStyle::with_template("{pos}/{len} reports {wide_bar} {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(files as u64).with_style(style)
}

fn palette(colour: Colour) -> Palette {
    let on = match colour {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
    };
    if on { Palette::COLOUR } else { Palette::PLAIN }
}

/// What goes to standard output, piece by piece: JSON of several files is an array, CSV has one header.
struct Output {
    format: Format,
    palette: Palette,
    given: usize,
}

impl Output {
    /// A reading as a file of its own.
    fn alone(&self, reading: &Reading) -> String {
        match self.format {
            Format::Text => render::text(reading, Palette::PLAIN),
            Format::Json => render::json(reading) + "\n",
            Format::Jsonl => render::jsonl(reading) + "\n",
            Format::Csv => render::csv(std::slice::from_ref(reading)),
            Format::Brat => render::brat(reading),
            Format::Html => render::html(reading),
        }
    }

    /// The next reading of `files`.
    fn next(&mut self, reading: &Reading, files: usize) -> String {
        self.given += 1;
        let first = self.given == 1;
        match self.format {
            Format::Json if files > 1 => format!("{}{}", if first { "[\n" } else { ",\n" }, render::json(reading)),
            Format::Text => format!(
                "{}{}",
                if first { "" } else { "\n" },
                render::text(reading, self.palette)
            ),
            Format::Csv if !first => {
                let csv = render::csv(std::slice::from_ref(reading));
                csv.split_once('\n').map_or(String::new(), |(_, rows)| rows.to_owned())
            }
            _ => self.alone(reading),
        }
    }

    fn end(&self, files: usize) -> String {
        match self.format {
            Format::Json if files > 1 => if self.given == 0 { "[]\n" } else { "\n]\n" }.to_owned(),
            _ => String::new(),
        }
    }
}
