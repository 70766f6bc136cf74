/*
 * norma43.c - Norma 43 (AEB, Cuaderno 43), the statement of Spanish banks:
 * lines of 80 columns. The account's check digits do not stand in it, but can
 * be computed: the account is given as IBAN.
 */
#include "statement.h"
#include "columns.h"

#include <string.h>

#define TEXT_LIMIT 2000u

struct reader {
	struct input *input;
	struct sink *sink;
	struct event *event;	/* the sink's, of the last record 22 */
	GString *text;
	char currency[4], to[DAY_SIZE];
	bool begun;
	int64_t sum[2];		/* of debits and of credits */
	long count[2];
};

/* ---- account and currency ----------------------------------------------------------- */

/* The two check digits of bank and office, and of the account. */
static int
check_digit(const char *ten)
{
	static const int weights[] = {1, 2, 4, 8, 5, 10, 9, 7, 3, 6};
	int sum = 0;

	for (int i = 0; i < 10; i++)
		sum += (ten[i] - '0') * weights[i];
	sum = 11 - sum % 11;
	return sum == 11 ? 0 : sum == 10 ? 1 : sum;
}

/* 18 digits (bank, office, account) as IBAN; NULL when there are not. */
static char *
iban_of(const char *line)
{
	g_autofree char *number = columns_text(line, 3, 20);
	g_autofree char *office = NULL, *bban = NULL, *whole = NULL;
	int rest = 0;

	if (strlen(number) != 18 || strspn(number, "0123456789") != 18)
		return NULL;
	office = g_strdup_printf("00%.8s", number);
	bban = g_strdup_printf("%.8s%d%d%s", number, check_digit(office),
	    check_digit(number + 8), number + 8);
	whole = g_strconcat(bban, "142800", NULL);	/* E, S, 00 */
	for (const char *p = whole; *p; p++)
		rest = (rest * 10 + *p - '0') % 97;
	return g_strdup_printf("ES%02d%s", 98 - rest, bban);
}

static bool
set_currency(struct reader *r, const char *line, unsigned first)
{
	static const struct {
		const char *number, *code;
	} currencies[] = {{"978", "EUR"}, {"840", "USD"}, {"826", "GBP"},
	    {"756", "CHF"}, {"392", "JPY"}, {"752", "SEK"}, {"578", "NOK"},
	    {"208", "DKK"}, {"985", "PLN"}, {"203", "CZK"}, {"348", "HUF"},
	    {"504", "MAD"}, {"484", "MXN"}, {"124", "CAD"}, {"036", "AUD"},
	    {"156", "CNY"}, {"946", "RON"}, {"949", "TRY"}};
	g_autofree char *number = columns_text(line, first, first + 2);

	for (size_t i = 0; i < G_N_ELEMENTS(currencies); i++)
		if (strcmp(currencies[i].number, number) == 0) {
			g_strlcpy(r->currency, currencies[i].code,
			    sizeof r->currency);
			return true;
		}
	return false;
}

/* YYMMDD */
static bool
day_at(const char *line, unsigned first, char day[DAY_SIZE])
{
	g_autofree char *text = columns_text(line, first, first + 5);

	return statement_day(text, strlen(text), day);
}

/* 1 is a debit, 2 a credit, in front of an amount with two decimals. */
static bool
signed_amount(const struct reader *r, const char *line, unsigned first,
    int64_t *minor)
{
	char sign = columns_char(line, first);

	if ((sign != '1' && sign != '2') || !columns_amount(line, first + 1,
	    first + 14, 2, r->currency, minor))
		return false;
	if (sign == '1')
		*minor = -*minor;
	return true;
}

/* ---- records ---------------------------------------------------------------------------- */

/* What Spanish banks write in front of the payer's name. */
static void
set_payer(struct event *event, const char *text)
{
	static const char *const marks[] = {"TRANSFERENCIA RECIBIDA DE ",
	    "TRANSFERENCIA DE ", "TRANSFERENCIA INMEDIATA DE ", "TRANSF. DE ",
	    "TRANSF DE ", "TRF. DE ", "TRF DE ", "ORDENANTE: ", "ORDENANTE ",
	    "BIZUM DE ", "ABONO DE "};

	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
		const char *at = strcasestr(text, marks[i]);

		if (at && (at == text || at[-1] == ' ')) {
			event_set(event, EVENT_PAYER, at + strlen(marks[i]));
			return;
		}
	}
}

static void
finish_entry(struct reader *r)
{
	if (!r->event)
		return;
	event_set(r->event, EVENT_REMITTANCE, columns_squeeze(r->text->str));
	r->event = NULL;
}

static char *
on_header(struct reader *r, const char *line)
{
	g_autofree char *iban = iban_of(line), *id = NULL;
	char from[DAY_SIZE];
	int64_t minor;

	if (r->begun)
		return input_fault(r->input, "the end of the account before "
		    "(record 33)");
	if (!iban || !day_at(line, 21, from) || !day_at(line, 27, r->to))
		return input_fault(r->input, "an account (3-20) and two days "
		    "(21-32)");
	if (!set_currency(r, line, 48))
		return input_fault(r->input, "the number of a currency "
		    "(48-50)");
	if (!signed_amount(r, line, 33, &minor))
		return input_fault(r->input, "1 or 2 and a balance (33-47)");
	id = g_strjoin("/", iban, r->to, NULL);
	r->begun = true;
	memset(r->sum, 0, sizeof r->sum);
	memset(r->count, 0, sizeof r->count);
	sink_begin(r->sink, COVERAGE_STATEMENT);
	sink_set(r->sink, EVENT_ACCOUNT, iban);
	sink_set(r->sink, EVENT_STATEMENT_ID, id);
	sink_balance(r->sink, BALANCE_OPENING, minor, r->currency, from);
	return NULL;
}

