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
# > 1. 算出一套服務規則要多少人手，人不夠時提出做得到的版本
# > 2. 從一年的帳冊看出客戶在哪個階段、誰已經走了，並比較各群的流失率
# > 3. 做出等級變動表，分得清是客戶變了，還是門檻變了
# > 4. 用兩把尺把客戶放進四格，再找出同一級客戶常一起買的東西
# > 5. 要「放手」一群客戶之前，說得出該查什麼、會傷到誰
# >
# > 閱讀與試做 45 分鐘（第 {section reference} 節備查，不算在內），[練習](../../exercises/zh-TW/07_management.ipynb)另計。
# > 先做過[從這裡開始](00_start.ipynb)和[第 1 章](01_concepts.ipynb)就夠了。
# > 資料：旭東一整年的帳冊，[欄位說明](../../data/README.md)。

# %% [markdown] lang="en"
# # Chapter 7: Monday morning
#
# [中文版](../zh-TW/07_management.ipynb)
#
# > **After this chapter you can**
# > 1. work out how many people a service rule needs, and propose one that fits when there are too few
# > 2. tell from a year’s ledger what phase customers are in and who has left, and compare churn by group
# > 3. make a table of moves between tiers, and tell a customer who moved from a cut that moved
# > 4. place customers in four boxes by two measures, and find what a tier buys together
# > 5. say what to check, and who might be harmed, before a group of customers is let go
# >
# > 45 minutes to read and try, without section {section reference}, which is for reference; the
# > [exercise](../../exercises/en/07_management.ipynb) comes on top.
# > [Start here](00_start.ipynb) and [chapter 1](01_concepts.ipynb) are all you need.
# > Data: a year of Xudong’s books, [what the columns mean](../../data/README.md).

# %% [markdown] lang="zh-TW"
# ## 經理的問題
#
# 前幾章把旭東的 320 位客戶分了級。經理看完名單，放下筆：
#
# > 好，級分完了。那星期一早上，我的三個業務員**做什麼**？還有，什麼事**不能做**？
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

TODAY = pd.Timestamp("2021-04-01")
customers = rk.load_table(rk.data_file("客戶年報.csv"), index="customer")
ledger = rk.load_transactions(rk.data_file("年度交易.csv"))
clean, left_out = rk.clean_transactions(ledger, today=TODAY)

# %% [markdown] lang="zh-TW"
# 上面打開了兩本帳：`customers` 是客戶年報，一列一位客戶；`clean` 是年度交易，一列一個品項，退貨是負數。
#
# 這一章的等級用最簡單的一種：依全年**利潤**排名，前 20% 是 A，接著 30% 是 B，其餘是 C（第 2 章的 ABC）。

# %% [markdown] lang="en"
# Two books are open now: `customers` (客戶年報, the customer report, one row per customer) and `clean`
# (年度交易, the year’s transactions, one row per order line, returns negative).
#
# The tiers of this chapter are the simplest: by the year’s **profit**, the top 20% are A, the next 30%
# B, the rest C (the ABC of chapter 2).

# %% name="tiers"
tier = rk.abc_tier(customers["profit"], cuts=(0.20, 0.50))
counts = tier.value_counts(sort=False)
print(counts)

# %% name="claim_tiers" claims=true
assert left_out.empty
assert counts.tolist() == [65, 95, 160]

# %% [markdown] lang="zh-TW"
# > **怎麼讀這段程式**　`表["欄"]` 取一欄；`value_counts(sort=False)` 數每一級有幾位，照等級的順序列出。
# > `cuts=(0.20, 0.50)` 是切的地方：前 20% 為止、前 50% 為止。`pd.Timestamp("…")` 是一個日期。
# > `abc3:a` 是代碼，意思是「ABC 三類裡的 A」。`assert` 開頭的行是教材的自我檢查，不必照抄。
#
# A 有 65 位而不是 64 位，因為第 64 名和第 65 名利潤相同，沒有理由只收一位。

# %% [markdown] lang="en"
# > **Reading the code.** `table["column"]` picks a column; `value_counts(sort=False)` counts the customers of
# > each tier, in the order of the tiers. `cuts=(0.20, 0.50)` says where to cut: after the first 20% and after the
# > first 50%. `pd.Timestamp("…")` is a date. `abc3:a` is a code: A of the scheme with three classes. Lines that
# > begin with `assert` are the kit checking itself; you need not copy them.
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
print(my_guess, needed)
rk.pretty(plan)

# %% name="claim_staff_by_hand" claims=true
assert needed == plan["staff_least"].sum() == 145
assert plan["staff_most"].sum() == 167

# %% [markdown] lang="zh-TW"
# 印出來的是你的猜測和答案：至少 65 + 48 + 32 = 145 人，旭東只有 3 個。`rk.staffing` 算的一樣，還列出 C 級只顧三位時要的人數，合計 167。
#
# 這條規則沒有錯，只是它想的是**幾張大訂單就能養一個業務員**的公司。旭東一位 C 級客戶一年的利潤平均 251 元，
# 請不起五分之一個人。所以別問「幾個人」，改問「**幾個小時**」：三個人每週共 60 小時，一個月算四週，就是 240 小時，一人 80 小時。
#
# > **怎麼讀這段程式**　`==` 逐位問「等於嗎」，答案是 `True` 或 `False`；`.loc[條件, "欄"]` 取條件成立的列的那一欄；`.mean()` 取平均數；
# > `{…}` 是一份對照表。

# %% [markdown] lang="en"
# The line printed is your guess and the answer: at least 65 + 48 + 32 = 145 people, and Xudong has 3. `rk.staffing` agrees, and also gives the number when each person looks
# after only three Cs: 167 in all.
#
# The rule is not wrong. It was made for firms where **a few large orders pay for a salesperson**. At Xudong
# a C customer brings NT$251 of profit a year on average, which does not pay for a fifth of anybody. So do not
# ask “how many people” but “how many **hours**”: three people, 60 hours a week between
# them, and four weeks to a month make 240 hours, 80 for each.
#
# > **Reading the code.** `==` asks of every customer “equal?” and answers `True` or `False`; `.loc[condition, "column"]`
# > takes that column of the rows for which it is true; `.mean()` is the mean; `{…}` is a lookup table.

# %% name="negotiate"
mean_profit_c = customers.loc[tier == "abc3:c", "profit"].mean()
offer = {"abc3:a": 2, "abc3:b": 0.75, "abc3:c": 0.2}
fit = rk.staffing_fit(plan, staff=3, hours_per_customer=offer, hours_per_person=80)
print(fit["hours"], fit["hours_needed"])

