/** The page of many models: figures, filters, and the rows as a table or as a matrix. */
class Overview {
  constructor(data) {
    this.data = data;
    this.element = document.getElementById("overview");
    this.status = make("p", { class: "status", role: "status" });
    this.filters = new FilterBar(data, (test) => this.filter(test));
    const columns = tableColumns(data);
    this.table = new SortableTable({
      caption: "Models and boards", columns, className: "rows", groups: tableGroups(columns),
    });
    this.table.body.addEventListener("click", openRowUnderPointer);
    this.matrix = data.boards.length > 0 ? new BoardMatrix(data) : null;
    this.views = this.viewSwitch();
    this.element.append(
      make("h1", { class: "offscreen" }, `Models of ${data.title ?? ""}`),
      summaryTiles(data), this.filters.element,
      make("div", { class: "toolbar" }, this.views, this.status), this.tablePanel,
      ...(this.matrix ? [this.matrixPanel] : []));
    this.filter(() => true);
  }

  viewSwitch() {
    this.tablePanel = make("div", {}, this.table.element);
    if (!this.matrix) return null;
    this.matrixPanel = make("div", { hidden: true }, this.matrix.element);
    const panels = [["Table", this.tablePanel], ["Matrix", this.matrixPanel]];
    const buttons = panels.map(([title, panel]) => make(
      "button", { type: "button", "aria-pressed": String(panel === this.tablePanel), click: () => {
        panels.forEach(([, other], index) => {
          other.hidden = other !== panel;
          buttons[index].setAttribute("aria-pressed", String(other === panel));
        });
      } }, title));
    return make("div", { class: "switch", role: "group", "aria-label": "View" }, buttons);
  }

  filter(test) {
    const start = performance.now();
    const rows = this.data.rows.filter(test);
    this.table.show(rows);
    this.matrix?.show(rows);
    const models = new Set(rows.map((row) => row.model)).size;
    this.status.textContent = rows.length === this.data.rows.length
      ? `${plural(rows.length, "row")}, ${plural(models, "model")}`
      : `${grouped(rows.length)} of ${plural(this.data.rows.length, "row")}, ${plural(models, "model")}`;
    this.status.classList.toggle("none", rows.length === 0);
    window.nnoptTimings.lastFilterMs = performance.now() - start;
  }

  /** The rows before and after one, as the table shows them now. */
  neighbours(row) {
    const { order } = this.table;
    const index = order.indexOf(row);
    return index < 0 ? [null, null] : [order[index - 1] ?? null, order[index + 1] ?? null];
  }

  /** The link that opened a row, to give the focus back to. */
  linkOf(row) {
    return this.table.linkOf(row);
  }
}

/** A click anywhere in a row opens it, unless it selects text or hits a control. */
function openRowUnderPointer(event) {
  if (event.target.closest("a, button") || String(getSelection()) !== "") return;
  const link = event.target.closest("tr")?.querySelector("a");
  if (link) location.hash = link.getAttribute("href");
}

function summaryTiles(data) {
  const count = (verdict) => data.rows.filter((row) => row.verdict === verdict).length;
  const known = data.rows.filter((row) => row.saved !== null);
  const [stock, planned] = ["stockBytes", "plannedBytes"].map((key) =>
    known.reduce((sum, row) => sum + row[key], 0));
  const rescued = data.rows.filter((row) => row.verdict !== "fits" && row.optimized?.verdict === "fits").length;
  const after = data.rows.filter((row) => row.optimized?.verdict === "fits").length;
  const ofRows = `of ${plural(data.rows.length, "row")}${after > 0 ? `; optimized: ${grouped(after)}` : ""}`;
  const isBoardless = data.boards.length === 0;
  const boards = isBoardless ? "planned for no board" : `on ${plural(data.boards.length, "board")}`;
  return make(
    "dl", { class: "tiles" },
    tile("models", grouped(data.models.length), boards),
    isBoardless
      ? tile("planned", grouped(count("planned")), `of ${plural(data.rows.length, "row")}`)
      : tile("fit", grouped(count("fits")), ofRows, "good"),
    isBoardless ? null : tile("do not fit", grouped(count("does-not-fit")),
      rescued > 0 ? `${grouped(rescued)} fit when optimized` : "SRAM or flash", "bad"),
    tile("refused", grouped(count("refused")), "TFLM does not run them", "refused"),
    tile("errors", grouped(count("error")), "without a result"),
    tile("stock → planned", changeText(stock, planned) || "–", savedText(stock, planned, known.length), "wide"));
}

function savedText(stock, planned, count) {
  if (count === 0) return "no figures";
  return `${binaryBytes(stock - planned)} saved of ${binaryBytes(stock)}, over ${plural(count, "row")}`;
}

function tile(title, figure, note, className = "") {
  return make(
    "div", { class: `tile ${className}` }, make("dt", {}, title),
    make("dd", {}, make("span", { class: "figure" }, figure), note ? make("span", { class: "note" }, note) : null));
}

