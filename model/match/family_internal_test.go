package match

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
)

// compiled is families.txt as the three sources make it.
func compiled(t *testing.T) string {
	t.Helper()
	lines := func(file string) (list [][]string) {
		data, err := os.ReadFile("families/" + file)
		if err != nil {
			t.Fatal(err)
		}
		for l := range strings.Lines(string(data)) {
			list = append(list, strings.Fields(l))
		}
		return list
	}
	related := map[string]map[string]byte{}
	relate := func(a, b string, sign byte) {
		if a == b {
			return
		}
		if related[a] == nil {
			related[a] = map[string]byte{}
		}
		if _, held := related[a][b]; !held {
			related[a][b] = sign
		}
	}
	for _, list := range [][][]string{lines("nicknames.txt"), lines("short.txt")} {
		for _, l := range list {
			for _, s := range l[1:] {
				relate(l[0], s, '>')
				relate(s, l[0], '<')
			}
		}
	}
	for _, group := range lines("groups.txt") {
		for _, a := range group {
			for _, b := range group {
				relate(a, b, '=')
			}
		}
	}
	var out []string
	for a, others := range related {
		var list []string
		for b, sign := range others {
			list = append(list, string(sign)+b)
		}
		slices.Sort(list)
		out = append(out, a+" "+strings.Join(list, " "))
	}
	// by the name alone, as it is halved: a space sorts below every letter
	slices.Sort(out)
	return strings.Join(out, "\n") + "\n"
}

var update = flag.Bool("update", false, "compile the families of names anew")

func TestFamiliesAreWhatTheirSourcesSay(t *testing.T) {
	want := compiled(t)
	if *update {
		if err := os.WriteFile("families/families.txt", []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if families != want {
		t.Error("families/families.txt is not what its sources compile to: run go test ./model/match -run Families -update")
	}
}

func TestEveryNameOfAFamilyIsFound(t *testing.T) {
	t.Parallel()
	for l := range strings.Lines(families) {
		name, rest, _ := strings.Cut(strings.TrimSpace(l), " ")
		if got := kinOf(name); got != rest {
			t.Errorf("%q has kin %q, want %q", name, got, rest)
		}
		if Fold(name) != name {
			t.Errorf("%q is not folded", name)
		}
	}
	for _, c := range []struct {
		a, b string
		want kin
	}{
		{"bill", "william", short},
		{"william", "bill", short},
		{"gaz", "gazza", sibling},
		{"john", "juan", same},
		{"gaz", "gary", short},
		{"bill", "peter", stranger},
		{"zzz", "a", stranger},
		{"", "", stranger},
	} {
		if got := kinship(c.a, c.b); got != c.want {
			t.Errorf("%q and %q are %d, want %d", c.a, c.b, got, c.want)
		}
	}
}
