// Words of the text that a person selects, with the mouse or with Shift and the arrows, become what a button beside them says.
// Streamlit calls this at each run of the page; what it returns is called at the end.
export default function ({ parentElement, setTriggerValue }) {
  const bar = parentElement.querySelector(".netstats-pick"), box = document.querySelector(".st-key-texte-lu");
  if (!bar || !box) return;
  const stop = new AbortController(), { signal } = stop;
  box.tabIndex = 0;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "Le texte. Les flèches y avancent, Majuscule et flèches y choisissent des mots.");

  const range = () => {
    const selection = getSelection();
    const found = selection.rangeCount && !selection.isCollapsed && selection.getRangeAt(0);
    return found && box.contains(found.commonAncestorContainer) ? found : null;
  };
  const words = (found) => {
    const part = found.cloneContents();
    part.querySelectorAll(".netstats-unseen").forEach((unseen) => unseen.remove()); // said to those who do not see
    part.querySelectorAll("p, h3").forEach((block) => block.append(" "));
    return part.textContent.replace(/\s+/g, " ").trim();
  };
  const show = () => {
    const found = range();
    bar.hidden = !found || !words(found);
    if (bar.hidden) return;
    const { left, bottom, top } = found.getBoundingClientRect(), below = bottom + 8 + bar.offsetHeight < innerHeight;
    bar.style.left = `${Math.max(8, Math.min(left, innerWidth - bar.offsetWidth - 8))}px`;
    bar.style.top = `${below ? bottom + 8 : Math.max(8, top - bar.offsetHeight - 8)}px`;
  };
  const pick = (sort) => {
    const found = range();
    if (!found) return;
    setTriggerValue("picked", { sort, words: words(found) });
    getSelection().removeAllRanges();
    show();
  };

  document.addEventListener("selectionchange", show, { signal });
  document.addEventListener("scroll", show, { capture: true, passive: true, signal });
  bar.addEventListener("pointerdown", (event) => event.preventDefault(), { signal }); // the words stay selected
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) pick(button.dataset.sort);
  }, { signal });
  box.addEventListener("keydown", (event) => {
    const button = range() && bar.querySelector(`[data-key="${event.key}"]`);
    if (button && !event.ctrlKey && !event.altKey && !event.metaKey) pick(button.dataset.sort);
    else if (event.key.startsWith("Arrow") && !event.altKey && !event.metaKey) move(event, box);
    else return;
    event.preventDefault();
  }, { signal });
  show();
  return () => stop.abort();
}

// A page that is not typed in has no caret: this one begins where the text does.
function move(event, box) {
  const selection = getSelection();
  if (!selection.rangeCount || !box.contains(selection.focusNode)) selection.collapse(box.querySelector("p, h3"), 0);
  const ahead = event.key === "ArrowRight" || event.key === "ArrowDown";
  const far = event.key === "ArrowDown" || event.key === "ArrowUp" ? "line" : event.ctrlKey ? "character" : "word";
  selection.modify(event.shiftKey ? "extend" : "move", ahead ? "forward" : "backward", far);
  selection.focusNode.parentElement?.scrollIntoView({ block: "nearest" });
}
