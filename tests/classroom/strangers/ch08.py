# Chapter 8: answers that a stranger wrote from the exercise and the lesson alone.

# %% 8.1 wrong
# did-en: Only the claim about RFM; that a fifth in common is what luck gives was not believed.
# did-zh: 只選了 RFM 那一句；沒想到兩成裡重複五分之一，靠運氣就有。
answer_8_1 = "a"

# %% 8.1 wrong
# did-en: Both right claims, and in addition that no answer to the survey means being satisfied.
# did-zh: 兩句對的都選了，卻多選了「沒填問卷就是沒有不滿」。
answer_8_1 = "ace"

# %% 8.1 right
# did-en: Both letters, full-width, with the Chinese enumeration comma between them.
# did-zh: 兩個字母都對，用全形字、中間加頓號。
answer_8_1 = "Ｃ、Ａ"

# %% 8.2 wrong
# did-en: Half of revenue in place of half of gross profit: the cost of goods was not subtracted.
# did-zh: 比的是營收的一半，沒有先扣掉進貨成本。
gross = customers["revenue"]
overrated = customers.index[lists["RFM"] & (customers["service_cost"] > gross / 2)]

# %% 8.2 wrong
# did-en: Gross profit has the cost of service taken off as well, so that it is profit.
# did-zh: 毛利連服務成本都扣掉了，變成利潤。
gross = customers["revenue"] - customers["cost_of_goods"] - customers["service_cost"]
overrated = customers.index[lists["RFM"] & (customers["service_cost"] > 0.5 * gross)].tolist()

# %% 8.2 wrong
# did-en: All customers with such a cost of service; being on the RFM list was not asked for.
# did-zh: 只看服務成本，沒有要求在 RFM 名單上。
gross = customers["revenue"] - customers["cost_of_goods"]
overrated = customers[customers["service_cost"] / gross > 0.5].index.tolist()

# %% 8.2 wrong
# did-en: The cost of service must exceed the whole gross profit, not half of it: only who makes a loss.
# did-zh: 要求服務成本超過全部毛利，不是一半，只剩賠錢的人。
gross = customers["revenue"] - customers["cost_of_goods"]
overrated = [c for c in customers.index[lists["RFM"]] if customers.loc[c, "service_cost"] > gross[c]]

# %% 8.2 wrong
# did-en: The direction is turned round: those for whom service costs less than half of gross profit.
# did-zh: 方向反了：找的是服務成本不到毛利一半的人。
gross = customers["revenue"] - customers["cost_of_goods"]
overrated = customers.index[lists["RFM"] & (customers["service_cost"] < gross / 2)].tolist()

# %% 8.2 wrong
# did-en: Only customers on the RFM list and no other are looked at, in place of all 64 on it.
# did-zh: 只看單單上 RFM 一份名單的人，不是 RFM 名單上的全部 64 位。
gross = customers["revenue"] - customers["cost_of_goods"]
only_rfm = lists["RFM"] & (how_many == 1)
overrated = customers.index[only_rfm & (customers["service_cost"] > gross / 2)].tolist()

# %% 8.2 wrong
# did-en: Exactly half counts as well: >= where more than half is asked for.
# did-zh: 剛好一半也算進去了：用了 >=，題目要的是超過一半。
gross = customers["revenue"] - customers["cost_of_goods"]
ratio = customers["service_cost"] / gross
overrated = customers.index[lists["RFM"] & (ratio >= 0.5)].tolist()
# same-on-the-books: yes

# %% 8.2 wrong
# did-en: Two slips: the ABC list in place of the RFM list, and the two conditions joined by “or”.
# did-zh: 兩處錯：用了 ABC 名單而不是 RFM 名單；兩個條件又用「或」連起來。
gross = customers["revenue"] - customers["cost_of_goods"]
overrated = customers.index[lists["ABC"] | (customers["service_cost"] > gross / 2)].tolist()

# %% 8.2 right
# did-en: The customers as a set, with the condition multiplied out: twice the cost above gross profit.
# did-zh: 條件改寫成「服務成本的兩倍大於毛利」，答案是 set。
gross = customers.eval("revenue - cost_of_goods")
overrated = set(gross.index[(gross < 2 * customers["service_cost"])]) & set(lists.index[lists["RFM"]])

