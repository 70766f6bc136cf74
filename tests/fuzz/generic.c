/* generic.c - any text as a mail of an unknown bank: what comes out has an
 * amount above nought, a currency, and is never worth more than a question. */
#include "fuzz.h"

#include "../../parser/generic.h"

static void
check(const struct event *event)
{
	enum event_kind kind = event_kind(event);
	int64_t minor = 0;

	MUST(kind == EVENT_CREDIT || kind == EVENT_DEBIT ||
	    kind == EVENT_RETURN || kind == EVENT_ADVICE);
	MUST(event_money(event, &minor) && minor > 0);
	MUST(!event_is_verified(event));
	MUST(strcmp(event_get(event, EVENT_READER), "generic") == 0);
}

static void
free_event(gpointer event)
{
	event_free(event);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct labels *labels;
	g_autofree char *text = g_strndup((const char *)data, size);
	g_autofree char *utf8 = g_utf8_make_valid(text, -1);
	char *body = strchr(utf8, '\n');
	g_autoptr(GPtrArray) events =
	    g_ptr_array_new_with_free_func(free_event);
	struct generic_mail mail = {.from = "notice@bank.example.mx",
	    .subject = utf8, .date = "2026-11-20"};

	if (!labels) {
		static const char *const dirs[] = {"parser/words", NULL};
		labels = labels_load(dirs, NULL);
	}
	if (body)
		*body++ = '\0';
	mail.text = size % 3 ? body : NULL;
	mail.html_text = size % 3 != 1 ? body : NULL;
	generic_read(labels, &mail, events);
	for (guint i = 0; i < events->len; i++)
		check(events->pdata[i]);
	return 0;
}
