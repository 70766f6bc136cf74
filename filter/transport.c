/*
 * transport.c - the table of the ways by which a letter leaves, the one that
 * sends nothing, and the envelope.
 */
#include <string.h>

#include "customer_billing.h"
#include "outbox.h"
#include "secret.h"

extern const struct transport transport_dir, transport_sendmail,
    transport_smtp;

static enum send_outcome
send_off(struct context *context, const struct letter *letter, GBytes *mime,
    char **path, char **why)
{
	(void)context, (void)letter, (void)mime, (void)path;
	*why = g_strdup("sending is switched off (transport = off)");
	return SEND_DOWN;
}

static enum send_outcome
landed_off(struct context *context, const struct letter *letter,
    GBytes *mime, char **path)
{
	(void)context, (void)letter, (void)mime, (void)path;
	return SEND_LATER;
}

static const struct transport transport_off = {
    .name = "off",
    .send = send_off,
    .landed = landed_off,
};

static const struct transport *const transports[] = {
    &transport_dir,
    &transport_sendmail,
    &transport_smtp,
    &transport_off,
};

const struct transport *
transport_find(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(transports); i++)
		if (g_strcmp0(transports[i]->name, name) == 0)
			return transports[i];
	return NULL;
}

const char *
send_outcome_name(enum send_outcome outcome)
{
	static const char *const names[] = {
	    [SEND_OK] = "sent",
	    [SEND_LATER] = "later",
	    [SEND_REFUSED] = "refused",
	    [SEND_UNKNOWN] = "unknown",
	    [SEND_DOWN] = "down",
	};

	return names[outcome];
}

char *
letter_bounce(const struct context *context, const struct letter *letter)
{
	const struct config *config = context->config;
	const char *plain = config->bounce ? config->bounce : config->email;
	char *tagged = tagged_address(context, TAG_BOUNCE, plain, letter);

	return tagged ? tagged : g_strdup(plain);
}

static void
add_addresses(GPtrArray *to, const char *list)
{
	g_auto(GStrv) parts = g_strsplit(list ? list : "", ",", -1);

	for (char **part = parts; *part; part++)
		if (*g_strstrip(*part))
			g_ptr_array_add(to, g_strdup(*part));
}

char *
letter_addresses(const struct letter *letter, const struct customer *customer)
{
	const char *first = letter->to ? letter->to : "";
	g_autofree char *all = customer ? billing_emails(customer) : NULL;
	size_t size = strlen(first);

	return all && g_ascii_strncasecmp(all, first, size) == 0 &&
	    all[size] == ',' ? g_steal_pointer(&all) : g_strdup(first);
}

char **
letter_recipients(struct context *context, const struct letter *letter)
{
	GPtrArray *to = g_ptr_array_new();
	struct customer *customer = NULL;
	g_autofree char *whom = NULL;

	if (letter->customer && store_customer_get(context->store,
	    letter->customer, &customer) != STORE_OK)
		customer = NULL;
	whom = letter_addresses(letter, customer);
	add_addresses(to, whom);
	if (customer) {
		add_addresses(to, customer->copy);
		if (letter_copies_owner(context, letter, customer))
			add_addresses(to, context->config->email);
	}
	customer_free(customer);
	if (to->len)
		add_addresses(to, context->config->bcc);
	g_ptr_array_add(to, NULL);
	return (char **)g_ptr_array_free(to, FALSE);
}
