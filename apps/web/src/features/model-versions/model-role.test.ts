import { describe, expect, it } from "vitest";
import {
  liveModelAt,
  roleActions,
  roleAtSite,
  runsAsShadow,
  wasShadowAt,
} from "./model-role.ts";

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

describe("the models of a site", () => {
  const desk = { name: "desk", roles: [role("LIVE")] };
  const own = { name: "own", roles: [role("LIVE", { siteId: "s" })] };
  const shadow = { name: "shadow", roles: [role("SHADOW", { siteId: "s" })] };
  const all = [shadow, desk, own];

  it("have its own live model before the desk's", () => {
    expect(liveModelAt(all, "s")?.name).toBe("own");
    expect(liveModelAt(all, "other")?.name).toBe("desk");
    expect(liveModelAt([shadow], "s")).toBeNull();
  });

  it("have a shadow where it looked along, also once it has ended", () => {
    const ended = { roles: [role("SHADOW", { siteId: "s", until: "2026" })] };
    expect(wasShadowAt(ended, "s")).toBe(true);
    expect(wasShadowAt(ended, "other")).toBe(false);
    expect(wasShadowAt(desk, "s")).toBe(false);
  });
});
