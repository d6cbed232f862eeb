//! What sets a student apart: concerns, unanswered contacts, referrals and the rest, days from today.

use chrono::{Datelike, NaiveDate};

use super::{
    Scale,
    history::phrase,
    phrases::columns,
    scribe::Scribe,
    sketch::{Sketch, Story},
    year::shift,
};
use crate::domain::{
    action::{Action, Owner},
    consent::{Consent, HowGiven},
    contact::{Channel, Contact, Reply},
    duty_key::DutyKey,
    flag::{Closed, Flag, FlagKind, Urgency},
    note::{Confidentiality, Note, NotePart},
    referral::{Outcome, Referral},
    student::Person,
    waiver::Waiver,
    word::Choice,
};

/// Writes everyday contacts, then each story of the student.
pub(super) fn write(scribe: &mut Scribe) {
    everyday(scribe);
    for story in scribe.sketch.stories.clone() {
        tell(scribe, story);
    }
}

fn tell(scribe: &mut Scribe, story: Story) {
    match story {
        Story::Overdue => action(scribe, Owner::Student, 12),
        Story::Mine => action(scribe, Owner::Tutor, 5),
        Story::ReferralDue => referral(scribe, 24, Some(3), false),
        Story::ReferralOpen => referral(scribe, 9, Some(-5), false),
        Story::ReferralDone => referral(scribe, 40, Some(19), true),
        Story::Unanswered => unanswered(scribe),
        Story::Awaited => contact(scribe, ("chase", 9), Reply::Awaited),
        Story::ConcernUrgent => flag(scribe, ("concern", 2), Urgency::Urgent, false),
        Story::Concern => flag(scribe, ("concern", 6), Urgency::Soon, false),
        Story::Watch => flag(scribe, ("watch", 13), Urgency::Watch, false),
        Story::ConcernClosed => flag(scribe, ("concern", 38), Urgency::Soon, true),
        Story::Praise => flag(scribe, ("praise", 16), Urgency::Watch, false),
        Story::Abroad | Story::Placement => away(scribe),
        Story::Under18 => {
            let birthday = shift(scribe.today(), 40 + i64::from(scribe.dice.below(90)));
            scribe.amend(|student| student.under_18_until = Some(birthday));
        }
        Story::Trusted => trusted(scribe),
        Story::Consent => consent(scribe, Some(200), None),
        Story::ConsentWithdrawn => consent(scribe, None, Some(11)),
        Story::ConsentEnded => consent(scribe, Some(-7), None),
        Story::Restricted => restricted(scribe),
        Story::Waived => waived(scribe),
        Story::Unmet
        | Story::Missed
        | Story::Notice
        | Story::Handover
        | Story::LongNote
        | Story::FactOnly
        | Story::Shared
        | Story::Soon
        | Story::Invited
        | Story::Unrecorded => {}
    }
}

/// Contacts that went as they should; a student who is not met has none of this year.
fn everyday(scribe: &mut Scribe) {
    let unmet = scribe.sketch.is(Story::Unmet);
    if !unmet {
        let days = 31 + i64::from(scribe.dice.below(14));
        contact(scribe, ("contact", days), Reply::Replied);
    }
    if scribe.demo.scale == Scale::Tutor && scribe.sketch.years_here > 0 {
        contact(scribe, ("contact", 250), Reply::NotNeeded);
        contact(scribe, ("contact", 300), Reply::Replied);
    }
    if scribe.demo.scale == Scale::Tutor && !unmet {
        advised(scribe);
    }
}

/// A second note of the last meeting: evidence of engagement, or advice on where to go.
fn advised(scribe: &mut Scribe) {
    let Some(meeting) = scribe.last_held.clone() else { return };
    let (part, heading) = match scribe.ordinal % 3 {
        0 => (NotePart::Engagement, "engagement"),
        1 => (NotePart::Referral, "advised"),
        _ => return,
    };
    let note = Note {
        id: scribe.dice.id(),
        student: scribe.student.id,
        on: meeting.on,
        meeting: Some(meeting.id),
        part,
        confidentiality: Confidentiality::Shared,
        text: phrase(scribe, heading),
        author: meeting.tutor,
    };
    scribe.put(note);
}

fn restricted(scribe: &mut Scribe) {
    let note = Note {
        id: scribe.dice.id(),
        student: scribe.student.id,
        on: scribe.demo.year.ago(4),
        meeting: None,
        part: NotePart::Discussion,
        confidentiality: Confidentiality::Restricted,
        text: phrase(scribe, "restricted"),
        author: scribe.desk.tutor.id,
    };
    scribe.put(note);
}

fn action(scribe: &mut Scribe, owner: Owner, overdue_days: i64) {
    let heading = match owner {
        Owner::Student => "student",
        Owner::Tutor => "tutor",
    };
    let due = scribe.demo.year.ago(overdue_days);
    let held = scribe.last_held.as_ref().filter(|meeting| meeting.on < due);
    let meeting = held.map(|meeting| meeting.id);
    let action = Action {
        id: scribe.dice.id(),
        student: scribe.student.id,
        owner,
        what: phrase(scribe, heading),
        due: Some(due),
        done: None,
        meeting,
        author: scribe.desk.tutor.id,
    };
    scribe.put(action);
}

