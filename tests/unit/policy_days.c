/*
 * Random policies, played day by day on a real store beside a model that is
 * written from the manual: runs missed and doubled, payments and holds. Each
 * run must write what the model says: no step twice, none out of order, none
 * left out, none within the gap, one letter a day.
 */
#include "story.h"

#include "../../filter/print.h"

#define DAYS 75
#define INVOICES 4
#define STEPS 8

struct model_step {
	int offset, term, tone;	/* tone: 0 friendly … 2 firm */
	bool legal, final, call;
};
struct model_policy {
	struct model_step steps[STEPS];
	int count, gap;
};
struct model_invoice {
	int32_t due, term_end, held_until;
	int policy, last, reminders;
	bool paid, called;
};
struct model {
	struct model_policy policies[2];
	struct model_invoice invoices[INVOICES];
	int32_t today, last_reminder, last_letter;
	int letters;
};

/* ---- the calendar of the model ------------------------------------------------- */

static bool
is_off(int32_t day, const char *const *holidays)
{
	char text[DAY_SIZE];

	day_text(day, text);
	return (day + 3) % 7 >= 5 || g_strv_contains(holidays, text);
}

static bool
letters_go(int32_t day)
{
	static const char *const target[] = {"2026-12-25", "2027-01-01",
	    "2027-03-26", "2027-03-29", NULL};

	return !is_off(day, target);
}

static int32_t
lag_end(int32_t day)
{
	static const char *const czech[] = {"2026-11-17", "2026-12-24",
	    "2026-12-25", "2027-01-01", "2027-03-26", "2027-03-29", NULL};

	for (int count = 0; count < 2; ) {
		day++;
		if (!is_off(day, czech))
			count++;
	}
	return day;
}

/* ---- which step ------------------------------------------------------------------ */

static bool
is_grave(const struct model_step *step)
{
	return step->legal || step->final || step->call;
}

static bool
is_note(const struct model_step *step)
{
	return step->offset <= 0;
}

static int32_t
day_of(const struct model_step *step, int32_t due)
{
	int32_t last = step->offset == 0 ? due : due - 1;
	int32_t day = due + step->offset;

	if (!is_note(step))
		return day;
	for (int32_t one = day; one <= last; one++)
		if (letters_go(one))
			return day;
	while (!letters_go(day))
		day--;
	return day;
}

/* One of the two before a grave one, which nobody may be spared. */
static bool
is_needed(const struct model_policy *policy, int i)
{
	if (is_note(&policy->steps[i]) || policy->steps[i].call)
		return false;
	return (i + 1 < policy->count && is_grave(&policy->steps[i + 1])) ||
	    (i + 2 < policy->count && is_grave(&policy->steps[i + 2]));
}

/* The number of the step, 0 none. */
static int
step_of(const struct model *model, const struct model_invoice *invoice)
{
	const struct model_policy *policy = &model->policies[invoice->policy];
	int found = 0;

	for (int i = invoice->last; i < policy->count; i++) {
		const struct model_step *step = &policy->steps[i];
		bool over = is_note(step) && model->today >
		    (step->offset == 0 ? invoice->due : invoice->due - 1);

		if (day_of(step, invoice->due) > model->today ||
		    (is_grave(step) && invoice->reminders < 2))
			return found;
		if (!over)
			found = i + 1;
		if (!over && is_needed(policy, i))
			return found;
	}
	return found;
}

static bool
passes(const struct model *model, const struct model_invoice *invoice,
    const struct model_step *step)
{
	int gap = model->policies[invoice->policy].gap;

	if (model->today < invoice->held_until)
		return false;
	if (!step->call && (!letters_go(model->today) ||
	    model->last_letter == model->today))
		return false;
	if (is_note(step))
		return true;
	return model->today >= model->last_reminder + gap && model->today >
	    lag_end(MAX(invoice->due, invoice->term_end));
}

/* ---- what a run writes -------------------------------------------------------------- */

static int
rank(const struct model_step *step)
{
	return step->final ? 5 : step->legal ? 4 : is_note(step) ? 0 :
	    1 + step->tone;
}

static void
add(GPtrArray *out, char *text)
{
	g_ptr_array_add(out, text);
}

/* The invoices in one letter, and the term that it sets. */
static void
model_letter(struct model *model, struct model_step *const *due,
    GPtrArray *out)
{
	const struct model_step *lead = NULL;
	int term = 0;

	for (int i = 0; i < INVOICES; i++) {
		const struct model_step *step = due[i];

		if (step && (!lead || rank(step) > rank(lead) ||
		    (rank(step) == rank(lead) && step->term &&
		    (!lead->term || step->term < lead->term))))
			lead = step;
	}
	for (int i = 0; lead && i < INVOICES; i++)
		if (due[i] && is_grave(due[i]) >= is_grave(lead) &&
		    is_note(due[i]) <= is_note(lead))
			term = MAX(term, due[i]->term);
	for (int i = 0; lead && i < INVOICES; i++) {
		struct model_invoice *invoice = &model->invoices[i];
		const struct model_step *first =
		    model->policies[invoice->policy].steps;
		int days = lead->term ? lead->term : term;

		if (!due[i] || is_grave(due[i]) < is_grave(lead) ||
		    is_note(due[i]) > is_note(lead))
			continue;
		invoice->last = (int)(due[i] - first) + 1;
		add(out, g_strdup_printf("%03d#%d+%d", i + 1, invoice->last,
		    days));
		model->last_letter = model->today;
		if (is_note(due[i]))
			continue;
		model->last_reminder = model->today;
		invoice->reminders++;
		if (days)
			invoice->term_end = MAX(invoice->term_end,
			    model->today + days);
	}
	model->letters += lead != NULL;
}

