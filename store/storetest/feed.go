package storetest

import (
	"context"
	"fmt"
	"slices"

	"pou/model"
	"pou/store"
)

func feedTests() []test {
	return []test{
		{"every watcher hears of every change", everyWatcher},
		{"nobody hears of a refusal, a consultation or a repeated request", quiet},
		{"a watcher that lags makes nobody wait and is told to look at everything", lagging},
		{"a watcher that lagged is told so without waiting for another change", laggingNow},
		{"a large batch tells watchers to look at everything", largeNews},
		{"a feed ends with its context", feedContext},
		{"a feed ends at Close", feedClose},
	}
}

func everyWatcher(d *desk) {
	var feeds []<-chan store.News
	for range 3 {
		feeds = append(feeds, d.book.Watch(d.Context()))
	}
	_, line := d.wanted("KOVAC")
	r := d.do(constable, "arrest.record", fields{"wanted": string(line)})
	for _, feed := range feeds {
		var last store.News
		for range 3 {
			last = <-feed
		}
		refs := make([]model.Ref, len(r.Changed))
		for i, c := range r.Changed {
			refs[i] = c.Ref
		}
		if last.Seq != r.Seq || last.All || !slices.Equal(last.Refs, refs) {
			d.Errorf("the news is %+v, the receipt %s", last, said(r))
		}
	}
}

func quiet(d *desk) {
	req := model.Request{Action: "person.add", Fields: fields{"surname": "KOVAC"}, Key: "1"}
	request(d, constable, req)
	feed := d.book.Watch(d.Context())
	request(d, constable, req)
	d.refused(model.Invalid, constable, "person.add", nil)
	d.book.Consult(constable, "list")
	if err := d.book.Flush(context.Background()); err != nil {
		d.Fatal(err)
	}
	select {
	case n := <-feed:
		d.Errorf("a watcher heard %+v", n)
	default:
	}
}

func lagging(d *desk) {
	slow, quick := d.book.Watch(d.Context()), d.book.Watch(d.Context())
	for i := range 100 {
		d.task(fmt.Sprint(i))
		if n := <-quick; n.All || len(n.Refs) != 1 {
			d.Fatalf("the quick watcher heard %+v", n)
		}
	}
	told := false
	for len(slow) > 0 {
		n := <-slow
		told = told || n.All
	}
	d.task("after")
	if n := <-slow; !n.All && !told {
		d.Errorf("after lagging the watcher heard %+v and was never told to look at everything", n)
	}
	d.task("later")
	if n := <-slow; n.All {
		d.Errorf("having caught up the watcher still heard %+v", n)
	}
}

func laggingNow(d *desk) {
	slow := d.book.Watch(d.Context())
	for i := range 100 {
		d.task(fmt.Sprint(i))
	}
	told, newest := false, uint64(0)
	for len(slow) > 0 {
		n := <-slow
		told, newest = told || n.All, n.Seq
	}
	if !told && newest != d.head() {
		d.Errorf("a watcher that read late heard up to entry %d of %d and not that it missed the rest", newest, d.head())
	}
}

func largeNews(d *desk) {
	feed := d.book.Watch(d.Context())
	var people []model.Record
	for i := range 600 {
		people = append(people, somebody(fmt.Sprintf("P%d", i), ""))
	}
	d.collect("people.import", people...)
	if n := <-feed; !n.All || len(n.Refs) > 0 {
		d.Errorf("the news of 600 records lists %d, all %v", len(n.Refs), n.All)
	}
}

func feedContext(d *desk) {
	ctx, cancel := context.WithCancel(context.Background())
	feed, stays := d.book.Watch(ctx), d.book.Watch(d.Context())
	cancel()
	if _, open := <-feed; open {
		d.Error("the feed still tells news")
	}
	d.task("One")
	if n := <-stays; len(n.Refs) != 1 {
		d.Errorf("the other watcher heard %+v", n)
	}
}

func feedClose(d *desk) {
	feed := d.book.Watch(d.Context())
	d.close()
	if _, open := <-feed; open {
		d.Error("the feed still tells news")
	}
	if _, open := <-d.book.Watch(d.Context()); open {
		d.Error("a feed asked for after Close tells news")
	}
	d.start()
}
