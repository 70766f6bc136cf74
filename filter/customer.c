/*
 * customer.c - what `import` and `customer` do with a customer alike.
 */
#include "customer.h"
#include "match.h"
#include "names.h"

#include <string.h>

enum store_status
customer_find_key(struct context *context, const char *key,
    struct customer **out)
{
	struct customer *found = NULL;
	enum store_status status = store_customer_find(context->store, key,
	    &found);

	if (status != STORE_OK)
		return status;
	if (g_strcmp0(found->key, key) != 0) {
		customer_free(found);
		return STORE_NONE;
	}
	*out = found;
	return STORE_OK;
}

char *
customer_image(const struct customer *c)
{
	const char *const members[] = {
		c->key, c->name, c->contact, c->salutation, c->email, c->copy,
		c->language, c->country, c->currency, c->timezone, c->policy,
		c->address, c->tax_id, c->party, c->billing,
	};
	GString *image = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(members); i++)
		g_string_append_printf(image, "%s\n",
		    members[i] ? members[i] : "");
	g_string_append_printf(image, "%d %d %d %d", c->terms_days,
	    c->po_required, c->withholding_bp, c->business);
	return g_string_free(image, FALSE);
}

enum store_status
customer_put_words(struct context *context, const struct customer *customer)
{
	g_auto(GStrv) words = name_keys(customer->name);

	return store_customer_set_words(context->store, customer->id,
	    (const char *const *)words);
}

enum store_status
customer_refresh_words(struct context *context)
{
	g_autoptr(GPtrArray) customers = NULL;
	enum store_status status = store_customer_words_kept(context->store);

	if (status != STORE_NONE)
		return status;
	status = store_begin(context->store);
	if (status != STORE_OK)
		return status;
	status = store_customer_list(context->store, &customers);
	for (guint i = 0; status == STORE_OK && i < customers->len; i++)
		status = customer_put_words(context, customers->pdata[i]);
	if (status != STORE_OK) {
		store_rollback(context->store);
		return status;
	}
	return store_commit(context->store);
}

enum store_status
customer_put_account(struct context *context, const struct customer *customer,
    const char *account, enum source source)
{
	g_autofree char *plain = account_normalise(account);
	enum store_status status;

	if (!plain || !*plain)
		return STORE_OK;
	status = store_customer_add_account(context->store, customer->id,
	    plain, source);
	return status == STORE_KNOWN ? STORE_OK : status;
}

bool
customer_account_plausible(const char *account)
{
	g_autofree char *plain = account_normalise(account);

	if (!plain || strlen(plain) < 15 || !g_ascii_isalpha(plain[0]) ||
	    !g_ascii_isalpha(plain[1]) || !g_ascii_isdigit(plain[2]) ||
	    !g_ascii_isdigit(plain[3]))
		return true;
	return reference_is_iban(plain);
}

bool
customer_policy_known(struct context *context, const char *name)
{
	const struct policy *policy;

	if (!name || !context->config)
		return true;
	policy = config_policy(context->config, name);
	return policy && g_strcmp0(policy->name, name) == 0;
}
