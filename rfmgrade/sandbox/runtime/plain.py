"""Write an answer as bounded plain JSON, and read it back."""

import json
import math
import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import chain

import numpy as np
import pandas as pd

from rfmkit.classroom.answer_types.base import InvalidAnswer

MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 20_000, 500, 400_000
MAX_TEXT, MAX_CHARACTERS, MAX_BYTES, MAX_DEPTH = 20_000, 2_000_000, 4_000_000, 16
_NUMPY = {kind for kind in np.sctypeDict.values() if np.dtype(kind).kind in "biuf"}
_CONSTANTS = ((..., {"blank": "..."}), (pd.NA, {"blank": "NA"}), (pd.NaT, {"blank": "NaT"}))
_BASES = (list, tuple, set, frozenset)
MAX_READ_CELLS, MAX_READ_DEPTH = 900_000, 80
KINDS = ("bar", "barh", "hist", "line", "scatter")
WORDS = ("title", "xlabel", "ylabel")
UNITS = ("", "dollars", "thousands", "tens", "millions", "per_cent")
_INVALID = {
    "check.too_large": ("rows", "columns"),
    "check.nothing_drawn": ("count",),
    "check.figure_pie": ("count",),
    "check.several_plots": ("count",),
}
_KINDS = {"bool": bool, "boolean": bool, "float": float, "text": str, "time": pd.Timestamp}
_TEXT = pd.Series(["x"]).dtype  # what this pandas takes texts as
_TIME = re.compile(
    r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,9})?)?([+-]\d\d:\d\d(:\d\d)?)?", re.ASCII
)
_DURATION = re.compile(r"-?\d{1,9} days( [+-]?\d\d:\d\d:\d\d(\.\d{1,9})?)?", re.ASCII)
_PERIOD = re.compile(r"[-0-9A-Za-z:./ ]{1,40}", re.ASCII)


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
        if len(json.dumps(plain)) > MAX_BYTES:
            raise _Enough
        return plain
    except _Enough as enough:
        return {"too_large": enough.size or [MAX_CELLS, 1]}
    except BaseException:  # a student's object may do anything when touched
        return {"object": _type_name(value)}


def encode_drawing(picture: dict) -> dict:
    """Write what `read_drawing` gave as `picture`: the only way to the tag "figure".

    Examples
    --------
    >>> encode_drawing({"kind": "bar", "values": [[3.0]]})
    {'figure': {'kind': 'bar', 'values': [[3.0]]}}
    """
    return {"figure": {part: encode(value) for part, value in picture.items()}}


class _Enough(Exception):  # noqa: N818 - not a fault
    def __init__(self, *size: int) -> None:
        self.size = list(size)


class _Writer:
    def __init__(self) -> None:
        self.cells, self.characters = MAX_CELLS, MAX_CHARACTERS

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
        if depth < MAX_DEPTH:
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
        self.spend(0, min(len(text), MAX_TEXT))
        return text if len(text) <= MAX_TEXT else {"long_text": [len(text), text[:MAX_TEXT]]}

    def items(self, values: Iterable, size: int, depth: int) -> list:
        _check_size(size)
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
            names = [_write_name(name) for name in index.names]
            rows = [[self.write(cell, depth) for cell in row] for row in index.tolist()]
            return {"levels": names, "rows": rows}
        if isinstance(index, pd.RangeIndex):
            return {"range": [index.start, index.stop, index.step], "name": _write_name(index.name)}
        return {**self.column(index, depth), "name": _write_name(index.name)}

    def of_index(self, value: pd.Index, depth: int) -> dict:
        _check_size(len(value))
        return {"index": self.index(value, depth)}

    def of_array(self, value: np.ndarray, depth: int) -> dict:
        _check_size(np.ndarray.size.__get__(value))
        plain = np.array(value, copy=True, subok=False)
        return {"array": {"shape": list(plain.shape), **self.column(plain.reshape(-1), depth)}}

    def of_series(self, value: pd.Series, depth: int) -> dict:
        plain = pd.Series(value)  # a subclass may do anything; the plain class does not
        _check_size(len(plain))
        index = self.index(plain.index, depth)
        return {
            "series": {"name": _write_name(plain.name), "index": index, **self.column(plain, depth)}
        }

    def of_frame(self, value: pd.DataFrame, depth: int) -> dict:
        plain = pd.DataFrame(value)
        _check_size(*plain.shape)
        heads = {"columns": self.index(plain.columns, depth)}
        data = [self.column(plain.iloc[:, at], depth) for at in range(plain.shape[1])]
        return {"frame": {**heads, "index": self.index(plain.index, depth), "data": data}}


