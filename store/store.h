/*
 * store.h - customers, invoices, payments and their history, in one file.
 *
 * The only SQL of the project is behind this header. Every function answers
 * with a status; store_error() has the sentence for a person. Strings are
 * UTF-8, NULL is absent; money is int64 minor units beside an ISO 4217 code;
 * days are "YYYY-MM-DD"; moments are seconds since the epoch (UTC), 0 absent.
 *
 * Lists come as GPtrArray whose elements the array frees. On failure *out is
 * untouched. Accounting facts (reports, allocations, journal) are append-only.
 */
#ifndef STORE_H
#define STORE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum store_status {
	STORE_OK,
	STORE_NONE,		/* no such row */
	STORE_KNOWN,		/* it was there already, nothing changed */
	STORE_CONFLICT,		/* the same key with other content, nothing changed */
	STORE_BUSY,		/* locked beyond the deadline: try later */
	STORE_MISSING,		/* no store at this place */
	STORE_NEWER,		/* written by a newer program */
	STORE_FULL,		/* disk full, read-only or I/O error: try later */
	STORE_CORRUPT,		/* not a store, or damaged */
	STORE_INVALID		/* a value that the schema refuses */
};

struct store;

/* ---- opening, transactions --------------------------------------------- */

enum store_access { STORE_READ, STORE_WRITE, STORE_CREATE };

/* Opens the file; STORE_WRITE migrates an older schema, STORE_CREATE makes a
 * new one (STORE_KNOWN when it is there). wait_ms bounds every wait for a
 * lock from now on. *out is always set (store_error works on it) unless the
 * path is NULL; the caller closes it in every case. */
enum store_status store_open(const char *path, enum store_access access,
    int wait_ms, struct store **out);
void store_close(struct store *store);	/* NULL allowed; rolls back */
const char *store_error(const struct store *store);

/* One write transaction under the store's flock (BEGIN IMMEDIATE; checks
 * user_version). They do not nest. A verb that writes outside of one makes its
 * own; inside, a verb that fails leaves nothing behind and the transaction
 * goes on. */
enum store_status store_begin(struct store *store);
enum store_status store_commit(struct store *store);
void store_rollback(struct store *store);
/* To the end of the transaction verbs need not be undone alone, which is
 * cheaper: one that fails after it wrote something takes the whole transaction
 * with it, and commit refuses. */
void store_together(struct store *store);

/* From here to the end (or the transaction's) very many rows are written:
 * what can be written in order is kept until then. A verb that fails after it
 * wrote something takes the whole transaction with it: commit refuses. Inside
 * a transaction only; the look-ups for matching see what is kept only after
 * the end. */
enum store_status store_bulk_begin(struct store *store);
enum store_status store_bulk_end(struct store *store);	/* none: STORE_OK */

/* For those who keep what they have read: from here on it is noted of which
 * customers something is written (the customer, its invoices, accounts and
 * habits). */
void store_watch(struct store *store, bool on);
/* Calls for each of them, and forgets them. *all: look at nothing that was
 * read before; another process has written, or a transaction was taken back. */
enum store_status store_changed(struct store *store,
    void (*changed)(int64_t customer, void *user), void *user, bool *all);

/* ---- messages: what has been read already ------------------------------ */

/* The identity of a message is the hash of its content (hex SHA-256 of the
 * bytes without trace fields that each hop adds). */
enum store_status store_message_find(struct store *store, const char *hash);
enum store_status store_message_add(struct store *store, const char *hash,
    const char *message_id, const char *verdict, int64_t at);
/* Counts one failed try of these bytes (own transaction); *tries afterwards. */
enum store_status store_message_failed(struct store *store, const char *hash,
    int64_t at, int *tries);

/* A message that was put into quarantine may be read again. STORE_NONE when
 * its verdict was another one. */
enum store_status store_message_release(struct store *store,
    const char *hash);

/* ---- mailboxes: how far each folder of a server was read ------------------ */

struct mailbox_state {
	char *mailbox;		/* its name in the configuration */
	char *folder;
	char *server;		/* "user@host": whose numbers these are */
	int64_t uidvalidity;	/* RFC 3501, 2.3.1.1; 0 never read */
	int64_t uid;		/* all up to this one were taken */
	char *since;		/* day before which nothing is read, or NULL */
	int64_t at;		/* when it was last read */
};
void mailbox_state_free(struct mailbox_state *state);	/* NULL allowed */

/* STORE_NONE: never read. */
enum store_status store_mailbox_get(struct store *store, const char *mailbox,
    const char *folder, struct mailbox_state **out);
enum store_status store_mailbox_list(struct store *store, GPtrArray **out);
/* Starts a folder, or starts it anew: all as the caller says, and with nothing
 * to be asked for again unless server and uidvalidity are the old ones. */
enum store_status store_mailbox_start(struct store *store,
    const struct mailbox_state *state);
/* A message was taken (or given up): the folder is read up to it, never back,
 * and it is not asked for again. STORE_NONE: the folder was never started. */
enum store_status store_mailbox_taken(struct store *store,
    const char *mailbox, const char *folder, int64_t uid, int64_t at);
/* One more time it could not be had; *tries afterwards. */
enum store_status store_mailbox_failed(struct store *store,
    const char *mailbox, const char *folder, int64_t uid, int64_t at,
    int *tries);
/* The folder is read up to this message, which stays to be asked for again. */
enum store_status store_mailbox_pass(struct store *store,
    const char *mailbox, const char *folder, int64_t uid, int64_t at);
/* The numbers (int64_t) to be asked for again, up to the one that the folder
 * is read to; the caller frees the array. */
enum store_status store_mailbox_retries(struct store *store,
    const char *mailbox, const char *folder, GArray **uids);

/* ---- customers ----------------------------------------------------------- */

struct customer {
	int64_t id;
	char *key;		/* the caller's own id, unique */
	char *name, *contact;	/* contact: the person, for the salutation */
	char *salutation;	/* overrides the language's own */
	char *email, *copy;	/* copy: further recipients, comma-separated */
	char *language, *country, *currency, *timezone, *policy;
	char *address, *tax_id;
	int terms_days;		/* -1 unknown */
	bool po_required;
	int withholding_bp;	/* tax that it keeps back, hundredths of a
				 * percent, 0 none */
	bool business;		/* the owner says that it is no consumer */
	char *party;		/* JSON: address, ids, endpoint, contact, as the
				 * buyer of mailfilter-invoice(5); or NULL */
	char *billing;		/* JSON: how it wants its invoices, or NULL */
	int64_t undelivered;	/* when a mail to the address last bounced for good */
	struct trial *trial;	/* its newest experiment (read only, of
				 * store_customer_get alone), or NULL */
};
void customer_free(struct customer *customer);

