//! The policy and the score card in use, for everything that asks what it says: derived from the profile's choice and the packs
//! at hand, never stored.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::{
    domain::{obligation::Plan, policy::Policy, records::Records, score::Card},
    exchange::{card, packs::Packs},
};

/// What a university's rules say, where one has been chosen.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// The packs that can be chosen, and the user's own letters.
    pub packs: Arc<Packs>,
    /// The policy in use; none until one is chosen.
    pub policy: Option<Arc<Policy>>,
    /// The same, laid over the calendars of the profile.
    pub plan: Option<Arc<Plan>>,
    /// What scores, with the numbers that the profile has changed.
    pub card: Option<Arc<Card>>,
}

impl Rules {
    /// The rules for a profile that is open, and what is wrong with the user's own pack, in sentences.
    #[must_use]
    pub fn of(packs: Arc<Packs>, records: &Records) -> (Self, Vec<String>) {
        let code = records.profile().map_or("", |profile| profile.policy.as_str());
        let (policy, faults) = packs.policy(code);
        (Self::under(packs, policy, records), faults)
    }

    /// The rules of one policy, laid over the calendars of a profile.
    #[must_use]
    pub fn under(packs: Arc<Packs>, policy: Option<Policy>, records: &Records) -> Self {
        let policy = policy.map(Arc::new);
        let plan = policy.clone().map(|policy| Arc::new(Plan::new(policy, records.calendars())));
        let card = card::in_use(records.tuning()).map(Arc::new);
        Self { packs, policy, plan, card }
    }

    /// What to tell of duties whose time the academic year of this day does not have, because its terms are
    /// called otherwise or are too short: nobody is asked for them.
    #[must_use]
    pub fn unasked(&self, today: NaiveDate) -> Option<String> {
        let plan = self.plan.as_ref()?;
        let year = plan.year_of(today)?;
        let duties = &plan.policy().duties;
        let here = plan.unresolved().iter().filter(|it| it.year == year);
        let names: Vec<&str> =
            here.filter_map(|it| Some(duties.get(it.duty)?.name.as_str())).collect();
        let first = names.first()?;
        let name = &plan.calendar(year)?.year;
        let others = names.len() - 1;
        let more = if others == 0 { String::new() } else { format!(" and {others} more") };
        Some(format!(
            "{name} has no time for “{first}”{more}: its terms are not those of the policy. Check the term dates."
        ))
    }
}
