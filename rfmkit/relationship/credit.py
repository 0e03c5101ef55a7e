"""Grade the credit of customers and set their limits.

Source: textbook section 5.1.3 and the Q&A on tier criteria.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from rfmkit.schema import DataError
from rfmkit.strategies import SCHEMES
from rfmkit.thresholds import tier_by_cuts
from rfmkit.validation import check_range, finite_result, is_finite

CREDIT_CUTS = (40, 50, 60, 70, 80, 90)
# Published for four grades (AA, A, B, C); how the seven share them is the kit's choice (K).
CREDIT_FACTORS = dict(zip(SCHEMES["credit7"], (1.0, 1.0, 0.8, 0.6, 0.6, 0.6, 0.0), strict=True))


def credit_grade(scores: pd.Series) -> pd.Series:
    """Grade credit scores: over 90 AAA, 80 AA, 70 A, 60 BBB, 50 BB, 40 B, the rest avoid.

    Parameters
    ----------
    scores
        A credit score a customer, 0 to 100.

    Returns
    -------
    pandas.Series
        `credit:aaa` to `credit:avoid`, an ordered categorical. A score must be over the cut:
        exactly 90 is AA, exactly 40 is avoid.

    Raises
    ------
    DataError
        If `scores` is empty, or a score is blank, no number, or outside 0 to 100.

    Notes
    -----
    Source: common practice; the Q&A on tier criteria asks for credit standing and gives no grades.
    Scores within a billionth of a cut count as on it.

    Examples
    --------
    >>> credit_grade(pd.Series([90.5, 90, 41])).tolist()
    ['credit:aaa', 'credit:aa', 'credit:b']
    """
    check_range(scores, 0, 100, name="scores")
    codes = SCHEMES["credit7"]
    return tier_by_cuts(scores, cuts=CREDIT_CUTS, codes=codes, name="scores", over=True)


def credit_limit(
    monthly_sales: pd.Series,
    grades: pd.Series,
    *,
    term_months: float,
    factors: Mapping[str, float] | None = None,
) -> pd.Series:
    """Compute how much a customer may owe: monthly sales x months of credit x factor of the grade.

    Parameters
    ----------
    monthly_sales
        Mean sales a month to each customer, in money, 0 or more.
    grades
        The credit grade of the same customers, from `credit_grade`.
    term_months
        Months of credit given.
    factors
        A factor from 0 for each grade. By default AAA and AA 1.0, A 0.8, BBB, BB and B 0.6,
        avoid 0.

    Returns
    -------
    pandas.Series
        `credit_limit`: money. A blank grade has no limit yet: 0.

    Raises
    ------
    DataError
        If the customers differ, sales are negative or blank, the term is no number of 0 or more,
        or a grade has no factor.

    Notes
    -----
    Source: common practice: AA 100 %, A 80 %, B 60 %, C 0. That the seven grades of `credit_grade`
    share these four as above is the kit's choice (K).

    Examples
    --------
    >>> sales = pd.Series([10_000, 10_000])
    >>> credit_limit(sales, credit_grade(pd.Series([75, 30])), term_months=2).tolist()
    [16000.0, 0.0]
    """
    check_range(monthly_sales, 0, float("inf"), name="monthly_sales")
    if not isinstance(grades, pd.Series) or not grades.index.equals(monthly_sales.index):
        raise DataError(
            "monthly_sales and grades do not hold the same customers in the same order.\n"
            "Take both from one table: credit_limit(df['monthly_sales'], df['grade'], ...)."
        )
    if not is_finite(term_months) or isinstance(term_months, bool) or term_months < 0:
        raise DataError(f"term_months must be a number of months, 0 or more, not {term_months!r}.")
    factors = CREDIT_FACTORS if factors is None else dict(factors)
    wrong = [grade for grade, factor in factors.items() if not is_finite(factor) or factor < 0]
    if wrong:
        raise DataError(f"the factor of {wrong[0]!r} must be a number of 0 or more.")
    unknown = [grade for grade in grades.dropna().unique() if grade not in factors]
    if unknown:
        raise DataError(f"grade {unknown[0]!r} has no factor; there are {list(factors)}.")
    share = grades.astype(object).map(factors).astype("float64").fillna(0.0)
    with np.errstate(over="ignore"):
        limit = monthly_sales.astype("float64") * share * term_months
    return finite_result(limit, name="monthly_sales").rename("credit_limit")
