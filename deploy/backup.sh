#!/bin/bash
# Makes a backup: database, letters of employers, resumes, sent journal, erase log, settings, checksums. Prints its folder as the last line.
#
#   backup.sh [--label WORD]   into /var/backups/careerportal, then off this machine (backup.conf: BACKUP_TARGET)
#   backup.sh --journal-only   only sent journal and erase log, off this machine: what a restore needs to send
#                              nothing twice and to bring nobody back
source "$(dirname "$(readlink -f "$0")")/lib.sh"

BACKUP_TARGET="" BACKUP_AGE_RECIPIENT="" BACKUP_GPG_RECIPIENT="" BACKUP_KEEP_DAYS=14
label="" journal_only=0
while [ $# -gt 0 ]; do
  case $1 in
    --label)
      [[ ${2:-} =~ ^[a-z0-9-]+$ ]] || fail "--label takes a word of small letters"
      label=$2
      shift 2
      ;;
    --journal-only) journal_only=1 && shift ;;
    *) fail "usage: backup.sh [--label WORD] | --journal-only" ;;
  esac
done

# seal FILE...: encrypts each file in place for whoever holds the private key. Does nothing without a key in backup.conf.
seal() {
  local file
  for file in "$@"; do
    [ -e "$file" ] || continue
    if [ -n "$BACKUP_AGE_RECIPIENT" ]; then
      age -r "$BACKUP_AGE_RECIPIENT" -o "$file.age" "$file"
    elif [ -n "$BACKUP_GPG_RECIPIENT" ]; then
      gpg --batch --yes --quiet --trust-model always -r "$BACKUP_GPG_RECIPIENT" -o "$file.gpg" --encrypt "$file"
    else
      continue
    fi
    rm -f "$file"
  done
}

# copy_away PATH: a file or folder to BACKUP_TARGET. Nothing there is deleted from here.
copy_away() {
  case $BACKUP_TARGET in
    "") ;;
    rclone:*)
      if [ -d "$1" ]; then
        rclone copy --quiet "$1" "${BACKUP_TARGET#rclone:}/$(basename "$1")"
      else
        rclone copy --quiet "$1" "${BACKUP_TARGET#rclone:}"
      fi
      ;;
    *) rsync -a --chmod=D750,F640 "$1" "$BACKUP_TARGET/" ;;
  esac
}

copy_for_away() { # FILE NAME: a copy, sealed when there is a key, goes away under its own name
  local folder
  folder=$(mktemp -d)
  cp "$1" "$folder/$2"
  seal "$folder/$2"
  copy_away "$folder/$(find "$folder" -type f -printf '%f\n')"
  rm -rf "$folder"
}

need_root
load_settings
# shellcheck source=/dev/null
[ ! -r "$BACKUP_CONF" ] || . "$BACKUP_CONF"
umask 077

if [ $journal_only = 1 ]; then
  [ -n "$BACKUP_TARGET" ] || exit 0
  [ ! -e "$SENT_JOURNAL" ] || copy_for_away "$SENT_JOURNAL" sent-journal.log
  [ ! -e "$ERASE_JOURNAL" ] || copy_for_away "$ERASE_JOURNAL" erase-journal.log
  exit 0
fi

take_lock
target=$BACKUP_DIR/$(date -u +%Y%m%dT%H%M%SZ)${label:+-$label}
part=$target.part
trap 'rm -rf "$part"' EXIT
install -d -m 700 "$part"

as_postgres pg_dump --format=custom --compress=6 --no-owner --no-privileges "$DATABASE" >"$part/database.dump"
# After the dump: whatever was sent while it ran stands in the journal, and a restore learns it from there.
if [ -e "$SENT_JOURNAL" ]; then cp "$SENT_JOURNAL" "$part/sent-journal.log"; else : >"$part/sent-journal.log"; fi
# The erase log too: whoever was erased while the dump ran, or since, must not come back with it.
if [ -e "$ERASE_JOURNAL" ]; then cp "$ERASE_JOURNAL" "$part/erase-journal.log"; else : >"$part/erase-journal.log"; fi
# After the dump too: a file that the database names is written before the database names it, so none is missing.
files_of() { if [ -d "$1" ]; then tar -C "$1" -cf - .; else tar -cf - -T /dev/null; fi; }
files_of "$LETTERS_DIR" >"$part/letters.tar"
files_of "$RESUMES_DIR" >"$part/resumes.tar"
cp "$ENV_FILE" "$part/env"
[ ! -r "$BACKUP_CONF" ] || cp "$BACKUP_CONF" "$part/backup.conf"
{
  say "made $(date -u +%Y-%m-%dT%H:%M:%SZ)"
  say "release $(basename "$(readlink "$CURRENT" 2>/dev/null || echo none)")"
  say "postgresql $(sql -c 'SHOW server_version')"
  say "database_bytes $(sql -c "SELECT pg_database_size('$DATABASE')")"
} >"$part/about"
pg_restore --list "$part/database.dump" >/dev/null # a dump that cannot be read is no backup
tar -tf "$part/letters.tar" >/dev/null
tar -tf "$part/resumes.tar" >/dev/null
(cd "$part" && sha256sum database.dump letters.tar resumes.tar sent-journal.log erase-journal.log env about >checksums)
mv "$part" "$target"
trap - EXIT

if [ -n "$BACKUP_TARGET" ]; then
  away=$(mktemp -d)
  trap 'rm -rf "$away"' EXIT
  cp -r "$target" "$away/"
  seal "$away/$(basename "$target")"/{database.dump,letters.tar,resumes.tar,sent-journal.log,erase-journal.log,env,backup.conf}
  copy_away "$away/$(basename "$target")"
  touch "$BACKUP_DIR/last-away"
fi
find "$BACKUP_DIR" -mindepth 1 -maxdepth 1 -type d -mtime "+$BACKUP_KEEP_DAYS" -exec rm -rf {} +
chgrp "$PORTAL_USER" "$BACKUP_DIR" && touch "$BACKUP_DIR/last"
say "$target"
