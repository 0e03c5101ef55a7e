# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="zh-TW"
# # 第 3 章　客戶價值金字塔
#
# [English edition](../en/03_value_pyramid.ipynb)
#
# > **學完這一章，你能夠**
# > 1. 從四本帳算出每位客戶的價值指標，空白各有交代，再換成方向正確的分數
# > 2. 加權成一個分數，用固定門檻與「前 20%」各分一次，說出差在哪裡
# > 3. 走完金字塔的四個步驟：畫圖、列名單、看分布、看組成
# > 4. 檢查權重一變誰會換位子，並替賠錢的客戶想三種做法
# > 5. 把付款紀錄換成信用等級和額度，再用 5C 和評估表補上帳上看不到的事
# >
# > 閱讀與試做約 {minutes} 分鐘，分兩次：先 {minutes 1} 分鐘，再 {minutes 2} 分鐘（第 {section reference} 節備查，不算在內）；[練習](../../exercises/zh-TW/03_value_pyramid.ipynb)另計。
# > 先讀過[第 2 章](02_abc.ipynb)。資料：`data/` 裡的客戶年報、付款記錄、聯絡記錄，[欄位說明](../../data/README.md)。

# %% [markdown] lang="en"
# # Chapter 3: the customer value pyramid
#
# [中文版](../zh-TW/03_value_pyramid.ipynb)
#
# > **After this chapter you can**
# > 1. build indicators of value from four books, account for every blank, and turn them into points the right way round
# > 2. weigh them into one score, tier it by a fixed cut and by “the top 20%”, and say how the two differ
# > 3. take the four steps into a pyramid: draw it, list a layer, see its spread, see who is in it
# > 4. find out whom a change of weights would move, and weigh three ways to treat a customer who costs money
# > 5. turn payment records into a credit grade and limit, and add what the books do not show with the five Cs and an evaluation sheet
# >
# > About {minutes} minutes to read and try, in two sittings of {minutes 1} and {minutes 2} (section {section reference}, for
# > reference, is not counted); then comes the [exercise](../../exercises/en/03_value_pyramid.ipynb). Read
# > [chapter 2](02_abc.ipynb) first. Data: three of the firm’s books in `data/`, 客戶年報 (customers of the year), 付款記錄
# > (payments) and 聯絡記錄 (contacts), [what their columns mean](../../data/README.md).

# %% [markdown] lang="zh-TW"
# ## 經理的問題
#
# 上一章依利潤排名，經理看了名單，卻皺起眉頭：
#
# > C220 的利潤排第五，沒錯。可是這家公司付款總是拖，動不動就打電話來抱怨。利潤只是**一個**數字。
# > 付得慢的、常抱怨的，還有現在不大、明年可能變大的，該怎麼算進去？
#
# 這一章的做法是**客戶價值金字塔**：把許多指標加權成一個分數，再把客戶疊成一座金字塔。
#
# > **這一章的出處**　做法來自另一本談客戶管理的書，下面叫它「教科書」（和第 2 章的課本不是同一本）。它的權重表和幾張圖已經遺失，剛好 60 分歸誰、成長怎麼算、
# > MVC 和 MGC 的門檻在哪裡，它都沒有說。這些由教材補上：指標選五個、權重、門檻算高的一級、MVC 與 MGC 的門檻、
# > 評估表的十二項，全是教材的選擇，記在[勘誤](../../docs/errata.zh-TW.md)，後面不再一一說明。
#
# **先猜再算。** 利潤最高的 20% 有 65 位客戶（最後兩位同分）。把付款、客訴、前景也算進去以後，這 65 位有幾位還在前 20%？
# 把 `None` 換成你猜的數字，第 {section four_steps} 節對答案。

# %% [markdown] lang="en"
# ## The manager’s question
#
# The last chapter ranked customers by profit. The manager reads the list and frowns:
#
# > C220 is fifth by profit, I know. But they always pay late, and they keep ringing up to complain. Profit is
# > **one** number. What of those who pay late, complain, or are about to grow?
#
# This chapter’s answer is the **customer value pyramid**: weigh many indicators into one score, then stack the customers
# into a pyramid.
#
# > **Where this comes from.** The method is taken from another textbook, on managing customers, “the textbook” of this chapter. Its
# > table of weights and several figures are lost, and it does not say where exactly 60 points belong, how to measure growth,
# > or where MVC and MGC begin. The kit fills these gaps: the five indicators, the weights, a score on a cut in the
# > higher tier, the cuts of MVC and MGC, and the twelve items of the evaluation sheet are all the kit’s choice. They are
# > listed in the [errata](../../docs/errata.en.md) and not mentioned again.
#
# **Guess before you compute.** The top 20% by profit are 65 customers (the last two are level). Once payment,
# complaints and prospects count too, how many of the 65 are still in the top 20%? Replace the `None` with
# your number. Section {section four_steps} has the answer.

# %% name="guess"
my_guess = None

# %% name="setup"
import pandas as pd

import rfmkit as rk
from rfmkit.classroom import check, hint

rk.use_language("zh-TW")
rk.use_style()

TODAY = pd.Timestamp("2021-04-01")

# %% [markdown] lang="zh-TW"
# ## {section four_books}　四本帳，一張表
#
# 教科書把客戶的價值指標分成四類：
#
# | 類別 | 指標 | 旭東從哪一本帳算 |
# |---|---|---|
# | 交易 | 次數、金額、利潤、毛利率、平均與最大單筆、退貨次數與金額、往來多久、交易週期、**預期銷售額** | 年度交易；已經合計在客戶年報 |
# | 財務 | 最大與平均收款、平均收款天數、平均欠款、平均欠款率 | 付款記錄 |
# | 聯絡 | 任務、表揚、客訴、建議的次數與比例 | 聯絡記錄 |
# | 特徵 | 規模、資本額、區域、產業、年銷售額、是否上市 | 客戶年報 |
#
# 先把要用的三本打開：

# %% [markdown] lang="en"
# ## {section four_books} Four books, one table
#
# The textbook sorts indicators of value into four families:
#
# | family | indicators | Xudong computes it from |
# |---|---|---|
# | transaction | orders, amount, profit, gross margin, mean and largest order, returns by count and amount, years as a customer, days between orders, **forecast sales** | 年度交易 (the year’s ledger); added up already in 客戶年報 (customers of the year) |
# | finance | largest and mean receipt, mean days to pay, mean overdue, mean overdue rate | 付款記錄 (payments) |
# | contact | tasks, compliments, complaints, suggestions: counts and ratios | 聯絡記錄 (contacts) |
# | profile | size, capital, region, industry, yearly sales, listed or not | 客戶年報 |
#
# First open the three that we need:

# %% name="load"
customers = rk.load_table(rk.data_file("客戶年報.csv"), index="customer")
payments = rk.load_table(rk.data_file("付款記錄.csv"))
contacts = rk.load_table(rk.data_file("聯絡記錄.csv"))
print(len(customers), len(payments), len(contacts))

# %% name="claim_load" claims=true
assert (len(customers), len(payments), len(contacts)) == (320, 3146, 1090)

# %% [markdown] lang="zh-TW"
# 320 位客戶、3,146 張發票、1,090 次聯絡。先看經理說的 C220，最近的六張發票：
#
# > **怎麼讀這段程式**　`==` 逐列問「等不等於」，得到一串 `True`／`False`；`表[條件]` 只留下 `True` 的列；
# > 方括號裡再放一層 `[ ]`，是一份欄名的名單；`.tail(6)` 取最後六列。

# %% [markdown] lang="en"
# 320 customers, 3,146 invoices, 1,090 contacts. Now for the manager’s C220, with its latest six invoices:
#
# > **Reading the code.** `==` asks every row “equal?” and gives `True` or `False`; `table[condition]` keeps the rows with
# > `True`; an inner pair of `[ ]` is a list of columns; `.tail(6)` takes the last six rows.

# %% name="one_customer_invoices"
one = payments[payments["customer"] == "C220"]
rk.pretty(one[["order", "invoice_amount", "due_date", "paid_date", "late_reason"]].tail(6))

# %% name="claim_one_customer_invoices" claims=true
assert customers["profit"].rank(ascending=False)["C220"] == 5
assert len(one) == 20

# %% [markdown] lang="zh-TW"
# 一張訂單一張發票，C220 一共 20 張。先用眼睛看這六張：哪幾張付款日期比應付日期晚？**逾期**有兩種，要分開問：
#
# - 付了，但付款日期**晚於**應付日期；
# - 還沒付，而且應付日期**已經過了**。還沒付、也還沒到期的，不能算人家逾期。
#
# `.isna()` 問「這格是不是空白」，`&` 是「而且」，`.sum()` 數有幾個 `True`。空白的日期跟誰比都是 `False`，所以第二種一定要另外問。

# %% [markdown] lang="en"
# There is an invoice for each order, twenty for C220. Use your eyes on these six first: which were paid after the due date?
# There are two ways of being **late**, to be asked one by one:
#
# - paid, but **after** the due date;
# - not paid, with the due date **already past**. An invoice that is unpaid and not due yet is nobody’s fault.
#
# `.isna()` asks “is this cell blank?”, `&` means “and”, `.sum()` counts the `True`s. Any comparison with a
# blank date gives `False`, which is why the second kind needs a question of its own.

# %% name="late_by_hand"
paid_late = one["paid_date"] > one["due_date"]
still_owing = one["paid_date"].isna() & (one["due_date"] < TODAY)
print(paid_late.sum(), still_owing.sum())

# %% name="claim_late_by_hand" claims=true
assert (paid_late.sum(), still_owing.sum()) == (8, 0)
assert one["late_reason"].isin(["our_invoice_wrong", "goods_in_dispute"]).sum() == 2
assert (one["late_reason"] == "our_invoice_wrong").sum() == 1

# %% [markdown] lang="zh-TW"
# 付得晚 8 張，過期未付 0 張：經理沒有冤枉人。不過「付得慢」不一定全是客戶的錯。把 20 張的原因攤開來看（拿掉上面的 `.tail(6)` 再執行一次），
# 8 次逾期裡有一次是貨品有爭議，一次是**我方帳單有誤**。這一章照教科書，凡是逾期都算；怎麼扣掉我方的錯，練習 3.3 會做。
#
# > **試一試　3.a**　全公司的 3,146 張發票，到今天為止有幾張逾期？

