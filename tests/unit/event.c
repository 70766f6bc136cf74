/* event.c - the text form of events: all that is set comes back, and nothing
 * that a hostile child could send becomes an event. */
#include "../../parser/parser.h"

#include <string.h>

/* A value that each field takes. */
static const char *
sample(enum event_field field)
{
	switch (field) {
	case EVENT_BOOKED: case EVENT_VALUE: case EVENT_UNTIL:
	case EVENT_OPENED: case EVENT_CLOSED: case EVENT_PAID_ON:
	case EVENT_DUE:
		return "2026-11-20";
	case EVENT_CURRENCY: case EVENT_INSTRUCTED_CURRENCY:
		return "EUR";
	case EVENT_AMOUNT: case EVENT_FEE: case EVENT_CHARGES:
	case EVENT_INSTRUCTED_AMOUNT: case EVENT_EXCHANGE_RATE:
	case EVENT_OPEN: case EVENT_TAX:
		return "1234.56";
	case EVENT_OPENING: case EVENT_CLOSING:
		return "-10.00";
	case EVENT_SENDER:
		return "proved";
	case EVENT_COVERAGE:
		return "statement";
	case EVENT_SEQUENCE:
		return "12";
	case EVENT_TRUST:
		return "verified";
	case EVENT_READER:
		return "template";
	case EVENT_COUNTRY:
		return "DE";
	case EVENT_TYPE:
		return "invoice";
	case EVENT_CERTAINTY:
		return "mixed";
	default:
		return "\u0420\u0443\u0441\u044c x";
	}
}

/* Written at once and written by jansson: the same, and read again. */
static void
check_text(const struct event *event)
{
	json_t *json = event_to_json(event);
	char *expected = json_dumps(json, JSON_COMPACT);
	g_autoptr(GString) text = g_string_new(NULL);
	struct event *again;

	event_write(event, text);
	g_assert_cmpstr(text->str, ==, expected);
	again = event_read(text->str, text->len);
	g_assert_nonnull(again);
	event_free(again);
	free(expected);
	json_decref(json);
}

static void
test_text(void)
{
	struct event *event = event_new(EVENT_CREDIT);

	check_text(event);
	event_set(event, EVENT_REMITTANCE, "a \"b\" \\ c/d\n\te \x7f \v\b");
	event_set(event, EVENT_PAYER, "\u017dlu\u0165 \U0001F600 \u2028");
	event_add_reference(event, "R\"1");
	event_add_reference(event, "R2");
	event_refuse(event, "text", "one\ntwo");
	event_refuse(event, "amount", "twice");
	check_text(event);
	g_assert_null(event_read("{\"kind\":\"credit\",\"kind\":\"debit\"}",
	    32));
	event_free(event);
}

static void
test_field(gconstpointer data)
{
	enum event_field field = GPOINTER_TO_UINT(data);
	struct event *event = event_new(EVENT_CREDIT), *again;
	json_t *json;

	if (field == EVENT_STATUS || field == EVENT_DATE)
		event_set(event, field, "5.1.1");
	else
		event_set(event, field, sample(field));
	g_assert_nonnull(event_get(event, field));
	check_text(event);
	json = event_to_json(event);
	g_assert_nonnull(json_object_get(json, event_field_name(field)));
	again = event_from_json(json);
	g_assert_nonnull(again);
	for (int i = 0; i < EVENT_FIELDS; i++)
		g_assert_cmpstr(event_get(again, (enum event_field)i), ==,
		    event_get(event, (enum event_field)i));
	event_set(event, field, "");
	g_assert_null(event_get(event, field));
	json_decref(json);
	event_free(event);
	event_free(again);
}

static void
test_kinds(void)
{
	for (int kind = EVENT_CREDIT; kind <= EVENT_UNREADABLE; kind++) {
		struct event *event = event_new((enum event_kind)kind);
		json_t *json = event_to_json(event);
		struct event *again = event_from_json(json);

		g_assert_nonnull(again);
		g_assert_cmpint(event_kind(again), ==, kind);
		json_decref(json);
		event_free(event);
		event_free(again);
	}
}

static void
test_lists(void)
{
	struct event *event = event_new(EVENT_CREDIT), *again;
	json_t *json;

	g_assert_null(event_references(event)[0]);
	g_assert_null(event_refused(event)[0]);
	event_add_reference(event, "RF18539007547034");
	event_add_reference(event, " 2026-17 ");
	event_add_reference(event, "2026-17");
	event_add_reference(event, "");
	event_add_reference(event, NULL);
	event_refuse(event, "amount", "stands there twice");
	event_refuse(event, "amount", "stands there twice");
	json = event_to_json(event);
	again = event_from_json(json);
	g_assert_nonnull(again);
	g_assert_cmpstr(event_references(again)[0], ==, "RF18539007547034");
	g_assert_cmpstr(event_references(again)[1], ==, "2026-17");
	g_assert_null(event_references(again)[2]);
	g_assert_cmpstr(event_refused(again)[0], ==,
	    "amount: stands there twice");
	g_assert_null(event_refused(again)[1]);
	json_decref(json);
	event_free(event);
	event_free(again);
}

static void
test_verified(void)
{
	struct event *event = event_new(EVENT_CREDIT);
	int64_t minor;

	g_assert_false(event_is_verified(event));
	g_assert_false(event_money(event, &minor));
	event_set(event, EVENT_TRUST, "verified");
	g_assert_true(event_is_verified(event));
	event_set(event, EVENT_AMOUNT, "12.30");
	g_assert_false(event_money(event, &minor));
	event_set(event, EVENT_CURRENCY, "EUR");
	g_assert_true(event_money(event, &minor));
	g_assert_cmpint(minor, ==, 1230);
	event_refuse(event, "text", "odd");
	g_assert_false(event_is_verified(event));
	event_free(event);
}

