//! Who may ask an address, in words of the document.

use crate::access::Demand;

/// Who meets a demand, in Vietnamese and English.
pub(super) const fn words(demand: Demand) -> (&'static str, &'static str) {
    match demand {
        Demand::Nothing => ("Ai cũng được hỏi.", "Everybody may ask."),
        Demand::Account => ("Cần đăng nhập.", "For every account."),
        Demand::Province => (
            "Cần quyền đọc; người dùng và mã của một tỉnh chỉ thấy số liệu của tỉnh đó.",
            "For who reads; an account or a token of a province sees that province only.",
        ),
        Demand::Nation => (
            "Cần quyền đọc toàn quốc: tài khoản của Bộ, hoặc mã “read” không gắn với tỉnh.",
            "For who reads the nation: an account of the ministry, or a token of scope read without a province.",
        ),
        Demand::Sending => (
            "Cần tài khoản được gửi tệp; của một tỉnh thì chỉ với tệp của tỉnh đó.",
            "For accounts that send files; those of a province for its own files only.",
        ),
        Demand::Upload => (
            "Cần mã “upload” hoặc tài khoản được gửi tệp; của một tỉnh thì chỉ với tệp của tỉnh đó.",
            "For tokens of scope upload and accounts that send files; those of a province for its own files only.",
        ),
        Demand::Ministry => (
            "Cần tài khoản theo dõi hoặc quản trị của Bộ.",
            "For accounts of the ministry that monitor or administer.",
        ),
        Demand::Administration => ("Cần tài khoản quản trị.", "For accounts that administer."),
    }
}
