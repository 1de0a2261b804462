# Thin names for start.py, which also works where there is no make.
PY ?= python3

.PHONY: lab test lint refresh
lab test lint refresh:
	$(PY) start.py $@ $(ARGS)
