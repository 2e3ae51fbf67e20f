# 在一台只有 Python 3.11 或更新版本的机器上：make demo 看主要功能，make test 跑全部测试。
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test lint bench wheel clean

demo: $(READY)
	$(BIN)/gbtool demo demo

test: lint
	$(BIN)/python -m pytest -n auto --cov --cov-report=term

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(READY)
	$(BIN)/python -m pip install --quiet docxtpl copier rdm
	$(BIN)/python -m benchmarks

wheel: $(READY)
	$(BIN)/python -m pip install --quiet build
	$(BIN)/python -m build --outdir dist .

$(READY): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "需要 Python 3.11 或更新版本")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $(READY)

clean:
	rm -rf $(VENV) demo dist build .pytest_cache .mypy_cache .ruff_cache .coverage
