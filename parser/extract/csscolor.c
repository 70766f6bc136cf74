/*
 * csscolor.c - colours of CSS, and whether letters of one can be seen on
 * another.
 */
#include "css.h"

#include <stdlib.h>
#include <string.h>

#define CLOSE_COLORS 40		/* sum of the three differences */

const struct look look_root = {.color = 0x000000, .background = 0xffffff};

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
		if (!css_starts_number(text))
			break;
		parts[count] = css_read_number(text, &text);
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
		if (!css_starts_number(text))
			break;
		parts[count++] = css_read_number(text, &text);
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
