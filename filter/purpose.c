/*
 * purpose.c - does a payment's text say that the money is for something else
 * than an invoice of ours: a refund, rent, wages, a loan, damages, tax? Words
 * by language, as they are written there; compared without case and accents.
 * "word…" is how a word begins, "…word…" stands anywhere (compounds, and
 * scripts without blanks). A new language is a few rows and no code. Pure.
 */
#include "amounts.h"
#include "references.h"

#include <string.h>

static const char *const rows[] = {
	/* money that goes back */
	"refund… return_of money_back expenses tax_refund tax_return "
	"reimburse… repayment chargeback… overpayment overpaid reversal "
	"compensation… indemni… damages",
	"…erstattung… …rueckzahlung… ueberzahlung… rueckerstattung… "
	"ruckzahlung… …ruckuberweisung… ruckgabe… uberzahlung… "
	"doppelzahlung… schadenersatz… schadensersatz… entschadigung… "
	"schmerzensgeld auslagen… spesen… kostenersatz…",
	"terugbetaling… terugstorting… restitutie… vergoeding… "
	"schadevergoeding… teruggave… teveel_betaald…",
	"remboursement… rembourse… indemnis… indemnite… dommages "
	"trop_percu… avoir_rembourse… dedommagement…",
	"reembolso… devolucion… indemnizacion… reintegro… restitucion… "
	"danos_y_perjuicios resarcimiento…",
	"reembols… devolucao… indenizac… indemnizac… restituic… estorno…",
	"rimbors… restituzion… indennizz… risarciment… storno…",
	"rambursar… restituir… despagubir… returnare…",
	"reemborsament… devolucio… indemnitzacio…",
	"zwrot… odszkodowan… nadplat… refundacj… rekompensat…",
	"nahrada_skody vratka… vraceni… vraten… preplat… refundac… "
	"odskodn…",
	"vracil… povracil… preplacil… odskodnin… povrat… naknada_stete "
	"odstet… preplat…",
	"visszaterit… visszautal… visszafizet… karterit… tulfizet…",
	"aterbetalning… aterbaring… skadestand… ersattning… utlagg…",
	"tilbakebetaling… refusjon… erstatning… tilbagebetaling… refusion… "
	"udlaeg… utlegg… godtgorelse… overbetaling…",
	"endurgreid… skadabaet…",
	"palautus… vahingonkorvaus… korvaus… takaisinmaksu…",
	"tagastus… tagasimakse… huvitis… enammakse…",
	"atmaksa… atgriez… kompensacij… parmaksa… grazin… permok… "
	"zalos_atlyg…",
	"iade… geri_odeme… tazminat…",
	"rimbursim… kthim_parash demshperblim…",
	"возврат… возмещен… компенсаци… переплат… поверненн… повернення… "
	"вiдшкодуванн… відшкодуванн… компенсаці… вяртанн… възстановяван… "
	"обезщетени… повраћај… накнада_штете враћање… поврат…",
	"επιστροφ… αποζημιωσ… επιστρεφ…",
	"…החזר… …פיצוי… …استرداد… …تعويض…",
	"…退款… …返金… …賠償… …赔偿… …還款… …환불… …배상… …คืนเงิน… …वापसी…",
	"hoan_tien… boi_thuong… pengembalian… ganti_rugi… bayaran_balik…",
	/* wages, pensions, what a state or a family pays */
	"salary salaries wage wages payroll pension pensions stipend bonus "
	"scholarship alimony gift donation inheritance",
	"gehalt… lohn lohnzahlung… lohne pension rente renten… bafog "
	"kindergeld unterhalt trinkgeld taschengeld geschenk… spende… erbe "
	"erbschaft…",
	"salaris… loon pensioen… kinderbijslag… gift schenking… erfenis… "
	"alimentatie… zakgeld",
	"salaire… pension retraite… bourse cadeau… dons donation… "
	"heritage… allocation…",
	"nomina… salario… sueldo… pension… beca regalo… donacion… "
	"donativo… herencia…",
	"salario… pensao… prenda doacao… donativo… heranca…",
	"stipendi… salario… pensione… borsa_di_studio regalo… donazion… "
	"eredita…",
	"salariu… pensie… bursa cadou… donati… mostenire…",
	"wynagrodz… pensja… pensji emerytur… prezent… darowizn… stypendi… "
	"alimenty spadek… upominek…",
	"mzda… mzdy vyplata… vyplata_mzdy plat_za duchod… dochodok… dar "
	"dary darcek… stipendi… vyzivne dedictv…",
	"plata_za_mesec pokojnina mirovina… penzij… darilo… poklon… "
	"prezivnina… stipendij… donacij…",
	"munkaber… berutalas… nyugdij… ajandek… osztondij… adomany…",
	"lon loneutbetalning… loneutb… pension… gava… presentkort… arv "
	"bidrag underhallsbidrag… studiebidrag… lonn lonnsutbetaling… "
	"lonoverforsel… gave donasjon… stipend… barnebidrag…",
	"laun orlof… gjof… lifeyri…",
	"palkka… elake… lahja… perinto… lahjoitus… stipendi… apuraha…",
	"palk palga… toetus… kingitus… annetus… stipendium…",
	"darba_alga alga algas pensij… davan… ziedojum… atlyginim… dovan… "
	"parama… stipendij…",
	"maas_odemesi maasi… ucret_bordro… emekli… hediye… bagis… burs "
	"nafaka…",
	"rroga rrogat… pension… dhurat…",
	"зарплат… заработн… пенси… стипенди… подар… дарен… алимент… "
	"пожертвовани… зарплатн… заробітн… пенсі… подарун… аліменти… "
	"благодійн… заплата… дарение… плата_за_месец… поклон… пензиј…",
	"μισθ… μισθοδοσ… συνταξ… δωρο… δωρεα… κληρονομ… διατροφη…",
	"…משכורת… …פנסיה… …מתנה… …תרומה… …راتب… …معاش… …هدية… …تبرع…",
	"…工资… …薪… …給与… …給料… …年金… …贈与… …礼金… …赠与… …捐… …급여… …연금… …선물… …기부… "
	"…เงินเดือน… …वेतन…",
	"tien_luong qua_tang gaji… hadiah… sumbangan…",
	/* rent, loans, shares, insurance, taxes */
	"rent loan loans mortgage dividend… interest insurance subsidy "
	"tenancy shareholder… capital_contribution",
	"kreditrate… steuererstattung… steuerruckzahlung… einkommensteuer… "
	"lohnsteuer… miete mietzahlung… warmmiete kaltmiete… mietzins "
	"pacht… nebenkosten darlehen… zinsen zinsgutschrift… zinszahlung… "
	"dividende… …versicherung… …steuererstattung… finanzamt zuschuss… "
	"subvention… fordermittel… kapitaleinlage… einlage "
	"gesellschafterdarlehen… privateinlage privatentnahme "
	"gewinnausschuttung…",
	"belastingdienst belastingteruggave… huur… lening… hypotheek… "
	"rente dividend… verzekering… subsidie… kapitaalstorting… "
	"prive_storting privestorting…",
	"impots pret_personnel loyer… emprunt… hypotheque… dividende… "
	"interets assurance… subvention… apport_en_capital apport_associe "
	"apport_personnel",
	"agencia_tributaria alquiler… prestamo… hipoteca… dividendo… "
	"intereses seguro… subvencion… aportacion… devolucion_hacienda",
	"aluguel aluguer… renda emprestimo… dividendo… juros seguro… "
	"subsidio… suprimento…",
	"affitto… canone_di_locazione locazione… prestito… mutuo dividend… "
	"interessi assicurazion… sovvenzion… versamento_soci "
	"finanziamento_soci",
	"chirie… imprumut… dividend… dobanda… asigurar… impozit… subventi… "
	"lloguer… prestec… asseguranc…",
	"czynsz… najem pozyczk… kredyt… dywidend… odsetki ubezpiecz… "
	"dotacj… wklad_wlasny doplata_wspolnik…",
	"najem najemne… najomne… pujck… pozick… uver… dividend… urok… "
	"pojistn… pojisten… poistn… dotac… vklad_spolecnik…",
	"najemnin… posojil… dividend… obresti zavarov… subvencij… davek… "
	"stanarin… zajam zajm… kamat… osiguranj… kirij… pozajmic…",
	"berleti… alberlet… lakber… kolcson… hitel… osztalek… kamat… "
	"biztosit… tamogatas… ado_visszat… tagi_kolcson",
	"lan leje rente hyra hyran hyres… lanet… utdelning… ranta… "
	"forsakring… skatt skatteaterbaring… bidrag leie husleie… husleje… "
	"utbytte… udbytte… forsikring… skat skatteretur… tilskudd… "
	"tilskud… laan… kapitalinnskudd…",
	"leiga… husaleiga… lan vextir… trygging… styrk…",
	"vuokra… laina… osinko… korko… vakuutus… veronpalautus… avustus…",
	"uur uuri… uurimakse laen… dividend… intress… kindlustus… toetus…",
	"ires_maksa ires aizdevum… dividend… apdrosinas… subsidij… nuoma… "
	"nuomos paskol… palukan… draudim… dividendai",
	"kira kirasi temettu… faiz… sigorta… hibe…",
	"qira… sigurim…",
	"аренда_квартир… квартплат… займ… заем… кредит… дивиденд… страхов… "
	"страхув… проценты_по… субсиди… субсиді… позик… позика… дивіденд… "
	"наем… застрахов… лихв… кирија… зајам… осигурањ…",
	"ενοικι… δανει… μερισμα… τοκοι… τοκων ασφαλισ… επιδοτησ…",
	"…שכירות… …הלוואה… …ביטוח… …דיבידנד… …إيجار… …قرض… …تأمين… …أرباح…",
	"…房租… …租金… …贷款… …借款… …保险… …股息… …家賃… …融資… …保険… …配当… …利息… …임대… …월세… "
	"…대출… …보험… …배당… …이자… …ค่าเช่า… …เงินกู้… …किराया… …ऋण… …बीमा…",
	"tien_thue_nha tien_nha khoan_vay bao_hiem… co_tuc… sewa… "
	"pinjaman… asuransi… dividen…",
};

