/* mustache.c - a template of the user's, with a value that looks like one. */
#include "fuzz.h"

#include "../../templates/templates.h"

static const char *
partial(const char *name, void *user)
{
	(void)user;
	return strcmp(name, "p") == 0 ? "[{{a}}{{>p}}]" : NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *raw = g_strndup((const char *)data, size);
	g_autofree char *text = g_utf8_make_valid(raw, -1);
	GPtrArray *missing = g_ptr_array_new_with_free_func(g_free);
	json_t *values = json_pack("{s:s, s:[s, s], s:{s:b}}", "a",
	    "{{b}}<&\">", "b", "x", "{{{a}}}", "c", "d", 1);
	char *why = NULL;
	char *out = mustache_render(text, values, true, partial, NULL,
	    missing, &why);

	MUST(!out == !!why);
	if (out && size < 64 && !strchr(text, '<') && !strstr(text, "{{{") &&
	    !strchr(text, '&') && !strchr(text, '='))
		MUST(!strchr(out, '<'));
	g_free(out);
	g_free(why);
	json_decref(values);
	g_ptr_array_unref(missing);
	return 0;
}
