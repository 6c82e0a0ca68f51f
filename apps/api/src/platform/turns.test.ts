import { describe, expect, it } from "vitest";
import { Turns } from "./turns.ts";

describe("Turns", () => {
  it("runs tasks of one name in order, each after the one before has ended", async () => {
    const turns = new Turns();
    const log: string[] = [];
    const task = (name: string) => async () => {
      log.push(`${name} begins`);
      await Promise.resolve();
      log.push(`${name} ends`);
      return name;
    };
    const results = await Promise.all([
      turns.run("a", task("first")),
      turns.run("a", task("second")),
    ]);
    expect(results).toEqual(["first", "second"]);
    expect(log).toEqual([
      "first begins",
      "first ends",
      "second begins",
      "second ends",
    ]);
  });

  it("goes on after a task that fails, and lets other names pass", async () => {
    const turns = new Turns();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const failing = turns.run("a", async () => {
      await held;
      throw new Error("no");
    });
    const next = turns.run("a", () => Promise.resolve("next"));
    expect(await turns.run("b", () => Promise.resolve("b"))).toBe("b");
    release();
    await expect(failing).rejects.toThrow("no");
    expect(await next).toBe("next");
  });
});
