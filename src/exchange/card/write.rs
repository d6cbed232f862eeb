//! A card as TOML with comments, so that somebody can read it before it is used.

use super::numbers::name_of;
use crate::domain::score::{
    Card, Measure,
    card::{Alert, Attendance, Limit, Line, Look},
};

/// The text of a card, which reads back as the same card. `heading` is written above it as a comment.
#[must_use]
pub fn write(card: &Card, heading: &[String]) -> String {
    let mut text = String::new();
    for line in heading {
        push(&mut text, format!("# {line}").trim_end());
    }
    push(&mut text, &format!("name = \"{}\"", card.name.replace(['"', '\\'], "'")));
    push(
        &mut text,
        "\n# Every line is a measure with its bands, the worst first: the first that fits counts, and is one reason for the tutor.",
    );
    for line in &card.lines {
        of_line(&mut text, line);
    }
    attendance(&mut text, &card.attendance);
    alert(&mut text, &card.alert);
    look(&mut text, &card.look);
    text
}

fn push(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// A field, its number and what it is.
fn number(text: &mut String, field: &str, number: impl Into<u32>, what: &str) {
    let field = format!("{field} = {}", number.into());
    push(text, &format!("{field:27} # {what}"));
}

fn of_line(text: &mut String, line: &Line) {
    push(text, "\n[[line]]");
    let field = format!("measure = \"{}\"", name_of(line.measure));
    push(text, &format!("{field:35} # {}", what(line.measure)));
    if let Some(measure) = line.unless {
        push(text, &format!("unless = \"{}\"", name_of(measure)));
    }
    if let Some(from) = line.peers_from {
        number(
            text,
            "peers-from",
            from,
            "compare while the peers' median is at least so many days",
        );
    }
    if let Some(weeks) = line.one_day_in_weeks {
        number(
            text,
            "one-day-in-weeks",
            weeks,
            "a median below a day in so many weeks counts as that",
        );
    }
    push(text, "bands = [");
    for band in &line.bands {
        let limit = match band.limit {
            Limit::From(_) => "from",
            Limit::Below(_) => "below",
            Limit::UpTo(_) => "up-to",
        };
        let (at, points) = (band.limit.number(), band.points);
        push(text, &format!("  {{ {limit} = {at}, points = {points} }},"));
    }
    push(text, "]");
}

fn attendance(text: &mut String, attendance: &Attendance) {
    push(
        text,
        "\n# Percent of the sessions attended; a compulsory tutorial counts as one.\n[attendance]",
    );
    number(text, "weeks", attendance.weeks, "the last so many weeks");
    push(text, "bands = [");
    for band in &attendance.bands {
        push(text, &format!("  {{ below = {}, points = {} }},", band.below, band.points));
    }
    push(text, "]");
    let in_a_row = attendance.tutorials_in_a_row;
    number(text, "tutorials-in-a-row", in_a_row, "so many compulsory tutorials missed in a row");
    number(text, "tutorials-points", attendance.tutorials_points, "and what that is worth");
}

fn alert(text: &mut String, alert: &Alert) {
    push(text, "\n# From how many points on there is an alert; it rises with the year.\n[alert]");
    number(text, "first-week", alert.first_week, "no alert before the end of this week");
    let most = alert.engagement_at_most;
    number(text, "engagement-at-most", most, "online activity and attendance together");
    number(text, "wide", alert.wide, "more names");
    number(text, "standard", alert.standard, "");
    number(text, "narrow", alert.narrow, "fewer names");
    number(text, "urgent", alert.urgent, "at any time of the year");
    push(text, "stages = [");
    for stage in &alert.stages {
        push(text, &format!("  {{ from-week = {}, add = {} }},", stage.from_week, stage.add));
    }
    push(text, "]");
    number(
        text,
        "peers-at-least",
        alert.peers_at_least,
        "with fewer the next wider circle is asked",
    );
}

fn look(text: &mut String, look: &Look) {
    push(text, "\n# Rules that ask for a look whatever the points.\n[look]");
    number(text, "from-week", look.from_week, "none before the end of this week");
    number(text, "idle-days", look.idle_days, "no activity for so many days");
    let median = look.idle_peers_median;
    number(
        text,
        "idle-peers-median",
        median,
        "while the peers' median is at least so many active days",
    );
    number(text, "overdue", look.overdue, "so many pieces overdue");
    number(text, "mean-below", look.mean_below, "a mean mark below this");
    number(
        text,
        "none-for-days",
        look.none_for_days,
        "no activity for so many days, whatever the peers do",
    );
}

/// What a measure is, in a comment.
fn what(measure: Measure) -> &'static str {
    match measure {
        Measure::DaysNotOnline => "days since the last active one",
        Measure::ActiveDays14 => "active days among the last 14, in percent of the peers' median",
        Measure::ActiveDays28 => "active days among the last 28, in percent of the peers' median",
        Measure::ActiveDays => "active days since the start, in percent of the peers' median",
        Measure::WorkOverdue => "pieces of work overdue and not handed in",
        Measure::WorkOverduePercent => "the same, in percent of the pieces that were due",
        Measure::DeadlinesMissed => "pieces handed in late, or overdue and not handed in",
        Measure::LastMinutePercent => {
            "percent of the pieces handed in on the day they were due, late or not at all"
        }
        Measure::MeanMark => "the weighted mean of the marks that are back",
        Measure::MarkBelowPeers => "how many percent it is below the peers' median",
        Measure::NoMarkPercent => "no mark, while so many percent of the peers have one",
        Measure::Repeating => "takes the module again",
    }
}
