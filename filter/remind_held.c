/*
 * remind_held.c - what is held back: told to the caller each time, written
 * into the journal only when the reason has changed.
 */
#include "remind_desk.h"

#include <string.h>

void
held_free(struct held *held)
{
	if (!held)
		return;
	g_free(held->detail);
	g_free(held);
}

/* Did the journal say this last? Only what changed is written again. */
static enum store_status
is_news(struct run *run, int64_t invoice, const char *code, bool *news)
{
	g_autoptr(GPtrArray) entries = NULL;
	enum store_status status = store_journal_list(run->context->store,
	    SUBJECT_INVOICE, invoice, &entries);

	*news = true;
	for (guint i = status == STORE_OK ? entries->len : 0; i > 0; i--) {
		const struct journal_entry *entry = entries->pdata[i - 1];

		if (entry->subject == SUBJECT_LETTER)
			break;
		if (entry->subject != SUBJECT_INVOICE ||
		    entry->row != invoice ||
		    !g_str_has_prefix(entry->code, "held:"))
			continue;
		*news = strcmp(entry->code, code) != 0;
		break;
	}
	return status;
}

enum store_status
desk_hold_back(struct desk *desk, const struct due *due, enum gate gate,
    int64_t until, const char *detail)
{
	struct run *run = desk->run;
	g_autofree char *code = g_strdup_printf("held:%s", gate_name(gate));
	bool news;
	enum store_status status = is_news(run, due->invoice->id, code, &news);

	if (status != STORE_OK)
		return status;
	if (news) {
		struct action *action = plan_add(run->plan, ACTION_NOTE, code,
		    "%s: no reminder (%s): %s", due->invoice->number,
		    due->step->text, detail);

		action->invoice = due->invoice->id;
		action->customer = desk->customer->id;
	}
	if (run->held) {
		struct held *held = g_new0(struct held, 1);

		held->invoice = due->invoice->id;
		held->customer = desk->customer->id;
		held->step = due->step->number;
		held->gate = gate;
		held->detail = g_strdup(detail);
		held->until = until;
		g_ptr_array_add(run->held, held);
	}
	return STORE_OK;
}
