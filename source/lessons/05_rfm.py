# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="zh-TW"
# # 第 5 章　一整年的 RFM
#
# [English edition](../en/05_rfm.ipynb)
#
# > **學完這一章，你能夠**
# > 1. 從一年的交易算出每位客戶的 R、F、M，並說清楚三個數字各怎麼定義
# > 2. 把客戶分成表 5-2 的八類，並用任何一套門檻重分一次
# > 3. 替 R、F、M 打 1 到 5 分，說明分數相同的人怎麼辦、125 格為什麼太多
# > 4. 用「幾位客戶換類別」衡量門檻和常見錯誤的代價
# > 5. 用後來發生的事檢驗分類，看出「很久沒來」不等於「走了」
# >
# > 閱讀與試做 {minutes} 分鐘，分兩次讀：{minutes 1} 分鐘、{minutes 2} 分鐘（第 {section reference} 節備查，不算在內）；[練習](../../exercises/zh-TW/05_rfm.ipynb)另計。
# > 先做過[從這裡開始](00_start.ipynb)和[第 1 章](01_concepts.ipynb)就夠了。
# > 資料：`data/年度交易.csv`、`data/客戶年報.csv`，[欄位說明](../../data/README.md)。

# %% [markdown] lang="en"
# # Chapter 5: a year of RFM
#
# [中文版](../zh-TW/05_rfm.ipynb)
#
# > **After this chapter you can**
# > 1. compute R, F and M of every customer from a year of orders, and say how each is defined
# > 2. put customers into the eight classes of table 5-2, and do it again with any other cuts
# > 3. score R, F and M from 1 to 5, say what happens to equal customers, and why 125 cells are too many
# > 4. measure what a cut or a common mistake costs, in customers who change class
# > 5. test the classes on what happened next, and see when “has not bought for a long time” does not mean “gone”
# >
# > {minutes} minutes to read and try, in two sittings of {minutes 1} and {minutes 2} (section {section reference}, for
# > reference, is not counted), and an [exercise](../../exercises/en/05_rfm.ipynb). All you need is
# > [Start here](00_start.ipynb) and [chapter 1](01_concepts.ipynb). Data: `data/年度交易.csv` (the year’s orders)
# > and `data/客戶年報.csv` (the customers), [what their columns mean](../../data/README.md).

# %% [markdown] lang="zh-TW"
# ## 經理的問題
#
# 付款記錄、問卷、業務員的預測，經理都看過了。他把表格推到一邊：
#
# > 先別管大家怎麼說。看他們**怎麼買**，320 位客戶各是什麼樣的人？
#
# 怎麼買，可以問三件事：最近一次什麼時候來（R）、多常來（F）、花了多少錢（M）。這個辦法出身於型錄郵購：
# 每寄一本型錄都要印刷費和郵資，寄給誰才划算？老手發現，看過去怎麼買，比看年齡、住址準。
# 後來 Arthur Hughes 把它寫成一套人人會做的步驟：每項打 1 到 5 分，5 × 5 × 5，一共 125 格。
# 這套教材跟著教科書《客戶關係管理》第 5 章走，以下叫它**課本**；課本只分高低，得到八類。
#
# > **這一章裡，教材自己訂的事**　高低的門檻課本沒有給：先用平均數，站在門檻上的人算高，同分的人給同樣的分數。
# > 課本投影片講 RFM 概念的那一頁誤貼了「客戶」的定義，R、F、M 照後文的寫法。
#
# **先猜再算。** 把 320 位客戶放進 125 格，你猜有幾格**至少有一位客戶**？把 `None` 換成你猜的數字，第 {section fifths} 節對答案。

# %% [markdown] lang="en"
# ## The manager’s question
#
# The manager has seen the payment records, the survey and the salespeople’s forecasts. He pushes the forms
# aside:
#
# > Never mind what anybody says. Look at how they **buy**: what kind of customers are these 320?
#
# You can ask three things about buying: how recently (R, *recency*), how often (F, *frequency*), and for how much
# money (M, *monetary*). The idea comes from mail-order catalogues. Every catalogue costs print and postage, so who
# is worth one? The trade found that past buying tells more than age or address. Later Arthur Hughes turned this
# into steps that anybody can follow: score each of the three from 1 to 5, and 5 × 5 × 5 makes 125 **cells**. The kit
# follows chapter 5 of a Chinese textbook on customer relationship management, **the textbook** from here on, which only
# divides high from low and so gets eight classes.
#
# > **What the kit decided in this chapter.** The textbook gives no cut between high and low: we begin with the mean, a
# > customer on the cut is high, and equal customers get equal scores. Where its slides should define RFM they repeat the
# > definition of “customer” by mistake; R, F and M follow the lines after it.
#
# **Guess before you compute.** Put 320 customers into 125 cells: how many of the cells hold **at least one
# customer**? Replace the `None` with your number. Section {section fifths} has the answer.

# %% name="guess"
my_guess = None

# %% name="setup"
import pandas as pd
import seaborn as sns

import rfmkit as rk
from rfmkit.classroom import check, hint

rk.use_language("zh-TW")
rk.use_style()

TODAY = pd.Timestamp("2021-04-01")

# %% [markdown] lang="zh-TW"
# ## {section three_numbers}　三個數字，一字一句說清楚
#
# 讀進一年的交易，一列是一張訂單裡的一個品項。這份帳冊財務部整理過，`clean_transactions` 只要把文字變成日期和數字，
# 每一列都採用。髒的帳冊怎麼整理，第 6 章再說。

# %% [markdown] lang="en"
# ## {section three_numbers} Three numbers, defined word by word
#
# Read the year’s orders: one row is one line of an order. Finance has cleaned this ledger already, so
# `clean_transactions` only has to turn text into dates and numbers, and no row is left out (chapter 6 has a dirty
# one). Then pick out one customer:

# %% name="read_year"
ledger = rk.load_transactions(rk.data_file("年度交易.csv"))
clean, left_out = rk.clean_transactions(ledger, today=TODAY)
one = clean[clean["customer"] == "C005"]
rk.pretty(one[["date", "order", "line", "product", "quantity", "amount", "status"]])

# %% name="claim_read_year" claims=true
assert (len(clean), len(left_out)) == (7105, 0)

# %% [markdown] lang="zh-TW"
# > **怎麼讀這段程式**　`表["欄"]` 取一欄。`==` 逐列問「是不是」，`表[條件]` 只留下「是」的列；`表[["欄", "欄"]]` 取好幾欄。
# > `rk.pretty` 只是印得好看，程式裡用英文欄名；`rk.use_style()` 讓你自己畫的圖也能顯示中文。
#
# 上面是 C005 的一整年。動筆算算看，每個定義都有容易弄錯的地方。
#
# - **R**：最後一次**購買**到今天（4 月 1 日）幾天？退貨不是購買。
# - **F**：期間內買了幾**次**？一張訂單算一次，不管幾個品項。
# - **M**：期間內的**總**金額，退貨要扣。也有公司用每張訂單的**平均**金額，所以報告裡要寫明是哪一種。

# %% [markdown] lang="en"
# > **Reading the code.** `table["column"]` picks a column. `==` asks every row yes or no, and `table[condition]`
# > keeps the rows with yes; `table[["one", "two"]]` picks several columns. `rk.pretty` only makes a table
# > readable; in code, the columns are `date`, `order`, `amount` and so on. `rk.use_style()` gives figures the kit’s look.
#
# This is customer C005’s whole year. Work out three numbers on paper; in each there is something easy to get
# wrong.
#
# - **R**: how many days from the last **purchase** to today, 1 April? A return is no purchase.
# - **F**: how many **times** in the period? An order counts once, however many lines it has.
# - **M**: the **total** spend in the period, less returns. Some firms take the **mean** per order instead,
#   so a report must say which.

# %% name="one_by_hand"
bought = one[one["amount"] > 0]
recency_days = (TODAY - bought["date"].max()).days
frequency = bought["order"].nunique()
monetary = one["amount"].sum()
print(recency_days, frequency, monetary, monetary / frequency)

# %% name="claim_one_by_hand" claims=true
assert (recency_days, frequency, monetary) == (55, 3, 17_005)

# %% [markdown] lang="zh-TW"
# 四個數字是 R 55 天、F 3 次、M 17,005 元，以及每張訂單平均約 5,668 元。`.max()` 取最晚的日期，`.days` 把一段時間換成天數，
# `.nunique()` 數有幾個**不同**的訂單編號，`.sum()` 加總。
#
# 320 位一起算：`groupby("customer")` 把同一位客戶的列放在一起，`.agg` 說每一組要算什麼。

# %% [markdown] lang="en"
# R is 55 days, F is 3, M is NT$17,005; the mean order is 17,005 ÷ 3, about NT$5,668. `.max()` takes the
# latest date, `.days` turns a length of time into days, `.nunique()` counts the **different** order numbers,
# `.sum()` adds up.
#
# Now all 320 together: `groupby("customer")` puts each customer’s rows together, and `.agg` says what
# to compute for each customer.

# %% name="rfm_by_hand"
purchases = clean[clean["amount"] > 0]
by_hand = purchases.groupby("customer").agg(
    last=("date", "max"), frequency=("order", "nunique")
)
by_hand["recency_days"] = (TODAY - by_hand["last"]).dt.days
by_hand["monetary"] = clean.groupby("customer")["amount"].sum()
by_hand.head(3)