# %% 8.2 right
# did-en: A table of the customers found, sorted by the share of gross profit that service takes.
# did-zh: 答案是找到的客戶的表，依服務成本占毛利的比例排。
gross = customers["revenue"] - customers["cost_of_goods"]
t = customers.assign(gross=gross, part=customers["service_cost"] / gross)[lists["RFM"]]
overrated = t[t["part"] > 0.5].sort_values("part", ascending=False)[["gross", "service_cost", "part"]]

# %% 8.3 wrong
# did-en: The bars are shares of the number of customers, not of profit.
# did-zh: 直條是人數的百分比，不是利潤的百分比。
ax = (100 * how_many.value_counts(normalize=True)).sort_index(ascending=False).plot.bar(rot=0)
ax.set_title("Profit by number of lists")
ax.set_xlabel("lists")
ax.set_ylabel("% of profit")
layer_chart = ax

# %% 8.3 wrong
# did-en: Shares between 0 and 1: the factor of 100 for percentages is missing.
# did-zh: 畫的是 0 到 1 的比例，沒有乘 100 變成百分比。
share = customers["profit"].groupby(how_many).sum() / customers["profit"].sum()
ax = share.sort_index(ascending=False).plot.bar(rot=0)
ax.set_title("Share of profit by number of lists")
ax.set_xlabel("number of lists")
ax.set_ylabel("percent of profit")
layer_chart = ax

# %% 8.3 wrong
# did-en: From left to right 0, 1, 2, 3, 4: the order of the bars was not turned round.
# did-zh: 由左到右是 0、1、2、3、4，沒有把順序倒過來。
share = 100 * customers["profit"].groupby(how_many).sum() / customers["profit"].sum()
ax = share.plot.bar(rot=0, title="Profit by layer", xlabel="lists", ylabel="%")
layer_chart = ax

# %% 8.3 wrong
# did-en: The mean profit of a customer in each layer, scaled to 100%, not the layer's total.
# did-zh: 用每一層的平均利潤去算百分比，不是那一層的利潤合計。
mean = customers.groupby(how_many)["profit"].mean()
ax = (mean / mean.sum() * 100).sort_index(ascending=False).plot.bar(rot=0)
ax.set_title("Profit by number of lists")
ax.set_xlabel("lists")
ax.set_ylabel("% of all profit")
layer_chart = ax

# %% 8.3 wrong
# did-en: The bars are cumulative: each layer has the layers to its left added to it.
# did-zh: 直條是累計的：每一層都加上了左邊各層。
p = (customers["profit"].groupby(how_many).sum() / customers["profit"].sum() * 100).sort_index(
    ascending=False
)
ax = p.cumsum().plot.bar(rot=0)
ax.set_title("Profit by number of lists")
ax.set_xlabel("number of lists")
ax.set_ylabel("percent")
layer_chart = ax

# %% 8.3 wrong
# did-en: Customers on no list are left out, so there are four bars and 100% is those on some list only.
# did-zh: 沒上任何名單的人被拿掉：只有四根直條，百分比的分母也少了他們。
on_some = customers[how_many > 0]
s = on_some.groupby(how_many[how_many > 0])["profit"].sum()
ax = (100 * s / s.sum()).sort_index(ascending=False).plot.bar(rot=0)
ax.set_title("Profit by number of lists")
ax.set_xlabel("lists")
ax.set_ylabel("% of profit")
layer_chart = ax

# %% 8.3 wrong
# did-en: Two slips: revenue in place of profit, and the chart has no title.
# did-zh: 兩處錯：用營收而不是利潤；圖又沒有標題。
s = customers["revenue"].groupby(how_many).sum()
ax = (100 * s / s.sum()).sort_index(ascending=False).plot.bar(rot=0)
ax.set_xlabel("number of lists")
ax.set_ylabel("percent of profit")
layer_chart = ax

