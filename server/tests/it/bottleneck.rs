//! The page that names where work waits.

use crate::desk::Desk;
use crate::http::get;
use crate::program::Server;

#[test]
fn the_slowest_step_is_named_with_what_waits_and_how_long() {
    let desk = Desk::new();
    // 100 are entered and 10 transferred a week; 1,000 wait for the first, 1,600 for the second.
    for week in 0..9 {
        let (entered, transferred) = (3000 + 100 * week, 2120 + 10 * week);
        let day =
            chrono::NaiveDate::from_ymd_opt(2025, 1, 3).unwrap() + chrono::Days::new(7 * week);
        let row = format!(
            "24,{},Kết hôn,4800,{entered},{transferred},{},",
            day.format("%d/%m/%Y"),
            4800 - transferred
        );
        desk.record(&format!("tuan-{week}.csv"), &[&row]);
    }
    let server = Server::start(&desk.database);
    let page = get(&server.url("/bottleneck?lang=vi"));
    let page = page.says(200, "Khâu chậm nhất: Đã số hóa → Đã chuyển vào CSDL hộ tịch điện tử. 1.600 trường hợp đang chờ; thời gian chờ: 160 tuần.");
    page.says(200, "10 tuần");
    get(&server.url("/bottleneck?lang=en")).says(200, "1,600 records wait; the wait: 160 weeks.");
    // The forecast follows the same stage, and one stage alone can be asked for on every surface.
    let named = "The slowest stage is the last one: “Transferred to the national database”.";
    get(&server.url("/bottleneck?lang=en")).says(200, named);
    get(&server.url("/forecast?lang=en")).says(200, named);
    let alone = "This is the stage “Entered” alone, at its own pace.";
    get(&server.url("/forecast?lang=en&stage=entered")).says(200, alone);
    let order = |stage: &str| {
        let line = format!("forecast --lang en --format json --stage {stage}");
        desk.order(&line, &[]).ended(0).stdout
    };
    for (asked, slowest) in [("slowest", "transferred"), ("entered", "entered")] {
        let told: serde_json::Value = serde_json::from_str(&order(asked)).unwrap();
        assert_eq!(told["followed"], asked);
        let rows = told["forecasts"].as_array().unwrap();
        let own = rows.iter().find(|row| row["unit"] == "p24").unwrap();
        assert_eq!(own["slowest"], slowest, "{own}");
        let api = get(&server.url(&format!("/api/v1/forecast?stage={asked}")));
        let api: serde_json::Value = serde_json::from_str(api.says(200, asked).text()).unwrap();
        assert_eq!(api["forecasts"], told["forecasts"]);
    }
    for wrong in ["total", "returned", "x"] {
        assert_eq!(
            get(&server.url(&format!("/forecast?stage={wrong}"))).status,
            400
        );
        assert_eq!(
            get(&server.url(&format!("/api/v1/forecast?stage={wrong}"))).status,
            400
        );
    }
    desk.order("forecast --stage total", &[])
        .refused(2, "slowest, scanned");
}

#[test]
fn without_a_report_the_page_says_so() {
    let server = Server::start(&Desk::new().database);
    get(&server.url("/bottleneck?lang=vi")).says(200, "Chưa có báo cáo nào");
}
