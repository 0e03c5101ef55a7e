"""Decide what the rows of an export count for: fill lines down, take refunds off, leave rows out.

`read_ledger` finds the columns; these rules then look at the values. Each one that does something
notes it, so that `reading_lines` can print how the file was read. What could be meant in two ways
        is
asked: a `LedgerQuestion` names the option that decides.
"""

import re
import warnings
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from rfmkit.dates import TWO_DIGIT_YEAR, as_day, has_short_named_year
from rfmkit.labels import join_names, label
from rfmkit.schema import (
    AMOUNT,
    CUSTOMER,
    DATE,
    EXCLUDE,
    LINE,
    ORDER,
    PRODUCT,
    QUANTITY,
    SOURCE_FILE,
    SOURCE_SHEET,
    STATUS,
    UNIT_PRICE,
    DataError,
)
from rfmkit.thresholds import is_on, round_sums
from rfmkit.transactions.ambiguity import LedgerQuestion, ReadingWarning
from rfmkit.transactions.cells import (
    decimal_marks,
    tidy_text,
    to_date,
    to_number,
    written_currencies,
)
from rfmkit.transactions.kinds import GUEST, is_payment_line, is_subtotal, kind_meanings
from rfmkit.transactions.mapping import LedgerMapping, Preset
from rfmkit.transactions.status import (
    REASONS,
    is_code,
    is_flag,
    is_set,
    meanings,
    normalise,
    outcome,
    status_meaning,
)

_CUT_NUMBER = re.compile(r"\d(?:\.\d+)?E\+?\d+|\d{15,}0{3,}", re.IGNORECASE)
_ORDER_AMOUNT = re.compile(
    r"訂單|买家|買家總|總支付|order|payment|grand|invoice total", re.IGNORECASE
)
# Beside quantity × price, these columns would make the amount smaller.
_LESS = re.compile(r"discount|折扣|折讓|優惠|coupon|returned|退貨數|退回數", re.IGNORECASE)
_ZONE = re.compile(r"\d(?:Z|\s?(?:UTC|GMT|[A-Z]{3,4}\b)|\s?[+-]\d\d:?\d\d)")
_EXCEL_DAYS = (20_000, 80_000)
_EPOCH = (946_684_800, 2_000_000_000)  # seconds since 1970: from the year 2000 to 2033


