"""Write the gradebook: a workbook that shows every mark and how it came about."""

from collections.abc import Iterable, Sequence
from copy import copy
from itertools import groupby
from pathlib import Path
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.formatting.rule import DataBarRule
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from rfmgrade.assign.roster import Student
from rfmgrade.gradebook.gradebook import (
    Decision,
    Gradebook,
    Mistake,
    QuestionSummary,
    class_mean,
    fingerprint,
    plain,
    summarise,
)
from rfmgrade.marking.exercise import graded_item
from rfmgrade.marking.results import UNDECIDED, Flag, Mark, Result
from rfmkit.formats import column_width
from rfmkit.labels import label, texts
from rfmkit.report.style import LINE, NAVY, PALE, WIDEST, SheetStyle, paper, rule, solid
from rfmkit.workbook import check_target, put, save_workbook, style_ids, table_rows

HEADER = 4
NUMBER = "0.##"
TO_FILL = "FFF4CC"
_styles: WeakKeyDictionary = WeakKeyDictionary()
# Behind the points of a question; the sheet "questions" says the same in words.
FILLS = {
    "right": None,
    "follow_through": "DCEBFA",
    "known_mistake": "FBE3D0",
    "wrong": "FBE3D0",
    "missing": "E6E8EB",
    "failed": "E6E8EB",
    "held": TO_FILL,
    "open": TO_FILL,
    "person": TO_FILL,
}
FIXED = ("id", "name", "section", "total", "share", "undecided", "handed_in", "late", "flags")
MAX_MISTAKES = 40
BAR = "FF9CC7E8"  # pale, so that the number on it can be read
_CLASS_COLUMNS = (
    "question",
    "title",
    "handed_in_count",
    "right_share",
    "follow_through",
    "not_yet",
    "missing_count",
    "failed_count",
    "undecided_count",
    "mean_share",
)
_CLASS_WIDTHS = (11, 34, 11, 14, 16, 10, 10, 10, 10, 14)
ANSWER_WIDTH, PART_WIDTH = 66, 20
MAX_LEFT_OUT = 5_000
_MARK_COLUMNS = (
    "id",
    "name",
    "question",
    "status",
    "points",
    "out_of",
    "by_hand",
    "mistake",
    "notes",
    "file",
    "sha256",
    "digest",
)
_MARK_WIDTHS = (12, 14, 11, 28, 8, 9, 10, 44, 44, 40, 15, 15)
# As in rfmkit.report: beyond this many cells a small file is worth more than bytes that are the
# same with every zlib.
SMALL = 100_000


def new_sheet(
    wb: Workbook, name: str, gradebook: Gradebook, sheet_style: SheetStyle, **values: object
) -> Worksheet:
    """Add a sheet with its title and the lines that say how to read it."""
    ws = wb.create_sheet(label(f"book.sheet_{name}", gradebook.lang))
    ws.sheet_view.showGridLines = False
    title = label(f"book.title_{name}", gradebook.lang, **values)
    lines = label(f"book.note_{name}", gradebook.lang, **values).split("\n")
    sheet_style.title(ws, title, lines[0])
    for row, line in enumerate(lines[1:2], start=3):
        ws.cell(row, 1, line).font = sheet_style.font(size=10, colour="566070")
        ws.cell(row, 1).alignment = Alignment(vertical="top")
    ws.row_dimensions[2].height = 18
    ws.row_dimensions[3].height = 20
    return ws


def headings(gradebook: Gradebook, names: Iterable[str]) -> list[str]:
    """Look up the names of columns."""
    return [label(f"book.head_{name}", gradebook.lang) for name in names]


def write_row(
    ws: Worksheet,
    row: int,
    values: Sequence[object],
    sheet_style: SheetStyle,
    *,
    formats: Sequence[str] = (),
    wrap: Sequence[int] = (),
    centre: Sequence[int] = (),
) -> None:
    """Write a row of values in the style of the book; `wrap` and `centre` name columns from 1."""
    ws.row_dimensions[row].height = 20
    for column, value in enumerate(values, start=1):
        number = isinstance(value, int | float) and not isinstance(value, bool)
        middle = number or column in centre
        shape = formats[column - 1] if number and column <= len(formats) else NUMBER
        cell = style(
            ws.cell(row, column),
            sheet_style,
            side="center" if middle else "left",
            vertical="top" if wrap else "center",
            wrap=column in wrap,
            indent=0 if middle else 1,
            number_format=shape if number else "General",
        )
        put(cell, value)


