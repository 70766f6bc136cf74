/*
 * ubl.c - the invoice document in UBL 2.1, as CEN/TS 16931-3-2 binds it: one
 * table for Invoice and CreditNote, in the order of their schemas. The names
 * that begin with "_" are made by einvoice_view.c. BT and BG numbers are
 * those of EN 16931-1.
 */
#include "syntax.h"

/* Rows name only the members that they need. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

#define UBL "urn:oasis:names:specification:ubl:schema:xsd:"

static const struct xml_row address_rows[] = {
    {1, "cbc:StreetName", "street"},
    {1, "cbc:AdditionalStreetName", "street2"},
    {1, "cbc:CityName", "city"},
    {1, "cbc:PostalZone", "postcode"},
    {1, "cbc:CountrySubentity", "region"},
    {1, "cac:AddressLine"},
    {2, "cbc:Line", "street3"},
    {1, "cac:Country"},
    {2, "cbc:IdentificationCode", "country"},
    {0},
};

/* BG-4 and BG-7 */
static const struct xml_row party_rows[] = {
    {1, "cbc:EndpointID", "endpoint"},
    {2, "@schemeID", "endpoint_scheme"},
    {1, "cac:PartyIdentification", "ids[]"},
    {2, "cbc:ID", "id"},
    {3, "@schemeID", "scheme"},
    {1, "cac:PartyName"},
    {2, "cbc:Name", "trading_name"},
    {1, "cac:PostalAddress", "address", .rows = address_rows},
    {1, "cac:PartyTaxScheme"},
    {2, "cbc:CompanyID", "tax_id"},
    {2, "cac:TaxScheme"},
    {3, "cbc:ID", "=VAT"},
    {1, "cac:PartyTaxScheme"},
    {2, "cbc:CompanyID", "tax_number"},
    {2, "cac:TaxScheme"},
    {3, "cbc:ID", "=TAX"},
    {1, "cac:PartyLegalEntity"},
    {2, "cbc:RegistrationName", "name"},
    {2, "cbc:CompanyID", "legal_id"},
    {3, "@schemeID", "legal_scheme"},
    {2, "cbc:CompanyLegalForm", "legal_info"},
    {1, "cac:Contact"},
    {2, "cbc:Name", "contact.name"},
    {2, "cbc:Telephone", "contact.phone"},
    {2, "cbc:ElectronicMail", "contact.email"},
    {0},
};

/* BG-10 */
static const struct xml_row payee_rows[] = {
    {1, "cac:PartyIdentification", "ids[]"},
    {2, "cbc:ID", "id"},
    {3, "@schemeID", "scheme"},
    {1, "cac:PartyName"},
    {2, "cbc:Name", "name"},
    {1, "cac:PartyLegalEntity"},
    {2, "cbc:CompanyID", "legal_id"},
    {3, "@schemeID", "legal_scheme"},
    {0},
};

/* BG-11 */
static const struct xml_row representative_rows[] = {
    {1, "cac:PartyName"},
    {2, "cbc:Name", "name"},
    {1, "cac:PostalAddress", "address", .rows = address_rows},
    {1, "cac:PartyTaxScheme"},
    {2, "cbc:CompanyID", "tax_id"},
    {2, "cac:TaxScheme"},
    {3, "cbc:ID", "=VAT"},
    {0},
};

/* BG-13 and BG-15 */
static const struct xml_row delivery_rows[] = {
    {1, "cbc:ActualDeliveryDate", "/delivered"},
    {1, "cac:DeliveryLocation"},
    {2, "cbc:ID", "/delivery.id"},
    {3, "@schemeID", "/delivery.id_scheme"},
    {2, "cac:Address", "/delivery.address", .rows = address_rows},
    {1, "cac:DeliveryParty"},
    {2, "cac:PartyName"},
    {3, "cbc:Name", "/delivery.name"},
    {0},
};

/* BG-16 to BG-19 */
static const struct xml_row means_rows[] = {
    {1, "cbc:PaymentMeansCode", "code"},
    {2, "@name", "text"},
    {1, "cbc:PaymentDueDate", "due", .when = XML_CREDIT},
    {1, "cbc:PaymentID", "reference"},
    {1, "cac:CardAccount", "card"},
    {2, "cbc:PrimaryAccountNumberID", "number"},
    {2, "cbc:NetworkID", "=NA"},
    {2, "cbc:HolderName", "holder"},
    {1, "cac:PayeeFinancialAccount", "account"},
    {2, "cbc:ID", "id"},
    {2, "cbc:Name", "holder"},
    {2, "cac:FinancialInstitutionBranch"},
    {3, "cbc:ID", "bic"},
    {1, "cac:PaymentMandate", "mandate"},
    {2, "cbc:ID", "reference"},
    {2, "cac:PayerFinancialAccount"},
    {3, "cbc:ID", "account"},
    {0},
};

