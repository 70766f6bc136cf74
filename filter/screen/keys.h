/*
 * keys.h - the keys while a case is shown.
 */
#ifndef KEYS_H
#define KEYS_H

#include "screen.h"

void keys_act(struct face *face, int kind, wint_t key);
void keys_draw(const struct face *face, const struct layout *layout);

#endif
