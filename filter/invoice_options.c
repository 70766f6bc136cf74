/*
 * invoice_options.c - the options of an invoice, each a row of a table that
 * says where in the document it goes.
 */
#include "invoice.h"
#include "invoice_options.h"
#include "print.h"

#include <string.h>

#define LARGEST_FILE (10 << 20)

enum {
	PERIOD = 100, WITHHOLDING, DISCOUNT, NOTE, PRECEDING	/* special */
};

static const struct column columns[] = {
	{"customer", CELL_TEXT, false, NOWHERE},
	{"number", CELL_TEXT, false, NOWHERE},
	{"type", CELL_TEXT, false, NOWHERE},
	{"date", CELL_DAY, false, NOWHERE},
	{"due", CELL_DAY, false, NOWHERE},
	{"terms", CELL_COUNT, false, NOWHERE},
	{"currency", CELL_CURRENCY, false, NOWHERE},
	{"reference", CELL_TEXT, false, NOWHERE},
	{"po", CELL_TEXT, false, NOWHERE},
	{"discount_percent", CELL_PERCENT, false, NOWHERE},
	{"discount_until", CELL_DAY, false, NOWHERE},
	{"policy", CELL_TEXT, false, NOWHERE},
	{"note", CELL_LINES, false, NOWHERE},
	{"account", CELL_TEXT, false, NOWHERE},
	{"buyer_reference", CELL_TEXT, false, NOWHERE},
	{"contract", CELL_TEXT, false, NOWHERE},
	{"project", CELL_TEXT, false, NOWHERE},
	{"tender", CELL_TEXT, false, NOWHERE},
	{"object", CELL_TEXT, false, NOWHERE},
	{"sales_order", CELL_TEXT, false, NOWHERE},
	{"despatch", CELL_TEXT, false, NOWHERE},
	{"receipt", CELL_TEXT, false, NOWHERE},
	{"accounting", CELL_TEXT, false, NOWHERE},
	{"period", CELL_TEXT, false, NOWHERE},
	{"delivered", CELL_DAY, false, NOWHERE},
	{"tax_point", CELL_DAY, false, NOWHERE},
	{"tax_currency", CELL_CURRENCY, false, NOWHERE},
	{"exchange_rate", CELL_TEXT, false, NOWHERE},
	{"withholding", CELL_TEXT, false, NOWHERE},
	{"prepaid", CELL_MONEY, false, NOWHERE},
	{"rounding", CELL_MONEY, false, NOWHERE},
	{"profile", CELL_TEXT, false, NOWHERE},
	{"preceding", CELL_TEXT, false, NOWHERE},
	{"memo", CELL_TEXT, false, NOWHERE},
	{NULL, CELL_TEXT, false, NOWHERE},
};

/* Where a text goes that is not at the top of the document by its own name. */
static const struct {
	const char *name;
	const char *group, *key;	/* of an object; group NULL: the top */
	int special;
} places[] = {
	{"terms", NULL, "terms_days", 0},
	{"reference", "payment", "reference", 0},
	{"period", NULL, NULL, PERIOD}, {"withholding", NULL, NULL, WITHHOLDING},
	{"discount_percent", NULL, NULL, DISCOUNT},
	{"discount_until", NULL, NULL, DISCOUNT},
	{"note", NULL, NULL, NOTE}, {"preceding", NULL, NULL, PRECEDING},
};

/* ---- reading argv ------------------------------------------------------------- */

void
invoice_request_init(struct invoice_request *request, struct context *context)
{
	*request = (struct invoice_request){.context = context};
	request->lines = g_ptr_array_new();
	request->allowances = g_ptr_array_new();
	request->charges = g_ptr_array_new();
	request->deposits = g_ptr_array_new();
	request->attachments = g_ptr_array_new();
}

