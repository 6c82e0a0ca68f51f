"use client";

import { useQuery } from "@apollo/client/react";
import { Modal } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import {
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import { MoreButton } from "../../../components/ui/more-button.tsx";
import type { ProcedureVersionFieldsFragment } from "../../../gql/graphql.ts";
import { formatDateTime } from "../../../lib/dates.ts";
import { PROCEDURE_VERSIONS } from "../../procedure-steps/procedure-queries.ts";
import { useProcedureWords } from "../../procedure-steps/use-procedure-words.ts";
import styles from "../../procedure-steps/components/procedures.module.css";
import { nextCursor } from "../../../lib/paged-lists.ts";

interface ProcedureHistoryProps {
  version: ProcedureVersionFieldsFragment;
  onClose: () => void;
}

/** Who changed a procedure when, and why. */
export function ProcedureHistory({ version, onClose }: ProcedureHistoryProps) {
  const t = useTranslations("procedures");
  const common = useTranslations("common");
  const locale = useLocale();
  const { inLocale } = useProcedureWords();
  const { procedureId, document } = version;
  const query = useQuery(PROCEDURE_VERSIONS, {
    variables: { procedureId, after: null },
    fetchPolicy: "cache-and-network",
  });
  const page = query.data?.procedureVersions;
  return (
    <Modal
      opened
      title={inLocale(document.name)}
      closeButtonProps={{ "aria-label": common("close") }}
      onClose={onClose}
    >
      {page ? null : query.error ? (
        <ErrorState
          title={t("failedProcedures")}
          error={query.error}
          onRetry={() => void query.refetch().catch(() => undefined)}
        />
      ) : (
        <ListSkeleton rows={3} height={48} />
      )}
      <ul className={styles.steps}>
        {page?.edges.map(({ node }) => (
          <li key={node.id} className={styles.step}>
            <div>
              {t("savedBy", {
                version: node.version,
                name: node.byName,
                time: formatDateTime(node.createdAt, locale),
                state: t(node.isOn ? "on" : "off"),
              })}
              <div className={styles.dim}>{node.reason}</div>
            </div>
          </li>
        ))}
      </ul>
      {page ? (
        <MoreButton
          label={t("more")}
          after={nextCursor(page)}
          isLoading={query.loading}
          fetchMore={query.fetchMore}
        />
      ) : null}
    </Modal>
  );
}
