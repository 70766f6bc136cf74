/* extract_camt.c - a statement: events that the parser takes, or a reason. */
#include "fuzz.h"

#include "../../parser/extract/extract.h"
#include "../../parser/parser.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	GString *out = g_string_new(NULL);
	char *why = camt_events((const char *)data, size, out);

	if (!why) {
		g_auto(GStrv) lines = g_strsplit(out->str, "\n", -1);

		for (char **line = lines; *line; line++) {
			json_t *json = json_loads(*line, 0, NULL);
			struct event *event = event_from_json(json);

			MUST(!**line || event);
			event_free(event);
			json_decref(json);
		}
		MUST(memmem(data, size, "<!DOCTYPE", 9) == NULL ||
		    memmem(data, size, "<!--", 4) ||
		    memmem(data, size, "<![CDATA[", 9) ||
		    memmem(data, size, "<?", 2));
	}
	g_free(why);
	g_string_free(out, TRUE);
	return 0;
}
