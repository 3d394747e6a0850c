//! The figures one by one, in the order people meet them.

use std::sync::LazyLock;

use store::domain::{Stage, Text};

use super::{AddsUp, Metric};
use crate::forecast::{METHOD, RATE_WEEKS};
use crate::model::Group;
use crate::words::{group_name, stage_name};

/// A text in both languages, as it stands in this file.
type Both = (&'static str, &'static str);

const RECORDS: Both = ("trường hợp", "records");
const UNITS: Both = ("đơn vị", "provinces");
const PERCENT: Both = ("phần trăm", "percent");
const DATE: Both = ("ngày", "date");
const WEEKLY: Both = ("trường hợp mỗi tuần làm việc", "records per working week");

/// The first version of a formula.
const FIRST: &str = "1";

/// Every figure.
#[must_use]
pub fn metrics() -> &'static [Metric] {
    static METRICS: LazyLock<Vec<Metric>> = LazyLock::new(|| {
        let parts = [stages(), coverage(), changes(), paces(), completion()];
        let more = [groups(), queues(), reconciliation(), scores()];
        parts.into_iter().chain(more).flatten().collect()
    });
    &METRICS
}

fn text((vi, en): Both) -> Text {
    Text::new(vi, en)
}

/// A figure that is no share, in the first version of its formula.
fn figure(id: &'static str, name: Both, formula: Both, unit: Both, adds_up: AddsUp) -> Metric {
    Metric {
        id,
        name: text(name),
        formula: text(formula),
        unit: text(unit),
        denominator: None,
        adds_up,
        version: FIRST,
    }
}

/// A share of something.
fn share(id: &'static str, name: Both, formula: Both, denominator: Both) -> Metric {
    Metric {
        denominator: Some(text(denominator)),
        ..figure(id, name, formula, PERCENT, AddsUp::Never)
    }
}

fn stages() -> Vec<Metric> {
    let sum = (
        "Tổng của mọi đơn vị; đơn vị chưa báo cáo trong tuần lấy số gần nhất. Không có báo cáo không phải là số không",
        "Sum over all provinces; one without a report in the week stands at its last figure. No report does not mean zero",
    );
    let of_stage = |stage: Stage| Metric {
        name: stage_name(stage),
        ..figure(stage.key(), sum, sum, RECORDS, AddsUp::OverUnits)
    };
    let mut all = vec![share(
        "share",
        ("Tỷ lệ đã chuyển trên tổng số", "Share transferred of total"),
        (
            "Đã chuyển chia cho tổng số cần số hóa, làm tròn xuống: chỉ khi xong hết mới là 100%",
            "Transferred divided by the total to digitize, rounded down: only all is 100%",
        ),
        ("tổng số cần số hóa", "total to digitize"),
    )];
    all.extend(Stage::ALL.into_iter().map(of_stage));
    all.push(figure(
        "transferred_reported",
        (
            "Đã chuyển, báo cáo trong tuần",
            "Transferred, reported in the week",
        ),
        (
            "Chỉ cộng đơn vị đã báo cáo trong tuần",
            "Only the provinces that reported in the week",
        ),
        RECORDS,
        AddsUp::OverUnits,
    ));
    all.push(figure(
        "remaining",
        ("Còn lại", "Remaining"),
        ("Tổng số trừ đã chuyển", "Total less transferred"),
        RECORDS,
        AddsUp::OverUnits,
    ));
    all.push(figure(
        "entered_not_transferred",
        ("Đã số hóa, chưa chuyển", "Entered, not yet transferred"),
        (
            "Đã số hóa trừ đã chuyển; không có khi đã chuyển nhiều hơn",
            "Entered less transferred; none where more is transferred",
        ),
        RECORDS,
        AddsUp::OverUnits,
    ));
    all
}

