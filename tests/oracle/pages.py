"""What pages show, worked out from the model's facts alone."""

from collections import Counter
from datetime import date

from tests.oracle.facts import LIVE, Facts
from tests.oracle.prices import month_of


def balances(model: Facts, payer: str) -> tuple[int, int, int, int]:
    """Due, credit, unconfirmed, owed to BPJS."""
    notices = [name for name, each in model.notices.items() if each["payer"] == payer]
    paid = {name: each for name, each in model.payments.items() if each["payer"] == payer and not each["reversed"]}
    unconfirmed = sum(each["amount"] for each in paid.values() if not each["confirmed"])
    confirmed = sum(each["amount"] for each in paid.values()) - unconfirmed
    asked = sum(model.notices[name]["asked"] for name in notices)
    return sum(map(model.owing, notices)), sum(map(model.rest, paid)), unconfirmed, asked - confirmed


def standing(model: Facts, name: str) -> tuple[str, int]:
    """How far a notice is, and what is open on it."""
    notice, owing = model.notices[name], model.owing(name)
    money = [each for each in model.payments.values() if each["notice"] == name and not each["reversed"]]
    if notice["withdrawn"]:
        return "ditarik", owing
    if owing <= 0:
        return ("terkonfirmasi" if money and all(each["confirmed"] for each in money) else "lunas"), owing
    return ("sebagian" if money else "kode" if notice["code"] else "diminta"), owing


def state(model: Facts, covered: dict) -> str:
    return "berlaku" if all(model.payments[p]["confirmed"] for p in covered["purses"]) else "sementara"


def covered_rows(model: Facts) -> dict[tuple[str, int], tuple]:
    """Each covered month: payer, way, completing payment, state, from, arrears, JKK, JKM."""
    return {
        key: (c["payer"], c["line"]["way"]["name"], c["by"], state(model, c), c["from"], c["arrears"],
              (c["jkk"], c["jkm"]))
        for key, c in model.cover.items()
    }  # fmt: skip


def grid(model: Facts, worker: str, first: int) -> list[tuple]:
    """Two years of a person: month, state, payer, from, arrears, rupiah."""
    mine = {m: c for (w, m), c in model.cover.items() if model.who(w) == model.who(worker)}
    return [
        (m, state(model, c), c["payer"], c["from"], c["arrears"], c["jkk"] + c["jkm"])
        for m, c in sorted(mine.items()) if first <= m < first + 36
    ]  # fmt: skip


def notice_months(model: Facts, name: str) -> dict[tuple, tuple[int, int]]:
    """What a notice asks for by month, sector and price: workers, and how many of them are covered."""
    asked, covered = Counter[tuple](), Counter[tuple]()
    for line in model.notices[name]["lines"]:
        if line["live"]:
            key = (line["month"], line["sector"], line["jkk"], line["jkm"])
            asked[key] += 1
            covered[key] += model.is_paid(line)
    return {key: (asked[key], covered[key]) for key in asked}


def explanation(model: Facts, name: str) -> dict:
    """What became of a payment."""
    payment = model.payments[name]
    notice = model.notices.get(payment["notice"])
    done, money = Counter[int](), Counter[int]()
    for (_, month), each in model.cover.items():
        if each["by"] == name:
            done[month] += 1
            money[month] += each["jkk"] + each["jkm"]
    missed = Counter[tuple]()
    if notice and not payment["reversed"]:
        room = model.owing(payment["notice"])
        for line, why in model.judged(notice, ended=True):
            missed[line["month"], why or ("money" if model.cost(line) <= room else "beyond_pay_code")] += 1
            room -= 0 if why else model.cost(line)
    live = not payment["reversed"]
    return {
        "amount": payment["amount"],
        "used": payment["amount"] - model.rest(name) if live else 0,
        "remainder": model.rest(name),
        "asked": notice and (model.codes[notice["code"]]["amount"] if notice["code"] else notice["estimate"]),
        "short": max(model.owing(payment["notice"]), 0) if notice else 0,
        "in_suspense": live and not notice,
        "confirmed": payment["confirmed"],
        "reversed": payment["reversed"],
        "covered": sorted((month, done[month], money[month]) for month in done),
        "missed": sorted((month, why, times) for (month, why), times in missed.items()),
    }


