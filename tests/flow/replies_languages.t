#!/bin/sh
# The same answers in the languages of customers, each in the thread of its
# letter: what holds, and what is sent back.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
. "$root/tests/flow/replies.sh"
story_begins
at 2026-11-24T10:00:00Z; alive; round
marta=$(id_of reminder 2026-002)
at 2026-11-25T10:00:00Z
# says WANTED TEXT: the kind of the hold that follows, which is then released
says() {
	answers marta@ruiz.example "$marta" "$2"
	is "$(holds | cut -d' ' -f1 | sort -u | tr '\n' ' ' | sed 's/ $//')" "$1" "$2"
	"$mf" --json hold list | jq -r .hold | xargs "$mf" -q hold release 2>/dev/null
}
says paid-claim "Wir haben die Rechnung bereits am 20.11.2026 überwiesen."
says paid-claim "Nous avons déjà payé cette facture."
says paid-claim "Мы уже оплатили этот счёт."
says paid-claim "Abbiamo già pagato la fattura."
says paid-claim "Já pagámos esta fatura."
says paid-claim "We hebben deze factuur al betaald."
says promise "Pagaremos la factura el 30 de noviembre."
says promise "Wir überweisen den Betrag am 30. November."
says promise "Nous paierons le 30 novembre."
says dispute "Diese Rechnung ist falsch, wir sind damit nicht einverstanden."
says dispute "No estamos de acuerdo con la factura, el importe es incorrecto."
says stop "Please stop sending me reminders."
finish
