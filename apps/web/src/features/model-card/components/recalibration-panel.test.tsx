import { MantineProvider } from "@mantine/core";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import en from "../../../../messages/en/models.json" with { type: "json" };
import vi from "../../../../messages/vi/models.json" with { type: "json" };
import { RecalibrationPanel } from "./recalibration-panel.tsx";

const bin = (given: number, value: number, isAfter: boolean) => ({
  set: "site",
  isAfter,
  films: 60,
  given,
  found: { value, low: value - 0.1, high: value + 0.1 },
});
const group = {
  group: "adult",
  films: 400,
  slope: { value: 2, low: 1.5, high: 2.5 },
  intercept: { value: 3, low: 2.25, high: 3.75 },
  bins: [bin(0.85, 0.4, false), bin(0.45, 0.4, true)],
  errors: [
    {
      set: "site",
      isAfter: false,
      error: { value: 0.3, low: 0.27, high: 0.33 },
      byChance: 0.031,
    },
    {
      set: "site",
      isAfter: true,
      error: { value: 0.039, low: 0.03, high: 0.06 },
      byChance: 0.032,
    },
  ],
};

describe("a recalibration on its page", () => {
  it("is drawn before and after, with a table of the same behind it", () => {
    const html = renderToStaticMarkup(
      <MantineProvider env="test">
        <NextIntlClientProvider
          locale="en"
          timeZone="UTC"
          messages={{ models: en }}
        >
          <RecalibrationPanel groups={[group]} />
        </NextIntlClientProvider>
      </MantineProvider>,
    );
    expect(html.match(/<svg/g)).toHaveLength(2);
    expect(html).toContain("slope 2.00 (1.50–2.50)");
    expect(html).toContain("intercept 3.00 (2.25–3.75)");
    expect(html).toContain(
      "<strong>0.300 (0.270–0.330)</strong> before, <strong>0.039 (0.030–0.060)</strong> after",
    );
    expect(html).toContain("chance alone makes 0.032");
    for (const cell of ["60", "0.85", "0.40 (0.30–0.50)"])
      expect(html).toContain(`<td>${cell}</td>`);
  });

  it("has words for its sets of films in both languages", () => {
    for (const { splits } of [en, vi])
      for (const name of ["child", "adult", "default"])
        for (const part of ["before", "after", "evergreen-before"])
          expect(splits).toHaveProperty(`site-${name}-${part}`);
    expect(vi.splits["site-adult-before"]).toBe("Người lớn của cơ sở, trước");
  });
});
