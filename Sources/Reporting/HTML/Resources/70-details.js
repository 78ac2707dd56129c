// The page of one model on one board, section by section.

function section(title, ...content) {
  const id = `section-${title.toLowerCase().replace(/[^a-z]+/g, "-")}`;
  const heading = make("h2", { id: `${id}-title` }, title);
  return make("section", { class: "part", id, "aria-labelledby": `${id}-title` }, heading, ...content);
}

/** What is known from the row alone: verdict, figures, and the other boards. */
function modelHead(row, neighbours, isOnlyModel) {
  return make(
    "header", { class: "model-head" }, isOnlyModel ? null : modelTrail(neighbours),
    make("h1", { tabindex: "-1" }, pathElement(row.model.path)), boardLinks(row),
    make(
      "p", { class: "verdict" }, verdictBadge(row.verdict), " ",
      row.board ? make("strong", {}, row.board.name) : "planned for no board", row.reason ? `: ${row.reason}` : ""),
    rowTiles(row));
}

function modelTrail([before, after]) {
  const step = (row, text) => row
    ? make("a", { href: row.hash, title: row.model.path }, text)
    : make("span", { class: "off" }, text);
  return make(
    "nav", { class: "trail", "aria-label": "Models" }, make("a", { href: "#" }, "← all models"),
    make("span", { class: "steps" }, step(before, "‹ previous row"), step(after, "next row ›")));
}

function boardLinks(row) {
  if (row.model.views.length < 2) return null;
  const links = row.model.views.map((other) => {
    const mark = make("span", { class: "mark", "aria-hidden": "true" }, verdictFacts(other.verdict).mark);
    const current = other === row ? "page" : null;
    return make(
      "a", { href: other.hash, "aria-current": current, title: other.board?.name }, mark,
      ` ${other.board?.id ?? "no board"}`);
  });
  return make("nav", { class: "boards", "aria-label": "Boards" }, links);
}

function rowTiles(row) {
  const { board, model } = row;
  const bytes = (count) => (isKnown(count) ? `${grouped(count)} B` : "–");
  const proved = { true: "proved: nothing lower", false: "not proved" }[String(row.proved)] ?? "";
  const change = row.saved === null ? ""
    : row.saved === 0 ? "the same as planned" : `planned: ${changeText(row.stockBytes, row.plannedBytes)}`;
  const flashNote = isKnown(board?.flashBytes)
    ? `of ${binaryBytes(board.flashBytes)}, an estimate` : "file and code, an estimate";
  return make(
    "dl", { class: "tiles" },
    tile("planned arena", bytes(row.plannedBytes), proved),
    tile("stock arena", bytes(row.stockBytes), change),
    board ? spareTile(row) : null,
    row.optimized ? optimizedTile(row.optimized) : null,
    tile("flash", bytes(row.flashBytes), flashNote),
    tile("file", bytes(model.fileBytes), plural(model.operators ?? 0, "operator")));
}

function spareTile(row) {
  const isMissing = row.spareBytes < 0;
  const figure = isKnown(row.spareBytes) ? `${grouped(Math.abs(row.spareBytes))} B` : "–";
  const className = isMissing ? "bad" : row.verdict === "fits" ? "good" : "";
  return tile(isMissing ? "missing" : "spare", figure, `of ${grouped(row.availableBytes)} B available`, className);
}

function optimizedTile(optimized) {
  const { verdict, accuracy } = optimized;
  const notes = [
    verdict ? verdictFacts(verdict).word : "", isNumber(accuracy) ? `accuracy ${decimal(accuracy * 100, 1)} %` : "",
  ];
  return tile("optimized arena", `${grouped(optimized.arenaBytes)} B`, notes.filter(Boolean).join(", "));
}

