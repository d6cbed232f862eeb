//! Gathers what a letter may say from the records: never more than its recipient may know.

use chrono::NaiveDate;

use super::{
    Letter,
    exit::may_go,
    facts::{Facts, Referred, Rule, Slot, Studying},
    facts::{Met, Person},
};
use crate::domain::{
    access::Refusal,
    file::StudentFile,
    fold::fold,
    meeting::{Attendance, Meeting, MeetingId, Outcome, With},
    policy::{Content, How, Policy, RecipientKind, Template},
    records::Records,
    referral::Referral,
    tutor::{Allocation, Role, Tutor},
    word::Choice,
};

/// How many past meetings a handover tells of.
const MOST_MEETINGS: usize = 24;

/// One letter that is asked for.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// Everything that is known.
    pub records: &'a Records,
    /// About whom.
    pub file: &'a StudentFile,
    /// The policy, if one was chosen.
    pub policy: Option<&'a Policy>,
    /// Which letter.
    pub letter: &'a Template,
    /// The meeting that it tells of; a summary without one tells of the latest.
    pub meeting: Option<MeetingId>,
    /// The next meeting that the policy expects, if any.
    pub slot: Option<&'a Slot>,
    /// Why somebody is at serious risk; empty if nobody is.
    pub risk: &'a str,
    /// The day.
    pub today: NaiveDate,
}

/// What a letter can say, and what it leaves out.
#[derive(Clone, PartialEq, Eq)]
pub struct Gathered {
    /// What its placeholders stand for.
    pub facts: Facts,
    /// The recipient's name, as a consent would name it.
    pub name: String,
    /// To whom it goes: name and address, as far as known.
    pub to: String,
    /// The meeting that it tells of.
    pub meeting: Option<MeetingId>,
    /// How much of the student it carries.
    pub content: Content,
    /// What was left out, and why, in sentences.
    pub withheld: Vec<String>,
}

impl<'a> Asked<'a> {
    /// Gathers the facts.
    #[must_use]
    pub fn gather(&self) -> Gathered {
        let meeting = self.about();
        let referral = self.referral(meeting);
        let name = self.recipient(referral);
        let (content, mut withheld) = self.allowed(&name);
        let may_know = content == Content::Substance || may_go(self, &name, Content::Fact).is_ok();
        let told = meeting.and_then(|id| self.records.meeting(self.file, id));
        let mut facts = Facts {
            student: self.student(content),
            tutor: self.tutor(),
            previous: self.previous(),
            sender: self.records.me().map(person).unwrap_or_default(),
            senior: self.senior().map(person).unwrap_or_default(),
            university: self.university(),
            today: day(self.today),
            meeting: told.map(|told| met(told, self.part(told))).unwrap_or_default(),
            next: self.next(),
            slot: self.slot.cloned().unwrap_or_default(),
            missed: self.past(|it| matches!(it, Outcome::Missed | Outcome::MissedWithNotice)),
            meetings: self.past(|it| it == Outcome::Held),
            actions: self.actions(content, meeting),
            notes: self.notes(content, meeting, &mut withheld),
            referral: referral.map(|it| referred(it, content)).unwrap_or_default(),
            services: self.services(),
            policy: self.rule(),
        };
        if !may_know {
            facts = without_meetings(facts);
        }
        Gathered { facts, to: self.to(&name), name, meeting, content, withheld }
    }

    /// How much of the student may go there, and the refusal of what may not.
    fn allowed(&self, name: &str) -> (Content, Vec<String>) {
        match may_go(self, name, Content::Substance) {
            Ok(_) => (Content::Substance, Vec::new()),
            Err(refusal) => {
                let content = match may_go(self, name, Content::Details) {
                    Ok(_) => Content::Details,
                    Err(_) => Content::Fact,
                };
                (content, vec![left_out(&refusal)])
            }
        }
    }

    /// The meeting that the letter tells of.
    pub(super) fn about(&self) -> Option<MeetingId> {
        self.meeting.or_else(|| self.latest())
    }

    /// A summary tells of the latest meeting that was held, a block for the central record of the latest.
    fn latest(&self) -> Option<MeetingId> {
        let held = match self.letter.kind.as_str() {
            Letter::SUMMARY => true,
            Letter::CENTRAL => false,
            _ => return None,
        };
        let past = self.records.meetings_of(self.file).filter(|(meeting, part)| {
            meeting.on <= self.today
                && part.outcome != Outcome::Planned
                && (!held || part.outcome == Outcome::Held)
        });
        past.max_by_key(|(meeting, _)| (meeting.on, meeting.at, meeting.id)).map(|(it, _)| it.id)
    }

