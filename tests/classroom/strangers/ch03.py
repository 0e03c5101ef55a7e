# A stranger's answers to chapter 3: wrong ones and odd right ones.

# %% 3.1 wrong
# did-en: The overdue rate was taken for a zero as well, although nothing is due yet and it is simply unknown.
# did-zh: 把逾期率也補成 0；發票都還沒到期，逾期率其實是「還不知道」。
answer_3_1 = "abd"

# %% 3.1 wrong
# did-en: A school's missing capital was taken for a capital of 0; for a school the question does not apply.
# did-zh: 把學校的資本額也補 0；學校本來就沒有資本額這一項，不是 0 元。
answer_3_1 = "acd"

# %% 3.1 right
# did-en: Capitals, the other way round, with a comma between.
# did-zh: 大寫、順序顛倒、中間加了逗號。
answer_3_1 = "D, A"

# %% 3.1 right
# did-en: A list of two full-width letters.
# did-zh: 用清單裝兩個全形字母。
answer_3_1 = ["ａ", "ｄ"]

# %% 3.2 wrong
# did-en: Thought that the top 20% shrinks too when everybody's score falls, as if it were a fixed cut.
# did-zh: 以為大家都掉分，「前 20%」也會變少，把它當成固定門檻了。
answer_3_2 = "a"

# %% 3.2 wrong
# did-en: Saw that the places do not change, and concluded that the fixed cut at 80 loses nobody either.
# did-zh: 想到名次不變，就以為 80 分的固定門檻也不會少人。
answer_3_2 = "d"

# %% 3.2 right
# did-en: The capital letter in full-width brackets.
# did-zh: 大寫字母，外面加全形括號。
answer_3_2 = "（B）"

# %% 3.3 wrong
# did-en: The excused invoices were thrown out altogether, so they are missing below the line as well.
# did-zh: 不怪客戶的發票整張拿掉了，連分母也少算了它們。
p = payments[~payments["late_reason"].isin(["goods_in_dispute", "our_invoice_wrong"])]
p = p[p["paid_date"].notna() | (p["due_date"] < TODAY)]
is_late = (p["paid_date"] > p["due_date"]) | p["paid_date"].isna()
own_fault_rate = is_late.groupby(p["customer"]).mean()

# %% 3.3 wrong
# did-en: An unpaid invoice due on 1 April itself was taken as past due (`<=` for `<`).
# did-zh: 4 月 1 日當天到期、還沒付的發票也算過期了（該用 `<`，寫成 `<=`）。
unpaid = payments["paid_date"].isna()
past_due = unpaid & (payments["due_date"] <= TODAY)
late = (payments["paid_date"] > payments["due_date"]) | past_due
excused = payments["late_reason"].isin(["goods_in_dispute", "our_invoice_wrong"])
tmp = payments.assign(bad=late & ~excused)[~unpaid | past_due]
own_fault_rate = tmp.groupby("customer")["bad"].mean()

# %% 3.3 wrong
# did-en: The reasons were looked up by their Chinese names, not the codes, so no invoice was excused.
# did-zh: 用中文名稱去比對逾期原因，表裡其實是代碼，結果一張也沒有排除。
p = payments.copy()
p["late"] = (p["paid_date"] > p["due_date"]) | (p["paid_date"].isna() & (p["due_date"] < TODAY))
p["own"] = p["late"] & ~p["late_reason"].isin(["貨品有爭議", "我方帳單有誤"])
p = p[p["paid_date"].notna() | (p["due_date"] < TODAY)]
own_fault_rate = p.groupby("customer")["own"].mean()

# %% 3.3 wrong
# did-en: Only paid invoices were counted; those past due and still unpaid are in neither half of the rate.
# did-zh: 只看付清的發票，過期還沒付的，分子分母都沒有算進去。
paid = payments.dropna(subset=["paid_date"]).copy()
paid["late"] = paid["paid_date"] > paid["due_date"]
paid.loc[paid["late_reason"].isin(["goods_in_dispute", "our_invoice_wrong"]), "late"] = False
own_fault_rate = paid.groupby("customer")["late"].mean()

