"""Find the products that the customers of one tier buy together.

Source: the Q&A on tier criteria.
"""

import pandas as pd

from rfmkit.schema import AMOUNT, CUSTOMER, PRODUCT, DataError
from rfmkit.validation import check_numbers, check_one_row_each, groupable, require_columns


def co_purchase_lift(
    tx: pd.DataFrame,
    tiers: pd.Series,
    tier: str,
    *,
    basket: str = CUSTOMER,
    product: str = PRODUCT,
    min_baskets: int = 5,
) -> pd.DataFrame:
    """Compute which products the customers of a tier buy together more often than by chance.

    Parameters
    ----------
    tx
        Transactions with `customer`, `amount` (money) and the two columns named below. Rows of
        0 or less (returns) are no purchase.
    tiers
        The tier of each customer, indexed by customer.
    tier
        The tier to look at.
    basket
        What counts as together: "customer" (bought in the period) or "order" (one order).
    product
        The column that names the product.
    min_baskets
        Pairs bought together in fewer baskets are left out: a high lift on two baskets is chance.

    Returns
    -------
    pandas.DataFrame
        One row a pair, the highest lift first. `product_a`, `product_b` (in alphabetical order);
        `baskets`: with both; `support`: the share of all the tier's baskets with a purchase, 0 to
        1; `confidence_ab`: of those with a, the share with b; `confidence_ba`; `lift`: support
        over what chance gives (1: no link; 2: twice as often). No row if no pair is frequent
        enough. `attrs["baskets"]`: all baskets of the tier.

    Raises
    ------
    DataError
        If a column is missing or blank, a customer has two tiers, or the tier bought nothing.

    Notes
    -----
    Source: the Q&A on tier criteria: customers of one tier have needs in common; see them in the
    sales records and offer before they ask. Lift as the measure and 5 as the minimum are the kit's
    choice (K).

    Examples
    --------
    >>> tx = pd.DataFrame({"customer": list("aabbccd"), "amount": 10.0,
    ...                    "product": ["tea", "pot", "tea", "pot", "tea", "cup", "cup"]})
    >>> tiers = pd.Series("abc3:a", index=list("abcd"))
    >>> pairs = co_purchase_lift(tx, tiers, "abc3:a", min_baskets=2)
    >>> pairs[["product_a", "product_b", "baskets", "support"]].values.tolist()
    [['pot', 'tea', 2, 0.5]]
    >>> round(float(pairs.loc[0, "lift"]), 3)
    1.333
    """
    require_columns(tx, dict.fromkeys([CUSTOMER, AMOUNT, basket, product]), name="transactions")
    if not isinstance(min_baskets, int) or isinstance(min_baskets, bool) or min_baskets < 1:
        raise DataError(f"min_baskets must be a whole number, 1 or more, not {min_baskets!r}.")
    tx = tx.assign(**{name: groupable(tx[name]) for name in {CUSTOMER, basket, product}})
    bought = _purchases(tx, _members(tx, tiers, tier), tier)
    for column in (basket, product):
        if bought[column].isna().any():
            raise DataError(
                f"{bought[column].isna().sum()} purchases of {tier!r} have no {column!r}.\n"
                f"Name them, or leave them out on purpose: tx.dropna(subset=[{column!r}])."
            )
    total = bought[basket].nunique()
    each = bought[[basket, product]].astype({product: str}).drop_duplicates()
    frequent = each[product].value_counts()
    frequent = frequent[frequent >= min_baskets].sort_index()
    pairs = _count_pairs(each[each[product].isin(frequent.index)], basket, product)
    pairs = pairs[pairs["baskets"] >= min_baskets]
    with_a = pairs["product_a"].map(frequent).astype("int64")
    with_b = pairs["product_b"].map(frequent).astype("int64")
    pairs = pairs.assign(
        support=pairs["baskets"] / total,
        confidence_ab=pairs["baskets"] / with_a,
        confidence_ba=pairs["baskets"] / with_b,
        # One division of whole numbers: the same pairs tie in any order of rows.
        lift=pairs["baskets"] * total / (with_a * with_b),
    )
    pairs = pairs.sort_values(
        ["lift", "baskets", "product_a", "product_b"], ascending=[False, False, True, True]
    ).reset_index(drop=True)
    pairs.attrs["baskets"] = int(total)
    return pairs


def _members(tx: pd.DataFrame, tiers: pd.Series, tier: str) -> pd.Index:
    if not isinstance(tiers, pd.Series):
        raise DataError(f"tiers must be a pandas Series, but it is a {type(tiers).__name__}.")
    check_one_row_each(tiers.index, name="tiers")
    members = tiers.index[(tiers == tier).fillna(False).to_numpy(dtype=bool)]
    if len(members) == 0:
        there = list(tiers.dropna().unique())
        raise DataError(f"no customer is in tier {tier!r}; the tiers are {there}.")
    return members


def _purchases(tx: pd.DataFrame, members: pd.Index, tier: str) -> pd.DataFrame:
    check_numbers(tx[AMOUNT], name=f"column {AMOUNT!r}")
    bought = tx[(tx[AMOUNT] > 0) & tx[CUSTOMER].isin(members)]
    if len(bought) == 0:
        raise DataError(
            f"the {len(members)} customers of {tier!r} have no purchase in transactions.\n"
            f"Are customers written alike? tiers has {members[0]!r}; transactions has "
            f"{tx[CUSTOMER].iloc[0] if len(tx) else None!r}."
        )
    return bought


def _count_pairs(each: pd.DataFrame, basket: str, product: str) -> pd.DataFrame:
    # A table of baskets by products, 1 where bought; its product with itself counts the pairs.
    table = pd.crosstab(each[basket], each[product])
    names = table.columns.to_numpy(dtype=object)
    bought = table.to_numpy(dtype="float32")
    both = bought.T @ bought
    rows, columns = (both > 0).nonzero()
    above = rows < columns
    rows, columns = rows[above], columns[above]
    return pd.DataFrame(
        {
            "product_a": names[rows],
            "product_b": names[columns],
            "baskets": both[rows, columns].astype("int64"),
        }
    )
