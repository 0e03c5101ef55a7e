"""Compute the numbers and sentences of a report."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from rfmkit.formats import percent_with_decimal, plain_number
from rfmkit.headlines import between, part_of
from rfmkit.labels import LANGUAGES, label, language
from rfmkit.rfm import CLASS_TRIPLES, class_summary, high_low, rfm_class, rfm_cuts
from rfmkit.schema import (
    AMOUNT,
    CUSTOMER,
    DATE,
    FREQUENCY,
    MONETARY,
    ORDER,
    QUANTITY,
    RECENCY,
    UNIT_PRICE,
    DataError,
)
from rfmkit.strategies import class_name
from rfmkit.thresholds import has_shares, is_on, round_sums
from rfmkit.transactions.cells import tidy_text
from rfmkit.transactions.parquet import Tally
from rfmkit.uncertainty import Interval
from rfmkit.validation import (
    check_numbers,
    check_rfm,
    clock_time,
    holds_dates,
    require_columns,
    some_customers,
)


@dataclass(frozen=True)
class Facts:
    """The contents of a report, computed from the customer table and the ledger's two parts."""

    rfm: pd.DataFrame
    cuts: pd.Series
    day: pd.Timestamp
    clean: pd.DataFrame | None
    rejected: pd.DataFrame | None
    lang: str

    @cached_property
    def levels(self) -> pd.DataFrame:
        """Columns R, F, M of True (high) and False."""
        return high_low(self.rfm, cuts=self.cuts)

    @cached_property
    def classes(self) -> pd.Series:
        """The class code of every customer."""
        return rfm_class(self.levels)

    @cached_property
    def summary(self) -> pd.DataFrame:
        """All eight classes; the share of spend is blank where total spend is not positive."""
        table = class_summary(self.rfm, self.classes)
        table["mean_spend"] = table["revenue"] / table["customers"].where(table["customers"] > 0)
        return table

    @property
    def total(self) -> float:
        """Total spend of all customers, without the noise of adding cents."""
        money = self.rfm[MONETARY]
        return float(round_sums(pd.Series([money.sum()]), pd.Series([money.abs().sum()]))[0])

    @property
    def has_shares(self) -> bool:
        """Return True if total spend is above zero, so that shares of it mean something."""
        return has_shares(self.rfm[MONETARY])

    @cached_property
    def money(self) -> str:
        """The number format of money: with decimals only where the data have cents."""
        values = self.rfm[MONETARY]
        return "#,##0" if np.allclose(values, values.round(), rtol=0, atol=0.005) else "#,##0.00"

    @property
    def source(self) -> dict:
        """What `load_transactions` noted about the file, if it is known."""
        if self.clean is None:
            return {}
        return self.clean.attrs.get("source") or {}

    @cached_property
    def left_out(self) -> pd.Series:
        """Rows left out by reason code, the most frequent first."""
        if self.rejected is None:
            return pd.Series(dtype="int64")
        counts = self.rejected["reason"].astype(object).value_counts()
        return counts.sort_index().sort_values(ascending=False, kind="stable")

    @property
    def rows_read(self) -> int | None:
        """Rows in the ledger, as counted while reading; else kept and left out together."""
        if self.clean is None:
            return None
        counted = len(self.clean) + int(self.left_out.sum())
        return int(self.source.get("rows_read", counted))

    @property
    def unaccounted(self) -> int:
        """Rows read that are neither kept nor left out, as they were filtered in between."""
        if self.clean is None:
            return 0
        return self.rows_read - len(self.clean) - int(self.left_out.sum())

    @cached_property
    def leading(self) -> str:
        """The class code with the most spend."""
        return self.summary["revenue"].idxmax()

    @cached_property
    def leading_interval(self) -> Interval | None:
        """The interval of the share of spend of the class with the most."""
        return part_of(self.rfm[MONETARY], self.classes == self.leading)

    def name(self, code: str) -> str:
        """Return the name of a class with its (R, F, M) triple."""
        return f"{class_name(code, lang=self.lang)} {CLASS_TRIPLES[code]}"

    def reason(self, code: str) -> str:
        """Return why rows were left out; an unknown code stays as it is."""
        try:
            return label(f"reason.{code}", self.lang)
        except KeyError:
            return str(code)

    def headline(self) -> str:
        """Write the finding in one sentence."""
        if len(self.rfm) == 1:
            return label("report.finding_single", self.lang, name=self.name(self.leading))
        non_empty = self.summary[self.summary["customers"] > 0]
        if len(non_empty) == 1:
            return label("report.finding_same", self.lang, name=self.name(non_empty.index[0]))
        if not self.has_shares:
            return label("report.finding_no_spend", self.lang)
        row = self.summary.loc[self.leading]
        return label(
            "report.finding",
            self.lang,
            name=class_name(self.leading, lang=self.lang),
            customers=percent_with_decimal(row["customer_share"]),
            spend=percent_with_decimal(row["revenue_share"]),
        ) + between(self.leading_interval, self.lang)

    def returns(self) -> str:
        """Describe what was done with returns."""
        refunds = (self.source.get("reading") or {}).get("refunds")
        if refunds:
            return label("report.returns_refunds", self.lang, column=refunds[0])
        dropped = int(self.left_out.get("return", 0))
        if dropped:
            return label("report.returns_drop", self.lang, rows=f"{dropped:,}")
        netted = int((self.clean[AMOUNT] < 0).sum())
        if netted:
            return label("report.returns_net", self.lang, rows=f"{netted:,}")
        return label("report.returns_none", self.lang)

    def period(self) -> str:
        """Write the first and the last day of the kept rows."""
        first, last = self.clean[DATE].min().normalize(), self.clean[DATE].max().normalize()
        values = {"first": f"{first:%Y-%m-%d}", "last": f"{last:%Y-%m-%d}"}
        return label("report.period_text", self.lang, **values, days=(last - first).days + 1)

    def spend_name(self) -> str:
        """Return the name of total spend: less returns, unless they were left out."""
        gross = "_gross" if self.left_out.get("return", 0) else ""
        return label(f"report.about_spend{gross}", self.lang)

    @cached_property
    def lost_customers(self) -> int | None:
        """Customers in the ledger none of whose rows was kept; None if the ledger is not known."""
        if self.rejected is None or not all(
            CUSTOMER in half for half in (self.clean, self.rejected)
        ):
            return None
        named = ~self.rejected["reason"].isin(["blank_customer", "test_order"])
        names = tidy_text(self.rejected[CUSTOMER])[named.to_numpy()]
        return len(set(names.dropna()) - set(self.clean[CUSTOMER].astype(str)))

    def columns_used(self) -> str | None:
        """Describe which column of the ledger was used for what, and how amounts were computed."""
        headers = {role: header for header, role in (self.source.get("columns") or {}).items()}
        values = [
            f"{label(f'column.{role}', self.lang)} = {headers[role]}"
            for role in (CUSTOMER, DATE, ORDER, AMOUNT)
            if role in headers
        ]
        if AMOUNT not in headers and {QUANTITY, UNIT_PRICE} <= headers.keys():
            product = f"{headers[QUANTITY]} × {headers[UNIT_PRICE]}"
            values.append(f"{label('column.amount', self.lang)} = {product}")
        return label("report.list_comma", self.lang).join(values) or None

    def cut_source(self) -> str:
        """Describe the thresholds as mean, median or given numbers."""
        method = self.cuts.attrs.get("method")
        # Numbers changed by hand, or of another table, are not the means of this one.
        if method in ("mean", "median") and np.all(
            is_on(rfm_cuts(self.rfm, method=method), self.cuts)
        ):
            return label(f"report.cuts_{method}", self.lang)
        return label("report.cuts_own", self.lang)

    def thresholds(self) -> pd.DataFrame:
        """List each threshold, its rule in words, and how many customers are high and low."""
        rows = []
        for level, measure in zip("RFM", (RECENCY, FREQUENCY, MONETARY), strict=True):
            cut = float(self.cuts[measure])
            high = int(self.levels[level].sum())
            on_it = is_on(self.rfm[measure], cut)
            rows.append(
                {
                    "measure": label(f"column.{measure}", self.lang),
                    "cut": cut,
                    "rule": label(f"report.rule_{level}", self.lang, cut=plain_number(cut)),
                    "high": high,
                    "low": len(self.rfm) - high,
                    "on_cut": int(on_it.sum()),
                }
            )
        return pd.DataFrame(rows, index=pd.Index(list("RFM"), name="level"))


