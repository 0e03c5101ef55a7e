# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="zh-TW"
# # 第 9 章　資料變大
#
# [English edition](../en/09_scale.ipynb)
#
# > **學完這一章，你能夠**
# > 1. 說明為什麼帳冊再大，分級的方法也不必改
# > 2. 看出一份表格的記憶體花在哪裡，並讓它變小
# > 3. 把帳冊分開算再合併，或讓資料庫加總，並說出哪些數字不能直接相加
# > 4. 抽樣時抽客戶，不抽交易列
# >
# > 閱讀與試做 30 分鐘。先讀過[第 5 章](05_rfm.ipynb)。
# > 資料：`data/年度交易.csv`，[欄位說明](../../data/README.md)。

# %% [markdown] lang="en"
# # Chapter 9: when the ledger is big
#
# [中文版](../zh-TW/09_scale.ipynb)
#
# > **After this chapter you can**
# > 1. say why tiering stays the same however big the ledger is
# > 2. see where a table’s memory goes, and make it smaller
# > 3. work through a ledger in pieces, or let a database add up, and tell which figures do not simply add up
# > 4. sample customers, not rows
# >
# > 30 minutes to read and try. Read [chapter 5](05_rfm.ipynb) first.
# > Data: `data/年度交易.csv` (the year’s transactions), [what its columns mean](../../data/README.md).

# %% [markdown] lang="zh-TW"
# ## 經理的問題
#
# 旭東要加入一家連鎖集團。集團總部打電話來：「你們的分級做得不錯。我們的帳冊有幾千萬列，同樣的做法還算得動嗎？」
#
# > 帳冊大了幾千倍，我們要學新的方法嗎？
#
# **先猜再算。** 一本 142,100 列的帳冊，整理成客戶表之後，你猜剩下幾列？（旭東自己是 7,105 列、320 位客戶。）
# 把 `None` 換成你的數字，第 1 節對答案。

# %% [markdown] lang="en"
# ## The manager’s question
#
# Xudong is about to join a chain. Head office rings up: “Your tiers are good work. Our ledger has tens of
# millions of rows. Does what you do still work on that?”
#
# > If the ledger is thousands of times as big, do we need a new method?
#
# **Guess before you compute.** A ledger has 142,100 rows. How many rows has the customer table made from it?
# (Xudong’s own year has 7,105 rows and 320 customers.) Replace the `None` with your number; section 1 has the answer.

# %% name="guess"
my_guess = None

# %% name="setup"
import sqlite3

import pandas as pd

import rfmkit as rk
from rfmkit.classroom import ask, check, hint

rk.use_language("zh-TW")

TODAY = pd.Timestamp("2021-04-01")
SHOPS = 20

# %% [markdown] lang="zh-TW"
# ## 1　做一本大帳冊
#
# 我們沒有集團的帳冊，就自己做一本：把旭東一年的交易抄 20 份，每一份是一家分店，
# 客戶編號和訂單編號前面加上分店代號（`S01-` 到 `S20-`）。
#
# 這本帳冊是假的，卻有一個真帳冊沒有的好處：**答案事先知道**。每家分店算出來都應該和旭東一模一樣，
# 算錯了馬上看得出來。拿來試大資料的程式，這是最好的材料。
#
# > **怎麼讀這段程式**
# > - `for n in range(1, SHOPS + 1)` 讓 n 從 1 走到 20；`f"S{n:02d}-"` 把 n 填進文字裡，寫成兩位數，例如 `S01-`。
# > - `parts = []` 是一串空的，`.append(表)` 在後面加一張；`.assign(customer=…)` 換掉那一欄的內容。
# > - `pd.concat(parts, ignore_index=True)` 把一串表格上下接成一張，列號重新從 0 編起；`.iloc[[…]]` 依位置挑列，這裡挑第一家的頭尾、第二家的頭、最後一家的尾。

# %% [markdown] lang="en"
# ## 1 Make a big ledger
#
# We do not have the chain’s ledger, so we make one: Xudong’s year, copied 20 times. Each copy plays a shop,
# and its code (`S01-` to `S20-`) goes in front of the numbers of customers and orders.
#
# The ledger is made up, but it has one advantage over a real one: **we know the answer beforehand**. Every
# shop must come out exactly as Xudong did, so a wrong program gives itself away. For trying out code that is
# meant for big data, there is nothing better.
#
# > **Reading the code**
# > - `for n in range(1, SHOPS + 1)` lets n go from 1 to 20; `f"S{n:02d}-"` puts n into a text, with two
# >   digits: `S01-`.
# > - `pd.concat(parts, ignore_index=True)` stacks a list of tables into one, and numbers its rows from 0.

