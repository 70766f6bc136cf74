/*
 * No bank's file answers to another bank's mail: each golden mail of a bank,
 * as if every other bank had sent it, gives no money. In one process, because
 * there are some fifteen thousand pairs.
 */
#include "../../parser/bankfile.h"
#include "../../parser/child.h"
#include "../../parser/decode.h"
#include "../../parser/header.h"
#include "../../parser/mime.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const char *const extract[] = {"libexec/mailfilter-extract", "html",
    NULL};

struct sample {
	char *bank, *path, *subject, *text, *html;
	char day[DAY_SIZE];
};

static GPtrArray *banks, *samples;

static char *
shown_html(const char *html)
{
	g_autoptr(GString) in = g_string_new(html);
	GString *out = g_string_new(NULL);

	if (!child_helper_bytes(extract, in, out, 1 << 20,
	    child_deadline(5000)))
		g_error("%s", out->str);
	return g_string_free(out, FALSE);
}

static void
read_head(struct sample *s, const char *raw)
{
	const char *end = strstr(raw, "\n\n"), *subject;
	struct header *header = header_parse(raw,
	    end ? (size_t)(end - raw) + 1 : strlen(raw));
	int64_t seconds;
	bool odd;

	subject = header_get(header, "subject");
	s->subject = rfc2047_decode(subject ? subject : "", &odd);
	if (!header_date(header_get(header, "date"), &seconds, s->day))
		g_strlcpy(s->day, "2026-11-20", sizeof(s->day));
	header_free(header);
}

static void
add_sample(const char *bank, const char *folder, const char *file)
{
	struct sample *s = g_new0(struct sample, 1);
	g_autofree char *raw = NULL;
	struct mime *mime;
	int fd;

	s->bank = g_strdup(bank);
	s->path = g_build_filename(folder, file, NULL);
	g_assert_true(g_file_get_contents(s->path, &raw, NULL, NULL));
	read_head(s, raw);
	fd = open(s->path, O_RDONLY | O_CLOEXEC);
	mime = mime_read(fd, 0, false);
	close(fd);
	if (mime) {
		s->text = g_strdup(mime->text);
		s->html = mime->html ? shown_html(mime->html) : NULL;
	}
	mime_free(mime);
	g_ptr_array_add(samples, s);
}

/* The golden mails of every bank that has a file. */
static void
load_samples(void)
{
	for (guint i = 0; i < banks->len; i++) {
		const char *name = bank_name(banks->pdata[i]), *file;
		g_autofree char *folder = g_build_filename("tests/golden",
		    name, NULL);
		g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);

		while (dir && (file = g_dir_read_name(dir)))
			if (g_str_has_suffix(file, ".eml"))
				add_sample(name, folder, file);
	}
}

static void
free_event(gpointer event)
{
	event_free(event);
}

static bool
is_money(const struct event *event)
{
	enum event_kind kind = event_kind(event);

	return kind == EVENT_CREDIT || kind == EVENT_DEBIT ||
	    kind == EVENT_RETURN;
}

static bool
gives_money(const struct bank *bank, const struct sample *s)
{
	g_autoptr(GPtrArray) events =
	    g_ptr_array_new_with_free_func(free_event);
	const struct bank_mail mail = {.from = "x@b.example",
	    .subject = s->subject, .text = s->text, .html_text = s->html,
	    .date = s->day};

	bank_read(bank, &mail, events);
	for (guint i = 0; i < events->len; i++)
		if (is_money(events->pdata[i]))
			return true;
	return false;
}

/* The name without a country or a language: a provider that works in several
 * writes the same in each. */
static char *
family(const char *name)
{
	size_t length;

	if (strlen(name) > 3 && name[2] == '-')
		name += 3;
	length = strlen(name);
	return g_strndup(name, length > 3 && name[length - 3] == '-' ?
	    length - 3 : length);
}

static bool
is_related(const char *a, const char *b)
{
	g_autofree char *x = family(a), *y = family(b);

	return strcmp(x, y) == 0;
}

static void
test_bank(gconstpointer data)
{
	const struct bank *bank = data;
	unsigned own = 0, others = 0;

	for (guint i = 0; i < samples->len; i++) {
		const struct sample *s = samples->pdata[i];

		if (strcmp(s->bank, bank_name(bank)) == 0) {
			own += gives_money(bank, s);
			continue;
		}
		if (is_related(s->bank, bank_name(bank)))
			continue;
		others++;
		if (gives_money(bank, s)) {
			g_test_message("%s answers to %s", bank_name(bank),
			    s->path);
			g_test_fail();
		}
	}
	g_assert_cmpuint(own, >, 0);
	g_assert_cmpuint(others, >, 100);
}

int
main(int argc, char **argv)
{
	const char *const dirs[] = {"parser/banks", NULL};
	char *why = NULL;

	g_test_init(&argc, &argv, NULL);
	mime_prepare();
	samples = g_ptr_array_new();
	banks = bank_load_dirs(dirs, &why);
	if (!banks)
		g_error("%s", why);
	load_samples();
	for (guint i = 0; i < banks->len; i++) {
		g_autofree char *path = g_strconcat("/bank-cross/",
		    bank_name(banks->pdata[i]), NULL);

		g_test_add_data_func(path, banks->pdata[i], test_bank);
	}
	return g_test_run();
}
