//! `init` and `passwd`: who can open the profile.

use super::{
    args::{Init, Passwd, RoleName},
    exit::{Exit, Failure, Outcome},
    out::Out,
    passphrase::Source,
    session::{self, Profile, Session},
};
use std::sync::Arc;

use crate::{
    domain::{
        policy::Policy,
        records::Records,
        tutor::Role,
        word::Choice,
        write::{
            Context,
            setup::{SetupInput, set_up},
        },
    },
    runtime::packs,
    store::{Error, Options, RecoveryCode, Rekeyed, Secret, Stamp, Standing, Store},
};

/// Makes a profile and sets it up.
///
/// # Errors
/// When there is one already, the answers make no sense, or a file cannot be written.
pub fn init(session: &mut Session, arguments: Init) -> Outcome {
    if Store::standing(&session.paths.profile)? != Standing::Absent {
        return Err(Error::ProfileExists.into());
    }
    let name = match arguments.name {
        Some(name) => name,
        None if session.out.is_terminal() => session::ask_line("Your name, with title: ")?,
        None => return Err(Failure::new(Exit::Usage, "Say who you are with --name.")),
    };
    let role = match arguments.role {
        RoleName::Tutor => Role::Tutor,
        RoleName::SeniorTutor => Role::SeniorTutor,
    };
    let input = SetupInput {
        name,
        role: role.words().to_owned(),
        school: arguments.school,
        institution: arguments.institution,
        policy: policy(session, arguments.policy.as_deref())?,
    };
    let now = session.now();
    let (mut records, mut ids) = (Records::default(), session::ids()?);
    let change = set_up(&mut Context { records: &records, now, ids: &mut ids }, &input)?;
    records.apply(&change).map_err(|error| Failure::refused(format!("{error}.")))?;
    let author = session::viewer(&records)?.tutor;
    let secret = if arguments.no_passphrase {
        Secret::None
    } else {
        Secret::Passphrase(session.passphrase.choose()?)
    };
    let folder = &session.paths.profile;
    let (mut store, code) = Store::create(folder, &secret, now.utc_ms, Options::default())?;
    store.commit(&change, Stamp { utc_ms: now.utc_ms, author })?;
    if secret_is_none(&secret) {
        session::remark("Without a passphrase, whoever can read the disk can read the records.");
    }
    session.out.text("The profile is ready.")?;
    show_code(&mut session.out, code.as_ref())
}

/// The policy with this code: a built-in one, as no profile is there yet that could hold another.
fn policy(session: &Session, code: Option<&str>) -> Result<Option<Arc<Policy>>, Failure> {
    let Some(code) = code else { return Ok(None) };
    let (packs, faults) = packs::find(&session.paths.profile);
    let (policy, unsound) = packs.policy(code);
    if let Some(fault) = faults.into_iter().chain(unsound).next() {
        return Err(Failure::new(Exit::Usage, fault));
    }
    Ok(policy.map(Arc::new))
}

fn secret_is_none(secret: &Secret) -> bool {
    matches!(secret, Secret::None)
}

/// Changes the passphrase; the recovery code changes with it.
///
/// # Errors
/// When the present secret is wrong, the new one is refused, or a file cannot be written.
pub fn passwd(session: &mut Session, arguments: &Passwd) -> Outcome {
    let old = if arguments.recovery {
        let code = session.passphrase.ask("Recovery code: ")?;
        Secret::Recovery(RecoveryCode::parse(&code)?)
    } else {
        session.secret()?
    };
    let Profile { mut store, .. } = session.open_with(&old)?;
    let source =
        Source::of(arguments.new_passphrase_command.as_deref(), arguments.new_passphrase_fd);
    let new = Secret::Passphrase(source.choose()?);
    let mut changed = store.change_passphrase(&old, &new)?;
    if changed.code.is_none() {
        remark_on(&changed);
        changed = match store.new_recovery_code() {
            Ok(changed) => changed,
            Err(error) => {
                session.out.text("The passphrase is changed; the recovery code is as it was.")?;
                return Err(error.into());
            }
        };
    }
    remark_on(&changed);
    session.out.text("The passphrase is changed; the old recovery code opens nothing any more.")?;
    show_code(&mut session.out, changed.code.as_ref())
}

/// Says what failed although the new keys are in force.
fn remark_on(changed: &Rekeyed) {
    if let Some(fault) = &changed.fault {
        session::remark(&format!("The new keys are in force; one thing failed, though: {fault}."));
    }
}

fn show_code(out: &mut Out, code: Option<&RecoveryCode>) -> Outcome {
    let Some(code) = code else { return Ok(()) };
    out.text(&format!("\nRecovery code: {}\n", *code.text()))?;
    out.text("It opens the profile when the passphrase is forgotten, and is never shown again:")?;
    out.text("write it down and keep it where you keep papers that matter.")
}
