"""Write an answer as bounded plain JSON; `plain_reading.decode` reads it back.

The sandbox copies both files to where hostile code runs, so neither knows of rfmkit.
"""

import json
import math
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 20_000, 500, 400_000
MOST_TEXT, MOST_CHARACTERS, MOST_BYTES, MOST_DEPTH = 20_000, 2_000_000, 4_000_000, 16
_NUMPY = {kind for kind in np.sctypeDict.values() if np.dtype(kind).kind in "biuf"}


def encode(value: object) -> object:
    """Write an answer as data that `json.dumps` takes, at most about 4 MB of it.

    Parameters
    ----------
    value
        Anything. What is no plain answer becomes the name of its type.

    Examples
    --------
    >>> encode([1, float("nan"), "C001"])
    [1, {'float': 'nan'}, 'C001']
    >>> encode(print)
    {'object': 'builtin_function_or_method'}
    """
    try:
        plain = _Writer().write(value, 0)
        if len(json.dumps(plain)) > MOST_BYTES:
            raise _Enough
        return plain
    except _Enough as enough:
        return {"too_large": enough.size or [MOST_CELLS, 1]}
    except BaseException:  # a student's object may do anything when touched
        return {"object": _type_name(value)}


def encode_drawing(picture: dict) -> dict:
    """Write what `read_drawing` gave as `picture`: the only way to the tag "figure".

    Examples
    --------
    >>> encode_drawing({"kind": "bar", "values": [[3.0]]})
    {'figure': {'kind': 'bar', 'values': [[3.0]]}}
    """
    return {"figure": {part: encode(told) for part, told in picture.items()}}


class _Enough(Exception):  # noqa: N818 - not a fault
    def __init__(self, *size: int) -> None:
        self.size = list(size)