# %% 3.3 wrong
# did-en: Only errors in our invoice were excused; disputes about the goods still count as late.
# did-zh: 只排除了我方帳單有誤，貨品有爭議的還是算逾期。
late = (payments["paid_date"] > payments["due_date"]) | (
    payments["paid_date"].isna() & (payments["due_date"] < TODAY)
)
known = payments["paid_date"].notna() | (payments["due_date"] < TODAY)
late = late & (payments["late_reason"] != "our_invoice_wrong")
own_fault_rate = late[known].groupby(payments["customer"]).mean()

# %% 3.3 wrong
# did-en: Turned round: the share of invoices that are not the customer's fault, in place of the late share.
# did-zh: 反過來了：算的是「不怪客戶」的比率（1 減逾期率），不是逾期率。
outcome = payments[payments["paid_date"].notna() | (payments["due_date"] < TODAY)]
on_time = outcome["paid_date"] <= outcome["due_date"]
on_time = on_time | outcome["late_reason"].isin(["goods_in_dispute", "our_invoice_wrong"])
own_fault_rate = on_time.groupby(outcome["customer"]).mean()

# %% 3.3 wrong
# did-en: Two slips: divided by all invoices, those not yet due included, and given in per cent.
# did-zh: 兩個錯：分母用了全部發票，還沒到期的也算；而且寫成百分比，不是 0 到 1。
late = (payments["paid_date"] > payments["due_date"]) | (
    payments["paid_date"].isna() & (payments["due_date"] < TODAY)
)
late = late & ~payments["late_reason"].isin(["goods_in_dispute", "our_invoice_wrong"])
n_late = payments[late].groupby("customer").size()
n_all = payments["customer"].value_counts()
own_fault_rate = (100 * n_late / n_all).fillna(0)

# %% 3.3 right
# did-en: A table with the customer as a column, the rate rounded to four places.
# did-zh: 交出一張表，客戶是一欄，逾期率四捨五入到小數四位。
p = payments[payments["paid_date"].notna() | (payments["due_date"] < TODAY)].copy()
p["own_fault"] = (p["paid_date"].isna() | (p["paid_date"] > p["due_date"])) & ~p["late_reason"].isin(
    ["goods_in_dispute", "our_invoice_wrong"]
)
own_fault_rate = p.groupby("customer")["own_fault"].mean().round(4).reset_index()

# %% 3.3 right
# did-en: Worked out in a loop, sorted from high to low, no name on the Series.
# did-zh: 用迴圈一位一位算，由高到低排，Series 沒有名稱。
rates = {}
for who, rows in payments.groupby("customer"):
    rows = rows[rows["paid_date"].notna() | (rows["due_date"] < TODAY)]
    if len(rows) == 0:
        continue
    bad = rows["paid_date"].isna() | (rows["paid_date"] > rows["due_date"])
    bad = bad & ~rows["late_reason"].isin(["goods_in_dispute", "our_invoice_wrong"])
    rates[who] = bad.sum() / len(rows)
own_fault_rate = pd.Series(rates).sort_values(ascending=False)

# %% 3.4 wrong
# did-en: The direction of complaints is right now, but dropna still throws out those who never complained.
# did-zh: 客訴的方向改好了，可是 dropna 還在，沒抱怨過的客戶還是被丟掉。
weights = {"profit": 0.50, "forecast_amount": 0.30, "complaint": 0.20}
counts = contacts.groupby(["customer", "kind"]).size().unstack()
table = customers[["profit", "forecast_amount"]].join(counts["complaint"])
table = table.dropna()
points = pd.DataFrame(
    {
        "profit": rk.to_points(table["profit"]),
        "forecast_amount": rk.to_points(table["forecast_amount"]),
        "complaint": rk.to_points(table["complaint"], smaller_is_better=True),
    }
)
score = rk.composite_score(points, weights)

# %% 3.4 wrong
# did-en: All 320 are back with 0 complaints, but many complaints still earn many points.
# did-zh: 320 位都補回來了，可是客訴愈多分數愈高，方向沒有改。
weights = {"profit": 0.50, "forecast_amount": 0.30, "complaint": 0.20}
counts = contacts.groupby(["customer", "kind"]).size().unstack(fill_value=0)
table = customers[["profit", "forecast_amount"]].join(counts["complaint"])
table = table.fillna(0)
points = pd.DataFrame(
    {
        "profit": rk.to_points(table["profit"]),
        "forecast_amount": rk.to_points(table["forecast_amount"]),
        "complaint": rk.to_points(table["complaint"]),
    }
)
score = rk.composite_score(points, weights)

