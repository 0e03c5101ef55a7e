# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="zh-TW"
# # 第 8 章　四種方法，四份名單，該用哪一份？
#
# [English edition](../en/08_choosing.ipynb)
#
# > **學完這一章，你能夠**
# > 1. 讓 ABC、價值金字塔、CLV-CS、RFM 站在同一條起跑線上，數出它們有多一致
# > 2. 看出「拿大小不同的名單來比」這個陷阱
# > 3. 用帳冊裡的一位客戶，說明每種方法會在哪裡看走眼
# > 4. 讓資料自己分群（k-means），並判斷分出來的群對經理有沒有用
# > 5. 先問五個問題、再把利潤、潛力、忠誠合成一級，依決策選方法，不是依誰喜歡哪個結果
# > 6. 把等級寫回客戶主檔，下個月讀得出誰變了
# >
# > 分兩次讀：第一次 {minutes 1} 分鐘，第二次 {minutes 2} 分鐘，一共 {minutes} 分鐘（第 {section reference} 節備查不算在內），
# > [練習](../../exercises/zh-TW/08_choosing.ipynb)另計。
# > 先讀過[從這裡開始](00_start.ipynb)和[第 1 章](01_concepts.ipynb)；第 2 到 5 章的方法，這裡會再用一兩句話說一次。
# > 資料：`data/` 裡一整年的五本帳，[欄位說明](../../data/README.md)。

# %% [markdown] lang="en"
# # Chapter 8: four methods, four lists: which do we use?
#
# [中文版](../zh-TW/08_choosing.ipynb)
#
# > **After this chapter you can**
# > 1. put ABC, the value pyramid, CLV-CS and RFM on an equal footing and count how far they agree
# > 2. see through a comparison of lists of different sizes
# > 3. show, with one customer from the books, where each method goes wrong
# > 4. let the data form groups (k-means) and judge whether a manager can use them
# > 5. ask five questions first, make one level of profit, potential and loyalty, and choose a method by the decision, not by whose favourite it puts on top
# > 6. write tiers back into the customer master file, and read next month what has changed
# >
# > Two sittings, {minutes 1} minutes and then {minutes 2}, {minutes} in all (section {section reference} is for reference and not
# > counted); the [exercise](../../exercises/en/08_choosing.ipynb) is extra. You need
# > [Start here](00_start.ipynb) and [chapter 1](01_concepts.ipynb); the methods of chapters 2 to 5 are
# > recalled in a sentence or two. Data: the year’s five books in `data/`,
# > [what their columns mean](../../data/README.md).

# %% [markdown] lang="zh-TW"
# ## 經理的問題
#
# 今天是 2021 年 4 月 1 日。經理把四份名單攤在桌上：ABC、價值金字塔、CLV-CS、RFM，每一份都說自己列的是旭東「最好的客戶」。
#
# > 名單不一樣，業務部只有 60 個工時。到底該信哪一份？
#
# **先猜再算。** 四種方法各選出前 64 位（320 位客戶的 20%），有幾位**四份名單都有**？
# 把 `None` 換成你的猜測。全憑運氣的話，任兩份名單平均只會重複約 13 位（64 × 64 ÷ 320）。

# %% [markdown] lang="en"
# ## The manager’s question
#
# It is 1 April 2021. Four lists lie on the manager’s desk: ABC, value pyramid, CLV-CS, RFM. Each claims to
# name Xudong’s best customers.
#
# > The lists differ, and there are 60 staff hours a week. Which one do I believe?
#
# **Guess before you compute.** Each method picks its best 64, which is 20% of the 320 customers. How many
# customers are **on all four lists**? Replace `None` with your guess. By luck alone, any two lists would
# share about 13 (64 × 64 ÷ 320).

# %% name="guess"
my_guess = None

# %% name="setup"
import pandas as pd

import rfmkit as rk
from rfmkit.classroom import ask, check, hint

rk.use_language("zh-TW")
rk.use_style()

TODAY = pd.Timestamp("2021-04-01")
customers = rk.load_table(rk.data_file("客戶年報.csv"), index="customer")
payments = rk.load_table(rk.data_file("付款記錄.csv"))
contacts = rk.load_table(rk.data_file("聯絡記錄.csv"))
survey = rk.load_table(rk.data_file("滿意度調查.csv"), index="customer")
ledger = rk.load_transactions(rk.data_file("年度交易.csv"))
clean, left_out = rk.clean_transactions(ledger, today=TODAY)
rfm = rk.rfm_table(clean, today=TODAY, order="order")

# %% [markdown] lang="zh-TW"
# 五本帳依序是客戶、付款、聯絡、滿意度調查、交易，先整理好，`rk.rfm_table` 再算出每位客戶的 R、F、M。`rfm` 是一整年的 R、F、M，一列一位客戶。
#
# ## {section four_methods}　同一群客戶，四份同樣長的名單
#
# 要公平，先講好兩件事：**同一群客戶**，**同樣的人數**。下面四份名單都取前 64 位。
#
# ### ABC：誰帶來利潤
#
# 最簡單的一種：依過去這一年的利潤由高到低排，取前 64 位。
#
# > **怎麼讀這段程式**　`表["欄"]` 取一欄；`.nlargest(64)` 留下最大的 64 個；`.index` 取出客戶編號；`len(...)` 數個數；
# > `.isin(名單)` 逐位問「在不在名單上」，後面的 `.sum()` 數有幾個「在」。

# %% [markdown] lang="en"
# In the order of the cell, the five books are the customers’ year, payments, contacts, the satisfaction survey and
# the year’s transactions (their files have Chinese names). `rfm` holds R, F and M for the whole year, one row per customer.
#
# ## {section four_methods} The same customers, four lists of one length
#
# A fair comparison needs two things settled first: **the same customers** and **the same number** of them.
# Each list below takes 64.
#
# ### ABC: who brings the profit
#
# The simplest of the four: sort by the year’s profit, take the first 64.
#
# > **Reading the code.** `table["column"]` picks a column; `.nlargest(64)` keeps its 64 largest values;
# > `.index` gives the customer numbers; `len(...)` counts; `.isin(list)` asks of each “is it in the list?”, and `.sum()` counts the yeses.

# %% name="abc_list"
abc_list = customers["profit"].nlargest(64).index
abc4 = rk.abc_tier(customers["profit"])
print(len(abc_list), abc4.isin(["abc4:premium", "abc4:important"]).sum())

# %% name="claim_abc_list" claims=true
upper_two = abc4.index[abc4.isin(["abc4:premium", "abc4:important"])]
assert upper_two.difference(abc_list).tolist() == ["C125"]
assert customers.loc["C125", "profit"] == customers.loc[abc_list, "profit"].min() == 6266

# %% [markdown] lang="zh-TW"
# 為什麼一個是 64、一個是 65？第 64 名有兩位，利潤都是 6,266 元，名單只留得下一位；`rk.abc_tier` 讓利潤相同的人同級，上兩級就有 65 位。
# 邊界上的人怎麼算，要先講好。（ABC 的第二個標準在第 {section reference} 節。）

# %% [markdown] lang="en"
# Why 64 and 65? Two customers tie for place 64 with NT$6,266, and the list has room for one. `rk.abc_tier` keeps equals
# together, so that its upper two tiers hold 65. Settle what happens on the boundary before you cut. (ABC’s second
# criterion is in section {section reference}.)

# %% [markdown] lang="zh-TW"
# ### 價值金字塔：不只看利潤
#
# 第 3 章把好幾個指標換成 0 到 100 分，再依權重加起來。這裡沿用那一章的指標和權重：
# 利潤 50%、業務員預期的下季銷售 20%、準時付款 15%、沒有客訴 10%、公司規模 5%。先算逾期率和客訴次數：
#
# > **怎麼讀這段程式**　`>`、`<`、`==` 逐列比較，`|` 是「或」，`&` 是「而且」，`.loc[條件, 欄]` 同時挑列和欄；`.isna()` 問「是不是空白」，`.notna()` 相反。
# > `.value_counts()` 數每位出現幾次；`groupby` 依客戶分組；`reindex` 排成 320 位的順序，沒有客訴的補 0，發票都還沒到期的三位留白；`.max()` 取最大，`.round(2)` 取兩位小數。

# %% [markdown] lang="en"
# ### Value pyramid: more than profit
#
# Chapter 3 turns several indicators into points from 0 to 100 and adds them up by weight. Its
# indicators and weights serve here too: profit 50%, the salesperson’s forecast for next quarter 20%, paying on time 15%, no
# complaints 10%, company size 5%. First, the share of late invoices and the number of complaints:
#
# > **Reading the code.** `>`, `<` and `==` compare row by row, `|` is “or”, `&` is “and”; `.loc[condition, column]` picks rows and
# > a column together; `.isna()` asks “is it blank?”, `.notna()` the opposite. `.value_counts()` counts how often each occurs;
# > `groupby` groups by customer; `reindex` puts the result in the order of all 320: 0 for those without a complaint, blank for three whose invoices are not due yet; `.max()` is the largest, `.round(2)` keeps two decimals.

# %% name="late_and_complaints"
late = (payments["paid_date"] > payments["due_date"]) | (
    payments["paid_date"].isna() & (payments["due_date"] < TODAY)
)
known = payments["paid_date"].notna() | (payments["due_date"] < TODAY)
overdue_rate = late[known].groupby(payments["customer"]).mean().reindex(customers.index)
who_complained = contacts.loc[contacts["kind"] == "complaint", "customer"]
complaints = who_complained.value_counts().reindex(customers.index, fill_value=0)
print(overdue_rate.mean().round(2), complaints.max())

# %% name="claim_late_and_complaints" claims=true
assert (overdue_rate.mean().round(2), complaints.max()) == (0.2, 7)
assert overdue_rate.isna().sum() == 3

# %% [markdown] lang="zh-TW"
# 平均下來，一位客戶有 20% 的發票逾期；客訴最多的一位有 7 次。第 3 章的 `rk.to_points` 看你贏過多少人，給 0 到 100 分
# （`smaller_is_better=True` 是愈小分數愈高，`missing="keep"` 讓空白留著）；`rk.composite_score` 依權重相加，`"renormalise"` 讓有空白的人只用知道的指標計分。

# %% [markdown] lang="en"
# The average customer pays 20% of invoices late, and the one who complains most did so seven times. Chapter 3’s
# `rk.to_points` gives 0 to 100 by how many others you beat (with `smaller_is_better=True` small values get many; `missing="keep"` leaves blanks);
# `rk.composite_score` adds them by weight, and with `"renormalise"` a customer with a blank is scored on what is known.

# %% name="value_list"
points = pd.DataFrame(
    {
        "profit": rk.to_points(customers["profit"]),
        "forecast": rk.to_points(customers["forecast_amount"]),
        "on_time": rk.to_points(overdue_rate, smaller_is_better=True, missing="keep"),
        "no_complaints": rk.to_points(complaints, smaller_is_better=True),
        "size": rk.to_points(customers["company_size"]),
    }
)
weights = {"profit": 0.5, "forecast": 0.2, "on_time": 0.15, "no_complaints": 0.1, "size": 0.05}
value_score = rk.composite_score(points, weights, missing="renormalise")
value_list = value_score.nlargest(64).index
print(value_score.max().round(1), value_score.min().round(1))

