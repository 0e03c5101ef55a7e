"""The site with nothing to install, in a real browser: it loads, computes, judges and keeps.

The site is built here with the browser's Python in it, from the package registries, and served on
the loopback address; nothing else may be asked for anything. The registries do not have the wheels
of numpy, pandas and matplotlib for the browser, so here placeholders stand for these: they can be
imported and nothing more. RFMKIT_SITE names a site that has the real ones: then every lesson and
every worked solution is run as well, as .github/workflows/site.yml does where the network allows.
"""

import importlib.util
import json
import os
import shutil
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import nbformat
import pytest
from conftest import ROOT, run, served
from lab_page import LabPage, card_of, errors_of, plain, words

from rfmkit.classroom.question import find_question
from rfmkit.labels import label

EDITIONS = ("zh-TW", "en")
STEMS = sorted(path.stem for path in (ROOT / "notebooks/en").glob("*.ipynb"))
FULL = os.environ.get("RFMKIT_SITE")  # a folder that holds a site with everything
# An environment of its own: in the one of the lessons, the site's kernel would disturb JupyterLab.
SITE_PYTHONS = (os.environ.get("RFMKIT_SITE_PYTHON"), ROOT / ".venv-site/bin/python")
PLACEHOLDERS = """
import importlib.abc, importlib.machinery, sys, types
LEFT_OUT = ('numpy', 'pandas', 'matplotlib', 'seaborn', 'jinja2')
class Kind(type):
    def __getattr__(cls, name):
        if name.startswith('__'): raise AttributeError(name)
        return Thing()
class Thing(metaclass=Kind):
    def __init__(self, *_, **__): pass
    def __getattr__(self, name):
        if name.startswith('__'): raise AttributeError(name)
        return Thing()
class Placeholder(types.ModuleType):
    __path__ = []
    def __getattr__(self, name):
        if name.startswith('__'): raise AttributeError(name)
        return float(name) if name in ('inf', 'nan') else Kind(name, (Thing,), {})
class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        if name.partition('.')[0] in LEFT_OUT:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
    def create_module(self, spec):
        return Placeholder(spec.name)
    def exec_module(self, module):
        pass
sys.meta_path.insert(0, Finder())
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory, browser):
    """Build the site with the browser's Python in it, or take the one that is named."""
    folder = tmp_path_factory.mktemp("site")
    if FULL:
        shutil.copytree(FULL, folder / "site")
    else:
        build(folder)
    # The tests ask JupyterLite's own objects, not its buttons.
    settings = folder / "site" / "jupyter-lite.json"
    told = json.loads(settings.read_text(encoding="utf-8"))
    told["jupyter-config-data"]["exposeAppInBrowser"] = True
    settings.write_text(json.dumps(told), encoding="utf-8")
    with served(folder / "site") as address:
        yield address


def build(folder: Path) -> None:
    here = [sys.executable] if importlib.util.find_spec("jupyterlite_pyodide_kernel") else []
    pythons = [*(str(path) for path in SITE_PYTHONS if path and Path(path).is_file()), *here]
    if not pythons:
        pytest.skip("jupyterlite is not installed (make test-browser gets it)")
    if shutil.which("npm") is None:
        pytest.skip("npm, which fetches the browser's Python, is not installed")
    version = run(
        pythons[0],
        "-c",
        "from jupyterlite_pyodide_kernel import constants as c;print(c.PYODIDE_VERSION)",
    ).strip()
    try:
        run("npm", "pack", "--silent", f"pyodide@{version}", cwd=folder)
    except AssertionError as error:
        pytest.skip(f"pyodide cannot be fetched here: {error}")
    shutil.unpack_archive(next(folder.glob("pyodide-*.tgz")), folder)
    told = run(
        pythons[0],
        str(ROOT / "tools/make_site.py"),
        "-o",
        str(folder / "site"),
        "--pyodide",
        str(folder / "package"),
    )
    assert "Left out" in told
    assert "pandas" in told.partition("Left out")[2]


@pytest.fixture(scope="module")
def page(site, context):
    page = context.new_page()
    page.goto(f"{site}/index.html")
    return page


