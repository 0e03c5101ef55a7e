# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="zh-TW"
# # 第 3 章練習　客戶價值金字塔
#
# [English edition](../en/03_value_pyramid.ipynb) · [回到課文](../../notebooks/zh-TW/03_value_pyramid.ipynb)
#
# > **情境**　總公司的經理把你的金字塔拿給**南區分公司**的經理看。他說：「我也要一座。不過帳單開錯，不能怪客戶。」
# > 這裡的帳是南區的：格式和課文相同，客戶和數字都不同。今天是 2021 年 4 月 1 日。
# >
# > **練什麼**　空白怎麼補、分數的方向、兩種 VIP、權重、畫金字塔，還有賠錢的客戶怎麼辦。{chapter 3}。
# > **資料**　`data/practice/` 裡的客戶年報、付款記錄、聯絡記錄，[欄位說明](../../data/practice/README.md)。
# >
# > **怎麼作答**　每一題三步：把 `...` 換成你的答案，留在題目指定的變數裡；執行下面的 `check` 那一格；讀卡片。答錯不扣分，可以一直改。
# > 卡住時，把 `hint` 那一格開頭的 `#` 刪掉再執行，每執行一次多給一點，一共三次；看完第三個提示或答對之後，卡片會帶你到這一題的解答（你的教材裡有解答的話）。
# > 出現紅色的 `NameError`，多半是前面有一格沒執行：選 **Run → Run All Above Selected Cell**。

# %% [markdown] lang="en"
# # Chapter 3 exercise: the customer value pyramid
#
# [中文版](../zh-TW/03_value_pyramid.ipynb) · [back to the lesson](../../notebooks/en/03_value_pyramid.ipynb)
#
# > **The scene.** Head office’s manager has shown your pyramid to the manager of the **southern branch**. “I want one
# > too,” he says. “But when our invoice is wrong, do not blame the customer.” These are his books: the lesson’s
# > layout, other customers and figures. Today is 1 April 2021.
# >
# > **What you practise.** Blanks, the direction of points, two kinds of VIP, weights, drawing a pyramid, and what to do about
# > customers who cost money. {chapter 3}. **Data:** three books in `data/practice/`, 客戶年報 (customers of the year),
# > 付款記錄 (payments) and 聯絡記錄 (contacts), [what their columns mean](../../data/practice/README.md).
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
customers = rk.load_table(rk.data_file("客戶年報.csv", books="practice"), index="customer")
payments = rk.load_table(rk.data_file("付款記錄.csv", books="practice"))
contacts = rk.load_table(rk.data_file("聯絡記錄.csv", books="practice"))
print(len(customers), len(payments), len(contacts))

# %% [markdown] lang="zh-TW"
# ## {3.1}
#
# **把答案留在** `answer_3_1`（文字，幾個字母寫在一起，前後加引號）。

# %% [markdown] lang="en"
# ## {3.1}
#
# **Leave the answer in** `answer_3_1` (a text: the letters together, in quotes).

# %% name="ask_3_1"
ask("3.1")

# %% name="q3_1" question="3.1"
### BEGIN SOLUTION
### STUB answer_3_1 = ...
answer_3_1 = "ad"
### END SOLUTION

# %% name="check_3_1"
check("3.1", answer_3_1)

# %% name="hint_3_1"
# hint("3.1")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　客訴和退貨發生一次記一筆，沒有記錄就是 0 次。逾期率要有結果才算得出來，現在是「還不知道」；
# 學校沒有資本額，是「不適用」。補成 0，前者變成最準時的客戶，後者變成最小的公司。
#
# **另一種做法**　不知道的也可以補中位數，每個人就都有分數。代價是把猜測藏進表裡，看的人分不出哪些是真的；
# 真要補，就另外加一欄註明。

# %% [markdown] lang="en" solution_only=true
# **Why.** A complaint or a return leaves a record each time, so no record means none. An overdue rate needs an
# outcome, and there is none yet: not known. A school has no registered capital: does not apply. As a 0, the first
# would be the most punctual payer, the second the smallest firm.
#
# **Another way.** The unknown could be filled with the median, and everybody would have a score. The price is a
# guess that looks like a fact. If you do it, mark the guesses in a column of their own.

# %% [markdown] lang="zh-TW"
# ## {3.2}
#
# **把答案留在** `answer_3_2`（文字，一個字母，前後加引號）。

