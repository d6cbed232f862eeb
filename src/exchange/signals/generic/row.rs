//! One row of any list: what it says of somebody, by what its columns mean.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::{
    super::{
        Export, marks,
        modules::Modules,
        people::People,
        presence::{self, Said},
        ratings::Scale,
        sayings::Sayings,
        when,
    },
    Field, Mapping,
};
use crate::{
    domain::{
        reading::Fact,
        signal::{Mark, Presence},
    },
    exchange::{cell, choices, dates::Order, headers, student_row::Wrong, table::Row},
};

/// How many sessions a percentage of attendance is kept as.
const SESSIONS: u32 = 20;
/// The most sessions that a row may count.
const MOST_SESSIONS: u32 = 200;

/// Reads every row.
pub(super) fn read<'a>(export: &Export<'a>, mapping: &Mapping, modules: &mut Modules<'a, '_>) {
    let columns = Columns::of(export, mapping);
    for (name, why) in columns.most.iter().filter_map(|(name, most)| Some((name, most.err()?))) {
        let mut marks = mapping.all(Field::Mark);
        let own = marks.find(|column| columns.header(Some(*column)) == *name);
        let column = own.or_else(|| columns.at(Field::Mark)).unwrap_or_default();
        modules.remarks.push(export.ask_most(column, name, why));
    }
    if let (Some(column), true) = (columns.at(Field::Attendance), columns.percentages) {
        let text = format!("a percentage of attendance is kept as {SESSIONS} sessions of its day");
        modules.remarks.push(export.about_column(column, text));
    }
    if let (Some(column), Order::MonthFirst) = (columns.at(Field::Date), columns.order) {
        let text = "dates are read month first, as one of them shows";
        modules.remarks.push(export.about_column(column, text));
    }
    modules.each_row(|modules, row| {
        let who = columns.people.who(row)?;
        let mut facts = Vec::new();
        columns.days(row, &mut facts)?;
        let works = columns.works(row)?;
        let sayings = modules.of(row);
        let place = sayings.person(row.number(), who);
        for work in works {
            let task = sayings.task(&work.piece);
            if columns.doubts(&work.piece) {
                sayings.unmark(task);
            }
            facts.extend(work.facts(task));
        }
        add(sayings, place, facts);
        Ok(())
    });
}

fn add(sayings: &mut Sayings, place: usize, facts: Vec<Fact>) {
    for fact in facts {
        sayings.add(place, fact);
    }
}

/// What a row says of a piece of work.
struct Work {
    piece: String,
    handed: Option<Handed>,
    mark: Option<Mark>,
}

/// Whether something was handed in, and when, where the row says so.
#[derive(Clone, Copy)]
enum Handed {
    Yes(Option<NaiveDate>),
    No,
}

impl Work {
    fn facts(&self, task: usize) -> impl Iterator<Item = Fact> {
        let handed = self.handed.map(|handed| match handed {
            Handed::Yes(day) => Fact::Handed(task, day),
            Handed::No => Fact::NotHanded(task),
        });
        handed.into_iter().chain(self.mark.map(|mark| Fact::Marked(task, mark)))
    }
}

struct Columns<'a, 'b> {
    export: &'b Export<'a>,
    mapping: &'b Mapping,
    people: People,
    order: Order,
    handed: Order,
    percentages: bool,
    scale: Scale,
    headers: Vec<&'a str>,
    /// What the marks of each piece are out of that do not say it themselves.
    most: BTreeMap<String, Result<u32, &'static str>>,
}

impl<'a, 'b> Columns<'a, 'b> {
    fn of(export: &'b Export<'a>, mapping: &'b Mapping) -> Self {
        let cells = |field: Field| {
            let column = mapping.position(field);
            column
                .into_iter()
                .flat_map(|column| export.list.rows().map(move |(row, _)| row.cell(column)))
        };
        let today = export.told.today;
        let people = People {
            number: mapping.position(Field::Number),
            email: mapping.position(Field::Email),
            first: mapping.position(Field::First),
            family: mapping.position(Field::Family),
            full: mapping.position(Field::Name),
        };
        let mut columns = Self {
            export,
            mapping,
            people,
            order: when::order(cells(Field::Date), today),
            handed: when::order(cells(Field::Handed), today),
            percentages: cells(Field::Attendance).any(is_percentage),
            scale: Scale::of(cells(Field::Rating)),
            headers: export.list.headers(),
            most: BTreeMap::new(),
        };
        columns.most = columns.most();
        columns
    }

