import type { BarsVersion, JudgementResult } from "@lung-iris/prisma";
import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import type { Page } from "../../platform/pagination.ts";
import { ShortPageArgs } from "../../platform/pagination.type.ts";
import { BarsVersionType } from "../bars/bars.type.ts";
import {
  judgementDocument,
  type JudgementDocument,
} from "./judgement-document.ts";
import type { JudgementRow, JudgementService } from "./judgement.service.ts";
import {
  JudgementConnection,
  JudgementResultType,
  JudgementType,
} from "./judgement.type.ts";

@Resolver(() => JudgementType)
export class JudgementResolver {
  constructor(private readonly service: JudgementService) {}

  @Query(() => JudgementConnection, {
    description: "Every judgement of a site, the newest first.",
  })
  @Requires("model:read")
  judgements(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Args(() => ShortPageArgs) page: ShortPageArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Page<JudgementRow>> {
    return this.service.list(viewer, siteId, page);
  }

  @Mutation(() => JudgementType, {
    description:
      "Has a candidate judged by the site's bars of now, on its evergreen films and the reference films. Refuses (BARS_LOOSENED) where these ask less than the bars declared before the run that made it.",
  })
  @Requires("model:manage")
  judgeCandidate(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Arg("modelVersionId", () => ID, { description: "The candidate." })
    modelVersionId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<JudgementRow> {
    return this.service.request(viewer, siteId, modelVersionId);
  }

  @FieldResolver(() => BarsVersionType, {
    nullable: true,
    description:
      "The bars of the site that were declared before the run that made the candidate; null where it came without a run.",
  })
  declaredBars(
    @Root() { siteId, candidateId }: JudgementRow,
    @Ctx() { loaders }: ApiContext,
  ): Promise<BarsVersion | null> {
    return loaders.declaredBars.load({ siteId, candidateId });
  }

  @FieldResolver(() => JudgementResultType, {
    nullable: true,
    description: "What came of it; null until it is done.",
  })
  result(
    @Root() { result }: JudgementRow,
  ): (JudgementResult & JudgementDocument) | null {
    if (result === null) return null;
    return { ...result, ...judgementDocument.parse(result.document) };
  }
}