# %% [markdown] lang="en"
# ## {3.2}
#
# **Leave the answer in** `answer_3_2` (a text: one letter, in quotes).

# %% name="ask_3_2"
ask("3.2")

# %% name="q3_2" question="3.2"
### BEGIN SOLUTION
### STUB answer_3_2 = ...
answer_3_2 = "b"
### END SOLUTION

# %% name="check_3_2"
check("3.2", answer_3_2)

# %% name="hint_3_2"
# hint("3.2")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　每個人少 5 分，82 分的人變成 77 分，過不了 80 分的線；名次沒變，前 20% 還是同一群人。
# 這裡說的是分數真的少了。如果分數是**名次**換來的，大家一起退步，名次分數根本不會動，連固定門檻也看不出來。
#
# **另一種做法**　兩條規則一起用：過 80 分而且在前 20% 才叫 VIP。壞年看得出來，人數也不會爆增；代價是規則變長，要多花一句話跟客戶解釋。

# %% [markdown] lang="en" solution_only=true
# **Why.** With 5 points off, 82 becomes 77 and misses the line at 80. Places stay, so the top 20% are the same people.
# Here the scores really fell. Had they been made from **places**, nothing would move when all get worse together,
# and even the fixed cut would notice nothing.
#
# **Another way.** Use both: a VIP has 80 points and is in the top 20%. A bad year shows, and the number cannot
# explode. The price is a longer rule, and one sentence more to explain to customers.

# %% [markdown] lang="zh-TW"
# ## {3.3}
#
# 南區經理說：「貨品有爭議（`goods_in_dispute`）和我方帳單有誤（`our_invoice_wrong`），這兩種逾期不怪客戶。」
# 替每位客戶算出逾期率：
#
# - 分母：**有結果**的發票，也就是付清的，或者過了應付日期還沒付的。
# - 分子：其中逾期的（付得晚，或過期未付），但扣掉上面兩種原因的。扣掉的發票**留在分母裡**，當作沒有逾期。
# - 應付日期**早於** 4 月 1 日才算過期。一張有結果的發票都沒有的客戶，不列。
#
# `表["欄"].isin(["甲", "乙"])` 逐列問「是不是名單裡的一個」，空白是 `False`；`~` 是「不是」。
#
# **把答案留在** `own_fault_rate`（Series，索引是客戶編號，值是 0 到 1 的小數）。

# %% [markdown] lang="en"
# ## {3.3}
#
# “Goods in dispute (`goods_in_dispute`) and errors in our own invoice (`our_invoice_wrong`) are not the customer's
# fault,” says the southern manager. For each customer, compute the overdue rate his way:
#
# - Below the line: invoices **with an outcome**, that is, paid, or unpaid with the due date past.
# - Above the line: those of them that are late (paid late, or past due and unpaid), except for the two reasons above. The
#   excused invoices **stay below the line**, as not late.
# - Past due means a due date **before** 1 April. A customer without any invoice with an outcome is not listed.
#
# `table["column"].isin(["x", "y"])` asks every row “is it one of these?” (a blank gives `False`), and `~` means “not”.
#
# **Leave the answer in** `own_fault_rate` (a Series, the customer as its index, fractions from 0 to 1).

# %% name="q3_3" question="3.3"
### BEGIN SOLUTION
### STUB own_fault_rate = ...
past_due = payments["due_date"] < TODAY
late = (payments["paid_date"] > payments["due_date"]) | (payments["paid_date"].isna() & past_due)
known = payments["paid_date"].notna() | past_due
excused = payments["late_reason"].isin(["goods_in_dispute", "our_invoice_wrong"])
settled = payments.assign(blame=late & ~excused)[known]
own_fault_rate = settled.groupby("customer")["blame"].mean()
### END SOLUTION

# %% name="check_3_3"
check("3.3", own_fault_rate)

# %% name="hint_3_3"
# hint("3.3")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　`True` 當 1、`False` 當 0，平均數就是比率。被原諒的發票要留在分母，因為它們有結果，只是不算客戶的錯；
# 整列刪掉，分母變小，同一位客戶反而更難看。沒有結果的發票則兩邊都不放。
#
# **另一種做法**　用 `crosstab` 數出每位客戶的「有錯」與「沒錯」各幾張，再相除。要多寫一步，
# 但是張數留在手邊：一張發票逾期一張的 100%，和二十張逾期二十張的 100%，看得出差別。

