//! The reconciliation form: one document in three dresses, judged against the ledger, and nothing about people.

use std::fmt::Write as _;

use loader::{
    Answers, History, Receipt, Sender, Severity, SourceFile, Verdict, commit, intake, judge, parse,
};
use store::Store;
use store::domain::{Content, ReconciliationEntry};
use store::testing::{moment, on_each_backend};

use crate::builders::{context, sender};

/// The document of reconciliation.md 6.5, with fields that account for all that differs.
const DOCUMENT: &str = r#"{"v":1,"batch":{"province":"66","type":"birth","week":"2025-W30","period":[1976,1999],
 "stage":"before_approval","method":"tool_check","rule_set":"VN-1.2","tool":"reconcile 0.3","cutoff":null,
 "hotich_as_of":"2025-07-15T00:00:00+07:00","dancu_as_of":"2025-07-14T00:00:00+07:00",
 "records":10980,"subjects":10980,"first":10420,"again":560,
 "id":{"before":1204,"added":8110,"changed":31,"removed":4,"inconsistent":57},
 "worklist":{"sha256":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","rows":1327}},
 "outcome":{"same":7605,"same_variant":1650,"differs":980,"unsure":240,"not_found":450,"not_compared":55},
 "field":{"name":{"equal":8903,"variant":1012,"contradiction":318,"only_hotich":0,"only_dancu":2,"none":0},
          "father":{"equal":8800,"variant":700,"contradiction":735,"only_hotich":0,"only_dancu":0,"none":0}},
 "dup":{"same_event_twice":{"groups":41,"records":83},"two_records_one_person":{"groups":12,"records":24}}}"#;

fn receive(name: &str, text: &str) -> Receipt {
    let file = SourceFile::new(name, text.as_bytes().to_vec());
    intake(file, &context(), None, &sender())
}

fn entries(receipt: &Receipt) -> &[ReconciliationEntry] {
    assert_eq!(
        receipt.verdict,
        Verdict::Accepted,
        "{:#?}",
        receipt.findings
    );
    match &receipt.submission().unwrap().content {
        Content::Reconciliation(entries) => entries,
        other => panic!("{other:?}"),
    }
}

fn keys(receipt: &Receipt) -> Vec<&str> {
    let keys = receipt.findings.iter().map(|finding| finding.rule.key());
    keys.collect()
}

/// The same as rows of keys and values.
fn as_rows(document: &str) -> String {
    fn walk(path: &str, value: &serde_json::Value, rows: &mut String) {
        let below = |key: &str| format!("{path}{}{key}", if path.is_empty() { "" } else { "." });
        match value {
            serde_json::Value::Object(map) => {
                map.iter()
                    .for_each(|(key, value)| walk(&below(key), value, rows));
            }
            serde_json::Value::Array(list) => {
                let list = list.iter().enumerate();
                list.for_each(|(place, value)| walk(&below(&place.to_string()), value, rows));
            }
            serde_json::Value::Null => {}
            serde_json::Value::String(text) => writeln!(rows, "1;{path};{text}").unwrap(),
            other => writeln!(rows, "1;{path};{other}").unwrap(),
        }
    }
    let mut rows = "STT;Khóa;Giá trị\n".to_owned();
    walk("", &serde_json::from_str(document).unwrap(), &mut rows);
    rows
}

#[test]
fn a_document_and_its_rows_of_keys_are_the_same_entry() {
    let document = receive("doi-chieu.json", DOCUMENT);
    let [ReconciliationEntry::Batch(batch)] = entries(&document) else {
        panic!("one batch");
    };
    assert_eq!(batch.subjects.to_i64(), 10_980);
    assert_eq!(batch.period, Some((1976, 1999)));
    assert_eq!(batch.run.as_ref().unwrap().numbers.added.to_i64(), 8110);
    assert_eq!(batch.fields.len(), 2);
    let rows = receive("doi-chieu.csv", &as_rows(DOCUMENT));
    let [ReconciliationEntry::Batch(same)] = entries(&rows) else {
        panic!("one batch");
    };
    let mut same = same.clone();
    same.line = batch.line;
    assert_eq!(&same, batch);
}

