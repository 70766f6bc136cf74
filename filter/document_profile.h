/*
 * document_profile.h - the sets of rules that profiles of electronic invoices
 * are made of.
 */
#ifndef DOCUMENT_PROFILE_H
#define DOCUMENT_PROFILE_H

#include "document_internal.h"

#define RULES_EN 1u		/* EN 16931 in XML */
#define RULES_DE 2u		/* XRechnung, and Peppol between Germans */
#define RULES_PEPPOL 4u		/* Peppol BIS Billing 3 */

#define RULES_CII 8u		/* … written as CII */

/* document_peppol.c: the network's rules, those that XRechnung has too apart;
 * document_country.c: those of the seller's country. */
bool document_check_peppol(struct work *work, unsigned rules);
bool document_check_network(struct work *work, unsigned rules);
bool document_check_country(struct work *work, unsigned rules);

#endif
