# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="zh-TW"
# # 第 9 章（選讀）　資料變大
#
# [English edition](../en/09_scale.ipynb)
#
# **選讀：** 來源教材沒有這一章。帳冊放得進 Excel 的人可以跳過，直接做[總結作業](10_capstone.ipynb)。
#
# > **學完這一章，你能夠**
# > 1. 說明為什麼帳冊再大，分級的方法也不必改，並依列數、大小和誰在更新挑選工具
# > 2. 讓 DuckDB 把一個資料夾的 Parquet 檔加總成客戶表，並核對八個類別完全相同
# > 3. 用視窗函數看每位客戶自己的步調：隔幾天來一次，這次停了多久
# > 4. 把舊的客戶表和新到的交易合併，說出哪些數字不能直接相加、遲到的列怎麼處理
# > 5. 抽樣時抽客戶，不抽交易列，並說出近似分位數會讓誰換級
# >
# > 閱讀與試做 {minutes} 分鐘。第 3、4 項和第 5 項的後半在第 {section reference} 節備查，不算在內；[練習](../../exercises/zh-TW/09_scale.ipynb)另計。
# > 先讀過[第 5 章](05_rfm.ipynb)。要用到 DuckDB，`make lab` 已經裝好；自己裝的環境請執行 `pip install duckdb`。
# > 資料：`data/年度交易.csv`，[欄位說明](../../data/README.md)。

# %% [markdown] lang="en"
# # Chapter 9 (optional): when the ledger is big
#
# [中文版](../zh-TW/09_scale.ipynb)
#
# **Optional:** no source text asks for this chapter. If your ledger fits into Excel, skip it and go to the [capstone](10_capstone.ipynb).
#
# > **After this chapter you can**
# > 1. say why tiering stays the same however big the ledger is, and choose a tool by its rows, its size and who updates it
# > 2. let DuckDB add up a folder of Parquet files into the customer table, and check that the eight classes are the same
# > 3. see each customer’s own pace with a window function: how many days between visits, how long silent now
# > 4. merge an old customer table with newly arrived rows, and tell which figures do not simply add up and what to do with late rows
# > 5. sample customers, not rows, and say whose tier an approximate quantile changes
# >
# > {minutes} minutes to read and try. Numbers 3 and 4 and the second half of 5 are in section {section reference}, for reference and not counted; the
# > [exercise](../../exercises/en/09_scale.ipynb) is extra. Read [chapter 5](05_rfm.ipynb) first. The chapter uses DuckDB, which
# > `make lab` has installed; in an environment of your own, run `pip install duckdb`.
# > Data: `data/年度交易.csv` (the year’s transactions), [what its columns mean](../../data/README.md).

# %% [markdown] lang="zh-TW"
# ## 經理的問題
#
# 旭東要加入一家連鎖集團。集團總部打電話來：「你們的分級做得不錯。我們的帳冊有幾千萬列，每天還在長，同樣的做法還算得動嗎？」
#
# > 帳冊大了幾千倍，我們要學新的方法嗎？
#
# **先猜再算。** 一本 142,100 列的帳冊，整理成客戶表之後，你猜剩下幾列？（旭東自己是 7,105 列、320 位客戶。）
# 把 `None` 換成你的數字，第 {section big_ledger} 節對答案。

# %% [markdown] lang="en"
# ## The manager’s question
#
# Xudong is about to join a chain. Head office rings up: “Your tiers are good work. Our ledger has tens of
# millions of rows and grows every day. Does what you do still work on that?”
#
# > If the ledger is thousands of times as big, do we need a new method?
#
# **Guess before you compute.** A ledger has 142,100 rows. How many rows has the customer table made from it?
# (Xudong’s own year has 7,105 rows and 320 customers.) Replace the `None` with your number; section {section big_ledger} has the answer.

# %% name="guess"
my_guess = None

# %% name="setup"
import tempfile
from pathlib import Path

import duckdb
import matplotlib.pyplot as plt
import pandas as pd

import rfmkit as rk
from rfmkit.classroom import ask, check, hint

rk.use_language("zh-TW")
rk.use_style()

TODAY = pd.Timestamp("2021-04-01")
SHOPS = 20

# %% [markdown] lang="zh-TW"
# ## {section big_ledger}　帳冊大，客戶表小
#
# 我們沒有集團的帳冊，就自己做一本：把旭東一年的交易抄 20 份，每一份是一家分店，
# 客戶編號和訂單編號前面加上分店代號（`S01-` 到 `S20-`）。
#
# 這本帳冊是假的，卻有一個真帳冊沒有的好處：**答案事先知道**。每家分店算出來都應該和旭東一模一樣，
# 算錯了馬上看得出來。
#
# > **怎麼讀這段程式**
# > - `for n in range(1, SHOPS + 1)` 讓 n 從 1 走到 20；`f"S{n:02d}-"` 把 n 填進文字裡，寫成兩位數，例如 `S01-`。
# > - `parts = []` 是一串空的，`.append(表)` 在後面加一張；`.assign(customer=…)` 換掉那一欄的內容。
# > - `pd.concat(parts, ignore_index=True)` 把一串表格上下接成一張，列號重新從 0 編起；`.iloc[[…]]` 依位置挑列。

# %% [markdown] lang="en"
# ## {section big_ledger} The ledger is big, the customer table small
#
# We do not have the chain’s ledger, so we make one: Xudong’s year, copied 20 times. Each copy plays a shop,
# and its code (`S01-` to `S20-`) goes in front of the numbers of customers and orders.
#
# The ledger is made up, but it has one advantage over a real one: **we know the answer beforehand**. Every
# shop must come out exactly as Xudong did, so a wrong program gives itself away.
#
# > **Reading the code**
# > - `for n in range(1, SHOPS + 1)` lets n go from 1 to 20; `f"S{n:02d}-"` puts n into a text, with two
# >   digits: `S01-`.
# > - `parts = []` is an empty list, and `.append(table)` adds one at its end; `.assign(customer=…)` replaces what is in that column.
# > - `pd.concat(parts, ignore_index=True)` stacks a list of tables into one and numbers its rows from 0;
# >   `.iloc[[…]]` picks rows by their position.

# %% name="chain"
ledger = rk.load_table(rk.data_file("年度交易.csv"))
parts = []
for n in range(1, SHOPS + 1):
    code = f"S{n:02d}-"
    parts.append(ledger.assign(customer=code + ledger["customer"], order=code + ledger["order"]))
chain = pd.concat(parts, ignore_index=True)
rk.pretty(chain[["customer", "date", "order", "product", "amount"]].iloc[[0, 7104, 7105, 142_099]])

# %% name="claim_chain" claims=true
assert len(chain) == SHOPS * len(ledger) == 142_100

# %% [markdown] lang="zh-TW"
# 四列是第一家的頭和尾、第二家的頭、最後一家的尾。接下來照第 5 章的方法，一個字都不改：

# %% [markdown] lang="en"
# These are the first and last row of shop one, the first of shop two and the last of shop twenty. Now the method of chapter 5,
# with not a word changed:

# %% name="same_method"
rfm = rk.rfm_table(chain, today=TODAY, order="order")
print(my_guess, len(chain), len(rfm))

