/* extract_html.c - HTML of a bank: text in UTF-8, no longer than it can be. */
#include "fuzz.h"

#include "../../parser/extract/extract.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *html = charset_decode((const char *)data, size, NULL);
	g_autofree char *text = html_text(html);

	MUST(g_utf8_validate(text, -1, NULL));
	return 0;
}
