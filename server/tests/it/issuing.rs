//! Issued forecasts and the scenario room, as their users meet them.

use crate::desk::{Desk, SOUND, entries};
use crate::http::{get, post_form};
use crate::program::Server;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.record("a.csv", &[SOUND]);
    desk
}

#[test]
fn a_forecast_is_issued_once_and_made_again_byte_for_byte() {
    let desk = desk();
    let number = entries(&desk.database) + 1;
    let issue = "forecast --issue --by monitor --lang en";
    desk.order(issue, &[])
        .ended(0)
        .says(&format!("forecast {number} is issued"));
    let again = desk.order(issue, &[]);
    assert_ne!(again.status, 0);
    let said = format!("issued before, number {number}");
    assert!(again.stderr.contains(&said), "{}", again.stderr);
    assert_eq!(entries(&desk.database), number);
    let document = desk
        .order(&format!("forecast --reissue {number}"), &[])
        .ended(0);
    let document: serde_json::Value = serde_json::from_str(&document.stdout).unwrap();
    assert_eq!(document["week"], "2025-W08");
    assert_eq!(document["forecasts"].as_array().unwrap().len(), 63);

    let server = Server::start(&desk.database);
    let page = get(&server.url("/forecast?lang=en"));
    let row = format!("<td class=\"n\">{number}</td><td>23 Feb 2025</td>");
    page.says(200, &row);
    let refused = post_form(&server.url("/forecast?lang=en"), &[]);
    refused.says(409, &said);
}

#[test]
fn the_address_of_the_scenario_room_holds_the_scenario() {
    let desk = desk();
    let server = Server::start(&desk.database);
    let room = |query: &str| get(&server.url(&format!("/forecast/scenario?lang=en{query}")));
    room("").says(
        200,
        "Nothing is changed: the scenario is exactly the forecast.",
    );
    let page = room("&unit=p24&percent=150").says(200, "value=\"150\"");
    assert!(!page.text().contains("Nothing is changed"));
    page.says(200, "percent=150&#38;lang=en&#38;units=34");
    for bad in [
        "&unit=p49&percent=-5",
        "&percent=NaN",
        "&share=101",
        "&deadline=soon",
    ] {
        assert_eq!(room(bad).status, 400, "{bad}");
    }
    assert_eq!(room("&giver=q99").status, 404);
}
