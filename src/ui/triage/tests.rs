use crate::app::testing::Desk;
use crate::fixture::Fixture;
use crate::ui::frames_tests::{demo, long, one, pictures, wide};

#[test]
fn the_triage_in_every_state() {
    pictures("triage_nobody", || Desk::with(Fixture::new().records()), "2");
    pictures("triage_nobody_needs_a_word", || Desk::with(one()), "2");
    pictures("triage_long", || Desk::with(long()), "2");
    pictures("triage_wide", || Desk::with(wide()), "2");
    pictures("triage", || Desk::with(demo()), "2");
    pictures("triage_all", || Desk::with(demo()), "2f");
    pictures("triage_evidence", || Desk::with(demo()), "2j⇥");
    pictures("triage_line", || Desk::with(demo()), "2/");
    pictures("triage_filtered", || Desk::with(demo()), "2/severity:urgent ");
    pictures("triage_wrong_term", || Desk::with(demo()), "2/severity:urgent colour:red");
    pictures("triage_without_matches", || Desk::with(demo()), "2/zzzz⏎");
    pictures("triage_by_age", || Desk::with(demo()), "2fgs‹end›kkk⏎");
    let snoozed = || Desk::with(demo()).keys("2  z‹ctrl-s›").saved();
    pictures("triage_snoozed", snoozed, "");
    pictures("triage_snoozed_shown", snoozed, "/snoozed:yes");
    pictures("triage_marked", || Desk::with(demo()), "2j  ");
    pictures("triage_views", || Desk::with(demo()), "2v");
    pictures("form_view", || Desk::with(demo()), "2/level:4⏎V");
    pictures("triage_columns", || Desk::with(demo()), "2gv");
    let hidden = || Desk::with(demo()).keys("2gv ↓↓ ↓ ‹ctrl-s›").saved();
    pictures("triage_columns_hidden", hidden, "");
    pictures("triage_sort", || Desk::with(demo()), "2gs");
}
