# Short names for what the scripts and the CMake presets do. None of it is needed: the README's two commands are plain
# bash, and cmake --preset release && cmake --build --preset release builds the program.
PREFIX ?= /usr/local
.DEFAULT_GOAL := all
.PHONY: all demo test bench bench-quality lint format ci install clean

all: ## the program, build/openbook
	@scripts/build

demo: ## build, add the sample library, ask it questions
	@scripts/demo

test: ## every test
	@scripts/test

bench: ## speed, beside the peers, into docs/benchmarks.md
	@scripts/install-deps bench
	@bench/run

bench-quality: ## retrieval and answers, beside the peers, into docs/benchmarks.md
	@scripts/install-deps bench
	@bench/quality

lint: ## clang-tidy
	@scripts/lint

format: ## clang-format, in place
	@scripts/format

ci: ## everything that a change must pass
	@.ci/run

install: all ## into $(PREFIX): program, workers, library, headers, CMake files
	@cmake --install build --prefix "$(PREFIX)"

clean: ## removes build/
	@rm -rf build
