import { describe, expect, it } from "vitest";
import { DEMO_USERS } from "../../demo/demo-users.ts";
import { checkEmail } from "./user.rules.ts";

describe("checkEmail", () => {
  it("takes what the demo itself uses, and hosts of a hospital's network", () => {
    const inside = ["ward@pacs", "o'neil+xray@rad.khoa-phoi.bv-108"];
    for (const email of [...DEMO_USERS.map((user) => user.email), ...inside])
      expect(checkEmail(email)).toBe(email);
  });

  it("stores one form of an address", () => {
    expect(checkEmail("  An.Nguyen@Hospital.EXAMPLE ")).toBe(
      "an.nguyen@hospital.example",
    );
  });

  it.each([
    "",
    "an",
    "@hospital.example",
    "an@",
    "an@hospital..example",
    "an@-hospital.example",
    "an nguyen@hospital.example",
    "an@hospital.example, le@hospital.example",
    "an@hospital.example\nBcc: all@hospital.example",
    `${"a".repeat(250)}@b.example`,
  ])("refuses %j", (email) => {
    expect(() => checkEmail(email)).toThrow("not an email address");
  });
});
