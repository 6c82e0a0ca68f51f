import type { Clock } from "../../apps/api/src/platform/clock.ts";

/** A clock that stands still until it is moved. */
export class TestClock implements Clock {
  #now: Date;

  constructor(start = "2026-03-02T09:00:00.000Z") {
    this.#now = new Date(start);
  }

  now(): Date {
    return new Date(this.#now);
  }

  forward(seconds: number): void {
    this.#now = new Date(this.#now.getTime() + seconds * 1000);
  }
}
