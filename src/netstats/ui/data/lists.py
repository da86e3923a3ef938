"""The page « Référentiels »: a list, one of its rows as a form, a merge, what would change, who writes it."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from netstats import choices, wording
from netstats.intake.changes import ChangeSet
from netstats.intake.entry import Value
from netstats.intake.forms import Form
from netstats.intake.issues import Issue
from netstats.intake.lists import (
    ALIASES,
    LISTS,
    ListCheck,
    check_row,
    codes_of,
    merge,
    row_of,
    uses,
    values_of,
    what_moves,
    without,
)
from netstats.intake.snapshot import Row, records
from netstats.intake.values import is_short_name, short_name
from netstats.reference.fold import normalize
from netstats.store import Batch
from netstats.ui.base import links
from netstats.ui.base.paging import page_of
from netstats.ui.base.text import plain
from netstats.ui.data import fields, snapshot
from netstats.ui.review import panel
from netstats.ui.review.review import Review

_LIST = "liste"  # in the address
_A_PAGE = 20
_DRAFTS = "referentiels"
_SHOWN = {**LISTS, ALIASES.name: ALIASES}


@dataclass(eq=False)
class Draft:
    """A row of a list that is being changed, a new one without a code, kept until it is written or given up.

    `opened` is what the form held as the database had it, `values` what it holds now. The row may be merged `into`
    another, another name be `removed`.
    """

    form: Form
    code: str
    into: str | None = None
    removed: bool = False
    opened: dict[str, Value] = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict)
    review: Review[ListCheck | None] = field(default_factory=Review)

    def key(self, *parts: str) -> str:
        """Return the key of a widget."""
        return "-".join((_DRAFTS, self.form.name, self.code, *parts))

    @property
    def name(self) -> str:
        """The row as a sentence names it; the name that is typed, of a new one."""
        row = row_of(snapshot.known(), self.form, self.code)
        return f"« {row['name'] if row else self.values.get('name') or ''} »"

    @property
    def is_touched(self) -> bool:
        """Whether something was typed that is not written."""
        return self.values != self.opened


def current() -> Draft:
    """Draw the choice of a list; return the row of it that the address names, or a new one, as this person left it."""
    titles = {name: form.title for name, form in _SHOWN.items()}
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
    form, code = _SHOWN[chosen or next(iter(_SHOWN))], links.subject()
    if code and row_of(snapshot.known(), form, code) is None:
        code = ""
    drafts: dict[tuple[str, str], Draft] = st.session_state.setdefault(_DRAFTS, {})
    shown = drafts.setdefault((form.name, code), Draft(form, code))
    for left in drafts.values():
        if left is not shown:
            left.values |= fields.typed(left.form, left.values, left.key)
    return shown


def waiting(draft: Draft) -> None:
    """Say which other forms were begun and wait."""
    for other in st.session_state[_DRAFTS].values():
        if other is not draft and other.is_touched:
            named = other.name if other.code or other.values.get("name") else "nouvelle ligne"
            _way(
                f"Saisie commencée, pas enregistrée : {other.form.title}, {named}",
                other.form,
                other.code,
                place="attend",
            )


def _way(label: str, form: Form, code: str, *, place: str = "liste") -> None:
    """Draw the way to a form. A link of HTML would begin another session, and lose what was typed."""
    key = f"ouvrir-{place}-{form.name}-{code}"
    st.button(plain(label), key=key, type="tertiary", on_click=_open, args=(form, code))


def _open(form: Form, code: str) -> None:
    st.session_state[_LIST] = form.name
    links.open_here(code)


def _forget(draft: Draft) -> None:
    """Give a form up: the database has what it held, or nobody wants it."""
    st.session_state[_DRAFTS].pop((draft.form.name, draft.code), None)
    fields.draw_anew(draft.key(""))
    links.open_here()


# --- the list


def show(draft: Draft) -> None:
    """Draw the rows of the list, twenty a page, each a way to its form."""
    form, known = draft.form, snapshot.known()
    count = uses(known, form)
    order = "rank" if "rank" in known.rows[form.table] else "name"
    coded = zip(codes_of(known, form), records(known.rows[form.table]), strict=True)
    rows = sorted(coded, key=lambda one: _sorting(one[1][order]))
    with st.container(border=True, key="card-liste"):
        st.header(form.title, anchor=False)
        if not rows:
            st.caption("Rien dans cette liste pour l’instant.")
        with page_of(len(rows), _A_PAGE, key=f"pages-{form.name}-{len(rows)}", said="Lignes {}.") as shown:
            for code, row in rows[shown]:
                with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
                    _way(str(row["name"]), form, code)
                    st.caption(plain(_about(form, row, count[code])), width="content")


def _sorting(value: object) -> tuple[int, str]:
    return (value, "") if isinstance(value, int) else (0, normalize(str(value)))


def _about(form: Form, row: Row, count: int) -> str:
    if form is ALIASES:
        return snapshot.places().label(str(row["territory_code"]))
    said = wording.counted(count, "utilisation") if count else "aucune utilisation"
    return f"retiré, {said}" if row["retired"] else said


# --- one row


def fill_in(draft: Draft) -> None:
    """Draw the form of the row, as its declaration says, and the button that shows what would change.

    What others have written meanwhile is shown; what was typed here stays.
    """
    disabled, form = not panel.is_writable(), draft.form
    now = values_of(snapshot.known(), form, row_of(snapshot.known(), form, draft.code))
    typed = {name: value for name, value in draft.values.items() if value != draft.opened[name]}
    if draft.opened != now:
        fields.draw_anew(draft.key(""))
    draft.opened, before, values = now, draft.values, {**now, **typed}
    with st.container(border=True, key="card-fiche"):
        st.header(plain(f"Modifier {draft.name}" if draft.code else "Ajouter à la liste"), anchor=False)
        for name in now:
            if name == "short_name":
                _follow_name(draft, draft.key(name), str(before.get("name") or ""), str(values["name"] or ""))
            values[name] = fields.draw(form, name, draft.key(name), values[name], disabled=disabled, stays="session")
        draft.values = values
        with st.container(horizontal=True):
            panel.ask_for_changes(draft.review, key=draft.key("voir"), disabled=disabled)
            if draft.is_touched:
                st.button(
                    "Annuler ma saisie",
                    key=draft.key("annuler"),
                    type="tertiary",
                    icon=":material/undo:",
                    on_click=_forget,
                    args=(draft,),
                )


def _follow_name(draft: Draft, box: str, before: str, name: str) -> None:
    """Let the short name in its box follow the name that it was drawn from, while nobody has written another."""
    held = st.session_state.get(box)
    if before != name and held is not None and (not held or is_short_name(held, before)):
        themes = snapshot.known().rows[draft.form.table]
        taken = themes.loc[themes["code"] != draft.code, "short_name"]
        st.session_state[box] = short_name(name, {short.casefold() for short in taken}) if name else ""


def way_back() -> None:
    """Offer the whole list again."""
    st.button(
        "Toute la liste",
        key="toute-la-liste",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=links.open_here,
    )


def leaving(draft: Draft) -> None:
    """Ask which other row takes the place of this one, or whether another name goes."""
    if draft.form is ALIASES:
        with st.container(border=True, key="card-retrait"):
            st.header("Retirer de la liste", anchor=False)
            st.caption("Les fichiers qui l’écrivent ne seront plus compris sans question. Le retrait s’annule.")
            draft.removed = st.toggle("Retirer cet autre nom", key=draft.key("retrait"))
        return
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
    if not (draft.into or draft.removed or draft.review.asked) or not panel.is_writable():
        return
    known, form = snapshot.known(), draft.form

    def checked() -> tuple[ListCheck | None, ChangeSet | None]:
        if draft.removed:
            return None, without(known, draft.code)
        if draft.into:
            return None, merge(known, form, draft.code, draft.into)
        found = check_row(form, draft.code, draft.values, known, answers=draft.review.answers)
        return found, found.change_set

    preview = draft.review.look((form.name, draft.code, draft.into, draft.removed, draft.values), checked)
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
        if draft.into:
            st.markdown(plain(what_moves(known, form, draft.code, draft.into)))
        if panel.difference(preview, key=draft.key("difference")):
            into = row_of(known, form, draft.into or "")
            what = f"fusion de {draft.name} dans « {into['name']} »" if into else _entry_label(draft)
            panel.confirm(
                draft.review,
                preview,
                Batch(choices.LISTS, f"{form.title} : {what}"),
                key=draft.key("enregistrer"),
                after=lambda: _forget(draft),
            )


def _entry_label(draft: Draft) -> str:
    """Return what the journal says of a row that is changed or goes."""
    if draft.removed:
        return f"retrait de {draft.name}"
    new = f"« {draft.values['name']} »"
    return draft.name if new == draft.name else f"{draft.name} devient {new}"


def _named(form: Form, issue: Issue) -> str:
    header = f"{form.field(issue.where.field).header} : " if issue.where.field else ""
    return f"{header}{issue.in_form}"