def _check_size(rows: int, columns: int = 1) -> None:
    if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise _Enough(int(rows), int(columns))


def _whole(value: int) -> object:
    number = int.__add__(value, 0)
    return number if number.bit_length() < 1000 else {"object": "int"}


def _write_duration(value: timedelta | np.timedelta64) -> dict:
    return {"duration": [type(value) is not timedelta, str(pd.Timedelta(value))]}


def _float(value: object) -> object:
    number = float(value)
    return number if math.isfinite(number) else {"float": repr(number)}


def _text(value: str) -> str:
    return "".join(("", value))  # of a subclass, the plain text


def _write_name(value: object) -> object:
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
    (timedelta, np.timedelta64): lambda self, value, depth: _write_duration(value),
    pd.Period: lambda self, value, depth: {"period": [str(value), value.freqstr]},
    (Decimal, Fraction): lambda self, value, depth: _float(value),
}


class Drawing(dict):
    """A picture as `read_drawing` describes it; a dict of the student's never becomes one."""


def decode(plain: object) -> object:
    """Read plain JSON back as an answer.

    Parameters
    ----------
    plain
        What `json.loads` gave, from whomever it came.

    Raises
    ------
    ValueError
        If `encode` cannot have written it.

    Examples
    --------
    >>> decode({"dict": [["share", {"tuple": [0.25, None]}]]})
    {'share': (0.25, None)}
    """
    try:
        return _Reader().read(plain, 0)
    except Exception:  # whatever the libraries say of it: it is odd JSON, and nothing else
        raise ValueError("no plain answer.") from None


class _Reader:
    def __init__(self) -> None:
        self.cells = MAX_READ_CELLS

    def read(self, plain: object, depth: int) -> object:
        self.cells -= 1
        _require(self.cells >= 0 and depth < MAX_READ_DEPTH)
        kind = type(plain)
        if plain is None or kind in (bool, int, float, str):
            return plain
        if kind is list:
            return self.items(plain, depth)
        _require(kind is dict and len(plain) == 1)
        ((tag, content),) = plain.items()
        return _READERS[tag](self, content, depth + 1)

    def items(self, plain: list, depth: int) -> list:
        _require(type(plain) is list and len(plain) <= MAX_READ_CELLS)
        return [self.read(one, depth + 1) for one in plain]

    def column(self, plain: dict, depth: int) -> np.ndarray | pd.api.extensions.ExtensionArray:
        kind, cells = plain["kind"], plain["cells"]
        _require(type(cells) is list and len(cells) <= MAX_ROWS)
        if kind == "int":
            _require(all(type(cell) is int for cell in cells))
            wide = bool(cells) and max(cells) > 2**63 - 1
            return np.array(cells, dtype="uint64" if wide else "int64")
        read = self.items(cells, depth)
        if kind == "object":
            return _objects(read)
        wanted = _KINDS[kind]
        extended = kind in ("boolean", "text", "time")
        _require(all(type(cell) is wanted or (extended and cell is None) for cell in read))
        if kind == "time":
            return pd.DatetimeIndex(read).as_unit("us").array
        if kind == "text":
            return pd.Series(read, dtype=_TEXT).array
        return pd.array(read, "boolean") if extended else np.array(read, dtype=wanted)

    def index(self, plain: dict, depth: int) -> pd.Index:
        if "range" in plain:
            _require(all(type(end) is int and abs(end) < 2**60 for end in plain["range"]))
            steps = range(*plain["range"])
            _require(len(steps) <= MAX_ROWS)
            return pd.RangeIndex(steps, name=_read_name(plain["name"]))
        if "levels" not in plain:
            cells = self.column(plain, depth)
            name = _read_name(plain["name"])
            return pd.Index(cells, dtype=cells.dtype, name=name, tupleize_cols=False)
        names = [_read_name(name) for name in plain["levels"]]
        rows = [self.items(row, depth) for row in plain["rows"]]
        _require(all(len(row) == len(names) <= MAX_COLUMNS for row in rows))
        levels = [_objects([row[at] for row in rows]) for at in range(len(names))]
        return pd.MultiIndex.from_arrays(levels, names=names)

    def of_dict(self, plain: list, depth: int) -> dict:
        parts = self.items([*chain.from_iterable(plain)], depth)
        _require(all(len(pair) == 2 for pair in plain))
        return dict(zip(parts[::2], parts[1::2], strict=True))

    def of_array(self, plain: dict, depth: int) -> np.ndarray:
        return np.asarray(self.column(plain, depth)).reshape(plain["shape"])

    def of_series(self, plain: dict, depth: int) -> pd.Series:
        cells, index = self.column(plain, depth), self.index(plain["index"], depth)
        return pd.Series(cells, index=index, name=_read_name(plain["name"]), dtype=cells.dtype)

    def of_frame(self, plain: dict, depth: int) -> pd.DataFrame:
        columns, index = self.index(plain["columns"], depth), self.index(plain["index"], depth)
        _require(len(plain["data"]) == len(columns) <= MAX_COLUMNS)
        data = [self.column(one, depth) for one in plain["data"]]
        _require(all(len(cells) == len(index) for cells in data))
        named = {at: pd.Series(cells, index, cells.dtype) for at, cells in enumerate(data)}
        return pd.DataFrame(named, index=index, copy=False).set_axis(columns, axis=1)

    def of_figure(self, plain: dict, depth: int) -> Drawing | InvalidAnswer:
        picture = {part: self.read(content, depth) for part, content in plain.items()}
        values, labels = picture["values"], picture["labels"]
        if type(values) is InvalidAnswer:
            return values
        _require(picture["kind"] in KINDS and type(values) is type(labels) is list)
        _require(all(type(one) is list for one in values))
        _require(all(type(cell) is float for one in values for cell in one))
        _require(all(type(name) is str for name in labels) and len(labels) <= MAX_ROWS)
        _require(all(type(picture[word]) is bool for word in WORDS))
        units = {name: picture.get(name, "") for name in ("xunit", "yunit")}
        _require(all(type(unit) is str and unit in UNITS for unit in units.values()))
        return Drawing(
            {part: picture[part] for part in ("kind", "values", "labels", *WORDS)} | units
        )


