//! A part of the state that knows whether it may have changed since somebody looked at it.

use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};

/// A value, and a mark that is another one after every access that could have changed it.
#[derive(Debug, Clone, Default)]
pub struct Watched<T> {
    value: T,
    mark: Mark,
}

/// Stands for a value as it was: equal to its mark for as long as nobody could have changed it. No two values ever have
/// the same, but one and its copy.
#[derive(Debug, Clone, Default)]
pub struct Mark(Arc<()>);

impl PartialEq for Mark {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Watched<T> {
    /// Stands for the value as it is now.
    #[must_use]
    pub fn mark(this: &Self) -> Mark {
        this.mark.clone()
    }
}

impl<T> Deref for Watched<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Watched<T> {
    fn deref_mut(&mut self) -> &mut T {
        // While nobody has kept the mark, nobody can tell it from a new one.
        if Arc::get_mut(&mut self.mark.0).is_none() {
            self.mark = Mark::default();
        }
        &mut self.value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_could_have_been_changed_has_another_mark() {
        let mut watched = Watched::<Vec<u8>>::default();
        let before = Watched::mark(&watched);
        assert!(watched.is_empty() && Watched::mark(&watched) == before);
        watched.push(1);
        let (after, copy) = (Watched::mark(&watched), Watched::mark(&watched.clone()));
        assert!(after != before && Watched::mark(&watched) == after && copy == after);
        let fresh = || Watched::<u8>::default();
        assert!(Watched::mark(&fresh()) != Watched::mark(&fresh()));
    }
}