/* How a fact about a customer came to be known. */
enum source { SOURCE_OWNER, SOURCE_IMPORT, SOURCE_LEARNED };

/* Adds or, when the key is there with other content, updates. */
enum store_status store_customer_put(struct store *store,
    struct customer *customer);
enum store_status store_customer_get(struct store *store, int64_t id,
    struct customer **out);
/* By key, else by exact name, else by e-mail address (all case-folded). What
 * several customers have in common finds none of them (STORE_NONE). */
enum store_status store_customer_find(struct store *store, const char *text,
    struct customer **out);
/* Those whose address is in this domain, by id, at most limit. */
enum store_status store_customer_find_domain(struct store *store,
    const char *domain, int limit, GPtrArray **out);
enum store_status store_customer_list(struct store *store, GPtrArray **out);
enum store_status store_customer_set_undelivered(struct store *store,
    int64_t id, int64_t at);

/* Payment accounts (IBAN or domestic, normalised by the caller), given by the
 * owner or an import. What is learned comes with a lesson (INVALID here). */
enum store_status store_customer_add_account(struct store *store,
    int64_t customer, const char *account, enum source source);
/* Words of the customer's name, folded by the caller; replaces the old ones. */
enum store_status store_customer_set_words(struct store *store,
    int64_t customer, const char *const *words);

/* STORE_NONE: there are customers, and no words of them. */
enum store_status store_customer_words_kept(struct store *store);

struct party {			/* a customer met by some evidence */
	int64_t customer;
	int count;		/* confirmed payments, or words in common */
	int own;		/* of them: under the customer's own name */
	enum source source;	/* learned: from these payments only */
	char last[12];		/* day of the last of them, or "" */
	char *account;		/* store_party_by_account_tail only */
};
/* Element type struct party. */
enum store_status store_party_by_account(struct store *store,
    const char *account, GPtrArray **out);
/* A name under which others paid for a customer. */
enum store_status store_party_by_alias(struct store *store,
    const char *alias, int limit, GPtrArray **out);
/* Accounts whose last four characters are these, at most limit. */
enum store_status store_party_by_account_tail(struct store *store,
    const char *tail, int limit, GPtrArray **out);
/* Customers (int64_t ids, appended) who have a word, at most limit. */
enum store_status store_party_by_word(struct store *store, const char *word,
    int limit, GArray *out);
/* How many customers there are, or were: the highest id. */
enum store_status store_customer_span(struct store *store, int64_t *span);

/* ---- invoices -------------------------------------------------------------- */

enum invoice_type { INVOICE_PLAIN, INVOICE_CREDIT_NOTE, INVOICE_DEPOSIT };
enum invoice_state { INVOICE_DRAFT, INVOICE_OPEN, INVOICE_PAID, INVOICE_VOID };

struct invoice {
	int64_t id;
	char *key;		/* the caller's own id, unique */
	char *number;		/* what is printed; unique */
	int64_t customer;
	enum invoice_type type;
	enum invoice_state state;
	char *date, *due;
	char *currency;
	int64_t amount;		/* total, positive for credit notes too */
	int64_t tax;		/* contained in amount */
	int64_t opening;	/* open when first heard of */
	int64_t open;		/* opening - settled allocations (read only) */
	int64_t announced;	/* of open: covered by announced payments (read only) */
	char *reference, *po, *discount_until, *policy, *note;
	int discount_bp;	/* hundredths of a percent, 0 none */
	char *account;		/* IBAN or name of our account to pay to */
	char *message_id;	/* of the mail it went out with */
	int64_t sent;		/* when that was */
	char *document;		/* JSON of mailfilter-invoice(5), or NULL; read
				 * by store_invoice_get and _find alone */
};
void invoice_free(struct invoice *invoice);

/* Adds an invoice with its matching keys (NULL-terminated, normalised by the
 * caller). STORE_KNOWN / STORE_CONFLICT for the same key. Sets invoice->id. */
enum store_status store_invoice_add(struct store *store,
    struct invoice *invoice, const char *const *keys);
enum store_status store_invoice_get(struct store *store, int64_t id,
    struct invoice **out);
/* By key, else by number. */
enum store_status store_invoice_find(struct store *store, const char *text,
    struct invoice **out);
enum store_status store_invoice_set_state(struct store *store, int64_t id,
    enum invoice_state state);
/* Puts another document (JSON) in the place of an invoice's; NULL: none. */
enum store_status store_invoice_set_document(struct store *store, int64_t id,
    const char *document);
/* The reminder policy of its own; NULL: none. */
enum store_status store_invoice_set_policy(struct store *store, int64_t id,
    const char *policy);
enum store_status store_invoice_set_sent(struct store *store, int64_t id,
    const char *message_id, int64_t at);
/* Writes a draft anew: all of it but its id, with these keys instead of the
 * old ones; its new state may be INVOICE_OPEN. STORE_INVALID: it is no draft;
 * STORE_CONFLICT: another invoice has its key or number. */
enum store_status store_invoice_rewrite(struct store *store,
    struct invoice *invoice, const char *const *keys);
/* The number of an invoice that is not void, other than this one, and whose
 * document deducts this deposit. STORE_NONE: there is none. */
enum store_status store_invoice_deducting(struct store *store,
    int64_t customer, const char *deposit, int64_t but, char **number);

struct series {			/* of numbers: "2026-{N}" (invoice_number.h) */
	char *series;
	int64_t first, counter;	/* of the first and of the last number */
};
void series_free(struct series *series);	/* NULL allowed */
enum store_status store_series_get(struct store *store, const char *series,
    struct series **out);
enum store_status store_series_list(struct store *store, GPtrArray **out);
/* The next counter of a series, which begins with first. What is taken inside
 * a transaction that does not end well is given back. */
enum store_status store_series_next(struct store *store, const char *series,
    int64_t first, int64_t *counter);
/* All numbers (char *) that begin so, of whatever state. */
enum store_status store_invoice_numbers(struct store *store,
    const char *prefix, GPtrArray **out);

/* Open invoices and deposits that a letter may be about: due on or before a
 * day, or not sent yet; where the invoice or its customer names a policy,
 * the other day counts. Oldest due first. Its cost does not grow with the
 * invoices that are due later. */
enum store_status store_invoice_find_due(struct store *store,
    const char *until, const char *until_with_policy, GPtrArray **out);

/* Look-ups for matching; at most limit, newest first. Any state but draft
 * and void, so that "already paid" can be told. */
enum store_status store_invoice_find_key(struct store *store, const char *key,
    int limit, GPtrArray **out);
