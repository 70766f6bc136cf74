"""Customers: who they are, how they pay, in which words they answer.

All invented. What they write stands here in eight languages, a few natural
sentences for each meaning; {date} is a day in the words of that language,
{number} an invoice.
"""
import random

PLACES = {   # language: country, zone, contact names, syllables' end, form
    'de': ('DE', 'Europe/Berlin', ('Anke Vogel', 'Jürgen Röder', 'Sabine Kühn'), 'GmbH'),
    'es': ('ES', 'Europe/Madrid', ('Marta Ruiz', 'Íñigo Peña', 'Lucía Gil'), 'SL'),
    'fr': ('FR', 'Europe/Paris', ('Hélène Morel', 'Loïc Barbier', 'Cécile Roy'), 'SARL'),
    'it': ('IT', 'Europe/Rome', ('Chiara Conti', 'Nicolò Ferri', 'Paola Villa'), 'Srl'),
    'nl': ('NL', 'Europe/Amsterdam', ('Femke Visser', 'Joost Kuiper', 'Sanne Bos'), 'BV'),
    'pt': ('PT', 'Europe/Lisbon', ('Inês Lopes', 'João Matos', 'Rita Pinho'), 'Lda'),
    'ru': ('RU', 'Europe/Moscow', ('Анна Ильина', 'Пётр Соколов', 'Ольга Чернова'), 'ООО'),
    'en': ('US', 'America/New_York', ('Grace Miller', 'Owen Clarke', 'Ruth Baker'), 'Inc'),
}
LANGUAGES = sorted(PLACES)
SYLLABLES = ('ka ve lo ri na tu mer sol ba den ost fal gri tor mi zan pel hu cor lin '
             'dor wex jum quo pra sti ben ulm yor nix').split()
TRADES = ('Foods', 'Print', 'Logistik', 'Metall', 'Studio', 'Catering', 'Optik', 'Garden',
          'Textil', 'Media')

# How often a habit is met, in a hundred.
HABITS = (('punctual', 30), ('early', 10), ('day12', 10), ('late', 20), ('worse', 7),
          ('parts', 6), ('never', 3), ('disputes', 4), ('promises', 5), ('instalments', 5))

MONTHS = {
    'de': 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember',
    'es': 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
    'fr': 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
    'it': 'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
    'nl': 'januari februari maart april mei juni juli augustus september oktober november december',
    'pt': 'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro',
    'ru': 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря',
    'en': 'January February March April May June July August September October November December',
}
DATE = {'de': '{d}. {m}', 'es': '{d} de {m}', 'fr': '{d} {m}', 'it': '{d} {m}', 'nl': '{d} {m}',
        'pt': '{d} de {m}', 'ru': '{d} {m}', 'en': '{m} {d}'}

