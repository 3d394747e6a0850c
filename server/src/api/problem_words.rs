//! What each type of problem means and what to do about it, in both languages.

use store::domain::Text;

use super::problem::ProblemKind as Kind;

impl Kind {
    /// The type in a few words.
    pub(crate) fn title(self) -> Text {
        let (vi, en) = match self {
            Kind::InvalidParameter => ("Tham số không đọc được", "A parameter cannot be read"),
            Kind::UnknownParameter => ("Tham số không có trong danh mục", "Unknown parameter"),
            Kind::InvalidBody => (
                "Nội dung yêu cầu không đọc được",
                "The body of the request cannot be read",
            ),
            Kind::NoToken => (
                "Chưa đăng nhập và không có mã còn hiệu lực",
                "Neither a token that holds nor a session",
            ),
            Kind::Forbidden => ("Không được phép", "Not allowed"),
            Kind::NotFound => ("Không tìm thấy", "Not found"),
            Kind::MethodNotAllowed => (
                "Địa chỉ này không nhận phương thức đó",
                "The address does not take this method",
            ),
            Kind::NotAcceptable => (
                "Không có định dạng được yêu cầu",
                "No answer in the format asked for",
            ),
            Kind::TooSlow => ("Nội dung gửi quá lâu", "The body did not come in time"),
            Kind::Conflict => ("Trái với hiện trạng", "In conflict with what stands"),
            Kind::TooLarge => ("Yêu cầu quá lớn", "The request is too large"),
            Kind::WrongMediaType => (
                "Nội dung gửi sai loại",
                "The body is of another type than is taken",
            ),
            Kind::NotRecorded => ("Tệp chưa được ghi nhận", "Not every file was recorded"),
            Kind::KeyReused => (
                "Khóa đã dùng cho yêu cầu khác",
                "The key was used for another request",
            ),
            Kind::Busy => ("Đã có nhiều việc đang chờ", "Too much is waiting"),
            Kind::Internal => ("Chương trình gặp lỗi", "The program failed"),
            Kind::Unavailable => ("Tạm thời chưa phục vụ được", "Not available for now"),
        };
        Text::new(vi, en)
    }

