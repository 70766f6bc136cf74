/*
 * fetch_request.c - what mailfilter-send is asked: the mailbox, and how far
 * each of its folders was read.
 */
#include "fetch.h"

#include <stdlib.h>
#include <string.h>

static char *
first_day(const struct fetch *fetch)
{
	const struct context *context = fetch->desk->context;
	char day[DAY_SIZE];

	if (fetch->desk->since)
		return g_strdup(fetch->desk->since);
	if (!fetch->mailbox->since_days)
		return NULL;
	day_text(day_number(context->today) - fetch->mailbox->since_days, day);
	return g_strdup(day);
}

/* Numbers of another server mean other messages. */
static struct fetch_folder *
folder_new(struct fetch *fetch, const char *name)
{
	struct fetch_folder *folder = g_new0(struct fetch_folder, 1);
	enum store_status status = store_mailbox_get(
	    fetch->desk->context->store, fetch->mailbox->name, name,
	    &folder->state);

	folder->name = name;
	folder->large = g_array_new(FALSE, FALSE, sizeof(int64_t));
	folder->failed = g_array_new(FALSE, FALSE, sizeof(int64_t));
	g_ptr_array_add(fetch->folders, folder);
	if (status != STORE_OK && status != STORE_NONE) {
		fetch_stop(fetch, store_failed(fetch->desk->context, status),
		    "store", NULL);
		return folder;
	}
	if (folder->state && (fetch->desk->since ||
	    strcmp(folder->state->server, fetch->server) != 0))
		g_clear_pointer(&folder->state, mailbox_state_free);
	folder->since = folder->state ? g_strdup(folder->state->since)
	    : first_day(fetch);
	return folder;
}

static json_t *
folder_request(struct fetch *fetch, const struct fetch_folder *folder)
{
	const struct mailbox_state *state = folder->state;
	json_t *again = json_array(), *object = json_pack("{s:s, s:I, s:I}",
	    "name", folder->name, "uidvalidity",
	    (json_int_t)(state ? state->uidvalidity : 0), "uid",
	    (json_int_t)(state ? state->uid : 0));
	g_autoptr(GArray) uids = NULL;

	if (folder->since)
		json_object_set_new(object, "since",
		    json_string(folder->since));
	if (state && store_mailbox_retries(fetch->desk->context->store,
	    fetch->mailbox->name, folder->name, &uids) == STORE_OK)
		for (guint i = 0; i < uids->len; i++)
			json_array_append_new(again, json_integer(
			    g_array_index(uids, int64_t, i)));
	json_object_set_new(object, "again", again);
	return object;
}

static json_t *
folder_requests(struct fetch *fetch)
{
	json_t *list = json_array();

	g_ptr_array_set_size(fetch->folders, 0);
	for (char **name = fetch->mailbox->folders; *name; name++)
		json_array_append_new(list, folder_request(fetch,
		    folder_new(fetch, *name)));
	return list;
}

const char *
fetch_after(const struct fetch *fetch)
{
	static const char *const words[] = {"keep", "delete", "move"};

	return fetch->desk->context->dry_run ? words[AFTER_KEEP]
	    : words[fetch->mailbox->after];
}

char *
fetch_request(struct fetch *fetch)
{
	const struct mailbox *m = fetch->mailbox;
	json_t *object = json_pack("{s:s, s:i, s:s, s:s, s:s, s:s, s:i, s:I,"
	    " s:s, s:b, s:i, s:o}", "host", m->host, "port", m->port, "tls",
	    m->tls, "user", m->user, "password_command", m->password_command,
	    "auth", m->auth, "timeout", m->timeout, "max_size",
	    (json_int_t)m->max_size << 20, "after", fetch_after(fetch),
	    "watch", fetch->desk->watch, "interval", m->interval, "folders",
	    folder_requests(fetch));
	char *dump, *line;

	if (m->ca_file)
		json_object_set_new(object, "ca_file", json_string(m->ca_file));
	if (m->target)
		json_object_set_new(object, "target", json_string(m->target));
	dump = json_dumps(object, JSON_COMPACT);
	json_decref(object);
	line = g_strconcat(dump, "\n", NULL);
	free(dump);
	return line;
}
