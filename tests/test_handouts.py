"""Handouts and slides: one lesson in both languages is printed and looked at."""

import ast
import html
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

pytest.importorskip("mistune")
pytest.importorskip("fontTools")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import make_handouts  # noqa: E402
from paper import cells, font, page, slides  # noqa: E402
from paper.chromium import find_chromium, run  # noqa: E402

LANGS = ("zh-TW", "en")
# The shortest lesson is printed; RFMKIT_HANDOUT=06_practicum prints another.
STEM = os.environ.get("RFMKIT_HANDOUT", "00_start")
LESSONS = [(path.parent.name, path.stem) for path in sorted((ROOT / "notebooks").glob("*/*.ipynb"))]
needs_chromium = pytest.mark.skipif(find_chromium() is None, reason="no Chromium on this machine")


@cache
def lesson(lang, stem=STEM):
    return cells.read_lesson(ROOT / "notebooks" / lang / f"{stem}.ipynb")


def figures(lang, stem=STEM):
    return sum(block.kind == "figure" for block in lesson(lang, stem).blocks)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Make everything of one lesson; the PDFs too if a browser is there."""
    folder = tmp_path_factory.mktemp("講義 handouts")
    assert make_handouts.main(["-o", str(folder), "--only", STEM[:2]]) == 0
    return folder


def tool(name, *words):
    if shutil.which(name) is None:
        pytest.skip(f"no {name} on this machine")
    done = subprocess.run([name, *words], capture_output=True, encoding="utf-8", check=True)
    return done.stdout


def test_an_index_leads_to_what_was_made(made):
    index = (made / "index.html").read_text(encoding="utf-8")
    for target in re.findall(r'href="([^"]+)"', index):
        assert (made / target).is_file()
    assert f"zh-TW/{STEM}.slides.html" in index


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("end", [".html", ".slides.html"])
def test_a_page_needs_nothing_from_elsewhere(made, lang, end):
    text = (made / lang / f"{STEM}{end}").read_text(encoding="utf-8")
    assert f'<html lang="{lang}">' in text
    assert not re.search(r"""(src|href)\s*=\s*["']?(https?:)?//""", text)
    assert not re.search(r"@import|url\((?!data:)", text)
    for source in re.findall(r'src="([^"]{1,40})', text):
        assert source.startswith("data:image/png;base64,")
    assert text.count("@font-face") == 2
    assert font.lacking(text) == set()
    images = re.findall(r"<img [^>]*>", text)
    assert 0 < len(images) <= figures(lang)
    assert all(re.search(r'alt="[^"]{20,}"', image) for image in images)


@pytest.mark.parametrize("lang", LANGS)
def test_a_handout_holds_the_lesson_and_leaves_the_noise_out(made, lang):
    text = (made / lang / f"{STEM}.html").read_text(encoding="utf-8")
    for noise in ("In [", "Out[", "The kit checking itself", 'role="status"', "<details"):
        assert noise not in text
    # A figure and its sentence are one; answers stand at the end.
    drawn = re.findall(r"<figure.*?</figure>", text, re.DOTALL)
    assert len(drawn) == figures(lang)
    assert all(re.search(r"<figcaption><p>.{20,}</p>", one, re.DOTALL) for one in drawn)


@pytest.mark.parametrize("lang", LANGS)
def test_answers_stand_at_the_end_and_are_led_to(lang):
    body, answers = page._body(lesson(lang, "06_practicum"))
    assert len(answers) == 2
    assert body.count('href="#answer-') == 2
    assert "<details" not in body


def test_both_languages_have_the_same_blocks():
    kinds = {lang: [block.kind for block in lesson(lang).blocks] for lang in LANGS}
    assert kinds["zh-TW"] == kinds["en"]


