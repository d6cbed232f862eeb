//! Passphrases and recovery codes: where they come from, where they never show, and what a wrong one does.

use super::{Home, OPEN, run, tutelage};

fn sealed() -> (Home, String) {
    let home = Home::empty();
    let out = home.does(&["init", "--name", "Dr Amara Okafor", "--passphrase-command", OPEN]);
    let code = code_of(&out);
    (home, code)
}

fn code_of(out: &str) -> String {
    let line = out.lines().find_map(|line| line.strip_prefix("Recovery code: "));
    line.unwrap_or_else(|| panic!("no code in {out}")).to_owned()
}

#[test]
fn a_sealed_profile_opens_with_its_passphrase_alone() {
    let (home, _) = sealed();
    home.does(&["list", "--passphrase-command", OPEN]);
    let wrong = home.refused(&["list", "--passphrase-command", "echo wrong"]);
    assert_eq!(wrong.0, Some(5));
    assert_eq!(wrong.1, "tutelage: This passphrase does not open the profile.\n");
    assert_eq!(home.refused(&["list", "--passphrase-command", "false"]).0, Some(5));
}

#[test]
fn a_passphrase_comes_from_a_file_descriptor() {
    let (home, _) = sealed();
    let script = format!(
        "exec {} list --data {} --passphrase-fd 3 3<<EOF\ncorrect horse\nEOF\n",
        tutelage(&[]).get_program().to_str().unwrap(),
        home.path("profile").display()
    );
    let output = std::process::Command::new("sh").args(["-c", &script]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_new_passphrase_brings_a_new_recovery_code_and_ends_the_old_ones() {
    let (home, old_code) = sealed();
    let new = "echo 'battery staple'";
    let changed =
        home.does(&["passwd", "--passphrase-command", OPEN, "--new-passphrase-command", new]);
    let new_code = code_of(&changed);
    assert_ne!(old_code, new_code);
    assert_eq!(home.refused(&["list", "--passphrase-command", OPEN]).0, Some(5));
    home.does(&["list", "--passphrase-command", new]);
    let recover = |code: &str| {
        let ask = format!("echo '{code}'");
        home.run(&[
            "passwd",
            "--recovery",
            "--passphrase-command",
            &ask,
            "--new-passphrase-command",
            OPEN,
        ])
    };
    assert_eq!(recover(&old_code).code, Some(5));
    assert_eq!(recover(&new_code).code, Some(0));
    home.does(&["list", "--passphrase-command", OPEN]);
}

#[test]
fn a_short_passphrase_is_refused_before_anything_is_made_or_changed() {
    let home = Home::empty();
    for short in ["echo", "echo zz"] {
        let refused = home.refused(&["init", "--name", "A", "--passphrase-command", short]);
        assert_eq!(refused, (Some(5), "tutelage: Take at least 8 characters.\n".to_owned()));
        assert!(!home.path("profile").join("keys").exists());
    }
    let (home, _) = sealed();
    let short = ["passwd", "--passphrase-command", OPEN, "--new-passphrase-command", "echo zz"];
    assert_eq!(home.refused(&short).0, Some(5));
    home.does(&["list", "--passphrase-command", OPEN]);
}

#[test]
fn without_a_terminal_the_prompt_says_what_to_use_instead() {
    let (home, _) = sealed();
    let mut command = std::process::Command::new("setsid");
    command.arg("--wait").arg(tutelage(&[]).get_program());
    command.args(["list", "--data"]).arg(home.path("profile")).env_clear();
    let Ok(output) = command.output() else { return };
    assert_eq!(output.status.code(), Some(5));
    let words = String::from_utf8(output.stderr).unwrap();
    assert!(words.contains("--passphrase-command"), "{words}");
}

#[test]
fn no_option_and_no_variable_takes_a_passphrase() {
    let help = run(tutelage(&["init", "--help"])).out;
    assert!(!help.contains("--passphrase <") && !help.contains("[env"), "{help}");
}
