# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="zh-TW"
# # 第 1 章　誰是客戶，值不值得分級，照什麼分
#
# [English edition](../en/01_concepts.ipynb)
#
# > **學完這一章，你能夠**
# > 1. 認出廣義與狹義的客戶，並說出細分和分級差在哪裡
# > 2. 說出客戶分級包含哪兩件事、要守哪三個原則，並認出違反原則的做法
# > 3. 用帳冊量出「值得分級」的三個條件，並說出估得多準
# > 4. 從帳冊讀出信用、下單金額、前景、利潤，並說明兩張排名為什麼不同
# > 5. 看到「重要客戶」四個字，先問是哪一套分法
# >
# > 分兩次讀：第一次 {minutes 1} 分鐘，第二次 {minutes 2} 分鐘（第 {section reference} 節是備查，另計），之後有[練習](../../exercises/zh-TW/01_concepts.ipynb)。
# > 先做過[從這裡開始](00_start.ipynb)和[暖身](00_warm_up.ipynb)。資料：`data/客戶年報.csv`、`data/付款記錄.csv`，[欄位說明](../../data/README.md)。
#
# > **依據什麼**　這門課依循一本《客戶關係管理》教科書談客戶分級的那一章（以下稱**課本**），加上幾篇談客戶分析的文章。
# > 課本只用文字說三個條件，怎麼用數字量，是教材自己訂的；管理幅度 30 位、潛在客戶 A 到 D 的界線、客戶大小的門檻也是。

# %% [markdown] lang="en"
# # Chapter 1: who is a customer, is tiering worth it, and by what?
#
# [中文版](../zh-TW/01_concepts.ipynb)
#
# > **After this chapter you can**
# > 1. recognise customers in the narrow and in the broad sense, and say how segmentation differs from tiering
# > 2. say what the two halves of tiering are, name its three principles, and spot a plan that breaks one
# > 3. measure, in a firm’s books, the three conditions under which tiering pays, and say how sure the figures are
# > 4. read credit, order amount, prospects and profit off the books, and say why two rankings differ
# > 5. ask “in which scheme?” whenever somebody says “important customer”
# >
# > Two sittings, of {minutes 1} and {minutes 2} minutes (without section {section reference}, which is for reference), then an
# > [exercise](../../exercises/en/01_concepts.ipynb). Do [Start here](00_start.ipynb) and the [warm-up](00_warm_up.ipynb) first.
# > Data: `data/客戶年報.csv` (the year’s figures, one row per customer) and `data/付款記錄.csv` (payments), [what
# > their columns mean](../../data/README.md).
#
# > **What it is based on.** The course follows the chapter on tiering of a Chinese textbook of customer relationship management,
# > from here on **the textbook**, and a few articles on customer analysis. The textbook states its three conditions in words only:
# > how they are measured here is the kit’s own, and so are the span of 30 customers, the lines between prospects A to D, and
# > the cuts between sizes of customers.

# %% name="setup"
import matplotlib.pyplot as plt
import pandas as pd

import rfmkit as rk
from rfmkit.classroom import check, hint

rk.use_language("zh-TW")
rk.use_style()

TODAY = pd.Timestamp("2021-04-01")
customers = rk.load_table(rk.data_file("客戶年報.csv"), index="customer")

# %% [markdown] lang="zh-TW"
# ## {section who_is_customer}　誰是客戶
#
# **張總的早上。** 十點，一家做電腦終端機的公司。張總正和人事經理談心：新生產線就要完工，幾位老員工卻愈來愈沒勁，怎麼辦？
# 話沒說完，電話響了。是一位代理商：「量這麼大，批發價再低一點。今天就出貨，上星期送修的那批也一起寄來。」張總沒有降價，答應多給一些贈品。
# 電話才放下，專案經理敲門：「一家跨國公司的合約談成了！我們的機器不必換掉他們原來的設備，直接升級就好。」
#
# **先猜再讀。** 這半個鐘頭，張總面對了哪幾種「客戶」？把下面的 `None`（「還沒有」）換成你的答案，文字要加引號，例如 `"代理商、……"`；這一節的最後再回來看。

# %% [markdown] lang="en"
# ## {section who_is_customer} Who is a customer?
#
# **Mr Zhang’s morning.** It is ten o’clock at a firm that makes computer terminals. Mr Zhang, who runs it, is talking to the head of personnel: the
# new line is nearly ready, but some of the old hands have lost heart. What is to be done? The telephone interrupts them. A dealer wants
# a lower wholesale price, since he takes so many; and please send them today, with the ones he returned for repair last week.
# Mr Zhang holds the price and adds some gifts. He has hardly hung up when a project manager knocks: the contract with a
# multinational is won! Our machines simply upgrade the
# equipment they already have, so none of it has to be replaced.
#
# **Guess before you read.** What kinds of “customers” did Mr Zhang deal with in that half hour? Replace the `None` below (it means
# “nothing yet”) with your answer in quotes, such as `"the dealer, …"`. We come back to it at the end of this section.

# %% name="guess_kinds"
my_guess_kinds = None

# %% [markdown] lang="zh-TW"
# 「客戶」有兩種意思：
#
# - **狹義**：最後使用或收下產品的人。
# - **廣義**：任何一個流程都有下一棒，收下這一棒成果的人就是客戶。所以同事也可以是客戶。
#
# > **想一想**　上課的老師、公車司機、公司主管、市立公園，各自的客戶是誰？
#
# <details><summary>想好了再打開</summary>
#
# 學生；乘客；（廣義）等他做決定才能往下做的部屬；來散步的市民。付錢的常是另一個人：學費可能是家長付的，公園是市政府出的錢。
#
# </details>
#
# 客戶很多，彼此卻有相似的地方。**客戶細分**就是先想清楚經營策略和目標市場，再依客戶的價值、需求、偏好，把相似的客戶歸成一群，
# 替每一群準備合適的產品、服務和行銷。例如蓋別墅的、經營女性網站的、推出新款手機的，都只對其中一群人說話。
#
# 最常見的三種分法：
#
# | 照什麼分 | 分成 |
# |---|---|
# | 和公司的關係 | 消費客戶、中間客戶（買來轉賣）、公利客戶（代表大眾）、內部客戶（自家部門） |
# | 對公司的價值 | VIP、主要客戶、普通客戶、小客戶 |
# | 誰對產品負責 | 零售消費者、企業客戶、代理商、內部客戶 |
#
# 這三張單子**會重疊**：照關係叫「中間客戶」的，照誰對產品負責就叫「代理商」；「消費客戶」裡有零售消費者，也有買來自己用的企業客戶。
# 所以聽到一個名稱，先問「照什麼分」。三種之中，只有照價值分的有高低；有高低的細分，才叫**分級**。

# %% [markdown] lang="en"
# The word “customer” has two senses:
#
# - **narrow**: whoever finally uses or receives the product;
# - **broad**: every process has a next in line, and whoever receives what it produces is its customer. So a colleague can be one.
#
# > **Think.** Who are the customers of a teacher in class, a bus driver, a head of department, a city park?
#
# <details><summary>Decide first, then open this</summary>
#
# The pupils; the passengers; in the broad sense, the staff who wait for a decision to go on with their work; the people who take
# a walk there. The one who pays is often somebody else: a parent, or the city.
#
# </details>
#
# A firm has many customers, and some of them are alike. **Segmentation** means this: once its strategy and target market are clear,
# the firm puts customers who are alike in value, needs or tastes into groups, and prepares products, service and marketing that suit each group. Somebody who builds
# villas, runs a website for women or launches a new phone speaks to one group only.
#
# The three commonest ways of dividing:
#
# | by | into |
# |---|---|
# | relation to the firm | consumer; intermediate (buys to sell on); public-interest (acts for the public); internal (our own departments) |
# | value to the firm | VIP, main, ordinary, small |
# | who is responsible for the product | retail consumer, business, agent, internal |
#
# The lists **overlap**. An “intermediate” customer by relation is an “agent” by who is responsible for the product; and among “consumers”
# are retail consumers and firms that buy for their own use. So when you hear a name, ask “by what?” first. Of the three
# only the one by value has higher and lower; segmentation with higher and lower is **tiering**.

