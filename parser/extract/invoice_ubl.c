/*
 * invoice_ubl.c - where UBL 2.1 (Invoice, CreditNote) keeps the business
 * terms of EN 16931: CEN/TS 16931-3-2 as a table.
 */
#include "invoice_terms.h"

#define END {NULL, NULL, NULL, NULL}
#define TEXT(path, key) {path, key, term_text, NULL}
#define LINES(path, key) {path, key, term_lines, NULL}
#define DAY(path, key) {path, key, term_day, NULL}
#define DECIMAL(path, key) {path, key, term_decimal, NULL}
#define AMOUNT(path, key) {path, key, term_amount, NULL}
#define EACH(path, key, group) {path, key, term_each, group}
#define GROUP(path, key, group) {path, key, term_group, group}
#define INSIDE(path, group) {path, NULL, term_inside, group}

static const struct term address[] = {
	TEXT("StreetName", "street"),				/* BT-35 */
	TEXT("AdditionalStreetName", "street2"),		/* BT-36 */
	TEXT("AddressLine/Line", "street3"),			/* BT-162 */
	TEXT("PostalZone", "postcode"),				/* BT-38 */
	TEXT("CityName", "city"),				/* BT-37 */
	TEXT("CountrySubentity", "region"),			/* BT-39 */
	TEXT("Country/IdentificationCode", "country"),		/* BT-40 */
	END
};

static const struct term identifier[] = {
	TEXT("ID", "id"),					/* BT-29 */
	TEXT("ID/@schemeID", "scheme"),
	END
};

static const struct term contact[] = {
	TEXT("Name", "name"),					/* BT-41 */
	TEXT("Telephone", "phone"),				/* BT-42 */
	TEXT("ElectronicMail", "email"),			/* BT-43 */
	END
};

#define LEGAL(scheme) \
	TEXT("PartyLegalEntity/CompanyID", "legal_id"),	/* BT-30, 61 */ \
	TEXT("PartyLegalEntity/CompanyID/@schemeID", scheme)

static const struct term party[] = {
	TEXT("PartyLegalEntity/RegistrationName", "name"),	/* BT-27 */
	TEXT("PartyName/Name", "trading_name"),			/* BT-28 */
	EACH("PartyIdentification[ID/@schemeID!=SEPA]", "ids", identifier),
	LEGAL("legal_scheme"),
	TEXT("PartyLegalEntity/CompanyLegalForm", "legal_info"), /* BT-33 */
	TEXT("PartyTaxScheme[TaxScheme/ID=VAT]/CompanyID", "tax_id"), /* 31 */
	/* What Norway wants there is no number (NO-R-2). */
	TEXT("PartyTaxScheme[TaxScheme/ID!=VAT][CompanyID!="
	    "Foretaksregisteret]/CompanyID", "tax_number"),	/* BT-32 */
	TEXT("EndpointID", "endpoint"),				/* BT-34 */
	TEXT("EndpointID/@schemeID", "endpoint_scheme"),
	GROUP("PostalAddress", "address", address),
	GROUP("Contact", "contact", contact),
	END
};

static const struct term payee_id[] = {
	TEXT("ID", "id"),					/* BT-60 */
	TEXT("ID/@schemeID", "id_scheme"),
	END
};

static const struct term payee_party[] = {
	TEXT("PartyName/Name", "name"),				/* BT-59 */
	INSIDE("PartyIdentification[ID/@schemeID!=SEPA]", payee_id),
	LEGAL("legal_scheme"),
	END
};

static const struct term representative[] = {
	TEXT("PartyName/Name", "name"),				/* BT-62 */
	TEXT("PartyTaxScheme/CompanyID", "tax_id"),		/* BT-63 */
	GROUP("PostalAddress", "address", address),
	END
};

static const struct term delivery[] = {
	TEXT("DeliveryParty/PartyName/Name", "name"),		/* BT-70 */
	TEXT("DeliveryLocation/ID", "id"),			/* BT-71 */
	TEXT("DeliveryLocation/ID/@schemeID", "id_scheme"),
	GROUP("DeliveryLocation/Address", "address", address),
	END
};

static const struct term period[] = {
	DAY("StartDate", "from"),				/* BT-73 */
	DAY("EndDate", "to"),					/* BT-74 */
	END
};

static const struct term note[] = {
	{"", "text", term_note, NULL},				/* BT-21, 22 */
	END
};

static const struct term preceding[] = {
	TEXT("ID", "number"),					/* BT-25 */
	DAY("IssueDate", "date"),				/* BT-26 */
	END
};

static const struct term attachment[] = {
	TEXT("ID", "id"),					/* BT-122 */
	TEXT("DocumentDescription", "description"),		/* BT-123 */
	TEXT("Attachment/ExternalReference/URI", "url"),	/* BT-124 */
	TEXT("Attachment/EmbeddedDocumentBinaryObject/@mimeCode", "mime"),
	TEXT("Attachment/EmbeddedDocumentBinaryObject/@filename", "name"),
	{"Attachment/EmbeddedDocumentBinaryObject", "content", term_file,
	    NULL},						/* BT-125 */
	END
};

