//! Stub.
use super::context::Context;
use crate::reading::Entity;
/// Who speaks.
pub(super) struct Resolved {
    /// The entities, in the order of their first mention; `e1` is the first.
    pub(super) entities: Vec<Entity>,
    /// For each attribution the index of its speaker.
    pub(super) speakers: Vec<Option<usize>>,
    /// For each attribution the index of the body its speaker speaks for.
    pub(super) on_behalf_of: Vec<Option<usize>>,
}
pub(super) fn resolve(context: &Context<'_>) -> Resolved { let n = context.attributions.len(); Resolved { entities: Vec::new(), speakers: vec![None; n], on_behalf_of: vec![None; n] } }
