package comms

import (
	"bytes"
	"math"
)

const million = 1_000_000

// parseDegrees reads a latitude or longitude in decimal degrees, in millionths: -0.1278, 51,5074, 51.5074° N.
func parseDegrees(cell []byte, most int32) (int32, bool) {
	if len(cell) == 0 || len(cell) > 40 {
		return 0, false
	}
	negative := false
	switch cell[0] {
	case '-':
		negative = true
		cell = cell[1:]
	case '+':
		cell = cell[1:]
	}
	whole, part, digits := int64(0), int64(0), 0
	i := 0
	for ; i < len(cell) && cell[i] >= '0' && cell[i] <= '9'; i++ {
		if i == 4 {
			return 0, false
		}
		whole = whole*10 + int64(cell[i]-'0')
	}
	if i == 0 {
		return 0, false
	}
	if i < len(cell) && (cell[i] == '.' || cell[i] == ',') {
		for i++; i < len(cell) && cell[i] >= '0' && cell[i] <= '9'; i++ {
			if digits < 7 {
				part = part*10 + int64(cell[i]-'0')
				digits++
			}
		}
	}
	for ; digits < 7; digits++ {
		part *= 10
	}
	v := whole*million + (part+5)/10
	if i < len(cell) {
		switch string(bytes.ToUpper(bytes.Trim(cell[i:], " \xc2\xb0"))) {
		case "", "N", "E":
		case "S", "W":
			negative = !negative
		default:
			return 0, false
		}
	}
	if v > int64(most)*million {
		return 0, false
	}
	if negative {
		v = -v
	}
	return int32(v), true //nolint:gosec // at most 180 million
}

// parsePlace reads a pair of coordinates and refuses the 0, 0 of a device without a fix.
func parsePlace(lat, lon []byte) (la, lo int32, ok bool) {
	la, ok1 := parseDegrees(lat, 90)
	lo, ok2 := parseDegrees(lon, 180)
	return la, lo, ok1 && ok2 && (la != 0 || lo != 0)
}

// parseMetres reads a distance; unit is how many metres a figure counts.
func parseMetres(cell []byte, unit float64) (uint32, bool) {
	r := reader{b: cell}
	v, n := r.number(7)
	f := float64(v)
	if c := r.peek(); c == '.' || c == ',' {
		r.at++
		start := r.at
		for c := r.peek(); c >= '0' && c <= '9'; c = r.peek() {
			r.at++
		}
		f += float64(fraction(r.b[start:r.at])) / 1000
	}
	r.spaces()
	switch string(bytes.ToLower(r.b[r.at:])) {
	case "", "m", "metres", "meters":
	case "km":
		unit = 1000
	default:
		return 0, false
	}
	f *= unit
	return uint32(math.Ceil(f)), n > 0 && f <= 1e6
}

// fromGrid turns a point of the British National Grid into WGS 84, within about 5 metres (Ordnance Survey, A guide to coordinate systems
// in Great Britain, annexes B and C).
func fromGrid(east, north float64) (lat, lon int32, ok bool) {
	if east < 0 || east > 700_000 || north < 0 || north > 1_300_000 {
		return 0, 0, false
	}
	const a, b = 6377563.396, 6356256.909
	phi, lambda := unproject(east, north, a, b)
	x, y, z := cartesian(phi, lambda, a, b)
	x, y, z = helmert(x, y, z)
	phi, lambda = geodetic(x, y, z)
	toMillionths := func(rad float64) int32 { return int32(math.Round(rad * 180 / math.Pi * million)) }
	return toMillionths(phi), toMillionths(lambda), true
}

// unproject takes a point off the transverse Mercator of the National Grid.
func unproject(east, north, a, b float64) (phi, lambda float64) {
	const f0, phi0, lambda0, e0, n0 = 0.9996012717, 49 * math.Pi / 180, -2 * math.Pi / 180, 400000.0, -100000.0
	e2 := 1 - (b*b)/(a*a)
	n := (a - b) / (a + b)
	arc := func(phi float64) float64 {
		d, s := phi-phi0, phi+phi0
		return b * f0 * ((1+n+1.25*n*n+1.25*n*n*n)*d - (3*n+3*n*n+2.625*n*n*n)*math.Sin(d)*math.Cos(s) +
			(1.875*n*n+1.875*n*n*n)*math.Sin(2*d)*math.Cos(2*s) - 35.0/24*n*n*n*math.Sin(3*d)*math.Cos(3*s))
	}
	phi = phi0
	for range 20 {
		rest := north - n0 - arc(phi)
		if math.Abs(rest) < 1e-5 {
			break
		}
		phi += rest / (a * f0)
	}
	sin, tan, sec := math.Sin(phi), math.Tan(phi), 1/math.Cos(phi)
	nu := a * f0 / math.Sqrt(1-e2*sin*sin)
	rho := a * f0 * (1 - e2) / math.Pow(1-e2*sin*sin, 1.5)
	eta2 := nu/rho - 1
	t2 := tan * tan
	d := east - e0
	d2 := d * d
	lat := phi - d2*tan/(2*rho*nu) + d2*d2*tan/(24*rho*nu*nu*nu)*(5+3*t2+eta2-9*t2*eta2) -
		d2*d2*d2*tan/(720*rho*math.Pow(nu, 5))*(61+90*t2+45*t2*t2)
	lon := lambda0 + d*sec/nu - d2*d*sec/(6*nu*nu*nu)*(nu/rho+2*t2) + d2*d2*d*sec/(120*math.Pow(nu, 5))*(5+28*t2+24*t2*t2) -
		d2*d2*d2*d*sec/(5040*math.Pow(nu, 7))*(61+662*t2+1320*t2*t2+720*t2*t2*t2)
	return lat, lon
}

func cartesian(phi, lambda, a, b float64) (x, y, z float64) {
	e2 := 1 - (b*b)/(a*a)
	nu := a / math.Sqrt(1-e2*math.Sin(phi)*math.Sin(phi))
	return nu * math.Cos(phi) * math.Cos(lambda), nu * math.Cos(phi) * math.Sin(lambda), nu * (1 - e2) * math.Sin(phi)
}

// helmert moves a point from the datum of the National Grid to WGS 84.
func helmert(x, y, z float64) (float64, float64, float64) {
	const sec = math.Pi / 180 / 3600
	const tx, ty, tz, s = 446.448, -125.157, 542.060, -20.4894e-6
	const rx, ry, rz = 0.1502 * sec, 0.2470 * sec, 0.8421 * sec
	return tx + (1+s)*x - rz*y + ry*z, ty + rz*x + (1+s)*y - rx*z, tz - ry*x + rx*y + (1+s)*z
}

func geodetic(x, y, z float64) (phi, lambda float64) {
	const a, b = 6378137.0, 6356752.3142
	e2 := 1 - (b*b)/(a*a)
	p := math.Hypot(x, y)
	phi = math.Atan2(z, p*(1-e2))
	for range 10 {
		nu := a / math.Sqrt(1-e2*math.Sin(phi)*math.Sin(phi))
		phi = math.Atan2(z+e2*nu*math.Sin(phi), p)
	}
	return phi, math.Atan2(y, x)
}
