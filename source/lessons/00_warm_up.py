# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="zh-TW"
# # 暖身：七張訂單，先用手算
#
# [English edition](../en/00_warm_up.ipynb)
#
# > **這一本要做什麼**
# > - 拿七列的小表，先在紙上算，再請電腦做同一件事：挑欄、篩選、排序、數、分組、合併、算天數
# > - 每學會一個動作，就在旭東的帳冊上做一次
# > - 自己畫一張圖
# >
# > 大約 {minutes} 分鐘。先做過[從這裡開始](00_start.ipynb)，不必學過 Python。請準備一張紙、一枝筆。

# %% [markdown] lang="en"
# # Warm-up: seven orders, by hand first
#
# [中文版](../zh-TW/00_warm_up.ipynb)
#
# > **What you will do**
# > - Take a table of seven rows, work things out on paper, then have the computer do the same: select, filter,
# >   sort, count, group, join, and count days
# > - Do each of them once more on Xudong’s books
# > - Draw a picture of your own
# >
# > About {minutes} minutes. Do [Start here](00_start.ipynb) first; you need no Python. Have a pencil and a sheet of
# > paper at hand.

# %% name="setup"
import matplotlib.pyplot as plt
import pandas as pd

import rfmkit as rk
from rfmkit.classroom import check, hint

rk.use_language("zh-TW")
rk.use_style()

# %% [markdown] lang="zh-TW"
# 上一格準備好工具。`import` 是「拿來用」；`as` 後面是暱稱，所以處理表格的 `pandas` 叫 `pd`，畫圖的叫 `plt`，這套教材叫 `rk`。最後兩行 `rk.use_language` 選好語言，`rk.use_style` 讓圖上能顯示中文；每一章開頭都有，照樣執行就好。
#
# ## {section small_table}　一張七列的表
#
# 一家小店三月接了七張訂單。下面用 `pd.DataFrame` 把表打出來：冒號前面是欄名，方括號裡是那一欄由上到下的內容，文字要加引號，整張表再用大括號 `{ }` 包起來。
# 等號 `=` 是取名字：從此這張表叫 `orders`。

# %% [markdown] lang="en"
# The cell above fetched the tools. `import` means “let me use”, and after `as` comes a nickname: `pandas`, which handles tables, is
# `pd`; the drawing tool is `plt`; this course is `rk`. The last two lines set the language (`rk.use_language`) and the look of the pictures (`rk.use_style`).
#
# ## {section small_table} A table of seven rows
#
# A small shop sold seven orders in March. `pd.DataFrame` below types them in as a table. The name of a column comes before the colon,
# and the square brackets hold what is in the column, from top to bottom; text goes in quotes, and curly
# brackets `{ }` go round the whole table. The equals sign `=` gives a name: from now on the table is called `orders`.

# %% name="small_table"
orders = pd.DataFrame(
    {
        "customer": ["C1", "C2", "C1", "C3", "C2", "C1", "C4"],
        "date": [
            "2021-03-02",
            "2021-03-05",
            "2021-03-09",
            "2021-03-12",
            "2021-03-20",
            "2021-03-24",
            "2021-03-30",
        ],
        "amount": [500, 1200, 300, 600, 600, 700, 1700],
    }
)
rk.pretty(orders)

# %% [markdown] lang="zh-TW"
# 一列是一張訂單，一欄是一種資料。左邊的粗體數字是列的編號。這張表是自己打的，不像帳冊有 Excel 的列號，所以電腦從 0 數起。
# `rk.pretty` 把表印成你的語言；寫程式用的欄名是上面打的 `customer`、`date`、`amount`（金額，元）。
#
# 把這張表抄到紙上。接下來每個動作都一樣：**先在紙上寫出結果，再執行程式對答案。**

# %% [markdown] lang="en"
# A row is an order, a column one kind of information. The bold numbers at the left number the rows. This table did not come from Excel, so the computer numbers it, and computers begin at 0.
# `rk.pretty` only shows a table with titles for people. Code uses the names typed above: `customer`, `date` and `amount`, which
# is in New Taiwan dollars (NT$).
#
# Copy the table onto your sheet. What follows is the same each time: **write the result on paper, then run the code and
# compare.**

# %% [markdown] lang="zh-TW"
# ## {section select}　挑欄
#
# 先在紙上：金額那一欄加起來是多少？平均一張訂單多少？
#
# 表名後面的方括號放欄名，就取出那一欄；後面接 `.sum()` 是加總，`.mean()` 是平均。`print` 把兩個數字印在同一列。

