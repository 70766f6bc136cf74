# What customers write: one block a language. The fields are: invoice,
# payment, customer number, order, contract, delivery note, dated, and,
# thanks, part, rest, deposit, discount, VAT, telephone, months.

TABLE = '''
de;Rechnung|Rg.|Re.-Nr.|RgNr|Ihre Rechnung|Faktura;Überweisung|wir zahlen|Begleichung;Kd.-Nr.|Kundennummer|Debitor;Best.-Nr.|Bestellung|Auftrag;Vertrag|Vertragskonto;Lieferschein|LS;vom;und;danke!|Vielen Dank|mfG;Teilzahlung|1. Rate|Abschlag;Restbetrag|Rest;Anzahlung Angebot|Vorkasse zu Angebot;abzgl. 2% Skonto|Skonto;inkl. 19% MwSt|MwSt;Tel.;Januar,Februar,März,April,Mai,Juni,Juli,August,September,Oktober,November,Dezember
fr;facture|Fact.|Fre n°|votre facture|règlement facture;virement|règlement;n° client|réf client;commande|BC;contrat;BL|bon de livraison;du;et;merci|cordialement;acompte|versement partiel;solde;acompte devis|arrhes devis;escompte déduit;TVA 20%;tél;janvier,février,mars,avril,mai,juin,juillet,août,septembre,octobre,novembre,décembre
nl;factuur|fact.nr.|factuurnummer|nota;betaling|voldoening;klantnr|debiteurnr;order|bestelling;contract;pakbon;d.d.;en;bedankt|met dank;deelbetaling|termijn 1;restant;aanbetaling offerte|voorschot offerte;betalingskorting;BTW 21%;tel;januari,februari,maart,april,mei,juni,juli,augustus,september,oktober,november,december
it;fattura|ft.|Saldo fattura|fatt. n.|pagamento fattura;bonifico|pagamento;cod. cliente;ordine|ord.;contratto;DDT;del;e;grazie|cordiali saluti;acconto su|rata 1;saldo;acconto preventivo|caparra preventivo;sconto 2%;IVA 22%;tel;gennaio,febbraio,marzo,aprile,maggio,giugno,luglio,agosto,settembre,ottobre,novembre,dicembre
es;factura|Fra.|Fact. nº|pago factura|su factura;transferencia|pago;cliente nº|cód. cliente;pedido;contrato;albarán;de fecha;y;gracias|un saludo;pago parcial|a cuenta;resto;anticipo presupuesto|señal presupuesto;dto. p.p.;IVA 21%;tlf;enero,febrero,marzo,abril,mayo,junio,julio,agosto,septiembre,octubre,noviembre,diciembre
pt;fatura|FT|pagto fatura|fat.;transferência|pagamento;cliente nº;encomenda|pedido;contrato;guia;de;e;obrigado|obrigada;pagamento parcial|parcela 1;restante;sinal orçamento|adiantamento orçamento;desconto;IVA 23%;tel;janeiro,fevereiro,março,abril,maio,junho,julho,agosto,setembro,outubro,novembro,dezembro
pl;faktura|FV|zapłata za fakturę|fa nr|za f-rę;przelew|zapłata;nr klienta;zamówienie|zam.;umowa;WZ;z dnia;i;dziękuję|pozdrawiam;częściowa wpłata|rata 1;reszta;zaliczka oferta|przedpłata oferta;skonto;VAT 23%;tel;styczeń,luty,marzec,kwiecień,maj,czerwiec,lipiec,sierpień,wrzesień,październik,listopad,grudzień
cs;faktura|fa č.|úhrada faktury|fakt.;platba|úhrada;zákazník č.;objednávka|obj.;smlouva;dodací list|DL;ze dne;a;děkuji|díky;částečná úhrada|splátka 1;doplatek;záloha nabídka;skonto;DPH 21%;tel;leden,únor,březen,duben,květen,červen,červenec,srpen,září,říjen,listopad,prosinec
sk;faktúra|fa č.|úhrada faktúry;platba|úhrada;zákazník č.;objednávka;zmluva;dodací list;zo dňa;a;ďakujem|s pozdravom;čiastočná úhrada;doplatok;záloha ponuka;skonto;DPH 23%;tel;január,február,marec,apríl,máj,jún,júl,august,september,október,november,december
hu;számla|számlaszám|szla;átutalás|befizetés;ügyfélszám;rendelés;szerződés;szállítólevél;kelt;és;köszönjük|üdv;részfizetés|1. részlet;maradék;előleg ajánlat;skontó;ÁFA 27%;tel;január,február,március,április,május,június,július,augusztus,szeptember,október,november,december
ro;factura|fact.|contravaloare factura|c/v fact;plată|achitare;cod client;comanda;contract;aviz;din;și;mulțumesc;plată parțială|rata 1;rest;avans ofertă;discount;TVA 21%;tel;ianuarie,februarie,martie,aprilie,mai,iunie,iulie,august,septembrie,octombrie,noiembrie,decembrie
bg;фактура|ф-ра|плащане по фактура;плащане|превод;клиент №;поръчка;договор;стокова разписка;от;и;благодаря;частично плащане;остатък;аванс оферта;отстъпка;ДДС 20%;тел;януари,февруари,март,април,май,юни,юли,август,септември,октомври,ноември,декември
el;τιμολόγιο|ΤΙΜ.|εξόφληση τιμολογίου;πληρωμή|κατάθεση;κωδ. πελάτη;παραγγελία;σύμβαση;δελτίο αποστολής;από;και;ευχαριστώ;έναντι|δόση 1;υπόλοιπο;προκαταβολή προσφορά;έκπτωση;ΦΠΑ 24%;τηλ;Ιανουάριος,Φεβρουάριος,Μάρτιος,Απρίλιος,Μάιος,Ιούνιος,Ιούλιος,Αύγουστος,Σεπτέμβριος,Οκτώβριος,Νοέμβριος,Δεκέμβριος
hr;račun|rn.|plaćanje računa;uplata|plaćanje;kupac br.;narudžba;ugovor;otpremnica;od;i;hvala|lp;djelomična uplata;ostatak;predujam ponuda;popust;PDV 25%;tel;siječanj,veljača,ožujak,travanj,svibanj,lipanj,srpanj,kolovoz,rujan,listopad,studeni,prosinac
sl;račun|rač. št.|plačilo računa;plačilo;kupec;naročilo;pogodba;dobavnica;z dne;in;hvala|lp;delno plačilo;ostanek;avans ponudba;popust;DDV 22%;tel;januar,februar,marec,april,maj,junij,julij,avgust,september,oktober,november,december
sr;рачун|faktura br.|uplata po fakturi;уплата|uplata;kupac;nalog;ugovor;otpremnica;od;i;хвала|hvala;делимична уплата;ostatak;avans ponuda;popust;PDV 20%;tel;januar,februar,mart,april,maj,jun,jul,avgust,septembar,oktobar,novembar,decembar
ru;счёт №|по счету N|сч.|Оплата по счету №|счет-фактура;оплата|платеж;клиент №;заказ;договор №;накладная;от;и;спасибо;частичная оплата|аванс 1;доплата;предоплата КП;скидка;в т.ч. НДС 20%;тел;январь,февраль,март,апрель,май,июнь,июль,август,сентябрь,октябрь,ноябрь,декабрь
uk;рахунок №|зг. рах. №|оплата рахунку;оплата|сплата;клієнт №;замовлення;договір;накладна;від;та;дякую;часткова оплата;залишок;передоплата пропозиція;знижка;ПДВ 20%;тел;січень,лютий,березень,квітень,травень,червень,липень,серпень,вересень,жовтень,листопад,грудень
sv;faktura|fakt.nr|fakturanr|betalning faktura;betalning|inbetalning;kundnr;order;avtal;följesedel;daterad;och;tack!|mvh;delbetalning;rest;handpenning offert|förskott offert;kassarabatt;moms 25%;tfn;januari,februari,mars,april,maj,juni,juli,augusti,september,oktober,november,december
no;faktura|fakt.|fakturanr|betaling faktura;betaling;kundenr;ordre|bestilling;avtale;pakkseddel;datert;og;takk|mvh;delbetaling;restbeløp;forskudd tilbud;rabatt;mva 25%;tlf;januar,februar,mars,april,mai,juni,juli,august,september,oktober,november,desember
da;faktura|fakt.nr.|regning|vedr. faktura;betaling|indbetaling;kundenr;ordre;aftale;følgeseddel;af;og;tak|mvh;delbetaling|1. rate;restbeløb;forudbetaling tilbud;kontantrabat;moms 25%;tlf;januar,februar,marts,april,maj,juni,juli,august,september,oktober,november,december
fi;lasku|laskun nro|lasku nro|maksu laskusta;maksu|suoritus;asiakasnro;tilaus;sopimus;lähete;pvm;ja;kiitos;osamaksu;loppuosa;ennakkomaksu tarjous;kassa-alennus;alv 25,5%;puh;tammikuu,helmikuu,maaliskuu,huhtikuu,toukokuu,kesäkuu,heinäkuu,elokuu,syyskuu,lokakuu,marraskuu,joulukuu
et;arve|arve nr|tasumine arve eest;makse|tasumine;kliendi nr;tellimus;leping;saateleht;kuupäev;ja;aitäh;osamakse;jääk;ettemaks pakkumine;allahindlus;km 24%;tel;jaanuar,veebruar,märts,aprill,mai,juuni,juuli,august,september,oktoober,november,detsember
lv;rēķins|rēķ. nr.|apmaksa par rēķinu;apmaksa|maksājums;klients;pasūtījums;līgums;pavadzīme;no;un;paldies;daļēja apmaksa;atlikums;avanss piedāvājums;atlaide;PVN 21%;tālr;janvāris,februāris,marts,aprīlis,maijs,jūnijs,jūlijs,augusts,septembris,oktobris,novembris,decembris
lt;sąskaita|sąsk. nr.|apmokėjimas pagal sąskaitą;apmokėjimas;kliento nr;užsakymas;sutartis;važtaraštis;nuo;ir;ačiū;dalinis apmokėjimas;likutis;avansas pasiūlymas;nuolaida;PVM 21%;tel;sausis,vasaris,kovas,balandis,gegužė,birželis,liepa,rugpjūtis,rugsėjis,spalis,lapkritis,gruodis
is;reikningur|reikn. nr.;greiðsla;viðskiptam. nr;pöntun;samningur;fylgiseðill;dags.;og;takk;innborgun;eftirstöðvar;fyrirframgreiðsla tilboð;afsláttur;VSK 24%;sími;janúar,febrúar,mars,apríl,maí,júní,júlí,ágúst,september,október,nóvember,desember
en;invoice|inv|Inv No|your invoice|bill|payment of invoice;payment|remittance|bank transfer;account no|customer ref|a/c;PO|order|our order;contract|agreement;delivery note|DN;dated;and;thanks|many thanks!|kind regards;part payment|on account|1st instalment;balance;deposit quote|deposit for proposal;less 2% discount|settlement disc.;incl VAT|VAT;phone;January,February,March,April,May,June,July,August,September,October,November,December
tr;fatura|fatura no|fatura ödemesi|ft. no;ödeme|havale;müşteri no;sipariş;sözleşme;irsaliye;tarihli;ve;teşekkürler|iyi çalışmalar;kısmi ödeme|1. taksit;kalan;avans teklif|kapora teklif;iskonto;KDV %20;tel;Ocak,Şubat,Mart,Nisan,Mayıs,Haziran,Temmuz,Ağustos,Eylül,Ekim,Kasım,Aralık
ja;請求書|請求番号|INVOICE;お支払い|PAYMENT;お客様番号;注文;契約;納品書;付;・;よろしくお願いします;一部入金;残金;前金 見積;割引;消費税;電話;1月,2月,3月,4月,5月,6月,7月,8月,9月,10月,11月,12月
'''
FIELDS = 'inv pay cust order contract deliv dated and_ thanks part rest deposit discount vat tel months'.split()
LANG = {}
for row in TABLE.strip().splitlines():
    lang, *cells = row.split(';')
    assert len(cells) == len(FIELDS), row
    LANG[lang] = dict(zip(FIELDS, [c.split(',' if f == 'months' else '|') for c, f in zip(cells, FIELDS)]))
    assert len(LANG[lang]['months']) == 12, lang