    fn part(&self, meeting: &Meeting) -> Option<&'a Attendance> {
        let mut parts = self.file.attendances.iter();
        parts.find(|part| part.meeting == meeting.id).map(|held| &held.value)
    }

    fn student(&self, content: Content) -> Studying {
        let student = &self.file.student;
        let enrolment = self.file.enrolment(self.today);
        let reach = |text: &str| match content {
            Content::Fact => String::new(),
            Content::Details | Content::Substance => text.to_owned(),
        };
        Studying {
            name: student.name.shown(),
            first: student.name.first().to_owned(),
            number: student.number.clone(),
            pronouns: reach(&student.pronouns),
            email: reach(&student.email),
            programme: enrolment.map(|it| reach(&it.programme)).unwrap_or_default(),
            level: enrolment.and_then(|it| it.level).map(|it| it.to_string()).unwrap_or_default(),
            mode: enrolment.map(|it| it.mode.words().to_owned()).unwrap_or_default(),
            school: self.school(),
        }
    }

    fn school(&self) -> String {
        let own =
            self.file.enrolment(self.today).map(|it| it.school.to_string()).unwrap_or_default();
        let tutors = || self.allocated().map(|(_, tutor)| tutor.school.clone());
        Some(own).filter(|it| !it.is_empty()).or_else(tutors).unwrap_or_default()
    }

    fn university(&self) -> String {
        let own = self.records.profile().map(|it| it.institution.clone()).unwrap_or_default();
        match self.policy {
            Some(policy) if own.is_empty() => policy.university.clone(),
            _ => own,
        }
    }

    pub(super) fn allocated(&self) -> Option<(&'a Allocation, &'a Tutor)> {
        let allocation = &self.file.allocation(self.today)?.value;
        Some((allocation, self.records.tutor(allocation.tutor)?))
    }

    fn tutor(&self) -> Person {
        match self.allocated() {
            Some((allocation, tutor)) => Person { from: day(allocation.from), ..person(tutor) },
            None => self.records.me().map(person).unwrap_or_default(),
        }
    }

    /// The tutor before the one of today.
    pub(super) fn previous(&self) -> Person {
        let now = self.file.allocation(self.today);
        let before = self.file.allocations.iter().filter(|it| {
            now.is_none_or(|now| it.from < now.from && it.tutor != now.tutor) && it.to.is_some()
        });
        let latest = before.max_by_key(|it| it.from);
        let tutor = latest.and_then(|it| Some((it, self.records.tutor(it.tutor)?)));
        tutor.map_or_else(Person::default, |(it, tutor)| Person {
            from: day(it.from),
            ..person(tutor)
        })
    }

    fn senior(&self) -> Option<&'a Tutor> {
        let school = self.school();
        let same = |tutor: &&Tutor| {
            tutor.role == Role::SeniorTutor
                && !school.is_empty()
                && fold(&tutor.school) == fold(&school)
        };
        self.records.tutors().filter(same).min_by_key(|tutor| (tutor.name.clone(), tutor.id))
    }

    fn next(&self) -> Met {
        let mut ahead: Vec<_> = self
            .records
            .meetings_of(self.file)
            .filter(|(it, part)| it.on >= self.today && part.outcome == Outcome::Planned)
            .collect();
        // The one that is in hand goes before the nearest.
        ahead.sort_by_key(|(it, _)| (Some(it.id) != self.meeting, it.on, it.at, it.id));
        ahead.first().map(|(it, part)| met(it, Some(part))).unwrap_or_default()
    }

    fn past(&self, is: impl Fn(Outcome) -> bool) -> Vec<Met> {
        let mut past: Vec<_> = self
            .records
            .meetings_of(self.file)
            .filter(|(it, part)| it.on <= self.today && is(part.outcome))
            .collect();
        past.sort_by_key(|(it, _)| std::cmp::Reverse((it.on, it.at, it.id)));
        past.truncate(MOST_MEETINGS);
        past.into_iter().map(|(it, part)| met(it, Some(part))).collect()
    }

    /// The referral of the day of the meeting; without a meeting the latest.
    fn referral(&self, meeting: Option<MeetingId>) -> Option<&'a Referral> {
        let on = meeting.and_then(|id| self.records.meeting(self.file, id)).map(|it| it.on);
        let all = self.file.referrals.iter().map(|held| &held.value);
        let fits = all.filter(|it| it.on <= self.today && on.is_none_or(|on| it.on == on));
        fits.max_by_key(|it| (it.on, it.id))
    }

    /// Whom the policy names as those who are told, and then act.
    fn services(&self) -> Vec<String> {
        let ladders = self.policy.iter().flat_map(|policy| &policy.ladders);
        let mut services: Vec<String> = Vec::new();
        for step in ladders.flat_map(|ladder| &ladder.steps) {
            if let How::Tell(name) = &step.how
                && !services.contains(name)
            {
                services.push(name.clone());
            }
        }
        services
    }

    fn rule(&self) -> Rule {
        let Some(policy) = self.policy else { return Rule::default() };
        let clause = &self.letter.clause;
        Rule {
            document: policy.document.clone(),
            clause: policy.cited(clause),
            says: policy.says(clause).unwrap_or_default().to_owned(),
            system: self.letter.system.clone(),
        }
    }

    /// The name of the recipient, as a consent would name it.
    fn recipient(&self, referral: Option<&Referral>) -> String {
        match self.letter.to {
            RecipientKind::Student => self.file.student.name.shown(),
            RecipientKind::NewTutor => self.tutor().name,
            RecipientKind::SeniorTutor => {
                self.senior().map(|it| it.name.clone()).unwrap_or_default()
            }
            RecipientKind::Service => referral.map(|it| it.service.clone()).unwrap_or_default(),
            RecipientKind::Registry => "Registry".to_owned(),
            RecipientKind::CentralSystem => self.letter.system.clone(),
            RecipientKind::ProgrammeLeader
            | RecipientKind::ModuleLeader
            | RecipientKind::Process
            | RecipientKind::EngagementTeam
            | RecipientKind::Outside => String::new(),
        }
    }

    /// The same with the address, as far as it is known.
    fn to(&self, name: &str) -> String {
        let email = match self.letter.to {
            RecipientKind::Student => self.file.student.email.clone(),
            RecipientKind::NewTutor => self.tutor().email,
            RecipientKind::SeniorTutor => {
                self.senior().map(|it| it.email.clone()).unwrap_or_default()
            }
            RecipientKind::Service
            | RecipientKind::Registry
            | RecipientKind::CentralSystem
            | RecipientKind::ProgrammeLeader
            | RecipientKind::ModuleLeader
            | RecipientKind::Process
            | RecipientKind::EngagementTeam
            | RecipientKind::Outside => String::new(),
        };
        if email.is_empty() { name.to_owned() } else { format!("{name} <{email}>") }
    }
}

