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
}

#[test]
fn without_a_report_the_page_says_so() {
    let server = Server::start(&Desk::new().database);
    get(&server.url("/bottleneck?lang=vi")).says(200, "Chưa có báo cáo nào");
}
