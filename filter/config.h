/*
 * config.h - what mailfilter.conf says (mailfilter.conf(5)).
 */
#ifndef CONFIG_H
#define CONFIG_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct account {		/* one of our bank accounts: a feed */
	char *name;		/* title of the section, "main" */
	char *iban;		/* or domestic number; normalised */
	char *bic, *holder, *bank_title;
	char *currency;
	char *bank;		/* NAME of parser/banks/NAME.bank, or NULL */
	bool statement_settles;	/* a statement feed is configured */
	int fresh_days;		/* business days after which it is stale */
	char **aliases;		/* other spellings the bank uses ("...1234") */
	bool provider;		/* a payment provider's: iban is its name */
	char **transfers;	/* how banks name that provider; transfer.h */
	/* how it is paid to (pay.h) */
	char **ways;		/* NULL: the usual ones; "none" alone: none */
	char *reference;	/* kind, or NULL: its country's */
	char *qr_iban, *pix_key, *pix_city, *upi_id, *bank_code, *fik_creditor;
	char **links;		/* "Title: https://…" or NULL */
	int line;		/* of its section in the file */
};

struct step {			/* one row of a reminder policy */
	int number;		/* from 1 */
	char *text;		/* as written */
	int offset;		/* days from the due date, before is negative */
	bool business;		/* those are the customer's working days */
	char *tone;		/* friendly, understanding, firm */
	int term_days;		/* new, shorter term; 0 none */
	bool fee;		/* the policy's fixed amount */
	bool interest, compensation;	/* by the policy's law */
	bool legal;		/* says what may follow */
	bool instalments;	/* offers them: to everybody, */
	bool if_deserving;	/* … or only to a good payer */
	bool copy_owner;	/* the owner gets a copy of the letter */
	bool final;		/* the last letter: only a task may follow */
	bool escalate;		/* no letter: a call task for the owner */
};
/* It says what follows when nothing is paid, or hands over to a person: two
 * reminders after the due date come first. */
bool step_is_grave(const struct step *step);
/* A friendly word not later than the due date. */
bool step_is_note(const struct step *step);

struct minimum {
	char currency[4];
	int64_t amount;
};

struct policy {
	char *name;
	GPtrArray *steps;	/* struct step, in order of offset; empty only of
				 * the policy "none", which never reminds */
	int gap_days;		/* least days between two reminders */
	int64_t minimum;	/* minor units of the owner's currency: smaller
				 * balances are not chased */
	GArray *minimums;	/* struct minimum: of other currencies, or NULL */
	int64_t fee;		/* minor units: named by steps with a fee, 0 none */
	char *law;		/* rule of steps with interest or compensation, or
				 * NULL: as the owner's country has it */
	char *rate, *cap;	/* of interest by contract: "1.5 % per month" */
	bool consumer;		/* its customers are consumers */
	bool work_stops;	/* nothing further is delivered while it is open */
};

struct experiment {		/* which policy gets paid sooner? */
	char *name;		/* title of the section */
	char **policies;	/* the arms, the first is compared with */
	char *from, *until;	/* days on which invoices fall due */
	int customers;		/* of each arm, before it is decided */
	int follow_days;	/* after the due date, how long it is looked */
};

enum mailbox_after {		/* what becomes of a mail that was taken */
	AFTER_KEEP, AFTER_DELETE, AFTER_MOVE
};

struct deserving {		/* one condition of the rule who deserves it */
	char *text;		/* as written */
	int kind;		/* row of the table in deserving.c */
	int number;
	int64_t amount;		/* minor units of the owner's currency */
};

struct instalment_terms {	/* what is offered to whom */
	GPtrArray *deserving;	/* struct deserving: all of them must hold */
	int parts;
	char *every;		/* "month", "2 weeks", "10 days" … */
	int64_t minimum_part;	/* smaller parts are not made */
	int first_days;		/* from the offer to the first instalment */
	int valid_days;		/* how long an offer stands */
	char *asked;		/* a customer asks: "offer" or "ask" the owner */
	int before_days, after_days;	/* reminders of an instalment, 0 none */
	int grace_days;		/* after the last of them it is broken */
};

struct mailbox {		/* mail that `fetch` gets from an IMAP server */
	char *name;		/* title of the section */
	char *host, *user, *password_command, *ca_file;
	char *tls;		/* tls, starttls, none (loopback only) */
	char *auth;		/* password, xoauth2 */
	int port;		/* never 0 after loading */
	char **folders;		/* never empty after loading */
	char *after_text;	/* as written */
	enum mailbox_after after;
	char *target;		/* folder of AFTER_MOVE */
	int since_days;		/* of the first visit; 0: everything */
	int max_size;		/* megabytes of one message */
	int timeout;		/* seconds for each answer */
	int interval;		/* seconds between two looks of --watch */
	/* who vouches for its mail: like those of intake, never inherited */
	char *authserv_id, *boundary;
	char **addresses;	/* NULL: those of intake */
};

struct closed {			/* days on which the owner sends nothing */
	bool yearly;
	char first[11], last[11];	/* ISO days; yearly: "12-24", may wrap */
};

