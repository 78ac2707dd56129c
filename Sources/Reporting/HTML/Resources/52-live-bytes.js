/** The curve of live bytes over the steps; arrow keys walk along it as the pointer does. */
function liveBytesPicture(facts) {
  return responsiveFigure("live-bytes", (width) => {
    const live = facts.plan.steps.map((step) => step.liveBytes);
    const most = live.reduce((highest, bytes) => Math.max(highest, bytes), Math.max(facts.plan.peakBytes, 1));
    const top = visibleTop(most, [facts.limit]);
    // The text of a limit needs a line over the curve, and in a narrow picture one under that of the peak.
    const needsRoom = facts.limit && (facts.limit.bytes > top || width < 700);
    const topBytes = needsRoom ? top * 1.12 : top;
    const plot = new Plot({ width, height: 210, steps: facts.steps, topBytes });
    plot.drawGrid(4);
    plot.svg.append(draw("path", { class: "live", d: liveOutline(plot, live) }));
    plot.drawSteps();
    plot.drawLimit(facts.limit);
    if (facts.peakStep !== null) {
      plot.drawPeak(facts.peakStep, `peak ${bytesText(facts.plan.peakBytes)} at step ${grouped(facts.peakStep)}`);
    }
    addStepCursor(plot, facts, live);
    return plot.svg;
  });
}

function liveOutline(plot, live) {
  const points = live.map((bytes, step) =>
    `V${plot.y(bytes).toFixed(1)}H${plot.x(step + 1).toFixed(1)}`);
  return `M${plot.x(0)} ${plot.bottom}${points.join("")}V${plot.bottom}Z`;
}

function addStepCursor(plot, facts, live) {
  const size = { width: Math.max(plot.stepWidth, 1.5), height: plot.bottom - plot.top };
  const cursor = draw("rect", { class: "cursor", x: plot.left, y: plot.top, ...size, visibility: "hidden" });
  plot.svg.append(cursor);
  const describe = (step) => [
    `step ${grouped(step)}: ${bytesText(live[step] ?? 0)}`, facts.stepName(step),
    facts.limit ? `${grouped(facts.limit.bytes - (live[step] ?? 0))} B below ${facts.limit.name}` : "",
    `${shareText(live[step] ?? 0, facts.plan.peakBytes)} of the peak`,
  ];
  let current = facts.peakStep ?? 0;
  const point = (step, x, y) => {
    current = step;
    cursor.setAttribute("x", String(plot.x(step)));
    cursor.setAttribute("visibility", "visible");
    plot.svg.setAttribute("aria-valuenow", String(step));
    plot.svg.setAttribute("aria-valuetext", visible(describe(step).filter(Boolean).join(", ")));
    showTooltip(describe(step), x, y);
  };
  const leave = () => {
    hideTooltip();
    cursor.setAttribute("visibility", "hidden");
  };
  setAttributes(plot.svg, {
    role: "slider", tabindex: "0", "aria-label": "Live bytes by execution step", "aria-valuemin": "0",
    "aria-valuemax": String(plot.steps - 1), "aria-valuenow": String(current),
    "aria-valuetext": describe(current).filter(Boolean).join(", "),
    pointermove: (event) => point(plot.stepAt(event.clientX), event.clientX, event.clientY),
    pointerleave: leave, blur: leave,
    focus: () => pointFromKeyboard(plot, point, current),
    keydown: (event) => {
      const jumps = { ArrowLeft: current - 1, ArrowDown: current - 1, ArrowRight: current + 1, ArrowUp: current + 1,
        PageUp: current + 10, PageDown: current - 10, Home: 0, End: plot.steps - 1 };
      if (!Object.hasOwn(jumps, event.key)) return;
      event.preventDefault();
      pointFromKeyboard(plot, point, Math.max(0, Math.min(plot.steps - 1, jumps[event.key])));
    },
  });
}

function pointFromKeyboard(plot, point, step) {
  const box = plot.svg.getBoundingClientRect();
  point(step, box.left + (plot.x(step + 0.5) * box.width) / plot.width, box.top + 40);
}

/** The same numbers as a table, made when it is asked for. */
function stepTable(facts) {
  const { steps, peakBytes } = facts.plan;
  const summary = make("summary", {}, `Live bytes of all ${grouped(steps.length)} steps as a table`);
  const details = make("details", { class: "numbers" }, summary);
  details.addEventListener("toggle", () => {
    if (!details.open || details.children.length > 1) return;
    const rows = steps.map(({ liveBytes }, index) => ({
      className: index === facts.peakStep ? "chosen" : null,
      cells: [grouped(index), facts.stepName(index), grouped(liveBytes), shareText(liveBytes, peakBytes)],
    }));
    details.append(plainTable("Live bytes by step", ["step#", "operator", "live bytes#", "of the peak#"], rows));
  });
  return details;
}
