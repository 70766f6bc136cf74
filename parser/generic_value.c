/*
 * generic_value.c - values in their canonical spelling: days, accounts, codes.
 */
#include "generic_facts.h"
#include "habits.h"

#include <string.h>

#define TEXT_MAX 280		/* bytes of a free text that are kept */

struct gamount *
gvalue_amount(const struct gtext *text, uint32_t first, uint32_t end)
{
	struct gamount *amount = gamounts_in(text, first, end);

	if (!amount || amount->first - first > 2)
		return NULL;
	for (; first < amount->first; first++)
		if (TOKEN(text, first)->kind == LEX_NUMBER)
			return NULL;
	return amount;
}

/* ---- text -------------------------------------------------------------------- */

static bool
is_edge(char c)
{
	return strchr(" .,;:-'*|/(<>", c) != NULL;
}

/* A short word in front of it: "S.L.", "Inc.", "Kft.", "A. A." */
static bool
keeps_point(const char *text, size_t length)
{
	const char *end = text + length, *word = end;

	while (word > text && !strchr(" .", word[-1]))
		word--;
	return word > text && g_utf8_pointer_to_offset(word, end) <= 4 &&
	    g_utf8_pointer_to_offset(word, end) >= 1 &&
	    g_unichar_isalpha(g_utf8_get_char(word));
}

static char *
trim(char *text)
{
	size_t length, start = 0;

	while (text[start] && strchr(" ,;:-'*|/>)", text[start]))
		start++;
	memmove(text, text + start, strlen(text + start) + 1);
	length = strlen(text);
	while (length > 0 && is_edge(text[length - 1]))
		length--;
	/* The point of "S.L." and "Inc." belongs to the name. */
	if (text[length] == '.' && keeps_point(text, length))
		length++;
	text[length] = '\0';
	if (length > 1 && *text == '"' && strchr(text + 1, '"') ==
	    text + length - 1) {
		text[length - 1] = '\0';
		memmove(text, text + 1, length - 1);
	}
	return text;
}

char *
gvalue_text(const struct gtext *text, uint32_t first, uint32_t end)
{
	char *value = trim(gtext_slice(text, first, end));

	if (strlen(value) > TEXT_MAX) {
		char *at = g_utf8_find_prev_char(value, value + TEXT_MAX);

		*at = '\0';
	}
	if (!*value || strspn(value, "-./*") == strlen(value)) {
		g_free(value);
		return NULL;
	}
	return value;
}

/* ---- accounts and codes ------------------------------------------------------ */

static unsigned
count_digits(const char *chunk)
{
	unsigned digits = 0;

	for (; *chunk; chunk++)
		digits += g_ascii_isdigit(*chunk) != 0;
	return digits;
}

/* Stars, points, X: figures that are kept back. */
static bool
is_masked(const char *chunk)
{
	return strchr(chunk, '*') || strstr(chunk, "..") ||
	    strstr(chunk, "xx") || strstr(chunk, "XX") ||
	    strstr(chunk, "\u2022") ||
	    ((*chunk == 'X' || *chunk == 'x') && g_ascii_isdigit(chunk[1]));
}

/* ISO 7064, mod 97-10, over letters and figures. */
static bool
is_iban(const char *text)
{
	size_t length = strlen(text);
	unsigned rest = 0;

	if (length < 15 || length > 34 || !g_ascii_isalpha(text[0]) ||
	    !g_ascii_isalpha(text[1]) || !g_ascii_isdigit(text[2]) ||
	    !g_ascii_isdigit(text[3]))
		return false;
	for (size_t i = 0; i < length; i++) {
		char c = g_ascii_toupper(text[(i + 4) % length]);

		if (g_ascii_isdigit(c))
			rest = (rest * 10 + (unsigned)(c - '0')) % 97;
		else if (g_ascii_isupper(c))
			rest = (rest * 100 + (unsigned)(c - 'A') + 10) % 97;
		else
			return false;
	}
	return rest == 1;
}

/* Joins the chunks of an IBAN, or of a number in groups. The count of chunks
 * that belong together. */
static unsigned
join(char **chunks, GString *out)
{
	g_autoptr(GString) all = g_string_new(NULL);
	unsigned best = 1;

	g_string_assign(out, chunks[0]);
	for (unsigned n = 0; chunks[n] && all->len < 34; n++) {
		g_string_append(all, chunks[n]);
		if (is_iban(all->str)) {
			g_string_assign(out, all->str);
			return n + 1;
		}
	}
	if (strspn(chunks[0], "0123456789-") != strlen(chunks[0]))
		return 1;
	while (chunks[best] && strlen(chunks[best]) <= 12 &&
	    strspn(chunks[best], "0123456789") == strlen(chunks[best]) &&
	    out->len < 24)
		g_string_append(out, chunks[best++]);
	return best;
}

/* Could it be (the beginning of) an account's number? Cuts a name that is
 * glued to it off. */
static char *
account_chunk(char *chunk, unsigned figures, char **glued)
{
	size_t number = strspn(chunk, "0123456789/-");
	size_t length;

	*glued = NULL;
	while (*chunk && strchr("(\"'#:.,", *chunk) && !is_masked(chunk))
		chunk++;
	length = strlen(chunk);
	while (length > 0 && strchr(").,;:\"'", chunk[length - 1]))
		chunk[--length] = '\0';
	if (count_digits(chunk) < (is_masked(chunk) ? 2 : figures))
		return NULL;
	if (number >= 6 && number < length && g_unichar_isalpha(
	    g_utf8_get_char(chunk + number))) {
		*glued = g_strdup(chunk + number);
		chunk[number] = '\0';
	}
	return chunk;
}

