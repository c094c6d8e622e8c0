# The program with its libraries, catalogues and static files. It writes only to DATA_DIR, so the root may be read-only.
FROM python:3.11-slim-bookworm AS libraries
COPY requirements.lock /
RUN python -m venv /opt/fair \
    && /opt/fair/bin/pip install --disable-pip-version-check --no-cache-dir --require-hashes -r /requirements.lock

FROM python:3.11-slim-bookworm
# pg_dump and pg_restore for `manage.py backup` and `restore`, of the version of the server in docker-compose.yml.
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client-15 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin fair \
    && install -d -o fair -g fair /data
COPY --from=libraries /opt/fair /opt/fair
ENV PATH=/opt/fair/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DATA_DIR=/data \
    STATIC_DIR=/fair/static \
    BIND=0.0.0.0 \
    PORT=8000
WORKDIR /fair
COPY manage.py ./
COPY fairplatform ./fairplatform
COPY chat ./chat
COPY booths ./booths
COPY meetings ./meetings
COPY frontend ./frontend
RUN export DATA_DIR=/tmp/building SECRET_KEY=building \
    && python -m compileall -q fairplatform chat booths meetings \
    && python manage.py compile_catalogues \
    && python manage.py collectstatic --no-input --verbosity 0 \
    && rm -rf /tmp/building
USER fair
VOLUME /data
EXPOSE 8000
# Only web processes listen; docker-compose.yml disables it for the others.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
# Without docker-compose.yml: everything in one process, with SQLite in the volume.
CMD ["python", "manage.py", "serve", "--prepare"]
