# One image for the web server, the worker and the one-off commands.
FROM python:3.11.14-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 \
    DJANGO_SETTINGS_MODULE=cms.settings.production \
    KATTO_VAR_DIR=/data/var MEDIA_ROOT=/data/media

# Voikko analyses Finnish for the search.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libvoikko1 voikko-fi \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home --shell /usr/sbin/nologin katto \
    && install -d -o katto -g katto /data /data/var /data/media

WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
# Compiles the catalogues too, as every start does. The key is for this step alone; nothing that it
# signs leaves the build.
RUN SECRET_KEY=build ALLOWED_HOSTS=build.invalid python manage.py collectstatic --noinput --verbosity 0

USER katto
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-c", \
    "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "cms.wsgi"]
