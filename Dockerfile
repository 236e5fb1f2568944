# syntax=docker/dockerfile:1
# One image for every process: docker run joint-force api | worker | migrate | cli
# glibc on purpose: Temporal's native module has no build for musl (alpine).

FROM node:24-bookworm AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev && npm cache clean --force

FROM node:24-bookworm-slim
# The slim image has no certificate authorities, and Temporal's native module uses the system's.
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
# Another one for every build that is deployed, e.g. --build-arg BUILD_ID=$(git rev-parse --short HEAD).
ARG BUILD_ID=
ENV WORKFLOW_BUNDLE=/app/dist/workflow-bundle.js PORTAL_DIR=/app/dist/portal BUILD_ID=$BUILD_ID
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
COPY bin/entrypoint bin/healthcheck bin/joint-force.js ./bin/
# A volume begins as what the image has there, its owner included.
RUN install --directory --owner=1000 --group=1000 /var/lib/joint-force/pictures
# The image's user `node`, as a number: Kubernetes can then prove that it is not root.
USER 1000
ENTRYPOINT ["/app/bin/entrypoint"]
CMD ["api"]
