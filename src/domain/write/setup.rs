//! Sets a profile up: who works here, and the academic years around today.

use std::sync::Arc;

use super::{Context, FieldError, Written, policy, read::Reader};
use crate::domain::{
    change::{Label, record_id},
    decision::Verdict,
    policy::Policy,
    profile::Profile,
    record::{Owner, Record},
    records::Records,
    tutor::{Role, Tutor, TutorId},
};

/// What the first start asks, as typed.
#[derive(Clone, Default)]
pub struct SetupInput {
    /// Name as printed, with title.
    pub name: String,
    /// Role in words; empty is tutor.
    pub role: String,
    /// School; may be empty.
    pub school: String,
    /// Institution; may be empty.
    pub institution: String,
    /// The policy that runs from the start, if one was chosen.
    pub policy: Option<Arc<Policy>>,
}

/// Sets an empty profile up, with the policy that was chosen and example calendars: those of the policy, or
/// plain ones for this academic year and the next.
///
/// # Errors
/// All that is wrong with the fields, or that it has been done already.
pub fn set_up(context: &mut Context<'_>, input: &SetupInput) -> Written {
    if context.records.profile().is_some() {
        return Err(FieldError::whole("This profile is set up already: edit the tutor instead."));
    }
    let mut reader = Reader::new(context.now);
    let tutor = Tutor {
        id: context.ids.fresh(),
        name: reader.required("name", &input.name, "Write your name as it is to be printed."),
        email: String::new(),
        number: String::new(),
        school: reader.line("school", &input.school),
        role: reader.choice("role", &input.role, Role::Tutor),
    };
    let institution = reader.line("institution", &input.institution);
    let policy = input.policy.as_deref();
    let profile = Profile {
        id: context.ids.fresh(),
        owner: tutor.id,
        institution,
        policy: policy.map_or_else(String::new, |policy| policy.code.clone()),
    };
    let mut change = context.change(Label::SetUp).put(tutor).put(profile);
    for calendar in policy::examples(context, input.policy.as_deref()) {
        change.push(calendar);
    }
    reader.finish(change.build())
}

/// Edits whose profile it is: name, role, school and institution.
///
/// # Errors
/// All that is wrong with the fields, or that the profile has not been set up.
pub fn edit(context: &mut Context<'_>, input: &SetupInput) -> Written {
    let missing = || FieldError::whole("Nobody works in this profile yet: set it up first.");
    let profile = context.records.profile().ok_or_else(missing)?;
    let me = context.records.me().ok_or_else(missing)?;
    let mut reader = Reader::new(context.now);
    let tutor = Tutor {
        name: reader.required("name", &input.name, "Write your name as it is to be printed."),
        school: reader.line("school", &input.school),
        role: reader.choice("role", &input.role, me.role),
        ..me.clone()
    };
    let institution = reader.line("institution", &input.institution);
    let profile = Profile { institution, ..profile.clone() };
    reader.finish(context.change(Label::EditTutor).put(tutor).put(profile).build())
}

/// Says which tutor works here: one that an import brought. Who was made at the first start goes,
/// unless a record speaks of them; role and school are kept.
///
/// # Errors
/// When there is no such tutor or the profile has not been set up.
pub fn choose_me(context: &mut Context<'_>, chosen: TutorId) -> Written {
    let old = context.me()?;
    let profile = context.records.profile().ok_or_else(Vec::new)?;
    let gone = || FieldError::whole("This tutor is not there any more: choose another.");
    let tutor = context.records.tutor(chosen).ok_or_else(gone)?;
    let mut change = context.change(Label::EditTutor);
    if old == chosen {
        return Ok(change.build());
    }
    change.push(Profile { owner: chosen, ..profile.clone() });
    if let Some(before) = context.records.me() {
        let school =
            if tutor.school.is_empty() { before.school.clone() } else { tutor.school.clone() };
        change.push(Tutor { role: before.role, school, ..tutor.clone() });
        if !is_spoken_of(context.records, old) {
            change.delete(Owner::Profile, record_id(old));
        }
    }
    Ok(change.build())
}

