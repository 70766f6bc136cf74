/*
 * reference_kinds.c - check digits of structured references: vectors of our
 * own, those of ../shared/match/ref_vectors.json where they are, and random
 * values that python3-stdnum judges as well, where it is.
 */
#include "../../filter/match.h"

#include <string.h>
#include <unistd.h>

#define STDNUM_BASES 6		/* of each kind, each with 100 check digits */

static const struct vector {
	const char *kind, *text;
	bool valid;
} vectors[] = {
    {"rf", "RF18 5390 0754 7034", true}, {"rf", "rf185390 07547034", true},
    {"rf", "RF18539007547035", false}, {"rf", "RF18", false},
    {"rf", "", false}, {"rf", "RF18 5390-0754", false},
    {"rf", "RF18539007547034539007547034", false},
    {"ogm", "+++090/9337/55493+++", true}, {"ogm", "***090/9337/55493***", true},
    {"ogm", "090933755494", false}, {"ogm", "000000000000", false},
    {"ogm", "09093375549", false}, {"ogm", "O90933755493", false},
    {"qrr", "000000000000000000000000000", false}, {"qrr", "1", false},
    {"qrr", "12 34567 89012 34567 89012 34567 8", false},
    {"iban", "DE89 3704 0044 0532 0130 00", true},
    {"iban", "DE89 3704 0044 0532 0130 01", false},
    {"iban", "DE8937040044053201300", false}, {"iban", "", false},
    {"iban", "GB29 NWBK 6016 1331 9268 19", true},
    {"fi", "4711 7", false}, {"fi", "1009", true}, {"fi", "100 9", true},
    {"fi", "1008", false}, {"fi", "109", false}, {"fi", "10O9", false},
    {"fi", "000000000000000000001009", false},
    {"ee", "13", true}, {"ee", "14", false}, {"ee", "1", false},
    {"kid", "26", true}, {"kid", "18", true}, {"kid", "4-", false},
    {"kid", "6-", true}, {"kid", "-6", false}, {"kid", "6--", false},
    {"se_ocr", "26", true}, {"se_ocr", "27", false},
    {"se_ocr_long", "1234574", true}, {"se_ocr_long", "1234566", false},
    {"fik", "+71<000000000000034+87654321<", true},
    {"fik", "+71< 000000000000034 +87654321<", true},
    {"fik", "+71<000000000000035+87654321<", false},
    {"fik", "+73<+87654321<", false},
    {"fik", "+75<0000000000000034+8765432<", true},
    {"nl", "7654321", true}, {"nl", "65432178", false},
    {"si12", "SI12 12-8", false}, {"si12", "SI1200000000000019", false},
    {"si01", "SI01 1-2-3-4", false}, {"si01", "SI01", false},
    {"hr01", "HR01 1-2-3-4", false}, {"hr01", "HR01", false},
    {"model00", "HR00 12-345-6", true}, {"model00", "SI00 2026-17", true},
    {"model00", "SI02 2026-17", false},
    {"hu", "000000000000000000000026", true},
    {"hu", "000000000000000000000027", false}, {"hu", "26", false},
    {"vs", "2026000117", true}, {"vs", "20260001170", false},
    {"vs", "12A", false},
    {"kennitala", "120174-3398", true}, {"kennitala", "1201743", false},
    {"kennitala", "120174-3379", false},
};

static void
test_vector(gconstpointer data)
{
	const struct vector *v = data;
	const struct reference_kind *kind = reference_kind(v->kind);

	g_assert_nonnull(kind);
	g_assert_cmpint(kind->validate(v->text), ==, v->valid);
}

static void
test_shared(void)
{
	g_autofree char *path = g_build_filename(
	    g_getenv("MAILFILTER_SHARED") ? g_getenv("MAILFILTER_SHARED")
					  : "../shared",
	    "match", "ref_vectors.json", NULL);
	json_t *all = json_load_file(path, 0, NULL), *one;
	size_t index;

	if (!all) {
		g_test_skip("no ../shared/match/ref_vectors.json");
		return;
	}
	g_assert_cmpuint(json_array_size(all), >=, 50);
	json_array_foreach(all, index, one)
	{
		const char *type =
		    json_string_value(json_object_get(one, "type"));
		const char *text =
		    json_string_value(json_object_get(one, "ref"));
		const struct reference_kind *kind = reference_kind(type);

		g_test_message("%s %s", type, text);
		g_assert_nonnull(kind);
		g_assert_cmpint(kind->validate(text), ==,
		    json_is_true(json_object_get(one, "valid")));
	}
	json_decref(all);
}

/* Wrapped references and what stays of them. */
static const struct wrapped {
	const char *text, *core;
} wrapped[] = {
    {"RF18 5390 0754 7034", "539007547034"},
    {"+71<000000000000034+87654321<", "000000000000034"},
    {"SI12 1234567890 9", "12345678909"}, {"HR01 2020-789-1", "20207891"},
    {"HR00 12-345-6", "123456"}, {"RF18 5390 0754 7035", NULL},
    {"+++090/9337/55493+++", NULL}, {"", NULL},
};

