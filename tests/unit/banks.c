/*
 * Banks' files and what they read: faults with their line, days, and that a
 * payer's words never make an amount (each free text of each shipped bank,
 * filled with labels, amounts and whole payments).
 */
#include "../../parser/bankfile.h"

#include <glib/gstdio.h>
#include <string.h>

static GPtrArray *banks;

static const struct bank *
find_bank(const char *name)
{
	for (guint i = 0; i < banks->len; i++)
		if (strcmp(bank_name(banks->pdata[i]), name) == 0) {
			g_assert_true(bankfile_complete(banks->pdata[i]));
			return banks->pdata[i];
		}
	g_error("no bank %s", name);
}

static void
free_event(gpointer event)
{
	event_free(event);
}

/* ---- faults in a file ------------------------------------------------------ */

#define HEAD "title T\ncountry CZ\ncurrency CZK\nfrom b.example\ndecimal ,\n"

static const struct fault_case {
	const char *name, *text, *why;
} fault_cases[] = {
    {"unknown key", "titel X\n", "1: unknown key \"titel\""},
    {"no value", "title\n", "1: \"title\" has no value"},
    {"twice", "title A\ntitle B\n", "2: given twice"},
    {"country", "country Czechia\n", "1: a country is two capital"},
    {"currency", "currency KRONA\n", "1: \"KRONA\" is no currency"},
    {"domain", "from Bank\n", "1: \"Bank\" is no domain"},
    {"decimal", "decimal ;\n", "1: the decimal mark is"},
    {"grouping", "grouping xx\n", "1: \"xx\" groups no digits"},
    {"both marks", HEAD "grouping , space\ntemplate a\nkind other\nsubject x\n",
	"1: the decimal mark also groups"},
    {"language", "language xx\n", "1: no table of months"},
    {"dates", "dates xyz\n", "1: dates are dmy"},
    {"accounts", "accounts swiss\n", "1: accounts are"},
    {"unsigned", "unsigned from\n", "1: only content-type"},
    {"parts", "parts pdf\n", "1: parts are"},
    {"continuation", "  pattern x\n", "1: begins with a blank"},
    {"comments count", "# one\n\n# three\nfoo bar\n", "4: unknown key"},
    {"nothing", "", "1: title, country or currency is missing"},
    {"no sender", "title T\ncountry CZ\ncurrency CZK\ndecimal ,\n",
	"1: no \"from\""},
    {"no template", HEAD, "1: there is no template"},
    {"template name", HEAD "template A B\n", "6: a template's name"},
    {"two templates", HEAD "template a\nkind other\nsubject x\ntemplate a\n",
	"9: template a is there twice"},
    {"no kind", HEAD "template a\nsubject x\n", "6: template a has no kind"},
    {"kind", HEAD "template a\nkind money\n", "7: a kind is"},
    {"no amount", HEAD "template a\nkind credit\nlabel X: {payer}\n",
	"6: template a has no {amount}"},
    {"optional amount", HEAD "template a\nkind credit\nlabel? X: {amount}\n",
	"6: template a has no {amount}"},
    {"pattern and labels repeat", HEAD "template a\nkind credit\nlabel X: "
	"{payer}\nrepeat yes\npattern {amount}\n",
	"6: only a pattern alone can repeat"},
    {"neither", HEAD "template a\nkind credit\nbody x\n",
	"6: template a needs"},
    {"rows of debits", HEAD "template a\nkind debit\nrow yes\n"
	"pattern {amount}\n", "6: a row of a payout is"},
    {"pattern and labels", HEAD "template a\nkind credit\nlabel X: {payer}\n"
	"pattern {amount}\n", NULL},
    {"a payout", HEAD "template a\nkind payout\nlabel X: {amount}\n", NULL},
    {"label without text", HEAD "template a\nkind credit\nlabel {amount}\n",
	"8: a label begins with its text"},
    {"repeating labels", HEAD "template a\nkind credit\nrepeat yes\n"
	"label X: {amount}\n", "6: only a pattern alone can repeat"},
    {"bank key in template", HEAD "template a\ntitle X\n",
	"7: unknown key \"title\" in a template"},
    {"bad pattern", HEAD "template a\nkind credit\npattern ({amount}\n",
	"8: missing closing parenthesis"},
    {"unknown field", HEAD "template a\nkind credit\n"
	"pattern {amount} {colour}\n", "8: {colour} is no field"},
    {"unknown group", HEAD "template a\nkind credit\n"
	"pattern {amount} (?<colour>x)\n", "8: colour is no field"},
    {"bad subject", HEAD "template a\nkind credit\nsubject [\n"
	"label X: {amount}\n", "8: missing terminating ]"},
    {"bad label", HEAD "template a\nkind credit\nlabel X: {amount}(\n",
	"8: missing closing parenthesis"},
    {"in order", HEAD "template a\nkind credit\nlabel X: {amount}\n", NULL},
};

