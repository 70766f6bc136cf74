/*
 * cmd_report.c - tables over the books: how old the open money is, and how
 * often a reminder crossed with a payment, what was set aside. A report is one
 * row of a table; how well money is matched is a page of its own.
 */
#include "command.h"
#include "lookup.h"
#include "print.h"
#include "report_matching.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

extern const struct command cmd_report;

struct sheet {			/* a table that any format can print */
	const char *const *headings;	/* '>' in front: right-aligned */
	int columns;
	GPtrArray *cells;	/* row after row */
};

static void
add_row(struct sheet *sheet, char *const *cells)
{
	for (int i = 0; i < sheet->columns; i++)
		g_ptr_array_add(sheet->cells, g_strdup(cells[i]));
}

/* ---- aging ----------------------------------------------------------------- */

static const char *const aging_headings[] = {
	"Customer", "Currency", ">Not due", ">1-30", ">31-60", ">61-90",
	">Over 90", ">Open",
};
#define BUCKETS 5

struct age {			/* open money of a customer in a currency */
	int64_t customer;
	const char *name, *currency;
	int64_t buckets[BUCKETS];
};

static int
bucket_of(const struct context *context, const char *due)
{
	int32_t days = day_number(context->today) - day_number(due);

	return days <= 0 ? 0 : days > 90 ? 4 : 1 + (days - 1) / 30;
}

static struct age *
age_of(GPtrArray *ages, const struct invoice *v, const char *name)
{
	struct age *age;

	for (guint i = 0; i < ages->len; i++) {
		age = ages->pdata[i];
		if (age->customer == v->customer &&
		    strcmp(age->currency, v->currency) == 0)
			return age;
	}
	age = g_new0(struct age, 1);
	age->customer = v->customer;
	age->name = name;
	age->currency = v->currency;
	g_ptr_array_add(ages, age);
	return age;
}

static int
compare_ages(gconstpointer a, gconstpointer b)
{
	const struct age *x = *(struct age *const *)a;
	const struct age *y = *(struct age *const *)b;
	int order = strcmp(x->name, y->name);

	return order ? order : strcmp(x->currency, y->currency);
}

static void
add_age(struct sheet *sheet, const struct age *age)
{
	char *cells[3 + BUCKETS] = {(char *)age->name, (char *)age->currency};
	int64_t sum = 0;

	for (int i = 0; i < BUCKETS; i++) {
		cells[2 + i] = money_format(age->buckets[i], age->currency);
		sum += age->buckets[i];
	}
	cells[2 + BUCKETS] = money_format(sum, age->currency);
	add_row(sheet, cells);
	for (int i = 0; i <= BUCKETS; i++)
		g_free(cells[2 + i]);
}

static int
fill_aging(struct context *context, struct sheet *sheet)
{
	const struct invoice_filter filter = {.open_only = true};
	g_autoptr(GPtrArray) list = NULL;
	g_autoptr(GPtrArray) ages = g_ptr_array_new_with_free_func(g_free);
	int code;
	g_autoptr(GHashTable) customers = customers_by_id(context, &code);
	enum store_status status = store_invoice_list(context->store, &filter,
	    &list);

	if (code != EX_OK || status != STORE_OK)
		return code != EX_OK ? code : store_failed(context, status);
	for (guint i = 0; i < list->len; i++) {
		const struct invoice *v = list->pdata[i];
		const struct customer *customer = g_hash_table_lookup(
		    customers, &v->customer);
		bool credit = v->type == INVOICE_CREDIT_NOTE;

		age_of(ages, v, customer ? customer->name : "")
		    ->buckets[bucket_of(context, v->due)] +=
		    credit ? -v->open : v->open;
	}
	g_ptr_array_sort(ages, compare_ages);
	for (guint i = 0; i < ages->len; i++)
		add_age(sheet, ages->pdata[i]);
	return EX_OK;
}

/* ---- crossing --------------------------------------------------------------- */

static const char *const crossing_headings[] = {
	"Month", ">Reminders sent", ">Recalled in time", ">Crossed", ">Rate",
};

struct month {
	char name[8];
	int sent, recalled, crossed;
};

static struct month *
month_of(GPtrArray *months, int64_t moment)
{
	g_autofree char *text = moment_text(moment);
	struct month *month = months->len ? months->pdata[months->len - 1]
					  : NULL;

	text[7] = '\0';
	for (guint i = 0; i < months->len; i++) {
		month = months->pdata[i];
		if (strcmp(month->name, text) == 0)
			return month;
	}
	month = g_new0(struct month, 1);
	g_strlcpy(month->name, text, sizeof month->name);
	g_ptr_array_add(months, month);
	return month;
}

