/*
 * serve.c - the letters of a whole run, one after another: templates are read
 * once, programs started once. A letter that cannot be written is an answer;
 * what breaks the process or the frames ends it.
 */
#include "serve.h"

#include "../templates.h"
#include "forms.h"
#include "limits.h"

#include <malloc.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#define KEPT (32 << 20)		/* bytes */

GBytes *
letter_read_and_write(const char *text, gsize length, char **warning,
    char **why)
{
	json_error_t error;
	json_t *letter = json_loadb(
	    text, length, JSON_REJECT_DUPLICATES, &error);
	GBytes *message;

	*warning = NULL;
	if (!letter) {
		*why = g_strdup_printf("standard input is no letter: line %d: "
		    "%s", error.line, error.text);
		return NULL;
	}
	message = form_write(letter, json_string_value(
	    json_object_get(letter, "form")), warning, why);
	json_decref(letter);
	return message;
}

/* False at the end of input, or when it is no frame (*broken). */
static bool
read_frame(char **text, gsize *length, bool *broken)
{
	unsigned long long size;
	int count = scanf("%llu", &size);

	*broken = count != EOF;
	if (count != 1 || getchar() != '\n' || size > LETTER_MAX)
		return false;
	*length = (gsize)size;
	*text = g_malloc(*length + 1);
	(*text)[*length] = '\0';
	if (fread(*text, 1, *length, stdin) == *length)
		return true;
	g_clear_pointer(text, g_free);
	return false;
}

static bool
answer(const GBytes *message, const char *why, const char *warning)
{
	gsize length = why ? strlen(why) : 0;
	const char *data = why;

	if (message)
		data = g_bytes_get_data((GBytes *)(gsize)message, &length);
	printf("%s %zu %zu\n", message ? "ok" : "bad", length,
	    strlen(warning));
	fwrite(data, 1, length, stdout);
	fputs(warning, stdout);
	return !fflush(stdout) && !ferror(stdout);
}

int
serve(void)
{
	bool broken, good = true;
	gsize length;
	char *text;

	/* memory that one letter gave back is the next one's */
	mallopt(M_TRIM_THRESHOLD, KEPT);
	mallopt(M_MMAP_THRESHOLD, KEPT);
	mallopt(M_TOP_PAD, 4 << 20);
	templates_keep();
	limits_letter();
	while (good && read_frame(&text, &length, &broken)) {
		g_autofree char *warning = NULL, *why = NULL;
		g_autoptr(GBytes) message = NULL;

		limits_letter();
		message = letter_read_and_write(text, length, &warning, &why);
		g_free(text);
		good = answer(message, message ? NULL : why ? why :
		    "there is no reason", warning ? warning : "");
		if (limits_is_bloated())
			return good ? EX_OK : EX_SOFTWARE;
	}
	if (!good)
		return EX_SOFTWARE;
	if (!broken)
		return EX_OK;
	fputs("mailfilter-render: standard input is no frame\n", stderr);
	return EX_DATAERR;
}