static void
test_fault(gconstpointer data)
{
	const struct fault_case *c = data;
	g_autofree char *dir = g_dir_make_tmp("banksXXXXXX", NULL);
	g_autofree char *path = g_build_filename(dir, "x.bank", NULL);
	g_autofree char *wanted = c->why ?
	    g_strdup_printf("%s:%s", path, c->why) : NULL;
	const char *const dirs[] = {dir, NULL};
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);

	g_assert_true(g_file_set_contents(path, c->text, -1, NULL));
	bank_check_dirs(dirs, problems);
	g_unlink(path);
	g_rmdir(dir);
	if (!c->why) {
		g_assert_cmpuint(problems->len, ==, 0);
		return;
	}
	g_assert_cmpuint(problems->len, ==, 1);
	if (!g_str_has_prefix(problems->pdata[0], wanted))
		g_error("wanted %s, got %s", wanted,
		    (char *)problems->pdata[0]);
}

static void
test_shipped(void)
{
	const char *const dirs[] = {"parser/banks", NULL};
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);

	bank_check_dirs(dirs, problems);
	for (guint i = 0; i < problems->len; i++)
		g_printerr("%s\n", (char *)problems->pdata[i]);
	g_assert_cmpuint(problems->len, ==, 0);
	g_assert_cmpuint(banks->len, >=, 10);
}

/* ---- senders --------------------------------------------------------------- */

static const struct sender_case {
	const char *domain, *bank;
} sender_cases[] = {
    {"fio.cz", "cz-fio"}, {"mail.fio.cz", NULL}, {"fio.cz.evil.example", NULL},
    {"notfio.cz", NULL}, {"cz", NULL}, {"", NULL}, {"*.dbs.com", NULL},
    {"dbs.com", "sg-dbs"}, {"alerts.dbs.com", "sg-dbs"}, {"xdbs.com", NULL},
    {".dbs.com", NULL}, {"fi\xd0\xbe.cz", NULL}, {"fio.cz.", NULL},
};

static void
test_sender(gconstpointer data)
{
	const struct sender_case *c = data;
	const struct bank *bank = bank_find_sender(banks, c->domain);

	g_assert_cmpstr(bank ? bank_name(bank) : NULL, ==, c->bank);
}

/* ---- days ------------------------------------------------------------------ */

static const struct day_case {
	const char *text, *language;
	enum day_order order;
	const char *near, *day;
} day_cases[] = {
    {"31.5.2026", "cs", ORDER_DMY, NULL, "2026-05-31"},
    {"01. 06. 2026", "cs", ORDER_DMY, NULL, "2026-06-01"},
    {"15-01-26", "en", ORDER_DMY, NULL, "2026-01-15"},
    {"09/04/26", "en", ORDER_DMY, NULL, "2026-04-09"},
    {"09/04/26", "en", ORDER_MDY, NULL, "2026-09-04"},
    {"2026-07-01", "en", ORDER_DMY, NULL, "2026-07-01"},
    {"2026-07-01", "en", ORDER_YMD, NULL, "2026-07-01"},
    {"26-07-01", "en", ORDER_YMD, NULL, NULL},
    {"29-JUN-2026", "en", ORDER_DMY, NULL, "2026-06-29"},
    {"19 May, 2026", "en", ORDER_DMY, NULL, "2026-05-19"},
    {"January 05, 2026", "en", ORDER_MDY, NULL, "2026-01-05"},
    {"14. ledna 2026", "cs", ORDER_DMY, NULL, "2026-01-14"},
    {"14. leden 2026", "cs", ORDER_DMY, NULL, "2026-01-14"},
    {"14. Ledna 2026", "cs", ORDER_DMY, NULL, "2026-01-14"},
    {"3 décembre 2026", "fr", ORDER_DMY, NULL, "2026-12-03"},
    {"3 decembre 2026", "fr", ORDER_DMY, NULL, "2026-12-03"},
    {"24 de septiembre de 2026", "es", ORDER_DMY, NULL, "2026-09-24"},
    {"20 ноября 2026", "ru", ORDER_DMY, NULL, "2026-11-20"},
    {"20 ноябрь 2026", "ru", ORDER_DMY, NULL, "2026-11-20"},
    {"24 Sep", "en", ORDER_DMY, "2026-09-24", "2026-09-24"},
    {"29Oct", "en", ORDER_DMY, "2026-11-02", "2026-10-29"},
    {"31 Dec", "en", ORDER_DMY, "2027-01-01", "2026-12-31"},
    {"02 Jan", "en", ORDER_DMY, "2026-12-31", "2027-01-02"},
    {"29 Feb", "en", ORDER_DMY, "2026-03-05", "2024-02-29"},
    {"24 Sep", "en", ORDER_DMY, NULL, NULL},
    {"30.2.2026", "cs", ORDER_DMY, NULL, NULL},
    {"31.13.2026", "cs", ORDER_DMY, NULL, NULL},
    {"12.5.202", "cs", ORDER_DMY, NULL, NULL},
    {"1.2.1826", "cs", ORDER_DMY, NULL, NULL},
    {"24 Foo 2026", "en", ORDER_DMY, NULL, NULL},
    {"24 May June 2026", "en", ORDER_DMY, NULL, NULL},
    {"1.2.3.2026", "cs", ORDER_DMY, NULL, NULL},
    {"", "cs", ORDER_DMY, NULL, NULL},
};

