"""Say how to mend a ledger that cannot be used, and what in a usable one a person should see."""

import re
import warnings

import numpy as np
import pandas as pd

from rfmkit.labels import label, language
from rfmkit.schema import AMOUNT, CUSTOMER, DATE, LINE, ORDER, DataWarning
from rfmkit.transactions.cells import to_number

_DAY_ONE = pd.Timestamp("1899-12-30")  # day 0 of Excel's calendar


def nothing_left(raw: pd.DataFrame, dates: pd.Series, reason: pd.Series) -> str:
    """Count the reasons, with one row each as an example, and say how to mend."""
    if raw.empty:
        return label("ledger.nothing_loaded")
    lines = [label("ledger.nothing_left", rows=len(raw))]
    for code, count in reason.value_counts().items():
        place = int(np.flatnonzero(reason == code)[0])
        cells = label("cli.comma").join(
            f"{name if language() == 'en' else label(f'column.{name}')} "
            f"{_shown(raw.iloc[place][name])}"
            for name in (CUSTOMER, DATE, AMOUNT)
        )
        lines.append(
            label(
                "ledger.left_for", reason=label(f"reason.{code}"), code=code, count=count,
                row=_shown(raw.index[place]), cells=cells,
            )
        )  # fmt: skip
    codes = set(reason)
    days = to_number(raw[DATE].where((reason == "unreadable_date").to_numpy()))
    days = days[days.between(20_000, 80_000)]
    if len(days):
        day = (_DAY_ONE + pd.Timedelta(days=int(days.iloc[0]))).date()
        lines.append(label("ledger.day_number", number=f"{days.iloc[0]:g}", day=day))
    if codes & {"outside_period", "future_date"} and dates.notna().any():
        first, last = f"{dates.min():%Y-%m-%d}", f"{dates.max():%Y-%m-%d}"
        lines.append(label("ledger.dates_run", first=first, last=last))
    if "zero_amount" in codes:
        lines.append(label("ledger.zero"))
    lines.append(label("ledger.mend"))
    return "\n".join(lines)


def _shown(cell: object) -> str:
    """Write a cell as a person would: no type names, and (blank) for nothing."""
    if isinstance(cell, pd.Timestamp):
        return f"{cell:%Y-%m-%d}" if cell == cell.normalize() else f"{cell:%Y-%m-%d %H:%M}"
    if pd.api.types.is_scalar(cell) and pd.isna(cell):
        return label("ledger.blank")
    if isinstance(cell, np.generic):
        cell = cell.item()
    return repr(cell) if isinstance(cell, str) else str(cell)


def warn_of_lookalikes(customers: pd.Series) -> None:
    """Name customers that differ in leading zeros, capitals, spaces or a ".0" alone."""
    names = pd.Series(customers.unique(), dtype=object)
    bare = names.map(_bare)
    twins = names.groupby(bare).agg(list)
    twins = [" / ".join(map(repr, group)) for group in twins if len(group) > 1]
    if twins:
        listed = "; ".join(twins[:5])
        if len(twins) > 5:
            listed = label("ledger.more", listed=listed, count=len(twins) - 5)
        warnings.warn(
            label("ledger.lookalikes", twins=listed),
            DataWarning,
            stacklevel=3,
        )


def _bare(name: str) -> str:
    name = re.sub(r"\s", "", name).casefold()
    return re.sub(r"(\d)\.0+$", r"\1", name).lstrip("0")


def warn_of_honest_repeats(columns: pd.Index, count: int) -> None:
    """Tell how many equal rows were dropped where nothing shows that they were entered twice."""
    if count and ORDER not in columns and LINE not in columns:
        told = label("ledger.repeats.one")
        if count > 1:
            told = label("ledger.repeats.many", count=f"{count:,}")
        warnings.warn(
            told,
            DataWarning,
            stacklevel=3,
        )
