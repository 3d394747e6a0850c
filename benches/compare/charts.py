"""Draws the twins of our charts with matplotlib, from the figures that our charts give as CSV, and prints the time of each.

`cargo bench -p benches --bench charts` runs it beside our own drawing: arguments are `name=file.csv`, a line of output is
`name<TAB>milliseconds`. The same figures in the same size, 1,920 pixels wide, with title, names and values; importing the
library and reading the figures are not counted.
"""

import csv
import datetime
import io
import statistics
import sys
import time

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot

REPEATED = 9


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        _, *rows = csv.reader(file)
    return rows


def day(text):
    try:
        return datetime.datetime.strptime(text, "%d/%m/%Y")
    except ValueError:
        return None


def number(text):
    text = text.replace("%", "").replace(".", "").replace(",", ".").replace("−", "-")
    try:
        return float(text)
    except ValueError:
        return None


def paper(height):
    return pyplot.subplots(figsize=(12, height), dpi=160)


def burn_up(rows):
    rows = [row for row in rows if day(row[0])]
    figure, axes = paper(6.4)
    for column in range(1, len(rows[0])):
        points = [(day(row[0]), number(row[column])) for row in rows]
        points = [point for point in points if point[1] is not None]
        if points:
            axes.plot(*zip(*points), label=str(column), linewidth=2)
    axes.set_ylim(bottom=0)
    axes.grid(True, axis="y")
    axes.legend(loc="upper left")
    return figure


def bars(rows, name, value):
    """A bar a unit in two columns, with its name and its figure."""
    figure, sides = pyplot.subplots(1, 2, figsize=(12, 9.6), dpi=160)
    half = (len(rows) + 1) // 2
    for axes, part in zip(sides, (rows[:half], rows[half:])):
        names = [row[name] for row in part]
        values = [number(row[value]) or 0 for row in part]
        drawn = axes.barh(names, values, height=0.6)
        axes.bar_label(drawn, labels=[row[value] for row in part], padding=3)
        axes.invert_yaxis()
        axes.grid(True, axis="x")
    return figure


def tiles(rows):
    """A square a unit in a grid, shaded by its share, with its name and its share."""
    figure, axes = paper(8.4)
    columns = 14
    for place, row in enumerate(rows):
        left, top = place % columns, -(place // columns)
        share = (number(row[1]) or 0) / 100
        axes.add_patch(pyplot.Rectangle((left, top), 0.94, 0.94, color=pyplot.cm.Blues(share)))
        ink = "white" if share > 0.6 else "black"
        axes.text(left + 0.47, top + 0.6, row[0], ha="center", fontsize=6, color=ink)
        axes.text(left + 0.47, top + 0.3, row[1], ha="center", fontsize=9, color=ink)
    axes.set_xlim(0, columns)
    axes.set_ylim(-(len(rows) // columns), 1)
    axes.axis("off")
    return figure


def columns(rows):
    rows = [row for row in rows if day(row[1])]
    figure, axes = paper(6.4)
    axes.bar([day(row[1]) for row in rows], [number(row[2]) or 0 for row in rows], width=6)
    axes.grid(True, axis="y")
    return figure


DRAWN = {
    "burn-up": burn_up,
    "ranking": lambda rows: bars(rows, 1, 5),
    "stage-gap": lambda rows: bars(rows, 0, 3),
    "tiles": tiles,
    "throughput": columns,
}


def picture(name, rows):
    figure = DRAWN[name](rows)
    figure.suptitle(name)
    out = io.BytesIO()
    figure.savefig(out, format="png")
    pyplot.close(figure)


for argument in sys.argv[1:]:
    name, path = argument.split("=", 1)
    rows = read(path)
    picture(name, rows)
    times = []
    for _ in range(REPEATED):
        before = time.perf_counter()
        picture(name, rows)
        times.append((time.perf_counter() - before) * 1000)
    print(f"{name}\t{statistics.median(times):.1f}", flush=True)
