"use client";

import { useLocale, useTranslations } from "next-intl";
import type { Messages } from "../../i18n/messages.ts";
import { useModelWords } from "../model-versions/use-model-words.ts";
import { useFindingWords } from "../findings/use-finding-words.ts";
import { useTriageText } from "../triage/use-triage-text.ts";
import { readRule } from "../policy-draft/assignment-rule.ts";
import { usePolicyReaderName } from "../policy-form/policy-readers.tsx";
import type {
  PolicyDifference,
  PolicyValue,
} from "../policy-draft/policy-draft.ts";
import { useRuleWords } from "./use-rule-words.ts";

type FieldKey = keyof Messages["policies"]["fields"];

/** Values that are codes with a word of their own. */
const WORDED: readonly string[] = [
  "urgency.flags",
  "reading.mode",
  "critical.findings",
  "reports.preliminary",
  "thresholdDesk.approval",
];

/** Names of the policy's values and how the values are written. */
export function usePolicyWords() {
  const t = useTranslations("policies");
  const urgency = useTranslations("findings.urgency");
  const locale = useLocale();
  const triage = useTriageText();
  const models = useModelWords();
  const findings = useFindingWords();
  const readerName = usePolicyReaderName();
  const number = (value: number) => new Intl.NumberFormat(locale).format(value);
  const ruleWords = useRuleWords();
  const value = ({ path, value: raw }: PolicyValue): string => {
    if (path === "assignment.rules") {
      const rule = readRule(raw);
      return rule ? ruleWords(rule) : t("values.no");
    }
    if (raw === null) {
      if (path === "thresholds") return t("values.own");
      if (path === "critical.findings") return t("values.NONE");
      return t(path.includes("secondReads.age") ? "values.none" : "values.no");
    }
    if (typeof raw === "number") {
      const unit = unitOf(path);
      if (unit === "share") return `${number(Math.round(raw * 1000) / 10)} %`;
      if (unit === "percent") return `${number(raw)} %`;
      return t(`units.${unit}`, { count: raw });
    }
    if (WORDED.includes(path) || path.startsWith("secondReads.")) {
      // The API's enums; the messages have a word for each.
      return t(`values.${raw as keyof Messages["policies"]["values"]}`);
    }
    return urgency(raw as keyof Messages["findings"]["urgency"]);
  };
  const name = ({ path, of }: Pick<PolicyDifference, "path" | "of">) => {
    if (path === "urgency.flags") return triage.flag(of ?? "");
    if (path === "critical.findings") return models.finding(of ?? "");
    if (path === "thresholds") {
      const [model = "", finding = "", group = ""] = (of ?? "").split(" ");
      return t("thresholdOf", {
        model: model.slice(0, 8),
        finding: models.finding(finding),
        group: models.group(group),
      });
    }
    if (path === "assignment.rules")
      return t("namedBy", { field: t("fields.rules.label"), item: of ?? "" });
    const field = t(`fields.${lastPart(path) as FieldKey}.label`);
    if (of === null) return field;
    const item =
      path === "secondReads.readers" ? readerName(of) : findings.nameOf(of);
    return t("namedBy", { field, item });
  };
  return { name, value };
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

/** In which unit a number of the policy is. */
export function unitOf(
  path: string,
): "share" | "percent" | "minutes" | "years" | "days" {
  if (path === "thresholds" || path.endsWith("Probability")) return "share";
  if (path.endsWith("Share")) return "percent";
  if (path.endsWith("Years") || path.startsWith("secondReads.age"))
    return "years";
  return path.endsWith("Days") ? "days" : "minutes";
}
