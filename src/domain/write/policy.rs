//! Chooses which university's policy a profile works by.

use super::{Context, FieldError, Written, clean};
use crate::domain::{change::Label, profile::Profile};

/// Chooses the policy by the code of its pack; an empty code is none.
///
/// # Errors
/// When the profile has not been set up.
pub fn choose_policy(context: &Context<'_>, code: &str) -> Written {
    let missing = || FieldError::whole("Nobody works in this profile yet: set it up first.");
    let profile = context.records.profile().ok_or_else(missing)?;
    let chosen = Profile { policy: clean::line(code), ..profile.clone() };
    Ok(context.change(Label::ChoosePolicy).put(chosen).build())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::write::fixture::Desk;

    #[test]
    fn a_policy_is_chosen_and_another_one_later() {
        let mut desk = Desk::new();
        assert_eq!(desk.records.profile().unwrap().policy, "");
        for code in ["ljmu", "leicester"] {
            let written = choose_policy(&desk.context(), code);
            desk.apply(written);
            assert_eq!(desk.records.profile().unwrap().policy, code);
        }
        let written = choose_policy(&desk.context(), " leicester ");
        assert!(desk.apply(written).is_empty());
        assert!(choose_policy(&Desk::empty().context(), "ljmu").is_err());
    }
}
