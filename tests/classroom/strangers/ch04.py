# A stranger's answers to chapter 4: wrong ones and odd right ones.

# %% 4.1 wrong
# did-en: The NPS was taken for a mean; it is the share of promoters less the share of detractors.
# did-zh: 把 NPS 當成平均數；它是推薦者的比率減去批評者的比率。
answer_4_1 = "abd"

# %% 4.1 wrong
# did-en: Filling in the mean for those who did not answer was accepted; that invents answers.
# did-zh: 以為沒回答的人可以補平均分數；那是替客戶編答案。
answer_4_1 = "bcd"

# %% 4.1 wrong
# did-en: Satisfied customers were counted as sure to stay.
# did-zh: 以為說滿意的客戶就一定會留下來。
answer_4_1 = "bde"

# %% 4.1 right
# did-en: A set of two capital letters.
# did-zh: 用集合裝兩個大寫字母。
answer_4_1 = {"D", "B"}

# %% 4.2 wrong
# did-en: The half-yearly rate was handed in as it is, not squared into a year.
# did-zh: 交的是半年的留存率，沒有平方成一年。
first = bought.loc[bought["date"] < "2020-10-01", "customer"].unique()
second = bought.loc[bought["date"] >= "2020-10-01", "customer"].unique()
stay = pd.Series(first, index=first).isin(second)
year_rate = stay.groupby(customers["industry"]).mean()

# %% 4.2 wrong
# did-en: Divided by all customers of the industry, not by those who bought in the first half.
# did-zh: 分母用了該產業的全部客戶，應該只用四到九月買過的人。
first = set(bought.loc[bought["date"] < "2020-10-01", "customer"])
second = set(bought.loc[bought["date"] >= "2020-10-01", "customer"])
c = customers.copy()
c["stayed"] = c.index.isin(first & second)
year_rate = c.groupby("industry")["stayed"].mean() ** 2

# %% 4.2 wrong
# did-en: The wrong way round: of those who bought from October on, how many had bought before.
# did-zh: 方向反了：算的是十月以後買的人裡，有多少四到九月也買過。
first = bought.loc[bought["date"] < "2020-10-01", "customer"].unique()
second = bought.loc[bought["date"] >= "2020-10-01", "customer"].unique()
stay = pd.Series(second, index=second).isin(first)
year_rate = stay.groupby(customers["industry"]).mean() ** 2

# %% 4.2 wrong
# did-en: The yearly loss was handed in (1 minus retention), not retention.
# did-zh: 交的是一年的流失率（1 減留存率），不是留存率。
first = bought.loc[bought["date"] < "2020-10-01", "customer"].unique()
second = bought.loc[bought["date"] >= "2020-10-01", "customer"].unique()
stay = pd.Series(first, index=first).isin(second)
year_rate = 1 - stay.groupby(customers["industry"]).mean() ** 2

# %% 4.2 wrong
# did-en: The rate was taken over lines of the ledger, so who bought often counts many times.
# did-zh: 用交易的列數算比率，買得多的客戶被重複計算，沒有先變成一位一列。
first = bought[bought["date"] < "2020-10-01"]
second = bought[bought["date"] >= "2020-10-01"]
first = first.merge(customers["industry"].reset_index(), on="customer")
first["back"] = first["customer"].isin(second["customer"])
year_rate = first.groupby("industry")["back"].mean() ** 2

# %% 4.2 wrong
# did-en: A year's loss was taken as twice the half-year's (1 - 2 x loss), not retention times retention.
# did-zh: 把半年的流失率乘以 2 當成一年的流失，應該是留存率乘留存率。
early = bought[bought["date"] < "2020-10-01"].drop_duplicates("customer").set_index("customer")
later = bought[bought["date"] >= "2020-10-01"]["customer"]
lost = ~early.index.to_series().isin(later)
year_rate = 1 - 2 * lost.groupby(customers["industry"]).mean()