# %% [markdown] lang="en"
# ## {section select} Select a column
#
# On paper first: what does the column of amounts add up to, and what is the mean of an order?
#
# A column’s name in square brackets after the table’s name takes out that column. `.sum()` adds it up, `.mean()` takes the
# average. `print` writes both numbers in one line.

# %% name="select"
print(orders["amount"].sum(), orders["amount"].mean())

# %% [markdown] lang="zh-TW"
# 和紙上一樣嗎？現在換成旭東的帳冊：320 位客戶，一列一位。動作不變，只是列數多了。
# 要好幾欄，就放**兩層**方括號；`.head()` 只看最前面五列。

# %% [markdown] lang="en"
# Is it what you wrote? Now Xudong’s books: 320 customers, one a row. The verb is the same; there are only more rows. For several
# columns use **two** pairs of brackets. `.head()` shows the first five rows only.

# %% name="select_books"
customers = rk.load_table(rk.data_file("客戶年報.csv"), index="customer")
print(customers["revenue"].sum())
rk.pretty(customers[["region", "industry", "revenue", "profit"]].head())

# %% name="claim_select" claims=true
assert (orders["amount"].sum(), orders["amount"].mean()) == (5600, 800)
assert customers["revenue"].sum() == 9_234_465
assert len(customers) == 320

# %% [markdown] lang="zh-TW"
# 一年賣了 9,234,465 元。左邊的客戶編號不再是 0、1、2：這張表用 `customer` 認人，認人的那一欄叫**索引**（index）。
# 第一行讀檔（`rk.data_file` 找到檔案，`rk.load_table` 把它讀成一張表），你只要會照抄。四個欄名由左到右是 `region`（區域）、`industry`（產業）、`revenue`（營收）、`profit`（利潤）。
#
# > 打錯欄名會出現紅色的 `KeyError`。那只是「沒有這一欄」，改好再執行就行。

# %% [markdown] lang="en"
# Sales came to NT$9,234,465 in the year. At the left there is no 0, 1, 2 any more: this table tells its rows apart by customer number,
# and whatever does that is called the **index**. The first line reads the
# file (`rk.data_file` finds it, `rk.load_table` reads it); you need only copy it. From left to right the four columns are called
# `region`, `industry`, `revenue` and `profit` in code.
#
# > If you misspell a column, a red `KeyError` appears. It only says that there is no such column: put it right and run the cell again.

# %% [markdown] lang="zh-TW"
# ## {section filter}　篩選
#
# 先在紙上：每一列問一次「客戶是 C1 嗎？」，旁邊寫「是」或「否」。
#
# 電腦也逐列問，答案是 `True`（是）和 `False`（否）。「等不等於」用**兩個**等號 `==`，因為一個等號是取名字。

# %% [markdown] lang="en"
# ## {section filter} Filter
#
# On paper first: ask every row “is the customer C1?” and write yes or no beside it.
#
# The computer asks row by row too, and answers `True` (yes) or `False` (no). “Is it equal?” takes **two** equals signs,
# `==`, because a single one gives a name.

# %% name="compare"
is_c1 = orders["customer"] == "C1"
is_c1

# %% [markdown] lang="zh-TW"
# （單獨寫名字，就會把它印出來；最後一行是欄名和資料型別，不必理它。）把答案放進表名後面的方括號，就只留下 `True` 的列：

# %% [markdown] lang="en"
# (A name on a line of its own is printed. Its last line is the column’s name and type; ignore it.) Put the answers into square
# brackets after the table, and only the rows with `True` are kept:

# %% name="filter"
rk.pretty(orders[is_c1])

# %% [markdown] lang="zh-TW"
# 問題也可以直接寫在方括號裡。比大小用 `>`、`<`、`>=`（大於或等於）、`<=`。兩個條件都要成立，就各包一對括號，中間放 `&`（而且）。
# 先在紙上猜：下面這一格會留下哪幾列？

# %% [markdown] lang="en"
# You can also put the question itself in the brackets. To compare sizes there are `>`, `<`, `>=` (greater than or equal to) and `<=`. If two conditions must both hold, put each in round
# brackets and `&`, “and”, between them. On paper first: which rows will the next cell keep?

# %% name="filter_two"
rk.pretty(orders[(orders["customer"] == "C1") & (orders["amount"] >= 500)])

