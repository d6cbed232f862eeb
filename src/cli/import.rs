//! `import students`: a list, what it would change, and after a yes the change.

mod report;
pub mod signals;

use std::{fs, path::Path};

use super::{
    args::ImportStudents,
    exit::{Exit, Failure, Outcome},
    session::{self, Profile, Session},
};
use crate::{
    domain::{
        change::{Builder, Change, Label},
        fold::fold,
        profile,
        records::Records,
        tutor::{Role, TutorId},
        tutor_duty::overload,
        write::{
            Context,
            import::{Plan, make, tutees_of},
            names::find_tutor,
            setup::choose_me,
        },
    },
    exchange::{
        Refusal,
        headers::Column,
        list::List,
        mapping::{Guess, Mapping, header_key},
        rejects,
        students::{Drafts, drafts},
    },
};

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::refused(refusal.to_string())
    }
}

/// Imports a list of students, or says what that would do.
///
/// # Errors
/// When the list is refused, rows are rejected, nobody agreed, or a file cannot be read or written.
pub fn students(session: &mut Session, arguments: &ImportStudents) -> Outcome {
    let list = list_in(&arguments.file)?;
    let mut profile = session.open()?;
    let now = session.now();
    let Guess { mapping: guessed, protected, .. } = Guess::of(&list);
    let remembered = remembered(&profile.records, &list);
    let mapping = corrected(&list, remembered.clone().unwrap_or(guessed), &arguments.map)?;
    let refused = |refusal| Failure::from(refusal).about(&arguments.file);
    let mut drafts = drafts(&list, &mapping, now.today()).map_err(refused)?;
    let mine = tutees_of(&profile.records, &drafts.students);
    let mut ids = session::ids()?;
    let context = Context { records: &profile.records, now, ids: &mut ids };
    let (plan, planned) = make(context, &drafts.students, mine);
    if let Some(policy) = session.policy(&profile.records) {
        drafts.notes.extend(overload(&policy, &profile.records, &planned, now.today()));
    }
    let report =
        report::Report::new(&profile.records, &list, &protected, &drafts, (&plan, &planned));
    report.print(&mut session.out, arguments.dry_run)?;
    if let Some(path) = &arguments.rejects {
        write_rejects(path, &list, &drafts, &plan)?;
    }
    if !arguments.dry_run && (plan.writes || arguments.me.is_some()) {
        agree(session, arguments.yes)?;
        let change = with_me(session, &profile.records, &planned, arguments)?;
        if !arguments.map.is_empty() && remembered.as_ref() != Some(&mapping) {
            remember(&mut profile, &list, &mapping)?;
        }
        profile.commit(&change)?;
        session.done(&mut profile, &imported(&change))?;
    } else if !arguments.dry_run {
        session.out.text("Nothing to import.")?;
    }
    match drafts.rejected.len() + plan.rejected.len() {
        0 => Ok(()),
        _ => session.out.finish().and(Err(Failure::said(Exit::Refused))),
    }
}

/// The list in a file; what is wrong with it is told with the name of the file.
fn list_in(file: &Path) -> Outcome<List> {
    let bytes = session::read_bytes(file)?;
    List::read(&bytes).map_err(|refusal| Failure::from(refusal).about(file))
}

fn agree(session: &mut Session, yes: bool) -> Outcome {
    if yes || session.agrees("Import this?")? {
        return Ok(());
    }
    Err(Failure::refused("Nothing was imported: --yes imports without asking."))
}

/// What is said when it is saved.
fn imported(change: &Change) -> String {
    if change.label == Label::ImportStudents && !change.is_empty() {
        "Imported. `tutelage undo` takes it back.".to_owned()
    } else {
        session::saved(change)
    }
}

/// The import and who works here as one change, so that one undo takes all of it back.
fn with_me(
    session: &mut Session,
    records: &Records,
    import: &Change,
    arguments: &ImportStudents,
) -> Outcome<Change> {
    let mut after = records.clone();
    after.apply(import).map_err(|error| Failure::refused(format!("{error}.")))?;
    let mut ids = session::ids()?;
    let now = session.now();
    let mut context = Context { records: &after, now, ids: &mut ids };
    let Some(me) = who_i_am(session, &context, arguments)? else { return Ok(import.clone()) };
    let chosen = choose_me(&mut context, me).map_err(Failure::from)?;
    Ok(if import.is_empty() { chosen } else { import.clone().followed_by(chosen) })
}