# %% 4.2 wrong
# did-en: Two slips: the half-yearly rate was doubled, not squared, and handed in as per cent.
# did-zh: 兩個錯：半年的留存率乘以 2，沒有平方；而且寫成百分比。
early = bought.loc[bought["date"] < "2020-10-01", "customer"].unique()
late = bought.loc[bought["date"] >= "2020-10-01", "customer"].unique()
came_back = pd.Series(early, index=early).isin(late)
year_rate = came_back.groupby(customers["industry"]).mean() * 2 * 100

# %% 4.2 right
# did-en: Chinese names of the industries in the index, counted by crosstab, rounded to four places.
# did-zh: 索引用產業的中文名稱，用 crosstab 算，四捨五入到小數四位。
b = bought.assign(half=(bought["date"] >= "2020-10-01").map({False: "first", True: "second"}))
who = pd.crosstab(b["customer"], b["half"]).gt(0)
who = who[who["first"]].join(customers["industry"])
half = who.groupby("industry")["second"].agg(["sum", "size"])
year_rate = ((half["sum"] / half["size"]) ** 2).round(4)
year_rate = year_rate.rename(
    index={
        "government": "政府機關",
        "hospitality": "餐旅業",
        "manufacturing": "製造業",
        "retail": "零售業",
        "school": "學校",
        "technology": "科技業",
    }
)

# %% 4.2 right
# did-en: A categorical index, sorted from high to low, worked out in a loop.
# did-zh: 用迴圈一個產業一個產業算，索引是類別型別，由高到低排。
rates = {}
for name, members in customers.groupby("industry"):
    mine = bought[bought["customer"].isin(members.index)]
    a = set(mine.loc[mine["date"].dt.month.between(4, 9), "customer"])
    z = set(mine.loc[~mine["date"].dt.month.between(4, 9), "customer"])
    rates[name] = (len(a & z) / len(a)) ** 2
year_rate = pd.Series(rates).sort_values(ascending=False)
year_rate.index = pd.CategoricalIndex(year_rate.index)

# %% 4.3 wrong
# did-en: Retention is squared now, but the first profit still comes today, not a year from now.
# did-zh: 留存率平方了，可是第一筆利潤還是今天就來，沒有改成一年以後。
def customer_value(profit, half_rate, discount):
    yearly = half_rate**2
    return profit * (1 + discount) / (1 + discount - yearly)


value_of = customer_value

# %% 4.3 wrong
# did-en: The first profit comes a year from now, but retention is still the half-year's.
# did-zh: 第一筆利潤改成一年以後了，留存率卻還是半年的。
def customer_value(profit, half_rate, discount):
    yearly = half_rate
    return profit * yearly / (1 + discount - yearly)


value_of = customer_value

# %% 4.3 wrong
# did-en: The example's 0.8 and 0.1 are written into the function, so it gives the same multiple to everybody.
# did-zh: 把例子的 0.8 和 0.1 寫死在函式裡，換了留存率或折現率，倍數也不會變。
def customer_value(profit, half_rate, discount):
    yearly = 0.8**2
    return profit * yearly / (1 + 0.1 - yearly)


value_of = customer_value

# %% 4.3 wrong
# did-en: The retention was left out above the line: the first profit is sure to come, a year from now.
# did-zh: 分子漏了留存率，等於第一年的利潤一定會來，沒有考慮客戶要還在。
def customer_value(profit, half_rate, discount):
    yearly = half_rate * half_rate
    return profit / (1 + discount - yearly)


value_of = customer_value

# %% 4.3 wrong
# did-en: Only five years are added up, in place of every year to come.
# did-zh: 只加了五年，沒有把以後每一年都算進去。
def customer_value(profit, half_rate, discount):
    total = 0
    for t in range(1, 6):
        total += profit * (half_rate**2) ** t / (1 + discount) ** t
    return total


value_of = customer_value

# %% 4.3 wrong
# did-en: Two slips: retention is still the half-year's, and nothing is discounted below the line.
# did-zh: 兩個錯：留存率還是半年的；分母漏了折現率。
def customer_value(profit, half_rate, discount):
    yearly = half_rate
    return profit * yearly / (1 - yearly)


value_of = customer_value