# %% [markdown] lang="en" solution_only=true
# **Why.** `True` counts as 1 and `False` as 0, so the mean is the rate. Excused invoices stay below the line because
# they have an outcome, only not one to blame the customer for. Without those rows the denominator shrinks,
# and the customer looks worse. Invoices without an outcome are on neither side.
#
# **Another way.** Count blamed and other invoices of each customer with `crosstab`, then divide. It takes
# one step more, but keeps the counts at hand: 100% of one invoice is not 100% of twenty.

# %% name="another_way_3_3" solution_only=true
per_customer = pd.crosstab(settled["customer"], settled["blame"])
print((per_customer[True] / per_customer.sum(axis="columns") - own_fault_rate).abs().max() < 1e-12)

# %% name="claim_another_way_3_3" claims=true solution_only=true
assert (per_customer[True] / per_customer.sum(axis="columns") - own_fault_rate).abs().max() < 1e-12

# %% [markdown] lang="zh-TW"
# ## {3.4}
#
# 南區的同事用三個指標打分：利潤 50%、預期銷售額 30%、客訴次數 20%，依名次換成 0 到 100 分。
# 他很得意：「一格空白都沒有！」可是名單最前面的幾位老是在抱怨，而且 320 位客戶少了一大半。
#
# 下面是他的程式，每一行都執行得起來，沒有錯誤訊息。找出**所有**的錯，改好，再把 `...` 換成 `rk.composite_score(points, weights)`。
# 改好之後應該有 320 位客戶。
#
# **把答案留在** `score`（Series，索引是客戶編號，值是 0 到 100 分）。

# %% [markdown] lang="en"
# ## {3.4}
#
# A colleague in the south scored by three indicators: profit 50%, forecast 30%, complaints 20%, turned into 0 to 100
# points by place. “Not a single blank!” he says, and is proud of it. But those at the top of his list complain all
# the time, and more than half of the 320 customers are missing.
#
# This is his code. Every line runs without an error message. Find **every** error, fix it, and replace the `...` with
# `rk.composite_score(points, weights)`. The repaired table should have 320 customers.
#
# **Leave the answer in** `score` (a Series, the customer as its index, points from 0 to 100).

# %% name="q3_4" question="3.4"
weights = {"profit": 0.50, "forecast_amount": 0.30, "complaint": 0.20}
### BEGIN SOLUTION
### STUB counts = contacts.groupby(["customer", "kind"]).size().unstack()
### STUB table = customers[["profit", "forecast_amount"]].join(counts["complaint"])
### STUB table = table.dropna()
### STUB points = pd.DataFrame(
### STUB     {
### STUB         "profit": rk.to_points(table["profit"]),
### STUB         "forecast_amount": rk.to_points(table["forecast_amount"]),
### STUB         "complaint": rk.to_points(table["complaint"]),
### STUB     }
### STUB )
### STUB score = ...
counts = contacts.groupby(["customer", "kind"]).size().unstack()
table = customers[["profit", "forecast_amount"]].join(counts["complaint"])
table["complaint"] = table["complaint"].fillna(0)
points = pd.DataFrame(
    {
        "profit": rk.to_points(table["profit"]),
        "forecast_amount": rk.to_points(table["forecast_amount"]),
        "complaint": rk.to_points(table["complaint"], smaller_is_better=True),
    }
)
score = rk.composite_score(points, weights)
### END SOLUTION

# %% name="check_3_4"
check("3.4", score)

# %% name="hint_3_4"
# hint("3.4")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　兩個錯。一、沒抱怨過的 200 位客戶在 `complaint` 是空白，`dropna()` 把他們整列丟掉；沒有記錄就是 0 次，
# 而且要在 `join` **之後**補，因為有 45 位整年沒有聯絡，接上來才出現空白。二、客訴是少的好，少了 `smaller_is_better=True`，
# 愈會抱怨分數愈高。兩個錯加在一起，名單上只有抱怨過的人，而且愈吵愈前面。
#
# **另一種做法**　`counts["complaint"].reindex(customers.index, fill_value=0)` 一次換成 320 位的順序並補 0。
# 少一個中間步驟；但要先在 `unstack(fill_value=0)` 補過一次，否則「有聯絡、沒抱怨」的人仍然是空白，這一點很容易忘。

