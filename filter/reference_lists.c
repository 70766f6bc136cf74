/*
 * reference_lists.c - several numbers written in short: the first in full and
 * of the others only the last digits ("2026-0012/13 and 15"), or the first and
 * the last of a run ("INV 1001-1004", "1001 bis 1004"). Reads the structure
 * only; whether such invoices exist and add up is for others. Pure.
 */
#include "references.h"

#include <stdlib.h>
#include <string.h>

#define RUN_MAX 200		/* numbers from the first to the last */
#define DIGITS_MAX 12

struct shape {			/* an invoice's number around its counter */
	struct part parts[PARTS_MAX];
	int n, counter;
};

static bool
shape_read(struct shape *shape, const char *number)
{
	shape->n = reference_parts(number, shape->parts);
	shape->counter = parts_counter(shape->parts, shape->n);
	return shape->counter >= 0 &&
	    strlen(shape->parts[shape->counter].text) <= DIGITS_MAX;
}

static const char *
counter_of(const struct shape *shape)
{
	return shape->parts[shape->counter].text;
}

/* The same but for the counter? */
static bool
same_series(const struct shape *a, const struct shape *b)
{
	if (a->n != b->n || a->counter != b->counter)
		return false;
	for (int i = 0; i < a->n; i++)
		if (i != a->counter &&
		    strcmp(a->parts[i].text, b->parts[i].text) != 0)
			return false;
	return true;
}

/* Digits or letters that stand around the counter in every number. */
static bool
is_around(const struct shape *shape, const char *text)
{
	for (int i = 0; i < shape->n; i++)
		if (i != shape->counter &&
		    strcmp(shape->parts[i].text, text) == 0)
			return true;
	return false;
}

/* The counter in a run of digits, which may begin with the year; NULL when the
 * run is too long for one. */
static const char *
tail_of(const struct shape *shape, const char *digits)
{
	size_t n = strlen(digits), width = strlen(counter_of(shape));

	for (int i = 0; i < shape->counter; i++) {
		size_t head = strlen(shape->parts[i].text);

		if (shape->parts[i].kind != PART_LETTERS && n == head + width &&
		    g_str_has_prefix(digits, shape->parts[i].text))
			return digits + head;
	}
	return n <= width || *counter_of(shape) != '0' ? digits : NULL;
}

/* The counter that a tail stands for: its last digits replaced. */
static int64_t
complete(const struct shape *shape, const char *tail)
{
	const char *counter = counter_of(shape);
	size_t n = strlen(tail), width = strlen(counter);
	g_autofree char *whole = n < width
	    ? g_strdup_printf("%.*s%s", (int)(width - n), counter, tail)
	    : g_strdup(tail);

	return strlen(whole) > DIGITS_MAX ? -1
	    : g_ascii_strtoll(whole, NULL, 10);
}

static bool
is_head(const struct shape *shape, const struct token *token)
{
	const char *tail;

	if (!token->digits || is_around(shape, token->text))
		return false;
	tail = tail_of(shape, token->text);
	return tail && strcmp(token_skip_zeros(tail),
	    token_skip_zeros(counter_of(shape))) == 0 &&
	    strlen(tail) >= 2;
}

struct walk {			/* along the numbers behind the first one */
	const struct marked *marked;
	const struct shape *shape;
	int64_t before, wanted;	/* the number before; the one looked for */
	bool run, skipped;	/* a run ends next; parts around were skipped */
	bool reached;		/* a number that the list goes on with */
};

/* "1001-1004", "1001..1004", "INV-1001 - INV-1004": what stands between run i
 * and the number before it. */
static bool
joins_run(const struct walk *walk, guint i)
{
	const struct token *t = marked_at(walk->marked, i);

	return marked_at(walk->marked, i - 1)->digits && !walk->skipped &&
	    (t->joint == '-' || (t->before == '.' && t->gap == 2));
}

