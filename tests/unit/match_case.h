/*
 * match_case.h - facts for tests of the matcher, written as one line:
 *   "pay=100.00 day=2026-11-20 payer | A1 open=100.00 ref=1 account | B2 …"
 * The first part is the payment, each other one a candidate: its number, then
 *   c=N        customer (default 1)         open=  paid  note (credit note)
 *   amount=    total, when other than open  announced=
 *   ref=X      how well the text names it   place=N  where in the text
 *   bare       … without a word for invoice
 *   others-account others-name formless behalf rarity=N  what else of the payer
 *   account shared name=X company namesakes=N rivals=N rejected
 *   due= date= po= disc=BP/DAY cur=CODE step=N country=CC (of all customers)
 */
#ifndef MATCH_CASE_H
#define MATCH_CASE_H

#include "../../filter/match.h"

#include <stdlib.h>
#include <string.h>

struct match_case {
	struct payment payment;
	struct config config;
	struct customer customers[4];
	struct facts facts;
};

static char case_country[3];	/* of the customers of the last line */

static int64_t
case_money(const char *text)
{
	int64_t minor = 0;

	g_assert_true(money_parse(text, "EUR", &minor));
	return minor;
}

/* "name=value": the value when the word has that name. */
static const char *
case_value(const char *word, const char *name)
{
	size_t n = strlen(name);

	return strncmp(word, name, n) == 0 && word[n] == '=' ? word + n + 1
							       : NULL;
}

static void
case_payment_word(struct match_case *out, const char *word)
{
	struct payment *p = &out->payment;
	const char *v;

	if ((v = case_value(word, "pay")))
		p->amount = p->unallocated = case_money(v);
	else if ((v = case_value(word, "day")))
		p->booked = g_strdup(v);
	else if ((v = case_value(word, "cur")))
		p->currency = g_strdup(v);
	else if ((v = case_value(word, "text")))
		p->remittance = g_strdelimit(g_strdup(v), "_", ' ');
	else if ((v = case_value(word, "id")))
		p->end_to_end_id = g_strdup(v);
	else if ((v = case_value(word, "charges")))
		p->charges = case_money(v);
	else if ((v = case_value(word, "instructed")))
		p->instructed_currency = g_strndup(v, 3),
		p->instructed = case_money(v + 3);
	else if (strcmp(word, "payer") == 0)
		p->payer = g_strdup("Payer One");
	else if (strcmp(word, "twice") == 0)
		out->facts.paid_twice = true;
	else if (strcmp(word, "again") == 0)
		out->facts.told_again = true;
	else if (strcmp(word, "asked") == 0)
		out->facts.asked = true;
	else if (strcmp(word, "refused") == 0)
		out->facts.refused = true;
	else if (strcmp(word, "enough") == 0)
		out->facts.enough = true;
	else if (strcmp(word, "possible") == 0)
		p->state = PAYMENT_POSSIBLE, p->trust = TRUST_U;
	else if (strcmp(word, "announced") == 0)
		p->state = PAYMENT_ANNOUNCED, p->trust = TRUST_A;
	else if (strcmp(word, "rounding") == 0)
		out->config.rounding_tolerance = 5;
	else
		g_error("unknown word of a payment: %s", word);
}

static void
case_flag(struct candidate *c, const char *word)
{
	if (strcmp(word, "paid") == 0)
		c->invoice->state = INVOICE_PAID, c->invoice->open = 0;
	else if (strcmp(word, "note") == 0)
		c->invoice->type = INVOICE_CREDIT_NOTE;
	else if (strcmp(word, "account") == 0)
		c->account = true;
	else if (strcmp(word, "shared") == 0)
		c->account = c->account_shared = true;
	else if (strcmp(word, "company") == 0)
		c->company = true;
	else if (strcmp(word, "bare") == 0)
		c->introduced = false;
	else if (strcmp(word, "others-account") == 0)
		c->account_other = true;
	else if (strcmp(word, "others-name") == 0)
		c->name_other = true;
	else if (strcmp(word, "formless") == 0)
		c->name_formless = true;
	else if (strcmp(word, "behalf") == 0)
		c->name_behalf = true;
	else if (strcmp(word, "rejected") == 0)
		c->rejected = true;
	else
		g_error("unknown word of a candidate: %s", word);
}

