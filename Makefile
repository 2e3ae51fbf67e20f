# 在一台装有 Python 3.11 或更新版本的机器上：make demo 看主要功能，make test 跑全部测试，其余自动装好。
# 指定用哪个 Python：make test PYTHON=python3.12

ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$each" -c "$(ENOUGH)" >/dev/null 2>&1 && echo "$$each" && break; done)
VENV := .venv
BIN := $(VENV)/bin
# 装好的记号带着 Python 的版本：换一个版本，或改了 pyproject.toml，就重装。
READY := $(VENV)/.ready-$(shell $(PYTHON) -c "import sys; print('%d.%d' % sys.version_info[:2])" 2>/dev/null)

.PHONY: demo test lint bench wheel clean

demo: $(READY)
	@$(BIN)/gbtool demo demo
	@echo "gbtool 装在 $(BIN)：先运行 . $(BIN)/activate，就能直接输入上面的命令。"

# 行和分支的覆盖不到 95 % 就不通过；重复同样代码的测试标了 no_cover，照跑，不计。
test: lint
	$(BIN)/python -m pytest -n auto --dist worksteal --cov --cov-report=term

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(READY)
	$(BIN)/python -m pip install --quiet docxtpl copier rdm pypandoc-binary
	$(BIN)/python -m benchmarks

wheel: $(READY)
	$(BIN)/python -m pip install --quiet build
	$(BIN)/python -m build --outdir dist .

$(READY): pyproject.toml
	@"$(PYTHON)" -c "$(ENOUGH)" 2>/dev/null || { echo "需要 Python 3.11 或更新版本；装好后再试，或用 make PYTHON=路径 指定"; exit 1; }
	@echo "第一次运行：准备 $(VENV)，装所需的库，要一两分钟……"
	@test -e $(READY) || ! ls $(VENV)/.ready-* >/dev/null 2>&1 || rm -rf $(VENV)
	@test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); \
		echo "建不了虚拟环境；在 Debian、Ubuntu 上先运行 apt install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	@$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $(READY)

clean:
	rm -rf $(VENV) demo dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
