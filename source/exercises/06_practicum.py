# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="zh-TW"
# # 第 6 章練習　旭東的 RFM 實作
#
# [English edition](../en/06_practicum.ipynb) · [回到課文](../../notebooks/zh-TW/06_practicum.ipynb)
#
# > **情境**　課文裡的帳冊是總公司的。這一份是**南區分公司**同一個月的帳冊：格式相同，客戶和數字都不同，髒的地方也不同。
# > 今天是 2021 年 4 月 1 日，經理要你對三月份的客戶做分級，下午交報告。
# >
# > **練什麼**　整理帳冊、表 5-3、高低與八個類別、摘要表、換門檻的影響、建議。{chapter 6}。
# > **資料**　分公司的 `交易記錄.xlsx`，[欄位說明](../../data/practice/README.md)。
# >
# > **怎麼作答**　每一題三步：把 `...` 換成你的答案，留在題目指定的變數裡；執行下面的 `check` 那一格；讀卡片。答錯不扣分，可以一直改。
# > 卡住時，把 `hint` 那一格開頭的 `#` 刪掉再執行，每執行一次多給一點，一共三次；看完第三個提示或答對之後，卡片會帶你到這一題的解答（你的教材裡有解答的話）。
# > 出現紅色的 `NameError`，多半是前面有一格沒執行：選 **Run → Run All Above Selected Cell**。

# %% [markdown] lang="en"
# # Chapter 6 exercise: the Xudong practicum
#
# [中文版](../zh-TW/06_practicum.ipynb) · [back to the lesson](../../notebooks/en/06_practicum.ipynb)
#
# > **The scene.** The lesson used head office’s ledger. This one is the **southern branch’s**, for the
# > same month: the same layout, other customers and figures, and dirt in other places. Today is
# > 1 April 2021. The manager wants the customers of March tiered, and the report this afternoon.
# >
# > **What you practise.** Cleaning a ledger, table 5-3, highs and lows and the eight classes, a summary, what another cut
# > changes, and advice. {chapter 6}. **Data:** the branch’s `交易記錄.xlsx` (transactions),
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
rk.use_style()

TODAY = pd.Timestamp("2021-04-01")
ledger = rk.load_transactions(rk.data_file("交易記錄.xlsx", books="practice"))
rk.pretty(ledger.head(3))

# %% [markdown] lang="zh-TW"
# ## {6.1}
#
# 先整理帳冊，再算出三月的淨營收（元）。規則和課文一樣：
#
# - 只算 2021 年 3 月 1 日到 31 日；日期用文字打的也要算。
# - 重複登打的列只算一次；已取消的訂單和測試訂單不算。
# - 客戶編號空白的列不算；日期或金額讀不出來的列不算。
# - 退貨要扣掉。
#
# 第一行已經寫了一半：它整理了整本帳冊，還少了期間的頭和尾，**改好這一行**，再寫第二行。
#
# **把答案留在** `march_revenue`（一個數字）。整理後的帳冊叫 `clean`，
# 未採用的列叫 `rejected`，後面還會用到。答對之後，在新的一格執行 `rk.pretty(rejected)`，挑兩列，用講給經理聽的方式說明為什麼不算。

# %% [markdown] lang="en"
# ## {6.1}
#
# Clean the ledger, then compute the net revenue of March in NT dollars. The rules are the lesson’s:
#
# - Only 1 to 31 March 2021 counts; dates typed as text count too.
# - A line entered twice counts once; cancelled orders and test orders do not count.
# - Rows without a customer, or whose date or amount cannot be read, do not count.
# - Returns are taken off.
#
# The first line is half done: it cleans the whole ledger and lacks both ends of the period. **Change that line**, then
# write the second.
#
# **Leave the answer in** `march_revenue` (one number). The cleaned ledger is `clean` and the
# rows left out are `rejected`: you will need both again. When the check says right, run `rk.pretty(rejected)`
# in a new cell and explain two of its rows aloud, as if to the manager.

# %% name="q6_1" question="6.1"
### BEGIN SOLUTION
### STUB clean, rejected = rk.clean_transactions(ledger, today=TODAY)
### STUB march_revenue = ...
first, last = "2021-03-01", "2021-03-31"
clean, rejected = rk.clean_transactions(ledger, start=first, end=last, today=TODAY)
march_revenue = clean["amount"].sum()
### END SOLUTION

# %% name="check_6_1"
check("6.1", march_revenue)

