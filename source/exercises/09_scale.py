# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="zh-TW"
# # 第 9 章練習　一批一批來的帳冊
#
# [English edition](../en/09_scale.ipynb) · [回到課文](../../notebooks/zh-TW/09_scale.ipynb)
#
# > **情境**　南區分公司的銷售系統不再一次給一整年的帳冊，改成一批一批地給：有時一個月一個檔，有時一個品項一個檔，每晚再補幾列。
# > 經理只問一件事：客戶名單還準不準？今天是 2021 年 4 月 1 日。
# >
# > **練什麼**　挑工具、合併、不重複的個數、視窗函數、每晚的更新、近似的門檻，用 pandas 或 DuckDB 都可以。{chapter 9}，各題互不相依，可以跳著做。
# > **資料**　分公司一整年的帳冊，[欄位說明](../../data/practice/README.md)。
# >
# > **怎麼作答**　每一題三步：把 `...` 換成你的答案，留在題目指定的變數裡；執行下面的 `check` 那一格；讀卡片。答錯不扣分，可以一直改。
# > 卡住時，把 `hint` 那一格開頭的 `#` 刪掉再執行，每執行一次多給一點，一共三次；看完第三個提示或答對之後，卡片會帶你到這一題的解答（你的教材裡有解答的話）。
# > 出現紅色的 `NameError`，多半是前面有一格沒執行：選 **Run → Run All Above Selected Cell**。

# %% [markdown] lang="en"
# # Chapter 9 exercise: a ledger that comes in batches
#
# [中文版](../zh-TW/09_scale.ipynb) · [back to the lesson](../../notebooks/en/09_scale.ipynb)
#
# > **The scene.** The sales system of the southern branch no longer hands over the year’s ledger in one piece. It comes in batches: here a file
# > for each month, there a file for each product, and every night a few more rows. The manager asks one thing only: are the lists of
# > customers still right? It is 1 April 2021.
# >
# > **What you practise.** Choosing a tool, merging, distinct counts, window functions, a nightly update, an approximate cut, in pandas
# > or DuckDB, as you like. {chapter 9}; no question needs another one’s answer. **Data:** a year of the branch’s ledger,
# > [what its columns mean](../../data/practice/README.md).
# >
# > **How to answer.** Every question takes three steps: replace the `...` with your answer, left in the variable that is named; run the
# > `check` cell below it; read the card. A wrong answer costs nothing, and you may change it as often as you like. When you are
# > stuck, delete the `#` in the `hint` cell and run it: a little more each time, three times. After the third hint, or a right
# > answer, the card takes you to the solution of the question, if your copy has the solutions. A red `NameError` usually means that
# > a cell above has not run: choose **Run → Run All Above Selected Cell**.

# %% name="setup"
import pandas as pd

import rfmkit as rk
from rfmkit.classroom import ask, check, hint, progress

rk.use_language("zh-TW")

TODAY = pd.Timestamp("2021-04-01")
ledger = rk.load_table(rk.data_file("年度交易.csv", books="practice"))
bought = ledger[ledger["amount"] > 0]
rfm = rk.rfm_table(ledger, today=TODAY, order="order")


def summarise(rows):
    buys = rows[rows["amount"] > 0]
    return pd.DataFrame(
        {
            "last_purchase": buys.groupby("customer")["date"].max(),
            "frequency": buys.groupby("customer")["order"].nunique(),
            "monetary": rows.groupby("customer")["amount"].sum(),
        }
    )


print(len(ledger), len(bought), len(rfm))

# %% [markdown] lang="zh-TW"
# `ledger` 是一整年的交易（退貨的金額是負的），`bought` 是其中金額大於 0 的列，也就是購買；`rfm` 是客戶表。印出的三個數字依序是它們的列數。
# `summarise` 是課文裡的函式，把一批交易變成一張小客戶表。

# %% [markdown] lang="en"
# `ledger` is the year’s transactions (returns have negative amounts), `bought` its rows with an amount above 0, in other words purchases, and
# `rfm` the customer table. The three numbers are their rows, in this order. `summarise` is the function of the lesson, which turns
# a batch of transactions into a small customer table.

# %% [markdown] lang="zh-TW"
# ## {9.1}
#
# **把答案留在** `answer_9_1`（一個字母，放在引號裡，例如 `"x"`）。

