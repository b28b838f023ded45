#!/bin/sh
# Written by "clusterpress publish --workflow cloudflare"; change it as you like.
# Cloudflare Pages runs it after each push. In the dashboard, under Settings → Build:
#   Build command           sh cloudflare-pages.sh
#   Build output directory  [[ target.path ]]
#   Root directory          [[ folder ]]
#   Variables               PYTHON_VERSION = 3.13
# For embargoed and expired items, let it also build once a day: add a deploy hook there, and call the hook's address from
# any scheduler.
set -eu
# The exact version that wrote this file, from where it came. To update, install the new version on your computer, and
# write this file again.
python -m pip install "[[ requirement ]]"
clusterpress publish --to [[ name ]]
