//! Importing signals: what the file does not say is asked, then whose a name is, then the dry run, and only then the change.

use std::{fmt, path::PathBuf, sync::Arc};

use super::BEING_SAVED;
use crate::{
    app::{
        command::DryRun as DryRunCommand,
        forms::beside,
        model::Model,
        msg::{Effect, Rejects},
        popup::{Columns, FormKind, FormPopup, Menu, Popup, signal_run::SignalRun},
    },
    domain::{
        engagement::Source,
        id::IdSource,
        profile,
        reading::{Reading, Who},
        records::Records,
        score::Card,
        time::Now,
        write::{
            Context, FieldError,
            signals::{Ambiguous, Chosen, SignalImport, Wanted, plan},
        },
    },
    exchange::{
        list::List,
        mapping::signals_key,
        signals::{Told, lists_students, read, recognise},
    },
};

/// A file of signals, and what was said of it so far.
#[derive(Clone)]
pub struct SignalFile {
    /// Where it comes from.
    pub path: PathBuf,
    /// Its rows.
    pub list: Arc<List>,
    /// Which program wrote it.
    pub source: Source,
    /// What helps to read it.
    pub told: Told,
    /// What helps to compare it with the records.
    pub wanted: Wanted,
    /// Whether names of whom nobody has said who they are stay out.
    pub others_out: bool,
}

impl SignalFile {
    /// A file of which nothing was said yet; none if it is no signals.
    #[must_use]
    pub fn of(path: PathBuf, list: Arc<List>, now: Now) -> Option<Self> {
        let mut file = Self::any(path, list, now);
        file.source = recognise(&file.list, &file.told.file_name)?;
        Some(file)
    }

    /// Any list, whose columns somebody says.
    #[must_use]
    pub fn any(path: PathBuf, list: Arc<List>, now: Now) -> Self {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let told = Told::of_file(&name, now.today());
        let source = Source::Other;
        Self { path, list, source, told, wanted: Wanted::default(), others_out: false }
    }
}

/// The same file, of which the same was said.
impl PartialEq for SignalFile {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.list, &other.list)
            && (&self.told, &self.wanted) == (&other.told, &other.wanted)
    }
}

impl Eq for SignalFile {}

/// Prints the source, never where it is or what is in it.
impl fmt::Debug for SignalFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignalFile({:?} …)", self.source)
    }
}

/// What a dry run of signals needs.
#[derive(Debug, Clone)]
pub struct SignalRequest {
    /// The file.
    pub file: SignalFile,
    /// What was read of it, if that still holds.
    pub readings: Option<Arc<Vec<Reading>>>,
    /// What is known already.
    pub records: Arc<Records>,
    /// Where new identities come from.
    pub ids: IdSource,
    /// The moment.
    pub now: Now,
    /// What scores.
    pub card: Arc<Card>,
}

/// Two requests are the same when they ask the same of the same file.
impl PartialEq for SignalRequest {
    fn eq(&self, other: &Self) -> bool {
        self.file == other.file
    }
}

impl Eq for SignalRequest {}

/// A file of signals, read and compared.
#[derive(Debug, Clone)]
pub struct SignalAnswer {
    /// The file.
    pub file: SignalFile,
    /// What it says.
    pub readings: Arc<Vec<Reading>>,
    /// What an import would do, or what must be said first.
    pub import: Result<Arc<SignalImport>, Vec<FieldError>>,
}

impl PartialEq for SignalAnswer {
    fn eq(&self, other: &Self) -> bool {
        self.file == other.file
    }
}

impl Eq for SignalAnswer {}

impl SignalAnswer {
    /// The first name of which nobody has said whose it is, and which of how many.
    fn open(&self) -> Option<(&Ambiguous, usize, usize)> {
        let all = self.import.as_ref().ok().filter(|_| !self.file.others_out)?.ambiguous();
        let at = all.iter().position(|one| !self.file.wanted.chosen.contains_key(&one.who))?;
        all.get(at).map(|one| (*one, at + 1, all.len()))
    }
}

/// Reads a file of signals and says what an import would do. Pure, and too slow for a key handler.
///
/// # Errors
/// Why the file cannot be read, as a sentence.
pub fn plan_signals(request: SignalRequest) -> Result<Box<SignalAnswer>, String> {
    let SignalRequest { file, readings, records, mut ids, now, card } = request;
    let readings = match readings {
        Some(readings) => readings,
        None => Arc::new(read(&file.list, &file.told).map_err(|refusal| refusal.to_string())?),
    };
    let mut context = Context { records: &records, now, ids: &mut ids };
    let import = plan(&mut context, &readings, &file.wanted, &card).map(|mut import| {
        remember(&file, &mut context, &mut import);
        Arc::new(import)
    });
    Ok(Box::new(SignalAnswer { file, readings, import }))
}

