/*
 * square.c - what a PAY by square code holds: its fields with their CRC-32,
 * compressed by LZMA without a header, as base32hex behind two small headers.
 */
#include "square.h"

#include <lzma.h>
#include <string.h>

#define SQUARE_VERSION 1	/* of PAY by square: 1.1.0 */
#define DICTIONARY (1 << 17)
#define LENGTH_MOST 1000	/* of the fields; a code has less room */

/* RFC 4648, 7, without padding: five bits a character. */
static void
append_base32hex(GString *out, const uint8_t *bytes, size_t n)
{
	static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUV";
	unsigned held = 0, bits = 0;

	for (size_t i = 0; i < n; i++) {
		held = (held << 8 | bytes[i]) & 0xfff;
		for (bits += 8; bits >= 5; bits -= 5)
			g_string_append_c(out,
			    digits[held >> (bits - 5) & 31]);
	}
	if (bits)
		g_string_append_c(out, digits[held << (5 - bits) & 31]);
}

static bool
compress(const uint8_t *bytes, size_t n, uint8_t *out, size_t room,
    size_t *used)
{
	lzma_options_lzma options;
	lzma_filter filters[] = {{LZMA_FILTER_LZMA1, &options},
	    {LZMA_VLI_UNKNOWN, NULL}};

	if (lzma_lzma_preset(&options, LZMA_PRESET_DEFAULT))
		return false;
	options.dict_size = DICTIONARY;
	options.lc = 3;
	options.lp = 0;
	options.pb = 2;
	*used = 0;
	return lzma_raw_buffer_encode(filters, NULL, bytes, n, out, used,
	    room) == LZMA_OK;
}

static void
put_little(uint8_t *out, uint32_t value, int bytes)
{
	for (int i = 0; i < bytes; i++)
		out[i] = (uint8_t)(value >> 8 * i);
}

char *
square_write(const char *fields)
{
	size_t n = strlen(fields), used;
	uint8_t plain[LENGTH_MOST + 4], packed[2 * LENGTH_MOST] = {SQUARE_VERSION, 0};
	GString *out;

	if (n > LENGTH_MOST)
		return NULL;
	put_little(plain, lzma_crc32((const uint8_t *)fields, n, 0), 4);
	memcpy(plain + 4, fields, n);
	put_little(packed + 2, (uint32_t)n + 4, 2);
	if (!compress(plain, n + 4, packed + 4, sizeof packed - 4, &used))
		return NULL;
	out = g_string_new(NULL);
	append_base32hex(out, packed, used + 4);
	return g_string_free(out, FALSE);
}

void
square_complete(const json_t *letter)
{
	const json_t *pay = json_object_get(json_object_get(letter, "values"),
	    "pay");
	const json_t *ways = json_object_get(pay, "ways");

	for (size_t i = 0; i < json_array_size(ways); i++) {
		json_t *way = json_array_get(ways, i);
		json_t *places[] = {way, json_object_get(way, "discount")};
		const char *kind = json_string_value(
		    json_object_get(way, "kind"));

		for (size_t j = 0; g_strcmp0(kind, "pay-by-square") == 0 &&
		    j < G_N_ELEMENTS(places); j++) {
			const char *fields = json_string_value(
			    json_object_get(places[j], "payload"));
			g_autofree char *made = fields && strchr(fields, '\t')
			    ? square_write(fields) : NULL;

			if (made)
				json_object_set_new(places[j], "payload",
				    json_string(made));
		}
	}
}
