"""Tell which orders were undone: cancelled, or returned in full."""

import re
import warnings

import pandas as pd

from rfmkit.schema import AMOUNT, CUSTOMER, ORDER, DataWarning
from rfmkit.thresholds import is_on

_CANCEL = r"(?:取消|作[廢废]|\bcancel\w*|\bvoid(?:ed)?\b)"
# A status that begins or ends with the word: 已取消, 訂單取消, 未付款取消, Cancelled by customer.
_CANCELLED = re.compile(rf"(?:[訂订][單单]|交易)?已?{_CANCEL}.*|.*{_CANCEL}", re.IGNORECASE)
# The word with its opposite beside it: 未取消, 取消失敗, or a return that was cancelled: 取消退貨.
_NOT_CANCELLED = re.compile(
    rf"(?:未|不可?|不能|不得|[無无]法|非|[沒没]有?|\bnot\s+|\bnon[-\s]?|退[貨货款]已?)(?:被|been\s+|be\s+)?"
    rf"{_CANCEL}|{_CANCEL}\s*(?:失[敗败]|[駁驳]回|被拒|拒[絕绝]|退|failed|rejected|denied)",
    re.IGNORECASE,
)
_RETURNED = re.compile(
    r"(?:[訂订][單单]|交易|商品)?已?(?:全[額额])?退(?:[貨货](?:退款)?|款)(?:完成)?"
    r"|(?:fully\s+)?(?:returned|refunded)",
    re.IGNORECASE,
)
_SMELLS = re.compile(r"取消|退|cancel|refund|return", re.IGNORECASE)


def read_status(status: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Tell the rows whose status is a cancelled order, and those whose status is a return.

    Parameters
    ----------
    status
        Tidy text, one status a row.

    Returns
    -------
    cancelled, returned : pandas.Series
        bool.

    Warns
    -----
    DataWarning
        If a status speaks of cancelling or returning and is neither for certain.
    """
    cancelled, returned, unsure = [], [], []
    for text in status.dropna().unique():
        if _CANCELLED.fullmatch(text) and not _NOT_CANCELLED.search(text):
            cancelled.append(text)
        elif _RETURNED.fullmatch(text):
            returned.append(text)
        elif _SMELLS.search(text):
            unsure.append(text)
    if unsure:
        more = f" and {len(unsure) - 5} more" if len(unsure) > 5 else ""
        warnings.warn(
            f"statuses that speak of cancelling or returning, whose rows are counted all the same: "
            f"{', '.join(map(repr, unsure[:5]))}{more}.\n"
            "If such orders were undone, change their status in the file to 已取消 (cancelled) or "
            "退貨 (returned).",
            DataWarning,
            stacklevel=5,
        )
    return status.isin(cancelled), status.isin(returned)


def in_cancelled_orders(tidy: pd.DataFrame) -> pd.Series:
    """Find orders cancelled by another: "C" + their number, of the same customer and total.

    A row with a minus is a return, and takes its money off by itself; an order called C100 of
    another customer, or over another sum, is an order like others.
    """
    sold = tidy[tidy[AMOUNT] >= 0]
    names = set(sold[ORDER].dropna())
    cancels = {name: name[1:] for name in names if name[0] in "Cc" and name[1:] in names}
    found = pd.Series(False, index=tidy.index)
    if not cancels:
        return found
    concerned = sold[sold[ORDER].isin({*cancels, *cancels.values()})]
    sums = concerned.groupby([CUSTOMER, ORDER])[AMOUNT].sum()
    for (customer, name), total in sums.items():
        twin = (customer, cancels.get(name, ""))
        if twin in sums.index and is_on([total], sums[twin]):
            both = tidy[ORDER].isin([name, cancels[name]])
            found |= (tidy[CUSTOMER] == customer) & both
    return found
