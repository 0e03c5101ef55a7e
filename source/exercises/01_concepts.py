# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="zh-TW"
# # 第 1 章練習　南區值不值得分級
#
# [English edition](../en/01_concepts.ipynb) · [回到課文](../../notebooks/zh-TW/01_concepts.ipynb)
#
# > **情境**　南區分公司的經理看了總公司的報告，也想做客戶分級。他同樣有 3 位業務員，一週合計 60 個工時；帳冊格式相同，客戶和數字都不同。
# > 今天是 2021 年 4 月 1 日，他請你量一量：值不值得做、照什麼分、大客戶名單能不能用。
# >
# > **練什麼**　認出分級與它的原則、量三個條件、比較營收與利潤、修好一個綜合分數、給建議。{chapter 1}，可以分兩次做完。
# > **資料**　`data/practice` 裡的 `客戶年報.csv` 和 `付款記錄.csv`，[欄位說明](../../data/practice/README.md)。
# >
# > **怎麼作答**　每一題三步：把 `...` 換成你的答案，留在題目指定的變數裡；執行下面的 `check` 那一格；讀卡片。答錯不扣分，可以一直改。
# > 卡住時，把 `hint` 那一格開頭的 `#` 刪掉再執行，每執行一次多給一點，一共三次；看完第三個提示或答對之後，卡片會帶你到這一題的解答（你的教材裡有解答的話）。
# > 出現紅色的 `NameError`，多半是前面有一格沒執行：選 **Run → Run All Above Selected Cell**。

# %% [markdown] lang="en"
# # Chapter 1 exercise: is tiering worth it in the south?
#
# [中文版](../zh-TW/01_concepts.ipynb) · [back to the lesson](../../notebooks/en/01_concepts.ipynb)
#
# > **The scene.** The manager of the southern branch has read head office’s report and wants to tier customers
# > as well, with three salespeople and 60 hours a week there too. The books are laid out the same; customers and figures are
# > different. It is 1 April 2021, and you are asked to measure: is it worth it, by what, and is the list of
# > large customers any good?
# >
# > **What you practise.** Telling tiering and its principles, measuring the three conditions, comparing revenue with profit,
# > repairing a composite score, and giving advice. {chapter 1}; two sittings are fine. **Data:**
# > `客戶年報.csv` (the year’s figures) and `付款記錄.csv` (payments) in `data/practice`, [what their columns mean](../../data/practice/README.md).
# >
# > **How to answer.** Every question takes three steps: replace the `...` with your answer, left in the variable that is named; run the
# > `check` cell below it; read the card. A wrong answer costs nothing, and you may change it as often as you like. When you are
# > stuck, delete the `#` in the `hint` cell and run it: a little more each time, three times. After the third hint, or a right
# > answer, the card takes you to the solution of the question, if your copy has the solutions. A red `NameError` usually means that
# > a cell above has not run: choose **Run → Run All Above Selected Cell**.

# %% [markdown] lang="zh-TW"
# 先執行下面這一格，把工具和帳冊準備好。看到它左邊的 `[*]` 變成數字、下面出現一張表，就可以開始了。

# %% [markdown] lang="en"
# First run the cell below, which gets tools and books ready. When the `[*]` at its left has become a number and
# a table has appeared, you can begin.

# %% name="setup"
import pandas as pd

import rfmkit as rk
from rfmkit.classroom import ask, check, hint, progress

rk.use_language("zh-TW")
rk.use_style()

TODAY = pd.Timestamp("2021-04-01")
customers = rk.load_table(rk.data_file("客戶年報.csv", books="practice"), index="customer")
rk.pretty(customers[["order_count", "revenue", "cost_of_goods", "service_cost", "profit"]].head())

# %% [markdown] lang="zh-TW"
# 一列是一位客戶。程式裡要寫的英文欄名，照上表的順序是 `order_count`、`revenue`、`cost_of_goods`、`service_cost`、`profit`。
#
# ## {1.1}
#
# 先暖身，不必寫程式。執行下一格，題目會出現；選一個字母。再下一格寫著 `answer_1_1 = ...`，
# 把三個點換成帶引號的字母，例如選 a 就變成 `answer_1_1 = "a"`（引號用半形的 `"`）。執行它，再執行 `check`。
# `#` 後面的字是給人看的，電腦不理它，留著就好。出現紅色的 `NameError`，多半是忘了引號。
#
# **把答案留在** `answer_1_1`（一個字母，放在引號裡）。

