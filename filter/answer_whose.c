/*
 * answer_whose.c - whose answer is it? A tag that we made, any mail of the
 * thread, an invoice's number, the sender's address, the sender's company, in
 * this order; and what the writer's word is worth.
 */
#include <string.h>

#include "answer.h"
#include "customer_billing.h"
#include "match.h"
#include "secret.h"

#define ITEMS_MAX 50
#define STRONG 0.75		/* a number that stands by itself */

/* Where everybody may have an address: no company. */
static const char *const free_mail[] = {
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com",
    "msn.com", "yahoo.com", "ymail.com", "aol.com", "icloud.com", "me.com",
    "mac.com", "proton.me", "protonmail.com", "pm.me", "tutanota.com",
    "fastmail.com", "zoho.com", "mail.com", "gmx.com", "gmx.de", "gmx.net",
    "gmx.at", "gmx.ch", "web.de", "t-online.de", "freenet.de", "arcor.de",
    "mail.de", "posteo.de", "mailbox.org", "bluewin.ch", "aon.at", "orange.fr",
    "wanadoo.fr", "free.fr", "laposte.net", "sfr.fr", "neuf.fr", "hotmail.fr",
    "yahoo.fr", "libero.it", "virgilio.it", "alice.it", "tin.it", "tiscali.it",
    "hotmail.it", "yahoo.it", "pec.it", "telefonica.net", "yahoo.es",
    "hotmail.es", "terra.es", "sapo.pt", "mail.pt", "uol.com.br", "bol.com.br",
    "terra.com.br", "ig.com.br", "yahoo.com.br", "hotmail.com.br", "ziggo.nl",
    "kpnmail.nl", "xs4all.nl", "planet.nl", "home.nl", "hetnet.nl", "live.nl",
    "telenet.be", "skynet.be", "mail.ru", "inbox.ru", "list.ru", "bk.ru",
    "yandex.ru", "ya.ru", "yandex.com", "rambler.ru", "ukr.net", "i.ua",
    "seznam.cz", "email.cz", "centrum.cz", "post.cz", "volny.cz", "azet.sk",
    "zoznam.sk", "wp.pl", "o2.pl", "onet.pl", "interia.pl", "btinternet.com",
    "sky.com", "virginmedia.com", "yahoo.co.uk", "hotmail.co.uk",
    "comcast.net", "verizon.net", "att.net", "rediffmail.com", "qq.com",
    "163.com", "126.com", NULL};

void
about_release(struct about *about)
{
	letter_free(about->letter);
	customer_free(about->customer);
	if (about->items)
		g_array_unref(about->items);
}

bool
address_is_ours(const struct config *config, const char *address)
{
	if (!address || !config)
		return false;
	if (g_ascii_strcasecmp(address, config->email) == 0 ||
	    (config->bounce && g_ascii_strcasecmp(address,
	    config->bounce) == 0))
		return true;
	for (char **one = config->mailboxes; *one; one++)
		if (g_ascii_strcasecmp(address, *one) == 0)
			return true;
	return false;
}

bool
address_is_theirs(const struct customer *customer, const char *address)
{
	g_autofree char *all = billing_emails(customer);
	const char *const known[] = {customer->email, all, customer->copy};

	for (size_t i = 0; address && i < G_N_ELEMENTS(known); i++) {
		g_auto(GStrv) parts = g_strsplit(known[i] ? known[i] : "",
		    ",", -1);

		for (char **part = parts; *part; part++)
			if (!g_ascii_strcasecmp(g_strstrip(*part), address))
				return true;
	}
	return false;
}

/* ---- the invoices meant ------------------------------------------------------- */

static enum store_status
add_item(struct store *store, struct about *about, int64_t invoice)
{
	struct letter_item item = {.invoice = invoice};
	int64_t sent;
	enum store_status status = store_reminder_last(store, invoice,
	    &item.step, &sent);

	if (status == STORE_OK || status == STORE_NONE)
		g_array_append_val(about->items, item);
	return status == STORE_NONE ? STORE_OK : status;
}