# %% [markdown] lang="zh-TW"
# 在帳冊上：政府機關有幾位？`len(...)` 數有幾列。

# %% [markdown] lang="en"
# On the books: how many government offices are there? `len(...)` counts rows.

# %% name="filter_books"
len(customers[customers["industry"] == "government"])

# %% name="claim_filter" claims=true
assert len(customers[customers["industry"] == "government"]) == 22
assert (orders["customer"] == "C1").sum() == 3

# %% [markdown] lang="zh-TW"
# 320 位裡有 22 位。
#
# > **試一試　0.a**　小店有幾張訂單在 500 元以上（含 500）？先在紙上數，再把 `...` 換成一行程式。卡住就另開一格執行 `hint("0.a")`。

# %% [markdown] lang="en"
# There are 22 of them among the 320.
#
# > **Try it: 0.a.** How many of the shop’s orders come to 500 or more (500 counts)? Count on paper, then replace the `...` with one
# > line of code. If you are stuck, run `hint("0.a")` in a new cell.

# %% name="try_a"
large_orders = ...
check("0.a", large_orders)

# %% [markdown] lang="zh-TW"
# ## {section sort}　排序
#
# 先在紙上：依金額由高到低，前三列是哪三張？
#
# `sort_values` 本來由小排到大；`ascending=False` 的意思是「不要由小到大」。後面接 `.head(3)`，就只看前三列。

# %% [markdown] lang="en"
# ## {section sort} Sort
#
# On paper first: from the highest amount down, which three rows come first?
#
# `sort_values` goes from small to large; `ascending=False` says “not from small to large”. With `.head(3)` behind it, only the first
# three rows are shown.

# %% name="sort"
rk.pretty(orders.sort_values("amount", ascending=False).head(3))

# %% [markdown] lang="zh-TW"
# 列的編號也跟著換了位置：排序的時候，整列一起移動，金額不會錯接到別人的訂單上。在帳冊上，營收最高的五位：

# %% [markdown] lang="en"
# The row numbers have moved with their rows: a row stays together. On the books, the five with the highest revenue:

# %% name="sort_books"
by_revenue = customers.sort_values("revenue", ascending=False)
rk.pretty(by_revenue[["industry", "revenue", "profit"]].head())

# %% [markdown] lang="zh-TW"
# 只要名單、不要整張表，就取索引：`by_revenue.head().index` 是這五位的客戶編號。
#
# > **試一試　0.b**　利潤**最低**的五位是誰？最低的排第一，把編號放進 `lowest_five`。

# %% [markdown] lang="en"
# To have just the list and not the table, take the index: `by_revenue.head().index` is these five customers’ numbers.
#
# > **Try it: 0.b.** Who are the five with the **lowest** profit? Put their numbers, the lowest first, into `lowest_five`.

# %% name="try_b"
lowest_five = ...
check("0.b", lowest_five)

# %% [markdown] lang="zh-TW"
# ## {section count}　數
#
# 先在紙上：每位客戶下了幾張訂單？畫「正」字就好。
#
# `value_counts()` 數一欄裡每一種內容各出現幾次，多的在前。

# %% [markdown] lang="en"
# ## {section count} Count
#
# On paper first: how many orders did each customer place? Tally marks will do.
#
# `value_counts()` counts how often each value appears in a column, the most frequent first.

# %% name="count"
orders["customer"].value_counts()

# %% [markdown] lang="zh-TW"
# 還有一種數法：電腦把 `True` 當 1、`False` 當 0，所以對一欄是非題用 `.sum()`，數到的是有幾個「是」；用 `.mean()`，得到的是「是」**占**多少。
# 帳冊上，賠錢的客戶（利潤低於 0）有幾位、占多少？

# %% [markdown] lang="en"
# There is another way to count. To the computer `True` is 1 and `False` is 0, so of a column of yes and no, `.sum()` is how many
# say yes, and `.mean()` is what **share** of them do. On the books: how many customers lose us money (profit below 0), and what share is
# that?

# %% name="count_books"
loses_money = customers["profit"] < 0
print(loses_money.sum(), loses_money.mean())

# %% name="claim_count" claims=true
assert loses_money.sum() == 18
assert round(loses_money.mean(), 2) == 0.06
assert orders["customer"].value_counts().tolist() == [3, 2, 1, 1]

# %% [markdown] lang="zh-TW"
# 18 位，占 0.056…，也就是大約 6%。

# %% [markdown] lang="en"
# Eighteen, and 0.056…, which is about 6%.

