//! A small fixed world for tests: one tutor, some tutees, and what happened until 21 November 2026.

use chrono::{Days, NaiveDate, NaiveTime};
use tutelage::domain::{
    action::{Action, ActionId, Owner},
    calendar::Calendar,
    change::{Builder, Change, Label},
    consent::{Consent, HowGiven},
    contact::{Channel, Contact, ContactId, Reply},
    disclosure::{Basis, Disclosure},
    duty_key::DutyKey,
    flag::{Flag, FlagId, FlagKind, Urgency},
    id::IdSource,
    ladder::{Ladder, Taken},
    letter::Letter,
    meeting::{Attendance, Meeting, MeetingId, Mode, Outcome, With},
    note::{Confidentiality, Note, NoteId, NotePart},
    profile::Profile,
    record::{Record, Revision},
    records::Records,
    referral::{Referral, ReferralId},
    student::{self, Enrolment, KindOfStudy, Name, Status, Student, StudentId},
    tutor::{Allocation, Role, Tutor, TutorId},
    waiver::Waiver,
};

/// The day of the fixture.
pub fn today() -> NaiveDate {
    day("2026-11-21")
}

/// A day from `2026-11-21`.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// So many days before the day of the fixture.
pub fn ago(days: u64) -> NaiveDate {
    today() - Days::new(days)
}

/// Records in the making.
pub struct Fixture {
    ids: IdSource,
    all: Vec<(Revision, Record)>,
    /// The tutor who works here.
    pub me: TutorId,
}

impl Fixture {
    /// A profile with its owner and the calendar of the year, and nobody in it.
    pub fn new() -> Self {
        Self::for_role(Role::Tutor)
    }

    /// The same for an owner in another role.
    pub fn for_role(role: Role) -> Self {
        let mut ids = IdSource::new([3; 32]);
        let me = ids.fresh();
        let mut new = Self { ids, all: Vec::new(), me };
        let profile = new.ids.fresh();
        new.add(Profile {
            id: profile,
            owner: me,
            institution: "Ashford University".into(),
            policy: String::new(),
        });
        new.add(tutor(me, "Dr Amara Okafor", role));
        let calendar = new.ids.fresh();
        new.add(Calendar::example(calendar, 2026).unwrap());
        new
    }

    /// What has been added, as records.
    pub fn records(self) -> Records {
        let (records, orphans) = Records::gather(self.all);
        assert_eq!(orphans, []);
        records
    }

    /// What happens next to these records.
    pub fn upon(records: &Records) -> Self {
        let me = records.profile().unwrap().owner;
        Self { ids: IdSource::new([4; 32]), all: Vec::new(), me }
    }

    /// What has been added, as a change to records.
    pub fn change(self, label: Label, records: &Records) -> Change {
        let mut change = Builder::new(label, records);
        for (_, record) in self.all {
            change.push(record);
        }
        change.build()
    }

    /// Adds any record.
    pub fn add(&mut self, record: impl Into<Record>) {
        self.all.push((Revision::FIRST, record.into()));
    }

    /// Another tutor.
    pub fn tutor(&mut self, name: &str) -> TutorId {
        let id = self.ids.fresh();
        self.add(tutor(id, name, Role::Tutor));
        id
    }

    /// A tutee of the owner since 28 September 2026. The name is split at its first blank.
    pub fn tutee(&mut self, number: &str, name: &str, level: u8) -> StudentId {
        let me = self.me;
        self.tutee_of(me, number, name, level)
    }

    /// A tutee of that tutor.
    pub fn tutee_of(&mut self, tutor: TutorId, number: &str, name: &str, level: u8) -> StudentId {
        let id = self.ids.fresh();
        let (given, family) = name.split_once(' ').unwrap_or((name, ""));
        self.add(Student {
            id,
            number: number.into(),
            name: Name { given: given.into(), family: family.into(), preferred: String::new() },
            pronouns: String::new(),
            email: String::new(),
            phone: String::new(),
            entry: None,
            new_entrant: None,
            under_18_until: None,
            placement_contacts: vec![],
            trusted_contacts: vec![],
        });
        let enrolment = self.ids.fresh();
        self.add(Enrolment {
            id: enrolment,
            student: id,
            from: day("2026-09-21"),
            to: None,
            sequence: "".into(),
            programme: if level < 5 { "BSc Computer Science" } else { "BA History" }.into(),
            programme_code: "".into(),
            school: "Computing".into(),
            second_discipline: "".into(),
            level: Some(level),
            stage: None,
            mode: student::Mode::FullTime,
            kind: KindOfStudy::SingleHonours,
            status: Status::Enrolled,
        });
        let allocation = self.ids.fresh();
        self.add(Allocation {
            id: allocation,
            student: id,
            tutor,
            from: day("2026-09-28"),
            to: None,
            reason: String::new(),
        });
        id
    }

