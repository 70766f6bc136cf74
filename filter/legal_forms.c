/*
 * legal_forms.c - legal forms of companies by country, with their long forms
 * and other alphabets. Data: the forms of a class may stand for each
 * other; companies of one name and different classes are two companies. A class
 * without a name goes with any. Points between letters also stand for blanks or nothing.
 */
#include "names.h"

const struct legal_row legal_rows[] = {
    /* German */
    {"GMBH", "DE AT CH LI LU",
	"G.m.b.H.|Ges.m.b.H.|gGmbH|m.b.H.|"
	"Gesellschaft mit beschränkter Haftung|"
	"gemeinnützige Gesellschaft mit beschränkter Haftung|"
	"Gesellschaft m.b.H.|Gesellschaft mbH|Ges mbH"},
    {"UG", "DE", "U.G.|UG haftungsbeschränkt|UG (haftungsbeschr.)|"
	"UG (haftungsbeschränkt)|haftungsbeschränkt|"
	"Unternehmergesellschaft|"
	"Unternehmergesellschaft haftungsbeschränkt"},
    {"AG", "DE AT CH LI LU", "A.G.|gAG|Aktiengesellschaft"},
    {"KG", "DE AT CH", "K.G.|Kommanditgesellschaft|Co KG|& Co. KG|Cie KG"},
    {"KGAA", "DE CH", "K.G.a.A.|Kommanditgesellschaft auf Aktien"},
    {"OHG", "DE AT", "o.H.G.|Offene Handelsgesellschaft|Co OHG"},
    {"OG", "AT", "O.G.|Offene Gesellschaft"},
    {"GBR", "DE", "G.b.R.|eGbR|Gesellschaft bürgerlichen Rechts"},
    {"EK", "DE", "e.K.|e.Kfm.|e.Kfr.|eingetragener Kaufmann|"
	"eingetragene Kauffrau|e.U.|eingetragener Unternehmer|"
	"Einzelunternehmen|Einzelfirma"},
    {"EV", "DE AT", "e.V.|eingetragener Verein|gemeinnütziger Verein"},
    {"EG", "DE AT", "e.G.|eGen|eingetragene Genossenschaft|"
	"Genossenschaft"},
    {"PARTG", "DE", "PartG|PartG mbB|PartGmbB|mbB|"
	"Partnerschaftsgesellschaft|Partnerschaft"},
    {"STIFTUNG", "DE AT CH LI", "Stiftung|gemeinnützige Stiftung"},
    {"KLG", "CH", "KlG|Kollektivgesellschaft|KmG"},
    {"ANSTALT", "LI", "Anstalt"},
    {"SE", "EU DE FR", "S.E.|Societas Europaea|Europäische Gesellschaft"},
    {"EWIV", "EU DE", "E.W.I.V.|G.E.I.E.|E.E.I.G.|E.E.S.V."},
    {"SCE", "EU", "S.C.E.|Societas Cooperativa Europaea"},
    /* Dutch */
    {"BV", "NL BE", "B.V.|BVBA|B.V.B.A.|Besloten Vennootschap|"
	"Besloten Vennootschap met beperkte aansprakelijkheid|"
	"S.P.R.L.|Société privée à responsabilité limitée"},
    {"NV", "NL BE", "N.V.|Naamloze Vennootschap"},
    {"VOF", "NL BE", "V.O.F.|Vennootschap onder firma|S.N.C."},
    {"CV", "NL BE", "C.V.|Commanditaire Vennootschap|Comm.V.|CommV|"
	"C.V.B.A.|C.V.O.A."},
    {"MAATSCHAP", "NL", "Maatschap|Mts."},
    {"EENMANSZAAK", "NL", "Eenmanszaak"},
    {"VZW", "BE", "V.Z.W.|A.S.B.L.|IVZW|A.I.S.B.L.|"
	"Vereniging zonder winstoogmerk|"
	"Association sans but lucratif"},
    {"COOP", "NL BE CH FR IT", "Coöperatie|Coöperatief|U.A.|"
	"Coöperatie U.A.|Coöperatieve U.A.|Société coopérative|"
	"Soc. coop.|S.C.R.L.|Società cooperativa|Coop."},
    /* French */
    {"SARL", "FR LU BE CH MA TN DZ SN CI CM LB MC",
	"S.A.R.L.|S.à r.l.|Sàrl|Société à responsabilité limitée|"
	"E.U.R.L.|Entreprise unipersonnelle à responsabilité limitée|"
	"SARLU|S.U.A.R.L.|SARL AU"},
    {"SAS", "FR MA SN", "S.A.S.|S.A.S.U.|Société par actions simplifiée|"
	"Société par actions simplifiée unipersonnelle"},
    {"SA", "FR LU BE CH ES PT GR PL RO AR CL MX CR PA PE GT MA TN SN CI",
	"S.A.|Société anonyme|Sociedad anónima|Sociedade anónima|"
	"Sociedade anônima|S.A.U.|Sociedad anónima unipersonal|"
	"S.A.C.|S.A.A.|Sociedad anónima cerrada"},
    {"SCI", "FR", "S.C.I.|Société civile immobilière|S.C.P.|S.C.M.|"
	"Société civile|Société civile professionnelle|S.E.L.A.R.L.|"
	"S.E.L.A.S."},
    {"SNC", "FR IT BE CH LU", "S.N.C.|Société en nom collectif|"
	"Società in nome collettivo"},
    {"SCS", "FR LU", "S.C.S.|Société en commandite simple|S.C.Sp."},
    {"SCA", "FR LU BE ES", "S.C.A.|Société en commandite par actions"},
    {"EI", "FR", "E.I.R.L.|Entreprise individuelle|"
	"Auto-entrepreneur|Micro-entreprise"},
    {"GIE", "FR", "G.I.E.|Groupement d'intérêt économique|G.A.E.C."},
    /* Italian */
    {"SRL", "IT RO MD AR BO UY", "S.r.l.|S.r.l.s.|"
	"Società a responsabilità limitata|"
	"Società a responsabilità limitata semplificata|"
	"S.r.l. unipersonale|Societate cu răspundere limitată|"
	"Sociedad de responsabilidad limitada|S.A.G.L."},
    {"SPA", "IT CL DZ", "S.p.A.|Società per azioni|Sociedad por acciones|"
	"Société par actions"},
    {"SAPA", "IT", "S.a.p.a.|Società in accomandita per azioni"},
    {"SS", "IT", "Società semplice"},
    {"SASIT", "IT", "Società in accomandita semplice"},
    {"DITTA", "IT", "Ditta individuale|Impresa individuale"},
    /* Spanish and Portuguese */
    {"SL", "ES AD", "S.L.|S.L.U.|S.L.N.E.|S.L.L.|S.L.P.|"
	"Sociedad limitada|Sociedad limitada unipersonal|"
	"Sociedad limitada nueva empresa|Sociedad limitada laboral|"
	"Societat limitada|Sociedad de responsabilidad limitada"},
    {"SCOOP", "ES", "S.Coop.|Sociedad cooperativa|S.Coop.And."},
    {"CB", "ES", "C.B.|Comunidad de bienes|S.C.P.|Sociedad civil"},
    {"SAL", "ES LB", "S.A.L.|Sociedad anónima laboral"},
    {"SACV", "MX", "S.A. de C.V.|S.A.P.I. de C.V.|"
	"Sociedad anónima de capital variable|S.A.B. de C.V."},
    {"SRLCV", "MX", "S. de R.L. de C.V.|S. de R.L.|"
	"Sociedad de responsabilidad limitada de capital variable"},
    {"LTDA", "BR CL CO PT", "Ltda.|Limitada|Lda.|Cía. Ltda.|Unipessoal|"
	"Unipessoal Lda.|Sociedade unipessoal por quotas|Cia Ltda|"
	"Sociedad limitada"},
    {"SASCO", "CO MX UY", "Sociedad por acciones simplificada"},
    {"EIRELI", "BR PE DO", "E.I.R.E.L.I.|E.I.R.L.|M.E.I.|S/S|"
	"Empresa individual de responsabilidad limitada"},
    {"SAC", "VE EC", "C.A.|Compañía anónima"},
    {"LTDAEU", "PT", "Sociedade por quotas|S.G.P.S.|C.R.L."},
    /* English */
    {"LTD", "GB IE CY MT HK SG IN NG KE GH ZA NZ IL CA BD PK LK UG TZ MW",
	"Ltd.|Limited|Co. Ltd.|Company Limited|Co Limited|Ltd. Co.|"
	"Private Limited Company|Cyfyngedig|Cyf.|"
	"Teoranta|Teo.|Ltée|Limitée|C.I.C."},
    {"LTD", "IN PK BD LK ZW NP", "Pvt. Ltd.|Private Limited|Pvt Limited|"
	"(P) Ltd.|P. Ltd.|O.P.C. Pvt. Ltd.|(OPC) Private Limited|"
	"Private Ltd"},
    {"LTD", "AU ZA BW NA SZ", "Pty. Ltd.|Pty.|Proprietary Limited|"
	"(Pty) Ltd|(Pty) Limited|Pty Limited"},
    {"LTD", "SG", "Pte. Ltd.|Pte.|Private Limited Singapore|Pte Limited"},
    {"SDN", "MY BN", "Sdn. Bhd.|Sendirian Berhad|Sdn Berhad"},
    {"BHD", "MY", "Bhd.|Berhad"},
    {"PLC", "GB IE NG KE", "P.L.C.|Public Limited Company|C.C.C."},
    {"LLP", "GB US IN SG CA", "L.L.P.|Limited Liability Partnership"},
    {"LP", "GB US CA", "L.P.|Limited Partnership|S.L.P."},
    {"DAC", "IE", "D.A.C.|Designated Activity Company|C.L.G.|U.L.C."},
    {"INC", "US CA PH", "Inc.|Incorporated|Incorporée"},
    {"LLC", "US AE QA OM SA UA", "L.L.C.|Limited Liability Company|"
	"P.L.L.C.|L.C.|Ltd. Liability Co.|W.L.L.|F.Z.E.|FZ-LLC|"
	"F.Z.C.O.|FZCO|D.M.C.C."},
    {"CORP", "US CA PH TW", "Corp.|Corporation|"
	"Professional Corporation"},
    {"", "US GB IE", "Co.|& Co.|Company|& Company|Cie|& Cie|and Co"},
    {"CC", "ZA", "Close Corporation"},
    /* Northern Europe */
    {"APS", "DK GL", "ApS|Anpartsselskab|I.v.S.|IVS|"
	"Iværksætterselskab"},
    {"AS", "DK NO EE FO", "A/S|AS|Aktieselskab|Aksjeselskap|Aktsiaselts|"
	"P/F|P/f"},
    {"ASA", "NO", "A.S.A.|Allmennaksjeselskap"},
    {"IS", "DK NO", "I/S|Interessentskab|Ansvarlig selskap|ANS|"
	"D.A.|Selskap med delt ansvar"},
    {"KS", "DK NO", "K/S|Kommanditselskab|Kommandittselskap|P/S|"
	"Partnerselskab"},
    {"ENK", "NO DK", "E.N.K.|Enkeltpersonforetak|Enkeltmandsvirksomhed|"
	"N.U.F."},
    {"AB", "SE FI AX", "A.B.|Aktiebolag|Aktiebolaget|AB (publ)|Ab Oy"},
    {"HB", "SE", "H.B.|Handelsbolag"},
    {"KB", "SE FI", "K.B.|Kommanditbolag"},
    {"EFSE", "SE", "Enskild firma|Ekonomisk förening|Ek. för."},
    {"OY", "FI", "O.Y.|Osakeyhtiö|Oy Ab|Oyj|Julkinen osakeyhtiö|Abp"},
    {"KY", "FI", "K.y.|Kommandiittiyhtiö"},
    {"AY", "FI", "A.y.|Avoin yhtiö|T:mi|Toiminimi|Tmi|O.s.k.|Osuuskunta"},
    {"EHF", "IS", "e.h.f.|einkahlutafélag|ehf."},
    {"HF", "IS", "h.f.|hlutafélag|ohf.|s.f.|sameignarfélag|slf."},
    /* Baltic */
    {"OU", "EE", "OÜ|Osaühing|M.T.Ü.|MTÜ"},
    {"FIE", "EE", "F.I.E.|Füüsilisest isikust ettevõtja"},
    {"TU", "EE", "TÜ|Täisühing|UÜ|Usaldusühing"},
    {"SIA", "LV", "S.I.A.|Sabiedrība ar ierobežotu atbildību"},
    {"ASLV", "LV", "Akciju sabiedrība"},
    {"IK", "LV", "Individuālais komersants|I.K.|Z/S"},
    {"UAB", "LT", "U.A.B.|Uždaroji akcinė bendrovė|M.B.|"
	"Mažoji bendrija"},
    {"ABLT", "LT", "Akcinė bendrovė|Individuali įmonė|VšĮ|"
	"Viešoji įstaiga"},
    /* Central Europe */
    {"SPZOO", "PL", "Sp. z o.o.|Spółka z o.o.|S. z o.o.|Sp. z. o. o.|"
	"Spółka z ograniczoną odpowiedzialnością|Sp. z o.o. sp.k.|"
	"Sp zoo|Spzoo|zoo"},
    {"SPK", "PL", "Sp. k.|Sp.k.|Spółka komandytowa|S.K.A.|"
	"Spółka komandytowo-akcyjna"},
    {"SPJ", "PL", "Sp. j.|Sp.j.|Spółka jawna|s.c.|Spółka cywilna|Sp.p."},
    {"SAPL", "PL", "Spółka akcyjna|P.S.A.|Prosta spółka akcyjna"},
    {"JDG", "PL", "P.P.H.U.|P.H.U.|F.H.U.|Przedsiębiorstwo|Z.P.H.U.|"
	"P.P.U.H.|Firma Handlowa"},
    {"SRO", "CZ SK", "s.r.o.|spol. s r.o.|společnost s ručením omezeným|"
	"spoločnosť s ručením obmedzeným|společnost s r.o.|spol. sro"},
    {"ASCZ", "CZ SK", "a.s.|akciová společnost|akciová spoločnosť"},
    {"VOS", "CZ SK", "v.o.s.|veřejná obchodní společnost|"
	"verejná obchodná spoločnosť"},
    {"KSCZ", "CZ SK", "k.s.|komanditní společnost|"
	"komanditná spoločnosť|o.p.s.|z.s.|z.ú."},
    {"KFT", "HU", "K.f.t.|Korlátolt felelősségű társaság|Kft.|"
	"Nonprofit Kft."},
    {"BT", "HU", "B.t.|Betéti társaság"},
    {"ZRT", "HU", "Z.r.t.|Nyrt.|N.y.r.t.|Rt.|"
	"Zártkörűen működő részvénytársaság|"
	"Nyilvánosan működő részvénytársaság|Részvénytársaság"},
    {"KKT", "HU", "K.k.t.|Közkereseti társaság|E.V. egyéni vállalkozó|"
	"egyéni vállalkozó"},
    /* South-East Europe */
    {"DOO", "SI HR RS BA ME MK", "d.o.o.|j.d.o.o.|д.о.о.|"
	"društvo s ograničenom odgovornošću|"
	"družba z omejeno odgovornostjo|"
	"društvo sa ograničenom odgovornošću|"
	"друштво са ограниченом одговорношћу|дооел|d.o.o.e.l."},
    {"DD", "SI HR BA", "d.d.|dioničko društvo|delniška družba"},
    {"DNO", "SI HR", "d.n.o.|k.d.|j.t.d.|komanditna družba"},
    {"OBRT", "HR SI RS", "obrt|s.p.|samostojni podjetnik|preduzetnik|"
	"п.р.|предузетник|pr"},
    {"ADRS", "RS ME MK BA", "a.d.|акционарско друштво|"
	"akcionarsko društvo|а.д.|А.Д. Скопје"},
    {"SRLRO", "RO", "P.F.A.|Persoană fizică autorizată|"
	"Întreprindere individuală|S.C."},
    {"SARO", "RO MD", "Societate pe acțiuni|Societate pe acţiuni"},
    {"OOD", "BG", "ООД|ЕООД|OOD|EOOD|"
	"Дружество с ограничена отговорност|"
	"Еднолично дружество с ограничена отговорност"},
    {"ADBG", "BG", "АД|ЕАД|AD|EAD|Акционерно дружество|"
	"Еднолично акционерно дружество|А.Д."},
    {"ETBG", "BG", "Едноличен търговец"},
    {"AEGR", "GR CY", "Α.Ε.|A.E.|Ανώνυμη Εταιρεία|"
	"Ανώνυμη Εταιρία|Ανώνυμος Εταιρεία|ΑΒΕΕ|Α.Β.Ε.Ε.|Α.Ε.Β.Ε."},
    {"EPE", "GR", "Ε.Π.Ε.|E.P.E.|Μ.Ε.Π.Ε.|"
	"Εταιρεία Περιορισμένης Ευθύνης|"
	"Μονοπρόσωπη Εταιρεία Περιορισμένης Ευθύνης"},
    {"IKE", "GR", "Ι.Κ.Ε.|I.K.E.|Μονοπρόσωπη ΙΚΕ|"
	"Ιδιωτική Κεφαλαιουχική Εταιρεία|Μονοπρόσωπη"},
    {"OEGR", "GR", "Ο.Ε.|O.E.|Ομόρρυθμη Εταιρεία|Ε.Ε.|E.E.|"
	"Ετερόρρυθμη Εταιρεία"},
    {"SHPK", "AL XK", "Sh.p.k.|Shpk|Sh.a.|"
	"Shoqëri me përgjegjësi të kufizuar"},
    {"AST", "TR", "A.Ş.|Anonim Şirketi|Anonim Ortaklığı|A.O.|"
	"Sanayi ve Ticaret A.Ş.|San. ve Tic. A.Ş.|San. Tic. A.Ş."},
    {"LTDSTI", "TR", "Ltd. Şti.|Limited Şirketi|Ltd Sti|"
	"San. ve Tic. Ltd. Şti.|San. Tic. Ltd. Şti.|"
	"Sanayi ve Ticaret Limited Şirketi|Ticaret Ltd. Şti.|Koll. Şti."},
    /* Eastern Europe, Caucasus, Central Asia */
    {"OOO", "RU BY KZ KG", "ООО|OOO|Общество с ограниченной ответственностью|"
	"О.О.О.|LLC OOO|Таварыства з абмежаванай адказнасцю|ТАА"},
    {"AO", "RU BY KZ", "АО|ПАО|ОАО|ЗАО|НАО|AO|PAO|OAO|ZAO|"
	"Акционерное общество|Публичное акционерное общество|"
	"Открытое акционерное общество|Закрытое акционерное общество|JSC|"
	"P.J.S.C.|O.J.S.C.|C.J.S.C.|Joint Stock Company"},
    {"IP", "RU BY KZ", "ИП|Индивидуальный предприниматель|ЧП|ПБОЮЛ"},
    {"UNITAR", "RU BY", "УП|ЧУП|ЧТУП|ОДО|ФГУП|МУП|ГУП|"
	"Унитарное предприятие|НКО|АНО"},
    {"TOV", "UA", "ТОВ|TOV|T.O.V.|"
	"Товариство з обмеженою відповідальністю|ТзОВ"},
    {"PAT", "UA", "ПАТ|ПрАТ|Приватне акціонерне товариство|"
	"Публічне акціонерне товариство|PrJSC"},
    {"FOP", "UA", "ФОП|FOP|Фізична особа-підприємець|СПД|"
	"Приватне підприємство"},
    {"TOO", "KZ", "ТОО|TOO|ЖШС|"
	"Товарищество с ограниченной ответственностью|"
	"Жауапкершілігі шектеулі серіктестік"},
    {"MCHJ", "UZ", "MChJ|МЧЖ|Mas'uliyati cheklangan jamiyat|XK|QK"},
    {"MMC", "AZ", "M.M.C.|Məhdud Məsuliyyətli Cəmiyyət|A.S.C."},
    {"SPS", "GE", "შ.პ.ს.|შპს|ს.ს.|შეზღუდული პასუხისმგებლობის საზოგადოება"},
    {"SPY", "AM", "ՍՊԸ|ՓԲԸ|ԲԲԸ"},
    /* Near East, Africa, Asia */
    {"BAM", "IL", "בע\"מ|בעמ"},
    {"DMM", "EG SA AE JO LB", "ش.م.م|ذ.م.م|ش.ذ.م.م|ش.م.ع|S.A.E.|"
	"K.S.C.|Q.S.C.|P.S.C.|B.S.C.|S.A.O.G."},
    {"PT", "ID", "P.T.|Tbk.|Perseroan Terbatas|Persero"},
    {"CVID", "ID", "U.D.|Firma|Persekutuan Komanditer"},
    {"TNHH", "VN", "TNHH|Công ty TNHH|Công ty Cổ phần|CTCP|"
	"Trách nhiệm hữu hạn|Công ty TNHH MTV"},
    {"THAI", "TH", "บริษัท|จำกัด|มหาชน|P.C.L.|Public Company Limited|"
	"หจก.|Co. Ltd. Thailand"},
    {"KK", "JP", "K.K.|Kabushiki Kaisha|Kabushikigaisha|Y.K.|"
	"Yugen Kaisha|G.K.|Godo Kaisha|Kabushiki-gaisha"},
    {"CNLTD", "CN TW HK", "Youxian Gongsi|Gufen Youxian Gongsi"},
    {"KR", "KR", "Chusik Hoesa|Jusik Hoesa|Yuhan Hoesa"},
    {"XXK", "MN", "ХХК|ХК|LLC XXK"},
    {"LTD", "NG", "Nig. Ltd.|Nigeria Limited|(Nig) Ltd"},
};
const guint legal_rows_n = G_N_ELEMENTS(legal_rows);

const struct legal_row legal_glued[] = {
    {"KK", "JP", "株式会社|有限会社|合同会社|合資会社|一般社団法人|"
	"(株)|（株）|㈱|(有)|（有）|㈲|カブシキガイシャ|カ)|(カ|ユ)"},
    {"CNLTD", "CN TW HK", "股份有限公司|有限责任公司|有限責任公司|"
	"有限公司|有限合伙|集团公司|公司"},
    {"KR", "KR", "주식회사|유한회사|유한책임회사|(주)|（주）|㈜|(유)"},
};
const guint legal_glued_n = G_N_ELEMENTS(legal_glued);
