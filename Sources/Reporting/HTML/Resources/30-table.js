/**
 * A table that its headings sort, by click and by keyboard.
 *
 * A column has `key`, `title`, `value(item)` to sort by, `fill(item)` for the cell's content, and may be `numeric`,
 * `isHeading` (the cell names the row), and have a `width` in characters; one without takes what is left.
 *
 * A browser takes seconds to lay out thousands of rows, so that only the first hundreds are on the page; scrolling
 * adds more, and printing all of them.
 */
class SortableTable {
  static collator = new Intl.Collator("en", { numeric: true });
  static chunk = 100;

  constructor({ caption, columns, className = "", groups = null }) {
    this.columns = columns;
    this.shown = [];
    this.order = [];
    this.rows = new Map();
    this.sortKey = null;
    this.isDescending = false;
    this.headings = new Map();
    const head = make("thead", {}, groups ? this.groupRow(groups) : null, this.headingRow());
    this.body = make("tbody");
    const widths = columns.map((column) =>
      make("col", { style: column.width ? { width: `calc(${column.width}ch + 16px)` } : {} }));
    this.table = make(
      "table", { class: className }, make("caption", { class: "offscreen" }, caption), make("colgroup", {}, widths),
      head, this.body);
    const characters = columns.reduce((sum, column) => sum + (column.width ?? 0), 0);
    this.table.style.setProperty("--columns", `calc(${characters}ch + ${16 * columns.length}px)`);
    this.table.style.setProperty("--count", String(columns.length - 1));
    this.rest = make("button", { type: "button", class: "rest", click: () => this.showAll() });
    const scroller = make("div", { class: "scroller wide" }, this.table, this.rest);
    this.element = make("div", {}, scroller);
    // Only a table that is too wide scrolls in a box; the headings of the others stay at the window's top.
    const look = () => scroller.classList.toggle("narrow", scroller.clientWidth < this.table.offsetWidth);
    new ResizeObserver(look).observe(scroller);
    this.body.addEventListener("keydown", (event) => this.moveFocus(event));
    this.watchEnd();
  }

  /** Adds rows before the reader comes to the last one. */
  watchEnd() {
    this.observer = new IntersectionObserver(
      (entries) => { if (entries.some((entry) => entry.isIntersecting)) this.showMore(); },
      { rootMargin: "1200px 0px" });
    addEventListener("beforeprint", () => this.showAll());
  }

  headingRow() {
    return make("tr", {}, this.columns.map((column) => {
      const mark = make("span", { class: "sort", "aria-hidden": "true" });
      const button = make(
        "button", { type: "button", title: column.hint ?? null, click: () => this.sortBy(column.key) },
        make("span", { class: "heading" }, column.title), mark);
      const cell = make(
        "th", { scope: "col", "aria-sort": "none", class: column.numeric ? "numeric" : null }, button);
      this.headings.set(column.key, cell);
      return cell;
    }));
  }

  groupRow(groups) {
    return make("tr", { class: "groups" }, groups.map(({ title, span }) =>
      make(title ? "th" : "td", { colspan: String(span), scope: title ? "colgroup" : null }, title)));
  }

  /** Sorts by a column, or turns the direction where it already is the one. */
  sortBy(key, isDescending = this.sortKey === key && !this.isDescending) {
    const start = performance.now();
    this.sortKey = key;
    this.isDescending = isDescending;
    for (const [other, cell] of this.headings) {
      const state = other !== key ? "none" : isDescending ? "descending" : "ascending";
      cell.setAttribute("aria-sort", state);
    }
    this.place();
    window.nnoptTimings.lastSortMs = performance.now() - start;
  }

  /** Shows some of the items, in the order of the sorting. */
  show(items) {
    this.shown = items;
    this.place();
  }

  sorted() {
    const column = this.columns.find((candidate) => candidate.key === this.sortKey);
    if (!column) return this.shown;
    const sign = this.isDescending ? -1 : 1;
    const keyed = this.shown.map((item, position) => ({ item, position, value: column.value(item) }));
    keyed.sort((left, right) => compareValues(left, right, sign));
    return keyed.map((entry) => entry.item);
  }

