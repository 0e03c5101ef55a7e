# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="zh-TW"
# # 第 7 章練習　南區分公司的星期一
#
# [English edition](../en/07_management.ipynb) · [回到課文](../../notebooks/zh-TW/07_management.ipynb)
#
# > **情境**　南區分公司聽說總公司有一張「星期一的工作單」，也想要一張。欄位相同，客戶和數字都不同；今天是 2021 年 4 月 1 日。
# > 你要替分公司經理算人手、看出哪一群客戶變少了、修好降級名單、排拜訪，還要勸他一件事。
# >
# > **練什麼**　四種客戶的做法與時數、人數變少的警訊、生命週期、等級變動、四格、提升度、點數，還有放手之前該查的事。
# > {chapter 7}，各題互不相依，可以跳著做，也可以分兩次做（7.6 之後是個好地方）。
# > **資料**　分公司一整年的帳冊，[欄位說明](../../data/practice/README.md)。
# >
# > **怎麼作答**　每一題三步：把 `...` 換成你的答案，留在題目指定的變數裡；執行下面的 `check` 那一格；讀卡片。答錯不扣分，可以一直改。
# > 卡住時，把 `hint` 那一格開頭的 `#` 刪掉再執行，每執行一次多給一點，一共三次；看完第三個提示或答對之後，卡片會帶你到這一題的解答（你的教材裡有解答的話）。
# > 出現紅色的 `NameError`，多半是前面有一格沒執行：選 **Run → Run All Above Selected Cell**。

# %% [markdown] lang="en"
# # Chapter 7 exercise: Monday in the southern branch
#
# [中文版](../zh-TW/07_management.ipynb) · [back to the lesson](../../notebooks/en/07_management.ipynb)
#
# > **The scene.** The southern branch has heard of head office’s worksheet for Monday and wants one of its own. The columns
# > are the same, the customers and figures are not; today is 1 April 2021. You work out hours for the branch manager, see which
# > group of customers is shrinking, repair a list of demotions, plan visits, and advise him on one matter.
# >
# > **What you practise.** Ways of working with four kinds of customer and their hours, an alarm when a number falls, the life cycle,
# > moves between tiers, the four boxes, lift, points, and what to check before letting go. {chapter 7}; no question needs another
# > one’s answer, and after 7.6 is a good place for a break. **Data:** a year of the branch’s books,
# > [what their columns mean](../../data/practice/README.md).
# >
# > **How to answer.** Every question takes three steps: replace the `...` with your answer, left in the variable that is named; run the
# > `check` cell below it; read the card. A wrong answer costs nothing, and you may change it as often as you like. When you are
# > stuck, delete the `#` in the `hint` cell and run it: a little more each time, three times. After the third hint, or a right
# > answer, the card takes you to the solution of the question, if your copy has the solutions. A red `NameError` usually means that
# > a cell above has not run: choose **Run → Run All Above Selected Cell**.

# %% name="setup"
import math

import pandas as pd

import rfmkit as rk
from rfmkit.classroom import ask, check, hint, progress

rk.use_language("zh-TW")
rk.use_style()

TODAY = pd.Timestamp("2021-04-01")
customers = rk.load_table(rk.data_file("客戶年報.csv", books="practice"), index="customer")
ledger = rk.load_transactions(rk.data_file("年度交易.csv", books="practice"))
clean, left_out = rk.clean_transactions(ledger, today=TODAY)
bought = clean[clean["amount"] > 0]
tier = rk.abc_tier(customers["profit"], cuts=(0.20, 0.50))
history = rk.monthly_spend(clean)
tier.value_counts(sort=False)

# %% [markdown] lang="zh-TW"
# 和課文一樣：`customers` 一列一位客戶，`clean` 是一年的交易，`tier` 是依利潤分的 A、B、C，`history` 是每位客戶每個月的消費。
# 多了一個 `bought`：`clean` 裡金額大於 0 的列，也就是不含退貨的「購買」。（`rk.use_style()` 讓你自己畫的圖也能顯示中文。）

# %% [markdown] lang="en"
# As in the lesson: `customers` has one row per customer, `clean` the year’s transactions, `tier` the A, B and C by profit, and
# `history` each customer’s spend by month. New is `bought`: the rows of `clean` with an amount above 0, in other words purchases
# without the returns. (`rk.use_style()` gives pictures of your own the kit’s font and colours.)

# %% [markdown] lang="zh-TW"
# ## {7.1}
#
# 可以選好幾個。**把答案留在** `answer_7_1`（幾個字母寫在一起，放在引號裡，例如 `"xy"`）。

# %% [markdown] lang="en"
# ## {7.1}
#
# You may choose several. **Leave the answer in** `answer_7_1` (the letters together, in quotes, such as `"xy"`).

# %% name="ask_7_1"
ask("7.1")

# %% name="q7_1" question="7.1"
### BEGIN SOLUTION
### STUB answer_7_1 = ...
answer_7_1 = "bde"
### END SOLUTION

# %% name="check_7_1"
check("7.1", answer_7_1)

# %% name="hint_7_1"
# hint("7.1")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　(b) 是重要客戶的「密切溝通」：有計畫地拜訪、常問意見、訴求馬上處理。(d) 是大客戶的「主動參與採購決策」，找的是使用者和決策者；
# (a) 只找採購，那是六種角色裡談價格的那一個。(e) 兩面都顧到：有潛力的往上帶，其餘省成本，整群看人數和趨勢；(c) 逐位檢討，一百位要花掉所有的時間。
# (f) 沒有先挑選：今年才開戶的人，一年的金額當然少。
#
# **另一種想法**　不必背做法，對每個主意問一句：「每一位客戶這樣做，一年要幾小時？」(c) 一算就知道做不到；不過 (a) 和 (f) 省時間卻錯，
# 還得再問：「這樣會失去什麼？」

# %% [markdown] lang="en" solution_only=true
# **Why.** (b) is close communication with key customers: planned visits, frequent questions, requests settled at once. (d) is taking part in a
# large customer’s decision, with its users and decider; (a) talks to the buyer alone, who is just one of the six parts. (e) covers both
# sides of ordinary customers, growing some and serving the others cheaply, and watches the group; to review a hundred of them one by one, as in
# (c), takes all the time there is. (f) does not select: an account opened this year is bound to be small.
#
# **Another way.** Instead of remembering the list, ask of each proposal: how many hours a year would it take for every such customer? That rules out
# (c) at once. But (a) and (f) save time and are wrong all the same, so ask as well what would be lost.

# %% [markdown] lang="zh-TW"
# ## {7.2}
#
# 分公司只有兩個業務員，每人每週有 20 小時給客戶，一個月算四週：共 **160 小時**。下一格的 `to_serve` 是今年買過的客戶和他們的等級，
# 只替這些人排時間。
#
# - `people`：照「A 一人顧一位、B 一人顧兩位、C 一人顧五位」的規則，**至少**要幾個人？每一級各自進位再相加。
# - `minutes`：改談時數。每位 A 一個月 1.5 小時、每位 B 1 小時，剩下的平分給 C，每位 C 一個月幾**分鐘**？（不必四捨五入）
#
# **把答案留在** `plan`（字典：把兩個 `...` 換成算式或數字）。

