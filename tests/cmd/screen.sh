# A terminal for the tests of the dialogue: a tmux of its own, whose pane is
# looked at and typed into. Sourced after lib.sh.

TMUX_TMPDIR=$tmp; export TMUX_TMPDIR
unset TMUX NO_COLOR
_n=0
pane() { tmux -u -L "screen$_n" -f /dev/null "$@" 2>/dev/null; }
cleanup() { pane kill-server; }

# terminal COLUMNS LINES [NAME=VALUE...]: reconcile at a fresh terminal; what
# the terminal is like afterwards is printed at the end
terminal() {
	_x=$1 _y=$2; shift 2
	cat >"$tmp/run.sh" <<-R
	trap : INT QUIT
	env $* "$mf" reconcile
	echo "ended \$?"
	stty -a | tr ' ;' '\n\n' | grep -xE -- '-?(icanon|echo|isig)' | tr '\n' ' '
	read -r _
	R
	pane kill-server
	_n=$((_n + 1))		# the old one may still be on its way out
	pane new-session -d -x "$_x" -y "$_y" "sh $tmp/run.sh"
}
keys() { for _k; do pane send-keys -- "$_k"; done; }
capture() { pane capture-pane -p "$@"; }
# sees PATTERN NAME: waits until it stands on the screen
sees() {
	_i=0
	until capture | grep -Eq -- "$1"; do
		_i=$((_i + 1))
		[ $_i -le 100 ] || break
		sleep 0.05
	done
	like "$(capture)" "$1" "$2"
}
# The processes of reconcile and of its screen.
reconciler() {
	pgrep -t "$(pane display-message -p '#{pane_tty}' | sed 's,/dev/,,')" \
	    -f "^$mf reconcile" | head -n 1
}
painter() { pgrep -P "$(reconciler)" | head -n 1; }
sane='icanon echo|echo icanon|isig icanon'
