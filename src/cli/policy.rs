//! `policy`: check, show, list, compare, begin; the table of demands. No profile is needed for any of them.

use std::{
    fs::OpenOptions,
    io::{ErrorKind, Write},
    path::Path,
};

use super::{
    args,
    exit::{Failure, Outcome},
    out::{Out, Table},
    session::{self, Session, read_bytes, remark},
};
use crate::{
    domain::{policy::Policy, write},
    exchange::policy::{self, BUILTIN, EXAMPLE, Fault},
    runtime::packs,
    store::{Standing, Store},
};

mod coverage;
mod diff;
mod rule;
mod show;
mod years;

/// Carries out one of the commands.
///
/// # Errors
/// When a policy is unknown or has faults, or a file cannot be read or written.
pub fn policy(session: &mut Session, command: args::Policy) -> Outcome {
    match command {
        args::Policy::Check { file } => check(&file, &mut session.out),
        args::Policy::Show { policy, json } => {
            let policy = in_use(session, policy)?;
            if json {
                return session.out.json(&policy);
            }
            session.out.text(&show::text(&policy))
        }
        args::Policy::List => list(session),
        args::Policy::Use { code } => choose(session, &code),
        args::Policy::Diff { one, other } => {
            let (first, second) = (named(&one)?, named(&other)?);
            session.out.text(&diff::text((&one, &first), (&other, &second)))
        }
        args::Policy::New { file, from } => new(&file, from.as_deref(), &mut session.out),
        args::Policy::Coverage { markdown } => {
            let policies: Vec<Policy> =
                BUILTIN.iter().filter_map(|pack| policy::builtin(pack.code)).collect();
            if markdown {
                return session.out.bytes(coverage::markdown(&policies).as_bytes());
            }
            session.out.table(&coverage::table(&policies))
        }
    }
}

/// Makes a policy the one in use, or none.
fn choose(session: &mut Session, code: &str) -> Outcome {
    let (packs, _) = packs::find(&session.paths.profile);
    let code = if code == "none" { "" } else { code };
    let (policy, faults) = packs.policy(code);
    if policy.is_none() && !code.is_empty() {
        return Err(Failure::refused(faults.join("\n")));
    }
    for fault in &faults {
        remark(fault);
    }
    let mut profile = session.open()?;
    let change = profile.write(|context| write::policy::choose(context, policy.as_ref()))?;
    let running = policy.as_ref().map_or("No policy", |policy| policy.university.as_str());
    session.done(&mut profile, &format!("{} {running} is in use.", session::saved(&change)))
}

fn check(file: &Path, out: &mut Out) -> Outcome {
    let standard_input = file == Path::new("-");
    let name = if standard_input { "standard input".into() } else { file.display().to_string() };
    match policy::read_bytes(&read_bytes(file)?, &name) {
        Ok(policy) => out.text(&counted(&name, &policy)),
        Err(faults) => {
            for fault in &faults {
                out.text(&fault.to_string())?;
            }
            out.finish()?;
            Err(Failure::refused(how_many(&name, &faults)))
        }
    }
}

/// What a sound file holds, in two lines.
fn counted(name: &str, policy: &Policy) -> String {
    let counts = [
        (policy.clauses.len(), "clause", "clauses"),
        (policy.duties.len(), "duty to students", "duties to students"),
        (policy.tutor_duties.len(), "duty of tutors", "duties of tutors"),
        (policy.ladders.len(), "ladder", "ladders"),
        (policy.sharing.rules.len(), "rule of sharing", "rules of sharing"),
        (policy.letters.len(), "letter", "letters"),
        (policy.years.len(), "calendar", "calendars"),
        (policy.items.len(), "demand", "demands"),
    ];
    let counts =
        counts.map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }));
    let drop = policy.sudden_drop.as_ref().map_or("", |_| ", a prompt for a sudden drop");
    format!(
        "{name} has no faults: {}, {}, {}.\n{}{drop}.",
        policy.university,
        policy.document,
        policy.version,
        counts.join(", ")
    )
}

fn how_many(name: &str, faults: &[Fault]) -> String {
    match faults.len() {
        1 => format!("{name} has a fault."),
        many => format!("{name} has {many} faults."),
    }
}

/// The policy that is named, or the one that the profile has chosen; the user's own goes before the built-in one.
fn in_use(session: &Session, name: Option<String>) -> Outcome<Policy> {
    let code = match name {
        Some(name) if is_file(&name) => return named(&name),
        Some(name) => name,
        None => chosen(session)?,
    };
    if code.is_empty() {
        return Err(Failure::refused(format!("No policy is in use: name one of {}.", codes())));
    }
    let (policy, faults) = packs::find(&session.paths.profile).0.policy(&code);
    match policy {
        Some(policy) => {
            for fault in &faults {
                remark(fault);
            }
            Ok(policy)
        }
        None => Err(Failure::refused(faults.join("\n"))),
    }
}

/// The code of the policy that the profile has chosen; empty if none.
fn chosen(session: &Session) -> Outcome<String> {
    if Store::standing(&session.paths.profile)? == Standing::Absent {
        return Ok(String::new());
    }
    let sight = session.look()?;
    Ok(sight.records.profile().map(|profile| profile.policy.clone()).unwrap_or_default())
}

/// The policy of a file, or the built-in one of a code.
fn named(name: &str) -> Outcome<Policy> {
    if is_file(name) {
        return policy::read_bytes(&read_bytes(Path::new(name))?, name).map_err(|faults| {
            let lines: Vec<String> = faults.iter().map(Fault::to_string).collect();
            Failure::refused(lines.join("\n"))
        });
    }
    policy::builtin(name).ok_or_else(|| {
        let known = codes();
        Failure::refused(format!("There is no policy \"{name}\": name one of {known}, or a file."))
    })
}

fn is_file(name: &str) -> bool {
    name.contains(['.', '/'])
}

fn codes() -> String {
    BUILTIN.iter().map(|pack| pack.code).collect::<Vec<_>>().join(", ")
}

fn list(session: &mut Session) -> Outcome {
    let packs = packs::find(&session.paths.profile).0;
    let mut table = Table::new(&["Code", "University", "Document", "From"]);
    for offer in packs.offers() {
        let built_in = policy::builtin(&offer.code);
        let (policy, faults) = packs.policy(&offer.code);
        let from = match (&policy, &built_in) {
            _ if !faults.is_empty() => "the file in the profile has faults",
            (one, other) if one == other => "built in",
            _ => "the profile",
        };
        let (university, document) =
            policy.map_or((offer.name, String::new()), |it| (it.university, it.document));
        table.row([offer.code, university, document, from.to_owned()]);
    }
    session.out.table(&table)
}

fn new(file: &Path, from: Option<&str>, out: &mut Out) -> Outcome {
    let text = from.map_or(Some(EXAMPLE), |code| policy::pack(code).map(|pack| pack.text));
    let text = text.ok_or_else(|| {
        Failure::refused(format!("There is no such policy: name one of {}.", codes()))
    })?;
    let written = OpenOptions::new().write(true).create_new(true).open(file);
    written.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| {
        if error.kind() == ErrorKind::AlreadyExists {
            return Failure::refused("The file is there already and was left as it is.")
                .about(file);
        }
        Failure::unwritten(file, &error)
    })?;
    let name = file.display();
    out.text(&format!("Written: {name}. Change it, then `tutelage policy check {name}`."))
}