# %% [markdown] lang="en" solution_only=true
# **Why.** Two errors. First, 200 customers never complained and are blank under `complaint`; `dropna()` throws their
# whole rows out. No record means 0, and it is filled in **after** the `join`, because 45 customers had no contact
# all year and turn blank only there. Second, fewer complaints are better: without `smaller_is_better=True`, complaining
# earns points. Together they leave a list of complainers, the loudest on top.
#
# **Another way.** `counts["complaint"].reindex(customers.index, fill_value=0)` puts the counts in the order of the 320 customers
# and fills in 0. That saves a step, but needs `unstack(fill_value=0)` first: otherwise those
# with contacts but no complaint stay blank, which is easily forgotten.

# %% name="another_way_3_4" solution_only=true
filled = contacts.groupby(["customer", "kind"]).size().unstack(fill_value=0)
complaint = filled["complaint"].reindex(customers.index, fill_value=0)
# What the colleague had: 120 customers, and at the top one who complained seven times.
his = customers[["profit", "forecast_amount"]].join(counts["complaint"]).dropna()
his_score = rk.composite_score(his.apply(rk.to_points), weights)
print((complaint == table["complaint"]).all())

# %% name="claim_another_way_3_4" claims=true solution_only=true
assert (complaint == table["complaint"]).all()
assert ((complaint == 0).sum(), len(customers) - len(counts)) == (200, 45)
assert (len(his), his.loc[his_score.idxmax(), "complaint"]) == (120, 7)

# %% [markdown] lang="zh-TW"
# ## {3.5}
#
# 南區經理只想用兩個指標：**利潤 75%、預期銷售額 25%**。業務部希望展望多算一點：**各 50%**。
# 兩個指標都依名次換成分數（多的好），再用固定門檻 60、80 分切成 VIP、重要、普通三級。
# 從第一組權重換到第二組，哪些客戶的等級會變？（這一題只用 `customers`，和 3.4 無關。）
#
# **把答案留在** `movers`（客戶編號的清單，順序不限）。

# %% [markdown] lang="en"
# ## {3.5}
#
# The southern manager wants two indicators only: **profit 75%, forecast 25%**. His sales staff would like prospects to
# count for more: **50% each**. Turn both into points by place (more is better), and cut the score at 60 and 80 into VIP,
# important and ordinary. When the first weights give way to the second, whose tier changes?
# (You need `customers` only, and nothing from 3.4.)
#
# **Leave the answer in** `movers` (a list of customers, in any order).

# %% name="q3_5" question="3.5"
### BEGIN SOLUTION
### STUB movers = ...
two = pd.DataFrame(
    {
        "profit": rk.to_points(customers["profit"]),
        "forecast_amount": rk.to_points(customers["forecast_amount"]),
    }
)
old = rk.value_tier(rk.composite_score(two, {"profit": 0.75, "forecast_amount": 0.25}))
new = rk.value_tier(rk.composite_score(two, {"profit": 0.50, "forecast_amount": 0.50}))
movers = customers.index[old != new].tolist()
### END SOLUTION

# %% name="check_3_5"
check("3.5", movers)

# %% name="hint_3_5"
# hint("3.5")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　利潤和預期銷售額多半一起高、一起低，所以權重差了一倍，換級的也只有 25 位：11 位往上，14 位往下。
# 課文把客訴、逾期、規模也拉成一樣重，換的人就多得多。指標愈不像，權重愈重要。
#
# **另一種做法**　`pd.crosstab(old, new)`：不在對角線上的就是換級的人，還看得出從哪一級到哪一級；代價是只有人數，沒有名單。

# %% [markdown] lang="en" solution_only=true
# **Why.** Profit and forecast mostly rise and fall together, so even twice the weight moves only 25 customers, 11 up and 14 down.
# In the lesson, equal weights for complaints, payment and size as well moved far more. The less alike the
# indicators, the more the weights matter.
#
# **Another way.** `pd.crosstab(old, new)`: whoever is off the diagonal has moved, and you see from where to where. The
# price: it counts people and does not name them.

# %% name="another_way_3_5" solution_only=true
moves = pd.crosstab(old, new).to_numpy()
rk.pretty(pd.crosstab(old, new))

