package match

// slots says in which slot the document of an id is. Ids come in runs – people are numbered one after another – so they are kept
// in pages, which is smaller than a map of each and found with fewer looks at memory.
type slots struct {
	pages map[uint32]*[slotPage]uint32 // slot+1; 0 where there is none
	n     int
}

const slotPage = 1 << 10

func newSlots() slots { return slots{pages: map[uint32]*[slotPage]uint32{}} }

func (s *slots) of(id uint32) (slot uint32, held bool) {
	page := s.pages[id/slotPage]
	if page == nil || page[id%slotPage] == 0 {
		return 0, false
	}
	return page[id%slotPage] - 1, true
}

func (s *slots) set(id, slot uint32) {
	page := s.pages[id/slotPage]
	if page == nil {
		page = &[slotPage]uint32{}
		s.pages[id/slotPage] = page
	}
	if page[id%slotPage] == 0 {
		s.n++
	}
	page[id%slotPage] = slot + 1
}

func (s *slots) drop(id uint32) {
	if page := s.pages[id/slotPage]; page != nil && page[id%slotPage] != 0 {
		page[id%slotPage] = 0
		s.n--
	}
}