static void
test_unwrap(gconstpointer data)
{
	const struct wrapped *w = data;
	g_autofree char *core = reference_unwrap(w->text);

	g_assert_cmpstr(core, ==, w->core);
}

static void
test_recognise(void)
{
	g_assert_cmpstr(reference_recognise("+++090/9337/55493+++")->name, ==,
	    "ogm");
	g_assert_cmpstr(reference_recognise("RF18539007547034")->name, ==, "rf");
	/* one number in ten passes these: no proof of anything */
	g_assert_null(reference_recognise("1009"));
	g_assert_null(reference_recognise("7654321"));
}

/* ---- beside python3-stdnum --------------------------------------------------- */

static const struct twin {	/* a kind that stdnum has */
	const char *kind, *module, *format;	/* # a digit, % the head */
} twins[] = {
    {"rf", "stdnum.iso11649", "RF%########"},
    {"qrr", "stdnum.ch.esr", "##########%"},
    {"iban", "stdnum.iban", "NL%ABNA0#########"},
    {"kennitala", "stdnum.is_.kennitala", "120174##%9"},
    {"se_ocr", "stdnum.luhn", "#######%"},
    {"hu", "stdnum.luhn", "######################%"},
};

/* Values with all that % can be: some of them are right. */
static void
write_values(GString *out, const struct twin *twin, GRand *random)
{
	GString *base = g_string_new(NULL);

	for (const char *p = twin->format; *p; p++)
		g_string_append_c(base, *p == '#'
			? (char)('0' + g_rand_int_range(random, 0, 10)) : *p);
	for (int i = 0; i < 100; i++) {
		g_auto(GStrv) halves = g_strsplit(base->str, "%", 2);

		g_string_append_printf(out, "%s\t%s\t%s%02d%s\n", twin->kind,
		    twin->module, halves[0], i, halves[1]);
	}
	g_string_free(base, TRUE);
}

static const char judge[] =
    "import sys, importlib\n"
    "for line in open(sys.argv[1]):\n"
    "    kind, module, value = line.rstrip('\\n').split('\\t')\n"
    "    good = importlib.import_module(module).is_valid(value)\n"
    "    print(kind, value, int(bool(good)), sep='\\t')\n";

/* What stdnum says to the values, NULL when it is not there. */
static char *
ask_stdnum(const GString *values)
{
	g_autofree char *path = NULL;
	char *said = NULL;
	int status = -1, file = g_file_open_tmp("stdnum-XXXXXX", &path, NULL);
	char *argv[] = {(char *)"/usr/bin/python3", (char *)"-c",
	    (char *)judge, path, NULL};

	g_assert_cmpint(file, >=, 0);
	close(file);
	g_assert_true(g_file_set_contents(path, values->str, -1, NULL));
	if (!g_spawn_sync(NULL, argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL,
		NULL, &said, NULL, &status, NULL) || status != 0)
		g_clear_pointer(&said, g_free);
	unlink(path);
	return said;
}

static void
test_stdnum(void)
{
	g_autoptr(GRand) random = g_rand_new_with_seed(4711);
	g_autoptr(GString) values = g_string_new(NULL);
	g_autofree char *said = NULL;
	g_auto(GStrv) lines = NULL;
	int right = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(twins); i++)
		for (int n = 0; n < STDNUM_BASES; n++)
			write_values(values, &twins[i], random);
	said = ask_stdnum(values);
	if (!said) {
		g_test_skip("no python3-stdnum");
		return;
	}
	lines = g_strsplit(said, "\n", -1);
	g_assert_cmpuint(g_strv_length(lines), >,
	    G_N_ELEMENTS(twins) * STDNUM_BASES);
	for (char **line = lines; **line; line++) {
		g_auto(GStrv) f = g_strsplit(*line, "\t", 3);
		bool good = f[2][0] == '1';

		g_test_message("%s %s", f[0], f[1]);
		g_assert_cmpint(reference_kind(f[0])->validate(f[1]), ==, good);
		right += good;
	}
	g_assert_cmpint(right, >, 100);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(vectors); i++) {
		g_autofree char *name = g_strdup_printf(
		    "/reference_kinds/%s/%zu", vectors[i].kind, i);

		g_test_add_data_func(name, &vectors[i], test_vector);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(wrapped); i++) {
		g_autofree char *name =
		    g_strdup_printf("/reference_kinds/unwrap/%zu", i);

		g_test_add_data_func(name, &wrapped[i], test_unwrap);
	}
	g_test_add_func("/reference_kinds/recognise", test_recognise);
	g_test_add_func("/reference_kinds/shared-vectors", test_shared);
	g_test_add_func("/reference_kinds/stdnum", test_stdnum);
	return g_test_run();
}
