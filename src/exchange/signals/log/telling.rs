//! What the rows of a Moodle log come to: days of activity, what was handed in, and what surely was not.

use super::events::{Events, Person};
use crate::{
    domain::{
        reading::{Fact, Who},
        roll::Remark,
    },
    exchange::signals::{Export, module_code, sayings::Sayings, short_names, task_name},
};

/// A piece is wholly in the log if its first submission is so many days after the log begins: a log that was cut to some
/// days, or whose old rows were thrown away, would make everybody miss what they handed in before.
const BEFORE_FIRST: i64 = 7;

/// Notes down what the log says.
pub(super) fn tell(events: &Events<'_>, export: &Export<'_>, sayings: &mut Sayings) {
    let file_day = export.file_day();
    let newest = events.span.map(|(_, newest)| newest);
    sayings.as_of = file_day.filter(|day| newest.is_none_or(|newest| newest <= *day)).or(newest);
    let one_course = events.courses.len() < 2;
    sayings.module = match (one_course, events.course) {
        (false, _) => String::new(),
        (true, "") => export.file_module(),
        (true, course) => module_code::find(course).unwrap_or_else(|| course.to_owned()),
    };
    remark(events, export, sayings);
    let names = short_names(events.pieces.iter().map(|piece| piece.context));
    let pieces: Vec<Option<usize>> =
        names.into_iter().map(|name| one_course.then(|| sayings.task(name))).collect();
    sayings.everyone = export.told.session.everyone;
    sayings.hides = events.hidden.0 > 0;
    for person in events.people.iter().filter(|person| is_student(person)) {
        let place = sayings.person(person.row, Who { name: person.name.clone(), ..Who::default() });
        if person.enrolled == Some(false) {
            sayings.add(place, Fact::Left);
            continue;
        }
        if person.enrolled == Some(true) {
            sayings.add(place, Fact::Member);
        }
        for day in &person.days {
            sayings.add(place, Fact::Active(*day));
        }
        // Of whom there are only rows of others the log may have left out their own.
        let judged = sayings.everyone || !person.days.is_empty();
        for (at, task) in pieces.iter().enumerate() {
            let (Some(task), Some(piece)) = (task, events.pieces.get(at)) else { continue };
            let whole = !(piece.hidden || piece.shared)
                && events
                    .span
                    .is_some_and(|(oldest, _)| (piece.first - oldest).num_days() >= BEFORE_FIRST);
            match person.handed.get(&at) {
                Some(day) => sayings.add(place, Fact::Handed(*task, Some(*day))),
                None if whole && judged && !person.excused.contains(piece.context) => {
                    sayings.add(place, Fact::NotHanded(*task));
                }
                None => {}
            }
        }
    }
}

fn is_student(person: &Person<'_>) -> bool {
    let seen = !person.days.is_empty() || !person.handed.is_empty();
    !person.teaches && (seen || person.enrolled.is_some())
}

fn remark(events: &Events<'_>, export: &Export<'_>, sayings: &mut Sayings) {
    let mut say = |row: u32, text: String| {
        sayings.remarks.push(Remark { row, column: String::new(), text });
    };
    let (hidden, first) = events.hidden;
    if hidden > 0 {
        say(first, format!("names nobody, as {hidden} rows in all: they were left out"));
    }
    let teaching = events.people.iter().filter(|person| person.teaches).count();
    if teaching > 0 {
        let text = format!("{teaching} of the people do what only those do who teach: left out");
        say(export.header_row(), text);
    }
    for piece in events.pieces.iter().filter(|piece| piece.shared) {
        let text = format!(
            "“{}” was handed in for a group: of it nothing is known of who is not named",
            task_name(piece.context)
        );
        say(export.header_row(), text);
    }
    let courses = events.courses.len();
    if courses > 1 {
        let text = format!(
            "the log is of {courses} courses: only activity is read, for all modules together"
        );
        say(export.header_row(), text);
    }
}