# %% [markdown] lang="en"
# ## {7.2}
#
# The branch has just two salespeople with 20 hours a week each for customers; four weeks make a month: **160 hours**. In the
# next cell, `to_serve` holds those who bought this year, with their tiers; only they are to be served.
#
# - `people`: by the rule of one person for one A, for two Bs, for five Cs, how many people does it take **at least**? Round each tier up, then
#   add.
# - `minutes`: talk about hours instead. Each A gets 1.5 hours a month, each B 1 hour, and the Cs share what is left. How many
#   **minutes** a month for each C? (No need to round.)
#
# **Leave the answer in** `plan` (a dictionary: replace both `...` by sums or numbers).

# %% name="given_7_2"
this_year = set(bought.loc[bought["date"] >= "2021-01-01", "customer"])
to_serve = tier[tier.index.isin(this_year)]
to_serve.head(3)

# %% name="q7_2" question="7.2"
### BEGIN SOLUTION
### STUB plan = {"people": ..., "minutes": ...}
in_a, in_b, in_c = to_serve.value_counts(sort=False)
plan = {
    "people": in_a + math.ceil(in_b / 2) + math.ceil(in_c / 5),
    "minutes": (160 - in_a * 1.5 - in_b * 1) / in_c * 60,
}
### END SOLUTION

# %% name="check_7_2"
check("7.2", plan)

# %% name="hint_7_2"
# hint("7.2")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　兩個答案用的是同樣三個人數：A 48 位、B 53 位、C 67 位。規則要 89 人，分公司只有兩個，這個數字只證明規則不適用；
# 換成時數，每位 C 每個月還有 31 分鐘，夠打一兩通電話，這才是談得下去的版本。
#
# **另一種做法**　`rk.staffing(to_serve)` 列出每一級的人數，`rk.staffing_fit(...)` 再加上時數，比較省事；
# 不過它只回答「夠不夠」，剩下幾分鐘要自己反推。

# %% [markdown] lang="en" solution_only=true
# **Why.** Both answers come from the same three numbers: 48 As, 53 Bs and 67 Cs. The rule takes 89 people where the branch has two, which
# only proves that the rule does not fit. In hours, each C still gets 31 minutes a month, enough for a call or two, and
# that is something to negotiate with.
#
# **Another way.** `rk.staffing(to_serve)` lists the people tier by tier, and `rk.staffing_fit(...)` adds the hours: less work, but it
# only says whether they suffice; the minutes that are left you must still work out yourself.

# %% name="another_way_7_2" solution_only=true
by_rule = rk.staffing(to_serve)
rk.pretty(by_rule)

# %% name="claim_another_way_7_2" claims=true solution_only=true
assert by_rule["staff_least"].sum() == plan["people"] == 89
assert by_rule["customers"].tolist() == [48, 53, 67]
assert round(plan["minutes"]) == 31

# %% [markdown] lang="zh-TW"
# ## {7.3}
#
# 經理從來不看個別的普通客戶，他只問一句：「他們有沒有變少？」下一格的 `began` 是**年初**就知道的等級（依前一年的利潤，新客戶不在裡面），
# `lines` 是其中 B 級客戶一整年的購買。照課文的做法：
#
# - `usual`：四月到九月，平均每個月來了幾**位**（一位客戶一個月只算一次）；
# - `limit`：警戒線，平常減**兩個**平方根，也就是 `usual − 2 × √usual`，平方根寫成 `** 0.5`；
# - `below`：十月到三月有幾個月**低於**警戒線；
# - `march`：三月來了幾位。
#
# **把答案留在** `alarm`（字典：把四個 `...` 換成算式；不必四捨五入）。先把每個月的人數放進 `came` 會比較好算。

# %% [markdown] lang="en"
# ## {7.3}
#
# The manager never looks at single ordinary customers. He only asks: “Are there fewer of them?” In the next cell, `began` holds the tiers
# known when the **year began** (by the profit of the year before, newcomers left out), and `lines` the purchases of its tier B over the
# year. As in the lesson:
#
# - `usual`: from April to September, how many **customers** came in a month, on average (each counts once a month);
# - `limit`: the alarm line, **two** square roots below the usual, or `usual − 2 × √usual`; a square root is `** 0.5`;
# - `below`: in how many of the months from October to March the number is **below** the line;
# - `march`: how many came in March.
#
# **Leave the answer in** `alarm` (a dictionary: replace the four `...` by sums; no need to round). It is easier if you put the numbers of
# each month into `came` first.

# %% name="given_7_3"
last_year = customers["profit_last_year"].dropna()
began = rk.abc_tier(last_year, cuts=(0.20, 0.50))
lines = bought[bought["customer"].isin(began.index[began == "abc3:b"])]
began.value_counts(sort=False)

# %% name="q7_3" question="7.3"
### BEGIN SOLUTION
### STUB came = ...
### STUB alarm = {"usual": ..., "limit": ..., "below": ..., "march": ...}
came = lines.groupby(lines["date"].dt.to_period("M"))["customer"].nunique()
usual = came.iloc[:6].mean()
limit = usual - 2 * usual**0.5
below = (came.iloc[6:] < limit).sum()
alarm = {"usual": usual, "limit": limit, "below": below, "march": came.iloc[-1]}
### END SOLUTION

# %% name="check_7_3"
check("7.3", alarm)

# %% name="hint_7_3"
# hint("7.3")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　上半年平均每個月來 47 位，光是巧合，一個月就可能差到七位左右（√47 ≈ 6.9），所以 33 位以下才值得緊張。十月還有 38 位，
# 從十一月起五個月都在線下，三月只剩 11 位：不像是巧合。這份名單固定，只會有人離開，慢慢少一點並不奇怪；少得這麼快就要查了。
# 等級用年初的，不用今年的：不來的人今年利潤變少，有的早就掉出 B 級，警訊會變小。
#
# **另一種做法**　把三月當成比例：91 位來了 11 位，`rk.share_interval(11, 91)` 給出 7% 到 20% 的區間，平常的 52%（47 ÷ 91）遠在區間外。
# 好處是人數不同的級也能比；代價是一次只看一個月。

# %% [markdown] lang="en" solution_only=true
# **Why.** In the first half-year 47 came in a month on average. Chance alone can make a month differ by about seven (√47 ≈ 6.9), so only
# below 33 is there reason to worry. October still had 38; all five months from November are below the line, and March had only 11. That
# does not look like chance. The list is fixed, so it can only lose people, and a slow decline would be no surprise; one this fast must be looked into. The
# tiers are those of the beginning: whoever stays away makes less profit this year, and some drop out of tier B, so that by this year’s tiers the alarm is fainter.
#
# **Another way.** Take March as a share: 11 of 91 came, and `rk.share_interval(11, 91)` says between 7% and 20%; the usual 52% (47 ÷ 91) is far
# outside. This compares tiers of different sizes. The price: it looks at one month only.

