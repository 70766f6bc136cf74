/*
 * match.h - which invoices a payment is for. Pure: facts in, hypotheses with
 * probabilities and reasons out. Gathering the facts is candidates.c.
 */
#ifndef MATCH_H
#define MATCH_H

#include "plan.h"

/* ---- tokens.c: text as compared (pure) ---------------------------------- */

/* Upper case, compatibility forms resolved, marks removed, Cyrillic and Greek
 * letters that look like Latin ones replaced by them. Caller frees. */
char *token_fold(const char *text);
/* The folded letters and digits of a text without anything between. */
char *token_squeeze(const char *text);

struct token {			/* a run of letters or a run of digits */
	char *text;		/* folded */
	int gap;		/* characters between it and the one before */
	bool blank;		/* one of them is a blank */
	bool digits;
	char before;		/* the ASCII character right before, or 0 */
	char joint;		/* the last one before that is no blank, or 0 */
};
GPtrArray *token_split(const char *text);	/* struct token */

/* Is a folded word one of n? */
bool token_in_list(const char *const *list, size_t n, const char *word);
/* Without leading zeros; a lone zero stays. */
const char *token_skip_zeros(const char *digits);

/* ---- references.c, keys.c, mentions.c: references (pure) ----------------- */

/* All keys under which an invoice can be named, normalised (upper case, no
 * separators): the number, its digits, without year, the reference, PO.
 * A creditor reference is "#" and its characters without leading zeros, a
 * purchase order "@" and its characters. NULL-terminated, caller
 * g_strfreev()s. */
char **reference_invoice_keys(const char *number, const char *reference,
    const char *po);
/* All keys that a payment's text may name, strongest first. */
struct mention {
	char *key;
	bool introduced;	/* a word for invoice is before it, or it is all
				 * that the text says */
	bool structured;	/* came as a structured reference, check digit right */
	bool weak;		/* introduced as something else: phone, order … */
	bool spread;		/* put together over blanks */
	bool part;		/* more characters are joined to it: "0012" of
				 * "2026-0012" */
	bool inside;		/* begins or ends within a longer word */
	bool misread;		/* after taking O for 0, l for 1 … */
	bool mended;		/* one wrong digit put right by check digits */
	uint64_t places;	/* which runs of digits of the text, 0 unknown:
				 * a short key inside a longer one that is known
				 * is no more than a part of that */
};
GPtrArray *reference_mentions(const struct payment *payment,
    const char *const *references, const struct config *config);
/* How well a mention names an invoice that has its key: 0 to 1. */
double reference_strength(const struct mention *mention,
    const struct invoice *invoice);

/* How a number was read, from sure to doubtful. From READ_LISTED on it counts
 * only among the open invoices of one likely customer. */
enum number_reading {
	READ_NOT,		/* the text does not name it */
	READ_STRUCTURED,	/* a structured reference, as issued */
	READ_WHOLE,		/* the number as it stands, or respelt */
	READ_SHORT,		/* without prefix, year or zeros */
	READ_GLUED,		/* begins or ends within a longer word */
	READ_MISREAD,		/* letters for digits, or a digit put right by
				 * the check digits of a reference */
	READ_OTHER,		/* introduced as something else */
	READ_LISTED,		/* by its last digits, or between two numbers */
	READ_COUNTER,		/* by its one or two last digits alone */
	READ_CUT,		/* its end is missing */
	READ_SWAPPED,		/* two neighbours changed places */
	READ_TYPO,		/* one character wrong, missing or too much */
};
const char *reading_name(enum number_reading reading);	/* "typo" … */
/* A whole run of digits, introduced as nothing else: it may be a number. */
bool mention_is_number(const struct mention *mention);
enum number_reading reference_reading(const struct mention *mention,
    const struct invoice *invoice);
/* Is one number the other with a digit wrong, two swapped, or one or two
 * missing at the end? */
