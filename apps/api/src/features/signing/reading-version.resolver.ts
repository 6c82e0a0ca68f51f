import type {
  Decision as DecisionName,
  Prediction,
  Reading,
  ReadingVersion,
} from "@lung-iris/prisma";
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
import { loadRequired } from "../../platform/loader.ts";
import { Decision, ReadingStage } from "../case-rows/case.enums.ts";
import { PredictionType } from "../predictions/prediction.type.ts";
import { readReport } from "../reports/report.ts";
import type {
  Report,
  ReportLanguage as LanguageName,
} from "../reports/report.ts";
import { ReportLanguage, ReportType } from "../reports/report.type.ts";
import type { UserRow } from "../users/user.row.ts";
import { UserType } from "../users/user.type.ts";
import type { AddendumService } from "./addendum.service.ts";
import { readFindings } from "../reading-findings/reading-finding.ts";
import type { ReadingFinding } from "../reading-findings/reading-finding.ts";
import { ReadingFindingType } from "../reading-findings/reading-finding.type.ts";
import { MarkType } from "../marks/mark.type.ts";
import { readMarks } from "../marks/marks.ts";
import type { Mark } from "../marks/marks.ts";
import { AmendReadingInput, SignReadingInput } from "./signed-reading.input.ts";
import type {
  ChangeReason as ChangeReasonName,
  OverrideReason as OverrideReasonName,
} from "../readings/reading.rules.ts";
import {
  ChangeReason,
  OverrideReason,
  ReadingType,
  ReadingVersionType,
} from "../readings/reading.type.ts";
import type { SigningService } from "./signing.service.ts";

/** What was signed. */
@Resolver(() => ReadingVersionType)
export class ReadingVersionResolver {
  constructor(
    private readonly signingService: SigningService,
    private readonly addendumService: AddendumService,
  ) {}

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

  @Mutation(() => ReadingVersionType, {
    description:
      "Adds words to your own newest signed reading, as its next version. What was decided stays.",
  })
  @Requires("reading:amend")
  addAddendum(
    @Arg("versionId", () => ID, { description: "The newest version so far." })
    versionId: string,
    @Arg("text", () => String, { description: "The words." }) text: string,
    @Arg("language", () => ReportLanguage, {
      description: "In which they are, where there was no report.",
    })
    language: LanguageName,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ReadingVersion> {
    const request = { versionId, text, language };
    return this.addendumService.add(viewer, request);
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

  @FieldResolver(() => ReportType, {
    nullable: true,
    description: "The report that was signed; null where none was written.",
  })
  report(@Root() { report }: ReadingVersion): Report | null {
    return readReport(report);
  }

  @FieldResolver(() => [ReadingFindingType], {
    description: "What it shows, one by one.",
  })
  findings(@Root() { findings }: ReadingVersion): ReadingFinding[] {
    return readFindings(findings);
  }

  @FieldResolver(() => [MarkType], { description: "Regions and measurements." })
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
    const newest = await loaders.firstVersionOfCase.load(caseId);
    const row = await loaders.cases.load(caseId);
    return newest?.id === id && row?.state === "SIGNED";
  }
}

async function seesAi(
  { caseId }: ReadingVersion,
  { loaders }: ApiContext,
): Promise<boolean> {
  const row = await loaders.cases.load(caseId);
  return row !== null && loaders.seesAi.load(row);
}
