/*
 * document.h - the invoice document: the JSON of mailfilter-invoice(5),
 * checked and computed by the rules of EN 16931-1. Pure: no clock, no store,
 * no file.
 */
#ifndef DOCUMENT_H
#define DOCUMENT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* Checks what a person wrote and computes all that follows from it, in place:
 * line nets, taxes, totals, default reasons and exemptions, type_code. What is
 * computed already is computed again and must agree. NULL when all is well,
 * else a sentence for a person that begins with the path of the field
 * ("lines[2].category: …") and says what was read and what to enter; the
 * caller frees it, and the document is then half done: throw it away.
 *
 * A document may lack "number" (it is given last, so that no error uses one
 * up); seller, buyer and currency must be filled in by the caller before.
 * "language" (default "en") chooses the words of default reasons. */
char *document_complete(json_t *document);

/* What a profile asks beyond EN 16931 (and EN 16931's formal rules that only
 * matter in XML): "en16931", "ubl", "cii", "factur-x", "xrechnung",
 * "xrechnung-cii", "peppol". The document is complete. NULL when it may be
 * written so, else a sentence like above. document_complete() asks it for the
 * document's own "profile". */
char *document_check_profile(const json_t *document, const char *profile);
/* Is it one of the names above? */
bool document_profile_known(const char *profile);

struct invoice;
/* Fills what struct invoice has of a complete document: type, number, date,
 * due, currency, amount (BT-112), tax (BT-110), opening = open = due
 * (BT-115), reference, po, the first discount, note. The rest stays as it
 * is; strings are set anew. False when an amount is missing or damaged. A
 * credit note's amounts are positive. */
bool document_to_invoice(const json_t *document, struct invoice *invoice);

/* The text at a path ("date", "buyer.address.city", "lines[0].unit",
 * "totals.due"), borrowed; NULL when there is none. */
const char *document_text(const json_t *document, const char *path);
/* The amount at group.key (group NULL: top) in the document's currency's
 * minor units; false when there is none. "tax_accounting" is in the currency
 * of the tax. */
bool document_amount(const json_t *document, const char *group,
    const char *key, int64_t *minor);
/* UNTDID 1001: "380", "381" …; by "type_code", else by "type". */
const char *document_type_code(const json_t *document);
bool document_is_credit(const json_t *document);

#endif
