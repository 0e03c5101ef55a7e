"""Compute intervals: how far a number could be off because only these customers were seen.

Bootstrap over customers for any statistic; Wilson and exact intervals for shares, and intervals for
the two measures of a survey.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from rfmkit.abc_tiers import gini, value_share
from rfmkit.clv_cs import csat, nps
from rfmkit.labels import label, language
from rfmkit.schema import DataError
from rfmkit.thresholds import count_reached
from rfmkit.validation import (
    check_numbers,
    check_one_row_each,
    check_same_customers,
    check_yes_no,
    is_finite,
    two_sided_z,
)

UNITS = ("number", "share", "percent", "points", "money")
_BLOCK = 4_000_000  # drawn customers held in memory at once
# Above this share of the squared influences one customer decides too much (K); simulated firms in
# tests/test_skewed_firms.py show what it is good for.
MAX_INFLUENCE = 0.2
MIN_COUNT = 100  # of fewer customers too few intervals hold, if spend is skewed (K)
_BOOTSTRAPS = ("studentized", "percentile", "basic", "normal")
_JACKKNIFE = 2000  # customers left out one by one, at most


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
        "studentized", "percentile", "basic", "normal", "wilson", "exact" or "adjusted_wald".
    count
        Customers or answers behind the estimate.
    unit
        "number", "share" (0 to 1), "percent" (0 to 100), "points" or "money".
    largest_influence
        Of a bootstrap: the share, 0 to 1, that one customer has in the squared influences of all on
        the statistic; NaN if it is not known.
    may_be_too_narrow
        True of a bootstrap if that share is above 0.2 or there are fewer than 100 customers: the
        interval may hold the true value less often than it says.

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
    largest_influence: float = math.nan

    @property
    def may_be_too_narrow(self) -> bool:
        """Return True if one customer decides too much, or too few were drawn from."""
        bootstrap = self.method in _BOOTSTRAPS
        return bootstrap and (self.largest_influence > MAX_INFLUENCE or self.count < MIN_COUNT)


class Known(NamedTuple):
    """A statistic of many resamples at once, and how much each customer in them influences it."""

    values: Callable[[np.ndarray], np.ndarray]
    influences: Callable[[np.ndarray], np.ndarray]


def bootstrap_interval(
    customers: pd.Series | pd.DataFrame,
    statistic: Callable,
    *,
    confidence: float = 0.95,
    method: str | None = None,
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
        "studentized": from the distances between resamples and estimate, each in standard errors of
        its own resample; for `numpy.mean`, `gini` and `value_share`, of which the kit knows the
        standard error. "percentile": between the percentiles of the resamples. "basic": the same
        distances, taken from the estimate to the other side. None takes "studentized" where it can,
        and else "percentile"; so also where so few customers differ that a resample has no spread.
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
    Few very large customers make intervals too narrow: the resamples cannot hold a customer larger
    than those the firm has. Of simulated firms of 320 customers with a Gini of 0.52, 95 % intervals
    held the true one in 94 % (studentized) and in 89 to 92 % (percentile, basic); with a Gini of
    0.71 and the largest customers beyond compare, in 91 to 93 % and in 85 to 87 %. So
    `may_be_too_narrow` of the result is True where one customer decides more than a fifth, or there
    are fewer than 100; `describe_interval` then adds "perhaps wider".

    Source: Efron and Tibshirani, *An Introduction to the Bootstrap*, 1993, chapters 12 and 13; the
    basic interval is that of Davison and Hinkley, *Bootstrap Methods and their Application*, 1997,
    chapter 5. The lines of a fifth and of 100 customers are the kit's own (K).

    Examples
    --------
    >>> spend = pd.Series([120.0, 80, 40, 300, 60, 90, 150, 30, 70, 500])
    >>> interval = bootstrap_interval(spend, gini, seed=7)
    >>> interval.low < interval.estimate < interval.high
    True
    """
    check_options(confidence, resamples, seed)
    if method not in (None, "studentized", "percentile", "basic"):
        raise DataError(
            f"method {method!r} is not known; use 'studentized', 'percentile' or 'basic'."
        )
    customers = check_customers(customers)
    if vectorized and isinstance(customers, pd.DataFrame):
        raise DataError(
            "a vectorized statistic takes the values of one column.\n"
            'Give that column, table["monetary"], or leave vectorized out.'
        )
    values = customers.reset_index(drop=True)
    known = None if isinstance(values, pd.DataFrame) else _known(statistic)
    if method == "studentized" and known is None:
        raise DataError(
            "the standard error of this statistic is not known, so it cannot be studentized.\n"
            "Use method='percentile', or one of numpy.mean, gini and value_share."
        )
    try:
        if known is not None and method in (None, "studentized"):
            plain = values.to_numpy(dtype="float64")
            try:
                return _studentized(known, plain, confidence, resamples, seed)
            except _NoSpreadError:
                if method == "studentized":
                    raise
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
    method = method or "percentile"
    if method == "basic":
        low, high = 2 * estimate - high, 2 * estimate - low
    influence = _largest_influence(values, statistic, vectorized=vectorized)
    return Interval(
        estimate,
        float(low),
        float(high),
        confidence,
        method,
        len(values),
        largest_influence=influence,
    )


