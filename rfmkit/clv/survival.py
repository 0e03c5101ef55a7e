"""Estimate how long customers stay, those who are still there included: Kaplan-Meier."""

import narwhals as nw
import numpy as np
import pandas as pd

from rfmkit.dates import as_day
from rfmkit.engines import add_up, ledger_lines, to_pandas
from rfmkit.schema import AMOUNT, CUSTOMER, DATE, DataError
from rfmkit.validation import (
    check_numbers,
    check_same_customers,
    first_label,
    is_finite,
    require_columns,
    two_sided_z,
)


def customer_lives(
    tx: object,
    *,
    end: object,
    silence: int,
    customer: str = "customer",
    date: str = "date",
    amount: str = "amount",
) -> pd.DataFrame:
    """Measure from a ledger how long each customer stayed, by a rule of silence.

    Without a contract nobody says goodbye, so a rule must decide. Here a customer is gone on the
    day that completes `silence` days without a purchase for the first time. A customer who has not
    been silent for so long by `end` is still there, and the stay is at least as long as observed
    ("censored").

    Parameters
    ----------
    tx
        Transactions of any engine, as for `rfm_table`. A day with no positive amount is no
        purchase.
    end
        The day observation ends; like `today` of `rfm_table`, it has no default.
    silence
        Days without a purchase after which a customer is gone, 1 or more.
    customer, date, amount
        Names of the columns to use.

    Returns
    -------
    pandas.DataFrame
        One row a customer. `days`: from the first purchase in this ledger to the day the customer
        was gone, or else to `end`. `gone`: True if gone, False if still there. `came_back`: True
        if gone and a purchase followed all the same; many of these mean that `silence` is short.

    Raises
    ------
    DataError
        If a column is missing, a cell is blank or no number or no date, a row lies after `end`,
        there is no purchase, or `silence` is no whole number of 1 or more.

    Notes
    -----
    A later purchase does not take back that a customer was gone. If it did, customers seen for
    a short time would seem to leave more often than those seen for long, and Kaplan-Meier, which
    compares them, would be wrong.

    Source: Kaplan and Meier 1958 for the two columns; the rule and its length are the kit's own
    choice (K). A few times the usual gap between two purchases is common.

    Examples
    --------
    >>> tx = pd.DataFrame({
    ...     "customer": ["A", "A", "B", "B"],
    ...     "date": pd.to_datetime(["2021-01-01", "2021-03-20", "2021-01-01", "2021-01-20"]),
    ...     "amount": [100, 40, 50, 60],
    ... })
    >>> customer_lives(tx, end="2021-03-31", silence=90).values.tolist()
    [[89, False, False], [89, False, False]]
    >>> customer_lives(tx, end="2021-03-31", silence=30).values.tolist()
    [[30, True, True], [49, True, False]]
    """
    end = as_day(end, name="end")
    whole = isinstance(silence, (int, np.integer)) and not isinstance(silence, bool)
    if not whole or silence < 1:
        raise DataError(
            f"silence must be a whole number of days, 1 or more, not {silence!r}.\n"
            "Give the days without a purchase after which a customer is gone, such as silence=90."
        )
    lines = ledger_lines(tx, customer=customer, date=date, amount=amount, until=end)
    lines = lines.with_columns(
        day=nw.col(DATE).dt.truncate("1d"), bought=(nw.col(AMOUNT) > 0).cast(nw.Int64)
    )
    counts = to_pandas(add_up(lines, CUSTOMER, "day", n=nw.col("bought").sum()), CUSTOMER, "day")
    bought = counts[counts["n"] > 0].sort_values([CUSTOMER, "day"], ignore_index=True)
    if len(bought) == 0:
        raise DataError("transactions hold no purchase (no amount above 0): nobody to follow.")
    groups = bought.groupby(CUSTOMER, observed=True)["day"]
    # The last day of the silence is the end for a customer who never buys again.
    following = groups.shift(-1)
    gap = (following.fillna(end + pd.Timedelta(days=1)) - bought["day"]).dt.days
    age = (bought["day"] - groups.transform("min")).dt.days
    ends = bought.assign(days=age + silence, came_back=following.notna())[gap > silence]
    first_end = ends.drop_duplicates(CUSTOMER).set_index(CUSTOMER)
    lives = pd.DataFrame({"days": (end - groups.min()).dt.days}).rename_axis("customer")
    lives["gone"] = lives.index.isin(first_end.index)
    lives["came_back"] = first_end["came_back"].reindex(lives.index, fill_value=False).astype(bool)
    lives.loc[lives["gone"], "days"] = first_end["days"].reindex(lives.index[lives["gone"]])
    return lives.astype({"days": "int64"})


