import { describe, expect, it } from "vitest";
import { messages } from "../../i18n/messages.ts";

/** Every code that the API gives; tests/contract holds them against it. */
describe.each(["en", "vi"] as const)(
  "a film that is not assessed (%s)",
  (locale) => {
    const { notAssessed, notAssessedAction } = messages[locale].findings;

    it("comes with what to do, for every reason that has a name", () => {
      expect(Object.keys(notAssessedAction).sort()).toEqual(
        Object.keys(notAssessed).sort(),
      );
    });

    it("says more than its name does, in a sentence", () => {
      for (const [code, action] of Object.entries(notAssessedAction)) {
        expect(action, code).toMatch(/^\p{Lu}.{30,}\.$/u);
      }
    });
  },
);
