import type { Case, ModelVersion } from "@lung-iris/prisma";
import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  Float,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import { loadRequired } from "../../platform/loader.ts";
import type { Page } from "../../platform/pagination.ts";
import { ShortPageArgs } from "../../platform/pagination.type.ts";
import { CaseType } from "../case-rows/case.type.ts";
import { ModelVersionType } from "../models/model.type.ts";
import type {
  ComparisonService,
  ShadowComparison,
} from "./comparison.service.ts";
import type { Discordant, ShadowService } from "./shadow.service.ts";
import {
  DiscordantCaseConnection,
  DiscordantCaseType,
  EndShadowInput,
  ShadowComparisonType,
  StartShadowInput,
} from "./shadow.type.ts";

@Resolver(() => DiscordantCaseType)
export class ShadowResolver {
  constructor(
    private readonly shadows: ShadowService,
    private readonly comparisons: ComparisonService,
  ) {}

  @Query(() => ShadowComparisonType, {
    nullable: true,
    description:
      "A model's last run as a shadow at a site; null where it never was one.",
  })
  @Requires("model:manage")
  shadowComparison(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Arg("modelVersionId", () => ID, { description: "The shadow." })
    modelVersionId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ShadowComparison | null> {
    return this.comparisons.compare(viewer, siteId, modelVersionId);
  }

  @Query(() => DiscordantCaseConnection, {
    description:
      "Signed cases on which live model and shadow differ, for a reader to look at; the newest answer first.",
  })
  @Requires("model:read")
  discordantCases(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Arg("modelVersionId", () => ID, { description: "The shadow." })
    modelVersionId: string,
    @Args(() => ShortPageArgs) page: ShortPageArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Page<Discordant>> {
    return this.comparisons.discordant(viewer, siteId, modelVersionId, page);
  }

  @Mutation(() => ModelVersionType, {
    description:
      "Lets a candidate look at a site's films to come without a word that counts, for as many films or days as are set.",
  })
  @Requires("model:manage")
  startShadow(
    @Arg("input", () => StartShadowInput, { description: "Which, how long." })
    input: StartShadowInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ModelVersion> {
    return this.shadows.start(viewer, input);
  }

  @Mutation(() => ModelVersionType, {
    description: "Ends a shadow before its time.",
  })
  @Requires("model:manage")
  endShadow(
    @Arg("input", () => EndShadowInput, { description: "Which and why." })
    input: EndShadowInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ModelVersion> {
    return this.shadows.end(viewer, input);
  }

  @FieldResolver(() => CaseType, { description: "The case." })
  case(
    @Root() { caseId }: Discordant,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Case> {
    return loadRequired(loaders.cases, caseId, "case");
  }

  @FieldResolver(() => Float, { nullable: true })
  liveProbability(
    @Root() row: Discordant,
    @Ctx() context: ApiContext,
  ): Promise<number | null> {
    return ifSeen(row, context, row.liveProbability);
  }

  @FieldResolver(() => Float, { nullable: true })
  shadowProbability(
    @Root() row: Discordant,
    @Ctx() context: ApiContext,
  ): Promise<number | null> {
    return ifSeen(row, context, row.shadowProbability);
  }

  @FieldResolver(() => Boolean, { nullable: true })
  livePositive(
    @Root() row: Discordant,
    @Ctx() context: ApiContext,
  ): Promise<boolean | null> {
    return ifSeen(row, context, row.livePositive);
  }
}

/** What the AI said, for whoever may know it of this case. */
async function ifSeen<T>(
  { caseId }: Discordant,
  { loaders }: ApiContext,
  value: T,
): Promise<T | null> {
  const row = await loadRequired(loaders.cases, caseId, "case");
  return (await loaders.seesAi.load(row)) ? value : null;
}