@dataclass
class Ledger:
    """A ledger while its rules are applied."""

    tx: pd.DataFrame
    mapping: LedgerMapping
    preset: Preset | None
    marks: dict[str, list[str]]  # further columns by what they decide
    headers: dict[str, str]  # of the kit's names
    separator: str | None
    notes: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    exclude: pd.Series = field(init=False)
    days: pd.Series | None = None  # of the dates, by position
    _texts: dict[str, pd.Series] = field(default_factory=dict)
    _numbers: dict[str, pd.Series] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin with no row left out; rows go by position."""
        self.tx = self.tx.copy()
        self.exclude = pd.Series(np.nan, index=range(len(self.tx)), dtype=object)

    def leave_out(self, rows: pd.Series | np.ndarray, code: str) -> int:
        """Leave rows out that are not left out yet; return how many."""
        fresh = np.asarray(rows, dtype=bool) & self.exclude.isna().to_numpy()
        self.exclude[fresh] = code
        return int(fresh.sum())

    @property
    def counted(self) -> np.ndarray:
        """True for the rows not left out yet."""
        return self.exclude.isna().to_numpy()

    def text(self, name: str) -> pd.Series:
        """Return a column as tidy text, by position."""
        if name not in self._texts:
            self._texts[name] = tidy_text(self.tx[name]).reset_index(drop=True)
        return self._texts[name]

    def assign(self, name: str, values: Any) -> None:
        """Set a column, by position."""
        self.tx[name] = values
        self._texts.pop(name, None)
        self._numbers.pop(name, None)

    def number(self, name: str) -> pd.Series:
        """Return a column as numbers, by position."""
        if name not in self._numbers:
            numbers = to_number(self.tx[name], decimal=self.facts.get("decimal"))
            self._numbers[name] = numbers.reset_index(drop=True)
        return self._numbers[name]

    @property
    def repeats(self) -> np.ndarray:
        """True for rows that equal an earlier one, of whatever file or sheet."""
        columns = self.tx.columns.difference([SOURCE_FILE, SOURCE_SHEET], sort=False)
        return self.tx.duplicated([*columns]).to_numpy()

    def note(self, key: str, *, warn: bool = False, **values: Any) -> None:
        """Keep a sentence for the reading, and warn if a result may be wrong without it."""
        text = label(f"reading.note.{key}", **values)
        self.notes.append(text)
        if warn:
            warnings.warn(text, ReadingWarning, stacklevel=6)

    def setting(self, name: str) -> Any:
        """Return a setting of the user, else of the preset."""
        own = getattr(self.mapping, name)
        if self.preset is None:
            return own
        of_shop = getattr(self.preset.mapping, name)
        if name in ("count", "leave_out"):
            return [*own, *of_shop]
        return of_shop if own is None else own


def apply_rules(ledger: Ledger) -> pd.DataFrame:
    """Apply all rules, in their order; return the ledger, with `exclude` if rows are left out.

    Raises
    ------
    LedgerQuestion
        If the values can be read in two ways.
    """
    for rule in (
        _leave_out_subtotals,
        _fill_down,
        _choose_decimal,
        _choose_date_order,
        _compute_amount,
        _check_amount_is_money,
        _apply_kinds,
        _apply_statuses,
        _count_totals_once,
        _take_refunds_off,
        _choose_currency,
        _check_customers,
        _check_orders,
    ):
        rule(ledger)
    tx = ledger.tx
    if ledger.exclude.notna().any() and not _is_by_status_alone(ledger):
        tx[EXCLUDE] = ledger.exclude.to_numpy()
    return tx


def _is_by_status_alone(ledger: Ledger) -> bool:
    """Return True if `clean_transactions` leaves out the same rows by the column `status`."""
    if STATUS not in ledger.tx:
        return False
    status = ledger.text(STATUS)
    found = {
        value: REASONS[meaning] for value, meaning in meanings(status).items() if meaning in REASONS
    }
    reason = status.map(found).astype(object)
    given_back = (reason == "returned_order") & (ledger.number(AMOUNT) < 0)
    reason = reason.mask(given_back)
    return bool(((reason == ledger.exclude) | (reason.isna() & ledger.exclude.isna())).all())


# Rows


def _leave_out_subtotals(ledger: Ledger) -> None:
    names = [name for name in (CUSTOMER, DATE, ORDER, PRODUCT, LINE) if name in ledger.tx]
    found = np.zeros(len(ledger.tx), dtype=bool)
    for name in dict.fromkeys([*names, ledger.tx.columns[0]]):
        found |= is_subtotal(ledger.text(name))
    if count := ledger.leave_out(found, "subtotal_row"):
        ledger.note("subtotals", count=count)


def _fill_down(ledger: Ledger) -> None:
    wanted = ledger.setting("fill_down")
    if wanted is False:
        return
    names = [name for name in (CUSTOMER, DATE, ORDER) if name in ledger.tx]
    text = {name: ledger.text(name) for name in names}
    blank = text[CUSTOMER].isna() & text[DATE].isna()
    if ORDER in text:
        blank &= text[ORDER].isna() | (text[ORDER] == text[ORDER].shift())
    blank &= ledger.counted
    blank &= ~blank.cummin()  # nothing stands above the first rows
    others = [name for name in ledger.tx if name not in (*names, AMOUNT)]
    if wanted is None:  # a total at the end has an amount alone
        # Product, quantity and the like show that the row is a line of the order above it.
        blank &= ledger.tx[others].notna().any(axis="columns").to_numpy() if others else False
    if not blank.any():
        return
    repeated = [name for found in ledger.marks.values() for name in found]
    for name in dict.fromkeys([*names, STATUS, *repeated]):
        if name in ledger.tx:
            column = ledger.tx[name].reset_index(drop=True).astype(object)
            filled = _filled_down(column)
            ledger.assign(name, column.where(~blank | column.notna(), filled).to_numpy())
    if ORDER not in ledger.tx:
        first = _filled_down(pd.Series(ledger.tx.index.to_numpy(), dtype=object).mask(blank))
        ledger.assign(ORDER, [label("reading.order_of_row", row=row) for row in first])
        ledger.headers.setdefault(ORDER, label("reading.filled_order"))
    ledger.note("filled_down", count=int(blank.sum()))


def _filled_down(column: pd.Series) -> pd.Series:
    """Return the last known cell at or above each cell, of whatever type."""
    above = np.maximum.accumulate(np.where(column.notna(), np.arange(len(column)), 0))
    return column.iloc[above].set_axis(column.index)


# Amounts and dates


def _choose_decimal(ledger: Ledger) -> None:
    names = [name for name in (AMOUNT, UNIT_PRICE, QUANTITY) if name in ledger.tx]
    names += [name for name in ledger.marks.get("refund", []) if name in ledger.tx]
    decimal = ledger.setting("decimal")
    if decimal is None:
        decimal = _decimal_by_evidence(ledger, names)
    ledger.facts["decimal"] = decimal
    ledger.facts["written"] = ledger.tx.get(AMOUNT, ledger.tx.get(UNIT_PRICE))
    if decimal is None:
        return
    for name in names:
        column = ledger.tx[name]
        if any(isinstance(cell, str) for cell in column.dropna().unique()):
            numbers = to_number(column, decimal=decimal)
            # What is no amount stays as it is written, for the table of rows left out.
            ledger.assign(name, numbers.astype(object).where(numbers.notna(), column))


def _decimal_by_evidence(ledger: Ledger, names: list[str]) -> str | None:
    marks: dict[str, list[str]] = {"comma": [], "dot": [], "comma_three": [], "dot_three": []}
    for name in names:
        for shape, cells in decimal_marks(ledger.tx[name]).items():
            marks[shape] += cells
    answers = [
        (label("reading.decimal_comma"), {"decimal": ","}),
        (label("reading.decimal_dot"), {"decimal": "."}),
    ]
    listed = join_names(
        map(repr, [*marks["comma"], *marks["dot_three"], *marks["comma_three"]][:4])
    )
    if marks["comma"] and not marks["dot"]:
        certain = ledger.separator in (";", "\t", "|") or len(marks["comma"]) >= 2
        # 1.250.000 and 1.200,50 can be read in one way only.
        certain = certain or any(re.search(r"\d\.\d{3}[.,]\d", cell) for cell in marks["comma"])
        if certain and not marks["comma_three"]:
            return ","
        raise LedgerQuestion(label("reading.ask.decimal", cells=listed), answers)
    if marks["dot_three"] and not marks["dot"] and not marks["comma"]:
        raise LedgerQuestion(label("reading.ask.thousands", cells=listed), answers)
    if marks["dot"] and marks["comma"]:
        both = join_names(map(repr, [marks["comma"][0], marks["dot"][0]]))
        ledger.note("both_decimals", warn=True, cells=both)
    return None


def _choose_date_order(ledger: Ledger) -> None:
    column, order = ledger.tx[DATE], ledger.setting("date_order")
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return
    if _read_day_numbers(ledger):
        return
    text = pd.Series(ledger.text(DATE).dropna().unique(), dtype=object).astype(str)
    short = [one for one in map(_short_year, text) if one is not None]
    if order is None and short:
        order = _order_of_short_years(short)
    dates, ambiguous = to_date(column, order=order)
    if order is None and not ambiguous.any() and any(map(has_short_named_year, text)):
        order = "dmy"  # any order will do: the month is a word
        dates, ambiguous = to_date(column, order=order)
    if order is None and ambiguous.any() and not _written_both_ways(text):
        example = tidy_text(column[ambiguous.to_numpy()]).iloc[0]
        raise LedgerQuestion(
            label("reading.ask.day_first", cell=example, count=int(ambiguous.sum())),
            [(_day_of(example, order), {"date_order": order}) for order in ("dmy", "mdy")],
        )
    if order is not None:
        ledger.assign(DATE, dates.astype(object).where(dates.notna(), column))
        ledger.assign(DATE, ledger.tx[DATE].infer_objects())
    ledger.days = dates.reset_index(drop=True).dt.normalize()
    ledger.facts["date_order"] = order or _written_order(text)
    if any(map(_ZONE.search, text.head(1000))) and dates.notna().any():
        ledger.note("zone")


def _short_year(text: str) -> tuple[int, int, int] | None:
    found = TWO_DIGIT_YEAR.fullmatch(text)
    return None if found is None else tuple(map(int, found.group("one", "two", "three")))  # type: ignore[return-value]


def _order_of_short_years(dates: list[tuple[int, int, int]]) -> str:
    """Find the order in which all dates exist; the year is the part that differs least."""
    fits = {}
    parts = np.array(dates)
    for order in ("dmy", "mdy", "ymd"):
        day, month, year = (parts[:, order.index(letter)] for letter in "dmy")
        if ((month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)).all():
            fits[order] = len(set(year))
    example = "/".join(f"{part:02d}" for part in dates[0])
    answers = [
        (_day_of(example, order), {"date_order": order}) for order in fits or ("dmy", "mdy", "ymd")
    ]
    least = min(fits.values(), default=0)
    narrow = [order for order, years in fits.items() if years == least]
    if len(fits) == 1:
        return next(iter(fits))
    if (
        len(narrow) == 1
        and least <= 3
        and all(years >= 3 * least for order, years in fits.items() if order not in narrow)
        and len(dates) >= 10
    ):
        return narrow[0]
    raise LedgerQuestion(label("reading.ask.short_year", cell=example), answers)


def _written_both_ways(text: pd.Series) -> bool:
    """Return True if some dates have the day first and others the month first."""
    parts = text.str.extract(r"^(\d\d?)\s*[-/.]\s*(\d\d?)\s*[-/.]\s*\d{4}").dropna()
    first, second = parts[0].astype(int), parts[1].astype(int)
    return bool((first > 12).any() and (second > 12).any())


def _written_order(text: pd.Series) -> str | None:
    parts = text.str.extract(r"^(\d\d?)\s*[-/.]\s*(\d\d?)\s*[-/.]\s*\d{4}").dropna()
    if parts.empty:
        return None
    return "dmy" if (parts[0].astype(int) > 12).any() else "mdy"


def _day_of(cell: str, order: str) -> str:
    day = to_date(pd.Series([cell]), order=order)[0].iloc[0]
    name = label(f"reading.order.{order}")
    return name if pd.isna(day) else f"{name}: {day:%Y-%m-%d}"


def _read_day_numbers(ledger: Ledger) -> bool:
    """Read dates that are numbers: days since a first day, or seconds since 1970."""
    column = ledger.tx[DATE]
    numbers = to_number(column).to_numpy()
    known = column.notna().to_numpy()
    if not known.any():
        return False
    whole = numbers[known]
    seconds = np.where(whole > 1e11, whole / 1000, whole)
    if ledger.mapping.first_day is not None:
        first = as_day(ledger.mapping.first_day, name="first_day")
        usable = np.isfinite(numbers) & (np.abs(numbers) < 1e6)
        dates = first + pd.to_timedelta(pd.Series(np.where(usable, numbers, 0)), unit="D")
        ledger.tx[DATE] = (
            dates.astype(object).where(usable, column.reset_index(drop=True)).to_numpy()
        )
        ledger.assign(DATE, ledger.tx[DATE].infer_objects())
        return True
    days = (whole >= _EXCEL_DAYS[0]) & (whole <= _EXCEL_DAYS[1])
    if days.mean() > 0.9:
        answers = []
        for first in ("1899-12-30", "1904-01-01"):
            day = pd.Timestamp(first) + pd.Timedelta(days=int(whole[days][0]))
            text = label(f"reading.first_day.{first[:4]}", day=f"{day:%Y-%m-%d}")
            answers.append((text, {"first_day": first}))
        cell = f"{whole[days][0]:g}"
        raise LedgerQuestion(label("reading.ask.day_numbers", cell=cell), answers)
    if ((seconds >= _EPOCH[0]) & (seconds <= _EPOCH[1])).mean() > 0.9:
        moments = pd.Series(np.where(numbers > 1e11, numbers / 1000, numbers))
        ledger.assign(DATE, pd.to_datetime(moments, unit="s").to_numpy())
        ledger.note("epoch")
        return True
    return False


def _compute_amount(ledger: Ledger) -> None:
    if AMOUNT in ledger.tx:
        return
    # Rounded, since 3 × 3.3 should read 9.9 and not 9.899999999999999.
    product = ledger.number(QUANTITY) * ledger.number(UNIT_PRICE)
    ledger.assign(AMOUNT, round_sums(product, product).to_numpy())
    for name in ledger.tx:
        if _LESS.search(str(name)) and (ledger.number(name).fillna(0) != 0).any():
            ledger.note("not_taken_off", warn=True, column=name)


def _check_amount_is_money(ledger: Ledger) -> None:
    """Ask about a column `amount` of small whole numbers beside another with larger ones."""
    if (
        ledger.headers.get(AMOUNT, "").strip().lower() != "amount"
        or AMOUNT in ledger.mapping.columns
    ):
        return
    if QUANTITY in ledger.tx:
        return
    amount = ledger.number(AMOUNT)
    for header in ledger.facts.get("others", {}).get(AMOUNT, []):
        if header not in ledger.tx:
            continue
        other = ledger.number(header)
        both = amount.notna() & other.notna()
        if not both.any() or not (amount[both] % 1 == 0).all() or amount[both].abs().max() > 1000:
            continue
        if (other[both].abs() >= amount[both].abs()).all() and (other != amount)[both].any():
            raise LedgerQuestion(
                label("reading.ask.amount", other=header),
                [
                    (label("reading.amount_is", header=one), {"columns": {AMOUNT: one}})
                    for one in (header, ledger.headers[AMOUNT])
                ],
            )


# What a row is


def _apply_kinds(ledger: Ledger) -> None:
    if PRODUCT in ledger.tx:
        lines = is_payment_line(ledger.text(PRODUCT))
        if count := ledger.leave_out(lines, "payment_line"):
            ledger.note("payment_lines", count=count)
    for name in ledger.marks.get("kind", []):
        text = ledger.text(name)
        known = kind_meanings(text[ledger.counted], ledger.preset.kinds if ledger.preset else {})
        found = text.map(known)
        if not set(known.values()) & {"refund", "payment", "quote", "other", "order", "undone"}:
            if len(known) > 1 and set(known.values()) == {"unknown"}:
                values = join_names(map(repr, [*known][:6]))
                ledger.note("kind_unused", column=name, values=values)
            continue
        rows = text.value_counts()
        ledger.facts.setdefault("kinds", []).extend(
            [name, value, int(rows[value]), meaning] for value, meaning in known.items()
        )
        refunds = (found == "refund") & ledger.counted
        amounts = ledger.number(AMOUNT)
        if refunds.any() and not (amounts[refunds] < 0).any():
            ledger.assign(AMOUNT, amounts.where(~refunds, -amounts.abs()).to_numpy())
            ledger.note("refund_rows", count=int(refunds.sum()))
        _customer_of_reference(ledger, refunds)
        ledger.leave_out(found == "quote", "not_an_order")
        ledger.leave_out(found == "order", "not_an_order")
        ledger.leave_out(found == "payment", "payment_line")
        ledger.leave_out(found == "other", "not_a_sale")
        ledger.leave_out(found == "undone", "returned_order")
        unknown = [value for value, meaning in known.items() if meaning == "unknown"]
        if unknown:
            listed = join_names(map(repr, unknown[:6]))
            ledger.note("unknown_kinds", warn=True, column=name, values=listed)


def _customer_of_reference(ledger: Ledger, refunds: pd.Series) -> None:
    """Set the customer of a refund to that of the order it refers to."""
    names = [name for name in ledger.marks.get("reference", []) if name in ledger.tx]
    if not names or ORDER not in ledger.tx or not refunds.any():
        return
    orders, customers = ledger.text(ORDER), ledger.tx[CUSTOMER].reset_index(drop=True)
    of = dict(zip(orders[~refunds], customers[~refunds], strict=True))
    bought = ledger.text(names[0]).map(of)
    ledger.assign(CUSTOMER, customers.where(~refunds | bought.isna(), bought).to_numpy())


def _apply_statuses(ledger: Ledger) -> None:
    columns = [(name, "status") for name in (STATUS, *ledger.marks.get("status", []))]
    columns += [
        (name, kind)
        for kind in ("payment_status", "delivery_status", "refund_status")
        for name in ledger.marks.get(kind, [])
    ]
    columns = [(name, kind) for name, kind in columns if name in ledger.tx]
    if not columns:
        columns = [(name, "status") for name in _status_by_values(ledger)]
    flags = [
        (name, kind)
        for kind in ("cancelled", "returned", "paid", "test")
        for name in ledger.marks.get(kind, [])
        if name in ledger.tx
    ]
    amounts = ledger.number(AMOUNT)
    for name in [*ledger.marks.get("refund", [])]:
        if is_flag(ledger.text(name)) and (ledger.text(name) != "0").any():
            flags.append((name, "returned"))  # 是 and 否, where money could stand
            ledger.marks["refund"].remove(name)
    refund_column = bool(ledger.marks.get("refund"))
    table: list[list[Any]] = []
    open_values: dict[str, list[str]] = {"unknown": [], "unsure": []}
    leaving: list[tuple[pd.Series, str]] = []
    for name, kind in columns:
        text = ledger.text(name)
        found = _with_choices(meanings(text, kind), ledger)
        header = ledger.headers.get(name, name)
        _ask_about_codes(ledger, header, text, found)
        if kind == "status" and name != STATUS and not set(found.values()) - {"unknown", "sold"}:
            continue  # a column such as "state" that holds no status of orders
        rows = text.value_counts()
        blank = int(text[ledger.counted].isna().sum())
        if blank and blank < len(text):
            table.append([header, label("ledger.blank"), blank, "counted"])
        for value in sorted(found, key=lambda one: (-rows[one], one)):
            meaning = found[value]
            reason = outcome(meaning)
            if meaning in open_values:
                reason = meaning
                partly = refund_column and re.search("part|部[分份]", normalise(value))
                if partly:
                    reason = "less_refund"
                elif kind != "delivery_status":
                    open_values[meaning].append(value)
            table.append([header, value, int(rows[value]), reason])
            if meaning in REASONS:
                leaving.append((text == value, REASONS[meaning]))
    for name, kind in flags:
        text = ledger.text(name)
        values = [value for value in text.dropna().unique() if is_set(value) == (kind != "paid")]
        rows = text.isin(values)
        code = {
            "cancelled": "cancelled_order",
            "returned": "returned_order",
            "paid": "unpaid_order",
            "test": "test_order",
        }[kind]
        if rows.any():
            table.append([name, label("reading.filled_cells"), int(rows.sum()), code])
            leaving.append((rows, code))
    for code in ("cancelled_order", "returned_order", "unpaid_order", "not_an_order", "test_order"):
        for rows, reason in leaving:
            if reason == code:
                # Money given back under a status of return lowers M; it is no order to leave out.
                given_back = (code == "returned_order") & (amounts < 0)
                ledger.leave_out(rows & ~given_back, code)
    ledger.facts["statuses"] = table
    for meaning, values in open_values.items():
        if values and not (meaning == "unsure" and _only_status(ledger, columns)):
            listed = join_names(map(repr, dict.fromkeys(values[:6])))
            ledger.note(f"{meaning}_status", warn=True, values=listed, first=values[0])


def _status_by_values(ledger: Ledger) -> list[str]:
    """Find a column whose header is not known, but whose few values are those of a status."""
    used = {name for names in ledger.marks.values() for name in names}
    used |= {CUSTOMER, DATE, ORDER, AMOUNT, QUANTITY, UNIT_PRICE, PRODUCT, LINE}
    found = []
    for name in ledger.tx:
        if name in used or pd.api.types.is_numeric_dtype(ledger.tx[name].dtype):
            continue
        values = ledger.text(name).dropna().unique()
        if not 1 <= len(values) <= 20:
            continue
        known = [status_meaning(value) for value in values]
        if not set(known) & {"cancelled", "returned"}:
            continue
        if "unknown" not in known:
            ledger.note("status_by_values", column=name)
            found.append(name)
        else:
            undone = [value for value in values if status_meaning(value) in REASONS]
            listed = join_names(map(repr, undone[:4]))
            ledger.note("maybe_status", warn=True, column=name, values=listed)
    return found


def _only_status(ledger: Ledger, columns: list[tuple[str, str]]) -> bool:
    """Return True if `clean_transactions` will warn of the statuses by itself."""
    return [name for name, _ in columns] == [STATUS] and not ledger.exclude.notna().any()


def _with_choices(found: dict[str, str], ledger: Ledger) -> dict[str, str]:
    count = {normalise(one) for one in ledger.setting("count")}
    leave_out = {normalise(one) for one in ledger.setting("leave_out")}
    chosen = {}
    for value, meaning in found.items():
        plain = normalise(value)
        chosen[value] = "sold" if plain in count else meaning
        if plain in leave_out and meaning not in REASONS:
            chosen[value] = "cancelled"
    return chosen


def _ask_about_codes(ledger: Ledger, header: str, text: pd.Series, found: dict[str, str]) -> None:
    codes = [value for value in found if is_code(value)]
    if len(codes) < 2 or len(codes) < len(found):
        return
    if any(meaning != "unknown" for meaning in found.values()):
        return
    rows = text.value_counts()
    listed = join_names(f"{value} ({rows[value]})" for value in codes[:12])
    raise DataError(label("reading.ask.codes", column=header, values=listed, first=codes[-1]))


# Money


def _count_totals_once(ledger: Ledger) -> None:
    if ORDER not in ledger.tx:
        return
    amount, order = ledger.number(AMOUNT), ledger.text(ORDER)
    # Numbers that come back on another day are of another order.
    key = order.str.cat(ledger.text(DATE).fillna(""), sep="\n")
    lines = pd.DataFrame({"order": key, "number": order, "amount": amount})
    lines["row"] = range(len(lines))
    lines["product"] = np.nan
    if QUANTITY in ledger.tx and UNIT_PRICE in ledger.tx and AMOUNT in ledger.headers:
        lines["product"] = ledger.number(QUANTITY) * ledger.number(UNIT_PRICE)
    used = lines[ledger.counted & ~ledger.repeats & order.notna().to_numpy()]
    # An amount on the first line alone is the order's; the lines below it have none to count.
    first = used.groupby("order")["amount"].transform("first")
    is_first = ~used["order"].duplicated()
    top = used["amount"].where(is_first).groupby(used["order"]).transform("first")
    blank_lines = used[~is_first & used["amount"].isna() & top.notna()]
    written = ledger.tx[AMOUNT].reset_index(drop=True)
    blank_lines = blank_lines[written[blank_lines["row"]].isna().to_numpy()]
    if len(blank_lines):
        _leave_out_positions(ledger, blank_lines["row"], "order_line")
        ledger.note("first_line", count=len(blank_lines))
        used = used.drop(blank_lines.index)
    groups = used.groupby("order")["amount"]
    many = used[groups.transform("size") > 1]
    many = many[many["amount"].notna()]
    wanted = ledger.setting("totals")
    if wanted == "line" or many.empty:
        return
    if wanted is None and _leave_out_order_rows(ledger, many):
        return
    recurs = (many["amount"] == first[many.index]) & (many["amount"] > 0)
    if wanted is None:
        per_order = recurs.groupby(many["order"]).all()
        if not per_order.all():
            ledger.facts["totals"] = "line"
            return
        wanted = _total_by_evidence(ledger, many)
    if wanted == "order":
        repeated = many[recurs & many["order"].duplicated()]
        _leave_out_positions(ledger, repeated["row"], "order_line")
        ledger.note("totals_once", count=len(repeated), column=ledger.headers.get(AMOUNT, AMOUNT))


def _leave_out_order_rows(ledger: Ledger, many: pd.DataFrame) -> bool:
    """Leave out a row of each order that adds up its other rows, if every order has one."""
    lines = many.groupby("order")["amount"].agg(["size", "sum", "max"])
    if len(lines) < 2 or lines["size"].max() < 3 or not (lines["max"] > 0).all():
        return False
    if not is_on((2 * lines["max"]).to_numpy(), lines["sum"].to_numpy()).all():
        return False
    rows = many.loc[many.groupby("order")["amount"].idxmax(), "row"]
    _leave_out_positions(ledger, rows, "subtotal_row")
    ledger.note("order_rows", warn=True, count=len(rows))
    return True


def _leave_out_positions(ledger: Ledger, positions: pd.Series, code: str) -> None:
    rows = np.zeros(len(ledger.tx), dtype=bool)
    rows[positions.to_numpy()] = True
    ledger.leave_out(rows, code)


def _total_by_evidence(ledger: Ledger, many: pd.DataFrame) -> str:
    """Decide whether an amount that recurs on an order's lines is the line's or the order's."""
    orders = many["order"].nunique()
    header = ledger.headers.get(AMOUNT, AMOUNT)
    product = many["product"]
    if product.notna().all():
        if is_on(product.to_numpy(), many["amount"].to_numpy()).all():
            return "line"
        sums = product.groupby(many["order"]).sum()
        firsts = many.groupby("order")["amount"].first()
        if is_on(sums.to_numpy(), firsts.to_numpy()).mean() >= 0.5:
            return "order"
    if _ORDER_AMOUNT.search(header):
        return "order"
    if AMOUNT not in ledger.headers:  # computed from quantity and price
        return "line"
    if orders >= 2:
        example = many.iloc[0]
        values = {"order": example["number"], "amount": f"{example['amount']:g}", "column": header}
        raise LedgerQuestion(
            label("reading.ask.totals", orders=orders, **values),
            [(label(f"reading.totals.{one}"), {"totals": one}) for one in ("order", "line")],
        )
    ledger.note("one_recurring", warn=True, order=many["number"].iloc[0])
    return "line"


