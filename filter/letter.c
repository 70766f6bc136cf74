/*
 * letter.c - a letter before it is queued, and the action that queues it.
 */
#include "remind_internal.h"

int
tone_rank(const char *tone)
{
	static const char *const tones[] = {"friendly", "understanding", "firm"};

	for (size_t i = 0; i < G_N_ELEMENTS(tones); i++)
		if (g_strcmp0(tone, tones[i]) == 0)
			return (int)i;
	return 0;
}

struct letter *
letter_new(struct context *context, enum letter_kind kind,
    const struct customer *customer, const char *what)
{
	struct letter *letter;

	if (!customer->email)
		return NULL;
	letter = g_new0(struct letter, 1);
	letter->kind = kind;
	letter->customer = customer->id;
	letter->to = g_strdup(customer->email);
	letter->language = g_strdup(customer->language ? customer->language :
	    context->config->language);
	letter->message_id = letter_message_id(context, kind, what);
	letter->planned = context->now;
	letter->items = g_ptr_array_new_with_free_func(g_free);
	return letter;
}

void
letter_add_item(struct letter *letter, int64_t invoice, int step,
    int64_t balance)
{
	struct letter_item *item = g_new0(struct letter_item, 1);

	item->invoice = invoice;
	item->step = step;
	item->balance = balance;
	g_ptr_array_add(letter->items, item);
}

bool
letter_waits(const struct letter *letter)
{
	return letter->state == LETTER_PLANNED ||
	    letter->state == LETTER_RENDERED;
}

const struct letter_item *
letter_item_of(const struct letter *letter, int64_t invoice)
{
	for (guint i = 0; letter->items && i < letter->items->len; i++) {
		const struct letter_item *item = letter->items->pdata[i];

		if (item->invoice == invoice)
			return item;
	}
	return NULL;
}

bool
letter_copies_owner(struct context *context, const struct letter *letter,
    const struct customer *customer)
{
	bool copies = false;

	for (guint i = 0; !copies && letter->kind == LETTER_REMINDER &&
	    i < letter->items->len; i++) {
		const struct letter_item *item = letter->items->pdata[i];
		struct invoice *invoice;
		const struct step *step;

		if (store_invoice_get(context->store, item->invoice,
		    &invoice) != STORE_OK)
			continue;
		step = policy_step(invoice_policy(context->config, invoice,
		    customer), item->step);
		copies = step && step->copy_owner;
		invoice_free(invoice);
	}
	return copies;
}

struct action *
plan_letter(struct plan *plan, struct letter *letter, const char *text)
{
	g_autofree char *code =
	    g_strdup_printf("letter:%s", letter_kind_name(letter->kind));
	struct action *action =
	    plan_add(plan, ACTION_LETTER, code, "%s", text);

	action->customer = letter->customer;
	action->payment = letter->payment;
	if (letter->items->len == 1)
		action->invoice =
		    ((struct letter_item *)letter->items->pdata[0])->invoice;
	action->of.letter = letter;
	return action;
}
