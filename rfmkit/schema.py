"""Name the columns that every step of the kit agrees on."""

from collections.abc import Iterable

import pandas as pd

# One row of a ledger.
CUSTOMER = "customer"
DATE = "date"
ORDER = "order"
AMOUNT = "amount"
LINE = "line"
PRODUCT = "product"
QUANTITY = "quantity"
UNIT_PRICE = "unit_price"
STATUS = "status"

# One row of the customer table; the last purchase is kept until the day to count from is known.
LAST_PURCHASE = "last_purchase"
RECENCY = "recency_days"
FREQUENCY = "frequency"
MONETARY = "monetary"

# The eight classes, in the order of table 5-2.
CLASSES = (
    "important_value",
    "important_develop",
    "important_keep",
    "important_win_back",
    "general_value",
    "general_develop",
    "general_keep",
    "general_win_back",
)


_KNOWN = frozenset(
    {
        CUSTOMER,
        DATE,
        ORDER,
        AMOUNT,
        LINE,
        PRODUCT,
        QUANTITY,
        UNIT_PRICE,
        STATUS,
        RECENCY,
        FREQUENCY,
        MONETARY,
    }
)


class DataError(ValueError):
    """Data that cannot be used as they are; the message says what, where, and how to mend it."""


class DataWarning(UserWarning):
    """Data that can be used, with something in them that a person should look at."""


def require_columns(
    frame: pd.DataFrame, columns: Iterable[str], *, name: str = "the table"
) -> None:
    """Raise a DataError that names the missing columns, those present, and the mend.

    Parameters
    ----------
    frame
        Any table.
    columns
        The column names it must have.
    name
        What to call the table in the message.

    Raises
    ------
    DataError
        If a column is missing, or `frame` is not a table at all.

    Examples
    --------
    >>> require_columns(pd.DataFrame({"customer": [], "金額": []}), ["amount"], name="transactions")
    Traceback (most recent call last):
        ...
    rfmkit.schema.DataError: transactions lacks column 'amount'; it has ['customer', '金額'].
    Rename a column with df.rename(columns={'金額': 'amount'}).
    """
    if not isinstance(frame, pd.DataFrame):
        raise DataError(
            f"{name} must be a pandas DataFrame, but it is a {type(frame).__name__}.\n"
            "Read a ledger with load_transactions(path), or build one with pd.DataFrame(...)."
        )
    wanted = list(columns)
    missing = [column for column in wanted if column not in frame.columns]
    if not missing:
        return
    there = list(frame.columns)
    spare = [column for column in there if column not in wanted and column not in _KNOWN]
    example = {spare[0] if spare else "old name": missing[0]}
    noun = "column" if len(missing) == 1 else "columns"
    raise DataError(
        f"{name} lacks {noun} {', '.join(map(repr, missing))}; it has {there}.\n"
        f"Rename a column with df.rename(columns={example})."
    )
