"""The « texte à copier »: what it says is what the figures say, and it says where that comes from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from netstats import wording
from netstats.catalogue import overview, participation
from netstats.filters import Filters
from netstats.period import Period
from netstats.reference.geography import department_outlines
from netstats.share import tables
from netstats.share.plan import Plan, Wording
from netstats.share.selection import Selection, asked_of
from netstats.share.slides import slides
from netstats.share.summary import to_text
from netstats.store import Database
from tests.conftest import Generated

TODAY = date(2026, 11, 23)
SELECTIONS = {
    "all": Filters(),
    "department": Filters(departments=("59",)),
    "year": Filters(regions=("32",), period=Period.parse("2020")),
    "theme": Filters(themes=("stupefiants",)),
    "until": Filters(period=Period.parse("jusqu’à fin 2021")),
}
UNDATED = Filters(themes=("metier-coordonnateur",))  # one meeting: neither its date nor who came is known


def selection(database: Database, filters: Filters) -> Selection:
    return Selection(asked_of(database, today=TODAY), filters, overview.choices(database), database.version(), TODAY)


def text(of: Selection) -> str:
    return to_text(of, slides(of, department_outlines())).replace(wording.NO_BREAK, " ")


def lines_under(said: str, head: str) -> list[str]:
    """The items of the paragraph whose first line starts like that; none without it."""
    paragraphs = [paragraph.splitlines() for paragraph in said.split("\n\n")]
    return next((lines[1:] for lines in paragraphs if lines[0].startswith(head)), [])


@pytest.mark.parametrize("filters", SELECTIONS.values(), ids=SELECTIONS)
@pytest.mark.parametrize("data", ["real", "generated"])
def test_every_number_is_that_of_its_figure(
    data: str, filters: Filters, real_database: Database, generated: Generated
) -> None:
    database = real_database if data == "real" else generated.database
    said = text(selection(database, filters))

    row = overview.INDICATORS.ask(database, filters).iloc[0]
    shown = {line.split(" : ")[0]: line.split(" : ")[1].split(" (")[0] for line in lines_under(said, "Chiffres clés")}
    whole = ("meetings", "territories", "attendances", "themes", "actions")
    labels = {known.name: f"– {known.label}" for known in overview.MEASURES}
    assert {labels[column]: wording.number(row[column]) for column in whole}.items() <= shown.items()
    assert shown[labels["share_covered"]] == wording.percent(row["share_covered"])

    lapsed = participation.LAPSED.ask(database, filters, today=TODAY)
    called = lines_under(said, wording.number(len(lapsed)) if len(lapsed) > 1 else "Un territoire")
    named = [line for line in called if "dernière présence" in line]
    assert [line.rsplit(" (dernière présence : ")[0][2:] for line in named] == [
        wording.typeset(name).replace(wording.NO_BREAK, " ") for name in lapsed["name"].head(len(named))
    ]
    assert sum(int(line.split()[2]) for line in called if line.startswith("– et ")) + len(named) == len(lapsed)


def test_the_latest_meeting_is_told(real_database: Database) -> None:
    told = lines_under(text(selection(real_database, Filters(departments=("59",)))), "Dernière réunion, le 26 mai 2021")
    assert told[0] == "– Réunion du réseau Hauts-de-France"
    assert [line for line in told if line.startswith("– Présents (de la sélection, sur 8) : ") and "Wattrelos" in line]


def test_what_is_unknown_is_not_nil(real_database: Database) -> None:
    said = text(selection(real_database, UNDATED))
    figures = lines_under(said, "Chiffres clés")
    assert "– Réunions : 1 (dont 1 sans date)" in figures
    assert [line for line in figures if line.startswith("– Territoires participants : inconnu")]
    assert [line for line in figures if line.startswith("– Présences : inconnu")]
    assert "0 territoire" not in said
    assert "Dernière réunion" not in said


def test_it_says_scope_source_dates_and_where_the_definitions_are(real_database: Database) -> None:
    of = selection(real_database, Filters(departments=("59",)))
    said = text(of)
    assert said.startswith("Objet : Réseaux prévention-sécurité du FFSU – Nord\n\nNord\n")
    assert "Champ : Nord. Source : FFSU, articles et comptes rendus publiés" in said
    assert f"Données au {of.updated}. Texte établi le 23 novembre 2026.".replace(wording.NO_BREAK, " ") in said
    assert said.endswith(
        "\nLes définitions de ces chiffres accompagnent le diaporama, le classeur et la feuille imprimée.\n"
    )
    assert not [known.label for known in overview.MEASURES if known.definition in said]
    assert tables.FICTIONAL not in said


def test_what_somebody_wrote_is_told_under_its_finding(real_database: Database) -> None:
    of = selection(real_database, Filters(departments=("59",), period=Period.parse("jusqu’à fin 2021")))
    plan = Plan(hidden=frozenset()).worded(
        "themes", Wording("La drogue, encore", commentary="Un atelier en mars.\nUn autre en mai.")
    )
    plan = plan.worded("relancer", Wording(commentary="Sophie les appelle."))
    said = to_text(of, plan.slides(of, department_outlines()))
    findings = lines_under(said, "À retenir")
    place = findings.index("– La drogue, encore")
    assert findings[place + 1 : place + 3] == ["  Un atelier en mars.", "  Un autre en mai."]
    assert findings[place + 3].startswith("– ")
    (called,) = (paragraph for paragraph in said.split("\n\n") if "Sophie" in paragraph)
    head, commentary, *items = called.splitlines()
    assert "relancer" in head
    assert commentary == "Sophie les appelle."
    assert items
    assert all(item.startswith("– ") for item in items)


def test_made_up_data_says_so_first_and_cites_nobody(generated: Generated) -> None:
    real = selection(generated.database, Filters())
    made_up = replace(real, version=replace(real.version, fictional=True))
    said = text(made_up).splitlines()
    assert said[0].startswith("Objet : [données fictives] ")
    assert said[2] == tables.FICTIONAL
    assert "articles et comptes rendus" not in "\n".join(said)


def test_nothing_else_is_told_than_the_slides_that_are_given(real_database: Database) -> None:
    of = selection(real_database, Filters())
    said = to_text(of, slides(of, department_outlines(), ["themes"]))
    assert "Chiffres clés" not in said
    assert "relancer" not in said
    assert len(lines_under(said, "À retenir")) == 1


def test_the_title_that_somebody_gave_the_whole_is_told(real_database: Database) -> None:
    of = selection(real_database, Filters(departments=("59",)))
    plan = Plan().worded("ouverture", Wording("Notre année dans le Nord"))
    said = to_text(of, plan.slides(of, department_outlines())).replace(wording.NO_BREAK, " ")
    assert said.split("\n\n")[1].splitlines()[:2] == ["Nord", "Notre année dans le Nord"]
    assert "Notre année" not in text(of)
    assert text(of).split("\n\n")[1].splitlines()[1].startswith("Réunions datées")


def test_a_plain_title_is_nothing_to_remember_unless_somebody_says_more(real_database: Database) -> None:
    of = selection(real_database, Filters())
    (made,) = slides(of, (), ["evolution"])
    plain = replace(made, title="Thèmes dans le temps")
    assert lines_under(to_text(of, [plain]), "À retenir") == []
    assert lines_under(to_text(of, [replace(plain, commentary="Deux fois.")]), "À retenir")[1:] == ["  Deux fois."]