struct config {
	char *path;
	/* owner: who sends */
	char *name, *company, *email, *phone, *address, *website, *tax_id;
	char *language, *country, *currency, *timezone, *signature;
	/* … as the seller of an invoice (mailfilter-invoice(5)) */
	char *street, *street2, *postcode, *city, *region;
	char *tax_number, *legal_id, *legal_scheme, *legal_info;
	char *endpoint, *endpoint_scheme;
	/* numbers: patterns (invoice_number.h) */
	char *number_invoice, *number_credit, *number_deposit;
	char *number_corrected;
	char *number_reset;	/* pattern, year, month, never */
	/* documents */
	char *tax;		/* of lines that say none: "21", "E"; or NULL */
	char *exemption;	/* why none is charged, or NULL */
	char *profile;		/* of invoices whose customer names none, or NULL */
	bool late_terms;	/* what late payment costs stands on them */
	/* documents: how letters and pages look */
	char *colour;		/* "#1f4e79", or NULL: ours */
	char *logo;		/* file, absolute, or NULL */
	char *paper;		/* auto, a4, letter */
	char *font;		/* family, or NULL: ours */
	char **footer;		/* lines at the foot, or NULL */
	char *attach_reminder;	/* a PDF goes with it: no, firm, yes */
	/* intake */
	char *authserv_id, *boundary;
	char *dkim;		/* off, dns, keys */
	char *dkim_keys;	/* file, absolute, or NULL */
	char *dkim_resolver;	/* ADDRESS[:PORT], or NULL */
	char **mailboxes;	/* never NULL */
	char **bank_dirs;	/* the user's own, before ours */
	GPtrArray *accounts;	/* struct account */
	GPtrArray *boxes;	/* struct mailbox */
	GPtrArray *rules;	/* struct rule (rules.h), in their order */
	/* matching */
	double auto_probability;
	double auto_errors;	/* part of the bookings that may be wrong */
	int64_t fee_tolerance, rounding_tolerance;	/* minor units */
	int discount_grace_days;
	/* reminders */
	GPtrArray *policies;	/* struct policy */
	char *policy;		/* name of the default one */
	int bank_lag_days;	/* business days money needs to show */
	int window_from, window_to;	/* minutes of the customer's day */
	bool weekends;		/* letters on weekends and holidays too */
	GArray *closed;		/* struct closed, or NULL */
	int daily_cap;		/* reminders to one customer in one day */
	bool receipts;		/* send receipts */
	int answers;		/* automatic answers in a day; 0 none */
	GPtrArray *experiments;	/* struct experiment, in their order */
	/* the owner's digest */
	char *digest_days;	/* none, daily, business, weekly */
	int digest_at;		/* minutes of the owner's day */
	char *digest_to;	/* or NULL: email */
	struct instalment_terms instalments;
	/* sending */
	char *transport;	/* dir, sendmail, smtp, off */
	char *folder;		/* of dir; absolute after loading */
	char *sendmail;		/* command */
	char *smtp_host, *smtp_user, *smtp_password_command, *smtp_ca_file;
	char *smtp_auth;	/* password, xoauth2, oauthbearer */
	char *smtp_token_command;
	char *smtp_tls;		/* starttls, tls, none (loopback only) */
	int smtp_port, send_timeout;	/* seconds */
	int rate_limit;		/* letters in one run of send, 0: 200 */
	int hour_limit, day_limit;	/* letters in that time, 0 none */
	int ask_above;		/* more at once: the owner is asked; 0: by what
				 * is usual here */
	char *bounce;		/* address for bounces, or NULL: email */
	char *tag_delimiter;	/* between a local part and a tag; "none" */
	char *sign;		/* none, pgp, smime */
	char *sign_key;		/* as gpg or gpgsm know it */
	char *sign_home;	/* of GnuPG, absolute, or NULL: the user's own */
	char *unsubscribe_url;	/* https, with {tag} in it, or NULL */
	char *bcc;		/* address that gets a copy of all, or NULL */
	int deadline;		/* seconds for one delivery, 8 */
	/* gate */
	char *reinject;		/* a sendmail command, or smtp:HOST:PORT */
	int reinject_timeout;	/* seconds */
	int gate_days;		/* that a reminder is held at most */
};

/* Reads and checks the file: duplicates, unclosed braces, unknown policies
 * and banks, bad numbers, each "FILE:LINE: reason". NULL: *why, caller frees.
 * home makes relative paths absolute. */
struct config *config_load(const char *path, const char *home, char **why);
void config_free(struct config *config);	/* NULL allowed */

/* The command for the secret of smtp-auth; borrowed, or NULL. */
const char *smtp_secret_command(const struct config *config);

/* Borrowed; the account at a bank that comes first for a currency, or the
 * first one of all, or NULL: where customers pay to. */
const struct account *config_pay_account(const struct config *config,
    const char *currency);

/* Borrowed; the account that an event's account string (or an invoice's: the
 * IBAN or the account's name) means, or NULL. Understands spaces, aliases,
 * the domestic form of Czech and Slovak IBANs, and masked numbers when only
 * one account ends like that. */
const struct account *config_account(const struct config *config,
    const char *number);
const struct policy *config_policy(const struct config *config,
    const char *name);	/* NULL or unknown: the default */

/* The least balance that the policy chases in a currency: as written for it,
 * else the owner's carried over by what currencies are roughly worth. */
int64_t policy_minimum(const struct config *config,
    const struct policy *policy, const char *currency);

/* The step with this number, NULL: it has none. */
const struct step *policy_step(const struct policy *policy, int number);

/* Parses "after 3 days tone understanding term 7 days" (number left 0). */
struct step *step_parse(const char *text, char **why);
void step_free(struct step *step);

#endif
