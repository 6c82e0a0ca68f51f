import { describe, expect, it } from "vitest";
import { withOwnPath } from "./own-path-answer.ts";

function led(to: string, asked: Record<string, string>): Response {
  const headers = new Headers({ location: to });
  headers.append("set-cookie", "a=1");
  headers.append("set-cookie", "b=2");
  const response = new Response("text", { status: 302, headers });
  return withOwnPath(new Headers(asked), response);
}
const leadsTo = (to: string, asked: Record<string, string>) =>
  led(to, asked).headers.get("location");

const EVIL = { host: "evil.example" };

describe("an answer of next-auth that leads somewhere", () => {
  it("leads to this site by a path, whatever host was asked for", () => {
    const wanted = "http://evil.example/api/auth/signin?error=Callback";
    expect(leadsTo(wanted, EVIL)).toBe("/api/auth/signin?error=Callback");
    expect(leadsTo("https://evil.example//evil.example/x", EVIL)).toBe(
      "/evil.example/x",
    );
    expect(
      leadsTo("http://desk.example:3000/a#b", { host: "Desk.example:3000" }),
    ).toBe("/a#b");
    expect(
      leadsTo("https://desk.example/a", { host: "desk.example:443" }),
    ).toBe("/a");
    expect(
      leadsTo("https://evil.example/a", {
        host: "10.0.0.1:3000",
        "x-forwarded-host": "evil.example",
      }),
    ).toBe("/a");
  });

  it("leads to the identity provider by its address, and by a path as it is", () => {
    const issuer = "https://login.example/authorize?client_id=x";
    expect(leadsTo(issuer, EVIL)).toBe(issuer);
    expect(leadsTo("/sign-in", EVIL)).toBe("/sign-in");
  });

  it("is else as it was", async () => {
    const answer = led("http://evil.example/a", EVIL);
    expect(answer.status).toBe(302);
    expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(await answer.text()).toBe("text");
    const plain = Response.json({ ok: true });
    expect(withOwnPath(new Headers(EVIL), plain)).toBe(plain);
  });
});
