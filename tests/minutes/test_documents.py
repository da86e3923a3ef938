"""Documents to text: what is kept, what is left out, what is refused, and what no file may do."""

from __future__ import annotations

import io
import time
import zipfile
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from netstats.errors import NetstatsError
from netstats.minutes.documents import (
    MOST_BYTES,
    MOST_CHARACTERS,
    MOST_PAGES,
    SUFFIXES,
    Document,
    cleaned,
    pasted,
    read_document,
)
from tests.intake.read.samples import OFFICE, sheet, zipped

SECONDS = 10  # what takes seconds on a busy machine; what is bounded badly takes minutes


def word(fill: Callable[[WordDocument], object]) -> bytes:
    document = docx.Document()
    fill(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def paragraph(xml: str) -> Callable[[WordDocument], object]:
    """Return what puts a paragraph of this XML into a document."""
    return lambda document: document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"))


def pdf(pages: Sequence[Sequence[str]], raw: bytes | None = None) -> bytes:
    """Return a PDF whose pages have these lines, or all this content."""
    kids = " ".join(f"{4 + 2 * rank} 0 R" for rank in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for rank, lines in enumerate(pages):
        shown = [line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") for line in lines]
        content = b"BT /F1 11 Tf 14 TL 50 800 Td " + b" T* ".join(f"({line}) Tj".encode("cp1252") for line in shown)
        packed = zlib.compress(raw if raw is not None else content + b" ET")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * rank} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream")
    written = bytearray(b"%PDF-1.4\n")
    places = []
    for rank, content in enumerate(objects, 1):
        places.append(len(written))
        written += f"{rank} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(written)
    written += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    written += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    written += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(written)


def open_text(body: str, manifest: str = "<manifest/>") -> bytes:
    xml = (
        f'<office:document-content xmlns:office="{OFFICE}:office:1.0" xmlns:table="{OFFICE}:table:1.0"'
        f' xmlns:text="{OFFICE}:text:1.0"><office:body><office:text>{body}</office:text></office:body>'
        "</office:document-content>"
    )
    mimetype = b"application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": mimetype, "content.xml": xml.encode(), "META-INF/manifest.xml": manifest.encode()})


def page(body: str, head: str = "") -> Document:
    return read_document("page.html", f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode())


def headings(document: Document) -> list[str]:
    return [document.text[span.start : span.end] for span in document.headings]


def bounded(read: Callable[[], Document]) -> None:
    """Read, or be refused in so many words; but soon."""
    start = time.perf_counter()
    with suppress(NetstatsError):
        read()
    assert time.perf_counter() - start < SECONDS


def refused(name: str, data: bytes) -> str:
    with pytest.raises(NetstatsError) as caught:
        read_document(name, data)
    assert caught.value.remedy
    return str(caught.value)


# --- cleaning ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("préven-\ntion", "prévention"),
        ("la vidéosur-\n  veillance", "la vidéosurveillance"),
        ("sur-\nveillance, en-\ntreprise, de-\nmande", "surveillance, entreprise, demande"),
        ("les vil-\nles de la Métropo-\nle", "les villes de la Métropole"),
        ("pré\u00ad\nvention et sé\u00adcurité", "prévention et sécurité"),
        ("Neuville-sur-\nSaône", "Neuville-sur-Saône"),
        ("Saint-\nDenis", "Saint-Denis"),
        ("Saint\u2011Denis", "Saint-Denis"),
        ("Villefranche-\nsur-Saône", "Villefranche-sur-Saône"),
        ("Chalon-\nsur Saône", "Chalon-sur Saône"),
        ("Villeneuve-\nd’Ascq", "Villeneuve-d’Ascq"),
        ("Neuville-en-\nferrain", "Neuville-en-ferrain"),
        ("a-t-\nil, c’est-à-\ndire, sous-\npréfet, peut-\nêtre", "a-t-il, c’est-à-dire, sous-préfet, peut-être"),
        ("2019-\n2020", "2019-2020"),
        ("Béthune –\nArras -\nDouai", "Béthune –\nArras -\nDouai"),
        ("a-\n\nb", "a-\n\nb"),
        ("e\u0301te\u0301", "été"),
        ("a\r\nb\rc\u2028d\u2029e\x0cf", "a\nb\nc\nd\ne\nf"),
        ("\ufeffa\u200bb\u2060c\x00\x07d\u202e", "abcd"),
        ("a\tb  \n\n \n\u00a0\nc\t", "a\tb\n\nc"),
        ("10\u202f000 « oui\u00a0»", "10\u202f000 « oui\u00a0»"),
        ("oﬃce de la déﬁnition", "office de la définition"),
        ("\uf0b7 Lille", "• Lille"),
        ("Lille,\nDouai", "Lille,\nDouai"),
    ],
)
def test_a_text_is_cleaned(written: str, read: str) -> None:
    assert cleaned(written) == read
    assert pasted(written).text == read


