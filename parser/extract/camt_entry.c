/*
 * camt_entry.c - an entry of a statement: who paid, why, with which
 * references. Element names are those of ISO 20022 camt.053.001.02 to .08,
 * where later versions put a party's name one level deeper.
 */
#include "camt.h"

#include <string.h>

/* ---- values ---------------------------------------------------------------- */

/* Noughts behind the currency's digits ("8.85000") are left away. */
static char *
plain_amount(const char *text, const char *currency)
{
	char *plain = g_strdup(text), *point = strchr(plain, '.');
	int digits = money_digits(currency);

	if (point && digits >= 0) {
		size_t keep = (size_t)digits + 1, length = strlen(point);

		while (length > keep && point[length - 1] == '0')
			point[--length] = '\0';
		if (strcmp(point, ".") == 0)
			*point = '\0';
	}
	return plain;
}

static bool
read_amount(const struct node *amount, int64_t *minor, const char **currency)
{
	g_autofree char *plain = NULL;

	if (!amount || !amount->currency)
		return false;
	plain = plain_amount(amount->text->str, amount->currency);
	*currency = amount->currency;
	return money_parse(plain, amount->currency, minor) && *minor >= 0;
}

bool
camt_amount(const struct node *node, int64_t *minor, const char **currency)
{
	const char *sign = node_text(node, "CdtDbtInd");

	if (!sign || !read_amount(node_find(node, "Amt"), minor, currency))
		return false;
	if (strcmp(sign, "DBIT") == 0)
		*minor = -*minor;
	return *sign == 'C' || *sign == 'D';
}

char *
camt_day(const struct node *node, const char *path)
{
	const struct node *date = node_find(node, path);
	const char *text = date ? node_text(date, "Dt") : NULL;
	g_autofree char *day = NULL;

	if (date && !text)
		text = node_text(date, "DtTm");
	day = text ? g_strndup(text, DAY_SIZE - 1) : NULL;
	return day && day_number(day) != G_MININT32 ? g_steal_pointer(&day) :
	    NULL;
}

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
	event_set(p->event, EVENT_REMITTANCE, text ? text : lines->str);
}

/* Czech and Slovak banks: "/VS2026001/SS/KS308" or "VS:2026001". */
static void
set_symbols(struct event *event, const char *text)
{
	static const struct {
		const char *mark;
		enum event_field field;
	} symbols[] = {{"VS", EVENT_VARIABLE_SYMBOL},
	    {"SS", EVENT_SPECIFIC_SYMBOL}, {"KS", EVENT_CONSTANT_SYMBOL}};
	g_auto(GStrv) words = g_strsplit_set(text, "/, ;", -1);

	for (char **word = words; *word; word++)
		for (size_t i = 0; i < G_N_ELEMENTS(symbols); i++) {
			const char *digits = *word + 2;

			if (!g_str_has_prefix(*word, symbols[i].mark))
				continue;
			digits += *digits == ':';
			if (symbols[i].field != EVENT_CONSTANT_SYMBOL)
				digits += strspn(digits, "0");
			if (!*digits || strlen(digits) > 10 ||
			    digits[strspn(digits, "0123456789")])
				continue;
			event_set(event, symbols[i].field, digits);
			if (symbols[i].field != EVENT_CONSTANT_SYMBOL)
				event_add_reference(event, digits);
		}
}

static void
set_ids(struct part *p, const char *suffix)
{
	const char *end_to_end = p->details ?
	    node_text(p->details, "Refs/EndToEndId") : NULL;
	const char *bank = p->details ?
	    node_text(p->details, "Refs/AcctSvcrRef") : NULL;
	const char *whole = node_text(p->entry, "AcctSvcrRef");
	g_autofree char *part = NULL;

	if (end_to_end && strcmp(end_to_end, "NOTPROVIDED") != 0 &&
	    strcmp(end_to_end, "NOT PROVIDED") != 0) {
		event_set(p->event, EVENT_END_TO_END_ID, end_to_end);
		event_add_reference(p->event, end_to_end);
		set_symbols(p->event, end_to_end);
	}
	/* A batch's own id is not the id of each of its parts. */
	if (!bank && whole && *suffix)
		bank = part = g_strconcat(whole, suffix, NULL);
	event_set(p->event, EVENT_BANK_REFERENCE, bank ? bank : whole);
	if (event_get(p->event, EVENT_REFERENCE))
		set_symbols(p->event, event_get(p->event, EVENT_REFERENCE));
}

/* A credit that is taken back, and what comes back by the payer's bank. */
static enum event_kind
kind_of(const struct node *entry, const struct node *details, bool credit)
{
	const char *reversal = node_text(entry, "RvslInd");
	bool reversed = reversal && (strcmp(reversal, "true") == 0 ||
	    strcmp(reversal, "1") == 0);

	if (credit)
		return EVENT_CREDIT;
	return reversed || (details && node_find(details, "RtrInf")) ?
	    EVENT_RETURN : EVENT_DEBIT;
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

/* A part's own amount; its sign is the entry's where it has none. */
static bool
part_amount(const struct node *details, bool credit, int64_t *minor,
    const char **currency)
{
	const char *sign = node_text(details, "CdtDbtInd");
	const struct node *amount = node_find(details, "Amt");

	if (!amount)
		amount = node_find(details, "AmtDtls/TxAmt/Amt");
	if (!read_amount(amount, minor, currency))
		return false;
	if (sign ? strcmp(sign, "DBIT") == 0 : !credit)
		*minor = -*minor;
	return true;
}

static bool
parts_sum_up(const GPtrArray *parts, int64_t whole, const char *currency)
{
	int64_t sum = 0, minor;
	const char *own;

	for (guint i = 0; i < parts->len; i++)
		if (!part_amount(parts->pdata[i], whole >= 0, &minor, &own) ||
		    strcmp(own, currency) != 0 ||
		    __builtin_add_overflow(sum, minor, &sum))
			return false;
	return sum == whole;
}

/* An only part's own amount that contradicts the entry's. */
static bool
differs(const struct node *details, int64_t whole, const char *currency)
{
	const char *own;
	int64_t minor;

	return read_amount(node_find(details, "Amt"), &minor, &own) &&
	    strcmp(own, currency) == 0 && minor != 0 && minor != ABS(whole);
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

		part_amount(parts->pdata[i], whole >= 0, &minor, &currency);
		credit = minor == 0 ? whole >= 0 : minor > 0;
		fill_event(sink_part(sink, kind_of(entry, parts->pdata[i],
		    credit), minor, currency), entry, parts->pdata[i], suffix);
	}
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
	if (event && only && differs(only, whole, currency))
		event_refuse(event, "amount",
		    "its details name another amount");
	if (event && parts->len > 1)
		event_refuse(event, "amount",
		    "its parts do not sum up to the entry");
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
