/*
 * css.c - the many ways of CSS to hide text, as one table. Doubtful text is
 * dropped: a mail whose parts then differ goes to a person.
 */
#include "css.h"

#include <stdlib.h>
#include <string.h>

#define FAR_AWAY 500		/* pixels: outside of the window */
#define TINY 3			/* pixels or points: cannot be read */

/* ---- values ---------------------------------------------------------------- */

int
css_read_number(const char *text, const char **rest)
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

bool
css_starts_number(const char *text)
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

	if (!css_starts_number(value))
		return false;
	number = css_read_number(value, &unit);
	if (g_str_has_prefix(unit, "em") || g_str_has_prefix(unit, "rem"))
		return number < 200;
	if (*unit == '%')
		return number < 20000;
	return number < TINY * 1000;
}

static bool
is_nought(const char *value)
{
	return css_starts_number(value) && css_read_number(value, NULL) <= 0;
}

/* Almost nought: a proportion under a tenth. */
static bool
is_faint(const char *value)
{
	const char *unit;
	int number;

	if (!css_starts_number(value))
		return false;
	number = css_read_number(value, &unit);
	return number < (*unit == '%' ? 10000 : 100);
}

static bool
is_far(const char *value)
{
	const char *unit;
	int number;

	if (!css_starts_number(value))
		return false;
	number = abs(css_read_number(value, &unit));
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
	number = -css_read_number(value, &unit);
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

/* ---- declarations ---------------------------------------------------------- */

/* Parts of nothing stay nothing, any other size can be read again. */
static void
set_size(struct look *look, const char *value)
{
	const char *unit = value;

	if (is_tiny(value))
		look->tiny = true;
	else if (!css_starts_number(value))
		look->tiny = false;
	else if (css_read_number(value, &unit) && *unit != 'e' && *unit != '%')
		look->tiny = false;
}

/* "italic 12px/14px Arial": the size is the first that begins as a number. */
static void
set_font(struct look *look, const char *value)
{
	while (*value && !css_starts_number(value)) {
		value += strcspn(value, " ");
		value += strspn(value, " ");
	}
	if (*value)
		set_size(look, value);
}

static void
set_visibility(struct look *look, const char *value)
{
	look->invisible = *value == 'h' || *value == 'c';
}

static void
set_direction(struct look *look, const char *value)
{
	look->reversed = *value == 'r';
}

static void
set_bidi(struct look *look, const char *value)
{
	look->reversed = strstr(value, "override") != NULL;
}

/* What a property must be so that nothing is seen, or what it sets. */
static const struct property {
	const char *name;
	bool (*hides)(const char *value);
	void (*set)(struct look *look, const char *value);
} properties[] = {	/* in the order of strcmp() */
	{"-moz-opacity", is_faint, NULL},
	{"-webkit-mask", is_something, NULL},
	{"-webkit-mask-image", is_something, NULL},
	{"-webkit-opacity", is_faint, NULL},
	{"-webkit-text-fill-color", NULL, look_set_color},
	{"-webkit-transform", is_scaled_away, NULL},
	{"background", NULL, look_set_background},
	{"background-color", NULL, look_set_background},
	{"bottom", is_far, NULL},
	{"clip", is_clipped, NULL},
	{"clip-path", is_clipped, NULL},
	{"color", NULL, look_set_color},
	{"content-visibility", is_hidden, NULL},
	{"direction", NULL, set_direction},
	{"display", is_none, NULL},
	{"filter", is_filtered_away, NULL},
	{"font", NULL, set_font},
	{"font-size", NULL, set_size},
	{"height", is_nought, NULL},
	{"inset", is_far_left, NULL},
	{"left", is_far, NULL},
	{"letter-spacing", is_squeezed, NULL},
	{"margin", is_far_left, NULL},
	{"margin-left", is_far, NULL},
	{"margin-top", is_far_left, NULL},
	{"mask", is_something, NULL},
	{"mask-image", is_something, NULL},
	{"max-height", is_tiny, NULL},
	{"max-width", is_tiny, NULL},
	{"mso-hide", is_all, NULL},
	{"opacity", is_faint, NULL},
	{"right", is_far, NULL},
	{"scale", is_faint, NULL},
	{"text-indent", is_far, NULL},
	{"top", is_far, NULL},
	{"transform", is_scaled_away, NULL},
	{"unicode-bidi", NULL, set_bidi},
	{"visibility", NULL, set_visibility},
	{"width", is_nought, NULL},
	{"word-spacing", is_squeezed, NULL},
	{"zoom", is_faint, NULL},
};

static int
compare_property(const void *name, const void *property)
{
	return strcmp(name, ((const struct property *)property)->name);
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

struct setting {
	const struct property *property;
	const char *value;	/* in clean */
};

struct style {
	bool hides;
	GArray *settings;	/* struct setting, or NULL */
	char *clean;
};

static void
add_setting(struct style *style, const char *name, const char *value)
{
	const struct property *property = bsearch(name, properties,
	    G_N_ELEMENTS(properties), sizeof(*properties), compare_property);
	struct setting setting = {property, value};

	if (!property)
		return;
	if (property->hides) {
		style->hides |= property->hides(value);
		return;
	}
	if (!style->settings)
		style->settings =
		    g_array_new(FALSE, FALSE, sizeof(struct setting));
	g_array_append_val(style->settings, setting);
}

struct style *
style_new(const char *declarations)
{
	struct style *style = g_new0(struct style, 1);
	struct box box = {false, false};
	char *one, *next;

	style->clean = css_clean(declarations);
	for (one = style->clean; one; one = next) {
		char *colon;

		next = strchr(one, ';');
		if (next)
			*next++ = '\0';
		colon = strchr(one, ':');
		if (!colon)
			continue;
		*colon = '\0';
		g_strstrip(one);
		g_strstrip(colon + 1);
		add_setting(style, one, colon + 1);
		look_at_box(&box, one, colon + 1);
	}
	style->hides |= box.tiny && box.cuts;
	return style;
}

void
style_free(struct style *style)
{
	if (!style)
		return;
	if (style->settings)
		g_array_free(style->settings, TRUE);
	g_free(style->clean);
	g_free(style);
}

bool
style_is_idle(const struct style *style)
{
	return !style->hides && !style->settings;
}

void
style_apply(const struct style *style, struct look *look)
{
	look->gone |= style->hides;
	for (guint i = 0; style->settings && i < style->settings->len; i++) {
		const struct setting *setting =
		    &g_array_index(style->settings, struct setting, i);

		setting->property->set(look, setting->value);
	}
}
