"""Write the gradebook: a workbook that tells every mark and how it came about."""

from pathlib import Path

from openpyxl import Workbook

from rfmkit.classroom.grading.book import Book
from rfmkit.classroom.grading.gradebook_class import class_sheet
from rfmkit.classroom.grading.gradebook_hand import held_sheet, open_sheet
from rfmkit.classroom.grading.gradebook_lists import (
    flags_sheet,
    left_out_sheet,
    questions_sheet,
)
from rfmkit.classroom.grading.gradebook_marks import marks_sheet
from rfmkit.labels import label
from rfmkit.report.style import SheetStyle
from rfmkit.workbook import check_target, save_workbook

# As in rfmkit.report: beyond this many cells a small file is worth more than bytes that are the
# same with every zlib.
SMALL = 100_000


def write_gradebook(book: Book, path: str | Path) -> Path:
    """Write a class's marks as a formatted Excel workbook; the same input gives the same bytes.

    The sheets are: marks, one row a student; the class, question by question; open answers and held
    ones, for the teacher to fill in; things to look at; every single mark; and what was left out.

    Parameters
    ----------
    book
        The class.
    path
        Where to write; the name ends in .xlsx. A file that is there is replaced.

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
    dress = SheetStyle(book.lang)
    wb = Workbook()
    wb.remove(wb.active)
    wb.properties.title = label("book.title", book.lang)
    wb.properties.creator = "rfmkit"
    marks_sheet(wb, book, dress)
    class_sheet(wb, book, dress)
    open_sheet(wb, book, dress)
    held_sheet(wb, book, dress)
    flags_sheet(wb, book, dress)
    rows = questions_sheet(wb, book, dress)
    left_out_sheet(wb, book, dress)
    cells = sum(len(result.marks) for result in book.results.values()) * 12
    return save_workbook(wb, path, rows=rows, compress=cells > SMALL, quiet_text=True)