# %% 3.4 wrong
# did-en: All is repaired, but the place in the list (1 = best) was handed in, not the score.
# did-zh: 程式都修好了，但交的是名次（第 1 名最好），不是分數。
weights = {"profit": 0.50, "forecast_amount": 0.30, "complaint": 0.20}
counts = contacts.groupby(["customer", "kind"]).size().unstack()
table = customers[["profit", "forecast_amount"]].join(counts["complaint"]).fillna(0)
points = pd.DataFrame(
    {
        "profit": rk.to_points(table["profit"]),
        "forecast_amount": rk.to_points(table["forecast_amount"]),
        "complaint": rk.to_points(table["complaint"], smaller_is_better=True),
    }
)
score = rk.composite_score(points, weights).rank(ascending=False)

# %% 3.4 wrong
# did-en: The 0 was filled in before the join only, so dropna still loses those with no contact at all.
# did-zh: 只在合併前補 0，整年沒有任何聯絡的客戶合併後仍是空白，還是被 dropna 丟掉。
weights = {"profit": 0.50, "forecast_amount": 0.30, "complaint": 0.20}
counts = contacts.groupby(["customer", "kind"]).size().unstack().fillna(0)
table = customers[["profit", "forecast_amount"]].join(counts["complaint"])
table = table.dropna()
points = pd.DataFrame(
    {
        "profit": rk.to_points(table["profit"]),
        "forecast_amount": rk.to_points(table["forecast_amount"]),
        "complaint": rk.to_points(table["complaint"], smaller_is_better=True),
    }
)
score = rk.composite_score(points, weights)

# %% 3.4 wrong
# did-en: The blank was kept and then filled as 0 points, so who never complained gets the worst mark.
# did-zh: 空白留到換成分數以後才補 0 分，沒抱怨過的客戶反而拿到最差的分數。
weights = {"profit": 0.50, "forecast_amount": 0.30, "complaint": 0.20}
counts = contacts.groupby(["customer", "kind"]).size().unstack()
table = customers[["profit", "forecast_amount"]].join(counts["complaint"])
points = pd.DataFrame(
    {
        "profit": rk.to_points(table["profit"]),
        "forecast_amount": rk.to_points(table["forecast_amount"]),
        "complaint": rk.to_points(table["complaint"], smaller_is_better=True, missing="keep"),
    }
).fillna(0)
score = rk.composite_score(points, weights)

# %% 3.4 wrong
# did-en: The blank complaints stay unknown and the other weights are scaled up, where no record means 0.
# did-zh: 客訴空白當成「不知道」，把其他權重放大；其實沒有記錄就是 0 次。
weights = {"profit": 0.50, "forecast_amount": 0.30, "complaint": 0.20}
counts = contacts.groupby(["customer", "kind"]).size().unstack()
table = customers[["profit", "forecast_amount"]].join(counts["complaint"])
points = pd.DataFrame(
    {
        "profit": rk.to_points(table["profit"]),
        "forecast_amount": rk.to_points(table["forecast_amount"]),
        "complaint": rk.to_points(table["complaint"], smaller_is_better=True, missing="keep"),
    }
)
score = rk.composite_score(points, weights, missing="renormalise")

# %% 3.4 wrong
# did-en: Two slips: all contacts were counted, not only complaints, and points go by distance, not by place.
# did-zh: 兩個錯：把所有聯絡都當成客訴來數；分數用最小最大法換算，不是依名次。
weights = {"profit": 0.50, "forecast_amount": 0.30, "complaint": 0.20}
table = customers[["profit", "forecast_amount"]].copy()
table["complaint"] = contacts["customer"].value_counts()
table = table.fillna(0)
points = pd.DataFrame(
    {
        "profit": rk.to_points(table["profit"], method="minmax"),
        "forecast_amount": rk.to_points(table["forecast_amount"], method="minmax"),
        "complaint": rk.to_points(table["complaint"], method="minmax", smaller_is_better=True),
    }
)
score = rk.composite_score(points, weights)