/// Whether any record but the profile names this tutor.
#[must_use]
pub fn is_spoken_of(records: &Records, tutor: TutorId) -> bool {
    records.groups().any(|meeting| meeting.tutor == tutor)
        || records.trainings().any(|it| it.tutor == tutor)
        || records.absences().any(|it| it.tutor == tutor || it.deputy == Some(tutor))
        || records.role_terms().any(|it| it.tutor == tutor)
        || records.duties_done().any(|it| it.tutor == tutor)
        || records.files().any(|file| {
            file.records().iter().any(|(_, record)| match record {
                Record::Allocation(it) => it.tutor == tutor,
                Record::Meeting(it) => it.tutor == tutor,
                Record::Contact(it) => it.tutor == tutor,
                Record::Note(it) => it.author == tutor,
                Record::Action(it) => it.author == tutor,
                Record::Referral(it) => it.tutor == tutor,
                Record::Consent(it) => it.tutor == tutor,
                Record::Flag(it) => it.tutor == tutor,
                Record::Waiver(it) => it.tutor == tutor,
                Record::Ladder(it) => it.tutor == tutor,
                Record::Letter(it) => it.tutor == tutor,
                Record::Disclosure(it) => it.tutor == tutor,
                Record::Decision(it) => {
                    let given = matches!(it.verdict, Verdict::Assigned { to, .. } if to == tutor);
                    it.tutor == tutor || given
                }
                Record::Case(it) => it.owner == tutor,
                Record::Profile(_)
                | Record::Tutor(_)
                | Record::Calendar(_)
                | Record::Mapping(_)
                | Record::Student(_)
                | Record::Enrolment(_)
                | Record::Attendance(_)
                | Record::SlotChoice(_)
                | Record::Training(_)
                | Record::Absence(_)
                | Record::RoleTerm(_)
                | Record::DutyDone(_)
                | Record::Module(_)
                | Record::Batch(_)
                | Record::Tuning(_)
                | Record::SavedView(_)
                | Record::Engagement(_)
                | Record::Results(_)
                | Record::Alias(_) => false,
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::write::{
        fixture::Desk,
        tutor::{self, TutorInput},
    };

    #[test]
    fn the_first_start_makes_a_tutor_and_two_example_years() {
        let desk = Desk::new();
        let me = desk.records.me().unwrap();
        assert_eq!((me.name.as_str(), me.school.as_str()), ("Dr Amara Okafor", "Computing"));
        let mut years: Vec<_> = desk.records.calendars().map(|c| c.year.clone()).collect();
        years.sort();
        assert_eq!(years, ["2026/27", "2027/28"]);
        assert!(desk.records.calendars().all(|calendar| calendar.example));
    }

    #[test]
    fn a_profile_is_set_up_once_and_wants_a_name() {
        let mut desk = Desk::new();
        let input = SetupInput { name: "Another".into(), ..SetupInput::default() };
        assert_eq!(set_up(&mut desk.context(), &input).unwrap_err()[0].field, "");
        let mut empty = Desk::empty();
        let errors = set_up(&mut empty.context(), &SetupInput::default()).unwrap_err();
        assert_eq!(errors[0].field, "name");
    }

    fn choose(mut desk: Desk) -> (Desk, TutorId) {
        let old = desk.me();
        let input = TutorInput { name: "A. Okafor".into(), ..TutorInput::default() };
        let written = tutor::add(&mut desk.context(), &input);
        desk.apply(written);
        let new = desk.records.tutors().find(|tutor| tutor.id != old).unwrap().id;
        let written = choose_me(&mut desk.context(), new);
        desk.apply(written);
        assert_eq!(desk.me(), new);
        assert_eq!(desk.records.me().unwrap().school, "Computing");
        (desk, old)
    }

    #[test]
    fn choosing_who_i_am_drops_the_tutor_of_the_first_start() {
        let mut desk = Desk::empty();
        let input =
            SetupInput { name: "Me".into(), school: "Computing".into(), ..SetupInput::default() };
        let written = set_up(&mut desk.context(), &input);
        desk.apply(written);
        let (desk, old) = choose(desk);
        assert!(desk.records.tutor(old).is_none());
    }

    #[test]
    fn choosing_who_i_am_keeps_a_tutor_whom_a_record_names() {
        let (desk, old) = choose(Desk::new());
        assert!(desk.records.tutor(old).is_some());
    }

    #[test]
    fn role_and_school_can_be_edited() {
        let mut desk = Desk::new();
        let input = SetupInput {
            name: "Prof Amara Okafor".into(),
            role: "senior tutor".into(),
            ..SetupInput::default()
        };
        let written = edit(&mut desk.context(), &input);
        desk.apply(written);
        assert_eq!(desk.records.me().unwrap().role, Role::SeniorTutor);
    }
}
