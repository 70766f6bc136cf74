/*
 * camt.c - ISO 20022 account reports: camt.052 (of the day), camt.053
 * (statement), camt.054 (notification) in all their versions. Elements are
 * known by their local names; which of the three it is, and nothing more, is
 * told by the namespace, or by the message's element where there is none.
 */
#include "camt.h"

#include <string.h>

/* The kinds of balance that can stand at an end of a statement (ISO 20022
 * BalanceType12Code), better ones last: PRCD, the closing balance before,
 * opens where there is no OPBD, and interim ones (ITBD) are the ends of a
 * page that is not the first or the last. */
static const struct kind {
	const char *code;
	enum balance end;
} kinds[] = {
	{"ITBD", BALANCE_OPENING}, {"PRCD", BALANCE_OPENING},
	{"OPBD", BALANCE_OPENING}, {"ITBD", BALANCE_CLOSING},
	{"CLBD", BALANCE_CLOSING},
};

struct end {
	const struct kind *kind;	/* NULL: none yet */
	bool credit_line;	/* the amount includes one */
	int64_t minor;
	char currency[4];
	char *day;
};

struct camt {
	struct sink *sink;
	const char *record;	/* element of a statement: Stmt, Rpt, Ntfctn */
	enum coverage coverage;
	bool open;
	struct end ends[2];
};

static void
clear_ends(struct camt *camt)
{
	for (int i = 0; i < 2; i++)
		g_free(camt->ends[i].day);
	memset(camt->ends, 0, sizeof camt->ends);
}

static bool
on_root(void *user, const char *name, const char *namespace)
{
	static const struct {
		const char *message, *record;
		enum coverage coverage;
	} messages[] = {
		{":camt.052.", "Rpt", COVERAGE_REPORT},
		{":camt.053.", "Stmt", COVERAGE_STATEMENT},
		{":camt.054.", "Ntfctn", COVERAGE_REPORT},
	};
	struct camt *camt = user;

	for (size_t i = 0; i < G_N_ELEMENTS(messages); i++)
		if (strcmp(name, "Document") == 0 &&
		    strstr(namespace, messages[i].message)) {
			camt->record = messages[i].record;
			camt->coverage = messages[i].coverage;
			return true;
		}
	sink_disown(camt->sink);
	return false;
}

static void
on_begin(void *user, const char *name)
{
	struct camt *camt = user;

	camt->open = strcmp(name, camt->record) == 0;
	if (camt->open)
		sink_begin(camt->sink, camt->coverage);
}

/* ---- parts of a statement -------------------------------------------------- */

static void
read_account(struct camt *camt, const struct node *node)
{
	static const char *const paths[] = {"Id/IBAN", "Id/Othr/Id", "Id/BBAN",
	    "Id/PrtryAcct/Id"};
	const char *id = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(paths) && !id; i++)
		id = node_text(node, paths[i]);
	sink_set(camt->sink, EVENT_ACCOUNT, id);
	sink_set(camt->sink, EVENT_CURRENCY, node_text(node, "Ccy"));
}

/* Is a balance nearer to the end of the statement than what is known? A
 * statement over several days may have one of each day. */
static int
compare_ends(const struct end *known, const struct end *other,
    enum balance end)
{
	int days;

	if (!known->kind)
		return 1;
	if (known->credit_line != other->credit_line)
		return known->credit_line ? 1 : -1;
	if (known->kind != other->kind)
		return other->kind > known->kind ? 1 : -1;
	days = g_strcmp0(other->day, known->day);
	return end == BALANCE_OPENING ? -days : days;
}

static void
take_end(struct camt *camt, enum balance end, struct end *other)
{
	struct end *known = &camt->ends[end];
	int order = compare_ends(known, other, end);
	bool interim = strcmp(other->kind->code, "ITBD") == 0;

	/* Of one day's interim balances the last is the one that closes. */
	if (order == 0 && interim && end == BALANCE_CLOSING)
		order = 1;
	if (order == 0 && !interim && (known->minor != other->minor ||
	    strcmp(known->currency, other->currency) != 0))
		sink_refuse(camt->sink, end == BALANCE_OPENING ? "opening" :
		    "closing", "twice");
	if (order <= 0)
		return;
	g_free(known->day);
	*known = *other;
	known->day = g_strdup(other->day);
}

static void
read_balance(struct camt *camt, const struct node *node)
{
	const char *type = node_text(node, "Tp/CdOrPrtry/Cd"), *currency;
	const char *line = node_text(node, "CdtLine/Incl");
	struct end other = {.credit_line = line &&
	    (strcmp(line, "true") == 0 || strcmp(line, "1") == 0)};

	if (!type || !camt_amount(node, &other.minor, &currency))
		return;
	g_strlcpy(other.currency, currency, sizeof other.currency);
	other.day = camt_day(node, "Dt");
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (strcmp(type, kinds[i].code) == 0) {
			other.kind = &kinds[i];
			take_end(camt, kinds[i].end, &other);
		}
	g_free(other.day);
}

static void
read_sequence(struct camt *camt, const struct node *node)
{
	const char *digits = node->text->str;

	if (*digits && !digits[strspn(digits, "0123456789")])
		sink_set(camt->sink, EVENT_SEQUENCE, digits);
}

static void
on_child(void *user, const struct node *node)
{
	struct camt *camt = user;

	if (!camt->open)
		return;
	if (strcmp(node->name, "Ntry") == 0)
		camt_entry(node, camt->sink);
	else if (strcmp(node->name, "Bal") == 0)
		read_balance(camt, node);
	else if (strcmp(node->name, "Id") == 0)
		sink_set(camt->sink, EVENT_STATEMENT_ID, node->text->str);
	else if (strcmp(node->name, "ElctrncSeqNb") == 0)
		read_sequence(camt, node);
	else if (strcmp(node->name, "Acct") == 0)
		read_account(camt, node);
}

static void
on_end(void *user)
{
	struct camt *camt = user;

	if (!camt->open)
		return;
	for (int i = 0; i < 2; i++) {
		const struct end *end = &camt->ends[i];

		if (end->kind)
			sink_balance(camt->sink, (enum balance)i, end->minor,
			    end->currency, end->day);
	}
	sink_end(camt->sink);
	clear_ends(camt);
	camt->open = false;
}

/* ---- the format ---------------------------------------------------------------- */

/* Any XML: a DOCTYPE and what is no camt are refused with their reasons. OFX
 * is XML, too, but says so. */
static bool
probe(const char *head, size_t length)
{
	if (length >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0)
		head += 3;
	if (length >= 4 && (memcmp(head, "\xff\xfe<\0", 4) == 0 ||
	    memcmp(head, "\xfe\xff\0<", 4) == 0))
		return true;
	head += strspn(head, " \t\r\n");
	return *head == '<' && !strstr(head, "<?OFX") && !strstr(head, "<OFX");
}

static char *
read_camt(struct input *input, struct sink *sink)
{
	static const struct node_reader reader = {on_root, on_begin, on_end,
	    on_child};
	struct camt camt = {.sink = sink};
	char *why = node_read(input, &reader, &camt);

	clear_ends(&camt);
	return why;
}

const struct format format_camt = {"camt", probe, read_camt};
