// What all pictures over the execution share: the frame with steps across and bytes up.

/** Draws a figure to its width, now and whenever the width changes. */
function responsiveFigure(className, render) {
  const host = make("div", { class: `picture ${className}` });
  let drawnWidth = 0;
  host.redraw = () => {
    const width = Math.floor(host.clientWidth);
    if (width < 40 || width === drawnWidth) return;
    drawnWidth = width;
    host.replaceChildren(render(width));
  };
  return host;
}

function redrawFigures() {
  for (const host of document.querySelectorAll(".picture")) host.redraw?.();
}

/** A frame in pixels with its two scales. */
class Plot {
  constructor({ width, height, steps, topBytes, left = width < 560 ? 56 : 76, bottomSpace = 34, topSpace = 20 }) {
    Object.assign(this, { width, left, steps: Math.max(steps, 1), topBytes: Math.max(topBytes, 1) });
    this.top = topSpace;
    this.right = width - 8;
    this.bottom = height - bottomSpace;
    this.stepWidth = (this.right - this.left) / this.steps;
    this.svg = draw("svg", {
      width, height, viewBox: `0 0 ${width} ${height}`, class: "plot", role: "group",
    });
  }

  x(step) {
    return this.left + step * this.stepWidth;
  }

  y(bytes) {
    return this.bottom - (bytes / this.topBytes) * (this.bottom - this.top);
  }

  /** The step under a point of the window. */
  stepAt(clientX) {
    const box = this.svg.getBoundingClientRect();
    const x = ((clientX - box.left) * this.width) / (box.width || 1);
    return Math.max(0, Math.min(this.steps - 1, Math.floor((x - this.left) / this.stepWidth)));
  }

  drawGrid(parts) {
    const interval = binaryInterval(this.topBytes, parts);
    const grid = draw("g", { "aria-hidden": "true" });
    const size = { width: this.right - this.left, height: this.bottom - this.top };
    grid.append(draw("rect", { class: "ground", x: this.left, y: this.top, ...size }));
    for (let bytes = 0; bytes <= this.topBytes; bytes += interval) {
      const y = this.y(bytes);
      if (bytes > 0) grid.append(draw("line", { class: "grid", x1: this.left, x2: this.right, y1: y, y2: y }));
      const place = { x: this.left - 6, y: y + 4, "text-anchor": "end" };
      grid.append(draw("text", { class: "axis", ...place }, tickText(bytes, interval)));
    }
    this.svg.append(grid);
  }

  drawSteps() {
    const interval = roundInterval(52 / this.stepWidth);
    const axis = draw("g", { "aria-hidden": "true" });
    for (let step = 0; step < this.steps; step += interval) {
      const x = this.x(step + 0.5);
      axis.append(
        draw("line", { class: "frame", x1: x, x2: x, y1: this.bottom, y2: this.bottom + 4 }),
        draw("text", { class: "axis", x, y: this.bottom + 16, "text-anchor": "middle" }, grouped(step)));
    }
    axis.append(
      draw("line", { class: "frame", x1: this.left, x2: this.right, y1: this.bottom, y2: this.bottom }),
      draw("text", { class: "axis", x: this.right, y: this.bottom + 30, "text-anchor": "end" }, "execution step"));
    this.svg.append(axis);
  }

  /** A level line with its text; of one above the picture only the text, on the side where the others have none. */
  drawLevel(bytes, text, className) {
    const style = `${className}text`;
    if (bytes > this.topBytes) {
      const isNarrow = this.width < 700;
      const label = `${text}: above${isNarrow ? "" : " this picture"}`;
      // In a narrow picture the text of the arena's size has the whole first line.
      this.svg.append(draw("text", { class: style, x: this.left + 6, y: this.top + (isNarrow ? 32 : 14) }, label));
      return;
    }
    const y = this.y(bytes);
    const baseline = y - 5 > 10 ? y - 5 : y + 14;
    this.svg.append(
      draw("line", { class: className, x1: this.left, x2: this.right, y1: y, y2: y }),
      draw("text", { class: style, x: this.right - 4, y: baseline, "text-anchor": "end" }, text));
  }

  drawLimit(limit) {
    if (limit) this.drawLevel(limit.bytes, `${limit.name} ${binaryBytes(limit.bytes)}`, "limit");
  }

  drawPeak(step, text) {
    const x = this.x(step + 0.5);
    this.svg.append(draw("line", { class: "peak", x1: x, x2: x, y1: this.top - 4, y2: this.bottom }));
    if (!text) return;
    const half = text.length * 3.3;
    const anchor = x - half < this.left ? "start" : x + half > this.right ? "end" : "middle";
    this.svg.append(draw("text", { class: "peaktext", x, y: this.top - 7, "text-anchor": anchor }, text));
  }
}

/** The smallest power of two that divides the range into at most so many parts. */
function binaryInterval(range, parts) {
  return 2 ** Math.max(0, Math.ceil(Math.log2(range / parts)));
}

/** The smallest of 1, 2, 5, 10, 20, 50, … that is not below the minimum. */
function roundInterval(minimum) {
  const decade = 10 ** Math.floor(Math.log10(Math.max(minimum, 1)));
  return [1, 2, 5, 10].map((factor) => factor * decade).find((interval) => interval >= minimum) ?? decade * 10;
}

function tickText(bytes, interval) {
  if (bytes === 0) return "0";
  if (interval >= 2 ** 20) return `${grouped(bytes / 2 ** 20)} MiB`;
  return interval >= 1024 ? `${grouped(bytes / 1024)} KiB` : `${grouped(bytes)} B`;
}

/** What a plan's pictures are drawn from: buffers, steps, limits; texts of steps come from the operators. */
function planFacts(model, operatorName) {
  const plan = model.plan;
  const runtime = model.tflm32 ?? model.tflm ?? null;
  const buffers = [
    ...plan.tensors.map((tensor) => ({ ...tensor, facts: [tensor.shape?.join("×") ?? "?", tensor.type].join(" ") })),
    ...plan.scratch.map((scratch) => {
      const name = `scratch of ${operatorName(scratch.graph, scratch.operator)}`;
      return { ...scratch, name, facts: "memory of the kernel" };
    }),
  ].filter((buffer) => buffer.bytes > 0);
  const last = buffers.reduce((most, buffer) => Math.max(most, buffer.lastStep), 0);
  const tail = runtime?.tailBytes ?? 0;
  const limit = model.board ? model.board.availableBytes - tail : -1;
  const limitName = `${model.board?.id}${tail > 0 ? " less the tail" : ""}`;
  return {
    plan, model, runtime, buffers, tail,
    steps: Math.max(plan.steps.length, last + 1),
    peakStep: model.peak?.step ?? null,
    arenaName: runtime ? "head" : "arena",
    limit: limit >= 0 ? { bytes: limit, name: limitName } : null,
    stepName: (step) => {
      const entry = plan.steps[step];
      return entry ? operatorName(entry.graph, entry.operator) : "after the last operator";
    },
  };
}

/** Bytes to show above `bytes`: a limit that is not far above belongs into the picture. */
function visibleTop(bytes, limits) {
  const near = limits.filter((limit) => limit && limit.bytes <= bytes * 1.5).map((limit) => limit.bytes);
  return Math.max(bytes, ...near) * 1.06;
}
