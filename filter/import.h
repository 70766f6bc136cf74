/*
 * import.h - the owner's files into the store: tables (CSV, JSON Lines),
 * statements, mails. What is there already is left as it is; a file with a
 * bad row changes nothing unless bad rows may be skipped.
 */
#ifndef IMPORT_H
#define IMPORT_H

#include "context.h"

struct import_options {
	const char *type;	/* "customers" ... "mail"; NULL: guessed */
	bool strict;		/* unknown columns are errors */
	bool skip_bad;		/* leave bad rows out instead of the file */
	bool any_gap;		/* a missing statement is no reason against
				 * the next one */
	int terms;		/* days + 1 until an invoice is due that says
				 * nothing about it, like its customer; 0: none */
	bool report;		/* a line per file on stdout, else on stderr
				 * (the caller prints something else there) */
};

/* Imports files and folders (Maildir) in the order given, each in a
 * transaction of its own; with context->dry_run all are rolled back at the
 * end. "-" is stdin. The first failure's exit code, after having said every
 * "FILE:LINE: reason" on stderr. Needs nothing opened before. */
int import_files(struct context *context,
    const struct import_options *options, const char *const *files);
/* One of them. */
int import_file(struct context *context,
    const struct import_options *options, const char *file);
/* "customers" … is a type; the list of them for a message. */
bool import_type_known(const char *type);
const char *import_types(void);

#endif
