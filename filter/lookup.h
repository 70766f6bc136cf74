/*
 * lookup.h - what the commands on customers, invoices, payments share: find
 * one by what the owner typed, say it as JSON, log the owner's word.
 */
#ifndef LOOKUP_H
#define LOOKUP_H

#include "context.h"

/* Each finds one by its key, number or name, or says that there is none and
 * gives EX_NOINPUT. The caller frees. */
int find_customer(struct context *context, const char *text,
    struct customer **out);
int find_invoice(struct context *context, const char *text,
    struct invoice **out);
int find_payment(struct context *context, const char *text,
    struct payment **out);
/* A letter by its id, else by its Message-ID; says nothing. */
enum store_status letter_by_text(struct context *context, const char *text,
    struct letter **out);
/* Names of customers by id, read once: struct customer, never NULL. */
GHashTable *customers_by_id(struct context *context, int *code);
/* Key, number of the row with this id, or "" (never NULL). The caller frees. */
char *customer_key(struct context *context, int64_t id);
char *invoice_number(struct context *context, int64_t id);
char *payment_key(struct context *context, int64_t id);

const char *invoice_state_name(enum invoice_state state);
const char *payment_state_name(enum payment_state state);
const char *trust_name(enum trust trust);	/* "U" "A" "S" "O" */

json_t *customer_json(const struct customer *customer);
json_t *invoice_json(struct context *context, const struct invoice *invoice);
json_t *payment_json(const struct payment *payment);
json_t *allocation_json(struct context *context,
    const struct allocation *allocation);

/* Who gives orders here: the name of the configuration, else the user's. */
const char *owner_name(const struct context *context);
/* One entry of the journal in the owner's name. */
enum store_status owner_note(struct context *context, enum subject subject,
    int64_t row, const char *code, const char *format, ...)
    G_GNUC_PRINTF(5, 6);
/* Commits, or rolls back after a failure or in a dry run; the exit code. */
int owner_finish(struct context *context, enum store_status status);
/* Opens the configuration (when there is one) and the store. */
int open_store(struct context *context, enum store_access access);

#endif
