/*
 * generic_fields.c - the fields of an event out of the facts that speak of one
 * movement of money. What is there twice and differs is refused.
 */
#include "generic_facts.h"

#include <string.h>

#define OWN_FIGURES 3		/* an account that a label names */
#define NAME_FIGURES 6		/* one that stands where a name is expected */
#define REFERENCE_MAX 35	/* "INV 118", whole */
#define PAYER_MAX 140		/* bytes */

struct fields {
	const struct gtext *text;
	const GArray *facts;
	struct event *event;
	bool twice[EVENT_FIELDS];
	bool weak;		/* a value only where there is none */
};

static void
refuse(struct fields *f, enum event_field field, const char *why)
{
	event_refuse(f->event, event_field_name(field), why);
}

/* Names that differ in case, or where one goes on where the other ends. */
static bool
is_same(enum event_field field, const char *a, const char *b)
{
	g_autofree char *x = g_utf8_casefold(a, -1);
	g_autofree char *y = g_utf8_casefold(b, -1);

	if (field != EVENT_PAYER && field != EVENT_REMITTANCE)
		return strcmp(x, y) == 0;
	return g_str_has_prefix(x, y) || g_str_has_prefix(y, x);
}

static void
set_value(struct fields *f, enum event_field field, const char *value)
{
	const char *old = event_get(f->event, field);

	if (!value || !*value || f->twice[field] || (f->weak && old))
		return;
	if (!old) {
		event_set(f->event, field, value);
	} else if (!is_same(field, old, value)) {
		f->twice[field] = true;
		event_set(f->event, field, NULL);
		refuse(f, field, "twice, and not the same");
	} else if (strlen(value) > strlen(old)) {
		event_set(f->event, field, value);
	}
}

/* ---- the amount -------------------------------------------------------------- */

static const char *
currency_of(const struct fields *f, const struct gfact *fact,
    const struct gamount *amount)
{
	if (amount->code[0])
		return amount->code;
	if (fact->unit[0])
		return fact->unit;
	for (guint i = 0; i < f->facts->len; i++) {
		const struct gfact *unit = FACT(f->facts, i);
		static char code[4];

		if (unit->key != LABEL_UNIT)
			continue;
		glabel_unit(f->text, unit->first, unit->end, code);
		if (!code[0]) {
			g_autofree char *value = gtext_slice(f->text,
			    unit->first, unit->end);

			if (money_digits(value) >= 0)
				g_strlcpy(code, value, sizeof(code));
		}
		if (code[0])
			return code;
	}
	return gamounts_currency(f->text);
}

/* One mark, not a day's two. */
static bool
has_decimals(const struct gamount *amount)
{
	const char *mark = strpbrk(amount->digits, ".,");

	return mark && !strpbrk(mark + 1, ".,'");
}

/* 1: read, 0: it says nothing, -1: doubt. */
static int
take_amount(struct fields *f, const struct gfact *fact, struct gamount *sum)
{
	struct gamount *amount = gvalue_amount(f->text, fact->first,
	    fact->end);
	const struct gamount *second;
	struct gamount own;

	if (!amount || amount->never)
		return 0;
	own = *amount;
	if (!own.read && !gamount_read_as(f->text, &own, currency_of(f, fact,
	    amount)) && !gamount_read_any(f->text, &own))
		return -1;
	if (own.minor <= 0)
		return -1;
	second = gamounts_in(f->text, amount->end, fact->end);
	if (second && !second->never && (second->code[0] ||
	    has_decimals(second)))
		return -1;
	if (sum->read && (sum->minor != own.minor ||
	    strcmp(sum->code, own.code) != 0))
		return -1;
	*sum = own;
	if (page_text_is_tainted(f->text->page,
	    TOKEN(f->text, amount->first)->start,
	    TOKEN(f->text, amount->end - 1)->end))
		refuse(f, EVENT_AMOUNT, "invisible characters beside it");
	return 1;
}

static bool
set_amount(struct fields *f)
{
	struct gamount sum = {0};
	g_autofree char *plain = NULL;

	for (int weak = 0; weak < 2 && !sum.read; weak++)
		for (guint i = 0; i < f->facts->len; i++) {
			const struct gfact *fact = FACT(f->facts, i);

			if (glabel_is_amount(fact->key) &&
			    fact->weak == (weak == 1) &&
			    take_amount(f, fact, &sum) < 0)
				return false;
		}
	if (!sum.read)
		return false;
	plain = money_format(sum.minor, sum.code);
	event_set(f->event, EVENT_AMOUNT, plain);
	if (!sum.unsure)
		event_set(f->event, EVENT_CURRENCY, sum.code);
	else
		refuse(f, EVENT_CURRENCY, "nothing says which");
	return true;
}

/* ---- the others -------------------------------------------------------------- */

/* "Ria", but not "no" and "A/C". */
static bool
is_name(const struct gtext *text, uint32_t token)
{
	const char *start = text->text + TOKEN(text, token)->start;

	return g_unichar_isupper(g_utf8_get_char(start)) &&
	    !gtext_is_capital(text, token);
}

