/*
 * legal.c - finds legal forms in names. All spellings of the table are folded
 * like names are, once in a process, and looked up by their words. Pure.
 */
#include "names.h"

#include <string.h>

struct forms {
	GHashTable *classes;	/* "SP Z OO" → class */
	GHashTable *longest;	/* first word → words of its longest form */
};

/* A row that shares a spelling with one before is of its class: "AS" may be
 * Danish or Czech, and nobody can tell which. */
static const char *
class_of(const struct forms *forms, char *const *list, const char *own)
{
	for (guint i = 0; list[i]; i++) {
		g_auto(GStrv) words = name_all_words(list[i]);
		g_autofree char *joined = g_strjoinv(" ", words);
		const char *known = g_hash_table_lookup(forms->classes,
		    joined);

		if (known)
			return known;
	}
	return own;
}

static void
add_form(struct forms *forms, char *const *words, const char *class_name)
{
	guint n = g_strv_length((char **)(uintptr_t)words);
	char *joined = g_strjoinv(" ", (char **)(uintptr_t)words);
	guint most;

	if (n == 0 || g_hash_table_contains(forms->classes, joined)) {
		g_free(joined);
		return;
	}
	g_hash_table_insert(forms->classes, joined,
	    (char *)(uintptr_t)class_name);
	most = GPOINTER_TO_UINT(g_hash_table_lookup(forms->longest, words[0]));
	if (n > most)
		g_hash_table_insert(forms->longest, g_strdup(words[0]),
		    GUINT_TO_POINTER(n));
}

/* "S.r.l." is also written "S r l". */
static void
add_spelling(struct forms *forms, const char *form, const char *class_name)
{
	g_auto(GStrv) words = name_all_words(form);
	g_autofree char *spaced = NULL;
	GString *out;

	add_form(forms, words, class_name);
	if (!strchr(form, '.'))
		return;
	out = g_string_new(NULL);
	for (const char *p = form; *p; p++)
		g_string_append_c(out, *p == '.' ? ' ' : *p);
	spaced = g_string_free(out, FALSE);
	g_strfreev(words);
	words = name_all_words(spaced);
	add_form(forms, words, class_name);
}

static const struct forms *
forms_get(void)
{
	static struct forms *forms;

	if (g_once_init_enter(&forms)) {
		struct forms *made = g_new0(struct forms, 1);

		made->classes = g_hash_table_new_full(g_str_hash, g_str_equal,
		    g_free, NULL);
		made->longest = g_hash_table_new_full(g_str_hash, g_str_equal,
		    g_free, NULL);
		for (guint i = 0; i < legal_rows_n; i++) {
			g_auto(GStrv) list =
			    g_strsplit(legal_rows[i].forms, "|", 0);
			const char *class_name = class_of(made, list,
			    legal_rows[i].class_name);

			for (guint j = 0; list[j]; j++)
				add_spelling(made, list[j], class_name);
		}
		g_once_init_leave(&forms, made);
	}
	return forms;
}

guint
legal_form_at(char *const *words, guint n, guint at, const char **class_name)
{
	const struct forms *forms = forms_get();
	guint most = GPOINTER_TO_UINT(
	    g_hash_table_lookup(forms->longest, words[at]));

	for (guint k = MIN(most, n - at); k > 0; k--) {
		g_autoptr(GString) joined = g_string_new(words[at]);
		const char *found;

		for (guint i = 1; i < k; i++) {
			g_string_append_c(joined, ' ');
			g_string_append(joined, words[at + i]);
		}
		found = g_hash_table_lookup(forms->classes, joined->str);
		if (found) {
			*class_name = found;
			return k;
		}
	}
	return 0;
}

char *
legal_cut_glued(const char *name)
{
	GString *out = g_string_new(name);

	for (guint i = 0; i < legal_glued_n; i++) {
		g_auto(GStrv) list = g_strsplit(legal_glued[i].forms, "|", 0);

		for (guint j = 0; list[j]; j++)
			g_string_replace(out, list[j], " ", 0);
	}
	return g_string_free(out, FALSE);
}
