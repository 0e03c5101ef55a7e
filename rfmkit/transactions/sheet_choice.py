"""Choose the sheet of a workbook that holds the ledger."""

import difflib
import warnings
from collections.abc import Callable

from rfmkit.labels import label
from rfmkit.schema import DataError, DataWarning
from rfmkit.transactions.headers import find_header


def choose_sheet(
    visible: dict[str, bool],
    sheet: str | None,
    chosen: dict[str, str],
    name: str,
    head_of: Callable[[str], list],
) -> str:
    """Take the sheet asked for, else the first visible one with the header of a ledger.

    Parameters
    ----------
    visible
        The titles of the sheets with cells, and whether each is shown.
    sheet, chosen
        The title asked for, and the user's own headers, as for `load_transactions`.
    name
        The file's name, for messages.
    head_of
        Gives the first rows of a sheet.

    Returns
    -------
    str
        A title.

    Raises
    ------
    DataError
        If there is no such sheet, or only hidden ones would do.

    Warns
    -----
    DataWarning
        If several sheets would do.

    Examples
    --------
    >>> heads = {"notes": [["hello"]], "books": [["customer", "date", "amount"]]}
    >>> choose_sheet({"notes": True, "books": True}, None, {}, "a.xlsx", heads.get)
    'books'
    """
    if not visible:
        raise DataError(label("ledger.only_charts", name=name))
    if sheet is not None and not isinstance(sheet, str):
        raise DataError(label("ledger.sheet_type", sheet=sheet, sheets=[*visible]))
    if sheet is not None:
        if sheet in visible:
            return sheet
        close = difflib.get_close_matches(sheet, visible, n=1)
        told = {"name": name, "sheet": sheet, "sheets": [*visible]}
        if close:
            raise DataError(label("ledger.no_sheet_close", close=close[0], **told))
        raise DataError(label("ledger.no_sheet", **told))
    heads = {title: head_of(title) for title in visible}
    ledgers = [title for title, head in heads.items() if find_header(head, chosen) is not None]
    seen = [title for title in ledgers if visible[title]]
    if ledgers and not seen:
        raise DataError(label("ledger.hidden", name=name, sheets=ledgers, first=ledgers[0]))
    if len(seen) > 1:
        warnings.warn(
            label("ledger.several_sheets", name=name, first=seen[0], others=seen[1:]),
            DataWarning,
            stacklevel=6,
        )
    filled = [title for title, head in heads.items() if head]
    return (seen or filled or [*visible])[0]
