"""Exports of shops, tills and offices, invented after public layouts: right, or asked about.

Each layout has the customers' days, purchases and money as of 2021-07-01, counted by hand; or a
part of the question that names the option which decides.
"""

# ruff: noqa: E501 - an export is as wide as it is

import warnings

import pytest

from rfmkit.rfm import rfm_table
from rfmkit.schema import DataError
from rfmkit.transactions import clean_transactions, load_transactions

pytestmark = pytest.mark.usefixtures("english")
TODAY = "2021-07-01"


def read(path, **options):
    """Return what was computed, as {customer: (days, purchases, money)}, and what was warned."""
    with warnings.catch_warnings(record=True) as notes:
        warnings.simplefilter("always")
        tx = load_transactions(path, **options)
        clean, rejected = clean_transactions(tx, today=TODAY)
    assert len(clean) + len(rejected) == len(tx) == tx.attrs["source"]["rows_read"]
    rfm = rfm_table(clean, today=TODAY, order="order" if "order" in clean else None)
    found = {
        one: (int(row.recency_days), int(row.frequency), round(float(row.monetary), 2))
        for one, row in rfm.iterrows()
    }
    said = [str(note.message) for note in notes] + tx.attrs["source"]["reading"]["notes"]
    return found, "\n".join(said)


