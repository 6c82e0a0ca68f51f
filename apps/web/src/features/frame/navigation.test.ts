import { describe, expect, it } from "vitest";
import { isCurrent, navigationFor } from "./navigation.ts";

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
});
