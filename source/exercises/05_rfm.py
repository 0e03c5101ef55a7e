# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="zh-TW"
# # 第 5 章練習　分公司的一年
#
# [English edition](../en/05_rfm.ipynb) · [回到課文](../../notebooks/zh-TW/05_rfm.ipynb)
#
# > **情境**　南區分公司聽說總公司只看「怎麼買」就分出了八類客戶，也想要一份。帳冊格式一樣，客戶和數字都不同，
# > 他們還有一支同事寫的程式和一個寄挽留信的主意，要你看看。今天是 2021 年 4 月 1 日。
# >
# > **練什麼**　R、F、M 的定義、任何門檻的八類、同分的分數、錯誤的代價、季節。{chapter 5}。
# > **資料**　分公司的 `年度交易.csv` 和 `客戶年報.csv`，[欄位說明](../../data/practice/README.md)。
# >
# > **怎麼作答**　每一題三步：把 `...` 換成你的答案，留在題目指定的變數裡；執行下面的 `check` 那一格；讀卡片。答錯不扣分，可以一直改。
# > 卡住時，把 `hint` 那一格開頭的 `#` 刪掉再執行，每執行一次多給一點，一共三次；看完第三個提示或答對之後，卡片會帶你到這一題的解答（你的教材裡有解答的話）。
# > 出現紅色的 `NameError`，多半是前面有一格沒執行：選 **Run → Run All Above Selected Cell**。

# %% [markdown] lang="en"
# # Chapter 5 exercise: the branch's year
#
# [中文版](../zh-TW/05_rfm.ipynb) · [back to the lesson](../../notebooks/en/05_rfm.ipynb)
#
# > **The scene.** The southern branch has heard that head office sorted its customers into eight classes by
# > nothing but how they buy, and wants the same. The layout of the books is the same; customers and figures are
# > others. The branch also has a colleague’s program and an idea for win-back letters that you should look at.
# > Today is 1 April 2021.
# >
# > **What you practise.** Definitions of R, F and M; eight classes by any cuts; scores and ties; what a mistake
# > costs; the season. {chapter 5}. **Data:** the branch’s `年度交易.csv` (the year’s
# > orders) and `客戶年報.csv` (the customers), [what their columns mean](../../data/practice/README.md).
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
ledger = rk.load_transactions(rk.data_file("年度交易.csv", books="practice"))
clean, left_out = rk.clean_transactions(ledger, today=TODAY)
customers = rk.load_table(rk.data_file("客戶年報.csv", books="practice"), index="customer")
rfm = rk.rfm_table(clean, today=TODAY, order="order")
tier = rk.rfm_class(rk.high_low(rfm, cuts=rk.rfm_cuts(rfm)))
rk.pretty(rfm.join(customers["industry"]).join(tier).head(3))

# %% [markdown] lang="zh-TW"
# 後面各題都可以用這些：`clean` 是整理好的一年交易，`customers` 是客戶年報，`rfm` 是一整年的 R、F、M（算到 4 月 1 日），
# `tier` 是用平均數分的八類（代碼）。

# %% [markdown] lang="en"
# All questions may use these: `clean`, the year's orders made ready; `customers`, the customers' table; `rfm`, R, F and
# M of the whole year, counted to 1 April; and `tier`, the eight classes by the mean (codes).

# %% [markdown] lang="zh-TW"
# ## {5.1}
#
# 先用紙筆熱身。**把答案留在** `answer_5_1`（一個字母，例如 `"a"`）。

# %% [markdown] lang="en"
# ## {5.1}
#
# A warm-up on paper. **Leave the answer in** `answer_5_1` (one letter, such as `"a"`).

# %% name="ask_5_1"
ask("5.1")

# %% name="q5_1" question="5.1"
### BEGIN SOLUTION
### STUB answer_5_1 = ...
answer_5_1 = "c"
### END SOLUTION

# %% name="check_5_1"
check("5.1", answer_5_1)

# %% name="hint_5_1"
# hint("5.1")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　最後一次**購買**是 3 月 1 日，到 4 月 1 日 31 天；3 月 20 日是退貨，不算來過。訂單兩張，品項三個，F 數訂單。
# M 是 1,200 + 600 + 3,000 − 300 = 4,500 元。
#
# **另一種做法**　M 用平均也有人用，這裡是 2,250 元，好處是不會和 F 說同一件事（課文第 {section reference} 節）；
# 代價是只來一次、買一大筆的人會變成「重要」。用哪一種都要寫明。