static enum store_status
add_open_items(struct store *store, struct about *about)
{
	g_autoptr(GPtrArray) open = NULL;
	enum store_status status = store_invoice_find_open(store,
	    about->customer->id, ITEMS_MAX, &open);

	for (guint i = 0; status == STORE_OK && i < open->len; i++) {
		const struct invoice *invoice = open->pdata[i];

		if (invoice->type != INVOICE_CREDIT_NOTE)
			status = add_item(store, about, invoice->id);
	}
	return status == STORE_NONE ? STORE_OK : status;
}

/* ---- a letter of ours ---------------------------------------------------------- */

static enum store_status
take_letter(struct store *store, struct about *about)
{
	for (guint i = 0; about->letter->items &&
	    i < about->letter->items->len; i++)
		g_array_append_val(about->items, *(struct letter_item *)
		    g_ptr_array_index(about->letter->items, i));
	return about->letter->customer ? store_customer_get(store,
	    about->letter->customer, &about->customer) : STORE_NONE;
}

enum store_status
about_letter(struct store *store, const char *message_id, struct about *about)
{
	enum store_status status;

	memset(about, 0, sizeof *about);
	about->items = g_array_new(FALSE, TRUE, sizeof(struct letter_item));
	if (!message_id)
		return STORE_NONE;
	status = store_letter_find_message(store, message_id, &about->letter);
	return status == STORE_OK ? take_letter(store, about) : status;
}

static enum store_status
find_in_thread(struct store *store, const struct event *event,
    struct letter **out)
{
	const char *thread = event_get(event, EVENT_THREAD);
	const char *only = event_get(event, EVENT_IN_REPLY_TO);
	g_auto(GStrv) ids = g_strsplit(thread ? thread : only ? only : "", " ",
	    -1);
	enum store_status status = STORE_NONE;

	for (char **id = ids; *id && status == STORE_NONE; id++)
		if (**id)
			status = store_letter_find_message(store, *id, out);
	return status;
}

/* ---- numbers -------------------------------------------------------------------- */

/* The invoice that a mention names without doubt, or STORE_NONE. */
static enum store_status
invoice_named(struct store *store, const struct mention *mention,
    struct invoice **out)
{
	g_autoptr(GPtrArray) found = NULL;
	enum store_status status = store_invoice_find_key(store, mention->key,
	    2, &found);

	if (status != STORE_OK || found->len != 1)
		return status == STORE_OK ? STORE_NONE : status;
	if (mention->weak || mention->inside || mention->part ||
	    reference_strength(mention, found->pdata[0]) < STRONG)
		return STORE_NONE;
	*out = g_ptr_array_steal_index(found, 0);
	return STORE_OK;
}

static bool
has_item(const struct about *about, int64_t invoice)
{
	for (guint i = 0; i < about->items->len; i++)
		if (g_array_index(about->items, struct letter_item,
		    i).invoice == invoice)
			return true;
	return false;
}

/* Adds the invoices named: those of the customer that is known already, else
 * those of the first one's. */
static enum store_status
add_named(struct store *store, struct about *about, const GPtrArray *mentions)
{
	enum store_status status = STORE_OK;

	for (guint i = 0; status == STORE_OK && i < mentions->len; i++) {
		struct invoice *invoice = NULL;

		status = invoice_named(store, mentions->pdata[i], &invoice);
		if (status == STORE_NONE) {
			status = STORE_OK;
			continue;
		}
		if (status == STORE_OK && !about->customer)
			status = store_customer_get(store, invoice->customer,
			    &about->customer);
		if (status == STORE_OK && about->customer->id ==
		    invoice->customer && !has_item(about, invoice->id))
			status = add_item(store, about, invoice->id);
		invoice_free(invoice);
	}
	return status;
}

/* What is named takes the place of what the letter was about. */
static enum store_status
take_named(struct store *store, struct about *about, const GPtrArray *mentions)
{
	g_autoptr(GArray) before = about->items;
	enum store_status status;

	about->items = g_array_new(FALSE, TRUE, sizeof(struct letter_item));
	status = add_named(store, about, mentions);
	about->named = about->items->len > 0;
	if (!about->named) {
		GArray *none = about->items;

		about->items = before;
		before = none;
	}
	return status;
}

/* Numbers in the text that the writer wrote now count before the subject's,
 * which may be that of our letter. */
