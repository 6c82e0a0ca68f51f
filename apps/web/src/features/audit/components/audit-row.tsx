"use client";

import {
  IconAdjustments,
  IconAlertTriangle,
  IconBell,
  IconBrain,
  IconClipboardCheck,
  IconFolderOpen,
  IconKey,
  IconList,
  IconPackageExport,
  IconPhoto,
  IconPoint,
  IconServer,
  IconShieldCheck,
  IconUser,
} from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { formatExactTime } from "../../../lib/dates.ts";
import { type AuditGroup, groupOf, isNoteworthy } from "@lung-iris/audit-words";
import { formatClock } from "../audit-format.ts";
import { originOf } from "../../audit-events/audit-origin.ts";
import type { AuditEventRow } from "../../audit-events/use-audit-events.ts";
import { useAuditSentence } from "../../audit-events/use-audit-sentence.tsx";
import styles from "../../audit-events/components/audit.module.css";

const ICONS: Record<AuditGroup, typeof IconPoint> = {
  access: IconKey,
  users: IconUser,
  worklist: IconList,
  cases: IconFolderOpen,
  readings: IconClipboardCheck,
  films: IconPhoto,
  ai: IconBrain,
  alarms: IconBell,
  exports: IconPackageExport,
  audit: IconShieldCheck,
  policies: IconAdjustments,
  system: IconServer,
};

interface AuditRowProps {
  event: AuditEventRow;
  isOpen: boolean;
  /** The one row that the Tab key stops at. */
  isReachable: boolean;
  onFocus: () => void;
  onOpen: () => void;
}

export function AuditRow(props: AuditRowProps) {
  const { event, isOpen, isReachable } = props;
  const t = useTranslations("audit");
  const locale = useLocale();
  const sentence = useAuditSentence();
  const { address } = originOf(event.origin);
  return (
    <li>
      <button
        type="button"
        className={styles.event}
        data-row={event.id}
        tabIndex={isReachable ? 0 : -1}
        aria-current={isOpen || undefined}
        onFocus={props.onFocus}
        onClick={props.onOpen}
      >
        <time
          className={styles.time}
          dateTime={event.at}
          title={formatExactTime(event.at, locale)}
        >
          {formatClock(event.at, locale)}
        </time>
        <RowIcon type={event.type} />
        <span className={styles.sentence}>{sentence(event)}</span>
        <span className={styles.aside}>
          {address ? t("from", { origin: address }) : null}
        </span>
      </button>
    </li>
  );
}

function RowIcon({ type }: { type: string }) {
  const t = useTranslations("audit");
  if (isNoteworthy(type)) {
    return (
      <span className={styles.icon} data-noteworthy>
        <IconAlertTriangle size={16} aria-label={t("noteworthy")} />
      </span>
    );
  }
  const group = groupOf(type);
  const Icon = group ? ICONS[group] : IconPoint;
  return (
    <span className={styles.icon} aria-hidden>
      <Icon size={16} stroke={1.5} />
    </span>
  );
}