    fn most(&self) -> BTreeMap<String, Result<u32, &'static str>> {
        let columns: Vec<usize> = self.mapping.all(Field::Mark).collect();
        let mut marks: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (row, _) in self.export.list.rows().filter(|(_, fault)| fault.is_none()) {
            for column in &columns {
                let text = row.cell(*column);
                if self.says_most(row, text) {
                    continue;
                }
                if let Some(mark) = marks::hundredths(text) {
                    let of = self.piece_of(row, *column, columns.len());
                    marks.entry(of).or_default().push(mark);
                }
            }
        }
        let said = |name: &str| self.export.told.maxima.get(name).copied();
        let most = |(name, marks): (String, Vec<u32>)| {
            let most = marks::most(marks.into_iter(), said(&name));
            (name, most)
        };
        marks.into_iter().map(most).collect()
    }

    /// Whether a mark says what it is out of.
    fn says_most(&self, row: Row<'_>, text: &str) -> bool {
        text.trim_end().ends_with('%')
            || text.contains('/')
            || self.said(row, Field::OutOf).is_some()
    }

    /// The piece whose mark stands in a column.
    fn piece_of(&self, row: Row<'_>, column: usize, columns: usize) -> String {
        if columns > 1 { self.header(Some(column)) } else { self.piece(row) }
    }

    fn at(&self, field: Field) -> Option<usize> {
        self.mapping.position(field)
    }

    /// The column of a field and what it says, if it says something.
    fn said<'r>(&self, row: Row<'r>, field: Field) -> Option<(usize, &'r str)> {
        let column = self.at(field)?;
        let text = row.cell(column);
        (!cell::is_nothing(text)).then_some((column, text))
    }

    /// What a row says of its day.
    fn days(&self, row: Row<'_>, facts: &mut Vec<Fact>) -> Result<(), Wrong> {
        if !self.mapping.has(&Field::DATED) {
            return self.again(row, facts);
        }
        let moment = self.moment(row)?;
        let on = moment.date();
        if let Some((column, text)) = self.said(row, Field::Active)
            && is_active(text).ok_or_else(|| wrong(column, "is neither a number nor yes or no"))?
        {
            facts.push(Fact::Active(on));
        }
        if let Some((column, text)) = self.said(row, Field::Attendance) {
            if self.percentages {
                let percent = marks::hundredths(text).filter(|percent| *percent <= 10_000);
                let percent =
                    percent.ok_or_else(|| wrong(column, "is no percentage of 0 to 100"))?;
                sessions(on, (percent * SESSIONS + 5_000) / 10_000, SESSIONS, facts);
            } else {
                let said = presence::status(text);
                let said = said
                    .ok_or_else(|| wrong(column, "is no known word for whether somebody came"))?;
                facts.extend(self.session(row, moment, said));
            }
        }
        self.counted(row, on, facts)?;
        if let Some((column, text)) = self.said(row, Field::Rating) {
            let band = self.scale.read(text);
            let band = band.ok_or_else(|| wrong(column, "is no band of engagement"))?;
            facts.push(Fact::Rated(on, band));
        }
        self.again(row, facts)
    }

    fn moment(&self, row: Row<'_>) -> Result<NaiveDateTime, Wrong> {
        let column = self.at(Field::Date).unwrap_or_default();
        let today = self.export.told.today;
        let moment = when::moment(row.cell(column), self.order, today);
        let moment = moment.ok_or_else(|| wrong(column, "is no date"))?;
        if moment.date() > today {
            return Err(wrong(column, "is in the future"));
        }
        Ok(moment)
    }

    fn session(&self, row: Row<'_>, moment: NaiveDateTime, said: Said) -> Option<Fact> {
        let Said::Was(presence) = said else { return None };
        let event = self.said(row, Field::Session).map_or("", |(_, event)| event);
        let time = Some(moment.time()).filter(|time| *time != NaiveTime::MIN);
        let key = presence::key(time, event);
        Some(Fact::Session { on: moment.date(), key, presence, compulsory: false })
    }

    /// So many sessions of so many.
    fn counted(&self, row: Row<'_>, on: NaiveDate, facts: &mut Vec<Fact>) -> Result<(), Wrong> {
        let Some((column, text)) = self.said(row, Field::Attended) else { return Ok(()) };
        let attended = whole(text).ok_or_else(|| wrong(column, "is no number of sessions"))?;
        let Some((expected_column, text)) = self.said(row, Field::Expected) else {
            return Err(wrong(column, "says nothing without the number of sessions expected"));
        };
        let expected = whole(text).filter(|expected| *expected <= MOST_SESSIONS);
        let expected =
            expected.ok_or_else(|| wrong(expected_column, "is no number of sessions up to 200"))?;
        if attended > expected {
            return Err(wrong(column, "is more than the number of sessions expected"));
        }
        sessions(on, attended, expected, facts);
        Ok(())
    }

    fn again(&self, row: Row<'_>, facts: &mut Vec<Fact>) -> Result<(), Wrong> {
        if let Some((column, text)) = self.said(row, Field::Repeats)
            && choices::truth(text).ok_or_else(|| wrong(column, "is neither yes nor no"))?
        {
            facts.push(Fact::Repeating);
        }
        Ok(())
    }

    /// What a row says of pieces of work: of one, or of each that has a column of marks.
    fn works(&self, row: Row<'_>) -> Result<Vec<Work>, Wrong> {
        let mut works = Vec::new();
        let handed = self.handed(row)?;
        let columns: Vec<usize> = self.mapping.all(Field::Mark).collect();
        if let [] | [_] = columns.as_slice() {
            let piece = self.piece(row);
            let mark = match columns.first() {
                Some(column) => self.mark(row, *column, &piece)?,
                None => None,
            };
            works.push(Work { piece, handed, mark });
        } else {
            for column in columns {
                let piece = self.piece_of(row, column, 2);
                let mark = self.mark(row, column, &piece)?;
                works.push(Work { piece, handed: None, mark });
            }
        }
        works.retain(|work| {
            work.handed.is_some() || work.mark.is_some() || self.doubts(&work.piece)
        });
        Ok(works)
    }

    /// Whether the marks of a piece are left out until somebody says what they are out of.
    fn doubts(&self, piece: &str) -> bool {
        self.most.get(piece).is_some_and(Result::is_err)
    }

    /// Whether and when something was handed in; nothing where the row does not say.
    fn handed(&self, row: Row<'_>) -> Result<Option<Handed>, Wrong> {
        let Some((column, text)) = self.said(row, Field::Handed) else { return Ok(None) };
        Ok(Some(match choices::truth(text) {
            Some(true) => Handed::Yes(None),
            Some(false) => Handed::No,
            None if is_missing(text) => Handed::No,
            None if headers::plain(text) == "submitted" => Handed::Yes(None),
            None => {
                let moment = when::moment(text, self.handed, self.export.told.today);
                let reason = "is neither a date nor yes or no";
                Handed::Yes(Some(moment.ok_or_else(|| wrong(column, reason))?.date()))
            }
        }))
    }

    /// What the piece of work is called: by its column, by what somebody says, else by the header.
    fn piece(&self, row: Row<'_>) -> String {
        if let Some((_, name)) = self.said(row, Field::Piece) {
            return cell::clean(name).text.into_owned();
        }
        if !self.export.told.piece.is_empty() {
            return self.export.told.piece.clone();
        }
        self.header(self.at(Field::Mark).or_else(|| self.at(Field::Handed)))
    }

    fn header(&self, column: Option<usize>) -> String {
        let header =
            column.and_then(|column| self.headers.get(column)).copied().unwrap_or_default();
        if header.is_empty() { "Work".to_owned() } else { header.to_owned() }
    }

    fn mark(&self, row: Row<'_>, column: usize, piece: &str) -> Result<Option<Mark>, Wrong> {
        let text = row.cell(column);
        if cell::is_no_value(text) {
            return Ok(None);
        }
        let (number, most) = text.split_once('/').unwrap_or((text, ""));
        let number = marks::hundredths(number).ok_or_else(|| wrong(column, "is no mark"))?;
        let column_says = self.said(row, Field::OutOf).map(|(_, text)| text);
        let most = match (most, column_says, self.most.get(piece)) {
            _ if text.trim_end().ends_with('%') => Some(marks::FULL),
            ("", None, Some(Err(_))) => return Ok(None),
            ("", None, Some(Ok(most))) => Some(*most),
            ("", None, None) => Some(marks::FULL),
            ("", Some(text), _) | (text, _, _) => marks::hundredths(text),
        };
        let share = most.and_then(|most| marks::share(number, most));
        share.map(Some).ok_or_else(|| wrong(column, marks::ABOVE))
    }
}

fn wrong(column: usize, reason: &str) -> Wrong {
    (Some(column), reason.to_owned())
}

/// Sessions of a day, the first of them attended.
fn sessions(on: NaiveDate, attended: u32, expected: u32, facts: &mut Vec<Fact>) {
    for place in 0..expected {
        let presence = if place < attended { Presence::Present } else { Presence::Absent };
        let key = u16::try_from(place).unwrap_or(u16::MAX);
        facts.push(Fact::Session { on, key, presence, compulsory: false });
    }
}

/// Whether a cell of attendance is a number of percent and no word.
fn is_percentage(text: &str) -> bool {
    marks::hundredths(text).is_some_and(|number| text.contains('%') || number > 100)
}

fn is_active(text: &str) -> Option<bool> {
    match marks::hundredths(text) {
        Some(number) => Some(number > 0),
        None => choices::truth(text),
    }
}

fn is_missing(text: &str) -> bool {
    matches!(
        headers::plain(text).as_str(),
        "missing" | "notsubmitted" | "nosubmission" | "nonsubmission" | "notreceived" | "ns"
    )
}

fn whole(text: &str) -> Option<u32> {
    marks::hundredths(text).filter(|number| number % 100 == 0).map(|number| number / 100)
}