@pytest.fixture(scope="module")
def lab(site, page):
    """The exercise of chapter 1 in JupyterLite, its kernel running."""
    made = LabPage(page)
    page.goto(f"{site}/lab/index.html")
    made.wait().open("exercises/en/01_concepts.ipynb")
    return made


@pytest.fixture(scope="module")
def kit(lab):
    """The same, with what cannot be had here held by placeholders."""
    if not FULL:
        lab.execute(PLACEHOLDERS)
    return lab


def test_the_front_page_leads_to_every_lesson_and_exercise_in_both_languages(site, page):
    links = page.eval_on_selector_all("main a", "links => links.map(link => link.href)")
    paths = {parse_qs(urlsplit(link).query)["path"][0] for link in links}
    assert paths == {
        path.relative_to(ROOT).as_posix()
        for folder in ("notebooks", "exercises")
        for lang in EDITIONS
        for path in (ROOT / folder / lang).glob("*.ipynb")
    }
    assert [page.request.get(f"{site}/files/{path}").status for path in sorted(paths)] == [
        200 for _ in paths
    ]


def test_the_code_on_the_site_is_the_code_of_the_checkout(site, page):
    for path in sorted((ROOT / "exercises").glob("*/0*.ipynb")):
        there = page.request.get(f"{site}/files/{path.relative_to(ROOT).as_posix()}").text()
        ours = nbformat.read(path, as_version=4)
        shown = nbformat.reads(there, as_version=4)
        nbformat.validate(shown)
        assert shown == ours


def test_the_kit_imports_by_its_name_alone(lab):
    told = lab.execute(
        "import rfmkit as rk\n"
        "rk.use_language('zh-TW')\n"
        "print(rk.label('column.recency_days'), rk.language())\n"
        "rk.use_language('en')\n"
        "print(rk.label('column.recency_days'))"
    )
    chinese, english = (label("column.recency_days", lang) for lang in EDITIONS)
    assert told["stdout"].splitlines() == [f"{chinese} zh-TW", english]


def test_what_the_standard_library_and_the_sliders_need_is_there(lab):
    told = lab.execute("import sqlite3, ipywidgets\nprint(ipywidgets.IntSlider(3).value)")
    assert told["stdout"] == "3\n"


def test_the_books_lie_where_the_notebook_looks_for_them(kit):
    told = kit.execute(
        "import rfmkit as rk\n"
        "print(rk.data_file())\n"
        "print(rk.data_file('客戶年報.csv', books='practice'))"
    )
    assert told["stdout"].splitlines() == [
        "/drive/data/交易記錄.xlsx",
        "/drive/data/practice/客戶年報.csv",
    ]


def test_a_workbook_is_read_and_written(lab):
    told = lab.execute(
        "import openpyxl, rfmkit\n"
        "book = openpyxl.load_workbook('../../data/交易記錄.xlsx')\n"
        "rows = book.active.max_row\n"
        "book.active.cell(rows + 1, 1, '旭東')\n"
        "book.save('copy.xlsx')\n"
        "again = openpyxl.load_workbook('copy.xlsx').active\n"
        "print(again.max_row - rows, again.cell(rows + 1, 1).value)"
    )
    assert told["stdout"] == "1 旭東\n"


def test_a_personal_ledger_is_the_same_to_the_byte_as_on_any_machine(kit):
    """The rows of the seed are drawn and the workbook written by the kit's own code."""
    shipped = json.loads((ROOT / "data/practice/MANIFEST.json").read_text(encoding="utf-8"))
    told = kit.execute(
        "import hashlib\n"
        "from pathlib import Path\n"
        "from rfmkit import cases\n"
        "class Rows(list):\n"
        "    def itertuples(self, index): return iter(self)\n"
        "Path('../case').mkdir(exist_ok=True)\n"
        "path = Path('../case', cases.LEDGER)\n"
        f"cases._write_ledger(Rows(cases._draw_march({shipped['seed']})[1]), path)\n"
        "print(hashlib.sha256(path.read_bytes()).hexdigest())\n"
        "path.unlink(); path.parent.rmdir()"
    )
    assert told["stdout"].strip() == shipped["files"]["交易記錄.xlsx"]