/* Words that only name what follows: "a/c", "IBAN". */
static bool
is_only_labels(const struct gtext *text, uint32_t first, uint32_t end)
{
	for (; first < end && TOKEN(text, first)->kind != LEX_NUMBER;
	    first++) {
		const struct ghit *hit = ghits_at(text, first, LABEL_AMOUNT,
		    PHRASE_ON);

		if (TOKEN(text, first)->kind != LEX_WORD)
			continue;
		if (hit)
			first = hit->end - 1;
		else if (TOKEN(text, first)->end -
		    TOKEN(text, first)->start > 3 || is_name(text, first))
			return false;
	}
	return true;
}

static bool
has_letters(const char *value)
{
	unsigned letters = 0;

	for (; *value; value = g_utf8_next_char(value))
		letters += g_unichar_isalpha(g_utf8_get_char(value)) != 0;
	return letters >= 2;
}

/* At the end of a sentence the point behind "Ltd." is the sentence's. */
static void
drop_stop(const struct gtext *text, const struct gfact *fact, char *name)
{
	size_t length = strlen(name);

	if (fact->label == fact->first && fact->end < text->tokens->len &&
	    TOKEN(text, fact->end)->sentence ==
	    TOKEN(text, fact->first)->sentence)
		return;
	if (fact->label == fact->first && length > 4 &&
	    name[length - 1] == '.' && !strchr(". ", name[length - 3]) &&
	    !strchr(". ", name[length - 2]))
		name[length - 1] = '\0';
}

/* A name, an account, or both: "ACME SL (ES91 ...)". */
static void
set_party(struct fields *f, const struct gfact *fact, bool is_name,
    enum event_field name, enum event_field account)
{
	g_autofree char *before = NULL, *behind = NULL;
	g_autofree char *number = gvalue_account(f->text, fact->first,
	    fact->end, is_name ? NAME_FIGURES : OWN_FIGURES, &before, &behind);
	g_autofree char *all = NULL;
	const char *value = NULL;

	if (number) {
		set_value(f, account, number);
		if (before && has_letters(before) &&
		    !is_only_labels(f->text, fact->first, fact->end))
			value = before;
		else if (behind && has_letters(behind))
			value = behind;
	} else if (is_name) {
		value = all = gvalue_text(f->text, fact->first, fact->end);
		if (all)
			drop_stop(f->text, fact, all);
	}
	if (name != EVENT_FIELDS && value && has_letters(value) &&
	    strlen(value) <= PAYER_MAX)
		set_value(f, name, value);
}

static void
set_day(struct fields *f, const struct gfact *fact, enum event_field field)
{
	char day[DAY_SIZE];
	uint32_t behind;

	if (gvalue_day(f->text, fact->first, fact->end, day, &behind))
		set_value(f, field, day);
}

/* Leading noughts are padding; nothing but noughts is no symbol. */
static void
set_symbol(struct fields *f, const struct gfact *fact, enum event_field field)
{
	g_autofree char *code = gvalue_code(f->text, fact->first, fact->end);
	const char *value = code;

	if (!code || strspn(code, "0123456789") != strlen(code))
		return;
	if (field != EVENT_CONSTANT_SYMBOL)
		value += strspn(value, "0");
	if (*value && strlen(value) <= 10)
		set_value(f, field, value);
}

/* One code is a reference, also one in groups (RF18 5390 ...); a phrase is
 * what the payer wrote. */
static void
set_reference(struct fields *f, const struct gfact *fact)
{
	g_autofree char *value = gvalue_text(f->text, fact->first, fact->end);
	g_autofree char *code = gvalue_code(f->text, fact->first, fact->end);
	unsigned words = 0, figures = 0, money = 0;

	if (!value)
		return;
	for (uint32_t i = fact->first; i < fact->end; i++) {
		words += TOKEN(f->text, i)->kind == LEX_WORD &&
		    TOKEN(f->text, i)->end - TOKEN(f->text, i)->start > 3;
		figures += TOKEN(f->text, i)->kind == LEX_NUMBER;
		money += TOKEN(f->text, i)->kind == LEX_MONEY;
	}
	if (!strchr(value, ' ')) {
		set_value(f, EVENT_REFERENCE, value);
	} else if (words == 0 && figures > 1 && code) {
		g_auto(GStrv) parts = g_strsplit(value, " ", -1);
		g_autofree char *joined = g_strjoinv("", parts);

		set_value(f, EVENT_REFERENCE, joined);
	} else {
		set_value(f, EVENT_REMITTANCE, value);
		if (figures > 0 && !money && strlen(value) <= REFERENCE_MAX)
			event_add_reference(f->event, value);
	}
}

static void
set_code(struct fields *f, const struct gfact *fact, enum event_field field)
{
	g_autofree char *code = gvalue_code(f->text, fact->first, fact->end);

	set_value(f, field, code);
}

