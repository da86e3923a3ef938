"""The steps of « Importer » as they are drawn: files, what they are, questions, refusals, the difference, saving."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import escape

import pandas as pd
import streamlit as st

from netstats import store, wording
from netstats.catalogue.snapshot import held_rows
from netstats.errors import NetstatsError
from netstats.intake import journal
from netstats.intake.files.forms import BY_NAME, FORMS, Field
from netstats.intake.files.grids import MOST_BYTES, MOST_LINES, quoted
from netstats.intake.files.matching import Matching
from netstats.intake.files.template import known_lists, template_csv, template_workbook
from netstats.intake.files.validation import Question, Refusal
from netstats.ui.base import cards, data
from netstats.ui.base.text import element, plain
from netstats.ui.data import import_work
from netstats.ui.data.import_work import Judged, Sheet, Tell, Work
from netstats.ui.review import diff

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_KINDS_OF_FILES = ["xlsx", "xlsm", "ods", "xls", "csv", "tsv", "txt"]  # .xls is sent too, and told why it is not read
_PAGE_LENGTH = 20
_QUESTIONS_AT_ONCE = 10
_MENDED_AT_ONCE = 2_000  # lines: beyond, the file to mend takes a while and is made when asked for
_NONE = -1


@contextmanager
def step(number: int, title: str) -> Iterator[None]:
    """Draw the frame of one step of the page."""
    with st.container(border=True, key=f"card-etape-{number}"):
        st.header(plain(f"{number}. {title}"), anchor=False)
        yield


@contextmanager
def progress() -> Iterator[Tell]:
    """Lend a progress bar that shows once there is something to tell, and goes at the end."""
    place = st.empty()

    def tell(part: float, sentence: str) -> None:
        place.progress(min(max(part, 0.0), 1.0), plain(f"{sentence}…"))

    yield tell
    place.empty()


def told(error: NetstatsError) -> None:
    """Tell what went wrong where it did, and what to do."""
    st.error(plain(error.remedy) or None, title=plain(error.what), icon=":material/error:")


def is_writable() -> bool:
    """Return whether something can be put in; when not, that has been said."""
    if data.database().writable:
        return True
    st.warning(
        "Donnez à netstats le droit d’écrire dans ce fichier et dans son dossier, puis relancez-le.",
        title="La base est ouverte en lecture seule\u00a0: rien ne peut y être enregistré.",
        icon=":material/lock:",
    )
    return False


# --- 1. the files -----------------------------------------------------------------------------------


def templates() -> None:
    """Offer the sheets to fill in: one workbook, or a .csv for each form. They are made when they are asked for."""
    database = data.database()
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Télécharger le modèle (.xlsx)",
            lambda: template_workbook(known_lists(_in_reading_order(database))),
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


def _in_reading_order(database: store.Database) -> Mapping[str, pd.DataFrame]:
    rows = held_rows(database)
    rows["network"] = rows["network"].sort_values("name")
    rows["theme"] = rows["theme"].sort_values(["family_code", "name"])
    for table in ("action_type", "audience"):
        rows[table] = rows[table].sort_values("rank")
    return rows


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
            told(file.error)
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
    found = [sheet for file in work.files.values() for sheet in file.sheets]
    several = len(work.files) > 1
    matchings = [_sheet(work, sheet, rank, with_file=several) for rank, sheet in enumerate(found)]
    return [matching for matching in matchings if matching.form is not None]


def _sheet(work: Work, sheet: Sheet, rank: int, *, with_file: bool) -> Matching:
    grid, automatic = sheet.grid, sheet.automatic
    name = " · ".join(part for part in (grid.file if with_file or not grid.sheet else "", grid.sheet) if part)
    if automatic.form is None and automatic.header < 0:  # it explains, or has no line of headers
        st.caption(plain(" ".join([f"{name} :", *automatic.notices])))
        return automatic
    names = ["", *BY_NAME]
    with st.container(border=True, key=work.key("feuille", rank), gap="xsmall"):
        lines = wording.counted(len(grid.rows) - automatic.header - 1, "ligne")
        st.html(element("p", f"{element('b', escape(name))}, {escape(lines)}", class_="netstats-lead"))
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
        matching = sheet.as_form(chosen)
        if matching.form is not None:
            matching = _columns(work, sheet, matching, rank)
        _said_of(matching)
    return matching


def _columns(work: Work, sheet: Sheet, matching: Matching, rank: int) -> Matching:
    """Draw which column each field is read from; return the matching as it is corrected."""
    form = matching.form
    if form is None:
        return matching
    headers, persons = matching.headers, sheet.persons(matching)
    free = [_NONE, *(column for column, header in enumerate(headers) if header not in persons)]
    doubtful = bool(matching.ignored or matching.refused or len(matching.notices) > len(matching.grid.notices))
    label = f"Colonnes : {len(matching.columns)} lues sur {len(headers)}"
    chosen: dict[str, int] = {}
    with st.expander(wording.typeset(label), expanded=doubtful, key=work.key("colonnes", rank, form.name)):
        st.caption(
            "Au-dessus de chaque liste, ce que netstats garde ; dans la liste, la colonne du fichier où il le lit."
        )
        with st.grid(3, min_column_width=220, gap="small"):
            for asked in form.fields:
                column = matching.columns.get(asked.name)
                picked = st.selectbox(
                    asked.header + (" (nécessaire)" if asked.required else ""),
                    free,
                    index=free.index(column) if column in free else 0,
                    format_func=lambda option: "(aucune)" if option == _NONE else headers[option],
                    key=work.key("colonne", rank, form.name, asked.name),
                    persist_state="session",
                    help=_help(asked),
                    placeholder="",
                    filter_mode="contains",
                )
                if picked != _NONE:
                    chosen[asked.name] = picked
        twice = {headers[column] for column in chosen.values() if list(chosen.values()).count(column) > 1}
        if twice:
            named = wording.listing(map(quoted, sorted(twice)))
            st.warning(plain(f"Choisie deux fois : {named}. Seul le premier champ la lit."))
    return sheet.with_columns(matching, chosen)


def _help(asked: Field) -> str:
    return plain(asked.help + (f" Par exemple : {asked.example}." if asked.example else ""))


def _said_of(matching: Matching) -> None:
    """Say what is to be looked at: notices, headers that are refused, headers that nothing reads."""
    for header, reason in matching.refused.items():
        st.warning(plain(f"Colonne {quoted(header)} : {reason}."), icon=":material/block:")
    for notice in matching.notices:
        st.caption(plain(notice))
    if matching.ignored:
        shown = [*map(quoted, matching.ignored[:8])]
        if len(matching.ignored) > len(shown):
            shown.append(wording.counted(len(matching.ignored) - len(shown), "autre"))
        st.caption(plain(f"Colonnes que rien ne lit : {wording.listing(shown)}."))


# --- 3. questions -----------------------------------------------------------------------------------


def questions(work: Work) -> None:
    """Ask what only a person can settle; nothing is chosen beforehand, and an answer can be changed."""
    asked = list(work.asked.values())
    if not asked:
        st.caption("Aucune question : tout ce qui est lu n’a qu’un sens.")
        return
    left = sum(question.key not in work.answers for question in asked)
    done = wording.counted(len(asked) - left, "réponse donnée", "réponses données")
    wait = "Leurs lignes attendent ; les autres peuvent être enregistrées sans elles."
    st.caption(plain(f"{done} sur {wording.number(len(asked))}. {wait if left else ''}"))
    pages = -(-len(asked) // _QUESTIONS_AT_ONCE)
    top = st.container()
    page = st.pagination(pages, key=work.key("questions"), persist_state="session") if pages > 1 else 1
    first = (min(page, pages) - 1) * _QUESTIONS_AT_ONCE
    with top:
        for rank, question in enumerate(asked[first : first + _QUESTIONS_AT_ONCE], first):
            _question(work, question, rank)


def _question(work: Work, question: Question, rank: int) -> None:
    labels = {option.code: option.label for option in question.options}
    key = work.key("question", rank, question.key)
    given = work.answers.get(question.key)

    def answer() -> None:
        chosen = st.session_state.get(key)
        if chosen is not None:
            work.answers[question.key] = chosen

    # The name of a widget is read aloud as it is written, with the signs that keep Markdown from reading it.
    asked = f"{element('b', f'Question {rank + 1}')} : {escape(wording.typeset(question.sentence))}"
    where = element("span", escape(f"({_where(question)})"), class_="note")
    st.html(element("div", element("p", f"{asked} {where}"), class_="netstats-names"))
    st.radio(
        f"Réponse à la question {rank + 1}",
        list(labels),
        index=list(labels).index(given) if given in labels else None,
        format_func=lambda code: plain(labels[code]),
        key=key,
        on_change=answer,
        label_visibility="collapsed",
    )


def _where(question: Question) -> str:
    count = len(question.lines)
    lines = f"ligne {question.lines[0]}" if count == 1 else f"{wording.number(count)} lignes"
    return f"{question.sheet or question.file}, {lines}"


# --- 4. refusals ------------------------------------------------------------------------------------


def refusals(work: Work, judged: Judged) -> None:
    """List what is refused, twenty a page, and offer all of it as a file to mend."""
    verdict = judged.verdict
    counts = verdict.lines.values()
    refused, held_back = sum(count.refused for count in counts), sum(count.held_back for count in counts)
    if not refused and not held_back:
        st.caption("Rien n’est refusé.")
        return
    said = [wording.counted(refused, "ligne refusée", "lignes refusées")] if refused else []
    if held_back:
        said.append(f"{wording.counted(held_back, 'ligne')} en attente d’une réponse")
    st.markdown(
        plain(
            f"{diff.capitalised(wording.listing(said))} : rien n’en sera enregistré. Tout est dans le fichier "
            "ci-dessous, à corriger puis à importer ; les autres lignes n’attendent pas."
        )
    )
    _mending(work, judged, refused + held_back)
    faults = (*verdict.refusals, *verdict.held_back)
    pages = -(-len(faults) // _PAGE_LENGTH)
    top = st.container()
    page = st.pagination(pages, key=work.key("refus", len(faults))) if pages > 1 else 1
    first = (page - 1) * _PAGE_LENGTH
    shown = faults[first : first + _PAGE_LENGTH]
    several = len(work.files) > 1
    with top:
        items = "".join(_refusal(refusal, with_file=several) for refusal in shown)
        st.html(element("ol", items, class_="netstats-meetings", role="list"))
    if pages > 1:
        said_now = f"{wording.number(first + 1)} à {wording.number(first + len(shown))}"
        st.caption(plain(f"Motifs {said_now} sur {wording.number(len(faults))} ; tous sont dans le fichier."))


def _mending(work: Work, judged: Judged, lines: int) -> None:
    if lines > _MENDED_AT_ONCE and work.mendable is None:
        label = f"Préparer les {wording.number(lines)} lignes à corriger"
        if not st.button(plain(label), key=work.key("preparer"), icon=":material/build:"):
            return
    with st.spinner("Préparation des lignes à corriger…"):
        mendable = import_work.to_mend(work, judged)
    if mendable is not None:
        st.download_button(
            plain(f"Lignes à corriger ({mendable.name})"),
            mendable.content,
            mendable.name,
            WORKBOOK if mendable.name.endswith(".xlsx") else "text/csv",
            key=work.key("a-corriger"),
            icon=":material/download:",
            on_click="ignore",
        )


def _refusal(refusal: Refusal, *, with_file: bool) -> str:
    place = " · ".join(part for part in (refusal.file if with_file or not refusal.sheet else "", refusal.sheet) if part)
    column = f"colonne {quoted(refusal.column)}" if refusal.column else "toute la ligne"
    return element(
        "li",
        element("span", escape(f"{place}, ligne {wording.number(refusal.line)}"), class_="when")
        + element("span", escape(wording.typeset(column)))
        + element("span", escape(wording.typeset(refusal.fault)))
        + element("span", escape(wording.typeset(refusal.meant)), class_="who"),
    )


# --- 5. what would change ---------------------------------------------------------------------------


def changes(work: Work, judged: Judged) -> None:
    """Count what would change, then show it field by field; offer to let empty cells make values unknown."""
    if work.outdated is not None:
        error, work.outdated = work.outdated, None
        st.warning(plain(error.remedy), title=plain(error.what), icon=":material/sync_problem:")
    st.toggle(
        "Les cellules vides effacent ce que la base contient",
        value=work.empty_clears,
        key=work.key("vides"),
        on_change=lambda: setattr(work, "empty_clears", not work.empty_clears),
        help="Sans cela, une cellule vide laisse la valeur comme elle est. Une colonne absente n’efface jamais rien.",
    )
    if judged.error is not None or judged.difference is None:
        if judged.error is not None:
            told(judged.error)
        return
    _counts(judged, judged.difference)
    diff.show(data.database(), judged.difference, key=work.key("difference"))


def _counts(judged: Judged, found: journal.Difference) -> None:
    by_table = found.counts()
    refused = sum(count.refused for count in judged.verdict.lines.values())
    held_back = sum(count.held_back for count in judged.verdict.lines.values())

    def figure(label: str, column: str, definition: str) -> cards.KeyFigure:
        return cards.KeyFigure(label, wording.number(int(by_table[column].sum())), definition)

    waiting = f", et {wording.number(held_back)} en attente" if held_back else ""
    with st.container(key="short-figures"):
        cards.key_figures(
            [
                figure("Nouvelles", journal.ADDED, "Lignes de la base qui seraient ajoutées : réunions, présences…"),
                figure("Modifiées", journal.CHANGED, "Lignes de la base dont au moins un champ changerait."),
                figure("Inchangées", "inchangé", "Lignes qui sont déjà dans la base, à l’identique."),
                cards.KeyFigure(
                    "Refusées",
                    wording.number(refused),
                    "Lignes des fichiers où quelque chose est à corriger.",
                    f"lignes des fichiers{waiting}",
                ),
            ]
        )


# --- 6. saving --------------------------------------------------------------------------------------


def saving(work: Work, judged: Judged) -> None:
    """Ask who, save what was seen, or say that there is nothing to save."""
    if judged.difference is None or judged.error is not None:
        st.info("La différence ne peut pas être montrée : rien n’est à enregistrer.")
        return
    if judged.difference.is_empty:
        _nothing_to_change(judged)
        return
    author = diff.who()
    st.button(
        "Enregistrer",
        key=work.key("enregistrer"),
        type="primary",
        icon=":material/save:",
        on_click=lambda: setattr(work, "pressed", True),
    )
    st.caption("Une copie de la base est faite d’abord ; l’import s’annule d’un clic dans le journal.")
    if not work.confirmed:
        return
    if not author.strip():
        st.warning("Écrivez d’abord votre service ou vos initiales.", icon=":material/edit:")
        return
    try:
        with st.spinner("Enregistrement…"):
            import_work.save(work, author)
    except NetstatsError as error:
        told(error)
        return
    st.rerun()  # with the new version of the data, on every page


def _nothing_to_change(judged: Judged) -> None:
    good = sum(count.good for count in judged.verdict.lines.values())
    if good:
        said = f"Rien à changer : {wording.counted(good, 'ligne lue est déjà', 'lignes lues sont déjà')} dans la base."
        st.info(plain(said), icon=":material/check:")
    else:
        st.info("Aucune ligne ne peut être enregistrée pour l’instant.")


def last_words(work: Work) -> None:
    """Say what became of the import before this one."""
    if work.saved is not None:
        number, sentence = work.saved
        st.success(
            plain(f"{diff.capitalised(sentence)}."),
            title=plain(f"Import enregistré : entrée n° {number} du journal."),
            icon=":material/check_circle:",
        )
        with st.container(horizontal=True):
            st.page_link(
                "pages/data/journal.py",
                label="Voir ou annuler cette entrée",
                icon=":material/history:",
                query_params={"entree": str(number)},
            )
            st.page_link("pages/analysis/overview.py", label="Vue d’ensemble", icon=":material/arrow_forward:")


def matchings_told(matchings: Sequence[Matching]) -> bool:
    """Return whether there is a sheet to read; when not, that has been said."""
    if not matchings:
        st.info("Aucune feuille n’est à lire : choisissez ci-dessus ce que contient l’une d’elles.")
    return bool(matchings)
