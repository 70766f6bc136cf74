# Who the customers are: countries with their names, legal forms, scripts
# and accounts, and what a bank makes of a name on its way to us.
import unicodedata

# code currency language bban; forms; stems; trades; men; women; surnames; towns
TABLE = '''
DE EUR de 18n; GmbH|AG|GmbH & Co. KG|e.K.|UG (haftungsbeschränkt)|OHG|e.V.|PartG mbB; Nordlicht|Kranich|Wiesental|Steinbach|Löwen|Möwe; Metallbau|Bäckerei|Steuerkanzlei|Dachdeckerei|Gärtnerei|Spedition|Fahrschule; Jürgen|Thorsten|Malte|Kai; Heike|Ute|Anneliese|Svenja; Müller|Größmann|Weißenböck|von der Heide|Schröder-Lenz|Kaminski; Köln|Fürth|Oldenburg
AT EUR de 16n; GmbH|Ges.m.b.H.|KG|OG|e.U.; Alpenglück|Donauwerk|Edelweiß; Tischlerei|Gasthof|Installationen|Baumeister; Franz|Lukas; Waltraud|Bärbel; Höllwarth|Pichler|Strasser|Öttl; Linz|Graz|St. Pölten
CH CHF de 17n; AG|GmbH|Sàrl|SA|Genossenschaft; Matterblick|Seerose|Rigi; Treuhand|Käserei|Elektro|Physiotherapie; Urs|Beat|Reto; Vreni|Ruth; Zürcher|Bächtold|Aeschlimann|Hürlimann; Thun|Luzern|Biel/Bienne
FR EUR fr 23n; SARL|SAS|SASU|EURL|SA|SCI|SNC; L'Étoile|Belle Rive|Chêne Vert|Mistral; Boulangerie|Menuiserie|Cabinet|Transports|Pépinière; Jean-Luc|Benoît|Étienne; Françoise|Chloé|Marie-Thérèse; Lefèvre|Dubois-Garnier|d'Ornano|Noël|Béranger; Nîmes|Orléans|Saint-Étienne
BE EUR nl 12n; BV|NV|VOF|SRL|SA|ASBL|VZW|CommV; Schelde|Duinen|Kempen; Drukkerij|Slagerij|Advocaten|Tuinaanleg; Wim|Joris; Griet|Lieve; Van den Broeck|De Smet|Peeters|Vandenbossche; Gent|Hasselt|Leuven
NL EUR nl 4a10n; B.V.|BV|V.O.F.|N.V.|Stichting|Coöperatie U.A.; Waterland|Zonneveld|De Gouden Leeuw|IJsselkade; Installatietechniek|Kwekerij|Fysiotherapie|Schilders; Jan-Willem|Sjoerd|Pieter; Anneke|Marloes|Fleur; de Vries|van 't Hoff|van der Meer|Dijkstra|Ter Haar; Zwolle|'s-Hertogenbosch|Haarlem
LU EUR fr 16n; S.à r.l.|S.A.|SCS; Moselle|Kirchberg; Fiduciaire|Garage; Marc|Guy; Nathalie|Josée; Weydert|Schmit|Hoffmann; Esch|Differdange
IT EUR it 1a22n; S.r.l.|S.p.A.|S.n.c.|S.a.s.|S.r.l.s.|Soc. Coop.; La Fenice|Monteverde|Stella Alpina|Aurora; Officina|Panificio|Studio Tecnico|Autotrasporti|Ceramiche; Niccolò|Giosuè|Paolo; Lucia|Ilaria|Mariangela; D'Angelo|Dell'Acqua|Esposito|Locatelli|Pirrò; Forlì|Cantù|Bari
ES EUR es 20n; S.L.|S.A.|S.L.U.|S. Coop.|C.B.; El Olivar|Peñalba|Costa Azahar; Talleres|Asesoría|Bodegas|Carpintería|Clínica; José Antonio|Íñigo|Raúl; María del Carmen|Begoña|Núria; Muñoz Ibáñez|García López|Peña Soler|Etxeberria Gil; Cáceres|Logroño|Gijón
PT EUR pt 21n; Lda.|S.A.|Unipessoal Lda.; Maresia|Vale Verde|São Tomé; Padaria|Construções|Oficina; João|Gonçalo; Inês|Conceição; Magalhães|Simões da Silva|Frazão; Setúbal|Évora
PL PLN pl 24n; Sp. z o.o.|S.A.|Sp. j.|Sp. k.|P.P.H.U.|s.c.; Żubr|Błękit|Jaskółka|Wisła; Usługi Budowlane|Piekarnia|Biuro Rachunkowe|Hurtownia; Łukasz|Paweł|Grzegorz; Małgorzata|Agnieszka|Żaneta; Wiśniewski|Dąbrowski|Kaczyński|Zieliński|Nowak; Łódź|Gdańsk|Częstochowa
CZ CZK cs 20n; s.r.o.|a.s.|v.o.s.|z.s.|spol. s r.o.; Jezírko|Slunečnice|Říp; Truhlářství|Účetnictví|Pekařství|Stavby; Jiří|Ondřej|Zdeněk; Božena|Šárka|Kateřina; Dvořák|Kříž|Procházka|Růžička; Plzeň|České Budějovice
SK EUR sk 20n; s.r.o.|a.s.|š.p.; Kriváň|Čučoriedka; Stolárstvo|Doprava|Účtovníctvo; Ľubomír|Matúš; Žofia|Oľga; Kováč|Ďurica|Hruška; Žilina|Košice
HU HUF hu 24n; Kft.|Zrt.|Bt.|Nyrt.|Kkt.; Gólya|Tündérkert|Pannon; Asztalos|Könyvelő Iroda|Építő|Pékség; László|Győző|Ádám; Erzsébet|Zsófia; Szűcs|Nagy|Kőszegi|Tóth; Győr|Székesfehérvár
RO RON ro 4a16n; S.R.L.|S.A.|P.F.A.|S.C. SRL; Ceahlău|Brândușa|Dunărea; Construcții|Brutărie|Cabinet Contabil; Ștefan|Mihăiță; Ioana|Brîndușa; Ionescu|Țăranu|Popa; Brașov|Timișoara
BG BGN bg 4a14n; ООД|ЕООД|АД|ЕТ; Розова долина|Витоша|Бяла река; Строителство|Счетоводство|Пекарна; Георги|Христо; Цветелина|Мария; Димитров|Йорданов|Желязков; Пловдив|Бургас
GR EUR el 23n; Α.Ε.|Ε.Π.Ε.|Ο.Ε.|Ι.Κ.Ε.|Ε.Ε.; Αιγαίο|Ελαιώνας|Ήλιος; Λογιστικό Γραφείο|Κατασκευές|Αρτοποιία; Γεώργιος|Χρήστος|Ευάγγελος; Ελένη|Δήμητρα; Παπαδόπουλος|Οικονόμου|Ψαρράς|Τζανετάκης; Πάτρα|Ιωάννινα
CY EUR el 24n; Λτδ|Ltd; Κύπρος|Aphrodite; Trading|Ναυτιλιακή; Ανδρέας|Κώστας; Μαρία|Άντρη; Χατζηγεωργίου|Χριστοδούλου; Λεμεσός|Larnaca
HR EUR hr 17n; d.o.o.|d.d.|j.d.o.o.|obrt; Šumica|Galeb|Učka; Knjigovodstvo|Stolarija|Prijevoz; Željko|Ivan; Đurđica|Mirjana; Horvat|Šarić|Perković; Šibenik|Rijeka
SI EUR sl 15n; d.o.o.|d.d.|s.p.|d.n.o.; Triglav|Češnja; Mizarstvo|Računovodstvo; Matjaž|Žiga; Špela|Mojca; Krajnc|Žnidaršič|Zupančič; Kranj|Škofja Loka
RS RSD sr 18n; d.o.o.|a.d.|PR; Морава|Шумадија; Пекара|Грађевина|Књиговодство; Ђорђе|Немања; Љиљана|Јелена; Јовановић|Ђурић|Петровић; Ниш|Чачак
RU RUB ru -20; ООО|АО|ИП|ПАО; Берёзка|Северный ветер|Уральский мост; Торговый дом|СтройМонтаж|Бухгалтерия; Юрий|Алексей|Фёдор; Надежда|Юлия; Щербаков|Кузнецов|Журавлёв|Хохлов; Тверь|Екатеринбург
UA UAH uk 25n; ТОВ|ПП|ФОП|АТ; Калина|Дніпровська хвиля; Будівництво|Бухгалтерські послуги; Андрій|Євген; Оксана|Їванна; Шевчук|Гнатюк|Ковальчук; Львів|Черкаси
SE SEK sv 20n; AB|HB|KB|Ekonomisk förening; Älgen|Björkhagen|Skärgården; Redovisning|Bageri|Måleri|Åkeri; Göran|Håkan; Åsa|Märta; Sjöström|Åkerlund|Lindqvist|Öberg; Malmö|Växjö
NO NOK no 11n; AS|ENK|ANS|ASA|DA; Fjellheim|Nordøya|Ørnen; Rørlegger|Regnskap|Bakeri|Snekkeri; Øyvind|Bjørn Tore; Solveig|Åshild; Bjørnstad|Sæther|Hågensen; Tromsø|Ålesund
DK DKK da 14n; ApS|A/S|I/S|IVS|K/S; Ærø|Kløver|Søbred; Tømrer|Revision|Blomster; Søren|Jørgen; Bodil|Kirsten; Nørgaard|Sørensen|Kjær; Ærøskøbing|Aarhus
FI EUR fi 14n; Oy|Oyj|Ky|Tmi|ry|Ab; Järvenpää|Pöllö|Revontuli; Tilitoimisto|Leipomo|Rakennus; Jyrki|Väinö; Päivi|Äijä-Liisa; Hämäläinen|Mäkelä|Virtanen; Jyväskylä|Seinäjoki
EE EUR et 16n; OÜ|AS|MTÜ|FIE; Õunapuu|Tuulik; Ehitus|Raamatupidamine; Jüri|Tõnu; Külli|Õnne; Põldmäe|Kask|Tamm; Tartu|Pärnu
LV EUR lv 4a13n; SIA|AS|IK; Ozoliņš un dēli|Dzintars; Būve|Grāmatvedība; Jānis|Ģirts; Līga|Žanete; Bērziņš|Kalniņa|Šķēle; Rīga|Liepāja
LT EUR lt 16n; UAB|AB|MB|IĮ; Ąžuolas|Gintaras; Statyba|Buhalterija; Žygimantas|Šarūnas; Jūratė|Živilė; Kazlauskas|Žukauskienė|Šimkus; Šiauliai|Kaunas
IS ISK is 22n; ehf.|hf.|slf.; Þingvellir|Hvítá; Bókhald|Smíði; Þórður|Örn; Guðrún|Sæunn; Jónsson|Þorvaldsdóttir|Ægisson; Akureyri|Reykjavík
IE EUR en 4a14n; Ltd|DAC|CLG|Teoranta; Shannon|Clover|Oakhill; Plumbing|Accountants|Bakery; Seán|Padraig; Siobhán|Niamh; O'Sullivan|Ní Bhriain|Fitzgerald; Galway|Cork
GB GBP en 4a14n; Ltd|Limited|LLP|PLC|CIC; Heron|Thornbury|Blackwater|Kingfisher; Roofing|Solicitors|Dental Care|Joinery|Lettings; Alan|Gareth|Hamish; Sheila|Fiona|Priya; Whitworth|McAllister|Smith|Ap Rhys|Okonkwo; Leeds|Bath|Inverness
US USD en -10; LLC|Inc.|Corp.|LP|PLLC; Redwood|Lone Star|Granite Peak; Landscaping|Consulting|Dental Group|Freight; Tyler|José; Ashley|Mei; Johnson|Ramirez|Nguyen|O'Malley; Tulsa|Boise
CA CAD en -12; Inc.|Ltée|Ltd.; Maple Ridge|Érablière; Contracting|Traiteur; Liam|Gaétan; Chantal|Erin; Tremblay|MacLeod; Laval|Regina
AU AUD en -9; Pty Ltd|Trust|Ltd; Wattle|Kookaburra; Earthmoving|Bookkeeping; Bruce|Lachlan; Kylie|Bronwyn; Nguyen|Fraser; Ballarat|Cairns
IN INR en -14; Pvt. Ltd.|Private Limited|LLP|& Sons|Enterprises; Shree Ganesh|Lotus|Himalaya; Traders|Textiles|Infotech|Exports; Rajesh|Mohammed|Suresh Kumar; Lakshmi|Sunita; Iyer|Patel|Khan|Chatterjee; Pune|Surat|Kochi
BR BRL pt 23n1a1n; Ltda.|S.A.|ME|EIRELI|EPP; Ipê Amarelo|Três Irmãos; Comércio|Indústria|Serviços; Antônio|Thiago; Fátima|Luíza; Araújo|Gonçalves|dos Santos; Goiânia|São Luís
MX MXN es -18; S.A. de C.V.|S. de R.L.; Nopal|Águila; Servicios|Importadora; Ramón|Jesús; Guadalupe|Ximena; Hernández Ruiz|Ordóñez; Mérida|León
TR TRY tr 22n; A.Ş.|Ltd. Şti.|Tic. Ltd. Şti.; Güneş|Çınar|Işık; İnşaat|Muhasebe|Gıda|Tekstil; Çağrı|İbrahim; Gülşen|Ayşe; Öztürk|Yıldız|Şahin|Işık; İzmir|Eskişehir
JP JPY ja -11; 株式会社|合同会社; 山田製作所|さくら商事|北星工業; Trading|工業; Hiroshi|Kenji; Yuki|Akiko; Tanaka|Ōno|Satō; Nagoya|Sendai
ZA ZAR en -10; (Pty) Ltd|CC|NPC; Protea|Springbok; Logistics|Motors; Sipho|Pieter; Nomsa|Elsabé; Nkosi|van Wyk; Durban|George
IL ILS en 19n; Ltd.|בע"מ; Carmel|גליל; Systems|Foods; Moshe|Avi; Noa|Tamar; Levi|Mizrahi; Haifa|Netanya
GE GEL en 2a16n; შპს|სს|LLC; ივერია|თბილისის პური; Trading|მშენებლობა; გიორგი|ლევან; ნინო|თამარ; ბერიძე|მაისურაძე; ბათუმი|Tbilisi
KZ KZT ru 16n; ТОО|АО|ИП; Алатау|Жетысу; Логистика|Строительство; Нурлан|Ерлан; Айгуль|Динара; Сейтказиев|Ахметова; Алматы|Шымкент
MK EUR sr 15n; ДООЕЛ|ДОО; Вардар|Охрид; Трговија|Градба; Горан|Ѓорѓи; Билјана|Ѓурѓа; Стојановски|Ќосев; Битола|Скопје
BA BAM hr 16n; d.o.o.|d.d.|s.p.; Neretva|Bjelašnica; Gradnja|Pekara; Emir|Željko; Amra|Sanja; Hadžić|Mujezinović; Mostar|Tuzla
MD MDL ro 2a18n; S.R.L.|Î.I.|S.A.; Codru|Nistru; Vinării|Construct; Vasile|Ion; Tatiana|Lilia; Rusu|Cebotari; Bălți|Chișinău
MT EUR en 4a23n; Ltd|p.l.c.; Gżira|Ħaġar; Marine|Catering; Ġorġ|Karm; Żeża|Marija; Borġ|Żammit|Farrugia; Żebbuġ|Sliema
AL EUR en 24n; sh.p.k.|sh.a.; Shqiponja|Valbona; Ndërtim|Tregti; Agron|Çlirim; Besa|Drita; Hoxha|Gjoka; Shkodër|Durrës
CN CNY en -19; 有限公司|股份有限公司; 华星|长城电子|东风贸易; 科技|Trading; Wei|Jun; Xiu Ying|Fang; Zhang|Lü|Wang; Shenzhen|Ningbo
KR KRW en -13; 주식회사|Co., Ltd.; 한빛|서울무역|대한전자; Trading|전자; Min-jun|Ji-ho; Seo-yeon|Ha-eun; Kim|Park|Choi; Busan|Incheon
EG EGP en 25n; للتجارة|LLC|S.A.E.; النيل|الأهرام; Trading|Textiles; Mahmoud|Tarek; Mona|Heba; El-Sayed|Abdel Rahman; Cairo|Alexandria
NZ NZD en -15; Limited|Ltd|Trust; Kōwhai|Tūī|Southern Cross; Farming|Joinery; Wiremu|Craig; Aroha|Hine; Ngata|McKenzie; Whangārei|Nelson
SG SGD en -10; Pte. Ltd.|LLP; Merlion|Orchid; Trading|Engineering; Wei Ming|Ravi; Hui Ling|Siti; Tan|Lim|bin Ismail; Singapore|Jurong
CL CLP es -12; SpA|Ltda.|S.A.|E.I.R.L.; Ñuble|Cóndor; Servicios|Viñedos; Álvaro|Cristóbal; Ximena|Begoña; Muñoz Soto|Núñez Vial; Viña del Mar|Temuco
VN USD en -13; Công ty TNHH|JSC; Sao Việt|Hòa Bình; Thương mại|Trading; Nguyễn Văn|Đức; Thị Hoa|Phương; Trần|Đặng|Phạm; Hà Nội|Đà Nẵng
AE AED en 19n; FZE|LLC|FZ-LLC; Al Noor|Falcon; General Trading|Contracting; Ahmed|Yousef; Fatima|Layla; Al Mansoori|Haddad; Dubai|Sharjah
'''
COUNTRY = {}
for row in TABLE.strip().splitlines():
    head, *rest = row.split('; ')
    code, cur, lang, bban = head.split()
    COUNTRY[code] = dict(zip('forms stems trades men women sur towns'.split(),
        [x.split('|') for x in rest]), code=code, cur=cur, lang=lang, bban=bban)
