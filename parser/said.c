/*
 * said.c - what a customer names beside what is meant: the sum and the way
 * of a payment, numbers of invoices.
 */
#include "said.h"

#include <string.h>

#include "parser.h"

#define REFERENCES 16

/* ---- sums -------------------------------------------------------------------------- */

static const struct {
	const char *word, *currency;
} currencies[] = {
	{"\u20ac", "EUR"}, {"eur", "EUR"}, {"euro", "EUR"}, {"euros", "EUR"},
	{"\u0435\u0432\u0440\u043e", "EUR"}, {"$", "USD"}, {"usd", "USD"},
	{"dollars", "USD"}, {"\u00a3", "GBP"}, {"gbp", "GBP"},
	{"pounds", "GBP"}, {"chf", "CHF"}, {"franken", "CHF"},
	{"\u20bd", "RUB"}, {"rub", "RUB"}, {"\u0440\u0443\u0431", "RUB"},
	{"\u0440\u0443\u0431\u043b\u0435\u0438", "RUB"}, {"brl", "BRL"},
	{"reais", "BRL"}, {"\u20b9", "INR"}, {"inr", "INR"}, {"mxn", "MXN"},
	{"pln", "PLN"}, {"czk", "CZK"}, {"sek", "SEK"}, {"nok", "NOK"},
	{"dkk", "DKK"}, {"cad", "CAD"}, {"aud", "AUD"}, {"jpy", "JPY"},
};

static const char *
currency_of(const char *word)
{
	for (size_t i = 0; i < G_N_ELEMENTS(currencies); i++)
		if (strcmp(currencies[i].word, word) == 0)
			return currencies[i].currency;
	return NULL;
}

/* "1.250,50" as "1250.50"; NULL when a mark may be either. */
static char *
plain_sum(const char *text)
{
	const char *last = NULL;
	g_autoptr(GString) out = g_string_new(NULL);
	size_t decimals;

	for (const char *p = text; *p; p++)
		if (*p == '.' || *p == ',')
			last = p;
	decimals = last ? strlen(last + 1) : 0;
	if (last && decimals != 2 && decimals != 3)
		return NULL;
	for (const char *p = text; *p; p++)
		if (g_ascii_isdigit(*p))
			g_string_append_c(out, *p);
		else if (p == last && decimals == 2)
			g_string_append_c(out, '.');
		else if (!strchr(".,'", *p))
			return NULL;
	return g_strdup(out->str);
}

static bool
is_group(const struct tokens *tokens, unsigned i)
{
	const char *text = tokens->token[i].text;

	return i > 0 && strspn(text, "0123456789") == 3 &&
	    !strchr("/-:", text[3]) && tokens->token[i - 1].number > 0 &&
	    tokens->token[i - 1].number < 1000 &&
	    tokens->token[i].start == tokens->token[i - 1].end + 1;
}

static bool
read_sum(const struct tokens *tokens, unsigned i, bool of_payment,
    struct meaning *meaning)
{
	const char *currency = i + 1 < tokens->count ?
	    currency_of(tokens->token[i + 1].text) : NULL;
	unsigned first = is_group(tokens, i) ? i - 1 : i;
	g_autofree char *written = NULL, *plain = NULL;
	int64_t minor;

	if (!currency && first > 0)
		currency = currency_of(tokens->token[first - 1].text);
	if (!currency)
		return false;
	written = first < i ? g_strconcat(tokens->token[first].text,
	    tokens->token[i].text, NULL) : g_strdup(tokens->token[i].text);
	plain = plain_sum(written);
	if (!plain || !money_parse(plain, currency, &minor))
		return false;
	if (meaning->amount || !of_payment)
		return true;
	meaning->amount = money_format(minor, currency);
	meaning->currency = g_strdup(currency);
	return true;
}

/* ---- numbers of invoices --------------------------------------------------------------- */

