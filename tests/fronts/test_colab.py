"""Every notebook in an environment of Google Colab's versions, in an empty folder: make test-colab.

The versions are those of Colab's own list of August 2026: until the 14th pandas 2.2.2 and NumPy
2.0.2 on Python 3.12, since then pandas 2.2.3 and NumPy 2.1.3 on 3.13. RFMKIT_COLAB names the Python
of such an environment; without it, that of .venv-colab is taken.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("nbclient")
import nbformat
from colab_like import ROOT, printed, run, told_cell

from rfmkit.classroom.answer_types import Open
from rfmkit.classroom.question import find_question
from rfmkit.labels import label

KINDS = ("notebooks", "exercises", "solutions")
EVERY = [
    path.relative_to(ROOT).as_posix()
    for kind in KINDS
    for lang in ("zh-TW", "en")
    for path in sorted((ROOT / kind / lang).glob("[0-9][0-9]_*.ipynb"))
]
CHECK = re.compile(r'^(?:\w+\.)*check\("([^"]+)"', re.MULTILINE)


@pytest.fixture(scope="module")
def laid_out(front, tmp_path_factory):
    """Get the notebooks out of the wheel, as somebody does who has nothing else."""
    folder = tmp_path_factory.mktemp("laid")
    front.cells("!rfmkit lab --lay-out-only", folder=folder)
    return folder / "rfmkit-notebooks"


def load(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def code(nb: nbformat.NotebookNode) -> list[str]:
    return [cell.source for cell in nb.cells if cell.cell_type == "code"]


def verdicts(nb: nbformat.NotebookNode) -> list[tuple[str, str]]:
    """List each check cell's question and the first line of what it said."""
    said = []
    for cell in nb.cells:
        for number in CHECK.findall(cell.source) if cell.cell_type == "code" else []:
            texts = [out.get("data", {}).get("text/plain", "") for out in cell.outputs]
            said.append((number, "".join(texts).partition("\n")[0]))
    return said


def assert_all_right(nb: nbformat.NotebookNode, lang: str) -> None:
    said = verdicts(nb)
    assert said
    for number, heading in said:
        kinds = (
            ["open", "not_attempted"]
            if isinstance(find_question(number).answer_type, Open)
            else ["right"]
        )
        assert heading in [label(f"check.{kind}", lang, number=number) for kind in kinds]


def test_the_cell_installs_the_kit_and_changes_nothing_else(before, front):
    _, old = before
    new = front.libraries()
    version = new.pop("rfmkit")
    assert new == old
    assert f"rfmkit-{version}-py3-none-any.whl" in told_cell("README.md", "%pip install -q rfmkit")


def test_the_versions_are_those_of_the_list(before):
    front, old = before
    program = (
        "import sys; from packaging.requirements import Requirement as R;"
        "wanted = [R(line.strip()) for line in open(sys.argv[1], encoding='utf-8')];"
        "print(*(f'{one.name}{one.specifier}' for one in wanted"
        " if not one.marker or one.marker.evaluate()), sep='\\n')"
    )
    listed = run(front.python, "-c", program, ROOT / "tests/requirements-colab.txt")
    wanted = dict(line.split("==") for line in listed.splitlines())
    there = {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in old.items()}
    assert {name: there.get(name) for name in wanted} == wanted
    assert {"pandas", "numpy", "ipykernel", "ipywidgets"} <= set(wanted)
    assert "jupyterlab" not in there


def test_the_kernel_sees_neither_checkout_nor_lab(front, tmp_path):
    said = front.cells(
        "import importlib.util, sys, rfmkit; from pathlib import Path",
        "print(rfmkit.__file__, importlib.util.find_spec('jupyterlab'), *Path().iterdir())",
        "print([place for place in sys.path if Path(place, 'source', 'lessons').is_dir()])",
        folder=tmp_path,
    )
    home, lab, rest = said.split(maxsplit=2)
    assert Path(home).is_relative_to(front.folder)
    assert (lab, rest.strip()) == ("None", "[]")


def test_both_editions_have_the_same_code():
    for path in (path for path in EVERY if "/zh-TW/" in path):
        english = code(load(ROOT / path.replace("/zh-TW/", "/en/")))
        assert [cell.replace('("en")', '("zh-TW")') for cell in english] == code(load(ROOT / path))


def test_the_wheel_brings_every_lesson_and_exercise(laid_out):
    there = {path.relative_to(laid_out).as_posix() for path in laid_out.rglob("[0-9]*.ipynb")}
    assert there == {path for path in EVERY if not path.startswith("solutions/")}


