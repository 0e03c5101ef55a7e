"""Write everything that grading produces: gradebook, files for platforms, feedback pages."""

import csv
import io
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from statistics import StatisticsError, correlation
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, Template
from markupsafe import Markup

from rfmgrade.config import Student
from rfmgrade.gradebook.gradebook import (
    EqualAnswers,
    Gradebook,
    clean_text,
    plain,
    summarise,
)
from rfmgrade.gradebook.sheets import write_gradebook
from rfmgrade.marking.results import UNDECIDED, Mark, Result, graded_item
from rfmkit.classroom.card import rich
from rfmkit.formats import is_formula_like
from rfmkit.labels import label

MADE_BY = '<meta name="generator" content="rfmkit grade">'
MAX_LENGTH = 20_000
# The look of a status and its sign; the words beside it say the same. Each ink on its paper has a
# contrast of at least 4.5 to 1, which tests/grading/test_feedback.py computes.
SIGNS = {
    "right": ("good", "✓"),
    "follow_through": ("good", "✓"),
    "decided": ("good", "✎"),
    "open_done": ("good", "✎"),
    "held": ("wait", "…"),
    "person": ("wait", "…"),
    "open": ("wait", "✎"),
    "known_mistake": ("not", "!"),
    "wrong": ("not", "!"),
    "missing": ("none", "–"),
    "failed": ("none", "–"),
}
INKS = {"good": "#1E5C2E", "wait": "#1B4F86", "not": "#7A4A00", "none": "#4A5360"}
PAPERS = {"good": "#E7F3E9", "wait": "#E6EFF9", "not": "#FBF0DC", "none": "#EDEFF2"}
INK, MUTED, PAPER = "#1F2A37", "#566070", "#FFFFFF"
# Flags that the student reads of: what was done in place of something of theirs.
NOTICES = ("setup_failed", "setup_missing", "tried_shell")
BESIDE = ("feedback", "moodle.csv", "canvas.csv", "items.csv", "feedback_moodle.zip", "results")


def feedback_page(gradebook: Gradebook, student: Student) -> str:
    """Write the page of one student, in the student's language.

    Returns
    -------
    str
        A whole HTML document, without scripts and without addresses.
    """
    lang, results = student.lang, gradebook.of(student.id)
    between = "、" if lang == "zh-TW" else ", "
    numbers = between.join(str(int(one.chapter)) for one in results)
    return _template().render(
        lang=lang,
        title=label("page.title", lang, chapter=numbers),
        who=" · ".join(filter(None, (student.id, student.name))),
        chapters=[_chapter_data(gradebook, student, one) for one in results],
    )