static bool
is_day(const struct reading_text *text, unsigned i)
{
	for (guint k = 0; k < text->whens->len; k++) {
		const struct when *when =
		    &g_array_index(text->whens, struct when, k);

		if (i >= when->first && i < when->end)
			return true;
	}
	return false;
}

static void
add_reference(struct meaning *meaning, char *reference)
{
	bool digit = false;

	for (const char *p = reference; *p; p++)
		digit |= g_ascii_isdigit(*p);
	for (guint i = 0; i < meaning->references->len; i++)
		if (strcmp(meaning->references->pdata[i], reference) == 0)
			digit = false;
	if (digit && meaning->references->len < REFERENCES &&
	    strlen(reference) <= 40)
		g_ptr_array_add(meaning->references, reference);
	else
		g_free(reference);
}

/* The raw word around a token: letters, figures and what joins them. */
static char *
raw_word(const char *raw, const struct token *token, unsigned *end)
{
	unsigned from = token->start, to = token->end;

	while (from > 0 && (g_ascii_isalnum(raw[from - 1]) ||
	    (strchr("-/._", raw[from - 1]) && from > 1 &&
	    g_ascii_isalnum(raw[from - 2]))))
		from--;
	while (raw[to] && (g_ascii_isalnum(raw[to]) ||
	    (strchr("-/._", raw[to]) && g_ascii_isalnum(raw[to + 1]))))
		to++;
	*end = to;
	return g_strndup(raw + from, to - from);
}

static bool
is_named(const struct reading_text *text, unsigned i)
{
	for (unsigned back = 1; back <= 3 && back <= i; back++)
		if (intent_has(text, "reference", i - back, i))
			return true;
	return false;
}

/* Letters or joining marks beside figures make a number of their own. */
static bool
is_own_number(const char *word)
{
	unsigned digits = 0, letters = 0, marks = 0;

	for (const char *p = word; *p; p++) {
		digits += g_ascii_isdigit(*p);
		letters += g_ascii_isalpha(*p) != 0;
		marks += strchr("-/_", *p) != NULL;
	}
	return digits >= 3 && (letters || marks) && letters <= 8;
}

static void
find_numbers(const struct reading_text *text, const char *raw,
    struct meaning *meaning)
{
	const struct tokens *tokens = text->tokens;
	bool of_payment =
	    text->said[INTENT_PAID].strength >= STRENGTH_DOUBT ||
	    text->said[INTENT_PROMISE].strength >= STRENGTH_DOUBT;
	unsigned done = 0;

	for (unsigned i = 0; i < tokens->count; i++) {
		const struct token *token = &tokens->token[i];
		g_autofree char *word = NULL;
		unsigned end;

		if (!g_ascii_isdigit(*token->text) || token->start < done)
			continue;
		if (read_sum(tokens, i, of_payment, meaning))
			continue;
		word = raw_word(raw, token, &end);
		if (is_named(text, i) || (is_own_number(word) &&
		    !is_day(text, i))) {
			add_reference(meaning, g_steal_pointer(&word));
			done = end;
		}
	}
}

static void
find_method(const struct reading_text *text, struct meaning *meaning)
{
	const GPtrArray *patterns =
	    tongue_patterns(text->language, "method");
	struct search search = {.tokens = text->tokens, .over_marks = false};

	for (guint i = 0; i < patterns->len && !meaning->method; i++) {
		const struct idiom *pattern = patterns->pdata[i];

		for (unsigned at = 0; at < text->tokens->count; at++) {
			struct hit hit;

			if (idiom_at(pattern, &search, 0, at,
			    text->tokens->count, &hit)) {
				meaning->method = g_strdup(pattern->value);
				break;
			}
		}
	}
}

void
said_facts(const struct reading_text *text, const char *raw,
    struct meaning *meaning)
{
	find_numbers(text, raw, meaning);
	if (text->said[INTENT_PAID].strength >= STRENGTH_DOUBT)
		find_method(text, meaning);
}
