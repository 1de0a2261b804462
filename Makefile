# Thin names for start.py, which also works where there is no make.
PY ?= python3

.PHONY: lab mine test lint truth mutants browser html sheets refresh bench
lab mine test lint truth mutants browser html sheets refresh bench:
	$(PY) start.py $@ $(ARGS)
