# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="zh-TW"
# # 第 7 章　分級之後，星期一做什麼
#
# [English edition](../en/07_management.ipynb)
#
# > **學完這一章，你能夠**
# > 1. 為重要、大、普通、小四種客戶各擬一套做法，並算出要多少人手和時數
# > 2. 從一年的帳冊看出客戶在哪個階段、誰已經走了，並判斷人數變少是警訊還是巧合
# > 3. 做出等級變動表，分得清是客戶變了，還是門檻變了
# > 4. 用兩三個指標把客戶分格，決定先拜訪誰、推薦什麼、給什麼獎勵
# > 5. 要「放手」一群客戶之前，說得出該查什麼、會傷到誰
# >
# > 分兩次讀：第一次 {minutes 1} 分鐘，第二次 {minutes 2} 分鐘（第 {section reference} 節備查不算在內），[練習](../../exercises/zh-TW/07_management.ipynb)另計。
# > 先做過[從這裡開始](00_start.ipynb)和[第 1 章](01_concepts.ipynb)就夠了。
# > 資料：旭東一整年的帳冊，[欄位說明](../../data/README.md)。

# %% [markdown] lang="en"
# # Chapter 7: Monday morning
#
# [中文版](../zh-TW/07_management.ipynb)
#
# > **After this chapter you can**
# > 1. draw up a way of working for key, large, ordinary and small customers, and work out the people and hours it takes
# > 2. tell from a year’s ledger what phase customers are in and who has left, and whether a falling number is an alarm or chance
# > 3. make a table of moves between tiers, and tell a customer who moved from a cut that moved
# > 4. sort customers into boxes by two or three measures, and decide whom to visit, what to offer and what to reward
# > 5. say what to check, and who might be harmed, before a group of customers is let go
# >
# > Two sittings: {minutes 1} minutes, then {minutes 2} (section {section reference} is for reference and not counted); the
# > [exercise](../../exercises/en/07_management.ipynb) comes on top.
# > [Start here](00_start.ipynb) and [chapter 1](01_concepts.ipynb) are all you need.
# > Data: a year of Xudong’s books, [what the columns mean](../../data/README.md).

# %% [markdown] lang="zh-TW"
# ## 經理的問題
#
# 前幾章把旭東的 320 位客戶分了級。經理看完名單，放下筆：
#
# > 好，分級分好了。那星期一早上，我的三個業務員**做什麼**？還有，什麼事**不能做**？
#
# 有人替他找到一條現成的規則：A 級一人顧一位，B 級一人顧兩位，C 級一人顧三到五位。
#
# **先猜再算。** 照這條規則，旭東至少需要幾個業務員？現在有三個。把 `None` 換成你的數字，第 {section people} 節對答案。

# %% [markdown] lang="en"
# ## The manager’s question
#
# The chapters before this one tiered Xudong’s 320 customers. The manager reads the list and puts down
# his pen:
#
# > Fine, we have tiers. Now what do my three salespeople **do** on Monday? And what must we **not** do?
#
# Somebody has found him a ready-made rule: one person for each A customer, one for two Bs, one for three
# to five Cs.
#
# **Guess before you compute.** By that rule, how many salespeople does Xudong need at the least? It has
# three. Replace the `None` with your number; section {section people} has the answer.

# %% name="guess"
my_guess = None

# %% name="setup"
import math

import pandas as pd

import rfmkit as rk
from rfmkit.classroom import check, hint

rk.use_language("zh-TW")
rk.use_style()

TODAY = pd.Timestamp("2021-04-01")
customers = rk.load_table(rk.data_file("客戶年報.csv"), index="customer")
ledger = rk.load_transactions(rk.data_file("年度交易.csv"))
clean, left_out = rk.clean_transactions(ledger, today=TODAY)
bought = clean[clean["amount"] > 0]

# %% [markdown] lang="zh-TW"
# 上面打開了兩本帳：`customers` 是客戶年報，一列一位客戶；`clean` 是年度交易，一列一個品項，退貨是負數。`bought` 是其中金額大於 0 的列，也就是購買。
# （`rk.use_style()` 讓自己畫的圖也能顯示中文。）
#
# 這一章的等級用最簡單的一種：依全年**利潤**排名，前 20% 是 A，接著 30% 是 B，其餘是 C（第 2 章的 ABC）。

# %% [markdown] lang="en"
# Two books are open now: `customers`, the customer report with one row per customer, and `clean`, the year’s transactions with one row per
# order line, returns negative. `bought` holds the rows above 0, which are the purchases. (`rk.use_style()` gives pictures of your own the
# kit’s font and colours.)
#
# The tiers of this chapter are the simplest: by the year’s **profit**, the top 20% are A, the next 30% B, the rest C (the ABC of chapter 2).

# %% name="tiers"
tier = rk.abc_tier(customers["profit"], cuts=(0.20, 0.50))
counts = tier.value_counts(sort=False)
rk.pretty(counts.to_frame("customers"))

# %% name="claim_tiers" claims=true
assert left_out.empty
assert counts.tolist() == [65, 95, 160]

# %% [markdown] lang="zh-TW"
# > **怎麼讀這段程式**　`表["欄"]` 取一欄；`value_counts(sort=False)` 數每一級有幾位，照等級的順序列出。
# > `cuts=(0.20, 0.50)` 是切的地方：前 20% 為止、前 50% 為止。`pd.Timestamp("…")` 是一個日期。
# > `abc3:a` 是代碼，意思是「ABC 三類裡的 A」。
#
# A 有 65 位而不是 64 位，因為第 64 名和第 65 名利潤相同，沒有理由只收一位。

# %% [markdown] lang="en"
# > **Reading the code.** `table["column"]` picks a column; `value_counts(sort=False)` counts the customers of
# > each tier, in the order of the tiers. `cuts=(0.20, 0.50)` says where to cut: after the first 20% and after the
# > first 50%. `pd.Timestamp("…")` is a date. `abc3:a` is a code: A of the scheme with three classes.
#
# There are 65 As and not 64, because numbers 64 and 65 earn the same profit and neither can be left out
# with good reason.

# %% [markdown] lang="zh-TW"
# ## {section people}　人手：算一算就知道
#
# 人不能切一半，所以每一級都往上進位：`math.ceil` 就是無條件進位。C 級取最省人的 1：5。

# %% [markdown] lang="en"
# ## {section people} People: do the sum
#
# Nobody can be cut in half, so each tier is rounded up, which is what `math.ceil` does. For C, take the
# ratio that needs fewest people, 1 to 5.

# %% name="staff_by_hand"
needed = math.ceil(65 / 1) + math.ceil(95 / 2) + math.ceil(160 / 5)
plan = rk.staffing(tier)
print(needed)
rk.pretty(plan)

# %% name="claim_staff_by_hand" claims=true
assert needed == plan["staff_least"].sum() == 145
assert plan["staff_most"].sum() == 167

# %% [markdown] lang="zh-TW"
# 和你猜的差多少？至少要 65 + 48 + 32 = 145 人，旭東只有 3 個。`rk.staffing` 算的一樣，還列出 C 級只顧三位時要的人數，合計 167。
#
# 這條規則沒有錯（最大的客戶，還可以由一個**團隊**來顧），只是它想的是**幾張大訂單就能養一個業務員**的公司。旭東一位 C 級客戶一年的利潤平均 251 元（下一格的 `mean_profit_c`），
# 請不起五分之一個人。所以別問「幾個人」，改問「**幾個小時**」：三個人每週共 60 小時，一個月算四週，就是 240 小時，一人 80 小時。
#
# > **怎麼讀這段程式**　`==` 逐位問「等於嗎」，答案是 `True` 或 `False`；`.loc[條件, "欄"]` 取條件成立的列的那一欄；`.mean()` 取平均數；
# > `{…}` 是一份對照表。

# %% [markdown] lang="en"
# How far off was your guess? It takes at least 65 + 48 + 32 = 145 people, and Xudong has 3. `rk.staffing` agrees, and also gives the number when each person looks
# after only three Cs: 167 in all.
#
# The rule is not wrong (the very largest customers may even have a **team** to themselves). It was made for firms where **a few large orders pay for a salesperson**. At Xudong
# a C customer brings NT$251 of profit a year on average (`mean_profit_c` in the next cell), which does not pay for a fifth of anybody. So do not
# ask “how many people” but “how many **hours**”: three people, 60 hours a week between
# them, and four weeks to a month make 240 hours, 80 for each.
#
# > **Reading the code.** `==` asks of every customer “equal?” and answers `True` or `False`; `.loc[condition, "column"]`
# > takes that column of the rows for which it is true; `.mean()` is the mean; `{…}` is a lookup table.

# %% name="negotiate"
mean_profit_c = customers.loc[tier == "abc3:c", "profit"].mean()
offer = {"abc3:a": 2, "abc3:b": 0.75, "abc3:c": 0.2}
print(3 * 80, 65 * offer["abc3:a"] + 95 * offer["abc3:b"] + 160 * offer["abc3:c"])

# %% name="claim_negotiate" claims=true
fit = rk.staffing_fit(plan, staff=3, hours_per_customer=offer, hours_per_person=80)
assert fit["hours_needed"] == 65 * 2 + 95 * 0.75 + 160 * 0.2 == 233.25
assert not fit["fits"]
assert fit["hours_fit"]
assert round(mean_profit_c) == 251

# %% [markdown] lang="zh-TW"
# 印出來的是手上有的 240 小時，和這份對照表要的時數：每位 A 每月 2 小時，B 45 分鐘（0.75），C 12 分鐘（0.2）。
# 65 × 2 + 95 × 0.75 + 160 × 0.2 = 233.25 小時，做得到。
# 這就是可以拿去談的版本：不是「我們人不夠」，而是「每級各給這麼多時間，你同意嗎？」
#
# > **試一試　7.a**　經理說：「B 給半小時、C 給 15 分鐘就好，剩下的全給 A。」每位 A 每月有幾小時？
# > 把 `...` 換成你的算式；卡住就另開一格執行 `hint("7.a")`。

# %% [markdown] lang="en"
# The two numbers are the 240 hours available and the hours this table needs: 2 a month for each A, 45 minutes (0.75)
# for a B, 12 minutes (0.2) for a C. 65 × 2 + 95 × 0.75 + 160 × 0.2 = 233.25, which fits. That is a plan to negotiate with: not “we are too few” but “so much
# time for each tier; do you agree?”
#
# > **Try it: 7.a.** The manager says: “Half an hour for a B and a quarter for a C will do; give the A
# > customers all the rest.” How many hours a month does each A get? Replace the `...` with your sum. If you are stuck, run `hint("7.a")`
# > in a new cell.

# %% name="try_a"
hours_per_a = ...
check("7.a", hours_per_a)

# %% [markdown] lang="zh-TW"
# ## {section four_kinds}　四種客戶，四套做法
#
# 我們的課本（教材依據的那一份《客戶關係管理》第 5 章投影片）花了四分之一的篇幅，講四種客戶該怎麼管。注意「重要」和「大」不是同一件事：
# **重要**看利潤，**大**看採購量。
#
# | | 誰 | 課本的做法 |
# |---|---|---|
# | **重要客戶** | A 級：人少，利潤多 | **集中力量**：最好、最優先的服務。**密切溝通**：有計畫地拜訪，常問意見，訴求馬上處理，多種管道並用。**專責單位**：整合資訊、集中服務、動態管理 |
# | **大客戶** | 買得多而週期固定、長期採購、銷售工作複雜、服務要求高、好幾個人一起決定、買的品項多 | **參與**他們的採購決策，建立**夥伴**關係，加強**售後**，控管交易**流程** |
# | **普通客戶** | B 級：人多，一位的利潤不高 | **有潛力的往上帶，沒潛力的降低服務成本**；不盯個人，盯整群的人數和趨勢 |
# | **小客戶** | C 級：最多，買得少 | **先挑選**：值得的培養，普通的降成本、積少成多，真的沒有價值的才放手 |
#
# 旭東的大客戶都是重要客戶嗎？依營收再分一次級，和利潤的等級交叉來看。
# `pd.crosstab` 數每一種組合有幾位，列是營收的等級，欄是利潤的等級。

# %% [markdown] lang="en"
# ## {section four_kinds} Four kinds of customer, four ways of working
#
# The textbook (by which we mean the slides on customer tiering from a course in customer relationship management) gives a quarter of its
# chapter to the ways of managing four kinds of customer. Mind that *key* and *large* differ: a **key** customer is one by profit, a
# **large** one by how much it buys.
#
# | | who | the textbook’s way |
# |---|---|---|
# | **Key** | A: few, much profit | **concentrate**: the best service, and first in line. **Communicate closely**: planned visits, ask for opinions often, settle requests at once, use many means. **A dedicated unit**: bring information together, serve from one place, keep the list up to date |
# | **Large** | big and regular purchases, for years; complex selling; high demands on service; several people decide; many products | **take part** in their buying decision, be a **partner**, strengthen **after-sales** service, keep the **process** under control |
# | **Ordinary** | B: many, little profit each | **bring on those with potential, make the others cheaper to serve**; watch the number and trend of the group, not the individual |
# | **Small** | C: most numerous, buy little | **select first**: grow the promising, serve the rest cheaply so that small sums add up, let go only those without any value |
#
# Are Xudong’s large customers its key customers? Tier them again by revenue and cross the two.
# `pd.crosstab` counts every combination: rows by revenue, columns by profit.

