# Sourced by the scripts in bin/: installs everything that the project needs on Debian or Ubuntu.
# A step is skipped if its result exists and its input has not changed.
# shellcheck shell=bash

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONUNBUFFERED=1

PAPER_PACKAGES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-croscore"
STORE_PACKAGES="postgresql redis-server"
READER_PACKAGES="poppler-utils"

say() { printf '\033[2m·\033[0m %s\n' "$*" >&2; } # stdout is the command's own: bin/backup --new-key > FILE
die() { printf '\n%s\n' "$*" >&2; exit 1; }

python_is_ready() { # 3.11 or newer, able to make a virtual environment
    command -v "$1" >/dev/null && "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() { # the distribution's own first: it is optimised (a fifth faster) and apt installs its security updates
    local candidate
    for candidate in /usr/bin/python3 python3 python3.13 python3.12 python3.11; do
        if python_is_ready "$candidate"; then command -v "$candidate"; return; fi
    done
    return 1
}

find_chromium() { # the headless one first: it needs half the time per page
    local candidate
    for candidate in ${CHROMIUM:-} chromium-headless-shell chromium chromium-browser google-chrome; do
        if command -v "$candidate" >/dev/null; then command -v "$candidate"; return; fi
    done
    return 1
}

missing_of() { # those of the packages that are not installed
    local package installed
    command -v dpkg-query >/dev/null || return 0
    installed=" $(dpkg-query -W -f='${db:Status-Status}:${Package} ' $* 2>/dev/null || true)"
    for package in "$@"; do
        [[ $installed == *" installed:$package "* ]] || printf '%s ' "$package"
    done
}

known_of() { # each package; for a choice "a|b" the first one that is available
    local choice package
    for choice in "$@"; do
        for package in ${choice//|/ }; do
            if [ "$package" = "${choice##*|}" ] || apt-cache show "$package" >/dev/null 2>&1; then
                printf '%s ' "$package"
                break
            fi
        done
    done
}

apt_install() { # packages, or choices like "a|b"
    [ $# -gt 0 ] || return 0
    local root=""
    command -v apt-get >/dev/null ||
        die "These Debian packages are missing and apt-get is not available; install the equivalent packages: $*"
    if [ "$(id -u)" != 0 ]; then
        sudo -n true 2>/dev/null ||
            die "Some system packages are missing. Run this, then start again:

    sudo apt-get update && sudo apt-get install --no-install-recommends $(known_of "$@")"
        root="sudo -n"
    fi
    say "installing system packages: $*"
    $root apt-get update -q >/dev/null
    # shellcheck disable=SC2046
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $(known_of "$@") >/dev/null ||
        die "apt-get install failed for: $*"
}

ensure_system() { # with additional packages as arguments
    local need
    # shellcheck disable=SC2086
    need="$(missing_of $PAPER_PACKAGES "$@")"
    find_python >/dev/null || need+="python3 python3-venv "
    if ! { command -v node && command -v npm; } >/dev/null; then need+="nodejs npm "; fi
    # shellcheck disable=SC2086
    apt_install $need
    find_python >/dev/null || die "Python 3.11 or newer with venv is needed; this system's python3 is older."
}

stamped() { # stamped STAMP FILE...: whether the files are unchanged since the stamp was written
    local stamp=$1
    shift
    [ -f "$stamp" ] && [ "$(cat "$@" | sha256sum)" = "$(cat "$stamp")" ]
}

stamp() {
    local stamp=$1
    shift
    cat "$@" | sha256sum >"$stamp"
}

ensure_venv() { # ensure_venv NAME REQUIREMENTS...
    local name=$1 file
    shift
    if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
        say "making .venv"
        "$(find_python)" -m venv --clear .venv
    fi
    stamped ".venv/.stamp-$name" "$@" && return
    for file in "$@"; do
        say "installing $file"
        .venv/bin/python -m pip install -q --require-hashes --only-binary :all: -r "$file"
    done
    stamp ".venv/.stamp-$name" "$@"
}

ensure_browser_packages() {
    stamped node_modules/.stamp package-lock.json .npmrc && return
    say "installing browser packages"
    npm ci --silent
    stamp node_modules/.stamp package-lock.json .npmrc
}

ensure_packages() { # ensure_packages NAME REQUIREMENTS...: Python and browser packages, installed in parallel
    local browser
    ensure_browser_packages &
    browser=$!
    ensure_venv "$@"
    wait "$browser"
}

setting() { # setting NAME DEFAULT: a setting from the environment, from .env, or the default
    local value="${!1:-}"
    if [ -z "$value" ] && [ -f .env ]; then
        value="$(sed -n "s/^[[:space:]]*$1[[:space:]]*=[[:space:]]*//p" .env | tail -n 1 | tr -d "\"'")"
    fi
    printf '%s' "${value:-$2}"
}

from_caller() { # from_caller FOLDER ARGUMENT...: sets ARGUMENTS; names of existing files are made absolute
    local folder=$1 argument
    shift
    ARGUMENTS=()
    for argument in "$@"; do
        if [ -f "$folder/$argument" ]; then argument="$folder/$argument"; fi
        ARGUMENTS+=("$argument")
    done
}

ensure_app() { # everything that bin/serve needs
    local client=""
    case "$(setting DATABASE_URL "")" in postgres*) command -v pg_dump >/dev/null || client="postgresql-client" ;; esac
    # shellcheck disable=SC2086
    ensure_system $client
    ensure_packages run requirements.txt
}

ensure_tools() { # everything that bin/test and bin/screens need
    local chromium=""
    find_chromium >/dev/null || chromium="chromium-headless-shell|chromium"
    # shellcheck disable=SC2086
    ensure_system "$@" $chromium
    ensure_packages dev requirements.txt requirements-dev.txt
    stamp .venv/.stamp-run requirements.txt
    CHROMIUM="$(find_chromium)"
    export CHROMIUM
}