/// Adds to an import that its columns are remembered, where somebody said them: one undo takes both back.
fn remember(file: &SignalFile, context: &mut Context<'_>, import: &mut SignalImport) {
    if file.told.columns.is_empty() || import.change.is_empty() {
        return;
    }
    let header = signals_key(&file.list);
    let known = context.records.mappings().find(|mapping| mapping.header == header);
    let id = known.map_or_else(|| context.ids.fresh(), |mapping| mapping.id);
    let mapping = profile::Mapping { id, header, columns: file.told.columns.clone() };
    let remembered = context.change(import.change.label).put(mapping).build();
    import.change.parts.extend(remembered.parts);
}

impl Model {
    /// Begins with a list that is signals: at once, or after asking whether its students are wanted.
    pub(super) fn begin_signals(&mut self, file: SignalFile) -> Vec<Effect> {
        if lists_students(file.source) {
            self.popups.push(Popup::Menu(Menu::which_import(file)));
            return Vec::new();
        }
        self.read_signals(file)
    }

    /// Asks for a file of signals to be read.
    pub(in crate::app) fn read_signals(&mut self, file: SignalFile) -> Vec<Effect> {
        if file.source == Source::Other {
            self.popups.push(Popup::Columns(Box::new(Columns::of_signals(file, &self.records))));
            return Vec::new();
        }
        if let Some(Popup::Picker(picker)) = self.popups.last_mut() {
            picker.waiting = true;
        }
        self.plan_signals(file, None)
    }

    /// Asks what an import would do, with what was said of the file.
    pub(in crate::app) fn plan_signals(
        &mut self,
        file: SignalFile,
        readings: Option<Arc<Vec<Reading>>>,
    ) -> Vec<Effect> {
        let Some(card) = self.rules.card.clone() else { return Vec::new() };
        vec![Effect::PlanSignals(Box::new(SignalRequest {
            file,
            readings,
            records: Arc::clone(&self.records),
            ids: self.ids.branch(),
            now: self.now,
            card,
        }))]
    }

    /// Takes in what an import of signals would do.
    pub(in crate::app) fn signals_planned(&mut self, answer: Result<Box<SignalAnswer>, String>) {
        match (self.popups.last_mut(), answer) {
            (Some(Popup::Picker(picker)), Err(problem)) => {
                (picker.waiting, picker.problem) = (false, Some(problem));
            }
            (Some(Popup::Picker(picker)), Ok(answer)) => {
                picker.waiting = false;
                self.ask_of_signals(answer);
            }
            (Some(Popup::Columns(columns)), Err(problem)) => {
                (columns.waiting, columns.problem) = (false, Some(problem));
            }
            (Some(Popup::Columns(columns)), Ok(answer)) => {
                columns.waiting = false;
                self.ask_of_signals(answer);
            }
            (Some(Popup::Form(popup)), answer) if popup.waiting => {
                take_up(popup, answer);
                self.whose_or_dry_run();
            }
            _ => {}
        }
    }

    /// Opens the form for what the file does not say.
    fn ask_of_signals(&mut self, answer: Box<SignalAnswer>) {
        let errors = answer.import.as_ref().err().cloned().unwrap_or_default();
        self.open_form(FormKind::Signals(answer));
        if let Some(Popup::Form(popup)) = self.popups.last_mut() {
            popup.form.refuse(beside(errors));
        }
    }

    /// Asks whose a name is, or shows what would be done.
    fn whose_or_dry_run(&mut self) {
        let Some(Popup::Form(popup)) = self.popups.last() else { return };
        let FormKind::Signals(answer) = &popup.kind else { return };
        let next = match answer.open() {
            Some((ambiguous, at, all)) => {
                Popup::Menu(Menu::whose(&self.records, ambiguous, (at, all), self.now.today()))
            }
            None => match SignalRun::of(answer.clone(), &self.records, self.now.today()) {
                Some(run) => Popup::SignalRun(Box::new(run)),
                None => return,
            },
        };
        self.popups.push(next);
    }

