/*
 * view_notes.c - free texts of the view: notes with their subject codes,
 * what is withheld, the payment terms and XRechnung's #SKONTO# lines.
 */
#include "view.h"

#include <string.h>

/* "IRPF -15%: -150.00 EUR (1000.00 EUR)": what the customer withholds. */
static char *
withheld(const json_t *view)
{
	const json_t *tax = json_object_get(view, "withholding");
	const char *currency = view_text(view, "currency");
	const char *name = view_text(tax, "name");

	if (!*view_text(tax, "amount"))
		return NULL;
	return g_strdup_printf("%s -%s%%: -%s %s (%s %s)",
	    *name ? name : "IRPF", view_text(tax, "percent"),
	    view_text(tax, "amount"), currency, view_text(tax, "base"),
	    currency);
}

static void
add_note(json_t *notes, const char *text)
{
	json_array_append_new(notes, json_pack("{s:s}", "text", text));
}

/* D16B has room for one preceding invoice: the others are told in a note. */
static void
note_preceding(json_t *view, json_t *notes)
{
	json_t *preceding = json_object_get(view, "preceding");

	while (json_array_size(preceding) > 1) {
		const json_t *one = json_array_get(preceding, 1);
		const char *date = view_text(one, "date");
		g_autofree char *text = g_strconcat("Preceding invoice: ",
		    view_text(one, "number"), *date ? ", " : "", date, NULL);

		add_note(notes, text);
		json_array_remove(preceding, 1);
	}
}

/* Peppol has room for one note, and none for its subject. */
static void
join_notes(json_t *notes)
{
	g_autoptr(GString) joined = g_string_new(NULL);

	for (size_t i = 0; i < json_array_size(notes); i++) {
		const char *text = view_text(json_array_get(notes, i), "text");

		if (*text && joined->len)
			g_string_append_c(joined, '\n');
		g_string_append(joined, text);
	}
	json_array_clear(notes);
	if (joined->len)
		add_note(notes, joined->str);
}

/* In UBL a note begins with its subject, "#AAI#"; where its own text could be
 * taken for one, that is the subject of general information. */
static char *
ubl_note(const json_t *note)
{
	const char *subject = view_text(note, "subject");
	const char *text = view_text(note, "text");
	const char *first = strchr(text, '#');
	const char *second = first ? strchr(first + 1, '#') : NULL;

	if (!*subject && second && second - first == 4)
		subject = "AAI";
	return *subject ? g_strdup_printf("#%s#%s", subject, text) :
	    g_strdup(text);
}

static void
add_terms(json_t *view, const char *line)
{
	const char *terms = view_text(view, "terms");
	g_autofree char *all = g_strconcat(terms, *terms ? "\n" : "", line,
	    NULL);

	view_set(view, "terms", all);
}

static bool
read_day(const char *text, GDate *day)
{
	int y, m, d;

	if (sscanf(text, "%4d-%2d-%2d", &y, &m, &d) != 3 ||
	    !g_date_valid_dmy((GDateDay)d, (GDateMonth)m, (GDateYear)y))
		return false;
	g_date_set_dmy(day, (GDateDay)d, (GDateMonth)m, (GDateYear)y);
	return true;
}

/* How many days to's is after from's; -1 when one is no day. */
static int
days_between(const char *from, const char *to)
{
	GDate start, end;

	g_date_clear(&start, 1);
	g_date_clear(&end, 1);
	return read_day(from, &start) && read_day(to, &end) ?
	    g_date_days_between(&start, &end) : -1;
}

/* A discount as XRechnung writes it; NULL when its form has no room for it. */
static char *
skonto(const json_t *view, const json_t *discount)
{
	decimal_wide percent, base, due;
	g_autofree char *rate = NULL, *amount = NULL;
	const char *days = view_text(discount, "days");
	g_autofree char *counted = NULL;
	int count;

	if (!view_decimal(discount, "percent", &percent) || percent <= 0 ||
	    !(rate = decimal_text(percent, 2)))
		return NULL;
	count = days_between(view_text(view, "date"),
	    view_text(discount, "until"));
	if (!*days && count >= 0)
		days = counted = g_strdup_printf("%d", count);
	if (!*days || days[strspn(days, "0123456789")])
		return NULL;
	if (!view_decimal(discount, "base", &base) ||
	    !view_decimal(json_object_get(view, "totals"), "due", &due) ||
	    base == due || !(amount = decimal_text(base, 2)))
		return g_strdup_printf("#SKONTO#TAGE=%s#PROZENT=%s#", days,
		    rate);
	return g_strdup_printf("#SKONTO#TAGE=%s#PROZENT=%s#BASISBETRAG=%s#",
	    days, rate, amount);
}

static void
add_skonto(json_t *view)
{
	const json_t *discounts = json_object_get(view, "discounts");
	bool any = false;

	for (size_t i = 0; i < json_array_size(discounts); i++) {
		g_autofree char *line =
		    skonto(view, json_array_get(discounts, i));

		if (line)
			add_terms(view, line);
		any |= line != NULL;
	}
	if (any)
		add_terms(view, "");	/* each line ends in a line feed */
}

void
view_notes(json_t *view, const struct profile *profile)
{
	g_autofree char *tax = withheld(view);
	json_t *notes = json_object_get(view, "notes"), *texts = json_array();

	if (!json_is_array(notes)) {
		notes = json_array();
		json_object_set_new(view, "notes", notes);
	}
	if (tax) {
		add_note(notes, tax);
		add_terms(view, tax);
	}
	if (profile->traits & PROFILE_CII && !(profile->traits & PROFILE_MANY))
		note_preceding(view, notes);
	if (profile->traits & PROFILE_NETWORK)
		join_notes(notes);
	if (profile->traits & PROFILE_GERMAN)
		add_skonto(view);
	for (size_t i = 0; i < json_array_size(notes); i++) {
		g_autofree char *text = ubl_note(json_array_get(notes, i));

		if (*text)
			json_array_append_new(texts, json_string(text));
	}
	json_object_set_new(view, "_notes", texts);
}
