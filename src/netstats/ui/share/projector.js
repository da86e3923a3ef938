// A slide on its sheet: words as large as their place allows and, once projected, led by keyboard and presenter remote.
// Streamlit calls this at each run of the page, with what projector.py knows; what it returns is called at the end.
const AHEAD = ["ArrowRight", "ArrowDown", "PageDown", " "], BACK = ["ArrowLeft", "ArrowUp", "PageUp"];

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  // One for the window: between two runs Streamlit may end this and begin it again, and no press may fall between.
  const kept = (window.netstatsProjector ??= { press: data.press, place: data.place });
  // Quick presses run ahead of the server: its place counts again once it has heard of the last press.
  if (data.press === kept.press) kept.place = data.place;
  kept.stop?.abort();
  kept.stop = new AbortController();
  const scene = parentElement.closest(".st-key-scene");
  const watch = new MutationObserver(() => fit(scene));
  watch.observe(scene, { childList: true, subtree: true });
  kept.stop.signal.addEventListener("abort", () => watch.disconnect());
  fit(scene);
  if (data.projected) {
    const go = (place) => {
      kept.place = Math.min(Math.max(place, 0), data.count - 1);
      kept.press += 1;
      setStateValue("move", { press: kept.press, place: kept.place });
    };
    lead(kept, data.count, go, () => setTriggerValue("leave", true));
  }
  const { stop } = kept;
  return () => setTimeout(() => {
    if (kept.stop !== stop) return; // begun again
    stop.abort();
    delete window.netstatsProjector;
    document.body.classList.remove("netstats-projete", "netstats-noir", "netstats-bouge");
  }, 300);
}

function lead(kept, count, go, leave) {
  const { signal } = kept.stop, page = document.body.classList;
  page.add("netstats-projete"); // a class, for the style sheet: a :has() of the whole page would be asked at every change
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === " " && event.target.closest?.("button")) return; // on a button the space bar presses that button
    const { key } = event;
    if (AHEAD.includes(key)) go(kept.place + 1);
    else if (BACK.includes(key)) go(kept.place - 1);
    else if (key === "Home") go(0);
    else if (key === "End") go(count - 1);
    else if (key === "f") document.documentElement.requestFullscreen?.().catch(() => {});
    else if (key === "Escape" && !document.fullscreenElement) leave();
    else if (key !== "b" && key !== "." && key !== "Escape") return;
    page.toggle("netstats-noir", (key === "b" || key === ".") && !page.contains("netstats-noir"));
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true, signal });
  document.addEventListener("pointermove", () => {
    page.add("netstats-bouge");
    clearTimeout(kept.still);
    kept.still = setTimeout(() => page.remove("netstats-bouge"), 2500);
  }, { passive: true, signal });
}

// First title and commentary, then what stands in the body; in units of the sheet.
function fit(scene) {
  const units = (element) => (element.clientHeight * 1920) / scene.clientWidth;
  const shrink = (element, from, to, fits) => {
    for (let size = from; element && size >= to; size -= 2) {
      element.style.setProperty("--corps", size);
      if (fits()) break;
    }
  };
  const title = scene.querySelector(".scene-titre"), said = scene.querySelector(".scene-propos");
  shrink(title, 52, 34, () => units(title) <= 129);
  shrink(said, 34, 22, () => units(said) <= 113);
  const body = scene.querySelector("[class*=st-key-scene-corps]");
  if (body?.querySelector(".scene-tableau, .scene-chiffres, .scene-noms, .st-key-scene-carte")) {
    shrink(body, 36, 16, () => body.scrollHeight <= body.clientHeight);
  }
}
