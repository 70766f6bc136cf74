/*
 * print.c - JSON lines and colours on stdout. Widths are those of a terminal:
 * wide characters count two, combining ones and escapes none.
 */
#include "print.h"
#include "remind.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const colours[] = {
	[PAINT_NONE] = "\033[0m",
	[PAINT_BOLD] = "\033[1m",
	[PAINT_DIM] = "\033[2m",
	[PAINT_RED] = "\033[31m",
	[PAINT_GREEN] = "\033[32m",
	[PAINT_YELLOW] = "\033[33m",
};

bool
print_wants_colour(void)
{
	const char *no = getenv("NO_COLOR");
	const char *terminal = getenv("TERM");

	return isatty(STDOUT_FILENO) && !(no && *no) && terminal &&
	    strcmp(terminal, "dumb") != 0;
}

const char *
paint(const struct context *context, enum paint paint)
{
	return context->colour ? colours[paint] : "";
}

char *
decimal_text(int64_t value, int64_t unit)
{
	int64_t size = ABS(value);
	GString *out = g_string_new(NULL);

	g_string_append_printf(out, "%s%" G_GINT64_FORMAT, value < 0 ? "-" : "",
	    (gint64)(size / unit));
	size %= unit;
	if (size > 0)
		g_string_append_c(out, '.');
	while (size > 0) {
		unit /= 10;
		g_string_append_c(out, (char)('0' + size / unit));
		size %= unit;
	}
	return g_string_free(out, FALSE);
}

char *
moment_show(const struct context *context, int64_t moment)
{
	if (!moment)
		return g_strdup("");
	return calendar_text(moment,
	    context->config ? context->config->timezone : NULL);
}

int
text_width(const char *text)
{
	int width = 0;

	while (*text) {
		gunichar c;

		if (*text == '\033') {
			text += strcspn(text, "m");
			text += *text == 'm';
			continue;
		}
		c = g_utf8_get_char_validated(text, -1);
		if (c == (gunichar)-1 || c == (gunichar)-2) {
			width++;
			text++;
			continue;
		}
		if (!g_unichar_iszerowidth(c))
			width += g_unichar_iswide(c) ? 2 : 1;
		text = g_utf8_next_char(text);
	}
	return width;
}

/* Length of one of our own colours at an ESC, 0 for any other sequence. */
static size_t
colour_length(const char *text)
{
	for (size_t i = 0; i < G_N_ELEMENTS(colours); i++) {
		if (g_str_has_prefix(text, colours[i]))
			return strlen(colours[i]);
	}
	return 0;
}

/* A character that acts on the terminal, or turns the direction of writing. */
static bool
is_harmful(gunichar c)
{
	return g_unichar_iscntrl(c) || (c >= 0x202a && c <= 0x202e) ||
	    (c >= 0x2066 && c <= 0x2069);
}

char *
print_clean(const char *text)
{
	GString *out = g_string_sized_new(strlen(text));

	while (*text) {
		size_t colour = colour_length(text);
		gunichar c = g_utf8_get_char_validated(text, -1);

		if (colour) {
			g_string_append_len(out, text, (gssize)colour);
			text += colour;
		} else if (c == (gunichar)-1 || c == (gunichar)-2) {
			g_string_append_c(out, '?');
			text++;
		} else {
			if (is_harmful(c))
				g_string_append_c(out, ' ');
			else
				g_string_append_unichar(out, c);
			text = g_utf8_next_char(text);
		}
	}
	return g_string_free(out, FALSE);
}

int
compare_strings(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void
print_json(json_t *object)
{
	json_dumpf(object, stdout, JSON_COMPACT | JSON_PRESERVE_ORDER |
	    JSON_REAL_PRECISION(6));
	putchar('\n');
	json_decref(object);
}

void
json_put(json_t *object, const char *key, const char *text)
{
	g_autofree char *valid = text && !g_utf8_validate(text, -1, NULL)
	    ? g_utf8_make_valid(text, -1) : NULL;

	if (text && *text)
		json_object_set_new(object, key,
		    json_string(valid ? valid : text));
}

void
json_put_money(json_t *object, const char *key, int64_t minor,
    const char *currency)
{
	g_autofree char *text = money_format(minor, currency);

	json_put(object, key, text);
}

void
json_put_moment(json_t *object, const char *key, int64_t moment)
{
	g_autofree char *text = moment ? moment_text(moment) : NULL;

	json_put(object, key, text);
}

static void
print_lines(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (char **line = lines; *line; line++) {
		g_autofree char *clean = print_clean(*line);

		printf(line == lines ? "%s\n" : "                   %s\n",
		    clean);
	}
}

void
print_fields(const struct context *context, json_t *object)
{
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value) {
		g_autofree char *name = g_strdelimit(g_strdup(key), "_", ' ');
		g_autofree char *text = json_is_string(value)
		    ? g_strdup(json_string_value(value))
		    : json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);

		if (json_is_array(value) || json_is_object(value))
			continue;
		printf("  %s%-16s%s ", paint(context, PAINT_DIM), name,
		    paint(context, PAINT_NONE));
		print_lines(text);
	}
	json_decref(object);
}
