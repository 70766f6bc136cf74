/*
 * fetch_report.c - what a visit to a mailbox brought, for a person or as
 * JSON Lines.
 */
#include "fetch.h"
#include "print.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *key;	/* in JSON */
	const char *one, *many;
} kinds[TALLY_KINDS] = {
	[TALLY_NOTICE] = {"notices", "bank notice", "bank notices"},
	[TALLY_STATEMENT] = {"statements", "statement", "statements"},
	[TALLY_REPLY] = {"replies", "reply", "replies"},
	[TALLY_BOUNCE] = {"bounces", "bounce", "bounces"},
	[TALLY_AUTOMATIC] = {"automatic", "automatic answer",
	    "automatic answers"},
	[TALLY_DRIFT] = {"drift", "bank mail not understood",
	    "bank mails not understood"},
	[TALLY_OTHER] = {"other", "not about money", "not about money"},
	[TALLY_UNREADABLE] = {"unreadable", "unreadable", "unreadable"},
	[TALLY_QUARANTINED] = {"quarantined", "put into quarantine",
	    "put into quarantine"},
};

static const struct {
	const char *word;	/* that a summary begins with */
	enum tally_kind kind;
} words[] = {
	{"credit", TALLY_NOTICE}, {"debit", TALLY_NOTICE},
	{"return", TALLY_NOTICE}, {"statement", TALLY_STATEMENT},
	{"reply", TALLY_REPLY}, {"bounce", TALLY_BOUNCE},
	{"auto-reply", TALLY_AUTOMATIC}, {"drift", TALLY_DRIFT},
	{"unreadable", TALLY_UNREADABLE}, {"quarantined", TALLY_QUARANTINED},
};

enum tally_kind
tally_kind(const char *summary)
{
	size_t length = strcspn(summary, "; ");

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (strlen(words[i].word) == length &&
		    strncmp(words[i].word, summary, length) == 0)
			return words[i].kind;
	return TALLY_OTHER;
}

static void
fetch_folder_clear(struct fetch_folder *folder)
{
	folder->messages = folder->known = folder->effective = 0;
	folder->moved = 0;
	memset(folder->kinds, 0, sizeof folder->kinds);
	g_array_set_size(folder->large, 0);
	g_array_set_size(folder->failed, 0);
	g_clear_pointer(&folder->refused, g_free);
}

/* ---- JSON -------------------------------------------------------------------- */

static json_t *
numbers(const GArray *uids)
{
	json_t *list = json_array();

	for (guint i = 0; i < uids->len; i++)
		json_array_append_new(list,
		    json_integer(g_array_index(uids, int64_t, i)));
	return list;
}

static void
folder_json(const struct fetch *fetch, const struct fetch_folder *folder)
{
	json_t *object = json_pack("{s:s, s:s, s:i, s:i, s:i, s:i, s:b}",
	    "mailbox", fetch->mailbox->name, "folder", folder->name,
	    "messages", folder->messages, "known", folder->known,
	    "effective", folder->effective, "moved", folder->moved,
	    "complete", folder->walked);

	for (size_t i = 0; i < TALLY_KINDS; i++)
		json_object_set_new(object, kinds[i].key,
		    json_integer(folder->kinds[i]));
	json_object_set_new(object, "large", numbers(folder->large));
	json_object_set_new(object, "failed", numbers(folder->failed));
	json_put(object, "error", folder->refused);
	print_json(object);
}

/* ---- for a person --------------------------------------------------------------- */

static void
add(GString *text, int count, const char *one, const char *many)
{
	if (count)
		g_string_append_printf(text, "%s%d %s", text->len ? ", " : "",
		    count, count == 1 ? one : many);
}

static void
folder_line(const struct fetch *fetch, const struct fetch_folder *folder)
{
	const struct context *context = fetch->desk->context;
	g_autoptr(GString) text = g_string_new(NULL);

	for (size_t i = 0; i < TALLY_KINDS; i++)
		add(text, folder->kinds[i], kinds[i].one, kinds[i].many);
	add(text, folder->known, "known already", "known already");
	add(text, (int)folder->large->len, "too large", "too large");
	add(text, (int)folder->failed->len, "to be asked for again",
	    "to be asked for again");
	add(text, folder->moved, "put away on the server",
	    "put away on the server");
	printf("%s/%s: %d mail%s%s%s", fetch->mailbox->name, folder->name,
	    folder->messages, folder->messages == 1 ? "" : "s",
	    text->len ? ": " : "", text->str);
	if (folder->effective)
		printf("; %d with effect on the books", folder->effective);
	if (!folder->walked)
		printf("; not read to its end, the next fetch goes on");
	printf("%s\n", context->dry_run ? " (nothing changed)" : "");
}

void
fetch_report(const struct fetch *fetch)
{
	const struct context *context = fetch->desk->context;

	for (guint i = 0; i < fetch->folders->len; i++) {
		const struct fetch_folder *folder = fetch->folders->pdata[i];

		if (folder->refused)
			say_error(context, "mailbox %s, folder %s: %s",
			    fetch->mailbox->name, folder->name,
			    folder->refused);
		if (context->json)
			folder_json(fetch, folder);
		else if (!context->quiet && fetch->opened && !folder->refused)
			folder_line(fetch, folder);
	}
	if (!fetch->trouble)
		return;
	say_error(context, "mailbox %s: %s", fetch->mailbox->name,
	    fetch->trouble);
	if (context->json)
		print_json(json_pack("{s:s, s:s, s:s}", "mailbox",
		    fetch->mailbox->name, "stage", fetch->stage, "error",
		    fetch->trouble));
}

void
fetch_report_new(struct fetch *fetch)
{
	bool news = false;

	for (guint i = 0; i < fetch->folders->len; i++) {
		const struct fetch_folder *folder = fetch->folders->pdata[i];

		news = news || folder->messages || folder->large->len ||
		    folder->failed->len || folder->refused;
	}
	if (!news)
		return;
	fetch_report(fetch);
	fflush(stdout);
	for (guint i = 0; i < fetch->folders->len; i++)
		fetch_folder_clear(fetch->folders->pdata[i]);
}