/* Does any invoice have this key, whatever its state? */
enum store_status store_invoice_key_taken(struct store *store,
    const char *key, bool *taken);
/* Oldest due first; without tax, policy, note, account, mail and lines. */
enum store_status store_invoice_find_open(struct store *store,
    int64_t customer, int limit, GPtrArray **out);
/* How many open invoices have exactly this open balance; 100 means 100 or
 * more. */
enum store_status store_invoice_count_open(struct store *store,
    const char *currency, int64_t amount, int *count);

struct invoice_filter {		/* zeroed: everything */
	int64_t customer;
	bool open_only;
	unsigned states;	/* bits 1 << enum invoice_state; 0: all */
	unsigned types;		/* bits 1 << enum invoice_type; 0: all */
	const char *due_until;	/* due on or before this day */
	int limit;		/* 0: no limit */
};
enum store_status store_invoice_list(struct store *store,
    const struct invoice_filter *filter, GPtrArray **out);

/* ---- recurring.c: invoices that come again by themselves ------------------- */

enum recurring_state { RECURRING_ACTIVE, RECURRING_PAUSED, RECURRING_ENDED };
enum recurring_period { PERIOD_NONE, PERIOD_AHEAD, PERIOD_BEHIND };

struct recurring {
	int64_t id;
	char *key;		/* the owner's name for it, unique */
	int64_t customer;
	enum recurring_state state;
	char *every;		/* "month", "3 months", "2 weeks", "year" */
	bool last_day;		/* always the last day of the month */
	bool draft;		/* makes drafts, issues nothing */
	enum recurring_period period;	/* what time it is for */
	char *first;		/* day of turn 0 */
	char *until;		/* last day on which a turn may fall, or NULL */
	int turn;		/* the next one (read only) */
	char *document;		/* JSON of mailfilter-invoice(5) */
};
void recurring_free(struct recurring *recurring);	/* NULL allowed */
struct recurring_made {		/* one turn that was made, or left out */
	int turn;
	char *day;
	int64_t invoice;	/* 0: left out, or the draft is gone */
	char *number;		/* its number (read only), or NULL */
};
void recurring_made_free(struct recurring_made *made);	/* NULL allowed */

/* By key; STORE_NONE with a sentence. */
enum store_status store_recurring_find(struct store *store, const char *key,
    struct recurring **out);
enum store_status store_recurring_list(struct store *store, bool active_only,
    GPtrArray **out);
/* Adds (id 0; STORE_KNOWN: the key is taken) or changes; the turn stays. */
enum store_status store_recurring_put(struct store *store,
    struct recurring *recurring);
/* The turn made->turn is made. STORE_CONFLICT: somebody else made it. */
enum store_status store_recurring_take(struct store *store, int64_t id,
    const struct recurring_made *made);
/* All turns that were made, in order; the caller unrefs. */
enum store_status store_recurring_made(struct store *store, int64_t id,
    GPtrArray **out);

/* ---- search.c: for a person; at most limit ids (int64_t), the caller frees -- */

/* Open invoices whose number or reference contains this. */
enum store_status store_search_number(struct store *store, const char *part,
    int limit, GArray **ids);
/* Open invoices with exactly this open. */
enum store_status store_search_amount(struct store *store,
    const char *currency, int64_t amount, int limit, GArray **ids);
/* Customers whose name contains this, or whose key it is. */
enum store_status store_search_customer(struct store *store,
    const char *part, int limit, GArray **ids);

/* What the customers and open invoices name, with how many do and the key of
 * one of them. For `check`: reads whole tables. */
struct naming {
	char *name, *example;
	int64_t count;
};
void naming_free(struct naming *named);	/* NULL allowed */
enum store_status store_named_policies(struct store *store, GPtrArray **out);
enum store_status store_named_countries(struct store *store, GPtrArray **out);

/* ---- payments ------------------------------------------------------------- */

enum trust { TRUST_U, TRUST_A, TRUST_S, TRUST_O };	/* DESIGN, Words */
enum channel { CHANNEL_NOTICE, CHANNEL_STATEMENT, CHANNEL_OWNER };
enum payment_state {
	PAYMENT_POSSIBLE,	/* class U only: settles nothing */
	PAYMENT_ANNOUNCED,	/* class A where a statement settles */
	PAYMENT_BOOKED		/* settles */
};

struct payment {
	int64_t id;
	char *key;		/* the caller's id, or made from the content */
	enum trust trust;
	enum payment_state state;
	char *currency;
	int64_t amount;		/* negative: a return of money once received */
	int64_t unallocated;	/* of amount (read only) */
	char *booked, *value;	/* days; booked is never NULL */
	char *account;		/* ours */
	char *payer, *payer_account, *remittance, *reference;
	char *bank_reference, *end_to_end_id, *bank;
	int64_t arrived;	/* when the first report came */
	int64_t set_aside;	/* the owner said: not for an invoice */
	/* told by the bank, 0 or NULL when it is not */
	int64_t charges;	/* kept on the way: amount is what was left */
	int64_t instructed;	/* what the payer's bank was told to pay … */
	char *instructed_currency;	/* … in minor units of this currency */
	char *exchange_rate;	/* plain decimal, to be shown */
};
void payment_free(struct payment *payment);

/* One report of a payment. `payment` carries what this report says (id,
 * state, unallocated are ignored, trust is the report's). */
struct report {
	struct payment payment;
	enum channel channel;
	bool settles;		/* class A books by itself on this account */
	const char *message_id;	/* of the mail, or NULL */
	const char *signature;	/* of the mail, or NULL */
	/* "DOCUMENT#N", the N-th report of a document. DOCUMENT identifies the
	 * content (hash of the message or of the file), not the file's name:
	 * equal entries of one document are twins, equal entries of two
	 * statements the same payment. ":N" is read like "#N". Statements of
	 * two formats ("camt!DOCUMENT", "mt940!DOCUMENT") may give the same
	 * transaction two ids of the bank; the channels of one table
	 * ("DOCUMENT", "DOCUMENT.notices") do not. */
	const char *source;
};

enum report_result {
	REPORT_NEW,		/* a payment not known before */
	REPORT_MERGED,		/* another channel's report of a known payment */
	REPORT_DUPLICATE,	/* this very report once more: nothing changed */
	REPORT_CONFLICT		/* same identity, other amount: kept for the
				 * owner, nothing settles from it */
};
/* Records a report and finds its payment: the number of payments is the
 * maximum over channels; the higher class wins and corrects. */
enum store_status store_payment_report(struct store *store,
    const struct report *report, enum report_result *result,
    int64_t *payment);
/* The payment that the last report made of others, which had stood for this
 * one until then: it is new and matched to nothing. 0: none. */
