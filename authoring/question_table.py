"""Count how the questions judge: mistakes caught and named, right answers refused.

`python -m authoring.question_table 5.2` prints what question 5.2 says to each of its mistakes.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass

from authoring.equal_answers import equal_answers
from rfmkit.classroom.answer_types import Open
from rfmkit.classroom.case import Case, open_case
from rfmkit.classroom.question import Question, all_questions
from rfmkit.classroom.verdicts import check
from rfmkit.labels import LANGUAGES, label


@dataclass(frozen=True)
class Row:
    """How one question judges its mistakes and the equal forms of its right answer.

    `mistakes` holds the status and the mistake named for each; `forms` holds each form's status.
    """

    question: Question
    mistakes: dict[str, tuple[str, str | None]]
    forms: dict[str, str]

    def caught(self, mistake: str) -> bool:
        """Return whether a mistake's answer is not judged right."""
        return self.mistakes[mistake][0] != "right"

    def named(self, mistake: str) -> bool:
        """Return whether a mistake gets the feedback written for it, or it and another's."""
        return mistake in (self.mistakes[mistake][1] or "").split(" / ")

    @property
    def false_alarms(self) -> list[str]:
        """The equal forms of the right answer that are not judged right."""
        return [name for name, status in self.forms.items() if status != "right"]


def judge_questions(numbers: Iterable[str] | None = None, *, case: Case | None = None) -> list[Row]:
    """Check every mistake and every equal form of the right answer.

    Parameters
    ----------
    numbers
        The questions; None for all. Open questions are left out: a teacher marks them.
    case
        The books to judge by; None for those each question uses.
    """
    questions = all_questions()
    rows = []
    for number in questions if numbers is None else numbers:
        question = questions[number]
        if isinstance(question.answer_type, Open):
            continue
        books = case or open_case(question.books)
        mistakes = {}
        for name in question.slips:
            card = check(number, question.answer_with(books, name), case=books)
            mistakes[name] = (card.status, card.mistake)
        right = equal_answers(question.answer_type.bind(books), question.reference(books))
        forms = {name: check(number, one, case=books).status for name, one in right.items()}
        rows.append(Row(question, mistakes, forms))
    return rows


def summary(rows: list[Row]) -> str:
    """Return a table in plain text: a line for each question, and a total."""
    lines = ["question  mistakes  caught  named  equal forms  false alarms"]
    for row in rows:
        lines.append(_line(row.question.number, _counts([row])))
    return "\n".join([*lines, _line("all", _counts(rows))])


def page(rows: list[Row], lang: str) -> str:
    """Return the page of the docs: the slips by the step at which they are made, and a summary."""
    names = ("mistakes", "caught", "named", "forms", "alarms")
    totals = dict(zip(names, _counts(rows), strict=True))
    lines = [f"# {label('mistakes.title', lang)}", "", label("mistakes.intro", lang), ""]
    lines.append(label("mistakes.total", lang, questions=len(rows), **totals))
    for step, slips in _by_step(rows, lang).items():
        heads = [label(f"mistakes.{name}", lang) for name in ("mistake", "questions", "told")]
        lines += ["", f"## {step}", "", f"| {' | '.join(heads)} |", "|---|---|---|"]
        for (slip, text), numbers in slips.items():
            lines.append(f"| `{slip}` | {', '.join(numbers)} | {_in_cell(text)} |")
    lines += ["", f"## {label('mistakes.by_question', lang)}", ""]
    heads = ("question", "mistakes_known", "caught", "named", "forms_tried", "alarms")
    lines += [f"| {' | '.join(label(f'mistakes.{name}', lang) for name in heads)} |"]
    lines.append("|---|--:|--:|--:|--:|--:|")
    for row in rows:
        title = f"{row.question.number} {row.question.texts['title'][lang]}"
        lines.append(f"| {_in_cell(title)} | {' | '.join(map(str, _counts([row])))} |")
    return "\n".join(lines) + "\n"


def _by_step(rows: list[Row], lang: str) -> dict[str, dict[tuple[str, str], list[str]]]:
    """Return each step's slips with their texts and questions, the commonest steps first."""
    found: dict[str, dict[tuple[str, str], list[str]]] = {}
    for row in rows:
        one = row.question
        steps = {slip: step for step, choices in one.steps.items() for slip in choices}
        for slip in one.slips:
            heading = _step_name(steps.get(slip, ""), lang)
            key = (slip, one.slip_text(slip, lang))
            found.setdefault(heading, {}).setdefault(key, []).append(one.number)
    last = [label("mistakes.other_steps", lang), label("mistakes.no_step", lang)]
    most = sorted(found.items(), key=lambda item: (item[0] in last, -len(item[1])))
    return {step: dict(sorted(slips.items())) for step, slips in most}


def _step_name(step: str, lang: str) -> str:
    if not step:
        return label("mistakes.no_step", lang)
    try:
        return label(f"step.{step}", lang)
    except KeyError:  # a step of one question alone
        return label("mistakes.other_steps", lang)


def _counts(rows: list[Row]) -> tuple[int, int, int, int, int]:
    return (
        sum(len(row.mistakes) for row in rows),
        sum(row.caught(mistake) for row in rows for mistake in row.mistakes),
        sum(row.named(mistake) for row in rows for mistake in row.mistakes),
        sum(len(row.forms) for row in rows),
        sum(len(row.false_alarms) for row in rows),
    )


def _line(name: str, counts: tuple[int, int, int, int, int]) -> str:
    widths = (10, 8, 7, 13, 14)
    cells = (f"{count:>{width}}" for count, width in zip(counts, widths, strict=True))
    return f"{name:8}" + "".join(cells)


def _in_cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    if unknown := set(sys.argv[1:]) - set(all_questions()):
        sys.exit(f"no question {sorted(unknown)}; there are {', '.join(all_questions())}.")
    judged = judge_questions(sys.argv[1:] or None)
    print(*(page(judged, lang) for lang in LANGUAGES), sep="\n")