@pytest.mark.parametrize("lang", EDITIONS)
def test_check_and_hint_answer(kit, lang):
    texts = find_question("1.1").texts
    told = kit.execute(
        "import rfmkit as rk\n"
        "from rfmkit.classroom import ask, check, hint\n"
        f"rk.use_language({lang!r})\n"
        "check('1.1', 'b')"
    )
    assert 'role="status"' in told["html"]
    assert plain(texts["mistakes"]["only_ranking"][lang]) in words(told["html"])
    assert plain(texts["right"][lang]) in words(kit.execute("check('1.1', 'c')")["html"])
    assert kit.execute("ask('1.1')")["html"].count("<li>") == 4
    assert plain(texts["hints"][lang][0]) in words(kit.execute("hint('1.1', 1)")["html"])


def test_progress_is_kept_in_the_browser(kit):
    kit.execute("import rfmkit.classroom as room\nroom.check('1.1', 'c')")
    told = kit.execute("print(open('.rfmkit_progress.json', encoding='utf-8').read())")
    (case,) = json.loads(told["stdout"])["cases"].values()
    assert case["1.1"]["state"] == "solved"


def test_an_answered_notebook_is_downloaded_whole(kit, page, tmp_path):
    """What `rfmkit grade` gets: the notebook as handed out but for the answer."""
    kit.execute("import rfmkit\nfrom rfmkit.classroom import check\nrfmkit.use_language('en')")
    place = kit.find("answer_1_1 = ...")
    kit.run_cell(place, 'answer_1_1 = "c"')
    card = card_of(kit.run_cell(place + 1))
    assert plain(find_question("1.1").texts["right"]["en"]) in card
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    with page.expect_download() as waiting:
        page.evaluate("() => window.jupyterapp.commands.execute('docmanager:download')")
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    assert path.name == "exercises_en_01_concepts.ipynb"  # JupyterLite puts the folders before it
    handed_in = nbformat.read(path, as_version=4)
    nbformat.validate(handed_in)
    ours = nbformat.read(ROOT / "exercises/en/01_concepts.ipynb", as_version=4)
    assert [cell.id for cell in handed_in.cells] == [cell.id for cell in ours.cells]
    assert [cell.metadata.get("rfmkit") for cell in handed_in.cells] == [
        cell.metadata.get("rfmkit") for cell in ours.cells
    ]
    assert handed_in.metadata.get("rfmkit") == ours.metadata.get("rfmkit")
    changed = [
        (one.source, other.source)
        for one, other in zip(ours.cells, handed_in.cells, strict=True)
        if one.source != other.source
    ]
    assert [new for _, new in changed] == ['answer_1_1 = "c"']


def test_nothing_was_asked_of_any_other_machine(kit, context):
    if FULL:
        pytest.skip("a full site fetches libraries from where they are published")
    assert context.asked_elsewhere == []


@pytest.mark.skipif(not FULL, reason="numpy and pandas for the browser cannot be had here")
@pytest.mark.parametrize("lang", EDITIONS)
@pytest.mark.parametrize("stem", STEMS)
def test_a_lesson_runs(lab, stem, lang):
    lab.open(f"notebooks/{lang}/{stem}.ipynb")
    lab.run_all()
    assert errors_of(lab.cells()) == []
    lab.page.evaluate("() => window.panel.sessionContext.shutdown()")


@pytest.mark.skipif(not FULL, reason="numpy and pandas for the browser cannot be had here")
def test_a_personal_case_is_made_used_and_put_away(lab):
    lab.open("exercises/en/01_concepts.ipynb")
    told = lab.execute(
        "import rfmkit as rk, shutil\n"
        "rk.make_case(7, '../case')\n"
        "print(rk.data_file(books='practice'))\n"
        "shutil.rmtree('../case')\n"
        "print(rk.data_file(books='practice'))"
    )
    assert told["stdout"].splitlines() == [
        "/drive/exercises/case/交易記錄.xlsx",
        "/drive/data/practice/交易記錄.xlsx",
    ]