int64_t store_payment_apart(const struct store *store);
enum store_status store_payment_get(struct store *store, int64_t id,
    struct payment **out);
/* By the payment's key, else by the key that one of its reports came with (a
 * better report may bring another key). */
enum store_status store_payment_find(struct store *store, const char *key,
    struct payment **out);
enum store_status store_payment_set_aside(struct store *store, int64_t id,
    int64_t at);

struct payment_filter {		/* zeroed: everything */
	bool unallocated_only;	/* not set aside, money left */
	const char *returns_in;	/* only money that went back, in this
				 * currency; NULL: any */
	bool announced_only;	/* not set aside, no statement has it yet */
	int64_t customer;	/* allocated to one of the customer's invoices */
	int64_t invoice;
	int64_t since;
	int limit;
};
enum store_status store_payment_list(struct store *store,
    const struct payment_filter *filter, GPtrArray **out);	/* by arrival */

/* What contradicts a payment and counts for nothing: `said` is what the report
 * says (its id 0), payment the one that it contradicts. By arrival. */
struct conflict {
	int64_t id, payment;
	struct payment said;
};
void conflict_free(struct conflict *conflict);
enum store_status store_conflict_list(struct store *store, GPtrArray **out);

/* A payment of these parties and this amount in the last days: for telling
 * "paid twice". Element type struct payment. */
enum store_status store_payment_find_similar(struct store *store,
    int64_t payment, int days, GPtrArray **out);

/* ---- payouts ---------------------------------------------------------------- */

/* Money that a payment provider sent from the account that it keeps for us to
 * our bank. */
struct payout {
	int64_t id;
	char *account;		/* at the provider */
	char *batch;		/* its own name of the payout */
	char *currency;
	int64_t amount;		/* what the bank gets */
	char *booked;		/* the day it was sent */
	int64_t payment;	/* the bank's report of it, or 0 */
	int64_t at;
};
void payout_free(struct payout *payout);

/* KNOWN: the account's payout of that name is there already. */
enum store_status store_payout_add(struct store *store,
    struct payout *payout);
/* The oldest one of like's account, currency and amount that no payment was
 * found for, from `before` days before like's day to `after` days after it. */
enum store_status store_payout_find(struct store *store,
    const struct payout *like, int before, int after, struct payout **out);
enum store_status store_payout_list(struct store *store, GPtrArray **out);
/* The bank has reported it. */
enum store_status store_payout_arrived(struct store *store, int64_t id,
    int64_t payment);

/* ---- allocations ------------------------------------------------------------ */

enum allocation_kind {
	ALLOCATION_PAYMENT, ALLOCATION_DISCOUNT, ALLOCATION_FEE,
	ALLOCATION_WITHHOLDING, ALLOCATION_ROUNDING, ALLOCATION_CREDIT_NOTE
};
const char *allocation_kind_name(enum allocation_kind kind);

struct allocation {
	int64_t id;
	int64_t payment;	/* the payment, also behind a discount or fee */
	int64_t invoice;
	int64_t credit_note;	/* kind credit-note: where it comes from, or 0 */
	enum allocation_kind kind;
	int64_t amount;		/* minor units taken off the invoice */
	char *by;		/* "auto" or the owner's name */
	double probability;
	int64_t at;
	int64_t reversed;	/* when, 0 active */
};
void allocation_free(struct allocation *allocation);

/* Only kind payment uses up the payment's own money. Refused (INVALID) when
 * payment or invoice would go below zero, when their currencies differ, when
 * the invoice is a draft or void, or the payment only POSSIBLE. A return
 * (negative payment) is allocated with a negative amount and opens the invoice
 * again. An invoice without open balance becomes PAID; reversing opens it
 * again (STORE_KNOWN when it was reversed before). Sets allocation->id. */
enum store_status store_allocation_add(struct store *store,
    struct allocation *allocation);
enum store_status store_allocation_reverse(struct store *store, int64_t id,
    const char *why, const char *by, int64_t at);
/* Of a payment, of an invoice (0: any), active ones only or all. */
enum store_status store_allocation_list(struct store *store, int64_t payment,
    int64_t invoice, bool active_only, GPtrArray **out);

/* ---- suggestions: what waits for the owner ----------------------------------- */

struct suggestion {
	int64_t id;
	int64_t payment, invoice, customer;	/* invoice or customer may be 0 */
	int64_t amount;
	enum allocation_kind kind;
	double probability;
	char *why;		/* reasons, comma-separated */
	int64_t rejected;	/* when the owner said no */
};
void suggestion_free(struct suggestion *suggestion);
/* Replaces the open suggestions of a payment; what the owner rejected before
 * is left out. */
enum store_status store_suggestion_set(struct store *store, int64_t payment,
    GPtrArray *suggestions);
/* Open ones only, the most probable first; payment 0: of all. */
enum store_status store_suggestion_list(struct store *store, int64_t payment,
    GPtrArray **out);
enum store_status store_suggestion_reject(struct store *store,
    int64_t payment, int64_t at);
/* Takes back the owner's no to a payment's suggestions from this id on, but
 * not to those that are there because a booking was undone (why "undone"). */
enum store_status store_suggestion_restore(struct store *store,
    int64_t payment, int64_t from);
/* The invoices (int64_t, sorted) that the owner said no to for a payment; the
 * caller frees the array. */
enum store_status store_suggestion_refused(struct store *store,
    int64_t payment, GArray **invoices);
/* STORE_OK when the owner said no to this pair, else STORE_NONE. */
enum store_status store_suggestion_rejected(struct store *store,
    int64_t payment, int64_t invoice);

/* ---- holds --------------------------------------------------------------- */

enum hold_kind {
	HOLD_POSSIBLE_PAYMENT, HOLD_PAID_CLAIM, HOLD_PROMISE, HOLD_DISPUTE,
	HOLD_INSTALMENTS, HOLD_PAUSE, HOLD_UNDELIVERED, HOLD_STALE_FEED,
	HOLD_OUT_OF_OFFICE,
	HOLD_STOP		/* wants no more mail: holds every letter */
};
const char *hold_kind_name(enum hold_kind kind);
bool hold_kind_parse(const char *text, enum hold_kind *kind);

struct hold {
	int64_t id;
	enum hold_kind kind;
	int64_t customer;
	int64_t invoice;	/* 0: all of the customer's */
	int64_t payment;	/* what caused it, or 0 */
	enum trust trust;	/* of its cause */
	int step;		/* class U holds once per invoice and step */
	char *why, *origin;	/* origin: "reply", "owner", "match" ... */
	int64_t since, until;	/* until 0: till released */
	int64_t released;
	char *day;		/* named by the writer: paid or to be paid */
	int64_t amount;		/* of it, in minor units; 0 not named */
	int64_t letter;		/* the one that was answered, or 0 */
	int64_t followed;	/* when its end was looked after, or 0 */
};
void hold_free(struct hold *hold);
/* STORE_KNOWN when a class U hold for this invoice and step was ever made. */
enum store_status store_hold_add(struct store *store, struct hold *hold);
enum store_status store_hold_release(struct store *store, int64_t id,
    int64_t at);
