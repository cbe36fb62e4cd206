package ui

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"

	"pou/model"
	"pou/store"
	"pou/ui/part"
	"pou/ui/serve"
)

// Options are what the terminal UI needs to start.
type Options struct {
	Store   store.Store
	Who     model.Ref
	NoColor bool
	ASCII   bool
	Light   bool   // start on light; the terminal's answer, where it gives one, decides
	Folder  string // the store's: photos are looked for in it
	In      io.Reader
	Out     io.Writer
	// Of a session over the network: what its terminal is, how large, and the desk it shares with the others. Without a crowd
	// the desk is this process's own.
	Env     []string
	Size    serve.Size
	Resized <-chan serve.Size
	Crowd   *Crowd
	Tidy    func() // gives memory back to the system, once the search index is full
	Drawn   func() // is told when the first frame stands
	Session int
}

// Run shows the desk until the officer leaves it.
func Run(ctx context.Context, o Options) error {
	outer := ctx
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx)) // commands run on while the desk is leaving
	defer stop()
	in, out := o.In, o.Out
	if in == nil {
		in = os.Stdin
	}
	if out == nil {
		out = os.Stdout
	}
	d := newDesk(ctx, o)
	first := d.reading()
	app := newApp(d, o)
	app.first = first
	app.pixels.out, out = newOutlet(out)
	program := tea.NewProgram(app, append(o.asSession(), tea.WithFPS(framesPerSecond), tea.WithInput(in), tea.WithOutput(out))...)
	go o.follow(ctx, program.Send)
	// Told to stop, the desk leaves as with q: what is half typed is kept. Killing the program would close its input under
	// its reader.
	defer context.AfterFunc(outer, func() { program.Send(leave{}) })()
	_, err := program.Run()
	app.left()
	if err != nil {
		return fmt.Errorf("the screen stopped: %w", err)
	}
	return nil
}

// framesPerSecond is twice the default: a key then reaches the screen in half the time.
const framesPerSecond = 120

// App is the root of the terminal UI: the frame, the screens in it, and what floats above them.
type App struct {
	desk
	th     part.Theme
	opts   Options
	w, h   int
	now    time.Time
	me     *model.Officer
	sample bool
	dead   error // the store cannot be read: say so instead of showing nothing

	unit      model.Unit
	at        int // the screen, 1 to 8
	lists     map[int]*listScreen
	units     *unitsScreen
	board     *boardScreen
	atlas     *atlasScreen // of the case it was last opened for
	revealing *atlasScreen // the atlas whose places have been revealed; nil when none are
	detail    *detailScreen
	over      overlay
	keys      []binding
	pending   byte // the first key of a two-key command
	past      []place
	next      []place
	officers  []*model.Line
	ops       []*model.Line
	recent    []opened

	card        card
	cardErr     error
	cardVersion int64
	newestCard  atomic.Int64 // cardVersion, for the command that reads a preview
	settling    bool         // the cursor has just left the card on show, which stays a moment longer
	tabLine     heldTabs
	held        [2]heldColumn // the preview and the history as last drawn

	notice      notice
	bulk        []uint64 // the entries of the last thing done here, oldest first
	newsCh      <-chan store.News
	moved       <-chan struct{} // somebody came to the record on show, or went
	lookingAt   model.Ref
	cutOff      time.Time // since when nothing can be saved
	told        []string  // announced, and not yet acknowledged
	announcedTo uint64    // the journal entry up to which announcements were read
	reloading   bool      // the lists will be read again shortly
	reloaded    time.Time // when they last were
	formID      int
	people      int
	searchReady bool
	first       <-chan firstRead // what the first frame shows, until it is there
	early       []tea.Msg        // what came before it
	frame       string
	floatCursor *tea.Cursor // the cursor in what floats, as it was drawn
	fresh       bool        // frame shows the present state
	blanked     bool        // by the privacy key
	fewColours  bool        // the terminal has too few for a photo
	pixels      pixels
}

// leave asks the desk to stop as if the officer had.
type leave struct{}

// notice is the last thing that happened, in the status line.
type notice struct {
	keep  string // the end of it, which stays when the text is cut to the width of the window
	hint  string // what follows where there is room
	text  string
	style part.StyleID
}