# %% [markdown] lang="zh-TW"
# 換成旭東。旭東批發辦公用品，客戶表裡有產業，沒有「和公司的關係」。學校和政府機關代表大眾，可以歸為公利客戶。
# `isin` 問「在不在這份清單裡」；下面兩個數字是他們的人數占比和營收占比。

# %% [markdown] lang="en"
# Now Xudong, which sells office supplies wholesale. Its table of customers has the industry and not the relation. Schools and
# government offices act for the public, so they count as public-interest. `isin` asks “is it in this list?”; the two numbers
# are their share of customers and their share of revenue.

# %% name="public_interest"
is_public = customers["industry"].isin(["school", "government"])
print(is_public.mean(), customers[is_public]["revenue"].sum() / customers["revenue"].sum())

# %% name="claim_public" claims=true
assert (is_public.sum(), round(is_public.mean(), 3)) == (104, 0.325)
assert round(customers[is_public]["revenue"].sum() / customers["revenue"].sum(), 2) == 0.45
assert (customers["industry"] == "retail").sum() == 54

# %% [markdown] lang="zh-TW"
# 公利客戶有 104 位（`is_public.sum()` 就數得到），占人數的三成多，卻占營收的 45%，投標、驗收、年度預算這些事值得有人專門負責。
# 另外有 54 位零售業客戶，帳冊沒說他們是自己用還是轉賣，要問過才知道是消費客戶還是中間客戶。
#
# <details><summary>回到張總的早上：打開看看</summary>
#
# 代理商是中間客戶，也就是「代理商」。跨國公司照關係是消費客戶（買來自己用），照誰對產品負責是企業客戶。
# 人事經理、老員工、專案經理都在等張總的決定，是廣義的內部客戶。還有一種沒出現在辦公室裡：最後坐在終端機前面的人，也就是狹義的客戶；故障率低不低，他們最清楚。
#
# </details>

# %% [markdown] lang="en"
# The public-interest customers, 104 of them (`is_public.sum()` counts them), are a third of all and bring 45% of revenue: tenders, acceptance and yearly budgets deserve somebody
# who knows them. There are 54 retailers besides, and the books do not say whether they use what they buy or sell it on; only they can tell
# us whether they are consumers or intermediates.
#
# <details><summary>Back to Mr Zhang’s morning: open this</summary>
#
# The dealer is an intermediate customer, or “agent”. The multinational is a consumer by relation, since it uses what it buys, and a business by
# who is responsible for the product. The head of personnel, the old hands and the project manager all wait for Mr Zhang’s decisions: internal customers, in the broad
# sense. One kind was not in the room at all: whoever sits at the terminals in the end, the customer in the narrow sense, who knows
# best how often they break down.
#
# </details>

# %% [markdown] lang="zh-TW"
# ## {section what_is_tiering}　分級是什麼
#
# 今天是 2021 年 4 月 1 日。旭東過去一年有 320 位客戶；業務部 3 位業務員，一週合計 60 個工時。經理聽說同行都在做「客戶分級」，問了兩件事：
#
# > 我們公司值得做嗎？要做的話，照什麼分？
#
# 先看時間。60 個工時是 3,600 分鐘，如果每位客戶都一樣對待，一週一人分得到幾分鐘？（`/` 是除。）

# %% [markdown] lang="en"
# ## {section what_is_tiering} What tiering is
#
# It is 1 April 2021. In the past year Xudong had 320 customers; its three salespeople together have 60 hours a week. The manager hears that every
# competitor is “tiering its customers”, and asks two things:
#
# > Is that worth doing here? And if it is, by what should we do it?
#
# First, the time. Sixty hours are 3,600 minutes: if every customer were treated alike, how many minutes a week would each one get?
# (`/` divides.)

# %% name="minutes_each"
60 * 60 / len(customers)

# %% name="claim_minutes_each" claims=true
assert len(customers) == 320
assert 60 * 60 / len(customers) == 11.25

# %% [markdown] lang="zh-TW"
# 11 分鐘多一點，打通電話、回兩封信就沒了。時間平分，人人都只得到一點點。
#
# **客戶分級**就是為了這件事：用幾個指標衡量客戶，依**固定的標準**分成幾個等級，再替每一級設計**不同的服務與關懷**。
# 所以分級有兩半，缺一不可：只有標準沒有服務，是一張沒人看的排名表；只有差別待遇沒有標準，是大小眼。
# 業務員心裡的「好客戶」不算分級：說不出標準，換個人名單就變了。
#
# ### 三個原則
#
# 1. **不讓低等級的客戶不舒服**：少服務一點可以，冷落、羞辱不行。
# 2. **標準要適合自己的公司**：別人的門檻，是用別人的客戶算出來的。
# 3. **和公司的組織配合**：3 位業務員撐不起八種服務。
#
# > **想一想**　經理擬了一則公告：「自五月起，C 級客戶恕不派員服務，請自行上網訂購。」違反了哪一個原則？換成你會怎麼寫？
#
# <details><summary>想好了再打開</summary>
#
# 第一個。問題不在客戶知道自己是哪一級，而在當眾點名、又只說拿走什麼。客戶可以知道自己的等級，也該知道怎樣能升級、升了有什麼好處；
# 可是這些話要一對一地說，而且從好處說起：「五月起開放線上訂購，隨時下單，隔天出貨；一季滿 5 萬元，另有專人服務。」需要業務員的客戶照樣打得通電話。
#
# </details>

# %% [markdown] lang="en"
# A little over 11 minutes: one phone call, two e-mails, and the time is gone. Treat all alike, and all get next to nothing.
#
# That is what **tiering** is for: measure customers by several indicators, divide them into levels by a **fixed standard**, and then design
# **service and care for each level**. Both halves are needed. A standard without service is a league table that nobody reads; service
# without a standard is favouritism. A salesperson’s list of “good customers” is no tiering: nobody can state the
# standard, and the list changes with the person.
#
# ### Three principles
#
# 1. **Lower tiers are not made uncomfortable.** Less service is fine; the cold shoulder is not.
# 2. **The standard suits the firm.** Somebody else’s cut was made for somebody else’s customers.
# 3. **It fits the organisation.** Three salespeople can’t carry eight kinds of service.
#
# > **Think.** The manager has drafted a notice: “From May, our staff no longer visit C-class customers. Please order online.” Which
# > principle does it break, and how would you word it?
#
# <details><summary>Decide first, then open this</summary>
#
# The first. The trouble is not that customers know their tier; it is that they are named in public, and told only what is taken away.
# Customers may know their tier, and should know what it takes to move up and what they get for it. But say it to each of them, and begin with the
# good news: “From May you can order online at any hour, for delivery the next day; with orders of NT$50,000 in a quarter you have a
# salesperson of your own.” And anybody who needs one can still ring.
#
# </details>

# %% [markdown] lang="zh-TW"
# ### 四個好處
#
# 客戶差多少，好處就有多大。下一格印出一年下單次數的中位數和最大值（**中位數** `.median()`：從小排到大，站在正中間的那個數字），再算出我們的營收占客戶全年採購需求的幾成。

# %% [markdown] lang="en"
# ### Four benefits
#
# The benefits grow with the differences between customers. The next cell prints the median and the largest number of orders in a year (the **median**,
# `.median()`, is the number in the middle when all stand in order), and then our revenue as a part of all that these customers
# need.

# %% name="benefits"
print(customers["order_count"].median(), customers["order_count"].max())
print(customers["revenue"].sum() / customers["yearly_need"].sum())

