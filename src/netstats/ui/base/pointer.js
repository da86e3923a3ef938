// Clicks and taps that plotly would answer wrongly, or not at all. Events alone: nothing of plotly is read or written.
(() => {
  if (window.netstatsPointer) return;
  window.netstatsPointer = true;
  const SOON = 60; // ms: plotly looks at a move up to 50 ms later
  const listen = (name, heard) => window.addEventListener(name, heard, { capture: true });
  const inside = (event, place) => event.target instanceof Element && event.target.closest(`.js-plotly-plot ${place}`);

  // Plotly answers a tap with what was under the tap before: it looks under the pointer when a mouse moves, and a
  // touch screen says that it moved only once the finger is up. So a finger that comes down is told as a move first.
  listen("pointerdown", (event) => {
    if (event.pointerType === "mouse" || !inside(event, "*")) return;
    const { clientX, clientY } = event;
    event.target.dispatchEvent(new MouseEvent("mousemove", { clientX, clientY, bubbles: true, view: window }));
  });

  // When a button is down as plotly looks at the last move, it takes it for a drag and forgets what is under the
  // pointer: the click is lost. So a press that comes too soon after a move is handed over once plotly has looked,
  // and what follows it meanwhile comes after it.
  let moved = 0;
  let waiting = null;
  const handOver = () => {
    const events = waiting;
    waiting = null;
    events.forEach((event) => event.target.dispatchEvent(new MouseEvent(event.type, event)));
  };
  listen("mousemove", (event) => {
    if (waiting) event.stopImmediatePropagation();
    else moved = performance.now();
  });
  listen("mousedown", (event) => {
    const rest = moved + SOON - performance.now();
    if (!event.isTrusted || waiting || rest <= 0 || !inside(event, ".draglayer *")) return;
    event.stopImmediatePropagation();
    waiting = [event];
    setTimeout(handOver, rest);
  });
  listen("mouseup", (event) => {
    if (!waiting) return;
    event.stopImmediatePropagation();
    waiting.push(event);
  });
})();
