# bash completion for mailfilter: commands, their verbs and options. What a
# command knows is asked of the program itself, so that nothing is kept twice.

_mailfilter_words() {
	# options named in the usage and option lines of a command
	"$1" "$2" --help 2>/dev/null | grep -o -e '--[a-z][a-z-]*' | sort -u
}

_mailfilter_ids() {
	# numbers, keys and the like out of a list
	"$1" --json "$2" list 2>/dev/null |
	    sed -n "s/.*\"$3\":\"\\{0,1\\}\\([^\",}]*\\).*/\\1/p"
}

_mailfilter_sections() {
	# names of the sections of a kind in the configuration in use
	sed -n "s/^$1 \"\([^\"]*\)\".*/\1/p" \
	    "${MAILFILTER_HOME:-$HOME/.config/mailfilter}/mailfilter.conf" 2>/dev/null
}

_mailfilter() {
	local program=${COMP_WORDS[0]} word=${COMP_WORDS[COMP_CWORD]}
	local command= verb= i reply=
	local common='--home --config --now --json --help --version -v -q'
	COMPREPLY=()
	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		--home | --config | --now) ((i++)) ;;
		-*) ;;
		*)
			if [ -z "$command" ]; then command=${COMP_WORDS[i]}
			elif [ -z "$verb" ]; then verb=${COMP_WORDS[i]}; fi ;;
		esac
	done
	case ${COMP_WORDS[COMP_CWORD - 1]} in
	--home | --config) return ;;
	--type) reply='customers invoices payments history statement mail' ;;
	--format) reply='text csv json' ;;
	--account) reply=$(_mailfilter_sections account) ;;
	--kind) reply='pause promise dispute instalments paid-claim' ;;
	--state) reply='planned rendered sending sent recalled failed unknown' ;;
	--customer) reply=$(_mailfilter_ids "$program" customer id) ;;
	--invoice) reply=$(_mailfilter_ids "$program" invoice number) ;;
	--accept | --reject | --undo) reply=$(_mailfilter_ids "$program" payment id) ;;
	esac
	if [ -z "$reply" ]; then
		case $word,$command,$verb in
		-*,,) reply=$common ;;
		-*) reply="$(_mailfilter_words "$program" "$command") $common" ;;
		*,,) reply=$("$program" help 2>/dev/null | sed -n 's/^  \([a-z]*\)  *.*/\1/p') ;;
		*,customer,) reply='add edit list show' ;;
		*,invoice,) reply='new list show edit void credit' ;;
		*,payment,) reply='list show add assign set-aside' ;;
		*,hold,) reply='add list release' ;;
		*,letter,) reply='list show recall resolve retry' ;;
		*,bank,) reply='list show check test learn' ;;
		*,template,) reply='list show check' ;;
		*,quarantine,) reply='list show retry' ;;
		*,gated,) reply='list show release drop' ;;
		*,report,) reply='aging crossing payers experiments set-aside matching' ;;
		*,conflicts,) reply=list ;;
		*,selftest,) reply=sandbox ;;
		*,fetch,*) reply=$(_mailfilter_sections mailbox) ;;
		*,help,) reply=$("$program" help 2>/dev/null | sed -n 's/^  \([a-z]*\)  *.*/\1/p') ;;
		*,bank,show) reply=$("$program" --json bank list 2>/dev/null | sed -n 's/.*"name":"\([^"]*\)","title.*/\1/p') ;;
		*,customer,show | *,customer,edit) reply=$(_mailfilter_ids "$program" customer id) ;;
		*,payment,show | *,payment,set-aside | *,payment,assign) reply=$(_mailfilter_ids "$program" payment id) ;;
		*,hold,release) reply=$(_mailfilter_ids "$program" hold hold) ;;
		*,invoice,show | *,invoice,edit | *,invoice,void | *,invoice,credit | *,explain,* | *,hold,add) reply=$(_mailfilter_ids "$program" invoice number) ;;
		esac
	fi
	if [ -n "$reply" ]; then
		mapfile -t COMPREPLY < <(compgen -W "$reply" -- "$word")
	else
		mapfile -t COMPREPLY < <(compgen -f -- "$word")
	fi
}

complete -F _mailfilter mailfilter
