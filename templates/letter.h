/*
 * letter.h - the steps between a letter's JSON and its message. Only for this
 * folder.
 */
#ifndef LETTER_H
#define LETTER_H

#include "format.h"
#include "language.h"
#include "templates.h"

#include <glib.h>
#include <jansson.h>

/* Stands before a line's end that has to stay. Texts of users and values
 * cannot contain it: control characters are refused in both. */
#define KEPT_BREAK "\x1e"

/* ---- clean.c -------------------------------------------------------------- */

/* Valid UTF-8 without control characters and without marks that turn the
 * direction of writing; '\n' only where lines are allowed. */
bool text_is_clean(const char *text, bool lines);
/* user@host.example in the dot-atom form of RFC 5321, ASCII, at most 254
 * octets. */
bool address_is_valid(const char *address, size_t length);
/* One "<id@host>". */
bool message_id_is_valid(const char *text, size_t length);

/* ---- encode.c ------------------------------------------------------------- */

/* Unstructured text, or a display name, as it stands in the field with this
 * name: words with single blanks between them, where a line may be folded.
 * The caller frees the result. */
char *encode_text(const char *header, const char *text);
char *encode_phrase(const char *header, const char *text);

/* ---- values.c: from what is given to what is written ---------------------- */

/* Every amount, day, time and number as the language writes it, and what
 * follows from the values (mailfilter-template(7)). NULL: *why. */
json_t *values_write(const json_t *values, const char *kind,
    const struct language *language, char **why);
/* As above, for values that stand under this name; nothing is required. */
json_t *values_write_part(const json_t *values, const char *name,
    const struct language *language, char **why);
/* Is this part of a name in a template known? */
bool values_is_known(const char *name);
/* An amount of nothing. */
bool values_is_zero(const json_t *amount);

/* ---- follows.c -------------------------------------------------------------- */

/* Adds what follows from the written values; values: as they were given. */
void values_follow(json_t *out, const json_t *values,
    const struct language *language);
/* Which of is_friendly, is_understanding, is_firm is true. */
void values_add_tone(json_t *values, const char *tone);

/* ---- salutation.c ----------------------------------------------------------- */

enum gender { GENDER_UNKNOWN, GENDER_FEMININE, GENDER_MASCULINE };
/* The name as one greets in the language, and what title or patronymic say.
 * The caller frees the result; NULL: there is a title only. */
char *salutation_name(const char *contact, const struct language *language,
    enum gender *gender);

/* ---- source.c: the files ------------------------------------------------------ */

struct source;
/* dirs: folders of templates, the user's first; borrowed. The language is as
 * exact as there are folders ("de-at", "de"); it becomes English when none has
 * `letter` (NULL: any) in it. warning collects lines. */
struct source *source_new(const char *const *dirs, const char *language,
    const char *letter, GString *warning);
void source_free(struct source *source);
const char *source_language(const struct source *source);
/* As a tag of BCP 47: "de-AT". The caller frees it. */
char *source_tag(const struct source *source);
/* The text of a file of the language, else of all languages, else English;
 * the first that is sound. extension: "" or ".txt". Borrowed; NULL: none. */
const char *source_read(struct source *source, const char *name,
    const char *extension);
/* The labels, missing ones from English, but no counts. The caller owns the
 * result. */
json_t *source_words(struct source *source);
/* The lines "name: text" of a file such as format, the region's over the
 * language's, the user's over ours; no English. The caller owns the result. */
json_t *source_lines(const struct source *source, const char *name);
/* How the language writes; borrowed. */
const struct language *source_habits(struct source *source);

/* Reads and compiles one file; NULL: *why. is_letter: it has a subject. */
char *source_load(const char *path, bool is_letter, char **why);
/* Splits "Subject: …" off a sound letter. The caller frees the subject. */
const char *source_split(const char *letter, char **subject);

/* ---- layout.c ------------------------------------------------------------------ */

/* Fills paragraphs to 72 columns; indented and kept lines stay. */
char *layout_text(const char *rendered);
/* Paragraphs become <p>, blocks of HTML stay. */
char *layout_html(const char *rendered);

/* ---- inline.c, look.c: how the HTML part looks -------------------------------------- */

/* The page with the rules of its first <style> written into the elements. */
char *inline_styles(const char *page);
/* Adds to values.look: colour (ours when none is given), ink and night (the
 * same, readable on white and on a dark page), on_colour (text on it). */
void look_follow(json_t *values);

/* ---- attach.c: what goes with a letter ------------------------------------------ */

/* What letter["attach"] lists, made by make; words: the language's labels.
 * NULL: *why. Lines are added to warning. The caller g_ptr_array_unref()s. */
GPtrArray *attach_make(const json_t *letter, letter_form_fn *make,
    const json_t *words, GString *warning, char **why);
/* ---- page_marks.c ---------------------------------------------------------------- */

/* Stands for a line's end in the attributes of a page. */
#define PAGE_LINE_END "\uE00A"

/* Each element of a template gets l="file:LINE"; comments go. Borrowed until
 * the same file comes with another text. */
const char *page_mark_lines(const char *template, const char *file);
/* In all values named payload line ends become PAGE_LINE_END. */
void page_keep_payloads(json_t *values);
/* Kept breaks become elements. The caller frees the result. */
char *page_take_breaks(const char *markup);

/* ---- mime.c ---------------------------------------------------------------------- */

struct letter_attachment {
	char *name;		/* of the file, UTF-8 without path */
	const char *type;	/* "application/pdf" */
	GBytes *bytes;
};
struct letter_parts {
	const char *subject, *text, *html, *language;
	const GPtrArray *attached;	/* struct letter_attachment, or NULL */
};
/* The complete message (RFC 5322): text and HTML as alternatives, in front of
 * what is attached. NULL: *why. */
GBytes *mime_build(const json_t *headers, const struct letter_parts *parts,
    char **why);

#endif
