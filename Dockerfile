# syntax=docker/dockerfile:1
FROM node:24-slim AS packages
WORKDIR /house
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund

FROM python:3.13-slim AS base
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1
WORKDIR /house
COPY requirements/base.txt requirements/
RUN pip install --require-hashes -r requirements/base.txt

# Compiles the styles, collects static files, packs the postcodes. The keys it makes up stay in this stage.
FROM base AS build
COPY --from=packages /usr/local/bin/node /usr/local/bin/node
COPY --from=packages /house/node_modules node_modules
COPY . .
ARG GOVUK_BRAND=0
ENV GOVUK_BRAND=$GOVUK_BRAND STATIC_ROOT=/built/static POSTCODES_FILE=/built/postcodes.bin
RUN mkdir /built \
 && python -m config.assets \
 && python manage.py collectstatic --noinput \
 && python manage.py pack_postcodes \
 && python -m config.catalogue.compiling

FROM base
RUN useradd --system --no-create-home house && install --directory --owner=house --mode=0700 /documents
COPY . .
COPY --from=build /built /built
COPY --from=build /house/locale locale
COPY --from=packages /house/node_modules/@expo-google-fonts /built/fonts
ENV PRODUCTION=1 STATIC_ROOT=/built/static POSTCODES_FILE=/built/postcodes.bin FONTS_FOLDER=/built/fonts BIND=0.0.0.0:8000
USER house
EXPOSE 8000
CMD ["gunicorn", "--config=python:config.gunicorn", "config.wsgi"]
