"""Classify customers by lifetime value and satisfaction (textbook section 5.2.2)."""

from collections.abc import Mapping, Sequence

import pandas as pd

from rfmkit.clv import retention_clv
from rfmkit.schema import DataError
from rfmkit.thresholds import as_tiers, count_reached
from rfmkit.validation import (
    check_customer_values,
    check_cuts,
    check_numbers,
    check_one_row_each,
    check_same_customers,
    check_tier_names,
    check_weights,
    first_label,
    is_finite,
    require_columns,
)

# Row by row, the best row and the best column first.
CLV_CS = (
    "clv_cs:retain",
    "clv_cs:strengthen",
    "clv_cs:rescue",
    "clv_cs:nurture",
    "clv_cs:standard",
    "clv_cs:low_cost",
)
# The exercise's grid, CLV 3 x CS 2; its boxes have no names of their own.
CLV_CS_3X2 = tuple(
    f"clv_cs_3x2:{clv}_{cs}" for clv in ("high", "middle", "low") for cs in ("high", "low")
)
_DEFAULT_NAMES = {(2, 3): CLV_CS, (3, 2): CLV_CS_3X2}


def clv_cs_class(
    clv: pd.Series,
    cs: pd.Series,
    *,
    clv_cuts: float | Sequence[float],
    cs_cuts: float | Sequence[float],
    names: Sequence[str] | None = None,
) -> pd.Series:
    """Classify customers by lifetime value (rows) and satisfaction (columns).

    Parameters
    ----------
    clv
        Lifetime value of each customer, in money.
    cs
        Satisfaction of each customer, in the unit of its cuts (say, 0 to 100).
    clv_cuts, cs_cuts
        A cut, or several that rise. Who sits on a cut is in the higher part. One CLV cut and two
        CS cuts make the 2 x 3 grid; two and one make the 3 x 2 grid.
    names
        One name a box, row by row, best row and best column first. Needed for other grids.

    Returns
    -------
    pandas.Series
        `tier`: an ordered categorical of the six boxes, in the order of `clv`. For 2 x 3: high CLV
        retain, strengthen, rescue; low CLV nurture, standard, low_cost (CS high, middle, low).

    Raises
    ------
    DataError
        If a Series is empty, holds a blank, an infinite or a non-number, or a customer twice; if
        their customers differ; if cuts or names are unusable.

    Notes
    -----
    Source: textbook section 5.2.2 (two axes, six classes). Its figure is lost; this grid and the
    names of its boxes are the kit's own.

    Examples
    --------
    >>> clv, cs = pd.Series([900, 900, 20]), pd.Series([50, 80, 65])
    >>> clv_cs_class(clv, cs, clv_cuts=500, cs_cuts=(60, 80)).tolist()
    ['clv_cs:rescue', 'clv_cs:retain', 'clv_cs:standard']
    """
    check_customer_values(clv, name="clv")
    check_customer_values(cs, name="cs")
    check_same_customers(clv, cs, names="clv and cs")
    clv_cuts = check_cuts([clv_cuts] if is_finite(clv_cuts) else clv_cuts, name="clv_cuts")
    cs_cuts = check_cuts([cs_cuts] if is_finite(cs_cuts) else cs_cuts, name="cs_cuts")
    rows, columns = len(clv_cuts) + 1, len(cs_cuts) + 1
    if names is None:
        names = _DEFAULT_NAMES.get((rows, columns))
        if names is None:
            raise DataError(
                f"the cuts make a grid of {rows} x {columns}; the kit names the boxes of 2 x 3 and "
                f"3 x 2.\nName yours: names=[...] with {rows * columns} names, row by row."
            )
    names = check_tier_names(names, tiers=rows * columns)
    row = len(clv_cuts) - count_reached(clv, clv_cuts)
    column = len(cs_cuts) - count_reached(cs, cs_cuts)
    return as_tiers(row * columns + column, names, clv.index)


