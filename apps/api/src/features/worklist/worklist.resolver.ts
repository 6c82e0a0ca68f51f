import type { Case } from "@lung-iris/prisma";
import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  ID,
  Int,
  Query,
  Resolver,
  Root,
  Subscription,
} from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import type { CaseNotice } from "../../platform/notifications.ts";
import { PageArgs } from "../../platform/pagination.type.ts";
import {
  CaseChangeType,
  CaseList,
  CaseType,
  WorklistSummaryType,
} from "../case-rows/case.type.ts";
import { WorklistFilter, WorklistSort } from "./worklist.input.ts";
import type { WorklistSort as WorklistSortName } from "../worklist-query/worklist.order.ts";
import type {
  Summary,
  WorklistPage,
  WorklistService,
} from "./worklist.service.ts";
import { loadBeside } from "../cases/case.reads.ts";
import { newsOfCases } from "./worklist-news.ts";

@Resolver(() => CaseList)
export class WorklistResolver {
  constructor(private readonly worklistService: WorklistService) {}

  @Query(() => CaseList, {
    description: "A page of the worklist. Every page shown is audited.",
  })
  @Requires("case:read")
  async worklist(
    @Arg("filter", () => WorklistFilter, {
      nullable: true,
      description: "Which cases; all that you may see where absent.",
    })
    filter: WorklistFilter | null,
    @Arg("sort", () => WorklistSort, {
      defaultValue: "URGENCY",
      description: "In which order.",
    })
    sort: WorklistSortName,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { viewer, loaders }: ApiContext,
  ): Promise<WorklistPage> {
    const list = await this.worklistService.list(
      viewer,
      filter ?? {},
      sort,
      page,
    );
    await loadBeside(loaders, list.listed);
    return list;
  }

  @Query(() => WorklistSummaryType, {
    description: "What is waiting, in numbers.",
  })
  @Requires("case:read")
  worklistSummary(
    @Arg("siteId", () => ID, {
      nullable: true,
      description: "Of one site; all that you may see where absent.",
    })
    siteId: string | null,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Summary> {
    return this.worklistService.summary(viewer, siteId);
  }

  @FieldResolver(() => Int, {
    description: "How many cases match; exact to 1,000, then 1,000.",
  })
  async totalCount(@Root() { total }: WorklistPage): Promise<number> {
    return (await total()).count;
  }

  @FieldResolver(() => Boolean, {
    description: "Whether more than 1,000 cases match.",
  })
  async totalCountIsCapped(@Root() { total }: WorklistPage): Promise<boolean> {
    return (await total()).isCapped;
  }
}

interface CaseNewsRequest {
  args: { siteId?: string | null };
  context: ApiContext;
}

@Resolver(() => CaseChangeType)
export class CaseChangeResolver {
  constructor(private readonly worklistService: WorklistService) {}

  @Subscription(() => CaseChangeType, {
    description:
      "News of the cases that you may see. Ends when the connection to the database was lost: subscribe again and reload.",
    subscribe: ({ args, context }: CaseNewsRequest) =>
      newsOfCases(context.viewer, context.notifications, args.siteId),
  })
  @Requires("case:read")
  worklistChanged(
    @Root() notice: CaseNotice,
    @Arg("siteId", () => ID, {
      nullable: true,
      description: "Of one site; all that you may see where absent.",
    }) // eslint-disable-next-line @typescript-eslint/no-unused-vars -- read by `subscribe`; the parameter puts it on the schema
    _siteId: string | null,
  ): CaseNotice {
    return notice;
  }

  @FieldResolver(() => CaseType, {
    nullable: true,
    description: "The case as it is now; null when it is out of sight.",
  })
  case(
    @Root() { caseId }: CaseNotice,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Case | null> {
    return this.worklistService.showChange(viewer, caseId);
  }
}