# %% [markdown] lang="en"
# One row is one customer. The names to use in code are, in the order of the table, `order_count`,
# `revenue`, `cost_of_goods`, `service_cost` and `profit`.
#
# ## {1.1}
#
# To warm up, no code at all. Run the next cell, which shows the question, and choose a letter. The cell after it says
# `answer_1_1 = ...`: put your letter in place of the three dots, in straight quotes, so that for a it
# becomes `answer_1_1 = "a"`. Run it, then run `check`. What follows a `#` is for people; the computer skips it. A red
# `NameError` usually means that the quotes were forgotten.
#
# **Leave the answer in** `answer_1_1` (one letter, in quotes).

# %% name="ask_1_1"
ask("1.1")

# %% name="q1_1" question="1.1"
### BEGIN SOLUTION
### STUB answer_1_1 = ...
answer_1_1 = "c"
### END SOLUTION

# %% name="check_1_1"
check("1.1", answer_1_1)

# %% name="hint_1_1"
# hint("1.1")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　分級有兩半：固定的標準，加上每一級的服務。(a) 沒有高低，(b) 只有標準，(d) 只有服務，標準說不清楚。
#
# **另一種想法**　問「換個人來做，結果一樣嗎？星期一會有什麼不同？」也選得出 (c)；好處是不必背定義，代價是每個選項都要想一遍。

# %% [markdown] lang="en" solution_only=true
# **Why.** Tiering has two halves, a fixed standard and a service for each level. (a) ranks nobody above anybody, (b) has
# a standard only, (d) a service only, by a standard that nobody can state.
#
# **Another way.** Ask “would somebody else get the same levels, and what changes on Monday?” That leads to (c) without
# learning a definition by heart, at the price of thinking each option through.

# %% [markdown] lang="zh-TW"
# ## {1.2}
#
# 這一題可以選好幾個，順序不限。
#
# **把答案留在** `answer_1_2`（幾個字母連在一起，放在引號裡）。

# %% [markdown] lang="en"
# ## {1.2}
#
# Here you may choose several, in any order.
#
# **Leave the answer in** `answer_1_2` (the letters together, in quotes).

# %% name="ask_1_2"
ask("1.2")

# %% name="q1_2" question="1.2"
### BEGIN SOLUTION
### STUB answer_1_2 = ...
answer_1_2 = "abd"
### END SOLUTION

# %% name="check_1_2"
check("1.2", answer_1_2)

# %% name="hint_1_2"
# hint("1.2")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　(a) 讓人難堪，踩到第一個原則；(b) 門檻不是從自己的客戶算出來的，踩到第二個；(d) 三位業務員撐不起八套流程，踩到第三個。
# (c) 公開的是往上的路，(e) 只是少去幾次，都可以。
#
# **另一種想法**　反過來，先挑「沒有人受傷、做得到、是自己算的」，剩下的就是答案。這樣比較快，但說不出踩到的是哪一個原則。

# %% [markdown] lang="en" solution_only=true
# **Why.** (a) embarrasses people, against the first principle; the cut in (b) was not made from the branch's own customers, against the second;
# three salespeople can't keep up the eight procedures of (d), against the third. (c) shows the way up and (e) only
# means fewer visits: both are fine.
#
# **Another way.** Pick first what hurts nobody, can be done and is the branch's own; the rest is the answer. It is quicker, but it doesn't
# tell you which principle was broken.

# %% [markdown] lang="zh-TW"
# ## {1.3}
#
# 第一次動程式，只改一個詞。條件二問客戶會不會再來買：一年下 2 張訂單以上的客戶，**占**全部的多少？
#
# 下面的程式已經寫好，跑得動，卻看錯了欄。
#
# 1. 先什麼都不改，執行它和 `check`，讀讀卡片怎麼說。
# 2. 把引號裡的**一個詞**換掉，再執行這兩格。
#
# **把答案留在** `repeat_share`（一個數字，0 到 1 之間）。最後一行只寫名字，是要電腦把數字印出來。

