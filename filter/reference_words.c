/*
 * reference_words.c - the words that payers of many languages write before a
 * number, between numbers and around amounts. Written as in their languages;
 * compared folded (token_fold), so that case and accents do not matter. A new
 * language is a few words here and no code. Pure.
 */
#include "references.h"

#include <string.h>

static const struct words {
	unsigned kinds;
	const char *words;	/* separated by blanks */
} lists[] = {
    {WORD_INVOICE,
	"inv invs invoice invoices invoicenr invoiceno invoicenumber invno "
	"invnr bill bills "
	"rechnung rechnungen rechnungs rechnungsnr rechnungsnummer rechnr rg "
	"rgnr rgs re renr rn rnr rech beleg belegnr belegnummer "
	"teilrechnung schlussrechnung abschlagsrechnung sammelrechnung "
	"factuur facturen factuurnr factuurnrs factuurnummer factuurnummers "
	"factnr facnr fact facts fac fak fakt nota notanr declaratie "
	"facture factures factureno factuurnos fct "
	"factura facturas fra fras ftra fattura fatture fattn fatt ft "
	"fatura faturas faturasi faturano fat "
	"faktura fakturor fakturan fakturanr fakturanummer fakturanumer "
	"fakturaer fakturaen fktnr fktr faktnr regning regninger regningen "
	"regningsnr regnr reikningur reiknings reikningsnr reikn "
	"lasku laskut laskun laskunro laskunumero laskunnro arve arved "
	"arvenr arvenumber arvete rekins rekini rekina rekinu saskaita "
	"saskaitos saskaitu sask sf szamla szamlak szla "
	"bizonylat sorszam faktury fakture fakturu fakturam fv fvat fra "
	"danovy doklad doklady fd dokladu racun racuni racuna rn racunu "
	"predracun factuur kvitto laskuviite "
	"счет счёт счета счёта счету счёту счетов счетам счф сф сч "
	"фактура фактуры фактуре фактури фактуру "
	"рахунок рахунку рахунки рахунків рах "
	"рачун рачуна рачуни τιμολόγιο τιμολόγια τιμολογίου τιμ τπυ "
	" comprobante recibo recibos ricevuta avis "
	"honorarnote honorar liquidation zahlschein"},
    {WORD_SYMBOL, "vs varsym varsymbol vsymbol"},
    {WORD_NUMBER,
	"nr nrs no nos num number numbers nummer nummers numero numeros nro "
	"n numer broj br st stev št číslo čísla čís číslem c č id № "
	"nummern номер ном αρ αριθ αριθμός sz szám sorszám sorszáma nrul numarul "
	"numarasi ref refs referenz referentie reference riferimento rif "
	"referencia referens viite viitenumero viitenro viitenumber kenmerk "
	"betalingskenmerk verwendungszweck zweck vwz betreff objet concerne "
	"betreft kid ocr mededeling omschrijving motif causale concepto "
	"pagamento pago payment betaling zahlung paiement platba zaplata "
	"zapłata úhrada uhrada platnost for für za for pour per voor "
	"оплата оплату оплаты по плащане πληρωμή maksu tasumine"},
    {WORD_OTHER | WORD_GROUPED,
	"tel telefoon telefon telephone telefono téléphone telefone phone "
	"mob mobil mobile mobiel mobilne fax gsm handy whatsapp natel puh "
	"puhelin тел телефон моб факс τηλ τηλέφωνο κιν iban bic swift konto "
	"kontonr rekening rekeningnr rekeningnummer cuenta conto compte "
	"account acct acc számlaszám bankszámla ucet účet рс счетчик "
	"bankgiro plusgiro bg pg blz kto vat vatid ust ustid uid btw btwnr "
	"tva tvanr iva piva nif cif nip dič dic ičo ico ič ico oib pib edb "
	"инн кпп огрн окпо бик унп афм αφμ siret siren kvk kvknr kbo rcs hrb "
	"cvr orgnr org organisasjonsnummer ytunnus kennitala steuernr "
	"steuernummer st stnr gst gstin pan eori creditor glaeubiger gläubiger "
	"card kaart karte carte tarjeta kartya karta kort kortti carta "
	"kreditkarte pas pasnr terminal term"},
    {WORD_OTHER,
	"order orders orderno ordernr ordernumber bestelling bestellung "
	"bestellnr bestelnr bestelnummer bestellnummer auftrag auftrags "
	"auftragsnr auftragsnummer ab abnr commande commandes cde pedido "
	"pedidos encomenda ordine ordini ord po ponr bon bdc objednávka "
	"objednavky obj objednavka zamówienie zamowienia zam narudžba "
	"narudzba naročilo rendelés rendeles megrendelés comanda tilaus "
	"tilausnumero tellimus pasutijums uzsakymas beställning best ordre "
	"ordrenr siparis sipariş заказ заказа заказу замовлення поръчка "
	"παραγγελία lieferschein liefersch ls lsnr livraison albarán albaran "
	"ddt pakbon paklijst delivery wz dodací dl следващо накладная "
	"policy policies polis polisnr polisnummer police policen polizza "
	"póliza poliza polisa pojistka smlouva vakuutus forsikring "
	"versicherung versnr vsnr полис schade schaden schadennr sinistre "
	"siniestro sinistro claim claims schadenr szkoda "
	"contract contracts contractnr contrat contrato contratto contractul "
	"vertrag vertrags vertragsnr vertragsnummer kontrakt umowa umowy "
	"smlouvy zmluva ugovor pogodba szerződés szerz sopimus leping "
	"līgums sutartis sözleşme договор договору договора дог контракт "
	"контракту σύμβαση project projekt projektnr projet proyecto progetto "
	"prosjekt проект kd kdnr kunde kunden kundennr kundennummer kundenr "
	"kundnr kundnummer klant klantnr klantnummer klantcode client cliente "
	"clients clienti clientnr clientno codclient cust custno customer "
	"debiteur debiteurnr deb debitor debitorennr debnr debitornr klient "
	"klienta zákazník zakaznik odberatel odběratel asiakas asiakasnro "
	"asiakasnumero vevő ügyfél ügyfélszám ugyfel kupac stranka klijent "
	"pirkėjas klients müşteri клиент клиента абонент абонента покупатель "
	"лс πελάτης lid lidnr lidnummer mitglied mitgliedsnr member "
	"membership adhérent socio ledenr medlem medlemsnr abo abonnement "
	"abonnent mandat mandate mandaat mandato mref machtiging sepa ticket "
	"tickets room zimmer kamer chambre habitacion apt flat whg wohnung "
	"unit suite top tür haus huis house etage floor str straße strasse "
	"straat rue via calle ulica ul street road plz pz postcode cp zip "
	"kenteken kennzeichen kfz auto plate matricula targa rego "
	"quote quotation offerte offertenr angebot angebotsnr devis oferta "
	"preventivo offer offert tarjous nabídka presupuesto предложение "
	"case dossier dossiernr akte aktenzeichen az zaak zaaknr expediente "
	"vorgang vorgangsnr transaction transactie transaktion transaccion "
	"trx tx txid auth autor authcode batch batchnr reservation booking "
	"buchung buchungsnr reservering prenotazione reserva rezervace "
	"ks ss art artikel item article sku serial serie sn meter zähler "
	"zaehler zählernr compteur meterstand eanr ean imei pin page seite "
	"pos position week kw woche semaine stk stück pcs qty uur uren "
	"hours stunden std days tage dagen jours km kwh m2 rate "
	"personalnr pnr employee emp"},
    {WORD_AND,
	"and und u en et ed y i e og och ja a és ve i ir un și si in și kai "
	"και и та й або plus sowie samt also või sekä tai o or ou "
	"oder of"},
    {WORD_TO,
	"to bis till tot tm thru through until upto al a à au até ate "
	"hasta do až az po dó til til asti saakka kuni līdz lidz iki ig pana "
	"până la kadar έως ως по до doz m"},
    {WORD_FROM,
	"from von vom van vanaf du de del da dal desde od ode z fra från fran "
	"alkaen alates no nuo tól din от с від з από între between zwischen "
	"tussen entre tra mellem mellan mellom"},
    {WORD_MONEY,
	"eur euro euros usd gbp chf sfr fr czk kč kc pln zł zl sek "
	"nok dkk kr isk huf ft ron lei leu bgn лв hrk kn rsd дин rub руб "
	"uah грн inr rs try tl jpy cad aud amount betrag bedrag montant "
	"importe importo valor wert kwota summe summa total totaal totale "
	"gesamt gesamtbetrag částka castka suma összeg сумма ποσό beløb "
	"belopp mwst moms netto brutto net gross inkl incl excl ndfl ндс пдв "
	"ддс φπα kdv alv áfa afa dph ptu"},
    {WORD_MONTH,
	"jan january januar januari janvier enero gennaio janeiro leden "
	"styczeń ledna ιανουάριος января feb february februar februari "
	"février febrero febbraio fevereiro únor luty февраля mar march märz "
	"maart mars marzo março březen marzec марта apr april abril aprile "
	"duben kwiecień апреля may mai mei mayo maggio maio květen maj мая "
	"jun june juni juin junio giugno junho červen czerwiec июня jul july "
	"juli juillet julio luglio julho červenec lipiec июля aug august "
	"augustus août agosto srpen sierpień августа sep sept september "
	"septembre septiembre settembre setembro září wrzesień сентября oct "
	"okt october oktober octobre octubre ottobre outubro říjen "
	"październik октября nov november novembre noviembre novembro "
	"listopad ноября dec dez december dezember décembre diciembre "
	"dicembre dezembro prosinec grudzień декабря"},
};

static void
learn(GHashTable *table, const struct words *list)
{
	g_auto(GStrv) words = g_strsplit(list->words, " ", -1);

	for (char **word = words; *word; word++) {
		char *folded = token_fold(*word);
		unsigned kinds =
		    GPOINTER_TO_UINT(g_hash_table_lookup(table, folded));

		g_hash_table_replace(table, folded,
		    GUINT_TO_POINTER(kinds | list->kinds));
	}
}

static void *
learn_all(void *unused)
{
	GHashTable *table =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	(void)unused;
	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
		learn(table, &lists[i]);
	return table;
}

unsigned
reference_word(const char *folded)
{
	static GOnce once = G_ONCE_INIT;

	g_once(&once, learn_all, NULL);
	return GPOINTER_TO_UINT(g_hash_table_lookup(once.retval, folded));
}
