/*
 * pay_swiss.c - the QR code and the payment part of Swiss bills (SIX, Swiss
 * Implementation Guidelines QR-bill 2.3): structured addresses, a QR reference
 * with a QR-IBAN, an ISO 11649 reference or none with an IBAN; Swico's billing
 * information (S1) where there is room. Pure.
 */
#include "pay.h"

#include "match.h"
#include "names.h"
#include "print.h"

#include <string.h>

#include "../parser/parser.h"

#define AMOUNT_MOST INT64_C(99999999999)
#define TEXT_MOST 140		/* message and billing information together */
#define PUNCTUATION " -'.,:;/()&+*\"!?#%@_=$<>[]{}~|"

static bool
is_swiss(const char *iban)
{
	return g_str_has_prefix(iban, "CH") || g_str_has_prefix(iban, "LI");
}

static const char *
lacks(const struct account *account)
{
	return is_swiss(account->iban) && reference_is_iban(account->iban)
	    ? NULL : "a Swiss IBAN as iban";
}

static bool
is_usual(const struct account *account, const char *country,
    const char *currency)
{
	return !lacks(account) && strstr("CH LI", country) &&
	    (strcmp(currency, "CHF") == 0 || strcmp(currency, "EUR") == 0);
}

/* ---- what goes where ------------------------------------------------------------ */

enum kind { QRR, SCOR, NON };

static const char *const kind_names[] = {"QRR", "SCOR", "NON"};

static enum kind
kind_of(const struct pay *pay, char **reference)
{
	g_autofree char *tight = pay_tight(pay->reference);

	*reference = NULL;
	if (pay->account->qr_iban && strlen(tight) == 27 &&
	    reference_is_qrr(tight)) {
		*reference = g_steal_pointer(&tight);
		return QRR;
	}
	if (!reference_is_rf(tight))
		return NON;
	*reference = g_ascii_strup(tight, -1);
	return SCOR;
}

static const char *
iban_of(const struct pay *pay, enum kind kind)
{
	return kind == QRR ? pay->account->qr_iban : pay->account->iban;
}

/* In the characters of the guidelines: Latin ones. */
static char *
latin(const char *text, size_t most)
{
	return translit_needed(text ? text : "")
	    ? pay_ascii(text, most, PUNCTUATION) : pay_line(text, most);
}

/* ---- Swico S1 ------------------------------------------------------------------------ */

/* "/" and "\" are the syntax's own. */
static void
put_tag(GString *out, const char *tag, const char *value)
{
	if (!value || !*value)
		return;
	g_string_append_printf(out, "/%s/", tag);
	for (; *value; value++) {
		if (strchr("/\\", *value))
			g_string_append_c(out, '\\');
		g_string_append_c(out, *value);
	}
}

/* "2026-11-20" is "261120". */
static void
put_day(GString *out, const char *tag, const char *day)
{
	g_auto(GStrv) parts = g_strsplit(day ? day : "", "-", -1);
	g_autofree char *short_day = g_strjoinv("", parts);

	if (strlen(short_day) == 8)
		put_tag(out, tag, short_day + 2);
}

/* "CHE-123.456.788 MWST" is "123456788". */
static void
put_uid(GString *out, const json_t *document)
{
	const char *id = json_string_value(json_object_get(json_object_get(
	    document, "seller"), "tax_id"));
	g_autoptr(GString) digits = g_string_new(NULL);

	for (const char *p = id ? id : ""; *p; p++)
		if (g_ascii_isdigit(*p))
			g_string_append_c(digits, *p);
	if (id && g_str_has_prefix(id, "CHE") && digits->len == 9)
		put_tag(out, "30", digits->str);
}

/* One rate alone, or each with its net sum. */
static void
put_taxes(GString *out, const json_t *document)
{
	const json_t *taxes = json_object_get(document, "taxes");
	size_t n = json_array_size(taxes);
	g_autoptr(GString) text = g_string_new(NULL);

	for (size_t i = 0; i < n; i++) {
		const json_t *one = json_array_get(taxes, i);
		const char *rate = json_string_value(
		    json_object_get(one, "rate"));
		const char *base = json_string_value(
		    json_object_get(one, "base"));

		if (!rate || !base)
			return;
		g_string_append_printf(text, "%s%s", i ? ";" : "", rate);
		if (n > 1)
			g_string_append_printf(text, ":%s", base);
	}
	put_tag(out, "32", text->str);
}

