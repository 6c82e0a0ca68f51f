import type {
  Case,
  Decision as DecisionName,
  Label as LabelName,
  Prediction,
  Reading,
  ReadingVersion,
} from "@lung-iris/prisma";
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
import { Decision, Label, ReadingStage } from "../cases/case.enums.ts";
import { CaseType } from "../cases/case.type.ts";
import { readNotice } from "../cases/signer-notice.ts";
import type { SignerNotice } from "../cases/signer-notice.ts";
import { PredictionType } from "../predictions/prediction.type.ts";
import type { UserRow } from "../users/user.row.ts";
import { UserType } from "../users/user.type.ts";
import { readMarks } from "./marks.ts";
import type { Mark } from "./marks.ts";
import { readDraft } from "./reading-draft.ts";
import type { ReadingDraft } from "./reading-draft.ts";
import {
  AmendReadingInput,
  ReadingDraftInput,
  SignReadingInput,
} from "./reading.input.ts";
import type {
  ChangeReason as ChangeReasonName,
  OverrideReason as OverrideReasonName,
} from "./reading.rules.ts";
import type { ReadingService } from "./reading.service.ts";
import {
  ChangeReason,
  MarkType,
  OverrideReason,
  ReadingConnection,
  ReadingDraftType,
  ReadingType,
  ReadingVersionType,
  SignerNoticeType,
} from "./reading.type.ts";
import type { SigningService } from "./signing.service.ts";

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
    const { marks, comment, ...rest } = input;
    return this.readingService.saveDraft(viewer, caseId, {
      ...rest,
      comment: comment ?? "",
      marks: (marks ?? []).map(({ imageId, finding, x, y, width, height }) => ({
        imageId,
        finding,
        x,
        y,
        width,
        height,
      })),
    });
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
    description: "Your own draft; null where there is none, or another's.",
  })
  draft(
    @Root() { readerId, draft }: Reading,
    @Ctx() { viewer }: ApiContext,
  ): ReadingDraft | null {
    const isOwn = viewer.kind === "user" && viewer.userId === readerId;
    return isOwn ? readDraft(draft) : null;
  }
}

/** What was signed. */
@Resolver(() => ReadingVersionType)
export class ReadingVersionResolver {
  constructor(private readonly signingService: SigningService) {}

