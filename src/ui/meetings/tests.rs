use crate::app::testing::Desk;
use crate::domain::records::Records;
use crate::exchange::policy::builtin;
use crate::fixture::Fixture;
use crate::ui::frames_tests::{demo, long, one, pictures};

fn under(records: Records) -> Desk {
    Desk::under(records, builtin("ljmu").unwrap())
}

#[test]
fn the_meetings_in_every_state() {
    pictures("meetings_without_policy", || Desk::with(one()), "3");
    pictures("meetings_nobody", || under(Fixture::new().records()), "3");
    pictures("meetings_one", || under(one()), "3");
    pictures("meetings_long", || under(long()), "3");
    pictures("meetings", || Desk::with(demo()), "3");
    pictures("meetings_last_slot", || Desk::with(demo()), "3llllllll");
    pictures("meetings_waived", || Desk::with(demo()), "3/mateus⏎");
    pictures("meetings_planned", || Desk::with(demo()), "3l/piotr⏎");
    pictures("meetings_not_yet_met", || Desk::with(demo()), "3lf");
    pictures("meetings_filtered", || Desk::with(demo()), "3/an");
    pictures("meetings_marked", || Desk::with(demo()), "3j  ");
    pictures("meetings_year_before", || Desk::with(demo()), "3[");
    pictures("obligations", || Desk::with(demo()), "3⇥");
    pictures("form_slot_meeting", || Desk::with(demo()), "3l/ben⏎⏎");
    pictures("form_slot_group", || Desk::with(demo()), "3M");
    pictures("form_waiver", || Desk::with(demo()), "3l/ben⏎W");
    pictures("form_waiver_refused", || Desk::with(demo()), "3l/ben⏎W‹ctrl-s›");
    pictures("form_slot", || Desk::with(demo()), "3l/aisha⏎=");
    pictures("slot_in_the_timeline", || Desk::with(demo()), "/ben o⏎⏎‹home›");
}
