package ui

import (
	"math/rand/v2"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/model/atlas"
	"pou/store/comms"
	"pou/ui/part"
)

// aMillion is a million rows of two suspects' devices and a victim-survivor's over two years: a third positions, the rest calls and texts
// with 20,000 numbers and with each other.
func aMillion() *comms.Picture {
	rng := rand.New(rand.NewPCG(6, 24))
	const n, devices = 1_000_000, 4
	s := &atlas.Set{Names: make([]string, 20_005), Rows: make([]atlas.Row, n), Sites: make([]atlas.Site, 400), Files: []atlas.File{{Name: "calls.csv", Hash: "00"}}}
	for i := range s.Names[1:] {
		s.Names[i+1] = "0770" + itoa(9_000_000+i)
	}
	for i := range s.Sites[1:] {
		s.Sites[i+1] = atlas.Site{ID: itoa(i), Kind: atlas.CellSite, Lat: 51_300_000 + rng.Int32N(400_000), Lon: -500_000 + rng.Int32N(800_000), Metres: 500}
	}
	at := int64(1_700_000_000_000)
	for i := range s.Rows {
		at += rng.Int64N(2 * 730 * 24 * hourMillis / n)
		r := atlas.Row{At: at, Own: atlas.Handle(1 + rng.IntN(devices)), Lat: atlas.NoPlace, Lon: atlas.NoPlace, Line: uint32(i + 1)}
		switch rng.IntN(3) {
		case 0:
			r.Kind, r.Lat, r.Lon, r.Metres = atlas.Position, 51_300_000+rng.Int32N(400_000), -500_000+rng.Int32N(800_000), 20
		default:
			r.Kind, r.Flags = []atlas.Kind{atlas.Call, atlas.Text}[rng.IntN(2)], atlas.Flags(rng.IntN(2))
			r.Other = atlas.Handle(5 + rng.IntN(20_000))
			if rng.IntN(3) == 0 {
				r.Other = 4
			}
			r.Site = 1 + rng.Uint32N(399)
			r.Lat, r.Lon, r.Metres = s.Sites[r.Site].Lat, s.Sites[r.Site].Lon, 500
		}
		s.Rows[i] = r
	}
	by := atlas.Attributions{
		{Handle: 1, Side: atlas.Suspect, Who: "S1", Grade: atlas.Strong},
		{Handle: 2, Side: atlas.Suspect, Who: "S2", Grade: atlas.Some},
		{Handle: 4, Side: atlas.Victim, Who: "V3", Grade: atlas.Proved, Hidden: true},
	}
	k := &model.Case{Moments: []model.Moment{{No: 1, At: time.UnixMilli(1_730_000_000_000), Kind: model.MomentTold}}}
	k.Ref = "C-000001"
	return &comms.Picture{Case: k, Set: s, By: by, Index: atlas.Prepare(s, by)}
}

// BenchmarkBrush is a key that moves the brush and the frame after it, for each view, over a million rows.
func BenchmarkBrush(b *testing.B) {
	data := newAtlasData(aMillion(), nil)
	all := data.findings(atlas.Usual())
	for _, run := range []struct {
		scale  int
		filter atlasFilter
		name   string
	}{{0, atlasFilter{}, "everything"}, {1, atlasFilter{}, "4 weeks"}, {1, atlasFilter{a: 1, on: true}, "4 weeks of one device"}} {
		for _, v := range atlasViews() {
			b.Run(v.title+" over "+run.name, func(b *testing.B) {
				a := &App{at: atlasAt, w: 200, h: 60}
				a.th = benchTheme()
				a.wait = func(time.Duration, tea.Msg) tea.Cmd { return nil }
				a.atlas = newAtlas("C-000001")
				s := a.atlas
				s.data, s.all, s.view, s.ground, s.veil = data, all, v.view, data.veiled, data.veiled
				s.head.kase = data.pic.Case
				s.setFilter(a, run.filter)
				s.brush = atlasBrush{}.over(run.scale, (data.span.From+data.span.To)/2)
				s.look(a)
				s.work = data.workOut(all, s.win(), s.filter, s.ground, s.turn)
				s.forget()
				a.atlasFrame()
				way := 1
				for b.Loop() {
					if run.scale == 0 {
						s.look(a)
					} else {
						s.moveBrush(a, way)
						way = -way
					}
					a.atlasFrame()
				}
			})
		}
	}
}

func benchTheme() part.Theme { return part.NewTheme(true, false, false) }
