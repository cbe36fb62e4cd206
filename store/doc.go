// Package store is how the record is kept: one [Store], implemented once by [Book], over a small ordered key-value
// [Engine] that bbolt and the in-memory engine provide.
//
// What it promises, on every engine:
//
//   - An action is one transaction: the records, their indexes and one journal entry, or nothing at all.
//   - The journal is append-only and each entry carries the sum of the one before it; what was typed is kept beside the
//     chain under a salted digest, so that it can be erased without breaking the chain.
//   - Every record carries a revision, and an action based on another revision is refused.
//   - Indexes can be rebuilt from the records, and [Book.Check] holds one against the other.
//   - Nothing that is returned points into the engine's memory.
package store