# %% [markdown] lang="en"
# ## {9.1}
#
# **Leave the answer in** `answer_9_1` (one letter, in quotes, such as `"x"`).

# %% name="ask_9_1"
ask("9.1")

# %% name="q9_1" question="9.1"
### BEGIN SOLUTION
### STUB answer_9_1 = ...
answer_9_1 = "c"
### END SOLUTION

# %% name="check_9_1"
check("9.1", answer_9_1)

# %% name="hint_9_1"
# hint("9.1")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　4,000 萬列遠超過一張工作表；12 GB 的 CSV 也塞不進 16 GB 的記憶體再留空間計算。可是一顆硬碟放得下、只有你一個人讀，
# 引擎就能在檔案那邊一段一段地加總，只帶回客戶表。
#
# **另一種想法**　b 加上 `usecols` 和 `chunksize`，一次只讀一段，也算得完，不必裝別的東西；代價是每天早上都要從頭讀 12 GB 的文字，
# 還得自己合併、自己處理跨段的訂單。

# %% [markdown] lang="en" solution_only=true
# **Why.** 40 million rows are far beyond a sheet, and 12 GB of CSV leave no room to work in 16 GB of memory. But they fit on one disk and have
# one reader, so an engine can add them up bit by bit where they are and bring back the customer table.
#
# **Another way.** (b) with `usecols` and `chunksize` reads a piece at a time and would get there, with nothing to install. The price: 12 GB of text
# are read from the start every morning, and merging, and orders that straddle two pieces, are left to you.

# %% [markdown] lang="zh-TW"
# ## {9.2}
#
# 下一格的 `pieces` 是十二張小客戶表，一個月一張，依月份 1 到 12 排（最前面是 2021 年 1 月），索引是客戶，欄位是 `last_purchase`（最後一次購買的日期）、`frequency`（訂單數）、`monetary`（淨金額）。
# 沒有一張訂單跨月。某位客戶那個月只有退貨時，前兩欄是空白，合併時會自動略過。
#
# **只用 `pieces`**（假裝帳冊已經不在手邊），合成一整年的客戶表。
#
# **把答案留在** `year_table`（DataFrame，一列一位客戶，至少要有 `recency_days`（最後一次購買離 `TODAY` 幾天）、`frequency`、`monetary` 三欄）。

# %% [markdown] lang="en"
# ## {9.2}
#
# In the next cell, `pieces` are twelve small customer tables, one a month in the order of the months’ numbers (January 2021 comes first), with the customer as index and the columns `last_purchase` (day of the last
# purchase), `frequency` (orders) and `monetary` (net amount). No order runs from one month into the next. Where a customer only sent
# things back in a month, the first two are blank, and merging skips blanks by itself.
#
# **Use `pieces` only** (pretend that the ledger is gone) and merge them into the table of the year.
#
# **Leave the answer in** `year_table` (a DataFrame, one row a customer, with at least the columns `recency_days`, the days from the last purchase
# to `TODAY`, `frequency` and `monetary`).

# %% name="given_9_2"
months = ledger["date"].dt.month
pieces = [summarise(rows) for _, rows in ledger.groupby(months)]
pieces[0].head(3)

# %% name="q9_2" question="9.2"
### BEGIN SOLUTION
### STUB year_table = ...
ways = {"last_purchase": "max", "frequency": "sum", "monetary": "sum"}
year_table = pd.concat(pieces).groupby("customer").agg(ways)
year_table["recency_days"] = (TODAY - year_table["last_purchase"]).dt.days
### END SOLUTION

# %% name="check_9_2"
check("9.2", year_table)

# %% name="hint_9_2"
# hint("9.2")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　最後一次購買取最大，訂單數和金額相加，一共 320 位，和從頭讀帳冊的 `rfm` 一個數字都不差。訂單數能直接相加，是因為題目保證沒有訂單跨月。
#
# **另一種做法**　`rk.customer_totals` 和 `rk.merge_rfm` 做的是同一件事，還會檢查欄位、處理空白；代價是三種合併方式藏在函式裡，
# 沒想過為什麼的人，換一個數字就不知道能不能加。