  @Mutation(() => ReadingVersionType, {
    description: "Signs your reading of a case that you hold.",
  })
  @Requires("reading:sign")
  signReading(
    @Arg("input", () => SignReadingInput, { description: "What you decide." })
    input: SignReadingInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ReadingVersion> {
    return this.signingService.sign(viewer, input);
  }

  @Mutation(() => ReadingVersionType, {
    description: "Adds a version to your own signed reading.",
  })
  @Requires("reading:amend")
  amendReading(
    @Arg("input", () => AmendReadingInput, { description: "What you decide." })
    input: AmendReadingInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ReadingVersion> {
    return this.signingService.amend(viewer, input);
  }

  @FieldResolver(() => ReadingType, { description: "Whose version it is." })
  reading(
    @Root() { readingId }: ReadingVersion,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Reading> {
    return loadRequired(loaders.readings, readingId, "reading");
  }

  @FieldResolver(() => ReadingStage, {
    description: "Which read of the case it is.",
  })
  async stage(
    @Root() { readingId }: ReadingVersion,
    @Ctx() { loaders }: ApiContext,
  ): Promise<ReadingStage> {
    return (await loadRequired(loaders.readings, readingId, "reading")).stage;
  }

  @FieldResolver(() => UserType, { description: "Who signed it." })
  reader(
    @Root() { readerId }: ReadingVersion,
    @Ctx() { loaders }: ApiContext,
  ): Promise<UserRow> {
    return loadRequired(loaders.users, readerId, "user");
  }

  @FieldResolver(() => Decision, {
    nullable: true,
    description:
      "How the label stands to the AI; null while the AI is hidden from you.",
  })
  async decision(
    @Root() version: ReadingVersion,
    @Ctx() context: ApiContext,
  ): Promise<DecisionName | null> {
    return (await seesAi(version, context)) ? version.decision : null;
  }

  @FieldResolver(() => OverrideReason, {
    nullable: true,
    description:
      "Why the AI was overridden; null as well while it is hidden from you.",
  })
  async overrideReason(
    @Root() version: ReadingVersion,
    @Ctx() context: ApiContext,
  ): Promise<OverrideReasonName | null> {
    // Only codes of the catalogue are ever stored.
    const reason = version.overrideReason as OverrideReasonName | null;
    return (await seesAi(version, context)) ? reason : null;
  }

  @FieldResolver(() => ChangeReason, {
    nullable: true,
    description:
      "Why the AI was followed against the reader's own opinion; null as well while it is hidden from you.",
  })
  async changeReason(
    @Root() version: ReadingVersion,
    @Ctx() context: ApiContext,
  ): Promise<ChangeReasonName | null> {
    // Only codes of the catalogue are ever stored.
    const reason = version.changeReason as ChangeReasonName | null;
    return (await seesAi(version, context)) ? reason : null;
  }

  @FieldResolver(() => [MarkType], { description: "Regions marked." })
  marks(@Root() { marks }: ReadingVersion): Mark[] {
    return readMarks(marks);
  }

  @FieldResolver(() => PredictionType, {
    nullable: true,
    description:
      "What the AI had said; null where it had said nothing or is hidden from you.",
  })
  async prediction(
    @Root() version: ReadingVersion,
    @Ctx() context: ApiContext,
  ): Promise<Prediction | null> {
    const { predictionId } = version;
    if (predictionId === null || !(await seesAi(version, context))) return null;
    return context.loaders.predictions.load(predictionId);
  }

  @FieldResolver(() => ReadingVersionType, {
    nullable: true,
    description: "The version that this one replaces.",
  })
  async supersedes(
    @Root() { caseId, readingId, version }: ReadingVersion,
    @Ctx() { loaders }: ApiContext,
  ): Promise<ReadingVersion | null> {
    const all = await loaders.versionsOfCase.load(caseId);
    return (
      all.find(
        (other) =>
          other.readingId === readingId && other.version === version - 1,
      ) ?? null
    );
  }

  @FieldResolver(() => Boolean, {
    description: "Whether it is what counts of the case now.",
  })
  async isCurrent(
    @Root() { id, caseId }: ReadingVersion,
    @Ctx() { loaders }: ApiContext,
  ): Promise<boolean> {
    const [newest] = await loaders.versionsOfCase.load(caseId);
    const row = await loaders.cases.load(caseId);
    return newest?.id === id && row?.state === "SIGNED";
  }
}

/** The readings of a case. */
@Resolver(() => CaseType)
export class CaseReadingResolver {
  constructor(private readonly signingService: SigningService) {}

  @FieldResolver(() => [ReadingType], {
    description: "Who read it and who reads it, newest first.",
  })
  readings(
    @Root() { id }: Case,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Reading[]> {
    return loaders.readingsOfCase.load(id);
  }

  @FieldResolver(() => ReadingType, {
    nullable: true,
    description:
      "Your own unsigned reading with its draft, else your newest; null without.",
  })
  async viewerReading(
    @Root() { id }: Case,
    @Ctx() { viewer, loaders }: ApiContext,
  ): Promise<Reading | null> {
    if (viewer.kind !== "user") return null;
    const all = await loaders.readingsOfCase.load(id);
    const own = all.filter(({ readerId }) => readerId === viewer.userId);
    return own.find(({ state }) => state !== "SIGNED") ?? own[0] ?? null;
  }

  @FieldResolver(() => SignerNoticeType, {
    nullable: true,
    description:
      "What befell it after you had signed it and you have not acknowledged; null without.",
  })
  async viewerNotice(
    @Root() { id }: Case,
    @Ctx() { viewer, loaders }: ApiContext,
  ): Promise<SignerNotice | null> {
    if (viewer.kind !== "user") return null;
    const all = await loaders.readingsOfCase.load(id);
    const own = all.find(
      ({ readerId, notice }) => readerId === viewer.userId && notice !== null,
    );
    return readNotice(own?.notice ?? null);
  }

  @FieldResolver(() => [ReadingVersionType], {
    description: "Everything signed, in all versions, newest first.",
  })
  signedVersions(
    @Root() { id }: Case,
    @Ctx() { loaders }: ApiContext,
  ): Promise<ReadingVersion[]> {
    return loaders.versionsOfCase.load(id);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether you may amend the newest version.",
  })
  async viewerCanAmend(
    @Root() row: Case,
    @Ctx() { viewer, loaders }: ApiContext,
  ): Promise<boolean> {
    if (row.state !== "SIGNED") return false;
    const [newest] = await loaders.versionsOfCase.load(row.id);
    return this.signingService.canAmend(viewer, row, newest);
  }
}

async function seesAi(
  { caseId }: ReadingVersion,
  { loaders }: ApiContext,
): Promise<boolean> {
  const row = await loaders.cases.load(caseId);
  return row !== null && loaders.seesAi.load(row);
}
