//! Importing a tutee list: file, columns, dry run, and only then the change.

pub mod signals;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    command::{DryRun as DryRunCommand, Mapping as MappingCommand, Picker as PickerCommand},
    model::Model,
    msg::{Effect, FolderEntry, ImportPlan, ImportRequest, Rejects},
    popup::{FormKind, FormPopup, Menu, Popup, dry_run::DryRun, mapping::Columns, picker::Picker},
};
use crate::{
    domain::{
        change::{Change, Label},
        id::IdSource,
        profile,
        roll::Listed,
        tutor_duty::{has_caseload, overload},
        write::{
            Context,
            import::{self, tutees_of},
        },
    },
    exchange::{list::List, mapping::header_key, students},
};
use signals::SignalFile;

/// The answer to whoever wants to leave meanwhile.
const BEING_SAVED: &str = "It is being saved.";

/// Says what an import would do. Pure, and too slow for a key handler with a whole university.
///
/// # Errors
/// Why the list cannot be read with this mapping, as a sentence.
pub fn plan(request: ImportRequest) -> Result<ImportPlan, String> {
    let ImportRequest { list, mapping, records, now, policy, .. } = &request;
    let drafts =
        students::drafts(list, mapping, now.today()).map_err(|refusal| refusal.to_string())?;
    let mut ids = request.ids.clone();
    let context = Context { records, now: *now, ids: &mut ids };
    let mut plan = import::plan(context, &drafts.students, tutees_of(records, &drafts.students));
    plan.rejected.extend(drafts.rejected);
    plan.rejected.sort_by_key(|rejected| rejected.row);
    plan.remarks.extend(drafts.remarks);
    plan.remarks.sort_by_key(|remark| remark.row);
    let (students, mut notes) = (drafts.students, drafts.notes);
    if let Some(policy) = policy.as_ref().filter(|policy| has_caseload(policy)) {
        let change = made(&request, &students, &mut ids);
        notes.extend(overload(policy, records, &change, now.today()));
    }
    Ok(ImportPlan { plan, students, notes, request })
}

/// The change that was planned, and that its columns are remembered: one undo takes both back. Pure, and slower still.
#[must_use]
pub fn change(planned: &ImportPlan) -> Change {
    let ImportPlan { plan, students, request, .. } = planned;
    let mut ids = request.ids.clone();
    let mut change = made(request, students, &mut ids);
    if plan.writes {
        let remembered = remember(request, &mut ids, change.label);
        change.parts.extend(remembered.parts);
    }
    change
}

fn made(request: &ImportRequest, listed: &[Listed], ids: &mut IdSource) -> Change {
    let records = &request.records;
    let context = Context { records, now: request.now, ids };
    import::make(context, listed, tutees_of(records, listed)).1
}

/// That the columns of this header are read in this way.
fn remember(request: &ImportRequest, ids: &mut IdSource, label: Label) -> Change {
    let header = header_key(&request.list);
    let known = request.records.mappings().find(|mapping| mapping.header == header);
    let id = known.map_or_else(|| ids.fresh(), |mapping| mapping.id);
    let mapping = profile::Mapping { id, header, columns: request.mapping.labels() };
    let context = Context { records: &request.records, now: request.now, ids };
    context.change(label).put(mapping).build()
}

impl Model {
    /// Opens the file picker.
    pub(super) fn begin_import(&mut self) -> Vec<Effect> {
        let (picker, ask) = Picker::open();
        self.popups.push(Popup::Picker(picker));
        ask
    }

    /// Takes in what is in a folder.
    pub(super) fn folder_listed(
        &mut self,
        folder: &Path,
        answer: Result<Vec<FolderEntry>, String>,
    ) {
        if let Some(Popup::Picker(picker)) = self.popups.last_mut() {
            picker.listed(folder, answer);
        }
    }

    /// Takes in a list that was read: signals are read on, of others the columns are shown.
    pub(super) fn list_read(
        &mut self,
        path: PathBuf,
        answer: Result<Arc<List>, String>,
    ) -> Vec<Effect> {
        let Some(Popup::Picker(picker)) = self.popups.last_mut() else { return Vec::new() };
        match answer {
            Err(problem) => picker.problem = Some(problem),
            Ok(list) => match SignalFile::of(path.clone(), Arc::clone(&list), self.now) {
                Some(file) => return self.begin_signals(file),
                None => self.show_columns(path, list),
            },
        }
        Vec::new()
    }