def style(
    cell: Cell,
    sheet_style: SheetStyle,
    *,
    side: str = "center",
    vertical: str = "center",
    wrap: bool = False,
    indent: int = 0,
    number_format: str = NUMBER,
    fill: str | None = None,
    box: bool = False,
) -> Cell:
    """Style a cell of the gradebook; each style is made once, and not for every cell."""
    known = _styles.setdefault(cell.parent.parent, {})
    key = (side, vertical, wrap, indent, number_format, fill, box)
    if key in known:
        cell._style = copy(known[key])
        return cell
    cell.font = sheet_style.font()
    cell.border = Border(*[Side(style="thin", color=LINE)] * 4) if box else rule(LINE)
    cell.alignment = Alignment(horizontal=side, vertical=vertical, wrap_text=wrap, indent=indent)
    cell.number_format = number_format
    if fill:
        cell.fill = solid(fill)
    known[key] = copy(cell._style)
    return cell


def widen(ws: Worksheet, widths: Sequence[float]) -> None:
    """Set the widths of columns, in characters."""
    for column, width in enumerate(widths, start=1):
        ws.column_dimensions[get_column_letter(column)].width = min(width, WIDEST)


def width_of(head: str, cells: Iterable[object], *, least: float = 6, most: float = 40) -> float:
    """Compute the width of a column from its header and its cells."""
    found = max((column_width(str(cell)) for cell in cells if cell is not None), default=0)
    return min(max(column_width(head) + 3, found * 1.1 + 2, least), most)


def finish(
    ws: Worksheet,
    *,
    last: int,
    columns: int,
    freeze: str,
    filters: bool = True,
    one_table: bool = True,
) -> None:
    """Freeze the heads, let the table be filtered, and set the sheet up for paper.

    The head stands on every page, unless another table follows.
    """
    ws.freeze_panes = freeze
    if filters and last > HEADER:
        ws.auto_filter.ref = f"A{HEADER}:{get_column_letter(columns)}{last}"
    paper(ws, header_row=HEADER if one_table else None)
    ws.sheet_view.selection[0].activeCell = ws.sheet_view.selection[0].sqref = "A1"


