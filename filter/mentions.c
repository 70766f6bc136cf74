/*
 * mentions.c - what a payment's text may name. Whole runs of characters and
 * neighbouring runs put together are looked up as they are: "14" is never
 * found inside "1814". Numbers that are introduced as something else (a
 * phone, an order, a customer number) count little. Pure.
 */
#include "match.h"

#include <stdlib.h>
#include <string.h>

#define WINDOW_RUNS 12		/* runs of characters put together at most */
#define WINDOW_SHORT 5		/* beyond that only structured references */
#define KEY_MAX 35
#define KEY_MIN 3
#define REFERENCE_MIN 8		/* characters of a reference in free text */
#define GAP_MAX 3
#define MENTIONS_MAX 400

/* Folded words after which a number is not an invoice's. */
static const char *const other_things[] = {
    "TEL", "TELEFOON", "TELEFON", "PHONE", "MOB", "MOBIL", "MOBILE", "FAX",
    "GSM", "WHATSAPP", "ORDER", "BESTELLING", "BESTELLNR", "AUFTRAG",
    "COMMANDE", "PEDIDO", "ORDINE", "PO", "POLICY", "POLIS", "POLICE", "CLAIM",
    "CONTRACT", "CONTRAT", "CONTRATO", "CONTRATTO", "VERTRAG", "PROJECT",
    "PROJEKT", "PROYECTO", "KD", "KDNR", "KUNDE", "KUNDEN", "KUNDENNR",
    "KUNDENNUMMER", "KLANT", "KLANTNR", "KLANTNUMMER", "CLIENT", "CLIENTE",
    "CUST", "CUSTOMER", "DEB", "DEBITOR", "DEBNR", "IBAN", "BIC", "ST", "UST",
    "VAT", "BTW", "TVA", "NIF", "CIF", "MANDAT", "MANDATE", "TICKET", "ROOM",
    "APT", "FLAT",
};
/* The same in other letters; they are folded at first use. */
static const char *const other_things_folded[] = {
    "договор", "договору", "договора", "дог", "тел", "телефон", "заказ",
    "заказу", "поръчка", "ИНН", "КПП", "σύμβαση", "τηλ",
};
/* Words that say nothing about the number behind them. */
static const char *const number_words[] = {
    "NR", "NO", "NUM", "NUMBER", "NUMMER", "NUMERO", "N", "C", "CISLO", "ID",
};

static bool
is_other_thing(const char *word)
{
	static char *folded[G_N_ELEMENTS(other_things_folded)];

	if (token_in_list(other_things, G_N_ELEMENTS(other_things), word))
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(folded); i++) {
		if (!folded[i])
			folded[i] = token_fold(other_things_folded[i]);
		if (strcmp(folded[i], word) == 0)
			return true;
	}
	return false;
}

/* What a text says about its runs: the mark of each is true when the run is
 * introduced as something else or is part of a date or an account. */
struct reading {
	GPtrArray *tokens;
	bool *other;
};

static const struct token *
at(const struct reading *reading, guint i)
{
	return reading->tokens->pdata[i];
}

static void
mark_words(struct reading *reading)
{
	bool other = false;

	for (guint i = 0; i < reading->tokens->len; i++) {
		const struct token *t = at(reading, i);

		if (!t->digits && !token_in_list(number_words,
			G_N_ELEMENTS(number_words), t->text) &&
		    g_utf8_strlen(t->text, -1) > 1)
			other = is_other_thing(t->text);
		/* "+31 6 …", but not the "+++" of a Belgian reference */
		if (t->digits && t->before == '+' && t->gap < 3 &&
		    strlen(t->text) < 4)
			other = true;
		reading->other[i] = other;
	}
}

static bool
is_date(const struct token *a, const struct token *b, const struct token *c)
{
	size_t x = strlen(a->text), y = strlen(b->text), z = strlen(c->text);

	if (!a->digits || !b->digits || !c->digits || b->gap != 1 ||
	    c->gap != 1 || b->before != c->before ||
	    strchr("./-", b->before) == NULL || y > 2 ||
	    atoi(b->text) < 1 || atoi(b->text) > 12)
		return false;
	if (x == 4 && z <= 2)
		return atoi(c->text) >= 1 && atoi(c->text) <= 31;
	return x <= 2 && (z == 2 || (z == 4 && atoi(c->text) > 1990 &&
		atoi(c->text) < 2100)) && atoi(a->text) >= 1 &&
	    atoi(a->text) <= 31;
}

