# One static binary; the versions of the tools are pinned here and nowhere else.
GO       := go
GOLANGCI := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.5.0
BIN      := bin/pou
FUZZTIME ?= 30s
FAULTS   ?= 500
PEOPLE   ?= 100000
POU_DATA ?= ../shared/data

export CGO_ENABLED := 0

.PHONY: all build run test lint fmt bench bench-atlas bench-log bench-search fuzz faults screenshots docs clean

all: build

build:
	$(GO) build -trimpath -ldflags "-s -w" -o $(BIN) .

## run: build, make a sample store under .pou/ when there is none, and open the desk on it
run: build
	@test -e .pou/sample.db || $(BIN) --store .pou/sample.db sample
	@$(BIN) --store .pou/sample.db

## test: every test, with the race detector (which needs cgo). Random walks, kills and crash states are few here and all in make faults.
## Memory is collected less often, for there is enough of it and collecting is dear under the detector
test: GOGC := 200
test:
	CGO_ENABLED=1 GOGC=$(GOGC) POU_DATA="$(abspath $(POU_DATA))" $(GO) test -race -timeout 10m ./...

lint:
	$(GO) vet ./...
	$(GO) run $(GOLANGCI) run ./...

fmt:
	$(GO) run $(GOLANGCI) fmt ./...

## bench: figures with the peer beside them; PEOPLE=1000000 for the large ones
bench:
	POU_BENCH_PEOPLE=$(PEOPLE) $(GO) test -tags bench -run TestBenchTable -count=1 -v -timeout 30m ./ui/proof

## bench-log: "who looked at X" and "what did Y look at" of a log of LOG entries: ten minutes for ten million, about a kilobyte each
LOG ?= 10000000
bench-log:
	POU_LOG_ENTRIES=$(LOG) $(GO) test -run '^$$' -bench 'Log/w' -benchtime 20x -count=1 -timeout 90m -v ./store/bolt

## bench-atlas: communications and travel data: the kernels beside DuckDB and SQLite, whichever is on the PATH
bench-atlas:
	$(GO) test -tags bench -run TestBenchAtlas -count=1 -v -timeout 30m ./model/atlas

## bench-search: how well and how fast people are found, beside sahilm/fuzzy and fzf, on the lists in POU_DATA; at a million people
bench-search: PEOPLE := $(if $(filter file,$(origin PEOPLE)),1000000,$(PEOPLE))
bench-search:
	POU_BENCH_PEOPLE=$(PEOPLE) POU_DATA="$(abspath $(POU_DATA))" $(GO) test -tags bench -run TestBenchSearch -count=1 -v -timeout 30m ./ui/proof

## fuzz: each target for FUZZTIME
fuzz:
	@set -e; for pkg in $$($(GO) list ./...); do \
	  for target in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz' || true); do \
	    echo "== $$pkg $$target"; $(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 1x $$pkg; \
	  done; done

## faults: the long tests: FAULTS rounds of kill -9 on the real binary, thousands of crash states, leaders killed and networks cut, a hundred officers for a minute
faults:
	POU_FAULTS=$(FAULTS) $(GO) test -count=1 -timeout 60m -v -run 'Kill|PowerCut|LostPage|CutShort|CutOff|Damaged|IndexOfInterests' ./ui/proof ./store/...
	POU_FAULTS=$(FAULTS) $(GO) test -count=1 -timeout 10m -v -run 'NoPath|NoClock|NoPageOfAnyWorld' ./model
	POU_FAULTS=$(FAULTS) $(GO) test -count=1 -timeout 10m -v -run 'ManyOfficers' ./ui/serve

## screenshots: real screens of the sample, as SVG in docs/screenshots
screenshots:
	$(GO) test -tags screenshots -run TestScreenshots -count=1 ./ui/proof

## docs: the generated pages
docs: build
	$(BIN) actions --output markdown > docs/actions.md

clean:
	rm -rf bin .pou
