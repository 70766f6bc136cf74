/*
 * amounts.c - what an amount can mean for an open balance: exact, less a
 * discount inside its window, less charges within tolerance, rounded, a part,
 * too much. Integer arithmetic throughout. Pure.
 */
#include "amounts.h"
#include "currency.h"
#include "search.h"

#define ROUNDING_TOLERANCE 5	/* minor units, without a configuration */
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
    [AMOUNT_OLDEST] = "oldest-first",
    [AMOUNT_DATED] = "sum-of-dated",
    [AMOUNT_RULED] = "by-rule",
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

/* ---- the meanings, from sure to doubtful -------------------------------------- */

static int64_t
missing_of(const struct amount_case *asked)
{
	return invoice_balance(asked->invoice) - asked->paid;
}

static int64_t
tolerance_of(const struct amount_case *asked)
{
	return asked->config ? asked->config->rounding_tolerance
			     : ROUNDING_TOLERANCE;
}

/* Closed with what is missing. */
static bool
closes(const struct amount_case *asked, enum amount_kind kind,
    enum allocation_kind as, struct amount_fit *fit)
{
	*fit = (struct amount_fit){.kind = kind, .payment = asked->paid,
	    .other = missing_of(asked), .other_kind = as, .certain = true};
	return true;
}

/* Only what was paid is sure; the rest is asked about. */
static bool
may_close(const struct amount_case *asked, enum amount_kind kind,
    enum allocation_kind as, struct amount_fit *fit)
{
	*fit = (struct amount_fit){.kind = kind, .payment = asked->paid,
	    .rest_kind = as};
	return true;
}

static bool
is_exact(const struct amount_case *asked, struct amount_fit *fit)
{
	*fit = (struct amount_fit){.kind = AMOUNT_EXACT,
	    .payment = asked->paid, .certain = true};
	return missing_of(asked) == 0;
}

/* The bank says that it is just this that was kept, or that it was told to
 * pay the balance. What no charges can be is none, whoever says so. */
static bool
is_told(const struct amount_case *asked, struct amount_fit *fit)
{
	int64_t balance = invoice_balance(asked->invoice);
	int64_t missing = missing_of(asked);

	return (missing == asked->told || asked->instructed == balance) &&
	    charges_are_likely(missing, balance, asked->invoice->currency) &&
	    closes(asked, AMOUNT_FEE_TOLD, ALLOCATION_FEE, fit);
}

static bool
takes_discount(const struct amount_case *asked)
{
	int64_t wanted = less_discount(asked->invoice);
	int64_t slack = CLAMP(tolerance_of(asked), 1,
	    MAX(1, (invoice_balance(asked->invoice) - wanted) / 10));

	return has_discount(asked->invoice) && missing_of(asked) > 0 &&
	    asked->paid >= wanted - slack && asked->paid <= wanted + slack;
}

static bool
is_discount(const struct amount_case *asked, struct amount_fit *fit)
{
	if (!takes_discount(asked))
		return false;
	if (in_window(asked->invoice, asked->day, asked->config))
		return closes(asked, AMOUNT_DISCOUNT, ALLOCATION_DISCOUNT,
		    fit);
	return may_close(asked, AMOUNT_LATE_DISCOUNT, ALLOCATION_DISCOUNT,
	    fit);
}

/* Does the payer round to this step, and is the balance not so? */
static bool
is_rounded_to(const struct amount_case *asked, int64_t step)
{
	int64_t missing = missing_of(asked);

	return step > 1 && asked->paid % step == 0 &&
	    invoice_balance(asked->invoice) % step != 0 &&
	    ABS(missing) < step;
}

/* Cents, the smallest coin, or what this payer always does. A tolerance never
 * swallows a good part of a small balance. */
static bool
is_rounding(const struct amount_case *asked, struct amount_fit *fit)
{
	const char *currency = asked->invoice->currency;
	int64_t missing = missing_of(asked);
	int64_t step = currency_cash_step(currency);
	int64_t unit = currency_unit(currency);
	bool habit = asked->rounds && (is_rounded_to(asked, unit) ||
	    is_rounded_to(asked, 10 * unit) ||
	    is_rounded_to(asked, 100 * unit));

	if (ABS(missing) > invoice_balance(asked->invoice) / 20 ||
	    (ABS(missing) > tolerance_of(asked) && !habit &&
		!(is_rounded_to(asked, step) && ABS(missing) * 2 <= step)))
		return false;
	if (missing > 0)
		return closes(asked, AMOUNT_ROUNDING, ALLOCATION_ROUNDING,
		    fit);
	*fit = (struct amount_fit){.kind = AMOUNT_ROUNDING,
	    .payment = invoice_balance(asked->invoice), .certain = true};
	return true;
}

