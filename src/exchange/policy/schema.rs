//! The values of a pack: each rule is read by itself, so that one mistake does not hide those in other rules.

use serde::de::DeserializeOwned;
use toml::{
    Spanned,
    de::{DeArray, DeTable, DeValue, ValueDeserializer},
};

use super::{Fault, source::Source};
use crate::domain::policy::Policy;

/// Reads every rule.
///
/// # Errors
/// One fault for each rule that cannot be read.
pub(super) fn read(source: &Source<'_>) -> Result<Policy, Vec<Fault>> {
    let mut reading = Reading { source, faults: Vec::new() };
    let mut head = source.table().clone();
    let rest = head.get_mut();
    let clauses = reading.rules(rest, "clause", "clause");
    let duties = reading.rules(rest, "duty", "duty");
    let tutor_duties = reading.rules(rest, "tutor-duty", "tutor-duty");
    let ladders = reading.rules(rest, "ladder", "ladder");
    let letters = reading.rules(rest, "letter", "letter");
    let years = reading.rules(rest, "calendar", "calendar");
    let items = reading.rules(rest, "item", "item");
    let rules = match rest.get_mut("sharing").map(Spanned::get_mut) {
        Some(DeValue::Table(sharing)) => reading.rules(sharing, "rule", "sharing.rule"),
        _ => Vec::new(),
    };
    let span = head.span();
    let whole = Spanned::new(span, DeValue::Table(head.into_inner()));
    let policy = reading.value::<Policy>(&whole, &[]);
    reading.faults.sort_by_key(|fault| (fault.line, fault.column));
    match policy {
        Some(mut policy) if reading.faults.is_empty() => {
            (policy.clauses, policy.duties, policy.tutor_duties) = (clauses, duties, tutor_duties);
            (policy.ladders, policy.letters) = (ladders, letters);
            (policy.years, policy.items) = (years, items);
            policy.sharing.rules = rules;
            Ok(policy)
        }
        _ => Err(reading.faults),
    }
}

struct Reading<'a, 's> {
    source: &'a Source<'s>,
    faults: Vec<Fault>,
}

impl Reading<'_, '_> {
    /// Takes the rules of one kind out of a table and reads each; what is no list stays in for the reader of the rest.
    fn rules<T: DeserializeOwned>(
        &mut self,
        table: &mut DeTable<'_>,
        name: &str,
        path: &str,
    ) -> Vec<T> {
        let Some(DeValue::Array(list)) = table.get_mut(name).map(Spanned::get_mut) else {
            return Vec::new();
        };
        let list = std::mem::replace(list, DeArray::new());
        let read = list.iter().enumerate().filter_map(|(place, value)| {
            let within: Vec<String> =
                path.split('.').map(str::to_owned).chain([place.to_string()]).collect();
            self.value(value, &within)
        });
        read.collect()
    }

    fn value<T: DeserializeOwned>(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        within: &[String],
    ) -> Option<T> {
        T::deserialize(ValueDeserializer::from(value.clone()))
            .map_err(|error| self.faults.push(self.source.fault_in(&error, within)))
            .ok()
    }
}
