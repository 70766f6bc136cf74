/*
 * amounts.c - what an amount can mean for an open balance: exact, less a
 * discount inside its window, less charges within tolerance, rounded, a part,
 * too much. Integer arithmetic throughout. Pure.
 */
#include "amounts.h"

#define ROUNDING_TOLERANCE 5	/* minor units, without a configuration */
#define FEE_TOLERANCE 0
#define DISCOUNT_GRACE 3	/* days */

static const char *const kind_names[] = {
    [AMOUNT_EXACT] = "open-balance",
    [AMOUNT_DISCOUNT] = "discount",
    [AMOUNT_ROUNDING] = "rounding",
    [AMOUNT_FEE] = "fee",
    [AMOUNT_LATE_DISCOUNT] = "late-discount",
    [AMOUNT_PARTIAL] = "partial",
    [AMOUNT_OVER] = "over",
    [AMOUNT_SEVERAL] = "sum-of-named",
    [AMOUNT_LISTED] = "sum-of-listed",
    [AMOUNT_NAMED_OTHER] = "not-sum-of-named",
    [AMOUNT_NETTED] = "netted",
    [AMOUNT_NETTED_GUESS] = "netted-unnamed",
    [AMOUNT_ALL] = "all-open",
    [AMOUNT_SUBSET] = "sum-of-open",
    [AMOUNT_CURRENCY] = "other-currency",
    [AMOUNT_WITHHOLDING] = "withholding",
    [AMOUNT_INSTALMENT] = "instalment",
    [AMOUNT_FEE_TOLD] = "fee-told",
    [AMOUNT_CURRENCY_TOLD] = "exchanged",
    [AMOUNT_GROUP] = "sum-of-group",
    [AMOUNT_COMPLETED] = "sum-with-others",
};

const char *
amount_kind_name(enum amount_kind kind)
{
	return kind_names[kind];
}

int64_t
invoice_balance(const struct invoice *invoice)
{
	return invoice->open - invoice->announced;
}

bool
money_share(int64_t amount, int64_t numerator, int64_t denominator,
    int64_t *out)
{
	int64_t product, half = denominator / 2;

	if (__builtin_mul_overflow(amount, numerator, &product) ||
	    __builtin_add_overflow(product, product < 0 ? -half : half,
	    &product))
		return false;
	*out = product / denominator;
	return true;
}

/* The balance less its discount; without it when that leaves int64. */
static int64_t
less_discount(const struct invoice *invoice)
{
	int64_t balance = invoice_balance(invoice), share;

	return money_share(balance, invoice->discount_bp, 10000, &share)
	    ? balance - share : balance;
}

static bool
has_discount(const struct invoice *invoice)
{
	return invoice->discount_bp > 0 && invoice->discount_bp < 10000 &&
	    invoice->discount_until && invoice->open == invoice->amount &&
	    invoice->announced == 0;
}

static bool
in_window(const struct invoice *invoice, const char *day,
    const struct config *config)
{
	int grace = config ? config->discount_grace_days : DISCOUNT_GRACE;
	int32_t paid = day ? day_number(day) : G_MININT32;
	int32_t until = day_number(invoice->discount_until);

	return paid != G_MININT32 && until != G_MININT32 &&
	    paid <= until + grace;
}

int64_t
invoice_discounted(const struct invoice *invoice, const char *day,
    const struct config *config)
{
	int64_t balance = invoice_balance(invoice);

	if (!has_discount(invoice) || !in_window(invoice, day, config))
		return balance;
	return less_discount(invoice);
}

static bool
takes_discount(int64_t paid, const struct invoice *invoice)
{
	int64_t balance = invoice_balance(invoice);
	int64_t wanted = less_discount(invoice);

	return has_discount(invoice) && paid >= wanted - 1 &&
	    paid <= wanted + 1 && paid < balance;
}

struct amount_fit
amount_fit(int64_t paid, const char *day, const struct invoice *invoice,
    const struct config *config)
{
	int64_t balance = invoice_balance(invoice);
	int64_t rounding = config ? config->rounding_tolerance
				  : ROUNDING_TOLERANCE;
	int64_t fee = config ? config->fee_tolerance : FEE_TOLERANCE;
	int64_t missing = balance - paid;

	if (missing == 0)
		return (struct amount_fit){.kind = AMOUNT_EXACT,
		    .payment = paid};
	if (takes_discount(paid, invoice)) {
		if (in_window(invoice, day, config))
			return (struct amount_fit){AMOUNT_DISCOUNT, paid,
			    missing, ALLOCATION_DISCOUNT};
		return (struct amount_fit){.kind = AMOUNT_LATE_DISCOUNT,
		    .payment = paid};
	}
	/* A tolerance never swallows a good part of a small balance. */
	if (missing > 0 && missing <= rounding && missing * 20 <= balance)
		return (struct amount_fit){AMOUNT_ROUNDING, paid, missing,
		    ALLOCATION_ROUNDING};
	if (missing < 0 && -missing <= rounding && -missing * 20 <= balance)
		return (struct amount_fit){.kind = AMOUNT_ROUNDING,
		    .payment = balance};
	if (missing > 0 && missing <= fee && missing * 5 <= balance)
		return (struct amount_fit){AMOUNT_FEE, paid, missing,
		    ALLOCATION_FEE};
	if (missing > 0)
		return (struct amount_fit){.kind = AMOUNT_PARTIAL,
		    .payment = paid};
	return (struct amount_fit){.kind = AMOUNT_OVER, .payment = balance};
}
