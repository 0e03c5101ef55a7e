"""Read the data files of an exercise, and clean them correctly or with a known mistake."""

from collections.abc import Callable
from functools import cache, cached_property, lru_cache
from pathlib import Path

import pandas as pd

from rfmkit.cases import HEADERS, LEDGER, TODAY, draw_ledger, draw_year_books
from rfmkit.cases.year_tables import (
    CONTACTS,
    CUSTOMERS,
    LINE_CODES,
    PAYMENTS,
    SURVEY,
    YEAR_LEDGER,
)
from rfmkit.classroom.steps import rfm_by_steps
from rfmkit.data_files import DATES, data_file, load_table
from rfmkit.transactions import clean_transactions, load_transactions

MARCH = {"start": "2021-03-01", "end": "2021-03-31"}


class Case:
    """The data files of one firm, each read once.

    Parameters
    ----------
    raw
        The ledger of March as `load_transactions` returns it, or a function that reads it when it
        is first needed: a question that only asks to choose reads no books.
    book
        Gives a book of the year by its file's name, as `load_table` returns it.
    """

    today = pd.Timestamp(TODAY)

    def __init__(
        self,
        raw: pd.DataFrame | Callable[[], pd.DataFrame],
        book: Callable[[str], pd.DataFrame] | None = None,
    ) -> None:
        self._raw = raw
        self._book = book
        self._clean: dict[str, tuple[pd.DataFrame, pd.DataFrame]] = {}

    @classmethod
    def of_seed(cls, seed: int) -> "Case":
        """Draw the case of a seed without writing its files."""
        raw = draw_ledger(seed).rename(columns=dict(zip(HEADERS, LINE_CODES, strict=True)))
        books = cache(lambda: draw_year_books(seed))
        return cls(raw, lambda name: _as_read(books()[name]))

    @cached_property
    def raw(self) -> pd.DataFrame:
        """The ledger of March as it was read."""
        return self._raw() if callable(self._raw) else self._raw

    @cached_property
    def customers(self) -> pd.DataFrame:
        """The customers of the year, index `customer`."""
        return self._book(CUSTOMERS).set_index("customer")

    @cached_property
    def year(self) -> pd.DataFrame:
        """The lines of the year's orders, returns among them."""
        return self._book(YEAR_LEDGER)

    @cached_property
    def payments(self) -> pd.DataFrame:
        """The invoices of the year, and when they were paid."""
        return self._book(PAYMENTS)

    @cached_property
    def contacts(self) -> pd.DataFrame:
        """The contacts of the year."""
        return self._book(CONTACTS)

    @cached_property
    def survey(self) -> pd.DataFrame:
        """The answers to the satisfaction survey, index `customer`."""
        return self._book(SURVEY).set_index("customer")

    @cached_property
    def rfm(self) -> pd.DataFrame:
        """The correct table of R, F, M of March."""
        return rfm_by_steps(self.clean(), self.today)

    @cached_property
    def year_rfm(self) -> pd.DataFrame:
        """The correct table of R, F, M of the year."""
        return rfm_by_steps(self.year, self.today)

    def clean(self, slip: str = "") -> pd.DataFrame:
        """Clean the ledger; with a slip, as somebody would who makes that mistake."""
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
    """Open the data files that the notebook uses.

    Parameters
    ----------
    books
        "practice" for those an exercise uses, "lesson" for those of the lessons.
    """
    path = data_file(LEDGER, books=books)
    return _read(path, path.stat().st_mtime_ns, books)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int, books: str) -> Case:
    return Case(
        lambda: load_transactions(path), lambda name: load_table(data_file(name, books=books))
    )


def _as_read(book: pd.DataFrame) -> pd.DataFrame:
    """Convert a drawn table to the types it has when read from its file."""
    days = [name for name in DATES if name in book]
    blanks = [name for name in ("profit_last_year", "registered_capital") if name in book]
    return book.assign(
        **{name: pd.to_datetime(book[name]).dt.as_unit("us") for name in days},
        **{name: book[name].astype("float64") for name in blanks},
    )


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
