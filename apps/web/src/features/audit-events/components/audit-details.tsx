"use client";

import { ActionIcon, Button, Group, Title } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { ShortcutTooltip } from "../../../components/shortcuts/keys.tsx";
import type { AuditFilters } from "../audit-filters.ts";
import { parseObject } from "@lung-iris/audit-words";
import type { AuditEventRow } from "../use-audit-events.ts";
import { useAuditSentence } from "../use-audit-sentence.tsx";
import { useAuditWords } from "../use-audit-words.ts";
import { Chain, Raw } from "./audit-chain.tsx";
import { AuditDiffTable } from "./audit-diff-table.tsx";
import { Fact, Facts } from "./audit-facts.tsx";
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