# %% name="another_way_7_3" solution_only=true
march = rk.share_interval(int(came.iloc[-1]), int((began == "abc3:b").sum()))
print(rk.describe_interval(march))

# %% name="claim_another_way_7_3" claims=true solution_only=true
assert came.tolist() == [40, 47, 49, 45, 51, 50, 38, 27, 26, 29, 31, 11]
assert (alarm["usual"], round(alarm["limit"]), alarm["below"]) == (47, 33, 5)
assert (began == "abc3:b").sum() == 91
assert [f"{end:.0%}" for end in (march.low, march.high, 47 / 91)] == ["7%", "20%", "52%"]

# %% [markdown] lang="zh-TW"
# ## {7.4}
#
# 用 `rk.lifecycle_phase(history)` 判定階段，畫一張**直條圖**：四個階段各有幾位 **A 級**客戶。四根直條照生命週期的順序，
# 由左到右是考察、形成、穩定、退化；沒有人的階段畫 0。圖要有標題，兩軸要有名稱；階段寫代碼或名稱都可以。
#
# **把答案留在** `phase_chart`（畫圖函式傳回的 Axes）。
#
# > **怎麼畫**　`ax = 人數.plot.bar()` 把一個 Series 畫成直條，索引寫在橫軸；`ax.set_title("…")` 寫標題，
# > `ax.set_xlabel("…")`、`ax.set_ylabel("…")` 寫兩軸的名稱。

# %% [markdown] lang="en"
# ## {7.4}
#
# Take the phases of `rk.lifecycle_phase(history)` and draw a **bar chart**: how many **tier A** customers are in each of the
# four. The bars stand in the order of life, from left to right (exploration, formation, stability, decline; a phase that nobody is in gets
# a bar of 0). The chart needs a title and a name on both axes; phases may be codes or names.
#
# **Leave the answer in** `phase_chart` (the Axes that the drawing function returns).
#
# > **How to draw.** `ax = numbers.plot.bar()` draws a Series as bars, with its index below them; `ax.set_title("…")` writes the title,
# > `ax.set_xlabel("…")` and `ax.set_ylabel("…")` name the axes.

# %% name="q7_4" question="7.4"
### BEGIN SOLUTION
### STUB phase_chart = ...
import matplotlib.pyplot as plt

phase = rk.lifecycle_phase(history)
counts = phase[tier == "abc3:a"].value_counts(sort=False)
counts.index = [rk.class_name(code) for code in counts.index]
phase_chart = counts.plot.bar(rot=0)
phase_chart.set_title(f"{rk.class_name('abc3:a')}: {counts.index[3]} {counts.iloc[3]} / {counts.sum()}")
phase_chart.set_xlabel(rk.label("scheme.lifecycle"))
phase_chart.set_ylabel(rk.label("column.customers"))
plt.close(phase_chart.figure)  # it stands below the check, with its description
### END SOLUTION

# %% name="check_7_4"
check("7.4", phase_chart)

# %% name="hint_7_4"
# hint("7.4")

# %% name="picture_7_4" solution_only=true
# A picture of one's own comes by itself; only a stored solution needs words to stand beside it.
bars = ", ".join(f"{name} {number}" for name, number in counts.items())
words = {
    "zh-TW": f"直條圖：A 級客戶在生命週期各階段的人數。{bars}。",
    "en": f"Bar chart: A customers in each phase of the life cycle. {bars}.",
}
rk.show(phase_chart, words=words)

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　四根直條由左到右是 3、18、6、38：65 位 A 級客戶裡，38 位已經在退化。等級看一整年的總和，看不出這件事；經理以為最穩的一級，
# 其實一半以上正在少買。`sort=False` 保住階段的順序；少了它，`value_counts` 會把最高的排到最前面。
# 標題寫結論，不寫「直條圖」。（38 位是用三個月判定的，課文第 {section life_cycle} 節提醒過：換成六個月，有些人會換階段。）
#
# **另一種做法**　`rk.plot_composition(phase, tier)` 把三級放在一起比占比，看得出 A 級的退化比 B、C 級少；
# 代價是圖上只有比例，各階段幾位要自己從 n 乘回去。

# %% [markdown] lang="en" solution_only=true
# **Why.** From left to right the bars are 3, 18, 6 and 38: of 65 A customers, 38 are in decline. A tier adds up a whole year and cannot
# show it; more than half of the tier that the manager thinks safest is buying less. `sort=False` keeps the order of life;
# without it, `value_counts` puts the largest first. The title states the finding, not “bar chart”. (The 38 go by three months; as
# section {section life_cycle} of the lesson warns, some change their phase when it is six.)
#
# **Another way.** `rk.plot_composition(phase, tier)` compares the shares of all three tiers, and shows that A declines less than
# B and C. The price: it shows shares only, and for the customers in each phase you must multiply by n yourself.

# %% name="another_way_7_4" solution_only=true
in_a_phases = phase[tier == "abc3:a"].value_counts(sort=False)
declining = (phase == "lifecycle:decline").groupby(tier, observed=True).mean()
rk.show(rk.plot_composition(phase.map(rk.class_name).rename(rk.label("scheme.lifecycle")), tier))

# %% name="claim_another_way_7_4" claims=true solution_only=true
assert in_a_phases.tolist() == [3, 18, 6, 38]
assert declining["abc3:a"] < declining[["abc3:b", "abc3:c"]].min()

# %% [markdown] lang="zh-TW"
# ## {7.5}
#
# 分公司的助理寫了 `demoted`，每一季印一份降級名單，準備寄通知信。他比較去年十到十二月（`quarter_before`）和今年一到三月（`quarter_after`），
# 兩個 Series 都只有那一季買過的客戶。經理起疑：「名單上有人買得並不少啊？」程式跑得動，道理卻不對：**門檻跟著別人動了**。
#
# 改好 `demoted`：
#
# - 等級和門檻都由**上一季**決定。A 的門檻是上一季 A 級裡消費最少的金額，B 的門檻是上一季 B 級裡消費最少的金額。
# - 原來是 A、這一季**低於** A 的門檻，或原來是 B、這一季**低於** B 的門檻，才算降級；剛好等於門檻不算。
# - 只看兩季都買過的客戶。C 級沒有下一級。
#
# **把答案留在** `mended`（函式：改好後把 `...` 換成函式的名字 `demoted`，不加括號；檢查會拿不只一組資料去試）。
#
# > **讀程式**　`intersection` 是兩季都買過的人；`.cat.codes` 把 A、B、C 換成 0、1、2，數字變大就是降級。

