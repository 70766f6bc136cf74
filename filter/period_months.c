/*
 * period_months.c - the names of months as payers write them, of many
 * languages: in full with the forms that they take in a sentence, then short.
 * Made from CLDR 48.2 (npm cldr-dates-full 48.2.0, Copyright Unicode, Inc.,
 * licence Unicode-3.0: https://www.unicode.org/license.txt), without trailing
 * points; some more forms stand beside them. Data.
 */
#include "period.h"

const struct month_row period_months[] = {
    {"af",
	"januarie, februarie, maart, april, mei, junie, julie, "
	"augustus, september, oktober, november, desember",
	"jan, feb, mrt, apr, , jun, jul, aug, sep, okt, nov, des"},
    {"az",
	"yanvar, fevral, mart, aprel, may, iyun, iyul, avqust, "
	"sentyabr, oktyabr, noyabr, dekabr",
	"yan, fev, mar, apr, , iyn, iyl, avq, sen, okt, noy, dek"},
    {"be",
	"студзеня студзень, лютага люты, сакавіка сакавік, "
	"красавіка красавік, мая май, чэрвеня чэрвень, ліпеня "
	"ліпень, жніўня жнівень, верасня верасень, кастрычніка "
	"кастрычнік, лістапада лістапад, снежня снежань",
	"сту, лют, сак, кра, , чэр, ліп, жні, вер, кас, ліс, сне"},
    {"bg",
	"януари, февруари, март, април, май, юни, юли, август, "
	"септември, октомври, ноември, декември",
	"яну, фев, , апр, , , , авг, сеп, окт, ное, дек"},
    {"bs",
	"januar, februar, mart, april, maj, juni, juli, august, "
	"septembar, oktobar, novembar, decembar",
	"jan, feb, mar, apr, , jun, jul, aug, sep, okt, nov, dec"},
    {"ca",
	"gener, febrer, març, abril, maig, juny, juliol, agost, "
	"setembre, octubre, novembre, desembre",
	"gen, febr, , abr, , , jul, ag, set, oct, nov, des"},
    {"cs",
	"ledna leden lednu, února únor únoru, března březen březnu, "
	"dubna duben dubnu, května květen květnu, června červen "
	"červnu, července červenec červenci, srpna srpen srpnu, "
	"září, října říjen říjnu, listopadu listopad, prosince "
	"prosinec prosinci",
	"led, úno, bře, dub, kvě, čvn, čvc, srp, zář, říj, lis, pro"},
    {"cy",
	"ionawr, chwefror, mawrth, ebrill, mai, mehefin, "
	"gorffennaf, awst, medi, hydref, tachwedd, rhagfyr",
	"ion, chwef chw, maw, ebr, , meh, gorff gor, , , hyd, tach, "
	"rhag"},
    {"da",
	"januar, februar, marts, april, maj, juni, juli, august, "
	"september, oktober, november, december",
	"jan, feb, mar, apr, , jun, jul, aug, sep, okt, nov, dec"},
    {"de",
	"januar jänner, februar feber, märz, april, mai, juni, "
	"juli, august, september, oktober, november, dezember",
	"jan, feb, mär mrz, apr, , jun, jul, aug, sept sep, okt, "
	"nov, dez"},
    {"el",
	"ιανουαρίου ιανουάριος ιανουάριο, φεβρουαρίου φεβρουάριος "
	"φεβρουάριο, μαρτίου μάρτιος μάρτιο, απριλίου απρίλιος "
	"απρίλιο, μαΐου μάιος μάιο, ιουνίου ιούνιος ιούνιο, ιουλίου "
	"ιούλιος ιούλιο, αυγούστου αύγουστος αύγουστο, σεπτεμβρίου "
	"σεπτέμβριος σεπτέμβριο, οκτωβρίου οκτώβριος οκτώβριο, "
	"νοεμβρίου νοέμβριος νοέμβριο, δεκεμβρίου δεκέμβριος "
	"δεκέμβριο",
	"ιαν, φεβ, μαρ μάρ, απρ, μαΐ μάι, ιουν ιούν, ιουλ ιούλ, αυγ "
	"αύγ, σεπ, οκτ, νοε νοέ, δεκ"},
    {"en",
	"january, february, march, april, may, june, july, august, "
	"september, october, november, december",
	"jan, feb, mar, apr, , jun, jul, aug, sep sept, oct, nov, "
	"dec"},
    {"es",
	"enero, febrero, marzo, abril, mayo, junio, julio, agosto, "
	"septiembre setiembre, octubre, noviembre, diciembre",
	"ene, feb, mar, abr, may, jun, jul, ago, sept set sep, oct, "
	"nov, dic"},
    {"et",
	"jaanuar jaanuari, veebruar veebruari, märts märtsi, aprill "
	"aprilli, mai, juuni, juuli, august augusti, september "
	"septembri, oktoober oktoobri, november novembri, detsember "
	"detsembri",
	"jaan, veebr, , apr, , , , aug, sept, okt, nov, dets"},
    {"eu",
	"urtarrila, otsaila, martxoa, apirila, maiatza, ekaina, "
	"uztaila, abuztua, iraila, urria, azaroa, abendua",
	"urt, ots, mar, api, mai, eka, uzt, abu, ira, urr, aza, abe"},
    {"fa",
	"ژانویهٔ ژانویه, فوریهٔ فوریه, مارس, آوریل, مهٔ مه, ژوئن, "
	"ژوئیهٔ ژوئیه, اوت, سپتامبر, اکتبر, نوامبر, دسامبر",
	NULL},
    {"fi",
	"tammikuuta tammikuu tammikuun tammikuulta, helmikuuta "
	"helmikuu helmikuun, maaliskuuta maaliskuu maaliskuun, "
	"huhtikuuta huhtikuu huhtikuun, toukokuuta toukokuu "
	"toukokuun, kesäkuuta kesäkuu kesäkuun, heinäkuuta heinäkuu "
	"heinäkuun, elokuuta elokuu elokuun, syyskuuta syyskuu "
	"syyskuun, lokakuuta lokakuu lokakuun, marraskuuta "
	"marraskuu marraskuun, joulukuuta joulukuu joulukuun",
	"tammi, helmi, maalis, huhti, touko, kesä, heinä, elo, "
	"syys, loka, marras, joulu"},
    {"fr",
	"janvier, février, mars, avril, mai, juin, juillet, août, "
	"septembre, octobre, novembre, décembre",
	"janv, févr, , avr, , , juil, , sept, oct, nov, déc"},
    {"gl",
	"xaneiro, febreiro, marzo, abril, maio, xuño, xullo, "
	"agosto, setembro, outubro, novembro, decembro",
	"xan, feb, mar, abr, , , xul, ago, set, out, nov, dec"},
    {"he",
	"ינואר, פברואר, מרץ, אפריל, מאי, יוני, יולי, אוגוסט, "
	"ספטמבר, אוקטובר, נובמבר, דצמבר",
	NULL},
    {"hr",
	"siječnja siječanj siječnju, veljače veljača veljači, "
	"ožujka ožujak ožujku, travnja travanj travnju, svibnja "
	"svibanj svibnju, lipnja lipanj lipnju, srpnja srpanj "
	"srpnju, kolovoza kolovoz kolovozu, rujna rujan rujnu, "
	"listopada listopad listopadu, studenoga studeni studenom "
	"studenog, prosinca prosinac prosincu",
	"sij, velj, ožu, tra, svi, lip, srp, kol, ruj, lis, stu, "
	"pro"},
    {"hu",
	"január januári, február februári, március márciusi, "
	"április áprilisi, május májusi, június júniusi, július "
	"júliusi, augusztus augusztusi, szeptember szeptemberi, "
	"október októberi, november novemberi, december decemberi",
	"jan, febr, márc, ápr, máj, jún, júl, aug, szept, okt, nov, "
	"dec"},
    {"hy",
	"հունվարի հունվար, փետրվարի փետրվար, մարտի մարտ, ապրիլի "
	"ապրիլ, մայիսի մայիս, հունիսի հունիս, հուլիսի հուլիս, "
	"օգոստոսի օգոստոս, սեպտեմբերի սեպտեմբեր, հոկտեմբերի "
	"հոկտեմբեր, նոյեմբերի նոյեմբեր, դեկտեմբերի դեկտեմբեր",
	"հնվ, փտվ, մրտ, ապր, մյս, հնս, հլս, օգս, սեպ, հոկ, նոյ, դեկ"},
    {"id",
	"januari, februari, maret, april, mei, juni, juli, agustus, "
	"september, oktober, november, desember",
	"jan, feb, mar, apr, , jun, jul, agu, sep, okt, nov, des"},
    {"is",
	"janúar, febrúar, mars, apríl, maí, júní, júlí, ágúst, "
	"september, október, nóvember, desember",
	"jan, feb, mar, apr, , jún, júl, ágú, sep, okt, nóv, des"},
    {"it",
	"gennaio, febbraio, marzo, aprile, maggio, giugno, luglio, "
	"agosto, settembre, ottobre, novembre, dicembre",
	"gen, feb, mar, apr, mag, giu, lug, ago, set sett, ott, "
	"nov, dic"},
    {"ka",
	"იანვარი, თებერვალი, მარტი, აპრილი, მაისი, ივნისი, ივლისი, "
	"აგვისტო, სექტემბერი, ოქტომბერი, ნოემბერი, დეკემბერი",
	"იან, თებ, მარ, აპრ, მაი, ივნ, ივლ, აგვ, სექ, ოქტ, ნოე, დეკ"},
    {"kk",
	"қаңтар, ақпан, наурыз, сәуір, мамыр, маусым, шілде, тамыз, "
	"қыркүйек, қазан, қараша, желтоқсан",
	"қаң, ақп, нау, сәу, мам, мау, шіл, там, қыр, қаз, қар, жел"},
    {"lb",
	"januar, februar, mäerz, abrëll, mee, juni, juli, august, "
	"september, oktober, november, dezember",
	"jan, feb, mäe, abr, , jun, jul, aug, sep, okt, nov, dez"},
    {"lt",
	"sausio sausis sausį, vasario vasaris vasarį, kovo kovas "
	"kovą, balandžio balandis balandį, gegužės gegužė gegužę, "
	"birželio birželis birželį, liepos liepa liepą, rugpjūčio "
	"rugpjūtis rugpjūtį, rugsėjo rugsėjis rugsėjį, spalio "
	"spalis spalį, lapkričio lapkritis lapkritį, gruodžio "
	"gruodis gruodį",
	"saus, vas, kov, bal, geg, birž, liep, rugp, rugs, spal, "
	"lapkr, gruod"},
    {"lv",
	"janvāris janvāra, februāris februāra, marts marta, aprīlis "
	"aprīļa, maijs maija, jūnijs jūnija, jūlijs jūlija, augusts "
	"augusta, septembris septembra, oktobris oktobra, novembris "
	"novembra, decembris decembra",
	"janv, febr, , apr, , jūn, jūl, aug, sept, okt, nov, dec"},
    {"mk",
	"јануари, февруари, март, април, мај, јуни, јули, август, "
	"септември, октомври, ноември, декември",
	"јан, фев, мар, апр, , јун, јул, авг, сеп, окт, ное, дек"},
    {"ms",
	"januari, februari, mac, april, mei, jun, julai, ogos, "
	"september, oktober, november, disember",
	"jan, feb, , apr, , , jul, ogo, sep, okt, nov, dis"},
    {"mt",
	"jannar, frar, marzu, april, mejju, ġunju, lulju, awwissu, "
	"settembru, ottubru, novembru, diċembru",
	"jan, fra, mar, apr, mej, ġun, lul, aww, set, ott, nov, diċ"},
    {"nb",
	"januar, februar, mars, april, mai, juni, juli, august, "
	"september, oktober, november, desember",
	"jan, feb, mar, apr, , jun, jul, aug, sep, okt, nov, des"},
    {"nl",
	"januari, februari, maart, april, mei, juni, juli, "
	"augustus, september, oktober, november, december",
	"jan, feb, mrt, apr, , jun, jul, aug, sep, okt, nov, dec"},
    {"pl",
	"stycznia styczeń styczniu, lutego luty lutym, marca marzec "
	"marcu, kwietnia kwiecień kwietniu, maja maj maju, czerwca "
	"czerwiec czerwcu, lipca lipiec lipcu, sierpnia sierpień "
	"sierpniu, września wrzesień wrześniu, października "
	"październik październiku, listopada listopad listopadzie, "
	"grudnia grudzień grudniu",
	"sty, lut, mar, kwi, , cze, lip, sie, wrz, paź, lis, gru"},
    {"pt",
	"janeiro, fevereiro, março, abril, maio, junho, julho, "
	"agosto, setembro, outubro, novembro, dezembro",
	"jan, fev, mar, abr, mai, jun, jul, ago, set, out, nov, dez"},
    {"ro",
	"ianuarie, februarie, martie, aprilie, mai, iunie, iulie, "
	"august, septembrie, octombrie, noiembrie, decembrie",
	"ian, feb, mar, apr, , iun, iul, aug, sept, oct, nov noi, "
	"dec"},
    {"ru",
	"января январь январе, февраля февраль феврале, марта март "
	"марте, апреля апрель апреле, мая май мае, июня июнь июне, "
	"июля июль июле, августа август августе, сентября сентябрь "
	"сентябре, октября октябрь октябре, ноября ноябрь ноябре, "
	"декабря декабрь декабре",
	"янв, февр, мар, апр, , июн, июл, авг, сент, окт, нояб, дек"},
    {"sk",
	"januára január januári, februára február februári, marca "
	"marec marci, apríla apríl apríli, mája máj máji, júna jún "
	"júni, júla júl júli, augusta august auguste, septembra "
	"september septembri, októbra október októbri, novembra "
	"november novembri, decembra december decembri",
	"jan, feb, mar, apr, , , , aug, sep, okt, nov, dec"},
    {"sl",
	"januar, februar, marec, april, maj, junij, julij, avgust, "
	"september, oktober, november, december",
	"jan, feb, mar, apr, , jun, jul, avg, sep, okt, nov, dec"},
    {"sq",
	"janar, shkurt, mars, prill, maj, qershor, korrik, gusht, "
	"shtator, tetor, nëntor, dhjetor",
	"jan, shk, mar, pri, , qer, korr, gush, sht, tet, nën, dhj"},
    {"sr",
	"јануар, фебруар, март, април, мај, јун, јул, август, "
	"септембар, октобар, новембар, децембар",
	"јан, феб, мар, апр, , , , авг, сеп, окт, нов, дец"},
    {"sr-Latn",
	"januar, februar, mart, april, maj, jun, jul, avgust, "
	"septembar, oktobar, novembar, decembar",
	"jan, feb, mar, apr, , , , avg, sep, okt, nov, dec"},
    {"sv",
	"januari, februari, mars, april, maj, juni, juli, augusti, "
	"september, oktober, november, december",
	"jan, feb, , apr, , , , aug, sep, okt, nov, dec"},
    {"sw",
	"januari, februari, machi, aprili, mei, juni, julai, "
	"agosti, septemba, oktoba, novemba, desemba",
	"jan, feb, mac, apr, , jun, jul, ago, sep, okt, nov, des"},
    {"tr",
	"ocak, şubat, mart, nisan, mayıs mayis, haziran, temmuz, "
	"ağustos, eylül, ekim, kasım kasim, aralık aralik",
	"oca, şub, mar, nis, may, haz, tem, ağu, eyl, eki, kas, ara"},
    {"uk",
	"січня січень січні, лютого лютий лютому, березня березень "
	"березні, квітня квітень квітні, травня травень травні, "
	"червня червень червні, липня липень липні, серпня серпень "
	"серпні, вересня вересень вересні, жовтня жовтень жовтні, "
	"листопада листопад листопаді, грудня грудень грудні",
	"січ, лют, бер, квіт, трав, черв, лип, серп, вер, жовт, "
	"лист, груд"},
    {"uz",
	"yanvar, fevral, mart, aprel, may, iyun, iyul, avgust, "
	"sentabr, oktabr, noyabr, dekabr",
	"yan, fev, mar, apr, , iyn, iyl, avg, sen, okt, noy, dek"},
    {"ar",
	"يناير, فبراير, مارس, أبريل, مايو, يونيو, يوليو, أغسطس, "
	"سبتمبر, أكتوبر, نوفمبر, ديسمبر",
	NULL},
    {NULL, NULL, NULL},
};