static void
case_candidate_word(struct candidate *c, const char *word)
{
	struct invoice *i = c->invoice;
	const char *v;

	if ((v = case_value(word, "c")))
		i->customer = atoi(v);
	else if ((v = case_value(word, "open")))
		i->open = i->amount = case_money(v);
	else if ((v = case_value(word, "amount")))
		i->amount = case_money(v);
	else if ((v = case_value(word, "announced")))
		i->announced = case_money(v);
	else if ((v = case_value(word, "ref")))
		c->mention = g_ascii_strtod(v, NULL), c->introduced = true;
	else if ((v = case_value(word, "place")))
		c->places |= UINT64_C(1) << atoi(v);
	else if ((v = case_value(word, "name")))
		c->name = g_ascii_strtod(v, NULL);
	else if ((v = case_value(word, "rarity")))
		c->name_rarity = g_ascii_strtod(v, NULL);
	else if ((v = case_value(word, "namesakes")))
		c->namesakes = atoi(v);
	else if ((v = case_value(word, "rivals")))
		c->amount_rivals = atoi(v);
	else if ((v = case_value(word, "country")))
		g_strlcpy(case_country, v, sizeof(case_country));
	else if ((v = case_value(word, "step")))
		c->step = atoi(v);
	else if ((v = case_value(word, "due")))
		g_free(i->due), i->due = g_strdup(v);
	else if ((v = case_value(word, "po")))
		i->po = g_strdup(v);
	else if ((v = case_value(word, "date")))
		i->date = g_strdup(v);
	else if ((v = case_value(word, "cur")))
		g_free(i->currency), i->currency = g_strdup(v);
	else if ((v = case_value(word, "disc")))
		i->discount_bp = atoi(v),
		i->discount_until = g_strdup(strchr(v, '/') + 1);
	else
		case_flag(c, word);
}

static void
case_candidate_free(void *data)
{
	struct candidate *c = data;

	invoice_free(c->invoice);
	g_free(c);
}

static void
case_candidate(struct match_case *out, const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	struct candidate *c = g_new0(struct candidate, 1);
	struct invoice *i = g_new0(struct invoice, 1);

	c->invoice = i;
	c->amount_rivals = 1;
	i->id = (int64_t)out->facts.candidates->len + 1;
	i->number = g_strdup(words[0]);
	i->key = g_strconcat("I-", words[0], NULL);
	i->customer = 1;
	i->state = INVOICE_OPEN;
	i->currency = g_strdup("EUR");
	i->due = g_strdup("2026-11-15");
	for (char **word = words + 1; *word; word++)
		if (**word)
			case_candidate_word(c, *word);
	c->reference = c->mention >= 0.5;
	out->customers[i->customer % 4].country = case_country[0] ?
	    case_country : NULL;
	c->customer = &out->customers[i->customer % 4];
	g_ptr_array_add(out->facts.candidates, c);
}

static void
case_read_line(struct match_case *out, const char *line)
{
	static char keys[4][4] = {"C0", "C1", "C2", "C3"};
	g_auto(GStrv) parts = g_strsplit(line, " | ", -1);
	g_auto(GStrv) words = g_strsplit(parts[0], " ", -1);

	case_country[0] = '\0';
	memset(out, 0, sizeof(*out));
	out->config = (struct config){.auto_probability = 0.985,
	    .discount_grace_days = 2, .fee_tolerance = 500,
	    .country = (char *)"DE", .currency = (char *)"EUR"};
	for (size_t i = 0; i < 4; i++)
		out->customers[i] = (struct customer){.id = (int64_t)i,
		    .key = keys[i]};
	out->facts.payment = &out->payment;
	out->facts.config = &out->config;
	out->facts.today = "2026-11-22";
	out->facts.candidates =
	    g_ptr_array_new_with_free_func(case_candidate_free);
	out->payment.id = 7;
	out->payment.key = g_strdup("P7");
	out->payment.state = PAYMENT_BOOKED;
	out->payment.trust = TRUST_S;
	for (char **word = words; *word; word++)
		if (**word)
			case_payment_word(out, *word);
	if (!out->payment.currency)
		out->payment.currency = g_strdup("EUR");
	if (!out->payment.booked)
		out->payment.booked = g_strdup("2026-11-20");
	for (char **part = parts + 1; *part; part++)
		case_candidate(out, g_strstrip(*part));
}

static void
case_clear(struct match_case *one)
{
	g_ptr_array_unref(one->facts.candidates);
	g_free(one->payment.key);
	g_free(one->payment.currency);
	g_free(one->payment.booked);
	g_free(one->payment.payer);
	g_free(one->payment.remittance);
	g_free(one->payment.end_to_end_id);
	g_free(one->payment.instructed_currency);
}

#endif