@needs_chromium
@pytest.mark.parametrize("lang", LANGS)
def test_a_pdf_has_its_fonts_inside_and_its_text_can_be_found(made, lang):
    pdf = str(made / lang / f"{STEM}.pdf")
    fonts = tool("pdffonts", pdf).splitlines()[2:]
    assert any("RFMKitSansTC" in line for line in fonts)
    assert any("DejaVuSansMono" in line for line in fonts)
    for line in fonts:
        embedded, _, unicodes = line.split()[-5:-2]
        assert (embedded, unicodes) == ("yes", "yes"), line
    text = re.sub(r"\s+", "", tool("pdftotext", pdf, "-"))
    title = re.sub(r"\s+|\u3000", "", lesson(lang).title)
    assert text.count(title) > 1  # on the first page and at the foot of each
    headings = [re.match(r"## (.+)", block.source) for block in lesson(lang).blocks]
    for heading in filter(None, headings):
        assert re.sub(r"\s+|\u3000|[*`]", "", heading[1]) in text
    info = tool("pdfinfo", pdf)
    pages = int(re.search(r"Pages:\s+(\d+)", info)[1])
    assert 3 <= pages < 30
    assert f"{pages}/{pages}" in text
    assert re.search(r"Tagged:\s+yes", info)
    assert "A4" in info


@needs_chromium
@pytest.mark.parametrize("lang", LANGS)
def test_no_figure_and_no_table_is_cut_on_paper(made, lang):
    pdf = made / lang / f"{STEM}.pdf"
    dom = run(find_chromium(), made / lang / f"{STEM}.html", "--dump-dom", "--window-size=900,1200")
    assert 'data-fitted="yes"' in dom
    # Pictures are stored once each, whole, and fit between the margins: 170 by 261 millimetres.
    lines = tool("pdfimages", "-list", str(pdf)).splitlines()[2:]
    shown = [line.split() for line in lines if line.split()[2] == "image"]
    assert len(shown) == figures(lang)
    for line in shown:
        wide, high, per_inch = int(line[3]), int(line[4]), int(line[12])
        assert wide / per_inch * 25.4 <= 171
        assert high / per_inch * 25.4 <= 151


@needs_chromium
@pytest.mark.parametrize("lang", LANGS)
def test_no_slide_is_cut_and_keys_are_told(made, lang):
    deck = made / lang / f"{STEM}.slides.html"
    dom = run(find_chromium(), deck, "--dump-dom", "--window-size=1280,720")
    assert re.search(r'<html[^>]*data-cut=""', dom)
    sizes = [float(size) for size in re.findall(r'data-size="([\d.]+)"', dom)]
    assert len(sizes) == dom.count('<section class="slide ')
    assert min(sizes) >= 0.6
    assert dom.count(' here"') == 1
    assert "→" in re.search(r"<p class=\"?keys\"?>(.*?)</p>", dom)[1]


@pytest.mark.parametrize(("lang", "stem"), LESSONS)
def test_every_lesson_becomes_slides_of_one_idea_each(lang, stem):
    one = lesson(lang, stem)
    made = slides.slides(one)
    assert 8 <= len(made) <= 140
    kinds = [slide.kind for slide in made]
    assert kinds[0] == "title"
    assert min(1, figures(lang, stem)) <= kinds.count("figure") <= figures(lang, stem)
    assert all(slide.body for slide in made)
    for slide in made:
        assert not re.search(r"<span class=line>\s*<span[^>]*>assert", slide.body)
        assert slide.body.count("<img") <= 1
        text = re.sub(r"<pre.*?</pre>|<table.*?</table>|<[^>]+>", "", slide.body, flags=re.DOTALL)
        assert len(text) < (1800 if lang == "en" else 800), text[:80]


@pytest.mark.parametrize(("lang", "stem"), LESSONS)
def test_every_lesson_becomes_a_page_whose_characters_all_show(lang, stem):
    one = lesson(lang, stem)
    body, answers = page._body(one)
    assert font.lacking(re.sub(r'"data:image[^"]*"', "", body + "".join(answers))) == set()
    assert body.count("<figure") == figures(lang, stem)
    for target in re.findall(r'href="([^"#]+)"', body):
        source = ROOT / "notebooks" / lang / target.replace(".html", ".ipynb")
        assert source.resolve().is_file()