# %% 3.4 right
# did-en: The complaints were turned round by 100 minus the points; a table of one column, sorted.
# did-zh: 用 100 減去分數把客訴方向轉過來；交出只有一欄的表，由高到低排。
weights = {"profit": 0.50, "forecast_amount": 0.30, "complaint": 0.20}
counts = contacts.groupby(["customer", "kind"]).size().unstack()
table = customers[["profit", "forecast_amount"]].join(counts["complaint"])
table["complaint"] = table["complaint"].fillna(0)
points = pd.DataFrame(
    {
        "profit": rk.to_points(table["profit"]),
        "forecast_amount": rk.to_points(table["forecast_amount"]),
        "complaint": 100 - rk.to_points(table["complaint"]),
    }
)
score = rk.composite_score(points, weights).to_frame("score").sort_values("score", ascending=False)

# %% 3.5 wrong
# did-en: Only customers who move to a higher tier are listed; those who fall are missing.
# did-zh: 只列出升級的客戶，降級的沒有列。
p = rk.to_points(customers["profit"])
f = rk.to_points(customers["forecast_amount"])
level = {"value3:ordinary": 1, "value3:important": 2, "value3:vip": 3}
before = rk.value_tier(0.75 * p + 0.25 * f).astype(str).map(level)
after = rk.value_tier(0.5 * p + 0.5 * f).astype(str).map(level)
movers = list(customers.index[after > before])

# %% 3.5 wrong
# did-en: Only changes at 80, in or out of VIP, are listed; moves across 60 are missing.
# did-zh: 只看誰進出 VIP（80 分），跨過 60 分的沒有算。
p = rk.to_points(customers["profit"])
f = rk.to_points(customers["forecast_amount"])
vip_1 = set(p.index[0.75 * p + 0.25 * f >= 80])
vip_2 = set(p.index[0.5 * p + 0.5 * f >= 80])
movers = sorted(vip_1 ^ vip_2)

# %% 3.5 wrong
# did-en: The number of customers who change tier was handed in, not their list.
# did-zh: 交的是幾位客戶換了級，不是客戶清單。
p = rk.to_points(customers["profit"])
f = rk.to_points(customers["forecast_amount"])
movers = int((rk.value_tier(0.75 * p + 0.25 * f) != rk.value_tier(0.5 * p + 0.5 * f)).sum())

# %% 3.5 wrong
# did-en: The tiers were cut at the 60% and 80% places of the list, not at 60 and 80 points.
# did-zh: 60、80 當成名單上的百分位數來切，不是 60 分、80 分。
p = rk.to_points(customers["profit"])
f = rk.to_points(customers["forecast_amount"])
names = ["ordinary", "important", "vip"]
t1 = pd.qcut(0.75 * p + 0.25 * f, [0, 0.6, 0.8, 1], labels=names).astype(str)
t2 = pd.qcut(0.5 * p + 0.5 * f, [0, 0.6, 0.8, 1], labels=names).astype(str)
movers = t1.index[t1 != t2].tolist()

# %% 3.5 wrong
# did-en: The money was weighted and added first, and only then turned into points.
# did-zh: 先把金額依權重加起來才換分，沒有先把兩個指標各自換成分數。
first = rk.to_points(0.75 * customers["profit"] + 0.25 * customers["forecast_amount"])
second = rk.to_points(0.5 * customers["profit"] + 0.5 * customers["forecast_amount"])
movers = customers.index[rk.value_tier(first) != rk.value_tier(second)].tolist()

# %% 3.5 wrong
# did-en: A score exactly on 60 or 80 was put into the lower tier (`>` for `>=`).
# did-zh: 剛好 60 分、80 分的放到低的一級（該用 `>=`，寫成 `>`）。
# same-on-the-books: yes
p = rk.to_points(customers["profit"])
f = rk.to_points(customers["forecast_amount"])


def tier_of(x):
    if x > 80:
        return "VIP"
    elif x > 60:
        return "important"
    return "ordinary"


one = (0.75 * p + 0.25 * f).apply(tier_of)
two = (0.5 * p + 0.5 * f).apply(tier_of)
movers = [c for c in customers.index if one[c] != two[c]]

