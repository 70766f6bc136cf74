/*
 * invoice.c - an e-invoice in either syntax of EN 16931: elements by their
 * path of local names, as a table. Any DOCTYPE is refused; nothing outside is
 * reached.
 */
#include "invoice.h"

#include <libxml/parser.h>
#include <string.h>

#define CHUNK 16384
#define DEPTH_LIMIT 40
#define TEXT_LIMIT 2000u
#define PATH_LIMIT 600u

/* Sums that only have to agree. */
enum sum { SUM_NONE, SUM_TOTAL, SUM_TAX, SUM_NET, SUM_PREPAID, SUM_ROUNDING,
    SUM_DUE, SUMS };

static const struct row {
	const char *path;
	const char *scheme;	/* attribute schemeID that it must have */
	enum event_field field;	/* EVENT_FIELDS: a sum or a reference */
	enum sum sum;
	bool reference;
} rows[] = {
#define UBL(path, field) {"U/" path, NULL, field, SUM_NONE, false}
#define CII(path, field) {"C/" path, NULL, field, SUM_NONE, false}
#define UBL_SUM(path, sum) \
	{"U/LegalMonetaryTotal/" path, NULL, EVENT_FIELDS, sum, false}
#define SETTLEMENT \
	"SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement/"
#define CII_SUM(path, sum) \
	{"C/" SETTLEMENT "SpecifiedTradeSettlementHeaderMonetarySummation/" \
	path, NULL, EVENT_FIELDS, sum, false}
#define AGREEMENT "SupplyChainTradeTransaction/ApplicableHeaderTradeAgreement/"
#define SELLER "AccountingSupplierParty/Party/"
#define BUYER "AccountingCustomerParty/Party/"
	UBL("ID", EVENT_NUMBER),				/* BT-1 */
	UBL("IssueDate", EVENT_BOOKED),				/* BT-2 */
	UBL("InvoiceTypeCode", EVENT_TYPE),			/* BT-3 */
	UBL("CreditNoteTypeCode", EVENT_TYPE),
	UBL("DocumentCurrencyCode", EVENT_CURRENCY),		/* BT-5 */
	UBL("DueDate", EVENT_DUE),				/* BT-9 */
	UBL("PaymentMeans/PaymentDueDate", EVENT_DUE),
	UBL("OrderReference/ID", EVENT_PO),			/* BT-13 */
	{"U/BillingReference/InvoiceDocumentReference/ID", NULL, EVENT_FIELDS,
	    SUM_NONE, true},					/* BT-25 */
	UBL(SELLER "PartyLegalEntity/RegistrationName", EVENT_SELLER), /* 27 */
	UBL(SELLER "PartyName/Name", EVENT_SELLER),		/* BT-28 */
	UBL(SELLER "PartyTaxScheme/CompanyID", EVENT_SELLER_ID), /* BT-31 */
	UBL(BUYER "PartyLegalEntity/RegistrationName", EVENT_PAYER), /* 44 */
	UBL(BUYER "PartyName/Name", EVENT_PAYER),		/* BT-45 */
	UBL(BUYER "PartyTaxScheme/CompanyID", EVENT_BUYER_ID),	/* BT-48 */
	UBL(BUYER "PartyIdentification/ID", EVENT_BUYER_ID),	/* BT-46 */
	{"U/" BUYER "EndpointID", "EM", EVENT_CONTACT, SUM_NONE, false}, /* 49 */
	UBL(BUYER "PostalAddress/Country/IdentificationCode",
	    EVENT_COUNTRY),					/* BT-55 */
	UBL(BUYER "Contact/ElectronicMail", EVENT_CONTACT),	/* BT-58 */
	UBL("PaymentMeans/PaymentID", EVENT_REFERENCE),		/* BT-83 */
	UBL("PaymentMeans/PayeeFinancialAccount/ID", EVENT_ACCOUNT), /* 84 */
	{"U/TaxTotal/TaxAmount", NULL, EVENT_FIELDS, SUM_TAX, false}, /* 110 */
	UBL_SUM("TaxExclusiveAmount", SUM_NET),			/* BT-109 */
	UBL_SUM("TaxInclusiveAmount", SUM_TOTAL),		/* BT-112 */
	UBL_SUM("PrepaidAmount", SUM_PREPAID),			/* BT-113 */
	UBL_SUM("PayableRoundingAmount", SUM_ROUNDING),		/* BT-114 */
	UBL_SUM("PayableAmount", SUM_DUE),			/* BT-115 */

	CII("ExchangedDocument/ID", EVENT_NUMBER),
	CII("ExchangedDocument/TypeCode", EVENT_TYPE),
	CII("ExchangedDocument/IssueDateTime/DateTimeString", EVENT_BOOKED),
	CII(AGREEMENT "SellerTradeParty/Name", EVENT_SELLER),
	{"C/" AGREEMENT "SellerTradeParty/SpecifiedTaxRegistration/ID", "VA",
	    EVENT_SELLER_ID, SUM_NONE, false},
	CII(AGREEMENT "BuyerTradeParty/Name", EVENT_PAYER),
	{"C/" AGREEMENT "BuyerTradeParty/SpecifiedTaxRegistration/ID", "VA",
	    EVENT_BUYER_ID, SUM_NONE, false},
	CII(AGREEMENT "BuyerTradeParty/ID", EVENT_BUYER_ID),
	{"C/" AGREEMENT "BuyerTradeParty/URIUniversalCommunication/URIID",
	    "EM", EVENT_CONTACT, SUM_NONE, false},
	CII(AGREEMENT "BuyerTradeParty/DefinedTradeContact/"
	    "EmailURIUniversalCommunication/URIID", EVENT_CONTACT),
	CII(AGREEMENT "BuyerTradeParty/PostalTradeAddress/CountryID",
	    EVENT_COUNTRY),
	CII(AGREEMENT "BuyerOrderReferencedDocument/IssuerAssignedID",
	    EVENT_PO),
	CII(SETTLEMENT "PaymentReference", EVENT_REFERENCE),
	CII(SETTLEMENT "InvoiceCurrencyCode", EVENT_CURRENCY),
	CII(SETTLEMENT "SpecifiedTradeSettlementPaymentMeans/"
	    "PayeePartyCreditorFinancialAccount/IBANID", EVENT_ACCOUNT),
	CII(SETTLEMENT "SpecifiedTradePaymentTerms/DueDateDateTime/"
	    "DateTimeString", EVENT_DUE),
	{"C/" SETTLEMENT "InvoiceReferencedDocument/IssuerAssignedID", NULL,
	    EVENT_FIELDS, SUM_NONE, true},
	CII_SUM("TaxBasisTotalAmount", SUM_NET),
	CII_SUM("TaxTotalAmount", SUM_TAX),
	CII_SUM("GrandTotalAmount", SUM_TOTAL),
	CII_SUM("TotalPrepaidAmount", SUM_PREPAID),
	CII_SUM("RoundingAmount", SUM_ROUNDING),
	CII_SUM("DuePayableAmount", SUM_DUE),
};