# %% name="claim_benefits" claims=true
assert (customers["order_count"].median(), customers["order_count"].max()) == (6, 103)
assert round(customers["revenue"].sum() / customers["yearly_need"].sum(), 2) == 0.24

# %% [markdown] lang="zh-TW"
# 站在中間的客戶一年下 6 張單，最勤的 103 張。
#
# | 好處 | 在旭東是什麼意思 |
# |---|---|
# | 滿足不同的需求 | 一年下 103 張單的客戶要的是快，一年下 6 張單的客戶要的是找得到人 |
# | 溝通有效 | 一週下兩張單的客戶，同一個小毛病一年會碰上一百次，要馬上回應 |
# | 生產與出貨好排程 | 碳粉缺貨時先給誰？事先說好，重要客戶的急單可以插隊 |
# | 吸引客戶往上升 | 我們只占他們採購需求的 24%（業務員的估計）。客戶知道自己在哪一級、升級有什麼好處，才有理由多買 |

# %% [markdown] lang="en"
# The customer in the middle orders 6 times a year, the most frequent 103 times.
#
# | benefit | what it means at Xudong |
# |---|---|
# | different needs are met | a customer with 103 orders a year wants speed; one with 6, somebody who picks up the phone |
# | communication works | for a customer with two orders a week, a small fault happens a hundred times a year: answer at once |
# | delivery can be scheduled | when toner runs short, who comes first? Agree beforehand that key customers’ rush orders may jump the queue |
# | customers want to move up | our revenue is 24% of what these customers need (the salespeople’s estimate); customers who know their tier, and what the next one offers, have a reason to buy more here |

# %% [markdown] lang="zh-TW"
# ## {section conditions}　值不值得做：三個條件
#
# 三個條件都成立，分級才有意義。
#
# **先猜再算。** 把 320 位客戶依利潤由高排到低，取最前面的 20%，也就是 64 位。這 64 位帶來全年利潤的百分之幾？
# 把下面的 `None` 換成你猜的數字（例如 `50`）。量到第三個條件時再對答案。

# %% [markdown] lang="en"
# ## {section conditions} Is it worth it? Three conditions
#
# Tiering makes sense where three conditions hold.
#
# **Guess before you compute.** Sort the 320 customers by profit and take the best 20%, which is 64 of them. What percentage of the year’s
# profit do these 64 bring? Put your number (say, `50`) in place of the `None`. We come back to it at the third condition.

# %% name="guess"
my_guess = None

# %% [markdown] lang="zh-TW"
# ### 條件一：客戶多到照顧不來
#
# 一位業務員能好好照顧的客戶數，叫**管理幅度**。3 位業務員每人一週 20 小時；假設一位客戶一週要 40 分鐘，一人就能照顧 30 位。

# %% [markdown] lang="en"
# ### Condition 1: more customers than we can look after
#
# The number of customers one salesperson can look after properly is the **span**. Each of the three has 20 hours a week. If a customer
# takes 40 minutes a week, one person can look after 30.

# %% name="span"
span = 30
print(3 * span, len(customers) / (3 * span))

# %% name="claim_span" claims=true
assert round(len(customers) / 90, 1) == 3.6
assert 3 * 106 < 320 < 3 * 107

# %% [markdown] lang="zh-TW"
# 只有 90 個位子，卻有 320 位客戶，3.6 位搶一個位子：條件一成立。（大於 1 就是照顧不來。）
#
# > **試一試**　`span` 要改到多少，人人才有位子？改改看，執行到第二個數字降到 1 以下為止。那時候，每位客戶一週分到幾分鐘？

# %% [markdown] lang="en"
# There are 90 places for 320 customers, 3.6 for each place. Anything above 1 is more than the staff can look after, so
# condition 1 holds.
#
# > **Try it.** How large must `span` be before everybody has a place? Change it and run the cell until the second number falls below 1.
# > How many minutes a week does each customer get then?

# %% [markdown] lang="zh-TW"
# ### 條件二：客戶會再來買
#
# 一年下 2 張訂單以上的客戶占多少？比較、再取平均，就是暖身時的占比：

# %% [markdown] lang="en"
# ### Condition 2: customers come back
#
# What share of customers placed two orders or more in the year? Compare, then take the mean, as in the warm-up:

# %% name="repeat_share"
came_back = customers["order_count"] >= 2
print(came_back.sum(), came_back.mean())

# %% [markdown] lang="zh-TW"
# 320 位裡有 278 位，**回購的占 87%**。
#
# 但是 87% 有多準？對**去年這 320 位**來說，它就是數出來的，沒有誤差。可是經理想知道的是**往後**：明年來的是另一批人，客戶多一點或少一點運氣，占比就會不同。
# 所以要說一個範圍。`rk.share_interval(幾位, 一共幾位)` 算出這個範圍，叫 **95% 信賴區間**；`rk.describe_interval` 把它寫成一句話：

# %% [markdown] lang="en"
# It is 278 of the 320: **87% come back**.
#
# But how sure is the 87%? For **these 320** it was counted, and there is no doubt. The manager, however, wants to know about the time **to come**:
# other customers will be there, and with a little more or less luck the share would differ. So give a range. `rk.share_interval(how many,
# of how many)` works it out, as a **95% confidence interval**, and `rk.describe_interval` puts it into words:

# %% name="repeat_interval"
interval = rk.share_interval(came_back.sum(), len(customers))
print(rk.describe_interval(interval))

# %% name="claim_repeat_share" claims=true
assert came_back.sum() == 278
assert round(came_back.mean(), 2) == 0.87
assert (round(interval.low, 2), round(interval.high, 2)) == (0.83, 0.90)

# %% [markdown] lang="zh-TW"
# 意思是：這樣算出來的區間，一百次裡大約有九十五次會包含真正的占比。跟經理說「八成三到九成」，比說「86.875%」誠實。就算只有 83%，條件二也成立：今天照顧好他，明天還有生意可做。
#
# 剩下的 42 位，只買一次就不回來了嗎？`opened` 是**第一次**向旭東買東西的日子：

# %% [markdown] lang="en"
# It means that of a hundred intervals worked out like this, some ninety-five hold the true share. “Between 83 and 90%” is more honest than “86.875%”.
# Even with 83%, condition 2 holds: serve customers well this time, and there will be a next time.
#
# What about the other 42: did they buy once and never again? `opened` is the day of the **first order ever**:

# %% name="once"
once = customers[customers["order_count"] == 1]
known_before = once["opened"] < "2020-04-01"
print(len(once), known_before.sum())

# %% name="claim_once" claims=true
assert (len(once), known_before.sum()) == (42, 41)

# %% [markdown] lang="zh-TW"
# （一欄日期和引號裡的文字相比，pandas 會把那段文字也當成日期。）42 位裡有 41 位**在這一年之前**就來過，所以 87% 還算少了。（他們是來得少，還是快要流失了？第 5 章再看。）
#
# **換一家公司呢？** 某電梯公司（編造的例子）去年有八位業主，訂單數是 1、1、1、2、1、1、1、1。回購只占八分之一：樓蓋好了，不會再買一部電梯。
# 這時該分級的是**還沒成交的機會**，課本稱為銷售機會分級：客戶值多少，就看這次機會值多少。
#
# > **試一試　1.a**　平均每個月至少下一張單、也就是一年 12 張以上的「常客」，帶來全部**營收**的多少？把 `...` 換掉，可以寫好幾行，答案留在 `frequent_revenue`（0 到 1）。