# %% name="claim_negotiate" claims=true
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
# The two numbers are the 240 hours there are and the hours this table needs: 2 a month for each A, 45 minutes (0.75)
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
# ## {section hours}　這些時間拿來做什麼
#
# 課本給四種客戶各一套做法。注意「重要」和「大」不是同一件事：**重要**看利潤，**大**看採購量。
#
# | | 誰 | 做什麼 |
# |---|---|---|
# | **重要客戶** | A 級 | 資源集中給他們；有計畫地拜訪，常問意見，訴求馬上處理；設專責單位，資訊集中、服務集中、動態管理 |
# | **普通客戶** | B 級 | 有潛力的往上帶，沒潛力的把服務成本降下來 |
# | **大客戶** | 採購量大、長期而固定，品項多、要求高，由好幾個人一起決定 | 參與他們的採購決策，結成夥伴，做好售後，管好交易流程 |
# | **小客戶** | C 級 | 先挑選：值得的培養，普通的省成本、積少成多，真的沒有價值的才放手 |
#
# 旭東的大客戶都是重要客戶嗎？依營收再分一次級，和利潤的等級交叉來看。
# `pd.crosstab` 數每一種組合有幾位，列是營收的等級，欄是利潤的等級。

# %% [markdown] lang="en"
# ## {section hours} What the hours are for
#
# The textbook has a way of working for each of four kinds of customer. Mind that *key* and *large* differ:
# a **key** customer is one by profit, a **large** one by how much it buys.
#
# | | who | what to do |
# |---|---|---|
# | **Key** | A | concentrate resources; plan the visits, ask for opinions, settle requests at once; a dedicated unit that gathers information, serves from one place and keeps the list up to date |
# | **Ordinary** | B | bring on those with potential; make the others cheaper to serve |
# | **Large** | buys much, long and regularly, many products, high demands, several people decide | take part in their buying decision, be a partner, good after-sales service, keep the process under control |
# | **Small** | C | select: grow the promising, serve the rest cheaply so that small sums add up, let go only those without any value |
#
# Are Xudong’s large customers its key customers? Tier them again by revenue and cross the two.
# `pd.crosstab` counts every combination: rows by revenue, columns by profit.

# %% name="large_or_key"
by_revenue = rk.abc_tier(customers["revenue"], cuts=(0.20, 0.50))
cross = pd.crosstab(by_revenue, tier, rownames=["revenue"], colnames=["profit"])
large_not_key = customers[(by_revenue == "abc3:a") & (tier != "abc3:a")].sort_values("profit")
print(cross)
rk.pretty(large_not_key[["revenue", "cost_of_goods", "service_cost", "profit"]].head(4))

# %% name="claim_large_or_key" claims=true
assert cross.loc["abc3:a"].tolist() == [54, 7, 3]
assert len(large_not_key) == 10

# %% [markdown] lang="zh-TW"
# > **怎麼讀這段程式**　`!=` 問「不等於嗎」，`&` 是「而且」，每個條件各包一層括號；`customers[條件]` 只留下條件成立的客戶；
# > `.sort_values("欄")` 由小到大排；`[[…]]` 取好幾欄；`.head(4)` 取前四列。
#
# 看表的第一列：營收 A 級的大客戶有 54 + 7 + 3 = 64 位，10 位的利潤不是 A，其中 3 位根本在 C。利潤最低的 C331 一年買 42,600 元，進貨成本 24,267 元，
# 光是服務就花掉 34,514 元，賠 16,181 元。大客戶值得參與決策、常去拜訪，但先看看**去一趟要多少錢**。

# %% [markdown] lang="en"
# > **Reading the code.** `!=` asks “different?”, `&` is “and” (each condition in its own brackets);
# > `customers[condition]` keeps the customers for whom it is true; `.sort_values("column")` sorts from small to large;
# > `[[…]]` picks several columns; `.head(4)` takes the first four rows.
#
# Read the first row: 54 + 7 + 3 = 64 customers are large, and 10 of them are not in A by profit; 3 are in C. The one with
# the lowest profit, C331, buys for NT$42,600 a year;
# the goods cost 24,267, and serving it costs 34,514: a loss of NT$16,181. Large customers deserve partnership
# and visits, but look first at **what a visit costs**.

# %% name="facts_large" claims=true
# The kit checking itself.
row = customers.loc["C331"]
assert large_not_key.index[0] == "C331"
assert tier["C331"] == "abc3:c"
assert (row["revenue"], row["cost_of_goods"]) == (42_600, 24_267)
assert (row["service_cost"], row["profit"]) == (34_514, -16_181)

# %% [markdown] lang="zh-TW"
# ## {section life_cycle}　生命週期：這位客戶走到哪裡了
#
# 等級只看一年加起來多少。同樣是 A，有人愈買愈多，有人快走了。把每位客戶的消費按月攤開來看：

# %% [markdown] lang="en"
# ## {section life_cycle} The life cycle: where is this customer now?
#
# A tier sees only the sum of a year. Two customers may both be A while one is growing and the other about to
# leave. Spread each customer’s spend over the months:

# %% name="months"
month = clean["date"].dt.to_period("M")
by_hand = clean.groupby(["customer", month])["amount"].sum().unstack(fill_value=0)
history = rk.monthly_spend(clean)
history.loc[["C219", "C345"]].T

# %% name="claim_months" claims=true
assert (by_hand.to_numpy() == history.to_numpy()).all()
assert history.shape == (320, 12)

# %% [markdown] lang="zh-TW"
# > **怎麼讀這段程式**　`.dt.to_period("M")` 把日期變成月份；`groupby([…])[…].sum()` 把同一位客戶、同一個月的列放在一起加總；
# > `unstack` 把月份攤成欄，沒買的月份補 0；`.loc[[…]]` 挑出列，`.T` 把列和欄對調。
#
# 先猜：這兩位，誰在成長，誰在退化？拿最近三個月和之前三個月比：

# %% [markdown] lang="en"
# > **Reading the code.** `.dt.to_period("M")` turns dates into months; `groupby([…])[…].sum()` puts the rows of one
# > customer and one month together and adds them up; `unstack` spreads the months over columns, with 0 where
# > nothing was bought; `.loc[[…]]` picks rows, and `.T` swaps rows and columns.
#
# Which of these two is growing, which declining? Compare the last three months with the three before:

# %% name="two_windows"
for name in ["C219", "C345"]:
    months_of_one = history.loc[name]
    print(name, months_of_one.iloc[-6:-3].sum(), months_of_one.iloc[-3:].sum())

