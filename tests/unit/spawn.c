/*
 * spawn.c - helpers run with input, output and a deadline; one row a case.
 */
#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "../../filter/spawn.h"

struct row {
	const char *name;
	const char *script;	/* for /bin/sh -c */
	const char *input;	/* NULL: none */
	size_t repeat;		/* input that many times */
	int deadline_ms;
	size_t out_max;
	enum spawn_end end;
	int code;
	const char *out;	/* NULL: not compared */
	const char *err;	/* NULL: not compared */
};

static const struct row rows[] = {
	{"/echo", "cat", "hello", 1, 5000, 0, SPAWN_EXITED, 0, "hello", ""},
	{"/nothing", "cat", NULL, 0, 5000, 0, SPAWN_EXITED, 0, "", ""},
	{"/empty", "cat", "", 1, 5000, 0, SPAWN_EXITED, 0, "", ""},
	{"/code", "echo no >&2; exit 75", NULL, 0, 5000, 0, SPAWN_EXITED, 75,
	    "", "no"},
	{"/signal", "kill -TERM $$", NULL, 0, 5000, 0, SPAWN_SIGNALLED, 15,
	    "", NULL},
	{"/deadline", "sleep 60", NULL, 0, 150, 0, SPAWN_TIMEOUT, 0, "", NULL},
	{"/deadline-deaf", "trap '' TERM INT; while :; do sleep 1; done", NULL,
	    0, 150, 0, SPAWN_TIMEOUT, 0, "", NULL},
	{"/overflow", "exec cat /dev/zero", NULL, 0, 5000, 1000,
	    SPAWN_OVERFLOW, 0, NULL, NULL},
	{"/big", "cat | wc -c", "0123456789", 100000, 9000, 0, SPAWN_EXITED, 0,
	    "1000000\n", ""},
	{"/big-both-ways", "cat", "0123456789", 100000, 9000, 0, SPAWN_EXITED,
	    0, NULL, ""},
	{"/deaf", "exec </dev/null; echo done", "0123456789", 100000, 5000, 0,
	    SPAWN_EXITED, 0, "done\n", ""},
	{"/stderr-bounded", "yes words | head -c 200000 >&2", NULL, 0, 5000, 0,
	    SPAWN_EXITED, 0, "", NULL},
	{"/stderr-utf8", "printf 'caf\\351' >&2", NULL, 0, 5000, 0,
	    SPAWN_EXITED, 0, "", "caf\xef\xbf\xbd"},
	/* a child in the background that keeps the pipes open is not waited for */
	{"/background", "sleep 3 & echo gone", NULL, 0, 9000, 0, SPAWN_EXITED,
	    0, "gone\n", ""},
	{"/no-descriptors", "ls /proc/self/fd | tr -d '\\n'", NULL, 0, 5000, 0,
	    SPAWN_EXITED, 0, "0123", ""},	/* 3 is the folder itself */
};

static void
one(const void *data)
{
	const struct row *row = data;
	const char *argv[] = {"/bin/sh", "-c", row->script, NULL};
	g_autoptr(GBytes) piece = NULL;
	g_autofree const GBytes **input = NULL;
	struct spawn spawn = {.argv = argv, .deadline_ms = row->deadline_ms,
	    .out_max = row->out_max};
	struct spawn_result result;

	if (row->input) {
		input = g_new0(const GBytes *, row->repeat + 1);
		piece = g_bytes_new_static(row->input, strlen(row->input));
		for (size_t i = 0; i < row->repeat; i++)
			input[i] = piece;
		spawn.input = input;
	}
	g_assert_cmpint(spawn_run(&spawn, &result), ==,
	    row->end == SPAWN_EXITED && row->code == 0);
	g_assert_cmpint(result.end, ==, row->end);
	g_assert_cmpint(result.code, ==, row->code);
	if (row->out) {
		g_autofree char *got = g_strdup_printf("%.*s",
		    (int)g_bytes_get_size(result.out),
		    (const char *)g_bytes_get_data(result.out, NULL));

		g_assert_cmpstr(got, ==, row->out);
	}
	if (row->err)
		g_assert_cmpstr(result.err, ==, row->err);
	g_assert_cmpuint(strlen(result.err), <, SPAWN_ERR_MAX + 4096);
	spawn_release(&result);
}

static void
missing(void)
{
	const char *argv[] = {"/nowhere/helper", NULL};
	struct spawn spawn = {.argv = argv, .deadline_ms = 1000};
	struct spawn_result result;

	g_assert_false(spawn_run(&spawn, &result));
	g_assert_cmpint(result.end, ==, SPAWN_FAILED);
	g_autofree char *story = spawn_story("helper", &result);
	g_assert_cmpstr(story, ==,
	    "helper could not be started: No such file or directory");
	spawn_release(&result);
}

/* A descriptor as input is read from its present offset. */
static void
from_fd(void)
{
	const char *argv[] = {"cat", NULL};
	struct spawn spawn = {.argv = argv, .deadline_ms = 5000};
	struct spawn_result result;
	char name[] = "/tmp/spawn.XXXXXX";

	spawn.input_fd = mkstemp(name);
	g_assert_cmpint(spawn.input_fd, >, 0);
	g_assert_cmpint(write(spawn.input_fd, "abcdef", 6), ==, 6);
	lseek(spawn.input_fd, 3, SEEK_SET);
	g_assert_true(spawn_run(&spawn, &result));
	g_assert_cmpuint(g_bytes_get_size(result.out), ==, 3);
	g_assert_cmpint(
	    memcmp(g_bytes_get_data(result.out, NULL), "def", 3), ==, 0);
	spawn_release(&result);
	close(spawn.input_fd);
	unlink(name);
}

static int
open_descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	int count = 0;

	while (readdir(dir))
		count++;
	closedir(dir);
	return count;
}

static void
no_leak(void)
{
	const char *good[] = {"true", NULL}, *bad[] = {"/nowhere", NULL};
	struct spawn spawn = {.deadline_ms = 5000};
	struct spawn_result result;
	int before = open_descriptors();

	for (int i = 0; i < 20; i++) {
		spawn.argv = i % 2 ? good : bad;
		spawn_run(&spawn, &result);
		spawn_release(&result);
	}
	g_assert_cmpint(open_descriptors(), ==, before);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path = g_strconcat("/spawn", rows[i].name,
		    NULL);

		g_test_add_data_func(path, &rows[i], one);
	}
	g_test_add_func("/spawn/missing", missing);
	g_test_add_func("/spawn/from-fd", from_fd);
	g_test_add_func("/spawn/no-leak", no_leak);
	return g_test_run();
}
