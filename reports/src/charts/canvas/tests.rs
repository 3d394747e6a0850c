use super::Canvas;
use crate::charts::geometry::Point;
use crate::charts::label::Label;
use crate::charts::style::{DEADLINE_LINE, Face, INK, TOTAL_LINE};

#[test]
fn shapes_are_exact_to_a_tenth_of_a_pixel_and_keep_their_dashes() {
    let mut canvas = Canvas::default();
    let line = vec![Point::new(1.25, 2.0), Point::new(3.0, 4.0)];
    canvas.lines("deadline", DEADLINE_LINE, &[line]).unwrap();
    assert_eq!(
        canvas.body,
        "<g class=\"deadline\" transform=\"scale(0.1)\" stroke-linejoin=\"round\" \
         stroke-dasharray=\"70 40\">\n<polyline fill=\"none\" opacity=\"1\" stroke=\"#B3261E\" \
         stroke-width=\"18\" points=\"13,20 30,40 \"/>\n</g>\n"
    );
}

#[test]
fn a_layer_without_shapes_leaves_no_trace() {
    let mut canvas = Canvas::default();
    canvas
        .lines("total", TOTAL_LINE, &[vec![Point::new(1.0, 1.0)]])
        .unwrap();
    assert_eq!(canvas.body, "");
}

#[test]
fn text_cannot_break_out_of_its_element() {
    let mut canvas = Canvas::default();
    let text = "A&B <script>\"'\u{1}\n";
    canvas.text(&Label::new(
        text,
        Point::new(1.0, 2.5),
        Face::bold(13.0),
        INK,
    ));
    assert_eq!(
        canvas.body,
        "<text x=\"1\" y=\"2.5\" font-size=\"13\" font-weight=\"700\" \
         textLength=\"107.8\" lengthAdjust=\"spacingAndGlyphs\" fill=\"#1B1F24\">A&amp;B &lt;script&gt;&quot;&#39;  </text>\n"
    );
}