# %% name="claim_value_list" claims=true
assert (value_score.max().round(1), value_score.min().round(1)) == (89.7, 12.7)

# %% [markdown] lang="zh-TW"
# 總分最高 89.7，最低 12.7。前 64 名就是第二份名單。
#
# ### CLV-CS：誰以後還值得
#
# 終身價值（CLV）要知道客戶會不會留下來。第 4 章按產業量留存率，這裡按「最近有沒有來」量：
# 站在去年 10 月 1 日，把客戶分成「90 天內買過」和「沒有」，看後半年各有多少人**回來**。
#
# > **怎麼讀這段程式**　兩個日期相減，`.dt.days` 取出天數；`True` 當 1、`False` 當 0，所以取平均就是占比；
# > `pd.Series(值, index=…)` 把值和客戶編號配成一欄。

# %% [markdown] lang="en"
# The best score is 89.7, the worst 12.7. The first 64 are the second list.
#
# ### CLV-CS: who will still be worth it
#
# Lifetime value (CLV) needs to know who will stay. Chapter 4 measures retention by industry, here it is by how lately they came:
# stand on 1 October, divide the customers into those who bought within 90 days and those who did not, and
# see how many of each **came back** in the next half-year.
#
# > **Reading the code.** Subtract two dates, and `.dt.days` gives the days between; `True` counts as 1 and `False` as 0, so that a mean
# > is a share; `pd.Series(values, index=…)` makes a column of values and customer numbers.

# %% name="retention"
half = pd.Timestamp("2020-10-01")
buys = clean[clean["amount"] > 0]
last_buy = buys[buys["date"] < half].groupby("customer")["date"].max()
came_back = last_buy.index.isin(buys.loc[buys["date"] >= half, "customer"])
recent = (half - last_buy).dt.days <= 90
stay = pd.Series(came_back, index=last_buy.index).groupby(recent).mean()
print(stay.round(4).to_dict())

# %% name="claim_retention" claims=true
assert recent.sum() == 256
assert (~recent).sum() == 35
assert stay.round(4).tolist() == [0.4857, 0.8047]
assert (stay / (1.05 - stay)).round(2).tolist() == [0.86, 3.28]

# %% [markdown] lang="zh-TW"
# `True` 是最近買過的 256 位，80% 回來了；`False` 是另外 35 位，只有 49%。這就是兩群客戶每半年的留存率 r。
# 代進第 4 章的公式 CLV = m·r ÷ (1 + i − r)：m 是半年的利潤（照老規矩，假設和過去一年一樣），i 是半年的利率 5%。
# 最近買過的，終身價值是半年利潤的 3.28 倍（0.8047 ÷ (1.05 − 0.8047)）；沒有的只有 0.86 倍。`.map(stay)` 把每位客戶換成那一群的留存率：

# %% [markdown] lang="en"
# `True` are the 256 who had bought lately: 80% came back. `False` are the other 35: only 49% did. These are the half-yearly retention
# rates r of the two groups. Put them into chapter 4’s formula, CLV = m·r ÷ (1 + i − r), where m is half a year’s profit (assumed, as
# usual, to go on as in the past year) and i half a year’s interest, 5%. For those who bought lately, lifetime value is 3.28 times half a year’s
# profit (0.8047 ÷ (1.05 − 0.8047)); for the others 0.86 times. `.map(stay)` gives each customer the rate of the group:

# %% name="clv_list"
retention = (rfm["recency_days"] <= 90).map(stay)
half_year_profit = customers["profit"] / 2
clv = rk.retention_clv(half_year_profit, retention, 0.05)
clv_list = clv.nlargest(64).index
print(round(clv[clv_list].min()))

# %% name="claim_clv_list" claims=true
by_formula = half_year_profit * retention / (1 + 0.05 - retention)
assert (clv - by_formula).abs().max() < 1e-6

# %% [markdown] lang="zh-TW"
# 要進 CLV 的前 64 名，終身價值至少 7,646 元。CS 是滿意度：第 4 章的 ACSI 把三題問卷換成 0 到 100 分。
# 以 7,646 元、60 分、80 分為門檻，畫出第 4 章的六格：

# %% [markdown] lang="en"
# The last of the 64 has a lifetime value of NT$7,646. CS is satisfaction: chapter 4’s ACSI turns three survey
# answers into 0 to 100 points. With cuts at NT$7,646, 60 and 80 points, here are chapter 4’s six boxes:

# %% name="clv_cs"
cs = rk.acsi(survey[["overall", "against_expected", "against_ideal"]])
cut = clv[clv_list].min()
box = rk.clv_cs_class(clv[cs.index], cs, clv_cuts=cut, cs_cuts=(60, 80))
rk.show(rk.plot_clv_cs(clv[cs.index], cs, clv_cuts=cut, cs_cuts=(60, 80)))

# %% name="claim_clv_cs" claims=true
assert round(cut) == 7646
assert len(cs) == 229
assert (box == "clv_cs:rescue").sum() == 11
assert round(clv[box.index[box == "clv_cs:rescue"]].sum() / clv[cs.index].sum(), 2) == 0.44
assert (~clv_list.isin(cs.index)).sum() == 16

# %% [markdown] lang="zh-TW"
# 左上角的「搶救」只有 11 位，卻握有填過問卷的客戶 44% 的終身價值：這是別的方法都不會亮的紅燈。（第 4 章也是 11 位，r 的量法不同，相同的只有 9 位。）
# 但是 320 位裡只有 229 位填了問卷，CLV 名單上有 16 位**沒有滿意度可看**。

# %% [markdown] lang="en"
# “Rescue”, upper left, has only 11 customers, but 44% of the lifetime value of all who answered: a warning
# light that no other method has. (Chapter 4 has 11 too, by another way to measure r; nine are the same.) Yet only 229 of 320 customers answered the survey, and for 16 on the CLV
# list there is **no satisfaction to look at**.

# %% [markdown] lang="zh-TW"
# ### RFM：看他們怎麼買
#
# 第 5 章把 R、F、M 各打 1 到 5 分，5 分最好（R 是天數，**少**才是好）。三個分數相加，同分的看誰花得多，取前 64 位。
# `.sum(axis=1)` 是把同一列橫著加起來；`[:64]` 取最前面 64 個；
# `.assign(score=…)` 加上一欄；`sort_values([…], ascending=False)` 由大到小排，第一欄同分看第二欄；`.head(3)` 取前三列。

# %% [markdown] lang="en"
# ### RFM: how they buy
#
# Chapter 5 scores R, F and M from 1 to 5, with 5 the best (R counts days, so **fewer** is better). Add the
# three, let spend decide between equals, and take the first 64. `.sum(axis=1)` adds across each row; `[:64]`
# takes the first 64; `.assign(score=…)` adds a column; `sort_values([…], ascending=False)` sorts from large to small, by the second
# column where the first is equal; `.head(3)` takes the first three rows.

# %% name="rfm_list"
scores = pd.DataFrame(
    {
        "R": rk.score(rfm["recency_days"], smaller_is_better=True),
        "F": rk.score(rfm["frequency"]),
        "M": rk.score(rfm["monetary"]),
    }
)
ranking = rfm.assign(score=scores.sum(axis=1))
rfm_list = ranking.sort_values(["score", "monetary"], ascending=False).index[:64]
rk.pretty(ranking.loc[rfm_list].head(3))

# %% [markdown] lang="zh-TW"
# > **試一試　8.a**　ABC 和 RFM 的名單有幾位**重複**？`甲.intersection(乙)` 給出兩邊都有的客戶。
# > 卡住就另開一格執行 `hint("8.a")`。

# %% [markdown] lang="en"
# > **Try it: 8.a.** How many customers are on **both** the ABC list and the RFM list? `a.intersection(b)` gives
# > those in both. If you are stuck, run `hint("8.a")` in a new cell.

# %% name="try_a"
n_both = ...
check("8.a", n_both)

# %% [markdown] lang="zh-TW"
# ## {section agreement}　它們有多一致？
#
# 把四份名單並排：一列一位客戶，在名單上是 `True`。橫著加起來，就是這位客戶上了幾份名單。

# %% [markdown] lang="en"
# ## {section agreement} How far do they agree?
#
# Put the four lists side by side: one row per customer, `True` if on the list. Added across the row, that
# is the number of lists a customer is on.

# %% name="membership"
lists = pd.DataFrame(
    {
        "ABC": customers.index.isin(abc_list),
        "value": customers.index.isin(value_list),
        "clv": customers.index.isin(clv_list),
        "RFM": customers.index.isin(rfm_list),
    },
    index=customers.index,
)
how_many = lists.sum(axis=1)
how_many.value_counts().sort_index(ascending=False)

# %% [markdown] lang="zh-TW"
# 左欄是上了幾份名單，右欄是人數。四份都有的是 34 位，一份也沒有的是 223 位，中間 63 位各說各話。
# 回頭看你的猜測：純靠運氣，四份都有的平均不到一位（320 × 0.2 × 0.2 × 0.2 × 0.2 ≈ 0.5）。兩兩重複的人數一次列出來（對角線是名單本身；
# 左邊用程式裡的短名，`value` 是價值金字塔，`clv` 是終身價值）：
#
# > **怎麼讀這段程式**　`.T` 把表轉過來，`@` 把「這份也有、那份也有」的人數一次數完。看得懂結果就好，不必自己寫。

# %% [markdown] lang="en"
# On the left is the number of lists, on the right how many customers. On all four are 34, on none 223, and
# the methods disagree about the 63 between. Look back at your guess: by luck alone, fewer than one customer
# would be on all four (320 × 0.2 × 0.2 × 0.2 × 0.2 ≈ 0.5). Here is every pair at once (the diagonal is the list itself; at the left
# stand the short names of the code: `value` is the value pyramid, `clv` lifetime value):
#
# > **Reading the code.** `.T` turns the table on its side, and `@` counts “on this one and on that one” for all pairs.
# > Understand the result; no need to write it yourself.

# %% name="pairs"
ones = lists.astype(int)
pairs = ones.T @ ones
rk.pretty(pairs)

# %% name="claim_pairs" claims=true
assert pairs.loc["ABC"].tolist() == [64, 49, 53, 39]
assert how_many.value_counts().sort_index().tolist() == [223, 28, 13, 22, 34]

# %% [markdown] lang="zh-TW"
# 最像的一對是價值金字塔和 CLV，54 位相同；ABC 和 CLV 也有 53 位，因為三種都從利潤出發。最不像的是 ABC 和 RFM，
# 39 位，仍是運氣（13 位）的三倍。
# 真正的問題是：**意見不同的地方，錢多不多？** 下圖由上到下是上了 4、3、2、1、0 份名單的客戶：左邊的寬度是人數，右邊的長條是利潤。
# （`.astype(...)` 只是告訴電腦哪一層在上。）

# %% [markdown] lang="en"
# The closest pair is the value pyramid and CLV with 54 in common; ABC and CLV share 53. All three start from
# profit. The furthest apart are ABC and RFM with 39, still three times what luck would give. The question that matters: **is there much money where they
# disagree?** From the top, the layers of the figure are the customers on 4, 3, 2, 1 and 0 lists: their number is the width on
# the left, their profit the bar on the right. (`.astype(...)` only tells the computer which layer is on top.)

