//! Version 3 of modules, imports of signals, tunings and saved views.

use serde::{Deserialize, Serialize};

use super::{Day, Id, choice, date, day, maybe_date, maybe_day};
use crate::{
    domain::{batch, module, saved_view, tuning, word::Choice},
    store::error::{Error, Result},
};

#[derive(Serialize, Deserialize)]
struct Task {
    name: String,
    due: Option<Day>,
    closes: Option<Day>,
    weight: u16,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Module {
    id: Id,
    code: String,
    title: String,
    starts: Day,
    tasks: Vec<Task>,
}

impl From<&module::Module> for Module {
    fn from(it: &module::Module) -> Self {
        let task = |task: &module::Task| Task {
            name: task.name.clone(),
            due: maybe_day(task.due),
            closes: maybe_day(task.closes),
            weight: task.weight,
        };
        Self {
            id: it.id.bytes(),
            code: it.code.clone(),
            title: it.title.clone(),
            starts: day(it.starts),
            tasks: it.tasks.iter().map(task).collect(),
        }
    }
}

impl TryFrom<Module> for module::Module {
    type Error = Error;

    fn try_from(it: Module) -> Result<Self> {
        let task = |task: Task| {
            Ok(module::Task {
                name: task.name,
                due: maybe_date(task.due)?,
                closes: maybe_date(task.closes)?,
                weight: task.weight,
            })
        };
        Ok(Self {
            id: module::ModuleId::from_bytes(it.id),
            code: it.code,
            title: it.title,
            starts: date(it.starts)?,
            tasks: it.tasks.into_iter().map(task).collect::<Result<_>>()?,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct Batch {
    id: Id,
    source: u8,
    module: Id,
    on: Day,
    as_of: Day,
    rows: u32,
    students: u32,
}

impl From<&batch::Batch> for Batch {
    fn from(it: &batch::Batch) -> Self {
        Self {
            id: it.id.bytes(),
            source: it.source.code(),
            module: it.module.bytes(),
            on: day(it.on),
            as_of: day(it.as_of),
            rows: it.rows,
            students: it.students,
        }
    }
}

impl TryFrom<Batch> for batch::Batch {
    type Error = Error;

    fn try_from(it: Batch) -> Result<Self> {
        Ok(Self {
            id: batch::BatchId::from_bytes(it.id),
            source: choice(it.source)?,
            module: module::ModuleId::from_bytes(it.module),
            on: date(it.on)?,
            as_of: date(it.as_of)?,
            rows: it.rows,
            students: it.students,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct Tuning {
    id: Id,
    setting: u8,
    cap: u8,
    card: String,
    numbers: Vec<(String, u16)>,
    off: Vec<String>,
}

impl From<&tuning::Tuning> for Tuning {
    fn from(it: &tuning::Tuning) -> Self {
        Self {
            id: it.id.bytes(),
            setting: it.setting.code(),
            cap: it.cap,
            card: it.card.clone(),
            numbers: it.numbers.clone(),
            off: it.off.clone(),
        }
    }
}

impl TryFrom<Tuning> for tuning::Tuning {
    type Error = Error;

    fn try_from(it: Tuning) -> Result<Self> {
        Ok(Self {
            id: tuning::TuningId::from_bytes(it.id),
            setting: choice(it.setting)?,
            cap: it.cap,
            card: it.card,
            numbers: it.numbers,
            off: it.off,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct SavedView {
    id: Id,
    name: String,
    filter: String,
    sort: String,
}

impl From<&saved_view::SavedView> for SavedView {
    fn from(it: &saved_view::SavedView) -> Self {
        let (name, filter, sort) = (it.name.clone(), it.filter.clone(), it.sort.clone());
        Self { id: it.id.bytes(), name, filter, sort }
    }
}

impl From<SavedView> for saved_view::SavedView {
    fn from(it: SavedView) -> Self {
        let id = saved_view::SavedViewId::from_bytes(it.id);
        Self { id, name: it.name, filter: it.filter, sort: it.sort }
    }
}
