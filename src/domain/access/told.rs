//! The words in which somebody is told about a student: no more than what the gate lets through.

use super::{Exit, Viewer, record_may_leave};
use crate::domain::{
    action::Owner,
    file::StudentFile,
    policy::{Content, Policy},
    records::Records,
    word::Choice,
};

/// A text for the clipboard: who it is about, and as much as was asked for and may leave. What only a serious
/// risk lets out goes with it; a note that its level holds back never does.
#[must_use]
pub fn told(
    policy: Option<&Policy>,
    (records, file): (&Records, &StudentFile),
    content: Content,
    exit: &Exit<'_>,
) -> String {
    let student = &file.student;
    let mut lines = vec![format!("{} ({})", student.name.shown(), student.number)];
    match content {
        Content::Fact => lines.extend(facts(records, file, exit)),
        Content::Details => lines.extend(details(file, exit)),
        Content::Substance => {
            lines.extend(details(file, exit));
            lines.extend(facts(records, file, exit));
            lines.extend(substance(policy, (records, file), exit));
        }
    }
    lines.join("\n")
}

fn details(file: &StudentFile, exit: &Exit<'_>) -> Vec<String> {
    let student = &file.student;
    let enrolment = file.enrolment(exit.day);
    let level = enrolment.and_then(|it| it.level).map(|level| format!("level {level}"));
    let programme = enrolment.map(|it| it.programme.to_string());
    let course: Vec<String> =
        programme.into_iter().chain(level).filter(|part| !part.is_empty()).collect();
    [course.join(", "), student.email.clone(), student.phone.clone()]
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect()
}

/// Meetings and contacts with their days and outcomes, the latest last.
fn facts(records: &Records, file: &StudentFile, exit: &Exit<'_>) -> Vec<String> {
    let show = |day: chrono::NaiveDate| day.format("%-d %b %Y").to_string();
    let met = records.meetings_of(file).map(|(meeting, attendance)| {
        (meeting.on, format!("{} meeting, {}", show(meeting.on), attendance.outcome.words()))
    });
    let tried = file.contacts.iter().map(|contact| {
        let (channel, reply) = (contact.channel.words(), contact.reply.words());
        (contact.on, format!("{} {channel}, {reply}", show(contact.on)))
    });
    let mut all: Vec<_> = met.chain(tried).filter(|(day, _)| *day <= exit.day).collect();
    all.sort();
    all.into_iter().map(|(_, line)| line).collect()
}

/// Notes as far as their levels let them go, open actions and referrals.
fn substance(
    policy: Option<&Policy>,
    (records, file): (&Records, &StudentFile),
    exit: &Exit<'_>,
) -> Vec<String> {
    let viewer = Viewer::of(records);
    let show = |day: chrono::NaiveDate| day.format("%-d %b %Y").to_string();
    let mut notes: Vec<_> = file.notes.iter().filter(|note| !note.text.is_empty()).collect();
    notes.sort_by_key(|note| (note.on, note.id));
    let leaves = |note: &crate::domain::note::Note| {
        viewer.is_some_and(|viewer| {
            let record = note.clone().into();
            record_may_leave(policy, viewer, file, &record, exit)
                .map_or_else(|refusal| refusal.gives_way_to_risk(), |_| true)
        })
    };
    let notes = notes.into_iter().filter(|note| leaves(note));
    let mut lines: Vec<String> =
        notes.map(|note| format!("{}\n{}", show(note.on), note.text.trim())).collect();
    let open = file.actions.iter().filter(|action| action.done.is_none());
    lines.extend(open.map(|action| {
        let who = if action.owner == Owner::Student { "student" } else { "tutor" };
        format!("open: {}, by the {who}", action.what)
    }));
    let referred = file.referrals.iter();
    lines.extend(referred.map(|it| format!("{} referred to {}", show(it.on), it.service)));
    lines
}