    /// Shows the columns of a list of students.
    pub(super) fn show_columns(&mut self, path: PathBuf, list: Arc<List>) {
        let columns = Columns::of(path, list, &self.records);
        self.popups.push(Popup::Columns(Box::new(columns)));
    }

    /// Takes in what an import would do: it is shown.
    pub(super) fn planned(&mut self, answer: Result<Arc<ImportPlan>, String>) {
        let Some(Popup::Columns(columns)) = self.popups.last_mut() else { return };
        columns.waiting = false;
        match answer {
            Err(problem) => columns.problem = Some(problem),
            Ok(plan) => {
                let dry_run = DryRun::of(columns.path.clone(), plan);
                self.popups.push(Popup::DryRun(dry_run));
            }
        }
    }

    /// Carries out a command of the file picker.
    pub(super) fn picker(&mut self, command: PickerCommand) -> Vec<Effect> {
        match (self.popups.last_mut(), command) {
            (Some(Popup::Picker(picker)), PickerCommand::Complete) => picker.complete(),
            _ => Vec::new(),
        }
    }

    /// Carries out a command of the columns.
    pub(super) fn mapping(&mut self, command: MappingCommand) -> Vec<Effect> {
        let Some(Popup::Columns(columns)) = self.popups.last_mut() else { return Vec::new() };
        match command {
            MappingCommand::NextMeaning => columns.turn(true),
            MappingCommand::PreviousMeaning => columns.turn(false),
            MappingCommand::Leave => drop(self.popups.pop()),
            MappingCommand::Accept | MappingCommand::Signals if columns.waiting => {}
            MappingCommand::Signals => {
                let (path, list) = (columns.path.clone(), Arc::clone(&columns.list));
                *columns = if columns.signals.is_some() {
                    Box::new(Columns::of(path, list, &self.records))
                } else {
                    Box::new(Columns::of_signals(
                        SignalFile::any(path, list, self.now),
                        &self.records,
                    ))
                };
            }
            MappingCommand::Accept => {
                if columns.check() {
                    columns.waiting = true;
                    if let Some(file) = columns.said() {
                        return self.plan_signals(file, None);
                    }
                    return vec![Effect::PlanImport(Box::new(ImportRequest {
                        list: Arc::clone(&columns.list),
                        mapping: columns.mapping.clone(),
                        records: Arc::clone(&self.records),
                        ids: self.ids.branch(),
                        now: self.now,
                        policy: self.rules.policy.clone(),
                    }))];
                }
            }
        }
        Vec::new()
    }

    /// Carries out a command of the dry run.
    pub(super) fn dry_run(&mut self, command: DryRunCommand) -> Vec<Effect> {
        if matches!(self.popups.last(), Some(Popup::SignalRun(_))) {
            return self.signal_run(command);
        }
        let Some(Popup::DryRun(dry_run)) = self.popups.last_mut() else { return Vec::new() };
        match command {
            DryRunCommand::Leave | DryRunCommand::Import if dry_run.waiting => {
                dry_run.message = Some(BEING_SAVED.into());
            }
            DryRunCommand::Leave => drop(self.popups.pop()),
            DryRunCommand::Import if !dry_run.plan.plan.writes => {
                dry_run.message =
                    Some("There is nothing to import: everything is known already.".into());
            }
            DryRunCommand::Import => {
                dry_run.waiting = true;
                return vec![Effect::Import(Arc::clone(&dry_run.plan))];
            }
            DryRunCommand::SaveRejects if dry_run.plan.plan.rejected.is_empty() => {
                dry_run.message = Some("No row is rejected: there is nothing to save.".into());
            }
            DryRunCommand::SaveRejects => {
                let (path, rejected) = (dry_run.path.clone(), dry_run.plan.plan.rejected.clone());
                let list = self.popups.iter().rev().find_map(|popup| {
                    if let Popup::Columns(columns) = popup {
                        Some(Arc::clone(&columns.list))
                    } else {
                        None
                    }
                });
                return list
                    .map(|list| Effect::SaveRejects(Box::new(Rejects { path, list, rejected })))
                    .into_iter()
                    .collect();
            }
        }
        Vec::new()
    }