# %% 3.5 wrong
# did-en: Two slips: the first weights are swapped (profit 25%), and those who stay in their tier are listed.
# did-zh: 兩個錯：第一組權重對調了（利潤 25%），而且列出的是等級沒變的客戶。
points = pd.DataFrame(
    {"profit": rk.to_points(customers["profit"]), "forecast": rk.to_points(customers["forecast_amount"])}
)
old = rk.value_tier(rk.composite_score(points, {"profit": 0.25, "forecast": 0.75}))
new = rk.value_tier(rk.composite_score(points, {"profit": 0.5, "forecast": 0.5}))
movers = list(points.index[old == new])

# %% 3.5 right
# did-en: A set, with the points by hand from the ranks.
# did-zh: 用集合交，分數是自己從名次算的。
n = len(customers)
p = (customers["profit"].rank() - 1) / (n - 1) * 100
f = (customers["forecast_amount"].rank() - 1) / (n - 1) * 100
a = pd.cut(0.75 * p + 0.25 * f, [-1, 60, 80, 101], right=False, labels=["C", "B", "A"])
b = pd.cut(0.5 * p + 0.5 * f, [-1, 60, 80, 101], right=False, labels=["C", "B", "A"])
movers = set(p.index[a.astype(str) != b.astype(str)])

# %% 3.6 wrong
# did-en: The layers stand the wrong way up: below zero is at the top and MVC at the bottom.
# did-zh: 金字塔上下顛倒了：負值在最上面，MVC 在最下面。
import matplotlib.pyplot as plt

plt.figure()
total = customers["profit"].groupby(layer, observed=False).sum()
layers_ax = total.plot.barh(title="MVC brings most of the profit")
layers_ax.set(xlabel="profit (NT$)", ylabel="layer")

# %% 3.6 wrong
# did-en: The bars are sorted by money, not in the order of the pyramid.
# did-zh: 長條照金額大小排，沒有照金字塔的順序。
import matplotlib.pyplot as plt

plt.figure()
total = customers.groupby(layer, observed=False)["profit"].sum().sort_values()
layers_ax = total.plot.barh(title="MVC brings most of the profit")
layers_ax.set(xlabel="profit (NT$)", ylabel="layer")

# %% 3.6 wrong
# did-en: The bars show the mean profit of a customer in each layer, not the total.
# did-zh: 長條畫的是每一層的平均利潤，不是總和。
import matplotlib.pyplot as plt

plt.figure()
avg = customers.assign(layer=layer).pivot_table(index="layer", values="profit", observed=False)
layers_ax = avg["profit"].iloc[::-1].plot.barh(title="MVC earns most")
layers_ax.set_xlabel("profit (NT$)")
layers_ax.set_ylabel("layer")

# %% 3.6 wrong
# did-en: The names were typed over the bars to get MVC on top, so each stands beside another's bar.
# did-zh: 為了讓 MVC 在上面直接改了刻度的名稱，長條沒有跟著換，名稱和長條對不起來。
import matplotlib.pyplot as plt

plt.figure()
total = customers["profit"].groupby(layer, observed=False).sum()
layers_ax = total.plot.barh(title="Where the profit comes from")
layers_ax.set(xlabel="profit (NT$)", ylabel="layer")
layers_ax.set_yticks(range(4), ["value4:below_zero", "value4:lvc", "value4:mgc", "value4:mvc"])

# %% 3.6 wrong
# did-en: Order and totals are right, but neither axis has a label.
# did-zh: 順序和總和都對，可是兩條軸都沒有說明。
import matplotlib.pyplot as plt

fig, layers_ax = plt.subplots()
total = customers["profit"].groupby(layer, observed=False).sum()
total[::-1].plot.barh(ax=layers_ax, title="34 MVC customers bring most of the profit", xlabel="", ylabel="")

# %% 3.6 wrong
# did-en: The bars show each layer's share of all profit in per cent, not the total in money.
# did-zh: 長條畫的是各層占全部利潤的百分比，不是金額的總和。
import matplotlib.pyplot as plt

plt.figure()
total = customers["profit"].groupby(layer, observed=False).sum()
layers_ax = (100 * total / total.sum())[::-1].plot.barh(title="MVC brings about two thirds")
layers_ax.set(xlabel="share of the profit (%)", ylabel="layer")

# %% 3.6 wrong
# did-en: Two slips: customers were counted instead of profit added up, and the bars stand upright.
# did-zh: 兩個錯：畫的是人數，不是利潤總和；而且畫成直的長條圖。
import matplotlib.pyplot as plt

