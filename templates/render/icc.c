/*
 * icc.c - an sRGB colour profile (ICC.1:2001-04, display, RGB), computed from
 * the numbers of IEC 61966-2-1, so that no file of somebody else is needed.
 */
#include "pdfa.h"

#include <math.h>
#include <string.h>

#define CURVE 1024		/* points of the tone curve */
#define TAGS 9

static void
put16(GByteArray *out, unsigned value)
{
	const guint8 bytes[] = {(guint8)(value >> 8), (guint8)value};

	g_byte_array_append(out, bytes, sizeof bytes);
}

static void
put32(GByteArray *out, unsigned value)
{
	put16(out, value >> 16);
	put16(out, value & 0xffff);
}

static void
put_text(GByteArray *out, const char *text, guint length)
{
	g_byte_array_append(out, (const guint8 *)text, length);
}

/* s15Fixed16Number */
static void
put_fixed(GByteArray *out, double value)
{
	put32(out, (unsigned)lround(value * 65536));
}

static void
put_xyz(GByteArray *out, double x, double y, double z)
{
	put_text(out, "XYZ \0\0\0", 8);
	put_fixed(out, x);
	put_fixed(out, y);
	put_fixed(out, z);
}

static void
put_curve(GByteArray *out)
{
	put_text(out, "curv\0\0\0", 8);
	put32(out, CURVE);
	for (int i = 0; i < CURVE; i++) {
		double value = (double)i / (CURVE - 1);
		double linear = value <= 0.04045 ? value / 12.92 :
		    pow((value + 0.055) / 1.055, 2.4);

		put16(out, (unsigned)lround(linear * 65535));
	}
}

/* textDescriptionType: ASCII, no Unicode, no script code. */
static void
put_description(GByteArray *out, const char *text)
{
	guint length = (guint)strlen(text) + 1;
	static const char rest[78];

	put_text(out, "desc\0\0\0", 8);
	put32(out, length);
	put_text(out, text, length);
	put_text(out, rest, sizeof rest);
	while (out->len % 4)
		put_text(out, "", 1);
}

static void
put_copyright(GByteArray *out)
{
	put_text(out, "text\0\0\0", 8);
	put_text(out, "No copyright, use freely", 25);
	while (out->len % 4)
		put_text(out, "", 1);
}

struct tag { const char *name; unsigned offset, size; };

static void
put_head(GByteArray *out, unsigned size)
{
	static const char zero[48];

	put32(out, size);
	put32(out, 0);
	put32(out, 0x02100000);		/* version 2.1 */
	put_text(out, "mntrRGB XYZ ", 12);
	for (int i = 0; i < 3; i++)	/* 1 January 2000, 0:00 */
		put16(out, i ? 1 : 2000);
	put_text(out, zero, 6);
	put_text(out, "acsp", 4);
	put_text(out, zero, 28);
	put_fixed(out, 0.9642);		/* D50 */
	put_fixed(out, 1);
	put_fixed(out, 0.8249);
	put_text(out, zero, 48);
}

static void
add_tag(struct tag *tags, int *count, const char *name, unsigned from,
    const GByteArray *data)
{
	tags[(*count)++] = (struct tag){name, from, data->len - from};
}

static GBytes *
build(void)
{
	GByteArray *data = g_byte_array_new(), *out = g_byte_array_new();
	unsigned base = 128 + 4 + 12 * TAGS, at = 0;
	struct tag tags[TAGS];
	int count = 0;

	put_description(data, "sRGB IEC61966-2.1");
	add_tag(tags, &count, "desc", at, data);
	at = data->len;
	put_copyright(data);
	add_tag(tags, &count, "cprt", at, data);
	at = data->len;
	put_xyz(data, 0.9642, 1, 0.8249);
	add_tag(tags, &count, "wtpt", at, data);
	at = data->len;
	put_xyz(data, 0.43607, 0.22249, 0.01392);
	add_tag(tags, &count, "rXYZ", at, data);
	at = data->len;
	put_xyz(data, 0.38515, 0.71687, 0.09708);
	add_tag(tags, &count, "gXYZ", at, data);
	at = data->len;
	put_xyz(data, 0.14307, 0.06061, 0.71410);
	add_tag(tags, &count, "bXYZ", at, data);
	at = data->len;
	put_curve(data);
	add_tag(tags, &count, "rTRC", at, data);
	add_tag(tags, &count, "gTRC", at, data);
	add_tag(tags, &count, "bTRC", at, data);
	put_head(out, base + data->len);
	put32(out, TAGS);
	for (int i = 0; i < count; i++) {
		put_text(out, tags[i].name, 4);
		put32(out, base + tags[i].offset);
		put32(out, tags[i].size);
	}
	g_byte_array_append(out, data->data, data->len);
	g_byte_array_unref(data);
	return g_byte_array_free_to_bytes(out);
}

GBytes *
icc_srgb(void)
{
	static GBytes *profile;

	if (!profile)
		profile = build();
	return profile;
}
