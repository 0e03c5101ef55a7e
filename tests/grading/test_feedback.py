import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from grading_samples import EVIL, STUDENTS, marks, result, sample_book

from rfmgrade.gradebook.gradebook import Decision, Gradebook
from rfmgrade.gradebook.outputs import (
    INK,
    INKS,
    MUTED,
    PAPER,
    PAPERS,
    feedback_page,
    pack_for_moodle,
    write_pages,
)
from rfmgrade.marking.results import Flag, Mark
from rfmkit.labels import label


class Page(HTMLParser):
    """Read a page's tags, headings and words."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.headings, self.words = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_data(self, data):
        self.words.append(data)


@pytest.fixture(scope="module")
def pages():
    book = sample_book("zh-TW", decisions={("B1090001", "7.8"): Decision(3.5, (1, 1, 0.5, 1))})
    return book, {one.id: feedback_page(book, one) for one in STUDENTS[:4]}


def test_a_page_tells_each_question_its_status_and_points_in_the_students_language(pages):
    _, made = pages
    lin, lee = made["B1090001"], made["B1090002"]
    assert '<html lang="zh-TW">' in lin
    assert '<html lang="en">' in lee
    assert label("page.total", "zh-TW", points=17.5, out_of=20) in lin
    assert label("page.points", "zh-TW", points=0.5, out_of=1) in lin
    assert label("page.open_done", "zh-TW") in lin
    for text in (
        label("page.follow_through", "en"),
        label("page.held", "en"),
        label("page.undecided", "en", points=5),
        label("page.late", "en"),
    ):
        assert text in lee
    assert "NameError" in made["B1090003"]
    assert label("page.missing_told", "zh-TW") in made["B1090003"]
    assert label("page.person_told", "zh-TW") in made["B1090003"]


def test_headings_are_in_order_and_there_is_nothing_active(pages):
    for text in pages[1].values():
        page = Page(text)
        assert page.headings[0] == 1
        assert page.headings.count(1) == 1
        assert all(b - a <= 1 for a, b in zip(page.headings, page.headings[1:], strict=False))
        assert not {"script", "iframe", "img", "link", "a", "form", "object"} & {
            tag for tag, _ in page.tags
        }
        assert not [key for _, attrs in page.tags for key in attrs if key.startswith("on")]
        assert "://" not in text.replace("http://evil.example", "")


def test_every_text_of_a_student_is_escaped():
    nasty = '<img src=x onerror="alert(1)">\x1b\u202e`<b>`**<i>**'
    one = replace(STUDENTS[0], name=nasty)
    own = replace(
        result("B1090001", marks("x", Mark("7.1", "wrong", 0, 1, nasty), answer=nasty)), file=nasty
    )
    page = feedback_page(Gradebook((one,), ("07",), {(one.id, "07"): own}), one)
    tags = {tag for tag, _ in Page(page).tags}
    assert not {"img", "b", "i"} & tags
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_nothing_of_other_students_of_flags_or_of_the_key_is_in_a_page(pages):
    book, made = pages
    for one in STUDENTS[:4]:
        others = [other for other in STUDENTS if other.id != one.id]
        words = made[one.id]
        for other in others:
            assert other.id not in words
            assert other.name not in words
        for flag in ("typed_in", "same_code"):
            assert flag not in words
        assert "digest" not in words
        assert "c0ffee" not in words
        assert "ab" * 6 not in words
    flagged = replace(book.results["B1090001", "07"], flags=(Flag("hostile"),), trouble="TROUBLE")
    with_flags = replace(book, results={**book.results, ("B1090001", "07"): flagged})
    assert feedback_page(with_flags, STUDENTS[0]) == made["B1090001"]


def contrast(one, other):
    def light(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        parts = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_ink_stands_out_from_its_paper():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    pairs = [(INKS[look], PAPERS[look]) for look in INKS]
    for ink, paper in [*pairs, (INK, PAPER), (MUTED, PAPER), (INK, "#F4F6F8"), (MUTED, "#F4F6F8")]:
        assert contrast(ink, paper) >= 4.5


def test_pages_are_written_by_id_and_those_of_an_earlier_run_go(tmp_path):
    book = sample_book()
    (tmp_path / "mine.html").write_text("mine", encoding="utf-8")
    first = write_pages(book, tmp_path)
    assert {path.name for path in first} == {f"{one.id}.html" for one in STUDENTS[:4]}
    before = {path.name: path.read_bytes() for path in first}
    fewer = {key: one for key, one in book.results.items() if key[0] != "B1090004"}
    again = write_pages(replace(book, results=fewer), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {
        "mine.html",
        *(path.name for path in again),
    }
    assert all(path.read_bytes() == before[path.name] for path in again)
    assert EVIL not in (tmp_path / "B1090003.html").read_text(encoding="utf-8")  # its " is escaped


def test_moodle_gets_a_zip_by_its_own_folder_names(tmp_path):
    pages = write_pages(sample_book(), tmp_path / "pages")
    folders = {"B1090001": "林小華_123_assignsubmission_file_"}
    packed = pack_for_moodle(pages, folders, tmp_path / "m.zip")
    with zipfile.ZipFile(packed) as archive:
        assert archive.namelist() == ["林小華_123_assignsubmission_file_/feedback.html"]
    assert pack_for_moodle(pages, {}, tmp_path / "n.zip") is None
