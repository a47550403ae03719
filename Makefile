# 公报问答. Every target brings what it needs; `make` alone lists them.

VENV ?= .venv
PYTHON_IN_VENV := $(VENV)/bin/python
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev
SCRIPTS := scripts/venv.sh scripts/install.py

export QA_TEST_MODELS_DIR ?= $(CURDIR)/.cache/models

.DEFAULT_GOAL := help
.PHONY: help run test lint types bench bench-data clean

help: ## 列出所有目标
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-6s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(INSTALLED) ## 安装（首次）、更新索引并启动服务；QA_PORT=9000 make run 换端口
	@exec $(PYTHON_IN_VENV) -m qa serve --update

test: lint types ## 检查格式、类型和分层，运行所有测试
	@scripts/browser.sh
	@exec $(PYTHON_IN_VENV) -m pytest

lint: $(INSTALLED_DEV) ## 检查代码格式和模块分层
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/lint-imports

types: $(INSTALLED_DEV) ## 检查类型
	@$(VENV)/bin/mypy

bench: bench-data $(INSTALLED_DEV) ## 运行检索评测；BENCH_DATA=文件夹 指明评测数据
	@exec $(PYTHON_IN_VENV) -m benchmarks.retrieval --data "$(BENCH_DATA)"

# The reading sets are not part of this repository.
bench-data:
	@[ -d "$(BENCH_DATA)/reading" ] || { echo "请指明评测数据的文件夹（其中有 reading/）：make bench BENCH_DATA=文件夹" >&2; exit 1; }

clean: ## 删除虚拟环境和各种缓存（保留 data 里的索引和模型）
	rm -rf $(VENV) .cache .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is written only when all went well, so an interrupted installation is taken up again.
$(INSTALLED): pyproject.toml $(SCRIPTS)
	@scripts/venv.sh $(VENV)
	@$(PYTHON_IN_VENV) scripts/install.py html docx pdf
	@touch $@

$(INSTALLED_DEV): pyproject.toml $(SCRIPTS)
	@scripts/venv.sh $(VENV)
	@$(PYTHON_IN_VENV) scripts/install.py dev bench
	@touch $(INSTALLED) $@
