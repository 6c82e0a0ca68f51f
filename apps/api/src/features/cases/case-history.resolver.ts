import type { Case } from "@lung-iris/prisma";
import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { presentPage } from "../../audit/audit.resolver.ts";
import { AuditEventConnection } from "../../audit/audit.type.ts";
import type { PresentedEvent } from "../../audit/present-event.ts";
import { seqCursor } from "../../audit/seq-cursor.ts";
import type { ApiContext } from "../../context.ts";
import {
  decodeCursor,
  encodeCursor,
  pageSize,
  toPage,
} from "../../platform/pagination.ts";
import type { Page } from "../../platform/pagination.ts";
import { ShortPageArgs } from "../../platform/pagination.type.ts";
import {
  BEFORE_READING,
  EVENTS_OF_THE_AI,
  withoutAi,
} from "../blindness/blind-history.ts";
import { CaseType } from "../case-rows/case.type.ts";

@Resolver(() => CaseType)
export class CaseHistoryResolver {
  @FieldResolver(() => AuditEventConnection, {
    description:
      "What happened to the case and who looked, newest first; without the AI's part while it is hidden from you, and only what came before any reading while what was signed is kept from you.",
  })
  async history(
    @Root() row: Case,
    @Args(() => ShortPageArgs) { first, after }: ShortPageArgs,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Page<PresentedEvent>> {
    const size = pageSize(first);
    const beforeSeq =
      after === null || after === undefined
        ? null
        : BigInt(decodeCursor(after, seqCursor)[0]);
    const seesAi = await loaders.seesAi.load(row);
    const rows = await loaders.historyOfCase.load({
      caseId: row.id,
      beforeSeq,
      limit: size + 1,
      without: seesAi ? [] : EVENTS_OF_THE_AI,
      only: (await loaders.isFirstKept.load(row)) ? BEFORE_READING : null,
    });
    const page = presentPage(
      toPage(rows, size, after, ({ seq }) => encodeCursor([String(seq)])),
    );
    return seesAi
      ? page
      : {
          ...page,
          edges: page.edges.map(({ cursor, node }) => ({
            cursor,
            node: withoutAi(node),
          })),
        };
  }
}
