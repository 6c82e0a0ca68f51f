/** One thing that is checked; its exit code. */
export type Step = readonly [name: string, run: () => Promise<number>];

/**
 * Runs steps, so many at once, in their order. After one that fails no other
 * begins; those that run are waited for.
 *
 * @param say hears a line of each step that ended
 * @returns whether all went well
 */
export async function runSteps(
  steps: readonly Step[],
  atOnce: number,
  say: (line: string) => void,
): Promise<boolean> {
  const waiting = [...steps];
  let isFine = true;
  const lane = async (): Promise<void> => {
    for (;;) {
      const step = isFine ? waiting.shift() : undefined;
      if (step === undefined) return;
      const [name, run] = step;
      const started = performance.now();
      const isOk = (await run()) === 0;
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      say(`${isOk ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
      isFine &&= isOk;
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, atOnce) }, lane));
  return isFine;
}