# %% [markdown] lang="zh-TW"
# ## {section group}　分組
#
# 先在紙上：每位客戶**一共**花了多少？做法是把同一位客戶的列圈在一起，每一圈各加一次。
#
# | 客戶 | 這一圈的金額 | 合計 |
# |---|---|---|
# | C1 | 500、300、700 | ？ |
# | C2 | 1200、600 | ？ |
# | C3 | 600 | ？ |
# | C4 | 1700 | ？ |
#
# `groupby("customer")` 就是圈起來，`["amount"]` 是要算的欄，`.sum()` 是每一圈各加一次：

# %% [markdown] lang="en"
# ## {section group} Group
#
# On paper first: how much did each customer spend **in all**? Draw a ring round the rows of one customer, and add up
# once for each ring.
#
# | customer | amounts in the ring | total |
# |---|---|---|
# | C1 | 500, 300, 700 | ? |
# | C2 | 1200, 600 | ? |
# | C3 | 600 | ? |
# | C4 | 1700 | ? |
#
# `groupby("customer")` draws the rings, `["amount"]` is the column to work on, and `.sum()` adds up once a ring:

# %% name="group"
spent = orders.groupby("customer")["amount"].sum()
spent

# %% [markdown] lang="zh-TW"
# 七列變成四列，一位客戶一列。來得最勤的 C1，花的錢只排第三；只來過一次的 C4 排第二。
# 「來幾次」和「花多少」是兩件事，這門課會一直遇到。
#
# 在帳冊上：每個區域的營收各是多少？

# %% [markdown] lang="en"
# Seven rows have become four, one for each customer. C1, who comes most often, is only third by money; C4, who came
# once, is second. How often and how much are two different things, and the course will meet them again and again.
#
# On the books: how much revenue does each region bring?

# %% name="group_books"
customers.groupby("region")["revenue"].sum()

# %% name="claim_group" claims=true
assert spent.to_dict() == {"C1": 1500, "C2": 1800, "C3": 600, "C4": 1700}
assert spent.rank(ascending=False)[["C1", "C4"]].tolist() == [3, 2]
assert customers.groupby("region")["revenue"].sum().idxmax() == "south"

# %% [markdown] lang="zh-TW"
# 南區（`south`）最多，東區（`east`）最少。（`north` 北、`central` 中。）
#
# > **試一試　0.c**　依產業（`industry`）分組，一位客戶的**利潤平均**是多少？放進 `mean_profit`，不要四捨五入。

# %% [markdown] lang="en"
# The south brings most, the east least.
#
# > **Try it: 0.c.** Group by `industry`: what is the **mean profit** of a customer in each? Put it into `mean_profit`, not rounded.

# %% name="try_c"
mean_profit = ...
check("0.c", mean_profit)

# %% [markdown] lang="zh-TW"
# ## {section draw}　畫出來
#
# 先在紙上：替四位客戶各畫一根直條，高度是花的錢。哪一根最高？
#
# `plt.bar(名字, 高度)` 畫直條，`plt.ylabel` 寫上縱軸的單位；最後一行 `rk.show(plt.gca())` 把畫好的圖（`gca` 是「現在這張圖」）拿出來看，並附上一句說明。

# %% [markdown] lang="en"
# ## {section draw} Draw
#
# On paper first: draw an upright bar for each of the four customers, as high as what they spent. Which is the highest?
#
# `plt.bar(names, heights)` draws the bars, and `plt.ylabel` writes the unit beside the upright axis. The last line, `rk.show(plt.gca())`,
# shows the picture (`gca` means “the one being drawn”) with a sentence in words.

# %% name="draw"
plt.bar(spent.index, spent)
plt.ylabel(rk.label("plot.money"))
rk.show(plt.gca())

# %% [markdown] lang="zh-TW"
# （`rk.label` 取出你的語言的單位；自己寫 `plt.ylabel("元")` 也一樣。）
#
# > **試一試**　這張圖還缺一個標題。標題要說出**看到的事**，不是「直條圖」三個字。在 `plt.ylabel` 下面加一行 `plt.title("……")`，寫一句給店長看的話；
# > 再把第一行的 `spent` 換成上一節各區域的營收，畫一張旭東的圖。

# %% [markdown] lang="en"
# (`rk.label` fetches the unit in your language; `plt.ylabel("NT$")` would do as well.)
#
# > **Try it.** The picture still lacks a title. A title says **what there is to see**, not “bar chart”. Below `plt.ylabel` add a line
# > `plt.title("…")` with a sentence for the shopkeeper. Then put the revenue of each region in place of `spent`, and draw Xudong’s.

