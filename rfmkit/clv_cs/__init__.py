"""Box customers by lifetime value and satisfaction (textbook section 5.2.2)."""

from collections.abc import Sequence

import pandas as pd

from rfmkit.schema import DataError
from rfmkit.thresholds import as_tiers, count_reached
from rfmkit.validation import (
    check_customer_values,
    check_cuts,
    check_same_customers,
    check_tier_names,
    is_finite,
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
    """Box customers by lifetime value (rows) and satisfaction (columns).

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
