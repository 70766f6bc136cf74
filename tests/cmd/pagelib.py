"""Invented documents for tests/cmd/pdf.py, computed as EN 16931 wants it."""
import json
from decimal import ROUND_HALF_UP, Decimal

with open("templates/sample.json", encoding="utf-8") as source:
    SAMPLE = json.load(source)

SELLER = {
    "name": "Vogt Design", "tax_id": "DE999999999",
    "tax_number": "143/999/99990", "legal_id": "HRB 999999",
    "address": {"street": "Lindenweg 4", "postcode": "80999",
                "city": "München", "country": "DE"}}
BUYER = {
    "name": "Whitfield Gardens Ltd", "tax_id": "GB999999973",
    "address": {"street": "12 Orchard Lane", "city": "Lower Marsh",
                "postcode": "LM2 7QX", "country": "GB"},
    "contact": {"name": "Anna Whitfield"}}
ITEMS = [
    {"text": "Layout of the spring catalogue", "quantity": "24",
     "unit": "HUR", "unit_text": "h", "price": "62.50"},
    {"text": "Proof prints", "quantity": "1.5", "unit": "H87",
     "unit_text": "pcs", "price": "40"}]


def money(value):
    return str(Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP))


def total(changes):
    return sum((Decimal(one["amount"]) for one in changes), Decimal(0))


def with_net(line, number):
    line = dict(line, id=str(number))
    line.setdefault("category", "S")
    line.setdefault("rate", "19" if line["category"] == "S" else "0")
    net = Decimal(money(Decimal(line["quantity"]) * Decimal(line["price"])))
    net += total(line.get("charges", [])) - total(line.get("allowances", []))
    return dict(line, net=money(net))


def taxes_of(lines, more, reasons):
    bases = {}
    for line in lines:
        key = (line["category"], line["rate"])
        bases[key] = bases.get(key, Decimal(0)) + Decimal(line["net"])
    bases[next(iter(bases))] += more
    return [dict({"category": category, "rate": rate, "base": money(base),
                  "amount": money(base * Decimal(rate) / 100)},
                 **({"reason": reasons[category]}
                    if category in reasons else {}))
            for (category, rate), base in bases.items()]


def document(items, **more):
    """What filter/document.c makes of these lines."""
    reasons = more.pop("reasons", {})
    out = {"type": "invoice", "number": "2026-0112", "date": "2026-11-02",
           "due": "2026-11-16", "currency": "EUR", "seller": SELLER,
           "buyer": BUYER}
    out.update(more)
    lines = [with_net(line, i + 1) for i, line in enumerate(items)]
    extra = total(out.get("charges", [])) - total(out.get("allowances", []))
    sub = sum(Decimal(line["net"]) for line in lines)
    out["lines"] = lines
    out["taxes"] = taxes_of(lines, extra, reasons)
    tax = total(out["taxes"])
    prepaid = total(out.get("deposits", [])) + Decimal(
        out.pop("paid", "0"))
    if "withholding" in out:
        held = money((sub + extra) *
                     Decimal(out["withholding"]["percent"]) / 100)
        out["withholding"] = dict(out["withholding"], amount=held)
        prepaid += Decimal(held)
    gross = sub + extra + tax
    out["totals"] = {"lines": money(sub), "net": money(sub + extra),
                     "tax": money(tax), "gross": money(gross),
                     "due": money(gross - prepaid)}
    if prepaid:
        out["totals"]["prepaid"] = money(prepaid)
    out["totals"].update(out.pop("totals_too", {}))
    return out


def epc(due):
    return ("BCD\n002\n1\nSCT\nEXMPDEM1XXX\nLena Vogt\n"
            "DE74700990110004711808\nEUR%s\n\nRF4120260112\n\n" % due)


def letter(doc, language="en", **values):
    """The letter of kind invoice for a document."""
    out = json.loads(json.dumps(SAMPLE["letters"]["invoice"]))
    given = out["values"]
    due = doc["totals"]["due"]

    def amount(text):
        return {"amount": text, "currency": doc["currency"]}

    out.update(form="pdf", language=language, dirs=["templates"],
               document=doc)
    given["invoices"][0].update(
        number=doc["number"], date=doc["date"], due=doc["due"],
        amount=amount(doc["totals"]["gross"]), balance=amount(due))
    given["invoices"][0].pop("discount", None)
    given.update(total_balance=amount(due),
                 amount=amount(doc["totals"]["gross"]),
                 page={"paper": "a4"})
    given["pay"]["ways"] = [{
        "kind": "epc-qr", "is_epc_qr": True, "is_code": True, "ecc": "M",
        "payload": epc(due)}]
    given.update(values)
    return out


def sample(kind, language, tone=""):
    """Another letter of templates/sample.json."""
    out = json.loads(json.dumps(SAMPLE["letters"][kind]))
    out.update(form="pdf", language=language, tone=tone, dirs=["templates"])
    out["values"]["customer"] = SAMPLE["customers"][language]
    out["values"]["page"] = {"paper": "a4"}
    return out


SWISS_LABELS = {
    "payment_part": "Zahlteil", "account": "Konto / Zahlbar an",
    "reference": "Referenz", "additional": "Zusätzliche Informationen",
    "payable_by": "Zahlbar durch",
    "payable_by_blank": "Zahlbar durch (Name/Adresse)",
    "currency": "Währung", "amount": "Betrag", "receipt": "Empfangsschein",
    "acceptance": "Annahmestelle",
    "separate": "Vor der Einzahlung abzutrennen"}


