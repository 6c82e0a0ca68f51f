import { describe, expect, it } from "vitest";
import { isCurrent, isOnItsWay, navigationFor } from "./navigation.ts";

const keys = (permissions: string[]) =>
  navigationFor(permissions).map(({ key }) => key);

describe("the menu", () => {
  it("shows staff the worklist and the upload", () => {
    expect(keys(["case:read", "case:assign", "study:upload"])).toEqual([
      "worklist",
      "upload",
    ]);
  });

  it("shows an auditor nothing but the trail", () => {
    expect(keys(["audit:read", "audit:verify"])).toEqual(["audit"]);
  });

  it("shows the policy to those who may change it", () => {
    expect(keys(["policy:read"])).toEqual([]);
    expect(keys(["policy:read", "policy:edit"])).toEqual(["policies"]);
  });

  it("marks the worklist while a case is open", () => {
    const [worklist, upload] = navigationFor(["case:read", "study:upload"]);
    expect(worklist && isCurrent(worklist, "/cases/1")).toBe(true);
    expect(upload && isCurrent(upload, "/cases/1")).toBe(false);
  });

  it("marks the models on the pages that lie behind them", () => {
    const [models] = navigationFor(["model:read"]);
    for (const path of ["/models", "/training", "/thresholds"])
      expect(models && isCurrent(models, path)).toBe(true);
    expect(models && isCurrent(models, "/monitoring")).toBe(false);
  });

  it("says which page is on its way, until any page comes", () => {
    const [worklist, upload] = navigationFor(["case:read", "study:upload"]);
    if (!worklist || !upload) throw new Error("two entries");
    const leaving = { from: "/worklist", to: upload.path };
    expect(isOnItsWay(upload, leaving, "/worklist")).toBe(true);
    expect(isOnItsWay(worklist, leaving, "/worklist")).toBe(false);
    expect(isOnItsWay(upload, leaving, upload.path)).toBe(false);
    // Somebody thought better of it, and went elsewhere.
    expect(isOnItsWay(upload, leaving, "/board")).toBe(false);
    expect(isOnItsWay(upload, null, "/worklist")).toBe(false);
    const again = { from: worklist.path, to: worklist.path };
    expect(isOnItsWay(worklist, again, worklist.path)).toBe(false);
  });
});
