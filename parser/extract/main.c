/*
 * main.c - mailfilter-extract html|statement|invoice|document: standard input to
 * standard output. HTML is UTF-8 unless --charset says what it is, or to look for a
 * <meta>. A statement's input can be sought in: it is read twice. "serve"
 * answers frames of HTML (frame.h) until its input ends.
 * Ends with 0, 64 (wrong use), 65 (input that is refused), 66 (no statement
 * of a known format) or 75 (try again), and with one line on standard error
 * when it is not 0.
 */
#include "../csvmap.h"
#include "../frame.h"
#include "../labels.h"
#include "archive.h"
#include "csvpropose.h"
#include "extract.h"
#include "invoice.h"
#include "statement.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#define INVOICE_LIMIT (16u << 20)
#define BYTES_A_SECOND (2 << 20)	/* of a statement, at the least */

static const char usage[] = "usage: mailfilter-extract html [--charset "
    "NAME|meta] | statement [--maps DIR]... [--map NAME] [--account ACCOUNT] "
    "| propose [WORDS-DIR]... | invoice | document INDEX | serve | selftest";

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
run_html(const char *charset)
{
	g_autofree char *utf8 = NULL, *text = NULL;
	g_autoptr(GString) in = NULL;
	bool guess = charset && strcmp(charset, "meta") == 0;

	if (guess)
		charset_preload(NULL);
	else if (charset)
		charset_preload(charset);
	if (!sandbox_enter(EXTRACT_SECONDS, true))
		return fail(EX_TEMPFAIL, "the sandbox cannot be set up");
	in = read_all(EXTRACT_HTML_LIMIT);
	if (!in)
		return errno == EFBIG ? fail(EX_DATAERR, "too long to read") :
		    fail(EX_TEMPFAIL, "cannot read standard input");
	utf8 = charset_decode(in->str, in->len,
	    guess ? NULL : charset ? charset : "utf-8");
	text = html_text(utf8);
	if (!write_all(text, strlen(text)))
		return fail(EX_TEMPFAIL, "cannot write standard output");
	return EX_OK;
}

/* Events go out in blocks, not one by one. */
static bool
write_line(const char *line, size_t length, void *user)
{
	GString *block = user;
	bool good = true;

	g_string_append_len(block, line, (gssize)length);
	g_string_append_c(block, '\n');
	if (block->len >= 65536) {
		good = write_all(block->str, block->len);
		g_string_truncate(block, 0);
	}
	return good;
}

/* Mappings are read now, before the sandbox closes. */
static bool
take_options(char **options)
{
	g_autoptr(GPtrArray) dirs = g_ptr_array_new();
	const char *map = NULL, *account = NULL;

	for (; options[0] && options[1]; options += 2) {
		if (strcmp(options[0], "--maps") == 0)
			g_ptr_array_add(dirs, options[1]);
		else if (strcmp(options[0], "--map") == 0)
			map = options[1];
		else if (strcmp(options[0], "--account") == 0)
			account = options[1];
		else
			return false;
	}
	g_ptr_array_add(dirs, NULL);
	csvmap_load((const char *const *)dirs->pdata, NULL);
	csvmap_choose(map, account);
	return !options[0];
}

/* Whoever runs this waits as long as there is progress: only the time that
 * is computed away is bounded, in proportion to the size. */
static int
run_statement(char **options)
{
	g_autoptr(GString) block = g_string_new(NULL);
	g_autofree char *why = NULL;
	struct stat status;
	unsigned seconds = EXTRACT_SECONDS;
	bool known = false;

	json_object_seed(0);	/* reads /dev/urandom */
	charset_preload(NULL);
	if (!take_options(options))
		return fail(EX_USAGE, usage);
	if (fstat(STDIN_FILENO, &status) == 0 && status.st_size > 0)
		seconds += (unsigned)MIN(status.st_size / BYTES_A_SECOND,
		    86400);
	if (!sandbox_enter(seconds, false))
		return fail(EX_TEMPFAIL, "the sandbox cannot be set up");
	why = statement_read(STDIN_FILENO, write_line, block, &known);
	if (why)
		return fail(known ? EX_DATAERR : EX_NOINPUT, why);
	if (!write_all(block->str, block->len))
		return fail(EX_TEMPFAIL, "cannot write standard output");
	return EX_OK;
}

/* A draft of a mapping for a table that no mapping knows; the folders hold
 * the words of bank mails. */
static int
run_propose(const char *const *dirs)
{
	struct labels *labels = labels_load(dirs, NULL);
	g_autoptr(GString) in = NULL;
	g_autofree char *draft = NULL;

	charset_preload(NULL);
	if (!sandbox_enter(EXTRACT_SECONDS, true))
		return fail(EX_TEMPFAIL, "the sandbox cannot be set up");
	in = read_all(EXTRACT_HTML_LIMIT);
	if (!in)
		return fail(EX_DATAERR, "too long to read");
	draft = csv_propose(in->str, in->len, labels);
	if (!draft)
		return fail(EX_DATAERR, "no table of entries that can be told");
	return write_all(draft, strlen(draft)) ? EX_OK : EX_TEMPFAIL;
}

/* ---- e-invoices ---------------------------------------------------------------- */

/* The invoice in a file, or in a PDF. NULL: there is none (*why NULL) or it
 * is damaged. */
