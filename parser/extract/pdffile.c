/*
 * pdffile.c - the e-invoice that is embedded in a PDF: the files in it are
 * streams of their own (ISO 32000-1, 7.11.4), packed by deflate or not at all;
 * each is unpacked as far as tells whether it is the XML of an invoice. What
 * is encrypted stays unread.
 */
#include "invoice.h"

#include <string.h>
#include <zlib.h>

#define STREAMS_MAX 3000
#define DICTIONARY 4096		/* bytes before "stream" that are looked at */

/* The dictionary right before a stream, as text. */
static char *
dictionary_before(const char *bytes, const char *stream)
{
	size_t have = MIN((size_t)(stream - bytes), DICTIONARY);
	char *text = g_malloc(have + 1), *object;

	memcpy(text, stream - have, have);
	for (size_t i = 0; i < have; i++)
		if (!text[i])
			text[i] = ' ';
	text[have] = '\0';
	object = g_strrstr(text, "obj");
	if (object)
		memmove(text, object, strlen(object) + 1);
	return text;
}

/* What embedded files are not. */
static bool
is_other(const char *dictionary)
{
	static const char *const others[] = {"/Image", "/Length1", "/ObjStm",
	    "/XRef", "/XObject", "/Metadata", "/FunctionType", "/Encrypt"};

	for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
		if (strstr(dictionary, others[i]))
			return true;
	return false;
}

/* Unpacks; gives up as soon as it is seen to be something else. */
static GString *
inflate_stream(const char *from, size_t length, size_t limit)
{
	z_stream z = {.next_in = (Bytef *)(uintptr_t)from,
	    .avail_in = (uInt)MIN(length, G_MAXUINT32)};
	GString *out = g_string_new(NULL);
	unsigned char buffer[16384];
	int rc = Z_OK;
	bool is = true;

	if (inflateInit(&z) != Z_OK)
		return out;
	while (rc == Z_OK && is && out->len <= limit) {
		z.next_out = buffer;
		z.avail_out = sizeof buffer;
		rc = inflate(&z, Z_NO_FLUSH);
		if (rc != Z_OK && rc != Z_STREAM_END)
			break;
		g_string_append_len(out, (char *)buffer,
		    (gssize)(sizeof buffer - z.avail_out));
		is = invoice_meaning(out->str, out->len) != MEANING_OTHER;
	}
	inflateEnd(&z);
	if (!is || rc != Z_STREAM_END || out->len > limit)
		g_string_truncate(out, 0);
	return out;
}

static GString *
plain_stream(const char *from, size_t length, size_t limit)
{
	const char *end = memmem(from, length, "endstream", 9);
	size_t n = end ? (size_t)(end - from) : 0;

	return g_string_new_len(from, (gssize)(n <= limit ? n : 0));
}

static const char *
stream_start(const char *stream)
{
	stream += strlen("stream");
	if (*stream == '\r')
		stream++;
	return *stream == '\n' ? stream + 1 : stream;
}

GString *
invoice_in_pdf(const char *bytes, size_t length, size_t limit)
{
	const char *end = bytes + length, *at = bytes;

	if (length < 8 || !memmem(bytes, MIN(length, 1024), "%PDF-", 5))
		return NULL;
	for (int i = 0; i < STREAMS_MAX; i++) {
		const char *stream = memmem(at, (size_t)(end - at), "stream",
		    6), *data;
		g_autofree char *dictionary = NULL;
		GString *text;

		if (!stream || end - stream < 9)
			return NULL;
		at = stream + 6;
		if (stream > bytes + 3 && memcmp(stream - 3, "end", 3) == 0)
			continue;
		dictionary = dictionary_before(bytes, stream);
		if (is_other(dictionary))
			continue;
		data = stream_start(stream);
		text = strstr(dictionary, "/FlateDecode") ?
		    inflate_stream(data, (size_t)(end - data), limit) :
		    plain_stream(data, (size_t)(end - data), limit);
		if (text->len > 0 && invoice_meaning(text->str, text->len) ==
		    MEANING_INVOICE)
			return text;
		g_string_free(text, TRUE);
	}
	return NULL;
}
