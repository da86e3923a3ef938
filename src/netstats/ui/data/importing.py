"""The first steps of « Importer » as they are drawn: the files, and what they are understood to be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from netstats import wording
from netstats.catalogue.snapshot import held_rows
from netstats.intake.forms import BY_NAME, FORMS
from netstats.intake.read.grids import MOST_BYTES, MOST_LINES, quoted
from netstats.intake.read.matching import NAMING_TERRITORIES, Matching
from netstats.intake.template import known_lists, template_csv, template_workbook
from netstats.progress import Progress
from netstats.store import Database
from netstats.ui.base import data, html
from netstats.ui.base.text import plain
from netstats.ui.data import import_work
from netstats.ui.data.import_work import Sheet, Work
from netstats.ui.review import panel

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_KINDS_OF_FILES = ["xlsx", "xlsm", "ods", "xls", "csv", "tsv", "txt"]
_NONE = -1


@contextmanager
def progress() -> Iterator[Progress]:
    """Lend a progress bar that shows once there is something to tell, and goes at the end."""
    place = st.empty()

    def tell(part: float, sentence: str) -> None:
        place.progress(min(max(part, 0.0), 1.0), plain(f"{sentence}…"))

    yield tell
    place.empty()


# --- 1. the files -----------------------------------------------------------------------------------


def templates() -> None:
    """Offer the sheets to fill in: one workbook, or a .csv for each form. They are made when they are asked for."""
    database = data.database()
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Télécharger le modèle (.xlsx)",
            lambda: _workbook(database),
            "netstats-modele.xlsx",
            WORKBOOK,
            key="modele",
            icon=":material/download:",
            on_click="ignore",
        )
        for form in FORMS:
            if form.in_template:
                st.download_button(
                    f"{form.title} (.csv)",
                    template_csv(form),
                    f"{form.name}.csv",
                    "text/csv",
                    key=f"modele-{form.name}",
                    type="tertiary",
                    on_click="ignore",
                )


def _workbook(database: Database) -> bytes:
    """Return the workbook with the lists of the database, in the order in which one reads them."""
    rows = held_rows(database)
    orders = {"network": "name", "theme": ["family_code", "name"], "action_type": "rank", "audience": "rank"}
    return template_workbook(known_lists(rows | {table: rows[table].sort_values(by) for table, by in orders.items()}))


def files(work: Work) -> None:
    """Ask for files, read them, and say of each what it is or why it cannot be read."""
    megabytes = MOST_BYTES // 1024**2
    st.caption(
        plain(
            "Déposez ici un ou plusieurs fichiers, ou choisissez-les avec le bouton « Choisir » : classeurs .xlsx, "
            f".xlsm, .ods, .xls, ou textes .csv, .tsv, .txt ; {megabytes} Mo et {wording.number(MOST_LINES)} lignes "
            "au plus chacun. L’ordre des colonnes, les accents et les colonnes en plus n’ont pas d’importance. Le "
            "fichier n’est gardé nulle part : seules ses lignes, une fois acceptées par vous, entrent dans la base."
        )
    )
    sent = st.file_uploader(
        "Fichiers à importer",
        _KINDS_OF_FILES,
        accept_multiple_files=True,
        key=work.key("fichiers"),
        on_change=lambda: setattr(work, "changed", True),
        label_visibility="collapsed",
    )
    with progress() as tell:
        import_work.receive(work, sent, tell)
    for file in work.files.values():
        if file.error:
            panel.error(file.error)
    read = [quoted(file.name) for file in work.files.values() if file.sheets]
    if read and not sent:
        st.info(plain(f"Import commencé avec {wording.listing(read)} : il vous attendait ici."))
    if work.files:
        st.button(
            "Recommencer avec d’autres fichiers",
            key=work.key("recommencer"),
            icon=":material/restart_alt:",
            type="tertiary",
            on_click=import_work.begin_again,
        )


# --- 2. what was recognised -------------------------------------------------------------------------


def sheets(work: Work) -> list[Matching]:
    """Draw how each sheet is understood, correctable; return it as it now is, without those put aside."""
    several = len(work.files) > 1
    matchings = [_sheet(work, sheet, rank, with_file=several) for rank, sheet in enumerate(work.sheets)]
    found = [matching for matching in matchings if matching.form is not None]
    if not found:
        st.info("Aucune feuille n’est à lire : choisissez ci-dessus ce que contient l’une d’elles.")
    return found


def named(file: str, sheet: str, *, with_file: bool) -> str:
    """Return the name of a sheet, with that of its file where there are several."""
    return " · ".join(part for part in (file if with_file or not sheet else "", sheet) if part)


def _sheet(work: Work, sheet: Sheet, rank: int, *, with_file: bool) -> Matching:
    automatic, grid = sheet.automatic, sheet.automatic.grid
    name = named(grid.file, grid.sheet, with_file=with_file)
    if automatic.form is None and automatic.header < 0:  # it explains, or has no line of headers
        st.caption(plain(" ".join([f"{name} :", *automatic.notices])))
        return automatic
    names = ["", *BY_NAME]
    with st.container(border=True, key=work.key("feuille", rank), gap="xsmall"):
        lines = wording.counted(len(grid.rows) - automatic.header - 1, "ligne")
        html.show("import-sheet", sheet=name, lines=lines)
        chosen = st.selectbox(
            f"Feuille {rank + 1} : elle contient",
            names,
            index=names.index(automatic.form.name) if automatic.form else 0,
            format_func=lambda form: BY_NAME[form].title if form else "Ne pas lire",
            key=work.key("forme", rank),
            persist_state="session",
            placeholder="",
            filter_mode=None,
            width=360,
        )
        matching = _columns(work, sheet, chosen, rank) if chosen else sheet.matched("")
        for header, reason in matching.refused.items():
            st.warning(plain(f"Colonne {quoted(header)} : {reason}."), icon=":material/block:")
        for notice in matching.notices:
            st.caption(plain(notice))
        if matching.ignored:
            shown = [*map(quoted, matching.ignored[:8])]
            if len(matching.ignored) > len(shown):
                shown.append(wording.counted(len(matching.ignored) - len(shown), "autre"))
            st.caption(plain(f"Colonnes que rien ne lit : {wording.listing(shown)}."))
    return matching


def _columns(work: Work, sheet: Sheet, form: str, rank: int) -> Matching:
    """Draw which column each field of a form is read from; return the matching as it is corrected."""
    matching = sheet.matched(form)
    if matching.form is None:
        return matching
    headers = matching.headers
    never_read = sheet.matched(form, {}).refused  # persons, whatever the correction
    free = [_NONE, *(column for column, header in enumerate(headers) if header not in never_read)]
    naming = [column for column, header in enumerate(headers) if header in matching.announced]
    doubtful = bool(matching.ignored or matching.refused or len(matching.notices) > len(matching.grid.notices))
    label = f"Colonnes : {len(matching.columns)} lues sur {len(headers)}"
    chosen: dict[str, int] = {}
    with st.expander(wording.typeset(label), expanded=doubtful, key=work.key("colonnes", rank, form)):
        st.caption(
            "Au-dessus de chaque liste, ce que netstats garde ; dans la liste, la colonne du fichier où il le lit."
        )
        with st.grid(3, min_column_width=220, gap="small"):
            for field in matching.form.fields:
                column = matching.columns.get(field.name)
                options = [*free, *naming] if field.kind in NAMING_TERRITORIES else free
                picked = st.selectbox(
                    field.header + (" (nécessaire)" if field.required else ""),
                    options,
                    index=options.index(column) if column in options else 0,
                    format_func=lambda option: "(aucune)" if option == _NONE else headers[option],
                    key=work.key("colonne", rank, form, field.name),
                    persist_state="session",
                    help=plain(field.help + (f" Par exemple : {field.example}." if field.example else "")),
                    placeholder="",
                    filter_mode="contains",
                )
                if picked != _NONE:
                    chosen[field.name] = picked
        twice = {headers[column] for column in chosen.values() if list(chosen.values()).count(column) > 1}
        if twice:
            said = wording.listing(map(quoted, sorted(twice)))
            st.warning(plain(f"Choisie deux fois : {said}. Seul le premier champ la lit."))
    return sheet.matched(form, chosen)