/* Releases all that a payment caused. */
enum store_status store_hold_release_payment(struct store *store,
    int64_t payment, int64_t at);
/* In force at a moment, for a customer (0: all) and one of its invoices (0:
 * any). at 0: all that were ever made. What waits for something (a claim, a
 * promise, a dispute, instalments, a stop) of somebody who may say so (class
 * A) holds beyond its end, until that was followed. */
enum store_status store_hold_list(struct store *store, int64_t customer,
    int64_t invoice, int64_t at, GPtrArray **out);

/* Those whose end has come and was not followed yet, by age. */
enum store_status store_hold_ended(struct store *store, int64_t at,
    GPtrArray **out);
enum store_status store_hold_followed(struct store *store, int64_t id,
    int64_t at);

/* ---- feeds ----------------------------------------------------------------- */

struct feed {
	char *account;		/* ours, normalised */
	int64_t heard;		/* last authenticated word, any kind */
	char *through;		/* statements cover up to this day */
	int64_t drift;		/* since when its mails are not understood, 0 */
	char *closing_currency;
	int64_t closing;	/* balance of the last statement */
	char *closed;		/* and its day */
	int64_t sequence;	/* and its number in the bank's count, or 0 */
	char *missing;		/* why a later one was not taken, or NULL */
};
void feed_free(struct feed *feed);
enum store_status store_feed_heard(struct store *store, const char *account,
    int64_t at);
enum store_status store_feed_statement(struct store *store,
    const char *account, const char *closed, const char *currency,
    int64_t closing, int64_t sequence, int64_t at);
/* A statement up to day was not taken: one before it is missing. Forgotten
 * when the statements have come that far. */
enum store_status store_feed_missing(struct store *store,
    const char *account, const char *day, const char *why);
enum store_status store_feed_drift(struct store *store, const char *account,
    int64_t since);
enum store_status store_feed_get(struct store *store, const char *account,
    struct feed **out);
enum store_status store_feed_list(struct store *store, GPtrArray **out);

/* ---- letters and reminders ---------------------------------------------------- */

enum letter_kind {
	LETTER_INVOICE, LETTER_REMINDER, LETTER_RECEIPT, LETTER_CROSSED,
	LETTER_COPY,		/* an invoice again, because it was asked for */
	LETTER_STATEMENT,	/* statement of account */
	LETTER_INQUIRY,		/* they wrote that they paid: which day, from
				 * which account, how much? */
	LETTER_OFFER,		/* instalments are offered */
	LETTER_AGREEMENT,	/* an instalment plan with its dates */
	LETTER_INSTALMENT,	/* reminder of an instalment */
	LETTER_DIGEST,		/* to the owner; of no customer */
	LETTER_CREDIT_NOTE	/* a credit note, like an invoice */
};
#define LETTER_REMINDERS (1u << LETTER_REMINDER | 1u << LETTER_INSTALMENT)
enum letter_state {
	LETTER_PLANNED, LETTER_RENDERED, LETTER_SENDING, LETTER_SENT,
	LETTER_RECALLED, LETTER_FAILED, LETTER_UNKNOWN
};
const char *letter_kind_name(enum letter_kind kind);
/* Does it ask for money that is due, so that every gate is before it? */
bool letter_kind_is_reminder(enum letter_kind kind);
const char *letter_state_name(enum letter_state state);

enum letter_mass {		/* one of many that would leave at once */
	MASS_NONE, MASS_ASKED,	/* waits for the owner's word */
	MASS_RELEASED		/* he said that it may go */
};
struct letter_item {		/* one invoice a letter speaks of */
	int64_t invoice;
	int step;		/* of the policy; 0 for other letters */
	int64_t balance;	/* when planned */
};

struct letter {
	int64_t id;
	enum letter_kind kind;
	enum letter_state state;
	int64_t customer;	/* 0: the owner's own mail */
	int64_t payment;	/* receipts and crossed letters, else 0 */
	int64_t regards;	/* crossed: the letter that crossed, else 0 */
	char *to, *language, *tone, *message_id;
	int term_days;		/* new term of a reminder, 0 none */
	int64_t planned, sent;	/* moments */
	int64_t not_before;	/* retry or window, 0 none */
	int tries;
	char *why;		/* of recalled, failed, unknown */
	char *mime_path;	/* where the dir transport or rendering put it */
	int64_t instalments;	/* instalment plan that it is about, or 0 */
	int instalment;		/* and which instalment of it, or 0 */
	char *answers;		/* Message-ID of the mail that asked for it, or
				 * NULL */
	enum letter_mass mass;
	int64_t confirmed;	/* our own copy of it came back, 0: it did not */
	GPtrArray *items;	/* struct letter_item */
};
void letter_free(struct letter *letter);

/* Queues a letter; message_id must be set and is unique. Sets letter->id. */
enum store_status store_letter_add(struct store *store, struct letter *letter);
enum store_status store_letter_get(struct store *store, int64_t id,
    struct letter **out);
enum store_status store_letter_find_message(struct store *store,
    const char *message_id, struct letter **out);
/* Moves a letter on. The allowed moves are planned→rendered|recalled,
 * rendered→sending|recalled|planned, sending→sent|rendered|failed|unknown,
 * unknown→sent|failed|rendered (the owner's word), sent→failed (it came
 * back); INVALID otherwise. */
enum store_status store_letter_move(struct store *store, int64_t id,
    enum letter_state state, const char *why, int64_t at);
enum store_status store_letter_set_path(struct store *store, int64_t id,
    const char *path);
enum store_status store_letter_retry(struct store *store, int64_t id,
    int64_t not_before);

struct letter_filter {		/* zeroed: everything */
	int64_t customer, invoice, instalments;
	bool waiting_only;	/* planned, rendered */
	unsigned states;	/* 1 << letter_state, 0 any */
	unsigned kinds;		/* 1 << letter_kind, 0 any */
	int64_t since;		/* sent or planned at or after */
	int limit;
};
enum store_status store_letter_list(struct store *store,
    const struct letter_filter *filter, GPtrArray **out);

enum store_status store_letter_set_mass(struct store *store, int64_t id,
    enum letter_mass mass);
/* Our own copy has come; STORE_KNOWN when one had before. */
enum store_status store_letter_confirm(struct store *store, int64_t id,
    int64_t at);