static int
compare_months(gconstpointer a, gconstpointer b)
{
	return strcmp((*(struct month *const *)a)->name,
	    (*(struct month *const *)b)->name);
}

static void
count_letter(GPtrArray *months, const struct letter *letter)
{
	struct month *month = month_of(months,
	    letter->sent ? letter->sent : letter->planned);

	if (letter->kind == LETTER_CROSSED)
		month->crossed += letter->state != LETTER_RECALLED;
	else if (letter->kind == LETTER_REMINDER) {
		month->sent += letter->state == LETTER_SENT;
		month->recalled += letter->state == LETTER_RECALLED;
	}
}

static int
fill_crossing(struct context *context, struct sheet *sheet)
{
	const struct letter_filter filter = {0};
	g_autoptr(GPtrArray) list = NULL;
	g_autoptr(GPtrArray) months = g_ptr_array_new_with_free_func(g_free);
	enum store_status status = store_letter_list(context->store, &filter,
	    &list);

	if (status != STORE_OK)
		return store_failed(context, status);
	for (guint i = 0; i < list->len; i++)
		count_letter(months, list->pdata[i]);
	g_ptr_array_sort(months, compare_months);
	for (guint i = 0; i < months->len; i++) {
		const struct month *m = months->pdata[i];
		g_autofree char *sent = g_strdup_printf("%d", m->sent);
		g_autofree char *recalled = g_strdup_printf("%d", m->recalled);
		g_autofree char *crossed = g_strdup_printf("%d", m->crossed);
		g_autofree char *rate = m->sent ? g_strdup_printf("%d.%d%%",
		    m->crossed * 100 / m->sent,
		    m->crossed * 1000 / m->sent % 10) : g_strdup("");
		char *cells[] = {(char *)m->name, sent, recalled, crossed,
		    rate};

		add_row(sheet, cells);
	}
	return EX_OK;
}

/* ---- set aside --------------------------------------------------------------- */

static const char *const aside_headings[] = {
	"Payment", "Day", ">Amount", "Currency", "Payer", "Why",
};

/* What the journal says of the last time that it was. */
static char *
aside_why(struct context *context, int64_t payment)
{
	g_autoptr(GPtrArray) list = NULL;
	char *why = NULL;

	if (store_journal_list(context->store, SUBJECT_PAYMENT, payment,
	    &list) != STORE_OK)
		return g_strdup("");
	for (guint i = list->len; i > 0 && !why; i--) {
		const struct journal_entry *entry = list->pdata[i - 1];

		if (g_str_has_prefix(entry->code, "set-aside") ||
		    g_str_has_prefix(entry->code, "transfer:"))
			why = g_strdup(entry->text);
	}
	return why ? why : g_strdup("");
}

static int
fill_aside(struct context *context, struct sheet *sheet)
{
	const struct payment_filter filter = {0};
	g_autoptr(GPtrArray) list = NULL;
	enum store_status status = store_payment_list(context->store, &filter,
	    &list);

	if (status != STORE_OK)
		return store_failed(context, status);
	for (guint i = 0; i < list->len; i++) {
		const struct payment *p = list->pdata[i];
		g_autofree char *amount = money_format(p->amount, p->currency);
		g_autofree char *why = p->set_aside ?
		    aside_why(context, p->id) : NULL;
		char *cells[] = {p->key, p->booked, amount, p->currency,
		    p->payer ? p->payer : (char *)"", why};

		if (p->set_aside)
			add_row(sheet, cells);
	}
	return EX_OK;
}

/* ---- formats ----------------------------------------------------------------- */

static const char *
plain_heading(const char *heading)
{
	return heading + (*heading == '>');
}

static void
print_text(const struct context *context, const struct sheet *sheet)
{
	struct table *table = table_new(context, sheet->columns,
	    sheet->headings);
	int columns = sheet->columns;

	for (guint i = 0; i < sheet->cells->len; i += (guint)columns) {
		g_autofree char **row = g_new0(char *, (gsize)columns + 1);

		for (int c = 0; c < columns; c++)
			row[c] = g_strconcat(
			    *sheet->headings[c] == '>' ? ">" : "",
			    sheet->cells->pdata[i + (guint)c], NULL);
		table_row(table, (const char *const *)row);
		for (int c = 0; c < columns; c++)
			g_free(row[c]);
	}
	table_end(table, "There is nothing to report.");
}

