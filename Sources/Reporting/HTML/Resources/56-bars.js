// Bars in HTML: they wrap, scale and print by themselves.

/**
 * Rows of bars. A bar has `name`, `note`, `isChosen` and `parts` (`{bytes, className, title}`), drawn one after
 * the other; `levels` are lines through all of them, as far as they are in range.
 */
function barChart(label, bars, allLevels) {
  const levels = allLevels.filter((level) => isNumber(level.bytes));
  const longest = Math.max(1, ...bars.map((bar) => bar.parts.reduce((sum, part) => sum + part.bytes, 0)));
  const near = levels.filter((level) => level.bytes <= longest * 1.5);
  const most = Math.max(longest, ...near.map((level) => level.bytes)) * 1.02;
  const share = (bytes) => `${((bytes / most) * 100).toFixed(2)}%`;
  const legend = levels.map((level) => {
    const note = near.includes(level) ? "" : ", beyond this picture";
    const key = make("span", { class: `key ${level.className}` });
    return make("li", {}, key, `${level.name} ${bytesText(level.bytes)}${note}`);
  });
  return make(
    "div", { class: "bars" },
    make("div", { role: "list", "aria-label": label }, bars.map((bar) => barRow(bar, near, share))),
    make("ul", { class: "legend" }, legend));
}

function barRow(bar, levels, share) {
  const pieces = bar.parts.map((part) =>
    make("span", { class: `piece ${part.className}`, title: part.title, style: { width: share(part.bytes) } }));
  const lines = levels.map((level) =>
    make("span", { class: `level ${level.className}`, style: { left: share(level.bytes) } }));
  const hint = bar.hint ? make("small", {}, bar.hint) : null;
  return make(
    "div", { class: `bar-row${bar.isChosen ? " chosen" : ""}`, role: "listitem" },
    make("span", { class: "bar-name" }, bar.isChosen ? "▸ " : "", bar.name, hint),
    make("span", { class: "track", "aria-hidden": "true" }, pieces, lines),
    make("span", { class: "bar-note" }, bar.note));
}

/** The peak of every execution order that was tried. */
function ordersSection(facts) {
  const orders = facts.model.orders;
  if (!orders?.length) return null;
  const { plan } = facts;
  const file = orders.find((order) => order.name === "file")?.peakBytes;
  const bars = orders.map((order) => {
    const isChosen = order.name === plan.order;
    const change = order.name === "file" || order.peakBytes === file ? "" : changeText(file, order.peakBytes);
    return {
      name: order.name, isChosen, note: `${grouped(order.peakBytes)} B  ${change}`,
      hint: order.idealPeakBytes === order.peakBytes ? null : `tensors alone ${grouped(order.idealPeakBytes)} B`,
      parts: [{ bytes: order.peakBytes, className: isChosen ? "tp0" : "t1", title: bytesText(order.peakBytes) }],
    };
  });
  const levels = [{ name: "lower bound of all orders", bytes: plan.lowerBoundBytes, className: "bound" }];
  if (facts.limit) levels.push({ ...facts.limit, className: "limit" });
  return section("Peak by execution order", barChart("Peak by execution order", bars, levels));
}

/** TFLM's arena with each library of kernels: stock and planned, head and tail. */
function librariesSection(facts) {
  const { model } = facts;
  const chosen = model.tflm32;
  if (!chosen) return null;
  // The plan for the board stands in its library's place; one for no library alone comes first.
  const others = model.kernelLibraries ?? [];
  const hasOwn = others.some((library) => library.kernels === chosen.kernels);
  const libraries = hasOwn
    ? others.map((library) => (library.kernels === chosen.kernels ? chosen : library))
    : [chosen, ...others];
  const bars = libraries.flatMap((library) => libraryBars(library, library === chosen));
  const { board } = model;
  const levels = board
    ? [{ name: `available on ${board.id}`, bytes: board.availableBytes, className: "limit" }] : [];
  const item = (name, text) => make("li", {}, make("span", { class: `swatch ${name}` }), text);
  const legend = make(
    "ul", { class: "legend" }, item("stock", "stock head"), item("t0", "planned head"),
    item("tail", "tail: what stays while the interpreter lives"));
  return section(
    "Arena by kernel library", legend, barChart("Arena by kernel library", bars, levels), tailTable(libraries));
}

function libraryBars(library, isChosen) {
  const parts = (head, tail, whole, className) => [
    { bytes: head, className, title: `head ${bytesText(head)}` },
    { bytes: Math.max(whole - head, 0), className: "tail", title: `tail ${bytesText(tail)}` },
  ];
  const [before, after] = [library.stockSmallestArenaBytes, library.smallestArenaBytes];
  return [
    { name: `${library.kernels}, stock`, note: `${grouped(before)} B`,
      parts: parts(library.stockHeadBytes, library.stockTailBytes, before, "stock") },
    { name: `${library.kernels}, planned`, hint: library.kernelsVersion, isChosen,
      note: `${grouped(after)} B  ${changeText(before, after)}`,
      parts: parts(library.headBytes, library.tailBytes, after, "t0") },
  ];
}

const tailKinds = [
  ["runtimeObjects", "runtime objects"], ["evalTensors", "eval tensors"], ["nodes", "nodes"],
  ["parameters", "parameters"], ["persistentBuffers", "kernels' own buffers"], ["variables", "variables"],
  ["persistentTensors", "persistent tensors"], ["quantization", "quantization"],
];

function tailTable(libraries) {
  const known = libraries.filter((library) => library.tailByKind);
  if (known.length === 0) return null;
  const figures = (value) => known.map((library) => grouped(value(library)));
  const kinds = tailKinds.filter(([kind]) => known.some((library) => library.tailByKind[kind] > 0));
  const rows = kinds.map(([kind, name]) => [name, ...figures((library) => library.tailByKind[kind])]);
  rows.push({ className: "total", cells: ["tail", ...figures((library) => library.tailBytes)] });
  rows.push(["largest scratch buffer (in the head)", ...figures((library) => library.scratchBytes)]);
  const headings = ["bytes", ...known.map((library) => `${library.kernels}#`)];
  return make(
    "details", { class: "numbers" }, make("summary", {}, "What the tail holds"),
    plainTable("The tail by what it holds, in bytes", headings, rows));
}
