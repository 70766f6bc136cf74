/*
 * MT940: statement lines and the dialects of what banks say about them, as
 * tables. Absent fields are "".
 */
#include "../../parser/extract/mt940.h"

#include <string.h>

/* ---- :61: ---------------------------------------------------------------------- */

struct line_row {
	const char *text;
	const char *value, *booked;	/* value NULL: it is refused */
	bool in, reversal, expected;
	const char *amount, *type, *customer, *bank, *name, *more;
};

static const struct line_row line_rows[] = {
    {"2611191119CR480,20NTRFNONREF//88120043", "2026-11-19", "2026-11-19",
        true, false, false, "480,20", "NTRF", "", "88120043", "", ""},
    {"261119D9,NMSC", "2026-11-19", "", false, false, false, "9,", "NMSC", "",
        "", "", ""},
    {"2612310102C1,5N078NONREF", "2026-12-31", "2027-01-02", true, false,
        false, "1,5", "N078", "", "", "", ""},
    {"2701021231C1,5N078NONREF", "2027-01-02", "2026-12-31", true, false,
        false, "1,5", "N078", "", "", "", ""},
    {"280229C1,FTRF", "2028-02-29", "", true, false, false, "1,", "FTRF", "",
        "", "", ""},
    {"2602300301DR6,00N024NONREF", "2026-02-28", "2026-03-01", false, false,
        false, "6,00", "N024", "", "", "", ""},
    {"2602300230DR6,00N024NONREF", "2026-02-28", "2026-02-28", false, false,
        false, "6,00", "N024", "", "", "", ""},
    {"261119RC19,80NTRFNONREF", "2026-11-19", "", false, true, false, "19,80",
        "NTRF", "", "", "", ""},
    {"261119RCR19,80NTRFX1", "2026-11-19", "", false, true, false, "19,80",
        "NTRF", "X1", "", "", ""},
    {"261119RD19,80NRTIX1", "2026-11-19", "", true, true, false, "19,80",
        "NRTI", "X1", "", "", ""},
    {"261119EC19,80NTRFX1", "2026-11-19", "", true, false, true, "19,80",
        "NTRF", "X1", "", "", ""},
    {"261119C 50,00NTRFX1//B1\nFREE WORDS\nMORE", "2026-11-19", "", true,
        false, false, "50,00", "NTRF", "X1", "B1", "", "FREE WORDS MORE"},
    {"261119CR\n50,00NTRFX1", "2026-11-19", "", true, false, false, "50,00",
        "NTRF", "X1", "", "", ""},
    {"261119C500NTRF29-07-2014 10:05//B4G29", "2026-11-19", "", true, false,
        false, "500", "NTRF", "29-07-2014 10:05", "B4G29", "", ""},
    {"261119C250,00N0780417164300      VAN DER BERG BV   ", "2026-11-19", "",
        true, false, false, "250,00", "N078", "0417164300", "",
        "VAN DER BERG BV", ""},
    {"261119CF24020,00S   X", "2026-11-19", "", true, false, false,
        "24020,00", "S", "X", "", "", ""},
    {"261119CM5,00S05168790452", "2026-11-19", "", true, false, false, "5,00",
        "S051", "68790452", "", "", ""},
    {"261119CK281,25NMSCDBT.dansken//momsmanual", "2026-11-19", "", true,
        false, false, "281,25", "NMSC", "DBT.dansken", "momsmanual", "", ""},
    {"261119D1,NTRFABC//NONREF", "2026-11-19", "", false, false, false, "1,",
        "NTRF", "ABC", "", "", ""},
    /* Not one. */
    {"", NULL, NULL, false, false, false, NULL, NULL, NULL, NULL, NULL, NULL},
    {"362268CR1,NTRF", NULL, NULL, false, false, false, NULL, NULL, NULL, NULL,
        NULL, NULL},
    {"2611191319CR1,NTRF", NULL, NULL, false, false, false, NULL, NULL, NULL,
        NULL, NULL, NULL},
    {"261119X1,NTRF", NULL, NULL, false, false, false, NULL, NULL, NULL, NULL,
        NULL, NULL},
    {"261119C,50NTRF", NULL, NULL, false, false, false, NULL, NULL, NULL, NULL,
        NULL, NULL},
    {"261119C-5,NTRF", NULL, NULL, false, false, false, NULL, NULL, NULL, NULL,
        NULL, NULL},
    {"261119C5,0 0NTRF", NULL, NULL, false, false, false, NULL, NULL, NULL,
        NULL, NULL, NULL},
};