# %% [markdown] lang="en"
# Eight were paid late, and none is overdue and unpaid: the manager has a point. But “pays late” is not always the
# customer’s doing. By the reasons (take the `.tail(6)` away and run that cell again to see all twenty), one of the eight was a dispute about the goods, and one **an error in our own invoice**.
# This chapter counts every late invoice, as the textbook does; question 3.3 of the exercise takes our own errors out.
#
# > **Try it: 3.a.** Of the firm’s 3,146 invoices, how many are late as of today?

# %% name="try_a"
n_late = ...
check("3.a", n_late)

# %% [markdown] lang="zh-TW"
# 客訴呢？聯絡記錄一次一列，只留客訴，再數每位客戶有幾列：
#
# > **怎麼讀這段程式**　`groupby("customer")` 把同一位客戶的列放在一起，`.size()` 數每一組有幾列。

# %% [markdown] lang="en"
# And complaints? The contacts have a row for each. Keep the complaints, then count the rows of each customer:
#
# > **Reading the code.** `groupby("customer")` puts each customer’s rows together; `.size()` counts the rows of each group.

# %% name="contact_counts"
complaints = contacts[contacts["kind"] == "complaint"].groupby("customer").size()
print(complaints["C220"], len(complaints))

# %% name="claim_contact_counts" claims=true
assert (complaints["C220"], len(complaints)) == (7, 112)
assert len(customers) - len(complaints) == 208

# %% [markdown] lang="zh-TW"
# C220 一年抱怨 7 次。可是這裡只有 112 位客戶，另外 208 位呢？他們沒有客訴的記錄，**沒有記錄就是 0 次**。記住這件事，等一下會用到。
#
# 接著替每位客戶算**逾期率**。`True` 當 1、`False` 當 0，所以一串 `True`／`False` 的**平均數**就是比率。
# `|` 是「或」，`~` 是「不是」。分母只放**已有結果**的發票：付清的，或者已經過期的。

# %% [markdown] lang="en"
# C220 complained seven times in the year. But here are only 112 customers. The other 208 have no record of a complaint, and
# **no record means 0**. Keep that in mind.
#
# Next, an **overdue rate** for each customer. `True` counts as 1 and `False` as 0, so the **mean** of such a column is a
# rate. `|` means “or”, `~` means “not”. We divide only by invoices **whose outcome is known**: paid, or past due.

# %% name="overdue_rate"
unpaid = payments["paid_date"].isna()
past_due = payments["due_date"] < TODAY
late = (payments["paid_date"] > payments["due_date"]) | (unpaid & past_due)
settled = payments.assign(late=late)[~unpaid | past_due]
overdue_rate = settled.groupby("customer")["late"].mean()
print(len(settled), len(overdue_rate), overdue_rate["C220"])

# %% name="claim_overdue_rate" claims=true
assert (len(settled), len(overdue_rate), overdue_rate["C220"]) == (2990, 317, 0.4)

# %% [markdown] lang="zh-TW"
# 2,990 張發票有結果，C220 的逾期率是 40%。注意只有 317 位有答案：另外三位的發票全都還沒到期。他們不是零，是**還不知道**。
#
# > **逾期率不是欠款率**　教科書的「平均欠款率」看的是**錢**：欠的占應收多少。我們的逾期率看的是**張數**。C220 今天一毛錢也沒欠，
# > 欠款率是 0，逾期率卻是 40%：總是拖，但總會付。要防倒帳看欠款，要看習慣用逾期率。第 {section credit} 節兩個都用。
#
# 現在把五個指標放進一張表。`.assign` 依客戶編號對齊，右邊沒有的客戶就是空白；客訴的空白用 `.fillna(0)` 補成 0，
# 再用 `表["欄"] = …` 換掉原來那一欄：

# %% [markdown] lang="en"
# 2,990 invoices have an outcome, and C220’s overdue rate is 40%. Only 317 customers have a rate: the other three have no
# invoice due yet. Theirs is not zero; it is **not known**.
#
# > **Two different rates.** The textbook’s “mean overdue rate” (平均欠款率) looks at **money**: what is owed, as a share of
# > what was billed. Ours counts **invoices**. C220 owes nothing today, so the first is 0, and the second is 40%: always
# > late, but it pays. To guard against losses look at what is owed; for habits, look at the late invoices. Section
# > {section credit} uses both.
#
# Now put five indicators into one table. `.assign` matches by customer, and whoever is missing on the right gets a blank;
# `.fillna(0)` turns the blanks of the complaints into 0, and `table["column"] = …` puts the result in place of the old column:

# %% name="join"
table = customers[["profit", "forecast_amount", "company_size"]].assign(
    overdue_rate=overdue_rate, complaint_count=complaints
)
blanks = table.isna().sum()
table["complaint_count"] = table["complaint_count"].fillna(0)
print(blanks["overdue_rate"], blanks["complaint_count"])
rk.pretty(table.loc[["C220", "C336", "C393"]])

# %% name="claim_join" claims=true
assert (blanks["overdue_rate"], blanks["complaint_count"], len(table)) == (3, 208, 320)
assert pd.isna(table.loc["C393", "overdue_rate"])

# %% [markdown] lang="zh-TW"
# 補之前，逾期率有 3 個空白，客訴有 208 個。四類各有代表：利潤與預期銷售額（交易）、逾期率（財務）、客訴（聯絡）、公司規模，也就是員工人數（特徵）。
# 教科書列了大約三十個，用不著全放。
#
# > **每一個空白都要問**：是「零」、是「還不知道」，還是「資料掉了」？三種補法不同，補錯了不會有錯誤訊息。
#
# > **兩種帳上沒有的指標**
# > - **品牌影響**：有的客戶買得不多，名字卻能帶來別人（例如醫學中心）。帳上看不到，可以請業務員逐一評 0 到 100 分；每一位都要評，不能只評喜歡的。
# > - **個人屬性**：客戶是個人時，教科書還列了年齡、學歷、婚姻、月收入、喜歡的顏色、有沒有車、有沒有孩子。知道得多不等於可以用：
# >   台灣《個人資料保護法》第 5 條要求不逾越特定目的的必要範圍，並和蒐集目的有正當合理的關聯。問自己：少了這一項，服務會變差嗎？不會，就不要問。

# %% [markdown] lang="en"
# Before that, 3 rates and 208 complaints were blank. Each family has a say: profit and forecast (transaction), overdue rate
# (finance), complaints (contact), company size in employees (profile). The textbook lists about thirty, and nobody needs
# them all.
#
# > **Question every blank.** Is it a zero, is it not known yet, or has something been lost? Each needs a
# > different treatment, and the wrong one gives no error message.
#
# > **Two indicators that no book holds**
# > - **Brand influence**: some customers buy little, but their name brings others (a teaching hospital, say). Salespeople can
# >   mark it from 0 to 100, for every customer and not only for those they like.
# > - **Personal attributes**: where customers are persons, the textbook adds age, education, marriage, income, favourite
# >   colours, a car, children. To know is not to be allowed: article 5 of Taiwan’s Personal Data Protection Act
# >   (個人資料保護法) keeps use within what a stated purpose needs, with a fair link to it. Ask: would the service suffer
# >   without it? If not, do not collect it.

# %% [markdown] lang="zh-TW"
# ## {section one_scale}　元、次、%，怎麼相加？
#
# 利潤是元，客訴是次，不能直接相加。先換成同一種分數：0 分最差，100 分最好。有兩種換法，先用五位客戶的利潤（千元）親手算：
#
# | 客戶 | 甲 | 乙 | 丙 | 丁 | 戊 |
# |---|---|---|---|---|---|
# | 利潤 | 10 | 20 | 40 | 30 | 1,000 |
#
# - **名次**：有多少比例的**其他**客戶不如你？甲 0 分，乙贏過四位裡的一位，25 分。
# - **min–max**：最差的放 0，最好的放 100，其他人照距離。
#
# 在紙上把兩種都算完，再執行。`rk.to_points` 依名次換分，加上 `method="minmax"` 就依 min–max：

# %% [markdown] lang="en"
# ## {section one_scale} Money, counts, percentages: how to add them?
#
# Profit is money and complaints are a count; you can’t add them. Put them on one scale first: 0 points for the
# worst, 100 for the best. There are two ways. Work both out by hand for the profits of five customers (in thousands):
#
# | customer | A | B | C | D | E |
# |---|---|---|---|---|---|
# | profit | 10 | 20 | 40 | 30 | 1,000 |
#
# - By **rank**: what share of the **other** customers is worse than you? A gets 0; B beats one of four, so 25.
# - By **min–max**: the worst at 0, the best at 100, everybody else in proportion to the distance.
#
# Finish both on paper, then run the cell. `rk.to_points` scores by rank; with `method="minmax"`, by min–max:

# %% name="points_by_hand"
five = pd.Series([10, 20, 40, 30, 1000])
print(rk.to_points(five).tolist())
print(rk.to_points(five, method="minmax").round(1).tolist())

# %% name="claim_points_by_hand" claims=true
assert rk.to_points(five).tolist() == [0, 25, 75, 50, 100]
assert rk.to_points(five, method="minmax").round(1).tolist() == [0, 1, 3, 2, 100]
profit_points = rk.to_points(table["profit"])
minmax = rk.to_points(table["profit"], method="minmax")
assert (round(minmax.median()), round(profit_points.median())) == (10, 50)
assert (minmax < 20).mean() > 0.9

# %% [markdown] lang="zh-TW"
# 依 min–max，一位大客戶把其餘四位全擠在 3 分以下；依名次，四位分得開，但看不出第一名贏多少。
# 旭東的利潤也是這樣：依 min–max，中間的客戶只有 10 分，九成多的人不到 20 分。這一章用**名次**。
#
# 還有**方向**。逾期率是少的好，要告訴它 `smaller_is_better=True`。客訴呢？
#
# > **試一試　3.b**　把 `table["complaint_count"]` 依名次換成分數，放進 `complaint_points`。

# %% [markdown] lang="en"
# By min–max, one giant presses the other four below 3 points. By rank, the four are told apart, but nobody sees by how much
# the first is ahead. Xudong’s profits are the same: by min–max, the middle customer has 10 points, and more than nine in
# ten stay below 20. This chapter goes by **rank**.
#
# Then there is the **direction**. A low overdue rate is good, so it needs `smaller_is_better=True`. And complaints?
#
# > **Try it: 3.b.** Turn `table["complaint_count"]` into points by rank, and call them `complaint_points`.

# %% name="try_b"
complaint_points = ...
check("3.b", complaint_points)

