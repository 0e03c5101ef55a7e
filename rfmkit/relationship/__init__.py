"""Grade prospects, sizes and reactions, find ways to grow, count buying roles.

Source: the customer-analysis slides and the Q&A on tier criteria.
"""

from collections.abc import Sequence

import pandas as pd

from rfmkit.schema import CUSTOMER, DataError
from rfmkit.strategies import SCHEMES
from rfmkit.thresholds import as_tiers, tier_by_cuts
from rfmkit.validation import check_range, check_same_customers, require_columns

PROSPECT_CUTS = (0.25, 0.5, 0.75)


def prospect_grade(likelihood: pd.Series, *, cuts: Sequence[float] = PROSPECT_CUTS) -> pd.Series:
    """Grade prospects, who have not bought yet, from A to D by how likely a deal is.

    Parameters
    ----------
    likelihood
        The chance of a deal, 0 to 1, one a prospect.
    cuts
        The least chance for C, B and A, rising. Who sits on a cut gets the better grade.

    Returns
    -------
    pandas.Series
        `prospect:a` to `prospect:d`, an ordered categorical.

    Raises
    ------
    DataError
        If `likelihood` is empty, blank or outside 0 to 1, or the cuts are not three that rise.

    Notes
    -----
    Source: the Q&A on tier criteria grades prospects A to D by likelihood; the cuts are the kit's
    choice (K).

    Examples
    --------
    >>> prospect_grade(pd.Series([0.75, 0.1])).tolist()
    ['prospect:a', 'prospect:d']
    """
    check_range(likelihood, 0, 1, name="likelihood")
    codes = SCHEMES["prospects"]
    return tier_by_cuts(likelihood, cuts=cuts, codes=codes, name="likelihood")


def customer_size(
    amount: pd.Series, *, cuts: Sequence[float], scheme: str = "size_by_spend"
) -> pd.Series:
    """Divide customers who have bought into four sizes.

    Parameters
    ----------
    amount
        What the firm calls value: spend or profit of each customer, in money.
    cuts
        The least amount of the three larger sizes, rising. Who sits on a cut is the larger.
    scheme
        "size_by_spend" (VIP, large, medium, small) or "size_by_value" (VIP, main, ordinary, small).

    Returns
    -------
    pandas.Series
        `size_by_spend:vip` to `size_by_spend:small`, or those of size_by_value; an ordered
        categorical.

    Raises
    ------
    DataError
        If `amount` is empty or blank, the cuts are not three that rise, or the scheme is neither.

    Notes
    -----
    Source: the Q&A on tier criteria (small, medium, large, VIP) and the customer-analysis slides
    (by value); neither gives cuts.

    Examples
    --------
    >>> customer_size(pd.Series([500, 20]), cuts=(100, 500, 1000)).tolist()
    ['size_by_spend:large', 'size_by_spend:small']
    """
    if scheme not in ("size_by_value", "size_by_spend"):
        raise DataError(f"scheme must be 'size_by_spend' or 'size_by_value', not {scheme!r}.")
    return tier_by_cuts(amount, cuts=cuts, codes=SCHEMES[scheme], name="amount")


def reaction_type(contribution: pd.Series, *, cuts: Sequence[float]) -> pd.Series:
    """Classify the firm's usual attitude to a customer: yield, care, adapt or cold.

    Parameters
    ----------
    contribution
        What the customer contributes, such as a year's profit in money.
    cuts
        The least contribution for adapt, care and yield, rising. Who sits on a cut gets the warmer.

    Returns
    -------
    pandas.Series
        `reaction:yield`, `:care`, `:adapt`, `:cold`, an ordered categorical.

    Raises
    ------
    DataError
        If `contribution` is empty or blank, or the cuts are not three that rise.

    Notes
    -----
    Source: the customer-analysis slides name three types (the fourth is lost and filled in from
    memory) and notes that contribution decides the attitude; the order and the cuts are the kit's
    choice (K).

    Examples
    --------
    >>> reaction_type(pd.Series([9000, -50]), cuts=(0, 1000, 5000)).tolist()
    ['reaction:yield', 'reaction:cold']
    """
    codes = SCHEMES["reaction"]
    return tier_by_cuts(contribution, cuts=cuts, codes=codes, name="contribution")


def growth_direction(new_product: pd.Series, new_customer: pd.Series) -> pd.Series:
    """Classify the way to grow: penetrate, up-sell, extend or cross-sell.

    Parameters
    ----------
    new_product
        True where the product is new to the offer, False where it is an old one.
    new_customer
        True where the customer is new, False where the customer has bought before.

    Returns
    -------
    pandas.Series
        `growth:penetrate` (old product, new customer), `:up_sell` (old, old), `:extend` (new,
        new), `:cross_sell` (new product, old customer), an ordered categorical.

    Raises
    ------
    DataError
        If the two hold different rows, or anything but True and False.

    Notes
    -----
    Source: the customer-analysis slides, the matrix of products and customers.

    Examples
    --------
    >>> growth_direction(pd.Series([False, True]), pd.Series([True, False])).tolist()
    ['growth:penetrate', 'growth:cross_sell']
    """
    for values, name in ((new_product, "new_product"), (new_customer, "new_customer")):
        flags = isinstance(values, pd.Series) and pd.api.types.is_bool_dtype(values)
        if not flags or values.isna().any():
            raise DataError(
                f"{name} must be a pandas Series of True and False only.\n"
                "Compare to make one: df['first_order'] >= period_start."
            )
    check_same_customers(new_product, new_customer, names="new_product and new_customer")
    if len(new_product) == 0:
        raise DataError("new_product is empty: there is nothing to name.")
    place = 2 * new_product.astype(int) + 1 - new_customer.astype(int)
    return as_tiers(place.to_numpy(), SCHEMES["growth"], new_product.index)


def buying_unit(people: pd.DataFrame) -> pd.DataFrame:
    """Count the roles in each customer's decision to buy, and those not known.

    Parameters
    ----------
    people
        One row a person and part: `customer`, `role` (user, influencer, decider, approver, buyer
        or gatekeeper). One person may play several parts.

    Returns
    -------
    pandas.DataFrame
        One row a customer (sorted), one column a part (`dmu:user` ... `dmu:gatekeeper`): people
        known. `unknown_roles`: parts nobody is known for, 0 to 5.

    Raises
    ------
    DataError
        If a column is missing or blank, or a role is none of the six.

    Notes
    -----
    Source: the customer-analysis slides, section 3.1: the customer is everyone who shares in the
    decision and its risk.

    Examples
    --------
    >>> people = pd.DataFrame({"customer": ["A", "A"], "role": ["user", "buyer"]})
    >>> buying_unit(people)["unknown_roles"].to_dict()
    {'A': 4}
    """
    require_columns(people, [CUSTOMER, "role"], name="people")
    if len(people) == 0:
        raise DataError("people is empty: nobody is known yet.")
    if people[[CUSTOMER, "role"]].isna().any(axis=None):
        raise DataError("people has rows without a customer or a role; fill them in first.")
    roles = [code.removeprefix("dmu:") for code in SCHEMES["buying_unit"]]
    wrong = [role for role in people["role"].unique() if role not in roles]
    if wrong:
        raise DataError(f"role {wrong[0]!r} is not one of {roles}.")
    known = pd.crosstab(people[CUSTOMER], people["role"]).reindex(columns=roles, fill_value=0)
    known = known.set_axis(list(SCHEMES["buying_unit"]), axis="columns").rename_axis(columns=None)
    return known.assign(unknown_roles=(known == 0).sum(axis="columns"))
