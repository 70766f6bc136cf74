/*
 * labels.h - the words of bank mails, by language: data files
 * words/LANG.labels (LANG: ISO 639-1). Internal to parser/.
 *
 * UTF-8, "#" begins a comment line, one "KEY VALUE" a line. Values are words
 * and compared word by word: without case, accents and punctuation (so "a/c"
 * is two words, "l'importo" too); characters of Chinese and Japanese are a
 * word each. A phrase that is part of a longer known one does not count where
 * the longer one stands ("not credited" under failed hides "credited"), so
 * list the longer one whenever a short one would be wrong.
 *
 * Habits of the country or countries (the same key may come again):
 *   decimal ,            the decimal marks in use: "," or "." (or both)
 *   grouping . space '   what may group digits: "." "," "'" or "space"
 *   dates dmy            dmy, mdy or ymd
 *   home CZK             what a labelled amount without any currency is in;
 *                        only where that is beyond doubt
 *   currency CODE S...   spellings of a currency: each word one spelling, "_"
 *                        for a blank in it (MX$ R$ korun_českých). One that
 *                        several currencies share ("$", "kr", "pesos") is
 *                        decided by hints, the sender's country, the decimals;
 *                        else it is USD where that is one of them; else the
 *                        amount is said and its currency refused
 *   hint CODE PHRASE     what only mails about that currency say ("clabe")
 *
 * Labels, what stands before (or above) a value; the phrase is the whole
 * label, without its colon:
 *   amount               the money that moved
 *   credit-amount        the same and it came in (column "Haber", "Paid in")
 *   debit-amount         the same and it went out
 *   unit                 the currency on a line or column of its own
 *   payer, payer-account who sends, and from which account (IBAN, too)
 *   payee, payee-account who receives (us, for a credit)
 *   account              our account
 *   counterparty, counter-account   the other side, whoever sends
 *   reference            what the payer was asked to quote, structured
 *   remittance           the payer's free text
 *   bank-reference, end-to-end      identifiers made by a bank
 *   variable-symbol, constant-symbol, specific-symbol
 *   booked, value        days: of booking (any "date"), of value
 *   type                 the kind of the movement; its value is searched for
 *                        the phrases below
 *   balance, fee, limit, tax, card  amounts and numbers that are never ours:
 *                        limit: due, minimum due, credit line ... too
 *   other                any other label: exchange rate, original amount,
 *                        phone, branch, status ... (its value is left alone)
 *
 * Phrases, what the mail (or a line, a row) is about:
 *   credit               money came in ("has been credited", "gutgeschrieben")
 *   debit                money went out, own outgoing transfers too
 *   return               money once received was taken back (bounced direct
 *                        debit, chargeback)
 *   refund               own money came back (card refund, own transfer
 *                        returned, reversal of a payment made)
 *   card-use             paid by card, or a bill of the own card was paid
 *   request              somebody asks for money
 *   failed               declined, failed, on hold, pending, not done
 *   future               scheduled, will be done, is due
 *   otp                  a one-time code (not a footer's warning about codes)
 *   marketing            offers, loans, cashback to be earned
 *   statement            a statement or bill is ready, a summary
 *   advice               a person says "we have paid", "our payment to you"
 *   greeting             the line that greets begins so
 *   footer               from here on no facts (do not reply, legal notes)
 *   from, to, on         the words in front of a payer, a payee, a day
 *
 * Sentences: sentence KIND PATTERN, KIND one of the phrase keys from credit to
 * advice. Words and slots; {amount} {payer} {payee} {account} {payer_account}
 * {reference} {remittance} {bank_reference} {date} take a value, {_} skips up
 * to eight words. Punctuation in between does not count, all is within one
 * paragraph; the last slot ends with the sentence. At least one word, and at
 * least one more word between two slots of text (payer, payee, remittance, _).
 *   sentence credit has recibido una transferencia de {amount} de {payer}
 */
#ifndef LABELS_H
#define LABELS_H

#include "lex.h"

