package exchange_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"testing"

	"pou/model"
	"pou/store/exchange"
)

// fuzzed imports one file, whatever is in it, and holds the receipt to the rows, the side file and the record.
func fuzzed(t *testing.T, name, text string, as exchange.Kind) {
	s := newStore(t)
	var side bytes.Buffer
	job := exchange.Job{Files: []string{name}, Open: texts(map[string]string{name: text}), Who: who, Batch: 3, Rejects: &side, As: as}
	r, err := exchange.Run(context.Background(), s, job, nil)
	if err != nil {
		if _, ok := model.AsProblem(err); !ok {
			t.Fatal(err)
		}
		return
	}
	reconciles(t, r)
	rows, err := csv.NewReader(&side).ReadAll()
	if err != nil || len(rows) != r.Total.Rejected && len(rows) != r.Total.Rejected+1 {
		t.Fatalf("%d rows in the side file, %d rejected, %v", len(rows), r.Total.Rejected, err)
	}
	if as == exchange.People && len(people(t, s)) != r.Total.Kept {
		t.Fatalf("%d people, %+v", len(people(t, s)), r.Total)
	}
	whole(t, s)
	before := head(t, s)
	again, err := exchange.Run(context.Background(), s, job, nil)
	if err != nil || head(t, s) != before || again.Total.Rows != r.Total.Rows {
		t.Fatalf("importing again: %+v after %+v, %v", again.Total, r.Total, err)
	}
}

func FuzzImportCSV(f *testing.F) {
	for _, name := range []string{"sdn.csv", "alt.csv", "febrl.csv"} {
		text, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	for _, s := range []string{
		"", "surname\n", "surname,ref\n\"a\nb\",1\n\"c,1\nd,1\n", "surname;dob\nx;1984\x1a", "\xff\xfes\x00", "name\tphone\nA, B\t07700900123\n",
		"ref,alias\n1,x\n1,y\n2,\n", "surname,surname,\"\"\n\x1b[31ma,\x00,\n", "x\r\ry\r", "7,\"A, B\",\"individual\",-0-,,,,,,,,\"DOB 1984; a.k.a. 'C'.\"\n",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		fuzzed(t, "people.csv", text, exchange.People)
		fuzzed(t, "sdn.csv", text, exchange.People)
		fuzzed(t, "orders.csv", text, exchange.Orders)
	})
}

func FuzzImportJSON(f *testing.F) {
	for _, s := range []string{
		`[]`, `[{"surname":"A"}]`, `{"people":[{"surname":"A","x":[{"y":1},{"z":[2]}]}]}`, "{\"surname\":\"A\"}\n{\"surname\":\n", `[{"surname":"A"},`,
		`{"surname":"A"}`, `[1,{"surname":["A","B"],"":null}] x`, "{\n\"surname\":\n\"A\"\n}\n{}", `{"a":{"b":{"c":{"d":{"e":{"f":{"g":{"name":"A"}}}}}}}}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) { fuzzed(t, "people.json", text, exchange.People) })
}

func FuzzMapping(f *testing.F) {
	for _, s := range []string{
		"", "as = \"people\"\n[columns]\nsurname = \"surname\"\n", "header = 0\ndelimiter = \"\\t\"\nnull = [\"-\", \"\"]\nsheet = \"x\"\n",
		"[columns]\n\"a \\\"b\\\" \\\\ \\u0007\" = \"alias:nick name\"\n", "layout = \"ofac\"\nname = \"x\"", "[columns]\na.b = \"note\"\n", "columns = 3",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := exchange.ParseMapping(text)
		if err != nil {
			if _, ok := model.AsProblem(err); !ok {
				t.Fatal(err)
			}
			return
		}
		again, err := exchange.ParseMapping(m.TOML())
		if err != nil || len(m.Null)+len(m.Columns) > 0 && !reflect.DeepEqual(m, again) {
			t.Fatalf("%+v is read back as %+v, %v\n%s", m, again, err, m.TOML())
		}
		job := exchange.Job{Files: []string{"p.csv"}, Open: texts(map[string]string{"p.csv": "surname,a,b\nSMITH,1;2,x\n\n"}), Who: who, Map: &m}
		r, err := exchange.Run(context.Background(), newStore(t), job, nil)
		if _, ok := model.AsProblem(err); err != nil && !ok {
			t.Fatal(err)
		}
		reconciles(t, r)
	})
}

// Damaged copies of real files: bytes changed, lines cut, joined and swapped. Nothing is lost, and nothing half done.
func TestDamagedCopiesOfRealFilesReconcile(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	names := []string{"sdn.csv", "alt.csv", "add.csv", "febrl.csv"}
	files := map[string]string{}
	for _, name := range names {
		text, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(text)
	}
	for range 400 {
		name := names[r.IntN(len(names))]
		text := []byte(files[name])
		for range 1 + r.IntN(8) {
			at, to := r.IntN(len(text)), r.IntN(len(text))
			at, to = min(at, to), max(at, to)
			switch r.IntN(5) {
			case 0:
				text[at] = "\",\n\r\x00\x1a\xff;"[r.IntN(8)]
			case 1:
				text = slices.Delete(text, at, min(to, at+40)+1)
			case 2:
				text = slices.Insert(text, at, text[at:min(to, at+200)]...)
			case 3:
				text = slices.Insert(text, at, '"')
			case 4:
				text = text[:max(10, to)]
			}
		}
		fuzzed(t, name, string(text), exchange.People)
	}
}