static void
set_text(struct fields *f, const struct gfact *fact, enum event_field field)
{
	g_autofree char *value = gvalue_text(f->text, fact->first, fact->end);

	set_value(f, field, value);
}

/* Who is who depends on where the money went. */
static void
set_parties(struct fields *f, const struct gfact *fact)
{
	bool in = event_kind(f->event) != EVENT_DEBIT;
	enum event_field payer = in ? EVENT_PAYER : EVENT_FIELDS;

	switch (fact->key) {
	case LABEL_ACCOUNT:
		set_party(f, fact, false, EVENT_FIELDS, EVENT_ACCOUNT);
		break;
	case LABEL_PAYER: case LABEL_COUNTERPARTY:
		if (in || fact->key == LABEL_COUNTERPARTY)
			set_party(f, fact, true, payer, EVENT_PAYER_ACCOUNT);
		break;
	case LABEL_PAYER_ACCOUNT:
		set_party(f, fact, false, payer, in ? EVENT_PAYER_ACCOUNT :
		    EVENT_ACCOUNT);
		break;
	case LABEL_COUNTER_ACCOUNT:
		set_party(f, fact, false, payer, EVENT_PAYER_ACCOUNT);
		break;
	case LABEL_PAYEE_ACCOUNT:
		set_party(f, fact, false, EVENT_FIELDS, in ? EVENT_ACCOUNT :
		    EVENT_PAYER_ACCOUNT);
		break;
	case LABEL_PAYEE:
		set_party(f, fact, true, EVENT_FIELDS, in ? EVENT_ACCOUNT :
		    EVENT_PAYER_ACCOUNT);
		break;
	default:
		break;
	}
}

static const struct {
	uint8_t key;
	enum event_field field;
	void (*set)(struct fields *f, const struct gfact *fact,
	    enum event_field field);
} setters[] = {
	{LABEL_BOOKED, EVENT_BOOKED, set_day},
	{LABEL_VALUE, EVENT_VALUE, set_day},
	{LABEL_REMITTANCE, EVENT_REMITTANCE, set_text},
	{LABEL_BANK_REFERENCE, EVENT_BANK_REFERENCE, set_code},
	{LABEL_END_TO_END, EVENT_END_TO_END_ID, set_code},
	{LABEL_VARIABLE_SYMBOL, EVENT_VARIABLE_SYMBOL, set_symbol},
	{LABEL_CONSTANT_SYMBOL, EVENT_CONSTANT_SYMBOL, set_symbol},
	{LABEL_SPECIFIC_SYMBOL, EVENT_SPECIFIC_SYMBOL, set_symbol},
};

static void
set_fact(struct fields *f, const struct gfact *fact)
{
	if (glabel_is_amount(fact->key) || fact->first >= fact->end)
		return;
	if (!ghits_is_never((enum labels_key)fact->key) &&
	    page_text_is_tainted(f->text->page,
	    TOKEN(f->text, fact->first)->start,
	    TOKEN(f->text, fact->end - 1)->end))
		event_refuse(f->event, "text", "invisible characters in it");
	set_parties(f, fact);
	if (fact->key == LABEL_REFERENCE)
		set_reference(f, fact);
	for (size_t i = 0; i < G_N_ELEMENTS(setters); i++)
		if (setters[i].key == fact->key)
			setters[i].set(f, fact, setters[i].field);
}

/* Tokens of the payer's text that may name an invoice. */
static void
add_mentions(struct event *event, const char *text)
{
	g_auto(GStrv) words = g_strsplit_set(text ? text : "", " ,;:()", -1);

	for (char **w = words; *w; w++) {
		size_t length = strlen(*w), figures = 0;

		for (const char *p = *w; *p; p++)
			figures += g_ascii_isdigit(*p) != 0;
		while (length > 0 && (*w)[length - 1] == '.')
			(*w)[--length] = '\0';
		if (figures >= 3 && length <= 35)
			event_add_reference(event, *w);
	}
}

static void
add_references(struct event *event)
{
	static const enum event_field fields[] = {EVENT_REFERENCE,
	    EVENT_VARIABLE_SYMBOL, EVENT_SPECIFIC_SYMBOL,
	    EVENT_END_TO_END_ID};

	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
		if (event_get(event, fields[i]))
			event_add_reference(event,
			    event_get(event, fields[i]));
	add_mentions(event, event_get(event, EVENT_REMITTANCE));
}

bool
gfields_set(const struct gtext *text, const GArray *facts, struct event *event)
{
	struct fields f = {.text = text, .facts = facts, .event = event};

	if (!set_amount(&f))
		return false;
	if (page_text_is_tainted(text->page, 0, 0))
		event_refuse(event, "subject", "invisible characters in it");
	for (int weak = 0; weak < 2; weak++) {
		f.weak = weak == 1;
		for (guint i = 0; i < facts->len; i++)
			if (FACT(facts, i)->weak == f.weak && (!weak ||
			    FACT(facts, i)->key != LABEL_REFERENCE))
				set_fact(&f, FACT(facts, i));
	}
	add_references(event);
	return true;
}