# %% name="claim_another_way_3_5" claims=true solution_only=true
assert moves.sum() - moves.trace() == len(movers) == 25
assert ((new < old).sum(), (new > old).sum()) == (11, 14)

# %% [markdown] lang="zh-TW"
# ## {3.6}
#
# 下一格照課文第 {section several_pyramids} 節的門檻，把南區的客戶分成 MVC、MGC、LVC 和負值四層，放在 `layer`。請畫一張橫條圖：
#
# - 一層一條，長度是這一層的利潤**總和**（元或千元都可以）；
# - 由上到下是 MVC、MGC、LVC、負值，像金字塔一樣，不照金額排；條旁的名稱可以留著 `layer` 的代碼；
# - 有標題（寫出你看到的結論），兩條軸都有說明和單位。
#
# **畫圖的寫法**，用兩個假數字示範（`rk.use_style()` 讓你自己的圖也能寫中文，下一格已經呼叫過）：
#
# ```python
# cats = pd.Series({"black": 5, "white": -2})
# cats_ax = cats.plot.barh(title="Black cats win")
# cats_ax.set(xlabel="points", ylabel="colour")
# ```
#
# **把答案留在** `layers_ax`（`.plot.barh` 傳回的那個圖，型別是 Axes）。

# %% [markdown] lang="en"
# ## {3.6}
#
# With the cuts of the lesson's section {section several_pyramids}, the next cell puts the southern customers into four layers, MVC, MGC, LVC and
# below zero, and calls the result `layer`. Draw horizontal bars:
#
# - a bar for each layer, as long as the **total** profit of the layer (in NT$ or in thousands);
# - from the top down MVC, MGC, LVC, below zero, as in a pyramid, not sorted by money; the codes of `layer` will
#   do as names;
# - with a title that states your finding, and a label on both axes, the unit included.
#
# **How to draw bars,** shown on two made-up numbers (`rk.use_style()`, in the next cell, gives your own pictures the kit's
# looks):
#
# ```python
# cats = pd.Series({"black": 5, "white": -2})
# cats_ax = cats.plot.barh(title="Black cats win")
# cats_ax.set(xlabel="points", ylabel="colour")
# ```
#
# **Leave the answer in** `layers_ax` (what `.plot.barh` gives back, of type Axes).

# %% name="layers"
# A customer who sent everything back has no revenue and so no margin: 0.
margin = ((customers["revenue"] - customers["cost_of_goods"]) / customers["revenue"]).fillna(0)
growth = 0.10 * (customers["yearly_need"] - customers["revenue"]) * margin
layer = rk.peppers_tier(customers["profit"], growth, profit_cut=10_000, growth_cut=3_000)
rk.use_style()
rk.pretty(layer.value_counts(sort=False).to_frame())

# %% name="imports_3_6" solution_only=true
import matplotlib.pyplot as plt

# %% name="q3_6" question="3.6"
### BEGIN SOLUTION
### STUB layers_ax = ...
totals = customers["profit"].groupby(layer, observed=False).sum()
totals.index = ["MVC", "MGC", "LVC", "below_zero"]
best = (totals["MVC"] + totals["MGC"]) / totals.sum()
layers_ax = (totals / 1000).plot.barh(title=f"MVC + MGC = {best:.0%}", color="#0b6e99")
layers_ax.set(xlabel="NT$ 1,000", ylabel="layer")
layers_ax.invert_yaxis()
plt.close(layers_ax.figure)
### END SOLUTION

# %% name="check_3_6"
check("3.6", layers_ax)

# %% name="hint_3_6"
# hint("3.6")

# %% name="picture_3_6" solution_only=true
# A solution is stored with words beside its picture. Leave `plt.close` out, and yours comes by itself.
numbers = ", ".join(f"{name} {total:,}" for name, total in totals.items())
words = {
    "zh-TW": f"橫條圖：四層客戶的利潤（元），由上到下是 {numbers}。",
    "en": f"Horizontal bars: profit of the four layers in NT$, from the top: {numbers}.",
}
rk.show(layers_ax, words=words)

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　橫條圖從下往上畫，第一層會落在最底下，所以要把縱軸上下對調。順序照等級，明年才能和今年並排比較。
# MVC 和 MGC 只有 65 位，帶來 74% 的利潤；負值那一條往左伸，15 位倒貼 20,853 元。
#
# **另一種做法**　`rk.plot_customer_value_pyramids(customers["profit"], layer)` 一行就畫出人數與利潤兩座金字塔，還有說明文字。
# 代價是畫面由套件決定，而且看的是占比；要看金額，自己畫比較直接。

