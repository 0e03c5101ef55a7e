"""Write tiers back into a customer master file, and tell what changed since the last time."""

import pandas as pd

from rfmkit.relationship.moves import LOST, NEW
from rfmkit.schema import CUSTOMER, DataError
from rfmkit.strategies import SCHEME_OF, SCHEMES, UNRANKED
from rfmkit.validation import check_one_row_each

# What a master file says of each customer's tier.
TIER_FIELDS = ("tier", "tier_scheme", "tier_date", "tier_cut", "tier_before", "tier_since")


def write_back(
    master: pd.DataFrame, tier: pd.Series, *, date: object, cut: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Write this month's tiers into the customer master file.

    Parameters
    ----------
    master
        One row a customer, indexed by customer, with any columns of its own; of earlier months
        it may hold the columns that this function writes.
    tier
        The tier of each customer as the kit's codes of one scheme, indexed by customer.
    date
        The day the tiers hold for, such as "2021-04-01".
    cut
        Where they were cut, in words, such as "top 20 %, then 30 % of customers".

    Returns
    -------
    (pandas.DataFrame, pandas.DataFrame)
        The master file, its rows in the same order, with `tier`, `tier_scheme`, `tier_date`,
        `tier_cut`, `tier_before` (the tier of the last time, blank if it was of another scheme)
        and `tier_since` (the day the customer came into this tier). Who has no tier this time
        keeps the old one with its old date.
        Then what changed, one row a customer of either table: `before`, `after` and `change`:
        `new`, `up`, `down`, `moved` (a scheme without ranks), `stayed`, `lost` (in the master file
        and not among the tiers), `other_scheme`, `not_in_master` (nothing was written for them).

    Raises
    ------
    DataError
        If a customer stands twice or has no tier, a code is unknown, the codes are of several
        schemes, the date is no date or earlier than one in the file, or `cut` is blank.

    Notes
    -----
    Source: article on choosing tiers, section 6 (a customer system keeps the tier as a field); the
    fields and their names are the kit's own.

    Examples
    --------
    >>> master = pd.DataFrame({"name": ["Ann", "Bob"]}, index=pd.Index(["1", "2"], name="customer"))
    >>> march = pd.Series({"1": "abc3:a", "2": "abc3:b"})
    >>> april = pd.Series({"1": "abc3:b", "2": "abc3:b"})
    >>> master, _ = write_back(master, march, date="2021-03-01", cut="20 : 30 : 50")
    >>> master, changes = write_back(master, april, date="2021-04-01", cut="20 : 30 : 50")
    >>> changes["change"].to_dict()
    {'1': 'down', '2': 'stayed'}
    """
    day, scheme = _checked(master, tier, date, cut)
    old = master.reindex(columns=[*TIER_FIELDS])
    was, now = old["tier"].astype(object), tier.astype(object).reindex(master.index)
    tiered = now.notna()
    comparable = tiered & old["tier_scheme"].eq(scheme)
    stays = comparable & was.eq(now)

    updated = master.copy()
    fields = {
        "tier": now,
        "tier_scheme": pd.Series(scheme, index=master.index),
        "tier_date": pd.Series(day, index=master.index),
        "tier_cut": pd.Series(cut, index=master.index),
        "tier_before": was.where(comparable),
        "tier_since": old["tier_since"].where(stays, day),
    }
    for name, values in fields.items():
        updated[name] = values.where(tiered, old[name]).astype(object)
    for name in ("tier_date", "tier_since"):
        updated[name] = pd.to_datetime(updated[name]).dt.as_unit("us")
    return updated, _changes(old, tier.astype(object), scheme)


def _changes(old: pd.DataFrame, tier: pd.Series, scheme: str) -> pd.DataFrame:
    """List every customer of either table with the tiers before and after, and the change."""
    changes = pd.DataFrame(
        {
            "before": old["tier"].astype(object).where(old["tier"].notna(), None),
            "after": tier,
            "scheme_before": old["tier_scheme"],
        }
    )
    rank = {code: place for place, code in enumerate(SCHEMES[scheme])}
    ranked = scheme not in UNRANKED

    def change(row: pd.Series) -> str:
        if row.name not in old.index:
            return "not_in_master"
        if pd.isna(row["after"]):
            return LOST if pd.notna(row["before"]) else "no_tier"
        if pd.isna(row["before"]):
            return NEW
        if row["scheme_before"] != scheme:
            return "other_scheme"
        if row["before"] == row["after"]:
            return "stayed"
        if not ranked:
            return "moved"
        return "up" if rank[row["after"]] < rank[row["before"]] else "down"

    changes["change"] = changes.apply(change, axis="columns").astype(object)
    return changes[["before", "after", "change"]].rename_axis(CUSTOMER)


def _checked(
    master: pd.DataFrame, tier: pd.Series, date: object, cut: str
) -> tuple[pd.Timestamp, str]:
    """Return the day and the scheme; raise DataError for what cannot be written back."""
    for table, name in ((master, "master"), (tier, "tier")):
        if not isinstance(table, pd.DataFrame | pd.Series):
            raise DataError(f"{name} must be a table indexed by customer, not {table!r}.")
        check_one_row_each(table.index, name=name)
    if not isinstance(tier, pd.Series) or not len(tier):
        raise DataError("tier must be a Series with one tier a customer.")
    if (blank := tier.isna()).any():
        raise DataError(
            f"{blank.sum()} customers have no tier, such as {tier.index[blank][0]!r}.\n"
            "Leave them out: tier.dropna()."
        )
    codes = tier.astype(object).unique()
    if unknown := [code for code in codes if code not in SCHEME_OF]:
        raise DataError(f"{unknown[0]!r} is no tier code; scheme_table('abc4') shows codes.")
    schemes = sorted({SCHEME_OF[code] for code in codes})
    if len(schemes) > 1:
        raise DataError(f"the tiers are of several schemes: {schemes}. Write back one at a time.")
    try:
        day = pd.Timestamp(date).normalize()
    except (ValueError, TypeError):
        day = pd.NaT
    if pd.isna(day):
        raise DataError(f"date must be a day such as '2021-04-01', not {date!r}.")
    if not isinstance(cut, str) or not cut.strip():
        raise DataError("cut must say in words where the tiers were cut.")
    last = pd.to_datetime(master["tier_date"]).max() if "tier_date" in master else pd.NaT
    if pd.notna(last) and last > day:
        raise DataError(
            f"the master file holds tiers of {last:%Y-%m-%d}, later than {day:%Y-%m-%d}.\n"
            "Write back in the order of time."
        )
    return day, schemes[0]
