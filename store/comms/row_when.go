package comms

import (
	"slices"

	"pou/model/atlas"
)

// at reads when the row began.
func (k *maker) at(r *atlas.Row) bool {
	cell := k.cell(fAt)
	var m moment
	var ok bool
	switch {
	case len(cell) > 0:
		if m, ok = parseMoment(cell, k.order, k.mac); !ok {
			return k.bad(faultNoDate, cell)
		}
		if m.timed || !k.has(fTime) {
			break
		}
		fallthrough
	case k.has(fDate) || k.has(fTime) && len(cell) > 0:
		if m, ok = k.separate(m, cell); !ok {
			return false
		}
	case !k.has(fAt):
		r.Flags |= atlas.NoTime
		return true
	default:
		return k.bad(faultNoDate, cell)
	}
	if !m.timed {
		r.Flags |= atlas.DayOnly
	}
	at, how := k.moment(m)
	if how == absent {
		return k.bad(faultAbsent, k.when())
	}
	if how == twice {
		r.Flags |= atlas.Twice
	}
	if at < minTime || at >= maxTime {
		return k.bad(faultEpoch, k.when())
	}
	r.At = at
	return true
}

// separate reads a date and a time of day that stand in columns of their own; m is the date if it was read already.
func (k *maker) separate(m moment, had []byte) (moment, bool) {
	if len(had) == 0 {
		var ok bool
		cell := k.cell(fDate)
		if m, ok = parseMoment(cell, k.order, k.mac); !ok {
			return m, k.bad(faultDate, cell)
		}
	}
	clock := k.cell(fTime)
	if len(clock) == 0 || null(clock) {
		return m, true
	}
	first, _ := cutRange(clock)
	at, ok := parseClock(first)
	if !ok {
		if full, ok := parseMoment(clock, k.order, k.mac); ok && full.timed { // the column of times repeats the date
			return full, true
		}
		return m, k.bad(faultClock, clock)
	}
	m.millis, m.timed = at, true
	return m, true
}

// when is what the row says of its time, for a refusal.
func (k *maker) when() []byte {
	if c := k.cell(fAt); len(c) > 0 {
		return c
	}
	return append(append(slices.Clone(k.cell(fDate)), ' '), k.cell(fTime)...)
}

func (k *maker) moment(m moment) (int64, fix) {
	if m.zoned {
		return int64(m.day)*dayMillis + int64(m.millis) - int64(m.east), fixed
	}
	return k.zone.unix(m.day, m.millis)
}

// end reads when it ended: a moment of its own, or a time of day that may be past midnight.
func (k *maker) end(r *atlas.Row) bool {
	cell := k.cell(fEnd)
	if len(cell) == 0 && k.as == AsJourneys {
		_, cell = cutRange(k.cell(fTime))
	}
	if null(cell) || r.Has(atlas.NoTime) {
		return true
	}
	m, ok := parseMoment(cell, k.order, k.mac)
	if ok && !m.timed && k.has(fEnd) && len(cell) == 8 {
		ok = false
	}
	if !ok {
		at, clock := parseClock(cell)
		if !clock {
			return k.bad(faultClock, cell)
		}
		m = k.localDay(r)
		if d := k.cell(fEndDate); len(d) > 0 {
			if m, ok = parseMoment(d, k.order, k.mac); !ok {
				return k.bad(faultDate, d)
			}
		} else if at < m.millis {
			m.day++ // past midnight
		}
		m.millis, m.zoned = at, false
	}
	end, how := k.moment(m)
	if how == twice && end < r.At {
		end += hourMillis
	}
	if how == absent {
		return k.bad(faultAbsent, cell)
	}
	if end < r.At {
		return k.bad(faultEnds, cell)
	}
	r.End = end
	return true
}

// localDay is the day of the row and its time of day, as the file wrote them.
func (k *maker) localDay(r *atlas.Row) moment {
	local := r.At + k.zone.offset(r.At)
	return moment{day: int32(local / dayMillis), millis: int32(local % dayMillis)} //nolint:gosec // the time is checked
}
