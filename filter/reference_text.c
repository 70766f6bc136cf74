/*
 * reference_text.c - what a text says about its runs of digits: introduced as
 * an invoice's or as something else's by the words before them, or told by
 * their shape to be a date, an account, an amount, a card. Pure.
 */
#include "config.h"
#include "period.h"

#include <stdlib.h>
#include <string.h>

#define PREFIX_MAX 5		/* letters in front of a number */
#define COUNTRY_MAX 3		/* letters of a country before a number */
#define OWN_MIN 6		/* characters of the owner's own numbers */
#define BY_SHAPE G_MAXUINT

const struct token *
marked_at(const struct marked *marked, guint i)
{
	return i < marked->tokens->len ? marked->tokens->pdata[i] : NULL;
}

static bool
is_digits(const struct marked *marked, guint i)
{
	return i < marked->tokens->len && marked_at(marked, i)->digits;
}

static void
set_other(struct marked *marked, guint i)
{
	marked->marks[i] = (struct mark){true, false, BY_SHAPE};
}

/* ---- the words before ------------------------------------------------------ */

struct words_state {		/* of the words so far */
	unsigned kinds;		/* WORD_INVOICE, WORD_OTHER …, or 0 */
	guint word;
	bool used;		/* a number followed */
};

/* "KX-" in "KX-1057": the beginning of a number, whatever it means. */
static bool
is_prefix(const struct marked *marked, guint i)
{
	const struct token *next = marked_at(marked, i + 1);

	return next && next->digits && next->gap <= 1 && !next->blank &&
	    g_utf8_strlen(marked_at(marked, i)->text, -1) <= PREFIX_MAX;
}

static bool
behind_strange_word(const struct marked *marked, guint i)
{
	return i > 0 && !is_digits(marked, i - 1) &&
	    !(reference_word(marked_at(marked, i - 1)->text) &
		(WORD_INVOICE | WORD_NUMBER));
}

static void
read_word(const struct marked *marked, guint i, struct words_state *state)
{
	const char *text = marked_at(marked, i)->text;
	unsigned kinds = reference_word(text);
	bool invoice = state->kinds & WORD_INVOICE;

	if (kinds & (WORD_OTHER | WORD_NUMBER) && invoice && !state->used &&
	    ((kinds & WORD_NUMBER) || is_prefix(marked, i)))
		return;
	if (kinds & (WORD_AND | WORD_TO) && i > 0 && is_digits(marked, i - 1) &&
	    is_digits(marked, i + 1))
		return;
	if (kinds & (WORD_INVOICE | WORD_OTHER | WORD_SYMBOL)) {
		*state = (struct words_state){kinds & WORD_OTHER
			    ? kinds & (WORD_OTHER | WORD_GROUPED)
			    : WORD_INVOICE, i, false};
		return;
	}
	if (kinds & WORD_NUMBER) {
		if (!state->kinds && !behind_strange_word(marked, i))
			*state = (struct words_state){WORD_INVOICE, i, false};
		return;
	}
	/* "phone, SI-02896" */
	if (kinds && (state->kinds & WORD_GROUPED) && is_prefix(marked, i) &&
	    marked_at(marked, i + 1)->gap > 0)
		*state = (struct words_state){0, 0, false};
	if (kinds || g_utf8_strlen(text, -1) < 2)
		return;
	/* "VAT ATU 12 345 678" */
	if ((state->kinds & WORD_GROUPED) && !state->used &&
	    g_utf8_strlen(text, -1) <= COUNTRY_MAX)
		return;
	if (!is_prefix(marked, i) || (state->kinds & WORD_GROUPED))
		*state = (struct words_state){0, 0, false};
}

/* What a word introduces ends with its number, but for lists of invoices and
 * for numbers in groups. */
static bool
goes_on(const struct marked *marked, guint i, const struct words_state *state)
{
	const struct token *t = marked_at(marked, i);
	bool comma = t->before == ',' || t->before == ';';

	if (!state->used || (state->kinds & WORD_INVOICE))
		return true;
	if (state->kinds & WORD_GROUPED)
		return !comma;
	return (!t->blank && !comma) || !is_digits(marked, i - 1);
}

