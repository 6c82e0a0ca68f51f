import type {
  Case,
  Label as LabelName,
  Reading,
  ReadingVersion,
} from "@lung-iris/prisma";
import { GraphQLDateTime } from "graphql-scalars";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../../context.ts";
import { Label } from "../case-rows/case.enums.ts";
import { CaseType } from "../case-rows/case.type.ts";
import { readNotice } from "../case-rows/signer-notice.ts";
import type { SignerNotice } from "../case-rows/signer-notice.ts";
import { NOT_DIAGNOSTIC_REASONS } from "./not-diagnostic.rules.ts";
import type { NotDiagnosticReason as NotDiagnosticReasonName } from "./not-diagnostic.rules.ts";
import {
  NotDiagnosticReason,
  ReadingType,
  ReadingVersionType,
  SignerNoticeType,
} from "./reading.type.ts";

/** The readings of a case. */
@Resolver(() => CaseType)
export class CaseReadingResolver {
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

  @FieldResolver(() => NotDiagnosticReason, {
    nullable: true,
    description: "Why another film is asked for; null where none is.",
  })
  async retakeReason(
    @Root() row: Case,
    @Ctx() { loaders }: ApiContext,
  ): Promise<NotDiagnosticReasonName | null> {
    if (await loaders.isFirstKept.load(row)) return null;
    return (
      NOT_DIAGNOSTIC_REASONS.find((reason) => reason === row.retakeReason) ??
      null
    );
  }

  @FieldResolver(() => Label, {
    nullable: true,
    description:
      "What the signed reading says; null while unread, or while it is kept from you.",
  })
  async decidedLabel(
    @Root() row: Case,
    @Ctx() { loaders }: ApiContext,
  ): Promise<LabelName | null> {
    return (await loaders.isFirstKept.load(row)) ? null : row.decidedLabel;
  }

  @FieldResolver(() => GraphQLDateTime, {
    nullable: true,
    description:
      "When its reader asked for another film; null where none is, or while that is kept from you.",
  })
  async retakeAskedAt(
    @Root() row: Case,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Date | null> {
    return (await loaders.isFirstKept.load(row)) ? null : row.retakeAskedAt;
  }

  @FieldResolver(() => GraphQLDateTime, {
    nullable: true,
    description: "When that film came, or staff said that none will.",
  })
  async retakeDoneAt(
    @Root() row: Case,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Date | null> {
    return (await loaders.isFirstKept.load(row)) ? null : row.retakeDoneAt;
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
}
