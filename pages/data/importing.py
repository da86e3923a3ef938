"""Importer: files read, understood, asked about, refused or compared, and only then put in."""

import streamlit as st

from netstats.ui.data import import_work, importing

work = import_work.current()
importing.last_words(work)
if not importing.is_writable():
    st.stop()

with importing.step(1, "Choisir les fichiers"):
    importing.templates()
    importing.files(work)

if not any(file.sheets for file in work.files.values()):
    st.info("Rien n’est enregistré avant l’étape 6 : vous verrez d’abord tout ce qui changera.")
    st.stop()

with importing.step(2, "Vérifier ce qui est reconnu"):
    matchings = importing.sheets(work)
    if not importing.matchings_told(matchings):
        st.stop()
    with importing.progress() as tell:
        judged = import_work.judge(work, matchings, tell)

with importing.step(3, "Répondre aux questions"):
    importing.questions(work)

with importing.step(4, "Regarder ce qui est refusé"):
    importing.refusals(work, judged)

with importing.step(5, "Voir ce qui va changer"):
    importing.changes(work, judged)

with importing.step(6, "Enregistrer"):
    importing.saving(work, judged)
