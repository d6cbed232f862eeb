//! `letter`: letters from their templates, one or many, to a file or standard output; what is kept and recorded
//! is the same as on the screen.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    args::{Letter as Arguments, LetterCommand, LetterMerge, LetterOne},
    exit::{Exit, Failure, Outcome},
    out::Table,
    session::{self, Profile, Session},
    who,
};
use crate::{
    app::msg::Destination,
    domain::{
        access::Refusal,
        change::Part,
        letter::{Asked, NAMES, kind, kinds, may_go, next_slot, told},
        meeting::MeetingId,
        obligation::Plan,
        policy::{Policy, Template},
        record::Kind,
        records::Records,
        student::StudentId,
        time::{Leaning, parse_day},
        write::letter::{LetterInput, record_all},
    },
    exchange::{
        letter::{
            self, Fault, Source,
            merge::{Form, Merged, Order, bytes, merge},
        },
        packs::Packs,
    },
    runtime::{files, packs},
    store::Look,
};

/// Does what the arguments ask for.
///
/// # Errors
/// When a letter may not go, its template is wrong, or it cannot be written.
pub fn letter(session: &mut Session, arguments: Arguments) -> Outcome {
    match arguments.command {
        Some(LetterCommand::Merge(many)) => many_letters(session, &many),
        Some(LetterCommand::List) => list(session),
        Some(LetterCommand::Check { file }) => check(session, &file),
        Some(LetterCommand::Placeholders) => placeholders(session),
        None => one(session, &arguments.one),
    }
}

/// The policy of a profile and the user's own texts.
struct Rules {
    packs: Packs,
    policy: Option<Arc<Policy>>,
}

impl Rules {
    fn of(session: &Session, records: &Records) -> Self {
        let (packs, faults) = packs::find(&session.paths.profile);
        let code = records.profile().map_or("", |profile| profile.policy.as_str());
        let (policy, unsound) = packs.policy(code);
        for fault in faults.into_iter().chain(unsound) {
            session::remark(&format!("tutelage: {fault}"));
        }
        Self { packs, policy: policy.map(Arc::new) }
    }

    fn template(&self, code: &str) -> Outcome<Template> {
        kind(self.policy.as_deref(), code).ok_or_else(|| {
            Failure::refused("There is no such letter: `tutelage letter list` shows all.")
        })
    }

    fn source(&self, template: &Template) -> Outcome<Source<'_>> {
        let code = self.policy.as_deref().map_or("", |policy| &policy.code);
        letter::find(self.packs.letter(&template.file), code, template).map_err(|it| faulty(&it))
    }
}

fn one(session: &mut Session, arguments: &LetterOne) -> Outcome {
    let (Some(code), Some(student)) = (&arguments.kind, &arguments.student) else {
        return Err(Failure::new(Exit::Usage, "Name the letter and the student."));
    };
    let mut profile = session.open()?;
    let rules = Rules::of(session, &profile.records);
    let template = rules.template(code)?;
    let today = session.today();
    let file = Arc::clone(who::find(&profile.records, student, today, &mut session.out)?);
    let meeting = match &arguments.meeting {
        Some(day) => Some(meeting_on(session, &profile.records, file.student.id, day)?),
        None => None,
    };
    let plan = plan(&rules, &profile.records);
    let slot = plan.as_ref().and_then(|it| next_slot(it, &profile.records, &file, today));
    let asked = Asked {
        records: &profile.records,
        file: &file,
        policy: rules.policy.as_deref(),
        letter: &template,
        meeting,
        slot: slot.as_ref(),
        risk: arguments.serious_risk.as_deref().unwrap_or_default(),
        today,
    };
    if let Some(lacks) = asked.lacks() {
        return Err(Failure::refused(lacks));
    }
    let gathered = asked.gather();
    let permit = may_go(&asked, &gathered.name, gathered.content)
        .map_err(|refusal| Failure::refused(refused(&refusal)))?;
    let rendered = letter::render(&rules.source(&template)?, &gathered.facts);
    let rendered = rendered.map_err(|fault| faulty(&fault))?;
    for withheld in &gathered.withheld {
        session::remark(withheld);
    }
    let input = LetterInput {
        kind: template.kind.clone(),
        meeting: gathered.meeting,
        to: gathered.to,
        subject: rendered.subject,
        text: rendered.text,
        sent: sent(arguments.sent),
        agreed: String::new(),
        told: told(&asked, &gathered.name, permit),
    };
    let (form, path) = match (&arguments.eml, &arguments.text) {
        (Some(path), _) => (Form::Mail, path.clone()),
        (None, Some(path)) => (Form::Text, path.clone()),
        (None, None) => (Form::Text, PathBuf::from("-")),
    };
    let bytes = bytes(&profile.records, &input, form, session.now());
    let to = (path != Path::new("-")).then_some(Destination::File(path));
    let_out(session, &mut profile, &[(file.student.id, input)], (to, &[(String::new(), bytes)]))
}

/// What the gate refused, and the option that a serious risk gives.
fn refused(refusal: &Refusal) -> String {
    let sentence = refusal.sentence();
    if refusal.gives_way_to_risk() {
        format!(
            "{sentence} If somebody is at serious risk: --serious-risk REASON, which is recorded."
        )
    } else {
        sentence
    }
}