# name: (text, customers); the header is the first line.
RIGHT = {
    "order and payment status apart": (
        """Order ID,Customer ID,Order Date,Total,Order Status,Payment Status,Shipping Status
1,A,2021-06-01,100,Processing,Paid,Pending
2,A,2021-06-02,200,Processing,Unpaid,Pending
3,B,2021-06-03,300,Cancelled,Paid,Pending
4,B,2021-06-04,50,Completed,Paid,Delivered
5,B,2021-06-05,70,Completed,Chargeback,Delivered
""",
        {"A": (30, 1, 100), "B": (27, 1, 50)},
    ),
    "status in other languages": (
        """Bestellnummer;Kunde;Bestelldatum;Betrag;Bestellstatus
1;Anna;01.06.2021;10,50;bezahlt
2;Anna;15.06.2021;20,00;storniert
3;Bert;20.06.2021;1.200,00;versandt
4;Bert;21.06.2021;30,00;unbezahlt
""",
        {"Anna": (30, 1, 10.5), "Bert": (11, 1, 1200)},
    ),
    "French amounts with blanks, day first shown": (
        """Numéro commande;Client;Date;Montant;Statut
1;Aude;15/06/2021;1 234,50 €;livrée
2;Aude;02/06/2021;10,00 €;annulée
3;Luc;20/06/2021;99,90 €;expédiée
""",
        {"Aude": (16, 1, 1234.5), "Luc": (11, 1, 99.9)},
    ),
    "Swiss apostrophes": (
        """customer,date,order,amount
A,2021-06-01,1,CHF 1'234.50
B,2021-06-02,2,CHF 950.00
""",
        {"A": (30, 1, 1234.5), "B": (29, 1, 950)},
    ),
    "Indian groups": (
        """customer,date,order,amount
A,2021-06-01,1,"₹1,23,456.50"
B,2021-06-02,2,₹950.00
""",
        {"A": (30, 1, 123456.5), "B": (29, 1, 950)},
    ),
    "reais, written with the comma": (
        """cliente;data;pedido;valor total
Ana;15/06/2021;1;R$ 1.234,50
Bia;20/06/2021;2;R$ 99,90
""",
        {"Ana": (16, 1, 1234.5), "Bia": (11, 1, 99.9)},
    ),
    "a minus behind and in front of the sign": (
        """customer,date,order,amount
A,2021-06-01,1,$100.00
A,2021-06-05,2,$20.00-
B,2021-06-02,3,-$5.00
B,2021-06-01,4,$50.00
""",
        {"A": (30, 1, 80), "B": (30, 1, 45)},
    ),
    "times with a zone's name": (
        """customer,date,order,amount
A,2021-06-01 10:00:00 UTC,1,100
B,2021-06-02 10:00:00 GMT+8,2,50
C,"Jun 3, 2021 9:15:00 AM PDT",3,10
D,"Fri, 04 Jun 2021 10:00:00 +0800",4,20
""",
        {"A": (30, 1, 100), "B": (29, 1, 50), "C": (28, 1, 10), "D": (27, 1, 20)},
    ),
    "seconds since 1970": (
        """customer,date,order,amount
A,1622541600,1,100
B,1623751200,2,50
""",
        {"A": (30, 1, 100), "B": (16, 1, 50)},
    ),
    "a refund column beside line amounts": (
        """訂單編號,會員編號,訂單日期,品名,金額,退款金額
A1,C1,2021/6/1,茶,300,100
A1,C1,2021/6/1,杯,200,
A2,C2,2021/6/2,壺,500,500
A3,C2,2021/6/9,蓋,80,0
""",
        {"C1": (30, 1, 400), "C2": (22, 1, 80)},
    ),
    "an order's total on each line, with quantity and price beside": (
        """order_id,customer_id,order_date,item,quantity,unit_price,total
1,A,2021-06-01,tea,1,100,300
1,A,2021-06-01,pot,1,200,300
2,B,2021-06-02,tea,2,100,200
""",
        {"A": (30, 1, 300), "B": (29, 1, 200)},
    ),
    "line amounts that are equal, with quantity and price beside": (
        """order_id,customer_id,order_date,item,quantity,unit_price,total
1,A,2021-06-01,tea,1,100,100
1,A,2021-06-01,pot,1,100,100
2,B,2021-06-02,tea,2,100,200
2,B,2021-06-02,cup,4,50,200
""",
        {"A": (30, 1, 200), "B": (29, 1, 400)},
    ),
    "the order's total of a known header on each line": (
        """訂單編號,顧客編號,訂單日期,商品名稱,訂單總額
1,A,2021-06-01,茶,300
1,A,2021-06-01,壺,300
2,B,2021-06-02,茶,200
""",
        {"A": (30, 1, 300), "B": (29, 1, 200)},
    ),
    "lines to fill down, without an order number": (
        """customer,date,product,amount
A,2021-06-01,tea,10
,,cup,20
,,pot,30
B,2021-06-05,tea,10
""",
        {"A": (30, 1, 60), "B": (26, 1, 10)},
    ),
    "subtotals that carry a date": (
        """客戶,日期,單號,金額
甲,2021/6/1,1,100
乙,2021/6/1,2,50
小計,2021/6/1,,150
甲,2021/6/2,3,70
小計,2021/6/2,,70
總計,2021/6/2,,220
""",
        {"甲": (29, 2, 170), "乙": (30, 1, 50)},
    ),
    "tender and change of a till": (
        """Receipt No,Customer ID,Date,Line Type,Description,Amount
1,A,2021-06-01,Item,tea,100
1,A,2021-06-01,Item,pot,50
1,A,2021-06-01,Tender,Cash,200
1,A,2021-06-01,Change,Change,-50
2,B,2021-06-02,Item,tea,100
2,B,2021-06-02,Payment,VISA,100
""",
        {"A": (30, 1, 150), "B": (29, 1, 100)},
    ),
    "tender among the products": (
        """單號,會員編號,日期,品名,金額
1,A,2021-06-01,茶,100
1,A,2021-06-01,現金,500
1,A,2021-06-01,找零,-400
2,B,2021-06-02,壺,80
2,B,2021-06-02,信用卡,80
""",
        {"A": (30, 1, 100), "B": (29, 1, 80)},
    ),
    "quotes, invoices, credit notes and payments": (
        """Document No,Document Type,Customer,Document Date,Amount
Q1,Quote,Pine,2021-06-01,900
I1,Invoice,Pine,2021-06-02,500
P1,Payment,Pine,2021-06-20,500
I2,Invoice,Oak,2021-06-05,300
C1,Credit Note,Oak,2021-06-08,100
""",
        {"Pine": (29, 1, 500), "Oak": (26, 1, 200)},
    ),
    "documents in Chinese": (
        """單據編號,單據類型,客戶名稱,單據日期,金額
1,報價單,甲,2021/6/1,900
2,銷貨單,甲,2021/6/2,500
3,收款單,甲,2021/6/20,500
4,銷貨單,乙,2021/6/5,300
5,銷退單,乙,2021/6/8,100
""",
        {"甲": (29, 1, 500), "乙": (26, 1, 200)},
    ),
    "deals won, lost and open": (
        """Deal ID,Company,Close Date,Amount,Deal Stage
1,Pine,2021-06-01,500,Closed Won
2,Pine,2021-06-20,900,Closed Lost
3,Oak,2021-06-05,300,Closed Won
4,Oak,2021-06-25,700,Negotiation
""",
        {"Pine": (30, 1, 500), "Oak": (26, 1, 300)},
    ),
    "flags of cancelling": (
        """order_id,customer_id,order_date,amount,is_cancelled,is_returned
1,A,2021-06-01,100,False,False
2,A,2021-06-02,200,True,False
3,B,2021-06-03,300,False,True
4,B,2021-06-04,50,False,False
""",
        {"A": (30, 1, 100), "B": (27, 1, 50)},
    ),
    "Magento: complete and closed": (
        """Purchase Point,ID,Purchase Date,Bill-to Name,Grand Total (Base),Status
Main,1,2021-06-01,Ana,100,complete
Main,2,2021-06-02,Ana,200,closed
Main,3,2021-06-03,Ben,300,canceled
Main,4,2021-06-04,Ben,50,processing
Main,5,2021-06-05,Ben,60,pending_payment
""",
        {"Ana": (30, 1, 100), "Ben": (27, 1, 50)},
    ),
    "guests of a till": (
        """單號,會員,日期,金額
1,王小明,2021-06-01,100
2,散客,2021-06-02,50
3,散客,2021-06-03,60
4,林小美,2021-06-04,70
""",
        {"王小明": (30, 1, 100), "林小美": (27, 1, 70)},
    ),
    "guests under customer 0": (
        """order_id,customer_id,customer_email,order_date,amount
1,0,a@x.test,2021-06-01,100
2,0,b@x.test,2021-06-02,50
3,7,c@x.test,2021-06-03,60
4,7,c@x.test,2021-06-04,70
""",
        {"7": (27, 2, 130)},
    ),
    "two-digit years of one month": (
        """customer,date,order,amount
A,06/15/21,1,100
B,06/20/21,2,50
""",
        {"A": (16, 1, 100), "B": (11, 1, 50)},
    ),
    "months as words, two-digit years": (
        """customer,date,order,amount
A,15-Jun-21,1,100
B,1-Jun-21,2,50
""",
        {"A": (16, 1, 100), "B": (30, 1, 50)},
    ),
    "eBay": (
        """Sales Record Number,Order Number,Buyer Username,Buyer Name,Sold For,Total Price,Sale Date
1,11-1,ana,Ana,$90.00,$100.00,Jun-01-21
2,11-2,ben,Ben,$40.00,$50.00,Jun-15-21
""",
        {"ana": (30, 1, 100), "ben": (16, 1, 50)},
    ),
    "a drawn line under the header": (
        """customer,date,order,amount
--------,----------,-----,------
A,2021-06-01,1,100
""",
        {"A": (30, 1, 100)},
    ),
    "a header in row 13": (
        "Report\n" + "\n" * 11 + "customer,date,order,amount\nA,2021-06-01,1,100\n",
        {"A": (30, 1, 100)},
    ),
    "a business day beside the clock time": (
        """customer,營業日,交易時間,單號,金額
A,2021-05-31,2021-06-01 02:00,1,100
""",
        {"A": (31, 1, 100)},
    ),
    "Amazon": (
        "amazon-order-id\tpurchase-date\torder-status\tquantity\tcurrency\titem-price\tbuyer-email\n"
        "1\t2021-06-01T10:00:00+00:00\tShipped\t2\tUSD\t20.00\ta@x.test\n"
        "1\t2021-06-01T10:00:00+00:00\tShipped\t1\tUSD\t5.00\ta@x.test\n"
        "2\t2021-06-05T10:00:00+00:00\tCancelled\t1\tUSD\t\ta@x.test\n"
        "3\t2021-06-06T10:00:00+00:00\tPending\t1\tUSD\t9.00\tb@x.test\n"
        "4\t2021-06-07T10:00:00+00:00\tShipped - Delivered to Buyer\t1\tUSD\t9.00\tb@x.test\n",
        {"a@x.test": (30, 1, 25), "b@x.test": (24, 1, 9)},
    ),
    "Stripe": (
        """id,Created date (UTC),Amount,Amount Refunded,Currency,Customer ID,Customer Email,Status
ch_1,2021-06-01 10:00,100.00,0.00,usd,cus_A,a@x.test,Paid
ch_2,2021-06-05 10:00,80.00,30.00,usd,cus_A,a@x.test,Partially Refunded
ch_3,2021-06-06 10:00,50.00,50.00,usd,cus_B,b@x.test,Refunded
ch_4,2021-06-07 10:00,60.00,0.00,usd,cus_B,b@x.test,Failed
ch_5,2021-06-08 10:00,70.00,0.00,usd,cus_B,b@x.test,Paid
""",
        {"cus_A": (26, 2, 150), "cus_B": (23, 1, 70)},
    ),
    "PayPal": (
        """Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Fee,Net,From Email Address,\
To Email Address,Transaction ID,Reference Txn ID
15/06/2021,10:00:00,GMT,Ana,Express Checkout Payment,Completed,EUR,"100,00","-3,00","97,00",\
ana@x.test,shop@x.test,T1,
16/06/2021,10:00:00,GMT,Ana,Payment Refund,Completed,EUR,"-40,00","1,00","-39,00",\
shop@x.test,ana@x.test,T2,T1
17/06/2021,10:00:00,GMT,,General Withdrawal,Completed,EUR,"-50,00","0,00","-50,00",\
shop@x.test,,T3,
18/06/2021,10:00:00,GMT,Ben,Website Payment,Pending,EUR,"70,00","0,00","70,00",\
ben@x.test,shop@x.test,T4,
19/06/2021,10:00:00,GMT,Ben,Website Payment,Completed,EUR,"60,00","-2,00","58,00",\
ben@x.test,shop@x.test,T5,
""",
        {"ana@x.test": (16, 1, 60), "ben@x.test": (12, 1, 60)},
    ),
    "WooCommerce Analytics": (
        """Date,Order #,N. Revenue (formatted),Status,Customer,Customer type,Product(s),Items sold,N. Revenue
2021-06-01 10:00:00,11,NT$100,completed,Ana,new,tea,1,100
2021-06-02 10:00:00,12,NT$80,on-hold,Ana,returning,tea,1,80
2021-06-03 10:00:00,13,NT$70,failed,Ben,new,tea,1,70
2021-06-04 10:00:00,14,NT$60,processing,Ben,returning,tea,1,60
""",
        {"Ana": (30, 1, 100), "Ben": (27, 1, 60)},
    ),
    "WooCommerce orders by a plug-in": (
        """order_id,order_number,order_date,status,order_total,order_currency,customer_id,\
customer_email,refunded_total,item_name
1,1,2021-06-01 10:00:00,wc-completed,300,TWD,0,a@x.test,0,tea
1,1,2021-06-01 10:00:00,wc-completed,300,TWD,0,a@x.test,0,pot
2,2,2021-06-02 10:00:00,wc-refunded,200,TWD,0,b@x.test,200,tea
3,3,2021-06-03 10:00:00,wc-pending,90,TWD,0,b@x.test,0,tea
4,4,2021-06-04 10:00:00,wc-processing,80,TWD,0,b@x.test,10,tea
""",
        {"a@x.test": (30, 1, 300), "b@x.test": (27, 1, 70)},
    ),
    "Etsy orders": (
        """Sale Date,Order ID,Buyer User ID,Full Name,Currency,Order Value,Order Total,Status,Order Net
06/01/21,1,ana,Ana A,USD,100.00,110.00,,95.00
06/15/21,2,ben,Ben B,USD,50.00,55.00,,48.00
""",
        {"ana": (30, 1, 100), "ben": (16, 1, 50)},
    ),
    "Etsy items": (
        """Sale Date,Item Name,Buyer,Quantity,Price,Item Total,Currency,Transaction ID,Listing ID,Order ID
06/01/21,cup,ana,2,10.00,20.00,USD,9,5,1
06/01/21,pot,ana,1,30.00,30.00,USD,8,6,1
""",
        {"ana": (30, 1, 50)},
    ),
    "Taobao": (
        """订单编号,买家会员名,买家应付货款,买家实际支付金额,订单状态,订单创建时间,退款金额
1,小王,100.00,100.00,交易成功,2021-06-01 10:00:00,0.00
2,小王,80.00,0.00,等待买家付款,2021-06-02 10:00:00,0.00
3,小李,90.00,90.00,交易关闭,2021-06-03 10:00:00,90.00
4,小李,70.00,70.00,卖家已发货，等待买家确认,2021-06-04 10:00:00,20.00
""".replace("，", "、"),
        {"小王": (30, 1, 100), "小李": (27, 1, 50)},
    ),
    "SHOPLINE": (
        """訂單號碼,訂單日期,訂單狀態,付款狀態,送貨狀態,顧客 ID,顧客,訂單合計,商品名稱
1,2021-06-01 10:00,已完成,已付款,已送達,u1,王,300,茶
1,2021-06-01 10:00,已完成,已付款,已送達,u1,王,300,壺
2,2021-06-02 10:00,已取消,未付款,備貨中,u1,王,80,茶
3,2021-06-03 10:00,處理中,已退款,備貨中,u2,林,90,茶
4,2021-06-04 10:00,處理中,已付款,備貨中,u2,林,70,茶
""",
        {"u1": (30, 1, 300), "u2": (27, 1, 70)},
    ),
    "91APP": (
        """主單編號,訂單編號,轉單日期時間,訂單狀態,會員編號,商品名稱,銷售金額(折扣後)
TG1,TS1,2021/06/01 10:00,已出貨,m1,茶,100
TG1,TS2,2021/06/01 10:00,已出貨,m1,壺,50
TG2,TS3,2021/06/02 10:00,訂單取消,m1,茶,80
TG3,TS4,2021/06/03 10:00,已退貨,m2,茶,90
TG4,TS5,2021/06/04 10:00,待出貨,m2,茶,70
""",
        {"m1": (30, 1, 150), "m2": (27, 1, 70)},
    ),
    "a till's own words for the status": (
        """單號,會員編號,日期,金額,單據狀態
1,A,2021-06-01,100,正常
2,A,2021-06-02,50,作廢
3,B,2021-06-03,60,正常
4,B,2021-06-04,70,無效
""",
        {"A": (30, 1, 100), "B": (28, 1, 60)},
    ),
    "Japanese": (
        """注文番号,顧客ID,注文日,合計金額,注文状況
1,A,2021/06/01,100,発送済
2,A,2021/06/02,50,キャンセル
3,B,2021/06/03,60,支払済
""",
        {"A": (30, 1, 100), "B": (28, 1, 60)},
    ),
    "an item status of each line": (
        """order_id,customer_id,order_date,product,amount,item-status
1,A,2021-06-01,tea,100,delivered
1,A,2021-06-01,pot,50,returned
2,B,2021-06-02,tea,60,delivered
""",
        {"A": (30, 1, 100), "B": (29, 1, 60)},
    ),
    "the state of an address is no status": (
        """order_id,customer_id,order_date,amount,state
1,A,2021-06-01,100,CA
2,B,2021-06-02,60,NY
""",
        {"A": (30, 1, 100), "B": (29, 1, 60)},
    ),
    "the type of a customer is no type of document": (
        """order_id,customer_id,order_date,amount,type
1,A,2021-06-01,100,VIP
2,B,2021-06-02,60,retail
""",
        {"A": (30, 1, 100), "B": (29, 1, 60)},
    ),
    "POS: voided lines": (
        """交易序號,會員卡號,交易日期,交易時間,品名,數量,單價,小計,作廢
1,M1,2021/06/01,10:00,茶,1,100,100,N
1,M1,2021/06/01,10:00,杯,1,50,50,Y
2,M2,2021/06/02,11:00,茶,2,100,200,N
""",
        {"M1": (30, 1, 100), "M2": (29, 1, 200)},
    ),
    "ERP: document prefix types": (
        """單別,單號,客戶代號,單據日期,品名,數量,單價,金額
銷貨單,1,C1,110/06/01,茶,1,100,100
銷退單,2,C1,110/06/05,茶,1,30,30
銷貨單,3,C2,110/06/10,壺,1,80,80
""",
        {"C1": (30, 1, 70), "C2": (21, 1, 80)},
    ),
    "QuickBooks sales by customer detail": (
        """Date,Transaction Type,Num,Customer,Memo/Description,Qty,Sales Price,Amount,Balance
06/15/2021,Invoice,1001,Pine,desk,1,500,500.00,500.00
06/20/2021,Credit Memo,1002,Pine,desk,-1,100,-100.00,400.00
06/21/2021,Sales Receipt,1003,Oak,lamp,1,80,80.00,80.00
Total for Pine,,,,,,,400.00,
""",
        {"Pine": (16, 1, 400), "Oak": (10, 1, 80)},
    ),
    "Xero invoices": (
        """ContactName,EmailAddress,InvoiceNumber,InvoiceDate,DueDate,Total,InvoiceAmountPaid,InvoiceAmountDue,Currency,Type,Status
Pine,p@x.test,I1,15/06/2021,30/06/2021,500.00,500.00,0.00,TWD,Sales invoice,Paid
Pine,p@x.test,I2,16/06/2021,30/06/2021,90.00,0.00,90.00,TWD,Sales invoice,Voided
Oak,o@x.test,I3,20/06/2021,30/06/2021,80.00,0.00,80.00,TWD,Sales invoice,Awaiting Payment
Elm,e@x.test,I4,21/06/2021,30/06/2021,70.00,70.00,0.00,TWD,Sales credit note,Paid
""",
        {"p@x.test": (16, 1, 500)},
    ),
    "momo": (
        """訂單編號,訂單成立日,訂購人,商品名稱,數量,進價(含稅),售價(含稅),訂單類別
1,2021/06/01,王,茶,2,60,100,訂單
2,2021/06/05,王,茶,1,60,100,退貨
3,2021/06/06,林,壺,1,60,80,訂單
""",
        {"王": (30, 1, 100), "林": (25, 1, 80)},
    ),
    "PChome-like with 訂單狀態 code words": (
        """訂單編號,訂單日期,會員帳號,商品名稱,數量,成交價,訂單狀態
1,2021/06/01,a1,茶,1,100,已出貨
2,2021/06/02,a1,茶,1,100,客戶取消
3,2021/06/03,a2,壺,1,80,缺貨取消
4,2021/06/04,a2,壺,1,80,配送完成
""",
        {"a1": (30, 1, 100), "a2": (27, 1, 80)},
    ),
    "iCHEF/POS: 付款方式 columns, 桌號": (
        """結帳時間,單號,會員電話,消費金額,服務費,折扣,應收,實收,付款方式,狀態
2021-06-01 12:00,1,0912000111,500,50,0,550,550,現金,已結帳
2021-06-02 12:00,2,0912000111,300,30,0,330,0,現金,已作廢
2021-06-03 12:00,3,0933000222,200,20,0,220,220,信用卡,已結帳
""",
        {"0912000111": (30, 1, 500), "0933000222": (28, 1, 200)},
    ),
    "Salesforce": (
        """Opportunity Name,Account Name,Close Date,Amount,Stage,Probability (%)
A,Pine,15/06/2021,"USD 500,00",Closed Won,100
B,Pine,16/06/2021,"USD 900,00",Closed Lost,0
C,Oak,17/06/2021,"USD 80,00",Negotiation/Review,90
D,Oak,18/06/2021,"USD 70,00",Closed Won,100
""",
        {"Pine": (16, 1, 500), "Oak": (13, 1, 70)},
    ),
    "Gumroad": (
        """Purchase ID,Item Name,Buyer Name,Purchase Email,Purchase Date,Item Price ($),Subtotal ($),Net Total ($),Refunded?,Fully Refunded?,Disputed?
1,book,Ana,a@x.test,2021-06-01,10,10,9,0,0,0
2,book,Ben,b@x.test,2021-06-02,10,10,9,1,1,0
3,pen,Ben,b@x.test,2021-06-03,5,5,4,0,0,0
""",
        {"Ana": (30, 1, 10), "Ben": (28, 1, 5)},
    ),
    "Eventbrite": (
        """Order no.,Order Date,First Name,Surname,Email,Quantity,Ticket Type,Order Type,Total Paid,Attendee Status
1,2021-06-01 10:00,Ana,A,a@x.test,1,Std,Eventbrite Completed,100,Attending
2,2021-06-02 10:00,Ben,B,b@x.test,1,Std,Refunded,100,Not Attending
3,2021-06-03 10:00,Ben,B,b@x.test,1,Std,Eventbrite Completed,80,Attending
""",
        {"a@x.test": (30, 1, 100), "b@x.test": (28, 1, 80)},
    ),
    "Booking: cancelled with a cancelled date": (
        """Reservation,Guest,Booked On,Arrival,Status,Total Price
1,Ana,2021-06-01,2021-08-01,ok,100
2,Ana,2021-06-02,2021-08-01,cancelled_by_guest,100
3,Ben,2021-06-03,2021-08-01,no_show,80
""",
        {"Ana": (30, 1, 100), "Ben": (28, 1, 80)},
    ),
    "Excel with a total row at the end without a word": (
        """客戶,日期,單號,品名,金額
甲,2021/6/1,1,茶,100
乙,2021/6/2,2,壺,50
,,,,150
""",
        {"甲": (30, 1, 100), "乙": (29, 1, 50)},
    ),
    "sum row dated with blank customer": (
        """客戶,日期,單號,金額
甲,2021/6/1,1,100
乙,2021/6/1,2,50
,2021/6/1,,150
""",
        {"甲": (30, 1, 100), "乙": (30, 1, 50)},
    ),
    "Polish": (
        """Numer zamówienia;Klient;Data;Kwota;Status zamówienia
1;Anna;2021-06-01;1 234,50 zł;zrealizowane
2;Anna;2021-06-02;99,00 zł;anulowane
3;Jan;2021-06-03;50,00 zł;zwrócone
4;Jan;2021-06-04;60,00 zł;opłacone
""",
        {"Anna": (30, 1, 1234.5), "Jan": (27, 1, 60)},
    ),
    "Korean": (
        """주문번호,고객번호,주문일,결제금액,주문상태
1,k1,2021-06-01,"₩12,000",배송완료
2,k1,2021-06-02,"₩9,000",주문취소
3,k2,2021-06-03,"₩8,000",환불완료
4,k2,2021-06-04,"₩7,000",결제완료
""",
        {"k1": (30, 1, 12000), "k2": (27, 1, 7000)},
    ),
    "Thai baht Vietnamese dong": (
        """order,customer,date,amount,status
1,A,2021-06-01,120.000₫,đã giao
2,B,2021-06-02,1.250.000₫,đã hủy
3,B,2021-06-03,95.000₫,hoàn thành
""",
        {"A": (30, 1, 120000), "B": (28, 1, 95000)},
    ),
    "subscription: trial rows of zero and failed": (
        """charge_id,customer,created,amount,status,refunded
1,A,2021-06-01,0,succeeded,false
2,A,2021-06-08,30,succeeded,false
3,B,2021-06-09,30,failed,false
4,C,2021-06-10,30,succeeded,true
""",
        {"A": (23, 1, 30)},
    ),
    "Wix": (
        """Order number,Date created,Time,Contact email,Item,Qty,Price,Total,Payment status,Fulfillment status
1,"Jun 1, 2021",10:00,a@x.test,tea,1,100,150,Paid,Fulfilled
1,"Jun 1, 2021",10:00,a@x.test,cup,1,50,150,Paid,Fulfilled
2,"Jun 2, 2021",10:00,b@x.test,pot,1,80,80,Refunded,Fulfilled
3,"Jun 3, 2021",10:00,b@x.test,pot,1,80,80,Unpaid,Not fulfilled
4,"Jun 4, 2021",10:00,b@x.test,pot,1,70,70,Paid,Not fulfilled
""",
        {"a@x.test": (30, 1, 150), "b@x.test": (27, 1, 70)},
    ),
    "amount in cents": (
        """id,created,customer,amount,currency,status
ch_1,1622541600,cus_1,10000,twd,succeeded
ch_2,1623751200,cus_2,5000,twd,succeeded
""",
        {"cus_1": (30, 1, 10000), "cus_2": (16, 1, 5000)},
    ),
    "loyalty: points lines": (
        """交易編號,會員編號,交易日期,交易類別,金額
1,A,2021-06-01,消費,100
2,A,2021-06-02,點數兌換,50
3,B,2021-06-03,儲值,500
4,B,2021-06-04,消費,80
""",
        {"A": (30, 1, 100), "B": (27, 1, 80)},
    ),
    "exchange: order of both signs under one number": (
        """order,customer,date,product,amount
1,A,2021-06-01,tea,100
2,A,2021-06-10,tea,-100
2,A,2021-06-10,pot,130
3,B,2021-06-11,cup,50
""",
        {"A": (21, 2, 130), "B": (20, 1, 50)},
    ),
    "date and time apart, 12h": (
        """Date,Time,Order,Customer,Amount
2021-06-01,10:00 AM,1,A,100
2021-06-02,11:00 PM,2,B,50
""",
        {"A": (30, 1, 100), "B": (29, 1, 50)},
    ),
    "test orders flag": (
        """order,customer,date,amount,test
1,A,2021-06-01,100,false
2,B,2021-06-02,80,true
3,B,2021-06-03,70,false
""",
        {"A": (30, 1, 100), "B": (28, 1, 70)},
    ),
    "status with a date behind": (
        """order,customer,date,amount,status
1,A,2021-06-01,100,Paid on 2021-06-01
2,B,2021-06-02,80,Cancelled on 2021-06-03
3,B,2021-06-03,70,Paid on 2021-06-03
""",
        {"A": (30, 1, 100), "B": (28, 1, 70)},
    ),
    "employees' own use, internal transfer": (
        """單號,客戶,日期,金額,單據類型
1,甲,2021-06-01,100,銷貨
2,倉庫,2021-06-02,80,調撥
3,乙,2021-06-03,70,銷貨
4,乙,2021-06-04,30,樣品
""",
        {"甲": (30, 1, 100), "乙": (28, 1, 70)},
    ),
    "Lazada": (
        """orderItemId,orderNumber,createTime,customerName,customerEmail,paidPrice,unitPrice,itemName,status
1,11,01 Jun 2021 10:00,Ana,a@x.test,100,100,tea,delivered
2,11,01 Jun 2021 10:00,Ana,a@x.test,50,50,cup,canceled
3,12,02 Jun 2021 10:00,Ben,b@x.test,80,80,pot,returned
4,13,04 Jun 2021 10:00,Ben,b@x.test,70,70,pot,shipped
""",
        {"Ana": (30, 1, 100), "Ben": (27, 1, 70)},
    ),
    "TikTok shop": (
        """Order ID,Order Status,Order Substatus,Cancelation/Return Type,Buyer Username,Created Time,Order Amount,Order Refund Amount,Quantity
1,Completed,Completed,,ana,01/06/2021 10:00:00,100,0,1
2,Canceled,Canceled,Cancel,ana,15/06/2021 10:00:00,100,0,1
3,Completed,Completed,Return/Refund,ben,16/06/2021 10:00:00,90,90,1
4,Shipped,In transit,,ben,17/06/2021 10:00:00,70,20,1
""",
        {"ana": (30, 1, 100), "ben": (14, 1, 50)},
    ),
    "Clover": (
        """Order ID,Order Date,Customer ID,Order Total,Refunds Total,Manual Refunds Total,Order Payment State
1,01-Jun-2021 10:00 AM,A,100,0,0,Paid
2,02-Jun-2021 10:00 AM,B,80,80,0,Refunded
3,03-Jun-2021 10:00 AM,B,70,0,0,Open
4,04-Jun-2021 10:00 AM,B,60,10,0,Paid
""",
        {"A": (30, 1, 100), "B": (27, 2, 120)},
    ),
    "PrestaShop": (
        """ID;Reference;New client;Delivery;Customer;Total;Payment;Status;Date
1;AAA;1;France;A. Dupont;"€10,50";Card;Payment accepted;2021-06-01 10:00:00
2;BBB;0;France;A. Dupont;"€20,00";Card;Payment error;2021-06-02 10:00:00
3;CCC;1;France;B. Martin;"€30,00";Bank;Awaiting bank wire payment;2021-06-03 10:00:00
4;DDD;0;France;B. Martin;"€40,00";Card;Delivered;2021-06-04 10:00:00
""",
        {"A. Dupont": (30, 1, 10.5), "B. Martin": (27, 1, 40)},
    ),
    "one column both date/time with weekday": (
        """訂單編號,會員,訂單時間,金額
1,甲,2021/06/01 (二) 下午 02:30,100
2,乙,2021/06/02 (三) 上午 09:00,50
""",
        {"甲": (30, 1, 100), "乙": (29, 1, 50)},
    ),
    "ROC dates with dots": (
        """客戶,日期,單號,金額
甲,110.06.01,1,100
乙,110.06.02,2,50
""",
        {"甲": (30, 1, 100), "乙": (29, 1, 50)},
    ),
    "ISO week compact numbers": (
        """customer,date,order,amount
A,20210601,1,100
B,20210602,2,50
""",
        {"A": (30, 1, 100), "B": (29, 1, 50)},
    ),
    "ms epoch": (
        """customer,timestamp,order,amount
A,1622541600000,1,100
B,1623751200000,2,50
""",
        {"A": (30, 1, 100), "B": (16, 1, 50)},
    ),
    "amount with trailing currency word": (
        """客戶,日期,單號,金額
甲,2021/6/1,1,"1,200元"
乙,2021/6/2,2,NT$ 300
""",
        {"甲": (30, 1, 1200), "乙": (29, 1, 300)},
    ),
    "percent discount text ignored": (
        """order,customer,date,amount,discount
1,A,2021-06-01,100,10%
2,B,2021-06-02,50,
""",
        {"A": (30, 1, 100), "B": (29, 1, 50)},
    ),
    "order header lines with kinds H and D": (
        """rectype,order,customer,date,amount
H,1,A,2021-06-01,300
D,1,A,2021-06-01,100
D,1,A,2021-06-01,200
H,2,B,2021-06-02,50
D,2,B,2021-06-02,50
""",
        {"A": (30, 1, 300), "B": (29, 1, 50)},
    ),
    "shipping as its own line": (
        """order,customer,date,product,amount
1,A,2021-06-01,tea,100
1,A,2021-06-01,運費,60
2,B,2021-06-02,pot,80
""",
        {"A": (30, 1, 160), "B": (29, 1, 80)},
    ),
    "discount lines negative": (
        """order,customer,date,product,amount
1,A,2021-06-01,tea,100
1,A,2021-06-01,折扣,-10
2,B,2021-06-02,pot,80
""",
        {"A": (30, 1, 90), "B": (29, 1, 80)},
    ),
    "members and walk-ins blank": (
        """單號,會員編號,日期,金額
1,M1,2021-06-01,100
2,,2021-06-02,50
""",
        {"M1": (30, 1, 100)},
    ),
    "customer 0 alone is a customer": (
        """order,customer_id,date,amount
1,0,2021-06-01,100
2,1,2021-06-02,50
3,2,2021-06-02,50
""",
        {"0": (30, 1, 100), "1": (29, 1, 50), "2": (29, 1, 50)},
    ),
    "space separated thousand dot decimals": (
        """customer;date;order;amount
A;2021-06-01;1;1 200.50
B;2021-06-02;2;300.00
""",
        {"A": (30, 1, 1200.5), "B": (29, 1, 300)},
    ),
    "mixed refund status yes/no": (
        """order,customer,date,amount,退款
1,A,2021-06-01,100,否
2,A,2021-06-02,50,是
3,B,2021-06-03,70,否
""",
        {"A": (30, 1, 100), "B": (28, 1, 70)},
    ),
    "payments repeated per order (olist payments)": (
        """order_id,customer_unique_id,order_purchase_timestamp,payment_sequential,payment_type,payment_value,order_status
o1,U1,2021-06-01 10:00:00,1,card,60,delivered
o1,U1,2021-06-01 10:00:00,2,voucher,40,delivered
o2,U2,2021-06-02 10:00:00,1,card,80,delivered
""",
        {"U1": (30, 1, 100), "U2": (29, 1, 80)},
    ),
    "items and payments joined (total repeated, freight)": (
        """order_id,customer_unique_id,order_purchase_timestamp,product_id,price,freight_value,payment_value,order_status
o1,U1,2021-06-01 10:00:00,p1,50,5,110,delivered
o1,U1,2021-06-01 10:00:00,p2,50,5,110,delivered
o2,U2,2021-06-02 10:00:00,p1,50,5,55,delivered
o3,U2,2021-06-03 10:00:00,p1,50,5,112,delivered
o3,U2,2021-06-03 10:00:00,p2,52,5,112,delivered
""",
        {"U1": (30, 1, 110), "U2": (28, 2, 167)},
    ),
    "Chinese status with code prefix": (
        """訂單編號,會員編號,訂單日期,金額,訂單狀態
1,A,2021-06-01,100,50-已出貨
2,A,2021-06-02,50,90-已取消
3,B,2021-06-03,70,50-已出貨
""",
        {"A": (30, 1, 100), "B": (28, 1, 70)},
    ),
    "sales with cost and profit columns": (
        """order,customer,date,sales,cost,profit
1,A,2021-06-01,100,60,40
2,B,2021-06-02,80,50,30
""",
        {"A": (30, 1, 100), "B": (29, 1, 80)},
    ),
    "superstore": (
        """Row ID,Order ID,Order Date,Ship Date,Ship Mode,Customer ID,Customer Name,Segment,Country,State,Product Name,Sales,Quantity,Discount,Profit
1,CA-1,6/1/2021,6/15/2021,Std,AA-1,Ana,Consumer,US,CA,tea,100.50,2,0.2,10
2,CA-2,6/13/2021,6/16/2021,Std,BB-2,Ben,Consumer,US,NY,pot,80.25,1,0,5
""",
        {"AA-1": (30, 1, 100.5), "BB-2": (18, 1, 80.25)},
    ),
    "two status-like columns conflicting": (
        """order,customer,date,amount,status,售後狀態
1,A,2021-06-01,100,completed,
2,A,2021-06-02,50,completed,退款成功
3,B,2021-06-03,70,completed,退款關閉
""",
        {"A": (30, 1, 100), "B": (28, 1, 70)},
    ),
    "a shop that sells cards and cash boxes": (
        """order,customer,date,product,amount
1,A,2021-06-01,card,100
2,B,2021-06-02,cash box,60
""",
        {"A": (30, 1, 100), "B": (29, 1, 60)},
    ),
}

