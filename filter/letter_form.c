/*
 * letter_form.c - one letter as text, page, XML … for a person: written to a
 * file or standard output, sent to nobody.
 */
#include "outbox.h"
#include "print.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int
write_out(struct context *context, GBytes *bytes, const char *output)
{
	gsize size;
	const char *data = g_bytes_get_data(bytes, &size);
	g_autoptr(GError) error = NULL;

	if (!output && isatty(STDOUT_FILENO) && memchr(data, '\0', size)) {
		say_error(context, "this is no text: say --output FILE");
		return EX_USAGE;
	}
	if (!output)
		return fwrite(data, 1, size, stdout) == size &&
		    fflush(stdout) == 0 ? EX_OK : EX_IOERR;
	if (g_file_set_contents(output, data, (gssize)size, &error))
		return EX_OK;
	say_error(context, "%s", error->message);
	return EX_CANTCREAT;
}

int
letter_form(struct context *context, json_t *values, const char *form,
    const char *about, const char *output)
{
	g_autofree char *why = NULL;
	g_autoptr(GBytes) bytes = NULL;

	json_put(values, "form", form);
	bytes = letter_mime(context, values, &why);
	json_decref(values);
	if (bytes)
		return write_out(context, bytes, output);
	say_error(context, "%s as %s: %s", about, form, why);
	return EX_DATAERR;
}