// overlay is something that floats above the screens and takes the keys.
type overlay interface {
	update(a *App, msg tea.Msg) tea.Cmd
	// view is the float for the present size, and where its cursor stands in it.
	view(a *App) (float string, cursor *tea.Cursor)
}

// NewApp makes the desk; nothing is read yet.
func NewApp(ctx context.Context, o Options) *App { return newApp(newDesk(ctx, o), o) }

func newDesk(ctx context.Context, o Options) desk {
	d := desk{ctx: ctx, store: o.Store, drafts: &drafts{last: map[int]int{}}, who: o.Who, crowd: o.Crowd, tidy: o.Tidy}
	if shared := o.Crowd.index(); shared != nil {
		d.search, d.others = shared.Through(o.Store), o.Crowd.known()
	} else {
		d.search, d.others = store.NewSearch(o.Store), store.NewInterests(o.Store)
	}
	return d
}

func newApp(d desk, o Options) *App {
	a := &App{
		desk: d, opts: o, th: part.NewTheme(!o.Light, o.NoColor, o.ASCII), now: o.Store.Now(), at: 1, w: 80, h: 24,
		pixels: pixels{quiet: true},
	}
	a.lists = map[int]*listScreen{
		1: a.newList(1, "Wanted", "by urgency", store.ListWanted, "nobody is wanted here", "ctrl+k finds a person; w marks them as wanted"),
		2: a.newList(2, "Breaches", "newest first", store.ListBreaches, "no potential breach is open", "on an order (3), b reports one"),
		3: a.newList(3, "Orders", "first to end", store.ListOrders, "no order is on record here", "ctrl+k, > add an order, on a person"),
		4: a.newList(4, "Packs", "by number", store.ListTargets, "no target packs", "m adds a person to an operation; ctrl+k, > operation makes one"),
		5: a.newList(5, "Tasks", "first due", store.ListTasks, "no task is open", "t on any row adds one"),
		7: a.newList(7, "Due", "nearest to now", store.ListDue, "no clock is running"),
		8: a.newList(8, "Journal", "newest first", listJournal, "nothing has been done yet"),
	}
	a.lists[proposalsAt] = a.newList(proposalsAt, "Proposals", "by score", listProposals, "nobody has a score in the window", "case.add records who is suspected of what")
	a.lists[suspicionsAt] = a.newList(suspicionsAt, "May be breaches", "newest first", store.ListSuspicions, "nothing on record suggests a breach that nobody has looked at", "esc goes back to the breaches")
	a.moreLists()
	a.lists[reviewAt] = a.newList(reviewAt, "To look at again", "by number", listReview, "no target has to be looked at again", "esc goes back to the packs")
	a.lists[1].alive, a.lists[4].alive, a.lists[reviewAt].alive = "wanted", "on the list", "on the list"
	a.units, a.board = newUnits(a), newBoard(a)
	a.keys = a.bindings()
	return a
}

// Init waits for what the first frame shows, where that is still being read.
func (a *App) Init() tea.Cmd {
	if a.first == nil {
		return a.begin()
	}
	first := a.first
	return func() tea.Msg { return <-first }
}

// begin starts everything that is read in the background.
func (a *App) begin() tea.Cmd {
	a.newsCh = a.store.Watch(a.ctx)
	return tea.Batch(
		a.watch(a.newsCh), a.tick(), tea.RequestBackgroundColor, a.sit(), a.watchCut(), a.previewSoon(), a.looked(), a.after(firstFrameRests, restDue{}),
	)
}

// firstFrameRests is how long the first frame has the machine to itself before everything else is read.
const firstFrameRests = 25 * time.Millisecond

// restDue starts reading what the first frame does not show: every list, and last the search index.
type restDue struct{}

// tick keeps the clocks and the ages moving.
func (a *App) tick() tea.Cmd {
	wait := time.Minute - time.Duration(a.now.Second())*time.Second
	return a.after(wait, ticked{})
}

// Update takes one message.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if cmd, held := a.hold(msg); held {
		return a, cmd
	}
	if due, ok := msg.(cardDue); ok && !a.settling && (due.late || due.version != a.cardVersion) {
		return a, nil // the cursor has moved on, or the card is here: nothing is drawn anew
	}
	a.fresh = a.fresh && unseen(msg)
	if _, ok := msg.(tea.KeyPressMsg); !ok {
		a.tabLine.text = "" // a list may have been read
	}
	cmd := tea.Batch(a.tend(a.take(msg)), a.tendGate())
	a.lookHere()
	return a, cmd
}

