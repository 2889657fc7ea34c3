#!/bin/bash
# Puts the portal on a Debian 12 server: PostgreSQL, Redis, nginx, systemd units. Safe to repeat.
#
#   deploy/install.sh --domain careers.example.org --support-email help@example.org \
#     --postal-address "100 Main Street, Albany, NY 12207" --email-url "smtp+tls://user:password@relay.example.org:587"
#
# Optional: --mail-domain (the part after @ in what the portal sends; default: the domain), --staff-email (who gets the
# weekly report; default: the support address). Answers are kept in /etc/careerportal/env; a repeat needs none.
source "$(dirname "$(readlink -f "$0")")/lib.sh"

usage() {
  sed -n '2,9s/^# \{0,1\}//p' "$0"
  exit "${1:-2}"
}

SOURCE=$(dirname "$(dirname "$(readlink -f "$0")")")
domain="" support="" postal="" email_url="" mail_domain="" staff=""
while [ $# -gt 0 ]; do
  case $1 in
    --help | -h) usage 0 ;;
    --domain | --support-email | --postal-address | --email-url | --mail-domain | --staff-email)
      [ $# -ge 2 ] || usage
      case $1 in
        --domain) domain=$2 ;;
        --support-email) support=$2 ;;
        --postal-address) postal=$2 ;;
        --email-url) email_url=$2 ;;
        --mail-domain) mail_domain=$2 ;;
        --staff-email) staff=$2 ;;
      esac
      shift 2
      ;;
    *) usage ;;
  esac
done

