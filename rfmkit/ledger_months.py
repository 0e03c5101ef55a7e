"""Count months inside an engine, and give them back as pandas' periods."""

import narwhals as nw
import pandas as pd

from rfmkit.schema import DATE


def month_number() -> nw.Expr:
    """Count the months from January 1970 to a row's date, as pandas' periods do."""
    date = nw.col(DATE).dt
    return (date.year().cast(nw.Int64) - 1970) * 12 + date.month().cast(nw.Int64) - 1


def months(numbers: pd.Series) -> pd.PeriodIndex:
    """Make months of their numbers."""
    return pd.PeriodIndex.from_ordinals(numbers.astype("int64"), freq="M")