# %% [markdown] lang="en"
# (Next to a column of dates, pandas reads the text in quotes as a date too.) Of the 42, 41 had bought **before the year began**, so 87% is too low, if anything. (Do they come rarely, or are they leaving? See
# chapter 5.)
#
# **And in another firm?** A lift company (made up) had eight owners of buildings last year, with 1, 1, 1, 2, 1, 1, 1, 1 orders. One in eight came
# back: a building that has its lift needs no second one. Such a firm should tier the **deals not yet made**, its “sales opportunities”, as the textbook calls
# them: a customer is worth what the opportunity is worth.
#
# > **Try it: 1.a.** “Regulars” order at least once a month on average, which is 12 times a year or more. What part of all **revenue** do
# > they bring? Replace the `...`; you may write several lines. Leave the answer, between 0 and 1, in `frequent_revenue`.

# %% name="try_a"
frequent_revenue = ...
check("1.a", frequent_revenue)

# %% [markdown] lang="zh-TW"
# ### 條件三：客戶的價值差很多
#
# 要是每位客戶都差不多，分了也是白分。先自己畫：`plt.hist` 把營收從最小到最大切成 40 格（`bins=40`），數每一格有幾位客戶，畫成直條；`plt.xlabel` 寫橫軸的單位。

# %% [markdown] lang="en"
# ### Condition 3: customers differ in value
#
# If all were worth about the same, tiering would be wasted effort. Draw it first: `plt.hist` cuts revenue, from the smallest to the largest,
# into 40 steps (`bins=40`), counts the customers in each, and draws the counts as bars; `plt.xlabel` names the level axis.

# %% name="own_histogram"
plt.hist(customers["revenue"], bins=40)
plt.xlabel(rk.label("plot.money"))
plt.ylabel(rk.label("column.customers"))
rk.show(plt.gca())

# %% [markdown] lang="zh-TW"
# 第一根直條高得離譜，右邊幾乎看不見東西。教材的 `rk.plot_distribution` 畫同一件事，多了一條平均線（`cuts=` 是線畫在哪裡），並把最右邊的少數幾位收進一格，其他人才看得清楚：

# %% [markdown] lang="en"
# The first bar towers over everything, and to the right there is hardly anything to see. The kit’s `rk.plot_distribution` shows the same, adds a line for the mean (`cuts=` says where),
# and gathers the few at the far right into one bar, so that the others can be seen:

# %% name="distribution"
revenue = customers["revenue"]
rk.show(rk.plot_distribution(revenue, cuts={"mean": revenue.mean()}))

# %% name="claim_distribution" claims=true
assert round((revenue >= revenue.mean()).mean(), 2) == 0.21
assert round(revenue.mean()) == 28_858

# %% [markdown] lang="zh-TW"
# 少數幾位遠在右邊，把平均數拉到 28,858 元，只有 21% 的客戶達得到。**「平均一位客戶」在旭東幾乎不存在。**
#
# 利潤呢？現在可以對答案了：

# %% [markdown] lang="en"
# A few far out to the right pull the mean up to NT$28,858, which only 21% of customers reach. **At Xudong, the “average customer” hardly
# exists.**
#
# And profit? Now for your guess:

# %% name="top_share"
by_profit = customers.sort_values("profit", ascending=False)
by_profit.head(64)["profit"].sum() / customers["profit"].sum()

# %% name="claim_top_share" claims=true
assert round(by_profit.head(64)["profit"].sum() / customers["profit"].sum(), 2) == 0.82
assert round(by_profit["profit"].iloc[9] / customers["profit"].median()) == 34

# %% [markdown] lang="zh-TW"
# 64 位客戶帶來 **82%** 的利潤，其餘 256 位合起來 18%。你猜的差多少？光是流失利潤第十名的那一位，就要 34 位利潤排在正中間的客戶才補得回來。
#
# 「前 20%」只看一個點。要看所有的人，就用**吉尼係數**（Gini coefficient）：隨便挑兩位客戶（可以挑到同一位），平均差多少？把這個差除以平均數的兩倍。
# 人人一樣是 0；全部集中在一位身上，就接近 1。先用四位客戶，在紙上算：10、10、10、10 是多少？0、0、0、40 會不會比較大？

# %% [markdown] lang="en"
# Sixty-four customers bring **82%** of the profit, and the other 256 together 18%. How close was your guess? If only the tenth-best customer
# left, it would take 34 from the middle to make up for it.
#
# “The top 20%” looks at one point only. For the whole picture there is the **Gini coefficient**: pick any two customers (the same one twice is allowed); how far are they apart on
# average? Divide that by twice the mean. When all are equal it is 0; when one makes everything, close to 1. Four customers on paper first: what
# is it for 10, 10, 10, 10? Will it be larger for 0, 0, 0, 40?

# %% name="gini_small"
print(rk.gini(pd.Series([10, 10, 10, 10])), rk.gini(pd.Series([0, 0, 0, 40])))

# %% [markdown] lang="zh-TW"
# （`pd.Series([...])` 是自己打出來的一欄資料。）第二組：16 種挑法裡有 6 種差 40，平均差 15；15 除以平均數 10 的兩倍，是 0.75。只有四個人，最多就到 0.75；人愈多，上限愈接近 1。
#
# 換成旭東的利潤，同時算出有多準。這次不是占比，要用**重抽**（bootstrap）：把 320 位客戶寫在籤上，抽一張、記下、放回，抽滿 320 張，算一次吉尼係數；
# 這樣重複兩千次，看結果散得多開。`rk.bootstrap_interval(資料, 要算什麼)` 就做這件事，這裡要算的是 `rk.gini`：

# %% [markdown] lang="en"
# (`pd.Series([...])` is a column typed by hand.) In the second case, 6 of the 16 ways to pick two are 40 apart, 15 on
# average; divided by twice the mean of 10, that is 0.75. With four customers it cannot be larger; the more there are, the closer
# the limit comes to 1.
#
# Now Xudong’s profit, and how sure it is. For this we use the **bootstrap**: write the 320 customers on slips of paper, draw one, note it, put it
# back, until you have 320, and compute the Gini coefficient. Do so two thousand times, and see how far the results spread. That is what
# `rk.bootstrap_interval(data, what_to_compute)` does, here with `rk.gini`:

# %% name="gini_interval"
gini = rk.bootstrap_interval(customers["profit"], rk.gini)
print(rk.describe_interval(gini))

# %% name="claim_gini" claims=true
assert rk.gini(pd.Series([10, 10, 10, 10])) == 0
assert rk.gini(pd.Series([0, 0, 0, 40])) == 0.75
assert round(gini.estimate, 2) == 0.81
assert 0.70 < gini.low < 0.78
assert 0.84 < gini.high < 0.92

# %% [markdown] lang="zh-TW"
# 旭東的吉尼係數是 0.81。就算只有區間的下限，也遠大於 0，客戶的價值差很多，不是碰巧。（第 2 章會把它畫成一條曲線。）
#
# > **可以這樣告訴經理**　三個條件都成立：320 位客戶搶 90 個位子；回購的占 87%（83% 到 90%）；前 20% 的客戶帶來八成的利潤。旭東值得做分級。

# %% [markdown] lang="en"
# Xudong’s Gini coefficient is 0.81. Even the lower end of the interval is far above 0: that customers differ in value is no accident.
# (Chapter 2 draws it as a curve.)
#
# > **For the manager.** All three conditions hold: 320 customers for 90 places; 87% come back (between 83 and 90%); the top 20% bring eight
# > tenths of the profit. Tiering is worth it at Xudong.

# %% [markdown] lang="zh-TW" stop=true
# ---
#
# ☕ **可以停在這裡。** 經理的第一個問題答完了。下次從第 {section criteria} 節接著讀；先執行上面所有的格子（選單 **Run → Run All Above Selected Cell**）。

# %% [markdown] lang="en" stop=true
# ---
#
# ☕ **A good place to stop.** The manager’s first question is answered. Next time go on with section {section criteria}, after running all cells above it
# (menu **Run → Run All Above Selected Cell**).

