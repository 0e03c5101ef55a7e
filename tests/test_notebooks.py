"""The notebooks as they are committed: whole, in step, clean, and running from top to bottom."""

import re
from pathlib import Path

import nbformat
import pytest

from authoring.checks import check_repository
from authoring.context import BuildContext
from authoring.execute import execute, without_claims
from rfmkit.classroom.answer_types import Open
from rfmkit.classroom.question import find_question
from rfmkit.labels import label

ROOT = Path(__file__).resolve().parent.parent
KINDS = ("notebooks", "exercises", "solutions")
BUILT = {
    kind: sorted(
        path.relative_to(ROOT).as_posix()
        for lang in ("zh-TW", "en")
        for path in (ROOT / kind / lang).glob("*.ipynb")
    )
    for kind in KINDS
}
EVERY = [path for paths in BUILT.values() for path in paths]
CHECK = re.compile(r'^(?:\w+\.)*check\("([^"]+)"', re.MULTILINE)


def one_edition(paths):
    """Keep one edition of each, by turns: their code is the same, and nbval runs both."""
    kept = ("zh-TW", "en")
    return [path for path in paths if f"/{kept[int(Path(path).name[:2]) % 2]}/" in path]


def load(path):
    return nbformat.read(ROOT / path, as_version=4)


def code_of(nb):
    return [cell for cell in nb.cells if cell.cell_type == "code"]


def outputs_of(nb):
    return [(cell, output) for cell in code_of(nb) for output in cell.outputs]


def verdicts(nb):
    """List each check cell's question and the first line of what it said."""
    said = []
    for cell in code_of(nb):
        for number in CHECK.findall(cell.source):
            texts = [output.get("data", {}).get("text/plain", "") for output in cell.outputs]
            said.append((number, "".join(texts).partition("\n")[0]))
    return said


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_the_notebooks_are_there(kind, lang):
    assert list((ROOT / kind / lang).glob("*.ipynb")), (
        f"{kind}/{lang} holds no notebook. Build them with `rfmkit build` and commit them."
    )


def test_every_notebook_is_what_its_source_says():
    faults = check_repository(ROOT)
    assert not faults, "\n" + "\n".join(faults)


@pytest.mark.parametrize("path", EVERY)
def test_each_is_a_valid_notebook_of_its_edition(path):
    nb = load(path)
    nbformat.validate(nb)
    assert nb.metadata.rfmkit.edition == Path(path).parent.name


@pytest.mark.parametrize("path", [path for path in EVERY if "/en/" in path])
def test_both_editions_share_their_code(path):
    en, zh = load(path), load(path.replace("/en/", "/zh-TW/"))
    pairs = list(zip(code_of(en), code_of(zh), strict=True))
    differ = [(mine.source, other.source) for mine, other in pairs if mine.source != other.source]
    assert len(differ) == 1
    assert differ[0][0].replace('rk.use_language("en")', 'rk.use_language("zh-TW")') == differ[0][1]
    assert [cell.cell_type for cell in en.cells] == [cell.cell_type for cell in zh.cells]


@pytest.mark.parametrize("path", BUILT["exercises"])
def test_exercises_hold_no_outputs(path):
    for cell in code_of(load(path)):
        assert cell.outputs == []
        assert cell.execution_count is None


@pytest.mark.parametrize("path", BUILT["notebooks"] + BUILT["solutions"])
def test_stored_outputs_hold_no_error_and_no_stderr(path):
    for cell, output in outputs_of(load(path)):
        assert output.get("name") != "stderr", output.text
        meant = "raises-exception" in cell.metadata.get("tags", [])
        assert output.output_type != "error" or meant, output.evalue


@pytest.mark.parametrize("path", BUILT["notebooks"] + BUILT["solutions"])
def test_every_figure_can_be_read_without_seeing_it(path):
    for _, output in outputs_of(load(path)):
        if "image/png" in output.get("data", {}):
            alt = output.metadata["image/png"]["alt"]
            chinese = len(re.findall(r"[\u4e00-\u9fff]", alt))
            assert len(alt) > 15, alt
            assert chinese > 5 if "/zh-TW/" in path else chinese < len(alt) / 4, alt


@pytest.mark.parametrize("path", BUILT["solutions"])
def test_every_solution_is_judged_right(path):
    nb = load(path)
    said = verdicts(nb)
    lang = nb.metadata.rfmkit.edition
    assert said
    for number, heading in said:
        # A model answer to an open question is prose, in the language of the edition.
        kinds = (
            ["open", "not_attempted"]
            if isinstance(find_question(number).answer_type, Open)
            else ["right"]
        )
        assert heading in [label(f"check.{kind}", lang, number=number) for kind in kinds]


@pytest.mark.parametrize("path", one_edition(BUILT["exercises"]))
def test_a_blank_exercise_runs_and_is_not_attempted(path):
    nb = load(path)
    done = execute(nb, folder=(ROOT / path).parent, name=path)
    said = verdicts(done)
    lang = nb.metadata.rfmkit.edition
    questions = {cell.metadata.get("rfmkit", {}).get("question") for cell in nb.cells} - {None}
    assert questions
    assert {number for number, _ in said} == questions
    for number, heading in said:
        # A fault to mend stands in the blank, and is told by its name.
        faulty = "as_given" in find_question(number).slips
        kinds = ["not_attempted", "known_mistake"] if faulty else ["not_attempted"]
        assert heading in [label(f"check.{kind}", lang, number=number) for kind in kinds]


# What is in the notebooks is run by nbval, in both editions; here run the claims as well.
@pytest.mark.parametrize("path", one_edition(BUILT["notebooks"] + BUILT["solutions"]))
def test_each_runs_from_top_to_bottom_and_its_claims_hold(path):
    context = BuildContext(ROOT)
    claimed = context.unexecuted(context.target(path), claims=True)
    done = without_claims(execute(claimed, folder=(ROOT / path).parent, name=path))
    assert [cell.source for cell in done.cells] == [cell.source for cell in load(path).cells]
    counts = [cell.execution_count for cell in code_of(done) if cell.execution_count]
    assert counts == [cell.execution_count for cell in code_of(load(path)) if cell.execution_count]


@pytest.mark.parametrize("path", EVERY)
def test_no_learner_reads_an_assert(path):
    for cell in code_of(load(path)):
        assert not re.search(r"^\s*assert\b", cell.source, re.MULTILINE), cell.source
