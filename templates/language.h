/*
 * language.h - what the files of a language say: how it writes numbers and
 * days, counts, greets and spells. Only for this folder.
 */
#ifndef LANGUAGE_H
#define LANGUAGE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* Stands before a day that takes a short article ("dell’8 novembre") until
 * the text is complete. Values cannot contain it. */
#define ELISION_MARK "\x1d"

struct language;
/* Lines "name: text" of the files format and salutation of a language
 * (mailfilter-template(7)), and its labels; NULL: none. Borrowed only while
 * this runs. */
struct language *language_new(const json_t *format, const json_t *salutation,
    const json_t *words);
void language_free(struct language *language);

/* Text of these files as it is meant: '_' is a blank that does not break, '^' a
 * narrow one. The caller frees the result. */
char *language_blanks(const char *text);
/* What a line of format says, with its blanks that do not break; otherwise
 * when there is no such line. */
const char *language_text(const struct language *language, const char *name,
    const char *otherwise);
/* What a line of salutation says, its name in small letters; or NULL. */
const char *language_title(const struct language *language, const char *name);
/* The category of a number, such as "one"; the caller frees it. */
char *language_category(const struct language *language, int64_t number);
/* "5 invoices": the label n_NAME.CATEGORY with the number; the caller frees
 * it. The bare number when there is no label. */
char *language_count(const struct language *language, const char *name,
    int64_t number);

/* ---- plural.c ----------------------------------------------------------------- */

/* Does a whole number fit a condition as CLDR writes it: "n % 10 = 2..4 and
 * n % 100 != 12..14"? *good: is it a condition at all? */
bool plural_fits(const char *condition, int64_t number, bool *good);

/* ---- spelling.c ----------------------------------------------------------------- */

/* The words of a template as the language spells them: each line spell.N of
 * format in turn. The caller frees the result. */
char *spelling_template(const struct language *language, const char *text);
/* Articles before marked days; the marks go. The caller frees the result. */
char *spelling_articles(const struct language *language, const char *text);

#endif
