// Streamlit's own words are English whatever the browser speaks. This gives them in French: the language of the
// document, then the few words that our pages show. Data is never touched: only whole texts of this list are.
(() => {
  document.documentElement.lang = "fr";
  if (window.netstatsFrench) return; // the script runs at each rerun of the page, the observer once
  const words = new Map(Object.entries({
    "Main menu": "Menu principal", "Settings": "Réglages", "Print": "Imprimer", "Rerun": "Actualiser",
    "Appearance": "Apparence", "Theme": "Apparence", "Light": "Clair", "Dark": "Sombre", "System": "Système",
    "Use system setting": "Comme le système", "Close": "Fermer", "Cancel": "Annuler", "Help": "Aide",
    "Open": "Ouvrir", "Dismiss": "Fermer", "Clear value": "Effacer la valeur", "Clear all": "Tout effacer",
    "No results": "Aucun résultat", "No options to select": "Aucun choix", "Vega visualization": "Évolution par année",
    "Download as CSV": "Télécharger en CSV", "Search": "Chercher", "Fullscreen": "Plein écran",
    "Close fullscreen": "Quitter le plein écran", "Show/hide columns": "Choisir les colonnes",
    "Running...": "Calcul en cours…", "Stop": "Arrêter", "Skip to main content": "Aller au contenu",
    "Wide mode": "Pleine largeur", "Record a screencast": "Enregistrer l’écran", "Clear cache": "Vider le cache",
    "Sort ascending": "Tri croissant", "Sort descending": "Tri décroissant", "Autosize": "Ajuster la largeur",
    "Pin column": "Figer la colonne", "Unpin column": "Libérer la colonne", "Hide column": "Masquer la colonne",
    "Page not found": "Page introuvable",
    "The page that you have requested does not seem to exist. Running the app's main page.": "Cette page n’existe pas : voici la vue d’ensemble.",
    "Press Enter to apply": "Entrée pour valider", "Previous page": "Page précédente", "Next page": "Page suivante", "Format": "Format", "Statistics": "Statistiques", "About": "À propos", "Connecting": "Connexion…",
    "Connection error": "Connexion perdue", "Selected values": "Valeurs choisies", "Record screen": "Enregistrer l’écran",
    "App pages": "Pages", "Upload": "Choisir", "Browse files": "Choisir", "file upload": "Choisir des fichiers",
    "Drag and drop files here": "Déposez les fichiers ici", "Drag and drop file here": "Déposez le fichier ici",
    "Add files": "Ajouter des fichiers", "Remove file": "Retirer le fichier", "Copy to clipboard": "Copier", "Copied": "Copié", "Failed to generate file for download": "Le fichier n’a pas pu être préparé.", "Download failed": "Le fichier n’a pas pu être préparé.", "per file": "par fichier", "add icon": "ajouter",
  }));
  const patterns = [
    [/^Help for (.+)$/, "Aide : $1"], [/^Remove (.+)$/, "Retirer $1"], [/^Add: (.+)$/, "Ajouter : $1"],
    [/^x: \d+; y: (.+)$/, "$1"],  [/^(\d+)(?:\.0)?([KMG]?)B$/, "$1 $2o"],
    [/^(\d+)\.(\d+)([KMG])B$/, "$1,$2 $3o"],
    [/^([\d.]+)([KMG])B per file(.*)$/, "$1 $2o par fichier$3"],
    [/^File must be ([\d.]+)([KMG])B or smaller\.$/, "Le fichier est trop lourd : $1 $2o au plus."],
  ];
  const french = (text) => {
    const trimmed = text.trim();
    if (words.has(trimmed)) return words.get(trimmed);
    const [start, ...rest] = trimmed.split(": "); // « Search: Tableau : Thèmes abordés »
    if (rest.length && words.has(start)) return `${words.get(start)} : ${rest.join(": ")}`;
    for (const [pattern, replacement] of patterns) {
      if (pattern.test(trimmed)) return trimmed.replace(pattern, replacement);
    }
    return null;
  };
  const ours = (element) => element.closest("[data-testid=stMarkdownContainer], [data-testid=stHtml]")
    // where Streamlit's own tooltips stand, and our definitions; its uploader writes its words as we do ours
    && !element.closest("[data-testid=stTooltipContent], [data-testid=stFileUploaderDropzone]");
  const translate = (root) => {
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    for (const element of [root, ...root.querySelectorAll("*:not(.js-plotly-plot *)")]) {
      for (const name of ["aria-label", "title", "placeholder"]) {
        const value = element.getAttribute(name);
        const said = value && french(value);
        if (said && said !== value) element.setAttribute(name, said);
      }
      if (ours(element)) continue;
      for (const node of element.childNodes) {
        const said = node.nodeType === Node.TEXT_NODE && french(node.nodeValue);
        if (said && said !== node.nodeValue) node.nodeValue = said;
      }
    }
  };
  window.netstatsFrench = new MutationObserver((changes) => {
    for (const change of changes) {
      const at = change.target.nodeType === Node.ELEMENT_NODE ? change.target : change.target.parentElement;
      if (!at || at.closest(".js-plotly-plot")) continue; // a chart is thousands of elements, and says only our words
      if (change.type === "childList") {
        for (const node of change.addedNodes) translate(node.nodeType === Node.TEXT_NODE ? at : node);
      } else {
        translate(at);
      }
    }
  });
  translate(document.body);
  window.netstatsFrench.observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true,
    attributeFilter: ["aria-label", "title", "placeholder"],
  });
})();
