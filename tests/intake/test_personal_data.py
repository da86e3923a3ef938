"""What is refused at the door as personal data in a text, and what only resembles it."""

import csv
import time

import pytest

from netstats.errors import NetstatsError
from netstats.intake import journal
from netstats.intake.persons import announces_persons, personal
from tests.conftest import DATA


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Lyon (Mme dupont)",
            "Animée par Mme dupont",
            "MME DUPONT",
            "mr dupont",
            "M. dupont",
            "m. Dupont",
            "M.Dupont",
        ),
        *("Mᵐᵉ Dupont", "avec M Dupont", "Dr Martin", "dr. martin", "Docteur Martin", "Me Durand", "Maître Durand"),
        *("Dr Martin et Me Durand", "Rue du Dr Roux, puis Dr Martin", "Mesdames Petit et Grand", "MM. Petit et Grand"),
    ],
)
def test_a_form_of_address_before_a_name(text: str) -> None:
    assert "le nom d’une personne" in str(personal(text))


@pytest.mark.parametrize(
    "text",
    [
        *("06 12 34 56 78", "06.12.34.56.78", "06-12-34-56-78", "06/12/34/56/78", "06 / 12 / 34 / 56 / 78"),
        *("06_12_34_56_78", "06,12,34,56,78", "06·12·34·56·78", "0612345678", "0612 345 678", "06 123 456 78"),
        *("+33 6 12 34 56 78", "+33 (0)6 12 34 56 78", "0033612345678", "+33/6/12/34/56/78", "(06) 12 34 56 78"),
        *("O6 12 34 56 78", "06 12 34 5O 78", "O6.12.OO.56.78", "o612345678"),
        *("+32 2 123 45 67", "+352 26 12 34 56", "+1 (212) 555-1234", "0032 2 123 45 67", "+262 692 12 34 56"),
    ],
)
def test_a_telephone_number(text: str) -> None:
    assert "un numéro de téléphone" in str(personal(f"Joindre le {text}."))


@pytest.mark.parametrize(
    "text",
    [
        *("jean.dupont@ville.fr", "jean.dupont @ ville.fr", "jean.dupont [at] ville.fr", "jean.dupont(at)ville.fr"),
        *("jean.dupont arobase ville.fr", "jean.dupont [arobase] ville.fr", "jean.dupont (a) ville.fr"),
        *("jean.dupont [at] ville [point] fr", "jean.dupont [at] ville", "jean.dupont at ville.fr"),
        *("jean.dupont arobase ville point fr", "jean.dupont＠ville.fr", "dupont(at)ville(dot)fr"),
    ],
)
def test_an_electronic_address(text: str) -> None:
    assert "une adresse électronique" in str(personal(f"Écrire à {text}"))


def test_a_number_of_an_account() -> None:
    assert "un numéro de compte" in str(personal("IBAN FR14 2004 1010 0505 0001 3M02 606"))
    assert "un numéro de compte" in str(personal("be68539007547034"))
    assert personal("FR14 2004 1010 0505 0001 3M02 607") is None  # it does not check


@pytest.mark.parametrize(
    "text", ["Jean Dupont", "jean dupont", "le maire Jean Dupont", "Commissaire Durand", "par Marie Martin", "Karim"]
)
def test_who_signs_is_no_person(text: str) -> None:
    with pytest.raises(NetstatsError, match="ressemble au nom d’une personne"):
        journal.author(text)


@pytest.mark.parametrize(
    "text", ["secrétariat", "AB", "service prévention", "Commissaire central", "coordination CLSPD", "la mairie", ""]
)
def test_a_service_or_initials_sign(text: str) -> None:
    assert journal.author(text) == text


@pytest.mark.parametrize(
    "text",
    [
        *(
            "+1 200 000 habitants",
            "+12 000 000",
            "+ 3 réunions en 2023 et 2024",
            "OO",
            "Oo 12",
            "budget 00 200 067 205",
        ),
        *("salle A [at] 14 h", "point final", "le point fort : 3.5", "at work"),
        *(
            "Mme la maire",
            "M. le préfet",
            "Madame, Monsieur",
            "M. et Mme",
            "MM. les maires",
            "groupe M.",
            "Plan M Métropole",
        ),
        *("il me faut", "me Durand", "drame local", "rue du Dr Roux, Lille", "12 avenue du Professeur Calmette"),
        *("maître d’ouvrage", "Maître de conférences", "docteur en droit", "à 300 m. du centre", "à 300 m. Lille"),
        *("06/12/2034", "06/12/2034 14 30", "06-12-2034 14h30", "200067205", "213 402 345 00012", "02691 02408"),
        *(
            "59350 ; 59351",
            "départements 59, 60, 62, 02, 80",
            "1er au 02/03/2024",
            "le site www.ffsu.org",
            "look at this",
        ),
        *("conseiller(a) principal", "Lieu(x)"),
    ],
)
def test_what_only_resembles_personal_data(text: str) -> None:
    assert personal(text) is None


@pytest.mark.parametrize(
    "address",
    [
        *("https://ffsu.org/0612345678", "https://ffsu.org/06/12/34/56/78", "https://ffsu.org/wiki(a)page.html"),
        "https://ffsu.org/dr-martin",
    ],
)
def test_an_address_holds_digits(address: str) -> None:
    assert personal(address, is_address=True) is None
    assert personal("https://ffsu.org/?a=jean@ville.fr", is_address=True)


def test_the_real_activity_holds_no_personal_data() -> None:
    for path in (DATA / "network").glob("*.csv"):
        with path.open(encoding="utf-8") as file:
            for row in csv.DictReader(file, delimiter=";"):
                for value in row.values():
                    assert personal(value, is_address=value.startswith("http")) is None, (path.name, value)


@pytest.mark.parametrize(
    "piece", ["a", "m. ", "06 ", "Mme ", "a (at) ", "rue ", "salle du Dr Roux ", "(", "a@", "a.a@b"]
)
def test_a_long_text_is_read_at_once(piece: str) -> None:
    text = (piece * 2000)[:2000]
    start = time.perf_counter()
    for _ in range(10):
        personal(text)
    assert time.perf_counter() - start < 1


def test_a_header_that_names_a_body_or_a_count_announces_nobody() -> None:
    assert announces_persons("Nom")
    assert announces_persons("Personnes présentes")
    assert announces_persons("Nom de la commune") is None
    assert announces_persons("Nombre d’élus") is None
