"""The notebooks' builder: what it refuses, what it makes, and how it tells stale from fresh."""

import argparse
import ast
import json
import os
import re
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.inputtransformer2 import TransformerManager

import rfmkit as rk
from authoring import build as builder
from authoring.checks import check_notebook, check_repository
from authoring.context import BuildContext, find_root, is_input, list_targets
from authoring.execute import WIDGET, execute, normalize_outputs
from authoring.source import (
    BuildError,
    escape_dollars,
    hidden_lines,
    join_chinese_lines,
    make_edition,
    read_source,
)
from rfmkit import classroom

ROOT = Path(__file__).resolve().parents[2]
ZH = '# %% [markdown] lang="zh-TW"\n# # 標題\n#\n# [English](../en/05_demo.ipynb)\n\n'
EN = '# %% [markdown] lang="en"\n# # Title\n#\n# [中文](../zh-TW/05_demo.ipynb)\n\n'
SETUP = '# %% name="setup"\nimport rfmkit as rk\n\nrk.use_language("zh-TW")\n\n'
HEAD = ZH + EN + SETUP
LESSON = HEAD + '# %% name="sum"\ntotal = 1 + 2\nprint(total, "元")\n'
EXERCISE = (
    HEAD
    + """# %% name="answer" question="5.1"
start = 1
### BEGIN SOLUTION
### STUB total = ...
total = start + sum(range(10))
### END SOLUTION

# %% name="second"
def share(part):
    ### BEGIN SOLUTION
    return part / 46 * 100
    ### END SOLUTION

# %% [markdown] lang="zh-TW" solution_only=true
# 為什麼這樣算

# %% [markdown] lang="en" solution_only=true
# Why it is so

# %% solution_only=true
another_way = sum([1, *range(10)])
"""
)
FILE = "source/exercises/05_demo.py"


def read(text, *, exercise=True):
    return read_source(text, file=FILE, exercise=exercise)


def edition(text, *, edition="en", path="exercises/en/05_demo.ipynb"):
    return make_edition(read(text), edition=edition, path=path, digest="0")


def sources(nb):
    return [cell.source for cell in nb.cells]


# --- What a source may be ---------------------------------------------------------------------


@given(st.text("zec", max_size=7))
def test_prose_must_come_in_twins(order):
    cell = {
        "z": '# %% [markdown] lang="zh-TW"\n# 字\n\n',
        "e": '# %% [markdown] lang="en"\n# a\n\n',
        "c": "# %%\npass\n\n",
    }
    text = HEAD + "".join(cell[letter] for letter in order)
    if re.fullmatch("(ze|c)*", order):
        assert len(read(text)) == 3 + len(order)
    else:
        with pytest.raises(BuildError, match=r"cell \d+ .*(twin)"):
            read(text)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (
            "# %%\n### BEGIN SOLUTION\n### BEGIN SOLUTION\na = 1\n### END SOLUTION\n",
            "begins inside",
        ),
        ("# %%\n### BEGIN SOLUTION\na = 1\n", "not closed"),
        ("# %%\na = 1\n### END SOLUTION\n", "stray"),
        ("# %%\n### STUB a = ...\na = 1\n", "outside a solution region"),
        ("# %%\n### BEGIN SOLUTION\n### END SOLUTION\n", "empty solution"),
        ("# %%\n### Begin solution\na = 1\n### END SOLUTION\n", "not a marker"),
        ("# %%\n# BEGIN SOLUTION\na = 1\n", "not a marker"),
        ("# %%\n### BEGIN SOLUTION\n###STUB a = ...\na = 1\n### END SOLUTION\n", "not a marker"),
        ("# %%\na = 1  # 訂單\n", "Chinese comment"),
        ("# %%\na = (1\n", "does not parse"),
        ("# %%\n### BEGIN SOLUTION\n### STUB a = (\na = 1\n### END SOLUTION\n", "does not parse"),
        ("# %% solutiononly=true\na = 1\n", "unknown metadata"),
        ('# %% solution_only="no"\na = 1\n', "neither true nor false"),
        ("# %% solution_only = true\na = 1\n", "unknown metadata"),
        ('# %% lang="en"\na = 1\n', "code with a language"),
        ("# %% [markdown]\n# prose\n", "prose without lang"),
        ('# %% [markdown] lang="fr"\n# prose\n', "prose without lang"),
        ("# %% [raw]\n# raw\n", "a raw cell"),
        ('# %% name="setup"\na = 1\n', "second cell named"),
        ('# %%\nrk.use_language("zh-TW")\n', "2 lines say"),
        (
            '# %% [markdown] lang="zh-TW" solution_only=true\n# 因為\n\n'
            '# %% [markdown] lang="en"\n# So\n',
            "metadata differ",
        ),
    ],
)
def test_a_malformed_cell_is_refused_by_file_number_and_words(cell, words):
    with pytest.raises(BuildError, match=words) as refused:
        read(HEAD + cell)
    message = str(refused.value)
    assert message.startswith(f"{FILE}, cell ")
    assert "Mend: " in message
    number = int(re.search(r"cell (\d+)", message)[1])
    assert number in ({3} if "lines say" in message else {4, 5})


