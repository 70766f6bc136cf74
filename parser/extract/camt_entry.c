/*
 * camt_entry.c - an entry of a statement: who paid, why, with which
 * references. Element names are those of ISO 20022 camt.053.001.02 to .13;
 * from .08 on a party's name is one level deeper, and a status is a code.
 */
#include "camt.h"
#include "symbols.h"

#include <string.h>

#define LONG_NUMBER 12	/* characters: more than a number in a row */

static bool
is_booked(const struct node *entry)
{
	const char *status = node_text(entry, "Sts/Cd");

	if (!status)
		status = node_text(entry, "Sts");
	return status && strcmp(status, "BOOK") == 0;
}

/* ---- one transaction ------------------------------------------------------- */

struct part {
	struct event *event;
	const struct node *entry;
	const struct node *details;	/* TxDtls, or NULL */
};

static void
set_day(struct event *event, enum event_field field, const struct node *entry,
    const char *path)
{
	g_autofree char *day = camt_day(entry, path);

	event_set(event, field, day);
}

/* The first of several paths that has a text. */
static const char *
first_text(const struct node *node, const char *const *paths)
{
	const char *text = NULL;

	for (; node && *paths && !text; paths++)
		text = node_text(node, *paths);
	return text;
}

static void
set_account(struct event *event, const struct node *details, const char *side)
{
	g_autofree char *iban = g_strdup_printf("RltdPties/%sAcct/Id/IBAN",
	    side);
	g_autofree char *other = g_strdup_printf("RltdPties/%sAcct/Id/Othr/Id",
	    side);
	const char *const paths[] = {iban, other, NULL};
	const char *text = first_text(details, paths);
	g_autoptr(GString) plain = g_string_new(NULL);

	for (; text && *text; text++)
		if (!g_ascii_isspace(*text))
			g_string_append_c(plain, *text);
	event_set(event, EVENT_PAYER_ACCOUNT, plain->str);
}

/* The other side: whoever sent what came in, whoever got what went out; of a
 * return the one who had paid. */
static void
set_parties(struct part *p, bool credit)
{
	const char *side = credit ? "Dbtr" : "Cdtr";
	g_autofree char *name = g_strdup_printf("RltdPties/%s/Nm", side);
	g_autofree char *deep = g_strdup_printf("RltdPties/%s/Pty/Nm", side);
	g_autofree char *last = g_strdup_printf("RltdPties/Ultmt%s/Nm", side);
	g_autofree char *last_deep =
	    g_strdup_printf("RltdPties/Ultmt%s/Pty/Nm", side);
	g_autofree char *agent =
	    g_strdup_printf("RltdPties/%s/Agt/FinInstnId/Nm", side);
	const char *const paths[] = {name, deep, last, last_deep, agent, NULL};

	event_set(p->event, EVENT_PAYER, first_text(p->details, paths));
	set_account(p->event, p->details, side);
}

/* On whose behalf the payer paid: that is whose invoice it is. It stands on a
 * line of its own behind what the payer wrote. */
static void
add_ultimate(const struct part *p, GString *lines)
{
	static const char *const paths[] = {"RltdPties/UltmtDbtr/Nm",
	    "RltdPties/UltmtDbtr/Pty/Nm", NULL};
	const char *name = first_text(p->details, paths);
	const char *payer = event_get(p->event, EVENT_PAYER);

	if (!name || event_kind(p->event) == EVENT_DEBIT ||
	    g_strcmp0(name, payer) == 0 || strstr(lines->str, name))
		return;
	g_string_append_printf(lines, "%s%s", lines->len ? "\n" : "", name);
}

static void
add_line(const struct node *node, void *user)
{
	GString *lines = user;

	if (!*node->text->str)
		return;
	if (lines->len > 0)
		g_string_append_c(lines, ' ');
	g_string_append(lines, node->text->str);
}

static void
add_document(const struct node *node, void *user)
{
	struct part *p = user;
	const char *number = node_text(node, "Nb");

	if (number)
		event_add_reference(p->event, number);
}

static void
add_structured(const struct node *node, void *user)
{
	struct part *p = user;
	const char *reference = node_text(node, "CdtrRefInf/Ref");

	if (reference && !event_get(p->event, EVENT_REFERENCE))
		event_set(p->event, EVENT_REFERENCE, reference);
	if (reference)
		event_add_reference(p->event, reference);
	node_each(node, "RfrdDocInf", add_document, p);
}

static void
add_structured_text(const struct node *node, void *user)
{
	node_each(node, "AddtlRmtInf", add_line, user);
}

static void
set_remittance(struct part *p)
{
	const struct node *info = p->details ?
	    node_find(p->details, "RmtInf") : NULL;
	g_autoptr(GString) lines = g_string_new(NULL);
	const char *text = NULL;

	node_each(info, "Ustrd", add_line, lines);
	node_each(info, "Strd", add_structured_text, lines);
	node_each(info, "Strd", add_structured, p);
	if (lines->len == 0 && p->details)
		text = node_text(p->details, "AddtlTxInf");
	if (lines->len == 0 && !text)
		text = node_text(p->entry, "AddtlNtryInf");
	if (text)
		g_string_assign(lines, text);
	add_ultimate(p, lines);
	event_set(p->event, EVENT_REMITTANCE, lines->str);
}

