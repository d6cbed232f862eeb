//! An import of students: what its dry run needs, what it would do, and the rows that it rejects.

use std::{path::PathBuf, sync::Arc};

use crate::{
    domain::{
        id::IdSource,
        policy::Policy,
        records::Records,
        roll::{Listed, Rejected},
        time::Now,
        write::import::Plan,
    },
    exchange::{list::List, mapping::Mapping},
};

/// What a dry run needs.
#[derive(Debug, Clone)]
pub struct ImportRequest {
    /// The list.
    pub list: Arc<List>,
    /// What its columns mean.
    pub mapping: Mapping,
    /// What is known already.
    pub records: Arc<Records>,
    /// Where new identities come from.
    pub ids: IdSource,
    /// The moment.
    pub now: Now,
    /// The policy in use, whose caseload the dry run looks at.
    pub policy: Option<Arc<Policy>>,
}

/// Two requests are the same when they are about the same list, read in the same way.
impl PartialEq for ImportRequest {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.list, &other.list) && self.mapping == other.mapping
    }
}

impl Eq for ImportRequest {}

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportPlan {
    /// New, changed, unchanged, rejected.
    pub plan: Plan,
    /// What the list says, student by student.
    pub students: Vec<Listed>,
    /// What to know about the list as a whole, in sentences.
    pub notes: Vec<String>,
    /// What it was planned from; the change is made from it too, once it is wanted.
    pub request: ImportRequest,
}

/// Rejected rows on their way to a file.
#[derive(Debug, Clone)]
pub struct Rejects {
    /// Where the list came from.
    pub path: PathBuf,
    /// The list.
    pub list: Arc<List>,
    /// What is rejected, and why.
    pub rejected: Vec<Rejected>,
}

/// The same when they come from the same list.
impl PartialEq for Rejects {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path && Arc::ptr_eq(&self.list, &other.list)
    }
}

impl Eq for Rejects {}
