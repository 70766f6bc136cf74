/*
 * limits.h - what mailfilter-render may still do, and how much of it.
 */
#ifndef LIMITS_H
#define LIMITS_H

#include <stdbool.h>

#define LETTER_MAX (24 << 20)	/* bytes of a letter's JSON */

/* No new rights, no other program, no network, no core, no large files. */
void limits_process(void);
/* From now on so much time and memory, whatever was used before. */
void limits_letter(void);
/* It has grown beyond what writing letters can explain. */
bool limits_is_bloated(void);

#endif
