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
}  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
def test_a_layout_is_read_right(tmp_path, name):
    text, expected = RIGHT[name]
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8")
    found, _ = read(path)
    assert found == expected


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
