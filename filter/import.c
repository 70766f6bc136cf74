/*
 * import.c - files from the owner: looks what each one is, and takes it in a
 * transaction of its own. A dry run keeps one transaction open over all
 * tables, so that invoices find the customers of the file before.
 */
#include "import.h"
#include "import_einvoice.h"
#include "import_row.h"
#include "learned.h"
#include "intake.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum shape { SHAPE_TABLE, SHAPE_STATEMENT, SHAPE_EINVOICE, SHAPE_MBOX,
    SHAPE_MAIL };

static const char *const types[] = {
	"customers", "invoices", "payments", "history", "statement", "mail",
	NULL,
};

bool
import_type_known(const char *type)
{
	return g_strv_contains(types, type);
}

const char *
import_types(void)
{
	return "customers, invoices, payments, history, statement, mail";
}

/* ---- what is it? ------------------------------------------------------------ */

/* "Subject: ..." - a field of a mail's header, RFC 5322; "OFXHEADER:100" is
 * none. */
static bool
looks_like_header(const char *text, size_t length)
{
	size_t i = 0;

	while (i < length && (g_ascii_isalnum(text[i]) || text[i] == '-'))
		i++;
	return i > 0 && i < length && text[i] == ':' &&
	    !g_str_has_prefix(text, "OFXHEADER:");
}

static const char *
skip_space(const char *text, size_t *length)
{
	if (*length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		*length -= 3;
	}
	while (*length && g_ascii_isspace(*text)) {
		text++;
		(*length)--;
	}
	return text;
}

/* XML (UTF-16 too), a PDF, an archive: there may be an e-invoice in it. */
static bool
may_be_einvoice(const char *text, size_t length)
{
	static const char *const starts[] = {"<", "%PDF", "PK\003\004",
	    "\037\213", "\377\376<", "\376\377"};

	text = skip_space(text, &length);
	for (size_t i = 0; i < G_N_ELEMENTS(starts); i++)
		if (length >= strlen(starts[i]) &&
		    memcmp(text, starts[i], strlen(starts[i])) == 0)
			return true;
	return false;
}

static enum shape
guess_shape(const char *type, const char *text, size_t length)
{
	bool mbox = length >= 5 && memcmp(text, "From ", 5) == 0;

	if (type && strcmp(type, "statement") == 0)
		return SHAPE_STATEMENT;
	if (type && strcmp(type, "mail") == 0)
		return mbox ? SHAPE_MBOX : SHAPE_MAIL;
	if (type && strcmp(type, "invoices") == 0) {
		if (may_be_einvoice(text, length))
			return SHAPE_EINVOICE;
		if (mbox || looks_like_header(text, length))
			return mbox ? SHAPE_MBOX : SHAPE_MAIL;
	}
	if (type)
		return SHAPE_TABLE;
	if (mbox)
		return SHAPE_MBOX;
	text = skip_space(text, &length);
	if (looks_like_header(text, length))
		return SHAPE_MAIL;
	return SHAPE_STATEMENT;	/* or a table: that asks the door */
}

/* What people will try, and what to do instead. */
static const struct foreign {
	const char *start, *name, *instead;
} foreign_formats[] = {
	{"%PDF", "a PDF without an electronic invoice in it", "most banks "
	    "offer the same statement as camt.053, MT940 or CSV beside it"},
	{"PK\003\004", "a spreadsheet, or an archive without a statement or an "
	    "electronic invoice in it",
	    "save a spreadsheet as CSV; unpack an archive"},
	{"\320\317\021\340", "an old spreadsheet", "save it as CSV"},
	{"\037\213", "a gzip archive without a statement in it", "unpack it"},
	{"<", "XML, but no camt.052, camt.053 or camt.054, and no electronic "
	    "invoice (UBL, CII)", "ask the bank or the program for one of "
	    "these"},
	{"\377\376", "a table in UTF-16", "save it as UTF-8"},
	{"\376\377", "a table in UTF-16", "save it as UTF-8"},
	{"Rar!", "a RAR archive", "unpack it"},
	{"7z\274\257", "a 7z archive", "unpack it"},
};
static const struct foreign no_text = {"", "no text",
    "statements are camt, MT940 and other formats of banks, tables are CSV in "
    "UTF-8 or JSON Lines"};

