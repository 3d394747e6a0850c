//! The design that a presentation must have: theme, master, layout and the master of notes, each as small as can be.

use super::NAMES;
use super::shapes::{FONT, hex, notes_tree, tree};
use crate::charts::style::{CAMPAIGN, DEADLINE, ENTERED, INK, MUTED, PUBLISHED, TRANSFERRED};
use crate::pack::ooxml::Package;

/// How the names of colours in shapes lead to the theme.
const COLOURS: &str = "<p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" accent2=\"accent2\" \
     accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" accent6=\"accent6\" hlink=\"hlink\" folHlink=\"folHlink\"/>";

/// Writes the parts of the design.
pub(super) fn write(package: &mut Package) {
    for number in 1..=2 {
        let path = format!("ppt/theme/theme{number}.xml");
        package.part(&path, "officedocument.theme", &theme());
    }
    let ground = "<p:bg><p:bgPr><a:solidFill><a:schemeClr val=\"bg1\"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>";
    let master = format!(
        "<p:sldMaster {NAMES}><p:cSld>{ground}{}</p:cSld>{COLOURS}<p:sldLayoutIdLst><p:sldLayoutId id=\"2147483649\" \
         r:id=\"rId1\"/></p:sldLayoutIdLst></p:sldMaster>",
        tree("")
    );
    let path = "ppt/slideMasters/slideMaster1.xml";
    package.part(path, "officedocument.presentationml.slideMaster", &master);
    package.relations(
        path,
        &[
            ("slideLayout", "../slideLayouts/slideLayout1.xml".to_owned()),
            ("theme", "../theme/theme1.xml".to_owned()),
        ],
    );
    let layout = format!(
        "<p:sldLayout {NAMES} type=\"blank\" preserve=\"1\"><p:cSld name=\"Blank\">{}</p:cSld><p:clrMapOvr>\
         <a:masterClrMapping/></p:clrMapOvr></p:sldLayout>",
        tree("")
    );
    let path = "ppt/slideLayouts/slideLayout1.xml";
    package.part(path, "officedocument.presentationml.slideLayout", &layout);
    package.relations(
        path,
        &[("slideMaster", "../slideMasters/slideMaster1.xml".to_owned())],
    );
    notes_master(package, ground);
}

fn notes_master(package: &mut Package, ground: &str) {
    let shapes = notes_tree("", "vi-VN")
        .replacen(
            "<p:spPr/>",
            &box_at((685_800, 1_143_000), (5_486_400, 3_086_100)),
            1,
        )
        .replacen(
            "<p:spPr/>",
            &box_at((685_800, 4_400_550), (5_486_400, 3_600_450)),
            1,
        );
    let xml = format!(
        "<p:notesMaster {NAMES}><p:cSld>{ground}{shapes}</p:cSld>{COLOURS}</p:notesMaster>"
    );
    let path = "ppt/notesMasters/notesMaster1.xml";
    package.part(path, "officedocument.presentationml.notesMaster", &xml);
    package.relations(path, &[("theme", "../theme/theme2.xml".to_owned())]);
}

fn box_at((left, top): (u32, u32), (width, height): (u32, u32)) -> String {
    format!(
        "<p:spPr><a:xfrm><a:off x=\"{left}\" y=\"{top}\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr>"
    )
}

fn theme() -> String {
    let system =
        |name: &str, value: &str| format!("<a:{name}><a:srgbClr val=\"{value}\"/></a:{name}>");
    let colours = [
        ("dk1", hex(INK)),
        ("lt1", "FFFFFF".to_owned()),
        ("dk2", hex(MUTED)),
        ("lt2", "F1F4F8".to_owned()),
        ("accent1", hex(TRANSFERRED)),
        ("accent2", hex(ENTERED)),
        ("accent3", hex(CAMPAIGN)),
        ("accent4", hex(DEADLINE)),
        ("accent5", hex(PUBLISHED)),
        ("accent6", hex(MUTED)),
        ("hlink", hex(TRANSFERRED)),
        ("folHlink", hex(PUBLISHED)),
    ];
    let colours: String = colours
        .iter()
        .map(|(name, value)| system(name, value))
        .collect();
    let font = format!("<a:latin typeface=\"{FONT}\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/>");
    let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";
    let line = format!("<a:ln w=\"9525\">{fill}</a:ln>");
    let effect = "<a:effectStyle><a:effectLst/></a:effectStyle>";
    format!(
        "<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"sohoa\"><a:themeElements>\
         <a:clrScheme name=\"sohoa\">{colours}</a:clrScheme><a:fontScheme name=\"sohoa\"><a:majorFont>{font}</a:majorFont>\
         <a:minorFont>{font}</a:minorFont></a:fontScheme><a:fmtScheme name=\"sohoa\"><a:fillStyleLst>{}</a:fillStyleLst>\
         <a:lnStyleLst>{}</a:lnStyleLst><a:effectStyleLst>{}</a:effectStyleLst><a:bgFillStyleLst>{}</a:bgFillStyleLst>\
         </a:fmtScheme></a:themeElements></a:theme>",
        fill.repeat(3),
        line.repeat(3),
        effect.repeat(3),
        fill.repeat(3)
    )
}
