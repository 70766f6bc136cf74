/*
 * pattern.h - simple wildcards over text as people write it: "*" is any run
 * of characters, "?" any one; letters are compared without case and accents,
 * "ä" also as "ae", runs of white space as one blank. Pure.
 */
#ifndef PATTERN_H
#define PATTERN_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define PATTERN_MAX 200		/* characters of a pattern */

struct pattern;
struct pattern *pattern_new(const char *text);
void pattern_free(struct pattern *pattern);	/* NULL allowed */
const char *pattern_text(const struct pattern *pattern);	/* as written */

/* A text, prepared once for many patterns; NULL is prepared like "". Only its
 * first 2000 characters are looked at. */
struct haystack;
struct haystack *haystack_new(const char *text);
void haystack_free(struct haystack *subject);	/* NULL allowed */

/* Time is bounded by the product of the lengths; most patterns that do not
 * match are told by a few words of bits. */
bool pattern_matches(const struct pattern *pattern,
    const struct haystack *text);
/* Does every text that `narrow` matches match `wide` too? False may also mean
 * that it cannot be told. */
bool pattern_covers(const struct pattern *wide, const struct pattern *narrow);

#endif
