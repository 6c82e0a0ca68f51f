"use client";

import {
  ActionIcon,
  Checkbox,
  Group,
  Select,
  TagsInput,
  TextInput,
} from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconTrash } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import {
  clockOf,
  minuteOf,
  type RuleDraft,
} from "../../policy-draft/assignment-rule.ts";
import { usePolicyReaders } from "../policy-readers.tsx";
import styles from "../../policy-draft/components/policies.module.css";

/** What films of the chest most often state. */
const MODALITIES = ["DX", "CR", "RF"];
const BODY_PARTS = ["CHEST", "THORAX", "RIBS"];
const MAX_NAME = 60;

interface AssignmentRuleFieldsProps {
  rule: RuleDraft;
  isReadOnly: boolean;
  isFirst: boolean;
  isLast: boolean;
  onChange: (change: Partial<RuleDraft>) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

/** One rule: for which cases, and whom it gives them to. */
export function AssignmentRuleFields(props: AssignmentRuleFieldsProps) {
  const { rule, isReadOnly, onChange } = props;
  const t = useTranslations("policies.rules");
  const time = (name: "fromMinute" | "toMinute", label: string) => (
    <TextInput
      type="time"
      label={label}
      value={clockOf(rule[name])}
      readOnly={isReadOnly}
      onChange={(event) =>
        onChange({ [name]: minuteOf(event.currentTarget.value) })
      }
    />
  );
  const tags = (name: "bodyParts" | "modalities", data: string[]) => (
    <TagsInput
      label={t(name)}
      placeholder={[rule[name]].flat().length === 0 ? t("anyPart") : ""}
      data={data}
      value={[rule[name]].flat()}
      readOnly={isReadOnly}
      onChange={(values) =>
        onChange({ [name]: values.map((value) => value.toUpperCase()) })
      }
    />
  );
  return (
    <li className={styles.rule}>
      <div className={styles.fields}>
        <TextInput
          label={t("name")}
          maxLength={MAX_NAME}
          value={rule.name}
          readOnly={isReadOnly}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <Group gap="xs" grow wrap="nowrap" title={t("anyHour")}>
          {time("fromMinute", t("from"))}
          {time("toMinute", t("to"))}
        </Group>
        {tags("bodyParts", BODY_PARTS)}
        {tags("modalities", MODALITIES)}
        <RuleReceiver {...props} />
      </div>
      {isReadOnly ? null : <RuleButtons {...props} />}
    </li>
  );
}

function RuleReceiver({
  rule,
  isReadOnly,
  onChange,
}: AssignmentRuleFieldsProps) {
  const t = useTranslations("policies.rules");
  const { readers, pools } = usePolicyReaders();
  const { readerId, poolId } = rule;
  const isPool = poolId != null;
  return (
    <div>
      <Select
        label={t("receiver")}
        placeholder={t("choose")}
        searchable
        readOnly={isReadOnly}
        data={[
          {
            group: t("pools"),
            items: pools.map(({ id, name }) => ({ value: id, label: name })),
          },
          {
            group: t("readers"),
            items: readers
              .filter(({ id, isActive }) => isActive || id === readerId)
              .map(({ id, name }) => ({ value: id, label: name })),
          },
        ]}
        value={poolId ?? readerId ?? null}
        onChange={(id) => {
          const toPool = pools.some((pool) => pool.id === id);
          onChange({
            poolId: toPool ? id : null,
            readerId: toPool ? null : id,
            leastLoaded: toPool && rule.leastLoaded,
          });
        }}
      />
      <Checkbox
        mt="xs"
        label={t("leastLoaded")}
        checked={rule.leastLoaded}
        disabled={isReadOnly || !isPool}
        onChange={(event) =>
          onChange({ leastLoaded: event.currentTarget.checked })
        }
      />
    </div>
  );
}

function RuleButtons(props: AssignmentRuleFieldsProps) {
  const { rule, isFirst, isLast, onMove, onRemove } = props;
  const t = useTranslations("policies.rules");
  const { name } = rule;
  return (
    <Group gap="xs" justify="end">
      <ActionIcon
        variant="default"
        aria-label={t("up", { name })}
        disabled={isFirst}
        onClick={() => onMove(-1)}
      >
        <IconArrowUp size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={t("down", { name })}
        disabled={isLast}
        onClick={() => onMove(1)}
      >
        <IconArrowDown size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={t("remove", { name })}
        onClick={onRemove}
      >
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}
