// Clicks and taps that plotly would answer wrongly, or not at all.
(() => {
  if (window.netstatsPointer) return;
  window.netstatsPointer = true;
  const plotOf = (event) => (event.target instanceof Element ? event.target.closest(".js-plotly-plot") : null);

  // Plotly answers a tap with what was under the tap before: it looks under the pointer when a mouse moves, and a
  // touch screen says that it moved only once the finger is up. So a finger that comes down is told as a move first.
  document.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" || !plotOf(event)) return;
    const { clientX, clientY } = event;
    event.target.dispatchEvent(new MouseEvent("mousemove", { clientX, clientY, bubbles: true, view: window }));
  }, { capture: true, passive: true });

  // A move is looked at up to 50 ms later. When the button is down by then, plotly takes it for a drag, forgets what is
  // under the pointer, and the click is lost: what it knew at the press is given back where the button comes up.
  let press = null;
  window.addEventListener("mousedown", (event) => {
    const plot = plotOf(event);
    press = plot?._hoverdata ? { plot, known: plot._hoverdata, x: event.clientX, y: event.clientY } : null;
  }, { capture: true, passive: true });
  window.addEventListener("mouseup", (event) => {
    const stays = press && Math.hypot(event.clientX - press.x, event.clientY - press.y) < 5;
    if (stays && !press.plot._hoverdata) press.plot._hoverdata = press.known;
    press = null;
  }, { capture: true, passive: true });
})();
