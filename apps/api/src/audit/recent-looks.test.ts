import { describe, expect, it } from "vitest";
import type { Viewer } from "../access/viewer.ts";
import { RecentLooks } from "./recent-looks.ts";

const now = { at: new Date("2026-03-01T08:00:00Z") };
const recent = () => new RecentLooks({ now: () => now.at });
const viewer = { kind: "user", sessionId: "one" } as Viewer;
const rows = [{ id: "case", version: 3 }];

describe("looks that are told apart", () => {
  it("records what a session was shown once a minute, and what changed at once", async () => {
    const looks = recent();
    let recorded = 0;
    const look = (version: number) =>
      looks.once(viewer, { list: 1 }, [{ id: "case", version }], async () => {
        recorded += 1;
        await Promise.resolve();
      });
    await look(3);
    await look(3);
    expect(recorded).toBe(1);
    await look(4);
    expect(recorded).toBe(2);
    now.at = new Date(now.at.getTime() + 61_000);
    await look(4);
    expect(recorded).toBe(3);
  });

  it("takes no look as recorded that could not be", async () => {
    const looks = recent();
    const failed = looks.once(viewer, { list: 1 }, rows, () =>
      Promise.reject(new Error("the trail is away")),
    );
    await expect(failed).rejects.toThrow("the trail is away");
    let recorded = 0;
    await looks.once(viewer, { list: 1 }, rows, () => {
      recorded += 1;
      return Promise.resolve();
    });
    expect(recorded).toBe(1);
  });
});
