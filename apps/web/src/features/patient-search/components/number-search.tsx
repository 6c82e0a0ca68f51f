"use client";

import { useLazyQuery } from "@apollo/client/react";
import { Alert, Button, Group, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { MoreButton } from "../../../components/ui/more-button.tsx";
import type { PatientsByNumberQuery } from "../../../gql/graphql.ts";
import { useErrorText } from "../../../lib/error-text.ts";
import { PATIENTS_BY_NUMBER } from "../patient-search-queries.ts";
import { nextCursor } from "../../../lib/paged-lists.ts";

export type FoundPatient =
  PatientsByNumberQuery["patientsByNumber"]["edges"][number]["node"];

interface NumberSearchProps {
  label: string;
  /** of one site only; null: of all of the viewer's */
  siteId: string | null;
  /** has the focus when the dialog opens */
  isFirst?: boolean;
  /** nothing is chosen any more */
  onSearch: () => void;
  children: (found: readonly FoundPatient[]) => ReactNode;
}

/** Finds patients by a whole record or accession number. */
export function NumberSearch(props: NumberSearchProps) {
  const { siteId, isFirst = false } = props;
  const t = useTranslations("films.search");
  const errorText = useErrorText();
  const [number, setNumber] = useState("");
  const [search, { data, error, loading, called, fetchMore }] = useLazyQuery(
    PATIENTS_BY_NUMBER,
    { fetchPolicy: "network-only" },
  );
  const page = data?.patientsByNumber;
  const found = page?.edges.map(({ node }) => node) ?? [];
  const start = () => {
    if (number.trim() === "") return;
    props.onSearch();
    const variables = { number: number.trim(), siteId, after: null };
    search({ variables }).catch(() => undefined);
  };
  return (
    <div>
      <Group align="flex-end" gap="0.5rem" wrap="nowrap">
        <TextInput
          style={{ flex: 1 }}
          label={props.label}
          description={t("hint")}
          maxLength={64}
          value={number}
          {...(isFirst ? { "data-autofocus": true } : {})}
          onChange={(event) => setNumber(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            // The dialog around it has a form of its own.
            event.preventDefault();
            start();
          }}
        />
        <Button variant="default" loading={loading} onClick={start}>
          {t("find")}
        </Button>
      </Group>
      {error ? (
        <Alert color="red" p="sm" mt="0.5rem" role="alert">
          {errorText(error)}
        </Alert>
      ) : null}
      {called && !loading && page && found.length === 0 ? (
        <Alert color="gray" p="sm" mt="0.5rem" role="status">
          {t("none")}
        </Alert>
      ) : null}
      {found.length > 0 ? props.children(found) : null}
      <MoreButton
        label={t("more")}
        after={nextCursor(page)}
        isLoading={loading}
        fetchMore={fetchMore}
      />
    </div>
  );
}
