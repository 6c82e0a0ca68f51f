import type { Case, PreliminaryReport } from "@lung-iris/prisma";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../../context.ts";
import { CaseType } from "../case-rows/case.type.ts";
import type { PreliminaryService } from "./preliminary.service.ts";
import { PreliminaryReportType } from "./preliminary.type.ts";

/** What of a case was given out before the signature. */
@Resolver(() => CaseType)
export class PreliminaryCaseResolver {
  constructor(private readonly preliminary: PreliminaryService) {}

  @FieldResolver(() => [PreliminaryReportType], {
    description:
      "Its preliminary reports, newest first, also once it is signed.",
  })
  preliminaryReports(
    @Root() { id }: Case,
    @Ctx() { loaders }: ApiContext,
  ): Promise<PreliminaryReport[]> {
    return loaders.preliminaryOfCase.load(id);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether you may give a report of it out before you sign.",
  })
  viewerCanIssuePreliminary(
    @Root() row: Case,
    @Ctx() { viewer }: ApiContext,
  ): Promise<boolean> {
    return this.preliminary.canIssue(viewer, row);
  }
}
