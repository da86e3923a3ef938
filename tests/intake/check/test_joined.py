"""Several lines of one meeting: what each adds, what they contradict, and what leaves the database."""

from __future__ import annotations

from datetime import date

import pytest

from netstats import store
from netstats.intake.check.sheets import CheckResult, check_sheets
from netstats.intake.forms import MEETINGS
from netstats.intake.read.grids import Grid
from netstats.intake.read.matching import match
from netstats.intake.snapshot import Snapshot, read_snapshot
from netstats.wording import NO_BREAK

HDF = "Hauts-de-France"
KNOWN = "06/05/2020"  # a meeting of the real activity, six themes


@pytest.fixture(scope="module")
def before(real_database: store.Database) -> Snapshot:
    return read_snapshot(real_database)


def check(before: Snapshot, header: str, *lines: str, answers: dict[str, str] | None = None) -> CheckResult:
    return check_in(before, [("Réunions", header, lines)], answers)


def check_in(
    before: Snapshot, sheets: list[tuple[str, str, tuple[str, ...]]], answers: dict[str, str] | None = None
) -> CheckResult:
    matchings = []
    for sheet, header, lines in sheets:
        rows: list[list[object]] = [[cell or None for cell in line.split(";")] for line in (header, *lines)]
        grid = Grid("suivi.xlsx", sheet, rows, list(range(1, len(rows) + 1)), ())
        matchings.append(match(grid, MEETINGS))
    return check_sheets(matchings, before, answers=answers, today=date(2026, 11, 30))


def issues(found: CheckResult) -> list[str]:
    return [str(one).replace(NO_BREAK, " ") for one in found.issues]


def themes(found: CheckResult) -> set[str]:
    return set(found.change_set.rows["meeting_theme"]["theme_code"])


def present(found: CheckResult) -> set[str]:
    return set(found.change_set.rows["attendance"]["territory_code"])


class TestContradictions:
    HEADER = "Réseau;Nature;Date;Participants;Territoires présents"
    LINES = (
        f"{HDF};réunion de réseau;12/01/2025;17;Lille, Arras",
        f"{HDF};réunion de réseau;12/01/2025;9;Amiens, Laon",
    )

    def test_neither_of_two_lines_wins(self, before: Snapshot) -> None:
        found = check(before, self.HEADER, *self.LINES)
        first, second = issues(found)
        same = "cette ligne est la même réunion que la ligne"
        assert f"ligne 2 : {same} 3 et la contredit (Participants : « 17 » ici, « 9 » là)" in first
        assert f"ligne 3 : {same} 2 et la contredit (Participants : « 9 » ici, « 17 » là)" in second
        assert "gardez une seule valeur, ou donnez à chacune son titre" in first
        assert "meeting" not in found.change_set.rows

    def test_nor_of_two_sheets(self, before: Snapshot) -> None:
        header = "Réseau;Nature;Date;Participants"
        found = check_in(
            before,
            [
                ("Réunions", header, (f"{HDF};atelier;12/01/2025;12",)),
                ("Réunions (2)", header, (f"{HDF};atelier;12/01/2025;14",)),
            ],
        )
        first, second = issues(found)
        assert "est la même réunion que la ligne 2 de la feuille Réunions (2) et la contredit" in first
        assert "« 14 » ici, « 12 » là" in second
        assert "meeting" not in found.change_set.rows

    def test_a_title_each_makes_them_two(self, before: Snapshot) -> None:
        lines = (
            f"{line.rsplit(';', 1)[0]};{title};{line.rsplit(';', 1)[1]}"
            for line, title in zip(self.LINES, ("Matin", "Soir"), strict=True)
        )
        found = check(before, "Réseau;Nature;Date;Participants;Titre;Territoires présents", *lines)
        assert not found.issues
        assert len(found.change_set.rows["meeting"]) == 2

    def test_one_that_agrees_waits_with_the_first(self, before: Snapshot) -> None:
        found = check(before, self.HEADER, *self.LINES, f"{HDF};réunion de réseau;12/01/2025;17;Soissons")
        assert len(found.issues) == 3
        assert "dépend de la ligne 2" in issues(found)[2]

    def test_the_same_line_twice_is_no_contradiction(self, before: Snapshot) -> None:
        header, line = "Réseau;Nature;Date;Participants", f"{HDF};atelier;12/01/2025;12"
        (said,) = issues(check(before, header, line, line))
        assert "ligne 3 : cette ligne est la même réunion que la ligne 2" in said
        assert "contredit" not in said