fn coverage() -> Vec<Metric> {
    vec![
        figure(
            "reporting",
            ("Số đơn vị đã báo cáo", "Provinces that reported"),
            (
                "Có số đã chuyển trong tuần",
                "With a count of transferred records in the week",
            ),
            UNITS,
            AddsUp::Never,
        ),
        figure(
            "expected",
            ("Số đơn vị phải báo cáo", "Provinces expected to report"),
            (
                "Các đơn vị có trong danh sách vào tuần đó",
                "Those that are in the list in that week",
            ),
            UNITS,
            AddsUp::Never,
        ),
    ]
}

fn changes() -> Vec<Metric> {
    let only = "chỉ tính đơn vị báo cáo cả hai kỳ";
    let only_en = "only provinces that reported both times";
    let flow = |id, name: Both, formula: Both| Metric {
        formula: Text::new(
            format!("{}; {only}", formula.0),
            format!("{}; {only_en}", formula.1),
        ),
        ..figure(id, name, formula, RECORDS, AddsUp::OverUnitsAndWeeks)
    };
    vec![
        flow(
            "work",
            ("Làm thêm trong kỳ", "Work done in the period"),
            (
                "Phần tăng của số đã chuyển so với kỳ trước",
                "What the transferred records gained since the period before",
            ),
        ),
        flow(
            "corrections",
            ("Đính chính giảm", "Corrected downwards"),
            (
                "Phần giảm của số đã chuyển so với kỳ trước, không trừ vào việc đã làm",
                "What they lost since the period before, not set against work done",
            ),
        ),
        flow(
            "scope",
            ("Thay đổi của tổng số", "Change of totals"),
            (
                "Phần tăng hay giảm của tổng số cần số hóa",
                "What the totals to digitize gained or lost",
            ),
        ),
        figure(
            "compared",
            ("Số đơn vị so sánh được", "Provinces compared"),
            ("Báo cáo cả hai kỳ", "Those that reported both times"),
            UNITS,
            AddsUp::Never,
        ),
    ]
}

fn paces() -> Vec<Metric> {
    let mean = Text::new(
        format!(
            "Số đã chuyển thêm trong {RATE_WEEKS} tuần gần nhất chia cho số tuần làm việc đủ trong đó (trừ ngày nghỉ lễ, Tết)"
        ),
        format!(
            "Records transferred over the last {RATE_WEEKS} weeks divided by their full working weeks (holidays and Tết taken out)"
        ),
    );
    vec![
        Metric {
            formula: mean,
            ..figure(
                "actual_rate",
                ("Tốc độ thực tế", "Actual rate"),
                WEEKLY,
                WEEKLY,
                AddsUp::OverUnits,
            )
        },
        figure(
            "required_rate",
            ("Tốc độ cần có", "Required rate"),
            (
                "Còn lại chia cho số tuần làm việc đến thời hạn đang áp dụng; không có khi đã quá hạn",
                "Remaining divided by the working weeks until the deadline in force; none after it has passed",
            ),
            WEEKLY,
            AddsUp::Never,
        ),
        figure(
            "deadline",
            ("Thời hạn", "Deadline"),
            (
                "Thời hạn đang áp dụng vào ngày xem, theo văn bản đã nêu",
                "The deadline in force on the day shown, by the document named",
            ),
            DATE,
            AddsUp::Never,
        ),
    ]
}

fn completion() -> Vec<Metric> {
    let quantile = |id, name, formula| Metric {
        version: METHOD,
        ..figure(id, name, formula, DATE, AddsUp::Never)
    };
    vec![
        quantile(
            "p10",
            ("Dự báo, sớm (10%)", "Forecast, early (10%)"),
            (
                "Ngày mà mười lần thì một lần xong trước đó, nếu không có quyết định mới; toàn quốc là ngày đơn vị cuối cùng xong",
                "The date before which it is done one time in ten if nothing new is decided; of the nation, when the last province is done",
            ),
        ),
        quantile(
            "p50",
            ("Dự báo, giữa (50%)", "Forecast, median (50%)"),
            (
                "Ngày mà một nửa số lần xong trước đó",
                "The date before which it is done one time in two",
            ),
        ),
        quantile(
            "p90",
            ("Dự báo, muộn (90%)", "Forecast, late (90%)"),
            (
                "Ngày mà mười lần thì chín lần xong trước đó",
                "The date before which it is done nine times in ten",
            ),
        ),
        Metric {
            version: METHOD,
            ..share(
                "chance",
                ("Khả năng kịp hạn", "Chance of meeting it"),
                (
                    "Phần các diễn biến mô phỏng xong trước thời hạn; ngoài 5% đến 95% chỉ nói “‹5%” và “›95%”",
                    "The share of simulated courses that are done by the deadline; outside 5% to 95% only “‹5%” and “›95%” are said",
                ),
                ("mọi diễn biến mô phỏng", "all simulated courses"),
            )
        },
    ]
}