# %% name="large_or_key"
by_revenue = rk.abc_tier(customers["revenue"], cuts=(0.20, 0.50))
cross = pd.crosstab(by_revenue, tier, rownames=["revenue"], colnames=["profit"])
large_not_key = customers[(by_revenue == "abc3:a") & (tier != "abc3:a")].sort_values("profit")
rk.pretty(cross.rename(index=rk.class_name))

# %% name="claim_large_or_key" claims=true
assert cross.loc["abc3:a"].tolist() == [54, 7, 3]
assert len(large_not_key) == 10

# %% [markdown] lang="zh-TW"
# > **怎麼讀這段程式**　`!=` 問「不等於嗎」，`&` 是「而且」，每個條件各包一層括號；`customers[條件]` 只留下條件成立的客戶；
# > `.sort_values("欄")` 由小到大排；`[[…]]` 取好幾欄；`rk.pretty` 印成給人看的表；`.rename(index=rk.class_name)` 把左邊的代碼換成名稱。
#
# 看第一列：營收 A 級的大客戶有 54 + 7 + 3 = 64 位，10 位的利潤不是 A，其中 3 位根本在 C。
#
# ### 從帳上挑四位，一種一位

# %% [markdown] lang="en"
# > **Reading the code.** `!=` asks “different?”, `&` is “and” (each condition in its own brackets);
# > `customers[condition]` keeps the customers for whom it is true; `.sort_values("column")` sorts from small to large;
# > `[[…]]` picks several columns; `rk.pretty` prints a table for reading, and `.rename(index=rk.class_name)` puts names for the codes at the left.
#
# Read the first row: 54 + 7 + 3 = 64 customers are large, and 10 of them are not in A by profit; 3 are in C.
#
# ### Four from the books, one of each kind

# %% name="four"
four = customers.loc[["C071", "C331", "C224", "C377"]]
columns = ["industry", "order_count", "revenue", "service_cost", "profit", "yearly_need"]
rk.pretty(four[columns])

# %% name="claim_four" claims=true
assert tier[four.index].tolist() == ["abc3:a", "abc3:c", "abc3:b", "abc3:c"]
assert by_revenue["C331"] == "abc3:a"
assert four["revenue"].tolist() == [495_550, 42_600, 28_880, 7_945]
assert four["profit"].tolist() == [127_565, -16_181, 2_392, 978]
assert four["service_cost"].tolist() == [55_786, 34_514, 8_077, 2_550]
assert four["yearly_need"].tolist() == [1_926_000, 138_000, 577_600, 16_400]
assert [f"{part:.0%}" for part in four["revenue"] / four["yearly_need"]] == ["26%", "31%", "5%", "48%"]
assert four["order_count"].tolist() == [26, 17, 16, 25]
assert (round(7_945 / 25), round(2_550 / 25)) == (318, 102)
assert four.loc["C224", "opened"].strftime("%Y-%m") == "2020-05"
row = customers.loc["C331"]
assert large_not_key.index[0] == "C331"
assert (row["cost_of_goods"], row["service_cost"]) == (24_267, 34_514)

# %% [markdown] lang="zh-TW"
# > **停下來想一想**　四位都請你接手：一年跑幾趟？打幾通電話？先找誰談？什麼多給、什麼少給？寫下來，再打開我們的版本。
#
# <details><summary>想好了再打開</summary>
#
# | | C071 學校，**重要** | C331 機關，**大** | C224 機關，**普通** | C377 科技公司，**小** |
# |---|---|---|---|---|
# | 帳上看到 | 利潤 127,565 元，但一年的需求只有 26% 向我們買 | 買 42,600 元，排進前 20%；光服務就花 34,514 元，賠 16,181 元 | 去年五月才開戶；需求 577,600 元，只向我們買 5% | 25 張訂單，一張平均 318 元，每張要花 102 元服務 |
# | 拜訪計畫 | 10 趟，開學前加強；電話每月 1 通 | 4 趟，第一趟只查原因；電話 6 通 | 3 趟；電話 8 通 | 不跑；電話 4 通 |
# | 先找誰 | 決策者：還有 74% 給了誰、為什麼 | 使用者：為什麼一直要我們跑；採購者：併單 | 影響者和採購者：下一個採購案何時開始 | 採購者一位就夠 |
# | 多給 | 專人、優先出貨、開學前預留庫存 | 售後：把開錯的帳單和退貨先處理好 | 試用與報價，新案提早參與 | 線上訂貨、固定送貨日 |
# | 少給 | 例行的拜訪文件改用郵件 | 急件與零星送貨，改成每月一次 | 沒有成案的，回到每季一通電話 | 一張三百元也送的服務，改成併單 |
#
# </details>
#
# 我們的版本裡，C071 要 10 趟拜訪、12 通電話，C331 是 4 趟、6 通，C224 是 3 趟、8 通，C377 不跑、4 通。「先找誰」用到一個觀念：**購買決策單位**。公司買東西不是一個人說了算，有六種角色：**使用者**、**影響者**、**決策者**、**批准者**（核准預算）、
# **購買者**（談價、下單）、**把關者**（決定誰進得了門）。下面這份名單是為了練習編的，帳冊沒有記人名；把它填進去，就看得出還缺誰。

# %% [markdown] lang="en"
# > **Stop and think.** Suppose you take over all four. How many visits and calls a year? Whom do you talk to first? What grows, and what is cut? Write it down, then open our version.
#
# <details><summary>Decide first, then open this</summary>
#
# | | C071, school, **key** | C331, government, **large** | C224, government, **ordinary** | C377, technology, **small** |
# |---|---|---|---|---|
# | the books say | profit NT$127,565, yet it buys only 26% of its need from us | buys for NT$42,600, among the top 20%; serving it costs 34,514, a loss of 16,181 | opened in May last year; needs NT$577,600 and buys 5% of that here | 25 orders of NT$318 on average, each costing 102 to serve |
# | visit plan | 10 visits, more before term; a call a month | 4 visits, the first only to find the cause; 6 calls | 3 visits; 8 calls | no visit; 4 calls |
# | whom first | the decider: who gets the other 74%, and why? | users: why do we have to come so often? The buyer: joint orders | influencers and the buyer: when does the next purchase begin? | the buyer is enough |
# | what grows | a person of their own, first delivery, stock held before term | after-sales: put right the wrong invoice and the returned goods | samples and quotations; early part in new purchases | online orders, a fixed day of delivery |
# | what is cut | routine papers go by e-mail | rush orders and odd deliveries become one a month | where nothing comes of it, back to a call a quarter | delivery for NT$300: orders are put together |
#
# </details>
#
# Our version has 10 visits and 12 calls for C071, 4 and 6 for C331, 3 and 8 for C224, and 4 calls but no visit for C377. “Whom first” uses an idea: the **buying unit**. At a firm no one person buys; there are six parts to play: **user**, **influencer**, **decider**, **approver** (of the
# budget), **buyer** (settles price, places the order) and **gatekeeper** (decides who gets in). The list below is made up for practice, because the books hold no
# names; fill it in, and you see who is still missing.

# %% name="buying_unit"
people = pd.DataFrame(
    {
        "customer": ["C071", "C071", "C071", "C331", "C331"],
        "role": ["user", "buyer", "influencer", "buyer", "gatekeeper"],
    }
)
known = rk.buying_unit(people)
rk.pretty(known)

# %% name="claim_buying_unit" claims=true
assert known["unknown_roles"].tolist() == [3, 4]
assert known["dmu:decider"].sum() == 0

# %% [markdown] lang="zh-TW"
# 兩位的**決策者**都還不認識：最重要的一位和最花錢的一位，我們都只認識辦事的人。星期一的第一個問題有了：「這件事最後是誰決定的？」
#
# 計畫做得到嗎？算成時數。一趟拜訪連路程 2 小時，一通電話 15 分鐘；可用的時數照第 {section people} 節那個版本：A 每月 2 小時、B 0.75、C 0.2，乘十二個月。
# （`pd.Series(值, index=…)` 把值和客戶編號配成一欄。）

# %% [markdown] lang="en"
# At both, the **decider** is unknown: of the most important and of the most expensive customer we know only those who handle the orders. That is the first question for
# Monday: “Who decides in the end?”
#
# Can the plan be done? Turn it into hours. A visit takes 2 hours with the journey, a call 15 minutes; the hours available come from the version in
# section {section people}: 2 a month for an A, 0.75 for a B, 0.2 for a C, times twelve. (`pd.Series(values, index=…)` makes a column of values and customer numbers.)

# %% name="four_hours"
visits = pd.Series([10, 4, 3, 0], index=four.index)
calls = pd.Series([12, 6, 8, 4], index=four.index)
hours = visits * 2 + calls * 0.25
there = 12 * pd.Series([2, 0.2, 0.75, 0.2], index=four.index)
rk.pretty(pd.DataFrame({"hours_needed": hours, "hours": there}))

# %% name="claim_four_hours" claims=true
assert hours.tolist() == [23, 9.5, 8, 1]
assert there.round(1).tolist() == [24, 2.4, 9, 2.4]
assert round(9.5 - 2.4, 1) == 7.1
attitude = rk.reaction_type(customers["profit"], cuts=(0, 5_000, 20_000))
assert attitude.value_counts(sort=False).tolist() == [16, 56, 230, 18]

# %% [markdown] lang="zh-TW"
# 三位都夠用，只有 C331 超過：依利潤它是 C 級，一年 2.4 小時，計畫要 9.5 小時，差 7.1 小時。這就是大客戶的難處：**買得多，要求也多，利潤卻付不起**。
# 所以它的計畫有期限：第一季先查原因、把零星送貨併成每月一次，服務成本降不下來，就重新談價，不是一直跑下去。
#
# 企業對客戶的態度，通常跟著貢獻走。另一份講義（〈客戶分析〉）把它分成四型：貢獻極大的**屈從**（照他的條件走，但要有獲利底線）、大的**關懷**（主動去問）、一般的**適應**（他要什麼再調整）、
# 小的**冷漠**（不主動投入，但不怠慢）。依利潤 20,000、5,000、0 元來切，旭東是 16、56、230、18 位。最後那 18 位是賠錢客戶，第 {section unprofitable} 節再談。

# %% [markdown] lang="en"
# Three fit; C331 does not: by profit it is a C with 2.4 hours a year, and the plan takes 9.5, which is 7.1 too many. That is the trouble with large customers: **they buy much and
# ask for much, and their profit may not pay for it.** So its plan has an end: in the first quarter find the cause and put odd deliveries together; if the cost of serving does not
# fall, talk about the price, and do not simply go on.
#
# A firm’s attitude usually follows what a customer contributes. Another source (the customer-analysis slides) names four: it **yields** to those who contribute enormously (on
# their terms, with a floor of profit), **cares** for the large (asks unprompted), **adapts** to the ordinary (when they ask), and is **cold** to the small (no effort unasked, but never rude). Cut at a profit
# of NT$20,000, 5,000 and 0, Xudong has 16, 56, 230 and 18 of them. The last 18 are the loss-makers of section {section unprofitable}.

# %% [markdown] lang="zh-TW"
# ## {section alarm}　普通客戶：人數變少，是警訊還是巧合？
#
# 普通客戶不盯個人，要盯**整群有幾位、是多是少；驟減就是警訊**。一年有十二個月，我們真的來做一次。
#
# 第一個問題：用哪一份名單？用**今年**利潤分的 B 級不行：不來的人今年利潤變少，有的早就掉出 B 級，剩下的看起來都還不錯，警訊就變小了。
# 所以用**年初**就知道的等級，也就是依**前一年**的利潤來分，再數其中的 B 級每個月來了幾位。

# %% [markdown] lang="en"
# ## {section alarm} Ordinary customers: alarm or chance?
#
# Ordinary customers are not watched one by one. What matters is **how many there are and whether they become fewer; a sudden drop is an
# alarm**. The ledger covers twelve months, so we can check.
#
# The first question: by which list? Tier B by **this** year’s profit will not do: customers who stay away bring less profit this year, and some have dropped out of tier B because of it. Those who are left look better than they should, and the alarm is
# fainter. So take the tiers that were known when the year **began**, by the profit of the **year before**, and count how many of its Bs came in each month.

# %% name="came"
began = rk.abc_tier(customers["profit_last_year"].dropna(), cuts=(0.20, 0.50))
ordinary = bought[bought["customer"].isin(began.index[began == "abc3:b"])]
month = ordinary["date"].dt.to_period("M")
came = ordinary.groupby(month)["customer"].nunique()
print(came.tolist())

# %% [markdown] lang="zh-TW"
# > **怎麼讀這段程式**　`dropna` 拿掉空白（新客戶沒有去年的利潤）；`isin` 逐列問「在不在名單裡」；`.dt.to_period("M")` 把日期變成月份；
# > `groupby(月份)["customer"].nunique()` 是「同一個月放在一起，數有幾位不同的客戶」；`.tolist()` 把數字印成一行。
#
# 由左到右是去年四月到今年三月。名單上有 91 位 B，平常一個月來四十幾位，三月只有 15 位。
#
# > **先猜**　少到幾位，你才會去敲經理的門？40？30？20？
#
# 人數本來就會跳動。一個人數，光是巧合就常常差到**一個平方根**：平常 49 位，就常常差 7 位；差到兩個平方根，巧合就很少見了。
# 所以警戒線是**平常 − 2 × √平常**。平常用四月到九月的平均，然後檢查十月到三月。這張圖自己畫：

