//! The forecast table in its three forms.

use reports::render::{forecast_csv, forecast_json, forecast_text};
use serde_json::Value;
use store::domain::Language;

use crate::given::{Given, deadline, series, steady};

fn given() -> Given {
    let mut stopped: Vec<Option<i64>> = vec![Some(100), Some(200)];
    stopped.extend([Some(300); 10]);
    Given::new(vec![
        steady("p24", 1_443_893, 400_000, 20_000, 12),
        series("p27", 12_345, &stopped),
        steady("p79", 1000, 1000, 0, 12),
        steady("p48", 1000, 10, 10, 2),
    ])
    .with_deadlines(vec![deadline(None, "2024-12-31", "2020-09-15")])
}

fn json(given: &Given) -> Value {
    serde_json::from_slice(&forecast_json(&given.report()).unwrap()).unwrap()
}

fn entry<'a>(document: &'a Value, unit: &str) -> &'a Value {
    document["forecasts"]
        .as_array()
        .unwrap()
        .iter()
        .find(|entry| entry["unit"] == unit)
        .unwrap()
}

#[test]
fn json_has_the_documented_shape() {
    let document = json(&given());
    assert_eq!(document["version"], 4);
    assert_eq!(document["as_of"], "2023-05-26");
    assert_eq!(document["known_on"], "2023-08-01T01:30:00Z");
    assert_eq!(document["units"], "as-reported");
    assert_eq!(document["forecasts"].as_array().unwrap().len(), 63);
    let forecast = entry(&document, "p24");
    assert_eq!(forecast["stage"], "transferred");
    assert_eq!(forecast["state"], "forecast");
    assert_eq!(forecast["deadline"], "2024-12-31");
    assert_eq!(forecast["actual_rate"], 20_000.0);
    assert_eq!(forecast["quantiles"]["50"], forecast["p50"]);
    // The rest of 823,893 in the 83 weeks and two days from 29 May 2023 to 31 December 2024.
    assert_eq!(forecast["required_rate"], 9878.8);
    let dates = ["p10", "p50", "p90"].map(|key| forecast[key].as_str().unwrap().to_owned());
    assert!(dates.is_sorted() && dates[0].len() == 10, "{dates:?}");
    assert!(
        forecast["chance"]
            .as_f64()
            .is_some_and(|chance| (0.05..=0.95).contains(&chance))
    );
}

#[test]
fn json_says_why_there_is_no_date() {
    let document = json(&given());
    let keys = |unit: &str| {
        let entry = entry(&document, unit);
        (
            entry["state"].as_str().unwrap().to_owned(),
            entry["reason"].as_str().unwrap().to_owned(),
        )
    };
    let pair = |state: &str, reason: &str| (state.to_owned(), reason.to_owned());
    assert_eq!(keys("p27"), pair("no_progress", "no_progress"));
    assert_eq!(entry(&document, "p27")["weeks_without_progress"], 9);
    assert_eq!(keys("p79"), pair("done", "done"));
    assert_eq!(entry(&document, "p79")["since"], "2023-03-10");
    assert_eq!(keys("p48"), pair("too_short", "too_short"));
    assert_eq!(
        (
            &entry(&document, "p48")["have"],
            &entry(&document, "p48")["need"]
        ),
        (&2.into(), &6.into())
    );
    assert_eq!(keys("p92"), pair("too_short", "not_reported"));
    assert_eq!(entry(&document, "p92")["done"], Value::Null);
}

#[test]
fn json_gives_no_national_date_while_units_are_left_out() {
    let document = json(&given());
    let national = &document["national"];
    assert_eq!(national["state"], "incomplete");
    assert_eq!(
        (&national["p50"], &national["chance"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(national["excluded"].as_array().unwrap().len(), 61);
    assert_eq!(
        national["without_excluded"]["p50"],
        entry(&document, "p24")["p50"]
    );
    assert_eq!(
        (&national["reporting"], &national["expected"]),
        (&3.into(), &63.into())
    );
    assert_eq!(national["carried"][0]["unit"], "p48");
    assert_eq!(national["silent"].as_array().unwrap().len(), 59);
}

#[test]
fn csv_has_a_row_for_each_unit_under_stable_names() {
    let bytes = forecast_csv(&given().report()).unwrap();
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    assert_eq!(
        reader.headers().unwrap().iter().take(5).collect::<Vec<_>>(),
        ["unit", "name_vi", "name_en", "stage", "state"]
    );
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
    assert_eq!(rows.len(), 63);
    let row = rows.iter().find(|row| &row[0] == "p27").unwrap();
    assert_eq!(
        [&row[1], &row[4], &row[7], &row[8], &row[11]],
        ["Bắc Ninh", "no_progress", "300", "12345", ""]
    );
}

#[test]
fn text_begins_with_the_nation_and_says_every_state_in_words() {
    let text = forecast_text(&given().report(), Language::Vi);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[0],
        "Dự báo hoàn thành: Đã chuyển vào CSDL hộ tịch điện tử – tuần 2023-W21, số liệu đến 26/05/2023"
    );
    assert!(
        lines[1].starts_with(
            "Cả nước: 3/63 đơn vị đã báo cáo, cộng 621.300 trường hợp; ước tính 621.320 trường hợp"
        ),
        "{text}"
    );
    assert_eq!(lines[2], "  Lấy số liệu gần nhất: Đà Nẵng (tuần 2023-W11).");
    let words = [
        "chưa đủ số liệu: cần ít nhất 6 tuần, mới có 2",
        "không có tiến triển 9 tuần qua, còn lại 12.045",
        "đã hoàn thành từ 10/03/2023",
        "chưa từng báo cáo",
        "khoảng dự báo 80%",
        "Chưa thể dự báo thời điểm tất cả đơn vị hoàn thành",
        "Thời hạn 31/12/2024 (Kế hoạch thử)",
        "số liệu cập nhật đến 08:30 01/08/2023 (giờ Việt Nam)",
    ];
    for words in words {
        assert!(text.contains(words), "{words}\n{text}");
    }
    // At risk first.
    let first = lines.iter().position(|line| line.starts_with('─')).unwrap() + 1;
    assert!(lines[first].starts_with("Bắc Ninh"), "{text}");
}

#[test]
fn columns_of_the_text_are_aligned() {
    for language in Language::ALL {
        let text = forecast_text(&given().report(), language);
        let lines: Vec<&str> = text.lines().collect();
        let rule = lines.iter().position(|line| line.starts_with('─')).unwrap();
        let starts: Vec<usize> = {
            let characters: Vec<char> = lines[rule].chars().collect();
            (1..characters.len())
                .filter(|place| characters[*place] == '─' && characters[place - 1] == ' ')
                .collect()
        };
        for line in &lines[rule + 1..rule + 64] {
            let characters: Vec<char> = line.chars().collect();
            assert!(
                starts.iter().all(|start| characters[start - 1] == ' '),
                "{line}"
            );
            assert!(!line.ends_with(' '));
        }
    }
}

#[test]
fn english_text_is_english() {
    let text = forecast_text(&given().report(), Language::En);
    assert!(
        text.starts_with(
            "Forecast of completion: Transferred to the national database – week 2023-W21"
        ),
        "{text}"
    );
    assert!(
        text.contains("no progress for 9 weeks, 12,045 left"),
        "{text}"
    );
    assert!(
        text.contains("No date for the whole nation because of 61 units"),
        "{text}"
    );
}
