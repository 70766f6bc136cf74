#!/bin/sh
# Whole worlds of payments with their truth: what is booked is right, money
# that is for no invoice stays unbooked, and what is called certain is.
cd "$(dirname "$0")/../.." || exit 1
exec tests/bench/match --check --size 200,2000,1000 \
    --worlds ledgers:normal:21-22,ledgers:hard:31