# %% name="hint_6_1"
# hint("6.1")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　先問「這筆錢在三月真的發生了嗎？誰付的？」再決定要不要算，比一條一條背規則可靠。
# 退貨是負數，留在帳冊裡加總就會自己扣掉；整列丟掉反而會高估。
#
# **另一種做法**　只用 pandas 也可以：先用 `str.strip()` 去掉空白，把日期裡的「年、月」換成「-」、去掉「日」，
# 再用 `pd.to_datetime(..., errors="coerce")` 轉換，最後才 `drop_duplicates()`。但每少一列都要自己記下原因，`rejected` 幫你省下的正是這件事。

# %% [markdown] lang="en" solution_only=true
# **Why.** “Did this money really change hands in March, and whose was it?” is a better guide than a
# list of rules learnt by heart. A return is a negative number: left in, it takes itself off; thrown
# out, it leaves the total too high.
#
# **Another way.** With pandas alone, step by step: strip the spaces with `str.strip()`, turn 年 and 月 in the
# dates into `-` and drop 日, convert with `pd.to_datetime(..., errors="coerce")`, and only then
# `drop_duplicates()`. But then you must note down the reason for each row you drop, and that is what `rejected` does for you.

# %% [markdown] lang="zh-TW"
# ## {6.2}
#
# 用整理後的帳冊，替每位客戶算出：
#
# - `recency_days`：最後一次購買到今天（2021-04-01）的天數
# - `frequency`：購買次數，一張訂單算一次
# - `monetary`：總消費，扣掉退貨（元）
#
# 退貨不算一次購買。**把答案留在** `rfm`（DataFrame，一列一位客戶，索引是客戶編號）。

# %% [markdown] lang="en"
# ## {6.2}
#
# From the cleaned ledger, compute for every customer:
#
# - `recency_days`: days from the last purchase to today (2021-04-01)
# - `frequency`: number of purchases; an order counts once, however many lines it has
# - `monetary`: total spend in NT dollars, less returns
#
# A return is no purchase. **Leave the answer in** `rfm` (a DataFrame, one row per customer, the
# customer as its index).

# %% name="q6_2" question="6.2"
### BEGIN SOLUTION
### STUB rfm = ...
rfm = rk.rfm_table(clean, today=TODAY, order="order")
### END SOLUTION

# %% name="check_6_2"
check("6.2", rfm)

# %% name="hint_6_2"
# hint("6.2")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　三個指標看的是不同的列：R 和 F 只看購買（金額大於 0），M 看全部。
# `order="order"` 讓同一張訂單只算一次；少了它，F 數到的是品項。
#
# **另一種做法**　只用 pandas，結果一樣：

# %% [markdown] lang="en" solution_only=true
# **Why.** The three measures look at different rows: R and F at purchases only (amount above 0), M at
# all of them. `order="order"` makes an order count once; without it, F counts lines.
#
# **Another way,** with pandas alone and the same result:

# %% name="another_way_6_2" solution_only=true
purchases = clean[clean["amount"] > 0]
by_hand = pd.DataFrame(
    {
        "recency_days": (TODAY - purchases.groupby("customer")["date"].max()).dt.days,
        "frequency": purchases.groupby("customer")["order"].nunique(),
        "monetary": clean.groupby("customer")["amount"].sum(),
    }
)
by_hand.head(3)

# %% name="claim_another_way_6_2" claims=true solution_only=true
assert (by_hand == rfm).all(axis=None)

# %% [markdown] lang="zh-TW"
# ## {6.3}
#
# 用每一欄的**平均數**當門檻，判斷每位客戶的 R、F、M 是高（`True`）還是低（`False`）。
# 剛好等於門檻的客戶算高。別忘了：天數**少**才是 R 高。
#
# **把答案留在** `levels`（DataFrame，欄位 `R`、`F`、`M`，都是 `True` 或 `False`）。

# %% [markdown] lang="en"
# ## {6.3}
#
# With the **mean** of each column as the cut, say of every customer whether R, F and M are high
# (`True`) or low (`False`). A customer exactly on the cut counts as high. And remember
# that R is high when the days are **few**.
#
# **Leave the answer in** `levels` (a DataFrame with columns `R`, `F` and `M` of `True` and `False`).

# %% name="q6_3" question="6.3"
### BEGIN SOLUTION
### STUB levels = ...
levels = rk.high_low(rfm, cuts=rk.rfm_cuts(rfm, method="mean"))
### END SOLUTION