# %% [markdown] lang="zh-TW"
# ## {section weights}　加權、門檻、三級
#
# 每個指標占多少？這是**經理的判斷**，不是計算。經理說：「利潤占一半；前景（預期銷售額）20%；付款 15%；客訴 10%；規模 5%。」
# 加起來要剛好是 1。一位客戶的總分，是每一項的分數乘上權重，再加起來。先替一位分數是 90、80、40、60、50 的客戶算：
#
# > **怎麼讀這段程式**　大括號裡是「名稱: 數字」；`pd.Series(...)` 把它變成一欄，兩欄相乘時依名稱對齊。

# %% [markdown] lang="en"
# ## {section weights} Weights, cuts, three tiers
#
# How much should each indicator count? That is the **manager’s judgement**, not a computation. He says: “Half for
# profit, a fifth for the forecast, 15% for payment, 10% for complaints, 5% for size.” Together they must be exactly 1. A
# customer’s score is points times weights, added up. Do it for one customer with points of 90, 80, 40, 60 and 50:
#
# > **Reading the code.** Braces hold pairs of “name: number”; `pd.Series(...)` makes them a column, and two columns are
# > multiplied name by name.

# %% name="score_by_hand"
weights = {
    "profit": 0.50,
    "forecast_amount": 0.20,
    "overdue_rate": 0.15,
    "complaint_count": 0.10,
    "company_size": 0.05,
}
one_points = {
    "profit": 90,
    "forecast_amount": 80,
    "overdue_rate": 40,
    "complaint_count": 60,
    "company_size": 50,
}
print((pd.Series(one_points) * pd.Series(weights)).sum())

# %% name="claim_score_by_hand" claims=true
assert round((pd.Series(one_points) * pd.Series(weights)).sum(), 6) == 75.5

# %% [markdown] lang="zh-TW"
# 45 + 16 + 6 + 6 + 2.5 = 75.5 分。接著替 320 位把五個指標都換成分數：

# %% [markdown] lang="en"
# 45 + 16 + 6 + 6 + 2.5 = 75.5 points. Now the points of all five indicators for the 320:

# %% name="points"
fewer = {"smaller_is_better": True}
points = pd.DataFrame(
    {
        "profit": rk.to_points(table["profit"]),
        "forecast_amount": rk.to_points(table["forecast_amount"]),
        "overdue_rate": rk.to_points(table["overdue_rate"], missing="keep", **fewer),
        "complaint_count": rk.to_points(table["complaint_count"], **fewer),
        "company_size": rk.to_points(table["company_size"]),
    }
)
rk.pretty(points.loc[["C220", "C336", "C393"]].round(1))

# %% name="claim_points" claims=true
assert points.loc["C220"].round(1).tolist() == [98.7, 95.9, 18.8, 0.0, 36.1]
assert [round(best) for best in points.max()] == [100, 100, 77, 68, 100]

# %% [markdown] lang="zh-TW"
# C220 利潤 98.7 分、客訴 0 分：同一位客戶，兩種面貌。`missing="keep"` 讓空白留著，不亂猜；`**fewer` 把大括號裡的設定交給函式。
# 從不抱怨的人太多，大家並列，所以客訴最高只有 68 分，逾期率最高 77 分。總分不會有人接近 100，等一下看到過 80 分的人很少，別忘了這件事。
#
# C393 昨天才來，逾期率空白。加總時把空白當 0，等於說他付款最差；這裡只用**知道的**指標，把權重按比例放大（`missing="renormalise"`）。
# `rk.composite_score` 照權重算總分；`round(…, 1)` 取一位小數，`int(…)` 取整數：

# %% [markdown] lang="en"
# C220 has 98.7 points for profit and 0 for complaints: one customer seen from two sides. `missing="keep"` leaves a blank
# blank instead of guessing; `**fewer` hands the setting in braces over to the function. So many never complain that they
# all share the top place, which is worth only 68 points; for the overdue rate it is worth 77. So no total comes near 100: remember
# that when you see how few reach 80.
#
# C393 came yesterday, and its overdue rate is blank. A blank counted as 0 would call it the worst payer of all; instead we
# use the indicators that **are** known and scale their weights up (`missing="renormalise"`). `rk.composite_score` computes the total, and `int` drops the decimals:

# %% name="score"
score = rk.composite_score(points, weights, missing="renormalise")
rank = score.rank(ascending=False)
print(round(score["C220"], 1), int(rank["C220"]))
print(round(score["C393"], 1))

# %% name="claim_score" claims=true
assert (round(score["C220"], 1), rank["C220"]) == (73.2, 42)
assert round(score["C393"], 1) == 80.8
share = pd.Series(weights)
weighted = (points * share).sum(axis="columns")
assert (weighted / (points.notna() * share).sum(axis="columns") - score).abs().max() < 1e-9
assert round(weighted["C393"], 1) == 68.7

# %% [markdown] lang="zh-TW"
# C220 得 73.2 分，從利潤的第 5 名變成第 42 名。C393 得 80.8 分；要是把空白當 0，他只有 68.7 分。一格空白怎麼補，差了 12 分。
#
# 接著切成三級。教科書說：**大於** 80 分是 VIP，**大於** 60 分是重要客戶，**小於** 60 分是普通客戶。剛好 60 分的人呢？
# 用一小串假分數試試看，`rk.value_tier` 把分數切成三級：

# %% [markdown] lang="en"
# C220 has 73.2 points and comes 42nd, not 5th as by profit. C393 has 80.8; with its blank as a 0 it would have 68.7. The
# treatment of one blank makes 12 points of difference.
#
# Now cut the scores into three tiers. The textbook says: **over** 80 is VIP, **over** 60 important, **under** 60
# ordinary. And somebody with exactly 60? Try `rk.value_tier`, which does the
# cutting, on a few made-up scores:

# %% name="edge"
made_up = pd.Series([59.9, 60, 79.9, 80])
rk.pretty(pd.DataFrame({"score": made_up, "tier": rk.value_tier(made_up)}))

# %% [markdown] lang="zh-TW"
# 站在門檻上的人算高的一級：60 以上、未滿 80 是重要，80 以上是 VIP。切在帳上，再數一數：

# %% [markdown] lang="en"
# A score right on a cut belongs to the higher tier: important from 60 to below 80, VIP from 80. Now on the books:

# %% name="tiers"
tier = rk.value_tier(score)
rk.pretty(tier.value_counts(sort=False).to_frame("customers"))

# %% name="claim_tiers" claims=true
edge = rk.value_tier(pd.Series([59.9, 60, 79.9, 80]))
assert [code.split(":")[1] for code in edge] == ["ordinary", "important", "important", "vip"]
assert tier.value_counts(sort=False).tolist() == [15, 91, 214]

# %% name="scores"
rk.show(rk.plot_scores(score, tiers=tier, cuts=(60, 80)))

# %% [markdown] lang="zh-TW"
# 只有 15 位客戶過 80 分，而且有幾位擠在門檻邊：C117 的 80.1 分是 VIP，C288 的 79.8 分不是。差 0.3 分，待遇不該差一截。
#
# 再看一個矛盾。教科書在另一頁把「**前 20%** 的客戶」也叫 VIP。兩種 VIP 是同一群人嗎？前 20% 用上一章的 `abc_tier` 切一刀（`rk.PARETO2` 就是二八兩級）：

# %% [markdown] lang="en"
# Only 15 customers reach 80, and some are right at the line: C117 with 80.1 is a VIP, C288 with 79.8 is not. A
# difference of 0.3 points should not decide what service somebody gets.
#
# Here is a contradiction. On another page the textbook calls “the **top 20%**” VIPs too. Are they the same people? The last
# chapter’s `abc_tier` cuts off the top 20% (`rk.PARETO2` means 20 : 80):

# %% name="relative"
top_fifth = rk.abc_tier(score, cuts=rk.PARETO2) == "pareto2:key"
print(top_fifth.sum(), (tier == "value3:vip").sum())
print(round(score[top_fifth].min(), 1))

# %% name="claim_relative" claims=true
assert pd.crosstab(~top_fifth, tier).to_numpy().tolist() == [[15, 49, 0], [0, 42, 214]]
assert [round(score[who], 1) for who in ("C117", "C288")] == [80.1, 79.8]
assert round(score[top_fifth].min(), 1) == 69.0

# %% [markdown] lang="zh-TW"
# 64 位對 15 位。前 20% 的最後一名只有 69.0 分，離 80 還遠。
#
# - **固定門檻**問「夠不夠好」：人數會變，可能一位都沒有，也可能人人都是。適合當標準，明年還能比。
# - **前 20%** 問「排第幾」：人數固定，配得上固定的工時；可是大家一起退步，仍然有 20% 是「VIP」。
#
# 兩個代碼分開寫：`value3:vip` 和 `pareto2:key`。你跟經理說「VIP」的時候，也請說是哪一種。
#
# **動手調權重。** 移動滑桿，看 80 分那條線上下有誰進出。試兩件事：把利潤拉到 100，其他歸零；再把五個都拉成一樣。
# 滑桿的數字會自動除以總和，所以權重永遠加到 1。（三位有空白的客戶先用 `.dropna()` 拿掉。）

# %% [markdown] lang="en"
# Sixty-four against 15. The last of the top 20% has 69.0 points, a long way from 80.
#
# - A **fixed cut** asks “good enough?” The number varies: perhaps nobody, perhaps everybody. It makes a standard,
#   and next year can be compared with this.
# - **The top 20%** asks “in which place?” The number is fixed and suits fixed staff hours; but even if everybody gets
#   worse, 20% are still “VIPs”.
#
# There are two codes, `value3:vip` and `pareto2:key`. When you say “VIP” to the manager, say which.
#
# **Move the weights yourself.** Watch who crosses the line at 80. Try two things: profit at 100 and the rest
# at 0; then all five alike. Whatever you set, the weights are scaled to add up to 1. (`.dropna()` leaves out the three
# customers with a blank.)

# %% name="slider" tags=["nbval-ignore-output"]
rk.explore_weights(points.dropna(), weights=weights)

# %% [markdown] lang="zh-TW" stop=true
# **可以停在這裡。** 你已經從三本帳做出一個 0 到 100 的分數，每一個空白都講得出理由。下次從「評分之後」開始；回來時選 Run → Run All Above Selected Cell，前面的名字就都在。

# %% [markdown] lang="en" stop=true
# **A good place to stop.** From three books you have made a score from 0 to 100, and you can account for every blank. Next time,
# begin after the scoring: choose Run → Run All Above Selected Cell first, and all the names are back.

