/*
 * demand_network.c - Peppol BIS Billing 3: its own rules (PEPPOL-EN16931) and
 * its code lists; those of single nations stand in demand_nation.c.
 */
#include "demand.h"

#include <string.h>

#define BIS "Peppol"

static const struct wanted always[] = {
    {"seller.endpoint", "wants your address in the network: endpoint and "
	"endpoint-scheme in the section owner of the configuration"},
    {"seller.endpoint_scheme", "wants the scheme of your address in the "
	"network: endpoint-scheme in the section owner of the "
	"configuration"},
    {"buyer.endpoint", "wants the customer's address in the network: "
	"mailfilter customer edit ID --endpoint ADDRESS --endpoint-scheme "
	"SCHEME"},
    {"buyer.endpoint_scheme", "wants the scheme of the customer's address in "
	"the network: mailfilter customer edit ID --endpoint-scheme SCHEME"},
    {NULL, NULL},
};

/* Electronic addresses that the network knows. */
static const char schemes[] =
    " 0002 0007 0009 0037 0060 0088 0096 0097 0106 0130 0135 0142 0147 0151"
    " 0154 0158 0170 0177 0183 0184 0188 0190 0191 0192 0193 0194 0195 0196"
    " 0198 0199 0200 0201 0202 0203 0204 0205 0208 0209 0210 0211 0212 0213"
    " 0215 0216 0217 0218 0221 0225 0230 0235 0240 9910 9913 9914 9915 9918"
    " 9919 9920 9922 9923 9924 9925 9926 9927 9928 9929 9930 9931 9932 9933"
    " 9934 9935 9936 9937 9938 9939 9940 9941 9942 9943 9944 9945 9946 9947"
    " 9948 9949 9950 9951 9952 9953 9957 9959 ";

/* Types of document, by what the network calls them. */
static const char invoices[] =
    " 71 80 82 84 102 218 219 326 331 380 382 383 384 386 388 393 395 553 575"
    " 623 780 817 870 875 876 877 ";
static const char credit_notes[] = " 381 396 81 83 532 ";

static bool
listed(const char *list, const char *code)
{
	g_autofree char *word = g_strdup_printf(" %s ", code);

	return *code && !strchr(code, ' ') && strstr(list, word);
}

static char *
demand_type(const json_t *view)
{
	const char *code = view_text(view, "_type");
	bool german = both_german(view);

	if (!listed(is_credit_note(view) ? credit_notes : invoices, code) ||
	    (!german && (!strcmp(code, "326") || !strcmp(code, "384"))))
		return g_strdup_printf("type: " BIS " has no document of type "
		    "%s%s: credit the first invoice and send a new one", code,
		    german ? "" : " outside of Germany");
	return NULL;
}

static bool
digits(const char *text, size_t length)
{
	return strlen(text) == length && strspn(text, "0123456789") == length;
}

/* Sum of digit times weight, from the right of all but the last. */
static int
weighted(const char *text, const int *weights, int count)
{
	int sum = 0;

	for (int i = 0, at = (int)strlen(text) - 2; at >= 0; i++, at--)
		sum += (text[at] - '0') * weights[i % count];
	return sum;
}

static bool
gln(const char *text)
{
	static const int weights[] = {3, 1};

	return *text && digits(text, strlen(text)) &&
	    (10 - weighted(text, weights, 2) % 10) % 10 ==
	    text[strlen(text) - 1] - '0';
}

static bool
norwegian(const char *text)
{
	static const int weights[] = {2, 3, 4, 5, 6, 7};

	return digits(text, 9) && strcmp(text, "000000000") &&
	    (11 - weighted(text, weights, 6) % 11) % 11 == text[8] - '0';
}

static bool
danish(const char *text)
{
	return digits(g_str_has_prefix(text, "DK") ? text + 2 : text, 8);
}

static bool
belgian(const char *text)
{
	return digits(text, 10) && 97 - g_ascii_strtoull(text, NULL, 10) / 100
	    % 97 == g_ascii_strtoull(text + 8, NULL, 10);
}

static bool
swedish(const char *text)
{
	int sum = 0;

	if (!digits(text, 10))
		return false;
	for (int i = 0; i < 9; i++) {
		int two = (text[i] - '0') * (i % 2 ? 1 : 2);

		sum += two / 10 + two % 10;
	}
	return (10 - sum % 10) % 10 == text[9] - '0';
}

static bool
australian(const char *text)
{
	static const int weights[] = {10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19};
	int sum = 0;

	if (!digits(text, 11))
		return false;
	for (int i = 0; i < 11; i++)
		sum += (text[i] - '0' - (i == 0)) * weights[i];
	return sum % 89 == 0;
}

static bool
italian_office(const char *text)
{
	size_t length = strlen(text);

	for (size_t i = 0; i < length; i++)
		if (!g_ascii_isalnum(text[i]))
			return false;
	return length == 6;
}

static bool
italian_person(const char *text)
{
	static const char form[] = "AAAAAA00A00A..0A";

	if (digits(text, 11))
		return true;
	for (size_t i = 0; i < sizeof form - 1; i++)
		if (!text[i] || (form[i] == 'A' && !g_ascii_isalpha(text[i])) ||
		    (form[i] == '0' && !g_ascii_isdigit(text[i])))
			return false;
	return strlen(text) == sizeof form - 1;
}