@cache
def _template() -> Template:
    # Autoescape for everything that a student wrote; `_clean` removes what no page may contain.
    environment = Environment(
        loader=PackageLoader("rfmgrade", "gradebook"),
        autoescape=True,
        finalize=_clean,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    colours = {"ink": INK, "muted": MUTED, "paper": PAPER, "inks": INKS, "papers": PAPERS}
    return environment.get_template(
        "feedback.html", globals={"made_by": Markup(MADE_BY), "label": label, **colours}
    )


def write_pages(gradebook: Gradebook, folder: Path) -> list[Path]:
    """Write the page of each student who handed in; pages of an earlier run are taken away."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for student in gradebook.students:
        if gradebook.of(student.id):
            path = folder / f"{student.id}.html"
            beside = folder / f".{student.id}.part"
            text = feedback_page(gradebook, student)
            beside.write_text(text, encoding="utf-8", errors="replace", newline="\n")
            made.append(beside.replace(path))
    for old in sorted(set(folder.glob("*.html")) - set(made)):
        with old.open(encoding="utf-8", errors="replace") as file:
            if MADE_BY in file.read(400):
                old.unlink()
    return made


def pack_for_moodle(pages: list[Path], folders: Mapping[str, str], target: Path) -> Path | None:
    """Pack the pages as Moodle takes feedback files: by its own folder names."""
    known = {folders[page.stem]: page for page in pages if page.stem in folders}
    if not known:
        return None
    beside = target.with_name(f".{target.name}.part")
    with zipfile.ZipFile(beside, "w", zipfile.ZIP_STORED) as archive:
        for folder in sorted(known):
            name = f"{folder.rstrip('_')}_/feedback.html"
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, known[folder].read_bytes())
    return beside.replace(target)


def _chapter_data(gradebook: Gradebook, student: Student, result: Result) -> dict:
    lang = student.lang
    points, undecided = gradebook.total(student.id, result.chapter) or (0, 0)
    out_of = plain(sum(mark.out_of for mark in result.marks))
    facts = [label("page.file", lang, file=result.file)]
    if result.handed_in:
        when = result.handed_in.replace("T", " ")[:16]
        facts.append(label("page.handed_in", lang, when=when))
    if result.late:
        facts.append(label("page.late", lang))
    if lost := gradebook.deduction(student.id, result.chapter):
        days, rule = gradebook.late_rule.days(result.handed_in), gradebook.late_rule
        share = plain(100 * rule.share(result.handed_in))
        facts.append(label("page.late_less", lang, points=lost, days=days, percent=share))
    for kind in NOTICES:
        of_kind = [flag.values for flag in result.flags if flag.kind == kind]
        facts += [label(f"page.{kind}", lang, **values) for values in of_kind[:1]]
    return {
        "name": label("page.chapter", lang, number=int(result.chapter)),
        "total": label("page.total", lang, points=points, out_of=out_of),
        "undecided": label("page.undecided", lang, points=undecided) if undecided else "",
        "facts": facts,
        "marks": [_mark_data(gradebook, student, mark) for mark in result.marks],
    }


def _mark_data(gradebook: Gradebook, student: Student, mark: Mark) -> dict:
    lang, earned = student.lang, gradebook.earned(student.id, mark)
    decided = gradebook.is_decided(student.id, mark)
    status = "open_done" if decided and mark.status == "open" else mark.status
    status = "decided" if decided and status != "open_done" else status
    is_open = mark.status == "open"
    look, sign = SIGNS[status]
    return {
        "look": look,
        "sign": sign,
        # The text beside 6.7 is "6.7w" to us only; its title says that it is the text.
        "number": mark.number.removesuffix("w"),
        "title": graded_item(mark.number).title(lang),
        "status": label(f"page.{status}", lang),
        "points": _points(earned, mark.out_of, lang),
        "feedback": _feedback_html(mark, status, lang),
        "answer": _short(mark.answer) if is_open and mark.answer.strip() else "",
        "rubric": _rubric(gradebook, student, mark) if is_open else [],
    }


def _points(earned: float | None, out_of: float, lang: str) -> str:
    key = "page.waiting" if earned is None else "page.points"
    return label(key, lang, points=plain(earned or 0), out_of=plain(out_of))


def _feedback_html(mark: Mark, status: str, lang: str) -> Markup | str:
    """Return the feedback on the answer, or else what the status means."""
    text = mark.feedback
    if not text and status in ("held", "missing", "failed", "person"):
        text = label(f"page.{status}_told", lang)
    if mark.status in ("open", "person") and status in ("open", "open_done", "decided"):
        return ""  # that a person will look at it, which the line above says
    return Markup(rich(_clean(_short(text)))) if text else ""


def _rubric(gradebook: Gradebook, student: Student, mark: Mark) -> list[tuple[Markup, str]]:
    """List the criteria of the rubric with the points given, if they are."""
    decision = gradebook.decisions.get((student.id, mark.number))
    parts = decision.parts if decision and decision.points is not None else ()
    rows = []
    for place, (most, words) in enumerate(graded_item(mark.number).rubric):
        given = parts[place] if place < len(parts) else None
        points = _points(given, most, student.lang)
        rows.append((Markup(rich(words[student.lang])), points))
    return rows


def _clean(text: object) -> object:
    """Replace the characters that no page may contain."""
    return text if isinstance(text, Markup) else clean_text(text)


def _short(text: str) -> str:
    return text if len(text) <= MAX_LENGTH else f"{text[:MAX_LENGTH]}…"


def moodle_csv(gradebook: Gradebook) -> str:
    """Write marks for Moodle: Grades > Import > CSV file."""
    columns = []
    for chapter in gradebook.chapters:
        name = label("csv.grade", gradebook.lang, chapter=chapter)
        columns += [name, f"{name} (feedback)"]
    rows = [["ID number", "Email address", *columns]]
    for one in gradebook.students:
        cells = [one.id, one.email]
        for chapter in gradebook.chapters:
            cells += [_total_cell(gradebook, one, chapter), _points_line(gradebook, one, chapter)]
        rows.append(cells)
    return _csv_text(rows)


def canvas_csv(gradebook: Gradebook) -> str:
    """Write marks for Canvas: Grades > Import."""
    names = [f"rfmkit {chapter}" for chapter in gradebook.chapters]
    possible = [plain(gradebook.out_of(chapter)) for chapter in gradebook.chapters]
    rows: list[list[object]] = [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *names],
        ["    Points Possible", "", "", "", "", *possible],
    ]
    for one in gradebook.students:
        marks = [_total_cell(gradebook, one, chapter) for chapter in gradebook.chapters]
        login = one.login or one.email
        rows.append([one.name or one.id, one.canvas_id, one.id, login, one.section, *marks])
    return _csv_text(rows)


ITEMS = (
    *("question", "title", "handed_in_count", "right_share", "follow_through", "not_yet"),
    *("missing_count", "failed_count", "undecided_count", "mean_share", "discrimination"),
    *("mistake", "made_by", "unexplained", "in_unexplained"),
)


def items_csv(gradebook: Gradebook) -> str:
    """Write how each question did: shares, discrimination, its most common mistake, groups."""
    summaries, mistakes = summarise(gradebook)
    rows: list[list[object]] = [[label(f"book.head_{name}", gradebook.lang) for name in ITEMS]]
    for one in summaries:
        of_one = [mistake for mistake in mistakes if mistake.question is one.question]
        named = [mistake for mistake in of_one if not isinstance(mistake, EqualAnswers)]
        groups = [mistake for mistake in of_one if isinstance(mistake, EqualAnswers)]
        counts = one.counts
        rows.append(
            [
                one.question.number,
                one.question.title(gradebook.lang),
                one.handed_in,
                _rounded(one.share("right", "follow_through")),
                counts["follow_through"],
                counts["known_mistake"] + counts["wrong"],
                counts["missing"],
                counts["failed"],
                sum(counts[status] for status in UNDECIDED),
                _rounded(one.mean),
                _rounded(discrimination(gradebook, one.question.number)),
                named[0].name if named else "",
                named[0].count if named else "",
                len(groups),
                sum(group.count for group in groups),
            ]
        )
    return _csv_text(rows)


def _rounded(number: float | None) -> object:
    return "" if number is None else round(number, 3)


def discrimination(gradebook: Gradebook, number: str) -> float | None:
    """Correlate the points of a question with those of all others; None where nothing differs.

    A question that the strong and the weak answer alike has a value near 0; one below 0 deserves a
    second look. Of students whose points for it are decided.
    """
    pairs = []
    for student in gradebook.students:
        marks = {mark.number: mark for one in gradebook.of(student.id) for mark in one.marks}
        earned = gradebook.earned(student.id, marks[number]) if number in marks else None
        if earned is not None:
            others = [gradebook.earned(student.id, marks[one]) for one in marks if one != number]
            pairs.append((earned, sum(points for points in others if points is not None)))
    try:
        return correlation(*zip(*pairs, strict=True))
    except (StatisticsError, TypeError):  # fewer than two, or all alike
        return None


def write_csv(text: str, path: Path) -> Path:
    """Write a CSV whose Chinese Excel, Moodle and Canvas read right."""
    beside = path.with_name(f".{path.name}.part")
    beside.write_text(text, encoding="utf-8-sig", newline="")
    beside.replace(path)
    return path


def _total_cell(gradebook: Gradebook, student: Student, chapter: str) -> object:
    total = gradebook.total(student.id, chapter)
    return "" if total is None or total[1] else total[0]


def _points_line(gradebook: Gradebook, student: Student, chapter: str) -> str:
    """List the points of each question, in the student's language."""
    result = gradebook.results.get((student.id, chapter))
    if result is None or _total_cell(gradebook, student, chapter) == "":
        return ""
    return " ".join(
        label(
            "csv.line",
            student.lang,
            number=mark.number,
            out_of=plain(mark.out_of),
            points=plain(gradebook.earned(student.id, mark) or 0),
        )
        for mark in result.marks
    )


def _csv_text(rows: list[list[object]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([map(_safe, row) for row in rows])
    return out.getvalue()


def _safe(cell: object) -> object:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{cell}" if is_formula_like(cell) else cell


class OutputFiles(NamedTuple):
    """The files that were written."""

    gradebook: Path
    feedback: Path
    moodle: Path
    canvas: Path
    items: Path
    moodle_zip: Path | None


def output_paths(target: Path) -> list[Path]:
    """List the gradebook and what is named after it; the last is the folder of results.

    Examples
    --------
    >>> [path.name for path in output_paths(Path("g.xlsx"))][1:3]
    ['g_feedback', 'g_moodle.csv']
    """
    return [target, *(target.with_name(f"{target.stem}_{name}") for name in BESIDE)]


def write_outputs(gradebook: Gradebook, target: Path, moodle: Mapping[str, str]) -> OutputFiles:
    """Write the gradebook and, beside it, everything that is named after it."""
    beside = dict(zip(BESIDE, output_paths(target)[1:], strict=True))
    # The gradebook is the last: if it is new, everything else is new too.
    pages = write_pages(gradebook, beside["feedback"])
    packed = pack_for_moodle(pages, moodle, beside["feedback_moodle.zip"])
    if packed is None:
        beside["feedback_moodle.zip"].unlink(missing_ok=True)
    write_csv(moodle_csv(gradebook), beside["moodle.csv"])
    write_csv(canvas_csv(gradebook), beside["canvas.csv"])
    write_csv(items_csv(gradebook), beside["items.csv"])
    write_gradebook(gradebook, target)
    return OutputFiles(
        target,
        beside["feedback"],
        beside["moodle.csv"],
        beside["canvas.csv"],
        beside["items.csv"],
        packed,
    )
