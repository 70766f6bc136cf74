/* words.c - encoded words, transfer encodings, quoting: always UTF-8. */
#include "fuzz.h"

#include "../../parser/decode.h"
#include "../../parser/words.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text = g_strndup((const char *)data, size);
	g_autofree char *utf8 = g_utf8_make_valid(text, -1);
	static struct words *words;
	bool odd = false;

	if (!words) {
		static const char *const dirs[] = {"parser/words", NULL};
		words = words_load(dirs, NULL);
	}
	g_autofree char *subject = rfc2047_decode(text, &odd);
	MUST(g_utf8_validate(subject, -1, NULL));
	g_string_free(decode_base64((const char *)data, size, &odd), TRUE);
	g_string_free(decode_quoted_printable((const char *)data, size, true),
	    TRUE);
	g_autofree char *flowed = decode_flowed(utf8, size % 2);
	MUST(g_utf8_validate(flowed, -1, NULL));
	g_autofree char *own = words_cut_quotes(words, utf8);
	MUST(g_utf8_validate(own, -1, NULL));
	struct meaning meaning;

	words_read(words, own, (int32_t)size + 20000, &meaning);
	MUST(meaning.intent);
	meaning_clear(&meaning);
	words_read_automatic(words, own, 20000, &meaning);
	MUST(meaning.intent);
	meaning_clear(&meaning);
	return 0;
}
