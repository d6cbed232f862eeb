//! Where the keys go: each place reads its keys from a chain of scopes, and some take typed text.

use super::command::Scope;

/// The part of the screen that has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::VariantArray)]
pub enum Place {
    /// The list of tutees.
    Tutees,
    /// Everything about one student.
    Timeline,
    /// A note being read.
    Note,
    /// A note being written in its pane.
    Writing,
    /// What a student did, week by week.
    Engagement,
    /// Who needs a word.
    Alerts,
    /// Who needs a word, across all tutors.
    Triage,
    /// Students and the slots of the policy.
    Meetings,
    /// All obligations of one student.
    Obligations,
    /// The filter over the list of tutees.
    Filter,
    /// Full-text search.
    Hits,
    /// The command palette.
    Palette,
    /// The help.
    Help,
    /// A question.
    Confirm,
    /// A field of a form.
    Field,
    /// The note inside a form.
    FormText,
    /// The search line of the editor.
    Find,
    /// A few ways to go on.
    Menu,
    /// The ledger of consents.
    Ledger,
    /// The file picker.
    Picker,
    /// Which column is what, before an import.
    Mapping,
    /// What an import would do.
    DryRun,
    /// The duties of a tutor.
    Duties,
    /// How right the rules are.
    Feedback,
    /// What other numbers would do.
    Trial,
    /// What was done.
    History,
    /// The versions of a note.
    Versions,
    /// The screen is locked.
    Locked,
}

impl Place {
    /// The scopes whose keys have a meaning here, the innermost first.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "a row for each place")]
    pub const fn scopes(self) -> &'static [Scope] {
        match self {
            Self::Tutees => &[
                Scope::Tutees,
                Scope::Roll,
                Scope::Student,
                Scope::Decide,
                Scope::List,
                Scope::Panes,
                Scope::Desk,
                Scope::Global,
            ],
            Self::Meetings | Self::Obligations => &[
                Scope::Meetings,
                Scope::Roll,
                Scope::Student,
                Scope::List,
                Scope::Desk,
                Scope::Global,
            ],
            Self::Triage => &[
                Scope::Triage,
                Scope::Decide,
                Scope::Roll,
                Scope::Student,
                Scope::List,
                Scope::Desk,
                Scope::Global,
            ],
            Self::Timeline => &[
                Scope::Timeline,
                Scope::Student,
                Scope::List,
                Scope::Panes,
                Scope::Desk,
                Scope::Global,
            ],
            Self::Note => &[
                Scope::Note,
                Scope::Student,
                Scope::List,
                Scope::Panes,
                Scope::Desk,
                Scope::Global,
            ],
            Self::Alerts => &[
                Scope::Alerts,
                Scope::Decide,
                Scope::Student,
                Scope::List,
                Scope::Panes,
                Scope::Desk,
                Scope::Global,
            ],
            Self::Engagement => {
                &[Scope::Student, Scope::List, Scope::Panes, Scope::Desk, Scope::Global]
            }
            Self::Writing => &[Scope::Writing, Scope::Text, Scope::Global],
            Self::Filter => &[Scope::Filter, Scope::Choose, Scope::Global],
            Self::Hits | Self::Palette | Self::Help => &[Scope::Choose, Scope::Global],
            Self::Confirm => &[Scope::Confirm, Scope::Global],
            Self::Field => &[Scope::Field, Scope::Form, Scope::Global],
            Self::FormText => &[Scope::Text, Scope::Form, Scope::Global],
            Self::Find => &[Scope::Find, Scope::Global],
            Self::Menu => &[Scope::Menu, Scope::List, Scope::Global],
            Self::Ledger => &[Scope::Ledger, Scope::List, Scope::Global],
            Self::Picker => &[Scope::Picker, Scope::Choose, Scope::Global],
            Self::Mapping => &[Scope::Mapping, Scope::List, Scope::Global],
            Self::DryRun => &[Scope::DryRun, Scope::List, Scope::Global],
            Self::Duties => &[Scope::Duties, Scope::List, Scope::Global],
            Self::Feedback => &[Scope::Feedback, Scope::List, Scope::Global],
            Self::Trial => &[Scope::Trial, Scope::List, Scope::Global],
            Self::History => &[Scope::History, Scope::List, Scope::Global],
            Self::Versions => &[Scope::Versions, Scope::Global],
            Self::Locked => &[Scope::Global],
        }
    }

    /// Whether printable keys are typed text here.
    #[must_use]
    pub const fn takes_text(self) -> bool {
        match self {
            Self::Writing
            | Self::Filter
            | Self::Hits
            | Self::Palette
            | Self::Help
            | Self::Field
            | Self::FormText
            | Self::Find
            | Self::Picker => true,
            Self::Tutees
            | Self::Timeline
            | Self::Note
            | Self::Engagement
            | Self::Alerts
            | Self::Triage
            | Self::Meetings
            | Self::Obligations
            | Self::Confirm
            | Self::Menu
            | Self::Ledger
            | Self::Mapping
            | Self::DryRun
            | Self::Duties
            | Self::Feedback
            | Self::Trial
            | Self::History
            | Self::Versions
            | Self::Locked => false,
        }
    }
}
