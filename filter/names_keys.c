/*
 * names_keys.c - under which keys a customer is found by name: each word in
 * each spelling, pairs of words and of initial and word (of names that are
 * not long), and all words without blanks. Common words find thousands, a
 * pair of them a few. Pure.
 */
#include "names.h"

#include <string.h>

#define PAIRED_MAX 5		/* words of a name whose pairs are kept */

char *
name_key_pair(const char *a, const char *b)
{
	return strcmp(a, b) <= 0 ? g_strconcat(a, "+", b, NULL)
				 : g_strconcat(b, "+", a, NULL);
}

char *
name_key_initial(char initial, const char *word)
{
	return g_strdup_printf("%c.%s", initial, word);
}

char *
name_key_glued(const char *squeezed)
{
	return g_strconcat("=", squeezed, NULL);
}

static void
take(GHashTable *keys, char *key)
{
	g_hash_table_add(keys, key);
}

/* Initials stand for first names: of persons only. */
static void
add_pair(GHashTable *keys, const struct name *name, const struct name_word *a,
    const struct name_word *b)
{
	for (int i = 0; i < NAME_SPELLINGS && a->text[i]; i++)
		for (int j = 0; j < NAME_SPELLINGS && b->text[j]; j++)
			take(keys, name_key_pair(a->text[i], b->text[j]));
	if (name->company)
		return;
	for (int j = 0; j < NAME_SPELLINGS && b->text[j]; j++)
		if (b->text[j][1])
			take(keys, name_key_initial(a->initial, b->text[j]));
	for (int i = 0; i < NAME_SPELLINGS && a->text[i]; i++)
		if (a->text[i][1])
			take(keys, name_key_initial(b->initial, a->text[i]));
}

char **
name_keys(const char *text)
{
	struct name *name = name_read(text);
	g_autoptr(GHashTable) keys =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GPtrArray) plain = g_ptr_array_new();
	char **out;
	guint n;

	for (guint i = 0; i < name->words->len; i++) {
		const struct name_word *word = name->words->pdata[i];

		for (int k = 0; k < NAME_SPELLINGS && word->text[k]; k++)
			take(keys, g_strdup(word->text[k]));
		if (!word->particle && plain->len < PAIRED_MAX)
			g_ptr_array_add(plain, (void *)(uintptr_t)word);
	}
	for (guint i = 0; i < plain->len; i++)
		for (guint j = i + 1; j < plain->len; j++)
			add_pair(keys, name, plain->pdata[i], plain->pdata[j]);
	if (name->words->len > 1)
		take(keys, name_key_glued(name->squeezed));
	name_free(name);
	out = (char **)g_hash_table_get_keys_as_array(keys, &n);
	g_hash_table_steal_all(keys);
	return out;
}
