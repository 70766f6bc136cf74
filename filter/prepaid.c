/*
 * prepaid.c - does a payment's text say that it comes before its invoice? A
 * deposit, an advance or a quotation: such money belongs to none of the
 * invoices that are open, unless it names one. Words as token_fold() gives
 * them, by language; a word ends where the letters end, and "…" stands for
 * any ending. Pure.
 */
#include "amounts.h"

#include <string.h>

/* Of each language: a deposit, an advance, a quotation or proforma. */
static const char *const words[] = {
	/* en */ "DEPOSIT", "PREPAYMENT", "PREPAY", "PREPAID", "DOWNPAYMENT",
	"ADVANCE", "RETAINER", "PROFORMA", "QUOTE", "QUOTATION", "PROPOSAL",
	"ESTIMATE",
	/* de */ "ANZAHLUNG…", "VORKASSE", "VORAUSZAHLUNG…", "VORAUSKASSE",
	"VORSCHUSS…", "ANGEBOT…", "KOSTENVORANSCHLAG…", "KAUTION…",
	/* nl */ "VOORSCHOT…", "AANBETALING…", "VOORUITBETALING…", "OFFERTE…",
	"WAARBORG…", "PRIJSOPGAVE",
	/* fr */ "ACOMPTE…", "ARRHES", "AVANCE", "DEVIS", "CAUTION", "PREPAIEMENT",
	/* es */ "ANTICIPO…", "SENAL", "ADELANTO", "PRESUPUESTO…", "FIANZA",
	"PREPAGO", "COTIZACION",
	/* pt */ "SINAL", "ADIANTAMENTO…", "ORCAMENTO…", "ANTECIPADO",
	"ENTRADA", "CAUCAO", "PRE-PAGAMENTO",
	/* it */ "ACCONTO…", "ANTICIPO", "CAPARRA…", "PREVENTIVO…", "CAUZIONE",
	/* ca, ro */ "BESTRETA", "PRESSUPOST", "AVANS…", "ACONT…", "OFERTA",
	"DEVIZ",
	/* pl */ "ZALICZK…", "ZADATEK…", "ZADATK…", "PRZEDPLAT…", "KAUCJ…",
	"OFERTY", "KOSZTORYS…",
	/* cs, sk */ "ZALOH…", "ZALOHA", "PREDDAVOK", "PREDDAVK…", "NABIDK…",
	"PONUK…", "KAUCE", "KAUCIA",
	/* sl, hr, sr, bs */ "PREDUJAM", "PREDUJM…", "AKONTACIJ…", "PREDPLACIL…",
	"ARA", "PONUD…", "PREDRACUN…", "KAPAR…", "PREDUPLAT…",
	/* hu */ "ELOLEG…", "FOGLALO", "AJANLAT…", "DIJBEKERO…", "ELORE",
	/* sv, nb, da, is */ "FORSKOTT…", "FORSKUDD…", "FORSKUD", "DEPOSITUM",
	"HANDPENNING", "OFFERT", "TILBUD…", "TILBOD…", "ACONTO", "FORSKUDSBETALING",
	"FYRIRFRAM…", "INNBORGUN",
	/* fi, et, lv, lt */ "ENNAKKO…", "ENNAKON", "KASIRAHA", "TARJOUS",
	"TARJOUKS…", "ETTEMAKS…", "PAKKUMI…", "AVANSS…", "PRIEKSAPMAKS…",
	"PIEDAVAJUM…", "AVANSAS", "AVANSIN…", "PASIULYM…", "ISANKSTIN…",
	/* tr, sq */ "KAPORA", "AVANS", "TEKLIF…", "DEPOZITO", "PARADHENIE",
	"PARAPAGIM…",
	/* id, ms, vi, tl */ "UANG MUKA", "DP", "PENAWARAN", "CAGARAN",
	"DEPOSIT PENDAHULUAN", "DAT COC", "TAM UNG", "PAUNANG",
};

/* In other scripts, and as they are transliterated. */
static const char *const others[] = {
	/* ru, uk, be, bg, mk, sr */ "аванс", "предоплат", "задат", "завдат",
	"передоплат", "предплат", "депозит", "капаро", "оферт", "коммерческ",
	"смет", "рахунок-проформ", "проформ", "понуд", "предрачун", "предуплат",
	/* el */ "προκαταβολ", "αρραβων", "προσφορα", "προτιμολογ", "προπληρωμ",
	/* ka, hy */ "ავანს", "կանխավճար",
	/* he, ar */ "מקדמה", "פיקדון", "הצעת מחיר", "دفعة مقدمة", "عربون",
	"مقدم",
	/* zh, ja, ko */ "预付", "預付", "订金", "定金", "訂金", "报价", "前払",
	"手付", "見積", "내금", "선금", "선급", "계약금", "견적",
	/* hi, th */ "अग्रिम", "मัดจำ", "มัดจำ", "ใบเสนอราคา",
	/* as it is written in Latin letters */ "predoplat", "avans po",
	"zadatok", "zavdatok", "peredoplat", "prokatavol", "arravon",
	"prosfora",
};

static bool
matches(const char *word, const char *run)
{
	size_t n = strlen(word), dots = strlen("…");

	if (n > dots && strcmp(word + n - dots, "…") == 0)
		return strncmp(run, word, n - dots) == 0;
	return strcmp(run, word) == 0;
}

static bool
has_word(const char *text)
{
	g_autoptr(GPtrArray) tokens = token_split(text);

	for (guint i = 0; i < tokens->len; i++) {
		const struct token *token = tokens->pdata[i];

		for (size_t j = 0; !token->digits &&
		    j < G_N_ELEMENTS(words); j++)
			if (matches(words[j], token->text))
				return true;
	}
	return false;
}

static char *
plain_fold(const char *text)
{
	g_autofree char *whole = g_utf8_normalize(text, -1, G_NORMALIZE_NFKD);
	g_autofree char *low = g_utf8_casefold(whole ? whole : "", -1);
	GString *out = g_string_new(NULL);

	for (const char *p = low; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (g_unichar_combining_class(c) == 0)
			g_string_append_unichar(out, c);
	}
	return g_string_free(out, FALSE);
}

/* The words of other scripts as texts are compared, made once. */
static char **
folded_others(void)
{
	static gsize made = 0;

	if (g_once_init_enter(&made)) {
		char **list = g_new0(char *, G_N_ELEMENTS(others) + 1);

		for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
			list[i] = plain_fold(others[i]);
		g_once_init_leave(&made, (gsize)list);
	}
	return (char **)made;
}

bool
payment_is_prepaid(const struct payment *payment)
{
	struct remittance told;
	g_autofree char *folded = NULL;
	bool found;

	remittance_read(payment->remittance, &told);
	found = told.text && has_word(told.text);
	folded = plain_fold(told.text ? told.text : "");
	for (char **other = folded_others(); !found && *other; other++)
		found = strstr(folded, *other) != NULL;
	remittance_release(&told);
	return found;
}
