//! A demo asked for on the command line: made before the screen opens, with a bar where that takes a while.

use color_eyre::eyre::{Result, eyre};
use indicatif::{ProgressBar, ProgressStyle};

use crate::{
    domain::demo::{Demo, Scale},
    exchange::card,
    runtime::{clock::Clock, keeper::Keeper},
};

/// Makes a demo in a temporary folder; it goes with the keeper.
///
/// # Errors
/// When the folder or the profile cannot be made.
pub fn make(scale: Scale, clock: Clock) -> Result<Keeper> {
    let demo = Demo::new(scale, clock.now().today()).judged(card::default_card());
    let changes = demo.changes();
    let bar = match scale {
        Scale::Tutor => ProgressBar::hidden(),
        Scale::School | Scale::University => ProgressBar::new(changes.len().try_into()?),
    };
    bar.set_style(ProgressStyle::with_template("Making the demo {wide_bar} {percent:>3} %")?);
    let keeper = Keeper::of_demo(clock, bar.wrap_iter(changes)).map_err(|why| eyre!(why))?;
    bar.finish_and_clear();
    Ok(keeper)
}
