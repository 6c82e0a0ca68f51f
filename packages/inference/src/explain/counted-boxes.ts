import type { Assessment, Box } from "../types.ts";

/** The boxes of what the model itself, by its own threshold, calls positive. */
export function countedBoxes({
  boxes,
  findings,
}: Pick<Assessment, "boxes" | "findings">): Box[] {
  return boxes.filter(({ finding }) =>
    findings.some(({ code, positive }) => positive && code === finding),
  );
}