@given(st.text(st.sampled_from(list("aéS1 -–\n\r\t\u00ad\u00a0\u0301\u200b\u2028\ufeff’")), max_size=40))
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once


@pytest.mark.parametrize(
    "text",
    [
        "a" + " " * 5_000_000 + "b",
        "x" + "\t" * 5_000_000,
        "e" + "\u0316\u0301" * 2_000_000,
        "-\n" * 2_000_000 + "a",
        "\u00ad" * 5_000_000 + "a",
        "\n" * 5_000_000 + "a",
    ],
)
def test_no_text_keeps_the_cleaning_busy(text: str) -> None:
    bounded(lambda: pasted(text))


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b\ufeff", "-- …"])
def test_an_empty_text_is_refused(text: str) -> None:
    with pytest.raises(NetstatsError, match="Le texte collé ne contient aucun texte"):
        pasted(text)


def test_a_text_that_is_too_long_is_refused() -> None:
    assert pasted("a" * MOST_CHARACTERS).text
    with pytest.raises(NetstatsError, match="Le texte collé dépasse"):
        pasted("a" * (MOST_CHARACTERS + 1))


# --- which document ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        "été à Lille".encode(),
        b"\xef\xbb\xbf" + "été à Lille".encode(),
        "été à Lille".encode("utf-16"),
        b"\xfe\xff" + "été à Lille".encode("utf-16-be"),
        "été à Lille".encode("cp1252"),
    ],
)
def test_the_letters_of_a_text(data: bytes) -> None:
    assert read_document("cr.txt", data) == Document("été à Lille", (), "cr.txt", "")


def test_the_content_decides_before_the_name() -> None:
    assert read_document("cr.txt", word(lambda document: document.add_paragraph("Réunion"))).text == "Réunion"
    assert read_document("cr.docx", pdf([["Réunion"]])).text == "Réunion"
    assert read_document("cr.pdf", b"<!-- <b> -->\n<HTML><p>R&eacute;union</p>").text == "Réunion"
    assert read_document("cr.docx", b"Une r\xe9union").text == "Une réunion"
    assert read_document("cr.txt", b"<p>texte</p>").text == "<p>texte</p>"
    assert read_document("cr.htm", b"<p>texte</p>").text == "texte"
    assert SUFFIXES[0] == ".txt"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"", "est vide"),
        ("a.txt", b" \r\n\t", "est vide"),
        ("a.xlsx", sheet([["Réunion"]]), "est un classeur, pas un compte rendu rédigé. Importez-le"),
        ("a.csv", b"a;b\n1;2\n", "est un tableau, pas un compte rendu rédigé. Importez-le"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(20), "est une image"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(20), "est une image"),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBP" + bytes(20), "est une image"),
        ("a.mp4", b"\x00\x00\x00\x20ftypisom" + bytes(20), "est un son ou une vidéo"),
        ("a.rtf", b"{\\rtf1 bonjour}", "enregistrez-le au format .docx"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "avant 2007"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
        ("a.pptx", zipped({"ppt/presentation.xml": b"<p/>"}), "est une présentation PowerPoint"),
        ("a.zip", zipped({"a.txt": b"a"}), "est une archive .zip"),
        ("a.xml", b"<?xml version='1.0'?><a/>", "est un document XML"),
        ("a.bin", bytes(range(256)) * 8, "n’est pas un texte"),
        ("a.docx", b"PK\x03\x04" + bytes(50), "est abîmé ou incomplet"),
        ("a.pdf", b"%PDF-1.4\n%%EOF", "est abîmé ou incomplet"),
        ("a.html", b"<html><script>alert(1)</script></html>", "ne contient aucun texte"),
    ],
)
def test_what_is_no_text_is_refused(name: str, data: bytes, said: str) -> None:
    assert said in refused(name, data)


def test_a_large_file_is_refused_by_its_size() -> None:
    start = time.perf_counter()
    assert "pèse 50,0 Mo, le plus permis est 10 Mo" in refused("a.html", bytes(5 * MOST_BYTES))
    assert "pèse plus de 10 Mo, le plus permis" in refused("a.html", bytes(MOST_BYTES + 1))
    assert time.perf_counter() - start < 0.5