/* Letters that no decomposition makes plain. */
static const struct plain_letter {
	gunichar letter;
	const char *plain;
} letters[] = {
    {0xf8, "o"}, {0xe6, "ae"}, {0x142, "l"}, {0x111, "d"}, {0xf0, "d"},
    {0x131, "i"}, {0xfe, "th"}, {0x153, "oe"},
};

static void
append_plain(GString *out, gunichar c)
{
	for (size_t i = 0; i < G_N_ELEMENTS(letters); i++) {
		if (letters[i].letter == c) {
			g_string_append(out, letters[i].plain);
			return;
		}
	}
	g_string_append_unichar(out, c);
}

/* Lower case, no marks, one blank before, between and after words. */
static char *
plain_words(const char *text)
{
	g_autofree char *low = g_utf8_casefold(text, -1);
	g_autofree char *open = g_utf8_normalize(low, -1, G_NORMALIZE_NFKD);
	GString *out = g_string_new(" ");

	for (const char *p = open ? open : ""; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (g_unichar_combining_class(c) != 0)
			continue;
		if (g_unichar_isalpha(c) || g_unichar_ismark(c))
			append_plain(out, c);
		else if (out->str[out->len - 1] != ' ')
			g_string_append_c(out, ' ');
	}
	if (out->str[out->len - 1] != ' ')
		g_string_append_c(out, ' ');
	return g_string_free(out, FALSE);
}