#[test]
fn a_batch_that_does_not_add_up_is_refused_by_its_number() {
    let cases = [
        (
            "\"equal\":8800",
            "\"equal\":8792",
            "quy tắc 4: tên cha cộng 10.227, cần 10.235; thiếu 8",
        ),
        (
            "\"same\":7605",
            "\"same\":7593",
            "quy tắc 1: 6 kết quả cộng 10.968, cần 10.980; thiếu 12",
        ),
        (
            "\"again\":560",
            "\"again\":561",
            "quy tắc 3: lần đầu và đối chiếu lại cộng 10.981, cần 10.980; thừa 1",
        ),
        (
            "\"removed\":4",
            "\"removed\":1300",
            "quy tắc 9: số định danh bị bỏ là 1.300, nhiều nhất bằng số có sẵn trước 1.204; thừa 96",
        ),
    ];
    for (right, wrong, message) in cases {
        let receipt = receive("doi-chieu.json", &DOCUMENT.replace(right, wrong));
        assert_eq!(receipt.verdict, Verdict::Rejected, "{message}");
        let found: Vec<&str> = receipt
            .findings
            .iter()
            .map(|one| one.message.vi.as_str())
            .collect();
        assert!(found.contains(&message), "{found:#?}");
    }
    let rows = DOCUMENT.replace("\"rows\":1327", "\"rows\":1300");
    let receipt = receive("doi-chieu.json", &rows);
    assert_eq!(receipt.verdict, Verdict::Queries);
    assert_eq!(
        receipt.findings[0].message.en,
        "rule 17: the worklist adds up to 1,300, needs 1,327; short by 27"
    );
}

#[test]
fn what_is_not_on_the_list_is_refused_and_never_repeated() {
    let canary = "Nguyễn Thị Hoàng Yến";
    let planted = [
        ("\"v\":1,", format!("\"v\":1,\"{canary}\":1,")),
        ("\"v\":1,", format!("\"v\":1,\"remark\":\"{canary}\",")),
        (
            "\"v\":1,",
            format!("\"v\":1,\"people\":[{{\"name\":\"{canary}\"}}],"),
        ),
        (
            "\"tool\":\"reconcile 0.3\"",
            format!("\"tool\":\"{canary}\""),
        ),
        (
            "\"cutoff\":null",
            format!("\"note\":\"trùng với {canary}\""),
        ),
        (
            "\"cutoff\":null",
            "\"note\":\"số 001 085 012 345\"".to_owned(),
        ),
        ("\"cutoff\":null", "\"note\":\"sinh 01/02/1985\"".to_owned()),
        ("\"first\":10420", "\"first\":\"001085012345\"".to_owned()),
        (
            "\"rule_set\":\"VN-1.2\"",
            "\"rule_set\":\"001085012345\"".to_owned(),
        ),
        ("\"outcome\":{", "\"outcome\":{\"name\":{},".to_owned()),
        ("\"v\":1,", "\"v\":1,\"v\":1,".to_owned()),
        ("\"v\":1,", "\"v\":2,".to_owned()),
    ];
    for (place, planted) in planted {
        let receipt = receive("doi-chieu.json", &DOCUMENT.replacen(place, &planted, 1));
        assert_eq!(receipt.verdict, Verdict::Rejected, "{planted}");
        assert!(receipt.submission().is_none());
        let answer = format!("{receipt:?}");
        assert!(!answer.contains(canary), "{answer}");
        assert!(!answer.contains("001085012345"), "{answer}");
    }
    let named = receive("NGUYEN VAN AN.json", DOCUMENT);
    assert_eq!(keys(&named), ["personal-data"]);
}

#[test]
fn a_sheet_holds_nothing_but_its_header_and_its_rows() {
    let header = "Mã tỉnh,Tỉnh,Tuần,Loại việc,Giai đoạn đối chiếu,Bộ quy tắc,Số trường hợp,Số người,\
                  Khớp,\"Khớp, khác cách viết\",Sai lệch,Chưa chắc,Không tìm thấy,Chưa đối chiếu";
    let row = "66,Đắk Lắk,2025-W30,Khai sinh,sau chuyển,VN-1,100,100,90,5,2,1,1,1";
    let plain = receive("a.csv", &format!("{header}\n{row}\n"));
    assert_eq!(plain.verdict, Verdict::Accepted, "{:#?}", plain.findings);
    for text in [
        format!("Danh sách Trần Văn Bé\n{header}\n{row}\n"),
        format!("{header}\n{row}\nTrần Văn Bé;01/02/1985\n"),
        format!("{header},Họ tên\n{row},Trần Văn Bé\n"),
        format!("{header}\n{}\n", row.replace(",VN-1,", ",001085012345,")),
        format!("{header},Ghi chú\n{row},đã gọi 0912 345 678\n"),
    ] {
        let receipt = receive("a.csv", &text);
        assert_eq!(receipt.verdict, Verdict::Rejected, "{text}");
        assert!(receipt.submission().is_none());
    }
}

