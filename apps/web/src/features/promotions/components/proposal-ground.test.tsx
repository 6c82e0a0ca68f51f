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
  expect(html).toContain("0.95 (0.76–0.99)");
});
