/*
 * bankanswer.c - what a template found in one reading: where its fields are,
 * and what has to be refused in them.
 */
#include "bankfile.h"

#include <string.h>

struct answer *
answer_new(const struct template *t)
{
	struct answer *answer = g_new0(struct answer, 1);

	answer->template = t;
	answer->captures = g_array_new(FALSE, FALSE, sizeof(struct capture));
	answer->refused = g_ptr_array_new_with_free_func(g_free);
	return answer;
}

void
answer_free(struct answer *answer)
{
	if (!answer)
		return;
	g_array_free(answer->captures, TRUE);
	g_ptr_array_free(answer->refused, TRUE);
	g_free(answer);
}

void
answer_refuse(struct answer *answer, const char *field, const char *why)
{
	for (guint i = 0; i < answer->refused->len; i += 2)
		if (strcmp(answer->refused->pdata[i], field) == 0 &&
		    strcmp(answer->refused->pdata[i + 1], why) == 0)
			return;
	g_ptr_array_add(answer->refused, g_strdup(field));
	g_ptr_array_add(answer->refused, g_strdup(why));
}

bool
shape_is_free(int field)
{
	const char *name = shape_name(field);
	bool free_text = false;
	int same;

	shape_field(name, strlen(name), &same, &free_text);
	return free_text;
}

const struct capture *
answer_find(const struct answer *answer, int field)
{
	for (guint i = 0; i < answer->captures->len; i++) {
		const struct capture *c =
		    &g_array_index(answer->captures, struct capture, i);

		if (c->field == field)
			return c;
	}
	return NULL;
}