bool reference_is_slip(const char *written, const char *number);
bool reference_is_rf(const char *text);		/* ISO 11649 */
bool reference_is_ogm(const char *text);	/* Belgian 12 digits mod 97 */
bool reference_is_qrr(const char *text);	/* Swiss 27 digits mod 10 recursive */
bool reference_is_iban(const char *text);	/* ISO 13616 */

/* A kind of structured reference (reference_kinds.c). */
struct reference_kind {
	const char *name;	/* "ogm", "kid" … */
	bool (*validate)(const char *text);	/* as written, blanks allowed */
	char *(*core)(const char *text);	/* without wrapping; NULL: as is */
	bool unmistakable;	/* nothing else looks like it */
};
const struct reference_kind *reference_kind(const char *name);	/* NULL: none */
/* The kind that a text is beyond doubt, or NULL. */
const struct reference_kind *reference_recognise(const char *text);
/* A valid reference without its wrapping ("RF05…", "+71<…+…<", "SI12…"), or
 * NULL. The caller frees. */
char *reference_unwrap(const char *text);
/* "RF" + check digits for an alphanumeric core; the caller frees. */
char *reference_make_rf(const char *core);

/* ---- remittance.c: what banks wrap around the payer's text (pure) -------- */

struct remittance {
	char *text;		/* may name invoices */
	char *payer, *payer_account;	/* told in tags, or NULL */
	char *behalf;		/* for whom it was paid, told in tags, or NULL */
};
void remittance_read(const char *text, struct remittance *out);
void remittance_release(struct remittance *remittance);
/* The texts that the lines of a text can have been: joined, and, where it
 * matters, with a blank between (char *, the first always there). */
GPtrArray *remittance_joined(const char *text);
/* A payer who stands in the tags of the text only ("/NAME/…/IBAN/…"). */
void remittance_complete(struct payment *payment);

/* ---- accounts.c (pure) ------------------------------------------------------ */

/* Account as compared: upper case, no separators, CZ "123-45/0800" kept, "*"
 * for each hidden character. */
char *account_normalise(const char *text);
/* Of normalised accounts: */
bool account_is_masked(const char *account);
/* Can both be one account: equal, a mask that fits, the domestic number of
 * an IBAN? */
bool account_same(const char *a, const char *b);
/* The last four characters, NULL when they are hidden. The caller frees. */
char *account_tail(const char *account);
/* The ways in which it may be on file, itself first: a Czech or Slovak number
 * and its IBAN. NULL-terminated. */
char **account_forms(const char *account);

/* ---- names.c, names_compare.c (pure) ----------------------------------------- */

/* Folded words of a party's name without legal forms. NULL-terminated. */
char **name_words(const char *name);
/* Does the name carry a legal form (a company, not a person)? */
bool name_is_company(const char *name);
/* How well a payer's words agree with a customer's, 0..1. Each word has a
 * weight, rare words more; NULL: all the same. */
double name_agreement(const char *const *payer, const double *payer_weights,
    const char *const *customer, const double *customer_weights);

/* ---- learned.h: what confirmed payments taught -------------------------------- */

enum learned_link {		/* of a payer's account or name to a customer */
	LEARNED_NO,		/* nothing is known, or too many customers have it */
	LEARNED_CANDIDATE,	/* somebody else's, confirmed once */
	LEARNED_KNOWN,		/* the customer's own, or confirmed more than once */
	LEARNED_GIVEN		/* by the owner or an import (accounts only) */
};

struct learned {		/* about one payer and one customer; zeroed:
				 * nothing is known */
	enum learned_link account, alias;	/* alias: a name that is not
						 * the customer's */
	int account_count, alias_count;	/* payments that confirmed it */
	int account_others, alias_others;	/* … for all other customers */
	bool account_moved, alias_moved;	/* the last one was for another */
	/* habits, from the last two years with confirmed payments */
	int payments;		/* how many those are; 0: nothing is known */
	int aged;		/* of them with a known age: days from the
				 * invoice's date to its payment */
	int age_mean, age_spread;	/* tenths of a day; spread at least 10 */
	/* of 100 payments, -1 when fewer than four are known */
	int charges, rounds, discount, late_discount, several, parts,
	    misnamed, unnamed, in_order;
	int month_day;		/* middle of the ten days of the month in which
				 * month_share of 100 payments come, 0 unknown */
	int month_share;
};

