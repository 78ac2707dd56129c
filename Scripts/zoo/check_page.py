#!/usr/bin/env python3
"""Opens a page of `nnopt zoo report --format html` in headless Chromium and uses it as a reader would.

Usage: Scripts/zoo/check_page.py PAGE.html [--browser chromium]

Checks that the page renders without an error and without any network, that every heading sorts both ways, that text
and board filter, and that a model opens with its pictures. Prints the page's timings as JSON, with the slowest sort.
Exit code 0 also where there is no browser, with a message; 1 with what failed.
"""

import argparse
import json
import pathlib
import shutil
import sys

from browser import Browser, BrowserError

READY = "document.documentElement.dataset.ready === 'true'"

# The order that a reader sees, found again from the cells' text: numbers by size, words by collation, verdicts by
# badness, and rows without a value last. The page's own functions are not used, since they are what is judged.
SORTING = """
(() => {
  const verdicts = ["fits", "planned", "does not fit", "refused", "error"];
  const collator = new Intl.Collator("en", { numeric: true });
  const failures = [], times = [];
  const rows = () => [...document.querySelectorAll(".rows tbody tr")];
  // A name is sorted as what it is, and shown with marks for what cannot be shown; the link's address has all of it.
  const pathOf = (link) => decodeURIComponent(link.hash.replace("#model=", "").replace(/&board=.*/, ""));
  const textOf = (cell) => cell.querySelector("a") ? pathOf(cell.querySelector("a")) : cell.textContent;
  const texts = (column) => rows().map((row) => textOf(row.children[column]));
  const plain = (text) => text.replace(/[\\u2009\\u202f\\u00a0 ,]/g, "").replace("\\u2212", "-").replace(/%$/, "");
  const rank = (text) => verdicts.findIndex((verdict) => text.endsWith(verdict));
  const orderOf = (values) => {
    if (values.every((text) => rank(text) >= 0)) return (a, b) => rank(a) - rank(b);
    if (values.every((text) => plain(text) !== "" && !isNaN(plain(text)))) return (a, b) => plain(a) - plain(b);
    return collator.compare;
  };
  const check = (heading, state, sign) => {
    const cell = heading.closest("th"), column = [...cell.parentElement.children].indexOf(cell);
    const name = heading.textContent + ", " + state;
    const sorted = [...document.querySelectorAll(".rows th[aria-sort]")].filter((th) => th.ariaSort !== "none");
    if (sorted.length !== 1 || cell.ariaSort !== state) failures.push(name + ": aria-sort is " + cell.ariaSort);
    const all = texts(column);
    const known = all.filter((text) => text !== "\\u2013");
    const isMissing = (text) => text === "\\u2013";
    if (!all.slice(known.length).every(isMissing)) failures.push(name + ": rows without a value are not last");
    const order = orderOf(known);
    const isWrong = (text, index) => index > 0 && sign * order(known[index - 1], text) > 0.06;
    const wrong = known.findIndex(isWrong);
    if (wrong > 0) failures.push(name + ": " + known[wrong - 1] + " before " + known[wrong]);
  };
  for (const heading of document.querySelectorAll(".rows thead th[aria-sort] button")) {
    for (const [state, sign] of [["ascending", 1], ["descending", -1]]) {
      heading.click();
      times.push(window.nnoptTimings.lastSortMs);
      check(heading, state, sign);
    }
  }
  return { failures, count: times.length, slowest: Math.max(...times) };
})()
"""

