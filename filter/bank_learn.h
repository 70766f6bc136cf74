/*
 * bank_learn.h - `mailfilter bank learn`: samples, what is said about them by
 * options or in a dialogue.
 */
#ifndef BANK_LEARN_H
#define BANK_LEARN_H

#include "context.h"

/* Fields that can be learned, in the order in which they are shown; NULL at
 * the end. */
extern const char *const bank_learn_fields[];

/* Sets (or with "" takes away) what a sample's field is: "VALUE" or "VALUE@N",
 * the N-th place at which it stands. False: *why says why not (the caller
 * frees). */
bool bank_learn_set(struct parser *parser, json_t *sample, const char *field,
    const char *value, char **why);
/* Sets the kind; false: there is none of that name. */
bool bank_learn_kind(json_t *sample, const char *kind);

/* What is missing still before a sample can be learned from: an array of
 * sentences, the caller g_ptr_array_unref()s. */
GPtrArray *bank_learn_missing(const json_t *sample);

/* Prints field, value and the line where it stands. */
void bank_learn_show(struct context *context, struct parser *parser,
    const json_t *sample);

enum bank_learn_answer { LEARN_CONFIRMED, LEARN_SKIPPED, LEARN_STOPPED };
/* Asks about one sample at the terminal. */
enum bank_learn_answer bank_learn_ask(struct context *context,
    struct parser *parser, json_t *sample);

/* The job for parser_learn() out of confirmed samples: who sends, who signs.
 * Sentences about what is odd go to notes. */
json_t *bank_learn_job(const json_t *samples, const char *title,
    const char *dkim, GPtrArray *notes);

/* What is learned from, and what options said. */
struct learning {
	struct context *context;
	struct parser *parser;
	json_t *samples, *not;
	json_t *sets;		/* field to value, for samples to come */
	const char *kind;	/* the same */
	const char *name, *title, *dkim, *country, *language;
	bool yes, replace;
	GPtrArray *problems, *notes;
};

/* bank_learn_file.c: proves the file and writes it; an exit code. */
int bank_learn_write(struct learning *learning);

/* The verb itself. */
int bank_learn(struct context *context, int argc, char **argv);

#endif
