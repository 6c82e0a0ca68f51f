import type { Case } from "@lung-iris/prisma";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../../context.ts";
import { loadRequired } from "../../platform/loader.ts";
import { CaseType } from "../case-rows/case.type.ts";
import type { UserRow } from "../users/user.row.ts";
import { UserType } from "../users/user.type.ts";
import { CaseSignatureType } from "./case-signature.type.ts";
import type { SigningService } from "./signing.service.ts";

interface CaseSignature {
  readerId: string;
  signedAt: Date;
  firstSignedAt: Date;
  version: number;
  isAmended: boolean;
}

/** Who signed a case and when, as far as the viewer may know it. */
@Resolver(() => CaseType)
export class CaseSignatureResolver {
  constructor(private readonly signingService: SigningService) {}

  @FieldResolver(() => CaseSignatureType, {
    nullable: true,
    description:
      "Who signed what counts of it, and when; null while unread, or while it is kept from you.",
  })
  async signature(
    @Root() row: Case,
    @Ctx() { loaders }: ApiContext,
  ): Promise<CaseSignature | null> {
    if (row.state !== "SIGNED") return null;
    // Both loaders leave out what is kept from a second reader.
    const newest = await loaders.firstVersionOfCase.load(row.id);
    if (newest === null) return null;
    const all = await loaders.versionsOfCase.load(row.id);
    const own = all.filter(({ readingId }) => readingId === newest.readingId);
    const { readerId, signedAt, version } = newest;
    return {
      readerId,
      signedAt,
      firstSignedAt: own.at(-1)?.signedAt ?? signedAt,
      version,
      isAmended: own.some(({ amendReason }) => amendReason !== null),
    };
  }

  @FieldResolver(() => Boolean, {
    description: "Whether you may amend the newest version.",
  })
  async viewerCanAmend(
    @Root() row: Case,
    @Ctx() { viewer, loaders }: ApiContext,
  ): Promise<boolean> {
    if (row.state !== "SIGNED") return false;
    const newest = await loaders.firstVersionOfCase.load(row.id);
    return this.signingService.canAmend(viewer, row, newest);
  }
}

@Resolver(() => CaseSignatureType)
export class SignerResolver {
  @FieldResolver(() => UserType, { description: "Who signed it." })
  signer(
    @Root() { readerId }: CaseSignature,
    @Ctx() { loaders }: ApiContext,
  ): Promise<UserRow> {
    return loadRequired(loaders.users, readerId, "user");
  }
}