    /// Somebody has said whose a name is; without it, that all others stay out.
    pub(in crate::app) fn is_whose(&mut self, said: Option<(Who, Chosen)>) -> Vec<Effect> {
        let Some(Popup::Form(popup)) = self.popups.last_mut() else { return Vec::new() };
        let FormKind::Signals(answer) = &mut popup.kind else { return Vec::new() };
        match said {
            Some((who, chosen)) => drop(answer.file.wanted.chosen.insert(who, chosen)),
            None => answer.file.others_out = true,
        }
        if answer.open().is_some() {
            self.whose_or_dry_run();
            return Vec::new();
        }
        popup.waiting = true;
        let (file, readings) = (answer.file.clone(), Arc::clone(&answer.readings));
        self.plan_signals(file, Some(readings))
    }

    /// Carries out a command of the dry run of signals.
    pub(in crate::app) fn signal_run(&mut self, command: DryRunCommand) -> Vec<Effect> {
        let Some(Popup::SignalRun(run)) = self.popups.last_mut() else { return Vec::new() };
        match command {
            DryRunCommand::Leave | DryRunCommand::Import if run.waiting => {
                run.message = Some(BEING_SAVED.into());
            }
            DryRunCommand::Leave => drop(self.popups.pop()),
            DryRunCommand::Import if run.change().is_empty() => {
                run.message =
                    Some("There is nothing to import: everything is known already.".into());
            }
            DryRunCommand::Import => {
                run.waiting = true;
                return vec![Effect::Commit(run.change().clone())];
            }
            DryRunCommand::SaveRejects if run.rejected().is_empty() => {
                run.message = Some("No row is rejected: there is nothing to save.".into());
            }
            DryRunCommand::SaveRejects => {
                let (path, list) =
                    (run.answer.file.path.clone(), Arc::clone(&run.answer.file.list));
                return vec![Effect::SaveRejects(Box::new(Rejects {
                    path,
                    list,
                    rejected: run.rejected(),
                }))];
            }
        }
        Vec::new()
    }
}