# %% 4.3 right
# did-en: A lambda with the kit's own function and other parameter names.
# did-zh: 用 lambda 呼叫套件的函式，參數名稱也不同。
value_of = lambda m, h, i: rk.retention_clv(m, h * h, i, first_margin="next")

# %% 4.3 right
# did-en: Adds up the half-years in steps of two, over two thousand years.
# did-zh: 一年一年加，加了兩千年，留存率用兩個半年相乘。
import numpy as np


def worth(profit, half_rate, discount):
    t = np.arange(1, 2001)
    return np.sum(profit * (half_rate ** (2 * t)) / (1 + discount) ** t)


value_of = worth

# %% 4.4 wrong
# did-en: The bars stand in alphabetical order; the lowest mean is not on the left.
# did-zh: 長條照字母排，沒有把平均最低的放在最左邊。
import matplotlib.pyplot as plt

plt.figure()
acsi = rk.acsi(answers).groupby(customers["industry"]).mean()
ax = acsi.plot.bar(title="Schools are least happy", xlabel="industry", ylabel="ACSI (0-100)", rot=30)

# %% 4.4 wrong
# did-en: Sorted the other way: the highest mean is on the left.
# did-zh: 排反了，平均最高的在最左邊。
import matplotlib.pyplot as plt

plt.figure()
acsi = rk.acsi(answers).groupby(customers["industry"]).mean().sort_values(ascending=False)
ax = acsi.plot.bar(title="Schools are least happy", xlabel="industry", ylabel="ACSI (0-100)", rot=30)

# %% 4.4 wrong
# did-en: The mean of the three answers was drawn (1 to 10), not turned into an index from 0 to 100.
# did-zh: 畫的是三題的平均（1 到 10 分），沒有換成 0 到 100 的 ACSI。
import matplotlib.pyplot as plt

plt.figure()
t = answers.mean(axis=1).groupby(customers["industry"]).mean().sort_values()
ax = t.plot.bar(title="Which industry is least happy", xlabel="industry", ylabel="satisfaction", rot=30)

# %% 4.4 wrong
# did-en: The index lacks the minus 1: the mean answer times 10, so the scale begins at 10 and not at 0.
# did-zh: ACSI 忘了先減 1，直接把平均乘以 10，分數從 10 開始而不是 0。
import matplotlib.pyplot as plt

plt.figure()
a = survey.join(customers["industry"])
a["acsi"] = (a["overall"] + a["against_expected"] + a["against_ideal"]) / 3 / 10 * 100
m = a.groupby("industry")["acsi"].mean().sort_values()
ax = m.plot.bar(title="Schools are least happy", xlabel="industry", ylabel="ACSI", rot=30)

# %% 4.4 wrong
# did-en: Those who did not answer were put in with 0, which pulls every industry down.
# did-zh: 沒回答的客戶補成 0 分一起平均，每個產業都被拉低。
import matplotlib.pyplot as plt

plt.figure()
score = rk.acsi(answers).reindex(customers.index).fillna(0)
m = score.groupby(customers["industry"]).mean().sort_values()
ax = m.plot.bar(title="Satisfaction by industry", xlabel="industry", ylabel="ACSI (0 to 100)", rot=30)

# %% 4.4 wrong
# did-en: Two slips: the median was taken, not the mean, and there is no title.
# did-zh: 兩個錯：取了中位數，不是平均數；而且沒有標題。
import matplotlib.pyplot as plt

plt.figure()
m = rk.acsi(answers).groupby(customers["industry"]).median().sort_values()
ax = m.plot.bar(xlabel="industry", ylabel="ACSI (0 to 100)", rot=30)

# %% 4.4 right
# did-en: Drawn with matplotlib, Chinese names of industries, the values rounded to one place.
# did-zh: 直接用 matplotlib 畫，產業用中文名稱，數值取到小數一位。
import matplotlib.pyplot as plt

names = {"government": "政府機關", "hospitality": "餐旅業", "manufacturing": "製造業"}
names |= {"retail": "零售業", "school": "學校", "technology": "科技業"}
m = rk.acsi(answers).groupby(customers["industry"]).mean().sort_values().round(1)
fig, ax = plt.subplots(figsize=(6, 4))
ax.bar([names[k] for k in m.index], m.values, width=0.6)
ax.set_title("學校最不滿意，只有 58 分")
ax.set_xlabel("產業")
ax.set_ylabel("ACSI 平均（0–100）")