def test_a_lesson_has_no_blanks():
    with pytest.raises(BuildError, match="a lesson has no solution region"):
        read(HEAD + "# %%\n### BEGIN SOLUTION\na = 1\n### END SOLUTION\n", exercise=False)
    with pytest.raises(BuildError, match="a lesson has no solution_only"):
        read(HEAD + "# %% solution_only=true\na = 1\n", exercise=False)


def test_code_needs_its_language_line():
    with pytest.raises(BuildError, match="0 lines say"):
        read(ZH + EN + "# %%\na = 1\n")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no cell in it"),
        (HEAD + '# %% tags="skip-execution"\na = 1\n', "cannot read a cell's metadata"),
    ],
)
def test_a_source_that_cannot_be_read_is_refused(text, words):
    with pytest.raises(BuildError, match=words) as refused:
        read(text)
    assert str(refused.value).startswith(f"{FILE}: ")


def test_chinese_text_and_magics_in_code_are_fine():
    cells = read(HEAD + '# %%\n# %matplotlib inline\nname = "旭東#客戶"  # a firm\n')
    assert '"旭東#客戶"' in cells[-1].text


# --- What is made of it -----------------------------------------------------------------------


def test_editions_share_their_code_but_for_the_language_line():
    zh = edition(EXERCISE, edition="zh-TW", path="solutions/zh-TW/05_demo.ipynb")
    en = edition(EXERCISE, path="solutions/en/05_demo.ipynb")
    code = [[cell.source for cell in nb.cells if cell.cell_type == "code"] for nb in (zh, en)]
    assert 'rk.use_language("en")' in code[1][0]
    assert code[0] == [text.replace('language("en")', 'language("zh-TW")') for text in code[1]]
    assert sources(zh)[0].startswith("# 標題")
    assert sources(en)[0].startswith("# Title")
    assert "為什麼這樣算" in sources(zh)
    assert "為什麼這樣算" not in sources(en)


def test_a_blank_keeps_the_stub_and_hides_the_rest():
    blank = edition(EXERCISE)
    assert sources(blank)[2:] == [
        "start = 1\ntotal = ...  # your code",
        "def share(part):\n    ...  # your code here",
    ]


def test_a_stub_may_hold_a_fault_to_mend():
    faulty = (
        HEAD
        + '''# %%
### BEGIN SOLUTION
### STUB def mean(values):
### STUB     return sum(values) / max(values)
### STUB
### STUB note = """
### STUB ...
### STUB """
def mean(values):
    return sum(values) / len(values)

note = "It divides by the wrong number."
### END SOLUTION
'''
    )
    assert sources(edition(faulty))[-1] == (
        'def mean(values):\n    return sum(values) / max(values)\n\nnote = """\n...\n"""'
    )
    assert [line.strip() for line in hidden_lines(read(faulty)) if line] == [
        "return sum(values) / len(values)",
        'note = "It divides by the wrong number."',
    ]


def test_a_solution_keeps_the_code_and_loses_the_markers():
    solved = edition(EXERCISE, path="solutions/en/05_demo.ipynb")
    assert sources(solved)[2] == "start = 1\ntotal = start + sum(range(10))"
    assert sources(solved)[-2:] == ["Why it is so", "another_way = sum([1, *range(10)])"]
    assert "###" not in "".join(sources(solved))


QUESTION = HEAD + (
    '# %% [markdown] lang="zh-TW"\n'
    "# ## {5.2}\n# {chapter 5}，{6.7 checked}、{6.7 written}。`{5.2}`\n\n"
    '# %% [markdown] lang="en"\n# ## {5.2}\n# {chapter 5}; {5.1 checked}. `{5.2}`\n'
)


