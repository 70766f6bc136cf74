/*
 * import_mail.c - mails from a file, an mbox or a Maildir, each through the
 * same door as a delivered one. The owner hands them over, but that proves
 * nothing about who wrote them: they are worth what their sender is worth.
 * Only when he says that there are invoices in them, those that are attached
 * are taken as what he has sent.
 */
#include "import_einvoice.h"
#include "import_row.h"
#include "intake.h"
#include "plan.h"
#include "print.h"
#include "progress.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct mails {
	struct import *import;
	struct parser *parser;
	unsigned all, known, taken, unreadable;
	json_t *invoices;	/* attached, or NULL: mails as such are taken */
};

static int
mails_open(struct mails *mails, struct import *import)
{
	int code = context_config(import->context);

	memset(mails, 0, sizeof *mails);
	mails->import = import;
	if (!g_strcmp0(import->options->type, "invoices"))
		mails->invoices = json_array();
	if (code != EX_OK)
		return code;
	/* Each mail has a transaction of its own, in a dry run too. */
	import_roll_back(import->context);
	mails->parser = context_parser(import->context, false);
	return mails->parser ? EX_OK : EX_CONFIG;
}

static void
show_plans(const struct mails *mails, const char *where,
    const struct verdict *verdict)
{
	const struct context *context = mails->import->context;

	if (!context->dry_run && !context->verbose)
		return;
	if (context->json || !mails->import->options->report)
		return;
	printf("%s: %s\n", where, verdict->summary);
	for (guint i = 0; i < verdict->plans->len; i++) {
		g_autofree char *text = plan_words(verdict->plans->pdata[i]);

		fputs(text, stdout);
	}
}

/* The electronic invoices that are attached, for import_einvoices(). */
static void
collect(struct mails *mails, const struct mail *mail)
{
	bool retry = false;
	g_autoptr(GPtrArray) events = parser_read_outgoing(mails->parser,
	    mail->fd, &retry);

	mails->all++;
	for (guint i = 0; i < events->len; i++) {
		const struct event *event = events->pdata[i];
		const char *text = event_get(event, EVENT_DOCUMENT);
		const char *id = event_get(event, EVENT_MESSAGE_ID);
		json_t *document = text ? json_loads(text, 0, NULL) : NULL;
		json_t *wrong = json_array();

		for (const char *const *why = event_refused(event); *why;
		    why++)
			json_array_append_new(wrong, json_string(*why));
		if (event_kind(event) == EVENT_INVOICE && document)
			json_array_append_new(mails->invoices,
			    json_pack("{s:O, s:O, s:s*}", "document",
			    document, "wrong", wrong, "message_id", id));
		json_decref(document);
		json_decref(wrong);
	}
}

static int
take_mail(struct mails *mails, const struct mail *mail, const char *where)
{
	struct verdict verdict;
	const char *why = NULL;
	int code;

	if (mails->invoices) {
		collect(mails, mail);
		return EX_OK;
	}
	code = intake_message(mails->import->context, mails->parser, mail,
	    true, &verdict, &why);
	mails->all++;
	if (code != EX_OK) {
		say_error(mails->import->context, "%s: %s", where,
		    why ? why : "the message could not be taken");
	} else {
		mails->known += verdict.known;
		mails->taken += !verdict.known && verdict.plans->len > 0;
		if (g_str_has_prefix(verdict.summary, "unreadable")) {
			mails->unreadable++;
			fprintf(stderr, "%s: no readable mail\n", where);
		}
		show_plans(mails, where, &verdict);
	}
	verdict_release(&verdict);
	return code;
}

static int
take_bytes(struct mails *mails, const char *text, size_t length,
    const char *where)
{
	struct mail mail;
	int code;

	if (!mail_from_bytes(text, length, &mail)) {
		say_error(mails->import->context, "%s: %s", where,
		    g_strerror(errno));
		return EX_OSERR;
	}
	code = take_mail(mails, &mail, where);
	mail_release(&mail);
	return code;
}

static void
report(const struct mails *mails)
{
	const struct import *import = mails->import;
	const struct context *context = import->context;
	FILE *out = import->options->report ? stdout : stderr;

	if (import->options->report && context->json) {
		print_json(json_pack("{s:s, s:s, s:i, s:i, s:i, s:i}", "file",
		    import->file, "type", "mail", "messages", mails->all,
		    "taken", mails->taken, "known", mails->known, "unreadable",
		    mails->unreadable));
		return;
	}
	if (context->quiet)
		return;
	fprintf(out, "%s: %u mail%s, %u with effect on the books, %u known "
	    "already, %u not about money%s\n", import->file, mails->all,
	    mails->all == 1 ? "" : "s", mails->taken, mails->known,
	    mails->all - mails->taken - mails->known,
	    context->dry_run ? " (nothing changed)" : "");
}

