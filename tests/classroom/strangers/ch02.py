# %% 2.1 wrong
# did-en: Tiered by rank, 5, 20 and 50% of the ten people, not by cumulative profit.
# did-zh: 照名次分（人數的 5%、20%、50%），不是照累計利潤。
answer_2_1 = "a"

# %% 2.1 wrong
# did-en: Divided by 105, the profit before the loss is taken off, instead of by 100.
# did-zh: 用還沒扣掉賠錢的 105 當分母，不是 100。
answer_2_1 = "d"

# %% 2.1 right
# did-en: A capital letter in brackets.
# did-zh: 大寫字母，外面加了括號。
answer_2_1 = "(C)"

# %% 2.2 wrong
# did-en: Both shares are of the profit of profitable customers only; the losses were left out.
# did-zh: 兩個占比的分母都只加賺錢的客戶，沒有扣掉賠錢的。
best = profit[profit > 0].sort_values(ascending=False)
so_far = best.cumsum() / best.sum()
n = int((so_far.shift(fill_value=0) < 0.75).sum())
line_up = {"customers": n, "share": best.head(32).sum() / best.sum()}

# %% 2.2 wrong
# did-en: The count is right; the share is that of the best 10 customers, not of the best tenth.
# did-zh: 人數對；占比卻只加前 10 位，一成應該是 32 位。
best = profit.sort_values(ascending=False)
ahead = (best.cumsum() / best.sum()).shift(fill_value=0)
line_up = {"customers": (ahead < 0.75).sum(), "share": best.head(10).sum() / best.sum()}

# %% 2.2 wrong
# did-en: The people are given as a share of all customers (54 of 320) instead of a number.
# did-zh: 人數寫成占全部客戶的比例（54 / 320），題目要的是幾位。
best = profit.sort_values(ascending=False)
so_far = best.cumsum() / best.sum()
n = (so_far < 0.75).sum() + 1
line_up = {"customers": n / len(profit), "share": so_far.iloc[31]}

# %% 2.2 wrong
# did-en: Lined the customers up by revenue and then added up their profit in that order.
# did-zh: 先照營收排隊，再照這個順序累加利潤。
queue = customers.sort_values("revenue", ascending=False)["profit"]
so_far = queue.cumsum() / queue.sum()
line_up = {"customers": int((so_far < 0.75).sum()) + 1, "share": queue.head(32).sum() / queue.sum()}

# %% 2.2 wrong
# did-en: Took the second question for the share of the customers just counted, who make 75.4%.
# did-zh: 第二問答成剛才那 54 位的占比，不是利潤最高的一成。
best = profit.sort_values(ascending=False)
so_far = best.cumsum() / best.sum()
ahead = so_far.shift(fill_value=0)
n = int((ahead < 0.75).sum())
line_up = {"customers": n, "share": best.head(n).sum() / best.sum()}

# %% 2.2 wrong
# did-en: Two slips: whoever crosses the line is not counted (53), and the share is in percent.
# did-zh: 兩個錯：跨過線的那一位沒算（53 位），占比寫成百分數。
best = profit.sort_values(ascending=False)
so_far = best.cumsum() / best.sum()
line_up = {"customers": int((so_far <= 0.75).sum()), "share": rk.value_share(profit, top=0.10) * 100}

# %% 2.2 right
# did-en: numpy's searchsorted for the count, a numpy number for the share.
# did-zh: 人數用 numpy 的 searchsorted 找，占比是 numpy 的數字。
import numpy as np

amounts = np.sort(profit.to_numpy())[::-1]
running = np.cumsum(amounts)
place = np.argmax(running >= 0.75 * amounts.sum())
line_up = {"share": amounts[:32].sum() / amounts.sum(), "customers": place + 1}

# %% 2.2 right
# did-en: A Series with the two names, so the number of people is 54.0.
# did-zh: 用 Series 裝兩個名稱，人數因此變成 54.0。
best = profit.sort_values(ascending=False)
ahead = (best.cumsum() / best.sum()).shift(fill_value=0)
line_up = pd.Series({"customers": (ahead < 0.75).sum(), "share": best.head(32).sum() / best.sum()})

# %% 2.3 wrong
# did-en: Gave the sizes 20 and 40% as the cuts; cuts are cumulative, so B ends at 40% instead of 60%.
# did-zh: 切點直接填 20% 和 40%；切點要累計，B 應該切到 60%。
tier = rk.abc_tier(profit, cuts=(0.2, 0.4))

