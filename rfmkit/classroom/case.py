"""Open the books an exercise runs on, and prepare them with or without a given slip."""

from functools import cached_property, lru_cache
from pathlib import Path

import pandas as pd

from rfmkit.books import data_file
from rfmkit.cases import LEDGER, TODAY
from rfmkit.rfm import rfm_table
from rfmkit.transactions import clean_transactions, load_transactions

MARCH = {"start": "2021-03-01", "end": "2021-03-31"}


class Case:
    """One firm's books, read once.

    Parameters
    ----------
    raw
        The ledger as `load_transactions` returns it.
    """

    today = pd.Timestamp(TODAY)

    def __init__(self, raw: pd.DataFrame) -> None:
        self.raw = raw
        self._clean: dict[str, tuple[pd.DataFrame, pd.DataFrame]] = {}

    @cached_property
    def rfm(self) -> pd.DataFrame:
        """The right table of R, F, M."""
        return rfm_table(self.clean(), today=self.today, order="order")

    def clean(self, slip: str = "") -> pd.DataFrame:
        """Clean the ledger; with a slip, the way somebody would who makes that mistake."""
        return self._cleaned(slip)[0]

    @property
    def rejected(self) -> pd.DataFrame:
        """The rows left out, each with its reason."""
        return self._cleaned("")[1]

    def _cleaned(self, slip: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        if slip not in self._clean:
            self._clean[slip] = _clean(self.raw, slip)
        return self._clean[slip]


def open_case(books: str = "practice") -> Case:
    """Open the books that the notebook uses.

    Parameters
    ----------
    books
        "practice" for those an exercise uses, "lesson" for those of the lessons.
    """
    path = data_file(LEDGER, books=books)
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> Case:
    return Case(load_transactions(path))


def _clean(raw: pd.DataFrame, slip: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    options: dict = {**MARCH, "today": Case.today}
    match slip:
        case "":
            pass
        case "repeats_kept":
            options["repeats"] = "keep"
        case "returns_dropped":
            options["returns"] = "drop"
        case "outside_march_kept":
            options = {}
        case "blank_customer_kept":
            blank = raw["customer"].astype("string").str.strip().fillna("") == ""
            raw = raw.assign(customer=raw["customer"].where(~blank, "C???"))
        case "test_order_kept":
            raw = raw.assign(customer=raw["customer"].replace("TEST", "T"))
        case "cancelled_kept":
            raw = raw.drop(columns="status")
        case "text_dates_lost":
            typed = raw["date"].map(lambda cell: isinstance(cell, str))
            raw = raw[~typed]
        case _:
            raise ValueError(f"no slip is called {slip!r}.")
    return clean_transactions(raw, **options)
