/*
 * extract_invoice.c - decimals of XML, paths of the tables of terms, and how
 * a file begins, one row a case.
 */
#include "../../parser/extract/invoice.h"
#include "../../parser/extract/invoice_terms.h"

#include <string.h>

static const struct {
	const char *text;
	int digits;
	const char *plain;	/* NULL: refused */
} decimals[] = {
	{"1200", 2, "1200.00"}, {"1200.0", 2, "1200.00"},
	{"1200.00000", 2, "1200.00"}, {"+5", 2, "5.00"}, {"-.5", 2, "-0.50"},
	{"007.10", 2, "7.10"}, {"-0.00", 2, "0.00"}, {"0", 0, "0"},
	{"5.", 2, "5.00"}, {"12.345", 2, NULL}, {"12.340", 2, "12.34"},
	{"12.5", 0, NULL}, {"12.0", 0, "12"}, {"1.5", 3, "1.500"},
	{"0.0125", -1, "0.0125"}, {"10.000", -1, "10"}, {"-0", -1, "0"},
	{"100", -1, "100"}, {"1e3", -1, NULL}, {"1,5", -1, NULL},
	{"", -1, NULL}, {".", -1, NULL}, {"-", -1, NULL}, {"NaN", -1, NULL},
	{"0x10", -1, NULL}, {"1 000", -1, NULL}, {"--1", -1, NULL},
	{"1234567890123456789012345678901", -1, NULL},
};

static void
test_decimal(gconstpointer data)
{
	size_t i = GPOINTER_TO_SIZE(data);
	g_autofree char *plain = terms_decimal(decimals[i].text,
	    decimals[i].digits);

	g_assert_cmpstr(plain, ==, decimals[i].plain);
}

static const char xml[] = "<r xmlns:x='urn:x'><x:a k='1'>one</x:a><a k='2'>"
    "two<b>in</b></a><a>three<b>out</b></a><c><a>four</a></c><d> five\n</d>"
    "<e/></r>";

static const struct {
	const char *path, *found;	/* joined by '+' */
} paths[] = {
	{"a", "one+two+three"}, {"c/a", "four"}, {"d", "five"}, {"e", ""},
	{"a/@k", "1+2"}, {"a[@k=2]", "two"}, {"a[@k=1|2]", "one+two"},
	{"a[@k!=2]", "one+three"}, {"a[b=in]", "two"}, {"a[b]", "two+three"},
	{"a[!b]", "one"}, {"a[b!=in]", "one+three"}, {"a[b][@k=2]", "two"},
	{"a[b=in]/b", "in"}, {"a[b=in]/@k", "2"}, {"a[b=in]/b[!c]", "in"},
	{"x", "-"}, {"a/a", "-"}, {"", ""},
};

static void
join(struct invoice_node *node, const char *text, void *user)
{
	GString *out = user;

	(void)node;
	if (out->len == 1 && *out->str == '-')
		g_string_assign(out, text);
	else
		g_string_append_printf(out, "+%s", text);
}

static void
test_path(gconstpointer data)
{
	size_t i = GPOINTER_TO_SIZE(data);
	g_autofree char *why = NULL;
	g_autoptr(GString) out = g_string_new("-");
	struct invoice_tree *tree = invoice_tree_read(xml, strlen(xml), &why);

	g_assert_nonnull(tree);
	invoice_each(invoice_tree_root(tree), paths[i].path, join, out);
	g_assert_cmpstr(out->str, ==, paths[i].found);
	invoice_tree_free(tree);
}

static const struct {
	const char *start;
	enum meaning meaning;
} starts[] = {
	{"<Invoice>", MEANING_INVOICE}, {"<ubl:CreditNote a='b'>",
	    MEANING_INVOICE},
	{"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x --><CrossIndustryInvoice/>",
	    MEANING_INVOICE},
	{"<rsm:CrossIndustryDocument\n", MEANING_INVOICE},
	{"<!-- <Invoice> --><Order>", MEANING_OTHER},
	{"<Invoices>", MEANING_OTHER}, {"Invoice", MEANING_OTHER},
	{"<!DOCTYPE Invoice><Invoice>", MEANING_INVOICE},
	{"<?xml version='1.0'", MEANING_OPEN}, {"<!-- Terms", MEANING_OPEN},
	{"", MEANING_OPEN}, {"<Inv", MEANING_OPEN},
};

static void
test_start(gconstpointer data)
{
	size_t i = GPOINTER_TO_SIZE(data);

	g_assert_cmpint(invoice_meaning(starts[i].start,
	    strlen(starts[i].start)), ==, starts[i].meaning);
}

static const struct {
	const char *xml, *why;	/* in the sentence */
} broken[] = {
	{"<!DOCTYPE Invoice><Invoice/>", "DOCTYPE"}, {"<Invoice>", "line 1"},
	{"<Invoice></Order>", "line 1"}, {"", "line"},
	{"<Invoice>&a;</Invoice>", "line 1"},
	{"<Invoice a='1' a='2'/>", "line 1"},
};

static void
test_broken(gconstpointer data)
{
	size_t i = GPOINTER_TO_SIZE(data);
	g_autofree char *why = NULL;

	g_assert_null(invoice_read(broken[i].xml, strlen(broken[i].xml),
	    &why));
	g_assert_nonnull(why);
	g_assert_nonnull(strstr(why, broken[i].why));
}

static void
add_rows(const char *name, size_t rows, GTestDataFunc test)
{
	for (size_t i = 0; i < rows; i++) {
		g_autofree char *path = g_strdup_printf("/%s/%zu", name, i);

		g_test_add_data_func(path, GSIZE_TO_POINTER(i), test);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	add_rows("decimal", G_N_ELEMENTS(decimals), test_decimal);
	add_rows("path", G_N_ELEMENTS(paths), test_path);
	add_rows("start", G_N_ELEMENTS(starts), test_start);
	add_rows("broken", G_N_ELEMENTS(broken), test_broken);
	return g_test_run();
}