# %% [markdown] lang="en" solution_only=true
# **Why.** The last **purchase** was on 1 March, 31 days before 1 April; the return of 20 March is no visit. There are two
# orders and three lines, and F counts orders. M is 1,200 + 600 + 3,000 − 300 = NT$4,500.
#
# **Another way.** Some take the mean order for M, here NT$2,250. It does not repeat what F says already (section {section reference} of
# the lesson); the price is that a single large order makes a customer important. State which one you use.

# %% [markdown] lang="zh-TW"
# ## {5.2}
#
# 分公司想在 2021 年**元旦早上**寄挽留信。那天早上，帳冊裡只有元旦**以前**的交易。用這些交易，替當時的每位客戶算出：
#
# - `recency_days`：最後一次購買到 **2021-01-01** 的天數
# - `frequency`：購買次數，一張訂單算一次
# - `monetary`：總消費，扣掉退貨（元）
#
# 前兩行已經寫好，第三行是你的。
#
# **把答案留在** `january`（DataFrame，一列一位客戶，索引是客戶編號）。5.7 會用到它。

# %% [markdown] lang="en"
# ## {5.2}
#
# The branch would have liked to send win-back letters on the **morning of New Year's Day** 2021. On that morning the
# ledger held the orders **before** New Year's Day only. From these, compute for every customer of that time:
#
# - `recency_days`: days from the last purchase to **2021-01-01**
# - `frequency`: number of purchases; an order counts once
# - `monetary`: total spend in NT dollars, less returns
#
# The first two lines are there; the third is yours.
#
# **Leave the answer in** `january` (a DataFrame, one row per customer, the customer as its index). Question 5.7
# will use it.

# %% name="q5_2" question="5.2"
### BEGIN SOLUTION
### STUB NEW_YEAR = pd.Timestamp("2021-01-01")
### STUB before = clean[clean["date"] < NEW_YEAR]
### STUB january = ...
NEW_YEAR = pd.Timestamp("2021-01-01")
before = clean[clean["date"] < NEW_YEAR]
january = rk.rfm_table(before, today=NEW_YEAR, order="order")
### END SOLUTION

# %% name="check_5_2"
check("5.2", january)

# %% name="hint_5_2"
# hint("5.2")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　期間和基準日要一起搬。只改 `today` 不篩列，`rk.rfm_table` 會說有些列在基準日之後而停下來；
# 只篩列不改 `today`，每個人的 R 都多 90 天，程式一聲不吭。表裡少了 18 位：這一年裡，他們元旦以後才第一次買。
#
# **另一種做法**　只用 pandas，每一步都看得見；代價是退貨該扣的、不該算的，全要自己記得：

# %% [markdown] lang="en" solution_only=true
# **Why.** Period and reference date move together. Change `today` without filtering, and `rk.rfm_table` stops, as some
# rows lie after it; filter without changing `today`, and every R is 90 days too long without a word of warning. Eighteen
# customers are missing: in this year they bought for the first time after New Year's Day.
#
# **Another way,** with pandas alone. Every step is in sight; the price is that you must remember by yourself
# where returns count and where not:

# %% name="another_way_5_2" solution_only=true
bought = before[before["amount"] > 0].groupby("customer")
by_hand = pd.DataFrame(
    {
        "recency_days": (NEW_YEAR - bought["date"].max()).dt.days,
        "frequency": bought["order"].nunique(),
        "monetary": before.groupby("customer")["amount"].sum(),
    }
)
by_hand.head(3)

# %% name="claim_another_way_5_2" claims=true solution_only=true
assert (by_hand == january).all(axis=None)
assert len(rfm) - len(january) == 18

# %% [markdown] lang="zh-TW"
# ## {5.3}
#
# 分公司的人習慣 1 到 5 分。用一整年的 `rfm`，替 R、F、M 各打 1 到 5 分（`rk.score`，5 分最好），**4 分和 5 分算高**，
# 再依表 5-2 分成八類。類別用代碼或中文名稱都可以。
#
# 打分數的表已經有了，但其中**一行要改**：想想三個指標裡，哪一個是小的好。
#
# **把答案留在** `by_scores`（Series，索引是客戶編號，值是類別）。

# %% [markdown] lang="en"
# ## {5.3}
#
# At the branch they think in scores from 1 to 5. From the whole year's `rfm`, score R, F and M (`rk.score`, 5 is
# best), take **4 and 5 as high**, and class the customers by table 5-2. Codes or names will do.
#
# The table of scores is there, but **one of its lines must change**: of which measure is a small number good?
#
# **Leave the answer in** `by_scores` (a Series, the customer as its index, the class as its value).