# %% name="chain"
ledger = rk.load_table(rk.data_file("年度交易.csv"))
parts = []
for n in range(1, SHOPS + 1):
    code = f"S{n:02d}-"
    parts.append(ledger.assign(customer=code + ledger["customer"], order=code + ledger["order"]))
chain = pd.concat(parts, ignore_index=True)
assert len(chain) == SHOPS * len(ledger) == 142_100
rk.pretty(chain[["customer", "date", "order", "product", "amount"]].iloc[[0, 7104, 7105, 142_099]])

# %% [markdown] lang="zh-TW"
# 接下來照第 5 章的方法，一個字都不改：

# %% [markdown] lang="en"
# Now the method of chapter 5, with not a word changed:

# %% name="same_method"
rfm = rk.rfm_table(chain, today=TODAY, order="order")
print(my_guess, len(chain), len(rfm))

# %% name="same_answer"
one_shop = rk.rfm_table(ledger, today=TODAY, order="order")
first_shop = rfm[rfm.index.str.startswith("S01-")]
assert (first_shop.to_numpy() == one_shop.to_numpy()).all()
assert len(rfm) == SHOPS * 320 == 6400
tier = rk.rfm_class(rk.high_low(rfm, cuts=rk.rfm_cuts(rfm)))
rk.show(rk.plot_rfm_classes(rfm, tier))

# %% [markdown] lang="zh-TW"
# 第一個數字是你的猜測。142,100 列交易變成 6,400 列客戶，人數和金額的占比也和第 5 章的旭東一樣。這就是大資料分級的關鍵：
#
# > **帳冊大，客戶表小。** 大的只有第一步（把交易加總到客戶）；之後的門檻、評分、分級、畫圖，處理的都是小表。
#
# 所以要換的不是方法，只是第一步的**工具**。這一章剩下的都在談第一步。
#
# > **試一試　9.a**　集團說他們有 5,000 萬列交易、40 萬位客戶。平均一位客戶有幾列？也就是說，第一步把資料縮小了幾倍？
# > 把這個數字放進 `shrinks`。

# %% [markdown] lang="en"
# The first number is your guess. The 142,100 rows became 6,400 customers, and the shares of people and money are
# those of Xudong in chapter 5. This is the whole secret of tiering big data:
#
# > **The ledger is big; the customer table is small.** Only the first step, adding transactions up to
# > customers, meets the big one. Cuts, scores, tiers and pictures all work on the small one.
#
# So it is not the method that changes but the **tool** for the first step, and the rest of this chapter is
# about that.
#
# > **Try it: 9.a.** The chain has 50 million rows and 400,000 customers. How many rows has a customer on
# > average; in other words, by what factor does the first step shrink the data? Put the number into `shrinks`.

# %% name="try_a"
shrinks = ...
check("9.a", shrinks)

# %% [markdown] lang="zh-TW"
# ## 2　記憶體花在哪裡
#
# pandas 把整張表放在記憶體裡，所以先問一個問題：**哪幾欄最占空間？**
# `memory_usage(deep=True)` 回答每一欄占多少位元組（byte），除以列數，就是每一格平均占多少：

# %% [markdown] lang="en"
# ## 2 Where the memory goes
#
# pandas keeps the whole table in memory, so first ask: **which columns take the room?**
# `memory_usage(deep=True)` tells how many bytes each column takes; divided by the number of rows, that is
# what one cell takes.

# %% name="bytes_per_cell" tags=["nbval-ignore-output"]
per_cell = chain.memory_usage(index=False, deep=True) / len(chain)
per_cell.sort_values(ascending=False).round(1)

# %% name="bytes_facts"
# The kit checking itself: texts cost more than numbers, whatever the version of pandas.
texts = ["order", "customer", "product", "status"]
assert (per_cell[["line", "quantity", "unit_price", "amount", "date"]] == 8).all()
assert (per_cell[texts] > 8).all()