EURO = [c for c in COUNTRY if COUNTRY[c]['cur'] == 'EUR']
SEPA = EURO + ['CH', 'PL', 'CZ', 'HU', 'RO', 'BG', 'SE', 'NO', 'DK', 'IS', 'GB']
LONG = {'GmbH': 'Gesellschaft mit beschränkter Haftung', 'AG': 'Aktiengesellschaft',
    'Sp. z o.o.': 'Spółka z ograniczoną odpowiedzialnością', 'S.L.U.': 'Sociedad Limitada Unipersonal',
    'SARL': 'Société à responsabilité limitée', 'ООО': 'Общество с ограниченной ответственностью',
    'ИП': 'Индивидуальный предприниматель', 'B.V.': 'Besloten Vennootschap', 'Ltd': 'Limited',
    'S.L.': 'Sociedad Limitada', 'AB': 'Aktiebolag', 'Oy': 'Osakeyhtiö', 'LLC': 'Limited Liability Company',
    'A.Ş.': 'Anonim Şirketi', 'S.r.l.': 'Società a responsabilità limitata', 'Pvt. Ltd.': 'Private Limited',
    'd.o.o.': 'društvo s ograničenom odgovornošću', 's.r.o.': 'společnost s ručením omezeným',
    'Kft.': 'Korlátolt Felelősségű Társaság', 'Ltda.': 'Limitada', 'UAB': 'Uždaroji akcinė bendrovė'}