# %% [markdown] lang="en" solution_only=true
# **Why.** The last purchase is the largest day, orders and money add up, and all 320 customers agree with `rfm`, which was made from the whole
# ledger. Orders may be added only because the task promises that none runs over a month’s end.
#
# **Another way.** `rk.customer_totals` and `rk.merge_rfm` do the same, and check columns and blanks as well. The price: the three ways of merging
# are hidden in a function, and whoever has not thought about them cannot tell whether the next figure may be added.

# %% name="another_way_9_2" solution_only=true
by_kit = rk.merge_rfm(
    *[rk.customer_totals(rows, order="order") for _, rows in ledger.groupby(months)]
)
print((rk.rfm_at(by_kit, today=TODAY) == rfm).all(axis=None))

# %% name="claim_another_way_9_2" claims=true solution_only=true
assert (rk.rfm_at(by_kit, today=TODAY) == rfm).all(axis=None)
assert (year_table[rfm.columns] == rfm).all(axis=None)
assert len(rfm) == 320

# %% [markdown] lang="zh-TW"
# ## {9.3}
#
# 這次系統改成**一個品項一個檔**：下一格的 `files` 是十二張表，每張是一個品項一整年的購買。助理數每個檔有幾張不同的訂單，
# 再把十二個數字加起來，報告說「一共這麼多張訂單」。
#
# - `orders`：不重複的訂單到底有幾張？（只看購買，用 `files` 就夠。）
# - `times`：助理報的是正確張數的幾倍？（助理的數字除以正確的張數，不必四捨五入）
#
# **把答案留在** `counted`（字典：把兩個 `...` 換成算式或數字）。

# %% [markdown] lang="en"
# ## {9.3}
#
# Now the system hands over **one file for each product**: in the next cell, `files` are twelve tables, each a year’s purchases of one product. The
# assistant counts the different orders in each file, adds up the twelve numbers, and reports: “so many orders in all”.
#
# - `orders`: how many different orders are there really? (Purchases only; `files` is all you need.)
# - `times`: how many times the right number did the assistant report? (The assistant’s number divided by the right one; no need to round.)
#
# **Leave the answer in** `counted` (a dictionary: replace both `...` by sums or numbers).

# %% name="given_9_3"
files = [rows for _, rows in bought.groupby("product")]
[len(rows) for rows in files]

# %% name="q9_3" question="9.3"
### BEGIN SOLUTION
### STUB counted = {"orders": ..., "times": ...}
added = sum(rows["order"].nunique() for rows in files)
right = pd.concat(files)["order"].nunique()
counted = {"orders": right, "times": added / right}
### END SOLUTION

# %% name="check_9_3"
check("9.3", counted)

# %% name="hint_9_3"
# hint("9.3")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　2,974 張訂單，助理報了 6,535 張，是 2.2 倍：一張訂單平均有兩個多品項，就在兩個多檔裡各算一次。
# 金額分檔相加不會錯，所以對帳對不出來；F 卻會讓買得雜的客戶看起來最勤快。上一題能加，這一題不能加，差別只在**切法**：那時訂單不跨檔，這時跨。
#
# **另一種做法**　DuckDB 寫 `COUNT(DISTINCT "order")` 讀全部的檔，不必自己接；代價是它要記住見過的每一張訂單，
# 幾十億張時就會改用近似的 `approx_count_distinct`。

# %% [markdown] lang="en" solution_only=true
# **Why.** There are 2,974 orders and the assistant reported 6,535, which is 2.2 times as many: an order has somewhat more than two products on average, and
# is counted in as many files. Money added file by file would be right, so no reconciliation finds the fault; but F would make those who buy a bit of everything
# look keenest. In question 9.2 orders could be added and here they cannot; the difference is how the ledger was **cut**: there no order was
# in two files, here most are.
#
# **Another way.** In DuckDB, `COUNT(DISTINCT "order")` over all files, with nothing to stack. The price: it must remember every order it has seen, and
# with billions of them one falls back on `approx_count_distinct`.

# %% name="another_way_9_3" solution_only=true
import duckdb

everything = pd.concat(files)
by_sql = duckdb.sql('SELECT COUNT(DISTINCT "order") FROM everything').fetchall()[0][0]
print(by_sql == counted["orders"])

# %% name="claim_another_way_9_3" claims=true solution_only=true
assert by_sql == counted["orders"] == 2974
assert added == 6535
assert round(counted["times"], 1) == 2.2

