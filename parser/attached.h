/*
 * attached.h - which attached files are worth a look. Internal to parser/.
 */
#ifndef ATTACHED_H
#define ATTACHED_H

#include <stdbool.h>

/* May a file of this type ("text/csv") and name be a statement? Whether it is
 * one is the helper's to say. NULL allowed for both. */
bool attached_may_be_statement(const char *type, const char *name);
/* The same for an e-invoice: XML, or a PDF that may have one in it. */
bool attached_may_be_invoice(const char *type, const char *name);

#endif