# %% name="same_answer"
one_shop = rk.rfm_table(ledger, today=TODAY, order="order")
first_shop = rfm[rfm.index.str.startswith("S01-")]
cuts = rk.rfm_cuts(rfm)
tier = rk.rfm_class(rk.high_low(rfm, cuts=cuts))
rk.show(rk.plot_rfm_classes(rfm, tier))

# %% name="claim_same_answer" claims=true
assert (first_shop.to_numpy() == one_shop.to_numpy()).all()
assert len(rfm) == SHOPS * 320 == 6400

# %% [markdown] lang="zh-TW"
# 第一個數字是你的猜測。142,100 列交易變成 6,400 列客戶，八個類別的占比也和第 5 章的旭東一樣：經理要聯絡的還是那幾類人，只是每一類的名單長了 20 倍。
#
# > **帳冊大，客戶表小。** 大的只有第一步（把交易加總到客戶）；之後的門檻、評分、分級、畫圖，處理的都是小表。
#
# 所以要換的不是方法，只是第一步的**工具**。
#
# > **試一試　9.a**　集團說他們有 5,000 萬列交易、40 萬位客戶。平均一位客戶有幾列？也就是說，第一步把資料縮小了幾倍？
# > 把這個數字放進 `shrinks`。

# %% [markdown] lang="en"
# The first number is your guess. The 142,100 rows became 6,400 customers, and the shares of the eight classes are those of
# Xudong in chapter 5: the manager rings up the same kinds of people, only each list is 20 times as long.
#
# > **The ledger is big; the customer table is small.** Only the first step, adding transactions up to
# > customers, meets the big one. Cuts, scores, tiers and pictures all work on the small one.
#
# So it is not the method that changes but the **tool** for the first step.
#
# > **Try it: 9.a.** The chain has 50 million rows and 400,000 customers. How many rows has a customer on
# > average; in other words, by what factor does the first step shrink the data? Put the number into `shrinks`.

# %% name="try_a"
shrinks = ...
check("9.a", shrinks)

# %% [markdown] lang="zh-TW"
# ## {section sql}　一個資料夾，一句 SQL
#
# Excel 一張工作表最多 1,048,576 列，放不下總部的帳冊。總部的做法是**一個月一個檔**，全部放在同一個資料夾，格式是 **Parquet**：
# CSV 是一列一列的文字，每次打開都要重新解讀；Parquet 一欄一欄存，型別不會跑掉，只要三欄就只讀三欄。
#
# 我們也做一個這樣的資料夾，請 **DuckDB** 來寫。它是專做加總的資料庫，裝在 Python 裡就能用，不必另外架設；問它話的語言叫 SQL。
#
# > **怎麼讀這段程式**　`tempfile.TemporaryDirectory()` 開一個暫時的資料夾，筆記本關掉就清除。
# > `COPY by_month TO '…'` 把 `by_month` 這張表寫成檔案，`PARTITION_BY (month)` 讓每個月自成一個小資料夾。
# > SQL 認得 Python 裡的表格，直接寫名字就行。`.as_posix()` 把路徑寫成用 `/` 的文字；`.iterdir()` 列出資料夾裡有什麼。

# %% [markdown] lang="en"
# ## {section sql} One folder, one sentence of SQL
#
# An Excel sheet ends at 1,048,576 rows, too few for head office. They keep **one file a month**, all in one folder,
# as **Parquet**. A CSV file is text, row by row, and must be read anew as numbers and dates each time; Parquet is stored
# column by column, keeps its types, and when three columns are wanted, only three are read.
#
# We make such a folder too, and **DuckDB** writes it. DuckDB is a database made for adding up; it runs inside Python,
# with nothing to set up, and is asked in a language called SQL.
#
# > **Reading the code.** `tempfile.TemporaryDirectory()` opens a folder that disappears with the notebook.
# > `COPY by_month TO '…'` writes the table `by_month` to files, and `PARTITION_BY (month)` gives each month a small
# > folder of its own. SQL knows the tables of Python by their names. `.as_posix()` writes a path as a text with `/`; `.iterdir()` lists what is
# > in a folder.

# %% name="write_folder"
temporary = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
folder = Path(temporary.name, "ledger").as_posix()
by_month = chain.assign(month=chain["date"].dt.strftime("%Y-%m"))
duckdb.execute(f"COPY by_month TO '{folder}' (FORMAT parquet, PARTITION_BY (month))")
sorted(path.name for path in Path(folder).iterdir())

# %% [markdown] lang="zh-TW"
# 十二個小資料夾，檔案在裡面。現在問 DuckDB：每位客戶的最後購買日、訂單數、淨金額是多少？
# （`*` 代表「不管叫什麼」；`hive_partitioning=True` 把資料夾的名字也當成一欄 `month`。）

# %% [markdown] lang="en"
# Twelve small folders with the files inside. Now ask DuckDB for each customer’s last purchase, number of orders and net amount.
# (`*` stands for any name; `hive_partitioning=True` makes a column `month` of the folders’ names.)

# %% name="sql"
books = duckdb.read_parquet(f"{folder}/*/*.parquet", hive_partitioning=True)
question = """
SELECT customer,
       MAX(date) FILTER (WHERE amount > 0) AS last_purchase,
       COUNT(DISTINCT "order") FILTER (WHERE amount > 0) AS frequency,
       SUM(amount) AS monetary
FROM books
GROUP BY customer
ORDER BY customer
"""
answer = duckdb.sql(question).df().set_index("customer")
answer["recency_days"] = (TODAY - answer["last_purchase"]).dt.days
rk.pretty(answer[rfm.columns].head(3))

# %% name="claim_sql" claims=true
assert (answer[rfm.columns] == rfm).all(axis=None)

# %% [markdown] lang="zh-TW"
# `books` 只是「這些檔案」的意思，還沒讀進記憶體；等到問問題，DuckDB 才一段一段地讀，只帶回 6,400 列。
# SQL 說的和 `groupby` 是同一件事：`GROUP BY customer` 把同一位客戶放在一起，`FILTER (WHERE amount > 0)` 只看購買、不看退貨，
# `COUNT(DISTINCT …)` 數不同的訂單（`order` 是 SQL 自己的字，當欄名要加引號），`.df()` 把答案變成 pandas 的表。
#
# 這句 SQL 不必每次自己寫。`rk.rfm_table` 也收這種「還沒讀」的帳冊，同樣請 DuckDB 在檔案那邊加總：

# %% [markdown] lang="en"
# `books` only means “these files”: nothing has been loaded. When asked, DuckDB reads them bit by bit and
# brings back 6,400 rows. The SQL says what `groupby` says: `GROUP BY customer` puts each customer’s rows together,
# `FILTER (WHERE amount > 0)` looks at purchases and not at returns, `COUNT(DISTINCT …)` counts different orders
# (`order` is a word of SQL’s own, so as a column it needs quotes), and `.df()` turns the answer into a table of pandas.
#
# You need not write this each time. `rk.rfm_table` takes such an unread ledger as well, and lets DuckDB add up where the
# files are:

