# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="zh-TW"
# # 第 1 章　值不值得分級，又該照什麼分
#
# [English edition](../en/01_concepts.ipynb)
#
# > **學完這一章，你能夠**
# > 1. 說出客戶分級包含哪兩件事、要守哪三個原則，並認出違反原則的做法
# > 2. 用帳冊量出「值得分級」的三個條件
# > 3. 從帳冊讀出信用、下單金額、前景、利潤，並說明兩張排名為什麼不同
# > 4. 把三個標準合成一個分數，並說明換算方法會讓誰換位子
# > 5. 看到「重要客戶」四個字，先問是哪一套分法
# >
# > 閱讀與試做 45 分鐘（第 {section reference} 節是備查，另計），之後有[練習](../../exercises/zh-TW/01_concepts.ipynb)。先做過[從這裡開始](00_start.ipynb)就夠了，不必學過 Python。
# > 資料：`data/客戶年報.csv`、`data/付款記錄.csv`，[欄位說明](../../data/README.md)。

# %% [markdown] lang="en"
# # Chapter 1: is tiering worth it, and by what?
#
# [中文版](../zh-TW/01_concepts.ipynb)
#
# > **After this chapter you can**
# > 1. say what the two halves of tiering are, name its three principles, and spot a plan that breaks one
# > 2. measure, in a firm’s books, the three conditions under which tiering pays
# > 3. read credit, order amount, prospects and profit off the books, and say why two rankings differ
# > 4. make one score of three criteria, and show whom the way of scoring moves
# > 5. ask “in which scheme?” whenever somebody says “important customer”
# >
# > 45 minutes to read and try (without section {section reference}, which is for reference),
# > then an [exercise](../../exercises/en/01_concepts.ipynb). All you need is
# > [Start here](00_start.ipynb); you need not know any Python.
# > Data: `data/客戶年報.csv` (the year’s figures, one row per customer) and `data/付款記錄.csv` (payments), [what
# > their columns mean](../../data/README.md).

# %% [markdown] lang="zh-TW"
# ## 經理的問題
#
# 今天是 2021 年 4 月 1 日。旭東批發辦公用品，過去一年有 320 位客戶；業務部只有 3 位業務員，一週合計 60 個工時。
# 經理聽說同行都在做「客戶分級」，問了你兩件事：
#
# > 我們公司值得做嗎？要做的話，照什麼分？
#

# **先猜再算。** 把 320 位客戶依利潤由高排到低，取最前面的 20%（64 位）。你猜這 64 位帶來全年利潤的百分之幾？
# 把下面的 `None` 換成你猜的數字（例如 `50`），執行它，第 {section conditions} 節再對答案。

# %% [markdown] lang="en"
# ## The manager’s question
#
# It is 1 April 2021. Xudong sells office supplies wholesale. In the past year it had 320 customers; the
# sales department has three salespeople, who together have 60 hours a week. The manager hears that every
# competitor is “tiering its customers”, and asks you two things:
#
# > Is that worth doing here? And if it is, what should we sort them by?
#
# Do not answer yet. Measure first.
#
# **Guess before you compute.** Sort the 320 customers by profit and take the best 20%, which is 64 of
# them. What percentage of the year’s profit do you think these 64 bring? Replace the `None` below with
# your number (say, `50`) and run the cell. We come back to it in section {section conditions}.

# %% name="guess"
my_guess = None

# %% name="setup"
import pandas as pd

import rfmkit as rk
from rfmkit.classroom import check, hint

rk.use_language("zh-TW")

TODAY = pd.Timestamp("2021-04-01")

# %% [markdown] lang="zh-TW"
# ## {section what_is_tiering}　分級是什麼
#
# 上一格把工具準備好：`import` 是「拿來用」，`pandas` 是處理表格的套件，習慣簡稱 `pd`；`rk` 是這套教材；`TODAY` 記下今天的日期。
#
# 現在打開帳冊。下面第一行讀檔，替這張表取名叫 `customers`；第二行挑四欄、看前五列。

# %% [markdown] lang="en"
# ## {section what_is_tiering} What tiering is
#
# The cell above fetched the tools: `import` means “let me use”; `pandas` is the package for tables, by custom
# called `pd`; `rk` is this kit; `TODAY` remembers the date.
#
# Now open the books. The first line below reads the file and calls the table `customers`; the second
# picks four columns and shows the first five rows. (C003 and the like are customer numbers.)

# %% name="customers"
customers = rk.load_table(rk.data_file("客戶年報.csv"), index="customer")
rk.pretty(customers[["industry", "order_count", "revenue", "profit"]].head())

# %% [markdown] lang="zh-TW"
# 一列是一位客戶，一欄是一種資料。
#
# > **怎麼讀這段程式**
# > - `名字 = 某個東西`：替右邊的東西取名字，之後叫名字就找得到它。
# > - `customers["profit"]` 從表裡取出一欄；要取好幾欄，就放兩層方括號：`customers[["revenue", "profit"]]`。
# > - `.head()` 是「只看前五列」，`.head(10)` 就是前十列。
# > - 最左邊認人的客戶編號叫**索引**（index）。
# > - `rk.pretty` 只是把表印得好看，標題換成中文；程式裡要寫英文欄名：`revenue` 營收、`profit` 利潤、`order_count` 交易次數（一張訂單算一次）。
#
# `len(表)` 數有幾列。60 個工時等於 3,600 分鐘，如果每位客戶都一樣對待，一週一人分得到幾分鐘？（`/` 是除。）

# %% [markdown] lang="en"
# One row is one customer; one column is one thing we know about them.
#
# > **Reading the code**
# > - `name = something` gives the thing on the right a name, so that you can call on it later.
# > - `customers["profit"]` takes one column of the table. For several, use two pairs of brackets:
# >   `customers[["revenue", "profit"]]`.
# > - `.head()` means “just the first five rows”; `.head(10)` the first ten.
# > - The customer numbers at the far left, which tell the rows apart, are the **index**.
# > - `rk.pretty` only makes a table easy to read, with titles for people. Code uses the plain column
# >   names: what it shows as “Orders” is `order_count`.
#
# `len(table)` counts the rows. Sixty hours are 3,600 minutes: if every customer were treated alike, how
# many minutes a week would each one get? (`/` divides.)

# %% name="minutes_each"
minutes = 60 * 60 / len(customers)
minutes

# %% name="claim_minutes_each" claims=true
assert len(customers) == 320
assert minutes == 11.25

# %% [markdown] lang="zh-TW"
# 11 分鐘多一點，打通電話、回兩封信就沒了。時間平分，人人都只得到一點點。
#
# > `assert` 開頭的行是教材在檢查自己：成立就安靜通過，不成立就停下來。你不必寫。
# > 開頭寫著 `The kit checking itself` 的整格都是檢查，直接跳過。
#
# **客戶分級**就是為了這件事：用幾個指標衡量客戶，依**固定的標準**分成幾個等級，再替每一級設計**不同的服務與關懷**。
# 所以分級有兩半，缺一不可：只有標準沒有服務，是一張沒人看的排名表；只有差別待遇沒有標準，是大小眼。
#
# 分成北區、南區不算分級，因為沒有高低；業務員心裡的「好客戶」也不算，因為說不出標準，換個人就變了。

# %% [markdown] lang="en"
# A little over 11 minutes: one phone call, two e-mails, and the time is gone. Treat all alike, and all get
# next to nothing.
#
# > A line that begins with `assert` is the kit checking itself: if the claim holds, nothing happens; if
# > not, the notebook stops. You need not write any. A cell that does nothing else says so at its
# > top, and can be skipped.
#
# That is what **tiering** is for: measure customers by several indicators, divide them into levels by a
# **fixed standard**, and then design **service and care for each level**. Both halves are needed. A
# standard without service is a league table that nobody reads; service without a standard is favouritism.
#
# What is it **not**? Dividing customers into north and south is not tiering: neither ranks above the other. Nor is
# a salesperson’s list of “good customers”: nobody can state the standard, and it changes with the person.

# %% [markdown] lang="zh-TW"
# ### 三個原則
#
# 1. **不讓低等級的客戶不舒服**：少服務一點可以，冷落、羞辱不行。
# 2. **標準要適合自己的公司**：別人的門檻是別人的客戶算出來的。
# 3. **和公司的組織配合**：3 位業務員撐不起八種服務。
#
# > **想一想**　經理擬了一則公告：「自五月起，C 級客戶恕不派員服務，請自行上網訂購。」違反了哪一個原則？換成你會怎麼寫？
#
# <details><summary>想好了再打開</summary>
#
# 第一個。客戶不必知道自己是「C 級」，更不該從公告上知道。換個說法：「五月起開放線上訂購，隨時下單，隔天出貨。」
# 需要業務員的客戶照樣打得通電話。等級是自己人的工作分配，不是貼在客戶身上的標籤。
#
# </details>

