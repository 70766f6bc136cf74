/*
 * csv.c - a bank's CSV export as statements, one for each account and
 * currency in it. With a column of balances it is checked like any other
 * statement, whether its newest row is the first or the last.
 */
#include "csv.h"
#include "extract.h"

#include <string.h>

#define HEADER_LINES 40		/* the header is one of the first */
#define MAX_ROWS 500000u

struct reading {
	const struct csvmap *map;
	struct input *input;
	char delimiter;
	char *account;		/* that stands above the columns, or NULL */
	guint *places;		/* cell of each of map->names */
	GPtrArray *groups;	/* struct csv_group */
	struct csv_row *last;	/* in them */
	unsigned rows;
	char *why;
};

/* ---- the header ------------------------------------------------------------- */

/* Where the mapping's columns are. False when one of them is not there. */
static bool
find_places(const struct csvmap *map, const GPtrArray *cells, guint *places)
{
	g_autoptr(GPtrArray) folded =
	    g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < cells->len; i++)
		g_ptr_array_add(folded, csvmap_fold(cells->pdata[i]));
	for (guint i = 0; i < map->names->len; i++) {
		const struct csv_name *name = map->names->pdata[i];
		guint at = name->number - 1;

		if (name->folded && !g_ptr_array_find_with_equal_func(folded,
		    name->folded, g_str_equal, &at))
			at = G_MAXUINT;
		if (at >= cells->len && !name->optional)
			return false;
		places[i] = at;
	}
	return true;
}

static char
delimiter_of(const struct csvmap *map, const char *line)
{
	static const char marks[] = ";\t|,";
	char best = ',';
	size_t most = 0;

	for (const char *mark = marks; *mark && !map->delimiter; mark++) {
		size_t count = 0;

		for (const char *p = line; *p; p++)
			count += *p == *mark;
		if (count > most) {
			most = count;
			best = *mark;
		}
	}
	return map->delimiter ? map->delimiter : best;
}

static bool
is_header(const struct csvmap *map, const char *line, guint *places)
{
	g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);

	return csv_split(line, delimiter_of(map, line), cells) &&
	    find_places(map, cells, places);
}

/* ---- which mapping ---------------------------------------------------------- */

static bool
answers(const struct csvmap *map, const char *head, size_t length)
{
	g_autofree char *text = charset_decode(head, length, g_utf8_validate(
	    head, (gssize)length, NULL) || !map->charset ? NULL :
	    map->charset);
	g_auto(GStrv) lines = g_strsplit(g_str_has_prefix(text,
	    "\xef\xbb\xbf") ? text + 3 : text, "\n", HEADER_LINES);
	g_autofree guint *places = g_new0(guint, map->names->len);

	for (char **line = lines; *line; line++)
		if (is_header(map, g_strchomp(*line), places))
			return true;
	return false;
}

/* The one that was chosen, else the one that knows most of the columns. */
static const struct csvmap *
find_map(const char *head, size_t length)
{
	const GPtrArray *maps = csvmap_all();
	const struct csvmap *best = NULL;

	for (guint i = 0; i < maps->len; i++) {
		const struct csvmap *map = maps->pdata[i];

		if (csvmap_chosen()) {
			if (strcmp(map->name, csvmap_chosen()) == 0)
				return map;
		} else if (!map->headerless && (!best ||
		    map->names->len > best->names->len) &&
		    answers(map, head, length)) {
			best = map;
		}
	}
	return best;
}

/* ---- one row ---------------------------------------------------------------- */

static void
free_row(gpointer data)
{
	struct csv_row *row = data;

	for (int i = 0; i < CSV_COLUMNS; i++)
		g_free(row->cells[i]);
	g_free(row->cells);
	g_free(row);
}

static void
free_group(gpointer data)
{
	struct csv_group *group = data;

	g_free(group->account);
	g_free(group->currency);
	g_ptr_array_unref(group->rows);
	g_free(group);
}

static struct csv_row *
cells_of(const struct reading *reading, const GPtrArray *cells)
{
	struct csv_row *row = g_new0(struct csv_row, 1);

	row->line = input_line_number(reading->input);
	row->cells = g_new0(char *, CSV_COLUMNS);
	for (guint i = 0; i < reading->map->names->len; i++) {
		const struct csv_name *name = reading->map->names->pdata[i];
		const char *text = reading->places[i] < cells->len ?
		    cells->pdata[reading->places[i]] : "";
		char **cell = &row->cells[name->column];
		char *before = *cell;

		if (!*text)
			continue;
		*cell = before ? g_strconcat(before, " ", text, NULL) :
		    g_strdup(text);
		g_free(before);
	}
	return row;
}