# %% 8.3 right
# did-en: Drawn with matplotlib, the five numbers as texts, the percentages rounded to one decimal.
# did-zh: 用 matplotlib 畫，五個數字寫成文字，百分比四捨五入到一位。
import matplotlib.pyplot as plt

total = customers["profit"].sum()
layers = [4, 3, 2, 1, 0]
heights = [round(float(customers.loc[how_many == k, "profit"].sum() / total * 100), 1) for k in layers]
fig, layer_chart = plt.subplots(figsize=(5, 3))
layer_chart.bar([str(k) for k in layers], heights)
layer_chart.set_title("各層的利潤")
layer_chart.set_xlabel("名單數")
layer_chart.set_ylabel("利潤（%）")

# %% 8.4 wrong
# did-en: Only the number is made equal (the smaller fifth); those without a CLV are still in the other list.
# did-zh: 只把人數改成一樣（取小的），沒有先留下兩邊都有分數的人。
def agreement(score_a, score_b):
    n = min(len(score_a), len(score_b)) // 5
    list_a = score_a.nlargest(n).index
    list_b = score_b.nlargest(n).index
    return len(list_a.intersection(list_b)) / n


mended = agreement

# %% 8.4 wrong
# did-en: The lists are made first, each with its own length, and cut down to common customers afterwards.
# did-zh: 先各排各的名單，再刪掉沒有兩邊分數的人；應該先留下共同的客戶再取前 20%。
def agreement(score_a, score_b):
    both = score_a.index.intersection(score_b.index)
    list_a = score_a.nlargest(len(score_a) // 5).index.intersection(both)
    list_b = score_b.nlargest(len(score_b) // 5).index.intersection(both)
    return len(list_a.intersection(list_b)) / len(list_a)


mended = agreement

# %% 8.4 wrong
# did-en: Divides by everybody on either list (the union), not by the length of one list.
# did-zh: 分母用了兩份名單合起來的人數（聯集），不是一份名單的人數。
def agreement(score_a, score_b):
    both = score_a.index.intersection(score_b.index)
    n = len(both) // 5
    a = set(score_a[both].nlargest(n).index)
    b = set(score_b[both].nlargest(n).index)
    return len(a & b) / len(a | b)


mended = agreement

# %% 8.4 wrong
# did-en: Common customers only, but the number taken is a fifth of all of score_a, so the lists are too long.
# did-zh: 客戶只留共同的，人數卻還是 score_a 全部的五分之一，名單太長。
def agreement(score_a, score_b):
    both = score_a.index.intersection(score_b.index)
    n = len(score_a) // 5
    list_a = score_a[both].nlargest(n).index
    list_b = score_b[both].nlargest(n).index
    return len(list_a.intersection(list_b)) / len(list_a)


mended = agreement

# %% 8.4 wrong
# did-en: Returns the number of customers on both lists, not their share of one list.
# did-zh: 傳回重複的人數，沒有除以一份名單的人數。
def agreement(score_a, score_b):
    both = score_a.index.intersection(score_b.index)
    n = len(both) // 5
    return len(score_a[both].nlargest(n).index.intersection(score_b[both].nlargest(n).index))


mended = agreement

# %% 8.4 wrong
# did-en: Only score_a is cut down to the other's customers; who is in score_b alone stays.
# did-zh: 只有 score_a 篩成對方有的客戶，只在 score_b 裡的人還留著。
def agreement(score_a, score_b):
    score_a = score_a[score_a.index.isin(score_b.index)]
    n = len(score_a) // 5
    list_a = score_a.nlargest(n).index
    list_b = score_b.nlargest(n).index
    return len(list_a.intersection(list_b)) / n


mended = agreement
# same-on-the-books: yes

# %% 8.4 wrong
# did-en: A fifth that is not whole is rounded up, and should be rounded down.
# did-zh: 五分之一除不盡時進位，應該捨去。
def agreement(score_a, score_b):
    both = [c for c in score_a.index if c in score_b.index]
    n = -(-len(both) // 5)
    list_a = score_a[both].nlargest(n).index
    list_b = score_b[both].nlargest(n).index
    return len(list_a.intersection(list_b)) / n


mended = agreement
# same-on-the-books: yes

# %% 8.4 wrong
# did-en: Two slips: the lowest scores are taken for the top, and the divisor is all common customers.
# did-zh: 兩處錯：由小到大排，取到分數最低的；分母又用了全部共同的客戶。
def agreement(score_a, score_b):
    t = pd.DataFrame({"a": score_a, "b": score_b}).dropna()
    n = len(t) // 5
    list_a = t.sort_values("a").head(n).index
    list_b = t.sort_values("b").head(n).index
    return len(list_a.intersection(list_b)) / len(t)


mended = agreement

# %% 8.4 right
# did-en: Both scores in one table without blanks, then places by rank; the mean of True and False.
# did-zh: 兩種分數併成一張沒有空白的表，用名次取前 20%，再取 True 的平均。
def agreement(score_a, score_b):
    t = pd.concat({"a": score_a, "b": score_b}, axis=1, join="inner").dropna()
    n = len(t) // 5
    place = t.rank(ascending=False, method="first")
    on_a = place["a"] <= n
    return on_a[place["b"] <= n].mean()


mended = agreement

# %% 8.5 wrong
# did-en: Sorted by CLV alone: the most valuable of the dissatisfied first, not the least satisfied.
# did-zh: 只依 CLV 由大到小排，不是最不滿意的排最前面。
d = pd.DataFrame({"cs": cs, "clv": clv[cs.index]})
d = d[lists.loc[cs.index, "clv"] & (d["cs"] < 60)]
visit_first = d.sort_values("clv", ascending=False).head(6).index.tolist()

# %% 8.5 wrong
# did-en: Of equals the smaller clv comes first: both columns are sorted from small to large.
# did-zh: 兩欄都由小到大排，同分的變成 clv 小的在前。
d = pd.DataFrame({"cs": cs, "clv": clv[cs.index]})
d = d[lists.loc[cs.index, "clv"] & (d["cs"] < 60)]
visit_first = d.sort_values(["cs", "clv"]).head(6).index.tolist()

# %% 8.5 wrong
# did-en: The ABC list was taken in place of the CLV list.
# did-zh: 用了 ABC 名單，不是 CLV 名單。
d = pd.DataFrame({"cs": cs, "clv": clv[cs.index]})
d = d[lists["ABC"].reindex(d.index) & (d["cs"] < 60)]
d = d.sort_values(["cs", "clv"], ascending=[True, False])
visit_first = list(d.index[:6])

# %% 8.5 wrong
# did-en: Not one list was asked for: the least satisfied of all who answered.
# did-zh: 沒有要求在 CLV 名單上，從所有填過問卷的人裡挑最不滿意的。
d = pd.DataFrame({"cs": cs, "clv": clv[cs.index]})
d = d[d["cs"] < 60].sort_values(["cs", "clv"], ascending=[True, False])
visit_first = d.index[:6].tolist()

# %% 8.5 wrong
# did-en: Who did not answer was filled in with 0 and so stands first as least satisfied.
# did-zh: 沒填問卷的人補成 0 分，變成最不滿意、排到最前面。
d = pd.DataFrame({"clv": clv, "cs": cs.reindex(clv.index).fillna(0)})
d = d[lists["clv"] & (d["cs"] < 60)]
visit_first = d.sort_values(["cs", "clv"], ascending=[True, False]).head(6).index.tolist()

# %% 8.5 wrong
# did-en: The most satisfied of those below 60 come first: cs is sorted from large to small.
# did-zh: cs 由大到小排，60 分以下最滿意的反而在前。
d = pd.DataFrame({"cs": cs, "clv": clv[cs.index]})
d = d[lists.loc[cs.index, "clv"] & (d["cs"] < 60)]
visit_first = d.sort_values(["cs", "clv"], ascending=False).head(6).index.tolist()

# %% 8.5 wrong
# did-en: A satisfaction of exactly 60 is let in: <= in place of below 60.
# did-zh: 剛好 60 分也收進來了：用了 <=，題目是低於 60。
d = pd.concat([cs.rename("cs"), clv.rename("clv")], axis=1, join="inner")
d = d[(d["cs"] <= 60) & lists["clv"].reindex(d.index)]
visit_first = d.sort_values(["cs", "clv"], ascending=[True, False]).index[:6].tolist()
# same-on-the-books: yes

# %% 8.5 wrong
# did-en: Two slips: satisfaction is the csat question (1 to 5) and not cs, and five are taken, not six.
# did-zh: 兩處錯：滿意度用了問卷的 csat（1 到 5 分），不是 cs；又只取五位。
d = survey.join(clv.rename("clv"))
d = d[lists["clv"].reindex(d.index) & (d["csat"] < 3)]
visit_first = d.sort_values(["csat", "clv"], ascending=[True, False]).index[:5].tolist()

# %% 8.5 right
# did-en: A merge on the customer as a column; the answer is that column, as a Series.
# did-zh: 把客戶編號當欄位合併，答案就是那一欄 Series。
a = cs.rename("cs").reset_index()
b = clv[lists["clv"]].rename("clv").rename_axis("customer").reset_index()
m = a.merge(b, on="customer")
m = m[m["cs"].lt(60)].sort_values("clv", ascending=False).sort_values("cs", kind="stable")
visit_first = m["customer"].head(6)

# %% 8.5 right
# did-en: A numpy array of texts, sorted by a key made of two numbers.
# did-zh: 用兩個數字當排序的鍵，答案是文字的 numpy 陣列。
import numpy as np

unhappy = [c for c in cs.index if lists.loc[c, "clv"] and cs[c] < 60]
unhappy.sort(key=lambda c: (cs[c], -clv[c]))
visit_first = np.array(unhappy[:6])

# %% 8.a wrong
# did-en: Those on either list (the union), not those on both.
# did-zh: 用了聯集，數的是上了任何一份的人，不是兩份都有的。
n_both = len(abc_list.union(rfm_list))

# %% 8.a wrong
# did-en: Those on the ABC list who are not on the RFM list.
# did-zh: 數的是在 ABC 名單、不在 RFM 名單的人。
n_both = len(abc_list.difference(rfm_list))

# %% 8.a right
# did-en: A numpy number: the sum of an isin.
# did-zh: 用 isin 加總，是 numpy 的整數。
n_both = abc_list.isin(rfm_list).sum()

# %% 8.b wrong
# did-en: At least three lists, in place of all four.
# did-zh: 取了至少上三份的人，不是四份都有的。
core = how_many.index[how_many >= 3]

# %% 8.b wrong
# did-en: Only two of the lists are crossed, ABC and RFM, not all four.
# did-zh: 只取 ABC 和 RFM 兩份的交集，不是四份。
core = abc_list.intersection(rfm_list)

# %% 8.b right
# did-en: The intersection of four sets.
# did-zh: 四個 set 的交集。
core = set(abc_list) & set(value_list) & set(clv_list) & set(rfm_list)

# %% 8.c wrong
# did-en: Everybody who has been away for more than 90 days, on the ABC list or not.
# did-zh: 超過 90 天沒來的全部客戶，沒有限定在 ABC 名單上。
gone = rfm.index[rfm["recency_days"] > 90]

# %% 8.c wrong
# did-en: The other way round: those on the ABC list who came within the last 90 days.
# did-zh: 方向反了：ABC 名單上 90 天內來過的人。
gone = rfm.index[lists["ABC"] & (rfm["recency_days"] <= 90)]

# %% 8.c wrong
# did-en: Only those who are on the ABC list alone, and not on any other.
# did-zh: 只取單單上 ABC 一份名單的人，還在別份名單上的漏了。
gone = [c for c in only_abc if rfm.loc[c, "recency_days"] > 90]

# %% 8.d wrong
# did-en: Takes clusters for more objective than cuts and would tier by them.
# did-zh: 以為分群比人訂的門檻客觀，要改用分群來分級。
use_clusters = "a"

# %% 8.d right
# did-en: The right letter as a capital in brackets.
# did-zh: 字母正確，大寫加括號。
use_clusters = "(C)"
