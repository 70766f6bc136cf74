/*
 * remittance.c - takes off what banks wrap around the payer's own text: the
 * German tags of MT940 and camt (EREF+ SVWZ+ …, which a line of 27 characters
 * may have cut), the Dutch /TRTP/…/REMI/… and the Polish /VAT/…/INV/….
 * Pure.
 */
#include "match.h"

#include <string.h>

enum use {
	USE_TEXT, USE_INVOICE, USE_PAYER, USE_ACCOUNT, USE_BEHALF, USE_NOTHING
};

static const struct tag {
	const char *name;
	enum use use;
} tags[] = {
    /* "NAME+" of the German banking association's field 86 */
    {"EREF+", USE_NOTHING}, {"KREF+", USE_NOTHING}, {"MREF+", USE_NOTHING},
    {"CRED+", USE_NOTHING}, {"DEBT+", USE_NOTHING}, {"COAM+", USE_NOTHING},
    {"OAMT+", USE_NOTHING}, {"SVWZ+", USE_TEXT}, {"ABWA+", USE_BEHALF},
    {"ABWE+", USE_NOTHING}, {"IBAN+", USE_ACCOUNT}, {"BIC+", USE_NOTHING},
    {"PURP+", USE_NOTHING},
    /* "/NAME/" of Dutch banks and of Polish split payments */
    {"/TRTP/", USE_NOTHING}, {"/IBAN/", USE_ACCOUNT}, {"/BIC/", USE_NOTHING},
    {"/NAME/", USE_PAYER}, {"/REMI/", USE_TEXT}, {"/EREF/", USE_NOTHING},
    {"/MARF/", USE_NOTHING}, {"/CSID/", USE_NOTHING}, {"/ORDP/", USE_NOTHING},
    {"/BENM/", USE_NOTHING}, {"/ULTD/", USE_BEHALF}, {"/ULTC/", USE_NOTHING},
    {"/VAT/", USE_NOTHING}, {"/IDC/", USE_NOTHING}, {"/INV/", USE_INVOICE},
    {"/TXT/", USE_TEXT}, {"/CNTP/", USE_NOTHING}, {"/PREF/", USE_NOTHING},
    {"/RTRN/", USE_NOTHING}, {"/PURP/", USE_NOTHING}, {"/ISDT/", USE_NOTHING},
    {"/SVCL/", USE_NOTHING}, {"/OCMT/", USE_NOTHING}, {"/EXCH/", USE_NOTHING},
};

/* The length of a tag at p, a blank or a line break inside allowed. */
static size_t
tag_at(const char *p, const char *name)
{
	const char *start = p;

	for (; *name; name++, p++) {
		if (p > start && *p != *name && (*p == ' ' || *p == '\n'))
			p++;
		if (*p != *name)
			return 0;
	}
	return (size_t)(p - start);
}

static const struct tag *
find_tag(const char *p, size_t *length)
{
	for (size_t i = 0; i < G_N_ELEMENTS(tags); i++)
		if ((*length = tag_at(p, tags[i].name)) != 0)
			return &tags[i];
	return NULL;
}

static const char *
next_tag(const char *p, const struct tag **tag, size_t *length)
{
	for (; *p; p++)
		if ((*p == '/' || g_ascii_isupper(*p)) &&
		    (*tag = find_tag(p, length)) != NULL)
			return p;
	*tag = NULL;
	return p;
}

static void
keep(char **slot, const char *from, const char *end)
{
	char *value = g_strstrip(g_strndup(from, (gsize)(end - from)));

	if (*slot || !*value) {
		g_free(value);
		return;
	}
	*slot = value;
}

void
remittance_read(const char *text, struct remittance *out)
{
	GString *kept = g_string_new(NULL);
	const struct tag *tag, *next;
	size_t length, next_length;
	const char *p = text ? text : "", *end;

	*out = (struct remittance){NULL, NULL, NULL, NULL};
	end = next_tag(p, &tag, &length);
	g_string_append_len(kept, p, end - p);
	while (tag) {
		p = end + length;
		end = next_tag(p, &next, &next_length);
		if (tag->use == USE_TEXT || tag->use == USE_INVOICE) {
			g_string_append(kept,
			    tag->use == USE_INVOICE ? " INV: " : " ");
			g_string_append_len(kept, p, end - p);
		} else if (tag->use == USE_PAYER) {
			keep(&out->payer, p, end);
		} else if (tag->use == USE_ACCOUNT) {
			keep(&out->payer_account, p, end);
		} else if (tag->use == USE_BEHALF) {
			keep(&out->behalf, p, end);
		}
		tag = next;
		length = next_length;
	}
	out->text = g_strstrip(g_string_free(kept, FALSE));
}

void
remittance_release(struct remittance *remittance)
{
	g_free(remittance->text);
	g_free(remittance->payer);
	g_free(remittance->payer_account);
	g_free(remittance->behalf);
	*remittance = (struct remittance){NULL, NULL, NULL, NULL};
}

void
remittance_complete(struct payment *payment)
{
	struct remittance told;

	remittance_read(payment->remittance, &told);
	if (!payment->payer)
		payment->payer = g_steal_pointer(&told.payer);
	if (!payment->payer_account && told.payer_account)
		payment->payer_account = account_normalise(told.payer_account);
	remittance_release(&told);
}

/* ---- lines that were joined -------------------------------------------------- */

#define LINE 27			/* characters of one line of field 86 */
#define PART_MIN 4		/* digits of a number that a line's end cut */

/* "?21" … of field 86 that somebody left in the text. */
static bool
is_subfield(const char *p)
{
	return p[0] == '?' && (p[1] == '2' || p[1] == '6') &&
	    g_ascii_isdigit(p[2]);
}

/* May two numbers meet before p, where a line ended? */
static bool
may_be_two(const char *text, const char *p)
{
	size_t before = 0, behind = strspn(p, "0123456789");

	while (p - before > text && g_ascii_isdigit(p[-1 - (gssize)before]))
		before++;
	return before >= PART_MIN && behind >= PART_MIN;
}

/* The text with something in place of subfields; blanks also where a line of
 * 27 characters may have ended between two numbers. */
static char *
join(const char *text, bool apart)
{
	GString *out = g_string_new(NULL);
	size_t column = 0;

	for (const char *p = text; *p; p++, column++) {
		if (is_subfield(p)) {
			p += 2;
			column = (size_t)-1;
			if (apart)
				g_string_append_c(out, ' ');
			continue;
		}
		if (apart && column && column % LINE == 0 &&
		    may_be_two(text, p))
			g_string_append_c(out, ' ');
		g_string_append_c(out, *p);
	}
	return g_string_free(out, FALSE);
}

GPtrArray *
remittance_joined(const char *text)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(g_free);
	char *apart;

	g_ptr_array_add(out, join(text ? text : "", false));
	if (!text || strlen(text) <= LINE)
		return out;
	apart = join(text, true);
	if (strcmp(apart, out->pdata[0]) != 0)
		g_ptr_array_add(out, apart);
	else
		g_free(apart);
	return out;
}