# %% [markdown] lang="zh-TW"
# ## {section criteria}　照什麼分：五個標準
#
# 課本列了五個標準：
#
# | 標準 | 看什麼 | 在旭東的哪裡 |
# |---|---|---|
# | 信用狀況 | 近一年付款準不準時，晚了幾天，**為什麼** | `付款記錄.csv` |
# | 下單金額 | 近一年買了多少（金額或數量） | `revenue` |
# | 發展前景 | 將來可能買多少，靠人判斷 | `yearly_need`、`forecast_amount` |
# | 利潤貢獻 | 扣掉成本，留下多少 | `profit` |
# | 綜合加權 | 前面幾項各換成分數，乘上權重再相加 | 第 3 章 |
#
# ### 下單金額與利潤：兩張不一樣的排名
#
# 先猜：營收的前 64 名和利潤的前 64 名，有幾位相同？

# %% [markdown] lang="en"
# ## {section criteria} By what? Five criteria
#
# The textbook lists five:
#
# | criterion | what to look at | where at Xudong |
# |---|---|---|
# | credit standing | in the last year: paid on time? how many days late? **why?** | `付款記錄.csv` |
# | order amount | how much they bought in the year, in money or in pieces | `revenue` |
# | prospects | how much they may buy in future, which is a judgement | `yearly_need`, `forecast_amount` |
# | contribution to profit | what is left after costs | `profit` |
# | weighted composite | points for each of the others, times a weight, added up | chapter 3 |
#
# ### Order amount and profit: two rankings that disagree
#
# Guess first: of the first 64 by revenue and the first 64 by profit, how many are the same?

# %% name="guess_same"
my_guess_same = None

# %% [markdown] lang="zh-TW"
# `.index` 取出客戶編號，`甲.intersection(乙)` 找出兩份名單都有的人：

# %% [markdown] lang="en"
# `.index` takes the customer numbers, and `one.intersection(other)` finds those in both lists:

# %% name="two_rankings"
by_revenue = customers.sort_values("revenue", ascending=False)
in_both = by_revenue.head(64).index.intersection(by_profit.head(64).index)
print(len(in_both))
rk.pretty(by_revenue[["revenue", "cost_of_goods", "service_cost", "profit"]].head(10))

# %% name="claim_rankings" claims=true
assert len(in_both) == 54
assert by_revenue.index[9] == "C275"
assert by_profit.index.get_loc("C275") + 1 == 27
assert customers.loc["C275", ["service_cost", "profit"]].tolist() == [63_908, 13_464]

# %% [markdown] lang="zh-TW"
# 54 位相同，**10 位不同**：照營收他們是前 20%，照利潤就不是。
#
# 看表上最後一列的 C275：營收第 10 名，利潤只有 13,464 元，排到第 27 名（名次在 `customers["profit"].rank(ascending=False)["C275"]`）。錢花到服務成本去了（`service_cost`：拜訪、急件、處理退貨等），63,908 元。
#
# 用 `plt.scatter(橫軸, 縱軸)` 把營收的前 64 名畫成點：往右是買得多，往上是賺得多。`plt.axhline` 畫橫線，這裡的虛線是利潤第 64 名的 6,266 元（寫成 `6_266`，底線只是方便看；`linestyle="--"` 就是虛線）。

# %% [markdown] lang="en"
# The lists share 54 customers and **differ in 10**, who are in the top 20% by revenue but not by profit.
#
# Look at the last row, C275: tenth by revenue and, with a profit of NT$13,464, 27th by profit (`customers["profit"].rank(ascending=False)["C275"]`). The money went into the cost to serve
# (`service_cost`: visits, rush orders, handling of returns), NT$63,908.
#
# Draw the first 64 by revenue as points: the further right, the more they buy; the higher, the more they leave. The dashed line is the 64th-highest profit,
# NT$6,266. `plt.scatter(across, up)` draws the points and `plt.axhline` the level line, dashed by `linestyle="--"`; `6_266` is 6266, and the underscore only
# helps the eye.

# %% name="own_scatter"
large = by_revenue.head(64)
plt.scatter(large["revenue"], large["profit"])
plt.axhline(6_266, linestyle="--")
plt.xlabel(rk.label("column.revenue"))
plt.ylabel(rk.label("column.profit"))
rk.show(plt.gca())

# %% name="claim_scatter" claims=true
assert by_profit["profit"].iloc[63] == 6_266
assert (large["profit"] < 6_266).sum() == 10

# %% [markdown] lang="zh-TW"
# 虛線下面的 10 點，就是買得多、留下的利潤少的客戶。（兩軸的單位都是元。）
#
# > **試一試**　在 `plt.ylabel` 下面加一行 `plt.title("……")`，用一句話告訴經理這張圖說了什麼。
#
# > **試一試　1.b**　反過來：利潤在前 64 名、營收**不在**前 64 名的是哪些人？只看營收就會漏掉他們。`甲.difference(乙)` 留下在甲、不在乙的人；把編號放進 `overlooked`，順序不限。

# %% [markdown] lang="en"
# The 10 points below the dashed line are customers who buy a lot and leave little. (Both axes are in NT$.)
#
# > **Try it.** Below `plt.ylabel` add a line `plt.title("…")` that tells the manager in one sentence what the picture says.
#
# > **Try it: 1.b.** The other way round: who is in the first 64 by profit and **not** in the first 64 by revenue? Look at revenue alone, and they are
# > missed. `one.difference(other)` keeps what is in the one and not in the other. Put the numbers into `overlooked`, in any order.

# %% name="try_b"
overlooked = ...
check("1.b", overlooked)

# %% [markdown] lang="zh-TW"
# ### 信用：晚了幾天，還要問為什麼
#
# 換一本帳冊，一列是一張發票。`paid_date` 空白表示到今天還沒付，先用今天補上。
# 應付日到付款日的天數照暖身的寫法算；提早付會是負的，`.clip(lower=0)` 一律當作 0 天。看 C117 晚付的幾張：

# %% [markdown] lang="en"
# ### Credit: how late, and why
#
# Another book, with one row per invoice. A blank `paid_date` means not paid yet, so fill it with today. The days between due and paid are worked out as in the
# warm-up; paying early would give a negative number, and `.clip(lower=0)` makes it 0. Here are the late invoices of C117:

# %% name="days_late"
payments = rk.load_table(rk.data_file("付款記錄.csv"))
paid = payments["paid_date"].fillna(TODAY)
days_late = (paid - payments["due_date"]).dt.days.clip(lower=0)
payments = payments.assign(days_late=days_late)
of_c117 = payments[payments["customer"] == "C117"]
rk.pretty(of_c117[of_c117["days_late"] > 0][["due_date", "paid_date", "late_reason", "days_late"]])

# %% name="claim_c117" claims=true
late_c117 = of_c117[of_c117["days_late"] > 0]
assert (len(of_c117), len(late_c117)) == (18, 3)
assert (late_c117["late_reason"] == "our_invoice_wrong").all()
assert len(payments) == 3146
assert (payments["days_late"] > 0).sum() == 696

# %% [markdown] lang="zh-TW"
# C117 的 18 張發票有 3 張晚付，三張的原因都是**我方帳單有誤**（`our_invoice_wrong`）。照晚付的次數扣他的分，等於自己犯錯、罰別人。
#
# 所以只留客戶自己的逾期。在紙上替這三張各寫一個 0：我們的錯，算 0 天。程式用 `!=`（不等於）得到 `True` 或 `False`，乘上天數，`False` 當 0，我們的錯就歸零：

# %% [markdown] lang="en"
# C117 had 18 invoices and paid 3 of them late: all three were late because **our own invoice was wrong** (`our_invoice_wrong`). To mark C117 down would be to
# punish somebody else for our mistake.
#
# So keep only what is the customer’s own doing. On paper, write 0 beside each of the three: our mistake counts as 0 days. In code, `!=` (“is not
# equal to”) gives `True` or `False`; multiply the days by that, and since `False` is 0, our mistakes vanish:

