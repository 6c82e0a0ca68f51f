"use client";

import { ActionIcon, Anchor, Button, Group, Title } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { type ReactNode, useId } from "react";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { ShortcutTooltip } from "../../../components/shortcuts/keys.tsx";
import { CopyIcon, CopyValue } from "../../../components/ui/copy-value.tsx";
import { formatExactTime } from "../../../lib/dates.ts";
import { routes } from "../../../lib/routes.ts";
import type { AuditFilters } from "../audit-filters.ts";
import { parseObject, readText } from "../audit-json.ts";
import { originOf } from "../audit-origin.ts";
import type { AuditEventRow } from "../use-audit-events.ts";
import { useAuditSentence } from "../use-audit-sentence.tsx";
import { useAuditWords } from "../use-audit-words.ts";
import { AuditDiffTable } from "./audit-diff-table.tsx";
import { AuditValue } from "./audit-value.tsx";
import styles from "./audit.module.css";

interface AuditDetailsProps {
  event: AuditEventRow;
  onClose: () => void;
  onFilter: (part: Partial<AuditFilters>) => void;
}

/** Everything that was recorded of one event. */
export function AuditDetails({ event, onClose, onFilter }: AuditDetailsProps) {
  const t = useTranslations("audit.details");
  const sentence = useAuditSentence();
  const titleId = useId();
  return (
    <aside className={styles.details} aria-labelledby={titleId}>
      <div className={styles.detailsHead}>
        <Title order={2} id={titleId}>
          {t("title", { seq: event.seq })}
        </Title>
        <ShortcutTooltip label={t("close")} keys="Escape">
          <ActionIcon onClick={onClose} aria-label={t("close")}>
            <IconX size={16} />
          </ActionIcon>
        </ShortcutTooltip>
      </div>
      <div className={styles.detailsBody}>
        <div className={styles.detailsSentence}>{sentence(event)}</div>
        <Facts event={event} />
        <Narrow event={event} onFilter={onFilter} />
        <AuditDiffTable
          before={parseObject(event.before)}
          after={parseObject(event.after)}
        />
        <More details={event.details} />
        <Chain event={event} />
        <Raw event={event} />
      </div>
    </aside>
  );
}

function Facts({ event }: { event: AuditEventRow }) {
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
        <Fact name={t("patient")}>{event.patientName}</Fact>
      ) : null}
      <Origin origin={event.origin} />
      <Fact name={t("type")}>
        <code>{event.type}</code>
      </Fact>
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

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** Subjects that are not one thing; patients have a filter of their own. */
const SHARED_SUBJECTS: ReadonlySet<string> = new Set([
  "patient",
  "worklist",
  "upload",
  "audit",
  "system",
]);

/** From one event to all that share something with it. */
function Narrow({
  event,
  onFilter,
}: Pick<AuditDetailsProps, "event" | "onFilter">) {
  const t = useTranslations("audit.details");
  const words = useAuditWords();
  const { patientId, subjectId, subjectType, actorId } = event;
  const isPerson = words.actor(actorId) === null;
  const isOneThing = !SHARED_SUBJECTS.has(subjectType);
  if (!patientId && !isOneThing && !isPerson) return null;
  return (
    <Group gap="xs">
      <span className={styles.hint}>{t("only")}</span>
      {patientId ? (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => onFilter({ patientId, search: "" })}
        >
          {t("onlyPatient")}
        </Button>
      ) : null}
      {isOneThing ? (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => onFilter({ subjectId, subjectType })}
        >
          {t("onlySubject", { type: words.subject(subjectType) })}
        </Button>
      ) : null}
      {isPerson ? (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => onFilter({ actorId })}
        >
          {t("onlyActor")}
        </Button>
      ) : null}
    </Group>
  );
}

function More({ details }: { details: string | null | undefined }) {
  const t = useTranslations("audit.details");
  const words = useAuditWords();
  const entries = Object.entries(parseObject(details));
  if (entries.length === 0) return null;
  return (
    <section>
      <Title order={3} mb={6}>
        {t("more")}
      </Title>
      <dl className={styles.facts}>
        {entries.map(([name, value]) => (
          <Fact key={name} name={words.field(name)}>
            <AuditValue field={name} value={value} />
          </Fact>
        ))}
      </dl>
    </section>
  );
}

function Chain({ event }: { event: AuditEventRow }) {
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

function Raw({ event }: { event: AuditEventRow }) {
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