void
invoice_request_clear(struct invoice_request *request)
{
	row_clear(&request->row);
	g_ptr_array_unref(request->lines);
	g_ptr_array_unref(request->allowances);
	g_ptr_array_unref(request->charges);
	g_ptr_array_unref(request->deposits);
	g_ptr_array_unref(request->attachments);
}

static bool
take_own(int option, const char *argument, void *user)
{
	struct invoice_request *request = user;
	char *text = (char *)(uintptr_t)argument;

	switch (option) {
	case 'l':
		g_ptr_array_add(request->lines, text);
		return true;
	case 'a':
		g_ptr_array_add(request->allowances, text);
		return true;
	case 'c':
		g_ptr_array_add(request->charges, text);
		return true;
	case 'D':
		g_ptr_array_add(request->deposits, text);
		return true;
	case 'A':
		g_ptr_array_add(request->attachments, text);
		return true;
	case 'f':
		request->file = argument;
		return true;
	case 'd':
	case 's':
		request->draft |= option == 'd';
		request->send |= option == 's';
		return true;
	case 'n':
		request->context->dry_run = true;
		return true;
	default:
		return false;
	}
}

int
invoice_request_read(struct invoice_request *request, int argc, char **argv)
{
	static const struct option extra[] = {
		{"line", required_argument, NULL, 'l'},
		{"allowance", required_argument, NULL, 'a'},
		{"charge", required_argument, NULL, 'c'},
		{"deposit", required_argument, NULL, 'D'},
		{"attach", required_argument, NULL, 'A'},
		{"file", required_argument, NULL, 'f'},
		{"draft", no_argument, NULL, 'd'},
		{"send", no_argument, NULL, 's'},
		{"dry-run", no_argument, NULL, 'n'},
		{NULL, 0, NULL, 0},
	};

	return cells_from_options(&cmd_invoice, columns, extra, take_own,
	    argc, argv, &request->row, request);
}

bool
invoice_request_is_empty(const struct invoice_request *request)
{
	for (int i = 0; columns[i].names; i++)
		if (request->row.cells[i])
			return false;
	return !request->file && request->lines->len +
	    request->allowances->len + request->charges->len +
	    request->deposits->len + request->attachments->len == 0;
}

char **
invoice_request_cell(struct invoice_request *request, const char *name)
{
	int i = 0;

	while (strcmp(columns[i].names, name) != 0)
		i++;
	return &request->row.cells[i];
}

/* ---- into the document ------------------------------------------------------------ */

static json_t *
group_of(json_t *source, const char *name)
{
	json_t *group = json_object_get(source, name);

	if (!json_is_object(group))
		json_object_set_new(source, name, group = json_object());
	return group;
}

static int
put_special(json_t *source, int special, const char *name, const char *text)
{
	g_autofree char *why = NULL;
	json_t *list, *one;

	switch (special) {
	case PERIOD:
		return invoice_period_parse(text, source) ? EX_OK :
		    usage_error(&cmd_invoice, "--period: '%s' is not like "
		    "2026-11-01..2026-11-30", text);
	case WITHHOLDING:
		one = invoice_withholding_parse(text, &why);
		if (!one)
			return usage_error(&cmd_invoice, "--withholding: %s",
			    why);
		json_object_set_new(source, "withholding", one);
		return EX_OK;
	case DISCOUNT:
		list = json_object_get(source, "discounts");
		if (json_array_size(list) != 1)
			json_object_set_new(source, "discounts",
			    list = json_pack("[{}]"));
		json_put(json_array_get(list, 0), strcmp(name,
		    "discount_until") == 0 ? "until" : "percent", text);
		return EX_OK;
	case NOTE:
		json_object_set_new(source, "notes", json_pack("[{s:s}]",
		    "text", text));
		return EX_OK;
	default:
		json_object_set_new(source, "preceding", json_pack("[{s:s}]",
		    "number", text));
		return EX_OK;
	}
}