def gather(
    rfm: pd.DataFrame,
    *,
    cuts: object,
    day: pd.Timestamp,
    clean: pd.DataFrame | None = None,
    rejected: pd.DataFrame | None = None,
    lang: str | None = None,
) -> Facts:
    """Compute a report's facts; the checks of `high_low` apply."""
    high_low(rfm, cuts=cuts)
    ordered = pd.Series({name: float(cuts[name]) for name in (RECENCY, FREQUENCY, MONETARY)})
    ordered.attrs["method"] = getattr(cuts, "attrs", {}).get("method")
    return Facts(rfm, ordered, day, clean, rejected, language(lang))


@dataclass(frozen=True)
class TallyFacts(Facts):
    """The facts of a report whose ledger was added up by DuckDB."""

    tally: Tally

    @property
    def source(self) -> dict:
        """File and columns of the ledger."""
        return self.tally.source

    @property
    def left_out(self) -> pd.Series:
        """Rows left out by reason code, the most frequent first."""
        return self.tally.left_out

    @property
    def lost_customers(self) -> int:
        """Customers in the ledger none of whose rows was kept."""
        return self.tally.lost_customers

    def returns(self) -> str:
        """Describe what was done with returns."""
        dropped, netted = int(self.left_out.get("return", 0)), self.tally.returned
        kind, rows = ("drop", dropped) if dropped else ("net", netted) if netted else ("none", 0)
        return label(f"report.returns_{kind}", self.lang, **({"rows": f"{rows:,}"} if rows else {}))

    def period(self) -> str:
        """Write the first and the last day of the kept rows."""
        first, last = self.tally.first.normalize(), self.tally.last.normalize()
        values = {"first": f"{first:%Y-%m-%d}", "last": f"{last:%Y-%m-%d}"}
        return label("report.period_text", self.lang, **values, days=(last - first).days + 1)