/* How far a day is from when this customer pays an invoice, in tenths of the
 * spread; -1 when fewer than three ages are known or a day is not. Pure. */
int learned_distance(const struct learned *learned, const char *invoiced,
    const char *paid);

/* ---- the match ------------------------------------------------------------- */

/* How the text tells an invoice by its day or month. It is a word about which
 * one of a likely payer's is meant, and never a reference. */
enum dated {
	DATED_NOT,		/* it tells none of the customer's open ones */
	DATED_ANOTHER,		/* it tells others of the customer's */
	DATED_ABOUT,		/* due then, or billed right after */
	DATED_FAINT,		/* dated then, but it may be the payment's own
				 * day or month, or that of a service */
	DATED_MONTH,		/* by the month (quarter, week) of its date */
	DATED_DAY		/* by its date */
};

enum match_kind { MATCH_NONE, MATCH_ONE, MATCH_MANY };

struct book;
struct candidate {		/* an open or paid invoice with its evidence */
	struct invoice *invoice;	/* row, or owned */
	struct invoice row;	/* its texts are borrowed (book.h) */
	const struct customer *customer;	/* borrowed from the facts, or NULL */
	bool reference, reference_structured;
	double mention;		/* 0..1 how well the text names it */
	enum number_reading reading;	/* how it was read there */
	bool introduced;	/* … behind a word for invoice, or all that the
				 * text says: a short number (mention 0.8 to
				 * 0.9) is surely ours then, but one slip away
				 * from another one of ours */
	uint64_t places;	/* where (struct mention) */
	bool account, account_shared;	/* payer account known for the customer */
	struct learned learned;
	bool account_masked;	/* … but only the ends of it are legible */
	double name;		/* 0..1 agreement of the payer's name */
	bool name_full;		/* no word missing or over, no initials; of a
				 * person first name and surname */
	bool name_complete;	/* nobody with a name as good was overlooked:
				 * with no namesakes it is unique among all */
	bool name_form_differs;	/* both have a legal form, and not the same */
	bool name_behalf;	/* named as the one for whom it was paid */
	double name_rarity;	/* when name_full: how improbable that a stranger
				 * has this name, decimal logarithm (3: one of
				 * 1,000), by the customers' own names */
	double text_name;	/* 0..1 how much of the name stands in the text,
				 * when nobody has the payer's name or account */
	bool account_other;	/* the payer's account is known, as others' only */
	bool name_other;	/* the payer's name in full is another
				 * customer's, and hardly this one's */
	bool name_formless;	/* … has a legal form, and the payer's none */
	bool company;		/* the customer's name has a legal form */
	int namesakes;		/* other customers whose name agrees as well */
	int amount_rivals;	/* open invoices with the same balance */
	int step;		/* of the reminder that comes next */
	enum dated dated;	/* its day or month is told */
	bool rejected;		/* the owner said no to it for this payment */
	bool repeated;		/* a payment like this one, days ago, was a part
				 * of it: the same one may be told twice */
};

struct facts {			/* everything a match looks at */
	const struct payment *payment;
	GPtrArray *candidates;	/* struct candidate */
	GPtrArray *customers;	/* struct customer, borrowed, or NULL */
	struct book *book;	/* from whom, or NULL */
	bool paid_twice;	/* a similar payment settled the named invoice */
	bool told_again;	/* money like it, with the same words and a
				 * number in them, was put on an invoice */
	bool crowded;		/* more was found than was looked at */
	bool unread;		/* the text has a number that no invoice has */
	bool asked;		/* the owner has been asked about this payment */
	bool refused;		/* … and said no, or took back what was booked */
	bool enough;		/* of what anybody can write, and nobody answered */
	const struct rule *rule;	/* of the owner, the first that applies; or NULL */
	int64_t rule_customer;	/* whose the money is, says that rule; or 0 */
	struct config *lent;	/* owned: config with that rule's tolerances */
	const struct config *config;	/* NULL: defaults */
	const char *today;
	int64_t claimed;	/* of the payment: for interest, compensation or
				 * a fee that a letter named (claimed.h) */
};

