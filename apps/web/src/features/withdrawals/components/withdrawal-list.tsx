"use client";

import { useQuery } from "@apollo/client/react";
import { Button, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useLocale, useTranslations } from "next-intl";
import {
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import { MoreButton } from "../../../components/ui/more-button.tsx";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import type { LearningWithdrawalsQuery } from "../../../gql/graphql.ts";
import { formatDateTime } from "../../../lib/dates.ts";
import { HOLDING, WITHDRAWALS } from "../withdrawal-queries.ts";
import { WithdrawalDialog } from "./withdrawal-dialog.tsx";
import styles from "./withdrawals.module.css";

type Withdrawal =
  LearningWithdrawalsQuery["learningWithdrawals"]["edges"][number]["node"];

/** Who is not learnt from, and which exports of before hold their films. */
export function WithdrawalList() {
  const { can } = useViewer();
  return can("learning:withdraw") ? <List /> : null;
}

function List() {
  const t = useTranslations("withdrawals");
  const query = useQuery(WITHDRAWALS, { fetchPolicy: "cache-and-network" });
  const page = query.data?.learningWithdrawals;
  const rows = page?.edges.map(({ node }) => node) ?? [];
  const after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  return (
    <section className={styles.list} aria-labelledby="withdrawals">
      <Title order={2} id="withdrawals">
        {t("title")}
      </Title>
      <p className={styles.dim}>{t("description")}</p>
      {query.loading && !page ? (
        <ListSkeleton rows={2} height={56} />
      ) : query.error && !page ? (
        <ErrorState
          title={t("failed")}
          error={query.error}
          onRetry={() => void query.refetch()}
          inline
        />
      ) : rows.length === 0 ? (
        <p className={styles.dim}>{t("empty")}</p>
      ) : (
        <ul className={styles.rows}>
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </ul>
      )}
      <MoreButton
        label={t("more")}
        after={after}
        isLoading={query.loading}
        fetchMore={query.fetchMore}
      />
    </section>
  );
}

function Row({ row }: { row: Withdrawal }) {
  const t = useTranslations("withdrawals");
  const locale = useLocale();
  const [isOpen, dialog] = useDisclosure(false);
  const { patient, liftedAt } = row;
  return (
    <li className={styles.row} data-lifted={liftedAt !== null || undefined}>
      <div>
        <strong>{patient.name}</strong>{" "}
        <span className={styles.dim}>{patient.mrn}</span>
        <div>
          {t("since", {
            when: formatDateTime(row.withdrawnAt, locale),
            name: row.byName,
            reason: row.reason,
          })}
        </div>
        {liftedAt ? (
          <div>
            {t("liftedText", {
              when: formatDateTime(liftedAt, locale),
              name: row.liftedByName ?? "",
              reason: row.liftReason ?? "",
            })}
          </div>
        ) : null}
        <Holding patientId={patient.id} />
      </div>
      {liftedAt ? null : (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t("liftTitle", { name: patient.name })}
          onClick={dialog.open}
        >
          {t("lift")}
        </Button>
      )}
      {isOpen ? (
        <WithdrawalDialog
          kind="lift"
          patient={patient}
          onClose={dialog.close}
        />
      ) : null}
    </li>
  );
}

/** The exports that hold films of the patient, by name. */
function Holding({ patientId }: { patientId: string }) {
  const t = useTranslations("withdrawals");
  const { data } = useQuery(HOLDING, { variables: { patientId } });
  if (!data) return null;
  const names = data.datasetsHolding.edges.map(({ node }) => node.name);
  return (
    <div className={styles.dim}>
      {t("holding", { count: names.length, names: names.join(", ") })}
    </div>
  );
}
