package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What scripts read stays as it is: every answer of the same story at the same time, held against the one on file.
func TestAnswersStay(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(filepath.Join("testdata", "story.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	s := newSeat()
	receipts, errs, code := s.run(t, withDays(string(raw), at()), "do", "-")
	if code != 0 {
		t.Fatalf("%s%s", receipts, errs)
	}
	goldenFile(t, "receipts.jsonl", receipts)
	for file, args := range map[string]string{
		"wanted.json": "list wanted --all -o json", "due.json": "list due -o json", "people.json": "list people -o json",
		"targets.json": "list targets --all -o json", "tasks.json": "list tasks --all -o json", "orders.json": "list orders -o json",
		"breaches.json": "list breaches -o json", "operations.json": "list operations -o json", "arrests.json": "list arrests --all -o json",
		"officers.json": "list officers -o json", "due.csv": "list due -o csv", "wanted.csv": "list wanted --all -o csv",
		"wanted.txt": "list wanted --all", "due.txt": "list due", "person.json": "show P-1 -o json", "person.txt": "show P-1",
		"arrest.txt": "show K-1", "order.txt": "show R-1", "find.json": "find vargo -o json",
	} {
		out, errs, code := s.run(t, "", strings.Fields(args)...)
		if code != 0 || errs != "" {
			t.Errorf("pou %s: exit code %d: %s", args, code, errs)
		}
		if strings.HasSuffix(file, ".json") && !json.Valid([]byte(out)) {
			t.Errorf("pou %s: not JSON", args)
		}
		if strings.Contains(out, "KEPT-BACK") {
			t.Errorf("pou %s shows who the order protects", args)
		}
		goldenFile(t, file, out)
	}
}

// The contract names these fields; a script may rely on each where it applies.
func TestListObjectsHaveTheFieldsOfTheContract(t *testing.T) {
	t.Parallel()
	for file, fields := range map[string]string{
		"wanted.json": "ref unit status name person kind", "targets.json": "ref unit status name person kind", "people.json": "ref unit name kind",
		"due.json": "ref unit status name person kind rule citation start deadline owner", "orders.json": "ref unit status name person kind",
		"breaches.json": "ref unit status name person kind", "operations.json": "ref status name kind", "tasks.json": "ref unit status name person kind",
	} {
		raw, err := os.ReadFile(filepath.Join("testdata", "answers", file))
		if err != nil {
			t.Fatal(err)
		}
		var list []map[string]any
		if err := json.Unmarshal(raw, &list); err != nil || len(list) == 0 {
			t.Errorf("%s: %d objects, %v", file, len(list), err)
		}
		for _, object := range list {
			for f := range strings.FieldsSeq(fields) {
				if object[f] == nil {
					t.Errorf("%s: %v has no %s", file, object["ref"], f)
				}
			}
		}
	}
}

func TestExitCodes(t *testing.T) {
	t.Parallel()
	s := newSeat()
	if out, errs, code := s.run(t, firstPeople, "do"); code != 0 {
		t.Fatalf("%s%s", out, errs)
	}
	tests := map[string]struct {
		args string
		code int
	}{
		"done is 0":                       {"list people", 0},
		"what is not there is 1":          {"show P-99", 1},
		"a wrong filter is 2":             {"list people --where nothing:x", 2},
		"an officer nobody knows is 4":    {"--as Nobody list people", 4},
		"no officer for the login is 4":   {"--as O-77 find varga", 4},
		"a time outside a sample is 1":    {"--now 2026-12-01T05:40:00Z list people", 1},
		"nothing found is 1":              {"find zzyzx", 1},
		"a sample into a store is 1":      {"sample", 1},
		"a word too many is 2":            {"version please", 2},
		"an unknown command of ours is 2": {"journal burn", 2},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			out, errs, code := s.run(t, "", strings.Fields(tt.args)...)
			if code != tt.code {
				t.Errorf("exit code %d, want %d: %s%s", code, tt.code, out, errs)
			}
			if lines := strings.Count(errs, "\n"); code != 0 && lines != 1 {
				t.Errorf("%d lines on stderr, want one sentence:\n%s", lines, errs)
			}
		})
	}
}

func TestAScreenIsOpenedOnATerminalOnly(t *testing.T) {
	t.Parallel()
	s := newSeat()
	if out, _, _ := s.run(t, ""); !strings.Contains(out, "WANTED") {
		t.Errorf("no overview: %s", out)
	}
	s.terminal = true
	if out, _, code := s.run(t, ""); out != "" || code != 0 {
		t.Errorf("exit code %d and %q beside the screen", code, out)
	}
}