/* Letters to customers that were sent since; the most of them in one day. */
enum store_status store_letter_sent_since(struct store *store, int64_t since,
    int64_t *count);
enum store_status store_letter_busiest(struct store *store, int64_t since,
    int64_t *count);

/* How many letters that answer a mail were planned since, and not recalled
 * (customer 0: to all). */
enum store_status store_letter_answered(struct store *store,
    int64_t customer, int64_t since, int64_t *count);

/* The highest step whose reminder was sent or waits for an invoice, 0 none,
 * and when it was sent (0 when it waits). */
enum store_status store_reminder_last(struct store *store, int64_t invoice,
    int *step, int64_t *sent);

/* ---- charges: interest, compensation, fees that a letter named -------------- */

enum charge_kind { CHARGE_INTEREST, CHARGE_COMPENSATION, CHARGE_FEE };
const char *charge_kind_name(enum charge_kind kind);

struct charge {			/* in no balance */
	int64_t id;
	int64_t letter, invoice;
	enum charge_kind kind;
	char *currency;		/* not always the invoice's */
	int64_t amount;
	char *text;		/* how it was calculated */
	int64_t at;		/* when it was named */
	int64_t payment;	/* that included it, or 0 */
	int64_t waived;		/* when it was taken back, 0 it stands */
};
void charge_free(struct charge *charge);

/* What a letter names (struct charge; letter and at are set): replaces what it
 * named before it left. INVALID when one of that was paid or waived. */
enum store_status store_charge_set(struct store *store, int64_t letter,
    GPtrArray *charges, int64_t at);
/* Of an invoice, of a letter, paid with a payment (each 0: any, not all of
 * them), oldest first; standing: of letters that were sent (or that nobody can
 * tell of), neither waived nor paid. */
enum store_status store_charge_list(struct store *store, int64_t invoice,
    int64_t letter, int64_t payment, bool standing, GPtrArray **out);
/* A payment included it (0: it did not, after all). */
enum store_status store_charge_pay(struct store *store, int64_t id,
    int64_t payment);
enum store_status store_charge_waive(struct store *store, int64_t id,
    int64_t at);

/* ---- instalment plans -------------------------------------------------------- */

enum instalments_state {
	INSTALMENTS_OFFERED,	/* the customer has not said yes */
	INSTALMENTS_ACTIVE,
	INSTALMENTS_PAID, INSTALMENTS_BROKEN, INSTALMENTS_CANCELLED,
	INSTALMENTS_EXPIRED	/* offered, and nobody said yes in time */
};
const char *instalments_state_name(enum instalments_state state);

struct instalment {
	int number;		/* from 1, in order of due date */
	char *due;
	int64_t amount;
};
struct instalment_invoice {
	int64_t invoice;
	int64_t base;		/* what of it the plan is about */
	int64_t open, announced;	/* now (read only) */
	enum invoice_state state;	/* now (read only) */
};
struct instalment_plan {
	int64_t id;
	int64_t customer;
	char *currency;
	enum instalments_state state;
	char *origin;		/* "owner", "reply", "policy" */
	int64_t made, accepted, ended;	/* moments, 0 not yet */
	char *expires;		/* last day on which an offer stands, or NULL */
	char *why;		/* of its end */
	int64_t after;		/* allocations up to this id were there before
				 * (read only) */
	GPtrArray *parts;	/* struct instalment */
	GPtrArray *invoices;	/* struct instalment_invoice */
};
void instalment_plan_free(struct instalment_plan *plan);	/* NULL allowed */
struct instalment *instalment_new(int number, const char *due, int64_t amount);
void instalment_free(struct instalment *part);	/* NULL allowed */

/* Adds a plan, OFFERED or ACTIVE. INVALID when an invoice is not open, another
 * customer's, in another currency or has less than its base to be paid; when
 * parts and bases have another sum, or due dates go backwards. CONFLICT when
 * an invoice is in a plan that is offered or active. Sets id and after. */
enum store_status store_instalments_add(struct store *store,
    struct instalment_plan *plan);
enum store_status store_instalments_get(struct store *store, int64_t id,
    struct instalment_plan **out);
/* offered→active|expired|cancelled, active→paid|broken|cancelled, paid→active
 * (money went back), broken|expired→active (the owner's word; CONFLICT when
 * another plan has one of its invoices by now); INVALID otherwise. */
enum store_status store_instalments_move(struct store *store, int64_t id,
    enum instalments_state state, const char *why, int64_t at);

struct instalments_filter {	/* zeroed: everything */
	int64_t customer, invoice;
	unsigned states;	/* 1 << instalments_state, 0 any */
	int64_t ended_since;	/* ended at or after */
};
#define INSTALMENTS_LIVE (1u << INSTALMENTS_OFFERED | 1u << INSTALMENTS_ACTIVE)
/* By id. */
enum store_status store_instalments_list(struct store *store,
    const struct instalments_filter *filter, GPtrArray **out);

struct instalment_money {	/* put on a plan's invoices since it was made */
	int64_t allocation, payment, invoice;
	int64_t amount;		/* negative: money that went back */
	char *day;		/* of the payment, NULL: a credit note */
	bool announced;		/* no statement has it yet */
};
void instalment_money_free(struct instalment_money *money);	/* NULL allowed */
/* In the order in which it was put there; nothing that was reversed. */
enum store_status store_instalments_money(struct store *store, int64_t id,
    GPtrArray **out);
/* How long, until a moment, an invoice was in an active plan: seconds. */
enum store_status store_instalments_rested(struct store *store,
    int64_t invoice, int64_t now, int64_t *seconds);

/* ---- questions: a word to the owner --------------------------------------- */

struct question {
	int64_t id;
	char *code;		/* reason code, e.g. "unmatched", "drift" */
	int64_t customer, invoice, payment, letter;	/* 0 absent */
	char *text;		/* what to look at and what to do */
	int64_t at, answered;
};
void question_free(struct question *question);
/* STORE_KNOWN when the same question is open. */
enum store_status store_question_add(struct store *store,
    struct question *question);
/* The newest open one of like's code, customer and invoice. */
enum store_status store_question_find(struct store *store,
    const struct question *like, struct question **out);
enum store_status store_question_answer(struct store *store, int64_t id,
    int64_t at);
/* That of this code about a payment; NONE when none is open. */
enum store_status store_question_answer_code(struct store *store,
    int64_t payment, const char *code, int64_t at);
/* That of this code about a customer's invoice, whatever payment it is of. */
enum store_status store_question_answer_invoice(struct store *store,
    int64_t customer, int64_t invoice, const char *code, int64_t at);
enum store_status store_question_answer_payment(struct store *store,
    int64_t payment, int64_t at);