/* "DE" "89" "3704"…: an account number, put together from i on. */
static guint
account_runs(const struct reading *reading, guint i)
{
	g_autoptr(GString) s = g_string_new(NULL);

	for (guint j = i; j < reading->tokens->len && s->len <= 34; j++) {
		if (j > i && at(reading, j)->gap > 1)
			break;
		g_string_append(s, at(reading, j)->text);
		if (s->len >= 15 && reference_is_iban(s->str))
			return j - i + 1;
	}
	return 0;
}

static void
mark_shapes(struct reading *reading)
{
	guint n = reading->tokens->len;

	for (guint i = 0; i < n; i++) {
		guint runs = strlen(at(reading, i)->text) == 2 &&
			!at(reading, i)->digits ? account_runs(reading, i) : 0;

		if (runs == 0 && i + 2 < n && is_date(at(reading, i),
			at(reading, i + 1), at(reading, i + 2)))
			runs = 3;
		for (guint j = i; j < i + runs; j++)
			reading->other[j] = true;
	}
}

struct collector {
	GPtrArray *out;
	GHashTable *seen;	/* key → struct mention, borrowed */
	guint base;		/* runs of the texts before this one */
};

static void
mention_free(void *data)
{
	struct mention *mention = data;

	g_free(mention->key);
	g_free(mention);
}

/* The strongest of several mentions of one key stays. */
static void
collect(struct collector *collector, const char *prefix, const char *key,
    const struct mention *like)
{
	g_autofree char *full = g_strconcat(prefix, key, NULL);
	struct mention *m = g_hash_table_lookup(collector->seen, full);

	if (m) {
		m->structured |= like->structured;
		m->weak &= like->weak;
		m->spread &= like->spread;
		m->inside &= like->inside;
		m->misread &= like->misread;
		m->places |= like->places;
		return;
	}
	if (collector->out->len >= MENTIONS_MAX)
		return;
	m = g_new(struct mention, 1);
	*m = *like;
	m->key = g_steal_pointer(&full);
	g_ptr_array_add(collector->out, m);
	g_hash_table_insert(collector->seen, m->key, m);
}

/* Letters that are read, or typed, for digits. They count as digits where
 * they stand beside one. */
static char
misread(char c)
{
	static const char letters[] = "OILSBZ", digits[] = "011582";
	const char *at_letter = c ? strchr(letters, c) : NULL;

	return at_letter ? digits[at_letter - letters] : 0;
}

static char *
correct_misread(const char *key)
{
	char *out = g_strdup(key);
	size_t n = strlen(out);

	for (size_t i = 1; i < n; i++)
		if (misread(out[i]) && g_ascii_isdigit(out[i - 1]))
			out[i] = misread(out[i]);
	for (size_t i = n; i-- > 1;)
		if (misread(out[i - 1]) && g_ascii_isdigit(out[i]))
			out[i - 1] = misread(out[i - 1]);
	return out;
}

/* One window of runs: a key of a number, of a creditor reference, of a
 * purchase order. */
static void
collect_window(struct collector *collector, const char *key, guint runs,
    const struct mention *like)
{
	size_t n = strlen(key);

	if (n < KEY_MIN || n > KEY_MAX)
		return;
	if (runs <= WINDOW_SHORT)
		collect(collector, "", key, like);
	if (!like->structured && n >= 5) {
		g_autofree char *corrected = correct_misread(key);
		struct mention doubtful = *like;

		doubtful.misread = true;
		if (strcmp(corrected, key) != 0)
			collect(collector, "", corrected, &doubtful);
	}
	if (like->structured || n >= REFERENCE_MIN) {
		struct mention whole = *like;

		whole.structured |= reference_is_rf(key);
		collect(collector, "#", token_skip_zeros(key), &whole);
		if (reference_is_rf(key))
			collect(collector, "#", token_skip_zeros(key + 4), &whole);
	}
	if (like->weak && n >= 5)
		collect(collector, "@", key, like);
}

/* "2026" in "2026-00012": joined to other digits it is the year. */
static bool
is_year(const struct reading *reading, guint i)
{
	const struct token *t = at(reading, i);
	const struct token *next = i + 1 < reading->tokens->len
	    ? at(reading, i + 1) : NULL;

	if (strlen(t->text) != 4 || !g_str_has_prefix(t->text, "20"))
		return false;
	return (i > 0 && at(reading, i - 1)->digits && t->gap == 1 &&
		   !t->blank) ||
	    (next && next->digits && next->gap == 1 && !next->blank);
}

static bool
may_start(const struct token *token)
{
	return token->digits || g_utf8_strlen(token->text, -1) <= 5;
}

static bool
may_end(const struct token *token)
{
	return token->digits || g_utf8_strlen(token->text, -1) <= 2;
}

