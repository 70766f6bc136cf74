/*
 * page.c - the text that templates read. Invisible and direction-changing
 * characters are left out, and the places where they stood are kept: what a
 * reader sees on such a line may differ from what is written there.
 */
#include "page.h"
#include "habits.h"

#include <string.h>

#define BYTE_ORDER_MARK 0xfeff

struct page {
	GString *plain;
	char *folded;
	size_t folded_length;
	GArray *odd;	/* size_t: byte offsets in plain */
};

static bool
is_odd(gunichar c)
{
	switch (g_unichar_type(c)) {
	case G_UNICODE_CONTROL:
	case G_UNICODE_FORMAT:
	case G_UNICODE_SURROGATE:
	case G_UNICODE_PRIVATE_USE:
	case G_UNICODE_UNASSIGNED:
		return true;
	default:
		/* Combining grapheme joiner, Hangul fillers, variation
		 * selectors: nothing to see either. */
		return c == 0x34f || c == 0x115f || c == 0x1160 ||
		    c == 0x3164 || c == 0xffa0 || (c >= 0xfe00 && c <= 0xfe0f);
	}
}

static bool
is_line_end(gunichar c)
{
	return c == '\n' || c == '\v' || c == '\f' || c == 0x85 ||
	    c == 0x2028 || c == 0x2029;
}

static void
end_line(GString *out)
{
	while (out->len > 0 && strchr(" \t", out->str[out->len - 1]))
		g_string_truncate(out, out->len - 1);
	g_string_append_c(out, '\n');
}

static bool
at_line_start(const GString *out)
{
	return out->len == 0 || out->str[out->len - 1] == '\n';
}

static void
take_character(struct page *page, gunichar c)
{
	GString *out = page->plain;

	if (is_line_end(c)) {
		end_line(out);
	} else if (c == '\t' || g_unichar_isspace(c) ||
	    g_unichar_type(c) == G_UNICODE_SPACE_SEPARATOR) {
		if (c != '\r' && !at_line_start(out))
			g_string_append_c(out, c == '\t' ? '\t' : ' ');
	} else if (is_odd(c)) {
		g_array_append_val(page->odd, out->len);
	} else {
		g_string_append_unichar(out, c);
	}
}

bool
page_stands_alone(gunichar c)
{
	static const struct {
		gunichar first, last;
	} ranges[] = {{0, 0x2ff}, {0x400, 0x482}, {0x48a, 0x590},
	    {0x2002, 0x20cf}, {0x3000, 0x3029}, {0x3030, 0x3098},
	    {0x309b, 0x30ff}, {0x4e00, 0x9fff}, {0xac00, 0xd7a3},
	    {0xff00, 0xffef}, {0x1f000, 0x1faff}};

	for (size_t i = 0; i < G_N_ELEMENTS(ranges); i++)
		if (c <= ranges[i].last)
			return c >= ranges[i].first;
	return false;
}

/* The text as NFC has it: nothing to do for nearly every mail. */
static char *
compose(char *valid)
{
	char *composed;

	for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
		if ((unsigned char)*p < 0x80 ||
		    page_stands_alone(g_utf8_get_char(p)))
			continue;
		composed = g_utf8_normalize(valid, -1, G_NORMALIZE_NFC);
		g_free(valid);
		return composed;
	}
	return valid;
}

struct page *
page_new(const char *text)
{
	struct page *page = g_new0(struct page, 1);
	g_autofree char *composed = compose(g_utf8_make_valid(text,
	    (gssize)strnlen(text, PAGE_MAX)));

	page->plain = g_string_sized_new(strlen(composed) + 16);
	page->odd = g_array_new(FALSE, FALSE, sizeof(size_t));
	for (const char *p = composed; *p; p = g_utf8_next_char(p))
		if (*p > ' ' && *p < 0x7f)
			g_string_append_c(page->plain, *p);
		else if (p != composed || g_utf8_get_char(p) != BYTE_ORDER_MARK)
			take_character(page, g_utf8_get_char(p));
	end_line(page->plain);
	page->folded = habits_fold(page->plain->str, false);
	page->folded_length = strlen(page->folded);
	return page;
}

void
page_free(struct page *page)
{
	if (!page)
		return;
	g_string_free(page->plain, TRUE);
	g_free(page->folded);
	g_array_free(page->odd, TRUE);
	g_free(page);
}

const char *
page_folded(const struct page *page)
{
	return page->folded;
}

size_t
page_length(const struct page *page)
{
	return page->folded_length;
}

/* Offset in plain of an offset in folded: the same character. */
static size_t
plain_offset(const struct page *page, size_t offset)
{
	glong at = g_utf8_pointer_to_offset(page->folded,
	    page->folded + offset);

	return (size_t)(g_utf8_offset_to_pointer(page->plain->str, at) -
	    page->plain->str);
}

char *
page_slice(const struct page *page, size_t start, size_t end)
{
	size_t from = plain_offset(page, start), to = plain_offset(page, end);
	GString *out = g_string_sized_new(to - from + 1);

	for (size_t i = from; i < to; i++) {
		char c = page->plain->str[i];

		if (!strchr(" \t\n", c))
			g_string_append_c(out, c);
		else if (out->len > 0 && out->str[out->len - 1] != ' ')
			g_string_append_c(out, ' ');
	}
	if (out->len > 0 && out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
	return g_string_free(out, FALSE);
}

const char *
page_text(const struct page *page)
{
	return page->plain->str;
}

bool
page_text_is_tainted(const struct page *page, size_t from, size_t to)
{
	const char *text = page->plain->str;

	if (page->odd->len == 0)
		return false;
	while (from > 0 && text[from - 1] != '\n')
		from--;
	while (text[to] && text[to] != '\n')
		to++;
	for (guint i = 0; i < page->odd->len; i++) {
		size_t at = g_array_index(page->odd, size_t, i);

		if (at >= from && at <= to)
			return true;
	}
	return false;
}

bool
page_is_tainted(const struct page *page, size_t start, size_t end)
{
	return page->odd->len > 0 && page_text_is_tainted(page,
	    plain_offset(page, start), plain_offset(page, end));
}
