"use client";

import { useMutation, useQuery } from "@apollo/client/react";
import { MultiSelect, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import type { PoolFieldsFragment } from "../../../gql/graphql.ts";
import { useErrorText } from "../../../lib/error-text.ts";
import { POLICY_READERS } from "../../policy-draft/policy-queries.ts";
import { READER_POOLS, SAVE_POOL } from "../pool-queries.ts";

/** Longest name that the API takes, in characters. */
const MAX_NAME = 60;

interface PoolDialogProps {
  siteId: string;
  /** The one to be changed; null for a new one. */
  pool: PoolFieldsFragment | null;
  onClose: () => void;
}

/** A pool's name and who reads for it. */
export function PoolDialog({ siteId, pool, onClose }: PoolDialogProps) {
  const t = useTranslations("pools");
  const errorText = useErrorText();
  const [name, setName] = useState(pool?.name ?? "");
  const [memberIds, setMemberIds] = useState(
    pool?.members.map(({ id }) => id) ?? [],
  );
  const readers = useQuery(POLICY_READERS, { variables: { siteId } });
  const [save, { loading, error }] = useMutation(SAVE_POOL, {
    refetchQueries: [READER_POOLS],
    awaitRefetchQueries: true,
    onCompleted: onClose,
  });
  const names = new Map([
    ...(pool?.members ?? []).map((one) => [one.id, one.name] as const),
    ...(readers.data?.policyReaders ?? [])
      .filter(({ id, isActive }) => isActive || memberIds.includes(id))
      .map((one) => {
        const label = one.isActive
          ? one.name
          : t("inactive", { name: one.name });
        return [one.id, label] as const;
      }),
  ]);
  return (
    <StepDialog
      title={t(pool ? "change" : "new")}
      action={t("save")}
      isReady={name.trim() !== ""}
      isBusy={loading}
      error={error}
      onClose={onClose}
      onSubmit={() => {
        const input = { id: pool?.id ?? null, siteId, name, memberIds };
        save({ variables: { input } }).catch(() => undefined);
      }}
    >
      <TextInput
        data-autofocus
        label={t("name")}
        withAsterisk
        maxLength={MAX_NAME}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <MultiSelect
        label={t("members")}
        description={t("membersHelp")}
        searchable
        data={[...names].map(([value, label]) => ({ value, label }))}
        value={memberIds}
        onChange={setMemberIds}
        nothingFoundMessage={t("nobodyFound")}
        error={readers.error ? errorText(readers.error) : null}
      />
    </StepDialog>
  );
}
