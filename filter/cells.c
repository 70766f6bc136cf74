/*
 * cells.c - what may stand in a column: one check per kind of cell. Pure.
 * Text that could reach a header or a terminal holds no control character
 * and no mark that turns the direction of writing.
 */
#include "import_row.h"

#include <stdlib.h>
#include <string.h>

#define LONGEST_TEXT 200
#define LONGEST_LINES 4000
#define LONGEST_ADDRESS 254	/* RFC 5321, 4.5.3.1.3 with its errata */

/* As the letters see it (templates/clean.c; a test holds both together):
 * controls, marks of direction, separators of lines, tags, no characters. */
static bool
is_hidden(gunichar c)
{
	static const struct { gunichar from, to; } ranges[] = {
	    {0x061c, 0x061c}, {0x200e, 0x200f}, {0x2028, 0x202e},
	    {0x2066, 0x206f}, {0xfdd0, 0xfdef}, {0xfff9, 0xfffb},
	    {0xfffe, 0xffff}, {0xe0000, 0xe007f}};

	for (size_t i = 0; i < G_N_ELEMENTS(ranges); i++)
		if (c >= ranges[i].from && c <= ranges[i].to)
			return true;
	return g_unichar_iscntrl(c);
}

char *
cell_characters(const char *text, glong longest, bool lines)
{
	if (g_utf8_strlen(text, -1) > longest)
		return g_strdup_printf("longer than %ld characters", longest);
	for (; *text; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);

		if (lines && (c == '\n' || c == '\t' || c == '\r'))
			continue;
		if (is_hidden(c))
			return g_strdup_printf("a character that controls or "
			    "hides (U+%04X)", c);
	}
	return NULL;
}

static char *
check_text(char **text)
{
	return cell_characters(*text, LONGEST_TEXT, false);
}

static char *
check_lines(char **text)
{
	return cell_characters(*text, LONGEST_LINES, true);
}

/* Atoms of these characters with single dots between them (RFC 5321). */
static bool
is_dotted(const char *text, size_t length, const char *more, size_t limit)
{
	size_t atom = 0;

	for (size_t i = 0; i < length; i++) {
		if (text[i] == '.' ? atom == 0 : ++atom > limit)
			return false;
		if (text[i] == '.')
			atom = 0;
		else if (!g_ascii_isalnum(text[i]) && !strchr(more, text[i]))
			return false;
	}
	return atom > 0;
}

static bool
is_address(const char *text)
{
	const char *at = strchr(text, '@');

	return at && strlen(text) <= LONGEST_ADDRESS && at - text <= 64 &&
	    is_dotted(text, (size_t)(at - text), "!#$%&'*+-/=?^_`{|}~", 64) &&
	    is_dotted(at + 1, strlen(at + 1), "-", 63) &&
	    strchr(at, '.') && at[1] != '-' && !strstr(at, ".-") &&
	    !strstr(at, "-.") && !g_str_has_suffix(at, "-");
}

static char *
check_email(char **text)
{
	return is_address(*text) ? NULL :
	    g_strdup_printf("'%s' is no mail address", *text);
}

static char *
check_emails(char **text)
{
	g_auto(GStrv) parts = g_strsplit_set(*text, ",;", -1);

	for (char **part = parts; *part; part++) {
		char *why = check_email(&(char *){g_strstrip(*part)});

		if (why)
			return why;
	}
	g_free(*text);
	*text = g_strjoinv(",", parts);
	return NULL;
}

static char *
check_day(char **text)
{
	int32_t day = day_number(*text);

	if (day >= 0)
		return NULL;
	if (day != G_MININT32)
		return g_strdup_printf("'%s' is before 1970", *text);
	return g_strdup_printf("'%s' is no day (YYYY-MM-DD)", *text);
}

/* Signs, digits, one point; the number of decimals is the currency's. */
static bool
is_decimal(const char *text)
{
	const char *p = text + (*text == '-');
	size_t whole = strspn(p, "0123456789");

	if (whole == 0)
		return false;
	p += whole;
	if (*p == '.')
		p += 1 + strspn(p + 1, "0123456789");
	return *p == '\0' && p[-1] != '.';
}

static char *
check_money(char **text)
{
	if (is_decimal(*text))
		return NULL;
	return g_strdup_printf("'%s' is no amount; write it like 1234.56, "
	    "without grouping", *text);
}

static void
upper(char **text)
{
	char *changed = g_ascii_strup(*text, -1);

	g_free(*text);
	*text = changed;
}

static char *
check_currency(char **text)
{
	upper(text);
	if (money_digits(*text) >= 0)
		return NULL;
	return g_strdup_printf("'%s' is no ISO 4217 currency", *text);
}

static char *
check_count(char **text)
{
	char *end;
	long number = strtol(*text, &end, 10);

	if (g_ascii_isdigit(**text) && *end == '\0' && number <= 3650)
		return NULL;
	return g_strdup_printf("'%s' is no number from 0 to 3650", *text);
}