@pytest.mark.parametrize("path", EVERY)
def test_it_runs(path, front, laid_out, tmp_path):
    kind, lang, _ = path.split("/")
    done = front.execute(load((ROOT if kind == "solutions" else laid_out) / path), tmp_path)
    for cell in done.cells:
        for out in cell.get("outputs", []):
            assert out.get("name") != "stderr", out.text
            if "image/png" in out.get("data", {}) and kind == "notebooks":
                # JupyterLab takes the first for a screen reader, VS Code the second.
                words = out.metadata["image/png"]["alt"]
                assert words
                assert out.data["text/plain"] == words
    if kind == "solutions":
        assert_all_right(done, lang)
        (case,) = noted(tmp_path).values()
        assert {number for number, _ in verdicts(done)} >= set(case)
        assert {one["state"] for one in case.values()} <= {"solved", "written"}
    if kind == "exercises":
        # A fault to mend stands in a blank, and is told by its name.
        states = ("not_attempted", "known_mistake")
        assert all(
            heading in [label(f"check.{state}", lang, number=number) for state in states]
            for number, heading in verdicts(done)
        )
        assert verdicts(done)


@pytest.mark.parametrize("path", ["solutions/en/02_abc.ipynb", "solutions/zh-TW/05_rfm.ipynb"])
def test_with_a_personal_case(path, front, tmp_path):
    nb = load(ROOT / path)
    nb.cells.insert(0, nbformat.v4.new_code_cell(told_cell("README.md", "!rfmkit case")))
    # Only the kit's own figures in a solution hold for the kit's own books alone.
    done = front.execute(nb, tmp_path, allowed=("AssertionError",))
    assert (tmp_path / "case" / "MANIFEST.json").is_file()
    assert_all_right(done, path.split("/")[1])
    of_this_case = noted(tmp_path)
    # Answers to other books are not right for these.
    nb = load(ROOT / path)
    nb.cells.insert(1, nbformat.v4.new_code_cell("import shutil; shutil.rmtree('case')"))
    front.execute(nb, tmp_path)
    both = noted(tmp_path)
    assert set(of_this_case) < set(both)
    assert len(both) == 2


def test_work_kept_in_a_drive(front, wheel, tmp_path):
    """Do what the page says for work that lasts, with a folder in the place of the Drive."""
    drive = tmp_path / "MyDrive"
    drive.mkdir()
    (drive / wheel.name).write_bytes(wheel.read_bytes())
    first, later = (
        [line.replace("/content/drive/MyDrive", drive.as_posix()) for line in block]
        for block in blocks("docs/fronts.en.md", "drive.mount")
    )
    assert blocks("docs/fronts.zh-TW.md", "drive.mount")[1] == [
        line.replace("/en", "/zh-TW") for line in blocks("docs/fronts.en.md", "drive.mount")[1]
    ]
    mount = ("from google.colab", "drive.mount")
    for block in (first, later):
        assert [line for line in block if line.startswith(mount)] == block[:2]
    content = tmp_path / "content"
    content.mkdir()
    front.cells("\n".join(first[2:]), folder=content)
    course = drive / "rfmkit-notebooks"
    exercise = course / "exercises/en/05_rfm.ipynb"
    assert exercise.is_file()
    front.cells("!rfmkit case --seed 7 -o ../case", folder=exercise.parent)
    nb = load(ROOT / "solutions/en/05_rfm.ipynb")
    nb.cells.insert(0, nbformat.v4.new_code_cell("\n".join(later[2:])))
    nb.cells.append(nbformat.v4.new_code_cell("print(rk.data_file(books='practice'))"))
    done = front.execute(nb, content, allowed=("AssertionError",))
    assert_all_right(done, "en")
    assert Path(printed(done).splitlines()[-1]).parent == course / "exercises" / "case"
    # What was solved is noted down in the Drive too, and nothing was left in /content.
    assert noted(exercise.parent)
    assert list(content.iterdir()) == []


def test_the_wheel_comes_from_an_address_too(before, wheel, tmp_path):
    front, _ = before
    server = subprocess.Popen(
        [sys.executable, "-m", "http.server", "0", "--bind", "127.0.0.1", "-d", str(wheel.parent)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        port = re.search(r" port (\d+) ", server.stdout.readline())[1]
        address = f"http://127.0.0.1:{port}/{wheel.name}"
        said = front.cells(f"%pip install --target kit --no-deps {address}", folder=tmp_path)
    finally:
        server.terminate()
        server.communicate(timeout=30)
    assert "Successfully installed rfmkit" in said
    assert (tmp_path / "kit" / "rfmkit" / "_notebooks").is_dir()


def noted(folder: Path) -> dict[str, dict]:
    """Read what the checks noted down in a folder, case by case."""
    return json.loads((folder / ".rfmkit_progress.json").read_text(encoding="utf-8"))["cases"]


def blocks(document: str, word: str) -> list[list[str]]:
    """List the blocks of a document that hold a word, each by its lines."""
    found = re.findall(
        r"^ *```\w*\n(.*?)^ *```", (ROOT / document).read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    return [[line.strip() for line in one.splitlines()] for one in found if word in one]