# %% [markdown] lang="en"
# ## {1.3}
#
# Your first code, and only one word of it. Condition 2 asks whether customers come back: what **share** of them
# placed 2 orders or more in the year?
#
# The code below is written and runs, but it looks at the wrong column.
#
# 1. Change nothing at first. Run it and then `check`, and read what the card says.
# 2. Replace the **one word** in quotes, and run both cells again.
#
# **Leave the answer in** `repeat_share` (a number between 0 and 1). The last line, a bare name, makes the computer print
# the number.

# %% name="q1_3" question="1.3"
### BEGIN SOLUTION
### STUB repeat_share = (customers["revenue"] >= 2).mean()
### STUB repeat_share
repeat_share = (customers["order_count"] >= 2).mean()
repeat_share
### END SOLUTION

# %% name="check_1_3"
check("1.3", repeat_share)

# %% name="hint_1_3"
# hint("1.3")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　比較之後每位客戶得到 `True` 或 `False`，平均就是 `True` 的占比：86%，和總公司的 87% 差不多。
# 原來那行問的是「營收有 2 元以上嗎」，答案是 100%；程式沒有報錯，因為電腦不知道你想問什麼。
#
# **另一種做法**　先篩選再數：`len(customers[customers["order_count"] >= 2]) / len(customers)`。一步一步看得見，但要打兩次表名，容易打錯。

# %% [markdown] lang="en" solution_only=true
# **Why.** The comparison gives each customer `True` or `False`, and the mean of those is the share of `True`: 86%, much like head
# office's 87%. The line as given asked “two dollars or more?” and got 100%. Nothing complained, because
# the computer doesn't know what you meant to ask.
#
# **Another way.** Filter, then count: `len(customers[customers["order_count"] >= 2]) / len(customers)`. Each step can be seen,
# but the name of the table has to be typed again and again, with more room for slips.

# %% name="facts_1_3" solution_only=true claims=true
# The kit checking itself: the shares told above.
assert round(repeat_share, 2) == 0.86
assert (customers["revenue"] >= 2).all()
by_counting = len(customers[customers["order_count"] >= 2]) / len(customers)
assert by_counting == repeat_share

# %% [markdown] lang="zh-TW"
# ## {1.4}
#
# 條件三問客戶的價值差多少。總公司利潤最高的 64 位（320 位的 20%）帶來 82% 的利潤，南區呢？
#
# 課文第 {section conditions} 節做過一樣的事：排順序、取前 64 位、相除。剛好取 64 位；和第 64 名同分的人不多算，這樣才能和總公司比。
#
# **把答案留在** `top_share`（一個數字：64 位的利潤占全部利潤的多少，0 到 1 的小數，不要四捨五入）。格子裡可以寫好幾行。

# %% [markdown] lang="en"
# ## {1.4}
#
# Condition 3 asks how far customers differ in value. At head office the 64 with the highest profit (20% of 320) bring
# 82% of all profit. And in the south?
#
# Section {section conditions} of the lesson did the same: sort, take 64, divide. Take exactly 64, and leave out anybody level with the last of
# them, so that the figure can be compared with head office's.
#
# **Leave the answer in** `top_share` (one number: the part of all profit that the 64 bring, between 0 and 1, not rounded).
# You may write several lines in the cell.

# %% name="q1_4" question="1.4"
### BEGIN SOLUTION
### STUB top_share = ...
by_profit = customers.sort_values("profit", ascending=False)
top_share = by_profit.head(64)["profit"].sum() / customers["profit"].sum()
### END SOLUTION

# %% name="check_1_4"
check("1.4", top_share)

# %% name="hint_1_4"
# hint("1.4")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　排順序和加總用同一欄，分母是**全部**客戶。南區是 79%，比總公司的 82% 低一點，但仍是五分之一的人帶來將近八成的利潤。
#
# **另一種做法**　`rk.value_share(customers["profit"], top=0.20)` 一行就好，可是它把和第 64 名同分的人也算進來，數字會大一點點；
# 只看一個點還嫌不夠時，用 `rk.gini(customers["profit"])`，代價是這個數字比較難向經理解釋。

