"""What the lines of files mean for the database: the rows to write, what is refused and what is asked.

An import adds and changes, it never takes a row away, but for the themes of a meeting: a cell that is filled holds all
of them. An empty cell, or a column that is not there, leaves what the database holds; in a new row it means unknown, or
the default that `forms` says. Nothing is guessed: what is unknown is refused with what it resembles, what can mean
several things is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

import pandas as pd

from netstats.intake.files.known import Known, read_known
from netstats.intake.files.lines import Lines
from netstats.intake.files.lists import judge_lists
from netstats.intake.files.matching import Matching
from netstats.intake.files.meetings import NEW, judge_meetings
from netstats.intake.files.reports import judge_actions, judge_attendance
from netstats.intake.files.run import Run
from netstats.intake.files.verdict import Counts, Option, Question, Refusal, Verdict
from netstats.store import Edit

__all__ = [
    "NEW",
    "Counts",
    "Known",
    "Option",
    "Question",
    "Refusal",
    "Verdict",
    "read_known",
    "validate",
]

Progress = Callable[[float, str], None]


def validate(
    matchings: Iterable[Matching],
    known: Known,
    *,
    answers: Mapping[str, str] | None = None,
    empty_clears: bool = False,
    today: date | None = None,
    progress: Progress | None = None,
) -> Verdict:
    """Return what some files mean for the database, and what is wrong with them. Nothing is written.

    Parameters
    ----------
    matchings
        The sheets, read together: their lines may refer to each other. Those without a form are left out. No two
        sheets have both the same file and the same name.
    known
        What the database holds.
    answers
        Key of a question → code of the option that was chosen; others are asked again. Those that no question has are
        in `Verdict.unused_answers`.
    empty_clears
        Whether an empty cell of a column that is there makes a value unknown that the database has. What cannot be
        unknown (network, kind, sessions, status, title) stays.
    today
        A meeting after it cannot have been held; the current day when None.
    progress
        Called with the part that is done (0 to 1) and a French sentence, a dozen times.
    """
    run = Run(known, answers or {}, empty_clears=empty_clears, today=today or date.today())
    tell = progress or (lambda _part, _sentence: None)
    sheets = [Lines(matching, matching.form) for matching in matchings if matching.form is not None]
    by_form: dict[str, list[Lines]] = {}
    for lines in sheets:
        by_form.setdefault(lines.form.name, []).append(lines)
    tell(0.0, "Lecture des listes")
    judge_lists(run, by_form)
    tell(0.1, "Lecture des réunions")
    meetings = judge_meetings(run, by_form.get("reunions", []))
    tell(0.4, "Lecture des présences")
    judge_attendance(run, meetings, by_form.get("presences", []))
    tell(0.7, "Lecture des actions")
    judge_actions(run, meetings, by_form.get("actions", []))
    tell(0.9, "Mise en forme")
    edit = Edit(
        rows={table: run.frame(table) for table, rows in run.rows.items() if rows},
        removed={table: pd.DataFrame(keys) for table, keys in run.removed.items()},
    )
    tell(1.0, "Vérification terminée")
    return Verdict(
        edit=edit,
        refusals=tuple(refusal for lines in sheets for refusal in lines.refusals),
        questions=run.questions,
        held_back=tuple(waiting for lines in sheets for waiting in lines.held_back),
        lines={(lines.file, lines.sheet): lines.counts for lines in sheets},
        unused_answers=run.unused_answers,
    )
