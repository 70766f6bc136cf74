/*
 * compare.c - do two reports speak of one transaction? Pure. Ids decide when
 * both have one; otherwise amount, currency, account, a window of days, and
 * nothing in payer or remittance that contradicts.
 */
#include "internal.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#define WINDOW 5		/* days between notice and booking */
#define WINDOW_ID 10		/* with the payer's own id in common */

/* Unicode compatible form, case folded, runs of anything but letters and
 * digits as one space. */
char *
text_folded(const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	g_autofree char *normal = g_utf8_normalize(valid, -1,
	    G_NORMALIZE_ALL_COMPOSE);
	g_autofree char *folded = g_utf8_casefold(normal, -1);

	return g_strstrip(g_strdup(folded));
}

/* Letters and digits without their marks: what banks leave out. */
static char *
words_only(const char *text)
{
	g_autofree char *folded = text_folded(text);
	g_autofree char *open = g_utf8_normalize(folded, -1,
	    G_NORMALIZE_ALL);
	GString *out = g_string_new(NULL);
	bool gap = false;

	for (const char *at = open; *at; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);

		if (g_unichar_ismark(c))
			continue;
		if (!g_unichar_isalnum(c)) {
			gap = out->len > 0;
			continue;
		}
		if (gap)
			g_string_append_c(out, ' ');
		gap = false;
		g_string_append_unichar(out, c);
	}
	return g_string_free(out, FALSE);
}

/* Is there a seam in `text` at this place, where a cut is no accident? */
static bool
seam(const char *text, const char *at)
{
	return at == text || !*at || *at == ' ' || at[-1] == ' ';
}

/* `part` is a piece of `whole`: between seams, or long enough to be a field
 * that was cut off. */
static bool
is_part(const char *part, const char *whole)
{
	const char *at = strstr(whole, part);
	size_t length = strlen(part);

	if (!at || length < 3)
		return false;
	if (seam(whole, at) && seam(whole, at + length))
		return true;
	return at == whole && length >= (g_ascii_isdigit(at[length]) ? 20 : 8);
}

enum likeness { CONTRADICTS, ABSENT, PARTLY, EQUAL };

/* Only its letters and digits, or only its digits. */
static char *
without_gaps(const char *words, bool digits)
{
	GString *out = g_string_new(NULL);

	for (; *words; words++)
		if (digits ? g_ascii_isdigit(*words) : *words != ' ')
			g_string_append_c(out, *words);
	return g_string_free(out, FALSE);
}

#define SQUEEZED_MIN 8
#define CUT_MIN 20

/* A piece of the whole that does not end within a number, unless it is long
 * enough to be a field that was cut off: "invoice 1001" is not "invoice 10012". */
static bool
is_squeezed_part(const char *whole, const char *part)
{
	const char *at = strstr(whole, part);
	size_t length = strlen(part);
	bool cut;

	if (!at)
		return false;
	cut = (g_ascii_isdigit(at[length]) &&
		  g_ascii_isdigit(part[length - 1])) ||
	    (at > whole && g_ascii_isdigit(at[-1]) && g_ascii_isdigit(*part));
	return !cut || length >= CUT_MIN;
}

/* Banks cut lines anywhere, and write other alphabets in Latin letters as they
 * like: then the digits tell. */
static enum likeness
compare_rewritten(const char *left, const char *right)
{
	bool rewritten = g_str_is_ascii(left) != g_str_is_ascii(right);
	g_autofree char *a = without_gaps(left, rewritten);
	g_autofree char *b = without_gaps(right, rewritten);
	size_t n = MIN(strlen(a), strlen(b));

	if (rewritten)
		return !*a && !*b ? ABSENT : strcmp(a, b) ? CONTRADICTS : PARTLY;
	return n >= SQUEEZED_MIN && (is_squeezed_part(a, b) ||
				     is_squeezed_part(b, a))
	    ? PARTLY : CONTRADICTS;
}

static enum likeness
compare_text(const char *a, const char *b)
{
	g_autofree char *left = NULL, *right = NULL;

	if (!a || !b)
		return ABSENT;
	left = words_only(a);
	right = words_only(b);
	if (!*left || !*right)
		return ABSENT;
	if (!strcmp(left, right))
		return EQUAL;
	return is_part(left, right) || is_part(right, left) ? PARTLY :
	    compare_rewritten(left, right);
}

bool
text_compatible(const char *a, const char *b)
{
	return compare_text(a, b) != CONTRADICTS;
}

/* ---- accounts ----------------------------------------------------------------- */

