/*
 * currency.h - what currencies are roughly worth, and how cash is rounded in
 * them (pure data).
 */
#ifndef CURRENCY_H
#define CURRENCY_H

#include <stdbool.h>
#include <stdint.h>

/* An amount in another currency, right to about a quarter: good for telling
 * what is absurd and for carrying a tolerance over, never for booking. False
 * when one of them is not known. */
bool currency_rough(int64_t amount, const char *from, const char *to,
    int64_t *out);
/* The smallest coin in minor units, 1 when every minor unit is paid. */
int64_t currency_cash_step(const char *currency);
/* One whole unit in minor units: 100 of EUR, 1 of JPY, 1000 of KWD. */
int64_t currency_unit(const char *currency);

#endif
