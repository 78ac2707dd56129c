/** The bar above table and matrix; `onChange` is called with a test for rows. */
class FilterBar {
  constructor(data, onChange) {
    this.data = data;
    this.onChange = onChange;
    this.clear();
    const submit = (event) => event.preventDefault();
    this.element = make(
      "form", { class: "filters", role: "search", "aria-label": "Filter the rows", submit },
      this.textField(), this.boardField(), this.verdictField(), this.operatorField(), this.resetButton());
    this.update();
  }

  clear() {
    Object.assign(this, { words: [], board: "", mode: "all" });
    this.verdicts = new Set();
    this.operators = new Set();
  }

  /** Whether a row passes everything that is asked for. */
  passes(row) {
    if (this.board && row.board?.id !== this.board) return false;
    if (this.verdicts.size > 0 && !this.verdicts.has(row.verdict)) return false;
    if (!this.words.every((word) => row.searchText.includes(word))) return false;
    return this.operators.size === 0 || this.hasOperators(row.model.operatorSet);
  }

  hasOperators(names) {
    const wanted = [...this.operators];
    if (this.mode === "any") return wanted.some((name) => names.has(name));
    if (this.mode === "only") return [...names].every((name) => this.operators.has(name));
    return wanted.every((name) => names.has(name));
  }

  changed() {
    this.update();
    this.onChange((row) => this.passes(row));
  }

  textField() {
    this.search = make("input", {
      type: "search", placeholder: "path, reason, operator …", autocomplete: "off", spellcheck: "false",
      "aria-label": "Text in path, board, reason or operators",
      input: () => {
        this.words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
        this.changed();
      },
    });
    return make("label", { class: "field grow" }, make("span", {}, "Text"), this.search);
  }

  boardField() {
    if (this.data.boards.length < 2) return null;
    this.boardSelect = make(
      "select", { change: () => { this.board = this.boardSelect.value; this.changed(); } },
      make("option", { value: "" }, "all boards"),
      this.data.boards.map((board) => make("option", { value: board.id }, `${board.id} · ${board.name}`)));
    return make("label", { class: "field" }, make("span", {}, "Board"), this.boardSelect);
  }

  verdictField() {
    const counts = new Map();
    for (const row of this.data.rows) counts.set(row.verdict, (counts.get(row.verdict) ?? 0) + 1);
    const names = [...counts.keys()].sort((a, b) => verdictRank(a) - verdictRank(b));
    this.verdictButtons = names.map((name) => make(
      "button", { type: "button", class: "chip", "aria-pressed": "false", "data-verdict": name,
        click: () => { toggle(this.verdicts, name); this.changed(); } },
      verdictBadge(name), make("span", { class: "count" }, grouped(counts.get(name)))));
    const chips = make("div", { class: "chips" }, this.verdictButtons);
    return make("fieldset", { class: "field" }, make("legend", {}, "Verdict"), chips);
  }

  operatorField() {
    const counts = new Map();
    for (const model of this.data.models) {
      for (const name of model.operatorSet) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    this.boxes = [...counts.keys()].sort().map((name) => {
      const box = make("input", {
        type: "checkbox", value: name, change: () => { toggle(this.operators, name); this.changed(); },
      });
      return make(
        "label", { class: "check" }, box, make("span", {}, name),
        make("span", { class: "count" }, grouped(counts.get(name))));
    });
    if (this.boxes.length === 0) return null;
    const modes = [["all", "has all of these"], ["any", "has any of these"], ["only", "has only these"]];
    const change = () => {
      this.mode = this.modeSelect.value;
      this.changed();
    };
    this.modeSelect = make(
      "select", { "aria-label": "How the operators are asked for", change },
      modes.map(([value, text]) => make("option", { value }, text)));
    this.operatorSummary = make("summary", {});
    this.popover = make(
      "details", { class: "popover" }, this.operatorSummary,
      make("div", { class: "panel" }, this.modeSelect, make("div", { class: "checks" }, this.boxes)));
    this.popover.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.popover.open = false;
      this.operatorSummary.focus();
    });
    // A panel over the table would hide what was filtered.
    document.addEventListener("click", (event) => {
      if (!this.popover.contains(event.target)) this.popover.open = false;
    });
    return make("div", { class: "field" }, make("span", {}, "Operators"), this.popover);
  }

  resetButton() {
    this.reset = make("button", { type: "button", class: "quiet", click: () => this.resetAll() }, "reset");
    return make("div", { class: "field" }, make("span", { "aria-hidden": "true" }, "\u00A0"), this.reset);
  }

  resetAll() {
    this.clear();
    this.search.value = "";
    if (this.boardSelect) this.boardSelect.value = "";
    if (this.modeSelect) this.modeSelect.value = "all";
    for (const label of this.boxes) label.querySelector("input").checked = false;
    this.changed();
    this.search.focus();
  }

  /** Brings the controls in line with what is asked for. */
  update() {
    for (const button of this.verdictButtons) {
      button.setAttribute("aria-pressed", String(this.verdicts.has(button.dataset.verdict)));
    }
    if (this.operatorSummary) {
      const names = [...this.operators];
      const text = names.length === 0 ? "any" : names.length === 1 ? names[0] : `${names.length} chosen`;
      this.operatorSummary.textContent = "";
      appendText(this.operatorSummary, text);
    }
    const asks = this.words.length + this.verdicts.size + this.operators.size + (this.board ? 1 : 0);
    this.reset.disabled = asks === 0;
  }
}

function toggle(set, value) {
  if (!set.delete(value)) set.add(value);
}
