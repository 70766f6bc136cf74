/*
 * period.c - which days, months, quarters and weeks a text names, one row a
 * text. What is wanted: periods parted by blanks, a day as "2026-10-05", a
 * month as "2026-10", others as first/last day; readings of the same words
 * parted by "|"; "+" before what is introduced as an invoice's, "~" before
 * what may be something else.
 */
#include "../../filter/period.h"

#include <string.h>

#define PAID "2026-11-15"

static const struct row {
	const char *text, *wanted;
} rows[] = {
    {"October", "2026-10"}, {"oktober 2026", "2026-10"},
    {"Oktober 25", "2026-10-25|2025-10"}, {"10/2026", "2026-10"},
    {"2026-10", "2026-10"}, {"2026/10", "2026-10"}, {"10.2026", "2026-10"},
    {"10-2026", "2026-10"}, {"Q3", "2026-07-01/2026-09-30"},
    {"Q3 2026", "2026-07-01/2026-09-30"}, {"Q4/25", "2025-10-01/2025-12-31"},
    {"3. Quartal", "2026-07-01/2026-09-30"},
    {"3. Quartal 2026", "2026-07-01/2026-09-30"},
    {"3Q26", "2026-07-01/2026-09-30"},
    {"III kwartał 2026", "2026-07-01/2026-09-30"},
    {"IV kw. 2026", "2026-10-01/2026-12-31"},
    {"3er trimestre", "2026-07-01/2026-09-30"},
    {"2. čtvrtletí", "2026-04-01/2026-06-30"},
    {"3 квартал 2026", "2026-07-01/2026-09-30"},
    {"H1 2026", "2026-01-01/2026-06-30"},
    {"1. Halbjahr", "2026-01-01/2026-06-30"},
    {"KW 42", "2026-10-12/2026-10-18"}, {"KW42/2026", "2026-10-12/2026-10-18"},
    {"42. Woche", "2026-10-12/2026-10-18"},
    {"vecka 40", "2026-09-28/2026-10-04"},
    {"týden 41", "2026-10-05/2026-10-11"},
    {"week no. 44", "2026-10-26/2026-11-01"},
    {"semana 43", "2026-10-19/2026-10-25"}, {"mes de octubre", "2026-10"},
    {"factura de octubre", "+2026-10"},
    {"por el mes de septiembre 2026", "2026-09"}, {"за октябрь", "2026-10"},
    {"оплата за сентябрь 2026 г.", "2026-09"}, {"в октябре", "2026-10"},
    {"Аренда за июль", "2026-07"}, {"за жовтень 2026", "2026-10"},
    {"за вересень", "2026-09"}, {"za říjen", "2026-10"},
    {"v listopadu", "2026-10|2026-11"}, {"faktura za październik", "+2026-10"},
    {"we wrześniu", "2026-09"}, {"faktura za měsíc 9/2026", "+2026-09"},
    {"mois d'octobre", "2026-10"}, {"loyer septembre 2026", "2026-09"},
    {"fattura di ottobre", "+2026-10"}, {"canone mese di settembre", "2026-09"},
    {"fatura de outubro", "+2026-10"}, {"referente a setembro/2026", "2026-09"},
    {"factuur oktober", "+2026-10"}, {"huur maand oktober", "2026-10"},
    {"faktura for oktober", "+2026-10"}, {"hyra augusti", "2026-08"},
    {"lokakuu 2026", "2026-10"}, {"lokakuun lasku", "2026-10"},
    {"syyskuu ja lokakuu", "2026-09 2026-10"}, {"oktoobri arve", "2026-10"},
    {"par oktobri", "2026-10"}, {"už spalį", "2026-10"},
    {"október havi díj", "2026-10"}, {"2026. október", "2026-10"},
    {"2026. október 5.", "2026-10-05"}, {"Ekim ayı kirası", "2026-10"},
    {"Eylül 2026", "2026-09"}, {"για τον Οκτώβριο", "2026-10"},
    {"SEPTEMVRIOS + OKTOVRIOS", "2026-09 2026-10"}, {"IOYLIOS 2026", "2026-07"},
    {"oktyabr", "2026-10"}, {"za oktyabr 2026", "2026-10"},
    {"najam za rujan", "2026-09"}, {"za kolovoz 2026.", "2026-08"},
    {"račun za september", "+2026-09"}, {"pentru octombrie", "2026-10"},
    {"наем за септември", "2026-09"}, {"октомври 2026", "2026-10"},
    {"reikningur október", "+2026-10"}, {"10月", "2026-10"}, {"10月分", "2026-10"},
    {"2026年10月5日", "2026-10-05"}, {"10월 임대료", "2026-10"},
    {"tháng 10/2026", "2026-10"}, {"أكتوبر 2026", "2026-10"},
    {"אוקטובר 2026", "2026-10"}, {"ottobre/novembre", "2026-10 2026-11"},
    {"August and September 2026", "2026-08 2026-09"},
    {"Sept-Oct", "2026-09-01/2026-10-31"},
    {"Jan - Mar 2026", "2026-01-01/2026-03-31"},
    {"od září do listopadu", "2026-09 2026-10|2026-11"},
    {"September bis November", "2026-09-01/2026-11-30"},
    {"Dec/Jan", "2025-12 2026-01"}, {"12/2025", "2025-12"},
    {"Invoice of 05.11.2026", "+2026-11-05"},
    {"Rechnung vom 5.11.", "+~2026-11-05"},
    {"Rechnung vom 05.11.26", "+2026-11-05"},
    {"vom 5. November", "+2026-11-05"}, {"5. November", "2026-11-05"},
    {"of 5 November 2026", "2026-11-05"}, {"November 5, 2026", "2026-11-05"},
    {"Nov 5", "2026-11-05"}, {"Nov 26", "2026-11-26|2026-11"},
    {"Oct 2026", "2026-10"}, {"1st October", "2026-10-01"},
    {"5-Nov-26", "2026-11-05"}, {"dd 5/11", "+~2026-11-05|+~2026-05-11"},
    {"factuur d.d. 5/11", "+~2026-11-05|+~2026-05-11"},
    {"5 de noviembre de 2026", "2026-11-05"},
    {"le 1er octobre 2026", "2026-10-01"},
    {"fattura del 05/10/2026", "+2026-10-05|+2026-05-10"},
    {"faktura ze dne 5.10.2026", "+2026-10-05"},
    {"FV z dnia 05.10.2026", "+2026-10-05"},
    {"счет от 05.10.2026", "+2026-10-05"},
    {"рахунок від 05.10.26", "+2026-10-05"},
    {"arve kuupäev 22.05.26", "+2026-05-22"},
    {"lasku pvm 2026-06-15", "+2026-06-15"},
    {"05.10.2026 tarihli fatura", "+2026-10-05"}, {"20261005", "2026-10-05"},
    {"11/05/2026", "2026-05-11|2026-11-05"}, {"2026-10-05", "2026-10-05"},
    {"01.10.2026 - 31.10.2026", "2026-10"}, {"1.10. bis 31.10.2026", "2026-10"},
    {"Lieferschein vom 05.11.2026", ""}, {"Geburtstag 5. November", ""},
    {"bestelling 4711 d.d. 05.10.2026", ""}, {"05.10.2026", "2026-10-05"},
    {"5/11", "~2026-11-05|~2026-05-11"}, {"10/26", "~2026-10-26|~2026-10"},
    {"FV/10/2026", ""}, {"INV-2026-10-0012", ""}, {"123/10/2026", ""},
    {"2026-10-0012", ""}, {"Rechnung 2026-0815", ""}, {"tel 10.2026.55", ""},
    {"", ""}, {"12,50 EUR", ""}, {"Mai", ""}, {"August", "2026-08"},
    {"jun", "2026-06"}, {"Nr. 10 2026", ""}, {"may I pay", "2026-05"},
    {"mar 2026", "2026-03"}, {"mar", "2026-03"},
    {"lis 2026", "2026-10|2026-11"}, {"listopad", "2026-10|2026-11"},
    {"3 months", ""}, {"Zimmer 10", ""}, {"30 days", ""}, {"31.02.2026", ""},
    {"29.02.", "~2024-02-29"}, {"abonnement oktober kd 12345", "2026-10"},
    {"Miete Dezember", "2026-12"}, {"Januar", "2026-01"},
    {"Oktober 1234", "2026-10"}, {"5 Nov. 10 EUR", "2026-11-05"},
    {"oct./nov.", "2026-10 2026-11"}, {"Invoice 4711 October", "+2026-10"},
    {"Oct, Sept", "2026-10 2026-09"}, {"Aug/Sep 2025", "2025-08 2025-09"},
    {"Dezember 2025/Januar 2026", "2025-12 2026-01"},
    {"za miesiąc październik", "2026-10"},
    {"październik/listopad 2026", "2026-10 2026-10|2026-11"},
    {"Dez. + Jan.", "2025-12 2026-01"},
    {"Rechnungen Juli bis September", "+2026-07-01/2026-09-30"},
    {"rent for the month of september", "2026-09"}, {"Sep invoice", ""},
    {"Monat 9", "2026-09"}, {"mois 9", "2026-09"}, {"9月分", "2026-09"},
    {"2. kvartal", "2026-04-01/2026-06-30"},
    {"4e trimestre 2025", "2025-10-01/2025-12-31"}, {"T3 2026", ""},
    {"uge 45", "2026-11-02/2026-11-08"}, {"w44", "2026-10-26/2026-11-01"},
    {"Vertrag 4711 vom 05.10.2026", ""},
    {"invoice date 2026-10-05", "+2026-10-05"},
};

