#!/bin/bash
# Brings the running portal to the code of this checkout: backup, new release beside the old one, migrations, a look at it,
# switch, another look. When anything fails it backs out: the old release runs on, migrations are reversed, and only where
# they cannot be, the backup of a moment ago is restored.
#
#   git pull && deploy/upgrade.sh        (or: make upgrade)
source "$(dirname "$(readlink -f "$0")")/lib.sh"

SOURCE=$(dirname "$(dirname "$(readlink -f "$0")")")
KEEP_RELEASES=3
stage=nothing old="" release="" saved="" before=""

applied() { sql -d "$DATABASE" -c "SELECT app || ' ' || name FROM django_migrations ORDER BY id"; }

# Takes back what was migrated, newest first, by the new code, which knows how. Fails where a migration cannot go back.
reverse_migrations() {
  local app target said
  while read -r app; do
    target=$(grep "^$app " <<<"$before" | tail -1 | cut -d' ' -f2)
    say "  $app back to ${target:-zero}"
    said=$(PGOPTIONS='-c lock_timeout=15s' manage "$release" migrate --noinput -v 0 "$app" "${target:-zero}" 2>&1) || {
      tail -1 <<<"$said"
      return 1
    }
  done < <(comm -13 <(sort <<<"$before") <(applied | sort) | cut -d' ' -f1 | sort -u)
}

back_out() {
  only_main_shell
  trap - ERR INT TERM
  set +e
  printf '\nThe upgrade failed at: %s. Backing out.\n' "$stage" >&2
  if [ -n "$release" ] && [ "$(readlink "$CURRENT")" = "$release" ]; then
    point "$CURRENT" "$old"
    install_units "$old"
    systemctl restart careerportal-web.service
  fi
  if [ -n "$before" ] && [ "$(applied | sort)" != "$(sort <<<"$before")" ]; then
    if reverse_migrations; then
      say "Migrations are reversed."
    else
      say "A migration cannot be reversed: restoring $saved"
      "$old/deploy/restore.sh" --yes "$saved"
      say "What was written after $(basename "$saved") is in the database named above, not in the running one."
    fi
  fi
  systemctl restart "${SENDERS[@]}"
  rm -rf "${release:?}"
  if smoke_public "$old"; then
    say "The portal runs as before, on $(basename "$old")."
  else
    say "The portal does NOT run as before. The backup is $saved; see docs/operating.md, When an upgrade fails."
  fi
  exit 1
}

need_root
take_lock
load_settings
[ -L "$CURRENT" ] || fail "nothing is installed here; deploy/install.sh does that"
old=$(readlink "$CURRENT")
name=$(release_name "$SOURCE")
free_mb=$(df --output=avail -m "$BASE" | tail -1)
[ "$free_mb" -gt 1500 ] || fail "only $free_mb MB are free on $BASE; an upgrade wants 1500"

release=$RELEASES/$name
trap back_out ERR INT TERM
stage="the new release"
step "Release $name"
make_release "$SOURCE" "$name"
manage "$release" check --deploy --fail-level ERROR >/dev/null

# Mail waits a minute; pages go on. With nothing sent meanwhile, a restore loses as little as can be.
stage="stopping the senders"
systemctl stop "${SENDERS[@]}"
stage=backup
step "Backup"
saved=$("$SOURCE/deploy/backup.sh" --label upgrade | tail -1)
say "$saved"
stage=migrations
step "Tables and content"
before=$(applied)
fill "$release"
stage="the look at the new release"
step "Smoke test beside the running release"
smoke_alone "$release"
stage="the switch"
step "Switch"
switch_to "$release"
restart_all
stage="the look at the running portal"
step "Smoke test"
smoke_public "$release"
trap - ERR INT TERM

cd "$RELEASES"
for folder in $(find . -mindepth 1 -maxdepth 1 -type d -printf '%T@ %f\n' | sort -rn | tail -n +$((KEEP_RELEASES + 1)) | cut -d' ' -f2); do
  case $RELEASES/$folder in
    "$release" | "$old") ;;
    *) rm -rf "${RELEASES:?}/$folder" ;;
  esac
done
say "The portal runs $name. Back to the release before: see docs/operating.md."