# %% [markdown] lang="zh-TW"
# （`for … in …` 對清單裡的每一項做同一件事；`.iloc[-3:]` 取最後三個，`.iloc[-6:-3]` 取再往前三個。）
#
# 每列是客戶編號、前三個月、最近三個月：C219 從 22,475 元掉到 6,835 元；C345 從 2,650 元升到 4,715 元。關係行銷常把一段關係分成四期，各有一種利潤的樣子：
# **考察**（小）、**形成**（上升）、**穩定**（高而平）、**退化**（下降）。
#
# 怎麼判定沒有一本書寫明，`rk.lifecycle_phase` 的規則是教材自訂的：三個月內才第一次買的是考察；比前三個月少 20% 以上，
# 或不到自己最好三個月的一半，是退化；多 20% 以上是形成；其餘是穩定。

# %% [markdown] lang="en"
# (`for … in …` does the same for every item of a list; `.iloc[-3:]` takes the last three, `.iloc[-6:-3]` the three
# before them.)
#
# Each line gives the customer, the three months before and the last three: C219 fell from NT$22,475 to 6,835; C345 rose from 2,650 to 4,715. The usual theory has four phases, each with
# its kind of profit: **exploration** (small), **formation** (rising), **stability** (high and level), **decline**
# (falling).
#
# No source gives a rule, so `rk.lifecycle_phase` has the kit’s own: first purchase within three months is
# exploration; 20% or more below the three months before, or half of one’s best three months or less, is
# decline; 20% or more above is formation; anything else is stability.

# %% name="lifecycle"
phase = rk.lifecycle_phase(history)
rk.show(rk.plot_lifecycle(customers["profit"], phase))

# %% name="claim_lifecycle" claims=true
assert (phase["C219"], phase["C345"]) == ("lifecycle:decline", "lifecycle:grow")
assert phase.value_counts(sort=False).tolist() == [16, 68, 17, 219]

# %% [markdown] lang="zh-TW"
# 一位穩定期客戶平均帶來 12,511 元，是考察期（1,769 元）的七倍，平均來說流失一位損失最大。（考察期的人最多才來三個月，
# 七倍裡有一部分只是時間；穩定期也只有 17 位，中間的曲線是畫來引導視線的。）
#
# > **停下來想一想**　320 位裡有 219 位「退化」。旭東要倒了嗎？
#
# 兩種查法。第一，用**另一份證據**：利潤真的少了嗎？第二，**換一把尺**：把三個月改成六個月，人數還一樣嗎？

# %% [markdown] lang="en"
# A customer in stability brings NT$12,511 on average, seven times one in exploration (NT$1,769), so on average losing one
# costs most. (Those in exploration have been here for three months at most, and part of the seven times is just time; nor are
# there more than 17 in stability. The curve between the points only guides the eye.)
#
# > **Stop and think.** 219 of 320 customers are “in decline”. Is Xudong going under?
#
# There are two ways to check. **Other evidence**: did their profit really fall? And **another yardstick**:
# with six months for three, are there as many?

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
# （`dropna` 拿掉去年還不是客戶的人；`observed=True` 是「沒有人的那一級不列」；`window=6` 是一次看六個月。）
#
# 退化期那群人的利潤從 1,661,272 元降到 1,143,711 元，少了三成左右，不是嚇人而已；但改用六個月只剩 195 位，兩把尺都說退化的是 **170 位**。
# 219 − 170 = 49 位，換一把尺就換一個答案。先打電話給 170 位裡的 30 位 A 級，不要一次寫 219 封挽回信。

# %% [markdown] lang="en"
# (`dropna` leaves out those who were not customers a year ago; `observed=True` lists no empty tiers; `window=6` looks at
# six months at a time.)
#
# Profit from those in decline fell from NT$1,661,272 to 1,143,711, by about three tenths, so the alarm is real. But with six months only
# 195 are in decline, and both yardsticks agree on **170**. For the other 219 − 170 = 49, the answer
# changes with the yardstick. Ring the 30 A customers among the 170 first, rather than write 219 win-back letters.

# %% name="facts_decline" claims=true
# The kit checking itself.
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
bought = clean[clean["amount"] > 0]
autumn = pd.Timestamp("2020-10-01")
early = set(bought.loc[bought["date"] < autumn, "customer"])
late = set(bought.loc[bought["date"] >= autumn, "customer"])
gone = customers[customers.index.isin(early - late)]
print(len(early), len(gone), len(gone) / len(early))

# %% name="claim_gone" claims=true
assert (len(early), len(late), len(gone)) == (291, 252, 68)

# %% [markdown] lang="zh-TW"
# （`set` 是不重複的名單，兩份名單相減，就是「前一份有、後一份沒有」；`isin` 逐位問「在不在名單裡」。）
#
# 印出來的依序是上半年買過的人數、走掉的人數、兩者相除：291 位裡走了 68 位，半年流失率 23%。一個數字還派不上用場，**分群**來看才知道該去問誰。
# （`pd.Series(值, index=…)` 把值和客戶編號配成一欄；`~` 是「不是」；
# `True` 當 1、`False` 當 0，平均起來就是比例；`.round(2)` 取兩位小數。）

# %% [markdown] lang="en"
# (A `set` is a list without repeats; one minus the other leaves those in the first and not in the second.
# `isin` asks of every customer “on the list?”.)
#
# Printed are those who bought in the first half, those who have gone, and the one over the other: of 291 customers 68
# have gone, 23% in half a year. One number is not much use. **By group** it tells you
# whom to ask. (`pd.Series(values, index=…)` makes a column of values and customer numbers; `~` is “not”;
# with `True` as 1 and `False` as 0, the mean is a share; `.round(2)` keeps two decimals.)

# %% name="churn_by_group"
first_half = customers[customers.index.isin(early)]
is_gone = pd.Series(~first_half.index.isin(late), index=first_half.index)
by_tier = is_gone.groupby(tier, observed=True).mean()
by_region = is_gone.groupby(first_half["region"]).mean()
print(by_tier.round(2), by_region.round(2), sep="\n")

# %% name="churn_figure"
# For the picture only: names for people, and the worst region on top.
fate = is_gone.map({True: rk.label("column.lost"), False: rk.label("column.stayed")})
region = rk.localize(first_half)[rk.label("column.region")]
worst_first = is_gone.groupby(region).mean().sort_values(ascending=False).index.tolist()
region = region.astype(pd.CategoricalDtype(worst_first, ordered=True))
rk.show(rk.plot_composition(fate, region))

# %% [markdown] lang="zh-TW"
# 東區走了一半以上（19 位走了 10 位），別區不到四分之一。19 位不多，也許只是巧合；但這一條線索只要一通電話就能查：
# 東區最近換了業務員嗎？
#
# 分等級看，C 走了 33%，A 走了 9%。人數雖少，錢卻最多：走掉的 6 位 A，一年的利潤合計 52,004 元；44 位 C 合計才 15,206 元。
#
# （圖上的「不變」是下半年還來買的人。）