# %% [markdown] lang="en"
# ## {7.5}
#
# The branch’s assistant wrote `demoted`, which prints a list every quarter of those who are to get a letter. It compares October to
# December (`quarter_before`) with January to March (`quarter_after`); each Series holds only customers who bought in that quarter.
# The manager is suspicious: “Some of these buy a good deal, don’t they?” The code runs, but its logic is wrong: **the
# cuts move with other people**.
#
# Mend `demoted`:
#
# - Tiers and cuts both come from the **earlier** quarter. The cut of A is the smallest spend among that quarter’s As, the cut of B the smallest
#   among its Bs.
# - Demoted is who was A and is now **below** the cut of A, or was B and is now **below** the cut of B. Exactly on the cut is not demoted.
# - Only customers who bought in both quarters count. There is nothing below C.
#
# **Leave the answer in** `mended` (a function: when it is mended, replace the `...` by its name, `demoted`, without brackets; the check
# tries it on more than one set of data).
#
# > **Reading the code.** `intersection` gives those who bought in both quarters; `.cat.codes` turns A, B, C into 0, 1, 2, so that a
# > larger number is a lower tier.

# %% name="given_7_5"
spend_before = history[["2020-10", "2020-11", "2020-12"]].sum(axis="columns")
spend_after = history[["2021-01", "2021-02", "2021-03"]].sum(axis="columns")
quarter_before = spend_before[spend_before > 0]
quarter_after = spend_after[spend_after > 0]
print(len(quarter_before), len(quarter_after))

# %% name="q7_5" question="7.5"
### BEGIN SOLUTION
### STUB def demoted(before, after):
### STUB     tier_before = rk.abc_tier(before, cuts=(0.20, 0.50))
### STUB     tier_after = rk.abc_tier(after, cuts=(0.20, 0.50))
### STUB     both = before.index.intersection(after.index)
### STUB     return both[tier_after[both].cat.codes > tier_before[both].cat.codes]
### STUB
### STUB
### STUB print(len(demoted(quarter_before, quarter_after)))
### STUB mended = ...
def demoted(before, after):
    tier_before = rk.abc_tier(before, cuts=(0.20, 0.50))
    cut_a = before[tier_before == "abc3:a"].min()
    cut_b = before[tier_before == "abc3:b"].min()
    both = before.index.intersection(after.index)
    from_a = (tier_before[both] == "abc3:a") & (after[both] < cut_a)
    from_b = (tier_before[both] == "abc3:b") & (after[both] < cut_b)
    return both[from_a | from_b]


print(len(demoted(quarter_before, quarter_after)))
mended = demoted
### END SOLUTION

# %% name="check_7_5"
check("7.5", mended)

# %% name="hint_7_5"
# hint("7.5")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　原來的程式給 28 位，改好後 18 位，少掉的 10 位是被門檻掃到的：來買的人從 195 位變成 168 位，「前 20%」變少，
# A 的門檻從 8,820 元升到 16,245 元。C195 這一季買了 10,255 元，照上一季的標準還是 A，卻差一點收到降級信。
# 資源怎麼分可以用「前 20%」，對客戶的承諾要用他控制得了的固定金額。
#
# **另一種做法**　用 `pd.cut` 拿固定的門檻把兩季各分一次級，再比較；寫起來更像「分級」，三級以上時比較省，
# 但區間的哪一邊含等號要自己設好（`right=False`），最容易錯在門檻上的那一位。

# %% [markdown] lang="en" solution_only=true
# **Why.** As given, the function lists 28 customers; mended, 18. The other 10 were caught by a moving cut: 168 customers bought instead of
# 195, the “top 20%” shrank, and the cut of A rose from NT$8,820 to 16,245. C195 bought for NT$10,255, still an A by the standard of the
# quarter before, and nearly got a letter. “Top 20%” may decide how resources are shared; a promise to customers needs a fixed
# amount, which is something they can control.
#
# **Another way.** Tier both quarters by the fixed cuts with `pd.cut`, then compare. That reads more like tiering and saves work with more
# than three tiers, but you must say which end of each interval is included (`right=False`), and whoever sits on the cut is easily
# placed wrongly.

# %% name="another_way_7_5" solution_only=true
first, second = (
    rk.abc_tier(quarter, cuts=(0.20, 0.50)) for quarter in (quarter_before, quarter_after)
)
edges = [quarter_before[first == name].min() for name in ("abc3:b", "abc3:a")]
held = pd.cut(quarter_after, [-math.inf, *edges, math.inf], right=False, labels=["c", "b", "a"])
both = quarter_before.index.intersection(quarter_after.index)
was = first[both].str[-1]
fell = both[((was == "a") & (held[both] != "a")) | ((was == "b") & (held[both] == "c"))]
by_rank = both[second[both].cat.codes > first[both].cat.codes]
print(sorted(fell) == sorted(demoted(quarter_before, quarter_after)))

# %% name="claim_another_way_7_5" claims=true solution_only=true
assert sorted(fell) == sorted(demoted(quarter_before, quarter_after))
assert (len(by_rank), len(fell), len(by_rank.difference(fell))) == (28, 18, 10)
assert (len(quarter_before), len(quarter_after)) == (195, 168)
assert (edges[1], quarter_after[second == "abc3:a"].min()) == (8_820, 16_245)
assert quarter_after["C195"] == 10_255
assert "C195" in by_rank.difference(fell)
assert first["C195"] == "abc3:a"

# %% [markdown] lang="zh-TW"
# ## {7.6}
#
# 這個星期兩個業務員合起來跑得了六趟。經理說：「去**還有很多可以賣、而且馬上要買**的地方。」也就是：
#
# 1. 占有率 `revenue / yearly_need` **低於** 0.5，而且下一季預測 `forecast_amount` **滿** 10,000 元（「發展」那一格）；
# 2. 在這一格裡，依還沒向我們買的金額 `yearly_need - revenue` 由大到小，取前六位。
#
# **把答案留在** `visit_first`（六個客戶編號的清單，金額最大的排最前面）。

# %% [markdown] lang="en"
# ## {7.6}
#
# This week the two salespeople can make six visits between them. The manager says: “Go where there is **much left to sell, and
# soon**.” That means:
#
# 1. a share of wallet, `revenue / yearly_need`, **below** 0.5, and a forecast for the next quarter, `forecast_amount`, of NT$10,000 **or more**
#    (the box *develop*);
# 2. within this box, the six with the largest amount not yet bought from us, `yearly_need - revenue`, the largest first.
#
# **Leave the answer in** `visit_first` (a list of six customers, the largest amount first).

# %% name="q7_6" question="7.6"
### BEGIN SOLUTION
### STUB visit_first = ...
share = customers["revenue"] / customers["yearly_need"]
develop = customers[(share < 0.5) & (customers["forecast_amount"] >= 10_000)]
room = develop["yearly_need"] - develop["revenue"]
visit_first = room.sort_values(ascending=False).head(6).index.tolist()
### END SOLUTION

