/*
 * tax.c - the two tables of tax.h, as the laws named beside the rows stood in
 * 2025 and 2026. A rate on file for the customer comes first; these are only
 * what a short payment is compared with, and are not advice on who owes what.
 */
#include "tax.h"

#include <string.h>

static const struct tax_row withheld[] = {
	/* Europe */
	/* Ley 35/2006 art. 101.5 and RD 439/2007 art. 95: professionals 15 %,
	 * 7 % in the first three years, 1 and 2 % farming, rents 19 % */
	{"ES", TAX_OF_NET, {1500, 700, 1900, 200, 100}},
	/* DPR 600/1973 art. 25 (20 %), 25-bis (23 % of half or of a fifth),
	 * 25-ter (4 %); DL 78/2010 art. 25 (11 % of the net, by the bank) */
	{"IT", TAX_OF_NET, {2000, 1150, 460, 400, 1100, 3000}},
	/* CIRS art. 101: 23 % since 2025, before that 25 %; 16.5, 20, 11.5 % */
	{"PT", TAX_OF_NET, {2300, 2500, 1150, 1650, 2000}},
	/* Law 4172/2013 art. 62 and 64: fees 20 %, works 3 %, public 4, 8 % */
	{"GR", TAX_OF_NET, {2000, 300, 800, 400, 100}},
	/* Finance Act 2004 ch. 3 (CIS): 20 and 30 % of labour */
	{"GB", TAX_OF_NET, {2000, 3000}},
	/* TCA 1997 s. 520 (PSWT) and 530 (RCT) */
	{"IE", TAX_OF_NET, {2000, 3500}},
	/* EStG § 48: works, of what is paid with value added tax; § 50a */
	{"DE", TAX_OF_GROSS, {1500}},
	/* CIR 92 art. 402 and 403: works, for the seller's tax debts */
	{"BE", TAX_OF_NET, {1500, 3500}},
	/* KDV Genel Uygulama Tebliği I/C-2.1.3: tenths of the tax */
	{"TR", TAX_OF_TAX, {2000, 3000, 4000, 5000, 7000, 9000, 10000}},
	/* GVK 193 art. 94: professionals 20 %, works over years 5 %, rents */
	{"TR", TAX_OF_NET, {2000, 500}},
	/* Americas */
	/* IRC § 1441 (30 %), § 3406 (24 %) */
	{"US", TAX_OF_GROSS, {3000, 2400}},
	/* Income Tax Regulations 105: services of non-residents */
	{"CA", TAX_OF_NET, {1500}},
	/* LISR 106 (10 %), 113-J (1.25 %); LIVA 1-A: two thirds of the tax, 6 % */
	{"MX", TAX_OF_NET, {1000, 125, 1067, 2067, 600, 1192}},
	/* Estatuto Tributario 365 ff., Decreto 1625/2016 as by 572/2025 */
	{"CO", TAX_OF_NET, {1100, 1000, 600, 400, 350, 250, 200, 100}},
	/* … 437-1 and 437-2: of the tax */
	{"CO", TAX_OF_TAX, {1500}},
	/* RIR/2018 art. 714 ff. (1.5, 1 %); Lei 10.833/2003 art. 30 (4.65 %);
	 * both (6.15, 5.65 %); Lei 9.430/1996 art. 64, IN 1.234/2012 (9.45,
	 * 5.85 %); LC 116/2003 (service tax 2 to 5 %); Lei 8.212 art. 31 */
	{"BR", TAX_OF_GROSS, {150, 465, 615, 100, 565, 500, 200, 300, 1100,
	    945, 585, 1115}},
	/* LIR (DL 824) art. 74: fees, rising by law to 17 % in 2028 */
	{"CL", TAX_OF_GROSS, {1450, 1525, 1600, 1375}},
	/* SPOT (DL 940), RS 037-2002 (3 %), LIR art. 74 (8 %) */
	{"PE", TAX_OF_GROSS, {1200, 1000, 400, 300, 800}},
	/* LRTI art. 45 and resolutions on retención en la fuente */
	{"EC", TAX_OF_NET, {175, 275, 200, 300, 500, 800, 1000, 100}},
	{"EC", TAX_OF_TAX, {3000, 7000, 10000, 2000, 1000}},
	/* RG 830/2000: profits 2 %, 10 and 0.25 %; RG 2854: half of the tax */
	{"AR", TAX_OF_NET, {200, 1000, 25, 600}},
	{"AR", TAX_OF_TAX, {5000, 8000, 10000}},
	/* Providencia SNAT/2015/0049: of the tax; Decreto 1.808 */
	{"VE", TAX_OF_TAX, {7500, 10000}},
	{"VE", TAX_OF_NET, {200, 300, 500, 100}},
	/* Decreto 10-2012 art. 48; Decreto 20-2006: of the tax */
	{"GT", TAX_OF_NET, {500, 700}},
	{"GT", TAX_OF_TAX, {1500, 2500, 6500, 8000}},
	/* Ley 7092 art. 23 */
	{"CR", TAX_OF_NET, {200}},
	/* Norma 02-05 and Ley 11-92 art. 309: of the tax 30, 75, 100 % */
	{"DO", TAX_OF_TAX, {3000, 7500, 10000}},
	{"DO", TAX_OF_NET, {1000, 200, 500}},
	/* Asia */
	/* Income-tax Act 194C (1, 2 %), 194J (10, technical 2 %), 194H (2 %),
	 * 194I (2, 10 %), 194Q (0.1 %), 206AA (20 %); Circular 23/2017: of
	 * the amount without GST when that stands apart */
	{"IN", TAX_OF_NET, {200, 1000, 100, 10, 500, 2000}},
	/* Revenue Code s. 3 tredecim, Order Tor.Paw. 4/2528 */
	{"TH", TAX_OF_NET, {300, 500, 100, 200, 1000, 1500}},
	/* RR 2-98 as by RR 11-2018: goods 1, services 2 %, fees, rents 5 % */
	{"PH", TAX_OF_NET, {200, 100, 500, 1000, 1500, 50}},
	/* … Tax Code s. 114(C): the government keeps 5 % of the net */
	{"PH", TAX_OF_NET, {600, 700}},
	/* Income Tax Ordinance 2001 s. 153 (of the gross), s. 152 */
	{"PK", TAX_OF_GROSS, {500, 550, 450, 900, 1100, 1500, 400, 600, 800,
	    750}},
	/* Sales Tax (Eleventh Schedule): a fifth of the tax */
	{"PK", TAX_OF_TAX, {2000, 10000}},
	/* UU PPh art. 23 (2 %), 4(2) (10, 2.65, 1.75 %), 22 (1.5 %) */
	{"ID", TAX_OF_NET, {200, 1000, 265, 175, 150, 400, 50}},
	/* Income Tax Act 2023 s. 86 ff. and Rules 2024 */
	{"BD", TAX_OF_GROSS, {500, 300, 700, 1000, 200}},
	/* Inland Revenue Act 24/2017 s. 85 */
	{"LK", TAX_OF_NET, {500, 1000}},
	/* Income Tax Act 2058 s. 88 and 89 */
	{"NP", TAX_OF_NET, {150, 1500, 500}},
	/* Income Tax Act 1967 s. 107A and 109B */
	{"MY", TAX_OF_NET, {1000, 1300, 200}},
	/* Income Tax Act s. 127 and 129: freelance 3 % and its surtax */
	{"KR", TAX_OF_GROSS, {330, 880}},
	/* Income Tax Act art. 204 and the reconstruction surtax */
	{"JP", TAX_OF_NET, {1021, 2042}},
	{"JP", TAX_OF_GROSS, {1021, 2042}},
	/* Income Tax Act art. 88: services 10 %, non-residents 20 % */
	{"TW", TAX_OF_NET, {1000, 2000}},
	/* Income Tax Ordinance s. 164 and regulations */
	{"IL", TAX_OF_GROSS, {2000, 3000, 500, 300, 200}},
	/* Africa */
	/* Income Tax Act s. 35 (5, 3, 20 %); VAT Act s. 42A: 2 % of the net */
	{"KE", TAX_OF_NET, {200, 500, 700, 300, 2000}},
	/* WHT Regulations 2024: 2 and 5 %, fees 5 and 10 %; VAT Act s. 13 */
	{"NG", TAX_OF_NET, {500, 200, 1000, 1250, 1750}},
	/* Income Tax Act 896/2015 s. 114 ff.; Act 870: tax 7 % of the net */
	{"GH", TAX_OF_NET, {750, 300, 500, 1450, 1000, 700}},
	/* Income Tax Act 2004 s. 83 and 83A; VAT withholding 3 and 6 % */
	{"TZ", TAX_OF_NET, {500, 200, 300, 600}},
	/* Income Tax Act Cap. 338 s. 118: 6 % of the gross */
	{"UG", TAX_OF_GROSS, {600}},
	/* Law 027/2022 art. 60 and 62 */
	{"RW", TAX_OF_NET, {1500, 300}},
	/* Income Tax Law 91/2005 art. 59: 0.5, 1, 3, 5 % */
	{"EG", TAX_OF_NET, {300, 100, 500, 50}},
	/* CGI art. 15 bis and 157: professionals 5, 10 %; tax 75 % of it */
	{"MA", TAX_OF_NET, {500, 1000}},
	{"MA", TAX_OF_TAX, {7500, 10000}},
	/* Code IRPP art. 52: of the gross; tax 25 % of it for public payers */
	{"TN", TAX_OF_GROSS, {100, 300, 1000, 150, 50}},
	{"TN", TAX_OF_TAX, {2500}},
	/* Income Tax Act s. 47A and following: royalties and fees */
	{"ZM", TAX_OF_NET, {1500, 2000}},
	/* General tax codes: what is kept back from services */
	{"CI", TAX_OF_NET, {750, 2000}},
	{"SN", TAX_OF_NET, {500, 2000}},
	{"CM", TAX_OF_NET, {220, 550, 500}},
};