def test_what_a_questions_toml_says_is_filled_in():
    zh, en = (sources(edition(QUESTION, edition=lang))[-1] for lang in ("zh-TW", "en"))
    assert zh.startswith("## 5.2　回到元旦那一天（★★　6 分鐘　2 分）\n9 題，約 70 分鐘，")
    assert zh.endswith("共 20 分，2 分、2 分。`{5.2}`")
    assert en.startswith(
        "## 5.2 Back to New Year’s Day (★★ 6 min, 2 points)\n9 questions, about 70 "
    )
    assert en.endswith(" minutes, 20 points; 1 point. `{5.2}`")


@pytest.mark.parametrize("wrong", ["## {5.99}", "{5.99 written}", "{chapter 55}"])
def test_a_question_that_is_not_there_is_refused(wrong):
    text = QUESTION.replace("## {5.2}", wrong)
    with pytest.raises(BuildError, match=r"no (question|chapter) 5.*\n.*Mend: "):
        edition(text)


def test_metadata_pass_through():
    made = edition(HEAD + '# %% name="n" question="5.1" tags=["skip-execution"] slide="new"\n1\n')
    assert made.cells[-1].metadata == {
        "rfmkit": {"name": "n", "question": "5.1"},
        "slide": "new",
        "tags": ["skip-execution", "nbval-skip"],
    }
    assert made.metadata.rfmkit == {"digest": "0", "edition": "en", "source": FILE}


def test_ids_are_unique_stable_and_of_one_notebook():
    ids = [
        [cell.id for cell in edition(EXERCISE, path=path).cells]
        for path in ("exercises/en/05_demo.ipynb",) * 2 + ("solutions/en/05_demo.ipynb",)
    ]
    assert ids[0] == ids[1]
    assert len(set(ids[0] + ids[2])) == len(ids[0]) + len(ids[2])
    nbformat.validate(edition(EXERCISE))


# --- What may not ship ------------------------------------------------------------------------


def faults(*cells, path="notebooks/en/05_demo.ipynb", hidden=(), root=Path("/no/such/root")):
    title = nbformat.v4.new_markdown_cell("# Title\n\n[中文](../zh-TW/05_demo.ipynb)")
    nb = nbformat.v4.new_notebook(cells=[title, *cells])
    return check_notebook(
        nb,
        path=path,
        root=root,
        hidden=list(hidden),
        planned={"notebooks/zh-TW/05_demo.ipynb", "exercises/zh-TW/05_demo.ipynb"},
    )


def prose(text):
    return nbformat.v4.new_markdown_cell(text)


def shown(*outputs, tags=()):
    return nbformat.v4.new_code_cell("x", outputs=list(outputs), metadata={"tags": list(tags)})


def output(data, **metadata):
    return nbformat.v4.new_output("display_data", data=data, metadata=metadata)


def printed(text, name="stdout"):
    return nbformat.v4.new_output("stream", text=text, name=name)


PICTURE = output({"image/png": "AA=="}, **{"image/png": {"alt": "A bar chart of eight classes."}})
SENTENCE = output({"text/markdown": "A bar chart.", "text/plain": "<Markdown object>"})
RAISED = nbformat.v4.new_output("error", ename="KeyError", evalue="'x'", traceback=[])


@pytest.mark.parametrize(
    "cells",
    [
        [prose("## One\n\n### Two\n\n## Three")],
        [
            prose(
                "## One\n\n```python\n# a comment\n[a](b)\n```\n\n`[a](b)` [site](https://example.org)"
            )
        ],
        [shown(PICTURE, SENTENCE)],
        [shown(RAISED, tags=["raises-exception"])],
        [shown(output({"text/html": "<table>", "text/plain": "<Styler at 0x7f1234567890>"}))],
        [shown(printed("see ../data and /rooted"))],
    ],
)
def test_what_is_in_order_ships(cells):
    assert faults(*cells) == []


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (prose("# Another"), "cell 2: a second title"),
        (prose("### Deep"), "cell 2: '### Deep' skips a level"),
        (prose("[data](../../data/nothing.csv)"), "leads nowhere"),
        (prose("![a picture](nothing.png)"), "leads nowhere"),
        (prose('<img src="nothing.png">'), "leads nowhere"),
        (prose("[out](../../../../etc)"), "leads nowhere"),
        (shown(output({"image/png": "AA=="}), SENTENCE), "without alt text"),
        (shown(PICTURE), "without a sentence"),
        (shown(PICTURE, printed("no sentence")), "without a sentence"),
        (shown(RAISED), "stored error: KeyError"),
        (shown(printed("careful", "stderr")), "stderr is stored"),
        (shown(output({"text/plain": "<object at 0x7f1234567890>"})), "memory address"),
        (shown(printed(f"read {Path.home() / 'ledger.xlsx'}")), "folder of this machine"),
        (
            shown(output({"text/html": f"<p>{Path('/no/such/root').resolve()}</p>"})),
            "folder of this",
        ),
    ],
)
def test_what_is_not_in_order_does_not(cell, words):
    found = faults(cell)
    assert len(found) == 1
    assert words in found[0]