struct reading {
	struct event *event;
	xmlParserCtxtPtr parser;
	GString *path, *text;
	char *scheme;		/* schemeID of the innermost element */
	char *sums[SUMS];
	int depth;
	bool known, credit;	/* root of an invoice; of a credit note */
	bool bad;
};

static const struct {
	const char *root, *mark;
	bool credit;
} roots[] = {
	{"Invoice", "U", false}, {"CreditNote", "U", true},
	{"CrossIndustryInvoice", "C", false},
};

static void
on_start(void *user, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri, int namespaces, const xmlChar **namespace_list,
    int count, int defaulted, const xmlChar **attributes)
{
	struct reading *r = user;

	(void)prefix, (void)uri, (void)namespaces, (void)namespace_list;
	(void)defaulted;
	for (size_t i = 0; r->depth == 0 && i < G_N_ELEMENTS(roots); i++)
		if (strcmp((const char *)name, roots[i].root) == 0) {
			g_string_assign(r->path, roots[i].mark);
			r->known = true;
			r->credit = roots[i].credit;
		}
	if (!r->known || r->depth >= DEPTH_LIMIT || r->path->len > PATH_LIMIT) {
		r->bad = true;
		xmlStopParser(r->parser);
		return;
	}
	if (r->depth++ > 0)
		g_string_append_printf(r->path, "/%s", (const char *)name);
	g_string_truncate(r->text, 0);
	g_clear_pointer(&r->scheme, g_free);
	for (int i = 0; i < count; i++, attributes += 5)
		if (strcmp((const char *)attributes[0], "schemeID") == 0)
			r->scheme = g_strndup((const char *)attributes[3],
			    (size_t)(attributes[4] - attributes[3]));
}

/* "20261120" of format 102 as ISO day, others as they are. */
static char *
plain_day(const char *text)
{
	if (strlen(text) == 8 && strspn(text, "0123456789") == 8)
		return g_strdup_printf("%.4s-%.2s-%.2s", text, text + 4,
		    text + 6);
	return g_strndup(text, DAY_SIZE - 1);
}

static void
take(struct reading *r, const struct row *row)
{
	g_autofree char *day = NULL;
	const char *text = r->text->str;

	if (row->reference) {
		event_add_reference(r->event, text);
	} else if (row->sum != SUM_NONE) {
		if (!r->sums[row->sum])
			r->sums[row->sum] = g_strdup(text);
	} else if (!event_get(r->event, row->field)) {
		if (row->field == EVENT_BOOKED || row->field == EVENT_DUE)
			text = day = plain_day(text);
		event_set(r->event, row->field, text);
	}
}

