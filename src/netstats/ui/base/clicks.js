// What only a click may ask of the browser: full screen, the clipboard, and a menu that makes room for its page.
(() => {
  if (window.netstatsClicks) return;
  window.netstatsClicks = true;
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    if (event.target.closest(".st-key-projeter button, .st-key-diapo-plein-ecran button")) {
      document.documentElement.requestFullscreen?.().catch(() => {});
    }
    if (event.target.closest(".st-key-diapo-quitter button")) document.exitFullscreen?.().catch(() => {});
    // On a phone the menu lies over the page: whoever chose one wants to see it. It has answered the click by then.
    if (event.target.closest("[data-testid=stSidebarNavLink]") && matchMedia("(max-width: 768px)").matches) {
      setTimeout(() => document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click());
    }
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
