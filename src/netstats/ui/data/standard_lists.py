"""On « Référentiels », the lists that a database begins without: put in all at once, as everything else is."""

from __future__ import annotations

import streamlit as st

from netstats import choices, wording
from netstats.intake import standard
from netstats.model import WRITTEN
from netstats.store import Batch
from netstats.ui.base.text import plain
from netstats.ui.data import snapshot
from netstats.ui.review import panel
from netstats.ui.review.review import Review

_KEY, _REVIEW = "listes-courantes", "listes-courantes-revue"


def offer() -> bool:
    """Offer them where the database has none; return whether what would change is shown, with what writes it."""
    missing = standard.missing(snapshot.known().rows)
    if not missing.rows:
        st.session_state.pop(_REVIEW, None)
        return False
    review: Review[None] = st.session_state.setdefault(_REVIEW, Review())
    said = wording.listing(wording.counted(len(frame), *WRITTEN[table].nouns) for table, frame in missing.rows.items())
    with st.container(border=True, key=f"card-{_KEY}"):
        st.header("Commencer avec les listes courantes", anchor=False)
        st.caption(plain(f"Celles de l’activité publiée : {said}. Chaque ligne se renomme ou se retire ensuite."))
        if not review.asked:
            st.button(
                "Ajouter les listes courantes",
                key=_KEY,
                type="primary",
                icon=":material/playlist_add:",
                on_click=lambda: setattr(review, "asked", True),
                disabled=not panel.is_writable(),
            )
            return False
        preview = review.look((standard.LABEL, tuple(missing.rows)), lambda: (None, missing))
        panel.outdated(review)
        if panel.difference(preview, key=f"difference-{_KEY}"):
            panel.confirm(
                review,
                preview,
                Batch(choices.LISTS, standard.LABEL),
                key=f"enregistrer-{_KEY}",
                after=lambda: st.session_state.pop(_REVIEW),
            )
        st.button("Annuler", key=f"annuler-{_KEY}", type="tertiary", on_click=lambda: st.session_state.pop(_REVIEW))
    return True
