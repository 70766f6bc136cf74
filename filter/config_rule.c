/*
 * config_rule.c - the values of a section rule of mailfilter.conf: patterns,
 * a range of amounts, and what is to be done.
 */
#include "config_internal.h"
#include "match.h"

#include <string.h>

static char *
convert_pattern(struct pattern **target, const char *value)
{
	if (!*value)
		return g_strdup("is empty (\"*\" is any)");
	if (g_utf8_strlen(value, -1) > PATTERN_MAX)
		return g_strdup_printf("is longer than %d characters",
		    PATTERN_MAX);
	for (const char *p = value; *p; p++)
		if (g_ascii_iscntrl(*p))
			return g_strdup("holds a control character");
	pattern_free(*target);
	*target = pattern_new(value);
	return NULL;
}

/* As accounts are compared, with the wildcards left in. */
static char *
convert_account(struct pattern **target, const char *value)
{
	GString *plain = g_string_new(NULL);
	bool domestic = strchr(value, '/') != NULL;
	char *why;

	for (const char *p = value; *p; p++) {
		if (g_ascii_isalnum(*p) || *p == '*' || *p == '?' ||
		    (domestic && (*p == '-' || *p == '/'))) {
			g_string_append_c(plain, *p);
		} else if (!strchr(" -./", *p)) {
			g_string_free(plain, TRUE);
			return g_strdup_printf("\"%s\" is not an account "
			    "number", value);
		}
	}
	why = convert_pattern(target, plain->str);
	g_string_free(plain, TRUE);
	return why;
}

/* What the amount is in is known when the whole file is. */
static void
put_money(struct reading *reading, const struct field *field, int64_t *target,
    struct rule *rule, const char *text, int line)
{
	struct pending_money money = {field, target,
	    g_strstrip(g_strdup(text)), line, &rule->currency};

	g_array_append_val(reading->money, money);
}

/* "100.00-250.00", "100.00-", "-250.00", "99.90". */
static char *
convert_range(struct reading *reading, const struct field *field,
    struct rule *rule, const char *value, int line)
{
	const char *dash = strchr(value, '-');
	g_autofree char *first = dash ?
	    g_strndup(value, (size_t)(dash - value)) : g_strdup(value);
	const char *second = dash ? dash + 1 : value;

	g_strstrip(first);
	second += strspn(second, " ");
	if ((!*first && !*second) || strchr(second, '-'))
		return g_strdup_printf("\"%s\" is not an amount, nor from one "
		    "to another such as 100.00-250.00", value);
	rule->amount = true;
	if (*first)
		put_money(reading, field, &rule->from, rule, first, line);
	if (*second)
		put_money(reading, field, &rule->to, rule, second, line);
	return NULL;
}

static char *
convert_do(struct reading *reading, const struct field *field,
    struct rule *rule, const char *value, int line)
{
	const char *money = NULL;
	char *why = rule_do(rule, value, &money);

	if (money)
		put_money(reading, field, &rule->charges, rule, money, line);
	if (money)
		rule->charges = 0;	/* said, if not yet how much */
	return why;
}

char *
config_convert_rule(struct reading *reading, const struct field *field,
    struct rule *rule, const char *value, int line)
{
	void *place = (char *)rule + field->offset;

	switch (field->type) {
	case FIELD_PATTERN:
		return convert_pattern(place, value);
	case FIELD_PATTERN_ACCOUNT:
		return convert_account(place, value);
	case FIELD_RANGE:
		return convert_range(reading, field, rule, value, line);
	case FIELD_DO:
		return convert_do(reading, field, rule, value, line);
	default:
		return g_strdup("of an unknown type");
	}
}