static void
test_day(gconstpointer data)
{
	const struct day_case *c = data;
	const struct day_habit habit = {c->order, c->language};
	char day[DAY_SIZE];
	bool good = habits_read_day(c->text, &habit, c->near, day);

	g_assert_cmpstr(good ? day : NULL, ==, c->day);
}

/* ---- a payer's words ------------------------------------------------------- */

/* "@" is what a payer may write. */
static const struct free_case {
	const char *bank, *subject, *text, *amount;
} free_cases[] = {
    {"cz-fio", "Fio banka - prijem na konte",
	"Příjem na kontě: 2901447001\nČástka: 250,00\nVS: 417\n"
	"Zpráva příjemci: @\nAktuální zůstatek: 1,00\n"
	"Protiúčet: 19-2730158001/0800\nSS:\nKS: 0308\n", "250.00"},
    {"cz-airbank", "Zvýšení zůstatku na účtu X",
	"zůstatek na účtu X číslo 1183026004/3030 se zvýšil o částku 250,00 "
	"CZK. Dostupný.\n\nPříchozí úhrada z účtu @ číslo 4410093009/0100\n"
	"Částka: 250,00 CZK\nDatum zaúčtování: 20.11.2026\n"
	"Kód transakce: 7\n", "250.00"},
    {"cz-airbank", "Zvýšení zůstatku na účtu X",
	"zůstatek na účtu X číslo 1183026004/3030 se zvýšil o částku 250,00 "
	"CZK. Dostupný.\n\nPříchozí úhrada z účtu A číslo 4410093009/0100\n"
	"Částka: 250,00 CZK\nDatum zaúčtování: 20.11.2026\n"
	"Zpráva pro příjemce: @\nKód transakce: 7\n", "250.00"},
    {"cz-csob", "Moje info - Avízo",
	"dne 20.11.2026 byla na účtu 1 zaúčtována transakce typu: Příchozí "
	"úhrada.\nParametry platby\nÚčet\n2043119000/0300\nÚčet protistrany\n"
	"19-2730158001/0800\nNázev protistrany\n@\nDatum účtování\n20.11.2026\n"
	"Částka\n+250,00 CZK\nVariabilní symbol\n1\n", "250.00"},
    {"cz-csob", "Moje info - Avízo",
	"dne 20.11.2026 byla na účtu 1 zaúčtována transakce typu: Příchozí "
	"úhrada.\nParametry platby\nÚčet\n2043119000/0300\nÚčet protistrany\n"
	"19-2730158001/0800\nNázev protistrany\nA\nDatum účtování\n20.11.2026\n"
	"Částka\n+250,00 CZK\nZpráva příjemci\n@\n", "250.00"},
    {"cz-raiffeisenbank", "Pohyb na účtě",
	"na účtě byla provedena následující příchozí platba:\nDatum a čas\n"
	"20. 11. 2026 08:41\nNa účet\n7711203009/5500Dílna\n"
	"Částka v měně účtu\n+250,00 CZK\nZ účtu\n5120077005/2700@\n"
	"Zpráva pro příjemce\nx\n", "250.00"},
    {"cz-raiffeisenbank", "Pohyb na účtě",
	"na účtě byla provedena následující příchozí platba:\nDatum a čas\n"
	"20. 11. 2026 08:41\nNa účet\n7711203009/5500Dílna\n"
	"Částka v měně účtu\n+250,00 CZK\nZ účtu\n5120077005/2700X\n"
	"Zpráva pro příjemce\n@\nDisponibilní zůstatek po pohybu\n+1,00 CZK\n",
	"250.00"},
    {"cz-unicredit", "Informace o pohybu na účtu",
	"na Vašem účtu č. 1387004018 (CZK) K právě proběhla transakce s "
	"následujícími údaji:\nČástka: 250.00 CZK\n"
	"Název účtu protistrany: @\nDetaily transakce: x\n"
	"Datum: 20.11.2026 09:13:44\n", "250.00"},
    {"cz-unicredit", "Informace o pohybu na účtu",
	"na Vašem účtu č. 1387004018 (CZK) K právě proběhla transakce s "
	"následujícími údaji:\nČástka: 250.00 CZK\n"
	"Název účtu protistrany: x\nDetaily transakce: @\n"
	"Datum: 20.11.2026 09:13:44\n", "250.00"},
    {"sg-dbs", "x", "You have received SGD 250.00 on 20 Nov 14:29 (SGT) from "
	"@ to your account via PayNow.\n", "250.00"},
    {"in-hdfc", "x", "You have received a credit in your HDFC Bank account. "
	"Amount received: INR 250.00 Account: XX4410 Date: 20-NOV-2026 "
	"Reference Details: NEFT Cr-CITI0000004-@-Clerk Works-CITIN2611 "
	"Available Balance: INR 1.00\n", "250.00"},
    {"in-hdfc", "x", "Rs. 250.00 is successfully credited to your account "
	"**2207 by VPA a@@okaxis @ on 20-11-26. Your UPI transaction "
	"reference number is 63241190.\n", "250.00"},
    {"in-hdfc", "x", "Rs.250.00 has been successfully credited to your HDFC "
	"Bank account ending in 2207.\nTransaction Details:\na. Date: "
	"20-11-26\nb. Sender: @ (VPA: a@@okaxis)\nc. UPI Reference No.: 6324\n",
	"250.00"},
    {"in-axis", "x", "Amount Credited: INR 250.00\nAccount Number: XX6612\n"
	"Date & Time: 20-11-26, 10:58:14 IST\n"
	"Transaction Info: NEFT/HDFCN520/@/HDFC BANK\n", "250.00"},
    {"in-axis", "x", "Amount Credited: INR 250.00\nAccount Number: XX6612\n"
	"Transaction Info: @\n", "250.00"},
    {"in-axis", "x", "your A/c no. XX6612 has been credited with INR 250.00 "
	"on 20-11-2026 at 09:41:30 IST by @.\n", "250.00"},
    {"in-axis", "x", "INR 250.00 has been credited to your A/c no. XX6612 on "
	"20-11-2026 at 10:15:32 IST. Transaction Info: UPI/P2A/6324/@.\n",
	"250.00"},
    {"in-bom", "x", "Your A/c No xx5108 has been credited by Rs. 250.00 on "
	"20-NOV-2026 KKBK0000958 NEFT KKBKH263 @.\nA/c Bal is Rs. 1.00CR\n",
	"250.00"},
    {"in-idfc", "x", "Your A/C XX4471 has been credited with INR 250.00 on "
	"20-11-2026 07:32:03 vide NEFT payment reference YESBN1 received from "
	"@.\nNew balance is INR 1.00.\n", "250.00"},
    {"in-indusind", "x", "A/C *XX6120 credited by Rs 250.00 from @. "
	"RRN:6324.\n", "250.00"},
    {"in-sbi", "x", "Your account has been credited for NEFT received as per "
	"the details given below Credited to Your A/c: XX3307 Amount: INR "
	"250.00 UTR No.: ICIC2 Date: 20/11/2026 Sent by: @ Sender Bank IFSC: "
	"ICIC0001187\n", "250.00"},
    {"in-sbi", "x", "Your AC XX3307 Credited INR 250.00 on 20/11/26 -@. Avl "
	"Bal INR 1.00.\n", "250.00"},
    {"in-kotak", "x", "Rs. 250 has been credited to your Kotak Bank a/c "
	"XX7731 on 20-NOV-26 via NEFT transaction from @.\nYour Unique "
	"Transaction Reference Number (UTR) is: SBINH2632\n", "250.00"},
    {"in-kotak", "x", "your account xx7731 is credited by Rs. 250.00 on "
	"20-Nov-2026 for IMPS transaction.\nPlease find the details as below:\n"
	"Sender Name: @\nSender Mobile No: 91X\nIMPS Reference No: 632\n"
	"Remarks : y\n", "250.00"},
    {"in-kotak", "x", "your account xx7731 is credited by Rs. 250.00 on "
	"20-Nov-2026 for IMPS transaction.\nPlease find the details as below:\n"
	"Sender Name: x\nSender Mobile No: 91X\nIMPS Reference No: 632\n"
	"Remarks : @\n", "250.00"},
    {"in-kotak", "x", "You’ve received a UPI Credit in your Kotak A/c "
	"(XX7731).\nDate: 20-Nov-26\nAmount: ₹250.00\nSender: @\n"
	"UPI Reference Number (RRN): 632477\n", "250.00"},
    {"in-icici", "x", "your ICICI Bank Account XX471 has been credited with "
	"INR 250.00 on 20-Nov-26. Info:NEFT-CITIN5-@. The Available Balance is "
	"INR 1.00.\n", "250.00"},
    {"in-canara", "x", "An amount of INR 250.00 has been credited to XXXX0224 "
	"on 20/11/2026 towards NEFT by Sender @, IFSC YESB0000001, Sender A/c "
	"XXXX0025, YES BANK LTD, UTR YESPH63, Total Avail.bal INR 1.00\n",
	"250.00"},
    {"sg-dbs", "x", "You received SGD 250.00 via PayNow on 20 Nov 2026 15:30 "
	"SGT.\nFrom: @\nTo: x\n", "250.00"},
    {"sg-ocbc", "x", "A deposit was made in your account. Here are the "
	"details:\nAmount: SGD 250.00\nAccount that money was deposited in: "
	"(-857001)\nReference: @\n", "250.00"},
    {"sg-maybank", "x", "S$250.00 has been credited into your PayNow linked "
	"A/C ending 8024 (ref-@) on 20 November 2026 at 13:54 (Singapore "
	"time).\n", "250.00"},
    {"us-cashapp", "Payment received", "You received $250.00 from @\n"
	"Note: x\n", "250.00"},
    {"us-cashapp", "Payment received", "You received $250.00 from A\n"
	"Note: @\n", "250.00"},
    {"za-fnb", "x", "FNB :-) R250.00 paid to cheq a/c..662190 @@ Eft. Avail "
	"R48112. Ref.@. 20Nov 15:07\n", "250.00"},
};

