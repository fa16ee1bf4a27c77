//! Stub.
use super::context::Context;
use crate::reading::Figure;
pub(super) fn figures(_context: &Context<'_>) -> Vec<Figure> { Vec::new() }
