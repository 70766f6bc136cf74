/*
 * invoice_document.c - what an invoice says in full (mailfilter-invoice(5)):
 * kept apart, because most look at its sums only.
 */
#include "internal.h"

enum store_status
document_put(struct store *store, int64_t invoice, const char *document)
{
	sqlite3_stmt *stmt;
	enum store_status status;

	if (!document)
		return STORE_OK;
	stmt = statement(store, "INSERT INTO invoice_document (invoice,"
	    " document) VALUES (:invoice, :document) ON CONFLICT (invoice)"
	    " DO UPDATE SET document = excluded.document");
	bind_int(stmt, ":invoice", invoice);
	bind_text(stmt, ":document", document);
	status = run(store, stmt);
	return status == STORE_NONE ? STORE_OK : status;
}

static void *
document_read(sqlite3_stmt *row)
{
	return g_strdup((const char *)sqlite3_column_text(row, 0));
}

enum store_status
document_get(struct store *store, struct invoice *invoice)
{
	sqlite3_stmt *stmt = statement(store, "SELECT document FROM"
	    " invoice_document WHERE invoice = :id");
	void *document = NULL;
	enum store_status status;

	bind_int(stmt, ":id", invoice->id);
	status = read_one(store, stmt, document_read, &document);
	if (!status)
		invoice->document = document;
	return status == STORE_NONE ? STORE_OK : status;
}

static enum store_status
set(struct store *store, int64_t id, const char *document)
{
	sqlite3_stmt *stmt;
	enum store_status status;

	if (document)
		return document_put(store, id, document);
	stmt = statement(store,
	    "DELETE FROM invoice_document WHERE invoice = :id");
	bind_int(stmt, ":id", id);
	status = run(store, stmt);
	return status == STORE_NONE ? STORE_OK : status;
}

enum store_status
store_invoice_set_document(struct store *store, int64_t id,
    const char *document)
{
	bool own;
	enum store_status status = verb_begin(store, &own);

	if (status)
		return status;
	return verb_end(store, own, set(store, id, document));
}