    /// A 1-2-1 of half an hour at ten.
    pub fn meeting(
        &mut self,
        student: StudentId,
        on: NaiveDate,
        outcome: Outcome,
        focus: &str,
    ) -> MeetingId {
        let meeting = self.header(With::OneToOne(student), on, focus);
        self.attend(meeting, student, outcome);
        meeting
    }

    /// A group meeting that all of them came to.
    pub fn group(&mut self, students: &[StudentId], on: NaiveDate, focus: &str) -> MeetingId {
        let meeting = self.header(With::Group, on, focus);
        for student in students {
            self.attend(meeting, *student, Outcome::Held);
        }
        meeting
    }

    fn header(&mut self, with: With, on: NaiveDate, focus: &str) -> MeetingId {
        let id = self.ids.fresh();
        self.add(Meeting {
            id,
            with,
            on,
            at: NaiveTime::from_hms_opt(10, 0, 0),
            minutes: 30,
            mode: Mode::InPerson,
            place: "".into(),
            focus: focus.into(),
            tutor: self.me,
        });
        id
    }

    fn attend(&mut self, meeting: MeetingId, student: StudentId, outcome: Outcome) {
        let id = self.ids.fresh();
        self.add(Attendance { id, meeting, student, outcome });
    }

    /// A note for tutor and senior tutor, of a meeting or of its own.
    pub fn note(
        &mut self,
        student: StudentId,
        on: NaiveDate,
        meeting: Option<MeetingId>,
        text: &str,
    ) -> NoteId {
        let me = self.me;
        self.note_by(me, Confidentiality::TutorAndSenior, (student, on, meeting), text)
    }

    /// A note by anybody at any level.
    pub fn note_by(
        &mut self,
        author: TutorId,
        confidentiality: Confidentiality,
        (student, on, meeting): (StudentId, NaiveDate, Option<MeetingId>),
        text: &str,
    ) -> NoteId {
        let id = self.ids.fresh();
        self.add(Note {
            id,
            student,
            on,
            meeting,
            part: NotePart::Discussion,
            confidentiality,
            text: text.into(),
            author,
        });
        id
    }

    /// An open action of the student.
    pub fn action(
        &mut self,
        student: StudentId,
        meeting: Option<MeetingId>,
        what: &str,
        due: Option<NaiveDate>,
    ) -> ActionId {
        let id = self.ids.fresh();
        self.add(Action {
            id,
            student,
            owner: Owner::Student,
            what: what.into(),
            due,
            done: None,
            meeting,
            author: self.me,
        });
        id
    }

    /// A contact.
    pub fn contact(
        &mut self,
        student: StudentId,
        on: NaiveDate,
        channel: Channel,
        reply: Reply,
    ) -> ContactId {
        let id = self.ids.fresh();
        self.add(Contact {
            id,
            student,
            on,
            channel,
            reply,
            replied: None,
            about: String::new(),
            tutor: self.me,
        });
        id
    }

    /// A referral to the Wellbeing Team.
    pub fn referral(
        &mut self,
        student: StudentId,
        on: NaiveDate,
        follow_up: Option<NaiveDate>,
    ) -> ReferralId {
        let id = self.ids.fresh();
        self.add(Referral {
            id,
            student,
            on,
            service: "Wellbeing Team".into(),
            reason: "sleep".into(),
            follow_up,
            outcome: None,
            tutor: self.me,
        });
        id
    }

    /// A consent to tell a recipient for a purpose, open ended.
    pub fn consent(&mut self, student: StudentId, on: NaiveDate, recipient: &str, purpose: &str) {
        let id = self.ids.fresh();
        self.add(Consent {
            id,
            student,
            recipient: recipient.into(),
            purpose: purpose.into(),
            how: HowGiven::Spoken,
            on,
            until: None,
            withdrawn: None,
            tutor: self.me,
        });
    }

    /// A concern by the module leader, or praise.
    pub fn flag(
        &mut self,
        student: StudentId,
        on: NaiveDate,
        kind: FlagKind,
        urgency: Urgency,
        text: &str,
    ) -> FlagId {
        let id = self.ids.fresh();
        self.add(Flag {
            id,
            student,
            kind,
            on,
            raised_by: "module leader".into(),
            text: text.into(),
            urgency,
            closed: None,
            tutor: self.me,
        });
        id
    }

