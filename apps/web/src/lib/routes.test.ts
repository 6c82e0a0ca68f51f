import { describe, expect, it } from "vitest";
import { apiRoutes, homeFor, routes, safeNext } from "./routes.ts";

describe("routes", () => {
  it("leaves out empty parts of a query", () => {
    expect(routes.worklist({ q: "", view: "mine" })).toBe(
      "/worklist?view=mine",
    );
  });

  it("keeps one slash between the proxy and the API's path", () => {
    expect(apiRoutes.file("/images/1/pixels")).toBe(
      "/api/files/images/1/pixels",
    );
  });
});

describe("the first page after signing in", () => {
  it("is the worklist for people who read or bring films", () => {
    expect(homeFor(["case:read", "study:upload"])).toBe("/worklist");
    expect(homeFor(["case:read", "case:claim", "reading:sign"])).toBe(
      "/worklist",
    );
  });

  it("is the user list for an administrator", () => {
    expect(homeFor(["case:read", "audit:read", "user:manage"])).toBe("/users");
  });

  it("is the trail for an auditor", () => {
    expect(homeFor(["audit:read", "audit:verify"])).toBe("/audit");
  });
});

describe("the page to return to", () => {
  it("is a path of this site", () => {
    expect(safeNext("/cases/1?from=mine")).toBe("/cases/1?from=mine");
    expect(safeNext("/signals#top")).toBe("/signals#top");
  });

  it("never carries a search for a patient along", () => {
    expect(safeNext("/worklist?q=NGUYEN&view=mine")).toBe(
      "/worklist?view=mine",
    );
    expect(safeNext("/cases/1?list=q%3DNGUYEN%26view%3Dmine")).toBe(
      "/cases/1?list=view%3Dmine",
    );
  });

  it.each([
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "/sign-in?next=/sign-in",
    "/api/auth/signout",
    "/\t/evil.example/x",
    "/\n/evil.example",
    "/\r\nset-cookie: a=b",
    "/worklist\0",
    "///evil.example",
    "/.//evil.example",
    "/x/..//evil.example",
    "",
  ])("is never %j", (next) => {
    expect(safeNext(next)).toBeNull();
  });
});