# %% name="check_6_3"
check("6.3", levels)

# %% name="hint_6_3"
# hint("6.3")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　三個比較裡，R 用 `<=`，F 和 M 用 `>=`。等號不是小事：F 是整數，站在門檻上的人不少，
# 他們算哪一邊要先說好，才能每個月都一樣。
#
# **另一種做法**　R 寫成 `rfm["recency_days"] <= rfm["recency_days"].mean()`，F 和 M 把 `<=` 換成 `>=`，
# 最後用 `pd.DataFrame({"R": ..., "F": ..., "M": ...})` 放在一起。

# %% [markdown] lang="en" solution_only=true
# **Why.** Of the three comparisons, R uses `<=`, F and M use `>=`. The equals sign is no trifle: F is a
# whole number, several customers sit on the cut, and which side they belong to must be said once and
# kept, month after month.
#
# **Another way.** R is `rfm["recency_days"] <= rfm["recency_days"].mean()`, F and M the same with `>=`; put
# the three together with `pd.DataFrame({"R": ..., "F": ..., "M": ...})`.

# %% [markdown] lang="zh-TW"
# ## {6.4}
#
# 依表 5-2（課文第 {section eight_classes}、{section tell_manager} 節），把三個高低變成八個類別之一。類別可以用代碼（`important_value` 等）或中文名稱。
#
# **把答案留在** `tier`（Series，索引是客戶編號，值是類別）。

# %% [markdown] lang="en"
# ## {6.4}
#
# Following table 5-2 (sections {section eight_classes} and {section tell_manager} of the lesson), turn the three highs and lows into one of the eight classes. Codes
# (`important_value` and so on) or names will do.
#
# **Leave the answer in** `tier` (a Series, the customer as its index, the class as its value).

# %% name="q6_4" question="6.4"
### BEGIN SOLUTION
### STUB tier = ...
tier = rk.rfm_class(levels)
### END SOLUTION

# %% name="check_6_4"
check("6.4", tier)

# %% name="hint_6_4"
# hint("6.4")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　M 決定「重要」或「一般」，R 和 F 決定後面兩個字。印出 (R, F, M) 三個數字再對一次，
# 就不會把「發展」(1, 0) 和「保持」(0, 1) 弄反。
#
# **另一種做法**　把表 5-2 寫成一個字典，鍵是 `(R, F, M)`，用 `levels.apply(tuple, axis=1).map(...)` 對照。

# %% [markdown] lang="en" solution_only=true
# **Why.** M decides between important and general; R and F decide the rest. Print (R, F, M) beside each
# name, and develop (1, 0) will not be taken for keep (0, 1).
#
# **Another way.** Write table 5-2 as a dictionary from `(R, F, M)` to the class, and look each customer
# up with `levels.apply(tuple, axis=1).map(...)`.

# %% [markdown] lang="zh-TW"
# ## {6.5}
#
# 同事寫了 `summarise`，要給經理看每一類的人數、消費和各自的占比。經理看了一眼就說：「占比加起來怎麼超過 100%？」
# 找出**所有**的錯，改好函式，再把 `...` 換成 `summarise(rfm, tier)`。
#
# **把答案留在** `summary`（DataFrame，一列一個類別，欄位 `customers`、`customer_share`、`revenue`、`revenue_share`；
# 消費是這一類所有客戶的總和，占比是 0 到 1 的小數）。
# （`groupby(tier)` 是依類別分組；`observed=False` 讓沒有人的類別也列出來，不是錯誤。）

# %% [markdown] lang="en"
# ## {6.5}
#
# A colleague wrote `summarise` to show the manager each class’s customers, spend and shares. The
# manager took one look: “Why do the shares add up to more than 100%?” Find **every** error, mend the
# function, and replace the `...` by `summarise(rfm, tier)`.
#
# **Leave the answer in** `summary` (a DataFrame, one row a class, columns `customers`,
# `customer_share`, `revenue` and `revenue_share`; spend is the total of a class’s customers, shares are
# fractions between 0 and 1). (`groupby(tier)` groups by class; `observed=False` keeps classes that nobody is
# in, and is no error.)

