"use client";

import { Button } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useEffect, useRef } from "react";
import { Keys } from "../../../components/shortcuts/keys.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { UrgencyMark } from "../../triage/components/urgency-mark.tsx";
import { usePatientName } from "../../patients/use-patient-name.ts";
import type { CaseList } from "../use-case-list.ts";
import type { NextCase } from "../use-next-case.ts";

interface NextOfferProps {
  next: NextCase;
  list: CaseList;
  isBusy: boolean;
  onOpen: () => void;
}

/** After a signature: it is done, and what comes next, one key away. */
export function NextOffer({ next, list, isBusy, onOpen }: NextOfferProps) {
  const t = useTranslations("cases.signed");
  const patientName = usePatientName();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (next.status === "found") button.current?.focus();
  }, [next.status]);
  return (
    <Notice title={t("title")} tone="plain" role="status">
      <span>
        <IconCheck size={14} aria-hidden /> {t("left")}
      </span>
      {next.status === "found" ? (
        <>
          <span>
            {t("next")} <strong>{patientName(next.row.patient)}</strong>{" "}
            <UrgencyMark urgency={next.row.urgency} />
          </span>
          <Button
            ref={button}
            loading={isBusy}
            onClick={onOpen}
            rightSection={<Keys keys="n" />}
          >
            {t("open")}
          </Button>
        </>
      ) : null}
      {next.status === "none" ? (
        <>
          <span>{t("none")}</span>
          <Button component={Link} href={list.backHref} variant="default">
            {t("toList")}
          </Button>
        </>
      ) : null}
    </Notice>
  );
}
