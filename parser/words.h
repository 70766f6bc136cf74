/*
 * words.h - what customers write: the words of the languages that people
 * answer in, data files words/LANG.replies and words/LANG.days, and what a
 * text means by them. Internal to parser/.
 */
#ifndef WORDS_H
#define WORDS_H

/*
 * The files are lines of a key, a blank and what belongs to it; "#" begins a
 * comment; a comma stands between several. Case and accents count nowhere,
 * "ae" may stand for "ä".
 *
 * Phrases, compared as whole words: re, auto (subjects); wrote, wrote-start,
 * original, from, sent, subject (what stands above a quoted mail); bye, mobile
 * (signatures); legal (notices of who may read this).
 *
 * All others are patterns of words:
 *	pay		that word		pay*, *pay	its beginning, end
 *	=pagó		with its accents	a|b|<set>	one of them
 *	[a|b]		may be left out		..  ...		up to 4, 9 words
 *	^		a clause begins		N		a number
 *	@day @past @future	a day, one that has passed, one to come
 * "set NAME WORDS" makes a set. A pattern does not reach over a comma or a
 * word of "cut"; alternatives are single words.
 *
 * "accept" agrees to what was offered; it counts where nothing else is said.
 * INTENT (paid-claim, promise, dispute, instalments, stop, copy, statement)
 * means it surely, "INTENT?" may mean it, "void-INTENT" in the same clause
 * makes it doubtful, "unpaid" denies a payment. Of clauses: "not" denies,
 * "ask" asks (also without a question mark), "if" makes a condition, "says"
 * reports what others say, "maybe" guesses; "cut" and "and" begin another
 * clause, "that" does not although a comma stands there; "skip" is politeness
 * that says nothing. "common" are the words by which the language is known.
 * Of automatic answers: away, left, ticket; "back" near the day of the return.
 * Facts: "method NAME PATTERN", "reference" (in front of numbers), "dated" (in
 * front of an invoice's own day).
 *
 * LANG.days: "number N", "weekday N" (1 is Monday), "month N", "ordinal" (what
 * follows the figures of a day), "after", "order" (both: 5/12 may be in May;
 * point, dash: 5.12 and 5-12 are days), and "day RESULT PATTERN" where D is a
 * day, T one with a point or an ending, O one that may be a word, M a month, W
 * a weekday, Y a year, N a number. Results: day+1, working+N, weeks+N,
 * months+N, span+7 (up to then), week+1, week-start+1, week-mid+1, week-end+1,
 * weekend+0, month+1, month-start+0 ... (with M: of that month), quarter-end+0,
 * year-end+0, year-start+1, weekday, weekday+1 (the coming one or that of next
 * week), weekday-1, weekday-of-week+1, calendar-week, date, day-of-month,
 * day-of-month+1, on-12-24, none (no day, though it looks like one).
 */

#include <glib.h>
#include <stdbool.h>

struct tongue;
struct tokens;
struct words;

/* Reads all files of the folders (NULL or NULL-terminated). Never NULL; bad
 * lines go as "FILE:LINE: reason" into problems (may be NULL). */
struct words *words_load(const char *const *dirs, GPtrArray *problems);
void words_free(struct words *words);	/* NULL allowed */

/* Text as it is compared: case and accents folded, everything that is no
 * letter or digit a single space, a space at both ends. */
char *words_fold(const char *text);

/* Does a folded text begin or end with a phrase of a key, or have one, as whole
 * words? */
bool words_begin(const struct words *words, const char *key,
    const char *folded);
bool words_end(const struct words *words, const char *key,
    const char *folded);
bool words_have(const struct words *words, const char *key,
    const char *folded);

/* The language of a name, or NULL. */
struct tongue *words_language(const struct words *words, const char *name);
/* The languages that a text may be written in, the likeliest first, and those
 * that have so many percent of its score; all for few words that none is known by. */
GPtrArray *words_languages(const struct words *words,
    const struct tokens *tokens, unsigned percent);

/* What a person's own text means. */
struct meaning {
	const char *intent;	/* static: see EVENT_INTENT */
	const char *certainty;	/* static: see EVENT_CERTAINTY; or NULL */
	char *intents;		/* see EVENT_INTENTS; or NULL */
	const char *language;	/* borrowed from words, or NULL */
	int32_t until, paid_on;	/* days (day_number()), or G_MININT32 */
	char *method, *amount, *currency;	/* or NULL */
	GPtrArray *references;	/* char * */
};

/* today: the day it was written on (day_number()). */
void words_read(const struct words *words, const char *text, int32_t today,
    struct meaning *meaning);
/* The same of an automatic answer: "out-of-office", "left", "ticket" or
 * "other"; until is the day of the return. */
void words_read_automatic(const struct words *words, const char *text,
    int32_t today, struct meaning *meaning);
void meaning_clear(struct meaning *meaning);

/* The person's own text of an answer: quotes, what is quoted under a line
 * like "On ... wrote:", forwarded headers, the signature and notices of law
 * cut off. */
char *words_cut_quotes(const struct words *words, const char *text);

#endif
