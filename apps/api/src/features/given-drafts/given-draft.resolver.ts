import type { Case, Reading } from "@lung-iris/prisma";
import {
  Arg,
  Ctx,
  FieldResolver,
  ID,
  Mutation,
  Resolver,
  Root,
} from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import { CaseType } from "../case-rows/case.type.ts";
import { ReadingType } from "../readings/reading.type.ts";
import type { UserRow } from "../users/user.row.ts";
import { UserType } from "../users/user.type.ts";
import { isDraftLeft, isDraftOpen } from "./given-draft.rules.ts";
import type { GivenDraftService } from "./given-draft.service.ts";

/** Drafts that go along with a case. */
@Resolver(() => CaseType)
export class GivenDraftResolver {
  constructor(private readonly drafts: GivenDraftService) {}

  @Mutation(() => CaseType, {
    description:
      "Gives your draft of a case to who holds it in your place, who sees it after giving an own opinion.",
  })
  @Requires("case:claim")
  giveDraft(
    @Arg("caseId", () => ID, { description: "The case." }) caseId: string,
    @Arg("toUserId", () => ID, { description: "Who holds it now." })
    toUserId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Case> {
    return this.drafts.give(viewer, caseId, toUserId);
  }

  @Mutation(() => CaseType, {
    description: "Takes your draft back that nobody has taken yet.",
  })
  @Requires("case:claim")
  takeBackDraft(
    @Arg("caseId", () => ID, { description: "The case." }) caseId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Case> {
    return this.drafts.takeBack(viewer, caseId);
  }

  @Mutation(() => CaseType, {
    description:
      "Notes that you took a draft that was given to you; save what you make of it as your own.",
  })
  @Requires("case:claim")
  takeGivenDraft(
    @Arg("caseId", () => ID, { description: "The case, held by you." })
    caseId: string,
    @Arg("fromUserId", () => ID, { description: "Whose draft it is." })
    fromUserId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Case> {
    return this.drafts.take(viewer, caseId, fromUserId);
  }

  @Mutation(() => CaseType, {
    description:
      "Notes that you do without a draft that was given to you; it is offered to you no more.",
  })
  @Requires("case:claim")
  leaveGivenDraft(
    @Arg("caseId", () => ID, { description: "The case, held by you." })
    caseId: string,
    @Arg("fromUserId", () => ID, { description: "Whose draft it is." })
    fromUserId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Case> {
    return this.drafts.leave(viewer, caseId, fromUserId);
  }

  @FieldResolver(() => [ReadingType], {
    description:
      "Readings of others whose drafts were given to you; none that you left, none while the AI's answer is hidden from you, or before your own opinion where it has none.",
  })
  async givenDrafts(
    @Root() { id }: Case,
    @Ctx() { viewer, loaders }: ApiContext,
  ): Promise<Reading[]> {
    const all = await loaders.readingsOfCase.load(id);
    const isOpen = await Promise.all(
      all.map((reading) => isDraftOpen(reading, viewer, loaders)),
    );
    return all.filter((_, at) => isOpen[at]);
  }
}

@Resolver(() => ReadingType)
export class DraftReceiverResolver {
  @FieldResolver(() => UserType, {
    nullable: true,
    description:
      "To whom you gave your draft, until it is taken; null without, and of another's reading.",
  })
  draftGivenTo(
    @Root() { readerId, draftGivenToId }: Reading,
    @Ctx() { viewer, loaders }: ApiContext,
  ): UserRow | null | Promise<UserRow | null> {
    const isOwn = viewer.kind === "user" && viewer.userId === readerId;
    return isOwn && draftGivenToId !== null
      ? loaders.users.get(draftGivenToId)
      : null;
  }

  @FieldResolver(() => Boolean, {
    description:
      "Whether who was given your draft does without it; false of another's reading.",
  })
  draftIsLeft(
    @Root() reading: Reading,
    @Ctx() { viewer }: ApiContext,
  ): boolean {
    const isOwn = viewer.kind === "user" && viewer.userId === reading.readerId;
    return isOwn && isDraftLeft(reading);
  }
}
