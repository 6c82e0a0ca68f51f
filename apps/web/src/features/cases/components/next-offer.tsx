"use client";

import { Button } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useEffect, useRef } from "react";
import { Keys } from "../../../components/shortcuts/keys.tsx";
import type { CaseRowFragment } from "../../../gql/graphql.ts";
import { Notice } from "../../readings/components/case-notices.tsx";
import { UrgencyMark } from "../../triage/components/urgency-mark.tsx";
import { usePatientName } from "../use-patient-name.ts";
import type { CaseList } from "../use-case-list.ts";

export type NextCase =
  | { status: "asking" }
  | { status: "found"; row: CaseRowFragment }
  | { status: "none" }
  | { status: "unknown" };

interface NextOfferProps {
  next: NextCase;
  list: CaseList;
}

/** After a signature: it is done, and what comes next, one key away. */
export function NextOffer({ next, list }: NextOfferProps) {
  const t = useTranslations("cases.signed");
  const patientName = usePatientName();
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (next.status === "found") link.current?.focus();
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
            ref={link}
            component={Link}
            href={list.hrefOf(next.row.id)}
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
