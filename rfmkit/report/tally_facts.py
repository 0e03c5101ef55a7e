"""Tell a report's facts of a ledger too large to be held: its rows are counted, not kept."""

from dataclasses import dataclass

import pandas as pd

from rfmkit.labels import label
from rfmkit.report.facts import Facts
from rfmkit.transactions.parquet import Tally


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
        """Tell what was done with returns."""
        dropped, netted = int(self.left_out.get("return", 0)), self.tally.returned
        kind, rows = ("drop", dropped) if dropped else ("net", netted) if netted else ("none", 0)
        return label(f"report.returns_{kind}", self.lang, **({"rows": f"{rows:,}"} if rows else {}))

    def period(self) -> str:
        """Tell the first and the last day of the kept rows."""
        first, last = self.tally.first.normalize(), self.tally.last.normalize()
        told = {"first": f"{first:%Y-%m-%d}", "last": f"{last:%Y-%m-%d}"}
        return label("report.period_text", self.lang, **told, days=(last - first).days + 1)


def tally_facts(
    rfm: pd.DataFrame, *, cuts: pd.Series, day: pd.Timestamp, tally: Tally, lang: str
) -> TallyFacts:
    """Put the facts together; of the rows kept, only their number is there."""
    kept = tally.rows_read - int(tally.left_out.sum())
    ordered = cuts[["recency_days", "frequency", "monetary"]].astype("float64")
    ordered.attrs["method"] = cuts.attrs.get("method")
    return TallyFacts(rfm, ordered, day, pd.DataFrame(index=range(kept)), None, lang, tally)
