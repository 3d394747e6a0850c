// Long tables: sorted by a click on a heading, filtered by words, saved as CSV. Without this script they read as they are.
"use strict";

(() => {
  const vietnamese = document.documentElement.lang === "vi";
  const say = (vi, en) => (vietnamese ? vi : en);
  const ROWS_WORTH_SORTING = 4;
  const ROWS_WORTH_FILTERING = 12;

  // Letters without their marks, as people type them in a hurry.
  const plain = (text) =>
    text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replaceAll("Đ", "D").toLowerCase();

  const words = (cell) => cell.innerText.trim().replace(/\s+/g, " ");

  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

  // The number or day a text begins with; nothing where it begins with neither.
  function amount(text) {
    const day = text.match(/^(\d{1,2})\/(\d{1,2})\/(\d{4})/);
    if (day) return Number(day[3]) * 10000 + Number(day[2]) * 100 + Number(day[1]);
    const named = text.match(/^(\d{1,2}) ([A-Z][a-z]{2}) (\d{4})/);
    if (named) return Number(named[3]) * 10000 + (MONTHS.indexOf(named[2]) + 1) * 100 + Number(named[1]);
    const iso = text.match(/^(\d{4})-(\d{2})-(\d{2})/);
    if (iso) return Number(iso[1] + iso[2] + iso[3]);
    const number = text.match(/^[<>≈~]?\s*([+−-]?)\s*(\d[\d.,\s]*)/);
    if (!number) return undefined;
    const [group, point] = vietnamese ? [".", ","] : [",", "."];
    const digits = number[2].replace(/\s/g, "").replaceAll(group, "").replace(point, ".");
    const size = Number.parseFloat(digits);
    return number[1] === "−" || number[1] === "-" ? -size : size;
  }

  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

  // What was not reported stands last, whichever way a table is sorted.
  function compare(left, right, sign) {
    const [a, b] = [amount(left), amount(right)];
    if (a !== undefined && b !== undefined) return sign * (a - b);
    if (a !== undefined) return -1;
    if (b !== undefined) return 1;
    return sign * collator.compare(left, right);
  }

  function sortBy(table, column, heading) {
    const sign = heading.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => [words(row.cells[column]), row]);
    rows.sort(([a], [b]) => compare(a, b, sign));
    body.append(...rows.map(([, row]) => row));
  }

  function makeSortable(table) {
    [...table.tHead.rows[0].cells].forEach((heading, column) => {
      if (heading.matches(".week") || heading.querySelector("a:not(.help), button, input") || words(heading) === "") return;
      const help = heading.querySelector("a.help");
      help?.remove();
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...heading.childNodes);
      button.addEventListener("click", () => sortBy(table, column, heading));
      heading.append(button, help ?? "");
    });
  }

  // A cell that a spreadsheet would run as a formula begins with an apostrophe.
  function csvCell(text) {
    const safe = /^[=+@\t\r]|^-(?!\d)/.test(text) ? `'${text}` : text;
    return `"${safe.replaceAll('"', '""')}"`;
  }

  function csvOf(table) {
    const rows = [...table.rows].filter((row) => !row.hidden);
    return `\uFEFF${rows.map((row) => [...row.cells].map((cell) => csvCell(words(cell))).join(",")).join("\r\n")}\r\n`;
  }

  function save(table) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csvOf(table)], { type: "text/csv" }));
    link.download = `${plain(document.querySelector("h1").innerText).replace(/[^a-z0-9]+/g, "-")}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  function toolsFor(table, rows) {
    const tools = document.createElement("p");
    tools.className = "tools";
    const count = document.createElement("span");
    count.setAttribute("role", "status");
    if (rows.length >= ROWS_WORTH_FILTERING) {
      const label = document.createElement("label");
      const input = document.createElement("input");
      input.type = "search";
      label.append(`${say("Lọc", "Filter")} `, input);
      input.addEventListener("input", () => {
        const wanted = plain(input.value.trim());
        for (const row of rows) row.hidden = !plain(words(row)).includes(wanted);
        const shown = rows.filter((row) => !row.hidden).length;
        count.textContent = wanted ? `${shown} / ${rows.length} ${say("dòng", "rows")}` : "";
      });
      tools.append(label, count);
    }
    const button = document.createElement("button");
    button.type = "button";
    button.className = "secondary small";
    button.textContent = say("Lưu bảng (CSV)", "Save table (CSV)");
    button.addEventListener("click", () => save(table));
    tools.append(button);
    return tools;
  }

  // Only a table of plain rows can be put in another order: no cell over several rows, every row as long as the heading.
  function isPlain(table) {
    if (!table.tHead || table.tHead.rows.length !== 1 || table.tBodies.length !== 1) return false;
    const columns = table.tHead.rows[0].cells.length;
    return [...table.tBodies[0].rows].every(
      (row) => row.cells.length === columns && [...row.cells].every((cell) => cell.rowSpan === 1 && cell.colSpan === 1),
    );
  }

  // What a table is called: its caption, else the last heading before it.
  function headingOf(region) {
    const before = [...document.querySelectorAll("h1, h2, h3, summary")].filter(
      (heading) => region.compareDocumentPosition(heading) & Node.DOCUMENT_POSITION_PRECEDING,
    );
    return region.querySelector("caption") ?? before.at(-1);
  }

  for (const region of document.querySelectorAll(".scroll")) {
    const table = region.querySelector("table");
    if (!table) continue;
    if (region.scrollWidth > region.clientWidth) {
      const heading = headingOf(region);
      region.tabIndex = 0;
      region.setAttribute("role", "region");
      region.setAttribute("aria-label", heading ? words(heading) : say("Bảng", "Table"));
    }
    if (!isPlain(table) || table.querySelector("input, select, textarea")) continue;
    const rows = [...table.tBodies[0].rows];
    if (rows.length < ROWS_WORTH_SORTING) continue;
    makeSortable(table);
    region.before(toolsFor(table, rows));
  }
})();
