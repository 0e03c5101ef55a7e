"""The package as others get it: built from the sdist, installed, and used outside the checkout."""

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from rfmkit.book_names import PACKED_NAMES, PAGES
from rfmkit.commands.lay_out import prepare
from rfmkit.labels import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
SOLUTIONS = "rfmgrade/_solutions"  # for grading; no command lays them out
NOT_FROM_HERE = "Python 3.11 and 3.12 in ASCII cannot start where the checkout's path is not ASCII"


def run(*words, cwd, **environ):
    done = subprocess.run(
        [sys.executable, *words],
        cwd=cwd,
        env={**os.environ, **environ},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def dist(tmp_path_factory):
    """Build the sdist, and the wheel from the sdist, with no network."""
    folder = tmp_path_factory.mktemp("dist")
    run("-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT), cwd=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(dist):
    (path,) = dist.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Install the wheel as a machine does that knows ASCII only."""
    if not sys.prefix.isascii():
        pytest.skip(NOT_FROM_HERE)
    folder = tmp_path_factory.mktemp("installed")
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    run(
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(folder),
        str(wheel),
        cwd=folder,
        **ascii_only,
    )
    return folder


def test_every_source_font_and_table_is_in_the_wheel(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    packages = (ROOT / "rfmkit", ROOT / "rfmgrade")
    files = [
        path.relative_to(ROOT)
        for package in packages
        for path in package.rglob("*")
        if path.is_file()
    ]
    wanted = {
        path.as_posix()
        for path in files
        if path.suffix != ".pyc" and not any(part.startswith(".") for part in path.parts)
    }
    assert wanted <= names
    assert any(name.startswith("rfmkit/fonts/") and name.endswith(".otf") for name in names)
    assert {"rfmkit/texts/doctor.csv", "rfmkit/py.typed", "rfmkit/SOURCES.md"} <= names
    extra = {name for name in names - wanted if ".dist-info/" not in name}
    packed = [*PACKED_NAMES.values(), "MANIFEST.json", "README.md"]
    books = {f"rfmkit/_data/{folder}{name}" for folder in ("", "practice/") for name in packed}
    notebooks = {
        f"rfmkit/_notebooks/{path.relative_to(ROOT).as_posix()}"
        for part in ("notebooks", "exercises")
        for path in (ROOT / part).rglob("*.ipynb")
        if ".ipynb_checkpoints" not in path.parts
    }
    solutions = {f"{SOLUTIONS}/{path.name}" for path in (ROOT / "solutions/en").glob("*.ipynb")}
    assert len(notebooks) > 30
    assert len(solutions) > 8
    pages = {f"rfmkit/_notebooks/docs/{page}.{lang}.md" for page in PAGES for lang in LANGUAGES}
    assert extra == books | notebooks | solutions | pages


def test_the_licences_are_in_the_wheel(wheel):
    names = [
        name.rpartition("/licenses/")[2]
        for name in zipfile.ZipFile(wheel).namelist()
        if "/licenses/" in name
    ]
    assert {"LICENSE", "LICENSE-TEXT"} <= set(names)
    assert any("OFL" in name for name in names)


def test_file_names_are_ascii(dist, wheel):
    (sdist,) = dist.glob("*.tar.gz")
    with tarfile.open(sdist) as packed:
        names = [*zipfile.ZipFile(wheel).namelist(), *packed.getnames()]
    assert [name for name in names if not name.isascii()] == []


def test_books_in_the_wheel_are_those_of_the_checkout(wheel):
    packed = zipfile.ZipFile(wheel)
    for folder in ("", "practice/"):
        for name, inside in PACKED_NAMES.items():
            shipped = (ROOT / "data" / folder / name).read_bytes()
            assert packed.read(f"rfmkit/_data/{folder}{inside}") == shipped


def test_the_installed_package_works_away_from_the_checkout(installed, tmp_path):
    program = (
        "import rfmkit as rk;"
        "assert all(getattr(rk, name) for name in rk.__all__);"
        "tx = rk.load_transactions(rk.data_file());"
        "practice = rk.load_transactions(rk.data_file(books='practice'));"
        "assert len(tx) > 300 and len(practice) > 300;"
        "from rfmkit.book_names import PACKED_NAMES;"
        "tables = [name for name in PACKED_NAMES if name.endswith('csv')];"
        "assert all(len(rk.load_table(rk.data_file(name))) > 100 for name in tables);"
        "print(rk.__file__)"
    )
    home = run("-c", program, cwd=tmp_path, PYTHONPATH=str(installed))
    assert Path(home.strip()).is_relative_to(installed)


def test_the_installed_doctor_checks_the_packed_books(installed, tmp_path):
    elsewhere = "from rfmkit.commands import checkup, doctor; "
    show = "print([(f.level, f.topic, f.values['count']) for f in checkup.check_data(None)])"
    said = run("-c", elsewhere + show, cwd=tmp_path, PYTHONPATH=str(installed))
    assert said.strip() == "[('ok', 'data', 6), ('ok', 'data', 6)]"
    said = run("-m", "rfmkit", "doctor", "--lang", "en", cwd=tmp_path, PYTHONPATH=str(installed))
    assert "_data" in said
    assert "broken" not in said


def test_the_installed_kit_lays_its_notebooks_out(installed, tmp_path):
    folder = tmp_path / "王小明 的筆記本"
    words = ("-m", "rfmkit", "lab", "--edition", "en", "--lay-out-only", "--folder", str(folder))
    utf8 = {"PYTHONPATH": str(installed), "PYTHONUTF8": "1"}
    said = run(*words, cwd=tmp_path, **utf8)
    assert "Laid out" in said
    for part in ("notebooks", "exercises"):
        for path in (ROOT / part).rglob("[0-9]*.ipynb"):
            if ".ipynb_checkpoints" not in path.parts:
                name = path.relative_to(ROOT).as_posix()
                assert (folder / name).read_bytes() == prepare(name, path.read_bytes())
    assert (folder / "data/practice/交易記錄.xlsx").is_file()
    assert (folder / "data/README.md").is_file()
    answered = folder / "exercises/zh-TW/05_rfm.ipynb"
    answered.write_text("my answers", encoding="utf-8")
    said = run(*words, cwd=tmp_path, **utf8)
    assert "Everything is there" in said
    assert answered.read_text(encoding="utf-8") == "my answers"
    assert answered.read_text(encoding="utf-8") == "my answers"


def test_no_solution_is_laid_out(wheel, installed, tmp_path):
    packed = zipfile.ZipFile(wheel)
    notebooks = [name for name in packed.namelist() if name.endswith(".ipynb")]
    laid_out = [name for name in notebooks if not name.startswith(f"{SOLUTIONS}/")]
    assert not [name for name in laid_out if "solution" in name]
    for name in laid_out:
        if "/exercises/" in name:
            assert b"BEGIN SOLUTION" not in packed.read(name)
    run(
        "-m",
        "rfmkit",
        "lab",
        "--lay-out-only",
        "--folder",
        str(tmp_path / "lab"),
        cwd=tmp_path,
        PYTHONPATH=str(installed),
        PYTHONUTF8="1",
    )
    found = {path.read_bytes() for path in (tmp_path / "lab").rglob("*.ipynb")}
    assert len(found) > 30
    assert not found & {path.read_bytes() for path in (ROOT / "solutions").rglob("*.ipynb")}


def test_the_installed_kit_hands_out_and_grades_in_an_empty_folder(installed, tmp_path):
    pytest.importorskip("IPython", reason="grading needs the extra grade")
    utf8 = {"PYTHONPATH": str(installed), "PYTHONUTF8": "1"}
    (tmp_path / "roster.csv").write_text("id,lang\nB1,en\nB2,zh-TW\n", encoding="utf-8")
    (tmp_path / "course.secret").write_bytes(b"not a secret, for it stands here")
    common = ("--roster", "roster.csv", "--secret-file", "course.secret", "--jobs", "1")
    run(
        "-m", "rfmkit", "assign", *common, "-o", "hand-out", "--chapter", "05", cwd=tmp_path, **utf8
    )
    given = json.loads((tmp_path / "hand-out/B1/05_rfm.ipynb").read_bytes())
    assert given["metadata"]["rfmkit"]["student"] == "B1"
    assert (tmp_path / "hand-out/B2.zip").is_file()
    model = json.loads((ROOT / "solutions/en/05_rfm.ipynb").read_bytes())
    model["metadata"] = given["metadata"]
    (tmp_path / "in/B1").mkdir(parents=True)
    (tmp_path / "in/B1/05_rfm.ipynb").write_text(json.dumps(model), encoding="utf-8")
    run(
        "-m",
        "rfmkit",
        "grade",
        "in",
        *common,
        "-o",
        "gradebook.xlsx",
        "--trust-submissions",
        "--lang",
        "en",
        cwd=tmp_path,
        **utf8,
    )
    rows = list(load_workbook(tmp_path / "gradebook.xlsx")["Marks"].values)
    total = rows[3].index("Total")
    # Of 20: the open answer waits for a person.
    assert [row[total] for row in rows[4:6]] == [17, None]
    assert (tmp_path / "gradebook_feedback/B1.html").is_file()


def test_the_authors_side_is_in_neither(dist, wheel):
    (sdist,) = dist.glob("*.tar.gz")
    with tarfile.open(sdist) as packed:
        names = [*zipfile.ZipFile(wheel).namelist(), *packed.getnames()]
    assert [name for name in names if "authoring" in name.split("/")] == []


def test_the_wheel_is_small_enough_to_mail(wheel):
    assert wheel.stat().st_size < 20_000_000
