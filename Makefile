# Aliases; the scripts do the work, so that a machine without make can run them too.
.PHONY: serve check screens torture properties fuzz-api beside-whoosh whoosh3 lock

serve:
	./serve

check:
	./check

# The pictures of docs/screens/, of the bundled sample; needs Chromium.
screens:
	.venv/bin/python -m tools.screens

# Everything at length, faults first, about an hour: docs/reliability.md. A seed repeats a run:
# make torture ARGS='kills --seed 7'
torture:
	.venv/bin/python -m tests.torture $(ARGS)
	$(if $(ARGS),,$(MAKE) properties fuzz-api beside-whoosh)

# What holds for all inputs, of twenty times as many: tests/trying.py.
properties:
	.venv/bin/pytest tests -n 2 -m hypothesis --hypothesis-profile=torture

# The API against its own description, about 10 minutes: tests/api_fuzz.py.
fuzz-api:
	.venv/bin/python -m tests.api_fuzz

# The engine beside Whoosh, about 20 minutes: docs/whoosh.md.
beside-whoosh:
	.venv/bin/python -m tests.equality
	.venv/bin/python -m tests.whoosh_own

# The same on the maintained fork of Whoosh, in an environment of its own.
whoosh3:
	VENV=.venv-whoosh3 LOCK=requirements-whoosh3.lock ./check

# Maintainers: pins every version with its hashes for Python 3.11 to 3.13 (needs uv).
UV = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
lock:
	$(UV) setup.cfg tools/build.in -o requirements.lock
	$(UV) setup.cfg tools/build.in --extra dev -c requirements.lock -o requirements-dev.lock
	$(UV) setup.cfg tools/build.in tools/whoosh3.in --extra dev --override tools/whoosh3.override -c requirements-dev.lock -o requirements-whoosh3.lock