# %% [markdown] lang="en"
# > **Reading the code.** `dropna` leaves out blanks (newcomers have no profit last year); `isin` asks of each row “on the list?”; `.dt.to_period("M")` turns dates into
# > months; `groupby(months)["customer"].nunique()` puts each month together and counts different customers; `.tolist()` prints the numbers on one line.
#
# From left to right the months run from April 2020 to March 2021. The list has 91 Bs; usually forty-odd come in a month, and in March only 15 did.
#
# > **Guess.** How few would make you knock on the manager’s door? 40? 30? 20?
#
# Such numbers move by themselves. By chance alone a number of customers is often off by **its square root**: with 49 as usual, by 7. Twice that is rare. So the
# alarm line is **usual − 2 × √usual**. The usual is the mean of April to September, and the months to check are October to March. Draw it yourself:

# %% name="alarm_figure"
usual = came.iloc[:6].mean()
limit = usual - 2 * usual**0.5
by_month = came.rename(index=str)
ax = by_month.plot(marker="o", ylim=(0, 65), rot=45, ylabel=rk.label("column.customers"), xlabel="")
ax.axhline(limit, linestyle="--")
rk.show(ax)

# %% name="claim_alarm" claims=true
assert came.tolist() == [43, 49, 45, 42, 60, 46, 42, 38, 38, 33, 41, 15]
assert (began == "abc3:b").sum() == 91
assert (usual, round(limit, 1)) == (47.5, 33.7)
assert (came.iloc[6:] < limit).sum() == 2
assert (came.iloc[6:] < usual).all()
this_year = bought[bought["customer"].isin(tier.index[tier == "abc3:b"])]
others = this_year.groupby(this_year["date"].dt.to_period("M"))["customer"].nunique()
assert (others.iloc[6:] < 35.1).sum() == 1

# %% [markdown] lang="zh-TW"
# > **怎麼讀這段程式**　`.iloc[:6]` 取前六個；`** 0.5` 是開平方根；`.rename(index=str)` 把月份變成文字；`.plot(…)` 畫折線，`marker` 是點的樣子，`ylim` 是縱軸的範圍，
# > `rot` 把月份轉斜，`ylabel` 是縱軸的名稱；`ax.axhline(高度)` 再畫一條橫線（`linestyle="--"` 是虛線）；`rk.show(ax)` 放出圖和它的說明。
# >
# > 圖還沒有標題。標題要說結論：讀完下面這一段，想好一句，用 `ax.set_title("…")` 加在 `rk.show` 前面。
#
# 平常 47.5 位，警戒線 33.7 位。一月（33 位）略低於線，三月（15 位）遠遠低於線。**趨勢**也看得到：後六個月**每個月**都低於 47.5。
# 如果只是巧合，一個月高於或低於平均各半，連六次都低的機會是二分之一的六次方，不到 2%。
#
# 這個結論有多確定？把三月來的人數換成比例，連同另外兩級一起看。`rk.share_interval(幾位, 共幾位)` 算出這個比例可信的範圍，`rk.describe_interval` 寫成一句話：

# %% [markdown] lang="en"
# > **Reading the code.** `.iloc[:6]` takes the first six; `** 0.5` is a square root; `.rename(index=str)` turns months into text; `.plot(…)` draws a line: `marker` is the shape of its points, `ylim` the
# > range of the axis, `rot` turns the months, `ylabel` names the axis; `ax.axhline(height)` adds a horizontal line (`linestyle="--"` is dashed), and `rk.show(ax)` shows the picture with its description.
# >
# > The picture has no title yet. A title states the finding: read on, think of a sentence, and put `ax.set_title("…")` before `rk.show`.
#
# The usual is 47.5 and the line 33.7. January, with 33, is just below it; March, with 15, is far below. There is a **trend** as well: **each** of the last six months is below 47.5. If
# that were chance, with above and below equally likely, six in a row would happen with a probability of a half to the power of six, less than 2%.
#
# How sure is it? Look at March as a share, together with the other tiers. `rk.share_interval(how_many, of_how_many)` works out the range in which the true share
# plausibly lies, and `rk.describe_interval` says it in a sentence:

# %% name="march_by_tier"
in_march = set(bought.loc[bought["date"] >= "2021-03-01", "customer"])
for code in ["abc3:a", "abc3:b", "abc3:c"]:
    members = began.index[began == code]
    here = in_march & set(members)
    interval = rk.share_interval(len(here), len(members))
    print(rk.class_name(code), rk.describe_interval(interval))

# %% name="claim_march_by_tier" claims=true
march_shares = [
    (int((began[began == one].index.isin(in_march)).sum()), int((began == one).sum()))
    for one in ["abc3:a", "abc3:b", "abc3:c"]
]
assert march_shares == [(20, 61), (15, 91), (8, 151)]
assert f"{usual / 91:.0%}" == "52%"
listed = bought.assign(began=bought["customer"].map(began))
listed = listed.groupby([listed["date"].dt.to_period("M"), "began"], observed=True)["customer"]
all_tiers = listed.nunique().unstack()
assert (all_tiers.iloc[-1] < all_tiers.iloc[:6].mean() / 2).all()
b_low, b_high = rk.share_interval(15, 91).low, rk.share_interval(15, 91).high
assert [f"{end:.0%}" for end in (b_low, b_high)] == ["10%", "25%"]

# %% [markdown] lang="zh-TW"
# （`for … in …` 對清單裡的每一項做同一件事；`set` 是不重複的名單，`&` 取兩份都有的人。）
#
# B 級三月來了 16%，可信的範圍是 10% 到 25%；平常的 52%（47.5 ÷ 91）遠在外面，不是巧合。可是 A 和 C 也一樣少。所以要告訴經理的不是「普通客戶出事了」，而是：
#
# > 三月**每一級**都少了一半以上，普通客戶從 47.5 位剩 15 位。先查公司：缺貨？漲價？業務員請假？
# > 名單固定，只會有人離開，慢慢少一點是正常的；八、九月是學校旺季，也會把「平常」墊高一些。十二個月的資料，還分不開季節和趨勢。

# %% [markdown] lang="en"
# (`for … in …` does the same for every item of a list; a `set` is a list without repeats, and `&` keeps those in both.)
#
# In March 16% of the Bs came, plausibly between 10% and 25%; the usual 52% (47.5 ÷ 91) is far outside, so this is not chance. But the As and Cs are just as few. What the manager
# should hear is not “something is wrong with ordinary customers” but:
#
# > In March **every** tier lost more than half; ordinary customers fell from 47.5 to 15. Look at the firm first: out of stock? higher prices? a salesperson away? The list is fixed and can
# > only lose people, so a slow decline is normal; and August and September, the schools’ busy months, lift the “usual” a little. Twelve months cannot tell season from trend.

# %% [markdown] lang="zh-TW"
# ## {section life_cycle}　生命週期：這位客戶走到哪裡了
#
# 等級只看一年加起來多少。同樣是 A，有人愈買愈多，有人快走了。把每位客戶的消費按月攤開來看，`rk.monthly_spend` 就做這件事：

# %% [markdown] lang="en"
# ## {section life_cycle} The life cycle: where is this customer now?
#
# A tier sees only the sum of a year. Two customers may both be A while one is growing and the other about to
# leave. `rk.monthly_spend` spreads each customer’s spend over the months:

# %% name="months"
history = rk.monthly_spend(clean)
rk.pretty(history.loc[["C219", "C345"]])

# %% name="claim_months" claims=true
all_months = clean["date"].dt.to_period("M")
by_hand = clean.groupby(["customer", all_months])["amount"].sum().unstack(fill_value=0)
assert (by_hand.to_numpy() == history.to_numpy()).all()
assert history.shape == (320, 12)

# %% [markdown] lang="zh-TW"
# 一列一位客戶，一欄一個月，沒買的月份是 0（元）。先猜：這兩位，誰在成長，誰在退化？拿最近三個月和之前三個月比：

# %% [markdown] lang="en"
# One row per customer and one column per month, in NT$, 0 where nothing was bought. Which of these two is growing, which declining? Compare the last three months with the
# three before:

# %% name="two_windows"
for name in ["C219", "C345"]:
    months_of_one = history.loc[name]
    print(name, months_of_one.iloc[-6:-3].sum(), months_of_one.iloc[-3:].sum())

# %% [markdown] lang="zh-TW"
# （`.iloc[-3:]` 取最後三個，`.iloc[-6:-3]` 取再往前三個。）
#
# 每列是客戶編號、前三個月、最近三個月：C219 從 22,475 元掉到 6,835 元；C345 從 2,650 元升到 4,715 元。關係行銷把一段關係分成四期，各有一種利潤的樣子；
# 講義另外取了名字，並列出每一期該做的事：
#
# | 階段（講義的名字） | 利潤 | 這一期做什麼 |
# |---|---|---|
# | **考察**（建立期） | 小 | 廣告先行；讓**還不是會員的人**馬上就能試用，滿意就轉成會員；辦卡優惠（新會員點數加倍、首年免年費）；**45 天試用**，沒取消就轉為正式會員 |
# | **形成**（發展期） | 上升 | 多賣一點：升級銷售、交叉銷售，並拓展市場（第 {section cross_selling} 節的成長矩陣） |
# | **穩定**（維持期） | 高而平 | 會員制與**點數**（第 {section points} 節）、服務通道暢通、售後追蹤、客訴快速回應、交叉銷售 |
# | **退化**（恢復期） | 下降 | 挽留：召回、危機處理、補償；挽不回就好好**解除關係** |
#
# 小心最後一列：講義叫它「恢復」，寫的卻是利潤下滑。`rk.lifecycle_phase` 替每位客戶判定階段：三個月內才第一次買的是考察；比前三個月少 20% 以上，
# 或不到自己最好三個月的一半，是退化；多 20% 以上是形成；其餘是穩定。

# %% [markdown] lang="en"
# (`.iloc[-3:]` takes the last three, `.iloc[-6:-3]` the three before them.)
#
# Each line gives the customer, the three months before and the last three: C219 fell from NT$22,475 to 6,835; C345 rose from 2,650 to 4,715. A relationship has four phases, each with
# its kind of profit; the slides give them other names, and say what to do in each:
#
# | phase (in the slides) | profit | what to do |
# |---|---|---|
# | **exploration** (build-up) | small | advertise first; let **people who are not members** try at once, and make the satisfied ones members; card offers (double points, first year free); a **45-day trial** that becomes a subscription unless it is cancelled |
# | **formation** (development) | rising | sell more: up-selling, cross-selling, new markets (the growth matrix of section {section cross_selling}) |
# | **stability** (maintenance) | high and level | membership and **points** (section {section points}), open service channels, follow-up after sales, fast answers to complaints, cross-selling |
# | **decline** (“recovery”) | falling | win back: recall, crisis handling, compensation; or else **end** it well |
#
# Mind the last row: the slides call it recovery and describe falling profit. `rk.lifecycle_phase` finds everybody’s phase: first purchase within three months is exploration; 20% or more below the three
# months before, or half of one’s best three months or less, is decline; 20% or more above is formation; anything else is stability.

# %% name="lifecycle"
phase = rk.lifecycle_phase(history)
rk.show(rk.plot_lifecycle(customers["profit"], phase))

# %% name="claim_lifecycle" claims=true
assert (phase["C219"], phase["C345"]) == ("lifecycle:decline", "lifecycle:grow")
assert phase.value_counts(sort=False).tolist() == [16, 68, 17, 219]

# %% [markdown] lang="zh-TW"
# 一位穩定期客戶平均帶來 12,511 元，是考察期（1,769 元）的七倍，平均來說流失一位損失最大。（考察期的人最多才來三個月，七倍裡有一部分只是時間；
# 穩定期也只有 17 位，中間的曲線是畫來引導視線的。）穩定期能撐多久，最能看出一家企業的獲利能力；旭東只有一年的帳，還量不到。
#
# **客戶的週期不等於產品的週期**：一款碳粉匣會被新機種取代，客戶卻可以一款接一款買下去，還會**推薦**別人來。所以產品老了要換，客戶老了要陪。
#
# > **停下來想一想**　320 位裡有 219 位「退化」。旭東要倒了嗎？
#
# 兩種查法。第一，用**另一份證據**：利潤真的少了嗎？第二，**換一個期間**：把三個月改成六個月，人數還一樣嗎？

# %% [markdown] lang="en"
# A customer in stability brings NT$12,511 on average, seven times one in exploration (NT$1,769), so on average losing one costs most. (Those in exploration have been here for three months at most, and part of
# the seven times is just time; nor are there more than 17 in stability. The curve between the points only guides the eye.) How long stability lasts tells most about a firm’s profitability; a single year of books
# cannot show it.
#
# **A customer’s cycle is not a product’s.** A toner cartridge is replaced by the next model; a customer can go on through many of them, and **recommend** us besides. Old products are replaced, old
# customers are looked after.
#
# > **Stop and think.** 219 of 320 customers are “in decline”. Is Xudong going under?
#
# There are two ways to check. **Other evidence**: did their profit really fall? And **another period**: with six months for three, are there as many?

# %% name="decline_checked"
both_years = customers.dropna(subset=["profit_last_year"])
sums = both_years.groupby(phase, observed=True)[["profit_last_year", "profit"]].sum()
slow_phase = rk.lifecycle_phase(history, window=6)
both_ways = (phase == "lifecycle:decline") & (slow_phase == "lifecycle:decline")
print(both_ways.sum())
rk.pretty(sums)

