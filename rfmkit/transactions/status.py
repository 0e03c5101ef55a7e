"""Read what a status says of an order: sold, cancelled, returned, not paid, or not an order yet.

Source: the kit's own, from the status values of shops (Shopify, WooCommerce, Shopee, SHOPLINE,
Amazon, Etsy, Magento, PayPal, Stripe, Square, Taobao, Odoo).
"""

import re
import unicodedata

import pandas as pd

from rfmkit.transactions.headers import TRADITIONAL

# What each meaning does with a row. "unsure" and "unknown" are counted, and reported.
REASONS = {
    "cancelled": "cancelled_order",
    "returned": "returned_order",
    "unpaid": "unpaid_order",
    "draft": "not_an_order",
    "lost": "not_an_order",
}
_CANCEL = (
    r"取消|作廢|\bcancel\w*|\bcxl\b|\bvoid(?:ed)?\b|storn\w+|annul\w*|anulad\w+|cancelad\w+"
    r"|avbruten|annullat\w*|geannuleerd|キャンセル|取り?消し?|취소\w*|отмен\w+"
    r"|ยกเลิก|hủy|anulowan\w+|batal|dibatalkan"
)
# The word with its opposite beside it: 未取消, 取消失敗, or a return that was cancelled: 取消退貨.
_NOT_UNDONE = re.compile(
    r"(?:未|不可?|不能|不得|無法|非|沒有?|\bnot\s+|\bnon[-\s]?|\bno\s+|\bun)(?:被|been\s+|be\s+)?"
    rf"(?:{_CANCEL}|退[貨款]|refund\w*|return\w*)|退[貨款]已?(?:被)?(?:{_CANCEL})"
    rf"|(?:{_CANCEL}|退[貨款])\s*(?:失敗|駁回|被拒|拒絕|取消|關閉|failed|rejected|denied|declined)"
    rf"|取消退|(?:refund|return|cancel\w*)\s+(?:failed|rejected|denied|declined|cancell?ed)"
    r"|^(?:無|沒有?|不需?)退"
)
_IN_PROGRESS = re.compile(
    r"(?:退|取消|換貨|return|refund|cancel\w*).*(?:中|申請$|待|要求|request\w*|pending|progress"
    r"|initiat\w*)"
    r"|(?:待|申請|處理|request\w*|pending|awaiting).*(?:退[貨款]|取消|return|refund|cancel\w*)"
    r"|爭議|\bdisput\w*|糾紛|under review|審核中"
)
_PARTLY = re.compile(
    r"部[分份].*退|退.*部[分份]|partial\w*[ -]*(?:refund|return|cancel)\w*|換貨|exchang\w*"
    r"|part\w* (?:refund|return)\w*"
)
# Tried from the top; the first that is found decides.
_MEANINGS = [
    (meaning, re.compile(pattern))
    for meaning, pattern in (
        (
            "returned",
            r"拒付|charge[ -]?back|charged[ -]back|revers(?:ed|al)|沖[銷正]|返品|返金|환불|반품"
            r"|возвр\w+"
            r"|hoàn tiền|คืนเงิน|rembours\w+|erstattet|retourn\w*|reembols\w+|devuelt\w+"
            r"|devolvid\w+|rimborsat\w*|zwrócon\w+",
        ),
        (
            "cancelled",
            rf"{_CANCEL}|不成立|交易關閉|已關閉|無效|流標|終止|撤[銷回單]|註銷|棄單|刪除|拒收"
            rf"|未取|逾期取|取件逾期|無人取"
            r"|退單|\btrash(?:ed)?\b|\bdeleted\b|\babandon\w*|\bterminated\b|\bunavailable\b"
            r"|\bundeliver\w*|\breject\w*|\brefused\b|\binvalid\b|\bincomplete\b|out of stock"
            r"|缺貨|\bfraud\w*",
        ),
        (
            "unpaid",
            r"未付|待付|等待.*付款|付款失敗|交易失敗|扣款失敗|授權失敗|刷卡失敗|待匯|未繳|待繳"
            r"|未結帳|未完成"
            r"|逾期|失敗|\bunpaid\b|\bnot paid\b"
            r"|\bfail\w*|\bdeclin\w+|\bdenied\b|\bexpired?\b|\bpending\b|\bon[ -]hold\b"
            r"|\bawaiting\b.*\bpayment\b|\bpayment error\b|\bpayment (?:due|pending|required)\b"
            r"|\brequires[ _]\w+"
            r"|unbezahlt|impay\w+|pendiente|en attente|非支払|未入金|미결제|入金待ち|не оплач\w+"
            r"|ожид\w+"
            r"|chưa thanh toán|belum bayar|aguardando",
        ),
        (
            "returned",
            r"退[貨款費回換]|銷退|\brefund\w*|\breturn(?:ed|s)?\b|\bcharged back\b|\brts\b",
        ),
        (
            "draft",
            r"草稿|\bdrafts?\b|報價|估價|\bquot\w+|\bestimate\b|\bproposal\b|購物車|\bcart\b|試算"
            r"|\bpro ?forma\b|\bcheckout\b",
        ),
        ("lost", r"\blost\b|丟單|失單|輸單|未成交|流失|\bperdu\w*|verloren"),
        (
            "sold",
            r"成交|贏單|完成|成立|已付|付清|付訖|收款|成功|出貨|發貨|到貨|送達|配達|已取|取貨"
            r"|取件|收貨|簽收|備貨|揀貨|理貨"
            r"|處理中|已確認|已接單|正常|有效|結案|結清|入帳|開立|交付|配送|運送|寄[出送]|未出"
            r"|待出|待發|待收|待評|已評|賣家"
            r"|\bpaid\b|\bcomplet\w+|\bwon\b|\bdeliver\w*|\bship\w*|\bfulfil\w*|\bunfulfil\w*"
            r"|\bunship\w*"
            r"|\bprocess\w*|\bsuccess\w*|\bsucceeded\b|\bcaptured?\b|\bauthori[sz]ed\b|\bapproved\b"
            r"|\bconfirmed\b|\baccepted\b|\bsettled\b|\breceived\b|\bposted\b|\binvoiced\b"
            r"|\bactive\b|\bvalid\b"
            r"|\bdone\b|\bfinished\b|\bok\b|\bsale\b|\bsold\b|\bin transit\b|\bpicked up\b"
            r"|\bdispatched\b"
            r"|\bnormal\b|\bpartially[ _](?:paid|shipped|fulfilled)\b|sales order|\bplaced\b"
            r"|bezahlt|abgeschlossen|versandt|versendet|geliefert|pagad\w+|\bpago\b|pagat\w+"
            r"|complet\w+"
            r"|entregad\w+|enviad\w+"
            r"|\bpay[ée]e?\b|expédi\w+|livr[ée]\w*|termin[ée]\w*|consegnat\w+|entregue"
            r"|concluíd\w+|betaald|voltooid|betald"
            r"|完了|発送済|支払済|입금완료|결제완료|완료|배송\w*|구매확정|оплачен\w*|доставл\w+"
            r"|выполн\w+|đã giao|hoàn thành|selesai|zrealizowan\w+|opłacon\w+|wysłan\w+",
        ),
    )
]
_YES = {"1", "y", "yes", "true", "t", "是", "有", "v", "x", "✓", "✔", "on"}
_NO = {"0", "n", "no", "false", "f", "否", "無", "-", "--", "none", "null", "nan", "n/a", "off"}
_CODE = re.compile(r"[a-z]?\d{1,4}|[a-z]")