def test_a_notebook_begins_with_its_title_and_leads_to_its_twin():
    bare = nbformat.v4.new_notebook(
        cells=[
            prose("Words first.\n\n# Title"),
            shown(),
            prose("[too late](../zh-TW/05_demo.ipynb)"),
        ]
    )
    found = check_notebook(
        bare,
        path="notebooks/en/05_demo.ipynb",
        root=Path(),
        hidden=[],
        planned={"notebooks/zh-TW/05_demo.ipynb"},
    )
    assert [re.sub(r"[:;].*", "", problem) for problem in found] == ["cell 1", "cell 1"]
    assert "must begin with the title" in found[0]
    assert "no link to the other edition" in found[1]


def test_no_line_of_a_solution_stands_in_an_exercise():
    hidden = hidden_lines(read(EXERCISE))
    assert [line.strip() for line in hidden] == [
        "total = start + sum(range(10))",
        "return part / 46 * 100",
        "another_way = sum([1, *range(10)])",
    ]
    for shows in ("Try `total = start  +  sum(range(10))`.", "another_way = sum([1, *range(10)])"):
        found = faults(prose(shows), path="exercises/en/05_demo.ipynb", hidden=hidden)
        assert len(found) == 1
        assert "cell 2: it shows a line of the solution" in found[0]
    harmless = ["import pandas as pd", "# a comment in it", "x = 1", ""]
    assert (
        faults(
            *map(prose, ["import pandas as pd x = 1", "a comment in it"]),
            hidden=harmless,
            path="exercises/en/05_demo.ipynb",
        )
        == []
    )


# --- Running ----------------------------------------------------------------------------------


def test_a_failing_cell_is_told_and_the_kernel_is_the_builders_own(tmp_path, monkeypatch):
    # One run holds it all: every assert in the notebook passes, and the last cell fails.
    monkeypatch.setenv("MPLBACKEND", "svg")
    (tmp_path / "beside.txt").write_text("x", encoding="utf-8")
    text = (
        HEAD.replace(
            "import rfmkit as rk\n",
            "import os, sys\nfrom pathlib import Path\nimport rfmkit as rk\n",
        )
        + f"""# %%
assert Path("beside.txt").exists(), Path.cwd()
assert os.environ["PYTHONHASHSEED"] == "0"
assert os.environ.get("MPLBACKEND") != "svg"
assert Path(sys.prefix) == Path({os.fspath(Path(os.sys.prefix))!r})
assert rk.language() == "en"

# %% tags=["raises-exception"]
1 / 0

# %% tags=["skip-execution"]
1 / 0

# %% name="cuts"
amounts = {{"金額": 1}}
amounts["amount"]
"""
    )
    nb = edition(text, path="solutions/en/05_demo.ipynb")
    with pytest.raises(BuildError) as failed:
        execute(nb, folder=tmp_path, name="solutions/en/05_demo.ipynb")
    message = str(failed.value)
    assert message.startswith(
        "solutions/en/05_demo.ipynb, cell 6 (name \"cuts\"): raised KeyError: 'amount'"
    )
    assert '    amounts = {"金額": 1}' in message
    assert f"Mend: change it in {FILE}" in message
    assert "\x1b" not in message
    assert all(not cell.get("outputs") for cell in nb.cells)


