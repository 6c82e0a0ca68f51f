import { MantineProvider } from "@mantine/core";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import messages from "../../../../messages/en/models.json" with { type: "json" };
import { Judged, type ProposalGroundRow } from "./proposal-ground.tsx";

const judgement: ProposalGroundRow["judgement"] = {
  id: "judgement",
  result: {
    verdict: "PASSED",
    outcomes: [
      {
        set: "EVERGREEN",
        measure: "TRIAGE_SENSITIVITY",
        dimension: "AGE",
        group: "child",
        limit: 0.9,
        films: 40,
        sick: 20,
        candidate: { value: 0.95, low: 0.76, high: 0.99 },
        live: { value: 0.9, low: 0.7, high: 0.97 },
        byChance: null,
        aurocs: null,
        outcome: "MET",
        blocks: false,
      },
      {
        set: "EVERGREEN",
        measure: "AUROC_LOSS",
        dimension: "ALL",
        group: "all",
        limit: 0.03,
        films: 80,
        sick: 40,
        candidate: { value: -0.116, low: -0.14, high: -0.09 },
        live: null,
        byChance: null,
        aurocs: {
          candidate: { value: 0.876, low: 0.85, high: 0.9 },
          live: { value: 0.76, low: 0.72, high: 0.8 },
        },
        outcome: "MET",
        blocks: false,
      },
      {
        set: "REFERENCE",
        measure: "AUROC_LOSS",
        dimension: "ALL",
        group: "all",
        limit: 0.02,
        films: 96,
        sick: 48,
        candidate: { value: 0, low: 0, high: 0 },
        live: null,
        byChance: null,
        aurocs: {
          candidate: { value: 1, low: 1, high: 1 },
          live: { value: 1, low: 1, high: 1 },
        },
        outcome: "MET",
        blocks: false,
      },
    ],
    changes: [{ set: "EVERGREEN", films: 80, onlyLive: 2, onlyCandidate: 3 }],
  },
};

it("shows who approves the bars by group with their intervals, and what would change", () => {
  const html = renderToStaticMarkup(
    <MantineProvider env="test">
      <NextIntlClientProvider
        locale="en"
        timeZone="UTC"
        messages={{ models: messages }}
      >
        <Judged row={{ judgement }} />
      </NextIntlClientProvider>
    </MantineProvider>,
  );
  expect(html).toContain("Bars of the proposed model");
  expect(html).toContain("No bar missed");
  expect(html).toContain("of 80 films, 3 would become positive and 2 negative");
  expect(html).toContain("0.95 (0.76 to 0.99)");
  expect(html).toContain(
    "80 films: AUROC 0.876 (0.85 to 0.9) against the live model’s 0.76 (0.72 to 0.8), gained 0.116 (0.09 to 0.14).",
  );
  expect(html).toContain("neither gained nor lost: 0 (0 to 0)");
});
