//! Stub.
use super::context::Context; use super::entity::Resolved;
use crate::reading::{Evidence, Figure, Relation, Statement};
pub(super) fn relations(_context: &Context<'_>, _resolved: &Resolved, _statements: &[Statement], _evidence: &[Evidence], _figures: &[Figure]) -> Vec<Relation> { Vec::new() }
