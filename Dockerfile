# A small image of clusterpress, in the locked versions of all packages. It runs as a user without rights.
#
#   docker build --tag clusterpress .
#   docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/site" clusterpress build
#
# Publish targets of the type git need Git in the image; all others work as they are.
FROM python:3.13-slim AS program
WORKDIR /source
COPY generator/requirements/site.txt generator/requirements/site.txt
ENV PROGRAM=/opt/clusterpress
RUN python -m venv "$PROGRAM"
RUN "$PROGRAM/bin/python" -m pip install --no-cache-dir --disable-pip-version-check --require-hashes \
    --requirement generator/requirements/site.txt
COPY pyproject.toml README.md LICENSE ./
COPY content/README.md content/README.md
COPY themes themes
COPY generator/clusterpress generator/clusterpress
RUN "$PROGRAM/bin/python" -m pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation .
RUN "$PROGRAM/bin/python" -m pip uninstall --quiet --yes pip
RUN "$PROGRAM/bin/clusterpress" --version

FROM python:3.13-slim
COPY --from=program /opt/clusterpress /opt/clusterpress
# Whatever user runs it keeps the results of builds here. To keep them from run to run, mount a volume.
ENV PATH=/opt/clusterpress/bin:$PATH CLUSTERPRESS_CACHE=/cache HOME=/cache
RUN install -d -m 1777 "$CLUSTERPRESS_CACHE"
USER 1000:1000
WORKDIR /site
EXPOSE 8000
ENTRYPOINT ["clusterpress"]
CMD ["--help"]