# %% [markdown] lang="zh-TW"
# ## {section four_steps}　評分之後的四個步驟
#
# 分數不是終點。教科書在評分之後還有四步，每一步回答經理的一個問題。
#
# **第一步，畫金字塔**：每一層多少人、帶來多少利潤？先自己畫，每層兩根橫條：
#
# > **怎麼讀這段程式**
# > - `.groupby(tier, observed=False).sum()` 把同一級的利潤加起來，沒有人的等級也列出來；除以總和就是占比。
# > - `.plot.barh()` 畫橫條，傳回圖框 `ax`；橫條從下往上畫，`ax.invert_yaxis()` 上下對調，VIP 才在最上面。
# > - `value_counts(normalize=True)` 直接給占比；`.rename(index=…)` 把代碼換成名稱；`rk.label(...)` 取出圖例用的字。

# %% [markdown] lang="en"
# ## {section four_steps} After the scoring: four steps
#
# A score is not the end. The textbook takes four steps from there, and each answers a question of the manager’s.
#
# **Step one, draw the pyramid**: how many people in each layer, and how much profit? Draw it yourself first, with two bars a
# layer:
#
# > **Reading the code**
# > - `.groupby(tier, observed=False).sum()` adds up the profits of each tier, empty tiers included; divided by their sum,
# >   they are shares.
# > - `.plot.barh()` draws horizontal bars and gives back the frame `ax`. Bars are drawn from the bottom up;
# >   `ax.invert_yaxis()` turns them round, so that VIP is on top.
# > - `value_counts(normalize=True)` gives shares at once; `.rename(index=…)` puts names for codes; `rk.label(...)` fetches
# >   words for the legend.

# %% name="own_pyramid"
heads = tier.value_counts(normalize=True, sort=False)
money = table["profit"].groupby(tier, observed=False).sum() / table["profit"].sum()
shares = pd.DataFrame({rk.label("column.customers"): heads, rk.label("column.profit"): money})
ax = (100 * shares).rename(index=rk.scheme_table("value3")["name"]).plot.barh(rot=0)
ax.invert_yaxis()
ax.set(xlabel="%", ylabel="")
words = {
    "zh-TW": "橫條圖，三級的客戶占比與利潤占比：VIP 5% 與 28%，重要 28% 與 62%，普通 67% 與 9%。",
    "en": "Bars of three tiers, share of customers and of profit: VIP 5% and 28%, important 28% and"
    " 62%, ordinary 67% and 9%.",
}
rk.show(ax, words=words)

# %% name="claim_own_pyramid" claims=true
assert [f"{part:.0%}" for part in money] == ["28%", "62%", "9%"]
assert [f"{part:.0%}" for part in heads] == ["5%", "28%", "67%"]

# %% [markdown] lang="zh-TW"
# 你的圖還沒有標題。標題要說出發現：經理看一眼，該知道哪一件事？想好一句，用 `ax.set_title("…")` 加上去。
#
# 教材的 `plot_pyramid` 把人數放左邊、利潤畫成橫條，是同一件事：

# %% [markdown] lang="en"
# Your picture has no title yet. A title states the finding: what should the manager know after one glance? Add a sentence with
# `ax.set_title("…")`.
#
# The kit’s `plot_pyramid` has the customers on the left and the profit as bars; it says the same:

# %% name="pyramid"
rk.show(rk.plot_pyramid(table["profit"], tier))

# %% [markdown] lang="zh-TW"
# 真正養活公司的是中間那一層：91 位重要客戶帶來 62% 的利潤，不是塔尖的 15 位。利潤最大的 C381 也在中間，因為他將近四成的發票逾期。
#
# **第二步，點開一層，列出名單**。經理要打電話，需要的是名字，最高分的排前面：

# %% [markdown] lang="en"
# The firm lives on the middle layer: the 91 important customers bring 62% of the profit, the 15 at the top 28%. Even
# C381, the most profitable of all, is in the middle: nearly four of its invoices in ten were late.
#
# **Step two, open a layer and list its members** (a drill-down). You can’t phone a percentage; the manager needs names, the
# best first:

# %% name="drill_down"
vips = table.assign(score=score)[tier == "value3:vip"].sort_values("score", ascending=False)
rk.pretty(vips.round(2))

# %% name="claim_drill_down" claims=true
assert vips.index[0] == "C336"
assert "C393" in vips.index
assert table["profit"].idxmax() == "C381"
assert tier["C381"] == "value3:important"
assert round(table.loc["C381", "overdue_rate"], 2) == 0.39
assert customers.loc["C393", ["opened", "order_count"]].tolist() == [pd.Timestamp("2021-03-31"), 1]

# %% [markdown] lang="zh-TW"
# 名單要讀，不只是印。第一名 C336 沒有逾期，也沒有客訴；C393 也在上面，可是他 3 月 31 日才開始往來，只下過一張訂單。先不評級，三個月後再看。
#
# **第三步，看一層裡面的分布**：最大、最小、平均。`.agg([...])` 一次算好幾個數字。教科書看三件事：利潤、規模、欠款。先看利潤：

# %% [markdown] lang="en"
# A list is to be read, not only printed. C336 comes first, never late and no complaint. C393 is on it too, a customer since
# 31 March with a single order: give it no tier yet, and look again in three months.
#
# **Step three, see the spread within a layer**: largest, smallest, mean. `.agg([...])` computes several figures at once. The
# textbook looks at profit, size and what is overdue; profit first:

# %% name="spread"
rk.pretty(table["profit"].groupby(tier, observed=False).agg(["min", "mean", "max"]).round())

# %% name="spread_overdue"
late_share = 100 * table["overdue_rate"]
rk.pretty(late_share.groupby(tier, observed=False).agg(["min", "mean", "max"]).round())

# %% name="claim_spread" claims=true
spread = rk.tier_profile(table[["profit", "company_size", "overdue_rate"]], tier).distribution
assert spread.loc[("value3:vip", "profit"), "min"] == 5691
assert spread.loc[("value3:vip", "profit"), "max"] == 127_565
assert 127_565 // 5_691 == 22
assert round(spread.loc[("value3:vip", "overdue_rate"), "mean"], 2) == 0.07
assert round(spread.loc[("value3:important", "overdue_rate"), "mean"], 2) == 0.21
assert round(spread.loc[("value3:vip", "company_size"), "max"]) == 272
assert round(spread.loc[("value3:important", "company_size"), "max"]) == 1_088

# %% [markdown] lang="zh-TW"
# VIP 的利潤從 5,691 到 127,565 元，差了 22 倍：同一層不等於同一種人。第二張表是逾期率（%），平均 VIP 是 7%，重要客戶是 21%，這才是兩層真正的差別。
# 把第一張表的 `"profit"` 換成 `"company_size"` 再執行：最大的 VIP 只有 272 人，1,088 人的公司在重要那一層。規模大，不等於價值高。
#
# **第四步，看組成**：什麼產業、哪個區域？先用教科書的數字驗算：35 位 VIP，金融 24、電信 8、政府 3；五個區域 5、15、9、2、4。

# %% [markdown] lang="en"
# The VIPs’ profit runs from NT$5,691 to NT$127,565, 22 times as much: one layer is not one kind of customer. The second table has
# overdue rates in per cent: 7 on average among the VIPs and 21 among the important, and there is the difference. Write `"company_size"`
# for `"profit"` in the first and run it again: the largest VIP has 272 employees, and a firm of 1,088 is among the important. A
# large firm is not always a valuable customer.
#
# **Step four, see the composition**: which industry, which region? First check the arithmetic of the
# textbook’s own table: 35 VIPs, with 24 in finance, 8 telecom, 3 government; in five
# regions 5, 15, 9, 2 and 4.

# %% name="textbook_table"
industry, region = pd.Series([24, 8, 3]), pd.Series([5, 15, 9, 2, 4])
print((100 * industry / industry.sum()).round(2).tolist())
print((100 * region / region.sum()).round(2).tolist())

# %% name="claim_textbook_table" claims=true
assert (100 * industry / industry.sum()).round(2).tolist() == [68.57, 22.86, 8.57]
assert (100 * region / region.sum()).round(2).tolist() == [14.29, 42.86, 25.71, 5.71, 11.43]

# %% [markdown] lang="zh-TW"
# 和書上的百分比完全相同。可是書上只給 VIP 的組成，少了**全體客戶**的組成。沒有對照，68.57% 是多是少？旭東的圖把全體放在最下面：

# %% [markdown] lang="en"
# They match the printed percentages. But the textbook leaves out one thing: the composition of **all** customers. Is
# 68.57% a lot? Nobody can tell. Here is Xudong, with everybody in the last row:

# %% name="composition_region"
rk.show(rk.plot_composition(customers["region"], tier))

# %% [markdown] lang="zh-TW"
# VIP 有 53% 在南區，全體只有 29%：南區看起來特別會出 VIP。可是 53% 只是 15 位裡的 8 位。**這個比率有多確定？**
# `rk.share_interval(8, 15)` 算**信賴區間**：如果這 15 位是許多可能的 VIP 裡碰巧遇上的，真正的比率大概落在哪裡：

# %% [markdown] lang="en"
# 53% of the VIPs are in the south, against 29% of all: so the south seems to produce VIPs. But 53% is 8 of 15. **How sure is
# that share?** `rk.share_interval(8, 15)` gives a **confidence interval**: if these 15 are the ones we happened to get of
# many possible VIPs, where does the true share probably lie?

# %% name="how_sure"
span = rk.share_interval(8, 15)
print(round(span.low, 2), round(span.high, 2))

# %% name="claim_composition_region" claims=true
who = rk.tier_profile(customers[["region"]], tier).composition
assert who.loc[("value3:vip", "region", "south"), "customers"] == 8
assert f"{(customers['region'] == 'south').mean():.0%}" == "29%"
assert (round(span.low, 2), round(span.high, 2)) == (0.30, 0.75)
by_industry = pd.crosstab(customers["industry"], tier, normalize="columns")["value3:vip"]
assert (f"{by_industry['school']:.0%}", by_industry["hospitality"]) == ("33%", 0)
assert f"{(customers['industry'] == 'school').mean():.0%}" == "26%"

# %% [markdown] lang="zh-TW"
# 從 30% 到 75%，全體的 29% 就在邊上。人少的層適合提出問題，不適合下結論：先問南區的業務員做了什麼，不要急著調人。
# 把上面圖裡的 `"region"` 換成 `"industry"` 再畫一次：學校占 VIP 的 33%（全體 26%），餐旅業一位 VIP 也沒有。差別大不大？
#
# > **試一試　3.c**　利潤在前 20%、分數**卻不在**前 20% 的是哪些客戶？放進 `leavers`。
# > `~` 是「不是」；`table.index[條件]` 給你條件成立的客戶編號。

