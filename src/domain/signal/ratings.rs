//! Bands of engagement that a dashboard gives: shown as they are, never scored.

use serde::{Deserialize, Serialize};

use super::EvidenceDay;

/// The highest band: very high.
pub const HIGHEST: u8 = 5;

/// The bands of one student by day, 0 (none) to [`HIGHEST`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ratings {
    bands: Box<[(EvidenceDay, u8)]>,
}

impl Ratings {
    /// Adds the band of a day; of two for the same day the lower is kept, in whatever order they come.
    pub fn add(&mut self, day: EvidenceDay, band: u8) {
        let band = band.min(HIGHEST);
        match self.bands.binary_search_by_key(&day, |(day, _)| *day) {
            Ok(at) => {
                if let Some(known) = self.bands.get_mut(at) {
                    known.1 = known.1.min(band);
                }
            }
            Err(at) => super::insert(&mut self.bands, at, (day, band)),
        }
    }

    /// By day.
    #[must_use]
    pub fn bands(&self) -> &[(EvidenceDay, u8)] {
        &self.bands
    }
}