static bool
italian_tax(const char *text)
{
	int sum = 0;

	if (g_ascii_strncasecmp(text, "IT", 2))
		return true;
	if (!digits(text + 2, 11))
		return false;
	for (int i = 0; i < 11; i++) {
		int two = (text[i + 2] - '0') * (i % 2 ? 2 : 1);

		sum += two > 9 ? two - 9 : two;
	}
	return sum % 10 == 0;
}

static const struct {
	const char *scheme, *what;
	bool (*holds)(const char *text);
} kinds[] = {
    {"0088", "GLN", gln},
    {"0192", "Norwegian organisation number (nine digits)", norwegian},
    {"0184", "Danish CVR number (eight digits)", danish},
    {"0208", "Belgian enterprise number (ten digits)", belgian},
    {"0007", "Swedish organisation number (ten digits)", swedish},
    {"0151", "Australian business number (eleven digits)", australian},
    {"0201", "Italian IPA code (six letters and digits)", italian_office},
    {"0210", "Italian codice fiscale", italian_person},
    {"0211", "Italian partita IVA", italian_tax},
};

static char *
check_number(const char *path, const char *scheme, const char *number)
{
	for (size_t i = 0; *number && i < G_N_ELEMENTS(kinds); i++)
		if (!strcmp(scheme, kinds[i].scheme) &&
		    !kinds[i].holds(number))
			return g_strdup_printf("%s: \"%s\" is no %s, which "
			    "its scheme %s says it is", path, number,
			    kinds[i].what, scheme);
	return NULL;
}

static char *
check_party(const json_t *view, const char *who)
{
	const json_t *party = json_object_get(view, who);
	const json_t *ids = json_object_get(party, "ids");
	const char *scheme = view_text(party, "endpoint_scheme");
	g_autofree char *path = g_strconcat(who, ".endpoint", NULL);
	g_autofree char *legal = g_strconcat(who, ".legal_id", NULL);
	char *why;

	if (*scheme && !listed(schemes, scheme))
		return g_strdup_printf("%s_scheme: " BIS " knows no electronic "
		    "address of scheme %s: take one of its list (0088, 0204, "
		    "9930, …)", path, scheme);
	why = check_number(path, scheme, view_text(party, "endpoint"));
	if (!why)
		why = check_number(legal, view_text(party, "legal_scheme"),
		    view_text(party, "legal_id"));
	for (size_t i = 0; !why && i < json_array_size(ids); i++) {
		const json_t *id = json_array_get(ids, i);
		g_autofree char *one = g_strdup_printf("%s.ids[%zu]", who, i);

		why = check_number(one, view_text(id, "scheme"),
		    view_text(id, "id"));
	}
	return why;
}

/* What an exemption code says has to be what the category says. */
static char *
check_exemption(const json_t *view, const json_t *tax, const char *path)
{
	static const char *const pairs[][2] = {{"VATEX-EU-G", "G"},
	    {"VATEX-EU-O", "O"}, {"VATEX-EU-IC", "K"}, {"VATEX-EU-AE", "AE"},
	    {"VATEX-EU-D", "E"}, {"VATEX-EU-F", "E"}, {"VATEX-EU-I", "E"},
	    {"VATEX-EU-J", "E"}};
	const char *code = view_text(tax, "reason_code");
	const char *category = view_text(tax, "category");

	(void)view;
	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
		if (!g_ascii_strcasecmp(code, pairs[i][0]) &&
		    strcmp(category, pairs[i][1]))
			return g_strdup_printf("%s.reason_code: %s is for tax "
			    "category %s, not for %s: exemptions.%s.code",
			    path, code, pairs[i][1], category, category);
	return NULL;
}

static char *
demand_sign(const json_t *view)
{
	decimal_wide tax, other;
	const json_t *totals = json_object_get(view, "totals");

	if (view_decimal(totals, "tax", &tax) &&
	    view_decimal(totals, "tax_accounting", &other) &&
	    ((tax < 0 && other > 0) || (tax > 0 && other < 0)))
		return demand_say("totals.tax_accounting", BIS,
		    "wants the sign of totals.tax");
	return NULL;
}

char *
demand_network(const json_t *view)
{
	const char *code = view_text(json_array_get(
	    json_object_get(view, "_means"), 0), "code");
	char *why = demand_fields(view, BIS, always);

	if (!why && !*view_text(view, "buyer_reference") &&
	    !*view_text(view, "po"))
		why = demand_say("buyer_reference", BIS, "wants the "
		    "customer's reference or order number: --buyer-reference "
		    "REFERENCE or --po NUMBER");
	if (!why)
		why = demand_type(view);
	if (!why)
		why = check_party(view, "seller");
	if (!why)
		why = check_party(view, "buyer");
	if (!why)
		why = check_party(view, "payee");
	if (!why && (!strcmp(code, "49") || !strcmp(code, "59")) &&
	    !*view_text(view, "payment.mandate.reference"))
		why = demand_say("payment.mandate.reference", BIS,
		    "wants the reference of the mandate for a direct debit");
	if (!why)
		why = demand_each(view, "lines", demand_period);
	if (!why)
		why = demand_each(view, "taxes", check_exemption);
	if (!why)
		why = demand_sign(view);
	return why;
}
