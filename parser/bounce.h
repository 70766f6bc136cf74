/*
 * bounce.h - what the files that read bounces share. Internal to parser/.
 */
#ifndef BOUNCE_H
#define BOUNCE_H

#include "reader.h"

/* ---- bouncewords.c: words/bounce.phrases ---------------------------------------- */

struct phrases;

/* All *.phrases of the folders; bad lines go into problems (may be NULL). */
struct phrases *phrases_load(const char *const *dirs, GPtrArray *problems);
void phrases_free(struct phrases *phrases);	/* NULL allowed */

/* The status of the first phrase that a text has; NULL: none. Borrowed. */
const char *phrases_status(const struct phrases *phrases, const char *text);
/* Has a text a phrase of a key? */
bool phrases_has(const struct phrases *phrases, const char *key,
    const char *text);

/* ---- bouncestatus.c: RFC 3463 ---------------------------------------------------- */

/* The first "5.1.1" of a Status field; NULL when there is none. */
char *status_of_field(const char *value);
/* What a text says: an enhanced code beside a reply of a server or a number
 * sign; else what its words mean, in the class (4 or 5) of the reply code or
 * of the words. NULL when it says nothing. */
char *status_of_text(const struct phrases *phrases, const char *text);
/* The enhanced code in a text, not looking at words. */
char *status_of_reply(const char *text);

/* ---- bouncetext.c: servers that never heard of RFC 3464 -------------------------- */

struct bounced {
	char *recipient;	/* or NULL */
	char *status;		/* never NULL */
};

/* What a text of a mail system says: struct bounced for each recipient, empty
 * when it says nothing. to: addresses that the bounce itself is for. */
GPtrArray *bounce_text_read(const struct phrases *phrases, const char *text,
    const char *original, const char *failed, const GPtrArray *own);

/* Those in the header of the mail that came back (char *). */
GPtrArray *bounce_original_recipients(const char *original);

#endif
