package comms

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"

	"pou/model/atlas"
)

// xml reads GPX and refuses any other XML.
func (f *reading) xml(head []byte) error {
	if !bytes.Contains(head[:min(len(head), 64<<10)], []byte("<gpx")) {
		return refuseFile(f.receipt.Name, "is XML that is not GPX", "Export it as GPX, CSV or JSON")
	}
	f.receipt.Layout = "GPX"
	f.inUTC()
	g := gpxReading{points: f.points()}
	g.d = xml.NewDecoder(&bounded{r: f.opened.text, most: mostLine})
	g.d.Strict = false
	g.d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	g.run()
	g.flush()
	return f.opened.ctx.Err()
}

// gpxReading reads a GPX as it comes. Entities of its own that a file declares are not expanded by the decoder.
type gpxReading struct {
	*points
	d     *xml.Decoder
	depth int
	row   atlas.Row
	in    int // the depth of the point it is in, or 0
	text  bytes.Buffer
	fails string
	when  string
	hdop  string
}

// deepest is how deep elements may stand in one another.
const deepest = 64

func (g *gpxReading) run() {
	for {
		t, err := g.d.RawToken()
		line, _ := g.d.InputPos()
		at := uint32(max(0, line)) //nolint:gosec // lines of a file
		if err != nil {
			if !errors.Is(err, io.EOF) || g.depth > 0 {
				g.wrong(at, "the file breaks off or is damaged here: nothing after it was read", xmlFault(err))
			}
			return
		}
		switch t := t.(type) {
		case xml.StartElement:
			if g.depth++; g.depth > deepest {
				g.wrong(at, "elements stand more than 64 deep: nothing after it was read", t.Name.Local)
				return
			}
			g.start(t, at)
		case xml.EndElement:
			if g.depth == 0 {
				g.wrong(at, "the file is damaged here: nothing after it was read", t.Name.Local)
				return
			}
			g.end(t)
			g.depth--
		case xml.CharData:
			if g.in > 0 && g.text.Len() < longestCell {
				g.text.Write(t[:min(len(t), longestCell)])
			}
		}
	}
}

func xmlFault(err error) string {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return syntax.Msg
	}
	return err.Error()
}

func (g *gpxReading) start(t xml.StartElement, line uint32) {
	g.text.Reset()
	switch t.Name.Local {
	case "trkpt", "wpt":
	case "rtept":
		g.read++
		g.skip("a point of a planned route")
		return
	default:
		return
	}
	if g.in > 0 {
		return
	}
	g.in, g.when, g.hdop, g.fails = g.depth, "", "", ""
	g.row = atlas.Row{Kind: atlas.Position, Line: line}
	var lat, lon string
	for _, a := range t.Attr {
		switch a.Name.Local {
		case "lat":
			lat = a.Value
		case "lon":
			lon = a.Value
		}
	}
	la, lo, ok := parsePlace([]byte(lat), []byte(lon))
	if !ok {
		g.fails = fmt.Sprintf("%.20s %.20s", lat, lon)
	}
	g.row.Lat, g.row.Lon = la, lo
}

func (g *gpxReading) end(t xml.EndElement) {
	switch {
	case g.in == 0:
	case g.depth == g.in+1 && t.Name.Local == "time":
		g.when = string(bytes.TrimSpace(g.text.Bytes()))
	case g.depth == g.in+1 && t.Name.Local == "hdop":
		g.hdop = string(bytes.TrimSpace(g.text.Bytes()))
	case g.depth == g.in:
		g.point()
		g.in = 0
	}
	g.text.Reset()
}

// hdopMetres is what one unit of the dilution of precision is taken for.
const hdopMetres = 5

func (g *gpxReading) point() {
	if g.fails != "" {
		g.wrong(g.row.Line, faultPlace, g.fails)
		return
	}
	if why := g.timeOf(&g.row, g.when); why != "" {
		g.wrong(g.row.Line, why, g.when)
		return
	}
	g.row.Metres = fixMetres
	if m, ok := parseMetres([]byte(g.hdop), hdopMetres); ok && m > 0 {
		g.row.Metres = max(m, hdopMetres)
	} else {
		g.assumed |= assumedFix
	}
	g.add(g.row)
}

// bounded ends a reading in which a single token is longer than is believed, so that it cannot fill the memory.
type bounded struct {
	r    io.Reader
	most int
	run  int
}

var errToken = errors.New("a piece of text or a tag is longer than 1 MiB")

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p[:min(len(p), 4096)])
	if i := bytes.LastIndexAny(p[:n], "<>"); i >= 0 {
		b.run = n - i
	} else if b.run += n; b.run > b.most {
		return 0, errToken
	}
	return n, err
}