# %% 2.3 wrong
# did-en: Cut by row number: the first 64 are A, so of two equal customers one is A and one B.
# did-zh: 照列數切，前 64 位是 A，利潤相同的兩位一個 A、一個 B。
ordered = profit.sort_values(ascending=False)
tier = pd.Series("C", index=ordered.index)
tier.iloc[:192] = "B"
tier.iloc[:64] = "A"

# %% 2.3 wrong
# did-en: Used <= for the customers in front, so the first one past the 60% line is still B.
# did-zh: 前面的人數用了 <=，剛過 60% 線的那一位也成了 B。
in_front = profit.rank(method="min", ascending=False) - 1
tier = pd.Series("abc3:c", index=profit.index)
tier.loc[in_front <= 0.60 * len(profit)] = "abc3:b"
tier.loc[in_front <= 0.20 * len(profit)] = "abc3:a"

# %% 2.3 wrong
# did-en: The letters are in the right order and number, but the customer numbers are lost: index 0 to 319.
# did-zh: 字母的順序和個數都對，但客戶編號不見了，索引變成 0 到 319。
ranks = profit.rank(method="min", ascending=False).sort_values()
letters = []
for r in ranks:
    if r <= 64:
        letters.append("A")
    elif r <= 192:
        letters.append("B")
    else:
        letters.append("C")
tier = pd.Series(letters)

# %% 2.3 wrong
# did-en: Took the loss-making customers out first, so the shares are of 297 people and 23 have no tier.
# did-zh: 先拿掉賠錢的客戶，占比變成 297 位的，23 位沒有等級。
earning = profit[profit > 0]
tier = rk.abc_tier(earning, cuts=(0.2, 0.6))

# %% 2.3 wrong
# did-en: Two slips: ranks from the smallest, so the worst are A, and the lesson's 20 : 30 : 50 kept.
# did-zh: 兩個錯：名次由小排起，利潤最低的成了 A；線還用課文的 20：30：50。
place = profit.rank(method="min")
tier = pd.Series("C", index=profit.index)
tier[place <= 0.5 * len(profit)] = "B"
tier[place <= 0.2 * len(profit)] = "A"

# %% 2.3 right
# did-en: Thresholds from the quantiles, full-width letters, best customer first.
# did-zh: 用分位數當門檻，全形字母，由高排到低。
ordered = profit.sort_values(ascending=False)
tier = ordered.map(
    lambda p: "Ａ" if p >= profit.quantile(0.8) else ("Ｂ" if p >= profit.quantile(0.4) else "Ｃ")
)

# %% 2.3 right
# did-en: pd.cut of the share in front; a categorical of small letters.
# did-zh: 用 pd.cut 切前面的人占幾成，結果是小寫字母的分類欄。
share_in_front = (profit.rank(method="min", ascending=False) - 1) / len(profit)
tier = pd.cut(share_in_front, [0, 0.2, 0.6, 1], right=False, labels=["a", "b", "c"])

# %% 2.4 wrong
# did-en: The layers became text, so the bars stand in alphabetical order, platinum last.
# did-zh: 分層先轉成文字，長條變成照字母排，白金排到最後。
layer = rk.pyramid_tier(profit).astype(str)
layer_chart = profit.groupby(layer).sum().plot.bar()
layer_chart.set_title("Profit by layer")
layer_chart.set_xlabel("layer of the pyramid")
layer_chart.set_ylabel("profit (NT dollars)")

# %% 2.4 wrong
# did-en: The heights were divided by 1,000, but the axis still says dollars.
# did-zh: 高度已經除以 1,000，直軸卻還寫「元」。
layers = rk.pyramid_tier(profit)
sums = profit.groupby(layers, observed=True).sum() / 1000
layer_chart = sums.plot.bar()
layer_chart.set_title("四層客戶的利潤合計")
layer_chart.set_xlabel("金字塔的層")
layer_chart.set_ylabel("利潤合計（元）")

# %% 2.4 wrong
# did-en: Running totals from the top, not each layer's own sum.
# did-zh: 畫的是由上往下的累計，不是每一層自己的合計。
totals = profit.groupby(rk.pyramid_tier(profit), observed=True).sum().cumsum()
layer_chart = totals.plot.bar()
layer_chart.set_title("Who brings the profit")
layer_chart.set_xlabel("layer")
layer_chart.set_ylabel("profit, NT$")

