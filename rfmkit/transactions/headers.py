"""Recognise the header row of a ledger, in Chinese of both scripts and in English."""

import difflib
import re
import unicodedata

from openpyxl.utils import get_column_letter

from rfmkit.labels import label, language
from rfmkit.schema import (
    AMOUNT,
    CUSTOMER,
    DATE,
    LINE,
    ORDER,
    PRODUCT,
    QUANTITY,
    STATUS,
    UNIT_PRICE,
    DataError,
)

# Headers in use, without spaces, signs and case; the most specific first, "|" between ranks.
_HEADERS = {
    CUSTOMER: """客戶編號 客戶代號 客戶代碼 客戶號碼 客戶號 客戶id 會員編號 會員代號 會員卡號 會員號
        會員id 顧客編號 顧客代號 顧客id 用戶編號 用戶id customerid customerno customernumber
        customercode custid custno clientid clientno memberid memberno userid buyerid
        | 客戶 會員 顧客 customer client member
        | 客戶名稱 客戶姓名 客戶簡稱 會員姓名 customername""",
    DATE: """交易日期 訂單日期 消費日期 下單日期 購買日期 銷售日期 發票日期 成交日期 invoicedate
        orderdate purchasedate transactiondate saledate salesdate | 日期 date
        | 銷貨日期 出貨日期 單據日期
        | 交易時間 訂單時間 消費時間 下單時間 購買時間 成交時間 時間
        datetime orderdatetime timestamp""",
    ORDER: """訂單編號 訂單號 訂單號碼 訂單代號 訂單id orderid orderno ordernumber order
        | 交易編號 交易單號 transactionid transactionno
        | 發票號碼 發票編號 invoiceno invoicenumber invoiceid invoice | 單號 訂單
        | 銷貨單號 單據號碼 出貨單號""",
    AMOUNT: """金額 amount | 消費金額 交易金額 訂單金額 購買金額 銷售金額 消費額 交易額 銷售額
        orderamount transactionamount salesamount salesvalue | 總金額 總額 小計 合計 總計 total
        totalamount totalprice subtotal linetotal sales revenue dollarvalue spend
        | 銷貨金額 實收金額 應收金額 含稅金額""",
    QUANTITY: "數量 quantity qty | 購買數量 件數",
    UNIT_PRICE: "單價 unitprice | 售價 價格 price",
    PRODUCT: """品名 product productname | 商品名稱 產品名稱 品項 description item itemname
        | 商品 產品""",
    LINE: "項次 行號 line lineno linenumber lineitem",
    STATUS: "狀態 status | 訂單狀態 交易狀態 orderstatus",
}
# Simplified characters of these headers, and their traditional twins.
_TRADITIONAL = str.maketrans(
    "户编号订单额购买时间状态会员顾产项数价销总计码发费称简货据实应税",
    "戶編號訂單額購買時間狀態會員顧產項數價銷總計碼發費稱簡貨據實應稅",
)
RANKS = {role: [set(rank.split()) for rank in text.split("|")] for role, text in _HEADERS.items()}
HEADER_SEARCH_ROWS = 10  # a header row is looked for in this many rows


def find_header(head: list[list], chosen: dict[str, str]) -> int | None:
    """Find the first row that names a customer, a date and an amount."""
    for at, row in enumerate(head):
        if not _missing_columns(_column_positions(row, chosen), chosen):
            return at
    return None


def header_row(head: list[list], chosen: dict[str, str], where: str) -> tuple[int, dict[str, int]]:
    """Find the header row and the position of each column; raise a DataError if there is none."""
    at = find_header(head, chosen)
    if at is None:
        raise DataError(_no_header_message(head, chosen, where))
    positions = _column_positions(head[at], chosen)
    for role, found in positions.items():
        # Two columns of product names do no harm; two amounts give two different results.
        if len(found) > 1 and role not in (PRODUCT, LINE):
            row = label("ledger.row_of", where=where, row=at + 1)
            raise DataError(_several_message(head[at], role, found, row))
    of: dict[int, str] = {}
    for role, (place, *_) in positions.items():
        if place in of:
            one = of[place]
            raise DataError(
                label(
                    "ledger.one_header_two_parts",
                    where=where,
                    header=str(head[at][place]),
                    one=_name(one),
                    other=_name(role),
                    one_option=_option(one),
                    other_option=_option(role),
                )
            )
        of[place] = role
    return at, {role: found[0] for role, found in positions.items()}


