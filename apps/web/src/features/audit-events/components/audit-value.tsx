"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatDate, formatExactTime } from "../../../lib/dates.ts";
import { formatProbability } from "../../triage/triage-format.ts";
import { useTriageText } from "../../triage/use-triage-text.ts";
import { type JsonValue, isArray, isObject } from "@lung-iris/audit-words";
import { useAuditNames } from "../audit-names.tsx";
import { useAuditWords } from "../use-audit-words.ts";
import styles from "./audit.module.css";

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const LONG_CODE = /^[0-9a-f-]{32,}$/;

/** Shares between 0 and 1, which are read as percents everywhere else too. */
const SHARES = new Set(["probability", "threshold", "ownThreshold"]);

interface AuditValueProps {
  value: JsonValue | undefined;
  /** Name of the field; the last part of a dotted one says what it is. */
  field: string;
}

/** A recorded value as a person reads it; the raw record shows it as it is. */
export function AuditValue({ value, field }: AuditValueProps) {
  const t = useTranslations("audit.words");
  const format = useFormatter();
  const words = useAuditWords();
  if (value === undefined || value === null || value === "") return <Empty />;
  if (typeof value === "boolean") return value ? t("yes") : t("no");
  if (typeof value === "number") {
    return SHARES.has(lastPart(field))
      ? formatProbability(value)
      : format.number(value, { maximumFractionDigits: 4 });
  }
  if (typeof value === "string") return <Text value={value} field={field} />;
  if (isArray(value)) {
    if (value.length === 0) return <Empty />;
    return separate(
      value.map((item, index) => (
        <AuditValue key={index} field={field} value={item} />
      )),
    );
  }
  if (!isObject(value)) return null;
  return separate(
    Object.entries(value)
      // What a filter did not ask for says nothing.
      .filter(([, item]) => item !== null)
      .map(([name, item]) => (
        <span key={name}>
          {words.field(name)}: <AuditValue field={name} value={item} />
        </span>
      )),
  );
}

function Text({ value, field }: { value: string; field: string }) {
  const locale = useLocale();
  const words = useAuditWords();
  const nameOf = useAuditNames();
  const triage = useTriageText();
  const last = lastPart(field);
  if (last === "urgencyReasons") return triage.reason(value);
  if (last === "clinicalFlags") return triage.flag(value);
  if (last === "types") return words.type(value);
  if (INSTANT.test(value)) return formatExactTime(value, locale);
  if (DAY.test(value)) return formatDate(value, locale);
  const named = nameOf(value) ?? words.code(value);
  if (named !== null) return named;
  return LONG_CODE.test(value) ? (
    <code className={styles.code}>{value}</code>
  ) : (
    value
  );
}

function Empty() {
  const t = useTranslations("audit.words");
  return <span className={styles.emptyValue}>{t("empty")}</span>;
}

function lastPart(field: string): string {
  return field.slice(field.lastIndexOf(".") + 1);
}

function separate(parts: ReactNode[]): ReactNode {
  if (parts.length === 0) return <Empty />;
  return parts.flatMap((part, index) => (index === 0 ? [part] : [", ", part]));
}
