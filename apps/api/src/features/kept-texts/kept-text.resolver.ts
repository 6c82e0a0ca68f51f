import type { Case, KeptText } from "@lung-iris/prisma";
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
import { CaseType } from "../case-rows/case.type.ts";
import { readDraft } from "../readings/reading-draft.ts";
import type { ReadingDraft } from "../readings/reading-draft.ts";
import { plainReading } from "../readings/reading-draft.input.ts";
import { ReadingDraftType } from "../readings/reading.type.ts";
import { KINDS_OF_THE_AI } from "./kept-text.rules.ts";
import type { KeptTextService } from "./kept-text.service.ts";
import { KeepTextInput, KeptTextType } from "./kept-text.type.ts";

/** What people type on a case until they send it. */
@Resolver(() => KeptTextType)
export class KeptTextResolver {
  constructor(private readonly texts: KeptTextService) {}

  @Mutation(() => CaseType, {
    description:
      "Keeps what you have typed on a case so far, for you alone, until you send it, for a month at most; an empty text without a draft is forgotten.",
  })
  @Requires("case:read")
  keepText(
    @Arg("input", () => KeepTextInput, { description: "So far." })
    input: KeepTextInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Case> {
    const { caseId, kind, aboutId, text, draft } = input;
    return this.texts.keep(viewer, {
      caseId,
      kind,
      aboutId: aboutId ?? null,
      text,
      draft: draft ? plainReading(draft) : null,
    });
  }

  @FieldResolver(() => ReadingDraftType, {
    nullable: true,
    description: "Of an amendment what it would say.",
  })
  draft(@Root() { draft }: KeptText): ReadingDraft | null {
    return readDraft(draft);
  }
}

@Resolver(() => CaseType)
export class CaseKeptTextsResolver {
  @FieldResolver(() => [KeptTextType], {
    description:
      "What you typed on it and have not sent yet, the newest first; without what could tell you the AI's answer while that is hidden from you.",
  })
  async keptTexts(
    @Root() row: Case,
    @Ctx() { loaders }: ApiContext,
  ): Promise<KeptText[]> {
    const texts = await loaders.keptTextsOfCase.load(row.id);
    if (texts.length === 0 || (await loaders.seesAi.load(row))) return texts;
    return texts.filter(({ kind }) => !KINDS_OF_THE_AI.includes(kind));
  }
}