# %% [markdown] lang="en"
# From 30% to 75%; the 29% of all customers are just outside. A small layer is good for raising questions, not for settling
# them: ask the southern salespeople what they did, and move nobody yet. Write `"industry"` for `"region"` in the figure above and
# draw it again: schools are 33% of the VIPs (26% of all), and hospitality has none. Is that much of a difference?
#
# > **Try it: 3.c.** Which customers are in the top 20% by profit, and **not** in the top 20% by score? Put them into
# > `leavers`. `~` means “not”; `table.index[condition]` gives the customers for whom the condition holds.

# %% name="try_c"
by_profit = rk.abc_tier(table["profit"], cuts=rk.PARETO2) == "pareto2:key"
by_score = top_fifth
leavers = ...
check("3.c", leavers)

# %% [markdown] lang="zh-TW"
# 你在一開始猜過，65 位裡有幾位還在前 20%。下一格左邊是你的猜測，右邊是答案：

# %% [markdown] lang="en"
# At the start you guessed how many of the 65 are still in the top 20%. Your guess is on the left, the answer on the right:

# %% name="compare_guess"
print(my_guess, (by_profit & by_score).sum())

# %% name="claim_compare_guess" claims=true
assert (by_profit.sum(), (by_profit & by_score).sum()) == (65, 49)
gone, kept = table[by_profit & ~by_score], table[by_profit & by_score]
assert gone["profit"].max() < table.loc[by_profit, "profit"].median()
assert gone["forecast_amount"].median() < kept["forecast_amount"].median() / 2
assert [round(x["overdue_rate"].mean(), 2) for x in (gone, kept)] == [0.39, 0.21]

# %% [markdown] lang="zh-TW"
# **每四位就有一位**換掉。C220 還在，因為他的利潤實在大；換下去的都在這 65 位的後半，預期銷售額低，
# 平均 39% 的發票逾期（留下來的是 21%）。多看四個指標，改變的不是塔尖，而是邊界。
#
# > **對經理來說**　塔尖不必爭論，時間要花在邊界上：誰剛好在線外，只差一件我們幫得上忙的事？

# %% [markdown] lang="en"
# **One in four** leaves. C220 stays, because its profit is so large; the leavers are all from the lower half of the 65, with
# small forecasts, and 39% of their invoices late on average (against 21%). The four other indicators change the border
# more than the top.
#
# > **What it means for the manager.** Nobody need argue about the top. Spend the time on the border: who is just outside, for
# > want of one thing that we could help with?

# %% [markdown] lang="zh-TW"
# ## {section trap}　陷阱：消失的好客戶
#
# 同事也做了一張表。「客訴接上去、算分、切三級，一格空白都沒有！」他用的是 `join`，設定 `how="inner"`：

# %% [markdown] lang="en"
# ## {section trap} A trap: the good customers who vanished
#
# A colleague made a table too. “Joined the complaints, scored, cut into three, and not one blank to worry about!” The
# join says `how="inner"`:

# %% name="trap"
others = table[["profit", "forecast_amount", "overdue_rate", "company_size"]]
theirs = others.join(complaints.rename("complaint_count"), how="inner")
their_points = pd.DataFrame(
    {
        name: rk.to_points(
            theirs[name], smaller_is_better=name in ["overdue_rate", "complaint_count"]
        )
        for name in weights
    }
)
their_tier = rk.value_tier(rk.composite_score(their_points, weights))
rk.pretty(their_tier.value_counts(sort=False).to_frame("customers"))

# %% [markdown] lang="zh-TW"
# （`.rename` 替一欄取名字；大括號裡的 `for name in weights` 是「每個指標各做一次」。）
#
# > **停下來想一想**　把這張表的客戶數加起來。少了誰？為什麼沒有錯誤訊息，也沒有空白？
#
# <details><summary>想好了再打開</summary>
#
# `how="inner"` 只留兩邊都有的客戶。沒抱怨過的人不在客訴的計數裡，於是整列消失。320 位剩下 112 位，正好全是**抱怨過**的；
# 我們的 15 位 VIP 只剩 4 位，最高分的 C336 也不見了。這份名單會讓業務部去服務最會抱怨的人，忘了最安靜的好客戶。
# 空白其實是警告；`inner` 把警告一起丟了。接完表，**第一件事是數列數**。
#
# </details>

# %% [markdown] lang="en"
# (`.rename` gives a column a name; in the braces, `for name in weights` means “once for
# each indicator”.)
#
# > **Stop and think.** Add up the customers of this table. Who is missing? Why was there no error, and no blank?
#
# <details><summary>Decide first, then open this</summary>
#
# `how="inner"` keeps only customers found on both sides. Those who never complained are not in the count of complaints,
# so their whole row is gone. Of 320 customers 112 are left, precisely those **who complained**. Of our 15 VIPs four
# remain, and C336, the best of all, has vanished. The sales staff would look after whoever complains
# and forget the good customers who keep quiet. A blank is a warning; `inner` throws the warning away.
# After every join, **count the rows first**.
#
# </details>

# %% name="claim_trap" claims=true
assert (len(theirs), (their_tier == "value3:vip").sum()) == (112, 7)
assert vips.index.isin(theirs.index).sum() == 4
assert "C336" not in theirs.index
assert len(table) == 320

# %% [markdown] lang="zh-TW"
# ## {section other_weights}　權重一變，誰換位子？
#
# 權重是判斷，判斷可以不同。先試兩組：五個指標**一樣重**；以及 10 : 30 : 60（信用、下單金額、利潤），那是企業常用的一組。
# 下一格依序用經理的、一樣重的、10 : 30 : 60 的權重，各印出 VIP 人數和 C220 的名次（`rk.equal_weights` 和 `rk.CREDIT_ORDER_PROFIT` 是這兩組權重；`for each in (…)` 讓 `each` 輪流是三組分數）：

# %% [markdown] lang="en"
# ## {section other_weights} Other weights, other places
#
# Weights are a judgement, and judgements differ. Try two others: all five indicators **alike**, and 10 : 30 : 60 for credit,
# order amount and profit, which many firms use. With the manager’s weights, equal ones and 10 : 30 : 60, in this order, the
# next cell prints the number of VIPs and C220’s place (`rk.equal_weights` and `rk.CREDIT_ORDER_PROFIT` are the two sets of weights, and
# `for each in (…)` lets `each` be the three in turn):

# %% name="equal_weights"
equal = rk.composite_score(points, rk.equal_weights(points), missing="renormalise")
three = pd.DataFrame(
    {
        "credit": points["overdue_rate"],
        "order_amount": rk.to_points(customers["revenue"]),
        "profit": points["profit"],
    }
)
credit_first = rk.composite_score(three, rk.CREDIT_ORDER_PROFIT, missing="renormalise")
for each in (score, equal, credit_first):
    print((each >= 80).sum(), int(each.rank(ascending=False)["C220"]))

# %% name="claim_equal_weights" claims=true
equal_tier = rk.value_tier(equal)
assert (tier != equal_tier).sum() == 65
assert ((score >= 80).sum(), (equal >= 80).sum(), (credit_first >= 80).sum()) == (15, 1, 46)
assert [int(x.rank(ascending=False)["C220"]) for x in (score, equal, credit_first)] == [42, 171, 8]

# %% [markdown] lang="zh-TW"
# 一樣重：VIP 從 15 位變成 1 位，C220 從第 42 名掉到第 171 名，三級之間一共有 65 位換級。10 : 30 : 60：VIP 有 46 位，C220 是第 8 名。
# 他什麼都沒做，變的是我們衡量的標準。
#
# 權重能不能讓資料自己決定？**依資料差異定權重**（entropy）看哪個指標把客戶分得最開，就給它較大的權重，`rk.entropy_weights` 算出這組權重：

# %% [markdown] lang="en"
# All alike: of 15 VIPs one is left, C220 falls from 42nd to 171st, and 65 customers change tier in all. With 10 : 30 : 60
# there are 46 VIPs, and C220 comes 8th. It did nothing; we changed what we measure by.
#
# Could the data set the weights? The **entropy** method, `rk.entropy_weights`, gives more weight to an indicator that tells
# customers further apart:

# %% name="entropy"
print(rk.entropy_weights(points).round(2).tolist())

# %% name="claim_entropy" claims=true
assert rk.entropy_weights(points).round(2).tolist() == [0.21, 0.21, 0.20, 0.17, 0.21]

# %% [markdown] lang="zh-TW"
# 五個數字差不多，幾乎就是一樣重：依名次換的分數，每個指標本來就拉得一樣開。資料只知道誰和誰不同，不知道公司在乎什麼。
# 讓人兩兩比較（AHP）的方法放在第 {section reference} 節。
#
# 所以權重要在**看結果之前**由負責的人決定，寫下來，一年內不改。先看名單再調權重，調到喜歡的客戶上榜為止，那不叫分級。

# %% [markdown] lang="en"
# Five numbers much the same, so almost equal weights: points by rank spread every indicator alike. The data know who differs from
# whom, but not what the firm cares about. A method by which people compare pairs (AHP) is in section {section reference}.
#
# So let whoever is responsible for the weights set them **before seeing the result**, write them down, and keep them
# for a year. Looking at the list first, and turning the weights until the favourites are on it, is not
# tiering.

# %% [markdown] lang="zh-TW"
# ## {section several_pyramids}　不只一座金字塔：今天的和明天的
#
# 教科書把客戶價值分成**既成價值**（已經賺到的利潤）、**潛在價值**（還能爭取的）和綜合的模型價值，建議同時看好幾座金字塔。
# 潛在價值這樣算：一年向**別家**買多少，乘上我們的毛利率，也就是營收扣掉進貨成本還剩幾成。
# 先算 C220：一年需要 638,500 元，向我們買 299,555 元，進貨成本 186,542 元。再算 320 位：

# %% [markdown] lang="en"
# ## {section several_pyramids} More than one pyramid: today’s and tomorrow’s
#
# The textbook divides a customer’s value into what is **already earned** (既成價值), what could **still be won** (潛在價值), and a
# composite model of both, and wants several pyramids side by side. Here is one way to measure what could still be won: what a
# customer buys from **others** in a year, times our gross margin, the part of revenue left after the cost of the goods.
# First C220, which needs NT$638,500 a year and buys for NT$299,555 from us, goods that cost us NT$186,542; then all 320:

