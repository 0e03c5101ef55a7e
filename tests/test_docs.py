"""Hold the pages of docs/: made from their tables, complete, and true of the lessons."""

import csv
import importlib.util
import re
from pathlib import Path

import pytest

from rfmkit.labels import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAIRS = sorted({path.name.split(".")[0] for path in DOCS.glob("*.zh-TW.md")})


@pytest.fixture(scope="module")
def make_docs():
    pytest.importorskip("jupytext")
    path = ROOT / "tools" / "make_docs.py"
    spec = importlib.util.spec_from_file_location("make_docs", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def table(name: str) -> list[dict[str, str]]:
    with (ROOT / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_pages_made_from_tables_are_fresh(make_docs):
    stale = [
        path.name
        for path, text in make_docs.pages().items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run: python tools/make_docs.py"


def test_every_item_of_the_index_is_where_it_says(make_docs):
    rows = make_docs.index_rows()
    for row in rows:
        stem = make_docs.lesson(row["chapter"])
        for lang, key in (("zh-TW", "phrase_zh"), ("en", "phrase_en")):
            make_docs.place(stem, row["cell"])  # refuses a cell that is not there
            assert make_docs.heading_of(stem, row[key], lang), row
            prose = " ".join(
                cell.text for cell in make_docs.cells_of(stem) if cell.meta.get("lang") == lang
            )
            assert row[key], row
            assert row[key] in prose, f"{stem} does not say {row[key]!r} ({lang})"


def test_the_index_covers_every_part_of_the_subject(make_docs):
    rows = make_docs.index_rows()
    assert {row["section"] for row in rows} == {f"§{n}" for n in range(1, 11)}
    for lang in ("item_zh", "item_en"):
        items = [row[lang] for row in rows]
        assert all(items)
    lessons = {path.stem[:2] for path in (ROOT / "source/lessons").glob("*.py")} - {"00", "10"}
    assert {row["chapter"] for row in rows} == lessons


@pytest.mark.parametrize("folder", ["source", "rfmkit/classroom/questions"])
def test_no_section_number_is_typed(folder):
    typed = re.compile(r"第\s*\d+[\d–、到和 ]*\s*節|(?<!\{)[Ss]ections? \d|§ ?\d")
    for path in sorted((ROOT / folder).rglob("*")):
        if path.suffix in (".py", ".toml", ".md"):
            text = path.read_text(encoding="utf-8")
            found = typed.findall(text)
            assert not found, f"{path.name}: {found[:3]}; write {{section name}}"


def test_the_guide_refuses_a_reference_that_leads_nowhere(make_docs, tmp_path):
    page = tmp_path / "instructor.en.md"
    page.write_text("Section {section 02 reference}, {minutes 02} minutes.", encoding="utf-8")
    assert re.fullmatch(r"Section \d+, \d\d minutes\.", make_docs.guide(page, "en"))
    for wrong in ("{section 02 nowhere}", "{minutes 02 3}"):
        page.write_text(f"One line.\n{wrong}", encoding="utf-8")
        with pytest.raises(ValueError, match=r"instructor\.en\.md, line 2"):
            make_docs.guide(page, "en")


def test_the_glossary_has_every_tier_once_in_three_scripts():
    tiers = {row["code"] for row in table("rfmkit/strategies.csv")}
    simplified = table("source/glossary_tiers.csv")
    codes = [row["code"] for row in simplified]
    assert len(codes) == len(set(codes))
    assert set(codes) == tiers
    assert all(row["zh-CN"] for row in simplified)
    terms = table("source/glossary.csv")
    for name in ("zh-TW", "en"):
        words = [row[name] for row in terms]
        assert len(words) == len(set(words)), sorted({w for w in words if words.count(w) > 1})
    assert all(
        row[key]
        for row in terms
        for key in ("zh-TW", "en", "zh-CN", "meaning_zh-TW", "meaning_en", "chapter")
    )


@pytest.mark.parametrize("page", PAIRS)
def test_a_page_has_its_twin_and_both_know_each_other(page):
    headings = {}
    for lang in LANGUAGES:
        text = (DOCS / f"{page}.{lang}.md").read_text(encoding="utf-8")
        (other,) = set(LANGUAGES) - {lang}
        assert f"({page}.{other}.md)" in text
        headings[lang] = [line.split(" ")[0] for line in text.splitlines() if line.startswith("#")]
    assert headings["zh-TW"] == headings["en"]


@pytest.mark.parametrize("path", sorted(DOCS.glob("*.md")), ids=lambda path: path.name)
def test_links_lead_somewhere(path):
    for target in re.findall(r"\]\((?!https?://)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target