# %% name="same_classes"
from_folder = rk.rfm_table(books, today=TODAY, order="order")
tier_from_folder = rk.rfm_class(rk.high_low(from_folder, cuts=rk.rfm_cuts(from_folder)))
print(len(from_folder), (tier_from_folder == tier).sum())

# %% name="claim_same_classes" claims=true
assert (from_folder == rfm).all(axis=None)
assert (tier_from_folder == tier).all()

# %% [markdown] lang="zh-TW"
# 6,400 位客戶，6,400 位的類別相同。換了工具，名單上的人一個也沒換：經理不必重新認識他的客戶。
# （不寫程式也行：終端機裡的 `rfmkit tier 資料夾` 一樣收 Parquet 資料夾。）

# %% [markdown] lang="en"
# 6,400 customers, and the class of all 6,400 is the same. The tool changed and nobody on the lists did, so the manager
# need not get to know his customers again. (Without writing a program: `rfmkit tier folder`, in a terminal, takes a folder of Parquet files too.)

# %% [markdown] lang="zh-TW"
# ## {section trap}　陷阱：抽一成來看看就好
#
# 同事說：「何必全部算？抽 10% 的交易列，分布看個大概就行。」他照做，還畫了圖。先看全部客戶真正的次數，再看他的（`.sample(frac=0.1)` 隨機抽一成，`random_state` 讓每次抽到的都一樣）。
# 三張圖用同一種畫法，橫軸、縱軸都相同，才比得起來；縱軸是客戶的百分比（`weights` 讓直條合計 100）：

# %% [markdown] lang="en"
# ## {section trap} A trap: just take a tenth
#
# A colleague says: “Why compute it all? Take 10% of the rows; that is good enough to see how often customers buy.” He
# does so, and draws it. First the true picture, of all customers, then his (`.sample(frac=0.1)` draws a tenth at random, and `random_state`
# makes it the same tenth each time). All the pictures are drawn alike, with the same axes, so that they compare; upwards is the percentage of customers
# (`weights` makes the bars add up to 100):


# %% name="true_frequency"
def draw(times):
    ax = plt.figure(figsize=(6, 2.4)).subplots()
    ax.hist(times, bins=range(0, 121, 4), weights=[100 / len(times)] * len(times))
    ax.set(ylim=(0, 80), xlabel=rk.label("column.frequency"), ylabel="%")
    return ax


rk.show(
    draw(rfm["frequency"]),
    words={"zh-TW": "購買次數的分布：大多數客戶次數少，右邊拖著一條長尾。", "en": "Purchases: a long tail."},
)

# %% name="sample_rows"
some_rows = chain[chain["amount"] > 0].sample(frac=0.1, random_state=1)
from_rows = rk.rfm_table(some_rows, today=TODAY, order="order")
rk.show(
    draw(from_rows["frequency"]),
    words={"zh-TW": "抽列以後的購買次數分布：七成多的客戶不到 4 次。", "en": "From rows: three in four below 4."},
)

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
# customers vanish altogether, above all those who buy little: of those who vanished, the median is 3 purchases, of those still there
# it is 9. So the sample makes customers look as if they
# bought seldom, and leaves out the very people who do. A sample of 20% or 30% has the same fault, because the **unit** is
# wrong.
#
# </details>

# %% name="sample_customers"
who = rfm.index.to_series().sample(frac=0.1, random_state=1)
from_customers = rk.rfm_table(chain[chain["customer"].isin(who)], today=TODAY, order="order")
rk.show(
    draw(from_customers["frequency"]),
    words={"zh-TW": "抽客戶以後的購買次數分布：和全部客戶很像。", "en": "From customers: much like all of them."},
)

# %% name="claim_sample_customers" claims=true
assert (from_customers == rfm.loc[sorted(who)]).all(axis=None)

# %% name="sampling_facts" claims=true
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
# > **試一試　9.e**　抽列的那份樣本 `from_rows` 裡，6,400 位客戶少了幾位？把人數放進 `vanished`。

# %% [markdown] lang="en"
# Draw **customers**, then take **all** their rows, and the picture comes close to the true one: a mean of 9.1 against
# 9.8, a median of 5.5 against 6. Tiers are made of customers, so the sample has to be made of customers.
#
# > **Try it: 9.e.** How many of the 6,400 customers are missing from `from_rows`, the sample of rows? Put the number
# > into `vanished`.

# %% name="try_e"
vanished = ...
check("9.e", vanished)

# %% [markdown] lang="zh-TW"
# ## {section when_to_change}　什麼時候換工具
#
# 換工具要花時間學，太早換也是浪費。先量一量：同一本帳冊，讀進 pandas 占的空間，是 Parquet 資料夾的幾倍？
# （`.rglob("*.parquet")` 找出每一個檔，`.stat().st_size` 是檔案有幾個位元組。）

# %% [markdown] lang="en"
# ## {section when_to_change} When to change tools
#
# A new tool takes time to learn, and to change too early is a waste as well. Measure first: the same ledger takes more room in
# pandas than in the Parquet folder, but how many times as much? (`.rglob("*.parquet")` finds every file, `.stat().st_size` is its size in bytes.)

# %% name="how_big" tags=["nbval-ignore-output"]
in_memory = chain.memory_usage(deep=True).sum()
on_disk = sum(path.stat().st_size for path in Path(folder).rglob("*.parquet"))
round(in_memory / on_disk)

# %% name="claim_how_big" claims=true
assert in_memory > 5 * on_disk

# %% [markdown] lang="zh-TW"
# 十倍上下到幾十倍（隨版本而不同，而且我們這本抄了 20 份，特別好壓縮）。所以硬碟裡不算大的檔，讀進 pandas 可能就滿了。
# 下面的分界是本教材自己的經驗，不是定律：
#
# | 帳冊 | 誰在更新 | 用什麼 | 該換的徵兆 |
# |---|---|---|---|
# | 幾萬列，一個檔 | 一個人，手動 | 活頁簿 | 打開要等一分鐘；檔名有「最終版 3」 |
# | 到幾百萬列，記憶體放得下 | 你，每月一次 | pandas | `MemoryError`，或只為了一個數字就要等 |
# | 幾百萬到幾億列，一台電腦的硬碟放得下 | 系統，每天丟一個檔 | DuckDB 加 Parquet 資料夾 | 檔案放不下，或很多人要同時寫 |
# | 更大，或資料本來就在那裡 | 資料部門 | 公司的資料庫，或 Spark 叢集（第 {section reference} 節） | （學生用不到） |

# %% [markdown] lang="en"
# Ten times and more; how much depends on versions, and our ledger, one shop copied 20 times, is uncommonly easy to pack. So a file that looks
# small on the disk may fill the memory. The limits below are the kit’s own experience and no law:
#
# | ledger | updated by | use | time to move when |
# |---|---|---|---|
# | tens of thousands of rows, one file | one person, by hand | a workbook | it takes a minute to open, or is called “final version 3” |
# | up to some millions, fits into memory | you, once a month | pandas | `MemoryError`, or a wait for every single figure |
# | millions to hundreds of millions, fits on one disk | a system, one file a day | DuckDB and a folder of Parquet files | the disk is full, or many people must write at once |
# | more, or the data live there anyway | the data department | the firm’s database, or a Spark cluster (section {section reference}) | (beyond a student’s need) |

