/*
 * css.c - the many ways of CSS to hide text, as one table. Doubtful text is
 * dropped: a mail whose parts then differ goes to a person.
 */
#include "css.h"

#include <stdlib.h>
#include <string.h>

#define FAR_AWAY 500		/* pixels: outside of the window */
#define TINY 3			/* pixels or points: cannot be read */
#define CLOSE_COLORS 40		/* sum of the three differences */

const struct look look_root = {.color = 0x000000, .background = 0xffffff};

/* ---- values ---------------------------------------------------------------- */

/* Thousandths of a number at the start of text; *rest is its unit. */
static int
read_number(const char *text, const char **rest)
{
	bool minus = *text == '-';
	long value = 0, part = 100;

	text += *text == '-' || *text == '+';
	while (g_ascii_isdigit(*text) && value < 1000000)
		value = value * 10 + (*text++ - '0') * 1000;
	while (g_ascii_isdigit(*text))
		text++;
	if (*text == '.')
		for (text++; g_ascii_isdigit(*text); text++, part /= 10)
			value += (*text - '0') * part;
	if (rest)
		*rest = text;
	return (int)(minus ? -value : value);
}

static bool
starts_number(const char *text)
{
	text += *text == '-' || *text == '+';
	text += *text == '.';
	return g_ascii_isdigit(*text);
}

/* A length that shows nothing: under three pixels or its like. */
static bool
is_tiny(const char *value)
{
	const char *unit;
	int number;

	if (!starts_number(value))
		return false;
	number = read_number(value, &unit);
	if (g_str_has_prefix(unit, "em") || g_str_has_prefix(unit, "rem"))
		return number < 200;
	if (*unit == '%')
		return number < 20000;
	return number < TINY * 1000;
}

static bool
is_nought(const char *value)
{
	return starts_number(value) && read_number(value, NULL) <= 0;
}

/* Almost nought: a proportion under a tenth. */
static bool
is_faint(const char *value)
{
	const char *unit;
	int number;

	if (!starts_number(value))
		return false;
	number = read_number(value, &unit);
	return number < (*unit == '%' ? 10000 : 100);
}

static bool
is_far(const char *value)
{
	const char *unit;
	int number;

	if (!starts_number(value))
		return false;
	number = abs(read_number(value, &unit));
	if (g_str_has_prefix(unit, "em") || g_str_has_prefix(unit, "rem"))
		return number >= FAR_AWAY * 1000 / 16;
	if (*unit == '%' || g_str_has_prefix(unit, "v"))
		return number >= 100000;
	return number >= FAR_AWAY * 1000;
}

static bool
is_far_left(const char *value)
{
	return *value == '-' && is_far(value);
}

/* A box that is clipped away. */
static bool
is_clipped(const char *value)
{
	static const char *const forms[] = {"rect(0", "inset(50%",
	    "inset(100%", "circle(0", "polygon(0 0,0 0", "polygon(0 0, 0 0"};

	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
		if (strstr(value, forms[i]))
			return true;
	return false;
}

static bool
is_scaled_away(const char *value)
{
	const char *at = strstr(value, "scale");

	if (at && (at = strchr(at, '(')) && is_faint(at + 1))
		return true;
	at = strstr(value, "translate");
	if (at && (at = strchr(at, '(')) && is_far(at + 1))
		return true;
	return strstr(value, "rotatey(90") || strstr(value, "rotatex(90");
}

static bool
is_filtered_away(const char *value)
{
	const char *at = strstr(value, "opacity(");

	return at && is_faint(at + strlen("opacity("));
}

static bool
is_none(const char *value)
{
	return g_str_has_prefix(value, "none");
}

static bool
is_hidden(const char *value)
{
	return g_str_has_prefix(value, "hidden");
}

static bool
is_all(const char *value)
{
	return g_str_has_prefix(value, "all");
}

/* What a property must be so that nothing is seen. */
static const struct {
	const char *property;
	bool (*hides)(const char *value);
} hiding[] = {
	{"display", is_none},
	{"content-visibility", is_hidden},
	{"mso-hide", is_all},
	{"opacity", is_faint},
	{"-webkit-opacity", is_faint},
	{"-moz-opacity", is_faint},
	{"filter", is_filtered_away},
	{"max-height", is_tiny},
	{"max-width", is_tiny},
	{"height", is_nought},
	{"width", is_nought},
	{"zoom", is_faint},
	{"text-indent", is_far},
	{"left", is_far},
	{"right", is_far},
	{"top", is_far},
	{"bottom", is_far},
	{"margin", is_far_left},
	{"margin-left", is_far},
	{"margin-top", is_far_left},
	{"clip", is_clipped},
	{"clip-path", is_clipped},
	{"transform", is_scaled_away},
	{"-webkit-transform", is_scaled_away},
	{"scale", is_faint},
};

/* ---- colours --------------------------------------------------------------- */

