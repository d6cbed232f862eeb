//! What people decided about alerts, and cases, as entries of a timeline.

use ratatui::style::Style;

use super::{Teller, Told, capital};
use crate::domain::{
    case::Case,
    decision::{Decision, Verdict},
    feedback::named,
    time::show_day,
    timeline::Aspect,
    word::Choice,
};

impl Teller<'_> {
    pub(super) fn decision(&self, decision: &Decision) -> Told {
        let rule = match decision.rule.as_str() {
            "" => String::new(),
            key => format!(" (“{}”)", named(key)),
        };
        let why = if decision.why.is_empty() { "" } else { ": " };
        let words = decision.words(self.records, self.today);
        let words = format!("Alert {words}{rule}{why}{}", decision.why);
        let (sign, style) = match decision.verdict {
            Verdict::Snoozed { .. } => (self.sign("☾", "z"), self.theme.dim()),
            Verdict::Exempt { .. } => (self.sign("∅", "Z"), self.theme.dim()),
            Verdict::Wrong(_) => (self.sign("✗", "x"), self.theme.warn()),
            Verdict::Closed(_) => (self.sign("✓", "D"), self.theme.good()),
            Verdict::Assigned { .. } => (self.sign("→", ">"), Style::new()),
        };
        Told { sign, style, words }
    }

    pub(super) fn case(&self, case: &Case, aspect: Aspect) -> Told {
        let owner = self.records.tutor(case.owner).map_or("another tutor", |it| &it.name);
        let words = match aspect {
            Aspect::FollowUp => format!("Case to be reviewed, {owner}"),
            Aspect::End => format!("Case closed: {}", case.outcome),
            Aspect::Itself | Aspect::Step(_) | Aspect::Slot(_) => {
                format!("Case {}, {owner}: {}", case.stage.words(), case.why)
            }
        };
        let late = case.review.is_some_and(|day| day < self.today) && case.closed.is_none();
        let style = match (case.closed, aspect) {
            (Some(_), _) => self.theme.dim(),
            (None, Aspect::FollowUp) if late => self.theme.warn(),
            (None, _) => Style::new(),
        };
        Told { sign: self.sign("◆", "#"), style, words: capital(&words) }
    }

    /// What a case says beyond its line, for who opens it.
    pub(super) fn whole_case(&self, case: &Case) -> String {
        let mut parts = Vec::new();
        let lines = [("Plan", &case.plan), ("Outcome", &case.outcome)];
        parts.extend(
            lines
                .iter()
                .filter(|(_, text)| !text.is_empty())
                .map(|(label, text)| format!("{label}: {text}")),
        );
        parts.extend(case.review.map(|day| format!("Review: {}", show_day(day, self.today))));
        parts.extend(
            case.contributions
                .iter()
                .map(|it| format!("{} {}: {}", show_day(it.on, self.today), it.by, it.text)),
        );
        parts.join("\n")
    }
}
