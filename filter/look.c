/*
 * look.c - how letters and pages look: colour, logo, paper, font and the lines
 * at the foot, out of the configuration.
 */
#include "look.h"

#include "config_internal.h"
#include "print.h"

#include <string.h>
#include <unistd.h>

/* Where letter paper is usual, as CLDR's paperSize has it. */
static const char *const letter_countries[] = {"BZ", "CA", "CL", "CO", "CR",
    "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE", NULL};

static const char *
paper_of(const struct config *config, const struct customer *customer)
{
	const char *country = customer ? customer->country : NULL;

	if (strcmp(config->paper, "auto") != 0)
		return config->paper;
	if (!country)
		country = config->country;
	return country && g_strv_contains(letter_countries, country) ?
	    "letter" : "a4";
}

void
look_put(const struct config *config, const struct customer *customer,
    json_t *values)
{
	json_t *page = json_object(), *footer = json_array();

	json_put(page, "paper", paper_of(config, customer));
	json_put(page, "accent", config->colour);
	json_put(page, "font", config->font);
	if (config->logo && access(config->logo, R_OK) == 0)
		json_put(page, "logo", config->logo);
	for (char **line = config->footer; line && *line; line++)
		json_array_append_new(footer, json_string(*line));
	if (json_array_size(footer))
		json_object_set(page, "footer", footer);
	json_decref(footer);
	json_object_set_new(values, "page", page);
}

/* The first bytes tell whether it is a picture that pages can hold. */
static bool
is_picture(const char *path)
{
	g_autofree char *data = NULL;
	gsize size;

	return g_file_get_contents(path, &data, &size, NULL) && size > 8 &&
	    (!memcmp(data, "\x89PNG\r\n\x1a\n", 8) ||
	        !memcmp(data, "\xff\xd8\xff", 3));
}

void
look_check(const struct config *config)
{
	const char *colour = config->colour;

	if (colour && (strlen(colour) != 7 || *colour != '#' ||
	    colour[1 + strspn(colour + 1, "0123456789abcdefABCDEF")]))
		config_complain(0, "section documents: colour: \"%s\" is no "
		    "colour such as #1f4e79", colour);
	if (config->logo && access(config->logo, R_OK) != 0)
		config_complain(0, "section documents: logo: %s cannot be "
		    "read", config->logo);
	else if (config->logo && !is_picture(config->logo))
		config_complain(0, "section documents: logo: %s is neither a "
		    "PNG nor a JPEG file", config->logo);
}
