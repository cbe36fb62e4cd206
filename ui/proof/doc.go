// Package proof holds no code of its own. Its tests run the real binary in a real terminal, the way an officer would: they
// type keys, read the screen, pull the plug, and look at what is left.
package proof
