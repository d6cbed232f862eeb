//! The commands of every screen, and those of any list of tutees.

use std::collections::BTreeSet;

use super::take_selected;
use crate::app::command::{Command, Desk, Global, Roll};
use crate::app::forms::{BulkForm, Deed, RecordForm, Which};
use crate::app::model::{Model, Pane, View};
use crate::app::msg::Effect;
use crate::app::popup::{Duties, Feedback, FormKind, History, Hits, Menu, Popup};
use crate::app::{columns, decide, meetings, triage, views};
use crate::domain::feedback::Period;
use crate::domain::student::StudentId;

pub(super) fn desk(model: &mut Model, command: Desk) -> Vec<Effect> {
    match command {
        Desk::Back => match model.focus {
            _ if model.view == View::Triage && triage::narrows(model) => triage::widen(model),
            _ if model.view == View::Triage => model.turn_to(Pane::Tutees),
            Pane::Tutees if model.desk.tutees.filter.is_some() || meetings::narrows(model) => {
                roll(model, Roll::ClearFilter);
            }
            Pane::Tutees if model.view == View::Meetings => model.turn_to(Pane::Tutees),
            Pane::Tutees => return model.run(Command::Global(Global::Leave)),
            Pane::Timeline | Pane::Note | Pane::Engagement | Pane::Alerts => {
                model.focus = Pane::Tutees;
            }
        },
        Desk::Filter if model.view == View::Triage => triage::open_line(model),
        Desk::Filter => {
            model.focus = Pane::Tutees;
            model.desk.tutees.open_filter();
        }
        Desk::Search => return Hits::open(model),
        Desk::Duties => model.popups.push(Popup::Duties(Duties::default())),
        Desk::Feedback => {
            let open = Feedback::of(model, Period::default());
            model.popups.push(Popup::Feedback(open));
        }
        Desk::History => return History::open(model),
        Desk::Undo | Desk::Redo | Desk::Import | Desk::StudentBefore | Desk::StudentAfter => {}
        Desk::AddStudent => {
            model.open_form(FormKind::Record(RecordForm::Student(Which::New)));
        }
        Desk::AddTutor => model.open_form(FormKind::Record(RecordForm::Tutor(Which::New))),
        Desk::EditMe => {
            if let Some(me) = model.records.me().map(|me| me.id) {
                model.open_form(FormKind::Record(RecordForm::Tutor(Which::Edit(me))));
            }
        }
        Desk::Policy => {
            let current = model.records.profile().map_or("", |profile| profile.policy.as_str());
            let menu = Menu::policies(model.rules.packs.offers(), current);
            model.popups.push(Popup::Menu(menu));
        }
        Desk::Years => {
            let menu = Menu::years(&model.records, model.now.today());
            model.popups.push(Popup::Menu(menu));
        }
        Desk::Calendar => calendar(model),
        Desk::Backup => model.open_form(FormKind::Backup),
        Desk::Passphrase => model.open_form(FormKind::Passphrase),
    }
    Vec::new()
}

pub(super) fn roll(model: &mut Model, command: Roll) {
    match command {
        Roll::Export => return export(model),
        Roll::Views => return model.popups.push(Popup::Menu(views::menu(model))),
        Roll::SaveView => return views::ask_name(model),
        Roll::Columns => return columns::choose(model),
        Roll::Mark | Roll::MarkAll | Roll::Sort | Roll::Scope | Roll::ClearFilter => {}
    }
    if model.view == View::Triage {
        return triage::roll(model, command);
    }
    if command == Roll::ClearFilter && meetings::narrows(model) {
        return meetings::widen(model);
    }
    let desk = &mut model.desk;
    match command {
        Roll::Mark if model.view == View::Meetings => meetings::mark(model),
        Roll::Mark => {
            desk.tutees.mark();
            take_selected(model);
        }
        Roll::MarkAll => {
            let rows = 0..desk.meetings.len(&desk.tutees);
            let shown: BTreeSet<StudentId> = if model.view == View::Meetings {
                rows.filter_map(|row| desk.meetings.student(&desk.tutees, row)).collect()
            } else {
                desk.tutees.shown_students().collect()
            };
            desk.tutees.mark_all(&shown);
        }
        Roll::Export | Roll::Views | Roll::SaveView | Roll::Columns => {}
        Roll::Sort => {
            let next = desk.tutees.sort().next();
            desk.tutees.sort_by(next);
        }
        Roll::Scope => {
            desk.next_scope(&model.records);
            desk.meetings.narrow(&desk.tutees);
        }
        Roll::ClearFilter if desk.tutees.filter.is_some() => {
            desk.tutees.clear_filter();
            take_selected(model);
        }
        Roll::ClearFilter => desk.tutees.marks.clear(),
    }
}

/// Asks of whom and where to a calendar file is written: of all, of who is marked, or of the one in hand.
fn calendar(model: &mut Model) {
    let mut students: Vec<StudentId> = decide::marked(model).collect();
    if students.is_empty() {
        students.extend(decide::in_hand(model));
    }
    let form = BulkForm { deed: Deed::Calendar, students };
    model.open_form(FormKind::Record(RecordForm::Bulk(form)));
}

/// Asks where to those who are marked are exported.
fn export(model: &mut Model) {
    let students: Vec<StudentId> = decide::marked(model).collect();
    if !students.is_empty() {
        let form = BulkForm { deed: Deed::Export, students };
        model.open_form(FormKind::Record(RecordForm::Bulk(form)));
    }
}