# %% [markdown] lang="zh-TW"
# <details><summary>畫好了再打開</summary>
#
# ```python
# by_region = customers.groupby("region")["revenue"].sum()
# plt.bar(by_region.index, by_region)
# plt.ylabel("元")
# plt.title("南區的營收是東區的 14 倍以上")
# rk.show(plt.gca())
# ```
#
# </details>
#
# ## {section join}　合併
#
# 店裡另外有一張客戶名單，五位都在上面，索引是客戶編號：

# %% [markdown] lang="en"
# <details><summary>Draw first, then open this</summary>
#
# ```python
# by_region = customers.groupby("region")["revenue"].sum()
# plt.bar(by_region.index, by_region)
# plt.ylabel("NT$")
# plt.title("The south brings more than 14 times the revenue of the east")
# rk.show(plt.gca())
# ```
#
# </details>
#
# ## {section join} Join
#
# The shop also has a list of its customers, with all five of them on it. The index is the customer number:

# %% name="people"
people = pd.DataFrame(
    {"industry": ["school", "retail", "school", "technology", "hospitality"]},
    index=["C1", "C2", "C3", "C4", "C5"],
)
rk.pretty(people)

# %% name="claim_draw" claims=true
by_region_told = customers.groupby("region")["revenue"].sum()
assert 14 < by_region_told["south"] / by_region_told["east"] < 15

# %% [markdown] lang="zh-TW"
# 先在紙上：在名單右邊加一欄，抄上每個人花的錢。C5 那一格要寫什麼？
#
# `甲.join(乙)` 就是這樣抄：名單 `people` 的每一列都留著，`spent` 照客戶編號對過來。

# %% [markdown] lang="en"
# On paper first: add a column to the right of the list and copy what each of them spent. What do you write for C5?
#
# `one.join(other)` copies in just that way: every row of `people` stays, and `spent` is matched by customer number.

# %% name="join"
joined = people.join(spent)
rk.pretty(joined)

# %% [markdown] lang="zh-TW"
# C5 那一格是空白：名單上有他，訂單裡沒有他。空白和 0 不一樣，空白是「沒有資料」。
# 這裡我們確定他沒買，所以可以用 `fillna(0)` 把空白補成 0：`people.join(spent).fillna(0)`。
#
# 在帳冊上：320 位客戶裡，有幾位一整年**沒有人聯絡過**？先數每位客戶有幾次聯絡，再接到客戶表上；`.isna()` 問「是空白嗎？」。

# %% [markdown] lang="en"
# The cell for C5 is blank: on the list, but not among the orders. Blank is not 0; it says “nothing known”. Here we do know that C5 bought
# nothing, so `people.join(spent).fillna(0)` could fill the blank with 0.
#
# On the books: how many of the 320 customers were **contacted by nobody** all year? Count the contacts of each customer, then join them
# to the customers; `.isna()` asks “is it blank?”

# %% name="join_books"
contacts = rk.load_table(rk.data_file("聯絡記錄.csv"))
contact_count = contacts["customer"].value_counts()
with_contacts = customers.join(contact_count)
print(with_contacts["count"].isna().sum())

# %% name="claim_join" claims=true
assert joined["amount"].isna().tolist() == [False] * 4 + [True]
assert with_contacts["count"].isna().sum() == 30

# %% [markdown] lang="zh-TW"
# 30 位。（`value_counts` 數出來的那一欄叫 `count`。）要是只看聯絡記錄，這 30 位根本不會出現：**沒有的人，要從名單找。**

# %% [markdown] lang="en"
# Thirty. (The column that `value_counts` makes is called `count`.) In the contacts alone these 30 would never have shown up: **to find who is
# missing, start from the list of everybody.**

# %% [markdown] lang="zh-TW"
# ## {section dates}　算天數
#
# 今天是 2021 年 4 月 1 日。先在紙上：C4 最後一次買是 3 月 30 日，到今天幾天？C1 呢？
#
# 我們打進去的日期還只是文字，`pd.to_datetime` 把它變成真的日期，`assign` 做出一份換過那一欄的新表；今天也寫成日期 `pd.Timestamp`。
# 日期也能分組：`.max()` 取每位客戶**最晚**的一天。（`to_frame` 把一欄變回一張表，好讓 `rk.pretty` 印出來。）