# %% [markdown] lang="en" solution_only=true
# **Why.** The same column sorts and is added up, and the divisor is **everybody's** profit. In the south it is 79%, a little below head
# office's 82%, and still one customer in five brings nearly eight tenths.
#
# **Another way.** `rk.value_share(customers["profit"], top=0.20)` does it in one line, but takes in whoever is level with number
# 64, so that the figure is a little larger. If one point is too little, `rk.gini(customers["profit"])` looks at all
# customers, at the price of being harder to explain.

# %% name="facts_1_4" solution_only=true claims=true
# The kit checking itself: the shares told above.
assert round(top_share, 2) == 0.79
assert 0 < rk.value_share(customers["profit"], top=0.20) - top_share < 0.01

# %% [markdown] lang="zh-TW"
# ## {1.5}
#
# 經理說：「買得多的就是好客戶。」請畫一張圖給他看：**營收**最高的十位，由左到右照營收由高排到低；
# 每一根直條的高度是這位客戶的**利潤**。
#
# 畫直條圖只要一行。下面是另一件事的例子，畫的是下單最勤的五位：
#
# ```python
# busiest = customers.sort_values("order_count", ascending=False).head(5)
# chart = busiest["order_count"].plot.bar(title="下單最勤的五位", xlabel="客戶", ylabel="訂單（張）")
# ```
#
# `.plot.bar()` 把一欄畫成直條；`title` 是標題，`xlabel`、`ylabel` 是橫軸和直軸的名稱，文字放在引號裡，用自己的話寫，
# 中文也可以（開頭的 `rk.use_style()` 已經備好字型）。
#
# **把答案留在** `chart`（一張直條圖，要有標題和兩軸的名稱）。

# %% [markdown] lang="en"
# ## {1.5}
#
# The manager says: “Anyone who buys a lot is a good customer.” Draw a picture in reply: the ten customers with the highest
# **revenue**, from left to right by revenue, the highest first; the height of each bar is the customer's **profit**.
#
# A bar chart takes one line. Here is one of something else, the five who order most often:
#
# ```python
# busiest = customers.sort_values("order_count", ascending=False).head(5)
# chart = busiest["order_count"].plot.bar(title="The five who order most often", xlabel="customer", ylabel="orders")
# ```
#
# `.plot.bar()` draws a column as bars; `title` is the title, `xlabel` and `ylabel` name the horizontal and the vertical axis.
# Put words of your own between the quotes. (`rk.use_style()`, at the top, has set fonts and sizes.)
#
# **Leave the answer in** `chart` (a bar chart with a title and both axes named).

# %% name="q1_5" question="1.5"
### BEGIN SOLUTION
### STUB chart = ...
import matplotlib.pyplot as plt

biggest = customers.sort_values("revenue", ascending=False).head(10)
chart = biggest["profit"].plot.bar(
    title="買得多，不一定賺得多\nLarge buyers need not leave much",
    xlabel="客戶 Customer",
    ylabel="利潤（元） Profit (NT$)",
)
plt.close(chart.figure)  # only in the solution: shown below the check, with words beside it
### END SOLUTION

# %% name="check_1_5"
check("1.5", chart)

# %% name="hint_1_5"
# hint("1.5")

# %% name="picture_1_5" solution_only=true
# Your own picture comes by itself; a stored one needs words for those who cannot see it.
words = {
    "zh-TW": "直條圖：營收前十名的利潤，照營收由高到低。C102（第三）最高，109,621 元；"
    "C388（第二）18,905 元；C266（第四）最低，9,202 元。",
    "en": "Bars: profit of the ten largest buyers, by revenue. C102 (third) is the highest, 109,621; "
    "C388 (second) 18,905; C266 (fourth) the lowest, 9,202.",
}
rk.show(chart, words=words)