# %% [markdown] lang="zh-TW"
# ## {9.4}
#
# R 用同一把尺量所有人。這一題用**各人自己的尺**。同一位客戶同一天買幾次都算「來一次」，退貨不算。找出三個條件都成立的客戶：
#
# 1. 這一年至少來過 **4** 次；
# 2. 最後一次到 `TODAY` 的天數，**大於**他自己間隔**中位數**的 **3 倍**；
# 3. 最後一次離 `TODAY` 不超過 **60** 天（更久的，經理已經知道了）。
#
# 間隔是同一位客戶前後兩次之間的天數：pandas 用 `groupby` 之後的 `.shift()`，DuckDB 用 `LAG`。
#
# **把答案留在** `overdue`（客戶編號的清單或索引，順序不限）。

# %% [markdown] lang="en"
# ## {9.4}
#
# R measures everybody with one ruler. Here everybody gets **their own**. However often a customer buys on one day, it is one visit; returns
# are none. Find the customers of whom all three are true:
#
# 1. at least **4** visits in the year;
# 2. the days from the last visit to `TODAY` are **more than 3 times** the **median** of their own gaps;
# 3. the last visit is no more than **60** days before `TODAY` (the others the manager knows about already).
#
# A gap is the number of days between one visit of a customer and the next: `.shift()` after `groupby` in pandas, `LAG` in DuckDB.
#
# **Leave the answer in** `overdue` (a list or index of customer numbers, in any order).

# %% name="q9_4" question="9.4"
### BEGIN SOLUTION
### STUB overdue = ...
days = bought[["customer", "date"]].drop_duplicates().sort_values(["customer", "date"])
by_customer = days.groupby("customer")["date"]
gap = (days["date"] - by_customer.shift()).dt.days
usual = gap.groupby(days["customer"]).median()
silent = (TODAY - by_customer.max()).dt.days
overdue = silent.index[(by_customer.size() >= 4) & (silent > 3 * usual) & (silent <= 60)]
### END SOLUTION

# %% name="check_9_4"
check("9.4", overdue)

# %% name="hint_9_4"
# hint("9.4")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　一共 25 位，其中 13 位是「重要價值客戶」：R 的門檻是 106.5 天，照八個類別，經理只會對他們說謝謝。
# C388 一年來 20 次，平常隔 6 天，現在已經停了 35 天；他一年買 388,380 元。用中位數不用平均數，是因為他停過一次 99 天，
# 平均被拉長，要停得更久才會響。這份名單是拿來問一聲的，不是拿來下結論的：他上次停了那麼久，後來也回來了。
#
# **另一種做法**　DuckDB 用 `LAG(...) OVER (PARTITION BY customer ORDER BY day)`，資料不必搬進 pandas，千萬列也一樣寫；
# 代價是句子比較長，要分成一層一層。

# %% [markdown] lang="en" solution_only=true
# **Why.** There are 25, and 13 of them are “important value customers”: the cut of R is 106.5 days, so by the eight classes the manager would do
# no more than thank them. C388 came 20 times in the year, usually every 6 days, and has now been silent for 35; he buys for NT$388,380. The median
# is used because of one gap of 99 days, which stretches the mean, so that the alarm would ring later. The list is for asking, and not for
# conclusions: after those 99 days, C388 came back.
#
# **Another way.** `LAG(...) OVER (PARTITION BY customer ORDER BY day)` in DuckDB: nothing is moved into pandas, and ten million rows are written
# the same. The price is a longer sentence, in layers.

# %% name="another_way_9_4" solution_only=true
by_sql = duckdb.sql("""
WITH visits AS (SELECT DISTINCT customer, date AS day FROM bought),
gaps AS (
    SELECT customer, day,
           date_diff('day', LAG(day) OVER (PARTITION BY customer ORDER BY day), day) AS gap
    FROM visits
)
SELECT customer
FROM gaps
GROUP BY customer
HAVING COUNT(*) >= 4
   AND date_diff('day', MAX(day), DATE '2021-04-01') > 3 * MEDIAN(gap)
   AND date_diff('day', MAX(day), DATE '2021-04-01') <= 60
""").df()
cuts = rk.rfm_cuts(rfm)
tier = rk.rfm_class(rk.high_low(rfm, cuts=cuts))
print(sorted(by_sql["customer"]) == sorted(overdue))

