"""Read the bounded plain JSON that `plain.encode` writes back as an answer.

Any JSON is taken, nothing is evaluated. The sandbox copies this file too; it knows no rfmkit.
"""

import re
from datetime import date
from functools import lru_cache
from itertools import chain

import numpy as np
import pandas as pd

MOST_ROWS, MOST_COLUMNS, MOST_CELLS, MOST_DEPTH = 20_000, 500, 900_000, 80
KINDS = ("bar", "barh", "hist", "line", "scatter")
WORDS = ("title", "xlabel", "ylabel")
_COMPLAINTS = {"check.too_large": ("rows", "columns"), "check.nothing_drawn": ("count",),
               "check.several_plots": ("count",)}  # fmt: skip
_KINDS = {"bool": bool, "boolean": bool, "float": float, "text": str, "time": pd.Timestamp}
_TEXT = pd.Series(["x"]).dtype  # what this pandas takes texts as
_TIME = re.compile(
    r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,9})?)?([+-]\d\d:\d\d(:\d\d)?)?", re.ASCII
)
_DURATION = re.compile(r"-?\d{1,9} days( [+-]?\d\d:\d\d:\d\d(\.\d{1,9})?)?", re.ASCII)
_PERIOD = re.compile(r"[-0-9A-Za-z:./ ]{1,40}", re.ASCII)


class Drawing(dict):
    """A picture as `read_drawing` describes it; a dict of the student's never becomes one."""


class Complained:
    """Stands for an answer that was complained about before it came out: too large, two plots."""

    def __init__(self, key: str, **values: object) -> None:
        self.key, self.values = key, values


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
        self.cells = MOST_CELLS

    def read(self, plain: object, depth: int) -> object:
        self.cells -= 1
        _hold(self.cells >= 0 and depth < MOST_DEPTH)
        kind = type(plain)
        if plain is None or kind in (bool, int, float, str):
            return plain
        if kind is list:
            return self.items(plain, depth)
        _hold(kind is dict and len(plain) == 1)
        ((tag, held),) = plain.items()
        return _READERS[tag](self, held, depth + 1)

    def items(self, plain: list, depth: int) -> list:
        _hold(type(plain) is list and len(plain) <= MOST_CELLS)
        return [self.read(one, depth + 1) for one in plain]

    def column(self, plain: dict, depth: int) -> np.ndarray | pd.api.extensions.ExtensionArray:
        kind, cells = plain["kind"], plain["cells"]
        _hold(type(cells) is list and len(cells) <= MOST_ROWS)
        if kind == "int":
            _hold(all(type(cell) is int for cell in cells))
            wide = bool(cells) and max(cells) > 2**63 - 1
            return np.array(cells, dtype="uint64" if wide else "int64")
        read = self.items(cells, depth)
        if kind == "object":
            return _objects(read)
        wanted = _KINDS[kind]
        extended = kind in ("boolean", "text", "time")
        _hold(all(type(cell) is wanted or (extended and cell is None) for cell in read))
        if kind == "time":
            return pd.DatetimeIndex(read).as_unit("us").array
        if kind == "text":
            return pd.Series(read, dtype=_TEXT).array
        return pd.array(read, "boolean") if extended else np.array(read, dtype=wanted)

    def index(self, plain: dict, depth: int) -> pd.Index:
        if "range" in plain:
            _hold(all(type(end) is int and abs(end) < 2**60 for end in plain["range"]))
            steps = range(*plain["range"])
            _hold(len(steps) <= MOST_ROWS)
            return pd.RangeIndex(steps, name=_name(plain["name"]))
        if "levels" not in plain:
            cells = self.column(plain, depth)
            name = _name(plain["name"])
            return pd.Index(cells, dtype=cells.dtype, name=name, tupleize_cols=False)
        names = [_name(name) for name in plain["levels"]]
        rows = [self.items(row, depth) for row in plain["rows"]]
        _hold(all(len(row) == len(names) <= MOST_COLUMNS for row in rows))
        levels = [_objects([row[at] for row in rows]) for at in range(len(names))]
        return pd.MultiIndex.from_arrays(levels, names=names)

    def of_dict(self, plain: list, depth: int) -> dict:
        parts = self.items([*chain.from_iterable(plain)], depth)
        _hold(all(len(pair) == 2 for pair in plain))
        return dict(zip(parts[::2], parts[1::2], strict=True))

    def of_array(self, plain: dict, depth: int) -> np.ndarray:
        return np.asarray(self.column(plain, depth)).reshape(plain["shape"])

    def of_series(self, plain: dict, depth: int) -> pd.Series:
        cells, index = self.column(plain, depth), self.index(plain["index"], depth)
        return pd.Series(cells, index=index, name=_name(plain["name"]), dtype=cells.dtype)

    def of_frame(self, plain: dict, depth: int) -> pd.DataFrame:
        columns, index = self.index(plain["columns"], depth), self.index(plain["index"], depth)
        _hold(len(plain["data"]) == len(columns) <= MOST_COLUMNS)
        data = [self.column(one, depth) for one in plain["data"]]
        _hold(all(len(cells) == len(index) for cells in data))
        named = {at: pd.Series(cells, index, cells.dtype) for at, cells in enumerate(data)}
        return pd.DataFrame(named, index=index, copy=False).set_axis(columns, axis=1)

    def of_figure(self, plain: dict, depth: int) -> Drawing | Complained:
        picture = {part: self.read(held, depth) for part, held in plain.items()}
        values, labels = picture["values"], picture["labels"]
        if type(values) is Complained:
            return values
        _hold(picture["kind"] in KINDS and type(values) is type(labels) is list)
        _hold(all(type(one) is list for one in values))
        _hold(all(type(cell) is float for one in values for cell in one))
        _hold(all(type(name) is str for name in labels) and len(labels) <= MOST_ROWS)
        _hold(all(type(picture[word]) is bool for word in WORDS))
        return Drawing({part: picture[part] for part in ("kind", "values", "labels", *WORDS)})


