package ui

import (
	"errors"
	"slices"
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/store"
	"pou/ui/part"
)

// briefing is briefing mode: the targets of an operation, one a page, for a room. It takes the whole screen and every
// key, so nothing can be changed from it, and it draws redacted pages only.
type briefing struct {
	operation model.Ref
	title     string
	unit      model.Unit

	pages  []briefPage
	loaded bool
	err    error
	began  time.Time
	shown  map[model.Ref]bool // journalled since the briefing began

	at      int    // the page; after the last, the team list
	top     int    // how far notes or team list are scrolled
	jump    string // the digits of a page to go to
	blanked bool
	notes   bool
	help    bool

	folder string                 // where photos are
	photos map[string]*briefPhoto // of this page and its neighbours, by reference
}

// briefPage is a page with how old its photo is.
type briefPage struct {
	model.Page
	photoAge   string
	photoStale bool
}

// briefPhoto is a photo that was asked for: read, refused, or on its way.
type briefPhoto struct {
	ref    string
	photo  *part.Photo
	err    error
	number int        // of the picture made of it, for the terminal; 0 for none
	sent   bool       // the terminal keeps it, or will before the next frame
	sixel  sixelPhoto // the size it is made or being made at
	ready  bool       // sixels of that size are made
}

type (
	packsLoaded struct {
		operation model.Ref
		unit      model.Unit
		pages     []briefPage
		at        time.Time
		err       error
	}
	photoLoaded struct {
		ref    string
		number int
		photo  *part.Photo
		kitty  string // how the terminal is given it, where it can keep pictures
		err    error
	}
)

// startBriefing opens briefing mode on the operation whose packs are on show. Only the unit filter of the desk decides
// which targets are in it.
func (a *App) startBriefing() tea.Cmd {
	b := &briefing{operation: a.lists[4].operation, unit: a.unit, folder: a.opts.Folder, shown: map[model.Ref]bool{}, photos: map[string]*briefPhoto{}}
	for _, op := range a.ops {
		if op.Ref == b.operation {
			b.title = op.Name
		}
	}
	a.over, a.pixels.briefing = b, b
	return a.loadBriefing(b.operation, b.unit)
}

func whyNoBriefing(a *App) string {
	if a.lists[4].operation == "" {
		return "no operation"
	}
	return ""
}

// reloadBriefing reads the pages again after something changed: who has been arrested since leaves the list at once.
func (a *App) reloadBriefing() tea.Cmd {
	if b, ok := a.over.(*briefing); ok {
		return a.loadBriefing(b.operation, b.unit)
	}
	return nil
}

func (b *briefing) update(a *App, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case packsLoaded:
		return b.take(a, msg)
	case photoLoaded:
		return b.takePhoto(a, msg)
	case sixelReady:
		b.sixelMade(a, msg)
	case tea.KeyPressMsg:
		return b.key(a, msg.String())
	}
	return nil
}

// take shows the pages that were read, and stays on the target it was on.
func (b *briefing) take(a *App, msg packsLoaded) tea.Cmd {
	if msg.operation != b.operation || msg.unit != b.unit {
		return nil
	}
	on, atTarget := b.page()
	onTeam := b.loaded && !atTarget && len(b.pages) > 0
	b.pages, b.err, b.loaded = msg.pages, msg.err, true
	if i := slices.IndexFunc(b.pages, func(p briefPage) bool { return p.Ref == on.Ref }); i >= 0 {
		b.at = i
	}
	if b.at > len(b.pages) || onTeam {
		b.at = len(b.pages)
	}
	if msg.err != nil || !b.began.IsZero() {
		return b.show(a)
	}
	b.began = msg.at
	return tea.Batch(a.consultBriefing(b), b.show(a))
}

// name is what the journal calls the briefing.
func (b *briefing) name() string {
	if b.unit == "" {
		return "briefing " + string(b.operation)
	}
	return "briefing " + string(b.operation) + " " + string(b.unit)
}