/* "2:10;0:30": 2 % less within 10 days, all of it within 30. */
static void
put_terms(GString *out, const struct pay *pay)
{
	const json_t *list = json_object_get(pay->document, "discounts");
	int32_t from = pay->date ? day_number(pay->date) : G_MININT32;
	int32_t until = pay->due ? day_number(pay->due) : G_MININT32;
	g_autoptr(GString) text = g_string_new(NULL);

	if (from == G_MININT32 || until < from)
		return;
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *one = json_array_get(list, i);
		const char *percent = json_string_value(
		    json_object_get(one, "percent"));
		const char *day = json_string_value(
		    json_object_get(one, "until"));

		if (percent && day && day_number(day) >= from)
			g_string_append_printf(text, "%s:%d;", percent,
			    day_number(day) - from);
	}
	g_string_append_printf(text, "0:%d", until - from);
	put_tag(out, "40", text->str);
}

/* "" when there is no room: half of it would be wrong. */
static char *
billing(const struct pay *pay, size_t room)
{
	GString *out = g_string_new("//S1");
	g_autofree char *number = latin(pay->number, 40);
	g_autofree char *po = latin(pay->po, 40);

	if (!pay->document) {
		g_string_truncate(out, 0);
		return g_string_free(out, FALSE);
	}
	put_tag(out, "10", number);
	put_day(out, "11", pay->date);
	put_tag(out, "20", po);
	put_uid(out, pay->document);
	put_taxes(out, pay->document);
	put_terms(out, pay);
	if ((size_t)g_utf8_strlen(out->str, -1) > room)
		g_string_truncate(out, 0);
	return g_string_free(out, FALSE);
}

/* ---- the code -------------------------------------------------------------------------- */

static void
put_party(GString *out, const struct pay_party *party)
{
	g_autofree char *name = latin(party->name, 70);
	g_autofree char *street = latin(party->street, 70);
	g_autofree char *building = latin(party->building, 16);
	g_autofree char *postcode = latin(party->postcode, 16);
	g_autofree char *city = latin(party->city, 35);

	if (pay_party_is_whole(party))
		g_string_append_printf(out, "S\n%s\n%s\n%s\n%s\n%s\n%.2s\n",
		    name, street, building, postcode, city, party->country);
	else
		g_string_append(out, "\n\n\n\n\n\n\n");
}

static char *
payload(const struct pay *pay)
{
	g_autofree char *amount = money_format(pay->amount, pay->currency);
	g_autofree char *reference = NULL, *message = NULL, *bill = NULL;
	enum kind kind = kind_of(pay, &reference);
	GString *out;

	if ((strcmp(pay->currency, "CHF") != 0 &&
		strcmp(pay->currency, "EUR") != 0) ||
	    !pay_party_is_whole(&pay->creditor) || pay->amount > AMOUNT_MOST)
		return NULL;
	message = latin(pay->number, TEXT_MOST);
	bill = billing(pay, TEXT_MOST - (size_t)g_utf8_strlen(message, -1));
	out = g_string_new("SPC\n0200\n1\n");
	g_string_append_printf(out, "%s\n", iban_of(pay, kind));
	put_party(out, &pay->creditor);
	g_string_append(out, "\n\n\n\n\n\n\n");	/* ultimate creditor: later */
	g_string_append_printf(out, "%s\n%s\n", amount, pay->currency);
	put_party(out, &pay->debtor);
	g_string_append_printf(out, "%s\n%s\n%s\nEPD", kind_names[kind],
	    reference ? reference : "", message);
	if (*bill)
		g_string_append_printf(out, "\n%s", bill);
	return g_string_free(out, FALSE);
}

/* ---- the payment part ------------------------------------------------------------------ */