static int
mails_close(struct mails *mails, int code)
{
	parser_free(mails->parser);
	if (code == EX_OK && mails->invoices)
		code = import_einvoices(mails->import, mails->invoices);
	else if (code == EX_OK)
		report(mails);
	json_decref(mails->invoices);
	return code;
}

int
import_mail(struct import *import, const char *text, size_t length)
{
	struct mails mails;
	int code = mails_open(&mails, import);

	if (code != EX_OK)
		return code;
	return mails_close(&mails,
	    take_bytes(&mails, text, length, import->file));
}

/* ---- mbox --------------------------------------------------------------------- */

/* The next "From " line at a line's beginning behind an empty line; the end
 * of the text when there is none. */
static const char *
next_from(const char *text, const char *end)
{
	const char *p = text;

	while ((p = memmem(p, (size_t)(end - p), "\nFrom ", 6))) {
		if ((p > text && p[-1] == '\n') ||
		    (p > text + 1 && p[-1] == '\r' && p[-2] == '\n'))
			return p + 1;
		p++;
	}
	return end;
}

/* Takes one '>' away from each line that is ">...>From ": what mboxrd wrote,
 * and for a single '>' what mboxo wrote too. */
static GString *
unquote(const char *text, size_t length)
{
	GString *out = g_string_sized_new(length);
	const char *end = text + length;

	while (text < end) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		const char *next = newline ? newline + 1 : end;
		const char *p = text;

		while (p < next && *p == '>')
			p++;
		if (p > text && next - p >= 5 && memcmp(p, "From ", 5) == 0)
			text++;
		g_string_append_len(out, text, next - text);
		text = next;
	}
	return out;
}

/* One message of an mbox: without its "From " line and the empty line that
 * ends it. */
static int
take_part(struct mails *mails, const char *text, const char *end)
{
	const char *body = memchr(text, '\n', (size_t)(end - text));
	g_autofree char *where = g_strdup_printf("%s: message %u",
	    mails->import->file, mails->all + 1);
	GString *bytes;
	int code;

	body = body ? body + 1 : end;
	if (end - body >= 2 && end[-1] == '\n' && end[-2] == '\n')
		end--;
	else if (end - body >= 4 && memcmp(end - 4, "\r\n\r\n", 4) == 0)
		end -= 2;
	bytes = unquote(body, (size_t)(end - body));
	code = take_bytes(mails, bytes->str, bytes->len, where);
	g_string_free(bytes, TRUE);
	return code;
}

int
import_mbox(struct import *import, const char *text, size_t length)
{
	const char *end = text + length, *start = text;
	struct progress *progress;
	struct mails mails;
	int code = mails_open(&mails, import);

	if (code != EX_OK)
		return code;
	progress = progress_new(import->context, import->name, length >> 10);
	while (start < end && code == EX_OK) {
		const char *next = next_from(start, end);

		code = take_part(&mails, start, next);
		progress_show(progress, (size_t)(next - text) >> 10);
		start = next;
	}
	progress_free(progress);
	return mails_close(&mails, code);
}

/* ---- Maildir ---------------------------------------------------------------------- */

/* The files of cur and new, or of the folder itself when it has neither, in
 * the order of their names: that is the order of their delivery. */
static GPtrArray *
list_folder(const char *folder)
{
	static const char *const parts[] = {"cur", "new", "."};
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);

	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
		g_autofree char *path = g_build_filename(folder, parts[i],
		    NULL);
		GDir *dir = i == 2 && names->len ? NULL
						 : g_dir_open(path, 0, NULL);
		const char *name;

		while (dir && (name = g_dir_read_name(dir))) {
			g_autofree char *file = g_build_filename(path, name,
			    NULL);

			if (*name != '.' &&
			    g_file_test(file, G_FILE_TEST_IS_REGULAR))
				g_ptr_array_add(names,
				    g_strdup_printf("%s\t%s", name, file));
		}
		if (dir)
			g_dir_close(dir);
	}
	g_ptr_array_sort(names, compare_strings);
	return names;
}

static int
take_file(struct mails *mails, const char *path)
{
	struct mail mail;
	int code;

	if (!mail_open(path, true, &mail)) {
		say_error(mails->import->context, "%s: %s", path,
		    g_strerror(errno));
		return EX_NOINPUT;
	}
	code = take_mail(mails, &mail, path);
	mail_release(&mail);
	return code;
}

int
import_maildir(struct import *import)
{
	g_autoptr(GPtrArray) names = list_folder(import->file);
	struct progress *progress;
	struct mails mails;
	int code = mails_open(&mails, import);

	if (code != EX_OK)
		return code;
	progress = progress_new(import->context, import->name, names->len);
	for (guint i = 0; i < names->len && code == EX_OK; i++) {
		code = take_file(&mails, strchr(names->pdata[i], '\t') + 1);
		progress_show(progress, i);
	}
	progress_free(progress);
	return mails_close(&mails, code);
}
