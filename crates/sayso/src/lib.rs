//! sayso reads a report and tells who said what, in which exact words, and where in the text.
//!
//! ```
//! let engine = sayso::Engine::new()?;
//! let report = sayso::Report::new("“We never agreed to this,” Mayor Ana Ruiz said on Monday.")?;
//! let reading = engine.read(&report)?;
//! let statement = &reading.statements[0];
//! assert_eq!(statement.content[0].text, "“We never agreed to this,”");
//! assert_eq!(statement.source.as_ref().map(|s| s.text.as_str()), Some("Mayor Ana Ruiz"));
//! # Ok::<(), sayso::Error>(())
//! ```
//!
//! The way through, one module a step: [`report`] (bytes to text) → [`segment`] (tokens, sentences, quotations) → [`tag`] (cue, source,
//! content) → [`resolve`] (a [`Reading`]) → [`render`]. Beside it, [`verify`](mod@verify) checks a reading against its text and [`evaluate`] scores
//! attributions against gold ones. Every word given as quoted is a byte range of the input; nothing is fetched, nothing is kept.

mod engine;
mod error;
pub mod evaluate;
mod lexicon;
mod reading;
pub mod render;
pub mod report;
pub mod resolve;
pub mod segment;
mod span;
pub mod tag;
pub mod verify;

pub use engine::Engine;
pub use error::{Error, Result};
pub use reading::{
    Affiliation, Basis, Bound, Channel, ChannelKind, Day, Direction, Entity, EntityKind, Evidence, EvidenceKind,
    Figure, Kind, Naming, Reading, Relation, RelationKind, ReportRecord, SCHEMA, Span, Stance, Statement, Undisclosed,
};
pub use report::Report;
pub use span::{ByteSpan, TokenSpan};
pub use tag::Guide;