    /// What it means and what to do.
    pub(crate) fn explanation(self) -> Text {
        let (vi, en) = match self {
            Kind::InvalidParameter => (
                "Trường “parameter” nêu tên tham số. Ngày viết là 2025-02-18, tuần viết là 2025-W08, đơn vị viết là p24 hoặc q24, phạm vi là as-reported, 63 hoặc 34. Tài liệu nêu giá trị được nhận của từng tham số.",
                "The member “parameter” names it. A day is written 2025-02-18, a week 2025-W08, a unit p24 or q24, a view as-reported, 63 or 34. The document lists what each parameter takes.",
            ),
            Kind::UnknownParameter => (
                "Địa chỉ này không có tham số mang tên đó. Tham số viết sai chính tả không bị bỏ qua, vì khi đó kết quả không phải là điều được hỏi.",
                "The address has no parameter of this name. A misspelt one is not passed over, for the answer would then be to another question.",
            ),
            Kind::InvalidBody => (
                "Nội dung phải là JSON hoặc biểu mẫu nhiều phần như tài liệu mô tả, mỗi tệp ở một phần tên “file”, không có trường lạ.",
                "The body must be the JSON or the multipart form that the document describes, each file in a part named “file”, without other members.",
            ),
            Kind::NoToken => (
                "Gửi kèm “Authorization: Bearer …” với mã do quản trị viên cấp bằng lệnh “sohoa token create”, hoặc đăng nhập trên trang. Mã có thể đã hết hạn hoặc bị thu hồi.",
                "Send “Authorization: Bearer …” with a token that the administrator made by “sohoa token create”, or sign in on the pages. It may have expired or been revoked.",
            ),
            Kind::Forbidden => (
                "Tài khoản hoặc mã không dành cho việc này: mã read chỉ đọc, mã upload chỉ gửi tệp, của một tỉnh thì chỉ với tỉnh đó và các địa phương đã sáp nhập vào. Yêu cầu từ trang khác không được nhận; không kèm mã thì phải nêu “Origin”.",
                "The account or the token is not for this: a token of scope read only reads, one of scope upload only sends files, and one of a province is for that province and those merged into it. Requests of other sites are not taken; without a token “Origin” must be there.",
            ),
            Kind::NotFound => (
                "Không có địa chỉ, số hoặc đơn vị đó, hoặc chưa có vào thời điểm đang xem (known_on).",
                "There is no such address, number or unit, or it was not there yet at the moment looked at (known_on).",
            ),
            Kind::MethodNotAllowed => (
                "Phần đầu “Allow” của câu trả lời nêu các phương thức mà địa chỉ này nhận.",
                "The header “Allow” of the answer lists the methods that this address takes.",
            ),
            Kind::NotAcceptable => (
                "Phần đầu “Accept” chỉ nêu những định dạng không có ở đây. Mọi câu trả lời có dạng JSON; các bảng có thêm CSV, chuỗi số liệu có thêm SDMX-CSV.",
                "“Accept” lists only formats that are not given here. Every answer is there as JSON; tables also as CSV, series also as SDMX-CSV.",
            ),
            Kind::TooSlow => (
                "Nội dung không đến đủ trong thời gian máy chủ chờ. Chưa có gì được ghi; xin gửi lại, tệp lớn thì qua đường truyền nhanh hơn.",
                "The body did not come to its end in the time that the server waits. Nothing was recorded; send it again, a large file over a faster line.",
            ),
            Kind::Conflict => (
                "Việc này đã được làm, số liệu đã thay đổi từ lúc kiểm tra, hoặc một yêu cầu cùng khóa đang chạy. “detail” nói rõ; chưa có gì được ghi.",
                "It was done before, the figures have changed since the check, or a request with the same key is under way. “detail” says which; nothing was recorded.",
            ),
            Kind::TooLarge => (
                "Một lần gửi tối đa 50 MB; phần JSON tối đa 64 KB.",
                "An upload has at most 50 MB, a JSON body at most 64 KB.",
            ),
            Kind::WrongMediaType => (
                "Phần đầu “Content-Type” phải là loại mà tài liệu nêu: application/json hoặc multipart/form-data.",
                "“Content-Type” must be what the document says: application/json or multipart/form-data.",
            ),
            Kind::NotRecorded
            | Kind::KeyReused
            | Kind::Busy
            | Kind::Internal
            | Kind::Unavailable => return self.explanation_of_state(),
        };
        Text::new(vi, en)
    }

    /// The same of what lies not in the request but in what was done before, or in the server.
    fn explanation_of_state(self) -> Text {
        let (vi, en) = match self {
            Kind::NotRecorded => (
                "Ít nhất một tệp có lỗi hoặc câu hỏi chưa trả lời, đã ghi nhận trước đó, hoặc của địa phương khác. “files” nêu kết quả và biên nhận của từng tệp; tệp đạt đã được ghi nhận.",
                "At least one file has errors or open questions, was recorded before, or is another province's. “files” has the outcome and the receipt of each; those that were accepted are recorded.",
            ),
            Kind::KeyReused => (
                "Một “Idempotency-Key” chỉ đại diện cho một yêu cầu. Yêu cầu khác cần khóa mới.",
                "One “Idempotency-Key” stands for one request. Another request needs a new key.",
            ),
            Kind::Busy => (
                "Quá nhiều yêu cầu từ một địa chỉ, hoặc mười bộ tài liệu đã xếp hàng. Thử lại sau số giây ghi ở “Retry-After”.",
                "Too many requests from one address, or ten packs are in line already. Try again after the seconds in “Retry-After”.",
            ),
            Kind::Internal => (
                "Lỗi ở phía chương trình, chưa có gì được ghi. Quản trị viên xem nguyên nhân trong nhật ký.",
                "The fault is the program's, and nothing was recorded. The administrator finds the cause in the log.",
            ),
            _ => (
                "Cơ sở dữ liệu không trả lời. Thử lại sau số giây ghi ở “Retry-After”.",
                "The database does not answer. Try again after the seconds in “Retry-After”.",
            ),
        };
        Text::new(vi, en)
    }
}
