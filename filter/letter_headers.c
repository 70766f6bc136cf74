/*
 * letter_headers.c - who writes to whom, and under which mail a letter is
 * threaded: a reminder under its invoice, a crossed letter under its reminder.
 */
#include "letter_values.h"

#include "outbox.h"
#include "print.h"
#include "secret.h"

#include <string.h>

#define THREAD_MAX 10		/* ids in References */

char *
values_time(int64_t moment, const char *zone_name)
{
	char day[DAY_SIZE];
	int minute, second = (int)(((moment % 60) + 60) % 60);
	int64_t offset;

	calendar_local(moment, zone_name, day, &minute);
	offset = ((int64_t)day_number(day) * DAY_SECONDS + minute * 60 +
	    second - moment) / 60;
	return g_strdup_printf("%sT%02d:%02d:%02d%c%02d:%02d", day,
	    minute / 60, minute % 60, second, offset < 0 ? '-' : '+',
	    (int)(ABS(offset) / 60), (int)(ABS(offset) % 60));
}

/* "Name <address>"; what could end a name is taken out of it. */
static char *
mailbox(const char *name, const char *address)
{
	g_autofree char *plain = name ? g_strdup(name) : NULL;

	if (!plain || strchr(address, ','))
		return g_strdup(address);
	g_strdelimit(plain, "<>\"\\\r\n\t", ' ');
	g_strstrip(plain);
	return *plain ? g_strdup_printf("%s <%s>", plain, address) :
	    g_strdup(address);
}

static void
add_id(GPtrArray *ids, const char *id)
{
	if (!id || ids->len == THREAD_MAX)
		return;
	for (guint i = 0; i < ids->len; i++)
		if (strcmp(ids->pdata[i], id) == 0)
			return;
	g_ptr_array_add(ids, g_strdup(id));
}

/* The mails that this one answers, the nearest last. */
static enum store_status
thread(const struct values *values, GPtrArray *ids)
{
	struct letter *regards;
	enum store_status status;

	if (values->letter->kind == LETTER_INVOICE)
		return STORE_OK;
	for (guint i = values->invoices->len; i > 0; i--) {
		const struct invoice *invoice = values->invoices->pdata[i - 1];

		add_id(ids, invoice->message_id);
	}
	status = STORE_OK;
	if (values->letter->regards)
		status = store_letter_get(values->context->store,
		    values->letter->regards, &regards);
	if (status == STORE_OK && values->letter->regards) {
		add_id(ids, regards->message_id);
		letter_free(regards);
	}
	if (values->letter->answers && ids->len == THREAD_MAX)
		g_ptr_array_set_size(ids, THREAD_MAX - 1);
	if (values->letter->answers && *values->letter->answers)
		add_id(ids, values->letter->answers);
	return status;
}

/* The customer's address, and its further ones. */
static char *
recipients(const struct values *values)
{
	const struct customer *customer = values->customer;
	g_autofree char *first = mailbox(customer->contact ? customer->contact :
	    customer->name, values->letter->to);
	g_autofree char *all = letter_addresses(values->letter, customer);

	/* several stand without names */
	return strchr(all, ',') ? g_steal_pointer(&all)
	    : g_steal_pointer(&first);
}

/* An id as a header writes it, in angle brackets. */
static char *
bracketed(const char *id)
{
	return *id == '<' ? g_strdup(id) : g_strdup_printf("<%s>", id);
}

static enum store_status
put_thread(const struct values *values, json_t *headers)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GString) references = g_string_new(NULL);
	enum store_status status = thread(values, ids);

	for (guint i = 0; status == STORE_OK && i < ids->len; i++) {
		g_autofree char *id = bracketed(ids->pdata[i]);

		g_string_append_printf(references, "%s%s", i ? " " : "", id);
		if (i + 1 == ids->len)
			json_put(headers, "In-Reply-To", id);
	}
	if (references->len)
		json_put(headers, "References", references->str);
	return status;
}

/* By these its answers, and what comes back of it, are known. */
static void
put_tags(const struct values *values, json_t *headers)
{
	const struct context *context = values->context;
	g_autofree char *mark = letter_tag(context, TAG_MARK, values->letter);
	g_autofree char *reply = tagged_address(context, TAG_REPLY,
	    context->config->email, values->letter);

	json_put(headers, "X-Mailfilter-Letter", mark);
	json_put(headers, "Reply-To", reply);
}

/* RFC 2369 and 8058: a mail with the letter's tag in its subject ends the
 * reminders; a page of the owner's does where one is configured, which is
 * given the tag and sends such a mail. */
static void
put_unsubscribe(const struct values *values, json_t *headers)
{
	const struct context *context = values->context;
	const char *page = context->config->unsubscribe_url;
	g_autofree char *tag = letter_tag(context, TAG_REPLY, values->letter);
	g_autofree char *reply = tagged_address(context, TAG_REPLY,
	    context->config->email, values->letter);
	g_autofree char *key = tag ? g_strdup(tag) : g_uri_escape_string(
	    values->customer->key, NULL, FALSE);
	g_autofree char *to = g_uri_escape_string(reply ? reply :
	    context->config->email, "@+", FALSE);
	g_autofree char *mail = g_strdup_printf(
	    "<mailto:%s?subject=unsubscribe%%20%s>", to, key);
	g_auto(GStrv) parts = page && tag ? g_strsplit(page, "{tag}", -1) :
	    NULL;
	g_autofree char *link = parts ? g_strjoinv(tag, parts) : NULL;
	g_autofree char *both = link ? g_strdup_printf("<%s>, %s", link, mail)
	    : NULL;

	json_put(headers, "List-Unsubscribe", both ? both : mail);
	if (link)
		json_put(headers, "List-Unsubscribe-Post",
		    "List-Unsubscribe=One-Click");
}

enum store_status
values_headers(const struct values *values, json_t *object)
{
	const struct config *config = values->context->config;
	const struct customer *customer = values->customer;
	json_t *headers = json_object();
	g_autofree char *from = mailbox(
	    config->company ? config->company : config->name, config->email);
	g_autofree char *to = recipients(values);
	g_autofree char *date = values_time(values->context->now,
	    config->timezone);

	json_object_set_new(object, "headers", headers);
	json_put(headers, "From", from);
	json_put(headers, "To", to);
	json_put(headers, "Cc", customer->copy);
	json_put(headers, "Date", date);
	json_put(headers, "Message-ID", values->letter->message_id);
	if (letter_kind_is_reminder(values->letter->kind))
		put_unsubscribe(values, headers);
	put_tags(values, headers);
	return put_thread(values, headers);
}

void
values_dirs(const struct values *values, json_t *object)
{
	g_autofree char *own = context_path(values->context, "templates");
	g_autofree char *ours = place_data("templates");

	json_object_set_new(object, "dirs", json_pack("[s, s]", own, ours));
}