# %% [markdown] lang="zh-TW"
# ## {section answer}　回覆總部
#
# > 方法不用換。分級只看客戶表，5,000 萬列的帳冊整理後是 40 萬列，一台筆電就放得下。
# >
# > 1. 帳冊一個月一個 Parquet 檔，用 DuckDB 在檔案那邊加總，只帶回最後購買日、訂單數、淨金額三欄；現在還不必買叢集。
# > 2. 每天只算新來的列，和昨天的客戶表合併。一張訂單會分批到的話，每張訂單留一列，只數一次；有更正的客戶，從帳冊重算。
# > 3. 每次都拿一家已知答案的分店核對；各月的「客戶數」相加不是全年的客戶數。
# > 4. 門檻在客戶表上精確地切，由經理決定，寫進報告；要抽樣就抽客戶，再取他們的全部交易。
# > 5. R 高、卻停得比自己以前任何一次都久的老客戶，另列一份名單先打電話。

# %% [markdown] lang="en"
# ## {section answer} The answer to head office
#
# > The method stays. Tiers need only the customer table, and 50 million rows come down to 400,000, which fit on a
# > laptop.
# >
# > 1. Keep the ledger as one Parquet file a month, let DuckDB add up where the files are, and bring back three columns: last purchase, orders,
# >    net amount. There is no need for a cluster yet.
# > 2. Each day work out the new rows only, and merge them with yesterday’s customer table. If an order may come in parts, keep a row for
# >    each order and count it once; customers with a correction are worked out anew.
# > 3. Check every run against one shop whose answer is known. Monthly counts of customers do not add up to the year’s.
# > 4. Make the cuts exactly, in the customer table; the manager decides them, and they go into the report. If you sample, sample customers,
# >    and take all their rows.
# > 5. Regulars who are high in R, yet silent for longer than ever before, go on a list of their own, to be rung up first.

# %% [markdown] lang="zh-TW"
# ## {section reference}　備查：步調、每天更新、近似分位數、Spark、記憶體、更細的格子
#
# 這一節不算在時間裡，用得到再讀。練習裡談步調、更新和近似分位數的題目，看這一節。

# %% [markdown] lang="en"
# ## {section reference} For reference: pace, daily updates, approximate quantiles, Spark, memory, finer cells
#
# This section is not counted; read what you need. The exercise’s questions on pace, updates and approximate quantiles go by it.

# %% [markdown] lang="zh-TW"
# ### 每個人有自己的步調：視窗函數
#
# R 用同一把尺量所有人：這本帳冊的門檻是 100.6 天，64 天沒來的客戶算「R 高」，不會有人打電話給他。
# 可是如果他一年來 15 次，從來沒有停過 59 天呢？要看出來，得知道**同一位客戶上一次**是哪一天。
#
# `GROUP BY` 把一位客戶的許多列變成一列；**視窗函數**（window function）讓每一列都留著，只是多看得到同一位客戶的其他列：
#
# - `LAG(day) OVER (PARTITION BY customer ORDER BY day)`：同一位客戶、依日期排，**上一列**的日期。
# - `ROW_NUMBER() OVER (PARTITION BY customer ORDER BY day DESC)`：同一位客戶、從最近的排起，這是**第幾列**；1 就是最近一次。
#
# 一天來買兩張訂單算來一次，所以先用 `SELECT DISTINCT` 去掉同一天的重複。（`AS` 取新名字；`date_diff('day', 甲, 乙)` 是甲到乙隔幾天。）

# %% [markdown] lang="en"
# ### Everybody has a pace: window functions
#
# R measures everybody with one ruler. Its cut here is 100.6 days, so a customer who has been silent for 64 days counts as high in
# R, and nobody rings up. But what if that customer came 15 times in the year and never once stayed away for 59 days? To
# see it, we must know the day of the **same customer’s visit before**.
#
# `GROUP BY` turns many rows of a customer into one. A **window function** keeps every row, and lets it see other rows of the
# same customer:
#
# - `LAG(day) OVER (PARTITION BY customer ORDER BY day)`: the day in the **row before**, of the same customer, in order of days.
# - `ROW_NUMBER() OVER (PARTITION BY customer ORDER BY day DESC)`: **which row** of the customer this is, from the latest back;
#   1 is the latest visit.
#
# Two orders on one day are one visit, so `SELECT DISTINCT` drops the repeats first. (`AS` gives a new name; `date_diff('day', a, b)` is the
# number of days from a to b.)

# %% name="window"
visits = duckdb.sql("SELECT DISTINCT customer, date AS day FROM books WHERE amount > 0")
gaps = duckdb.sql("""
SELECT customer, day,
       date_diff('day', LAG(day) OVER (PARTITION BY customer ORDER BY day), day) AS gap,
       ROW_NUMBER() OVER (PARTITION BY customer ORDER BY day DESC) AS from_last
FROM visits
ORDER BY customer, day
""").df()
gaps[gaps["customer"] == "S01-C183"].tail(4)

# %% [markdown] lang="zh-TW"
# 這是客戶 S01-C183 最近的四次：`gap` 是離上一次幾天，`from_last` 是倒數第幾次。pandas 也做得到，`groupby` 之後的 `.shift()` 就是 `LAG`
# （最前面的一列上面沒有東西，是空白），`.cumcount(ascending=False)` 從最後一列的 0 往回數。
# 用 pandas 再做一次：

# %% [markdown] lang="en"
# These are the latest four visits of customer S01-C183: `gap` is the number of days since the visit before, `from_last` the place
# counted from the end. pandas can do it too: `.shift()` after `groupby` is `LAG` (the first row has nothing before it and stays
# blank), and `.cumcount(ascending=False)` counts back from 0 in the last row. Once more, in pandas:

# %% name="window_pandas"
days = chain[chain["amount"] > 0][["customer", "date"]].drop_duplicates()
days = days.sort_values(["customer", "date"])
by_customer = days.groupby("customer")["date"]
gap = (days["date"] - by_customer.shift()).dt.days
from_last = by_customer.cumcount(ascending=False) + 1
len(gaps)

# %% name="claim_window_pandas" claims=true
assert gap.fillna(-1).tolist() == gaps["gap"].fillna(-1).tolist()
assert from_last.tolist() == gaps["from_last"].tolist()

# %% [markdown] lang="zh-TW"
# 兩種寫法，60,560 列，每一列都相同。現在找出這種人：來過至少四次，R 還算高，這次卻停得比自己以前**任何一次**都久。
#
# > **怎麼讀這段程式**　`.agg(visits=("day", "size"), longest=("gap", "max"))` 一次做出兩欄：`visits` 是有幾列，`longest` 是最長的間隔。
# > `from_last` 是 1 的那一列就是最近一次，離今天幾天，正是 R。
# > `&` 是「而且」，三個條件都成立才留下。

# %% [markdown] lang="en"
# Two ways, and each of the 60,560 rows the same. Now for the people in question: at least four visits, R still high, and silent
# for longer than **ever before**.
#
# > **Reading the code.** `.agg(visits=("day", "size"), longest=("gap", "max"))` makes two columns at once: how many rows, and the longest gap.
# > Where `from_last` is 1 stands the latest visit, and the days since then are R.
# > `&` is “and”: only where all three conditions hold.