def test_outputs_are_the_same_on_every_run():
    like = edition(HEAD + '# %%\nshow()\n\n# %% tags=["nbval-ignore-output"]\nslide()\n')
    runs = []
    for styler, address in (("3f2a1", "0x7f1234567890"), ("bb0c4", "0x7fabcdefabcd")):
        done = nbformat.from_dict(like)
        done.metadata["widgets"] = {"state": styler}
        done.cells[2].metadata["execution"] = {"iopub.execute_input": address}
        table = f'<style>#T_{styler}_row0</style><table id="T_{styler}"><td id="T_{styler}_row0">'
        done.cells[2].outputs = [
            printed("a"),
            printed("b"),
            output({"text/plain": "c"}),
            printed("d"),
            output({"text/html": table, "text/plain": f"<Styler at {address}>"}),
            nbformat.v4.new_output("error", ename="E", evalue="v", traceback=["/home/x", address]),
        ]
        slider = {WIDGET: {"model_id": styler}, "text/plain": "interactive("}
        done.cells[3].outputs = [output(slider)]
        runs.append(normalize_outputs(done, like=like, name="x"))
    assert runs[0] == runs[1]
    first = runs[0].cells[2].outputs
    assert [item.get("text") for item in first] == ["ab", None, "d", None, None]
    assert first[3].data["text/html"].count("T_00000") == 3
    assert first[4].traceback == ["E: v"]
    assert runs[0].cells[3].outputs[0].data == {"text/plain": "▶ Run this cell to move the slider."}
    assert runs[0].metadata == like.metadata


@pytest.mark.parametrize(
    ("shows", "words"),
    [
        (printed("DeprecationWarning", "stderr"), "stderr"),
        (output({WIDGET: {}, "text/plain": "interactive("}), "nbval-ignore-output"),
    ],
)
def test_what_no_reader_should_see_stops_the_build(shows, words):
    like = edition(HEAD)
    done = nbformat.from_dict(like)
    done.cells[1].outputs = [printed("fine"), shows]
    with pytest.raises(BuildError, match=words) as refused:
        normalize_outputs(done, like=like, name="notebooks/en/05_demo.ipynb")
    assert str(refused.value).startswith('notebooks/en/05_demo.ipynb, cell 2 (name "setup")')