def _take_refunds_off(ledger: Ledger) -> None:
    names = [name for name in ledger.marks.get("refund", []) if name in ledger.tx]
    given = [name for name in names if (ledger.number(name).fillna(0) != 0).any()]
    if len(given) > 1:
        ledger.note("several_refunds", warn=True, column=given[0], others=join_names(given[1:]))
    for name in given[:1]:
        refund = ledger.number(name).abs().fillna(0.0)
        if not (refund > 0).any():
            continue
        header = ledger.headers.get(AMOUNT, AMOUNT)
        if re.search(r"net|淨", header, re.IGNORECASE) and "refund" not in ledger.mapping.columns:
            ledger.note("net_already", warn=True, column=name, amount=header)
            continue
        amount = ledger.number(AMOUNT)
        if ORDER in ledger.tx:
            # A refund of the whole order that recurs on its lines is taken off once.
            order = ledger.text(ORDER)
            seen = order.where(ledger.counted & order.notna().to_numpy())
            twice = seen.notna() & seen.duplicated() & (refund > amount)
            same = refund.groupby(seen).transform("nunique") == 1
            refund = refund.mask(
                twice | (seen.duplicated() & seen.notna() & same & _is_whole(refund, amount, seen)),
                0.0,
            )
        whole = (refund > 0) & (refund >= amount) & (amount > 0)
        net = round_sums(amount - refund, amount)
        sold = ledger.counted & amount.notna().to_numpy() & (amount > 0).to_numpy()
        ledger.assign(
            f"{header} (1)" if header in ledger.tx else header, ledger.tx[AMOUNT].to_numpy()
        )
        ledger.assign(AMOUNT, net.where(sold & ~whole, amount).to_numpy())
        ledger.leave_out(whole, "returned_order")
        taken = refund[sold & ~whole.to_numpy()]
        ledger.facts["refunds"] = [name, int((taken > 0).sum()), float(taken.sum())]