# %% [markdown] lang="zh-TW"
# 數字和日期一格都是 8 個位元組；文字一格要多得多（多少隨 pandas 的版本而不同），品名最貴。可是整本帳冊只有 12 種品名，
# 何必把「影印紙（包）」寫上兩萬多次？
#
# 兩個省記憶體的辦法，都不影響結果：
#
# 1. **只讀用得到的欄。** R、F、M 只要 `customer`、`date`、`order`、`amount`。讀 CSV 時寫 `usecols=[...]`，其他欄根本不進記憶體。
# 2. **重複的文字改成類別。** `astype("category")` 把每一種文字只存一份，格子裡只放它的編號。

# %% [markdown] lang="en"
# A number or a date takes 8 bytes; a text takes a good deal more (how much depends on the version of
# pandas), and the product names most of all. Yet there are only 12 products: why write out “toner cartridge”
# (碳粉匣 in the ledger) thousands of times?
#
# Two ways to save, neither of which changes the result:
#
# 1. **Read only the columns you need.** R, F and M need `customer`, `date`, `order` and `amount`. With
#    `usecols=[...]`, `pd.read_csv` never loads the others.
# 2. **Make repeated texts categories.** `astype("category")` stores each different text once, and in the cells
#    only its number.

# %% name="slim"
needed = ["customer", "date", "order", "amount"]
slim = chain[needed].astype({"customer": "category", "order": "category"})
before = chain.memory_usage(index=False, deep=True).sum()
after = slim.memory_usage(index=False, deep=True).sum()
assert after < before / 2.5
assert (rk.rfm_table(slim, today=TODAY, order="order") == rfm).all(axis=None)

# %% [markdown] lang="zh-TW"
# 記憶體只剩不到四成，R、F、M 一個數字都沒變。想知道確切的數字，另開一格執行 `before / after`。
#
# 順帶一提：CSV 每次打開都要重新解讀文字。常用的大帳冊改存成 Parquet（`to_parquet`，需要 `rfmkit[parquet]`），
# 檔案小、型別不會跑掉，還可以只讀其中幾欄；`rfmkit tier` 可以直接讀 `.parquet`。
#
# > **試一試　9.b**　總部這次只要每位客戶的 M（退貨扣掉之後的總額）。執行下面第一格看選項，把要讀的欄的字母連在一起，
# > 例如 `columns_for_m = "bd"`；**夠用就好，一欄都不多讀**。

# %% [markdown] lang="en"
# Less than 40% of the memory is left, and not one R, F or M has changed. For the exact figure, run
# `before / after` in a new cell.
#
# A CSV file, moreover, is text, and has to be turned into numbers and dates each time it is opened. Keep a big ledger
# that you use often as a Parquet file (`to_parquet`; needs `rfmkit[parquet]`): it is smaller, numbers and dates stay
# what they are, and single columns can be read. `rfmkit tier` takes a `.parquet` file as it is.
#
# > **Try it: 9.b.** This time head office wants nothing but M of each customer, the total after returns. Run the first cell
# > below for the options, and write the letters of the columns to read as one word, such as `columns_for_m = "bd"`:
# > **enough, and not one column more**.

# %% name="ask_b"
ask("9.b")

# %% name="try_b"
columns_for_m = ...
check("9.b", columns_for_m)

# %% [markdown] lang="zh-TW"
# ## 3　放不下，就一份一份算
#
# 帳冊大到放不進記憶體時，可以一個月一個檔，算完一個月就從記憶體清掉，只留下這個月的**小客戶表**，最後再合起來。
# 一位客戶的三個數字，各有各的合併方式：
#
# | 每個月留下 | 怎麼合 | 為什麼 |
# |---|---|---|
# | 最後一次購買的日期 | 取最大 | 十二個日期裡最晚的，就是最後一次 |
# | 買了幾張訂單 | 相加 | 一張訂單只在一個月裡（要先確認！） |
# | 淨金額 | 相加 | 錢本來就能加 |

# %% [markdown] lang="en"
# ## 3 Too big to load? Work in pieces
#
# When a ledger does not fit into memory, take it month by month: work out the month’s **small customer
# table**, let the month go, and put the small tables together at the end. Each of a customer’s three figures
# is put together in its own way:
#
# | kept from each month | combined by | because |
# |---|---|---|
# | day of the last purchase | maximum | the latest of the twelve dates is the last |
# | number of orders | adding | an order lies in one month (check that first!) |
# | net amount | adding | money adds up |

