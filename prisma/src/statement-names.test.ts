import { describe, expect, it } from "vitest";
import { StatementNames } from "./statement-names.ts";

describe("names of statements", () => {
  it("go to texts that come again, one a text", () => {
    const names = new StatementNames();
    const given = [1, 2, 3, 4].map(() => names.nameOf("SELECT 1"));
    expect(given).toEqual(["", "", "s0", "s0"]);
    for (let i = 0; i < 2; i++) names.nameOf("SELECT 2");
    expect(names.nameOf("SELECT 2")).toBe("s1");
    expect(names.nameOf("SELECT 1")).toBe("s0");
  });

  it("come to an end, so that no connection keeps plans without one", () => {
    const names = new StatementNames();
    const given = new Set<string>();
    for (let n = 0; n < 500; n++)
      for (let times = 0; times < 4; times++)
        given.add(names.nameOf(`SELECT ${String(n)}`));
    given.delete("");
    expect(given.size).toBe(200);
    expect(names.nameOf("SELECT 3")).toBe("s3");
    expect(names.nameOf("SELECT 499")).toBe("");
  });
});
