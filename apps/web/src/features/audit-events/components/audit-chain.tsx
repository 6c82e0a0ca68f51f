"use client";

import { Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { CopyIcon, CopyValue } from "../../../components/ui/copy-value.tsx";
import { parseObject } from "@lung-iris/audit-words";
import type { AuditEventRow } from "../use-audit-events.ts";
import styles from "./audit.module.css";

/** The hashes that hold the event in its place. */
export function Chain({ event }: { event: AuditEventRow }) {
  const t = useTranslations("audit.details");
  // The chain starts from a hash of zeros.
  const isFirst = /^0*$/.test(event.previousHash);
  return (
    <section>
      <Title order={3} mb={6}>
        {t("chain")}
      </Title>
      <dl className={styles.chain}>
        <dt>{t("hash")}</dt>
        <dd>
          <CopyValue value={event.hash} what={t("hash")} wraps />
        </dd>
        <dt>{t("previousHash")}</dt>
        <dd>
          {isFirst ? (
            t("first")
          ) : (
            <CopyValue
              value={event.previousHash}
              what={t("previousHash")}
              wraps
            />
          )}
        </dd>
      </dl>
    </section>
  );
}

/** The event as the API gave it, for whoever wants to check. */
export function Raw({ event }: { event: AuditEventRow }) {
  const t = useTranslations("audit.details");
  const { origin, before, after, details, ...rest } = event;
  const text = JSON.stringify(
    {
      ...rest,
      origin: origin ? parseObject(origin) : null,
      before: before ? parseObject(before) : null,
      after: after ? parseObject(after) : null,
      details: details ? parseObject(details) : null,
    },
    withoutTypeName,
    2,
  );
  return (
    <details>
      <summary className={styles.summary}>{t("raw")}</summary>
      <pre className={styles.raw} tabIndex={0}>
        {text}
      </pre>
      <CopyIcon value={text} what={t("raw")} />
    </details>
  );
}

/** The client's own mark on what it received; the API never recorded it. */
function withoutTypeName(key: string, value: unknown): unknown {
  return key === "__typename" ? undefined : value;
}