fn referred(referral: &Referral, content: Content) -> Referred {
    Referred {
        service: referral.service.clone(),
        day: day(referral.on),
        reason: match content {
            Content::Substance => referral.reason.clone(),
            Content::Fact | Content::Details => String::new(),
        },
        ask: referral.follow_up.map(day).unwrap_or_default(),
    }
}

fn met(meeting: &Meeting, part: Option<&Attendance>) -> Met {
    Met {
        day: meeting.on.format("%A %-d %B %Y").to_string(),
        time: meeting.at.map(|at| at.format("%H:%M").to_string()).unwrap_or_default(),
        minutes: meeting.minutes.to_string(),
        how: meeting.mode.words().to_owned(),
        place: meeting.place.to_string(),
        format: if meeting.with == With::Group { "group" } else { "1-2-1" }.to_owned(),
        focus: meeting.focus.to_string(),
        outcome: part.map(|part| part.outcome.words().to_owned()).unwrap_or_default(),
    }
}

fn person(tutor: &Tutor) -> Person {
    let role = match tutor.role {
        Role::Tutor => "Personal Tutor",
        Role::SeniorTutor => "Senior Tutor",
    };
    Person {
        name: tutor.name.clone(),
        email: tutor.email.clone(),
        role: role.to_owned(),
        from: String::new(),
    }
}

/// What is left for who may not even know that a meeting took place.
fn without_meetings(facts: Facts) -> Facts {
    Facts {
        meeting: Met::default(),
        next: Met::default(),
        slot: Slot::default(),
        missed: Vec::new(),
        meetings: Vec::new(),
        referral: Referred::default(),
        ..facts
    }
}

fn left_out(refusal: &Refusal) -> String {
    format!("Left out: what was said and agreed. {}", refusal.sentence())
}

pub(super) fn day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}