# %% name="layers"
order = pd.CategoricalDtype(["4/4", "3/4", "2/4", "1/4", "0/4"], ordered=True)
layers = (how_many.astype(str) + "/4").astype(order)
shares = customers["profit"].groupby(how_many).sum() / customers["profit"].sum()
rk.show(rk.plot_pyramid(customers["profit"], layers))

# %% name="claim_layers" claims=true
assert [f"{part:.0%}" for part in shares] == ["13%", "4%", "5%", "17%", "60%"]

# %% [markdown] lang="zh-TW"
# 四份名單都有的 11% 客戶，帶來 60% 的利潤：**不管選哪種方法，他們都在上面**，經理不必為這 34 位再開一次會。
# 選方法這件事，影響的是中間那 63 位。
#
# > **試一試　8.b**　這 34 位是誰？把四份名單都有的客戶放進 `core`。`how_many == 4` 是條件，`how_many.index[條件]` 給出符合的客戶。

# %% [markdown] lang="en"
# The 11% of customers on all four lists bring 60% of the profit: **whichever method you choose, they are on
# it**, and the manager needs no meeting about these 34. The choice of a method is about the 63 in the
# middle.
#
# > **Try it: 8.b.** Who are the 34? Put the customers on all four lists into `core`. `how_many == 4` is the
# > condition, and `how_many.index[condition]` gives those who meet it.

# %% name="try_b"
core = ...
check("8.b", core)

# %% [markdown] lang="zh-TW"
# 換成「類別」來看，一致的程度又不一樣。每一橫條是 RFM 的一類，顏色是 ABC 的四級。
# （`rk.high_low` 依門檻把 R、F、M 各分成高低兩段，合起來是八類；`pd.crosstab(甲, 乙)` 數每一種組合有幾位。）

# %% [markdown] lang="en"
# Compare whole classes in place of top lists, and the picture changes. Each bar is an RFM class; the colours
# are the four ABC tiers. (`rk.high_low` divides R, F and M into high and low by a cut each, which makes eight classes;
# `pd.crosstab(a, b)` counts every combination.)

# %% name="class_agreement"
rfm8 = rk.rfm_class(rk.high_low(rfm, cuts=rk.rfm_cuts(rfm)))
cross = pd.crosstab(rfm8, abc4)
top_two = cross[["abc4:premium", "abc4:important"]].sum(axis=1)
ax = rk.plot_composition(abc4.rename("tier"), rfm8)
upper = f"{rk.label('class.abc4:premium')} + {rk.label('class.abc4:important')}"
of_class = top_two["important_value"] / cross.loc["important_value"].sum()
ax.set_title(f"RFM {rk.label('class.important_value')}: ABC {upper} {of_class:.0%}", loc="left")
rk.show(ax)

# %% name="claim_class_agreement" claims=true
assert top_two["important_value"] == 41
assert cross.loc["important_value"].sum() == 49
assert top_two["important_win_back"] == 5
assert cross.loc["important_win_back"].sum() == 6

# %% [markdown] lang="zh-TW"
# 49 位「重要價值」客戶有 41 位也是 ABC 的上兩級，這裡兩種方法說同一件事。再看「重要挽留」：6 位裡有 5 位是 ABC 的重要客戶。
# ABC 說「好好招待」，RFM 說「快去找回來」。**同一批人，該做的事不一樣**：方法不只是挑人，也決定你會做什麼。

# %% [markdown] lang="en"
# Of 49 *Important: value* customers, 41 are in ABC’s upper two tiers: the methods say the same. Now look at
# *Important: win back*: five of six are important by ABC too. ABC says “treat them well”, RFM says “go and
# get them back”. **The same people, and different things to do**: a method does not only pick people, it
# decides what you will do about them.

# %% [markdown] lang="zh-TW"
# ## {section trap}　陷阱：一份長名單，一份短名單
#
# 同事拿第 3 章的規則「80 分以上是 VIP」去對 ABC 的名單，寫信給經理：
# 「ABC 的 64 位裡有 50 位不是 VIP，兩種方法將近八成不一致。分級根本是亂猜，建議停辦。」他的數字如下：不是 VIP 的有幾位，占 64 位的多少。
# （`甲.difference(乙)` 是甲有、乙沒有的客戶。）

# %% [markdown] lang="en"
# ## {section trap} A trap: one long list, one short list
#
# A colleague takes chapter 3’s rule, “80 points or more is VIP”, compares it with the ABC list and writes to
# the manager: “Of ABC’s 64, fifty are not VIPs. The two methods disagree on nearly 80%. Tiering is
# guesswork; I suggest we drop it.” Here are the figures: how many are not VIPs, and their
# share of the 64. (`a.difference(b)` gives those in a and not in b.)

# %% name="trap"
vip = value_score.index[value_score >= 80]
not_vip = abc_list.difference(vip)
print(len(not_vip), round(len(not_vip) / len(abc_list), 2))

# %% name="claim_trap" claims=true
assert len(not_vip) == 50

# %% [markdown] lang="zh-TW"
# > **停下來想一想**　數字沒有算錯。這個比較哪裡不公平？你會先問哪一個數字？
#
# <details><summary>想好了再打開</summary>
#
# 先問：VIP 有幾位？只有 15 位。15 位的名單最多只能和 64 位重複 15 位，就算兩種方法完全一致，也會有 49 位「不是 VIP」。
# 這 50 位的差距，幾乎全是**名單長短**造成的。反過來數：15 位 VIP 有 14 位在 ABC 名單上，一致的程度是 93%。
# 公平的比法是同樣的人數：各取 64 位，重複 49 位（77%）；運氣只給 13 位。
# 比名單之前，先看**多長**，再看**跟什麼比**（運氣是多少）。
#
# </details>

# %% [markdown] lang="en"
# > **Stop and think.** The arithmetic is right. What is unfair about the comparison, and which number would you
# > ask for first?
#
# <details><summary>Decide first, then open this</summary>
#
# Ask how many VIPs there are: fifteen. A list of 15 can share at most 15 with a list of 64, so even two methods
# in full agreement would leave 49 who are “not VIPs”. Nearly the whole gap of 50 comes from the **length** of the
# lists. Count the other way round: 14 of the 15 VIPs are on the ABC list, which is 93%. The fair comparison takes
# equal numbers: of 64 each, 49 are shared (77%), where luck gives 13. Before you compare lists, look at **how long**
# they are, and at **what luck would give**.
#
# </details>

# %% name="trap_mended"
print(len(vip), len(abc_list.intersection(vip)), len(abc_list.intersection(value_list)))

# %% name="claim_trap_mended" claims=true
assert len(vip) == 15
assert len(abc_list.intersection(vip)) == 14
assert len(abc_list.intersection(value_list)) == 49

# %% [markdown] lang="zh-TW"
# ## {section six_customers}　六位客戶，照出每種方法的盲點
#
# 先不看方法，只看事實。換你當經理：這六位，你會把工時給誰？又怕哪一種方法看走眼？（`.join` 把 `rfm` 的一欄接到右邊。）

# %% [markdown] lang="en"
# ## {section six_customers} Six customers who show what each method cannot see
#
# Facts first, no method yet. You are the manager: who gets your hours? And which method do you expect to go
# wrong about whom? (`.join` adds a column of `rfm` on the right.)

# %% name="six_facts"
six = ["C220", "C284", "C331", "C203", "C393", "C255"]
facts = customers[["industry", "order_count", "revenue", "service_cost", "profit"]].join(
    rfm["recency_days"]
)
rk.pretty(facts.loc[six])

# %% [markdown] lang="zh-TW"
# 再看四種方法怎麼說（空格是沒有填問卷，所以沒有格子；`rk.label` 把代碼換成你看得懂的名字）：

# %% [markdown] lang="en"
# And this is what the methods say (a blank: no survey answer, so no box; `rk.label` turns codes into
# names):

# %% name="six_verdicts"
verdicts = pd.DataFrame(
    {
        "tier": abc4,
        "score": value_score.round(0),
        "clv": clv.round(0),
        "CLV-CS": ("class." + box.astype(str)).map(rk.label).reindex(customers.index),
        "RFM": ("class." + rfm8.astype(str)).map(rk.label),
    }
)
rk.pretty(verdicts.loc[six])

# %% [markdown] lang="zh-TW"
# - **C284（ABC 看走眼）**：利潤 11,005 元，ABC 的重要客戶；可是已經 321 天沒來，CLV-CS 只給「低成本服務」。ABC 看的是**過去**，人走了還在發獎。
# - **C331（RFM 看走眼）**：RFM 的「重要價值」，買 17 次、42,600 元；服務成本 34,514 元，利潤 −16,181 元，**全公司最後一名**。RFM 看不到成本。
# - **C203（ABC、CLV 看走眼）**：兩份名單都有他，8 張到期的發票卻有 7 張付得晚。不算我方開錯的 1 張和貨品還有爭議的 1 張，是他自己拖的也有 5 張。只有價值金字塔把付款算進去。
# - **C393（CLV、價值金字塔看走眼）**：學校，昨天第一次來，買了一張 29,190 元的訂單。CLV 假設同樣的利潤會一直來；價值金字塔相信業務員的預測，
#   一張訂單就給了 81 分，比許多老客戶都高。他也可能只來這一次。
# - **C220（RFM 看走眼）**：四份名單都有他，RFM 說「重要價值」。滿意度只有 7 分，客訴 7 次；CLV-CS 說**搶救**。
# - **C255（RFM 看走眼）**：學校，一年只在 9 月和 2 月買。2 月 1 日用 RFM 看，他 137 天沒來，是「一般挽留」；接著 2 月就下了 5 張訂單。

# %% [markdown] lang="en"
# - **C284: ABC goes wrong.** Profit NT$11,005, “important” by ABC, but not seen for 321 days, and only
#   “low-cost” by CLV-CS. ABC looks at the **past**: it still hands out prizes after the winner has left.
# - **C331: RFM goes wrong.** *Important: value*, with 17 orders and NT$42,600. But NT$34,514 went into serving this
#   customer, and the profit is −NT$16,181: **last of all 320**. RFM sees no costs.
# - **C203: ABC and CLV go wrong.** On both their lists, although seven of the eight invoices due were paid late. One of these was our own
#   wrong invoice and one is in dispute; the other five are this customer’s own. Only the value pyramid counts that.
# - **C393: CLV and the value pyramid go wrong.** A school whose first order ever, NT$29,190, came yesterday. CLV takes
#   that profit to go on for ever, and the pyramid believes the forecast: 81 points for a single order, more than many
#   an old customer has. It may have been a one-off.
# - **C220: RFM goes wrong.** On all four lists, and *Important: value* by RFM. Satisfaction is 7 out of 100, with
#   seven complaints; CLV-CS says **rescue**.
# - **C255: RFM goes wrong.** A school that buys in September and February only. On 1 February it had been away for 137 days:
#   *General: win back*. Then it placed five orders that month.

