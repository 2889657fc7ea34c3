# What the scripts beside this one share: places, settings, releases. Sourced by bash, run by nobody.
# shellcheck shell=bash
set -Eeuo pipefail
umask 022

BASE=/opt/careerportal
RELEASES=$BASE/releases
CURRENT=$BASE/current
PREVIOUS=$BASE/previous
SETTINGS=/etc/careerportal
ENV_FILE=$SETTINGS/env
BACKUP_CONF=$SETTINGS/backup.conf
STATE=/var/lib/careerportal
LETTERS_DIR=$STATE/letters # unless the settings say otherwise
RESUMES_DIR=$STATE/resumes # likewise
ERASE_JOURNAL=$STATE/erase-journal.log # likewise
LOCK=/run/careerportal.lock
PORTAL_USER=careerportal
DATABASE=careerportal
SENDERS=(careerportal-worker.service careerportal-beat.service)

say() { printf '%s\n' "$*"; }
step() { printf '== %s\n' "$*"; }
fail() {
  printf 'Stopped: %s\n' "$*" >&2
  exit 1
}

# First in every ERR trap: a subshell must not clean up behind its parent, which does that itself.
only_main_shell() { [ "$BASHPID" = $$ ] || exit 1; }

need_root() { [ "$(id -u)" = 0 ] || fail "run this as root, for example: sudo $0"; }

# One of install, upgrade, backup and restore at a time. A script that one of them calls does not wait for its caller.
take_lock() {
  [ "${CAREERPORTAL_LOCKED:-}" = 1 ] && return
  exec 9>"$LOCK"
  flock -w 60 9 || fail "another install, upgrade, backup or restore is at work ($LOCK)"
  export CAREERPORTAL_LOCKED=1
}

load_settings() {
  [ -r "$ENV_FILE" ] || fail "$ENV_FILE is missing; deploy/install.sh writes it"
  set -a
  # shellcheck source=/dev/null
  . "$ENV_FILE"
  set +a
}

# Becomes the portal's user without a shell or a session in between, so that a signal reaches the command.
BECOME=(env "HOME=$STATE" setpriv --reuid "$PORTAL_USER" --regid "$PORTAL_USER" --init-groups --)
as_portal() { "${BECOME[@]}" "$@"; }
as_postgres() { (cd / && runuser -u postgres -- "$@"); }
sql() { as_postgres psql -X -q -t -A -v ON_ERROR_STOP=1 "$@"; }

# manage RELEASE COMMAND...: manage.py of a release, as the portal's user with its settings.
manage() {
  local release=$1
  shift
  (cd "$release" && as_portal "$release/venv/bin/python" manage.py "$@")
}

# release_name SOURCE: the time, and the commit where git knows it.
release_name() {
  local commit=""
  commit=$(git -c safe.directory='*' -C "$1" rev-parse --short HEAD 2>/dev/null) || true
  printf '%s%s' "$(date -u +%Y%m%dT%H%M%SZ)" "${commit:+-$commit}"
}

# make_release SOURCE NAME: copies the code, installs its packages, collects its static files. Prints nothing but trouble.
make_release() {
  local source=$1 target=$RELEASES/$2
  [ -e "$target" ] && fail "$target is there already"
  install -d -m 755 "$target"
  tar -C "$source" --exclude-vcs --exclude=./.venv --exclude=./.data --exclude=./node_modules --exclude=./tests \
    --exclude=./bench --exclude=./staticfiles --exclude=./.env --exclude=__pycache__ --exclude='./.*_cache' \
    --exclude=./.hypothesis -cf - . | tar -C "$target" --no-same-owner -xf -
  chmod -R go+rX "$target"
  /usr/bin/python3 -m venv "$target/venv"
  python3 "$target/deploy/production_lock.py" "$target/requirements.lock" >"$target/production.lock"
  "$target/venv/bin/pip" install --quiet --disable-pip-version-check --no-input --require-hashes --no-deps \
    -r "$target/production.lock"
  "$target/venv/bin/pip" check --disable-pip-version-check >/dev/null
  "$target/venv/bin/python" -m compileall -q "$target/careerportal" "$target/careers" "$target/employers" "$target/accounts"
  (cd "$target" && STATIC_ROOT=$target/staticfiles venv/bin/python manage.py collectstatic --noinput -v 0)
}

# fill RELEASE: brings database and content up to the code of a release. Safe to repeat.
fill() {
  local release=$1
  PGOPTIONS='-c lock_timeout=15s' manage "$release" migrate --noinput -v 1
  manage "$release" load_zip_codes
  manage "$release" load_content
  manage "$release" staff_groups
}

# point LINK TARGET: changes a symbolic link in one step.
point() { ln -s "$2" "$1.new" && mv -T "$1.new" "$1"; }

# switch_to RELEASE: what runs from now on.
switch_to() {
  local old=""
  [ -L "$CURRENT" ] && old=$(readlink "$CURRENT")
  point "$CURRENT" "$1"
  if [ -n "$old" ] && [ "$old" != "$1" ]; then point "$PREVIOUS" "$old"; fi
  install_units "$1"
}

install_units() {
  local unit
  for unit in "$1"/deploy/systemd/*; do
    install -m 644 "$unit" "/etc/systemd/system/$(basename "$unit")"
  done
  systemctl daemon-reload
}

restart_all() {
  systemctl restart careerportal-web.service
  systemctl restart "${SENDERS[@]}"
}

# smoke_public RELEASE: looks at the portal through the reverse proxy of this machine, whatever its certificate.
smoke_public() { manage "$1" smoke "$PORTAL_URL" --at 127.0.0.1:443 --insecure; }

# smoke_alone RELEASE: starts the web process of a release beside the running one and looks at it, before anybody else does.
smoke_alone() {
  local release=$1 folder pid status=0
  folder=$(mktemp -d /run/careerportal-try.XXXXXX)
  chown "$PORTAL_USER" "$folder"
  (cd "$release" && exec "${BECOME[@]}" "$release/venv/bin/gunicorn" careerportal.wsgi:application \
    --bind "unix:$folder/web.sock" --worker-class gthread --workers 1 --threads 4 --no-control-socket \
    --log-level warning 9>&-) &
  pid=$!
  for _ in $(seq 60); do
    [ -S "$folder/web.sock" ] && break
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.5
  done
  manage "$release" smoke "$PORTAL_URL" --at "$folder/web.sock" --plain || status=1
  kill "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
  rm -rf "$folder"
  return $status
}