# %% name="potential"
print(round((638_500 - 299_555) * (299_555 - 186_542) / 299_555))  # C220
margin = (customers["revenue"] - customers["cost_of_goods"]) / customers["revenue"]
potential = (customers["yearly_need"] - customers["revenue"]) * margin
by_potential = rk.abc_tier(potential, cuts=rk.PARETO2) == "pareto2:key"
print((by_profit & by_score & by_potential).sum(), (by_profit | by_score | by_potential).sum())

# %% name="claim_three_pyramids" claims=true
columns = ["yearly_need", "revenue", "cost_of_goods"]
assert customers.loc["C220", columns].tolist() == [638_500, 299_555, 186_542]
assert round(potential["C220"]) == 127_874
assert (by_profit & by_score & by_potential).sum() == 33
assert (by_profit | by_score | by_potential).sum() == 102

# %% [markdown] lang="zh-TW"
# C220 還有大約 127,874 元可以爭取。三座塔各取前 20%，一共出現 102 位客戶，三座都上榜的只有 33 位。「最好的客戶」看你問的是今天、明天，還是整體。
#
# Peppers 與 Rogers 把今天和明天合成一座：**MVC** 最有價值（留住）、**MGC** 最具成長性（培養）、**BZ** 負值（處理，有時寫成 BZC）；
# 教科書在中間補了第四層 **LVC** 低貢獻。門檻：利潤 10,000 元以上是 MVC；其餘的人，要是搶到別家生意的一成就能多賺 3,000 元以上，是 MGC。`rk.peppers_tier` 照這兩個門檻分層：

# %% [markdown] lang="en"
# There is about NT$127,874 still to be won from C220. Take the top 20% of each pyramid: 102 different customers appear, and only
# 33 on all three lists. Who “the best customers” are depends on whether you ask about today, tomorrow, or the whole.
#
# Peppers and Rogers put today and tomorrow into one pyramid: **MVC**, most valuable (retain); **MGC**, most growable
# (grow); **BZ**, below zero (deal with; also written BZC). The textbook adds a fourth layer between, **LVC**, low value. The
# cuts: a profit of 10,000 or more is MVC; of the others, whoever would bring 3,000 or more if we won a tenth of what they
# buy elsewhere is MGC. `rk.peppers_tier` sorts the customers by these two cuts:

# %% name="peppers"
growth = 0.10 * potential
value4 = rk.peppers_tier(table["profit"], growth, profit_cut=10_000, growth_cut=3_000)
rk.show(rk.plot_customer_value_pyramids(table["profit"], value4))

# %% name="claim_peppers" claims=true
layers = rk.tier_summary(table["profit"], value4)
assert layers["customers"].tolist() == [41, 25, 244, 10]
assert [f"{part:.0%}" for part in layers["value_share"]] == ["72%", "5%", "24%", "-2%"]
assert round(layers["value_share"].iloc[:2].sum(), 2) == 0.78

# %% [markdown] lang="zh-TW"
# MVC 和 MGC 合起來 66 位，約 20%，帶來 78% 的利潤（72% 和 5% 都是四捨五入）；最底層的 10 位還倒賠 2%。
#
# **八成的力氣**　教科書說，這 20% 的客戶該得到 80% 的力氣。假設業務部一週有 60 個工時，每位客戶分到幾分鐘？

# %% [markdown] lang="en"
# MVC and MGC together are 66 customers, about 20%, and bring 78% of the profit. The bottom layer brings nothing; it
# takes 2% away.
#
# **Four fifths of the effort.** These 20%, says the textbook, should get 80% of the effort. If sales have 60 staff hours a
# week, how many minutes does each customer get?

# %% name="effort"
best = ((value4 == "value4:mvc") | (value4 == "value4:mgc")).sum()
print(best, round(0.80 * 60 * 60 / best, 1), round(0.20 * 60 * 60 / (len(value4) - best), 1))

# %% name="claim_effort" claims=true
assert best == 66
assert round(0.80 * 60 * 60 / best) == 44
assert round(0.20 * 60 * 60 / (320 - best), 1) == 2.8
assert 15 < (0.80 / best) / (0.20 / (320 - best)) < 16

# %% [markdown] lang="zh-TW"
# 66 位每人一週約 44 分鐘，其餘 254 位不到 3 分鐘，差 15 倍多。這個比例只有那一本書說過，沒有證據。三分鐘夠不夠回一通電話？
# 不夠，就要換一種服務方式，例如線上下單，而不是慢慢回。怎麼分才不會讓人覺得受冷落，第 7 章再談。
#
# **給 MGC 一個目標**　教科書說，對有潛力的客戶要提出目標，並且幫他達成。光說「多買一點」不是目標，要有數字。還可以爭取最多的三位：

# %% [markdown] lang="en"
# About 44 minutes a week for each of the 66, and less than 3 for each of the other 254, about one fifteenth. The ratio
# is this one book’s, given without evidence. Are three minutes enough to return a call? If not, they need another kind of
# service, such as ordering online, and not a slow one. Chapter 7 divides time without making anyone feel unwelcome.
#
# **A target for the MGC.** Set promising customers a target, says the textbook, and help them reach it. “Buy a little more” is
# no target; it needs a figure. The three with most to be won:

# %% name="targets"
growable = customers.assign(growth=growth.round())[value4 == "value4:mgc"]
promising = growable.sort_values("growth", ascending=False).head(3)
rk.pretty(promising[["industry", "revenue", "yearly_need", "profit", "growth"]])

# %% name="claim_targets" claims=true
assert promising.index.tolist() == ["C367", "C221", "C224"]
assert promising.loc["C221", ["revenue", "yearly_need", "growth"]].tolist() == [
    34_210,
    684_200,
    26_940,
]
assert 0.05 * 684_200 == 34_210
assert promising.loc["C367", "profit"] == -830
assert round(34_210 + 0.10 * (684_200 - 34_210)) == 99_209

# %% [markdown] lang="zh-TW"
# C221 全年要買 684,200 元，只有 5% 向我們買。搶到別家的一成，他的營收就會到 99,209 元，我們多賺約 26,940 元：這就是可以寫進拜訪計畫的目標。
# C367 今年還賠 830 元，卻排第一。分層時沒有把他當成負值，因為成長一成就能轉正。「全年採購需求」是業務員的估計，目標要先和客戶對過。
#
# **賠錢的客戶怎麼辦？** 今年有 18 位賠錢（其中 8 位靠成長可以回正，所以 BZ 只有 10 位）。常見的順序是：
# 先**調價**，再**降服務成本**，最後才**放手**。漲價一成、服務成本減半，各救得了幾位？

# %% [markdown] lang="en"
# C221 needs NT$684,200 a year and buys 5% of it from us. With a tenth of the rest, its revenue would be NT$99,209, and our
# profit about NT$26,940 more: a target for the visiting plan. C367 comes first although it cost NT$830 this year. It is not in
# the layer below zero, since a tenth more would turn it round. The year’s need is the salespeople’s estimate: agree a target with the
# customer first.
#
# **And those who cost money?** The firm made a loss on 18 this year (8 of them would be saved by growth, hence
# only 10 BZ). The usual order is: first **reprice**, then **cut the cost of serving**, and only then **release**. How
# many would a price rise of 10% save, and how many would be saved by halving the cost of service?

# %% name="below_zero"
losing = customers[customers["profit"] < 0]
repriced = losing["profit"] + 0.10 * losing["revenue"]
half_service = losing["profit"] + 0.50 * losing["service_cost"]
gross = (losing["revenue"] - losing["cost_of_goods"]).sum()
print((repriced > 0).sum(), (half_service > 0).sum())
print(gross, losing["service_cost"].sum())

# %% name="claim_below_zero" claims=true
assert (losing["profit_last_year"] < 0).all()
assert len(losing) == 18
assert ((repriced > 0).sum(), (half_service > 0).sum()) == (5, 18)
assert (gross, losing["service_cost"].sum()) == (64_901, 101_788)
assert (losing["revenue"] > losing["cost_of_goods"]).all()
assert (value4[losing.index] != "value4:below_zero").sum() == 8

# %% [markdown] lang="zh-TW"
# 漲價一成（假設他們照買）只救得了 5 位；服務成本減半，18 位**全部**轉正。他們每一位的毛利都是正的，是服務太貴，而且去年也都賠（執行 `rk.pretty(losing)`，比一比營收和進貨成本，再看去年利潤）：
# 所以先看我們怎麼服務：哪些拜訪可以改成電話？哪些急件可以併單？
#
# 全部放手呢？少了 64,901 元毛利，省下 101,788 元服務成本，前提是那些工時**真的**省得下來；薪水照付的話，只是白白少賺。
# 公司也可能**故意**留著負值客戶：他們帶來人潮、介紹別人，或者順便買別的東西。（有的書把後 80% 叫「劣質客戶」，我們不用這個詞。）

# %% [markdown] lang="en"
# A price rise of 10%, if they go on buying, saves only 5; halving the cost of service saves **all** 18. The
# goods earn money with every one of them. It is the service that costs too much, and we made a loss on all 18
# last year too (`rk.pretty(losing)` has revenue, cost of goods and last year’s profit). So look at the way we serve them first: which visits could be phone calls, and which rush orders could go
# together?
#
# And releasing them all? That gives up NT$64,901 of gross profit and saves NT$101,788 of service cost,
# provided the hours are **really** saved. If the staff are paid all the same, we have only lost the
# NT$64,901. A firm may also keep below-zero customers **on purpose**: they bring traffic, or related sales. (Some books call the
# lower 80% “inferior customers”. We do not.)

# %% [markdown] lang="zh-TW"
# ## {section credit}　能賒多少？
#
# 價值高的客戶多半要求月結。能不能賒，看的是另一件事：**信用**。三步：分數換成等級，等級換成額度，再減掉現在欠的。
#
# | 信用分數 | 超過 90 | 超過 80 | 超過 70 | 超過 60 | 超過 50 | 超過 40 | 40 以下 |
# |---|---|---|---|---|---|---|---|
# | 等級 | AAA | AA | A | BBB | BB | B | 避免授信 |
# | 係數 | 1.0 | 1.0 | 0.8 | 0.6 | 0.6 | 0.6 | 0 |
#
# **額度 = 月銷售額 × 帳期（幾個月）× 係數。** 先算一位：一個月買 10,000 元、信用分數 75、帳期兩個月，額度是多少？
#
# 注意這張表說的是「**超過**」：剛好 80 分是 A，不是 AA，和金字塔的 60、80 正好相反。業界這樣用，我們照用；七級怎麼分四個係數是教材訂的。

