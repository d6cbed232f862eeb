//! Chooses the policy that runs, with the example calendars that come with it.

use super::{Context, FieldError, Written};
use crate::domain::{
    calendar::{Calendar, academic_year_of},
    change::{Label, record_id},
    policy::Policy,
    profile::Profile,
    record::Owner,
};

/// Makes this policy the one in use, or none. Its calendars take the place of examples that nobody has
/// confirmed; confirmed ones stay, and so does everything recorded.
///
/// # Errors
/// When the profile has not been set up.
pub fn choose(context: &mut Context<'_>, policy: Option<&Policy>) -> Written {
    let missing = || FieldError::whole("Nobody works in this profile yet: set it up first.");
    let profile = context.records.profile().ok_or_else(missing)?;
    let code = policy.map_or_else(String::new, |policy| policy.code.clone());
    let mut change =
        context.change(Label::ChoosePolicy).put(Profile { policy: code, ..profile.clone() });
    let new = examples(context, policy);
    let (mut kept, mut gone) = (Vec::new(), Vec::new());
    for calendar in context.records.calendars() {
        let replaced = new.iter().any(|other| meets(other, calendar));
        if calendar.example && replaced { &mut gone } else { &mut kept }.push(calendar);
    }
    for calendar in gone {
        change.delete(Owner::Profile, record_id(calendar.id));
    }
    for calendar in new {
        if !kept.iter().any(|other| meets(other, &calendar)) {
            change.push(calendar);
        }
    }
    Ok(change.build())
}

/// The example calendars to begin with: those of the policy, or plain ones for this academic year and the
/// next.
pub(super) fn examples(context: &mut Context<'_>, policy: Option<&Policy>) -> Vec<Calendar> {
    let start = academic_year_of(context.now.today());
    let ids = &mut *context.ids;
    match policy {
        Some(policy) if !policy.years.is_empty() => {
            policy.years.iter().map(|year| year.calendar(ids.fresh())).collect()
        }
        Some(_) | None => [start, start + 1]
            .into_iter()
            .filter_map(|y| Calendar::example(ids.fresh(), y))
            .collect(),
    }
}

/// Whether two calendars speak of some of the same days.
fn meets(one: &Calendar, other: &Calendar) -> bool {
    one.span.from <= other.span.to && other.span.from <= one.span.to
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::write::fixture::Desk;
    use crate::exchange::policy::builtin;

    fn years(desk: &Desk) -> Vec<(String, bool, String)> {
        let mut years: Vec<_> = desk
            .records
            .calendars()
            .map(|it| (it.year.clone(), it.example, it.terms[0].name.clone()))
            .collect();
        years.sort();
        years
    }

    fn year(year: &str, example: bool, term: &str) -> (String, bool, String) {
        (year.into(), example, term.into())
    }

    #[test]
    fn a_policy_brings_its_examples_and_leaves_what_somebody_confirmed() {
        let mut desk = Desk::new();
        let calendar = desk.records.calendars().find(|it| it.year == "2026/27").unwrap().clone();
        let confirmed = Calendar { example: false, ..calendar };
        let change = desk.context().change(Label::EditCalendar).put(confirmed).build();
        desk.apply(Ok(change));
        let policy = builtin("leicester").unwrap();
        let written = choose(&mut desk.context(), Some(&policy));
        desk.apply(written);
        assert_eq!(desk.records.profile().unwrap().policy, "leicester");
        let of_policy = policy.years.iter().filter(|it| it.year != "2026/27");
        let mut expected: Vec<_> =
            of_policy.map(|it| year(&it.year, true, &it.terms[0].name)).collect();
        expected.push(year("2026/27", false, "Semester 1"));
        if expected.iter().all(|(name, ..)| name != "2027/28") {
            expected.push(year("2027/28", true, "Semester 1"));
        }
        expected.sort();
        assert_eq!(years(&desk), expected);
    }

    #[test]
    fn no_policy_can_be_chosen_again_and_what_is_recorded_stays() {
        let mut desk = Desk::new();
        let policy = builtin("ljmu").unwrap();
        for policy in [Some(&policy), None] {
            let written = choose(&mut desk.context(), policy);
            desk.apply(written);
        }
        assert_eq!(desk.records.profile().unwrap().policy, "");
        assert_eq!(desk.records.tutors().count(), 1);
        assert!(desk.records.calendars().any(|it| it.year == "2026/27"));
    }
}
