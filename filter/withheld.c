/*
 * withheld.c - is what is missing a tax that the payer keeps back and pays for
 * us? It is taken of the amount without value added tax, of the whole, or of
 * that tax, by country. Where the invoice does not say its tax, the usual
 * rates are tried, and the answer is a guess. Pure.
 */
#include "amounts.h"
#include "tax.h"

#define SLACK 1			/* minor units, for rounding */
#define PLAUSIBLE 35		/* percent of the balance that may be missing */
#define NETS_MAX 40
#define GUESS_CHANCE 0.02

struct attempt {
	const struct amount_case *asked;
	int64_t missing;
	int64_t nets[NETS_MAX];	/* what the invoice may charge without tax */
	int n;
	bool told;		/* the invoice says its tax */
	int tried;
};

static void
add_nets(struct attempt *trial, const int *rates)
{
	const struct invoice *invoice = trial->asked->invoice;

	for (const int *bp = rates; *bp && trial->n < NETS_MAX; bp++)
		if (money_share(invoice->amount, 10000, 10000 + *bp,
			&trial->nets[trial->n]))
			trial->n++;
}

static void
find_nets(struct attempt *trial)
{
	const struct amount_case *asked = trial->asked;
	const struct invoice *invoice = asked->invoice;
	const char *payer = asked->customer ? asked->customer->country : NULL;
	const char *own = asked->config ? asked->config->country : NULL;

	trial->told = invoice->tax > 0 && invoice->tax < invoice->amount;
	if (trial->told) {
		trial->nets[trial->n++] = invoice->amount - invoice->tax;
		return;
	}
	trial->nets[trial->n++] = invoice->amount;
	add_nets(trial, tax_usual(payer));
	if (!own)
		add_nets(trial, tax_all());
	else if (g_strcmp0(own, payer) != 0)
		add_nets(trial, tax_usual(own));
}

static bool
is_share(const struct attempt *trial, int64_t base, int bp)
{
	int64_t share;

	return money_share(base, bp, 10000, &share) && share > 0 &&
	    trial->missing >= share - SLACK && trial->missing <= share + SLACK;
}

static bool
fits_rate(struct attempt *trial, enum tax_base base, int bp)
{
	int64_t amount = trial->asked->invoice->amount;
	bool fits = false;

	if (base == TAX_OF_GROSS) {
		trial->tried++;
		return is_share(trial, amount, bp);
	}
	for (int i = 0; i < trial->n; i++) {
		int64_t of = base == TAX_OF_TAX ? amount - trial->nets[i]
						: trial->nets[i];

		trial->tried++;
		fits |= of > 0 && is_share(trial, of, bp);
	}
	return fits;
}

static bool
fits_country(struct attempt *trial, const char *country)
{
	bool fits = false;

	for (const struct tax_row *row = tax_withheld(country, NULL); row;
	    row = tax_withheld(country, row))
		for (int i = 0; i < TAX_RATES_MAX && row->rates[i]; i++)
			fits |= fits_rate(trial, row->base, row->rates[i]);
	return fits;
}

/* The customer's own rate is taken of what its country takes it of. */
static bool
fits_own(struct attempt *trial, const struct customer *customer)
{
	bool fits = fits_rate(trial, TAX_OF_NET, customer->withholding_bp);
	bool others = false;

	for (const struct tax_row *row = tax_withheld(customer->country, NULL);
	    row; row = tax_withheld(customer->country, row))
		if (row->base != TAX_OF_NET)
			others |= fits_rate(trial, row->base,
			    customer->withholding_bp);
	return fits || others;
}

bool
amount_withheld(const struct amount_case *asked, bool own_rate,
    struct amount_fit *fit)
{
	const struct customer *customer = asked->customer;
	const struct invoice *invoice = asked->invoice;
	struct attempt trial = {.asked = asked,
	    .missing = invoice->open - invoice->announced - asked->paid};

	if (!customer || invoice->open != invoice->amount ||
	    invoice->announced != 0 || trial.missing <= 0 ||
	    trial.missing > invoice->amount / 100 * PLAUSIBLE ||
	    (own_rate && customer->withholding_bp <= 0))
		return false;
	find_nets(&trial);
	if (!(own_rate ? fits_own(&trial, customer)
		: fits_country(&trial, customer->country)))
		return false;
	*fit = (struct amount_fit){.kind = AMOUNT_WITHHOLDING,
	    .payment = asked->paid, .on_file = own_rate,
	    .certain = own_rate || trial.told,
	    .rest_kind = ALLOCATION_WITHHOLDING};
	if (fit->certain) {
		fit->other = trial.missing;
		fit->other_kind = ALLOCATION_WITHHOLDING;
	}
	fit->chance = (double)trial.tried * (2 * SLACK + 1) * 100 /
	    ((double)invoice->amount * PLAUSIBLE);
	return own_rate || fit->chance < GUESS_CHANCE;
}
