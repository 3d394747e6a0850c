//! The container of Office documents: parts with their types and relationships in one ZIP (ECMA-376, part 2).

use super::error::PackError;
use super::file::{PackFile, archive};

/// What the types of relationships begin with.
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// What every part in XML begins with.
pub(crate) const DECLARATION: &str =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// A document while it is put together.
#[derive(Debug, Default)]
pub(crate) struct Package {
    parts: Vec<PackFile>,
    types: Vec<String>,
}

impl Package {
    /// Adds a part in XML, without its declaration.
    pub(crate) fn part(&mut self, path: &str, content_type: &str, xml: &str) {
        let kind = format!("application/vnd.openxmlformats-{content_type}+xml");
        self.types.push(format!(
            "<Override PartName=\"/{path}\" ContentType=\"{kind}\"/>"
        ));
        self.parts
            .push(PackFile::new(path, format!("{DECLARATION}{xml}")));
    }

    /// Adds a part that is no XML; its type goes by its ending.
    pub(crate) fn binary(&mut self, path: &str, bytes: Vec<u8>) {
        self.parts.push(PackFile::new(path, bytes));
    }

    /// Adds the relationships of a part, numbered `rId1`, `rId2` … in their order: the last word of each type, the target.
    pub(crate) fn relations(&mut self, part: &str, relations: &[(&str, String)]) {
        let one = |(number, (kind, target)): (usize, &(&str, String))| {
            let kind = match *kind {
                "core-properties" => {
                    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties".to_owned()
                }
                kind => format!("{RELATIONS}/{kind}"),
            };
            format!(
                "<Relationship Id=\"rId{}\" Type=\"{kind}\" Target=\"{target}\"/>",
                number + 1
            )
        };
        let list: String = relations.iter().enumerate().map(one).collect();
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let folder = if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        };
        let xml = format!(
            "{DECLARATION}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{list}</Relationships>"
        );
        self.parts
            .push(PackFile::new(format!("{folder}_rels/{name}.rels"), xml));
    }

    /// Adds title and author, and the relationships of the whole document.
    pub(crate) fn properties(&mut self, main: &str, (title, author): (&str, &str)) {
        let xml = format!(
            "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>{}</dc:creator>\
             </cp:coreProperties>",
            escaped(title),
            escaped(author)
        );
        let path = "docProps/core.xml";
        self.types.push(format!(
            "<Override PartName=\"/{path}\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"));
        self.parts
            .push(PackFile::new(path, format!("{DECLARATION}{xml}")));
        self.relations(
            "",
            &[
                ("officeDocument", main.to_owned()),
                ("core-properties", path.to_owned()),
            ],
        );
    }

    /// The bytes of the document.
    pub(crate) fn finish(self) -> Result<Vec<u8>, PackError> {
        let types = format!(
            "{DECLARATION}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
             <Default Extension=\"xlsx\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet\"/>\
             {}</Types>",
            self.types.concat()
        );
        let mut parts = vec![PackFile::new("[Content_Types].xml", types)];
        parts.extend(self.parts);
        archive(&parts)
    }
}

/// Text inside XML; characters that XML cannot carry are left out.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(' '),
            letter if letter < ' ' || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_xml_cannot_carry_is_left_out() {
        assert_eq!(escaped("a<b & \"c\"\u{1}\n"), "a&lt;b &amp; &quot;c&quot; ");
    }
}