# name: (text, what the question or the note says)
TOLD = {
    "dots behind which three figures always stand": (
        "customer,date,order,amount\nA,2021-06-01,1,1.200\nB,2021-06-02,2,12.500\n",
        "--decimal ,",
    ),
    "one decimal comma among commas": (
        'customer,date,order,amount\nA,2021-06-01,1,"250,5"\nB,2021-06-02,2,"1,200"\n',
        "--decimal ,",
    ),
    "two-digit years that fit two orders": (
        "customer,date,order,amount\nA,05/03/21,1,100\nB,07/04/21,2,50\n",
        "--day-first",
    ),
    "day numbers": ("customer,date,order,amount\nA,44348,1,100\nB,44350,2,50\n", "--first-day"),
    "two currencies by their signs": (
        "customer,date,order,amount\nA,2021-06-01,1,US$100\nB,2021-06-02,2,NT$3000\n",
        "--currency",
    ),
    "a rate beside two currencies": (
        "customer,date,order,amount,currency,exchange rate\n"
        "A,2021-06-01,1,100,USD,28\nB,2021-06-02,2,3000,TWD,1\n",
        "--rate",
    ),
    "status codes": (
        "customer,date,order,amount,status\nA,2021-06-01,1,100,1\nB,2021-06-02,2,300,4\n",
        "--leave-out",
    ),
    "a status that nobody knows": (
        "customer,date,order,amount,status\nA,2021-06-01,1,100,paid\nB,2021-06-02,2,300,frobnicated\n",
        '--leave-out "frobnicated"',
    ),
    "a return that was asked for": (
        "customer,date,order,amount,status\nA,2021-06-01,1,100,paid\nB,2021-06-02,2,9,refund requested\n",
        "refund requested",
    ),
    "an order's total on each line, under a plain header": (
        "order,customer,date,product,total\n1,A,2021-06-01,tea,300\n1,A,2021-06-01,pot,300\n"
        "2,B,2021-06-02,tea,70\n2,B,2021-06-02,cup,70\n",
        "--totals order",
    ),
    "customer numbers that Excel cut": (
        "customer,date,order,amount\n8.86912E+11,2021-06-01,1,100\n8.86912E+11,2021-06-02,2,50\n",
        "--customer",
    ),
    "a customer number new for each order": (
        "order_id,customer_id,email,order_date,amount\n1,k1,a@x.test,2021-06-01,100\n"
        "2,k2,a@x.test,2021-06-02,50\n3,k3,b@x.test,2021-06-03,60\n",
        '--customer "email"',
    ),
    "one number for many guests": (
        "order_id,customer_id,email,order_date,amount\n1,99,a@x.test,2021-06-01,100\n"
        "2,99,b@x.test,2021-06-02,50\n3,99,c@x.test,2021-06-03,60\n4,7,d@x.test,2021-06-04,70\n"
        "5,8,e@x.test,2021-06-05,80\n6,9,f@x.test,2021-06-05,80\n",
        "'99' (3)",
    ),
    "namesakes": (
        "單號,客戶姓名,電話,日期,金額\n1,王小明,0911000001,2021-06-01,100\n"
        "2,王小明,0922000002,2021-06-02,50\n3,林美,0933000003,2021-06-03,60\n4,陳大,0944000004,2021-06-03,6\n",
        "王小明",
    ),
    "one phone written in three ways": (
        "order,phone,date,amount\n1,0912-345-678,2021-06-01,100\n2,+886912345678,2021-06-02,50\n"
        "3,0912 345 678,2021-06-03,60\n4,0933000111,2021-06-03,60\n",
        "look alike",
    ),
    "one firm written in three ways": (
        "order,customer,date,amount\n1,Acme Ltd,2021-06-01,100\n2,ACME Ltd.,2021-06-02,50\n"
        '3,"Acme, Ltd",2021-06-03,60\n4,Oak,2021-06-03,60\n',
        "look alike",
    ),
    "a document below zero": (
        "order,customer,date,amount\n1,A,2021-06-01,100\n2,A,2021-06-20,30\n2,A,2021-06-20,-90\n"
        "3,B,2021-06-03,60\n",
        "less than zero",
    ),
    "a table of customers": (
        "customer_id,name,last order date,orders_count,total spent\n1,Ana,2021-06-01,3,500\n"
        "2,Ben,2021-06-03,1,60\n",
        "one row a customer",
    ),
    "two columns of money": (
        "order,customer,date,subtotal,total\n1,A,2021-06-01,90,100\n",
        "--amount",
    ),
    "JSON under the name of a csv": ('[{"customer": "A"}]', "JSON"),
    "a page under the name of a csv": ("<html><table></table></html>", "web page"),
    "lines of one visit without an order number": (
        "customer,date,product,amount\nA,2021-06-01,tea,10\nA,2021-06-01,cup,20\n",
        "--visits day",
    ),
    "ticket numbers that begin anew each day": (
        "單號,會員編號,日期,金額\n"
        + "".join(f"{n},{who},2021-06-{day:02},10\n" for day in (1, 9, 20) for n, who in
                  ((1, "A"), (2, "B"), (3, "C"), (4, "D"), (5, "E"))),
        "--visits day",
    ),
    'Lightspeed: sale and refund lines with order discount': (
        """Sale ID,Date,Customer,Type,Description,Qty,Subtotal,Total
1,2021-06-01,Ana,Sale,tea,1,95,100
2,2021-06-05,Ana,Refund,tea,-1,-19,-20
3,2021-06-06,Ben,Layaway,pot,1,50,55
""",
        '--amount',
    ),
    'BigCommerce': (
        """Order ID,Customer ID,Customer Name,Customer Email,Order Date,Order Status,Subtotal (inc tax),Order Total (inc tax),Refund Amount
1,11,Ana,a@x.test,15/06/2021,Completed,100,110,0
2,11,Ana,a@x.test,16/06/2021,Declined,100,110,0
3,12,Ben,b@x.test,17/06/2021,Partially Refunded,100,110,30
4,12,Ben,b@x.test,18/06/2021,Incomplete,90,99,0
""",
        '--amount',
    ),
    'HubSpot amounts in company currency': (
        """Deal Name,Deal Stage,Close Date,Amount,Amount in company currency,Currency,Associated Company
A,Closed won,2021-06-15 10:00,100,2800,USD,Pine
B,Closed won,2021-06-16 10:00,500,500,TWD,Oak
""",
        '--amount',
    ),
    'unit prices with order-level discount column': (
        """order_id,customer_id,order_date,product,quantity,unit_price,discount
1,A,2021-06-01,tea,2,100,20
2,B,2021-06-02,pot,1,80,0
""",
        'was not taken off',
    ),
    'returned quantity column': (
        """order_id,customer_id,order_date,product,quantity,returned_quantity,unit_price
1,A,2021-06-01,tea,2,1,100
2,B,2021-06-02,pot,1,0,80
""",
        'was not taken off',
    ),
    'rate beside single currency': (
        """order,customer,date,amount,currency,exchange rate
1,A,2021-06-01,100,USD,28.5
2,B,2021-06-02,50,USD,28.1
""",
        '--rate',
    ),
    'Toast closed checks': (
        """Check #,Opened,Customer,Amount,Total,Paid,Status
1,6/1/21 10:00 AM,Ana,100,110,Y,Closed
2,6/15/21 10:00 AM,Ben,50,55,Y,Voided
3,6/16/21 11:00 AM,Ben,40,44,Y,Closed
""",
        '--amount',
    ),
    'OpenCart': (
        """Order ID,Customer,Status,Total,Date Added,Date Modified
1,Ana,Complete,$100.00,01/06/2021,02/06/2021
2,Ana,Missing Orders,$90.00,13/06/2021,13/06/2021
3,Ben,Chargeback,$80.00,14/06/2021,14/06/2021
4,Ben,Processing,$70.00,15/06/2021,15/06/2021
""",
        'Missing Orders',
    ),
    'Ecwid with payment awaiting': (
        """order_number,email,create_date,total,payment_status,fulfillment_status
1,a@x.test,2021-06-01 10:00:00 +0800,100,PAID,SHIPPED
2,b@x.test,2021-06-02 10:00:00 +0800,80,AWAITING_PAYMENT,AWAITING_PROCESSING
3,b@x.test,2021-06-03 10:00:00 +0800,70,PARTIALLY_REFUNDED,DELIVERED
""",
        'PARTIALLY_REFUNDED',
    ),
    'ERP: 收款與銷貨同一表, 負數收款': (
        """日期,單據別,單據號碼,客戶代號,借方金額,貸方金額
2021/6/1,銷貨,1,C1,100,
2021/6/5,收款,2,C1,,100
""",
        'not found: amount',
    ),
    'AR aging customer-level': (
        """Customer,Current,1-30,31-60,61-90,Total
Pine,100,0,0,0,100
""",
        'not found: date',
    ),
    'status only in remark': (
        """單號,客戶,日期,金額,備註
1,A,2021-06-01,100,
2,A,2021-06-02,50,已取消
3,B,2021-06-03,70,急件
""",
        '--status "備註"',
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
def test_a_layout_is_read_right(tmp_path, name):
    text, expected = RIGHT[name]
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8")
    found, notes = read(path)
    assert found == expected
    if "state" in text.partition("\n")[0].split(","):
        assert "not known" not in notes


@pytest.mark.parametrize("name", TOLD)
def test_a_layout_is_told_or_asked_about(tmp_path, name):
    text, message = TOLD[name]
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8")
    try:
        _, notes = read(path)
    except DataError as error:
        notes = str(error)
    assert message in notes
