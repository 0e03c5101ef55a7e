# %% 1.1 wrong
# did-en: Took a monthly ranking for tiering, though it has neither levels nor any service for them.
# did-zh: 把每月更新的利潤排名當成分級；排名沒有等級，也沒有各級的服務。
answer_1_1 = "b"

# %% 1.1 wrong
# did-en: Chose the salespeople's favourites: there is a service, but no stated standard behind the list.
# did-zh: 選了業務員心目中的名單：有服務，卻沒有說得出來的標準。
answer_1_1 = "d"

# %% 1.1 right
# did-en: A full-width capital letter with a space behind it.
# did-zh: 用全形大寫字母，後面還多一個空格。
answer_1_1 = "Ｃ "

# %% 1.2 wrong
# did-en: Found the notice and the copied cut, but missed the eight levels for three salespeople.
# did-zh: 找到公告和照抄的門檻，漏了三位業務員撐不起的八個等級。
answer_1_2 = "ab"

# %% 1.2 wrong
# did-en: Besides the right three, also counted the quarterly visits, which are only less service.
# did-zh: 三個違反的都選了，卻把一季拜訪一次也算進去；服務少一點並不違反原則。
answer_1_2 = "abde"

# %% 1.2 wrong
# did-en: Read the question the other way round and wrote the plans that keep the principles.
# did-zh: 題目看反了，寫的是沒有違反原則的那兩個。
answer_1_2 = "ce"

# %% 1.2 right
# did-en: The three letters as a set of capitals.
# did-zh: 用集合裝三個大寫字母。
answer_1_2 = {"D", "A", "B"}

# %% 1.3 wrong
# did-en: Right column, but "2 or more" became "more than 2", so those with exactly two orders are left out.
# did-zh: 欄改對了，但「2 張以上」寫成大於 2，剛好兩張的沒算進來。
repeat_share = (customers["order_count"] > 2).mean()
repeat_share

# %% 1.3 wrong
# did-en: Share of orders placed by repeat customers, not share of customers who came back.
# did-zh: 算的是回購客戶的訂單占全部訂單幾成，不是回購的客戶占幾成。
again = customers[customers["order_count"] >= 2]
repeat_share = again["order_count"].sum() / customers["order_count"].sum()

# %% 1.3 wrong
# did-en: Looked at whose first order ever was before this year, not at the orders of this year.
# did-zh: 看的是首次交易日在今年度以前的客戶占多少，不是今年下兩張單以上的。
start_of_year = pd.Timestamp("2020-04-01")
repeat_share = (customers["opened"] < start_of_year).mean()

# %% 1.3 wrong
# did-en: Compared the average number of orders with 2, which gives True and not a share.
# did-zh: 括號放錯，先平均再和 2 比，得到的是 True，不是占比。
repeat_share = customers["order_count"].mean() >= 2

# %% 1.3 wrong
# did-en: Two slips: counts those with exactly one order (the opposite group), and gives it in percent.
# did-zh: 兩個錯：算成只下一張單的那一群，還寫成百分數。
once = customers[customers["order_count"] == 1]
repeat_share = len(once) / len(customers) * 100

# %% 1.3 right
# did-en: One minus the share of those who ordered once, taken from value_counts, rounded to three decimals.
# did-zh: 用 value_counts 求只買一次的占比，再用 1 去減，取到小數第三位。
shares = customers["order_count"].value_counts(normalize=True)
repeat_share = round(1 - shares[1], 3)

# %% 1.4 wrong
# did-en: Strictly above the 80% quantile: the tied 64th drops out, so only 63 are added up.
# did-zh: 取「大於」80% 分位數，第 64 名同分的也被擋在外面，只加到 63 位。
cut = customers["profit"].quantile(0.80)
top = customers[customers["profit"] > cut]
top_share = top["profit"].sum() / customers["profit"].sum()

# %% 1.4 wrong
# did-en: Took the 64 with the highest revenue instead of the highest profit.
# did-zh: 取的是營收最高的 64 位，不是利潤最高的 64 位。
top = customers.sort_values("revenue", ascending=False).head(64)
top_share = top["profit"].sum() / customers["profit"].sum()

# %% 1.4 wrong
# did-en: Divided by the profit of the profitable customers only; the losses must be taken off the total.
# did-zh: 分母只加賺錢的客戶，沒有扣掉賠錢的。
best = customers["profit"].nlargest(64)
gains = customers.loc[customers["profit"] > 0, "profit"]
top_share = best.sum() / gains.sum()

# %% 1.4 wrong
# did-en: Divided the average of the 64 by the average of all: how many times, not what part.
# did-zh: 用 64 位的平均利潤除以全部的平均，得到的是幾倍，不是占比。
by_profit = customers.sort_values("profit", ascending=False)
top_share = by_profit.head(64)["profit"].mean() / by_profit["profit"].mean()

