//! The templates of the program.

/// The file, below `assets/letters`, and its text.
#[rustfmt::skip]
const ALL: &[(&str, &str)] = &[
    ("essex/central.txt", include_str!("../../../assets/letters/essex/central.txt")),
    ("leeds/central.txt", include_str!("../../../assets/letters/leeds/central.txt")),
    ("leeds/information-sheet.txt", include_str!("../../../assets/letters/leeds/information-sheet.txt")),
    ("leicester/central.txt", include_str!("../../../assets/letters/leicester/central.txt")),
    ("ljmu/central.txt", include_str!("../../../assets/letters/ljmu/central.txt")),
    ("westminster/central.txt", include_str!("../../../assets/letters/westminster/central.txt")),
    ("westminster/plan-invitation.txt", include_str!("../../../assets/letters/westminster/plan-invitation.txt")),
    ("allocation-registry.txt", include_str!("../../../assets/letters/allocation-registry.txt")),
    ("allocation-student.txt", include_str!("../../../assets/letters/allocation-student.txt")),
    ("central.txt", include_str!("../../../assets/letters/central.txt")),
    ("change-registry.txt", include_str!("../../../assets/letters/change-registry.txt")),
    ("change-student.txt", include_str!("../../../assets/letters/change-student.txt")),
    ("concern.txt", include_str!("../../../assets/letters/concern.txt")),
    ("crisis-card.txt", include_str!("../../../assets/letters/crisis-card.txt")),
    ("group-invitation.txt", include_str!("../../../assets/letters/group-invitation.txt")),
    ("handover.txt", include_str!("../../../assets/letters/handover.txt")),
    ("information-sheet.txt", include_str!("../../../assets/letters/information-sheet.txt")),
    ("invitation.txt", include_str!("../../../assets/letters/invitation.txt")),
    ("missed-1.txt", include_str!("../../../assets/letters/missed-1.txt")),
    ("missed-2.txt", include_str!("../../../assets/letters/missed-2.txt")),
    ("plan-invitation.txt", include_str!("../../../assets/letters/plan-invitation.txt")),
    ("referral.txt", include_str!("../../../assets/letters/referral.txt")),
    ("summary.txt", include_str!("../../../assets/letters/summary.txt")),
];

/// The text of a file: that of the policy with this code, else the general one.
pub(super) fn text(code: &str, file: &str) -> Option<&'static str> {
    let find = |wanted: &str| ALL.iter().find(|(name, _)| *name == wanted).map(|(_, text)| *text);
    let own = if code.is_empty() { None } else { find(&format!("{code}/{file}")) };
    own.or_else(|| find(file))
}

/// All of them, for tests.
#[cfg(test)]
pub(super) const fn all() -> &'static [(&'static str, &'static str)] {
    ALL
}
