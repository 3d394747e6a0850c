"""Draws the national burn-up with matplotlib from the figures of our chart, and puts the time beside ours.

Run after `cargo bench -p benches --bench render -- burn-up`:

    sohoa chart burn-up --format csv --out burn-up.csv --lang en --database sohoa-demo/sohoa.sqlite
    python3 benches/compare/burn_up.py burn-up.csv

The same lines over the same weeks at the same size, 1,920 pixels wide, with legend and title. Importing the library and
reading the figures are not counted. Says so where matplotlib is not installed.
"""

import csv
import datetime
import io
import json
import os
import pathlib
import statistics
import sys
import time

REPEATED = 15
OURS = ["burn-up as SVG", "burn-up_ its PNG, 1920 pixels wide"]


def read(path):
    """The days and every column of figures; an empty cell or words are a gap."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        headers, *rows = csv.reader(file)

    def day(text):
        for form in ("%d %b %Y", "%d/%m/%Y", "%Y-%m-%d"):
            try:
                return datetime.datetime.strptime(text, form)
            except ValueError:
                continue
        return None

    def figure(text):
        digits = text.replace(",", "").replace(".", "")
        return float(digits) if digits.isdigit() else None

    rows = [row for row in rows if day(row[0])]
    columns = [[figure(row[place]) for row in rows] for place in range(1, len(headers))]
    return [day(row[0]) for row in rows], dict(zip(headers[1:], columns))


def draw(pyplot, days, columns):
    figure, axes = pyplot.subplots(figsize=(12, 6.75), dpi=160)
    for name, values in columns.items():
        points = [(day, value) for day, value in zip(days, values) if value is not None]
        if points:
            axes.plot(*zip(*points), label=name, linewidth=2)
    axes.set_title("Progress and forecast of the nation")
    axes.set_ylim(bottom=0)
    axes.grid(True, axis="y")
    axes.legend(loc="upper left")
    picture = io.BytesIO()
    figure.savefig(picture, format="png")
    pyplot.close(figure)
    return picture.getvalue()


def ours():
    """What the last run of our bench measured, in milliseconds; None where there was none."""
    root = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", "target")) / "criterion" / "overview"
    found = [root / name / "new" / "estimates.json" for name in OURS]
    if not all(path.exists() for path in found):
        return None
    return sum(json.loads(path.read_text())["median"]["point_estimate"] for path in found) / 1e6


def main():
    try:
        import matplotlib
    except ImportError:
        print("NOT COMPARED: matplotlib is not installed")
        return
    matplotlib.use("Agg")
    from matplotlib import pyplot

    days, columns = read(sys.argv[1])
    draw(pyplot, days, columns)
    times = []
    for _ in range(REPEATED):
        before = time.perf_counter()
        draw(pyplot, days, columns)
        times.append((time.perf_counter() - before) * 1000)
    theirs = statistics.median(times)
    print(f"matplotlib {matplotlib.__version__}: {theirs:.0f} ms for {len(days)} weeks, {len(columns)} lines")
    own = ours()
    if own is None:
        print("ours: not measured, run `cargo bench -p benches --bench render -- burn-up` first")
    else:
        print(f"ours: {own:.1f} ms (SVG and PNG), {theirs / own:.1f} times as fast")


if __name__ == "__main__":
    main()