# %% [markdown] lang="en"
# The east lost more than half (10 of 19), every other region less than a quarter. Nineteen is a small number,
# and it may be chance; but this lead takes one telephone call: has the salesperson in the east changed?
#
# By tier, 33% of C has gone and 9% of A. The 9% costs most: the six A customers who left had brought NT$52,004
# of profit between them in the year, the 44 from C only 15,206.

# %% name="facts_churn"
march = set(bought.loc[bought["date"] >= "2021-03-01", "customer"])

# %% name="claim_facts_churn" claims=true
# The kit checking itself.
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
# 打電話之前，先想好要問什麼。講義列了六個流失的原因，有幾個帳冊看得出來：
#
# | 原因 | 帳冊裡看哪裡 | 對策 |
# |---|---|---|
# | 品質不穩定 | 退貨、貨品有爭議的發票 | 全面品質管理 |
# | 缺乏創新 | 買的品項愈來愈少 | 分清原因：能改的先改，改不了的觀察 |
# | 服務不用心 | 客訴 | 多溝通 |
# | 員工離職帶走客戶 | 同一個業務員的客戶一起走 | 分群看流失率 |
# | 對手開出新條件 | 看不到，只能問 | 算算留住他要花多少 |
# | 自己短視、政策反覆 | 看不到，要照鏡子 | 多溝通 |
#
# 客訴呢？只數「有沒有客訴過」，走的人反而少。可是他們一年平均只下 3.4 張訂單，留下的人 12.7 張，
# 沒有訂單就沒有可以客訴的事。除以訂單數再比：

# %% [markdown] lang="en"
# Before you ring, think what to ask. One of the sources lists six reasons for churn; some of them leave traces in
# the books:
#
# | reason | where to look | countermeasure |
# |---|---|---|
# | unstable quality | returns, invoices in dispute | quality management throughout |
# | no innovation | fewer products bought | tell causes apart: change what you can, watch the rest |
# | weak service | complaints | communicate more |
# | staff leave and take customers along | one salesperson’s customers go together | watch churn group by group |
# | a competitor’s offer | not in the books: ask | work out what keeping them would cost |
# | short-sighted, changing policy | not in the books: look in the mirror | communicate more |
#
# And complaints? Count who ever complained, and those who left come out better. But they placed 3.4
# orders each in the year, those who stayed 12.7, and without an order there is little to complain of. Divide by the
# number of orders before comparing:

# %% name="complaints"
contacts = rk.load_table(rk.data_file("聯絡記錄.csv"))
complaints = contacts[contacts["kind"] == "complaint"]["customer"].value_counts()
complaints = complaints.reindex(first_half.index, fill_value=0)
ever = (complaints > 0).groupby(is_gone).mean()
per_100 = 100 * complaints.groupby(is_gone).sum() / first_half["order_count"].groupby(is_gone).sum()
print(ever.round(2), per_100.round(1), sep="\n")

# %% name="claim_complaints" claims=true
assert ever.round(2).tolist() == [0.41, 0.21]
assert per_100.round(1).tolist() == [5.1, 7.3]
assert first_half["order_count"].groupby(is_gone).mean().round(1).tolist() == [12.7, 3.4]

# %% [markdown] lang="zh-TW"
# （`reindex` 把名單補齊，沒有客訴過的填 0。`False` 是留下的，`True` 是走的。）曾經客訴的，留下的有 41%，走的只有 21%；換成每一百張訂單，走的有 7.3 次，
# 留下的 5.1 次。同一件事，**分母不同，結論相反**。
# （走的人總共只有 17 次客訴，這是線索，還不是原因。）
#
# 定期追蹤用 `rk.churn_rate`。它比較相鄰的兩期：這一季買過的人，下一季還在不在。

# %% [markdown] lang="en"
# (`reindex` completes the list, with 0 for those who never complained. `False` are those who stayed, `True`
# those who left.) 41% of those who stayed had complained at
# least once, and only 21% of those who left; but per hundred orders it was 7.3 complaints from those who left and
# 5.1 from the others. The same facts with **another denominator say the opposite**.
# (Those who left made only 17 complaints in all: a lead, not yet a cause.)
#
# To keep watch, use `rk.churn_rate`. It compares neighbouring periods: who bought in one quarter, and is still
# there in the next?

# %% name="churn_rate"
quarters = rk.churn_rate(clean, period="Q")
quarter = bought["date"].dt.to_period("Q")
in_q3 = set(bought.loc[quarter == "2020Q3", "customer"])
in_q4 = set(bought.loc[quarter == "2020Q4", "customer"])
rk.pretty(quarters)

# %% name="claim_churn_rate" claims=true
assert quarters["returned"].iloc[1] == len(in_q3 & in_q4) == 166
assert quarters["churn"].round(2).tolist() == [0.16, 0.35, 0.36]

# %% [markdown] lang="zh-TW"
# （兩個 `set` 之間的 `&` 是「兩份名單都有」。）第三季買過的 256 位，第四季回來 166 位，流失率 35%。可是上一季只有 16%，剛才的半年流失率是 23%。
# 同一家公司，換期間、換季節，數字就差一倍：有人只是「這一季剛好沒買」。所以流失率一定要連**期間**一起報。

# %% [markdown] lang="en"
# (Between two sets, `&` means “on both lists”.) Of 256 who bought in the third quarter 166 came back in the fourth: 35% churn,
# against 16% a quarter earlier and 23% by half-years. The same firm, and a figure twice as large in another season or by another
# period: some have merely not bought *this time*. So always report churn together with its **period**.

# %% [markdown] lang="zh-TW"
# ## {section moves}　升級與降級
#
# 等級每一季重算一次，有人上，有人下。利潤一年才結一次，所以這裡改用每季的**消費**分級：去年十到十二月，對今年一到三月。
# （`sum(axis="columns")` 把同一列的三個月橫著加；`reindex` 依名單排好，沒買的人空白。`表[條件]` 只留那一季買過的。）

# %% [markdown] lang="en"
# ## {section moves} Up and down
#
# Tiers are worked out anew every quarter: some customers move up, some down. Profit is known once a year only,
# so here the tiers are by the quarter’s **spend**: October to December against January to March.
# (`sum(axis="columns")` adds up the three months of each row; `reindex` puts customers into the order of a list, blank for those
# who did not buy; `[… > 0]` keeps those who bought in the quarter.)

