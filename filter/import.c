/*
 * import.c - files from the owner: looks what each one is, and takes it in a
 * transaction of its own. A dry run keeps one transaction open over all
 * tables, so that invoices find the customers of the file before.
 */
#include "import.h"
#include "import_row.h"
#include "intake.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum shape { SHAPE_TABLE, SHAPE_STATEMENT, SHAPE_MBOX, SHAPE_MAIL };

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

/* "Subject: ..." - a field of a mail's header, RFC 5322. */
static bool
looks_like_header(const char *text, size_t length)
{
	size_t i = 0;

	while (i < length && (g_ascii_isalnum(text[i]) || text[i] == '-'))
		i++;
	return i > 0 && i < length && text[i] == ':';
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

static enum shape
guess_shape(const char *type, const char *text, size_t length)
{
	bool mbox = length >= 5 && memcmp(text, "From ", 5) == 0;

	if (type && strcmp(type, "statement") == 0)
		return SHAPE_STATEMENT;
	if (type && strcmp(type, "mail") == 0)
		return mbox ? SHAPE_MBOX : SHAPE_MAIL;
	if (type)
		return SHAPE_TABLE;
	if (mbox)
		return SHAPE_MBOX;
	text = skip_space(text, &length);
	if (length && *text == '<')
		return SHAPE_STATEMENT;
	return looks_like_header(text, length) ? SHAPE_MAIL : SHAPE_TABLE;
}

/* Formats that people will try, and that need a sentence of their own. */
static const char *
foreign_format(const char *text, size_t length)
{
	static const struct {
		const char *start, *name;
	} formats[] = {
		{":20:", "an MT940 statement"}, {"{1:", "an MT940 statement"},
		{"OFXHEADER", "an OFX file"}, {"%PDF", "a PDF"},
		{"PK\003\004", "a ZIP archive or spreadsheet"},
		{"\037\213", "a gzip archive"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
		size_t n = strlen(formats[i].start);

		if (length >= n && memcmp(text, formats[i].start, n) == 0)
			return formats[i].name;
	}
	return NULL;
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

static int
take_table(struct import *import, const char *text, size_t length)
{
	int code = import_begin(import->context);

	if (code != EX_OK)
		return code;
	import->customers = g_hash_table_new_full(g_str_hash, g_str_equal,
	    g_free, g_free);
	code = import_finish(import->context,
	    import_table_read(import, text, length));
	g_hash_table_unref(import->customers);
	if (code == EX_OK && import->unmatched && !import->context->dry_run &&
	    import->options->report)
		say(import->context, "%u payment%s not matched yet: "
		    "'mailfilter reconcile'", import->unmatched,
		    import->unmatched == 1 ? " is" : "s are");
	return code;
}

/* ---- one file ----------------------------------------------------------------------- */

static int
take_bytes(struct import *import, int fd, const char *text, size_t length)
{
	const char *foreign = foreign_format(text, length);

	if (foreign) {
		say_error(import->context, "%s is %s, which mailfilter does "
		    "not import; CSV, JSON Lines, camt.053 and mail it does",
		    import->file, foreign);
		return EX_DATAERR;
	}
	import->document = g_compute_checksum_for_data(G_CHECKSUM_SHA256,
	    (const guchar *)text, length);
	switch (guess_shape(import->options->type, text, length)) {
	case SHAPE_STATEMENT:
		return import_statement(import, fd);
	case SHAPE_MBOX:
		return import_mbox(import, text, length);
	case SHAPE_MAIL:
		return import_mail(import, text, length);
	case SHAPE_TABLE:
		break;
	}
	return take_table(import, text, length);
}

static int
take_open_file(struct import *import, int fd)
{
	g_autoptr(GError) error = NULL;
	GMappedFile *map = g_mapped_file_new_from_fd(fd, FALSE, &error);
	const char *text;
	int code;

	if (!map) {
		say_error(import->context, "%s: %s", import->file,
		    error->message);
		return EX_NOINPUT;
	}
	text = g_mapped_file_get_contents(map);
	code = take_bytes(import, fd, text ? text : "",
	    g_mapped_file_get_length(map));
	g_mapped_file_unref(map);
	return code;
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