# %% [markdown] lang="en"
# ### Three principles
#
# 1. **Lower tiers are not made uncomfortable.** Less service is fine; the cold shoulder is not.
# 2. **The standard suits the firm.** Somebody else’s cut was made for somebody else’s customers.
# 3. **It fits the organisation.** Three salespeople can’t carry eight kinds of service.
#
# > **Think.** The manager has drafted a notice: “From May, our staff no longer visit C-class customers.
# > Please order online.” Which principle does it break, and how would you word it?
#
# <details><summary>Decide first, then open this</summary>
#
# The first. Customers need not know that they are “C-class”, least of all from a notice. Turn it round:
# “From May you can order online at any hour, for delivery the next day”; and anybody who needs a salesperson
# can still ring one. A tier is a note to ourselves about sharing out our work, not a label on people.
#
# </details>

# %% [markdown] lang="zh-TW"
# ### 四個好處
#
# 下一格算出「交易次數」和「營收」這兩欄的中位數與最大值。`agg` 把列出來的算法逐一套用在每一欄；
# **中位數**（median）是從小排到大、站在正中間的那個數字。第二行算出我們的營收占客戶**全年採購需求**的幾成（需求是業務員估的）。

# %% [markdown] lang="en"
# ### Four benefits
#
# The next cell first divides our revenue by all that these customers need in a year (`.sum()` adds a column up).
# Then it takes the median and the largest value (`max`) of orders and revenue: `agg` applies every calculation in
# the list to every column. The **median** is the number in the middle when all stand in order.

# %% name="benefits"
typical = customers[["order_count", "revenue"]].agg(["median", "max"])
our_part = customers["revenue"].sum() / customers["yearly_need"].sum()
print(our_part)
rk.pretty(typical)

# %% name="kit_checks_benefits" claims=true
# The kit checking itself: the figures of the table below.
assert typical["order_count"].tolist() == [6, 103]
assert typical["revenue"].tolist() == [8590, 940_395]
assert round(our_part, 2) == 0.24

# %% [markdown] lang="zh-TW"
# （`median` 那一列是中位數，`max` 是最大值。）站在中間的客戶一年下 6 張單、買 8,590 元；最常下單的一年 103 張，買最多的一年 940,395 元。差這麼多，好處就看得見了：
#
# | 好處 | 在旭東是什麼意思 |
# |---|---|
# | 滿足不同的需求 | 一年下 103 張單的客戶要的是快，一年下 6 張單的客戶要的是找得到人 |
# | 溝通有效 | 一週下兩張單的客戶，同一個小毛病一年會碰上一百次，要馬上回應 |
# | 生產與出貨好排程 | 碳粉缺貨時先給誰？事先說好，重要客戶的急單可以插隊 |
# | 吸引客戶往上升 | 我們只占他們採購需求的 24%（上面的 0.238…），其餘四分之三買自別家；升級的好處講清楚，他才有理由多買 |

# %% [markdown] lang="en"
# The customer in the middle orders 6 times a year and buys for NT$8,590 (New Taiwan dollars); the most
# frequent orders 103 times, and the largest buys for NT$940,395. With customers so far apart, the four
# benefits of tiering are easy to see:
#
# | benefit | what it means at Xudong |
# |---|---|
# | different needs are met | a customer with 103 orders a year wants speed; one with 6, somebody who picks up the phone |
# | communication works | for a customer with two orders a week, a small fault happens a hundred times a year: answer at once |
# | delivery can be scheduled | when toner runs short, who comes first? Agree beforehand that key customers’ rush orders may jump the queue |
# | customers want to move up | our revenue is 24% of what these customers need in a year (the 0.238… above; salespeople’s estimates): three quarters is bought elsewhere, and a clear reward for moving up is a reason to buy more here |

# %% [markdown] lang="zh-TW"
# ## {section conditions}　值不值得做：三個條件
#
# 課本說，三個條件都成立，分級才有意義。怎麼量，課本沒說，是教材自己定的。
#
# ### 條件一：客戶多到照顧不來
#
# 一位業務員能好好照顧的客戶數，叫**管理幅度**。3 位業務員每人一週 20 小時；假設一位客戶一週要 40 分鐘，一人就能照顧 30 位。

# %% [markdown] lang="en"
# ## {section conditions} Is it worth it? Three conditions
#
# The course follows a Chinese textbook of customer relationship management, from here on “the textbook”. It
# names three conditions for tiering, in words only; how to measure them is the kit’s own.
#
# ### Condition 1: more customers than we can look after
#
# The number of customers one salesperson can look after properly is the **span**. Each of the three has 20
# hours a week. If a customer takes 40 minutes a week, one person can look after 30.

# %% name="span"
span = 30
places = 3 * span
print(places, len(customers) / places)

# %% name="claim_span" claims=true
assert round(len(customers) / 90, 1) == 3.6
assert 3 * 106 < 320 < 3 * 107

# %% [markdown] lang="zh-TW"
# 只有 90 個位子，卻有 320 位客戶，3.6 位搶一個位子：條件一成立。（大於 1 就是照顧不來。）
#
# 把 `span` 改大一點再執行，改到第二個數字降到 1 以下為止：要到 107，也就是又回到每位一週 11 分鐘。

# %% [markdown] lang="en"
# There are 90 places for 320 customers, or 3.6 customers for each place. Anything above 1 is more than the staff
# can look after, so condition 1 holds.
#
# Change `span` to what you think is reasonable and run the cell again. How large must it be before everybody
# has a place? (107, which leaves each customer 11 minutes a week.)

# %% [markdown] lang="zh-TW"
# ### 條件二：客戶會再來買
#
# 這裡要學一招：**拿一整欄去比較**。`customers["order_count"] >= 2` 逐列問「有沒有買兩次以上？」，
# 答案是一欄 `True`（是）和 `False`（否）。（`>=` 是大於或等於。印出來的最後一行是這一欄的名稱和型別，不必理它。）

# %% [markdown] lang="en"
# ### Condition 2: customers come back
#
# Here is a trick for the whole course: **compare a whole column at once**. `customers["order_count"] >= 2`
# asks every row “two orders or more?”, and the answer is a column of `True` (yes) and `False` (no).
# (`>=` means greater than or equal to.)

# %% name="compare"
came_back = customers["order_count"] >= 2
came_back.head()

# %% [markdown] lang="zh-TW"
# 電腦把 `True` 當 1、`False` 當 0。所以 `.sum()`（加總）數出有幾個 `True`，`.mean()`（平均）算出 `True` **占多少**。

# %% [markdown] lang="en"
# To the computer, `True` is 1 and `False` is 0. So `.sum()` counts the `True`s, and `.mean()`, the
# average, gives the **share** that is `True`.

# %% name="repeat_share"
print(came_back.sum(), came_back.mean())

# %% name="claim_repeat_share" claims=true
assert came_back.sum() == 278
assert round(came_back.mean(), 2) == 0.87

# %% [markdown] lang="zh-TW"
# 320 位裡有 278 位買了兩次以上，**回購的占 87%**（0.87 就是 87%）。條件二成立：今天照顧好他，明天還有生意可做。
#
# > **試一試　1.a**　平均每個月至少下一張單、也就是一年 12 張以上的客戶，**占**多少？把 `...` 換成一行程式。卡住就另開一格執行 `hint("1.a")`。

# %% [markdown] lang="en"
# Of 320 customers 278 ordered at least twice: **87% come back** (0.87 is 87%). Condition 2 holds. Serve
# them well this time, and there will be a next time.
#
# > **Try it: 1.a.** What **share** of customers ordered 12 times or more, which is at least once a month
# > on average? Replace the `...` with one line of code. If you are stuck, run `hint("1.a")` in a new cell.

# %% name="try_a"
monthly_share = ...
check("1.a", monthly_share)

# %% [markdown] lang="zh-TW"
# 那剩下的 42 位呢？只買一次就不回來了嗎？方括號裡放條件，就能**篩選**：`customers[條件]` 只留下 `True` 的列。
# 等不等於用**兩個**等號 `==`（一個等號是取名字）。`opened` 是這位客戶**第一次**向旭東買東西的日子。

# %% [markdown] lang="en"
# What about the other 42: did they buy once and never again? A condition in square brackets **filters**:
# `customers[condition]` keeps the rows that are `True`. “Is it equal?” takes **two** equals signs, `==`,
# because a single one gives a name. `opened` is the day of a customer’s **first order ever**.

# %% name="once"
once = customers[customers["order_count"] == 1]
known_before = once["opened"] < "2020-04-01"
print(len(once), known_before.sum())

# %% name="claim_once" claims=true
assert (len(once), known_before.sum()) == (42, 41)

