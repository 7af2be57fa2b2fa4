// targets/cannot-start.ts: the one error a person sees when the lab will not start.
// Thrown anywhere below targets/; the command line prints its message and exits 2.

/** A start-up failure whose message is a sentence: what is wrong, where, and what to do. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}
