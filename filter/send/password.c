/*
 * password.c - the secret comes from a command of the owner and lives in one
 * buffer that is wiped. It is in no argument, environment, file or log.
 */
#include <string.h>

#include "../spawn.h"
#include "send.h"

#define PASSWORD_MAX 4096

/* The output's first line, copied; NULL when it is no password. */
static char *
first_line(GBytes *out)
{
	gsize size;
	const char *data = g_bytes_get_data(out, &size), *end;
	char *password;

	if (size == 0)
		return NULL;
	end = memchr(data, '\n', size);
	if (end)
		size = (gsize)(end - data);
	if (size > 0 && data[size - 1] == '\r')
		size--;
	if (size == 0 || size > PASSWORD_MAX || memchr(data, '\0', size))
		return NULL;
	password = g_malloc(size + 1);
	memcpy(password, data, size);
	password[size] = '\0';
	return password;
}

char *
password_get(const char *option, const char *command, int seconds, char **why)
{
	g_autofree char *name = g_strconcat("the ", option, NULL);
	g_auto(GStrv) argv = NULL;
	struct spawn spawn = {.deadline_ms = seconds * 1000,
	    .out_max = 2 * (size_t)PASSWORD_MAX};
	struct spawn_result result;
	char *password = NULL;
	gsize size;
	void *data;

	if (!g_shell_parse_argv(command, NULL, &argv, NULL)) {
		*why = g_strdup_printf("%s has an unclosed quote or is empty",
		    option);
		return NULL;
	}
	spawn.argv = (const char *const *)argv;
	if (!spawn_run(&spawn, &result)) {
		*why = spawn_story(name, &result);
	} else {
		password = first_line(result.out);
		if (password == NULL)
			*why = g_strdup_printf("%s printed no password on its "
			    "first line", name);
	}
	data = g_bytes_unref_to_data(g_steal_pointer(&result.out), &size);
	if (data)
		explicit_bzero(data, size);
	g_free(data);
	spawn_release(&result);
	return password;
}

void
password_free(char *password)
{
	if (password)
		explicit_bzero(password, strlen(password));
	g_free(password);
}