# %% 1.4 wrong
# did-en: Copied head office's 82% instead of measuring the south.
# did-zh: 直接抄總公司的 82%，沒有算南區自己的。
top_share = 0.82

# %% 1.4 wrong
# did-en: Sorted by the profit of last year and added up this year's profit of those 64.
# did-zh: 照去年的利潤排名取 64 位，再加他們今年的利潤。
last_best = customers.sort_values("profit_last_year", ascending=False).head(64)
top_share = last_best["profit"].sum() / customers["profit"].sum()

# %% 1.4 wrong
# did-en: Two slips: takes 20 customers instead of 20% of them, and rounds the share to two decimals.
# did-zh: 兩個錯：20% 看成 20 位，結果又四捨五入到兩位小數。
by_profit = customers.sort_values(by="profit", ascending=False)
top_share = round(by_profit["profit"].iloc[:20].sum() / by_profit["profit"].sum(), 2)

# %% 1.4 right
# did-en: With numpy: sort ascending, the last 64, a numpy number.
# did-zh: 用 numpy 由小排到大，取最後 64 個，結果是 numpy 的數字。
import numpy as np

amounts = np.sort(customers["profit"].to_numpy())
top_share = amounts[-64:].sum() / amounts.sum()

# %% 1.5 wrong
# did-en: The ten are right, but they run from the lowest revenue to the highest.
# did-zh: 十位都對，但由左到右是營收由低到高。
biggest = customers.sort_values("revenue").tail(10)
chart = biggest["profit"].plot.bar(title="What the largest leave", xlabel="customer", ylabel="profit")

# %% 1.5 wrong
# did-en: Picked the ten by revenue but then sorted the bars by profit.
# did-zh: 十位是照營收挑的，長條卻又改照利潤高低排。
ten = customers.nlargest(10, "revenue")
ten = ten.sort_values("profit", ascending=False)
chart = ten["profit"].plot.bar(title="Profit of the ten largest", xlabel="customer", ylabel="profit")

# %% 1.5 wrong
# did-en: The bars lie on their side (barh) instead of standing from left to right.
# did-zh: 畫成橫的長條（barh），不是由左到右的直條。
ten = customers.sort_values("revenue", ascending=False).head(10)
chart = ten["profit"].plot.barh(title="營收前十名的利潤", xlabel="利潤（元）", ylabel="客戶")

# %% 1.5 wrong
# did-en: Height is revenue minus the goods only; the cost to serve has not been taken off.
# did-zh: 高度是營收減進貨成本，還沒扣服務成本，不是利潤。
ten = customers.nlargest(10, "revenue")
left = ten["revenue"] - ten["cost_of_goods"]
chart = left.plot.bar(title="What the largest buyers leave", xlabel="customer", ylabel="NT$ a year")

# %% 1.5 wrong
# did-en: Two bars for each customer, revenue and profit side by side, instead of the profit alone.
# did-zh: 每位客戶畫了營收和利潤兩根長條，題目只要利潤。
ten = customers.sort_values("revenue", ascending=False)[["revenue", "profit"]].head(10)
chart = ten.plot.bar(title="Ten largest buyers", xlabel="customer", ylabel="NT$")

# %% 1.5 wrong
# did-en: The names of the axes are swapped: profit under the customers, customer beside the heights.
# did-zh: 兩個軸的名稱寫反：橫軸寫利潤，直軸寫客戶。
ten = customers.sort_values("revenue", ascending=False).head(10)
chart = ten["profit"].plot.bar(title="營收最高的十位賺多少", xlabel="利潤（元）", ylabel="客戶編號")

# %% 1.5 wrong
# did-en: Two slips: five customers only, because head() has no number, and the picture has no title.
# did-zh: 兩個錯：head() 沒寫數字，只畫五位；圖也沒有標題。
big = customers.sort_values("revenue", ascending=False).head()
chart = big["profit"].plot.bar(xlabel="customer", ylabel="profit")

# %% 1.5 right
# did-en: Drawn with matplotlib's own bar, Chinese title and names; the axes are left in chart.
# did-zh: 用 matplotlib 自己的 bar 畫，中文標題和軸名，chart 是畫框。
import matplotlib.pyplot as plt

ten = customers.nlargest(10, "revenue")
fig, chart = plt.subplots(figsize=(8, 4))
chart.bar(ten.index, ten["profit"], color="teal")
chart.set_title("買得最多的十位，留下多少利潤")
chart.set_xlabel("客戶編號")
chart.set_ylabel("利潤（元）")

# %% 1.5 right
# did-en: A table of one column is plotted, so there is a legend too; the names are set afterwards.
# did-zh: 用只有一欄的表畫圖，多了圖例；軸名是後來補的。
chart = customers.sort_values("revenue", ascending=False).iloc[:10][["profit"]].plot(kind="bar", rot=0)
chart.set(title="Profit of the ten largest buyers", xlabel="Customer", ylabel="Profit, NT$")

