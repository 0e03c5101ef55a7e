"""Read the sheets of a gradebook that the teacher fills in."""

import warnings
from pathlib import Path

from rfmkit.labels import LANGUAGES, label
from rfmkit.schema import DataError

PARTS = 9  # criteria columns that a sheet may have
_roles = ("id", "question", "points", "decision", "print")


def hand_rows(path: Path, lang: str) -> list[tuple[str, int, dict[str, object]]]:
    """Give every row of both sheets; the header may be in either language, columns in any order.

    Parameters
    ----------
    path
        A gradebook.
    lang
        The language of the errors.

    Returns
    -------
    list of (str, int, dict)
        The sheet's title, the row's number, and its cells by their role: "id", "question",
        "part1" and so on, "points", "decision", "print".

    Raises
    ------
    DataError
        If it is no workbook, or has neither sheet.
    """
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # styles that openpyxl leaves out
            wb = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except FileNotFoundError:
        raise DataError(label("grading.table.missing", lang, path=path)) from None
    except Exception as error:  # a broken workbook breaks openpyxl in a dozen ways
        raise DataError(label("grading.table.broken", lang, file=path.name)) from error
    names = {label(f"book.head_{role}", one): role for role in _roles for one in LANGUAGES}
    for place in range(1, PARTS + 1):
        names |= {label("book.head_part", one, place=place): f"part{place}" for one in LANGUAGES}
    titles = {label(f"book.sheet_{name}", one) for name in ("open", "held") for one in LANGUAGES}
    found, rows = False, []
    for ws in wb.worksheets:
        if ws.title not in titles:
            continue
        ws.reset_dimensions()  # some programs write a wrong one
        roles: dict[int, str] = {}
        for number, row in enumerate(ws.iter_rows(values_only=True), start=1):
            heads = {place: names[cell_text(cell)] for place, cell in enumerate(row)
                     if cell_text(cell) in names}  # fmt: skip
            if {"id", "question"} <= set(heads.values()):
                roles, found = heads, True
            elif roles:
                cells = {role: row[p] if p < len(row) else None for p, role in roles.items()}
                rows += [(ws.title, number, cells)] if cell_text(cells["id"]) else []
    wb.close()
    if not found:
        raise DataError(label("marks.no_sheet", lang, file=path.name))
    return rows


def cell_text(value: object) -> str:
    """Write a cell's value as text.

    Examples
    --------
    >>> cell_text(None), cell_text(" B1 "), cell_text(2)
    ('', 'B1', '2')
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()