# %% name="own_doing"
theirs = payments["late_reason"] != "our_invoice_wrong"
payments = payments.assign(overdue=payments["days_late"] * theirs)
payments = payments.assign(on_time=payments["overdue"] == 0)

# %% [markdown] lang="zh-TW"
# 全部 3,146 張裡有 696 張晚付。
#
# > **試一試　1.c**　扣掉我方的錯以後，還有幾**張**發票是客戶自己逾期的？放進 `n_overdue`。

# %% [markdown] lang="en"
# Of all 3,146 invoices 696 were paid late.
#
# > **Try it: 1.c.** With our own mistakes taken out, how many **invoices** are late by the customer’s own doing? Put it into
# > `n_overdue`.

# %% name="try_c"
n_overdue = ...
check("1.c", n_overdue)

# %% [markdown] lang="zh-TW"
# 現在一列是一張發票，我們要一位客戶一列。和暖身一樣，把同一位客戶的發票圈在一起，算每一圈裡準時（`True`）占多少，再乘 100 變成百分比：

# %% [markdown] lang="en"
# A row is still an invoice, and we want a row per customer. As in the warm-up, draw a ring round each customer’s invoices and take the share that is on
# time (`True`); times 100, it is a percentage:

# %% name="on_time"
on_time = payments.groupby("customer")["on_time"].mean() * 100
on_time[["C117", "C381"]]

# %% name="claim_on_time" claims=true
assert len(on_time) == 320
assert on_time.index.equals(customers.index)
assert on_time["C117"] == 100
assert round(on_time["C381"]) == 66
assert by_revenue.index[0] == by_profit.index[0] == "C381"

# %% [markdown] lang="zh-TW"
# （方括號裡放編號的清單，就挑出那幾位。）C117 是 100%。營收和利潤都第一的 C381，三張發票就有一張晚付：買得最多的人，不見得最讓人放心。
# 準時率怎麼變成信用等級、可以讓他欠多少，第 3 章再談。

# %% [markdown] lang="en"
# (A list of numbers in the brackets picks those customers.) C117 is at 100%. C381, first by revenue and by profit, pays one invoice in three late: the one who
# buys most is not the one to worry about least. How such a percentage becomes a credit grade, and how much a customer may owe, is in chapter 3.

# %% [markdown] lang="zh-TW"
# ### 前景：還沒發生的，只能判斷
#
# 業務員替每位客戶估了全年採購需求 `yearly_need`（向所有供應商合計）。減掉我們的營收，就是還有多少空間：

# %% [markdown] lang="en"
# ### Prospects: what has not happened is a judgement
#
# The salespeople estimated what each customer needs in a year from all suppliers, `yearly_need`. Subtract our revenue, and you have the space that
# is left:

# %% name="space_left"
space = customers.assign(space=customers["yearly_need"] - customers["revenue"])
by_space = space.sort_values("space", ascending=False)
rk.pretty(by_space[["revenue", "yearly_need", "forecast_amount"]].head())

# %% name="claim_space" claims=true
assert by_space.index[0] == "C382"
assert round(148_860 / 2_977_200, 2) == 0.05
assert by_space.loc["C382", ["revenue", "yearly_need"]].tolist() == [148_860, 2_977_200]
assert by_space.loc["C382", "forecast_amount"] == 27_400
assert by_space.index[3] == "C117"

# %% [markdown] lang="zh-TW"
# 空間最大的 C382，一年需要 2,977,200 元，只向我們買了 5%；剛才差點冤枉的 C117 排第四。
# 可是業務員預測下一季 C382 只會買 27,400 元（`forecast_amount`）。需求是**估的**，會不會向我們買又是另一回事。把估計當事實，名單會很好看，業績不會。
#
# ### 買過的看大小，沒買過的看可能性
#
# 已經成交的客戶，依價值分成**小、中、大、VIP**。這裡用一年的營收：不到 1 萬元是小型，1 萬元起是中型，5 萬元起是大型，20 萬元起是 VIP。
#
# > **試一試　1.d**　中型客戶（10,000 元以上、**不到** 50,000 元）有幾位？放進 `n_medium`。

# %% [markdown] lang="en"
# C382 has the most space: it needs NT$2,977,200 a year and buys 5% of that from us. C117, whom we nearly marked down, is fourth. But the salesperson’s forecast for
# C382 next quarter, `forecast_amount`, is NT$27,400. The need is an **estimate**, and whether they will buy from us is another question. Take estimates for facts, and
# the list looks splendid while sales stay where they are.
#
# ### Size for those who have bought, likelihood for those who have not
#
# Customers who have bought are divided by value into **small, medium, large and VIP**. Here we go by the year’s revenue: below NT$10,000 is small; medium begins at 10,000,
# large at 50,000, VIP at 200,000.
#
# > **Try it: 1.d.** How many customers are medium (NT$10,000 or more, and **below** 50,000)? Put the number into `n_medium`.

# %% name="try_d"
n_medium = ...
check("1.d", n_medium)

# %% [markdown] lang="zh-TW"
# 還沒買過的人叫**潛在客戶**，依成交的可能性分成 A 到 D 四級：75% 以上是 A，50% 以上是 B，25% 以上是 C，其餘是 D。
# 下面四個案子是編造的。先在紙上分級，再猜：經理該先跑哪一家？（`rk.prospect_grade` 照這些界線分級。）

# %% [markdown] lang="en"
# Somebody who has not bought yet is a **prospect**, graded A to D by how likely a deal is: from 75% A, from 50% B, from 25% C, and D below
# that. The four below are made up. Grade them on paper first, and guess: which should the manager visit first? (`rk.prospect_grade` grades them by these limits.)

# %% name="prospects"
prospects = pd.DataFrame(
    {"likelihood": [0.9, 0.6, 0.3, 0.1], "amount": [20_000, 80_000, 300_000, 50_000]},
    index=["P1", "P2", "P3", "P4"],
)
prospects.assign(
    grade=rk.prospect_grade(prospects["likelihood"]),
    expected=prospects["likelihood"] * prospects["amount"],
)

# %% name="claim_prospects" claims=true
expected = prospects["likelihood"] * prospects["amount"]
assert expected.round().tolist() == [18_000, 48_000, 90_000, 5_000]
grade = rk.prospect_grade(prospects["likelihood"])
assert grade.tolist() == ["prospect:a", "prospect:b", "prospect:c", "prospect:d"]

# %% [markdown] lang="zh-TW"
# `prospect:a` 是 A 級的代碼；`expected` 是可能性乘金額，叫**期望金額**。最可能成交的 P1 是 A 級，期望金額最高的卻是 **C 級**的 P3：90,000 元。
# 這個月一定要有業績，先跑 P1；還有時間經營，先跑 P3。等級只說了「多可能」，沒說「多值得」。

# %% [markdown] lang="en"
# `prospect:a` is the code for grade A, and `expected` is likelihood times amount, the **expected amount**. P1, the likeliest, is grade A; but the largest expected amount,
# NT$90,000, is P3’s, a **C**. If there must be a sale this month, visit P1; if there is time, P3. The grade says how likely, not how much it is worth.

# %% [markdown] lang="zh-TW"
# ## {section vip_list}　陷阱：一份看起來沒問題的 VIP 名單
#
# 同事只用下單金額排，取前 64 位當 VIP，附了一句話：「這份名單抓住了 77% 的營收，專人拜訪、優先出貨，就給這些人。」數字沒算錯：

# %% [markdown] lang="en"
# ## {section vip_list} A trap: a VIP list that looks fine
#
# A colleague ranked by order amount alone, took the first 64 as VIPs and wrote: “This list covers 77% of revenue. Personal visits and first delivery should go to
# these.” The figure is right:

