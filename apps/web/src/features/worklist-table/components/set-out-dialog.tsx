"use client";

import {
  ActionIcon,
  Checkbox,
  Modal,
  SegmentedControl,
  Stack,
  Text,
  Tooltip,
} from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconArrowDown, IconArrowUp, IconColumns3 } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useRef } from "react";
import {
  type ColumnChoice,
  type ColumnId,
  FIXED_COLUMN,
  moveColumn,
  toggleColumn,
} from "../../worklist-query/worklist-columns.ts";
import styles from "./set-out-dialog.module.css";

interface SetOutDialogProps {
  columns: ColumnChoice;
  onColumns: (choice: ColumnChoice) => void;
  isCompact: boolean;
  onCompact: (isCompact: boolean) => void;
}

/** Which columns are shown, in which order, and how high the rows are. */
export function SetOutDialog(props: SetOutDialogProps) {
  const { columns, onColumns, isCompact, onCompact } = props;
  const t = useTranslations("worklist.setOut");
  const common = useTranslations("common");
  const [isOpen, { open, close }] = useDisclosure(false);
  return (
    <>
      <Tooltip label={t("title")}>
        <ActionIcon
          aria-label={t("title")}
          aria-haspopup="dialog"
          size={32}
          onClick={open}
        >
          <IconColumns3 size={17} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Modal
        opened={isOpen}
        onClose={close}
        title={t("title")}
        closeButtonProps={{ "aria-label": common("close") }}
      >
        <Stack gap="sm">
          <div>
            <Text size="sm" fw={500} id="row-height">
              {t("rows")}
            </Text>
            <SegmentedControl
              size="xs"
              aria-labelledby="row-height"
              data={[
                { value: "two", label: t("comfortable") },
                { value: "one", label: t("compact") },
              ]}
              value={isCompact ? "one" : "two"}
              onChange={(value) => onCompact(value === "one")}
            />
          </div>
          <div>
            <Text size="sm" fw={500}>
              {t("columns")}
            </Text>
            <Text size="xs" c="dimmed">
              {t("help")}
            </Text>
          </div>
          <ColumnList choice={columns} onChange={onColumns} />
        </Stack>
      </Modal>
    </>
  );
}

interface ColumnListProps {
  choice: ColumnChoice;
  onChange: (choice: ColumnChoice) => void;
}

/** Space shows or hides; Alt and an arrow move, as the buttons do. */
function ColumnList({ choice, onChange }: ColumnListProps) {
  const list = useRef<HTMLUListElement>(null);
  const move = (id: ColumnId, by: -1 | 1) =>
    onChange(moveColumn(choice, id, by));
  const onKey = (event: KeyboardEvent, id: ColumnId) => {
    if (!event.altKey) return;
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    move(id, event.key === "ArrowUp" ? -1 : 1);
    // A row that is moved in the document loses the focus.
    requestAnimationFrame(() =>
      list.current
        ?.querySelector<HTMLElement>(`[data-column="${id}"]`)
        ?.focus(),
    );
  };
  return (
    <ul className={styles.list} ref={list}>
      {choice.order.map((id, index) => (
        <Column
          key={id}
          id={id}
          isShown={!choice.hidden.includes(id)}
          isFirst={index === 0}
          isLast={index === choice.order.length - 1}
          onToggle={() => onChange(toggleColumn(choice, id))}
          onMove={(by) => move(id, by)}
          onKey={(event) => onKey(event, id)}
        />
      ))}
    </ul>
  );
}

interface ColumnProps {
  id: ColumnId;
  isShown: boolean;
  isFirst: boolean;
  isLast: boolean;
  onToggle: () => void;
  onMove: (by: -1 | 1) => void;
  onKey: (event: KeyboardEvent) => void;
}

function Column(props: ColumnProps) {
  const { id, isShown, isFirst, isLast, onToggle, onMove } = props;
  const t = useTranslations("worklist");
  const name = t(`columns.${id}`);
  return (
    <li className={styles.item} onKeyDown={props.onKey}>
      <Checkbox
        size="sm"
        label={name}
        data-column={id}
        checked={isShown}
        // The patient stays; the row can still be reached and moved.
        aria-disabled={id === FIXED_COLUMN || undefined}
        onChange={onToggle}
      />
      <span className={styles.moves}>
        <ActionIcon
          size="sm"
          aria-label={t("setOut.up", { name })}
          disabled={isFirst}
          onClick={() => onMove(-1)}
        >
          <IconArrowUp size={14} aria-hidden />
        </ActionIcon>
        <ActionIcon
          size="sm"
          aria-label={t("setOut.down", { name })}
          disabled={isLast}
          onClick={() => onMove(1)}
        >
          <IconArrowDown size={14} aria-hidden />
        </ActionIcon>
      </span>
    </li>
  );
}
