/*
 * ofx.c - OFX 1 (SGML, values without an end tag), OFX 2 (XML) and QFX: one
 * reader for both, because only the names of aggregates say what is inside
 * of what. The format has no opening balance. What was not there when a
 * statement ended (a currency, a day) refuses it; what cannot be read
 * refuses the file.
 */
#include "statement.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH 16u

/* ---- names ------------------------------------------------------------------------ */

enum aggregate {
	NONE, BANK, CARD, INVESTMENT, OWN_ACCOUNT, LIST, ENTRY, PAYEE,
	OTHER_ACCOUNT, CURRENCY, LEDGER, IGNORED, STATUS
};

static const struct {
	const char *name;
	enum aggregate aggregate;
} aggregates[] = {
	{"STMTRS", BANK}, {"CCSTMTRS", CARD}, {"INVSTMTRS", INVESTMENT},
	{"BANKACCTFROM", OWN_ACCOUNT}, {"CCACCTFROM", OWN_ACCOUNT},
	{"INVACCTFROM", OWN_ACCOUNT}, {"BANKTRANLIST", LIST},
	{"INVTRANLIST", LIST}, {"STMTTRN", ENTRY}, {"PAYEE", PAYEE},
	{"BANKACCTTO", OTHER_ACCOUNT}, {"CCACCTTO", OTHER_ACCOUNT},
	{"CURRENCY", CURRENCY}, {"LEDGERBAL", LEDGER}, {"STATUS", STATUS},
	/* Converted already; not booked; later than what is booked. */
	{"ORIGCURRENCY", IGNORED}, {"STMTTRNP", IGNORED},
	{"BANKTRANLISTP", IGNORED}, {"AVAILBAL", IGNORED}, {"BAL", IGNORED},
};

enum value {
	AMOUNT, POSTED, AVAILABLE, ID, NUMBER, CHECK, NAME, LONG_NAME, MEMO,
	TO_ACCOUNT, IN_CURRENCY, CORRECTS,
	ENTRY_VALUES,		/* the rest is the statement's */
	ACCOUNT = ENTRY_VALUES, DEFAULT_CURRENCY, FROM, TO, BALANCE,
	BALANCE_DAY, SEVERITY, MESSAGE,
	VALUES
};

static const struct {
	const char *name;
	enum aggregate inside;
	enum value value;
} leaves[] = {
	{"TRNAMT", ENTRY, AMOUNT}, {"DTPOSTED", ENTRY, POSTED},
	{"DTAVAIL", ENTRY, AVAILABLE}, {"FITID", ENTRY, ID},
	{"REFNUM", ENTRY, NUMBER}, {"CHECKNUM", ENTRY, CHECK},
	{"NAME", ENTRY, NAME}, {"NAME", PAYEE, NAME},
	{"EXTDNAME", ENTRY, LONG_NAME}, {"MEMO", ENTRY, MEMO},
	{"ACCTID", OTHER_ACCOUNT, TO_ACCOUNT},
	{"CURSYM", CURRENCY, IN_CURRENCY}, {"CORRECTFITID", ENTRY, CORRECTS},
	{"ACCTID", OWN_ACCOUNT, ACCOUNT}, {"CURDEF", BANK, DEFAULT_CURRENCY},
	{"CURDEF", CARD, DEFAULT_CURRENCY},
	{"CURDEF", INVESTMENT, DEFAULT_CURRENCY}, {"DTSTART", LIST, FROM},
	{"DTEND", LIST, TO}, {"BALAMT", LEDGER, BALANCE},
	{"DTASOF", LEDGER, BALANCE_DAY}, {"SEVERITY", STATUS, SEVERITY},
	{"MESSAGE", STATUS, MESSAGE},
};

struct reader {
	struct input *input;
	struct sink *sink;
	char *value[VALUES];
	enum aggregate inside[DEPTH];
	unsigned depth;
	enum aggregate statement;	/* NONE, BANK, CARD, INVESTMENT */
	enum value leaf;	/* whose text is being read, or VALUES */
	GString *text;
	bool cdata, whole;
	char *refusal;		/* what the bank's server said */
};

static void
clear_values(struct reader *r, int from, int to)
{
	for (int i = from; i < to; i++)
		g_clear_pointer(&r->value[i], g_free);
}

/* ---- values ------------------------------------------------------------------------ */

