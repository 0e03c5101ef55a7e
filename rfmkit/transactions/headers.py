"""Recognise the header row of a ledger, in Chinese of both scripts and in English."""

import difflib
import re
import unicodedata
from typing import Any

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
from rfmkit.transactions.ambiguity import LedgerQuestion

# Headers in use, without spaces, signs and case; the most specific first, "|" between ranks.
_HEADERS = {
    CUSTOMER: """customeruniqueid
        | 客戶編號 客戶代號 客戶代碼 客戶號碼 客戶號 客戶id 會員編號 會員代號 會員卡號 會員號
        會員id 顧客編號 顧客代號 顧客id 用戶編號 用戶id customerid customerno customernumber
        customercode custid custno clientid clientno memberid memberno userid buyerid kundennummer
        kundennr kundenid idcliente codigocliente numeroclient numclient klantnummer 顧客番号
        会員番号
        고객번호 고객id
        | 客戶 會員 顧客 customer client member | 買家帳號 買家會員名 買家id buyerusername
        buyeruserid
        買家 buyer guest kunde cliente klient klant kund 고객 клиент
        | 會員帳號 會員電話 associatedcompany 客戶名稱 客戶姓名 客戶簡稱 會員姓名 customername
        clientname buyername 買家姓名 顧客姓名
        顧客名稱
        | email customeremail buyeremail billingemail emailaddress contactemail 電子郵件 電子信箱
        | 訂購人 購買人 訂購人姓名 購買人姓名 company companyname 公司名稱 partner account
        accountname
        contact contactname billto billtoname soldto soldtoname billingname fullname kundenname
        姓名
        | phone mobile phonenumber 手機 電話 手機號碼 聯絡電話""",
    DATE: """交易日期 訂單日期 消費日期 下單日期 購買日期 銷售日期 發票日期 成交日期 invoicedate
        orderdate purchasedate transactiondate saledate salesdate 訂單成立日期 訂單建立日期
        bestelldatum
        rechnungsdatum fechapedido fechadepedido datecommande datafattura 注文日 購入日 주문일
        주문일자
        | 日期 date | 銷貨日期 出貨日期 單據日期 交易日 消費日 訂單成立日 bookedon 營業日期
        營業日 結帳日期
        businessdate documentdate
        postingdate datum fecha data дата
        | 交易時間 訂單時間 消費時間 下單時間 購買時間 成交時間 訂單成立時間 訂單建立時間 結帳時間
        銷售時間 時間
        datetime orderdatetime timestamp orderpurchasetimestamp transactiondatetime orderdatetime
        注文日時
        | created createdat createtime createdtime dateadded dateplaced opened createdate
        datecreated createddate createdatutc createdutc 建立日期
        建立時間
        | paidat datepaid paiddate paymentdate 付款日期 付款時間 purchasedat | closedate
        closeddate""",
    ORDER: """訂單編號 訂單號 訂單號碼 訂單代號 訂單id orderid orderno ordernumber order ordername
        orderreference bestellnummer bestellnr numeropedido numpedido pedido numerocommande
        注文番号 주문번호 reservation numerzamówienia
        | 交易編號 交易單號 交易序號 transactionid transactionno saleid
        | 發票號碼 發票編號 invoiceno invoicenumber invoiceid invoice rechnungsnummer
        rechnungsnr |
        單號 訂單
        | 銷貨單號 單據號碼 單據編號 出貨單號 documentno documentnumber docno receiptno
        receiptnumber
        receiptid ticketno checkno checknumber check 收據編號 | reference ref 憑證號碼 voucherno""",
    AMOUNT: """金額 amount | 消費金額 交易金額 訂單金額 購買金額 銷售金額 消費額 交易額 銷售額
        orderamount transactionamount salesamount salesvalue | 總金額 總額 小計 合計 總計 total
        totalamount totalprice 訂單總金額 訂單總額 訂單總計 ordertotal grandtotal subtotal
        linetotal sales revenue dollarvalue spend
        | 銷貨金額 實收金額 應收金額 含稅金額 | 合計金額 總價
        | netsales netamount nettotal amountpaid paidprice paidamount paymentvalue lineamount
        extendedprice
        totalcollected 實付金額 付款金額 支付金額 買家實付金額 銷售淨額 未稅金額 amounttotal
        | grosssales gross totalsales grossamount totalpaid amountincompanycurrency 實收 應收 |
        kwota umsatz betrag gesamtbetrag summe importe importetotal
        montant montanttotal
        monto valor valortotal importo totale bedrag belopp 売上 売上金額 金額合計 금액 결제금액
        сумма""",
    QUANTITY: "數量 quantity qty | 購買數量 件數 menge cantidad quantite quantità 수량",
    UNIT_PRICE: """單價 unitprice | 成交價 | 售價 價格 price | einzelpreis preis preciounitario
        prixunitaire""",
    PRODUCT: """品名 product productname | 商品名稱 產品名稱 品項 description item itemname
        | 商品 產品 lineitemname""",
    LINE: "項次 行號 line lineno linenumber lineitem",
    STATUS: """狀態 status | 訂單狀態 交易狀態 orderstatus 單據狀態 transactionstatus salestatus
        | itemstatus stage dealstage opportunitystage 商機階段 階段 bestellstatus
        statut
        etat статус 注文状況 ステータス 주문상태""",
}
# Columns that decide what a row counts for, beside the ones that R, F, M are computed from.
_MARKS = {
    "payment_status": """financialstatus paymentstatus paidstatus paymentstate 付款狀態 支付狀態
        收款狀態
        繳費狀態 結帳狀態 zahlungsstatus""",
    "delivery_status": """fulfillmentstatus fulfilmentstatus deliverystatus shippingstatus
        shipmentstatus
        出貨狀態 物流狀態 配送狀態 運送狀態 送貨狀態 取貨狀態""",
    "refund_status": """refundstatus returnstatus 退貨退款狀態 退款狀態 退貨狀態 售後狀態
        退換貨狀態 退款退貨狀態""",
    "cancelled": """cancelledat canceledat cancelled canceled iscancelled iscanceled cancelleddate
        canceldate canceledon cancelledon cancelreason cancellationreason cancelledreason
        cancelledcanceledat voided isvoid voidedat deletedat isdeleted 取消時間 取消日期 取消原因
        不成立原因
        是否取消 是否作廢 作廢 作廢日期 作廢原因 作廢時間""",
    "returned": """returned refunded isreturned isrefunded isreturn isrefund 是否退貨 是否退款
        已退貨 已退款""",
    "paid": "paid ispaid 是否付款 已付款 是否已付款",
    "test": "test istest 是否測試",
    "refund": """refundedamount amountrefunded refundamount totalrefunded refund refunds
        refundtotal
        refundedtotal returnamount returnedamount totalrefundedamount refundedvalue
        orderrefundamount
        convertedamountrefunded 退款金額 退款總額 已退款金額 退貨金額 退款 退費金額 已退金額""",
    "currency": """currency currencycode ordercurrency paymentcurrency 幣別 幣種 貨幣 貨幣別
        währung waehrung
        devise moneda valuta valute 通貨 통화""",
    "rate": "exchangerate fxrate conversionrate currencyrate 匯率 wechselkurs tipodecambio",
    "kind": """type eventtype transactiontype documenttype doctype recordtype linetype rowtype
        itemtype
        entrytype vouchertype movetype saletype ordertype document 單據類型 單據類別 單別 類型
        交易類型 交易類別 交易別 訂單類別 訂單類型
        單據別 明細類型 belegart belegtyp tipo tipodocumento tipodedocumento""",
    "reference": """referencetxnid originalorder originalorderid originaltransactionid
        原訂單編號 原單號 沖銷單號""",
    "email": """email customeremail buyeremail billingemail emailaddress 電子郵件 電子信箱 信箱
        買家信箱""",
    "phone": "phone mobile tel phonenumber customerphone 電話 手機 手機號碼 聯絡電話 行動電話",
    "name": """name customername buyername clientname fullname billingname cardholdername 姓名
        客戶姓名 會員姓名
        買家姓名 訂購人 購買人 顧客姓名 客戶名稱 公司名稱 companyname""",
    "id": """customerid customeruniqueid customerno memberid memberno userid buyerid 客戶編號
        會員編號 會員卡號 顧客編號
        客戶代號""",
}
MARKS = {kind: set(text.split()) for kind, text in _MARKS.items()}
RANKS = {role: [set(rank.split()) for rank in text.split("|")] for role, text in _HEADERS.items()}
KNOWN_HEADERS = frozenset(
    header for ranks in RANKS.values() for rank in ranks for header in rank
) | frozenset(header for known in MARKS.values() for header in known)
HEADER_SEARCH_ROWS = 30  # a header row is looked for in this many rows
_STATUS_LIKE = re.compile(
    r"(?:狀態|狀況|status|state)$|^(?:status|statut|stato|estado|situa[cç][aã]o|stav|durum|trạngthái|สถานะ)"
)
_REFUND_LIKE = re.compile(r"(?:refund|退款|退貨|退費|return).*(?:amount|total|value|sum|金額|額)")
_NOT_MONEY = re.compile(
    r"date|time|日期|時間|reason|原因|id$|編號|status|狀態|count|qty|quantity|數量"
)
_NOT_OF_ORDERS = re.compile(
    r"會員|客戶|顧客|member|customer|account|marital|subscri|發票|email|stock|庫存|employ|billing"
    r"|shipping"
    r"|united|province|marketing|ship|country"
)
# Headers of a table with one row a customer.
_SUMMARY = re.compile(
    r"numberoforders|orderscount|ordercount|totalorders|nooforders|numorders|purchasecount"
    r"|frequency"
    r"|recency|mostrecent|lastorder|lastpurchase|lastvisit|daysince|totalspen[dt]|lifetimevalue"
    r"|monetary"
    r"|購買次數|消費次數|訂單數|累計消費|累積消費|最近購買|最近消費|最後購買|最後消費|最近一次"
    r"|總消費"
)
# Simplified characters of headers and statuses, and their traditional twins.
TRADITIONAL = str.maketrans(
    "户编号订单额购买时间状态会员顾产项数价销总计码发费称简货据实应税废关闭无终类报车试结账帐赢输丢纠纷争议审请驳绝处进备拣"
    "运达签评卖约损冲换逾弃删复缴扫刷卡权访客导账补贴币种汇",
    "戶編號訂單額購買時間狀態會員顧產項數價銷總計碼發費稱簡貨據實應稅廢關閉無終類報車試結帳帳贏輸丟糾紛爭議審請駁絕處進備揀"
    "運達簽評賣約損沖換逾棄刪復繳掃刷卡權訪客導帳補貼幣種匯",
)


