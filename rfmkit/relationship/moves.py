"""Count customers who move from tier to tier between two periods."""

import pandas as pd

from rfmkit.schema import DataError
from rfmkit.strategies import SCHEME_OF, SCHEMES
from rfmkit.validation import check_one_row_each

NEW, LOST = "new", "lost"


def migration(before: pd.Series, after: pd.Series) -> pd.DataFrame:
    """Count customers by the tier they were in and the tier they are in now.

    Parameters
    ----------
    before, after
        The tier of each customer in the two periods, indexed by customer, in one scheme: ordered
        categoricals of the same tiers, or the kit's codes as text. Rows may differ in order.

    Returns
    -------
    pandas.DataFrame
        Customers. One row a tier `before`, then `new` (in `after` only); one column a tier
        `after`, then `lost` (in `before` only). Tiers stand in their order, also those without
        customers; every customer of either period is counted once.

    Raises
    ------
    DataError
        If a customer stands twice or has no tier, the schemes differ, or a tier is unknown.

    Notes
    -----
    Source: common practice (a transition matrix from period to period).

    Examples
    --------
    >>> before = pd.Series(["abc3:a", "abc3:b"], index=["Ann", "Bob"])
    >>> after = pd.Series(["abc3:b", "abc3:c"], index=["Ann", "Cid"])
    >>> migration(before, after).loc[["abc3:a", "abc3:b", "new"], ["abc3:b", "abc3:c", "lost"]]
    after   abc3:b  abc3:c  lost
    before
    abc3:a       1       0     0
    abc3:b       0       0     1
    new          0       1     0
    """
    order = _common_order(before, after)
    # A blank can only come from the outer join now: the customer is in one period only.
    moves = pd.concat(
        [before.astype(object).rename("before"), after.astype(object).rename("after")],
        axis="columns",
    )
    matrix = pd.crosstab(moves["before"].fillna(NEW), moves["after"].fillna(LOST))
    matrix = matrix.reindex(index=[*order, NEW], columns=[*order, LOST], fill_value=0)
    return matrix.rename_axis(index="before", columns="after").astype("int64")


def migration_shares(matrix: pd.DataFrame) -> pd.DataFrame:
    """Compute the shares of each tier's customers who moved up, stayed, moved down or left.

    Parameters
    ----------
    matrix
        The table that `migration` returns.

    Returns
    -------
    pandas.DataFrame
        One row a tier and a last row `all`. `customers`: in the tier before. `promoted`,
        `stayed`, `demoted`, `lost`: where they went. `promoted_share`, `stayed_share`,
        `demoted_share`, `lost_share`: the same as shares of `customers`, 0 to 1, together 1
        (blank for a tier nobody was in). New customers came from no tier and are not in here.

    Raises
    ------
    DataError
        If `matrix` is not such a table.

    Notes
    -----
    Source: Wagner, Hennig-Thurau and Rudolph, *Journal of Marketing*, 2009: a demotion hurts more
    than a promotion helps, so the two are kept apart. Up means nearer the head of the table: in a
    scheme without ranks, such as the eight classes, read the matrix instead.

    Examples
    --------
    >>> matrix = migration(pd.Series(["abc3:a", "abc3:b"]), pd.Series(["abc3:b", "abc3:b"]))
    >>> migration_shares(matrix).loc["all", ["promoted_share", "demoted_share"]].tolist()
    [0.0, 0.5]
    """
    order = list(matrix.index[:-1]) if isinstance(matrix, pd.DataFrame) else []
    if not order or list(matrix.index) != [*order, NEW] or list(matrix.columns) != [*order, LOST]:
        raise DataError(
            "matrix must be a table of migration(before, after): the same tiers both ways, "
            "then 'new' and 'lost'."
        )
    rows = []
    for place, tier in enumerate(order):
        row = matrix.loc[tier]
        rows.append(
            {
                "customers": row.sum(),
                "promoted": row.iloc[:place].sum(),
                "stayed": row.iloc[place],
                "demoted": row.iloc[place + 1 : -1].sum(),
                "lost": row[LOST],
            }
        )
    counts = pd.DataFrame(rows, index=pd.Index(order, name="tier"))
    counts.loc["all"] = counts.sum()
    ways = ["promoted", "stayed", "demoted", "lost"]
    shares = counts[ways].div(counts["customers"].where(counts["customers"] > 0), axis="index")
    return counts.join(shares.add_suffix("_share"))


def _common_order(before: pd.Series, after: pd.Series) -> list[str]:
    orders = []
    for tiers, name in ((before, "before"), (after, "after")):
        if not isinstance(tiers, pd.Series):
            raise DataError(f"{name} must be a pandas Series, but it is a {type(tiers).__name__}.")
        check_one_row_each(tiers.index, name=name)
        if tiers.isna().any():
            raise DataError(
                f"{tiers.isna().sum()} of {len(tiers)} customers have no tier in {name}; "
                f"the first is {tiers.index[tiers.isna()][0]!r}.\n"
                "Leave them out on purpose with .dropna(): they then count as new or lost."
            )
        orders.append(_order(tiers, name))
    known = [order for order in orders if order]
    if not known:
        raise DataError("before and after are both empty: there is nobody to follow.")
    if known[0] != known[-1]:
        raise DataError(
            f"before and after are in different schemes: {known[0]} and {known[-1]}.\n"
            "Tier both periods by the same function, with the same names."
        )
    if {NEW, LOST} & set(known[0]):
        raise DataError("no tier may be called 'new' or 'lost': the matrix needs both words.")
    return known[0]


def _order(tiers: pd.Series, name: str) -> list[str]:
    if isinstance(tiers.dtype, pd.CategoricalDtype):
        return list(tiers.cat.categories)
    codes = tiers.unique()
    unknown = [code for code in codes if code not in SCHEME_OF]
    if unknown:
        raise DataError(
            f"{name} holds {unknown[0]!r}, which is no tier of the kit, so its rank is not known.\n"
            "Say the order: "
            "tiers.astype(pd.CategoricalDtype(['best', ..., 'worst'], ordered=True))."
        )
    schemes = {SCHEME_OF[code] for code in codes}
    if len(schemes) > 1:
        raise DataError(f"{name} mixes tiers of several schemes: {sorted(schemes)}.")
    return list(SCHEMES[schemes.pop()]) if schemes else []
