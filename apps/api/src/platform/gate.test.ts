import { describe, expect, it } from "vitest";
import { Gate } from "./gate.ts";

describe("Gate", () => {
  it("never lets more tasks in than it is wide, and all in the end", async () => {
    const gate = new Gate(2);
    let inside = 0;
    let most = 0;
    const order: number[] = [];
    await Promise.all(
      [0, 1, 2, 3, 4].map((task) =>
        gate.run(async () => {
          most = Math.max(most, ++inside);
          await Promise.resolve();
          order.push(task);
          inside -= 1;
        }),
      ),
    );
    expect(most).toBe(2);
    expect(order).toEqual([0, 1, 2, 3, 4]);
  });

  it("gives the place back after a failure", async () => {
    const gate = new Gate(1);
    await expect(
      gate.run(() => Promise.reject(new Error("no"))),
    ).rejects.toThrow("no");
    await expect(gate.run(() => Promise.resolve(1))).resolves.toBe(1);
  });
});
