/*
 * budget.h - how well money was matched: what was booked without a person and
 * taken back, against the owner's error budget; and what the owner said to
 * suggestions. Counted from the journal. Pure.
 */
#ifndef BUDGET_H
#define BUDGET_H

#include "../store/store.h"

#include <glib.h>

enum outcome {			/* where a payment stands */
	OUTCOME_AUTO, OUTCOME_OWNER, OUTCOME_WAITING, OUTCOME_ASIDE,
	OUTCOME_IGNORED, OUTCOMES
};

enum way {			/* how money was recognised */
	WAY_NUMBER, WAY_ACCOUNT, WAY_NAME, WAY_RULE, WAYS
};

enum answer {
	ANSWER_NONE, ANSWER_ACCEPTED, ANSWER_OTHER, ANSWER_REJECTED, ANSWERS
};

#define BANDS 6

struct budget {
	int64_t payments, outcomes[OUTCOMES];
	int64_t booked[WAYS], wrong[WAYS];	/* bookings without a person;
						 * those taken back */
	int64_t answers[BANDS][ANSWERS];	/* to the last suggestion */
	double said[BANDS];	/* sum of the probabilities of those answered */
	struct tally *open;	/* the payment that is being read */
};

/* For store_journal_payments(); data is a zeroed struct budget. */
void budget_count(const struct payment *payment,
    const struct journal_entry *entry, void *data);
/* After the last payment. */
void budget_end(struct budget *budget);

const char *outcome_words(enum outcome outcome);
const char *way_words(enum way way);
/* The least probability of a band; of BANDS: 1. */
double band_from(int band);

/* The rate of errors is below, or above this, so sure as 95 %, when this many
 * of n were wrong (Clopper-Pearson, each of them one-sided). */
double errors_at_most(int64_t wrong, int64_t n);
double errors_at_least(int64_t wrong, int64_t n);

enum verdict {
	VERDICT_NOTHING,	/* nothing was booked */
	VERDICT_WITHIN,
	VERDICT_CHANCE,		/* more than allowed, but so few that it may
				 * be chance */
	VERDICT_ABOVE,
};
enum verdict budget_verdict(int64_t wrong, int64_t n, double allowed);
/* In a sentence; the caller frees. */
char *budget_sentence(int64_t wrong, int64_t n, double allowed);
/* "1 in 1000"; the caller frees. */
char *rate_text(double rate);
/* "4,210"; the caller frees. */
char *count_text(int64_t count);
/* "0.07 %"; the caller frees. */
char *percent_text(double part);

#endif
