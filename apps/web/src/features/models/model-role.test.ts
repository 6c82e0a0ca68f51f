import { describe, expect, it } from "vitest";
import { roleActions, roleAtSite, runsAsShadow } from "./model-role.ts";

const role = (
  role: "LIVE" | "SHADOW",
  more: { until?: string; siteId?: string } = {},
) => ({
  role,
  siteId: null,
  since: "2026-11-28T08:00:00Z",
  until: null,
  byName: "Admin",
  ...more,
});

describe("what an admin may do with a model at a site", () => {
  it("is nothing with the live one", () => {
    expect(roleActions({ roles: [role("LIVE")] }, "s")).toEqual([]);
  });

  it("is to have a shadow judged or to end it", () => {
    const roles = [
      role("LIVE", { until: "2026-11-28T09:00:00Z" }),
      role("SHADOW", { siteId: "s" }),
    ];
    expect(roleActions({ roles }, "s")).toEqual(["judge", "endShadow"]);
    expect(runsAsShadow({ roles })).toBe(true);
  });

  it("is to judge or to shadow one without a role", () => {
    const roles = [role("SHADOW", { until: "2026-11-28T09:00:00Z" })];
    expect(roleActions({ roles }, "s")).toEqual(["judge", "startShadow"]);
    expect(runsAsShadow({ roles })).toBe(false);
  });

  it("does not take one site's role for another's", () => {
    const roles = [role("LIVE", { siteId: "s" })];
    expect(roleAtSite({ roles }, "t")).toBeNull();
    expect(roleAtSite({ roles }, "s")).toBe("LIVE");
  });
});
