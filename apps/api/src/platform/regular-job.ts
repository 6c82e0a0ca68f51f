/** What a worker does by the clock; of all workers one at a time. */
export interface RegularJob {
  name: string;
  /** Crontab time, UTC. */
  match: string;
  run: () => Promise<void>;
}

export const EVERY_MINUTE = "* * * * *";
export const EVERY_TEN_MINUTES = "*/10 * * * *";
/** Off the hours that everybody else chooses, as the next. */
export const EVERY_HOUR = "17 * * * *";
export const EVERY_NIGHT = "41 2 * * *";
