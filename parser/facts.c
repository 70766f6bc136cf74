/*
 * facts.c - what a template found becomes an event: amounts, days, accounts
 * and symbols in their one canonical spelling. A value that cannot be read,
 * or that is there twice and differs, is left out and refused.
 */
#include "bankfile.h"

#include <string.h>

struct facts {
	const struct bank *bank;
	const struct answer *answer;
	const struct page *page;
	const struct bank_mail *mail;
	struct event *event;
	bool twice[EVENT_FIELDS];
	int64_t sum[BANK_FIELDS - EVENT_FIELDS];	/* see bank_field */
	bool has_sum[BANK_FIELDS - EVENT_FIELDS];
};

int64_t
event_minor(const struct event *event, enum event_field field)
{
	const char *text = event_get(event, field);
	const char *currency = event_get(event, EVENT_CURRENCY);
	int64_t minor;

	return text && currency && money_parse(text, currency, &minor) ?
	    minor : -1;
}

static void
refuse(struct facts *f, int field, const char *why)
{
	event_refuse(f->event, shape_name(field), why);
}

/* Sets a field unless it is there with another value. */
static void
set_value(struct facts *f, enum event_field field, const char *value)
{
	const char *old = event_get(f->event, field);

	if (f->twice[field])
		return;
	if (old && strcmp(old, value) != 0) {
		f->twice[field] = true;
		event_set(f->event, field, NULL);
		refuse(f, (int)field, "twice, and not the same");
		return;
	}
	event_set(f->event, field, value);
}

static void
set_currency(struct facts *f, const char *text)
{
	if (g_strv_contains((const char *const *)f->bank->spellings, text))
		set_value(f, EVENT_CURRENCY, f->bank->currency);
	else if (money_digits(text) >= 0)
		set_value(f, EVENT_CURRENCY, text);
	else {
		g_autofree char *upper = g_ascii_strup(text, -1);

		for (char **s = f->bank->spellings; *s; s++)
			if (g_ascii_strcasecmp(*s, text) == 0) {
				set_value(f, EVENT_CURRENCY,
				    f->bank->currency);
				return;
			}
		if (money_digits(upper) >= 0)
			set_value(f, EVENT_CURRENCY, upper);
		else
			refuse(f, EVENT_CURRENCY, "no currency of ISO 4217");
	}
}

/* A sign that contradicts the template's kind means that we misread. */
static const char *
skip_sign(struct facts *f, int field, const char *text)
{
	bool minus = *text == '-' || g_str_has_prefix(text, "\xe2\x88\x92");
	enum event_kind kind = event_kind(f->event);

	if (field == EVENT_AMOUNT && ((minus && kind == EVENT_CREDIT) ||
	    (*text == '+' && (kind == EVENT_DEBIT || kind == EVENT_RETURN))))
		refuse(f, field, "its sign contradicts the template");
	if (minus || *text == '+')
		text = g_utf8_next_char(text);
	while (*text == ' ')
		text++;
	return text;
}

/* A sum that is only compared with others. */
static void
note_sum(struct facts *f, int field, int64_t minor)
{
	int64_t *sum = &f->sum[field - EVENT_FIELDS];

	if (f->has_sum[field - EVENT_FIELDS] && *sum != minor)
		refuse(f, field, "twice, and not the same");
	f->has_sum[field - EVENT_FIELDS] = true;
	*sum = minor;
}

static void
set_amount(struct facts *f, int field, const char *text)
{
	const struct number_habit habit = {f->bank->decimal,
	    f->bank->grouping ? f->bank->grouping : ""};
	const char *currency = event_get(f->event, EVENT_CURRENCY);
	const char *figures = skip_sign(f, field, text);
	/* ".05": some banks write no nought in front. */
	g_autofree char *whole = g_strconcat(
	    g_str_has_prefix(figures, habit.decimal) ? "0" : "", figures, NULL);
	g_autofree char *plain = NULL;
	int64_t minor;

	if (!currency || !money_read(whole, &habit, currency, &minor)) {
		refuse(f, field, "not understood");
		return;
	}
	if (field >= EVENT_FIELDS) {
		note_sum(f, field, minor);
		return;
	}
	if (minor <= 0 && field == EVENT_AMOUNT)
		refuse(f, field, "nothing");
	plain = money_format(minor, currency);
	if (minor > 0 || field == EVENT_AMOUNT)
		set_value(f, (enum event_field)field, plain);
}

