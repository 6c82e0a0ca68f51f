import { describe, expect, it } from "vitest";
import { KeptRows } from "./kept-rows.ts";

describe("rows that are kept by their stamps", () => {
  it("are found in the version that was kept, and in no other", () => {
    const kept = new KeptRows();
    const row = { id: "1", name: "one" };
    kept.keep("Case", "1", "700", row);
    expect(kept.find("Case", "1", "700")).toBe(row);
    expect(kept.find("Case", "1", "701")).toBeUndefined();
    expect(kept.find("Case", "2", "700")).toBeUndefined();
    expect(kept.find("Study", "1", "700")).toBeUndefined();
  });

  it("give way to a newer version", () => {
    const kept = new KeptRows();
    kept.keep("Case", "1", "700", { version: 1 });
    kept.keep("Case", "1", "701", { version: 2 });
    expect(kept.find("Case", "1", "700")).toBeUndefined();
    expect(kept.find("Case", "1", "701")).toEqual({ version: 2 });
  });

  it("stay as long as they are asked for, and no longer", () => {
    const kept = new KeptRows(2);
    kept.keep("Case", "asked", "1", {});
    kept.keep("Case", "idle", "1", {});
    for (let other = 0; other < 6; other++) {
      kept.keep("Case", `other ${String(other)}`, "1", {});
      expect(kept.find("Case", "asked", "1")).toBeDefined();
    }
    expect(kept.find("Case", "idle", "1")).toBeUndefined();
  });

  it("are gone once all are forgotten", () => {
    const kept = new KeptRows();
    kept.keep("Case", "1", "700", {});
    kept.clear();
    expect(kept.find("Case", "1", "700")).toBeUndefined();
  });
});
