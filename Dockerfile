# A small image of Dateline: docs/deploy.md says how to run it.
#
#   docker build -t dateline .
#
# The first stage installs what requirements.lock pins, by hash, in an environment of
# its own; the second holds that, Python, and a user without rights.
FROM python:3.13-slim AS build
WORKDIR /src
RUN python3 -m venv /opt/dateline
COPY requirements.lock ./
RUN /opt/dateline/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
RUN /opt/dateline/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
 && /opt/dateline/bin/pip uninstall --yes pip setuptools

FROM python:3.13-slim
# A new volume at /index takes its owner from here.
RUN groupadd --system --gid 10001 dateline \
 && useradd --system --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent \
    --shell /usr/sbin/nologin dateline \
 && install -d -o dateline -g dateline -m 0750 /index
COPY --from=build /opt/dateline /opt/dateline
ENV PATH=/opt/dateline/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    DATELINE_INDEX=/index \
    DATELINE_BIND=0.0.0.0:8000
USER 10001:10001
WORKDIR /
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s CMD ["python3", "-c", \
    "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["dateline"]
CMD ["serve"]
