// The slide: fitted to its place, led by keyboard and presenter remote (arrows, page keys), full screen, black screen.
(() => {
  if (window.netstatsStage) return;
  window.netstatsStage = true;
  const WIDTH = 1920, HEIGHT = 1080;
  const fit = () => {
    // A class, for the style sheet: a :has() of the whole page would be asked at every change of it.
    document.body.classList.toggle("netstats-projete", document.querySelector(".st-key-projection") !== null);
    const stage = document.querySelector(".st-key-scene");
    if (!stage) return;
    const preview = stage.closest(".st-key-apercu");
    const width = preview ? preview.clientWidth : window.innerWidth;
    const height = preview ? preview.clientHeight : window.innerHeight;
    const scale = Math.min(width / WIDTH, height / HEIGHT);
    const style = document.documentElement.style;
    style.setProperty("--scene-echelle", scale);
    style.setProperty("--scene-gauche", `${Math.max(0, (width - WIDTH * scale) / 2)}px`);
    style.setProperty("--scene-haut", `${Math.max(0, (height - HEIGHT * scale) / 2)}px`);
    // Words are written as large as their place allows: first title and commentary, then what stands in the body.
    const shrink = (element, from, to, fits) => {
      for (let size = from; element && size >= to; size -= 2) {
        element.style.setProperty("--corps", `${size}px`);
        if (fits()) break;
      }
    };
    const title = stage.querySelector(".scene-titre"), said = stage.querySelector(".scene-propos");
    shrink(title, 52, 34, () => title.clientHeight <= 128);
    shrink(said, 34, 22, () => said.clientHeight <= 112);
    const body = stage.querySelector("[class*=st-key-scene-corps]");
    if (body?.querySelector(".scene-tableau, .scene-chiffres, .st-key-scene-carte")) {
      shrink(body, 36, 16, () => body.scrollHeight <= body.clientHeight);
    }
  };
  // Streamlit gives a chart the size that its place has on the screen, once fitted: it is told that of the sheet.
  const measured = Element.prototype.getBoundingClientRect;
  Element.prototype.getBoundingClientRect = function () {
    const box = measured.call(this);
    if (!this.closest(".st-key-scene")) return box;
    const scale = parseFloat(document.documentElement.style.getPropertyValue("--scene-echelle")) || 1;
    return new DOMRect(box.x / scale, box.y / scale, box.width / scale, box.height / scale);
  };

  new ResizeObserver(fit).observe(document.documentElement);
  new MutationObserver(fit).observe(document.body, { childList: true, subtree: true });
  fit();

  const projected = () => document.querySelector(".st-key-projection");
  // One press, one slide: the next one is pressed once the slide of the one before is there.
  const waiting = [];
  let busy = false;
  const shown = () => document.querySelector(".scene-numero")?.textContent;
  const lead = async () => {
    if (busy) return;
    busy = true;
    while (waiting.length && projected()) {
      const before = shown();
      press(waiting.shift());
      for (let turn = 0; turn < 60 && shown() === before; turn += 1) await new Promise((on) => setTimeout(on, 25));
    }
    waiting.length = 0;
    busy = false;
  };
  const press = (name) => document.querySelector(`.st-key-${name} button`)?.click();
  const fill = () => document.documentElement.requestFullscreen?.().catch(() => {});
  const keys = {
    ArrowRight: "diapo-suivante", ArrowDown: "diapo-suivante", PageDown: "diapo-suivante", " ": "diapo-suivante",
    ArrowLeft: "diapo-precedente", ArrowUp: "diapo-precedente", PageUp: "diapo-precedente",
    Home: "diapo-premiere", End: "diapo-derniere",
  };
  document.addEventListener("keydown", (event) => {
    if (!projected() || event.ctrlKey || event.altKey || event.metaKey) return;
    // On a button the space bar presses that button.
    if (event.key === " " && event.target.closest?.("button")) return;
    if (event.key in keys) {
      waiting.push(keys[event.key]);
      lead();
    }
    else if (event.key === "b" || event.key === ".") document.body.classList.toggle("netstats-noir");
    else if (event.key === "f") fill();
    else if (event.key === "Escape") {
      document.body.classList.remove("netstats-noir");
      if (!document.fullscreenElement) press("diapo-quitter");
    }
    else return;
    if (event.key in keys) document.body.classList.remove("netstats-noir");
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true });

  let still;
  document.addEventListener("pointermove", () => {
    if (!projected()) return;
    document.body.classList.add("netstats-bouge");
    clearTimeout(still);
    still = setTimeout(() => document.body.classList.remove("netstats-bouge"), 2500);
  }, { passive: true });
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    if (event.target.closest(".st-key-projeter button, .st-key-diapo-plein-ecran button")) fill();
    if (event.target.closest(".st-key-diapo-quitter button")) document.exitFullscreen?.().catch(() => {});
    const copier = event.target.closest("[class*=st-key-copier-lien] button");
    if (copier) copy(location.href, copier);
  }, { capture: true });

  // navigator.clipboard is there on https and localhost only; a town's server may be neither.
  const copy = async (text, button) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const box = document.createElement("textarea");
      box.value = text;
      box.setAttribute("readonly", "");
      box.style.position = "fixed";
      document.body.append(box);
      box.select();
      document.execCommand("copy");
      box.remove();
      button.focus();
    }
  };
})();