# %% name="check_7_6"
check("7.6", visit_first)

# %% name="hint_7_6"
# hint("7.6")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　先篩選再排序。26 位在「發展」，六趟只夠跑四分之一，所以要再排先後，而排序的依據就是這趟的目的：別人現在賣給他的那一塊。
# 第一名 C129 估計一年要買 8,164,700 元，我們只賣了 408,235 元，占 5%。這個數字大到該先打電話問：是估的，還是打錯？
# 要是多打了一個零，占有率就是 50%，根本不在這一格。
#
# **另一種做法**　`rk.wallet_strategy(share, customers["forecast_amount"], cuts=(0.5, 10_000))` 一次分好四格，
# 再留下 `wallet:develop`；以後想看其他三格時比較方便，只問這一格時，直接寫兩個條件反而清楚。

# %% [markdown] lang="en" solution_only=true
# **Why.** Filter, then sort. 26 customers are in *develop*, and six visits reach a quarter of them, so they must be put in order; and the
# order follows the purpose of the visit, which is what others now sell to them. The first, C129, is thought to need NT$8,164,700 a year, of
# which we sell 408,235, or 5%. A figure so large deserves a telephone call: an estimate, or a slip of the pen? With one
# zero less, the share would be 50%, and C129 would not be in the box at all.
#
# **Another way.** `rk.wallet_strategy(share, customers["forecast_amount"], cuts=(0.5, 10_000))` makes all four boxes at once, of which you keep
# `wallet:develop`. That pays if you want to see the other three; for this box alone, two plain conditions say more clearly what happens.

# %% name="another_way_7_6" solution_only=true
box = rk.wallet_strategy(share, customers["forecast_amount"], cuts=(0.5, 10_000))
rk.pretty(develop.loc[visit_first, ["revenue", "yearly_need", "forecast_amount"]])

# %% name="claim_another_way_7_6" claims=true solution_only=true
assert sorted(box.index[box == "wallet:develop"]) == sorted(develop.index)
assert len(develop) == 26
assert visit_first[0] == "C129"
assert customers.loc["C129", ["yearly_need", "revenue"]].tolist() == [8_164_700, 408_235]
assert f"{share['C129']:.0%}" == "5%"
assert 408_235 / 816_470 == 0.5

# %% [markdown] lang="zh-TW"
# ## {7.7}
#
# 兩個業務員意見不同。一個說訂**碳粉匣**的該順便問影印紙；一個說訂**原子筆**的才該問，因為他看到更多訂單同時有筆有紙。
# 用 **A 級客戶的訂單**算兩組的提升度：
#
# 提升度 ＝（有這樣東西的訂單裡，也有紙的比例）÷（A 級全部訂單裡，有紙的比例）
#
# 只看購買（`bought`），一張訂單算一籃。品名是 `"影印紙（包）"`、`"碳粉匣"`、`"原子筆（盒）"`，括號是全形。
#
# 三份訂單編號的名單已經做好兩份，接著寫完它。**把答案留在** `lifts`（字典：`toner` 是碳粉匣配紙，`pens` 是原子筆配紙，不必四捨五入）。

# %% [markdown] lang="en"
# ## {7.7}
#
# The two salespeople disagree. One says: whoever orders **toner** (碳粉匣) should be asked about copy paper (影印紙). The other says: no, whoever orders
# **pens** (原子筆), for he sees more orders with pens and paper. Work out both lifts from the **orders of tier A**:
#
# lift = (of the orders with this product, the share that have paper) ÷ (of all orders of tier A, the share that have paper)
#
# Use purchases only (`bought`), and take one order as one basket. The products are `"影印紙（包）"`, `"碳粉匣"` and `"原子筆（盒）"`; the brackets
# are full-width, so copy the names from here.
#
# Two of the three lists of orders are made; go on from there. **Leave the answer in** `lifts` (a dictionary: `toner` is toner with paper, `pens` is pens with paper; no need to round).

# %% name="q7_7" question="7.7"
### BEGIN SOLUTION
### STUB a_lines = bought[bought["customer"].isin(tier.index[tier == "abc3:a"])]
### STUB toner = set(a_lines.loc[a_lines["product"] == "碳粉匣", "order"])
### STUB paper = set(a_lines.loc[a_lines["product"] == "影印紙（包）", "order"])
### STUB pens = ...
### STUB lifts = {"toner": ..., "pens": ...}
a_lines = bought[bought["customer"].isin(tier.index[tier == "abc3:a"])]
toner = set(a_lines.loc[a_lines["product"] == "碳粉匣", "order"])
paper = set(a_lines.loc[a_lines["product"] == "影印紙（包）", "order"])
pens = set(a_lines.loc[a_lines["product"] == "原子筆（盒）", "order"])
anyhow = len(paper) / a_lines["order"].nunique()
lifts = {
    "toner": len(toner & paper) / len(toner) / anyhow,
    "pens": len(pens & paper) / len(pens) / anyhow,
}
### END SOLUTION

# %% name="check_7_7"
check("7.7", lifts)

# %% name="hint_7_7"
# hint("7.7")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　第二個業務員沒有看錯：筆和紙同時出現在 95 張訂單，碳粉匣和紙只有 79 張。可是有筆的訂單本來就多（286 張），有碳粉匣的才 129 張。
# 除下去，碳粉匣配紙的提升度是 2.04，原子筆只有 1.11，和碰巧差不多。該問紙的，是訂碳粉匣的人。
#
# **另一種做法**　`rk.co_purchase_lift(clean, tier, "abc3:a", basket="order")` 一次列出所有的組合，不會漏掉沒想到的；
# 代價是組合一多，總有幾組只是湊巧偏高，所以要設最少訂單數（`min_baskets`）。

# %% [markdown] lang="en" solution_only=true
# **Why.** The second salesperson saw rightly: pens and paper share 95 orders, toner and paper only 79. But orders with pens are many anyway (286),
# those with toner only 129. Divided, toner with paper has a lift of 2.04, pens with paper 1.11, hardly more than chance. Ask about
# paper when somebody orders toner.
#
# **Another way.** `rk.co_purchase_lift(clean, tier, "abc3:a", basket="order")` lists every pair, also those nobody thought of. The
# price: among so many pairs a few are high by chance, so set a least number of orders (`min_baskets`).

# %% name="another_way_7_7" solution_only=true
pairs = rk.co_purchase_lift(clean, tier, "abc3:a", basket="order", min_baskets=20)
of_paper = pairs[(pairs["product_a"] == "影印紙（包）") & (pairs["product_b"] == "碳粉匣")]
rk.pretty(pairs.head(3))

# %% name="claim_another_way_7_7" claims=true solution_only=true
assert math.isclose(of_paper["lift"].iloc[0], lifts["toner"])
assert (len(pens & paper), len(toner & paper), len(pens), len(toner)) == (95, 79, 286, 129)
assert (round(lifts["toner"], 2), round(lifts["pens"], 2)) == (2.04, 1.11)