def tally_facts(
    rfm: pd.DataFrame, *, cuts: pd.Series, day: pd.Timestamp, tally: Tally, lang: str
) -> TallyFacts:
    """Compute the facts; of the rows kept, only their number is known."""
    kept = tally.rows_read - int(tally.left_out.sum())
    ordered = cuts[["recency_days", "frequency", "monetary"]].astype("float64")
    ordered.attrs["method"] = cuts.attrs.get("method")
    return TallyFacts(rfm, ordered, day, pd.DataFrame(index=range(kept)), None, lang, tally)


def check_input(
    rfm: pd.DataFrame, day: pd.Timestamp, clean: pd.DataFrame | None, lang: str | None
) -> None:
    """Raise a DataError for a customer twice, a ledger not cleaned, or another today."""
    if lang is not None and lang not in LANGUAGES:
        raise DataError(
            f"lang={lang!r} is not a language of the kit. Choose one of {LANGUAGES}, "
            "or leave it out."
        )
    check_rfm(rfm)
    if not rfm.index.is_unique:
        twice = rfm.index[rfm.index.duplicated()].unique()
        raise DataError(
            f"the customer table holds {some_customers(twice)} more than once.\n"
            "Compute it anew with rfm_table(clean, today=...): one row a customer."
        )
    if clean is None:
        return
    require_columns(clean, [DATE, AMOUNT], name="clean")
    if not holds_dates(clean[DATE]):
        raise DataError(
            f"clean[{DATE!r}] holds {clean[DATE].dtype} values, not dates.\n"
            "Give what clean_transactions(tx) returned: clean, rejected = clean_transactions(tx)."
        )
    check_numbers(clean[AMOUNT], name=f"clean[{AMOUNT!r}]")
    _check_today(rfm, day, clean)


def _check_today(rfm: pd.DataFrame, day: pd.Timestamp, clean: pd.DataFrame) -> None:
    """Raise a DataError if recency was counted from another day for all customers."""
    if CUSTOMER not in clean:
        return
    bought = clean[clean[AMOUNT] > 0]
    last = clock_time(bought[DATE]).dt.normalize().groupby(bought[CUSTOMER]).max()
    both = rfm.index.intersection(last.index)
    if len(both) == 0:
        return
    counted_from = last[both] + pd.to_timedelta(rfm.loc[both, RECENCY].astype("float64"), unit="D")
    if (counted_from != day).all() and counted_from.nunique() == 1:
        raise DataError(
            f"today is given as {day:%Y-%m-%d}, but recency_days in the customer table was counted "
            f"from {counted_from.iloc[0]:%Y-%m-%d}.\n"
            "Give write_report the today that rfm_table had."
        )