/* Replaces "@" by the payer's words, "@@" by "@". */
static char *
fill(const char *text, const char *words)
{
	GString *out = g_string_new(NULL);

	for (; *text; text++) {
		if (*text != '@')
			g_string_append_c(out, *text);
		else if (text[1] == '@')
			g_string_append_c(out, *text++);
		else
			g_string_append(out, words);
	}
	return g_string_free(out, FALSE);
}

/* Labels and sentences of the case's own bank, with other amounts, behind
 * every kind of line end: some hundred for each free text. */
static GPtrArray *
payer_words(const struct free_case *c)
{
	static const char *const ends[] = {"", "\n", "\r\n", "x\n", "x\r",
	    "x\n\n", "x\xe2\x80\xa8", "x\v", "x\xc2\x85", "x. ", "x\t",
	    "x\xc2\xa0", "x\n \t", "\xe2\x80\xaex\n"};
	static const char *const amounts[] = {"999,99 CZK", "+999,99 CZK",
	    "999.99", "INR 999.99", "$999.99", "SGD 999.99"};
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *whole = fill(c->text, "x");
	g_auto(GStrv) pieces = g_strsplit(whole, "250", -1);
	g_autofree char *forged = g_strjoinv("999", pieces);
	g_auto(GStrv) lines = g_strsplit(forged, "\n", -1);
	const struct bank *bank = find_bank(c->bank);

	for (size_t e = 0; e < G_N_ELEMENTS(ends); e++) {
		g_ptr_array_add(words, g_strconcat(ends[e], forged, NULL));
		for (char **line = lines; *line; line++) {
			g_ptr_array_add(words, g_strconcat(ends[e], *line,
			    NULL));
			g_ptr_array_add(words, g_strconcat(ends[e], *line,
			    "\nz", NULL));
		}
		for (guint t = 0; t < bank->templates->len; t++) {
			struct template *template = bank->templates->pdata[t];

			for (guint l = 0; l < template->labels->len; l++) {
				struct label *label =
				    template->labels->pdata[l];
				size_t a = (e + t + l) %
				    G_N_ELEMENTS(amounts);

				g_ptr_array_add(words, g_strconcat(ends[e],
				    label->text, l % 2 ? " " : "\n",
				    amounts[a], e % 2 ? "\nz" : "", NULL));
			}
		}
	}
	return words;
}