/** The columns that at least one row has something for; what decides comes first, what explains last. */
function tableColumns(data) {
  const columns = [...nameColumns(), ...planColumns(), ...optimizedColumns(), ...fileColumns()];
  const always = new Set(["model", "verdict"]);
  const shown = columns.filter((column) =>
    always.has(column.key) || data.rows.some((row) => isKnown(column.value(row))));
  for (const column of shown) {
    if (column.isHeading) continue;
    const text = column.text ?? column.fill;
    column.width = columnWidth(column.title, data.rows.map((row) => text(row)));
  }
  return shown;
}

/** A column of bytes or of another count. */
function countColumn(key, title, hint, value, more = {}) {
  return { key, title, hint, numeric: true, value, fill: (row) => grouped(value(row)), ...more };
}

function verdictColumn(key, title, hint, verdict, more = {}) {
  return {
    key, title, hint, ...more,
    value: (row) => (verdict(row) ? verdictRank(verdict(row)) : null),
    fill: (row) => (verdict(row) ? verdictBadge(verdict(row)) : "–"),
    // The mark and the badge's border take the room of two characters more than narrow letters leave.
    text: (row) => `${verdictFacts(verdict(row)).word}..`,
  };
}

function nameColumns() {
  return [
    { key: "model", title: "model", isHeading: true, className: "model", value: (row) => row.model.shortPath,
      fill: (row) => pathElement(row.model.shortPath, "a", { href: row.hash, title: row.model.path }) },
    { key: "board", title: "board", value: (row) => row.board?.id ?? null, fill: (row) => row.board?.id ?? "–" },
    verdictColumn("verdict", "verdict", "on the board, as planned", (row) => row.verdict, {
      decorate: (cell, row) => { if (row.reason) cell.setAttribute("title", visible(row.reason)); } }),
  ];
}

function planColumns() {
  const markMissing = (cell, row) => cell.classList.toggle("missing", row.spareBytes < 0);
  return [
    countColumn("stock", "stock", "bytes of TFLM's arena for the file as it came", (row) => row.stockBytes),
    countColumn("planned", "planned", "bytes of TFLM's arena with nnopt's plan", (row) => row.plannedBytes),
    { key: "change", title: "change", hint: "from stock to planned", numeric: true,
      value: (row) => (row.saved !== null && row.stockBytes > 0 ? -row.saved / row.stockBytes : null),
      fill: (row) => changeText(row.stockBytes, row.plannedBytes) || "–" },
    countColumn("spare", "spare", "available less planned; negative: missing", (row) => row.spareBytes ?? null, {
      decorate: markMissing, text: (row) => `${grouped(row.spareBytes)}.` }),
    { key: "proved", title: "proved", hint: "no order and no placement needs less",
      value: (row) => (isKnown(row.proved) ? Number(row.proved) : null),
      fill: (row) => (isKnown(row.proved) ? (row.proved ? "yes" : "no") : "–") },
  ];
}

function optimizedColumns() {
  const figure = (key) => (row) => row.optimized?.[key] ?? null;
  const accuracy = figure("accuracy");
  return [
    countColumn("optimizedArena", "arena", "bytes of TFLM's arena after nnopt optimize", figure("arenaBytes"), {
      className: "first" }),
    countColumn("optimizedSpare", "spare", "available less the optimized arena", figure("spareBytes")),
    countColumn("optimizedFile", "file", "bytes of the file after nnopt optimize", figure("fileBytes")),
    { key: "optimizedAccuracy", title: "accuracy", numeric: true,
      hint: "accuracy, or agreement with the file as it came", value: accuracy,
      fill: (row) => (isNumber(accuracy(row)) ? `${decimal(accuracy(row) * 100, 1)} %` : "–") },
    verdictColumn("optimizedVerdict", "verdict", "after nnopt optimize", figure("verdict")),
  ].map((column) => ({ ...column, isOptimized: true }));
}

function fileColumns() {
  return [
    countColumn("available", "available", "bytes that the board has for the arena", (row) => row.availableBytes, {
      className: "first" }),
    countColumn("flash", "flash", "bytes of the file and an estimate of TFLM's code", (row) => row.flashBytes),
    countColumn("file", "file", "bytes of the file", (row) => row.model.fileBytes),
    countColumn("operators", "ops", "operators", (row) => row.model.operators),
  ];
}

/** A heading over the columns of what `nnopt optimize` made, where there are any. */
function tableGroups(columns) {
  const first = columns.findIndex((column) => column.isOptimized);
  if (first < 0) return null;
  const count = columns.filter((column) => column.isOptimized).length;
  return [
    { title: "", span: first },
    { title: "optimized", span: count },
    { title: "", span: columns.length - first - count },
  ].filter((group) => group.span > 0);
}

function isKnown(value) {
  return value !== null && value !== undefined;
}