/* "+31 6 …", but not the "+++" of a Belgian reference nor a Danish "+71<". */
static bool
is_country_code(const struct marked *marked, guint i)
{
	const struct token *t = marked_at(marked, i);
	const struct token *next = marked_at(marked, i + 1);

	return t->before == '+' && t->gap < 3 && strlen(t->text) < 4 &&
	    (i == 0 || !is_digits(marked, i - 1)) &&
	    !(next && next->before == '<');
}

static void
mark_words(struct marked *marked)
{
	struct words_state state = {0, 0, false};

	for (guint i = 0; i < marked->tokens->len; i++) {
		const struct token *t = marked_at(marked, i);

		if (!t->digits) {
			read_word(marked, i, &state);
			continue;
		}
		if (!goes_on(marked, i, &state))
			state = (struct words_state){0, 0, false};
		if (is_country_code(marked, i))
			state = (struct words_state){
			    WORD_OTHER | WORD_GROUPED, BY_SHAPE, true};
		state.used = true;
		marked->marks[i] = (struct mark){state.kinds & WORD_OTHER,
		    state.kinds & WORD_INVOICE, state.word};
	}
}

/* Nothing but numbers, and words that say nothing else. */
static void
mark_alone(struct marked *marked)
{
	int numbers = 0;

	for (guint i = 0; i < marked->tokens->len; i++) {
		const struct token *t = marked_at(marked, i);

		if (t->digits) {
			if (marked->marks[i].other)
				return;
			numbers += i == 0 || t->blank ||
			    !is_digits(marked, i - 1);
		} else if (!is_prefix(marked, i) &&
		    !(reference_word(t->text) & (WORD_NUMBER | WORD_AND |
			WORD_TO | WORD_FROM | WORD_INVOICE))) {
			return;
		}
	}
	for (guint i = 0; numbers <= 3 && i < marked->tokens->len; i++)
		if (is_digits(marked, i))
			marked->marks[i].introduced = true;
}

/* ---- shapes ------------------------------------------------------------------ */

static bool
is_day(const char *text)
{
	return strlen(text) <= 2 && atoi(text) >= 1 && atoi(text) <= 31;
}

static bool
is_month(const char *text)
{
	return strlen(text) <= 2 && atoi(text) >= 1 && atoi(text) <= 12;
}

static bool
is_full_year(const char *text)
{
	return strlen(text) == 4 && atoi(text) > 1990 && atoi(text) < 2100;
}

static bool
is_date(const struct marked *marked, guint i)
{
	const struct token *a, *b, *c;

	if (!is_digits(marked, i) || !is_digits(marked, i + 1) ||
	    !is_digits(marked, i + 2))
		return false;
	a = marked_at(marked, i);
	b = marked_at(marked, i + 1);
	c = marked_at(marked, i + 2);
	/* "FV/15/05/2026" */
	if (i > 0 && !is_digits(marked, i - 1) && a->gap == 1 &&
	    (a->before == '/' || a->before == '-'))
		return false;
	if (b->gap != 1 || c->gap != 1 || b->before != c->before ||
	    !b->before || strchr("./-", b->before) == NULL)
		return false;
	if (is_full_year(a->text)) {
		/* "invoice 2026/11/05" is that invoice */
		if (b->before != '.' && marked->marks[i].introduced &&
		    marked->marks[i].word + 1 == i)
			return false;
		return is_month(b->text) && is_day(c->text);
	}
	return (strlen(c->text) == 2 || is_full_year(c->text)) &&
	    ((is_day(a->text) && is_month(b->text)) ||
		(b->before == '/' && is_month(a->text) && is_day(b->text)));
}

/* "dated 15.11.", "vom 5.11." */
static bool
is_short_date(const struct marked *marked, guint i)
{
	const struct token *word, *b;

	if (i == 0 || !is_digits(marked, i) || !is_digits(marked, i + 1))
		return false;
	word = marked_at(marked, i - 1);
	b = marked_at(marked, i + 1);
	return !word->digits && b->gap == 1 && !b->blank &&
	    ((period_word(word->text) & PERIOD_DATED) ||
		((reference_word(word->text) & WORD_FROM) &&
		    b->before == '.')) &&
	    (b->before == '.' || b->before == '/') &&
	    is_day(marked_at(marked, i)->text) && is_month(b->text);
}