  place() {
    this.order = this.sorted();
    this.body.replaceChildren();
    this.table.setAttribute("aria-rowcount", String(this.order.length));
    this.showMore();
    // Reading a size makes the browser lay the table out now, so that the measured time is the whole one.
    void this.element.offsetHeight;
  }

  showMore(count = SortableTable.chunk) {
    const start = this.body.children.length;
    this.body.append(...this.order.slice(start, start + count).map((item) => this.row(item)));
    const left = this.order.length - this.body.children.length;
    this.rest.hidden = left <= 0;
    this.rest.textContent = `show all: ${plural(left, "more row")}`;
    // Watching anew tells again where the end is, which in a high window may still be in sight.
    this.observer.unobserve(this.rest);
    if (left > 0) this.observer.observe(this.rest);
  }

  showAll() {
    this.showMore(this.order.length);
  }

  /** The first link of an item's row, which is brought onto the page; null where it is filtered away. */
  linkOf(item) {
    const index = this.order.indexOf(item);
    if (index < 0) return null;
    this.showMore(Math.max(0, index + 1 - this.body.children.length));
    return this.rows.get(item).querySelector("a");
  }

  row(item) {
    let row = this.rows.get(item);
    if (!row) {
      row = make("tr", {}, this.columns.map((column) => this.cell(column, item)));
      this.rows.set(item, row);
    }
    return row;
  }

  cell(column, item) {
    const className = [column.numeric ? "numeric" : "", column.className ?? ""].join(" ").trim() || null;
    const cell = column.isHeading
      ? make("th", { scope: "row", class: className }, column.fill(item))
      : make("td", { class: className }, column.fill(item));
    column.decorate?.(cell, item);
    return cell;
  }

  /** Arrows go to the same column's link of the row above or below. */
  moveFocus(event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const cell = event.target.closest("th, td");
    const row = cell?.parentElement;
    if (row === this.body.lastElementChild) this.showMore();
    const other = event.key === "ArrowDown" ? row?.nextElementSibling : row?.previousElementSibling;
    const link = other?.children[[...row.children].indexOf(cell)]?.querySelector("a, button");
    if (!link) return;
    event.preventDefault();
    link.focus();
  }
}

/** The characters that a column needs for its heading and its longest text. */
function columnWidth(title, texts) {
  let longest = title.length + 1;
  for (const text of texts) longest = Math.max(longest, text.length - (text.split(",").length - 1) * 0.5);
  return Math.min(Math.ceil(longest * 10) / 10, 30);
}

/** Rows without a value stay at the end in both directions; equal ones keep their order. */
function compareValues(left, right, sign) {
  const [a, b] = [left.value, right.value];
  const missing = Number(a === null || a === undefined) - Number(b === null || b === undefined);
  if (missing !== 0) return missing;
  if (a === b || a === null || a === undefined) return left.position - right.position;
  const order = typeof a === "string" ? SortableTable.collator.compare(a, b) : a - b;
  return order === 0 ? left.position - right.position : sign * order;
}

/** A table without sorting, for a few rows: headings, then cells; a heading that ends in `#` is of numbers. */
function plainTable(caption, headings, rows, className = "") {
  const numeric = headings.map((heading) => heading.endsWith("#"));
  const cellClass = (column) => (numeric[column] ? "numeric" : null);
  return make(
    "div", { class: "scroller" },
    make(
      "table", { class: `plain ${className}` }, make("caption", { class: "offscreen" }, caption),
      make("thead", {}, make("tr", {}, headings.map((heading, column) =>
        make("th", { scope: "col", class: cellClass(column) }, heading.replace(/#$/, ""))))),
      make("tbody", {}, rows.map((row) =>
        make("tr", { class: row.className }, (row.cells ?? row).map((content, column) => column === 0
          ? make("th", { scope: "row", class: cellClass(column) }, content)
          : make("td", { class: cellClass(column) }, content)))))));
}