def _is_whole(refund: pd.Series, amount: pd.Series, order: pd.Series) -> pd.Series:
    """Return True where the refund on each line is that of the whole order."""
    totals = amount.groupby(order).transform("sum")
    sums = refund.groupby(order).transform("sum")
    return (sums > totals) | (refund > amount)


def _choose_currency(ledger: Ledger) -> None:
    names = [name for name in ledger.marks.get("currency", []) if name in ledger.tx]
    if names:
        currency = ledger.text(names[0]).str.upper()
    else:
        signs = written_currencies(ledger.facts["written"]).reset_index(drop=True)
        currency = signs.map(lambda sign: _SAME_CURRENCY.get(sign, sign))
        named = set(currency.dropna()) - {"$"}
        if len(named) == 1 and named <= _DOLLARS:  # $5 and NT$5 in one column are of one shop
            currency = currency.mask(currency == "$", next(iter(named)))
    wanted = ledger.setting("currency")
    if wanted is not None:
        other = currency.notna() & (currency != str(wanted).upper())
        ledger.leave_out(other, "other_currency")
    amount = ledger.number(AMOUNT)
    sums = amount[ledger.counted].groupby(currency[ledger.counted]).agg(["size", "sum"])
    ledger.facts["currencies"] = [
        [code, int(row["size"]), float(row["sum"])] for code, row in sums.iterrows()
    ]
    rates = [name for name in ledger.marks.get("rate", []) if name in ledger.tx]
    if rates and "rate" in ledger.mapping.columns:
        rate = ledger.number(rates[0])
        ledger.assign(AMOUNT, round_sums(amount * rate, amount * rate).to_numpy())
        ledger.note("converted", column=rates[0])
        return
    answers = [
        (f"{code}: {total:,.2f} ({rows})", {"currency": code})
        for code, rows, total in ledger.facts["currencies"]
    ]
    if ledger.facts.get("in_parts"):
        return  # asked when all parts are read
    if len(answers) > 1:
        if rates:
            text = label("reading.by_rate", column=rates[0])
            answers.append((text, {"columns": {"rate": rates[0]}}))
        raise LedgerQuestion(label("reading.ask.currency"), answers)
    if rates and (ledger.number(rates[0]).dropna() != 1).any():
        ledger.note("rate_unused", warn=True, column=rates[0])


