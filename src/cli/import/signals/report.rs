//! What an import of signals would do, for a person to read before agreeing.

use chrono::NaiveDate;

use super::choice::{named, shown};
use crate::{
    cli::{
        exit::Outcome,
        import::report::{more, place},
        out::Out,
        session::Session,
    },
    domain::{
        freshness,
        records::Records,
        word::Choice,
        write::signals::{Ambiguous, SignalImport, SignalPlan},
    },
};

/// How many of a kind are shown before the question; a dry run shows all.
const SHOWN: usize = 20;

/// Prints it; `all` of it, or the first of each kind. Each reading has the name of its file, where there are several.
pub(super) fn print(
    session: &mut Session,
    records: &Records,
    (import, names): (&SignalImport, &[String]),
    all: bool,
) -> Outcome {
    let cap = if all { usize::MAX } else { SHOWN };
    let (today, out) = (session.today(), &mut session.out);
    for (at, plan) in import.plans.iter().enumerate() {
        if let Some(name) = names.get(at) {
            out.text(&format!("{}{name}", if at == 0 { "" } else { "\n" }))?;
        }
        print_plan(out, plan, cap, today)?;
    }
    let ambiguous = import.ambiguous();
    if !ambiguous.is_empty() {
        out.text("\nTo be chosen")?;
    }
    for ambiguous in ambiguous.iter().take(cap) {
        out.text(&choices(records, ambiguous, &row(import, names, ambiguous)))?;
    }
    more(out, ambiguous.len(), cap)
}

/// The row that names somebody, and its file where there are several.
pub(super) fn row(import: &SignalImport, names: &[String], ambiguous: &Ambiguous) -> String {
    let mut plans = import.plans.iter();
    let at = plans.position(|plan| plan.ambiguous.iter().any(|it| it.who == ambiguous.who));
    let name = at.and_then(|at| names.get(at));
    name.map_or_else(|| ambiguous.row.to_string(), |name| format!("{} of {name}", ambiguous.row))
}

fn choices(records: &Records, ambiguous: &Ambiguous, row: &str) -> String {
    let candidates: Vec<String> =
        ambiguous.candidates.iter().map(|student| named(records, *student)).collect();
    format!("  Row {row}, {}: {}?", shown(&ambiguous.who), candidates.join(" or "))
}

fn print_plan(out: &mut Out, plan: &SignalPlan, cap: usize, today: NaiveDate) -> Outcome {
    let module = &plan.module;
    let (_, made) = freshness::made(plan.as_of, today);
    out.text(&format!("{} of {}, {made}", capital(plan.source.words()), module.shown()))?;
    if plan.new_module {
        let starts = module.starts.format("%a %-d %b %Y");
        let title =
            if module.title.is_empty() { String::new() } else { format!(" {}", module.title) };
        out.text(&format!("  New module {}{title}, which begins on {starts}", module.shown()))?;
    }
    out.text(&format!(
        "  Students: {} new, {} changed, {} unchanged",
        plan.new.len(),
        plan.changed.len(),
        plan.unchanged.len()
    ))?;
    let counts = plan.counts.words();
    if !counts.is_empty() {
        out.text(&format!("  New: {counts}"))?;
    }
    if plan.strangers.people > 0 {
        let rows = counted(plan.strangers.rows, "row", "rows");
        let people = counted(plan.strangers.people, "person", "people");
        let verb = if plan.strangers.people == 1 { "is" } else { "are" };
        let what = if plan.strangers.people == 1 { "no student" } else { "no students" };
        out.text(&format!("  {rows} of {people} who {verb} {what} of yours: left out"))?;
    }
    if !plan.rejected.is_empty() {
        out.text("  Rejected")?;
    }
    for reject in plan.rejected.iter().take(cap) {
        out.text(&place(reject.row, &reject.column, &reject.reason))?;
    }
    more(out, plan.rejected.len(), cap)?;
    if !plan.remarks.is_empty() {
        out.text("  Remarks")?;
    }
    for remark in plan.remarks.iter().take(cap) {
        out.text(&place(remark.row, &remark.column, &remark.text))?;
    }
    more(out, plan.remarks.len(), cap)
}

fn counted(count: u32, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