# %% name="longest_silence"
pace = gaps.groupby("customer").agg(visits=("day", "size"), longest=("gap", "max"))
latest = gaps[gaps["from_last"] == 1].set_index("customer")["day"]
silent = (TODAY - latest).dt.days
regular = pace["visits"] >= 4
never_so_long = silent > pace["longest"]
still_high = silent <= cuts["recency_days"]
hushed = rfm.index[regular & never_so_long & still_high]
ax = rk.plot_rfm_classes(rfm.loc[hushed], tier[hushed])
ax.tick_params(axis="y", pad=12)  # room for the diamonds at 0
rk.show(ax)

# %% name="claim_longest_silence" claims=true
assert (silent == rfm["recency_days"]).all()

# %% name="pace_facts" claims=true
assert len(gaps) == 60_560
assert len(hushed) == SHOPS * 20 == 400
valued = tier[hushed] == "important_value"
assert f"{valued.mean():.0%}" == "45%"
spend = rfm.loc[hushed, "monetary"]
assert f"{spend[valued].sum() / spend.sum():.0%}" == "93%"
assert round(cuts["recency_days"], 1) == 100.6
assert pace.loc["S01-C183"].tolist() == [15, 58]
assert silent["S01-C183"] == 64

# %% [markdown] lang="zh-TW"
# 一共 400 位（每家分店 20 位），R 都算高；其中 45% 是「重要價值客戶」，占這些人 93% 的營收。照八個類別的做法，沒有人會特地打電話給他們；
# 照他們自己的步調，最該先問一聲的就是他們。例如 C183：一年來 15 次，最長停過 58 天，這次已經 64 天。
# （帳冊只說他停了，沒說為什麼；也可能只是放長假。）
#
# > **試一試　9.c**　`gaps` 有 60,560 列。`gap` 是空白的有幾列？先想：什麼樣的列沒有「上一列」？
# > 再用程式數（`.isna()` 找空白，`.sum()` 數有幾個 `True`），放進 `blank_gaps`。

# %% [markdown] lang="en"
# There are 400 of them, 20 in each shop, all high in R; 45% are “important: value”, with 93% of the money that the 400 spend. By the eight
# classes nobody would think of ringing them up; by their own pace, they are the ones to ask first. C183, for example: 15 visits in the year, never away for more
# than 58 days, and now silent for 64. (The ledger says that they stopped, not why; it may be a long holiday.)
#
# > **Try it: 9.c.** `gaps` has 60,560 rows. In how many is `gap` blank? Think first: what kind of row has no “row before”? Then
# > let code count (`.isna()` finds blanks, `.sum()` counts each `True`), and put the number into `blank_gaps`.

# %% name="try_c"
blank_gaps = ...
check("9.c", blank_gaps)

# %% [markdown] lang="zh-TW"
# ### 每天只算新來的
#
# 總部的帳冊每天長幾萬列，難道每晚都從第一列重算？不必。把昨天的**小客戶表**留著，今天只算今天的列，再合起來。
# 一位客戶的三個數字，各有各的合併方式：
#
# | 留下 | 怎麼合 | 為什麼 |
# |---|---|---|
# | 最後一次購買的日期 | 取最大 | 兩個日期裡晚的那個，就是最後一次 |
# | 買了幾張訂單 | 相加 | 一張訂單只在一批裡（要先確認！） |
# | 淨金額 | 相加 | 錢本來就能加 |
#
# 留日期，不留 R：R 每過一天就變，日期不會。下面的「今天」是 3 月 31 日，還有一張**遲到的訂單**：
# S01-C083 在 3 月 13 日買的，單子今天才補進來。他自己最後一次購買是 3 月 29 日。
#
# > **怎麼讀這段程式**　`def summarise(rows):` 替一段做法取名字，之後想用幾次就用幾次，`return` 後面是它交回來的東西。
# > `|` 是「或」，`~` 是「不是」；`.agg(ways)` 照 `ways` 裡寫的，一欄一個辦法：`max` 取最大，`sum` 相加。

# %% [markdown] lang="en"
# ### Each day, only what is new
#
# Head office’s ledger grows by tens of thousands of rows a day. Must every night begin again at row one? No. Keep yesterday’s
# **small customer table**, work out today’s rows alone, and merge the two. Each of a customer’s three figures merges in its own way:
#
# | kept | merged by | because |
# |---|---|---|
# | day of the last purchase | maximum | the later of two days is the last |
# | number of orders | adding | an order lies in one batch (check that first!) |
# | net amount | adding | money adds up |
#
# Keep the day and not R: R changes with every day that passes, the day does not. “Today” below is 31 March, and with it comes a **late
# order**: S01-C083 bought on 13 March, but the slip was entered only today. Their last purchase was on 29 March.
#
# > **Reading the code.** `def summarise(rows):` gives a piece of work a name, to be used as often as you like; after `return`
# > stands what it hands back. `|` is “or”, `~` is “not”; `.agg(ways)` treats each column as `ways` says: `max` or `sum`.


# %% name="two_batches"
def summarise(rows):
    bought = rows[rows["amount"] > 0]
    return pd.DataFrame(
        {
            "last_purchase": bought.groupby("customer")["date"].max(),
            "frequency": bought.groupby("customer")["order"].nunique(),
            "monetary": rows.groupby("customer")["amount"].sum(),
        }
    )


is_late = chain["order"] == "S01-S2103-098"
new = (chain["date"] == "2021-03-31") | is_late
yesterday, today = summarise(chain[~new]), summarise(chain[new])
print(len(yesterday), len(today))
pd.concat([yesterday, today]).loc["S01-C083"]

# %% [markdown] lang="zh-TW"
# 昨天的表有 6,380 位，今天這一批只有 121 位。上面那張小表是 S01-C083 的兩列：昨天的，和遲到的那一張。接起來，再依客戶合併：

# %% [markdown] lang="en"
# Yesterday’s table has 6,380 customers, today’s batch only 121. The small table shows the two rows of S01-C083: yesterday’s, and that
# of the late order. Stack the two tables, and merge by customer:

# %% name="merge_by_hand"
ways = {"last_purchase": "max", "frequency": "sum", "monetary": "sum"}
merged = pd.concat([yesterday, today]).groupby("customer").agg(ways)
merged["recency_days"] = (TODAY - merged["last_purchase"]).dt.days
merged.loc[["S01-C083"]]

# %% name="claim_merge_by_hand" claims=true
assert (len(yesterday), len(today), len(merged)) == (6380, 121, 6400)
assert (merged[rfm.columns] == rfm).all(axis=None)

# %% [markdown] lang="zh-TW"
# 和從頭算的一模一樣，6,400 位都是。S01-C083 的最後購買日還是 3 月 29 日：取的是**最大**，不是**最後收到**。
#
# 這三步，教材各有一個函式：`rk.customer_totals` 留下三欄，`rk.merge_rfm` 合併，`rk.rfm_at` 到要用的那一天才把日期換成 R：

