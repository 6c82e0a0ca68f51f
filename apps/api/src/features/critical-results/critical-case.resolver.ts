import type { Case, CriticalResult } from "@lung-iris/prisma";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../../context.ts";
import { CaseType } from "../case-rows/case.type.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import type { CriticalResultService } from "./critical-result.service.ts";
import { CriticalResultType } from "./critical-result.type.ts";

/** What of a case is critical. */
@Resolver(() => CaseType)
export class CriticalCaseResolver {
  constructor(
    private readonly results: CriticalResultService,
    private readonly policies: SitePolicies,
  ) {}

  @FieldResolver(() => [CriticalResultType], {
    description: "Its critical results, newest first.",
  })
  criticalResults(
    @Root() { id }: Case,
    @Ctx() { loaders }: ApiContext,
  ): Promise<CriticalResult[]> {
    return loaders.criticalOfCase.load(id);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether you may mark what was signed as critical.",
  })
  async viewerCanMarkCritical(
    @Root() row: Case,
    @Ctx() { viewer, loaders }: ApiContext,
  ): Promise<boolean> {
    const all = await loaders.criticalOfCase.load(row.id);
    return this.results.canMark(viewer, row, all);
  }

  @FieldResolver(() => [String], {
    description:
      "Findings that the site's policy in force proposes to mark as critical, by code.",
  })
  async criticalFindings(@Root() { siteId }: Case): Promise<string[]> {
    return (await this.policies.current(siteId)).document.critical.findings;
  }
}
