/*
 * message_id.c - the names of our letters. A name is given once, when the
 * letter is queued, and every try of sending uses it again.
 */
#include "remind.h"

#include <string.h>
#include <unistd.h>

/* Letters and digits of a number; the rest becomes one hyphen. */
static void
append_plain(GString *out, const char *what)
{
	for (; what && *what && out->len < 60; what++) {
		if (g_ascii_isalnum(*what))
			g_string_append_c(out, *what);
		else if (out->len && out->str[out->len - 1] != '-' &&
		    out->str[out->len - 1] != '.')
			g_string_append_c(out, '-');
	}
	if (out->str[out->len - 1] == '-')
		g_string_truncate(out, out->len - 1);
}

/* With a clock from outside a story is repeatable: the same letter of the same
 * run has the same name, unless the store has it already. */
static char *
unique_part(const struct context *context, const char *plain, unsigned try)
{
	g_autofree char *random =
	    context->now_is_set ? NULL : g_uuid_string_random();
	g_autofree char *text = g_strdup_printf("%s %" G_GINT64_FORMAT " %u %s",
	    plain, (gint64)context->now, try, random ? random : "");
	char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);

	sum[16] = '\0';
	return sum;
}

static bool
is_taken(const struct context *context, const char *id)
{
	struct letter *letter = NULL;
	bool taken = context->store && store_letter_find_message(
	    context->store, id, &letter) == STORE_OK;

	letter_free(letter);
	return taken;
}

char *
letter_message_id(const struct context *context, enum letter_kind kind,
    const char *what)
{
	static unsigned count;
	const char *at = strchr(context->config->email, '@');
	g_autoptr(GString) plain = g_string_new(letter_kind_name(kind));
	char *id = NULL;

	g_string_append_c(plain, '.');
	append_plain(plain, what);
	if (!context->now_is_set)
		count++;
	for (unsigned try = count;; try++) {
		g_autofree char *unique =
		    unique_part(context, plain->str, try);

		g_free(id);
		id = g_strdup_printf("<%s.%s@%s>", plain->str, unique, at + 1);
		if (!is_taken(context, id))
			return id;
	}
}