class _Writer:
    def __init__(self) -> None:
        self.cells, self.characters = MOST_CELLS, MOST_CHARACTERS

    def write(self, value: object, depth: int) -> object:
        self.spend(1)
        kind = type(value)
        if value is None or kind is bool:
            return value
        for constant, plain in _CONSTANTS:
            if value is constant:
                return {**plain}
        if kind in _NUMPY:
            return _float(value) if np.dtype(kind).kind == "f" else value.item()
        if depth < MOST_DEPTH:
            for known, write in _WRITERS.items():
                if issubclass(kind, known):
                    return write(self, value, depth + 1)
        return {"object": _type_name(value)}

    def spend(self, cells: int, characters: int = 0) -> None:
        self.cells -= cells
        self.characters -= characters
        if self.cells < 0 or self.characters < 0:
            raise _Enough

    def of_text(self, value: str, depth: int) -> object:
        text = _text(value)
        self.spend(0, min(len(text), MOST_TEXT))
        return text if len(text) <= MOST_TEXT else {"long_text": [len(text), text[:MOST_TEXT]]}

    def items(self, values: Iterable, size: int, depth: int) -> list:
        _hold(size)
        return [self.write(value, depth) for value in values]

    def of_items(self, value: list | tuple | set | frozenset, depth: int) -> object:
        base = next(known for known in _BASES if issubclass(type(value), known))
        items = self.items(base.__iter__(value), base.__len__(value), depth)
        if base in (set, frozenset):
            items.sort(key=json.dumps)  # the same in every process
        return items if base is list else {base.__name__: items}

    def of_dict(self, value: dict, depth: int) -> dict:
        parts = [part for pair in dict.items(value) for part in pair]
        plain = self.items(parts, len(parts) // 2, depth)
        return {"dict": [plain[at : at + 2] for at in range(0, len(plain), 2)]}

    def column(self, values: object, depth: int) -> dict:
        if isinstance(values.dtype, np.dtype) and values.dtype.kind in "mM":
            values = pd.Series(values)  # numpy's own tolist makes bare numbers of them
        if isinstance(values.dtype, np.dtype) and values.dtype.kind in "biuf":
            self.spend(len(values))
            if values.dtype.kind == "f":
                return {"kind": "float", "cells": [_float(cell) for cell in values.tolist()]}
            return {"kind": "bool" if values.dtype.kind == "b" else "int", "cells": values.tolist()}
        cells = values.astype(object).tolist()
        numpy_days = isinstance(values.dtype, np.dtype) and values.dtype.kind == "M"
        kind = "text" if isinstance(values.dtype, pd.StringDtype) else "object"
        kind = "boolean" if pd.api.types.is_bool_dtype(values.dtype) else kind
        kind = "time" if numpy_days else kind
        if kind != "object":
            cells = [None if pd.isna(cell) else cell for cell in cells]
        return {"kind": kind, "cells": [self.write(cell, depth) for cell in cells]}

    def index(self, index: pd.Index, depth: int) -> dict:
        if index.nlevels > 1:
            names = [_name(name) for name in index.names]
            rows = [[self.write(cell, depth) for cell in row] for row in index.tolist()]
            return {"levels": names, "rows": rows}
        if isinstance(index, pd.RangeIndex):
            return {"range": [index.start, index.stop, index.step], "name": _name(index.name)}
        return {**self.column(index, depth), "name": _name(index.name)}

    def of_index(self, value: pd.Index, depth: int) -> dict:
        _hold(len(value))
        return {"index": self.index(value, depth)}

    def of_array(self, value: np.ndarray, depth: int) -> dict:
        _hold(np.ndarray.size.__get__(value))
        plain = np.array(value, copy=True, subok=False)
        return {"array": {"shape": list(plain.shape), **self.column(plain.reshape(-1), depth)}}

    def of_series(self, value: pd.Series, depth: int) -> dict:
        plain = pd.Series(value)  # a subclass may do anything; the plain class does not
        _hold(len(plain))
        index = self.index(plain.index, depth)
        return {"series": {"name": _name(plain.name), "index": index, **self.column(plain, depth)}}

    def of_frame(self, value: pd.DataFrame, depth: int) -> dict:
        plain = pd.DataFrame(value)
        _hold(*plain.shape)
        heads = {"columns": self.index(plain.columns, depth)}
        data = [self.column(plain.iloc[:, at], depth) for at in range(plain.shape[1])]
        return {"frame": {**heads, "index": self.index(plain.index, depth), "data": data}}


def _hold(rows: int, columns: int = 1) -> None:
    if rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise _Enough(int(rows), int(columns))


def _whole(value: int) -> object:
    number = int.__add__(value, 0)
    return number if number.bit_length() < 1000 else {"object": "int"}


def _duration(value: timedelta | np.timedelta64) -> dict:
    return {"duration": [type(value) is not timedelta, str(pd.Timedelta(value))]}


def _float(value: object) -> object:
    number = float(value)
    return number if math.isfinite(number) else {"float": repr(number)}


def _text(value: str) -> str:
    return "".join(("", value))  # of a subclass, the plain text


def _name(value: object) -> object:
    # The name of a column or an index: a text, a number, or not worth keeping.
    if isinstance(value, str):
        return _text(value)[:1000]
    return value if type(value) is int and value.bit_length() < 64 else None


def _type_name(value: object) -> str:
    # The plain slots of `type`: a student's metaclass may answer otherwise, or not at all.
    kind = type(value)
    name = type.__dict__["__name__"].__get__(kind)
    library = str(type.__dict__["__module__"].__get__(kind)).partition(".")[0]
    plain = library in ("builtins", "pandas", "numpy", "__main__")
    return (name if plain else f"{library}.{name}")[:60]


_CONSTANTS = ((..., {"blank": "..."}), (pd.NA, {"blank": "NA"}), (pd.NaT, {"blank": "NaT"}))
_BASES = (list, tuple, set, frozenset)
_WRITERS = {
    str: _Writer.of_text,
    int: lambda self, value, depth: _whole(value),
    float: lambda self, value, depth: _float(float.__add__(value, 0.0)),
    **dict.fromkeys(_BASES, _Writer.of_items),
    dict: _Writer.of_dict,
    pd.DataFrame: _Writer.of_frame,
    pd.Series: _Writer.of_series,
    pd.Index: _Writer.of_index,
    np.ndarray: _Writer.of_array,
    datetime: lambda self, value, depth: {"time": value.isoformat()},  # before date
    date: lambda self, value, depth: {"date": value.isoformat()},
    np.datetime64: lambda self, value, depth: {"time": pd.Timestamp(value).isoformat()},
    (timedelta, np.timedelta64): lambda self, value, depth: _duration(value),
    pd.Period: lambda self, value, depth: {"period": [str(value), value.freqstr]},
    (Decimal, Fraction): lambda self, value, depth: _float(value),
}