# %% [markdown] lang="zh-TW"
# 42 位裡有 41 位**在這一年之前**就來過。一年的帳冊只看得到一年，所以 87% 還算少了。（他們是來得少，還是快要流失了？第 5 章再看。）
#
# **換一家公司呢？** 某電梯公司（編造的例子）去年有八位業主，只有一位下了兩次訂單：

# %% [markdown] lang="en"
# Of the 42, 41 had bought **before this year**, so they did come back at least once: for these 320 customers, 87%
# is too low, if anything. Customers who left earlier are not in the books at all. (Do the 41 come rarely, or are
# they leaving? See chapter 5.)
#
# **And in another firm?** A lift company (made up) put lifts into the buildings of eight owners last year.
# One of them ordered twice:

# %% name="lift_firm"
lift_orders = pd.Series([1, 1, 1, 2, 1, 1, 1, 1])
print((lift_orders >= 2).mean())

# %% [markdown] lang="zh-TW"
# 回購只占 12.5%。（`pd.Series([...])` 是自己打出來的一欄資料。）樓蓋好了，不會再買一部電梯。
# 這時該分級的是**還沒成交的機會**，課本稱為銷售機會分級：客戶值多少，看這次機會值多少。

# %% [markdown] lang="en"
# Only 12.5% come back. (`pd.Series([...])` is a column typed by hand.) A building that has its lift needs no
# second one, and care for **past** customers brings no next order. Such a
# firm should tier the **deals not yet made**, its sales opportunities: a customer is worth what the opportunity is
# worth.

# %% [markdown] lang="zh-TW"
# ### 條件三：客戶的價值差很多
#
# 要是每位客戶都差不多，分了也是白分。先看營收怎麼分布：

# %% [markdown] lang="en"
# ### Condition 3: customers differ in value
#
# If all were worth about the same, tiering would be wasted effort. Here is how revenue is spread:

# %% name="distribution"
revenue = customers["revenue"]
rk.show(rk.plot_distribution(revenue))

# %% name="claim_distribution" claims=true
assert round((revenue >= revenue.mean()).mean(), 2) == 0.21

# %% [markdown] lang="zh-TW"
# 絕大多數客戶擠在左邊，少數幾位遠在右邊，把平均數拉到 28,858 元，只有 21% 的客戶達得到。**「平均一位客戶」在旭東幾乎不存在。**
#
# 利潤呢？`sort_values("profit", ascending=False)` 依利潤由高排到低（`ascending=False` 意思是「不要由小到大」），再取前 64 列：

# %% [markdown] lang="en"
# Nearly everybody is crowded at the left; a few stand far out to the right and pull the mean up to
# NT$28,858, which only 21% of customers reach. **At Xudong, the “average customer” hardly exists.**
#
# And profit? `sort_values("profit", ascending=False)` puts the highest profit first (`ascending=False`
# says “not from small to large”); then take the first 64 rows:

# %% name="top_share"
by_profit = customers.sort_values("profit", ascending=False)
top_64 = by_profit.head(64)
share = top_64["profit"].sum() / customers["profit"].sum()
print(my_guess, round(share * 100))

# %% name="claim_top_share" claims=true
assert round(revenue.mean()) == 28_858
assert round(share, 2) == 0.82

# %% [markdown] lang="zh-TW"
# 左邊是你的猜測（沒填就是 `None`），右邊是答案：64 位客戶帶來 **82%** 的利潤，其餘 256 位合起來 18%。
#
# 教材的 `value_share` 做同一件事，只差一點：第 64 和第 65 名的利潤都是 6,266 元，它兩位都收，
# 因為**一樣的客戶不該分到不同的等級**。所以它給的是 65 位的占比，83%：

# %% [markdown] lang="en"
# Sixty-four customers bring **82%** of the profit, and the other 256 together 18%. How close was your guess?
#
# The kit’s `value_share` does the same, with one difference. The 64th and the 65th both made NT$6,266, and it
# takes both in, because **equal customers should not get different tiers**. The 65 bring 83%:

# %% name="value_share"
top_65 = by_profit.head(65)["profit"].sum() / customers["profit"].sum()
rk.value_share(customers["profit"], top=0.20)

# %% name="claim_value_share" claims=true
assert by_profit["profit"].iloc[63] == by_profit["profit"].iloc[64] == 6266
assert abs(rk.value_share(customers["profit"], top=0.20) - top_65) < 1e-9
assert round(top_65, 2) == 0.83

# %% [markdown] lang="zh-TW"
# 「前 20%」只看一個點。要看所有的人，就用**吉尼係數**（Gini coefficient）：人人一樣是 0，全部集中在一個人身上就接近 1。
# 先拿四個人試試（人少，最多只到 0.75；人愈多，上限愈接近 1），再畫旭東的利潤：

# %% [markdown] lang="en"
# “The top 20%” looks at one point only. For the whole picture there is the **Gini coefficient**: 0 when all
# are equal, close to 1 when one customer makes everything. Try it on four people first:

# %% name="gini_small"
print(rk.gini(pd.Series([10, 10, 10, 10])), rk.gini(pd.Series([0, 0, 0, 40])))

# %% name="lorenz"
lower_half = by_profit.tail(160)["profit"].sum() / customers["profit"].sum()
rk.show(rk.plot_lorenz(customers["profit"]))

# %% name="claim_lorenz" claims=true
assert round(rk.gini(customers["profit"]), 2) == 0.81
assert round(lower_half, 2) == 0.02
assert round(by_profit["profit"].iloc[9] / customers["profit"].median()) == 34

# %% [markdown] lang="zh-TW"
# 從賺最少的客戶開始往右加：加完一半的人，才累積到 2% 的利潤；曲線凹得愈深，差距愈大。開頭掉到零以下，是有些客戶讓旭東賠錢。
# 旭東的吉尼係數是 0.81。光是流失利潤第十名的客戶，就要 34 位站在中間的客戶才補得回來。
#
# **三個條件都成立，旭東值得做分級。** 接下來的問題是：照什麼分？

# %% [markdown] lang="en"
# Add the customers up, starting with the least profitable: after half of them we have 2% of the profit. The further
# the curve sags below the dashed line, the more customers differ; where it dips below zero are those who cost Xudong
# money. Its Gini coefficient is 0.81. If only the tenth-best customer left, it would take 34 from the middle to
# make up for it.
#
# **All three conditions hold: tiering is worth it at Xudong.** The next question is: by what?

# %% [markdown] lang="zh-TW"
# ## {section criteria}　照什麼分：五個標準
#
# 課本列了五個標準。旭東的帳冊裡，前四個各有各的欄位，第五個由前面的合成：
#
# | 標準 | 看什麼 | 在哪裡 |
# |---|---|---|
# | 信用狀況 | 近一年付款準不準時，晚了幾天，**為什麼** | `付款記錄.csv` |
# | 下單金額 | 近一年買了多少 | `revenue` |
# | 發展前景 | 將來可能買多少，靠人判斷 | `yearly_need`、`forecast_amount` |
# | 利潤貢獻 | 扣掉成本，留下多少 | `profit` |
# | 綜合加權 | 把幾個標準合成一個分數 | 自己算 |
#
# ### 下單金額與利潤：兩張不一樣的排名

# %% [markdown] lang="en"
# ## {section criteria} By what? Five criteria
#
# The textbook lists five. Xudong’s books can answer the first four; the fifth combines others:
#
# | criterion | what to look at | where |
# |---|---|---|
# | credit standing | in the last year: paid on time? how many days late? **why?** | `付款記錄.csv` |
# | order amount | how much they bought in the year | `revenue` |
# | prospects (前景) | how much they may buy in future, which is a judgement | `yearly_need`, `forecast_amount` |
# | contribution to profit | what is left after costs | `profit` |
# | weighted composite | several criteria in one score | you compute it |
#
# ### Order amount and profit: two rankings that disagree

# %% name="two_rankings"
by_revenue = customers.sort_values("revenue", ascending=False)
in_both = by_revenue.head(64).index.intersection(by_profit.head(64).index)
print(len(in_both))
rk.pretty(by_revenue[["industry", "revenue", "cost_of_goods", "service_cost", "profit"]].head(10))

# %% name="claim_two_rankings" claims=true
assert len(in_both) == 54

# %% [markdown] lang="zh-TW"
# `.index` 取出客戶編號，`.intersection` 找出兩份名單都有的人。兩張「前 64 名」有 54 位相同，**10 位不同**：照營收他們是前 20%，照利潤就不是。
#
# 看表上最後一列，C275：營收第 10 名，利潤卻只有 13,464 元，排到第 27 名。錢花到哪裡去了？看「服務成本」（拜訪、急件、處理退貨等）。