static void
check_words(const struct free_case *c, const char *words)
{
	g_autofree char *text = fill(c->text, words);
	g_autoptr(GPtrArray) events =
	    g_ptr_array_new_with_free_func(free_event);
	const struct bank_mail mail = {.from = "x@b.example",
	    .subject = c->subject, .text = text, .date = "2026-11-20"};
	unsigned good = 0;

	bank_read(find_bank(c->bank), &mail, events);
	for (guint i = 0; i < events->len; i++) {
		const struct event *event = events->pdata[i];

		if (event_refused(event)[0] || event_kind(event) ==
		    EVENT_DRIFT)
			continue;
		good++;
		if (event_kind(event) != EVENT_CREDIT || g_strcmp0(
		    event_get(event, EVENT_AMOUNT), c->amount) != 0)
			g_error("%s believed %s of:\n%s", c->bank,
			    event_get(event, EVENT_AMOUNT), text);
	}
	g_assert_cmpuint(good, <=, 1);
}

static void
test_free_text(gconstpointer data)
{
	const struct free_case *c = data;
	g_autoptr(GPtrArray) words = payer_words(c);
	g_autofree char *plain = fill(c->text, "ACME 2026-0417");
	g_autoptr(GPtrArray) events =
	    g_ptr_array_new_with_free_func(free_event);
	const struct bank_mail mail = {.from = "x@b.example",
	    .subject = c->subject, .text = plain, .date = "2026-11-20"};

	bank_read(find_bank(c->bank), &mail, events);
	g_assert_cmpuint(events->len, ==, 1);
	g_assert_cmpstr(event_get(events->pdata[0], EVENT_AMOUNT), ==,
	    c->amount);
	g_assert_null(event_refused(events->pdata[0])[0]);
	g_assert_cmpuint(words->len, >, 30);
	for (guint i = 0; i < words->len; i++)
		check_words(c, words->pdata[i]);
}