/* reference_near.c: what the text says about the candidates beyond numbers that
 * stand in it. Invoices in a short list or run behind a named one ("1001/02",
 * "1001-1004") get mention 0.75 and READ_LISTED, so that sums of named ones
 * find them; damaged numbers of likely payers 0.55 (0.3 when several are near)
 * and how they were damaged. Pure. */
void reference_complete(struct facts *facts);

/* dated.c, the last step of it: days and months in the text, as `dated` of the
 * open invoices of those who may have paid. Pure. */
void dated_complete(struct facts *facts);

/* lately.c: fills told_again. */
enum store_status lately_gather(struct store *store, struct facts *facts);

struct share {			/* one invoice's part in a hypothesis */
	int64_t invoice, customer;
	const char *key, *number;	/* borrowed from the facts */
	int64_t amount;
	enum allocation_kind kind;
	int64_t credit_note;
	const char *credit_key, *credit_number;	/* borrowed */
};

/* Families of evidence; each hypothesis stands on one level of each. */
enum family {
	FAMILY_PARTY, FAMILY_REFERENCE, FAMILY_OTHERS, FAMILY_AMOUNT,
	FAMILY_RIVALS, FAMILY_DAY, FAMILY_DATED, FAMILY_PURPOSE, FAMILIES
};

struct hypothesis {
	GArray *shares;		/* struct share */
	double probability;	/* of it, or of one that stands for it alike */
	double own;		/* … of it alone: all of a match make 1 at most */
	GPtrArray *reasons;	/* char *: "reference:exact", "amount:open-balance" */
	bool settles_fully;
	/* how it was weighed */
	double odds;		/* log odds against the null hypothesis */
	const struct candidate *lead;	/* its first invoice */
	int64_t balance;	/* sum of the invoices' open balances */
	int kind;		/* enum amount_kind of amounts.h */
	int count;		/* invoices in it, credit notes included */
	int64_t difference;	/* balance less what was paid; below 0: over */
	bool certain;		/* what the difference is needs no asking: told
				 * by the bank, on file, within a tolerance */
	bool on_file;		/* the rate is the customer's own */
	enum allocation_kind rest_kind;	/* when not certain: what the missing
				 * may be; ALLOCATION_PAYMENT: nothing */
	int ways;		/* choices among equal invoices, 1: no other */
	double chance;		/* how many sums like this one are expected
				 * when the amount has nothing to do with the
				 * invoices; 0: not looked for */
	bool rest_fits;		/* what is over is a sum of other open ones */
	bool elsewhere;		/* a part or too much: another open one of the
				 * customer is exactly that … */
	bool sum_elsewhere;	/* … or some of them together */
	double mention, party;	/* the weakest of its invoices */
	enum dated dated;	/* … */
	enum number_reading reading;	/* … the mention's */
	bool safe;		/* passes the gates for automatic booking */
	uint8_t levels[FAMILIES];	/* of evidence (enum level) */
};

enum decision { DECISION_AUTO, DECISION_SUGGEST, DECISION_NONE, DECISION_DUPLICATE };
const char *decision_name(enum decision decision);

struct match {
	double raw;		/* the best one's probability as weighed */
	int pattern;		/* enum certainty of hypotheses.h */
	enum match_kind kind;
	enum decision decision;
	GPtrArray *hypotheses;	/* struct hypothesis, best first */
	GPtrArray *reasons;	/* char *: why nothing is booked: "paid-twice" */
};
struct match *match_payment(const struct facts *facts);
void match_free(struct match *match);
/* CONTRACT, Decisions. weighed: with all explanations and their evidence. */
json_t *match_json(const struct facts *facts, const struct match *match,
    bool weighed);