/* What is too long is cut when it is text, refused when it is a code. */
static void
test_bounds(void)
{
	struct event *event = event_new(EVENT_CREDIT), *again;
	g_autofree char *big = g_strnfill(20000, 'x');
	g_autoptr(GString) wide = g_string_new(NULL);
	json_t *json;

	for (int i = 0; i < 9000; i++)
		g_string_append(wide, "\u20ac ");
	for (int i = 0; i < EVENT_FIELDS; i++)
		event_set(event, (enum event_field)i, big);
	g_assert_null(event_get(event, EVENT_ACCOUNT));
	g_assert_null(event_get(event, EVENT_AMOUNT));
	g_assert_nonnull(event_get(event, EVENT_REMITTANCE));
	event_set(event, EVENT_TEXT, wide->str);
	g_assert_true(g_utf8_validate(event_get(event, EVENT_TEXT), -1, NULL));
	event_set(event, EVENT_SUBJECT, "a\r\nb\tc\x01");
	g_assert_cmpstr(event_get(event, EVENT_SUBJECT), ==, "a  b c");
	event_set(event, EVENT_TEXT, "a\r\nb\xff");
	g_assert_cmpstr(event_get(event, EVENT_TEXT), ==, "a\nb\ufffd");
	for (int i = 0; i < 500; i++) {
		g_autofree char *text = g_strdup_printf("R%d", i);

		event_add_reference(event, text);
		event_refuse(event, text, big);
	}
	json = event_to_json(event);
	again = event_from_json(json);
	g_assert_nonnull(again);
	json_decref(json);
	event_free(again);
	event_free(event);
}

/* Each is no event. */
static const char *const hostile[] = {
	"[]", "\"credit\"", "1", "{}", "{\"kind\":1}", "{\"kind\":\"gold\"}",
	"{\"kind\":\"credit\",\"kindness\":\"x\"}",
	"{\"amount\":\"1\"}",
	"{\"kind\":\"credit\",\"amount\":1}",
	"{\"kind\":\"credit\",\"amount\":null}",
	"{\"kind\":\"credit\",\"amount\":\"\"}",
	"{\"kind\":\"credit\",\"amount\":\"1e9\"}",
	"{\"kind\":\"credit\",\"amount\":\"-1\"}",
	"{\"kind\":\"credit\",\"amount\":[\"1\"]}",
	"{\"kind\":\"credit\",\"amount\":\"1111111111111111111111111\"}",
	"{\"kind\":\"credit\",\"currency\":\"ABC\"}",
	"{\"kind\":\"credit\",\"booked\":\"2026-02-30\"}",
	"{\"kind\":\"credit\",\"trust\":\"Verified\"}",
	"{\"kind\":\"credit\",\"trust\":\"yes\"}",
	"{\"kind\":\"credit\",\"reader\":\"oracle\"}",
	"{\"kind\":\"credit\",\"payer\":\"a\\nb\"}",
	"{\"kind\":\"credit\",\"payer\":\"a\\u0000b\"}",
	"{\"kind\":\"credit\",\"payer\":\" a\"}",
	"{\"kind\":\"credit\",\"payer\":\"\\u001b[2J\"}",
	"{\"kind\":\"credit\",\"references\":\"x\"}",
	"{\"kind\":\"credit\",\"references\":[1]}",
	"{\"kind\":\"credit\",\"references\":[[]]}",
	"{\"kind\":\"credit\",\"references\":{\"a\":\"b\"}}",
	"{\"kind\":\"credit\",\"refused\":[\"\"]}",
	"{\"kind\":\"credit\",\"refused\":{}}",
	"{\"kind\":\"credit\",\"Kind\":\"debit\"}",
};

static void
test_hostile(gconstpointer data)
{
	json_t *json = json_loads(data, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);

	g_assert_nonnull(json);
	g_assert_null(event_from_json(json));
	json_decref(json);
}

static void
test_long_lists(void)
{
	json_t *json = json_pack("{s:s,s:[]}", "kind", "credit", "references");

	g_assert_null(event_from_json(NULL));
	for (int i = 0; i < 65; i++) {
		struct event *event = event_from_json(json);

		g_assert_nonnull(event);
		event_free(event);
		json_array_append_new(json_object_get(json, "references"),
		    json_sprintf("R%d", i));
	}
	g_assert_null(event_from_json(json));
	json_decref(json);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (unsigned i = 0; i < EVENT_FIELDS; i++) {
		g_autofree char *name = g_strdup_printf("/event/field/%s",
		    event_field_name((enum event_field)i));

		g_test_add_data_func(name, GUINT_TO_POINTER(i), test_field);
	}
	g_test_add_func("/event/kinds", test_kinds);
	g_test_add_func("/event/text", test_text);
	g_test_add_func("/event/lists", test_lists);
	g_test_add_func("/event/verified", test_verified);
	g_test_add_func("/event/bounds", test_bounds);
	for (size_t i = 0; i < G_N_ELEMENTS(hostile); i++) {
		g_autofree char *name = g_strdup_printf("/event/hostile/%zu", i);

		g_test_add_data_func(name, hostile[i], test_hostile);
	}
	g_test_add_func("/event/long-lists", test_long_lists);
	return g_test_run();
}
