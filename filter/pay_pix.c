/*
 * pay_pix.c - Brazil's Pix "copia e cola": the merchant's code of EMV with a
 * static key, an amount and a txid. Pure.
 */
#include "pay.h"

#include "match.h"

#include <string.h>

#include "../parser/parser.h"

#define TXID_MOST 25
#define AMOUNT_MOST INT64_C(999999999999)	/* thirteen characters */

static const char *
lacks(const struct account *account)
{
	return account->pix_key ? account->pix_city ? NULL : "pix-city"
				: "pix-key";
}

static bool
is_usual(const struct account *account, const char *country,
    const char *currency)
{
	(void)country;
	return !lacks(account) && strcmp(currency, "BRL") == 0;
}

/* Id, length, value. */
static void
put(GString *out, const char *id, const char *value)
{
	g_string_append_printf(out, "%s%02zu%s", id, strlen(value), value);
}

/* CRC-16/CCITT-FALSE. */
static unsigned
checksum(const char *text)
{
	unsigned crc = 0xffff;

	for (; *text; text++) {
		crc ^= (unsigned)(unsigned char)*text << 8;
		for (int i = 0; i < 8; i++)
			crc = crc & 0x8000 ? (crc << 1 ^ 0x1021) & 0xffff
					   : crc << 1 & 0xffff;
	}
	return crc;
}

/* Letters and digits; "***" when there is no single reference. */
static char *
txid(const struct pay *pay)
{
	GString *out = g_string_new(NULL);

	for (const char *p = pay->reference; p && *p; p++)
		if (g_ascii_isalnum(*p))
			g_string_append_c(out, *p);
	if (out->len == 0 || out->len > TXID_MOST)
		g_string_assign(out, "***");
	return g_string_free(out, FALSE);
}

static char *
payload(const struct pay *pay)
{
	g_autofree char *amount = money_format(pay->amount, pay->currency);
	g_autofree char *name = pay_ascii(pay->account->holder, 25, " -.&");
	g_autofree char *id = txid(pay);
	g_autoptr(GString) merchant = g_string_new(NULL);
	g_autoptr(GString) more = g_string_new(NULL);
	GString *out;

	if (strcmp(pay->currency, "BRL") != 0 || pay->amount > AMOUNT_MOST ||
	    !*name)
		return NULL;
	put(merchant, "00", "br.gov.bcb.pix");
	put(merchant, "01", pay->account->pix_key);
	put(more, "05", id);
	out = g_string_new(NULL);
	put(out, "00", "01");
	put(out, "26", merchant->str);
	put(out, "52", "0000");		/* no category */
	put(out, "53", "986");
	put(out, "54", amount);
	put(out, "58", "BR");
	put(out, "59", name);
	put(out, "60", pay->account->pix_city);
	put(out, "62", more->str);
	g_string_append(out, "6304");
	g_string_append_printf(out, "%04X", checksum(out->str));
	return g_string_free(out, FALSE);
}

const struct pay_way pay_pix = {
    .name = "pix", .lacks = lacks, .is_usual = is_usual,
    .payload = payload, .title = "Pix", .ecc = "M", .size = 35};
