/** Boxes around what the map shows, by the rule in the manifest. */
import type { BoxRule } from "../models/manifest.ts";
import type { ActivationMap, Box } from "../types.ts";
import { enlarge } from "./activation-map.ts";

const ENLARGEMENT = 4;

interface Region {
  left: number;
  top: number;
  right: number;
  bottom: number;
  sum: number;
  cells: number;
}

/**
 * Connected regions of the enlarged map above the rule's level, as boxes in
 * source pixels, strongest first. Each score is the map's mean in the region.
 */
export function boxesOf(map: ActivationMap, rule: BoxRule): Box[] {
  const fine = enlarge(map, ENLARGEMENT);
  const highest = fine.values.reduce((a, b) => Math.max(a, b), 0);
  const level = Math.max(rule.absolute, rule.relative * highest);
  const regions = regionsAbove(fine, level);
  const smallest = rule.minArea * fine.width * fine.height;
  const unitX = map.rect.width / fine.width;
  const unitY = map.rect.height / fine.height;
  return regions
    .filter((region) => region.cells >= smallest)
    .map((region) => ({
      finding: map.finding,
      x: map.rect.x + region.left * unitX,
      y: map.rect.y + region.top * unitY,
      width: (region.right - region.left + 1) * unitX,
      height: (region.bottom - region.top + 1) * unitY,
      score: region.sum / region.cells,
      chance: null,
    }))
    .sort((a, b) => b.score - a.score)
    .slice(0, rule.most);
}

/** Regions of neighbours (4-connected) at or above `level`. */
function regionsAbove(map: ActivationMap, level: number): Region[] {
  const { width, height, values } = map;
  const seen = new Uint8Array(width * height);
  const regions: Region[] = [];
  const isIn = (at: number): boolean =>
    seen[at] === 0 && (values[at] ?? 0) >= level;
  for (let start = 0; start < values.length; start += 1) {
    if (!isIn(start)) continue;
    const region: Region = {
      left: width,
      top: height,
      right: 0,
      bottom: 0,
      sum: 0,
      cells: 0,
    };
    const waiting = [start];
    seen[start] = 1;
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const x = at % width;
      const y = Math.floor(at / width);
      region.left = Math.min(region.left, x);
      region.right = Math.max(region.right, x);
      region.top = Math.min(region.top, y);
      region.bottom = Math.max(region.bottom, y);
      region.sum += values[at] ?? 0;
      region.cells += 1;
      const neighbours = [
        x > 0 ? at - 1 : -1,
        x < width - 1 ? at + 1 : -1,
        y > 0 ? at - width : -1,
        y < height - 1 ? at + width : -1,
      ];
      for (const next of neighbours) {
        if (next < 0 || !isIn(next)) continue;
        seen[next] = 1;
        waiting.push(next);
      }
    }
    regions.push(region);
  }
  return regions;
}
