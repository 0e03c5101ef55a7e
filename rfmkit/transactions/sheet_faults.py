"""Tell why cells of a workbook are empty that a person sees filled: formulas, merged cells."""

import re
import warnings
import zipfile
from pathlib import Path

import pandas as pd
from openpyxl.utils import get_column_letter, range_boundaries

from rfmkit.labels import label
from rfmkit.schema import AMOUNT, CUSTOMER, DATE, ORDER, DataError, DataWarning

_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"([^>]*)(?<!/)>(.*?)</c>', re.DOTALL)
_FORMULA = re.compile(rb"<f[\s/>]")
_VALUE = re.compile(rb"<v>[^<]")
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]+\d+:[A-Z]+\d+)"')


def look_at_gaps(path: Path, part: str, tx: pd.DataFrame, headers: dict[str, str]) -> None:
    """Explain empty cells in the columns that count, by looking at the file a second time.

    Parameters
    ----------
    path, part
        The workbook, and where the XML of the sheet stands in it.
    tx
        The rows below the header; index: their number in the sheet; every column of the sheet.
    headers
        For each of the kit's names that the sheet has, its header there.

    Raises
    ------
    DataError
        If formulas were never calculated: the cells hold no value.

    Warns
    -----
    DataWarning
        If customers, dates, orders or amounts are merged over several rows: only the first row
        holds the value.
    """
    places = {tx.columns.get_loc(role): role for role in headers}
    if not tx.iloc[:, [*places]].isna().to_numpy().any():
        return
    with zipfile.ZipFile(path) as parts:
        xml = parts.read(part.lstrip("/"))
    letters = {get_column_letter(place + 1): role for place, role in places.items()}
    if _FORMULA.search(xml):
        _refuse_uncalculated(path, xml, letters, headers, int(tx.index[0]))
    spans = []
    for ref in (found.decode() for found in _MERGED.findall(xml)):
        left, top, _, bottom = range_boundaries(ref)
        role = places.get(left - 1)
        if role in (CUSTOMER, DATE, ORDER, AMOUNT) and top < bottom and top >= tx.index[0]:
            spans.append(f"{ref} ({headers[role]})")
    if spans:
        listed = label("cli.comma").join(spans[:5])
        if len(spans) > 5:
            listed = label("ledger.more", listed=listed, count=len(spans) - 5)
        warnings.warn(
            label("ledger.merged", name=path.name, spans=listed),
            DataWarning,
            stacklevel=4,
        )


def _refuse_uncalculated(
    path: Path, xml: bytes, letters: dict[str, str], headers: dict[str, str], first: int
) -> None:
    for letter, row, attributes, inside in _CELL.findall(xml):
        role = letters.get(letter.decode())
        # A formula that gives an empty text was calculated: Excel notes its type.
        known = b't="str"' in attributes or _VALUE.search(inside)
        if role and int(row) >= first and _FORMULA.search(inside) and not known:
            cell = f"{letter.decode()}{row.decode()}"
            raise DataError(
                label("ledger.not_calculated", name=path.name, header=headers[role], cell=cell)
            )