# %% name="claim_picture_1_5" claims=true solution_only=true
assert biggest.index[1:4].tolist() == ["C388", "C102", "C266"]
assert biggest["profit"].iloc[1:4].tolist() == [18_905, 109_621, 9_202]
assert (biggest["profit"].max(), biggest["profit"].min()) == (109_621, 9_202)

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　一欄決定誰上圖、怎麼排，另一欄決定多高，兩張排名的差別就看得見。程式由兩個版本共用，所以這裡的標題兩種語言並列；
# 交給經理的標題還可以更明白，例如「買第二多的 C388，利潤不到第一名的五分之一」。
# C388 的服務成本是 133,257 元，大半的毛利都花在服務上；買第四多的 C266 只留下 9,202 元，是十位裡最少。
#
# **另一種做法**　用表：`rk.pretty(biggest[["revenue", "service_cost", "profit"]])`。數字精確，還看得到原因，但要一列一列比，落差不會自己跳出來。

# %% [markdown] lang="en" solution_only=true
# **Why.** One column decides who is shown and in which order, another how high the bars are, and so the difference between two rankings can be
# seen. Both editions share their code, hence a title in two languages. For the manager it can be plainer
# still: “C388, second by revenue, leaves less than a fifth of what the first leaves.” C388 takes NT$133,257 of
# service, most of its gross profit; and C266, fourth by revenue, leaves NT$9,202, the least of the ten.
#
# **Another way.** A table: `rk.pretty(biggest[["revenue", "service_cost", "profit"]])`. It is exact and shows the cause, but
# rows have to be compared one by one, and the gap does not leap to the eye.

# %% name="facts_1_5" solution_only=true claims=true
# The kit checking itself: the customers named above.
assert biggest.index[1] == "C388"
assert biggest["profit"].iloc[1] < biggest["profit"].iloc[0] / 5
assert biggest.loc["C388", "service_cost"] == 133_257
assert (biggest["revenue"] - biggest["cost_of_goods"])["C388"] / 2 < 133_257
assert biggest.index[3] == biggest["profit"].idxmin() == "C266"
assert biggest["profit"].min() == 9_202

# %% [markdown] lang="zh-TW"
# ## {1.6}
#
# 可以選好幾個。**把答案留在** `answer_1_6`（幾個字母寫在一起，放在引號裡，例如 `"xy"`）。

# %% [markdown] lang="en"
# ## {1.6}
#
# You may choose several. **Leave the answer in** `answer_1_6` (the letters together, in quotes, such as `"xy"`).

# %% name="ask_1_6"
ask("1.6")

# %% name="q1_6" question="1.6"
### BEGIN SOLUTION
### STUB answer_1_6 = ...
answer_1_6 = "abe"
### END SOLUTION

# %% name="check_1_6"
check("1.6", answer_1_6)

# %% name="hint_1_6"
# hint("1.6")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　(a) 是廣義的客戶：流程的下一棒；(b) 說明各種分法會重疊；(e) 是細分，沒有高低。(c) 忘了重疊；(d) 的圖書館是公利客戶；
# (f) 把付錢和使用弄混了，狹義的客戶是最後用到產品的人。
#
# **另一種想法**　先問「照什麼分」，再看那句話用的是不是同一種分法。說不清楚照什麼分的句子，通常就是錯的那一句。

# %% [markdown] lang="en" solution_only=true
# **Why.** (a) is a customer in the broad sense, the next in line; (b) shows that ways of dividing overlap; (e) is segmentation, which ranks
# nobody. (c) forgets the overlap; in (d) the library is a public-interest customer; (f) takes paying for using, when the narrow sense means whoever
# ends up with the product.
#
# **Another way.** Ask “divided by what?” first, and see whether the sentence keeps to one way. A sentence that cannot say by what is usually the wrong one.