# %% [markdown] lang="en"
# `.index` takes the customer numbers, and `.intersection` finds those in both lists. The two lists of 64
# share 54 customers and **differ in 10**, who are in the top 20% by revenue but not by profit.
#
# Look at the last row: C275 is tenth by revenue but, with a profit of NT$13,464, only 27th by profit. Where did the
# money go? Look at the cost to serve (visits, rush orders, handling of returns).

# %% name="kit_checks_rankings" claims=true
# The kit checking itself: the places of C275, and the corners of the figure.
assert by_revenue.index[9] == "C275"
assert by_profit.index.get_loc("C275") + 1 == 27
assert customers.loc["C275", "profit"] == 13_464

# %% name="revenue_and_profit"
profit = customers["profit"]
cuts = (by_revenue["revenue"].iloc[63], by_profit["profit"].iloc[63])
high, low = rk.label("level.high"), rk.label("level.low")
corners = [high + "/" + high, high + "/" + low, low + "/" + high, low + "/" + low]
rk.show(rk.plot_quadrants(revenue, profit, cuts=cuts, names=corners))

# %% [markdown] lang="zh-TW"
# （程式先準備兩條虛線的位置：`.iloc[63]` 是第 64 個，因為電腦從 0 數起；再替四個角取名字，前面是營收，後面是利潤。橫軸每一大格是十倍。）
#
# 右下角的 10 位買得多、留下的利潤少；左上角的 11 位買得不多，利潤卻排進前段。只看營收，業務員的時間會送給前者，忘了後者。
#
# > **試一試　1.b**　利潤最高的**十位**客戶是誰？依名次排好，把編號放進 `best_ten`。可以用 `.head()` 和 `.index`。

# %% [markdown] lang="en"
# (The dashed lines are the 64th values: `.iloc[63]`, because computers count from 0. In the names of the corners,
# revenue comes first and profit second. Along the bottom, each number is ten times the one before.)
#
# The 10 customers at the lower right buy a lot and leave little profit; the 11 at the upper left buy less and leave
# more. Go by revenue alone, and the salespeople’s time goes to the 10 while nobody thinks of the 11.
#
# > **Try it: 1.b.** Who are the **ten** customers with the highest profit? Put their numbers, the best
# > first, into `best_ten`. `.head()` and `.index` are all you need.

# %% name="try_b"
best_ten = ...
check("1.b", best_ten)

# %% [markdown] lang="zh-TW"
# ### 信用：晚了幾天，還要問為什麼
#
# 換一本帳冊，一列是一張發票。`paid_date` 空白表示到今天還沒付，先用今天的日期補上（`fillna`）。
# 兩個日期相減，`.dt.days` 取出天數；提早付會是負的，用 `.clip(lower=0)` 一律算 0 天。
# `.assign` 做出一份多了欄位的新表；`value_counts()` 數每種原因有幾張。

# %% [markdown] lang="en"
# ### Credit: how late, and why
#
# The second book is `付款記錄.csv`, the payments, with one row per invoice. A blank `paid_date` means not paid yet:
# `fillna` fills it with today’s date. One date minus another gives a length of time, and
# `.dt.days` turns that into days. Paying early would give a negative number; `.clip(lower=0)` makes it 0.
# `.assign` makes a copy of a table with a column added.

# %% name="days_late"
payments = rk.load_table(rk.data_file("付款記錄.csv"))
paid = payments["paid_date"].fillna(TODAY)
days_late = (paid - payments["due_date"]).dt.days.clip(lower=0)
payments = payments.assign(days_late=days_late)
payments["late_reason"].value_counts()

# %% name="claim_days_late" claims=true
assert len(payments) == 3146
assert (days_late > 0).sum() == 696
assert round((days_late > 0).mean(), 2) == 0.22

# %% [markdown] lang="zh-TW"
# 3,146 張發票裡有 696 張逾期，占 22%。原因由多到少：資金週轉（`cash_short`）、忘記付款（`forgotten`）、貨品有爭議（`goods_in_dispute`），
# 還有 88 張是**我方帳單有誤**（`our_invoice_wrong`）。
#
# 最後這 88 張能怪客戶嗎？來看 C117（`&` 是「而且」，兩個條件各用一對括號包起來）：

# %% [markdown] lang="en"
# Of 3,146 invoices 696 were late, or 22%. `value_counts` counts each reason: short of cash, forgotten, goods
# in dispute; and 88 were late because **our own invoice was wrong**.
#
# Are those 88 the customers’ fault? Look at C117 (`&` means that both must hold; each condition has its own round
# brackets):

# %% name="c117"
late_c117 = payments[(payments["customer"] == "C117") & (payments["days_late"] > 0)]
rk.pretty(late_c117[["order", "due_date", "paid_date", "late_reason", "days_late"]])

# %% name="claim_c117" claims=true
assert (payments["late_reason"] == "our_invoice_wrong").sum() == 88
assert (payments["customer"] == "C117").sum() == 18
assert len(late_c117) == 3

# %% [markdown] lang="zh-TW"
# C117 的 18 張發票有 3 張逾期，三張都是**我們**開錯的。照逾期次數扣他的分，等於自己犯錯、罰別人。
#
# 所以只留客戶自己的逾期。`!=` 是「不等於」，得到 `True` 或 `False`；乘上天數，`False` 當 0，我們的錯就歸零。
# 最後一行用 `.loc[列, 欄]` 把那三張發票挑出來檢查：

# %% [markdown] lang="en"
# C117 had 18 invoices and paid 3 of them late: all three were invoices that **we** got wrong. To mark C117 down
# would be to punish somebody else for our mistake.
#
# So keep only what is the customer’s own doing. `!=` means “is not equal to” and gives `True` or `False`;
# multiply the days by it, and since `False` is 0, our mistakes count as 0 days. (`.loc[rows, columns]` picks rows and
# columns at once.)

# %% name="own_doing"
theirs = payments["late_reason"] != "our_invoice_wrong"
payments = payments.assign(overdue=payments["days_late"] * theirs)
payments = payments.assign(on_time=payments["overdue"] == 0)
payments.loc[late_c117.index, ["customer", "late_reason", "days_late", "overdue", "on_time"]]

# %% [markdown] lang="zh-TW"
# > **試一試　1.c**　扣掉我方的錯以後，還有幾**張**發票是客戶自己逾期的？

# %% [markdown] lang="en"
# > **Try it: 1.c.** With our own mistakes taken out, how many **invoices** are late by the customer’s own
# > doing?

# %% name="try_c"
n_overdue = ...
check("1.c", n_overdue)

# %% [markdown] lang="zh-TW"
# 現在一列是一張發票，我們要的是一位客戶一列。`groupby("customer")` 把同一位客戶的列放在一起，後面的 `["on_time"].mean()` 替每一組算一次平均：

# %% [markdown] lang="en"
# A row is still an invoice, and we want one row per customer. `groupby("customer")` puts each customer’s
# rows together; `["on_time"].mean()` then takes the mean once for every group:

# %% name="on_time"
on_time = payments.groupby("customer")["on_time"].mean() * 100
on_time.head(3)

# %% name="kit_checks_on_time" claims=true
# The kit checking itself: the shares told in the text.
assert len(on_time) == 320
assert on_time.index.equals(customers.index)
assert on_time["C117"] == 100
assert round(on_time["C381"]) == 66

# %% [markdown] lang="zh-TW"
# `on_time` 是每位客戶準時付款的發票占百分之幾（我方的錯不算他的，還沒到期的算準時）。C117 從 83% 回到 100%。

# %% [markdown] lang="en"
# `on_time` is the percentage of a customer’s invoices paid on time (our mistakes forgiven, and those not yet
# due counted as on time). C117 goes from 83% (15 of 18) back up to 100%.

# %% [markdown] lang="zh-TW"
# ### 前景：還沒發生的，只能判斷
#
# 業務員替每位客戶估了全年採購需求 `yearly_need`（向所有供應商合計），減掉我們的營收，就是還有多少空間：

# %% [markdown] lang="en"
# ### Prospects: what has not happened is a judgement
#
# This criterion looks ahead (not to be confused with a *prospect*, somebody who has not bought yet: section
# 7). The salespeople
# estimated what each customer needs in a year from all suppliers, `yearly_need`. Subtract our revenue, and
# you have the room that is left:

# %% name="room"
room = customers["yearly_need"] - customers["revenue"]
with_room = customers.assign(room=room).sort_values("room", ascending=False)
rk.pretty(with_room[["revenue", "yearly_need", "forecast_amount"]].head(5))

# %% name="kit_checks_room" claims=true
# The kit checking itself: the customers named in the text.
assert with_room.index[0] == "C382"
assert round(148_860 / 2_977_200, 2) == 0.05
assert with_room.loc["C382", ["revenue", "yearly_need"]].tolist() == [148_860, 2_977_200]
assert with_room.index[3] == "C117"