static void
print_csv_cell(const char *text, bool last)
{
	bool quote = strpbrk(text, ",\"\r\n") != NULL;

	if (quote)
		putchar('"');
	for (; *text; text++) {
		if (*text == '"')
			putchar('"');
		putchar(*text);
	}
	fputs(quote ? "\"" : "", stdout);
	fputs(last ? "\r\n" : ",", stdout);
}

static void
print_csv(const struct context *context, const struct sheet *sheet)
{
	(void)context;
	for (int c = 0; c < sheet->columns; c++)
		print_csv_cell(plain_heading(sheet->headings[c]),
		    c == sheet->columns - 1);
	for (guint i = 0; i < sheet->cells->len; i++)
		print_csv_cell(sheet->cells->pdata[i],
		    (int)(i % (guint)sheet->columns) == sheet->columns - 1);
}

static void
print_rows_json(const struct context *context, const struct sheet *sheet)
{
	guint columns = (guint)sheet->columns;

	(void)context;
	for (guint i = 0; i < sheet->cells->len; i += columns) {
		json_t *row = json_object();

		for (guint c = 0; c < columns; c++) {
			g_autofree char *key = g_ascii_strdown(
			    plain_heading(sheet->headings[c]), -1);

			json_put(row, g_strdelimit(key, " -", '_'),
			    sheet->cells->pdata[i + c]);
		}
		print_json(row);
	}
}

static const struct view {
	const char *name;
	const char *const *headings;
	int columns;
	int (*fill)(struct context *context, struct sheet *sheet);
} views[] = {
	{"aging", aging_headings, G_N_ELEMENTS(aging_headings), fill_aging},
	{"crossing", crossing_headings, G_N_ELEMENTS(crossing_headings),
	    fill_crossing},
	{"set-aside", aside_headings, G_N_ELEMENTS(aside_headings),
	    fill_aside},
};

static const struct format {
	const char *name;
	void (*print)(const struct context *context,
	    const struct sheet *sheet);
} formats[] = {
	{"text", print_text}, {"csv", print_csv}, {"json", print_rows_json},
};

static const struct format *
format_find(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	}
	return NULL;
}

static int
run_report(struct context *context, const struct view *view,
    const struct format *format)
{
	struct sheet sheet = {
		.headings = view->headings, .columns = view->columns,
		.cells = g_ptr_array_new_with_free_func(g_free),
	};
	int code = open_store(context, STORE_READ);

	if (code == EX_OK)
		code = view->fill(context, &sheet);
	if (code == EX_OK)
		format->print(context, &sheet);
	g_ptr_array_unref(sheet.cells);
	return code;
}

/* Several tables: no CSV. */
static int
run_matching(struct context *context, const char *format, const char *since)
{
	if (strcmp(format, "csv") == 0)
		return usage_error(&cmd_report, "matching has several tables: "
		    "--format text or json");
	if (since && day_number(since) == G_MININT32)
		return usage_error(&cmd_report, "--since: '%s' is no day such "
		    "as 2026-11-22", since);
	return report_matching(context, since,
	    strcmp(format, "json") == 0);
}

static int
run(struct context *context, int argc, char **argv)
{
	static const struct option options[] = {
		{"format", required_argument, NULL, 'f'},
		{"since", required_argument, NULL, 's'},
		{NULL, 0, NULL, 0},
	};
	const char *name = context->json ? "json" : "text";
	const char *since = NULL;
	const struct format *format;
	bool matching;
	int c;

	while ((c = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		if (c == 'f')
			name = optarg;
		else if (c == 's')
			since = optarg;
		else
			return option_error(&cmd_report, c, argv);
	}
	matching = optind == argc - 1 && strcmp(argv[optind], "matching") == 0;
	format = format_find(name);
	if (!format)
		return usage_error(&cmd_report, "--format: there is no '%s'; "
		    "there are text, csv, json", name);
	if (matching)
		return run_matching(context, name, since);
	if (since)
		return usage_error(&cmd_report, "--since goes with matching "
		    "only");
	for (size_t i = 0; optind == argc - 1 && i < G_N_ELEMENTS(views);
	     i++) {
		if (strcmp(views[i].name, argv[optind]) == 0)
			return run_report(context, &views[i], format);
	}
	return usage_error(&cmd_report, "say which report: aging, "
	    "crossing, set-aside or matching");
}

const struct command cmd_report = {
	.name = "report",
	.usage = "aging|crossing|set-aside [--format text|csv|json] |\n"
		 "         matching [--since DAY] [--format text|json]",
	.summary = "open money, crossed reminders, set aside, matching",
	.run = run,
};