# %% name="q6_5" question="6.5"
### BEGIN SOLUTION
### STUB def summarise(rfm, tier):
### STUB     groups = rfm.groupby(tier, observed=False)["monetary"]
### STUB     table = pd.DataFrame({"customers": groups.count(), "revenue": groups.mean()})
### STUB     table["customer_share"] = table["customers"] / table["customers"].max()
### STUB     table["revenue_share"] = table["revenue"] / table["revenue"].max()
### STUB     return table
### STUB
### STUB
### STUB summary = ...
def summarise(rfm, tier):
    groups = rfm.groupby(tier, observed=False)["monetary"]
    table = pd.DataFrame({"customers": groups.count(), "revenue": groups.sum()})
    table["customer_share"] = table["customers"] / table["customers"].sum()
    table["revenue_share"] = table["revenue"] / table["revenue"].sum()
    return table


summary = summarise(rfm, tier)
### END SOLUTION

# %% name="check_6_5"
check("6.5", summary)

# %% name="hint_6_5"
# hint("6.5")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　兩個錯。一、`mean` 算的是每人平均，類別的消費要用 `sum`。二、占比要除以總和，除以最大值的話，
# 最大的一類永遠是 100%。只看一眼就能發現的檢查：占比加起來是不是 1？
#
# **另一種做法**　`rk.class_summary(rfm, tier)` 一行就有同樣的表，還附上 (R, F, M)。

# %% [markdown] lang="en" solution_only=true
# **Why.** Two errors. `mean` gives the spend per head, while a class’s spend is a `sum`. And a share is
# divided by the total: divided by the largest, the largest class is always 100%. One glance would
# have told: do the shares add up to 1?
#
# **Another way.** `rk.class_summary(rfm, tier)` gives the same table in one line, with (R, F, M) beside the name.

# %% [markdown] lang="zh-TW"
# ## {6.6}
#
# 把三個門檻都從平均數換成**中位數**，重新分類。哪些客戶的類別變了？
# （順便想想：寫 6.7 的報告時，你會建議這位經理用哪一種門檻？為什麼？）
#
# **把答案留在** `movers`（客戶編號的清單，順序不限）。

# %% [markdown] lang="en"
# ## {6.6}
#
# Move all three cuts from the mean to the **median** and tier again. Which customers are in another
# class? (Then think, for your report in 6.7: which cut would you recommend to this manager, and why?)
#
# **Leave the answer in** `movers` (a list of customers, in any order).

# %% name="q6_6" question="6.6"
### BEGIN SOLUTION
### STUB movers = ...
by_median = rk.rfm_class(rk.high_low(rfm, cuts=rk.rfm_cuts(rfm, method="median")))
movers = list(rfm.index[tier != by_median])
### END SOLUTION

# %% name="check_6_6"
check("6.6", movers)

# %% name="hint_6_6"
# hint("6.6")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　兩次分類的客戶和順序都一樣，所以可以直接用 `!=` 一個一個比。
# 這些客戶什麼都沒做，只是門檻動了。給經理的報告要寫明用哪一種門檻，而且下個月不能換。
#
# **另一種做法**　`pd.crosstab(tier, by_median)`：不在對角線上的就是換類別的人，還看得出從哪裡換到哪裡。

# %% [markdown] lang="en" solution_only=true
# **Why.** Both tierings have the same customers in the same order, so `!=` compares them one by one.
# These customers did nothing; only the cut moved. The report must say which cut it uses, and next
# month’s must use the same.
#
# **Another way.** `pd.crosstab(tier, by_median)`: whoever is off the diagonal has moved, and you see
# from where to where.

# %% [markdown] lang="zh-TW"
# ## {6.7}
#
# 今天只夠打五通電話。從**花得多、但有一陣子沒來**的客戶（重要保持與重要挽留，用平均數分的類）裡，
# 挑出消費最多的五位，由多到少排。`tier` 裡存的是代碼：重要保持是 `important_keep`，重要挽留是 `important_win_back`。
#
# **把答案留在** `call_list`（五個客戶編號的清單，有順序）。這一部分 {6.7 checked}。

# %% [markdown] lang="en"
# ## {6.7}
#
# There is time for five calls today. From the customers who **spend a lot and have gone quiet**
# (*Important: keep* and *Important: win back*, tiered by the mean; their codes are `important_keep` and
# `important_win_back`), pick the five biggest spenders, the biggest first.
#
# **Leave the answer in** `call_list` (a list of five customers, in order). This part is worth {6.7 checked}.

