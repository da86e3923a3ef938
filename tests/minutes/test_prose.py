"""A text cut into headings, paragraphs, items and sentences."""

from __future__ import annotations

import pytest

from netstats.minutes.drafts import Span
from netstats.minutes.prose import HEADING, ITEM, TEXT, Prose, parse


def told(prose: Prose) -> list[tuple[str, list[str]]]:
    return [
        (block.kind, [prose.quote(sentence.span) for sentence in prose.sentences[block.first : block.last]])
        for block in prose.blocks
    ]


def test_headings_paragraphs_and_items() -> None:
    text = (
        "Compte rendu\n\nLe réseau s’est réuni. Il a parlé de M. Untel et du CLSPD.\n\n"
        "Présents :\n- Lille\n- Roubaix ;\n\n1. Ordre du jour\nDu texte, ici.\n"
    )
    assert told(parse(text)) == [
        (HEADING, ["Compte rendu"]),
        (TEXT, ["Le réseau s’est réuni.", "Il a parlé de M. Untel et du CLSPD."]),
        (HEADING, ["Présents :"]),
        (ITEM, ["Lille"]),
        (ITEM, ["Roubaix ;"]),
        (HEADING, ["Ordre du jour"]),
        (TEXT, ["Du texte, ici."]),
    ]


def test_the_points_of_an_agenda_are_items_but_for_the_one_over_a_paragraph() -> None:
    text = "Ordre du jour :\n1. Rodéos\n2. Médiation\n\n1. Rodéos\nLes villes constatent une hausse."
    assert [kind for kind, _ in told(parse(text))] == [HEADING, ITEM, ITEM, HEADING, TEXT]


def test_a_wrapped_paragraph_is_one_and_short_lines_are_several() -> None:
    text = (
        "Le 24 novembre 2020, en plein second confinement, le réseau francilien des\n"
        "directeurs et coordonnateurs de prévention-sécurité s'est retrouvé derrière\n"
        "ses écrans, à l'invitation du Forum français pour la sécurité urbaine. La\n"
        "réunion a duré deux heures.\n"
        "Lille\nRoubaix\n"
    )
    assert [len(sentences) for _, sentences in told(parse(text))] == [2, 1, 1]


def test_rows_of_a_table_are_never_put_together() -> None:
    text = "Lieu\tNancy, hôtel de la métropole, salle du conseil, deuxième étage\n" * 4
    assert len(parse(text).blocks) == 4


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Il est venu en 2018. Quatorze villes aussi.", 2),
        ("M. le maire et Mme B. Martin étaient là.", 1),
        ("Voir l’art. 5 et l’annexe, etc. Puis la suite.", 2),
        ("« On ne démantèle pas un réseau avec un arrêté. » Une participante l’a dit.", 2),
        ("Quoi ? Rien !", 2),
    ],
)
def test_sentences_end_where_a_reader_would_say(text: str, count: int) -> None:
    assert len(parse(text).sentences) == count


def test_known_headings_are_headings() -> None:
    text = "Un titre qui finit par un point.\nLe texte."
    assert [block.kind for block in parse(text, (Span(0, 32),)).blocks] == [HEADING, TEXT]


def test_every_word_is_where_it_says() -> None:
    text = "« L’Haÿ-les-Roses »\n\nŒuvrer à St-Denis, 1er mai."
    prose = parse(text)
    assert [text[token.start : token.end] for token in prose.tokens] == [token.text for token in prose.tokens]
    assert [token.norm for token in prose.tokens][:6] == ["l", "hay", "les", "roses", "oeuvrer", "a"]
    assert parse("").blocks == ()