# %% name="claim_decline_checked" claims=true
assert (slow_phase == "lifecycle:decline").sum() == 195
assert both_ways.sum() == 170

# %% [markdown] lang="zh-TW"
# （`dropna(subset=…)` 去掉那一欄空白的客戶；`observed=True` 是「沒有人的那一級不列」；`window=6` 是一次看六個月。）
#
# 退化期那群人的利潤從 1,661,272 元降到 1,143,711 元，少了三成左右，不是虛驚一場；但改用六個月只剩 195 位，兩種期間都說退化的是 **170 位**。
# 219 − 170 = 49 位，換一個期間就換一個答案。先打電話給 170 位裡的 30 位 A 級，不要一次寫 219 封挽回信。

# %% [markdown] lang="en"
# (`dropna(subset=…)` leaves out customers with a blank in that column; `observed=True` lists no empty tiers; `window=6` looks at six months at a time.)
#
# Profit from those in decline fell from NT$1,661,272 to 1,143,711, by about three tenths, so the alarm is real. But with six months only
# 195 are in decline, and both periods agree on **170**. For the other 219 − 170 = 49, the answer
# changes with the period. Ring the 30 A customers among the 170 first, rather than write 219 win-back letters.

# %% name="claim_facts_decline" claims=true
fall = sums.loc["lifecycle:decline", "profit"] / sums.loc["lifecycle:decline", "profit_last_year"]
assert 0.67 < fall < 0.72
means = customers["profit"].groupby(phase, observed=True).mean()
assert (both_ways & (tier == "abc3:a")).sum() == 30
assert round(means["lifecycle:hold"]) == 12_511
assert 6.9 < means["lifecycle:hold"] / means["lifecycle:build"] < 7.2

# %% [markdown] lang="zh-TW"
# ## {section churn}　流失：誰已經走了
#
# 沒有合約的生意，沒有人會來說再見。只能定一條線：**四月到九月買過，十月到三月一次都沒買**，就當作走了。
# 這條線放在半年，學校八、九月和二月才買，也不會誤判。

# %% [markdown] lang="en"
# ## {section churn} Churn: who has left already?
#
# Without a contract nobody comes to say goodbye. All you can do is draw a line: **bought between April and
# September, and not once between October and March**, counts as gone. With half a year on each side, schools,
# which buy in August, September and February, are not mistaken for lost.

# %% name="gone"
autumn = pd.Timestamp("2020-10-01")
early = set(bought.loc[bought["date"] < autumn, "customer"])
late = set(bought.loc[bought["date"] >= autumn, "customer"])
gone = customers[customers.index.isin(early - late)]
print(len(early), len(gone), len(gone) / len(early))

# %% name="claim_gone" claims=true
assert (len(early), len(late), len(gone)) == (291, 252, 68)

# %% [markdown] lang="zh-TW"
# （兩份 `set` 相減，就是「前一份有、後一份沒有」。）
#
# 印出來的依序是上半年買過的人數、走掉的人數、兩者相除：291 位裡走了 68 位，半年流失率 23%。一個數字還派不上用場，**分群**來看才知道該去問誰。
# （`pd.Series(值, index=…)` 把值和客戶編號配成一欄；`~` 是「不是」；
# `True` 當 1、`False` 當 0，平均起來就是比例；`.size()` 數每一組幾位。）

# %% [markdown] lang="en"
# (One `set` minus another leaves those in the first and not in the second.)
#
# Printed are those who bought in the first half, those who have gone, and the one over the other: of 291 customers 68
# have gone, 23% in half a year. One number is not much use. **By group** it tells you
# whom to ask. (`pd.Series(values, index=…)` makes a column of values and customer numbers; `~` is “not”;
# with `True` as 1 and `False` as 0, the mean is a share; `.size()` counts the customers of each group.)

# %% name="churn_by_group"
first_half = customers[customers.index.isin(early)]
is_gone = pd.Series(~first_half.index.isin(late), index=first_half.index)
by_tier = is_gone.groupby(tier, observed=True).mean()
rk.pretty(by_tier.rename("churn").to_frame())

# %% name="churn_by_region"
each = is_gone.groupby(first_half["region"])
rk.pretty(pd.DataFrame({"customers": each.size(), "churn": each.mean()}))

# %% [markdown] lang="zh-TW"
# 東區走了一半以上（19 位走了 10 位），別區不到四分之一。19 位不多，這個比例可信的範圍是 32% 到 73%（`rk.share_interval(10, 19)`），但連最低的一端都高過別區：值得打一通電話，東區最近換了業務員嗎？
#
# 分等級看，C 走了 33%，A 走了 9%。走掉的 A 人數最少，錢卻最多：6 位一年的利潤合計 52,004 元，44 位 C 合計才 15,206 元
# （`gone["profit"].groupby(tier, observed=True).agg(["size", "sum"])` 就算得出來）。

# %% [markdown] lang="en"
# The east lost more than half (10 of 19), every other region less than a quarter. Nineteen is a small number: the true share is plausibly between 32% and 73% (`rk.share_interval(10, 19)`). But even its
# lower end is above the other regions, so it is worth a telephone call: has the salesperson in the east changed?
#
# By tier, 33% of C has gone and 9% of A. The 9% costs most: the six A customers who left had brought NT$52,004
# of profit between them in the year, the 44 from C only 15,206. (`gone["profit"].groupby(tier, observed=True).agg(["size", "sum"])` gives both.)

# %% name="claim_facts_churn" claims=true
march = set(bought.loc[bought["date"] >= "2021-03-01", "customer"])
east = rk.share_interval(10, 19)
by_region = is_gone.groupby(first_half["region"]).mean()
assert [f"{end:.0%}" for end in (east.low, east.high)] == ["32%", "73%"]
assert is_gone.groupby(first_half["region"]).sum()["east"] == 10
assert (first_half["region"] == "east").sum() == 19
assert (by_region.drop("east") < 0.25).all()
assert [f"{part:.0%}" for part in by_tier[["abc3:a", "abc3:c"]]] == ["9%", "33%"]
gone_a = gone[tier[gone.index] == "abc3:a"]
assert len(gone_a) == 6
assert gone_a["profit"].sum() == 52_004
gone_c = gone[tier[gone.index] == "abc3:c"]
assert (len(gone_c), gone_c["profit"].sum()) == (44, 15_206)
assert march.isdisjoint(gone.index)

# %% [markdown] lang="zh-TW"
# 第 6 章只看三月，這 68 位**一位也不在那張表裡**。現在看得到了。
#
# > **試一試　7.b**　`gone` 裡利潤最高的五位是誰？把編號放進 `call_first`，**最高的排最前面**。
# > `sort_values("欄", ascending=False)` 由大到小排，`.head(5)` 取前五列，`.index` 取客戶編號。

# %% [markdown] lang="en"
# Chapter 6 looks at March only: **none of these 68 is in its table**. Now you can see them.
#
# > **Try it: 7.b.** Which five customers in `gone` brought most profit? Put their numbers into `call_first`,
# > **the highest first**. `sort_values("column", ascending=False)` sorts from large to small, `.head(5)` takes
# > the first five rows, `.index` the customer numbers.

# %% name="try_b"
call_first = ...
check("7.b", call_first)

# %% [markdown] lang="zh-TW"
# 打電話之前，先想好要問什麼。講義列了六個流失的原因和五個對策，兩份清單各自成立，**沒有一對一配好**：
#
# - **原因**：品質不穩定 · 缺乏創新 · 服務意識淡薄 · 員工跳槽帶走客戶 · 客戶遇到新誘惑 · 短期行為（高層意見不合、政策反覆）
# - **對策**：全面品質管理 · 分清原因（自己造成的去改，外在的先觀察）· 看各群的流失率 · 算算留住他要花多少 · 增進溝通
#
# 哪個對策對哪個原因，要由你的帳冊回答。帳上看得到的有退貨、客訴、買的品項；業務員是誰、對手開了什麼條件，只能問。還有一件好消息：**對手的客戶也為同樣的原因走**，他們的流失就是我們的機會；
# 東區若是因為業務員離職，對手的業務員也會離職。
#
# **挽回有沒有用？** 68 位全都打電話，之後有人回來，也不知道是不是因為電話：有些人本來就會回來。所以**用抽籤**分兩半，一半打、一半不打，再比差別；不打的一半叫**對照組**。
# 先在電腦上演一次：假設沒有電話也有 10% 會回來，電話真的多帶回 15 個百分點。`rk.simulate_campaign` 抽籤並演一次（`seed=1` 固定結果，每次執行都一樣），`rk.uplift` 比兩半的差別：

# %% [markdown] lang="en"
# Before you ring, think what to ask. The slides list six causes of churn and five countermeasures. They are two lists, and **not paired one to one**:
#
# - **causes**: unstable quality · no innovation · little sense of service · staff who leave and take customers along · a new temptation · short-term behaviour (quarrels at the top, changing policy)
# - **countermeasures**: quality management throughout · tell causes apart (mend what is ours, watch what is not) · look at churn group by group · work out what keeping them would cost · communicate more
#
# Which answers which is for your books to say. They show returns, complaints and what is bought; who the salesperson was, and what a rival offers, you must ask. And there is good news: **a rival’s customers leave for the same reasons**, and their churn is
# our chance. If the east was lost because a salesperson left, well, rivals’ salespeople leave too.
#
# **Does winning back work?** If we ring all 68 and some return, we do not know whether it was the call: some would have come anyway. So **draw lots**: ring one half, leave the other alone, and compare. The half
# left alone is the **control group**. Play it on the computer first: suppose 10% would return without a call, and that a call really brings back another 15 in a hundred. `rk.simulate_campaign` draws the lots and plays it (`seed=1` makes it come out the same each time), and `rk.uplift` compares the halves.

# %% name="winback"
base = pd.Series(0.10, index=gone.index)
played = rk.simulate_campaign(base, 0.15, seed=1)
result = rk.uplift(played["treated"], played["converted"])
print(result[["treated_share", "control_share", "uplift", "lower", "upper"]].round(2).tolist())

# %% name="claim_winback" claims=true
assert result[["treated_share", "control_share", "uplift"]].round(2).tolist() == [0.21, 0.09, 0.12]
assert result[["lower", "upper"]].round(2).tolist() == [-0.06, 0.29]
assert result["treated_customers"] == 34
assert rk.sample_size(0.10, 0.15) == 100

# %% [markdown] lang="zh-TW"
# （`.round(2)` 取兩位小數。）印出來的依序是打電話的回來 21%、沒打的回來 9%、差 12 個百分點、可信的範圍從 −6 到 29。電話明明有用（是我們設定的），兩組各 34 位卻證明不了；要看得出這麼大的差別，**每一組**得有 100 位（`rk.sample_size(0.10, 0.15)`）。
# 所以告訴經理：照樣留對照組，但三個月後的結果只能當線索；要等到每組累積滿一百位，才說得準。

# %% [markdown] lang="en"
# (`.round(2)` keeps two decimals.) Printed are: 21% returned of those rung up, 9% of the others, 12 points more, plausibly between −6 and 29. The call did work (we made it so), and yet with 34 in each group it cannot be
# shown: to notice a difference of that size takes 100 in **each** (`rk.sample_size(0.10, 0.15)`). Tell the manager: keep a control group all the same, take the result after three months as a lead, and speak of proof when there have been a hundred in each.

# %% [markdown] lang="zh-TW" stop=true
# > **休息一下**　第一次讀到這裡。你已經會替四種客戶排計畫、畫出警戒線、判斷階段，也知道誰走了。第二次從點數開始；重新打開時，先選 **Run → Run All Above Selected Cell**。

# %% [markdown] lang="en" stop=true
# > **Time for a break.** The first sitting ends here. You can plan for four kinds of customer, draw an alarm line, tell a phase, and know who has left. The second begins with points; when you
# > open the lesson again, choose **Run → Run All Above Selected Cell** first.

# %% [markdown] lang="zh-TW"
# ## {section points}　點數：每積滿 500 點送一份
#
# 穩定期的做法裡有**點數**：客戶買得愈多，點數愈多，獎勵愈多，目的是**刺激消費**，讓關係維持下去。講義的規則是買 1 元得 1 點，**每積滿 500 點獎勵一次**，
# 表上列了三種贈品：
#
# | 點數 | 贈品 |
# |---|---|
# | 500 | 洗衣粉一包 |
# | 1,000 | 洗潔精一瓶、牙膏一條 |
# | 1,500 | 衛生紙一袋（10 卷）、筆記本一本 |
#
# C377 一年買 7,945 元，7,945 ÷ 500 = 15.89，不滿的不算，是 15 份。`rk.loyalty_points` 替每位客戶算：

# %% [markdown] lang="en"
# ## {section points} Points: a reward for every 500
#
# In stability one of the things to do is **points**: the more customers buy, the more points and rewards, and the purpose is to **activate purchases** and keep the relationship going. By the slides NT$1
# gives 1 point (they say yuan), with **a reward each time 500 points have been saved up**; the table lists three:
#
# | points | reward |
# |---|---|
# | 500 | a pack of washing powder |
# | 1,000 | a bottle of washing-up liquid and a toothpaste |
# | 1,500 | a bag of ten toilet rolls and a notebook |
#
# C377 buys for NT$7,945 a year. 7,945 ÷ 500 = 15.89; the rest does not count, so 15 rewards. `rk.loyalty_points` does it for everybody:

# %% name="points"
given = rk.loyalty_points(customers["revenue"])["rewards"]
steady = phase == "lifecycle:hold"
print(given["C377"], given.sum(), given[steady].sum())

