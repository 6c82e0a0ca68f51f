"use client";

import { Button, Checkbox, Popover, Stack } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useDisclosure } from "@mantine/hooks";
import { type ChoiceItem, chosenText } from "./chosen-text.ts";
import styles from "./choice-menu.module.css";

interface ChoiceMenuProps<T extends string> {
  /** What is chosen here, for example "State". */
  label: string;
  items: readonly ChoiceItem<T>[];
  chosen: readonly T[];
  onChange: (chosen: T[]) => void;
  /** One at most: choosing another replaces it. */
  single?: boolean;
  /** Below the choices. */
  footer?: ReactNode;
}

/** A button that opens a list of choices and names those that are taken. */
export function ChoiceMenu<T extends string>(props: ChoiceMenuProps<T>) {
  const { label, items, chosen, onChange, single } = props;
  const [isOpen, { close, toggle: toggleOpen }] = useDisclosure(false);
  const toggle = (value: T) => {
    const isOn = chosen.includes(value);
    if (single) onChange(isOn ? [] : [value]);
    else if (isOn) onChange(chosen.filter((item) => item !== value));
    else onChange([...chosen, value]);
  };
  const taken = chosenText(label, items, chosen);
  return (
    <Popover
      opened={isOpen}
      onDismiss={close}
      position="bottom-start"
      withinPortal={false}
      trapFocus
      returnFocus
      shadow="md"
    >
      <Popover.Target>
        <Button
          variant="default"
          onClick={toggleOpen}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          data-active={chosen.length > 0 || undefined}
          className={styles.button}
          {...(taken.hasNames
            ? { "aria-label": `${label}: ${taken.text}`, title: taken.text }
            : {})}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          <span className={styles.taken}>{taken.text}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="sm" aria-label={label}>
        <Stack gap={6}>
          {items.map(({ value, label: itemLabel }) => (
            <Checkbox
              key={value}
              size="sm"
              label={itemLabel}
              checked={chosen.includes(value)}
              onChange={() => toggle(value)}
            />
          ))}
          {props.footer}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