CHAT = {
    'de': 'Hallo, anbei wie besprochen die {n}, sorry für die Verspätung|Für Rechnung {n} - bitte Eingang bestätigen|'
        'Kd {c}: {n} erledigt, LG',
    'en': 'Hi, here is the money for {n}, sorry it is late!|as agreed by phone - {n}|Cust {c} pls allocate to {n}',
    'fr': 'Bonjour, voici le paiement de la {n}, désolé pour le retard|suite à votre relance fact {n}|client {c} regl. {n}',
    'nl': 'Beste, hierbij de betaling van {n} met excuses|zoals afgesproken {n}|klant {c} inzake {n}',
    'it': 'Buongiorno come da accordi pago {n}|scusate il ritardo, ft {n}|cliente {c} a saldo {n}',
    'es': 'Hola, os pago la {n}, perdón por el retraso|según lo hablado {n}|cliente {c} liquidación {n}',
    'pl': 'Dzień dobry, przelew za {n}, przepraszam za opóźnienie|zgodnie z umową {n}|klient {c} wg faktury {n}',
    'cs': 'Dobrý den, platím {n}, omlouvám se za zpoždění|dle dohody {n}|zák. {c} fa {n}',
    'sv': 'Hej, här kommer betalning för {n}, ursäkta dröjsmålet|enligt ök {n}|kund {c} avser {n}',
    'no': 'Hei, betaling av {n}, beklager forsinkelsen|iht avtale {n}', 'da': 'Hej, hermed betaling {n}, undskyld|ifølge aftale {n}',
    'fi': 'Hei, maksan nyt {n}, pahoittelut viivästyksestä|sopimuksen mukaan {n}', 'pt': 'Olá, segue o pagamento {n}|ref. {n} cliente {c}',
    'hu': 'Üdvözlöm, {n} rendezése, elnézést a késésért|{n} kiegyenlítése', 'ro': 'Bună ziua, plătesc {n}, scuze de întârziere|conf. fact. {n}',
    'tr': 'Merhaba, {n} ödemesi, gecikme için kusura bakmayın|{n} bedeli', 'ru': 'Добрый день, оплачиваем {n}, извините за задержку|'
        'Оплата за услуги по сч. {n} без НДС', 'el': 'Καλημέρα, πληρωμή για {n}|εξόφληση {n} πελάτης {c}',
    'uk': 'Доброго дня, оплата за послуги зг. рах. {n} без ПДВ', 'bg': 'Здравейте, плащам {n}', 'hr': 'Poštovani, uplata za {n}',
}

