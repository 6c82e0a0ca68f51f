import { describe, expect, it } from "vitest";
import { DEMO_PASSWORD } from "../../demo/demo-login.ts";
import { isPublished, passwordProblem } from "./password-policy.ts";

const lan = {
  email: "lan.pham@stgeorge.example",
  name: "Phạm Thị Lan",
  siteNames: ["SG-01", "St George's Hospital"],
};

describe("passwordProblem", () => {
  it.each([
    "Password1234!",
    "hospital2026",
    "Hospital@2026!",
    "benhvien2026!",
    "BenhVien@123456",
    "Radiology2026!",
    "LungIris-2026!",
    "Matkhau@123456",
    "Vietnam2026!!",
    "qwertyuiop12",
    "Aa1!Aa1!Aa1!",
    "1q2w3e4r5t6y",
    "VietDuc@20266!",
    "ChoRay@2026abc",
    "BachMai#2027!!",
  ])("finds %j guessable", async (password) => {
    expect(await passwordProblem(password, lan)).toBe("guessable");
  });

  it.each([
    "slow trains at night",
    "three horses on a hill",
    "x7k2p-q9dmn-4ewzt-b3hcy",
    "tR7#kq!9Zp$w2",
    "con mèo xanh ngồi trên mái nhà",
  ])("takes %j", async (password) => {
    expect(await passwordProblem(password, lan)).toBeNull();
  });

  it.each([DEMO_PASSWORD, "Lung-Iris-Demo", "lung iris demo 2026!"])(
    "refuses %j, which everybody can read",
    async (password) => {
      expect(await passwordProblem(password, lan)).toBe("published");
    },
  );

  it("refuses what is made of the person and the house", async () => {
    expect(await passwordProblem("Lan.Pham-1985", lan)).toBe("too-personal");
    expect(await passwordProblem("StGeorgesHospital1", lan)).toBe(
      "too-personal",
    );
  });

  it("says when it is too short or too long", async () => {
    expect(await passwordProblem("short one", lan)).toBe("too-short");
    expect(await passwordProblem("x".repeat(201), lan)).toBe("too-long");
  });
});

describe("isPublished", () => {
  it("does not take a sentence with one of its words for published", () => {
    expect(isPublished("an iris in the demo garden")).toBe(false);
    expect(isPublished("postgres and seven dwarfs")).toBe(false);
  });
});
