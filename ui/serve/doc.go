// Package serve lets officers in over SSH, and over a socket beside the store for a pou on the same machine. It knows who
// somebody is – a key they proved and that stands on an officer's record – and nothing of what they then do: the screen and
// the command line are handed to it.
//
// There is no shell behind it, no program is started, and nothing is forwarded: what a client may ask for is a list
// (lets in ask.go), and everything else is refused.
package serve