# %% [markdown] lang="en" solution_only=true
# **Why.** Horizontal bars are drawn from the bottom up, so the first layer lands at the foot until the axis is turned round. In the order
# of tiers, next year's picture can stand beside this one. MVC and MGC are only 65 customers and bring 74%
# of the profit; the bar below zero points left, for 15 customers who take away 20,853.
#
# **Another way.** `rk.plot_customer_value_pyramids(customers["profit"], layer)` draws two pyramids in one line, customers and
# profit, with its words. The price: the package decides how it looks, and it shows shares. For amounts, your own
# bars are more direct.

# %% name="another_way_3_6" solution_only=true
rk.show(rk.plot_customer_value_pyramids(customers["profit"], layer))

# %% name="claim_another_way_3_6" claims=true solution_only=true
assert layer.value_counts(sort=False).tolist() == [34, 31, 240, 15]
assert (f"{best:.0%}", totals["below_zero"]) == ("74%", -20_853)

# %% [markdown] lang="zh-TW"
# ## {3.7}
#
# 南區賠錢的客戶（`profit` 小於 0）有兩招可用，先一招一招想：
#
# - **調價**：漲 8%，假設他們照買，多收**營收**的 8%；
# - **降服務成本**：少一點拜訪、急件併單，省下**服務成本**的 35%。
#
# 經理要一份「先改服務」的名單：賠錢、**光靠調價救不回來**、**光靠降服務成本救得回來**的客戶。利潤**大於** 0 才算救回來。
#
# **把答案留在** `service_first`（客戶編號的清單，順序不限）。

# %% [markdown] lang="en"
# ## {3.7}
#
# For southern customers who cost money (`profit` below 0) there are two measures. Think of each by itself:
#
# - **reprice**: charge 8% more and suppose that they go on buying, which brings 8% of the **revenue**;
# - **cut the cost of serving**: fewer visits, rush orders combined, which saves 35% of the **service cost**.
#
# The manager wants a list of those whose service should change first: customers who cost money, are **not saved by
# repricing alone**, but **are saved by cheaper service alone**. Saved means a profit **above** 0.
#
# **Leave the answer in** `service_first` (a list of customers, in any order).

# %% name="q3_7" question="3.7"
### BEGIN SOLUTION
### STUB service_first = ...
losing = customers[customers["profit"] < 0]
price_saves = losing["profit"] + 0.08 * losing["revenue"] > 0
service_saves = losing["profit"] + 0.35 * losing["service_cost"] > 0
service_first = losing.index[service_saves & ~price_saves].tolist()
### END SOLUTION

# %% name="check_3_7"
check("3.7", service_first)

# %% name="hint_3_7"
# hint("3.7")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　23 位賠錢的客戶裡，2 位漲價就夠，11 位要改服務，剩下 10 位單用一招都不夠。三群人，三種談法，不能一視同仁。
#
# **另一種做法**　算出各自需要的最小幅度：`-profit / revenue` 是要漲幾成，`-profit / service_cost` 是服務要省幾成，再看哪個做得到。
# 比較花時間，但是 8% 換成 5% 或 10% 時不必重算。

# %% [markdown] lang="en" solution_only=true
# **Why.** Of 23 customers who cost money, a price rise is enough for 2 and a change of service saves 11; for the other 10 neither
# is enough alone. Three groups need three different talks, not one rule for all.
#
# **Another way.** Work out how much each would need: `-profit / revenue` is the price rise, `-profit / service_cost` the cut in
# service; then see which of the two can be done. It takes longer, but nothing has to be redone when 8% becomes
# 5% or 10%.

# %% name="another_way_3_7" solution_only=true
rise_needed = -losing["profit"] / losing["revenue"]
cut_needed = -losing["profit"] / losing["service_cost"]
print(losing.index[(rise_needed >= 0.08) & (cut_needed < 0.35)].tolist() == service_first)

# %% name="claim_another_way_3_7" claims=true solution_only=true
assert losing.index[(rise_needed >= 0.08) & (cut_needed < 0.35)].tolist() == service_first
assert (len(losing), price_saves.sum(), len(service_first)) == (23, 2, 11)
assert (~price_saves & ~service_saves).sum() == 10

