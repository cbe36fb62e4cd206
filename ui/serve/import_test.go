package serve_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pou/store"
	"pou/ui/cli"
)

const threeRows = "Surname,Forename,DOB,Unit\nOkafor,Ada,1990-02-01,SW\nLindqvist,Bo,1985-05-05,SW\n,,1970-01-01,SW\n"

// What is imported over SSH comes by standard input and has the receipt a file has: every row is accounted for, and again changes nothing.
func TestAFileIsImportedOverSSH(t *testing.T) {
	h := open(t)
	c := h.in(h.admin)
	out, errs, code := run(t, c, "import - --name people.csv", threeRows)
	if code != 0 || !strings.Contains(out, "people.csv") || !strings.Contains(out, "New people: 2") {
		t.Fatalf("exit %d: %s %s", code, out, errs)
	}
	if !strings.Contains(errs, "1970-01-01") || !strings.Contains(errs, "people.csv") {
		t.Errorf("the rejected row is not sent back: %q", errs)
	}
	again, _, code := run(t, c, "import - --name people.csv --output json", threeRows)
	if code != 0 || !strings.Contains(again, `"unchanged": 2`) || !strings.Contains(again, `"kept": 0`) {
		t.Errorf("exit %d: %s", code, again)
	}
	if found, _, _ := run(t, h.in(h.blake), "find lindqvist", ""); !strings.Contains(found, "LINDQVIST") {
		t.Errorf("others do not find who was imported: %s", found)
	}
	if journal, _, _ := run(t, c, "journal list --by O-0001", ""); !strings.Contains(journal, "people.import") {
		t.Errorf("the journal: %s", journal)
	}
	h.do("O-0001", "officer.edit", "officer", "O-2", "roles", "briefing")
	if out, _, code := run(t, h.in(h.blake), "import - --name people.csv", strings.ReplaceAll(threeRows, "Okafor", "Okonkwo")); code != 4 {
		t.Errorf("whoever only looks imports: exit %d %s", code, out)
	}
}

// besideRun runs a pou on the machine of the server, which has the server do it.
func (h *house) besideRun(args ...string) (out, errs string, code int) {
	h.t.Helper()
	var o, e bytes.Buffer
	code = cli.Run(h.t.Context(), cli.Env{
		Args: append([]string{"--store", h.path}, args...), In: strings.NewReader(""), Out: &o, Err: &e, Getenv: func(string) string { return "" },
		User: "desk", Version: "test", Now: time.Now, Open: func(string) (store.Engine, error) { return nil, errors.New("the store was opened past the server") },
	})
	return o.String(), e.String(), code
}

func TestAFileIsImportedBesideARunningServer(t *testing.T) {
	h := open(t)
	_ = h.beside() // where the system says who is there
	dir := t.TempDir()
	file := filepath.Join(dir, "people.csv")
	if err := os.WriteFile(file, []byte(threeRows), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, errs, code := h.besideRun("import", file, "--dry-run"); code != 0 || !strings.Contains(out, "A dry run: nothing was written.") {
		t.Fatalf("exit %d: %s %s", code, out, errs)
	}
	out, errs, code := h.besideRun("import", "--source", "ledger", file)
	if code != 0 || !strings.Contains(out, "New people: 2") || !strings.Contains(errs, "1970-01-01") {
		t.Fatalf("exit %d: %s %s", code, out, errs)
	}
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"import", file, file}, "takes one file at a time"},
		{[]string{"import", file, "--map", filepath.Join(dir, "m.toml")}, "Stop pou serve"},
		{[]string{"import", filepath.Join(dir, "none.csv")}, "there is no file"},
		{[]string{"copy", h.path, filepath.Join(dir, "c.db")}, "Stop pou serve"},
	} {
		if out, errs, code := h.besideRun(c.args...); code == 0 || !strings.Contains(errs, c.says) {
			t.Errorf("%v: exit %d, %s %s", c.args, code, out, errs)
		}
	}
}
