/*
 * verify.c - asks libexec/mailfilter-dkim whether a signature is good: with a
 * key of the owner's file, one of the cache, or none, so that it asks the name
 * server. Only a key is ever remembered: neither a verdict nor a silence.
 */
#include "child.h"
#include "keys.h"
#include "limits.h"
#include "reader.h"

#include <stdlib.h>
#include <string.h>

#define ANSWER_LENGTH 8192
#define VERIFY_MS 3000

/* The key that is at hand, "-" when the name server must be asked. NULL: there
 * can be none, with the reason. */
static char *
find_key(const struct parser *parser, const char *name, const char **why)
{
	char *key = NULL;

	if (parser->dkim_keys)
		return keys_find(parser->dkim_keys, name, why);
	if (parser->dkim_cache)
		key = keys_recall(parser->dkim_cache, name, parser->now);
	return key ? key : g_strdup("-");
}

/* A line "key TTL RECORD" of the answer; gives what stands behind it. */
static const char *
take_key(const struct parser *parser, const char *name, char *answer)
{
	char *newline = strchr(answer, '\n'), *record;
	long ttl;

	if (!g_str_has_prefix(answer, "key ") || !newline)
		return answer;
	*newline = '\0';
	ttl = strtol(answer + 4, &record, 10);
	if (*record == ' ' && parser->dkim_cache)
		keys_remember(parser->dkim_cache, name, record + 1, ttl,
		    parser->now);
	return newline + 1;
}

static bool
is_good(const char *verdict, GString *out)
{
	const char *why = strchr(verdict, ' ');

	if (strcmp(verdict, "pass\n") == 0)
		return true;
	g_string_assign(out, why ? why + 1 : "the signature is not valid");
	g_string_truncate(out, strcspn(out->str, "\n"));
	return false;
}

bool
verify_answer(const struct parser *parser, int fd, const char *question,
    GString *out, int64_t deadline)
{
	g_auto(GStrv) words = g_strsplit(question, " ", 4);
	g_autofree char *now = g_strdup_printf("%" G_GINT64_FORMAT,
	    MAX(parser->now, 0)), *key = NULL, *answer = NULL;
	const char *why = "there is no helper for it";

	if (parser->dkim && g_strv_length(words) == 3)
		key = find_key(parser, words[2], &why);
	if (key) {
		const char *const argv[] = {parser->dkim, now,
		    parser->dkim_resolver ? parser->dkim_resolver : "-",
		    words[0], words[1], words[2], key, NULL};

		if (!child_run_helper(argv, fd, out, ANSWER_LENGTH,
		    MIN(deadline, child_deadline(VERIFY_MS))))
			return false;
		answer = g_strndup(out->str, out->len);
		return is_good(take_key(parser, words[2], answer), out);
	}
	g_string_assign(out, why);
	return false;
}