def kaplan_meier(
    durations: pd.Series, observed: pd.Series, *, confidence: float = 0.95
) -> pd.DataFrame:
    """Estimate the share of customers who are still there after so long.

    A share of all customers would count those who joined lately as lost or as kept, and nobody
    knows which. Kaplan-Meier asks at each time only the customers who were followed that far.

    Parameters
    ----------
    durations
        How long each customer was followed, 0 or more, in any unit of time; `days` of
        `customer_lives`.
    observed
        True if the customer left at that time, False if still there ("censored"); `gone` of
        `customer_lives`.
    confidence
        How often the interval shall hold the true share, above 0 and below 1.

    Returns
    -------
    pandas.DataFrame
        One row for time 0 and for each different duration (index `time`). `at_risk`: customers
        followed up to then. `left`: those who left then. `censored`: those who were followed no
        longer. `survival`: share who are still there after this time, 0 to 1. `lower`, `upper`:
        its interval, blank where `survival` is 0, for which the formula has none.

    Raises
    ------
    DataError
        If there is no customer, a duration is blank, negative or no number, `observed` is not True
        or False for each, the two differ in customers, or `confidence` is unusable.

    Notes
    -----
    The estimate is right if those who are still there would leave like the others, that is, if the
    end of observation has nothing to do with leaving.

    Source: Kaplan and Meier 1958; the variance is Greenwood's 1926, the interval is on the scale
    log(-log(share)), which never leaves 0 to 1 (Kalbfleisch and Prentice 1980).

    Examples
    --------
    >>> days, gone = pd.Series([10, 20, 20, 30]), pd.Series([True, True, False, True])
    >>> kaplan_meier(days, gone)[["at_risk", "left", "survival"]].values.tolist()
    [[4.0, 0.0, 1.0], [4.0, 1.0, 0.75], [3.0, 1.0, 0.5], [1.0, 1.0, 0.0]]
    """
    times, left = _times(durations, observed)
    z = two_sided_z(confidence)
    grid = np.unique(np.concatenate([[0.0], times]))
    place = np.searchsorted(grid, times)
    leaving = np.bincount(place, weights=left, minlength=len(grid))
    everyone = np.bincount(place, minlength=len(grid)).astype("float64")
    at_risk = everyone[::-1].cumsum()[::-1]
    survival = np.cumprod(1 - leaving / at_risk)
    staying = at_risk - leaving
    terms = leaving / (at_risk * np.where(staying > 0, staying, np.nan))
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(survival)
        spread = z * np.sqrt(np.cumsum(terms)) / np.abs(logs)
        lower, upper = survival ** np.exp(spread), survival ** np.exp(-spread)
    nobody_left = survival == 1
    table = {
        "at_risk": at_risk.astype("int64"),
        "left": leaving.astype("int64"),
        "censored": (everyone - leaving).astype("int64"),
        "survival": survival,
        "lower": np.where(nobody_left, 1.0, np.where(survival > 0, lower, np.nan)),
        "upper": np.where(nobody_left, 1.0, np.where(survival > 0, upper, np.nan)),
    }
    return pd.DataFrame(table, index=pd.Index(grid, name="time"))


def survival_at(curve: pd.DataFrame, time: float) -> pd.Series:
    """Return the share who are still there after a given time, with its interval.

    Parameters
    ----------
    curve
        From `kaplan_meier`.
    time
        The time, in the unit of the curve.

    Returns
    -------
    pandas.Series
        `survival`, `lower` and `upper`, 0 to 1.

    Raises
    ------
    DataError
        If `curve` is not one of `kaplan_meier`, or `time` is negative, no number, or longer than
        anybody was followed.

    Notes
    -----
    Source: common practice: the curve is a step function and keeps its value until the next time.

    Examples
    --------
    >>> curve = kaplan_meier(pd.Series([10, 20, 30]), pd.Series([True, False, True]))
    >>> round(survival_at(curve, 25)["survival"], 2)
    np.float64(0.67)
    """
    check_curve(curve)
    if isinstance(time, bool) or not is_finite(time) or time < 0:
        raise DataError(f"time must be a number of 0 or more, not {time!r}.")
    if time > curve.index[-1] and curve["survival"].iloc[-1] > 0:
        raise DataError(
            f"nobody was followed for {time:g}: the longest time is {curve.index[-1]:g}.\n"
            "Ask for a shorter time, or take a longer ledger."
        )
    row = curve.index.searchsorted(time, side="right") - 1
    return curve[["survival", "lower", "upper"]].iloc[row].rename(time)


def check_curve(curve: object) -> None:
    """Refuse what is no table of `kaplan_meier`."""
    if not isinstance(curve, pd.DataFrame):
        raise DataError(f"curve must be a table of kaplan_meier, not a {type(curve).__name__}.")
    require_columns(curve, ["at_risk", "censored", "survival", "lower", "upper"], name="curve")
    if len(curve) == 0:
        raise DataError("curve is empty: make it with kaplan_meier(durations, observed).")


def _times(durations: pd.Series, observed: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    check_numbers(durations, name="durations")
    if len(durations) == 0:
        raise DataError("durations is empty: there is no customer to follow.")
    if not isinstance(observed, pd.Series) or not pd.api.types.is_bool_dtype(observed):
        kind = observed.dtype if isinstance(observed, pd.Series) else type(observed).__name__
        raise DataError(
            f"observed must be a Series of True (left) and False (still there), not {kind}.\n"
            "Make it with customer_lives(tx, end=..., silence=...)['gone'], or with astype(bool)."
        )
    if observed.isna().any():
        raise DataError("observed holds blanks: say True (left) or False (still there) for each.")
    check_same_customers(durations, observed, names="durations and observed")
    if (durations < 0).any():
        raise DataError(
            f"a duration is 0 or more, but {first_label(durations.index[durations < 0])!r} has "
            "less.\nMake them with customer_lives(tx, end=..., silence=...)."
        )
    return durations.to_numpy("float64"), observed.to_numpy("float64")
