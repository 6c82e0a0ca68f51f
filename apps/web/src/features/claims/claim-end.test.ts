import { describe, expect, it } from "vitest";
import { hasEnded, lastMinutes, mayRenew, withoutClaim } from "./claim-end.ts";

const NOW = Date.parse("2026-11-29T12:00:00Z");
const inSeconds = (seconds: number) =>
  new Date(NOW + seconds * 1000).toISOString();

const held = (claimExpiresAt: string | null) => ({
  claimExpiresAt,
  secondReadUntil: null,
  viewerCanSign: true,
  viewerCanClaim: false,
  viewerCanRelease: true,
  viewerCanIssuePreliminary: true,
});

describe("the end of a claim", () => {
  it("comes with its moment, not with the next answer of the server", () => {
    expect(hasEnded(held(inSeconds(1)), NOW)).toBe(false);
    expect(hasEnded(held(inSeconds(0)), NOW)).toBe(true);
    expect(hasEnded(held(inSeconds(-30)), NOW)).toBe(true);
  });

  it("is that of a further reading as well", () => {
    const further = { ...held(null), secondReadUntil: inSeconds(-1) };
    expect(hasEnded(further, NOW)).toBe(true);
  });

  it("is nothing for whoever does not hold the case", () => {
    const others = { ...held(inSeconds(-1)), viewerCanSign: false };
    expect(hasEnded(others, NOW)).toBe(false);
  });

  it("leaves a case that can be claimed and no longer signed or given back", () => {
    expect(withoutClaim(held(inSeconds(-1)))).toMatchObject({
      viewerCanSign: false,
      viewerCanIssuePreliminary: false,
      viewerCanRelease: false,
      viewerCanClaim: true,
    });
  });

  it("is said in minutes when it is near, and only then", () => {
    expect(lastMinutes(inSeconds(121), NOW)).toBeNull();
    expect(lastMinutes(inSeconds(120), NOW)).toBe(2);
    expect(lastMinutes(inSeconds(61), NOW)).toBe(2);
    expect(lastMinutes(inSeconds(60), NOW)).toBe(1);
    expect(lastMinutes(inSeconds(1), NOW)).toBe(1);
    expect(lastMinutes(inSeconds(0), NOW)).toBeNull();
  });
});

describe("the renewal of a claim by work", () => {
  const below = 600_000;

  it("happens once little is left, and never after the end", () => {
    expect(mayRenew(inSeconds(601), NOW, below)).toBe(false);
    expect(mayRenew(inSeconds(600), NOW, below)).toBe(true);
    expect(mayRenew(inSeconds(1), NOW, below)).toBe(true);
    expect(mayRenew(inSeconds(0), NOW, below)).toBe(false);
    expect(mayRenew(inSeconds(-5), NOW, below)).toBe(false);
    expect(mayRenew(null, NOW, below)).toBe(false);
  });
});