# %% name="q6_7" question="6.7"
### BEGIN SOLUTION
### STUB call_list = ...
quiet = rfm[tier.isin(["important_keep", "important_win_back"])]
call_list = quiet.sort_values("monetary", ascending=False).head(5).index.tolist()
### END SOLUTION

# %% name="check_6_7"
check("6.7", call_list)

# %% name="hint_6_7"
# hint("6.7")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　先用類別篩選，再用金額排序。順序反過來（先取最大的五位）會把昨天才來的客戶也排進去。
#
# **另一種做法**　`quiet.nlargest(5, "monetary").index.tolist()`，一行完成排序與取前五位。

# %% [markdown] lang="en" solution_only=true
# **Why.** Filter by class first, then sort by money. The other way round, yesterday’s buyers get on the
# list.
#
# **Another way.** `quiet.nlargest(5, "monetary").index.tolist()` sorts and takes five in one go.

# %% [markdown] lang="zh-TW"
# **給經理的建議（{6.7 written}，由老師評閱）**　在下面這一格寫 150 到 300 字（含標點）：整體看到什麼、先做哪三件事、
# 這份分級的限制是什麼。評閱看四點：有沒有用到數字、建議和類別對不對得上、
# 有沒有說明門檻以及換成中位數的影響、有沒有寫出限制。

# %% [markdown] lang="en"
# **Your recommendation ({6.7 written}, marked by your teacher).** In the cell below, write 100 to 200 words:
# what the data show, the first three things to do, and the limits of this tiering. Four things are
# looked for: figures are used; the advice fits the classes; the cut is stated, with what the median would
# change; at least one limit is named.

# %% [markdown] lang="zh-TW" question="6.7"
# *（在這一格按兩下，刪掉這行字，寫下你的建議。）*

# %% [markdown] lang="en" question="6.7"
# *(Double-click this cell, delete this line, and write your recommendation.)*

# %% [markdown] lang="zh-TW" solution_only=true
# **參考答案**（每個人的寫法不同）
#
# > 南區分公司三月有 60 位客戶，淨營收 463,435 元。17 位（28%）消費高於平均，帶來 79% 的營收。先做三件事：
# > 一、今天打給 C083、C368、C016、C313、C064，他們花得多，卻都超過兩週沒來；同類的 C374 明天補打；
# > 二、七位重要價值客戶（34% 的營收）指定專人，維持 VIP 服務；
# > 三、四位重要發展客戶（18%）最近才來過，給下次採購的優惠，讓他們更常來。其餘 43 位維持一般服務。
# > 門檻是本分公司三月的平均數（R 13 天、F 3 次、M 7,724 元）；換成中位數，29 位會換類別。限制：只看一個月，
# > 三月沒買的客戶不在表裡；也沒有成本和利潤。建議補上一年的記錄再做取捨。
#
# **評分參考**　用到具體數字 0.5 分；三件事各自對應到類別的策略 0.5 分；寫明門檻與換成中位數的差別 0.5 分；
# 說出至少一個限制 0.5 分。

# %% [markdown] lang="en" solution_only=true
# **One possible answer**
#
# > In March the southern branch had 60 customers and NT$463,435 net. Seventeen of them (28%) spent more than
# > the mean and bring 79% of it. Three things first. Today, call C083, C368, C016, C313 and C064: they spend
# > a lot and have not bought for more than two weeks; C374, of the same kind, follows tomorrow. Give the seven *Important: value* customers (34% of the
# > money) a named contact. Make the four *Important: develop* customers (18%), who bought recently, an offer
# > on their next order. The other 43 keep normal service. The cuts are this branch’s means for March (R 13
# > days, F 3 orders, M NT$7,724); by the median 29 customers would be in another class. Limits: one month
# > only, customers with no purchase in March are missing, and there are no costs or profit. Look at a year
# > before taking service away from anyone.
#
# **For marking.** Figures are used, 0.5; the three actions fit their classes, 0.5; the cut is stated with what
# the median would change, 0.5; at least one limit is named, 0.5.

# %% name="facts_of_the_answer" solution_only=true claims=true
# The kit checking itself: the figures in the answer above must agree with the books.
assert (len(rfm), march_revenue, len(movers)) == (60, 463_435, 29)
assert call_list == ["C083", "C368", "C016", "C313", "C064"]
assert rfm.loc[call_list, "recency_days"].min() > 14
assert levels["M"].sum() == 17
assert len(quiet) + (tier.isin(["important_value", "important_develop"])).sum() + 43 == 60
assert quiet.sort_values("monetary").index[0] == "C374"
assert rfm.mean().round().tolist() == [13, 3, 7724]
assert f"{rfm.loc[levels['M'], 'monetary'].sum() / march_revenue:.0%}" == "79%"
assert f"{summary.at['important_value', 'revenue_share']:.0%}" == "34%"
assert f"{summary.at['important_develop', 'revenue_share']:.0%}" == "18%"

