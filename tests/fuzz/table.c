/* table.c - the owner's CSV and JSON Lines, and money and days in them. */
#include "fuzz.h"

#include "../../parser/parser.h"

static void
try_money(const char *text)
{
	static const struct number_habit habits[] = {{".", ","}, {",", ". "},
	    {",", "'’ "}};
	static const char *const currencies[] = {"EUR", "JPY", "KWD"};
	int64_t minor = 7, again;

	for (size_t i = 0; i < G_N_ELEMENTS(currencies); i++) {
		for (size_t h = 0; h < G_N_ELEMENTS(habits); h++)
			if (money_read(text, &habits[h], currencies[i], &minor))
				MUST(minor <= 10000000000000000);
		if (!money_parse(text, currencies[i], &minor))
			continue;
		g_autofree char *plain = money_format(minor, currencies[i]);
		MUST(money_parse(plain, currencies[i], &again));
		MUST(again == minor);
	}
	if (strlen(text) < DAY_SIZE && day_number(text) != G_MININT32) {
		char day[DAY_SIZE];

		day_text(day_number(text), day);
		MUST(strcmp(day, text) == 0);
	}
}

static bool
on_row(unsigned line, json_t *row, void *user)
{
	const char *key;
	json_t *value;

	(void)user;
	MUST(line > 0 && json_is_object(row));
	json_object_foreach(row, key, value)
		if (json_is_string(value))
			try_money(json_string_value(value));
	return true;
}

static void
on_bad(unsigned line, const char *why, void *user)
{
	(void)user;
	MUST(line > 0 && *why && g_utf8_validate(why, -1, NULL));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text = g_strndup((const char *)data, size);

	table_read((const char *)data, size, on_row, on_bad, NULL);
	try_money(text);
	return 0;
}