# %% name="trap"
vip = by_revenue.head(64)
vip["revenue"].sum() / customers["revenue"].sum()

# %% [markdown] lang="zh-TW"
# > **停下來想一想**　名單上會不會有不該優先的人？你想用哪兩欄去查？先寫在紙上，再往下執行。

# %% [markdown] lang="en"
# > **Stop and think.** Might there be people on it who should not come first? Which two columns would you look at? Write it down, then go on.

# %% name="trap_checked"
losing = vip[vip["profit"] < 0]
pays_late = on_time[vip.index] < 70
print(len(losing), pays_late.sum())
rk.pretty(losing[["revenue", "cost_of_goods", "service_cost", "profit", "profit_last_year"]])

# %% name="claim_trap" claims=true
assert round(vip["revenue"].sum() / customers["revenue"].sum(), 2) == 0.77
assert losing.index.tolist() == ["C367", "C331", "C089"]
assert pays_late.sum() == 17
c331 = customers.loc["C331"]
assert c331[["revenue", "cost_of_goods", "service_cost"]].tolist() == [42_600, 24_267, 34_514]
assert c331[["profit", "profit_last_year"]].tolist() == [-16_181, -27_673]
assert (pays_late & (vip["profit"] < 0)).sum() == 1
assert vip[pays_late]["profit"].sum() > vip["profit"].sum() * 0.3

# %% [markdown] lang="zh-TW"
# <details><summary>想好了再打開</summary>
#
# 64 位「VIP」裡，有 3 位讓旭東**賠錢**，17 位準時付款的發票不到七成。最離譜的是 C331：一年買 42,600 元，進貨成本 24,267 元，
# 服務成本 34,514 元，賠 16,181 元，去年也賠 27,673 元。再派專人拜訪、優先出急件，只會賠得更多。
#
# 名單沒有算錯，錯在拿「買多少」回答「值多少」。但也別急著趕人：服務成本花在哪裡，是我們跑太多趟，還是退貨太多？談最低訂購量，或改成線上訂購，就可能轉虧為盈。
# 那 17 位呢？買得愈多，晚付愈傷，因為卡住的是我們的現金。先談**付款條件**，再談優先出貨。
#
# </details>
#
# > **試一試**　照第 {section criteria} 節的散布圖，橫軸不變，縱軸換成 `on_time[vip.index]`，虛線畫在 70，看看那 17 位在哪裡。

# %% [markdown] lang="en"
# <details><summary>Decide first, then open this</summary>
#
# Of the 64 “VIPs”, 3 **lose money** for Xudong, and 17 pay fewer than 70% of their invoices on time. The worst is C331, which bought for NT$42,600. The goods cost
# NT$24,267 and the service NT$34,514: a loss of NT$16,181, after NT$27,673 the year before. More visits and more rush orders delivered first would make the loss grow.
#
# Nothing was computed wrongly. “How much do they buy?” was mistaken for “how much are they worth?” But don’t show anyone the door yet: find out what the service is. Too many
# trips of ours? Too many returns? A minimum order or online ordering may turn the loss into a profit. And the 17? The larger the customer, the more a late payment hurts,
# because it is our cash that is stuck. Talk about **terms of payment** first, and about priority later.
#
# </details>
#
# > **Try it.** Take the scatter of section {section criteria} with the same horizontal axis, put `on_time[vip.index]` on the upright one and the dashed line at 70, and
# > see where the 17 are.

# %% [markdown] lang="zh-TW"
# ## {section one_word}　同一個詞，不一樣的人
#
# 開會時有人說「重要客戶要優先」。哪一種重要？課本的四級表裡，「重要客戶」是利潤第 17 到 64 名（6% 到 20%）；同一本課本另一節，「重要客戶」是帶來八成利潤的前 20%；
# 那位同事心裡想的，是營收的前 64 名。（`.iloc[16:64]` 取第 17 到 64 列：電腦從 0 數起，冒號後面那一個不算。）

# %% [markdown] lang="en"
# ## {section one_word} One word, different people
#
# In a meeting somebody says: “Important customers (重要客戶) first.” Important in which sense? In the textbook’s table of four tiers they are ranks 17 to 64 by profit
# (6 to 20%); in another section of the same book, the top 20% who bring 80% of the profit; and our colleague means the first 64 by revenue. (`.iloc[16:64]` takes rows 17 to
# 64: computers count from 0 and leave out the last.)

# %% name="one_word"
four_tiers = by_profit.iloc[16:64].index
top_fifth = by_profit.head(64).index
large_buyers = by_revenue.head(64).index
in_all = four_tiers.intersection(top_fifth).intersection(large_buyers)
in_any = four_tiers.union(top_fifth).union(large_buyers)
print(len(four_tiers), len(top_fifth), len(large_buyers))
print(len(in_all), len(in_any))

# %% name="claim_one_word" claims=true
assert (len(four_tiers), len(top_fifth), len(large_buyers)) == (48, 64, 64)
assert (len(in_all), len(in_any)) == (38, 74)
last_80 = by_profit["profit"].iloc[64:]
assert (customers["profit"] < 0).sum() == (last_80 < 0).sum() == 18
assert ((last_80 > 0).sum(), round(last_80.sum(), -3)) == (238, 324_000)

# %% [markdown] lang="zh-TW"
# （`.union` 把兩份名單合起來。）三種「重要」各有 48、64、64 位，三種都是的只有 **38 位**，至少是其中一種的有 **74 位**。同一句話，主管和業務員心裡想的可能是不同的人。
#
# 所以教材的等級一律寫成**分法:等級**，例如 `abc4:important`。下面是容易混淆的詞，先知道有這回事，用到那一章再回來查：
#
# | 詞 | 有時是 | 有時是 | 教材寫 |
# |---|---|---|---|
# | 重要客戶 | 利潤名次第 6–20%，或利潤累計 50% 到 80% 的那一段 | 帶來 80% 利潤的前 20% | `abc4:important`、`pareto2:key` |
# | 普通客戶 | 第 21–50%，排在小客戶前面 | 三級的最低一級，未滿 60 分 | `abc4:ordinary`、`value3:ordinary` |
# | 小客戶 | 後 50% | 後 80% | `abc4:small`、`pareto2:other` |
# | 劣質客戶 | 有人拿來稱呼後 80% | 也有人說他們撐起產能 | 不用這個詞 |
# | BZ、BZC | 負值客戶 | 同一件事的另一種縮寫 | `below_zero` |
# | 模型價值、模版價值 | 同一篇文章混用 | 可能有一個是錯字 | 列在勘誤 |
# | R 高 | 天數的數字大（不好） | 等級高、天數少（好） | `recency_days` 與 `R` 分成兩欄 |
#
# 為什麼不用「劣質」？利潤排在 64 名以後的 256 位裡，真正賠錢的只有 18 位，其餘都是賺的；256 位合起來，一年淨賺大約 324,000 元，就是前面的 18%。賺得少，不等於沒有價值。

# %% [markdown] lang="en"
# (`.union` joins two lists.) The three kinds of “important” have 48, 64 and 64 members. Only **38 customers** are in all three, and **74** in at least one. The manager and the
# salesperson may say the same sentence and think of different people.
#
# So the kit always writes **scheme:tier**, such as `abc4:important`. These are the words most often confused; it is enough to know that they are, and to come back when a chapter
# uses one:
#
# | word | sometimes | at other times | the kit writes |
# |---|---|---|---|
# | important (重要客戶) | ranks 6–20% by profit, or the next 30% of profit | the top 20% who bring 80% | `abc4:important`, `pareto2:key` |
# | ordinary (普通客戶) | ranks 21–50%, above the small | the lowest of three, under 60 points | `abc4:ordinary`, `value3:ordinary` |
# | small (小客戶) | the last 50% | the last 80% | `abc4:small`, `pareto2:other` |
# | inferior (劣質客戶) | one text’s word for the last 80% | another text says that they keep the capacity in use | not used |
# | BZ, BZC | customers “below zero” | the same, abbreviated differently | `below_zero` |
# | model or template value (模型價值, 模版價值) | both in one text | one is probably a misprint | noted among the errata |
# | a high R | a large number of days (bad) | a high level, few days (good) | two columns: `recency_days`, `R` |
#
# Why not “inferior”? Of the 256 below rank 64 by profit, only 18 lose money; all the others earn some, and together the 256 bring about NT$324,000 a year, the 18% mentioned above. Low profit is not
# worthlessness.