def part_interval(
    values: pd.Series,
    members: pd.Series,
    *,
    confidence: float = 0.95,
    resamples: int = 2000,
    seed: int = 0,
) -> Interval:
    """Estimate the interval of the share that some customers have in the total of all.

    Such as: "Important value" customers bring 56 % of spend. Who belongs to them is taken as given.

    Parameters
    ----------
    values
        One number a customer, such as spend or profit (money); the total must be above 0.
    members
        True for the customers whose share is meant, in the same order of customers.
    confidence
        Between 0 and 1: 0.95 for 95 %.
    resamples
        How often to draw, at least 100.
    seed
        Seed of the draws.

    Returns
    -------
    Interval
        Of unit "share"; studentized, or percentile where so few are members that a resample may
        hold none of them.

    Raises
    ------
    DataError
        If there are fewer than two customers, a customer stands twice, the two hold different
        customers, a value is blank, the total of a resample is not above 0, all or none are
        members, or an option is unusable.

    Notes
    -----
    The interval is studentized as in `bootstrap_interval`, with the standard error of a ratio.

    Source: Cochran, *Sampling Techniques*, 1977, section 2.11, for the standard error.

    Examples
    --------
    >>> spend = pd.Series(np.arange(1.0, 101))
    >>> describe_interval(part_interval(spend, spend > 80, seed=1), lang="en")
    '36%, between 24 and 48'
    """
    check_options(confidence, resamples, seed)
    check_yes_no(members, name="members")
    check_same_customers(values, members, names="values and members")
    customers = check_customers(values)
    inside = members.reindex(customers.index).to_numpy(dtype=bool)
    if inside.all() or not inside.any():
        raise DataError(
            "members holds all customers or none, so their share is certain.\n"
            'Mark some of them: members = tiers == "A".'
        )
    plain = customers.to_numpy(dtype="float64")
    table = np.column_stack([plain, np.where(inside, plain, 0.0)])
    return quick_interval(
        PART, table, confidence=confidence, resamples=resamples, seed=seed, unit="share"
    )


def quick_interval(
    known: Known,
    customers: np.ndarray,
    *,
    confidence: float = 0.95,
    resamples: int = 2000,
    seed: int = 0,
    unit: str = "number",
    normal: bool = False,
) -> Interval:
    """Compute a studentized interval; percentile where a resample has no spread.

    `normal` takes the normal distribution instead of resamples: cheap, for very many customers.
    """
    if normal:
        estimate, error, influence = _estimate(known, customers)
        reach = two_sided_z(confidence) * error
        low, high = _within(customers, known, estimate - reach, estimate + reach)
        return Interval(estimate, low, high, confidence, "normal", len(customers), unit, influence)
    try:
        return _studentized(known, customers, confidence, resamples, seed, unit)
    except _NoSpreadError:
        results = np.concatenate(
            [known.values(customers[rows]) for rows in _draws(customers, resamples, seed)]
        )
        _check_results(results, resamples)
        low, high = np.quantile(results, [(1 - confidence) / 2, (1 + confidence) / 2])
        estimate, _, influence = _estimate(known, customers)
        return Interval(
            estimate,
            float(low),
            float(high),
            confidence,
            "percentile",
            len(customers),
            unit,
            influence,
        )


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

    Where it `may_be_too_narrow`, "perhaps wider" follows.

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
    check_interval(interval)
    unit = interval.unit if unit is None else unit
    if unit not in UNITS:
        raise DataError(f"unit {unit!r} is not known; use one of {', '.join(UNITS)}.")
    estimate, low, high = written_ends(interval, unit)
    kind = "percent" if unit == "share" else unit
    money = label("plot.money", lang)
    text = label(f"uncertainty.{kind}", lang, estimate=estimate, low=low, high=high, unit=money)
    return text + (label("uncertainty.wider", lang) if interval.may_be_too_narrow else "")


