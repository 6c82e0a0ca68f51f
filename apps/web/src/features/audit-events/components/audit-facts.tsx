"use client";

import { Anchor } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { CopyIcon, CopyValue } from "../../../components/ui/copy-value.tsx";
import { formatExactTime } from "../../../lib/dates.ts";
import { routes } from "../../../lib/routes.ts";
import { parseObject, readText } from "@lung-iris/audit-words";
import { originOf } from "../audit-origin.ts";
import type { AuditEventRow } from "../use-audit-events.ts";
import { useAuditWords } from "../use-audit-words.ts";
import styles from "./audit.module.css";

/** Who, what, when and from where. */
export function Facts({ event }: { event: AuditEventRow }) {
  const t = useTranslations("audit.details");
  const locale = useLocale();
  const words = useAuditWords();
  const { can } = useViewer();
  const isPerson = words.actor(event.actorId) === null;
  const caseId =
    event.subjectType === "case"
      ? event.subjectId
      : readText(parseObject(event.details), "caseId");
  return (
    <dl className={styles.facts}>
      <Fact name={t("at")}>
        <time dateTime={event.at}>{formatExactTime(event.at, locale)}</time>
      </Fact>
      <Fact name={t("who")}>
        {event.actorName} · {words.role(event.actorRole)}{" "}
        {isPerson ? (
          <CopyIcon value={event.actorId} what={t("identifier")} />
        ) : null}
      </Fact>
      <Fact name={t("what")}>
        {words.subject(event.subjectType)}
        {event.subjectName ? ` ${event.subjectName} ` : " "}
        <CopyIcon value={event.subjectId} what={t("identifier")} />
        {caseId && can("case:read") ? (
          <>
            {" "}
            <Anchor component={Link} href={routes.case(caseId)}>
              {t("openCase")}
            </Anchor>
          </>
        ) : null}
      </Fact>
      {event.patientName ? (
        <Fact name={t("patient")}>{words.patient(event.patientName)}</Fact>
      ) : null}
      <Origin origin={event.origin} />
      <Fact name={t("type")}>
        <code>{event.type}</code>
      </Fact>
      {event.problem ? (
        <Fact name={t("unreadable")}>
          {t("unreadableText", { version: event.version })}{" "}
          <span className={styles.hint}>{event.problem}</span>
        </Fact>
      ) : null}
    </dl>
  );
}

/** Where the request came from; programs come from nowhere. */
function Origin({ origin }: { origin: string | null | undefined }) {
  const t = useTranslations("audit.details");
  const { address, userAgent, requestId } = originOf(origin);
  return (
    <>
      {address ? <Fact name={t("origin")}>{address}</Fact> : null}
      {userAgent ? (
        <Fact name={t("browser")}>
          <span className={styles.hint}>{userAgent}</span>
        </Fact>
      ) : null}
      {requestId ? (
        <Fact name={t("request")}>
          <CopyValue value={requestId} what={t("request")} />
        </Fact>
      ) : null}
    </>
  );
}

export function Fact({
  name,
  children,
}: {
  name: string;
  children: ReactNode;
}) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