func (b *briefing) page() (briefPage, bool) {
	if b.at < len(b.pages) {
		return b.pages[b.at], true
	}
	return briefPage{}, false
}

// show journals the page on show, once in a briefing, and sees to its photo.
func (b *briefing) show(a *App) tea.Cmd {
	p, ok := b.page()
	if !ok || b.blanked {
		return nil
	}
	photos := b.fetch(a)
	if b.shown[p.Ref] {
		return photos
	}
	b.shown[p.Ref] = true
	return tea.Batch(photos, a.consult(b.name()+" page "+string(p.Ref), p.Person))
}

// goTo turns to a page; len(pages) is the team list.
func (b *briefing) goTo(a *App, at int) tea.Cmd {
	at = max(0, min(at, len(b.pages)))
	if at == b.at {
		return nil
	}
	b.at, b.top = at, 0
	return b.show(a)
}

// key takes every key there is. None of them changes a record; those a clicker sends are among them.
func (b *briefing) key(a *App, key string) tea.Cmd {
	if b.blanked {
		if key == "." || key == "b" {
			b.blanked = false
			return b.show(a)
		}
		return nil // whoever blanked the screen has a reason: only the same key shows it again
	}
	if b.help {
		b.help = false
		return nil
	}
	jump := b.jump
	b.jump = ""
	switch key {
	case "?":
		b.help = true
	case ".", "b":
		b.blanked = true
	case "q":
		a.over = nil
	case "esc":
		if jump == "" {
			a.over = nil
		}
	case "right", "pgdown", "space":
		return b.goTo(a, b.at+1)
	case "left", "pgup", "backspace":
		return b.goTo(a, b.at-1)
	case "home":
		return b.goTo(a, 0)
	case "end":
		return b.goTo(a, len(b.pages)-1)
	case "t":
		return b.goTo(a, len(b.pages))
	case "n":
		b.notes, b.top = !b.notes, 0
	case "up":
		b.top = max(0, b.top-1)
	case "down":
		b.top++
	case "enter":
		return b.jumpTo(a, jump)
	default:
		b.digit(jump, key)
	}
	return nil
}

// briefingKeys are the keys for the help page.
func briefingKeys() []part.Binding {
	const turn, show = "Turn the pages", "What the room sees"
	return []part.Binding{
		{Keys: "space → pgdn", Help: "next; at the end, the team", Group: turn},
		{Keys: "← pgup", Help: "the one before", Group: turn},
		{Keys: "home end", Help: "first, last", Group: turn},
		{Keys: "7 enter", Help: "page 7, or target 7", Group: turn},
		{Keys: "t", Help: "team list", Group: turn},
		{Keys: ". b", Help: "blank, and show again", Group: show},
		{Keys: "n", Help: "presenter notes", Group: show},
		{Keys: "↑ ↓", Help: "scroll notes or team", Group: show},
		{Keys: "q esc", Help: "back to the desk", Group: show},
	}
}

// jumpDigits is as long as the number of a page or a target gets.
const jumpDigits = 4

// digit adds a digit to the number of the page to go to.
func (b *briefing) digit(jump, key string) {
	if len(key) == 1 && key[0] >= '0' && key[0] <= '9' && len(jump) < jumpDigits {
		b.jump = jump + key
	}
}

// jumpTo goes to a page by its number in the briefing or, where there is no such page, by the target's own number.
func (b *briefing) jumpTo(a *App, jump string) tea.Cmd {
	n, err := strconv.Atoi(jump)
	if err != nil || n == 0 {
		return nil
	}
	at := n - 1
	if n > len(b.pages) {
		at = slices.IndexFunc(b.pages, func(p briefPage) bool { return strconv.FormatUint(p.Ref.Number(), 10) == itoa(n) })
	}
	if at < 0 {
		return nil
	}
	return b.goTo(a, at)
}