static bool
is_id(const char *text)
{
	static const char *const none[] = {"NOTPROVIDED", "NOT PROVIDED",
	    "NOTAVAILABLE", "NONREF", "NOREF"};

	for (size_t i = 0; text && i < G_N_ELEMENTS(none); i++)
		if (g_ascii_strcasecmp(text, none[i]) == 0)
			return false;
	return text != NULL;
}

/* The bank's own id. An entry's number within its statement is none, unless
 * it is so long that it is more than that; and a batch's id is not the id of
 * each of its parts. */
static void
set_bank_id(struct part *p, const char *suffix)
{
	const char *own = p->details ?
	    node_text(p->details, "Refs/AcctSvcrRef") : NULL;
	const char *whole = node_text(p->entry, "AcctSvcrRef");
	const char *number = node_text(p->entry, "NtryRef");
	g_autofree char *part = NULL;

	if (!is_id(whole))
		whole = number && strlen(number) >= LONG_NUMBER ? number : NULL;
	if (!is_id(own) || (*suffix && g_strcmp0(own, whole) == 0))
		own = NULL;
	if (!own && whole && *suffix)
		own = part = g_strconcat(whole, suffix, NULL);
	event_set(p->event, EVENT_BANK_REFERENCE, own ? own : whole);
}

static void
set_ids(struct part *p, const char *suffix)
{
	const char *end_to_end = p->details ?
	    node_text(p->details, "Refs/EndToEndId") : NULL;

	if (is_id(end_to_end)) {
		event_set(p->event, EVENT_END_TO_END_ID, end_to_end);
		event_add_reference(p->event, end_to_end);
		symbols_read(p->event, end_to_end);
	}
	set_bank_id(p, suffix);
	if (event_get(p->event, EVENT_REFERENCE))
		symbols_read(p->event, event_get(p->event, EVENT_REFERENCE));
}

/* ---- what was taken back --------------------------------------------------- */

static bool
is_true(const char *text)
{
	return text && (strcmp(text, "true") == 0 || strcmp(text, "1") == 0);
}

/* Sub-families of bank transaction codes that take a payment back (ISO 20022
 * external code set), and the German codes (GVC) for the same. */
static bool
has_return_code(const struct node *node)
{
	static const char *const codes[] = {"RRTN", "RPCR", "UPDD", "PRDD",
	    "UPCT", "UPCQ", "CQRV", NULL};
	const char *code = node ?
	    node_text(node, "BkTxCd/Domn/Fmly/SubFmlyCd") : NULL;
	const char *own = node ? node_text(node, "BkTxCd/Prtry/Cd") : NULL;

	return (code && g_strv_contains(codes, code)) ||
	    (own && (strstr(own, "+108+") || strstr(own, "+109+") ||
	    strstr(own, "+159+")));
}

static bool
is_taken_back(const struct node *entry, const struct node *details)
{
	return is_true(node_text(entry, "RvslInd")) ||
	    (details && node_find(details, "RtrInf")) ||
	    has_return_code(details) || has_return_code(entry);
}

/* A debit that takes a credit back is a return. */
static enum event_kind
kind_of(const struct node *entry, const struct node *details, bool credit)
{
	if (credit)
		return EVENT_CREDIT;
	return is_taken_back(entry, details) ? EVENT_RETURN : EVENT_DEBIT;
}

/* Why: the reason code (ISO 20022: AC04, MD06 …), the bank's words. */
static void
set_return(struct part *p)
{
	const char *reason = p->details ?
	    node_text(p->details, "RtrInf/Rsn/Cd") : NULL;
	const char *words = p->details ?
	    node_text(p->details, "RtrInf/AddtlInf") : NULL;
	g_autofree char *why = NULL;

	if (!reason && p->details)
		reason = node_text(p->details, "RtrInf/Rsn/Prtry");
	if (event_kind(p->event) == EVENT_CREDIT) {
		event_refuse(p->event, "credit",
		    "money of our own that came back, no payment");
		return;
	}
	why = g_strjoin(reason && words ? " " : "", reason ? reason : "",
	    words ? words : "", NULL);
	event_set(p->event, EVENT_WHY, why);
}

/* The batch that an entry says it is, for its parts. */
static void
set_batch(struct part *p)
{
	static const char *const paths[] = {"NtryDtls/Btch/PmtInfId",
	    "NtryDtls/Btch/MsgId", "AcctSvcrRef", "NtryRef", NULL};

	event_set(p->event, EVENT_BATCH, first_text(p->entry, paths));
}

