/*
 * symbols.h - the variable, specific and constant symbol of Czech and Slovak
 * payments, where a format has no fields for them.
 */
#ifndef SYMBOLS_H
#define SYMBOLS_H

#include "../parser.h"

/* "/VS2026001/SS/KS308", "VS:2026001", "VS 2026001" in a text (NULL: none)
 * become fields and references of the event. */
void symbols_read(struct event *event, const char *text);

#endif