    /// A waiver, a ladder of one step, a summary that was sent and a disclosure, all of yesterday, by this
    /// tutor and with these words.
    pub fn policy_records(&mut self, student: StudentId, tutor: TutorId, words: &str) {
        let (on, text) = (ago(1), words.to_owned());
        let id = self.ids.fresh();
        let duty = DutyKey { year: 2026, code: "progress-1".into() };
        self.add(Waiver { id, student, duty, why: text.clone(), tutor, on });
        let id = self.ids.fresh();
        self.add(Ladder {
            id,
            student,
            ladder: "no-reply".into(),
            why: text.clone(),
            started: on,
            tutor,
            taken: vec![Taken { step: 0, on, contact: None }],
            ended: None,
        });
        let id = self.ids.fresh();
        self.add(Letter {
            id,
            student,
            kind: "summary".into(),
            meeting: None,
            to: "the student".into(),
            subject: "Our meeting".into(),
            text: text.clone(),
            made: on,
            sent: Some(on),
            agreed: None,
            tutor,
        });
        let id = self.ids.fresh();
        self.add(Disclosure {
            id,
            student,
            to: "Wellbeing Team".into(),
            purpose: "support".into(),
            what: text,
            basis: Basis::Consent,
            reason: String::new(),
            on,
            tutor,
        });
    }
}

fn tutor(id: TutorId, name: &str, role: Role) -> Tutor {
    Tutor {
        id,
        name: name.into(),
        email: String::new(),
        number: String::new(),
        school: "Computing".into(),
        role,
    }
}

/// Six tutees with something of everything; Aisha Rahman is the busiest, Ewa Nowak has nothing.
pub fn desk() -> Records {
    let mut world = Fixture::new();
    let aisha = world.tutee("20481234", "Aisha Rahman", 4);
    let ben = world.tutee("20481235", "Ben O'Connor", 4);
    let chen = world.tutee("20471001", "陈伟 Chen Wei", 5);
    let dafydd = world.tutee("20461777", "Dafydd ap Rhys", 6);
    let ewa = world.tutee("20489999", "Ewa Nowak", 4);
    let zoe = world.tutee("00481240", "Zoë Øster", 5);
    let review = world.meeting(aisha, day("2026-10-12"), Outcome::Held, "Progress review");
    world.note(
        aisha,
        day("2026-10-12"),
        Some(review),
        "## Discussed\n- feedback on first coursework\n- wants help with referencing\n\n\
         ## Advice and referral\nSkills workshop on Thursdays.\n",
    );
    world.action(aisha, Some(review), "book Skills workshop", Some(day("2026-10-20")));
    world.meeting(aisha, day("2026-11-12"), Outcome::Missed, "Progress review");
    world.meeting(aisha, day("2026-12-12"), Outcome::Planned, "Progress review");
    world.contact(aisha, day("2026-11-06"), Channel::Email, Reply::Awaited);
    world.contact(aisha, day("2026-11-10"), Channel::Phone, Reply::NoAnswer);
    world.flag(
        aisha,
        day("2026-11-16"),
        FlagKind::Concern,
        Urgency::Urgent,
        "2 of 3 submissions missing",
    );
    world.consent(aisha, day("2026-10-12"), "Wellbeing Team", "support");
    world.referral(ben, day("2026-11-02"), Some(day("2026-11-16")));
    world.meeting(chen, day("2026-11-18"), Outcome::Held, "Dissertation");
    world.flag(chen, day("2026-11-18"), FlagKind::Praise, Urgency::Watch, "helped two classmates");
    world.contact(dafydd, day("2026-11-09"), Channel::Email, Reply::Replied);
    world.group(&[dafydd, ewa, zoe], day("2026-10-05"), "Introductions");
    world.note(zoe, day("2026-11-19"), None, "Café job ends soon; naïve plan for rent.");
    world.records()
}

/// So many tutees, named by their count.
pub fn many(count: usize) -> Records {
    let mut world = Fixture::new();
    for index in 0..count {
        let student =
            world.tutee(&format!("{:08}", 20_000_000 + index), &format!("Given{index} Family"), 4);
        if index.is_multiple_of(7) {
            world.meeting(student, ago(index as u64 % 40), Outcome::Held, "Progress review");
        }
    }
    world.records()
}
