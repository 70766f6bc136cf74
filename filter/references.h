/*
 * references.h - shared by the readers of numbers: the words around them, the
 * parts they are made of (pure, inside reference_*.c, keys.c, mentions.c).
 */
#ifndef REFERENCES_H
#define REFERENCES_H

#include "match.h"

/* ---- reference_words.c --------------------------------------------------- */

/* What a word says about the number behind it; a word may say several. */
enum word_kind {
	WORD_INVOICE = 1,	/* it is an invoice's */
	WORD_OTHER = 2,		/* it is something else's: order, customer … */
	WORD_GROUPED = 4,	/* … and may be written in groups: phone, VAT */
	WORD_NUMBER = 8,	/* nothing: "no.", "id" */
	WORD_AND = 16,		/* another of the same kind */
	WORD_TO = 32,		/* the last of a run */
	WORD_FROM = 64,		/* the first of a run */
	WORD_MONEY = 128,	/* an amount: currencies */
	WORD_MONTH = 256,	/* a month's name */
	WORD_SYMBOL = 512	/* a symbol that is the number itself: "VS" */
};
unsigned reference_word(const char *folded);	/* 0: unknown */

/* ---- keys.c ---------------------------------------------------------------- */

#define PARTS_MAX 12

enum part_kind { PART_LETTERS, PART_DIGITS, PART_YEAR, PART_MONTH };

struct part {			/* of an invoice's number */
	enum part_kind kind;
	char *text;
};
/* The parts of a number, at most PARTS_MAX. The count; parts_release frees
 * their texts. */
int reference_parts(const char *number, struct part *parts);
void parts_release(struct part *parts, int n);
/* Which part counts up: the last that is neither year nor month; -1: none. */
int parts_counter(const struct part *parts, int n);
/* The number without letters that only say "invoice no."; the caller frees. */
char *reference_bare_number(const char *number);

/* ---- reference_text.c ------------------------------------------------------ */

struct mark {			/* what the text says about a run */
	bool other;		/* it belongs to something else */
	bool introduced;	/* it is an invoice's */
	guint word;		/* the run that says so; G_MAXUINT: its shape */
};
struct marked {			/* a text cut into runs, each with its mark */
	GPtrArray *tokens;	/* struct token */
	struct mark *marks;
};
/* amount, own: numbers that are no invoice's: the payment's amount (0: none)
 * and the owner's own data, squeezed (NULL-terminated, NULL: none). */
void marked_read(struct marked *out, const char *text, int64_t amount,
    const char *const *own);
void marked_release(struct marked *marked);
const struct token *marked_at(const struct marked *marked, guint i);
/* Do runs i to j stand by themselves, and not within a longer number? */
bool marked_is_whole(const struct marked *marked, guint i, guint j);
/* ---- reference_lists.c, reference_near.c ------------------------------------- */

/* The list or run behind a number that the text names in full; NULL: there is
 * none. The text is borrowed. */
struct listing;
struct listing *listing_read(const struct marked *marked, const char *head);
void listing_free(struct listing *list);	/* NULL allowed */
/* Does it name this number? *places gets the run of digits that does, if
 * any. */
bool listing_has(const struct listing *list, const char *number,
    uint64_t *places);
/* What a slip makes of a number: READ_TYPO, READ_SWAPPED, READ_CUT or
 * READ_NOT. Both squeezed. */
enum number_reading reference_slip(const char *written, const char *number);

/* reference_own.c: purchase orders and end-to-end ids, as mentions of the open
 * invoices of likely payers (0.6, 0.85 when long, READ_OTHER or READ_WHOLE).
 * marked: the text. */
void reference_own(struct facts *facts, const struct marked *marked);

/* The owner's own numbers, squeezed; the caller g_strfreev()s. */
char **reference_own_numbers(const struct config *config);

#endif