# %% name="q5_3" question="5.3"
### BEGIN SOLUTION
### STUB scores = pd.DataFrame(
### STUB     {
### STUB         "R": rk.score(rfm["recency_days"]),
### STUB         "F": rk.score(rfm["frequency"]),
### STUB         "M": rk.score(rfm["monetary"]),
### STUB     }
### STUB )
### STUB by_scores = ...
scores = pd.DataFrame(
    {
        "R": rk.score(rfm["recency_days"], smaller_is_better=True),
        "F": rk.score(rfm["frequency"]),
        "M": rk.score(rfm["monetary"]),
    }
)
by_scores = rk.rfm_class(scores >= 4)
### END SOLUTION

# %% name="check_5_3"
check("5.3", by_scores)

# %% name="hint_5_3"
# hint("5.3")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　打分數時 R 要說「小的好」，之後三欄就能用同一個 `>= 4` 比。和平均數相比，M 高的客戶從 75 位變成 128 位，
# 因為分數只看名次，不怕幾位大客戶把平均拉高。
#
# **另一種做法**　`scores >= scores.mean()`，用平均分當門檻。寫起來一樣短，可是同分一多，平均分就跟著動，
# 很難向業務員解釋「高」是什麼；「4 分以上」講得出口。

# %% [markdown] lang="en" solution_only=true
# **Why.** R must be told that small is good; after that, one `>= 4` serves all three columns. Compared with the mean,
# 128 customers instead of 75 have a high M: scores see ranks only, so a few giants cannot pull the cut up.
#
# **Another way.** `scores >= scores.mean()` takes the mean score as the cut. It is as short, but ties shift the mean
# score, and what “high” means is hard to tell a salesperson; “4 and up” can be said aloud.

# %% name="facts_5_3" solution_only=true claims=true
# The kit checking itself.
assert ((scores["M"] >= 4).sum(), rk.high_low(rfm, cuts=rk.rfm_cuts(rfm))["M"].sum()) == (128, 75)

# %% [markdown] lang="zh-TW"
# ## {5.4}
#
# 下面是分公司同事寫的 `five_points`：給它一張 R、F、M 表，它交回 1 到 5 分。程式不會出錯，業務員卻來抱怨：
# 「昨天才來的客戶，R 怎麼只有 1 分？」「這兩位買的次數一樣，F 怎麼不一樣？」
#
# 找出**所有**的錯，改好函式。規則和課文第 {section fifths} 節一樣：數有幾位客戶**比他差**，乘以 5，除以總人數，只取整數，再加 1。
# 一樣的客戶分數一樣；人數不同的表也要能用（下個月還要跑）。
#
# **把答案留在** `five_points`（函式；給它像 `rfm` 那樣的表，交回欄位 `R`、`F`、`M` 的 DataFrame，索引是客戶編號）。
#
# > **怎麼讀這段程式**　`for name, column in [("R", "recency_days"), …]` 把三對名字一對一對拿出來；
# > `table[name] = …` 替表加一欄；`pd.DataFrame(index=rfm.index)` 是一張只有客戶編號、還沒有欄的表。

# %% [markdown] lang="en"
# ## {5.4}
#
# A colleague at the branch wrote `five_points`: give it a table of R, F and M, and it returns scores from 1 to 5. It
# gives no error, but the salespeople complain: “This customer came yesterday; why is R only 1?” “These two ordered
# equally often; why does F differ?”
#
# Find **every** error and mend the function. The rule is that of section {section fifths} of the lesson: count how many customers are
# **worse**, times 5, divided by the number of customers, keep the whole number, add 1. Equal customers get equal
# scores, and the function must work for a table of any length, since it will run again next month.
#
# **Leave the answer in** `five_points` (a function: give it a table such as `rfm`, and it returns a DataFrame with
# columns `R`, `F` and `M`, the customer as its index).
#
# > **Reading the code.** `for name, column in [("R", "recency_days"), …]` takes three pairs of names one after another;
# > `table[name] = …` adds a column; `pd.DataFrame(index=rfm.index)` is a table of customers with no columns yet.

# %% name="q5_4" question="5.4"
### BEGIN SOLUTION
### STUB def five_points(rfm):
### STUB     table = pd.DataFrame(index=rfm.index)
### STUB     for name, column in [("R", "recency_days"), ("F", "frequency"), ("M", "monetary")]:
### STUB         place = rfm[column].rank(method="first")
### STUB         table[name] = pd.qcut(place, 5, labels=[1, 2, 3, 4, 5]).astype(int)
### STUB     return table
def five_points(rfm):
    table = pd.DataFrame(index=rfm.index)
    for name, column in [("R", "recency_days"), ("F", "frequency"), ("M", "monetary")]:
        large_is_good = name != "R"
        worse = rfm[column].rank(method="min", ascending=large_is_good) - 1
        table[name] = 1 + 5 * worse // len(rfm)
    return table.astype(int)
