"use client";

import { useLazyQuery } from "@apollo/client/react";
import { Button, Loader, Menu } from "@mantine/core";
import {
  IconChevronDown,
  IconDownload,
  IconFileTypeCsv,
  IconLink,
} from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { useErrorText } from "../../../lib/error-text.ts";
import { apiRoutes } from "../../../lib/routes.ts";
import {
  type AuditFilters,
  hasFilters,
  toApiFilter,
} from "../../audit-events/audit-filters.ts";
import { AUDIT_EXPORT } from "../../audit-events/audit-queries.ts";
import styles from "../../audit-events/components/audit.module.css";

/** Copies of the trail for keeping: what is shown, or the whole chain. */
export function AuditExport({ filters }: { filters: AuditFilters }) {
  const t = useTranslations("audit.export");
  const errorText = useErrorText();
  const { can } = useViewer();
  // Asked for when it is wanted: a range that ends now ends then.
  const [ask, { data, loading, error }] = useLazyQuery(AUDIT_EXPORT, {
    fetchPolicy: "network-only",
  });
  if (!can("audit:export")) return null;
  const paths = loading || error ? undefined : data?.auditExport;
  const start = () => {
    const filter = toApiFilter(filters, Date.now());
    ask({ variables: { filter } }).catch(() => undefined);
  };
  return (
    <Menu position="bottom-end" width={320} onOpen={start}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {t("start")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {error ? (
          <Menu.Item closeMenuOnClick={false} onClick={start} role="alert">
            {errorText(error)} {t("again")}
          </Menu.Item>
        ) : paths ? (
          <>
            <ExportItem
              path={paths.eventsPath}
              icon={<IconFileTypeCsv size={18} aria-hidden />}
              title={t("events")}
              text={hasFilters(filters) ? t("eventsFound") : t("eventsAll")}
            />
            {paths.chainPath ? (
              <ExportItem
                path={paths.chainPath}
                icon={<IconLink size={18} aria-hidden />}
                title={t("chain")}
                text={t("chainText")}
              />
            ) : null}
          </>
        ) : (
          <Menu.Item disabled leftSection={<Loader size={16} />}>
            {t("asking")}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Label>{t("recorded")}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  );
}

interface ExportItemProps {
  path: string;
  icon: React.ReactNode;
  title: string;
  text: string;
}

function ExportItem({ path, icon, title, text }: ExportItemProps) {
  return (
    <Menu.Item
      component="a"
      href={apiRoutes.file(path)}
      download
      leftSection={icon}
    >
      {title}
      <div className={styles.exportText}>{text}</div>
    </Menu.Item>
  );
}