# %% [markdown] lang="en"
# The same as from scratch, for all 6,400. The last purchase of S01-C083 is still 29 March: what counts is the **largest** day, not the one
# that **arrived last**.
#
# The kit has a function for each of the three steps: `rk.customer_totals` keeps the three columns, `rk.merge_rfm` merges, and `rk.rfm_at` turns
# days into R for whatever day you name:

# %% name="merge_kit"
totals = rk.merge_rfm(
    rk.customer_totals(chain[~new], order="order"),
    rk.customer_totals(chain[new], order="order"),
)
totals.head(2)

# %% name="claim_merge_kit" claims=true
assert (rk.rfm_at(totals, today=TODAY) == rfm).all(axis=None)

# %% [markdown] lang="zh-TW"
# 什麼時候會合錯？一張訂單有三列，其中一列晚一天才到，昨天數了它一次，今天又數一次：

# %% [markdown] lang="en"
# When does a merge go wrong? An order has three lines, and one of them arrives a day late. It was counted yesterday, and is counted
# again today:

# %% name="counted_twice"
late_line = (chain["order"] == "S01-S2103-175") & (chain["line"] == 3)
first, second = summarise(chain[~late_line]), summarise(chain[late_line])
both = pd.concat([first, second]).groupby("customer").agg(ways)
print(both["frequency"].sum() - rfm["frequency"].sum())

# %% name="claim_counted_twice" claims=true
assert (both["monetary"] == rfm["monetary"]).all()

# %% [markdown] lang="zh-TW"
# 多了 1 次，金額卻沒錯，所以對帳對不出來。補救的辦法是多留一點：每位客戶**每張訂單**各留一列（`keep_orders=True`），合併時同一張訂單只數一次。

# %% [markdown] lang="en"
# One too many, and yet the money is right, so no reconciliation would find it. The remedy is to keep a little more: a row for each customer **and
# order** (`keep_orders=True`), so that an order seen twice counts once.

# %% name="orders_kept"
with_orders = rk.merge_rfm(
    rk.customer_totals(chain[~late_line], order="order", keep_orders=True),
    rk.customer_totals(chain[late_line], order="order", keep_orders=True),
)
print(len(with_orders), len(totals))

# %% name="claim_orders_kept" claims=true
assert (rk.rfm_at(with_orders, today=TODAY) == rfm).all(axis=None)

# %% [markdown] lang="zh-TW"
# 這就是代價：要留 64,420 列，不是 6,400 列；只有訂單真的會跨批時才值得。還有一種列合不掉，就是**更正**：金額打錯可以補一列負的，
# 最後購買日卻不能從「最大」裡拿出來，那幾位客戶只能從帳冊重算。
#
# 那一個月更新一次行不行？下圖用同一組門檻，左邊是 2 月底的客戶表，右邊是現在的：

# %% [markdown] lang="en"
# That is the price: 64,420 rows are kept instead of 6,400, worth it only if orders really run over from batch to batch. One kind of row cannot
# be merged at all, a **correction**: a wrong amount can be set right by a negative row, but a last day cannot be taken back out of a maximum.
# Those few customers are worked out anew from the ledger.
#
# Would once a month do? With the same cuts, the left of the next picture is the customer table of the end of February, the right is today’s:

# %% name="a_month_late"
february = rk.rfm_table(chain[chain["date"] < "2021-03-01"], today="2021-03-01", order="order")
old_tier = rk.rfm_class(rk.high_low(february, cuts=cuts))
moved = old_tier != tier[old_tier.index]
rk.show(rk.plot_alluvial(old_tier, tier))

# %% name="claim_a_month_late" claims=true
assert (len(old_tier), moved.sum(), len(tier) - len(old_tier)) == (6360, 640, 40)

# %% [markdown] lang="zh-TW"
# 名單放一個月不更新，每十位客戶就有一位（640 位）照著已經不屬於他的類別對待，另外 40 位新客戶根本不在上面。每天要合併的只有當天的列，沒有理由等。
#
# > **試一試　9.d**　不是每個數字都能合。下一格讓 DuckDB 數每個月有幾位客戶；總部的人把十二個數字加起來，報告說集團有 30,740 位客戶。
# > 用程式算出正確的客戶數，再算他報的是正確人數的**幾倍**（30,740 除以正確的人數），放進 `times_too_many`。

# %% [markdown] lang="en"
# After a month without an update, one customer in ten (640) is treated by a class that is no longer theirs, and 40 new ones are not on the list at
# all. A daily merge has only the day’s rows to read, so there is no reason to wait.
#
# > **Try it: 9.d.** Not every figure merges. In the next cell DuckDB counts the customers of each month; somebody at head office
# > added up the twelve and reports that the chain has 30,740 customers. Let code find the right number, divide 30,740 by it,
# > and put the result into `times_too_many`.

# %% name="reported"
monthly = duckdb.sql("SELECT month, COUNT(DISTINCT customer) AS people FROM books GROUP BY month")
reported = int(monthly.df()["people"].sum())
print(reported)

# %% name="claim_reported" claims=true
assert reported == 30_740

# %% name="try_d"
times_too_many = ...
check("9.d", times_too_many)

# %% [markdown] lang="zh-TW"
# ### 差不多的門檻：近似分位數
#
# 「消費最高的 20%」從哪裡切？要把所有人排好隊，才知道第 80% 是誰；幾億個數字排隊很貴。所以大資料引擎常給**近似分位數**：
# 只看一遍、只記一份摘要，答案「差不多」。Spark 的 `summary()` 給的就是這一種，DuckDB 的叫 `approx_quantile`。差不多，會差到誰？
#
# > **怎麼讀這段程式**　`.quantile(0.8, interpolation="lower")` 是排到 80% 的那一位；`.fetchall()[0][0]` 取出 SQL 答案的第一列第一欄。
# > `!=` 是「不相等」：在一種切法裡是前 20%，在另一種切法裡不是。

# %% [markdown] lang="en"
# ### A cut that is nearly right: approximate quantiles
#
# Where do the 20% who spend most begin? Everybody must stand in line before we know who is at 80%, and a queue of hundreds of
# millions is expensive. So engines for big data often give an **approximate quantile**: one pass, a short summary kept, and an answer that is
# “about right”. Those of Spark’s `summary()` are of this kind; DuckDB’s is called `approx_quantile`. About right for whom?
#
# > **Reading the code.** `.quantile(0.8, interpolation="lower")` is whoever stands at 80% of the queue; `.fetchall()[0][0]` takes the first
# > row and column of SQL’s answer. `!=` is “not equal”: in the top 20% by one cut and not by the other.

# %% name="approximate" tags=["nbval-ignore-output"]
exact = rfm["monetary"].quantile(0.8, interpolation="lower")
rough = duckdb.sql("SELECT approx_quantile(monetary, 0.8) FROM rfm").fetchall()[0][0]
changed = (rfm["monetary"] >= exact) != (rfm["monetary"] >= rough)
print(round(exact), round(rough), changed.sum())

# %% name="approximate_facts" claims=true
assert exact == 29_195
assert changed.sum() <= 0.02 * len(rfm)
assert abs(rough / exact - 1) < 0.1

