import type { Case, CriticalResult } from "@lung-iris/prisma";
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
import { loadRequired } from "../../platform/loader.ts";
import type { Page } from "../../platform/pagination.ts";
import { ShortPageArgs } from "../../platform/pagination.type.ts";
import { CaseType } from "../case-rows/case.type.ts";
import type { UserRow } from "../users/user.row.ts";
import { UserType } from "../users/user.type.ts";
import type {
  CriticalCounts,
  CriticalResultService,
} from "./critical-result.service.ts";
import {
  CriticalMarkInput,
  CriticalResultConnection,
  CriticalResultType,
  CriticalSummaryType,
  TellCriticalInput,
} from "./critical-result.type.ts";

/** Results that somebody must be told of at once. */
@Resolver(() => CriticalResultType)
export class CriticalResultResolver {
  constructor(private readonly results: CriticalResultService) {}

  @Query(() => CriticalResultConnection, {
    description:
      "Critical results of your sites: open ones, the longest overdue first, or closed ones, newest first.",
  })
  @Requires("case:read")
  criticalResults(
    @Arg("siteId", () => ID, {
      nullable: true,
      description: "Of one site; of all of yours where absent.",
    })
    siteId: string | null,
    @Arg("closed", () => Boolean, {
      defaultValue: false,
      description: "Those that were read back or withdrawn.",
    })
    isClosed: boolean,
    @Args(() => ShortPageArgs) page: ShortPageArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Page<CriticalResult>> {
    return this.results.list(viewer, { siteId, isClosed }, page);
  }

  @Query(() => CriticalSummaryType, {
    description: "How many critical results are open at your sites.",
  })
  @Requires("case:read")
  criticalSummary(@Ctx() { viewer }: ApiContext): Promise<CriticalCounts> {
    return this.results.summary(viewer);
  }

  @Query(() => [UserType], {
    description: "Who can be told in the page at a site, by name.",
  })
  @Requires("critical:communicate")
  criticalRecipients(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<UserRow[]> {
    return this.results.recipients(viewer, siteId);
  }

  @Mutation(() => CriticalResultType, {
    description: "Marks what was signed of a case as critical.",
  })
  @Requires("critical:mark")
  markCritical(
    @Arg("caseId", () => ID, { description: "The signed case." })
    caseId: string,
    @Arg("input", () => CriticalMarkInput, { description: "What is critical." })
    input: CriticalMarkInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<CriticalResult> {
    return this.results.mark(viewer, caseId, input);
  }

  @Mutation(() => CriticalResultType, {
    description:
      "Says whom a critical result was told and how; with what came back at once it is closed.",
  })
  @Requires("critical:communicate")
  tellCritical(
    @Arg("id", () => ID, { description: "The result." }) id: string,
    @Arg("input", () => TellCriticalInput, { description: "Who and how." })
    input: TellCriticalInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<CriticalResult> {
    return this.results.tell(viewer, id, input);
  }

  @Mutation(() => CriticalResultType, {
    description:
      "Closes a critical result with what was read back. One told in the page is read back by who was told.",
  })
  @Requires("critical:communicate")
  acknowledgeCritical(
    @Arg("id", () => ID, { description: "The result." }) id: string,
    @Arg("readBack", () => String, {
      nullable: true,
      description: "The words; at most 500 characters.",
    })
    words: string | null,
    @Arg("finding", () => String, {
      nullable: true,
      description: "In their place the finding that was told, chosen.",
    })
    finding: string | null,
    @Ctx() { viewer }: ApiContext,
  ): Promise<CriticalResult> {
    return this.results.acknowledge(viewer, id, { words, finding });
  }

  @Mutation(() => CriticalResultType, {
    description: "Takes back a mark of your own that was made by mistake.",
  })
  @Requires("critical:mark")
  withdrawCritical(
    @Arg("id", () => ID, { description: "The result." }) id: string,
    @Arg("reason", () => String, { description: "1 to 500 characters." })
    reason: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<CriticalResult> {
    return this.results.withdraw(viewer, id, reason);
  }

  @FieldResolver(() => CaseType, { description: "Of which case." })
  case(
    @Root() { caseId }: CriticalResult,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Case> {
    return loadRequired(loaders.cases, caseId, "case");
  }

  @FieldResolver(() => Boolean, {
    description: "Whether you may say whom it was told.",
  })
  viewerCanTell(
    @Root() result: CriticalResult,
    @Ctx() { viewer }: ApiContext,
  ): boolean {
    return this.results.canTell(viewer, result);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether you may write down what was read back.",
  })
  viewerCanAcknowledge(
    @Root() result: CriticalResult,
    @Ctx() { viewer }: ApiContext,
  ): boolean {
    return this.results.canAcknowledge(viewer, result);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether you were told in the page and have to read it back.",
  })
  isToldToViewer(
    @Root() result: CriticalResult,
    @Ctx() { viewer }: ApiContext,
  ): boolean {
    return this.results.isToldTo(viewer, result);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether you may take the mark back.",
  })
  viewerCanWithdraw(
    @Root() result: CriticalResult,
    @Ctx() { viewer }: ApiContext,
  ): boolean {
    return this.results.canWithdraw(viewer, result);
  }
}