def class_changes(before: pd.Series, after: Mapping[str, pd.Series]) -> pd.DataFrame:
    """Count the customers who change class under another assumption.

    Parameters
    ----------
    before
        The tier of each customer as things stand.
    after
        For each assumption, by name, the tiers of the same customers under it.

    Returns
    -------
    pandas.DataFrame
        One row an assumption (index `assumption`). `changed`: customers in another tier than
        before. `changed_share`: of all customers, 0 to 1.

    Raises
    ------
    DataError
        If there is no customer or no assumption, the customers differ or one has no tier.

    Notes
    -----
    Source: textbook section 5.2.2 ("neither indicator is certain"); the count is the kit's answer.

    Examples
    --------
    >>> now = pd.Series(["rescue", "retain", "retain"])
    >>> then = pd.Series(["low_cost", "retain", "retain"])
    >>> class_changes(now, {"retention - 5": then})["changed"].to_dict()
    {'retention - 5': 1}
    """
    if not isinstance(before, pd.Series) or not isinstance(after, Mapping) or not len(after):
        raise DataError(
            "before must be a Series of tiers and after a dictionary of such Series: "
            "class_changes(now, {'retention - 5': then})."
        )
    if len(before) == 0:
        raise DataError("before is empty: there is no customer to change box.")
    for name, tiers in {"before": before, **after}.items():
        if not isinstance(tiers, pd.Series) or tiers.isna().any():
            raise DataError(f"{name!r} must be a Series with a tier for every customer.")
        check_same_customers(before, tiers, names=f"before and {name!r}")
    # Compared as text: two categoricals with other categories cannot be compared at all.
    changed = pd.Series(
        {
            name: int((tiers.astype(object) != before.astype(object)).sum())
            for name, tiers in after.items()
        }
    )
    return pd.DataFrame({"changed": changed, "changed_share": changed / len(before)}).rename_axis(
        "assumption"
    )


def clv_cs_sensitivity(
    customers: pd.DataFrame,
    answers: pd.DataFrame,
    *,
    discount: float,
    clv_cuts: float | Sequence[float],
    cs_cuts: float | Sequence[float],
    weights: Mapping[str, float] | None = None,
    steps: tuple[float, float] = (0.05, 1),
) -> pd.DataFrame:
    """Vary retention and each survey answer by a step, and count who changes class.

    One thing moves at a time, for all customers together, up and down; the cuts stay where they
    are. A retention is held between 0 and 1 and an answer between 1 and 10: who is at an end
    already cannot move past it.

    Parameters
    ----------
    customers
        One row a customer. `margin`: profit of one period, in money. `retention`: probability of
        staying for one more period, 0 to 1.
    answers
        The same customers, one column a question, numbers from 1 to 10, as for `acsi`.
    discount
        Interest of one period, 0.1 for 10 %; CLV is `retention_clv`, first margin next period.
    clv_cuts, cs_cuts
        As for `clv_cs_class`; CS runs from 0 to 100.
    weights
        The weight of each question, together 1; equal by default.
    steps
        How far retention moves (0.05 is 5 points) and how far an answer.

    Returns
    -------
    pandas.DataFrame
        One row a move (index `assumption`: "retention -0.05", "overall +1"). `changed`: customers
        in another box. `changed_share`: of all customers, 0 to 1.

    Raises
    ------
    DataError
        As `retention_clv`, `acsi` and `clv_cs_class`; and if a step is not above 0.

    Notes
    -----
    Source: textbook section 5.2.2 ("neither indicator is certain"); the steps are the kit's.

    Examples
    --------
    >>> customers = pd.DataFrame({"margin": [100.0, 100.0], "retention": [0.80, 0.60]})
    >>> answers = pd.DataFrame({"overall": [9, 6]})
    >>> clv_cs_sensitivity(
    ...     customers, answers, discount=0.1, clv_cuts=250, cs_cuts=(50, 80)
    ... )["changed"].to_dict()
    {'retention -0.05': 1, 'retention +0.05': 0, 'overall -1': 2, 'overall +1': 0}
    """
    require_columns(customers, ["margin", "retention"], name="customers")
    if not isinstance(answers, pd.DataFrame):
        raise DataError("answers must be a DataFrame: one row a customer, one column a question.")
    if len(steps) != 2 or not all(is_finite(step) and step > 0 for step in steps):
        raise DataError(f"steps must be two numbers above 0, such as (0.05, 1), not {steps!r}.")

    def box(retention: pd.Series, answers: pd.DataFrame) -> pd.Series:
        clv = retention_clv(customers["margin"], retention, discount)
        return clv_cs_class(clv, acsi(answers, weights=weights), clv_cuts=clv_cuts, cs_cuts=cs_cuts)

    retention, moved = customers["retention"], {}
    now = box(retention, answers)
    for step in (-steps[0], steps[0]):
        moved[f"retention {step:+g}"] = box((retention + step).clip(0, 1), answers)
    for question in answers if weights is None else weights:
        for step in (-steps[1], steps[1]):
            other = answers.assign(**{question: (answers[question] + step).clip(1, 10)})
            moved[f"{question} {step:+g}"] = box(retention, other)
    return class_changes(now, moved)


