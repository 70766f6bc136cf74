/*
 * invoice_cii.c - where UN/CEFACT CII D16B keeps the business terms of EN
 * 16931: CEN/TS 16931-3-3 as a table; Factur-X and ZUGFeRD in all profiles
 * are the same with more or fewer of them.
 */
#include "invoice_terms.h"

#define END {NULL, NULL, NULL, NULL}
#define TEXT(path, key) {path, key, term_text, NULL}
#define LINES(path, key) {path, key, term_lines, NULL}
#define DAY(path, key) {path "/DateTimeString", key, term_day, NULL}
#define DECIMAL(path, key) {path, key, term_decimal, NULL}
#define AMOUNT(path, key) {path, key, term_amount, NULL}
#define EACH(path, key, group) {path, key, term_each, group}
#define GROUP(path, key, group) {path, key, term_group, group}
#define INSIDE(path, group) {path, NULL, term_inside, group}

static const struct term address[] = {
	TEXT("LineOne", "street"),				/* BT-35 */
	TEXT("LineTwo", "street2"),				/* BT-36 */
	TEXT("LineThree", "street3"),				/* BT-162 */
	TEXT("PostcodeCode", "postcode"),			/* BT-38 */
	TEXT("CityName", "city"),				/* BT-37 */
	TEXT("CountrySubDivisionName", "region"),		/* BT-39 */
	TEXT("CountryID", "country"),				/* BT-40 */
	END
};

static const struct term identifier[] = {
	TEXT("", "id"),						/* BT-29 */
	TEXT("@schemeID", "scheme"),
	END
};

static const struct term contact[] = {
	TEXT("PersonName", "name"),				/* BT-41 */
	TEXT("DepartmentName", "name"),
	TEXT("TelephoneUniversalCommunication/CompleteNumber", "phone"),
	TEXT("EmailURIUniversalCommunication/URIID", "email"),	/* BT-43 */
	END
};

#define LEGAL \
	TEXT("SpecifiedLegalOrganization/ID", "legal_id"),	/* BT-30 */ \
	TEXT("SpecifiedLegalOrganization/ID/@schemeID", "legal_scheme")

static const struct term party[] = {
	TEXT("Name", "name"),					/* BT-27 */
	TEXT("SpecifiedLegalOrganization/TradingBusinessName",
	    "trading_name"),					/* BT-28 */
	EACH("ID", "ids", identifier),				/* BT-29 */
	EACH("GlobalID", "ids", identifier),
	LEGAL,
	LINES("Description", "legal_info"),			/* BT-33 */
	TEXT("SpecifiedTaxRegistration/ID[@schemeID=VA]", "tax_id"), /* 31 */
	TEXT("SpecifiedTaxRegistration/ID[@schemeID=FC]",
	    "tax_number"),					/* BT-32 */
	TEXT("URIUniversalCommunication/URIID", "endpoint"),	/* BT-34 */
	TEXT("URIUniversalCommunication/URIID/@schemeID", "endpoint_scheme"),
	GROUP("PostalTradeAddress", "address", address),
	GROUP("DefinedTradeContact", "contact", contact),
	END
};

static const struct term payee[] = {
	TEXT("Name", "name"),					/* BT-59 */
	TEXT("GlobalID", "id"),					/* BT-60 */
	TEXT("GlobalID/@schemeID", "id_scheme"),
	TEXT("ID", "id"),
	LEGAL,
	END
};

static const struct term representative[] = {
	TEXT("Name", "name"),					/* BT-62 */
	TEXT("SpecifiedTaxRegistration/ID", "tax_id"),		/* BT-63 */
	GROUP("PostalTradeAddress", "address", address),
	END
};

static const struct term delivery[] = {
	TEXT("Name", "name"),					/* BT-70 */
	TEXT("GlobalID", "id"),					/* BT-71 */
	TEXT("GlobalID/@schemeID", "id_scheme"),
	TEXT("ID", "id"),
	GROUP("PostalTradeAddress", "address", address),
	END
};

static const struct term period[] = {
	DAY("StartDateTime", "from"),				/* BT-73 */
	DAY("EndDateTime", "to"),				/* BT-74 */
	END
};

static const struct term note[] = {
	TEXT("SubjectCode", "subject"),				/* BT-21 */
	LINES("Content", "text"),				/* BT-22 */
	END
};

