"""A file's letters are those that were written, or the reader is asked."""

import pytest

from rfmkit.schema import DataError
from rfmkit.transactions import encodings
from rfmkit.transactions.ambiguity import LedgerQuestion
from rfmkit.transactions.encodings import decode

pytestmark = pytest.mark.usefixtures("english")
HEADER = "customer,date,amount\n"
# Names and the encoding they are written in; True: found without a question.
FOUND = [
    (["Müller", "Jörg Weiß"], "cp1252"),
    (["王小明", "陳大文", "林志玲"], "cp950"),
    (["王小明"], "cp950"),
    (["王小明", "陈大文", "李伟"], "gb18030"),
    (["田中さくら", "鈴木一郎"], "cp932"),
    (["タナカ"], "cp932"),
    (["王大堃", "李喆", "陳峯", "林志明"], "big5hkscs"),
    (["王", "Müller", "Žižka"], "utf-8"),
    (["王小明的店", "陳大文的店"], "utf-16-le"),
]
ASKED = [
    (["Peña"], "cp1252"),
    (["Çağrı", "Işık"], "cp1254"),
    (["Dvořák", "Šimek"], "cp1250"),
    (["Иванов", "Петрова"], "cp1251"),
    (["Añón", "Ibáñez"], "cp1252"),
    (["Łódź", "Wałęsa"], "iso8859_2"),
    (["Café"], "mac_roman"),
]


def text_of(names):
    return HEADER + "".join(f"{name},2021-03-05,100\n" for name in names)


@pytest.mark.parametrize(("names", "encoding"), FOUND)
def test_it_is_found(names, encoding):
    pytest.importorskip("charset_normalizer")  # a second witness for short texts
    text = text_of(names)
    assert decode(text.encode(encoding), "a.csv")[0] == text


@pytest.mark.parametrize("library", ["with charset-normalizer", "without"])
@pytest.mark.parametrize(("names", "encoding"), [*FOUND, *ASKED])
def test_another_letter_never_comes_out(names, encoding, library, monkeypatch):
    if library == "without":
        monkeypatch.setattr(encodings, "_charset_normalizer", lambda data: None)
    text = text_of(names)
    try:
        found, _ = decode(text.encode(encoding), "a.csv")
    except LedgerQuestion:
        return
    assert found == text


@pytest.mark.parametrize(("names", "encoding"), ASKED)
def test_what_could_be_several_is_asked_about(names, encoding):
    with pytest.raises(LedgerQuestion) as caught:
        decode(text_of(names).encode(encoding), "a.csv")
    assert len({setting["encoding"] for _, setting in caught.value.answers}) >= 2


@pytest.mark.parametrize(("names", "encoding"), ASKED)
def test_the_encoding_that_is_asked_for_is_used(names, encoding):
    text = text_of(names)
    assert decode(text.encode(encoding), "a.csv", encoding=encoding) == (text, encoding)


def test_a_wrong_encoding_is_told_with_the_line():
    with pytest.raises(DataError, match="is not in utf-8: line 2"):
        decode(text_of(["Peña"]).encode("cp1252"), "a.csv", encoding="utf-8")
    with pytest.raises(DataError, match="there is no encoding 'latin-99'"):
        decode(b"a", "a.csv", encoding="latin-99")


def test_a_nul_is_told_with_its_place():
    with pytest.raises(DataError, match="character 2 of line 2"):
        decode((HEADER + "C\x0001,2021-03-05,1\n").encode(), "a.csv")
