#!/bin/bash
# Puts a backup in the place of the running database. The old database is kept under another name. Afterwards pages work
# and no mail leaves until `careerportal outbox release`: what was sent after the backup stands in the sent journal, and
# is learned from there first, so nothing goes out twice.
#
#   restore.sh [--yes] [--journal FILE] [--erased FILE] FOLDER
#
# --journal: a newer sent journal than the backup's, for a machine that lost its own (backup.sh --journal-only copies it).
# --erased: the same for the erase log. Who was erased after the backup was made is erased again before pages open.
# A backup sealed with age or gpg is opened first, by hand: docs/operating.md.
source "$(dirname "$(readlink -f "$0")")/lib.sh"

sure=0 extra_journal="" extra_erased="" folder=""
while [ $# -gt 0 ]; do
  case $1 in
    --yes) sure=1 && shift ;;
    --journal)
      [ -r "${2:-}" ] || fail "--journal takes a file"
      extra_journal=$(readlink -f "$2")
      shift 2
      ;;
    --erased)
      [ -r "${2:-}" ] || fail "--erased takes a file"
      extra_erased=$(readlink -f "$2")
      shift 2
      ;;
    -*) fail "usage: restore.sh [--yes] [--journal FILE] [--erased FILE] FOLDER" ;;
    *) folder=$1 && shift ;;
  esac
done

# learn_lines FILE JOURNAL: adds to a journal of this machine the lines of FILE that it does not have.
learn_lines() {
  local new_lines
  [ -s "$1" ] || return 0
  new_lines=$(mktemp)
  touch "$2"
  grep -vxFf "$2" "$1" >"$new_lines" || true
  # An empty journal matches nothing, so all lines of the file are new then.
  [ -s "$2" ] || cp "$1" "$new_lines"
  say "$(basename "$2"): $(wc -l <"$new_lines") lines from $(basename "$1")"
  cat "$new_lines" >>"$2"
  rm -f "$new_lines"
  chown "$PORTAL_USER:$PORTAL_USER" "$2"
  chmod 600 "$2"
}

# put_files FILE FOLDER: adds the files that are not in the folder of this machine; none there is changed or deleted.
put_files() {
  [ -e "$1" ] || return 0 # a backup of before there were such files
  install -d -m 700 -o "$PORTAL_USER" -g "$PORTAL_USER" "$2"
  tar -C "$2" --no-same-owner --skip-old-files -xf "$1"
  chown -R "$PORTAL_USER:$PORTAL_USER" "$2"
  chmod -R u=rwX,go= "$2"
}

need_root
take_lock
load_settings
[ -n "$folder" ] && [ -r "$folder/database.dump" ] || fail "there is no database.dump in '${folder}'"
folder=$(readlink -f "$folder")
(cd "$folder" && sha256sum --check --quiet checksums) || fail "the backup is damaged: checksums do not fit"
cat "$folder/about"
if [ $sure = 0 ]; then
  read -r -p "Put this in the place of the running database? Type yes: " answer
  [ "$answer" = yes ] || fail "nothing was changed"
fi

stamp=$(date -u +%Y%m%d%H%M%S)
fresh=${DATABASE}_restore_$stamp kept=${DATABASE}_before_$stamp
undo() {
  only_main_shell
  trap - ERR
  sql -c "DROP DATABASE IF EXISTS $fresh" || true
  systemctl start careerportal-web.socket careerportal-web.service "${SENDERS[@]}" || true
  fail "the restore failed; the old database runs on"
}
trap undo ERR

step "Database from $(basename "$folder")"
sql -c "CREATE DATABASE $fresh OWNER $PORTAL_USER TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
sql -c "REVOKE ALL ON DATABASE $fresh FROM PUBLIC"
(cd / && as_portal pg_restore --no-owner --no-privileges --exit-on-error -d "$fresh") <"$folder/database.dump"
# Before anything can connect to it under its own name: no mail.
sql -d "$fresh" -c "INSERT INTO outbox_switch (stream, paused, why, changed_at)
  VALUES ('', true, 'restored from $(basename "$folder")', now())
  ON CONFLICT (stream) DO UPDATE SET paused = true, why = EXCLUDED.why, until = NULL, changed_at = now()"

step "Switch"
# The socket too: it would start the web process again at the first visitor.
systemctl stop careerportal-web.socket careerportal-web.service "${SENDERS[@]}"
sql -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '$DATABASE'" >/dev/null
if [ "$(sql -c "SELECT count(*) FROM pg_database WHERE datname = '$DATABASE'")" = 1 ]; then
  sql -c "ALTER DATABASE $DATABASE RENAME TO $kept"
  say "the old database is kept as $kept; drop it when all is well: DROP DATABASE $kept"
fi
sql -c "ALTER DATABASE $fresh RENAME TO $DATABASE"
trap - ERR

learn_lines "$folder/sent-journal.log" "$SENT_JOURNAL"
learn_lines "$folder/erase-journal.log" "$ERASE_JOURNAL"
put_files "$folder/letters.tar" "$LETTERS_DIR"
put_files "$folder/resumes.tar" "$RESUMES_DIR" # of erased people: no row names them, so the clock deletes them
[ -z "$extra_journal" ] || learn_lines "$extra_journal" "$SENT_JOURNAL"
[ -z "$extra_erased" ] || learn_lines "$extra_erased" "$ERASE_JOURNAL"
redis=$(readlink -f /run/redis-careerportal/redis.sock)
# Cached pages and sessions speak of the old database.
redis-cli -s "$redis" flushall >/dev/null
manage "$CURRENT" migrate --noinput -v 0
# Before anybody can see them: who was erased after the backup was made is erased again.
manage "$CURRENT" replay_erasures
systemctl start careerportal-web.socket careerportal-web.service "${SENDERS[@]}"
say "Restored. Pages work; mail is held. When you have looked around: careerportal outbox release"