# %% name="facts_of_the_six" claims=true
profit_place = customers["profit"].rank(ascending=False)
assert (customers.loc["C284", "profit"], rfm.loc["C284", "recency_days"]) == (11005, 321)
assert tuple(customers.loc["C331", ["profit", "service_cost"]]) == (-16181, 34514)
assert profit_place["C331"] == 320
assert rfm.loc["C331", "frequency"] == 17
settled = known & (payments["customer"] == "C203")
assert (late[settled].sum(), settled.sum()) == (7, 8)
not_theirs = payments["late_reason"].isin(["our_invoice_wrong", "goods_in_dispute"])
assert (late & settled & ~not_theirs).sum() == 5
assert lists.loc["C203"].tolist() == [True, False, True, False]
assert lists.loc["C393"].tolist() == [False, True, True, False]
assert round(value_score["C393"]) == 81
assert customers.loc["C393", "opened"] == TODAY - pd.Timedelta(days=1)
assert tuple(customers.loc[["C331", "C393"], "revenue"]) == (42600, 29190)
assert how_many["C220"] == 4
assert round(cs["C220"]) == 7
assert complaints["C220"] == 7
to_february = clean[clean["date"] < "2021-02-01"]
school = rk.rfm_table(to_february, today="2021-02-01", order="order")
school_class = rk.rfm_class(rk.high_low(school, cuts=rk.rfm_cuts(school)))
assert school.loc["C255", "recency_days"] == 137
assert school_class["C255"] == "general_win_back"
visits = buys[buys["customer"] == "C255"].groupby(buys["date"].dt.month)["order"].nunique()
assert visits.to_dict() == {2: 5, 9: 4}

# %% [markdown] lang="zh-TW"
# 這些不是特例。只上 ABC、沒上其他名單的有 7 位，只上 RFM 的有 16 位，看看他們是什麼人：
# （用 `&` 連起兩個條件時，有比較的那一邊要加括號。）

# %% [markdown] lang="en"
# Nor are these exceptions. Seven customers are on the ABC list alone and sixteen on the RFM list alone. Who
# are they? (With `&`, a comparison needs brackets round it.)

# %% name="only_one_list"
only_abc = how_many.index[(how_many == 1) & lists["ABC"]]
only_rfm = how_many.index[(how_many == 1) & lists["RFM"]]
print(len(only_abc), rfm.loc[only_abc, "recency_days"].min())
print(len(only_rfm), customers.loc[only_rfm, "profit"].sum())

# %% name="claim_only_one_list" claims=true
assert (len(only_abc), rfm.loc[only_abc, "recency_days"].min()) == (7, 141)
assert (len(only_rfm), customers.loc[only_rfm, "profit"].sum()) == (16, 3659)
assert round(customers["profit"].mean()) == 5747

# %% [markdown] lang="zh-TW"
# 第一行：只有 ABC 說好的 7 位，離上次來最近的也有 141 天，**全都**超過 90 天。第二行：只有 RFM 說好的 16 位，一整年**加起來**才賺 3,659 元，還不如一位普通的客戶（平均 5,747 元）。
# 兩種方法不是誰對誰錯，是各自看不見一件事；意見不同的地方，正好告訴你該去查什麼。
#
# > **試一試　8.c**　ABC 名單上，有哪些客戶已經**超過 90 天**沒來？把他們放進 `gone`。
# > 條件有兩個：`lists["ABC"]`，還有 `rfm["recency_days"] > 90`；`rfm.index[條件]` 給出客戶。

# %% [markdown] lang="en"
# First line: of the seven whom only ABC praises, even the latest came 141 days ago: **all** have been away for more than 90.
# Second line: the sixteen whom only RFM praises
# earned the firm NT$3,659 in a year, **all together**, which is less than one average customer (NT$5,747). Each method is blind to one
# thing, and where they disagree is where to look.
#
# > **Try it: 8.c.** Which customers on the ABC list have been away for **more than 90 days**? Put them into `gone`.
# > There are two conditions, `lists["ABC"]` and `rfm["recency_days"] > 90`; `rfm.index[condition]` gives the
# > customers.

# %% name="try_c"
gone = ...
check("8.c", gone)

# %% [markdown] lang="zh-TW"
# ## {section one_month_less}　少看一個月，名單會換掉多少人？
#
# 名單每個月都大換血，業務員就無所適從；永遠不變，又等於沒有新消息。把三月遮起來，站在 3 月 1 日重算 RFM 名單，
# 再和現在的比。同樣的事也對「只看最近一次」和「只看金額」各做一遍（成本一年才結一次，沒有每月的利潤，所以用營收代替）。

# %% [markdown] lang="en"
# ## {section one_month_less} One month less: how many change places?
#
# If the list is turned over every month, nobody can work with it; if it never changes, it brings no news. Cover up
# March, stand on 1 March, draw up the RFM list again and compare. Then do the same for recency alone and for spend
# alone (costs are settled once a year, so there is no monthly profit, and revenue stands in for it).

# %% name="stability"
early = rk.rfm_table(clean[clean["date"] < "2021-03-01"], today="2021-03-01", order="order")
early_score = (
    rk.score(early["recency_days"], smaller_is_better=True)
    + rk.score(early["frequency"])
    + rk.score(early["monetary"])
)
early_ranking = early.assign(score=early_score).sort_values(["score", "monetary"], ascending=False)
new_rfm = rfm_list.difference(early_ranking.index[:64])
new_recent = (
    rfm["recency_days"].nsmallest(64).index.difference(early["recency_days"].nsmallest(64).index)
)
new_money = rfm["monetary"].nlargest(64).index.difference(early["monetary"].nlargest(64).index)
print(len(new_recent), len(new_rfm), len(new_money))

# %% name="claim_stability" claims=true
assert (len(new_recent), len(new_rfm), len(new_money)) == (37, 9, 1)

# %% [markdown] lang="zh-TW"
# 只看最近一次，64 位裡換掉 37 位；RFM 換掉 9 位；只看金額只換 1 位。靈敏和穩定不能兩全：
# RFM 適合**每個月**拿來行動，利潤適合**每年**拿來定預算。每次換掉的人要有人說明；一位熟客突然降了待遇，他會記得。
#
# 權重也會換人。價值金字塔的五個權重如果改成各 20%，會怎樣？（`dict.fromkeys(weights, 0.2)` 讓每個指標的權重都是 0.2。）

# %% [markdown] lang="en"
# By recency alone, 37 of the 64 are replaced; by RFM 9; by spend one. A list cannot be both quick and steady: RFM
# suits **monthly** action, profit suits the **yearly** budget. And somebody should answer for each change: a regular
# whose service is suddenly cut will remember it.
#
# Weights move people too. What if the value pyramid’s five weights were 20% each? (`dict.fromkeys(weights, 0.2)` gives every indicator 0.2.)

# %% name="other_weights"
equal_weights = dict.fromkeys(weights, 0.2)
equal_score = rk.composite_score(points, equal_weights, missing="renormalise")
replaced = equal_score.nlargest(64).index.difference(value_list)
print(len(replaced))

# %% name="claim_other_weights" claims=true
assert len(replaced) == 22

# %% [markdown] lang="zh-TW"
# 22 位，名單的三分之一。客戶一樣，帳冊一樣，變的是你在會議室裡決定的五個數字。權重要**先**定，寫下理由，再看名單。

# %% [markdown] lang="en"
# Twenty-two: a third of the list. The same customers and the same books; what changed is five numbers agreed on in a
# meeting room. Fix the weights **first**, write down why, and look at the list afterwards.

# %% [markdown] lang="zh-TW"
# ## {section half_year_later}　半年後，哪一份名單說中了？
#
# 吵了半天，不如問資料。站在 2020 年 10 月 1 日，只用那天以前的帳，三種方法各挑 58 位（當時 291 位客戶的 20%），再看他們後半年花了多少。
# 成本一年才結一次，所以 ABC 用消費代替；CLV 用簡單的那一種（平均訂單 × 一年幾張）；價值金字塔少了當時的業務預測，這裡比不了。
#
# **先猜**：名單上的人後半年平均花的錢，是全部客戶的幾倍？三種方法差得遠嗎？
#
# > **怎麼讀這段程式**　`rk.holdout` 把帳冊在那一天切開；`rk.lift_table` 比較名單上的人和全部客戶，`.xs(True, level="tier")` 只留「在名單上」的那一列。
# > `for name, chosen in picks.items()` 把名字和名單一對一對拿出來。

# %% [markdown] lang="en"
# ## {section half_year_later} Half a year later: which list was right?
#
# Rather than argue, ask the data. Stand on 1 October 2020; let three methods pick 58 each, 20% of the 291 customers there were, and see what
# these spent in the half-year after. Costs are settled once a year, so ABC goes by spend; CLV is the simple one (mean order × orders a year). Forecasts from
# before that day are lacking, so the value pyramid cannot take part.
#
# **Guess first.** How many times as much as the average customer did those on a list spend later? Are the three methods far apart?
#
# > **Reading the code.** `rk.holdout` cuts the ledger on that day; `rk.lift_table` compares those on a list with all customers, and
# > `.xs(True, level="tier")` keeps the row of those who are on it. `for name, chosen in picks.items()` takes name and list in pairs.

# %% name="held"
held = rk.holdout(clean, split="2020-10-01", end=TODAY, order="order")
rfm_order = held.sort_values(["rfm_score", "monetary"], ascending=False)
picks = {
    "ABC": held["monetary"].nlargest(58).index,
    "CLV": held["clv"].nlargest(58).index,
    "RFM": rfm_order.index[:58],
}
on_it = {name: held.index.to_series().isin(chosen) for name, chosen in picks.items()}
later = rk.lift_table(held, on_it).xs(True, level="tier")
rk.pretty(later[["customers", "back_share", "lift", "lift_low", "lift_high"]])

# %% name="claim_held" claims=true
assert (len(held), round(len(held) / 5)) == (291, 58)
assert later["lift"].round(1).tolist() == [3.4, 3.4, 3.1]
assert later["lift_low"].round(1).tolist() == [2.8, 2.8, 2.5]
assert later["lift_high"].round(1).tolist() == [4.2, 4.3, 3.9]
assert [f"{part:.0%}" for part in later["back_share"]] == ["83%", "84%", "90%"]
assert later[["back_low", "back_high"]].round(2).to_numpy().tolist()[0] == [0.71, 0.9]
assert later[["back_low", "back_high"]].round(2).to_numpy().tolist()[2] == [0.79, 0.95]

# %% [markdown] lang="zh-TW"
# **提升度**是名單上的人花的錢，除以全部客戶的平均；後兩欄是它可信的範圍。自己畫出來最清楚：點是提升度，橫線是範圍。
# （`plt.subplots()` 開一張空白的圖，`ax` 是座標軸；`ax.errorbar(橫, 縱, xerr=[往左, 往右], fmt="o")` 畫帶橫線的點；`ax.axvline(1)` 是「和隨便挑一樣」的線；`ax.set(…)` 寫軸名和標題，`ax.margins` 留一點邊。）

# %% [markdown] lang="en"
# The **lift** is what those on the list spent, over the mean of all customers; the last two columns are its plausible range. It is clearest when you draw it
# yourself: a dot for the lift, a line for the range. (`plt.subplots()` opens an empty figure, with `ax` its axes; `ax.errorbar(across, up, xerr=[left, right], fmt="o")` draws dots with lines; `ax.axvline(1)` is
# the line for “as good as picking anybody”; `ax.set(…)` names axis and title, `ax.margins` leaves a margin.)