/* A word between numbers: does the list go on behind it? */
static bool
walk_word(struct walk *walk, guint i)
{
	const struct token *t = marked_at(walk->marked, i);
	unsigned kinds = reference_word(t->text);

	if (joins_run(walk, i))
		walk->run = true;
	/* "a" is "and" to some and "to" to others: the smaller meaning */
	if (kinds & WORD_TO && !(kinds & WORD_AND) &&
	    !is_around(walk->shape, t->text)) {
		walk->run = true;
		return true;
	}
	return (kinds & (WORD_AND | WORD_INVOICE | WORD_NUMBER)) ||
	    is_around(walk->shape, t->text) || strcmp(t->text, "T") == 0;
}

enum found { FOUND_NOT, FOUND_NAMED, FOUND_WITHIN };

/* True when the list goes on; *found: how it names the wanted one. */
static bool
walk_digits(struct walk *walk, guint i, enum found *found)
{
	const struct token *t = marked_at(walk->marked, i);
	const char *tail;
	int64_t number;

	if (walk->marked->marks[i].other || t->gap > 3)
		return false;
	if (joins_run(walk, i))
		walk->run = true;
	if (is_around(walk->shape, t->text)) {
		walk->skipped = true;
		return true;
	}
	walk->skipped = false;
	tail = tail_of(walk->shape, t->text);
	number = tail ? complete(walk->shape, tail) : -1;
	if (number < 0)
		return false;
	walk->reached = true;
	if (number == walk->wanted)
		*found = FOUND_NAMED;
	else if (walk->run && number - walk->before <= RUN_MAX &&
	    walk->wanted > walk->before && walk->wanted < number)
		*found = FOUND_WITHIN;
	walk->run = false;
	walk->before = number;
	return true;
}

/* True when the list behind a head names the wanted one. *reached: it goes on
 * at all. */
static bool
walk_from(const struct marked *marked, guint head, const struct shape *shape,
    int64_t wanted, uint64_t *places, bool *reached)
{
	struct walk walk = {marked, shape,
	    g_ascii_strtoll(counter_of(shape), NULL, 10), wanted, false, false,
	    false};

	for (guint i = head + 1; i < marked->tokens->len; i++) {
		enum found found = FOUND_NOT;
		bool on = marked_at(marked, i)->digits
		    ? walk_digits(&walk, i, &found) : walk_word(&walk, i);

		*reached |= walk.reached;
		if (!on)
			return false;
		if (found == FOUND_NAMED && i < 64)
			*places = UINT64_C(1) << i;
		if (found != FOUND_NOT)
			return true;
	}
	return false;
}

static bool
walk_all(const struct marked *marked, const struct shape *shape,
    int64_t wanted, uint64_t *places, bool *reached)
{
	for (guint i = 0; i < marked->tokens->len; i++)
		if (is_head(shape, marked_at(marked, i)) &&
		    walk_from(marked, i, shape, wanted, places, reached))
			return true;
	return false;
}

struct listing {
	const struct marked *marked;
	struct shape shape;
};

struct listing *
listing_read(const struct marked *marked, const char *head)
{
	struct listing *list = g_new0(struct listing, 1);
	uint64_t places = 0;
	bool reached = false;

	list->marked = marked;
	/* no number is -1: only how far it goes */
	if (shape_read(&list->shape, head))
		walk_all(marked, &list->shape, -1, &places, &reached);
	if (reached)
		return list;
	listing_free(list);
	return NULL;
}

void
listing_free(struct listing *list)
{
	if (!list)
		return;
	parts_release(list->shape.parts, list->shape.n);
	g_free(list);
}

bool
listing_has(const struct listing *list, const char *number, uint64_t *places)
{
	struct shape shape;
	bool listed = shape_read(&shape, number) &&
	    same_series(&list->shape, &shape) &&
	    walk_all(list->marked, &list->shape,
		g_ascii_strtoll(counter_of(&shape), NULL, 10), places,
		&(bool){false});

	parts_release(shape.parts, shape.n);
	return listed;
}