static const struct {
	const char *name;
	int color;
} colors[] = {
	{"transparent", CSS_TRANSPARENT}, {"white", 0xffffff},
	{"black", 0x000000}, {"snow", 0xfffafa}, {"ivory", 0xfffff0},
	{"ghostwhite", 0xf8f8ff}, {"whitesmoke", 0xf5f5f5},
	{"floralwhite", 0xfffaf0}, {"azure", 0xf0ffff}, {"mintcream", 0xf5fffa},
	{"red", 0xff0000}, {"green", 0x008000}, {"blue", 0x0000ff},
	{"yellow", 0xffff00}, {"gray", 0x808080}, {"grey", 0x808080},
	{"silver", 0xc0c0c0}, {"navy", 0x000080}, {"lightgray", 0xd3d3d3},
	{"lightgrey", 0xd3d3d3}, {"gainsboro", 0xdcdcdc}, {"orange", 0xffa500},
};

static int
read_hex(const char *text)
{
	int value = 0, digits = 0;

	for (; g_ascii_isxdigit(*text) && digits < 8; text++, digits++)
		if (digits < 6)
			value = value * 16 + g_ascii_xdigit_value(*text);
	if ((digits == 4 && *(text - 1) == '0') ||
	    (digits == 8 && text[-1] == '0' && text[-2] == '0'))
		return CSS_TRANSPARENT;
	if (digits == 4)
		value >>= 4;
	if (digits == 3 || digits == 4)
		return ((value >> 8 & 15) * 17 << 16) |
		    ((value >> 4 & 15) * 17 << 8) | ((value & 15) * 17);
	return digits == 6 || digits == 8 ? value : CSS_UNKNOWN;
}

/* rgb(1,2,3), rgb(1 2 3 / 0), rgba(1,2,3,0) */
static int
read_rgb(const char *text)
{
	int parts[4] = {0, 0, 0, 1000}, count = 0;

	text = strchr(text, '(');
	while (text && *text && count < 4) {
		text++;
		text += strspn(text, " ,/");
		if (!starts_number(text))
			break;
		parts[count] = read_number(text, &text);
		if (*text == '%' && count < 3)
			parts[count] = parts[count] * 255 / 100;
		count++;
	}
	if (count < 3)
		return CSS_UNKNOWN;
	if (parts[3] < 100)
		return CSS_TRANSPARENT;
	return CLAMP(parts[0] / 1000, 0, 255) << 16 |
	    CLAMP(parts[1] / 1000, 0, 255) << 8 |
	    CLAMP(parts[2] / 1000, 0, 255);
}

static int
read_color(const char *value)
{
	size_t length = strcspn(value, " ;!");

	if (*value == '#')
		return read_hex(value + 1);
	if (g_str_has_prefix(value, "rgb"))
		return read_rgb(value);
	for (size_t i = 0; i < G_N_ELEMENTS(colors); i++)
		if (strlen(colors[i].name) == length &&
		    memcmp(colors[i].name, value, length) == 0)
			return colors[i].color;
	return CSS_UNKNOWN;
}

void
look_set_color(struct look *look, const char *value)
{
	g_autofree char *lower = g_ascii_strdown(value, -1);

	if (strcmp(lower, "inherit") != 0)
		look->color = read_color(lower);
}

void
look_set_background(struct look *look, const char *value)
{
	g_autofree char *lower = g_ascii_strdown(value, -1);
	int color = read_color(lower);

	if (strstr(lower, "url(") || strstr(lower, "gradient"))
		look->background = CSS_UNKNOWN;
	else if (color != CSS_TRANSPARENT && strcmp(lower, "none") != 0 &&
	    strcmp(lower, "inherit") != 0)
		look->background = color;
}

bool
look_is_visible(const struct look *look)
{
	int a = look->color, b = look->background, distance = 0;

	if (look->gone || look->invisible || look->tiny ||
	    a == CSS_TRANSPARENT)
		return false;
	if (a == CSS_UNKNOWN || b == CSS_UNKNOWN)
		return true;
	for (int shift = 0; shift <= 16; shift += 8)
		distance += abs((a >> shift & 255) - (b >> shift & 255));
	return distance > CLOSE_COLORS;
}

/* ---- declarations and rules ------------------------------------------------ */

/* Parts of nothing stay nothing, any other size can be read again. */
static void
set_size(struct look *look, const char *value)
{
	const char *unit = value;

	if (is_tiny(value))
		look->tiny = true;
	else if (!starts_number(value))
		look->tiny = false;
	else if (read_number(value, &unit) && *unit != 'e' && *unit != '%')
		look->tiny = false;
}

/* "italic 12px/14px Arial": the size is the first that begins as a number. */
static void
set_font(struct look *look, const char *value)
{
	while (*value && !starts_number(value)) {
		value += strcspn(value, " ");
		value += strspn(value, " ");
	}
	if (*value)
		set_size(look, value);
}