# %% name="moves"
spend_before = history[["2020-10", "2020-11", "2020-12"]].sum(axis="columns")
spend_after = history[["2021-01", "2021-02", "2021-03"]].sum(axis="columns")
before = rk.abc_tier(spend_before[spend_before > 0], cuts=(0.20, 0.50))
after = rk.abc_tier(spend_after[spend_after > 0], cuts=(0.20, 0.50))
by_hand = pd.crosstab(before, after.reindex(before.index))
moves = rk.migration(before, after)
new_accounts = customers["opened"][after.index.difference(before.index)] >= "2021-01-01"
moves

# %% name="claim_moves" claims=true
assert (moves.loc["new"].sum(), moves["lost"].sum(), new_accounts.sum()) == (59, 70, 8)
assert (by_hand.to_numpy() == moves.iloc[:3, :3].to_numpy()).all()

# %% name="alluvial"
rk.show(rk.plot_alluvial(before, after, names=("2020/10–12", "2021/1–3")))

# %% [markdown] lang="zh-TW"
# `moves` 的列是去年底的等級，欄是今年的等級。193 位裡只有 78 位留在原級（22 + 19 + 37），升級 21 位，降級 24 位。圖上的「流失」70 位、「新客戶」59 位要打折看：
# 這兩個詞只表示**那一季沒買**，59 位裡真正今年才開戶的只有 8 位。
#
# > **試一試　7.c**　`moves` 的 `abc3:b` 那一列，是去年底的 B 級客戶後來去了哪裡。他們有多少**比例**降到 C，或整季沒買？
# > `moves.loc["abc3:b"]` 取那一列，`["abc3:c"]`、`["lost"]` 再取一格，`.sum()` 加總整列。

# %% [markdown] lang="en"
# In `moves` rows are the tiers of late 2020 and columns those of 2021. Of 193 customers only 78 keep their tier (22 + 19 + 37); 21 move up and 24 down. Take the 70 “lost” and 59 “new” of the picture
# with a pinch of salt: the words mean **did not buy in that quarter**, and only 8 of the 59 opened their account
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
rk.show(rk.plot_migration(feb_tier, mar_tier, names=("2021/2", "2021/3")))

# %% [markdown] lang="zh-TW"
# 橘色的三格就是那九位：六位從 A 到 B，一位從 A 到 C，兩位從 B 到 C。名單在這裡，依三月的金額由大到小：
# （`intersection` 是兩個月都買過的人；`.cat.codes` 把 A、B、C 換成 0、1、2，數字變大就是降級。）

# %% [markdown] lang="en"
# The three orange cells are the nine: six went from A to B, one from A to C, two from B to C. Here they are, by what they spent in
# March. (`intersection` gives those who bought in both months; `.cat.codes` turns A, B, C into 0, 1, 2, so that a larger number is a
# lower tier.)

# %% name="trap_list"
both = february.index.intersection(march.index)
dropped = both[mar_tier[both].cat.codes > feb_tier[both].cat.codes]
two_months = pd.DataFrame({"2021-02": february, "2021-03": march}).loc[dropped]
two_months.sort_values("2021-03", ascending=False)

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
bought_more = two_months[two_months["2021-03"] > two_months["2021-02"]].index.tolist()
print(really_down)

# %% name="claim_trap_mended" claims=true
assert really_down == 2
assert sorted(bought_more) == ["C201", "C272", "C329", "C355"]
assert (mar_tier[bought_more] == "abc3:b").all()
assert (len(february), len(march), cut_a) == (140, 60, 6405)
assert (feb_tier == "abc3:a").sum() == 28
assert (mar_tier == "abc3:a").sum() == 12
assert march[mar_tier == "abc3:a"].min() == 13_690

# %% [markdown] lang="zh-TW"
# ## {section two_measures}　兩把尺：下一筆訂單在哪裡
#
# 等級往回看。星期一要打的電話，得往前看：這位客戶**一年的需求有多少向我們買**（錢包占有率），**接下來要買多少**？
# 年報裡有業務員估的 `yearly_need`（一年向所有人買多少）和 `forecast_amount`（下一季會向我們買多少）。

# %% [markdown] lang="en"
# ## {section two_measures} Two measures: where is the next order?
#
# Tiers look back. Monday’s calls must look forward: **how much of what a customer needs does it buy from us** (the share of
# wallet), and **how much is it about to buy**? The report has the salespeople’s estimates: `yearly_need`, what it buys from
# everybody in a year, and `forecast_amount`, what it will buy from us next quarter.

# %% name="wallet"
share = customers["revenue"] / customers["yearly_need"]
large_next = customers["forecast_amount"] >= 10_000
develop = customers[(share < 0.5) & large_next]
box = rk.wallet_strategy(share, customers["forecast_amount"], cuts=(0.5, 10_000))
forecast_share = develop["forecast_amount"].sum() / customers["forecast_amount"].sum()
print(len(develop))

# %% name="claim_wallet" claims=true
assert f"{len(develop) / 320:.0%} {forecast_share:.0%}" == "12% 46%"
assert (develop.index == box.index[box == "wallet:develop"]).all()
assert box.value_counts(sort=False).tolist() == [16, 60, 38, 206]

# %% name="wallet_figure"
# For the picture only: names of the axes, and nothing below 100 on a log scale.
names = rk.label("scheme.wallet").split(" × ")
upcoming = customers["forecast_amount"].clip(lower=100).rename(names[1])
boxes = box.cat.categories.tolist()
rk.show(rk.plot_quadrants(share.rename(names[0]), upcoming, cuts=(0.5, 10_000), names=boxes))

# %% [markdown] lang="zh-TW"
# （畫圖的縱軸是對數刻度，容不下 0，所以不到 100 元的畫成 100 元，分格不受影響。）
#
# 印出的 38 就是左上角的 38 位：一半以上還在向別人買，下一季卻要向我們買一大筆。這 12% 的客戶占了下一季預測的 46%，是業務員最該出現的地方。
# 四格的做法：占有率高、買得多，**重點維繫**；高、少，**維繫或爭取**；低、多，**發展**；低、少，**爭取或放棄**。
# 門檻 50% 和 1 萬元是我們選的，書上沒給；兩個數字也都是**估的**。
#
# > **試一試　7.d**　「發展」的客戶裡，哪幾位**不在 A 級**，光看利潤就會錯過？把編號放進 `missed`。

# %% [markdown] lang="en"
# (The vertical scale is logarithmic and has no room for 0, so anything below NT$100 is drawn at 100; the boxes do not change.)
#
# The 38 printed above are top left: customers who buy more than half elsewhere and yet are about to order a lot from us: 12% of the customers, 46% of the
# forecast. That is where a salesperson should be seen. The four boxes: high share and large order, **keep**; high and small,
# **keep or win**; low and large, **develop**; low and small, **win or let go**. The cuts, 50% and NT$10,000, are ours, since the
# source gives none; and both numbers are **estimates**.
#
# > **Try it: 7.d.** Which customers in “develop” are **not in tier A**, so that profit alone would miss them? Put their
# > numbers into `missed`.

