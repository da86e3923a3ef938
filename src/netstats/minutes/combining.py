"""What the meetings of one text have in common, and what is left of the text once they are read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from netstats.minutes.attendance import evidence_of
from netstats.minutes.drafts import (
    LIKELY,
    Draft,
    Extracted,
    SetAside,
    Span,
)
from netstats.minutes.prose import Prose


def filled(draft: Draft, common: Draft, shared: Iterable[Extracted[str]]) -> Draft:
    """Return a draft with what the text says of all its meetings, and the themes that it says for this one by name."""
    told = {theme.value: replace(theme, step=LIKELY) for theme in shared} | {one.value: one for one in draft.themes}
    themes = tuple(told.values()) or tuple(replace(theme, step=LIKELY) for theme in common.themes)
    return replace(
        draft,
        format=draft.format or common.format,
        open_to_non_members=draft.open_to_non_members or common.open_to_non_members,
        themes=themes,
    )


def left_out(aside: Sequence[SetAside], drafts: Sequence[Draft]) -> list[SetAside]:
    """Return what was left out, in the order of the text, but for words that were read for something after all."""
    used = set().union(*(evidence_of(draft.territories) for draft in drafts))
    used |= {span for draft in drafts for name, span in draft.evidence() if name in {"when", "headcount"}}
    kept: dict[Span, SetAside] = {}
    for one in sorted(aside, key=lambda one: one.span):
        if one.span not in used:
            kept.setdefault(one.span, one)
    return list(kept.values())


def unread_of(prose: Prose, drafts: Sequence[Draft], aside: Sequence[SetAside]) -> tuple[Span, ...]:
    """Return the sentences that nothing was read from."""
    read = {span for draft in drafts for _, span in draft.evidence()} | {one.span for one in aside}
    starts = sorted(span.start for span in read)
    ends = sorted(span.end for span in read)
    return tuple(
        sentence.span
        for sentence in prose.sentences
        # None overlaps a sentence where those that begin before its end have all ended at its start.
        if bisect_left(starts, sentence.end) == bisect_right(ends, sentence.start)
    )