static const struct term preceding[] = {
	TEXT("IssuerAssignedID", "number"),			/* BT-25 */
	DAY("FormattedIssueDateTime", "date"),			/* BT-26 */
	END
};

static const struct term attachment[] = {
	TEXT("IssuerAssignedID", "id"),				/* BT-122 */
	TEXT("Name", "description"),				/* BT-123 */
	TEXT("URIID", "url"),					/* BT-124 */
	TEXT("AttachmentBinaryObject/@mimeCode", "mime"),
	TEXT("AttachmentBinaryObject/@filename", "name"),
	{"AttachmentBinaryObject", "content", term_file, NULL},	/* BT-125 */
	END
};

static const struct term account[] = {
	{"PayeePartyCreditorFinancialAccount/IBANID", NULL, term_account,
	    NULL},						/* BT-84 */
	{"PayeePartyCreditorFinancialAccount/ProprietaryID", NULL,
	    term_account, NULL},
	TEXT("PayeePartyCreditorFinancialAccount/AccountName", "holder"),
	TEXT("PayeeSpecifiedCreditorFinancialInstitution/BICID", "bic"),
	END
};

static const struct term means[] = {
	TEXT("TypeCode", "means"),				/* BT-81 */
	TEXT("Information", "means_text"),			/* BT-82 */
	TEXT("ApplicableTradeSettlementFinancialCard/ID", "card.number"),
	TEXT("ApplicableTradeSettlementFinancialCard/CardholderName",
	    "card.holder"),					/* BT-88 */
	TEXT("PayerPartyDebtorFinancialAccount/IBANID", "mandate.account"),
	EACH("", "accounts", account),				/* BG-17 */
	END
};

static const struct term allowance[] = {
	AMOUNT("ActualAmount", "amount"),			/* BT-92 */
	AMOUNT("BasisAmount", "base"),				/* BT-93 */
	DECIMAL("CalculationPercent", "percent"),		/* BT-94 */
	TEXT("Reason", "reason"),				/* BT-97 */
	TEXT("ReasonCode", "reason_code"),			/* BT-98 */
	TEXT("CategoryTradeTax/CategoryCode", "category"),	/* BT-95 */
	DECIMAL("CategoryTradeTax/RateApplicablePercent", "rate"), /* 96 */
	END
};

/* Of the profile EXTENDED: a charge by another name. */
static const struct term service[] = {
	AMOUNT("AppliedAmount", "amount"),
	TEXT("Description", "reason"),
	TEXT("AppliedTradeTax/CategoryCode", "category"),
	DECIMAL("AppliedTradeTax/RateApplicablePercent", "rate"),
	END
};

#define ALLOWANCES \
	EACH("SpecifiedTradeAllowanceCharge[ChargeIndicator/Indicator=" \
	    "false|0]", "allowances", allowance), \
	EACH("SpecifiedTradeAllowanceCharge[ChargeIndicator/Indicator=" \
	    "true|1]", "charges", allowance)

static const struct term tax[] = {
	TEXT("CategoryCode", "category"),			/* BT-118 */
	DECIMAL("RateApplicablePercent", "rate"),		/* BT-119 */
	AMOUNT("BasisAmount", "base"),				/* BT-116 */
	AMOUNT("CalculatedAmount", "amount"),			/* BT-117 */
	TEXT("ExemptionReason", "reason"),			/* BT-120 */
	TEXT("ExemptionReasonCode", "reason_code"),		/* BT-121 */
	END
};

/* Of the profile EXTENDED: as #SKONTO# in terms. */
static const struct term discount[] = {
	DECIMAL("BasisPeriodMeasure[@unitCode=DAY]", "days"),
	DECIMAL("CalculationPercent", "percent"),
	AMOUNT("BasisAmount", "base"),
	END
};

static const struct term class[] = {
	TEXT("ClassCode", "code"),				/* BT-158 */
	TEXT("ClassCode/@listID", "scheme"),
	TEXT("ClassCode/@listVersionID", "version"),
	END
};

static const struct term attribute[] = {
	TEXT("Description", "name"),				/* BT-160 */
	TEXT("Value", "value"),					/* BT-161 */
	END
};

static const struct term product[] = {
	TEXT("Name", "text"),					/* BT-153 */
	LINES("Description", "description"),			/* BT-154 */
	TEXT("SellerAssignedID", "seller_id"),			/* BT-155 */
	TEXT("BuyerAssignedID", "buyer_id"),			/* BT-156 */
	TEXT("GlobalID", "standard_id"),			/* BT-157 */
	TEXT("GlobalID/@schemeID", "standard_scheme"),
	EACH("DesignatedProductClassification", "classes", class),
	TEXT("OriginTradeCountry/ID", "origin"),		/* BT-159 */
	EACH("ApplicableProductCharacteristic", "attributes", attribute),
	END
};

