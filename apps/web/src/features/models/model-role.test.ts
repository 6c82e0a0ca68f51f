import { describe, expect, it } from "vitest";
import { deskRole, roleActions, runsAsShadow } from "./model-role.ts";

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

describe("what an admin may do with a model", () => {
  it("is nothing with the live one", () => {
    expect(roleActions({ roles: [role("LIVE")] })).toEqual([]);
  });

  it("is to promote a shadow or to end it", () => {
    const roles = [
      role("LIVE", { until: "2026-11-28T09:00:00Z" }),
      role("SHADOW"),
    ];
    expect(roleActions({ roles })).toEqual(["promote", "retire"]);
    expect(runsAsShadow({ roles })).toBe(true);
  });

  it("is to promote or to shadow one without a role", () => {
    const roles = [role("SHADOW", { until: "2026-11-28T09:00:00Z" })];
    expect(roleActions({ roles })).toEqual(["promote", "shadow"]);
    expect(runsAsShadow({ roles })).toBe(false);
  });

  it("does not take a site's own role for the desk's", () => {
    expect(deskRole({ roles: [role("LIVE", { siteId: "s" })] })).toBeNull();
  });
});
