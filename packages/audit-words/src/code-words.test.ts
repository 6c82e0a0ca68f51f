import { expect, it } from "vitest";
import { spacedOut } from "./code-words.ts";

it("writes codes as words", () => {
  expect(spacedOut("overrideReason")).toBe("override reason");
  expect(spacedOut("film:kermany_2")).toBe("film kermany 2");
  expect(spacedOut("turned-90")).toBe("turned 90");
});