# %% name="lift_drawn"
import matplotlib.pyplot as plt

fig, ax = plt.subplots(figsize=(6, 2.4))
spread = [later["lift"] - later["lift_low"], later["lift_high"] - later["lift"]]
ax.errorbar(later["lift"], later.index, xerr=spread, fmt="o")
ax.axvline(1)
ax.set(xlabel=rk.label("column.lift"), title=f"ABC, CLV, RFM: {rk.label('column.lift')} > 3")
ax.margins(y=0.3)
told = "ABC 3.4 (2.8–4.2), CLV 3.4 (2.8–4.3), RFM 3.1 (2.5–3.9)"
rk.show(ax, words={"zh-TW": f"三種方法前半年的名單，後半年的提升度和區間：{told}。", "en": f"Lift and its interval: {told}."})

# %% [markdown] lang="zh-TW"
# 三份名單都說中了：花的錢是平均的三倍多，範圍離 1 很遠。但三條橫線幾乎重疊，**這本帳冊分不出誰比較準**。回來的比率也一樣：
# RFM 90%（79% 到 95%），ABC 83%（71% 到 90%），看起來 RFM 好一點，範圍卻疊在一起。
#
# **給經理的話**：「哪一種最準」不值得再爭，任一種都比不分級好得多；該問的是你要做什麼決定、有什麼資料。

# %% [markdown] lang="en"
# All three were right: their customers spent over three times the average, and the ranges are far from 1. But the three lines lie almost on top of each
# other: **these books cannot say which is the better**. The same goes for returning: 90% by RFM (79% to 95%), 83% by ABC (71% to 90%), which looks
# a little better for RFM, with ranges that overlap.
#
# **For the manager:** “which is most accurate” is not worth another argument, since any of them is far better than none; ask what you have to decide,
# and which data you have.

# %% [markdown] lang="zh-TW" stop=true
# > **休息一下**　第一次讀到這裡。你已經會公平地比名單、說得出每種方法看不見什麼，也讓資料評了一次。第二次從分群開始；重新打開時，先選 **Run → Run All Above Selected Cell**。

# %% [markdown] lang="en" stop=true
# > **Time for a break.** The first sitting ends here. You can compare lists fairly, say what each method cannot see, and have let the data judge. The second begins with
# > clusters; when you open the lesson again, choose **Run → Run All Above Selected Cell** first.

# %% [markdown] lang="zh-TW"
# ## {section clusters}　讓資料自己說話：分群
#
# 前面的方法都由人訂規則。本課程的來源教材裡，有一篇談分級標準的問答還提到**群集分析**：不訂規則，讓 R、F、M 相近的客戶自己聚在一起。
# 最常用的是 k-means：先說要幾群，電腦找出幾個中心點，讓每位客戶離自己的中心最近。
# 金額的差距太大，要先取對數、再放到同一個尺度，否則只會照金額分。
#
# 該分幾群？**輪廓係數**愈接近 1，群和群分得愈開。（`甲 if 條件 else None` 是「條件成立才算」。）
#
# > 這一節需要 scikit-learn，它不在基本安裝裡。下面印出 `False` 的話，在新的格子執行 `%pip install scikit-learn`，重新啟動核心再跑一次；
# > 不裝也沒關係，這一節的格子會安靜跳過，文字照樣讀得懂。

# %% [markdown] lang="en"
# ## {section clusters} Let the data speak: clusters
#
# So far people made the rules. One of the course’s source texts, the questions and answers on tier criteria,
# also names **cluster analysis**: no rules, just let customers with similar R, F and M gather. The usual way is k-means: you say how many groups, and the computer finds that many
# centres, so that every customer is nearest to the centre of its own group. Money differs too widely, so each measure is put on a log
# scale and made comparable first, or spend would decide everything.
#
# How many groups? The nearer the **silhouette** is to 1, the further apart the groups are. (`a if condition else
# None` means “only if the condition holds”.)
#
# > This section needs scikit-learn, which the basic installation leaves out. If `False` is printed below, run
# > `%pip install scikit-learn` in a new cell, then restart the kernel and run it again. Without it the cells of this section
# > do nothing, and the text still makes sense.

# %% name="have_sklearn"
import importlib.util

have_sklearn = importlib.util.find_spec("sklearn") is not None
print(have_sklearn)

# %% name="silhouettes"
silhouettes = rk.silhouettes(rfm) if have_sklearn else None
silhouettes.round(2) if have_sklearn else None

# %% name="claim_silhouettes" claims=true
if have_sklearn:
    assert silhouettes.idxmax() == 2
    assert silhouettes.round(1)[2] == 0.4
    assert 0.26 < silhouettes[8] < 0.30
    assert silhouettes.loc[3:6].between(0.29, 0.33).all()

# %% [markdown] lang="zh-TW"
# 最高的是兩群，約 0.40，也不算分得很開；3 到 6 群都在 0.31 上下，8 群 0.28，沒有哪個數字跳出來。
# **資料沒有自己喊出「八」**，也沒喊出別的數字：看起來，客戶比較像連續的一片，不是一堆一堆的。
#
# 只分兩群，等於「常來的」和「不常來的」，經理早就知道了。我們取四群來看，這是為了用途做的決定：

# %% [markdown] lang="en"
# Two groups come out best, at about 0.40, which is not far apart either; 3 to 6 are all about 0.31, 8 has 0.28, and no
# number stands out. **The data do not call out “eight”**, nor any other number: customers look more like one continuous spread than
# like separate heaps.
#
# Two groups would be “those who come often” and “those who do not”, which the manager knows already. Let us take
# four: a decision made for its use.

# %% name="clusters"
clusters = rk.rfm_clusters(rfm, n_clusters=4) if have_sklearn else None
summary = rk.cluster_summary(rfm, clusters) if have_sklearn else None
shown = ["customers", "revenue_share", "recency_days", "frequency", "monetary", "words"]
rk.pretty(summary[shown]) if have_sklearn else None

# %% name="claim_clusters" claims=true
if have_sklearn:
    assert summary["customers"].tolist() == [79, 91, 70, 80]
    assert [f"{part:.0%}" for part in summary["revenue_share"]] == ["74%", "19%", "4%", "2%"]

# %% [markdown] lang="zh-TW"
# 第 1 群 79 位，帶來 74% 的營收，「近期買過、常買、花得多」。那句話是程式從中心點寫出來的，
# **群本身沒有名字，也沒有對應的做法**，要人來取。它們就是 RFM 的八類嗎？

# %% [markdown] lang="en"
# Cluster 1 has 79 customers and 74% of the revenue. The words are written from its centre by the program: **a
# cluster has no name of its own, and no action that goes with it**; people have to supply both. Are these the eight
# RFM classes?

# %% name="clusters_and_classes"
if have_sklearn:
    agreement = rk.cluster_agreement(clusters, rfm8)
    rk.show(rk.plot_composition(rfm8.rename("class"), clusters.map("k-means {}".format)))

# %% name="claim_clusters_and_classes" claims=true
if have_sklearn:
    hand = pd.crosstab(clusters, rfm8).reindex(columns=agreement.columns, fill_value=0)
    assert (hand.to_numpy() == agreement.to_numpy()).all()
    assert round(agreement.attrs["agreement"], 2) == 0.39
    assert agreement.loc[1, "important_value"] == 47
    assert agreement.loc[1, "general_value"] == 28
    assert (clusters[how_many == 4] == 1).all()

# %% [markdown] lang="zh-TW"
# 不是。第 1 群把 47 位「重要價值」和 28 位「一般價值」放在一起，因為他們買的**樣子**像，差的只是金額。
# 一致的程度（調整後的 Rand 指數）是 0.39：1 是完全相同，0 是和運氣差不多。
# 有用的地方是**核對**：四份名單都有的 34 位，全在第 1 群，沒有人訂規則，資料也同意。
# 不過群不太穩定：一個月之間，八類只有 14 位換類別，群卻有三十多位（第 {section reference} 節）。
# 客戶問「我為什麼降級」，八類說得出門檻，分群說不出是哪一條規則。
#
# > **試一試　8.d**　經理問：「那分群還要不要做？」執行下一格看四個選項，把一個字母放進 `use_clusters`，例如 `"a"`。

# %% [markdown] lang="en"
# They are not. Cluster 1 puts 47 *Important: value* together with 28 *General: value*, because they buy in a
# similar **way** and differ only in spend. The agreement (adjusted Rand index) is 0.39, where 1 is identical and 0
# is what luck gives. Clusters are useful as a **check**: all 34 customers on all four lists are in cluster 1, so
# that the data agree although nobody made a rule.
#
# They are less steady, though: in a month 14 customers change their RFM class, and more than thirty their cluster (section
# {section reference}). When a customer asks “why was I moved down?”, the eight classes can name a cut; clusters have no rule to point to.
#
# > **Try it: 8.d.** The manager asks: “So is it worth making clusters at all?” The next cell shows four options; put one letter into
# > `use_clusters`, such as `"a"`.

# %% name="ask_d"
ask("8.d")

# %% name="try_d"
use_clusters = ...
check("8.d", use_clusters)

# %% [markdown] lang="zh-TW"
# ## {section needs}　每種方法要什麼，什麼時候不靈
#
# | | ABC | 價值金字塔 | CLV-CS | RFM | 分群 |
# |---|---|---|---|---|---|
# | 回答的問題 | 誰帶來利潤 | 整體來說誰好 | 誰以後值得、高不高興 | 他們現在怎麼買 | 有沒有自然的群 |
# | 要的資料 | 每位客戶的成本 | 業務、財務、客服的指標 | 利潤、留存率、問卷 | 一本交易帳 | 同 RFM |
# | 花的力氣 | 中：成本要分攤 | 高：要談權重 | 高：問卷和假設 | 低 | 中：要會解讀 |
# | 更新 | 一年一次 | 一季或一年 | 跟著問卷 | 每天都行 | 每次都會變 |
# | 旭東有多少人能算 | 320 | 320 | 229（有問卷） | 320 | 320 |
# | 看不見 | 已經走的人 | 權重本身的偏見 | 沒填問卷的人 | 成本、季節 | 該做什麼 |
#
# 花的力氣換一家公司會不一樣：還沒有成本帳的公司，ABC 反而最貴。
# 還有一件事五種方法都一樣：**沒買過的人不在裡面**，潛在客戶要另外評。
#
# > **教材自訂的地方，這裡說一次**　價值金字塔的權重、CLV-CS 六格的名稱（課本的圖已遺失）、分群的尺度、上表的力氣高低、五位客戶「哪一種方法先看到」、
# > 後面合成一級的門檻與先後，都是教材的選擇。來源的缺漏和爭議在[勘誤](../../docs/errata.zh-TW.md)。