int
cell_percent(const char *text)
{
	int whole = 0, hundredths = 0, unit = 10;

	for (; g_ascii_isdigit(*text) && whole < 1000; text++)
		whole = whole * 10 + (*text - '0');
	if (*text == '.')
		text++;
	for (; g_ascii_isdigit(*text); text++, unit /= 10)
		hundredths += (*text - '0') * unit;
	return whole * 100 + hundredths;
}

static char *
check_percent(char **text)
{
	const char *point = strchr(*text, '.');

	if (is_decimal(*text) && **text != '-' && strlen(*text) < 8 &&
	    (!point || strlen(point + 1) <= 2) && cell_percent(*text) <= 10000)
		return NULL;
	return g_strdup_printf("'%s' is no percentage (0 to 100, at most two "
	    "decimals)", *text);
}

bool
cell_yes(const char *text)
{
	return text && strchr("yYtT1", *text) && *text;
}

static char *
check_yes(char **text)
{
	static const char *const words[] = {
		"yes", "no", "true", "false", "1", "0", "y", "n", NULL,
	};

	for (const char *const *word = words; *word; word++) {
		if (g_ascii_strcasecmp(*text, *word) == 0)
			return NULL;
	}
	return g_strdup_printf("'%s' is neither yes nor no", *text);
}

static char *
check_list(char **text)
{
	g_auto(GStrv) parts = g_strsplit_set(*text, ",;|\n", -1);
	GString *list = g_string_new(NULL);
	char *why = check_lines(text);

	for (char **part = parts; !why && *part; part++) {
		g_strstrip(*part);
		if (**part)
			g_string_append_printf(list, "%s%s",
			    list->len ? "\n" : "", *part);
	}
	g_free(*text);
	*text = g_string_free(list, FALSE);
	return why;
}

static char *
check_country(char **text)
{
	upper(text);
	if (strlen(*text) == 2 && g_ascii_isalpha((*text)[0]) &&
	    g_ascii_isalpha((*text)[1]))
		return NULL;
	return g_strdup_printf("'%s' is no country code of two letters",
	    *text);
}

static char *
check_language(char **text)
{
	size_t primary = strcspn(*text, "-_");

	if (primary >= 2 && primary <= 3 && strlen(*text) <= 35 &&
	    g_ascii_isalpha((*text)[0]) && g_ascii_isalpha((*text)[1]) &&
	    strspn(*text, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == strlen(*text))
		return NULL;
	return g_strdup_printf("'%s' is no language code such as en", *text);
}

static char *
check_zone(char **text)
{
	g_autoptr(GTimeZone) zone = strchr(*text, '/') ||
	    strcmp(*text, "UTC") == 0 ? g_time_zone_new_identifier(*text)
				      : NULL;

	if (zone)
		return NULL;
	return g_strdup_printf("'%s' is no time zone such as Europe/Madrid",
	    *text);
}

char *
cell_check(enum cell_kind kind, char **text)
{
	static char *(*const checks[])(char **text) = {
		[CELL_TEXT] = check_text, [CELL_LINES] = check_lines,
		[CELL_EMAIL] = check_email, [CELL_EMAILS] = check_emails,
		[CELL_DAY] = check_day, [CELL_MONEY] = check_money,
		[CELL_CURRENCY] = check_currency, [CELL_COUNT] = check_count,
		[CELL_PERCENT] = check_percent, [CELL_YES] = check_yes,
		[CELL_LIST] = check_list, [CELL_COUNTRY] = check_country,
		[CELL_LANGUAGE] = check_language, [CELL_ZONE] = check_zone,
	};

	return checks[kind](text);
}

/* ---- JSON values --------------------------------------------------------- */

static char *
list_from_json(const json_t *array, char **why)
{
	g_autoptr(GString) list = g_string_new(NULL);
	const json_t *item;
	size_t i;

	json_array_foreach(array, i, item) {
		if (!json_is_string(item)) {
			*why = g_strdup("a list holds something else than "
			    "text");
			return NULL;
		}
		g_string_append_printf(list, "%s%s", i ? "\n" : "",
		    json_string_value(item));
	}
	return g_strdup(list->str);
}

/* A JSON number with a point has been a double once: good enough for a
 * percentage, never for money. */
char *
cell_from_json(const json_t *value, enum cell_kind kind, char **why)
{
	if (json_is_string(value))
		return g_strdup(json_string_value(value));
	if (json_is_null(value))
		return g_strdup("");
	if (json_is_integer(value))
		return g_strdup_printf("%" JSON_INTEGER_FORMAT,
		    json_integer_value(value));
	if (json_is_boolean(value))
		return g_strdup(json_is_true(value) ? "yes" : "no");
	if (json_is_array(value) && kind == CELL_LIST)
		return list_from_json(value, why);
	if (json_is_real(value) && kind == CELL_PERCENT) {
		char text[G_ASCII_DTOSTR_BUF_SIZE];

		g_ascii_formatd(text, sizeof text, "%.2f",
		    json_real_value(value));
		return g_strdup(text);
	}
	*why = g_strdup(json_is_real(value)
	    ? "a number with a point; write it in quotes, like \"12.50\""
	    : "neither text nor number");
	return NULL;
}
