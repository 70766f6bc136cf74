/*
 * names.h - names of parties as read and compared (pure, inside the matcher
 * and the import of customers).
 */
#ifndef NAMES_H
#define NAMES_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* ---- translit.c: one word in Latin capitals ------------------------------- */

#define NAME_SPELLINGS 5	/* ways to write one word in Latin letters */

/* Is any letter of the text neither Latin nor a digit? */
bool translit_needed(const char *text);
/* A word (letters only, any case, any script) in capitals without accents,
 * after scheme 0 to NAME_SPELLINGS - 1; Latin words are the same in all.
 * What has no Latin form stays. Appended to out. */
void translit_word(const char *word, int scheme, GString *out);
/* Spellings of one sound become one: "SCH" and "SH", "AE" and "A", "PH" and
 * "F", "Y", "J" and "I". */
void translit_same(GString *word);

/* ---- legal.c: forms of companies ------------------------------------------- */

/* The legal form that begins at a word of a name's n: how many words it has
 * (0: none), and its class, which all its spellings and translations share. */
guint legal_form_at(char *const *words, guint n, guint at,
    const char **class_name);
/* Forms that are written without blanks are cut out, each leaves a blank. */
char *legal_cut_glued(const char *name);

/* legal_forms.c: class, countries (ISO 3166, blanks between), forms (bars
 * between). Data. */
struct legal_row {
	const char *class_name, *countries, *forms;
};
extern const struct legal_row legal_rows[];
extern const guint legal_rows_n;
/* Forms written right at the name. */
extern const struct legal_row legal_glued[];
extern const guint legal_glued_n;

/* ---- names.c --------------------------------------------------------------- */

struct name_word {
	char *text[NAME_SPELLINGS];	/* folded, no two alike, then NULL */
	char initial;		/* as written: of "Philipp", "FILIPP", it is P */
	bool particle;		/* "van", "de la" */
	bool dotted;		/* "J.P." may be initials */
	bool behind;		/* behind the legal form: a town or a branch */
	int part;		/* which of the names: "A und B", "X t/a Y" */
};
struct name {			/* one name, read */
	GPtrArray *words;	/* struct name_word, legal form and titles off */
	GPtrArray *forms;	/* const char *: classes of legal forms */
	bool company;
	int parts;		/* how many names it is made of, 1 or more */
	int behalf;		/* the part for whom the others pay, or -1 */
	size_t length;		/* characters as written */
	char *squeezed;		/* all words without blanks */
	char *whole;		/* … with legal forms and titles */
};
struct name *name_read(const char *text);
/* The same plain words for any text, nothing off. NULL-terminated. */
char **name_all_words(const char *text);
void name_free(struct name *name);	/* NULL allowed */

/* Keys to find a customer by: words, pairs of words of short names, initial
 * and surname, all words without blanks. NULL-terminated. */
char **name_keys(const char *text);
/* The key of two words in any order; of an initial and a word. */
char *name_key_pair(const char *a, const char *b);
char *name_key_initial(char initial, const char *word);
char *name_key_glued(const char *squeezed);

struct name_verdict {
	double agreement;	/* 0..1 */
	bool full;		/* no word missing, none over, none an initial */
	bool behalf;		/* by the name for whom the money is paid */
	bool other_form;	/* both have a legal form, and not the same */
};
/* How well a payer's name agrees with a customer's. Weights are looked up by
 * the first spelling (NULL: all the same). */
typedef double name_weight(const char *word, void *data);
void name_compare(const struct name *payer, const struct name *customer,
    name_weight *weight, void *data, struct name_verdict *out);

/* How much of a customer's name stands in a text, word by word in full; 0
 * for less than two words, but for a company of one word. */
double name_within(const struct name *text, const struct name *customer,
    name_weight *weight, void *data);

/* ---- services.c: payers who pay for everybody --------------------------------- */

enum name_service {
	SERVICE_NONE, SERVICE_PAYMENT, SERVICE_FACTOR, SERVICE_COLLECTION
};
enum name_service name_is_service(const char *name);

#endif
