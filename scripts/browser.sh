#!/bin/sh
# Have a browser for the browser tests: install Debian's where that may be done, say how otherwise.
set -eu

if command -v chromium >/dev/null 2>&1 && command -v chromedriver >/dev/null 2>&1; then
    exit 0
fi

packages="chromium chromium-driver fonts-noto-cjk"
if [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ] && command -v apt-get >/dev/null 2>&1; then
    echo "正在安装浏览器测试要用的 $packages …"
    apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive exec apt-get install -y -qq --no-install-recommends $packages
fi
echo "没有 chromium 和 chromedriver，浏览器测试不能运行。Debian 请运行：sudo apt install $packages" >&2