/* Fills what the sink gave. */
static void
fill_event(struct event *event, const struct node *entry,
    const struct node *details, const char *suffix)
{
	struct part p = {event, entry, details};

	if (!event)
		return;
	set_day(event, EVENT_BOOKED, entry, "BookgDt");
	set_day(event, EVENT_VALUE, entry, "ValDt");
	if (details)
		set_parties(&p, event_kind(event) != EVENT_DEBIT);
	set_remittance(&p);
	set_ids(&p, suffix);
	if (*suffix || node_find(entry, "NtryDtls/Btch"))
		set_batch(&p);
	if (is_taken_back(entry, details))
		set_return(&p);
	camt_told(event, entry, details, !*suffix);
}

/* ---- an entry -------------------------------------------------------------- */

static void
collect(const struct node *node, void *user)
{
	g_ptr_array_add(user, (gpointer)node);
}

static void
collect_details(const struct node *node, void *user)
{
	node_each(node, "TxDtls", collect, user);
}

/* A part's own amount in the entry's currency; its sign is the entry's where
 * it has none. */
static bool
part_amount(const struct node *details, bool credit, const char *currency,
    int64_t *minor)
{
	static const char *const paths[] = {"Amt", "AmtDtls/TxAmt/Amt",
	    "AmtDtls/CntrValAmt/Amt", "AmtDtls/InstdAmt/Amt"};
	const char *sign = node_text(details, "CdtDbtInd"), *own;

	for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
		if (!camt_read_amount(node_find(details, paths[i]), minor, &own) ||
		    strcmp(own, currency) != 0)
			continue;
		if (sign ? strcmp(sign, "DBIT") == 0 : !credit)
			*minor = -*minor;
		return true;
	}
	return false;
}

static bool
parts_sum_up(const GPtrArray *parts, int64_t whole, const char *currency)
{
	int64_t sum = 0, minor;

	for (guint i = 0; i < parts->len; i++)
		if (!part_amount(parts->pdata[i], whole >= 0, currency,
		    &minor) || __builtin_add_overflow(sum, minor, &sum))
			return false;
	return sum == whole;
}

/* An only part's own amount that contradicts the entry's, charges that were
 * taken off it or not. */
static bool
differs(const struct event *event, const struct node *details, int64_t whole,
    const char *currency)
{
	const char *charges = event_get(event, EVENT_CHARGES), *own;
	int64_t minor, kept = 0;

	if (charges)
		money_parse(charges, currency, &kept);
	return camt_read_amount(node_find(details, "Amt"), &minor, &own) &&
	    strcmp(own, currency) == 0 && minor != 0 &&
	    minor != ABS(whole) && minor != ABS(whole) + kept;
}

static void
add_parts(const struct node *entry, const GPtrArray *parts, int64_t whole,
    const char *currency, struct sink *sink)
{
	sink_count(sink, whole, currency);
	for (guint i = 0; i < parts->len; i++) {
		g_autofree char *suffix = g_strdup_printf("/%u", i + 1);
		int64_t minor = 0;
		bool credit;

		part_amount(parts->pdata[i], whole >= 0, currency, &minor);
		credit = minor == 0 ? whole >= 0 : minor > 0;
		fill_event(sink_part(sink, kind_of(entry, parts->pdata[i],
		    credit), minor, currency), entry, parts->pdata[i], suffix);
	}
}

/* Several payments in one sum whose details stand elsewhere, in a camt.054 as
 * a rule: there they are told one by one, so here they must not count again. */
static bool
is_sum_of_others(const struct node *entry, const GPtrArray *parts)
{
	const char *count = node_text(entry, "NtryDtls/Btch/NbOfTxs");

	return parts->len <= 1 && count && g_ascii_strtoull(count, NULL, 10) > 1;
}

/* An entry that is one event, whatever its parts say. */
static void
add_whole(const struct node *entry, const GPtrArray *parts, int64_t whole,
    const char *currency, struct sink *sink)
{
	const struct node *only = parts->len == 1 ? parts->pdata[0] : NULL;
	struct event *event = sink_entry(sink, kind_of(entry, only,
	    whole >= 0), whole, currency);

	fill_event(event, entry, only, "");
	if (event && only && differs(event, only, whole, currency))
		event_refuse(event, "amount",
		    "its details name another amount");
	if (event && parts->len > 1)
		event_refuse(event, "amount",
		    "its parts do not sum up to the entry");
	if (event && whole > 0 && is_sum_of_others(entry, parts))
		event_refuse(event, "amount", "several payments in one sum, "
		    "without their details: import the camt.054");
}

void
camt_entry(const struct node *entry, struct sink *sink)
{
	g_autoptr(GPtrArray) parts = g_ptr_array_new();
	const char *currency = NULL;
	int64_t whole;

	if (!is_booked(entry))
		return;
	node_each(entry, "NtryDtls", collect_details, parts);
	if (!camt_amount(entry, &whole, &currency)) {
		sink_refuse(sink, "amount", "an entry has none that is exact");
		return;
	}
	if (parts->len > 1 && parts_sum_up(parts, whole, currency))
		add_parts(entry, parts, whole, currency, sink);
	else
		add_whole(entry, parts, whole, currency, sink);
}