### END SOLUTION


# %% name="check_5_4"
check("5.4", five_points)

# %% name="hint_5_4"
# hint("5.4")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　兩個錯。一、三欄都當成「大的好」，R 整個反了：256 位的 R 分數是錯的，只有中間那一份碰巧對。
# 二、`method="first"` 讓同分的人照編號分高下：56 位的 F 分數不對。只買兩次的客戶裡，C010 拿 1 分、C221 拿 2 分。
# 每份剛好 64 人的表最漂亮，也最該懷疑。
#
# **另一種做法**　三欄各寫一行 `rk.score(...)`，R 加上 `smaller_is_better=True`，就是 5.3 的 `scores`。短、測試過；
# 代價是規則藏在套件裡，別人問「為什麼是這個分數」時，你還是要會說上面那一句。

# %% [markdown] lang="en" solution_only=true
# **Why.** Two errors. All three columns take large as good, so R is upside down: 256 customers have a wrong R, and only
# the middle fifth is right by luck. And `method="first"` ranks equals by their customer number: 56 have a wrong F.
# Of those with two orders, C010 gets a 1 and C221 a 2. A table with exactly 64 in each part is the prettiest, and the
# first to be doubted.
#
# **Another way.** One `rk.score(...)` a column, with `smaller_is_better=True` for R, gives the `scores` of 5.3. It is short
# and tested; the price is that the rule is hidden, and when somebody asks “why this score?” you still need the
# sentence above.

# %% name="facts_5_4" solution_only=true
neat = pd.DataFrame(
    {
        name: pd.qcut(rfm[column].rank(method="first"), 5, labels=[1, 2, 3, 4, 5]).astype(int)
        for name, column in zip("RFM", rfm.columns, strict=True)
    }
)

# %% name="claim_facts_5_4" claims=true solution_only=true
# The kit checking itself: the colleague's way, and what it cost.
assert (five_points(rfm) == scores).all(axis=None)
assert (neat != scores).sum().tolist() == [256, 56, 0]
assert rfm.loc[["C010", "C221"], "frequency"].tolist() == [2, 2]
assert neat.loc[["C010", "C221"], "F"].tolist() == [1, 2]

# %% [markdown] lang="zh-TW"
# ## {5.5}
#
# 經理問：「算法差一點點，有那麼要緊嗎？」用人數回答他。下面三種情形，各有幾位客戶的類別和 `tier`（一整年、平均數）不同？
#
# - `median`：三個門檻改用**中位數**
# - `mean_order`：M 改用每張訂單的**平均**金額（總額 ÷ 次數）
# - `lines`：F 數的是購買的**品項**（列數），不是訂單
#
# 後兩種用**新的**表重算平均數當門檻；R 和其他欄照舊。
#
# `changed` 已經寫好：給它一張 R、F、M 表，它交回有幾位和 `tier` 不同，例如 `changed(rfm, method="median")`。
#
# **把答案留在** `cost`（字典：`{"median": …, "mean_order": …, "lines": …}`，三個人數）。

# %% [markdown] lang="en"
# ## {5.5}
#
# The manager asks: “A slightly different rule, does it matter?” Answer in customers. In each of these three cases, how
# many are in another class than in `tier` (the whole year, by the mean)?
#
# - `median`: the **median** for all three cuts
# - `mean_order`: for M, the **mean** order (total ÷ number of orders)
# - `lines`: F counts purchased order **lines** (rows), not orders
#
# The latter two take as cuts the means of the **new** table; R and the other columns stay as they are.
#
# `changed` is there: hand it a table of R, F and M, and it returns how many are in another class than in `tier`, as in
# `changed(rfm, method="median")`.
#
# **Leave the answer in** `cost` (a dictionary, `{"median": …, "mean_order": …, "lines": …}`, three numbers of customers).

# %% name="q5_5" question="5.5"
### BEGIN SOLUTION
### STUB def changed(table, method="mean"):
### STUB     new = rk.rfm_class(rk.high_low(table, cuts=rk.rfm_cuts(table, method=method)))
### STUB     return int((new != tier).sum())
### STUB
### STUB
### STUB cost = {"median": ..., "mean_order": ..., "lines": ...}
def changed(table, method="mean"):
    new = rk.rfm_class(rk.high_low(table, cuts=rk.rfm_cuts(table, method=method)))
    return int((new != tier).sum())


