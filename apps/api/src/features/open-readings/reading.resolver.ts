import type { Case, Label as LabelName, Reading } from "@lung-iris/prisma";
import { GraphQLDateTime } from "graphql-scalars";
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
import { Label } from "../case-rows/case.enums.ts";
import { CaseType } from "../case-rows/case.type.ts";
import { readNotice } from "../case-rows/signer-notice.ts";
import type { SignerNotice } from "../case-rows/signer-notice.ts";
import { isDraftOpen } from "../given-drafts/given-draft.rules.ts";
import type { UserRow } from "../users/user.row.ts";
import { UserType } from "../users/user.type.ts";
import { readDraft } from "../readings/reading-draft.ts";
import type { ReadingDraft } from "../readings/reading-draft.ts";
import {
  ReadingDraftInput,
  plainReading,
} from "../readings/reading-draft.input.ts";
import { wasShownMore } from "./shown-more.rules.ts";
import type { ReadingService } from "./reading.service.ts";
import {
  ReadingConnection,
  ReadingDraftType,
  ReadingType,
  SignerNoticeType,
} from "../readings/reading.type.ts";

/** Work on one's own reading, until it is signed. */
@Resolver(() => ReadingType)
export class ReadingResolver {
  constructor(private readonly readingService: ReadingService) {}

  @Query(() => ReadingConnection, {
    description:
      "Your signed readings of cases that something befell since, newest first, until you have acknowledged it.",
  })
  @Requires("case:claim")
  signerNotices(
    @Args(() => ShortPageArgs) page: ShortPageArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Page<Reading>> {
    return this.readingService.notices(viewer, page);
  }

  @FieldResolver(() => CaseType, { description: "The case that is read." })
  case(
    @Root() { caseId }: Reading,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Case> {
    return loadRequired(loaders.cases, caseId, "case");
  }

  @FieldResolver(() => SignerNoticeType, {
    nullable: true,
    description:
      "What you have not yet acknowledged of a case that you signed; null elsewhere.",
  })
  notice(
    @Root() reading: Reading,
    @Ctx() { viewer }: ApiContext,
  ): SignerNotice | null {
    const isOwn = viewer.kind === "user" && viewer.userId === reading.readerId;
    return isOwn ? readNotice(reading.notice) : null;
  }

  @FieldResolver(() => GraphQLDateTime, {
    nullable: true,
    description: "When that befell it.",
  })
  noticeAt(
    @Root() { readerId, noticeAt }: Reading,
    @Ctx() { viewer }: ApiContext,
  ): Date | null {
    return viewer.kind === "user" && viewer.userId === readerId
      ? noticeAt
      : null;
  }

  @Mutation(() => CaseType, {
    description:
      "Notes your opinion of a case that you hold. Blind where nothing of the AI was shown before.",
  })
  @Requires("case:claim")
  recordOpinion(
    @Arg("caseId", () => ID, { description: "The case." }) caseId: string,
    @Arg("opinion", () => Label, { description: "What the film shows." })
    opinion: LabelName,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Case> {
    return this.readingService.recordOpinion(viewer, caseId, opinion);
  }

  @Mutation(() => CaseType, {
    description:
      "Shows you the AI's answer, on record, with what you thought before. Of a signed case without holding it.",
  })
  @Requires("case:claim")
  revealPrediction(
    @Arg("caseId", () => ID, { description: "The case." }) caseId: string,
    @Arg("opinion", () => Label, {
      nullable: true,
      description: "Your opinion before seeing the AI's.",
    })
    opinion: LabelName | null,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Case> {
    return this.readingService.reveal(viewer, caseId, opinion ?? null);
  }

  @Mutation(() => CaseType, {
    description:
      "Keeps what you have typed on a case that you hold; the lease is renewed.",
  })
  @Requires("case:claim")
  saveReadingDraft(
    @Arg("caseId", () => ID, { description: "The case." }) caseId: string,
    @Arg("input", () => ReadingDraftInput, { description: "So far." })
    input: ReadingDraftInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Case> {
    return this.readingService.saveDraft(viewer, caseId, plainReading(input));
  }

  @FieldResolver(() => UserType, { description: "Who reads." })
  reader(
    @Root() { readerId }: Reading,
    @Ctx() { loaders }: ApiContext,
  ): Promise<UserRow> {
    return loadRequired(loaders.users, readerId, "user");
  }

  @FieldResolver(() => Label, {
    nullable: true,
    description:
      "The reader's first opinion. Another's is told once it is signed.",
  })
  opinion(
    @Root() reading: Reading,
    @Ctx() { viewer }: ApiContext,
  ): LabelName | null {
    const isOwn = viewer.kind === "user" && viewer.userId === reading.readerId;
    return isOwn || reading.state === "SIGNED" ? reading.opinion : null;
  }

  @FieldResolver(() => Boolean, {
    description:
      "Whether your opinion stands, since the AI's answer or a colleague's draft was shown to you behind it; false of another's.",
  })
  async opinionStands(
    @Root() { caseId, readerId, state, opinion }: Reading,
    @Ctx() { viewer, loaders }: ApiContext,
  ): Promise<boolean> {
    const isOwn = viewer.kind === "user" && viewer.userId === readerId;
    if (!isOwn || state === "SIGNED" || opinion === null) return false;
    const [row, readings] = await Promise.all([
      loadRequired(loaders.cases, caseId, "case"),
      loaders.readingsOfCase.load(caseId),
    ]);
    return wasShownMore(row, readings, readerId);
  }

  @FieldResolver(() => GraphQLDateTime, {
    nullable: true,
    description: "When the opinion was given.",
  })
  opinionAt(@Root() { opinionAt }: Reading): Date | null {
    return opinionAt;
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description:
      "Whether nothing of the AI had been shown before; null where not known.",
  })
  opinionIsBlind(@Root() { opinionIsBlind }: Reading): boolean | null {
    return opinionIsBlind;
  }

  @FieldResolver(() => GraphQLDateTime, {
    nullable: true,
    description: "When the AI's answer was last shown.",
  })
  revealedAt(@Root() { revealedAt }: Reading): Date | null {
    return revealedAt;
  }

  @FieldResolver(() => ReadingDraftType, {
    nullable: true,
    description:
      "Your own draft, or one that was given to you and is open to you; null where there is none, or another's.",
  })
  async draft(
    @Root() reading: Reading,
    @Ctx() { viewer, loaders }: ApiContext,
  ): Promise<ReadingDraft | null> {
    const isOwn = viewer.kind === "user" && viewer.userId === reading.readerId;
    return isOwn || (await isDraftOpen(reading, viewer, loaders))
      ? readDraft(reading.draft)
      : null;
  }
}
