#!/usr/bin/env bash
# Installs what is missing and nothing else; a second run does nothing and needs no network.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

packages=(
  build-essential pkg-config perl libssl-dev                                     # compiling
  libwebkit2gtk-4.1-dev librsvg2-dev libxdo-dev libayatana-appindicator3-dev     # the window
  webkit2gtk-driver xvfb dbus imagemagick fonts-noto-core fonts-noto-cjk         # its tests
  poppler-utils qpdf                                                             # tests of sheets
  postgresql openssl                                                             # tests of the hub
)
# The tests of the page: Debian packs the browser, Ubuntu's package is no more than a pointer.
if grep -qs '^ID=debian' /etc/os-release; then packages+=(chromium); fi

missing_packages() {
  local package
  for package in "${packages[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || echo "$package"
  done
}

install_packages() {
  local sudo=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || die "These packages are missing; install them as root: $*"
    sudo=(sudo)
  fi
  # Tests make servers of their own; the package must not start one for good.
  local clusters=/etc/postgresql-common/createcluster.d
  if [[ " $* " == *" postgresql "* ]] && [ ! -e "$clusters" ]; then
    "${sudo[@]}" mkdir -p "$clusters"
    echo 'create_main_cluster = false' | "${sudo[@]}" tee "$clusters/bienmau.conf" >/dev/null
  fi
  "${sudo[@]}" apt-get update -qq
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
  mapfile -t missing < <(missing_packages)
  if [ "${#missing[@]}" -gt 0 ]; then
    step "install ${missing[*]}" install_packages "${missing[@]}"
  fi
else
  say "This is not Debian or Ubuntu. Install what your system calls these: ${packages[*]}"
fi

command -v cargo >/dev/null || die "Rust is missing: install it with rustup, see https://rustup.rs"
command -v npm >/dev/null || die "Node.js 20 or newer with npm is missing"
node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' ||
  die "Node.js $(node --version) is too old: 20 or newer is needed"

# npm writes this file last, so it is older than the lock file only when the lock file changed.
if [ ! ui/node_modules/.package-lock.json -nt ui/package-lock.json ]; then
  step "npm ci" npm --prefix ui ci --no-audit --no-fund --loglevel=error
fi

if [ ! -x "${BIENMAU_CHROMIUM:-/usr/bin/chromium}" ]; then
  step "browser" ui/node_modules/.bin/playwright-core install --with-deps chromium
fi