static const struct term account[] = {
	{"ID", NULL, term_account, NULL},			/* BT-84 */
	TEXT("Name", "holder"),					/* BT-85 */
	TEXT("FinancialInstitutionBranch/ID", "bic"),		/* BT-86 */
	END
};

static const struct term allowance[] = {
	AMOUNT("Amount", "amount"),				/* BT-92 */
	AMOUNT("BaseAmount", "base"),				/* BT-93 */
	DECIMAL("MultiplierFactorNumeric", "percent"),		/* BT-94 */
	TEXT("AllowanceChargeReason", "reason"),		/* BT-97 */
	TEXT("AllowanceChargeReasonCode", "reason_code"),	/* BT-98 */
	TEXT("TaxCategory/ID", "category"),			/* BT-95 */
	DECIMAL("TaxCategory/Percent", "rate"),			/* BT-96 */
	END
};

#define ALLOWANCES \
	EACH("AllowanceCharge[ChargeIndicator=false|0]", "allowances", \
	    allowance), \
	EACH("AllowanceCharge[ChargeIndicator=true|1]", "charges", allowance)

static const struct term tax[] = {
	TEXT("TaxCategory/ID", "category"),			/* BT-118 */
	DECIMAL("TaxCategory/Percent", "rate"),			/* BT-119 */
	AMOUNT("TaxableAmount", "base"),			/* BT-116 */
	AMOUNT("TaxAmount", "amount"),				/* BT-117 */
	TEXT("TaxCategory/TaxExemptionReason", "reason"),	/* BT-120 */
	TEXT("TaxCategory/TaxExemptionReasonCode", "reason_code"),
	END
};

static const struct term class[] = {
	TEXT("", "code"),					/* BT-158 */
	TEXT("@listID", "scheme"),
	TEXT("@listVersionID", "version"),
	END
};

static const struct term attribute[] = {
	TEXT("Name", "name"),					/* BT-160 */
	TEXT("Value", "value"),					/* BT-161 */
	END
};

static const struct term item[] = {
	TEXT("Name", "text"),					/* BT-153 */
	LINES("Description", "description"),			/* BT-154 */
	TEXT("SellersItemIdentification/ID", "seller_id"),	/* BT-155 */
	TEXT("BuyersItemIdentification/ID", "buyer_id"),	/* BT-156 */
	TEXT("StandardItemIdentification/ID", "standard_id"),	/* BT-157 */
	TEXT("StandardItemIdentification/ID/@schemeID", "standard_scheme"),
	EACH("CommodityClassification/ItemClassificationCode", "classes",
	    class),
	TEXT("OriginCountry/IdentificationCode", "origin"),	/* BT-159 */
	EACH("AdditionalItemProperty", "attributes", attribute),
	TEXT("ClassifiedTaxCategory/ID", "category"),		/* BT-151 */
	DECIMAL("ClassifiedTaxCategory/Percent", "rate"),	/* BT-152 */
	END
};

static const struct term price[] = {
	DECIMAL("PriceAmount", "price"),			/* BT-146 */
	DECIMAL("BaseQuantity", "price_quantity"),		/* BT-149 */
	TEXT("BaseQuantity/@unitCode", "price_unit"),		/* BT-150 */
	DECIMAL("AllowanceCharge/Amount", "price_discount"),	/* BT-147 */
	DECIMAL("AllowanceCharge/BaseAmount", "gross_price"),	/* BT-148 */
	END
};

static const struct term line[] = {
	TEXT("ID", "id"),					/* BT-126 */
	LINES("Note", "note"),					/* BT-127 */
	TEXT("DocumentReference[DocumentTypeCode!=50|916]/ID", "object"),
	TEXT("DocumentReference[DocumentTypeCode!=50|916]/ID/@schemeID",
	    "object_scheme"),					/* BT-128 */
	DECIMAL("InvoicedQuantity", "quantity"),		/* BT-129 */
	DECIMAL("CreditedQuantity", "quantity"),
	TEXT("InvoicedQuantity/@unitCode", "unit"),		/* BT-130 */
	TEXT("CreditedQuantity/@unitCode", "unit"),
	AMOUNT("LineExtensionAmount", "net"),			/* BT-131 */
	TEXT("OrderLineReference/LineID", "po_line"),		/* BT-132 */
	TEXT("AccountingCost", "accounting"),			/* BT-133 */
	GROUP("InvoicePeriod", "period", period),		/* BG-26 */
	ALLOWANCES,						/* BG-27, 28 */
	INSIDE("Item", item),
	INSIDE("Price", price),
	END
};

static const struct term payment[] = {
	TEXT("PaymentMeansCode", "means"),			/* BT-81 */
	TEXT("PaymentMeansCode/@name", "means_text"),		/* BT-82 */
	TEXT("PaymentID", "reference"),				/* BT-83 */
	EACH("PayeeFinancialAccount", "accounts", account),	/* BG-17 */
	TEXT("CardAccount/PrimaryAccountNumberID", "card.number"), /* 87 */
	TEXT("CardAccount/HolderName", "card.holder"),		/* BT-88 */
	TEXT("PaymentMandate/ID", "mandate.reference"),		/* BT-89 */
	TEXT("PaymentMandate/PayerFinancialAccount/ID", "mandate.account"),
	END
};