/* To whole units, by a payer who is not known for it. */
static bool
may_be_rounding(const struct amount_case *asked, struct amount_fit *fit)
{
	int64_t missing = missing_of(asked);

	if (ABS(missing) > invoice_balance(asked->invoice) / 20 ||
	    !is_rounded_to(asked, currency_unit(asked->invoice->currency)))
		return false;
	if (missing > 0)
		return may_close(asked, AMOUNT_ROUNDING, ALLOCATION_ROUNDING,
		    fit);
	*fit = (struct amount_fit){.kind = AMOUNT_ROUNDING,
	    .payment = invoice_balance(asked->invoice), .certain = true};
	return true;
}

static bool
is_withheld(const struct amount_case *asked, struct amount_fit *fit)
{
	return amount_withheld(asked, true, fit);
}

static bool
may_be_withheld(const struct amount_case *asked, struct amount_fit *fit)
{
	return amount_withheld(asked, false, fit);
}

static bool
is_fee(const struct amount_case *asked, struct amount_fit *fit)
{
	const char *currency = asked->invoice->currency;
	int64_t missing = missing_of(asked);
	int64_t most = charges_tolerance(asked->config, currency);

	if (asked->deducts)
		most = MAX(most, charges_most(currency));
	return asked->way != WAY_DIRECT && missing > 0 && missing <= most &&
	    missing <= invoice_balance(asked->invoice) / 5 &&
	    closes(asked, AMOUNT_FEE, ALLOCATION_FEE, fit);
}

/* More than the tolerance, from a payer abroad. */
static bool
may_be_fee(const struct amount_case *asked, struct amount_fit *fit)
{
	int64_t missing = missing_of(asked);

	return asked->way == WAY_ABROAD && missing > 0 &&
	    missing <= charges_most(asked->invoice->currency) &&
	    missing <= invoice_balance(asked->invoice) / 5 &&
	    may_close(asked, AMOUNT_FEE, ALLOCATION_FEE, fit);
}

/* A half, a third, a quarter … of the whole, to the minor unit or rounded to
 * tens. */
static bool
is_instalment(const struct amount_case *asked, struct amount_fit *fit)
{
	static const int parts[] = {2, 3, 4, 5, 6, 10, 12};
	int64_t total = asked->invoice->amount;
	int64_t ten = 10 * currency_unit(asked->invoice->currency);

	if (missing_of(asked) <= 0 || asked->paid <= 0)
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
		int64_t part = total / parts[i];
		bool equal = ABS(asked->paid - part) <= 1;
		bool tens = asked->paid % ten == 0 && part > 2 * ten &&
		    ABS(asked->paid - part) * 2 <= ten;

		if (!equal && !tens)
			continue;
		*fit = (struct amount_fit){.kind = AMOUNT_INSTALMENT,
		    .payment = asked->paid, .certain = true,
		    .chance = (double)search_grain(asked->paid) * 3 *
			G_N_ELEMENTS(parts) / (double)MAX(total, 1)};
		return true;
	}
	return false;
}

struct amount_fit
amount_fit(const struct amount_case *asked)
{
	static bool (*const meanings[])(const struct amount_case *asked,
	    struct amount_fit *fit) = {is_exact, is_told, is_discount,
	    is_rounding, is_withheld, is_fee, may_be_withheld,
	    may_be_rounding, may_be_fee, is_instalment};
	struct amount_fit fit = {.kind = AMOUNT_PARTIAL,
	    .payment = asked->paid, .certain = true};

	for (size_t i = 0; i < G_N_ELEMENTS(meanings); i++)
		if (meanings[i](asked, &fit))
			return fit;
	if (missing_of(asked) > 0)
		return (struct amount_fit){.kind = AMOUNT_PARTIAL,
		    .payment = asked->paid, .certain = true};
	return (struct amount_fit){.kind = AMOUNT_OVER,
	    .payment = invoice_balance(asked->invoice), .certain = true};
}
