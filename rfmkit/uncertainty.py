"""Compute intervals: how far a number could be off because only these customers were seen.

Bootstrap over customers for any statistic; Wilson and exact intervals for shares, and intervals for
the two measures of a survey.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from rfmkit.abc_tiers import gini, value_share
from rfmkit.clv_cs import csat, nps
from rfmkit.labels import label, language
from rfmkit.schema import DataError
from rfmkit.thresholds import count_reached
from rfmkit.validation import check_numbers, check_one_row_each, is_finite, two_sided_z

UNITS = ("number", "share", "percent", "points", "money")
_BLOCK = 4_000_000  # drawn customers held in memory at once


@dataclass(frozen=True)
class Interval:
    """An estimate and the two ends of its confidence interval.

    Attributes
    ----------
    estimate, low, high
        In the unit of the statistic.
    confidence
        0 to 1: the share of such intervals that hold the true value, if many firms compute one.
    method
        "percentile", "basic", "wilson", "exact" or "adjusted_wald".
    count
        Customers or answers behind the estimate.
    unit
        "number", "share" (0 to 1), "percent" (0 to 100), "points" or "money".

    Examples
    --------
    >>> share_interval(18, 20).unit
    'share'
    """

    estimate: float
    low: float
    high: float
    confidence: float
    method: str
    count: int
    unit: str = "number"


def bootstrap_interval(
    customers: pd.Series | pd.DataFrame,
    statistic: Callable,
    *,
    confidence: float = 0.95,
    method: str = "percentile",
    resamples: int = 2000,
    seed: int = 0,
    vectorized: bool = False,
) -> Interval:
    """Estimate the interval of any statistic by drawing customers with replacement.

    Each resample draws as many customers as there are, some of them twice or more and some not at
    all, and computes the statistic anew. How much it varies tells how much it depends on which
    customers the firm happens to have. Customers are drawn whole, never order lines: the orders of
    one customer resemble each other, and drawing them apart would promise too much.

    Parameters
    ----------
    customers
        One row a customer: a Series of numbers, or a table.
    statistic
        A function from such a Series or table to one number, such as `gini`, `value_share` or
        ``lambda table: table["monetary"].median()``. It gets customers numbered from 0.
    confidence
        Between 0 and 1: 0.95 for 95 %.
    method
        "percentile": between the percentiles of the resamples. "basic": the same distances, taken
        from the estimate to the other side.
    resamples
        How often to draw, at least 100.
    seed
        Seed of the draws. The same customers and seed give the same interval, in any order of rows.
    vectorized
        True if `statistic` takes an array with one resample a row and returns one number a row;
        for a Series alone. `gini`, `value_share`, `numpy.mean` and `numpy.median` are computed so
        in any case.

    Returns
    -------
    Interval
        Estimate, low and high end, in the statistic's unit.

    Raises
    ------
    DataError
        If there are fewer than two customers, a customer stands twice, a number of a Series is
        blank or infinite, the statistic has no value in a resample or the same in all of them, or
        an option is unusable.

    Notes
    -----
    Source: Efron and Tibshirani, *An Introduction to the Bootstrap*, 1993, chapter 13; the basic
    interval is that of Davison and Hinkley, *Bootstrap Methods and their Application*, 1997,
    chapter 5. Few very large customers make both too narrow. Of simulated firms of 320 customers,
    their 95 % intervals held the true Gini of 0.38 in 93 to 94 %, of 0.52 in 89 to 92 %, and of
    0.73, as unequal as the kit's own books, in 87 %.

    Examples
    --------
    >>> spend = pd.Series([120.0, 80, 40, 300, 60, 90, 150, 30, 70, 500])
    >>> interval = bootstrap_interval(spend, gini, seed=7)
    >>> interval.low < interval.estimate < interval.high
    True
    """
    check_options(confidence, resamples, seed)
    if method not in ("percentile", "basic"):
        raise DataError(f"method {method!r} is not known; use 'percentile' or 'basic'.")
    customers = check_customers(customers)
    if vectorized and isinstance(customers, pd.DataFrame):
        raise DataError(
            "a vectorized statistic takes the values of one column.\n"
            'Give that column, table["monetary"], or leave vectorized out.'
        )
    values = customers.reset_index(drop=True)
    try:
        estimate = _one_number(statistic(values.to_numpy()[None, :] if vectorized else values))
        many = statistic if vectorized else _rowwise(values, statistic)
        draws = resampled_rows(len(values), resamples, seed)
        if many is not None:
            plain = values.to_numpy(dtype="float64")
            blocks = [np.asarray(many(plain[drawn]), "float64").reshape(-1) for drawn in draws]
            results = np.concatenate(blocks)
        else:
            results = np.array(
                [
                    _one_number(statistic(values.take(row).reset_index(drop=True)))
                    for drawn in draws
                    for row in drawn
                ]
            )
    except DataError as problem:
        raise DataError(
            f"the statistic could not be computed for every resample: {problem}\n"
            "Choose a statistic that any customers of the firm have, or leave those out that it "
            "cannot take."
        ) from None
    _check_results(results, resamples)
    tail = (1 - confidence) / 2
    low, high = np.quantile(results, [tail, 1 - tail])
    if method == "basic":
        low, high = 2 * estimate - high, 2 * estimate - low
    return Interval(estimate, float(low), float(high), confidence, method, len(values))


def share_interval(
    successes: int, total: int, *, confidence: float = 0.95, method: str = "wilson"
) -> Interval:
    """Compute the interval of a share, such as customers who came back of all customers.

    Parameters
    ----------
    successes
        How many did.
    total
        How many could have, at least 1.
    confidence
        Between 0 and 1: 0.95 for 95 %.
    method
        "wilson": holds the true share about as often as it says. "exact": Clopper and Pearson's,
        which holds it at least as often, and so is wider.

    Returns
    -------
    Interval
        As shares, 0 to 1. Unlike a bootstrap it is no point when all did, or nobody.

    Raises
    ------
    DataError
        If one of the two is no whole number, `total` is below 1, `successes` is below 0 or above
        `total`, or an option is unusable.

    Notes
    -----
    Source: Wilson, *Journal of the American Statistical Association* 22, 1927, pages 209-212;
    Clopper and Pearson, *Biometrika* 26, 1934, pages 404-413; compared by Brown, Cai and DasGupta,
    *Statistical Science* 16(2), 2001, pages 101-133.

    Examples
    --------
    >>> describe_interval(share_interval(77, 100), lang="en")
    '77%, between 68 and 84'
    """
    z = two_sided_z(confidence)
    for name, value in (("successes", successes), ("total", total)):
        if isinstance(value, (bool, np.bool_)) or not is_finite(value) or value != int(value):
            raise DataError(f"{name} must be a whole number, not {value!r}.")
    successes, total = int(successes), int(total)
    if total < 1 or not 0 <= successes <= total:
        raise DataError(
            f"{successes} of {total} is no share: total must be 1 or more, and successes between 0 "
            "and total.\nCount both over the same customers."
        )
    if method not in ("wilson", "exact"):
        raise DataError(f"method {method!r} is not known; use 'wilson' or 'exact'.")
    if method == "wilson":
        low, high = map(float, wilson_interval(successes, total, z))
    else:
        low, high = _clopper_pearson(successes, total, 1 - confidence)
    return Interval(successes / total, low, high, confidence, method, total, "share")


def csat_interval(answers: pd.Series, *, confidence: float = 0.95) -> Interval:
    """Compute the interval of the share of satisfied answers, by Wilson.

    Parameters
    ----------
    answers
        One answer each, whole numbers from 1 to 5, as for `csat`.
    confidence
        Between 0 and 1: 0.95 for 95 %.

    Returns
    -------
    Interval
        In percent, 0 to 100. It covers chance alone: who did not answer is another matter.

    Raises
    ------
    DataError
        As `csat`; and if `confidence` is unusable.

    Notes
    -----
    Source: common practice; see `csat` and `share_interval`.

    Examples
    --------
    >>> describe_interval(csat_interval(pd.Series([5, 4, 4, 3, 5, 2, 4, 5])), lang="en")
    '75%, between 41 and 93'
    """
    estimate = csat(answers)
    share = share_interval(int((answers >= 4).sum()), len(answers), confidence=confidence)
    return Interval(
        estimate, 100 * share.low, 100 * share.high, confidence, "wilson", share.count, "percent"
    )


def nps_interval(answers: pd.Series, *, confidence: float = 0.95) -> Interval:
    """Compute the interval of the net promoter score.

    Promoters and detractors are two shares of the same answers, so they cannot be treated apart.
    The interval is that of a difference of such shares, with half an answer added to the promoters,
    half to the detractors and one to the others (adjusted Wald); so it is no point when all answer
    alike.

    Parameters
    ----------
    answers
        Answers to "would you recommend us?", whole numbers from 0 to 10, as for `nps`.
    confidence
        Between 0 and 1: 0.95 for 95 %.

    Returns
    -------
    Interval
        In points, -100 to 100. It covers chance alone: who did not answer is another matter.

    Raises
    ------
    DataError
        As `nps`; and if `confidence` is unusable.

    Notes
    -----
    Source: Agresti and Min, *Statistics in Medicine* 24(5), 2005, pages 729-740.

    Examples
    --------
    >>> answers = pd.Series([10] * 30 + [8] * 50 + [3] * 20)
    >>> describe_interval(nps_interval(answers), lang="en")
    '10 points, between −4 and 23'
    """
    z = two_sided_z(confidence)
    estimate, count = nps(answers), len(answers)
    promoters = (int((answers >= 9).sum()) + 0.5) / (count + 2)
    detractors = (int((answers <= 6).sum()) + 0.5) / (count + 2)
    middle = promoters - detractors
    reach = z * math.sqrt((promoters + detractors - middle**2) / (count + 2))
    low, high = 100 * max(middle - reach, -1), 100 * min(middle + reach, 1)
    # With few answers that are all alike the shifted interval may miss the estimate itself.
    low, high = min(low, estimate), max(high, estimate)
    return Interval(estimate, low, high, confidence, "adjusted_wald", count, "points")


def describe_interval(
    interval: Interval, *, unit: str | None = None, lang: str | None = None
) -> str:
    """Write an interval as a manager reads it: "77%, between 71 and 81".

    Parameters
    ----------
    interval
        From one of the functions above.
    unit
        "share" (0 to 1), "percent", "points", "money" or "number"; None for the interval's own.
        A bootstrap does not know the unit of its statistic.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    str
        Estimate and ends, with as many decimals as the width of the interval deserves.

    Raises
    ------
    DataError
        If it is no interval or the unit is unknown.

    Examples
    --------
    >>> interval = Interval(0.8123, 0.7389, 0.8602, 0.95, "percentile", 320)
    >>> describe_interval(interval, lang="en"), describe_interval(interval, lang="zh-TW")
    ('0.81, between 0.74 and 0.86', '0.81，介於 0.74 到 0.86 之間')
    """
    lang = language(lang)
    if not isinstance(interval, Interval):
        raise DataError(
            f"interval must be an Interval, but it is a {type(interval).__name__}.\n"
            "Take it from share_interval(...), nps_interval(...) or bootstrap_interval(...)."
        )
    unit = interval.unit if unit is None else unit
    if unit not in UNITS:
        raise DataError(f"unit {unit!r} is not known; use one of {', '.join(UNITS)}.")
    estimate, low, high = written_ends(interval, unit)
    kind = "percent" if unit == "share" else unit
    money = label("plot.money", lang)
    return label(f"uncertainty.{kind}", lang, estimate=estimate, low=low, high=high, unit=money)


def written_ends(interval: Interval, unit: str) -> list[str]:
    """Write estimate, low and high with equal decimals; a share in per cent, without its sign."""
    ends = np.array([interval.estimate, interval.low, interval.high])
    ends = 100 * ends if unit == "share" else ends
    decimals = _decimals(ends[2] - ends[1])
    return [_write(end, decimals) for end in ends]


def _decimals(width: float) -> int:
    """Choose decimals so that the interval is at least four units of the last one wide."""
    return 0 if width <= 0 else min(max(0, math.ceil(-math.log10(width / 4))), 6)


def _write(value: float, decimals: int) -> str:
    return f"{round(float(value), decimals) + 0.0:,.{decimals}f}".replace("-", "−")


def wilson_interval(
    x: np.ndarray | int, n: np.ndarray | int, z: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return both ends of Wilson's interval for x of n."""
    share = x / n
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    # At 0 and 1 both terms are equal but for the last digit.
    lower = np.where(share == 0, 0.0, middle - half)
    return lower, np.where(share == 1, 1.0, middle + half)


