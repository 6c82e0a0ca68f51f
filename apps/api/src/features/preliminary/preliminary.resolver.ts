import type { PreliminaryReport } from "@lung-iris/prisma";
import {
  Arg,
  Ctx,
  FieldResolver,
  Mutation,
  Resolver,
  Root,
} from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import { loadRequired } from "../../platform/loader.ts";
import { readFindings } from "../reading-findings/reading-finding.ts";
import type { ReadingFinding } from "../reading-findings/reading-finding.ts";
import { ReadingFindingType } from "../reading-findings/reading-finding.type.ts";
import { readReport } from "../reports/report.ts";
import type { Report } from "../reports/report.ts";
import { ReportType } from "../reports/report.type.ts";
import type { UserRow } from "../users/user.row.ts";
import { UserType } from "../users/user.type.ts";
import type { PreliminaryService } from "./preliminary.service.ts";
import {
  IssuePreliminaryInput,
  PreliminaryReportType,
} from "./preliminary.type.ts";

/** Reports that are given out before the signature. */
@Resolver(() => PreliminaryReportType)
export class PreliminaryResolver {
  constructor(private readonly preliminary: PreliminaryService) {}

  @Mutation(() => PreliminaryReportType, {
    description:
      "Gives out what you have written of a case that you hold; it stays to be signed.",
  })
  @Requires("reading:issue-preliminary")
  issuePreliminary(
    @Arg("input", () => IssuePreliminaryInput, {
      description: "What is given out.",
    })
    input: IssuePreliminaryInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<PreliminaryReport> {
    return this.preliminary.issue(viewer, input);
  }

  @FieldResolver(() => UserType, { description: "Who gave it out." })
  reader(
    @Root() { readerId }: PreliminaryReport,
    @Ctx() { loaders }: ApiContext,
  ): Promise<UserRow> {
    return loadRequired(loaders.users, readerId, "user");
  }

  @FieldResolver(() => ReportType, {
    nullable: true,
    description: "The text, as it was given out.",
  })
  report(@Root() { report }: PreliminaryReport): Report | null {
    return readReport(report);
  }

  @FieldResolver(() => [ReadingFindingType], {
    description: "What it shows, one by one.",
  })
  findings(@Root() { findings }: PreliminaryReport): ReadingFinding[] {
    return readFindings(findings);
  }
}