# %% [markdown] lang="zh-TW"
# ## {6.8}
#
# 報告要附一張圖。把 `summary`（先讓 6.5 通過）的**營收占比**畫成**直條圖**：八類照表 5-2 的順序由左到右，高度是百分比（0 到 100）。
# 標題寫你的結論，兩條軸都要有名字；縱軸的名字裡寫出單位 %。
#
# **把答案留在** `class_chart`（畫圖那一行交回的東西）。
#
# > **怎麼畫**　`一欄.plot.bar(title="…", xlabel="…", ylabel="…", rot=30)` 把一欄數字畫成直條，索引寫在下面；`rot=30` 把字轉斜。

# %% [markdown] lang="en"
# ## {6.8}
#
# The report needs a chart. Draw the **share of revenue** in `summary` (make 6.5 pass first) as a **bar chart**: the eight
# classes from left to right in the order of table 5-2, the heights in per cent (0 to 100). Let the title tell your finding, and
# name both axes, the vertical one with its unit, %.
#
# **Leave the answer in** `class_chart` (what the line that draws gives back).
#
# > **How to draw.** `column.plot.bar(title="…", xlabel="…", ylabel="…", rot=30)` draws a column of numbers as bars with the index
# > below them; `rot=30` tilts the names.

# %% name="q6_8" question="6.8"
### BEGIN SOLUTION
### STUB class_chart = ...
import matplotlib.pyplot as plt

percent = 100 * summary["revenue_share"]
percent.index = [rk.class_name(code) for code in percent.index]
class_chart = percent.plot.bar(
    title=f"{percent.index[0]}: {percent.iloc[0]:.0f}%",
    xlabel=rk.label("column.tier"),
    ylabel=rk.label("column.revenue_share") + " (%)",
    rot=30,
)
plt.close(class_chart.figure)  # shown below the check, with a description
### END SOLUTION

# %% name="check_6_8"
check("6.8", class_chart)

# %% name="hint_6_8"
# hint("6.8")

# %% name="picture_6_8" solution_only=true
bars = ", ".join(f"{name} {share:.0f}%" for name, share in percent.items())
words = {"zh-TW": f"直條圖：各類的營收占比。{bars}。", "en": f"Bars: share of revenue by class. {bars}."}
rk.show(class_chart, words=words)

# %% name="claim_picture_6_8" claims=true solution_only=true
assert percent.round().astype(int).tolist()[0] == 34
assert round(percent.iloc[:4].sum()) == 79

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　八類有固定的順序，下個月再畫一次，兩張圖可以對著看；前四根（重要）合起來 79%，經理一眼就知道時間該往左邊放。
# 標題寫「重要價值：34%」這樣的結論，不寫「營收占比圖」。
#
# **另一種做法**　`rk.plot_rfm_classes(rfm, tier)` 是課文的圖：橫的長條，旁邊用菱形標出人數占比。名稱不必轉斜，又多看到人數；
# 代價是一張圖說兩件事，投影在遠處時要多解釋一句。

# %% [markdown] lang="en" solution_only=true
# **Why.** The classes have an order of their own, so next month’s chart can lie beside this one; the first four bars
# (important) come to 79%, and the manager sees at once which side deserves the time. The title states the finding, such as
# “Important: value: 34%”, and not “chart of revenue shares”.
#
# **Another way.** `rk.plot_rfm_classes(rfm, tier)` is the figure of the lesson: bars lying down, with a diamond for the share
# of customers. No name is tilted, and you see people as well; the price is one figure that says two things.

# %% [markdown] lang="zh-TW"
# ## {6.9}
#
# 你的報告第一句大概是「三月的客戶裡，有幾成的人消費達到平均」。客戶只有幾十位，這個「幾成」能有多準？
# 用 `levels`（先讓 6.3 通過）數出 **M 高**的有幾位，交給 `rk.share_interval(幾位, 全部幾位)`，得到占比和它的 95% 區間。
#
# **把答案留在** `sure`（字典：`{"share": …, "low": …, "high": …}`，都是 0 到 1 的小數）。
#
# > **怎麼讀這個區間**　假如還有許多像三月這樣的月份、這樣的一群客戶，照這個方法算出的區間，一百次約有九十五次會包住真正的占比。
# > 它只處理「剛好是這些人」的運氣，不處理漏掉的客戶、記錯的金額。

