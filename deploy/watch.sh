#!/bin/bash
# Restarts worker and timetable when their heartbeat is older than 90 seconds. Runs every two minutes.
source "$(dirname "$(readlink -f "$0")")/lib.sh"
need_root
# Not while an upgrade or a restore holds them still.
exec 9>"$LOCK"
flock -n 9 || exit 0
load_settings
systemctl is-active --quiet "${SENDERS[@]}" || exit 0 # stopped by hand, or systemd restarts them itself
manage "$CURRENT" doctor --only heartbeat >/dev/null && exit 0
say "no heartbeat for 90 seconds: restarting worker and timetable"
systemctl restart "${SENDERS[@]}"
