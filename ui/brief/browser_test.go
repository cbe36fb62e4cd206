package brief_test

import (
	"bytes"
	"context"
	"encoding/json"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pou/model"
	"pou/ui/brief"
)

// tool finds a program by one of its names; without it the test is skipped, and says what to install.
func tool(t *testing.T, pkg string, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skipf("NOT TESTED: none of %s is installed; apt-get install %s, and the real paper is looked at", strings.Join(names, ", "), pkg)
	return ""
}

// printed is what a browser made of a page: the PDF, what it wrote to its console, and every address it asked for.
type printed struct {
	pages   int
	console []string
	asked   []string
}

// printHTML prints a page as the browser of an office does.
func printHTML(t *testing.T, html []byte) printed {
	t.Helper()
	chromium := tool(t, "chromium", "chromium", "chromium-browser", "google-chrome")
	dir := t.TempDir()
	page, pdf, log := filepath.Join(dir, "page.html"), filepath.Join(dir, "page.pdf"), filepath.Join(dir, "net.json")
	if err := os.WriteFile(page, html, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(
		ctx, chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-component-update",
		"--disable-sync", "--disable-default-apps", "--disable-extensions", "--user-data-dir="+filepath.Join(dir, "profile"), "--enable-logging=stderr",
		"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--log-net-log="+log, "--no-pdf-header-footer", "--print-to-pdf="+pdf, "file://"+page,
	)
	said, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("the browser: %v\n%s", err, said)
	}
	var out printed
	for l := range strings.SplitSeq(string(said), "\n") {
		if strings.Contains(l, ":CONSOLE") {
			out.console = append(out.console, l)
		}
	}
	raw, err := os.ReadFile(pdf)
	if err != nil {
		t.Fatal(err)
	}
	out.pages = len(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(raw, -1))
	out.asked = askedFor(t, log)
	return out
}

// browserItself is who asks in the browser's log when no page does: it looks after its own updates.
const browserItself = "not an origin"

// askedFor are the addresses that the page asked for in the browser's log of its network, but for itself and what is
// within it.
func askedFor(t *testing.T, path string) []string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var log struct {
		Events []struct {
			Params struct {
				URL       string `json:"url"`
				Initiator string `json:"initiator"`
			} `json:"params"`
		} `json:"events"`
	}
	if err := json.Unmarshal(raw, &log); err != nil {
		t.Fatalf("the log of the network: %v", err)
	}
	var out []string
	for _, e := range log.Events {
		u := e.Params.URL
		if u != "" && e.Params.Initiator != "" && e.Params.Initiator != browserItself && !strings.HasPrefix(u, "file:") && !strings.HasPrefix(u, "data:") && !strings.HasPrefix(u, "about:") && !slices.Contains(out, u) {
			out = append(out, u)
		}
	}
	return out
}

// The check itself is checked: a page that fetches, and one that complains, are found out.
func TestTheBrowserCheckFindsAPageThatFetches(t *testing.T) {
	var hits atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		hits.Add(1)
		w.WriteHeader(http.StatusNotFound)
	}))
	defer server.Close()
	got := printHTML(t, []byte(`<!doctype html><p style="break-after: page">one</p><p>two</p><img src="`+server.URL+`/beacon.png"><script>console.error("seen")</script>`))
	if got.pages != 2 || len(got.console) == 0 || !slices.ContainsFunc(got.asked, func(u string) bool { return strings.Contains(u, "beacon.png") }) || hits.Load() == 0 {
		t.Errorf("a page that fetches and complains is seen as %+v, with %d hits", got, hits.Load())
	}
}

func TestABrowserPrintsThePaperAndFetchesNothing(t *testing.T) {
	photo := portrait(t)
	pack := document(t, world(5, "varga.jpg"), model.AudienceTeam, 2)
	pack.Photos = map[string][]byte{"varga.jpg": photo}
	long := document(t, world(1, ""), model.AudienceTeam, 1)
	for _, d := range []*brief.Document{pack, long} { // each on one page, whatever fonts there are
		for i := range d.Pages {
			d.Pages[i].Sections = d.Pages[i].Sections[:2]
		}
	}
	long.Recipient = strings.Repeat("Ω", 60)
	for name, c := range map[string]struct {
		doc      *brief.Document
		min, max int
	}{
		"a cover and five targets, twice":   {pack, 12, 12},
		"a cover and one target":            {long, 2, 2},
		"a front sheet":                     {document(t, world(4, ""), model.AudienceFront, 1), 1, 2},
		"results of every figure":           {resultsPaper(true), 1, 1},
		"a recall":                          {recallPaper(1), 1, 1},
		"an order with its annex, 1 target": {orderPaper(t, 1, 1, true), 2, 4},
		"an order of 60 targets":            {orderPaper(t, 60, 1, false), 4, 14},
	} {
		t.Run(name, func(t *testing.T) {
			html := paper(t, c.doc, brief.HTML)
			if strings.Contains(strings.ToLower(string(html)), "<script") {
				t.Error("there is a script in the page")
			}
			got := printHTML(t, html)
			if got.pages < c.min || got.pages > c.max {
				t.Errorf("it prints as %d pages, want %d to %d", got.pages, c.min, c.max)
			}
			if len(got.asked) > 0 {
				t.Errorf("the page asks for %v", got.asked)
			}
			if len(got.console) > 0 {
				t.Errorf("the browser complains: %v", got.console)
			}
		})
	}
}

// A second program draws the PDF, and there is ink where there should be.
func TestThePDFIsDrawnWithInkWhereThePhotoIs(t *testing.T) {
	pdftoppm := tool(t, "poppler-utils", "pdftoppm")
	const dpi = 80
	ink := func(photos map[string][]byte, page string) (words, photo int) {
		d := document(t, world(1, "varga.jpg"), model.AudienceTeam, 1)
		d.Photos = photos
		cmd := exec.CommandContext(t.Context(), pdftoppm, "-r", "80", "-png", "-f", page, "-l", page)
		cmd.Stdin = bytes.NewReader(paper(t, d, brief.PDF))
		raw, err := cmd.Output()
		if err != nil {
			t.Fatalf("pdftoppm: %v", err)
		}
		img, err := png.Decode(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		at := func(mm float64) int { return int(mm / 25.4 * dpi) }
		for y := range img.Bounds().Dy() {
			for x := range img.Bounds().Dx() {
				r, g, b, _ := img.At(x, y).RGBA()
				if r+g+b > 3*0x8000 {
					continue
				}
				words++
				if x > at(157) && x < at(193) && y > at(29) && y < at(75) { // within the frame of the photo
					photo++
				}
			}
		}
		return words, photo
	}
	if words, _ := ink(nil, "1"); words < 500 {
		t.Errorf("the cover has %d dark points: it is as good as blank", words)
	}
	_, empty := ink(nil, "2")
	_, full := ink(map[string][]byte{"varga.jpg": portrait(t)}, "2")
	if full < 1000 || empty > full/4 {
		t.Errorf("the frame has %d dark points with a photo in it and %d without", full, empty)
	}
}