    /// After an import is durable: the popups close. If it brought tutors and does not name whoever works here, it asks
    /// which of them that is.
    pub(super) fn import_done(&mut self) {
        let asks = match self.popups.last() {
            Some(Popup::DryRun(done)) => {
                let plan = &done.plan.plan;
                !plan.new_tutors.is_empty() && !plan.names_owner
            }
            Some(Popup::SignalRun(_)) => false,
            _ => return,
        };
        let is_done = |popup: &Popup| {
            let asked = |open: &FormPopup| matches!(open.kind, FormKind::Signals(_));
            matches!(
                popup,
                Popup::DryRun(_) | Popup::SignalRun(_) | Popup::Columns(_) | Popup::Picker(_)
            ) || matches!(popup, Popup::Form(open) if asked(open))
        };
        self.popups.retain(|popup| !is_done(popup));
        let asked = Menu::which_tutor(&self.records).filter(|_| asks);
        self.popups.extend(asked.map(Popup::Menu));
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::{
        app::{
            msg::{Committed, How, Msg, Opened},
            testing::{Desk, now_at},
        },
        domain::{records::Records, write::setup},
    };

    pub(crate) const LIST: &str = "Student ID,First name,Last name,Level,Tutor\n\
        0012,Aisha,Rahman,4,Dr Amara Okafor\n\
        0013,Ben,O'Connor,5,Dr Amara Okafor\n\
        ,Nobody,Atall,4,\n";

    pub(crate) fn profile() -> Records {
        let mut records = Records::default();
        let mut ids = IdSource::new([3; 32]);
        let empty = Records::default();
        let mut context = Context { records: &empty, now: now_at(0), ids: &mut ids };
        let input = setup::SetupInput { name: "Me".into(), ..Default::default() };
        let change = setup::set_up(&mut context, &input).unwrap();
        records.apply(&change).unwrap();
        records
    }

    /// Answers like the worker until nothing is asked any more.
    pub(crate) fn answered(mut desk: Desk, text: &str) -> Desk {
        for effect in std::mem::take(&mut desk.effects) {
            if let Effect::ListFolder(folder) = effect {
                desk.send(Msg::FolderListed(folder, Ok(vec![])));
            } else if let Effect::ReadList(path) = effect {
                let list = List::read(text.as_bytes()).map(Arc::new);
                desk.send(Msg::ListRead(path, list.map_err(|refusal| refusal.to_string())));
            } else if let Effect::PlanImport(request) = effect {
                desk.send(Msg::Planned(plan(*request).map(Arc::new)));
            } else if let Effect::Import(planned) = effect {
                let change = change(&planned);
                desk.send(Msg::Committed(Box::new(Committed { change, how: How::Done })));
            } else if let Effect::PlanSignals(request) = effect {
                desk.send(Msg::SignalsPlanned(signals::plan_signals(*request)));
            } else if let Effect::Commit(change) = effect {
                desk.send(Msg::Committed(Box::new(Committed { change, how: How::Done })));
            }
        }
        desk
    }

    pub(crate) fn at_dry_run(records: Records) -> Desk {
        let desk = answered(Desk::with(records).keys("I"), LIST);
        let desk = answered(desk.keys("list.csv⏎"), LIST);
        let desk = answered(desk, LIST);
        answered(desk.keys("⏎"), LIST)
    }

    fn report(desk: &Desk) -> (String, Vec<String>) {
        let Some(Popup::DryRun(dry_run)) = desk.model.popups.last() else {
            panic!("{:?}", desk.model.popups)
        };
        let words = dry_run.lines.iter().map(|line| dry_run.words(*line));
        (dry_run.summary(), words.collect())
    }

    #[test]
    fn a_list_is_shown_as_a_dry_run_before_anything_is_written() {
        let desk = at_dry_run(profile());
        let (summary, lines) = report(&desk);
        assert_eq!(summary, "2 new · 0 changed · 0 unchanged · 1 rejected");
        assert!(lines.iter().any(|line| line == "row 2: 0012 Aisha Rahman"), "{lines:?}");
        assert_eq!(desk.model.records.files().len(), 0);
    }

    #[test]
    fn an_import_is_one_change_and_asks_which_tutor_one_is() {
        let desk = answered(at_dry_run(profile()).keys("‹ctrl-s›"), LIST);
        assert_eq!(desk.model.records.files().len(), 2);
        let Some(Popup::Menu(menu)) = desk.model.popups.last() else { panic!() };
        assert_eq!(menu.ways.first().unwrap().label, "Dr Amara Okafor");
        let desk = answered(desk.keys("⏎"), LIST);
        assert_eq!(desk.model.records.me().unwrap().name, "Dr Amara Okafor");
        assert!(desk.model.popups.is_empty());
    }

    #[test]
    fn an_import_that_is_being_saved_is_not_left_as_if_it_were_not() {
        let desk = at_dry_run(profile()).keys("‹ctrl-s›⎋");
        let Some(Popup::DryRun(dry_run)) = desk.model.popups.last() else { panic!("it was left") };
        assert_eq!(dry_run.message.as_deref(), Some(BEING_SAVED));
        let desk = answered(desk, LIST);
        assert_eq!(desk.model.records.files().len(), 2);
        assert!(matches!(desk.model.popups.last(), Some(Popup::Menu(_))), "which tutor are you?");
    }

    #[test]
    fn whose_tutor_the_list_leaves_out_is_nobodys_tutee_and_not_the_readers() {
        let list = |tutor| {
            let head = "Student ID,First name,Last name,Tutor\n";
            format!("{head}0012,Aisha,Rahman,{tutor}\n0013,Ben,O'Connor,\n")
        };
        let tutees = |text: &str| {
            let desk = answered(Desk::with(profile()).keys("I"), text);
            let desk = answered(answered(desk.keys("list.csv⏎"), text), text);
            let desk = answered(answered(desk.keys("⏎"), text).keys("‹ctrl-s›"), text);
            desk.model.records.files().map(|file| file.allocations.len()).sum::<usize>()
        };
        assert_eq!(tutees(&list("Dr Amara Okafor")), 1, "of two students");
        assert_eq!(tutees(&list("")), 2, "the list names no tutor at all");
    }

    #[test]
    fn who_is_named_in_the_list_is_not_asked_which_tutor_they_are() {
        let text = "Student ID,First name,Last name,Tutor\n\
            0012,Aisha,Rahman,Dr Amara Okafor\n0013,Ben,O'Connor,Dr Me\n";
        let desk = answered(Desk::with(profile()).keys("I"), text);
        let desk = answered(answered(desk.keys("list.csv⏎"), text), text);
        let desk = answered(answered(desk.keys("⏎"), text).keys("‹ctrl-s›"), text);
        assert_eq!(desk.model.records.tutors().count(), 2);
        assert!(desk.model.popups.is_empty(), "{:?}", desk.model.popups);
    }

    #[test]
    fn who_says_which_tutor_they_are_has_one_of_their_own_tutees_in_hand() {
        let text = "Student ID,First name,Last name,Tutor\n\
            0012,Aisha,Rahman,Dr Amara Okafor\n0013,Ben,O'Connor,Dr Zoe Other\n";
        let desk = answered(Desk::with(profile()).keys("A"), text);
        let desk = answered(desk.keys("Chen⇥Wei‹ctrl-s›"), text);
        assert!(desk.model.desk.student().is_some(), "a tutee of theirs until now");
        let desk = answered(desk.keys("I"), text);
        let desk = answered(answered(desk.keys("list.csv⏎"), text), text);
        let desk = answered(answered(desk.keys("⏎"), text).keys("‹ctrl-s›"), text);
        let desk = answered(desk.keys("j⏎"), text);
        assert_eq!(desk.model.records.me().unwrap().name, "Dr Zoe Other");
        let listed = desk.model.desk.tutees.selected().map(|row| row.student);
        assert!(listed.is_some());
        assert_eq!(desk.model.desk.student(), listed);
    }

    #[test]
    fn the_same_list_twice_changes_nothing() {
        let desk = answered(at_dry_run(profile()).keys("‹ctrl-s›"), LIST).keys("⏎");
        let records = Records::clone(&answered(desk, LIST).model.records);
        let desk = at_dry_run(records).keys("‹ctrl-s›");
        let (summary, _) = report(&desk);
        assert_eq!(summary, "0 new · 0 changed · 2 unchanged · 1 rejected");
        assert!(desk.effects.is_empty(), "{:?}", desk.effects);
    }

    #[test]
    fn a_new_profile_shows_its_recovery_code_and_then_how_to_begin() {
        let opened = Opened {
            code: Some(crate::app::msg::Private("ABCD-EFGH".into())),
            ..Opened::of(Arc::new(profile()))
        };
        let desk = Desk::new().after(Msg::Opened(Box::new(opened))).keys("⎋");
        assert_eq!(desk.model.popups.len(), 2, "Esc does not skip the code");
        let desk = desk.keys("⏎");
        assert_eq!(desk.model.popups.len(), 1);
        let desk = desk.keys("⏎");
        assert!(matches!(desk.model.popups.as_slice(), [Popup::Picker(_)]));
    }
}