CYR = dict(zip('абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґђјљњћџѓќѕ', 'a b v g d e zh z i y k l m n o p r s t u f kh '
    'ts ch sh shch - y - e yu ya e i i ie g dj j lj nj c dz gj kj dz'.replace('-', '').split(' ')))
GRK = dict(zip('αβγδεζηθικλμνξοπρσςτυφχψω', 'a v g d e z i th i k l m n x o p r s s t y f ch ps o'.split()))
GEO = dict(zip('აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ', 'a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz '
    'ts ch kh j h'.split()))
KANJI = {'股份有限公司': 'CO LTD', '有限公司': 'CO LTD', '华星': 'HUAXING ', '长城电子': 'GREAT WALL ELECTRONICS ', '东风贸易': 'DONGFENG TRADING ',
    '科技': 'TECHNOLOGY', '주식회사': 'CO LTD', '한빛': 'HANBIT ', '서울무역': 'SEOUL TRADING ', '대한전자': 'DAEHAN ELECTRONICS ',
    '전자': 'ELECTRONICS', 'للتجارة': 'TRADING', 'النيل': 'AL NIL', 'الأهرام': 'AL AHRAM','株式会社': 'K.K.', '合同会社': 'G.K.', '山田製作所': 'YAMADA SEISAKUSHO', 'さくら商事': 'SAKURA SHOJI',
    '北星工業': 'HOKUSEI KOGYO', '工業': 'KOGYO', 'בע"מ': 'LTD', 'גליל': 'GALIL', '№': 'No', '„': '"', '«': '"', '»': '"'}
