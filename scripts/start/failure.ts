/** A start that cannot go on: one clear sentence and what to do, no stack. */
export class StartFailure extends Error {
  override readonly name = "StartFailure";
}

/** Says that settings cannot be used, one problem a line. */
export function unusable(problems: readonly string[]): StartFailure {
  const lines = problems.map((problem) => `\n  ${problem}`).join("");
  return new StartFailure(
    `These settings cannot be used (see .env.example):${lines}`,
  );
}
