"""Ask how sure the boxes are: who changes when an assumption moves (textbook section 5.2.2)."""

from collections.abc import Mapping, Sequence

import pandas as pd

from rfmkit.clv import retention_clv
from rfmkit.clv_cs import clv_cs_class
from rfmkit.clv_cs.survey import acsi
from rfmkit.schema import DataError, require_columns
from rfmkit.validation import check_same_customers, is_finite


def class_changes(before: pd.Series, after: Mapping[str, pd.Series]) -> pd.DataFrame:
    """Count the customers who change box when something is assumed otherwise.

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
        {name: int((tiers.astype(object) != before.astype(object)).sum())
         for name, tiers in after.items()}
    )  # fmt: skip
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
    """Move retention and each survey answer a step, and count who changes box.

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
