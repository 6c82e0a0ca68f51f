import type { Label } from "@lung-iris/prisma";
import { LEADING_FINDING, type FindingCode } from "./finding-catalogue.ts";

/** The label that says that a finding is there, where a label does. */
const LABELS: Partial<Record<FindingCode, Label>> = { pneumonia: "PNEUMONIA" };

/** What a reader's label says of the leading finding when it is there. */
export const labelOfLeading: Label = LABELS[LEADING_FINDING] ?? "OTHER";