# %% [markdown] lang="zh-TW"
# 空間最大的 C382，一年需要 2,977,200 元，只向我們買了 5%；剛才差點冤枉的 C117 排第四。
# 可是業務員預測下一季 C382 只會買 27,400 元。需求是**估的**，會不會向我們買又是另一回事。把估計當事實，名單會很好看，業績不會。

# %% [markdown] lang="en"
# C382 has the most room: it needs NT$2,977,200 a year and buys 5% of that from us. C117, whom we nearly
# marked down, is fourth. But the salesperson’s forecast for C382 next quarter is NT$27,400. The need is an
# **estimate**, and whether they will buy from us is another question. Take estimates for facts, and the list
# looks splendid while sales stay where they are.

# %% [markdown] lang="zh-TW"
# ### 綜合加權：10、30、60
#
# 每個標準都只看到一面，所以不少公司把幾個合起來看。有一篇談分級的文章，權重是：信用 10%、下單金額 30%、利潤 60%，滿分 100。
# 注意，合成時**少了發展前景**，沒說理由；元和百分比怎麼變成 0 到 100 分，也沒說。
#
# 教材提供兩種換法。先用**名次**：最差的 0 分，最好的 100 分，中間照名次平均分。（`pd.DataFrame` 把三欄合成一張表，冒號前面是欄名。）

# %% [markdown] lang="en"
# ### Weighted composite: 10, 30, 60
#
# Each criterion sees one side only, so firms combine them. One source article gives weights: credit 10%, order
# amount 30%, profit 60%. Of the criteria, **prospects were dropped**, and no reason is given.
#
# Nor does it say how dollars and percentages become points from 0 to 100. The kit offers two ways. The
# first goes by **rank**: the last gets 0, the first 100, the others in equal steps between. (`pd.DataFrame` makes
# a table of columns.)

# %% name="by_rank"
measures = pd.DataFrame(
    {"credit": on_time, "order_amount": customers["revenue"], "profit": customers["profit"]}
)
points = (measures.rank() - 1) / (len(measures) - 1) * 100
score = 0.10 * points["credit"] + 0.30 * points["order_amount"] + 0.60 * points["profit"]
points.assign(score=score).loc[["C381", "C275", "C117"]].round(1)

# %% [markdown] lang="zh-TW"
# `.rank()` 算名次（最小的是 1；一樣的人平分名次，所以 C117 準時率 100% 也不是 100 分，因為並列第一的人很多）；
# `.loc[[...]]` 用編號挑幾位出來看；`.round(1)` 取到小數一位。教材的 `to_points`（`.apply` 讓每一欄都做一次）和 `composite_score`
# 給的結果一樣，最後印出的是教材存好的權重：

# %% [markdown] lang="en"
# `.rank()` gives ranks from 1 for the smallest. Equal customers share their ranks, which is why C117, always on
# time, does not get 100 for credit: many others are first too. `.loc[[...]]` picks customers by number, and
# `.round(1)` keeps one decimal. The kit’s `to_points` and `composite_score` give the same:

# %% name="by_rank_kit"
kit_points = measures.apply(rk.to_points)
kit_score = rk.composite_score(kit_points, rk.CREDIT_ORDER_PROFIT)
dict(rk.CREDIT_ORDER_PROFIT)

# %% name="claim_by_rank_kit" claims=true
assert (abs(kit_points - points) < 1e-9).all(axis=None)
assert (abs(kit_score - score) < 1e-9).all()
assert (measures["credit"] == 100).sum() == 154

# %% [markdown] lang="zh-TW"
# 第二種看**距離**（min–max）：最小值 0 分，最大值 100 分，其他人照離兩端多遠給分。權重不動，只換算法：

# %% [markdown] lang="en"
# The second goes by **distance** (min–max): the smallest value gets 0, the largest 100, and the others by
# how far they are from both ends. The weights stay; only the way of scoring changes:

# %% name="by_distance"
spread = measures.max() - measures.min()
points_2 = (measures - measures.min()) / spread * 100
score_2 = 0.10 * points_2["credit"] + 0.30 * points_2["order_amount"] + 0.60 * points_2["profit"]
points_2.median().round(1)

# %% name="claim_by_distance" claims=true
assert (abs(points_2 - measures.apply(rk.to_points, method="minmax")) < 1e-9).all(axis=None)
assert points_2.median().round().tolist() == [94, 1, 10]

# %% [markdown] lang="zh-TW"
# 站在中間的客戶，信用 94 分，下單金額 1 分，利潤 10 分：最大的客戶太大，其他人全擠到地板上。兩種算法的前 64 名差幾位？

# %% [markdown] lang="en"
# The customer in the middle now has 94 points for credit, 1 for order amount and 10 for profit: the largest
# are so large that all others are pressed to the floor. So, outside the top 64 by profit, the order is mostly
# decided by credit, whose weight is just 10%. How different are the two lists of 64?

# %% name="who_moves"
first_64 = score.sort_values(ascending=False).head(64).index
other_64 = score_2.sort_values(ascending=False).head(64).index
leave = first_64.difference(other_64)
leave.tolist()

# %% name="claim_who_moves" claims=true
assert len(leave) == 11

# %% [markdown] lang="zh-TW"
# `.difference` 找出前一份有、後一份沒有的人：64 位裡有 11 位換掉了。如果不是取前 20%，而是用**固定分數**分級（80 分以上 VIP、60 分以上重要、其餘普通），差別更驚人：

# %% [markdown] lang="en"
# `.difference` finds those in the first list and not in the second: 11 of 64 drop out. Cut at **fixed
# scores** instead of at the top 20% (VIP from 80, important from 60, ordinary below), and the difference is
# startling (`value_tier` makes the three tiers):

# %% name="fixed_cuts"
tier = rk.value_tier(score)
tier_2 = rk.value_tier(score_2)
rk.show(rk.plot_migration(tier, tier_2, names=("rank", "min–max")))

# %% name="claim_fixed_cuts" claims=true
assert tier.value_counts(sort=False).tolist() == [47, 75, 198]
assert tier_2.value_counts(sort=False).tolist() == [1, 2, 317]
assert (tier != tier_2).sum() == 121
assert ((tier == "value3:vip") & (tier_2 == "value3:ordinary")).sum() == 44

# %% [markdown] lang="zh-TW"
# 左邊是照名次（rank）的等級，往右看他們照距離（min–max）落到哪一欄。同樣的客戶、同樣的權重：47 位 VIP 只剩 **1 位**，44 位直接掉到普通，
# 一共 121 位換了等級。客戶什麼都沒做。報告只寫「10、30、60」不夠，**怎麼換成分數**也要寫。
#
# > **試一試　1.d**　經理說：「準時付款很重要，改成信用 40%、下單金額 20%、利潤 40%。」用照名次的 `points` 重算，前 64 名是誰？

# %% [markdown] lang="en"
# A row is a tier by rank; its columns show where those customers are by distance (min–max). The same
# customers, the same weights: of 47 VIPs **one** is left, 44 fall straight to ordinary, and 121 customers in
# all change tiers, having done nothing. It is not enough to write “10, 30, 60” in a report: say **how figures
# became points**, too.
#
# > **Try it: 1.d.** The manager says: “Paying on time matters. Make it credit 40%, order amount 20%, profit
# > 40%.” Use `points`, those by rank. Who are the top 64 now?

# %% name="try_d"
new_64 = ...
check("1.d", new_64)

# %% [markdown] lang="zh-TW"
# ## {section vip_list}　陷阱：一份看起來沒問題的 VIP 名單
#
# 同事只用下單金額排，取前 64 位當 VIP，附了一句話：「這份名單抓住了 77% 的營收，專人拜訪、優先出貨，就給這些人。」數字沒算錯：

# %% [markdown] lang="en"
# ## {section vip_list} A trap: a VIP list that looks fine
#
# A colleague ranked by order amount alone, took the first 64 as VIPs and wrote: “This list covers 77% of
# revenue. Personal visits and first delivery should go to these.” The figure is right:

# %% name="trap"
vip = by_revenue.head(64)
print(vip["revenue"].sum() / customers["revenue"].sum())

# %% name="claim_trap" claims=true
assert round(vip["revenue"].sum() / customers["revenue"].sum(), 2) == 0.77

# %% [markdown] lang="zh-TW"
# > **停下來想一想**　名單上會不會有不該優先的人？你想用哪兩欄去查？先寫下你的猜測，再往下執行。（`on_time[vip.index]` 只取這 64 位的準時率。）

# %% [markdown] lang="en"
# > **Stop and think.** Might there be people on it who should not come first? Which two columns would you
# > look at? Write down your guess, then go on.