# %% [markdown] lang="zh-TW"
# ## {3.8}
#
# 這一題由老師照評分表批改。**把答案留在** `answer_3_8`（你的信，前後各用三個引號，裡面可以換行）。

# %% [markdown] lang="en"
# ## {3.8}
#
# Your teacher marks this one by the criteria shown. **Leave the answer in** `answer_3_8` (your letter, between triple quotes, so
# that it may have several lines).

# %% name="ask_3_8"
ask("3.8")

# %% name="q3_8" question="3.8"
### BEGIN SOLUTION
### STUB answer_3_8 = ...
answer_3_8 = """
(1) 23 = 2 + 11 + 10; -28,167; 74,351; 102,518
(2) 25 = 11 + 14
(3) 140 / 525 = 27%
"""
### END SOLUTION

# %% name="check_3_8"
check("3.8", answer_3_8)

# %% name="hint_3_8"
# hint("3.8")

# %% [markdown] lang="zh-TW" solution_only=true
# **參考答案**（上一格只記了數字；每個人的寫法不同）
#
# > 一、不要全部放手。23 位客戶一共賠 28,167 元，毛利卻都是正的：全部放手，少掉 74,351 元毛利；102,518 元服務成本，人力真的減少才省得下來。
# > 先跟 2 位談調價，替 11 位改服務（拜訪改電話、急件併單）；其餘 10 位兩招一起談，最後才放手。
# >
# > 二、權重先定再看。利潤 75%、展望 25% 換成各半，25 位換級，14 位往下；看了名單再調，等於挑人。要照顧老客戶，就把年資放進指標。
# >
# > 三、降級之前先問是誰的錯。525 張逾期發票裡，140 張（27%）是貨有爭議或我方帳單有誤，先改我們的帳單。客訴要看內容，肯抱怨的人還想往來。
# >
# > 限制：只有一年的帳；預期銷售額是估計；漲價後客戶不一定照買。
#
# **為什麼這樣寫**　三點都先說贊成到哪裡，再說會傷到誰，每一點有一個數字。**另一種寫法**是先給結論表再附說明：好讀，但經理的理由沒有回應到。

# %% [markdown] lang="en" solution_only=true
# **One possible answer** (the cell above only notes the figures)
#
# > (1) Please do not let them all go. The 23 customers cost 28,167 together, but each brings gross profit: you would give up
# > 74,351, and save the 102,518 of service cost only if hours are really cut. First talk price with 2, and change the
# > service of 11: calls instead of visits, rush orders combined. Discuss both with the other 10, and release last.
# >
# > (2) Settle the weights before you see the list. From 75 : 25 to 50 : 50, 25 customers change tier, 14 of them
# > downwards; to choose weights by the list is to choose people. If old customers matter, make tenure an indicator.
# >
# > (3) Before moving anyone down, ask whose fault it was. Of 525 late invoices, 140 (27%) were disputed goods or our own
# > errors: correct our invoices first. And read the complaints; those who complain still want to deal with us.
# >
# > Limits: one year's books; forecasts are estimates; after a price rise some may stop buying.
#
# **Why like this.** Each point says how far one agrees, then who would be hurt, with a figure. **Another way** is a table of
# conclusions first: quicker to read, but the manager's reasons get no answer.

# %% name="facts_of_the_answer" solution_only=true claims=true
# The kit checking itself: the figures in the answer above must agree with the books.
gross = losing["revenue"] - losing["cost_of_goods"]
assert (losing["profit"].sum(), gross.min() > 0) == (-28_167, True)
assert (gross.sum(), losing["service_cost"].sum()) == (74_351, 102_518)
assert (late.sum(), (late & excused).sum()) == (525, 140)
assert round(140 / 525, 2) == 0.27

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
progress("3")

# %% [markdown] lang="zh-TW"
# [回到課文](../../notebooks/zh-TW/03_value_pyramid.ipynb)再看一次，或往前走：[第 4 章](../../notebooks/zh-TW/04_clv_cs.ipynb)問客戶明天還值多少、滿不滿意。

# %% [markdown] lang="en"
# Go [back to the lesson](../../notebooks/en/03_value_pyramid.ipynb), or on: [chapter 4](../../notebooks/en/04_clv_cs.ipynb) asks what customers
# will be worth tomorrow, and whether they are satisfied.
