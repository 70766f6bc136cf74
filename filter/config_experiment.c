/*
 * config_experiment.c - a section experiment of mailfilter.conf, and what only
 * the whole section can tell about it.
 */
#include "config_internal.h"

#include "../parser/parser.h"

#include <string.h>

struct experiment *
experiment_new(const char *name)
{
	struct experiment *experiment = g_new0(struct experiment, 1);

	experiment->name = g_strdup(name);
	return experiment;
}

void
experiment_free(struct experiment *experiment)
{
	if (!experiment)
		return;
	config_release("experiment", experiment);
	g_free(experiment->name);
	g_free(experiment);
}

static bool
is_day(const char *text)
{
	return text && day_number(text) != G_MININT32;
}

char *
experiment_complete(const struct experiment *experiment)
{
	if (!experiment->policies || g_strv_length(experiment->policies) < 2)
		return g_strdup("needs two policies or more");
	if (!is_day(experiment->from) || !is_day(experiment->until))
		return g_strdup("from and until have to be days such as "
		    "2026-11-22");
	if (strcmp(experiment->from, experiment->until) >= 0)
		return g_strdup("until is not after from");
	return NULL;
}

char *
experiment_resolve(const struct experiment *experiment,
    const struct config *config)
{
	for (char **one = experiment->policies; *one; one++) {
		if (!config_policy_named(config, *one))
			return g_strdup_printf("there is no policy \"%s\"",
			    *one);
		for (char **other = experiment->policies; other < one; other++)
			if (strcmp(*one, *other) == 0)
				return g_strdup_printf("policy \"%s\" is "
				    "there twice", *one);
	}
	return NULL;
}