/* How many of a code are open. */
enum store_status store_question_count(struct store *store, const char *code,
    int64_t *count);
/* Was the owner ever asked this about a customer's invoice (0: about any of
 * the customer's, and has not answered)? An indexed look-up. */
enum store_status store_question_was(struct store *store, const char *code,
    int64_t customer, int64_t invoice, bool *was);
enum store_status store_question_list(struct store *store, bool open_only,
    GPtrArray **out);

/* ---- gated: reminders of other programs that were kept ---------------------- */

enum gated_state {
	GATED_HELD,		/* looked at again until its time is over */
	GATED_DROPPED,		/* it had lost its reason */
	GATED_SENDING,		/* being given back: after a crash nobody knows */
	GATED_RELEASED		/* given back into the mail */
};
const char *gated_state_name(enum gated_state state);

struct gated {
	int64_t id;
	char *name;		/* unique: of content and envelope; the file's */
	enum gated_state state;
	char *code;		/* the gate that is shut: "paid", "hold" ... */
	char *why;		/* sentence */
	int64_t customer;
	char *sender;		/* "": the null sender */
	char *recipients;	/* a line each */
	char *subject, *message_id;
	int64_t at, until;	/* kept since; held until */
	int64_t decided;	/* when it left GATED_HELD, 0 not yet */
	char *by;
	GArray *invoices;	/* int64_t, in order; may be NULL when adding */
};
void gated_free(struct gated *gated);
/* KNOWN: this name was kept before, whatever became of it. Sets gated->id. */
enum store_status store_gated_add(struct store *store, struct gated *gated);
enum store_status store_gated_get(struct store *store, int64_t id,
    struct gated **out);
enum store_status store_gated_find(struct store *store, const char *name,
    struct gated **out);
/* With their invoices, oldest first; waiting: held, or on the way back. */
enum store_status store_gated_list(struct store *store, bool waiting,
    GPtrArray **out);
/* Moves: held or dropped to sending, sending to released or held, held to
 * dropped, sending to dropped; NONE when it is in none of these states. */
enum store_status store_gated_move(struct store *store, int64_t id,
    enum gated_state state, const char *code, const char *why,
    const char *by, int64_t at);
/* How many were kept, by what became of them (GATED_RELEASED + 1 counts). */
enum store_status store_gated_count(struct store *store, int64_t since,
    int64_t counts[GATED_RELEASED + 1]);

/* ---- experiments with reminders ------------------------------------------------ */

struct trial {			/* one customer in one experiment, for good */
	char *experiment;
	int64_t customer;
	char *arm;		/* name of the policy */
	char *stratum;		/* among whom the arms are kept even */
	char *since;		/* day: invoices due from then on count */
};
struct trial_count {
	char *arm;
	int customers;
};
struct trial_outcome {		/* of one invoice, whatever was sent for it */
	int64_t customer;
	char *arm, *due;
	char *paid;		/* day of the last money, NULL while open */
	int reminders;		/* that left */
	int held;		/* 1: some step was held back */
	int crossed;		/* retractions that left */
};
void trial_free(struct trial *trial);
struct trial *trial_copy(const struct trial *trial);

/* STORE_KNOWN: the customer is in that experiment. */
enum store_status store_trial_add(struct store *store,
    const struct trial *trial);
/* The newest trial of a customer. */
enum store_status store_trial_of(struct store *store, int64_t customer,
    struct trial **out);
/* How many customers each arm has (struct trial_count); stratum NULL: any. */
enum store_status store_trial_count(struct store *store,
    const char *experiment, const char *stratum, GPtrArray **out);
/* Each invoice of those who take part that fell due from their first day
 * until a day and has no policy of its own: struct trial_outcome. */
enum store_status store_trial_outcomes(struct store *store,
    const char *experiment, const char *until, GPtrArray **out);

/* ---- the owner's digest, and what he answers to it ---------------------------- */

struct digest {
	int64_t letter;		/* that it went out as */
	char *day;		/* the owner's civil day; one a day */
	int64_t since, until;	/* moments: what happened in between it tells */
};
enum digest_subject { DIGEST_QUESTION, DIGEST_WORD };
struct digest_item {		/* what one of its numbers means */
	int number;		/* from 1 */
	enum digest_subject subject;
	int64_t row;		/* id of the question or owner_word */
	int64_t used;		/* when he answered; a number is used once */
};
struct owner_word {		/* what he answered, and what came of it */
	int64_t id;
	int64_t letter;		/* the digest */
	char *message_id;	/* of his mail */
	char *text;		/* his words: "ok 3" */
	char *result;		/* a sentence */
	bool done;		/* false: refused, result says why */
	int64_t payment, hold;	/* what undoing it takes back, or 0 */
	int64_t at, undone;
};
struct matched_money {		/* money on an invoice */
	char *payer, *customer, *number;
	char *currency;
	int64_t amount;
	char *booked;
};
void digest_free(struct digest *digest);
void owner_word_free(struct owner_word *word);
void matched_money_free(struct matched_money *money);

/* items: struct digest_item. STORE_KNOWN: that day had its digest. */
enum store_status store_digest_add(struct store *store,
    const struct digest *digest, const GPtrArray *items);
enum store_status store_digest_last(struct store *store,
    struct digest **out);
enum store_status store_digest_get(struct store *store, int64_t letter,
    struct digest **out);
enum store_status store_digest_items(struct store *store, int64_t letter,
    GPtrArray **out);
/* STORE_KNOWN: the number was used before, or is none of the digest. */
enum store_status store_digest_use(struct store *store, int64_t letter,
    int number, int64_t at);
/* Sets word->id. */
enum store_status store_owner_word_add(struct store *store,
    struct owner_word *word);
/* Has a mail with this Message-ID said something? STORE_NONE: no. */
enum store_status store_owner_word_seen(struct store *store,
    const char *message_id);
enum store_status store_owner_word_get(struct store *store, int64_t id,
    struct owner_word **out);
/* After one moment, up to another; oldest first. */
enum store_status store_owner_word_list(struct store *store, int64_t since,
    int64_t until, GPtrArray **out);
/* STORE_KNOWN: it was taken back before. */
enum store_status store_owner_word_undo(struct store *store, int64_t id,
    int64_t at);
/* What was put on invoices after one moment, up to another, and stands:
 * struct matched_money, oldest first. */
enum store_status store_money_matched(struct store *store, int64_t since,
    int64_t until, GPtrArray **out);

/* ---- history, journal ------------------------------------------------------ */

/* A payment matched by hand in earlier days (for learning). */
struct history {
	char *invoice, *customer, *invoiced, *paid, *currency, *payer,
	    *payer_account;
	int64_t amount;
};
enum store_status store_history_add(struct store *store,
    const struct history *history);