static void
on_end(void *user, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri)
{
	struct reading *r = user;
	char *slash;

	(void)name, (void)prefix, (void)uri;
	g_strstrip(r->text->str);
	for (size_t i = 0; *r->text->str && i < G_N_ELEMENTS(rows); i++)
		if (strcmp(rows[i].path, r->path->str) == 0 &&
		    (!rows[i].scheme || !r->scheme ||
		    strcmp(rows[i].scheme, r->scheme) == 0))
			take(r, &rows[i]);
	g_string_truncate(r->text, 0);
	g_clear_pointer(&r->scheme, g_free);
	slash = strrchr(r->path->str, '/');
	if (slash)
		g_string_truncate(r->path, (gsize)(slash - r->path->str));
	r->depth--;
}

static void
on_text(void *user, const xmlChar *text, int length)
{
	struct reading *r = user;

	if (r->text->len + (size_t)length <= TEXT_LIMIT)
		g_string_append_len(r->text, (const char *)text, length);
}

static void
on_doctype(void *user, const xmlChar *name, const xmlChar *id,
    const xmlChar *system)
{
	struct reading *r = user;

	(void)name, (void)id, (void)system;
	r->bad = true;
	xmlStopParser(r->parser);
}

static void
be_quiet(void *user, xmlErrorPtr error)
{
	(void)user, (void)error;
}

/* ---- sums ------------------------------------------------------------------------ */

/* "1200.0" and "1200.000" are 1200.00; false when it is no exact amount. */
static bool
exact(const char *text, const char *currency, int64_t *minor)
{
	g_autofree char *plain = g_strdup(text ? text : "0");
	char *point = strchr(plain, '.');
	int digits = currency ? money_digits(currency) : -1;

	if (digits < 0)
		return false;
	for (size_t n = point ? strlen(point) : 0;
	    n > (size_t)digits + 1 && point[n - 1] == '0';)
		point[--n] = '\0';
	if (point && !point[1])
		*point = '\0';
	return money_parse(plain, currency, minor);
}

static void
set_sum(struct event *event, enum event_field field, int64_t minor,
    const char *currency)
{
	g_autofree char *text = money_format(minor, currency);

	event_set(event, field, text);
}

static void
add_up(struct reading *r)
{
	const char *currency = event_get(r->event, EVENT_CURRENCY);
	int64_t sum[SUMS] = {0};
	bool good = r->sums[SUM_TOTAL] && r->sums[SUM_DUE];

	for (int i = 1; good && i < SUMS; i++)
		good = exact(r->sums[i], currency, &sum[i]);
	if (!good || sum[SUM_TOTAL] < 0) {
		event_refuse(r->event, "amount", "no exact total");
		return;
	}
	set_sum(r->event, EVENT_AMOUNT, sum[SUM_TOTAL], currency);
	if (sum[SUM_DUE] >= 0)
		set_sum(r->event, EVENT_OPEN, sum[SUM_DUE], currency);
	if (sum[SUM_TAX] >= 0)
		set_sum(r->event, EVENT_TAX, sum[SUM_TAX], currency);
	if ((r->sums[SUM_NET] &&
	    sum[SUM_NET] + sum[SUM_TAX] != sum[SUM_TOTAL]) ||
	    sum[SUM_TOTAL] - sum[SUM_PREPAID] + sum[SUM_ROUNDING] !=
	    sum[SUM_DUE])
		event_refuse(r->event, "amount", "the totals do not add up");
}

static void
parse(struct reading *r, const char *bytes, size_t length)
{
	xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
	    .startElementNs = on_start, .endElementNs = on_end,
	    .characters = on_text, .cdataBlock = on_text,
	    .internalSubset = on_doctype, .serror = be_quiet};

	r->parser = xmlCreatePushParserCtxt(&sax, r, NULL, 0, NULL);
	xmlCtxtUseOptions(r->parser, XML_PARSE_NONET | XML_PARSE_NOWARNING);
	for (size_t at = 0; at < length && !r->bad; at += CHUNK)
		xmlParseChunk(r->parser, bytes + at,
		    (int)MIN(CHUNK, length - at), 0);
	if (!r->bad)
		xmlParseChunk(r->parser, "", 0, 1);
	r->bad |= !r->parser->wellFormed || !r->known;
	xmlFreeParserCtxt(r->parser);
}

struct event *
invoice_read(const char *bytes, size_t length)
{
	struct reading r = {.event = event_new(EVENT_INVOICE),
	    .path = g_string_new(NULL), .text = g_string_new(NULL)};

	parse(&r, bytes, length);
	if (!r.bad)
		add_up(&r);
	if (r.credit && !r.bad)
		event_set(r.event, EVENT_TYPE, "381");
	for (int i = 0; i < SUMS; i++)
		g_free(r.sums[i]);
	g_free(r.scheme);
	g_string_free(r.path, TRUE);
	g_string_free(r.text, TRUE);
	if (!r.bad && event_get(r.event, EVENT_NUMBER))
		return r.event;
	event_free(r.event);
	return NULL;
}