// take takes one message. Keys go to what floats, then to the screen; the rest are answers of commands.
func (a *App) take(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.w, a.h = msg.Width, msg.Height
		a.layout()
		if b, ok := a.over.(*boxOverlay); ok {
			return tea.Batch(a.previewSoon(), a.askAgain(), b.lookSoon(a))
		}
		return tea.Batch(a.previewSoon(), a.askAgain())
	case tea.BackgroundColorMsg:
		a.th = part.NewTheme(msg.IsDark(), a.opts.NoColor, a.opts.ASCII)
		a.refresh()
		return nil
	case tea.ColorProfileMsg:
		a.fewColours = msg.Profile < colorprofile.ANSI256
		a.pixels.told = true
		return a.probe()
	case tea.TerminalVersionMsg, uv.KittyGraphicsEvent, uv.PrimaryDeviceAttributesEvent, uv.CellSizeEvent, uv.PixelSizeEvent:
		return a.probed(msg)
	case tea.KeyPressMsg:
		return a.key(msg)
	case tea.PasteMsg:
		return a.paste(msg)
	}
	return a.answer(msg)
}

// answer takes the answer of a command.
func (a *App) answer(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case listLoaded:
		return a.listed(msg)
	case cardDue:
		return a.loadPreview(msg)
	case cardLoaded:
		return a.carded(msg)
	case namesRead:
		return a.namesKnown(msg)
	case recentLoaded:
		return a.recentRead(msg)
	case boardLoaded:
		return a.boarded(msg)
	case news:
		return a.heard(store.News(msg))
	case reloadDue:
		return a.reload()
	case many:
		cmds := make([]tea.Cmd, len(msg))
		for i, m := range msg {
			cmds[i] = a.answer(m)
		}
		return tea.Batch(cmds...)
	case announced:
		return a.tell(msg)
	case othersMoved:
		return a.watchOthers()
	case cutTick:
		return a.cutTicked()
	case meLoaded:
		if msg.err == nil && msg.me != nil {
			a.me = msg.me
		}
		return a.fail(msg.err)
	case searchState:
		a.people, a.searchReady = msg.people, msg.ready
		return a.fail(msg.err)
	case revealed:
		a.over = &revealOverlay{revealed: msg}
		return a.fail(msg.err)
	case ticked:
		a.now = a.store.Now()
		a.hideRevealed()
		a.refresh()
		// Clocks run out without anybody changing a record: what is due is worked out again every minute.
		return tea.Batch(a.tick(), a.flush(), a.loadList(store.ListDue, ""), a.loadList(store.ListSuspicions, ""), a.countBoard())
	case acted:
		return a.actedOn(msg)
	case flushed:
		return a.fail(msg.err)
	case restDue:
		if a.opts.Drawn != nil {
			a.opts.Drawn()
		}
		a.pixels.quiet = false
		return tea.Batch(tea.Sequence(tea.Batch(a.loadAll()...), a.fillSearch()), a.probe())
	case newsEnded:
		return nil
	case leave:
		return a.quit()
	}
	if cmd, ok := a.atlasAnswer(msg); ok {
		return cmd
	}
	if a.over != nil {
		return a.over.update(a, msg)
	}
	return nil
}

// loadAll reads every list whole.
func (a *App) loadAll() []tea.Cmd {
	var cmds []tea.Cmd
	for _, l := range []store.List{
		store.ListWanted, store.ListBreaches, store.ListOrders, store.ListTargets, store.ListTasks, store.ListDue, store.ListOperations, store.ListOfficers, listJournal,
		store.ListSuspicions,
	} {
		cmds = append(cmds, a.loadList(l, ""))
	}
	return cmds
}

func (a *App) listed(msg listLoaded) tea.Cmd {
	switch msg.list {
	case store.ListOfficers:
		a.officers = msg.lines
	case store.ListOperations:
		a.ops = msg.lines
		a.chooseOperation()
		return tea.Batch(a.fail(msg.err), a.followOperation(), a.refreshBox())
	case store.ListWanted, store.ListBreaches, store.ListOrders, store.ListTargets, store.ListTasks, store.ListDue, store.ListPeople, store.ListArrests, store.ListWarrants,
		store.ListLimits, store.ListSuspicions:
	}
	if msg.list == store.ListDue {
		nearestFirst(msg.lines, a.now)
	}
	var cmds []tea.Cmd
	for _, s := range a.lists {
		if s.list == msg.list {
			s.take(msg, a.unit, a.now)
			if s.typing || s.text != "" {
				cmds = append(cmds, s.readNames())
			}
		}
	}
	a.layout() // a note above the packs may have come or gone
	a.followDetail()
	a.units.count(a)
	a.board.count(a)
	return tea.Batch(append(cmds, a.fail(msg.err), a.previewSoon())...)
}