/* The standard rate first. Directive 2006/112/EC as the Commission lists it,
 * and the laws of the others; rates that went down or up lately stand both. */
static const struct {
	const char *country;
	int rates[6];
} usual[] = {
	{"AT", {2000, 1000, 1300}}, {"BE", {2100, 600, 1200}},
	{"BG", {2000, 900}}, {"HR", {2500, 1300, 500}},
	{"CY", {1900, 900, 500}}, {"CZ", {2100, 1200}},
	{"DK", {2500}}, {"EE", {2400, 2200, 900}},
	{"FI", {2550, 1400, 1350, 1000, 2400}}, {"FR", {2000, 1000, 550}},
	{"DE", {1900, 700}}, {"GR", {2400, 1300, 600}},
	{"HU", {2700, 1800, 500}}, {"IE", {2300, 1350, 900}},
	{"IT", {2200, 1000, 500, 400}}, {"LV", {2100, 1200}},
	{"LT", {2100, 900, 1200}}, {"LU", {1700, 1400, 800}},
	{"MT", {1800, 700, 500}}, {"NL", {2100, 900}},
	{"PL", {2300, 800, 500}}, {"PT", {2300, 1300, 600}},
	{"RO", {2100, 1900, 1100, 900}}, {"SK", {2300, 2000, 1900, 500}},
	{"SI", {2200, 950}}, {"ES", {2100, 1000, 400}},
	{"SE", {2500, 1200, 600}}, {"GB", {2000, 500}},
	{"CH", {810, 260, 380}}, {"LI", {810, 260}},
	{"NO", {2500, 1500, 1200}}, {"IS", {2400, 1100}},
	{"RS", {2000, 1000}}, {"TR", {2000, 1000, 100}},
	{"RU", {2200, 2000, 1000}}, {"UA", {2000, 700}},
	{"BY", {2000, 1000}}, {"KZ", {1600, 1200}},
	{"GE", {1800}}, {"AM", {2000}}, {"MD", {2000, 800}},
	{"AL", {2000}}, {"MK", {1800, 500}}, {"BA", {1700}}, {"ME", {2100}},
	{"CA", {500, 1300, 1500}}, {"MX", {1600, 800}},
	{"CO", {1900, 500}}, {"CL", {1900}}, {"PE", {1800}},
	{"EC", {1500, 1200}}, {"AR", {2100, 1050}}, {"UY", {2200, 1000}},
	{"PY", {1000, 500}}, {"BO", {1300}}, {"VE", {1600}},
	{"CR", {1300}}, {"GT", {1200}}, {"DO", {1800}}, {"PA", {700}},
	{"IN", {1800, 500, 1200, 2800}}, {"PK", {1800, 1500, 1600}},
	{"BD", {1500, 1000, 500}}, {"LK", {1800}}, {"NP", {1300}},
	{"TH", {700}}, {"PH", {1200}}, {"ID", {1100, 1200}},
	{"MY", {800, 600}}, {"SG", {900}}, {"VN", {1000, 800}},
	{"CN", {1300, 900, 600}}, {"KR", {1000}}, {"JP", {1000, 800}},
	{"TW", {500}}, {"IL", {1800, 1700}}, {"AE", {500}}, {"SA", {1500}},
	{"BH", {1000}}, {"OM", {500}}, {"JO", {1600}}, {"EG", {1400}},
	{"MA", {2000, 1000}}, {"TN", {1900, 700}}, {"DZ", {1900, 900}},
	{"KE", {1600}}, {"NG", {750}}, {"GH", {1500, 2190, 2100, 300}},
	{"TZ", {1800}}, {"UG", {1800}}, {"RW", {1800}}, {"ET", {1500}},
	{"ZA", {1500}}, {"ZM", {1600}}, {"CI", {1800}}, {"SN", {1800}},
	{"CM", {1925}}, {"AU", {1000}}, {"NZ", {1500}},
};

const struct tax_row *
tax_withheld(const char *country, const struct tax_row *last)
{
	const struct tax_row *end = withheld +
	    sizeof(withheld) / sizeof(withheld[0]);

	for (const struct tax_row *row = last ? last + 1 : withheld;
	    country && row < end; row++)
		if (strcmp(row->country, country) == 0)
			return row;
	return NULL;
}

const int *
tax_all(void)
{
	static const int rates[] = {500, 700, 810, 1000, 1200, 1300, 1500,
	    1600, 1700, 1800, 1900, 2000, 2100, 2200, 2300, 2400, 2500, 2550,
	    2700, 0};

	return rates;
}

const int *
tax_usual(const char *country)
{
	static const int none[] = {0};

	for (size_t i = 0; country &&
	    i < sizeof(usual) / sizeof(usual[0]); i++)
		if (strcmp(usual[i].country, country) == 0)
			return usual[i].rates;
	return none;
}