# %% [markdown] lang="en"
# ## {6.9}
#
# Your report may well begin: “Of March’s customers, so many per cent reach the mean spend.” With only a few dozen, how far
# can that be trusted? Count from `levels` (make 6.3 pass first) how many have a **high M**, and give
# `rk.share_interval(how many, of how many)` the two numbers: you get the share and its 95% interval.
#
# **Leave the answer in** `sure` (a dictionary, `{"share": …, "low": …, "high": …}`, all from 0 to 1).
#
# > **Reading the interval.** Were there many months like March, each with such customers, about 95 in 100 intervals made in
# > this way would hold the true share. It allows for the luck of having just these people, and not for customers left out or
# > amounts written down wrongly.

# %% name="q6_9" question="6.9"
### BEGIN SOLUTION
### STUB sure = {"share": ..., "low": ..., "high": ...}
interval = rk.share_interval(int(levels["M"].sum()), len(levels))
sure = {"share": interval.estimate, "low": interval.low, "high": interval.high}
### END SOLUTION

# %% name="check_6_9"
check("6.9", sure)

# %% name="hint_6_9"
# hint("6.9")

# %% name="said_6_9" solution_only=true
print(rk.describe_interval(interval))

# %% name="claim_6_9" claims=true solution_only=true
assert [round(end, 2) for end in sure.values()] == [0.28, 0.19, 0.41]

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　17 ÷ 60 = 28%，區間是 19% 到 41%。下個月若是 32%，不必急著解釋「客戶變好了」：那還在區間裡面。
# 樣本要變四倍（240 位），區間才會窄一半左右。
#
# **另一種做法**　`rk.bootstrap_interval` 什麼數字都能算，包括「他們帶來 79% 的營收」；代價是要重抽兩千次，
# 而且少數大客戶會讓它偏窄。占比用公式就好。

# %% [markdown] lang="en" solution_only=true
# **Why.** 17 ÷ 60 = 28%, and the interval runs from 19 to 41%. If next month shows 32%, there is no need to explain how the
# customers improved: that is well inside. It takes four times as many customers (240) to halve the interval.
#
# **Another way.** `rk.bootstrap_interval` works for any number, “they bring 79% of the money” included; the price is two thousand
# drawings, and a few giants make it too narrow. For a share the formula will do.

# %% [markdown] lang="zh-TW"
# ## 交出報告
#
# 最後一步：把表 5-3、門檻、八個類別、摘要和未採用的列寫進一本活頁簿。做完前面各題後，點進下一格，按 Ctrl＋A 全選，
# 再按 Ctrl＋/（Mac 用 Command），就能一次拿掉每一行的 `#`，然後執行，就會在這個資料夾得到 `practicum_report.xlsx`。用 Excel 打開，想像你是經理：第一眼看到的是不是最重要的事？

# %% [markdown] lang="en"
# ## Hand in the report
#
# The last step: table 5-3, the cuts, the eight classes, the summary and the rows left out, all in one
# workbook. When the questions above are done, click into the next cell, press Ctrl+A and then
# Ctrl+/ (Command on a Mac) to take away every `#` at once, and run it: you get `practicum_report.xlsx` in this folder. Open it in Excel and imagine you are the manager: is the
# most important thing the first you see?

# %% name="report"
# rk.write_report(
#     rfm,
#     "practicum_report.xlsx",
#     cuts=rk.rfm_cuts(rfm),
#     today=TODAY,
#     clean=clean,
#     rejected=rejected,
# )

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
progress("6")

# %% [markdown] lang="zh-TW"
# 想再看一次怎麼做，[回到課文](../../notebooks/zh-TW/06_practicum.ipynb)；接下來，[第 7 章](../../notebooks/zh-TW/07_management.ipynb)要用這些類別排出星期一的工作。

# %% [markdown] lang="en"
# To see again how it is done, go [back to the lesson](../../notebooks/en/06_practicum.ipynb); next, [chapter 7](../../notebooks/en/07_management.ipynb)
# turns the classes into Monday’s work.