/* ---- the table, made ready once ------------------------------------------- */

struct needles {
	GHashTable *begin;	/* first bytes of a word → GPtrArray of char *,
				 * a blank before, and after whole words */
	GPtrArray *inside, *inside_plain;	/* char *; of ASCII only */
};

static guint
first_bytes(const char *word)
{
	guint key = 0;

	for (int i = 0; i < 3 && word[i] && word[i] != ' '; i++)
		key = key << 8 | (guchar)word[i];
	return key;
}

static void
add_needle(struct needles *out, const char *word)
{
	bool inside = g_str_has_prefix(word, "…");
	bool open = g_str_has_suffix(word, "…");
	g_autofree char *plain = plain_words(word);
	char *needle = g_strdup(inside ? plain + 1 : plain);
	GPtrArray *list;

	if (open)
		needle[strlen(needle) - 1] = '\0';
	if (inside) {
		g_ptr_array_add(g_str_is_ascii(needle) ? out->inside_plain
		    : out->inside, needle);
		return;
	}
	list = g_hash_table_lookup(out->begin,
	    GUINT_TO_POINTER(first_bytes(needle + 1)));
	if (!list) {
		list = g_ptr_array_new();
		g_hash_table_insert(out->begin,
		    GUINT_TO_POINTER(first_bytes(needle + 1)), list);
	}
	g_ptr_array_add(list, needle);
}