# %% name="claim_points" claims=true
assert (given["C377"], given.sum(), given[steady].sum()) == (15, 18_325, 1_836)
assert customers["profit"].sum() == 1_838_997
assert (given > 0).sum() == 314
used = rk.loyalty_points(customers["revenue"], used_up=True)
kept = rk.loyalty_points(customers["revenue"], used_up=False)
rewards = ["reward_500", "reward_1000", "reward_1500"]
assert (used[rewards].sum().sum(), kept[rewards].sum().sum()) == (6216, 899)

# %% [markdown] lang="zh-TW"
# 依序是 C377 的 15 份、全部客戶的 18,325 份、只給穩定期的 1,836 份。假設一份成本 100 元，全部都給是 1,832,500 元，而旭東全年利潤是 1,838,997 元：
# **等於把一年的利潤送光**，320 位裡有 314 位拿得到。這個例子出自賣日用品的店，一家批發商照抄不得。
# 要學的是目的：點數用在穩定期、用來讓客戶再買一次；可以改成每積滿 5,000 點，或只記客戶以前沒買過的品項。

# %% [markdown] lang="en"
# In order: 15 for C377, 18,325 for everybody, 1,836 for those in stability alone. At NT$100 each, say, rewards for all would cost NT$1,832,500, and Xudong’s profit for the year is 1,838,997: **that gives the
# year’s profit away**, to 314 of the 320 customers. The example comes from a shop for household goods; a wholesaler should not copy it as it stands. What is worth copying is the purpose: points belong to stability, to bring
# about the next purchase. For example, give a reward for every 5,000, or give points only for products that the customer has not bought before.

# %% [markdown] lang="zh-TW"
# ## {section moves}　升級與降級
#
# 等級每一季重算一次，有人上，有人下。利潤一年才結一次，所以這裡改用每季的**消費**分級：去年十到十二月，對今年一到三月。
# （`sum(axis="columns")` 把同一列的三個月橫著加；`表[條件]` 只留那一季買過的；`rk.migration` 數每一種變動有幾位。）

# %% [markdown] lang="en"
# ## {section moves} Up and down
#
# Tiers are worked out anew every quarter: some customers move up, some down. Profit is known once a year only,
# so here the tiers are by the quarter’s **spend**: October to December against January to March.
# (`sum(axis="columns")` adds up the three months of each row; `[… > 0]` keeps those who bought in the quarter, and `rk.migration` counts the customers of each move.)

# %% name="moves"
spend_before = history[["2020-10", "2020-11", "2020-12"]].sum(axis="columns")
spend_after = history[["2021-01", "2021-02", "2021-03"]].sum(axis="columns")
before = rk.abc_tier(spend_before[spend_before > 0], cuts=(0.20, 0.50))
after = rk.abc_tier(spend_after[spend_after > 0], cuts=(0.20, 0.50))
moves = rk.migration(before, after)
rk.pretty(moves.rename(columns={"lost": "absent"}, index={"new": "absent"}))

# %% name="claim_moves" claims=true
new_accounts = customers["opened"][after.index.difference(before.index)] >= "2021-01-01"
by_hand = pd.crosstab(before, after.reindex(before.index))
assert (moves.loc["new"].sum(), moves["lost"].sum(), new_accounts.sum()) == (59, 70, 8)
assert (by_hand.to_numpy() == moves.iloc[:3, :3].to_numpy()).all()

# %% [markdown] lang="zh-TW"
# `moves` 的列是去年底的等級，欄是今年的等級。193 位裡只有 78 位留在原級（22 + 19 + 37），升級 21 位，降級 24 位。最右一欄有 70 位今年第一季**沒買**，程式裡叫 `lost`；最下一列有 59 位去年底沒買，程式裡叫 `new`。
# 名字別當真：一季沒買不是流失，59 位裡真正今年才開戶的也只有 8 位。
#
# > **試一試　7.c**　`moves` 的 `abc3:b` 那一列，是去年底的 B 級客戶後來去了哪裡。他們有多少**比例**降到 C，或整季沒買？
# > `moves.loc["abc3:b"]` 取那一列，`["abc3:c"]`、`["lost"]` 再取一格，`.sum()` 加總整列。

# %% [markdown] lang="en"
# In `moves` rows are the tiers of late 2020 and columns those of 2021. Of 193 customers only 78 keep their tier (22 + 19 + 37); 21 move up and 24 down. The last column holds 70 who did **not buy** in the first quarter, `lost` in code;
# the last row 59 who had not bought in late 2020, `new` in code. Do not take the names at their word: to skip a quarter is not to leave, and only 8 of the 59 opened their account
# this year.
#
# > **Try it: 7.c.** The row `abc3:b` of `moves` tells where the B customers of late 2020 went. What **share** of
# > them fell to C or bought nothing in the new quarter? `moves.loc["abc3:b"]` is that row; `["abc3:c"]` and
# > `["lost"]` pick a cell of it, `.sum()` adds up the whole row.

# %% name="try_c"
at_risk = ...
check("7.c", at_risk)

# %% [markdown] lang="zh-TW"
# 降級為什麼要小心？Wagner、Hennig-Thurau 與 Rudolph（*Journal of Marketing*，2009）用實驗和真實銷售資料發現：
# **降級的傷害，大於升級的好處**；被拿掉身分的人，忠誠意願比從來沒有過的人還低。等級給出去，就是一個承諾。
#
# 而且降級可能只是一時：旭東去年第三季到第四季掉級的 28 位，有 8 位下一季自己就回到原來的等級，甚至更高（算法在第 {section reference} 節）。
# 要是當時立刻寄信收回優惠，這 8 位也會收到。所以承諾可以這樣寫：**升得快、降得慢**。達標就升；連續兩季不到才降，
# 先提醒，講好的期間內不收回，規則事先公開。

# %% [markdown] lang="en"
# Why be careful with demotions? Wagner, Hennig-Thurau and Rudolph (*Journal of Marketing*, 2009) found, in
# experiments and in sales data, that **a demotion does more harm than a promotion does good**: people who lose a
# status mean to be less loyal than people who never had one. A tier, once given, is a promise.
#
# And a demotion need not last. Of the 28 who fell from the third quarter of 2020 to the fourth, 8 were back in their old tier
# or above a quarter later, all by themselves (worked out in section {section reference}). A letter taking benefits away would have gone to
# those 8 as well. So word the promise like this: **up fast, down slowly**. Reach the mark and move up; move down only after two
# quarters below it, with a warning, never within the time promised, and by rules published beforehand.

# %% [markdown] lang="zh-TW"
# ### 陷阱：三月的降級名單
#
# 業務助理每個月照「前 20%」重分一次級，三月底交來一張二月對三月的表，說：「有九位掉級了，通知信我印好了。」

# %% [markdown] lang="en"
# ### A trap: the demotions of March
#
# The sales assistant tiers afresh every month, “top 20%”, and at the end of March brings this table of February against
# March: “Nine customers have dropped a tier. I have the letters printed.”

# %% name="trap"
february = history["2021-02"][history["2021-02"] > 0]
march = history["2021-03"][history["2021-03"] > 0]
feb_tier = rk.abc_tier(february, cuts=(0.20, 0.50))
mar_tier = rk.abc_tier(march, cuts=(0.20, 0.50))
both = february.index.intersection(march.index)
rk.show(rk.plot_migration(feb_tier[both], mar_tier[both], names=("2021/2", "2021/3")))

# %% [markdown] lang="zh-TW"
# 橘色的三格就是那九位：六位從 A 到 B，一位從 A 到 C，兩位從 B 到 C。名單在這裡，依三月的金額由大到小：
# （`intersection` 留下兩個月都買過的人，圖上只畫他們；`.cat.codes` 把 A、B、C 換成 0、1、2，數字變大就是降級。）

# %% [markdown] lang="en"
# The three orange cells are the nine: six went from A to B, one from A to C, two from B to C. Here they are, by what they spent in
# March. (`intersection` keeps those who bought in both months, and the picture shows only them; `.cat.codes` turns A, B, C into 0, 1, 2, so that a larger number is a
# lower tier.)

# %% name="trap_list"
dropped = both[mar_tier[both].cat.codes > feb_tier[both].cat.codes]
two_months = pd.DataFrame({"2021-02": february, "2021-03": march}).loc[dropped]
rk.pretty(two_months.sort_values("2021-03", ascending=False))

# %% name="claim_trap_list" claims=true
assert len(dropped) == 9

# %% [markdown] lang="zh-TW"
# > **停下來想一想**　九封信都該寄嗎？看看名單前幾位，二月和三月各買了多少？是他們變了，還是別的東西變了？
#
# <details><summary>想好了再打開</summary>
#
# 九位裡有四位（C201、C272、C355、C329）三月買得**比二月還多**，卻從 A 掉到 B。變的是門檻：二月有 140 位客戶來買，前 20% 是 28 位，
# 買 6,405 元就是 A；三月只剩 60 位，前 20% 只有 12 位，要 13,690 元。把二月的門檻固定下來（題目下面那一格），三月真正掉級的只有 2 位。
# 格子裡的 `.astype(int)` 把 `True`、`False` 換成 1、0；低於 A 的門檻加 1，低於 B 的門檻再加 1，就是 0、1、2。
#
# 相對的門檻（前 20%）適合**分配資源**，因為時數固定；絕對的門檻（滿多少元）才適合**對客戶承諾**，因為他控制得了。
#
# </details>

# %% [markdown] lang="en"
# > **Stop and think.** Should all nine letters go out? Look at the first few: what did they spend in February and in March?
# > Did they change, or did something else?
#
# <details><summary>Decide first, then open this</summary>
#
# Four of the nine (C201, C272, C355, C329) bought **more** in March than in February, and fell from A to B. It was the cut that
# moved. In February 140 customers bought, the top 20% were 28, and NT$6,405 made an A; in March there were only 60, the top
# 20% were 12, and it took 13,690. Hold February’s cuts fixed, as the cell below the question does, and only 2 customers really moved down.
# (`.astype(int)` turns `True` and `False` into 1 and 0: below the cut of A adds 1, below that of B one more, which gives 0, 1, 2.)
#
# A relative cut (top 20%) suits the **sharing out** of resources, since the hours are fixed. An absolute cut (so many dollars)
# suits a **promise** to customers, since that is something they can control.
#
# </details>

# %% name="trap_mended"
cut_a = february[feb_tier == "abc3:a"].min()
cut_b = february[feb_tier == "abc3:b"].min()
same_cuts = (march[both] < cut_a).astype(int) + (march[both] < cut_b).astype(int)
really_down = (same_cuts > feb_tier[both].cat.codes).sum()
print(really_down)

# %% name="claim_trap_mended" claims=true
bought_more = two_months[two_months["2021-03"] > two_months["2021-02"]].index.tolist()
assert really_down == 2
assert sorted(bought_more) == ["C201", "C272", "C329", "C355"]
assert (mar_tier[bought_more] == "abc3:b").all()
assert (len(february), len(march), cut_a) == (140, 60, 6405)
assert (feb_tier == "abc3:a").sum() == 28
assert (mar_tier == "abc3:a").sum() == 12
assert march[mar_tier == "abc3:a"].min() == 13_690

# %% [markdown] lang="zh-TW"
# ## {section two_measures}　兩個指標：下一筆訂單在哪裡
#
# 等級往回看。星期一要打的電話，得往前看：這位客戶**一年的需求有多少向我們買**（錢包占有率），**接下來要買多少**？
# 年報裡有業務員估的 `yearly_need`（一年向所有人買多少）和 `forecast_amount`（下一季會向我們買多少）；`rk.wallet_strategy` 用這兩個指標分成四格。

# %% [markdown] lang="en"
# ## {section two_measures} Two measures: where is the next order?
#
# Tiers look back. Monday’s calls must look forward: **how much of what a customer needs does it buy from us** (the share of
# wallet), and **how much is it about to buy**? The report has the salespeople’s estimates: `yearly_need`, what it buys from
# everybody in a year, and `forecast_amount`, what it will buy from us next quarter. `rk.wallet_strategy` makes four boxes of the two measures.

# %% name="wallet"
share = customers["revenue"] / customers["yearly_need"]
large_next = customers["forecast_amount"] >= 10_000
develop = customers[(share < 0.5) & large_next]
box = rk.wallet_strategy(share, customers["forecast_amount"], cuts=(0.5, 10_000))
print(len(develop))

# %% name="claim_wallet" claims=true
forecast_share = develop["forecast_amount"].sum() / customers["forecast_amount"].sum()
assert f"{len(develop) / 320:.0%} {forecast_share:.0%}" == "12% 46%"
assert (develop.index == box.index[box == "wallet:develop"]).all()
assert box.value_counts(sort=False).tolist() == [16, 60, 38, 206]

# %% name="wallet_figure"
upcoming = customers["forecast_amount"].clip(lower=100).rename("forecast_amount")
boxes = box.cat.categories.tolist()
ax = rk.plot_quadrants(
    share.rename(rk.label("column.wallet_share")),
    upcoming,
    cuts=(0.5, 10_000),
    names=boxes,
    highlight="wallet:develop",
)
rk.show(ax)