# A value in double quotes means the same to systemd and to a shell.
quoted() {
  case $1 in *$'\n'*) fail "a setting may not hold a line break" ;; esac
  printf '"%s"' "$(printf '%s' "$1" | sed 's/[\\"$`]/\\&/g')"
}

write_settings() {
  if [ -e "$ENV_FILE" ]; then
    say "kept: $ENV_FILE"
    return
  fi
  [[ $domain =~ ^[A-Za-z0-9.-]+\.[A-Za-z]{2,}$ ]] || fail "--domain must be a host name such as careers.example.org"
  [ -n "$support" ] && [ -n "$postal" ] && [ -n "$email_url" ] || usage
  install -d -m 750 -g "$PORTAL_USER" "$SETTINGS"
  (
    umask 077
    {
      say "# Settings of the portal; README.md, section Settings, explains each. After a change: systemctl restart 'careerportal-*'"
      say "PORTAL_ENV=production"
      say "SECRET_KEY=$(quoted "$(python3 -c 'import secrets; print(secrets.token_urlsafe(60))')")"
      say "PORTAL_URL=$(quoted "https://$domain")"
      say "ALLOWED_HOSTS=$(quoted "$domain")"
      say "TRUSTED_PROXY_COUNT=1"
      say "POSTAL_ADDRESS=$(quoted "$postal")"
      say "SUPPORT_EMAIL=$(quoted "$support")"
      say "STAFF_EMAIL=$(quoted "${staff:-$support}")"
      say "MAIL_DOMAIN=$(quoted "${mail_domain:-$domain}")"
      say "EMAIL_URL=$(quoted "$email_url")"
      say "DATABASE_URL=$(quoted "postgresql://$PORTAL_USER@%2Fvar%2Frun%2Fpostgresql/$DATABASE")"
      say "REDIS_URL=$(quoted "unix:///run/redis-careerportal/redis.sock")"
      say "DATA_DIR=$(quoted "$STATE")"
      say "SENT_JOURNAL=$(quoted "$STATE/sent-journal.log")"
      say "BACKUP_DIR=$(quoted /var/backups/careerportal)"
      say "# An https:// address to ping every five minutes while all is well:"
      say "HEARTBEAT_URL="
    } >"$ENV_FILE.new"
  )
  mv "$ENV_FILE.new" "$ENV_FILE"
  say "written: $ENV_FILE (readable by root alone)"
}

write_backup_conf() {
  [ -e "$BACKUP_CONF" ] && return
  (
    umask 077
    cat >"$BACKUP_CONF" <<'CONF'
# Where copies of backups go, off this machine. Empty: nowhere, and `doctor` says so.
#   BACKUP_TARGET=user@host:folder      by rsync over ssh, or a folder on another disk
#   BACKUP_TARGET=rclone:remote:folder  by rclone
BACKUP_TARGET=
# Encrypt what leaves this machine: a public key of age (age1...) or the id of a gpg key. The private one lives elsewhere.
BACKUP_AGE_RECIPIENT=
BACKUP_GPG_RECIPIENT=
BACKUP_KEEP_DAYS=14
CONF
  )
}

install_redis() {
  install -d -m 750 -o redis -g redis /var/lib/redis/careerportal
  install -m 640 -o redis -g redis "$SOURCE/deploy/redis.conf" /etc/redis/redis-careerportal.conf
  usermod -a -G redis "$PORTAL_USER"
  systemctl enable --quiet redis-server@careerportal.service
  systemctl restart redis-server@careerportal.service
}

install_database() {
  systemctl start postgresql.service
  for _ in $(seq 30); do sql -c 'SELECT 1' >/dev/null 2>&1 && break || sleep 1; done
  if [ "$(sql -c "SELECT count(*) FROM pg_roles WHERE rolname = '$PORTAL_USER'")" = 0 ]; then
    sql -c "CREATE ROLE $PORTAL_USER LOGIN"
  fi
  if [ "$(sql -c "SELECT count(*) FROM pg_database WHERE datname = '$DATABASE'")" = 0 ]; then
    # Debian makes clusters in the language of the machine; the portal's database is UTF-8 whatever that is.
    sql -c "CREATE DATABASE $DATABASE OWNER $PORTAL_USER TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
    sql -c "REVOKE ALL ON DATABASE $DATABASE FROM PUBLIC"
  fi
}

install_nginx() {
  local host=${PORTAL_URL#https://}
  install -d -m 755 "$SETTINGS/tls" /var/www/careerportal
  if [ ! -e "$SETTINGS/tls/fullchain.pem" ]; then
    (
      umask 077
      openssl req -x509 -newkey rsa:2048 -nodes -days 90 -subj "/CN=$host" -addext "subjectAltName=DNS:$host" \
        -keyout "$SETTINGS/tls/privkey.pem" -out "$SETTINGS/tls/fullchain.pem" 2>/dev/null
    )
    say "a self-signed certificate holds the place until certbot brings a real one (docs/operating.md)"
  fi
  sed "s/@DOMAIN@/$host/g" "$1/deploy/nginx/careerportal.conf" >/etc/nginx/sites-available/careerportal
  ln -sfn ../sites-available/careerportal /etc/nginx/sites-enabled/careerportal
  rm -f /etc/nginx/sites-enabled/default
  nginx -t -q
  systemctl enable --quiet nginx.service
  systemctl reload-or-restart nginx.service
}

need_root
take_lock
grep -q '^ID=debian' /etc/os-release || say "This is written for Debian 12; going on, it may not fit."

step "Packages of Debian"
had_redis=$(dpkg-query -W -f '${Status}' redis-server 2>/dev/null | grep -c "install ok" || true)
export DEBIAN_FRONTEND=noninteractive
apt-get -q -q update
apt-get -q -q install -y --no-install-recommends python3 python3-venv postgresql redis-server nginx \
  libnginx-mod-http-brotli-static openssl ca-certificates rsync util-linux >/dev/null
# The portal has a Redis of its own, on a socket; the one Debian starts on a port is not needed.
[ "$had_redis" != 0 ] || systemctl disable --quiet --now redis-server.service

step "User, folders, settings"
id -u "$PORTAL_USER" >/dev/null 2>&1 || useradd --system --user-group --home-dir "$STATE" --shell /usr/sbin/nologin "$PORTAL_USER"
install -d -m 755 "$BASE" "$RELEASES"
install -d -m 750 -o "$PORTAL_USER" -g "$PORTAL_USER" "$STATE"
install -d -m 750 -g "$PORTAL_USER" /var/backups/careerportal
install -d -m 755 "$SETTINGS"
write_settings
write_backup_conf
load_settings
install -m 755 "$SOURCE/deploy/careerportal" /usr/local/sbin/careerportal

step "Redis and PostgreSQL"
install_redis
install_database

if [ -L "$CURRENT" ]; then
  say "running already: $(readlink "$CURRENT"); for new code: deploy/upgrade.sh"
  release=$(readlink "$CURRENT")
else
  step "Code, Python packages, static files"
  name=$(release_name "$SOURCE")
  trap 'only_main_shell; rm -rf "${RELEASES:?}/$name"' ERR
  make_release "$SOURCE" "$name"
  trap - ERR
  release=$RELEASES/$name
fi

step "Tables and content"
fill "$release"
switch_to "$release"

step "Processes and reverse proxy"
systemctl enable --quiet careerportal-web.socket careerportal-web.service "${SENDERS[@]}" careerportal-backup.timer \
  careerportal-journal.timer careerportal-watch.timer
systemctl restart careerportal-web.socket
restart_all
systemctl start careerportal-backup.timer careerportal-journal.timer careerportal-watch.timer
install_nginx "$release"

step "Smoke test"
smoke_public "$release"
say ""
say "The portal runs at $PORTAL_URL. Next:"
say "  careerportal createsuperuser     the first member of staff"
say "  careerportal doctor              what is still to do, each with its remedy"
say "  docs/operating.md                certificate, DNS, backups off this machine, upgrades"
