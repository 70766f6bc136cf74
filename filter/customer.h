/*
 * customer.h - what `import` and `customer` do with a customer alike.
 */
#ifndef CUSTOMER_H
#define CUSTOMER_H

#include "context.h"

/* By key only (store_customer_find also looks at names and addresses). */
enum store_status customer_find_key(struct context *context, const char *key,
    struct customer **out);
/* Everything an owner can say about a customer as one text, to compare. The
 * caller frees. */
char *customer_image(const struct customer *customer);
/* The words of the name, for finding the payer by name. */
enum store_status customer_put_words(struct context *context,
    const struct customer *customer);
/* Those of all customers, where a newer program needs others. */
enum store_status customer_refresh_words(struct context *context);
/* A payment account of the customer, normalised. */
enum store_status customer_put_account(struct context *context,
    const struct customer *customer, const char *account, enum source source);
/* What looks like an IBAN has right check digits. */
bool customer_account_plausible(const char *account);
/* "default" and NULL are known; so is everything without a configuration. */
bool customer_policy_known(struct context *context, const char *name);

/* customer_learned.c: what was learned about a customer, and from what. */
enum store_status customer_learned_json(struct context *context,
    int64_t customer, json_t **out);
void customer_learned_print(const json_t *learned);
/* Takes an account, a name or "habits" out of it; says what it did. */
int customer_forget(struct context *context, const struct customer *customer,
    const char *what);

#endif