# %% name="trap_checked"
losing = vip[vip["profit"] < 0]
pays_late = on_time[vip.index] < 70
print(pays_late.sum())
rk.pretty(losing[["revenue", "cost_of_goods", "service_cost", "profit", "profit_last_year"]])

# %% name="claim_trap_checked" claims=true
assert losing.index.tolist() == ["C367", "C331", "C089"]
assert pays_late.sum() == 17

# %% [markdown] lang="zh-TW"
# <details><summary>想好了再打開</summary>
#
# 64 位「VIP」裡，有 3 位讓旭東**賠錢**，17 位準時付款的發票不到七成。最離譜的是 C331：一年買 42,600 元，進貨成本 24,267 元，
# 服務成本 34,514 元，賠 16,181 元，去年也賠 27,673 元。再派專人拜訪、優先出急件，只會賠得更多。
#
# 名單沒有算錯，錯在拿「買多少」回答「值多少」。但也別急著趕人：服務成本花在哪裡，是我們跑太多趟，還是退貨太多？談最低訂購量，或改成線上訂購，就可能轉虧為盈。
#
# </details>

# %% [markdown] lang="en"
# <details><summary>Decide first, then open this</summary>
#
# Of the 64 “VIPs”, 3 **lose money** for Xudong, and 17 pay fewer than 70% of their invoices on time. The worst
# is C331, which bought for NT$42,600. The goods cost NT$24,267 and the service NT$34,514: a loss of
# NT$16,181, after NT$27,673 the year before. More visits and more rush orders delivered first would make the loss grow.
#
# Nothing was computed wrongly. “How much do they buy?” was mistaken for “how much are they worth?” But don’t
# show anyone the door yet: find out what the service is. Too many trips of ours? Too many returns?
# A minimum order or online ordering may turn the loss into a profit.
#
# </details>

# %% name="kit_checks_c331" claims=true
# The kit checking itself: the figures of C331.
assert customers.loc["C331", "revenue"] == 42_600
assert customers.loc["C331", "profit"] == -16_181
assert customers.loc["C331", ["cost_of_goods", "service_cost"]].tolist() == [24_267, 34_514]
assert customers.loc["C331", "profit_last_year"] == -27_673

# %% name="revenue_and_credit"
paid_on_time = on_time.rename("credit_score")
rk.show(rk.plot_quadrants(revenue, paid_on_time, cuts=(cuts[0], 70), names=corners))

# %% [markdown] lang="zh-TW"
# 右下角就是那 17 位：買得多，錢收得慢（縱軸是準時付款的百分比，未滿 70 算低）。買得愈多，晚付愈傷，因為被卡住的是我們的現金。
# 這 17 位該先談的是**付款條件**，不是優先出貨。

# %% [markdown] lang="en"
# At the lower right are the 17: they buy a lot, and the money comes late. (The vertical axis is the percentage
# paid on time, and below 70 is low.) The larger the customer, the more a late payment hurts, because it is
# our cash that is stuck. With these 17, talk about **terms of payment** first, and about priority later.

# %% [markdown] lang="zh-TW"
# ## {section one_word}　同一個詞，不一樣的人
#
# 開會時有人說「重要客戶要優先」。哪一種重要？光是課本和相關文章裡就有兩種，加上依分數分的那一種，一共三種。前兩種第 2 章才教，先借來用：
# `abc_tier` 依利潤名次分四級，`relative_tier` 取利潤的前 20%，`tier` 是剛才照名次算的等級。

# %% [markdown] lang="en"
# ## {section one_word} One word, different people
#
# In a meeting somebody says: “Important customers (重要客戶) first.” Important in which sense? In the textbook
# and its sources the word means at least two things, and by score it means a third. (The cell below uses
# three schemes of the kit; chapters 2 and 3 explain them. `|` means “or”.)

# %% name="one_word"
abc4 = rk.abc_tier(customers["profit"])
pareto = rk.relative_tier(customers["profit"])
important_1 = abc4 == "abc4:important"
important_2 = pareto == "pareto2:key"
important_3 = tier == "value3:important"
all_three = important_1 & important_2 & important_3
any_of_them = important_1 | important_2 | important_3
print(important_1.sum(), important_2.sum(), important_3.sum())
print(all_three.sum(), any_of_them.sum())

# %% name="claim_one_word" claims=true
assert (all_three.sum(), any_of_them.sum()) == (18, 122)

# %% [markdown] lang="zh-TW"
# 三種「重要」各有 49、65、75 位。三種都是的只有 **18 位**，至少是其中一種的有 **122 位**（`|` 是「或」）。同一句話，主管和業務員心裡想的可能是完全不同的人。
#
# 所以教材的等級一律寫成**分法:等級**，例如 `abc4:important`。下面是容易混淆的詞：
#
# | 詞 | 有時是 | 有時是 | 教材寫 |
# |---|---|---|---|
# | 重要客戶 | 利潤名次第 6–20%，或利潤累計 50% 到 80% 的那一段 | 帶來 80% 利潤的前 20% | `abc4:important`、`pareto2:key` |
# | 普通客戶 | 第 21–50%，排在小客戶前面（95 位） | 三級的最低一級，未滿 60 分（198 位） | `abc4:ordinary`、`value3:ordinary` |
# | 小客戶 | 後 50%（160 位） | 後 80%（255 位） | `abc4:small`、`pareto2:other` |
# | 劣質客戶 | 有人拿來稱呼後 80% | 也有人說他們撐起產能 | 不用這個詞 |
# | BZ、BZC | 負值客戶 | 同一件事的另一種縮寫 | `below_zero` |
# | 模型價值、模版價值 | 同一篇文章混用 | 可能有一個是錯字 | 列在勘誤 |
# | R 高 | 天數的數字大（不好） | 等級高、天數少（好） | `recency_days` 與 `R` 分成兩欄 |

# %% [markdown] lang="en"
# The three kinds of “important” have 49, 65 and 75 members. Only **18 customers** are in all three, and
# **122** in at least one. The manager and the salesperson may say the same sentence and
# think of different people.
#
# So the kit always writes **scheme:tier**, such as `abc4:important`. The words most often confused:
#
# | word | sometimes | at other times | the kit writes |
# |---|---|---|---|
# | important (重要客戶) | ranks 6–20% by profit, or the next 30% of profit | the top 20% who bring 80% | `abc4:important`, `pareto2:key` |
# | ordinary (普通客戶) | ranks 21–50%, above the small (95) | the lowest of three, under 60 points (198) | `abc4:ordinary`, `value3:ordinary` |
# | small (小客戶) | the last 50% (160) | the last 80% (255) | `abc4:small`, `pareto2:other` |
# | inferior (劣質客戶) | one text’s word for the last 80% | another text says that they keep the capacity in use | not used |
# | BZ, BZC | customers “below zero” | the same, abbreviated differently | `below_zero` |
# | model or template value (模型價值, 模版價值) | both in one text | one is probably a misprint | noted among the errata |
# | a high R | a large number of days (bad) | a high level, few days (good) | two columns: `recency_days`, `R` |

# %% name="kit_checks_words" claims=true
# The kit checking itself: the counts in the table above.
assert (important_1.sum(), important_2.sum(), important_3.sum()) == (49, 65, 75)
assert ((abc4 == "abc4:ordinary").sum(), (tier == "value3:ordinary").sum()) == (95, 198)
assert ((abc4 == "abc4:small").sum(), (pareto == "pareto2:other").sum()) == (160, 255)
last_80 = customers["profit"][pareto == "pareto2:other"]
assert round(last_80.sum()) == 317_535
assert (customers["profit"] < 0).sum() == 18
assert (last_80 > 0).sum() == 237

# %% [markdown] lang="zh-TW"
# 為什麼不用「劣質」？後 80% 的 255 位裡，真正賠錢的只有 18 位，237 位是賺的，合起來一年仍淨賺 317,535 元。賺得少，不等於沒有價值。

# %% [markdown] lang="en"
# Why not “inferior”? Of the 255 in the last 80%, only 18 lose money and 237 earn some; together they still
# bring NT$317,535 a year. Low profit is not worthlessness.

# %% [markdown] lang="zh-TW"
# ## {section tell_manager}　告訴經理
#
# > **值得做，但別只看營收**　三個條件旭東都符合：320 位客戶搶 90 個位子（一人照顧 30 位），87% 的客戶回購，前 20% 帶來八成以上的利潤。
# >
# > 1. 先用**利潤**排。只用營收，前 64 位裡有 10 位不在利潤的前 64 名，其中 3 位還讓我們賠錢。
# > 2. **信用**另外看：營收前 64 位裡有 17 位，準時付款的發票不到七成，先談付款條件。逾期要先扣掉我方開錯的帳單。
# > 3. 若用綜合分數，寫明權重，也寫明怎麼換成分數；換一種算法，121 位客戶會換等級。
# >
# > 限制：只有一年的資料；前景是業務員的估計；服務成本怎麼分攤到每位客戶，會左右利潤的名次。
# > 升級的條件和好處可以公開，誰在低等級不必公開；等級低的客戶，電話照樣有人接。

