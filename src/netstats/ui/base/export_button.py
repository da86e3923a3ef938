"""Files that take a while: made when asked for, with progress, cancelled by one click, then downloaded."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import streamlit as st

from netstats.errors import NetstatsError
from netstats.share.selection import Tell
from netstats.ui.base.text import plain

_ASKED = "fichier_demande"
_MADE = "fichier_fait"


def offer(key: str, label: str, name: str, mime: str, make: Callable[[Tell], bytes], *, of: object) -> None:
    """Draw the button of a file; pressed, it makes the file and has the browser take it.

    One file a session is kept, the last one. The button « Annuler » ends the making at its next step: Streamlit stops
    a run at the first thing it draws after another click.

    Parameters
    ----------
    key
        Names the file among those of the page.
    label, name, mime
        What the button says, how the file is called, what it is.
    make
        Makes it.
    of
        What it is made of (selection, data, words): another one is another file.
    """
    made = st.session_state.get(_MADE)
    with st.container(key=f"fichier-{key}", gap="xsmall"):
        if made is not None and made[0] == (key, of):
            st.download_button(
                f"Télécharger {label[label.index('(') :]}",
                made[1],
                name,
                mime,
                key=f"telecharger-{key}",
                icon=":material/download:",
                type="primary",
                on_click="ignore",
                width="stretch",
            )
            _press(f"telecharger-{key}", made[2])
        elif st.session_state.get(_ASKED) == (key, of):
            bar = st.progress(0.0, "Préparation…")
            st.button("Annuler", key=f"annuler-{key}", icon=":material/close:", on_click=_forget, width="stretch")

            def tell(part: float, sentence: str) -> None:
                bar.progress(min(part, 1.0), plain(sentence))

            _forget()  # whatever becomes of it: another click ends it, and does not begin it again
            try:
                st.session_state[_MADE] = ((key, of), make(tell), uuid4().hex)
            except NetstatsError as error:  # a template that is none
                st.error(plain(error.remedy) or None, title=plain(error.what), icon=":material/error:")
                return
            st.rerun()
        else:
            st.button(
                label,
                key=f"preparer-{key}",
                icon=":material/file_save:",
                on_click=_ask,
                args=((key, of),),
                width="stretch",
            )


def _ask(wanted: tuple[str, object]) -> None:
    st.session_state[_ASKED] = wanted


def _forget() -> None:
    st.session_state.pop(_ASKED, None)


def _press(key: str, made: str) -> None:
    """Have the browser press the button of the file `made`, once: the file was asked for by a click already.

    Every run tells it, since one that another click ends may never be drawn; the browser remembers what it took, and
    waits for the button, which a slow machine shows late.
    """
    st.html(
        f"""<script>
        (() => {{
          const taken = (window.netstatsTaken ??= new Set());
          const until = Date.now() + 30000;
          const press = () => {{
            if (taken.has("{made}") || Date.now() > until) return;
            const button = document.querySelector(".st-key-{key} button");
            if (!button) return setTimeout(press, 100);
            taken.add("{made}");
            button.click();
          }};
          setTimeout(press, 100);
        }})();
        </script>""",
        unsafe_allow_javascript=True,
    )