# %% name="claim_another_way_9_4" claims=true solution_only=true
assert sorted(by_sql["customer"]) == sorted(overdue)
assert (len(overdue), (tier[overdue] == "important_value").sum()) == (25, 13)
assert round(cuts["recency_days"], 1) == 106.5
assert (by_customer.size()["C388"], usual["C388"], silent["C388"]) == (20, 6, 35)
assert gap[days["customer"] == "C388"].max() == 99
assert rfm.loc["C388", "monetary"] == 388_380

# %% [markdown] lang="zh-TW"
# ## {9.5}
#
# 助理寫了 `update`，每晚把新到的列併進昨天的客戶表。程式跑得動，經理卻起疑：「有個客戶前幾天才來過，表上怎麼說他快一個月沒來？」
#
# - `table`：到昨天為止的客戶表，欄位 `last_purchase`、`frequency`、`monetary`、`mean_order`（平均訂單金額＝淨金額÷訂單數）。
# - `seen`：到昨天為止數過的訂單編號（一個 `set`）。
# - `rows`：今晚新到的列。除了 3 月 31 日的，還有**補進來的舊訂單**（日期比較早），以及**昨天數過的訂單晚到的幾列**（編號已經在 `seen` 裡，金額還沒算過）。
#
# 改好 `update`，讓結果和從頭算整本帳冊一樣。它傳回的表要有 `recency_days`、`frequency`、`monetary`、`mean_order` 四欄。毛病不只一個。
#
# **把答案留在** `mended`（函式：改好後把 `...` 換成函式的名字 `update`，不加括號；檢查會拿不只一組資料去試）。
#
# > **讀程式**　`.agg({…})` 的 `"last"` 取每一組最後遇到的一個；`訂單.isin(seen)` 是「編號在不在 `seen` 裡」；`~` 是「不是」。

# %% [markdown] lang="en"
# ## {9.5}
#
# The assistant wrote `update`, which each night merges the new rows into yesterday’s customer table. It runs, but the manager is suspicious: “This
# customer was here a few days ago. Why does the table say almost a month?”
#
# - `table`: the customer table up to yesterday, with the columns `last_purchase`, `frequency`, `monetary` and `mean_order` (mean order: net amount ÷
#   number of orders).
# - `seen`: the order numbers counted up to yesterday (a `set`).
# - `rows`: what arrives tonight. Besides 31 March there are **old orders that are entered late** (with earlier days), and **late rows of orders
#   counted before** (their numbers are in `seen`, their money has not been added yet).
#
# Mend `update`, so that its result is that of the whole ledger worked out from scratch. The table it returns needs the columns `recency_days`,
# `frequency`, `monetary` and `mean_order`. There is more than one fault.
#
# **Leave the answer in** `mended` (a function: when it is mended, replace the `...` by its name, `update`, without brackets; the check
# tries it on more than one set of data).
#
# > **Reading the code.** In `.agg({…})`, `"last"` takes whichever of a group comes last; `orders.isin(seen)` asks whether a number is in
# > `seen`; `~` is “not”.

# %% name="given_9_5"
day = ledger["date"]
late_orders = day.between("2021-03-05", "2021-03-10")
late_rows = day.between("2021-03-20", "2021-03-30") & (ledger["line"] > 1)
new = (day == "2021-03-31") | late_orders | late_rows
yesterday = summarise(ledger[~new])
yesterday["mean_order"] = yesterday["monetary"] / yesterday["frequency"]
counted_before = set(ledger.loc[~new, "order"])
tonight = ledger[new]
print(len(yesterday), len(counted_before), len(tonight))

