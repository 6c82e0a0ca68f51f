import type { Case } from "@lung-iris/prisma";
import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import type { Page } from "../../platform/pagination.ts";
import { PageArgs } from "../../platform/pagination.type.ts";
import { CaseType } from "../case-rows/case.type.ts";
import type { InboxService, QuietHours } from "./inbox.service.ts";
import {
  InboxConnection,
  InboxItemType,
  QuietHoursType,
} from "./inbox.type.ts";
import { modelOf, type NoteWithModel } from "../notifications/note-path.ts";

/** What somebody is told in the page. */
@Resolver(() => InboxItemType)
export class InboxResolver {
  constructor(private readonly inboxes: InboxService) {}

  @Query(() => InboxConnection, {
    description: "What you were told, the newest first.",
  })
  @Requires("case:read")
  inbox(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Page<NoteWithModel>> {
    return this.inboxes.list(viewer, page);
  }

  @Query(() => Int, { description: "How many you have not read, at most 100." })
  @Requires("case:read")
  unreadInbox(@Ctx() { viewer }: ApiContext): Promise<number> {
    return this.inboxes.countUnread(viewer);
  }

  @Query(() => Int, {
    description:
      "How many of them are urgent, at most 100: these are counted in quiet hours too.",
  })
  @Requires("case:read")
  unreadUrgentInbox(@Ctx() { viewer }: ApiContext): Promise<number> {
    return this.inboxes.countUnread(viewer, { isUrgent: true });
  }

  @Mutation(() => Int, {
    description: "You have read some of it, or all; answers how many.",
  })
  @Requires("case:read")
  readInbox(
    @Arg("ids", () => [ID], {
      nullable: true,
      description: "Which, at most 200; all where absent.",
    })
    ids: string[] | null | undefined,
    @Ctx() { viewer }: ApiContext,
  ): Promise<number> {
    return this.inboxes.read(viewer, ids ?? null);
  }

  @Query(() => QuietHoursType, {
    nullable: true,
    description: "When the page does not call out to you; null for never.",
  })
  @Requires("case:read")
  quietHours(@Ctx() { viewer }: ApiContext): Promise<QuietHours | null> {
    return this.inboxes.quietHours(viewer);
  }

  @Mutation(() => QuietHoursType, {
    nullable: true,
    description: "Sets your quiet hours; without both ends there are none.",
  })
  @Requires("case:read")
  setQuietHours(
    @Arg("fromMinute", () => Int, {
      nullable: true,
      description: "Minutes since midnight by your own clock.",
    })
    fromMinute: number | null | undefined,
    @Arg("toMinute", () => Int, { nullable: true, description: "Until then." })
    toMinute: number | null | undefined,
    @Ctx() { viewer }: ApiContext,
  ): Promise<QuietHours | null> {
    const hours =
      fromMinute == null || toMinute == null ? null : { fromMinute, toMinute };
    return this.inboxes.setQuietHours(viewer, hours);
  }

  @FieldResolver(() => CaseType, {
    nullable: true,
    description:
      "The case; null once it is out of your sight, and of a note of anything else.",
  })
  async case(
    @Root() { caseId }: NoteWithModel,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Case | null> {
    return caseId === null ? null : loaders.cases.load(caseId);
  }

  @FieldResolver(() => ID, {
    nullable: true,
    description:
      "The candidate that a note of a promotion or a judgement is about.",
  })
  modelVersionId(@Root() note: NoteWithModel): string | null {
    return modelOf(note);
  }
}
