//! How right each rule has been: how many alerts it raised, and what people said of them. It changes nothing by itself.

use chrono::{Days, NaiveDate};
use strum::{EnumIter, IntoEnumIterator};

use super::{
    decision::{Close, Decision, Fault, Verdict},
    file::StudentFile,
    reason::ReasonKind,
    records::Records,
    results::{Found, WeekResult},
    score::{Look, Rule, Why},
    time::monday_of,
    weekly::academic_year,
    word::Choice,
};

/// An alert as a whole is judged by the rules of the last run, if its week began at most so many days before.
const RECENT: i64 = 14;

/// Which weeks are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, EnumIter)]
pub enum Period {
    /// The last four weeks.
    #[default]
    FourWeeks,
    /// The academic year.
    Year,
    /// All there are.
    All,
}

impl Period {
    /// What the frame says.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::FourWeeks => "last four weeks",
            Self::Year => "this academic year",
            Self::All => "all weeks",
        }
    }

    /// The one after.
    #[must_use]
    pub fn next(self) -> Self {
        let mut all = Self::iter().cycle().skip_while(|it| *it != self);
        all.nth(1).unwrap_or_default()
    }

    /// Its first day; none if it has none.
    #[must_use]
    pub fn first(self, records: &Records, today: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::FourWeeks => monday_of(today).checked_sub_days(Days::new(21)),
            Self::Year => {
                let year = records.calendars().find(|year| year.span.holds(today));
                let august = || NaiveDate::from_ymd_opt(academic_year(today), 8, 1);
                year.map(|year| year.span.from).or_else(august)
            }
            Self::All => None,
        }
    }
}

/// What became of the alerts that a rule raised.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Feedback {
    /// The key of the rule.
    pub rule: String,
    /// For how many students it began to speak.
    pub raised: u32,
    /// How many a person marked as wrong.
    pub wrong: u32,
    /// How many as not applicable.
    pub not_applicable: u32,
    /// How many as a duplicate.
    pub duplicate: u32,
    /// How many were closed because nothing was the matter.
    pub no_need: u32,
}

impl Feedback {
    fn new(rule: &str) -> Self {
        let rule = rule.to_owned();
        Self { rule, raised: 0, wrong: 0, not_applicable: 0, duplicate: 0, no_need: 0 }
    }

    /// How many were not right, or not needed.
    #[must_use]
    pub const fn against(&self) -> u32 {
        self.wrong + self.not_applicable + self.duplicate + self.no_need
    }

    /// Their share of all that it raised, in percent; none while it raised nothing.
    #[must_use]
    pub fn share(&self) -> Option<u32> {
        (100 * self.against().min(self.raised)).checked_div(self.raised)
    }

    /// Whether it is mostly wrong: more than half of at least four.
    #[must_use]
    pub const fn is_mostly_wrong(&self) -> bool {
        self.raised >= 4 && 2 * self.against() > self.raised
    }
}

/// What became of the alerts of each rule since a day: rules of the score first, in the order of the card, then others that
/// people judged. What people said of a rule of the score counts once for each time that it began to speak.
#[must_use]
pub fn feedback(records: &Records, since: Option<NaiveDate>) -> Vec<Feedback> {
    let mut all: Vec<Feedback> = Rule::iter().map(|rule| Feedback::new(rule.key())).collect();
    let since = since.unwrap_or(NaiveDate::MIN);
    for file in records.files() {
        let mut stretches = stretches(file);
        let mut decisions: Vec<&Decision> = file.decisions.iter().map(|held| &held.value).collect();
        decisions.sort_by_key(|decision| (decision.on, decision.id));
        for decision in decisions {
            let Some(field) = field(decision.verdict) else { continue };
            if of_score(&decision.rule) {
                judge(file, decision, field, &mut stretches);
            } else if decision.on >= since {
                count(&mut all, &decision.rule, field);
            }
        }
        for stretch in stretches.iter().filter(|it| it.first >= since) {
            count(&mut all, stretch.rule, |it| &mut it.raised);
            if let Some(field) = stretch.said {
                count(&mut all, stretch.rule, field);
            }
        }
    }
    all
}

/// Without the rules that have raised nothing and that the card does not have.
#[must_use]
pub fn of_card(mut all: Vec<Feedback>, has: impl Fn(&str) -> bool) -> Vec<Feedback> {
    let look = |key: &str| Rule::iter().any(|rule| rule.key() == key && rule.is_look());
    all.retain(|it| it.raised + it.against() > 0 || look(&it.rule) || has(&it.rule));
    all
}

