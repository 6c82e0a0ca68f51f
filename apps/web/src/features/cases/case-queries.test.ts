import { visit } from "graphql";
import { expect, it } from "vitest";
import { CASE } from "./case-queries.ts";

/**
 * A mutation brings a reading that the page has not seen before by this
 * fragment alone. A field beside it would leave the kept case incomplete, which
 * is then asked for as a whole behind each first opinion.
 */
it("asks no more of the own reading than a mutation brings", () => {
  const asked: string[] = [];
  visit(CASE, {
    OperationDefinition: (operation) => {
      visit(operation, {
        Field: ({ name, selectionSet }) => {
          if (name.value !== "viewerReading") return;
          for (const selection of selectionSet?.selections ?? [])
            asked.push("name" in selection ? selection.name.value : "…");
        },
      });
    },
  });
  expect(asked).toEqual(["OwnReading"]);
});
