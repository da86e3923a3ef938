// From words of the form to their mark in the text, and back: the text scrolls in its own box, the form with the page.
(() => {
  if (window.netstatsMinutes) return;
  window.netstatsMinutes = true;
  // From one doubt or proposed action to the next by keyboard, then to the button that shows what changes.
  const ITEMS = "[class*='-confirmer-'] button, .st-key-card-actions-proposees input[type=checkbox]";
  const LAST = "[class*='st-key-compte-rendu-'][class*='-voir'] button";
  const items = () => [...document.querySelectorAll(`${ITEMS}, ${LAST}`)].filter((one) => one.checkVisibility());
  const around = (here, step) => items()[items().indexOf(here) + step]?.focus();
  document.addEventListener("keydown", (event) => {
    const here = event.target instanceof Element && event.target.matches(ITEMS) && event.target;
    if (!here || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) around(here, step);
    else if (event.key === "Enter" && here.matches("input")) {
      here.click();
      around(here, 1);
    } else return;
    event.preventDefault();
  });
  // What is confirmed or taken out goes from the list once the page has run again: the first that is left is next. A text
  // that was just read begins with the first.
  const DONE = "[class*='-confirmer-'], [class*='-oter-']", READ = "[class*='st-key-compte-rendu-'][class*='-lire'], [class*='-reprendre-']";
  document.addEventListener("click", (event) => {
    const done = event.target instanceof Element && event.target.closest(DONE);
    const read = event.target instanceof Element && event.target.closest(READ) && !document.querySelector(".st-key-brouillon");
    if (!done && !read) return;
    const name = done && [...done.classList].find((one) => one.startsWith("st-key-"));
    let patience = 1200, steady = 0;
    const wait = setInterval(() => {
      if (!(patience -= 1)) clearInterval(wait);
      if (document.querySelector("[data-testid=stApp]").dataset.testScriptState !== "notRunning") return;
      const ready = done ? !document.querySelector(`.${CSS.escape(name)}`) : document.querySelector(".st-key-brouillon") && items().length;
      if (!ready) return;
      if (document.activeElement === document.body) items()[0]?.focus(); // else the person has gone on
      if ((steady += 1) > 10) clearInterval(wait); // drawn anew, the page may let go of it
    }, 50);
  });
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
