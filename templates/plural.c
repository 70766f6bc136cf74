/*
 * plural.c - conditions of plural categories as CLDR writes them, for whole
 * numbers: "n % 10 = 1 and n % 100 != 11", "n = 0,1 or n = 5..9".
 */
#include "language.h"

#include <glib.h>
#include <string.h>

struct reader {
	const char *at;
	int64_t number;
	bool good;
};

static bool
take(struct reader *reader, const char *word)
{
	reader->at += strspn(reader->at, " ");
	if (!g_str_has_prefix(reader->at, word))
		return false;
	reader->at += strlen(word);
	return true;
}

static int64_t
take_number(struct reader *reader)
{
	char *end;
	gint64 number;

	reader->at += strspn(reader->at, " ");
	reader->good = reader->good && g_ascii_isdigit(*reader->at);
	number = g_ascii_strtoll(reader->at, &end, 10);
	reader->at = end;
	return number;
}

/* "1", "2..4", "11,12": is the left side one of them? */
static bool
take_ranges(struct reader *reader, int64_t left)
{
	bool found = false;

	do {
		int64_t from = take_number(reader), to = from;

		if (take(reader, ".."))
			to = take_number(reader);
		found = found || (left >= from && left <= to);
	} while (reader->good && take(reader, ","));
	return found;
}

static bool
take_relation(struct reader *reader)
{
	int64_t left = reader->number, divisor;
	bool differs;

	reader->good = reader->good && take(reader, "n");
	if (take(reader, "%")) {
		divisor = take_number(reader);
		reader->good = reader->good && divisor > 0;
		left = divisor > 0 ? left % divisor : 0;
	}
	differs = take(reader, "!=");
	reader->good = reader->good && (differs || take(reader, "="));
	return take_ranges(reader, left) != differs;
}

static bool
take_all(struct reader *reader)
{
	bool fits = take_relation(reader);

	while (reader->good && take(reader, "and"))
		fits = take_relation(reader) && fits;
	return fits;
}

bool
plural_fits(const char *condition, int64_t number, bool *good)
{
	struct reader reader = {condition, ABS(number), true};
	bool fits = take_all(&reader);

	while (reader.good && take(&reader, "or"))
		fits = take_all(&reader) || fits;
	take(&reader, "");
	*good = reader.good && !*reader.at;
	return *good && fits;
}
