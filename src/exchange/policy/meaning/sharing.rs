//! The rules of sharing: the first that fits decides, so one that stands behind all it speaks of never does.

use std::collections::HashSet;

use strum::IntoEnumIterator;

use super::Check;
use crate::domain::policy::{Content, RecipientKind, ShareRule};

impl Check<'_, '_> {
    pub(super) fn sharing(&mut self) {
        let sharing = &self.policy.sharing;
        self.clause("sharing.clause", &sharing.clause);
        let mut decided = HashSet::new();
        for (place, rule) in sharing.rules.iter().enumerate() {
            let path = format!("sharing.rule.{place}");
            self.clause(&format!("{path}.clause"), &rule.clause);
            let cases: Vec<_> = cases(rule).collect();
            if cases.iter().all(|case| decided.contains(case)) {
                self.fault(
                    &path,
                    "never applies: the rules above it decide every case it speaks of",
                );
            }
            decided.extend(cases);
        }
    }
}

/// Every recipient and content that a rule speaks of.
fn cases(rule: &ShareRule) -> impl Iterator<Item = (RecipientKind, Content)> {
    let fits = |to: &RecipientKind| rule.to.is_empty() || rule.to.contains(to);
    let holds = |what: &Content| rule.what.is_empty() || rule.what.contains(what);
    RecipientKind::iter()
        .filter(fits)
        .flat_map(move |to| Content::iter().filter(holds).map(move |what| (to, what)))
}
