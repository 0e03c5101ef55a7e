"""Write the gradebook: a workbook that shows every mark and how it came about."""

from collections.abc import Iterable, Sequence
from copy import copy
from itertools import groupby
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.formatting.rule import DataBarRule
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from rfmgrade.config import Student
from rfmgrade.gradebook.gradebook import (
    ClassMeans,
    Decision,
    EqualAnswers,
    Gradebook,
    Mistake,
    QuestionSummary,
    cell_text,
    class_means,
    clean_text,
    fingerprint,
    plain,
    row_code,
    summarise,
)
from rfmgrade.marking.results import UNDECIDED, Flag, Mark, Result, graded_item
from rfmkit import workbook
from rfmkit.formats import display_width
from rfmkit.labels import label, texts
from rfmkit.report.style import LINE, NAVY, PALE, WIDEST, SheetStyle, paper, rule, solid
from rfmkit.workbook import check_target, save_workbook, style_ids, table_rows

HEADER = 4
FIRST = HEADER + 1
NUMBER = "0.##"
MUTED = "566070"
TO_FILL = "FFF4CC"
# Behind the points of a question; the sheet "questions" says the same in words.
FILLS = {
    "right": None,
    "follow_through": "DCEBFA",
    **dict.fromkeys(("known_mistake", "wrong"), "FBE3D0"),
    **dict.fromkeys(("missing", "failed"), "E6E8EB"),
    **dict.fromkeys(("held", "open", "person"), TO_FILL),
}
MARKS = ("id", "name", "section", "total", "share", "undecided", "handed_in", "late", "flags")
CLASS = {  # column and width
    **{"question": 11, "title": 34, "handed_in_count": 11, "right_share": 14},
    **{"follow_through": 16, "not_yet": 10, "missing_count": 10, "failed_count": 10},
    **{"undecided_count": 10, "mean_share": 14},
}
QUESTIONS = {
    **{"id": 12, "name": 14, "question": 11, "status": 28, "points": 8, "out_of": 9},
    **{
        "override": 12,
        "by_hand": 10,
        "mistake": 44,
        "notes": 44,
        "file": 40,
        "sha256": 15,
        "digest": 15,
    },
    "print": 4,
}
REVIEW = {
    **{"id": 12, "name": 14, "question": 11, "title": 28, "status": 18, "why": 60},
    **{"out_of": 9, "decision": 20, "print": 4},
}
FLAGS = {"id": 12, "name": 14, "chapter": 10, "question": 11, "flag": 84, "file": 44}
LEFT_OUT = {"what": 64, "who": 28, "reason": 60}
ANSWER_WIDTH, PART_WIDTH = 66, 20
MAX_MISTAKES = 40
MAX_LEFT_OUT = 5_000
BAR = "FF9CC7E8"  # pale, so that the number on it can be read
# As in rfmkit.report: beyond this many cells a small file is worth more than bytes that are the
# same with every zlib.
SMALL = 100_000


def put(cell: Cell, value: object) -> Cell:
    """Write a value into a cell, without the characters that turn the direction of writing."""
    return workbook.put(cell, clean_text(value))


class _WorkbookWriter:
    """A gradebook's workbook; each style of a cell is made once, and not for every cell."""

    def __init__(self, gradebook: Gradebook) -> None:
        self.gradebook, self.lang = gradebook, gradebook.lang
        self.sheet_style = SheetStyle(self.lang)
        self.workbook = Workbook()
        self.workbook.remove(self.workbook.active)
        self.workbook.properties.title = self.label("title")
        self.workbook.properties.creator = "rfmkit"
        self._styles: dict[tuple, object] = {}

    def label(self, key: str, **values: object) -> str:
        return label(f"book.{key}", self.lang, **values)

    def style(
        self,
        cell: Cell,
        *,
        side: str = "center",
        vertical: str = "center",
        wrap: bool = False,
        indent: int = 0,
        number_format: str = NUMBER,
        fill: str | None = None,
        box: bool = False,
    ) -> Cell:
        key = (side, vertical, wrap, indent, number_format, fill, box)
        if key in self._styles:
            cell._style = copy(self._styles[key])
            return cell
        cell.font = self.sheet_style.font()
        cell.border = Border(*[Side(style="thin", color=LINE)] * 4) if box else rule(LINE)
        cell.alignment = Alignment(
            horizontal=side, vertical=vertical, wrap_text=wrap, indent=indent
        )
        cell.number_format = number_format
        if fill:
            cell.fill = solid(fill)
        self._styles[key] = copy(cell._style)
        return cell


