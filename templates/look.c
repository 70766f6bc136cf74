/*
 * look.c - the owner's colour in the letters: what of it is readable on white,
 * on a dark screen, and which text is readable on it (WCAG 2.1, contrast of
 * 4.5). Anything that is no colour is the one we use ourselves.
 */
#include "letter.h"

#include <math.h>
#include <string.h>

#define OURS "#1f4e79"
#define DARK "#22262c"		/* the dark panel of layout.html */
#define ENOUGH 4.6
#define STEPS 20

struct colour {
	int part[3];
};

static bool
read_colour(const char *text, struct colour *colour)
{
	if (!text || strlen(text) != 7 || *text != '#')
		return false;
	for (int i = 0; i < 3; i++) {
		int high = g_ascii_xdigit_value(text[1 + 2 * i]);
		int low = g_ascii_xdigit_value(text[2 + 2 * i]);

		if (high < 0 || low < 0)
			return false;
		colour->part[i] = 16 * high + low;
	}
	return true;
}

static double
luminance(const struct colour *colour)
{
	static const double weights[] = {0.2126, 0.7152, 0.0722};
	double sum = 0;

	for (int i = 0; i < 3; i++) {
		double part = colour->part[i] / 255.0;

		sum += weights[i] * (part <= 0.04045 ? part / 12.92 :
		    pow((part + 0.055) / 1.055, 2.4));
	}
	return sum;
}

static double
contrast(const struct colour *one, const struct colour *other)
{
	double a = luminance(one), b = luminance(other);

	return (MAX(a, b) + 0.05) / (MIN(a, b) + 0.05);
}

/* Towards white or black until it can be read on the ground. */
static struct colour
readable_on(struct colour colour, const struct colour *ground, int towards)
{
	struct colour step = colour;

	for (int i = 1; i <= STEPS && contrast(&step, ground) < ENOUGH; i++)
		for (int part = 0; part < 3; part++)
			step.part[part] = colour.part[part] +
			    (towards - colour.part[part]) * i / STEPS;
	return step;
}

static void
set_colour(json_t *look, const char *name, const struct colour *colour)
{
	char text[16];

	g_snprintf(text, sizeof text, "#%02x%02x%02x",
	    (unsigned)colour->part[0] & 255, (unsigned)colour->part[1] & 255,
	    (unsigned)colour->part[2] & 255);
	json_object_set_new(look, name, json_string(text));
}

void
look_follow(json_t *out)
{
	static const struct colour white = {{255, 255, 255}};
	static const struct colour panel = {{0xf3, 0xf6, 0xf9}};
	static const struct colour black = {{0, 0, 0}};
	json_t *look = json_object_get(out, "look");
	json_t *page = json_object_get(out, "page");
	struct colour given = {{0}}, dark = {{0}}, light, night;

	if (!json_is_object(look)) {
		look = json_object();
		json_object_set_new(out, "look", look);
	}
	if (!json_is_object(page)) {
		page = json_object();
		json_object_set_new(out, "page", page);
	}
	if (!json_object_get(page, "paper"))
		json_object_set_new(page, "paper", json_string("a4"));
	read_colour(DARK, &dark);
	if (!read_colour(json_string_value(json_object_get(look, "colour")),
	    &given) && !read_colour(json_string_value(
	        json_object_get(page, "accent")), &given))
		read_colour(OURS, &given);
	light = readable_on(given, &panel, 0);
	night = readable_on(given, &dark, 255);
	set_colour(look, "colour", &given);
	set_colour(look, "ink", &light);
	set_colour(page, "accent", &light);
	set_colour(look, "night", &night);
	set_colour(look, "on_colour",
	    contrast(&given, &white) >= 4.5 ? &white : &black);
}