def _several_message(header: list, role: str, found: list[int], where: str) -> str:
    texts = [str(header[place]).strip() for place in found]
    if len(set(texts)) < len(texts):
        letters = label("ledger.and").join(get_column_letter(place + 1) for place in found)
        return label(
            "ledger.same_header", where=where, header=texts[0], letters=letters, role=_name(role)
        )
    return label(
        "ledger.several_headers",
        where=where,
        headers=texts,
        role=_name(role),
        code=role,
        option=_option(role),
        first=texts[0],
    )


def column_names(header: list[str], roles: dict[str, int]) -> list[str]:
    """Name each column uniquely: by the kit's name, its header, or its position."""
    of = {place: role for role, place in roles.items()}
    names, used = [], {"row", "reason", AMOUNT, *roles}
    for place, text in enumerate(header):
        name = of.get(place) or text or f"column_{place + 1}"
        while place not in of and name in used:
            name += "_2"
        names.append(name)
        used.add(name)
    return names


def _is_blank(cell: object) -> bool:
    return cell is None or cell != cell or (isinstance(cell, str) and not cell.strip())


def _normalise(cell: object) -> str:
    """Write a header without case, width, script, signs, spaces and a unit in brackets."""
    text = unicodedata.normalize("NFKC", "" if _is_blank(cell) else str(cell)).casefold()
    text = re.sub(r"\(.*?\)|\[.*?\]|【.*?】", "", text) or text
    return re.sub(r"[\W_]+", "", text.translate(_TRADITIONAL))


def _column_positions(header: list, chosen: dict[str, str]) -> dict[str, list[int]]:
    """List the positions of the headers that fit each of the kit's names best."""
    plain = [_normalise(cell) for cell in header]
    positions = {}
    for role, name in chosen.items():
        exact = [place for place, cell in enumerate(header) if str(cell).strip() == name.strip()]
        same = [p for p, cell in enumerate(plain) if cell and cell == _normalise(name)]
        positions[role] = exact or same
    taken = {place for found in positions.values() for place in found}
    # Who names quantity and price wants the amount computed from them, whatever else is there.
    computed = QUANTITY in chosen and UNIT_PRICE in chosen
    for role, ranks in RANKS.items():
        if role not in chosen and not (role == AMOUNT and computed):
            fits = (
                [p for p, cell in enumerate(plain) if cell in rank and p not in taken]
                for rank in ranks
            )
            positions[role] = next(filter(None, fits), [])
    return {role: found for role, found in positions.items() if found}


def _missing_columns(positions: dict[str, list[int]], chosen: dict[str, str]) -> list[str]:
    needed = [CUSTOMER, DATE, *(role for role in chosen if role not in (CUSTOMER, DATE))]
    if not (AMOUNT in positions or (QUANTITY in positions and UNIT_PRICE in positions)):
        needed.append(AMOUNT)
    return [role for role in dict.fromkeys(needed) if role not in positions]


def _name(role: str) -> str:
    """Name one of the kit's columns in the reader's language; in English by its own name."""
    return role if language() == "en" else label(f"column.{role}")


def _option(role: str) -> str:
    return "--price" if role == UNIT_PRICE else f"--{role}"


def _no_header_message(head: list[list], chosen: dict[str, str], where: str) -> str:
    positions = [_column_positions(row, chosen) for row in head]
    filled = [sum(not _is_blank(cell) for cell in row) for row in head]
    at = max(range(len(head)), key=lambda row: (len(positions[row]), min(filled[row], 2), -row))
    there = [str(cell).strip() for cell in head[at] if not _is_blank(cell)]
    missing = _missing_columns(positions[at], chosen)
    lines = [
        label(
            "ledger.no_header",
            where=where,
            count=len(head),
            row=at + 1,
            there=there,
            lacks=label("cli.comma").join(map(_name, missing)),
        )
    ]
    for role in (role for role in chosen if role in missing):
        values = {"header": chosen[role], "role": _name(role)}
        close = difflib.get_close_matches(chosen[role], there, n=1, cutoff=0.4)
        if close:
            lines.append(label("ledger.not_there_close", close=close[0], **values))
        else:
            lines.append(label("ledger.not_there", **values))
    for row in range(len(head) - 1):
        if not _missing_columns(positions[row] | positions[row + 1], chosen):
            lines.append(label("ledger.two_header_rows", row=row + 1, next=row + 2))
            return "\n".join(lines)
    return "\n".join([*lines, label("ledger.name_columns")])
