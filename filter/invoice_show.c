/*
 * invoice_show.c - `invoice show`: the invoice on a terminal, as JSON, or in
 * any form that the renderer knows.
 */
#include "invoice.h"
#include "invoice_letter.h"
#include "invoice_page.h"
#include "letter_values.h"
#include "lookup.h"
#include "outbox.h"
#include "print.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static json_t *
allocations_of(struct context *context, const struct invoice *invoice)
{
	json_t *shares = json_array();
	GPtrArray *list = NULL;

	if (store_allocation_list(context->store, 0, invoice->id, true,
	    &list) != STORE_OK)
		return shares;
	for (guint i = 0; i < list->len; i++)
		json_array_append_new(shares,
		    allocation_json(context, list->pdata[i]));
	g_ptr_array_unref(list);
	return shares;
}

/* ---- forms of the renderer ----------------------------------------------------------- */

/* What a person calls a form, and what the renderer does. */
static const struct {
	const char *name, *form;
} forms[] = {
	{"mail", "message"}, {"html", "html"}, {"pdf", "pdf"},
	{"factur-x", "pdf:factur-x"}, {"zugferd", "pdf:factur-x"},
	{"ubl", "xml:ubl"}, {"cii", "xml:cii"}, {"xrechnung", "xml:xrechnung"},
	{"xrechnung-cii", "xml:xrechnung-cii"}, {"peppol", "xml:peppol"},
};

static const char *
form_of(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
		if (strcmp(forms[i].name, name) == 0)
			return forms[i].form;
	return NULL;
}

/* A letter about it that nobody sends. */
static enum store_status
values_of(struct context *context, const struct invoice *invoice,
    json_t **out)
{
	struct letter letter = {.customer = invoice->customer,
	    .kind = invoice->type == INVOICE_CREDIT_NOTE ? LETTER_CREDIT_NOTE
							 : LETTER_INVOICE};
	struct letter_item item = {.invoice = invoice->id,
	    .balance = invoice->open};
	struct customer *customer = NULL;
	g_autofree char *id = NULL;
	enum store_status status = store_customer_get(context->store,
	    invoice->customer, &customer);

	if (status != STORE_OK)
		return status;
	letter.to = customer->email ? customer->email :
	    context->config->email;
	letter.language = customer->language ? customer->language :
	    context->config->language;
	id = letter_message_id(context, letter.kind, invoice->number);
	letter.message_id = id;
	letter.items = g_ptr_array_new();
	g_ptr_array_add(letter.items, &item);
	status = letter_values(context, &letter, out);
	g_ptr_array_unref(letter.items);
	customer_free(customer);
	return status;
}

static int
show_form(struct context *context, const struct invoice *invoice,
    const char *form, const char *output)
{
	json_t *values = NULL;
	g_autofree char *why = NULL;
	json_t *document = invoice_document(context, invoice, &why);
	enum store_status status = STORE_OK;

	if (!document && strcmp(form, "message") != 0 &&
	    strcmp(form, "html") != 0) {
		say_error(context, "%s", why);
		return EX_DATAERR;
	}
	g_clear_pointer(&why, g_free);
	json_decref(document);
	status = values_of(context, invoice, &values);
	if (status != STORE_OK)
		return store_failed(context, status);
	return letter_form(context, values, form, invoice->number, output);
}

/* ---- for a person, and as JSON -------------------------------------------------------- */

static int
show_json(struct context *context, const struct invoice *invoice)
{
	json_t *json = invoice_json(context, invoice);

	json_object_set_new(json, "allocations",
	    allocations_of(context, invoice));
	if (invoice->document)
		json_object_set_new(json, "document",
		    json_loads(invoice->document, 0, NULL));
	print_json(json);
	return EX_OK;
}

static int
show_text(struct context *context, const struct invoice *invoice)
{
	g_autofree char *why = NULL;
	json_t *document = NULL;
	json_t *shares = allocations_of(context, invoice);

	if (context_config(context) == EX_OK)
		document = invoice_document(context, invoice, &why);
	invoice_page(context, invoice, document, shares);
	if (!context->quiet)
		printf("'mailfilter explain %s' tells its story.\n",
		    invoice->number);
	json_decref(document);
	json_decref(shares);
	return EX_OK;
}

struct wanted {
	const char *format, *output;
};

static int
show(struct context *context, const struct wanted *wanted, const char *text)
{
	struct invoice *invoice = NULL;
	const char *form = wanted->format ? form_of(wanted->format) : NULL;
	int code = form ? context_config(context) : EX_OK;

	if (code == EX_OK)
		code = open_store(context, STORE_READ);
	if (code == EX_OK)
		code = find_invoice(context, text, &invoice);
	if (code == EX_OK)
		code = form ? show_form(context, invoice, form, wanted->output)
		    : context->json ? show_json(context, invoice)
		    : show_text(context, invoice);
	invoice_free(invoice);
	return code;
}

int
invoice_run_show(struct context *context, int argc, char **argv)
{
	static const struct option options[] = {
		{"format", required_argument, NULL, 'f'},
		{"output", required_argument, NULL, 'o'}, {NULL, 0, NULL, 0},
	};
	struct wanted wanted = {NULL, NULL};
	int c;

	while ((c = getopt_long(argc, argv, ":o:", options, NULL)) != -1) {
		if (c == 'f')
			wanted.format = optarg;
		else if (c == 'o')
			wanted.output = optarg;
		else
			return option_error(&cmd_invoice, c, argv);
	}
	if (optind != argc - 1)
		return usage_error(&cmd_invoice, "say which invoice");
	if (wanted.format && strcmp(wanted.format, "text") == 0)
		wanted.format = NULL;
	if (wanted.format && strcmp(wanted.format, "json") == 0) {
		wanted.format = NULL;
		context->json = true;
	}
	if (wanted.format && !form_of(wanted.format))
		return usage_error(&cmd_invoice, "--format: '%s' is none of "
		    "text, json, mail, html, pdf, factur-x, ubl, cii, "
		    "xrechnung, xrechnung-cii, peppol", wanted.format);
	return show(context, &wanted, argv[optind]);
}
