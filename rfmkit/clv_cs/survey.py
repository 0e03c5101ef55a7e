"""Measure satisfaction from survey answers: CSAT, NPS and ACSI (textbook section 5.2.2)."""

from collections.abc import Mapping

import pandas as pd

from rfmkit.schema import DataError, require_columns
from rfmkit.validation import check_numbers, check_one_row_each, check_weights, first_label


def csat(answers: pd.Series) -> float:
    """Tell the share of satisfied answers: 4 and 5 on a scale from 1 to 5.

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
    Source: the usual definition; textbook section 5.2.2 names satisfaction and no measure.

    Examples
    --------
    >>> csat(pd.Series([5, 4, 3, 1]))
    50.0
    """
    _check_answers(answers, name="answers", low=1, high=5)
    return float(100 * (answers >= 4).mean())


def nps(answers: pd.Series) -> float:
    """Tell the net promoter score: the share of 9 and 10 less the share of 0 to 6.

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
    _check_answers(answers, name="answers", low=0, high=10)
    return float(100 * ((answers >= 9).mean() - (answers <= 6).mean()))


def acsi(
    answers: pd.DataFrame | pd.Series,
    *,
    weights: Mapping[str, float] | pd.Series | None = None,
) -> pd.Series | float:
    """Weigh answers on scales from 1 to 10 into one index from 0 to 100.

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
) -> None:
    check_numbers(answers, name=name)
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
