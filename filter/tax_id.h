/*
 * tax_id.h - are the numbers that tax offices give written right? Format and
 * check digits; whether one is in force only its office knows. Pure.
 */
#ifndef TAX_ID_H
#define TAX_ID_H

#include <stdbool.h>

enum tax_id_status {
	TAX_ID_GOOD,
	TAX_ID_BAD,		/* *why says what is wrong */
	TAX_ID_UNKNOWN		/* we know no rule for this country */
};

/* Checks a tax id of a country (ISO 3166 code; "EL" and "XI" too). VAT ids of
 * the EU, GB, XI, CH, NO; Spanish NIF, Italian codice fiscale, Brazilian CPF
 * and CNPJ, Russian INN, Indian GSTIN, Australian ABN, American EIN.
 * *normalised: without spaces and marks; a VAT id of the EU or XI begins with
 * its country ("DE136695976", Greece "EL"). Both out arguments may be NULL;
 * the caller frees them; what is not set is NULL. */
enum tax_id_status tax_id_check(const char *country, const char *text,
    char **normalised, char **why);
/* Is it a VAT id with its country before it, as EN 16931 wants it (BT-31,
 * BT-48, BT-63; BR-CO-9)? */
bool tax_id_is_vat(const char *text);

#endif
