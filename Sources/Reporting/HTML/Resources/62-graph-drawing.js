// The laid-out graph as SVG: operators coloured by memory, edges as curves.

/** What a node's colour and second line can stand for. */
const graphMeasures = {
  live: { title: "live bytes while it runs", unit: "live", of: (facts) => facts.liveBytes },
  result: { title: "bytes of its results", unit: "out", of: (facts) => facts.resultBytes },
  weights: { title: "bytes of its constants", unit: "const", of: (facts) => facts.constantBytes },
};

/** Figures of each operator: what it reads, makes and holds, and when it runs. */
function operatorFacts(graphIndex, graph, facts) {
  const tensors = new Map(graph.tensors.map((tensor) => [tensor.index, tensor]));
  const steps = new Map();
  facts.plan.steps.forEach((step, index) => {
    if (step.graph !== graphIndex) return;
    const known = steps.get(step.operator);
    if (!known || known.liveBytes < step.liveBytes) steps.set(step.operator, { index, liveBytes: step.liveBytes });
  });
  const bytes = (list, isConstant) => list.map((index) => tensors.get(index))
    .filter((tensor) => tensor && (tensor.kind === "constant") === isConstant)
    .reduce((sum, tensor) => sum + (tensor.bytes ?? 0), 0);
  return {
    tensors,
    of: (operator) => ({
      step: steps.get(operator.index)?.index ?? null, liveBytes: steps.get(operator.index)?.liveBytes ?? null,
      resultBytes: bytes(operator.outputs, false), inputBytes: bytes(operator.inputs, false),
      constantBytes: bytes(operator.inputs, true),
    }),
  };
}