def test_without_a_browser_the_rest_is_made_and_told(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(make_handouts, "find_chromium", lambda: None)
    assert make_handouts.main(["-o", str(tmp_path), "--only", "00", "--lang", "en"]) == 0
    assert "CHROMIUM=" in capsys.readouterr().err
    assert (tmp_path / "en/00_start.html").is_file()
    assert not list(tmp_path.rglob("*.pdf"))
    assert make_handouts.main(["-o", str(tmp_path), "--only", "77"]) == 2


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("a = 1\nassert a == 1\na", "a = 1\na"),
        ("assert f(\n    1,\n) == 2\nb", "b"),
        ('check("5.a", n)\nn', "n"),
        ("assertion = 1", "assertion = 1"),
        ("if there:\n    assert a\nb = 2", "b = 2"),
        ("for a in b:\n    if a:\n        assert a\n\nb = 2", "b = 2"),
        ("if there:\n    assert a\n    b = 2", "if there:\n    b = 2"),
        ("def f():\n    return 1", "def f():\n    return 1"),
    ],
)
def test_slides_leave_the_kits_own_checks_out(source, kept):
    assert cells.without_checks(source).strip() == kept


@pytest.mark.parametrize(("lang", "stem"), LESSONS)
def test_code_on_slides_can_be_read_by_python(lang, stem):
    for slide in slides.slides(lesson(lang, stem)):
        for code in re.findall(r"<pre class=code>(.*?)</pre>", slide.body, re.DOTALL):
            lines = code.replace("</span><span class=line>", "\n")
            ast.parse(html.unescape(re.sub(r"<[^>]+>", "", lines)))


@pytest.mark.parametrize(("lang", "stem"), LESSONS)
def test_no_slide_ends_within_quotation_marks_or_brackets(lang, stem):
    for slide in slides.slides(lesson(lang, stem)):
        said = re.sub(r"<pre.*?</pre>|<table.*?</table>", "", slide.body, flags=re.DOTALL)
        for one in re.split(r"</?(?:p|li|h\d|blockquote)>", said):
            plain = html.unescape(re.sub(r"<[^>]+>", "", one))
            listed = re.sub(r"(?m)^\(?\w\)", "", plain)  # "a)" opens nothing
            assert not slides._is_open(listed.replace("**", "").replace("`", "")), plain


def test_a_heading_begins_a_slide_wherever_it_stands():
    source = "Before it.\n\n## 1 One\n\nText.\n\n### Part\n\n**Bold** text."
    title = cells.prose("# Chapter", "en")
    made = slides.slides(cells.Lesson("x", "en", "Chapter", [title, cells.prose(source, "en")]))
    assert [slide.section for slide in made] == ["", "1 One", "1 One · Part"]
    assert "<h2>1 One</h2>" in made[1].body
    assert "Before it." in made[1].notes
    assert "<h3>Part</h3>" in made[2].body


def test_code_between_fences_stays_code():
    source = "Look:\n\n```python\na = 1\n\nb = 2\n```\n\nAfter **it**."
    blocks = [cells.prose("# Chapter", "en"), cells.prose(source, "en")]
    made = slides.slides(cells.Lesson("x", "en", "Chapter", blocks))
    assert [slide.kind for slide in made] == ["title", "code", "text"]
    assert made[1].body.count("class=line") == 3
    assert "```" not in "".join(slide.body for slide in made)


@pytest.mark.parametrize(
    ("paragraph", "kept"),
    [
        ("One. Two. Three.", "One. Two."),
        ("One. Some more words here. Why?", "One. Why?"),
        ("He says, “One. Two. Three.” Four words are more.", "He says, “One. Two. Three.”"),
        ("先看這裡。再看那裡的另一張表。為什麼？", "先看這裡。為什麼？"),
        ("他說「好。不好。」就走。所以如此如此如此如此。", "他說「好。不好。」就走。"),
    ],
)
def test_what_of_a_paragraph_goes_onto_a_slide(paragraph, kept):
    assert slides._gist(paragraph, 10) == kept


def test_the_options_of_a_question_are_printed():
    said = "".join(block.html for block in lesson("en", "09_scale").blocks)
    assert "(g) <code>amount</code>" in said
    assert "★ 2 min" not in said


def test_money_and_links_on_paper():
    source = r"NT<span>\$</span>5, NT$6, [one](05_rfm.ipynb), [two](../../data/README.md)"
    said = cells.markdown(source, "en")
    assert "NT$5, NT$6" in said
    assert '<a href="05_rfm.html">one</a>, two <span class="address">(data/README.md)' in said