fn groups() -> Vec<Metric> {
    let formula = |group| match group {
        Group::Done => (
            "Đã chuyển từ 99,5% tổng số trở lên",
            "At least 99.5% of the total is transferred",
        ),
        Group::OnCourse => (
            "Khả năng kịp hạn từ 50% trở lên",
            "A chance of at least 50% of meeting the deadline",
        ),
        Group::AtRisk => (
            "Quá hạn mà chưa xong, không tiến triển, hoặc khả năng kịp hạn dưới 50%",
            "Past the deadline with work left, without progress, or a chance below 50%",
        ),
        Group::NoFigure => (
            "Báo cáo chưa đủ để nói gì",
            "The reports are too few to tell",
        ),
    };
    let order = [Group::Done, Group::OnCourse, Group::AtRisk, Group::NoFigure];
    let metric = |group: Group| Metric {
        name: group_name(group),
        ..figure(group.key(), UNITS, formula(group), UNITS, AddsUp::Never)
    };
    order.into_iter().map(metric).collect()
}

fn queues() -> Vec<Metric> {
    vec![
        figure(
            "waiting",
            ("Đang chờ giữa hai khâu", "Waiting between two stages"),
            (
                "Số đã qua khâu trước trừ số đã qua khâu sau; khâu sau nhiều hơn thì là 0",
                "The count past the earlier stage less the count past the next one; 0 where the next is ahead",
            ),
            RECORDS,
            AddsUp::OverUnits,
        ),
        figure(
            "weeks_waiting",
            ("Số tuần chờ", "Weeks of waiting"),
            (
                "Đang chờ chia cho số qua khâu sau mỗi tuần trong 8 tuần (định luật Little)",
                "What waits divided by what passes the next stage a week, over 8 weeks (Little's law)",
            ),
            ("tuần", "weeks"),
            AddsUp::Never,
        ),
    ]
}

fn reconciliation() -> Vec<Metric> {
    let pairs = ("số người ghép được", "people that could be paired");
    vec![
        share(
            "same_of_pairs",
            ("Khớp trong số ghép được", "Same, of pairs"),
            (
                "Số người mọi trường đều trùng chia cho số người ghép được, theo một bộ quy tắc; khoảng Wilson 95%",
                "People with every field the same divided by those paired, under one rule set; 95% Wilson interval",
            ),
            pairs,
        ),
        share(
            "field_contradictions",
            ("Tỷ lệ ô trái nhau", "Rate of contradicting fields"),
            (
                "Số ô trái nhau chia cho số người ghép được, theo một bộ quy tắc; khoảng Wilson 95%",
                "Contradicting values of a field divided by people paired, under one rule set; 95% Wilson interval",
            ),
            pairs,
        ),
        figure(
            "open_differences",
            ("Sai lệch còn mở", "Open differences"),
            (
                "Sai lệch đã phát sinh mà chưa giải quyết, theo nơi đang giữ",
                "Differences that came up and are not resolved, by whose move it is",
            ),
            ("sai lệch", "differences"),
            AddsUp::OverUnits,
        ),
    ]
}

fn scores() -> Vec<Metric> {
    vec![share(
        "interval_coverage",
        ("Tỷ lệ khoảng dự báo đúng", "Ranges that held"),
        (
            "Số lần ngày hoặc số thật nằm trong khoảng đã nói, chia cho số lần chấm được",
            "How often the true date or count lay within the range that was stated, of all that could be scored",
        ),
        ("số lần chấm được", "statements scored"),
    )]
}