static const struct foreign *
foreign_format(const char *text, size_t length)
{
	for (size_t i = 0; i < G_N_ELEMENTS(foreign_formats); i++) {
		size_t n = strlen(foreign_formats[i].start);

		if (length >= n &&
		    memcmp(text, foreign_formats[i].start, n) == 0)
			return &foreign_formats[i];
	}
	return memchr(text, '\0', length) ? &no_text : NULL;
}

/* ---- tables --------------------------------------------------------------------- */

int
import_begin(struct context *context)
{
	enum store_status status = STORE_OK;

	if (!context->import_open)
		status = store_begin(context->store);
	context->import_open = status == STORE_OK;
	return status == STORE_OK ? EX_OK : store_failed(context, status);
}

void
import_roll_back(struct context *context)
{
	if (context->import_open)
		store_rollback(context->store);
	context->import_open = false;
}

int
import_finish(struct context *context, int code)
{
	enum store_status status;

	if (code != EX_OK) {
		import_roll_back(context);
		return code;
	}
	if (context->dry_run)
		return EX_OK;
	status = store_commit(context->store);
	context->import_open = false;
	return status == STORE_OK ? EX_OK : store_failed(context, status);
}

/* Rows, and what new invoices mean for money that waits; `reconcile` matches
 * all of it itself. */
static int
take_rows(struct import *import, const char *text, size_t length)
{
	int code = import_table_read(import, text, length);
	enum store_status status;

	if (code != EX_OK || !import->looks_back || !import->options->report)
		return code;
	status = reconcile_waiting(import->context, NULL);
	return status == STORE_OK ? EX_OK
				  : store_failed(import->context, status);
}

static int
take_table(struct import *import, const char *text, size_t length)
{
	int code = import_begin(import->context);

	if (code != EX_OK)
		return code;
	import->customers = g_hash_table_new_full(g_str_hash, g_str_equal,
	    g_free, g_free);
	import->learner = learner_new();
	code = import_finish(import->context,
	    take_rows(import, text, length));
	g_hash_table_unref(import->customers);
	learner_free(import->learner);
	if (code == EX_OK && import->unmatched && !import->context->dry_run &&
	    import->options->report)
		say(import->context, "%u payment%s not matched yet: "
		    "'mailfilter reconcile'", import->unmatched,
		    import->unmatched == 1 ? " is" : "s are");
	return code;
}

/* ---- one file ----------------------------------------------------------------------- */

/* The hash of a file, read in pieces: it may be larger than the memory. */
static char *
hash_file(int fd)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	unsigned char buffer[65536];
	ssize_t got;

	lseek(fd, 0, SEEK_SET);
	while ((got = read(fd, buffer, sizeof buffer)) > 0)
		g_checksum_update(sum, buffer, got);
	lseek(fd, 0, SEEK_SET);
	return g_strdup(g_checksum_get_string(sum));
}

static int
take_text(struct import *import, int fd, enum shape shape)
{
	g_autoptr(GError) error = NULL;
	GMappedFile *map = g_mapped_file_new_from_fd(fd, FALSE, &error);
	const char *text;
	size_t length;
	int code;

	if (!map) {
		say_error(import->context, "%s: %s", import->file,
		    error->message);
		return EX_NOINPUT;
	}
	text = g_mapped_file_get_contents(map);
	text = text ? text : "";
	length = g_mapped_file_get_length(map);
	code = shape == SHAPE_MBOX ? import_mbox(import, text, length) :
	    shape == SHAPE_MAIL ? import_mail(import, text, length) :
	    take_table(import, text, length);
	g_mapped_file_unref(map);
	return code;
}

static bool
guess_row(unsigned line, json_t *row, void *user)
{
	(void)line;
	*(bool *)user = import_table_guess(row) != NULL;
	return false;
}

static void
no_row(unsigned line, const char *why, void *user)
{
	(void)line;
	(void)why;
	(void)user;
}

/* What --map names is not there, or has other columns than this file. */
static bool
map_fails(const struct import *import)
{
	const char *map = import->context->map;

	if (map)
		say_error(import->context, "%s: there is no mapping '%s' in "
		    "%s/statements or among those that are shipped, or it "
		    "does not know these columns (mailfilter help "
		    "mailfilter-statement)", import->file, map,
		    import->context->home);
	return map != NULL;
}

/* A bank's table that no mapping knows, and none of ours: what its columns
 * may mean. False when it is no such table. */
