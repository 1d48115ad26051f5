#!/usr/bin/env bash
# The browser tests need a real Chromium. Installs Debian's where none is found and we may; else says what to do.
set -eu
if command -v chromium >/dev/null || command -v google-chrome >/dev/null; then
  exit 0
fi
if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
  echo "installing Debian's chromium for the browser tests ..."
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends chromium >/dev/null
  exit 0
fi
echo "no Chromium found: the browser tests will be skipped (with CI=true they fail). Install it with: sudo apt-get install chromium"