# %% [markdown] lang="zh-TW"
# ## {7.8}
#
# 這一題寫文字，由老師照評分表看。先執行下一格：每一列是去年賠錢的一位客戶，依虧損由大到小。`gross` 是毛利（營收減進貨成本），
# `complaints` 是客訴次數，`our_fault` 是我方帳單有誤或貨品有爭議的發票張數。最上面印出的四個數字依序是：人數、利潤合計、毛利合計、服務成本合計。
#
# **把答案留在** `advice`（文字，前後各用三個引號，`"""像這樣"""`，可以換行）。

# %% [markdown] lang="en"
# ## {7.8}
#
# This answer is a text, which your teacher reads with the rubric. Run the next cell first: each row is a customer who cost money last
# year, the largest loss first. `gross` is gross profit (revenue less cost of goods), `complaints` the number of complaints, `our_fault` the number of
# invoices that we got wrong or that were in dispute over the goods. The four numbers at the top are: customers, profit, gross
# profit and cost of service, each in all.
#
# **Leave the answer in** `advice` (a text between three quotes, `"""like this"""`, which may run over several lines).

# %% name="given_7_8"
contacts = rk.load_table(rk.data_file("聯絡記錄.csv", books="practice"))
payments = rk.load_table(rk.data_file("付款記錄.csv", books="practice"))
complaints = contacts[contacts["kind"] == "complaint"]["customer"].value_counts()
ours = payments["late_reason"].isin(["our_invoice_wrong", "goods_in_dispute"])
our_fault = payments[ours]["customer"].value_counts()
losers = customers[customers["profit"] < 0].sort_values("profit")
losers = losers[["industry", "opened", "service_cost", "profit"]].assign(
    gross=customers["revenue"] - customers["cost_of_goods"],
    complaints=complaints.reindex(losers.index, fill_value=0),
    our_fault=our_fault.reindex(losers.index, fill_value=0),
)
print(len(losers), *losers[["profit", "gross", "service_cost"]].sum())
rk.pretty(losers)

# %% name="ask_7_8"
ask("7.8")

# %% name="q7_8" question="7.8"
advice = ...

# %% name="check_7_8"
check("7.8", advice)

# %% name="hint_7_8"
# hint("7.8")

# %% [markdown] lang="zh-TW" solution_only=true
# **參考答案**（每個人的寫法不同）
#
# > 我建議不要讓程式自己決定。這 23 位共賠 28,167 元，不到利潤的 2%；毛利都是正的，共 74,351 元，
# > 服務成本（102,518 元）要真的省下 73% 以上，停供才划算。
# >
# > 先做三件事：查 C090、C339、C207 的服務為什麼貴，三位就占虧損的 43%；11 位有過客訴，或碰過我方帳單、貨品的問題，
# > 先改自己的錯；其餘改成網路訂貨、併單送貨，再談價。
# >
# > C032 去年七月才開戶，五所學校一年才編一次預算，不該用三個月去量。
# >
# > 程式只列名單；漲價和停供要有人看過、寫下理由，客戶問得到。規則要敢當面唸，例如「未滿一定金額酌收運費」。
# > PIPL 第 24 條禁止對個人不合理的差別待遇；我們的客戶是公司和學校，適不適用，先問法務。
#
# **評分參考**　四點各 1 分，見評分表。只寫「違法」而沒說保護誰、在哪裡，「公平」那一點給 0.5 分；用了數字卻沒說毛利會跟著不見，「數字」那一點給 0.5 分。
#
# **另一種寫法**　贊成也可以拿高分：例如先用一季試行，只通知、不停供，期滿由人逐一檢查。重點是講得出錢、人、理三面，不是站哪一邊。這樣寫的代價是要多說清楚：誰來看、看什麼、何時停止試行。

# %% [markdown] lang="en" solution_only=true
# **One possible answer**
#
# > I advise against letting a program decide. These 23 customers cost us NT$28,167, less than 2% of profit; but each has a positive
# > gross profit, NT$74,351 in all. Stopping supply pays only if more than 73% of the cost of serving them (102,518) really disappears.
# >
# > Three things first. Find out why serving C090, C339 and C207 is so expensive: they make 43% of the loss. Eleven on the list have
# > complained, or had trouble with our invoices or goods: put our mistakes right. Move the others to online orders and joint
# > deliveries, and only then talk about prices.
# >
# > C032 opened its account last July, and the five schools budget once a year: three months are no measure for them.
# >
# > A program may draw up the list. Raising a price or stopping supply takes a person who looks, a written reason, and a way to ask
# > back. The rule must be one we would read out, say a delivery charge for small orders, the same for all. PIPL, article 24, forbids
# > unreasonable differences between individuals; ours are firms and schools. Whether it applies, and what the law says here, is a question
# > for a lawyer.
#
# **For marking.** One point for each of the four criteria. “It is illegal”, without saying whom the law protects and where, gets 0.5 for
# fairness; figures without the gross profit that would be lost get 0.5 for figures.
#
# **Another way.** An answer in favour can earn full marks: a trial of one quarter, say, with notices but no stop of supply, after which somebody looks at
# every case. What counts is money, people and justice, not the side taken. The price of this answer: it must say who looks, at what, and when the trial ends.

# %% name="facts_of_the_answer" solution_only=true claims=true
sums = losers[["profit", "gross", "service_cost"]].sum()
assert (len(losers), *sums) == (23, -28_167, 74_351, 102_518)
assert -sums["profit"] / customers["profit"].sum() < 0.02
assert (losers["gross"] > 0).all()
assert f"{sums['gross'] / sums['service_cost']:.0%}" == "73%"
assert losers.index[:3].tolist() == ["C090", "C339", "C207"]
assert f"{losers['profit'].head(3).sum() / sums['profit']:.0%}" == "43%"
assert ((losers["complaints"] > 0) | (losers["our_fault"] > 0)).sum() == 11
assert losers.index[losers["opened"] >= "2020-04-01"].tolist() == ["C032"]
assert losers.loc["C032", "opened"].strftime("%Y-%m") == "2020-07"
assert (losers["industry"] == "school").sum() == 5

# %% [markdown] lang="zh-TW"
# ## {7.9}
#
# 經理替四種客戶各定了一年的拜訪和電話。拜訪一趟連路程 1.5 小時，電話一通 15 分鐘；兩個業務員一年共有 **1,920 小時**給客戶。
#
# | 種類 | 誰 | 拜訪 | 電話 |
# |---|---|---|---|
# | 重要 `key` | 利潤的 A 級 | 10 | 12 |
# | 大 `large` | 營收的 A 級，但不是重要客戶 | 6 | 12 |
# | 普通 `ordinary` | 利潤的 B 級，但不是大客戶 | 2 | 4 |
# | 小 `small` | 其餘 | 0 | 2 |
#
# 每一種**全部**客戶一年要幾小時？扣掉以後，1,920 小時還剩多少（`spare`，不夠就是負數）？`tier` 是利潤的等級，下一格的 `by_revenue` 是營收的等級。
#
# **把答案留在** `hours`（字典，五個數字）。

