/*
 * gate_guard.c - may another program's reminder go? Every invoice that it
 * names passes the guard; one reminder about money that came and money that
 * did not is the owner's to decide.
 */
#include "gate.h"
#include "phrases.h"
#include "remind.h"

#include <string.h>

/* What a shut gate means for it; those that are not here do not count. */
static const enum gate_verdict verdicts[] = {
	[GATE_OPEN] = GATED_PASS,
	[GATE_PAID] = GATED_DROP,
	[GATE_ANNOUNCED] = GATED_KEEP,
	[GATE_POSSIBLE_PAYMENT] = GATED_KEEP,
	[GATE_HOLD] = GATED_KEEP,
};

struct tally {
	guint count[3];		/* invoices of each verdict */
	enum gate gate;		/* of the first that is kept, else dropped */
	GString *why;
};

static void
tell(struct tally *tally, const char *number, const char *why)
{
	g_string_append_printf(tally->why, "%s%s: %s",
	    tally->why->len ? "; " : "", number, why);
}

static enum store_status
look_at(struct context *context, const struct invoice *invoice,
    struct gate_finding *out, struct tally *tally)
{
	struct customer *customer = NULL;
	struct guard_facts facts;
	g_autofree char *detail = NULL;
	enum gate gate;
	enum store_status status = store_customer_get(context->store,
	    invoice->customer, &customer);

	if (status == STORE_OK)
		status = guard_facts_others(context, invoice, customer, &facts,
		    &detail);
	if (status != STORE_OK)
		goto out;
	gate = invoice->state == INVOICE_VOID ? GATE_PAID :
	    guard_check(&facts);
	if (gate >= G_N_ELEMENTS(verdicts))
		gate = GATE_OPEN;
	tally->count[verdicts[gate]]++;
	if (gate == GATE_OPEN)
		goto out;
	if (tally->gate == GATE_OPEN || verdicts[gate] == GATED_KEEP)
		tally->gate = gate;
	if (facts.until && (!out->until || facts.until < out->until))
		out->until = facts.until;
	tell(tally, invoice->number, invoice->state == INVOICE_VOID ?
	    "the invoice is void" : detail ? detail : gate_words(gate));
out:
	customer_free(customer);
	return status;
}

/* Of several invoices: which word is about the whole mail? */
static void
conclude(const struct gate_named *named, const struct tally *tally,
    struct gate_finding *out)
{
	guint shut = tally->count[GATED_KEEP] + tally->count[GATED_DROP];

	if (!shut)
		return;
	out->verdict = tally->count[GATED_KEEP] ? GATED_KEEP : GATED_DROP;
	if (tally->count[GATED_PASS] || named->others) {
		out->verdict = GATED_KEEP;
		out->code = g_strdup(named->others ? "others" : "mixed");
		g_string_append(tally->why, named->others ? "; other invoices "
		    "that it names are not on file" : "; the others that it "
		    "names are open");
	} else {
		out->code = g_strdup(gate_name(tally->gate));
	}
	out->why = g_strdup(tally->why->str);
}

enum store_status
gate_look(struct context *context, const struct gate_named *named,
    struct gate_finding *out)
{
	g_autoptr(GString) numbers = g_string_new(NULL);
	g_autoptr(GString) why = g_string_new(NULL);
	struct tally tally = {.why = why};
	enum store_status status = STORE_OK;

	*out = (struct gate_finding){.verdict = GATED_PASS};
	for (guint i = 0; status == STORE_OK && i < named->invoices->len;
	    i++) {
		struct invoice *now = NULL;
		const struct invoice *then = named->invoices->pdata[i];

		status = store_invoice_get(context->store, then->id, &now);
		if (status == STORE_OK) {
			out->customer = now->customer;
			g_string_append_printf(numbers, "%s%s",
			    numbers->len ? ", " : "", now->number);
			status = look_at(context, now, out, &tally);
		}
		invoice_free(now);
	}
	if (status == STORE_OK)
		conclude(named, &tally, out);
	out->numbers = g_strdup(numbers->str);
	return status;
}

void
gate_finding_release(struct gate_finding *finding)
{
	g_free(finding->code);
	g_free(finding->why);
	g_free(finding->numbers);
	memset(finding, 0, sizeof *finding);
}
