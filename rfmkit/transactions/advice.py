"""Say how to mend a ledger that cannot be used, and what in a usable one a person should see."""

import re
import warnings

import numpy as np
import pandas as pd

from rfmkit.labels import label
from rfmkit.schema import AMOUNT, CUSTOMER, DATE, LINE, ORDER, DataWarning
from rfmkit.transactions.cells import to_number

_DAY_ONE = pd.Timestamp("1899-12-30")  # day 0 of Excel's calendar


def nothing_left(raw: pd.DataFrame, dates: pd.Series, reason: pd.Series) -> str:
    """Count the reasons, with one row each as an example, and say how to mend."""
    if raw.empty:
        return "the ledger has no rows. Load one with load_transactions(path)."
    lines = [f"no row of the ledger can be used; {len(raw)} rows were read:"]
    for code, count in reason.value_counts().items():
        place = int(np.flatnonzero(reason == code)[0])
        cells = ", ".join(f"{name} {_shown(raw.iloc[place][name])}"
                          for name in (CUSTOMER, DATE, AMOUNT))  # fmt: skip
        name = label(f"reason.{code}", "en")
        lines.append(
            f"- {name} ({code}): {count}, for instance row {_shown(raw.index[place])}: {cells}"
        )
    codes = set(reason)
    days = to_number(raw[DATE].where((reason == "unreadable_date").to_numpy()))
    days = days[days.between(20_000, 80_000)]
    if len(days):
        day = (_DAY_ONE + pd.Timedelta(days=int(days.iloc[0]))).date()
        lines.append(
            f"A date such as {days.iloc[0]:g} would be {day} as an Excel day number. "
            "In Excel format the column as a date and save; or in Python: "
            'tx["date"] = pd.to_datetime(tx["date"].astype(float), unit="D", origin="1899-12-30").'
        )
    if codes & {"outside_period", "future_date"} and dates.notna().any():
        lines.append(
            f"The dates of the ledger run from {dates.min():%Y-%m-%d} to {dates.max():%Y-%m-%d}: "
            "choose a period (start, end) and a today that they fall in."
        )
    if "zero_amount" in codes:
        lines.append(
            "Rows with an amount of 0 are no purchases. If another column holds what was paid, "
            'name it: columns={"amount": "…"} (command line: --amount "…").'
        )
    lines.append("Mend these cells, the period (start, end, today), or columns={…} of the loading.")
    return "\n".join(lines)


def _shown(cell: object) -> str:
    """Write a cell as a person would: no type names, and (blank) for nothing."""
    if isinstance(cell, pd.Timestamp):
        return f"{cell:%Y-%m-%d}" if cell == cell.normalize() else f"{cell:%Y-%m-%d %H:%M}"
    if pd.api.types.is_scalar(cell) and pd.isna(cell):
        return "(blank)"
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
        more = f" and {len(twins) - 5} more" if len(twins) > 5 else ""
        warnings.warn(
            f"customers that look alike are counted apart: {'; '.join(twins[:5])}{more}.\n"
            "If they are one, write them alike in the file; or in Python: "
            'tx["customer"] = tx["customer"].replace({"old": "new"}).',
            DataWarning,
            stacklevel=3,
        )


def _bare(name: str) -> str:
    name = re.sub(r"\s", "", name).casefold()
    return re.sub(r"(\d)\.0+$", r"\1", name).lstrip("0")


def warn_of_honest_repeats(columns: pd.Index, count: int) -> None:
    """Tell how many equal rows were dropped where nothing shows that they were entered twice."""
    if count and ORDER not in columns and LINE not in columns:
        rows = "1 row equals" if count == 1 else f"{count:,} rows equal"
        were = "was" if count == 1 else "were"
        warnings.warn(
            f"{rows} an earlier one in every column and {were} left out as repeated_row. The "
            "ledger has no order numbers, so they may be honest purchases, equal by chance.\n"
            'If they are, keep them: repeats="keep" (command line: --repeats keep).',
            DataWarning,
            stacklevel=3,
        )
