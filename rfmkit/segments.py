"""Sort customers into the segments that marketers name, by their scores of R, F and M."""

import itertools
import re
from functools import cache
from importlib import resources

import pandas as pd

from rfmkit.labels import csv_rows, label, language
from rfmkit.schema import DataError
from rfmkit.validation import require_columns

_LEVELS = ("R", "F", "M")
_RULE = re.compile(r"R([1-5])(?:-([1-5]))? F([1-5])(?:-([1-5]))? M([1-5])(?:-([1-5]))?")


def segment(scores: pd.DataFrame) -> pd.Series:
    """Sort customers into eleven named segments, from champions to lost.

    Parameters
    ----------
    scores
        Columns R, F, M of whole numbers from 1 (worst) to 5 (best), one row a customer: `score` of
        recency_days (with smaller_is_better=True), of frequency and of monetary.

    Returns
    -------
    pandas.Series
        `segment`: the codes of `segment_table` as a categorical in its order, without rank: the
        segments are kinds. The rows are in the order of `scores`.

    Raises
    ------
    DataError
        If a column is missing, or a score is blank or no whole number from 1 to 5.

    Notes
    -----
    Source: common practice in marketing for the names, whose ranges differ from author to author;
    the rule table `segments.csv` is the kit's own and puts each of the 125 cells into exactly one
    segment. Scores compare the customers with each other, so somebody is a champion in
    a bad year too; the eight classes of table 5-2 go by thresholds.

    Examples
    --------
    >>> scores = pd.DataFrame({"R": [5, 5, 1], "F": [5, 1, 4], "M": [5, 2, 5]})
    >>> segment(scores).tolist()
    ['champions', 'new', 'cannot_lose']
    """
    require_columns(scores, _LEVELS, name="scores")
    for name in _LEVELS:
        bad = scores.loc[~scores[name].isin(range(1, 6)), name]
        if len(bad):
            first = label("segment.blank") if pd.isna(bad.iloc[0]) else repr(bad.tolist()[0])
            raise DataError(
                label("segment.no_score", column=name, value=first, customer=bad.index[0])
            )
    cells = zip(*(scores[name].astype("int64") for name in _LEVELS), strict=True)
    codes = [segment_cells()[cell] for cell in cells]
    kinds = pd.Categorical(codes, categories=list(_rows()))
    return pd.Series(kinds, index=scores.index, name="segment")


def segment_table(*, lang: str | None = None) -> pd.DataFrame:
    """Return the table of the named segments: their scores, names and what to do.

    Parameters
    ----------
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    pandas.DataFrame
        One row a segment, indexed by `code`. `name` and `strategy`: texts. `scores`: the ranges of
        R, F and M, parts of a segment separated by semicolons.

    Notes
    -----
    Source: common practice for the names; ranges and strategies are the kit's own.

    Examples
    --------
    >>> segment_table(lang="en").loc["champions", ["name", "scores"]].tolist()
    ['Champions', 'R4-5 F4-5 M4-5']
    """
    lang = language(lang)
    rows = _rows()
    return pd.DataFrame(
        {
            "name": [row[f"name_{lang}"] for row in rows.values()],
            "scores": [row["scores"] for row in rows.values()],
            "strategy": [row[f"strategy_{lang}"] for row in rows.values()],
        },
        index=pd.Index(list(rows), name="code"),
    )


@cache
def segment_cells() -> dict[tuple[int, ...], str]:
    """Map each cell (R, F, M) to the code of its segment; refuse a table with gaps or overlaps."""
    cells: dict[tuple[int, ...], str] = {}
    for code, row in _rows().items():
        for part in row["scores"].split("; "):
            found = _RULE.fullmatch(part)
            if found is None:
                raise ValueError(f"segments.csv: {code} has the rule {part!r}.")
            ends = [
                (int(low), int(high or low))
                for low, high in zip(*[iter(found.groups())] * 2, strict=True)
            ]
            for cell in itertools.product(*(range(low, high + 1) for low, high in ends)):
                if cell in cells:
                    raise ValueError(f"segments.csv: {cell} is in {cells[cell]} and in {code}.")
                cells[cell] = code
    if missing := set(itertools.product(range(1, 6), repeat=3)) - set(cells):
        raise ValueError(f"segments.csv: no segment for {sorted(missing)}.")
    return cells


@cache
def _rows() -> dict[str, dict[str, str]]:
    file = resources.files("rfmkit").joinpath("segments.csv")
    return {row["code"]: row for row in csv_rows(file)}