class _Sheet:
    """A sheet with its title and the lines that say how to read it."""

    def __init__(self, writer: _WorkbookWriter, name: str, **values: object) -> None:
        self.writer, self.gradebook, self.lang = writer, writer.gradebook, writer.lang
        self.label, self.sheet_style = writer.label, writer.sheet_style
        self.ws = writer.workbook.create_sheet(self.label(f"sheet_{name}"))
        self.ws.sheet_view.showGridLines = False
        lines = self.label(f"note_{name}", **values).split("\n")
        self.sheet_style.title(self.ws, self.label(f"title_{name}", **values), lines[0])
        for row, line in enumerate(lines[1:2], start=3):
            self.ws.cell(row, 1, line).font = self.sheet_style.font(size=10, colour=MUTED)
            self.ws.cell(row, 1).alignment = Alignment(vertical="top")
        self.set_height(2, 18)
        self.set_height(3, 20)

    def headings(self, names: Iterable[str]) -> list[str]:
        return [self.label(f"head_{name}") for name in names]

    def write_header(self, titles: Sequence[str], *, row: int = HEADER, wrap: bool = False) -> None:
        self.sheet_style.header(self.ws, row, titles)
        if wrap:
            self.set_height(row, 34)
            for column in range(1, len(titles) + 1):
                self.ws.cell(row, column).alignment = Alignment(
                    horizontal="center", vertical="center", wrap_text=True
                )

    def write_row(
        self,
        row: int,
        values: Sequence[object],
        *,
        formats: Sequence[str] = (),
        wrap: Sequence[int] = (),
        centre: Sequence[int] = (),
        fit: Iterable[tuple[object, float]] = (),
    ) -> None:
        """Write a row; `wrap` and `centre` name columns from 1, `fit` texts and their widths."""
        self.set_height(row, 20)
        for column, value in enumerate(values, start=1):
            number = isinstance(value, int | float) and not isinstance(value, bool)
            middle = number or column in centre
            shape = formats[column - 1] if number and column <= len(formats) else NUMBER
            cell = self.writer.style(
                self.ws.cell(row, column),
                side="center" if middle else "left",
                vertical="top" if wrap else "center",
                wrap=column in wrap,
                indent=0 if middle else 1,
                number_format=shape if number else "General",
            )
            put(cell, value)
        if fit:
            self.set_height(row, row_height(fit))

    def put(self, row: int, column: int, value: object) -> None:
        put(self.ws.cell(row, column), value)

    def put_to_fill(self, row: int, column: int, value: object) -> Cell:
        """Write a cell for the teacher to fill in."""
        cell = self.writer.style(self.ws.cell(row, column), vertical="top", fill=TO_FILL, box=True)
        return put(cell, value)

    def write_nothing(self, name: str) -> None:
        """Write, in place of a table, that there is nothing to list."""
        self.ws.cell(FIRST, 1, self.label(f"none_{name}")).font = self.sheet_style.font()

    def set_height(self, row: int, height: float) -> None:
        self.ws.row_dimensions[row].height = height

    def set_widths(self, widths: Iterable[float]) -> None:
        """Set the widths of columns, in characters."""
        for column, width in enumerate(widths, start=1):
            self.ws.column_dimensions[get_column_letter(column)].width = min(width, WIDEST)

    def finish(
        self,
        *,
        last: int,
        columns: int,
        freeze: str,
        filters: bool = True,
        one_table: bool = True,
    ) -> None:
        """Freeze the heads, add a filter, and set the sheet up for paper.

        The head is on every page, unless another table follows.
        """
        self.ws.freeze_panes = f"{freeze}{FIRST}"
        if filters and last > HEADER:
            self.ws.auto_filter.ref = f"A{HEADER}:{get_column_letter(columns)}{last}"
        paper(self.ws, header_row=HEADER if one_table else None)
        selection = self.ws.sheet_view.selection[0]
        selection.activeCell = selection.sqref = "A1"


