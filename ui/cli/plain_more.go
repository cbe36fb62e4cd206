package cli

import (
	"context"
	"strconv"

	"pou/store"
)

// moreLists are the lists behind the numbered ones: those with a title and no screen of their own.
func moreLists() []store.ListRow {
	var out []store.ListRow
	for _, r := range store.ListRows() {
		if r.Title != "" {
			out = append(out, r)
		}
	}
	return out
}

// more offers the lists behind the numbered ones.
func (t *talk) more(ctx context.Context) error {
	lists := moreLists()
	for i, r := range lists {
		t.say("%d. %s", i+1, r.Title)
	}
	answer, err := t.ask("A number, b to go back:")
	if err != nil {
		return err
	}
	if n, bad := strconv.Atoi(answer); bad == nil && n >= 1 && n <= len(lists) {
		return t.screen(ctx, lists[n-1].Name)
	}
	return nil
}
