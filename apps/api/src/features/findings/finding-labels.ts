import type { Label } from "@lung-iris/prisma";
import { LEADING_FINDING, type FindingCode } from "./finding-catalogue.ts";

/** The labels that say that a finding is there, and which. */
export const LABELS = [
  { code: "pneumonia", label: "PNEUMONIA" },
] as const satisfies readonly { code: FindingCode; label: Label }[];

/** What a reader's label says of the leading finding when it is there. */
export const labelOfLeading: Label =
  LABELS.find(({ code }) => code === LEADING_FINDING)?.label ?? "OTHER";
