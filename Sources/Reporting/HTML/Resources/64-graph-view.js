/** The graph in a box that scrolls, with zoom, a choice of the measure, and a way to the peak. */
class GraphView {
  static zooms = [0.15, 0.25, 0.35, 0.5, 0.65, 0.8, 1, 1.25, 1.6, 2];

  constructor(inspect, facts) {
    Object.assign(this, { graphs: inspect.graphs ?? [], facts, graph: 0, measure: "live", zoom: 1 });
    this.box = make(
      "div", { class: "graph-box", tabindex: "0", role: "region", "aria-label": "Operator graph, scrolls" });
    this.element = make("div", {}, this.controls(), this.box, this.legend());
    this.enablePanning();
  }

  controls() {
    const choice = (options, key) => {
      const change = () => {
        this[key] = select.value;
        this.drawNow();
      };
      const select = make("select", { change }, options.map(([value, text]) => make("option", { value }, text)));
      return select;
    };
    const measures = choice(Object.entries(graphMeasures).map(([key, measure]) => [key, measure.title]), "measure");
    const names = this.graphs.map((graph, index) => [index, `${index} ${shortName(graph.name ?? "", 40)}`]);
    const graphs = names.length > 1 ? make("label", { class: "inline" }, "Graph: ", choice(names, "graph")) : null;
    this.peakButton = graphButton("go to the peak", "Scroll to the operator of the peak", () => this.goToPeak());
    return make(
      "div", { class: "toolbar graph-tools" }, make("label", { class: "inline" }, "Colour: ", measures), graphs,
      this.zoomControls(), this.peakButton);
  }

  zoomControls() {
    this.zoomText = make("span", { class: "zoom" });
    return make(
      "span", { class: "switch", role: "group", "aria-label": "Zoom" },
      graphButton("−", "Zoom out", () => this.zoomBy(-1)), this.zoomText,
      graphButton("+", "Zoom in", () => this.zoomBy(1)),
      graphButton("fit", "Fit the width", () => this.setZoom(this.fittingZoom())),
      graphButton("100 %", "Full size", () => this.setZoom(1)));
  }

  legend() {
    const item = (name, text) => make("li", {}, make("span", { class: `swatch ${name}` }), text);
    return make(
      "ul", { class: "legend" }, item("t3", "under 20 % of the most"), item("t2", "20–50 %"), item("t1", "50–75 %"),
      item("t0", "75 % and more"), item("tp0", "the operator of the peak"),
      make("li", {}, "edges: wider for more bytes; constants are left out"));
  }

  /** Lays the graph out and draws it; called when the box is on the page and has a width. */
  drawNow() {
    const index = Number(this.graph);
    const { svg, layout, peak } = graphPicture(index, this.graphs[index], this.facts, this.measure);
    Object.assign(this, { svg, layout, peak });
    this.box.replaceChildren(svg);
    this.peakButton.hidden = !peak;
    // A graph slightly too wide is better smaller than cut; a far wider one keeps labels readable and scrolls.
    this.setZoom(Math.max(0.8, Math.min(1, this.fittingZoom())));
    this.box.scrollLeft = (this.layout.nodes[0]?.x ?? 0) * this.zoom - this.box.clientWidth / 2;
    this.box.scrollTop = 0;
  }

  fittingZoom() {
    return Math.min(1, Math.max(0.1, (this.box.clientWidth - 2) / this.layout.width));
  }

  zoomBy(direction) {
    const { zooms } = GraphView;
    const next = direction > 0
      ? zooms.find((zoom) => zoom > this.zoom + 0.01)
      : zooms.findLast((zoom) => zoom < this.zoom - 0.01);
    if (next) this.setZoom(next);
  }

  /** Changes the size around a point of the box, by default its middle. */
  setZoom(zoom, x = this.box.clientWidth / 2, y = this.box.clientHeight / 2) {
    const factor = zoom / this.zoom;
    const [left, top] = [(this.box.scrollLeft + x) * factor - x, (this.box.scrollTop + y) * factor - y];
    this.zoom = zoom;
    this.svg.setAttribute("width", String(this.layout.width * zoom));
    this.svg.setAttribute("height", String(this.layout.height * zoom));
    this.box.scrollTo(left, top);
    this.zoomText.textContent = `${Math.round(zoom * 100)} %`;
  }

  goToPeak() {
    if (!this.peak) return;
    if (this.zoom < 0.8) this.setZoom(0.8);
    this.box.scrollTo(
      this.peak.x * this.zoom - this.box.clientWidth / 2, this.peak.y * this.zoom - this.box.clientHeight / 2);
    this.peak.shape.focus({ preventScroll: true });
  }

  /** The pointer drags the graph, and the wheel zooms with the control key, as maps do. */
  enablePanning() {
    let start = null;
    this.box.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || event.pointerType === "touch") return;
      start = { x: event.clientX, y: event.clientY, left: this.box.scrollLeft, top: this.box.scrollTop };
    });
    this.box.addEventListener("pointermove", (event) => {
      if (!start) return;
      this.box.classList.add("dragging");
      this.box.scrollTo(start.left - event.clientX + start.x, start.top - event.clientY + start.y);
    });
    const stop = () => {
      start = null;
      this.box.classList.remove("dragging");
    };
    for (const name of ["pointerup", "pointerleave", "pointercancel"]) this.box.addEventListener(name, stop);
    this.box.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const frame = this.box.getBoundingClientRect();
      const zoom = Math.max(0.1, Math.min(2, this.zoom * (event.deltaY < 0 ? 1.15 : 1 / 1.15)));
      this.setZoom(zoom, event.clientX - frame.left, event.clientY - frame.top);
    }, { passive: false });
  }
}

function graphButton(text, label, click) {
  return make("button", { type: "button", "aria-label": label, title: label, click }, text);
}