/// Which tutor of the list works here; asks, where a tutor has no tutees after an import.
fn who_i_am(
    session: &mut Session,
    context: &Context<'_>,
    arguments: &ImportStudents,
) -> Outcome<Option<TutorId>> {
    if let Some(name) = &arguments.me {
        let unknown = |why| Failure::refused(format!("{why} Nothing was imported."));
        return find_tutor(context, name).map(Some).map_err(unknown);
    }
    let (records, today) = (context.records, context.now.today());
    let mine = records.me().filter(|me| me.role == Role::Tutor);
    if mine.is_none_or(|me| records.files().any(|file| file.is_tutee_of(me.id, today))) {
        return Ok(None);
    }
    if arguments.yes || !session.can_ask()? {
        session::remark("None of these students is yours: `--me NAME` says which tutor you are.");
        return Ok(None);
    }
    loop {
        let question = "Which tutor of the list are you? Name or number, or Enter for none: ";
        let name = session::ask_line(question)?;
        match find_tutor(context, &name) {
            _ if name.is_empty() => return Ok(None),
            Ok(tutor) => return Ok(Some(tutor)),
            Err(why) => session::remark(&why),
        }
    }
}

/// How a list with this header was read last time.
fn remembered(records: &Records, list: &List) -> Option<Mapping> {
    let key = header_key(list);
    let held = records.mappings().find(|mapping| mapping.header == key)?;
    Mapping::of_labels(&held.columns).filter(|mapping| mapping.columns().len() == list.width())
}

fn remember(profile: &mut Profile, list: &List, mapping: &Mapping) -> Outcome {
    let header = header_key(list);
    let held = profile.records.mappings().find(|held| held.header == header).map(|held| held.id);
    let id = held.map_or_else(|| session::ids().map(|mut ids| ids.fresh()), Ok)?;
    let record = profile::Mapping { id, header, columns: mapping.labels() };
    let change = Builder::new(Label::RememberMapping, &profile.records).put(record).build();
    profile.commit(&change)
}

/// The mapping with what `--map` says.
fn corrected(list: &List, mut mapping: Mapping, said: &[String]) -> Outcome<Mapping> {
    for words in said {
        let (header, field) = words.rsplit_once('=').ok_or_else(|| {
            Failure::new(
                Exit::Usage,
                "Write --map 'HEADER=FIELD', for example 'SPR code=student number'.",
            )
        })?;
        let index = column(list, header)?;
        mapping.set(index, meaning(field)?);
    }
    Ok(mapping)
}

/// The column with this header, or of this letter.
fn column(list: &List, wanted: &str) -> Outcome<usize> {
    let folded = fold(wanted.trim());
    let headers = list.headers();
    let named = headers.iter().position(|header| fold(header.trim()) == folded);
    let lettered = || {
        (0..list.width()).find(|column| {
            crate::exchange::list::letters(*column).eq_ignore_ascii_case(wanted.trim())
        })
    };
    named.or_else(lettered).ok_or_else(|| {
        let all: Vec<String> = (0..list.width()).map(|column| list.column_name(column)).collect();
        Failure::refused(format!(
            "--map names a column that is not there. The columns are {}.",
            all.join(", ")
        ))
    })
}

/// The field of this name, or of which it is the only beginning; nothing for an empty name.
fn meaning(wanted: &str) -> Outcome<Option<Column>> {
    let folded = fold(wanted.trim()).into_owned();
    if folded.is_empty() {
        return Ok(None);
    }
    let exact = Column::ALL.iter().copied().find(|column| fold(column.label()) == folded);
    let mut close = Column::ALL
        .iter()
        .copied()
        .filter(|column| fold(column.label()).split(' ').any(|word| word.starts_with(&folded)));
    match (exact, close.next(), close.next()) {
        (Some(column), ..) | (None, Some(column), None) => Ok(Some(column)),
        (None, ..) => {
            let labels: Vec<&str> = Column::ALL.iter().map(|column| column.label()).collect();
            Err(Failure::refused(format!(
                "--map names a field that is not known. The fields are {}.",
                labels.join(", ")
            )))
        }
    }
}

fn write_rejects(path: &Path, list: &List, drafts: &Drafts, plan: &Plan) -> Outcome {
    let bytes = rejects::csv(list, drafts.rejected.iter().chain(&plan.rejected));
    fs::write(path, bytes).map_err(|error| Failure::unwritten(path, &error))
}