# %% [markdown] lang="zh-TW"
# ## {1.7}
#
# 經理打算替**一年買 30,000 元以上**的客戶加派專人拜訪，急單也優先出。這份服務一位客戶一年要**多花 8,000 元**。
# 名單上有兩種人應該先緩一緩：
#
# - **利潤不到 8,000 元**：賺的還不夠付這份服務；
# - **準時付款不到 70%**：先談付款條件，再談優先。
#
# 有**一項**就緩。剛好 30,000 元在名單上；剛好 8,000 元、剛好 70% 不用緩。準時率 `on_time` 在下一格算好了：照課文第 {section criteria} 節，
# 我方開錯的帳單不算客戶的錯。那一格先執行，不必改。
#
# **把答案留在** `wait_list`（客戶編號的清單，順序不限）。

# %% [markdown] lang="en"
# ## {1.7}
#
# For customers who buy for **NT$30,000 or more a year** the manager wants personal visits, and delivery of rush orders first. That
# service costs **NT$8,000 more** a year for each customer. Two kinds of people on the list should wait:
#
# - those with a **profit below NT$8,000**, who do not bring in what the service costs;
# - those who pay **fewer than 70%** of their invoices on time: talk about terms first, and about priority later.
#
# **One** of the two is enough. Exactly NT$30,000 is on the list; exactly NT$8,000 or 70% need not wait. The next cell works out `on_time`, the
# percentage of invoices each customer paid on time, as in section {section criteria} of the lesson: our own wrong invoices do not count against them. Run it first; nothing to change.
#
# **Leave the answer in** `wait_list` (a list of customers, in any order).

# %% name="given_1_7"
payments = rk.load_table(rk.data_file("付款記錄.csv", books="practice"))
paid = payments["paid_date"].fillna(TODAY)
days_late = (paid - payments["due_date"]).dt.days.clip(lower=0)
theirs = payments["late_reason"] != "our_invoice_wrong"
payments = payments.assign(on_time=days_late * theirs == 0)
on_time = payments.groupby("customer")["on_time"].mean() * 100

# %% name="q1_7" question="1.7"
### BEGIN SOLUTION
### STUB wait_list = ...
vip = customers[customers["revenue"] >= 30_000]
wait = (vip["profit"] < 8_000) | (on_time[vip.index] < 70)
wait_list = vip[wait].index
### END SOLUTION

# %% name="check_1_7"
check("1.7", wait_list)

# %% name="hint_1_7"
# hint("1.7")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　先篩出名單，再用「或」：67 位裡有 28 位要緩，23 位利潤不夠，9 位常晚付，4 位兩樣都有。
# 要是 28 位都給專人服務，一年多花 224,000 元。買第三多的 C102 也在裡面：利潤 109,621 元最高，準時率只有 63%，
# 不必等，今天就該打電話談付款條件。規則給的是起點，不是判決。
#
# **另一種做法**　一步一步做兩份名單，再用 `.union` 合起來。每一群看得清楚，也方便分頭處理；代價是多兩行，而且要記得合併。

# %% [markdown] lang="en" solution_only=true
# **Why.** Make the list first, then use “or”: of 67 customers 28 should wait, 23 because of their profit, 9 because they often pay late,
# and 4 for both. To serve all 28 in person would cost NT$224,000 more a year. C102, third by revenue, is
# among them: the highest profit of all, NT$109,621, and just 63% paid on time. Don't leave such a customer waiting: ring today
# about terms. A rule is where you start, not a verdict.
#
# **Another way.** Make two lists and join them with `.union`. Each group can be seen, and handled by another person; it
# takes two more lines, and the join must not be forgotten.

# %% name="another_way_1_7" solution_only=true
too_little = vip.index[vip["profit"] < 8_000]
pays_late = vip.index[on_time[vip.index] < 70]
print(too_little.union(pays_late).equals(wait_list))

# %% name="claim_another_way_1_7" claims=true solution_only=true
assert too_little.union(pays_late).equals(wait_list)
assert (len(vip), len(wait_list), len(too_little), len(pays_late)) == (67, 28, 23, 9)
assert len(too_little.intersection(pays_late)) == 4
assert 28 * 8_000 == 224_000
assert biggest.index[2] == customers["profit"].idxmax() == "C102"
assert customers["profit"].max() == 109_621
assert round(on_time["C102"]) == 63
assert "C102" in wait_list

