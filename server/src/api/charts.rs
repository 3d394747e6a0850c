//! The charts and where each is in every format.

use reports::charts::ChartFormat;
use reports::illustrate::ChartName;
use schemars::JsonSchema;
use serde::Serialize;
use store::domain::Text;

use super::call::Call;
use super::operation::{Operation, shape};
use super::paging::{Page, Window};
use super::parameter::{CURSOR, LANG, LIMIT};
use super::problem::Problem;
use super::reply::Reply;

/// A chart.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Chart")]
pub(crate) struct ChartEntry {
    name: &'static str,
    title: Text,
    /// Its addresses by format, which take `lang`, `units`, `as_of` and `known_on`.
    files: Vec<ChartLink>,
    /// The address of the same chart of a unit, with `{unit}` for its id; null where there is none.
    of_unit: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct ChartLink {
    media: &'static str,
    address: String,
}

pub(super) static LIST: Operation = Operation {
    about: (
        "Các biểu đồ và địa chỉ của từng định dạng",
        "The charts, and the address of each in every format",
    ),
    parameters: &[LANG, LIMIT, CURSOR],
    ..Operation::read(list, shape::<Page<ChartEntry>>)
};

fn list(call: &Call) -> Result<Reply, Problem> {
    let entry = |name: ChartName| ChartEntry {
        name: name.key(),
        title: name.title(),
        files: {
            let formats = ChartFormat::ALL.into_iter();
            let link = |format: ChartFormat| ChartLink {
                media: format.media_type(),
                address: format!("/charts/{}.{}", name.key(), format.key()),
            };
            formats.map(link).collect()
        },
        of_unit: name
            .is_of_unit()
            .then(|| format!("/provinces/{{unit}}/charts/{}.svg", name.key())),
    };
    Window::read(call)?.page(call, ChartName::ALL, entry)
}
