/*
 * templates.h - values in, letters out: text, HTML, MIME.
 *
 * Knows languages and formats; knows neither SQL, nor policy, nor who sends.
 * Values are jansson objects: amounts arrive as {"amount":"1234.50",
 * "currency":"EUR"}, days as "2026-11-20", times as "2026-11-20T14:05:00Z";
 * this layer writes them as the language does.
 */
#ifndef TEMPLATES_H
#define TEMPLATES_H

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>

/* Renders a mustache template (spec 1.1: interpolation, sections, inverted,
 * comments, partials, delimiters). escape_html: {{x}} is HTML-escaped.
 * partial(name, user) gives a template or NULL. Names that are not there are
 * added to missing (may be NULL) once each. NULL: a broken template, *why
 * says where. The caller frees the result. */
typedef const char *mustache_partial_fn(const char *name, void *user);
char *mustache_render(const char *template, const json_t *values,
    bool escape_html, mustache_partial_fn *partial, void *user,
    GPtrArray *missing, char **why);

/* One letter, from the JSON object that `mailfilter-render` reads:
 *   {"kind":"invoice|reminder|receipt|crossed|copy|…", "tone":"friendly|
 *    understanding|firm", "language":"es", "dirs":["user's","ours"],
 *    "headers":{"From":…,"To":…,"Date":…,"Message-ID":…,"In-Reply-To":…,
 *    "References":…,"List-Unsubscribe":…}, "values":{…}}
 * "form":"text" gives the subject and the plain text instead of a message,
 * "form":"html" the HTML part. headers carry unencoded text; control characters are refused. The result is
 * a complete message (RFC 5322, CRLF, multipart/alternative) with
 * Auto-Submitted: auto-generated; the caller frees it. NULL: *why. *warning
 * (caller frees) names what fell back: a missing language, a broken user
 * template, a missing value. */
GBytes *letter_render(const json_t *letter, char **warning, char **why);

/* The same with what letter["attach"] lists: "pdf", "xml:PROFILE" … of
 * letter["document"], or of each of letter["documents"]. Each is asked of make
 * with that document in the letter; without it (or with NULL, as in
 * letter_render) no letter goes out. */
typedef GBytes *letter_form_fn(const json_t *letter, const char *form,
    char **warning, char **why);
GBytes *letter_render_with(const json_t *letter, letter_form_fn *make,
    char **warning, char **why);

/* For a process that writes many letters: from now on a template is read
 * once and kept until the end. */
void templates_keep(void);
/* The text of a file of a language ("terms") with values as above (owner.name
 * and customer.name among them): a paragraph is a line. NULL: *why. The caller
 * frees both. */
char *text_render(const char *const *dirs, const char *language,
    const char *name, const json_t *values, char **why);

/* The page (PDF) of a letter as markup, from the file "KIND.page" that fits
 * it; ours: without the user's folders. Each element begins with an attribute
 * l="FILE:LINE". *language (may be NULL) is set to its language, BCP 47. The
 * caller frees both; NULL: *why. Warnings as above. */
char *letter_markup(const json_t *letter, bool ours, char **language,
    char **warning, char **why);

/* Every template of a language compiles and names no unknown value, each
 * language has each template: "FILE:LINE: reason" lines, caller g_strfreev()s. */
char **templates_check(const char *const *dirs);

#endif