# %% [markdown] lang="en"
# ## {7.9}
#
# The manager fixes visits and calls a year for each of the four kinds. A visit takes 1.5 hours with the journey, a call 15 minutes; the two
# salespeople have **1,920 hours** a year for customers between them.
#
# | kind | who | visits | calls |
# |---|---|---|---|
# | Key, `key` | A by profit | 10 | 12 |
# | Large, `large` | A by revenue, but not key | 6 | 12 |
# | Ordinary, `ordinary` | B by profit, but not large | 2 | 4 |
# | Small, `small` | everybody else | 0 | 2 |
#
# How many hours a year do **all** customers of each kind take? And what is then left of the 1,920 (`spare`, negative if they do not
# suffice)? `tier` is by profit; `by_revenue`, in the next cell, is by revenue.
#
# **Leave the answer in** `hours` (a dictionary of five numbers).

# %% name="given_7_9"
by_revenue = rk.abc_tier(customers["revenue"], cuts=(0.20, 0.50))
cross = pd.crosstab(by_revenue, tier, rownames=["revenue"], colnames=["profit"])
rk.pretty(cross.rename(index=rk.class_name))

# %% name="q7_9" question="7.9"
### BEGIN SOLUTION
### STUB hours = {"key": ..., "large": ..., "ordinary": ..., "small": ..., "spare": ...}
kind = pd.Series("small", index=customers.index)
kind[tier == "abc3:b"] = "ordinary"
kind[by_revenue == "abc3:a"] = "large"
kind[tier == "abc3:a"] = "key"
heads = kind.value_counts()
hours = {
    "key": heads["key"] * (10 * 1.5 + 12 * 0.25),
    "large": heads["large"] * (6 * 1.5 + 12 * 0.25),
    "ordinary": heads["ordinary"] * (2 * 1.5 + 4 * 0.25),
    "small": heads["small"] * (2 * 0.25),
}
hours["spare"] = 1920 - sum(hours.values())
### END SOLUTION

# %% name="check_7_9"
check("7.9", hours)

# %% name="hint_7_9"
# hint("7.9")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　先把每位客戶放進唯一的一種，再乘時數：重要 65 位 1,170 小時、大 6 位 72、普通 91 位 364、小 158 位 79，合計 1,685，還剩 235 小時。
# 大客戶只有 6 位、一位 12 小時，卻是最該先問「去一趟值不值得」的：他們買得多，利潤卻排不進前 20%。
# 剩下的 235 小時夠一百多趟拜訪，給有潛力的普通客戶最划算。
#
# **另一種做法**　不必做 `kind`，用條件數四次，例如大客戶是 `((by_revenue == "abc3:a") & (tier != "abc3:a")).sum()`。行數比較少；
# 代價是四個條件要自己確認不重疊，漏一個 `&` 就有人算兩次。

# %% [markdown] lang="en" solution_only=true
# **Why.** Put every customer into one kind, then multiply: 65 key customers take 1,170 hours, 6 large 72, 91 ordinary 364, 158 small 79, which is 1,685
# in all and leaves 235. The large ones are only 6, at 12 hours each, and yet the first of whom to ask whether a visit pays: they buy much, and
# their profit is outside the top 20%. The 235 hours are enough for over a hundred visits, best spent on promising ordinary customers.
#
# **Another way.** Without `kind`, count four times by conditions, such as `((by_revenue == "abc3:a") & (tier != "abc3:a")).sum()` for the large
# ones. Fewer lines; but you must see for yourself that the four do not overlap, and with one `&` missing somebody counts twice.

# %% name="another_way_7_9" solution_only=true
large = (by_revenue == "abc3:a") & (tier != "abc3:a")
print(large.sum(), ((tier == "abc3:b") & ~large).sum())

# %% name="claim_another_way_7_9" claims=true solution_only=true
assert heads.to_dict() == {"small": 158, "ordinary": 91, "key": 65, "large": 6}
assert list(hours.values()) == [1_170, 72, 364, 79, 235]
assert (large.sum(), ((tier == "abc3:b") & ~large).sum()) == (6, 91)

# %% [markdown] lang="zh-TW"
# ## {7.10}
#
# 分公司想學課文的點數：營收 1 元 1 點，**每積滿 500 點送一份贈品**。助理寫了下面的程式，讓客戶拿點數去換最貴的贈品，經理覺得和講義不一樣。
#
# - `all`：照講義的規則，全部客戶一年可以拿到幾份？**改一行**就好。
# - `hold`：點數是維持期用來鼓勵消費的。如果只給**穩定期**的客戶，要準備幾份？`phase` 是每位客戶的階段，由下一格算好。
#
# **把答案留在** `rewards`（字典，兩個數字）。

# %% [markdown] lang="en"
# ## {7.10}
#
# The branch wants points like those of the lesson: NT$1 of revenue, 1 point, and **a reward each time 500 points have been saved up**. The assistant’s
# code below lets customers spend their points on the dearest reward, which is not what the slides say, the manager thinks.
#
# - `all`: by the rule of the slides, how many rewards do all customers earn in the year? **Changing one line** is enough.
# - `hold`: points belong to the maintaining phase, to keep people buying. If only customers in **stability** get them, how many rewards are needed?
#   The next cell works out everybody’s `phase`.
#
# **Leave the answer in** `rewards` (a dictionary of two numbers).

# %% name="given_7_10"
phase = rk.lifecycle_phase(history, window=3)
phase.value_counts(sort=False)

# %% name="q7_10" question="7.10"
### BEGIN SOLUTION
### STUB table = rk.loyalty_points(customers["revenue"], used_up=True)
### STUB given = table.drop(columns=["points", "points_left"]).sum(axis="columns")
### STUB rewards = {"all": ..., "hold": ...}
table = rk.loyalty_points(customers["revenue"])
given = table.drop(columns=["points", "points_left"]).sum(axis="columns")
rewards = {"all": given.sum(), "hold": given[phase == "lifecycle:hold"].sum()}
### END SOLUTION

# %% name="check_7_10"
check("7.10", rewards)

# %% name="hint_7_10"
# hint("7.10")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　拿掉 `used_up=True`，`rk.loyalty_points` 就照講義：每積滿 500 點一份，不滿的捨去。全部客戶要 16,340 份，只給穩定期是 1,139 份。
# 經理先問「給誰」，再問「給多少」，同一條規則的花費就差了這麼多。
#
# **另一種做法**　不靠函式：`(customers["revenue"].clip(lower=0) // 500).sum()`，`//` 是除完捨去小數。一行就好；代價是讀的人要自己認出 500 從哪裡來。

