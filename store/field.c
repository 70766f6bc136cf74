/*
 * field.c - members of structures as columns and parameters, by table, so
 * that an entity's reading, writing, comparing and freeing agree.
 */
#include "internal.h"

#include <string.h>

static void
read_field(const struct field *field, sqlite3_stmt *row, int column, void *at)
{
	switch (field->type) {
	case FIELD_TEXT:
		*(char **)at = column_string(row, column);
		break;
	case FIELD_INT:
		*(int *)at = sqlite3_column_int(row, column);
		break;
	case FIELD_INT64:
	case FIELD_ID:
		*(int64_t *)at = sqlite3_column_int64(row, column);
		break;
	case FIELD_BOOL:
		*(bool *)at = sqlite3_column_int(row, column) != 0;
		break;
	case FIELD_REAL:
		*(double *)at = sqlite3_column_double(row, column);
		break;
	}
}

void
fields_read(const struct field *fields, size_t count, sqlite3_stmt *row,
    void *object)
{
	for (size_t i = 0; i < count; i++)
		read_field(&fields[i], row, (int)i,
		    (char *)object + fields[i].offset);
}

static void
bind_field(const struct field *field, sqlite3_stmt *stmt, int index,
    const void *at)
{
	switch (field->type) {
	case FIELD_TEXT:
		if (*(char *const *)at)
			sqlite3_bind_text(stmt, index, *(char *const *)at, -1,
			    SQLITE_TRANSIENT);
		break;
	case FIELD_INT:
		sqlite3_bind_int(stmt, index, *(const int *)at);
		break;
	case FIELD_ID:
		if (!*(const int64_t *)at)
			break;
		/* fall through */
	case FIELD_INT64:
		sqlite3_bind_int64(stmt, index, *(const int64_t *)at);
		break;
	case FIELD_BOOL:
		sqlite3_bind_int(stmt, index, *(const bool *)at);
		break;
	case FIELD_REAL:
		sqlite3_bind_double(stmt, index, *(const double *)at);
		break;
	}
}

void
fields_bind(const struct field *fields, size_t count, sqlite3_stmt *stmt,
    const void *object)
{
	for (size_t i = 0; stmt && i < count; i++) {
		int index = sqlite3_bind_parameter_index(stmt, fields[i].name);

		if (index > 0)
			bind_field(&fields[i], stmt, index,
			    (const char *)object + fields[i].offset);
	}
}

static bool
equal_field(const struct field *field, const void *a, const void *b)
{
	switch (field->type) {
	case FIELD_TEXT:
		return !g_strcmp0(*(char *const *)a, *(char *const *)b);
	case FIELD_INT:
		return *(const int *)a == *(const int *)b;
	case FIELD_INT64:
	case FIELD_ID:
		return *(const int64_t *)a == *(const int64_t *)b;
	case FIELD_BOOL:
		return *(const bool *)a == *(const bool *)b;
	case FIELD_REAL:
		return !memcmp(a, b, sizeof(double));
	}
	return false;
}

bool
fields_equal(const struct field *fields, size_t count, const void *a,
    const void *b)
{
	for (size_t i = 0; i < count; i++)
		if (!equal_field(&fields[i],
			(const char *)a + fields[i].offset,
			(const char *)b + fields[i].offset))
			return false;
	return true;
}

void
fields_free(const struct field *fields, size_t count, void *object)
{
	for (size_t i = 0; i < count; i++)
		if (fields[i].type == FIELD_TEXT)
			g_free(*(char **)((char *)object + fields[i].offset));
}
