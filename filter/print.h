/*
 * print.h - how output looks: colours only for a person at a terminal, money
 * and moments in one form. Tables and JSON lines are in context.h.
 */
#ifndef PRINT_H
#define PRINT_H

#include "context.h"
#include "phrases.h"

enum paint { PAINT_NONE, PAINT_BOLD, PAINT_DIM, PAINT_RED, PAINT_GREEN, PAINT_YELLOW };

/* stdout is a terminal, NO_COLOR is unset. */
bool print_wants_colour(void);
/* The escape sequence, or "" without colour. PAINT_NONE ends it. */
const char *paint(const struct context *context, enum paint paint);
/* value / unit without trailing zeros ("1.5"); unit is a power of ten. The
 * caller frees. */
char *decimal_text(int64_t value, int64_t unit);
/* "2026-11-22 09:00" in the owner's time zone, "" for 0; the caller frees. */
char *moment_show(const struct context *context, int64_t moment);
/* Columns that a text takes on a terminal (escape sequences take none). */
int text_width(const char *text);

/* Text of others for a terminal: UTF-8 without control characters, without
 * marks that turn the direction of writing, and without escape sequences but
 * our own colours. The caller frees. */
char *print_clean(const char *text);
/* The terminal's columns; 0 where stdout is none: lines are not broken. */
int print_columns(void);
/* Text in lines of at most width columns (0: one line), blanks between words
 * made one; the caller unrefs. */
GPtrArray *text_lines(const char *text, int width);
/* What stands in front, then text from column indent on, in lines that fit. */
void print_hanging(int indent, const char *first, const char *text);
/* A sentence as a point of a list, in lines of a terminal's width. */
void print_point(const char *mark, const char *text);
/* For g_ptr_array_sort() of strings. */
int compare_strings(gconstpointer a, gconstpointer b);
/* The members of a flat JSON object as aligned lines; takes the reference. */
void print_fields(const struct context *context, json_t *object);

/* JSON objects without absent members: NULL text and 0 moments add nothing. */
void json_put(json_t *object, const char *key, const char *text);
void json_put_money(json_t *object, const char *key, int64_t minor,
    const char *currency);
void json_put_moment(json_t *object, const char *key, int64_t moment);

#endif
