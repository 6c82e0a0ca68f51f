import { describe, expect, it } from "vitest";
import { findingsLike } from "./finding-search.ts";

const CATALOGUE = [
  { code: "edema", names: { en: "Pulmonary oedema", vi: "Phù phổi" } },
  {
    code: "effusion",
    names: { en: "Pleural effusion", vi: "Tràn dịch màng phổi" },
  },
  { code: "pneumothorax", names: { en: "Pneumothorax", vi: "Tràn khí" } },
  {
    code: "consolidation",
    names: { en: "Consolidation", vi: "Đông đặc phổi" },
  },
];
const codes = (text: string) =>
  findingsLike(CATALOGUE, text).map(({ code }) => code);

describe("looking for a finding", () => {
  it("takes either language, without accents", () => {
    expect(codes("eff")).toEqual(["effusion"]);
    expect(codes("TRAN D")).toEqual(["effusion"]);
    expect(codes("tràn")).toEqual(["effusion", "pneumothorax"]);
    expect(codes("dong")).toEqual(["consolidation"]);
  });

  it("puts what starts with it before what has it inside", () => {
    expect(codes("p")[0]).toBe("edema");
    expect(codes("o")[0]).toBe("edema");
    expect(codes("thorax")).toEqual(["pneumothorax"]);
    expect(codes("zzz")).toEqual([]);
    expect(codes("  ")).toHaveLength(4);
  });
});
