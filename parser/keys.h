/*
 * keys.h - public keys of DKIM signers in a file: the owner's own list, or
 * what the name server said a while ago. Internal to parser/.
 */
#ifndef KEYS_H
#define KEYS_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define KEYS_AGE 86400		/* seconds that an answer is believed at most */

/* The record of a name out of a file of lines "NAME RECORD"; NULL with a
 * sentence in *why (static). A file that others may write is not believed. */
char *keys_find(const char *path, const char *name, const char **why);

/* The same out of a cache, lines "NAME EXPIRES RECORD"; NULL when it is not
 * there, or not fresh. */
char *keys_recall(const char *path, const char *name, int64_t now);
/* Adds to the cache, which it replaces as a whole; ttl in seconds. What
 * cannot be written is not remembered, and no harm is done. */
void keys_remember(const char *path, const char *name, const char *record,
    int64_t ttl, int64_t now);

#endif
