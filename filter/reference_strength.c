/*
 * reference_strength.c - how much a mention says about an invoice that has its
 * key, and how it was read. Pure.
 */
#include "references.h"

#include <string.h>

#define BARE 0.95
#define NOUGHTS 0.4

/* The most that a number is worth that is glued to other characters: a long
 * one is not met by chance. */
static double
limit_inside(size_t n)
{
	return n >= 8 ? 0.85 : n >= 6 ? 0.7 : 0.6;
}

static double
length_strength(const struct mention *mention, bool whole)
{
	size_t n = strlen(mention->key);

	/* one slip makes another short number of it: never full */
	if (whole && mention->introduced && n < 6)
		return n >= 4 ? 0.9 : n == 3 ? 0.85 : 0.8;
	if (whole)
		return n >= 6 ? 1 : n >= 4 ? 0.8 : n >= 3 ? 0.6 : 0.4;
	if (mention->introduced && n < 6)
		return n >= 5 ? 0.7 : n >= 4 ? 0.6 : 0.4;
	return n >= 6 ? 0.8 : n >= 5 ? 0.6 : n >= 4 ? 0.5 : 0.35;
}

/* The number as it stands; 2: without letters that only say "invoice". */
static int
is_whole(const struct mention *mention, const struct invoice *invoice)
{
	g_autofree char *number = token_squeeze(invoice->number);
	g_autofree char *bare = NULL;

	if (strcmp(number, mention->key) == 0)
		return 1;
	bare = reference_bare_number(invoice->number);
	return strcmp(bare, mention->key) == 0 ? 2 : 0;
}

static double
reference_key_strength(const struct mention *mention)
{
	double strength =
	    mention->structured || strlen(mention->key) > 10 ? 1 : 0.8;

	if (mention->mended && strength > 0.7)
		strength = 0.7;
	return mention->weak ? strength * 0.5 : strength;
}

double
reference_strength(const struct mention *mention,
    const struct invoice *invoice)
{
	double strength, limit;
	int whole;

	if (mention->key[0] == '@')
		return 0.5;
	if (mention->key[0] == '#')
		return reference_key_strength(mention);
	whole = is_whole(mention, invoice);
	strength = length_strength(mention, whole != 0);
	/* what fills a field that must not be empty */
	if (strspn(mention->key, "0") == strlen(mention->key) &&
	    strength > NOUGHTS)
		strength = NOUGHTS;
	/* another series may have the same digits */
	if (whole == 2 && strength > BARE)
		strength = BARE;
	if (mention->spread)
		strength -= 0.1;
	/* "0012" in "FA-0012" is hardly INV-2026-0012 */
	if (mention->part && strlen(mention->key) < 6)
		strength *= whole ? 0.7 : 0.6;
	limit = mention->inside ? limit_inside(strlen(mention->key)) : 1;
	if (mention->misread && limit > 0.6)
		limit = 0.6;
	if (strength > limit)
		strength = limit;
	return mention->weak ? strength * 0.35 : strength;
}

bool
mention_is_number(const struct mention *mention)
{
	size_t n = strspn(mention->key, "0123456789");

	return !mention->weak && !mention->spread && !mention->inside &&
	    n >= 4 && !mention->key[n];
}

enum number_reading
reference_reading(const struct mention *mention, const struct invoice *invoice)
{
	if (mention->weak || mention->key[0] == '@')
		return READ_OTHER;
	if (mention->misread || mention->mended)
		return READ_MISREAD;
	if (mention->key[0] == '#')
		return READ_STRUCTURED;
	if (mention->inside)
		return READ_GLUED;
	return is_whole(mention, invoice) ? READ_WHOLE : READ_SHORT;
}

const char *
reading_name(enum number_reading reading)
{
	static const char *const names[] = {
	    [READ_NOT] = "not", [READ_STRUCTURED] = "structured",
	    [READ_WHOLE] = "whole", [READ_SHORT] = "short",
	    [READ_GLUED] = "glued", [READ_MISREAD] = "misread",
	    [READ_OTHER] = "other", [READ_LISTED] = "listed",
	    [READ_COUNTER] = "counter", [READ_CUT] = "cut",
	    [READ_SWAPPED] = "swapped", [READ_TYPO] = "typo",
	};

	return names[reading];
}
