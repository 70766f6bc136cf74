/*
 * hypotheses.h - which explanations of a payment are possible and how each is
 * weighed (pure, inside the matcher only).
 */
#ifndef HYPOTHESES_H
#define HYPOTHESES_H

#include "amounts.h"

#define SET_MAX 128

/* Some invoices of one customer, oldest due first. */
struct set {
	const struct candidate *items[SET_MAX];
	guint n;
	int64_t sum, discounted;	/* balances, and less their discounts */
};

/* What the whole payment says, beside its candidates. */
struct case_file {
	const struct facts *facts;
	int64_t paid;
	const char *day;		/* value or booking day */
	bool payer_known;		/* it has a payer's name or account */
	bool prepaid;			/* its text says: before the invoice */
	enum purpose purpose;		/* when nothing is named */
	double named;			/* strongest mention of any candidate */
	double named_closed;		/* … of one without a balance */
	double best_party;		/* strongest party of any candidate */
	int64_t best_customer;		/* whose it is */
	const struct candidate *mentioned[32];	/* the text names them … */
	guint mentions;			/* … so many */
};

void case_read(const struct facts *facts, struct case_file *out);
bool candidate_is_open(const struct candidate *candidate);
/* Is its invoice dated after that day? */
bool is_younger(const struct candidate *candidate, const char *day);
/* Adds all explanations that name one customer's invoices (n candidates of
 * one customer, oldest due first). */
void hypotheses_add(const struct case_file *file,
    const struct candidate *const *group, guint n, GPtrArray *out);
void hypothesis_free(struct hypothesis *hypothesis);	/* NULL allowed */
/* Gates for booking without a person; reasons for a refusal are added. */
bool hypothesis_is_safe(const struct case_file *file,
    struct hypothesis *hypothesis);

/* For the builders of sets: append one; a hypothesis that pays all of it. */
void set_add(const struct case_file *file, struct set *set,
    const struct candidate *c);
bool set_has(const struct set *set, const struct candidate *c);
struct hypothesis *hypothesis_of_set(const struct case_file *file,
    const struct set *set, enum amount_kind kind);
void hypothesis_finish(const struct case_file *file, struct hypothesis *one,
    int rivals, GPtrArray *out);
/* A hypothesis without shares; what an invoice in it means for its evidence;
 * a share of the payment. */
struct hypothesis *hypothesis_new(const struct candidate *lead,
    enum amount_kind kind);
void hypothesis_meet(struct hypothesis *one, const struct candidate *c);
void hypothesis_share(struct hypothesis *one, const struct candidate *c,
    int64_t amount, enum allocation_kind kind);
/* sums.c: invoices that the text names. */
void sums_add_named(const struct case_file *file, const struct set *named,
    GPtrArray *out);
/* guesses.c: a sum of some that it does not name, alone or beside named ones;
 * would others that are open make up what is paid above `one`? */
void guesses_add(const struct case_file *file, const struct set *open,
    GPtrArray *out);
void guesses_complete(const struct case_file *file, const struct set *named,
    const struct set *open, GPtrArray *out);
bool guesses_rest(const struct case_file *file, const struct set *open,
    const struct candidate *one);
/* … or all that is paid, without it, and hardly by chance? */
bool guesses_instead(const struct case_file *file, const struct set *open,
    const struct candidate *one);
/* groups.c: what is paid together by habit: the oldest up to one of them, all
 * of a month. */
void groups_add(const struct case_file *file, const struct set *open,
    GPtrArray *out);
/* notes.c: less credit notes, named or not. */
void notes_add(const struct case_file *file, const struct set *named,
    const struct set *named_notes, const struct set *notes, GPtrArray *out);
void notes_guess(const struct case_file *file, const struct set *open,
    const struct set *notes, GPtrArray *out);
/* told.c: invoices whose days or months the text tells. */
void told_add(const struct case_file *file, const struct set *open,
    GPtrArray *out);
/* lists.c: "2026-0012/13/15" and "2026-0012 to 0015". */
void lists_add(const struct case_file *file, const struct set *open,
    GPtrArray *out);

/* Is the other one, which the text names, what a slip makes of ours? */
bool hypothesis_is_slip(const struct case_file *file,
    const struct candidate *other, const struct hypothesis *one);

/* levels.c: what the facts say, one level of each family of evidence. */
#include "levels.h"
void levels_read(const struct case_file *file, struct hypothesis *one,
    int rivals);
/* Does it pay that invoice, or use up that credit note? */
bool hypothesis_holds(const struct hypothesis *one, int64_t invoice);
/* Is more than twice its balance paid? */
bool hypothesis_is_far(const struct hypothesis *one);
/* Does the text name the other one where it names ours, and no better? A
 * short number may be read as either; payer and amount tell. */
bool hypothesis_same_words(const struct candidate *other,
    const struct hypothesis *one);

/* calibrate.c: what a weighed probability is worth, by the kind of decision;
 * the weighed one from which on at most that part of bookings is wrong (1:
 * none, it is never sure enough). */
enum certainty {
	PATTERN_SAFE,		/* passes the gates */
	PATTERN_ASKED,		/* does not */
	PATTERN_SEVERAL,	/* the oldest of some that cannot be told apart */
	PATTERN_SEVERAL_TEXT	/* … but for a text that we cannot read */
};
const char *pattern_name(enum certainty pattern);
double calibrate(enum certainty pattern, double raw);
double calibrate_cut(double errors);

/* weigh.c: log odds, and the reasons in words. */
double weigh(const struct case_file *file, struct hypothesis *one,
    int rivals);
void explain_hypothesis(struct hypothesis *one);

#endif