def _hold(sound: bool) -> None:
    if not sound:
        raise ValueError


def _objects(cells: list | tuple) -> np.ndarray:
    made = np.empty(len(cells), dtype=object)
    for at, cell in enumerate(cells):  # numpy would look into lists among the cells
        made[at] = cell
    return made


def _name(name: object) -> object:
    _hold(name is None or type(name) in (str, int))
    return name


def _matched(pattern: re.Pattern, text: str) -> str:
    _hold(type(text) is str and pattern.fullmatch(text) is not None)
    return text


def _duration(reader: _Reader, held: list, depth: int) -> object:
    of_pandas, text = held
    value = pd.Timedelta(_matched(_DURATION, text))
    return value if of_pandas else value.to_pytimedelta()


def _long_text(reader: _Reader, held: list, depth: int) -> str:
    length, start = held
    _hold(type(length) is int and type(start) is str and len(start) < length < 2**40)
    return start.ljust(min(length, 10 * len(start)), "…")  # no form reads so far, only how far


def _complaint(reader: _Reader, held: list, depth: int) -> Complained:
    key, *counts = held
    _hold(all(type(count) is int and 0 <= count < 2**60 for count in counts))
    shown = (f"{count:,}" for count in counts)
    return Complained(key, **dict(zip(_COMPLAINTS[key], shown, strict=True)))


@lru_cache(maxsize=256)
def stand_in(name: str, base: type = object) -> object:
    """Make something that is nothing but the name of its type."""
    shown = "".join(one if one.isprintable() else "?" for one in name[:60])
    words = {} if base is not object else {"__repr__": lambda self: f"<{shown}>"}  # no address
    return type(shown, (base,), {"__module__": "builtins", **words})()


_READERS = {
    "float": lambda reader, held, depth: {"nan": np.nan, "inf": np.inf, "-inf": -np.inf}[held],
    "blank": lambda reader, held, depth: {"NA": pd.NA, "NaT": pd.NaT, "...": ...}[held],
    "long_text": _long_text,
    "time": lambda reader, held, depth: pd.Timestamp(_matched(_TIME, held)),
    "date": lambda reader, held, depth: date.fromisoformat(_matched(_TIME, held)),
    "duration": _duration,
    "period": lambda reader, held, depth: pd.Period(*(_matched(_PERIOD, one) for one in held)),
    "tuple": lambda reader, held, depth: tuple(reader.items(held, depth)),
    "set": lambda reader, held, depth: set(reader.items(held, depth)),
    "frozenset": lambda reader, held, depth: frozenset(reader.items(held, depth)),
    "dict": _Reader.of_dict,
    "array": _Reader.of_array,
    "index": lambda reader, held, depth: reader.index(held, depth),
    "series": _Reader.of_series,
    "frame": _Reader.of_frame,
    "figure": _Reader.of_figure,
    "object": lambda reader, held, depth: stand_in(held),
    "too_large": lambda reader, held, depth: _complaint(reader, ["check.too_large", *held], depth),
    "complaint": _complaint,
}