# %% 2.4 wrong
# did-en: The layers were made from revenue, so lead, which is about losses, is missing.
# did-zh: 用營收去分層；鉛看的是賠不賠錢，結果沒有鉛。
layers = rk.pyramid_tier(customers["revenue"])
layer_chart = customers.groupby(layers, observed=True)["profit"].sum().plot.bar()
layer_chart.set_title("Profit of the four layers")
layer_chart.set_xlabel("customer pyramid")
layer_chart.set_ylabel("profit (NT$)")

# %% 2.4 wrong
# did-en: The loss of lead is drawn upwards, as a positive number.
# did-zh: 鉛層的虧損取了絕對值，長條畫成往上。
money = profit.groupby(rk.pyramid_tier(profit), observed=True).sum().abs()
layer_chart = money.plot.bar(title="Profit by layer", xlabel="layer", ylabel="profit in NT dollars")

# %% 2.4 wrong
# did-en: Two slips: the average profit of a customer instead of the sum, and no unit on the axis.
# did-zh: 兩個錯：畫成每位的平均利潤，不是合計；直軸也沒有單位。
layer_chart = profit.groupby(rk.pyramid_tier(profit), observed=True).mean().plot.bar()
layer_chart.set_title("金字塔各層的利潤")
layer_chart.set_xlabel("層")
layer_chart.set_ylabel("利潤")

# %% 2.4 right
# did-en: In thousands and said so; made with a pivot table and matplotlib, names in Chinese.
# did-zh: 單位用千元並寫清楚；用樞紐表和 matplotlib 畫，層名寫中文。
import matplotlib.pyplot as plt

table = customers.assign(layer=rk.pyramid_tier(profit)).pivot_table(
    index="layer", values="profit", aggfunc="sum", observed=True
)
fig, layer_chart = plt.subplots()
layer_chart.bar(["白金", "黃金", "鐵", "鉛"], table["profit"] / 1000)
layer_chart.set_title("各層利潤合計")
layer_chart.set_xlabel("客戶金字塔的四層")
layer_chart.set_ylabel("利潤（千元）")

# %% 2.5 wrong
# did-en: Looks at those in front, but shift() leaves the first one blank, who ends up small.
# did-zh: 改看前面的人了，但 shift() 沒補 0，第一名是空白，落到小客戶。
def tier_by_value(profit):
    ordered = profit.sort_values(ascending=False)
    ahead = (ordered.cumsum() / ordered.sum()).shift()
    tiers = pd.Series("abc4:small", index=ordered.index)
    tiers.loc[ahead < 0.95] = "abc4:ordinary"
    tiers.loc[ahead < 0.80] = "abc4:important"
    tiers.loc[ahead < 0.50] = "abc4:premium"
    return tiers

# %% 2.5 wrong
# did-en: Total and order of the lines are mended, but the sum still includes the customer.
# did-zh: 分母和三行的順序都改了，累計卻還包含自己。
def tier_by_value(profit):
    ordered = profit.sort_values(ascending=False)
    so_far = ordered.cumsum() / ordered.sum()
    tiers = pd.Series("abc4:small", index=ordered.index)
    tiers.loc[so_far <= 0.95] = "abc4:ordinary"
    tiers.loc[so_far <= 0.80] = "abc4:important"
    tiers.loc[so_far <= 0.50] = "abc4:premium"
    return tiers

# %% 2.5 wrong
# did-en: Divides by everybody's profit (customers["profit"]), not by that of the customers handed over.
# did-zh: 分母寫死成全部客戶的利潤，不是交給函式的那一批。
def tier_by_value(profit):
    ordered = profit.sort_values(ascending=False)
    ahead = ordered.cumsum().shift(fill_value=0) / customers["profit"].sum()
    tiers = pd.Series("abc4:small", index=ordered.index)
    tiers.loc[ahead < 0.95] = "abc4:ordinary"
    tiers.loc[ahead < 0.80] = "abc4:important"
    tiers.loc[ahead < 0.50] = "abc4:premium"
    return tiers

# %% 2.5 wrong
# did-en: Leaves <= after moving to those in front: who has exactly 50% in front would still be premium.
# did-zh: 改看前面的人之後還留著 <=，前面剛好 50% 的人仍算高端。
# same-on-the-books: yes
def tier_by_value(profit):
    ordered = profit.sort_values(ascending=False)
    ahead = (ordered.cumsum() / ordered.sum()).shift(fill_value=0)
    tiers = pd.Series("abc4:small", index=ordered.index)
    tiers.loc[ahead <= 0.95] = "abc4:ordinary"
    tiers.loc[ahead <= 0.80] = "abc4:important"
    tiers.loc[ahead <= 0.50] = "abc4:premium"
    return tiers