// chooseOperation shows the packs of the operation that is live, else of the newest.
func (a *App) chooseOperation() {
	packs := a.lists[4]
	if packs.operation != "" || len(a.ops) == 0 {
		return
	}
	packs.operation = a.ops[0].Ref
	for _, op := range a.ops {
		if op.Status == string(model.OperationLive) {
			packs.operation = op.Ref
			break
		}
	}
	packs.show(a.unit, a.now)
}

// nearestFirst puts the clocks nearest to now at the top, run out or not: what was missed an hour ago can still be mended
// and what runs out in an hour can still be met; what lapsed years ago comes last.
func nearestFirst(lines []*model.Line, now time.Time) {
	slices.SortStableFunc(lines, func(a, b *model.Line) int {
		return cmp.Compare(a.Deadline.Sub(now).Abs(), b.Deadline.Sub(now).Abs())
	})
}

// newsSettles is how long news is gathered before the lists are read again.
const newsSettles = 60 * time.Millisecond

func (a *App) heard(n store.News) tea.Cmd {
	cmds := []tea.Cmd{a.watch(a.newsCh), a.followSearch(n), a.rolesChanged(n.Refs, n.All)}
	if a.want = max(a.want, n.Seq); n.Seq == 0 {
		a.want = 0 // nobody said how far: up to the newest
	}
	if !a.reloading { // what comes meanwhile is read with it: news without end must not put it off
		a.reloading = true
		cmds = append(cmds, a.after(a.settles(), reloadDue{}))
	}
	return tea.Batch(cmds...)
}

// newsStorm is how often the lists are read again at most, where many sit at one desk and news comes without end: each of
// them draws, and whoever saves waits for that.
const newsStorm = 500 * time.Millisecond

// settles is how long the news that has come is gathered.
func (a *App) settles() time.Duration {
	if since := a.store.Now().Sub(a.reloaded); a.crowd != nil && since >= 0 && since < newsStorm {
		return max(newsSettles, newsStorm-since) + a.crowd.spread(a.opts.Session)
	}
	return newsSettles + a.crowd.spread(a.opts.Session)
}

func (a *App) reload() tea.Cmd {
	a.reloading, a.reloaded = false, a.store.Now()
	// All lists come with one message: each message is a frame drawn.
	cmds := []tea.Cmd{together(a.loadAll()), a.reloadBriefing(), a.reloadMore(), a.loadRecent(), a.readAnnouncements(a.announcedTo)}
	if b, ok := a.over.(*boxOverlay); ok {
		cmds = append(cmds, b.lookAgain(a))
	}
	if a.at == proposalsAt {
		cmds = append(cmds, a.loadProposals(a.lists[4].operation))
	}
	cmds = append(cmds, a.countBoard(), a.readAtlas())
	if a.detail != nil {
		cmds = append(cmds, a.loadCard(a.detail.ref, false))
	}
	return tea.Batch(cmds...)
}

// fail shows an error in the status line: a sentence, never a type.
func (a *App) fail(err error) tea.Cmd {
	if err != nil && !errors.Is(err, context.Canceled) {
		a.notice = notice{text: err.Error(), style: part.StyleDanger}
	}
	return nil
}

func (a *App) say(format string, args ...any) {
	a.notice = notice{text: fmt.Sprintf(format, args...), style: part.StyleAccent}
}

func (a *App) warn(format string, args ...any) {
	a.notice = notice{text: fmt.Sprintf(format, args...), style: part.StyleWarn}
}

// screen is the list on show; nil on the units screen.
func (a *App) screen() *listScreen { return a.lists[a.at] }

// refresh draws every row again, after the clock or the theme changed.
func (a *App) refresh() {
	for _, s := range a.lists {
		s.table.Refresh()
	}
	a.units.table.Refresh()
	a.board.table.Refresh()
}