/// Shows in the form what is to be said otherwise, or keeps what was read.
fn take_up(popup: &mut FormPopup, answer: Result<Box<SignalAnswer>, String>) {
    popup.waiting = false;
    match answer {
        Err(sentence) => popup.form.message = Some(sentence),
        Ok(answer) => {
            if let Err(errors) = &answer.import {
                popup.form.refuse(beside(errors.clone()));
            }
            popup.kind = FormKind::Signals(answer);
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::app::{
        importing::tests::{LIST, answered, at_dry_run, profile},
        testing::Desk,
    };
    use crate::domain::freshness::Age;

    /// A grade book about the students of [`LIST`], one who is nobody's, one whose name fits two, and a bad row.
    pub(crate) const GRADES: &str = "First name,Last name,ID number,Email address,Assignment: Essay 1 (Real),Course total (Real),Last downloaded from this course\n\
        Aisha,Rahman,0012,,65.00,65.00,1759500720\n\
        Ben,O'Connor,0013,,-,-,1759500720\n\
        Noor,Elsewhere,9999,,40.00,40.00,1759500720\n\
        A,Rahman,,,50.00,50.00,1759500720\n\
        Ben,O'Connor,0013,,x,-,1759500720\n";

    /// The records after the import of [`LIST`].
    pub(crate) fn tutees() -> Records {
        let desk = answered(at_dry_run(profile()).keys("‹ctrl-s›"), LIST).keys("⏎");
        Records::clone(&answered(desk, LIST).model.records)
    }

    /// A desk that has read a file of signals, up to its form.
    pub(crate) fn at_form(records: Records, name: &str, text: &str) -> Desk {
        let desk = answered(Desk::with(records).keys("I"), text);
        let desk = answered(desk.keys(&format!("{name}⏎")), text);
        let desk = answered(desk, text);
        match desk.model.popups.last() {
            Some(Popup::Menu(_)) => answered(desk.keys("⏎"), text),
            _ => desk,
        }
    }

    fn run(desk: &Desk) -> &SignalRun {
        let Some(Popup::SignalRun(run)) = desk.model.popups.last() else {
            panic!("{:?}", desk.model.popups)
        };
        run
    }

    #[test]
    fn a_grade_book_goes_through_form_choice_and_dry_run_and_is_one_change() {
        let desk = at_form(tutees(), "LAW2014 Grades.csv", GRADES);
        let form = &desk.model.form().unwrap().form;
        assert_eq!(
            (form.value("module").as_str(), form.value("as-of").as_str()),
            ("LAW2014", "3 Oct 2025")
        );
        let desk = answered(desk.keys("‹ctrl-s›"), GRADES);
        let Some(Popup::Menu(menu)) = desk.model.popups.last() else {
            panic!("{:?}", desk.model.popups)
        };
        assert_eq!(
            (menu.title.as_str(), menu.ways[0].label.as_str()),
            ("Who is this? 1 of 1", "Aisha Rahman")
        );
        let desk = answered(desk.keys("⏎"), GRADES);
        assert_eq!(
            run(&desk).summary,
            "2 new · 0 changed · 0 unchanged · 1 rejected · 1 not yours"
        );
        let (age, note) = &run(&desk).notes[0];
        assert_eq!(*age, Age::Red);
        assert!(note.contains("as of 3 Oct 2025 (414 days ago, old)"), "{note}");
        let desk = answered(desk.keys("‹ctrl-s›"), GRADES);
        assert!(desk.model.popups.is_empty(), "{:?}", desk.model.popups);
        let module = desk.model.records.modules().next().unwrap();
        assert_eq!((module.code.as_str(), module.tasks[0].name.as_str()), ("LAW2014", "Essay 1"));
        assert_eq!(
            desk.model.records.files().filter(|file| !file.engagements.is_empty()).count(),
            2
        );

        let records = Records::clone(&desk.model.records);
        let again =
            answered(at_form(records, "LAW2014 Grades.csv", GRADES).keys("‹ctrl-s›"), GRADES);
        assert_eq!(
            run(&again).summary,
            "0 new · 0 changed · 2 unchanged · 1 rejected · 1 not yours"
        );
        let again = again.keys("‹ctrl-s›");
        assert!(again.effects.is_empty(), "the choice is remembered, and nothing is new");
    }

    #[test]
    fn a_file_that_does_not_name_its_module_asks_for_it() {
        let desk = at_form(tutees(), "grades.csv", GRADES);
        let form = &desk.model.form().unwrap().form;
        assert!(form.field("module").unwrap().error.is_some());
        let desk = answered(desk.keys("‹ctrl-s›"), GRADES);
        assert!(desk.model.form().unwrap().form.field("module").unwrap().error.is_some());
        let desk = answered(desk.keys("LAW2014‹ctrl-s›"), GRADES);
        assert!(matches!(desk.model.popups.last(), Some(Popup::Menu(_))));
    }

    #[test]
    fn any_list_is_signals_once_somebody_says_what_its_columns_are_and_that_is_remembered() {
        let text = "Student ID,When,Library visits\n0012,3/10/2025,yes\n0013,4/10/2025,yes\n";
        let at_columns = |records| {
            let desk = answered(Desk::with(records).keys("I"), text);
            answered(desk.keys("visits.csv⏎"), text)
        };
        let desk = at_columns(tutees());
        let Some(Popup::Columns(columns)) = desk.model.popups.last() else {
            panic!("{:?}", desk.model.popups)
        };
        assert!(columns.signals.is_none());
        let desk = desk.keys("s");
        let Some(Popup::Columns(columns)) = desk.model.popups.last() else { panic!() };
        assert!(columns.signals.is_some() && !columns.remembered);
        let desk = answered(turn_to(turn_to(desk, 1, "date"), 2, "active online").keys("⏎"), text);
        if let Some(Popup::Columns(columns)) = desk.model.popups.last() {
            panic!("{:?}", columns.problem);
        }
        let desk = answered(answered(desk.keys("‹ctrl-s›"), text).keys("‹ctrl-s›"), text);
        assert!(desk.model.popups.is_empty(), "{:?}", desk.model.popups);
        let desk = at_columns(Records::clone(&desk.model.records)).keys("s");
        let Some(Popup::Columns(columns)) = desk.model.popups.last() else { panic!() };
        assert!(columns.remembered);
    }

    /// Turns a column until it means this.
    fn turn_to(mut desk: Desk, column: usize, label: &str) -> Desk {
        for _ in 0..40 {
            let Some(Popup::Columns(columns)) = desk.model.popups.last_mut() else { panic!() };
            columns.cursor.selected = column;
            if columns.label(column) == Some(label) {
                return desk;
            }
            desk = desk.keys(" ");
        }
        panic!("no column can be {label}: {:?}", crate::exchange::signals::meanings())
    }

    #[test]
    fn a_log_without_names_is_refused_where_the_file_is_picked() {
        let text = "Time,User full name,Affected user,Event context,Component,Event name,Description,Origin,IP address\n\"27/06/17, 05:54\",-,-,Course: X,System,Course viewed,x,web,192.0.2.1\n";
        let desk = at_form(tutees(), "logs.csv", text);
        let Some(Popup::Picker(picker)) = desk.model.popups.last() else { panic!() };
        assert!(picker.problem.as_ref().unwrap().starts_with("Row 2, column 2"));
    }
}