# %% [markdown] lang="zh-TW"
# （`.rename` 給每一軸取名字，`names=` 是四格的代碼，`highlight=` 是要強調的那一格。縱軸是對數刻度，容不下 0，所以用 `.clip(lower=100)` 把不到 100 元的畫成 100 元，分格不受影響。）
#
# 印出的 38 就是左上角的 38 位：一半以上還在向別人買，下一季卻要向我們買一大筆。這 12% 的客戶占了下一季預測的 46%，是業務員最該出現的地方。
# 四格的做法：占有率高、買得多，**重點維繫**；高、少，**維繫或爭取**；低、多，**發展**；低、少，**爭取或放棄**。
# 門檻 50% 和 1 萬元可以換；兩個數字也都是**估的**。
#
# > **試一試　7.d**　「發展」的客戶裡，哪幾位**不在 A 級**，光看利潤就會錯過？把編號放進 `missed`。

# %% [markdown] lang="en"
# (`.rename` names each axis, `names=` holds the codes of the boxes, `highlight=` the one to stress. The vertical scale is logarithmic and has no room for 0, so `.clip(lower=100)` draws
# anything below NT$100 at 100; the boxes do not change.)
#
# The 38 printed above are top left: customers who buy more than half elsewhere and yet are about to order a lot from us: 12% of the customers, 46% of the
# forecast. That is where a salesperson should be seen. The four boxes: high share and large order, **keep**; high and small,
# **keep or win**; low and large, **develop**; low and small, **win or let go**. The cuts, 50% and NT$10,000, may be
# changed; and both numbers are **estimates**.
#
# > **Try it: 7.d.** Which customers in “develop” are **not in tier A**, so that profit alone would miss them? Put their
# > numbers into `missed`.

# %% name="try_d"
missed = ...
check("7.d", missed)

# %% [markdown] lang="zh-TW"
# ## {section boxes}　忠誠、規模、信用：三個一起看
#
# 講義還把**忠誠度**和另外兩樣放在一起：忠誠度 × 規模、忠誠度 × 信用，再把三樣合成一張。忠誠度取一年有幾個月來買，6 個月以上算高；規模取營收，平均以上算高；
# 信用取準時付款的發票占百分之幾，60% 以上算高。
#
# 算信用之前先講公道：遲付不一定是客戶的錯。**我方開錯的帳單不算他的**，這是第 1 章的規則，這裡照用。

# %% [markdown] lang="en"
# ## {section boxes} Loyalty, size and credit together
#
# The slides set **loyalty** beside two other things: loyalty × size, loyalty × credit, and then all three. Here loyalty is the number of months with a purchase, 6 or more being high; size is revenue, the mean or more;
# credit is the percentage of invoices paid on time, 60 or more.
#
# First, be fair: late payment is not always the customer’s fault. **An invoice that we got wrong does not count against them**; that is the rule of chapter 1, and it holds here as well.

# %% name="fair_credit"
payments = rk.load_table(rk.data_file("付款記錄.csv"))
due = payments[payments["due_date"] < TODAY]
in_time = due["paid_date"] <= due["due_date"]
ours = due["late_reason"] == "our_invoice_wrong"
disputed = due["late_reason"] == "goods_in_dispute"
strict = 100 * in_time.groupby(due["customer"]).mean()
fair = 100 * (in_time | ours).groupby(due["customer"]).mean()
fairest = 100 * (in_time | ours | disputed).groupby(due["customer"]).mean()
print((strict < 60).sum(), (fair < 60).sum(), (fairest < 60).sum())

# %% name="claim_fair_credit" claims=true
assert ((strict < 60).sum(), (fair < 60).sum(), (fairest < 60).sum()) == (61, 52, 32)
assert len(customers) - len(fair) == 7
assert (len(due[due["customer"] == "C203"]), fair["C203"]) == (8, 25)

# %% [markdown] lang="zh-TW"
# （`|` 是「或」；還沒付的發票 `paid_date` 是空白，比較的結果是 `False`。有 7 位還沒有到期的發票，先不評。）
#
# 準時率不到 60% 的有 61 位；不算我方開錯的帳單，剩 52 位；連**貨品有爭議**的也先不算，只剩 32 位。「信用差」的名單裡，有 20 位要等爭議查清楚才能下結論。
# 以下照第 1 章的規則，用 52 位那一個。`rk.three_way` 把規模、忠誠、信用合成三位數字：

# %% [markdown] lang="en"
# (`|` is “or”; an unpaid invoice has a blank `paid_date`, and comparing a blank gives `False`. Seven customers have no invoice due yet and are not graded.)
#
# 61 customers paid fewer than 60% of their invoices on time; without those that we got wrong, 52; and if **goods in dispute** are left out as well, only 32. Of 20 “bad payers” nothing can be said until the dispute is settled.
# What follows goes by chapter 1’s rule, with 52. `rk.three_way` puts size, loyalty and credit into three digits:

# %% name="three_way"
months_active = (history > 0).sum(axis="columns")
revenue, mean_revenue = customers["revenue"], customers["revenue"].mean()
who = fair.index
boxes = rk.three_way(revenue[who], months_active[who], fair, cuts=(mean_revenue, 6, 60))
each = revenue[who].groupby(boxes, observed=False)
rk.pretty(pd.DataFrame({"customers": each.size(), "revenue": each.sum()}))

# %% name="claim_three_way" claims=true
assert each.size().tolist() == [42, 10, 10, 4, 46, 12, 163, 26]
assert each.sum()[["slc:110", "slc:100"]].tolist() == [742_870, 280_235]
assert f"{each.sum()['slc:111'] / each.sum().sum():.0%}" == "58%"
credit = rk.loyalty_credit(months_active[who], fair, cuts=(6, 60))
assert credit.value_counts(sort=False).tolist() == [42 + 46, 10 + 163, 10 + 12, 4 + 26]
sizes = rk.loyalty_size(months_active, revenue, cuts=(6, mean_revenue))
assert sizes.value_counts(sort=False).tolist() == [52, 15, 58, 195]
ribs = sizes == "loyalty_size:low_potential"
assert (ribs & (tier == "abc3:a")).sum() == 7
assert (customers["opened"][ribs] >= "2020-04-01").sum() == 9

# %% [markdown] lang="zh-TW"
# 一列一種組合，三位數字依序是規模、忠誠、信用，1 是高。該看哪裡？
#
# - **111**：42 位，占營收 58%。什麼都好，資源優先給他們。
# - **110**：10 位大而忠誠的客戶常拖欠，營收 742,870 元：照常供貨，但設額度、縮短帳期。**100** 那 4 位不忠誠又拖欠，先收款再出貨。
# - **001**：163 位，準時付款，只是買得少、不常來。人最多，一位一位顧划不來，用促銷試探。
#
# 只看兩樣，就把第三位數字合起來：例如忠誠又信用好的有 42 + 46 = 88 位。忠誠度 × 規模的四格，講義留下四個名字：大而忠誠的**金牛**（52 位）、大而不忠誠的**加溫**（15 位）、
# 小而忠誠的**明日**（58 位）、兩樣都不是的**雞肋**（195 位）。「雞肋」裡有 7 位利潤是 A 級、9 位今年才開戶；名字一貼上去，人就很難再翻身，所以**不要印在客戶看得到的地方**。
#
# 先顧哪一格？講義說成熟的企業、成熟的產品先顧金牛；年輕的團隊卻該先開發雞肋，練默契也練服務。它的備註還和自己的圖互相矛盾：加溫客戶會走向明日，還是雞肋？**這場爭論留給你，用帳冊來判**（練習 7.12）。

# %% [markdown] lang="en"
# Each row is a combination; the digits are size, loyalty and credit, and 1 is high. Where to look?
#
# - **111**: 42 customers with 58% of revenue. All is well; they get resources first.
# - **110**: 10 large and loyal customers pay late, with revenue of NT$742,870: go on supplying, with a limit and shorter terms. The 4 of **100** are neither loyal nor good payers: payment before delivery.
# - **001**: 163 pay on time, buy little and come seldom. They are too many to look after one by one: try a promotion.
#
# For a grid of two, add up over the third digit: those who are loyal and pay well are 42 + 46 = 88. For loyalty × size the slides leave four names: **cash cow**, large and loyal (52 customers); **warm up**, large, not loyal (15);
# **tomorrow’s**, small and loyal (58); **chicken rib** (little to eat, a pity to throw away), neither (195). Among the chicken ribs 7 are tier A by profit and 9 opened their account this year. A name sticks, so **never print these where customers can see them**.
#
# Which box first? Mature firms with mature products should serve their cash cows first, say the slides; a young team should develop chicken ribs, to practise working together. And a note in the slides contradicts their own figure: do *warm up* customers turn into *tomorrow’s* or into *chicken rib*?
# **That dispute is yours to settle from the books** (exercise 7.12).

# %% [markdown] lang="zh-TW"
# ## {section cross_selling}　賣什麼：成長矩陣與交叉銷售
#
# 要多賣，有四條路，看產品和客戶各是新是舊，這張表叫**成長矩陣**：
#
# | | 舊客戶 | 新客戶 |
# |---|---|---|
# | **舊產品** | 升級銷售 | 市場滲透（別的書叫市場開發） |
# | **新產品** | **交叉銷售** | 市場拓展 |
#
# 旭東下半年的錢從哪條路來？這裡的新客戶是下半年才開戶的；新產品是**這位舊客戶**上半年沒買過的（旭東這一年沒有推出新品）。`rk.growth_direction` 照這兩件事判斷是哪一條路：

# %% [markdown] lang="en"
# ## {section cross_selling} What to sell: the growth matrix and cross-selling
#
# There are four ways to sell more, by whether product and customer are old or new. The table is called the **growth matrix**:
#
# | | old customer | new customer |
# |---|---|---|
# | **old product** | up-selling | market penetration (elsewhere: market development) |
# | **new product** | **cross-selling** | market extension |
#
# Which way did the money of Xudong’s second half-year come? A new customer here opened the account in that half; a new product is one that **this old customer** had not bought in the first (Xudong launched
# nothing this year). `rk.growth_direction` tells the four ways apart:

# %% name="growth"
pair = bought["customer"] + bought["product"]
in_second = bought["date"] >= autumn
second = bought[in_second]
new_customer = second["customer"].map(customers["opened"]) >= autumn
new_product = ~pair[in_second].isin(pair[~in_second]) & second["customer"].isin(early)
way = rk.growth_direction(new_product, new_customer)
money = second["amount"].groupby(way, observed=False).sum()
rk.pretty(money.rename("revenue").to_frame())

# %% name="claim_growth" claims=true
assert [f"{part:.0%}" for part in money / money.sum()] == ["4%", "78%", "0%", "18%"]

# %% [markdown] lang="zh-TW"
# （`+` 把兩段文字接起來，當作「這位客戶、這樣東西」；`map` 替每一列查出客戶的開戶日；`~` 是「不是」。）
#
# 升級銷售占 78%，交叉銷售 18%，滲透 4%，拓展是 0。要多賣，最近的路是第二條，**交叉銷售**：**同一級的客戶都一起買什麼？** 先用手算一組：A 級的訂單裡，碳粉匣和影印紙。
# （`nunique` 數有幾個不同的值；兩個 `set` 之間的 `&` 是「兩份都有」。）

# %% [markdown] lang="en"
# (`+` joins two texts, to stand for “this customer, this product”; `map` looks up the opening day for each row’s customer; `~` is “not”.)
#
# Up-selling makes 78%, cross-selling 18%, penetration 4%, extension nothing. The nearest way to sell more is the second, **cross-selling**: what do customers of one tier buy
# together? One pair by hand: toner (碳粉匣) and paper (影印紙) in the orders of tier A. (`nunique` counts the
# different values; `&` between two sets means “in both”.)

# %% name="lift_by_hand"
a_lines = bought[bought["customer"].isin(tier.index[tier == "abc3:a"])]
toner = set(a_lines.loc[a_lines["product"] == "碳粉匣", "order"])
paper = set(a_lines.loc[a_lines["product"] == "影印紙（包）", "order"])
orders = a_lines["order"].nunique()
with_toner = len(toner & paper) / len(toner)
anyhow = len(paper) / orders
lift = with_toner / anyhow
print(len(toner & paper), len(toner), len(paper), orders, round(lift, 2))

# %% name="claim_lift_by_hand" claims=true
assert (len(toner & paper), len(toner), len(paper), orders) == (80, 117, 435, 1300)

# %% [markdown] lang="zh-TW"
# 117 張有碳粉匣的訂單，80 張也有影印紙，占 68%；全部 1,300 張裡有影印紙的 435 張，占 33%。
# 80 ÷ 117 再除以 435 ÷ 1,300，得 2.04，叫做**提升度**：大於 1 就是比碰巧更常一起買。`rk.co_purchase_lift` 一次算完所有的組合：

# %% [markdown] lang="en"
# Of 117 orders with toner 80 also have paper, 68%; of all 1,300 orders 435 have paper, 33%. 80 ÷ 117 over 435 ÷ 1,300 is
# 2.04, the **lift**: above 1, two things are bought together more often than by
# chance. `rk.co_purchase_lift` does all pairs at once:

# %% name="lift"
pairs = rk.co_purchase_lift(clean, tier, "abc3:a", basket="order", min_baskets=20)
rk.pretty(pairs.head(4))

# %% name="claim_lift" claims=true
same = pairs[(pairs["product_a"] == "影印紙（包）") & (pairs["product_b"] == "碳粉匣")]
by_customer = rk.co_purchase_lift(clean, tier, "abc3:a", basket="customer")
assert math.isclose(same["lift"].iloc[0], lift)
assert round(lift, 2) == 2.04
assert (round(with_toner, 2), round(anyhow, 2)) == (0.68, 0.33)
assert (by_customer["lift"] < 1.25).mean() > 0.95