# %% [markdown] lang="zh-TW"
# `last=("date", "max")` 的意思是：新欄位叫 `last`，內容是 `date` 的最大值。整欄日期相減時，`.days` 前面要加 `.dt`。
#
# 套件的 `rfm_table` 算出一樣的三欄，和財務部的客戶年報對帳，營收和訂單數每一位都吻合。F 怎麼分布？自己畫一張：
#
# > **怎麼讀這段程式**　seaborn 是畫統計圖的套件，習慣叫 `sns`，一行畫一張直方圖；`bins=range(1, 111, 5)` 讓每 5 次一根。`f"…{數字:.0f}…"` 把數字寫進文字，`.0f` 是不要小數；`set_title`、`set_xlabel`、`set_ylabel` 寫標題和兩軸的名稱。`rk.label` 取出你這個語言的名稱；
# > `rk.show(ax, words=…)` 把圖放上來，附一句話給看不到圖的人。

# %% [markdown] lang="en"
# `last=("date", "max")` means: a new column `last`, holding the latest `date`. For a whole column of dates,
# `.days` needs `.dt` in front.
#
# The package’s `rfm_table` gives the same three columns, and Finance’s own figures, revenue and number of orders, agree
# for every customer. How is F spread? Draw it yourself:
#
# > **Reading the code.** seaborn, usually called `sns`, draws statistical figures, a histogram in one line; `bins=range(1, 111, 5)`
# > makes a bar for every 5 orders. In `f"…{…:.0f}"` the number in the braces is filled in, without decimals; `set_title`, `set_xlabel` and `set_ylabel` write the title and name the axes. `rk.label` looks up a name in your language; `rk.show(ax, words=…)` shows the figure, with a
# > sentence for those who cannot see it.

# %% name="rfm"
rfm = rk.rfm_table(clean, today=TODAY, order="order")
customers = rk.load_table(rk.data_file("客戶年報.csv"), index="customer")
ax = sns.histplot(rfm["frequency"], bins=range(1, 111, 5))
ax.set_title(f"{rk.label('column.median')} {rfm['frequency'].median():.0f}")
ax.set_xlabel(rk.label("column.frequency"))
ax.set_ylabel(rk.label("column.customers"))
words = {
    "zh-TW": "直方圖：一年的購買次數。多數客戶不到 10 次，最多的 103 次。",
    "en": "Histogram: orders in the year. Most customers have fewer than 10, the most is 103.",
}
rk.show(ax, words=words)

# %% [markdown] lang="zh-TW"
# 多數人擠在左邊，最多的 103 次遠在右邊。`rk.plot_rfm_histograms` 一次畫三項，並標出平均數和中位數：

# %% [markdown] lang="en"
# Most customers are crowded on the left, and the most frequent, with 103 orders, is far out on the right.
# `rk.plot_rfm_histograms` draws all three, with mean and median:

# %% name="histograms"
rk.show(rk.plot_rfm_histograms(rfm)[0])

# %% name="claim_rfm" claims=true
assert (rfm == by_hand[rfm.columns]).all(axis=None)
assert (rfm["monetary"] == customers["revenue"]).all()
assert (rfm["frequency"] == customers["order_count"]).all()

# %% [markdown] lang="zh-TW"
# 三張圖說的是同一件事：少數客戶把平均數拉得很高。排在正中間的客戶（中位數）一年買 6 次、花 8,590 元、64 天前來過，
# 平均數卻是 9.8 次、28,858 元、101 天。
#
# > **試一試　5.a**　有幾位客戶**超過 120 天**沒來？比較用 `>`；一串 `True`、`False` 加上 `.sum()` 就是數 `True` 的個數。
# > 把 `...` 換成一行程式，卡住就另開一格執行 `hint("5.a")`。

# %% [markdown] lang="en"
# All three pictures say one thing: most customers buy little and seldom, and a few pull the mean far up. The
# middle customer (the median) buys 6 times a year, and spends NT$8,590; the means are 9.8 times and NT$28,858.
#
# > **Try it: 5.a.** How many customers have not bought for **more than 120 days**? `>` compares, and `.sum()` on
# > a column of `True` and `False` counts the `True`s. Replace the `...` with one line of code; if you are stuck,
# > run `hint("5.a")` in a new cell.

# %% name="try_a"
n_silent = ...
check("5.a", n_silent)

# %% name="facts_of_rfm" claims=true
# The kit checking itself.
assert rfm.median().tolist() == [64, 6, 8590]
assert [round(value, 1) for value in rfm.mean()] == [100.6, 9.8, 28857.7]

# %% [markdown] lang="zh-TW"
# ## {section eight_classes}　高低各一，八個類別
#
# 每個指標只分高和低，就有 2 × 2 × 2 = 8 類。「高」永遠是**好**：F、M 多是高，R 的天數**少**才是高。
# 分開高低的數字叫**門檻**。先用最常見的平均數，第 {section four_thresholds} 節會換掉它。
#
# > **怎麼讀這段程式**　四個函式接力：`rfm_cuts` 算三個門檻，`high_low` 比出高低，`rfm_class` 取類別的名字，`class_summary` 數人數和金額。
# > 比的時候只有 R 用 `<=`（小於或等於），F、M 用 `>=`。`.assign` 替表多加一欄；`[… for code in …]` 把代碼一個一個拿出來，查它的策略。

# %% [markdown] lang="en"
# ## {section eight_classes} High or low, eight classes
#
# Split each measure in two, and there are 2 × 2 × 2 = 8 classes. “High” always means **good**: many purchases,
# much money, but **few** days. The value that divides high from low is the **cut**. We start with
# the mean, the commonest; section {section four_thresholds} tries others.
#
# > **Reading the code.** Four functions work in turn: `rfm_cuts` computes the three cuts, `high_low` compares, `rfm_class` names the
# > class, and `class_summary` counts customers and money. When comparing, only R takes `<=`, less than or equal; F and M take `>=`.

# %% name="classes"
cuts = rk.rfm_cuts(rfm)
levels = rk.high_low(rfm, cuts=cuts)
tier = rk.rfm_class(levels)
summary = rk.class_summary(rfm, tier)
plan = summary.assign(strategy=[rk.strategy(code) for code in summary.index])
rk.pretty(plan[["triple", "customers", "revenue_share", "strategy"]])

# %% name="claim_classes" claims=true
assert (levels["R"] == (rfm["recency_days"] <= rfm["recency_days"].mean())).all()
assert (levels["F"] == (rfm["frequency"] >= rfm["frequency"].mean())).all()
assert (levels["M"] == (rfm["monetary"] >= rfm["monetary"].mean())).all()

# %% [markdown] lang="zh-TW"
# 這就是課本的**表 5-2**，加上旭東的人數和營收。讀名字有訣竅：
#
# - M 高叫「重要」，M 低叫「一般」。
# - R、F 都高是「價值」；R 高 F 低是「發展」；R 低 F 高是「保持」；都低是「挽留」。
#
# 名字旁邊**永遠附上 (R, F, M)** 三個 1 或 0。各家程式的叫法不一，有人把「發展」和「保持」對調；看三個數字就不會雞同鴨講。

# %% [markdown] lang="en"
# This is **table 5-2** of the textbook, with Xudong’s customers and money added (the shares are rounded, so they add
# up to 99%). `.assign` adds a column, and `[… for code in …]` takes the codes one at a time to look up each strategy. The names follow a rule:
#
# - M high is *important*, M low is *general*.
# - R and F both high: *value*. R high, F low: *develop*. R low, F high: *keep*. Both low: *win back*.
#
# **Always print the triple (R, F, M)** beside the name, 1 for high and 0 for low. Published code differs, and
# some of it swaps *develop* and *keep*; three digits leave nothing to argue about.

# %% name="scatter"
rk.show(rk.plot_rfm_scatter(rfm, cuts=cuts, classes=tier))

# %% name="claim_scatter" claims=true
assert summary["customers"].tolist() == [49, 9, 3, 6, 45, 89, 9, 110]
assert round(summary.loc["important_value", "revenue_share"], 2) == 0.66

# %% [markdown] lang="zh-TW"
# 右上角 58 位裡，49 位是重要價值客戶：人數占 15%，帶來 66% 的營收。左上角只有 9 位，花得多卻久久沒來，是最該打電話的人。

# %% [markdown] lang="en"
# Most of the money is in the upper right corner: 49 of its 58 customers are *Important: value*. These 49
# are 15% of all customers and bring 66% of the money. The upper left holds only nine, who spent a lot and have been away for a long time: they are the ones
# to call.

# %% [markdown] lang="zh-TW"
# ## {section fifths}　五等份，125 格
#
# 高低兩級會不會太粗？Hughes 的做法是排隊分五等份，每份打 1 到 5 分，5 分最好。pandas 有現成的 `qcut`。
# 先拿三月的 60 位客戶試 F，看看五等份的界線落在哪裡（`.quantile` 找界線，`.tolist()` 印成一行）：

# %% [markdown] lang="en"
# ## {section fifths} Fifths, and 125 cells
#
# Are two levels too coarse? Hughes lines the customers up, divides them into five equal parts (**fifths**), and
# scores the parts from 1 to 5, with 5 the best. pandas has `qcut` for that. Try it on F of the 60 customers who
# bought in March, and see where the edges of the fifths fall (`.quantile` finds them, `.tolist()` prints them on one line):

