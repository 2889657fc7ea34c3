# The portal without embedded servers and test tools; see docker-compose.yml for the rest.
FROM python:3.13-slim AS packages
WORKDIR /build
COPY requirements.lock deploy/production_lock.py ./
# The lock file serves development too; what only that needs is never downloaded.
RUN python production_lock.py requirements.lock > production.lock \
 && python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --no-deps -r production.lock \
 && /venv/bin/pip check \
 && /venv/bin/pip uninstall -y -q pip

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    PORTAL_ENV=production STATIC_ROOT=/portal/staticfiles DATA_DIR=/data HOST=0.0.0.0 PORT=8000
RUN useradd --system --no-create-home --uid 10001 portal && install -d -o portal -g portal -m 750 /data
COPY --from=packages /venv /venv
WORKDIR /portal
COPY . .
# Static files need no secret and no server; these values live in this one command only.
RUN SECRET_KEY=$(python -c "import secrets; print(secrets.token_urlsafe(60))") PORTAL_URL=https://build.invalid \
    ALLOWED_HOSTS=build.invalid POSTAL_ADDRESS=none SUPPORT_EMAIL=none@build.invalid MAIL_DOMAIN=build.invalid \
    EMAIL_URL=smtp://build.invalid TRUSTED_PROXY_COUNT=0 DATABASE_URL=postgresql://build.invalid/none \
    REDIS_URL=redis://build.invalid python manage.py collectstatic --noinput -v 0
USER portal
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["python", "deploy/healthcheck.py"]
CMD ["gunicorn", "careerportal.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "2", "--threads", "4", "--no-control-socket", "--worker-tmp-dir", "/dev/shm"]
