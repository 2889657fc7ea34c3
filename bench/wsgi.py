"""The portal for gunicorn, with the addresses of bench.baseline."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerportal.settings")
settings.ROOT_URLCONF = "bench.baseline"

application = get_wsgi_application()
