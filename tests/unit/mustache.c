/*
 * The mustache renderer against a table of our own and, where the folder
 * ../shared/mustache-spec is present, against every official case in it.
 */
#include "../../templates/templates.h"

#include <string.h>

struct row {
	const char *name, *template, *values, *partial, *want;
	bool plain;		/* no HTML escaping */
};

static const struct row rows[] = {
    {"nothing", "", "{}", NULL, "", false},
    {"text", "a } b { c", "{}", NULL, "a } b { c", false},
    {"value", "Dear {{name}},", "{\"name\":\"Ana\"}", NULL, "Dear Ana,",
        false},
    {"escaped", "{{x}}", "{\"x\":\"<a href='b'>&\\\"\"}", NULL,
        "&lt;a href=&#39;b&#39;&gt;&amp;&quot;", false},
    {"raw", "{{{x}}}{{&x}}", "{\"x\":\"<\"}", NULL, "<<", false},
    {"plain", "{{x}}", "{\"x\":\"<&\"}", NULL, "<&", true},
    {"missing", "a{{x}}b{{x.y}}", "{}", NULL, "ab", false},
    {"null", "a{{x}}b", "{\"x\":null}", NULL, "ab", false},
    {"numbers", "{{i}} {{r}}", "{\"i\":-7,\"r\":1.21}", NULL, "-7 1.21",
        false},
    {"dotted", "{{a.b.c}}", "{\"a\":{\"b\":{\"c\":\"x\"}}}", NULL, "x",
        false},
    {"dotted is not looked up outside",
        "{{#a}}{{b.c}}{{/a}}", "{\"a\":{\"b\":{}},\"b\":{\"c\":\"x\"}}", NULL,
        "", false},
    {"list", "{{#l}}<{{n}}>{{/l}}", "{\"l\":[{\"n\":1},{\"n\":2}]}", NULL,
        "<1><2>", false},
    {"implicit", "{{#l}}{{.}},{{/l}}", "{\"l\":[\"a\",2]}", NULL, "a,2,",
        false},
    {"outer name", "{{#l}}{{o}}{{/l}}", "{\"l\":[{}],\"o\":\"x\"}", NULL, "x",
        false},
    {"inverted", "{{^x}}no{{/x}}{{^y}}no{{/y}}",
        "{\"x\":[],\"y\":\"1\"}", NULL, "no", false},
    {"falsy", "{{#a}}a{{/a}}{{#b}}b{{/b}}{{#c}}c{{/c}}{{#d}}d{{/d}}",
        "{\"a\":false,\"b\":null,\"c\":\"\",\"d\":0}", NULL, "d", false},
    {"standalone", "a\n  {{#x}}\nb\n  {{/x}}\nc", "{\"x\":true}", NULL,
        "a\nb\nc", false},
    {"not standalone", "a {{#x}}\nb {{/x}}\nc", "{\"x\":true}", NULL,
        "a \nb \nc", false},
    {"comment", "a\n{{! b\n c }}\nd{{!e}}f", "{}", NULL, "a\ndf", false},
    {"delimiters", "{{=<% %>=}}<%x%>{{x}}<%={{ }}=%>{{x}}", "{\"x\":1}", NULL,
        "1{{x}}1", false},
    {"partial", "[{{>p}}]", "{\"x\":1}", "{{x}}", "[1]", false},
    {"partial indented", "  {{>p}}\n.", "{\"x\":\"a\\nb\"}", "{{x}}\n-\n",
        "  a\nb\n  -\n.", false},
    {"partial does not take the delimiters", "{{=| |=}}|>p|", "{\"x\":1}",
        "{{x}}|x|", "1|x|", false},
    {"recursion", "{{>p}}", "{\"v\":1,\"n\":[{\"v\":2,\"n\":[]}]}",
        "<{{v}}{{#n}}{{>p}}{{/n}}>", "<1<2>>", false},
    {"inert braces", "{{x}}{{{x}}}", "{\"x\":\"{{y}}{{>p}}\",\"y\":\"BAD\"}",
        "BAD", "{{y}}{{&gt;p}}{{y}}{{>p}}", false},
    {"CRLF", "{{#x}}\r\na\r\n{{/x}}\r\nb", "{\"x\":true}", NULL, "a\r\nb",
        false},
    /* broken templates: want NULL */
    {"open tag", "a\nb {{x", "{}", NULL, NULL, false},
    {"empty tag", "{{ }}", "{}", NULL, NULL, false},
    {"open section", "{{#x}}a", "{}", NULL, NULL, false},
    {"stray end", "a{{/x}}", "{}", NULL, NULL, false},
    {"crossed ends", "{{#x}}{{#y}}{{/x}}{{/y}}", "{}", NULL, NULL, false},
    {"bad delimiters", "{{=a b c=}}", "{}", NULL, NULL, false},
    {"endless partial", "{{>p}}", "{}", "{{>p}}", NULL, false},
    {"broken partial", "{{>p}}", "{}", "{{#x}}", NULL, false},
};