/* The day of "20261120120000.000[-5:EST]": as the bank writes it. */
static bool
day_of(const char *text, char day[DAY_SIZE])
{
	day[0] = '\0';
	return text && strlen(text) >= 8 && statement_day(text, 8, day);
}

/* Signed; "1.234,56" and "1,234.56" by the mark that comes last. */
static bool
amount_of(const char *text, const char *currency, int64_t *minor)
{
	static const struct number_habit comma = {",", "."}, point = {".", ","};
	bool negative = text && *text == '-';
	const char *code = currency ? currency : "EUR";

	if (!text)
		return false;
	text += *text == '-' || *text == '+';
	if (!g_ascii_isdigit(*text) && *text != '.' && *text != ',')
		return false;
	if (!statement_amount(text, strlen(text), code, minor) &&
	    (!strchr(text, ',') || !strchr(text, '.') ||
	    !money_read(text, strrchr(text, ',') > strrchr(text, '.') ?
	    &comma : &point, code, minor))) {
		g_autofree char *whole = g_strconcat("0", text, NULL);

		if (g_ascii_isdigit(*text) ||
		    !statement_amount(whole, strlen(whole), code, minor))
			return false;
	}
	if (negative)
		*minor = -*minor;
	return true;
}

static void
set_account(struct event *event, const char *text)
{
	g_auto(GStrv) parts = g_strsplit_set(text ? text : "", " \t\n", -1);
	g_autofree char *whole = g_strjoinv("", parts);

	event_set(event, EVENT_PAYER_ACCOUNT, whole);
}

static const char *
known_currency(const char *code)
{
	return money_digits(code) >= 0 ? code : NULL;
}

/* ---- an entry ------------------------------------------------------------------------ */

static void
fill_event(struct event *event, const struct reader *r)
{
	char *const *v = r->value;
	char day[DAY_SIZE];
	const char *name = v[LONG_NAME] ? v[LONG_NAME] : v[NAME];

	event_set(event, EVENT_BOOKED, day_of(v[POSTED], day) ? day : NULL);
	event_set(event, EVENT_VALUE, day_of(v[AVAILABLE], day) ? day : NULL);
	event_set(event, EVENT_PAYER, name);
	set_account(event, v[TO_ACCOUNT]);
	event_set(event, EVENT_REMITTANCE, v[MEMO] ? v[MEMO] : name);
	event_set(event, EVENT_BANK_REFERENCE, v[ID]);
	if (g_strcmp0(v[NUMBER], v[ID]) != 0)
		event_add_reference(event, v[NUMBER]);
	if (v[CHECK] && strpbrk(v[CHECK], "123456789"))
		event_add_reference(event, v[CHECK]);
	if (v[CORRECTS])
		event_refuse(event, "amount", "it corrects an earlier entry");
}

static char *
finish_entry(struct reader *r)
{
	const char *currency = known_currency(r->value[IN_CURRENCY]);
	struct event *event;
	char day[DAY_SIZE];
	int64_t minor;

	if (!currency)
		currency = known_currency(r->value[DEFAULT_CURRENCY]);
	if (!day_of(r->value[POSTED], day))
		return input_fault(r->input, "a day (DTPOSTED) in the entry "
		    "that ends here");
	if (!amount_of(r->value[AMOUNT], currency, &minor)) {
		if (r->statement != INVESTMENT)
			return input_fault(r->input, "an exact amount (TRNAMT)"
			    " in the entry that ends here, not \"%s\"",
			    r->value[AMOUNT] ? r->value[AMOUNT] : "");
		sink_refuse(r->sink, "amount", "an entry has none that is "
		    "exact");
		clear_values(r, 0, ENTRY_VALUES);
		return NULL;
	}
	event = sink_entry(r->sink, minor < 0 ? EVENT_DEBIT : EVENT_CREDIT,
	    minor, currency);
	if (event)
		fill_event(event, r);
	clear_values(r, 0, ENTRY_VALUES);
	return NULL;
}

/* ---- a statement ---------------------------------------------------------------------- */

static void
begin_statement(struct reader *r, enum aggregate kind)
{
	r->statement = kind;
	clear_values(r, 0, VALUES);
	sink_begin(r->sink, COVERAGE_LIST);
	if (kind == CARD)
		sink_refuse(r->sink, "account", "of a card: what is paid into "
		    "it is no customer's money");
	else if (kind == INVESTMENT)
		sink_refuse(r->sink, "account", "of investments: what is paid "
		    "into it is no customer's money");
}

