// What pictures share: the box that names the thing under the pointer or the focus, and walking through
// a picture's parts with the arrow keys, so that a picture of 400 parts is one stop of the tab key.

/** Shows lines beside a point of the window; the first line is the heading. */
function showTooltip(lines, x, y) {
  const box = document.getElementById("tooltip");
  const [heading, ...rest] = lines;
  box.replaceChildren(
    make("strong", {}, heading), ...rest.filter(Boolean).map((line) => make("span", {}, line)));
  box.hidden = false;
  const { width, height } = box.getBoundingClientRect();
  const left = x + 14 + width > innerWidth ? x - width - 14 : x + 14;
  const top = y + 14 + height > innerHeight ? y - height - 14 : y + 14;
  box.style.left = `${Math.max(4, Math.min(left, innerWidth - width - 4))}px`;
  box.style.top = `${Math.max(4, top)}px`;
}

function hideTooltip() {
  document.getElementById("tooltip").hidden = true;
}

/** Shows the tooltip for an element while it has the pointer or the focus. */
function describeOnPoint(element, lines) {
  element.addEventListener("pointermove", (event) => showTooltip(lines(), event.clientX, event.clientY));
  element.addEventListener("pointerleave", hideTooltip);
  element.addEventListener("focus", () => {
    const box = element.getBoundingClientRect();
    showTooltip(lines(), box.left + Math.min(box.width, 60) / 2, box.top + Math.min(box.height, 60) / 2);
  });
  element.addEventListener("blur", hideTooltip);
}

/**
 * Makes one stop of the tab key out of many elements.
 *
 * `next(index, key)` gives the index to go to for an arrow key; without it, arrows go to neighbours.
 */
function makeRoving(elements, next = null) {
  const last = elements.length - 1;
  const neighbour = (index, key) =>
    ({ ArrowRight: index + 1, ArrowDown: index + 1, ArrowLeft: index - 1, ArrowUp: index - 1 })[key];
  elements.forEach((element, index) => {
    element.setAttribute("tabindex", index === 0 ? "0" : "-1");
    element.addEventListener("keydown", (event) => {
      let target = event.key === "Home" ? 0 : event.key === "End" ? last : undefined;
      if (event.key.startsWith("Arrow")) target = (next ?? neighbour)(index, event.key);
      if (target === undefined) return;
      event.preventDefault();
      if (!elements[target]) return;
      elements.forEach((other) => other.setAttribute("tabindex", "-1"));
      elements[target].setAttribute("tabindex", "0");
      elements[target].focus();
    });
    element.addEventListener("focus", () => {
      const stop = elements.find((other) => other.getAttribute("tabindex") === "0");
      if (stop !== element) stop?.setAttribute("tabindex", "-1");
      element.setAttribute("tabindex", "0");
    });
  });
}

/** Puts a text on the clipboard and says so on the button for a while. */
async function copyText(text, button) {
  const label = button.textContent;
  const done = await writeClipboard(text);
  button.textContent = done ? "copied" : "select and copy by hand";
  setTimeout(() => { button.textContent = label; }, 1600);
}

async function writeClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** Browsers that keep the clipboard from pages on disk still copy a selection. */
function copyBySelection(text) {
  const area = make("textarea", { class: "offscreen", readonly: true });
  area.value = text;
  document.body.append(area);
  area.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    area.remove();
  }
}