static json_t *
find_invoice(const char *bytes, size_t length, char **why)
{
	g_autoptr(GString) inside = invoice_in_pdf(bytes, length,
	    INVOICE_LIMIT);
	json_t *found;

	*why = NULL;
	if (inside)
		return invoice_read(inside->str, inside->len, why);
	found = invoice_read(bytes, length, why);
	if (!found && *why && invoice_meaning(bytes, length) !=
	    MEANING_INVOICE)
		g_clear_pointer(why, g_free);
	return found;
}

/* An e-invoice, or a PDF with one in it: one event, or none that is known. */
static int
run_invoice(void)
{
	g_autoptr(GString) in = NULL, line = NULL;
	g_autofree char *why = NULL;
	struct event *event;
	json_t *found;

	json_object_seed(0);
	if (!sandbox_enter(EXTRACT_SECONDS, true))
		return fail(EX_TEMPFAIL, "the sandbox cannot be set up");
	in = read_all(INVOICE_LIMIT);
	if (!in)
		return fail(EX_DATAERR, "too long to read");
	found = find_invoice(in->str, in->len, &why);
	if (!found)
		return fail(EX_NOINPUT, "no e-invoice");
	event = invoice_event(found);
	json_decref(found);
	line = g_string_new(NULL);
	event_write(event, line);
	event_free(event);
	g_string_append_c(line, '\n');
	return write_all(line->str, line->len) ? EX_OK : EX_TEMPFAIL;
}

/* The bytes of one file of an archive; empty, with or without *why, when they
 * are none that an invoice could have. */
static GString *
read_member(const struct member *member, char **why)
{
	struct unpacking *unpacking = unpacking_new(STDIN_FILENO, member);
	GString *all = g_string_new(NULL);
	const char *problem = NULL;
	char buffer[16384];
	gssize got = 1;

	unpacking_rewind(unpacking);
	while (!problem && got > 0 && all->len <= INVOICE_LIMIT) {
		got = unpacking_read(unpacking, buffer, sizeof buffer,
		    &problem);
		g_string_append_len(all, buffer, MAX(got, 0));
	}
	unpacking_free(unpacking);
	if (!problem && all->len > INVOICE_LIMIT &&
	    (invoice_meaning(all->str, all->len) == MEANING_INVOICE ||
	    g_str_has_prefix(all->str, "%PDF")))
		problem = "it is longer than 16 MB";
	*why = g_strdup(problem);
	if (problem || all->len > INVOICE_LIMIT)
		g_string_truncate(all, 0);
	return all;
}

/* Member number index of the files on standard input. */
static json_t *
find_document(GArray *members, unsigned index)
{
	g_autoptr(GString) in = NULL;
	g_autofree char *why = NULL;
	json_t *found = NULL;

	if (index < members->len) {
		in = read_member(&g_array_index(members, struct member,
		    index), &why);
		if (!why)
			found = find_invoice(in->str, in->len, &why);
	}
	if (!found)
		found = json_object();
	if (why)
		json_object_set_new(found, "why", json_string(why));
	json_object_set_new(found, "files", json_integer(members->len));
	return found;
}

/* The whole document of one file of an archive as JSON, and of how many. */
static int
run_document(const char *index)
{
	g_autofree char *why = NULL;
	GArray *members;
	json_t *found;
	char *text;
	int code;

	json_object_seed(0);
	charset_preload(NULL);
	if (!sandbox_enter(EXTRACT_SECONDS, true))
		return fail(EX_TEMPFAIL, "the sandbox cannot be set up");
	members = archive_members(STDIN_FILENO, &why);
	if (!members)
		return fail(EX_DATAERR, why);
	found = find_document(members,
	    (unsigned)g_ascii_strtoull(index, NULL, 10));
	text = json_dumps(found, JSON_COMPACT);
	code = write_all(text, strlen(text)) ? EX_OK : EX_TEMPFAIL;
	free(text);
	json_decref(found);
	g_array_unref(members);
	return code;
}

/* Whoever asks keeps the time, and ends us when it is over. */
static int
serve(void)
{
	g_autoptr(GString) in = g_string_new(NULL);

	json_object_seed(0);
	if (!sandbox_enter(0, false))
		return fail(EX_TEMPFAIL, "the sandbox cannot be set up");
	while (frame_read(STDIN_FILENO, in) == FRAME_HTML) {
		g_autofree char *utf8 = charset_decode(in->str, in->len,
		    "utf-8");
		g_autofree char *text = html_text(utf8);

		if (!frame_write(STDOUT_FILENO, FRAME_ANSWER, text,
		    strlen(text)))
			return EX_TEMPFAIL;
	}
	return EX_OK;
}

static int
selftest(void)
{
	charset_preload(NULL);
	if (!sandbox_enter(EXTRACT_SECONDS, true))
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
		return run_html(argv[3]);
	if (argc == 2 && html)
		return run_html(NULL);
	if (argc >= 2 && strcmp(argv[1], "statement") == 0)
		return run_statement(argv + 2);
	if (argc >= 2 && strcmp(argv[1], "propose") == 0)
		return run_propose((const char *const *)argv + 2);
	if (argc == 2 && strcmp(argv[1], "invoice") == 0)
		return run_invoice();
	if (argc == 3 && strcmp(argv[1], "document") == 0)
		return run_document(argv[2]);
	if (argc == 2 && strcmp(argv[1], "serve") == 0)
		return serve();
	if (argc == 2 && strcmp(argv[1], "selftest") == 0)
		return selftest();
	return fail(EX_USAGE, usage);
}
