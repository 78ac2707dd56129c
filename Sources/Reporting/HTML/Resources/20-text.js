// Texts and elements. Whatever comes from a file passes through `visible` and becomes a text node or an
// attribute, never markup.

/** A count with separators, the same in every locale: `−1,376,256`; a dash where there is none. */
function grouped(number) {
  if (!isNumber(number)) return "–";
  const digits = String(Math.abs(Math.round(number))).replace(/\B(?=(\d{3})+$)/g, ",");
  return number < 0 ? `−${digits}` : digits;
}

function signed(number) {
  return isNumber(number) && number > 0 ? `+${grouped(number)}` : grouped(number);
}

/** Bytes in the largest binary unit that leaves at least 1: `176.0 KiB`. */
function binaryBytes(count) {
  if (!isNumber(count)) return "–";
  if (Math.abs(count) < 1024) return `${grouped(count)} B`;
  const units = ["KiB", "MiB", "GiB", "TiB", "PiB"];
  let scaled = Math.abs(count) / 1024;
  let unit = 0;
  while (scaled >= 1024 && unit + 1 < units.length) {
    scaled /= 1024;
    unit += 1;
  }
  return `${count < 0 ? "−" : ""}${decimal(scaled, 1)} ${units[unit]}`;
}

/** Exact bytes, and binary units from 1 KiB on: `1,376,256 B (1.3 MiB)`. */
function bytesText(count) {
  if (!isNumber(count)) return "–";
  return Math.abs(count) < 1024 ? `${grouped(count)} B` : `${grouped(count)} B (${binaryBytes(count)})`;
}

function decimal(number, places) {
  if (!isNumber(number)) return "–";
  const [whole, fraction] = Math.abs(number).toFixed(places).split(".");
  return `${number < 0 ? "−" : ""}${grouped(Number(whole))}${fraction ? `.${fraction}` : ""}`;
}

/** How far `after` lies from `before`: `−8.3 %`; empty where nothing can be said. */
function changeText(before, after) {
  if (!isNumber(before) || !isNumber(after) || before === 0) return "";
  const share = ((after - before) / before) * 100;
  if (Math.abs(share) < 0.05) return "0.0 %";
  return `${share > 0 ? "+" : ""}${decimal(share, 1)} %`;
}

function shareText(part, whole) {
  return isNumber(part) && isNumber(whole) && whole !== 0 ? `${decimal((part / whole) * 100, 1)} %` : "–";
}

function plural(count, word, words = `${word}s`) {
  return `${grouped(count)} ${count === 1 ? word : words}`;
}

// Controls, marks of direction, invisible characters, halves of surrogate pairs, and a third combining mark in a row.
const harmful = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?<=\p{M}\p{M})\p{M}/gu;

/** A character that a reader could not see, or that would reorder the line, as an escape. */
function escapeOf(character) {
  const short = { "\n": "\\n", "\r": "\\r", "\t": "\\t" }[character];
  return short ?? `\\u{${character.codePointAt(0).toString(16).toUpperCase().padStart(2, "0")}}`;
}

/** Text from a file with visible escapes: for attributes and for SVG. */
function visible(text) {
  return String(text).replace(harmful, escapeOf);
}

/** Adds text to an element; escapes stand apart from a path that holds a backslash by their style. */
function appendText(element, text) {
  let end = 0;
  for (const match of String(text).matchAll(harmful)) {
    if (match.index > end) element.append(text.slice(end, match.index));
    const escape = document.createElement("span");
    escape.className = "escape";
    escape.textContent = escapeOf(match[0]);
    element.append(escape);
    end = match.index + match[0].length;
  }
  if (end < String(text).length) element.append(String(text).slice(end));
}

/** An HTML element; children are elements, texts, or nothing. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    if (child instanceof Node) element.append(child);
    else appendText(element, String(child));
  }
  return element;
}

/** An SVG element. */
function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setAttributes(element, attributes);
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : visible(child));
  }
  return element;
}

function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else if (name === "style") Object.assign(element.style, value);
    else if (typeof value === "number") element.setAttribute(name, String(Math.round(value * 100) / 100));
    else element.setAttribute(name, value === true ? "" : visible(value));
  }
}

/** A path whose folders and ending give way first where there is no room: names tell models apart. */
function pathElement(path, tag = "span", attributes = {}) {
  const slash = path.lastIndexOf("/") + 1;
  const ending = /.\.tflite$/.test(path.slice(slash)) ? ".tflite" : "";
  const name = path.slice(slash, path.length - ending.length);
  return make(
    tag, { class: "path", title: path, ...attributes },
    slash > 0 ? make("span", { class: "folder" }, path.slice(0, slash)) : null,
    make("span", { class: "file" }, name === "" ? "(no name)" : name),
    ending ? make("span", { class: "ending" }, ending) : null);
}

function verdictBadge(verdict) {
  const facts = verdictFacts(verdict);
  const known = verdicts.has(verdict) ? verdict : "unknown";
  return make(
    "span", { class: `badge badge-${known}` },
    make("span", { class: "mark", "aria-hidden": "true" }, facts.mark), facts.word);
}

/** As much of a tensor's name as `limit` characters hold: its last folders, its layer, or its operation. */
function shortName(name, limit) {
  const whole = visible(String(name).slice(0, 600).split(";")[0]);
  if (whole.length <= limit) return whole;
  const parts = whole.split("/").filter(Boolean);
  for (let start = 1; start < parts.length; start += 1) {
    const rest = parts.slice(start).join("/");
    if (rest.length <= limit && (start < parts.length - 1 || parts.length === 1)) return rest;
  }
  const [operation, layer] = [parts.at(-1) ?? "", parts.at(-2) ?? ""];
  if (layer && layer.length <= limit) return layer;
  if (operation.length <= limit) return operation;
  return limit >= 9 ? `…${whole.slice(whole.length - limit + 1)}` : "";
}