# %% name="q9_5" question="9.5"
### BEGIN SOLUTION
### STUB def update(table, seen, rows):
### STUB     buys = rows[rows["amount"] > 0]
### STUB     batch = pd.DataFrame(
### STUB         {
### STUB             "last_purchase": buys.groupby("customer")["date"].max(),
### STUB             "frequency": buys.groupby("customer")["order"].nunique(),
### STUB             "monetary": rows.groupby("customer")["amount"].sum(),
### STUB         }
### STUB     )
### STUB     batch["mean_order"] = batch["monetary"] / batch["frequency"]
### STUB     ways = {
### STUB         "last_purchase": "last",
### STUB         "frequency": "sum",
### STUB         "monetary": "sum",
### STUB         "mean_order": "mean",
### STUB     }
### STUB     merged = pd.concat([table, batch]).groupby("customer").agg(ways)
### STUB     merged["recency_days"] = (TODAY - merged["last_purchase"]).dt.days
### STUB     return merged
### STUB
### STUB
### STUB update(yesterday, counted_before, tonight).head(3)
### STUB mended = ...
def update(table, seen, rows):
    buys = rows[rows["amount"] > 0]
    fresh = buys[~buys["order"].isin(seen)]
    batch = pd.DataFrame(
        {
            "last_purchase": buys.groupby("customer")["date"].max(),
            "frequency": fresh.groupby("customer")["order"].nunique(),
            "monetary": rows.groupby("customer")["amount"].sum(),
        }
    )
    ways = {"last_purchase": "max", "frequency": "sum", "monetary": "sum"}
    merged = pd.concat([table, batch]).groupby("customer").agg(ways)
    merged["mean_order"] = merged["monetary"] / merged["frequency"]
    merged["recency_days"] = (TODAY - merged["last_purchase"]).dt.days
    return merged


mended = update
### END SOLUTION

# %% name="check_9_5"
check("9.5", mended)

# %% name="hint_9_5"
# hint("9.5")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　三個毛病。`"last"` 取的是「最後收到」，不是「日期最晚」：C137 3 月 27 日才來過，被補進來的 3 月 5 日舊單拉回去，R 從 5 天變成 27 天，一共 12 位這樣。
# 昨天數過的訂單晚到一列，又數一次，多出 29 張。`mean_order` 拿兩個平均再平均，44 位差了 1 元以上。
# 改法都一樣：**留下能合的數字（最大、總和、個數），要用的時候才除。** 這一次八個類別碰巧沒有人換，不表示下一次也沒有。
#
# **另一種做法**　`rk.customer_totals(..., keep_orders=True)` 每張訂單留一列，`rk.merge_rfm` 會自己認出同一張，不必另外記 `seen`；
# 代價是留下的表從 320 列變成 3,000 多列。

# %% [markdown] lang="en" solution_only=true
# **Why.** There are three faults. `"last"` takes what arrived last and not the latest day: C137 was here on 27 March, was pulled back by an old order of 5 March that was
# entered late, and R rose from 5 days to 27; 12 customers fare like this. An order counted before counts again when one more row of it comes: 29 orders too
# many. And `mean_order` is the mean of two means: for 44 customers it is out by more than NT$1. The cure is always the same: **keep what can be
# merged (a maximum, a sum, a count), and divide only when the result is needed.** By luck nobody changed class this time; that says nothing
# about the next.
#
# **Another way.** `rk.customer_totals(..., keep_orders=True)` keeps a row for each order, and `rk.merge_rfm` recognises one that comes again, so there is no
# need of `seen`. The price: the table that is kept has more than 3,000 rows instead of 320.

# %% name="another_way_9_5" solution_only=true
def as_it_was(old, batch):
    batch = batch.assign(mean_order=batch["monetary"] / batch["frequency"])
    both = pd.concat([old, batch]).groupby("customer")
    last = both["last_purchase"].last()
    means = both["mean_order"].mean()
    sums = both[["frequency", "monetary"]].sum()
    return sums.assign(recency_days=(TODAY - last).dt.days, mean_order=means)

well = update(yesterday, counted_before, tonight)
badly = as_it_was(yesterday, summarise(tonight))
kept = [
    rk.customer_totals(part, order="order", keep_orders=True)
    for part in (ledger[~new], ledger[new])
]
classes = [rk.rfm_class(rk.high_low(one[rfm.columns], cuts=cuts)) for one in (badly, well)]
print((rk.rfm_at(rk.merge_rfm(*kept), today=TODAY) == rfm).all(axis=None))

# %% name="claim_another_way_9_5" claims=true solution_only=true
assert (rk.rfm_at(rk.merge_rfm(*kept), today=TODAY) == rfm).all(axis=None)
assert (well[rfm.columns] == rfm).all(axis=None)
assert 3000 < len(rk.merge_rfm(*kept)) < 3100
assert (badly.loc["C137", "recency_days"], well.loc["C137", "recency_days"]) == (27, 5)
assert (badly["recency_days"] != well["recency_days"]).sum() == 12
assert (badly["frequency"] - well["frequency"]).sum() == 29
assert ((badly["mean_order"] - well["mean_order"]).abs() > 1).sum() == 44
assert (classes[0] == classes[1]).all()

