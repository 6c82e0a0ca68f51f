"use client";

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslations } from "next-intl";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import type { IdentityState } from "../../../gql/graphql.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import { ErasureDialog } from "./erasure-dialog.tsx";
import styles from "./erasures.module.css";

interface ErasureActionProps {
  patient: { id: string; name: string; identityState: IdentityState };
}

/** Under a case's details, for those who may: propose to erase the record. */
export function ErasureAction({ patient }: ErasureActionProps) {
  const { can } = useViewer();
  const t = useTranslations("erasures");
  const name = usePatientName()(patient);
  const [isOpen, dialog] = useDisclosure(false);
  if (!can("patient:erase")) return null;
  return (
    <div className={styles.action}>
      <Button size="compact-sm" variant="default" onClick={dialog.open}>
        {t("propose.open")}
      </Button>
      {isOpen ? (
        <ErasureDialog
          step="propose"
          name={name}
          patientId={patient.id}
          erasureId={null}
          onClose={dialog.close}
        />
      ) : null}
    </div>
  );
}