# %% 1.7 wrong
# did-en: Customers at exactly 70% were made to wait too (<= where < was meant).
# did-zh: 剛好 70% 的也被列入（用了 <=）；題目說剛好 70% 不用緩。
big = customers[customers["revenue"] >= 30000]
slow = on_time[big.index] <= 70
wait_list = big.index[(big["profit"] < 8000) | slow].tolist()

# %% 1.7 wrong
# did-en: Without brackets & goes before |, so every late payer is listed, small buyers as well.
# did-zh: 少了括號，& 比 | 先算，沒到 30,000 元的遲付客戶也全進來了。
mask = (customers["revenue"] >= 30_000) & (customers["profit"] < 8_000) | (on_time < 70)
wait_list = list(customers[mask].index)

# %% 1.7 wrong
# did-en: Compared on_time with 0.70, though it is a percentage from 0 to 100.
# did-zh: on_time 是 0 到 100 的百分數，卻拿去和 0.70 比。
big = customers[customers["revenue"] >= 30000].copy()
big["on_time"] = on_time
wait_list = big[(big["profit"] < 8000) | (big["on_time"] < 0.70)].index.tolist()

# %% 1.7 wrong
# did-en: More than NT$30,000 instead of NT$30,000 or more.
# did-zh: 營收寫成大於 30,000，剛好 30,000 的不在名單上了。
# same-on-the-books: yes
wait_list = []
for c in customers.index:
    if customers.loc[c, "revenue"] > 30000:
        if customers.loc[c, "profit"] < 8000 or on_time[c] < 70:
            wait_list.append(c)

# %% 1.7 wrong
# did-en: Computed the on-time percentage anew without forgiving our own wrong invoices.
# did-zh: 自己重算準時率，把我方開錯的帳單也算成客戶遲付。
punctual = (days_late == 0).groupby(payments["customer"]).mean() * 100
large = customers["revenue"] >= 30000
wait = (customers["profit"] < 8000) | (punctual < 70)
wait_list = customers.index[large & wait].tolist()

# %% 1.7 wrong
# did-en: Profit after the extra NT$8,000 had to reach NT$8,000 again, so the service was charged twice.
# did-zh: 利潤先扣掉 8,000，又要求剩下的不到 8,000 才緩，等於扣了兩次。
large = customers[customers["revenue"] >= 30000]
after = large["profit"] - 8000
wait_list = large[(after < 8000) | (on_time.loc[large.index] < 70)].index.tolist()

# %% 1.7 wrong
# did-en: Listed the large customers who need not wait.
# did-zh: 列的是大客戶裡不用緩的那些人。
large = customers[customers["revenue"] >= 30000]
fine = (large["profit"] >= 8000) & (on_time[large.index] >= 70)
wait_list = large[fine].index.tolist()

# %% 1.7 wrong
# did-en: Either one but not both (^): the three who fail on both counts are missing.
# did-zh: 用了「只中一項」（^），兩項都中的那幾位反而漏掉。
large = customers.loc[customers["revenue"] >= 30000]
low = large["profit"] < 8000
slow = on_time.reindex(large.index) < 70
wait_list = list(large.index[low ^ slow])

# %% 1.7 wrong
# did-en: Two slips: yearly_need taken for what they buy, and both conditions demanded.
# did-zh: 兩個錯：用全年採購需求當成買的金額，而且要兩項都中才緩。
large = customers[customers["yearly_need"] >= 30000]
wait_list = large[(large["profit"] < 8000) & (on_time[large.index] < 70)].index.tolist()

# %% 1.7 right
# did-en: The union of two sets of customers.
# did-zh: 兩個集合取聯集，答案是集合。
large = customers.query("revenue >= 30000")
poor = set(large[large["profit"] < 8000].index)
late = set(on_time[on_time < 70].index) & set(large.index)
wait_list = poor | late

# %% 1.7 right
# did-en: A table whose index is the customers, with the reasons beside them.
# did-zh: 留下的是一張表，索引是客戶編號，旁邊附原因的欄位。
table = customers[["revenue", "profit"]].join(on_time)
table = table[table["revenue"] >= 30000]
wait_list = table[(table["profit"] < 8000) | (table["on_time"] < 70)]

# %% 1.c wrong
# did-en: Added up the days instead of counting the late invoices.
# did-zh: 把逾期天數加起來了，題目問的是幾張發票。
n_overdue = payments["overdue"].sum()

# %% 1.c wrong
# did-en: Counted the customers with such a late invoice, not the invoices.
# did-zh: 數的是有遲付的客戶有幾位，不是發票有幾張。
n_overdue = payments[payments["overdue"] > 0]["customer"].nunique()