/* What is legible before and after the mask of "DE12XXXX3456", "...3456". */
static void
unmask(const char *text, char **head, char **tail)
{
	size_t length = strlen(text);
	size_t first = strcspn(text, "*.…•#"), last;
	const char *run = strstr(text, "XX");

	if (run && (size_t)(run - text) < first)
		first = (size_t)(run - text);
	*head = g_strndup(text, first);
	for (last = length; last > first && text[last - 1] != 'X' &&
	    g_ascii_isalnum(text[last - 1]);)
		last--;
	*tail = g_strdup(first == length ? "" : text + last);
}

static char *
account_plain(const char *text)
{
	GString *out = g_string_new(NULL);

	for (; *text; text++)
		if (!strchr(" -/", *text))
			g_string_append_c(out, g_ascii_toupper(*text));
	return g_string_free(out, FALSE);
}

static bool
masked_fits(const char *head, const char *tail, const char *other)
{
	g_autofree char *other_head = NULL, *other_tail = NULL;
	size_t n, m;

	unmask(other, &other_head, &other_tail);
	if (!*other_tail && strlen(other_head) == strlen(other)) {
		g_free(other_tail);
		other_tail = g_strdup(other);
	}
	n = MIN(strlen(head), strlen(other_head));
	m = MIN(strlen(tail), strlen(other_tail));
	if (n + m < 3)
		return false;
	return !strncmp(head, other_head, n) &&
	    !strcmp(tail + strlen(tail) - m,
		other_tail + strlen(other_tail) - m);
}

static enum likeness
compare_account(const char *a, const char *b)
{
	g_autofree char *left = NULL, *right = NULL, *head = NULL;
	g_autofree char *tail = NULL;
	const char *longer, *shorter;

	if (!a || !b || !*a || !*b)
		return ABSENT;
	left = account_plain(a);
	right = account_plain(b);
	if (!strcmp(left, right))
		return EQUAL;
	shorter = strlen(left) < strlen(right) ? left : right;
	longer = shorter == left ? right : left;
	unmask(left, &head, &tail);
	if (strlen(head) != strlen(left))
		return masked_fits(head, tail, right) ? PARTLY : CONTRADICTS;
	g_free(head);
	g_free(tail);
	unmask(right, &head, &tail);
	if (strlen(head) != strlen(right))
		return masked_fits(head, tail, left) ? PARTLY : CONTRADICTS;
	return strlen(shorter) >= 4 && g_str_has_suffix(longer, shorter) ?
	    PARTLY : CONTRADICTS;
}

bool
account_compatible(const char *a, const char *b)
{
	return compare_account(a, b) != CONTRADICTS;
}

/* ---- reports -------------------------------------------------------------------- */

static bool
day_parse(const char *text, GDate *date)
{
	int year, month, day;

	if (!text || sscanf(text, "%4d-%2d-%2d", &year, &month, &day) != 3 ||
	    day < 1 || day > 31 || month < 1 || month > 12 || year < 1 ||
	    !g_date_valid_dmy((GDateDay)day, (GDateMonth)month,
		(GDateYear)year))
		return false;
	g_date_clear(date, 1);
	g_date_set_dmy(date, (GDateDay)day, (GDateMonth)month,
	    (GDateYear)year);
	return true;
}

static int
days_between(const char *a, const char *b)
{
	GDate first, second;

	if (!day_parse(a, &first) || !day_parse(b, &second))
		return INT_MAX;
	return ABS(g_date_days_between(&first, &second));
}

/* Ids that say that there is none. */
static const char *const no_ids[] = {
	"NOTPROVIDED", "NOTAVAILABLE", "NONREF", "NOREF", "NONE", "N/A", "0"
};

const char *
id_known(const char *id)
{
	if (!id || !*id)
		return NULL;
	for (size_t i = 0; i < G_N_ELEMENTS(no_ids); i++)
		if (!g_ascii_strcasecmp(id, no_ids[i]))
			return NULL;
	return id;
}

static enum likeness
compare_id(const char *a, const char *b)
{
	if (!id_known(a) || !id_known(b))
		return ABSENT;
	return g_ascii_strcasecmp(a, b) ? CONTRADICTS : EQUAL;
}

struct weight {			/* points for partly and equal */
	int partly, equal;
};
static const struct weight account_weight = { 10, 12 };
static const struct weight party_weight = { 15, 30 };
static const struct weight text_weight = { 10, 20 };

static int
points(const struct weight *weight, enum likeness likeness)
{
	return likeness == EQUAL ? weight->equal :
	    likeness == PARTLY ? weight->partly : 0;
}

/* An equal text vouches for another spelling of the payer when it names
 * something; "rent" is what everybody writes. */
static bool
names_something(const char *text)
{
	int digits = 0;

	for (; text && *text; text++)
		digits += g_ascii_isdigit(*text);
	return digits >= 4;
}