# %% name="one_month"
def summarise(rows):
    bought = rows[rows["amount"] > 0]
    return pd.DataFrame(
        {
            "last": bought.groupby("customer")["date"].max(),
            "frequency": bought.groupby("customer")["order"].nunique(),
            "monetary": rows.groupby("customer")["amount"].sum(),
        }
    )


months = chain["date"].dt.strftime("%Y-%m")
assert (months.groupby(chain["order"]).nunique() == 1).all()
pieces = [summarise(rows) for _, rows in chain.groupby(months)]
[len(piece) for piece in pieces]

# %% [markdown] lang="zh-TW"
# > **怎麼讀這段程式**　`def summarise(rows):` 替一段做法取名字，之後想用幾次就用幾次，`return` 後面是它交回來的東西。
# > `chain.groupby(months)` 把帳冊拆成十二份；`[... for _, rows in ...]` 對每一份做一次，結果收成一串（`_` 是月份，用不到）。
# > `assert` 那一行先確認沒有一張訂單跨月。
#
# 印出來的是十二張小表的列數，1,200 到 3,420 列。接起來，再依客戶合併：

# %% [markdown] lang="en"
# > **Reading the code.** `def summarise(rows):` gives a piece of work a name, to be used as often as you like;
# > after `return` stands what it hands back. `chain.groupby(months)` takes the ledger apart into twelve;
# > `[... for _, rows in ...]` does the work once for each and collects the results. The `assert` makes sure
# > that no order runs from one month into the next.
#
# Twelve small tables of 1,200 to 3,420 rows. Stack them, and combine them by customer:

# %% name="combine"
stacked = pd.concat(pieces)
combined = stacked.groupby("customer").agg({"last": "max", "frequency": "sum", "monetary": "sum"})
combined["recency_days"] = (TODAY - combined["last"]).dt.days
assert (combined[rfm.columns] == rfm).all(axis=None)
print(len(stacked), len(combined))

# %% [markdown] lang="zh-TW"
# 十二張接起來有 30,740 列，合併後是 6,400 位，和一次算完的結果一模一樣；真的分檔讀，記憶體裡只需要放一個月的交易。
# 帳冊是一個大檔、沒有分月？`pd.read_csv(檔名, chunksize=1_000_000)` 會一次給你一百萬列。
# 這時一張訂單可能剛好卡在兩塊之間，訂單數就不能直接相加，要先把「客戶＋訂單」收集起來、去掉重複，再數。
#
# > **試一試　9.c**　總部的人把十二個月的「本月客戶數」加起來，報告說集團有 30,740 位客戶。
# > 用程式算出正確的客戶數，再算他報的是正確人數的**幾倍**（30,740 除以正確的人數），放進 `times_too_many`。

# %% [markdown] lang="en"
# The result is the same for every customer, and with real files no more than one month of transactions need be in
# memory. Is the ledger one big file, not split by month? `pd.read_csv(name, chunksize=1_000_000)` hands you a million
# rows at a time. Then an order may straddle two chunks, and counts of orders no longer add up: collect the pairs of
# customer and order first, drop the repeats, then count.
#
# > **Try it: 9.c.** Somebody at head office added up the twelve “customers this month” and reports that the
# > chain has 30,740 customers. Let code find the right number, divide 30,740 by it, and put the result into
# > `times_too_many`.

# %% name="reported"
reported = sum(len(piece) for piece in pieces)
assert reported == 30_740
print(reported)

# %% name="try_c"
times_too_many = ...
check("9.c", times_too_many)

# %% [markdown] lang="zh-TW"
# ## 4　讓資料庫做加總
#
# 大帳冊通常本來就在資料庫裡。那就別把幾千萬列搬出來，請資料庫**在它那邊**加總，只帶回客戶表。
# 問資料庫用的語言叫 SQL。下面用 Python 內建的 SQLite 示範（`:memory:` 是暫時放在記憶體裡的資料庫），換成公司的資料庫，問法幾乎一樣：

# %% [markdown] lang="en"
# ## 4 Let a database add up
#
# A big ledger usually lives in a database already. Then do not carry tens of millions of rows out of it: let the
# database add them up **where they are**, and bring back the customer table. A database is asked in a language
# called SQL. SQLite, which comes with Python, will do to show it; your firm’s is asked in much the same words.