def normalise(text: str) -> str:
    """Write a value without case, width, script and underscores."""
    text = unicodedata.normalize("NFKC", text).casefold().translate(TRADITIONAL)
    return re.sub(r"[\s_]+", " ", text).strip()


def status_meaning(text: str, kind: str = "status") -> str:
    """Return what one status, such as 已取消 or "en attente", says of an order.

    `kind` is "status", "payment_status", "delivery_status" or "refund_status": to be pending is no
    fault of a delivery, and in a column of refunds 已完成 (complete) means that it was refunded.

    Returns
    -------
    str
        "sold", "cancelled", "returned", "unpaid", "draft" (a quote, a cart), "lost"; "unsure" if it
        speaks of undoing an order but does not say that this was done; "unknown".

    Examples
    --------
    >>> [status_meaning(text) for text in ("已取消", "Refunded", "not cancelled", "pending", "7")]
    ['cancelled', 'returned', 'unsure', 'unpaid', 'unknown']
    """
    text = normalise(text)
    if kind == "refund_status":
        return _refund_meaning(text)
    if _NOT_UNDONE.search(text) or _PARTLY.search(text) or _IN_PROGRESS.search(text):
        if re.search(rf"^(?:{_CANCEL})|(?:{_CANCEL})$", text) and not _NOT_UNDONE.search(text):
            return "cancelled"
        return "unsure"
    for meaning, pattern in _MEANINGS:
        if pattern.search(text):
            if kind == "delivery_status" and meaning in ("unpaid", "draft"):
                return "sold"
            return meaning
    return "unknown"


def _refund_meaning(text: str) -> str:
    if text in _NO or _NOT_UNDONE.search(text):
        return "sold"
    if _PARTLY.search(text) or _IN_PROGRESS.search(text):
        return "unsure"
    if (
        re.search(
            r"完成|成功|同意|核准|退|approved|complet\w+|refund\w*|return\w*|success\w*", text
        )
        or text in _YES
    ):
        return "returned"
    return "unknown"


def outcome(meaning: str) -> str:
    """Return what is done with a row of this meaning: the code of a reason, or that it counts."""
    return REASONS.get(meaning, "counted" if meaning == "sold" else meaning)


def is_code(text: str) -> bool:
    """Return True for a status that is a code, such as 4 or B2, which no vocabulary knows."""
    return _CODE.fullmatch(normalise(text)) is not None


def is_flag(values: pd.Series) -> bool:
    """Return True for a column of yes and no (or 1 and 0) alone."""
    found = {normalise(str(value)).removesuffix(".0") for value in values.dropna().unique()}
    return bool(found) and found <= (_YES | _NO)


def is_set(text: str) -> bool:
    """Return True for a cell of a yes-or-no column (or of a day, or a cause) that says yes."""
    return normalise(text) not in _NO


def meanings(values: pd.Series, kind: str = "status") -> dict[str, str]:
    """Return the meaning of each distinct status of a column.

    "closed" alone says that an order was paid in one shop and that it was called off in another:
    beside another status of a sale it is "cancelled", else it is "sold".

    Examples
    --------
    >>> meanings(pd.Series(["complete", "closed", None]))
    {'complete': 'sold', 'closed': 'cancelled'}
    """
    found = {text: status_meaning(text, kind) for text in values.dropna().unique()}
    closed = [text for text in found if normalise(text) in ("closed", "close", "關閉", "已關")]
    other = any(code == "sold" for text, code in found.items() if text not in closed)
    # In a customer-relation system a deal is won, lost, or open.
    deals = any(re.search(r"\bwon\b|\blost\b|贏單|輸單|成交", normalise(text)) for text in found)
    for text in found:
        if text in closed:
            found[text] = "cancelled" if other else "sold"
        elif deals and not re.search(r"\bwon\b|贏單|(?<!未)成交", normalise(text)):
            found[text] = "lost"
    return found