# --- .docx and .odt ---------------------------------------------------------------------------------


def test_a_word_document() -> None:
    def fill(document: WordDocument) -> None:
        document.add_heading("Réseau régional", 0)
        document.add_heading("Réunion", 1)
        document.add_paragraph("Le 6 mai,\tà Lille\nen ligne")
        document.add_paragraph("Douai", style="List Bullet")
        document.add_paragraph("• Lens", style="List Number")
        table = document.add_table(2, 2)
        for rank, text in enumerate(["Amiens", "Somme", "Creil", ""]):
            table.cell(*divmod(rank, 2)).text = text
        document.add_paragraph()
        document.add_paragraph("Fin")
        document.sections[0].header.paragraphs[0].text = "En-tête"
        document.sections[0].footer.paragraphs[0].text = "Pied"

    document = read_document("cr.docx", word(fill))
    assert document.text == (
        "Réseau régional\n\nRéunion\n\nLe 6 mai,\tà Lille\nen ligne\n\n- Douai\n- Lens\n\nAmiens ; Somme\nCreil\n\nFin"
    )
    assert headings(document) == ["Réseau régional", "Réunion"]
    assert document.name == "cr.docx"


@pytest.mark.parametrize(
    ("xml", "read"),
    [
        ("<w:r><w:t>Lille</w:t></w:r><w:del><w:r><w:delText>Douai</w:delText></w:r></w:del>", "Lille"),
        ("<w:ins><w:r><w:t>Lille</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>Lens</w:t></w:r></w:moveFrom>", "Lille"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>caché</w:t></w:r><w:r><w:t>Lille</w:t></w:r>", "Lille"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:t>Lille</w:t></w:r></w:hyperlink>", "Lille"),
        ("<w:sdt><w:sdtContent><w:r><w:t>Lille</w:t></w:r></w:sdtContent></w:sdt>", "Lille"),
        ("<w:r><w:t>Saint</w:t><w:noBreakHyphen/><w:t>De</w:t><w:softHyphen/><w:t>nis</w:t></w:r>", "Saint-Denis"),
        ("<w:pPr><w:outlineLvl w:val='9'/></w:pPr><w:r><w:t>Lille</w:t></w:r>", "Lille"),
    ],
)
def test_what_word_shows_is_read(xml: str, read: str) -> None:
    assert read_document("a.docx", word(paragraph(xml))) == Document(read, (), "a.docx")


def test_a_heading_by_its_level() -> None:
    document = read_document(
        "a.docx", word(paragraph("<w:pPr><w:outlineLvl w:val='0'/></w:pPr><w:r><w:t>A</w:t></w:r>"))
    )
    assert headings(document) == ["A"]


def test_an_open_document() -> None:
    body = (
        "<text:tracked-changes><text:p>effacé</text:p></text:tracked-changes><text:h>Réunion</text:h>"
        "<text:p>Le <text:span>6</text:span><text:s/>mai<text:line-break/>2020<office:annotation><text:p>non</text:p>"
        "</office:annotation> à Lille</text:p>"
        "<text:list><text:list-item><text:p>Lens</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell>"
        "<table:table-cell><text:p>B</text:p></table:table-cell></table:table-row></table:table>"
    )
    document = read_document("a.odt", open_text(body))
    assert document.text == "Réunion\n\nLe 6 mai\n2020 à Lille\n\n- Lens\n\nA ; B"
    assert headings(document) == ["Réunion"]
    assert "mot de passe" in refused("a.odt", open_text(body, "<m><encryption-data/></m>"))


def test_bombs_of_documents_are_not_unfolded() -> None:
    plain = word(lambda document: document.add_paragraph("a"))
    start = time.perf_counter()
    bomb = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>'
    assert "abîmé" in refused("a.docx", zipped({"word/document.xml": bomb}, plain))
    outside = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
    assert "abîmé" in refused("a.docx", zipped({"word/document.xml": outside}, plain))
    assert "se décompresse" in refused("a.docx", zipped({"word/document.xml": b" " * 100_000_000}, plain))
    assert "abîmé" in refused("a.docx", zipped({"word/document.xml": b"<a>" * 100_000}, plain))
    long = f"<w:document {nsdecls('w')}><w:p><w:r><w:t>{'a ' * 500_000}</w:t></w:r></w:p></w:document>"
    assert "200\u202f000" in refused("a.docx", zipped({"word/document.xml": long.encode()}, plain))
    many = f"<w:document {nsdecls('w')}>{'<w:p/>' * 400_000}</w:document>"
    assert "trop d’éléments" in refused("a.docx", zipped({"word/document.xml": many.encode()}, plain))
    assert time.perf_counter() - start < SECONDS


