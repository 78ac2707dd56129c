/** Models × boards; each cell says in a number what its colour says. */
class BoardMatrix {
  constructor(data) {
    this.data = data;
    this.table = new SortableTable({
      caption: "Spare bytes of models on boards", className: "matrix",
      columns: [
        { key: "model", title: "model", isHeading: true, className: "model", value: (model) => model.shortPath,
          fill: (model) => pathElement(model.shortPath, "a", { href: model.views[0].hash, title: model.path }) },
        ...data.boards.map((board) => this.column(board)),
      ],
    });
    this.element = make("div", {}, matrixLegend(), this.table.element);
  }

  column(board) {
    const rowOf = (model) => model.views.find((row) => row.board === board) ?? null;
    return {
      key: `board ${board.id}`, title: board.id, numeric: true, className: "spare",
      width: columnWidth(board.id, this.data.models.map((model) => {
        const row = rowOf(model);
        if (!row) return "";
        const { number, note, then } = matrixTexts(row);
        return `....${number}${note && ` ${note}`}${then && `  ${then}`}`;
      })),
      hint: `${board.name}: ${grouped(board.availableBytes)} B for the arena`,
      value: (model) => rowOf(model)?.spareBytes ?? null,
      fill: (model) => matrixCell(rowOf(model)),
      decorate: (cell, model) => {
        const row = rowOf(model);
        cell.classList.add(spareLevel(row));
        if (!row) return;
        this.cells.push({ cell, row });
        cell.classList.toggle("faint", !this.shownRows.has(row));
      },
    };
  }

  cells = [];

  /** Shows the models of these rows; the cells of boards that were filtered away stay, but faint. */
  show(rows) {
    const shown = new Set(rows);
    this.shownRows = shown;
    this.table.show(this.data.models.filter((model) => model.views.some((row) => shown.has(row))));
    for (const { cell, row } of this.cells) cell.classList.toggle("faint", !shown.has(row));
  }
}

/** What a cell says: the verdict's mark, the spare bytes, and what optimizing makes of them where that matters. */
function matrixTexts(row) {
  const facts = verdictFacts(row.verdict);
  const hasNumber = isNumber(row.spareBytes) && row.verdict !== "error";
  const isRefused = row.verdict === "refused";
  const after = row.optimized;
  const moved = Math.abs((after?.spareBytes ?? 0) - row.spareBytes) > 0.01 * (row.availableBytes ?? 0);
  const isOther = after && isNumber(after.spareBytes) && (after.verdict !== row.verdict || (moved && !isRefused));
  return {
    facts, number: hasNumber && !isRefused ? signed(row.spareBytes) : facts.word,
    note: isRefused && hasNumber ? signed(row.spareBytes) : "",
    then: isOther ? `→ ${verdictFacts(after.verdict).mark} ${signed(after.spareBytes)}` : "",
  };
}

function matrixCell(row) {
  if (!row) return "–";
  const { facts, number, note, then } = matrixTexts(row);
  const title = [`${row.board?.name ?? ""}: ${facts.word}`, row.reason].filter(Boolean).join("; ");
  return make(
    "a", { href: row.hash, title },
    make("span", { class: "mark", "aria-hidden": "true" }, facts.mark),
    number === facts.word ? null : make("span", { class: "offscreen" }, `${facts.word}: `),
    make("span", { class: "number" }, number), note ? make("span", { class: "then" }, note) : null,
    then ? make("span", { class: "then", title: "after nnopt optimize" }, then) : null);
}

/** How much of the board's memory is left or missing, in six levels, as the legend says. */
function spareLevel(row) {
  if (!row) return "level-none";
  if (row.verdict === "refused") return "level-refused";
  if (row.verdict === "error" || !isNumber(row.spareBytes)) return "level-error";
  const share = row.availableBytes > 0 ? row.spareBytes / row.availableBytes : row.spareBytes < 0 ? -9 : 0;
  // What does not fit for its flash alone must not look as if it fitted.
  if (row.verdict === "does-not-fit" && row.spareBytes >= 0) return "level-short-1";
  if (share < -1) return "level-short-3";
  if (share < -0.25) return "level-short-2";
  if (share < 0) return "level-short-1";
  return share < 0.1 ? "level-spare-1" : share < 0.5 ? "level-spare-2" : "level-spare-3";
}

function matrixLegend() {
  const levels = [
    ["level-short-3", "missing: more than the board has"], ["level-short-2", "25 to 100 %"],
    ["level-short-1", "up to 25 %"],
    ["level-spare-1", "spare: up to 10 %"], ["level-spare-2", "10 to 50 %"], ["level-spare-3", "over 50 %"],
    ["level-refused", "refused by TFLM"], ["level-error", "error"],
  ];
  return make(
    "ul", { class: "legend", "aria-label": "Colours: spare bytes as a share of what the board has" },
    levels.map(([level, text]) => make("li", {}, make("span", { class: `swatch ${level}` }), text)));
}
