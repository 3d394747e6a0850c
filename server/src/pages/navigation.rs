//! The two rows of links at the top: the areas of the work, and the pages of the area that is open.

use crate::access::Visitor;

use super::page::{Choice, Page};

/// A text in Vietnamese and English.
type Pair = (&'static str, &'static str);

/// A page: its path and its name.
type Entry = (&'static str, Pair);

/// The areas with their pages, in the order people need them.
const AREAS: [(Pair, &[Entry]); 7] = [
    (
        ("Tiến độ", "Progress"),
        &[
            ("/", ("Tổng quan", "Overview")),
            ("/bottleneck", ("Điểm nghẽn", "Bottleneck")),
            ("/charts", ("Biểu đồ", "Charts")),
            ("/published", ("Số liệu đã công bố", "Published figures")),
        ],
    ),
    (
        ("Dự báo", "Forecast"),
        &[
            ("/forecast", ("Khi nào xong", "When it is done")),
            ("/forecast/scenario", ("Nếu như…?", "What if?")),
            (
                "/forecast/changes",
                ("Vì sao ngày thay đổi", "Why the date moved"),
            ),
            ("/forecast/scorecard", ("Đã dự báo đúng chưa", "Scorecard")),
        ],
    ),
    (
        ("Báo cáo của tỉnh", "Provincial reports"),
        &[
            ("/upload", ("Gửi tệp", "Upload")),
            ("/late", ("Ai chậm", "Who is late")),
            ("/files", ("Tệp đã nhận", "Files")),
            (
                "/questions",
                ("Câu hỏi và giải trình", "Questions and answers"),
            ),
            ("/difficulties", ("Khó khăn, vướng mắc", "Difficulties")),
        ],
    ),
    (
        ("Đối chiếu", "Reconciliation"),
        &[
            (
                "/reconciliation",
                ("Với CSDL dân cư", "With the population database"),
            ),
            ("/audit", ("Kiểm tra mẫu", "Audit")),
        ],
    ),
    (
        ("Cuộc họp", "Meetings"),
        &[
            ("/packs", ("Bộ tài liệu", "Packs")),
            (
                "/changes",
                ("Thay đổi từ kỳ trước", "Changes since the last"),
            ),
        ],
    ),
    (
        ("Danh mục", "Reference"),
        &[
            ("/deadlines", ("Thời hạn, tổng số", "Deadlines and totals")),
            ("/units", ("Đơn vị", "Units")),
            ("/definitions", ("Định nghĩa", "Definitions")),
        ],
    ),
    (
        ("Quản trị", "Administration"),
        &[
            ("/accounts", ("Tài khoản", "Accounts")),
            ("/contacts", ("Đầu mối nhận thư", "Contacts")),
            ("/webhooks", ("Webhook", "Webhooks")),
            ("/deliveries", ("Gửi tin", "Deliveries")),
            ("/log", ("Nhật ký", "Log")),
        ],
    ),
];

/// An area with those of its pages that the visitor may open.
pub(crate) struct Area {
    /// Leads to its first page.
    pub(crate) link: Choice,
    pub(crate) pages: Vec<Choice>,
}

impl Page {
    /// The areas that hold a page for the visitor.
    pub(crate) fn navigation(&self) -> Vec<Area> {
        if self.view.visitor == Visitor::Nobody {
            return Vec::new();
        }
        let open = self.open_entry();
        let area = |(name, entries): &(Pair, &'static [Entry])| {
            let pages = entries.iter().filter_map(|entry| {
                let (path, (vi, en)) = self.own(*entry)?;
                Some(Choice {
                    href: self.link(&path),
                    label: self.t(vi, en),
                    key: "",
                    current: path == self.bare_path(),
                })
            });
            let pages: Vec<Choice> = pages.collect();
            let link = Choice {
                href: pages.first()?.href.clone(),
                label: self.t(name.0, name.1),
                key: "",
                current: entries.iter().any(|(path, _)| Some(*path) == open),
            };
            Some(Area { link, pages })
        };
        AREAS.iter().filter_map(area).collect()
    }

    /// A page as the visitor has it: an officer has the page of the own province in place of the nation's. `None` where the
    /// visitor may not open it.
    fn own(&self, (path, name): Entry) -> Option<(String, Pair)> {
        let Some(province) = self.view.visitor.province() else {
            return self.may(path).then(|| (path.to_owned(), name));
        };
        match path {
            "/" => Some((
                format!("/provinces/{province}"),
                ("Tỉnh của tôi", "My province"),
            )),
            "/reconciliation" => Some((format!("/reconciliation/{province}"), name)),
            _ => self.may(path).then(|| (path.to_owned(), name)),
        }
    }

    /// The page of the list that is open, or that the open page is a detail of; `None` for pages of their own.
    fn open_entry(&self) -> Option<&'static str> {
        let open = self.bare_path();
        if open.starts_with("/provinces/") {
            return Some("/");
        }
        let holds = |path: &str| {
            let rest = open.strip_prefix(path);
            rest.is_some_and(|rest| rest.is_empty() || (path != "/" && rest.starts_with('/')))
        };
        let entries = AREAS.iter().flat_map(|(_, entries)| entries.iter());
        let paths = entries.map(|(path, _)| *path).filter(|path| holds(path));
        paths.max_by_key(|path| path.len())
    }
}
