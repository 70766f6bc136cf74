/*
 * said.h - facts beside the meaning of a text. Internal to parser/.
 */
#ifndef SAID_H
#define SAID_H

#include "intent.h"
#include "words.h"

/* Sums, the way of payment and the numbers that a text names. */
void said_facts(const struct reading_text *text, const char *raw,
    struct meaning *meaning);

#endif