static char *
on_entry(struct reader *r, const char *line)
{
	g_autofree char *document = columns_text(line, 43, 52);
	g_autofree char *first = columns_text(line, 53, 64);
	g_autofree char *second = columns_text(line, 65, 80);
	g_autofree char *concept = columns_text(line, 23, 24);
	char booked[DAY_SIZE], value[DAY_SIZE];
	enum event_kind kind = EVENT_CREDIT;
	int64_t minor;

	finish_entry(r);
	if (!r->begun)
		return input_fault(r->input, "an account (record 11) before "
		    "it");
	if (!day_at(line, 11, booked) || !day_at(line, 17, value))
		return input_fault(r->input, "two days (11-22)");
	if (!signed_amount(r, line, 28, &minor))
		return input_fault(r->input, "1 or 2 and an amount (28-42)");
	if (minor < 0)	/* 14: what was unpaid comes back */
		kind = strcmp(concept, "14") == 0 ? EVENT_RETURN : EVENT_DEBIT;
	r->sum[minor > 0] += ABS(minor);
	r->count[minor > 0]++;
	g_string_truncate(r->text, 0);
	r->event = sink_entry(r->sink, kind, minor, r->currency);
	if (!r->event)
		return NULL;
	event_set(r->event, EVENT_BOOKED, booked);
	event_set(r->event, EVENT_VALUE, value);
	columns_reference(r->event, document);
	columns_reference(r->event, first);
	columns_reference(r->event, second);
	return NULL;
}

/* A field that is full goes on in the next one without a blank. */
static char *
on_text(struct reader *r, const char *line)
{
	g_autofree char *text = columns_exact(line, 5, 42);
	g_autofree char *more = columns_exact(line, 43, 80);

	if (!r->event)
		return input_fault(r->input, "an entry (record 22) before it");
	if (r->text->len > TEXT_LIMIT)
		return input_fault(r->input, "at most five of these");
	g_string_append(r->text, text);
	g_string_append(r->text, more);
	if (!event_get(r->event, EVENT_PAYER))
		set_payer(r->event, columns_squeeze(text));
	return NULL;
}

static char *
on_end(struct reader *r, const char *line)
{
	int64_t debits, credits, minor;

	finish_entry(r);
	if (!r->begun)
		return input_fault(r->input, "an account (record 11) before "
		    "it");
	if (!columns_amount(line, 26, 39, 2, r->currency, &debits) ||
	    !columns_amount(line, 45, 58, 2, r->currency, &credits) ||
	    !signed_amount(r, line, 59, &minor))
		return input_fault(r->input, "two sums (26-39, 45-58), 1 or 2 "
		    "and a balance (59-73)");
	if (debits != r->sum[0] || credits != r->sum[1] ||
	    columns_number(line, 21, 25) != r->count[0] ||
	    columns_number(line, 40, 44) != r->count[1])
		sink_refuse(r->sink, "entries", "their number or sum is not "
		    "that of its last record");
	sink_balance(r->sink, BALANCE_CLOSING, minor, r->currency, r->to);
	return NULL;
}

static char *
take_line(struct reader *r, const char *line)
{
	g_autofree char *type = columns_exact(line, 1, 2);

	if (line[strspn(line, " \x1a")] == '\0')
		return NULL;
	if (strcmp(type, "11") == 0)
		return on_header(r, line);
	if (strcmp(type, "22") == 0)
		return on_entry(r, line);
	if (strcmp(type, "23") == 0)
		return on_text(r, line);
	if (strcmp(type, "33") == 0)
		return on_end(r, line);
	if (strcmp(type, "24") != 0 && strcmp(type, "88") != 0 &&
	    strcmp(type, "00") != 0)
		return input_fault(r->input, "a record 11, 22, 23, 24, 33 or "
		    "88");
	return NULL;
}

static char *
take_lines(struct reader *r)
{
	const char *line;
	char *why = NULL;

	while (!why && (line = input_line(r->input))) {
		why = take_line(r, line);
		if (!why && g_str_has_prefix(line, "33")) {
			sink_end(r->sink);
			r->begun = false;
		}
	}
	if (!why && r->begun)
		why = input_fault(r->input, "the end of the account (record "
		    "33)");
	return why;
}

static char *
read_norma43(struct input *input, struct sink *sink)
{
	struct reader r = {.input = input, .sink = sink,
	    .text = g_string_new(NULL)};
	char *why = take_lines(&r);

	g_string_free(r.text, TRUE);
	return why;
}

/* A record 11 of digits to its currency, and one that may follow it. */
static bool
probe(const char *head, size_t length)
{
	const char *next = strchr(head, '\n');
	(void)length;

	return g_str_has_prefix(head, "11") &&
	    strspn(head, "0123456789") >= 50 && next &&
	    (g_str_has_prefix(next + 1, "22") ||
	    g_str_has_prefix(next + 1, "33"));
}

const struct format format_norma43 = {"norma43", probe, read_norma43};