# %% name="tied_edges"
march = rk.rfm_table(clean[clean["date"] >= "2021-03-01"], today=TODAY, order="order")
edges = march["frequency"].quantile([0, 0.2, 0.4, 0.6, 0.8, 1])
try:
    pd.qcut(march["frequency"], 5)
    worked = True
except ValueError:
    worked = False
print(edges.tolist(), worked)

# %% name="claim_tied_edges" claims=true
assert (edges.tolist(), worked) == ([1, 1, 2, 3, 5, 8], False)

# %% [markdown] lang="zh-TW"
# `try … except` 的意思是：試試看，出錯就改走另一條路。結果是 `False`：`qcut` 拒絕了。原因在界線，就是印出來的六個數字：第一份「從 1 次到 1 次」。
# 買 1 次的人太多，一個五等份裝不完，這叫**同分**（ties）。
#
# 怎麼辦？**相同的人給相同的分數**，寧可每份人數不等。做法是數有幾位比他差，乘以 5、除以總人數、只取整數，再加 1。拿三位客戶的 F 手算：
#
# | 客戶 | F | 比他差的 | 5 × 比他差的 ÷ 320 | 只取整數，加 1 |
# |---|---|---|---|---|
# | C007 | 2 次 | 42 位 | 0.66 | 0 + 1 = **1 分** |
# | C095 | 15 次 | 255 位 | 3.98 | 3 + 1 = **4 分** |
# | C381 | 56 次 | 314 位 | 4.91 | 4 + 1 = **5 分** |
#
# 程式裡 `rank(method="min")` 排名次，同分的人都拿最前面的名次，減 1 就是「比他差的」；`//` 是除完只留整數。`.astype(int)` 去掉小數點。`rk.score` 做同一件事：

# %% [markdown] lang="en"
# `try … except` means: try this, and if it fails, do that. It printed `False`: `qcut` refused. The edges tell
# why: the first fifth runs “from 1 to 1”. More than a fifth bought only once, so both edges are 1. Such equal
# values are called **ties**.
#
# What now? **Equal customers get equal scores**, even if the parts come out unequal. Count how many are worse, times 5,
# divided by all 320; keep the whole number and add 1. By hand for F of three customers:
#
# | customer | F | worse | 5 × worse ÷ 320 | whole number, plus 1 |
# |---|---|---|---|---|
# | C007 | 2 | 42 | 0.66 | 0 + 1 = **1** |
# | C095 | 15 | 255 | 3.98 | 3 + 1 = **4** |
# | C381 | 56 | 314 | 4.91 | 4 + 1 = **5** |
#
# In code `rank(method="min")` ranks, equals all taking the lowest place, and 1 less is how many are worse; `//` divides and
# keeps the whole number. `.astype(int)` prints it without decimals. `rk.score` does the same:

# %% name="scores"
worse = rfm["frequency"].rank(method="min") - 1
f_by_hand = 1 + 5 * worse // 320
scores = pd.DataFrame(
    {
        "R": rk.score(rfm["recency_days"], smaller_is_better=True),
        "F": rk.score(rfm["frequency"]),
        "M": rk.score(rfm["monetary"]),
    }
)
print(f_by_hand[["C007", "C095", "C381"]].astype(int).tolist(), scores.loc[["C007", "C095", "C381"], "F"].tolist())
scores["F"].value_counts().sort_index()

# %% name="claim_scores" claims=true
assert (scores["F"] == f_by_hand).all()
three = ["C007", "C095", "C381"]
assert rfm.loc[three, "frequency"].tolist() == [2, 15, 56]
assert worse[three].tolist() == [42, 255, 314]
assert (5 * worse[three] / 320).round(2).tolist() == [0.66, 3.98, 4.91]
assert f_by_hand[three].tolist() == [1, 4, 5]

# %% [markdown] lang="zh-TW"
# 三位的分數和手算一樣。`value_counts` 數每個分數有幾位，`sort_index` 把它照分數排好。
# F 的五份是 69、59、76、55、61 人，不是整齊的 64，可是同樣次數的客戶一定同分。
#
# 125 格裡有幾格有人？`groupby` 給三欄，就按三個分數的組合分組，`.size()` 數每組幾位：

# %% [markdown] lang="en"
# The three have the scores worked out by hand. `value_counts` counts the rows of each score, and `sort_index` puts them in
# order. The five parts of F hold 69, 59, 76, 55 and 61 customers: not a tidy 64 each, but equal customers have equal scores.
#
# How many of the 125 cells hold anybody? Given three columns, `groupby` makes a group of each combination,
# and `.size()` counts its customers:

# %% name="cells"
cells = scores.groupby(["R", "F", "M"]).size()
print(my_guess, len(cells), cells.max(), (cells == 1).sum())

# %% name="claim_cells" claims=true
assert (len(cells), cells.max(), (cells == 1).sum()) == (92, 21, 33)
assert cells.idxmax() == (1, 1, 1)

# %% name="heatmap"
rk.show(rk.plot_rfm_heatmap(rfm, scores))

# %% name="claim_heatmap" claims=true
best_cell = (scores["R"] == 4) & (scores["F"] == 5)
assert (best_cell.sum(), best_cell["C381"], rfm.loc["C381", "monetary"]) == (16, True, 940_395)
assert round(940_395 / rfm.loc[best_cell, "monetary"].sum(), 2) == 0.42

# %% [markdown] lang="zh-TW"
# 你猜對了嗎（第一個數字是你的猜測）？92 格有人，33 格空著，另有 33 格只有**一位**客戶；人最多的是 (1, 1, 1)，21 位。
# 圖上每格的 n 是人數：左上和右下兩個角落幾乎沒人，最近來的多半也常來，R 和 F 不是兩件獨立的事。
# 顏色最深的 (R4, F5) 只有 16 位，其中 C381 一位就花了 940,395 元：一格人少，一位客戶就能拉高平均。
#
# 誰也不可能為 125 格各寫一套做法，課本也說太複雜。Hughes 在 *Strategic Database Marketing* 裡建議每格約 1,000 位客戶：
# 兩萬筆的名單，最多分 20 格。
# 郵購一百封裡往往只回兩封，一格人太少，回應率就只是運氣。旭東全部才 320 位，照這個標準連一格都湊不滿，分八類已經很細了。

# %% [markdown] lang="en"
# Was your guess, the first number, right? 92 cells hold somebody, 33 are empty, and another 33 hold just **one**
# customer; the fullest is (1, 1, 1) with 21. In the picture (5 × 5 for R and F, with M inside) the customers crowd
# along a diagonal: those who came lately also tend to come often, so R and F are not two independent messages.
# (The darkest square owes 42% of its money to one customer, C381: a mean of 16 people is easily pulled up.)
#
# Nobody can write a plan for each of 125 cells, and the textbook too calls it too complicated. In
# *Strategic Database Marketing*, Hughes advises about 1,000 customers a cell: for a list of 20,000, at most 20
# cells. If two mailings in a hundred are answered, the answers from a small cell are luck. Xudong’s 320 do not fill
# one such cell; eight classes are plenty.

# %% [markdown] lang="zh-TW"
# > **試一試　5.b**　三項都拿 5 分的是哪些客戶？把他們的編號放進 `champions`。
# > `scores == 5` 逐格問，`.all(axis=1)` 看一整列是不是都 `True`；`scores.index[條件]` 給你編號。

# %% [markdown] lang="en"
# > **Try it: 5.b.** Which customers have a 5 in all three of R, F and M? Put their numbers into `champions`.
# > `scores == 5` asks every cell, `.all(axis=1)` asks whether a whole row is `True`, and `scores.index[condition]`
# > gives the customer numbers.

# %% name="try_b"
champions = ...
check("5.b", champions)

# %% [markdown] lang="zh-TW"
# ## {section trap}　陷阱：同事的整齊五等份
#
# `qcut` 碰到同分就可能出錯：一年的 F 湊巧過關，三月的就不行。同事上網找到一個解法：先用 `rank(method="first")` 排名次，再分五等份。
# 程式不再出錯，每份人數也漂亮極了（`labels=` 是各份的分數）：

# %% [markdown] lang="en"
# ## {section trap} A trap: a colleague’s tidy fifths
#
# With ties `qcut` may fail: it did on March’s F, though the year’s F happens to pass. A colleague found a cure on the
# web: rank with `rank(method="first")`, then cut into fifths (`labels=` are their scores). No error any more, and look how even the parts are:

# %% name="trap"
place = rfm["frequency"].rank(method="first")
neat = pd.qcut(place, 5, labels=[1, 2, 3, 4, 5]).astype(int)
print(neat.value_counts().sort_index().tolist())

# %% name="claim_trap" claims=true
assert (neat.value_counts() == 64).all()

# %% [markdown] lang="zh-TW"
# > **停下來想一想**　每份剛好 64 人。不看程式，你能說出哪些客戶可能吃虧嗎？要抽查的話，你會抽誰？
#
# <details><summary>想好了再打開</summary>
#
# 次數相同的客戶有的在界線這邊，有的在那邊。`"first"` 的意思是「排在表格前面的名次小」，而表格是按客戶編號排的：
# 次數相同時，編號小的就拿低分。該抽查的正是**次數相同**的客戶。題目下面那一格抽四位都買 15 次的，再把表格倒過來排，重算一次。
#
# </details>

