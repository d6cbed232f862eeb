//! The next meeting that the policy expects of a student, for an invitation.

use chrono::NaiveDate;

use super::{Slot, gather::day};
use crate::domain::{file::StudentFile, obligation::Plan, policy::What, records::Records};

/// The open slot whose time ends first.
#[must_use]
pub fn next_slot(
    plan: &Plan,
    records: &Records,
    file: &StudentFile,
    today: NaiveDate,
) -> Option<Slot> {
    let open = plan.obligations(records, file, today).into_iter().filter(|it| it.status.is_open());
    let slots = open.filter_map(|it| {
        let duty = plan.duty(&it)?;
        matches!(duty.what, What::Slot(_)).then(|| (it.window, duty.name.clone()))
    });
    let (window, name) =
        slots.min_by_key(|(window, name)| (window.to, window.from, name.clone()))?;
    Some(Slot { name, from: day(window.from), to: day(window.to) })
}
