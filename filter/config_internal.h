/*
 * config_internal.h - what the files that make up the configuration share.
 */
#ifndef CONFIG_INTERNAL_H
#define CONFIG_INTERNAL_H

#include "rules.h"

#include <stddef.h>
#include <sys/types.h>

/* Looks for what libconfuse lets pass: braces and quotes that are never
 * closed, "${...}" (which it would take from the environment), NUL bytes and
 * text that is no UTF-8, and blanks the comments. True when all is well, else
 * *why and its *line. */
bool config_scan(char *text, size_t length, int *line, char **why);

/* One option of the file: where it stands, what it may say, where it goes. */
enum field_type {
	FIELD_TEXT,		/* one line or more, no other control characters */
	FIELD_WORD,		/* no white space at all */
	FIELD_EMAIL, FIELD_HOST, FIELD_NUMBER, FIELD_BOOLEAN,
	FIELD_MONEY,		/* decimal in the owner's currency */
	FIELD_PROBABILITY, FIELD_RATE, FIELD_PATH, FIELD_CHOICE, FIELD_LANGUAGE,
	FIELD_COUNTRY, FIELD_CURRENCY, FIELD_TIMEZONE, FIELD_WINDOW, FIELD_HOUR,
	FIELD_SETTLES, FIELD_ACCOUNT, FIELD_STEP, FIELD_CLOSED,
	FIELD_MINIMUM, FIELD_DESERVING, FIELD_EVERY,
	FIELD_PAY,		/* of an account; pay_account.c knows them by name */
	/* of a rule, whose structure they fill in */
	FIELD_PATTERN, FIELD_PATTERN_ACCOUNT, FIELD_RANGE, FIELD_DO
};

struct field {
	const char *section, *name;
	enum field_type type;
	bool list;
	size_t offset;		/* in struct config, account, mailbox or policy */
	const char *standard;	/* the value without a word, or NULL */
	int low, high;		/* of numbers */
	const char *choices;	/* "dir|sendmail" */
};
extern const struct field config_fields[];	/* section NULL ends */

/* What a value is converted with; money waits for the currency. */
struct pending_money {
	const struct field *field;
	int64_t *target;
	char *text;
	int line;
	char *const *currency;	/* of the amount; NULL, or NULL there: the
				 * owner's */
};
struct reading {
	const char *home;
	struct config *config;
	GArray *money;		/* struct pending_money */
};
/* Puts a value where its row says; base is the struct that offset counts in.
 * NULL, or what is wrong with it (the caller frees). */
char *config_convert(struct reading *reading, const struct field *field,
    void *base, const char *value, int line);

/* config_rule.c: the values of a rule; base is the rule. */
char *config_convert_rule(struct reading *reading, const struct field *field,
    struct rule *rule, const char *value, int line);

/* The first complaint about the file being read is what its reader is told;
 * line 0: about the whole. */
void config_complain(int line, const char *format, ...) G_GNUC_PRINTF(2, 3);
const struct policy *config_policy_named(const struct config *config,
    const char *name);	/* or NULL */
/* config_whole.c; mode: of the file. */
void config_check_whole(struct config *config, mode_t mode);

/* Frees the members of a section's structure, by the table. */
void config_release(const char *section, void *base);

void account_free(struct account *account);	/* NULL allowed */
/* mailbox: everything that only the whole section can tell. NULL, or what is
 * wrong with it. */
struct mailbox *mailbox_new(const char *name);
void mailbox_free(struct mailbox *mailbox);	/* NULL allowed */
char *mailbox_complete(struct mailbox *mailbox);
/* True for "localhost", "127.…" and "::1". */
bool host_is_here(const char *host);

/* deserving.c. *money: the amount that it is to be compared with, as text, or
 * NULL. NULL: *why. The caller frees all. */
struct deserving *deserving_parse(const char *text, char **money, char **why);
void deserving_free(struct deserving *one);	/* NULL allowed */
/* Appends a condition to the list, which it makes when there is none. */
char *deserving_convert(struct reading *reading, const struct field *field,
    GPtrArray **list, const char *value, int line);
GPtrArray *deserving_standard(void);

struct policy *policy_new(const char *name);
void policy_free(struct policy *policy);
/* NULL, or the sentence that says what is wrong with the order of its steps.
 * Numbers the steps. */
char *policy_complete(struct policy *policy);

/* config_experiment.c; the last two: NULL, or what is wrong */
struct experiment *experiment_new(const char *name);
void experiment_free(struct experiment *experiment);
char *experiment_complete(const struct experiment *experiment);
char *experiment_resolve(const struct experiment *experiment,
    const struct config *config);

/* config_whole.c: amounts, once the currency is known; false: one is none. */
bool config_resolve_money(struct reading *reading);

#endif
