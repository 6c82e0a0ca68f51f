import type { Page } from "@playwright/test";

type At = readonly [x: number, y: number];

/** Frames between two places that a finger passes. */
const STEPS = 6;
const SETTLES_MS = 400;

/** What fingers do to a page, in CSS pixels of its window. */
export interface Fingers {
  /** As many as there are ways go along them together. */
  drag(...ways: readonly (readonly [from: At, to: At])[]): Promise<void>;
  /** Two that begin beside a place and end farther apart, about it. */
  pinch(at: At, factor: number): Promise<void>;
  tapTwice(at: At): Promise<void>;
}

/** Playwright knows one finger that taps; the browser itself knows more. */
export async function fingersOn(page: Page): Promise<Fingers> {
  const devtools = await page.context().newCDPSession(page);
  const send = (
    type: "touchStart" | "touchMove" | "touchEnd",
    places: readonly At[],
  ) =>
    devtools.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: places.map(([x, y], id) => ({ x, y, id })),
    });
  const drag: Fingers["drag"] = async (...ways) => {
    await send(
      "touchStart",
      ways.map(([from]) => from),
    );
    for (let step = 1; step <= STEPS; step++)
      await send(
        "touchMove",
        ways.map(([from, to]) => between(from, to, step / STEPS)),
      );
    await send("touchEnd", []);
    // Chromium takes a tap that follows at once for the end of a fling.
    await page.waitForTimeout(SETTLES_MS);
  };
  return {
    drag,
    pinch: ([x, y], factor) =>
      drag(
        [
          [x - 30, y],
          [x - 30 * factor, y],
        ],
        [
          [x + 30, y],
          [x + 30 * factor, y],
        ],
      ),
    tapTwice: async (at) => {
      for (let tap = 0; tap < 2; tap++) {
        await send("touchStart", [at]);
        await send("touchEnd", []);
      }
    },
  };
}

function between([x, y]: At, [toX, toY]: At, part: number): At {
  return [x + (toX - x) * part, y + (toY - y) * part];
}
