//! Moodle's list of participants: who is on a module.
//!
//! `First name, Last name` and what else the site shows (`Email address, ID number, Roles, Groups, Last access to
//! course`), in a file named `courseid_<n>_participants`. It is a list of students as well.

use super::{Export, people::People, sayings::Sayings};
use crate::{
    domain::{
        engagement::Source,
        reading::{Fact, Reading},
    },
    exchange::Refusal,
};

/// Parts of what Moodle sites call those who do not study.
const STAFF: [&str; 13] = [
    "teacher",
    "manager",
    "creator",
    "lecturer",
    "tutor",
    "leader",
    "assistant",
    "admin",
    "guest",
    "observer",
    "examiner",
    "conven",
    "staff",
];

/// Whether the headers, or the name of the file, are those of participants.
pub(super) fn is(export: &Export<'_>) -> bool {
    let named = export.told.file_name.starts_with("courseid_");
    let moodle = export.column(&["roles", "lastaccesstocourse"]).is_some();
    (named || moodle) && People::of(export).is_ok()
}

/// Reads the list.
pub(super) fn read(export: &Export<'_>) -> Result<Reading, Refusal> {
    let people = People::of(export)?;
    let roles = export.column(&["roles", "role"]);
    let mut sayings = Sayings::of(export);
    let mut staff = 0;
    export.each_row(&mut sayings, |sayings, row| {
        if roles.is_some_and(|roles| is_staff(row.cell(roles))) {
            staff += 1;
            return Ok(());
        }
        let place = sayings.person(row.number(), people.who(row)?);
        sayings.add(place, Fact::Member);
        Ok(())
    });
    if let Some(roles) = roles.filter(|_| staff > 0) {
        let text = format!("{staff} of the people have roles of staff: left out");
        sayings.remarks.push(export.about_column(roles, text));
    }
    sayings.module = export.file_module();
    sayings.as_of = export.file_day();
    Ok(sayings.reading(export, Source::MoodleParticipants))
}

fn is_staff(roles: &str) -> bool {
    let roles = roles.to_lowercase();
    !roles.contains("student") && STAFF.iter().any(|staff| roles.contains(staff))
}

#[cfg(test)]
mod tests {
    use crate::exchange::signals::testing::read;

    #[test]
    fn participants_are_members_and_their_teachers_are_not() {
        let reading = read(
            "courseid_177_participants.csv",
            "First name,Last name,ID number,Email address,Roles,Groups\n\
             Aisha,Rahman,20481234,aisha@example.org,Student,\n\
             Amara,Okafor,9,amara@example.org,Teacher,\n\
             Ben,O'Connor,,ben@example.org,\"Student, Non-editing teacher\",A\n\
             ,,,,Student,\n",
        )
        .unwrap();
        let said: Vec<_> = reading
            .people
            .iter()
            .map(|seen| (seen.row, seen.who.name.as_str(), seen.facts.len()))
            .collect();
        assert_eq!(said, [(2, "Aisha Rahman", 1), (4, "Ben O'Connor", 1)]);
        assert_eq!(reading.people[0].who.number, "20481234");
        assert_eq!(reading.rejected[0].reason, "does not say whom the row is about");
        assert_eq!(reading.remarks[0].text, "1 of the people have roles of staff: left out");
    }
}
