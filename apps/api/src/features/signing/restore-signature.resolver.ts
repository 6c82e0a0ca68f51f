import type { Case, ReadingVersion } from "@lung-iris/prisma";
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
import { ReadingVersionType } from "../readings/reading.type.ts";
import type { RestoreSignatureService } from "./restore-signature.service.ts";

@Resolver(() => CaseType)
export class RestoreSignatureResolver {
  constructor(private readonly restores: RestoreSignatureService) {}

  @Mutation(() => ReadingVersionType, {
    description:
      "Signs again, word for word, what you had signed last of a case whose films are again what they were then.",
  })
  @Requires("reading:sign")
  restoreSignature(
    @Arg("caseId", () => ID, { description: "The case." }) caseId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ReadingVersion> {
    return this.restores.restore(viewer, caseId);
  }

  @FieldResolver(() => ReadingVersionType, {
    nullable: true,
    description:
      "What you had signed, where a correction opened the case again and was undone since: you may sign it again as it stands.",
  })
  restorableVersion(
    @Root() row: Case,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ReadingVersion | null> {
    return this.restores.offered(viewer, row);
  }
}