ONE = {'ß': 'ss', 'ø': 'o', 'Ø': 'O', 'æ': 'ae', 'Æ': 'AE', 'ł': 'l', 'Ł': 'L', 'đ': 'd', 'Đ': 'D', 'ð': 'd',
    'þ': 'th', 'Þ': 'Th', 'ı': 'i', 'œ': 'oe', 'ə': 'e', '’': "'", '“': '"', '–': '-', 'º': 'o', 'ª': 'a'}
GERMAN = {'ä': 'ae', 'ö': 'oe', 'ü': 'ue', 'Ä': 'AE', 'Ö': 'OE', 'Ü': 'UE', 'ø': 'oe', 'Ø': 'OE', 'å': 'aa', 'Å': 'AA'}


def latin(s, german=False):
    """What a bank with a Latin, unaccented character set keeps of s."""
    for k, v in KANJI.items():
        s = s.replace(k, v)
    s = unicodedata.normalize('NFC', s)
    s = s.replace('ου', 'ou').replace('Ου', 'Ou')
    out = ''
    for ch in s:
        if german and ch in GERMAN:
            out += GERMAN[ch]
            continue
        base = ch if ch.lower() in CYR else unicodedata.normalize('NFD', ch)[0]
        low = base.lower()
        if low in CYR or low in GRK:
            t = CYR.get(low, GRK.get(low))
            out += t.capitalize() if base != low else t
        elif ch in GEO:
            out += GEO[ch]
        elif ch in ONE:
            out += ONE[ch]
        else:
            out += base if ord(base) < 128 else ' ' if base.isspace() else '?'
    return out


