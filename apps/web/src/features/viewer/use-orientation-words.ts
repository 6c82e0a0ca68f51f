import { useTranslations } from "next-intl";
import type { Orientation } from "./viewer-contract.ts";

/** How a film is turned and mirrored, in words; "" where it is neither. */
export function useOrientationWords(): (orientation: Orientation) => string {
  const t = useTranslations("viewer");
  return ({ turns, flipped }) =>
    [
      ...(turns === 0 ? [] : [t("turnedBy", { degrees: turns * 90 })]),
      ...(flipped ? [t("mirrored")] : []),
    ].join(" · ");
}