# %% [markdown] lang="zh-TW"
# ## {9.6}
#
# 總部的引擎只給近似的門檻：它保證的「80% 分位數」，真正的位置在 **78% 到 82%** 之間，是哪裡不一定。總部要寄邀請函給
# `monetary` **大於等於**門檻的客戶。哪幾位，**單憑這個保證說不準**會不會收到？
#
# 78% 和 82% 的金額用 `rfm["monetary"].quantile([0.78, 0.82], interpolation="lower")` 算。門檻可能是這兩個金額之間的任何數，兩頭也算在內。
#
# **把答案留在** `unsure`（客戶編號的清單或索引，順序不限）。

# %% [markdown] lang="en"
# ## {9.6}
#
# Head office’s engine gives an approximate cut only. It promises that its “80% quantile” really lies somewhere between **78% and 82%**. Customers whose
# `monetary` is **at or above** the cut are to get an invitation. Of which customers can nobody tell, **from this promise alone**, whether they will
# get one?
#
# Work out the amounts at 78% and 82% with `rfm["monetary"].quantile([0.78, 0.82], interpolation="lower")`. The cut may be any number between
# these two, or either of them.
#
# **Leave the answer in** `unsure` (a list or index of customer numbers, in any order).

# %% name="q9_6" question="9.6"
### BEGIN SOLUTION
### STUB unsure = ...
money = rfm["monetary"]
low, high = money.quantile([0.78, 0.82], interpolation="lower")
unsure = rfm.index[(money >= low) & (money < high)]
### END SOLUTION

# %% name="check_9_6"
check("9.6", unsure)

# %% name="hint_9_6"
# hint("9.6")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　78% 是 27,860 元，82% 是 33,335 元。33,335 元以上的 59 位怎麼切都在裡面，27,860 元以下的怎麼切都在外面；中間 13 位，
# 收不收得到信要看引擎那一次的運氣。真正的 80% 是 31,015 元，一共 65 位；經理只要多算一次精確的門檻，這 13 位就有答案，而客戶表只有 320 列。
#
# **另一種做法**　用名次代替金額：`money.rank(ascending=False)` 排第幾，再看名次落在哪一段；對經理比較好解釋，
# 代價是同分的人要先說好名次怎麼給。

# %% [markdown] lang="en" solution_only=true
# **Why.** At 78% stands NT$27,860, at 82% NT$33,335. The 59 customers at 33,335 or more are in wherever the cut falls, those below 27,860 are out; for the 13 between
# the two, a letter depends on the luck of the engine. The true 80% is NT$31,015, with 65 customers at or above it. One exact
# cut, and these 13 have their answer; the customer table has no more than 320 rows.
#
# **Another way.** Ranks instead of amounts: `money.rank(ascending=False)`, and see whose rank lies in the range. That is easier to explain to a manager. The
# price: it must be settled first which rank equal customers get.

# %% name="another_way_9_6" solution_only=true
true_cut = money.quantile(0.8, interpolation="lower")
ranks = money.rank(ascending=False)
print(low, high)

# %% name="claim_another_way_9_6" claims=true solution_only=true
assert (low, high) == (27_860, 33_335)
assert (len(unsure), (money >= high).sum()) == (13, 59)
assert (true_cut, (money >= true_cut).sum()) == (31_015, 65)
assert sorted(ranks[unsure]) == list(range(60, 73))

# %% [markdown] lang="zh-TW"
# ## {9.7}
#
# 這一題寫文字，由老師照評分表看。先執行下一格：三個數字是這家分公司的列數、客戶數，以及平均一位客戶有幾列。
#
# **把答案留在** `memo`（文字，前後各用三個引號，`"""像這樣"""`，可以換行）。

# %% [markdown] lang="en"
# ## {9.7}
#
# This answer is a text, which your teacher reads with the rubric. Run the next cell first: the three numbers are this branch’s rows, its customers, and the rows
# of a customer on average.
#
# **Leave the answer in** `memo` (a text between three quotes, `"""like this"""`, which may run over several lines).

# %% name="given_9_7"
print(len(ledger), len(rfm), round(len(ledger) / len(rfm), 1))

# %% name="ask_9_7"
ask("9.7")

# %% name="q9_7" question="9.7"
memo = ...

