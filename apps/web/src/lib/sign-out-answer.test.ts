import { describe, expect, it } from "vitest";
import { withCacheCleared } from "./sign-out-answer.ts";

const answer = () =>
  new Response("{}", { status: 302, headers: { location: "/sign-in" } });
const cleared = (method: string, path: string[]) =>
  withCacheCleared(method, path, answer()).headers.get("clear-site-data");

describe("the answer to a sign-out", () => {
  it("has the browser forget what it kept, and is else as it was", async () => {
    const given = withCacheCleared("POST", ["signout"], answer());
    expect(given.headers.get("clear-site-data")).toBe('"cache"');
    expect(given.headers.get("location")).toBe("/sign-in");
    expect(given.status).toBe(302);
    expect(await given.text()).toBe("{}");
  });

  it("alone does so", () => {
    expect(cleared("GET", ["signout"])).toBeNull();
    expect(cleared("POST", ["callback", "credentials"])).toBeNull();
    expect(cleared("GET", ["session"])).toBeNull();
  });
});