static const struct term line_agreement[] = {
	TEXT("BuyerOrderReferencedDocument/LineID", "po_line"),	/* BT-132 */
	DECIMAL("GrossPriceProductTradePrice/AppliedTradeAllowanceCharge/"
	    "ActualAmount", "price_discount"),			/* BT-147 */
	DECIMAL("GrossPriceProductTradePrice/ChargeAmount", "gross_price"),
								/* BT-148 */
	DECIMAL("NetPriceProductTradePrice/ChargeAmount", "price"), /* 146 */
	DECIMAL("NetPriceProductTradePrice/BasisQuantity", "price_quantity"),
	TEXT("NetPriceProductTradePrice/BasisQuantity/@unitCode",
	    "price_unit"),					/* BT-150 */
	DECIMAL("GrossPriceProductTradePrice/BasisQuantity",
	    "price_quantity"),
	TEXT("GrossPriceProductTradePrice/BasisQuantity/@unitCode",
	    "price_unit"),
	END
};

static const struct term line_settlement[] = {
	TEXT("ApplicableTradeTax/CategoryCode", "category"),	/* BT-151 */
	DECIMAL("ApplicableTradeTax/RateApplicablePercent", "rate"),
	GROUP("BillingSpecifiedPeriod", "period", period),	/* BG-26 */
	ALLOWANCES,						/* BG-27, 28 */
	AMOUNT("SpecifiedTradeSettlementLineMonetarySummation/"
	    "LineTotalAmount", "net"),				/* BT-131 */
	TEXT("AdditionalReferencedDocument[TypeCode=130]/IssuerAssignedID",
	    "object"),						/* BT-128 */
	TEXT("AdditionalReferencedDocument[TypeCode=130]/ReferenceTypeCode",
	    "object_scheme"),
	TEXT("ReceivableSpecifiedTradeAccountingAccount/ID",
	    "accounting"),					/* BT-133 */
	END
};

static const struct term line[] = {
	TEXT("AssociatedDocumentLineDocument/LineID", "id"),	/* BT-126 */
	LINES("AssociatedDocumentLineDocument/IncludedNote/Content", "note"),
	INSIDE("SpecifiedTradeProduct", product),
	INSIDE("SpecifiedLineTradeAgreement", line_agreement),
	DECIMAL("SpecifiedLineTradeDelivery/BilledQuantity", "quantity"),
	TEXT("SpecifiedLineTradeDelivery/BilledQuantity/@unitCode", "unit"),
	INSIDE("SpecifiedLineTradeSettlement", line_settlement),
	END
};

static const struct term agreement[] = {
	TEXT("BuyerReference", "buyer_reference"),		/* BT-10 */
	GROUP("SellerTradeParty", "seller", party),		/* BG-4 */
	GROUP("BuyerTradeParty", "buyer", party),		/* BG-7 */
	GROUP("SellerTaxRepresentativeTradeParty", "representative",
	    representative),					/* BG-11 */
	TEXT("SellerOrderReferencedDocument/IssuerAssignedID", "sales_order"),
	TEXT("BuyerOrderReferencedDocument/IssuerAssignedID", "po"), /* 13 */
	TEXT("ContractReferencedDocument/IssuerAssignedID", "contract"),
	TEXT("AdditionalReferencedDocument[TypeCode=50]/IssuerAssignedID",
	    "tender"),						/* BT-17 */
	TEXT("AdditionalReferencedDocument[TypeCode=130]/IssuerAssignedID",
	    "object"),						/* BT-18 */
	TEXT("AdditionalReferencedDocument[TypeCode=130]/ReferenceTypeCode",
	    "object_scheme"),
	EACH("AdditionalReferencedDocument[TypeCode!=50|130]", "attachments",
	    attachment),					/* BG-24 */
	TEXT("SpecifiedProcuringProject/ID", "project"),	/* BT-11 */
	END
};

static const struct term shipping[] = {
	GROUP("ShipToTradeParty", "delivery", delivery),	/* BG-13 */
	DAY("ActualDeliverySupplyChainEvent/OccurrenceDateTime", "delivered"),
	TEXT("DespatchAdviceReferencedDocument/IssuerAssignedID", "despatch"),
	TEXT("ReceivingAdviceReferencedDocument/IssuerAssignedID", "receipt"),
	END
};