cost = {
    "median": changed(rfm, method="median"),
    "mean_order": changed(rfm.assign(monetary=rfm["monetary"] / rfm["frequency"])),
    "lines": changed(rk.rfm_table(clean, today=TODAY)),
}
### END SOLUTION

# %% name="check_5_5"
check("5.5", cost)

# %% name="hint_5_5"
# hint("5.5")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　中位數換掉 151 位，將近一半；平均金額 50 位；把品項當訂單 17 位。最後一個是真正的**錯**，反而最便宜，
# 因為每個人的 F 一起變大，門檻也跟著上去。所以「換了幾位」只說後果，不說對錯：先想清楚要量什麼，再選門檻，選了就別換。
#
# **另一種做法**　`pd.crosstab(tier, new)` 把每一種搬動列成一張表，不在對角線上的就是換類別的人。看得出從哪裡換到哪裡；
# 代價是八乘八格，經理看不完，還是要給他一個數字。

# %% [markdown] lang="en" solution_only=true
# **Why.** The median moves 151, nearly half; the mean order 50; lines for orders 17. The last is the only true **mistake**
# of the three, and the cheapest, since everybody's F grows together and takes the cut along. So the number of moves
# tells the consequence, not who is right: decide what you want to measure, then choose a cut, then keep it.
#
# **Another way.** `pd.crosstab(tier, new)` lists every move; whoever is off the diagonal has changed class. You see
# from where to where; the price is eight by eight cells, and the manager still needs one number.

# %% name="facts_5_5" solution_only=true claims=true
# The kit checking itself.
assert cost == {"median": 151, "mean_order": 50, "lines": 17}

# %% [markdown] lang="zh-TW"
# ## {5.6}
#
# 畫**直條圖**給經理看：**學校**（`customers` 的 `industry` 是 `"school"`）每個月下幾張訂單。一張訂單算一次，退貨不算；
# 一個月一根直條，照時間從左到右，下面寫年月，像 `2020-04`。要有標題，兩條軸都要有名字，用中文或英文寫都可以。
#
# **把答案留在** `chart`（畫出來的圖）。
#
# > **怎麼畫**　一欄數字（Series）後面接 `.plot.bar(title="…", xlabel="…", ylabel="…")` 就畫成直條，索引寫在下面，
# > 交回來的東西就是圖。

# %% [markdown] lang="en"
# ## {5.6}
#
# Draw a **bar chart** for the manager: how many orders **schools** (`industry` in `customers` is `"school"`) placed in each month. An
# order counts once, returns do not count; one bar a month, in order of time from left to right, with year and month
# below it, such as `2020-04`. Give it a title and name both axes, in Chinese or in English.
#
# **Leave the answer in** `chart` (what you drew).
#
# > **How to draw.** A column of numbers (a Series) with `.plot.bar(title="…", xlabel="…", ylabel="…")` after it becomes
# > bars, with its index below them; what it hands back is the picture.

# %% name="q5_6" question="5.6"
### BEGIN SOLUTION
### STUB chart = ...
import matplotlib.pyplot as plt

orders = clean[clean["amount"] > 0].drop_duplicates("order")
from_school = orders[orders["customer"].map(customers["industry"]) == "school"]
by_month = from_school["date"].dt.strftime("%Y-%m").value_counts().sort_index()
chart = by_month.plot.bar(
    title="學校每月的訂單　Orders of schools by month", xlabel="年月 Month", ylabel="訂單 Orders"
)
plt.close(chart.figure)  # shown below the check, with a description
### END SOLUTION

# %% name="check_5_6"
check("5.6", chart)

# %% name="hint_5_6"
# hint("5.6")

# %% name="picture_5_6" solution_only=true
words = {
    "zh-TW": "直條圖：學校每月的訂單。八月 101 張、九月 108 張、二月 70 張，其他月份 12 到 50 張。",
    "en": "Bars: orders of schools by month. August 101, September 108, February 70, "
    "the other months 12 to 50.",
}
others = by_month.drop(["2020-08", "2020-09", "2021-02"])
rk.show(chart, words=words)

