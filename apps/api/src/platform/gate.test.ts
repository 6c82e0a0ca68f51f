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

  it("lets owners take turns, each in his own order", async () => {
    const gate = new Gate(1);
    const done: string[] = [];
    const task = (name: string, owner: string) =>
      gate.run(() => {
        done.push(name);
        return Promise.resolve();
      }, owner);
    await Promise.all([
      ...["a1", "a2", "a3", "a4"].map((name) => task(name, "a")),
      task("b1", "b"),
      task("c1", "c"),
      task("b2", "b"),
    ]);
    expect(done).toEqual(["a1", "a2", "b1", "c1", "a3", "b2", "a4"]);
  });
});