# %% [markdown] lang="en"
# > **Stop and think.** Exactly 64 in each part, where section {section fifths} had 69, 59, 76, 55 and 61. Which customers may have
# > been treated unfairly? Whom would you check?
#
# <details><summary>Decide first, then open this</summary>
#
# Customers with the same number of orders now stand on both sides of an edge. `"first"` means “whoever is higher up
# in the table gets the lower place”, and the table is sorted by customer number: the smaller number gets the lower
# score. The people to check are those with **equal** values. The cell below the question takes four who all bought
# 15 times, then turns the table upside down (`[::-1]`) and scores again.
#
# </details>

# %% name="trap_revealed"
upside_down = rfm["frequency"][::-1].rank(method="first")
neat_again = pd.qcut(upside_down, 5, labels=[1, 2, 3, 4, 5]).astype(int)
by_chance = int((neat != neat_again[neat.index]).sum())
fifteen = rfm[rfm["frequency"] == 15]
print(by_chance)
rk.pretty(fifteen.assign(F=neat))

# %% name="claim_trap_revealed" claims=true
assert neat[fifteen.index].tolist() == [4, 5, 5, 5]
assert (scores.loc[fifteen.index, "F"] == 4).all()
assert by_chance == 20

# %% [markdown] lang="zh-TW"
# 表的最後一欄是同事的分數。同樣買 15 次，C095 拿 4 分，另外三位拿 5 分；表格倒過來排（`[::-1]`），20 位客戶的分數就變了，沒有人多買或少買一次。
# 分數要對客戶說得出理由，「因為你的編號比較小」不是理由。用 `rk.score`，四位都是 4 分。

# %% [markdown] lang="en"
# All bought 15 times; C095 gets a 4, the other three a 5. With the table upside down, 20 customers change score,
# although nobody placed one order more or less. A score needs a reason that you could give the customer, and
# “your number is smaller” is none. With `rk.score` all four get a 4.

# %% [markdown] lang="zh-TW" stop=true
# **先停在這裡也可以。** 你會算 R、F、M，會分八類，也會打分數了。下一半量門檻和錯誤的代價，再看分類準不準。

# %% [markdown] lang="en" stop=true
# **A good place to stop.** You can compute R, F and M, make eight classes, and score. The second half measures what cuts and
# mistakes cost, and whether the classes were right.

# %% [markdown] lang="zh-TW"
# ## {section four_thresholds}　四種門檻，同一群人
#
# 門檻有好幾種，都有人用：平均數、中位數、分數高於平均分、分數 4 以上。先看它們各讓幾位客戶的 M 算「高」，
# 再看和平均數相比，有幾位換了類別：

# %% [markdown] lang="en"
# ## {section four_thresholds} Four rules, the same people
#
# Several rules for “high” are in use: the mean, the median, scores at or above the mean score, scores of 4 and
# more. By each of them, how many customers have a high M, and how many are in another class than by the mean?

# %% name="rules"
by_rule = {
    "mean": levels,
    "median": rk.high_low(rfm, cuts=rk.rfm_cuts(rfm, method="median")),
    "score_mean": scores >= scores.mean(),
    "score_4": scores >= 4,
}
classes = pd.DataFrame({name: rk.rfm_class(high) for name, high in by_rule.items()})
changed = pd.Series({name: (classes[name] != tier).sum() for name in by_rule})
high_m = pd.Series({name: high["M"].sum() for name, high in by_rule.items()})
rules = pd.DataFrame({"high": high_m, "changed": changed})
rules.index.name = "rule"
rk.pretty(rules)

# %% name="claim_rules" claims=true
assert high_m.tolist() == [67, 160, 192, 128]
assert changed.tolist() == [0, 143, 169, 117]

# %% [markdown] lang="zh-TW"
# > **怎麼讀這段程式**　`{名字: 東西}` 是對照表（字典）；`for name, high in by_rule.items()` 把名字和東西一對一對拿出來。
# > `!=` 是「不等於」；`rules.index.name = …` 替最左邊那一欄取名字。
#
# 「M 高於平均」只有 67 位，占 21%，帶來 78% 的營收；「M 高於中位數」照定義就是一半，160 位。
# 錢的分布愈偏，兩者差得愈遠；旭東的金額這麼偏斜，平均數只挑得出兩成。

# %% [markdown] lang="en"
# > **Reading the code.** `{name: thing}` is a dictionary, and `for name, high in by_rule.items()` takes its pairs of
# > name and thing one after another. `!=` means “is not equal to”; `rules.index.name = …` names the column on the left.
#
# Only 67 customers, 21%, reach the mean of M, and they bring 78% of the money. The median is reached by half of them,
# 160: that is what a median is. With amounts as lopsided as these, the mean picks only about a fifth.

# %% name="shift"
high_share = rfm.loc[levels["M"], "monetary"].sum() / rfm["monetary"].sum()
print(round(high_share, 2))
rk.show(rk.plot_class_shift(tier, classes["median"]))

# %% name="claim_shift" claims=true
assert (round(high_share, 2), round(67 / 320, 2)) == (0.78, 0.21)

# %% [markdown] lang="zh-TW"
# 從平均數換成中位數，重要價值客戶從 49 位變成 88 位，「重要保持」從 3 位變成 35 位：他們什麼也沒做，就有 143 位換了類別。
# 四種門檻都分到同一類的，320 位裡只有 121 位。
#
# 還有第五種：公司自訂的數字。好處是業務員一聽就懂，而且明年不會跟著資料漂移。
#
# > **試一試　5.c**　經理說：「兩個月內來過、平均一個月至少來一次、一年至少花三萬，才算高。」也就是 R 60 天、F 12 次、M 30,000 元，
# > 剛好在門檻上都算高。照這套門檻重新分八類，放進 `house`。
# > 自訂門檻寫成 `{"recency_days": ..., "frequency": ..., "monetary": ...}`，交給 `rk.high_low` 的 `cuts`。

# %% [markdown] lang="en"
# From mean to median, *Important: value* grows from 49 to 88 customers and *Important: keep* from 3 to 35. In all
# 143 customers change class without having done a thing. Only 121 are in the same class by all four rules.
#
# There is a fifth rule: numbers of the firm’s own. Salespeople grasp them at once, and they do not drift with next
# year’s data.
#
# > **Try it: 5.c.** The manager says: “High means bought within two months, at least once a month on average, and
# > at least thirty thousand a year.” That is R 60 days, F 12 orders, M NT$30,000, and a customer on the cut is high.
# > Put the customers into the eight classes by these cuts, and the result into `house`. Cuts of your own are written
# > `{"recency_days": ..., "frequency": ..., "monetary": ...}` and go to `rk.high_low` as its `cuts`.

# %% name="try_c"
house = ...
check("5.c", house)

# %% [markdown] lang="zh-TW"
# 接著自己動手：下面三個滑桿是 R、F、M 的門檻，一開始停在平均數；橫條是各類的營收占比，菱形是人數占比。把 **M 往左**拉到 8,590（中位數），看「重要」四類的橫條和菱形靠攏多少；
# 再把 **R 往左**拉到 30 天，看人從「價值」流到哪一類。網頁上不能動的話，下面有一張不動的圖，是平均數的樣子。

# %% [markdown] lang="en"
# Now move the cuts yourself. The three sliders are the cuts of R, F and M, and start at the means. In the figure a
# bar is a class’s share of the money, a diamond its share of the customers. Drag **M to the left**, to 8,590, the
# median: what happens to the diamonds of the four important classes? Then drag **R to the left**, to 30 days:
# into which class do the customers of *value* go? Where sliders cannot move, the still picture below shows the means.

# %% name="slider" tags=["nbval-ignore-output"]
rk.explore_rfm(rfm)

# %% name="still"
same_class = classes.astype(str).nunique(axis=1) == 1
always_value = same_class & (tier == "important_value")
always_share = rfm.loc[always_value, "monetary"].sum() / rfm["monetary"].sum()
print(same_class.sum(), always_value.sum(), round(always_share, 2))
rk.show(rk.plot_rfm_classes(rfm, tier))

# %% name="claim_still" claims=true
assert (same_class.sum(), always_value.sum(), round(always_share, 2)) == (121, 38, 0.51)

# %% [markdown] lang="zh-TW"
# 用平均數，橫條遠遠超過菱形的只有重要價值這一類，經理一眼就知道錢在哪裡。（R 縮到 30 天，「價值」的人會流到「保持」。）
# 上面三個數字：四種門檻都分到同一類的有 121 位；其中 38 位是重要價值客戶，帶來 51% 的營收。不管怎麼量都在最上層的人，最不必爭論，可以先動手。
#
# **誰貼著門檻？** C069 的 M 是 28,850 元，門檻 28,857.70 元，差不到 8 元就從「一般」變成「重要」。門檻是平均數，換幾位客戶它就會動。
# `rk.tier_stability` 把 320 位客戶重新抽樣一千次、每次重分八類，數每位客戶有幾成留在原來的類別。`def` 替一段程式取名字，之後可以重複用：
# `by_mean` 拿一張 R、F、M 表，用平均數分八類，用 `return` 交回類別：

