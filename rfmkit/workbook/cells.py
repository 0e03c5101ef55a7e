"""Put any value into a spreadsheet cell without harm: no formula, no lost character."""

import re
from datetime import date, timedelta
from datetime import time as clock

import numpy as np
import pandas as pd
from openpyxl.cell import Cell

TEXT_LIMIT = 32_767  # what one Excel cell holds, in UTF-16 units
_formula_start = tuple("=+-@\t\r\n＝＋－＠")
# XML 1.0 has no way to write these characters, not even escaped.
_illegal = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def safe_cell(value: object) -> object:
    r"""Turn any value into one that an Excel cell can hold unchanged.

    Parameters
    ----------
    value
        Anything: text, numbers of Python, NumPy or pandas, dates, missing values.

    Returns
    -------
    str, int, float, bool, datetime, date, time, timedelta or None
        Missing values become None (an empty cell), infinite numbers the text "inf" or "-inf",
        integers beyond 15 digits text (Excel would round them). In text, characters that XML
        cannot hold become U+FFFD, a carriage return a line feed, and what exceeds 32,767
        characters is cut and ends with an ellipsis.

    Examples
    --------
    >>> safe_cell(np.int64(3)), safe_cell(pd.NaT), safe_cell(float("inf")), safe_cell("a\x00b")
    (3, None, 'inf', 'a�b')
    """
    if isinstance(value, str):
        return _clean_text(str(value))
    if isinstance(value, np.generic) and not isinstance(value, np.datetime64 | np.timedelta64):
        value = value.item()
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) < 10**15 else str(value)
    if isinstance(value, float):
        if value != value:
            return None
        return value if abs(value) != float("inf") else str(value)
    if isinstance(value, np.datetime64):
        value = pd.Timestamp(value)
    if isinstance(value, np.timedelta64):
        value = pd.Timedelta(value)
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return None
    if isinstance(value, date | clock):
        return _clean_time(value)
    if isinstance(value, timedelta):
        return timedelta(seconds=round(value.total_seconds()))
    return _clean_text(str(value))


def is_formula_like(text: object) -> bool:
    """Tell whether a spreadsheet could take a text for a formula, e.g. after an export to CSV.

    Examples
    --------
    >>> is_formula_like("=1+1"), is_formula_like("＋886 2"), is_formula_like("C-001")
    (True, True, False)
    """
    return isinstance(text, str) and text.startswith(_formula_start)


def put(cell: Cell, value: object) -> Cell:
    """Write a value into an openpyxl cell, and keep text that looks like a formula as text.

    Parameters
    ----------
    cell
        A cell of an openpyxl worksheet; set its style first.
    value
        Anything; it goes through `safe_cell`.

    Returns
    -------
    openpyxl.cell.Cell
        The same cell.
    """
    value = safe_cell(value)
    cell.value = None if isinstance(value, str) and not value else value
    if isinstance(cell.value, str):
        cell.data_type = "s"  # openpyxl would have made "=…" a formula and "#N/A" an error
        if is_formula_like(cell.value):
            cell.quotePrefix = True  # Excel keeps it text even when someone edits the cell
    return cell


def _clean_text(text: str) -> str:
    if text.isprintable() and len(text) * 2 <= TEXT_LIMIT:
        return text
    text = _illegal.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(units := text.encode("utf-16-le")) > TEXT_LIMIT * 2:
        text = units[: (TEXT_LIMIT - 1) * 2].decode("utf-16-le", errors="ignore") + "…"
    return text


def _clean_time(value: date | clock) -> object:
    """Give Excel a moment it knows; one with a zone, or before 1900, stays text."""
    if getattr(value, "tzinfo", None) is not None or getattr(value, "year", 1900) < 1900:
        return value.isoformat()
    return value.to_pydatetime(warn=False) if isinstance(value, pd.Timestamp) else value
