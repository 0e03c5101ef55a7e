"""Read what a row of an export is: a sale, a refund, a payment, a quote, a subtotal, a guest."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from rfmkit.transactions.status import normalise

# A customer's number or name that stands for nobody in particular.
GUEST = (
    r"guests?|guest (?:user|customer|checkout)|訪客|散客|現客|過路客|非會員|匿名|anonymous"
    r"|walk[ -]?ins?(?: customer)?"
    r"|cash (?:sales?|customer)|零售(?:客[戶人]?)?|(?:門市|現場|一般)(?:散客|客[戶人]|零售)"
    r"|pos customer|retail customer"
    r"|default customer|unknown(?: customer)?|不明|訪客訂單"
)
_SUBTOTAL = re.compile(
    r".{0,8}(?:小計|合計|總計|共計)[:：]?|(?:(?:sub|grand|daily|weekly|monthly|page"
    r"|running)[ -]?)?totals?(?:\s*[:：].*|\s+(?:for|of)\b.*)?"
    r"|summe|gesamt(?:summe)?|zwischensumme|sous-total|suma(?: total)?|total general"
)
_PAYMENT_LINE = re.compile(
    r"(?:cash|change|change due|change given|tender(?:ed)?|cash tendered|visa|master ?card|amex"
    r"|credit card|debit card|card"
    r"|eftpos|rounding|現金|找零|找現|信用卡|刷卡|悠遊卡|一卡通|街口(?:支付)?|line ?pay|apple pay"
    r"|google pay|付現|收現|零錢)"
)
# Tried from the top; the first that is found decides.
_UNDONE = re.compile(r"refunded|returned|cancell?ed|voided|取消|作廢|已退|chargeback")
_SURE_PAYMENT = re.compile(
    r".*(?:cash|tender|visa|master|amex|credit|現金|找零|找現|信用卡|付現|收現).*"
)
_KINDS = [
    (meaning, re.compile(pattern))
    for meaning, pattern in (
        (
            "refund",
            r"退|折讓|credit[ -]?(?:note|memo)|refund|\breturn|avoir|gutschrift|abono|nota de cr"
            r"|charge ?back|reversal|沖銷|storno|返品|返金|out_refund",
        ),
        (
            "quote",
            r"報價|詢價|\bquot|\bestimate|\bproposal|pro ?-?forma|\bdevis|angebot|presupuesto"
            r"|\bdraft|見積|layaway|\bhold\b",
        ),
        (
            "other",
            r"\bfees?\b|payout|transfer|withdraw|deposit|adjust|settlement|手續費|提領|撥款|調[整撥]"
            r"|reserve|盤點|進貨|採購|purchase order|\bbill\b|vendor|journal|currency conversion"
            r"|top-?up|in_invoice|opening balance|\bno ?sale\b|\bpaid (?:in|out)\b|store credit"
            r"|gift card (?:load|sale|reload)|儲值|點數|紅利|兌換|樣品|\bsample\b|領用|自用",
        ),
        ("sale", r"sales receipt|cash sale|現金銷售|消費"),
        (
            "payment",
            r"收款|付款|支付|payment|tender|\bchange\b|找零|\bcash\b|現金|receipt|zahlung|paiement"
            r"|\bpago\b|入金",
        ),
        (
            "order",
            r"^(?:sales )?orders?$|^訂單$|^銷售訂單$|sales order|auftrag|^so$|bestellung|commande"
            r"|pedido",
        ),
        (
            "sale",
            r"銷|出貨|交易|發票|訂單|\bsales?\b|invoice|order|charge|purchase|rechnung|facture"
            r"|factura|\bitem|\bline|goods|product|品項|商品|\bsold\b|\binv\b|ticket|out_invoice|買",
        ),
    )
]


def is_subtotal(text: pd.Series) -> np.ndarray:
    """Find the cells that say that their row adds up others, such as 小計 and Grand total."""
    return _found(text, _SUBTOTAL)


def is_payment_line(text: pd.Series) -> np.ndarray:
    """Find the cells that name a way to pay, or change, where a product would stand.

    A shop may sell a "card": that word counts only beside others that no product has.
    """
    found = _found(text, _PAYMENT_LINE)
    sure = found & _found(text, _SURE_PAYMENT)
    return found if sure.any() else sure


def _found(text: pd.Series, pattern: re.Pattern[str]) -> np.ndarray:
    values = [value for value in text.dropna().unique() if pattern.fullmatch(normalise(value))]
    return text.isin(values).to_numpy()


def kind_meanings(text: pd.Series, own: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return what each value of a column of document or line types means.

    `own` has the values of a known shop, by meaning: they come first.

    Returns
    -------
    dict
        "sale", "refund", "payment" (of a sale that stands in another row), "quote", "order" (that
        an invoice in the same file repeats), "undone" (refunded, cancelled), "other" (fees,
        transfers) or "unknown".

    Examples
    --------
    >>> kind_meanings(pd.Series(["Invoice", "Payment", "Credit note"]), {})
    {'Invoice': 'sale', 'Payment': 'payment', 'Credit note': 'refund'}
    >>> kind_meanings(pd.Series(["Payment", "Refund"]), {})
    {'Payment': 'sale', 'Refund': 'refund'}
    """
    named = {normalise(value): meaning for meaning, values in own.items() for value in values}
    found = {}
    for value in text.dropna().unique():
        plain = normalise(value)
        if plain not in named and _UNDONE.search(plain):  # what became of a sale, in its own row
            found[value] = "undone"
            continue
        matches = (meaning for meaning, pattern in _KINDS if pattern.search(plain))
        found[value] = named.get(plain) or next(matches, "unknown")
    if own:
        return found
    # A payment is the sale where nothing else is; an order is, unless it is invoiced as well.
    if "sale" not in found.values() and "order" not in found.values():
        found = {value: "sale" if code == "payment" else code for value, code in found.items()}
    if "sale" not in found.values():
        found = {value: "sale" if code == "order" else code for value, code in found.items()}
    return found