# %% [markdown] lang="zh-TW"
# ## {1.8}
#
# 下一格是八個還沒成交的案子：成交的可能性（業務員估的）和金額。可能性 75% 以上是 A 級、50% 以上是 B、25% 以上是 C、不到 25% 是 D。
# 這一季只跑得了**三**趟，D 級不跑；**期望金額**（可能性乘金額）最高的先跑。第一行只寫了可能性，把金額補上；第二行自己寫。
#
# **把答案留在** `visits`（三個案子的編號，期望金額最高的在最前面）。

# %% [markdown] lang="en"
# ## {1.8}
#
# The next cell holds eight deals not yet made: how likely each is (a salesperson’s estimate) and its amount. From 75% it is grade A, from 50% B,
# from 25% C, below 25% D. There is time for **three** visits this quarter and none for D; the highest **expected amount** (likelihood times
# amount) comes first. The first line has the likelihood only: put the amount in, and write the second yourself.
#
# **Leave the answer in** `visits` (three numbers, the highest expected amount first).

# %% name="given_1_8"
prospects = pd.DataFrame(
    {
        "likelihood": [0.60, 0.10, 0.90, 0.25, 0.50, 0.20, 0.40, 0.75],
        "amount": [80_000, 300_000, 20_000, 240_000, 64_000, 350_000, 100_000, 36_000],
    },
    index=pd.Index([f"P10{number}" for number in range(1, 9)], name="customer"),
)
rk.pretty(prospects)

# %% name="q1_8" question="1.8"
### BEGIN SOLUTION
### STUB expected = prospects["likelihood"]
### STUB visits = ...
expected = prospects["likelihood"] * prospects["amount"]
worth_it = expected[prospects["likelihood"] >= 0.25]
visits = worth_it.sort_values(ascending=False).head(3).index
### END SOLUTION

# %% name="check_1_8"
check("1.8", visits)

# %% name="hint_1_8"
# hint("1.8")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　先篩掉 D，再照期望金額排。P104 可能性剛好 25%，是 C 級，期望金額 60,000 元最高；P106 有 70,000 元，卻是 D 級，這一季不跑。
# 可能性是人估的，差一點就換名次，所以前三名和第四名差多少也要看。
#
# **另一種做法**　教材的 `rk.prospect_grade` 直接給等級，再拿掉 D。

# %% [markdown] lang="en" solution_only=true
# **Why.** Leave out D first, then sort by expected amount. P104, at exactly 25%, is a C, and its NT$60,000 is the highest; P106 has NT$70,000 but is a
# D, so not this quarter. Likelihoods are estimates, and a small change turns the order round: look at how far the third is ahead of the fourth.
#
# **Another way.** `rk.prospect_grade` gives the grades; then leave out D.

# %% name="another_way_1_8" solution_only=true
grade = rk.prospect_grade(prospects["likelihood"])
print(expected[grade != "prospect:d"].nlargest(3).index.equals(visits))

# %% name="claim_1_8" claims=true solution_only=true
assert expected[grade != "prospect:d"].nlargest(3).index.equals(visits)
assert expected.loc["P104"] == 60_000
assert expected.loc["P106"] == 70_000

# %% [markdown] lang="zh-TW"
# ## {1.9}
#
# 最後一題由老師照評分標準看，`check` 只確認你寫了。文字放在前後各三個引號中間，像 `"""這樣"""`，可以換行。
#
# 需要的數字前面都算過了：`len(customers)`、`repeat_share`、`top_share`、`len(wait_list)`，按工具列的 + 新開一格，把名字打進去執行就看得到。
# 南區一位業務員也照顧得了 30 位客戶。
#
# **把答案留在** `answer_1_9`（文字）。

# %% [markdown] lang="en"
# ## {1.9}
#
# Your teacher reads this one by the criteria shown; `check` only sees that something was written. Put your text between three quotes on
# each side, `"""like this"""`; it may run over several lines.
#
# You have computed the figures already: `len(customers)`, `repeat_share`, `top_share`, `len(wait_list)`. Add a cell with
# the + of the toolbar, type a name into it and run it to see the value. In the south, too, one salesperson can look after 30 customers.
#
# **Leave the answer in** `answer_1_9` (a text).