static const struct term totals[] = {
	AMOUNT("LineTotalAmount", "totals.lines"),		/* BT-106 */
	AMOUNT("AllowanceTotalAmount", "totals.allowances"),	/* BT-107 */
	AMOUNT("ChargeTotalAmount", "totals.charges"),		/* BT-108 */
	AMOUNT("TaxBasisTotalAmount", "totals.net"),		/* BT-109 */
	{"TaxTotalAmount", "totals.tax", term_tax_total, NULL},	/* BT-110 */
	AMOUNT("GrandTotalAmount", "totals.gross"),		/* BT-112 */
	AMOUNT("TotalPrepaidAmount", "totals.prepaid"),		/* BT-113 */
	AMOUNT("RoundingAmount", "totals.rounding"),		/* BT-114 */
	AMOUNT("DuePayableAmount", "totals.due"),		/* BT-115 */
	END
};

static const struct term settlement[] = {
	TEXT("InvoiceCurrencyCode", "currency"),		/* BT-5 */
	TEXT("TaxCurrencyCode", "tax_currency"),		/* BT-6 */
	DECIMAL("TaxApplicableTradeCurrencyExchange/ConversionRate",
	    "exchange_rate"),			/* of the profile EXTENDED */
	TEXT("CreditorReferenceID", "payment.mandate.creditor"), /* BT-90 */
	TEXT("PaymentReference", "payment.reference"),		/* BT-83 */
	GROUP("PayeeTradeParty", "payee", payee),		/* BG-10 */
	TEXT("SpecifiedTradePaymentTerms/DirectDebitMandateID",
	    "payment.mandate.reference"),			/* BT-89 */
	EACH("ApplicableTradeTax", "taxes", tax),		/* BG-23 */
	{"ApplicableTradeTax/TaxPointDate/DateString", "tax_point", term_day,
	    NULL},						/* BT-7 */
	{"ApplicableTradeTax/DueDateTypeCode", "tax_point_code",
	    term_tax_time, NULL},				/* BT-8 */
	GROUP("BillingSpecifiedPeriod", "period", period),	/* BG-14 */
	ALLOWANCES,						/* BG-20, 21 */
	EACH("SpecifiedLogisticsServiceCharge", "charges", service),
	{"SpecifiedTradePaymentTerms/Description", "terms", term_conditions,
	    NULL},						/* BT-20 */
	DAY("SpecifiedTradePaymentTerms/DueDateDateTime", "due"), /* BT-9 */
	EACH("SpecifiedTradePaymentTerms/ApplicableTradePaymentDiscountTerms",
	    "discounts", discount),
	INSIDE("SpecifiedTradeSettlementHeaderMonetarySummation", totals),
	EACH("InvoiceReferencedDocument", "preceding", preceding), /* BG-3 */
	TEXT("ReceivableSpecifiedTradeAccountingAccount/ID",
	    "accounting"),					/* BT-19 */
	END
};

static const struct term payments[] = {
	INSIDE("SpecifiedTradeSettlementPaymentMeans", means),	/* BG-16 */
	END
};

#define TRADE "SupplyChainTradeTransaction/"
#define SETTLEMENT TRADE "ApplicableHeaderTradeSettlement"

const struct term invoice_cii[] = {
	{"ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/"
	    "ID", "profile", term_profile, NULL},		/* BT-24 */
	TEXT("ExchangedDocument/ID", "number"),			/* BT-1 */
	{"ExchangedDocument/TypeCode", NULL, term_type, NULL},	/* BT-3 */
	DAY("ExchangedDocument/IssueDateTime", "date"),		/* BT-2 */
	EACH("ExchangedDocument/IncludedNote", "notes", note),	/* BG-1 */
	INSIDE(TRADE "ApplicableHeaderTradeAgreement", agreement),
	INSIDE(TRADE "ApplicableHeaderTradeDelivery", shipping),
	GROUP(SETTLEMENT, "payment", payments),
	INSIDE(SETTLEMENT, settlement),
	EACH(TRADE "IncludedSupplyChainTradeLineItem"
	    "[AssociatedDocumentLineDocument/LineStatusReasonCode!="
	    "GROUP|INFORMATION]", "lines", line),		/* BG-25 */
	END
};