WORDS = {
    'paid': {
        'de': 'Guten Tag, die Rechnung {number} haben wir bereits bezahlt.',
        'es': 'Hola, la factura {number} ya la pagamos la semana pasada.',
        'fr': 'Bonjour, nous avons déjà payé la facture {number}.',
        'it': 'Buongiorno, la fattura {number} è già stata pagata.',
        'nl': 'Goedendag, factuur {number} hebben wij al betaald.',
        'pt': 'Bom dia, já pagámos a fatura {number}.',
        'ru': 'Добрый день, счёт {number} мы уже оплатили.',
        'en': 'Hello, we have already paid invoice {number}.'},
    'promise': {
        'de': 'Guten Tag, wir überweisen den Betrag am {date}.',
        'es': 'Hola, pagaremos la factura el {date}.',
        'fr': 'Bonjour, nous paierons la facture le {date}.',
        'it': 'Buongiorno, pagheremo la fattura il {date}.',
        'nl': 'Goedendag, wij betalen de factuur op {date}.',
        'pt': 'Bom dia, vamos pagar a fatura no dia {date}.',
        'ru': 'Добрый день, мы оплатим счёт {date}.',
        'en': 'Hello, we will pay the invoice on {date}.'},
    'dispute': {
        'de': 'Guten Tag, mit der Rechnung {number} sind wir nicht einverstanden, der Betrag ist falsch.',
        'es': 'Hola, no estamos de acuerdo con la factura {number}, el importe es incorrecto.',
        'fr': "Bonjour, nous ne sommes pas d'accord avec la facture {number}, le montant est incorrect.",
        'it': "Buongiorno, non siamo d'accordo con la fattura {number}, l'importo è sbagliato.",
        'nl': 'Goedendag, wij zijn het niet eens met factuur {number}, het bedrag klopt niet.',
        'pt': 'Bom dia, não concordamos com a fatura {number}, o valor está errado.',
        'ru': 'Добрый день, мы не согласны со счётом {number}, сумма неверная.',
        'en': 'Hello, we do not agree with invoice {number}, the amount is wrong.'},
    'instalments': {
        'de': 'Guten Tag, könnten wir die Rechnung {number} in drei Raten bezahlen?',
        'es': 'Hola, ¿podríamos pagar la factura {number} en tres plazos?',
        'fr': 'Bonjour, pourrions-nous payer la facture {number} en trois fois ?',
        'it': 'Buongiorno, possiamo pagare la fattura {number} in tre rate?',
        'nl': 'Goedendag, kunnen wij factuur {number} in drie termijnen betalen?',
        'pt': 'Bom dia, podemos pagar a fatura {number} em três prestações?',
        'ru': 'Добрый день, можно ли оплатить счёт {number} в рассрочку, тремя частями?',
        'en': 'Hello, could we pay invoice {number} in three instalments?'},
    'copy': {
        'de': 'Guten Tag, bitte senden Sie uns die Rechnung {number} noch einmal zu.',
        'es': 'Hola, por favor envíenos de nuevo la factura {number}.',
        'fr': 'Bonjour, pouvez-vous nous renvoyer la facture {number} ?',
        'it': 'Buongiorno, potete inviarci di nuovo la fattura {number}?',
        'nl': 'Goedendag, kunt u ons factuur {number} nogmaals sturen?',
        'pt': 'Bom dia, podem enviar-nos novamente a fatura {number}?',
        'ru': 'Добрый день, пришлите, пожалуйста, счёт {number} ещё раз.',
        'en': 'Hello, could you please resend invoice {number}?'},
    'statement': {
        'de': 'Guten Tag, bitte senden Sie uns einen Kontoauszug mit allen offenen Posten.',
        'es': 'Hola, por favor envíenos un estado de cuenta.',
        'fr': 'Bonjour, merci de nous envoyer un relevé de compte.',
        'it': 'Buongiorno, potete inviarci un estratto conto?',
        'nl': 'Goedendag, kunt u ons een rekeningoverzicht sturen?',
        'pt': 'Bom dia, podem enviar-nos um extrato de conta?',
        'ru': 'Добрый день, пришлите, пожалуйста, акт сверки.',
        'en': 'Hello, please send us a statement of account.'},
    'away': {
        'de': 'Ich bin bis zum {date} nicht im Büro.',
        'es': 'Estoy fuera de la oficina hasta el {date}.',
        'fr': "Je suis absente du bureau jusqu'au {date}.",
        'it': "Sono fuori ufficio fino al {date}.",
        'nl': 'Ik ben afwezig tot {date}.',
        'pt': 'Estou fora do escritório até {date}.',
        'ru': 'Меня нет на работе до {date}.',
        'en': 'I am out of the office until {date}.'},
    'other': {
        'de': 'Guten Tag, ab nächstem Jahr haben wir eine neue Anschrift.',
        'es': 'Hola, el próximo año tendremos otra dirección.',
        'fr': 'Bonjour, notre adresse change en janvier.',
        'it': 'Buongiorno, da gennaio abbiamo un nuovo indirizzo.',
        'nl': 'Goedendag, vanaf januari hebben wij een nieuw adres.',
        'pt': 'Bom dia, em janeiro mudamos de morada.',
        'ru': 'Добрый день, с января у нас новый адрес.',
        'en': 'Hello, our address will change next January.'},
}
AWAY = {'de': 'Abwesenheitsnotiz', 'es': 'Fuera de la oficina', 'fr': 'Réponse automatique',
        'it': 'Risposta automatica', 'nl': 'Afwezig', 'pt': 'Resposta automática',
        'ru': 'Автоответ', 'en': 'Automatic reply'}
PURPOSE = {'de': 'Rechnung', 'es': 'Factura', 'fr': 'Facture', 'it': 'Fattura', 'nl': 'Factuur',
           'pt': 'Fatura', 'ru': 'Invoice', 'en': 'Invoice'}


def spoken(day, language):
    month = MONTHS[language].split()[day.month - 1]
    return DATE[language].format(d=day.day, m=month)


def says(meaning, language, number='', day=None):
    return WORDS[meaning][language].format(
        number=number, date=spoken(day, language) if day else '')


def iban(country, number):
    """An account with right check digits; every country in the German form,
    which a bank far away would not have, but no reader can tell."""
    domestic = f'{number:018d}'
    code = ''.join(str(ord(c) - 55) for c in country)
    return f'{country}{98 - int(domestic + code + "00") % 97:02d}{domestic}'


class Customer:
    def __init__(self, seed, number):
        pick = random.Random(f'{seed}/customer/{number}')
        self.pick = pick
        self.number = number
        self.key = f'K{number:04d}'
        self.language = pick.choice(LANGUAGES)
        self.country, self.zone, contacts, form = PLACES[self.language]
        self.contact = pick.choice(contacts)
        word = ''.join(pick.choice(SYLLABLES) for _ in range(3)).capitalize()
        trade = pick.choice(TRADES)
        self.bank_name = f'{word} {trade} {"OOO" if form == "ООО" else form}'
        self.name = f'{form} {word} {trade}' if form == 'ООО' else self.bank_name
        self.domain = f'{word.lower()}{number}.example'
        self.email = f'office@{self.domain}'
        self.iban = iban('DE', 370400440000000000 + number)
        self.iban_known = pick.random() < .6
        roll = pick.randrange(100)
        for self.habit, share in HABITS:
            roll -= share
            if roll < 0:
                break
        self.policy = pick.choice(('usual', 'usual', 'mild', 'strict'))
        self.monthly = pick.random() < .6
        self.price = pick.choice((0, 0, 0, 4900, 9900, 29900))   # 0: any
        self.terms = pick.choice((14, 14, 30, 30, 10))
        self.first = pick.randrange(28)
        roll = pick.random()
        self.writes = 'number' if roll < .72 else 'short' if roll < .8 else \
            'nothing' if roll < .9 else 'mixed'
        roll = pick.random()
        # Somebody else pays: a parent company (another customer), or a person.
        self.parent = number - 1 if number % 17 == 5 else None
        self.third = roll < .03
        self.dies = pick.random() < .03     # the address, one day
        self.soft = pick.random() < .05
        self.bounced = False
