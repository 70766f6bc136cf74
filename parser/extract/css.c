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

/* One of several lengths: the box is moved out to the left or the top. */
static bool
is_far_left(const char *value)
{
	for (; *value; value += strcspn(value, " "), value += strspn(value, " "))
		if (*value == '-' && is_far(value))
			return true;
	return false;
}

/* Letters on top of each other. */
static bool
is_squeezed(const char *value)
{
	const char *unit;
	int number;

	if (*value != '-')
		return false;
	number = -read_number(value, &unit);
	return number >= (g_str_has_prefix(unit, "em") ||
	    g_str_has_prefix(unit, "rem") ? 300 : 4000);
}

static bool
is_something(const char *value)
{
	return !g_str_has_prefix(value, "none") &&
	    !g_str_has_prefix(value, "inherit") &&
	    !g_str_has_prefix(value, "initial");
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
	{"inset", is_far_left},
	{"letter-spacing", is_squeezed},
	{"word-spacing", is_squeezed},
	{"mask", is_something},
	{"mask-image", is_something},
	{"-webkit-mask", is_something},
	{"-webkit-mask-image", is_something},
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

/* hsl(0, 0%, 100%), hsla(0 0% 100% / 0): of the lightness only, which is all
 * when nothing is told apart but light and dark. */
static int
read_hsl(const char *text)
{
	int parts[4] = {0, 0, 0, 1000}, count = 0;

	text = strchr(text, '(');
	while (text && *text && count < 4) {
		text++;
		text += strspn(text, " ,/");
		if (!starts_number(text))
			break;
		parts[count++] = read_number(text, &text);
		text += strcspn(text, " ,/)");
	}
	if (count < 3)
		return CSS_UNKNOWN;
	if (parts[3] < 100)
		return CSS_TRANSPARENT;
	if (parts[1] > 20000 && parts[2] > 5000 && parts[2] < 95000)
		return CSS_UNKNOWN;
	return CLAMP(parts[2] / 100000 * 255 + parts[2] % 100000 * 255 / 100000,
	    0, 255) * 0x010101;
}

static int
read_color(const char *value)
{
	size_t length = strcspn(value, " ;!");

	if (g_str_has_prefix(value, "hsl"))
		return read_hsl(value);
	if (g_str_has_prefix(value, "var("))
		return CSS_TRANSPARENT;	/* in doubt it is not seen */
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

	if (strcmp(lower, "inherit") != 0 && strcmp(lower, "currentcolor") != 0)
		look->color = read_color(lower);
}

void
look_set_background(struct look *look, const char *value)
{
	g_autofree char *lower = g_ascii_strdown(value, -1);
	int color = read_color(lower);

	if (g_str_has_prefix(lower, "currentcolor"))
		look->gone = true;
	else if (color == CSS_UNKNOWN || strstr(lower, "gradient"))
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

/* ---- declarations ---------------------------------------------------------- */

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

/* A box of no size that cuts off what does not fit. */
struct box {
	bool tiny, cuts;
};

static void
look_at_box(struct box *box, const char *property, const char *value)
{
	static const char *const sizes[] = {"width", "height", "line-height",
	    NULL};

	if (g_str_has_prefix(property, "overflow"))
		box->cuts |= is_hidden(value) || g_str_has_prefix(value, "clip");
	else if (g_strv_contains(sizes, property))
		box->tiny |= is_tiny(value) &&
		    (strcmp(property, "line-height") || is_nought(value));
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

void
look_apply(struct look *look, const char *declarations)
{
	g_autofree char *clean = css_clean(declarations);
	g_auto(GStrv) list = g_strsplit(clean, ";", -1);
	struct box box = {false, false};

	for (char **one = list; *one; one++) {
		char *colon = strchr(*one, ':');

		if (!colon)
			continue;
		*colon = '\0';
		apply_one(look, g_strstrip(*one), g_strstrip(colon + 1));
		look_at_box(&box, *one, colon + 1);
	}
	if (box.tiny && box.cuts)
		look->gone = true;
}
