/*
 * codes.h - code lists of electronic invoices (units, schemes, payment means,
 * exemption codes …): facts from filter/codes, compiled in. Pure.
 */
#ifndef CODES_H
#define CODES_H

#include <stdbool.h>

enum code_list {
	CODES_UNIT,		/* UN/ECE Rec 20, and Rec 21 with an X before */
	CODES_COUNTRY,		/* ISO 3166-1 alpha-2, and XI, 1A */
	CODES_EAS,		/* endpoint schemes (electronic addresses) */
	CODES_ICD,		/* ISO 6523 schemes of identifiers */
	CODES_TYPE,		/* UNTDID 1001, as EN 16931 admits them */
	CODES_MEANS,		/* UNTDID 4461: payment means */
	CODES_ALLOWANCE,	/* UNTDID 5189 */
	CODES_CHARGE,		/* UNTDID 7161 */
	CODES_SUBJECT,		/* UNTDID 4451: what a note is about */
	CODES_TAX_POINT,	/* UNTDID 2475: 3, 35, 432 */
	CODES_VATEX,		/* reasons of an exemption (CEF) */
	CODES_CATEGORY,		/* UNTDID 5305: S Z E AE K G O L M B */
	CODES_CLASS,		/* UNTDID 7143: kinds of article numbers */
	CODES_REFERENCE,	/* UNTDID 1153: kinds of object identifiers */
	CODES_MIME,		/* what may be attached (BT-125) */
	CODE_LISTS
};

/* The English name of a code, exactly as listed (no case folding), or NULL
 * when the list does not have it. Borrowed for ever. */
const char *code_name(enum code_list list, const char *code);
/* The code that a person probably meant by a text, or NULL. Borrowed. */
const char *code_near(enum code_list list, const char *text);
/* "Std", "hours", "Stück", "шт", "HUR" -> "HUR" …, NULL when nobody writes a
 * unit so. Case and a full stop at the end do not matter. Borrowed. */
const char *unit_code(const char *text);
/* What an invoice says by itself, in a language ("de", "pt-BR", else English):
 * why no tax is charged, for a category (E AE K G O) or a VATEX code;
 * "allowance", "charge" and "withholding" when nobody gave a reason. NULL when
 * there are no words; the caller frees. */
char *reason_words(const char *key, const char *language);
/* The VATEX code that says no more than the category does, or NULL. */
const char *exemption_code(const char *category);
/* The only category that a VATEX code goes with, or NULL: E or any. */
const char *exemption_category(const char *code);

#endif