static const struct term payments[] = {
	INSIDE("PaymentMeans", payment),
	TEXT("AccountingSupplierParty/Party/PartyIdentification/"
	    "ID[@schemeID=SEPA]", "mandate.creditor"),		/* BT-90 */
	TEXT("PayeeParty/PartyIdentification/ID[@schemeID=SEPA]",
	    "mandate.creditor"),
	END
};

static const struct term totals[] = {
	AMOUNT("LineExtensionAmount", "totals.lines"),	/* BT-106 */
	AMOUNT("AllowanceTotalAmount", "totals.allowances"),	/* BT-107 */
	AMOUNT("ChargeTotalAmount", "totals.charges"),	/* BT-108 */
	AMOUNT("TaxExclusiveAmount", "totals.net"),	/* BT-109 */
	AMOUNT("TaxInclusiveAmount", "totals.gross"),	/* BT-112 */
	AMOUNT("PrepaidAmount", "totals.prepaid"),	/* BT-113 */
	AMOUNT("PayableRoundingAmount", "totals.rounding"),	/* BT-114 */
	AMOUNT("PayableAmount", "totals.due"),	/* BT-115 */
	END
};

const struct term invoice_ubl[] = {
	{"CustomizationID", "profile", term_profile, NULL},	/* BT-24 */
	TEXT("ID", "number"),					/* BT-1 */
	DAY("IssueDate", "date"),				/* BT-2 */
	DAY("DueDate", "due"),					/* BT-9 */
	DAY("PaymentMeans/PaymentDueDate", "due"),
	{"InvoiceTypeCode", NULL, term_type, NULL},		/* BT-3 */
	{"CreditNoteTypeCode", NULL, term_type, NULL},
	EACH("Note", "notes", note),				/* BG-1 */
	DAY("TaxPointDate", "tax_point"),			/* BT-7 */
	{"InvoicePeriod/DescriptionCode", "tax_point_code", term_tax_time,
	    NULL},						/* BT-8 */
	TEXT("DocumentCurrencyCode", "currency"),		/* BT-5 */
	TEXT("TaxCurrencyCode", "tax_currency"),		/* BT-6 */
	TEXT("AccountingCost", "accounting"),			/* BT-19 */
	TEXT("BuyerReference", "buyer_reference"),		/* BT-10 */
	GROUP("InvoicePeriod", "period", period),		/* BG-14 */
	/* "NA": none, where there must be one beside BT-14. */
	TEXT("OrderReference[ID!=NA]/ID", "po"),		/* BT-13 */
	TEXT("OrderReference/SalesOrderID", "sales_order"),	/* BT-14 */
	EACH("BillingReference/InvoiceDocumentReference", "preceding",
	    preceding),						/* BG-3 */
	TEXT("DespatchDocumentReference/ID", "despatch"),	/* BT-16 */
	TEXT("ReceiptDocumentReference/ID", "receipt"),		/* BT-15 */
	TEXT("OriginatorDocumentReference/ID", "tender"),	/* BT-17 */
	TEXT("ContractDocumentReference/ID", "contract"),	/* BT-12 */
	TEXT("ProjectReference/ID", "project"),			/* BT-11 */
	TEXT("AdditionalDocumentReference[DocumentTypeCode=50]/ID", "project"),
	TEXT("AdditionalDocumentReference[DocumentTypeCode=130]/ID", "object"),
	TEXT("AdditionalDocumentReference[DocumentTypeCode=130]/ID/@schemeID",
	    "object_scheme"),					/* BT-18 */
	EACH("AdditionalDocumentReference[DocumentTypeCode!=50|130]",
	    "attachments", attachment),				/* BG-24 */
	GROUP("AccountingSupplierParty/Party", "seller", party), /* BG-4 */
	GROUP("AccountingCustomerParty/Party", "buyer", party),	/* BG-7 */
	GROUP("PayeeParty", "payee", payee_party),		/* BG-10 */
	GROUP("TaxRepresentativeParty", "representative", representative),
	GROUP("Delivery", "delivery", delivery),		/* BG-13 */
	DAY("Delivery/ActualDeliveryDate", "delivered"),	/* BT-72 */
	GROUP("", "payment", payments),				/* BG-16 */
	{"PaymentTerms/Note", "terms", term_conditions, NULL},	/* BT-20 */
	ALLOWANCES,						/* BG-20, 21 */
	EACH("TaxTotal/TaxSubtotal", "taxes", tax),		/* BG-23 */
	{"TaxTotal/TaxAmount", "totals.tax", term_tax_total, NULL}, /* 110 */
	INSIDE("LegalMonetaryTotal", totals),			/* BG-22 */
	EACH("InvoiceLine", "lines", line),			/* BG-25 */
	EACH("CreditNoteLine", "lines", line),
	END
};