/* BG-20, BG-21, BG-27 and BG-28 */
static const struct xml_row allowance_rows[] = {
    {1, "cbc:ChargeIndicator", "_charge"},
    {1, "cbc:AllowanceChargeReasonCode", "reason_code"},
    {1, "cbc:AllowanceChargeReason", "reason"},
    {1, "cbc:MultiplierFactorNumeric", "percent"},
    {1, "cbc:Amount", "amount", XML_MONEY},
    {1, "cbc:BaseAmount", "base", XML_MONEY},
    {1, "cac:TaxCategory"},
    {2, "cbc:ID", "category"},
    {2, "cbc:Percent", "rate"},
    {2, "cac:TaxScheme"},
    {3, "cbc:ID", "=VAT"},
    {0},
};

/* BG-23 */
static const struct xml_row tax_rows[] = {
    {1, "cbc:TaxableAmount", "base", XML_MONEY},
    {1, "cbc:TaxAmount", "amount", XML_MONEY},
    {1, "cac:TaxCategory"},
    {2, "cbc:ID", "category"},
    {2, "cbc:Percent", "rate"},
    {2, "cbc:TaxExemptionReasonCode", "reason_code"},
    {2, "cbc:TaxExemptionReason", "reason"},
    {2, "cac:TaxScheme"},
    {3, "cbc:ID", "=VAT"},
    {0},
};

/* BG-25 to BG-32 */
static const struct xml_row line_rows[] = {
    {1, "cbc:ID", "id"},
    {1, "cbc:Note", "note"},
    {1, "cbc:InvoicedQuantity", "quantity", .when = XML_INVOICE},
    {2, "@unitCode", "unit"},
    {1, "cbc:CreditedQuantity", "quantity", .when = XML_CREDIT},
    {2, "@unitCode", "unit"},
    {1, "cbc:LineExtensionAmount", "net", XML_MONEY},
    {1, "cbc:AccountingCost", "accounting"},
    {1, "cac:InvoicePeriod"},
    {2, "cbc:StartDate", "period.from"},
    {2, "cbc:EndDate", "period.to"},
    {1, "cac:OrderLineReference"},
    {2, "cbc:LineID", "po_line"},
    {1, "cac:DocumentReference"},
    {2, "cbc:ID", "object"},
    {3, "@schemeID", "object_scheme"},
    {2, "cbc:DocumentTypeCode", "=130"},
    {1, "cac:AllowanceCharge", "allowances[]", .rows = allowance_rows},
    {1, "cac:AllowanceCharge", "charges[]", .rows = allowance_rows},
    {1, "cac:Item"},
    {2, "cbc:Description", "description"},
    {2, "cbc:Name", "text"},
    {2, "cac:BuyersItemIdentification"},
    {3, "cbc:ID", "buyer_id"},
    {2, "cac:SellersItemIdentification"},
    {3, "cbc:ID", "seller_id"},
    {2, "cac:StandardItemIdentification"},
    {3, "cbc:ID", "standard_id"},
    {4, "@schemeID", "standard_scheme"},
    {2, "cac:OriginCountry"},
    {3, "cbc:IdentificationCode", "origin"},
    {2, "cac:CommodityClassification", "classes[]"},
    {3, "cbc:ItemClassificationCode", "code"},
    {4, "@listID", "scheme"},
    {4, "@listVersionID", "version"},
    {2, "cac:ClassifiedTaxCategory"},
    {3, "cbc:ID", "category"},
    {3, "cbc:Percent", "rate"},
    {3, "cac:TaxScheme"},
    {4, "cbc:ID", "=VAT"},
    {2, "cac:AdditionalItemProperty", "attributes[]"},
    {3, "cbc:Name", "name"},
    {3, "cbc:Value", "value"},
    {1, "cac:Price"},
    {2, "cbc:PriceAmount", "price", XML_MONEY},
    {2, "cbc:BaseQuantity", "price_quantity"},
    {3, "@unitCode", "price_unit"},
    {2, "cac:AllowanceCharge"},
    {3, "cbc:ChargeIndicator", "=false"},
    {3, "cbc:Amount", "price_discount", XML_MONEY},
    {3, "cbc:BaseAmount", "gross_price", XML_MONEY},
    {0},
};

/* BG-24 */
static const struct xml_row attachment_rows[] = {
    {1, "cbc:ID", "id"},
    {1, "cbc:DocumentDescription", "description"},
    {1, "cac:Attachment"},
    {2, "cbc:EmbeddedDocumentBinaryObject", "content"},
    {3, "@mimeCode", "mime"},
    {3, "@filename", "name"},
    {2, "cac:ExternalReference"},
    {3, "cbc:URI", "url"},
    {0},
};

/* All that both have in common and in the same order. */
#define HEAD \
    {1, "@xmlns:cac", "=" UBL "CommonAggregateComponents-2"}, \
    {1, "@xmlns:cbc", "=" UBL "CommonBasicComponents-2"}, \
    {1, "cbc:CustomizationID", "_customization"}, \
    {1, "cbc:ProfileID", "_process"}, \
    {1, "cbc:ID", "number"}, \
    {1, "cbc:IssueDate", "date"}

