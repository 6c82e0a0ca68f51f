"use client";

import { Group, Select, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import type { LoadedReceiver } from "../receivers.ts";

interface ReceiverSelectProps {
  label: string;
  description?: string;
  /** undefined while they are on their way. */
  receivers: readonly LoadedReceiver[] | undefined;
  /** The choice that stands for nobody by name; null for none. */
  noneLabel: string | null;
  error: string | null;
  /** The value of `keyOf`, or of `NOBODY`. */
  value: string | null;
  onChange: (value: string | null) => void;
}

/** Stands for nobody by name, in the select's value. */
export const NOBODY = "nobody";

/** A receiver as a value of the select. */
export function keyOf({ kind, id }: Pick<LoadedReceiver, "kind" | "id">) {
  return `${kind} ${id}`;
}

/** Readers and pools by name, each with what there is to do already. */
export function ReceiverSelect(props: ReceiverSelectProps) {
  const { receivers, noneLabel } = props;
  const t = useTranslations("worklist.assign");
  const { user } = useViewer();
  const optionOf = (receiver: LoadedReceiver) => ({
    value: keyOf(receiver),
    label:
      receiver.id === user.id
        ? t("me", { name: receiver.name })
        : receiver.name,
  });
  const ofKind = (kind: LoadedReceiver["kind"]) =>
    (receivers ?? []).filter((one) => one.kind === kind).map(optionOf);
  const loads = new Map(receivers?.map((one) => [keyOf(one), one]));
  return (
    <Select
      label={props.label}
      description={props.description}
      placeholder={receivers ? t("choose") : t("loading")}
      data={[
        ...(noneLabel ? [{ value: NOBODY, label: noneLabel }] : []),
        { group: t("readers"), items: ofKind("reader") },
        { group: t("pools"), items: ofKind("pool") },
      ].filter((entry) => !("items" in entry) || entry.items.length > 0)}
      value={props.value}
      onChange={props.onChange}
      error={props.error}
      renderOption={({ option }) => (
        <Option label={option.label} load={loads.get(option.value)} />
      )}
      nothingFoundMessage={
        receivers?.length === 0 ? t("nobodyMay") : t("nobodyFound")
      }
      searchable
      // Who types a name and presses Enter means the first that fits.
      selectFirstOptionOnChange
      // Where somebody is chosen already, the list would hide the buttons.
      openOnFocus={props.value === null}
      data-autofocus
    />
  );
}

function Option({
  label,
  load,
}: {
  label: string;
  load?: LoadedReceiver | undefined;
}) {
  const t = useTranslations("worklist.assign");
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm" w="100%">
      <span>{label}</span>
      {load ? (
        <Text span size="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
          {load.kind === "pool"
            ? t("poolLoad", { waiting: load.waiting })
            : t("load", { waiting: load.waiting, reading: load.reading })}
        </Text>
      ) : null}
    </Group>
  );
}