static bool
is_month(const char *first, const char *last)
{
	char next[DAY_SIZE];

	day_text(day_number(last) + 1, next);
	return g_str_has_suffix(first, "-01") && g_str_has_suffix(next, "-01") &&
	    strncmp(first, last, 7) == 0;
}

static char *
in_words(const GArray *periods)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < periods->len; i++) {
		const struct period *p =
		    &g_array_index(periods, struct period, i);
		char first[DAY_SIZE], last[DAY_SIZE];

		if (i > 0)
			g_string_append_c(out, p[-1].item == p->item ? '|' : ' ');
		day_text(p->first, first);
		day_text(p->last, last);
		g_string_append_printf(out, "%s%s", p->introduced ? "+" : "",
		    p->loose ? "~" : "");
		if (p->first == p->last)
			g_string_append(out, first);
		else if (is_month(first, last))
			g_string_append_len(out, first, 7);
		else
			g_string_append_printf(out, "%s/%s", first, last);
	}
	return g_string_free(out, FALSE);
}

static void
test_row(const void *data)
{
	const struct row *row = data;
	static char mai[] = "MAI", *skip[] = {mai, NULL};
	g_autoptr(GArray) periods =
	    periods_read(row->text, day_number(PAID), skip);
	g_autofree char *said = in_words(periods);

	g_assert_cmpstr(said, ==, row->wanted);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path = g_strdup_printf("/period/%zu/%s", i,
		    *rows[i].text ? rows[i].text : "nothing");

		g_strdelimit(path + 8, "/", ':');
		g_test_add_data_func(path, &rows[i], test_row);
	}
	return g_test_run();
}