enum labels_key {
	LABEL_AMOUNT, LABEL_CREDIT_AMOUNT, LABEL_DEBIT_AMOUNT, LABEL_UNIT,
	LABEL_PAYER, LABEL_PAYER_ACCOUNT, LABEL_PAYEE, LABEL_PAYEE_ACCOUNT,
	LABEL_ACCOUNT, LABEL_COUNTERPARTY, LABEL_COUNTER_ACCOUNT,
	LABEL_REFERENCE, LABEL_REMITTANCE, LABEL_BANK_REFERENCE,
	LABEL_END_TO_END, LABEL_VARIABLE_SYMBOL, LABEL_CONSTANT_SYMBOL,
	LABEL_SPECIFIC_SYMBOL, LABEL_BOOKED, LABEL_VALUE, LABEL_TYPE,
	LABEL_BALANCE, LABEL_FEE, LABEL_LIMIT, LABEL_TAX, LABEL_CARD,
	LABEL_OTHER,
	LABELS_LABELS,		/* how many: all below here are no labels */
	PHRASE_CREDIT = LABELS_LABELS, PHRASE_DEBIT, PHRASE_RETURN,
	PHRASE_REFUND, PHRASE_CARD_USE, PHRASE_REQUEST, PHRASE_FAILED,
	PHRASE_FUTURE, PHRASE_OTP, PHRASE_MARKETING, PHRASE_STATEMENT,
	PHRASE_ADVICE, PHRASE_GREETING, PHRASE_FOOTER,
	PHRASE_FROM, PHRASE_TO, PHRASE_ON,
	LABELS_HINT, LABELS_CURRENCY, LABELS_SENTENCE,
	LABELS_KEYS
};

enum labels_dates { DATES_DMY = 1, DATES_MDY = 2, DATES_YMD = 4 };

#define LABELS_LANGUAGES 64	/* so that a set of them is a uint64_t */

struct labels_language {
	char name[4];
	char decimal[4];	/* the marks in use, each one ASCII character */
	char grouping[8];	/* the same; ' ' for any blank */
	unsigned dates;		/* set of enum labels_dates */
	char home[4];		/* "" when there is none */
};

/* What a run of words can be; several may stand at one place. */
struct labels_entry {
	unsigned next;		/* index of another one here, 0 at the end */
	uint8_t key;		/* enum labels_key */
	uint8_t language;	/* index */
	uint16_t extra;		/* of a currency or hint: index of its code;
				 * of a sentence: its index */
};

/* A part of a sentence: a word, or a slot. */
enum labels_slot {
	SLOT_WORD, SLOT_AMOUNT, SLOT_PAYER, SLOT_PAYEE, SLOT_ACCOUNT,
	SLOT_PAYER_ACCOUNT, SLOT_REFERENCE, SLOT_REMITTANCE,
	SLOT_BANK_REFERENCE, SLOT_DATE, SLOT_ANY
};

struct labels_part {
	enum labels_slot slot;
	unsigned word;		/* of SLOT_WORD */
};

struct labels_sentence {
	enum labels_key kind;
	uint8_t language;
	unsigned anchor, anchor_length;	/* the run of words that is indexed */
	unsigned count, parts;	/* how many, and the index of the first */
};

struct labels;

/* Reads all *.labels of the folders (NULL or NULL-terminated). Never NULL;
 * bad lines go as "FILE:LINE: reason" into problems (may be NULL). */
struct labels *labels_load(const char *const *dirs, GPtrArray *problems);
/* The two steps of it: the files in one text, and the words out of that. */
GString *labels_files(const char *const *dirs, GPtrArray *problems);
struct labels *labels_parse(const char *files, GPtrArray *problems);
/* A folder's vocabularies as one file beside them, ready to be looked up:
 * written when the program is built, mapped when it runs. labels_map() gives
 * NULL when there is none, or one that is older than a vocabulary, or when
 * another folder has vocabularies, too. */
#define LABELS_INDEX "labels.index"
bool labels_save(const struct labels *labels, const char *path);
struct labels *labels_map(const char *const *dirs);
/* The same from text, for one language. */
struct labels *labels_load_text(const char *language, const char *text,
    GPtrArray *problems);
void labels_free(struct labels *labels);	/* NULL allowed */

unsigned labels_count_languages(const struct labels *labels);
const struct labels_language *labels_language(const struct labels *labels,
    unsigned index);
/* A word's number, or 0 when no phrase has it. It is folded (lex.h). */
unsigned labels_word(const struct labels *labels, const char *folded,
    size_t length);
/* Walks phrases word by word: from LABELS_ROOT on; 0 when none goes on so. */
#define LABELS_ROOT 1u
unsigned labels_step(const struct labels *labels, unsigned node,
    unsigned word);
/* What ends at a node: the first entry, or NULL; then the next. */
const struct labels_entry *labels_first(const struct labels *labels,
    unsigned node);
const struct labels_entry *labels_next(const struct labels *labels,
    const struct labels_entry *entry);
const char *labels_code(const struct labels *labels, unsigned extra);
const struct labels_sentence *labels_sentence(const struct labels *labels,
    unsigned extra);
const struct labels_part *labels_parts(const struct labels *labels,
    const struct labels_sentence *sentence);
const char *labels_key_name(enum labels_key key);

#endif