# --- The repository ---------------------------------------------------------------------------


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A repository with one lesson and one exercise, built by a kernel that only counts."""

    def counted(nb, *, folder, name):
        assert folder == tmp_path / Path(name).parent
        done = nbformat.from_dict(nb)
        code = [cell for cell in done.cells if cell.cell_type == "code"]
        for count, cell in enumerate(code, 1):
            cell.execution_count, cell.outputs = count, [printed("ran")]
        return done

    for path, text in {
        "pyproject.toml": "",
        "source/lessons/05_demo.py": LESSON,
        FILE: EXERCISE,
        "rfmkit/rfm.py": "a = 1\nb = 2\n",
        "data/金額.csv": "金額\n1\n",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8", newline="\n")
    monkeypatch.setattr(builder, "execute", counted)
    # Judging the kit's own questions takes seconds; test_question_table.py does it.
    table = lambda root, stems: print("questions of", sorted(stems))  # noqa: E731
    monkeypatch.setattr(builder, "print_question_table", table)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rfmkit(*words):
    parser = argparse.ArgumentParser()
    builder.add_parser(parser.add_subparsers())
    args = parser.parse_args(["build", *words])
    return args.run(args)


def built(*words):
    assert rfmkit("--jobs", "1", *words) == 0


def test_six_notebooks_come_from_two_sources(house, capsys):
    built()
    paths = [target.path for target in list_targets(house)]
    places = ["notebooks", "exercises", "solutions"]
    assert paths == [f"{made}/{lang}/05_demo.ipynb" for made in places for lang in ("zh-TW", "en")]
    said = capsys.readouterr().out
    assert said.count("built") == 6
    assert "questions of ['05_demo']" in said
    before = {path: (house / path).read_bytes() for path in paths}
    for path, raw in before.items():
        assert raw.endswith(b"}\n")
        assert b"\r" not in raw
        assert (
            raw.decode()
            == json.dumps(json.loads(raw), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        )
        assert (b'"ran"' in raw) == (not path.startswith("exercises/"))
    assert "元" in before["notebooks/en/05_demo.ipynb"].decode()
    built()
    said = capsys.readouterr().out
    assert said.count("fresh") == 6
    assert "questions of []" in said
    built("--force")
    assert capsys.readouterr().out.count("built") == 6
    assert {path: (house / path).read_bytes() for path in paths} == before
    assert check_repository(house) == []


def test_check_writes_nothing_and_names_what_is_missing(house, capsys):
    assert rfmkit("--check") == 1
    told = capsys.readouterr().err
    assert "notebooks/zh-TW/05_demo.ipynb: missing." in told
    assert "6 to mend." in told
    assert not (house / "notebooks").exists()
    built()
    assert rfmkit("--check") == 0


def test_what_was_left_by_hand_is_found(house):
    built()
    notebook = house / "notebooks/en/05_demo.ipynb"
    fresh = notebook.read_text(encoding="utf-8")
    for old, new, words in [
        ("total = 1 + 2", "total = 1 + 3", 'cell 3 ("total = 1 + 3'),
        ("# Title", "# A title", 'cell 1 ("# A title'),
        ('"name": "sum"', '"name": "add"', "cell 3"),
        ('"display_name": "Python 3 (ipykernel)"', '"display_name": "mine"', "something else"),
        ('\n "nbformat": 4', '\n  "nbformat": 4', "something else"),
        ('"execution_count": 2', '"execution_count": 7', "not run from top to bottom"),
        ("{", "<<<<<<< ours\n{", "not a notebook"),
        ("ran", str(house), "folder of this machine"),
    ]:
        assert old in fresh
        notebook.write_text(fresh.replace(old, new, 1), encoding="utf-8", newline="\n")
        found = check_repository(house)
        assert len(found) == 1, (new, found)
        assert found[0].startswith("notebooks/en/05_demo.ipynb")
        assert words in found[0]
        assert "Mend: " in found[0]
    notebook.write_bytes(fresh.encode().replace(b"\n", b"\r\n"))  # as git may check it out
    assert check_repository(house) == []


def test_an_exercise_with_outputs_is_found(house):
    built()
    file = house / "exercises/en/05_demo.ipynb"
    nb = nbformat.read(file, as_version=4)
    nb.cells[1].outputs = [printed("mine")]
    nbformat.write(nb, file)
    assert ["it holds outputs" in fault for fault in check_repository(house)] == [True]


@pytest.mark.parametrize(
    ("path", "text", "stale"),
    [
        ("rfmkit/rfm.py", "a = 1\nb = 3\n", 6),
        ("rfmkit/texts/new.csv", "key\n", 6),
        ("rfmkit/classroom/questions/ch05.toml", "a = 1\n", 6),
        ("rfmkit/classroom/questions/ch07.toml", "a = 1\n", 0),
        ("rfmkit/cli.py", "a = 1\n", 0),
        ("rfmkit/commands/tier.py", "a = 1\n", 0),
        ("authoring/execute.py", "a = 1\n", 6),
        ("authoring/checks.py", "a = 1\n", 0),
        ("data/金額.csv", "金額\n2\n", 6),
        ("data/new.bin", "x", 6),
        ("source/lessons/05_demo.py", LESSON.replace("total = 1", "total = 5"), 2),
        (FILE, EXERCISE.replace("range(10)", "range(11)"), 4),
        ("rfmkit/rfm.py", "a = 1\r\nb = 2\r\n", 0),
        ("data/~$open.xlsx", "lock", 0),
        ("data/.DS_Store", "x", 0),
        ("rfmkit/notes.md", "x", 0),
        ("README.md", "x", 0),
    ],
)
def test_what_makes_a_notebook_stale(house, path, text, stale):
    built()
    (house / path).parent.mkdir(parents=True, exist_ok=True)
    (house / path).write_text(text, encoding="utf-8", newline="")
    context = BuildContext(house)
    assert sum(context.stale_reason(target) is not None for target in context.targets) == stale
    assert len(check_repository(house)) == stale


def imported(code):
    """List what some code imports, by every name it may be a module's."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))


