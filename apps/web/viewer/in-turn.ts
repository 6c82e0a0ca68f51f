/** Runs jobs one after another, whatever became of the one before. */
export function createTurns() {
  let last: Promise<unknown> = Promise.resolve();
  return <Result>(job: () => Promise<Result>): Promise<Result> => {
    const next = last.then(job);
    last = next.catch(() => undefined);
    return next;
  };
}