def find_header(head: list[list], chosen: dict[str, str]) -> int | None:
    """Find the first row that names a customer, a date and an amount."""
    for at, row in enumerate(head):
        if not _missing_columns(_column_positions(row, chosen), chosen):
            return at
    return None


def header_row(
    head: list[list], chosen: dict[str, str], where: str, at: int | None = None
) -> tuple[int, dict[str, int]]:
    """Find the header row and the position of each column; raise a DataError if there is none."""
    if at is None:
        at = find_header(head, chosen)
    elif at >= len(head) or _missing_columns(_column_positions(head[at], chosen), chosen):
        at = None
    if at is None:
        raise DataError(_no_header_message(head, chosen, where))
    positions = _column_positions(head[at], chosen)
    for role, found in positions.items():
        # Two columns of product names do no harm; two amounts give two different results.
        if len(found) > 1 and role not in (PRODUCT, LINE, STATUS):
            row = label("ledger.row_of", where=where, row=at + 1)
            texts = [str(head[at][place]).strip() for place in found]
            if len(set(texts)) < len(texts):
                raise DataError(_same_message(texts, role, found, row))
            headers: dict[str, Any] = {
                "headers": texts,
                "role": _name(role),
                "code": role,
                "first": texts[0],
            }
            raise LedgerQuestion(
                label("ledger.several_headers", where=row, option=_option(role), **headers),
                [(text, {"columns": {role: text}}) for text in texts],
            )
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