def test_no_notebook_imports_what_does_not_make_it_stale():
    modules = {}
    for path in (ROOT / "rfmkit").rglob("*.py"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        modules[".".join(part for part in parts if part != "__init__")] = path
    waiting = {f"rfmkit.{home}" for home in rk._names_by_module}
    waiting |= {f"rfmkit.classroom.{home}" for home in classroom._names_by_module.values()}
    waiting |= {name for name in modules if name.startswith("rfmkit.classroom.questions")}
    for source in ROOT.glob("source/*/[0-9]*.py"):
        cells = read_source(
            source.read_text(encoding="utf-8"), file="x", exercise=source.parent.name == "exercises"
        )
        code = "\n".join(cell.text for cell in cells if cell.kind == "code")
        waiting.update(imported(TransformerManager().transform_cell(code)))
    reached = set()
    while waiting:
        name = waiting.pop()
        if name in modules and name not in reached:
            reached.add(name)
            waiting.add(name.rpartition(".")[0])
            waiting.update(imported(modules[name].read_text(encoding="utf-8")))
    assert {"rfmkit.rfm", "rfmkit.classroom.answer_types", "rfmkit.plots"} <= reached
    for name in reached:
        chapter = re.search(r"questions\.ch(\d\d)", name)
        path = modules[name].relative_to(ROOT)
        assert is_input(path, chapter[1] if chapter else "05"), name


def test_a_notebook_without_a_source_is_an_orphan(house, capsys):
    built()
    orphan = house / "solutions/en/04_gone.ipynb"
    orphan.write_bytes((house / "solutions/en/05_demo.ipynb").read_bytes())
    hidden = house / "exercises/en/.ipynb_checkpoints/05_demo-checkpoint.ipynb"
    hidden.parent.mkdir()
    hidden.write_text("{}", encoding="utf-8")
    assert [fault.split(":")[0] for fault in check_repository(house)] == [
        "solutions/en/04_gone.ipynb"
    ]
    built()
    assert "orphan solutions/en/04_gone.ipynb" in capsys.readouterr().out
    assert orphan.exists()


def test_a_failure_leaves_the_old_notebook(house, monkeypatch, capsys):
    built()
    old = (house / "notebooks/en/05_demo.ipynb").read_bytes()

    def fails(nb, **about):
        raise BuildError("cell 3 raised")

    monkeypatch.setattr(builder, "execute", fails)
    assert rfmkit("--force", "--jobs", "1") == 1
    assert "Not built: cell 3 raised" in capsys.readouterr().err
    assert (house / "notebooks/en/05_demo.ipynb").read_bytes() == old
    assert not list(house.rglob("*.part"))


def test_a_notebook_that_must_not_ship_is_not_written(house, capsys):
    source = house / FILE
    leak = (
        '\n# %% [markdown] lang="zh-TW"\n# 字\n'
        '\n# %% [markdown] lang="en"\n# return part / 46 * 100\n'
    )
    source.write_text(EXERCISE + leak, encoding="utf-8")
    assert rfmkit("--jobs", "1") == 1
    told = capsys.readouterr().err
    assert "exercises/en/05_demo.ipynb must not ship" in told
    assert "shows a line of the solution" in told
    assert not (house / "exercises/en/05_demo.ipynb").exists()


def test_a_malformed_source_is_told_once(house):
    built()
    (house / FILE).write_text(EXERCISE + "\n# %%\n### END SOLUTION\n", encoding="utf-8")
    assert [
        fault.split("\n")[0].endswith("stray ### END SOLUTION.")
        for fault in check_repository(house)
    ] == [True]


def test_only_some_and_calls_that_make_no_sense(house, capsys):
    assert rfmkit("--only", "07") == 2
    assert "choose among ['05_demo']" in capsys.readouterr().err
    assert rfmkit("--jobs", "0") == 2
    (house / "source/lessons/06_more.py").write_text(
        LESSON.replace("05_demo", "06_more"), encoding="utf-8"
    )
    built("--only", "06")
    assert not (house / "notebooks/en/05_demo.ipynb").exists()
    assert rfmkit("--check", "--only", "06") == 0
    (house / "source/lessons/More.py").write_text(LESSON, encoding="utf-8")
    assert rfmkit() == 2
    assert "not a name such as" in capsys.readouterr().err


def test_the_root_is_found_from_below(house, monkeypatch, capsys):
    assert find_root(house / "source/lessons") == house
    (house / "pyproject.toml").unlink()
    assert rfmkit() == 2
    assert "cd to your clone" in capsys.readouterr().err


def test_wrapped_lines_of_chinese_are_joined_and_nothing_else_is():
    source = (
        "# 標題\n一行中文，\n第二行 RFM\nabc 中文\nabc\n\n"
        "> **框**　第一行\n> 第二行\n> - 項目\n>   續行\n"
        "1. 一\n2. 二\n\n| a | b |\n|---|---|\n| 中 | 文 |\n表後\n\n```\n程式\n第二行\n```"
    )
    assert join_chinese_lines(source) == (
        "# 標題\n一行中文，第二行 RFM\nabc 中文\nabc\n\n> **框**　第一行第二行\n> - 項目續行\n"
        "1. 一\n2. 二\n\n| a | b |\n|---|---|\n| 中 | 文 |\n表後\n\n```\n程式\n第二行\n```"
    )


def test_money_is_not_read_as_a_formula():
    # JupyterLab sets what is between two $ as TeX, and a backslash before them does not help.
    safe = r"<span>\$</span>"
    said = escape_dollars("for NT$42,600. The goods cost NT\\$24,267")
    assert said == f"for NT{safe}42,600. The goods cost NT{safe}24,267"
    code = "`print('$1')` and\n```\necho $HOME $PATH\n```\n"
    assert escape_dollars(code + "$5") == code + safe + "5"


CLAIMED = """\
# %% [markdown] lang="zh-TW"
# # 標題
#
# [English](../en/05_demo.ipynb)
# {minutes} 分鐘（{minutes 1}、{minutes 2}），第 {section cut} 節。

# %% [markdown] lang="en"
# # Title
#
# [中文](../zh-TW/05_demo.ipynb)
# {minutes} minutes ({minutes 1}, {minutes 2}), section {section cut}.

# %% name="setup"
import rfmkit as rk

rk.use_language("zh-TW")
total = 5
total

# %% name="claim_setup" claims=true
seen = total
assert seen == 5

# %% [markdown] lang="zh-TW"
# ## {section count}　數
# %% [markdown] lang="en"
# ## {section count} Count

# %% name="more"
total + 1

# %% [markdown] lang="zh-TW" stop=true
# 停。
# %% [markdown] lang="en" stop=true
# Stop.

# %% [markdown] lang="zh-TW"
# ## {section cut}　切
# %% [markdown] lang="en"
# ## {section cut} Cut
"""


@pytest.fixture
def claimed(tmp_path):
    """Return the source of a lesson with a claim, in a repository of its own."""
    (tmp_path / "source/lessons").mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    source = tmp_path / "source/lessons/05_demo.py"
    source.write_text(CLAIMED, encoding="utf-8")
    return source


def test_claims_are_run_and_not_shipped_and_numbers_are_filled(tmp_path, claimed):
    context = BuildContext(tmp_path)
    target = context.target("notebooks/en/05_demo.ipynb")
    with_claims = context.unexecuted(target, claims=True)
    assert "assert" in "".join(cell.source for cell in with_claims.cells)
    builder.build_one(tmp_path, target.path)
    made = context.stored(target)
    text = "\n".join(cell.source for cell in made.cells)
    assert "assert" not in text
    assert "seen" not in text
    assert "2 minutes (1, 1), section 2." in text
    assert "## 1 Count" in text
    assert "## 2 Cut" in text
    counted = [cell.execution_count for cell in made.cells if cell.cell_type == "code"]
    assert counted == [1, 2]
    assert [output.execution_count for output in made.cells[-3].outputs] == [2]
    assert context.stale_reason(target) is None
    assert context.stale_sections() == b"chapter,section,number\n05,count,1\n05,cut,2\n"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("seen == 5", "seen == 6", "AssertionError"),
        ("total + 1", "seen + 1", "a claim makes ['seen']"),
        ("seen = total", "total = seen = 5", "a claim that changes ['total']"),
        ("section {section cut}.", "section {section cuts}.", "there is no {section cuts}"),
        ("section {section cut}.", "section {section 09 cut}.", "there is no {section 09 cut}"),
        ("## {section cut} Cut", "## {section slice} Cut", "sections that differ"),
        ("stop=true", "", "no marked place to stop"),
    ],
)
def test_a_claim_or_reference_that_fails_is_told(tmp_path, claimed, old, new, told):
    claimed.write_text(CLAIMED.replace(old, new), encoding="utf-8")
    with pytest.raises(BuildError, match=re.escape(told)):
        builder.build_one(tmp_path, "notebooks/en/05_demo.ipynb")


def test_a_plain_assert_must_not_ship(tmp_path, claimed):
    claimed.write_text(CLAIMED.replace("total + 1", "assert total"), encoding="utf-8")
    with pytest.raises(BuildError, match="an assert; move it to a cell marked claims=true"):
        builder.build_one(tmp_path, "notebooks/en/05_demo.ipynb")