FILTERING = """
(() => {
  const failures = [], data = JSON.parse(document.getElementById("data").textContent);
  const rows = () => [...document.querySelectorAll(".rows tbody tr")];
  const search = document.querySelector(".filters input[type=search]");
  const select = document.querySelector(".filters select");
  const type = (text) => { search.value = text; search.dispatchEvent(new Event("input")); };
  const path = data.models[data.models.length - 1].path;
  const word = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  if (!/\\s/.test(word)) {
    type(word);
    const texts = data.models.flatMap((model) => model.rows.map((row) =>
      JSON.stringify([{ ...model, rows: [] }, row, data.boards[row.board]]).toLowerCase()));
    const count = texts.filter((text) => text.includes(word)).length;
    const found = rows().length;
    if (found !== Math.min(count, 100)) failures.push("text: " + found + " rows for " + word + ", not " + count);
  }
  type("no model has this in its name");
  if (rows().length !== 0) failures.push("text: rows for a text that none has");
  type("");
  const count = data.models.reduce((sum, model) => sum + model.rows.length, 0);
  if (rows().length !== Math.min(count, 100)) failures.push("text: " + rows().length + " rows after it was emptied");
  if (data.boards.length < 2) return failures;
  const board = data.boards[data.boards.length - 1].id;
  const choose = (id) => { select.value = id; select.dispatchEvent(new Event("change")); };
  choose(board);
  const others = rows().filter((row) => row.children[1].textContent !== board);
  if (rows().length === 0 || others.length > 0) failures.push("board: no rows, or others, for " + board);
  choose("");
  return failures;
})()
"""

# A row whose details the page holds; a large page leaves out some.
OPENING = """
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  for (const model of data.models) {
    for (const row of model.rows) {
      if (!row.details || !Object.hasOwn(data.details, row.details)) continue;
      const board = data.boards[row.board]?.id;
      const isOfBoard = (link) => !board || link.closest("tr").children[1].textContent === board;
      const links = [...document.querySelectorAll(".rows tbody a")];
      const link = links.find((link) => link.title === model.path && isOfBoard(link));
      if (link) link.click();
      else location.hash = "#model=" + encodeURIComponent(model.path) + (board ? "&board=" + board : "");
      return model.path;
    }
  }
  return null;
})()
"""


def overview_failures(browser, timings):
    """What is wrong with the table of models: sorting and filters."""
    sorting = browser.evaluate(SORTING)
    timings.update(sorts=sorting["count"], slowestSortMs=sorting["slowest"])
    failures = [f"sorting: {failure}" for failure in sorting["failures"]]
    if sorting["count"] == 0:
        failures.append("sorting: no heading sorts")
    return failures + browser.evaluate(FILTERING)


def opening_failures(browser):
    """What is wrong with the view of the first model that has details."""
    path = browser.evaluate(OPENING)
    if path is None:
        return []
    if not browser.wait("document.documentElement.dataset.view === 'model'"):
        return [f"{path}: does not open"]
    if not browser.evaluate("document.querySelectorAll('#model svg').length > 0"):
        return [f"{path}: shows no pictures"]
    return []


def page_failures(browser, address):
    """What is wrong with the page, and what it measured of itself."""
    browser.size(1400, 900)
    browser.open(address)
    if not browser.wait(READY, seconds=60):
        return ["the page does not become ready", *browser.problems], {}
    timings, failures = {}, []
    if browser.evaluate("document.querySelector('.rows') !== null"):
        failures += overview_failures(browser, timings)
        failures += opening_failures(browser)
    elif browser.evaluate("document.querySelector('#page svg, #page .notice') === null"):
        failures.append("the page shows neither a table nor pictures nor a notice")
    timings = {**browser.evaluate("window.nnoptTimings"), **timings}
    failures += [f"console: {problem}" for problem in browser.problems]
    others = {request for request in browser.requests if request.split("#")[0] != address}
    failures += [f"network: {request}" for request in sorted(others)]
    return failures, timings


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("page", type=pathlib.Path)
    parser.add_argument("--browser", default="chromium", help="a Chromium to run (default: chromium)")
    arguments = parser.parse_args()
    executable = shutil.which(arguments.browser)
    if executable is None:
        print(f"skipped: there is no {arguments.browser} here", file=sys.stderr)
        return 0
    try:
        with Browser(executable) as browser:
            failures, timings = page_failures(browser, arguments.page.resolve(strict=True).as_uri())
    except (BrowserError, OSError) as error:
        failures, timings = [str(error)], {}
    print(json.dumps(timings))
    for failure in failures:
        print(f"failed: {failure}", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