# %% [markdown] lang="en"
# ## {section credit} How much on credit?
#
# Valuable customers mostly ask for monthly credit. Whether to give it is another matter: their **credit standing**. Three steps:
# turn a score into a grade, the grade into a limit, and take off what is owed now.
#
# | credit score | over 90 | over 80 | over 70 | over 60 | over 50 | over 40 | 40 or less |
# |---|---|---|---|---|---|---|---|
# | grade | AAA | AA | A | BBB | BB | B | avoid credit |
# | factor | 1.0 | 1.0 | 0.8 | 0.6 | 0.6 | 0.6 | 0 |
#
# **Limit = monthly sales × term in months × factor.** Do one by hand: a customer buys for 10,000 a month, the credit score is
# 75, the term two months. What is the limit?
#
# Mind that this table says “**over**”: exactly 80 is A and not AA, the opposite of the pyramid’s 60 and 80. That is common
# practice, and we keep it; how seven grades share four factors is the kit’s choice.

# %% [markdown] lang="zh-TW"
# <details><summary>算好了再打開</summary>
#
# 75 分超過 70，是 A，係數 0.8：10,000 × 2 × 0.8 = 16,000 元。
#
# </details>
#
# 現在算全部。信用分數最簡單的算法，是準時的發票占幾成（100 減逾期率）；還沒有結果的三位先不評：
#
# > **怎麼讀這段程式**　`customers["revenue"].loc[...]` 照 `credit_score` 的客戶取營收；`rk.credit_grade` 換成等級，`rk.credit_limit` 算額度。第一格印出「避免授信」的人數和 C220 的額度；
# > 第二格接上欠款（沒有欠款的補 0），印出超過額度的人數，再看四位客戶。

# %% [markdown] lang="en"
# <details><summary>Work it out, then open this</summary>
#
# 75 is over 70, hence A with a factor of 0.8: 10,000 × 2 × 0.8 = 16,000.
#
# </details>
#
# Now everybody. The simplest credit score is the per cent of invoices paid on time, 100 less the overdue rate; the three
# without an outcome are not graded yet:
#
# > **Reading the code.** `customers["revenue"].loc[...]` takes the revenue of the customers in `credit_score`; `rk.credit_grade` gives grades
# > and `rk.credit_limit` limits. The first cell prints how
# > many are graded “avoid credit”, and C220’s limit. The second adds what is owed (0 for whoever owes nothing), prints how many
# > are over the limit, and shows four customers.

# %% name="credit"
credit_score = 100 * (1 - overdue_rate)
grade = rk.credit_grade(credit_score)
monthly = customers["revenue"].loc[credit_score.index] / 12
limit = rk.credit_limit(monthly, grade, term_months=2)
print((grade == "credit:avoid").sum(), round(limit["C220"]))

# %% name="credit_list"
owed = payments[unpaid].groupby("customer")["invoice_amount"].sum()
credit = pd.DataFrame({"credit_score": credit_score, "tier": grade, "credit_limit": limit})
credit = credit.assign(owed=owed)
credit["owed"] = credit["owed"].fillna(0)
credit["credit_left"] = credit["credit_limit"] - credit["owed"]
print((credit["credit_left"] < 0).sum())
rk.pretty(credit.loc[["C220", "C336", "C288", "C368"]].round())

# %% name="claim_credit" claims=true
credit_left = credit["credit_left"]
assert len(credit_left) == 317
assert ((credit_left < 0).sum(), (grade == "credit:avoid").sum()) == (40, 32)
assert (credit_score["C220"], grade["C220"]) == (60, "credit:bb")
assert round(limit["C220"]) == 29_956
assert credit_left.nsmallest(2).index.tolist() == ["C288", "C368"]
assert round(credit_left["C288"]) == -22_616

# %% [markdown] lang="zh-TW"
# 40 位已經超過額度，32 位的等級是「避免授信」。C220 剛好 60 分：要**超過** 60 才是 BBB，所以他是 BB，額度 29,956 元，今天沒有欠款。
# C288 超過最多，22,616 元，而他在金字塔上只差 0.2 分就是 VIP。**價值和信用是兩回事**：價值決定多用心，信用決定賒多少。
# 超過額度也不是斷貨，而是先打電話問舊帳，下一張訂單請主管核准。
#
# 帳上看得到的只有付款紀錄。放款的人還會看 **5C**：
#
# | C | 問什麼 | 哪裡看得到 |
# |---|---|---|
# | 品格 character | 願不願意付 | 付款紀錄、同業打聽 |
# | 能力 capacity | 付不付得出來 | 進帳、現金流量 |
# | 資本 capital | 自己有多少本錢 | 資本額、負債 |
# | 擔保 collateral | 付不出來時，有沒有抵押或保證人 | 契約 |
# | 條件 conditions | 行業與景氣 | 新聞、公會 |
#
# 我們的信用分數只量到品格。準時的旅館，景氣一差還是可能付不出來。

# %% [markdown] lang="en"
# Forty are over their limit already, and 32 are graded “avoid credit”. C220 has exactly 60: BBB begins **over** 60, so it is BB,
# with a limit of NT$29,956, and owes nothing today. C288 is over by most, NT$22,616, and in the pyramid it was 0.2 points short
# of VIP. **Value and credit are two things**: value decides how much care, credit how much debt. Over the limit does not
# mean no more goods either: call about the old invoices, and let somebody senior agree to the next order.
#
# The books show payments only. Lenders look at **five Cs**:
#
# | C | what it asks | where to see it |
# |---|---|---|
# | character (品格) | the will to pay | payments, what others in the trade say |
# | capacity (能力) | the means to pay | takings, cash flow |
# | capital (資本) | funds of its own | registered capital, debts |
# | collateral (擔保) | security or a guarantor, should payment fail | contracts |
# | conditions (條件) | the trade and the times | news, trade associations |
#
# Our score measures character alone. In bad times a punctual hotel may still be unable to pay.

# %% [markdown] lang="zh-TW"
# **拜訪之後填評估表**　教科書的〈客戶綜合評估〉分三個面向：**經營**、**管理**、**需求**。每個面向四項，拜訪過的人每項打 1 到 5 分：
#
# | 面向 | 四項 |
# |---|---|
# | 經營 | 銷售成長、獲利、償債、市場地位 |
# | 管理 | 領導、人員穩定、制度、付款紀律 |
# | 需求 | 採購量、採購次數、產品合不合用、急不急 |
#
# 平均 1 分換成 0，5 分換成 100，也就是「平均減 1，除以 4，乘 100」，三個面向再加權。C220 的付款紀律是 1，採購量是 5，其他先放 3。印出來的依序是經營、管理、需求：

# %% [markdown] lang="en"
# **After a visit, fill in the evaluation sheet.** The textbook’s “comprehensive evaluation” has three heads, **operation**, **management** and
# **need**. Each has four items, marked 1 to 5 by whoever has visited:
#
# | head | items |
# |---|---|
# | operation (經營) | growth of sales, profitability, solvency, market position |
# | management (管理) | leadership, stable staff, systems, payment discipline |
# | need (需求) | volume, frequency, fit of our products, urgency |
#
# A mean of 1 becomes 0 and a mean of 5 becomes 100, that is: the mean less 1, divided by 4, times 100. Then the three are weighed. For
# C220, payment discipline is 1, volume is 5, and the rest stay at 3 for now. Printed are operation, management and need:

# %% name="evaluation"
visit = {"operation": [3, 3, 3, 3], "management": [3, 3, 3, 1], "need": [5, 3, 3, 3]}
for head in visit:
    print((sum(visit[head]) / 4 - 1) / 4 * 100)

# %% name="claim_evaluation" claims=true
from rfmkit.relationship.sheets import EVALUATION

items = [item for items_of in EVALUATION.values() for item in items_of]
all_marks = [mark for marks_of in visit.values() for mark in marks_of]
by_kit = rk.evaluation_sheet(pd.DataFrame([all_marks], columns=items))
assert by_kit.loc[0].round(1).tolist() == [50.0, 37.5, 62.5, 50.0]

# %% [markdown] lang="zh-TW"
# 經營 50、管理 37.5、需求 62.5：買得多，付款紀律差；三個面向一樣重的話，總分剛好 50。換你當業務員，拜訪之後會改哪幾個 3？改一改，再執行一次。

# %% [markdown] lang="en"
# Operation 50, management 37.5, need 62.5: it buys a lot and pays badly. Weighed alike, the total is 50. If you were the salesperson, which of the 3s would
# you change after a visit? Change them and run the cell again.

# %% [markdown] lang="zh-TW"
# ## {section tell_manager}　告訴經理
#
# > **客戶價值金字塔，2021 年 4 月**　五個指標（利潤 50%、預期銷售額 20%、逾期率 15%、客訴 10%、規模 5%），依名次給分，320 位客戶。
# >
# > 1. **先照顧中間那一層。** 91 位重要客戶帶來 62% 的利潤；VIP 只有 15 位，28%。
# > 2. **C220 留住，但要談條件。** 利潤第 5、總分第 42，逾期率 40%，客訴 7 次。先查我方出錯的帳單和有爭議的貨，再談付款；賒帳以 29,956 元為限。
# > 3. **替 MGC 訂目標**，從 C367、C221、C224 開始，拜訪時先核對全年需求。
# > 4. **18 位賠錢的客戶先改服務方式**，不急著放手：服務成本減半，全部轉正。
# > 5. **40 位超過信用額度**，最多的是 C288；新訂單先請主管核准。C393 才開始往來，先不評級。
# >
# > 限制：權重是我們的判斷，換成一樣重，65 位會換級；VIP 只有 15 位，組成的比率很不確定（南區 53%，可能是 30% 到 75%）；
# > 預期銷售額與全年需求是業務員的估計；逾期有一部分是我方帳單的錯。

# %% [markdown] lang="en"
# ## {section tell_manager} Tell the manager
#
# > **The customer value pyramid, April 2021.** Five indicators (profit 50%, forecast 20%, overdue rate 15%, complaints
# > 10%, size 5%), points by rank, 320 customers.
# >
# > 1. **Look after the middle layer first.** 91 important customers bring 62% of the profit; the VIPs are
# >    only 15, with 28%.
# > 2. **Keep C220, but talk terms.** Fifth by profit, 42nd by score, 40% of invoices late, seven complaints. First
# >    settle our own wrong invoice and the disputed goods, then talk about payment; credit up to NT$29,956.
# > 3. **Set targets for the MGC**, beginning with C367, C221 and C224; check the year’s need with them first.
# > 4. **For the 18 customers who cost money, change the service**; there is no hurry to let them go. At half the
# >    cost of service every one of them makes a profit.
# > 5. **Forty are over their credit limit**, C288 by most: somebody senior agrees to new orders. C393 has only just begun
# >    and gets no tier yet.
# >
# > Limits: the weights are our judgement, and with equal ones 65 customers would change tier; with 15 VIPs, shares among them
# > are unsure (53% in the south could be 30% to 75%); forecast and yearly need are the salespeople’s estimates; some late
# > payments are due to our own invoices.