# %% [markdown] lang="zh-TW"
# 三個數字依序是真正的門檻、近似的門檻、換級的客戶。真正的是 29,195 元；DuckDB 不同的版本，近似的會略有不同，
# 寫這一章時是 29,764 元，名單上的 1,280 位裡有 40 位因此掉出前 20%，占名單的 3%。他們什麼都沒做錯，只是站在線的附近。
#
# 看趨勢、抓大概，近似就夠了。要寄信、要給折扣，就該精確地切：**門檻切在客戶表上，而客戶表很小**，40 萬個數字排隊用不到一秒。
# 近似留給帳冊那一頭的問題，例如「5,000 萬列的金額中位數大概是多少」。

# %% [markdown] lang="en"
# The three numbers are the exact cut, the approximate cut, and the customers who change tier. The exact one is NT$29,195; the other differs a
# little between versions of DuckDB. When this was written it was 29,764, and 40 of the 1,280 on the list fell out of the top 20%, which is 3% of them. They did
# nothing wrong; they only stand near the line.
#
# To see a trend, an approximation is enough. Where a letter or a discount follows, cut exactly: **the cut is made in the customer table, and
# that is small**; 400,000 numbers are in line within a second. Leave approximation to questions about the ledger itself, such as
# “about what is the median of 50 million amounts?”

# %% [markdown] lang="zh-TW"
# ### 同一件事，在 Spark 裡
#
# **叢集**（cluster）是很多台電腦一起算，Spark 是指揮它們的程式。第三次算同一件事，這次在 Spark 裡。
# 它需要 Java，教室的電腦多半沒有，所以這一段**只給你看，不執行**；教材的測試替你跑過，八個類別和前面相同：
#
# ```python
# from pyspark.sql import SparkSession
#
# spark = SparkSession.builder.appName("tiers").getOrCreate()
# books_there = spark.read.parquet(folder)
# rfm_there = rk.rfm_table(books_there, today=TODAY, order="order")
# tier_there = rk.rfm_class(rk.high_low(rfm_there, cuts=rk.rfm_cuts(rfm_there)))
#
# books_there.createOrReplaceTempView("books")
# answer_there = spark.sql(question.replace('"', "`")).toPandas()
# ```
#
# 最後一行是第 {section sql} 節手寫的那句 SQL，只換了引號：Spark 的欄名用 `` ` ``，寫成 `"order"` 會被它當成一段文字，每位客戶都只數到一張訂單。

# %% [markdown] lang="en"
# ### The same, in Spark
#
# A **cluster** is many computers that work together, and Spark is a program that directs them. Here is the same sum for a third
# time, in Spark. It needs Java, which few classrooms have, so this part is **shown and not run**; the kit’s tests have run it for
# you, and found the same eight classes:
#
# ```python
# from pyspark.sql import SparkSession
#
# spark = SparkSession.builder.appName("tiers").getOrCreate()
# books_there = spark.read.parquet(folder)
# rfm_there = rk.rfm_table(books_there, today=TODAY, order="order")
# tier_there = rk.rfm_class(rk.high_low(rfm_there, cuts=rk.rfm_cuts(rfm_there)))
#
# books_there.createOrReplaceTempView("books")
# answer_there = spark.sql(question.replace('"', "`")).toPandas()
# ```
#
# The last line is the SQL of section {section sql}, with other quotes: in Spark a column takes `` ` ``, and would read `"order"` as a piece of
# text, so that every customer has just one order.

# %% [markdown] lang="zh-TW"
# ### 記憶體花在哪裡
#
# 留在 pandas 裡的時候，先問哪幾欄最占空間。`memory_usage(deep=True)` 回答每一欄占多少位元組（byte），
# 除以列數，就是每一格平均占多少：

# %% [markdown] lang="en"
# ### Where the memory goes
#
# If you stay with pandas, first ask which columns take the room. `memory_usage(deep=True)` tells how many bytes
# each column takes; divided by the number of rows, that is what one cell takes.

# %% name="bytes_per_cell" tags=["nbval-ignore-output"]
per_cell = chain.memory_usage(index=False, deep=True) / len(chain)
per_cell.sort_values(ascending=False).round(1)

# %% [markdown] lang="zh-TW"
# 數字和日期一格都是 8 個位元組；文字一格要多得多（多少隨 pandas 的版本而不同）。兩個省記憶體的辦法，都不影響結果：
#
# 1. **只讀用得到的欄。** R、F、M 只要 `customer`、`date`、`order`、`amount`。讀 CSV 時寫 `usecols=[...]`，其他欄根本不進記憶體。
# 2. **重複的文字改成類別。** `astype("category")` 把每一種文字只存一份，格子裡只放它的編號。

# %% [markdown] lang="en"
# A number or a date takes 8 bytes; a text takes a good deal more (how much depends on the version of pandas). Two ways to save, neither of which
# changes the result:
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

# %% name="claim_slim" claims=true
assert after < before / 2.5
assert (rk.rfm_table(slim, today=TODAY, order="order") == rfm).all(axis=None)
assert (per_cell[["line", "quantity", "unit_price", "amount", "date"]] == 8).all()
assert (per_cell[["order", "customer", "product", "status"]] > 8).all()

# %% [markdown] lang="zh-TW"
# 記憶體只剩不到四成，R、F、M 一個數字都沒變。帳冊是一個大 CSV、沒有分月？`pd.read_csv(檔名, chunksize=1_000_000)` 會一次給你一百萬列；
# 這時一張訂單可能剛好卡在兩塊之間，要先把「客戶＋訂單」收集起來、去掉重複，再數。
#
# > **試一試　9.b**　總部這次只要每位客戶的 M（退貨扣掉之後的總額）。執行下面第一格看選項，把 DuckDB 需要讀的欄的字母連在一起，
# > 例如 `columns_for_m = "bd"`；**夠用就好，一欄都不多讀**。

# %% [markdown] lang="en"
# Less than 40% of the memory is left, and not one R, F or M has changed. Is the ledger one big CSV file, not split by month?
# `pd.read_csv(name, chunksize=1_000_000)` hands you a million rows at a time; then an order may straddle two chunks, so collect the pairs of customer
# and order first, drop the repeats, and count.
#
# > **Try it: 9.b.** This time head office wants nothing but M of each customer, the total after returns. Run the first cell
# > below for the options, and write the letters of the columns that DuckDB must read as one word, such as
# > `columns_for_m = "bd"`: **enough, and not one column more**.

# %% name="ask_b"
ask("9.b")

# %% name="try_b"
columns_for_m = ...
check("9.b", columns_for_m)

# %% [markdown] lang="zh-TW"
# **客戶多了，能分得更細嗎？** 第 5 章說過，5 × 5 × 5 的 125 格對 320 位客戶太多。現在有 6,400 位，夠了嗎？

# %% [markdown] lang="en"
# **With more customers, finer tiers?** Chapter 5 found 125 cells of 5 × 5 × 5 too many for 320 customers. With 6,400, are there enough?

# %% name="cells"
scores = pd.DataFrame(
    {
        "R": rk.score(rfm["recency_days"], smaller_is_better=True),
        "F": rk.score(rfm["frequency"]),
        "M": rk.score(rfm["monetary"]),
    }
)
in_cell = scores.groupby(["R", "F", "M"]).size()
print(len(in_cell), in_cell.max())

