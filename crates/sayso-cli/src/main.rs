//! The binary `sayso`: arguments in, the library called, results and errors out. It knows nothing of how a report is read.

mod arguments;
mod eval;
mod read;
mod verify;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};

/// Exit codes, as `--help` gives them.
const SOME_FAILED: u8 = 1;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
        Command::Read(options) => read::run(&options),
        Command::Eval(options) => eval::run(&options),
        Command::Verify(options) => verify::run(&options),
        Command::Completions { shell } => {
            arguments::completions(shell);
            Ok(true)
        }
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(SOME_FAILED),
        Err(message) => {
            report_error(&message);
            ExitCode::from(SOME_FAILED)
        }
    }
}

/// An error on standard error, coloured in a terminal.
fn report_error(message: &str) {
    let style = anstyle::Style::new()
        .bold()
        .fg_color(Some(anstyle::AnsiColor::Red.into()));
    anstream::eprintln!("{style}error{style:#}: {message}");
}

/// Standard output was closed by the reader (`sayso … | head`): no error of ours.
fn write_out(bytes: &[u8]) -> Result<(), String> {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => std::process::exit(0),
        Err(e) => Err(format!("cannot write to standard output: {e}")),
        Ok(()) => Ok(()),
    }
}
