/*
 * page.h - a mail's text made ready for templates: lines without blanks at
 * their ends, one kind of space, no invisible characters; and a folded copy
 * with as many characters, in which case and accents do not count.
 */
#ifndef PAGE_H
#define PAGE_H

#include "parser.h"

struct page;

/* At most the first PAGE_MAX bytes of the text are read. */
#define PAGE_MAX (256u * 1024u)

struct page *page_new(const char *text);
void page_free(struct page *page);	/* NULL allowed */

/* Is a character its own canonical composition (NFC), whatever stands beside
 * it? Of some it is not known. */
bool page_stands_alone(gunichar c);

/* The text that was kept, as it was written. */
const char *page_text(const struct page *page);
/* Do invisible characters stand on a line that a span of it touches? */
bool page_text_is_tainted(const struct page *page, size_t from, size_t to);

/* The folded copy (case kept). Offsets below are bytes in it. */
const char *page_folded(const struct page *page);
size_t page_length(const struct page *page);

/* The true text of a span, blanks at its ends cut and runs of blanks made
 * one; the caller frees. */
char *page_slice(const struct page *page, size_t start, size_t end);

/* Did an invisible or direction-changing character stand on a line that the
 * span touches? */
bool page_is_tainted(const struct page *page, size_t start, size_t end);

#endif