_SAME_CURRENCY = {
    **dict.fromkeys(("NT$", "NT", "NTD", "NTD$", "新台幣", "新臺幣"), "TWD"),
    **dict.fromkeys(("RMB", "人民幣", "人民币"), "CNY"),
    **dict.fromkeys(("US$", "USD$", "美元", "美金"), "USD"),
    **dict.fromkeys(("HK$", "HKD$", "港幣", "港币"), "HKD"),
    "€": "EUR", "£": "GBP", "₩": "KRW", "₹": "INR", "R$": "BRL", "RM": "MYR", "S$": "SGD",
    "A$": "AUD", "C$": "CAD", "₱": "PHP", "฿": "THB", "₫": "VND",
}  # fmt: skip
_DOLLARS = {"TWD", "USD", "HKD", "SGD", "AUD", "CAD"}


# Customers and orders


def _check_customers(ledger: Ledger) -> None:
    if ledger.facts.get("customer_table") and ledger.text(CUSTOMER).dropna().is_unique:
        raise DataError(label("ledger.customer_table", where=ledger.facts["where"]))
    customer = ledger.text(CUSTOMER)
    guests = customer.str.fullmatch(GUEST, case=False).eq(True)
    people = _people_beside(ledger)
    zero = customer.str.fullmatch(r"0+|9{4,}").eq(True)
    for name in people:
        person = ledger.text(name)
        guests |= zero & (person[zero].nunique() > 1)
    if count := ledger.leave_out(guests, "guest_customer"):
        names = join_names(map(repr, customer[guests].unique()[:4]))
        ledger.note("guests", count=count, names=names)
    used = customer[ledger.counted].dropna()
    cut = used[used.str.fullmatch(_CUT_NUMBER)]
    if len(cut):
        raise DataError(label("reading.ask.cut_customer", cell=cut.iloc[0], count=len(cut)))
    if CUSTOMER not in ledger.mapping.columns:
        _check_new_id(ledger, people)
    _check_people(ledger, people)


