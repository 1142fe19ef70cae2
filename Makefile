# Two commands do everything on a machine with Python 3.11 or newer: `make demo` and `make test`.

PYTHON := $(firstword $(foreach name,$(PYTHON) python3 python3.13 python3.12 python3.11,$(shell $(name) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
BIN := .venv/bin
# The same on every machine: no leftovers of the caller's shell, and local messages in UTF-8.
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help setup demo test bench bench-large machine

help:
	@echo "make setup   建立 .venv 并装好 shouwen 命令"
	@echo "make demo    建演示库并打开一个演示乡镇（可用 PORT、SHOUWEN_DATA_DIR）"
	@echo "make test    全部检查：格式、类型、分层、SQLite 与 PostgreSQL 上的测试、浏览器测试"
	@echo "make bench   量一量速度"
	@echo "make bench-large   造二十万件（SQLite）和一百万件（PostgreSQL）再量"

setup: .venv/.base

demo: .venv/.base
	@$(BIN)/shouwen demo

.venv/.base: requirements/base.txt pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.base
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

.venv/bin/python:
	$(if $(PYTHON),,$(error 需要 Python 3.11 或更新版本，并带 venv 模块（Debian 软件包 python3-venv）))
	$(PYTHON) -m venv .venv

# What the tests need besides Python: as root it is installed, otherwise the run fails and says what is missing.
PACKAGES = $(strip \
  $(if $(shell command -v chromium chromium-browser google-chrome),,chromium) \
  $(if $(wildcard /usr/lib/postgresql/*/bin/initdb)$(shell command -v initdb),,postgresql) \
  $(if $(shell fc-list :lang=zh 2>/dev/null | head -1),,fontconfig fonts-noto-cjk))

machine:
	@missing="$(PACKAGES)"; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
	  echo "测试还需要这些 Debian 软件包：$$missing" >&2; \
	  echo "请执行：sudo apt-get install $$missing" >&2; exit 1; \
	fi; \
	echo "== 安装 $$missing"; \
	export DEBIAN_FRONTEND=noninteractive; \
	apt-get update -qq && apt-get install -y -qq --no-install-recommends $$missing >/dev/null

# What the second run, on PostgreSQL, need not repeat: it asks no database, only the browser, or walks ten thousand steps.
NO_DATABASE := $(addprefix --ignore=tests/,browser rules security/pages security/test_static.py test_house.py test_models.py test_docs.py \
  reception/test_chain_walks.py reception/test_queue_walks.py cases/test_walks.py)

# The whole gate. Nothing is skipped; the first failure ends it.
test: .venv/.dev machine
	@echo "== 格式"; $(BIN)/ruff format --check .
	@echo "== 写法"; $(BIN)/ruff check .
	@echo "== 模板"; find shouwen -name '*.html' -print0 | xargs -0 -r $(BIN)/djhtml --check
	@echo "== 分层"; $(BIN)/lint-imports
	@echo "== 类型"; $(BIN)/mypy
	@echo "== 迁移"; SHOUWEN_DATA_DIR="$$(mktemp -d)" $(BIN)/python manage.py makemigrations --check --dry-run
	@echo "== 依赖清单"; ! grep -n '://' requirements/*.txt
	@echo "== 测试（SQLite，含浏览器）"; $(BIN)/python -m pytest -q -n 2 --database=sqlite
	@echo "== 测试（PostgreSQL）"; $(BIN)/python -m pytest -q -n 2 --database=postgres $(NO_DATABASE)

bench: .venv/.base
	@$(BIN)/python -m bench

bench-large: .venv/.base machine
	@$(BIN)/python -m bench.large