# %% [markdown] lang="zh-TW"
# 碎紙機配收納箱、碳粉匣配影印紙、白板筆配資料夾、護貝膜配標籤紙：下單前先問一句「紙還夠嗎？」，這就是在客戶開口之前想到他的需要。
# 最少 20 張訂單才列入；次數太少的高提升度只是巧合。為什麼用訂單而不用客戶當「一籃」？A 級客戶一年下來幾乎什麼都買過，
# 用客戶算，幾乎每一對的提升度都接近 1。

# %% [markdown] lang="en"
# Shredder (碎紙機) with storage box (收納箱), toner with paper, whiteboard markers (白板筆) with folders (資料夾), laminating film
# (護貝膜) with labels (標籤紙). “Have you enough paper?”, asked
# before the order is placed, is to think of a need before the customer does. Pairs with fewer than 20 orders are left out: a high lift
# on a handful of orders is chance. Why orders, and not customers, as baskets? Over a year A customers buy nearly everything, and by
# customer nearly every lift is close to 1.

# %% [markdown] lang="zh-TW"
# ## {section unprofitable}　誰吃掉了利潤？
#
# 一份資料說，利潤有一半是被不賺錢的 **50%** 客戶吃掉的；Sherden（Kotler 的教科書引用）說是後 **30%**。旭東呢？

# %% [markdown] lang="en"
# ## {section unprofitable} Who eats the profit?
#
# One of the sources says that half of the profit is eaten up by the unprofitable **50%** of customers; Sherden, as quoted by Kotler, says
# by the bottom **30%**. And at Xudong?

# %% name="eaten"
profit = customers["profit"].sort_values()
total = profit.sum()
losers = customers[customers["profit"] < 0].sort_values("profit")
print(total, profit.head(160).sum(), profit.head(96).sum())
print(len(losers), losers["profit"].sum())
rk.show(rk.plot_pareto(customers["profit"]))

# %% [markdown] lang="zh-TW"
# 曲線在 94% 的客戶處爬到 102%，最後 6% 又往下拉。印出來的第一行是總利潤 1,838,997 元、後 50%（160 位）和後 30%（96 位）的合計。
# 兩句名言在這裡都不成立：後 50% 合計還賺 40,121 元；後 30% 賠 17,382 元，只占利潤的 1%。真正賠錢的只有 18 位（第二行），共賠 36,887 元，占 2%，
# 其中三位就占了近八成。兩句名言說的是別人公司的數字，**自己的要自己算**。
#
# 同事看完說：「那簡單，把這 18 位放掉，利潤馬上多 36,887 元；C 級 160 位只賺 2%，也一起放。」
#
# > **停下來想一想**　他漏看了什麼？查四件事再決定。下一格印出三行：18 位的毛利和服務成本；C 級的毛利和服務成本；
# > C 級裡今年新來的、在成長的、兩者至少一樣的人數（`|` 是「或」）。

# %% [markdown] lang="en"
# The curve reaches 102% at 94% of customers, and the last 6% pull it down again. The first line printed gives
# total profit, NT$1,838,997, and the sums of the bottom 50% (160 customers) and bottom 30% (96). Neither saying holds here:
# the bottom 50% together still earn NT$40,121; the bottom 30% lose NT$17,382, which is only 1% of the profit. Just 18
# customers (second line) cost money, NT$36,887 in all, 2%, and three of them make up nearly four fifths of it. The sayings are other
# firms’ figures: **work out your own**.
#
# A colleague says: “Easy. Let those 18 go and profit is up by 36,887. And the 160 in C bring only 2%: let them go as well.”
#
# > **Stop and think.** What has he overlooked? Check four things before you decide. The next cell prints three lines: gross
# > profit and cost to serve of the 18; the same of tier C; and in tier C those new this year, those growing, and those who
# > are either (`|` is “or”).

# %% name="let_go"
in_c = tier == "abc3:c"
gross = customers["revenue"] - customers["cost_of_goods"]
newcomers = in_c & (customers["opened"] >= "2020-04-01")
rising = in_c & (phase == "lifecycle:grow")
print(gross[losers.index].sum(), losers["service_cost"].sum())
print(gross[in_c].sum(), customers.loc[in_c, "service_cost"].sum())
print(newcomers.sum(), rising.sum(), (newcomers | rising).sum())
rk.pretty(losers[["revenue", "service_cost", "profit", "yearly_need"]].head(4))

# %% [markdown] lang="zh-TW"
# <details><summary>想好了再打開</summary>
#
# 1. **服務成本會跟著消失嗎？** 18 位每一位的毛利都是正的，共 64,901 元，賠錢全因為 101,788 元的服務成本。業務員的薪水照付，客戶走了，
#    少掉的是毛利。這筆服務成本要真的省下 64% 以上，放手才划算。先重新定價，再降服務成本，最後才是放手。
# 2. **為什麼這麼貴？** C331 客訴三次、還退過貨。也許是我們沒做好，才一跑再跑。
# 3. **裡面有誰是新來的、正在長大的？** C 級有 7 位是今年才來的，24 位正在成長，合計 30 位（有一位兩樣都是）。新客戶誰不是從小做起？
# 4. **他們有多大？** C367 賠 830 元，但業務員估他一年要買 948,200 元的辦公用品，我們只拿到 5%。
#
# 有些公司還會刻意留著賠錢的客戶：帶來人潮，或帶動別的生意；也有公司為了形象，寧可少賺也要爭取高端客戶。至於整個 C 級，毛利 245,211 元，服務成本 205,090 元：
# 服務成本就算全部省掉，也會少賺 40,121 元。
#
# </details>

# %% [markdown] lang="en"
# <details><summary>Decide first, then open this</summary>
#
# 1. **Will the cost of serving them go away?** Every one of the 18 has a positive gross profit, NT$64,901 in all; they cost money
#    only because serving them takes 101,788. Salaries are paid anyway: when the customers go, it is the gross profit that is lost. At
#    least 64% of that cost must really disappear before letting go pays. First reprice, then serve more cheaply, and let go last.
# 2. **Why is serving them so expensive?** C331 complained three times and returned goods. Perhaps it takes so many visits because we got
#    things wrong.
# 3. **Who among them is new, or growing?** Tier C holds 7 customers who came this year and 24 who are growing, 30 together (one is
#    both). Which new customer did not start small?
# 4. **How big are they?** C367 loses NT$830, but is thought to need NT$948,200 of office supplies a year. We get 5% of it.
#
# Some firms keep such customers on purpose: they draw others in, or bring other business; and some win high-end customers at little profit, for the sake of their image. As for the whole of tier C, its
# gross profit is NT$245,211 and serving it costs 205,090: even if all that cost vanished, profit would fall by 40,121.
#
# </details>

# %% name="claim_facts_let_go" claims=true
contacts = rk.load_table(rk.data_file("聯絡記錄.csv"))
assert (total, profit.head(160).sum(), profit.head(96).sum()) == (1_838_997, 40_121, -17_382)
assert f"{-profit.head(96).sum() / total:.0%}" == "1%"
assert len(losers) == 18
assert losers["profit"].sum() == -36_887
assert f"{-losers['profit'].sum() / total:.0%}" == "2%"
assert 0.78 < losers["profit"].head(3).sum() / losers["profit"].sum() < 0.80
assert (gross[losers.index] > 0).all()
assert gross[losers.index].sum() == 64_901
assert losers["service_cost"].sum() == 101_788
assert 0.63 < 64_901 / 101_788 < 0.64
assert (newcomers.sum(), rising.sum(), (newcomers | rising).sum()) == (7, 24, 30)
assert (gross[in_c].sum(), customers.loc[in_c, "service_cost"].sum()) == (245_211, 205_090)
of_c331 = contacts[contacts["customer"] == "C331"]["kind"]
assert (of_c331 == "complaint").sum() == 3
assert ((clean["customer"] == "C331") & (clean["amount"] < 0)).any()
assert customers.loc["C367", ["profit", "yearly_need"]].tolist() == [-830, 948_200]
assert f"{share['C367']:.0%}" == "5%"

# %% [markdown] lang="zh-TW"
# ## {section limits}　不能做的事
#
# 對最大的客戶也不能一路讓到底，利潤要有底線；而那 18 位會賠錢，也可能是**我們的**錯。三條界線：
#
# 1. **不讓低等級的客戶難堪。** 這是分級的第一條原則。多給 A 的，不必從 C 手上拿走；等級的名字不要讓人覺得低人一等。檢驗的方法：這條規則，你敢當著客戶的面唸出來嗎？
# 2. **差別待遇要講得出道理，也要合法。**
#    - 台灣的**個人資料保護法**（個資法）：蒐集時要告知目的，只能在這個目的的必要範圍內使用（第 8、20 條）；當事人可以查詢、更正、要求停用或刪除（第 3 條）；
#      用個資**行銷**，對方拒絕就要立刻停止，而且**第一次行銷**就要免費提供拒絕的方法（第 20 條）。
#    - 中國的**《个人信息保护法》**（PIPL）第 24 條專管自動化決策：要透明、公平，不得在價格等交易條件上對個人做**不合理的差別待遇**；影響重大時，
#      當事人可以要求說明，也可以拒絕只由機器決定。它 2021 年 11 月才施行。
#    - 兩部法律保護的都是**個人**。旭東的客戶是公司和學校，但窗口是人：姓名、電話、誰愛抱怨，都是個資。法條會修，動手之前請查現行條文、問法務。
# 3. **分級會傷到誰？** 剛起步的小客戶、離得遠、沒幾家供應商可選的客戶、預算固定在八月的學校。他們不在 A，不代表可以慢慢來。

# %% [markdown] lang="en"
# ## {section limits} What we must not do
#
# Even with the largest, do not give way without end: keep a floor of profit. And the 18 may cost money because of **our** mistakes. Three lines not to cross:
#
# 1. **Never make a lower tier uncomfortable.** It is the first principle of tiering. What A gets extra need not be taken from C, and no tier’s name should sound second-rate. The test: would you read the rule out to the
#    customer’s face?
# 2. **Have a reason for every difference, and keep to the law.**
#    - Taiwan’s **Personal Data Protection Act** (個人資料保護法): say what data are collected for, and use them only as far as that purpose requires (articles 8 and 20); people may look at their data, correct them, have their use stopped or have them deleted
#      (article 3); **marketing** with personal data stops at once when somebody refuses, and the **first time** must offer a way to refuse, free of charge (article 20).
#    - China’s **Personal Information Protection Law** (《个人信息保护法》, PIPL), article 24, is about automated decisions: they must be transparent and fair, without **unreasonable differences** in price and other terms between individuals; where a decision weighs
#      heavily, a person may ask for an explanation and may refuse one made by machine alone. It has been in force only since November 2021.
#    - Both protect **individuals**. Xudong’s customers are firms and schools, but their contacts are people: a name, a number, a note on who complains are personal data. Laws are amended, so look up the present text and ask a lawyer before you act.
# 3. **Who can be hurt by tiering?** Small customers who have just begun; customers far away, with few other suppliers to turn to; schools whose budget comes in August. Not being an A does not mean that they can wait.

# %% [markdown] lang="zh-TW"
# ## {section tell_manager}　告訴經理
#
# > **星期一的工作單**
# >
# > 1. **時數**　「A 級一人顧一位」那條規則要 145 人，不適用。改為每月 A 2 小時、B 45 分鐘、C 12 分鐘，共 233 小時，三人做得到。
# > 2. **警訊**　三月每一級來的人都少了一半以上，普通客戶從平常 47.5 位剩 15 位，不是巧合。先查公司自己；只有一年的帳，還分不出季節。
# > 3. **先打的電話**　半年沒來的 68 位，抽籤打一半，留一半對照，打的那一半由利潤最高的打起；三個月內、六個月內都在退化的 30 位 A 級另外打。東區 19 位走了 10 位，查業務員。
# > 4. **先跑的地方**　38 位「發展」客戶，占下一季預測的 46%；其中 10 位不在 A 級，要另列名單。先問出 C071 和 C331 的決策者是誰。
# > 5. **順手多問一句**　訂碳粉匣的，問影印紙。點數只給穩定期，規則重訂。
# > 6. **不做的事**　不寄降級信（九位裡只有兩位真的掉級）；不放掉 C 級，也不急著放掉 18 位賠錢客戶：先查三位賠最多的，服務成本為什麼這麼高。
# >
# > 限制：只有一年的資料；需求與預測是業務員估的；階段、四格與時數的門檻由我們訂，換一組就會有人換格子。

# %% [markdown] lang="en"
# ## {section tell_manager} Tell the manager
#
# > **Worksheet for Monday**
# >
# > 1. **Hours.** The rule of one person for each A customer would take 145 people, and is not for us. Instead, each month: A 2 hours, B 45 minutes, C 12
# >    minutes, 233 hours in all, which three people can do.
# > 2. **An alarm.** In March every tier lost more than half of those who usually come; ordinary customers fell from 47.5 to 15, which is not chance. Look at the firm first; with one year of books we cannot tell the season.
# > 3. **First calls.** Of the 68 who have not bought for half a year, ring a half drawn by lot, the most profitable first, and keep the other half as a control group. Ring the 30 A customers in decline by both periods as well. The east
# >    lost 10 of 19: ask about the salesperson.
# > 4. **First visits.** The 38 customers in *develop*, 46% of next quarter’s forecast; 10 of them are not in A and need a list of their own. Find out who decides at C071 and at C331.
# > 5. **One more question.** Whoever orders toner: ask about paper. Points for stability only, by a new rule.
# > 6. **Not to do.** No demotion letters (of nine, only two really moved down). Do not let tier C go, nor, yet, the 18 loss-makers: find
# >    out why serving the three worst costs so much.
# >
# > Limits: one year of data; needs and forecasts are salespeople’s estimates; the cuts for phases, boxes and hours are ours, and other cuts would move some customers.