# %% 4.5 wrong
# did-en: Median and mean were taken from those who answered, not from all customers.
# did-zh: 中位數和平均數只用有回答問卷的人算，應該用全體客戶。
box = rk.clv_cs_class(value, cs, clv_cuts=(value.median(), value.mean()), cs_cuts=70)

# %% 4.5 wrong
# did-en: Satisfaction was cut at 60, the lesson's line, not at 70.
# did-zh: 滿意度用課文的 60 分切，這一題是 70 分。
box = rk.clv_cs_class(value, cs, clv_cuts=(clv.median(), clv.mean()), cs_cuts=60)

# %% 4.5 wrong
# did-en: The median was asked before the mean, so nobody ever reaches the top row.
# did-zh: 先問「達到中位數」才問「達到平均數」，結果沒有人能進最上面一列。
def which(who):
    right = "high" if cs[who] >= 70 else "low"
    if value[who] >= clv.median():
        return "clv_cs_3x2:middle_" + right
    elif value[who] >= clv.mean():
        return "clv_cs_3x2:high_" + right
    return "clv_cs_3x2:low_" + right


box = pd.Series({who: which(who) for who in value.index})

# %% 4.5 wrong
# did-en: The two sides of satisfaction are swapped: 70 and above is called low.
# did-zh: 滿意度的兩邊對調了，70 分以上反而標成低。
import numpy as np

row = np.where(value >= clv.mean(), "high", np.where(value >= clv.median(), "middle", "low"))
col = np.where(cs < 70, "high", "low")
box = pd.Series("clv_cs_3x2:" + pd.Series(row) + "_" + pd.Series(col)).set_axis(value.index)

# %% 4.5 wrong
# did-en: Everybody is in the grid; those who did not answer were put on the low side of satisfaction.
# did-zh: 沒回答的客戶也放進方格，當成不滿意；方格裡只能有回答的人。
everyone = cs.reindex(customers.index).fillna(0)
box = rk.clv_cs_class(clv, everyone, clv_cuts=(clv.median(), clv.mean()), cs_cuts=70)

# %% 4.5 wrong
# did-en: Two slips: CLV was cut into thirds of equal size, and satisfaction at its mean.
# did-zh: 兩個錯：CLV 切成人數相同的三等分；滿意度用平均數切，不是 70 分。
low, top = clv.quantile([1 / 3, 2 / 3])
box = rk.clv_cs_class(value, cs, clv_cuts=(low, top), cs_cuts=cs.mean())

# %% 4.5 right
# did-en: A plain text column from np.select in another order of customers.
# did-zh: 用 np.select 做的文字欄，客戶順序倒過來。
import numpy as np

hi, mid, happy = value >= clv.mean(), value >= clv.median(), cs >= 70
codes = ["high_high", "high_low", "middle_high", "middle_low", "low_high"]
picked = np.select([hi & happy, hi, mid & happy, mid, happy], codes, default="low_low")
box = pd.Series(["clv_cs_3x2:" + code for code in picked], index=value.index).sort_index(ascending=False)

# %% 4.6 wrong
# did-en: Everybody lost a point in place of gaining one.
# did-zh: 每題少給 1 分，應該是多給 1 分。
lower = (answers - 1).clip(lower=1)
sure = value.index[(value >= clv.mean()) & (rk.acsi(lower) < 70)].tolist()

# %% 4.6 wrong
# did-en: Only the question on overall satisfaction was raised, as in the lesson; all three were asked for.
# did-zh: 只加了整體滿意那一題（跟課文一樣），題目是三題都加。
kinder = answers.assign(overall=(answers["overall"] + 1).clip(upper=10))
sure = list(value.index[(value >= clv.mean()) & (rk.acsi(kinder) < 70)])