static enum store_status
find_named(struct context *context, const struct event *event,
    struct about *about)
{
	static const enum event_field fields[] = {EVENT_TEXT, EVENT_SUBJECT};
	enum store_status status = STORE_OK;

	for (size_t i = 0; status == STORE_OK && !about->named &&
	    i < G_N_ELEMENTS(fields); i++) {
		const char *text = event_get(event, fields[i]);
		const struct payment payment = {.remittance = (char *)text};
		g_autoptr(GPtrArray) mentions = text ? reference_mentions(
		    &payment, NULL, context->config) : NULL;

		if (about->letter && fields[i] == EVENT_SUBJECT)
			break;
		if (mentions)
			status = take_named(context->store, about, mentions);
	}
	return status;
}

/* ---- the sender ------------------------------------------------------------------- */

static const char *
company_of(const char *from)
{
	const char *at = from ? strrchr(from, '@') : NULL;
	g_autofree char *domain = at ? g_ascii_strdown(at + 1, -1) : NULL;

	return domain && !g_strv_contains(free_mail, domain) ? at + 1 : NULL;
}

/* By address of record, then by a copy's address or the company's domain, when
 * that is one customer's. */
static enum store_status
find_sender(struct store *store, const char *from, struct customer **out)
{
	const char *domain = company_of(from);
	g_autoptr(GPtrArray) found = NULL;
	enum store_status status = from && strchr(from, '@')
	    ? store_customer_find(store, from, out) : STORE_NONE;

	if (status != STORE_NONE || !domain)
		return status;
	status = store_customer_find_domain(store, domain, 20, &found);
	if (status != STORE_OK)
		return status;
	for (guint i = 0; i < found->len; i++)
		if (found->len == 1 ||
		    address_is_theirs(found->pdata[i], from)) {
			*out = g_ptr_array_steal_index(found, i);
			return STORE_OK;
		}
	return STORE_NONE;
}

static bool
is_of_company(const struct customer *customer, const char *from)
{
	const char *domain = company_of(from);
	const char *at = customer->email ? strrchr(customer->email, '@') : NULL;

	return domain && at && g_ascii_strcasecmp(domain, at + 1) == 0;
}

static enum standing
standing_of(const struct about *about, const struct event *event)
{
	const char *from = event_get(event, EVENT_FROM);
	bool disproved = g_strcmp0(event_get(event, EVENT_SENDER),
	    "disproved") == 0;
	bool own = address_is_theirs(about->customer, from);

	if (own && !disproved)
		return STANDING_OWN;
	if (about->letter)
		return STANDING_THREAD;
	return !disproved && is_of_company(about->customer, from)
	    ? STANDING_COMPANY : STANDING_STRANGER;
}

/* ---- all of it ----------------------------------------------------------------------- */

enum store_status
about_find(struct context *context, const struct event *event,
    struct about *about)
{
	struct store *store = context->store;
	const char *from = event_get(event, EVENT_FROM);
	enum store_status status;

	memset(about, 0, sizeof *about);
	about->items = g_array_new(FALSE, TRUE, sizeof(struct letter_item));
	if (address_is_ours(context->config, from))
		return STORE_NONE;
	status = letter_of_tag(context, TAG_REPLY, event_get(event, EVENT_TAG),
	    &about->letter);
	if (status == STORE_NONE)
		status = find_in_thread(store, event, &about->letter);
	if (status == STORE_OK)
		status = take_letter(store, about);
	else if (status == STORE_NONE)
		status = STORE_OK;
	if (status == STORE_OK && !about->letter && from)
		status = find_sender(store, from, &about->customer);
	if (status == STORE_NONE && !about->letter)
		status = STORE_OK;
	if (status == STORE_OK)
		status = find_named(context, event, about);
	if (status == STORE_OK && !about->customer)
		status = STORE_NONE;
	if (status == STORE_OK && about->items->len == 0)
		status = add_open_items(store, about);
	if (status != STORE_OK)
		return status;
	about->standing = standing_of(about, event);
	about->proved = g_strcmp0(event_get(event, EVENT_SENDER),
	    "proved") == 0;
	return STORE_OK;
}