def _clopper_pearson(successes: int, total: int, error: float) -> tuple[float, float]:
    # The low end is the share at which so many or more are just improbable enough.
    low = 0.0 if successes == 0 else _share_with_tail(successes, total, error / 2)
    high = 1.0 if successes == total else 1 - _share_with_tail(total - successes, total, error / 2)
    return low, high


def _share_with_tail(least: int, total: int, tail: float) -> float:
    """Find the share at which `least` or more of `total` have the probability `tail`."""
    counts = np.arange(least, total + 1)
    log_factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, total + 1)))])
    ways = log_factorial[total] - log_factorial[counts] - log_factorial[total - counts]
    low, high = 0.0, 1.0
    for _ in range(60):  # each step halves where it can be
        middle = (low + high) / 2
        terms = ways + counts * math.log(middle) + (total - counts) * math.log1p(-middle)
        if np.exp(terms).sum() < tail:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def check_options(confidence: float, resamples: int, seed: int) -> None:
    """Refuse a confidence that is no share, and resamples or a seed that are no whole numbers."""
    two_sided_z(confidence)
    for name, value, least in (("resamples", resamples, 100), ("seed", seed, 0)):
        if not isinstance(value, (int, np.integer)) or isinstance(value, bool) or value < least:
            raise DataError(f"{name} must be a whole number of {least} or more, not {value!r}.")