def interval_caution(interval: Interval, *, lang: str | None = None) -> str:
    """Explain why an interval may be too narrow, or return an empty text if nothing says so.

    Parameters
    ----------
    interval
        From `bootstrap_interval` or `part_interval`.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    str
        A sentence for the reader of the interval.

    Raises
    ------
    DataError
        If it is no interval.

    Examples
    --------
    >>> spend = pd.Series([120.0, 80, 40, 300, 60, 90, 150, 30, 70, 9000])
    >>> interval_caution(bootstrap_interval(spend, np.mean), lang="en").partition(".")[0]
    'One customer decides 90% of this interval'
    """
    check_interval(interval)
    if not interval.may_be_too_narrow:
        return ""
    cases = f"{100 * (1 - interval.confidence):.3g}"
    if interval.largest_influence > MAX_INFLUENCE:
        share = f"{interval.largest_influence:.0%}"
        return label("uncertainty.caution", lang, share=share, cases=cases)
    return label("uncertainty.caution_count", lang, count=interval.count, cases=cases)


def check_interval(interval: Any) -> None:
    """Refuse what is no interval."""
    if not isinstance(interval, Interval):
        raise DataError(
            f"interval must be an Interval, but it is a {type(interval).__name__}.\n"
            "Take it from share_interval(...), nps_interval(...) or bootstrap_interval(...)."
        )


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


class _NoSpreadError(DataError):
    """A resample in which nobody differs, so that its standard error is zero."""


def _known(statistic: Callable) -> Known | None:
    """Find a statistic whose influences the kit knows."""
    return {np.mean: MEAN, gini: GINI, value_share: VALUE_SHARE}.get(statistic)


def _estimate(known: Known, customers: np.ndarray) -> tuple[float, float, float]:
    """Return the estimate, its standard error, and the largest influence of one customer."""
    squares = known.influences(customers[np.newaxis])[0] ** 2
    count, total = len(customers), float(squares.sum())
    estimate = float(known.values(customers[np.newaxis])[0])
    if total <= 1e-24 * max(estimate**2, 1e-300) * count:
        return estimate, 0.0, math.nan
    return estimate, math.sqrt(total / count / (count - 1)), float(squares.max() / total)


def _draws(customers: np.ndarray, resamples: int, seed: int) -> Iterator[np.ndarray]:
    return resampled_rows(len(customers), resamples, seed)


def _studentized(
    known: Known,
    customers: np.ndarray,
    confidence: float,
    resamples: int,
    seed: int,
    unit: str = "number",
) -> Interval:
    estimate, error, influence = _estimate(known, customers)
    count, ratios = len(customers), []
    if error == 0:
        _check_results(np.full(resamples, estimate), resamples)
    for drawn in _draws(customers, resamples, seed):
        rows = customers[drawn]
        errors = np.sqrt((known.influences(rows) ** 2).sum(axis=1) / count / (count - 1))
        if not (errors > 1e-9 * error).all() or not np.isfinite(errors).all():
            raise _NoSpreadError(
                "in some of them all customers are equal, so there is no standard error.\n"
                "Use method='percentile'."
            )
        ratios.append((known.values(rows) - estimate) / errors)
    tail = (1 - confidence) / 2
    # Of 399 resamples the 10th and the 390th: Davison and Hinkley 1997, section 2.4.
    below, above = np.quantile(np.concatenate(ratios), [tail, 1 - tail], method="weibull")
    low, high = _within(customers, known, estimate - above * error, estimate - below * error)
    return Interval(estimate, low, high, confidence, "studentized", count, unit, influence)


def _within(customers: np.ndarray, known: Known, low: float, high: float) -> tuple[float, float]:
    """Keep the ends of a share between 0 and 1, unless some customers bring losses."""
    if known is MEAN or (customers < 0).any():
        return float(low), float(high)
    return max(float(low), 0.0), min(float(high), 1.0)


def _largest_influence(
    values: pd.Series | pd.DataFrame, statistic: Callable, *, vectorized: bool
) -> float:
    """Leave out each customer once; return the largest share of the squared changes."""
    if len(values) > _JACKKNIFE:
        return math.nan
    known = None if isinstance(values, pd.DataFrame) else _known(statistic)
    if known is not None:
        return _estimate(known, values.to_numpy(dtype="float64"))[2]
    left_out = np.empty(len(values))
    for row in range(len(values)):
        rest = values.drop(index=row).reset_index(drop=True)
        try:
            result = statistic(rest.to_numpy()[np.newaxis] if vectorized else rest)
            left_out[row] = _one_number(result)
        except DataError:
            return math.nan
    squares = (left_out - left_out.mean()) ** 2
    return float(squares.max() / squares.sum()) if squares.sum() > 0 else math.nan


def _rowwise(values: pd.Series | pd.DataFrame, statistic: Callable) -> Callable | None:
    """Return the same statistic for many resamples at once, if the kit knows it."""
    if isinstance(values, pd.DataFrame):
        return None
    if statistic in (np.mean, np.median):
        return lambda rows: statistic(rows, axis=1)
    return {gini: _gini_rows, value_share: _value_share_rows}.get(statistic)


