/*
 * mt940_keys.c - words in the text of :86: that say what follows: the tags of
 * the German, Dutch and Polish dialects and of SWIFT's own structure. One
 * table for each way of writing; the first that finds a key reads the text.
 */
#include "mt940.h"

#include <string.h>

struct key {
	const char *name;
	enum mt940_key key;
};

struct keys {
	const struct key *key;
	size_t count;
	const char *before;	/* what may stand in front of a key; NULL: all */
	bool codes;		/* its ids end where a line ends early */
};

static const struct key plus[] = {
	{"EREF+", MT940_END_TO_END}, {"KREF+", MT940_NUMBER},
	{"MREF+", MT940_MANDATE}, {"CRED+", MT940_DROP}, {"DEBT+", MT940_DROP},
	{"SVWZ+", MT940_TEXT}, {"ABWA+", MT940_ULTIMATE},
	{"ABWE+", MT940_DROP}, {"IBAN+", MT940_ACCOUNT}, {"BIC+", MT940_DROP},
	{"COAM+", MT940_DROP}, {"OAMT+", MT940_DROP}, {"PURP+", MT940_DROP},
	{"SQTP+", MT940_DROP}, {"MDAT+", MT940_DROP}, {"ORCR+", MT940_DROP},
	{"NAME+", MT940_NAME}, {"REMI+", MT940_TEXT}, {"RTRN+", MT940_RETURN},
	{"MTLG:", MT940_NOTE},
};

static const struct key colon[] = {
	{"EREF:", MT940_END_TO_END}, {"KREF:", MT940_NUMBER},
	{"MREF:", MT940_MANDATE}, {"CRED:", MT940_DROP}, {"DEBT:", MT940_DROP},
	{"SVWZ:", MT940_TEXT}, {"ABWA:", MT940_ULTIMATE},
	{"ABWE:", MT940_DROP}, {"IBAN:", MT940_ACCOUNT}, {"BIC:", MT940_DROP},
	{"END-TO-END-REF.:", MT940_END_TO_END},
	{"CORE / MANDATSREF.:", MT940_MANDATE},
	{"MANDATSREF.:", MT940_MANDATE},
	{"GL\u00c4UBIGER-ID:", MT940_DROP}, {"GLAEUBIGER-ID:", MT940_DROP},
	{"AUFTRAGGEBER:", MT940_NAME}, {"MITTEILUNGEN:", MT940_TEXT},
	{"REK:", MT940_ACCOUNT}, {"NAAM:", MT940_NAME},
	{"OD:", MT940_NAME}, {"DLA:", MT940_NAME}, {"TYT.:", MT940_TEXT},
	{"Z RACH.:", MT940_ACCOUNT}, {"NA RACH.:", MT940_ACCOUNT},
	{"ID IPH:", MT940_NUMBER}, {"TNR:", MT940_BANK},
	{"DONNEUR D'ORDRE:", MT940_NAME}, {"COMMUNICATIONS:", MT940_TEXT},
	{"ORDINANTE:", MT940_NAME}, {"COMUNICAZIONI:", MT940_TEXT},
	{"BY ORDER OF:", MT940_NAME}, {"REMIT:", MT940_TEXT},
};

static const struct key slash[] = {
	{"/TRTP/", MT940_TYPE}, {"/IBAN/", MT940_ACCOUNT},
	{"/BBAN/", MT940_ACCOUNT}, {"/ACCT/", MT940_ACCOUNT},
	{"/BIC/", MT940_DROP}, {"/NAME/", MT940_NAME}, {"/REMI/", MT940_TEXT},
	{"/RFB/", MT940_TEXT}, {"/ROC/", MT940_TEXT},
	{"/EREF/", MT940_END_TO_END}, {"/PREF/", MT940_NUMBER},
	{"/KREF/", MT940_NUMBER}, {"/IREF/", MT940_DROP},
	{"/MARF/", MT940_MANDATE}, {"/CSID/", MT940_DROP},
	{"/CNTP/", MT940_PARTY}, {"/ORDP/", MT940_DROP},
	{"/BENM/", MT940_DROP}, {"/ULTD/", MT940_DROP}, {"/ULTC/", MT940_DROP},
	{"/ULTB/", MT940_DROP}, {"/INIT/", MT940_DROP}, {"/ID/", MT940_DROP},
	{"/ISDT/", MT940_DROP}, {"/ADDR/", MT940_DROP}, {"/CITY/", MT940_DROP},
	{"/PURP/", MT940_DROP}, {"/TRCD/", MT940_DROP}, {"/SVCL/", MT940_DROP},
	{"/RTRN/", MT940_RETURN}, {"/OCMT/", MT940_INSTRUCTED},
	{"/CHGS/", MT940_CHARGES}, {"/EXCH/", MT940_RATE},
	{"/NRTX/", MT940_DROP},
	{"/BATC/", MT940_DROP}, {"/DACS/", MT940_DROP}, {"/SUM/", MT940_DROP},
};