/* "DE" "89" "3704"…: an account number, put together from i on. */
static guint
account_runs(const struct marked *marked, guint i)
{
	g_autoptr(GString) s = g_string_new(NULL);

	if (is_digits(marked, i) || strlen(marked_at(marked, i)->text) != 2)
		return 0;
	for (guint j = i; j < marked->tokens->len && s->len <= 34; j++) {
		if (j > i && marked_at(marked, j)->gap > 1)
			break;
		g_string_append(s, marked_at(marked, j)->text);
		if (s->len >= 15 && reference_is_iban(s->str))
			return j - i + 1;
	}
	return 0;
}

/* The owner's own numbers, however grouped. */
static guint
own_runs(const struct marked *marked, guint i, const char *const *own)
{
	for (; own && *own; own++) {
		const char *rest = *own;

		for (guint j = i; j < marked->tokens->len; j++) {
			const char *text = marked_at(marked, j)->text;

			if (!g_str_has_prefix(rest, text))
				break;
			rest += strlen(text);
			if (!*rest)
				return j - i + 1;
		}
	}
	return 0;
}

/* Runs joined by "." "," "'" that end in two decimals: how many; *digits gets
 * them without separators. */
static guint
decimal_runs(const struct marked *marked, guint i, GString *digits,
    bool *two_kinds)
{
	guint j = i;

	g_string_assign(digits, marked_at(marked, i)->text);
	*two_kinds = false;
	while (is_digits(marked, j + 1)) {
		const struct token *t = marked_at(marked, j + 1);

		if (t->gap != 1 || t->blank || !t->before ||
		    strchr(".,'", t->before) == NULL)
			break;
		*two_kinds |= j > i && t->before != marked_at(marked, j)->before;
		g_string_append(digits, t->text);
		j++;
	}
	if (j == i || strlen(marked_at(marked, j)->text) != 2)
		return 0;
	return j - i + 1;
}

static bool
is_money_word(const struct marked *marked, guint i)
{
	return i < marked->tokens->len && !is_digits(marked, i) &&
	    (reference_word(marked_at(marked, i)->text) & WORD_MONEY);
}

/* Amounts: with decimals and beside a currency, equal to what was paid, or
 * with thousands and decimals; whole ones right beside a currency. */
static guint
amount_runs(const struct marked *marked, guint i, int64_t amount)
{
	g_autoptr(GString) digits = g_string_new(NULL);
	bool two_kinds, money;
	guint n;

	if (!is_digits(marked, i))
		return 0;
	n = decimal_runs(marked, i, digits, &two_kinds);
	/* "EUR100", but "FR26" may begin a number */
	money = i > 0 && is_money_word(marked, i - 1) &&
	    marked_at(marked, i)->gap <= 2 &&
	    (marked_at(marked, i)->gap > 0 ||
		g_utf8_strlen(marked_at(marked, i - 1)->text, -1) == 3);
	if (n && (two_kinds || money || is_money_word(marked, i + n) ||
		(amount && g_ascii_strtoll(token_skip_zeros(digits->str), NULL,
			10) == amount)))
		return n;
	if (n || (i > 0 && is_digits(marked, i - 1) &&
		!marked_at(marked, i)->blank))
		return 0;
	/* "EUR 100", "100 EUR", but not "1057 EUR 100" */
	if (money)
		return !marked->marks[i].introduced ||
		    marked->marks[i].word + 1 < i;
	return is_money_word(marked, i + 1) && !is_digits(marked, i + 2) &&
	    !marked->marks[i].introduced;
}

/* The last digits of a card: "****1234", "XXXX1234". */
static guint
card_runs(const struct marked *marked, guint i)
{
	const struct token *t = marked_at(marked, i);
	const char *before = i > 0 ? marked_at(marked, i - 1)->text : "";

	if (!t->digits || strlen(t->text) > 4)
		return 0;
	if (t->before == '*' && t->gap >= 2 && !is_digits(marked, i + 1))
		return 1;
	return t->gap <= 1 && strlen(before) >= 2 &&
	    strspn(before, "X") == strlen(before);
}

