//! What the command line takes.

use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// Reads reports and tells who said what, in which exact words.
#[derive(Parser)]
#[command(name = "sayso", version, about, after_help = EXIT_CODES, max_term_width = 110)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 all went well; 1 a file could not be read, or a check failed (the rest is still done); 2 wrong usage.";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Read reports and give their statements
    #[command(after_help = READ_EXAMPLES)]
    Read(ReadOptions),
    /// Score what sayso finds against gold attributions
    #[command(after_help = EVAL_EXAMPLES)]
    Eval(EvalOptions),
    /// Check that every span of a reading is in its text, and the text matches its hash
    #[command(after_help = VERIFY_EXAMPLES)]
    Verify(VerifyOptions),
    /// Print a completion script for a shell
    #[command(after_help = "Example:\n  sayso completions bash > ~/.local/share/bash-completion/completions/sayso")]
    Completions {
        /// The shell
        shell: Shell,
    },
}

const READ_EXAMPLES: &str = "Examples:
  sayso read report.txt                                   a view for people
  sayso read report.txt --format json | jq '.statements[].content[].text'
  sayso read reports/*.txt --format csv > statements.csv  one statement a row
  sayso read reports/*.txt --format html --output pages   a page for each report
  curl -s https://example.org/story.txt | sayso read -    from standard input
  sayso read old.txt --encoding windows-1252              or: --encoding auto

Exit codes: 0 all files read; 1 some could not be (named on standard error; the others are still given); 2 wrong usage.";

const EVAL_EXAMPLES: &str = "GOLD.jsonl holds an object a line: {\"doc\", \"text\", \"attributions\": [{\"cue\": [[begin, end], …], \"source\": …, \"content\": …}]},
offsets in code points, half-open.

Examples:
  sayso eval gold.jsonl                                   read its texts, print the scores
  sayso eval gold.jsonl --json
  sayso eval gold.jsonl --guide sayso                     by sayso's guide instead of PolNeAR's
  sayso eval gold.jsonl --predictions other.jsonl         score another reader's output
  sayso eval gold.jsonl --write predictions.jsonl         keep what sayso found

Exit codes: 0 scored; 1 a file could not be read; 2 wrong usage.";

const VERIFY_EXAMPLES: &str = "Takes a reading, an array of readings, or JSON Lines.

Examples:
  sayso read report.txt --format json > reading.json && sayso verify reading.json
  sayso read *.txt --format jsonl | sayso verify -

Exit codes: 0 every span holds; 1 a fault was found, or a file is no reading; 2 wrong usage.";

#[derive(Args)]
pub(crate) struct ReadOptions {
    /// Text files, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Output format
    #[arg(long, short, default_value = "text")]
    pub(crate) format: FormatName,
    /// The day the reports were published, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub(crate) published: Option<String>,
    /// Encoding of the files: a WHATWG label (windows-1252, utf-16le, …) or auto; without it UTF-8, or UTF-16 with its mark
    #[arg(long, value_name = "LABEL")]
    pub(crate) encoding: Option<String>,
    /// Write one file for each report into this folder instead of standard output
    #[arg(long, short, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// Threads to use; the result does not depend on it [default: all]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<std::num::NonZeroUsize>,
    /// Colour in the text format
    #[arg(long, default_value = "auto")]
    pub(crate) color: Colour,
}

#[derive(Args)]
pub(crate) struct EvalOptions {
    /// Gold attributions, JSON Lines
    #[arg(value_name = "GOLD.jsonl")]
    pub(crate) gold: PathBuf,
    /// Print the scores as JSON: measure -> [precision, recall, F1, gold]
    #[arg(long)]
    pub(crate) json: bool,
    /// The annotation guide that the gold follows
    #[arg(long, default_value = "polnear")]
    pub(crate) guide: GuideName,
    /// Score these attributions instead of reading the texts
    #[arg(long, value_name = "FILE", conflicts_with = "guide")]
    pub(crate) predictions: Option<PathBuf>,
    /// Keep what was found, in the form of --predictions
    #[arg(long, value_name = "FILE", conflicts_with = "predictions")]
    pub(crate) write: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct VerifyOptions {
    /// Readings, or - for standard input
    #[arg(required = true, value_name = "READING.json")]
    pub(crate) files: Vec<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum FormatName {
    /// For people; coloured in a terminal
    Text,
    /// One reading, or an array of several
    Json,
    /// One reading a line
    Jsonl,
    /// One statement a row
    Csv,
    /// Standoff annotation, offsets in code points
    Brat,
    /// A page that stands alone
    Html,
}

impl From<FormatName> for sayso::render::Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Text => Self::Text,
            FormatName::Json => Self::Json,
            FormatName::Jsonl => Self::Jsonl,
            FormatName::Csv => Self::Csv,
            FormatName::Brat => Self::Brat,
            FormatName::Html => Self::Html,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Colour {
    /// In a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum GuideName {
    /// Of the PolNeAR corpus
    Polnear,
    /// sayso's own
    Sayso,
}

/// Prints a completion script.
pub(crate) fn completions(shell: Shell) {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "sayso", &mut script);
    let _ = crate::write_out(&script);
}