plt.figure()
layers_ax = layer.value_counts(sort=False).plot.bar(title="Most customers are LVC")
layers_ax.set(xlabel="layer", ylabel="customers")

# %% 3.6 right
# did-en: Drawn with matplotlib in thousands, names short, the axis turned round to put MVC on top.
# did-zh: 直接用 matplotlib 畫，單位千元，名稱用簡稱，把縱軸反過來讓 MVC 在上面。
import matplotlib.pyplot as plt

fig, layers_ax = plt.subplots(figsize=(7, 3))
total = customers["profit"].groupby(layer, observed=False).sum() / 1000
layers_ax.barh(["MVC", "MGC", "LVC", "負值"], total.to_numpy(), color="grey")
layers_ax.invert_yaxis()
layers_ax.set_title("MVC 34 位，帶來近三分之二的利潤")
layers_ax.set_xlabel("利潤（千元）")
layers_ax.set_ylabel("層級（四層）")

# %% 3.7 wrong
# did-en: Everybody whom cheaper service saves is listed, also those whom repricing alone would save.
# did-zh: 光靠降服務成本救得回來的全都列了，沒有扣掉光靠調價就救得回來的。
loss = customers[customers["profit"] < 0]
service_first = loss.index[loss["profit"] + 0.35 * loss["service_cost"] > 0].tolist()

# %% 3.7 wrong
# did-en: The condition on repricing is turned round: these are saved by repricing alone and by service alone.
# did-zh: 調價的條件反了：列出的是光靠調價救得回來、光靠降服務成本也救得回來的。
loss = customers[customers["profit"] < 0]
by_price = loss["profit"] + loss["revenue"] * 0.08
by_service = loss["profit"] + loss["service_cost"] * 0.35
service_first = list(loss[(by_price > 0) & (by_service > 0)].index)

# %% 3.7 wrong
# did-en: Cheaper service saves 65% of the cost here; 35% is what is saved, not what is left.
# did-zh: 服務成本省了 65%；題目的 35% 是省下的，不是剩下的。
loss = customers.query("profit < 0")
by_price = loss["profit"] + loss["revenue"] * 0.08
by_service = loss["revenue"] - loss["cost_of_goods"] - 0.35 * loss["service_cost"]
service_first = loss.index[~(by_price > 0) & (by_service > 0)].tolist()

# %% 3.7 wrong
# did-en: The bottom layer was taken for all who cost money; those with growth ahead are missing.
# did-zh: 只看「負值」那一層；賠錢但有成長空間的客戶被分在別層，漏掉了。
service_first = []
for who, row in customers[layer == "value4:below_zero"].iterrows():
    price = row["profit"] + 0.08 * row["revenue"]
    service = row["profit"] + 0.35 * row["service_cost"]
    if price <= 0 and service > 0:
        service_first.append(who)

# %% 3.7 wrong
# did-en: The two measures were put together, so these are saved by both at once and not by repricing alone.
# did-zh: 兩招一起用了：調價加降成本合起來救得回來，題目要一招一招分開看。
bad = customers[customers["profit"] < 0]
price = bad["profit"] + 0.08 * bad["revenue"]
both = price + 0.35 * bad["service_cost"]
service_first = bad.index[(price <= 0) & (both > 0)].tolist()

# %% 3.7 wrong
# did-en: A profit of exactly 0 after cheaper service was counted as saved (`>=` for `>`).
# did-zh: 降服務成本後利潤剛好 0 的也算救回來（該用 `>`，寫成 `>=`）。
# same-on-the-books: yes
bad = customers[customers["profit"] < 0]
price = bad["profit"] + 0.08 * bad["revenue"]
service = bad["profit"] + 0.35 * bad["service_cost"]
service_first = bad.index[(price <= 0) & (service >= 0)].tolist()

# %% 3.7 wrong
# did-en: Two slips: the lesson's price rise of 10% stands for 8%, and last year's loss for this year's.
# did-zh: 兩個錯：調價沿用課文的 10%，題目是 8%；賠錢看的是去年利潤，不是今年的利潤。
losing = customers[customers["profit_last_year"] < 0]
repriced = losing["profit"] + 0.10 * losing["revenue"]
served = losing["profit"] + 0.35 * losing["service_cost"]
service_first = losing.index[(repriced <= 0) & (served > 0)].tolist()