/* An owner's table has one author, whatever its rows come from. */
static bool
same_table(const struct report_row *a, const struct report_row *b)
{
	size_t length = strcspn(a->document, ".");

	return length == strcspn(b->document, ".") &&
	    !strncmp(a->document, b->document, length);
}

/* Its rows about one payment both tell what the payer wrote, or neither. */
static bool
told_once(const struct report_row *a, const struct report_row *b)
{
	return a->channel != b->channel && same_table(a, b) &&
	    (a->remittance && *a->remittance) !=
	    (b->remittance && *b->remittance);
}

/* Who gave the ids? The same bank's MT940 and camt of one day often do not
 * agree about them, two files of one format do. */
static bool
same_namer(const struct report_row *a, const struct report_row *b)
{
	size_t length = strcspn(a->document, "!");

	if (a->channel != b->channel)
		return same_table(a, b);
	return a->channel != CHANNEL_STATEMENT || !a->document[length] ||
	    !strchr(b->document, '!') ||
	    !strncmp(a->document, b->document, length + 1);
}

int
report_agreement(const struct report_row *a, const struct report_row *b)
{
	enum likeness bank = compare_id(a->bank_reference, b->bank_reference);
	enum likeness end = compare_id(a->end_to_end_id, b->end_to_end_id);
	enum likeness ours = compare_account(a->account, b->account);
	enum likeness theirs = compare_account(a->payer_account,
	    b->payer_account);
	enum likeness payer = compare_text(a->payer, b->payer);
	enum likeness text = compare_text(a->remittance, b->remittance);
	enum likeness reference = compare_text(a->reference, b->reference);
	int days = days_between(a->booked, b->booked);
	bool keyed = a->given && b->given && !strcmp(a->key, b->key);
	bool named = bank == EQUAL || end == EQUAL || keyed;
	bool vouched = named || theirs >= PARTLY || reference == EQUAL ||
	    (text == EQUAL && names_something(a->remittance));

	if (a->amount != b->amount || strcmp(a->currency, b->currency) ||
	    ours == CONTRADICTS || end == CONTRADICTS ||
	    days > (named ? WINDOW_ID : WINDOW))
		return 0;
	if (bank == CONTRADICTS && (same_namer(a, b) ||
	    payer == CONTRADICTS || !(vouched || payer == EQUAL)))
		return 0;
	if (!named && (told_once(a, b) || theirs == CONTRADICTS || text == CONTRADICTS ||
	    reference == CONTRADICTS || (payer == CONTRADICTS && !vouched)))
		return 0;
	return 100 - 2 * days + (bank == EQUAL ? 400 : 0) +
	    (keyed ? 800 : 0) +
	    (end == EQUAL ? 200 : 0) - (bank == CONTRADICTS ? 5 : 0) +
	    points(&account_weight, ours) + points(&party_weight, theirs) +
	    points(&text_weight, payer) + points(&text_weight, text) +
	    points(&text_weight, reference);
}

/* Two documents of one channel that tell of the same transaction. */
bool
report_overlap(const struct report_row *a, const struct report_row *b)
{
	if (!strcmp(a->document, b->document))
		return false;
	/* The payer's id comes again when money goes back and comes once more;
	 * two statements book one transaction on one day. */
	if ((a->trust <= TRUST_A || b->trust <= TRUST_A) &&
	    compare_id(a->end_to_end_id, b->end_to_end_id) == EQUAL)
		return true;
	return compare_id(a->bank_reference, b->bank_reference) == EQUAL ||
	    (a->channel == CHANNEL_STATEMENT && !strcmp(a->booked, b->booked));
}

bool
report_same_content(const struct report_row *a, const struct report_row *b)
{
	return !strcmp(a->content, b->content);
}

static int
channel_rank(enum channel channel)
{
	return channel == CHANNEL_OWNER ? 2 :
	    channel == CHANNEL_STATEMENT ? 1 : 0;
}

static int
compare_origin(const struct report_row *left, const struct report_row *right)
{
	int order = strcmp(left->content, right->content);

	if (!order)
		order = strcmp(left->document, right->document);
	return order ? order : left->position < right->position ? -1 :
	    left->position > right->position;
}

int
report_compare(const void *a, const void *b)
{
	const struct report_row *left = *(struct report_row *const *)a;
	const struct report_row *right = *(struct report_row *const *)b;

	if (left->trust != right->trust)
		return (int)right->trust - (int)left->trust;
	if (left->channel != right->channel)
		return channel_rank(right->channel) -
		    channel_rank(left->channel);
	return compare_origin(left, right);
}
