"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatDate, formatExactTime } from "../../../lib/dates.ts";
import { type JsonValue, isArray, isObject } from "../audit-json.ts";
import { useAuditWords } from "../use-audit-words.ts";
import styles from "./audit.module.css";

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A recorded value as a person reads it; the raw record shows it as it is. */
export function AuditValue({ value }: { value: JsonValue | undefined }) {
  const t = useTranslations("audit.words");
  const format = useFormatter();
  const locale = useLocale();
  const words = useAuditWords();
  if (value === undefined || value === null || value === "") {
    return <span className={styles.emptyValue}>{t("empty")}</span>;
  }
  if (typeof value === "boolean") return value ? t("yes") : t("no");
  if (typeof value === "number") {
    return format.number(value, { maximumFractionDigits: 4 });
  }
  if (typeof value === "string") {
    if (INSTANT.test(value)) return formatExactTime(value, locale);
    return DAY.test(value) ? formatDate(value, locale) : value;
  }
  if (isArray(value)) {
    if (value.length === 0) {
      return <span className={styles.emptyValue}>{t("empty")}</span>;
    }
    return separate(
      value.map((item, index) => <AuditValue key={index} value={item} />),
    );
  }
  if (isObject(value)) {
    return separate(
      Object.entries(value).map(([name, item]) => (
        <span key={name}>
          {words.field(name)}: <AuditValue value={item} />
        </span>
      )),
    );
  }
  return null;
}

function separate(parts: ReactNode[]): ReactNode {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [", ", part]));
}
