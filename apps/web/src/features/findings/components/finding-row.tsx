"use client";

import { ActionIcon } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useRef } from "react";
import type { DraftFinding } from "../draft-findings.ts";
import {
  changeOfKey,
  PRESENCES,
  SIDES,
  toggledSide,
  toggledZone,
  ZONES,
} from "../finding-keys.ts";
import styles from "./findings.module.css";

interface FindingRowProps {
  /** Just named: takes the focus, so that its side is the next letter. */
  isFresh: boolean;
  finding: DraftFinding;
  name: string;
  place: string;
  hasSides: boolean;
  hasZones: boolean;
  /** Goes with the opinion: its presence is not changed here. */
  isOfLabel: boolean;
  isOpen: boolean;
  /** with null where a mark measures and shows no finding */
  marks: readonly { id: string; finding: string | null }[];
  onOpen: () => void;
  onChange: (change: Partial<DraftFinding>) => void;
  onRemove: () => void;
  /** Enter: on to the next finding. */
  onNext: () => void;
}

/** One finding: what, whether, where; letters change it while it is open. */
export function FindingRow(props: FindingRowProps) {
  const { finding, name, isFresh, isOfLabel, isOpen, marks, onChange } = props;
  const t = useTranslations("readings.findings");
  const regions = marks.flatMap(({ id, finding: shows }, index) =>
    shows === null ? [] : [{ id, number: index + 1 }],
  );
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isFresh) row.current?.focus();
  }, [isFresh]);
  const onKeyDown = (event: KeyboardEvent<HTMLLIElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!actOn(event, props)) return;
    // The room's own keys of the same letters wait until the row is left.
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <li
      ref={row}
      className={styles.finding}
      data-open={isOpen || undefined}
      tabIndex={0}
      aria-label={props.place === "" ? name : `${name}: ${props.place}`}
      onFocus={props.onOpen}
      onKeyDown={onKeyDown}
    >
      <div className={styles.head}>
        <span className={styles.name}>
          {name}
          {props.place === "" ? null : (
            <span className={styles.place}>: {props.place}</span>
          )}
        </span>
        {isOfLabel ? null : (
          <ActionIcon
            size="sm"
            aria-label={t("remove", { name })}
            onClick={props.onRemove}
          >
            <IconTrash size={15} aria-hidden />
          </ActionIcon>
        )}
      </div>
      {isOpen ? (
        <>
          <div className={styles.choices}>
            <Choice
              label={t("presenceOf")}
              items={PRESENCES.map(({ value }) => ({
                value,
                text: t(`presence.${value}`),
                isOn: finding.presence === value,
              }))}
              isDisabled={isOfLabel}
              onPick={(presence) => onChange({ presence })}
            />
            {props.hasSides ? (
              <Choice
                label={t("sideOf")}
                items={SIDES.map(({ value }) => ({
                  value,
                  text: t(`side.${value}`),
                  isOn: finding.side === value,
                }))}
                onPick={(side) => onChange(toggledSide(finding, side))}
              />
            ) : null}
            {props.hasZones ? (
              <Choice
                label={t("zoneOf")}
                items={ZONES.map(({ value }) => ({
                  value,
                  text: t(`zone.${value}`),
                  isOn: finding.zones.includes(value),
                }))}
                onPick={(zone) => onChange(toggledZone(finding, zone))}
              />
            ) : null}
            {regions.length > 0 && finding.presence !== "ABSENT" ? (
              <Choice
                label={t("marksOf")}
                items={regions.map(({ id, number }) => ({
                  value: id,
                  text: t("region", { number }),
                  isOn: finding.markIds.includes(id),
                }))}
                onPick={(id) => onChange(toggledMark(finding, id))}
              />
            ) : null}
          </div>
          <div className={styles.keys}>
            {isOfLabel ? `${t("ofLabel")} · ` : null}
            {t("keys")}
          </div>
        </>
      ) : null}
    </li>
  );
}

/** Whether the key meant something here. */
function actOn(
  { key, target, currentTarget }: KeyboardEvent<HTMLLIElement>,
  { finding, isOfLabel, ...props }: FindingRowProps,
): boolean {
  const isOnButton = target !== currentTarget;
  if (key === "Escape") {
    if (target instanceof HTMLElement) target.blur();
    return true;
  }
  if (key === "Enter" && !isOnButton) {
    props.onNext();
    return true;
  }
  if (key === "Delete" || key === "Backspace") {
    if (!isOfLabel) props.onRemove();
    return true;
  }
  const change = changeOfKey(finding, key, props, isOfLabel);
  if (change === null) return false;
  props.onChange(change);
  return true;
}

function toggledMark(
  { markIds }: DraftFinding,
  id: string,
): Partial<DraftFinding> {
  return {
    markIds: markIds.includes(id)
      ? markIds.filter((other) => other !== id)
      : [...markIds, id],
  };
}

interface ChoiceProps<Value extends string> {
  label: string;
  items: readonly { value: Value; text: string; isOn: boolean }[];
  isDisabled?: boolean;
  onPick: (value: Value) => void;
}

/** A few words to press, side by side. */
function Choice<Value extends string>(props: ChoiceProps<Value>) {
  return (
    <span className={styles.choice} role="group" aria-label={props.label}>
      {props.items.map(({ value, text, isOn }) => (
        <button
          key={value}
          type="button"
          aria-pressed={isOn}
          disabled={props.isDisabled}
          onClick={() => props.onPick(value)}
        >
          {text}
        </button>
      ))}
    </span>
  );
}
