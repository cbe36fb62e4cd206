package match

func (x *Index) Stats() (tokens, words, docs, lists int) {
	for _, l := range x.vocab.words {
		words += len(l.ids)
	}
	return x.vocab.len(), words, len(x.docs), len(x.posts.lists)
}
