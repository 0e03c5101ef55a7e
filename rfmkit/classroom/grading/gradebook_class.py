"""Write the sheet that says how the class did: where the next lesson can start."""

from openpyxl import Workbook
from openpyxl.formatting.rule import DataBarRule
from openpyxl.styles import Alignment, Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from rfmkit.classroom.grading.book import Book, plain
from rfmkit.classroom.grading.class_summary import (
    Mistake,
    QuestionSummary,
    class_mean,
    summarise,
)
from rfmkit.classroom.grading.gradebook_parts import (
    HEADER,
    finish,
    heads,
    new_sheet,
    row_height,
    widen,
    write_row,
)
from rfmkit.classroom.grading.results import UNDECIDED
from rfmkit.labels import label
from rfmkit.report.style import NAVY, SheetStyle, solid

MOST_MISTAKES = 40
BAR = "FF9CC7E8"  # pale, so that the number on it can be read
_columns = ("question", "title", "handed_in_count", "right_share", "follow_through", "not_yet",
            "missing_count", "failed_count", "undecided_count", "mean_share")  # fmt: skip
_widths = (11, 34, 11, 14, 16, 10, 10, 10, 10, 14)


def class_sheet(wb: Workbook, book: Book, dress: SheetStyle) -> None:
    """Write each question's results, and below them the mistakes, the most common first."""
    summaries, mistakes = summarise(book)
    handed_in = sum(1 for one in book.students if book.of(one.id))
    mean = class_mean(book)
    ws = new_sheet(
        wb, "class", book, dress, students=len(book.students), handed_in=handed_in,
        mean="–" if mean is None else f"{mean:.1f}", points=plain(book.out_of()),
        hint=start_here(mistakes, book.lang),
    )  # fmt: skip
    dress.header(ws, HEADER, heads(book, _columns))
    _wrap_header(ws, HEADER)
    widen(ws, _widths)
    row = HEADER
    for row, one in enumerate(summaries, start=HEADER + 1):
        values = _facts(one, book.lang)
        write_row(ws, row, values, dress, formats=("0",) * 3 + ("0%",) + ("0",) * 5 + ("0%",),
                  wrap=(2,), centre=(1,))  # fmt: skip
        ws.row_dimensions[row].height = row_height([(values[1], _widths[1])])
    for letter in "DJ":
        bar = DataBarRule("num", 0, "num", 1, color=BAR, showValue=True)
        ws.conditional_formatting.add(f"{letter}{HEADER + 1}:{letter}{max(row, HEADER + 1)}", bar)
    _mistakes(ws, row + 2, mistakes, book, dress)
    place = f"C{HEADER + 1}"
    finish(ws, last=row, columns=len(_columns), freeze=place, filters=False, one_table=False)


def start_here(mistakes: list[Mistake], lang: str) -> str:
    """Say in one line which mistake most students made."""
    if not mistakes:
        return label("book.no_mistakes", lang)
    one = mistakes[0]
    return label(
        "book.start_here", lang, number=one.question.number, count=one.count,
        title=one.question.title(lang),
    )  # fmt: skip


def _facts(one: QuestionSummary, lang: str) -> list[object]:
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
    """Tell a question that people mark: nothing in it is right or wrong by itself."""
    return one.handed_in > 0 and one.counts["open"] > 0 and not one.counts["right"]


def _wrap_header(ws: Worksheet, row: int) -> None:
    ws.row_dimensions[row].height = 34
    for column in range(1, len(_columns) + 1):
        ws.cell(row, column).alignment = Alignment(
            horizontal="center", vertical="center", wrap_text=True
        )


def _mistakes(
    ws: Worksheet, row: int, mistakes: list[Mistake], book: Book, dress: SheetStyle
) -> None:
    """Write the mistakes with a name, how many made each, and what they were told."""
    title = ws.cell(row, 1, label("book.mistakes", book.lang))
    title.font = dress.font(size=13, bold=True, colour=NAVY)
    ws.row_dimensions[row].height = 24
    row += 1
    if not mistakes:
        ws.cell(row, 1, label("book.no_mistakes", book.lang)).font = dress.font(colour="566070")
        return
    dress.header(ws, row, heads(book, ("question", "title", "made_by", "made_share", "told")))
    last = len(_columns)
    for column in range(5, last + 1):
        ws.cell(row, column).fill = solid(NAVY)
    ws.merge_cells(start_row=row, start_column=5, end_row=row, end_column=last)
    width = sum(_widths[4:])
    for one in mistakes[:MOST_MISTAKES]:
        row += 1
        number = one.question
        values = [number.number, number.title(book.lang), one.count, one.share,
                  one.told(book.lang)]  # fmt: skip
        write_row(ws, row, values, dress, formats=("0", "0", "0", "0%"), wrap=(2, 5), centre=(1,))
        ws.merge_cells(start_row=row, start_column=5, end_row=row, end_column=last)
        for column in range(5, last + 1):
            ws.cell(row, column).border = Border(bottom=Side(style="thin", color="D5DCE4"))
        texts = [(values[1], _widths[1]), (values[4], width * 0.92)]
        ws.row_dimensions[row].height = row_height(texts)
