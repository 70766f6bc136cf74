/*
 * remittance.c - takes off what banks wrap around the payer's own text: the
 * German tags of MT940 and camt (EREF+ SVWZ+ …, which a line of 27 characters
 * may have cut), the Dutch /TRTP/…/REMI/… and the Polish /VAT/…/INV/….
 * Pure.
 */
#include "match.h"

#include <string.h>

enum use { USE_TEXT, USE_PAYER, USE_ACCOUNT, USE_NOTHING };

static const struct tag {
	const char *name;
	enum use use;
} tags[] = {
    /* "NAME+" of the German banking association's field 86 */
    {"EREF+", USE_NOTHING}, {"KREF+", USE_NOTHING}, {"MREF+", USE_NOTHING},
    {"CRED+", USE_NOTHING}, {"DEBT+", USE_NOTHING}, {"COAM+", USE_NOTHING},
    {"OAMT+", USE_NOTHING}, {"SVWZ+", USE_TEXT}, {"ABWA+", USE_NOTHING},
    {"ABWE+", USE_NOTHING}, {"IBAN+", USE_ACCOUNT}, {"BIC+", USE_NOTHING},
    {"PURP+", USE_NOTHING},
    /* "/NAME/" of Dutch banks and of Polish split payments */
    {"/TRTP/", USE_NOTHING}, {"/IBAN/", USE_ACCOUNT}, {"/BIC/", USE_NOTHING},
    {"/NAME/", USE_PAYER}, {"/REMI/", USE_TEXT}, {"/EREF/", USE_NOTHING},
    {"/MARF/", USE_NOTHING}, {"/CSID/", USE_NOTHING}, {"/ORDP/", USE_NOTHING},
    {"/BENM/", USE_NOTHING}, {"/ULTD/", USE_NOTHING}, {"/ULTC/", USE_NOTHING},
    {"/VAT/", USE_NOTHING}, {"/IDC/", USE_NOTHING}, {"/INV/", USE_TEXT},
    {"/TXT/", USE_TEXT},
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

	*out = (struct remittance){NULL, NULL, NULL};
	end = next_tag(p, &tag, &length);
	g_string_append_len(kept, p, end - p);
	while (tag) {
		p = end + length;
		end = next_tag(p, &next, &next_length);
		if (tag->use == USE_TEXT) {
			g_string_append_c(kept, ' ');
			g_string_append_len(kept, p, end - p);
		} else if (tag->use == USE_PAYER) {
			keep(&out->payer, p, end);
		} else if (tag->use == USE_ACCOUNT) {
			keep(&out->payer_account, p, end);
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
	*remittance = (struct remittance){NULL, NULL, NULL};
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
