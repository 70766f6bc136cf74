/*
 * main.c - mailfilter-extract html|camt: standard input to standard output.
 * HTML is UTF-8 unless --charset says what it is, or to look for a <meta>.
 * Ends with 0, 64 (wrong use), 65 (input that is refused) or 75 (try again),
 * and with one line on standard error when it is not 0.
 */
#include "extract.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static int
fail(int code, const char *why)
{
	fprintf(stderr, "mailfilter-extract: %s\n", why);
	return code;
}

/* All of standard input; NULL with errno, EFBIG when it is too long. */
static GString *
read_all(size_t limit)
{
	GString *all = g_string_new(NULL);
	char buffer[16384];
	ssize_t got;

	while ((got = read(STDIN_FILENO, buffer, sizeof(buffer))) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got > 0 && all->len + (size_t)got <= limit) {
			g_string_append_len(all, buffer, got);
			continue;
		}
		if (got > 0)
			errno = EFBIG;
		g_string_free(all, TRUE);
		return NULL;
	}
	return all;
}

static bool
write_all(const char *text, size_t length)
{
	while (length > 0) {
		ssize_t done = write(STDOUT_FILENO, text, length);

		if (done < 0 && errno != EINTR)
			return false;
		if (done > 0) {
			text += done;
			length -= (size_t)done;
		}
	}
	return true;
}

static int
run(bool html, const char *charset)
{
	g_autofree char *text = NULL, *why = NULL;
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(GString) in = NULL;
	bool guess = charset && strcmp(charset, "meta") == 0;

	json_object_seed(0);	/* reads /dev/urandom */
	if (!html || guess)
		charset_preload(NULL);
	else if (charset)
		charset_preload(charset);
	if (!sandbox_enter())
		return fail(EX_TEMPFAIL, "the sandbox cannot be set up");
	in = read_all(html ? EXTRACT_HTML_LIMIT : EXTRACT_CAMT_LIMIT);
	if (!in)
		return errno == EFBIG ? fail(EX_DATAERR, "too long to read") :
		    fail(EX_TEMPFAIL, "cannot read standard input");
	if (html) {
		g_autofree char *utf8 = charset_decode(in->str, in->len,
		    guess ? NULL : charset ? charset : "utf-8");

		text = html_text(utf8);
		g_string_assign(out, text);
	} else if ((why = camt_events(in->str, in->len, out))) {
		return fail(EX_DATAERR, why);
	}
	if (!write_all(out->str, out->len))
		return fail(EX_TEMPFAIL, "cannot write standard output");
	return EX_OK;
}

static int
selftest(void)
{
	charset_preload(NULL);
	if (!sandbox_enter())
		return fail(EX_TEMPFAIL, "the sandbox cannot be set up");
	if (sandbox_test() > 0)
		return fail(EX_SOFTWARE, "the sandbox has holes");
	return write_all("sandbox: all denied\n", 20) ? EX_OK : EX_TEMPFAIL;
}

int
main(int argc, char **argv)
{
	bool html = argc > 1 && strcmp(argv[1], "html") == 0;

	if (html && argc == 4 && strcmp(argv[2], "--charset") == 0)
		return run(true, argv[3]);
	if (argc == 2 && (html || strcmp(argv[1], "camt") == 0))
		return run(html, NULL);
	if (argc == 2 && strcmp(argv[1], "selftest") == 0)
		return selftest();
	return fail(EX_USAGE, "usage: mailfilter-extract html [--charset NAME|meta]"
	    " | camt | selftest");
}