# %% [markdown] lang="en"
# ## {section tell_manager} Tell the manager
#
# > **Worth it, but not by revenue alone.** Xudong meets all three conditions: 320 customers for 90 places (at
# > 30 a person), 87% come back, and the top 20% bring over 80% of the profit.
# >
# > 1. Rank by **profit** first. By revenue alone, 10 of the top 64 do not belong there, and 3 of the 64
# >    lose money.
# > 2. Look at **credit** separately: 17 of the top 64 by revenue pay fewer than 70% of their invoices on
# >    time. Talk about terms first. Before counting late days, take out the invoices we got wrong.
# > 3. If there is to be a composite score, state its weights and how figures become points: another way of
# >    scoring puts 121 customers into another tier.
# >
# > Limits: one year only; prospects are salespeople’s estimates; how service cost is shared out among
# > customers affects who ranks where by profit. What it takes to move up may be public; who is in a low
# > tier need not be, and their calls are answered all the same.

# %% [markdown] lang="zh-TW"
# ## {section reference}　備查：五個問題、信用額度、潛在客戶、其他分法
#
# 這一節不算在 45 分鐘裡。可以先跳到「這一章說了什麼」，要用時再回來查。
#
# 一篇談「管理層如何選擇客戶層級」的文章，建議先問五個問題。旭東的帳冊答得了多少？
#
# | 先問 | 旭東看哪裡 | 在哪一章 |
# |---|---|---|
# | 價值：帶來多少？ | `profit`，終身價值 | 2、4 |
# | 需求：他要什麼？ | `yearly_need`、聯絡記錄 | 3、7 |
# | 忠誠：會不會留下？ | 回購、滿意度調查 | 4、5 |
# | 潛力：還能長多大？ | `forecast_amount`、成長空間 | 3 |
# | 競爭：對手在做什麼？ | 他的需求我們占幾成（上面的 24%） | 7 |
#
# 文章附了兩個案例。**A 公司**（科技業）：評估價值，為高價值客戶量身打造服務；做市場調查、收意見；推會員忠誠計畫。
# **B 公司**（零售業）：依需求與價值把客戶分群；用模型預測潛力，提早投入；分析對手，調整定位。
#
# > **想一想**　五個問題，A 和 B 各漏了哪幾個？你會相信「大獲成功」這個結論嗎？
#
# <details><summary>看答案</summary>
#
# A 沒提潛力與競爭，B 沒提忠誠。文章說兩家都成功，卻沒有任何數字，也沒有和「不分級會怎樣」比較，所以只能當例子，不能當證據。
#
# </details>

# %% [markdown] lang="en"
# ## {section reference} For reference: five questions, credit limits, prospects, other ways of dividing
#
# Not part of the 45 minutes: go on to “What this chapter said”, and come back when you need it.
#
# An article for managers has five questions to ask first. Where can Xudong look for the answers?
#
# | ask first | where Xudong looks | chapter |
# |---|---|---|
# | value: what do they bring? | `profit`, lifetime value | 2, 4 |
# | needs: what do they want? | `yearly_need`, the record of contacts | 3, 7 |
# | loyalty: will they stay? | repeat orders, the survey | 4, 5 |
# | potential: how far can they grow? | `forecast_amount`, room left | 3 |
# | competition: what do rivals do? | our part of what they need (the 24% above) | 7 |
#
# It describes two cases. **Firm A** (technology) valued its customers and tailored services for the best; did market
# research and asked for opinions; started a loyalty scheme. **Firm B** (retail) divided customers
# by need and value; predicted potential with models, and invested early; studied its rivals and changed
# its position.
#
# > **Think.** Which of the five did A leave out, and which B? Do you believe that both “succeeded”?
#
# <details><summary>Answers</summary>
#
# A says nothing of potential and competition, B nothing of loyalty. Success is claimed without a single
# figure, or a comparison with what would have happened otherwise. These are
# examples, not evidence.
#
# </details>

# %% [markdown] lang="zh-TW"
# ### 信用等級與信用額度
#
# 信用常寫成等級：超過 90 分 AAA，超過 80 分 AA，然後 A、BBB、BB、B，40 分以下避免授信（不讓他賒帳）。拿準時的百分比當分數，是教材的簡化。
# 等級用來訂**信用額度**，也就是最多讓他欠多少：每月營收 × 帳期（可以晚幾個月付）× 係數。
# 公開的係數是 AA 100%、A 80%、B 60%、C 0；七等怎麼對到四等，由教材自定（BBB 用 60%）。

# %% [markdown] lang="en"
# ### Credit grades and the credit limit
#
# Credit is often written as a grade: over 90 points AAA, over 80 AA, then A, BBB, BB, B, and at 40 or less
# no credit at all. Using the on-time percentage as the points is the kit’s simplification. Grades set the
# **credit limit**, the most a customer may owe: monthly sales × months of credit × a factor. The published
# factors are AA 100%, A 80%, B 60%, C 0; giving all three grades with a B 60% is the kit’s choice.

# %% name="credit"
credit = rk.credit_grade(on_time)
monthly = customers["revenue"] / 12
limit = rk.credit_limit(monthly, credit, term_months=2)
rk.pretty(credit.value_counts(sort=False).to_frame("customers"))

# %% name="kit_checks_credit" claims=true
# The kit checking itself: the grades and the limit told in the text.
assert credit["C381"] == "credit:bbb"
assert round(monthly["C381"]) == 78_366
assert round(limit["C381"]) == 94_040
assert abs(limit["C381"] - monthly["C381"] * 2 * 0.60) < 1e-6
assert (credit == "credit:aaa").sum() == 169
assert (credit == "credit:avoid").sum() == 21
assert (customers["order_count"][credit == "credit:avoid"] <= 3).sum() == 12

# %% [markdown] lang="zh-TW"
# 營收第一的 C381，三張發票就有一張晚付，只有 **BBB**：每月營收 78,366 元 × 2 個月 × 60%，最多讓他欠 94,040 元。
# 買得最多的人，不見得最讓人放心。
#
# 那 21 位避免授信的也別急著拒絕：其中 12 位一年下單不到四次，**一兩張晚付就掉到底**。張數太少，分數不可靠，先打通電話。
#
# > **5C**　銀行看信用還會看五件事：品德（character，願不願意還）、能力（capacity，還不還得起）、資本（capital）、擔保品（collateral）、
# > 環境（conditions）。準時付款只說了第一件，資本額（`registered_capital`）說了一點第三件，其餘帳冊裡沒有。

# %% [markdown] lang="en"
# AAA went to 169 customers, and 21 should get no credit. C381, first by revenue, pays one invoice in three
# late and is only a **BBB**: NT$78,366 a month × 2 months × 60%, or about NT$94,000 on account at most. The
# one who buys most is not the one to worry about least.
#
# Don’t turn the 21 away either: 12 of them had three invoices or fewer, where **one or two late payments are enough**
# to sink to the bottom. Such small numbers prove nothing. Ring them first.
#
# > **The five Cs.** Lenders look at five things: character (willing to pay), capacity (able to pay),
# > capital, collateral (security given) and conditions (the trade and the times). Paying on time says
# > something about the first, `registered_capital` a little about the third; on the
# > other three the books are silent.

# %% [markdown] lang="zh-TW"
# ### 潛在客戶：A 到 D
#
# 還沒買過的人叫**潛在客戶**，依成交可能性分成 A 到 D 四級，門檻 75%、50%、25% 是教材自己定的。下面四個案子也是編造的。
# （程式裡的 `20_000` 就是 20000，底線只是方便看。）

# %% [markdown] lang="en"
# ### Prospects: A to D
#
# Somebody who has not bought yet is a **prospect**, graded A to D by how likely a deal is. The four below are
# made up too, and the cuts of 75%, 50% and 25% are the kit’s own. In the result, `prospect:a` is grade A.

# %% name="prospects"
prospects = pd.DataFrame(
    {"likelihood": [0.9, 0.6, 0.3, 0.1], "amount": [20_000, 80_000, 300_000, 50_000]},
    index=["P1", "P2", "P3", "P4"],
)
expected = prospects["likelihood"] * prospects["amount"]
grade = rk.prospect_grade(prospects["likelihood"])
prospects.assign(expected=expected, grade=grade)

# %% name="claim_prospects" claims=true
assert expected.round().tolist() == [18_000, 48_000, 90_000, 5_000]
assert grade.tolist() == ["prospect:a", "prospect:b", "prospect:c", "prospect:d"]