/// The keys of the rules that one week found.
#[must_use]
pub fn rules_of(week: &WeekResult) -> Vec<&'static str> {
    let mut keys: Vec<_> = week.found.iter().filter_map(|it| Some(rule_of(it)?.key())).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn rule_of(found: &Found) -> Option<Rule> {
    match found.look {
        Some(code) => Look::of_parts(code, found.numbers).map(|look| look.rule),
        None => Why::of_parts(found.why, found.numbers).map(|why| why.rule()),
    }
}

/// The weeks in a row in which a rule spoke of a student, and what a person said of it last.
struct Stretch {
    rule: &'static str,
    first: NaiveDate,
    last: NaiveDate,
    said: Option<Field>,
}

fn stretches(file: &StudentFile) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = Vec::new();
    for results in &file.results {
        let year = all.len();
        let mut before = None;
        for week in &results.weeks {
            let now = if week.on { rules_of(week) } else { Vec::new() };
            for rule in now {
                let mut of_year = all.iter_mut().skip(year);
                let going = of_year.find(|it| it.rule == rule && Some(it.last) == before);
                if let Some(going) = going {
                    going.last = week.week;
                } else {
                    let (first, last) = (week.week, week.week);
                    all.push(Stretch { rule, first, last, said: None });
                }
            }
            before = Some(week.week);
        }
    }
    all
}

/// Whether a decision is about an alert as a whole or about a rule of the score.
fn of_score(rule: &str) -> bool {
    rule.is_empty() || Rule::iter().any(|it| it.key() == rule)
}

/// The count of what a decision says of a rule; none where it says nothing against it.
fn field(verdict: Verdict) -> Option<Field> {
    Some(match verdict {
        Verdict::Wrong(Fault::Wrong) => |it| &mut it.wrong,
        Verdict::Wrong(Fault::NotApplicable) => |it| &mut it.not_applicable,
        Verdict::Wrong(Fault::Duplicate) => |it| &mut it.duplicate,
        Verdict::Closed(Close::NoNeed) => |it| &mut it.no_need,
        Verdict::Closed(_)
        | Verdict::Snoozed { .. }
        | Verdict::Exempt { .. }
        | Verdict::Assigned { .. } => return None,
    })
}

/// Keeps what a decision says with the stretches that it is about: the last one of its rule, or, of an alert as a whole,
/// those that went on in the last run.
fn judge(file: &StudentFile, decision: &Decision, field: Field, stretches: &mut [Stretch]) {
    if !decision.rule.is_empty() {
        let mine = stretches.iter_mut().filter(|it| it.rule == decision.rule);
        let begun = mine.filter(|it| it.first <= decision.on);
        if let Some(stretch) = begun.max_by_key(|it| it.first) {
            stretch.said = Some(field);
        }
        return;
    }
    let weeks = file.results.iter().flat_map(|results| &results.weeks);
    let latest = weeks.filter(|week| week.week <= decision.on).max_by_key(|it| it.week);
    let recent = |week: &&WeekResult| (decision.on - week.week).num_days() <= RECENT;
    let Some(week) = latest.filter(recent).filter(|week| week.on) else { return };
    for stretch in stretches.iter_mut().filter(|it| it.first <= week.week && week.week <= it.last) {
        stretch.said = Some(field);
    }
}

/// One of the counts.
type Field = fn(&mut Feedback) -> &mut u32;

/// Counts one in the row of a rule; in a new one at the end if there is none yet.
fn count(all: &mut Vec<Feedback>, rule: &str, field: Field) {
    if let Some(row) = all.iter_mut().find(|it| it.rule == rule) {
        *field(row) += 1;
    } else {
        let mut row = Feedback::new(rule);
        *field(&mut row) += 1;
        all.push(row);
    }
}

/// What a rule is called, by its key.
#[must_use]
pub fn named(key: &str) -> &'static str {
    if let Some(rule) = Rule::iter().find(|rule| rule.key() == key) {
        return rule.words();
    }
    let others = [
        (ReasonKind::Concern, "concern that a person raised"),
        (ReasonKind::OverdueAction, "action overdue"),
        (ReasonKind::FollowUp, "follow-up of a referral"),
        (ReasonKind::Unsettled, "meeting of which nobody said what came of it"),
        (ReasonKind::Ladder, "ladder"),
        (ReasonKind::NoReply, "no reply"),
        (ReasonKind::Obligation, "what the policy asks for"),
        (ReasonKind::NotMet, "not met for long"),
        (ReasonKind::SuddenDrop, "sudden drop"),
    ];
    others.into_iter().find(|(kind, _)| kind.rule() == key).map_or("another rule", |(_, it)| it)
}

#[cfg(test)]
mod tests;