def _require(sound: bool) -> None:
    if not sound:
        raise ValueError


def _objects(cells: list | tuple) -> np.ndarray:
    made = np.empty(len(cells), dtype=object)
    for at, cell in enumerate(cells):  # numpy would look into lists among the cells
        made[at] = cell
    return made


def _read_name(name: object) -> object:
    _require(name is None or type(name) in (str, int))
    return name


def _matched(pattern: re.Pattern, text: str) -> str:
    _require(type(text) is str and pattern.fullmatch(text) is not None)
    return text


def _read_duration(reader: _Reader, content: list, depth: int) -> object:
    of_pandas, text = content
    value = pd.Timedelta(_matched(_DURATION, text))
    return value if of_pandas else value.to_pytimedelta()


def _long_text(reader: _Reader, content: list, depth: int) -> str:
    length, start = content
    _require(type(length) is int and type(start) is str and len(start) < length < 2**40)
    # The start is enough: no answer type reads more of it than its length.
    return start.ljust(min(length, 10 * len(start)), "…")


def _invalid_answer(reader: _Reader, content: list, depth: int) -> InvalidAnswer:
    key, *counts = content
    _require(all(type(count) is int and 0 <= count < 2**60 for count in counts))
    printable = (f"{count:,}" for count in counts)
    return InvalidAnswer(key, **dict(zip(_INVALID[key], printable, strict=True)))


@lru_cache(maxsize=256)
def opaque(name: str, base: type = object) -> object:
    """Make something that is nothing but the name of its type."""
    printable = "".join(one if one.isprintable() else "?" for one in name[:60])
    words = {} if base is not object else {"__repr__": lambda self: f"<{printable}>"}  # no address
    return type(printable, (base,), {"__module__": "builtins", **words})()


_READERS = {
    "float": lambda reader, content, depth: {"nan": np.nan, "inf": np.inf, "-inf": -np.inf}[
        content
    ],
    "blank": lambda reader, content, depth: {"NA": pd.NA, "NaT": pd.NaT, "...": ...}[content],
    "long_text": _long_text,
    "time": lambda reader, content, depth: pd.Timestamp(_matched(_TIME, content)),
    "date": lambda reader, content, depth: date.fromisoformat(_matched(_TIME, content)),
    "duration": _read_duration,
    "period": lambda reader, content, depth: pd.Period(
        *(_matched(_PERIOD, one) for one in content)
    ),
    "tuple": lambda reader, content, depth: tuple(reader.items(content, depth)),
    "set": lambda reader, content, depth: set(reader.items(content, depth)),
    "frozenset": lambda reader, content, depth: frozenset(reader.items(content, depth)),
    "dict": _Reader.of_dict,
    "array": _Reader.of_array,
    "index": lambda reader, content, depth: reader.index(content, depth),
    "series": _Reader.of_series,
    "frame": _Reader.of_frame,
    "figure": _Reader.of_figure,
    "object": lambda reader, content, depth: opaque(content),
    "too_large": lambda reader, content, depth: _invalid_answer(
        reader, ["check.too_large", *content], depth
    ),
    "invalid": _invalid_answer,
}