# %% name="check_9_7"
check("9.7", memo)

# %% name="hint_9_7"
# hint("9.7")

# %% [markdown] lang="zh-TW" solution_only=true
# **參考答案**（每個人的寫法不同）
#
# > 建議用 DuckDB 加一個 Parquet 資料夾，不必買叢集。800 萬列照本分公司一位客戶 20.6 列估，只有大約 39 萬位客戶；
# > 一顆硬碟放得下，又只有我一個人讀。等到檔案放不下，或很多人要同時寫，再談更大的工具。
# >
# > 每晚只算新到的檔：最後購買日取最大，訂單數和金額相加。補進來的舊單，日期不會往回拉；碰到數過的訂單，每張訂單留一列，只數一次。
# > 更正的單，就把那幾位客戶重算。
# >
# > 交名單前核對三件：南區一家單獨從頭算，要和合併的結果完全相同；十家的金額加起來等於總帳；訂單編號不重複地數，不把各檔的數相加。
# >
# > 不抽一成的列：買得少的客戶會整批消失。門檻在客戶表上精確地切，近似的門檻光在本分公司就有 13 位說不準。
# > 只帶走三欄，明細留在公司。
#
# **評分參考**　四點各 1 分，見評分表。只寫「用 DuckDB 比較快」而沒有列數或誰在更新，「工具」給 0.5 分；只寫「要核對」而沒說拿什麼對，「核對」不給分。
#
# **另一種寫法**　公司若本來就有資料庫，把加總寫成那裡的 SQL 也可以拿滿分，連檔案都不必搬；代價是要請管理的人開權限，也要說好誰在夜裡看它有沒有跑完。

# %% [markdown] lang="en" solution_only=true
# **One possible answer**
#
# > I propose DuckDB and a folder of Parquet files, and no cluster. At this branch’s 20.6 rows a customer, 8 million rows are only some 390,000 customers;
# > the files fit on one disk, and I am their only reader. If they no longer fit, or many people must write at once, we talk again.
# >
# > Each night only the new file is worked out: the largest day, and the sums of orders and money. A slip entered late does not pull a day back;
# > since orders may come in parts, we keep a row for each order and count it once. Customers with corrections are worked out anew.
# >
# > Three checks before a list goes out. The southern branch, worked out alone from scratch, must agree to the last figure. The ten branches’ money must add up
# > to the general ledger. Orders are counted by different numbers, never file by file.
# >
# > No sample of rows: customers who buy little would vanish. Cuts are made exactly, in the customer table; with an approximate one, 13 customers of this
# > branch alone would be left to luck. Only three columns leave the files; the details stay in the firm.
#
# **For marking.** One point for each of the four criteria. “DuckDB is faster”, without rows or who updates it, gets 0.5 for the tool; “we must check”, without
# saying against what, gets nothing for checks.
#
# **Another way.** If the firm has a database already, adding up there in SQL can earn full marks, and not even files are moved. The price:
# somebody must grant access, and it must be settled who sees to it that the night’s run has ended.

# %% name="facts_of_the_answer" solution_only=true claims=true
# The kit checking itself: the figures in the answer above must agree with the books.
rows_each = len(ledger) / len(rfm)
assert round(rows_each, 1) == 20.6
assert 380_000 < 8_000_000 / rows_each < 395_000
assert len(unsure) == 13

# %% [markdown] lang="zh-TW"
# ## 做到哪裡了
#
# 執行下一格，看這一章哪幾題答對了、哪幾題試過、哪幾題還沒做。紀錄存在這本筆記本旁邊的小檔案裡，關掉再開也還在。

# %% [markdown] lang="en"
# ## How far you are
#
# Run the next cell to see which questions of this chapter are solved, tried and still open. The record is a small file beside this
# notebook, and survives a restart.

# %% name="progress"
progress("9")

# %% [markdown] lang="zh-TW"
# [回到課文](../../notebooks/zh-TW/09_scale.ipynb)再看一次。這是最後一份練習；接下來，拿自己公司的帳冊，從[第 6 章](../../notebooks/zh-TW/06_practicum.ipynb)開始。

# %% [markdown] lang="en"
# Go [back to the lesson](../../notebooks/en/09_scale.ipynb). This is the last exercise; next, take the ledger of a firm of your own and
# start with [chapter 6](../../notebooks/en/06_practicum.ipynb).