# %% name="sql"
question = """
SELECT customer,
       MAX(CASE WHEN amount > 0 THEN date END) AS last,
       COUNT(DISTINCT CASE WHEN amount > 0 THEN "order" END) AS frequency,
       SUM(amount) AS monetary
FROM ledger
GROUP BY customer
ORDER BY customer
"""
with sqlite3.connect(":memory:") as database:
    rows = chain[needed].assign(date=chain["date"].dt.strftime("%Y-%m-%d"))
    rows.to_sql("ledger", database, index=False)
    answer = pd.read_sql(question, database, index_col="customer", parse_dates=["last"])
answer["recency_days"] = (TODAY - answer["last"]).dt.days
assert (answer[rfm.columns] == rfm).all(axis=None)
rk.pretty(answer[rfm.columns].head(3))

# %% [markdown] lang="zh-TW"
# SQL 的句子和 `groupby` 說的是同一件事：`GROUP BY customer` 把同一位客戶放在一起，
# `CASE WHEN amount > 0` 只看購買、不看退貨，`COUNT(DISTINCT ...)` 數不同的訂單（`order` 是 SQL 自己的字，當欄名要加引號）。結果又是一模一樣。
#
# 還要更快，有專門做分析的引擎（DuckDB、Polars、Spark 等）。它們各有各的寫法，問的是同一件事；
# 帶回來的客戶表，可以接著做第 5 章後面的每一步。

# %% [markdown] lang="en"
# The SQL says what `groupby` says: `GROUP BY customer` puts each customer’s rows together, `CASE WHEN amount > 0`
# looks at purchases and not at returns, `COUNT(DISTINCT ...)` counts the different orders. And the result is the
# same again.
#
# For more speed there are engines made for analysis (DuckDB, Polars, Spark and others). Each has its own way of
# writing, but the question is the same, and the customer table that comes back is ready for every later step of
# chapter 5.

# %% [markdown] lang="zh-TW"
# ## 5　陷阱：抽一成來看看就好
#
# 同事說：「何必全部算？抽 10% 的交易列，分布看個大概就行。」他照做，還畫了圖。先看全部客戶真正的次數，再看他的（`.sample(frac=0.1)` 隨機抽一成，`random_state` 讓每次抽到的都一樣）：

# %% [markdown] lang="en"
# ## 5 A trap: just take a tenth
#
# A colleague says: “Why compute it all? Take 10% of the rows; that is good enough to see how often customers buy.” He
# does so, and draws it. First the true picture, of all customers, then his:

# %% name="true_frequency"
rk.show(rk.plot_distribution(rfm["frequency"]))

# %% name="sample_rows"
some_rows = chain[chain["amount"] > 0].sample(frac=0.1, random_state=1)
from_rows = rk.rfm_table(some_rows, today=TODAY, order="order")
rk.show(rk.plot_distribution(from_rows["frequency"]))

# %% [markdown] lang="zh-TW"
# > **停下來想一想**　第二張圖哪裡不對？少了誰？剩下的人，數字又變成怎樣？
#
# <details><summary>想好了再打開</summary>
#
# 抽的是**列**，每位客戶的訂單大半沒抽到：平均次數從將近 10 次掉到 3 次以下，M 也只剩一小部分，R 則變大（最後一次購買多半沒抽到）。
# 更糟的是，很多客戶整個消失，買得少的最容易不見：消失的人，真正的次數中位數是 3 次，留下的人是 9 次。
# 這份樣本把客戶的次數看小了，又漏掉買得少的人。改抽兩成、三成，毛病也一樣，因為錯的是抽的**單位**。
#
# </details>

# %% [markdown] lang="en"
# > **Stop and think.** What is wrong with the second picture? Who is missing, and what has happened to the figures
# > of those who are left?
#
# <details><summary>Decide first, then open this</summary>
#
# The sample took **rows**, and with them went most of each customer’s orders. The mean number of purchases falls from
# nearly 10 to below 3, only a part of M is left, and R grows, as most last purchases were not drawn. Worse, many
# customers vanish altogether, above all those who buy little. So the sample makes customers look as if they
# bought seldom, and leaves out the very people who do. A sample of 20% or 30% has the same fault, because the **unit** is
# wrong.
#
# </details>