static const char *
currency_of(const struct csvmap *map, const struct csv_row *row)
{
	g_autofree char *code = row->cells[CSV_CURRENCY] ?
	    g_ascii_strup(row->cells[CSV_CURRENCY], -1) : NULL;

	return code && money_digits(code) >= 0 ? g_intern_string(code) :
	    code ? NULL : map->currency;
}

/* The signed amount out of one or two columns. */
static bool
read_amount(const struct csvmap *map, struct csv_row *row, const char *currency)
{
	char **cells = row->cells;
	int64_t in = 0, out = 0;

	if (cells[CSV_AMOUNT]) {
		if (!csv_amount(map, cells[CSV_AMOUNT], currency,
		    &row->amount))
			return false;
		if (cells[CSV_DIRECTION] &&
		    csv_has_word(map->debit, cells[CSV_DIRECTION]))
			row->amount = -ABS(row->amount);
		else if (csvmap_has(map, CSV_DIRECTION) &&
		    !csv_has_word(map->credit, cells[CSV_DIRECTION]))
			return false;
	} else {
		if ((cells[CSV_CREDIT] && !csv_amount(map, cells[CSV_CREDIT],
		    currency, &in)) || (cells[CSV_DEBIT] &&
		    !csv_amount(map, cells[CSV_DEBIT], currency, &out)) ||
		    (in != 0 && out != 0))
			return false;
		row->amount = in != 0 ? in : -ABS(out);
	}
	if (map->reversed)
		row->amount = -row->amount;
	return true;
}

static bool
read_moves(const struct csvmap *map, struct csv_row *row, const char *currency)
{
	char **cells = row->cells;

	if (cells[CSV_FEE] && !csv_amount(map, cells[CSV_FEE], currency,
	    &row->fee))
		return false;
	row->fee = ABS(row->fee);
	row->moved = row->amount - (map->fee_apart ? row->fee : 0);
	row->has_balance = cells[CSV_BALANCE] != NULL;
	return (!cells[CSV_NET] || csv_amount(map, cells[CSV_NET], currency,
	    &row->moved)) && (!row->has_balance || csv_amount(map,
	    cells[CSV_BALANCE], currency, &row->balance));
}

/* Does the row tell whose money it is? A total does not. */
static bool
has_party(const struct csv_row *row)
{
	return row->cells[CSV_PAYER] || row->cells[CSV_PAYER_ACCOUNT] ||
	    row->cells[CSV_BANK_REFERENCE];
}

/* Headings between the rows, totals and closing remarks have neither a day
 * nor an amount. */
static bool
is_no_entry(const struct csvmap *map, const struct csv_row *row)
{
	const char *day = row->cells[CSV_BOOKED] ? row->cells[CSV_BOOKED] :
	    row->cells[CSV_VALUE];

	if (!row->cells[CSV_AMOUNT] && !row->cells[CSV_CREDIT] &&
	    !row->cells[CSV_DEBIT])
		return true;
	if (map->booked->len && !csv_has_word(map->booked,
	    row->cells[CSV_STATUS]))
		return true;
	if (csv_has_word(map->skipped, row->cells[CSV_TYPE]))
		return true;
	return !day && !has_party(row);
}

static struct csv_group *
group_of(struct reading *reading, const char *account, const char *currency)
{
	struct csv_group *group;

	for (guint i = 0; i < reading->groups->len; i++) {
		group = reading->groups->pdata[i];
		if (strcmp(group->currency, currency) == 0 &&
		    g_strcmp0(group->account, account) == 0)
			return group;
	}
	group = g_new0(struct csv_group, 1);
	group->account = g_strdup(account);
	group->currency = g_strdup(currency);
	group->rows = g_ptr_array_new_with_free_func(free_row);
	g_ptr_array_add(reading->groups, group);
	return group;
}