fn many_letters(session: &mut Session, arguments: &LetterMerge) -> Outcome {
    let mut profile = session.open()?;
    let rules = Rules::of(session, &profile.records);
    let template = rules.template(&arguments.kind)?;
    let today = session.today();
    let mut students = Vec::new();
    for text in &arguments.students {
        let id = who::find(&profile.records, text, today, &mut session.out)?.student.id;
        if !students.contains(&id) {
            students.push(id);
        }
    }
    let plan = plan(&rules, &profile.records);
    let order = Order {
        records: &profile.records,
        policy: rules.policy.as_deref(),
        source: &rules.source(&template)?,
        letter: &template,
        meeting: None,
        form: if arguments.as_text { Form::Text } else { Form::Mail },
        now: session.now(),
    };
    let slot = |student| {
        next_slot(plan.as_ref()?, &profile.records, profile.records.file(student)?, today)
    };
    let Merged { files, mut letters, refused } =
        merge(&order, &students, slot).map_err(|fault| faulty(&fault))?;
    for (student, why) in &refused {
        let number = profile.records.file(*student).map_or("", |file| &file.student.number);
        session::remark(&format!("{number}: {why}"));
    }
    for (_, letter) in &mut letters {
        letter.sent = sent(arguments.sent);
    }
    if !files.is_empty() {
        let to = Some(Destination::Folder(arguments.folder.clone()));
        let_out(session, &mut profile, &letters, (to, &files))?;
    }
    match refused.len() {
        0 => Ok(()),
        count => Err(Failure::refused(format!("{count} of {} get no letter.", students.len()))),
    }
}

/// Records that letters leave, lets them go, and keeps them.
fn let_out(
    session: &mut Session,
    profile: &mut Profile,
    letters: &[(StudentId, LetterInput)],
    (to, files): (Option<Destination>, &[(String, Vec<u8>)]),
) -> Outcome {
    if let Some(why) = to.as_ref().and_then(|to| files::in_the_way(to, files)) {
        return Err(Failure::refused(why));
    }
    let mut ids = session::ids()?;
    let change = record_all(&mut profile.context(&mut ids), letters)?;
    let leaving = change.parts.iter().filter_map(Part::target).map(|(_, id)| id);
    let leaving: Vec<_> = leaving.filter(|id| id.kind == Kind::Letter).collect();
    let stamp = profile.stamp()?;
    profile.store.record_look(Look::Export, &leaving, stamp)?;
    match to {
        Some(to) => {
            let said = files::save_letters(&to, files);
            session::remark(&said.map_err(Failure::refused)?);
        }
        None => {
            for (_, bytes) in files {
                session.out.bytes(bytes)?;
            }
        }
    }
    profile.commit(&change)?;
    session.rest(profile)
}

fn sent(is_sent: bool) -> String {
    if is_sent { "today".to_owned() } else { String::new() }
}

fn plan(rules: &Rules, records: &Records) -> Option<Plan> {
    let policy = Arc::clone(rules.policy.as_ref()?);
    Some(Plan::new(policy, records.calendars()))
}

/// The meeting of a student on a day that is typed.
fn meeting_on(
    session: &Session,
    records: &Records,
    student: StudentId,
    typed: &str,
) -> Outcome<MeetingId> {
    let day = parse_day(typed, session.today(), Leaning::Past).map_err(Failure::refused)?;
    let file = records.file(student);
    let mut meetings = file.into_iter().flat_map(|file| records.meetings_of(file));
    let found = meetings.find(|(meeting, _)| meeting.on == day).map(|(meeting, _)| meeting.id);
    found.ok_or_else(|| Failure::refused("There is no meeting of this student on that day."))
}

fn list(session: &mut Session) -> Outcome {
    let sight = session.look()?;
    let rules = Rules::of(session, &sight.records);
    let policy = rules.policy.as_deref();
    let mut table = Table::new(&["Letter", "Name", "Clause", "Template"]);
    for letter in kinds(policy) {
        let clause = policy.map(|policy| policy.cited(&letter.clause)).unwrap_or_default();
        let own = rules.packs.letter(&letter.file).is_some();
        let file = if own { format!("letters/{}", letter.file) } else { "built in".to_owned() };
        table.row([letter.kind, letter.name, clause, file]);
    }
    session.out.table(&table)
}

fn placeholders(session: &mut Session) -> Outcome {
    let mut table = Table::new(&["Placeholder", "What it stands for"]);
    for named in NAMES {
        table.row([named.name.to_owned(), named.means.to_owned()]);
    }
    session.out.table(&table)
}

fn check(session: &mut Session, path: &Path) -> Outcome {
    let text = fs::read_to_string(path).map_err(|error| Failure::unread(path, &error))?;
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let faults = letter::check(&Source { file, text: text.into() });
    for fault in &faults {
        session.out.text(&fault.to_string())?;
    }
    if faults.is_empty() {
        return session.out.text("The template is sound.");
    }
    session.out.finish()?;
    Err(Failure::said(Exit::Refused))
}

fn faulty(fault: &Fault) -> Failure {
    Failure::refused(fault.to_string())
}
