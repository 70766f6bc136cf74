/*
 * migrate.c - the schema of today for a new store, and the steps that lead an
 * older one there. Both are compiled in from the .sql files.
 */
#include "internal.h"

#include "schema.inc"

int
schema_version(void)
{
	return (int)G_N_ELEMENTS(migrations) - 1;
}

enum store_status
schema_create(struct store *store)
{
	return execute(store, schema_sql);
}

/* A step may write the text of a table anew, which is forbidden else. */
enum store_status
schema_migrate(struct store *store, int from)
{
	enum store_status status = STORE_OK;
	int defensive = 0;

	sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, -1, &defensive);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
	for (int i = from; !status && i < schema_version(); i++)
		status = execute(store, migrations[i]);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, defensive,
	    NULL);
	return status;
}

enum store_status
schema_replay(struct store *store)
{
	return schema_migrate(store, 0);
}