def row_height(cells: Iterable[tuple[object, float]]) -> float:
    """Compute the height of a row for wrapped texts, each with its column's width."""
    lines = 1
    for value, width in cells:
        parts = str(value or "").split("\n")
        lines = max(lines, sum(-(-max(display_width(part), 1) // int(width)) for part in parts))
    return min(4 + 16 * lines, 400)


def column_width(head: str, cells: Iterable[object], *, least: float = 6) -> float:
    """Compute the width of a column from its header and its cells."""
    found = max((display_width(str(cell)) for cell in cells if cell is not None), default=0)
    return min(max(display_width(head) + 3, found * 1.1 + 2, least), 40)


def note_text(prefix: str, text: str, lang: str) -> str:
    """Return a note such as "earlier:file" in words; an unknown one as it is.

    Examples
    --------
    >>> note_text("intake.note", "earlier:a.ipynb", "en")
    'an earlier copy does not count: a.ipynb'
    """
    name, _, value = text.partition(":")
    for key in (f"{prefix}.{name}", name):
        if key in texts():
            return label(key, lang).replace("{value}", value)
    return text


def flag_text(flag: Flag, lang: str) -> str:
    """Return a flag in words; an unknown one as it is.

    Examples
    --------
    >>> flag_text(Flag("unheard_of", values={"a": "b"}), "en")
    'unheard_of: b'
    """
    key = f"flag.{flag.kind}"
    if key not in texts():
        return ": ".join([flag.kind, *map(str, flag.values.values())])
    try:
        return label(key, lang, **flag.values)
    except (KeyError, IndexError):
        return label(key, lang)


def _write_marks(writer: _WorkbookWriter) -> None:
    """Write totals and the points of each question, for everybody on the roster."""
    gradebook = writer.gradebook
    out_of = plain(gradebook.out_of())
    sheet = _Sheet(writer, "marks", chapters=" ".join(gradebook.chapters), points=out_of)
    fixed = sheet.headings(MARKS)
    names = [f"{one.number}\n/{plain(one.points)}" for one in gradebook.questions]
    code = len(fixed) + len(names) + 1
    sheet.write_header([*fixed, *names, *sheet.headings(("print",))], wrap=True)
    sheet.ws.column_dimensions[get_column_letter(code)].hidden = True
    formats = ["General"] * 3 + [NUMBER, "0%", NUMBER, "General", "General", "0"]
    rows = []
    for row, student in enumerate(gradebook.students, start=FIRST):
        rows.append(_student_cells(gradebook, student, out_of))
        sheet.write_row(row, rows[-1], formats=formats, centre=(8,))
        points = _write_points(sheet, row, student)
        sheet.put(row, code, row_code([student.id, rows[-1][3], *points]))
    widths = [
        column_width(head, cells)
        for head, cells in zip(fixed, zip(*rows, strict=True), strict=True)
    ]
    widths[3:6] = [max(column_width(head, [], least=9), 9) for head in fixed[3:6]]
    sheet.set_widths([*widths, *([7.5] * len(names))])
    sheet.finish(last=HEADER + len(rows), columns=code, freeze="C")


def _student_cells(gradebook: Gradebook, student: Student, out_of: float) -> list[object]:
    results, lang = gradebook.of(student.id), gradebook.lang
    total = gradebook.total(student.id)
    who = [student.id, student.name, student.section]
    if total is None:
        return [*who, None, None, None, label("book.nothing", lang), "", None]
    points, undecided = total
    when = [one.handed_in.replace("T", " ")[:16] for one in results if one.handed_in]
    late = label("book.late", lang) if any(one.late for one in results) else ""
    if lost := plain(sum(gradebook.deduction(student.id, one.chapter) for one in results)):
        late = label("book.late_less", lang, points=lost)
    flags = sum(len(one.flags) for one in results)
    flags += sum(len(gradebook.notes.get((student.id, one.chapter), ())) for one in results)
    share = points / out_of if out_of and not undecided else None
    last = max(when, default="")
    times = max(gradebook.attempts.get((student.id, one.chapter), 1) for one in results)
    if times > 1:
        last = label("book.attempts", lang, when=last, count=times).strip()
    return [*who, points, share, undecided or None, last, late, flags or None]


def _write_points(sheet: _Sheet, row: int, student: Student) -> list[object]:
    gradebook, written = sheet.gradebook, []
    marks = {mark.number: mark for one in gradebook.of(student.id) for mark in one.marks}
    for column, one in enumerate(gradebook.questions, start=len(MARKS) + 1):
        cell, mark = sheet.ws.cell(row, column), marks.get(one.number)
        if mark is None:
            sheet.writer.style(cell)
            written.append(None)
            continue
        earned = gradebook.earned(student.id, mark)
        decided = gradebook.is_decided(student.id, mark)
        sheet.writer.style(cell, fill=None if decided else FILLS[mark.status])
        written.append("？" if earned is None else plain(earned))
        put(cell, written[-1])
    return written


def _write_class(writer: _WorkbookWriter) -> None:
    """Write each question's results, and below them the mistakes, the most common first."""
    gradebook = writer.gradebook
    summaries, mistakes = summarise(gradebook)
    means = class_means(gradebook)
    sheet = _Sheet(
        writer,
        "class",
        students=len(gradebook.students),
        handed_in=means.handed_in,
        means=mean_text("book", means, plain(gradebook.out_of()), writer.lang),
        hint=_start_here(writer, mistakes),
    )
    sheet.write_header(sheet.headings(CLASS), wrap=True)
    sheet.set_widths(CLASS.values())
    formats = ("0",) * 3 + ("0%",) + ("0",) * 5 + ("0%",)
    row = HEADER
    for row, one in enumerate(summaries, start=FIRST):
        values = _question_cells(one, sheet.lang)
        fit = [(values[1], CLASS["title"])]
        sheet.write_row(row, values, formats=formats, wrap=(2,), centre=(1,), fit=fit)
    for letter in "DJ":
        bar = DataBarRule("num", 0, "num", 1, color=BAR, showValue=True)
        sheet.ws.conditional_formatting.add(f"{letter}{FIRST}:{letter}{max(row, FIRST)}", bar)
    _write_mistakes(sheet, row + 2, mistakes)
    sheet.finish(last=row, columns=len(CLASS), freeze="C", filters=False, one_table=False)


def mean_text(key: str, means: ClassMeans, points: float, lang: str) -> str:
    """Return the class's means in words, with whom they count; `key` is "book" or "grade"."""
    if means.so_far is None:
        return label(f"{key}.mean_nobody", lang)
    values: dict[str, object] = {"points": points, "count": means.handed_in}
    if means.complete == means.handed_in:
        return label(f"{key}.mean_all", lang, mean=f"{means.so_far:.1f}", **values)
    decided = "–" if means.decided is None else f"{means.decided:.1f}"
    return label(
        f"{key}.mean_part" if means.complete else f"{key}.mean_open",
        lang,
        mean=f"{means.so_far:.1f}",
        waiting=plain(round(means.undecided, 1)),
        decided=decided,
        complete=means.complete,
        **values,
    )


def _start_here(writer: _WorkbookWriter, mistakes: list[Mistake]) -> str:
    """Return one line on the mistake that most students made."""
    if not mistakes:
        return writer.label("no_mistakes")
    one = mistakes[0]
    title = one.question.title(writer.lang)
    key = "start_equal" if isinstance(one, EqualAnswers) else "start_here"
    return writer.label(
        key,
        number=one.question.number,
        count=one.count,
        title=title,
        text=one.text(writer.lang),
    )


def _question_cells(one: QuestionSummary, lang: str) -> list[object]:
    counts = one.counts
    # Of a question that people mark, nothing is right or wrong by itself.
    by_hand = one.handed_in > 0 and counts["open"] > 0 and not counts["right"]
    return [
        one.question.number,
        one.question.title(lang),
        one.handed_in,
        None if by_hand else one.share("right", "follow_through"),
        counts["follow_through"],
        counts["known_mistake"] + counts["wrong"],
        counts["missing"],
        counts["failed"],
        sum(counts[status] for status in UNDECIDED),
        one.mean,
    ]


def _write_mistakes(sheet: _Sheet, row: int, mistakes: list[Mistake]) -> None:
    """Write the mistakes with a name, how many made each, and its feedback."""
    ws, lang, last = sheet.ws, sheet.lang, len(CLASS)
    title = ws.cell(row, 1, sheet.label("mistakes"))
    title.font = sheet.sheet_style.font(size=13, bold=True, colour=NAVY)
    sheet.set_height(row, 24)
    row += 1
    if not mistakes:
        none = ws.cell(row, 1, sheet.label("no_mistakes"))
        none.font = sheet.sheet_style.font(colour=MUTED)
        return
    titles = sheet.headings(("question", "title", "made_by", "made_share", "told"))
    sheet.write_header(titles, row=row)
    for column in range(5, last + 1):
        ws.cell(row, column).fill = solid(NAVY)
    ws.merge_cells(start_row=row, start_column=5, end_row=row, end_column=last)
    width = sum(list(CLASS.values())[4:])
    for one in mistakes[:MAX_MISTAKES]:
        row += 1
        item = one.question
        values = [item.number, item.title(lang), one.count, one.share, one.text(lang)]
        fit = [(values[1], CLASS["title"]), (values[4], width * 0.92)]
        formats = ("0", "0", "0", "0%")
        sheet.write_row(row, values, formats=formats, wrap=(2, 5), centre=(1,), fit=fit)
        ws.merge_cells(start_row=row, start_column=5, end_row=row, end_column=last)
        for column in range(5, last + 1):
            ws.cell(row, column).border = Border(bottom=Side(style="thin", color="D5DCE4"))


def _write_open(writer: _WorkbookWriter) -> None:
    """Write every open answer beside the criteria of its rubric, question by question."""
    rows = [row for row in writer.gradebook.undecided() if row[2].status == "open"]
    sheet = _Sheet(writer, "open")
    parts = max((len(graded_item(row[2].number).rubric) for row in rows), default=0)
    titles = [
        *sheet.headings(("id", "name", "question", "answer")),
        *(sheet.label("head_part", place=place) for place in range(1, parts + 1)),
        *sheet.headings(("points", "print")),
    ]
    sheet.write_header(titles)
    sheet.set_widths([12, 14, 11, ANSWER_WIDTH, *([PART_WIDTH] * parts), 9, 4])
    sheet.ws.column_dimensions[get_column_letter(len(titles))].hidden = True
    row = HEADER
    for number, block in groupby(rows, key=lambda one: one[2].number):
        row += 1
        _write_rubric(sheet, row, number, parts)
        first = row + 1
        for one in block:
            row += 1
            _write_answer(sheet, row, one, parts)
        _limit_points(sheet, number, parts, first, row)
    if not rows:
        sheet.write_nothing("open")
    sheet.finish(last=row, columns=len(titles), freeze="D", filters=False)


def _write_rubric(sheet: _Sheet, row: int, number: str, parts: int) -> None:
    """Write the line above a question's answers: what it asks, and what each criterion wants."""
    item, lang = graded_item(number), sheet.lang
    sheet.put(row, 3, number)
    sheet.put(row, 4, f"{item.title(lang)}\n{item.task(lang)}".strip())
    for place, (points, words) in enumerate(item.rubric):
        criterion = sheet.label("criterion", text=words[lang], points=plain(points))
        sheet.put(row, 5 + place, criterion)
    sheet.put(row, 5 + parts, sheet.label("most", points=plain(item.points)))
    for column in range(1, 6 + parts):
        cell = sheet.ws.cell(row, column)
        cell.fill = solid(PALE)
        cell.font = sheet.sheet_style.font(size=10, bold=column in (3, 5 + parts))
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    fit = [(sheet.ws.cell(row, 4).value, ANSWER_WIDTH)]  # in small print, so more fits on a line
    for place in range(len(item.rubric)):
        fit.append((sheet.ws.cell(row, 5 + place).value, PART_WIDTH + 1))
    sheet.set_height(row, row_height(fit))


def _write_answer(sheet: _Sheet, row: int, one: tuple[Student, Result, Mark], parts: int) -> None:
    student, _, mark = one
    sheet.write_row(row, [student.id, student.name, mark.number, mark.answer], wrap=(4,))
    count = len(graded_item(mark.number).rubric)
    decision = _decision(sheet, student, mark)
    for place, value in enumerate((*decision.parts, *([None] * count))[:count]):
        sheet.put_to_fill(row, 5 + place, value)
    total = sheet.put_to_fill(row, 5 + parts, None if decision.parts else decision.points)
    if count and total.value is None:
        cells = f"E{row}:{get_column_letter(4 + count)}{row}"
        total.value = f'=IF(COUNT({cells})={count},SUM({cells}),"")'
    sheet.put(row, 6 + parts, fingerprint(mark))
    sheet.set_height(row, row_height([(mark.answer, ANSWER_WIDTH - 4)]))


def _decision(sheet: _Sheet, student: Student, mark: Mark) -> Decision:
    """Return what to write on a sheet of decisions; an override is on the sheet "Questions"."""
    found = sheet.gradebook.decisions.get((student.id, mark.number))
    return Decision(None) if found is None or found.override else found


def _limit_points(sheet: _Sheet, number: str, parts: int, first: int, last: int) -> None:
    """Validate the points typed in one question's rows."""
    item = graded_item(number)
    most = {5 + place: points for place, (points, _) in enumerate(item.rubric)}
    for column, points in {**most, 5 + parts: item.points}.items():
        letter, limit = get_column_letter(column), str(plain(points))
        found = DataValidation("decimal", operator="between", formula1="0", formula2=limit)
        found.errorTitle = sheet.label("title")
        found.error = sheet.label("limit", points=limit)
        found.add(f"{letter}{first}:{letter}{last}")
        sheet.ws.add_data_validation(found)


def _write_review(writer: _WorkbookWriter) -> None:
    """Write what else a person has to decide, with space for the decision."""
    rows = [row for row in writer.gradebook.undecided() if row[2].status != "open"]
    sheet = _Sheet(writer, "held")
    lang = sheet.lang
    sheet.write_header(sheet.headings(REVIEW))
    sheet.set_widths(REVIEW.values())
    sheet.ws.column_dimensions["I"].hidden = True
    for row, (student, result, mark) in enumerate(rows, start=FIRST):
        title = graded_item(mark.number).title(lang)
        notes = [note_text("judge.note", note, lang) for note in mark.notes]
        reasons = dict.fromkeys(filter(None, [*notes, mark.feedback, result.trouble]))
        why = "\n".join(reasons)
        status = sheet.label(f"status_{mark.status}")
        values = [student.id, student.name, mark.number, title, status, why, plain(mark.out_of)]
        fit = [(title, REVIEW["title"]), (why, REVIEW["why"])]
        sheet.write_row(row, values, wrap=(4, 6), fit=fit)
        decision = _decision(sheet, student, mark)
        word = sheet.label(decision.word) if decision.word else decision.points
        sheet.put_to_fill(row, 8, word)
        sheet.put(row, 9, fingerprint(mark))
    if not rows:
        sheet.write_nothing("held")
    sheet.finish(last=HEADER + len(rows), columns=8, freeze="D", filters=False)


def _write_flags(writer: _WorkbookWriter) -> None:
    """Write what is worth a look, with the file it is about; none of it changes a mark."""
    sheet = _Sheet(writer, "flags")
    sheet.write_header(sheet.headings(FLAGS))
    sheet.set_widths(FLAGS.values())
    row = HEADER
    for student in writer.gradebook.students:
        for result in writer.gradebook.of(student.id):
            for number, text in _flag_lines(writer.gradebook, student, result):
                row += 1
                values = [student.id, student.name, result.chapter, number, text, result.file]
                fit = [(text, FLAGS["flag"] - 4), (result.file, FLAGS["file"] - 4)]
                sheet.write_row(row, values, wrap=(5, 6), fit=fit)
    if row == HEADER:
        sheet.write_nothing("flags")
    sheet.finish(last=row, columns=len(FLAGS), freeze="C")


def _flag_lines(gradebook: Gradebook, student: Student, result: Result) -> list[tuple[str, str]]:
    lang, kinds = gradebook.lang, {flag.kind for flag in result.flags}
    lines = [(flag.number, flag_text(flag, lang)) for flag in result.flags]
    for note in gradebook.notes.get((student.id, result.chapter), ()):
        if note.partition(":")[0] not in kinds:
            lines.append(("", note_text("intake.note", note, lang)))
    return lines


def _write_questions(writer: _WorkbookWriter) -> dict[str, Iterable[str]]:
    """Write the sheet of every mark and what it can be traced by; return the rows, maybe many."""
    sheet = _Sheet(writer, "questions")
    sheet.write_header(sheet.headings(QUESTIONS))
    sheet.set_widths(QUESTIONS.values())
    styles = []
    sheet.ws.column_dimensions[get_column_letter(len(QUESTIONS))].hidden = True
    for name in QUESTIONS:
        number = name in ("points", "out_of", "override")
        side = Alignment(horizontal="right" if number else "left", vertical="top")
        font, shape = sheet.sheet_style.font(), NUMBER if number else "General"
        styles.append(
            style_ids(
                sheet.ws,
                font=font,
                border=rule(LINE),
                number_format=shape,
                alignment=side,
                fill=solid(TO_FILL) if name == "override" else None,
            )
        )
    lines = [
        [*map(clean_text, _mark_cells(writer.gradebook, student, result, mark))]
        for student in writer.gradebook.students
        for result in writer.gradebook.of(student.id)
        for mark in result.marks
    ]
    sheet.finish(last=HEADER + len(lines), columns=len(QUESTIONS), freeze="D")
    return {sheet.ws.title: table_rows(lines, first=FIRST, styles=styles)}


def _mark_cells(gradebook: Gradebook, student: Student, result: Result, mark: Mark) -> list[object]:
    lang, earned = gradebook.lang, gradebook.earned(student.id, mark)
    decision = gradebook.decisions.get((student.id, mark.number))
    override: object = None
    if decision and decision.override:
        override = label(f"book.{decision.word}", lang) if decision.word else decision.points
    by_hand = gradebook.is_decided(student.id, mark)
    mistake = mark.mistake or ""
    if mistake and (sentence := graded_item(mark.number).mistake_text(mistake, lang)):
        mistake = f"{mistake}: {sentence}"
    return [
        student.id,
        student.name,
        mark.number,
        label(f"book.status_{mark.status}", lang),
        None if earned is None else plain(earned),
        plain(mark.out_of),
        override,
        label("book.yes", lang) if by_hand else "",
        mistake,
        "; ".join(note_text("judge.note", note, lang) for note in mark.notes),
        result.file,
        result.sha256[:12],
        mark.digest[:12],
        f"{fingerprint(mark)}:{cell_text(None if earned is None else plain(earned))}",
    ]


def _write_left_out(writer: _WorkbookWriter) -> None:
    """Write who handed nothing in, and every file that was not graded, with the reason."""
    gradebook = writer.gradebook
    sheet = _Sheet(writer, "left_out")
    sheet.write_header(sheet.headings(LEFT_OUT))
    sheet.set_widths(LEFT_OUT.values())
    row = HEADER
    for student, chapter in gradebook.missing():
        row += 1
        reason = sheet.label("missing_chapter", chapter=chapter)
        sheet.write_row(row, ["–", f"{student.id} {student.name}".strip(), reason], wrap=(3,))
    for one in gradebook.left_out[:MAX_LEFT_OUT]:
        row += 1
        reason = one.explain(sheet.lang)
        fit = [(one.file, LEFT_OUT["what"] - 4), (reason, LEFT_OUT["reason"] - 4)]
        sheet.write_row(row, [one.file, one.student, reason], wrap=(1, 3), fit=fit)
    if len(gradebook.left_out) > MAX_LEFT_OUT:
        row += 1
        more = sheet.label("more", count=len(gradebook.left_out) - MAX_LEFT_OUT)
        sheet.write_row(row, ["…", "", more])
    if row == HEADER:
        sheet.write_nothing("left_out")
    sheet.finish(last=row, columns=len(LEFT_OUT), freeze="A")


def write_gradebook(gradebook: Gradebook, path: str | Path) -> Path:
    """Write a class's marks as a formatted Excel workbook; the same input gives the same bytes.

    The sheets are: marks, one row a student; the class, question by question; open answers and held
    ones, for the teacher to fill in; things to look at; every single mark; and what was left out.

    Returns
    -------
    pathlib.Path
        The file written.

    Raises
    ------
    DataError
        If the file cannot be written, e.g. because it is open in Excel.
    """
    check_target(path)
    writer = _WorkbookWriter(gradebook)
    _write_marks(writer)
    _write_class(writer)
    _write_open(writer)
    _write_review(writer)
    _write_flags(writer)
    rows = _write_questions(writer)
    _write_left_out(writer)
    cells = sum(len(result.marks) for result in gradebook.results.values()) * len(QUESTIONS)
    return save_workbook(writer.workbook, path, rows=rows, compress=cells > SMALL, quiet_text=True)
