/*
 * interest.h - what late payment costs by law or by contract: rules and
 * reference rates as data (laws/NAME.law, laws/NAME.rates), and the
 * calculation. Rates are millionths a year, amounts minor units.
 */
#ifndef INTEREST_H
#define INTEREST_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct config;
struct policy;

#define RATE_NONE G_MININT32	/* in a rate's place: none runs then */

/* ---- rates.c ------------------------------------------------------------- */

struct rate_row {		/* in force from a day on */
	int32_t from, rate;
};
struct rates {			/* a published reference rate */
	char *name, *title;
	GArray *rows;		/* struct rate_row, oldest first */
	int32_t known_until;	/* what is in force later nobody has told yet */
};
struct tier {			/* fixed compensation by the size of the debt */
	int64_t below;		/* 0: all others */
	int64_t amount;
};
enum year_days { YEAR_365, YEAR_ACTUAL, YEAR_360 };

struct law {			/* one country's rule */
	char *code, *title;	/* "de"; how a letter cites it */
	struct rates *rates;	/* NULL: only what is agreed */
	int32_t margin;		/* added to the reference rate … */
	int times;		/* … which is taken so many times … */
	int32_t round_up;	/* … and rounded up to a multiple of this */
	bool from_start;	/* the rate of the first day of delay stays */
	bool monthly;		/* compound, with rests every month */
	enum year_days year;
	int32_t since;		/* for invoices of this day or later */
	char *currency;		/* of the compensation, or NULL */
	GArray *tiers;		/* struct tier */
};
/* Reads the rule of a country ("DE", any case) from the first of the folders
 * that has it, with its reference rates; a NAME.rates in an earlier folder
 * adds its rows to ours. NULL: *why (caller frees), or no such file (*why
 * NULL). */
struct law *law_read(char *const *folders, const char *country, char **why);
void law_free(struct law *law);		/* NULL allowed */
/* "1.5 % per month", "8 % per year", "0.1 % per day", a year being the word
 * without one. A year has twelve months and 365 days. */
bool interest_rate_parse(const char *text, int32_t *rate);
/* "11.27 %"; the caller frees. */
char *interest_rate_text(int32_t rate);
/* The rule's rate on a day: RATE_NONE when none runs. False: not known. */
bool law_rate(const struct law *law, int32_t day, int32_t *rate);
/* The compensation for a debt (the lowest one when currencies differ), 0
 * none. */
int64_t law_compensation(const struct law *law, int64_t debt,
    const char *currency);

/* ---- interest.c: pure -------------------------------------------------------- */

struct change {			/* after this day the debt is less by this */
	int32_t day;
	int64_t amount;		/* negative: money that went back */
};
struct agreed {			/* by contract; zeroed: nothing */
	int32_t rate;		/* instead of the law's, 0 none */
	int32_t cap;		/* no rate is higher, 0 none */
	int32_t most;		/* nor the sum than so many millionths of the
				 * debt at the beginning, 0 none */
};
/* What a policy says of it (rate, cap). False: it cannot be understood. */
bool policy_agreed(const struct policy *policy, struct agreed *out);

struct debt {
	int64_t amount;		/* at the beginning */
	int32_t due, until;	/* both are days; the last one counts */
	const GArray *changes;	/* struct change, in any order; or NULL */
	const struct law *law;	/* or NULL: only what is agreed */
	struct agreed agreed;
};
struct interest_row {		/* amount = balance x rate x days / year */
	int32_t from, to;	/* first and last day */
	int days, year;		/* days of a year: 360, 365, 366 */
	int64_t balance;
	int32_t rate;
	int64_t amount;		/* rounded to the minor unit, halves up */
};
enum interest_result {
	INTEREST_SOME, INTEREST_NONE,
	INTEREST_NO_RATE,	/* neither a law's rate nor one agreed */
	INTEREST_UNKNOWN,	/* a day's reference rate is not known */
	INTEREST_TOO_MUCH	/* beyond what can be counted */
};
struct interest {
	GArray *rows;		/* struct interest_row */
	int64_t amount;		/* their sum, or less: */
	bool capped;
};
/* Interest runs from the day after `due` to `until`; money counts as paid on
 * its day, so that the next day bears none for it. With monthly rests what has
 * run is added to the debt on the day of the month that `due` is. *out is to
 * be released in any case. */
enum interest_result interest_count(const struct debt *debt,
    struct interest *out);
void interest_release(struct interest *interest);

#endif