def csat(answers: pd.Series) -> float:
    """Compute the share of satisfied answers: 4 and 5 on a scale from 1 to 5.

    Parameters
    ----------
    answers
        One answer each, whole numbers from 1 to 5.

    Returns
    -------
    float
        In percent, from 0 to 100. How unhappy the others are leaves no trace.

    Raises
    ------
    DataError
        If there is no answer, one is blank, or one is not on the scale.

    Notes
    -----
    Source: common practice; textbook section 5.2.2 names satisfaction and no measure.

    Examples
    --------
    >>> csat(pd.Series([5, 4, 3, 1]))
    50.0
    """
    answers = _check_answers(answers, name="answers", low=1, high=5)
    return float(100 * (answers >= 4).mean())


def nps(answers: pd.Series) -> float:
    """Compute the net promoter score: the share of 9 and 10 less the share of 0 to 6.

    Parameters
    ----------
    answers
        Answers to "would you recommend us?", whole numbers from 0 to 10.

    Returns
    -------
    float
        From -100 (all detract) to 100 (all promote), in points of percent. 7 and 8 count for
        neither, but they count in the number asked.

    Raises
    ------
    DataError
        If there is no answer, one is blank, or one is not on the scale.

    Notes
    -----
    Source: Reichheld, *Harvard Business Review*, December 2003.

    Examples
    --------
    >>> nps(pd.Series([10, 9, 8, 7, 6]))
    20.0
    """
    answers = _check_answers(answers, name="answers", low=0, high=10)
    return float(100 * ((answers >= 9).mean() - (answers <= 6).mean()))


def acsi(
    answers: pd.DataFrame | pd.Series,
    *,
    weights: Mapping[str, float] | pd.Series | None = None,
) -> pd.Series | float:
    """Compute one index from 0 to 100 from answers on scales from 1 to 10.

    The index is the sum over questions of (answer - 1) * weight, over 9, times 100. It is linear,
    so the index of the firm is the mean of its customers' indices.

    Parameters
    ----------
    answers
        One row a customer, one column a question, numbers from 1 to 10; or a Series with one
        number a question, such as one customer's answers or the questions' means. The ACSI
        asks for overall satisfaction, against expectation, and against the ideal.
    weights
        The weight of each question, 0 or more, together 1; equal by default. Columns without a
        weight are not looked at.

    Returns
    -------
    pandas.Series or float
        `cs`, 0 to 100, one a customer in the order of `answers`; for a Series, one number.

    Raises
    ------
    DataError
        If there is no answer, one is blank or not on the scale, a customer stands twice, a question
        is missing, or the weights do not add up to 1.

    Notes
    -----
    Source: Fornell et al., *Journal of Marketing* 60(4), 1996, pages 7-18, who estimate the weights
    from a model; equal weights are the kit's default.

    Examples
    --------
    >>> acsi(pd.DataFrame({"overall": [10, 1], "ideal": [10, 10]})).tolist()
    [100.0, 50.0]
    >>> weights = {"overall": 0.5, "expectation": 0.3, "ideal": 0.2}
    >>> round(acsi(pd.Series({"overall": 8, "expectation": 7, "ideal": 6}), weights=weights), 2)
    70.0
    """
    one = isinstance(answers, pd.Series)
    table = answers.to_frame().T if one else answers
    require_columns(table, [] if weights is None else list(weights.keys()), name="answers")
    if table.size == 0:
        raise DataError("answers is empty: nobody was asked anything.")
    check_one_row_each(table.index, name="answers")
    weights = check_weights(
        dict.fromkeys(table.columns, 1 / table.shape[1]) if weights is None else weights
    )
    for question in weights:
        name = f"answers to {question!r}"
        _check_answers(table[question], name=name, low=1, high=10, whole=False)
    index = sum((table[question] - 1) * weight for question, weight in weights.items()) / 9 * 100
    return float(index.iloc[0]) if one else index.astype("float64").rename("cs")


def _check_answers(
    answers: pd.Series, *, name: str, low: int, high: int, whole: bool = True
) -> pd.Series:
    check_numbers(answers, name=name)
    answers = answers.astype("float64")
    if len(answers) == 0:
        raise DataError(f"{name}: there are none. Nobody was asked anything.")
    fits = answers.between(low, high)
    if whole:
        fits &= answers % 1 == 0
    if not fits.all():
        kind = "whole numbers" if whole else "numbers"
        raise DataError(
            f"{name} must be {kind} from {low} to {high}, "
            f"but {first_label(answers.index[~fits])!r} answered {answers[~fits].iloc[0]:g}.\n"
            "Answers on another scale need another measure; "
            "who gave no answer is left out: answers.dropna()."
        )
    return answers
