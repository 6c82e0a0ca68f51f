import { MantineProvider } from "@mantine/core";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import training from "../../../../messages/en/training.json" with { type: "json" };
import { NO_LIMITS, RunLimitsFields } from "./run-limits.tsx";

const drawn = (kind: "RECALIBRATE" | "FINE_TUNE") =>
  renderToStaticMarkup(
    <MantineProvider env="test">
      <NextIntlClientProvider
        locale="en"
        timeZone="UTC"
        messages={{ training }}
      >
        <RunLimitsFields
          kind={kind}
          limits={NO_LIMITS}
          onChange={() => undefined}
        />
      </NextIntlClientProvider>
    </MantineProvider>,
  );

it("asks for seed and memory of every run, and for the engine where one learns", () => {
  for (const label of ["Seed", "Memory, MB"])
    for (const kind of ["RECALIBRATE", "FINE_TUNE"] as const)
      expect(drawn(kind)).toContain(label);
  expect(drawn("RECALIBRATE")).not.toContain("Engine");
  expect(drawn("FINE_TUNE")).toContain("tensorflow");
});