fn send(store: &Store, text: &str, at: &str, explanation: Option<&str>) -> Receipt {
    let file = SourceFile::new("doi-chieu.json", text.as_bytes().to_vec());
    let parsed = parse(file, &context());
    let history = History::read(store, &parsed).unwrap();
    let sender = Sender {
        answers: Answers::to_all(explanation.map(str::to_owned)),
        ..sender()
    };
    let receipt = judge(parsed, Some(&history), &sender);
    if receipt.verdict == Verdict::Accepted {
        commit(store, &receipt, moment(at)).unwrap();
    }
    receipt
}

#[test]
fn a_batch_is_replaced_with_a_reason_and_compared_with_what_stands() {
    on_each_backend(|database| {
        let store = database.store();
        let first = send(&store, DOCUMENT, "2025-08-01T03:00:00Z", None);
        assert_eq!(keys(&first), ["rule-set-unknown"]);
        let lower = DOCUMENT
            .replace("\"same\":7605", "\"same\":7600")
            .replace("\"not_found\":450", "\"not_found\":455")
            .replace("\"equal\":8903", "\"equal\":8898")
            .replace("\"equal\":8800", "\"equal\":8795");
        let asked = send(&store, &lower, "2025-08-02T03:00:00Z", None);
        assert_eq!(asked.verdict, Verdict::Queries);
        assert_eq!(
            asked.findings[0].message.vi,
            "thay đợt tuần 2025-W30 đã ghi: khớp 9.255 thành 9.250"
        );
        let noted = lower.replace("\"cutoff\":null", "\"note\":\"bỏ 5 trường hợp ghép nhầm\"");
        let taken = send(&store, &noted, "2025-08-02T03:00:00Z", None);
        assert_eq!(taken.verdict, Verdict::Accepted, "{:#?}", taken.findings);
        let twin = noted.replace("2025-W30", "2025-W31");
        let twin = send(&store, &twin, "2025-08-03T03:00:00Z", None);
        assert_eq!(twin.verdict, Verdict::Queries);
        assert!(twin.findings.iter().any(|finding| {
            finding.severity == Severity::Query && finding.message.en.starts_with("rule 18: ")
        }));
        let ledger = store
            .reconciliation_ledger(None, moment("2030-01-01T00:00:00Z"))
            .unwrap();
        assert_eq!(ledger.batches.len(), 2);
        assert_eq!(ledger.standing_batches().count(), 1);
    });
}

#[test]
fn open_differences_follow_from_the_week_before() {
    on_each_backend(|database| {
        let store = database.store();
        let account = |week: &str, flow: &str, open: &str| {
            format!(
                r#"{{"v":1,"cases":{{"province":"66","type":"birth","week":"{week}"}},"flow":{{"police":{{{flow}}}}},"open":{{"police":{{{open}}}}}}}"#
            )
        };
        let first = account("2025-W30", r#""opened":40"#, r#""2025-W30":40"#);
        let first = send(&store, &first, "2025-08-01T03:00:00Z", None);
        assert_eq!(first.verdict, Verdict::Accepted, "{:#?}", first.findings);
        let resolved = r#""resolved":{"population_fixed":15}"#;
        let wrong = account("2025-W31", resolved, r#""2025-W30":26"#);
        let wrong = send(&store, &wrong, "2025-08-08T03:00:00Z", None);
        assert_eq!(
            wrong.findings[0].message.vi,
            "quy tắc 13: công an: số còn mở theo tuần phát sinh cộng 26, cần 25; thừa 1"
        );
        let right = account("2025-W31", resolved, r#""2025-W30":25"#);
        let right = send(&store, &right, "2025-08-08T03:00:00Z", None);
        assert_eq!(right.verdict, Verdict::Accepted, "{:#?}", right.findings);
    });
}