/* In the order in which they are tried. */
static const struct keys ways[] = {
	{plus, G_N_ELEMENTS(plus), "\n +;,:-/", true},
	{slash, G_N_ELEMENTS(slash), NULL, false},
	{colon, G_N_ELEMENTS(colon), "\n ;/", true},
};

static const struct key *
key_at(const struct keys *keys, const char *text, const char *p)
{
	const struct key *best = NULL;

	if (keys->before && p > text && !strchr(keys->before, p[-1]))
		return NULL;
	for (size_t i = 0; i < keys->count; i++)
		if (g_str_has_prefix(p, keys->key[i].name) &&
		    (!best || strlen(best->name) < strlen(keys->key[i].name)))
			best = &keys->key[i];
	return best;
}

static const char *
next_key(const struct keys *keys, const char *text, const char *p,
    const struct key **key)
{
	for (; *p; p++)
		if ((*key = key_at(keys, text, p)))
			return p;
	*key = NULL;
	return p;
}

void
mt940_info_put(struct mt940_info *info, enum mt940_key key, const char *value,
    size_t length)
{
	g_autofree char *text = g_strstrip(g_strndup(value, length));
	char **place = &info->key[key];
	size_t n = strlen(text);

	if (key != MT940_TEXT)
		while (n > 0 && strchr("/; ", text[n - 1]))
			text[--n] = '\0';
	if (n == 0)
		return;
	if (!*place) {
		*place = g_steal_pointer(&text);
	} else if (key == MT940_TEXT) {
		char *both = g_strconcat(*place, " ", text, NULL);

		g_free(*place);
		*place = both;
	}
}

static bool
is_code(enum mt940_key key)
{
	return key == MT940_END_TO_END || key == MT940_MANDATE ||
	    key == MT940_REFERENCE || key == MT940_NUMBER ||
	    key == MT940_ACCOUNT || key == MT940_BANK;
}

static bool
is_banks_own(enum mt940_key key)
{
	return key == MT940_CHARGES || key == MT940_INSTRUCTED ||
	    key == MT940_RATE;
}

/* Puts what stands behind a key; behind an id that its line has ended, the
 * rest is text. */
static void
put_value(struct mt940_info *info, const struct keys *keys,
    enum mt940_key key, const char *from, const char *to)
{
	const char *start = from + strspn(from, " \n"), *end = NULL;

	if (start > to)
		start = to;
	/* Behind the payer's text it may be the payer's as well. */
	if (is_banks_own(key) && info->key[MT940_TEXT])
		return;
	while (keys->key == colon && to > start && strchr("; \n", to[-1]))
		to--;
	if (keys->codes && is_code(key))
		end = memchr(start, '\n', (size_t)(to - start));
	if (!end)
		end = to;
	mt940_info_put(info, key, start, (size_t)(end - start));
	if (end < to)
		mt940_info_put(info, MT940_TEXT, end, (size_t)(to - end));
}

bool
mt940_keys_read(const char *text, struct mt940_info *info)
{
	for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
		const struct key *key, *next;
		const char *p = next_key(&ways[i], text, text, &key);
		size_t before;

		/* SWIFT's tags begin the text, or they are the payer's. */
		if (!key || (!ways[i].before && p > text))
			continue;
		before = (size_t)(p - text);
		for (; key; key = next) {
			const char *from = p + strlen(key->name);

			p = next_key(&ways[i], text, from, &next);
			put_value(info, &ways[i], key->key, from, p);
		}
		if (!info->key[MT940_TEXT])
			mt940_info_put(info, MT940_TEXT, text, before);
		return true;
	}
	return false;
}