def account(r, code):
    spec = COUNTRY[code]['bban']
    if spec[0] == '-':
        return ''.join(r.choice('0123456789') for _ in range(int(spec[1:])))
    bban, n = '', ''
    for ch in spec:
        if ch.isdigit():
            n += ch
            continue
        bban += ''.join(r.choice('0123456789' if ch == 'n' else 'ABCDEFGHKLMNPRSTUVW') for _ in range(int(n)))
        n = ''
    num = ''.join(str(int(c, 36)) for c in bban + code + '00')
    return '%s%02d%s' % (code, 98 - int(num) % 97, bban)


# Syllables to make more families and firms of, by script, and endings.
PARTS = {'L': 'Bar Bel Cor Dal Fen Gar Hal Jas Kel Lam Mar Nor Or Pal Ram Sal Tor Val Wen Zan'.split(),
    'C': 'Бар Вол Гор Дан Зим Кар Лаз Мел Нов Рад Сол Тим Чер'.split(),
    'G': 'Αλεξ Βασ Γαλ Δαμ Καρ Λαμπ Μαν Νικ Ραπτ Στεφ Φιλ'.split()}
MORE = ['a', 'e', 'i', 'o']
SUREND = dict(zip('de fr nl it es pt pl cs sk hu ro bg el hr sl sr ru uk sv no da fi et lv lt is en tr ja'.split(),
    'dinger|mann|scheid;neau|chard|lieu;sma|broek|mans;oni|etti|asco;ez|ona|arte;eira|inho;owski|czyk|ewicz;'
    'ek|ický;ák|ský;ffy|osi;escu|eanu;ски|ев;άκης|ίδης|όπουλος;ić|ec;nik|šek;ић;ов|ский|ин;енко|чук;gren|ström;'
    'stad|vik;gaard|holm;nen|la;ste|mägi;iņš|ovs;aitis|evičius;son|dóttir;well|ford|by|ton;oğlu|tepe;mura|moto'
    .split(';')))


