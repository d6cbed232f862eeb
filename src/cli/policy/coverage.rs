//! Every demand of the policies, where the program meets it, and how that is tested.

use crate::{
    cli::out::Table,
    domain::policy::{Class, Item, Policy},
};

/// The table for a terminal.
pub(super) fn table(policies: &[Policy]) -> Table {
    let mut table = Table::new(&["No", "Clause", "Class", "Asks", "Lives in", "Tests", "Later"]);
    for (policy, item) in items(policies) {
        table.row(cells(policy, item));
    }
    table
}

/// The same in Markdown, a table for each policy.
pub(super) fn markdown(policies: &[Policy]) -> String {
    let mut text = String::from(
        "# What the policies ask, and where tutelage does it\n\n\
         Written by `tutelage policy coverage --markdown` from the policies themselves. Class a: the program does it;\n\
         a/b: it can only give evidence; b: it is for people alone. What waits says so under Later.\n",
    );
    text.extend(policies.iter().map(section));
    text
}

fn section(policy: &Policy) -> String {
    let Policy { university, document, version, .. } = policy;
    let rows = policy.items.iter().map(|item| {
        let cells = cells(policy, item).map(|cell| cell.replace('|', "\\|"));
        format!("| {} |\n", cells.join(" | "))
    });
    format!(
        "\n## {university}: {document}, {version}\n\n\
         | No | Clause | Class | Asks | Lives in | Tests | Later |\n|---|---|---|---|---|---|---|\n{}",
        rows.collect::<String>()
    )
}

fn items(policies: &[Policy]) -> impl Iterator<Item = (&Policy, &Item)> {
    policies.iter().flat_map(|policy| policy.items.iter().map(move |item| (policy, item)))
}

fn cells(policy: &Policy, item: &Item) -> [String; 7] {
    let class = match item.class {
        Class::Does => "a",
        Class::Evidences => "a/b",
        Class::People => "b",
    };
    [
        item.number.to_string(),
        format!("{} {}", policy.cite, item.clauses.join(", ")),
        class.to_owned(),
        item.asks.clone(),
        item.lives.join(", "),
        item.tests.join(", "),
        item.later.clone(),
    ]
}
