// Package london is the geography of London that maps and conditions are held against: the 32 boroughs and the City of London, the
// Thames between its banks, and 721 named stations, as points on the ground.
//
// The files are embedded and small. They are made from public data by generate.go; NOTICE says whose it is and under which licence,
// and whatever shows a map prints [Attribution]. Lines are simplified to within 3 m, the source itself is good to about 5 m, and a
// border two boroughs share is one line: there are neither gaps nor overlaps.
//
// Everything is pure and read only; what is worked out on first use is never changed after that.
package london

//go:generate go run generate.go $POU_DATA/london
