/*
 * reminders.c - which outgoing mails are reminders of payment, in eight
 * languages: mails as programs and people write them, one row each.
 */
#include "../../parser/reminders.h"

static const struct row {
	const char *name;
	bool is;
	const char *subject, *text;
} rows[] = {
	{"en: subject", true, "Payment reminder: INV-17", "Dear Tom,\n\nplease "
	    "find below the details of INV-17."},
	{"en: overdue", true, "INV-17 is 7 days overdue", "Hi,\n\nINV-17 for "
	    "499.00 EUR was due on 3 November.\nPay online: https://x.example"},
	{"en: text only", true, "INV-17", "Dear Sir or Madam,\n\nwe have not yet "
	    "received your payment for INV-17. Please settle the balance within "
	    "7 days."},
	{"en: friendly", true, "Friendly reminder", "Hello Tom,\n\njust a quick "
	    "note that invoice INV-17 is still open. If you have already paid, "
	    "please ignore this."},
	{"en: before", true, "Upcoming payment for INV-17", "Your invoice INV-17 is "
	    "due in 3 days."},
	{"en: final", true, "Final notice", "Invoice INV-17 remains unpaid. We "
	    "will hand the matter to a collection agency."},
	{"en: invoice", false, "Invoice INV-17", "Dear Tom,\n\nplease find attached "
	    "our invoice INV-17. Payment is due within 14 days. Overdue invoices "
	    "bear interest."},
	{"en: receipt", false, "Payment received", "Thank you, we have received "
	    "your payment for INV-17."},
	{"en: lunch", false, "Reminder: lunch on Friday", "Hi Tom,\n\nstill on for "
	    "Friday? By the way, INV-17 looked great."},
	{"en: sorry", false, "INV-17", "Dear Tom,\n\nsorry about the reminder for "
	    "INV-17, it was sent although you had paid. Payment reminder and "
	    "overdue notice are void."},
	{"en: personal", false, "Numbers", "Hi Tom,\n\nthe overdue paint job is "
	    "done. I put it on INV-17."},
	{"en: quote", false, "Quote 17", "Please find our quote. Payment is due "
	    "on delivery."},
	{"en: nothing due", false, "Statement", "Your account has no overdue "
	    "invoices. INV-17 is paid in full."},

	{"de: subject", true, "Zahlungserinnerung zu Rechnung RE-17", "Guten Tag,\n"
	    "\nim Anhang erhalten Sie unser Schreiben."},
	{"de: text only", true, "Rechnung RE-17", "Sehr geehrte Frau Veit,\n\nbei "
	    "der Durchsicht unserer Bücher konnten wir noch keinen Zahlungseingang "
	    "zu RE-17 feststellen. Bitte überweisen Sie den Betrag bis Freitag."},
	{"de: dunning", true, "2. Mahnung RE-17", "Trotz unserer Erinnerung ist der "
	    "Betrag noch offen."},
	{"de: friendly", true, "Freundliche Erinnerung", "Liebe Frau Veit,\n\ndie "
	    "Rechnung RE-17 ist noch nicht beglichen."},
	{"de: invoice", false, "Ihre Rechnung RE-17", "Anbei erhalten Sie unsere "
	    "Rechnung RE-17. Bitte überweisen Sie den Betrag innerhalb von 14 "
	    "Tagen."},
	{"de: receipt", false, "Zahlungseingang RE-17", "Vielen Dank, wir haben Ihre "
	    "Zahlung erhalten."},
	{"de: meeting", false, "Erinnerung: Termin am Montag", "Wir sehen uns am "
	    "Montag. Die Unterlagen zu RE-17 bringe ich mit."},
	{"de: sorry", false, "RE-17", "Guten Tag, unsere Mahnung war ein Versehen, "
	    "die Zahlung ist da."},

	{"es: subject", true, "Recordatorio de pago: factura F-17", "Estimada "
	    "Marta: le enviamos los datos de la factura."},
	{"es: text only", true, "Factura F-17", "Estimada Marta:\n\nA día de hoy no "
	    "hemos recibido el pago de la factura F-17. Le rogamos que realice la "
	    "transferencia lo antes posible."},
	{"es: overdue", true, "Factura vencida F-17", "La factura venció el 3 de "
	    "noviembre."},
	{"es: invoice", false, "Factura F-17", "Adjuntamos la factura F-17. Gracias "
	    "por su confianza."},
	{"es: receipt", false, "Pago recibido", "Hemos recibido su pago de la "
	    "factura F-17. Gracias."},
	{"es: meeting", false, "Recordatorio: reunión el lunes", "Hablaremos de la "
	    "factura F-17."},

	{"fr: subject", true, "Relance facture FA-17", "Bonjour,\n\nvoici le détail."},
	{"fr: text only", true, "Facture FA-17", "Madame,\n\nSauf erreur de notre "
	    "part, la facture FA-17 reste impayée à ce jour. Nous vous remercions "
	    "de bien vouloir procéder au règlement."},
	{"fr: notice", true, "Mise en demeure", "La facture FA-17 n'a pas été "
	    "réglée."},
	{"fr: invoice", false, "Facture FA-17", "Bonjour,\n\nveuillez trouver "
	    "ci-joint notre facture FA-17."},
	{"fr: receipt", false, "Paiement reçu", "Nous avons bien reçu votre "
	    "paiement pour la facture FA-17."},
	{"fr: meeting", false, "Rappel : rendez-vous lundi", "Nous parlerons de la "
	    "facture FA-17."},

	{"it: subject", true, "Sollecito di pagamento fattura 17/A", "Buongiorno,"},
	{"it: text only", true, "Fattura 17/A", "Gentile cliente,\n\nla fattura 17/A "
	    "risulta ancora insoluta. La preghiamo di provvedere al pagamento."},
	{"it: friendly", true, "Promemoria", "La fattura 17/A è scaduta il 3 "
	    "novembre."},
	{"it: invoice", false, "Fattura 17/A", "In allegato la nostra fattura."},
	{"it: receipt", false, "Pagamento ricevuto", "Abbiamo ricevuto il suo "
	    "pagamento."},

	{"pt: subject", true, "Lembrete de pagamento: fatura FT 17", "Bom dia,"},
	{"pt: text only", true, "Fatura FT 17", "Caro cliente,\n\nainda não recebemos "
	    "o pagamento da fatura FT 17. Solicitamos a regularização com a maior "
	    "brevidade."},
	{"pt: overdue", true, "Fatura em atraso", "A fatura FT 17 venceu em 3 de "
	    "novembro."},
	{"pt: invoice", false, "Fatura FT 17", "Segue em anexo a nossa fatura."},
	{"pt: receipt", false, "Recibo", "Recebemos o seu pagamento da fatura FT "
	    "17."},

	{"nl: subject", true, "Betalingsherinnering factuur 17", "Geachte heer,"},
	{"nl: text only", true, "Factuur 17", "Geachte heer,\n\nvolgens onze "
	    "administratie is factuur 17 nog niet betaald. Wij verzoeken u het "
	    "openstaande bedrag over te maken."},
	{"nl: dunning", true, "Aanmaning", "Factuur 17 staat nog open."},
	{"nl: invoice", false, "Factuur 17", "Bijgaand ontvangt u onze factuur. "
	    "Gelieve het bedrag binnen 14 dagen te voldoen."},
	{"nl: receipt", false, "Betaling ontvangen", "Bedankt, wij hebben uw "
	    "betaling ontvangen."},

	{"ru: subject", true, "Напоминание об оплате счёта 17", "Добрый день!"},
	{"ru: text only", true, "Счёт 17", "Здравствуйте!\n\nСчёт 17 до сих пор не "
	    "оплачен. Просим произвести оплату до пятницы."},
	{"ru: overdue", true, "Просроченная задолженность", "Счёт 17 просрочен на "
	    "7 дней."},
	{"ru: invoice", false, "Счёт 17", "Добрый день! Во вложении счёт 17."},
	{"ru: receipt", false, "Оплата получена", "Спасибо, мы получили вашу "
	    "оплату по счёту 17."},
	{"ru: meeting", false, "Напоминание: встреча в понедельник", "Обсудим "
	    "проект."},
};

static struct reminders *words;

static void
test_row(gconstpointer data)
{
	const struct row *row = data;
	g_autofree char *why = NULL;

	if (reminders_recognise(words, row->subject, row->text, &why) ==
	    row->is)
		return;
	g_test_message("%s: %s", row->name, why);
	g_test_fail();
}

static void
test_files(void)
{
	static const char *const dirs[] = {"parser/words", NULL};
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);

	reminders_free(reminders_load(dirs, problems));
	for (guint i = 0; i < problems->len; i++)
		g_test_message("%s", (char *)problems->pdata[i]);
	g_assert_cmpuint(problems->len, ==, 0);
}

int
main(int argc, char **argv)
{
	static const char *const dirs[] = {"parser/words", NULL};
	int code;

	g_test_init(&argc, &argv, NULL);
	words = reminders_load(dirs, NULL);
	g_test_add_func("/reminders/files", test_files);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path = g_strdup_printf("/reminders/%s",
		    rows[i].name);

		g_test_add_data_func(path, &rows[i], test_row);
	}
	code = g_test_run();
	reminders_free(words);
	return code;
}