# %% name="claim_picture_5_6" claims=true solution_only=true
assert by_month[["2020-08", "2020-09", "2021-02"]].tolist() == [101, 108, 70]
assert (others.min(), others.max()) == (12, 50)

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　先讓一張訂單只留一列，再數；順序要照月份，不能照高矮，因為要看的是節奏。十月到一月安靜，是因為還沒開學，
# 這張圖一分鐘就能說服經理：一月寄給學校的挽留信，多半是白寄。
#
# **另一種做法**　折線（`.plot(kind="line")`）放得下好幾個產業互相比較；代價是月與月之間畫出了不存在的數值，
# 而且線一多就要靠顏色分辨。只有一組數字時，直條比較誠實。

# %% [markdown] lang="en" solution_only=true
# **Why.** Keep one row an order, then count; sort by month and not by height, since the rhythm is what matters. The quiet
# from October to January is the time before term, and this picture convinces a manager in a minute that a win-back
# letter to schools in January is mostly wasted.
#
# **Another way.** Lines (`.plot(kind="line")`) have room for several industries side by side; the price is values between
# the months that do not exist, and colours to tell apart. For a single set of numbers, bars are more honest.

# %% [markdown] lang="zh-TW"
# ## {5.7}
#
# 回到元旦早上，用你在 5.2 做好的 `january`（先讓 5.2 通過）。原來的主意是：超過 60 天沒買的客戶，每人一封信加一張 200 元折價券。
# 你看過 5.6 的圖，想把「在等開學的學校」先拿掉：**學校**，**而且** 2020 年 8 月或 9 月買過。其他人照寄：
# 連開學都沒買的學校也寄，夏天買過的別種產業也寄。
#
# **把答案留在** `letters`（該收到信的客戶編號，順序不限）。

# %% [markdown] lang="en"
# ## {5.7}
#
# Back to the morning of New Year's Day, with `january` from 5.2 (make that one pass first). The idea was: everybody who has
# not bought for more than 60 days gets a letter with a voucher of NT$200. You have seen the picture of 5.6, and take
# off the schools that are waiting for term: **schools** that **also** bought in August or September 2020. All others
# get the letter: schools that missed even the start of term, and other industries that bought in summer.
#
# **Leave the answer in** `letters` (the customers who should get the letter, in any order).

# %% name="q5_7" question="5.7"
### BEGIN SOLUTION
### STUB letters = ...
quiet = january.index[january["recency_days"] > 60]
schools = customers.index[customers["industry"] == "school"]
bought = clean[clean["amount"] > 0]
autumn = bought[(bought["date"] >= "2020-08-01") & (bought["date"] < "2020-10-01")]
waiting = schools.intersection(autumn["customer"])
letters = quiet.difference(waiting)
### END SOLUTION

# %% name="check_5_7"
check("5.7", letters)

# %% name="hint_5_7"
# hint("5.7")

# %% name="afterwards" solution_only=true
# What happened from January to March, without any letter.
later = bought.loc[bought["date"] >= "2021-01-01", "customer"].unique()
spared = quiet.intersection(waiting)
missed_term = letters.intersection(schools)
print(len(spared), spared.isin(later).sum(), len(letters), letters.isin(later).sum())

# %% name="claim_afterwards" claims=true solution_only=true
assert (len(quiet), len(spared), len(letters)) == (155, 38, 117)
assert (spared.isin(later).sum(), letters.isin(later).sum()) == (21, 38)
assert (len(missed_term), missed_term.isin(later).sum()) == (10, 2)
assert (f"{21 / 38:.0%}", f"{38 / 117:.0%}") == ("55%", "32%")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　安靜的有 155 位，38 位是在等開學的學校，該寄的剩 117 位。後來的事證明這一刀切得對：沒有任何信，38 所學校有 21 所
# （55%）三月底前就回來了，其他 117 位只有 38 位（32%）。最該問一聲的是那 10 所連開學都沒買的學校：只回來 2 所。
# 把學校全部拿掉，剛好漏掉他們。
#
# **另一種做法**　替學校另訂 R 的門檻，例如元旦時 153 天（從 8 月 1 日算起）。一個數字就寫完；代價是每次寄信都要照學期重訂，
# 而且 10 月才買過一次的學校，也會被當成在等開學。

# %% [markdown] lang="en" solution_only=true
# **Why.** Of 155 quiet customers, 38 are schools waiting for term, which leaves 117 letters. What happened next bears it out:
# without any letter, 21 of the 38 schools (55%) were back by the end of March, and of the other 117 only 38 (32%). The
# ones to ask are the ten schools that missed even the start of term: two came back. Take off all schools, and you
# lose just these.
#
# **Another way.** A cut of R for schools alone, such as 153 days on New Year's Day (back to 1 August). It is one number;
# the price is a new number for each mailing, and a school whose only purchase was in October would count as waiting
# for term too.