static bool
offer_draft(struct import *import, int fd, const char *head, size_t length)
{
	struct context *context = import->context;
	g_autofree char *draft = NULL;
	struct parser *parser;
	bool ours = false;

	table_read(head, length, guess_row, no_row, &ours);
	if (ours)
		return false;
	parser = context_parser(context, false);
	draft = parser ? parser_draft_map(parser, fd) : NULL;
	parser_free(parser);
	if (!draft)
		return false;
	say_error(context, "%s: no mapping knows these columns. If it is a "
	    "bank's export, this is a draft of what they mean: save it as "
	    "%s/statements/NAME.csvmap, look at each line (mailfilter help "
	    "mailfilter-statement), and import the file again.",
	    import->file, context->home);
	fputs(draft, stdout);
	return true;
}

/* A statement of whatever format, else e-invoices, else a table. */
static int
take_statement(struct import *import, int fd, enum shape shape,
    const char *head, size_t length)
{
	const struct foreign *foreign = foreign_format(head, length);
	bool unknown = true;
	int code = EX_OK;

	if (shape == SHAPE_STATEMENT)
		code = import_statement(import, fd, &unknown);
	if (unknown && may_be_einvoice(head, length) && (!import->options->type
	    || shape == SHAPE_EINVOICE))
		code = import_einvoice(import, fd, &unknown);
	if (!unknown)
		return code;
	if (foreign) {
		say_error(import->context, "%s is %s, which mailfilter does "
		    "not import: %s", import->file, foreign->name,
		    foreign->instead);
		return EX_DATAERR;
	}
	if (map_fails(import) || offer_draft(import, fd, head, length))
		return EX_DATAERR;
	if (!import->options->type)
		return take_text(import, fd, SHAPE_TABLE);
	say_error(import->context, "%s is no statement of a format that "
	    "mailfilter reads", import->file);
	return EX_DATAERR;
}

static int
take_open_file(struct import *import, int fd)
{
	char head[4096];
	ssize_t got = pread(fd, head, sizeof head, 0);
	size_t length = (size_t)MAX(got, 0);
	enum shape shape;

	if (got < 0) {
		say_error(import->context, "%s: %s", import->file,
		    g_strerror(errno));
		return EX_NOINPUT;
	}
	import->document = hash_file(fd);
	shape = guess_shape(import->options->type, head, length);
	return shape == SHAPE_STATEMENT || shape == SHAPE_EINVOICE
	    ? take_statement(import, fd, shape, head, length)
	    : take_text(import, fd, shape);
}

/* A pipe is copied first: everything else wants to seek. */
static int
take_stream(struct import *import, int fd)
{
	struct mail copy;
	int code;

	if (!mail_read(fd, g_get_tmp_dir(), &copy)) {
		say_error(import->context, "%s: %s", import->file,
		    g_strerror(errno));
		return EX_IOERR;
	}
	code = take_open_file(import, copy.fd);
	mail_release(&copy);
	return code;
}

static int
take_path(struct import *import, int fd)
{
	struct stat info;

	if (fd < 0 || fstat(fd, &info) != 0) {
		say_error(import->context, "%s: %s", import->file,
		    g_strerror(errno));
		return EX_NOINPUT;
	}
	if (S_ISDIR(info.st_mode))
		return import_maildir(import);
	return S_ISREG(info.st_mode) ? take_open_file(import, fd)
				     : take_stream(import, fd);
}

static int
open_all(struct context *context)
{
	int code = EX_OK;

	if (access(context->config_path, F_OK) == 0)
		code = context_config(context);
	return code == EX_OK ? context_store(context, STORE_WRITE) : code;
}

static int
one_file(struct context *context, const struct import_options *options,
    const char *file)
{
	bool is_stdin = strcmp(file, "-") == 0;
	g_autofree char *name = g_path_get_basename(file);
	struct import import = {
		.context = context, .options = options,
		.file = is_stdin ? "stdin" : file,
		.name = is_stdin ? "stdin" : name,
	};
	int fd = is_stdin ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
			  : open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	int code = take_path(&import, fd);

	g_free(import.document);
	if (fd >= 0)
		close(fd);
	return code;
}

int
import_files(struct context *context, const struct import_options *options,
    const char *const *files)
{
	int code = open_all(context);

	for (; *files && code == EX_OK; files++)
		code = one_file(context, options, *files);
	import_roll_back(context);
	return code;
}

int
import_file(struct context *context, const struct import_options *options,
    const char *file)
{
	const char *const files[] = {file, NULL};

	return import_files(context, options, files);
}