static void
set_day(struct facts *f, enum event_field field, const char *text)
{
	char day[DAY_SIZE];

	if (habits_read_day(text, &f->bank->days, f->mail->date, day))
		set_value(f, field, day);
	else
		refuse(f, (int)field, "no day that is understood");
}

/* Without blanks and dots; the bank's code behind an own Czech number. */
static void
set_account(struct facts *f, enum event_field field, const char *text)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (; *text; text++)
		if (!strchr(" \t.", *text))
			g_string_append_c(out, *text);
	if (field == EVENT_ACCOUNT && f->bank->bank_code &&
	    !strchr(out->str, '/'))
		g_string_append_printf(out, "/%s", f->bank->bank_code);
	if (out->len > 0)
		set_value(f, field, out->str);
}

/* The bank of the other side stands apart from its number. */
static void
join_payer_bank(struct facts *f)
{
	const char *number = event_get(f->event, EVENT_PAYER_ACCOUNT);
	const GArray *captures = f->answer->captures;

	for (guint i = 0; number && i < captures->len; i++) {
		const struct capture *c =
		    &g_array_index(captures, struct capture, i);
		g_autofree char *code = NULL, *whole = NULL;

		if (c->field != FIELD_PAYER_BANK || strchr(number, '/'))
			continue;
		code = page_slice(f->page, c->start, c->end);
		whole = g_strdup_printf("%s/%s", number, code);
		event_set(f->event, EVENT_PAYER_ACCOUNT, whole);
		return;
	}
}

/* Leading noughts are padding. */
static void
set_symbol(struct facts *f, enum event_field field, const char *text)
{
	if (field != EVENT_CONSTANT_SYMBOL) {
		text += strspn(text, "0");
		if (!*text)
			return;
	}
	if (strlen(text) > 10)
		refuse(f, (int)field, "longer than ten figures");
	else
		set_value(f, field, text);
}

static void
set_field(struct facts *f, int field, const char *text)
{
	switch (field) {
	case EVENT_AMOUNT:
	case EVENT_FEE:
	case EVENT_CHARGES:
	case FIELD_GROSS:
	case FIELD_REFUNDS:
	case FIELD_NET:
		set_amount(f, field, text);
		break;
	case FIELD_PAYER_BANK:
		break;
	case EVENT_CURRENCY:
		set_currency(f, text);
		break;
	case EVENT_BOOKED:
	case EVENT_VALUE:
		set_day(f, (enum event_field)field, text);
		break;
	case EVENT_ACCOUNT:
	case EVENT_PAYER_ACCOUNT:
		set_account(f, (enum event_field)field, text);
		break;
	case EVENT_VARIABLE_SYMBOL:
	case EVENT_CONSTANT_SYMBOL:
	case EVENT_SPECIFIC_SYMBOL:
		set_symbol(f, (enum event_field)field, text);
		break;
	default:
		set_value(f, (enum event_field)field, text);
	}
}

static bool
has_capture(const struct facts *f, int field)
{
	const GArray *captures = f->answer->captures;

	for (guint i = 0; i < captures->len; i++)
		if (g_array_index(captures, struct capture, i).field == field)
			return true;
	return false;
}

/* Fields of one kind: currencies come before the amounts that need them. */
static void
set_captures(struct facts *f, bool currencies)
{
	const GArray *captures = f->answer->captures;

	for (guint i = 0; i < captures->len; i++) {
		const struct capture *c =
		    &g_array_index(captures, struct capture, i);
		g_autofree char *text = NULL;

		if ((c->field == EVENT_CURRENCY) != currencies)
			continue;
		if (page_is_tainted(f->page, c->start, c->end))
			refuse(f, c->field, "invisible characters beside it");
		text = page_slice(f->page, c->start, c->end);
		set_field(f, c->field, text);
	}
	if (currencies && !event_get(f->event, EVENT_CURRENCY) &&
	    !f->twice[EVENT_CURRENCY] && has_capture(f, EVENT_AMOUNT))
		event_set(f->event, EVENT_CURRENCY, f->bank->currency);
}