# %% [markdown] lang="zh-TW"
# ## {5.8}
#
# 經理說：「你把這些人叫做重要價值，他們後來真的值錢嗎？」回到 **2020 年 10 月 1 日**早上驗一次。下一格已經把帳冊切成兩半：
# `first` 是那天以前的列，`second` 是那天以後的。只用 `first` 分類（R、F、M 算到 10 月 1 日，門檻用平均數），
# 再看「重要價值」這一類在 `second` 做了什麼：
#
# - `customers`：這一類有幾位
# - `back`：其中有多少比例在下半年買過（至少一次）
# - `money`：上半年的所有客戶在下半年花的錢（扣退貨），這一類占多少比例。下半年才來的新客戶不算
#
# **把答案留在** `tested`（字典：`{"customers": …, "back": …, "money": …}`，占比是 0 到 1 的小數）。

# %% [markdown] lang="en"
# ## {5.8}
#
# The manager asks: “You call these people *Important: value*. Were such people worth it afterwards?” Go back to the morning of
# **1 October 2020** and test it. The next cell has cut the ledger in two: `first` holds the rows before that day, `second`
# the rest. Tier with `first` alone (R, F and M counted to 1 October, cuts at the mean), then see what the class
# *Important: value* did in `second`:
#
# - `customers`: how many it has
# - `back`: what share of them bought in the second half (at least once)
# - `money`: of all that the customers of the first half spent in the second (less returns), what share this class
#   brought. Newcomers of the second half do not count
#
# **Leave the answer in** `tested` (a dictionary, `{"customers": …, "back": …, "money": …}`, shares from 0 to 1).

# %% name="two_halves"
first = clean[clean["date"] < "2020-10-01"]
second = clean[clean["date"] >= "2020-10-01"]
print(len(first), len(second))

# %% name="q5_8" question="5.8"
### BEGIN SOLUTION
### STUB tested = {"customers": ..., "back": ..., "money": ...}
known = rk.rfm_table(first, today="2020-10-01", order="order")
then = rk.rfm_class(rk.high_low(known, cuts=rk.rfm_cuts(known)))
vips = then.index[then == "important_value"]
buyers = second.loc[second["amount"] > 0, "customer"]
spent = second.groupby("customer")["amount"].sum().reindex(known.index, fill_value=0)
tested = {
    "customers": len(vips),
    "back": vips.isin(buyers).mean(),
    "money": spent[vips].sum() / spent.sum(),
}
### END SOLUTION

# %% name="check_5_8"
check("5.8", tested)

# %% name="hint_5_8"
# hint("5.8")

# %% name="how_sure_5_8" solution_only=true
came = int(vips.isin(buyers).sum())
others = known.index.difference(vips)
print(rk.describe_interval(rk.share_interval(came, len(vips))))
print(rk.describe_interval(rk.share_interval(174, 242)))

# %% name="claim_how_sure_5_8" claims=true solution_only=true
assert (len(vips), came, round(tested["money"], 2)) == (40, 38, 0.62)
assert (len(others), others.isin(buyers).sum()) == (242, 174)
assert (round(rk.share_interval(38, 40).low, 2), round(rk.share_interval(174, 242).high, 2)) == (0.83, 0.77)

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　10 月 1 日叫得出名字的 40 位，38 位（95%）下半年又來了，帶來上半年客戶 62% 的錢；其他 242 位回來 174 位（72%）。
# 上面兩行是區間：一邊 83% 以上，一邊最多 77%，分得開。所以經理可以放心把時間先給這一類。
# 最常犯的錯是用一整年分類再看下半年：那是先看了答案。
#
# **另一種做法**　`rk.holdout(clean, split="2020-10-01", end=TODAY, order="order")` 一次做好兩個半年，`rk.lift_table` 列出八類。
# 一行就有；代價是「什麼時候知道什麼」藏在函式裡，要自己想清楚。

# %% [markdown] lang="en" solution_only=true
# **Why.** Of the 40 who could be named on 1 October, 38 (95%) came back, and they brought 62% of the money; of the other 242
# customers 174 came back (72%). The two lines above are the intervals: at least 83% on one side, at most 77% on the
# other, so they do not overlap, and the manager may well give this class the first hours. The usual
# mistake is to tier by the whole year and then look at the second half, which is reading the answer first.
#
# **Another way.** `rk.holdout(clean, split="2020-10-01", end=TODAY, order="order")` makes both halves, and `rk.lift_table`
# lists all eight classes. It is one line; the price is that what was known when is out of sight.

