//! Duties of both kinds, ladders and letters.

use chrono::NaiveDate;

use super::Check;
use crate::domain::policy::{How, Slot, TutorWhat, What, Who};

impl Check<'_, '_> {
    pub(super) fn duties(&mut self) {
        let duties = &self.policy.duties;
        self.once("duty", "code", duties.iter().map(|duty| duty.code.as_str()));
        for (place, duty) in duties.iter().enumerate() {
            let at = |field: &str| format!("duty.{place}.{field}");
            self.code(&at("code"), &duty.code);
            self.text(&at("name"), &duty.name);
            self.clause(&at("clause"), &duty.clause);
            self.who(&at("who"), &duty.who);
            self.what(&at("what"), &duty.what);
            self.when(&at("when"), &duty.when);
            if let Some(days) = duty.late_days {
                self.number(&at("late-days"), days, 1..=366);
            }
        }
    }

    fn who(&mut self, path: &str, who: &Who) {
        for (place, level) in who.levels.iter().enumerate() {
            self.number(&format!("{path}.levels.{place}"), *level, 3..=8);
        }
        for (place, stage) in who.stages.iter().enumerate() {
            self.number(&format!("{path}.stages.{place}"), *stage, 1..=9);
        }
        if let Some(place) = who.not_kinds.iter().position(|kind| who.kinds.contains(kind)) {
            let message = "this kind is asked for in \"kinds\" and left out here";
            self.fault(&format!("{path}.not-kinds.{place}"), message);
        }
    }

    fn what(&mut self, path: &str, what: &What) {
        match what {
            What::Slot(slot) => self.slot(&format!("{path}.slot"), slot),
            What::Count(count) => {
                self.number(&format!("{path}.count.at-least"), count.at_least, 1..=60);
            }
            What::Letter { kind, days, .. } => {
                self.letter(&format!("{path}.letter.kind"), kind);
                if let Some(days) = days {
                    self.number(&format!("{path}.letter.days"), *days, 0..=366);
                }
            }
            What::Outcome { days } => self.number(&format!("{path}.outcome.days"), *days, 0..=366),
            What::Tutor | What::Contact | What::Filled(_) => {}
        }
    }

    fn slot(&mut self, path: &str, slot: &Slot) {
        if let Some(minutes) = slot.minutes {
            self.number(&format!("{path}.minutes"), minutes, 5..=480);
        }
        self.texts(&format!("{path}.checklist"), &slot.checklist);
        for (field, text) in
            [("focus", &slot.focus), ("other", &slot.other), ("series", &slot.series)]
        {
            if !text.is_empty() {
                self.text(&format!("{path}.{field}"), text);
            }
        }
    }

    pub(super) fn tutor_duties(&mut self) {
        let duties = &self.policy.tutor_duties;
        self.once("tutor-duty", "code", duties.iter().map(|duty| duty.code.as_str()));
        for (place, duty) in duties.iter().enumerate() {
            let at = |field: &str| format!("tutor-duty.{place}.{field}");
            self.code(&at("code"), &duty.code);
            self.text(&at("name"), &duty.name);
            self.clause(&at("clause"), &duty.clause);
            self.tutor_what(&at("what"), &duty.what);
        }
    }

    fn tutor_what(&mut self, path: &str, what: &TutorWhat) {
        let at = |field: &str| format!("{path}.{field}");
        match what {
            TutorWhat::Caseload { per_level, total } => {
                for (field, most) in [("per-level", per_level), ("total", total)] {
                    if let Some(most) = most {
                        self.number(&at(&format!("caseload.{field}")), *most, 1..=5000);
                    }
                }
                match (per_level, total) {
                    (None, None) => self.fault(&at("caseload"), "needs per-level, total or both"),
                    (Some(level), Some(total)) if level > total => {
                        let message = format!(
                            "{level} at one level can never be reached: {total} is the most in all"
                        );
                        self.fault(&at("caseload.per-level"), message);
                    }
                    _ => {}
                }
            }
            TutorWhat::Absence { days, .. } => self.number(&at("absence.days"), *days, 1..=366),
            TutorWhat::Training { months, .. } => {
                if let Some(months) = months {
                    self.number(&at("training.months"), *months, 1..=240);
                }
            }
            TutorWhat::Term { years, remind } => {
                self.number(&at("term.years"), *years, 1..=20);
                for (place, months) in remind.iter().enumerate() {
                    let most = u32::from(*years).saturating_mul(12).max(1);
                    self.number(&at(&format!("term.remind.{place}")), *months, 1..=most);
                }
            }
            TutorWhat::Yearly { month, day } => {
                self.number(&at("yearly.month"), *month, 1..=12);
                // A year without 29 February: the day must be there every year.
                let day_of = NaiveDate::from_ymd_opt(2027, u32::from(*month), u32::from(*day));
                if (1..=12).contains(month) && day_of.is_none() {
                    let message =
                        format!("{day} is not possible; that month has no such day in every year");
                    self.fault(&at("yearly.day"), message);
                }
            }
            TutorWhat::Workload(hours) => {
                if hours.per == 0 {
                    self.fault(
                        &at("workload.per"),
                        "0 is not possible; it is the number of tutees for one hour more",
                    );
                }
                if hours.cap < hours.base {
                    let message =
                        format!("{} is less than the {} hours of the base", hours.cap, hours.base);
                    self.fault(&at("workload.cap"), message);
                }
            }
            TutorWhat::Monthly => {}
        }
    }

    pub(super) fn ladders(&mut self) {
        let ladders = &self.policy.ladders;
        self.once("ladder", "code", ladders.iter().map(|ladder| ladder.code.as_str()));
        for (place, ladder) in ladders.iter().enumerate() {
            let at = |field: &str| format!("ladder.{place}.{field}");
            self.code(&at("code"), &ladder.code);
            self.text(&at("name"), &ladder.name);
            self.clause(&at("clause"), &ladder.clause);
            if ladder.steps.is_empty() {
                self.fault(&at("step"), "a ladder needs at least one step");
            }
            for (place, step) in ladder.steps.iter().enumerate() {
                let at = |field: &str| at(&format!("step.{place}.{field}"));
                self.text(&at("name"), &step.name);
                self.number(&at("wait"), step.wait, 0..=60);
                self.clause_if_any(&at("clause"), &step.clause);
                if !step.letter.is_empty() {
                    self.letter(&at("letter"), &step.letter);
                }
                if let How::Tell(whom) = &step.how {
                    self.text(&at("how.tell"), whom);
                }
            }
        }
    }

    pub(super) fn letters(&mut self) {
        let letters = &self.policy.letters;
        self.once("letter", "kind", letters.iter().map(|letter| letter.kind.as_str()));
        for (place, letter) in letters.iter().enumerate() {
            let at = |field: &str| format!("letter.{place}.{field}");
            self.code(&at("kind"), &letter.kind);
            self.text(&at("name"), &letter.name);
            self.clause_if_any(&at("clause"), &letter.clause);
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
            let fits =
                |name: &str| !name.is_empty() && !name.starts_with('.') && name.chars().all(plain);
            if letter.file.split('/').count() > 2 || !letter.file.split('/').all(fits) {
                let message = "must be the name of a file, in one folder at most, such as \"summary.txt\" or \"ljmu/central.txt\"";
                self.fault(&at("file"), message);
            }
        }
    }
}
