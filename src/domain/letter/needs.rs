//! What must be recorded before a letter has anything to tell: screen, command line and merge ask the same.

use super::{Asked, Letter};
use crate::domain::meeting::Outcome;

impl Asked<'_> {
    /// Why there is nothing that this letter could tell of, in a sentence; none if there is.
    #[must_use]
    pub fn lacks(&self) -> Option<&'static str> {
        let (missing, sentence) = match self.letter.kind.as_str() {
            Letter::SUMMARY => {
                (!self.was_held(), "No meeting was held that a summary could tell of.")
            }
            Letter::CENTRAL => {
                (self.about().is_none(), "No meeting is recorded that could be copied.")
            }
            "allocation-student" | "allocation-registry" => {
                (self.allocated().is_none(), "No tutor is recorded yet: say first who it is.")
            }
            "change-student" | "change-registry" | "handover" => (
                self.previous().name.is_empty(),
                "No change of tutor is recorded: say first who the new tutor is.",
            ),
            _ => return None,
        };
        missing.then_some(sentence)
    }

    fn was_held(&self) -> bool {
        let about = self.about();
        self.file
            .attendances
            .iter()
            .any(|part| Some(part.meeting) == about && part.outcome == Outcome::Held)
    }
}