#define REFERENCES \
    {1, "cbc:DocumentCurrencyCode", "currency"}, \
    {1, "cbc:TaxCurrencyCode", "tax_currency"}, \
    {1, "cbc:AccountingCost", "accounting"}, \
    {1, "cbc:BuyerReference", "buyer_reference"}, \
    {1, "cac:InvoicePeriod"}, \
    {2, "cbc:StartDate", "period.from"}, \
    {2, "cbc:EndDate", "period.to"}, \
    {2, "cbc:DescriptionCode", "tax_point_code"}, \
    {1, "cac:OrderReference"}, \
    {2, "cbc:ID", "po"}, \
    {2, "cbc:SalesOrderID", "sales_order"}, \
    {1, "cac:BillingReference", "preceding[]"}, \
    {2, "cac:InvoiceDocumentReference"}, \
    {3, "cbc:ID", "number"}, \
    {3, "cbc:IssueDate", "date"}, \
    {1, "cac:DespatchDocumentReference"}, \
    {2, "cbc:ID", "despatch"}, \
    {1, "cac:ReceiptDocumentReference"}, \
    {2, "cbc:ID", "receipt"}

#define TENDER \
    {1, "cac:OriginatorDocumentReference"}, \
    {2, "cbc:ID", "tender"}

#define DOCUMENTS \
    {1, "cac:ContractDocumentReference"}, \
    {2, "cbc:ID", "contract"}, \
    {1, "cac:AdditionalDocumentReference"}, \
    {2, "cbc:ID", "object"}, \
    {3, "@schemeID", "object_scheme"}, \
    {2, "cbc:DocumentTypeCode", "=130"}, \
    {1, "cac:AdditionalDocumentReference", .when = XML_CREDIT}, \
    {2, "cbc:ID", "project"}, \
    {2, "cbc:DocumentTypeCode", "=50"}, \
    {1, "cac:AdditionalDocumentReference", "attachments[]", \
        .rows = attachment_rows}

#define REST \
    {1, "cac:AccountingSupplierParty", .when = XML_KEEP}, \
    {2, "cac:Party", "seller", .when = XML_KEEP, .rows = party_rows}, \
    {1, "cac:AccountingCustomerParty", .when = XML_KEEP}, \
    {2, "cac:Party", "buyer", .when = XML_KEEP, .rows = party_rows}, \
    {1, "cac:PayeeParty", "payee", .rows = payee_rows}, \
    {1, "cac:TaxRepresentativeParty", "representative", \
        .rows = representative_rows}, \
    {1, "cac:Delivery", .rows = delivery_rows}, \
    {1, "cac:PaymentMeans", "_means[]", .rows = means_rows}, \
    {1, "cac:PaymentTerms"}, \
    {2, "cbc:Note", "terms"}, \
    {1, "cac:AllowanceCharge", "allowances[]", .rows = allowance_rows}, \
    {1, "cac:AllowanceCharge", "charges[]", .rows = allowance_rows}, \
    {1, "cac:TaxTotal"}, \
    {2, "cbc:TaxAmount", "totals.tax", XML_MONEY}, \
    {2, "cac:TaxSubtotal", "taxes[]", .rows = tax_rows}, \
    {1, "cac:TaxTotal"}, \
    {2, "cbc:TaxAmount", "totals.tax_accounting"}, \
    {3, "@currencyID", "tax_currency"}, \
    {1, "cac:LegalMonetaryTotal", "totals"}, \
    {2, "cbc:LineExtensionAmount", "lines", XML_MONEY}, \
    {2, "cbc:TaxExclusiveAmount", "net", XML_MONEY}, \
    {2, "cbc:TaxInclusiveAmount", "gross", XML_MONEY}, \
    {2, "cbc:AllowanceTotalAmount", "allowances", XML_MONEY}, \
    {2, "cbc:ChargeTotalAmount", "charges", XML_MONEY}, \
    {2, "cbc:PrepaidAmount", "prepaid", XML_MONEY}, \
    {2, "cbc:PayableRoundingAmount", "rounding", XML_MONEY}, \
    {2, "cbc:PayableAmount", "due", XML_MONEY}

const struct xml_row ubl_invoice[] = {
    {0, "Invoice", .when = XML_KEEP},
    {1, "@xmlns", "=" UBL "Invoice-2"},
    HEAD,
    {1, "cbc:DueDate", "due"},
    {1, "cbc:InvoiceTypeCode", "_type"},
    {1, "cbc:Note", "_notes[]"},
    {1, "cbc:TaxPointDate", "tax_point"},
    REFERENCES,
    TENDER,
    DOCUMENTS,
    {1, "cac:ProjectReference"},
    {2, "cbc:ID", "project"},
    REST,
    {1, "cac:InvoiceLine", "lines[]", .rows = line_rows},
    {0},
};

const struct xml_row ubl_credit_note[] = {
    {0, "CreditNote", .when = XML_KEEP},
    {1, "@xmlns", "=" UBL "CreditNote-2"},
    HEAD,
    {1, "cbc:TaxPointDate", "tax_point"},
    {1, "cbc:CreditNoteTypeCode", "_type"},
    {1, "cbc:Note", "_notes[]"},
    REFERENCES,
    DOCUMENTS,
    TENDER,
    REST,
    {1, "cac:CreditNoteLine", "lines[]", .rows = line_rows},
    {0},
};
