"use client";

import { useMutation } from "@apollo/client/react";
import { Button, Group, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useLocale, useTranslations } from "next-intl";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import { formatDateTime } from "../../../lib/dates.ts";
import { useErrorText } from "../../../lib/error-text.ts";
import {
  SignatureProof,
  wantsProof,
} from "../../auth/components/signature-proof.tsx";
import type { OpenCase } from "../../cases/use-case.ts";
import { RESTORE_SIGNATURE } from "../../readings/reading-mutations.ts";
import { Notice } from "../../../components/ui/notice.tsx";
import styles from "../../../components/layout/reading.module.css";

interface RestoreSignatureProps {
  open: OpenCase;
  refetch: () => Promise<unknown>;
}

/** Offers to sign again what a correction took that was undone since. */
export function RestoreSignature({ open, refetch }: RestoreSignatureProps) {
  const t = useTranslations("readings.restore");
  const common = useTranslations("common");
  const labels = useTranslations("findings.labels");
  const locale = useLocale();
  const notify = useNotify();
  const errorText = useErrorText();
  const [isOpen, dialog] = useDisclosure(false);
  const [restore, { loading, error, reset }] = useMutation(RESTORE_SIGNATURE, {
    variables: { caseId: open.id },
    update: (cache) => cache.evict({ fieldName: "signerNotices" }),
  });
  const version = open.restorableVersion;
  if (!version) return null;
  const close = () => {
    reset();
    dialog.close();
  };
  const sign = async () => {
    try {
      await restore();
    } catch {
      return; // the dialog stays, and says why
    }
    notify.done(t("done"));
    close();
    await refetch();
  };
  const isProofWanted = wantsProof(error);
  const what = {
    label: labels(version.label),
    when: formatDateTime(version.signedAt, locale),
  };
  return (
    <>
      <Notice title={t("title")} role="status">
        {t("text", what)}
        <Button size="compact-sm" variant="default" onClick={dialog.open}>
          {t("open")}
        </Button>
      </Notice>
      <Modal
        opened={isOpen}
        onClose={close}
        title={t("ask")}
        closeButtonProps={{ "aria-label": common("close") }}
        size="md"
      >
        <div className={styles.stack}>
          <div className={styles.text}>{t("askText", what)}</div>
          {error && !isProofWanted ? (
            <div className={styles.notice} data-tone="bad" role="alert">
              {errorText(error)}
            </div>
          ) : null}
          {isProofWanted ? (
            <SignatureProof onProved={() => void sign()} onCancel={close} />
          ) : (
            <Group justify="flex-end" gap="sm">
              <Button variant="default" onClick={close}>
                {common("cancel")}
              </Button>
              <Button
                data-autofocus
                loading={loading}
                onClick={() => void sign()}
              >
                {t("do")}
              </Button>
            </Group>
          )}
        </div>
      </Modal>
    </>
  );
}