class TestOneThemeALine:
    HEADER = "Réseau;Nature;Date;Participants;Territoires présents;Thème"

    def test_lines_of_a_new_meeting_join(self, before: Snapshot) -> None:
        found = check(
            before,
            self.HEADER,
            f"{HDF};atelier;06/05/2024;12;Lille;Jeunesse",
            f"{HDF};atelier;06/05/2024;12;Lens;Rixes",
        )
        assert not found.issues
        assert themes(found) == {"jeunesse", "rixes"}
        assert present(found) == {"59350", "62498"}
        assert len(found.change_set.rows["meeting"]) == 1

    def test_what_only_a_later_line_says_is_of_the_meeting_too(self, before: Snapshot) -> None:
        found = check(
            before, self.HEADER, f"{HDF};atelier;06/05/2024;;;Jeunesse", f"{HDF};atelier;06/05/2024;12;;Rixes"
        )
        assert not found.issues
        assert found.change_set.rows["meeting"]["participants"].tolist() == [12]

    def test_of_a_known_meeting_the_list_is_that_of_all_lines(self, before: Snapshot) -> None:
        found = check(before, "Réseau;Date;Thème", f"{HDF};{KNOWN};Jeunesse", f"{HDF};{KNOWN};Rixes")
        assert not found.issues
        assert themes(found) == {"jeunesse", "rixes"}
        (said,) = found.notices
        assert "Réunions : des thèmes que la base connaît à ces réunions ne sont pas répétés" in said.replace(
            NO_BREAK, " "
        )
        assert "ligne 2 : Covid-19" in said.replace(NO_BREAK, " ")
        assert len(found.change_set.removed["meeting_theme"]) == 6

    def test_they_wait_for_each_other(self, before: Snapshot) -> None:
        lines = f"{HDF};{KNOWN};Jeunesse", f"{HDF};{KNOWN};Rixs"
        found = check(before, "Réseau;Date;Thème", *lines)
        (question,) = found.questions
        assert not found.change_set.rows
        assert not found.change_set.removed
        chosen = next(option.code for option in question.options if "Rixes" in option.label)
        found = check(before, "Réseau;Date;Thème", *lines, answers={question.key: chosen})
        assert themes(found) == {"jeunesse", "rixes"}

    def test_one_that_is_refused_refuses_the_others(self, before: Snapshot) -> None:
        found = check(before, "Réseau;Date;Participants;Thème", f"{HDF};{KNOWN};;Jeunesse", f"{HDF};{KNOWN};-3;Rixes")
        assert not found.change_set.rows
        assert any("dépend de la ligne 3" in said for said in issues(found))

    def test_the_same_theme_on_each_line_is_no_double(self, before: Snapshot) -> None:
        lines = [f"{HDF};atelier;06/05/2024;12;{town};Jeunesse" for town in ("Lille", "Lens", "Zzyzx")]
        found = check(before, self.HEADER, *lines)
        assert themes(found) == {"jeunesse"}
        assert present(found) == {"59350", "62498"}  # a territory that is not known holds nobody else back
        (said,) = issues(found)
        assert "Zzyzx" in said


def test_a_sheet_of_themes_completes_the_meetings_of_another(before: Snapshot) -> None:
    meetings = ("Réunions", "Réseau;Nature;Date;Titre;Participants", (f"{HDF};atelier;03/06/2024;Atelier aa;12",))
    lines = (f"{HDF};03/06/2024;Jeunesse", f"{HDF};03/06/2024;Rixes")
    found = check_in(before, [meetings, ("Thèmes", "Réseau;Date;Thème", lines)])
    assert not found.issues
    assert len(found.change_set.rows["meeting"]) == 1
    assert themes(found) == {"jeunesse", "rixes"}
    two = (*meetings[2], f"{HDF};atelier;03/06/2024;Atelier bb;9")
    found = check_in(before, [("Réunions", meetings[1], two), ("Thèmes", "Réseau;Date;Thème", lines)])
    first, second = issues(found)  # of which of the two, nobody can tell
    assert "Nature" in first
    assert "dépend de la ligne 2" in second
    assert len(found.change_set.rows["meeting"]) == 2
    assert "meeting_theme" not in found.change_set.rows


class TestSeveralThemesInACell:
    HEADER = "Réseau;Nature;Date;Thèmes"

    @pytest.mark.parametrize("cell", ["Jeunesse / Rixes", "Jeunesse et rixes", "Jeunesse + Rixes", "Jeunesse, Rixes"])
    def test_all_known_are_taken(self, before: Snapshot, cell: str) -> None:
        found = check(before, self.HEADER, f"{HDF};atelier;06/05/2024;{cell}")
        assert not found.issues
        assert not found.questions
        assert themes(found) == {"jeunesse", "rixes"}

    def test_a_theme_whose_name_holds_a_sign_is_one(self, before: Snapshot) -> None:
        names = before.rows["theme"].set_index("code")["name"]
        whole = {code: name for code, name in names.items() if any(sign in name for sign in (" et ", ":", ","))}
        assert whole
        for code, name in whole.items():
            assert themes(check(before, self.HEADER, f"{HDF};atelier;06/05/2024;{name}")) == {code}

    def test_one_that_is_known_makes_it_a_question(self, before: Snapshot) -> None:
        line = f"{HDF};atelier;06/05/2024;Stupéfiants / Violences intrafamiliales"
        (question,) = check(before, self.HEADER, line).questions
        assert "n’est le nom d’aucun thème connu. En nomme-t-il plusieurs" in question.sentence
        found = check(before, self.HEADER, line, answers={question.key: question.options[0].code})
        assert "Violences intrafamiliales" in str([*found.questions, *found.issues])