# %% [markdown] lang="zh-TW"
# ## 這一章說了什麼
#
# - 指標（indicator）分交易、財務、聯絡、特徵四類；每一個空白都要問：是零、是未知，還是掉了？
# - 換分（points）：名次或 min–max，先問方向；加權（weights）是判斷，先定再看，總和是 1。
# - 固定門檻（fixed cut）問夠不夠好，前 20%（top 20%）問排第幾：15 位對 64 位，都有人叫 VIP。
# - 四個步驟（four steps）：金字塔、名單（drill-down）、分布（distribution）、組成（composition）；人少的層只提問。
# - MVC 留住、MGC 培養並訂目標、LVC 低貢獻、BZ 負值：先調價，再降服務成本，最後才放手。
# - 信用（credit）：等級、額度 = 月銷售額 × 帳期 × 係數；5C 和評估表補上帳上看不到的事。

# %% [markdown] lang="en"
# ## What this chapter said
#
# - Indicators (指標) come in four families: transaction, finance, contact, profile. Question every blank: zero, unknown
#   or lost?
# - Points (換分): by rank or by min–max, and mind the direction. Weights (權重) are a judgement: set them first, look
#   later, together 1.
# - A fixed cut (固定門檻) asks “good enough?”, the top 20% (前 20%) “which place?”: 15 customers against 64, and
#   both are called VIP.
# - Four steps (四個步驟): pyramid, drill-down (名單), distribution (分布), composition (組成). A small layer only
#   raises questions.
# - MVC retain, MGC grow with a target, LVC low value, BZ (負值) below zero: reprice, cut the cost of serving, and only then
#   release.
# - Credit (信用): a grade, and a limit of monthly sales × term × factor; the five Cs and the evaluation sheet add what the books
#   do not show.

# %% [markdown] lang="zh-TW"
# ## 離開前三題
#
# 1. 一位客戶的客訴欄是空白，逾期率也是空白。兩個空白該怎麼補？
# 2. 規則寫「60 以上、未滿 80 是重要」。剛好 80 分的人在哪一級？信用等級表上，剛好 80 分呢？
# 3. 同事把權重設成 50、20、15、10、10，每個人的總分都變高了。哪裡錯了？
#
# <details><summary>看答案</summary>
#
# 1. 客訴空白是沒有記錄，補 0。逾期率空白是還不知道，不補；只用其他指標，並註明。
# 2. 金字塔上是 VIP，因為門檻上的人算高的一級。信用等級要超過才算，80 分是 A。兩張表的規則不同，報告要寫明。
# 3. 加起來是 105%，不是 100%，每個人的分數都被灌水。`rk.composite_score` 會拒絕計算，要你先改好權重。
#
# </details>

# %% [markdown] lang="en"
# ## Three questions before you go
#
# 1. A customer’s complaints are blank, and so is the overdue rate. What do you do with each?
# 2. The rule says “important from 60 to below 80”. In which tier is exactly 80? And which credit grade is exactly 80?
# 3. A colleague’s weights are 50, 20, 15, 10 and 10, and everybody’s score goes up. What is wrong?
#
# <details><summary>Answers</summary>
#
# 1. No record of a complaint means none: fill in 0. A blank overdue rate is not known: leave it, score on the other
#    indicators, and say so.
# 2. VIP in the pyramid, where a score on a cut is in the higher tier. Credit grades begin over the cut, so 80 is A. The two
#    tables have different rules, and a report says so.
# 3. They add up to 105, so everybody’s score is inflated. `rk.composite_score` refuses until the weights are right.
#
# </details>

# %% [markdown] lang="zh-TW"
# ## {section reference}　備查：現成的評分表，和兩兩比較的權重
#
# 目前查得到、最接近的公開評分表這樣給分：**產出 30、準時付款 30、價格 30、整體 10**；
# 80 分以上 A，70 分以上 B，60 分以上 C，其餘 D；一年評兩次，**往來未滿三個月的不評**。
# 每一項怎麼給分，表上沒寫，這裡用：營收名次、準時率、毛利率名次、預期銷售額名次。

# %% [markdown] lang="en"
# ## {section reference} For reference: a ready-made sheet, and weights from pairs
#
# The nearest published sheet that could be found gives **30 points for
# output (how much they take), 30 for timely payment, 30 for price, 10 overall**; A from 80, B from 70, C from
# 60, D below; filled in twice a year, and **not for customers of under three months**. It does not say how to
# award the points. Here: rank by revenue, share of invoices on time, rank by gross margin, rank by forecast.

# %% name="sheet"
marks = pd.DataFrame(
    {
        "output": 0.30 * rk.to_points(customers["revenue"]),
        "payment": 30 * (1 - table["overdue_rate"].fillna(0)),
        "price": 0.30 * rk.to_points(margin),
        "overall": 0.10 * points["forecast_amount"],
    }
)
months = (TODAY - customers["opened"]).dt.days / 30
sheet = rk.scoring_sheet(marks, months=months)
rk.pretty(sheet.loc[["C220", "C176", "C288", "C393"]].round(1))

# %% name="claim_sheet" claims=true
grades = sheet["tier"].value_counts(sort=False, dropna=False)
assert grades.tolist() == [27, 54, 70, 162, 7]
assert months["C176"] == 3
assert sheet.loc["C220", "tier"] == "sheet:a"
assert round(sheet.loc["C220", "score"], 1) == 80.1
assert pd.isna(sheet.loc["C393", "tier"])

# %% [markdown] lang="zh-TW"
# A 等 27 位、B 54 位、C 70 位、D 162 位，另外 7 位太新，不評。C176 一月一日開始往來，剛好滿三個月（以 30 天算一個月），要評；
# C393 昨天才來，空白。再看 C220：這張表沒有客訴，付款那 30 分也只扣四成，他得 80.1 分，是 **A**。換一張表，就換一個結論。
#
# **AHP**（層級分析法）讓負責的人兩兩比較：利潤比預期銷售額重要幾倍？1 是一樣，3 是稍微，5 是很，7 是非常。`rk.ahp_weights` 算出權重，還會說判斷有沒有自相矛盾
# （一致性比率 0.1 以下算可以）。`rk.weight_changes` 數每一組權重讓幾位客戶換級：

# %% [markdown] lang="en"
# 27 get an A, 54 a B, 70 a C, 162 a D, and 7 are too new to grade. C176 opened on 1 January and has just completed
# three months (of 30 days), so it is graded; C393 came yesterday and stays blank. And C220: the sheet does not ask about complaints, and
# paying 40% late costs only 12 of the 30 points, so with 80.1 it gets an **A**. Another sheet, another verdict.
#
# **AHP**, the analytic hierarchy process, lets those responsible compare pairs: how many times as important as the forecast is
# profit? 1 is equal, 3 somewhat more, 5 strongly, 7 very strongly. `rk.ahp_weights` turns that into weights, and says
# whether the judgements contradict each other (a consistency ratio up to 0.1 will do). `rk.weight_changes` counts the
# customers whom each choice moves:

# %% name="ahp"
names = list(weights)
pairs = [
    [1, 3, 3, 5, 7],
    [1 / 3, 1, 1, 2, 4],
    [1 / 3, 1, 1, 2, 3],
    [1 / 5, 1 / 2, 1 / 2, 1, 2],
    [1 / 7, 1 / 4, 1 / 3, 1 / 2, 1],
]
ahp = rk.ahp_weights(pd.DataFrame(pairs, index=names, columns=names))
print(ahp.weights.round(2).tolist(), round(ahp.consistency_ratio, 3))
choices = {"firm": weights, "equal": rk.equal_weights(points), "ahp": ahp.weights}
choices["entropy"] = rk.entropy_weights(points)
print(rk.weight_changes(points, choices, missing="renormalise")["changed"].tolist())

# %% name="claim_ahp" claims=true
assert ahp.weights.round(2).tolist() == [0.49, 0.19, 0.18, 0.10, 0.06]
changed = rk.weight_changes(points, choices, missing="renormalise")["changed"]
assert changed.tolist() == [0, 65, 9, 63]
assert round(ahp.consistency_ratio, 3) == 0.006

# %% [markdown] lang="zh-TW"
# 最後一行依序是經理的權重（0 位）、一樣重、AHP、依資料差異定權重讓幾位換級：65、9、63 位。AHP 的判斷來自同一位經理，所以和他原來的權重很近。
#
# 《客戶價值的金字塔》一節裡，第三座金字塔有時叫「模型」、有時叫「模版」，大概有一個是錯字，我們當成綜合分數。

# %% [markdown] lang="en"
# The last line gives, in order, how many the manager’s own weights move (0), equal ones, AHP and entropy: 65, 9 and 63. The
# judgements in AHP are the same manager’s, so they come close to his weights.
#
# In the textbook’s section on the pyramid, the third one is called 模型 (“model”) in one place and 模版 (“template”) in another; one
# is probably a misprint. We take it as the composite score.

# %% [markdown] lang="zh-TW"
# ## 接下來
#
# [第 3 章練習](../../exercises/zh-TW/03_value_pyramid.ipynb)換成另一家分公司的帳，題目一樣，客戶不同。
#
# 先花十分鐘做[混合測驗一](03_quiz.ipynb)，看看前三章還記得多少。
#
# 經理看完說：「分數都是去年的事。**明年誰還值得我們花時間？他們現在滿意嗎？**」那是[第 4 章：終身價值與滿意度](04_clv_cs.ipynb)。

# %% [markdown] lang="en"
# ## Next
#
# The [exercise of chapter 3](../../exercises/en/03_value_pyramid.ipynb) has another branch’s books: the same
# task, other customers.
#
# Take ten minutes for the [first mixed quiz](03_quiz.ipynb): what do you remember of the first three chapters?
#
# The manager reads it all and says: “These scores are about last year. **Who will be worth it tomorrow, and are they
# happy?**” That is [chapter 4, lifetime value and satisfaction](04_clv_cs.ipynb).