# %% [markdown] lang="en"
# By the mean, only *Important: value* has a bar far beyond its diamond: the manager sees at a glance where the money
# is. All four rules agree on 38 customers of that class, who bring 51% of the money (the numbers above the
# figure). Nobody will argue about customers who come out on top by every rule: start with them.
#
# **Who is beside a cut?** M of C069 is NT$28,850 and the cut NT$28,857.70: less than NT$8 more, and *general* becomes
# *important*. The cut is a mean, and moves with a few customers. `rk.tier_stability` draws the 320 customers anew a
# thousand times, classes them each time, and counts how often each keeps its class. `def` gives a piece of code a name, to be
# used again: `by_mean` takes a table of R, F and M, classes it by its means, and hands the classes back with `return`:

# %% name="stability"
def by_mean(table):
    return rk.rfm_class(rk.high_low(table, cuts=rk.rfm_cuts(table)))


stable = rk.tier_stability(rfm, by_mean)
rk.show(rk.plot_stability(stable))

# %% name="claim_stability" claims=true
assert rfm.loc["C069", "monetary"] == 28_850
assert (round(cuts["monetary"], 2), tier["C069"]) == (28857.70, "general_develop")
assert stable["near_cut"].sum() == 42
nine = tier.index[tier.isin(["important_keep", "important_win_back"])]
assert stable.loc[nine, "near_cut"].sum() == 4
assert sorted(nine[stable.loc[nine, "near_cut"]]) == ["C178", "C216", "C221", "C281"]
vips = tier.index[tier == "important_value"]
assert (len(vips), stable.loc[vips, "near_cut"].sum()) == (49, 7)

# %% [markdown] lang="zh-TW"
# 320 位裡有 42 位，一千次抽樣裡留在原類的不到九成：他們的類別帶點運氣，看數字，別看名字。重要價值的 49 位裡有 7 位是這樣；
# 該打電話的 9 位（重要保持、重要挽留）裡有 4 位：C178、C216、C221、C281。電話照打，但別為了他們開會。

# %% [markdown] lang="en"
# Of the 320, 42 keep their class less than nine times in ten: their class is partly luck, so look at the numbers and not at the
# name. Among them are 7 of the 49 of *Important: value*, and 4 of the 9 to be called (*keep* and *win back*): C178, C216, C221
# and C281. Call them all the same, but hold no meeting about them.

# %% [markdown] lang="zh-TW"
# ## {section mistakes}　犯一個錯，幾位客戶換類別？
#
# RFM 的錯很少跳出錯誤訊息，只會讓客戶分錯類。所以錯誤的代價用「幾位客戶」來量。
# 下面的 `moved` 拿一張 R、F、M 表，用平均數分類，再數有幾位和正確的不同，用 `return` 交出答案。
# `.abs()` 去掉負號，`pd.to_numeric` 把文字變成數字。先猜：把品項當成訂單、把退貨整列丟掉，哪一個錯比較貴？

# %% [markdown] lang="en"
# ## {section mistakes} One mistake: how many customers change class?
#
# A mistake in RFM seldom gives an error message; it puts customers into the wrong class. So measure its cost in
# customers. `moved` takes a table of R, F and M, classes it by its means, counts those who differ from the right classes, and hands the number back with `return`. You need not
# write such code, only read the table: `.abs()` drops a minus sign, `pd.to_numeric` turns text into numbers. Guess
# first: which costs more, counting lines of an order as orders, or losing the returns?

# %% name="moved"
def moved(table):
    other = rk.rfm_class(rk.high_low(table, cuts=rk.rfm_cuts(table)))
    return int((other != tier[other.index]).sum())


# %% name="pitfalls"
pieces = pd.to_numeric(purchases["quantity"]).groupby(purchases["customer"]).sum()
price = pd.Series(
    {
        "lines_as_orders": moved(rk.rfm_table(clean, today=TODAY)),
        "pieces_as_orders": moved(rfm.assign(frequency=pieces)),
        "returns_dropped": moved(rk.rfm_table(purchases, today=TODAY, order="order")),
        "returns_as_sales": moved(
            rk.rfm_table(clean.assign(amount=clean["amount"].abs()), today=TODAY, order="order")
        ),
        "mean_order_for_total": moved(rfm.assign(monetary=rfm["monetary"] / rfm["frequency"])),
    }
)
costs = pd.DataFrame({"changed": price})
costs.index.name = "pitfall"
rk.pretty(costs)

# %% name="claim_pitfalls" claims=true
assert price.tolist() == [14, 66, 2, 12, 55]

# %% [markdown] lang="zh-TW"
# - **把品項當訂單**：14 位換類別。**把件數當次數**：66 位，C005 一次買 75 盒原子筆，就算成 75 次。
# - **退貨整列丟掉**：2 位；**退貨當成銷售**（負號不見、又多算一次購買）：12 位。
#   旭東的退貨是 71,640 元，不到營收的 1%；退貨多的行業，這兩個錯會影響更多人。
# - **M 用平均不用總額**：55 位，C005 從「一般發展」變成「重要發展」。這不是錯，是**另一個定義**，但一定要說。
#
# 為什麼有人偏愛平均，第 {section reference} 節備查有說明。接下來兩個錯和**時間**有關：基準日不對，以及期間太短。先把「今天」改成五月底，印出用原門檻、用重算的門檻各有幾位換類別：

# %% [markdown] lang="en"
# - **Order lines counted as orders**: 14 change class. **Pieces counted as orders**: 66; whoever buys 200 boxes at once
#   passes for a regular.
# - **Returns thrown out**: 2. **Returns counted as sales** (the minus is lost,
#   and a return passes for a purchase): 12. Xudong’s returns come to NT$71,640, less than 1% of what it sells; where
#   more comes back, expect more.
# - **The mean order for M, not the total**: 55; C005 moves from *General: develop* to
#   *Important: develop*. This is no mistake but **another definition**, which must be stated.
#
# Section {section reference} explains why some prefer the mean. Two more mistakes are about **time**: the wrong “today” (reference date),
# and too short a period.

# %% name="wrong_day"
late = rk.rfm_table(clean, today="2021-05-31", order="order")
late_tier = rk.rfm_class(rk.high_low(late, cuts=cuts))
print((late_tier != tier).sum(), moved(late))

# %% name="claim_wrong_day" claims=true
assert ((late_tier != tier).sum(), moved(late)) == (85, 0)

# %% [markdown] lang="zh-TW"
# 帳冊只到三月底，卻拿五月底當「今天」（例如兩個月後才執行程式，又讓它自己抓當天日期），用原來的門檻，85 位的 R 從高掉到低。
# 門檻跟著重算就一位也不動，因為大家一起晚了 60 天；可是報告上的「平均 161 天沒來」是假的。**基準日要寫死，也要寫出來。**
#
# 期間呢？只留下最近半年（`a.difference(b)` 取 a 有、b 沒有的編號，`.intersection` 取兩邊都有的）：

# %% [markdown] lang="en"
# The ledger ends in March, but “today” was taken as the end of May (say, the program ran two months later and took the
# day from the clock). By the old cuts, R of 85 customers falls from high to low. With cuts computed anew nobody moves,
# since everyone’s R grows by the same 60 days; but the report would say “161 days on average”, which is not true.
# **Fix the reference date, and print it.**
#
# And the period? Keep the last six months only:

# %% name="half_year"
half = rk.rfm_table(clean[clean["date"] >= "2020-10-01"], today=TODAY, order="order")
vanished = rfm.index.difference(half.index)
calls = rfm[levels["M"] & ~levels["R"]].sort_values("monetary", ascending=False)
print(len(vanished), rfm.loc[vanished, "monetary"].sum(), len(calls.index.intersection(vanished)))

# %% name="claim_half_year" claims=true
assert round(late["recency_days"].mean()) == 161
assert (len(vanished), moved(half), len(calls)) == (68, 67, 9)
assert len(calls.index.intersection(vanished)) == 5

# %% [markdown] lang="zh-TW"
# 68 位客戶**整個消失**：半年沒買，就不會出現在表裡。他們這一年花了 550,920 元，其中 5 位正是經理該打電話的 9 位大客戶
# （`calls`：M 高、R 低，另開一格執行 `calls` 就看得到；`~` 是「不是」，`&` 是「而且」）。留下的 252 位裡，另有 67 位換了類別。
# **沒買的人不會自己出現在交易檔裡**，要拿客戶名單來對；第 6 章只有三月的帳冊，這個洞更大。
#
# 最貴的錯是 R 的方向反了：320 位一位也分不對。第 {section reference} 節備查有一份這樣的公開程式。

# %% [markdown] lang="en"
# 68 customers **vanish**: whoever bought nothing for six months is not in the table. They had spent NT$550,920 in the
# year, and five of them are among the nine big customers whom the manager should call (`calls`: M high and R low; run `calls` in a new cell to see them; `~` is
# “not”, `&` is “and”). Of the 252 left, 67 change class. **A file of purchases does not show who did not buy**:
# compare it with the list of customers. Chapter 6 has March only, where the gap is wider.
#
# The costliest mistake turns R upside down: not one of the 320 is classed correctly. Section {section reference} has published code that does.

# %% [markdown] lang="zh-TW"
# ## {section how_long_away}　好久沒來，就是走了嗎？
#
# 回到兩個月前。假設今天是 2021 年 2 月 1 日，R 低（天數超過平均）的客戶有 134 位，照表 5-2，都在「保持」和「挽留」那四類，其中 117 位是「一般挽留：順其自然」。
# 我們比當時的人多知道一件事：**二月發生了什麼**。按產業數一數，當時 R 低的有幾位（客戶數）、
# 二月又回來買的有幾位（再次購買）：