/* Words around an account that only say that it is one. */
static char *
names_of(char **chunks, unsigned count)
{
	g_autofree char *last = chunks[count];
	char *all;

	chunks[count] = NULL;
	all = trim(g_strjoinv(" ", chunks));
	chunks[count] = g_steal_pointer(&last);
	return all;
}

char *
gvalue_account(const struct gtext *text, uint32_t first, uint32_t end,
    unsigned figures, char **before, char **behind)
{
	g_autofree char *slice = gtext_slice(text, first, end);
	g_auto(GStrv) chunks = g_strsplit(slice, " ", 40);

	for (unsigned i = 0; chunks[i]; i++) {
		g_autofree char *glued = NULL;
		g_autoptr(GString) out = g_string_new(NULL);
		unsigned joined = join(chunks + i, out);
		char *account = is_iban(out->str) ? out->str :
		    account_chunk(joined > 1 ? out->str : chunks[i], figures,
		    &glued);
		g_autofree char *rest = NULL;

		if (!account)
			continue;
		rest = g_strjoinv(" ", chunks + i + joined);
		*behind = trim(g_strconcat(glued ? glued : "",
		    glued ? " " : "", rest, NULL));
		*before = names_of(chunks, i);
		return g_strdup(account);
	}
	return NULL;
}

/* One code: the first chunk with a figure among the first few. */
char *
gvalue_code(const struct gtext *text, uint32_t first, uint32_t end)
{
	g_autofree char *slice = gtext_slice(text, first, end);
	g_auto(GStrv) chunks = g_strsplit(slice, " ", 6);

	for (unsigned i = 0; chunks[i] && i < 4; i++)
		if (count_digits(chunks[i]) > 0)
			return trim(g_strdup(chunks[i]));
	return NULL;
}

/* ---- days -------------------------------------------------------------------- */

#define DAY_TOKENS 7

/* A figure that begins a time is no year. */
static bool
ends_well(const struct gtext *text, uint32_t end)
{
	const struct gtoken *last = TOKEN(text, end - 1);

	if (last->kind > LEX_NUMBER)
		return false;
	return end >= text->tokens->len || TOKEN(text, end)->start !=
	    last->end || (TOKEN(text, end)->kind != LEX_NUMBER &&
	    !gtext_is_sign(text, end, ':') && !gtext_is_sign(text, end, '/'));
}

/* Years, months and days of East Asia as ISO. */
static char *
day_text_of(const struct gtext *text, uint32_t first, uint32_t end)
{
	g_autofree char *slice = gtext_slice(text, first, end);
	GString *out = g_string_new(NULL);

	for (const char *p = slice; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		int digit = g_unichar_digit_value(c);

		if (c == 0x5e74 || c == 0x6708)
			g_string_append_c(out, '-');
		else if (c > 0x80 && digit >= 0)
			g_string_append_c(out, (char)('0' + digit));
		else if (c != 0x65e5)
			g_string_append_unichar(out, c);
	}
	return g_string_free(out, FALSE);
}

/* Orders that the mail's languages use give one day, or the one that lies
 * just before the mail. */
static bool
day_in_orders(const struct gtext *text, const char *value,
    const char *language, unsigned orders, char day[DAY_SIZE])
{
	static const enum day_order order_of[] = {ORDER_DMY, ORDER_MDY,
	    ORDER_YMD};
	int32_t now = day_number(text->mail->date ? text->mail->date : "");
	unsigned found = 0;

	for (unsigned i = 0; i < 3; i++) {
		struct day_habit habit = {order_of[i], language};
		char got[DAY_SIZE];

		if (!(orders >> i & 1) || !habits_read_day(value, &habit,
		    text->mail->date, got))
			continue;
		if (found && strcmp(got, day) != 0) {
			int32_t a = now - day_number(day);
			int32_t b = now - day_number(got);
			bool is_near = a >= -1 && a <= 8;

			if (now == G_MININT32 ||
			    is_near == (b >= -1 && b <= 8))
				return false;
			if (is_near)
				continue;
		}
		memcpy(day, got, DAY_SIZE);
		found++;
	}
	return found > 0;
}

static bool
day_of(const struct gtext *text, uint32_t first, uint32_t end,
    char day[DAY_SIZE])
{
	g_autofree char *value = day_text_of(text, first, end);
	unsigned orders = 0;

	for (unsigned l = 0; l < labels_count_languages(text->labels); l++)
		if (text->languages >> l & 1)
			orders |= labels_language(text->labels, l)->dates;
	for (unsigned l = 0; l < labels_count_languages(text->labels); l++)
		if (text->languages >> l & 1 && day_in_orders(text, value,
		    labels_language(text->labels, l)->name,
		    orders ? orders : DATES_DMY, day))
			return true;
	return false;
}

bool
gvalue_day(const struct gtext *text, uint32_t first, uint32_t end,
    char day[DAY_SIZE], uint32_t *behind)
{
	for (uint32_t skip = 0; skip < 4 && first + skip < end; skip++) {
		uint32_t from = first + skip;
		uint32_t to = MIN(end, from + DAY_TOKENS);

		if (TOKEN(text, from)->kind > LEX_NUMBER)
			continue;
		for (; to >= from + 2; to--)
			if (ends_well(text, to) && day_of(text, from, to,
			    day)) {
				*behind = to;
				return true;
			}
		if (TOKEN(text, from)->kind == LEX_NUMBER)
			return false;
	}
	return false;
}
