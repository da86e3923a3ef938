// From words of the form to their mark in the text, and back: the text scrolls in its own box, the form with the page.
(() => {
  if (window.netstatsMinutes) return;
  window.netstatsMinutes = true;
  const behavior = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth");
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a[href^='#mot-'], a[href^='#lu-']");
    if (!link) return;
    event.preventDefault();
    const name = link.getAttribute("href").slice(1);
    const parts = document.querySelectorAll(`#${name}, [data-mark~="${name}"]`);
    if (!parts.length) return;
    document.querySelectorAll(".netstats-lit").forEach((lit) => lit.classList.remove("netstats-lit"));
    parts.forEach((part) => part.classList.add("netstats-lit"));
    const target = parts[0];
    target.focus({ preventScroll: true });
    const box = target.closest(".st-key-texte-lu");
    if (!box) {
      target.scrollIntoView({ block: "center", behavior: behavior() });
      return;
    }
    const middle = target.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 2;
    box.scrollBy({ top: middle, behavior: behavior() });
    const { top, bottom } = box.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) box.scrollIntoView({ block: "nearest", behavior: behavior() });
  });
})();