static int64_t
sum_of(const struct facts *f, int field)
{
	return f->has_sum[field - EVENT_FIELDS] ?
	    f->sum[field - EVENT_FIELDS] : 0;
}

/* What a payment or a payout says of itself has to add up; a fee that is not
 * named is the difference. */
static void
check_sums(struct facts *f)
{
	const char *currency = event_get(f->event, EVENT_CURRENCY);
	int64_t amount = event_minor(f->event, EVENT_AMOUNT);
	int64_t fee = event_minor(f->event, EVENT_FEE);
	bool gross = f->has_sum[FIELD_GROSS - EVENT_FIELDS];
	int64_t left;

	if (amount < 0 || !(gross || f->has_sum[FIELD_NET - EVENT_FIELDS]))
		return;
	left = gross ?
	    sum_of(f, FIELD_GROSS) - sum_of(f, FIELD_REFUNDS) - amount :
	    amount - sum_of(f, FIELD_NET);
	if (fee < 0 && left > 0) {
		g_autofree char *plain = money_format(left, currency);

		event_set(f->event, EVENT_FEE, plain);
	} else if (left != MAX(fee, 0))
		refuse(f, EVENT_AMOUNT, gross ?
		    "is not gross less refunds and fees" :
		    "less its fee is not what is left");
}

static void
set_references(struct event *event)
{
	static const enum event_field fields[] = {EVENT_REFERENCE,
	    EVENT_VARIABLE_SYMBOL, EVENT_SPECIFIC_SYMBOL,
	    EVENT_END_TO_END_ID};

	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
		if (event_get(event, fields[i]))
			event_add_reference(event,
			    event_get(event, fields[i]));
}

/* Money without an amount settles nothing; what is no money needs none. */
static void
check_amount(struct facts *f)
{
	enum event_field field = EVENT_AMOUNT;

	if (event_kind(f->event) == EVENT_OTHER ||
	    event_get(f->event, field) || f->twice[field])
		return;
	if (f->answer->template->no_amount)
		refuse(f, (int)field, "the mail does not say it");
	else if (!event_refused(f->event)[0])
		refuse(f, (int)field, "there is none");
}

/* A payout that its provider gives no name goes by its day and sum. */
static void
name_batch(struct event *event)
{
	g_autofree char *name = NULL;

	if (event_get(event, EVENT_BATCH) || !event_get(event, EVENT_BOOKED) ||
	    !event_get(event, EVENT_AMOUNT))
		return;
	name = g_strdup_printf("%s-%s", event_get(event, EVENT_BOOKED),
	    event_get(event, EVENT_AMOUNT));
	event_set(event, EVENT_BATCH, name);
}

struct event *
facts_event(const struct bank *bank, const struct answer *answer,
    const struct page *page, const struct bank_mail *mail)
{
	struct facts f = {.bank = bank, .answer = answer, .page = page,
	    .mail = mail, .event = event_new(answer->template->kind)};

	event_set(f.event, EVENT_BANK, bank->name);
	event_set(f.event, EVENT_TEMPLATE, answer->template->name);
	event_set(f.event, EVENT_READER, "template");
	for (guint i = 0; i < answer->refused->len; i += 2)
		event_refuse(f.event, answer->refused->pdata[i],
		    answer->refused->pdata[i + 1]);
	set_captures(&f, true);
	set_captures(&f, false);
	join_payer_bank(&f);
	check_sums(&f);
	if (!event_get(f.event, EVENT_BOOKED) && answer->template->mail_day &&
	    !f.twice[EVENT_BOOKED])
		event_set(f.event, EVENT_BOOKED, mail->date);
	check_amount(&f);
	if (answer->template->payout)
		name_batch(f.event);
	set_references(f.event);
	return f.event;
}
