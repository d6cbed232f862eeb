//! Which commands of the panes can do something now.

use super::{step, writing};
use crate::app::command::{Alerts, Command, Desk, Filter, Roll, Timeline, Tutees};
use crate::app::model::{Model, Pane, View};
use crate::app::msg::Access;
use crate::app::{decide, meetings, triage};

/// Whether the command of a pane can do something now.
#[must_use]
pub fn applies(model: &Model, command: Command) -> bool {
    let desk = &model.desk;
    let writes = model.access == Access::Write;
    match command {
        Command::Student(command) => step::applies(model, command),
        Command::Desk(command) => desk_applies(model, command),
        Command::List(_) | Command::Roll(_) | Command::Filter(_) if model.view == View::Triage => {
            triage::applies_as_list(model, command)
        }
        Command::List(_) => match model.focus {
            Pane::Tutees => !desk.tutees.is_empty(),
            Pane::Timeline => !desk.timeline.entries.is_empty(),
            Pane::Note => desk.timeline.selected().is_some(),
            Pane::Engagement => desk.engagement.is_shown(),
            Pane::Alerts => !desk.alerts.rows().is_empty(),
        },
        Command::Tutees(command) => tutees_applies(model, command),
        Command::Roll(command) => roll_applies(model, command),
        Command::Timeline(Timeline::Open) => {
            desk.timeline.selected().is_some() || (writes && desk.timeline.slot().is_some())
        }
        Command::Timeline(Timeline::Done) => writes && step::can_be_done(model),
        Command::Timeline(Timeline::Kinds) => desk.student().is_some(),
        Command::Note(command) => writing::applies(model, command),
        Command::Alerts(Alerts::Step) => !desk.alerts.rows().is_empty(),
        Command::Alerts(Alerts::All) => desk.alerts.has_more(),
        Command::Filter(Filter::Search) => {
            desk.tutees.filter.as_ref().is_some_and(|filter| filter.input.value().is_empty())
        }
        Command::Writing(_) | Command::Choose(_) => true,
        Command::Panes(_)
        | Command::Triage(_)
        | Command::Meetings(_)
        | Command::Global(_)
        | Command::Text(_)
        | Command::Find(_)
        | Command::Form(_)
        | Command::Field(_)
        | Command::Confirm(_)
        | Command::Picker(_)
        | Command::Menu(_)
        | Command::Ledger(_)
        | Command::Mapping(_)
        | Command::DryRun(_)
        | Command::Decide(_)
        | Command::Duties(_)
        | Command::Feedback(_)
        | Command::Trial(_)
        | Command::History(_)
        | Command::Versions(_) => false,
    }
}

/// Whether a command of any list of tutees can do something now.
fn roll_applies(model: &Model, command: Roll) -> bool {
    let (desk, writes) = (&model.desk, model.access == Access::Write);
    let anybody = model.records.files().len() > 0;
    match command {
        Roll::Mark | Roll::MarkAll => !desk.tutees.is_empty(),
        Roll::Export => writes && decide::marked(model).next().is_some(),
        Roll::SaveView => writes && anybody,
        Roll::Sort | Roll::Scope | Roll::Views => anybody,
        Roll::Columns => writes && anybody && model.view == View::Desk,
        Roll::ClearFilter => {
            desk.tutees.filter.is_some()
                || !desk.tutees.marks.is_empty()
                || meetings::narrows(model)
        }
    }
}

/// Whether a command of every screen can do something now.
fn desk_applies(model: &Model, command: Desk) -> bool {
    let writes = model.access == Access::Write;
    match command {
        Desk::AddStudent
        | Desk::AddTutor
        | Desk::Passphrase
        | Desk::Backup
        | Desk::Policy
        | Desk::Years
        | Desk::History => writes,
        Desk::EditMe | Desk::Calendar => writes && model.records.me().is_some(),
        Desk::Duties | Desk::Feedback => model.records.me().is_some(),
        Desk::Back | Desk::Filter | Desk::Search | Desk::StudentBefore | Desk::StudentAfter => true,
        Desk::Undo | Desk::Redo | Desk::Import => false,
    }
}

/// Whether a command of the list of tutees can do something now.
fn tutees_applies(model: &Model, command: Tutees) -> bool {
    let writes = model.access == Access::Write;
    match command {
        Tutees::Open | Tutees::SortBy => !model.desk.tutees.is_empty(),
        Tutees::Group => writes && decide::marked(model).next().is_some(),
        Tutees::Pin => writes && !model.desk.tutees.is_empty(),
    }
}
