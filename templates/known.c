/*
 * known.c - the names that a template may use, for its check.
 */
#include "letter.h"

#include <string.h>

/* A part of a dotted name each. */
static const char *const known[] = {
    "accent", "acceptance", "account", "accounting", "accounting_tax",
    "accounts", "additional", "address", "address_line", "ageing",
    "allowances", "amount", "announced", "answered", "any", "applied", "as_of",
    "asked", "attached", "attributes", "balance", "bank", "bank_code",
    "bank_code_name", "base", "base_quantity", "bic", "billing", "body",
    "buyer", "buyer_id", "buyer_reference", "capped", "caption", "captions",
    "carry", "category", "changes", "charges", "claim", "colour", "company",
    "compensation", "contact", "contract", "count", "credit", "credited",
    "creditor", "credits", "currency", "customer", "date", "day", "days",
    "days_overdue", "debtor", "decimal_mark", "deducted", "delivered",
    "delivery", "deposits", "description", "despatch", "dir", "discount",
    "discounts", "document", "domestic", "drifts", "due", "ecc", "email",
    "endpoint", "facts", "fee", "feminine", "fields", "files", "final",
    "first", "font", "footer", "for_days", "from", "greet", "gross",
    "gross_price", "has_bill", "has_cross", "has_debtor", "has_rates", "head",
    "held", "holder", "iban", "ink", "instalments", "interest", "invoices",
    "is_code", "is_copy", "is_corrected", "is_credit_note", "is_deposit",
    "is_discount", "is_epc_qr", "is_fee", "is_firm", "is_friendly",
    "is_invoice", "is_last", "is_letter", "is_link", "is_next", "is_overdue",
    "is_paid", "is_partly_paid", "is_pay_by_square", "is_pix", "is_rounding",
    "is_spayd", "is_swiss_qr", "is_taxed", "is_total", "is_understanding",
    "is_upi", "is_withholding", "is_xml", "item", "kind", "label", "labels",
    "language", "last_reminder", "late", "law", "left", "legal", "legal_id",
    "legal_info", "lines", "logo", "look", "many", "masculine", "matched",
    "message", "more", "name", "net", "night", "not_due", "note", "notes",
    "number", "object", "of", "on_colour", "origin", "over_90", "overdue",
    "owner", "page", "paid_before", "paper", "part", "parts", "pay",
    "payable_by", "payable_by_blank", "payee", "payload", "payment",
    "payment_part", "payments", "percent", "period", "phone", "plan", "po",
    "po_line", "position", "prepaid", "price", "project", "promises",
    "quantity", "reason", "reasons", "receipt", "received", "reference",
    "regards", "representative", "rest", "rounded", "rounding", "rows",
    "sales_order", "salutation", "seller", "seller_id", "separate",
    "signature", "size", "standard_id", "statement", "subject", "suggested",
    "sum", "sums", "tag", "tax", "tax_id", "tax_number", "tax_percent",
    "tax_point", "taxes", "tender", "term_day", "terms", "text", "title",
    "to_30", "to_60", "to_90", "total", "total_balance", "totals",
    "trading_name", "trouble", "unit", "until", "url", "value", "waiting",
    "waived", "ways", "website", "withholding", "work_stops", "written",
    "year_days",
};

bool
values_is_known(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
		if (!strcmp(known[i], name))
			return true;
	return false;
}
