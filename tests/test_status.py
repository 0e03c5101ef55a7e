"""What a status says of an order, in the words of shops of many countries."""

import pandas as pd
import pytest

from rfmkit.transactions.kinds import kind_meanings
from rfmkit.transactions.status import meanings, status_meaning

WORDS = {
    "sold": """paid completed complete delivered shipped fulfilled unfulfilled processing captured
        succeeded settled approved confirmed posted sale Closed-Won partially_paid ready-to-ship
        已完成 完成 已付款 已出貨 已送達 處理中 備貨中 待出貨 已取貨 交易成功 交易完成 已成立
        正常 已結案 付款成功
        卖家已发货 等待买家确认收货 已發貨 已收貨 已入帳
        bezahlt versandt abgeschlossen pagado enviado entregado pago entregue concluído payée
        expédiée
        livrée pagato consegnato betaald 発送済 支払済 완료 결제완료 оплачен доставлен""",
    "cancelled": """cancelled canceled voided void trash deleted abandoned rejected unavailable
        已取消 訂單取消 不成立 交易關閉 交易关闭 無效 作廢 已作废 撤銷 拒收 未取件 逾期未取 流標
        退單 棄單 已刪除
        storniert cancelado anulado annulée geannuleerd annullato キャンセル 취소 отменен""",
    "unpaid": """unpaid pending pending_payment failed declined denied expired on-hold
        awaiting-payment requires_payment_method
        未付款 付款失敗 待付款 等待买家付款 未繳費 扣款失敗 交易失敗 逾期未付 unbezahlt 未入金""",
    "returned": """refunded returned chargeback reversed charged-back refund
        退貨 已退款 退货 全額退款 已退貨退款 拒付 銷退 返品 返金 reembolsado remboursée
        erstattet""",
    "draft": "draft checkout-draft quotation quote estimate 草稿 報價 報價單 購物車",
    "unsure": """partially_refunded refund_requested return-in-progress disputed 部分退款
        退貨申請中 退款處理中
        待退款 取消失敗 未取消 爭議中""",
    "unknown": "frobnicated 7 B2 甲 xyz",
}


@pytest.mark.parametrize(
    ("word", "meaning"),
    [(word, meaning) for meaning, words in WORDS.items() for word in words.split()],
)
def test_a_status_is_read_by_its_meaning(word, meaning):
    assert status_meaning(word.replace("-", " ")) == meaning
    assert status_meaning(f" {word.upper()} ") == meaning


def test_a_delivery_may_be_pending_and_a_refund_complete():
    assert status_meaning("pending", "delivery_status") == "sold"
    assert status_meaning("returned to sender", "delivery_status") == "returned"
    assert status_meaning("退款完成", "refund_status") == "returned"
    assert status_meaning("已完成", "refund_status") == "returned"
    assert status_meaning("無", "refund_status") == "sold"
    assert status_meaning("退款失敗", "refund_status") == "sold"
    assert status_meaning("部分退款", "refund_status") == "unsure"


def test_closed_means_what_the_others_make_of_it():
    assert meanings(pd.Series(["closed", "complete"]))["closed"] == "cancelled"
    assert meanings(pd.Series(["closed", "voided"]))["closed"] == "sold"


def test_deals_are_won_lost_or_open():
    found = meanings(pd.Series(["Closed Won", "Closed Lost", "Proposal", "Negotiation"]))
    assert [*found.values()] == ["sold", "lost", "lost", "lost"]


def test_a_payment_is_a_sale_where_nothing_else_is():
    assert kind_meanings(pd.Series(["Payment", "Refund"]), {})["Payment"] == "sale"
    assert kind_meanings(pd.Series(["Invoice", "Payment"]), {})["Payment"] == "payment"
    assert kind_meanings(pd.Series(["Order", "Invoice"]), {})["Order"] == "order"
    assert kind_meanings(pd.Series(["Order", "Refund"]), {})["Order"] == "sale"
