/*
 * tax_id_internal.h - the rules of single countries behind tax_id.c. Each gets
 * an id without spaces, marks and country, in capitals, and returns NULL when
 * it is right, else what is wrong.
 */
#ifndef TAX_ID_INTERNAL_H
#define TAX_ID_INTERNAL_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "tax_id.h"

#define WRONG_DIGIT "its check digit is wrong"

/* Only n digits? (0: any number of them above none) */
bool id_digits(const char *id, size_t n);
/* The sum of digits times weights; as many as weights are given. */
int id_sum(const char *id, const signed char *weights, size_t n);
int id_modulo(const char *id, size_t n, int modulus);
bool id_luhn(const char *id, size_t n);
/* ISO 7064, mod 11,10. */
bool id_mod11_10(const char *id, size_t n);
/* A day of the Gregorian calendar? */
bool id_is_day(int year, int month, int day);
int id_number(const char *id, size_t n);

/* tax_id_north.c */
const char *id_rule(const char *id);
const char *id_denmark(const char *id);
const char *id_estonia(const char *id);
const char *id_finland(const char *id);
const char *id_lithuania(const char *id);
const char *id_latvia(const char *id);
const char *id_norway(const char *id);
const char *id_sweden(const char *id);
const char *id_ireland(const char *id);
const char *id_britain(const char *id);
/* tax_id_middle.c */
const char *id_rule(const char *id);
const char *id_austria(const char *id);
const char *id_belgium(const char *id);
const char *id_germany(const char *id);
const char *id_france(const char *id);
const char *id_luxembourg(const char *id);
const char *id_netherlands(const char *id);
const char *id_switzerland(const char *id);
const char *id_poland(const char *id);
const char *id_czechia(const char *id);
const char *id_slovakia(const char *id);
const char *id_hungary(const char *id);
const char *id_slovenia(const char *id);
/* tax_id_south.c */
const char *id_rule(const char *id);
const char *id_bulgaria(const char *id);
const char *id_cyprus(const char *id);
const char *id_greece(const char *id);
const char *id_spain(const char *id);
const char *id_croatia(const char *id);
const char *id_italy(const char *id);
const char *id_malta(const char *id);
const char *id_portugal(const char *id);
const char *id_romania(const char *id);
/* tax_id_world.c */
const char *id_rule(const char *id);
const char *id_brazil(const char *id);
const char *id_russia(const char *id);
const char *id_india(const char *id);
const char *id_australia(const char *id);
const char *id_america(const char *id);

#endif
