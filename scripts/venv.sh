#!/bin/sh
# Make a virtual environment with a Python that is new enough: scripts/venv.sh FOLDER
# PYTHON names the interpreter to use; otherwise the first that will do.
set -eu

venv=$1
if "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    exit 0
fi

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

can_make_venv() {
    "$1" -c 'import ensurepip, venv' >/dev/null 2>&1
}

bare=
for python in ${PYTHON:-python3 python3.11 python3.12 python3.13 python3.14}; do
    new_enough "$python" || continue
    if can_make_venv "$python"; then
        echo "正在用 $("$python" --version) 建立虚拟环境 $venv …"
        # --clear: what an interrupted start left there may be anything.
        exec "$python" -m venv --clear "$venv"
    fi
    bare=${bare:-$python}
done

if [ -n "$bare" ]; then
    version=$("$bare" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "错误：Python $version 缺少 venv 模块。Debian、Ubuntu 请运行：apt install python$version-venv" >&2
elif [ -n "${PYTHON:-}" ]; then
    echo "错误：PYTHON=$PYTHON 不是 Python 3.11 或更新的版本。" >&2
elif command -v python3 >/dev/null 2>&1; then
    echo "错误：需要 Python 3.11 或更新的版本，现有的是 $(python3 --version 2>&1)。" \
        "Debian 12、Ubuntu 24.04 及更新的系统请运行：apt install python3 python3-venv；" \
        "装在别处的可以用 make run PYTHON=路径 指定。" >&2
else
    echo "错误：没有找到 Python。Debian、Ubuntu 请运行：apt install python3 python3-venv" >&2
fi
exit 1