/** Draws the graph; the result also gives the node of the peak, to scroll to. */
function graphPicture(graphIndex, graph, facts, measureName) {
  const layout = layoutGraph(graph);
  const figures = operatorFacts(graphIndex, graph, facts);
  const measure = graphMeasures[measureName];
  const operators = layout.nodes.filter((node) => node.kind === "operator");
  for (const node of operators) node.figures = figures.of(node.operator);
  const most = Math.max(1, ...operators.map((node) => measure.of(node.figures) ?? 0));
  const { width, height } = layout;
  const svg = draw("svg", {
    class: "graph", width, height, viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`, role: "group",
    "aria-label": `Graph of ${plural(operators.length, "operator")}; arrow keys follow its edges`,
  });
  const largest = Math.max(1, ...layout.edges.map((edge) => figures.tensors.get(edge.tensor)?.bytes ?? 0));
  const edges = draw("g", { "aria-hidden": "true" }, layout.edges.map((edge) => edgeShape(edge, figures, largest)));
  const shapes = layout.nodes.map((node) => nodeShape(node, { figures, facts, measure, most }));
  svg.append(edges, draw("g", {}, shapes));
  layout.nodes.forEach((node, index) => { node.shape = shapes[index]; });
  makeRoving(shapes, (index, key) => graphNeighbour(layout.nodes, index, key));
  const peak = operators.find((node) => node.figures.step !== null && node.figures.step === facts.peakStep);
  return { svg, layout, peak };
}

/** A curve from node to node through its lanes; wider for more bytes. */
function edgeShape(edge, figures, largest) {
  const stops = [edge.from, ...edge.lanes, edge.to];
  let path = "";
  stops.slice(1).forEach((below, index) => {
    const above = stops[index];
    const from = above.y + (above.isLane ? above.layerHeight / 2 : above.height / 2);
    const to = below.y - (below.isLane ? below.layerHeight / 2 : below.height / 2 + 5);
    const middle = (from + to) / 2;
    if (index === 0) path += `M${point(above.x, from)}`;
    path += `C${point(above.x, middle)} ${point(below.x, middle)} ${point(below.x, to)}`;
    if (below.isLane) path += `V${(below.y + below.layerHeight / 2).toFixed(1)}`;
  });
  const end = edge.to.y - edge.to.height / 2;
  const tensor = figures.tensors.get(edge.tensor);
  const width = 1 + 3 * Math.sqrt((tensor?.bytes ?? 0) / largest);
  edge.shape = draw(
    "g", { class: "link" }, draw("path", { class: "edge", d: path, "stroke-width": width }),
    draw("path", { class: "arrow", d: `M${point(edge.to.x - 4, end - 7)}h8l-4 7z` }));
  return edge.shape;
}

function point(x, y) {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

function nodeShape(node, context) {
  const isOperator = node.kind === "operator";
  const lines = isOperator ? operatorLines(node, context) : portLines(node, context);
  const isPeak = isOperator && node.figures.step !== null && node.figures.step === context.facts.peakStep;
  const { width, height } = node;
  const title = isOperator ? `${node.operator.index} ${visible(node.operator.name)}` : lines[0];
  const style = isOperator ? nodeLevel(node, context, isPeak) : "port";
  const box = { x: -width / 2, y: -height / 2, width, height, rx: isOperator ? 4 : height / 2 };
  const label = { class: "label", y: isOperator ? -3 : 4, "text-anchor": "middle" };
  const figure = isOperator ? nodeFigure(node, context, isPeak) : null;
  const shape = draw(
    "g", {
      class: `node ${node.kind}${isPeak ? " at-peak" : ""}`, transform: `translate(${point(node.x, node.y)})`,
      role: "img", "aria-label": lines.filter(Boolean).join(", "),
    },
    draw("rect", { class: style, ...box }), draw("text", label, cutText(title, 24)),
    figure ? draw("text", { class: "figure", y: 12, "text-anchor": "middle" }, figure) : null);
  describeOnPoint(shape, () => lines);
  markEdges(shape, node);
  return shape;
}

/** The edges of a node stand out while it has the pointer or the focus. */
function markEdges(shape, node) {
  const mark = (isOn) => {
    for (const edge of [...node.before, ...node.after]) edge.shape.classList.toggle("marked", isOn);
  };
  for (const name of ["pointerenter", "focus"]) shape.addEventListener(name, () => mark(true));
  for (const name of ["pointerleave", "blur"]) shape.addEventListener(name, () => mark(false));
}

function nodeLevel(node, { measure, most }, isPeak) {
  const bytes = measure.of(node.figures);
  if (bytes === null) return "idle";
  const share = bytes / most;
  const level = share >= 0.75 ? 0 : share >= 0.5 ? 1 : share >= 0.2 ? 2 : 3;
  return `t${isPeak ? "p" : ""}${level}`;
}

function nodeFigure(node, { measure }, isPeak) {
  const bytes = measure.of(node.figures);
  if (bytes === null) return "not in the plan";
  return `${isPeak ? "peak · " : ""}${grouped(bytes)} B ${measure.unit}`;
}

function cutText(text, limit) {
  return text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
}

function tensorLine(word, index, figures) {
  const tensor = figures.tensors.get(index);
  if (!tensor) return "";
  return `${word} ${shortName(tensor.name, 60)} · ${tensor.shape} ${tensor.type} · ${grouped(tensor.bytes)} B`;
}

function operatorLines(node, { figures }) {
  const { operator } = node;
  const own = node.figures;
  const isActivation = (index) => index >= 0 && figures.tensors.get(index)?.kind !== "constant";
  const inputs = operator.inputs.filter(isActivation);
  return [
    `${operator.index} ${operator.name}`,
    own.step === null ? "not in the plan" : `step ${grouped(own.step)}, live ${bytesText(own.liveBytes)}`,
    ...inputs.slice(0, 5).map((index) => tensorLine("in", index, figures)),
    inputs.length > 5 ? `and ${grouped(inputs.length - 5)} more inputs` : "",
    ...operator.outputs.slice(0, 4).map((index) => tensorLine("out", index, figures)),
    own.constantBytes > 0 ? `constants ${bytesText(own.constantBytes)}` : "",
    operator.macs > 0 ? `${grouped(operator.macs)} MACs` : "",
    (operator.options ?? []).slice(0, 8).join(", "),
  ];
}

function portLines(node, { figures }) {
  const tensor = figures.tensors.get(node.tensor);
  const name = tensor ? shortName(tensor.name, 60) : `tensor ${node.tensor}`;
  return [
    `${node.kind} ${name}`, tensor ? `${tensor.shape} ${tensor.type}` : "", tensor ? bytesText(tensor.bytes) : "",
  ];
}

/** Up and down follow edges; left and right go along the layer. */
function graphNeighbour(nodes, index, key) {
  const node = nodes[index];
  const indexOf = (other) => (other ? nodes.indexOf(other) : -1);
  if (key === "ArrowUp") return indexOf(node.before[0]?.from);
  if (key === "ArrowDown") return indexOf(node.after[0]?.to);
  const layer = nodes.filter((other) => other.layer === node.layer).sort((a, b) => a.x - b.x);
  return indexOf(layer[layer.indexOf(node) + (key === "ArrowRight" ? 1 : -1)]);
}
