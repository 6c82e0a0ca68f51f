import { describe, expect, it } from "vitest";
import {
  axisDomain,
  axisTicks,
  formatFigure,
  formatInterval,
  metricBlocks,
} from "./metric-blocks.ts";

const figure = { value: 0.9307, low: 0.9092, high: 0.9505 };
const row = (split: string, name: string) => ({ split, name, metric: figure });

describe("metricBlocks", () => {
  it("puts sets that were measured alike into one table", () => {
    // As the database gives them back: in no order that means anything.
    const blocks = metricBlocks([
      row("adults", "ece"),
      row("adults", "auroc"),
      row("localisation", "pointing"),
      row("children", "auroc"),
      row("children", "ece"),
    ]);
    expect(
      blocks.map((block) => [
        block.names,
        block.splits.map(({ split }) => split),
      ]),
    ).toEqual([
      [
        ["auroc", "ece"],
        ["children", "adults"],
      ],
      [["pointing"], ["localisation"]],
    ]);
  });

  it("leaves curves and unseen heads to the model card", () => {
    const blocks = metricBlocks([
      row("children-reliability", "0.0–0.1"),
      row("nihFindings", "Mass"),
      row("children", "auroc"),
    ]);
    expect(blocks.map(({ names }) => names)).toEqual([["auroc"]]);
  });

  it("keeps every figure under its own name", () => {
    const [block] = metricBlocks([
      { split: "a", name: "ece", metric: { value: 2, low: 2, high: 2 } },
      { split: "a", name: "auroc", metric: { value: 1, low: 1, high: 1 } },
    ]);
    expect(block?.names).toEqual(["auroc", "ece"]);
    expect(block?.splits[0]?.figures.map(({ value }) => value)).toEqual([1, 2]);
  });

  it("is empty for a model without figures", () => {
    expect(metricBlocks([])).toEqual([]);
  });
});

describe("figures", () => {
  it("are whole percents where they are shares", () => {
    expect(formatFigure(0.9307, "sensitivity", "en")).toBe("93\u202f%");
    expect(formatInterval(figure, "sensitivity", "en")).toBe("(91–95)");
  });

  it("have three digits where a percent would mislead", () => {
    expect(formatFigure(0.9307, "auroc", "en")).toBe("0.931");
    expect(formatInterval(figure, "auroc", "vi")).toBe("(0,909–0,951)");
  });
});

describe("axisDomain", () => {
  it("holds the widest interval", () => {
    const wide = { value: 0.5, low: 0.421, high: 0.571 };
    expect(axisDomain([figure, wide], "percent")).toEqual([0.4, 1]);
    expect(axisDomain([figure], "score")).toEqual([0.9, 1]);
  });

  it("starts at nothing for errors", () => {
    expect(
      axisDomain([{ value: 0.06, low: 0.05, high: 0.139 }], "error"),
    ).toEqual([0, 0.15]);
  });
});

describe("axisTicks", () => {
  it("are round and reach both ends", () => {
    expect(axisTicks([0.8, 1])).toEqual([0.8, 0.85, 0.9, 0.95, 1]);
    expect(axisTicks([0, 0.15])).toEqual([0, 0.05, 0.1, 0.15]);
    expect(axisTicks([0.4, 1])).toEqual([0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
  });
});