# %% [markdown] lang="en"
# ## {section needs} What each method needs, and when it fails
#
# | | ABC | value pyramid | CLV-CS | RFM | clusters |
# |---|---|---|---|---|---|
# | answers | who brings profit | who is good, all in all | who will be worth it, and are they happy | how do they buy now | are there natural groups |
# | data | costs per customer | figures from sales, finance and service | profit, retention, a survey | one ledger of sales | as RFM |
# | effort | medium: costs must be shared out | high: weights must be agreed | high: survey and assumptions | low | medium: needs interpreting |
# | renewed | once a year | each quarter or year | with the survey | any day | different each time |
# | customers at Xudong | 320 | 320 | 229 (answered) | 320 | 320 |
# | blind to | those who have left | the bias in its own weights | those who did not answer | costs, seasons | what to do |
#
# The effort differs from firm to firm: where there is no cost accounting, ABC is the
# costliest of all. One thing holds for all five: **anyone who never bought is not in them**. Prospects are graded
# separately.
#
# > **The kit’s own choices, said once.** The weights of the value pyramid, the names of the six boxes of CLV-CS (the textbook’s figure is lost), the scaling of
# > clusters, the effort in this table, which method sees the five customers first, and the cuts and the order of the rule for one level are the kit’s. What the sources
# > lack or dispute is in the [errata](../../docs/errata.en.md).

# %% [markdown] lang="zh-TW"
# ## {section verdict}　換你判斷：五位客戶
#
# 來源教材裡那份客戶分析的投影片講了一家電腦終端產品製造商的五個故事。**先別看答案**：每一位，(1) 問題出在哪裡？(2) 哪一種方法最先看得到？
# 把你的想法寫進下一格，再打開。
#
# | | 發生了什麼 |
# |---|---|
# | A | 合作 3 年，一直抱怨送修太多、修得太慢；今年的採購量是去年同期的四成 |
# | B | 合作 3 年，去年底之後沒有再買；他的省辦事處撤了，併入華東分公司，辦事處主任升為分公司副總 |
# | C | 合作一年多，對品質滿意；負責的業務員王先生離職後，就沒有再來 |
# | D | 跟了半年，試用滿意，要求按季付款；我們的行銷副總答應，總經理堅持按月。上個月他向對手訂了一小批 |
# | E | 大學城五家店，有三家賣我們的產品；去年想要感應滑鼠，我們嫌開發太貴。現在只買利潤薄的主打產品 |

# %% [markdown] lang="en"
# ## {section verdict} Your verdict: five customers
#
# The slides on customer analysis tell five stories about a maker of computer terminals. **Do not open the answer yet.** For each: (1) what
# went wrong, and (2) which method would have seen it first? Write your view into the next cell, then look.
#
# | | what happened |
# |---|---|
# | A | three years with us; keeps complaining that too many units need repair and repairs take too long; buys 40% of what it did a year ago |
# | B | three years; nothing bought since the end of last year. Its provincial office was closed and merged into the East China branch, and the head of that office is now deputy head of the branch |
# | C | over a year, content with the quality; not seen since Wang, the salesperson who looked after it, left us |
# | D | half a year of sales talks; liked the trial; asks to pay quarterly. Our head of marketing agreed, our general manager insists on monthly. Last month it placed a small order with a rival |
# | E | five shops in a university town, three of which sell our products. Last year they asked for a new kind of mouse; we found it too dear to develop. They still buy, but only our thin-margin main product |

# %% name="my_cases"
my_cases = {"A": None, "B": None, "C": None, "D": None, "E": None}

# %% [markdown] lang="zh-TW"
# <details><summary>寫好了再打開（原因對照客戶分析投影片的流失原因）</summary>
#
# | | 原因 | 最先看到的方法 | 該做什麼 |
# |---|---|---|---|
# | A | 品質不穩、服務差：我們的錯 | CLV-CS 的滿意度、價值金字塔的客訴；RFM 的 F、M 下滑已經晚一步 | 先修品質，再談價格 |
# | B | 對方組織改變，不是我們的錯 | RFM 的 R；原因要打電話才知道 | 跟著那位副總去找分公司，可能還變大 |
# | C | 員工離職，關係斷了 | RFM 的 R；滿意度說「滿意」，完全不會亮燈 | 馬上指定新窗口；平時就不該只靠一個人 |
# | D | 我們內部不一致 | **都看不到**：還沒成交，不在帳冊裡 | 當潛在客戶評等；付款條件先在內部講好 |
# | E | 缺乏創新 | ABC：還在買，利潤變薄；RFM 覺得一切正常 | 三家店一起算，新品值不值得做 |
#
# 五個故事，沒有一種方法全部看得到。
#
# </details>

# %% [markdown] lang="en"
# <details><summary>Write first, then open (the causes follow the customer-analysis slides’ reasons for churn)</summary>
#
# | | cause | seen first by | what to do |
# |---|---|---|---|
# | A | unstable quality, poor service: our fault | satisfaction in CLV-CS, complaints in the value pyramid; falling F and M in RFM come too late | put the quality right before you talk about price |
# | B | the customer reorganised: not our fault | R in RFM; the reason takes a phone call | follow the deputy head to the branch; the account may even grow |
# | C | an employee left, and the contact with him | R in RFM; satisfaction says “content” and gives no warning | name a new contact now, and never depend on one person |
# | D | we disagree among ourselves | **none**: no deal yet, so not in the books | grade as a prospect; settle the terms in-house first |
# | E | lack of innovation | ABC: still buying, with less profit; to RFM all looks well | work out for the three shops together whether the new product pays |
#
# Five stories, and no single method sees them all.
#
# </details>

# %% [markdown] lang="zh-TW"
# ## {section levels}　先問五個問題，再合成一級
#
# 一篇談「管理層如何選擇客戶層級」的文章說，分級之前先問五件事。旭東的帳冊答得了多少？
#
# | 先問 | 旭東看哪裡 | 哪種方法看得到 |
# |---|---|---|
# | 價值：帶來多少？ | `profit` | ABC、CLV-CS |
# | 需求：他要什麼？ | 聯絡記錄的建議和客訴 | 價值金字塔（要放進指標） |
# | 忠誠：會不會留下？ | 一年有幾個月來買、滿意度 | RFM、CLV-CS |
# | 潛力：還能長多大？ | 年需求減掉向我們買的 | 價值金字塔（要放進指標） |
# | 競爭：對手在做什麼？ | 我們只占他們需求的 24%，另外 76% 向誰買，帳冊沒寫 | 都看不到 |
#
# 競爭不只是看對手。**定位**決定哪些客戶要緊：走高端的公司，顧好利潤最高的少數人；走大眾路線的公司，要顧到多數人。
# 同樣是旭東的客戶，高端定位可以只靠那 34 位（60% 的利潤），大眾定位就不能冷落另外 223 位。
#
# **兩家公司。** 同一篇文章舉了兩個例子。A 公司（科技）先評估價值，替高價值客戶量身訂做；再用市調和客戶意見了解需求；最後推忠誠計畫。
# B 公司（零售）依需求和價值把客戶分層；用模型預測潛力，提早投入；再分析對手，調整定位。文章說兩家都成功。
#
# > **試一試　8.f**　執行下一格看五句話，站得住的字母放進 `two_firms`（不只一句）。

# %% [markdown] lang="en"
# ## {section levels} Five questions first, then one level
#
# An article on how management chooses tiers says: ask five things first. How many can Xudong’s books answer?
#
# | ask first | where Xudong looks | seen by |
# |---|---|---|
# | value: what do they bring? | `profit` | ABC, CLV-CS |
# | needs: what do they want? | suggestions and complaints in the record of contacts | value pyramid, if made an indicator |
# | loyalty: will they stay? | months with a purchase, satisfaction | RFM, CLV-CS |
# | potential: how far can they grow? | yearly need less what they buy from us | value pyramid, if made an indicator |
# | competition: what do rivals do? | we have 24% of what they need; who sells the other 76%, the books do not say | none |
#
# Competition is not only about rivals. Your **positioning** decides which customers matter: a premium firm looks after the few who are most profitable, a firm for
# everybody must please the many. With Xudong’s own customers, a premium firm could live on the 34 (60% of profit); a firm for everybody
# cannot neglect the 223.
#
# **Two firms.** The article has two examples. Firm A (technology) valued its customers and tailored services for the best; learned needs from research
# and feedback; and ran a loyalty scheme. Firm B (retail) divided customers by need and value; forecast their potential and invested early;
# and studied rivals to change its position. Both, it says, succeeded.
#
# > **Try it: 8.f.** The next cell shows five claims; put the letters of those that hold into `two_firms` (more than one).

# %% name="ask_f"
ask("8.f")

# %% name="try_f"
two_firms = ...
check("8.f", two_firms)

# %% [markdown] lang="zh-TW"
# **把答案合成一級。** 文章替其中三個問題各分三等：利潤高、中、低；潛力重要、有潛力、一般；忠誠、一般、不穩定。怎麼合？它只說三件事：
# 先看利潤，但別漏掉有潛力的；有潛力的給支援和資源；忠誠的要維護，不穩定的要留意風險。
#
# 用六位客戶試試。利潤和潛力（年需求減營收）各依 20：30：50 分三等，所以等級是 A、B、C；忠誠看一年有幾個月來買，3 個月以下（平均一季來不到一次）算不穩定。
# 你會先留意誰、維護誰、支援誰？
#
# > **怎麼讀這段程式**　`names=` 替三等取名；`.dt.month` 取出月份，`.nunique()` 數有幾種不同的月份。

# %% [markdown] lang="en"
# **One level from the answers.** The article grades three of the five: profit high, middle, low; potential important, promising, ordinary; loyalty loyal, ordinary,
# unsteady. How do they combine? It says three things only: look at profit first, without overlooking potential; give promising customers
# support and resources; keep the loyal, and watch the unsteady for risk.
#
# Try it on six customers. Profit and potential (yearly need less revenue) are cut 20 : 30 : 50, hence the tiers A, B and C; loyalty is the number of months with a purchase,
# and 3 or fewer, less than once a quarter, count as unsteady. Whom would you watch, whom keep, whom support?
#
# > **Reading the code.** `names=` names the three tiers; `.dt.month` is the month of a date, and `.nunique()` counts how many different ones there are.

# %% name="three_grades"
room = customers["yearly_need"] - customers["revenue"]
months = buys.assign(month=buys["date"].dt.month).groupby("customer")["month"].nunique()
grades = pd.DataFrame(
    {
        "profit": rk.abc_tier(customers["profit"], cuts=rk.ABC3, names=["A", "B", "C"]),
        "potential": rk.abc_tier(room, cuts=rk.ABC3, names=["A", "B", "C"]),
        "active_months": months,
    }
)
rk.pretty(grades.loc[six])

# %% name="claim_three_grades" claims=true
assert grades.loc["C331", ["profit", "potential"]].tolist() == ["C", "A"]
assert months.reindex(customers.index).notna().all()
assert f"{customers['revenue'].sum() / customers['yearly_need'].sum():.0%}" == "24%"

# %% [markdown] lang="zh-TW"
# 一位客戶可能同時符合兩句話，所以要排先後，前面的先算：
#
# 1. 利潤高或中、而且不穩定：先**留意**，人走了利潤也走了。
# 2. 利潤高的其他人：**維護**。
# 3. 其餘的人，潛力重要或有潛力：**支援**。
# 4. 剩下的：**一般**服務。
#
# 先看第 1 條有幾位，其中幾位已經超過 90 天沒來：

