/*
 * secret.h - tags that only we can make, each for one letter and one use.
 */
#ifndef SECRET_H
#define SECRET_H

#include "context.h"

enum tag_use {
	TAG_REPLY = 'r',	/* in the address that answers go to */
	TAG_BOUNCE = 'b',	/* in the envelope's sender */
	TAG_MARK = 'm'		/* in X-Mailfilter-Letter */
};

/* "r12-0123456789abcdef0123" of a letter in the store; makes the home's key
 * (secret.key, mode 0600) when there is none. NULL: there is no key that is
 * ours alone. The caller frees. */
char *letter_tag(const struct context *context, enum tag_use use,
    const struct letter *letter);
/* The letter that a tag of that use was made for; STORE_NONE when we did not
 * make it. */
enum store_status letter_of_tag(const struct context *context,
    enum tag_use use, const char *tag, struct letter **out);
/* An address of ours with the letter's tag in it; NULL when the configuration
 * names no delimiter. The caller frees. */
char *tagged_address(const struct context *context, enum tag_use use,
    const char *address, const struct letter *letter);

#endif