def _gini_rows(rows: np.ndarray) -> np.ndarray:
    worst_first, count = np.sort(rows, axis=1), rows.shape[1]
    return np.maximum(0, worst_first @ _gini_weights(count) / (count * _totals(rows)))


def _gini_weights(count: int) -> np.ndarray:
    return 2.0 * np.arange(1, count + 1) - count - 1


def _gini_influences(rows: np.ndarray) -> np.ndarray:
    """Compute by how much the Gini of the others differs, `count` - 1 times: the jackknife.

    Without customer k, those ahead of k move one rank down and those behind one rank up relative to
    the middle, so all Ginis follow from running sums.
    """
    worst_first, count = np.sort(rows, axis=1), rows.shape[1]
    weights, totals = _gini_weights(count), _totals(rows)[:, np.newaxis]
    until = np.cumsum(worst_first, axis=1)
    weighed = (worst_first @ weights)[:, np.newaxis] - weights * worst_first
    weighed = weighed + (until - worst_first) - (totals - until)
    left = totals - worst_first
    if (left < -1e-9 * totals).any():
        raise DataError("in some of them the values but one add up to less than zero.")
    # Where the others have nothing, they are equal.
    some = left > 1e-9 * totals
    ginis = np.where(some, weighed, 0.0) / np.where(some, (count - 1) * left, 1.0)
    return (count - 1) * (ginis.mean(axis=1, keepdims=True) - ginis)


def _value_share_rows(rows: np.ndarray) -> np.ndarray:
    return np.where(rows >= _last_of_best(rows), rows, 0.0).sum(axis=1) / _totals(rows)


def _last_of_best(rows: np.ndarray) -> np.ndarray:
    count = rows.shape[1]
    best = int((count_reached(np.arange(count) / count, [0.20]) == 0).sum())
    return np.partition(rows, count - best, axis=1)[:, [count - best]]


def _value_share_influences(rows: np.ndarray) -> np.ndarray:
    """Compute each customer's influence on the best fifth's share, to first order."""
    above = np.maximum(rows - _last_of_best(rows), 0)
    above = above - above.mean(axis=1, keepdims=True)
    share = _value_share_rows(rows)[:, np.newaxis]
    means = (_totals(rows) / rows.shape[1])[:, np.newaxis]
    return (above - share * (rows - means)) / means


def _part_rows(rows: np.ndarray) -> np.ndarray:
    return rows[:, :, 1].sum(axis=1) / _totals(rows[:, :, 0])


def _part_influences(rows: np.ndarray) -> np.ndarray:
    means = (_totals(rows[:, :, 0]) / rows.shape[1])[:, np.newaxis]
    return (rows[:, :, 1] - _part_rows(rows)[:, np.newaxis] * rows[:, :, 0]) / means


def _totals(rows: np.ndarray) -> np.ndarray:
    totals = rows.sum(axis=1)
    if (totals <= 1e-9 * np.abs(rows).sum(axis=1)).any():
        raise DataError("in some of them the values add up to zero or less, so there is no share.")
    return totals


MEAN = Known(lambda rows: rows.mean(axis=1), lambda rows: rows - rows.mean(axis=1, keepdims=True))
GINI = Known(_gini_rows, _gini_influences)
VALUE_SHARE = Known(_value_share_rows, _value_share_influences)
PART = Known(_part_rows, _part_influences)


def top_share(fraction: float) -> Known:
    """Return the share of the best `fraction` of customers; one of them may count in part."""

    def count_of(rows: np.ndarray) -> tuple[int, float]:
        exact = fraction * rows.shape[1]
        whole = int(np.floor(exact + 1e-9))
        return whole, max(exact - whole, 0.0)

    def values(rows: np.ndarray) -> np.ndarray:
        whole, rest = count_of(rows)
        best_first = -np.sort(-rows, axis=1)
        total = best_first[:, :whole].sum(axis=1)
        if rest > 1e-9:
            total = total + rest * best_first[:, whole]
        return total / _totals(rows)

    def influences(rows: np.ndarray) -> np.ndarray:
        whole, rest = count_of(rows)
        last = rows.shape[1] - (whole + (rest > 1e-9))
        above = np.maximum(rows - np.partition(rows, last, axis=1)[:, [last]], 0)
        above = above - above.mean(axis=1, keepdims=True)
        means = (_totals(rows) / rows.shape[1])[:, np.newaxis]
        return (above - values(rows)[:, np.newaxis] * (rows - means)) / means

    return Known(values, influences)
