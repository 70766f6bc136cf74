/*
 * drift.c - a bank that we know wrote something that no template reads, or
 * that money came and not how much: until the next mail or statement that can
 * be read, the account's feed proves nothing and its customers' reminders
 * wait. The owner is told once a day, with the place of the mail and with what
 * the generic reader made of it.
 */
#include "drift.h"
#include "match.h"
#include "phrases.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEPT 100		/* mails in the folder, the newest */
#define KEPT_SIZE (5 << 20)	/* bytes of one */

/* ---- the mail's place ----------------------------------------------------------- */

struct kept {
	char *path;
	time_t at;
};

static void
kept_clear(void *data)
{
	g_free(((struct kept *)data)->path);
}

static int
compare_kept(const void *a, const void *b)
{
	const struct kept *left = a, *right = b;

	return left->at != right->at ? left->at < right->at ? -1 : 1 :
	    strcmp(left->path, right->path);
}

/* Makes room for one more. */
static void
thin_out(const char *folder)
{
	g_autoptr(GArray) list = g_array_new(FALSE, FALSE,
	    sizeof(struct kept));
	GDir *dir = g_dir_open(folder, 0, NULL);
	const char *name;

	g_array_set_clear_func(list, kept_clear);
	while (dir && (name = g_dir_read_name(dir))) {
		struct kept one = {g_build_filename(folder, name, NULL), 0};
		struct stat info;

		if (stat(one.path, &info) == 0)
			one.at = info.st_mtime;
		g_array_append_val(list, one);
	}
	if (dir)
		g_dir_close(dir);
	g_array_sort(list, compare_kept);
	for (guint i = 0; i + KEPT <= list->len; i++)
		unlink(g_array_index(list, struct kept, i).path);
}

/* The path, or NULL: nothing is kept on a dry run, nor what is too large. */
static char *
keep_mail(const struct context *context, const struct mail *mail)
{
	g_autofree char *folder = context_path(context, "drift");
	g_autofree char *path = g_strdup_printf("%s/%s.eml", folder,
	    mail->hash);

	if (context->dry_run || mail->size > KEPT_SIZE ||
	    g_mkdir_with_parents(folder, 0700) != 0)
		return NULL;
	thin_out(folder);
	return mail_keep(mail, folder, mail->hash) ?
	    g_steal_pointer(&path) : NULL;
}

/* ---- the alarm ------------------------------------------------------------------- */

/* "It looks like 500.00 EUR from ACME, which nothing settles. " */
static char *
reading_text(const GPtrArray *events)
{
	for (guint i = 0; i < events->len; i++) {
		const struct event *one = events->pdata[i];
		const char *payer = event_get(one, EVENT_PAYER);
		const char *amount = event_get(one, EVENT_AMOUNT);
		enum event_kind kind = event_kind(one);

		if (g_strcmp0(event_get(one, EVENT_READER), "generic") != 0 ||
		    !amount || (kind != EVENT_CREDIT && kind != EVENT_RETURN))
			continue;
		return g_strdup_printf("It looks like %s %s %s %s, but that "
		    "is a guess and settles nothing. ", amount,
		    event_get(one, EVENT_CURRENCY),
		    kind == EVENT_RETURN ? "back to" : "from",
		    payer ? payer : "an unnamed payer");
	}
	return g_strdup("");
}

static char *
alarm_text(const struct event *event, const struct account *account,
    const GPtrArray *events, const char *path)
{
	g_autofree char *reading = reading_text(events);
	g_autofree char *place = path ?
	    g_strdup_printf("The mail is kept as %s: if this is how %s writes "
	    "now, teach it with 'mailfilter bank learn %s' and a second "
	    "sample. ", path, account->bank, path) : g_strdup("");
	const char *why = event_kind(event) == EVENT_DRIFT ?
	    event_get(event, EVENT_WHY) : event_refused(event)[0];

	return g_strdup_printf("A mail of %s was not understood (%s). %s%s"
	    "Reminders wait until its account %s has a readable mail or "
	    "statement.", account->bank, why ? why : "no amount", reading,
	    place, account->name);
}

static bool
is_of_today(const struct context *context, const struct question *question)
{
	char day[DAY_SIZE];

	calendar_local(question->at, context->config->timezone, day, NULL);
	return strcmp(day, context->today) == 0;
}

/* Was the owner told today? An alarm of an earlier day makes way. */
static enum store_status
told_today(struct context *context, const char *code, bool *told)
{
	g_autoptr(GPtrArray) list = NULL;
	enum store_status status = store_question_list(context->store, false,
	    &list);

	*told = false;
	for (guint i = 0; status == STORE_OK && i < list->len; i++) {
		const struct question *one = list->pdata[i];

		if (strcmp(one->code, code) != 0)
			continue;
		if (is_of_today(context, one))
			*told = true;
		else if (!one->answered)
			status = store_question_answer(context->store, one->id,
			    context->now);
	}
	return status == STORE_NONE ? STORE_OK : status;
}

/* When the bank wrote it: a late one says nothing about what was readable
 * after it. */
static int64_t
written_at(const struct context *context, const struct event *event)
{
	const char *date = event_get(event, EVENT_DATE);
	int64_t moment;

	return date && moment_parse(date, &moment) ?
	    MIN(moment, context->now) : context->now;
}

enum store_status
drift_take(struct context *context, const struct mail *mail,
    const struct account *account, const GPtrArray *events,
    const struct event *event, struct plan *plan)
{
	g_autofree char *code = g_strdup_printf("drift:%s", account->bank);
	g_autofree char *path = NULL, *text = NULL;
	bool told = false;
	enum store_status status = store_feed_drift(context->store,
	    account->iban, written_at(context, event));

	if (status == STORE_OK)
		status = told_today(context, code, &told);
	if (status != STORE_OK)
		return status;
	path = keep_mail(context, mail);
	text = alarm_text(event, account, events, path);
	if (told)
		plan_add(plan, ACTION_NOTE, "drift", "%s", text);
	else
		plan_ask(plan, &(struct question){.code = code, .text = text,
		    .at = context->now});
	return STORE_OK;
}