# %% name="claim_advice" claims=true
assert ((box == "wallet:develop") & (tier != "abc3:a")).sum() == 10
assert both_ways[gone_a.index].all()

# %% [markdown] lang="zh-TW"
# ## {section reference}　備查：自訂與爭議、降級的人回來了嗎、每季流失率、客訴、點數的別種讀法
#
# 這一節不算在閱讀時間裡，可以先看「這一章說了什麼」，用得到時再回來。
#
# > **教材自訂、遺失與有爭議的地方**（[勘誤表](../../docs/errata.zh-TW.md)有全文）
# >
# > - **自訂**：生命週期的判定規則、四格與三項的門檻、警戒線的兩個平方根、拜訪與電話的時數、四位客戶的計畫、C071 與 C331 的窗口名單、〈課本〉與講義沒有給的數字。
# > - **遺失**：忠誠度 × 規模、忠誠度 × 信用、三項合併的圖（只剩四個名字）；四種態度的第四型，「冷漠」沒有出處，由教材補上。
# > - **有爭議**：講義的備註質疑加溫客戶的去向；流失的原因與對策，講義沒有配對；點數「用不用掉」有別種讀法（見下）；利潤被 50% 還是 30% 的客戶吃掉，兩份資料不同。
#
# **降級的人回來了嗎？** 去年第三季到第四季掉級的人，今年第一季在哪一級？
# （`.apply` 對每一欄做同一件事；`rank` 用 0、1、2 代表 A、B、C，數字愈大等級愈低。看懂在比什麼就好。）

# %% [markdown] lang="en"
# ## {section reference} For reference: our own choices, who came back, churn by quarter, complaints, other readings of points
#
# Not part of the minutes: go on to “What this chapter said”, and come back when you need it.
#
# > **What is the kit’s own, lost or disputed** (in full in the [errata](../../docs/errata.en.md))
# >
# > - **Our own**: the rule for the phases of life, the cuts of boxes and grids, the two square roots of the alarm line, the hours of visits and calls, the plans for four customers, the contacts at C071 and C331, and any number that textbook and slides do not give.
# > - **Lost**: the figures of loyalty × size, loyalty × credit and all three (four names are left); the fourth attitude, for which “cold” is filled in without a source.
# > - **Disputed**: a note in the slides doubts where warm-up customers go; the slides do not pair causes of churn with countermeasures; whether points are used up can be read otherwise (below); whether 50% or 30% of customers eat the profit, two sources differ.
#
# **Did the demoted come back?** Take those who fell from the third quarter of 2020 to the fourth: where were they in the
# first quarter of 2021? (`.apply` does the same to every column; `rank` writes 0, 1, 2 for A, B, C, so a larger number is a
# lower tier. It is enough to see what is compared.)

# %% name="demoted_and_back"
spend_summer = history[["2020-07", "2020-08", "2020-09"]].sum(axis="columns")
summer_tier = rk.abc_tier(spend_summer[spend_summer > 0], cuts=(0.20, 0.50))
three = pd.DataFrame({"summer": summer_tier, "autumn": before, "winter": after})
rank = three.apply(lambda column: column.cat.codes.where(column.notna()))
fell = rank[rank["autumn"] > rank["summer"]]
back = (fell["winter"] <= fell["summer"]).sum()
print(len(fell), back)

# %% name="claim_demoted_and_back" claims=true
assert (len(fell), back) == (28, 8)

# %% [markdown] lang="zh-TW"
# 印出來的是 28 位降級，8 位下一季回到原來的等級或更高。
#
# **每季的流失率。** 定期追蹤用 `rk.churn_rate`。它比較相鄰的兩期：這一季買過的人，下一季還在不在。

# %% [markdown] lang="en"
# Printed: 28 fell, and 8 of them were back in their old tier or above a quarter later.
#
# **Churn by quarter.** To keep watch, use `rk.churn_rate`. It compares neighbouring periods: who bought in one quarter, and is still
# there in the next?

# %% name="churn_rate"
quarters = rk.churn_rate(clean, period="Q")
rk.pretty(quarters)

# %% name="claim_churn_rate" claims=true
quarter = bought["date"].dt.to_period("Q")
in_q3 = set(bought.loc[quarter == "2020Q3", "customer"])
in_q4 = set(bought.loc[quarter == "2020Q4", "customer"])
assert quarters["returned"].iloc[1] == len(in_q3 & in_q4) == 166
assert quarters["churn"].round(2).tolist() == [0.16, 0.35, 0.36]

# %% [markdown] lang="zh-TW"
# 第三季買過的 256 位，第四季回來 166 位，流失率 35%。可是上一季只有 16%，第 {section churn} 節的半年流失率是 23%。
# 同一家公司，換期間、換季節，數字就差一倍：有人只是「這一季剛好沒買」。所以流失率一定要連**期間**一起報。（走得多快，第 4 章用存活曲線看。）
#
# **走的人比較會抱怨嗎？** 只數「有沒有客訴過」，走的人反而少。可是他們一年平均只下 3.4 張訂單，留下的人 12.7 張，
# 沒有訂單就沒有可以客訴的事。除以訂單數再比：

# %% [markdown] lang="en"
# Of 256 who bought in the third quarter 166 came back in the fourth: 35% churn, against 16% a quarter earlier and 23% by half-years in section {section churn}. The same firm, and a figure twice as large in another season or by another
# period: some have merely not bought *this time*. So always report churn together with its **period**. (Chapter 4 shows with survival curves how fast they leave.)
#
# **Do those who leave complain more?** Count who ever complained, and those who left come out better. But they placed 3.4
# orders each in the year, those who stayed 12.7, and without an order there is little to complain of. Divide by the
# number of orders before comparing:

# %% name="complaints"
contacts = rk.load_table(rk.data_file("聯絡記錄.csv"))
complaints = contacts[contacts["kind"] == "complaint"]["customer"].value_counts()
complaints = complaints.reindex(first_half.index, fill_value=0)
ever = (complaints > 0).groupby(is_gone).mean()
per_100 = 100 * complaints.groupby(is_gone).sum() / first_half["order_count"].groupby(is_gone).sum()
print(ever.round(2).tolist(), per_100.round(1).tolist())

# %% name="claim_complaints" claims=true
assert ever.round(2).tolist() == [0.41, 0.21]
assert per_100.round(1).tolist() == [5.1, 7.3]
assert first_half["order_count"].groupby(is_gone).mean().round(1).tolist() == [12.7, 3.4]

# %% [markdown] lang="zh-TW"
# （`reindex` 把名單補齊，沒有客訴過的填 0；兩組數字都是先留下的、再走的。）曾經客訴的，留下的有 41%，走的只有 21%；換成每一百張訂單，走的有 7.3 次，
# 留下的 5.1 次。同一件事，**分母不同，結論相反**。（走的人總共只有 17 次客訴，這是線索，還不是原因。）
#
# **點數的別種讀法。** 如果點數可以留著換最貴的，換完就**用掉**（`used_up=True`），全部客戶是 6,216 份；如果**不會用掉**，每種一位一份（`used_up=False`），是 899 份。
# 講義「每積滿 500 點獎勵一次」最直接的讀法是 18,325 份。規則一個字沒寫清楚，代價差到二十倍。

# %% [markdown] lang="en"
# (`reindex` completes the list, with 0 for those who never complained; in both lists those who stayed come first, then those who left.) 41% of those who stayed had complained at
# least once, and only 21% of those who left; but per hundred orders it was 7.3 complaints from those who left and
# 5.1 from the others. The same facts with **another denominator say the opposite**.
# (Those who left made only 17 complaints in all: a lead, not yet a cause.)
#
# **Other readings of points.** If points may be saved for the dearest reward and are **used up** by it (`used_up=True`), all customers together get 6,216 rewards; if they are **not** used up and each kind is given once (`used_up=False`), 899. “A reward for every
# 500 points saved up”, read as it stands, gives 18,325. One word missing from a rule can cost twenty times as much.

# %% name="claim_readings" claims=true
assert complaints[is_gone].sum() == 17
assert 20 < given.sum() / kept[rewards].sum().sum() < 21

# %% [markdown] lang="zh-TW"
# ## 這一章說了什麼
#
# - 人手（staffing）：1：1、1：2、1：3–5 要 145 人；改談時數（hours），再談先後。重要（key）看利潤，大（large）看採購量；普通（ordinary）看整群，小（small）先挑選。
# - 購買決策單位（buying unit）有六種角色，先找出決策者。人數少了幾位才算警訊：平常減兩個平方根（alarm line）。
# - 生命週期（life cycle）：考察、形成、穩定、退化，各有該做的事；流失率（churn）要附期間、要分群；挽回要有對照組（control group）。
# - 點數（points）每積滿 500 點一份，用在穩定期；給之前先算全部要多少。
# - 等級變動（migration）：先問是客戶變了還是門檻（cut）變了；降級（demotion）比升級（promotion）更有感，升得快、降得慢。
# - 四格（quadrants）往前看：錢包占有率（share of wallet）× 即將購買量；提升度（lift）告訴你該多問哪一句。
# - 放手（let go）之前查服務成本（cost to serve）、原因、新客戶與潛力；不讓低等級的客戶難堪，差別待遇要講得出道理，也要合法。

# %% [markdown] lang="en"
# ## What this chapter said
#
# - Staffing (人手): 1 to 1, 1 to 2 and 1 to 3–5 would take 145 people; talk about hours (時數) instead. Key (重要) is by profit, large (大) by purchases; ordinary (普通) customers are watched as a group, small (小) ones selected.
# - The buying unit (購買決策單位) has six parts; find the decider first. How many fewer is an alarm: two square roots below the usual (警戒線).
# - Life cycle (生命週期): exploration, formation, stability, decline, each with its own work. Churn (流失率) needs its period and its groups; winning back needs a control group (對照組).
# - Points (點數): a reward for every 500, in stability; work out the whole sum before you promise.
# - Migration (等級變動): first ask whether the customer moved or the cut (門檻). A demotion (降級) is felt more than a promotion (升級): up fast, down slowly.
# - Quadrants (四格) look forward: share of wallet (錢包占有率) × upcoming purchase. Lift (提升度) tells which question to ask.
# - Before letting go (放手), look at the cost to serve (服務成本), its cause, newcomers and potential. No lower tier should be made uncomfortable, and every difference needs a reason and must keep to the law.

# %% [markdown] lang="zh-TW"
# ## 離開前三題
#
# 1. 上一季的流失率是 36%，去年同一家公司報的是 20%。還不能說惡化，為什麼？
# 2. 客戶問：「我這一季買得比上一季多，怎麼從 A 變成 B？」發生了什麼事？該怎麼補救？
# 3. 某位客戶去年賠 1,500 元。建議放手之前，你要先查哪三件事？
#
# <details><summary>看答案</summary>
#
# 1. 先問期間：20% 可能是半年或整年的算法；期間不同不能比。再問季節：學校寒暑假前後才買。
# 2. 門檻是「前 20%」，別人買得更多，或來買的人變少，門檻就高了。對客戶的承諾改用固定金額，並給緩衝期。
# 3. 毛利是不是正的、服務成本會不會真的消失；服務為什麼貴，是不是我們的錯；他是不是新客戶，一年的需求有多大。
#
# </details>

# %% [markdown] lang="en"
# ## Three questions before you go
#
# 1. Churn was 36% last quarter; a year ago the same firm reported 20%. Why can you not say yet that things got worse?
# 2. A customer asks: “I bought more than last quarter. Why am I B now and no longer A?” What happened, and how would you put it right?
# 3. A customer cost you NT$1,500 last year. Which three things do you check before you advise letting go?
#
# <details><summary>Answers</summary>
#
# 1. Ask for the period: the 20% may be by half-years or years, and different periods do not compare. Then ask about the season: schools
#    buy around their terms.
# 2. The cut is “top 20%”: others bought even more, or fewer people bought, and the cut rose. Promise by a fixed amount, with a period of grace.
# 3. Whether the gross profit is positive and the cost of serving would really go away; why serving costs so much, and whether that is
#    our fault; whether the customer is new, and how much it needs in a year.
#
# </details>

# %% [markdown] lang="zh-TW"
# ## 接下來
#
# 換你了：[第 7 章練習](../../exercises/zh-TW/07_management.ipynb)用另一家分公司的帳冊。
#
# 經理收下工作單，又翻出四份名單：ABC、價值金字塔、CLV-CS、RFM，每一份的第一名都不一樣。「到底該用哪一份？」
# [第 8 章](08_choosing.ipynb)把四種方法擺在一起。

# %% [markdown] lang="en"
# ## Next
#
# Your turn: the [exercise of chapter 7](../../exercises/en/07_management.ipynb) has the books of another branch.
#
# The manager takes the worksheet, and then spreads out four lists: ABC, the value pyramid, CLV-CS, RFM. They do not agree. “Which one
# do we use?” [Chapter 8](08_choosing.ipynb) puts the four methods side by side.