/* "November 2026", "5 November". */
static guint
month_runs(const struct marked *marked, guint i)
{
	const struct token *t = marked_at(marked, i);
	const struct token *year = marked_at(marked, i + 1);

	if (t->digits || !(reference_word(t->text) & WORD_MONTH) || !year ||
	    !year->digits || !is_full_year(year->text))
		return 0;
	return 2;
}

static void
mark_shapes(struct marked *marked, int64_t amount, const char *const *own)
{
	for (guint i = 0; i < marked->tokens->len; i++) {
		guint runs = account_runs(marked, i);

		if (!runs && is_date(marked, i))
			runs = 3;
		if (!runs && is_short_date(marked, i))
			runs = 2;
		if (!runs)
			runs = own_runs(marked, i, own);
		if (!runs)
			runs = amount_runs(marked, i, amount);
		if (!runs)
			runs = card_runs(marked, i);
		if (!runs)
			runs = month_runs(marked, i);
		for (guint j = i; j < i + runs; j++)
			set_other(marked, j);
	}
}

void
marked_read(struct marked *out, const char *text, int64_t amount,
    const char *const *own)
{
	out->tokens = token_split(text);
	out->marks = g_new0(struct mark, out->tokens->len + 1);
	mark_words(out);
	mark_shapes(out, amount, own);
	mark_alone(out);
}

void
marked_release(struct marked *marked)
{
	g_free(marked->marks);
	g_ptr_array_unref(marked->tokens);
}

/* ---- where numbers end --------------------------------------------------------- */

/* Are runs i and i + 1 parts of one number? A slash may also stand between two
 * numbers of about one length. */
static bool
is_joined(const struct marked *marked, guint i)
{
	const struct token *a = marked_at(marked, i);
	const struct token *b = marked_at(marked, i + 1);

	if (!a || !b || b->blank || b->gap > 1)
		return false;
	if (b->gap == 0)
		return true;
	if (!b->before || strchr("-./_", b->before) == NULL)
		return false;
	if (b->before == '/' && a->digits && b->digits)
		return is_full_year(a->text) || is_full_year(b->text) ||
		    strlen(a->text) > strlen(b->text) + 1 ||
		    strlen(b->text) > strlen(a->text) + 1;
	/* "Nr.45", "-45" */
	return a->digits || b->before != '.';
}

bool
marked_is_whole(const struct marked *marked, guint i, guint j)
{
	const struct token *before = i > 0 ? marked_at(marked, i - 1) : NULL;
	const struct token *after = marked_at(marked, j + 1);

	if (before && is_joined(marked, i - 1) &&
	    (before->digits || !(reference_word(before->text) &
		(WORD_INVOICE | WORD_NUMBER | WORD_SYMBOL | WORD_FROM))))
		return false;
	return !after || !is_joined(marked, j) || (!after->digits &&
	    (reference_word(after->text) & ~(unsigned)WORD_MONEY));
}

/* ---- the owner's own numbers ------------------------------------------------- */

static void
add_own(GPtrArray *own, const char *text)
{
	g_autofree char *flat = token_squeeze(text);
	const char *digits = flat;

	while (g_ascii_isalpha(*digits))
		digits++;
	if (strlen(flat) >= OWN_MIN)
		g_ptr_array_add(own, g_strdup(flat));
	if (digits > flat && strlen(digits) >= OWN_MIN)
		g_ptr_array_add(own, g_strdup(digits));
}

char **
reference_own_numbers(const struct config *config)
{
	GPtrArray *own = g_ptr_array_new();

	if (config) {
		add_own(own, config->phone);
		add_own(own, config->tax_id);
		for (guint i = 0; config->accounts &&
		    i < config->accounts->len; i++)
			add_own(own, ((const struct account *)
				config->accounts->pdata[i])->iban);
	}
	g_ptr_array_add(own, NULL);
	return (char **)g_ptr_array_free(own, FALSE);
}
