"use client";

import { ActionIcon, Button } from "@mantine/core";
import { IconChevronLeft } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { NearLink } from "../../../components/shell/near-link.tsx";
import { ShortcutTooltip } from "../../../components/shortcuts/keys.tsx";
import { ariaKeys } from "../../../components/shortcuts/shortcut-keys.ts";
import { UrgencyMark } from "../../triage/components/urgency-mark.tsx";
import { usePatientLine } from "../../patients/use-patient-line.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import type { CaseList } from "../../next-cases/use-case-list.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import type { Claim } from "../../claims/use-claim.ts";
import { CaseHolder } from "../../claims/components/case-holder.tsx";
import styles from "../../../components/layout/reading-room.module.css";

interface CaseHeaderProps {
  open: OpenCase;
  list: CaseList;
  claim: Claim;
  onNext: () => void;
}

/** Who it is, where it stands in the list, and who reads it. */
export function CaseHeader({ open, list, claim, onNext }: CaseHeaderProps) {
  const t = useTranslations("cases");
  const line = usePatientLine(open);
  const patientName = usePatientName();
  const { place } = list;
  return (
    <header className={styles.header}>
      <ShortcutTooltip label={t("toList")} keys="Escape">
        <ActionIcon
          component={NearLink}
          href={list.backHref}
          aria-label={t("toList")}
        >
          <IconChevronLeft size={18} aria-hidden />
        </ActionIcon>
      </ShortcutTooltip>
      {place ? (
        <span className={styles.place}>
          {t("place", {
            number: place.number,
            total: place.isCapped ? `${place.total}+` : place.total,
          })}
        </span>
      ) : null}
      <div className={styles.identity}>
        <h1>{patientName(open.patient)}</h1>
        <span className={styles.facts}>{line}</span>
      </div>
      {open.state === "SIGNED" ? null : <UrgencyMark urgency={open.urgency} />}
      <CaseHolder open={open} />
      <div className={styles.actions}>
        {open.viewerCanClaim ? (
          <KeyButton
            label={t("claim")}
            keys="c"
            isBusy={claim.isBusy}
            onClick={() => void claim.claim()}
          />
        ) : null}
        {open.viewerCanRelease ? (
          <KeyButton
            label={t("release")}
            keys="u"
            isBusy={claim.isBusy}
            onClick={() => void claim.release()}
          />
        ) : null}
        <KeyButton label={t("next")} keys="n" onClick={onNext} />
      </div>
    </header>
  );
}

interface KeyButtonProps {
  label: string;
  keys: string;
  isBusy?: boolean;
  onClick: () => void;
}

function KeyButton({ label, keys, isBusy, onClick }: KeyButtonProps) {
  return (
    <ShortcutTooltip label={label} keys={keys}>
      <Button
        size="compact-sm"
        variant="default"
        loading={isBusy ?? false}
        aria-keyshortcuts={ariaKeys(keys)}
        onClick={onClick}
      >
        {label}
      </Button>
    </ShortcutTooltip>
  );
}
