/*
 * cmd_report.c - tables over the books: how old the open money is, how many
 * reminders were held, recalled, crossed, retracted; what was set aside. A report is one
 * row of a table; how well money is matched is a page of its own.
 */
#include "command.h"
#include "lookup.h"
#include "print.h"
#include "remind.h"
#include "report_experiments.h"
#include "report_matching.h"
#include "report_payers.h"
#include "report_sheet.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

extern const struct command cmd_report;

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
	"Month", ">Reminders sent", ">Recalled in time", ">Crossed",
	">Retracted", ">Rate", ">Held: paid", ">Announced",
	">Possible payment", ">Feed stale", ">Bank lag", ">Hold",
	">Undelivered", ">Window", ">Customer cap", ">Minimum", ">Recipient",
};
#define FIGURES 4		/* before the rate */
#define GATES (GATE_RECIPIENT - GATE_PAID + 1)

struct month {			/* of the journal; name "Total": of all */
	char name[8];
	int figures[FIGURES];	/* sent, recalled, crossed, retracted */
	int held[GATES];
};
enum { SENT, RECALLED, CROSSED, RETRACTED };

static struct month *
month_of(GPtrArray *months, const char *name)
{
	struct month *month;

	for (guint i = 0; i < months->len; i++) {
		month = months->pdata[i];
		if (strcmp(month->name, name) == 0)
			return month;
	}
	month = g_new0(struct month, 1);
	g_strlcpy(month->name, name, sizeof month->name);
	g_ptr_array_add(months, month);
	return month;
}

/* Which figure an entry about a letter counts for, -1 none. */
static int
figure_of(const struct journal_entry *entry, int kind)
{
	bool reminder = kind >= 0 &&
	    letter_kind_is_reminder((enum letter_kind)kind);

	if (strcmp(entry->code, "letter:crossed") == 0)
		return CROSSED;
	if (strcmp(entry->code, "sent") == 0)
		return reminder ? SENT : kind == LETTER_CROSSED ? RETRACTED :
		    -1;
	return reminder && g_str_has_prefix(entry->code, "recalled:") ?
	    RECALLED : -1;
}

static void
count_entry(struct month *month, const struct journal_entry *entry, int kind)
{
	int figure = entry->subject == SUBJECT_LETTER ?
	    figure_of(entry, kind) : -1;

	if (figure >= 0)
		month->figures[figure]++;
	for (int i = 0; i < GATES &&
	    g_str_has_prefix(entry->code, "held:"); i++)
		month->held[i] += strcmp(entry->code + strlen("held:"),
		    gate_name((enum gate)(GATE_PAID + i))) == 0;
}

static void
add_month(struct sheet *sheet, const struct month *m)
{
	char *cells[1 + FIGURES + 1 + GATES] = {(char *)(uintptr_t)m->name};
	int n = 1;

	for (int i = 0; i < FIGURES; i++)
		cells[n++] = g_strdup_printf("%d", m->figures[i]);
	cells[n++] = m->figures[SENT] ? g_strdup_printf("%d.%d%%",
	    m->figures[CROSSED] * 100 / m->figures[SENT],
	    m->figures[CROSSED] * 1000 / m->figures[SENT] % 10) :
	    g_strdup("");
	for (int i = 0; i < GATES; i++)
		cells[n++] = g_strdup_printf("%d", m->held[i]);
	add_row(sheet, cells);
	while (n > 1)
		g_free(cells[--n]);
}

/* The kinds of all letters by id, one more than the kind. */
static enum store_status
read_kinds(struct store *store, GHashTable *kinds)
{
	const struct letter_filter filter = {0};
	g_autoptr(GPtrArray) list = NULL;
	enum store_status status = store_letter_list(store, &filter, &list);

	for (guint i = 0; status == STORE_OK && i < list->len; i++) {
		const struct letter *one = list->pdata[i];

		g_hash_table_insert(kinds, g_memdup2(&one->id, sizeof one->id),
		    GINT_TO_POINTER((int)one->kind + 1));
	}
	return status;
}

static int
fill_crossing(struct context *context, struct sheet *sheet)
{
	g_autoptr(GPtrArray) entries = NULL;
	g_autoptr(GPtrArray) months = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GHashTable) kinds = g_hash_table_new_full(g_int64_hash,
	    g_int64_equal, g_free, NULL);
	struct month total = {.name = "Total"};
	enum store_status status = read_kinds(context->store, kinds);

	if (status == STORE_OK)
		status = store_journal_list(context->store, SUBJECT_NONE, 0,
		    &entries);
	if (status != STORE_OK)
		return store_failed(context, status);
	for (guint i = 0; i < entries->len; i++) {
		const struct journal_entry *entry = entries->pdata[i];
		int kind = GPOINTER_TO_INT(g_hash_table_lookup(kinds,
		    &entry->row)) - 1;
		g_autofree char *name = moment_text(entry->at);

		name[7] = '\0';
		if (!g_str_has_prefix(entry->code, "held:") &&
		    (entry->subject != SUBJECT_LETTER ||
			figure_of(entry, kind) < 0))
			continue;
		count_entry(month_of(months, name), entry, kind);
		count_entry(&total, entry, kind);
	}
	for (guint i = 0; i < months->len; i++)
		add_month(sheet, months->pdata[i]);
	if (months->len > 0)
		add_month(sheet, &total);
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

/* ---- experiments ------------------------------------------------------------- */

static void
add_experiment(void *sheet, char *const *cells)
{
	add_row(sheet, cells);
}

static int
fill_experiments(struct context *context, struct sheet *sheet)
{
	return report_experiments(context, add_experiment, sheet);
}

static int
fill_payers(struct context *context, struct sheet *sheet)
{
	return report_payers(context, sheet->cells);
}

/* ---- all of them --------------------------------------------------------------- */

static const struct view {
	const char *name;
	const char *const *headings;
	int columns;
	int (*fill)(struct context *context, struct sheet *sheet);
} views[] = {
	{"aging", aging_headings, G_N_ELEMENTS(aging_headings), fill_aging},
	{"crossing", crossing_headings, G_N_ELEMENTS(crossing_headings),
	    fill_crossing},
	{"experiments", experiment_headings, EXPERIMENT_COLUMNS,
	    fill_experiments},
	{"payers", payers_headings, PAYERS_COLUMNS, fill_payers},
	{"set-aside", aside_headings, G_N_ELEMENTS(aside_headings),
	    fill_aside},
};

static const struct format {
	const char *name;
	void (*print)(const struct context *context,
	    const struct sheet *sheet);
} formats[] = {
	{"text", sheet_print_text}, {"csv", sheet_print_csv},
	{"json", sheet_print_rows_json},
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
	    "crossing, payers, experiments, set-aside or matching");
}

const struct command cmd_report = {
	.name = "report",
	.usage = "aging|crossing|payers|experiments|set-aside\n"
		 "         [--format text|csv|json] |\n"
		 "         matching [--since DAY] [--format text|json]",
	.summary = "open money, crossed reminders, payers, experiments, matching",
	.run = run,
};
