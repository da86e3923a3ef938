"""Importer: files read, understood, asked about, refused or compared, and only then put in."""

import streamlit as st

from netstats import choices
from netstats.ui.data import import_review, import_work, importing
from netstats.ui.review import panel

work = import_work.current()
panel.saved(choices.IMPORT)
if not panel.is_writable():
    st.stop()

with panel.step(1, "Choisir les fichiers"):
    importing.templates()
    importing.files(work)

if not work.sheets:
    if work.left:
        with st.container(border=True, key="card-restent"):
            st.header("Ce qui reste à corriger", anchor=False)
            import_review.rejects(work, *work.left)
    st.info("Rien n’est enregistré avant l’étape 6 : vous verrez d’abord tout ce qui changera.")
    st.stop()

with panel.step(2, "Vérifier ce qui est reconnu"):
    matchings = importing.sheets(work)
    if not matchings:
        st.stop()
    with importing.progress() as tell:
        preview = import_work.preview(work, matchings, tell)

with panel.step(3, "Répondre aux questions"):
    import_review.questions(work)

with panel.step(4, "Regarder ce qui est refusé"):
    import_review.rejects(work, preview.result, matchings)

with panel.step(5, "Voir ce qui va changer"):
    import_review.changes(work, preview)

with panel.step(6, "Enregistrer"):
    import_review.saving(work, preview, matchings)