// takePhoto takes a photo that was read, and asks for the next.
func (b *briefing) takePhoto(a *App, msg photoLoaded) tea.Cmd {
	p := b.photos[msg.ref]
	if p == nil || p.number != msg.number {
		return b.fetch(a) // let go of meanwhile
	}
	p.photo, p.err = msg.photo, msg.err
	return tea.Batch(b.fetch(a), a.kittySent(p, msg.kitty))
}

// fetch asks for the first photo not yet asked for among this page and its neighbours, and lets go of all others: one
// at a time, so that a folder of large files cannot fill the memory.
func (b *briefing) fetch(a *App) tea.Cmd {
	var near []string
	for _, i := range []int{b.at, b.at + 1, b.at - 1} {
		if i >= 0 && i < len(b.pages) && b.pages[i].Photo != "" {
			near = append(near, b.pages[i].Photo)
		}
	}
	waiting := false
	var cmds []tea.Cmd
	for ref, p := range b.photos {
		waiting = waiting || (p.photo == nil && p.err == nil)
		if !slices.Contains(near, ref) {
			cmds = append(cmds, a.forgetPhoto(p))
			delete(b.photos, ref)
		}
	}
	for _, ref := range near {
		if b.photos[ref] == nil && !waiting {
			b.photos[ref] = &briefPhoto{ref: ref, number: a.pixels.number()}
			cmds = append(cmds, loadPhoto(b.folder, ref, a.reaches(ref), b.photos[ref].number, a.pixels.how))
			break
		}
	}
	return tea.Batch(cmds...)
}

// loadPhoto reads a photo from its file, and makes it ready for a terminal that keeps pictures.
func loadPhoto(folder, ref string, reach bool, number int, how drawsWith) tea.Cmd {
	return func() tea.Msg {
		out := photoLoaded{ref: ref, number: number}
		if !reach {
			out.err = part.ErrPhotoAway
			return out
		}
		out.photo, out.err = readPhoto(folder, ref)
		if out.err == nil && how == drawsKitty {
			out.kitty, out.err = out.photo.KittyTransmit(part.NewKittyID(number))
		}
		return out
	}
}

func readPhoto(folder, ref string) (*part.Photo, error) {
	f, err := part.OpenPhoto(folder, ref)
	if err != nil {
		return nil, err
	}
	p, err := part.ReadPhoto(f)
	return p, errors.Join(err, f.Close())
}

// consultBriefing journals that the briefing began, with everybody in it.
func (a *App) consultBriefing(b *briefing) tea.Cmd {
	people := make([]model.Ref, len(b.pages))
	for i, p := range b.pages {
		people[i] = p.Person
	}
	return a.consult(b.name(), people...)
}

// readBriefing builds the pages of an operation's live targets, redacted for a screen that a room can see.
func readBriefing(r store.Reader, operation model.Ref, unit model.Unit, now time.Time) ([]briefPage, error) {
	packs, err := model.BuildPacks(r, operation, unit, now)
	if err != nil {
		return nil, err
	}
	pages, err := model.PagesOf(packs, model.AudienceScreen)
	if err != nil {
		return nil, err
	}
	out := make([]briefPage, len(pages))
	for i, p := range pages {
		out[i] = briefPage{Page: p}
		out[i].photoAge, out[i].photoStale = photoAge(packs[i].Person, now)
	}
	return out, nil
}

// photoFresh is how long a photo is taken to look like the person. Local practice, not statute.
const photoFresh = 2

func photoAge(p *model.Person, now time.Time) (string, bool) {
	if p.PhotoTaken.IsZero() {
		return "age of photo unknown", true
	}
	age := part.Ago(now.Sub(p.PhotoTaken.Start()))
	return "taken " + p.PhotoTaken.Long() + ", " + age, now.After(p.PhotoTaken.AddYears(photoFresh).Start())
}