/* No other bank's templates make money of the text. */
static void
test_other_banks(gconstpointer data)
{
	const struct free_case *c = data;
	g_autofree char *text = fill(c->text, "x");
	const struct bank_mail mail = {.from = "x@b.example",
	    .subject = c->subject, .text = text, .date = "2026-11-20"};

	for (guint i = 0; i < banks->len; i++) {
		g_autoptr(GPtrArray) events =
		    g_ptr_array_new_with_free_func(free_event);
		bool is_own = strcmp(bank_name(banks->pdata[i]), c->bank) == 0;
		enum event_kind kind;

		bank_read(banks->pdata[i], &mail, events);
		g_assert_cmpuint(events->len, ==, 1);
		kind = event_kind(events->pdata[0]);
		if (is_own ? kind != EVENT_CREDIT :
		    kind != EVENT_DRIFT && kind != EVENT_OTHER)
			g_error("%s reads: %s", bank_name(banks->pdata[i]),
			    text);
	}
}

/* ---- all of them ----------------------------------------------------------- */

#define ADD(path, cases, name, test) \
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) { \
		g_autofree char *p = g_strdup_printf("/banks/" path "/%zu %s", \
		    i, cases[i].name); \
		g_strdelimit(p + strlen("/banks/" path "/"), "/\n", ' '); \
		g_test_add_data_func(p, &cases[i], test); \
	}

int
main(int argc, char **argv)
{
	const char *const dirs[] = {"parser/banks", NULL};
	char *why = NULL;

	g_test_init(&argc, &argv, NULL);
	banks = bank_load_dirs(dirs, &why);
	if (!banks)
		g_error("%s", why);
	g_test_add_func("/banks/shipped", test_shipped);
	ADD("fault", fault_cases, name, test_fault)
	ADD("sender", sender_cases, domain, test_sender)
	ADD("day", day_cases, text, test_day)
	ADD("payer", free_cases, bank, test_free_text)
	ADD("other", free_cases, bank, test_other_banks)
	return g_test_run();
}