# %% [markdown] lang="en" solution_only=true
# **Why.** Without `used_up=True`, `rk.loyalty_points` follows the slides: a reward for every 500 points, the rest dropped. For all customers that
# takes 16,340 rewards, for those in stability 1,139. If the manager asks whom to give to before he asks how much, one and the same rule costs that
# much less.
#
# **Another way.** Without the function: `(customers["revenue"].clip(lower=0) // 500).sum()`, where `//` divides and drops the fraction. One line; but the
# reader has to see where the 500 comes from.

# %% name="another_way_7_10" solution_only=true
print((customers["revenue"].clip(lower=0) // 500).sum())

# %% name="claim_another_way_7_10" claims=true solution_only=true
assert (customers["revenue"].clip(lower=0) // 500).sum() == rewards["all"] == 16_340
assert rewards["hold"] == 1_139

# %% [markdown] lang="zh-TW"
# ## {7.11}
#
# 可以選好幾個。**把答案留在** `answer_7_11`（幾個字母寫在一起，放在引號裡，例如 `"xy"`）。

# %% [markdown] lang="en"
# ## {7.11}
#
# You may choose several. **Leave the answer in** `answer_7_11` (the letters together, in quotes, such as `"xy"`).

# %% name="ask_7_11"
ask("7.11")

# %% name="q7_11" question="7.11"
### BEGIN SOLUTION
### STUB answer_7_11 = ...
answer_7_11 = "acf"
### END SOLUTION

# %% name="check_7_11"
check("7.11", answer_7_11)

# %% name="hint_7_11"
# hint("7.11")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　每一期看利潤的樣子：考察期小，要讓人先試 (a)；形成期上升，正好升級銷售、交叉銷售，所以 (b) 錯；穩定期高而平，
# 點數、快速回應 (c) 和售後追蹤都是在維持它，(d) 省錯了地方；「恢復期」利潤其實在降，先查原因再補償 (f)，(e) 是被名字騙了。
#
# **另一種想法**　只看利潤還不夠時，問「這位客戶若明天走了，是因為我們少做了什麼？」四期的答案都不同；比較慢，但不必背表。

# %% [markdown] lang="en" solution_only=true
# **Why.** See what profit does in each phase. In exploration it is small, so let people try (a). In formation it rises: the time for up-selling and
# cross-selling, which is why (b) is wrong. In stability it is high and level, and points, fast answers (c) and the follow-up keep it so; (d) saves in the wrong place. In
# “recovery” it really falls, so look for the cause and make good (f); (e) was taken in by the name.
#
# **Another way.** Ask of a customer in each phase: if they left tomorrow, what would we have failed to do? That has a different answer in each phase;
# it takes longer, and there is no table to remember.

# %% [markdown] lang="zh-TW"
# ## {7.12}
#
# 講義的備註和自己的圖吵了起來：**加溫**客戶（買得多、不常來）後來會變成**明日**客戶，還是**雞肋**客戶？帳冊可以問問看。
# 下一格用上半年和下半年各分一次四格：半年裡有 3 個月以上來買算常來，門檻固定用上半年的平均營收。列是上半年，欄是下半年；
# 最下面一行是加溫客戶到雞肋的比例和它的區間。
#
# 只能選一個。**把答案留在** `answer_7_12`（一個字母，放在引號裡）。

# %% [markdown] lang="en"
# ## {7.12}
#
# A note in the slides quarrels with their own figure: do **warm-up** customers, who buy much and come seldom, turn into **tomorrow’s** or into
# **chicken rib**? The books can be asked. The next cell makes the four boxes once for each half-year: 3 months with a purchase or more is
# loyal, and the cut of size is the mean revenue of the first half both times. Rows are the first half, columns the second; the line at the bottom
# is the share of warm-up customers who went to chicken rib, with its interval.
#
# Only one is right. **Leave the answer in** `answer_7_12` (one letter, in quotes).

# %% name="given_7_12"
cut = history.iloc[:, :6].sum(axis="columns").mean()
halves = [history.iloc[:, :6], history.iloc[:, 6:]]
earlier, later = (
    rk.loyalty_size((half > 0).sum(axis="columns"), half.sum(axis="columns"), cuts=(3, cut))
    for half in halves
)
turned = pd.crosstab(earlier.map(rk.class_name), later.map(rk.class_name), dropna=False)
warm = earlier == "loyalty_size:warm_up"
to_rib = warm & (later == "loyalty_size:low_potential")
print(rk.describe_interval(rk.share_interval(int(to_rib.sum()), int(warm.sum()))))
rk.pretty(turned.rename_axis(index=rk.label("column.before"), columns=rk.label("column.after")))

# %% name="ask_7_12"
ask("7.12")

# %% name="q7_12" question="7.12"
### BEGIN SOLUTION
### STUB answer_7_12 = ...
answer_7_12 = "c"
### END SOLUTION

# %% name="check_7_12"
check("7.12", answer_7_12)

# %% name="hint_7_12"
# hint("7.12")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　加溫那一列有 8 位：1 位到金牛、4 位還在加溫、0 位到明日、3 位到雞肋。要成為明日客戶，得一面變小、一面變得常來，帳上沒有人這樣走。
# 但 8 位實在太少，3 ÷ 8 的區間從兩成不到直到七成，多一位少一位都會改寫結論。講義的備註還提醒：先開發哪一格，要看企業和產品成熟不成熟。
#
# **另一種做法**　把 320 位一起看，用 `rk.migration(earlier, later)` 讀四格之間的流動；人數多、比較穩，代價是看不到加溫這一小群。

# %% [markdown] lang="en" solution_only=true
# **Why.** The warm-up row has 8 customers: 1 went to cash cow, 4 stayed, none went to tomorrow’s, 3 to chicken rib. To become one of tomorrow’s, a customer would have
# to buy less and come more often, and nobody did. But 8 are very few: the interval of 3 in 8 runs from below two tenths to seven tenths, and a single
# customer more or less would change the finding. The note in the slides adds that which box to develop first depends on whether firm and product are
# mature.
#
# **Another way.** Look at everybody: `rk.migration(earlier, later)` shows the flow between all four boxes. Larger numbers are steadier; the
# price is that the small group in question disappears among them.

# %% name="claim_turned" claims=true solution_only=true
counted = pd.crosstab(earlier, later, dropna=False)
assert counted.loc["loyalty_size:warm_up"].tolist() == [1, 4, 0, 3]
interval = rk.share_interval(3, 8)
assert 0.1 < interval.low < 0.2
assert 0.65 < interval.high < 0.72

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
progress("7")

# %% [markdown] lang="zh-TW"
# [回到課文](../../notebooks/zh-TW/07_management.ipynb)再看一次，或往前走：[第 8 章](../../notebooks/zh-TW/08_choosing.ipynb)把四種分級方法擺在一起。

# %% [markdown] lang="en"
# Go [back to the lesson](../../notebooks/en/07_management.ipynb), or on: [chapter 8](../../notebooks/en/08_choosing.ipynb) puts the four
# methods of tiering side by side.
