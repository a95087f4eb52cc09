#!/bin/sh
# Real desktop parts for the tests. As root on Debian they are installed; elsewhere the tests use
# what is there and say what they left out. With CI=true nothing may be left out.
set -eu

PACKAGES="xvfb openbox xdotool dunst dbus-x11 gnome-keyring libegl1 libgl1 libxkbcommon-x11-0
libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-image0 libxcb-render-util0 libxcb-shape0
libxcb-xinerama0 libdbus-1-3 libfontconfig1 libglib2.0-0"

command -v dpkg-query >/dev/null 2>&1 || exit 0
missing=""
for package in $PACKAGES; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed" ||
        missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" -ne 0 ]; then
    echo "Not installed, so some tests are left out:$missing"
    [ "${CI:-}" != true ] || exit 1
    exit 0
fi
echo "Installing for the tests:$missing"
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing; } >/dev/null 2>&1; then
    echo "They could not be installed; some tests are left out."
    [ "${CI:-}" != true ] || exit 1
fi