# --- .html ------------------------------------------------------------------------------------------


def test_a_web_page() -> None:
    document = page(
        "<header><h1>Le site</h1></header><nav>Menu</nav>"
        "<article><header><h1>Réunion  du\n réseau</h1></header>"
        "<p>Lille,&nbsp;<b>Rou</b>baix<br>et Saint&#45;Omer<!-- rien -->.</p>"
        "<ul><li>un</li><li><p>deux</p><ul><li>trois</li></ul></li></ul>"
        "<table><tr><th>A<th>B</tr><tr><td><p>C</p><td>D</table>"
        "<aside>encart</aside><form>Cherchez</form><p hidden>caché</p><p style='display : none'>caché</p>suite"
        "<script>alert(1)</script><noscript>activez</noscript><template>t</template><svg><text>s</text></svg></article>"
        "<aside>à lire aussi</aside><footer>Mentions</footer>",
        "<title>Réunion du réseau – FFSU</title><link rel='canonical' href='https://ffsu.org/a?b=1&amp;c=2'>",
    )
    assert document.text == (
        "Réunion du réseau\n\nLille,\u00a0Roubaix\net Saint-Omer.\n\n- un\n- deux\n- trois\n\nA ; B\nC ; D\n\nsuite"
    )
    assert headings(document) == ["Réunion du réseau"]
    assert document.source_url == "https://ffsu.org/a?b=1&c=2"


def test_the_title_of_a_page_is_a_heading_when_the_article_has_none() -> None:
    document = page("<h1>Site</h1><main><p>Le 6 mai</p></main>", "<title>Réunion de mai 2020</title>")
    assert document.text == "Réunion de mai 2020\n\nLe 6 mai"
    assert headings(document) == ["Réunion de mai 2020"]


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("<article>le long texte de la réunion</article><article>un autre</article>", "le long texte de la réunion"),
        ("<main><article>un</article><article>de</article></main>non", "un\n\nde"),
        ("<div role='main'>oui</div><p>non</p>", "oui"),
        ("<header>non</header><section><header>oui</header>là</section><div role='navigation'>non</div>", "oui\n\nlà"),
        ("<article hidden>non</article><main> </main><p>oui</p>", "oui"),
        ("<table><tr><td>menu</td><td><h2>Titre</h2><p>Texte</p></td></tr></table>", "menu\n\nTitre\n\nTexte"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("préven-<br>tion", "prévention"),
        ("<p>a</p>&lt;script&gt;alert(1)&lt;/script&gt;", "a\n\n<script>alert(1)</script>"),
        ("<p>a<p>b<td>c</div></p></b><i>d", "a\n\nb\n\ncd"),
    ],
)
def test_what_is_read_of_a_page(body: str, read: str) -> None:
    assert page(body).text == read


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("http://a.fr/", "http://a.fr/"),
        ("javascript:alert(1)", ""),
        ("/relative", ""),
        ("https://moi:secret@a.fr/", ""),
        ("https://a.fr/" + "a" * 1_000, ""),
        ("https://[a", ""),
    ],
)
def test_the_address_of_a_page(address: str, read: str) -> None:
    assert page("a", f'<link rel="canonical" href="{address}">').source_url == read
    assert page("a", f'<meta property="og:url" content="{address}">').source_url == read


def test_the_letters_of_a_page() -> None:
    for head, encoding in (
        ("<meta charset=iso-8859-1>", "cp1252"),
        ("<meta charset=utf-8>", "utf-8"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=ISO-8859-15'>", "iso8859-15"),
        ("<meta charset=zip>", "cp1252"),
        ("", "cp1252"),
        ("", "utf-16"),
    ):
        data = f"<html>{head}<p>l’œuvre à 5 €</p>".replace("’", "'").encode(encoding)
        assert read_document("a.html", data).text == "l'œuvre à 5 €"


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 100_000 + "a",
        "<b>a" * 100_000,
        "<table><tr><td>a" * 50_000,
        "a<p " + " ".join(f"a{rank}=1" for rank in range(500_000)) + ">b",
        "a<p title='" + "y" * 5_000_000 + "'>b",
        "a" + "<" * 1_000_000,
        "a" + "<!--" * 500_000,
        "a" + "<p>" * 1_000_000,
        "a" + "&lt" * 1_000_000,
        "<article>a" * 100_000,
        "<!DOCTYPE a [<!ENTITY a 'aa'>]>" * 100_000,
    ],
)
def test_no_page_keeps_the_reader_busy(body: str) -> None:
    bounded(lambda: page(body))


