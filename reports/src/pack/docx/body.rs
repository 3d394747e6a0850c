//! The parts of the report in the order of Decree 30/2020/NĐ-CP, art. 8 and its annex I: national title and motto, body,
//! number and symbol, place and date, title, content, signature, recipients, annex.

use super::annex::annex;
use super::xml::{Look, pair, paragraph, rule, ruled};
use crate::pack::Pack;
use crate::pack::about::About;
use crate::pack::cell::Cell;
use store::domain::Language;

/// The room between the margins of 30 mm and 15 mm, in twentieths of a point.
const ROOM: (u32, u32) = (4100, 5255);

/// Upright text of 14 points, in half points; the decree asks for 13 to 14.
const TEXT: Look = Look::new("both", 28);

/// The whole body of the document.
pub(super) fn body(pack: &Pack) -> String {
    let about = &pack.about;
    let mut xml = head(about.language(), &about.order.issuer);
    xml += &title(about);
    for (number, section) in (1..).zip(pack.prose.each()) {
        let heading = Look {
            keep: true,
            first_line: 720,
            ..TEXT.bold().after(120)
        };
        xml += &paragraph(&format!("{number}. {}", section.heading), heading);
        for text in &section.paragraphs {
            xml += &paragraph(
                text,
                Look {
                    first_line: 720,
                    ..TEXT.after(120)
                },
            );
        }
        if number == 1 {
            xml += &key_figures(pack);
        }
    }
    xml += &sources(about);
    xml += &signature(about);
    let (report, annex) = (sheet(Sheet::Report), annex(pack));
    let end = sheet(Sheet::Annex);
    format!("{xml}<w:p><w:pPr>{report}</w:pPr></w:p>{annex}{end}")
}

/// The head of every document: who sends it, the national title and motto, number, place and date.
pub(super) fn head(language: Language, issuer: &str) -> String {
    let t = |vi, en| language.pick(vi, en);
    let ministry = t("BỘ TƯ PHÁP", "MINISTRY OF JUSTICE");
    let issuer = issuer.to_uppercase();
    let motto = t(
        "Độc lập - Tự do - Hạnh phúc",
        "Independence - Freedom - Happiness",
    );
    let country = t(
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "SOCIALIST REPUBLIC OF VIET NAM",
    );
    let centre = |size| Look::new("center", size);
    let left = paragraph(ministry, centre(26))
        + &paragraph(&issuer, centre(26).bold())
        + &rule(ROOM.0, 1300);
    let right = paragraph(country, centre(24).bold())
        + &paragraph(motto, centre(28).bold())
        + &rule(ROOM.1, 3300);
    let number = paragraph(t("Số: ……/BC-……", "No.: ……/BC-……"), centre(26));
    let place = t("Hà Nội, ngày …… tháng …… năm ………", "Ha Noi, ……………… 20……");
    let place = paragraph(place, centre(26).italic());
    pair(ROOM, &[(left, right), (number, place)])
}

fn title(about: &About) -> String {
    let centre = Look::new("center", 28).bold();
    let mut xml = paragraph("", centre);
    xml += &paragraph(about.t("BÁO CÁO", "REPORT"), centre);
    let cutoff = about.order.cutoff.words(about.language());
    let label = about.t("kỳ chốt số liệu", "cut-off");
    let summary = format!("{} ({label} {cutoff})", about.title());
    xml += &paragraph(&summary, centre);
    let meeting = about.t(
        "Tài liệu phục vụ cuộc họp lãnh đạo Bộ",
        "For the meeting of the leadership of the ministry",
    );
    xml += &paragraph(meeting, Look::new("center", 26).italic());
    xml += &rule(ROOM.0 + ROOM.1, 2400);
    for mark in [about.watermark(), about.synthetic_mark()]
        .into_iter()
        .flatten()
    {
        xml += &paragraph(mark, centre.after(120));
    }
    xml
}

/// The key figures that the table of the report has.
const KEY_FIGURES: [&str; 11] = [
    "share",
    "transferred",
    "entered",
    "entered_not_transferred",
    "total",
    "remaining",
    "work",
    "actual_rate",
    "required_rate",
    "deadline",
    "p50",
];

/// The key figures as a table, those that do not exist left out.
fn key_figures(pack: &Pack) -> String {
    let (about, headline) = (&pack.about, &pack.tables.headline);
    let language = about.language();
    let row = |key: &&str| {
        let mut rows = headline.rows.iter();
        let row = rows.find(|row| headline.cell(row, "figure").plain() == *key)?;
        let value = headline.cell(row, "value");
        let shown = |key| headline.cell(row, key).shown(language);
        (*value != Cell::Absent).then(|| vec![shown("name"), shown("value")])
    };
    let rows: Vec<Vec<String>> = KEY_FIGURES.iter().filter_map(row).collect();
    let side = |place: usize| if place == 0 { "left" } else { "right" };
    let caption = about.t("Bảng 1. Các chỉ tiêu chính", "Table 1. Key figures");
    let caption_look = Look {
        keep: true,
        ..Look::new("center", 26).bold().after(60)
    };
    paragraph(caption, caption_look)
        + &ruled(
            &[6200, 3155],
            &headline.headings(&["name", "value"]),
            &rows,
            (&side, 24),
        )
        + &paragraph("", Look::new("left", 12))
}

/// What the figures are, as every page of every surface says it.
fn sources(about: &About) -> String {
    let label = about.t("Căn cứ số liệu", "Figures");
    let version = about.t("phiên bản", "version");
    let text = format!(
        "{label}: {}; sohoa {version} {}.",
        about.foot(),
        about.version
    );
    paragraph(&text, Look::new("both", 24).italic().after(240))
}

fn signature(about: &About) -> String {
    let small = Look::new("left", 22);
    let mut left = paragraph(
        about.t("Nơi nhận:", "Recipients:"),
        Look::new("left", 24).bold().italic(),
    );
    for recipient in [
        about.t(
            "- Lãnh đạo Bộ (để báo cáo);",
            "- Leadership of the ministry;",
        ),
        about.t("- Các đơn vị có liên quan;", "- Units concerned;"),
        about.t("- Lưu: VT.", "- Archive."),
    ] {
        left += &paragraph(recipient, small);
    }
    let centre = Look::new("center", 28).bold();
    let mut right = paragraph(about.t("THỦ TRƯỞNG ĐƠN VỊ", "HEAD OF THE UNIT"), centre);
    right += &paragraph(
        about.t("(Chữ ký, dấu)", "(Signature, seal)"),
        Look::new("center", 26).italic().after(1200),
    );
    right += &paragraph(about.t("Họ và tên", "Full name"), centre);
    pair(ROOM, &[(left, right)])
}

/// The two kinds of sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sheet {
    Report,
    Annex,
}

/// Paper and margins: 20 mm above and below, 30 mm left, 15 mm right; the number at the top, not on the first page.
pub(super) fn sheet(kind: Sheet) -> String {
    let (size, first) = match kind {
        Sheet::Report => ("<w:pgSz w:w=\"11906\" w:h=\"16838\"/>", "<w:titlePg/>"),
        Sheet::Annex => (
            "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>",
            "",
        ),
    };
    format!(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId2\"/><w:headerReference w:type=\"first\" r:id=\"rId3\"/>\
         <w:type w:val=\"nextPage\"/>{size}<w:pgMar w:top=\"1134\" w:right=\"850\" w:bottom=\"1134\" w:left=\"1701\" \
         w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>{first}</w:sectPr>"
    )
}
