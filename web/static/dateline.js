// Comfort only: whatever is done here can be done without it.
(() => {
  "use strict";
  const all = (selector) => [...document.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);
  const make = (name, attributes = {}, ...inside) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "click") element.addEventListener("click", value);
      else element.setAttribute(key, value);
    }
    element.append(...inside);
    return element;
  };

  const status = make("div", { class: "vh", role: "status" });
  const say = (text) => {
    status.textContent = "";
    setTimeout(() => { status.textContent = text; }, 50);
  };
  let dock;
  const docked = (...inside) => {
    if (!dock) {
      dock = make("div", { class: "dock", role: "region", "aria-label": "Reading aids" });
      document.body.append(dock);
      document.documentElement.classList.add("docked");
    }
    const box = make("div", {}, ...inside);
    dock.append(box);
    return box;
  };

  // Copying; without the right to use the clipboard by the older way.
  const copy = async (text, what) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = make("textarea", { class: "vh", "aria-hidden": "true", tabindex: "-1" });
      const before = document.activeElement;
      field.value = text;
      (one("dialog[open]") || document.body).append(field);
      field.select();
      const worked = document.execCommand("copy");
      field.remove();
      if (before) before.focus({ preventScroll: true });
      if (!worked) return say("The browser does not allow copying");
    }
    return say(`${what} copied`);
  };
  const copier = (what, text) =>
    make("button", { type: "button", class: "copy", click: () => copy(text(), `The ${what} is`) },
      `Copy ${what}`);

  const story = one(".story[data-id]");
  const own = story && `${location.origin}/doc/${encodeURIComponent(story.dataset.id)}`;

  function citations() {
    const citation = one("#citation");
    const link = one(".ways a[data-copy]");
    const about = () => `${citation.textContent.trim()} ${link ? link.href : own}`;
    const ways = one(".ways");
    const item = (button) => make("li", {}, button);
    if (link) ways.prepend(item(copier("link", () => link.href)));
    ways.prepend(item(copier("citation", about)));
    const digest = one("#digest");
    if (digest) digest.after(copier("SHA-256", () => digest.textContent));
    for (const passage of all(".acts a[data-copy]")) {
      passage.after(copier("link", () => passage.href));
    }
  }

  // Matches, one after the other.
  const marks = all("mark[id^=m]");
  let at = -1;
  let place;
  const go = (step) => {
    if (!marks.length) return;
    if (at < 0) {
      const began = marks.findIndex((mark) => `#${mark.id}` === location.hash);
      const next = marks.findIndex((mark) => mark.getBoundingClientRect().top > 0);
      at = began >= 0 ? began : step > 0 ? (next < 0 ? 0 : next) - 1 : next < 0 ? 0 : next;
    }
    at = (at + step + marks.length) % marks.length;
    marks.forEach((mark, nth) => mark.classList.toggle("current", nth === at));
    const mark = marks[at];
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    mark.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    mark.setAttribute("tabindex", "-1");
    mark.focus({ preventScroll: true });
    place.textContent = `${at + 1} of ${marks.length}`;
    const paragraph = mark.closest(".par");
    say(`Match ${at + 1} of ${marks.length}${paragraph ? `, paragraph ${paragraph.id.slice(1)}` : ""}`);
  };
  function finder() {
    if (marks.length < 1) return;
    const step = (label, by, key, sign) =>
      make("button", { type: "button", "aria-label": label, "aria-keyshortcuts": key,
                       click: () => go(by) }, sign);
    place = make("span", { class: "place" }, `${marks.length} matches`);
    if (marks.length > 1) docked(step("Previous match", -1, "Shift+N", "↑"), place, step("Next match", 1, "N", "↓"));
  }

  // A selected passage: its words, its address here, and on the live page.
  const fragment = (text) => {
    const words = text.trim().split(/\s+/);
    const said = (list) => encodeURIComponent(list.join(" ")).replace(/-/g, "%2D");
    return words.length <= 12 ? said(words) : `${said(words.slice(0, 5))},${said(words.slice(-5))}`;
  };
  const selected = () => {
    const chosen = getSelection();
    if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return null;
    const range = chosen.getRangeAt(0);
    const from = range.startContainer.nodeType === 1 ? range.startContainer : range.startContainer.parentElement;
    const paragraph = from && from.closest(".text .par");
    const text = chosen.toString().trim();
    return paragraph && text ? { paragraph, text } : null;
  };
  function quoting() {
    const live = one("#live, .acts a[rel]");
    const page = live && live.href.split(":~:")[0].replace(/#$/, "");
    let now = null;
    const held = (act) => () => now && act(now);
    const button = (label, act) => make("button", { type: "button", click: held(act) }, label);
    const address = ({ paragraph, text }) => `${own}#${paragraph.id}:~:text=${fragment(text)}`;
    const there = page && make("a", { target: "_blank", rel: "noopener noreferrer nofollow" }, "Live page");
    const cited = ({ paragraph, text }) =>
      `“${text}” ${one("#citation").textContent.trim()} ${own}#${paragraph.id}`;
    const box = docked(
      button("Copy quote", (found) => copy(cited(found), "The quote with its citation is")),
      button("Copy link", (found) => copy(address(found), "The link to this passage is")),
      ...(there ? [there] : []));
    box.className = "passage";
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "The selected passage");
    box.hidden = true;
    let waiting;
    document.addEventListener("selectionchange", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        if (dock.contains(document.activeElement) && !selected()) return;
        now = selected();
        box.hidden = !now;
        // Where the passage would lie under it, it moves to the other end.
        const lies = now && getSelection().getRangeAt(0).getBoundingClientRect();
        dock.classList.toggle("up", Boolean(lies) && lies.bottom > innerHeight - 72 && lies.top > 72);
        if (now && there) there.href = `${page}${page.includes("#") ? "" : "#"}:~:text=${fragment(now.text)}`;
      }, 200);
    });
  }

  // Shortcuts of one key, which may be turned off.
  const KEPT = "dateline.keys";
  let on = true;
  try { on = localStorage.getItem(KEPT) !== "off"; } catch { /* not allowed: on for this page */ }
  const follow = (rel) => { const link = one(`a[rel=${rel}]`); if (link) link.click(); };
  const hits = all(".hit h2 a");
  const hit = (step) => {
    const now = hits.findIndex((link) => link === document.activeElement || link.closest(".hit").contains(document.activeElement));
    const next = hits[Math.min(Math.max(now + step, 0), hits.length - 1)];
    if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
  };
  const keys = {
    "/": ["Go to the search box", () => { const box = one("input[type=search]"); if (box) { box.focus(); box.select(); } }],
    ...(marks.length ? { n: ["Next match", () => go(1)], N: ["Previous match", () => go(-1)] } : {}),
    ...(hits.length
      ? { j: ["Next result", () => hit(1)], k: ["Previous result", () => hit(-1)] }
      : one("a[rel=next], a[rel=prev]")
        ? { j: ["Next result", () => follow("next")], k: ["Previous result", () => follow("prev")] }
        : {}),
    "?": ["Show these keys", () => help()],
  };
  let sheet;
  function help() {
    if (!sheet) {
      const box = make("input", { type: "checkbox" });
      box.checked = on;
      box.addEventListener("change", () => {
        on = box.checked;
        try { localStorage.setItem(KEPT, on ? "on" : "off"); } catch { /* as above */ }
      });
      const list = Object.entries(keys).flatMap(([key, [label]]) =>
        [make("dt", {}, make("kbd", {}, key)), make("dd", {}, label)]);
      sheet = make("dialog", { class: "keys", "aria-labelledby": "keys-head" },
        make("h2", { id: "keys-head" }, "Keyboard shortcuts"), make("dl", {}, ...list),
        make("label", {}, box, "Shortcuts are on"),
        make("button", { type: "button", click: () => sheet.close() }, "Close"));
      document.body.append(sheet);
    }
    if (!sheet.open) sheet.showModal();
  }
  const typing = (element) =>
    element.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName);
  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.defaultPrevented || typing(event.target) || one("dialog[open]")) return;
    const known = Object.hasOwn(keys, event.key) && keys[event.key];
    if (!known) return;
    event.preventDefault();
    known[1]();
  });

  document.body.append(status);
  const end = one(".end p");
  if (end) end.append(" ", make("button", { type: "button", class: "keys-button", click: help }, "Keyboard shortcuts"));
  if (story) {
    if (one("#citation")) citations();
    finder();
    if (one(".text .par")) quoting();
  }
})();