# %% name="try_d"
missed = ...
check("7.d", missed)

# %% [markdown] lang="zh-TW"
# ## {section cross_selling}　賣什麼：交叉銷售
#
# 下半年賣出的金額，78% 是舊客戶買舊東西，18% 是舊客戶買了以前沒買過的，新客戶只有 4%（算法在第 {section reference} 節的成長矩陣）。
# 要多賣，最近的路是第二項，叫**交叉銷售**：**同一級的客戶都一起買什麼？** 先用手算一組：A 級的訂單裡，碳粉匣和影印紙。
# （`nunique` 數有幾個不同的值；兩個 `set` 之間的 `&` 是「兩份都有」。）

# %% [markdown] lang="en"
# ## {section cross_selling} What to sell: cross-selling
#
# Of the money of the second half-year, 78% came from old customers buying what they always buy, 18% from old customers buying
# something new to them, and only 4% from new customers (the growth matrix in section {section reference} has the sum). The nearest room is in
# the second, **cross-selling**: what do customers of one tier buy
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
same = pairs[(pairs["product_a"] == "影印紙（包）") & (pairs["product_b"] == "碳粉匣")]
by_customer = rk.co_purchase_lift(clean, tier, "abc3:a", basket="customer")
rk.pretty(pairs.head(4))

# %% name="claim_lift" claims=true
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
# 有些公司還會刻意留著賠錢的客戶：帶來人潮，或帶動別的生意。至於整個 C 級，毛利 245,211 元，服務成本 205,090 元：
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
# Some firms keep such customers on purpose: they draw others in, or bring other business. As for the whole of tier C, its
# gross profit is NT$245,211 and serving it costs 205,090: even if all that cost vanished, profit would fall by 40,121.
#
# </details>

# %% name="facts_let_go" claims=true
# The kit checking itself.
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
# 1. **不讓低等級的客戶難堪。** 這是分級的第一條原則。多給 A 的，不必從 C 手上拿走；等級的名字不要讓人覺得低人一等。試金石：這條規則，你敢當著客戶的面唸出來嗎？
# 2. **差別待遇要講得出道理。** 中國的《個人資訊保護法》（PIPL）第 24 條規定，用個人資訊做自動化決策，要透明、公平，不得在價格等交易條件上
#    對個人做**不合理的差別待遇**；影響重大時，當事人可以要求說明，也可以拒絕只由機器決定。它 2021 年 11 月才施行，保護的是個人；
#    旭東的客戶是公司和學校，但聯絡人是人。在別的地方做生意，請查當地的法律。
# 3. **分級會傷到誰？** 剛起步的小客戶、離得遠、沒幾家供應商可選的客戶、預算固定在八月的學校。他們不在 A，不代表可以慢慢來。

# %% [markdown] lang="en"
# ## {section limits} What we must not do
#
# Even with the largest, do not give way without end: keep a floor of profit. And the 18 may cost money because of **our**
# mistakes. Three lines not to cross:
#
# 1. **Never make a lower tier uncomfortable.** It is the first principle of tiering. What A gets extra need not be taken from C, and no
#    tier’s name should sound second-rate. The test: would you read the rule out to the customer’s face?
# 2. **Have a reason for every difference.** China’s Personal Information Protection Law (PIPL), article 24, demands that automated decisions made
#    with personal data are transparent and fair, and forbids **unreasonable differences** in price and other terms between individuals;
#    where a decision weighs heavily, a person may ask for an explanation and may refuse one made by machine alone. It has been in force
#    only since November 2021 and protects individuals. Xudong’s customers are firms and schools, but their contacts are
#    people. Elsewhere, check the local law.
# 3. **Who can be hurt by tiering?** Small customers who have just begun; customers far away, with few other
#    suppliers to turn to; schools whose budget comes in August. Not being an A does not mean that they can wait.

# %% [markdown] lang="zh-TW"
# ## {section tell_manager}　告訴經理
#
# > **星期一的工作單**
# >
# > 1. **時數**　「A 級一人顧一位」那條規則要 145 人，不適用。改為每月 A 2 小時、B 45 分鐘、C 12 分鐘，共 233 小時，三人做得到。
# > 2. **先打的電話**　半年沒來的 68 位，由利潤最高的打起，接著是兩把尺都說退化的 30 位 A 級（已走的 6 位 A 也在裡面）；東區另外查，19 位走了 10 位。
# > 3. **先跑的地方**　38 位「發展」客戶，占下一季預測的 46%；其中 10 位不在 A 級，要另列名單。
# > 4. **順手多問一句**　訂碳粉匣的，問影印紙。
# > 5. **不做的事**　不寄降級信（九位裡只有兩位真的掉級）；不放掉 C 級，也不急著放掉 18 位賠錢客戶：先查三位賠最多的，服務成本為什麼這麼高。
# >
# > 限制：只有一年的資料；需求與預測是業務員估的；生命週期、四格與時數的門檻由我們訂，換一組就會有人換格子。

# %% [markdown] lang="en"
# ## {section tell_manager} Tell the manager
#
# > **Worksheet for Monday**
# >
# > 1. **Hours.** The rule of one person for each A customer would take 145 people, and is not for us. Instead, each month: A 2 hours, B 45 minutes, C 12
# >    minutes, 233 hours in all, which three people can do.
# > 2. **First calls.** The 68 who have not bought for half a year, the most profitable first; then the 30 A customers
# >    in decline by both yardsticks (the 6 As who have gone are among them); a separate look at the east, which lost 10 of 19.
# > 3. **First visits.** The 38 customers in *develop*, 46% of next quarter’s forecast; 10 of them are not in A and need a list of their own.
# > 4. **One more question.** Whoever orders toner: ask about paper.
# > 5. **Not to do.** No demotion letters (of nine, only two really moved down). Do not let tier C go, nor, yet, the 18 loss-makers: find
# >    out why serving the three worst costs so much.
# >
# > Limits: one year of data; needs and forecasts are salespeople’s estimates; the cuts for phases, boxes and hours are ours, and other
# > cuts would move some customers.

# %% name="facts_advice" claims=true
# The kit checking itself.
assert ((box == "wallet:develop") & (tier != "abc3:a")).sum() == 10
assert both_ways[gone_a.index].all()