# %% name="claim_cells" claims=true
assert (len(in_cell), int((in_cell >= 1000).sum()), in_cell.max()) == (92, 0, 420)
assert (len(rfm) // 125, 125 * 1000) == (51, 125_000)

# %% [markdown] lang="zh-TW"
# 125 格裡有人的是 92 格，最多的一格 420 人，沒有一格達到 Hughes 建議的 1,000 人。就算平均分，
# 6,400 ÷ 125，一格也只有 51 人；每格要 1,000 人，得有 125,000 位客戶，還要他們不擠在對角線附近。
# （這本帳冊是同一家店抄 20 份，空格當然和旭東一樣多；真的集團會填滿幾格，這裡看不出來。）
# 分得多細，取決於**做得了幾種不同的事**，不取決於有幾列資料。

# %% [markdown] lang="en"
# Of 125 cells 92 hold anybody, the fullest 420, and not one the 1,000 customers that Hughes asks for. Even if they were spread equally,
# 6,400 ÷ 125 is only 51 a cell; 1,000 in each takes 125,000 customers, and they must not crowd along the diagonal as these do. (This
# ledger is one shop copied 20 times, so of course it has the empty cells of Xudong; how many a real chain would fill
# cannot be seen here.) How fine the tiers should be depends on **how many different things you can do**, not on how many rows you have.

# %% [markdown] lang="zh-TW"
# **SQL 的五等份。** SQL 有現成的 `NTILE(5)`，也是視窗函數：排好隊，切成人數相等的五份。它不管同分：

# %% [markdown] lang="en"
# **Fifths in SQL.** SQL has `NTILE(5)` ready, a window function too: it cuts the queue into five equal parts and does not care about ties.

# %% name="ntile"
parts_of = duckdb.sql("""
SELECT frequency, COUNT(DISTINCT part) AS parts
FROM (SELECT frequency, NTILE(5) OVER (ORDER BY frequency) AS part FROM rfm)
GROUP BY frequency
""").df()
scores_of = scores["F"].groupby(rfm["frequency"]).nunique()
split = parts_of[parts_of["parts"] > 1]
print(len(split), (scores_of > 1).sum())

# %% name="claim_ntile" claims=true
assert sorted(split["frequency"]) == [2, 8, 15]

# %% [markdown] lang="zh-TW"
# 第一個數字：有 3 種次數（2、8、15 次），次數相同的客戶分在兩份裡，誰在哪一份看列的順序。第二個數字：`rk.score` 一個也沒有。這就是第 5 章「湊巧排在前面」的陷阱，
# 換成 SQL 一樣會遇到。

# %% [markdown] lang="en"
# The first number: for 3 numbers of purchases (2, 8 and 15), customers who bought equally often are put into two parts, and who goes where depends on the order of the rows.
# The second: with `rk.score`, for none. This is the trap of chapter 5, which splits equal customers by chance, and it waits in SQL as well.

# %% [markdown] lang="zh-TW"
# ## 這一章說了什麼
#
# - 帳冊大、客戶表小：只有加總（aggregation）這一步碰得到大資料；CSV、Parquet 資料夾、Spark，八個類別都一樣。
# - 視窗函數（window function）：每一列都留著，還看得到同一位客戶的上一列；R 是大家的尺，步調是自己的尺。
# - 增量更新（incremental update）：最大值與總和可以合併；不重複的個數（distinct count）和平均數不行，遲到的列要小心。
# - 近似分位數（approximate quantile）：看趨勢可以，對客戶的承諾要精確地切。
# - 抽樣單位（sampling unit）是客戶，不是交易列。

# %% [markdown] lang="en"
# ## What this chapter said
#
# - The ledger is big, the customer table small: only the aggregation (加總) meets big data. From CSV, a folder of Parquet files or Spark, the
#   eight classes are the same.
# - Window function (視窗函數): every row stays, and sees the customer’s row before. R is one ruler for all, pace is everybody’s own.
# - Incremental update (增量更新): maxima and sums merge; distinct counts (不重複的個數) and means do not, and late rows need care.
# - Approximate quantile (近似分位數): good for a trend; a promise to customers needs an exact cut.
# - The sampling unit (抽樣單位) is the customer, not the row.

# %% [markdown] lang="zh-TW"
# ## 離開前三題
#
# 1. 每個月的平均訂單金額都算好了。把十二個數字再平均，就是全年的平均訂單金額嗎？
# 2. 今天補進一列上個月的退貨（負的金額），客戶表哪幾個數字要動？要重算整本帳冊嗎？
# 3. 客戶表只有 40 萬列，為什麼還要在資料那邊加總，不把帳冊全部下載再說？
#
# <details><summary>看答案</summary>
#
# 1. 不是。各月的訂單數不同，要用全年總金額除以全年訂單數。（兩個都能相加，所以留總和與個數，不留平均。）
# 2. 只有淨金額，加上那個負數就好。退貨不是購買，最後購買日和訂單數都不動，不必重算。
# 3. 搬 5,000 萬列要很久，也會在你的電腦上留下一份完整的客戶交易。只帶走需要的，既快又保護客戶的隱私。
#
# </details>

# %% [markdown] lang="en"
# ## Three questions before you go
#
# 1. You have the mean order of each month. Is the mean of these twelve the mean order of the year?
# 2. A return of last month, a negative amount, is entered today. Which figures of the customer table change? Must the whole ledger be added up
#    again?
# 3. The customer table has only 400,000 rows. Why add up where the data are, and not download the ledger first?
#
# <details><summary>Answers</summary>
#
# 1. No. The months have different numbers of orders: divide the year’s total by the year’s number of orders. (Both add up, so keep sums and
#    counts, not means.)
# 2. Only the net amount: add the negative number. A return is no purchase, so last day and number of orders stay, and nothing is
#    worked out anew.
# 3. Downloading 50 million rows takes long, and leaves a full record of every customer’s dealings on your computer.
#    Taking only what you need is faster, and protects the customers’ privacy.
#
# </details>

# %% [markdown] lang="zh-TW"
# ## 接下來
#
# 換你了：[第 9 章練習](../../exercises/zh-TW/09_scale.ipynb)裡，南區分公司的帳冊一批一批地來，有人把訂單數了兩次。
#
# 這是最後一章。想再練習，用 `rfmkit case --seed 7 -o exercises/case` 產生一家新的公司，把[第 1 章的練習](../../exercises/zh-TW/01_concepts.ipynb)從頭做一次；
# 或者拿自己公司的帳冊，從[第 6 章](06_practicum.ipynb)開始。

# %% [markdown] lang="en"
# ## Next
#
# Your turn: in the [exercise of chapter 9](../../exercises/en/09_scale.ipynb) the southern branch’s ledger arrives in batches, and somebody has
# counted orders twice.
#
# This is the last chapter. For more practice, make a new firm with `rfmkit case --seed 7 -o exercises/case` and start
# again with the [exercise of chapter 1](../../exercises/en/01_concepts.ipynb); or take the ledger of a firm of your own
# and start with [chapter 6](06_practicum.ipynb).