def row_height(cells: Iterable[tuple[object, float]]) -> float:
    """Compute the height of a row for wrapped texts, each with its column's width."""
    lines = 1
    for value, width in cells:
        parts = str(value or "").split("\n")
        lines = max(lines, sum(-(-max(column_width(part), 1) // int(width)) for part in parts))
    return min(4 + 16 * lines, 400)


def note_text(prefix: str, text: str, lang: str) -> str:
    """Return a note such as "earlier:file" in words; an unknown one as it is.

    Examples
    --------
    >>> said("intake.note", "earlier:a.ipynb", "en")
    'an earlier copy does not count: a.ipynb'
    """
    name, _, value = text.partition(":")
    for key in (f"{prefix}.{name}", name):
        if key in texts():
            return label(key, lang).replace("{value}", value)
    return text


def write_marks_sheet(wb: Workbook, gradebook: Gradebook, sheet_style: SheetStyle) -> None:
    """Write totals and the points of each question, for everybody on the roster."""
    out_of = plain(gradebook.out_of())
    chapters = " ".join(gradebook.chapters)
    ws = new_sheet(wb, "marks", gradebook, sheet_style, chapters=chapters, points=out_of)
    fixed = headings(gradebook, FIXED)
    names = [f"{one.number}\n/{plain(one.points)}" for one in gradebook.questions]
    sheet_style.header(ws, HEADER, [*fixed, *names])
    ws.row_dimensions[HEADER].height = 34
    for column in range(1, len(fixed) + len(names) + 1):
        centred = Alignment(horizontal="center", vertical="center", wrap_text=True)
        ws.cell(HEADER, column).alignment = centred
    formats = ["General"] * 3 + [NUMBER, "0%", NUMBER, "General", "General", "0"]
    rows = []
    for row, student in enumerate(gradebook.students, start=HEADER + 1):
        values = _student_cells(gradebook, student, out_of)
        rows.append(values)
        write_row(ws, row, values, sheet_style, formats=formats, centre=(8,))
        _questions(ws, row, student, gradebook, sheet_style)
    widths = [
        width_of(head, column) for head, column in zip(fixed, zip(*rows, strict=True), strict=True)
    ]
    widths[3:6] = [max(width_of(head, [], least=9), 9) for head in fixed[3:6]]
    widen(ws, [*widths, *([7.5] * len(names))])
    columns = len(fixed) + len(names)
    finish(ws, last=HEADER + len(rows), columns=columns, freeze=f"C{HEADER + 1}")


def _student_cells(gradebook: Gradebook, student: Student, out_of: float) -> list[object]:
    results, lang = gradebook.of(student.id), gradebook.lang
    total = gradebook.total(student.id)
    if total is None:
        nothing = label("book.nothing", lang)
        return [student.id, student.name, student.section, None, None, None, nothing, "", None]
    points, undecided = total
    when = [one.handed_in.replace("T", " ")[:16] for one in results if one.handed_in]
    late = label("book.late", lang) if any(one.late for one in results) else ""
    flags = sum(len(one.flags) for one in results)
    flags += sum(len(gradebook.notes.get((student.id, one.chapter), ())) for one in results)
    share = points / out_of if out_of and not undecided else None
    return [
        student.id,
        student.name,
        student.section,
        points,
        share,
        undecided or None,
        max(when, default=""),
        late,
        flags or None,
    ]


def _questions(
    ws: Worksheet, row: int, student: Student, gradebook: Gradebook, sheet_style: SheetStyle
) -> None:
    marks = {mark.number: mark for one in gradebook.of(student.id) for mark in one.marks}
    for column, one in enumerate(gradebook.questions, start=len(FIXED) + 1):
        cell, mark, fill, earned = ws.cell(row, column), marks.get(one.number), None, None
        if mark is not None:
            earned = gradebook.earned(student.id, mark)
            decided = mark.points is None and earned is not None
            fill = None if decided else FILLS[mark.status]
        style(cell, sheet_style, fill=fill)
        if mark is not None:
            put(cell, "？" if earned is None else plain(earned))


def write_class_sheet(wb: Workbook, gradebook: Gradebook, sheet_style: SheetStyle) -> None:
    """Write each question's results, and below them the mistakes, the most common first."""
    summaries, mistakes = summarise(gradebook)
    handed_in = sum(1 for one in gradebook.students if gradebook.of(one.id))
    mean = class_mean(gradebook)
    ws = new_sheet(
        wb,
        "class",
        gradebook,
        sheet_style,
        students=len(gradebook.students),
        handed_in=handed_in,
        mean="–" if mean is None else f"{mean:.1f}",
        points=plain(gradebook.out_of()),
        hint=start_here(mistakes, gradebook.lang),
    )
    sheet_style.header(ws, HEADER, headings(gradebook, _CLASS_COLUMNS))
    _wrap_header(ws, HEADER)
    widen(ws, _CLASS_WIDTHS)
    row = HEADER
    for row, one in enumerate(summaries, start=HEADER + 1):
        values = _question_cells(one, gradebook.lang)
        write_row(
            ws,
            row,
            values,
            sheet_style,
            formats=("0",) * 3 + ("0%",) + ("0",) * 5 + ("0%",),
            wrap=(2,),
            centre=(1,),
        )
        ws.row_dimensions[row].height = row_height([(values[1], _CLASS_WIDTHS[1])])
    for letter in "DJ":
        bar = DataBarRule("num", 0, "num", 1, color=BAR, showValue=True)
        ws.conditional_formatting.add(f"{letter}{HEADER + 1}:{letter}{max(row, HEADER + 1)}", bar)
    _mistakes(ws, row + 2, mistakes, gradebook, sheet_style)
    place = f"C{HEADER + 1}"
    finish(ws, last=row, columns=len(_CLASS_COLUMNS), freeze=place, filters=False, one_table=False)


def start_here(mistakes: list[Mistake], lang: str) -> str:
    """Return one line on the mistake that most students made."""
    if not mistakes:
        return label("book.no_mistakes", lang)
    one = mistakes[0]
    return label(
        "book.start_here",
        lang,
        number=one.question.number,
        count=one.count,
        title=one.question.title(lang),
    )


def _question_cells(one: QuestionSummary, lang: str) -> list[object]:
    counts = one.counts
    return [
        one.question.number,
        one.question.title(lang),
        one.handed_in,
        None if _by_hand(one) else one.share("right", "follow_through"),
        counts["follow_through"],
        counts["known_mistake"] + counts["wrong"],
        counts["missing"],
        counts["failed"],
        sum(counts[status] for status in UNDECIDED),
        one.mean,
    ]


def _by_hand(one: QuestionSummary) -> bool:
    """Return whether people mark a question: nothing in it is right or wrong by itself."""
    return one.handed_in > 0 and one.counts["open"] > 0 and not one.counts["right"]


def _wrap_header(ws: Worksheet, row: int) -> None:
    ws.row_dimensions[row].height = 34
    for column in range(1, len(_CLASS_COLUMNS) + 1):
        ws.cell(row, column).alignment = Alignment(
            horizontal="center", vertical="center", wrap_text=True
        )


def _mistakes(
    ws: Worksheet, row: int, mistakes: list[Mistake], gradebook: Gradebook, sheet_style: SheetStyle
) -> None:
    """Write the mistakes with a name, how many made each, and what they were told."""
    title = ws.cell(row, 1, label("book.mistakes", gradebook.lang))
    title.font = sheet_style.font(size=13, bold=True, colour=NAVY)
    ws.row_dimensions[row].height = 24
    row += 1
    if not mistakes:
        ws.cell(row, 1, label("book.no_mistakes", gradebook.lang)).font = sheet_style.font(
            colour="566070"
        )
        return
    sheet_style.header(
        ws, row, headings(gradebook, ("question", "title", "made_by", "made_share", "told"))
    )
    last = len(_CLASS_COLUMNS)
    for column in range(5, last + 1):
        ws.cell(row, column).fill = solid(NAVY)
    ws.merge_cells(start_row=row, start_column=5, end_row=row, end_column=last)
    width = sum(_CLASS_WIDTHS[4:])
    for one in mistakes[:MAX_MISTAKES]:
        row += 1
        number = one.question
        values = [
            number.number,
            number.title(gradebook.lang),
            one.count,
            one.share,
            one.text(gradebook.lang),
        ]
        write_row(
            ws, row, values, sheet_style, formats=("0", "0", "0", "0%"), wrap=(2, 5), centre=(1,)
        )
        ws.merge_cells(start_row=row, start_column=5, end_row=row, end_column=last)
        for column in range(5, last + 1):
            ws.cell(row, column).border = Border(bottom=Side(style="thin", color="D5DCE4"))
        texts = [(values[1], _CLASS_WIDTHS[1]), (values[4], width * 0.92)]
        ws.row_dimensions[row].height = row_height(texts)


Row = tuple[Student, Result, Mark]


def write_open_sheet(wb: Workbook, gradebook: Gradebook, sheet_style: SheetStyle) -> None:
    """Write every open answer beside the criteria of its rubric, question by question."""
    rows = [row for row in gradebook.undecided() if row[2].status == "open"]
    ws = new_sheet(wb, "open", gradebook, sheet_style)
    parts = max((len(graded_item(row[2].number).rubric) for row in rows), default=0)
    names = [label("book.head_part", gradebook.lang, place=place) for place in range(1, parts + 1)]
    titles = [
        *headings(gradebook, ("id", "name", "question", "answer")),
        *names,
        *headings(gradebook, ("points", "print")),
    ]
    sheet_style.header(ws, HEADER, titles)
    widen(ws, [12, 14, 11, ANSWER_WIDTH, *([PART_WIDTH] * parts), 9, 4])
    ws.column_dimensions[get_column_letter(len(titles))].hidden = True
    row = HEADER
    for number, block in groupby(rows, key=lambda one: one[2].number):
        row += 1
        _rubric(ws, row, number, parts, gradebook.lang, sheet_style)
        first = row + 1
        for one in block:
            row += 1
            _answer(ws, row, one, parts, gradebook, sheet_style)
        _limit(ws, number, parts, first, row, gradebook.lang)
    if not rows:
        ws.cell(HEADER + 1, 1, label("book.none_open", gradebook.lang)).font = sheet_style.font()
    finish(ws, last=row, columns=len(titles), freeze=f"D{HEADER + 1}", filters=False)


def write_review_sheet(wb: Workbook, gradebook: Gradebook, sheet_style: SheetStyle) -> None:
    """Write what else a person has to decide, with space for the decision."""
    rows = [row for row in gradebook.undecided() if row[2].status != "open"]
    ws = new_sheet(wb, "held", gradebook, sheet_style)
    names = ("id", "name", "question", "title", "status", "why", "out_of", "decision", "print")
    sheet_style.header(ws, HEADER, headings(gradebook, names))
    widths = [12, 14, 11, 28, 18, 60, 9, 20, 4]
    widen(ws, widths)
    ws.column_dimensions["I"].hidden = True
    for row, (student, result, mark) in enumerate(rows, start=HEADER + 1):
        title = graded_item(mark.number).title(gradebook.lang)
        why = [
            *(note_text("judge.note", note, gradebook.lang) for note in mark.notes),
            mark.feedback,
            result.trouble,
        ]
        why = list(dict.fromkeys(filter(None, why)))
        values = [
            student.id,
            student.name,
            mark.number,
            title,
            label(f"book.status_{mark.status}", gradebook.lang),
            "\n".join(why),
            plain(mark.out_of),
        ]
        write_row(ws, row, values, sheet_style, wrap=(4, 6))
        decision = gradebook.decisions.get((student.id, mark.number))
        _to_fill(ws, row, 8, _typed(decision, gradebook.lang), sheet_style)
        put(ws.cell(row, 9), fingerprint(mark))
        ws.row_dimensions[row].height = row_height([(title, widths[3]), (values[5], widths[5])])
    if not rows:
        ws.cell(HEADER + 1, 1, label("book.none_held", gradebook.lang)).font = sheet_style.font()
    finish(ws, last=HEADER + len(rows), columns=8, freeze=f"D{HEADER + 1}", filters=False)


def _typed(decision: Decision | None, lang: str) -> object:
    if decision is None:
        return None
    return label(f"book.{decision.word}", lang) if decision.word else decision.points


def _rubric(
    ws: Worksheet, row: int, number: str, parts: int, lang: str, sheet_style: SheetStyle
) -> None:
    """Write the line above a question's answers: what it asks, and what each criterion wants."""
    one = graded_item(number)
    put(ws.cell(row, 3), number)
    put(ws.cell(row, 4), f"{one.title(lang)}\n{one.task(lang)}".strip())
    wanted = graded_item(number).rubric
    for place, (points, words) in enumerate(wanted):
        sentence = label("book.criterion", lang, text=words[lang], points=plain(points))
        put(ws.cell(row, 5 + place), sentence)
    put(ws.cell(row, 5 + parts), label("book.most", lang, points=plain(one.points)))
    for column in range(1, 6 + parts):
        cell = ws.cell(row, column)
        cell.fill = solid(PALE)
        cell.font = sheet_style.font(size=10, bold=column in (3, 5 + parts))
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    texts = [(ws.cell(row, 4).value, ANSWER_WIDTH)]  # in small print, so more fits on a line
    texts += [(ws.cell(row, 5 + place).value, PART_WIDTH + 1) for place in range(len(wanted))]
    ws.row_dimensions[row].height = row_height(texts)


def _answer(
    ws: Worksheet, row: int, one: Row, parts: int, gradebook: Gradebook, sheet_style: SheetStyle
) -> None:
    student, _, mark = one
    write_row(ws, row, [student.id, student.name, mark.number, mark.answer], sheet_style, wrap=(4,))
    limits = [points for points, _ in graded_item(mark.number).rubric]
    decision = gradebook.decisions.get((student.id, mark.number)) or Decision(None)
    filled = (*decision.parts, *([None] * len(limits)))[: len(limits)]
    for place, value in enumerate(filled):
        _to_fill(ws, row, 5 + place, value, sheet_style)
    total = _to_fill(ws, row, 5 + parts, None if decision.parts else decision.points, sheet_style)
    if limits and total.value is None:
        first, last = f"E{row}", f"{get_column_letter(4 + len(limits))}{row}"
        total.value = f'=IF(COUNT({first}:{last})={len(limits)},SUM({first}:{last}),"")'
    put(ws.cell(row, 6 + parts), fingerprint(mark))
    ws.row_dimensions[row].height = row_height([(mark.answer, ANSWER_WIDTH - 4)])


def _to_fill(ws: Worksheet, row: int, column: int, value: object, sheet_style: SheetStyle) -> Cell:
    return put(
        style(ws.cell(row, column), sheet_style, vertical="top", fill=TO_FILL, box=True), value
    )


def _limit(ws: Worksheet, number: str, parts: int, first: int, last: int, lang: str) -> None:
    """Validate the points typed in one question's rows."""
    item = graded_item(number)
    most = {5 + place: points for place, (points, _) in enumerate(item.rubric)}
    for column, points in {**most, 5 + parts: item.points}.items():
        letter, limit = get_column_letter(column), str(plain(points))
        found = DataValidation("decimal", operator="between", formula1="0", formula2=limit)
        found.errorTitle = label("book.title", lang)
        found.error = label("book.limit", lang, points=limit)
        found.add(f"{letter}{first}:{letter}{last}")
        ws.add_data_validation(found)


def write_questions_sheet(
    wb: Workbook, gradebook: Gradebook, sheet_style: SheetStyle
) -> dict[str, Iterable[str]]:
    """Write every mark with all that it can be traced by; give the rows, which may be many."""
    ws = new_sheet(wb, "questions", gradebook, sheet_style)
    sheet_style.header(ws, HEADER, headings(gradebook, _MARK_COLUMNS))
    widen(ws, _MARK_WIDTHS)
    styles = [
        style_ids(
            ws,
            font=sheet_style.font(),
            border=rule(LINE),
            number_format=NUMBER if name in ("points", "out_of") else "General",
            alignment=Alignment(
                horizontal="right" if name in ("points", "out_of") else "left", vertical="top"
            ),
        )
        for name in _MARK_COLUMNS
    ]
    lines = list(_marks(gradebook))
    finish(ws, last=HEADER + len(lines), columns=len(_MARK_COLUMNS), freeze=f"D{HEADER + 1}")
    return {ws.title: table_rows(lines, first=HEADER + 1, styles=styles)}


def _marks(gradebook: Gradebook) -> Iterable[list[object]]:
    lang = gradebook.lang
    for student in gradebook.students:
        for result in gradebook.of(student.id):
            for mark in result.marks:
                earned = gradebook.earned(student.id, mark)
                by_hand = mark.points is None and earned is not None
                words = _mistake(mark.number, mark.mistake, lang)
                notes = "; ".join(note_text("judge.note", note, lang) for note in mark.notes)
                yield [
                    student.id,
                    student.name,
                    mark.number,
                    label(f"book.status_{mark.status}", lang),
                    None if earned is None else plain(earned),
                    plain(mark.out_of),
                    label("book.yes", lang) if by_hand else "",
                    words,
                    notes,
                    result.file,
                    result.sha256[:12],
                    mark.digest[:12],
                ]


def _mistake(number: str, name: str | None, lang: str) -> str:
    """Return a mistake in words, beginning with its name in the questions' tables."""
    if not name:
        return ""
    sentence = graded_item(number).mistake_text(name, lang)
    return f"{name}: {sentence}" if sentence else name


def write_flags_sheet(wb: Workbook, gradebook: Gradebook, sheet_style: SheetStyle) -> None:
    """Write what is worth a look, with the file it is about; none of it changes a mark."""
    ws = new_sheet(wb, "flags", gradebook, sheet_style)
    names = ("id", "name", "chapter", "question", "flag", "file")
    widths = [12, 14, 10, 11, 84, 44]
    sheet_style.header(ws, HEADER, headings(gradebook, names))
    widen(ws, widths)
    row = HEADER
    for student in gradebook.students:
        for result in gradebook.of(student.id):
            flags = [(flag.number, flag_text(flag, gradebook.lang)) for flag in result.flags]
            kinds = {flag.kind for flag in result.flags}
            notes = gradebook.notes.get((student.id, result.chapter), ())
            flags += [
                ("", note_text("intake.note", note, gradebook.lang))
                for note in notes
                if note.partition(":")[0] not in kinds
            ]
            for number, text in flags:
                row += 1
                values = [student.id, student.name, result.chapter, number, text, result.file]
                write_row(ws, row, values, sheet_style, wrap=(5, 6))
                ws.row_dimensions[row].height = row_height(
                    [(text, widths[4] - 4), (result.file, widths[5] - 4)]
                )
    if row == HEADER:
        ws.cell(row + 1, 1, label("book.none_flags", gradebook.lang)).font = sheet_style.font()
    finish(ws, last=row, columns=len(names), freeze=f"C{HEADER + 1}")


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


def write_left_out_sheet(wb: Workbook, gradebook: Gradebook, sheet_style: SheetStyle) -> None:
    """Write who handed nothing in, and every file that was not graded, with the reason."""
    ws = new_sheet(wb, "left_out", gradebook, sheet_style)
    sheet_style.header(ws, HEADER, headings(gradebook, ("what", "who", "reason")))
    widths = [64, 28, 60]
    widen(ws, widths)
    row = HEADER
    for student, chapter in gradebook.missing():
        row += 1
        who = f"{student.id} {student.name}".strip()
        sentence = label("book.missing_chapter", gradebook.lang, chapter=chapter)
        write_row(ws, row, ["–", who, sentence], sheet_style, wrap=(3,))
    for one in gradebook.left_out[:MAX_LEFT_OUT]:
        row += 1
        sentence = one.explain(gradebook.lang)
        write_row(ws, row, [one.file, one.student, sentence], sheet_style, wrap=(1, 3))
        ws.row_dimensions[row].height = row_height(
            [(one.file, widths[0] - 4), (sentence, widths[2] - 4)]
        )
    if len(gradebook.left_out) > MAX_LEFT_OUT:
        row += 1
        more = label("book.more", gradebook.lang, count=len(gradebook.left_out) - MAX_LEFT_OUT)
        write_row(ws, row, ["…", "", more], sheet_style)
    if row == HEADER:
        ws.cell(row + 1, 1, label("book.none_left_out", gradebook.lang)).font = sheet_style.font()
    finish(ws, last=row, columns=3, freeze=f"A{HEADER + 1}")


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
    sheet_style = SheetStyle(gradebook.lang)
    wb = Workbook()
    wb.remove(wb.active)
    wb.properties.title = label("book.title", gradebook.lang)
    wb.properties.creator = "rfmkit"
    write_marks_sheet(wb, gradebook, sheet_style)
    write_class_sheet(wb, gradebook, sheet_style)
    write_open_sheet(wb, gradebook, sheet_style)
    write_review_sheet(wb, gradebook, sheet_style)
    write_flags_sheet(wb, gradebook, sheet_style)
    rows = write_questions_sheet(wb, gradebook, sheet_style)
    write_left_out_sheet(wb, gradebook, sheet_style)
    cells = sum(len(result.marks) for result in gradebook.results.values()) * 12
    return save_workbook(wb, path, rows=rows, compress=cells > SMALL, quiet_text=True)
