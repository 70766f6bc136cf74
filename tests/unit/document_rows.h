/*
 * The rows of document.c: what is changed in a good document, how the sentence
 * begins (NULL: none) and what it, or the complete document, holds.
 */
struct sentence_row {
	const char *change, *begins, *holds;
};

struct unit_row {
	const char *text, *code;
};

/* clang-format off */
static const struct sentence_row sentences[] = {
	{"{}", NULL, "\"due\":\"119.00\""},
};

static const struct unit_row units[] = {
	{"h", "HUR"}, {"Std.", "HUR"}, {"hours", "HUR"}, {"HUR", "HUR"},
	{"Stück", "H87"}, {"STÜCK", "H87"}, {"шт", "H87"}, {"шт.", "H87"},
	{"ud", "C62"}, {"day", "DAY"}, {"Tage", "DAY"}, {"días", "DAY"},
	{"pauschal", "LS"}, {"forfait", "LS"}, {"kg", "KGM"}, {"m²", "MTK"},
	{"mois", "MON"}, {"quarter", "QAN"}, {"XPP", "XPP"},
	{"working days", "E49"}, {"furlongish", NULL}, {"", NULL},
	{"час", "HUR"}, {"uren", "HUR"}, {"ore", "HUR"}, {"горы", NULL},
};
/* clang-format on */
