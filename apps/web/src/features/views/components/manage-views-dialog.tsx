"use client";

import {
  ActionIcon,
  Button,
  Modal,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import {
  IconPencil,
  IconStar,
  IconStarFilled,
  IconTrash,
  IconUsers,
  IconUsersMinus,
} from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import { useSite } from "../../../components/shell/site-context.tsx";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import type { ViewFieldsFragment } from "../../../gql/graphql.ts";
import {
  useDefaultView,
  type useViewActions,
  type useViews,
} from "../use-views.ts";
import { choiceOf, settingsOf } from "../view-settings.ts";
import { MAX_NAME } from "./save-view-dialog.tsx";
import styles from "./views.module.css";

type View = ViewFieldsFragment;
type Actions = ReturnType<typeof useViewActions>;

interface ManageViewsDialogProps {
  list: ReturnType<typeof useViews>;
  actions: Actions;
  onClose: () => void;
}

/** Names, sharing, what the worklist opens with, and removal; all with undo. */
export function ManageViewsDialog(props: ManageViewsDialogProps) {
  const { list, actions, onClose } = props;
  const t = useTranslations("views");
  const common = useTranslations("common");
  const { view: byDefault } = useDefaultView();
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t("manageTitle")}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      {list.error ? (
        <ErrorState
          title={t("notLoaded")}
          error={list.error}
          onRetry={list.retry}
          inline
        />
      ) : list.isLoading ? (
        <ListSkeleton rows={3} height={44} />
      ) : (
        <Stack gap="xs">
          <Text size="sm" c="dimmed">
            {t(list.views.length === 0 ? "empty" : "manageText")}
          </Text>
          <ul className={styles.rows}>
            {list.views.map((view) => (
              <Row
                key={view.id}
                view={view}
                byDefault={byDefault ?? null}
                actions={actions}
              />
            ))}
          </ul>
        </Stack>
      )}
    </Modal>
  );
}

interface RowProps {
  view: View;
  byDefault: View | null;
  actions: Actions;
}

function Row({ view, byDefault, actions }: RowProps) {
  const t = useTranslations("views");
  const { name, siteId } = view;
  const { sites } = useSite();
  const [isNaming, setNaming] = useState(false);
  const isDefault = view.id === byDefault?.id;
  const siteName = sites.find(({ id }) => id === siteId)?.name;
  if (isNaming)
    return (
      <li className={styles.row}>
        <NameForm
          name={name}
          onClose={() => setNaming(false)}
          onName={(next) =>
            actions.save(view, {
              name: next,
              settings: settingsOf(choiceOf(view)),
            })
          }
        />
      </li>
    );
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <span>{name}</span>
        <Text size="xs" c="dimmed">
          {siteName ? t("sharedWith", { site: siteName }) : t("ownOnly")}
          {view.viewerMayUse ? null : ` · ${t("aiHidden")}`}
        </Text>
      </div>
      <div className={styles.acts}>
        <ActionIcon
          aria-label={t(isDefault ? "clearDefault" : "setDefault", { name })}
          title={t(isDefault ? "clearDefault" : "setDefault", { name })}
          aria-pressed={isDefault}
          disabled={!view.viewerMayUse}
          onClick={() => actions.setDefault(isDefault ? null : view, byDefault)}
        >
          {isDefault ? (
            <IconStarFilled size={16} aria-hidden />
          ) : (
            <IconStar size={16} aria-hidden />
          )}
        </ActionIcon>
        {view.viewerCanEdit ? (
          <>
            <ShareButton view={view} onShare={actions.share} />
            <ActionIcon
              aria-label={t("rename", { name })}
              title={t("rename", { name })}
              onClick={() => setNaming(true)}
            >
              <IconPencil size={16} aria-hidden />
            </ActionIcon>
            <ActionIcon
              aria-label={t("delete", { name })}
              title={t("delete", { name })}
              onClick={() => actions.remove(view)}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </>
        ) : null}
      </div>
    </li>
  );
}

interface ShareButtonProps {
  view: View;
  onShare: Actions["share"];
}

/** Shares with the site that is looked at, or takes the view back. */
function ShareButton({ view, onShare }: ShareButtonProps) {
  const t = useTranslations("views");
  const { can } = useViewer();
  const { site, sites } = useSite();
  if (!can("view:share")) return null;
  const { name } = view;
  if (view.siteId != null)
    return (
      <ActionIcon
        aria-label={t("take", { name })}
        title={t("take", { name })}
        onClick={() => onShare(view, null)}
      >
        <IconUsersMinus size={16} aria-hidden />
      </ActionIcon>
    );
  const only = site ?? (sites.length === 1 ? sites[0] : undefined);
  const label = only
    ? t("share", { name, site: only.name })
    : t("chooseSite", { name });
  return (
    <ActionIcon
      aria-label={label}
      title={label}
      disabled={!only}
      onClick={() => only && onShare(view, only.id)}
    >
      <IconUsers size={16} aria-hidden />
    </ActionIcon>
  );
}

interface NameFormProps {
  name: string;
  onName: (name: string) => void;
  onClose: () => void;
}

function NameForm({ name, onName, onClose }: NameFormProps) {
  const t = useTranslations("views");
  const common = useTranslations("common");
  const [typed, setTyped] = useState(name);
  const next = typed.trim();
  return (
    <form
      className={styles.naming}
      onSubmit={(event) => {
        event.preventDefault();
        if (next === "") return;
        if (next !== name) onName(next);
        onClose();
      }}
    >
      <TextInput
        autoFocus
        aria-label={t("nameLabel")}
        maxLength={MAX_NAME}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          onClose();
        }}
      />
      <Button size="compact-sm" type="submit" disabled={next === ""}>
        {t("save")}
      </Button>
      <Button size="compact-sm" variant="default" onClick={onClose}>
        {common("cancel")}
      </Button>
    </form>
  );
}
