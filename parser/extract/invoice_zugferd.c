/*
 * invoice_zugferd.c - ZUGFeRD 1 was made before CII D16B: the same elements
 * under older names, which become today's.
 */
#include "invoice_terms.h"

#include <string.h>

static const struct {
	const char *parent;	/* its new name ends so; NULL: any */
	const char *old, *now;
} names[] = {
	{NULL, "SpecifiedExchangedDocumentContext", "ExchangedDocumentContext"},
	{NULL, "HeaderExchangedDocument", "ExchangedDocument"},
	{NULL, "SpecifiedSupplyChainTradeTransaction",
	    "SupplyChainTradeTransaction"},
	{NULL, "ApplicableSupplyChainTradeAgreement",
	    "ApplicableHeaderTradeAgreement"},
	{NULL, "ApplicableSupplyChainTradeDelivery",
	    "ApplicableHeaderTradeDelivery"},
	{NULL, "ApplicableSupplyChainTradeSettlement",
	    "ApplicableHeaderTradeSettlement"},
	{NULL, "SpecifiedSupplyChainTradeAgreement",
	    "SpecifiedLineTradeAgreement"},
	{NULL, "SpecifiedSupplyChainTradeDelivery",
	    "SpecifiedLineTradeDelivery"},
	{NULL, "SpecifiedSupplyChainTradeSettlement",
	    "SpecifiedLineTradeSettlement"},
	{"ApplicableHeaderTradeSettlement",
	    "SpecifiedTradeSettlementMonetarySummation",
	    "SpecifiedTradeSettlementHeaderMonetarySummation"},
	{"SpecifiedLineTradeSettlement",
	    "SpecifiedTradeSettlementMonetarySummation",
	    "SpecifiedTradeSettlementLineMonetarySummation"},
	{NULL, "ApplicablePercent", "RateApplicablePercent"},
	{"ReferencedDocument", "ID", "IssuerAssignedID"},
	{"ReferencedDocument", "IssueDateTime", "FormattedIssueDateTime"},
};

void
invoice_rename(struct invoice_node *node)
{
	const char *above = node->parent ? node->parent->name : "";

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (strcmp(node->name, names[i].old) == 0 &&
		    (!names[i].parent || g_str_has_suffix(above,
		    names[i].parent))) {
			node->name = names[i].now;
			break;
		}
	for (struct invoice_node *child = node->first; child;
	    child = child->next)
		invoice_rename(child);
}