# %% [markdown] lang="en"
# ## {section dates} Count days
#
# Today is 1 April 2021. On paper first: C4 last bought on 30 March. How many days ago is that? And C1?
#
# The dates we typed are only text so far. `pd.to_datetime` makes real dates of them, and `assign` makes a copy of the table with that
# column changed. Today is written as a `pd.Timestamp`. Dates can be grouped too: `.max()` takes the **latest** day of each customer.
# (`to_frame` makes a table of one column, so that `rk.pretty` can show it.)

# %% name="last_day"
TODAY = pd.Timestamp("2021-04-01")
orders = orders.assign(date=pd.to_datetime(orders["date"]))
last_day = orders.groupby("customer")["date"].max()
rk.pretty(last_day.to_frame())

# %% [markdown] lang="zh-TW"
# 今天減掉一個日期，是一段時間；`.dt.days` 把它變成天數。

# %% [markdown] lang="en"
# Today less a date is a length of time; `.dt.days` turns it into days.

# %% name="days_ago"
days_ago = (TODAY - last_day).dt.days
days_ago

# %% name="claim_dates" claims=true
from rfmkit.classroom.questions.ch00 import ORDERS

assert days_ago.to_dict() == {"C1": 8, "C2": 12, "C3": 20, "C4": 2}
assert orders["amount"].tolist() == ORDERS["amount"].tolist()
assert orders["date"].tolist() == ORDERS["date"].tolist()
assert orders["customer"].tolist() == ORDERS["customer"].tolist()

# %% [markdown] lang="zh-TW"
# 3 月 30 日到 4 月 1 日，兩天。第 5 章會把這個數字叫做 R。
#
# > **試一試　0.d**　客戶表的 `opened` 是每位客戶**第一次**向旭東買東西的日子，已經是真的日期。到今天為止，認識不超過 365 天的客戶有幾位？

# %% [markdown] lang="en"
# From 30 March to 1 April is two days. Chapter 5 will call this number R.
#
# > **Try it: 0.d.** The column `opened` of the customers is the day of each one’s **first order ever**, and it is a real date already.
# > How many customers have known us for no more than 365 days?

# %% name="try_d"
new_customers = ...
check("0.d", new_customers)

# %% [markdown] lang="zh-TW"
# ## 你已經會的動作
#
# | 動作 | 寫法 |
# |---|---|
# | 挑欄 | `表["欄"]`、`表[["欄一", "欄二"]]` |
# | 加總、平均 | `.sum()`、`.mean()`、`.max()` |
# | 篩選 | `表[條件]`、`(條件一) & (條件二)`、`len(...)` |
# | 排序 | `表.sort_values("欄", ascending=False)`、`.head(5)`、`.index` |
# | 數 | `表["欄"].value_counts()`、是非題的 `.sum()` 與 `.mean()` |
# | 分組 | `表.groupby("欄一")["欄二"].sum()` |
# | 畫圖 | `plt.bar(名字, 高度)`、`plt.title("……")` |
# | 合併 | `名單.join(另一張)`、`.isna()`、`.fillna(0)` |
# | 天數 | `pd.to_datetime(...)`、`(TODAY - 日期).dt.days` |
#
# 表格的事，大半就是這幾個動作排列組合。忘了就回來查。
#
# ## 接下來
#
# 打開[第 1 章](01_concepts.ipynb)，用這些動作回答經理的第一個問題。

# %% [markdown] lang="en"
# ## The verbs you have now
#
# | verb | how to write it |
# |---|---|
# | select | `table["column"]`, `table[["one", "two"]]` |
# | add up, average | `.sum()`, `.mean()`, `.max()` |
# | filter | `table[condition]`, `(one) & (other)`, `len(...)` |
# | sort | `table.sort_values("column", ascending=False)`, `.head(5)`, `.index` |
# | count | `table["column"].value_counts()`; of yes and no, `.sum()` and `.mean()` |
# | group | `table.groupby("one")["other"].sum()` |
# | draw | `plt.bar(names, heights)`, `plt.title("…")` |
# | join | `everybody.join(other)`, `.isna()`, `.fillna(0)` |
# | count days | `pd.to_datetime(...)`, `(TODAY - dates).dt.days` |
#
# Most of what one does with tables is some combination of these. Come back here when you have forgotten one.
#
# ## Next
#
# Open [chapter 1](01_concepts.ipynb), and answer the manager’s first question with them.