# money that pays none of our invoices: class, payers, texts
NOISE = {
    'supplier_refund': ('Papierhandel Brettschneider GmbH|ENERGIA SOLE SPA|Vodavox s.r.o.|Bürobedarf Tietz KG|Telkanor AS|'
        'Autohaus Kern', 'Gutschrift GS-{a} zu Ihrer Kundennummer {b}|rimborso nota credito {a}|dobropis {a} preplatek|'
        'refund credit note CN{a}|Erstattung Guthaben Vertrag {b}|avoir n° {a}|kreditnota {a}|zwrot nadpłaty umowa {b}'),
    'tax_office': ('FINANZAMT FUERTH|Finanzverwaltung NRW|DIRECTION GENERALE DES FINANCES PUBLIQUES|AGENZIA DELLE ENTRATE|'
        'Urząd Skarbowy Łódź|Finanční úřad pro Plzeňský kraj|HMRC VAT|Skatteverket|Belastingdienst|AEAT',
        'UST-ERSTATTUNG {m}/2026 STNR {a}|remboursement TVA {m}/2026|zwrot VAT {m}/2026|VAT REPAYMENT {b}|'
        'Kontonr {b} vrácení přeplatku DPH|rimborso IVA anno 2025 {a}|teruggaaf OB {b}'),
    'interest': ('|Bank|Sparkasse Oldenburg|BNP', 'Habenzinsen Q3 2026|interest {m}/2026|intérêts créditeurs|Abschluss per 30.09.2026|'
        'Zinsgutschrift Festgeld {b}|odsetki|ränta'),
    'card_payout': ('Stripe Payments Europe Ltd|SumUp Payments Limited|PayPal Europe|Worldline NV|Mollie Payments|'
        'Nets Denmark A/S|Adyen N.V.|Zettle by PayPal', 'STRIPE PAYOUT {a}|settlement {d} batch {a} merchant {b}|PAYOUT REF {a}|'
        'Auszahlung {d} Händler {b}|VISA MC {d} TRX 14 FEE 3.20|uitbetaling {a}'),
    'insurance': ('Allsecur Versicherung AG|Generalassur SA|Nordic Forsikring|Towarzystwo Ubezpieczeń Tarcza',
        'Schaden-Nr. {a} Regulierung|sinistre {b} indemnisation|claim {a} settlement|odszkodowanie szkoda {a}|'
        'Beitragserstattung Police {b}'),
    'payroll_back': ('Nordmann, Silke|K. Petrauskas|Aylin Demir|J. Ferreira', 'Rückzahlung Lohnvorschuss {m}|salary overpaid {m}/2026|'
        'grąžinamas avansas|zwrot zaliczki delegacja {b}|Reisekosten Überzahlung {a}|devolución nómina'),
    'utilities': ('Stadtwerke Fürth|Enelia Energia Spa|Vattenkraft AB|ČEZKO Prodej|EDFlux', 'Guthaben Jahresabrechnung Vertrag {a}|'
        'conguaglio utenza {a}|vyúčtování přeplatek {b}|återbetalning elavtal {a}|Kundennr {b} Erstattung Strom'),
    'grant': ('Bundeskasse Halle|Region Midtjylland|URSSAF|Fundacja Rozwoju|Junta de Comarca', 'Zuschuss Bescheid {a}|tilskud sag {a}|'
        'aide dossier {b}|dotacja umowa {b}|subvención exp. {a}'),
    'rent': ('Petra Lohmüller|M. Okafor|Wohnbau Süd eG|Kancelář U Lípy s.r.o.|Immobilien Waldeck|Studio Gemelli di P. Neri|Agence du Port SARL|Nájemník Horák', 'Miete Stellplatz {m}/2026|'
        'loyer {m} 2026 bureau {c}|Untermiete Büro OG {c}|Kaution Rückzahlung {b}|nájem {m}/2026|sublet unit {c}'),
    'own_transfer': ('|Eigenkonto|We Ourselves International|Tagesgeld', 'Umbuchung|own transfer|Übertrag Rücklage {m}|'
        'virement interne|przelew własny|sweep|Einlage Gesellschafter|internal transfer {a}'),
    'wrong_supplier': ('', 'Rechnung RX-{a} Firma Holzapfel|invoice ZQ{a} (Northgate Ltd)|fattura n. ZP{a} Rossi impianti|'
        'factuur WK{a} t.n.v. Bouwbedrijf Mol|facture GK{a} garage Martin'),
}
PRIVATE = ('Geburtstagsgeschenk|Urlaub Anteil|birthday 🙂|Rückzahlung geliehen|cadeau mariage|regalo Luca|za obiad|na dárek|'
    'Klassenfahrt|dinner yesterday|Flohmarkt Fahrrad|concert tickets|dzięki za pożyczkę|quota calcetto|за подарок|Σουβλάκια Σάββατο|на сметката ми|doğum günü hediyesi|hyvää syntymäpäivää|festpengar|nyaralás közös|пополнение|bursdagsgave|mesada|для мамы|split airbnb|sameie dugnad|vakantiepotje|remboursement essence')
STRANGE = ('Kfz-Kennz. HB-XY {a} Schaden|Aktenzeichen {a}|Mitglied {a} Beitrag|dossier {a}|policy {a}|ref 00{a}/X/7|Ticket {a} Messe|'
    'meter reading {a} refund|tel {a}|polizza {a} rimborso|Spende {a}|KdNr {a} Erstattung|číslo smlouvy {a}|Haus {a} Wasser')