# %% name="sample_customers"
who = rfm.index.to_series().sample(frac=0.1, random_state=1)
from_customers = rk.rfm_table(chain[chain["customer"].isin(who)], today=TODAY, order="order")
assert (from_customers == rfm.loc[sorted(who)]).all(axis=None)
rk.show(rk.plot_distribution(from_customers["frequency"]))

# %% name="sampling_facts"
# The kit checking itself: the figures told in the box above.
assert 9.5 < rfm["frequency"].mean() < 10
assert from_rows["frequency"].mean() < 3
assert from_rows["recency_days"].mean() > rfm["recency_days"].mean() + 20
assert len(from_rows) < 0.8 * len(rfm)
assert rfm.loc[from_rows.index, "frequency"].median() == 9
assert rfm.drop(from_rows.index)["frequency"].median() == 3
missing = rfm.drop(from_rows.index)
assert missing["monetary"].median() < rfm["monetary"].median() / 3
assert round(from_customers["frequency"].mean(), 1) == 9.1
assert from_customers["frequency"].median() == 5.5
assert abs(from_customers["frequency"].mean() / rfm["frequency"].mean() - 1) < 0.1

# %% [markdown] lang="zh-TW"
# 抽**客戶**，再拿這些客戶的**全部**交易來算，分布就很接近真的：平均 9.1 次對 9.8 次，中位數 5.5 次對 6 次。分級的單位是客戶，抽樣的單位就是客戶。
#
# > **試一試　9.d**　抽列的那份樣本 `from_rows` 裡，6,400 位客戶少了幾位？把人數放進 `vanished`。

# %% [markdown] lang="en"
# Draw **customers**, then take **all** their rows, and the picture comes close to the true one: a mean of 9.1 against
# 9.8, a median of 5.5 against 6. Tiers are made of customers, so the sample has to be made of customers.
#
# > **Try it: 9.d.** How many of the 6,400 customers are missing from `from_rows`, the sample of rows? Put the number
# > into `vanished`.

# %% name="try_d"
vanished = ...
check("9.d", vanished)

# %% [markdown] lang="zh-TW"
# ## 6　客戶多了，能分得更細嗎？
#
# 第 5 章說過，5 × 5 × 5 的 125 格對 320 位客戶太多。現在有 6,400 位，夠了嗎？

# %% [markdown] lang="en"
# ## 6 With more customers, finer tiers?
#
# Chapter 5 found 125 cells of 5 × 5 × 5 too many for 320 customers. With 6,400, are there enough?

