"""Write the data dictionary that goes with a firm's books."""

import pandas as pd

_TEMPLATE = """# 旭東的帳冊 · The books of Xudong

教材自製的資料：課本附的 `交易記錄.xlsx` 已經找不到，這一份由 `rfmkit` 依固定的種子產生，同一個種子永遠得到同一份檔案。
Made by the kit: the textbook's own `交易記錄.xlsx` is lost. The same seed always gives the same file.

情境：今天是 2021 年 4 月 1 日，旭東（辦公用品批發）調出三月份的交易記錄，共 {rows} 列，金額單位為元。
The scene: today is 1 April 2021. Xudong, an office-supplies wholesaler, takes out its records for
March: {rows} rows, amounts in NT dollars.

## 交易記錄.xlsx

一列是一張訂單裡的一個品項。One row is one line of an order.

| 欄位 | column | 說明 | meaning |
|---|---|---|---|
| 訂單編號 | `order` | S 開頭是銷貨，R 開頭是退貨 | S: a sale, R: a return |
| 項次 | `line` | 訂單裡的第幾項 | position within the order |
| 日期 | `date` | 下單或退貨的日期 | day of the order or return |
| 客戶編號 | `customer` | C 加三位數字 | C and three digits |
| 品名 | `product` | 商品名稱 | name of the product |
| 數量 | `quantity` | 退貨為負數 | negative for a return |
| 單價 | `unit_price` | 元 | NT dollars |
| 金額 | `amount` | 數量 × 單價，元 | quantity × unit price, NT dollars |
| 狀態 | `status` | 完成、退貨、已取消 | completed, returned, cancelled |

真實的帳冊不會乾乾淨淨，這一份也一樣：有重複登打的列、退貨、取消的訂單、文字日期、多餘的空白、全形字、空白的客戶編號、
測試訂單、不在三月的列，還有讀不出來的日期與金額。先整理，再計算。
Real ledgers are not clean and neither is this one: repeated rows, returns, cancelled orders, dates typed
as text, stray spaces, full-width characters, blank customers, a test order, rows outside March, and
dates and amounts that cannot be read. Clean first, then compute.

`MANIFEST.json`：每個檔案的 SHA-256，用來確認檔案沒有被改過。The SHA-256 of each file, to tell whether one was changed.
"""


def readme(ledger: pd.DataFrame) -> str:
    """Describe a ledger's columns in both languages."""
    return _TEMPLATE.format(rows=len(ledger))
