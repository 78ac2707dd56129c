// What `nnopt optimize` did: before and after side by side, and every pass with its edits and refusals.

const outcomeWords = {
  applied: "applied", softened: "applied more gently", rolledBack: "taken back", refused: "refused",
  unchanged: "changed nothing",
};

/** The plan of the file as it came beside that of the optimized one, on one scale. */
function comparisonSection(before, after, optimize) {
  const most = Math.max(before.plan.arenaBytes, after.plan.arenaBytes);
  const topBytes = visibleTop(most, [before.limit, after.limit]);
  const side = (title, facts) => {
    const { plan, arenaName } = facts;
    const figures = [
      plural(
        plan.steps.length, "step"), `peak ${bytesText(plan.peakBytes)}`, `${arenaName} ${bytesText(plan.arenaBytes)}`,
    ];
    return make(
      "div", { class: "side" }, make("h3", {}, title), make("p", { class: "faint" }, figures.join(", ")),
      arenaPicture(facts, { topBytes, height: 340 }));
  };
  return section(
    "Before and after nnopt optimize", optimize ? figuresTable(optimize) : null,
    make(
      "div", { class: "sides" }, side("Before: the file, planned", before),
      side("After: optimized and planned", after)));
}

function figuresTable(optimize) {
  const { before, after, cost } = optimize;
  const [costBefore, costAfter] = [cost?.before?.milliseconds?.best, cost?.after?.milliseconds?.best];
  const rows = [
    ["arena on stock TFLM, bytes", before.arenaBytes, after.arenaBytes],
    ["peak of live bytes", before.peakBytes, after.peakBytes],
    ["file, bytes", before.fileBytes, after.fileBytes],
    ["code, bytes (estimate)", before.codeBytes, after.codeBytes],
    ["parameters", before.parameters, after.parameters],
    ["MACs", before.macs, after.macs],
    ["milliseconds (estimate)", costBefore, costAfter, 1],
    ["accuracy in %", percentOf(before), percentOf(after), 2],
  ].filter(([, old, now]) => isNumber(old) && isNumber(now));
  const figure = (number, places) => (places ? decimal(number, places) : grouped(number));
  const cells = rows.map(([name, old, now, places]) => [
    name, figure(old, places), figure(now, places), old === now ? "same" : changeText(old, now),
  ]);
  return plainTable("Figures before and after", ["", "before#", "after#", "change#"], cells);
}

function percentOf(figures) {
  const share = figures.accuracy ?? figures.top1;
  return isNumber(share) ? share * 100 : null;
}

function passesSection(optimize) {
  const passes = optimize.passes ?? [];
  if (passes.length === 0) return null;
  const seen = new Set();
  let earlier = optimize.before;
  const rows = [];
  const records = passes.map((pass, index) => {
    rows.push(passRow(pass, index, earlier));
    earlier = pass.figures ?? earlier;
    return passRecord(pass, index, seen);
  });
  const headings = ["#", "pass", "outcome", "edits#", "refused#", "file#", "arena#", "peak#"];
  return section(
    "Passes", plainTable("Passes", headings, rows, "passes"), optimize.fit ? fitSentence(optimize.fit) : null, records);
}

function fitSentence(fit) {
  if (fit.fits) {
    const spare = grouped(fit.availableBytes - fit.requestedBytes);
    return make("p", {}, `Fits ${fit.board}: ${spare} B to spare after the last pass.`);
  }
  const missing = [
    fit.missingBytes > 0 ? `${grouped(fit.missingBytes)} B of SRAM missing` : "",
    fit.missingFlashBytes > 0 ? `${grouped(fit.missingFlashBytes)} B of flash missing` : "",
  ].filter(Boolean).join(", ");
  const reason = (fit.refusal ?? missing).replace(/\.$/, "");
  return make("p", {}, `Does not fit ${fit.board} after the last pass: ${reason}.`);
}

function outcomeWord(pass) {
  return Object.hasOwn(outcomeWords, pass.outcome) ? outcomeWords[pass.outcome] : pass.outcome;
}

function passRow(pass, index, earlier) {
  const cell = (key) => {
    const [now, old] = [pass.figures?.[key], earlier?.[key]];
    const change = isNumber(old) && isNumber(now) && old !== now ? signed(now - old) : "";
    return make("span", {}, grouped(now), change ? make("small", {}, ` ${change}`) : null);
  };
  return [
    String(index + 1), pass.setting ? `${pass.name} (${pass.setting})` : pass.name, outcomeWord(pass),
    grouped(pass.edits.length), grouped(pass.refusals.length), cell("fileBytes"), cell("arenaBytes"),
    cell("peakBytes"),
  ];
}

/** A pass with all it did; a refusal that an earlier pass of the same name gave already is only counted. */
function passRecord(pass, index, seen) {
  const key = (entry) => [pass.name, entry.rule, entry.place, entry.sentence].join("\n");
  const fresh = pass.refusals.filter((entry) => !seen.has(key(entry)));
  const repeated = pass.refusals.length - fresh.length;
  fresh.forEach((entry) => seen.add(key(entry)));
  const tried = (pass.tried ?? []).map((attempt) => `${attempt.setting} gave ${decimal(attempt.top1 * 100, 2)} %`);
  const counts = `${plural(pass.edits.length, "edit")}, ${plural(pass.refusals.length, "refusal")}`;
  const record = make(
    "details", { class: "pass" },
    make(
      "summary", {}, make("strong", {}, `${index + 1} ${pass.name}`), pass.setting ? ` ${pass.setting}` : "",
      make("span", { class: `outcome outcome-${pass.outcome}` }, outcomeWord(pass)),
      make("span", { class: "faint" }, counts)),
    pass.reason ? make("p", {}, `Why: ${pass.reason}`) : null,
    tried.length > 0 ? make("p", {}, `Tried: ${tried.join(", ")}.`) : null,
    entryTable("Edits", pass.edits), entryTable("Refused, and why", fresh),
    repeated > 0
      ? make("p", { class: "faint" }, `${plural(repeated, "refusal")} as in an earlier ${pass.name} pass`) : null);
  record.open = pass.edits.length + fresh.length <= 40;
  return record;
}

function entryTable(title, entries) {
  if (entries.length === 0) return null;
  const rows = entries.map((entry) => [entry.place, make("code", {}, entry.rule), entry.sentence]);
  return make(
    "div", {}, make("h4", {}, `${title} (${grouped(entries.length)})`),
    plainTable(title, ["place", "rule", "what"], rows, "entries"));
}