# %% 2.5 wrong
# did-en: Throws out whoever earns nothing: no tier for them, and the total lacks their losses.
# did-zh: 先把不賺錢的客戶丟掉，他們沒有等級，合計也沒扣虧損。
def tier_by_value(profit):
    ordered = profit[profit > 0].sort_values(ascending=False)
    ahead = (ordered.cumsum() / ordered.sum()).shift(fill_value=0)
    tiers = pd.Series("abc4:small", index=ordered.index)
    tiers.loc[ahead < 0.95] = "abc4:ordinary"
    tiers.loc[ahead < 0.80] = "abc4:important"
    tiers.loc[ahead < 0.50] = "abc4:premium"
    return tiers

# %% 2.5 wrong
# did-en: Two faults left: the total is of the profitable only, and the sum still includes the customer.
# did-zh: 還剩兩個錯：分母只加賺錢的客戶，累計也還包含自己。
def tier_by_value(profit):
    ordered = profit.sort_values(ascending=False)
    so_far = ordered.cumsum() / ordered[ordered > 0].sum()
    tiers = pd.Series("abc4:small", index=ordered.index)
    tiers.loc[so_far <= 0.50] = "abc4:premium"
    tiers.loc[(so_far > 0.50) & (so_far <= 0.80)] = "abc4:important"
    tiers.loc[(so_far > 0.80) & (so_far <= 0.95)] = "abc4:ordinary"
    return tiers

# %% 2.5 right
# did-en: A loop over the customers with a running sum; the tiers come back in the order of the input.
# did-zh: 用迴圈一位一位累加，交出的順序和輸入相同。
def tier_by_value(profit):
    total = profit.sum()
    in_front = 0
    tiers = {}
    for name, money in profit.sort_values(ascending=False).items():
        share = in_front / total
        if share < 0.50:
            tiers[name] = "abc4:premium"
        elif share < 0.80:
            tiers[name] = "abc4:important"
        elif share < 0.95:
            tiers[name] = "abc4:ordinary"
        else:
            tiers[name] = "abc4:small"
        in_front = in_front + money
    return pd.Series(tiers).reindex(profit.index)

# %% 2.6 wrong
# did-en: stop_small drops the small customers by cumulative profit; by rank was asked for.
# did-zh: stop_small 的小客戶是照累計利潤分的，題目要照名次。
small = rk.abc_tier(profit, by="value") == "abc4:small"
lead = profit < 0
plans = {
    "stop_small": profit[~small].sum(),
    "stop_lead": profit[~lead].sum(),
    "trim_lead": profit.sum() + 0.3 * customers.loc[lead, "service_cost"].sum(),
}

# %% 2.6 wrong
# did-en: trim_lead saves 30% of everybody's cost of service, not of lead's alone.
# did-zh: trim_lead 把所有客戶的服務成本都省了 30%，應該只有鉛層。
small = rk.abc_tier(profit) == "abc4:small"
plans = {
    "stop_small": profit[~small].sum(),
    "stop_lead": profit[profit >= 0].sum(),
    "trim_lead": profit.sum() + 0.30 * customers["service_cost"].sum(),
}

# %% 2.6 wrong
# did-en: trim_lead makes the losses 30% smaller, instead of saving 30% of the cost of service.
# did-zh: trim_lead 是把虧損減少 30%，不是把服務成本省下 30%。
small = rk.abc_tier(profit) == "abc4:small"
after = profit.where(profit >= 0, profit * 0.7)
plans = {
    "stop_small": profit[~small].sum(),
    "stop_lead": profit[profit >= 0].sum(),
    "trim_lead": after.sum(),
}

# %% 2.6 wrong
# did-en: Lead was found by last year's losses (profit_last_year), not by this year's.
# did-zh: 鉛層用去年的虧損（profit_last_year）去找，不是今年的。
small = rk.abc_tier(profit) == "abc4:small"
lead = customers["profit_last_year"] < 0
plans = {
    "stop_small": profit[~small].sum(),
    "stop_lead": profit[~lead].sum(),
    "trim_lead": profit.sum() + 0.3 * customers.loc[lead, "service_cost"].sum(),
}

