/** A start that cannot go on: one clear sentence and what to do, no stack. */
export class StartFailure extends Error {
  override readonly name = "StartFailure";
}