static const struct needles *
needles_get(void)
{
	static gsize made = 0;

	if (g_once_init_enter(&made)) {
		struct needles *out = g_new0(struct needles, 1);

		out->begin = g_hash_table_new(NULL, NULL);
		out->inside = g_ptr_array_new();
		out->inside_plain = g_ptr_array_new();
		for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
			g_auto(GStrv) words = g_strsplit(rows[i], " ", -1);

			for (char **word = words; *word; word++)
				if (**word)
					add_needle(out, *word);
		}
		g_once_init_leave(&made, (gsize)out);
	}
	return (const struct needles *)made;
}

/* ---- a text ------------------------------------------------------------------ */

/* Is the word around this place one of the payer's name? */
static bool
is_of_name(const char *text, const char *at, const char *name)
{
	const char *from = at, *end;
	g_autofree char *word = NULL;

	while (from > text && *from != ' ')
		from--;
	end = strchr(from + 1, ' ');
	word = g_strndup(from, end ? (size_t)(end - from) + 1 : strlen(from));
	return strstr(name, word) != NULL;
}

static bool
has_inside(const GPtrArray *list, const char *text, const char *name)
{
	for (guint i = 0; i < list->len; i++) {
		const char *at = strstr(text, list->pdata[i]);

		if (at && !is_of_name(text, at, name))
			return true;
	}
	return false;
}

static bool
has_begin(const struct needles *needles, const char *text, const char *name)
{
	for (const char *at = text; at && at[1]; at = strchr(at + 1, ' ')) {
		const GPtrArray *list = g_hash_table_lookup(needles->begin,
		    GUINT_TO_POINTER(first_bytes(at + 1)));

		for (guint i = 0; list && i < list->len; i++)
			if (g_str_has_prefix(at, list->pdata[i]) &&
			    !is_of_name(text, at, name))
				return true;
	}
	return false;
}

bool
text_has_purpose(const char *text, const char *payer)
{
	const struct needles *needles = needles_get();
	g_autofree char *plain = plain_words(text);
	g_autofree char *name = plain_words(payer ? payer : "");

	return has_begin(needles, plain, name) ||
	    has_inside(needles->inside_plain, plain, name) ||
	    (!g_str_is_ascii(plain) &&
		has_inside(needles->inside, plain, name));
}

/* *letters_found: it has words. */
static bool
has_invoice_word(const char *text, bool *letters_found)
{
	g_autoptr(GPtrArray) tokens = token_split(text);

	for (guint i = 0; i < tokens->len; i++) {
		const struct token *token = tokens->pdata[i];

		if (token->digits)
			continue;
		*letters_found = true;
		if (reference_word(token->text) & WORD_INVOICE)
			return true;
	}
	return false;
}

enum purpose
payment_purpose(const struct payment *payment)
{
	struct remittance told;
	enum purpose purpose = PURPOSE_UNSAID;
	bool found = false;

	remittance_read(payment->remittance, &told);
	if (told.text && text_has_purpose(told.text, payment->payer))
		purpose = PURPOSE_OTHER;
	else if (told.text && has_invoice_word(told.text, &found))
		purpose = PURPOSE_INVOICE;
	else if (found)
		purpose = PURPOSE_WORDS;
	remittance_release(&told);
	return purpose;
}
