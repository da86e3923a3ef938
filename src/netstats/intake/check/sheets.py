"""What the lines of files mean for the database: the rows to write, what is refused and what is asked.

An import adds and changes, it never takes a row away, but for the themes of a meeting: a cell that is filled holds all
of them. An empty cell, or a column that is not there, leaves what the database holds; in a new row it means unknown, or
the default that `forms` says. Nothing is guessed: what is unknown is refused with what it resembles, what can mean
several things is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from netstats.intake.changes import ChangeSet
from netstats.intake.check.additions import drop_unused_additions
from netstats.intake.check.aside import set_aside
from netstats.intake.check.counted import lines_counted
from netstats.intake.check.joined import themes_gone_said
from netstats.intake.check.lines import Counts, Lines
from netstats.intake.check.lists import check_lists
from netstats.intake.check.meetings import check_meetings
from netstats.intake.check.reports import check_actions, check_attendance
from netstats.intake.check.run import Run
from netstats.intake.check.unknown import unknown_said
from netstats.intake.issues import Issue
from netstats.intake.questions import Question
from netstats.intake.read.matching import Matching
from netstats.intake.snapshot import Snapshot
from netstats.progress import Progress, silent


@dataclass(frozen=True, eq=False)
class CheckResult:
    """What can be written of some files, and what cannot.

    `change_set`: the whole rows that the good lines give, those that change nothing included. `issues`: all those of
    the refused lines, in the order of the sheets, then of the lines. `questions`: those without an answer, whose lines
    are neither written nor refused; `held_back`: for each such line, why. `lines`: (file, sheet) → counts.
    `unused_answers`: keys of those that settled nothing: no question has that key, or none of its options that code.
    `recalled`: the questions that earlier imports have answered for this one; `answers`: those given now that may hold
    for the next one, to be kept with the batch. `dates`: (file, sheet) → cells read in the order of day and month
    that a person told → as day/month/year. `notices`: French sentences about what was read otherwise than written.
    """

    change_set: ChangeSet
    issues: tuple[Issue, ...]
    questions: tuple[Question, ...]
    held_back: tuple[Issue, ...]
    lines: Mapping[tuple[str, str], Counts]
    unused_answers: tuple[str, ...] = ()
    recalled: tuple[Question, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[tuple[str, str], Mapping[object, str]] = field(default_factory=dict)
    notices: tuple[str, ...] = ()


def check_sheets(
    matchings: Iterable[Matching],
    snapshot: Snapshot,
    *,
    answers: Mapping[str, str] | None = None,
    empty_clears: bool = False,
    today: date | None = None,
    progress: Progress = silent,
) -> CheckResult:
    """Return what some files mean for the database, and what is wrong with them. Nothing is written.

    The sheets are read together: their lines may refer to each other. Those without a form are left out; no two have
    both the same file and the same name. `answers`: key of a question → code of the option that was chosen; they go
    before those of earlier imports, which the snapshot holds.
    `empty_clears`: whether an empty cell of a column that is there makes a value unknown that the database has (what
    cannot be unknown stays). A meeting after `today`, the current day when None, cannot have been held. `progress` is
    called with the part that is done (0 to 1) and a French sentence, a dozen times.
    """
    today = today or date.today()
    run = Run(snapshot, answers or {}, kept=snapshot.answers, empty_clears=empty_clears, today=today)
    sheets: list[Lines] = []
    for matching in matchings:
        if matching.form is not None:
            whole, lines = lines_counted(run, matching, matching.form)
            sheets.append(lines)
            set_aside(run, whole, lines)
    result = check_lines(run, sheets, progress)
    for lines in sheets:
        lines.clear()
    return result


def check_lines(run: Run, sheets: Sequence[Lines], tell: Progress = silent) -> CheckResult:
    """Return what the lines of some sheets mean for the database, and what is wrong with them."""
    by_form: dict[str, list[Lines]] = {}
    for lines in sheets:
        by_form.setdefault(lines.form.name, []).append(lines)
    run.attendance = by_form.get("presences", [])
    tell(0.0, "Lecture des listes")
    check_lists(run, by_form)
    tell(0.1, "Lecture des réunions")
    meetings = check_meetings(run, by_form.get("reunions", []))
    tell(0.4, "Lecture des présences")
    check_attendance(run, meetings, by_form.get("presences", []))
    tell(0.7, "Lecture des actions")
    check_actions(run, meetings, by_form.get("actions", []))
    tell(0.9, "Mise en forme")
    drop_unused_additions(run)
    change_set = run.change_set
    tell(1.0, "Vérification terminée")
    return CheckResult(
        change_set=change_set,
        issues=tuple(one for lines in sheets for one in lines.issues),
        questions=run.answers.questions,
        held_back=tuple(waiting for lines in sheets for waiting in lines.held_back),
        lines={(lines.file, lines.sheet): lines.counts for lines in sheets},
        unused_answers=run.answers.unused,
        recalled=run.answers.recalled,
        answers=run.answers.to_keep,
        dates={(lines.file, lines.sheet): lines.dates for lines in sheets},
        notices=tuple(
            said
            for lines in sheets
            for said in (
                *unknown_said(lines.form, lines.sheet or lines.file, lines.unknown),
                *themes_gone_said(lines, run.themes_gone.get(lines, []), run.snapshot.themes),
            )
        ),
    )