def _same_message(texts: list[str], role: str, found: list[int], where: str) -> str:
    letters = label("ledger.and").join(get_column_letter(place + 1) for place in found)
    return label(
        "ledger.same_header", where=where, header=texts[0], letters=letters, role=_name(role)
    )


def other_candidates(header: list, roles: dict[str, int]) -> dict[str, list[str]]:
    """List, for each of the kit's names, the headers that could have been it and were not used."""
    plain = [normalise_header(cell) for cell in header]
    used = set(roles.values())
    return {
        role: [
            str(header[place]).strip()
            for place, cell in enumerate(plain)
            if place not in used and any(cell in rank for rank in RANKS[role])
        ]
        for role in (CUSTOMER, DATE, ORDER, AMOUNT)
    }


def mark_columns(
    header: list, roles: dict[str, int], chosen: dict[str, str]
) -> dict[str, list[int]]:
    """Find the columns that decide what a row counts for: refunds, currency, further statuses."""
    plain = [normalise_header(cell) for cell in header]
    # A customer's e-mail, name or number may be the column that was taken for the customer.
    taken = {place for role, place in roles.items() if role != CUSTOMER}
    marks: dict[str, list[int]] = {}
    for kind, known in MARKS.items():
        if kind in chosen:
            wanted = normalise_header(chosen[kind])
            marks[kind] = [at for at, cell in enumerate(plain) if cell and cell == wanted]
        else:
            marks[kind] = [at for at, cell in enumerate(plain) if cell in known and at not in taken]
    if not marks["refund"]:
        marks["refund"] = [
            at
            for at, cell in enumerate(plain)
            if at not in taken and _REFUND_LIKE.search(cell) and not _NOT_MONEY.search(cell)
        ]
    found = {place for positions in marks.values() for place in positions} | taken
    marks["status"] = [
        at
        for at, cell in enumerate(plain)
        if at not in found
        and (
            any(cell in rank for rank in RANKS[STATUS])
            or (_STATUS_LIKE.search(cell) and not _NOT_OF_ORDERS.search(cell))
        )
    ]
    return {kind: positions for kind, positions in marks.items() if positions}


