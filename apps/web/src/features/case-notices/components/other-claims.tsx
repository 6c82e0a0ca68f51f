"use client";

import { skipToken, useMutation, useQuery } from "@apollo/client/react";
import { Button, Group } from "@mantine/core";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useState } from "react";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import { routes } from "../../../lib/routes.ts";
import { Notice } from "../../../components/ui/notice.tsx";
import { CLAIM_CASE, RELEASE_CASE } from "../../cases/case-mutations.ts";
import { HELD_CASES } from "../../cases/case-queries.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";

interface OtherClaimsProps {
  caseId: string;
  isMine: boolean;
}

/**
 * Asks a reader who claimed this case while others are still his whether he
 * keeps them: nobody else can read them meanwhile. It asks beside the case,
 * since the claim comes with a key that must not be lost in a dialog.
 */
export function OtherClaims({ caseId, isMine }: OtherClaimsProps) {
  const t = useTranslations("cases.others");
  const { user } = useViewer();
  const patientName = usePatientName();
  const [isKept, setKept] = useState(false);
  const { data } = useQuery(
    HELD_CASES,
    isMine
      ? { variables: { userId: user.id }, fetchPolicy: "network-only" }
      : skipToken,
  );
  const handBack = useHandBack();
  const held = (data?.worklist.edges ?? []).map(({ node }) => node);
  const others = held.filter(({ id }) => id !== caseId);
  if (!isMine || isKept || others.length === 0) return null;
  return (
    <Notice title={t("title", { count: others.length })} role="status">
      {t("text")}
      {others.map(({ id, patient }) => {
        const name = patientName(patient);
        return (
          <Group key={id} justify="space-between" gap="sm">
            <Link href={routes.case(id)}>{name}</Link>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={t("handBackOf", { name })}
              onClick={() => void handBack(id, name)}
            >
              {t("handBack")}
            </Button>
          </Group>
        );
      })}
      <Button size="compact-sm" variant="subtle" onClick={() => setKept(true)}>
        {t("keep", { count: others.length })}
      </Button>
    </Notice>
  );
}

function useHandBack() {
  const t = useTranslations("cases");
  const notify = useNotify();
  const refetchQueries = [HELD_CASES];
  const [releaseCase] = useMutation(RELEASE_CASE, { refetchQueries });
  const [claimCase] = useMutation(CLAIM_CASE, { refetchQueries });
  const claimAgain = (caseId: string, name: string) => {
    claimCase({ variables: { caseId } }).catch((error: unknown) =>
      notify.failed(t("notClaimed", { name }), error),
    );
  };
  return async (caseId: string, name: string) => {
    try {
      await releaseCase({ variables: { caseId } });
      notify.done(t("released", { name }), () => claimAgain(caseId, name));
    } catch (error) {
      notify.failed(t("notReleased", { name }), error);
    }
  };
}