# %% [markdown] lang="en"
# A customer may fit two of the sentences, so they need an order; the first that fits decides:
#
# 1. Profit high or middle, and unsteady: **watch**. If they leave, so does the profit.
# 2. Anyone else with high profit: **keep**.
# 3. Of the rest, potential important or promising: **support**.
# 4. Everybody left: **standard** service.
#
# First, how many are in rule 1, and how many of these have been away for more than 90 days?

# %% name="watch"
watch = grades.index[(grades["profit"] != "C") & (grades["active_months"] <= 3)]
print(len(watch), (rfm.loc[watch, "recency_days"] > 90).sum())

# %% name="claim_watch" claims=true
assert (len(watch), (rfm.loc[watch, "recency_days"] > 90).sum()) == (40, 22)
assert watch.isin(six).sum() == 3
assert {"C284", "C393", "C255"} <= set(watch)

# %% [markdown] lang="zh-TW"
# 要留意的 40 位，有 22 位超過 90 天沒來，先打電話。另外 18 位要分開看：例如 C393 昨天才第一次來，C255 是只在開學前後買的學校，不是要走的人。
# 還有一個提醒：六位裡的 C331 利潤是最後一名，潛力卻是 A，照規則要「支援」。規則排的是先後，給資源之前仍要查服務成本。
#
# **給經理的話**：這張表一頁就放得下，業務員看得懂；但先後一換，名單就換，所以順序和門檻要寫在表的下面。練習 8.10 換你把四級排完。

# %% [markdown] lang="en"
# Of the 40 to watch, 22 have been away for more than 90 days: ring them up first. Look at the other 18 one by one: C393, for example, came for the first time yesterday,
# and C255 is a school that buys in two months of the year; neither is about to leave. One more warning: of the six, C331 is last of all by profit and yet an A by potential, so the rule
# says *support*. A rule sets an order; look at the cost of serving before you give resources.
#
# **For the manager:** the rule fits on one page and salespeople can follow it; but another order gives another list, so the order and the cuts stand below
# the table. In exercise 8.10 you make all four levels.

# %% [markdown] lang="zh-TW"
# ## {section crm}　等級放在哪裡：客戶主檔
#
# 選好了方法，等級要放在哪裡？簡報翻過就忘了。公司有**客戶關係管理系統**（CRM），核心是一張**客戶主檔**：一列一位客戶，
# 名稱、區域、聯絡人、負責的業務員都在上面。等級是主檔的一個欄位，業務員查客戶的時候就看得到。
#
# **先想再看。** 半年後有人問：「為什麼這位客戶是 B？」只存一個字母「B」，你答得出來嗎？除了等級，還要存哪些事？

# %% [markdown] lang="en"
# ## {section crm} Where tiers live: the customer master file
#
# The method is chosen; where do the tiers go? A slide is forgotten by Friday. A firm has a **CRM system** (customer relationship
# management), and at its heart is the **customer master file**: one row per customer, with name, region, contact and salesperson. The tier is a
# field in it, in sight whenever somebody looks the customer up.
#
# **Think before you look.** In half a year somebody asks: “Why is this customer a B?” Could you answer with nothing but the letter B? What else
# must be stored?

# %% [markdown] lang="zh-TW"
# 至少四項：**等級**、**哪一種方法**、**哪一天算的**、**門檻在哪裡**。少了方法，ABC 的 B 和別種方法的 B 分不開；少了日期，舊的看起來像新的。
# 先拿三位客戶，手寫一次：
#
# > **怎麼讀這段程式**　`rk.write_back(主檔, 等級, date=哪一天, cut=門檻的說法)` 把等級寫進主檔，交回兩張表：新的主檔，和這次的變動。
# > 等號左邊寫兩個名字，就把兩張表分別接住。

# %% [markdown] lang="en"
# At least four things: the **tier**, its **scheme**, the **day** it was computed and where it was **cut**. Without the scheme, a B by ABC looks like a
# B by anything else; without the day, old looks like new. Three customers first:
#
# > **Reading the code.** `rk.write_back(master, tier, date=the day, cut=the cut in words)` writes the tiers into the master file and returns two
# > tables: the new file, and what has changed. Two names at the left of the equals sign take one each.

# %% name="crm_three"
three = customers.loc[["C381", "C201", "C220"], ["region", "industry"]]
last_year = pd.Series({"C381": "abc3:a", "C201": "abc3:b"})
file, changes = rk.write_back(three, last_year, date="2020-04-01", cut="20 : 30 : 50")
rk.pretty(file)

# %% [markdown] lang="zh-TW"
# 第三位沒有等級，欄位就空著：**沒有資料不等於最低一級**。一年後再寫一次。先猜：三位的「從哪一天起」各是哪一天？

# %% [markdown] lang="en"
# The third has no tier, and the fields stay blank: **no data is not the lowest tier**. A year later we write again. Guess first: what will “Tier
# since” say for each of the three?

# %% name="crm_three_later"
this_year = pd.Series({"C381": "abc3:a", "C220": "abc3:c"})
file, changes = rk.write_back(file, this_year, date="2021-04-01", cut="20 : 30 : 50")
rk.pretty(file[["tier", "tier_date", "tier_since"]])

# %% [markdown] lang="zh-TW"
# C381 還是 A，所以「從哪一天起」仍是去年。C201 這次沒有等級，舊的留著，**連同舊的日期**：看日期就知道那是去年的事。
#
# 換成全部的客戶。去年的等級寫進主檔，存成檔案，交給資訊部門匯入；一年後再讀回來，寫進今年的等級：
#
# > **怎麼讀這段程式**　`rk.save_table(表, 檔名)` 存成 Excel 打得開的 CSV；`.dropna()` 去掉空白：去年還不是客戶的人，沒有去年的利潤。

# %% [markdown] lang="en"
# C381 is still A, so “since” is still last year’s day. C201 has no tier this time: the old one stays, **with its old date**, and the date tells that it
# is last year’s news.
#
# Now everybody. Last year’s tiers go into the file, the file goes to the IT department; a year later we read it back and write this year’s tiers:
#
# > **Reading the code.** `rk.save_table(table, name)` saves a CSV that Excel opens; `.dropna()` leaves out the blanks: whoever was not yet a
# > customer last year has no profit of last year.

# %% name="crm_export"
last_year = rk.abc_tier(customers["profit_last_year"].dropna(), cuts=rk.ABC3)
master = customers[["region", "industry"]]
master, changes = rk.write_back(master, last_year, date="2020-04-01", cut="20 : 30 : 50")
saved = rk.save_table(master, "customer_master.csv")

# %% name="crm_import"
master = rk.load_table(saved, index="customer")
this_year = rk.abc_tier(customers["profit"], cuts=rk.ABC3)
master, changes = rk.write_back(master, this_year, date="2021-04-01", cut="20 : 30 : 50")
rk.pretty(changes["change"].value_counts().to_frame())

# %% name="claim_crm" claims=true
assert changes["change"].value_counts().to_dict() == {
    "stayed": 250,
    "down": 27,
    "up": 26,
    "new": 17,
}
assert (len(changes), 27 + 26) == (320, 53)

# %% [markdown] lang="zh-TW"
# 320 位都在：250 位不變，27 位降級，26 位升級，17 位是新客戶，第一次有等級。每位客戶剛好數一次，沒有人不見。
#
# > **試一試　8.e**　今年誰**升進** A 級？從 `changes` 挑出 `after` 是 `"abc3:a"`、`change` 是 `"up"` 的客戶，編號放進 `into_a`。

# %% [markdown] lang="en"
# All 320 are there: 250 unchanged, 27 down, 26 up, and 17 newcomers with their first tier. Each customer is counted once; nobody has vanished.
#
# > **Try it: 8.e.** Who has **come up** into class A this year? From `changes`, pick the customers whose `after` is `"abc3:a"` and whose `change` is
# > `"up"`, and put their numbers into `into_a`.

# %% name="try_e"
into_a = ...
check("8.e", into_a)

# %% [markdown] lang="zh-TW"
# **給經理的話**　變動表每個月給業務員看一次：降級的先查原因，沒有新等級的先打電話，升級的謝謝他。等級只給公司裡的人看；
# 客戶不必知道自己是 B，他只要感覺到服務。換方法的那個月不算升降：變的是衡量的標準。

# %% [markdown] lang="en"
# **For the manager.** Show the salespeople the table of changes once a month: look for a cause before anything else where a tier went down, ring those who
# have no new tier, thank those who went up. Tiers are for the firm’s eyes; a customer need not know of being a B, only feel the service. In a month
# when the scheme changes, nobody moves up or down: it is the yardstick that changed.

# %% [markdown] lang="zh-TW"
# ## {section tell_manager}　告訴經理：先問要做什麼決定
#
# | 經理要做的決定 | 用這種方法 | 同時查一件事 |
# |---|---|---|
# | 這週打電話給誰？ | RFM，每月更新 | 服務成本；學校看月份 |
# | 明年的服務預算怎麼分？ | ABC（利潤） | 最近一次是什麼時候 |
# | 哪位大客戶快要不高興了？ | CLV-CS 的「搶救」 | 沒填問卷的大客戶，親自問 |
# | 要給多少信用額度、要不要深交？ | 價值金字塔，權重先定 | 換一組權重，誰會進出 |
# | 我們漏看了什麼？ | 分群，或兩份名單不同的人 | 為什麼不同 |
# | 只有一本交易帳、明天就要？ | RFM | 寫明看不到成本 |
#
# > **給經理的建議**
# >
# > 1. 四種方法一致的 34 位（11% 的客戶、60% 的利潤）指定專人，不必再爭方法。其中 9 位落在「搶救」格，
# >    這週就從最不滿意的 C220、C382、C307、C016 開始拜訪。
# > 2. 每月用 RFM 排電話；每年用 ABC 定預算。ABC 名單上超過 90 天沒來的 11 位，先問出了什麼事。
# > 3. 只有 RFM 說好的 16 位，一年合計只賺 3,659 元：先查服務成本，談最低訂購量，不是給 VIP。
# > 4. 四份名單都沒有的 223 位仍帶來 13% 的利潤，維持一般服務，別讓他們覺得矮人一截；其中有學校，請看一整年再說。
# >
# > 限制：CLV 的留存率只量過一次，問卷缺 91 位，權重是我們訂的。

# %% [markdown] lang="en"
# ## {section tell_manager} Tell the manager: begin with the decision
#
# | the decision | use | and check |
# |---|---|---|
# | whom do we call this week? | RFM, monthly | cost of service; for schools, the month |
# | how do we share out next year’s service budget? | ABC (profit) | when they last bought |
# | which big customer is about to lose patience? | “rescue” in CLV-CS | ask in person those who did not answer |
# | how much credit, how close a relationship? | value pyramid, weights fixed first | who comes and goes with other weights |
# | what are we overlooking? | clusters, or where two lists differ | why they differ |
# | only a ledger, and due tomorrow? | RFM | say that costs are not seen |
#
# > **Advice.**
# >
# > 1. The 34 customers on whom all four methods agree (11% of customers, 60% of profit) get a named contact; no need to
# >    argue about methods. Nine of them are in “rescue”: visit the least satisfied, C220, C382, C307 and C016, this week.
# > 2. Plan calls by RFM each month and the budget by ABC each year. Of the ABC list, 11 have been away for more than 90
# >    days: find out why first.
# > 3. The 16 whom only RFM praises earned NT$3,659 together in a year: look at the cost of serving them and talk about
# >    a minimum order before anyone mentions VIP.
# > 4. The 223 on no list still bring 13% of the profit. They keep normal service, and nothing that makes them feel
# >    second-rate. Some are schools: look at a whole year before you judge.
# >
# > Limits: retention was measured once, 91 customers did not answer the survey, and the weights are ours.

