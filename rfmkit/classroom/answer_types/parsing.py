"""Parse tables and columns of answers, whatever their index, dtype and headings."""

import math
import numbers
from decimal import Decimal

import numpy as np
import pandas as pd

from rfmkit.classroom.answer_types.base import InvalidAnswer, check_size, type_name
from rfmkit.classroom.plain_names import names_to_codes, plain_index, shorten

_KEYED = ("customer", "class", "tier")


def parse_frame(
    answer: object, columns: tuple[str, ...], rows: str, scheme: str | None = None
) -> pd.DataFrame:
    """Parse a frame into one with plain headings, and plain row keys as its index."""
    if not isinstance(answer, pd.DataFrame):
        raise InvalidAnswer("check.need_table", type=type_name(answer))
    check_size(*answer.shape)
    table = pd.DataFrame(answer)  # a subclass may do anything; the plain class does not
    if table.columns.nlevels > 1:
        raise InvalidAnswer("check.several_headings")
    names = names_to_codes((*columns, rows))
    if rows == "class" and "class" not in table.columns:
        names = {**names, "tier": "class"}  # one thing, by two names in the lessons
    there = {name for name in table.columns if isinstance(name, str)}
    table = table.rename(
        columns=lambda name: names[name] if name in names and names[name] not in there else name
    )
    if sum(name == rows for name in map(str, table.columns)) > 1:
        raise InvalidAnswer("check.repeats_columns")
    if rows in table.columns:
        table = table.set_index(rows)
    return table.set_axis(parse_row_keys(table.index, rows, scheme), axis=0)


def parse_series(
    answer: object, rows: str, *, column: str | None, scheme: str | None = None
) -> pd.Series:
    """Parse a Series, a dict, or a frame of one column besides the key."""
    if isinstance(answer, dict):
        check_size(len(answer))
        answer = pd.Series(list(answer.values()), index=pd.Index(list(answer), tupleize_cols=False))
    if isinstance(answer, pd.DataFrame):
        table = parse_frame(answer, (column,) if column else (), rows, scheme)
        if column and list(table.columns).count(column) == 1:
            return table[column]
        if table.shape[1] != 1:
            raise InvalidAnswer("check.one_column", columns=headings(table.columns))
        return table.iloc[:, 0]
    if not isinstance(answer, pd.Series):
        raise InvalidAnswer("check.need_values", type=type_name(answer))
    check_size(len(answer))
    plain = pd.Series(answer)
    return plain.set_axis(parse_row_keys(plain.index, rows, scheme))


def parse_row_keys(index: pd.Index, rows: str, scheme: str | None) -> pd.Index:
    """Convert an index into plain text, tiers into codes; refuse one that only counts rows."""
    if index.nlevels > 1:
        raise InvalidAnswer("check.several_levels", levels=index.nlevels, rows=rows)
    index = index.get_level_values(0)
    if rows in _KEYED and isinstance(index, pd.RangeIndex) and len(index):
        raise InvalidAnswer("check.no_key", rows=rows)
    return plain_index(index, rows, scheme)


def on_shared_rows(
    one: pd.Series, other: pd.Series, least: float = 0.8
) -> tuple[pd.Series, pd.Series] | None:
    """Align two columns on the rows that both have; None where they share too few."""
    if one.index.equals(other.index):
        return one, other
    if one.index.has_duplicates or other.index.has_duplicates:
        return None
    shared = one.index.intersection(other.index)
    if len(shared) < max(least * max(len(one), len(other)), 1):
        return None
    return one[shared], other[shared]


def headings(columns: pd.Index) -> str:
    """Join the first twelve headings."""
    listed = ", ".join(shorten(str(column)) for column in columns[:12])
    return f"{listed}, …" if len(columns) > 12 else listed or "–"


def parse_floats(values: pd.Series) -> np.ndarray:
    """Convert numbers and yes-no values of any dtype to floats; blanks become NaN."""
    kind = values.dtype
    if isinstance(kind, pd.CategoricalDtype):
        values = values.astype(object)
    elif pd.api.types.is_timedelta64_dtype(kind):
        raise InvalidAnswer("check.duration", column=shorten(str(values.name)))
    elif pd.api.types.is_bool_dtype(kind) or (
        pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_complex_dtype(kind)
    ):
        # Convert to objects first: not every nullable dtype can be converted to float.
        if isinstance(kind, np.dtype):
            return values.to_numpy(dtype="float64")
        values = values.astype(object)
    elif not pd.api.types.is_object_dtype(kind):
        raise InvalidAnswer("check.not_numbers")
    return np.array([parse_float(cell, values.name) for cell in values.tolist()], dtype="float64")


def parse_float(cell: object, name: object = "") -> float:
    """Convert one number of any plain kind to float; a blank becomes NaN."""
    if cell is None or cell is pd.NA or cell is pd.NaT:
        return math.nan
    if isinstance(cell, pd.Timedelta | np.timedelta64):
        raise InvalidAnswer("check.duration", column=shorten(str(name)))
    if isinstance(cell, np.ndarray) or not isinstance(
        cell, bool | np.bool_ | numbers.Real | Decimal
    ):
        raise InvalidAnswer("check.not_numbers")
    return float(cell)