def _people_beside(ledger: Ledger) -> list[str]:
    """List the other columns that name a person."""
    names = [
        name for kind in ("id", "email", "phone", "name") for name in ledger.marks.get(kind, [])
    ]
    return [name for name in dict.fromkeys(names) if name in ledger.tx and name != CUSTOMER]


def _check_new_id(ledger: Ledger, people: list[str]) -> None:
    """Ask where every order has a new customer, and another column shows that some return."""
    customer = ledger.text(CUSTOMER)[ledger.counted]
    order = ledger.text(ORDER)[ledger.counted] if ORDER in ledger.tx else customer.index.to_series()
    pairs = pd.DataFrame({"customer": customer, "order": order}).dropna().drop_duplicates()
    if len(pairs) < 3 or pairs["customer"].duplicated().any() or pairs["order"].duplicated().any():
        return
    fewer = []
    for name in people:
        known = ledger.text(name)[pairs.index].dropna()
        if len(known) > 0.5 * len(pairs) and known.duplicated().any():
            fewer.append((known.nunique(), name))
    if fewer:
        header = ledger.headers.get(CUSTOMER, CUSTOMER)
        names = [name for _, name in sorted(fewer)]
        raise LedgerQuestion(
            label("reading.ask.new_id", column=header, count=len(pairs)),
            [(name, {"columns": {CUSTOMER: name}}) for name in [*names, header]],
        )
    if len(pairs) >= 20:
        ledger.note("bought_once", column=ledger.headers.get(CUSTOMER, CUSTOMER))