# --- .pdf -------------------------------------------------------------------------------------------


def test_the_lines_of_a_pdf() -> None:
    document = read_document("a.pdf", pdf([["Réunion du 6 mai", "à Lille, préven-"], ["tion et Saint-", "Denis."]]))
    assert document == Document("Réunion du 6 mai\nà Lille, prévention et Saint-Denis.", (), "a.pdf")


def test_what_stands_on_every_page_is_left_out() -> None:
    pages = [[f"Réunion {rank} à Lille", f"texte {rank * 7}"] for rank in range(1, 5)]
    numbered = [["FFSU", "Compte rendu", *lines, f"Page {rank}/4"] for rank, lines in enumerate(pages, 1)]
    assert read_document("a.pdf", pdf(numbered)).text == "\n".join("\n".join(lines) for lines in pages)
    cover = [pages[0], *(["Compte rendu", *lines, str(rank)] for rank, lines in enumerate(pages[1:], 1))]
    assert read_document("a.pdf", pdf(cover)).text == "\n".join("\n".join(lines) for lines in pages)
    two = [["FFSU", *lines] for lines in pages[:2]]
    assert read_document("a.pdf", pdf(two)).text.count("FFSU") == 2


def test_a_pdf_without_text_looks_like_a_scan() -> None:
    assert "numérisées" in refused("a.pdf", pdf([[], [], []]))
    assert "OCR" in refused("a.pdf", pdf([["1"]], raw=b"0 0 10 10 re f"))


def locked(user: str) -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(pdf([["Réunion"]]))))
    writer.encrypt(user, "propriétaire", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_a_pdf_with_a_password() -> None:
    assert "est protégé par un mot de passe" in refused("a.pdf", locked("secret"))
    assert read_document("a.pdf", locked("")).text == "Réunion"


def test_bombs_of_pdf_are_not_unfolded() -> None:
    start = time.perf_counter()
    assert f"a {MOST_PAGES + 1} pages" in refused("a.pdf", pdf([["a"]] * (MOST_PAGES + 1)))
    assert "bien plus que le texte" in refused("a.pdf", pdf([["a"]], raw=b" " * 200_000_000))
    assert refused("a.pdf", pdf([["a"]], raw=b"BT /F1 9 Tf " + b"[" * 1_000_000))
    assert refused("a.pdf", pdf([["a"]], raw=b"BT /F1 9 Tf (" + b"a" * 1_000_000 + b") Tj ET"))
    assert time.perf_counter() - start < 2 * SECONDS


def test_a_pdf_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("netstats.minutes.formats.pdf.MOST_SECONDS", 0)
    assert "secondes de lecture" in refused("a.pdf", pdf([["a"]]))


# --- damaged files ----------------------------------------------------------------------------------

WORD = word(lambda document: document.add_heading("Réunion") and document.add_paragraph("Lille"))
SAMPLES = {
    "a.docx": WORD,
    "a.pdf": pdf([["Réunion", "Lille"]]),
    "a.html": b"<html><head><meta charset=utf-8><title>R</title></head><article><h1>R</h1><p>L&amp;<td>x</article>",
    "a.odt": open_text("<text:h>Réunion</text:h><text:p>Lille</text:p>"),
}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.sampled_from(sorted(SAMPLES)))
def test_a_damaged_file_is_read_or_refused(data: st.DataObject, name: str) -> None:
    changed = bytearray(SAMPLES[name])
    if name in {"a.docx", "a.odt"} and data.draw(st.booleans()):
        with zipfile.ZipFile(io.BytesIO(bytes(changed))) as archive:
            member = data.draw(st.sampled_from(archive.namelist()))
            inside = bytearray(archive.read(member))
        for _ in range(data.draw(st.integers(0, 3))):
            if inside:
                inside[data.draw(st.integers(0, len(inside) - 1))] = data.draw(st.integers(0, 255))
        changed = bytearray(zipped({member: bytes(inside)}, bytes(changed)))
    else:
        del changed[data.draw(st.integers(1, len(changed))) :]
        for _ in range(data.draw(st.integers(0, 4))):
            changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    bounded(lambda: read_document(name, bytes(changed)))
