import { MantineProvider } from "@mantine/core";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { messages } from "../../../i18n/messages.ts";
import { ModelCard } from "./model-card.tsx";

const html = (locale: "en" | "vi", markdown: string | null) =>
  renderToStaticMarkup(
    <MantineProvider env="test">
      <NextIntlClientProvider
        locale={locale}
        timeZone="UTC"
        messages={messages[locale]}
      >
        <ModelCard markdown={markdown} />
      </NextIntlClientProvider>
    </MantineProvider>,
  );

describe("the makers' card on a page", () => {
  it("is English by its mark, and a Vietnamese page says so", () => {
    expect(html("en", "# Card")).toContain('lang="en"');
    expect(html("vi", "# Card")).toContain('lang="en"');
    expect(html("vi", "# Card")).toContain(messages.vi.models.card.inEnglish);
    expect(html("en", "# Card")).not.toContain(
      messages.en.models.card.inEnglish,
    );
  });

  it("says nothing of its language where there is none", () => {
    expect(html("vi", null)).not.toContain(messages.vi.models.card.inEnglish);
  });
});