static void
finish_statement(struct reader *r)
{
	char *const *v = r->value;
	g_autofree char *id = NULL;
	char day[DAY_SIZE];
	const char *currency = known_currency(v[DEFAULT_CURRENCY]);
	int64_t minor;

	r->statement = NONE;
	if (!day_of(v[TO], day))
		day_of(v[BALANCE_DAY], day);
	if (v[ACCOUNT])
		id = g_strjoin("/", v[ACCOUNT], *day ? day : NULL, NULL);
	sink_set(r->sink, EVENT_ACCOUNT, v[ACCOUNT]);
	sink_set(r->sink, EVENT_STATEMENT_ID, id);
	sink_set(r->sink, EVENT_CURRENCY, currency);
	if (!currency)
		sink_refuse(r->sink, "currency", "nowhere in the file");
	else if (amount_of(v[BALANCE], currency, &minor) &&
	    day_of(v[BALANCE_DAY], day))
		sink_balance(r->sink, BALANCE_CLOSING, minor, currency, day);
	sink_end(r->sink);
}

/* ---- tags ------------------------------------------------------------------------------ */

static enum aggregate
aggregate_of(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(aggregates); i++)
		if (g_ascii_strcasecmp(aggregates[i].name, name) == 0)
			return aggregates[i].aggregate;
	return NONE;
}

static enum aggregate
inside(const struct reader *r)
{
	return r->depth > 0 ? r->inside[r->depth - 1] : NONE;
}

static bool
is_statement(enum aggregate aggregate)
{
	return aggregate == BANK || aggregate == CARD ||
	    aggregate == INVESTMENT;
}

static bool
is_ignored(const struct reader *r)
{
	for (unsigned i = 0; i < r->depth; i++)
		if (r->inside[i] == IGNORED)
			return true;
	return false;
}

static char *
on_begin(struct reader *r, enum aggregate aggregate)
{
	if (r->depth == DEPTH)
		return input_fault(r->input, "fewer elements inside of "
		    "another");
	if (aggregate == ENTRY && inside(r) == ENTRY)
		return input_fault(r->input, "the end of an entry "
		    "(</STMTTRN>)");
	if (is_statement(aggregate)) {
		if (r->statement != NONE)
			return input_fault(r->input, "the end of a "
			    "statement");
		begin_statement(r, aggregate);
	}
	r->inside[r->depth++] = aggregate;
	return NULL;
}

static char *
on_end(struct reader *r, enum aggregate aggregate)
{
	/* Some banks leave the end of the list away. */
	if (inside(r) == LIST && aggregate != LIST)
		r->depth--;
	if (inside(r) != aggregate)
		return input_fault(r->input, "another end than this one");
	r->depth--;
	if (is_ignored(r))
		return NULL;
	if (aggregate == ENTRY && r->statement != NONE)
		return finish_entry(r);
	if (is_statement(aggregate))
		finish_statement(r);
	if (aggregate == STATUS && !r->refusal &&
	    g_strcmp0(r->value[SEVERITY], "ERROR") == 0)
		r->refusal = g_strdup(r->value[MESSAGE]);
	return NULL;
}

/* Keeps the text of a leaf: the first one counts. */
static void
finish_leaf(struct reader *r)
{
	if (r->leaf == VALUES)
		return;
	g_strstrip(r->text->str);
	if (*r->text->str && (!r->value[r->leaf] || r->leaf >= SEVERITY)) {
		g_free(r->value[r->leaf]);
		r->value[r->leaf] = g_strdup(r->text->str);
	}
	r->leaf = VALUES;
	g_string_truncate(r->text, 0);
}

static void
begin_leaf(struct reader *r, const char *name)
{
	if (is_ignored(r))
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(leaves); i++)
		if (leaves[i].inside == inside(r) &&
		    g_ascii_strcasecmp(leaves[i].name, name) == 0)
			r->leaf = leaves[i].value;
	g_string_truncate(r->text, 0);
}

/* ---- text -------------------------------------------------------------------------------- */

