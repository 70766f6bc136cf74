/*
 * The helper that writes all letters of a run: what becomes of the others
 * when it dies, stalls, babbles or floods. The helpers here are shell scripts
 * that answer a letter by what it says.
 */
#include "../../filter/renderer.h"

#include <glib/gstdio.h>
#include <string.h>

/* Reads frames; $1 of a letter is what to do. Counts its starts. */
static const char script[] =
    "#!/bin/sh\n"
    "echo start >>\"$0.starts\"\n"
    "while read -r length; do\n"
    "	letter=$(dd bs=1 count=\"$length\" 2>/dev/null)\n"
    "	case $letter in\n"
    "	die*) echo 'these are my last words' >&2; exit 3 ;;\n"
    "	kill*) kill -9 $$ ;;\n"
    "	quit*) exit 0 ;;\n"
    "	once*) if [ ! -e \"$0.once\" ]; then touch \"$0.once\"; exit 4; fi\n"
    "		printf 'ok 5 0\\nagain' ;;\n"
    "	stall*) sleep 60 ;;\n"
    "	bad*) printf 'bad 6 0\\nno way' ;;\n"
    "	warn*) printf 'ok 4 6\\ndonehmmm\\n\\n' ;;\n"
    "	empty*) printf 'ok 0 0\\n' ;;\n"
    "	babble*) echo 'what is this'; exit 0 ;;\n"
    "	huge*) printf 'ok 99999999999 0\\nx'; exit 0 ;;\n"
    "	flood*) yes no | head -c 300000 >&2; printf 'ok 3 0\\ndry' ;;\n"
    "	*) printf 'ok %d 0\\n%s' \"$length\" \"$letter\" ;;\n"
    "	esac\n"
    "done\n";

static char *folder, *helper;

static unsigned
starts(void)
{
	g_autofree char *path = g_strconcat(helper, ".starts", NULL);
	g_autofree char *text = NULL;
	unsigned count = 0;

	if (g_file_get_contents(path, &text, NULL, NULL))
		for (const char *at = text; (at = strchr(at, '\n')); at++)
			count++;
	g_remove(path);
	return count;
}

struct row {
	const char *name;
	const char *letters[4];	/* one after another */
	const char *became[4];	/* "=message" or a part of the reason */
	unsigned starts;
};

static const struct row rows[] = {
    {"one after another", {"a", "bb", "ccc"}, {"=a", "=bb", "=ccc"}, 1},
    {"refused", {"a", "bad", "c"}, {"=a", "no way", "=c"}, 1},
    {"with a warning", {"warn", "c"}, {"=done", "=c"}, 1},
    {"an empty message", {"empty", "c"}, {"empty message", "=c"}, 1},
    {"dies at the first", {"die", "b"}, {"code 3: these are my last", "=b"}, 2},
    {"dies later", {"a", "die", "c"}, {"=a", "code 3: these are", "=c"}, 3},
    {"is killed", {"a", "kill", "c"}, {"=a", "signal 9", "=c"}, 3},
    {"ends without a word", {"quit", "b"}, {"before its answer", "=b"}, 2},
    {"dies once, of others", {"a", "once", "c"}, {"=a", "=again", "=c"}, 2},
    {"stalls", {"a", "stall", "c"}, {"=a", "did not end in time", "=c"}, 2},
    {"babbles", {"babble", "b"}, {"before its answer", "=b"}, 2},
    {"promises too much", {"huge", "b"}, {"before its answer", "=b"}, 2},
    {"floods its stderr", {"a", "flood", "c"}, {"=a", "=dry", "=c"}, 1},
};

static void
check_letter(struct renderer *renderer, const char *letter, const char *wanted)
{
	g_autofree char *words = NULL, *why = NULL, *got = NULL;
	g_autoptr(GBytes) message = renderer_write(
	    renderer, letter, &words, &why);
	const char *data;
	gsize size;

	if (*wanted != '=') {
		g_assert_null(message);
		g_assert_nonnull(why);
		if (!strstr(why, wanted))
			g_assert_cmpstr(why, ==, wanted);
		return;
	}
	g_assert_cmpstr(why, ==, NULL);
	g_assert_nonnull(message);
	data = g_bytes_get_data(message, &size);
	got = g_strndup(data, size);
	g_assert_cmpstr(got, ==, wanted + 1);
	g_assert_cmpstr(words, ==,
	    g_str_has_prefix(letter, "warn") ? "hmmm" : NULL);
}

static void
test_row(const void *data)
{
	const struct row *row = data;
	struct renderer *renderer = renderer_new(helper, 1500);

	starts();
	for (size_t i = 0; i < G_N_ELEMENTS(row->letters); i++)
		if (row->letters[i])
			check_letter(renderer, row->letters[i],
			    row->became[i]);
	renderer_free(renderer);
	g_assert_cmpuint(starts(), ==, row->starts);
}

/* More than a pipe holds, both ways. */
static void
test_large(void)
{
	struct renderer *renderer = renderer_new("libexec/mailfilter-render",
	    20000);
	GString *letter = g_string_new("{\"kind\":\"");
	g_autofree char *words = NULL, *why = NULL;

	for (int i = 0; i < 100000; i++)
		g_string_append(letter, "long ");
	g_string_append(letter, "\"}");
	g_assert_null(renderer_write(renderer, letter->str, &words, &why));
	g_assert_nonnull(strstr(why, "no such letter"));
	g_string_free(letter, TRUE);
	renderer_free(renderer);
}

static void
test_absent(void)
{
	struct renderer *renderer = renderer_new("/nowhere/render", 1000);
	g_autofree char *words = NULL, *why = NULL;

	g_assert_null(renderer_write(renderer, "a", &words, &why));
	g_assert_nonnull(strstr(why, "could not be started"));
	renderer_free(renderer);
	renderer_free(NULL);
}

int
main(int argc, char **argv)
{
	g_autofree char *once = NULL;
	int failed;

	g_test_init(&argc, &argv, NULL);
	folder = g_dir_make_tmp("renderer.XXXXXX", NULL);
	helper = g_build_filename(folder, "helper", NULL);
	once = g_strconcat(helper, ".once", NULL);
	g_assert_true(g_file_set_contents(helper, script, -1, NULL));
	g_assert_cmpint(g_chmod(helper, 0700), ==, 0);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path = g_strconcat(
		    "/renderer/", rows[i].name, NULL);

		g_test_add_data_func(path, &rows[i], test_row);
	}
	g_test_add_func("/renderer/large", test_large);
	g_test_add_func("/renderer/absent", test_absent);
	failed = g_test_run();
	g_remove(once);
	g_remove(helper);
	g_rmdir(folder);
	g_free(helper);
	g_free(folder);
	return failed;
}