def _check_people(ledger: Ledger, people: list[str]) -> None:
    """Report customers under whom several persons bought: one guest's number, or namesakes."""
    customer = ledger.text(CUSTOMER)[ledger.counted]
    header = ledger.headers.get(CUSTOMER, CUSTOMER)
    by_name = header in ledger.marks.get("name", []) or re.search("name|姓名|名稱", header, re.I)
    for name in people:
        person = ledger.text(name)[ledger.counted].str.casefold()
        counts = person.groupby(customer).nunique()
        most = 2 if by_name else 3
        several = counts[counts >= most]
        if 0 < len(several) <= 0.2 * len(counts) + 1 and (counts <= 1).mean() >= 0.5:
            listed = join_names(f"{one!r} ({count})" for one, count in several.head(5).items())
            ledger.note(
                "several_people", warn=True, customers=listed, column=name, count=len(several)
            )
            return


def _check_orders(ledger: Ledger) -> None:
    dates = ledger.days
    if dates is None:
        dates = to_date(ledger.tx[DATE])[0].reset_index(drop=True).dt.normalize()
    frame = pd.DataFrame({"customer": ledger.text(CUSTOMER), "day": dates})
    frame["amount"] = ledger.number(AMOUNT)
    if ORDER in ledger.tx:
        frame["order"] = ledger.text(ORDER)
    used = frame[ledger.counted]
    if ledger.setting("visits") == "day":
        if ORDER in ledger.tx:
            ledger.assign(ledger.headers.get(ORDER, "order_number") + " (1)", ledger.tx[ORDER])
        ledger.assign(ORDER, [None if pd.isna(day) else f"{day:%Y-%m-%d}" for day in dates])
        ledger.facts["visits"] = "day"
        return
    if "order" not in frame:
        ledger.facts["visits"] = "row"
        same_day = int(used.duplicated(["customer", "day"]).sum())
        if same_day:
            ledger.note("same_day_rows", count=f"{same_day:,}")
        return
    ledger.facts["visits"] = "order"
    cut = used[used["order"].str.fullmatch(_CUT_NUMBER).eq(True)]
    spread = cut.groupby("order")[["day", "customer"]].nunique().gt(1).any(axis="columns")
    if spread.any():
        days = cut.loc[cut["order"].isin(spread.index[spread])]
        raise LedgerQuestion(
            label(
                "reading.ask.cut_order",
                cell=days["order"].iloc[0],
                days=days["day"].nunique(),
                customers=days["customer"].nunique(),
            ),
            [(label("reading.visits_day"), {"visits": "day"})],
        )
    if len(cut):
        ledger.note("cut_orders", warn=True, cell=cut["order"].iloc[0])
    by_order = used.dropna(subset=["order"]).groupby(["customer", "order"])
    days = by_order["day"].agg(["min", "max"]).dropna()
    apart = (days["max"] - days["min"]) > pd.Timedelta(days=3)
    bought = used[used["amount"] > 0].dropna(subset=["order"])
    bought_days = bought.groupby(["customer", "order"])["day"].nunique()
    if len(apart) >= 5 and apart.mean() > 0.2 and (bought_days > 1).mean() > 0.2:
        ledger.note("orders_recur", warn=True, count=int(apart.sum()))
    sums = by_order["amount"].agg(["sum", "max"])
    negative = sums[(sums["sum"] < 0) & (sums["max"] > 0)]
    if len(negative):
        ledger.note("net_negative", warn=True, count=len(negative), order=negative.index[0][1])
