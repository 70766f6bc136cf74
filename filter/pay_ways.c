/*
 * pay_ways.c - the table of the ways to pay, and which of them a payment has:
 * those that its account names, or the usual ones of its country and currency.
 * Pure.
 */
#include "pay.h"

#include "match.h"
#include "print.h"

#include <string.h>

#include "../parser/parser.h"

/* The usual ones in this order. */
static const struct pay_way *const table[] = {&pay_swiss, &pay_spayd,
    &pay_by_square, &pay_epc, &pay_pix, &pay_upi, &pay_link};

const struct pay_way *
pay_way_find(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(table); i++)
		if (strcmp(table[i]->name, name) == 0)
			return table[i];
	return NULL;
}

char *
pay_way_names(void)
{
	GString *out = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(table); i++)
		g_string_append_printf(out, "%s%s", i ? ", " : "",
		    table[i]->name);
	return g_string_free(out, FALSE);
}

static void
put_amount(json_t *object, int64_t minor, const char *currency)
{
	g_autofree char *amount = money_format(minor, currency);

	json_object_set_new(object, "amount", json_pack("{s:s, s:s}",
	    "amount", amount, "currency", currency));
}

/* "is_epc_qr" */
static void
put_flags(json_t *object, const struct pay_way *way)
{
	g_autofree char *flag = g_strconcat("is_", way->name, NULL);

	g_strdelimit(flag, "-", '_');
	json_object_set_new(object, flag, json_true());
	if (way->scheme)
		json_object_set_new(object, "is_link", json_true());
	if (way->ecc)
		json_object_set_new(object, "is_code", json_true());
}

/* What the early payer's code holds. */
static void
put_discount(const struct pay_way *way, const struct pay *pay,
    const char *until, int64_t less, json_t *object)
{
	struct pay early = *pay;
	g_autofree char *payload = NULL;
	json_t *discount;

	early.amount = less;
	early.due = until;
	payload = way->payload(&early);
	if (!payload)
		return;
	discount = json_object();
	json_put(discount, "until", until);
	put_amount(discount, less, pay->currency);
	json_put(discount, way->scheme ? "url" : "payload", payload);
	json_object_set_new(object, "discount", discount);
}

static void
add_one(const struct pay_way *way, const struct pay *pay, const char *until,
    int64_t less, json_t *ways)
{
	g_autofree char *payload = way->payload(pay);
	json_t *object;

	if (!payload)
		return;
	object = json_object();
	json_put(object, "kind", way->name);
	put_flags(object, way);
	put_amount(object, pay->amount, pay->currency);
	json_put(object, "title", way->title);
	json_put(object, "payload", payload);
	if (way->scheme)
		json_put(object, "url", payload);
	if (way->ecc) {
		json_put(object, "ecc", way->ecc);
		json_object_set_new(object, "size", json_integer(way->size));
	}
	if (way->fields)
		way->fields(pay, object);
	if (until && less > 0)
		put_discount(way, pay, until, less, object);
	json_array_append_new(ways, object);
}

static bool
has_way(const struct account *account, const struct pay_way *way,
    const char *country, const char *currency)
{
	if (account->ways && !g_strv_contains(
		(const char *const *)account->ways, way->name))
		return false;
	return account->ways ? !way->lacks(account)
			     : way->is_usual(account, country, currency);
}

/* way: NULL is the word "none". */
static void
add_way(const struct pay_way *way, const struct pay *pay, const char *until,
    int64_t less, json_t *ways)
{
	if (!way || !has_way(pay->account, way, pay_country(pay->account,
		pay->config), pay->currency))
		return;
	if (way->each)
		way->each(pay, ways);
	else
		add_one(way, pay, until, less, ways);
}

json_t *
pay_ways(const struct pay *pay, const char *until, int64_t less)
{
	json_t *ways = json_array();
	char **own = pay->account->ways;

	if (pay->amount <= 0)
		return ways;
	for (; own && *own; own++)
		add_way(pay_way_find(*own), pay, until, less, ways);
	for (size_t i = 0; !pay->account->ways && i < G_N_ELEMENTS(table); i++)
		add_way(table[i], pay, until, less, ways);
	return ways;
}