def swiss(debtor=True):
    seller = {"name": "Vogt Design AG", "tax_id": "CHE-999.999.996 MWST",
              "address": {"street": "Lindenweg 4", "postcode": "8999",
                          "city": "Neuort", "country": "CH"}}
    buyer = {"name": "Gärtnerei Süßmilch AG", "address": {
        "street": "Am Weiher 12", "postcode": "8998", "city": "Seedorf",
        "country": "CH"}}
    doc = document([dict(ITEMS[0], rate="8.1", price="162.50")],
                   currency="CHF", seller=seller, buyer=buyer)
    due = doc["totals"]["due"]
    payload = "\n".join([
        "SPC", "0200", "1", "CH4431999123000889012", "S", "Vogt Design AG",
        "Lindenweg", "4", "8999", "Neuort", "CH", "", "", "", "", "", "", "",
        due, "CHF"] + (["S", "Gärtnerei Süßmilch AG", "Am Weiher", "12",
                        "8998", "Seedorf", "CH"] if debtor else [""] * 7) + [
        "QRR", "210000000003139471430009017", "2026-0112", "EPD"])
    part = {"labels": SWISS_LABELS, "account": "CH44 3199 9123 0008 8901 2",
            "creditor": ["Vogt Design AG", "Lindenweg 4", "8999 Neuort"],
            "reference": "21 00000 00003 13947 14300 09017",
            "message": "2026-0112", "currency": "CHF", "sum": due}
    if debtor:
        part["debtor"] = ["Gärtnerei Süßmilch AG", "Am Weiher 12",
                          "8998 Seedorf"]
    return letter(doc, "de-CH", pay={
        "holder": "Vogt Design AG", "iban": "CH4431999123000889012",
        "ways": [{"kind": "swiss-qr", "is_swiss_qr": True, "is_code": True,
                  "ecc": "M", "payload": payload, "has_cross": True,
                  "part": part}]})


LONG = ("Entwurf, Satz und Druckvorbereitung des Frühlingskatalogs mit 48 "
        "Seiten einschließlich Bildbearbeitung und Korrekturgängen")


def sixty():
    return [{"text": "Position %d: %s" % (
        i, ("Layout", "Druck", "Beratung", "Versand")[i % 4]),
        "quantity": "%d%s" % (1 + i % 7, ".5" if i % 3 == 0 else ""),
        "unit": "HUR", "price": "%d.%02d" % (10 + i * 7, i)}
            for i in range(1, 61)]


def cases():
    """Name, letter, pages."""
    one = document(ITEMS)
    out = [(language, letter(one, language), 1)
           for language in ("en", "de", "fr", "es", "it", "nl", "pt")]
    out += [
        ("ru", letter(document(
            [{"text": "Вёрстка весеннего каталога", "quantity": "22",
              "unit": "DAY", "price": "6250"}], currency="RUB",
            buyer={"name": "ООО «Северный ветер»", "address": {
                "street": "ул. Садовая, д. 12", "city": "Новый Берег",
                "postcode": "199999", "country": "RU"}}), "ru"), 1),
        ("us", letter(document(ITEMS, currency="USD"), "en-US",
                      page={"paper": "letter"}), 1),
        ("sixty", letter(document(sixty()), "de"), 3),
        ("long", letter(document(
            [dict(ITEMS[0], text=LONG, description="Es umfasst:\n– Konzept\n"
                  "– zwei Korrekturläufe")] * 3 + [
                dict(ITEMS[1], text="\n".join(["Zeile %d" % i
                                               for i in range(1, 90)]))],
            po="PO-77120", buyer_reference="04011000-12345-03",
            period={"from": "2026-10-01", "to": "2026-10-31"},
            notes=[{"text": "Vielen Dank für die gute Zusammenarbeit."}],
            terms="Zahlbar bis 16. November 2026 ohne Abzug."), "de"), 4),
        ("huge", letter(document(
            [dict(ITEMS[0], quantity="1234567.5", price="98765.4321"),
             dict(ITEMS[1], quantity="-2", price="1000")]), "es"), 1),
        ("reverse", letter(document(
            [dict(ITEMS[0], category="AE")], reasons={
                "AE": "Reverse charge: the customer accounts for the tax."}),
            "en"), 1),
        ("rates", letter(document(
            [dict(ITEMS[0], rate="5.5"), dict(ITEMS[1], rate="20", allowances=[
                {"amount": "12.00", "percent": "10",
                 "reason": "Remise fidélité"}])],
            allowances=[{"amount": "10.00", "reason": "Remise commerciale"}],
            charges=[{"amount": "8.00", "reason": "Frais de port"}],
            discounts=[{"percent": "2", "until": "2026-11-09"}]), "fr"), 1),
        ("deposit", letter(document(
            ITEMS, deposits=[{"number": "2026-0099", "date": "2026-10-01",
                              "amount": "500.00"}], paid="100.00",
            withholding={"percent": "15", "name": "IRPF"}), "es"), 1),
        ("credit", letter(document(
            ITEMS, type="credit-note",
            preceding=[{"number": "2026-0099", "date": "2026-10-01"}]),
            "it"), 1),
        ("dollars", letter(document(
            ITEMS, currency="USD", tax_currency="EUR",
            exchange_rate="0.9213",
            totals_too={"tax_accounting": "273.07"}), "de"), 1),
        ("swiss", swiss(), 1),
        ("swiss-blank", swiss(False), 1),
        ("reminder", sample("reminder", "de", "firm"), 2),
        ("statement", sample("statement", "fr"), 2),
        ("receipt", sample("receipt", "ru"), 1),
        ("agreement", sample("agreement", "es"), 2),
    ]
    return out
