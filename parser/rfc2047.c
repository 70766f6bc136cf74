/*
 * rfc2047.c - encoded words, decoded one by one (gmime 3.2.13 drops text
 * behind a padded base64 word). Bytes of neighbours with one charset are put
 * together before they are converted, because many programs cut a character
 * in two. Words inside other text are decoded too, as all mail programs do.
 */
#include "decode.h"
#include "charset.h"

#include <string.h>

struct word {
	char *charset;		/* NULL: no encoded word here */
	GString *bytes;
	size_t length;		/* as written */
};

/* Length of "=?charset?X?text?=", 0 when there is none at p. */
static size_t
word_length(const char *p, const char **encoding, const char **text)
{
	const char *q, *end;

	if (p[0] != '=' || p[1] != '?')
		return 0;
	q = strchr(p + 2, '?');
	if (!q || q == p + 2 || q - p > 60 || !q[1] || q[2] != '?' ||
	    !strchr("qQbB", q[1]))
		return 0;
	*encoding = q + 1;
	*text = q + 3;
	end = strstr(*text, "?=");
	/* "?=" right behind the encoding's mark may belong to Q's "=41". */
	return end ? (size_t)(end + 2 - p) : 0;
}

static bool
has_nul(const GString *bytes)
{
	return memchr(bytes->str, '\0', bytes->len) != NULL;
}

/* The word at p; charset NULL when there is none or it is broken. */
static struct word
read_word(const char *p, bool *odd)
{
	struct word word = {NULL, NULL, 0};
	const char *encoding, *text;
	size_t length = word_length(p, &encoding, &text), n;
	bool broken = false;

	if (length == 0)
		return word;
	n = length - 2 - (size_t)(text - p);
	word.charset = g_strndup(p + 2, strcspn(p + 2, "?*"));
	if (g_ascii_tolower(*encoding) == 'b')
		word.bytes = decode_base64(text, n, &broken);
	else
		word.bytes = decode_quoted_printable(text, n, true);
	word.length = length;
	if (broken || !charset_is_known(word.charset)) {
		*odd = true;
		g_clear_pointer(&word.charset, g_free);
		g_string_free(word.bytes, TRUE);
		word.bytes = NULL;
	}
	if (word.bytes && has_nul(word.bytes) &&
	    g_ascii_strncasecmp(word.charset, "utf-16", 6) != 0)
		*odd = true;
	return word;
}

/* Converts what was gathered and begins anew. */
static void
flush(GString *out, char **charset, GString *bytes, bool *odd)
{
	if (*charset) {
		g_autofree char *text =
		    charset_to_utf8(*charset, bytes->str, bytes->len, odd);

		g_string_append(out, text);
	}
	g_clear_pointer(charset, g_free);
	g_string_truncate(bytes, 0);
}

/* Text outside of words: UTF-8 or, failing that, Windows-1252. */
static void
append_plain(GString *out, const char *text, size_t length)
{
	bool ignored;
	g_autofree char *plain = charset_to_utf8(NULL, text, length, &ignored);

	g_string_append(out, plain);
}

/* Takes a word over, together with neighbours of its charset. */
static void
gather(GString *out, char **charset, GString *bytes, struct word *word,
    bool *odd)
{
	if (*charset && g_ascii_strcasecmp(*charset, word->charset) != 0)
		flush(out, charset, bytes, odd);
	if (!*charset)
		*charset = g_steal_pointer(&word->charset);
	g_string_append_len(bytes, word->bytes->str,
	    (gssize)word->bytes->len);
	g_free(word->charset);
	g_string_free(word->bytes, TRUE);
}

char *
rfc2047_decode(const char *value, bool *odd)
{
	GString *out = g_string_sized_new(strlen(value));
	g_autoptr(GString) bytes = g_string_new(NULL);
	g_autofree char *charset = NULL;
	const char *p = value, *plain = value;

	while (*p) {
		struct word word = read_word(p, odd);

		if (!word.charset) {
			p += word.length ? word.length : 1;
			continue;
		}
		/* Only blanks between two words: they are not part of it. */
		if (!charset || plain + strspn(plain, " \t\r\n") < p) {
			flush(out, &charset, bytes, odd);
			append_plain(out, plain, (size_t)(p - plain));
		}
		gather(out, &charset, bytes, &word, odd);
		p += word.length;
		plain = p;
	}
	flush(out, &charset, bytes, odd);
	append_plain(out, plain, (size_t)(p - plain));
	return g_string_free(out, FALSE);
}