def is_customer_table(header: list) -> bool:
    """Return True for headers of a table that holds one row a customer."""
    return sum(bool(_SUMMARY.search(normalise_header(cell))) for cell in header) >= 2


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


def normalise_header(cell: object) -> str:
    """Write a header without case, width, script, signs, spaces and a unit in brackets.

    Examples
    --------
    >>> normalise_header("Order-ID"), normalise_header("金额（元）")
    ('orderid', '金額')
    """
    text = unicodedata.normalize("NFKC", "" if _is_blank(cell) else str(cell)).casefold()
    text = re.sub(r"\(.*?\)|\[.*?\]|【.*?】", "", text) or text
    return re.sub(r"[\W_]+", "", text.translate(TRADITIONAL))


def _column_positions(header: list, chosen: dict[str, str]) -> dict[str, list[int]]:
    """List the positions of the headers that fit each of the kit's names best."""
    plain = [normalise_header(cell) for cell in header]
    positions = {}
    for role, name in chosen.items():
        if role not in RANKS:
            continue
        exact = [place for place, cell in enumerate(header) if str(cell).strip() == name.strip()]
        same = [p for p, cell in enumerate(plain) if cell and cell == normalise_header(name)]
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
    own = (role for role in chosen if role in RANKS and role not in (CUSTOMER, DATE))
    needed = [CUSTOMER, DATE, *own]
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
    if any(map(is_customer_table, head)):
        return label("ledger.customer_table", where=where)
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
    if any(re.search("[\u0080-\u00ff\ufffd]", cell) for cell in there):
        lines.append(label("ledger.garbled"))
    return "\n".join([*lines, label("ledger.name_columns")])