# %% [markdown] lang="zh-TW"
# `prospect:a` 是 A 級的代碼；`expected` 是可能性乘金額，也就是期望金額。最可能成交的 P1 是 A 級，期望金額最高的卻是 **C 級**的 P3：90,000 元。
# 這個月一定要有業績，先跑 P1；還有時間經營，先跑 P3。等級只說了「多可能」，沒說「多值得」。

# %% [markdown] lang="en"
# `expected` is likelihood times amount. P1, the likeliest, is grade A; but the largest expected amount,
# NT$90,000, is P3’s, a **C**. Whom do you visit first? P1, if there must be a sale this month; P3, if there
# is time to work on it. The grade says how likely, not how much it is worth.

# %% [markdown] lang="zh-TW"
# ### 還可以怎麼分客戶
#
# | 依什麼分 | 分成 |
# |---|---|
# | 與企業的關係 | 消費客戶、中間客戶（買來轉賣）、公利客戶（代表公眾）、內部客戶（自家部門） |
# | 客戶價值 | VIP、主要、普通、小客戶 |
# | 由誰負責產品 | 零售消費者、企業客戶、代理商、內部客戶 |
# | 企業的反應 | 屈從、關懷、適應、冷漠（第四種原文已缺，第 7 章再談） |
# | 已成交的規模 | 小、中、大、VIP；潛在客戶則分 A–D（見上） |
#
# 這幾種不一定都有高低，所以不全是分級。旭東的客戶屬於哪一種？學校和機關 104 位，可算公利客戶；零售業 54 位，要問過才知道是自用還是轉賣。
#
# 最後一種要自己訂門檻，下面的 1 萬、5 萬、20 萬元是教材隨手訂的：

# %% [markdown] lang="en"
# ### Other ways of dividing customers
#
# | by | into |
# |---|---|
# | relation to the firm | consumer, intermediate (buys to sell on), public-interest (acts for the public), internal (our own departments) |
# | value | VIP, main, ordinary, small |
# | who answers for the product | retail consumer, business, agent, internal |
# | how the firm reacts | yield, care, adapt, cold (the fourth name is lost; “cold” is the kit’s, see chapter 7) |
# | size of those who have bought | small, medium, large, VIP; prospects are graded A–D (above) |
#
# Not all of these have a better and a worse, so not all are tiering. What are Xudong’s customers? Its 104
# schools and government offices are public-interest; its 54 retailers would have to be asked whether they
# use what they buy or sell it on.
#
# The last way needs cuts. The NT$10,000, 50,000 and 200,000 here are the kit’s own, picked by hand (`isin` asks “is it
# in this list?”):

# %% name="sizes"
public = customers["industry"].isin(["school", "government"])
size = rk.customer_size(customers["revenue"], cuts=(10_000, 50_000, 200_000))
rk.pretty(size.value_counts(sort=False).to_frame("customers"))

# %% name="claim_sizes" claims=true
assert public.sum() == 104
assert (customers["industry"] == "retail").sum() == 54
assert size.value_counts(sort=False).tolist() == [7, 33, 112, 168]

# %% [markdown] lang="zh-TW"
# VIP 只有 7 位，小型有 168 位；門檻一動，人數就跟著動。（`isin` 問「在不在這份清單裡」。）
#
# 還有一件事：「客戶」常常不是一個人。公司買東西，有人用、有人建議、有人拍板、有人核准、有人下單、有人擋在門口，合稱**購買決策單位**：

# %% [markdown] lang="en"
# Seven VIPs and 168 small ones; move a cut, and the numbers move with it.
#
# One thing more: a customer is often not one person. When a firm buys, somebody uses, somebody advises,
# somebody decides, approves, orders, or controls who gets in touch. Together they are the **decision-making unit**:

# %% name="buying_unit"
roles = rk.scheme_table("buying_unit")
rk.pretty(roles[["name", "traits", "strategy"]])

# %% name="claim_buying_unit" claims=true
assert len(roles) == 6

# %% [markdown] lang="zh-TW"
# 六種角色可以由同一個人兼。業務員要是只認識下單的那一位，他一換工作，關係就斷了。
#
# 另外，有一本書主張替客戶做**綜合評估**（經營、管理、需求三面），評估表已失傳，第 3 章用教材自製的表來做。

# %% [markdown] lang="en"
# One person may play several of the six. A salesperson who knows only the one who places orders will lose the
# customer when that person changes jobs.
#
# One book also calls for a **comprehensive evaluation** of customers (operation, management, need). Its sheet is
# lost; chapter 3 has the kit’s own.

# %% [markdown] lang="zh-TW"
# ## 這一章說了什麼
#
# - 客戶分級（customer tiering）＝ 固定的標準 ＋ 每一級的服務；不讓低等級的客戶不舒服，標準合身，組織撐得起。
# - 三個條件：客戶數超過管理幅度（span）、回購占比（repeat share）高、價值差異大（前 20% 占比、吉尼係數 Gini coefficient）。回購不成立，就改分銷售機會。
# - 五個標準：信用（credit standing）、下單金額（order amount）、前景（prospects）、利潤（profit）、綜合加權（weighted composite）。逾期要先問是誰的錯。
# - 綜合分數除了權重，還要說明怎麼換成分數（名次 rank、距離 min–max），換一種就有人換等級。
# - 等級寫成「分法:等級」（scheme:tier）；買得多，不等於值得多。

# %% [markdown] lang="en"
# ## What this chapter said
#
# - Tiering (客戶分級) is a fixed standard plus service for each level. Lower tiers are not made
#   uncomfortable, the standard suits the firm, the organisation can carry it.
# - Three conditions: more customers than the span (管理幅度), a high repeat share (回購占比), and unequal value
#   (價值差異: top-20% share, Gini coefficient). Without repeat orders, tier the opportunities instead.
# - Five criteria (標準): credit standing (信用), order amount (下單金額), prospects (前景), profit (利潤), weighted
#   composite (綜合加權). When a payment is late, ask first whose fault it was.
# - A composite needs its weights and its way of scoring (rank 名次, or min–max 距離); change either, and
#   customers change tiers.
# - Write tiers as scheme:tier (分法:等級). Buying a lot is not the same as being worth a lot.

# %% [markdown] lang="zh-TW"
# ## 離開前三題
#
# 1. 一家婚宴會館幾乎沒有回頭客，客人的花費差很多，一年有 500 組。該不該做客戶分級？
# 2. 某客戶 10 張發票晚付 2 張，其中 1 張是我方開錯。他的準時率是多少？
# 3. 同事說：「我們照 10、30、60 算的，很客觀。」你會追問什麼？
#
# <details><summary>看答案</summary>
#
# 1. 不該分**客戶**。條件一、三成立，條件二不成立，該分的是還沒簽約的機會：成交可能性與金額。
# 2. 90%。我方開錯的那張不算他的，10 張裡 1 張逾期。
# 3. 至少三件事：怎麼換成分數（名次還是距離）？逾期有沒有扣掉自己的錯？為什麼不看前景？權重本身也是人訂的。
#
# </details>

# %% [markdown] lang="en"
# ## Three questions before you go
#
# 1. A wedding hall has 500 parties a year, whose bills differ greatly; hardly anyone comes back. Should it
#    tier its customers?
# 2. Of a customer’s 10 invoices 2 were paid late, one of them because we got it wrong. What percentage is on
#    time?
# 3. A colleague says: “We used 10, 30, 60, so it’s objective.” What do you ask?
#
# <details><summary>Answers</summary>
#
# 1. Not its **customers**. Conditions 1 and 3 hold and 2 does not: tier the deals not yet signed, by
#    likelihood and amount.
# 2. 90%. The one we got wrong does not count against them, which leaves 1 of 10.
# 3. At least three things: how did figures become points, by rank or by distance? Were our own mistakes
#    taken out of the late payments? Why are prospects left out? And the weights were somebody’s choice too.
#
# </details>

# %% [markdown] lang="zh-TW"
# ## 接下來
#
# 換你了：[第 1 章練習](../../exercises/zh-TW/01_concepts.ipynb)是另一家分公司的帳冊。
#
# 經理看完建議，說：「好，先看利潤。那到底是**誰**帶來利潤？線要畫在哪裡？」[第 2 章](02_abc.ipynb)用 ABC 分類法回答。

# %% [markdown] lang="en"
# ## Next
#
# Your turn: the [exercise of chapter 1](../../exercises/en/01_concepts.ipynb) has the books of another branch.
#
# The manager reads your advice and says: “Profit first, then. But **who** brings it, and where do we draw
# the line?” [Chapter 2](02_abc.ipynb) answers with ABC analysis.
