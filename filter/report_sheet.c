/*
 * report_sheet.c - a table of a report as text, CSV (RFC 4180) or JSON Lines.
 */
#include "report_sheet.h"

#include "print.h"

#include <stdio.h>
#include <string.h>

static const char *
plain_heading(const char *heading)
{
	return heading + (*heading == '>');
}

void
sheet_print_text(const struct context *context, const struct sheet *sheet)
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

void
sheet_print_csv(const struct context *context, const struct sheet *sheet)
{
	(void)context;
	for (int c = 0; c < sheet->columns; c++)
		print_csv_cell(plain_heading(sheet->headings[c]),
		    c == sheet->columns - 1);
	for (guint i = 0; i < sheet->cells->len; i++)
		print_csv_cell(sheet->cells->pdata[i],
		    (int)(i % (guint)sheet->columns) == sheet->columns - 1);
}

void
sheet_print_rows_json(const struct context *context, const struct sheet *sheet)
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
