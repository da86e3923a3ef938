// Plotly answers a tap with what was under the tap before: it looks under the pointer when a mouse moves, and a
// touch screen says that it moved only once the finger is up. So a finger that comes down is told as a move first.
(() => {
  if (window.netstatsTouch) return;
  window.netstatsTouch = true;
  document.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" || !(event.target instanceof Element)) return;
    if (!event.target.closest(".js-plotly-plot")) return;
    const { clientX, clientY } = event;
    event.target.dispatchEvent(new MouseEvent("mousemove", { clientX, clientY, bubbles: true, view: window }));
  }, { capture: true, passive: true });
})();