# %% [markdown] lang="zh-TW"
# ## {section tell_manager}　告訴經理
#
# > **值得做，但別只看營收**　三個條件旭東都符合：320 位客戶搶 90 個位子（一人照顧 30 位），87% 的客戶回購（83% 到 90%），前 20% 帶來八成的利潤。
# >
# > 1. 先用**利潤**排。只用營收，前 64 位裡有 10 位不在利潤的前 64 名，其中 3 位還讓我們賠錢。
# > 2. **信用**另外看：營收前 64 位裡有 17 位，準時付款的發票不到七成，先談付款條件。逾期要先扣掉我方開錯的帳單。
# > 3. 說「重要」之前，先說照什麼分；三種說法只有 38 位是同一群人。
# >
# > 限制：只有一年的資料；前景是業務員的估計；服務成本怎麼分攤到每位客戶，會左右利潤的名次。
# > 等級可以讓客戶自己知道，升級的條件和好處更要講清楚；名單不公開，等級低的客戶，電話照樣有人接。

# %% [markdown] lang="en"
# ## {section tell_manager} Tell the manager
#
# > **Worth it, but not by revenue alone.** Xudong meets all three conditions: 320 customers for 90 places (at 30 a person), 87% come back (between 83 and 90%), and the top 20% bring
# > eight tenths of the profit.
# >
# > 1. Rank by **profit** first. By revenue alone, 10 of the top 64 do not belong there, and 3 of the 64 lose money.
# > 2. Look at **credit** separately: 17 of the top 64 by revenue pay fewer than 70% of their invoices on time. Talk about terms first. Before counting late days, take out the
# >    invoices we got wrong.
# > 3. Before you say “important”, say by what: only 38 customers are important in all three senses.
# >
# > Limits: one year only; prospects are salespeople’s estimates; how service cost is shared out among customers affects who ranks where by profit. Customers may know their own
# > tier, and should know what it takes to move up; the list is not public, and calls from the lower tiers are answered all the same.

# %% [markdown] lang="zh-TW"
# ## {section reference}　備查：還沒談到的事在哪一章
#
# - 選擇分法之前該問的**五個問題**（價值、需求、忠誠、潛力、競爭）和兩家公司的例子：第 8 章第 {section 08 levels} 節。
# - 把幾個標準合成一個分數、信用等級和信用額度：第 3 章第 {section 03 weights} 節、第 {section 03 credit} 節。
# - 客戶常常不是一個人：公司買東西，有人用、有人建議、有人拍板、有人核准、有人下單、有人擋在門口；公司對客戶的四種反應（屈從、關懷、適應、冷漠）。都在第 7 章。

# %% [markdown] lang="en"
# ## {section reference} For reference: where to find what is still missing
#
# - The **five questions** to ask before choosing (value, needs, loyalty, potential, competition), with two firms as examples: chapter 8, section {section 08 levels}.
# - How several criteria become one score, and credit grades and limits: chapter 3, sections {section 03 weights} and {section 03 credit}.
# - A customer is often not one person: when a firm buys, somebody uses, advises, decides, approves, orders, or controls who gets in touch. Those parts,
#   and the four ways in which a firm reacts to customers (yield, care, adapt, cold), are in chapter 7.

# %% [markdown] lang="zh-TW"
# ## 這一章說了什麼
#
# - 客戶（customer）：狹義是最後使用或收下產品的人，廣義是任何流程的下一棒。細分（segmentation）把相似的客戶歸成一群；有高低的細分才是分級。
# - 客戶分級（customer tiering）＝ 固定的標準 ＋ 每一級的服務；不讓低等級的客戶不舒服，標準適合自己的公司，組織撐得起。
# - 三個條件：客戶數超過管理幅度（span）、回購占比（repeat share）高、價值差異大（前 20% 占比、吉尼係數 Gini coefficient）。回購不成立，就改分銷售機會。談往後的事，要附上信賴區間（confidence interval）。
# - 五個標準：信用（credit standing）、下單金額（order amount）、前景（prospects）、利潤（profit）、綜合加權（weighted composite）。逾期要先問是誰的錯。
# - 買過的分小、中、大、VIP；潛在客戶（prospect）分 A 到 D，還要看期望金額（expected amount）。
# - 等級寫成「分法:等級」（scheme:tier）；買得多，不等於值得多。

# %% [markdown] lang="en"
# ## What this chapter said
#
# - A customer (客戶) in the narrow sense is whoever finally uses or receives the product; in the broad sense, the next in line of any process. Segmentation (細分) groups customers who are
#   alike; with higher and lower it is tiering.
# - Tiering (客戶分級) is a fixed standard plus service for each level. Lower tiers are not made uncomfortable, the standard suits the firm, the organisation can carry it.
# - Three conditions: more customers than the span (管理幅度), a high repeat share (回購占比), and unequal value (價值差異: top-20% share, Gini coefficient). Without repeat orders, tier
#   the opportunities instead. What you say of the time to come needs a confidence interval (信賴區間).
# - Five criteria (標準): credit standing (信用), order amount (下單金額), prospects (前景), profit (利潤), weighted composite (綜合加權). When a payment is late, ask first whose fault
#   it was.
# - Those who have bought are small, medium, large or VIP; prospects (潛在客戶) are A to D, and the expected amount (期望金額) counts as well.
# - Write tiers as scheme:tier (分法:等級). Buying a lot is not the same as being worth a lot.

# %% [markdown] lang="zh-TW"
# ## 離開前三題
#
# 1. 一家婚宴會館幾乎沒有回頭客，客人的花費差很多，一年有 500 組。該不該做客戶分級？
# 2. 某客戶 10 張發票晚付 2 張，其中 1 張是我方開錯。他的準時率是多少？
# 3. 同事說：「去年回購的占 87%，所以明年也會是 87%。」你會怎麼改這句話？
#
# <details><summary>看答案</summary>
#
# 1. 不該分**客戶**。條件一、三成立，條件二不成立，該分的是還沒簽約的機會：成交可能性與金額。
# 2. 90%。我方開錯的那張不算他的，10 張裡 1 張逾期。
# 3. 「如果明年的客戶和今年差不多，回購大約占 83% 到 90%。」87% 是數出來的，明年只能估，而且只在情況沒有大變時才成立。
#
# </details>

# %% [markdown] lang="en"
# ## Three questions before you go
#
# 1. A wedding hall has 500 parties a year, whose bills differ greatly; hardly anyone comes back. Should it tier its customers?
# 2. Of a customer’s 10 invoices 2 were paid late, one of them because we got it wrong. What percentage is on time?
# 3. A colleague says: “Last year 87% came back, so next year it will be 87%.” How would you put it?
#
# <details><summary>Answers</summary>
#
# 1. Not its **customers**. Conditions 1 and 3 hold and 2 does not: tier the deals not yet signed, by likelihood and amount.
# 2. 90%. The one we got wrong does not count against them, which leaves 1 of 10.
# 3. “If next year’s customers are like this year’s, between 83 and 90% will come back.” The 87% was counted; next year can only be estimated, and only as long as nothing much
#    changes.
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
# The manager reads your advice and says: “Profit first, then. But **who** brings it, and where do we draw the line?” [Chapter 2](02_abc.ipynb) answers with ABC analysis.