/* The name under which that row is kept; the caller frees. */
char *store_history_name(const struct history *history);

struct paid {			/* an invoice that was paid, and when */
	int64_t customer;
	const char *invoiced, *due;	/* days, or NULL */
	const char *day;	/* of the last money on it */
};
typedef void store_paid(const struct paid *paid, void *data);
/* Calls for each of a customer's, or of everybody's (by customer, those here
 * before those of the history): from the allocations of today. */
enum store_status store_paid_of(struct store *store, int64_t customer,
    store_paid *paid, void *data);
enum store_status store_paid_all(struct store *store, store_paid *paid,
    void *data);
struct owing {			/* an open invoice, no credit note */
	int64_t customer;
	const char *currency, *due;	/* due: a day or NULL */
	int64_t open;		/* without what is announced */
};
typedef void store_owing(const struct owing *owing, void *data);
/* Calls for everybody's, by customer and currency. */
enum store_status store_owing_all(struct store *store, store_owing *owing,
    void *data);

/* ---- lessons: what confirmed payments taught ----------------------------------- */

enum lesson_part { LESSON_ACCOUNT = 1, LESSON_ALIAS = 2, LESSON_HABITS = 4 };
enum lesson_habit {		/* how a payment was made */
	HABIT_CHARGES = 1,	/* a bank's charges were taken off */
	HABIT_ROUNDED = 2,
	HABIT_DISCOUNT = 4,
	HABIT_LATE_DISCOUNT = 8,	/* after its last day */
	HABIT_SEVERAL = 16,	/* several invoices in one sum */
	HABIT_PART = 32,	/* a part of an invoice */
	HABIT_MISNAMED = 64,	/* the text names another invoice of the same */
	HABIT_UNNAMED = 128	/* it names none */
};

struct lesson {			/* of one payment about one customer */
	int64_t id, customer;
	int64_t payment;	/* or 0 */
	char *history;		/* or a row of the history, or NULL */
	char *day;		/* when the money came */
	char *account, *alias;	/* whose they are now known to be, or NULL */
	bool own;		/* the payer's name is the customer's */
	char *invoiced;		/* date of the invoice, or NULL */
	bool aged;		/* age is known */
	int age;		/* days from the invoice to its payment */
	int habits;		/* enum lesson_habit */
	bool pending;		/* no statement has it yet: counts for nothing */
	int forgot;		/* enum lesson_part that the owner took out */
};
void lesson_free(struct lesson *lesson);

/* All that a payment teaches, at most one lesson a customer: replaces what it
 * taught before (none: unlearned). KNOWN: nothing changed. */
enum store_status store_lesson_set(struct store *store, int64_t payment,
    GPtrArray *lessons);
enum store_status store_lesson_add(struct store *store,
    struct lesson *lesson);	/* of a row of the history */
enum store_status store_lesson_of(struct store *store, int64_t payment,
    GPtrArray **out);
/* Latest payment first; limit 0: all. */
enum store_status store_lesson_list(struct store *store, int64_t customer,
    int limit, GPtrArray **out);
/* Takes an account (a given one too), a name, or the habits (value NULL) out
 * of all that was learned until now; what is confirmed later teaches again.
 * NONE: there was nothing. */
enum store_status store_lesson_forget(struct store *store, int64_t customer,
    enum lesson_part part, const char *value);

struct habits {			/* sums over the newest two years with lessons */
	int count;		/* lessons */
	int aged;		/* of them with an age; its sum and squares */
	int64_t age_sum, age_square;
	int charges, rounded, discount, late_discount, several, parts,
	    misnamed, unnamed;
	int days[6];		/* of the month: 1-5, 6-10, … 26-31 */
	int steps, backward;	/* from one payment to the next, and of them
				 * to an older invoice */
};
/* NONE: nothing is known (*out is zeroed). */
enum store_status store_habits_get(struct store *store, int64_t customer,
    struct habits *out);

struct known {			/* an account or a name of a customer */
	char *text;
	int count, own;		/* struct party */
	enum source source;
	char *last;		/* or NULL */
};
void known_free(struct known *known);
enum store_status store_customer_accounts(struct store *store,
    int64_t customer, GPtrArray **out);
enum store_status store_customer_aliases(struct store *store,
    int64_t customer, GPtrArray **out);

enum subject { SUBJECT_NONE, SUBJECT_CUSTOMER, SUBJECT_INVOICE, SUBJECT_PAYMENT, SUBJECT_LETTER, SUBJECT_ACCOUNT };

struct journal_entry {
	int64_t id;
	int64_t at;
	enum subject subject;
	int64_t row;		/* id of the subject */
	char *code;		/* reason code: "settled", "held:feed-stale" ... */
	char *text;		/* one sentence for a person */
	char *evidence;		/* JSON object: hashes, reasons, class, or NULL */
	char *hash;		/* SHA-256 over the previous hash and this entry */
};
void journal_entry_free(struct journal_entry *entry);
enum store_status store_journal_add(struct store *store,
    const struct journal_entry *entry);
/* Entries of a subject and of what hangs on it (allocations' payments and
 * letters for an invoice), oldest first. SUBJECT_NONE: all. */
enum store_status store_journal_list(struct store *store,
    enum subject subject, int64_t row, GPtrArray **out);
/* The last entry of a payment whose code begins with this; NONE without. */
enum store_status store_journal_last(struct store *store, int64_t payment,
    const char *code, struct journal_entry **out);
/* Each payment that came in and was booked on that day ("": any) or later,
 * with each entry of its journal, oldest first; NULL for one without. */
typedef void store_told(const struct payment *payment,
    const struct journal_entry *entry, void *data);
enum store_status store_journal_payments(struct store *store,
    const char *since, store_told *told, void *data);
enum store_status store_journal_head(struct store *store, char **hash);

/* ---- numbers, checking, copies --------------------------------------------- */

struct store_counts {
	int64_t customers, invoices, open, overdue, payments;
	int64_t unallocated;	/* without what is set aside or credit */
	int64_t credit;		/* payments of which something is credit */
	int64_t holds, letters_waiting, letters_sent, letters_unknown;
	int64_t questions, conflicts, crossed, recalled;
};
enum store_status store_count(struct store *store, const char *today,
    int64_t now, struct store_counts *out);

/* Everything in order? Problems as sentences (integrity, foreign keys, hash
 * chain, balances = facts), empty array when all is well. */
enum store_status store_check(struct store *store, GPtrArray **problems);
/* Consistent copy while in use (VACUUM INTO); the file must not exist. */
enum store_status store_backup(struct store *store, const char *path);

#endif
