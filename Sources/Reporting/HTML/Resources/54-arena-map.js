/** Buffers as rectangles: steps across, addresses up. One stop of the tab key; arrows walk from buffer to buffer. */
function arenaPicture(facts, options = {}) {
  return responsiveFigure("arena-map", (width) => {
    const height = Math.min(options.height ?? 460, Math.max(280, width * 0.8));
    const topBytes = options.topBytes ?? visibleTop(facts.plan.arenaBytes, [facts.limit]);
    const plot = new Plot({ width, height, steps: facts.steps, topBytes });
    const count = plural(facts.buffers.length, "buffer");
    plot.svg.setAttribute("aria-label", `Arena map: ${count} by address and time; arrow keys go to the next`);
    plot.drawGrid(8);
    const buffers = [...facts.buffers].sort((a, b) => a.firstStep - b.firstStep || a.offset - b.offset);
    const shapes = buffers.map((buffer) => bufferShape(plot, facts, buffer));
    plot.svg.append(draw("g", {}, shapes));
    plot.drawSteps();
    plot.svg.append(draw("g", { "aria-hidden": "true" }, buffers.flatMap((buffer) => bufferLabel(plot, buffer))));
    plot.drawLevel(facts.plan.arenaBytes, `${facts.arenaName} ${bytesText(facts.plan.arenaBytes)}`, "arena");
    plot.drawLimit(facts.limit);
    if (facts.peakStep !== null) plot.drawPeak(facts.peakStep, `peak at step ${grouped(facts.peakStep)}`);
    makeRoving(shapes, (index, key) => arenaNeighbour(buffers, index, key));
    return plot.svg;
  });
}

function bufferShape(plot, facts, buffer) {
  const width = (buffer.lastStep - buffer.firstStep + 1) * plot.stepWidth;
  const height = Math.max((buffer.bytes / plot.topBytes) * (plot.bottom - plot.top), 0.75);
  const isThin = Math.min(width, height) < 4 ? " thin" : "";
  const shape = draw("rect", {
    class: `${bufferClass(facts, buffer)}${isThin}`, x: plot.x(buffer.firstStep), y: plot.y(buffer.offset) - height,
    width, height, role: "img", "aria-label": bufferLines(facts, buffer).join(", "),
  });
  describeOnPoint(shape, () => bufferLines(facts, buffer));
  return shape;
}

/** Darker for larger buffers, of another hue for those that are live at the peak. */
function bufferClass(facts, buffer) {
  const share = facts.plan.arenaBytes > 0 ? buffer.bytes / facts.plan.arenaBytes : 0;
  const level = share >= 0.2 ? 0 : share >= 0.06 ? 1 : share >= 0.015 ? 2 : 3;
  const step = facts.peakStep;
  const isAtPeak = step !== null && buffer.firstStep <= step && step <= buffer.lastStep;
  return `t${isAtPeak ? "p" : ""}${level}`;
}

function bufferLines(facts, buffer) {
  const steps = buffer.firstStep === buffer.lastStep
    ? `live at step ${grouped(buffer.firstStep)}`
    : `live from step ${grouped(buffer.firstStep)} to ${grouped(buffer.lastStep)}`;
  return [
    String(buffer.name).slice(0, 300),
    `${bytesText(buffer.bytes)} at offset ${grouped(buffer.offset)}`,
    buffer.facts, steps,
    `from ${facts.stepName(buffer.firstStep)}`,
    buffer.lastStep > buffer.firstStep ? `to ${facts.stepName(buffer.lastStep)}` : "",
  ].filter(Boolean);
}

/** The name and the size where they fit: level, or upright in a tall and narrow rectangle. */
function bufferLabel(plot, buffer) {
  const character = 6.2;
  const width = (buffer.lastStep - buffer.firstStep + 1) * plot.stepWidth;
  const height = (buffer.bytes / plot.topBytes) * (plot.bottom - plot.top);
  const [across, along] = [Math.floor((width - 8) / character), Math.floor((height - 8) / character)];
  const x = plot.x(buffer.firstStep) + width / 2;
  const y = plot.y(buffer.offset) - height / 2;
  const level = height >= 13 && across >= 4 ? shortName(buffer.name, across) : "";
  const upright = width >= 13 && along >= 4 && along > across * 1.5 ? shortName(buffer.name, along) : "";
  if (upright.length > level.length) {
    const transform = `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(-90)`;
    return [draw("text", { class: "label", y: 4, transform, "text-anchor": "middle" }, upright)];
  }
  if (!level) return [];
  const bytes = binaryBytes(buffer.bytes);
  const hasBytes = height >= 30 && bytes.length <= across;
  return [
    draw("text", { class: "label", x, y: y + (hasBytes ? -2 : 4), "text-anchor": "middle" }, level),
    hasBytes ? draw("text", { class: "figure", x, y: y + 12, "text-anchor": "middle" }, bytes) : null,
  ].filter(Boolean);
}

/** Left and right follow the time; up and down go to the next buffer above or below at the same time. */
function arenaNeighbour(buffers, index, key) {
  if (key === "ArrowLeft") return index - 1;
  if (key === "ArrowRight") return index + 1;
  const own = buffers[index];
  const sign = key === "ArrowUp" ? 1 : -1;
  let best = -1;
  buffers.forEach((other, position) => {
    const meets = other.firstStep <= own.lastStep && own.firstStep <= other.lastStep;
    const distance = (other.offset - own.offset) * sign;
    if (!meets || distance <= 0) return;
    if (best < 0 || distance < (buffers[best].offset - own.offset) * sign) best = position;
  });
  return best;
}

function arenaLegend() {
  const series = (names, text) => make(
    "li", {}, names.map((name) => make("span", { class: `swatch ${name}` })), text);
  return make("ul", { class: "legend" },
    series(["tp0", "tp1", "tp2", "tp3"], "live at the peak, large to small"),
    series(["t0", "t1", "t2", "t3"], "other buffers, large to small"));
}