# %% 4.6 wrong
# did-en: These are the ones who leave the list after the test, not the ones still on it.
# did-zh: 列出的是測試後離開名單的人，不是還在名單上的人。
before = value.index[(value >= clv.mean()) & (cs < 70)]
new_cs = rk.acsi((answers + 1).clip(upper=10))
sure = [who for who in before if new_cs[who] >= 70]

# %% 4.6 wrong
# did-en: A point of ten was taken as 10 of the index; a step from 1 to 10 is 11.1 of the index.
# did-zh: 以為多 1 分就是 ACSI 多 10 分；1 到 10 分之間每 1 分其實是 11.1。
sure = value.index[(value >= clv.mean()) & (cs + 10 < 70)].tolist()

# %% 4.6 wrong
# did-en: A customer exactly on 70 after the test was kept on the list (`<=` for `<`).
# did-zh: 測試後剛好 70 分的也留在名單上（該用 `<`，寫成 `<=`）。
# same-on-the-books: yes
plus = (answers + 1).clip(upper=10)
new = (plus.mean(axis=1) - 1) / 9 * 100
sure = new.index[(new <= 70) & (value >= clv.mean())].tolist()

# %% 4.6 wrong
# did-en: Two slips: high value was cut at the median, and the line for satisfaction is the lesson's 60.
# did-zh: 兩個錯：高價值用中位數切，不是平均數；滿意度用了課文的 60 分。
plus = (answers + 1).clip(upper=10)
sure = value.index[(value >= clv.median()) & (rk.acsi(plus) < 60)].tolist()

# %% 4.6 right
# did-en: A Series of values with the customers as its index; the index worked out by hand.
# did-zh: 交出篩過的 CLV，索引是客戶；ACSI 是自己算的。
plus = answers.add(1).where(answers < 10, 10)
happy = (plus.sum(axis=1) / 3 - 1) * 100 / 9
sure = value[(value >= clv.mean()) & (happy < 70)].sort_values()

# %% 4.7 wrong
# did-en: Retention was raised by 5 per cent of itself (times 1.05), not by 5 percentage points.
# did-zh: 留存率乘以 1.05（多 5%），不是多 5 個百分點。
extra = rk.retention_clv(customers["profit"], yearly * 1.05, 0.10) - clv
target = value.index[(value >= clv.mean()) & (cs < 70)]
visits = [who for who in target if extra[who] > 4000]

# %% 4.7 wrong
# did-en: The whole CLV after the visit was held against 4,000, not what the visit adds.
# did-zh: 拿拜訪後的整個 CLV 跟 4,000 元比，應該比「多出來的」。
after = rk.retention_clv(customers["profit"], yearly + 0.05, 0.10)
visits = value.index[(value >= clv.mean()) & (cs < 70) & (after[value.index] > 4000)].tolist()

# %% 4.7 wrong
# did-en: All who answered were considered, not only the valuable and dissatisfied.
# did-zh: 看了所有有回答的客戶，沒有限定「高價值・不滿意」。
extra = rk.retention_clv(customers["profit"], yearly + 0.05, 0.10) - clv
visits = [who for who in survey.index if extra[who] > 4000]

# %% 4.7 wrong
# did-en: Only one year was counted (5% of a year's profit), not every year to come.
# did-zh: 只算一年（年利潤的 5%），沒有算之後每一年。
gain = 0.05 * customers["profit"]
mask = (value >= clv.mean()) & (cs < 70) & (gain.loc[value.index] > 4000)
visits = mask[mask].index.tolist()

# %% 4.7 wrong
# did-en: An exact 4,000 was taken to pay (`>=` for `>`).
# did-zh: 剛好多 4,000 元也當成划算（該用 `>`，寫成 `>=`）。
# same-on-the-books: yes
extra = rk.retention_clv(customers["profit"], yearly + 0.05, 0.10) - clv
names = set(value.index[value >= clv.mean()]) & set(cs.index[cs < 70])
visits = sorted(names & set(extra.index[extra >= 4000]))