static int
put_cell(json_t *source, const char *name, const char *text)
{
	for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
		if (strcmp(places[i].name, name) != 0)
			continue;
		if (places[i].special)
			return put_special(source, places[i].special, name,
			    text);
		json_put(places[i].group ? group_of(source, places[i].group)
		    : source, places[i].key, text);
		return EX_OK;
	}
	json_put(source, name, text);
	return EX_OK;
}

typedef json_t *parse_fn(const char *text, char **why);

static int
put_list(json_t *source, const char *key, const char *option,
    const GPtrArray *texts, parse_fn *parse)
{
	json_t *list = json_array();

	for (guint i = 0; i < texts->len; i++) {
		g_autofree char *why = NULL;
		json_t *one = parse(texts->pdata[i], &why);

		if (!one) {
			json_decref(list);
			return usage_error(&cmd_invoice, "%s: %s", option,
			    why);
		}
		json_array_append_new(list, one);
	}
	if (texts->len)
		json_object_set(source, key, list);
	json_decref(list);
	return EX_OK;
}

static json_t *
parse_deposit(const char *text, char **why)
{
	(void)why;
	return json_pack("{s:s}", "number", text);
}

/* BT-125: what EN 16931 admits, by the end of the name. */
static const char *
mime_of(const char *name)
{
	static const struct { const char *end, *mime; } types[] = {
		{".pdf", "application/pdf"}, {".png", "image/png"},
		{".jpg", "image/jpeg"}, {".jpeg", "image/jpeg"},
		{".csv", "text/csv"}, {".xlsx", "application/vnd."
		    "openxmlformats-officedocument.spreadsheetml.sheet"},
		{".ods", "application/vnd.oasis.opendocument.spreadsheet"},
	};
	g_autofree char *lower = g_ascii_strdown(name, -1);

	for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
		if (g_str_has_suffix(lower, types[i].end))
			return types[i].mime;
	return NULL;
}

/* "FILE" or "FILE;description" */
static json_t *
parse_attachment(const char *text, char **why)
{
	g_auto(GStrv) parts = g_strsplit(text, ";", 2);
	g_autofree char *name = g_path_get_basename(parts[0] ? parts[0] : "");
	g_autofree char *bytes = NULL, *content = NULL;
	g_autoptr(GError) error = NULL;
	const char *mime = mime_of(name);
	gsize length;
	json_t *one;

	if (!mime)
		*why = g_strdup_printf("%s: only .pdf .png .jpg .csv .xlsx "
		    ".ods go with an invoice", name);
	else if (!g_file_get_contents(parts[0], &bytes, &length, &error))
		*why = g_strdup(error->message);
	else if (length == 0 || length > LARGEST_FILE)
		*why = g_strdup_printf("%s: empty, or larger than 10 MB",
		    name);
	if (*why)
		return NULL;
	content = g_base64_encode((const guchar *)bytes, length);
	one = json_pack("{s:s, s:s, s:s, s:s}", "id", name, "name", name,
	    "mime", mime, "content", content);
	json_put(one, "description", parts[1]);
	return one;
}

int
invoice_request_apply(const struct invoice_request *request, json_t *source)
{
	int code = EX_OK;

	for (int i = 0; code == EX_OK && columns[i].names; i++)
		if (request->row.cells[i])
			code = put_cell(source, columns[i].names,
			    request->row.cells[i]);
	if (code == EX_OK)
		code = put_list(source, "lines", "--line", request->lines,
		    invoice_line_parse);
	if (code == EX_OK)
		code = put_list(source, "allowances", "--allowance",
		    request->allowances, invoice_allowance_parse);
	if (code == EX_OK)
		code = put_list(source, "charges", "--charge",
		    request->charges, invoice_allowance_parse);
	if (code == EX_OK)
		code = put_list(source, "deposits", "--deposit",
		    request->deposits, parse_deposit);
	if (code == EX_OK)
		code = put_list(source, "attachments", "--attach",
		    request->attachments, parse_attachment);
	return code;
}