static void
apply_one(struct look *look, const char *property, const char *value)
{
	for (size_t i = 0; i < G_N_ELEMENTS(hiding); i++)
		if (strcmp(property, hiding[i].property) == 0 &&
		    hiding[i].hides(value))
			look->gone = true;
	if (strcmp(property, "visibility") == 0)
		look->invisible = *value == 'h' || *value == 'c';
	else if (strcmp(property, "font-size") == 0)
		set_size(look, value);
	else if (strcmp(property, "font") == 0)
		set_font(look, value);
	else if (strcmp(property, "color") == 0 ||
	    strcmp(property, "-webkit-text-fill-color") == 0)
		look_set_color(look, value);
	else if (strcmp(property, "background-color") == 0 ||
	    strcmp(property, "background") == 0)
		look_set_background(look, value);
	else if (strcmp(property, "direction") == 0)
		look->reversed = *value == 'r';
	else if (strcmp(property, "unicode-bidi") == 0)
		look->reversed = strstr(value, "override") != NULL;
}

/* Lower case, comments out, backslashes out (they could spell a name). */
static char *
clean_css(const char *css)
{
	GString *out = g_string_new(NULL);

	for (const char *p = css; *p; p++) {
		if (p[0] == '/' && p[1] == '*') {
			const char *end = strstr(p + 2, "*/");

			if (!end)
				break;
			p = end + 1;
		} else if (*p != '\\') {
			g_string_append_c(out, g_ascii_isspace(*p) ? ' ' :
			    g_ascii_tolower(*p));
		}
	}
	return g_string_free(out, FALSE);
}

void
look_apply(struct look *look, const char *declarations)
{
	g_autofree char *clean = clean_css(declarations);
	g_auto(GStrv) list = g_strsplit(clean, ";", -1);

	for (char **one = list; *one; one++) {
		char *colon = strchr(*one, ':');

		if (!colon)
			continue;
		*colon = '\0';
		apply_one(look, g_strstrip(*one), g_strstrip(colon + 1));
	}
}

struct rules {
	GPtrArray *selectors, *declarations;	/* char *, same length */
};

struct rules *
rules_new(void)
{
	struct rules *rules = g_new0(struct rules, 1);

	rules->selectors = g_ptr_array_new_with_free_func(g_free);
	rules->declarations = g_ptr_array_new_with_free_func(g_free);
	return rules;
}

void
rules_free(struct rules *rules)
{
	if (!rules)
		return;
	g_ptr_array_free(rules->selectors, TRUE);
	g_ptr_array_free(rules->declarations, TRUE);
	g_free(rules);
}

/* Keeps the last compound of each selector of a rule, if the rule matters. */
static void
add_rule(struct rules *rules, const char *selectors, const char *body)
{
	g_auto(GStrv) list = g_strsplit(selectors, ",", -1);

	for (char **one = list; *one && rules->selectors->len < 2000; one++) {
		char *selector = g_strstrip(*one);
		char *last = strrchr(selector, ' ');

		if (!*selector)
			continue;
		g_ptr_array_add(rules->selectors,
		    g_strdup(last ? last + 1 : selector));
		g_ptr_array_add(rules->declarations, g_strdup(body));
	}
}

void
rules_add(struct rules *rules, const char *css)
{
	g_autofree char *clean = clean_css(css);
	char *p = clean, *open;

	while ((open = strchr(p, '{'))) {
		char *end = open + 1;
		bool at_rule;

		*open = '\0';
		g_strstrip(p);
		at_rule = *p == '@';
		for (int depth = 1; *end && depth > 0; end++)
			depth += *end == '{' ? 1 : *end == '}' ? -1 : 0;
		if (!at_rule && end > open + 1) {
			g_autofree char *body = g_strndup(open + 1,
			    (size_t)(end - open - 1));

			add_rule(rules, p, g_strdelimit(body, "{}", ';'));
		}
		p = end;
	}
}

static bool
has_word(const char *words, const char *word, size_t length)
{
	while (words && *words) {
		size_t n = strcspn(words, " \t\n\r\f");

		if (n == length && g_ascii_strncasecmp(words, word, n) == 0)
			return true;
		words += n;
		words += strspn(words, " \t\n\r\f");
	}
	return false;
}

/* tag.class#id in any combination; pseudo classes never fit. */
static bool
fits(const char *selector, const char *tag, const char *classes,
    const char *id)
{
	size_t n = strcspn(selector, ".#:[>+~");

	if (n > 0 && !(n == 1 && *selector == '*') &&
	    !(strlen(tag) == n && memcmp(selector, tag, n) == 0))
		return false;
	selector += n;
	while (*selector == '.' || *selector == '#') {
		const char *words = *selector == '.' ? classes : id;

		n = strcspn(selector + 1, ".#:[>+~");
		if (!has_word(words, selector + 1, n))
			return false;
		selector += n + 1;
	}
	return *selector == '\0';
}

void
rules_apply(const struct rules *rules, struct look *look, const char *tag,
    const char *classes, const char *id)
{
	for (guint i = 0; i < rules->selectors->len; i++)
		if (fits(rules->selectors->pdata[i], tag, classes, id))
			look_apply(look, rules->declarations->pdata[i]);
}