# %% name="facts_of_the_advice" claims=true
unhappy = box.index[box == "clv_cs:rescue"]
assert (how_many[unhappy] == 4).sum() == 9
assert cs[unhappy].nsmallest(4).index.tolist() == ["C220", "C382", "C307", "C016"]
assert (how_many[["C220", "C382", "C307", "C016"]] == 4).all()
assert (rfm.loc[abc_list, "recency_days"] > 90).sum() == 11
assert len(customers) - len(survey) == 91
assert (customers.loc[how_many == 0, "industry"] == "school").any()

# %% [markdown] lang="zh-TW"
# 還有一種選法最常見，也最糟：**先想好答案，再找一種會得出這個答案的方法**。五種方法裡，幾乎總有一種會讓誰的熟客上榜。
# 防法只有一個：方法、權重、門檻先寫下來，再打開名單。

# %% [markdown] lang="en"
# There is one more way to choose, the commonest and the worst: **settle on the answer, then find a method that gives
# it**. Among five methods, one will nearly always put somebody’s old friend on the list. The only cure is to write
# down method, weights and cuts before anyone opens the list.

# %% [markdown] lang="zh-TW"
# ## {section reference}　備查：ABC 的兩個標準、群穩不穩定
#
# 這一節不算在時間裡，可以先看「這一章說了什麼」，用得到時再回來。
#
# **ABC 的兩個標準。** 表 5-1 的第二個標準不看名次，看**累計利潤**到 50%、80%、95% 為止。同樣叫 ABC，兩個標準一致嗎？
# 列是依名次的等級，欄是依累計利潤的等級，數字是人數。

# %% [markdown] lang="en"
# ## {section reference} For reference: ABC by two criteria, how steady clusters are
#
# Not part of the minutes: go on to “What this chapter said”, and come back when you need it.
#
# **ABC by two criteria.** The second criterion of table 5-1 forgets the rank and stops where **cumulative profit** reaches 50%,
# 80% and 95%. Both are called ABC. Do they agree? The row is the tier by rank, the column the tier by cumulative profit, and the
# number says how many.

# %% name="two_criteria"
abc4_value = rk.abc_tier(customers["profit"], by="value")
same = rk.abc_agreement(customers["profit"])
rk.pretty(same)

# %% name="claim_two_criteria" claims=true
by_hand = pd.crosstab(abc4, abc4_value)
assert (by_hand.to_numpy() == same.to_numpy()).all()
assert rk.agreement_share(same) == 0.875
assert same.loc["abc4:ordinary", "abc4:small"] == 31

# %% [markdown] lang="zh-TW"
# 對角線上有 14 + 42 + 64 + 160 = 280 位，也就是 88% 的客戶，兩個標準給同一級；差別多半在下層，31 位「普通客戶」換個標準就成了「小客戶」。
# 兩個標準排的是**同一個順序**，只是切的地方不同。
#
# **群穩不穩定？** 用 3 月 1 日的資料再分一次，和八類比一比：一個月之間，各有幾位換了位子？
# （印出來的依序是比較的人數、換群的、換類別的。）

# %% [markdown] lang="en"
# On the diagonal are 14 + 42 + 64 + 160 = 280 customers, 88% of all, whose tier is the same by both. The difference is mostly
# near the bottom: 31 “ordinary” customers become “small” by the other criterion. The two criteria share **one ranking** and cut it in different places.
#
# **Are clusters steady?** Form them again as of 1 March, beside the eight classes: how many change places in a month? (Printed are
# the customers compared, those who change cluster, and those who change class.)

# %% name="clusters_moved"
if have_sklearn:
    early_clusters = rk.rfm_clusters(early, n_clusters=4)
    early_classes = rk.rfm_class(rk.high_low(early, cuts=rk.rfm_cuts(early)))
    moved = (early_clusters != clusters[early.index]).sum()
    moved_classes = (early_classes != rfm8[early.index]).sum()
    print(len(early), moved, moved_classes)

# %% name="claim_clusters_moved" claims=true
if have_sklearn:
    assert 30 <= moved <= 40
    assert (len(early), moved_classes) == (318, 14)

# %% [markdown] lang="zh-TW"
# 三月以前就買過的 318 位裡，八類只有 14 位換類別，群卻有三十多位換了：每次重跑，連中心點也會動。

# %% [markdown] lang="en"
# Of the 318 who had bought before March, only 14 change their RFM class, but more than thirty change their cluster: every new
# run can move the centres too.

# %% [markdown] lang="zh-TW"
# **那該分幾群？** 除了輪廓係數，再問兩件事：換一批客戶，同樣的群還會出現嗎（**穩定度**，1 是完全一樣）？比起隨便散開的點，分群分得開多少（**落差**，gap；Tibshirani 等人，2001）？

# %% [markdown] lang="en"
# **How many clusters, then?** Beside the silhouette ask two things more. Would other customers give the same clusters (**stability**; 1 means identical)? And
# how much better do clusters fit than they would fit points scattered at random (the **gap**; Tibshirani and others, 2001)?

# %% name="cluster_numbers" tags=["nbval-ignore-output"]
if have_sklearn:
    numbers = rk.cluster_numbers(rfm)
    rk.show(rk.plot_cluster_numbers(numbers))

# %% name="claim_cluster_numbers" claims=true
if have_sklearn:
    assert numbers["silhouette"].idxmax() == numbers["stability"].idxmax() == 2
    assert numbers.index[numbers["chosen"]].tolist() == [3]
    assert numbers.loc[4, ["stability", "lower", "upper"]].round(1).tolist() == [0.6, 0.5, 0.9]

# %% [markdown] lang="zh-TW"
# 輪廓係數和穩定度都選 2 群，落差選 3 群；我們用的 4 群，穩定度只有六成多，區間從五成到將近九成。三種看法沒有一致，經理要的級數就由人手和做法決定，分群用來核對。

# %% [markdown] lang="en"
# Silhouette and stability both choose 2, the gap chooses 3; our 4 clusters have a stability of little over 0.6, with an interval from 0.5 to almost 0.9. The three do
# not agree, so staff and actions decide how many tiers a manager needs, and clusters serve as a check.

# %% [markdown] lang="zh-TW"
# ## 這一章說了什麼
#
# - 一致程度（agreement）：同一群客戶、同樣長的名單，再和運氣比；四份名單都有的 34 位占 60% 的利潤。
# - 盲點（blind spot）：ABC 看不見已經走的人，RFM 看不見成本和季節，CLV-CS 看不見沒填問卷的人，價值金字塔跟著權重走。
# - 穩定（stability）：少一個月，RFM 換 9 位，營收只換 1 位；行動要靈敏，預算要穩定。
# - 分群（clustering）：輪廓係數（silhouette）幫忙挑群數；群沒有名字也沒有做法，適合核對。
# - 提升度（lift）：三份名單上的人，半年後花的錢都是平均的三倍多，帳冊分不出誰比較準。
# - 選方法（choosing）：先問價值、需求、忠誠、潛力、競爭，再看決策、資料和成本；規則和先後先寫，名單後看。

# %% [markdown] lang="en"
# ## What this chapter said
#
# - Agreement (一致程度): the same customers, lists of one length, and luck to compare with. The 34 on all four lists hold
#   60% of the profit.
# - Blind spots (盲點): ABC misses those who have left, RFM costs and seasons, CLV-CS those who did not answer; the
#   value pyramid follows its weights.
# - Stability (穩定): without one month, RFM replaces nine, revenue one. Quick for action, steady for budgets.
# - Clustering (分群): the silhouette (輪廓係數) helps to choose a number; clusters have no names and no actions, and
#   are good for checking.
# - Lift (提升度): half a year later, the customers on three lists spent over three times the average, and the books cannot say which list is the better.
# - Choosing (選方法): ask about value, needs, loyalty, potential and competition, then decision, data and cost; rules and their order are written before
#   the list is opened.

# %% [markdown] lang="zh-TW"
# ## 離開前三題
#
# 1. 甲方法選 30 位，乙方法選 100 位，重複 27 位。「乙的名單有 73% 甲不同意」，這句話公平嗎？
# 2. 同事跑 k-means，輪廓係數在兩群最高（0.40），就說「旭東只有兩種客戶」。你會怎麼回答？
# 3. 經理打球的朋友是 C331，他問：「有沒有一種方法，能讓 C331 排在前面？」你會怎麼回答？
#
# <details><summary>看答案</summary>
#
# 1. 不公平。甲只有 30 位，最多重複 30 位；反過來，甲的 30 位有 27 位（90%）乙也同意。要比就取同樣的人數。
# 2. 0.40 表示兩群也沒有分得很開，其他群數差不多；分幾群要看用途。兩群只說了「常來和不常來」。
# 3. 有，RFM 就會。但那是因為 RFM 看不到成本：C331 一年讓公司賠 16,181 元，利潤最後一名。先說要做什麼決定、用什麼規則，再看他在哪裡。
#
# </details>

# %% [markdown] lang="en"
# ## Three questions before you go
#
# 1. Method one picks 30 customers, method two 100; they share 27. “Method one rejects 73% of the other list”: fair?
# 2. A colleague runs k-means, finds the best silhouette (0.40) at two clusters, and says: “Xudong has just two kinds
#    of customers.” What do you answer?
# 3. The manager plays golf with C331 and asks: “Is there a method that puts C331 near the top?” What do you answer?
#
# <details><summary>Answers</summary>
#
# 1. No. A list of 30 can share at most 30; the other way round, 27 of the 30 (90%) are on the longer list. Compare
#    equal numbers.
# 2. At 0.40 even two groups are not far apart, and other numbers are not much worse. How many depends on the use;
#    two only say “often” and “not often”.
# 3. There is: RFM. But that is because it sees no costs. C331 cost the firm NT$16,181 in a year and is last by profit.
#    First say what the decision and the rule are, then see where C331 stands.
#
# </details>

# %% [markdown] lang="zh-TW"
# ## 接下來
#
# 換你了：[第 8 章練習](../../exercises/zh-TW/08_choosing.ipynb)用南區分公司的帳冊，比名單、找盲點、替經理選方法。
#
# 名單和方法都選好了，總公司來電：旭東要加入一家連鎖集團，集團的帳冊不是七千列，是幾千萬列。筆記本還跑得動嗎？
# [第 9 章](09_scale.ipynb)見。

# %% [markdown] lang="en"
# ## Next
#
# Your turn: the [exercise of chapter 8](../../exercises/en/08_choosing.ipynb) has the southern branch’s books: compare
# lists, find blind spots, choose for the manager.
#
# Lists and method are settled when head office rings: Xudong is about to join a chain, whose books have not seven thousand
# rows but tens of millions. Will a notebook still do? See [chapter 9](09_scale.ipynb).
