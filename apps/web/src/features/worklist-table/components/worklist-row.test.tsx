import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { messages } from "../../../i18n/messages.ts";
import { aRow } from "../../worklist-query/worklist-fixtures.ts";
import { WorklistRow } from "./worklist-row.tsx";

const NOW = Date.parse("2026-11-23T12:00:00Z");
const ignore = () => undefined;

const row = (isOpening: boolean) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={messages.en}>
      <table>
        <WorklistRow
          row={aRow()}
          columns={["patient"]}
          isCompact={false}
          now={NOW}
          href="/cases/c1"
          isCurrent
          isSelected={false}
          isStale={false}
          isOpening={isOpening}
          canSelect={false}
          onFocus={ignore}
          onOpen={ignore}
          onSelect={ignore}
        />
      </table>
    </NextIntlClientProvider>,
  );

describe("a row of the worklist", () => {
  it("says that its case is being opened until the page is there", () => {
    expect(row(true)).toContain('aria-busy="true"');
    expect(row(false)).not.toContain("aria-busy");
  });
});