/* ---- rules_match.c: the owner's rule for a payment --------------------------- */

/* Finds it, and whom it says the money is from. */
enum store_status rules_gather(struct book *book, struct facts *facts,
    GPtrArray *payers);
/* Pure. True: the payment is dealt with, no other explanation is looked for. */
struct case_file;
bool rules_decide(const struct case_file *file, struct match *match);
/* Pure. After a decision: the rule's part in it. */
void rules_note(const struct facts *facts, struct match *match);
/* Pure. True: the rule says that it is for no invoice. */
bool rules_set_aside(const struct facts *facts, struct plan *plan);

/* ---- candidates_past.c, for candidates.c --------------------------------- */

enum store_status candidates_twice(struct store *store, struct facts *facts);
enum store_status candidates_answers(struct store *store,
    struct facts *facts);

/* ---- candidates.c, decide.c ---------------------------------------------- */

/* Reads the candidates of a payment from the store. */
enum store_status facts_gather(struct book *book,
    const struct config *config, const char *today,
    const struct payment *payment, const char *const *references,
    struct facts *out);
void facts_release(struct facts *facts);
/* The step that comes next, for the invoices of the best hypothesis. */
enum store_status facts_gather_steps(struct store *store,
    struct facts *facts, const struct match *match);

struct returned {		/* what a return of money undoes */
	const struct payment *payment;	/* the return, amount negative */
	struct payment *original;	/* owned; NULL: not found */
	GPtrArray *allocations;	/* struct allocation, active ones */
};
enum store_status returned_gather(struct book *book,
    const struct config *config, const char *today,
    const struct payment *payment, struct returned *out);
void returned_release(struct returned *returned);
/* Pure: can it be undone without a person? */
bool returned_is_plain(const struct returned *returned);
/* Pure: reverse what the money had settled, and ask. */
struct plan *decide_return(const struct returned *returned, int64_t now);

/* Pure: what to do about it. Trust and the account's settlement rule decide
 * whether money settles, announces or only holds. */
struct plan *decide_payment(const struct facts *facts,
    const struct match *match, int64_t now);

/* ---- reopen.c: later, stronger evidence ----------------------------------- */

/* The payment names an invoice that automatic money, which named nothing, is
 * on: a plan that takes that money off again when both then find their place,
 * else NULL. *other: the payment taken off, to be matched anew afterwards.
 * NULL and a status that is not OK: the store failed. */
struct plan *reopen_for(struct context *context, struct facts *facts,
    int64_t *other, enum store_status *status);
/* Another report told more about a payment that is booked: a plan that takes
 * it off what it was put on without being named, when its text now names
 * another invoice for sure, else NULL. Changes payment->unallocated. */
struct plan *reopen_own(struct context *context, struct payment *payment,
    enum store_status *status);

/* ---- reconcile.c: the conductor's three verbs --------------------------- */

/* One money event of a message: report, match, decide, apply, recall waiting
 * letters and plan the crossed letter, all inside the caller's transaction.
 * The plan that was carried out is added to *done (may be NULL). */
enum store_status reconcile_event(struct context *context,
    const struct event *event, enum trust trust, enum channel channel,
    const char *source, GPtrArray *done);
/* Matches one payment anew (unallocated money, a new invoice). *json (may be
 * NULL) gets the decision line. */
enum store_status reconcile_payment(struct context *context, int64_t payment,
    json_t **json, GPtrArray *done);

/* ---- look_back.c: new invoices and money that waits ----------------------- */

/* A new invoice looks back at unallocated money. */
enum store_status reconcile_invoice(struct context *context, int64_t invoice,
    GPtrArray *done);
/* Many new ones: all money that the owner was asked about is matched anew.
 * What was never matched waits for reconcile. */
enum store_status reconcile_waiting(struct context *context, GPtrArray *done);

#endif