# %% name="cells"
scores = pd.DataFrame(
    {
        "R": rk.score(rfm["recency_days"], smaller_is_better=True),
        "F": rk.score(rfm["frequency"]),
        "M": rk.score(rfm["monetary"]),
    }
)
in_cell = scores.groupby(["R", "F", "M"]).size()
assert (len(in_cell), int((in_cell >= 1000).sum()), in_cell.max()) == (92, 0, 420)
assert (len(rfm) // 125, 125 * 1000) == (51, 125_000)
rk.show(rk.plot_rfm_heatmap(rfm, scores))

# %% [markdown] lang="zh-TW"
# 125 格裡有人的是 92 格，沒有一格達到 Hughes 建議的 1,000 人。就算平均分，
# 6,400 ÷ 125，一格也只有 51 人；每格要 1,000 人，得有 125,000 位客戶，還要他們不擠在對角線附近。
# （這本帳冊是同一家店抄 20 份，空格當然和旭東一樣多；真的集團會填滿幾格，這裡看不出來。）
#
# 分得多細，取決於**做得了幾種不同的事**，不取決於有幾列資料。

# %% [markdown] lang="en"
# Of 125 cells 92 hold anybody, and not one the 1,000 customers that Hughes asks for. Even spread evenly, 6,400 ÷ 125 is
# only 51 a cell; 1,000 in each takes 125,000 customers, and they must not crowd along the diagonal as these do. (This
# ledger is one shop copied 20 times, so of course it has the empty cells of Xudong; how many a real chain would fill
# cannot be seen here.)
#
# How fine the tiers should be depends on **how many different things you can do**, not on how many rows you have.

# %% [markdown] lang="zh-TW"
# ## 7　回覆總部
#
# > 方法不用換。分級只看客戶表，5,000 萬列的帳冊整理後是 40 萬列，一台筆電就放得下。
# >
# > 1. 加總在資料庫裡做，只帶回最後購買日、訂單數、淨金額三欄；沒有資料庫，就按月分開算再合併。
# > 2. 每次都拿一家已知答案的分店核對；各月的「客戶數」相加不是全年的客戶數，各月的平均再平均也不是全年的平均。
# > 3. 要抽樣就抽客戶，再取他們的全部交易。
# > 4. 門檻仍由經理決定，寫進報告，各分店用同一把尺。

# %% [markdown] lang="en"
# ## 7 The answer to head office
#
# > The method stays. Tiers need only the customer table, and 50 million rows come down to 400,000, which fit on a
# > laptop.
# >
# > 1. Add up inside the database and bring back three columns: last purchase, orders, net amount. Without a
# >    database, go month by month and combine.
# > 2. Check every run against one shop whose answer is known. Monthly counts of customers do not add up to the year’s,
# >    and the mean of monthly means is not the year’s mean.
# > 3. If you sample, sample customers, and take all their rows.
# > 4. The manager still decides the cuts; they go into the report, and all shops use the same.

# %% [markdown] lang="zh-TW"
# ## 這一章說了什麼
#
# - 帳冊大、客戶表小：只有加總（aggregation）這一步碰得到大資料。
# - 記憶體（memory）：只讀需要的欄，重複的文字改成類別（category）。
# - 分塊（chunk）：最大值與總和可以合併；不重複的個數（distinct count）和平均數不行。
# - 讓引擎做加總（let the engine aggregate）：SQL 的 GROUP BY 就是 pandas 的 groupby。
# - 抽樣的單位（sampling unit）是客戶，不是交易列。

# %% [markdown] lang="en"
# ## What this chapter said
#
# - The ledger is big, the customer table small: only the aggregation (加總) meets big data.
# - Memory (記憶體): read the columns you need; make repeated texts categories (類別).
# - Chunks (分塊): maxima and sums combine; distinct counts (不重複的個數) and means do not.
# - Let the engine aggregate (讓引擎做加總): SQL’s GROUP BY is pandas’ groupby.
# - The unit of sampling (抽樣的單位) is the customer, not the row.

# %% [markdown] lang="zh-TW"
# ## 離開前三題
#
# 1. 每個月的平均訂單金額都算好了。把十二個數字再平均，就是全年的平均訂單金額嗎？
# 2. 一張訂單有三個品項，被切在兩塊之間。兩塊各自數訂單再相加，會多算還是少算？
# 3. 客戶表只有 40 萬列，為什麼還要在資料庫裡加總，不把帳冊全部下載再說？
#
# <details><summary>看答案</summary>
#
# 1. 不是。各月的訂單數不同，要用全年總金額除以全年訂單數。
# 2. 多算：同一張訂單在兩塊裡各算了一次。
# 3. 搬 5,000 萬列要很久，也會在你的電腦上留下一份完整的客戶交易。只帶走需要的，既快又保護客戶的隱私。
#
# </details>

# %% [markdown] lang="en"
# ## Three questions before you go
#
# 1. You have the mean order of each month. Is the mean of these twelve the mean order of the year?
# 2. An order of three lines is cut between two chunks. Each chunk counts its orders, and the counts are added up:
#    is the result too high or too low?
# 3. The customer table has only 400,000 rows. Why add up in the database, and not download the ledger first?
#
# <details><summary>Answers</summary>
#
# 1. No. The months have different numbers of orders: divide the year’s total by the year’s number of orders.
# 2. Too high: that order is counted once in each chunk.
# 3. Downloading 50 million rows takes long, and leaves a full record of every customer’s dealings on your computer.
#    Taking only what you need is faster, and protects the customers’ privacy.
#
# </details>

# %% [markdown] lang="zh-TW"
# ## 接下來
#
# 這是最後一章。想再練習，用 `rfmkit case --seed 7 -o exercises/case` 產生一家新的公司，把[第 1 章的練習](../../exercises/zh-TW/01_concepts.ipynb)從頭做一次；
# 或者拿自己公司的帳冊，從[第 6 章](06_practicum.ipynb)開始。

# %% [markdown] lang="en"
# ## Next
#
# This is the last chapter. For more practice, make a new firm with `rfmkit case --seed 7 -o exercises/case` and start
# again with the [exercise of chapter 1](../../exercises/en/01_concepts.ipynb); or take the ledger of a firm of your own
# and start with [chapter 6](06_practicum.ipynb).