/** All sections; pictures are drawn when they are on the page. */
function modelSections(row, documents) {
  const { plan, inspect, optimize, after } = documents ?? {};
  if (!plan) {
    const notice = make("p", { class: "notice" }, "This page holds no plan of this model.");
    return { parts: [notice, commandsSection(row)].filter(Boolean), graph: null };
  }
  const names = operatorNames(inspect);
  const facts = planFacts(plan, names);
  const graph = inspect?.graphs?.length > 0 ? new GraphView(inspect, facts) : null;
  const parts = [
    findingsSection(plan), memorySection(facts), ordersSection(facts), peakSection(facts), proofSection(facts),
    librariesSection(facts), regionsSection(plan),
    after ? comparisonSection(facts, planFacts(after, names), optimize) : null,
    graph ? section("Operator graph", graph.element) : null, factsSection(plan),
    optimize ? passesSection(optimize) : null, commandsSection(row),
  ];
  return { graph, parts: parts.filter(Boolean) };
}

/** Gives an operator's text from the graph that `nnopt inspect` printed. */
function operatorNames(inspect) {
  const names = new Map();
  (inspect?.graphs ?? []).forEach((graph, index) => {
    for (const operator of graph.operators) names.set(`${index} ${operator.index}`, operator.name);
  });
  return (graph, operator) => {
    const name = names.get(`${graph} ${operator}`);
    return `${graph > 0 ? `subgraph ${graph}, ` : ""}operator ${operator}${name ? ` (${name})` : ""}`;
  };
}

function findingsSection(plan) {
  const findings = plan.compatibility?.findings ?? [];
  if (findings.length === 0) return null;
  const words = { refused: "refused", "wrong-answers": "wrong answers", warning: "warning" };
  const title = plan.compatibility.runs ? "What TFLM says" : "Why TFLM refuses it";
  const rows = findings.map((finding) => [
    words[finding.severity] ?? finding.severity,
    `${finding.place}${finding.more > 0 ? ` and ${grouped(finding.more)} more` : ""}`, finding.problem,
    finding.remedy,
  ]);
  return section(title, plainTable(title, ["severity", "place", "problem", "remedy"], rows, "findings"));
}

function memorySection(facts) {
  return section(
    "Memory over the execution", arenaLegend(),
    make("h3", {}, "Arena map: address by time"), arenaPicture(facts),
    make("h3", {}, "Live bytes by step"), liveBytesPicture(facts), stepTable(facts));
}

function peakSection(facts) {
  const { peak, plan } = facts.model;
  if (!peak || peak.tensors.length === 0) return null;
  const most = 12;
  const figures = (bytes) => [grouped(bytes), shareText(bytes, plan.peakBytes)];
  const rows = peak.tensors.slice(0, most).map((tensor) => {
    const name = make("span", { class: "name", title: tensor.name }, shortName(tensor.name, 110));
    return [name, tensor.role, ...figures(tensor.bytes)];
  });
  const rest = peak.tensors.slice(most);
  if (rest.length > 0) {
    const bytes = rest.reduce((sum, tensor) => sum + tensor.bytes, 0);
    rows.push([`and ${grouped(rest.length)} more`, "", ...figures(bytes)]);
  }
  return section(
    "What makes the peak",
    make("p", {}, `${bytesText(plan.peakBytes)} at step ${grouped(peak.step)}, ${peak.operator}`),
    plainTable("Tensors live at the peak", ["tensor", "role", "bytes#", "of the peak#"], rows));
}

function regionsSection(plan) {
  const { regions } = plan;
  if (!regions) return null;
  const rows = regions.regions.map((region) => [
    region.name, grouped(region.capacityBytes), grouped(region.usedBytes), grouped(region.tensors),
    grouped(region.trafficBytes),
  ]);
  const fits = regions.fits
    ? "The buffers fit into the regions." : `The buffers do not fit: ${regions.shortage ?? "no reason given"}.`;
  const words = { true: " Proved: no choice keeps more traffic in faster regions.", false: " Not proved the best." };
  const proof = words[String(regions.proved)] ?? "";
  const headings = ["region", "capacity#", "used#", "tensors#", "traffic of one inference#"];
  return section("Memory regions", make("p", {}, fits, proof), plainTable("Regions", headings, rows));
}

function commandsSection(row) {
  const commands = row.commands ?? [];
  if (commands.length === 0) return null;
  return section("Make it again", commands.map((command) => {
    const button = make("button", { type: "button", class: "copy", click: () => copyText(command, button) }, "copy");
    return make("div", { class: "command" }, make("pre", {}, make("code", {}, command)), button);
  }));
}