static const char *
one_partial(const char *name, void *user)
{
	return strcmp(name, "p") == 0 ? user : NULL;
}

static void
test_row(const void *data)
{
	const struct row *row = data;
	g_autofree char *got = NULL, *why = NULL;
	json_t *values = json_loads(row->values, 0, NULL);

	g_assert_nonnull(values);
	got = mustache_render(row->template, values, !row->plain,
	    one_partial, (void *)(size_t)row->partial, NULL, &why);
	g_assert_cmpstr(got, ==, row->want);
	g_assert_true((why == NULL) == (row->want != NULL));
	json_decref(values);
}

static void
test_why(void)
{
	g_autofree char *why = NULL;
	json_t *values = json_object();

	g_assert_null(mustache_render("a\n\n{{#b}}\nc\n", values, true, NULL,
	    NULL, NULL, &why));
	g_assert_cmpstr(why, ==, "line 3: a section is not closed: b");
	json_decref(values);
}

static void
test_missing(void)
{
	g_autoptr(GPtrArray) missing = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *got = NULL, *why = NULL;
	json_t *values = json_pack("{s:s}", "a", "1");

	got = mustache_render("{{a}}{{b}}{{b}}{{a.c}}{{>d}}{{#e}}{{f}}{{/e}}",
	    values, true, NULL, NULL, missing, &why);
	g_assert_cmpstr(got, ==, "1");
	g_assert_cmpuint(missing->len, ==, 3);
	g_assert_cmpstr(missing->pdata[0], ==, "b");
	g_assert_cmpstr(missing->pdata[1], ==, "a.c");
	g_assert_cmpstr(missing->pdata[2], ==, "d");
	json_decref(values);
}

/* A template that would write forever ends with a sentence. */
static void
test_bounds(void)
{
	static const char *const templates[] = {
	    "{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}xxxxxxxx{{/l}}{{/l}}{{/l}}{{/l}}"
	    "{{/l}}", "{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{/l}}{{/l}}{{/l}}{{/l}}"
	    "{{/l}}", "{{>p}}"};
	json_t *values = json_object(), *list = json_array();

	for (int i = 0; i < 100; i++)
		json_array_append_new(list, json_integer(i));
	json_object_set_new(values, "l", list);
	for (size_t i = 0; i < G_N_ELEMENTS(templates); i++) {
		g_autofree char *why = NULL;
		char p[] = "{{#l}}{{>p}}{{/l}}";

		g_assert_null(mustache_render(templates[i], values, true,
		    one_partial, p, NULL, &why));
		g_assert_nonnull(why);
	}
	json_decref(values);
}

/* ---- the official cases --------------------------------------------------- */

#define SPEC "../shared/mustache-spec"

static json_t *specs;		/* all files read, freed at the end */

static const char *
spec_partial(const char *name, void *user)
{
	return json_string_value(json_object_get(user, name));
}

static void
test_spec(const void *data)
{
	const json_t *test = data;
	g_autofree char *got = NULL, *why = NULL;

	got = mustache_render(
	    json_string_value(json_object_get(test, "template")),
	    json_object_get(test, "data"), true, spec_partial,
	    json_object_get(test, "partials"), NULL, &why);
	g_assert_cmpstr(
	    got, ==, json_string_value(json_object_get(test, "expected")));
}

static void
add_spec_file(const char *file)
{
	g_autofree char *path = g_build_filename(SPEC, file, NULL);
	json_t *spec = json_load_file(path, 0, NULL);
	json_t *test;
	size_t i;

	g_assert_nonnull(spec);
	json_array_append_new(specs, spec);
	json_array_foreach(json_object_get(spec, "tests"), i, test) {
		g_autofree char *name = g_strdup_printf("/mustache/spec/%s/%s",
		    file, json_string_value(json_object_get(test, "name")));
		g_test_add_data_func(name, test, test_spec);
	}
}

static void
test_no_spec(void)
{
	g_test_skip("the folder " SPEC " is not here");
}

int
main(int argc, char **argv)
{
	GDir *folder = g_dir_open(SPEC, 0, NULL);
	const char *file;
	int status;

	specs = json_array();
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *name = g_strdup_printf(
		    "/mustache/%s", rows[i].name);
		g_test_add_data_func(name, &rows[i], test_row);
	}
	g_test_add_func("/mustache/why", test_why);
	g_test_add_func("/mustache/missing names", test_missing);
	g_test_add_func("/mustache/bounds", test_bounds);
	if (!folder)
		g_test_add_func("/mustache/spec", test_no_spec);
	while (folder && (file = g_dir_read_name(folder)))
		if (g_str_has_suffix(file, ".json"))
			add_spec_file(file);
	status = g_test_run();
	if (folder)
		g_dir_close(folder);
	json_decref(specs);
	return status;
}
