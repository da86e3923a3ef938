"""The page « Référentiels »: a list, one of its rows as a form, a merge, what would change, who writes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlencode

import streamlit as st

from netstats import choices, wording
from netstats.intake.changes import ChangeSet
from netstats.intake.entry import Value
from netstats.intake.forms import Form
from netstats.intake.issues import Issue
from netstats.intake.lists import LISTS, ListCheck, check_row, merge, row_of, uses, values_of
from netstats.intake.snapshot import Row, records
from netstats.reference.fold import normalize
from netstats.store import Batch
from netstats.ui.base import html, links
from netstats.ui.base.paging import page_of
from netstats.ui.base.text import plain
from netstats.ui.data import fields, snapshot
from netstats.ui.review import panel
from netstats.ui.review.review import Review

_LIST = "liste"  # in the address
_A_PAGE = 20
_DRAFT = "referentiel"


@dataclass(eq=False)
class Draft:
    """A row of a list that is being changed, a new one without a code; `into` is the one that it is merged into.

    `number` tells the widgets of one row after another apart.
    """

    form: Form
    code: str
    number: int = 0
    into: str | None = None
    values: dict[str, Value] = field(default_factory=dict)
    review: Review[ListCheck | None] = field(default_factory=Review)

    def key(self, *parts: str) -> str:
        """Return the key of a widget."""
        return "-".join((_DRAFT, self.form.name, self.code, str(self.number), *parts))

    @property
    def name(self) -> str:
        """The row as a sentence names it; the name that is typed, of a new one."""
        row = row_of(snapshot.known(), self.form, self.code)
        return f"« {row['name'] if row else self.values.get('name') or ''} »"


def current() -> Draft:
    """Draw the choice of a list; return the row of it that the address names, or a new one."""
    titles = {name: form.title for name, form in LISTS.items()}
    chosen = st.segmented_control(
        "Liste",
        list(titles),
        default=next(iter(titles)),
        format_func=lambda name: titles.get(name, name),
        key=_LIST,
        required=True,
        bind="query-params",
        label_visibility="collapsed",
    )
    form, code = LISTS[chosen or next(iter(LISTS))], links.subject()
    if code and row_of(snapshot.known(), form, code) is None:
        code = ""
    draft: Draft | None = st.session_state.get(_DRAFT)
    if draft is None or (draft.form.name, draft.code) != (form.name, code):
        number = draft.number + 1 if draft else 0
        draft = st.session_state[_DRAFT] = Draft(form, code, number)
    return draft


def _begin_again() -> None:
    draft: Draft = st.session_state.pop(_DRAFT)
    st.session_state[_DRAFT] = Draft(draft.form, "", draft.number + 1)
    st.query_params.pop(links.SUBJECT, None)


# --- the list


def show(draft: Draft) -> None:
    """Draw the rows of the list, twenty a page, each a link to its form."""
    form, known = draft.form, snapshot.known()
    count = uses(known, form)
    order = "rank" if "rank" in known.rows[form.table] else "name"
    rows = sorted(records(known.rows[form.table]), key=lambda row: _sorting(row[order]))
    with st.container(border=True, key="card-liste"):
        st.header(form.title, anchor=False)
        if not rows:
            st.caption("Rien dans cette liste pour l’instant.")
        with page_of(len(rows), _A_PAGE, key=f"pages-{form.name}-{len(rows)}", said="Lignes {}.") as shown:
            html.show("lists-rows", rows=[_row(form, row, count[str(row["code"])]) for row in rows[shown]])


def _sorting(value: object) -> tuple[int, str]:
    return (value, "") if isinstance(value, int) else (0, normalize(str(value)))


def _row(form: Form, row: Row, count: int) -> dict[str, object]:
    return {
        "href": f"referentiels?{urlencode({_LIST: form.title, links.SUBJECT: row['code']})}",
        "name": row["name"],
        "said": wording.counted(count, "utilisation") if count else "aucune utilisation",
        "retired": row["retired"],
    }


# --- one row


def fill_in(draft: Draft) -> None:
    """Draw the form of the row, as its declaration says, and the button that shows what would change."""
    disabled = not panel.is_writable()
    held = values_of(snapshot.known(), draft.form, row_of(snapshot.known(), draft.form, draft.code))
    with st.container(border=True, key="card-fiche"):
        st.header(plain(f"Modifier {draft.name}" if draft.code else "Ajouter à la liste"), anchor=False)
        draft.values = {
            name: fields.draw(draft.form, name, draft.key(name), value, disabled=disabled)
            for name, value in held.items()
        }
        panel.ask_for_changes(draft.review, key=draft.key("voir"), disabled=disabled)


def way_back() -> None:
    """Offer the whole list again."""
    st.button(
        "Toute la liste", key="toute-la-liste", icon=":material/arrow_back:", type="tertiary", on_click=_begin_again
    )


def merging(draft: Draft) -> None:
    """Ask which other row takes the place of this one."""
    names = snapshot.known().offered(draft.form.table)
    with st.container(border=True, key="card-fusion"):
        st.header("Fusionner", anchor=False)
        st.caption(
            plain(
                f"Tout ce qui se rapporte à {draft.name} passe à l’autre, et {draft.name} quitte la liste : pour un "
                "doublon. La fusion s’annule depuis le journal. Pour garder son histoire sans plus le proposer, mettez "
                "« Retiré » à « oui »."
            )
        )
        draft.into = st.selectbox(
            "Fusionner avec",
            sorted(names.keys() - {draft.code}, key=lambda code: normalize(names[code])),
            index=None,
            format_func=lambda code: names.get(code, code),
            key=draft.key("fusion"),
            placeholder="Celui qui reste",
            filter_mode="contains",
        )


def changes(draft: Draft) -> None:
    """Draw what the form or the merge would change, what is wrong or asked, and what writes it."""
    if not (draft.into or draft.review.asked) or not panel.is_writable():
        return
    known, form = snapshot.known(), draft.form

    def checked() -> tuple[ListCheck | None, ChangeSet | None]:
        if draft.into:
            return None, merge(known, form, draft.code, draft.into)
        found = check_row(form, draft.code, draft.values, known, answers=draft.review.answers)
        return found, found.change_set

    preview = draft.review.look((form.name, draft.code, draft.into, draft.values), checked)
    with st.container(border=True, key="card-difference"):
        st.header("Ce qui va changer", anchor=False)
        panel.outdated(draft.review)
        if preview.result is not None:
            for question in preview.result.questions:
                chosen = panel.question(question, key=draft.key("question", question.key))
                if chosen is not None:
                    draft.review.answers[question.key] = chosen
                    st.rerun()
            panel.issues([_named(form, issue) for issue in preview.result.issues])
        if panel.difference(preview, key=draft.key("difference")):
            into = row_of(known, form, draft.into or "")
            what = f"fusion de {draft.name} dans « {into['name']} »" if into else draft.name
            panel.confirm(
                draft.review,
                preview,
                Batch(choices.LISTS, f"{form.title} : {what}"),
                key=draft.key("enregistrer"),
                after=_begin_again,
            )


def _named(form: Form, issue: Issue) -> str:
    header = f"{form.field(issue.where.field).header} : " if issue.where.field else ""
    return f"{header}{issue.in_form}"
