//! Draws the pictures of the README: starts the real program on its demo in a pseudo-terminal and writes what
//! stands on the screen into `assets/pictures`, as SVG. `pictures [NAME…]`: which of them, all if left out.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "the pictures and the terminal are shared with the tests"
)]

#[path = "../tests/it/pictures.rs"]
mod pictures;
#[path = "../tests/it/pty.rs"]
#[expect(dead_code, reason = "the tests do more with it")]
mod pty;
#[path = "../tests/it/svg.rs"]
mod svg;

use std::{
    env, fs,
    io::{self, Write},
    process::Command,
};

use color_eyre::eyre::{Result, ensure, eyre};
use pictures::{PICTURES, folder};

fn main() -> Result<()> {
    let program = build()?;
    let names: Vec<String> = env::args().skip(1).collect();
    fs::create_dir_all(folder())?;
    for picture in
        PICTURES.iter().filter(|it| names.is_empty() || names.iter().any(|name| name == it.name))
    {
        let path = folder().join(picture.name).with_extension("svg");
        let drawn = picture.take(&program);
        fs::write(&path, &drawn)?;
        writeln!(io::stdout(), "{} ({} bytes)", path.display(), drawn.len())?;
    }
    Ok(())
}

/// Builds the program as this example was built, and says where it is.
fn build() -> Result<String> {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let profile = if cfg!(debug_assertions) { "dev" } else { "release" };
    let built =
        Command::new(cargo).args(["build", "--bin", "tutelage", "--profile", profile]).status()?;
    ensure!(built.success(), "the program cannot be built");
    let here = env::current_exe()?;
    let folder = here.parent().and_then(|examples| examples.parent());
    let program = folder.ok_or_else(|| eyre!("no folder holds the program"))?.join("tutelage");
    Ok(program.to_string_lossy().into_owned())
}
