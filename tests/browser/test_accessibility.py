"""Anybody can read it: headings in order, words for every picture, contrast, nothing by colour.

axe-core looks at the pages in a real browser. By default at some pages of each kind; with
RFMKIT_PAGES=all at every lesson and every solution in both languages.
"""

import os
import re
import sys
from importlib import resources
from itertools import pairwise
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from conftest import ROOT

import rfmkit as rk
from rfmkit.classroom import ask, check, hint, progress
from rfmkit.classroom.card import Card
from rfmkit.classroom.question import all_questions

EDITIONS = ("zh-TW", "en")
BUILT = sorted(
    path
    for folder in ("notebooks", "exercises", "solutions")
    for path in (ROOT / folder).glob("*/*.ipynb")
)
SOME = {"notebooks": ("zh-TW/05_rfm", "en/02_abc"), "solutions": ("zh-TW/01_concepts",)}
# JupyterLab's own colours for paper, panels and ink, in its light and its dark theme.
THEMES = {
    "light": {
        "--jp-layout-color0": "#fff",
        "--jp-layout-color2": "#eee",
        "--jp-content-font-color1": "rgba(0,0,0,.87)",
    },
    "dark": {
        "--jp-layout-color0": "#111",
        "--jp-layout-color2": "#424242",
        "--jp-content-font-color1": "#fff",
    },
    "none": {},
}


def pages(folder: str) -> list[Path]:
    if os.environ.get("RFMKIT_PAGES") == "all":
        return [path for path in BUILT if path.parts[-3] == folder]
    return [ROOT / folder / f"{name}.ipynb" for name in SOME[folder]]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).with_suffix("").as_posix()


@pytest.fixture(scope="module")
def look(context):
    """Look at a page with axe-core: look(html, *rules to leave out) lists what is wrong."""
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    axe = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    page = context.new_page()
    page.route("**/*", lambda route: route.abort())  # a page must stand on its own

    def look(told: str, *left_out: str) -> list[str]:
        page.set_content(told, wait_until="domcontentloaded")
        page.evaluate(axe)
        rules = {rule: {"enabled": False} for rule in left_out}
        found = page.evaluate(
            "rules => axe.run(document, {resultTypes: ['violations'], rules})", rules
        )
        return [
            f"{fault['id']}: {node['html'][:160]} {node['failureSummary']}"
            for fault in found["violations"]
            for node in fault["nodes"][:3]
        ]

    yield look
    page.close()


@pytest.mark.parametrize("path", BUILT, ids=name_of)
def test_headings_stand_in_order_and_every_picture_has_its_words(path):
    nb = nbformat.read(path, as_version=4)
    prose = "\n".join(
        re.sub(r"^(```|~~~).*?^\1", "", cell.source, flags=re.MULTILINE | re.DOTALL)
        for cell in nb.cells
        if cell.cell_type == "markdown"
    )
    levels = [len(marks) for marks in re.findall(r"^(#{1,6}) ", prose, re.MULTILINE)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(lower <= higher + 1 for higher, lower in pairwise(levels))
    for cell in nb.cells:
        outputs = cell.get("outputs", [])
        for output, after in pairwise([*outputs, {}]):
            if "image/png" in output.get("data", {}):
                alt = output["metadata"]["image/png"]["alt"]
                assert len(alt) > 20
                # Money is written so that no page takes it for a formula.
                said = re.sub(r"\\|</?span>", "", after["data"]["text/markdown"])
                assert alt.replace("\\", "") in said


@pytest.mark.parametrize("lang", EDITIONS)
@pytest.mark.parametrize("theme", THEMES)
def test_cards_and_tables_read_well(look, theme, lang):
    told = look(sheet(lang, THEMES[theme]), *(["color-contrast"] if theme == "none" else []))
    assert told == []


def sheet(lang: str, theme: dict[str, str]) -> str:
    """Write a page of every kind of card, the progress table and tables of the kit."""
    rk.use_language(lang)
    choice, number = "1.1", "6.1"
    cards = [
        check(choice, "c"),
        check(choice, "b"),
        check(choice, 7),
        check(choice, ...),
        check("1.9", "x" * 100),
        ask("1.2"),
        ask("1.9"),
        hint(number, 1),
        Card("right", label_of(lang), "`code` and **weight**", note="note"),
        progress(),
    ]
    assert {card.status for card in cards if isinstance(card, Card)} == {
        "right",
        "known_mistake",
        "wrong",
        "not_attempted",
        "open",
        "question",
        "hint",
    }
    table = pd.DataFrame({"customer": ["C001"], "amount": [1.5], "R": [True], "revenue_share": [1]})
    tables = [rk.pretty(table), rk.pretty(table.set_index("customer"))]
    body = "".join(one._repr_html_() for one in (*cards, *tables))
    colours = ";".join(f"{name}:{value}" for name, value in theme.items())
    return (
        f'<!doctype html><html lang="{lang}" style="{colours}"><head><title>rfmkit</title></head>'
        '<body style="background:var(--jp-layout-color0);color:var(--jp-content-font-color1)">'
        f"<main><h1>rfmkit</h1>{body}</main></body></html>"
    )


def label_of(lang: str) -> str:
    return {"zh-TW": "答對了", "en": "right"}[lang]


@pytest.mark.parametrize("lang", EDITIONS)
def test_a_verdict_is_told_by_words_and_not_by_colour_alone(lang):
    rk.use_language(lang)
    answers = {"right": "c", "known_mistake": "b", "not_attempted": ...}
    said = {status: check("1.1", answer) for status, answer in answers.items()}
    said["wrong"] = check("1.1", 7)
    assert [card.status for card in said.values()] == list(said)
    headings = {card.heading for card in said.values()}
    assert len(headings) == len(said)
    for card in said.values():
        page = card._repr_html_()
        assert 'role="status"' in page
        assert f'lang="{lang}"' in page
        assert f'aria-label="{card.heading}"' in page
        # A sign is for the eye; a screen reader has the heading.
        assert page.count('aria-hidden="true"') == 1


def test_no_text_of_a_question_points_at_a_colour_alone():
    seen = re.compile(r"紅色的(?!錯誤|`NameError`)|綠色的|the (red|green) (one|bar|line)s?\b")
    for number, asked in all_questions().items():
        assert not seen.search(str(asked.texts)), number


@pytest.mark.parametrize("path", pages("notebooks"), ids=name_of)
def test_a_handout_reads_well(look, path):
    """The handout of `make handouts`, which is also what the PDF is printed from."""
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        from paper.cells import read_lesson
        from paper.page import handout
    finally:
        sys.path.pop(0)
    # pandas' own tables have a corner cell without words; the kit's have none.
    assert look(handout(read_lesson(path)), "empty-table-header") == []


@pytest.mark.parametrize("path", pages("solutions"), ids=name_of)
def test_a_solution_with_its_cards_reads_well(look, path):
    nbconvert = pytest.importorskip("nbconvert")
    page, _ = nbconvert.HTMLExporter(language_code=path.parent.name).from_filename(str(path))
    # The colours of prompts, code and links on this page are Jupyter's.
    theirs = ("color-contrast", "link-in-text-block", "empty-table-header")
    assert look(page, *theirs) == []


def test_the_sites_front_page_reads_well(look):
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        from make_site import front_page
    finally:
        sys.path.pop(0)
    assert look(front_page()) == []
