import { describe, expect, it } from "vitest";
import { darkTokens, lightTokens } from "./tokens.ts";

type Linear = readonly [red: number, green: number, blue: number];

/** Linear light of "#rrggbb" (IEC 61966-2-1). */
function linear(hex: string): Linear {
  const of = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [of(1), of(3), of(5)];
}

/**
 * As somebody without green cones sees it: Machado, Oliveira and Fernandes
 * 2009, "A physiologically-based model for simulation of color vision
 * deficiency", deuteranomaly of severity 1.0.
 */
function withoutGreenCones([r, g, b]: Linear): Linear {
  const cut = (value: number) => Math.min(Math.max(value, 0), 1);
  return [
    cut(0.367_322 * r + 0.860_646 * g - 0.227_968 * b),
    cut(0.280_085 * r + 0.672_501 * g + 0.047_413 * b),
    cut(-0.011_82 * r + 0.042_94 * g + 0.968_881 * b),
  ];
}

/** Contrast of WCAG 2.2. */
function contrast(one: Linear, other: Linear): number {
  const luminance = ([r, g, b]: Linear) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort(
    (a, b) => a - b,
  );
  return (light + 0.05) / (dark + 0.05);
}

const SEES = { everybody: (colour: Linear) => colour, withoutGreenCones };

describe.each([
  ["dark", darkTokens],
  ["light", lightTokens],
] as const)("urgency in the %s scheme", (_, tokens) => {
  const grounds = [tokens.page, tokens.panel, tokens.hover, tokens.selected];
  const onGround = (
    colour: string,
    ground: string,
    sees: (c: Linear) => Linear,
  ) => contrast(sees(linear(colour)), sees(linear(ground)));

  it.each(Object.entries(SEES))("is read on every ground (%s)", (__, sees) => {
    for (const ground of grounds) {
      for (const step of ["critical", "urgent", "soon", "routine"] as const) {
        const value = onGround(tokens[step], ground, sees);
        expect(value, `${step} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it.each(Object.entries(SEES))(
    "stands out most where it is critical (%s)",
    (__, sees) => {
      for (const ground of grounds) {
        const of = (step: "critical" | "urgent" | "soon" | "routine") =>
          onGround(tokens[step], ground, sees);
        // Critical was duller than urgent for two of a hundred readers.
        expect(of("critical"), ground).toBeGreaterThan(of("urgent") * 1.15);
        expect(of("critical"), ground).toBeGreaterThan(of("soon"));
        expect(of("critical"), ground).toBeGreaterThan(of("routine"));
      }
    },
  );
});