static void
collect_from(struct collector *collector, const struct reading *reading,
    guint i, bool structured)
{
	g_autoptr(GString) key = g_string_new(NULL);
	guint n = reading->tokens->len;
	struct mention like = {.structured = structured};
	bool has_digits = false, weak = true;

	like.inside = i > 0 && at(reading, i)->gap == 0;
	for (guint j = i; j < n && j - i < WINDOW_RUNS; j++) {
		const struct token *t = at(reading, j);

		if (j > i && t->gap > GAP_MAX)
			break;
		g_string_append(key, t->text);
		if (key->len > KEY_MAX)
			break;
		if (t->digits && collector->base + j < 64)
			like.places |= UINT64_C(1) << (collector->base + j);
		like.spread |= j > i && t->blank;
		has_digits |= t->digits;
		if (t->digits)
			weak &= reading->other[j];
		if (!has_digits || !may_end(t))
			continue;
		{
			struct mention one = like;

			one.weak = (weak && !structured) ||
			    (i == j && is_year(reading, i));
			one.inside |= j + 1 < n && at(reading, j + 1)->gap == 0;
			collect_window(collector, key->str, j - i + 1, &one);
		}
	}
}

static void
collect_text(struct collector *collector, const char *text, bool structured)
{
	struct reading reading = {.tokens = token_split(text)};

	reading.other = g_new0(bool, reading.tokens->len + 1);
	if (!structured) {
		mark_words(&reading);
		mark_shapes(&reading);
	}
	for (guint i = 0; i < reading.tokens->len; i++)
		if (may_start(at(&reading, i)))
			collect_from(collector, &reading, i, structured);
	collector->base += reading.tokens->len;
	g_free(reading.other);
	g_ptr_array_unref(reading.tokens);
}

/* The symbols of Czech and Slovak payments, "/VS0123/SS/KS0308", are the only
 * part of an end-to-end id that names something; the rest is the payer's. */
static void
collect_symbols(struct collector *collector, const char *text)
{
	const char *p = text ? strstr(text, "/VS") : NULL;
	g_autofree char *symbol = NULL;

	if (!p)
		return;
	p += 3;
	symbol = g_strndup(p, strspn(p, "0123456789"));
	if (*symbol)
		collect_text(collector, symbol, true);
}

/* Structured before free, plain before doubtful, long before short. */
static int
by_strength(const void *a, const void *b)
{
	const struct mention *x = *(struct mention *const *)a;
	const struct mention *y = *(struct mention *const *)b;

	if (x->structured != y->structured)
		return x->structured ? -1 : 1;
	if (x->weak != y->weak)
		return x->weak ? 1 : -1;
	if (strlen(x->key) != strlen(y->key))
		return strlen(x->key) > strlen(y->key) ? -1 : 1;
	return strcmp(x->key, y->key);
}

GPtrArray *
reference_mentions(const struct payment *payment,
    const char *const *references)
{
	struct collector collector = {
	    g_ptr_array_new_with_free_func(mention_free),
	    g_hash_table_new(g_str_hash, g_str_equal), 0};
	struct remittance remittance;

	if (payment->reference)
		collect_text(&collector, payment->reference, true);
	for (; references && *references; references++)
		collect_text(&collector, *references, true);
	collect_symbols(&collector, payment->end_to_end_id);
	collect_symbols(&collector, payment->remittance);
	remittance_read(payment->remittance, &remittance);
	collect_text(&collector, remittance.text, false);
	remittance_release(&remittance);
	g_ptr_array_sort(collector.out, by_strength);
	g_hash_table_unref(collector.seen);
	return collector.out;
}

/* ---- what a mention is worth ------------------------------------------------ */

static double
length_strength(const char *key, bool whole)
{
	size_t n = strlen(key);

	if (whole)
		return n >= 6 ? 1 : n >= 4 ? 0.8 : n >= 3 ? 0.6 : 0.4;
	return n >= 6 ? 0.8 : n >= 5 ? 0.6 : n >= 4 ? 0.5 : 0.35;
}

double
reference_strength(const struct mention *mention,
    const struct invoice *invoice)
{
	g_autofree char *number = NULL;
	double strength;

	if (mention->key[0] == '@')
		return 0.5;
	if (mention->key[0] == '#') {
		strength = mention->structured || strlen(mention->key) > 10
		    ? 1 : 0.8;
		return mention->weak ? strength * 0.5 : strength;
	}
	number = token_squeeze(invoice->number);
	strength = length_strength(mention->key,
	    strcmp(number, mention->key) == 0);
	if (mention->spread)
		strength -= 0.1;
	if (mention->inside && strength > 0.7)
		strength = 0.7;
	if (mention->misread && strength > 0.6)
		strength = 0.6;
	return mention->weak ? strength * 0.35 : strength;
}
