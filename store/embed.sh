#!/bin/sh
# Prints SQL files as C strings: schema.sql becomes `schema_sql`, the
# migrations, in order, `migrations[]`.
quote() { sed 's/\\/\\\\/g; s/"/\\"/g; s/.*/"&\\n"/' "$1"; }
for file; do
	case $file in */schema.sql)
		printf 'static const char schema_sql[] =\n'; quote "$file"; echo ';' ;;
	esac
done
echo 'static const char *const migrations[] = {'
for file; do
	case $file in */migrate/*) quote "$file"; echo ',' ;; esac
done
echo 'NULL };'
