"""The course site: its links, its search for Chinese, and one build of both languages."""

import importlib.util
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

from course_site import stage  # noqa: E402

LANGS = ("zh-TW", "en")
needs_sphinx = pytest.mark.skipif(
    importlib.util.find_spec("sphinx") is None, reason="the extra docs is not installed"
)


@pytest.fixture(scope="module")
def staged(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    for lang in LANGS:
        stage.stage(folder / lang, lang)
    return folder


def pages(folder):
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.suffix in {".md", ".rst", ".ipynb"}
    }


def test_both_languages_have_the_same_pages(staged):
    assert pages(staged / "en") == pages(staged / "zh-TW")
    for part, source in (("lessons", "notebooks"), ("exercises", "exercises")):
        there = {path.name for path in (ROOT / source / "en").glob("[0-9]*.ipynb")}
        assert {path.name for path in (staged / "en" / part).glob("*")} == there
    assert not [name for name in pages(staged / "en") if "solution" in name]


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_is_in_a_table_of_contents(staged, lang):
    listed = set()
    for place in ("", "api/"):
        index = (staged / lang / f"{place}index.md").read_text(encoding="utf-8")
        for tree in re.findall(r"```\{toctree\}\n(.*?)```", index, re.DOTALL):
            lines = [line for line in tree.split("\n") if line and line[0] != ":"]
            listed |= {place + re.sub(r".*<(.*)>", r"\1", line) for line in lines}
            assert len(lines) == len(set(lines))
    assert listed | {"index"} == {name.rpartition(".")[0] for name in pages(staged / lang)}


@pytest.mark.parametrize("lang", LANGS)
def test_links_stay_on_the_site(staged, lang):
    links = 0
    for name in pages(staged / lang):
        path = staged / lang / name
        text = path.read_text(encoding="utf-8")
        if name.endswith(".ipynb"):
            cells = json.loads(text)["cells"]
            text = "\n\n".join(c["source"] for c in cells if c["cell_type"] == "markdown")
        text = re.sub(r"`[^`\n]*`|```.*?```", "", text, flags=re.DOTALL)
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text):
            links += 1
            assert (path.parent / target).is_file(), f"{name} leads to {target}"
    assert links > 80


def test_every_public_name_is_in_the_reference(staged):
    import rfmkit

    told = " ".join(path.read_text("utf-8") for path in (staged / "en" / "api").glob("*.rst"))
    named = re.findall(r":: rfmkit\.(?:classroom\.)?(\w+)", told)
    assert len(named) == len(set(named))
    assert set(named) == {*rfmkit.__all__, *stage.CLASSROOM} - {"__version__"}
    assert not (staged / "en" / "api" / "other.rst").exists()  # a new module needs a page: PARTS


def test_pictures_keep_their_descriptions(staged):
    nb = json.loads((staged / "en/lessons/05_rfm.ipynb").read_text(encoding="utf-8"))
    drawn = [
        cell
        for cell in nb["cells"]
        if cell["cell_type"] == "code"
        and any("image/png" in out.get("data", {}) for out in cell["outputs"])
    ]
    assert len(drawn) == 8
    assert all(len(cell["metadata"]["mystnb"]["image"]["alt"]) > 30 for cell in drawn)


@pytest.mark.parametrize("cell", ["th", "td"])
def test_the_name_of_the_index_stands_in_the_row_of_headings(cell):
    table = (
        f'<table><thead><tr><{cell} class="blank level0">&nbsp;</{cell}><th>R</th></tr>'
        f'<tr><th class="index_name">Customer</th><{cell} class="blank">&nbsp;</{cell}></tr>'
        "</thead><tbody><tr><th>A</th><td>1</td></tr></tbody></table>"
    )
    assert stage.one_heading(table) == (
        '<table><thead><tr><th class="index_name level0">Customer</th><th>R</th></tr></thead>'
        "<tbody><tr><th>A</th><td>1</td></tr></tbody></table>"
    )
    two = table.replace("&nbsp;</", "x</", 1)  # both rows say something
    assert stage.one_heading(two) == two


@needs_sphinx
def test_chinese_is_cut_the_same_way_by_python_and_by_the_browser():
    from course_site import chinese_search

    pairs = chinese_search.ChinesePairs({})
    assert pairs.split("客戶分級 RFM") == [*"客戶分級", "客戶", "戶分", "分級", "RFM"]
    if shutil.which("node") is None:
        pytest.skip("no node to ask what the browser does")
    queries = ["客戶分級", "值", "RFM 分析", "rfm_table", "（旭東）的帳冊", "Pareto 80"]
    program = (
        f"{chinese_search.SPLITTER};for (const q of {json.dumps(queries)})"
        " console.log(JSON.stringify(splitQuery(q)))"
    )
    done = subprocess.run(
        ["node", "-e", program], capture_output=True, encoding="utf-8", check=True
    )
    for query, line in zip(queries, done.stdout.splitlines(), strict=True):
        asked = json.loads(line)
        assert asked
        assert set(asked) <= set(pairs.split(query))  # whatever is asked for was indexed


@needs_sphinx
def test_the_site_is_built_without_a_warning_and_finds_chinese(tmp_path, monkeypatch):
    """Build with one lesson a language: the whole takes a minute (make docs-site)."""
    pytest.importorskip("myst_nb")
    pytest.importorskip("furo")
    import make_course_site

    whole = stage.stage

    def small(folder, lang):
        whole(folder, lang)
        kept = ("index.md", "lessons/00_start.ipynb", "data.md", "api/index.md")
        for name in pages(folder) - set(kept):
            (folder / name).unlink()
        for name, tree in (("index", "lessons/00_start\ndata\napi/index"), ("api/index", "")):
            text = f"# {stage.WORDS[lang]['title']}\n\n```{{toctree}}\n{tree}\n```\n"
            (folder / f"{name}.md").write_text(text, encoding="utf-8")
        nb = json.loads((folder / kept[1]).read_text(encoding="utf-8"))
        for cell in nb["cells"]:
            if cell["cell_type"] == "markdown":
                cell["source"] = re.sub(r"\]\([^)]*\)", "]", cell["source"])
        (folder / kept[1]).write_text(json.dumps(nb), encoding="utf-8")

    monkeypatch.setattr(make_course_site, "stage", small)
    made = {}
    for lang in LANGS:
        make_course_site.build(lang, tmp_path / "out", tmp_path / "work")
        out = tmp_path / "out" / lang
        made[lang] = {path.relative_to(out).as_posix() for path in out.rglob("*.html")}
    assert made["en"] == made["zh-TW"]
    page = (tmp_path / "out/zh-TW/lessons/00_start.html").read_text(encoding="utf-8")
    assert '<a href="../../en/lessons/00_start.html" lang="en"' in page
    for path in (tmp_path / "out").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r'<(script|link|img|iframe)[^>]*(src|href)="(https?:)?//', text)
    index = (tmp_path / "out/zh-TW/searchindex.js").read_text(encoding="utf-8")
    assert '"客戶"' in index or '"\\u5ba2\\u6236"' in index