def check_customers(customers: pd.Series | pd.DataFrame) -> pd.Series | pd.DataFrame:
    """Require one row a customer; put them in one order, so that that of the rows is no matter."""
    if isinstance(customers, pd.Series):
        check_numbers(customers, name="customers")
    elif not isinstance(customers, pd.DataFrame):
        raise DataError(
            f"customers must be a Series or a DataFrame, not a {type(customers).__name__}.\n"
            "Give one row a customer, such as rfm_table(...) or one of its columns."
        )
    if len(customers) < 2:
        raise DataError(
            f"customers has {len(customers)} of them: there is nobody to draw from.\n"
            "A bootstrap needs at least two; for a share of few, use share_interval."
        )
    check_one_row_each(customers.index, name="customers")
    return customers.iloc[np.argsort(customers.index.map(str).to_numpy(dtype=str), kind="stable")]


def resampled_rows(count: int, resamples: int, seed: int) -> Iterator[np.ndarray]:
    """Draw places with replacement: an array with one resample a row, block by block."""
    random = np.random.default_rng(seed)
    rows = max(1, _BLOCK // count)
    for start in range(0, resamples, rows):
        yield random.integers(0, count, size=(min(rows, resamples - start), count))


def _one_number(result: object) -> float:
    number = np.asarray(result, dtype="float64")
    if number.size != 1:
        raise DataError(f"the statistic returned {number.size} numbers, but it must return one.")
    return float(number.reshape(-1)[0])


def _check_results(results: np.ndarray, resamples: int) -> None:
    if len(results) != resamples:
        raise DataError(
            f"the vectorized statistic returned {len(results)} numbers for {resamples} resamples.\n"
            "It gets one resample a row: compute along axis 1."
        )
    if not np.isfinite(results).all():
        raise DataError(
            f"the statistic has no value in {(~np.isfinite(results)).sum()} of {resamples} "
            "resamples.\nChoose one that any customers of the firm have."
        )
    if np.ptp(results) == 0:
        raise DataError(
            f"the statistic is {results[0]:g} in every resample, so a bootstrap cannot tell how "
            "sure it is.\nWhere all customers are equal there is nothing to draw apart; for a "
            "share, use share_interval."
        )


def _rowwise(values: pd.Series | pd.DataFrame, statistic: Callable) -> Callable | None:
    """Return the same statistic for many resamples at once, if the kit knows it."""
    if isinstance(values, pd.DataFrame):
        return None
    if statistic in (np.mean, np.median):
        return lambda rows: statistic(rows, axis=1)
    return {gini: _gini_rows, value_share: _value_share_rows}.get(statistic)


def _gini_rows(rows: np.ndarray) -> np.ndarray:
    worst_first, count = np.sort(rows, axis=1), rows.shape[1]
    weights = 2.0 * np.arange(1, count + 1) - count - 1
    return np.maximum(0, worst_first @ weights / (count * _totals(rows)))


def _value_share_rows(rows: np.ndarray) -> np.ndarray:
    count = rows.shape[1]
    best = int((count_reached(np.arange(count) / count, [0.20]) == 0).sum())
    last = np.partition(rows, count - best, axis=1)[:, [count - best]]
    return np.where(rows >= last, rows, 0.0).sum(axis=1) / _totals(rows)


def _totals(rows: np.ndarray) -> np.ndarray:
    totals = rows.sum(axis=1)
    if (totals <= 1e-9 * np.abs(rows).sum(axis=1)).any():
        raise DataError("in some of them the values add up to zero or less, so there is no share.")
    return totals