# %% [markdown] lang="zh-TW"
# ## {section reference}　備查：降級的人回來了嗎、點數、兩張遺失的表、成長矩陣、四種態度
#
# 這一節不算在 45 分鐘裡，可以先看「這一章說了什麼」，用得到時再回來。
#
# **生命週期的另一套名字。** 另一份講義把四期叫做建立、發展、維持、**恢復**。
# 小心，它的「恢復期」寫的仍是利潤下滑，該做的是挽回，挽不回就好好結束。
#
# **降級的人回來了嗎？** 去年第三季到第四季掉級的人，今年第一季在哪一級？
# （`.apply` 對每一欄做同一件事；`rank` 用 0、1、2 代表 A、B、C，數字愈大等級愈低。看懂在比什麼就好。）

# %% [markdown] lang="en"
# ## {section reference} For reference: who came back, points, two lost grids, the growth matrix, four attitudes
#
# Not part of the 45 minutes: go on to “What this chapter said”, and come back when you need it.
#
# **Other names for the life cycle.** Another source calls the four phases build-up, development, maintenance and
# **recovery** (恢復). Mind that its “recovery” still describes falling profit: the thing to do is to win back, or else to end it well.
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
# **點數。** 承諾也可以做成點數：講義的例子是 1 元 1 點，500、1,000、1,500 點各換一份贈品，卻沒說點數換完會不會**用掉**。
# 3,200 點的客戶，會用掉的話換兩份 1,500 點的，剩 200 點；不會用掉的話，三種各一份，點數還在。全公司差多少？

# %% [markdown] lang="en"
# Printed: 28 fell, and 8 of them were back in their old tier or above a quarter later.
#
# **Points.** A promise can also take the form of points. The source gives 1 point for 1 yuan, and rewards at 500, 1,000 and
# 1,500, but does not say whether points are **used up**. With 3,200 points, if they are, a customer gets two of the
# 1,500 rewards and keeps 200; if not, one of each, and the points remain. How much does that matter for the whole firm?

# %% name="points"
used = rk.loyalty_points(customers["revenue"], used_up=True)
kept = rk.loyalty_points(customers["revenue"], used_up=False)
rewards = ["reward_500", "reward_1000", "reward_1500"]
rk.pretty(pd.DataFrame([used[rewards].sum(), kept[rewards].sum()], index=["used_up", "kept"]))

# %% name="claim_points" claims=true
assert (used[rewards].sum().sum(), kept[rewards].sum().sum()) == (6216, 899)
assert (kept["reward_500"].sum(), kept["reward_1500"].sum()) == (314, 286)

# %% [markdown] lang="zh-TW"
# （`used_up` 是會用掉，`kept` 是不會用掉；三個數字是三種贈品的份數。）加起來 6,216 份對 899 份。假設一份成本 100 元，
# 就是六十幾萬對九萬；旭東全年利潤才一百八十幾萬。而且 320 位裡有 286 位一年就買滿 1,500 元：用在批發商，等於幾乎人人有獎。
# 規則一個字沒寫清楚，代價就是七倍。
#
# **兩張遺失的表。** 講義還有兩張表，**忠誠度 × 規模**、**忠誠度 × 信用**，圖都不見了，只剩「金牛、雞肋、加溫、明日」四個名字，
# 連講義自己的備註都有意見：加溫客戶會走向明日，還是雞肋？該先顧金牛，還是拿雞肋來練兵？
# 先在紙上畫一張你自己的，再看教材的畫法（哪一格叫什麼，是我們的解讀）：忠誠度取一年有幾個月來買，6 個月以上算高；規模取營收的平均數。

# %% [markdown] lang="en"
# (`kept` is the row in which points are not used up; the numbers count the three rewards.) Together 6,216 against 899. At NT$100
# each, say, that is more than NT$600,000 against NT$90,000, and Xudong’s profit for the year is about 1.8 million. Besides, 286 of
# the 320 customers pass 1,500 within the year: at a wholesaler nearly everybody wins. One word missing from the rule costs
# seven times as much.
#
# **Two lost grids.** One source has two more grids, **loyalty × size** and **loyalty × credit**. Their figures are lost; only four names are left (金牛 cash
# cow, 雞肋 chicken rib: little to eat, a pity to throw away, 加溫 warm up, 明日 tomorrow’s), and the source’s own note quarrels with
# them: does *warm up* turn into *tomorrow’s* or into *chicken rib*? Should cash cows come first, or should the team practise on
# chicken ribs? Draw your own on paper, then compare with the kit’s reading: loyalty is the number of months with a purchase (6 or
# more is high), size is revenue (the mean or more).

# %% name="loyalty_size"
months_active = (history > 0).sum(axis="columns")
mean_revenue = customers["revenue"].mean()
kinds = rk.loyalty_size(months_active, customers["revenue"], cuts=(6, mean_revenue))
print(pd.crosstab(kinds, tier, rownames=["box"], colnames=["tier"]))
rk.pretty(rk.scheme_table("loyalty_size").drop(columns="source"))

# %% name="claim_loyalty_size" claims=true
assert pd.crosstab(kinds, tier).loc["loyalty_size:low_potential"].tolist() == [7, 55, 133]

# %% [markdown] lang="zh-TW"
# 表的列是四格的代碼，欄是等級：7 + 55 + 133 = 195 位落在「雞肋」（`low_potential`），其中 7 位的利潤是 A 級，9 位是今年才開戶的新客戶。名字一貼上去，人就很難再翻身，
# 所以這四個名字**不要印在客戶看得到的地方**，最好連內部也改叫代號。
#
# 信用那一張，先講公道：遲付不一定是客戶的錯。**我方帳單有誤、貨品有爭議**的，不該扣他的分。

# %% [markdown] lang="en"
# Rows are the codes of the four boxes, columns the tiers: 7 + 55 + 133 = 195 customers land in “chicken rib”; 7 of them are tier A by profit, and 9 opened their account only this year. A name sticks, so
# these four should **never be printed where customers can see them**, and are better replaced by codes even inside the firm.
#
# Before the grid with credit, be fair: late payment is not always the customer’s fault. Where **our invoice was wrong** or the
# **goods are in dispute**, it should not count against them.

# %% name="loyalty_credit"
payments = rk.load_table(rk.data_file("付款記錄.csv"))
due = payments[payments["due_date"] < TODAY]
paid_in_time = due["paid_date"] <= due["due_date"]
our_fault = due["late_reason"].isin(["our_invoice_wrong", "goods_in_dispute"])
strict = 100 * paid_in_time.groupby(due["customer"]).mean()
fair = 100 * (paid_in_time | our_fault).groupby(due["customer"]).mean()
credit = rk.loyalty_credit(months_active[fair.index], fair, cuts=(6, 60))
print((strict < 60).sum(), (fair < 60).sum())

