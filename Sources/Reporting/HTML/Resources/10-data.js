"use strict";

// What the page measures of itself, for whoever tests it.
window.nnoptTimings = { openMs: null, lastSortMs: null, lastFilterMs: null, lastModelMs: null };

/** Verdicts in the order of their badness; the marks tell them apart without colour. */
const verdicts = new Map([
  ["fits", { word: "fits", mark: "✓" }],
  ["planned", { word: "planned", mark: "•" }],
  ["does-not-fit", { word: "does not fit", mark: "✗" }],
  ["refused", { word: "refused", mark: "⊘" }],
  ["error", { word: "error", mark: "!" }],
]);

/** The word and the mark of a verdict; one that is not known is shown as it came. */
function verdictFacts(name) {
  return verdicts.get(name) ?? { word: String(name), mark: "?" };
}

function verdictRank(name) {
  const rank = [...verdicts.keys()].indexOf(name);
  return rank < 0 ? verdicts.size : rank;
}

/** Reads the embedded document; rows get their model, their board and what searching and linking need. */
function readDocument() {
  const data = JSON.parse(document.getElementById("data").textContent);
  const folder = commonFolder(data.models.map((model) => model.path));
  const rows = [];
  for (const model of data.models) {
    model.shortPath = model.path.slice(folder.length);
    model.operatorSet = new Set(Object.keys(model.operatorNames ?? {}));
    model.views = (model.rows ?? []).map((source) => rowView(model, source, data.boards ?? []));
    rows.push(...model.views);
  }
  rows.forEach((row, position) => { row.position = position; });
  return { ...data, boards: data.boards ?? [], details: data.details ?? {}, folder, rows };
}

function rowView(model, source, boards) {
  const board = source.board === null || source.board === undefined ? null : boards[source.board] ?? null;
  const words = [
    model.path, board?.id, board?.name, source.verdict, verdictFacts(source.verdict).word, source.reason,
  ];
  return {
    ...source, model, board,
    saved: isNumber(source.stockBytes) && isNumber(source.plannedBytes)
      ? source.stockBytes - source.plannedBytes : null,
    searchText: [...words, ...model.operatorSet].filter(Boolean).join("\n").toLowerCase(),
    hash: hashOf(model.path, board?.id),
  };
}

function isNumber(value) {
  return typeof value === "number" && Number.isFinite(value);
}

/** The folder that all paths begin with, so that the table does not repeat it in each row. */
function commonFolder(paths) {
  if (paths.length < 2) return "";
  let folder = paths[0].slice(0, paths[0].lastIndexOf("/") + 1);
  for (const path of paths) {
    while (folder && !path.startsWith(folder)) {
      folder = folder.slice(0, folder.lastIndexOf("/", folder.length - 2) + 1);
    }
  }
  return folder;
}

/** The part of the address that opens a row; half a surrogate pair, which no address can hold, becomes U+FFFD. */
function hashOf(path, board) {
  const encoded = (text) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\uFFFD"));
  return `#model=${encoded(path)}${board ? `&board=${encoded(board)}` : ""}`;
}

/** The row that an address names: of its board, or the model's first one where the board is left out. */
function rowOfHash(rows, hash) {
  if (!hash.startsWith("#model=")) return null;
  const normal = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };
  const wanted = normal(hash);
  return rows.find((row) => normal(row.hash) === wanted)
    ?? rows.find((row) => normal(hashOf(row.model.path)) === wanted) ?? null;
}

/** Unpacks the documents behind a row; null where the page holds none for it. */
async function loadDetails(data, row) {
  if (!row.details || !Object.hasOwn(data.details, row.details)) return null;
  const packed = data.details[row.details];
  // Packed together, the documents of one model are a third smaller: they share their names.
  const isTogether = typeof packed === "string";
  const parts = isTogether ? await inflated(packed) : packed;
  const names = ["plan", "inspect", "optimize", "after"];
  const [plan, inspect, optimize, after] = await Promise.all(
    names.map((name) => partOf(data, parts[name], name, isTogether)));
  return { plan: firstModel(plan), inspect, optimize, after: firstModel(after) };
}

/** A document of some details; `@key` stands for that of other details: a model's graph is the same on all boards. */
async function partOf(data, part, name, isUnpacked) {
  if (!part) return null;
  if (typeof part === "string" && part.startsWith("@")) {
    const other = { details: part.slice(1) };
    return (await loadDetails(data, other))?.[name] ?? null;
  }
  return isUnpacked ? part : inflated(part);
}

/** The JSON in base64 of a zlib stream. */
async function inflated(base64) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

/** `nnopt plan --json` prints a list of models; this page keeps one model in each. */
function firstModel(plan) {
  if (!plan) return null;
  return Array.isArray(plan.models) ? plan.models[0] ?? null : plan;
}
