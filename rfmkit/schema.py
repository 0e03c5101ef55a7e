"""Define the column names that every step of the kit uses, and the kit's errors."""

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
SOURCE_FILE = "source_file"  # where a row stands, if several files were read as one
SOURCE_SHEET = "source_sheet"
EXCLUDE = "exclude"  # why a row of an export counts for nothing: a code of a reason

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


KNOWN_COLUMNS = frozenset(
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
    """Raised for data that cannot be used; the message says what, where, and how to fix it."""


class EmptyLedger(DataError):  # noqa: N818 - says what it is
    """Raised for a ledger without a row."""


class DataWarning(UserWarning):
    """Warned of data that can be used but should be checked."""