def coined(r, lang, end=''):
    kind = 'C' if lang in ('bg', 'ru', 'uk', 'sr') else 'G' if lang == 'el' else 'L'
    mid = r.choice('аеио' if kind == 'C' else 'αιο' if kind == 'G' else MORE)
    two = r.choice(PARTS[kind]) + mid + r.choice(PARTS[kind]).lower()
    if not end:
        return two + r.choice({'C': ['а', '', 'ия'], 'G': ['ία', 'ος'], 'L': ['a', 'is', 'o', 'ex', '']}[kind])
    return (two if r.random() < .4 else two[:3] + two[4:6]) + end


def surname(r, c):
    if r.random() < .35:
        return r.choice(c['sur'])
    return coined(r, c['lang'], r.choice(SUREND[c['lang']].split('|')))


def person(r, code, sur=None):
    c = COUNTRY[code]
    woman = r.random() < .5
    given, sur = r.choice(c['women' if woman else 'men']), sur or surname(r, c)
    second = r.choice(c['women' if woman else 'men'])
    if r.random() < .25 and second != given:
        given += ' ' + (second if r.random() < .5 else second[0] + '.')
    return given, sur


def company(r, code):
    """A name, and the same name without its legal form."""
    c = COUNTRY[code]
    form, trade, stem = r.choice(c['forms']), r.choice(c['trades']), r.choice(c['stems'])
    if r.random() < .6:
        stem = coined(r, c['lang'])
    sur, town = surname(r, c), r.choice(c['towns'])
    core = r.choice([f'{stem} {trade}', f'{trade} {sur}', f'{sur} & {r.choice(c["sur"])} {trade}', stem,
        f'{trade} {town}', f'{stem} {town}', f'{trade} {stem} {r.randint(2, 99)}', f'{sur} {trade} {town}'])
    if code in ('RU', 'UA') or code == 'KZ' and form != 'ТОО':
        return (f'{form} «{core}»' if form not in ('ИП', 'ФОП') else f'{form} {sur} {r.choice(c["men"])}'), core
    if code == 'BG' and form != 'ЕТ':
        return f'„{core}“ {form}', core
    if form in ('ТОО', 'АО', 'ИП', 'შპს', 'სს', 'Công ty TNHH', '주식회사', 'ЕТ', 'UAB', 'SIA', 'P.P.H.U.', 'Stichting', 'Tmi', '株式会社', 'MB', 'S.C. SRL') or form == 'AB' and code == 'LT':
        return (f'S.C. {core} S.R.L.' if form == 'S.C. SRL' else f'{form} {core}'), core
    return f'{core} {form}', core


def at_bank(r, name, c, width=70, ascii_only=None, kind='company'):
    """A payer's name as the bank of country c writes it."""
    if kind == 'company' and r.random() < .12:
        for k, v in LONG.items():
            if (' ' + name + ' ').find(' ' + k + ' ') >= 0:
                name = name.replace(k, v)
                break
    if r.random() < .06:
        name += ' ' + r.choice(c['towns'])
    if kind == 'person' and r.random() < .06:
        name = r.choice(['Dr. ', 'Ing. ', 'Mgr. ', 'Prof. ', 'c/o ']) + name
    foreign = any(ord(ch) > 0x250 for ch in name)
    if ascii_only if ascii_only is not None else foreign and r.random() < .8 or r.random() < .55:
        name = latin(name, c['lang'] in ('de', 'da', 'no', 'sv') and r.random() < .6)
    if r.random() < .45:
        name = name.upper()
    if r.random() < .1:
        name = ' '.join(name.replace('.', ' ').replace(',', ' ').split())
    return name[:width].strip()