# %% 2.6 wrong
# did-en: Wrote 30% as 0.03, so trim_lead saves only 3% of lead's cost of service.
# did-zh: 30% 寫成 0.03，trim_lead 只省了鉛層服務成本的 3%。
small = rk.abc_tier(profit) == "abc4:small"
lead = profit < 0
plans = {}
plans["stop_small"] = profit.sum() - profit[small].sum()
plans["stop_lead"] = profit.sum() - profit[lead].sum()
plans["trim_lead"] = profit.sum() + 0.03 * customers["service_cost"][lead].sum()

# %% 2.6 wrong
# did-en: Each plan shows how much the profit changes, not what the profit would then be.
# did-zh: 三個值是利潤增減多少，不是方案之後的利潤。
small = rk.abc_tier(profit) == "abc4:small"
lead = profit < 0
plans = {
    "stop_small": -profit[small].sum(),
    "stop_lead": -profit[lead].sum(),
    "trim_lead": 0.3 * customers.loc[lead, "service_cost"].sum(),
}

# %% 2.6 wrong
# did-en: Two slips: stop_small is what the small ones bring; trim_lead keeps 30% of the cost and saves 70%.
# did-zh: 兩個錯：stop_small 寫成小客戶帶來的利潤；trim_lead 省了 70%，只留 30%。
small = rk.abc_tier(profit) == "abc4:small"
lead = profit < 0
plans = {
    "stop_small": profit[small].sum(),
    "stop_lead": profit.sum() - profit[lead].sum(),
    "trim_lead": profit.sum() + customers.loc[lead, "service_cost"].sum() * 0.7,
}

# %% 2.6 right
# did-en: A loop adds the customers up, lead taken from the pyramid; the trimmed profit is rounded to dollars.
# did-zh: 用迴圈加總，鉛層取自金字塔；省成本的方案四捨五入到元。
rank_tier = rk.abc_tier(profit)
layer = rk.pyramid_tier(profit)
plans = {"trim_lead": 0, "stop_lead": 0, "stop_small": 0}
for c in customers.index:
    if rank_tier[c] != "abc4:small":
        plans["stop_small"] += profit[c]
    if layer[c] != "pyramid4:lead":
        plans["stop_lead"] += profit[c]
        plans["trim_lead"] += profit[c]
    else:
        plans["trim_lead"] += profit[c] + customers.loc[c, "service_cost"] * 0.3
plans["trim_lead"] = round(plans["trim_lead"])

# %% 2.7 wrong
# did-en: The lesson's fixed 90 days for everybody, instead of three of each customer's own gaps.
# did-zh: 用課文固定的 90 天看每個人，不是各自三個間隔。
a = customers[rk.abc_tier(profit, cuts=rk.ABC3) == "abc3:a"]
to_call = a[a["recency_days"] > 90].index.tolist()

# %% 2.7 wrong
# did-en: Three gaps or more; exactly three gaps is not yet "more than three".
# did-zh: 用了 >=，剛好三個間隔的也算進去；題目說超過三個。
# same-on-the-books: yes
a = customers[rk.abc_tier(profit, cuts=rk.ABC3) == "abc3:a"]
gap = 365 / a["order_count"]
to_call = list(a.index[a["recency_days"] / gap >= 3])

# %% 2.7 wrong
# did-en: Counted the lines of the ledger instead of the orders, so the usual gaps are too short.
# did-zh: 用明細的列數當訂單數，一張單好幾列，間隔算得太短。
lines = clean.groupby("customer").size()
gap = 365 / lines.reindex(customers.index)
quiet = customers["recency_days"] > 3 * gap
in_a = rk.abc_tier(profit, cuts=rk.ABC3) == "abc3:a"
to_call = customers.index[quiet & in_a].tolist()

# %% 2.7 wrong
# did-en: One gap for all, from the average number of orders in A, not each customer's own gap.
# did-zh: 用 A 類的平均訂單數算出同一個間隔，不是每個人和自己的間隔比。
a = customers[rk.abc_tier(profit, cuts=rk.ABC3) == "abc3:a"]
usual = 365 / a["order_count"].mean()
to_call = a.index[a["recency_days"] > 3 * usual].tolist()

# %% 2.7 wrong
# did-en: Class A was made by revenue instead of by profit.
# did-zh: A 類是照營收分的，不是照利潤。
a = customers[rk.abc_tier(customers["revenue"], cuts=rk.ABC3) == "abc3:a"]
to_call = a[a["recency_days"] > 3 * 365 / a["order_count"]].index.tolist()

