"use client";

import { useMutation, useQuery } from "@apollo/client/react";
import { Button, Skeleton, Tooltip } from "@mantine/core";
import {
  IconShieldCheck,
  IconShieldX,
  IconShieldQuestion,
} from "@tabler/icons-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { ErrorState } from "../../../components/layout/states.tsx";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { CopyValue, shortHash } from "../../../components/ui/copy-value.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import type { AuditSealQuery } from "../../../gql/graphql.ts";
import { formatExactTime } from "../../../lib/dates.ts";
import { useDurationText } from "../../../lib/use-duration-text.ts";
import { useNow } from "../../../lib/use-now.ts";
import { AUDIT_SEAL, VERIFY_AUDIT } from "../../audit-events/audit-queries.ts";
import { type SealState, sealState } from "../audit-seal.ts";
import styles from "../../audit-events/components/audit.module.css";

/** When and how far the chain was last verified, and whether it held. */
export function AuditSeal() {
  const t = useTranslations("audit.seal");
  const { data, loading, error, refetch } = useQuery(AUDIT_SEAL, {
    fetchPolicy: "cache-and-network",
  });
  if (data) return <SealLine seal={data.auditSeal} />;
  if (loading) return <Skeleton height={57} mb="0.75rem" radius="md" />;
  return (
    <ErrorState
      title={t("loadFailed")}
      error={error}
      onRetry={() => void refetch()}
      inline
    />
  );
}

const ICONS = {
  never: IconShieldQuestion,
  intact: IconShieldCheck,
  broken: IconShieldX,
} as const;

function SealLine({ seal }: { seal: AuditSealQuery["auditSeal"] }) {
  const t = useTranslations("audit");
  const state = sealState(seal);
  const Icon = ICONS[state.kind];
  return (
    <section
      className={styles.seal}
      data-state={state.kind}
      aria-label={t("seal.label")}
      role={state.kind === "broken" ? "alert" : undefined}
    >
      <span className={styles.sealIcon} aria-hidden>
        <Icon size={24} stroke={1.5} />
      </span>
      <SealText state={state} />
      {seal.headHash ? (
        <span className={styles.sealHead}>
          {t("seal.head")}
          <CopyValue
            value={seal.headHash}
            shown={shortHash(seal.headHash)}
            what={t("seal.head")}
          />
        </span>
      ) : null}
      <VerifyButton />
    </section>
  );
}

function SealText({ state }: { state: SealState }) {
  const t = useTranslations("audit.seal");
  const format = useFormatter();
  const whenText = useWhenText();
  const number = (text: string) => format.number(BigInt(text));
  switch (state.kind) {
    case "never":
      return (
        <div className={styles.sealText}>
          <div className={styles.sealTitle}>{t("never")}</div>
          <div className={styles.sealMore}>
            {t("neverText", { count: state.events })}
          </div>
        </div>
      );
    case "intact":
      return (
        <div className={styles.sealText}>
          <div className={styles.sealTitle}>
            {t("intact", { when: whenText(state.at) })}
          </div>
          <div className={styles.sealMore}>
            {state.added === 0
              ? t("intactAll", { through: number(state.through) })
              : t("intactThrough", {
                  through: number(state.through),
                  count: state.added,
                })}{" "}
            {t("checkpoints", { count: state.checkpoints })}
          </div>
        </div>
      );
    case "broken":
      return (
        <div className={styles.sealText}>
          <div className={styles.sealTitle}>
            {state.brokenAt === null
              ? t("brokenUnknown")
              : t("broken", { seq: number(state.brokenAt) })}
          </div>
          <div className={styles.sealMore}>
            {t("brokenText", { when: whenText(state.at) })}
            {state.problem ? (
              <div>
                <code>{state.problem}</code>
              </div>
            ) : null}
          </div>
        </div>
      );
  }
}

const JUST_NOW_MS = 20_000;

function useWhenText(): (iso: string) => string {
  const t = useTranslations("audit.seal");
  const locale = useLocale();
  const duration = useDurationText();
  const now = useNow(10_000);
  return (iso) => {
    if (now === 0) return formatExactTime(iso, locale);
    if (now - Date.parse(iso) < JUST_NOW_MS) return t("justNow");
    return t("ago", { duration: duration(iso, now) });
  };
}

function VerifyButton() {
  const t = useTranslations("audit.seal");
  const format = useFormatter();
  const notify = useNotify();
  const { can } = useViewer();
  const mayVerify = can("audit:verify");
  const [verify, { loading }] = useMutation(VERIFY_AUDIT, {
    update: (cache, { data }) => {
      if (!data) return;
      cache.writeQuery({
        query: AUDIT_SEAL,
        data: { auditSeal: data.verifyAudit },
      });
    },
    onCompleted: ({ verifyAudit }) => {
      // A broken chain is told by the seal itself, which stays.
      if (!verifyAudit.ok) return;
      const through = BigInt(verifyAudit.verifiedThrough ?? "0");
      notify.done(t("doneIntact", { through: format.number(through) }));
    },
    onError: (error) => notify.failed(t("verifyFailed"), error),
  });
  return (
    <Tooltip label={t("mayNot")} disabled={mayVerify}>
      <Button
        variant="default"
        loading={loading}
        // Stays reachable, so that the reason can be read.
        {...(mayVerify
          ? { onClick: () => void verify().catch(() => undefined) }
          : { "data-disabled": true, "aria-disabled": true })}
      >
        {t("verify")}
      </Button>
    </Tooltip>
  );
}