/* The headings that the guidelines give, in their four languages. */
static const struct headings {
	const char *key, *text[4];
} headings[] = {
    {"payment_part", {"Payment part", "Zahlteil", "Section paiement",
	"Sezione pagamento"}},
    {"account", {"Account / Payable to", "Konto / Zahlbar an",
	"Compte / Payable à", "Conto / Pagabile a"}},
    {"reference", {"Reference", "Referenz", "Référence", "Riferimento"}},
    {"additional", {"Additional information", "Zusätzliche Informationen",
	"Informations supplémentaires", "Informazioni supplementari"}},
    {"payable_by", {"Payable by", "Zahlbar durch", "Payable par",
	"Pagabile da"}},
    {"payable_by_blank", {"Payable by (name/address)",
	"Zahlbar durch (Name/Adresse)", "Payable par (nom/adresse)",
	"Pagabile da (nome/indirizzo)"}},
    {"currency", {"Currency", "Währung", "Monnaie", "Valuta"}},
    {"amount", {"Amount", "Betrag", "Montant", "Importo"}},
    {"receipt", {"Receipt", "Empfangsschein", "Récépissé", "Ricevuta"}},
    {"acceptance", {"Acceptance point", "Annahmestelle", "Point de dépôt",
	"Punto di accettazione"}},
    {"separate", {"Separate before paying in",
	"Vor der Einzahlung abzutrennen", "A détacher avant le versement",
	"Da staccare prima del versamento"}},
};

static json_t *
labels(const char *language)
{
	static const char *const languages[] = {"en", "de", "fr", "it"};
	json_t *out = json_object();
	size_t column = 0;

	for (size_t i = 0; language && i < G_N_ELEMENTS(languages); i++)
		if (strncmp(language, languages[i], 2) == 0)
			column = i;
	for (size_t i = 0; i < G_N_ELEMENTS(headings); i++)
		json_put(out, headings[i].key, headings[i].text[column]);
	return out;
}

static json_t *
party_lines(const struct pay_party *party)
{
	json_t *lines = json_array();
	g_autofree char *street = g_strjoin(party->building ? " " : "",
	    party->street ? party->street : "",
	    party->building ? party->building : "", NULL);
	g_autofree char *city = g_strdup_printf("%s %s", party->postcode,
	    party->city);

	json_array_append_new(lines, json_string(party->name));
	if (*street)
		json_array_append_new(lines, json_string(street));
	json_array_append_new(lines, json_string(city));
	return lines;
}

/* "1 949.75" */
static char *
amount_shown(const struct pay *pay)
{
	g_autofree char *amount = money_format(pay->amount, pay->currency);
	size_t whole = strcspn(amount, ".");
	GString *out = g_string_new(NULL);

	for (size_t i = 0; amount[i]; i++) {
		if (i > 0 && i < whole && (whole - i) % 3 == 0)
			g_string_append_c(out, ' ');
		g_string_append_c(out, amount[i]);
	}
	return g_string_free(out, FALSE);
}

static char *
iban_shown(const char *iban)
{
	GString *out = g_string_new(NULL);

	for (size_t i = 0; iban[i]; i++) {
		if (i > 0 && i % 4 == 0)
			g_string_append_c(out, ' ');
		g_string_append_c(out, iban[i]);
	}
	return g_string_free(out, FALSE);
}

static void
fields(const struct pay *pay, json_t *way)
{
	g_autofree char *reference = NULL, *shown = NULL;
	enum kind kind = kind_of(pay, &reference);
	g_autofree char *iban = iban_shown(iban_of(pay, kind));
	g_autofree char *amount = amount_shown(pay);
	g_autofree char *message = latin(pay->number, TEXT_MOST);
	g_autofree char *bill = billing(pay,
	    TEXT_MOST - (size_t)g_utf8_strlen(message, -1));
	json_t *part = json_object();

	json_object_set_new(part, "labels", labels(pay->language));
	json_put(part, "account", iban);
	json_object_set_new(part, "creditor", party_lines(&pay->creditor));
	if (reference)
		shown = pay_reference_shown(reference);
	json_put(part, "reference", shown);
	json_put(part, "message", message);
	if (*bill)
		json_put(part, "billing", bill);
	json_put(part, "currency", pay->currency);
	json_put(part, "sum", amount);
	if (pay_party_is_whole(&pay->debtor))
		json_object_set_new(part, "debtor", party_lines(&pay->debtor));
	json_object_set_new(way, "part", part);
	json_object_set_new(way, "has_cross", json_true());
}

const struct pay_way pay_swiss = {
    .name = "swiss-qr", .lacks = lacks, .is_usual = is_usual,
    .payload = payload, .fields = fields, .ecc = "M", .size = 46};