# %% 2.7 wrong
# did-en: Gaps counted between orders, 365 / (orders - 1); the rule divides by all the orders.
# did-zh: 間隔算成 365 除以（訂單數減 1）；規則是除以全部訂單數。
to_call = []
abc = rk.abc_tier(profit, cuts=rk.ABC3)
for name, row in customers[abc == "abc3:a"].iterrows():
    if row["order_count"] > 1 and row["recency_days"] > 3 * 365 / (row["order_count"] - 1):
        to_call.append(name)

# %% 2.7 wrong
# did-en: Two slips: one gap is enough to be called quiet, and class A stops at 80% of cumulative profit.
# did-zh: 兩個錯：超過一個間隔就算安靜，A 類又用累計利潤 80% 去切。
abc = rk.abc_tier(profit, by="value", cuts=(0.80, 0.95))
gap = 365 / customers["order_count"]
to_call = customers[(abc == "abc3:a") & (customers["recency_days"] > gap)].index.tolist()

# %% 2.7 right
# did-en: Read the other way round: silent days times orders above 1095; a tuple, quietest first.
# did-zh: 反過來比：安靜天數乘訂單數大於 1095；答案是 tuple，最安靜的在前。
busy = customers["recency_days"] * customers["order_count"]
in_a = rk.abc_tier(profit, cuts=rk.ABC3) == "abc3:a"
to_call = tuple(busy[in_a & (busy > 3 * 365)].sort_values(ascending=False).index)

# %% 2.7 right
# did-en: A filtered table; the customers are its index.
# did-zh: 篩出來的表，客戶編號在索引。
table = customers.assign(abc=rk.abc_tier(profit, cuts=rk.ABC3), gap=365 / customers["order_count"])
to_call = table.query("abc == 'abc3:a' and recency_days > 3 * gap")[["order_count", "gap", "recency_days"]]

# %% 2.a wrong
# did-en: Counted the customers behind the line, who make the last tenth.
# did-zh: 數的是線後面的人，也就是帶來最後一成的那些。
n_ninety = int((ahead >= 0.90).sum())

# %% 2.a wrong
# did-en: The sum that includes the customer must stay below 90%, so the one who crosses is not counted.
# did-zh: 用包含自己的累計去比，跨過 90% 的那一位沒算到。
n_ninety = int((so_far < 0.90).sum())

# %% 2.a right
# did-en: The place of the first customer at whom the running share reaches 90%, counted from 1.
# did-zh: 累計第一次到 90% 的那一位排第幾，從 1 數起。
n_ninety = np.argmax(so_far.to_numpy() >= 0.90) + 1

# %% 2.b wrong
# did-en: The ordinary customers by rank (ranks 21 to 50%), not by cumulative profit.
# did-zh: 取的是照名次的普通客戶（21–50%），不是照累計利潤。
ordinary = profit.index[(in_front >= 0.20 * len(profit)) & (in_front < 0.50 * len(profit))]

# %% 2.b wrong
# did-en: Gave only the upper line, so premium and important are in it as well.
# did-zh: 只寫了 95% 那一道，高端和重要也都在裡面。
ordinary = ahead.index[ahead < 0.95]

# %% 2.c wrong
# did-en: The other way round: class A by profit but not by revenue.
# did-zh: 方向反了：利潤是 A、營收不是 A 的客戶。
overrated = customers.index[(abc == "abc3:a") & (by_revenue != "abc3:a")]

# %% 2.c wrong
# did-en: Asked only for those who fall from A to C; those who fall to B are missing.
# did-zh: 只取從 A 掉到 C 的，掉到 B 的漏了。
overrated = customers.index[(by_revenue == "abc3:a") & (abc == "abc3:c")]

# %% 2.c right
# did-en: The difference of two sets.
# did-zh: 兩個集合相減。
overrated = set(by_revenue[by_revenue == "abc3:a"].index) - set(abc[abc == "abc3:a"].index)

# %% 2.d wrong
# did-en: All who moved down a class, so those who fell from B to C are in it too.
# did-zh: 取了所有往下掉的客戶，B 掉到 C 的也在裡面。
fallen = before.index[now > before]

# %% 2.d wrong
# did-en: Last year's class A whose profit went down; many of them are still in A.
# did-zh: 取的是去年 A 類裡利潤變少的，其中很多今年還在 A。
a_before = before.index[before == "abc3:a"]
less = customers.loc[a_before, "profit"] < customers.loc[a_before, "profit_last_year"]
fallen = a_before[less]

# %% 2.d right
# did-en: Index.difference, then sorted into a list.
# did-zh: 用 Index.difference 再排成清單。
fallen = sorted(before[before == "abc3:a"].index.difference(abc[abc == "abc3:a"].index))