static size_t
append_entity(GString *out, const char *text)
{
	static const struct {
		const char *name;
		gunichar is;
	} entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'},
	    {"&quot;", '"'}, {"&apos;", '\''}, {"&nbsp;", ' '}};
	gunichar c = 0;
	char *end;

	for (size_t i = 0; i < G_N_ELEMENTS(entities); i++)
		if (g_str_has_prefix(text, entities[i].name)) {
			g_string_append_unichar(out, entities[i].is);
			return strlen(entities[i].name);
		}
	if (text[1] == '#') {
		bool hex = text[2] == 'x' || text[2] == 'X';

		c = (gunichar)strtoul(text + 2 + hex, &end, hex ? 16 : 10);
		if (*end == ';' && c >= ' ' && g_unichar_validate(c)) {
			g_string_append_unichar(out, c);
			return (size_t)(end + 1 - text);
		}
	}
	g_string_append_c(out, '&');
	return 1;
}

static void
append_text(struct reader *r, const char *text)
{
	if (r->leaf == VALUES)
		return;
	while (*text)
		if (*text == '&')
			text += append_entity(r->text, text);
		else
			g_string_append_c(r->text, *text++);
}

/* Inside of <![CDATA[ ... ]]>, where "<" is text. */
static void
take_cdata(struct reader *r, const char *piece, bool first)
{
	const char *end = strstr(piece, "]]>");

	if (r->leaf != VALUES) {
		if (!first)
			g_string_append_c(r->text, '<');
		g_string_append_len(r->text, piece,
		    end ? end - piece : (gssize)strlen(piece));
	}
	r->cdata = !end;
}

/* ---- the file ------------------------------------------------------------------------------ */

/* "CHARSET:1252", encoding="windows-1251" in front of the elements. */
static void
take_header(struct reader *r, const char *text)
{
	static const struct {
		const char *says, *charset;
	} charsets[] = {{"CHARSET:1250", "WINDOWS-1250"},
	    {"CHARSET:1251", "WINDOWS-1251"}, {"CHARSET:8859-2", "ISO-8859-2"},
	    {"windows-1250", "WINDOWS-1250"}, {"windows-1251", "WINDOWS-1251"},
	    {"ISO-8859-2", "ISO-8859-2"}};

	for (size_t i = 0; i < G_N_ELEMENTS(charsets); i++)
		if (strcasestr(text, charsets[i].says))
			input_charset(r->input, charsets[i].charset);
}

/* What stands behind a "<". */
static char *
take_piece(struct reader *r, const char *piece)
{
	const char *close = strchr(piece, '>');
	g_autofree char *name = NULL;
	bool end = *piece == '/';
	enum aggregate aggregate;
	char *why = NULL;

	if (r->cdata || g_str_has_prefix(piece, "![CDATA[")) {
		take_cdata(r, r->cdata ? piece : piece + 8, !r->cdata);
		return NULL;
	}
	if (*piece == '?' || *piece == '!') {
		take_header(r, piece);
		return NULL;
	}
	if (!close)
		return input_fault(r->input, "a \">\" behind \"<%.20s\"",
		    piece);
	piece += end;
	name = g_strndup(piece, MIN((size_t)(close - piece),
	    strcspn(piece, " \t\r\n/>")));
	finish_leaf(r);
	aggregate = aggregate_of(name);
	if (aggregate != NONE && close[-1] != '/')
		why = end ? on_end(r, aggregate) : on_begin(r, aggregate);
	else if (!end)
		begin_leaf(r, name);
	else if (g_ascii_strcasecmp(name, "OFX") == 0)
		r->whole = true;
	if (!end)
		append_text(r, close + 1);
	return why;
}

static char *
take_pieces(struct reader *r)
{
	const char *piece = input_piece(r->input, '<');
	char *why = NULL;

	if (piece)
		take_header(r, piece);
	while (!why && (piece = input_piece(r->input, '<')))
		why = take_piece(r, piece);
	if (why)
		return why;
	if (r->refusal && sink_statements(r->sink) == 0)
		return g_strdup_printf("no statement, but the bank's answer: "
		    "%s", r->refusal);
	if (!r->whole || r->depth > 0)
		return input_fault(r->input, "the end of the file (</OFX>)");
	return NULL;
}

static char *
read_ofx(struct input *input, struct sink *sink)
{
	struct reader r = {.input = input, .sink = sink, .leaf = VALUES,
	    .text = g_string_new(NULL)};
	char *why = take_pieces(&r);

	clear_values(&r, 0, VALUES);
	g_string_free(r.text, TRUE);
	g_free(r.refusal);
	return why;
}

static bool
probe(const char *head, size_t length)
{
	(void)length;
	return strcasestr(head, "OFXHEADER") || strcasestr(head, "<OFX>");
}

const struct format format_ofx = {"ofx", probe, read_ofx};