fn unanswered(scribe: &mut Scribe) {
    contact(scribe, ("chase", 15), Reply::NoAnswer);
    contact(scribe, ("chase", 11), Reply::NoAnswer);
    contact(scribe, ("chase", 8), Reply::Awaited);
}

fn contact(scribe: &mut Scribe, (heading, days): (&str, i64), reply: Reply) {
    let line = scribe.dice.text(scribe.demo.phrases.all(heading));
    let [channel, about] = columns(line).unwrap_or_default();
    let on = scribe.demo.year.ago(days);
    let contact = Contact {
        id: scribe.dice.id(),
        student: scribe.student.id,
        on,
        channel: Channel::from_words(channel).unwrap_or(Channel::Email),
        reply,
        replied: (reply == Reply::Replied).then(|| shift(on, i64::from(scribe.dice.below(3)))),
        about: about.into(),
        tutor: scribe.tutor(on),
    };
    scribe.put(contact);
}

fn referral(scribe: &mut Scribe, days: i64, follow_up: Option<i64>, is_done: bool) {
    let line = scribe.dice.text(scribe.demo.phrases.all("referral"));
    let [service, reason, went] = columns(line).unwrap_or_default();
    let year = &scribe.demo.year;
    let asked = follow_up.map(|days| year.ago(days));
    let outcome = asked.filter(|_| is_done).map(|on| Outcome { on, text: went.into() });
    let on = year.ago(days);
    let referral = Referral {
        id: scribe.dice.id(),
        student: scribe.student.id,
        on,
        service: service.into(),
        reason: reason.into(),
        follow_up: asked,
        outcome,
        tutor: scribe.tutor(on),
    };
    scribe.put(referral);
}

fn flag(scribe: &mut Scribe, (heading, days): (&str, i64), urgency: Urgency, is_closed: bool) {
    let line = scribe.dice.text(scribe.demo.phrases.all(heading));
    let [raised_by, text] = columns(line).unwrap_or_default();
    let on = scribe.demo.year.ago(days);
    let kind = if heading == "praise" { FlagKind::Praise } else { FlagKind::Concern };
    let resolved = phrase(scribe, "resolved");
    let closed = is_closed.then(|| Closed { on: scribe.demo.year.ago(days - 9), text: resolved });
    let flag = Flag {
        id: scribe.dice.id(),
        student: scribe.student.id,
        kind,
        on,
        raised_by: raised_by.into(),
        text: text.into(),
        urgency,
        closed,
        tutor: scribe.desk.tutor.id,
    };
    scribe.put(flag);
}

fn consent(scribe: &mut Scribe, until: Option<i64>, withdrawn_days: Option<i64>) {
    let line = scribe.dice.text(scribe.demo.phrases.all("consent"));
    let [recipient, purpose] = columns(line).unwrap_or_default();
    let today = scribe.today();
    let ago = |days: i64| -> NaiveDate { scribe.demo.year.ago(days) };
    let (on, withdrawn) = (ago(45), withdrawn_days.map(ago));
    let how = [HowGiven::InWriting, HowGiven::ByEmail, HowGiven::Spoken];
    let consent = Consent {
        id: scribe.dice.id(),
        student: scribe.student.id,
        recipient: recipient.into(),
        purpose: purpose.into(),
        how: scribe.dice.pick(&how).copied().unwrap_or(HowGiven::ByEmail),
        on,
        until: until.map(|days| shift(today, days)),
        withdrawn,
        tutor: scribe.tutor(on),
    };
    scribe.put(consent);
}

fn away(scribe: &mut Scribe) {
    let company = scribe.dice.text(scribe.demo.phrases.all("company"));
    let contact = person(scribe, company);
    scribe.amend(|student| student.placement_contacts.push(contact));
}

fn waived(scribe: &mut Scribe) {
    let year = scribe.demo.year.start(0).year();
    let on = scribe.demo.year.ago(55);
    let waiver = Waiver {
        id: scribe.dice.id(),
        student: scribe.student.id,
        duty: DutyKey { year, code: "induction-group".into() },
        why: "Welcomed by the study abroad office".into(),
        tutor: scribe.desk.tutor.id,
        on,
    };
    scribe.put(waiver);
}

fn trusted(scribe: &mut Scribe) {
    let relation = scribe.dice.text(scribe.demo.phrases.all("relation"));
    let contact = person(scribe, relation);
    scribe.amend(|student| student.trusted_contacts.push(contact));
}

fn person(scribe: &mut Scribe, belongs: &str) -> Person {
    let given = scribe.dice.text(scribe.demo.phrases.all("given"));
    let Sketch { name, .. } = &scribe.sketch;
    let family = if name.family.is_empty() { &name.given } else { &name.family };
    Person {
        name: format!("{given} {family}"),
        belongs: belongs.into(),
        reach: format!("07700 900{:03}", scribe.dice.below(1_000)),
    }
}