# %% name="claim_loyalty_credit" claims=true
assert ((strict < 60).sum(), (fair < 60).sum(), len(fair)) == (61, 32, 313)
assert credit.value_counts(sort=False).tolist() == [99, 182, 11, 21]

# %% name="facts_boxes" claims=true
# The kit checking itself.
ribs = kinds == "loyalty_size:low_potential"
assert ribs.sum() == 195
assert (customers["opened"][ribs] >= "2020-04-01").sum() == 9
assert len(customers) - len(fair) == 7

# %% [markdown] lang="zh-TW"
# （`|` 是「或」；還沒付的發票 `paid_date` 是空白，比較的結果是 `False`。有 7 位還沒有到期的發票，先不評。）
#
# 準時率不到 60% 的有 61 位；帳單有誤和有爭議的不算，只剩 32 位。**「信用差」的名單有將近一半**（29 位）**不能只怪客戶**。
# 32 位裡有 11 位是常客（這一格叫「慎重」）：照常供貨，但縮短帳期、設額度；另外 21 位不常來，先收款再出貨。其餘兩格是 99 位「可靠」、182 位「費心」。
#
# **成長矩陣。** 成長有四條路：舊產品給新客戶是**市場滲透**（講義的叫法；Ansoff 的通用說法是「市場開發」），舊產品給舊客戶是**升級銷售**，新產品給新客戶是**市場拓展**，新產品給舊客戶是**交叉銷售**。
# 「新」是對誰新？講義沒說，這裡取：客戶在下半年才開戶；產品則是**這位舊客戶**上半年沒買過的（旭東這一年沒有推出新品）。

# %% [markdown] lang="en"
# (`|` is “or”; an unpaid invoice has a blank `paid_date`, and comparing a blank gives `False`. Seven customers have no invoice due
# yet and are not graded.)
#
# 61 customers paid fewer than 60% of their invoices on time; leave out wrong invoices and disputes, and 32 remain. **Nearly half of the “bad
# payers”** (29) **cannot be blamed on the customer alone.** Of the 32, 11 are regulars (the box *handle with caution*): go on supplying, on shorter terms and
# with a limit. The other 21 come seldom: payment first. The remaining boxes hold 99 *trusted* and 182 *costly to hold*.
#
# **The growth matrix.** There are four ways to grow: old product to new customer, **penetration** (so the source; in Ansoff’s usual terms,
# market development); old to old, **up-selling**; new product to new customer,
# **extension**; new to old, **cross-selling**. New to whom? The source does not say. Here a customer is new if the account was opened in
# the second half-year, and a product if **this old customer** had not bought it in the first half (Xudong launched nothing this year).

# %% name="growth"
pair = bought["customer"] + bought["product"]
in_second = bought["date"] >= autumn
second = bought[in_second]
new_customer = second["customer"].map(customers["opened"]) >= autumn
new_product = ~pair[in_second].isin(pair[~in_second]) & second["customer"].isin(early)
way = rk.growth_direction(new_product, new_customer)
money = second["amount"].groupby(way, observed=False).sum()
print(money)

# %% name="claim_growth" claims=true
assert [f"{part:.0%}" for part in money / money.sum()] == ["4%", "78%", "0%", "18%"]

# %% [markdown] lang="zh-TW"
# （`map` 替每一列查出客戶的開戶日；`isin` 前面的 `~` 是「不在」。）印出來的依序是滲透、升級銷售、拓展、交叉銷售的金額，占 4%、78%、0%、18%。
#
# **企業的四種態度。** 講義依「企業怎麼對待客戶」分四型：貢獻極大的**屈從**，大的**關懷**，一般的**適應**；第四型的名字在原稿裡遺失了，
# 教材暫補為「冷漠」，沒有出處，我們只取溫和的意思：**不主動投入，但不怠慢**。門檻也是我們定的：

# %% [markdown] lang="en"
# (`map` looks up the opening day of each row’s customer; `~` before `isin` is “not in”.) The sums printed are those of penetration, up-selling, extension and cross-selling: 4%, 78%, 0% and 18%.
#
# **Four attitudes.** One source names four attitudes of a firm to its customers: it **yields** to those who contribute enormously, **cares** for the large, **adapts**
# to the ordinary. The fourth name is lost from the text; the kit fills in “cold”, from memory and without a source, and means it mildly:
# **no effort unasked, but never rude**. The cuts are ours too:

# %% name="reaction"
attitude = rk.reaction_type(customers["profit"], cuts=(0, 5_000, 20_000))
print(attitude.value_counts(sort=False))

# %% name="claim_reaction" claims=true
assert attitude.value_counts(sort=False).tolist() == [16, 56, 230, 18]

# %% [markdown] lang="zh-TW"
# 依序是屈從 16 位、關懷 56 位、適應 230 位，以及 18 位賠錢客戶。名字只給內部用。

# %% [markdown] lang="en"
# In that order: yield to 16, care for 56, adapt to 230, and the 18 loss-makers. These names, too, stay inside the firm.

# %% [markdown] lang="zh-TW"
# ## 這一章說了什麼
#
# - 人手（staffing）：1：1、1：2、1：3–5 要 145 人；改談時數（hours），再談先後。重要（key）看利潤，大（large）看採購量。
# - 生命週期（life cycle）：考察、形成、穩定、退化；流失率（churn）要附期間、要分群、要看分母。
# - 等級變動（migration）：先問是客戶變了還是門檻（cut）變了；降級（demotion）比升級（promotion）更有感，升得快、降得慢。
# - 四格（quadrants）往前看：錢包占有率（share of wallet）× 即將購買量；提升度（lift）告訴你該多問哪一句。
# - 放手（let go）之前查服務成本（cost to serve）、原因、新客戶與潛力；不讓低等級的客戶難堪，差別待遇要講得出道理。

# %% [markdown] lang="en"
# ## What this chapter said
#
# - Staffing (人手): 1 to 1, 1 to 2 and 1 to 3–5 would take 145 people; talk about hours (時數) instead. Key (重要) is by profit, large
#   (大) by purchases.
# - Life cycle (生命週期): exploration, formation, stability, decline. Churn (流失率) needs its period, its groups and the right denominator.
# - Migration (等級變動): first ask whether the customer moved or the cut (門檻). A demotion (降級) is felt more than a
#   promotion (升級): up fast, down slowly.
# - Quadrants (四格) look forward: share of wallet (錢包占有率) × upcoming purchase. Lift (提升度) tells which question to ask.
# - Before letting go (放手), look at the cost to serve (服務成本), its cause, newcomers and potential. No lower tier should be made
#   uncomfortable, and every difference needs a reason.

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