# %% 3.7 right
# did-en: A column of customer numbers taken out of a table, in descending order.
# did-zh: 從表裡取出客戶編號那一欄（Series），由大到小排。
t = customers.reset_index()
t = t[(t["profit"] < 0) & (t["profit"] + 0.08 * t["revenue"] <= 0)]
t = t[t["profit"] > -0.35 * t["service_cost"]]
service_first = t["customer"].sort_values(ascending=False)

# %% 3.a wrong
# did-en: Only invoices paid after the due date were counted; those past due and unpaid are missing.
# did-zh: 只數了付得晚的發票，過期還沒付的沒有算。
n_late = (payments["paid_date"] > payments["due_date"]).sum()

# %% 3.a wrong
# did-en: Every unpaid invoice was counted as late, also those not due yet.
# did-zh: 還沒付的全都算逾期，連還沒到期的也算進去了。
n_late = (payments["paid_date"] > payments["due_date"]).sum() + payments["paid_date"].isna().sum()

# %% 3.a wrong
# did-en: The share of late invoices was given, not how many there are.
# did-zh: 給的是逾期發票的比率，不是張數。
n_late = (
    (payments["paid_date"] > payments["due_date"])
    | (payments["paid_date"].isna() & (payments["due_date"] < TODAY))
).mean()

# %% 3.a wrong
# did-en: Counted the customers with a late invoice, not the invoices.
# did-zh: 數的是有逾期的客戶有幾位，不是逾期的發票有幾張。
late = payments[
    (payments["paid_date"] > payments["due_date"])
    | (payments["paid_date"].isna() & (payments["due_date"] < TODAY))
]
n_late = late["customer"].nunique()

# %% 3.a right
# did-en: The length of a table, as a float.
# did-zh: 用表的列數算，交出小數型別。
paid_by = payments["paid_date"].fillna(TODAY)
n_late = float(len(payments[paid_by > payments["due_date"]]))

# %% 3.b wrong
# did-en: The direction is wrong: many complaints earn many points.
# did-zh: 方向反了，客訴愈多分數愈高。
complaint_points = rk.to_points(table["complaint_count"])

# %% 3.b wrong
# did-en: The place itself was handed in (1 for the fewest complaints), not points from 0 to 100.
# did-zh: 交的是名次（客訴最少的是第 1 名），沒有換成 0 到 100 分。
complaint_points = table["complaint_count"].rank(method="min")

# %% 3.b right
# did-en: By hand from the ranks, with the sign turned round, rounded to two places.
# did-zh: 加上負號再排名次，自己換算，四捨五入到小數兩位。
r = (-table["complaint_count"]).rank()
complaint_points = ((r - 1) / (len(r) - 1) * 100).round(2)

# %% 3.c wrong
# did-en: The wrong way round: these are in the top 20% by score and not by profit.
# did-zh: 方向反了：列出的是總分前 20% 但利潤不是前 20% 的客戶。
by_profit = rk.relative_tier(table["profit"]) == "pareto2:key"
by_score = rk.relative_tier(score) == "pareto2:key"
leavers = table.index[by_score & ~by_profit]

# %% 3.c wrong
# did-en: The fixed cut was used: those who are not VIP by 80 points, in place of not in the top 20% by score.
# did-zh: 用了固定門檻：不是 80 分 VIP 的都算離開，應該看總分的前 20%。
by_profit = rk.relative_tier(table["profit"]) == "pareto2:key"
leavers = table.index[by_profit & (tier != "value3:vip")].tolist()

# %% 3.c wrong
# did-en: The best 64 by profit were taken (20% of 320), so the one level with the last is missing.
# did-zh: 自己取利潤最高的 64 位（320 的 20%），和最後一位並列的那一位少算了。
top_profit = set(table.nlargest(64, "profit").index)
top_score = set(score.nlargest(64).index)
leavers = list(top_profit - top_score)

# %% 3.c right
# did-en: The difference of two sets, handed in as a sorted tuple.
# did-zh: 兩個集合相減，排好以後用 tuple 交出。
by_profit = rk.relative_tier(table["profit"]) == "pareto2:key"
by_score = rk.relative_tier(score) == "pareto2:key"
leavers = tuple(sorted(set(table.index[by_profit]) - set(table.index[by_score])))
