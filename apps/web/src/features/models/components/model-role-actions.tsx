"use client";

import { useMutation } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useSite } from "../../../components/shell/site-context.tsx";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import {
  RoleDialog,
  type RoleAnswers,
} from "../../promotions/components/role-dialog.tsx";
import {
  END_SHADOW,
  JUDGE_CANDIDATE,
  START_SHADOW,
} from "../../judgements/promotion-queries.ts";
import { useAct } from "../../judgements/use-act.ts";
import {
  roleActions,
  type RoleAction,
} from "../../model-versions/model-role.ts";
import type { Model } from "../../model-versions/use-models.ts";

/** Buttons to have a model judged at the site, or to let it look along. */
export function ModelRoleActions({ model }: { model: Model }) {
  const t = useTranslations("models.roles");
  const viewer = useViewer();
  const { site, sites } = useSite();
  const [chosen, setChosen] = useState<RoleAction | null>(null);
  const { act, isBusy, error, forget } = useAct();
  const [judge] = useMutation(JUDGE_CANDIDATE);
  const [startShadow] = useMutation(START_SHADOW);
  const [endShadow] = useMutation(END_SHADOW);
  const at = site ?? sites[0];
  if (!viewer.can("model:manage") || !at) return null;
  const close = () => {
    setChosen(null);
    forget();
  };
  const of = { siteId: at.id, modelVersionId: model.id };
  // A shadow of the whole desk, as former releases had them, ends as such.
  const own = model.roles.some(
    ({ siteId, until }) => siteId === at.id && !until,
  );
  const change = (action: RoleAction, { reason, films, days }: RoleAnswers) => {
    if (action === "judge") return judge({ variables: of });
    if (action === "startShadow")
      return startShadow({
        variables: { input: { ...of, reason, films, days } },
      });
    const siteId = own ? at.id : null;
    return endShadow({
      variables: { input: { modelVersionId: model.id, siteId, reason } },
    });
  };
  return (
    <>
      {roleActions(model, at.id).map((action) => (
        <Button
          key={action}
          variant="default"
          onClick={() => {
            setChosen(action);
          }}
        >
          {t(`${action}.open`)}
        </Button>
      ))}
      {chosen ? (
        <RoleDialog
          action={chosen}
          name={model.name}
          site={at.name}
          isBusy={isBusy}
          error={error}
          {...of}
          send={(answers) =>
            act(
              () => change(chosen, answers),
              t(`${chosen}.done`, { name: model.name }),
            )
          }
          onClose={close}
        />
      ) : null}
    </>
  );
}
