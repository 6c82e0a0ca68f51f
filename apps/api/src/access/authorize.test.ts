import { describe, expect, it } from "vitest";
import {
  ForbiddenError,
  NotFoundError,
  UnauthenticatedError,
} from "../errors.ts";
import { assertCan, assertUserCan, can } from "./authorize.ts";
import { visibleCases, visibleSiteIds, visibleUsers } from "./scope.ts";
import { anonymousViewer, systemViewer, userViewer } from "./viewer.ts";

const origin = { address: null, userAgent: null, requestId: "test" };
const here = "00000000-0000-7000-8000-000000000001";
const there = "00000000-0000-7000-8000-000000000002";

const reader = userViewer(
  {
    userId: "u",
    sessionId: "s",
    name: "Reader",
    email: "r@example.org",
    role: "RADIOLOGIST",
    siteIds: [here],
    sessionExpiresAt: new Date(0),
  },
  origin,
);
const nobody = anonymousViewer(origin);
const system = systemViewer("test", "test");

describe("assertCan", () => {
  it("asks whoever is not signed in to sign in", () => {
    expect(() => assertCan(nobody, "case:read")).toThrow(UnauthenticatedError);
  });

  it("refuses what the role does not include, naming it in words", () => {
    expect(() => assertCan(reader, "user:manage")).toThrow(ForbiddenError);
    expect(() => assertCan(reader, "user:manage")).toThrow(/deactivate users/);
  });

  it("hides the rows of other sites as if they were not there", () => {
    const subject = { what: "case", siteId: there };
    expect(() => assertCan(reader, "case:read", subject)).toThrow(
      NotFoundError,
    );
  });

  it("allows what the role includes at the viewer's own site", () => {
    const subject = { what: "case", siteId: here };
    expect(() => assertCan(reader, "case:read", subject)).not.toThrow();
    expect(can(reader, "reading:sign", here)).toBe(true);
    expect(can(reader, "reading:sign", there)).toBe(false);
  });

  it("lets the system do its work, but not sign for a person", () => {
    expect(() => assertCan(system, "reading:sign")).not.toThrow();
    expect(() => assertUserCan(system, "reading:sign")).toThrow(ForbiddenError);
  });
});

describe("the scope of lists", () => {
  it("fails closed for whoever is not signed in or has no site", () => {
    expect(visibleCases(nobody)).toEqual({ siteId: { in: [] } });
    expect(visibleSiteIds(nobody)).toEqual([]);
    expect(visibleUsers(nobody)).toEqual({ id: { in: [] } });
    const stray = { ...reader, siteIds: [] };
    expect(visibleCases(stray)).toEqual({ siteId: { in: [] } });
  });

  it("is the viewer's sites, and everything for the system only", () => {
    expect(visibleCases(reader)).toEqual({ siteId: { in: [here] } });
    expect(visibleCases(system)).toEqual({});
    expect(visibleSiteIds(system)).toBeNull();
  });
});