static const char *
take_row(struct reading *reading, struct csv_row *row)
{
	const struct csvmap *map = reading->map;
	const char *currency = currency_of(map, row);
	const char *day = row->cells[CSV_BOOKED] ? row->cells[CSV_BOOKED] :
	    row->cells[CSV_VALUE];
	const char *account = row->cells[CSV_ACCOUNT] ?
	    row->cells[CSV_ACCOUNT] : map->account ? map->account :
	    reading->account ? reading->account : csvmap_account();

	if (!currency)
		return "this is no currency";
	if (!day || !csv_day(map, day, row->day))
		return "a day is expected";
	if (!read_amount(map, row, currency) ||
	    !read_moves(map, row, currency))
		return "an amount is expected";
	if (++reading->rows > MAX_ROWS)
		return "more rows than can be read: split the file";
	g_ptr_array_add(group_of(reading, account, currency)->rows, row);
	reading->last = row;
	return NULL;
}

/* ---- the format -------------------------------------------------------------- */

/* Where an IBAN begins in a run of capitals and figures, or NULL. */
static const char *
find_iban(const char *run)
{
	for (; strlen(run) >= 15; run++)
		if (g_ascii_isupper(run[0]) && g_ascii_isupper(run[1]) &&
		    g_ascii_isdigit(run[2]) && g_ascii_isdigit(run[3]))
			return strlen(run) <= 34 ? run : NULL;
	return NULL;
}

/* An IBAN above the columns, with or without blanks in it. */
static void
note_account(struct reading *reading, const char *line)
{
	g_autoptr(GString) run = g_string_new(NULL);

	for (const char *p = line; !reading->account; p++) {
		if (g_ascii_isupper(*p) || g_ascii_isdigit(*p)) {
			g_string_append_c(run, *p);
			continue;
		}
		if (*p == ' ')
			continue;
		reading->account = g_strdup(find_iban(run->str));
		g_string_truncate(run, 0);
		if (!*p)
			return;
	}
}

static bool
skip_to_header(struct reading *reading)
{
	const char *line;

	for (int i = 0; i < HEADER_LINES &&
	    (line = input_line(reading->input)); i++) {
		reading->delimiter = delimiter_of(reading->map, line);
		if (is_header(reading->map, line, reading->places))
			return true;
		note_account(reading, line);
	}
	return false;
}

static bool
start(struct reading *reading)
{
	const struct csvmap *map = reading->map;

	if (map->charset)
		input_charset(reading->input, map->charset);
	if (!map->headerless)
		return skip_to_header(reading);
	reading->delimiter = map->delimiter ? map->delimiter : ',';
	for (guint i = 0; i < map->names->len; i++)
		reading->places[i] =
		    ((struct csv_name *)map->names->pdata[i])->number - 1;
	return true;
}

/* Some banks go on with the text of an entry on a row of its own. */
static void
add_text(struct reading *reading, const struct csv_row *row)
{
	char **text = reading->last ?
	    &reading->last->cells[CSV_REMITTANCE] : NULL;
	char *before = text ? *text : NULL;

	for (int i = 0; i < CSV_COLUMNS; i++)
		if (row->cells[i] && i != CSV_REMITTANCE)
			return;
	if (!text || !row->cells[CSV_REMITTANCE])
		return;
	*text = before ? g_strconcat(before, " ", row->cells[CSV_REMITTANCE],
	    NULL) : g_strdup(row->cells[CSV_REMITTANCE]);
	g_free(before);
}

static void
read_rows(struct reading *reading)
{
	g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);

	while (!reading->why && csv_next(reading->input, reading->delimiter,
	    cells, &reading->why)) {
		struct csv_row *row = cells_of(reading, cells);
		const char *why;

		if (is_no_entry(reading->map, row)) {
			add_text(reading, row);
			free_row(row);
			continue;
		}
		why = take_row(reading, row);
		if (!why)
			continue;
		reading->why = input_problem(reading->input, why);
		free_row(row);
	}
}

static bool
csv_probe(const char *head, size_t length)
{
	return find_map(head, length) != NULL;
}

static char *
csv_read(struct input *input, struct sink *sink)
{
	char head[INPUT_HEAD + 1];
	struct reading reading = {.map = find_map(head,
	    input_head(input, head)), .input = input,
	    .groups = g_ptr_array_new_with_free_func(free_group)};

	reading.places = g_new0(guint, reading.map->names->len);
	if (start(&reading))
		read_rows(&reading);
	else
		reading.why = g_strdup_printf("the columns of %s are not in "
		    "it", reading.map->name);
	for (guint i = 0; !reading.why && i < reading.groups->len; i++)
		csv_statement(sink, reading.map, reading.groups->pdata[i]);
	g_ptr_array_unref(reading.groups);
	g_free(reading.places);
	g_free(reading.account);
	return reading.why;
}

const struct format format_csv = {"csv", csv_probe, csv_read};