static GPtrArray *
model_run(struct model *model)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(g_free);
	struct model_step *due[INVOICES] = {NULL};

	for (int i = 0; i < INVOICES; i++) {
		struct model_invoice *invoice = &model->invoices[i];
		int number = invoice->paid || invoice->called ? 0 :
		    step_of(model, invoice);
		struct model_step *step = number == 0 ? NULL :
		    &model->policies[invoice->policy].steps[number - 1];

		if (!step || !passes(model, invoice, step))
			continue;
		if (step->call) {
			invoice->called = true;
			add(out, g_strdup_printf("call %03d", i + 1));
		} else {
			due[i] = step;
		}
	}
	model_letter(model, due, out);
	g_ptr_array_sort(out, compare_strings);
	return out;
}

/* "jana firm+7 001#2=50.00 | held …" in the form of the model. */
static GPtrArray *
parse_answer(const char *text, int *letters)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(g_free);
	g_auto(GStrv) parts = g_strsplit(text, " | ", -1);

	for (int i = 0; parts[i]; i++) {
		g_auto(GStrv) words = g_strsplit(parts[i], " ", -1);
		const char *term;

		if (strcmp(words[0], "call") == 0)
			add(out, g_strdup(parts[i]));
		if (strcmp(words[0], "jana") != 0 || !strchr(parts[i], '#'))
			continue;
		term = strchr(words[1], '+');
		++*letters;
		for (int j = 2; words[j]; j++)
			add(out, g_strdup_printf("%.*s%s",
			    (int)strcspn(words[j], "="), words[j],
			    term ? term : "+0"));
	}
	g_ptr_array_sort(out, compare_strings);
	return out;
}

static void
compare_run(struct story *story, struct model *model, int seed)
{
	g_autoptr(GPtrArray) wanted = model_run(model);
	g_autoptr(GPtrArray) got = NULL;
	g_autofree char *a = NULL, *b = NULL;
	int letters = 0;

	story_command(story, "heard", (char *[]){NULL});
	story_command(story, "remind", (char *[]){NULL});
	got = parse_answer(story->answer->str, &letters);
	g_ptr_array_add(wanted, NULL);
	g_ptr_array_add(got, NULL);
	a = g_strjoinv(" ", (char **)wanted->pdata);
	b = g_strjoinv(" ", (char **)got->pdata);
	if (strcmp(a, b) != 0)
		g_error("world %d, %s: wanted '%s', got '%s' (%s)", seed,
		    story->context.today, a, b, story->answer->str);
	g_assert_cmpint(letters, <=, 1);
	story_command(story, "send", (char *[]){NULL});
}

/* ---- worlds --------------------------------------------------------------------- */

static void
write_step(GString *text, const struct model_step *step)
{
	static const char *const tones[] = {"friendly", "understanding", "firm"};

	g_string_append_printf(text, "%s\"", text->len ? ", " : "");
	if (step->offset == 0)
		g_string_append(text, "on the due date");
	else
		g_string_append_printf(text, "%s %d days",
		    step->offset < 0 ? "before" : "after", ABS(step->offset));
	if (step->call)
		g_string_append(text, " escalate");
	else if (!is_note(step))
		g_string_append_printf(text, " tone %s", tones[step->tone]);
	if (step->term)
		g_string_append_printf(text, " term %d days", step->term);
	g_string_append_printf(text, "%s%s\"", step->legal ? " legal" : "",
	    step->final ? " final" : "");
}

static char *
make_policy(GRand *random, struct model_policy *policy, const char *name)
{
	g_autoptr(GString) text = g_string_new(NULL);
	int notes = g_rand_int_range(random, 0, 3);
	int letters = g_rand_int_range(random, 2, 5), offset = -12;

	policy->gap = g_rand_int_range(random, 1, 9);
	for (int i = 0; i < notes + letters; i++) {
		struct model_step *step = &policy->steps[policy->count++];

		offset = i == notes ? g_rand_int_range(random, 1, 5) :
		    offset + g_rand_int_range(random, 2, 7);
		step->offset = i < notes ? MIN(offset, -notes + i + 1) : offset;
		offset = step->offset;
		if (i < notes)
			continue;
		step->tone = g_rand_int_range(random, 0, 3);
		step->term = g_rand_boolean(random) ?
		    g_rand_int_range(random, 1, 8) : 0;
		step->legal = i >= notes + 2 && g_rand_boolean(random);
		step->final = i >= notes + 2 && i == notes + letters - 1 &&
		    g_rand_boolean(random);
	}
	if (g_rand_boolean(random))
		policy->steps[policy->count++] = (struct model_step){
		    .offset = offset + g_rand_int_range(random, 1, 9),
		    .call = true};
	for (int i = 0; i < policy->count; i++)
		write_step(text, &policy->steps[i]);
	return g_strdup_printf("policy \"%s\" { gap = %d steps = { %s } }\n",
	    name, policy->gap, text->str);
}