# %% name="ask_1_9"
ask("1.9")

# %% name="q1_9" question="1.9"
### BEGIN SOLUTION
### STUB answer_1_9 = ...
answer_1_9 = """
(1) 320 / (3 * 30) = 3.6; repeat_share 86%; top_share 79%.
(2) profit, not revenue: C388 is no. 2 by revenue, service_cost 133,257.
(3) 67 customers >= 30,000; wait_list 28 = 23 + 9 - 4; C102 63%.
"""
### END SOLUTION

# %% name="check_1_9"
check("1.9", answer_1_9)

# %% name="hint_1_9"
# hint("1.9")

# %% [markdown] lang="zh-TW" solution_only=true
# **參考答案**（上一格只記了數字；每個人的寫法不同）
#
# > 值得做。南區 320 位客戶搶 90 個位子（一人照顧 30 位），3.6 位搶一個；86% 一年買兩次以上；利潤前 20% 的人帶來 79% 的利潤。
# >
# > 但請先說清楚「重要」是哪一種。我建議照利潤，不照營收：買第二多的 C388，服務成本就吃掉 133,257 元。
# > 會議上就說「利潤前 20%」，別只說「重要客戶」，大家心裡才是同一群人。
# >
# > 營收 30,000 元以上的 67 位，有 28 位先緩一緩，但不降級、不通知，電話照接。利潤不夠的 23 位，先查服務花在哪裡，談合併訂單或線上訂購；
# > 常晚付的 9 位先談付款條件（4 位兩樣都有），C102 利潤最高，經理親自打。
# >
# > 限制：只有一年的帳；8,000 元和 70% 是我們自己訂的；服務成本怎麼分攤，會影響誰賺誰賠。
#
# **為什麼這樣寫**　先回答問題，再給數字，再說怎麼對待人。**另一種寫法**是先放 1.5 的圖再說明：經理一眼就懂，但條件一、二要另外補。

# %% [markdown] lang="en" solution_only=true
# **One possible answer** (the cell above only notes the figures)
#
# > Yes, it is worth doing. In the south 320 customers share 90 places (30 to a salesperson), 3.6 to a place; 86% order at least
# > twice a year; and the top 20% by profit bring 79% of it.
# >
# > But let us say first which “important” we mean. I suggest profit, not revenue: C388, second by revenue, takes
# > NT$133,257 of service. In meetings say “the top 20% by profit”, so that all of us think of the same people.
# >
# > Of the 67 who buy for NT$30,000 or more, 28 should wait for the new service. Nobody is told of a tier, and calls are
# > answered as before. With the 23 whose profit is too small, find out what the service is, and offer combined or online orders. With the
# > 9 who often pay late, talk about terms (4 are in both groups); C102 has the highest profit of all, so please ring it yourself.
# >
# > Limits: one year's books; the NT$8,000 and the 70% are our own choice; and how service cost is shared out decides who shows
# > a profit.
#
# **Why like this.** The question is answered first, then come the figures, then the people. **Another way** is to begin with the picture
# of 1.5: the manager sees the point at once, but conditions 1 and 2 have to be added.

# %% name="facts_of_the_answer" solution_only=true claims=true
# The kit checking itself: the figures in the answer above must agree with the books.
assert round(len(customers) / (3 * 30), 1) == 3.6
assert (round(repeat_share, 2), round(top_share, 2)) == (0.86, 0.79)
assert customers.loc["C388", "service_cost"] == 133_257
assert (len(vip), len(wait_list), len(too_little), len(pays_late)) == (67, 28, 23, 9)

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
progress("1")

# %% [markdown] lang="zh-TW"
# 想再看一次怎麼做，[回到課文](../../notebooks/zh-TW/01_concepts.ipynb)。接下來，經理要問「到底是誰帶來利潤」：[第 2 章](../../notebooks/zh-TW/02_abc.ipynb)。

# %% [markdown] lang="en"
# To see again how it is done, go [back to the lesson](../../notebooks/en/01_concepts.ipynb). Next the manager asks who it is that brings the
# profit: [chapter 2](../../notebooks/en/02_abc.ipynb).