# %% 4.7 wrong
# did-en: Two slips: retention was multiplied by 1.05, and customers on the satisfied side were not left out.
# did-zh: 兩個錯：留存率乘以 1.05，不是多 5 個百分點；滿意的客戶也沒有排除。
better = rk.retention_clv(customers["profit"], yearly * 1.05, 0.10)
table = pd.DataFrame({"clv": clv, "more": better - clv}).loc[survey.index]
visits = table[(table["clv"] >= clv.mean()) & (table["more"] > 4000)].index.tolist()

# %% 4.7 right
# did-en: A numpy array; both CLVs count today's profit, which the difference cancels.
# did-zh: 交出 numpy 陣列；兩個 CLV 都把今天的利潤算進去，相減就抵銷了。
m = customers["profit"]
now = m * 1.1 / (1.1 - yearly)
then = m * 1.1 / (1.1 - (yearly + 0.05))
d = (then - now).reindex(value.index)
visits = d.index[(d > 4000) & (cs < 70) & (value >= clv.mean())].to_numpy()

# %% 4.a wrong
# did-en: Today's profit was counted too: the multiple is 3.67, not 2.67.
# did-zh: 把今天的利潤也算進去了，倍數是 3.67，不是 2.67。
firm_value = (customers["profit"] * (1 + 0.1) / (1 + 0.1 - 0.8)).sum()

# %% 4.a wrong
# did-en: Revenue was valued, not profit.
# did-zh: 用營收算，不是用利潤。
firm_value = rk.retention_clv(customers["revenue"], 0.8, 0.1).sum()

# %% 4.a right
# did-en: Worked out on the total profit and rounded to whole dollars.
# did-zh: 先加總利潤再乘倍數，四捨五入到元。
firm_value = int(round(sum(customers["profit"]) * 0.8 / 0.3))

# %% 4.b wrong
# did-en: The other way round: these bought in the second half and not in the first.
# did-zh: 方向反了：列出的是下半年買、上半年沒買的客戶。
gone = [who for who in late if who not in early]

# %% 4.b wrong
# did-en: These are the customers who came back; the `~` is missing.
# did-zh: 列出的是有再來的客戶，漏了 `~`。
gone = came_back.index[came_back]

# %% 4.b right
# did-en: A set of customer numbers.
# did-zh: 用集合交客戶編號。
gone = set(early).difference(late)

# %% 4.c wrong
# did-en: Shares from 0 to 1 were given, not percentages.
# did-zh: 交的是 0 到 1 的比率，不是百分比。
pro, con = (recommend >= 9).mean(), (recommend <= 6).mean()
three = (pro, con, pro - con)

# %% 4.c wrong
# did-en: The detractors stop at 5; a 6 is a detractor too.
# did-zh: 批評者只算到 5 分，6 分也應該算。
pro, con = 100 * (recommend >= 9).mean(), 100 * (recommend < 6).mean()
three = (pro, con, pro - con)

# %% 4.c right
# did-en: A Series with names, rounded to one place, the NPS from the kit.
# did-zh: 交出有名稱的 Series，取到小數一位，NPS 用套件算。
three = pd.Series(
    {
        "promoters": 100 * recommend.isin([9, 10]).mean(),
        "detractors": 100 * recommend.between(0, 6).mean(),
        "NPS": rk.nps(recommend),
    }
).round(1)

# %% 4.d wrong
# did-en: The conditions were joined by “or”: either valuable or unhappy is on the list.
# did-zh: 兩個條件用「或」連接，只要符合一個就算進去。
clv_cut = clv.mean()
value = clv[survey.index]
rescue = value.index[(value >= clv_cut) | (cs < 60)]

# %% 4.d wrong
# did-en: Satisfaction was cut at 80, so the middle column is on the list as well.
# did-zh: 滿意度切在 80 分，中間那一欄也算進來了。
clv_cut = clv.mean()
value = clv[survey.index]
rescue = value[(value >= clv_cut) & (cs < 80)].index

# %% 4.d right
# did-en: The values of the box as a Series, the customers in its index.
# did-zh: 交出這一格客戶的 CLV，客戶編號在索引。
clv_cut = clv.mean()
value = clv[survey.index]
rescue = value[(value >= clv_cut) & (cs < 60)]