# %% [markdown] lang="en"
# ## {section how_long_away} Away for long: does that mean gone?
#
# Go back two months. Say that today is 1 February 2021: R is low for 134 customers, and by table 5-2 they are to be
# kept, won back or left alone. We know something that nobody knew then: **what happened in February**. Count by
# industry how many had a low R, and how many of those bought in February (`.intersection` keeps those on both lists):

# %% name="schools"
then = pd.Timestamp("2021-02-01")
early = rk.rfm_table(clean[clean["date"] < then], today=then, order="order")
quiet = early.index[early["recency_days"] > early["recency_days"].mean()]
february = purchases[(purchases["date"] >= then) & (purchases["date"] < "2021-03-01")]
again = quiet.intersection(february["customer"])
count = customers.loc[quiet, "industry"].value_counts()
back = customers.loc[again, "industry"].value_counts()
rk.pretty(pd.DataFrame({"customers": count, "returned": back}))

# %% name="claim_schools" claims=true
assert (len(quiet), len(again), count["school"], back["school"]) == (134, 36, 40, 20)

# %% [markdown] lang="zh-TW"
# 看**學校**那一列：40 位「好久沒來」，一個月內回來了 20 位，整整一半。其他產業 94 位，只回來 16 位（17%）。學校有什麼不同？看它們每個月下幾張訂單
# （`drop_duplicates` 讓一張訂單只留一列，`.map` 替每張訂單查客戶的產業，`strftime` 把日期寫成年月）：

# %% [markdown] lang="en"
# Look at the row of **schools**: 40 had been away for a long time, and 20 were back within the month, fully half. Of the other
# 94 customers 16 came back, 17%. See how many orders schools place each month (`drop_duplicates` keeps one row
# per order, `.map` looks up the customer’s industry, `strftime` writes a date as year and month):

# %% name="school_months"
orders = purchases.drop_duplicates("order")
from_school = orders[orders["customer"].map(customers["industry"]) == "school"]
by_month = from_school["date"].dt.strftime("%Y-%m").value_counts().sort_index()
by_month

# %% name="claim_school_months" claims=true
assert (by_month["2020-08"], by_month["2020-09"], by_month["2021-02"]) == (101, 107, 99)
assert by_month.drop(["2020-08", "2020-09", "2021-02"]).max() == 50
assert round(16 / 94, 2) == 0.17

# %% [markdown] lang="zh-TW"
# 八月、九月、二月各約 100 張，其他月份最多 50 張：學校在**開學前後**買得最多。十月到一月安靜，不等於走了，可能只是還沒到採購的月份。
# R 只知道過了幾天，不知道客戶的行事曆。一月就寄「我們想念您」的折扣信，二月本來就會來的那一半，折扣等於白送；
# 反過來，歸到「順其自然」就不理他，開學前的訂單可能給了別家。
#
# 補救的辦法：和**去年同一個月**比，或替學校另訂 R 的門檻。剛開始往來的客戶也類似：F 低可能只是因為認識得晚，查一查首次交易日 `opened`。

# %% [markdown] lang="en"
# About 100 orders each in August, September and February, and at most 50 in any other month. Those are the months
# around the **start of term** in Taiwan, so for a school a quiet spell from October to January need not mean that it
# left. R knows how many days have passed; it does not know the customer’s calendar. Treat a school as lost, send it a
# “we miss you” offer in January, and you may give a discount on an order that was coming anyway. The reverse may hurt
# too: leave a school alone, and it may order elsewhere when term starts.
#
# The remedy: compare with the **same month of last year**, or give schools a cut of their own. New customers need similar
# care: their F may be low only because they came late (see the column `opened`).

# %% [markdown] lang="zh-TW"
# ## {section half_years}　今天的分類，說得準明天嗎？
#
# 課本給 RFM 兩句評語：它能動態地看出客戶的全貌，可以當作個別溝通的依據；只要往來的時間夠長，還能相當準確地判斷客戶的**長期價值**。
# 後一句可以驗：站在 2020 年 10 月 1 日早上，只用四到九月的帳分八類，再看這些人十月到三月做了什麼。
#
# `rk.holdout` 把帳冊在 `split` 那天切開：左邊三欄是那天以前的 R、F、M，右邊兩欄是那天以後的事。先看三位：

# %% [markdown] lang="en"
# ## {section half_years} Were today’s classes right about tomorrow?
#
# The textbook says two things about RFM: it shows the whole customer, and how they change, which helps you to deal with each one
# personally; and if the relationship has lasted long enough, it judges **long-term value** rather exactly. The second can be tested: on the
# morning of 1 October 2020, tier with the books of April to September alone, then see what these people did from October to
# March.
#
# `rk.holdout` cuts the ledger on the day `split`: the three columns on the left are R, F and M up to that day, the two on the
# right what came after. Three customers first:

# %% name="held"
held = rk.holdout(clean, split="2020-10-01", end=TODAY, order="order")
seen = ["recency_days", "frequency", "monetary", "later_purchases", "later_spend"]
rk.pretty(held.loc[["C381", "C003", "C007"], seen])

# %% [markdown] lang="zh-TW"
# > **先猜再算。** 10 月 1 日那天，重要價值客戶有 39 位，占 13%。後半年的消費，你猜他們占百分之幾？

# %% [markdown] lang="en"
# > **Guess before you compute.** On 1 October 39 customers, 13%, were in *Important: value*. Of what was spent in the
# > second half, what percentage do you think was theirs?

# %% name="guess_share"
my_share = None

# %% name="lift"
then_tier = by_mean(held)
lifts = rk.lift_table(held, then_tier)
print(my_share, round(lifts.loc["important_value", "later_share"], 2))
rk.pretty(lifts[["customers", "customer_share", "back_share", "later_share", "lift"]])

# %% name="lift_drawn"
rk.show(rk.plot_lift(lifts))

# %% name="claim_lift" claims=true
assert held.loc["C381", "monetary"] > held.loc["C003", "monetary"]
best, last = lifts.loc["important_value"], lifts.loc["general_win_back"]
assert (best["customers"], round(best["customer_share"], 2), round(best["later_share"], 2)) == (39, 0.13, 0.56)
assert [round(best[column], 2) for column in ("back_share", "back_low", "back_high")] == [0.90, 0.76, 0.96]
assert [round(best[column], 1) for column in ("lift", "lift_low", "lift_high")] == [4.2, 3.2, 5.4]
assert (last["customers"], round(last["back_share"], 2), round(last["later_share"], 2)) == (96, 0.69, 0.10)
small = lifts.loc[["important_develop", "important_keep"]]
assert (small["lift_low"] < 1).all()
assert (small["lift_high"] > 1).all()
assert small["customers"].tolist() == [15, 2]

# %% [markdown] lang="zh-TW"
# 第一行左邊是你猜的百分數，右邊是答案，0.56 就是 56%。**提升度**（lift）是這一類每人後來花的錢，除以全體平均：1 就和沒分類一樣。重要價值是 4.2 倍（介於 3.2 到 5.4），39 位帶來後半年 56% 的消費，
# 90% 又來了；一般挽留 96 位只占 10%。所以對人多的類別，RFM **說得準下半年**。空心的點要小心：重要發展 15 位、重要保持 2 位，
# 區間跨過 1，人太少，說不準。
#
# 還有一件事：「順其自然」的一般挽留，後來有 **69%** 又來買過。挽留類不是走了的人。
#
# 課本的「往來時間夠長」呢？只看一個月、三個月、半年的帳，各拿 M 的名次和後來消費的名次比。**相關係數** 1 是完全一致，0 是毫無關係（`.corr` 算相關係數；`.reindex(名單, fill_value=0)` 照名單排好，沒買的補 0）：

# %% [markdown] lang="en"
# The first line has your guess on the left, and the answer: 0.56 is 56%. **Lift** is what a customer of the class spent later, over the
# mean of all: 1 is as good as no tiering. *Important: value* has 4.2
# (between 3.2 and 5.4); its 39 customers brought 56% of the later money, and 90% came back. The 96 of *General: win back*
# brought 10%. So for large classes RFM **was right about the next half-year**. Mind the hollow points: *Important: develop*,
# with 15 customers, and *keep*, with 2, have intervals that include 1. They are too few to say.
#
# And one thing more: of *General: win back*, “leave as they are”, **69%** bought again. “Win back” does not mean gone.
#
# And “long enough”? Take the books of one month, three months and half a year, and compare ranks by M with ranks by later spend.
# A **correlation** (`.corr`) of 1 is full agreement, 0 none; `reindex` gives those who bought nothing in that time a 0:

# %% name="how_long_known"
first_half = clean[clean["date"] < "2020-10-01"]
later_rank = held["later_spend"].rank()
for start in ["2020-09-01", "2020-07-01", "2020-04-01"]:
    spent = first_half[first_half["date"] >= start].groupby("customer")["amount"].sum()
    spent = spent.reindex(held.index, fill_value=0)
    print(start, round(spent.rank().corr(later_rank), 2))

# %% name="claim_how_long_known" claims=true
agreements = []
for first_day in ["2020-09-01", "2020-07-01", "2020-04-01"]:
    money = first_half[first_half["date"] >= first_day].groupby("customer")["amount"].sum()
    money = money.reindex(held.index, fill_value=0)
    agreements.append(round(money.rank().corr(later_rank), 2))
