#!/bin/sh
# Prints SQL files as C: schema.sql becomes `schema_sql`, the migrations, in
# order, `migrations[]`. As numbers: a string of this length is no ISO C.
bytes() { od -An -v -tu1 "$1" | sed 's/  */,/g; s/^,//; s/$/,/'; }
names=
for file; do
	case $file in
	*/schema.sql) name=schema_sql ;;
	*) name=migration_$(basename "$file" .sql); names="$names $name," ;;
	esac
	printf 'static const char %s[] = {\n' "$name"
	bytes "$file"
	printf '0 };\n'
done
printf 'static const char *const migrations[] = {%s NULL };\n' "$names"