# %% [markdown] lang="zh-TW"
# ## {5.9}
#
# 最後一題沒有標準答案，由老師依下面的標準評閱；自學的話，寫完自己逐項打分。至少用兩個你在這份練習裡算出來的數字。
#
# **把答案留在** `answer_5_9`（文字，前後各三個引號：`"""……"""`，中間可以換行）。

# %% [markdown] lang="en"
# ## {5.9}
#
# The last question has no single answer. Your teacher marks it by the points below; if you study alone, mark it
# yourself, point by point. Use at least two figures that you computed in this exercise.
#
# **Leave the answer in** `answer_5_9` (a text between triple quotes, `"""…"""`, which may run over several lines).

# %% name="ask_5_9"
ask("5.9")

# %% name="q5_9" question="5.9"
### BEGIN SOLUTION
### STUB answer_5_9 = ...
answer_5_9 = """
參考答案在下面一格，用你的語言寫成。
One possible answer stands in the next cell but one, in the language of this notebook.
"""
### END SOLUTION

# %% name="check_5_9"
check("5.9", answer_5_9)

# %% name="hint_5_9"
# hint("5.9")

# %% [markdown] lang="zh-TW" solution_only=true
# **參考答案**（每個人的寫法不同）
#
# > 我贊成每季固定檢查一次，不贊成一律寄信。用四月的平均數分，兩個「挽留」類共 121 位，券錢 24,200 元；換成中位數，
# > 151 位客戶換類別，所以門檻和基準日要寫死、寫明。
# > 名單要改兩處。一、先拿掉在等開學的學校：元旦安靜的 155 位裡有 38 位是這種學校，沒寄信，55% 也自己回來了。
# > 連開學都沒買的 10 所另外打電話問。二、程式漏了「重要保持」：重要保持和重要挽留共 19 位，一年花 1,175,935 元（14%），
# > 業務員打電話，不寄券。
# > 其餘先抽一半寄，下一季和沒寄的比：不寄也有三分之一會回來，不比就不知道券有沒有用。
# > 信裡寫「有什麼我們可以做得更好」，不要提「流失」。限制：RFM 看不到利潤、付款和客訴。
#
# **另一種寫法**　也可以主張完全不寄、只打電話：19 位兩天就打得完，最省錢；代價是一般挽留的 111 位沒有人理，
# 其中可能有剛換採購人員的客戶。

# %% [markdown] lang="en" solution_only=true
# **One possible answer**
#
# > I support the quarterly check, not the letter to all. By April's means the two *win back* classes hold 121 customers,
# > so the vouchers cost NT$24,200. By the median 151 customers would be in another class: who gets a letter depends
# > largely on the cut, so fix the cut and the reference date, and print both.
# > I would change the list twice. First, take off schools that wait for term: 38 of the 155 who were quiet on New
# > Year's Day, and 55% of them came back without a letter. Telephone the ten that missed even the start of term. Second, the rule
# > forgets *Important: keep*. With *Important: win back* that makes 19 customers who spent NT$1,175,935 (14%): a call from
# > their salesperson, no voucher.
# > Of the rest, send letters to half and compare next quarter; a third come back anyway, so otherwise nobody knows
# > whether vouchers work. Write “what could we do better?”, never “lost”. RFM sees no profit, payments or complaints.
#
# **Another way to argue.** No letters at all, calls only: 19 calls are two days' work and cost least. The price is that
# nobody looks after the 111 of *General: win back*, some of whom may just have a new buyer.

# %% name="facts_of_the_answer" solution_only=true claims=true
# The kit checking itself: the figures in the answer above must agree with the books.
count = tier.value_counts()
assert (count["general_win_back"], count["important_win_back"]) == (111, 10)
assert (121 * 200, cost["median"], len(quiet), len(spared)) == (24_200, 151, 155, 38)
calls = rfm[tier.isin(["important_keep", "important_win_back"])]
assert (len(calls), calls["monetary"].sum()) == (19, 1_175_935)
assert f"{1_175_935 / rfm['monetary'].sum():.0%}" == "14%"

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
progress("5")

# %% [markdown] lang="zh-TW"
# 還不踏實，就[回到課文](../../notebooks/zh-TW/05_rfm.ipynb)再看一次；覺得穩了，就去[第 6 章](../../notebooks/zh-TW/06_practicum.ipynb)，那裡的帳冊沒有人先整理過。

# %% [markdown] lang="en"
# Not sure yet? Go [back to the lesson](../../notebooks/en/05_rfm.ipynb). If you are, [chapter 6](../../notebooks/en/06_practicum.ipynb)
# is next, where nobody has tidied the ledger for you.