static void
test_line(gconstpointer data)
{
	const struct line_row *row = data;
	struct mt940_line line;
	const char *why = mt940_line_read(row->text, &line);

	g_assert_cmpint(why == NULL, ==, row->value != NULL);
	if (row->value) {
		g_assert_cmpstr(line.value, ==, row->value);
		g_assert_cmpstr(line.booked, ==, row->booked);
		g_assert_cmpint(line.credit != line.reversal, ==, row->in);
		g_assert_cmpint(line.reversal, ==, row->reversal);
		g_assert_cmpint(line.expected, ==, row->expected);
		g_assert_cmpstr(line.amount, ==, row->amount);
		g_assert_cmpstr(line.type, ==, row->type);
		g_assert_cmpstr(line.customer, ==, row->customer);
		g_assert_cmpstr(line.bank, ==, row->bank);
		g_assert_cmpstr(line.name, ==, row->name);
		g_assert_cmpstr(line.more, ==, row->more);
	}
	mt940_line_clear(&line);
}

/* ---- :86: ---------------------------------------------------------------------- */

struct info_row {
	const char *field;
	const char *text, *name, *account, *end_to_end, *other;
	bool returned;
};

/* 65 columns */
#define FULL "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggggg"

static const struct info_row info_rows[] = {
    /* Subfields, and what is full in them. */
    {"166?00GUTSCHRIFT?20RE 1?32Anna?31123", "RE 1", "Anna", "123", "", "",
        false},
    {"?20RE 1?21RE 2", "RE 1 RE 2", "", "", "", "", false},
    {"166?20123456789 123456789 1234567?2189 END?21", "123456789 123456789 "
        "123456789 END", "", "", "", "", false},
    {"166?20123456789 123456789 123456?21789 END", "123456789 123456789 123456 "
        "789 END", "", "", "", "", false},
    {"166?3212345678901234567890123456?337890 GmbH?20x", "x",
        "12345678901234567890123456 7890 GmbH", "", "", "", false},
    {"166?32123456789012345678901234567?33890 GmbH?20x", "x",
        "123456789012345678901234567890 GmbH", "", "", "", false},
    {"166?20EREF+A-1?21KREF+K-1?22SVWZ+RE 1?23RE 2", "RE 1 RE 2", "", "",
        "A-1", "K-1", false},
    {"166?20EREF+1234567890123456789012?21345?22SVWZ+RE 1", "RE 1", "", "",
        "1234567890123456789012345", "", false},
    {"166?20EREF+SHORT?21RE 1", "RE 1", "", "", "SHORT", "", false},
    {"166?20SVWZ+RE 1 EREF: A 1 IBAN: DE1 2?31DE12?20", "RE 1 EREF: A 1", "",
        "DE12", "", "", false},
    {"166?20EREF: A-1 SVWZ: RE 1 ABWA: Someone", "RE 1", "", "", "A-1", "",
        false},
    {"005?20LASTSCHRIFT?22END-TO-END-REF.:?23164?24GLAEUBIGER-ID:?25DE21",
        "LASTSCHRIFT", "", "", "164", "", false},
    {"109?20EREF+A?21SVWZ+zurueck", "zurueck", "", "", "A", "", true},
    {"020~00X~20FV 1~32DOM~33UL. 5~38PL1", "FV 1", "DOM", "PL1", "", "",
        false},
    {"020<00X<20FV 1<27Anna<28Kowalska<38PL1", "FV 1", "Anna Kowalska", "PL1",
        "", "", false},
    {"020^00X^20FV 1^32DOM", "FV 1", "DOM", "", "", "", false},
    {"020-00X-20FV 20-11-2026-32DOM", "FV 20-11-2026", "DOM", "", "", "",
        false},
    {"000>100133\n>20 HUUR>21 KANTOOR", "HUUR KANTOOR", "", "", "", "",
        false},
    {"166?00GUTSCHRIFT", "", "", "", "", "", false},
    /* Broken in the middle of a subfield's number. */
    {"166?00GUTSCHR. UEBERWEISUNG?109310?20RECHNUNG 123456789 123456?\n21RE 2"
        , "RECHNUNG 123456789 123456 RE 2", "", "", "", "", false},
    /* SWIFT's own tags. */
    {"/TRTP/SEPA/IBAN/NL1/BIC/X/NAME/J. Jansen/REMI/Factuur 1/EREF/E1",
        "Factuur 1", "J. Jansen", "NL1", "E1", "", false},
    {"/EREF/E1//CNTP/NL1/INGBNL2A/J. Jansen/UTRECHT//REMI/USTD//Factuur 1/",
        "Factuur 1", "J. Jansen", "NL1", "E1", "", false},
    {"/REMI/STRD/CUR/123456/", "", "", "", "", "123456", false},
    {"/ORDP//NAME/J. Jansen/REMI/a/b", "a/b", "J. Jansen", "", "", "", false},
    {"/RTRN/MS03//REMI/terug", "terug", "", "", "", "", true},
    {"/BENM//NAME/A/REMI/x /NAME/ y", "x", "A", "", "", "", false},
    {"see /REMI/ for it", "see /REMI/ for it", "", "", "", "", false},
    /* Labels. */
    {"FACTUUR 1\nREK: NL1/NAAM: PIETER", "FACTUUR 1", "PIETER", "NL1", "", "",
        false},
    {"911 X; ID IPH: XX1; Z RACH.: 12; OD: JAN  UL. 1; TYT.: FV 1  ; TNR: 9",
        "FV 1", "JAN", "12", "", "XX1", false},
    {"GIRO AUFTRAGGEBER: ANNA MITTEILUNGEN: RE 1", "RE 1", "ANNA", "", "", "",
        false},
    /* Columns. */
    {"NL91ABNA0417164300 j de vries\n   \nfactuur 1\n  ", "factuur 1",
        "j de vries", "NL91ABNA0417164300", "", "", false},
    {"REF77 j de vries\nfactuur 1", "REF77 j de vries factuur 1", "", "", "",
        "", false},
    {"OLD1\n121000111010550000000004\nKFT.\nHavi\ndij", "Havi dij", "KFT.",
        "121000111010550000000004", "", "", false},
    /* Plain text. */
    {"one\ntwo", "one two", "", "", "", "", false},
    {FULL "\ntail", FULL "tail", "", "", "", "", false},
    {"20-11-2026?", "20-11-2026?", "", "", "", "", false},
    {"", "", "", "", "", "", false},
};

static void
same(const char *got, const char *wanted)
{
	g_assert_cmpstr(got ? got : "", ==, wanted);
}

static void
test_info(gconstpointer data)
{
	const struct info_row *row = data;
	struct mt940_info info;
	char *const *key = info.key;

	mt940_info_read(row->field, "", &info);
	same(key[MT940_TEXT], row->text);
	same(key[MT940_NAME], row->name);
	same(key[MT940_ACCOUNT], row->account);
	same(key[MT940_END_TO_END], row->end_to_end);
	same(key[MT940_REFERENCE] ? key[MT940_REFERENCE] : key[MT940_NUMBER],
	    row->other);
	g_assert_cmpint(mt940_info_is_return(&info), ==, row->returned);
	mt940_info_clear(&info);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(line_rows); i++) {
		g_autofree char *name = g_strdup_printf("/mt940/line/%zu", i);

		g_test_add_data_func(name, &line_rows[i], test_line);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(info_rows); i++) {
		g_autofree char *name = g_strdup_printf("/mt940/info/%zu", i);

		g_test_add_data_func(name, &info_rows[i], test_info);
	}
	return g_test_run();
}