assert agreements == [0.42, 0.57, 0.59]
opened = pd.to_datetime(customers["opened"]).reindex(held.index)
quarters = pd.qcut(opened.rank(method="first"), 4, labels=False)
by_age = [
    round(group["monetary"].rank().corr(group["later_spend"].rank()), 2)
    for _, group in held.groupby(quarters)
]
assert by_age == [0.64, 0.62, 0.38, 0.67]

# %% [markdown] lang="zh-TW"
# 0.42、0.57、0.59：紀錄愈長愈準，三個月以後就差不多了。如果「夠長」指的是認識幾年，旭東的帳看不出差別：依首次交易日由老到新分四群，
# 相關係數是 0.64、0.62、0.38、0.67，沒有愈老愈準。課本的話說對一半，而且只驗過一家公司、兩個半年；明年 4 月再驗一次。

# %% [markdown] lang="en"
# 0.42, 0.57, 0.59: the longer the record, the better, with little to gain after three months. If “long enough” means years of
# acquaintance, Xudong’s books show no difference: in four groups from the oldest customers to the newest, the correlation is
# 0.64, 0.62, 0.38 and 0.67. The textbook is half right, in one firm and two half-years; test it again next April.

# %% [markdown] lang="zh-TW"
# ## {section tell_manager}　告訴經理
#
# > **一年客戶分級建議**　2020 年 4 月到 2021 年 3 月，320 位客戶，淨營收 9,234,465 元。R 算到 2021 年 4 月 1 日，F 是訂單數，M 是扣退貨的總額；
# > 門檻為平均數（101 天、9.8 次、28,858 元）。
# >
# > 1. **先顧好重要價值客戶**：49 位帶來 66% 的營收，其中 38 位用四種門檻都在這一類，從他們開始。
# > 2. **這週打九通電話**：花得多、卻超過 100 天沒來的九位（479,695 元，占 5%），由大到小是 C306、C284、C146、C178、C066、C196、C221、C281、C216。
# >    C306 是學校，先問清楚何時採購，再決定要不要挽留。
# > 3. **九位重要發展客戶**（6% 的營收）最近來過，次數少、金額高：用促銷請他們常來。
# >
# > 這樣分準不準？去年 10 月 1 日照同樣的辦法分，39 位重要價值客戶後半年帶來 56% 的消費，每位是平均的 4.2 倍（介於 3.2 到 5.4）。
# > 限制：換成中位數，143 位會換類別，另有 42 位貼著門檻；RFM 看不到利潤、付款和客訴；學校的 R 要另外看。一般挽留的 110 位維持基本服務，別讓人覺得受到嫌棄。

# %% [markdown] lang="en"
# ## {section tell_manager} Tell the manager
#
# > **Customer tiering, one year.** April 2020 to March 2021: 320 customers, NT$9,234,465 net. R counts to 1 April 2021, F is
# > the number of orders, M the total after returns; the cuts are the means (101 days, 9.8 orders, NT$28,858).
# >
# > 1. **Look after *Important: value* first**: 49 customers bring 66% of the money. 38 of them are in this class by all
# >    four rules; start with those.
# > 2. **Make nine calls this week**: nine customers spent a lot and have been away for more than 100 days (NT$479,695,
# >    5% of the money). The biggest first: C306, C284, C146, C178, C066, C196, C221, C281, C216. C306 is a school: ask
# >    when it buys before trying to win it back.
# > 3. **Nine customers of *Important: develop*** (6% of the money) come seldom and buy big: ask for their small orders too.
# >
# > Can this be trusted? Tiered in the same way on 1 October, 39 customers of *Important: value* brought 56% of what was spent in
# > the next half-year, 4.2 times the mean per customer (between 3.2 and 5.4). Limits: by the median, 143 customers would be in another
# > class, and 42 sit beside a cut. RFM sees no profit, payments or complaints, and
# > schools need a closer look at R. The 110 of *General: win back* keep basic service; nobody should feel unwanted.

# %% name="facts_of_the_advice" claims=true
# The kit checking itself: the figures in the advice above must agree with the data.
assert rfm["monetary"].sum() == 9_234_465
early_tier = rk.rfm_class(rk.high_low(early, cuts=rk.rfm_cuts(early)))
assert (early_tier[quiet] == "general_win_back").sum() == 117
assert clean.loc[clean["amount"] < 0, "amount"].sum() == -71_640
assert 71_640 / 9_234_465 < 0.01
assert calls.index.tolist() == [
    "C306", "C284", "C146", "C178", "C066", "C196", "C221", "C281", "C216"
]  # fmt: skip
assert calls["monetary"].sum() == 479_695
assert calls["recency_days"].min() > 100
assert round(479_695 / 9_234_465, 2) == 0.05
assert customers.loc["C306", "industry"] == "school"
assert round(summary.loc["important_develop", "revenue_share"], 2) == 0.06

# %% [markdown] lang="zh-TW"
# ## {section reference}　備查：平均或總額、巢狀分組、分數相加、權重、公開的程式
#
# 這一節不算在時間內，用到再查。
#
# **M 為什麼有人偏愛平均？** 一個理由：F 和總額 M 說的大半是同一件事。算名次的相關係數（1 是完全同步，0 是毫無關係）：

# %% [markdown] lang="en"
# ## {section reference} For reference: mean or total, nested fifths, adding scores, weights, published code
#
# This section is outside the minutes: come back when you need it.
#
# **Why do some take the mean order for M?** Because F and the total M largely say the same thing. Correlate their
# ranks (1: in step; 0: unrelated):

# %% name="correlation"
mean_order = rfm["monetary"] / rfm["frequency"]
with_total = rfm["frequency"].rank().corr(rfm["monetary"].rank())
with_mean = rfm["frequency"].rank().corr(mean_order.rank())
other = rfm.assign(monetary=mean_order)
other_tier = rk.rfm_class(rk.high_low(other, cuts=rk.rfm_cuts(other)))
print(round(with_total, 2), round(with_mean, 2))

# %% name="claim_correlation" claims=true
assert (round(with_total, 2), round(with_mean, 2)) == (0.67, -0.03)
assert (tier["C005"], other_tier["C005"]) == ("general_develop", "important_develop")

# %% [markdown] lang="zh-TW"
# F 和總額 0.67，F 和平均 −0.03。用總額，常來的人在 F 和 M 各算了一次；用平均，M 說的是另一件事，不過只來一次、買一大筆的人會變成「重要」。
# 要看總貢獻用總額，要看每次的份量用平均。
#
# **同樣是 5 分，意思一樣嗎？** 第 {section fifths} 節三項各自分五等份（獨立分組）。還有一種做法是先按 R 分五份，再在每一份**裡面**分 F（巢狀分組）。
# 兩種都叫「五等份」，來看看差多少。`.transform(rk.score)` 就是在每一組裡各打各的分：

# %% [markdown] lang="en"
# F with the total: 0.67; F with the mean: −0.03. With the total, regulars count in F and again in M. With the mean,
# M adds something new, but one single large order can make a customer important. Take the total for what a customer
# contributes, the mean for the size of an order.
#
# **Does a 5 always mean the same?** In section {section fifths}, each measure was divided on its own (independent). The other way is
# to divide by R first, and then F **within** each part of R (nested). Both are called “fifths”. How far apart
# are they? `.transform(rk.score)` scores each group on its own:

# %% name="nested"
nested_f = rfm["frequency"].groupby(scores["R"]).transform(rk.score)
fewest = rfm[nested_f == 5].groupby(scores["R"])["frequency"].min()
print(fewest.tolist(), (nested_f != scores["F"]).sum())

# %% name="claim_nested" claims=true
assert fewest.tolist() == [6, 8, 12, 19, 33]
assert (nested_f != scores["F"]).sum() == 162
assert rfm.loc[scores["F"] == 5, "frequency"].min() == 16

# %% [markdown] lang="zh-TW"
# 巢狀分組時，久沒來的那一群（R = 1）買 6 次就拿 F = 5，最近來過的那一群（R = 5）要買 33 次。
# 獨立分組則一律要 16 次以上。162 位客戶的 F 分數因此不同，超過一半。巢狀的好處是每格人數接近，代價是分數不能跨組比。報告要寫明用了哪一種。
#
# **三項分數可以加起來嗎？** 可以，但會丟掉訊息。下面兩位加起來都是 10 分：

# %% [markdown] lang="en"
# Nested, a customer who has been away for a long time (R = 1) gets F = 5 for 6 orders, while a recent one (R = 5)
# needs 33. Independently, everybody needs 16. For 162 customers, more than half, the F score differs. Nesting
# makes cells of more even size, but its scores cannot be compared across groups. A report says which was used.
#
# **Can the scores simply be added up?** They can, but something gets lost. These two both add up to 10:

# %% name="same_total"
total = scores.sum(axis=1)
pair = ["C216", "C393"]
rk.pretty(rfm.loc[pair].join(scores))

# %% name="claim_same_total" claims=true
assert scores.loc[pair].to_numpy().tolist() == [[1, 4, 5], [5, 1, 4]]
assert len(scores[total == 10].drop_duplicates()) == 13
assert str(customers.loc["C393", "opened"])[:10] == "2021-03-31"

