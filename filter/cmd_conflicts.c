/*
 * cmd_conflicts.c - reports that contradict a known payment: the same bank's
 * id with another amount. Nothing settles from them; a person looks.
 */
#include "command.h"
#include "lookup.h"
#include "print.h"

#include <string.h>

extern const struct command cmd_conflicts;

static void
print_conflict(struct context *context, struct table *table,
    const struct conflict *conflict)
{
	const struct payment *said = &conflict->said;
	struct payment *known = NULL;
	g_autofree char *amount = money_text(said->amount, said->currency);
	g_autofree char *first = NULL;
	json_t *json;

	if (store_payment_get(context->store, conflict->payment, &known) ==
	    STORE_OK)
		first = money_text(known->amount, known->currency);
	if (context->json) {
		json = payment_json(said);
		json_object_del(json, "state");
		json_object_del(json, "unallocated");
		json_put(json, "contradicts", known ? known->key : NULL);
		print_json(json);
	} else {
		const char *cells[] = {
			known ? known->key : "", first, amount, said->booked,
			said->payer, trust_name(said->trust),
		};

		table_row(table, cells);
	}
	payment_free(known);
}

static int
run(struct context *context, int argc, char **argv)
{
	static const char *const headings[] = {
		"Payment", "Known as", "Now said", "Date", "Payer", "Class",
	};
	g_autoptr(GPtrArray) list = NULL;
	struct table *table;
	enum store_status status;
	int code;

	if (argc > 2 || (argc == 2 && strcmp(argv[1], "list") != 0))
		return usage_error(&cmd_conflicts, "'%s' is too much here",
		    argv[argc - 1]);
	code = open_store(context, STORE_READ);
	if (code != EX_OK)
		return code;
	status = store_conflict_list(context->store, &list);
	if (status != STORE_OK)
		return store_failed(context, status);
	table = table_new(context, G_N_ELEMENTS(headings), headings);
	for (guint i = 0; i < list->len; i++)
		print_conflict(context, table, list->pdata[i]);
	table_end(table, "No report contradicts another.");
	return EX_OK;
}

const struct command cmd_conflicts = {
	.name = "conflicts",
	.usage = "[list]",
	.summary = "reports that contradict a known payment",
	.run = run,
};