def story(model: Facts, payer: str) -> tuple[int, int, int, int, int]:
    """Janji, daftar, dibayar, aktif, perlu diganti."""
    month = month_of(model.today)
    live = [p for p in model.pledges.values() if p["payer"] == payer and p["live"] and p["first"] + p["months"] > month]
    mine = [way for way in model.ways.values() if way["payer"] == payer]
    vacant = sum(1 for way in mine if is_vacant(model, way, month))
    paid = {worker for (worker, m), each in model.cover.items() if each["payer"] == payer and m >= month}
    listed = sum(1 for way in mine if way["state"] in LIVE)
    active = sum(1 for way in mine if way["state"] == "active")
    return sum(p["quota"] for p in live), listed + vacant, len(paid), active, vacant


def is_vacant(model: Facts, way: dict, month: int) -> bool:
    pledge = model.pledges.get(way["pledge"])
    runs = pledge is not None and pledge["live"] and pledge["first"] + pledge["months"] > month
    return way["state"] == "left" and way["vacant"] and runs


def strip(model: Facts, payer: str, month: int) -> tuple[int, int, int, int, int]:
    """One month of a payer: asked, its rupiah, sementara, berlaku, covered rupiah."""
    asked = [
        line for n in model.notices.values() if n["payer"] == payer for line in n["lines"]
        if line["live"] and line["month"] == month
    ]  # fmt: skip
    paid = [each for (_, m), each in model.cover.items() if m == month and each["payer"] == payer]
    states = Counter(state(model, each) for each in paid)
    return (
        len(asked),
        sum(line["jkk"] + line["jkm"] for line in asked),
        states["sementara"],
        states["berlaku"],
        sum(each["jkk"] + each["jkm"] for each in paid),
    )


def on_time(model: Facts, payer: str) -> int:
    """For how many months in a row, back from the last, everything asked for was paid by its due date."""
    mine = [(n["first"], at, name, n) for at, (name, n) in enumerate(model.notices.items())
            if n["payer"] == payer and not n["withdrawn"]]  # fmt: skip
    punctual: set[int] = set()
    for first, _, name, notice in sorted(mine, key=lambda each: each[:2], reverse=True):
        due = max(date(first // 12, first % 12 + 1, 15), notice["issued"])
        paid = [p["paid_on"] for p in model.payments.values() if p["notice"] == name and not p["reversed"]]
        settled = model.owing(name) <= 0 and bool(paid)
        if settled and max(paid) <= due:
            punctual |= set(range(first, first + notice["months"]))
        elif settled or due < model.today:
            break
    return len(punctual)


def covered_in(model: Facts, month: int) -> dict[str, tuple[int, int]]:
    """By payer: in force, and not yet."""
    counts = Counter((each["payer"], state(model, each)) for (_, m), each in model.cover.items() if m == month)
    return {payer: (counts[payer, "berlaku"], counts[payer, "sementara"]) for payer, _ in counts}


def falling_off(model: Facts, month: int) -> Counter:
    """By payer of the last month: living persons covered in the month before and not in this one."""
    stays = {model.who(worker) for worker, m in model.cover if m == month}
    return Counter(
        each["payer"] for (worker, m), each in model.cover.items()
        if m == month - 1 and model.who(worker) not in stays and not model.workers[model.who(worker)]["died"]
    )  # fmt: skip


def differences(model: Facts) -> list[tuple[str, str, int]]:
    """What waits to be explained: money left over, notices paid in part."""
    found = []
    for name, payment in model.payments.items():
        if model.rest(name) > 0:
            found.append(("excess" if payment["notice"] else "suspense", name, model.rest(name)))
    paid = {each["notice"] for each in model.payments.values() if each["notice"] and not each["reversed"]}
    return sorted(found + [("short", name, model.owing(name)) for name in paid if model.owing(name) > 0])
