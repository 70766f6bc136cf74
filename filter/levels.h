/*
 * levels.h - the levels of evidence that a hypothesis can stand on, and what
 * each is worth (pure, inside the matcher only).
 */
#ifndef LEVELS_H
#define LEVELS_H

#include "amounts.h"

enum level {
	LEVEL_NOTHING,

	/* who paid */
	PARTY_ACCOUNT_NAME,	/* the customer's own account, and the name */
	PARTY_ACCOUNT,		/* … no name told, or one a little like it */
	PARTY_ACCOUNT_OTHER_NAME,
	PARTY_MASKED_NAME,	/* only the ends of the account are legible */
	PARTY_MASKED,
	PARTY_SHARED_NAME,	/* an account of several: the name says which */
	PARTY_SHARED,
	PARTY_ALIAS,		/* a name that was confirmed for the customer */
	PARTY_COMPANY,		/* a company's name in full, nobody else's */
	PARTY_PERSON,
	PARTY_BEHALF,		/* named as the one for whom it was paid */
	PARTY_IN_TEXT,		/* the name stands in the text, nobody has
				 * the payer's */
	PARTY_RARE,		/* a person's name in full, and a rare one */
	PARTY_NAME_MOST, PARTY_NAME_SOME, PARTY_NAME_FAINT,
	PARTY_OTHER_FORM,	/* the name, but another legal form */
	PARTY_NAMESAKES,	/* in full, and somebody else's as well */
	PARTY_OTHERS_ACCOUNT,	/* it is known, and as somebody else's */
	PARTY_ANOTHER,		/* it is surely another customer's money */
	PARTY_STRANGER,		/* told, and nobody we know */
	PARTY_UNTOLD,

	/* how the text names the invoice */
	REFERENCE_STRUCTURED, REFERENCE_WHOLE,
	REFERENCE_PART,		/* whole but short, or without prefix or year */
	REFERENCE_FEW,		/* … and few digits */
	REFERENCE_GLUED, REFERENCE_MISREAD,
	REFERENCE_LISTED, REFERENCE_COUNTER,
	REFERENCE_CUT, REFERENCE_SWAPPED, REFERENCE_TYPO,
	REFERENCE_OTHER,	/* introduced as something else */
	REFERENCE_WEAK,
	REFERENCE_SLIP,		/* what it names is what a slip makes of it */
	REFERENCE_NONE,

	/* what else the text names, when it names this one … */
	OTHERS_ALSO_OWN,	/* one more of the same customer */
	OTHERS_ALSO_PAID, OTHERS_ALSO_FOREIGN,
	OTHERS_ALSO_FAINT,
	/* … and when it does not */
	OTHERS_OWN, OTHERS_PAID, OTHERS_FOREIGN, OTHERS_FOREIGN_PAID,
	OTHERS_FAINT,
	OTHERS_UNREAD,		/* a number that no invoice has */
	OTHERS_ALSO_UNREAD,
	OTHERS_NONE,

	/* what the amount is: of an invoice that is named, or is not */
	AMOUNT_NAMED,
	AMOUNT_UNNAMED = AMOUNT_NAMED + AMOUNT_KINDS,

	/* … named, but the amount tells another story */
	NAMED_OVER_FAR = AMOUNT_UNNAMED + AMOUNT_KINDS,	/* twice and more */
	NAMED_OVER_ELSEWHERE,	/* another of theirs is exactly that */
	NAMED_PART_ELSEWHERE,

	/* for what the text says that it is, when it names nothing */
	PURPOSE_IS_OTHER, PURPOSE_IS_AHEAD, PURPOSE_IS_INVOICE,
	PURPOSE_IS_SILENT,

	/* how easily chance makes that amount, when nothing names it */
	RIVALS_ONE, RIVALS_FEW, RIVALS_MANY, RIVALS_CROWD,
	/* … of a sum: how many like it chance would give */
	CHANCE_NEVER, CHANCE_RARE, CHANCE_SOME, CHANCE_OFTEN, CHANCE_LIKELY,
	CHANCE_SURE, CHANCE_UNTOLD,

	/* the day, against the day it is due */
	DAY_BEFORE_INVOICE, DAY_EARLY, DAY_DUE, DAY_LATE, DAY_VERY_LATE,
	DAY_FORGOTTEN,
	/* … or against the days of this customer */
	DAY_USUAL, DAY_POSSIBLE, DAY_UNUSUAL,

	/* the day or month of the invoice that the text tells (enum dated) */
	TOLD_DAY, TOLD_MONTH, TOLD_FAINT, TOLD_ANOTHER,

	LEVELS
};

struct level_row {
	const char *family, *name;
	double odds;		/* natural logarithm */
};

/* odds.c, made by tests/bench/fit.py. */
extern const struct level_row level_rows[LEVELS];
extern const double odds_prior;

#endif
