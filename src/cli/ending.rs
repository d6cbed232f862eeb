//! How a command that writes ends: its result is printed, and then comes the snapshot of the day, if it is due. A
//! profile that the screen never opens has snapshots too.

use super::{
    exit::{Failure, Outcome},
    session::{self, Profile, Session},
};
use crate::store::Work;

impl Session {
    /// Prints the result of a change that is on the disk, and rests.
    ///
    /// # Errors
    /// When it cannot be printed.
    pub fn done(&mut self, profile: &mut Profile, result: &str) -> Outcome {
        self.out.text(result).map_err(Failure::after_all)?;
        self.rest(profile).map_err(Failure::after_all)
    }

    /// Makes the snapshot of the day behind everything that was printed; one that fails is a notice.
    ///
    /// # Errors
    /// When what was printed cannot be written.
    pub fn rest(&mut self, profile: &mut Profile) -> Outcome {
        self.out.finish()?;
        let utc_ms = self.now().utc_ms;
        if !profile.store.is_snapshot_due(utc_ms) {
            return Ok(());
        }
        loop {
            match profile.store.work_on_snapshot(utc_ms) {
                Ok(Work::More) => {}
                Ok(Work::Done) => return Ok(()),
                Err(error) => {
                    session::remark(&format!("tutelage: No snapshot was made today: {error}."));
                    return Ok(());
                }
            }
        }
    }
}
