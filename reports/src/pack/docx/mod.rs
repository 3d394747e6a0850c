//! The written report in the form of Decree 30/2020/NĐ-CP. No kept library writes sections with their own first page and a
//! watermark, so this is the least of the format (ECMA-376, part 1, chapter 17) that the report needs.

mod annex;
mod body;
mod list;
mod xml;

pub(crate) use list::list_document;

use store::domain::Language;

use super::Pack;
use super::error::PackError;
use super::file::PackFile;
use super::ooxml::{Package, escaped};

const NAMES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// Writes the report.
pub(crate) fn render(pack: &Pack) -> Result<Vec<PackFile>, PackError> {
    let about = &pack.about;
    let title = format!("{}. {}", about.title(), about.cutoff_words());
    let bytes = document(
        &body::body(pack),
        (&title, &about.order.issuer),
        about.watermark(),
        about.language(),
    )?;
    Ok(vec![PackFile::new(
        format!("{}.docx", about.file_stem()),
        bytes,
    )])
}

/// A document of a body, with the number of the page at the top of every page but the first.
fn document(
    body: &str,
    properties: (&str, &str),
    mark: Option<&str>,
    language: Language,
) -> Result<Vec<u8>, PackError> {
    let mut package = Package::default();
    package.properties("word/document.xml", properties);
    let main = |part: &str| format!("officedocument.wordprocessingml.{part}");
    let document = format!("<w:document {NAMES}><w:body>{body}</w:body></w:document>");
    package.part("word/document.xml", &main("document.main"), &document);
    package.relations(
        "word/document.xml",
        &[
            ("styles", "styles.xml".to_owned()),
            ("header", "header1.xml".to_owned()),
            ("header", "header2.xml".to_owned()),
        ],
    );
    let styles = styles(language.pick("vi-VN", "en-GB"));
    package.part("word/styles.xml", &main("styles"), &styles);
    package.part("word/header1.xml", &main("header"), &header(NUMBER, mark));
    package.part("word/header2.xml", &main("header"), &header("", mark));
    package.finish()
}

/// The number of the page, as the reader's program counts it.
const NUMBER: &str = "<w:r><w:rPr><w:sz w:val=\"26\"/></w:rPr><w:fldChar w:fldCharType=\"begin\"/></w:r>\
     <w:r><w:rPr><w:sz w:val=\"26\"/></w:rPr><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>\
     <w:r><w:rPr><w:sz w:val=\"26\"/></w:rPr><w:fldChar w:fldCharType=\"separate\"/></w:r>\
     <w:r><w:rPr><w:sz w:val=\"26\"/></w:rPr><w:t>2</w:t></w:r>\
     <w:r><w:rPr><w:sz w:val=\"26\"/></w:rPr><w:fldChar w:fldCharType=\"end\"/></w:r>";

fn header(number: &str, mark: Option<&str>) -> String {
    let mark = mark.map_or_else(String::new, watermark);
    format!(
        "<w:hdr {NAMES} xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\">\
         <w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{number}{mark}</w:p></w:hdr>"
    )
}

/// A text across the page, as word processors write it themselves.
fn watermark(text: &str) -> String {
    format!(
        "<w:r><w:rPr><w:noProof/></w:rPr><w:pict>\
         <v:shapetype id=\"_x0000_t136\" coordsize=\"21600,21600\" o:spt=\"136\" adj=\"10800\" \
         path=\"m@7,l@8,m@5,21600l@6,21600e\"><v:formulas><v:f eqn=\"sum #0 0 10800\"/><v:f eqn=\"prod #0 2 1\"/>\
         <v:f eqn=\"sum 21600 0 @1\"/><v:f eqn=\"sum 0 0 @2\"/><v:f eqn=\"sum 21600 0 @3\"/><v:f eqn=\"if @0 @3 0\"/>\
         <v:f eqn=\"if @0 21600 @1\"/><v:f eqn=\"if @0 0 @2\"/><v:f eqn=\"if @0 @4 21600\"/><v:f eqn=\"mid @5 @6\"/>\
         <v:f eqn=\"mid @8 @5\"/><v:f eqn=\"mid @7 @8\"/><v:f eqn=\"mid @6 @7\"/><v:f eqn=\"sum @6 0 @5\"/></v:formulas>\
         <v:path textpathok=\"t\" o:connecttype=\"custom\" o:connectlocs=\"@9,0;@10,10800;@11,21600;@12,10800\" \
         o:connectangles=\"270,180,90,0\"/><v:textpath on=\"t\" fitshape=\"t\"/></v:shapetype>\
         <v:shape id=\"PowerPlusWaterMarkObject1\" o:spid=\"_x0000_s2049\" type=\"#_x0000_t136\" \
         style=\"position:absolute;margin-left:0;margin-top:0;width:520pt;height:36pt;rotation:315;z-index:-251658752;\
         mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;\
         mso-position-vertical-relative:margin\" o:allowincell=\"f\" fillcolor=\"#e3a6a2\" stroked=\"f\">\
         <v:fill opacity=\".6\"/><v:textpath style=\"font-family:&quot;Times New Roman&quot;;font-size:1pt\" \
         string=\"{}\"/></v:shape></w:pict></w:r>",
        escaped(text)
    )
}

fn styles(language: &str) -> String {
    format!(
        "<w:styles {NAMES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" \
         w:hAnsi=\"Times New Roman\" w:eastAsia=\"Times New Roman\" w:cs=\"Times New Roman\"/><w:color w:val=\"000000\"/>\
         <w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/><w:lang w:val=\"{language}\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault/></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">\
         <w:name w:val=\"Normal\"/><w:qFormat/></w:style></w:styles>"
    )
}
