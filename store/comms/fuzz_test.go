package comms_test

import (
	"context"
	"os"
	"testing"

	"pou/store/comms"
)

// FuzzLoad gives any bytes to the reader that the layout is found by: it must not fail but with an error, and every receipt must add up.
func FuzzLoad(f *testing.F) {
	for _, s := range []string{
		callHead + "\n07700900001,+447700900002,05/01/2026 09:00:01,00:01:05\n\"07700900001\",Withheld,46027.375,5\n",
		",,,\nDate,Start Time,End Time,Journey/Action\n07-Jul-2018,23:25,00:08,A to B\n07-Jul-2018,,00:08,[No touch-in] to B\n",
		"VRM,Camera,Time,Lat,Lon\nAB12CDE,1,2026-01-05 09:00,51.5,-0.1\n",
		"id;easting;northing;azimuth;radius\n1;530034;180381;120;500\n",
		"<gpx><trk><trkseg><trkpt lat=\"1\" lon=\"2\"><time>2026-01-05T09:00:00Z</time><hdop>3</hdop></trkpt></trkseg></trk></gpx>",
		"Geolife trajectory\na\nb\nc\nd\n0\n39.9,116.3,0,492,40097.58,2009-10-11,14:04:30\n",
		`{"locations":[{"latitudeE7":515000000,"longitudeE7":1,"timestampMs":"1767603660000"}]}`,
		`{"semanticSegments":[{"startTime":"2026-01-05T09:00:00Z","timelinePath":[{"point":"geo:1,2","time":"2026-01-05T09:00:00Z"}]}]}`,
		`{"timelineObjects":[{"placeVisit":{"location":{"latitudeE7":1,"longitudeE7":2},"duration":{"startTimestampMs":"1767603660000"}}}]}`,
		"{\"lat\":1,\"lon\":2,\"time\":\"2026-10-25 01:30\"}\n{\"lat\":1,\"lon\":2,\"time\":\"2026-10-25 01:20\"}\n",
		`[{"lat":1,"lon":2,"time":1767603660}]`,
		"MSISDN\tStart\tEnd\tCell\tVolume\n07700900001\t20260105090000\t09:30\t1-2\t5\n",
	} {
		f.Add([]byte(s), uint8(0))
		f.Add([]byte(s), uint8(3))
	}
	for _, name := range []string{"testdata/oyster_july.csv", "testdata/track2.gpx", "testdata/posmo_head.csv"} {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw, uint8(1))
	}
	f.Fuzz(func(t *testing.T, raw []byte, how uint8) {
		o := comms.Options{}
		if how&1 != 0 {
			o.Own, o.Zone = "07700900001", "Europe/London"
		}
		files := []comms.Source{{Name: "a", Bytes: raw}}
		if how&2 != 0 && len(raw) > 1 {
			files = append(files, comms.Source{Name: "b", Bytes: append([]byte(nil), raw[:len(raw)-1]...)})
		}
		set, r, err := comms.Load(context.Background(), files, o)
		if err != nil {
			return
		}
		sums(t, set, r, o)
		if again, _, err := comms.Load(context.Background(), files, o); err != nil || len(again.Rows) != len(set.Rows) {
			t.Fatalf("another result: %v", err)
		}
		back, err := comms.Decode(comms.Encode(set))
		if err != nil || len(back.Rows) != len(set.Rows) {
			t.Fatalf("it cannot be kept: %v", err)
		}
	})
}
