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

  it("has no name of another on the same connections, nor more than it may", () => {
    const pages = new StatementNames();
    const changes = new StatementNames("t", 2);
    const given = ["SELECT 1", "SELECT 2", "SELECT 3"].map((text) => {
      for (let time = 0; time < 3; time++)
        for (const names of [pages, changes]) names.nameOf(text);
      return [pages.nameOf(text), changes.nameOf(text)];
    });
    expect(new Set(given.flat().filter((name) => name !== "")).size).toBe(5);
    expect(given[2]?.[1]).toBe("");
  });
});
