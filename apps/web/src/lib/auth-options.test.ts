import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth from "next-auth";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { authOptions } from "./auth-options.ts";

beforeEach(() => {
  vi.stubEnv("LUNG_IRIS_SECRET", "only-for-tests-0123456789");
});
afterEach(() => vi.unstubAllEnvs());

/** What next-auth itself answers to somebody who wants to come back there. */
async function answerTo(host: string, callbackUrl: string) {
  const headers = new Map<string, unknown>();
  const response = {
    status: () => response,
    getHeader: (name: string) => headers.get(name),
    setHeader: (name: string, value: unknown) => {
      headers.set(name, value);
      return response;
    },
    end: () => undefined,
  };
  const request = {
    method: "GET",
    headers: { host, "x-forwarded-proto": "http" },
    cookies: {},
    query: { nextauth: ["signin"], callbackUrl },
  };
  // The parts of both that next-auth uses; the rest belongs to Next.
  await NextAuth(
    request as unknown as NextApiRequest,
    response as unknown as NextApiResponse,
    authOptions(),
  );
  return {
    location: String(headers.get("Location")),
    cookies: decodeURIComponent(String(headers.get("Set-Cookie"))),
  };
}

it.each([
  ["desk.example", "/cases/1?from=mine", "/cases/1?from=mine"],
  ["desk.example", "http://desk.example/cases/1", "/cases/1"],
  ["desk.example", "https://evil.example/x", "/"],
  ["evil.example", "http://evil.example/x", "/x"],
  ["evil.example", "//evil.example/x", "/"],
  ["evil.example", "/\\evil.example/x", "/"],
])("asked as %s, leads to %j by a path: %j", async (host, wanted, path) => {
  const { location, cookies } = await answerTo(host, wanted);
  expect(location).toBe(`/sign-in?callbackUrl=${encodeURIComponent(path)}`);
  expect(cookies).toContain(`next-auth.callback-url=${path};`);
  expect(cookies).not.toContain("evil.example/");
});

it("shows no page of next-auth's own, whose forms would name a host", () => {
  expect(authOptions().pages).toEqual({
    signIn: "/sign-in",
    signOut: "/",
    error: "/sign-in",
  });
});
