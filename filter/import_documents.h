/*
 * import_documents.h - rows of JSON Lines that are invoices in full.
 */
#ifndef IMPORT_DOCUMENTS_H
#define IMPORT_DOCUMENTS_H

#include "import_row.h"

bool import_is_document(const json_t *object);
enum row_result import_document(struct import *import, const struct row *row,
    const json_t *object);

#endif