# %% [markdown] lang="zh-TW"
# C216 已經 193 天沒來，C393 昨天才第一次來。一個要挽留，一個要歡迎，總分卻一樣；10 分一共有 13 種組合。
#
# Hughes 給三項相同的權重。據後來的文獻，Bob Stone 主張不必相同。郵購業者常用 3 : 2 : 1，最看重 R。
# 換了權重，前 64 名（五分之一）會換掉幾位？同分時 M 大的在前。

# %% [markdown] lang="en"
# C216 has been a customer since 2017 and away for 193 days; C393 bought for the first time yesterday. One is to be
# won back, the other to be welcomed, and the total is the same. Thirteen different triples here add up to 10.
#
# Hughes weighted the three equally. Bob Stone, as later writers report, did not. Direct mailers often take
# 3 : 2 : 1, with most weight on R. With those weights, how many of the best 64 (one fifth) change? Of equal totals,
# the larger M comes first.

# %% name="weights"
weighted = 3 * scores["R"] + 2 * scores["F"] + scores["M"]
ranked = rfm.assign(equal=total, weighted=weighted)
best = ranked.sort_values(["equal", "monetary"], ascending=False).index[:64]
best_weighted = ranked.sort_values(["weighted", "monetary"], ascending=False).index[:64]
swapped = best.difference(best_weighted)
print(len(swapped), rfm.loc[swapped, "monetary"].max())

# %% name="claim_weights" claims=true
assert (len(swapped), rfm.loc[swapped, "monetary"].idxmax()) == (7, "C220")
assert rfm.loc["C220", "monetary"] == 299_555

# %% [markdown] lang="zh-TW"
# 換掉七位，其中花最多的是 C220，299,555 元，因為 65 天沒來、R 分數低而出局。權重沒有標準答案：賣耗材看重 R 和 F，賣大型設備就不該罰久久才買一次的人。

# %% [markdown] lang="en"
# Seven change, and one of those who drop out is C220, who spent NT$299,555 but has been away for 65 days. There
# is no right weight: a seller of supplies may care most about R and F, a seller of machines should not punish people
# who buy once in a long while.

# %% [markdown] lang="zh-TW"
# **公開的程式**　這是最貴的錯。網路上有一份公開的程式，三欄一律「大於等於平均就記 1」，F 用件數的總和。
# `.astype(int)` 把真假變成 1 和 0，`.astype(str)` 再變成文字，好接成三個數字。猜猜看，它分錯幾位？

# %% [markdown] lang="en"
# **Published code.** This is the most expensive mistake of all: some published code writes a 1 for “at or above the
# mean” in all three columns, and takes the sum of pieces for F. `.astype(int)` turns true and false into 1 and 0, and
# `.astype(str)` into text, so that they join to three digits. Guess how many customers it gets wrong.

# %% name="published_bug"
bug = rfm.assign(frequency=pieces)
ones = (bug >= bug.mean()).astype(int).astype(str)
digits = ones["recency_days"] + ones["frequency"] + ones["monetary"]
right = tier.astype(str).map(summary["triple"])
false_vips = rfm[digits == "111"]
turned = rk.rfm_class(levels.assign(R=rfm["recency_days"] >= cuts["recency_days"]))
print((digits != right).sum(), len(false_vips), false_vips["recency_days"].min())

# %% name="claim_published_bug" claims=true
assert (digits != right).sum() == 320
assert (len(false_vips), false_vips["recency_days"].min()) == (7, 131)
assert len(rfm[(digits == "011") & (right == "111")]) == 48
assert (turned != tier).sum() == 320

# %% [markdown] lang="zh-TW"
# **320 位全部分錯。** 它選出的 7 位「VIP」至少 131 天沒來，真正的 49 位有 48 位掛著 011。
# 病根在 R：天數多的也記 1，於是 111 和 011、110 和 010 整組對調；就算 F 算對了，單單 R 反過來，也是 320 位全錯。程式照跑，表格也很正常；抽兩位客戶用常識看看，就抓得到。

# %% [markdown] lang="en"
# **All 320.** Its 7 “VIPs” have been away for at least 131 days, and of the true 49, 48 are labelled 011. The root is R:
# many **days** get a 1 as well, so that 111 changes places with 011, and 110 with 010. Even with F put right, an R the
# wrong way round alone misplaces all 320. The code runs and the table looks fine; check two customers by common
# sense, and you find it in a minute.

# %% [markdown] lang="zh-TW"
# ## 這一章說了什麼
#
# - R 最近一次消費（recency）、F 消費頻率（frequency）、M 消費金額（monetary）：基準日、算訂單、扣退貨、總額或平均，四件事要寫明。
# - 八個類別（eight classes）：高永遠是好，永遠附上 (R, F, M)；旭東 49 位重要價值客戶帶來 66% 的營收。
# - 五等份（quintiles）：同分的人給同樣的分數；125 格（cells）只有 92 格有人，太細；巢狀（nested）和獨立（independent）的 5 分不是同一個 5 分。
# - 門檻（cut, threshold）：平均數、中位數、分數、自訂，和平均數相比，另外三種門檻讓 117 到 169 位換類別。
# - 用後半年驗前半年：重要價值的提升度（lift）4.2；人太少的類別說不準；42 位貼著門檻。
# - 最貴的錯沒有錯誤訊息：R 反了，320 位全錯；期間太短，68 位消失；二月初看起來走了的學校，一半當月就回來（季節性，seasonality）。

# %% [markdown] lang="en"
# ## What this chapter said
#
# - Recency, R (最近一次消費), frequency, F (消費頻率), monetary, M (消費金額): state the reference date, orders not lines,
#   returns taken off, total or mean.
# - The eight classes (八個類別): high is always good, and always print the triple (R, F, M). At Xudong, 49
#   customers of *Important: value* bring 66% of the money.
# - Fifths, quintiles (五等份): equal customers get equal scores. Of 125 cells (格) only 92 hold anybody: too fine. A nested
#   (巢狀) 5 is not an independent (獨立) 5 (section {section reference}).
# - The cut (門檻): mean, median, scores or the firm’s own. Against the mean, the other three rules move 117 to 169
#   customers.
# - Tested on the next half-year, *Important: value* has a lift (提升度) of 4.2; classes of few cannot be judged, and 42
#   customers sit beside a cut.
# - The most expensive mistakes give no error message: R the wrong way round, all 320 wrong (section {section reference}); too short a
#   period, 68 vanish; half of the quiet schools were back in February (seasonality, 季節性).

# %% [markdown] lang="zh-TW"
# ## 離開前三題
#
# 1. 客戶甲 (R, F, M) 是 (1, 0, 1)，客戶乙是 (0, 1, 1)。各叫什麼類別？該送促銷的是誰、該先打電話的是誰？
# 2. 6 月底，有一所國小已經 130 天沒下單，系統把它歸到「一般挽留：順其自然」。你同意嗎？還要看什麼？
# 3. 系統每天早上重跑 RFM，「今天」取電腦的日期，交易檔卻每月才更新一次。R 會怎麼樣？
#
# <details><summary>看答案</summary>
#
# 1. 甲是重要發展（最近來、次數少、花得多），適合用促銷吸引常來；乙是重要保持（常來、花得多，但久沒來），先打電話。
# 2. 先別同意。學校八、九月和二月訂得最多，六月底安靜不稀奇；看它去年哪幾個月下單，開學前先聯絡。
# 3. 每個人的 R 每天多一天。門檻固定時，客戶會一批批掉到「低」，其實他們的新訂單只是還沒匯進來。基準日應該是資料的截止日。
#
# </details>

# %% [markdown] lang="en"
# ## Three questions before you go
#
# 1. Customer A is (R, F, M) = (1, 0, 1), customer B is (0, 1, 1). What are their classes? Which of them gets a
#    promotion, and which a call?
# 2. At the end of June a primary school has placed no order for 130 days, and the system files it under *General: win
#    back*, “leave as they are”. Do you agree? What else do you look at?
# 3. A system runs RFM every morning and takes “today” from the clock, but the file of orders is updated once a month.
#    What happens to R?
#
# <details><summary>Answers</summary>
#
# 1. A is *Important: develop* (recent, seldom, big): a promotion may bring more visits. B is *Important: keep* (often, big,
#    not lately): call first.
# 2. Not yet. Schools as a group order most in August, September and February, so a school may well be quiet in June.
#    See in which months this one ordered last year, and get in touch before term starts.
# 3. Everybody’s R grows by a day each day. With fixed cuts, more and more customers drop to low, though their new
#    orders have merely not been loaded. The reference date should be the day up to which the data go.
#
# </details>

# %% [markdown] lang="zh-TW"
# ## 接下來
#
# 動手做[第 5 章練習](../../exercises/zh-TW/05_rfm.ipynb)：分公司的一年。
#
# 這一章的帳冊是乾淨的，真實的不是。[第 6 章](06_practicum.ipynb)，經理把三月的原始帳冊丟過來：重複的列、文字日期、測試訂單都在裡面，
# 而他只有 60 個工時。

# %% [markdown] lang="en"
# ## Next
#
# Now the [exercise of chapter 5](../../exercises/en/05_rfm.ipynb): the branch office’s year.
#
# This chapter’s ledger was clean; real ones are not. In [chapter 6](06_practicum.ipynb) the manager hands you March as
# it was typed, with repeated rows, dates as text and a test order in it, and there are only 60 hours of staff time.
