/*
 * statement.c - the door: which format is it, and the two passes over it.
 * A format is one row of the table.
 */
#include "archive.h"
#include "statement.h"

#include <string.h>

static const struct format *const formats[] = {
	&format_camt,
	&format_mt940,
	&format_ofx,
	&format_coda,
	&format_norma43,
	&format_bai2,
	&format_cnab,
	&format_csv,	/* last: it asks the mappings */
};

static const struct format *
find_format(struct input *input)
{
	char head[INPUT_HEAD + 1];
	size_t length = input_head(input, head);

	for (size_t i = 0; i < G_N_ELEMENTS(formats); i++)
		if (formats[i]->probe(head, length))
			return formats[i];
	return NULL;
}

/* One pass. NULL, or why it cannot be read. */
static char *
pass(const struct format *format, struct input *input, struct sink *sink)
{
	char *why = format->read(input, sink);

	if (!input_why(input))
		return why;
	g_free(why);
	return g_strdup(input_why(input));
}

/* ---- one file, or several in an archive --------------------------------------- */

struct file {
	const struct member *member;
	const struct format *format;
	unsigned first;		/* of its statements */
	const char *day;	/* of that one */
};

static gint
by_day(gconstpointer a, gconstpointer b)
{
	const struct file *left = a, *right = b;
	int order = g_strcmp0(left->day, right->day);

	return order ? order : left->first < right->first ? -1 :
	    left->first > right->first;
}

/* The first pass: adds what is a statement to files. */
static char *
look_into(int fd, const struct member *member, struct sink *sink,
    GArray *files)
{
	struct input *input = input_open(fd, member);
	struct file file = {member, find_format(input),
	    sink_statements(sink), NULL};
	char *why = NULL;

	sink_next_file(sink, file.format ? file.format->name : NULL);
	if (file.format)
		why = pass(file.format, input, sink);
	else if (input_why(input))
		why = g_strdup(input_why(input));
	if (!why && file.format && sink_statements(sink) == file.first)
		why = g_strdup("it holds no statement");
	if (file.format && !sink_disowned(sink))
		g_array_append_val(files, file);
	else if (file.format && member->packing != PACKED_NOT)
		g_clear_pointer(&why, g_free);
	input_free(input);
	return why;
}

static char *
write_file(int fd, const struct file *file, struct sink *sink)
{
	struct input *input = input_open(fd, file->member);
	char *why;

	sink_second_pass(sink, file->first);
	why = pass(file->format, input, sink);
	input_free(input);
	if (!why && sink_failed(sink))
		why = g_strdup("the events cannot be written");
	return why;
}

/* In the order of days, whatever the order of files in an archive. */
static char *
write_files(int fd, GArray *files, struct sink *sink)
{
	char *why = NULL;

	for (guint i = 0; i < files->len; i++) {
		struct file *file = &g_array_index(files, struct file, i);

		file->day = sink_day(sink, file->first);
	}
	g_array_sort(files, by_day);
	for (guint i = 0; i < files->len && !why; i++)
		why = write_file(fd, &g_array_index(files, struct file, i),
		    sink);
	return why;
}

char *
statement_read(int fd, statement_write_fn *write, void *user, bool *known)
{
	char *why = NULL;
	g_autoptr(GArray) members = archive_members(fd, &why);
	g_autoptr(GArray) files = g_array_new(FALSE, FALSE,
	    sizeof(struct file));
	struct sink *sink = sink_new(write, user);

	for (guint i = 0; members && i < members->len && !why; i++)
		why = look_into(fd, &g_array_index(members, struct member, i),
		    sink, files);
	*known = files->len > 0 || !members;
	if (!why && files->len == 0)
		why = g_strdup("no statement of a format that is known");
	if (!why)
		why = write_files(fd, files, sink);
	sink_free(sink);
	return why;
}

/* ---- help for formats ------------------------------------------------------------ */

static bool
all_digits(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!g_ascii_isdigit(text[i]))
			return false;
	return true;
}

bool
statement_day(const char *digits, size_t length, char day[DAY_SIZE])
{
	day[0] = '\0';
	if ((length != 6 && length != 8) || !all_digits(digits, length))
		return false;
	if (length == 8)
		g_snprintf(day, DAY_SIZE, "%.4s-%.2s-%.2s", digits, digits + 4,
		    digits + 6);
	else
		g_snprintf(day, DAY_SIZE, "%s%.2s-%.2s-%.2s",
		    digits[0] >= '8' ? "19" : "20", digits, digits + 2,
		    digits + 4);
	if (day_number(day) == G_MININT32)
		day[0] = '\0';
	return day[0] != '\0';
}

bool
statement_amount(const char *text, size_t length, const char *currency,
    int64_t *minor)
{
	g_autofree char *plain = g_strndup(text, length);
	char *mark = strpbrk(plain, ",.");
	int digits = money_digits(currency);

	if (digits < 0 || !g_ascii_isdigit(*plain))
		return false;
	if (mark) {
		size_t keep = (size_t)digits + 1, n = strlen(mark);

		*mark = '.';
		while (n > keep && n > 1 && mark[n - 1] == '0')
			mark[--n] = '\0';
		if (n == 1)
			*mark = '\0';
	}
	return money_parse(plain, currency, minor);
}
