/*
 * decimal.h - decimal texts ("12.50", "-0.0125") as integers: millionths, so
 * that prices are exact and no amount is ever a double.
 */
#ifndef RENDER_DECIMAL_H
#define RENDER_DECIMAL_H

#include <stdbool.h>

#define DECIMAL_ONE 1000000

__extension__ typedef __int128 decimal_wide;

/* The text in millionths; false when it is no decimal, has a digit below that
 * or more than 18 digits before the point. */
bool decimal_read(const char *text, decimal_wide *value);

/* The value with that many decimals (0 to 6), NULL when it does not fit in
 * them without rounding; the caller frees it. */
char *decimal_text(decimal_wide value, int decimals);

/* The same, with as few decimals as it needs. */
char *decimal_short(decimal_wide value);

#endif
