const ALIVE_EVERY_MS = 1_500;

/**
 * "ready" and then "alive" to the launcher, which waits for the first and
 * ends a process that stops saying the second; nobody where there is none.
 */
export function tellLauncher(): NodeJS.Timeout {
  const tell = (what: string) => {
    // A launcher that is gone: the process goes on without one.
    if (process.connected)
      process.send?.(what, undefined, undefined, () => undefined);
  };
  tell("ready");
  return setInterval(() => tell("alive"), ALIVE_EVERY_MS).unref();
}
