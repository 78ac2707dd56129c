// Start, addresses, theme and printing.

/** Shows the overview or a model, as the address says. */
class Page {
  constructor(data) {
    this.data = data;
    this.isOnlyModel = data.kind === "model" || data.rows.length === 0;
    this.model = document.getElementById("model");
    this.overviewElement = document.getElementById("overview");
    this.overview = this.isOnlyModel ? null : new Overview(data);
    this.shown = 0;
    addEventListener("hashchange", () => this.route());
  }

  async route() {
    hideTooltip();
    const row = rowOfHash(this.data.rows, location.hash) ?? (this.isOnlyModel ? this.data.rows[0] : null);
    if (row) await this.showModel(row);
    else this.showOverview();
  }

  showOverview() {
    const last = this.row;
    this.row = null;
    this.shown += 1;
    this.model.hidden = true;
    this.model.replaceChildren();
    this.overviewElement.hidden = false;
    document.title = `nnopt – ${visible(this.data.title)}`;
    document.documentElement.dataset.view = "overview";
    if (this.isOnlyModel) {
      this.overviewElement.replaceChildren(make("p", { class: "notice" }, "This page holds no model."));
    } else if (last) {
      scrollTo(0, this.scroll ?? 0);
      this.overview.linkOf(last)?.focus({ preventScroll: true });
    }
  }

  async showModel(row) {
    const start = performance.now();
    if (!this.row) this.scroll = scrollY;
    const isFirst = this.shown === 0;
    this.row = row;
    this.shown += 1;
    const turn = this.shown;
    this.overviewElement.hidden = true;
    this.model.hidden = false;
    document.title = `nnopt – ${visible(row.model.path)}`;
    const head = modelHead(row, this.overview?.neighbours(row) ?? [null, null], this.isOnlyModel);
    const notice = make("p", { class: "notice" }, "Unpacking …");
    this.model.replaceChildren(head, notice);
    if (!isFirst) head.querySelector("h1").focus({ preventScroll: true });
    if (!isFirst) scrollTo(0, 0);
    const content = await this.sections(row);
    // Another model may have been opened while this one was unpacked.
    if (turn !== this.shown) return;
    notice.replaceWith(...content.parts);
    redrawFigures();
    content.graph?.drawNow();
    document.documentElement.dataset.view = "model";
    window.nnoptTimings.lastModelMs = performance.now() - start;
  }

  async sections(row) {
    try {
      return modelSections(row, await loadDetails(this.data, row));
    } catch (error) {
      const text = typeof DecompressionStream === "undefined"
        ? "This browser is too old to unpack the details: it has no DecompressionStream."
        : `The details of this model are damaged and cannot be shown (${error.message}).`;
      return { parts: [make("p", { class: "notice bad" }, text), commandsSection(row)].filter(Boolean), graph: null };
    }
  }
}

/** Name, title and theme. */
function buildMasthead(data) {
  const themes = ["auto", "light", "dark"];
  let theme = storedTheme();
  const button = make("button", { type: "button", class: "quiet", title: "Colours of the page", click: () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length];
    applyTheme();
  } });
  const applyTheme = () => {
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    button.textContent = `theme: ${theme}`;
    storeTheme(theme);
  };
  applyTheme();
  const isZoo = data.kind !== "model";
  const parts = [
    make("a", { class: "brand", href: "#" }, "nnopt"),
    make("span", { class: "title" }, data.title ?? ""),
    isZoo && data.folder ? make("span", { class: "folder" }, `in ${data.folder}`) : null,
    make("span", { class: "space" }), make("span", { class: "version" }, `version ${data.nnopt}`), button,
  ];
  document.getElementById("masthead").append(...parts.filter(Boolean));
}

// Pages on disk may have no storage; the theme then lasts as long as the page.
function storedTheme() {
  try {
    const stored = localStorage.getItem("nnopt-theme");
    return ["light", "dark"].includes(stored) ? stored : "auto";
  } catch {
    return "auto";
  }
}

function storeTheme(theme) {
  try {
    localStorage.setItem("nnopt-theme", theme);
  } catch {
    // Nothing depends on it.
  }
}

/** Opens folded passes for printing, since paper cannot unfold them, and closes them afterwards. */
function preparePrinting() {
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("#model .pass:not([open])")];
    opened.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((details) => { details.open = false; }));
}

function followWindow() {
  let request = 0;
  addEventListener("resize", () => {
    cancelAnimationFrame(request);
    request = requestAnimationFrame(redrawFigures);
  });
  addEventListener("keydown", (event) => { if (event.key === "Escape") hideTooltip(); });
  addEventListener("scroll", hideTooltip, { passive: true });
  document.getElementById("skip").addEventListener("click", (event) => {
    // The address names the model, so the link must not change it.
    event.preventDefault();
    document.getElementById("page").focus();
  });
}

async function startPage() {
  const data = readDocument();
  buildMasthead(data);
  preparePrinting();
  followWindow();
  const page = new Page(data);
  await page.route();
  void document.body.offsetHeight;
  window.nnoptTimings.openMs = performance.now();
  document.documentElement.dataset.ready = "true";
}

startPage();