static void
use_policies(struct story *story, GRand *random, struct model *model)
{
	g_autofree char *a = make_policy(random, &model->policies[0], "a");
	g_autofree char *b = make_policy(random, &model->policies[1], "b");
	g_autofree char *all = g_strconcat(story_config, a, b, NULL);
	g_autofree char *path = g_build_filename(story->dir,
	    "mailfilter.conf", NULL);
	g_autofree char *why = NULL;

	config_free(story->context.config);
	g_assert_true(g_file_set_contents(path, all, -1, NULL));
	g_chmod(path, 0600);
	story->context.config = config_load(path, story->dir, &why);
	g_assert_cmpstr(why, ==, NULL);
}

static void
tell_line(struct story *story, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void
tell_line(struct story *story, const char *format, ...)
{
	g_auto(GStrv) words = NULL;
	g_autofree char *line = NULL;
	va_list arguments;

	va_start(arguments, format);
	line = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	words = g_strsplit(line, " ", -1);
	story_command(story, words[0], words + 1);
}

static void
begin(struct story *story, GRand *random, struct model *model)
{
	int32_t first = day_number("2026-11-26");

	*model = (struct model){.last_reminder = -100000,
	    .last_letter = -100000};
	story_open(story);
	use_policies(story, random, model);
	tell_line(story, "at 2026-11-10T10:00");
	tell_line(story, "customer jana");
	for (int i = 0; i < INVOICES; i++) {
		struct model_invoice *one = &model->invoices[i];
		char due[DAY_SIZE];

		/* in the order of their due dates, as they are served */
		first += g_rand_int_range(random, 0, 9);
		*one = (struct model_invoice){.due = first,
		    .term_end = -100000, .policy = g_rand_boolean(random)};
		day_text(first, due);
		tell_line(story, "invoice %03d jana 50.00 %s %s", i + 1, due,
		    one->policy ? "b" : "a");
	}
}

/* Money, and a dispute of some days. */
static void
trouble(struct story *story, GRand *random, struct model *model)
{
	int i = g_rand_int_range(random, 0, INVOICES);
	struct model_invoice *one = &model->invoices[i];
	int days = g_rand_int_range(random, 1, 9);

	if (one->paid)
		return;
	if (g_rand_int_range(random, 0, 60) == 0) {
		tell_line(story, "pay %03d 50.00", i + 1);
		one->paid = true;
	} else if (g_rand_int_range(random, 0, 20) == 0) {
		tell_line(story, "hold dispute %03d %d", i + 1, days * 24 - 1);
		if (strcmp(story->answer->str, "held") == 0)
			one->held_until = MAX(one->held_until,
			    model->today + days);
	}
}

static void
test_world(gconstpointer data)
{
	int seed = GPOINTER_TO_INT(data);
	g_autoptr(GRand) random = g_rand_new_with_seed((guint32)seed);
	struct model model;
	struct story story;

	begin(&story, random, &model);
	model.today = day_number("2026-11-16");
	for (int i = 0; i < DAYS; i++, model.today++) {
		char day[DAY_SIZE];

		day_text(model.today, day);
		tell_line(&story, "at %sT10:00", day);
		trouble(&story, random, &model);
		if (g_rand_int_range(random, 0, 10) < 3)
			continue;	/* the run was missed */
		compare_run(&story, &model, seed);
		if (g_rand_int_range(random, 0, 10) < 3)
			compare_run(&story, &model, seed);
	}
	g_assert_cmpint(model.letters, >, 0);
	story_close(&story);
}

/* Whether a letter was a note does not follow from another invoice's policy. */
static const struct story_case stories[] = {
    {"a-note-is-no-reminder", "at 2026-11-10T10:00\ncustomer jana\n"
        "invoice 001 jana 50.00 2026-11-26\n"
        "invoice 002 jana 50.00 2026-11-19 many\nat 2026-11-23T10:00\n"
        "heard\nremind\nis jana friendly 001#1=50.00 | held 002 bank-lag\n"
        "send\nat 2026-11-24T10:00\nheard\nremind\n"
        "is jana understanding 002#2=50.00\n"},
};

int
main(int argc, char **argv)
{
	int worlds = g_getenv("WORLDS") ? atoi(g_getenv("WORLDS")) : 10;

	if (g_access("/dev/shm", 7) == 0)
		g_setenv("TMPDIR", "/dev/shm", TRUE);
	g_test_init(&argc, &argv, NULL);
	for (int i = 1; i <= worlds; i++) {
		g_autofree char *name =
		    g_strdup_printf("/policy-days/world-%d", i);

		g_test_add_data_func(name, GINT_TO_POINTER(i), test_world);
	}
	story_add("policy-days", stories, G_N_ELEMENTS(stories));
	return g_test_run();
}
