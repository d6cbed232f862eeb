//! How this profile uses the score: how wide it looks, how many rows a week, and numbers of the card that were changed.

use serde::{Deserialize, Serialize};

use super::{id::Id, score::Setting};

/// Names the tuning.
pub type TuningId = Id<Tuning>;

/// How many students a tutor is shown a week, unless another number is set.
pub const CAP: u8 = 5;

/// How the score is used here; one for a profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tuning {
    /// Identity.
    pub id: TuningId,
    /// How many alerts are wanted.
    pub setting: Setting,
    /// How many students a tutor is shown a week.
    pub cap: u8,
    /// The name of the card; empty for the one of the program.
    pub card: String,
    /// Numbers of the card that were changed, by their path: `look.mean-below`.
    pub numbers: Vec<(String, u16)>,
    /// Rules that are switched off, by their key.
    pub off: Vec<String>,
}

/// How many rows of each tutor are shown at first; none for all of them.
#[must_use]
pub fn cap(tuning: Option<&Tuning>) -> Option<u8> {
    let most = tuning.map_or(CAP, |tuning| tuning.cap);
    (most > 0).then_some(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_none_shows_all_and_without_one_it_is_that_of_the_program() {
        let of = |most| Tuning {
            id: TuningId::from_bytes([1; 16]),
            setting: Setting::Standard,
            cap: most,
            card: String::new(),
            numbers: Vec::new(),
            off: Vec::new(),
        };
        assert_eq!((cap(Some(&of(0))), cap(Some(&of(7))), cap(None)), (None, Some(7), Some(CAP)));
    }
}
