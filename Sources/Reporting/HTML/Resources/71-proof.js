// What is proved of a plan, and what does not change with it.

function proofSection(facts) {
  const { plan, runtime } = facts;
  const lines = plan.kept
    ? [proofLine(false, `The file's own order and offsets stay, and nothing is proved: ${plan.kept}.`)]
    : [orderProof(plan), placementProof(facts)];
  const [alignment, states] = [plural(plan.alignment, "byte"), plural(plan.statesSearched, "state")];
  const releases = runtime ? `; figures for ${runtime.kernelsVersion} and TFLM of ${runtime.tflmVersion}` : "";
  return section(
    "Proof", make("ul", { class: "proof" }, lines), runtime ? arenaSum(runtime) : null,
    make(
      "p", { class: "faint" },
      `${plan.order} order, aligned to ${alignment}, ${states} of the search visited${releases}.`));
}

function proofLine(isProved, text) {
  const mark = make("span", { class: "mark", "aria-hidden": "true" }, isProved ? "✓" : "○");
  return make("li", { class: isProved ? "proved" : "open" }, mark, text);
}

function orderProof(plan) {
  const peak = bytesText(plan.peakBytes);
  if (plan.proved) return proofLine(true, `Proved: no order of the operators has a lower peak than ${peak}.`);
  const bound = bytesText(plan.lowerBoundBytes);
  return proofLine(false, `Not proved: the peak is ${peak}, and no order can go below ${bound}.`);
}

function placementProof({ plan, arenaName }) {
  const size = bytesText(plan.arenaBytes);
  if (plan.arenaProved) {
    return proofLine(true, `Proved: no placement of this order gives a smaller ${arenaName} than ${size}.`);
  }
  const bound = bytesText(plan.arenaLowerBoundBytes);
  const above = shareText(plan.arenaBytes - plan.lowerBoundBytes, plan.lowerBoundBytes);
  return proofLine(
    false, `Not proved: the ${arenaName} has ${size}, and no placement can go below ${bound}; it is at most ${above} `
      + "above the lower bound of all orders.");
}

function arenaSum(runtime) {
  const { smallestArenaBytes: arena, headBytes: head, tailBytes: tail } = runtime;
  const rest = arena - head - tail;
  const surplus = rest > 0 ? ` + ${grouped(rest)} B that TFLM needs while it allocates` : "";
  return make(
    "p", {}, `Arena ${grouped(arena)} B = head ${grouped(head)} B + tail ${grouped(tail)} B${surplus}.`);
}

/** Inputs, outputs, operators and estimates. */
function factsSection(plan) {
  const { summary } = plan;
  const ports = [["input", summary.inputs], ["output", summary.outputs]].flatMap(([kind, list]) =>
    list.map((port) => [
      kind, make("span", { class: "name" }, shortName(port.name, 110)), port.shape?.join("×") ?? "?", port.type,
      port.quantization ?? "",
    ]));
  const facts = [
    ["parameters", grouped(summary.parameters)],
    ["constants", bytesText(summary.constantBytes)],
    ["MACs", grouped(summary.macs)],
    summary.stateBytes > 0 ? ["state between inferences", bytesText(summary.stateBytes)] : null,
    ...costFacts(plan.cost ?? {}),
    plan.flash ? ["flash", flashText(plan.flash)] : null,
  ];
  const tags = summary.histogram.map((entry) =>
    make("span", { class: "tag" }, entry.name, make("span", { class: "count" }, grouped(entry.count))));
  return section(
    "Model",
    make("dl", { class: "facts" }, facts.filter(Boolean).flatMap(([name, text]) => [
      make("dt", {}, name), make("dd", {}, text),
    ])),
    ports.length > 0
      ? plainTable("Inputs and outputs", ["port", "name", "shape", "type", "quantization"], ports) : null,
    make("p", { class: "histogram" }, tags));
}

function costFacts(cost) {
  const range = (values, unit) =>
    `${decimal(values.best, 1)} ${unit} (${decimal(values.low, 1)} to ${decimal(values.high, 1)} ${unit})`;
  return [
    cost.milliseconds
      ? ["time of one inference, estimated", `${range(cost.milliseconds, "ms")}; ${cost.conditions ?? ""}`] : null,
    cost.millijoules ? ["energy of one inference, estimated", range(cost.millijoules, "mJ")] : null,
    cost.unknown ? ["time of one inference", `no estimate: ${cost.unknown}`] : null,
  ];
}

function flashText(flash) {
  const { code } = flash;
  const range = code ? ` (${grouped(code.low)} to ${grouped(code.high)} B)` : "";
  const codeText = code ? `, code about ${grouped(code.best)} B${range}` : "";
  return `${bytesText(flash.requestedBytes)}: file ${grouped(flash.fileBytes)} B${codeText}`;
}
