import { ReaderGrade } from "@lung-iris/prisma";
import { GraphQLDateTime } from "graphql-scalars";
import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";
import {
  Decision,
  Label,
  ReadingStage,
  ReadingState,
} from "../case-rows/case.enums.ts";
import { MarkType } from "../marks/mark.type.ts";
import type { ReportDraft } from "../reports/report.ts";
import { ReportDraftType } from "../reports/report.type.ts";
import type { SignerNotice } from "../case-rows/signer-notice.ts";
import { ReadingFindingType } from "../reading-findings/reading-finding.type.ts";
import type { NotDiagnosticReason as NotDiagnosticReasonName } from "./not-diagnostic.rules.ts";
import type {
  ChangeReason as ChangeReasonName,
  OverrideReason as OverrideReasonName,
} from "./reading.rules.ts";

export const OverrideReason: { [Name in OverrideReasonName]: Name } = {
  FALSE_POSITIVE: "FALSE_POSITIVE",
  FALSE_NEGATIVE: "FALSE_NEGATIVE",
  OTHER_FINDING: "OTHER_FINDING",
  OTHER_CAUSE: "OTHER_CAUSE",
  TOO_EARLY: "TOO_EARLY",
  ARTEFACT: "ARTEFACT",
  TECHNIQUE: "TECHNIQUE",
  WRONG_REGION: "WRONG_REGION",
  MISSED_BY_AI: "MISSED_BY_AI",
  POOR_QUALITY: "POOR_QUALITY",
  CLINICAL_CONTEXT: "CLINICAL_CONTEXT",
  OTHER: "OTHER",
};

registerEnumType(OverrideReason, {
  name: "OverrideReason",
  description: "Why a reader did not follow the AI, or not in all.",
  valuesConfig: {
    FALSE_POSITIVE: { description: "There is no pneumonia." },
    FALSE_NEGATIVE: { description: "There is a pneumonia." },
    OTHER_FINDING: { description: "The film shows something else." },
    OTHER_CAUSE: {
      description: "What the AI calls pneumonia has another cause.",
    },
    TOO_EARLY: {
      description: "A pneumonia that hardly shows yet; the AI cannot see it.",
    },
    ARTEFACT: { description: "The AI answered to an artefact." },
    TECHNIQUE: {
      description:
        "How the film was taken misled the AI: projection, rotation, expiration.",
    },
    WRONG_REGION: { description: "Right, but for the wrong place." },
    MISSED_BY_AI: {
      description: "Right, but there is more that the AI did not see.",
    },
    POOR_QUALITY: { description: "The film does not allow such an answer." },
    CLINICAL_CONTEXT: {
      description: "The clinical picture decides otherwise.",
    },
    OTHER: { description: "As the comment says." },
  },
});

/** The codes of SIGNER_NOTICES as the schema names them. */
export const SignerNoticeType = {
  REOPENED: "reopened",
  IDENTITY_CHANGED: "identity-changed",
  FILM_LEFT: "film-left",
  FILM_TURNED: "film-turned",
  ADJUDICATED: "adjudicated",
} as const satisfies Readonly<Record<string, SignerNotice>>;

registerEnumType(SignerNoticeType, {
  name: "SignerNotice",
  description: "What befell a case after you had signed it.",
  valuesConfig: {
    REOPENED: {
      description:
        "A film that nobody had seen came: the case waits to be read again.",
    },
    IDENTITY_CHANGED: { description: "Whose film it is was corrected." },
    FILM_LEFT: {
      description: "A film was moved to another study, or removed.",
    },
    FILM_TURNED: {
      description:
        "The side or the view of a film was corrected; where it lies otherwise the case waits to be read again.",
    },
    ADJUDICATED: {
      description:
        "Two readers differed, and a third decided otherwise than you: look, and amend where you agree.",
    },
  },
});

export const ChangeReason: { [Name in ChangeReasonName]: Name } = {
  SECOND_LOOK: "SECOND_LOOK",
  REGION_SHOWN: "REGION_SHOWN",
  PRIOR_FILM: "PRIOR_FILM",
  CLINICAL_CONTEXT: "CLINICAL_CONTEXT",
  OTHER: "OTHER",
};

registerEnumType(ChangeReason, {
  name: "ChangeReason",
  description: "Why a reader follows the AI against his own opinion.",
  valuesConfig: {
    SECOND_LOOK: { description: "Seen at a second look." },
    REGION_SHOWN: { description: "Seen where the AI points." },
    PRIOR_FILM: { description: "Seen beside an earlier film." },
    CLINICAL_CONTEXT: { description: "The clinical picture decides so." },
    OTHER: { description: "As the comment says." },
  },
});

export const NotDiagnosticReason: { [Name in NotDiagnosticReasonName]: Name } =
  {
    WRONG_EXAMINATION: "WRONG_EXAMINATION",
    WRONG_PATIENT: "WRONG_PATIENT",
    QUALITY: "QUALITY",
    POSITION: "POSITION",
    INCOMPLETE: "INCOMPLETE",
    OTHER: "OTHER",
  };

registerEnumType(NotDiagnosticReason, {
  name: "NotDiagnosticReason",
  description: "Why a film answers nothing.",
  valuesConfig: {
    WRONG_EXAMINATION: { description: "It is no film of the chest." },
    WRONG_PATIENT: { description: "It is somebody else's film." },
    QUALITY: { description: "Too dark, too light, blurred or covered." },
    POSITION: { description: "The patient stood or lay wrong." },
    INCOMPLETE: { description: "A part of the chest is not on it." },
    OTHER: { description: "As the comment says." },
  },
});

@ObjectType("ReadingDraft", {
  description:
    "What a reader has typed and not signed; the reader's own, until he gives it along.",
})
export class ReadingDraftType {
  @Field(() => Label, { nullable: true, description: "What the film shows." })
  label!: Label | null;

  @Field(() => Decision, {
    nullable: true,
    description: "How that stands to the AI.",
  })
  decision!: Decision | null;

  @Field(() => OverrideReason, {
    nullable: true,
    description: "Why the AI is overridden.",
  })
  overrideReason!: OverrideReasonName | null;

  @Field(() => ChangeReason, {
    nullable: true,
    description: "Why the AI is followed against the own opinion.",
  })
  changeReason!: ChangeReasonName | null;

  @Field(() => NotDiagnosticReason, {
    nullable: true,
    description: "Why the film answers nothing.",
  })
  notDiagnosticReason!: NotDiagnosticReasonName | null;

  @Field(() => Boolean, { description: "Whether another film is asked for." })
  retakeAsked!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: "The reader's certainty, 1 (a guess) to 5 (sure).",
  })
  confidence!: number | null;

  @Field(() => String, { description: "Free text; empty where none." })
  comment!: string;

  @Field(() => ReportDraftType, {
    nullable: true,
    description: "The report as far as it is written; null before.",
  })
  report!: ReportDraft | null;
  @Field(() => [ReadingFindingType], { description: "What it shows." })
  findings!: ReadingFindingType[];

  @Field(() => [MarkType], { description: "Regions and measurements." })
  marks!: MarkType[];
}

@ObjectType("Reading", {
  implements: NodeType,
  description:
    "What one reader does with a case: lease, opinion, reveal, draft, and what was signed.",
})
export class ReadingType extends NodeType {
  @Field(() => ReadingStage, { description: "Which read of the case it is." })
  stage!: ReadingStage;

  @Field(() => ReadingState, { description: "Whether it runs or is signed." })
  state!: ReadingState;

  @Field(() => GraphQLDateTime, { description: "When it was first claimed." })
  startedAt!: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Until when the reader holds the case; null when not.",
  })
  leaseExpiresAt!: Date | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it was put back or signed; null while it runs.",
  })
  endedAt!: Date | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When the draft was last kept.",
  })
  draftSavedAt!: Date | null;
}

export const { EdgeType: ReadingEdge, ConnectionType: ReadingConnection } =
  connectionTypes(ReadingType, "Reading");

@ObjectType("ReadingVersion", {
  implements: NodeType,
  description:
    "What a reader signed. Never changed; an amendment is the next version.",
})
export class ReadingVersionType extends NodeType {
  @Field(() => Int, { description: "1 for the first, raised by amendments." })
  version!: number;

  @Field(() => Label, { description: "What the film shows." })
  label!: Label;

  @Field(() => NotDiagnosticReason, {
    nullable: true,
    description: "Why the film answers nothing; null with any other label.",
  })
  notDiagnosticReason!: NotDiagnosticReasonName | null;

  @Field(() => Boolean, { description: "Whether another film is asked for." })
  retakeAsked!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: "The reader's certainty, 1 (a guess) to 5 (sure).",
  })
  confidence!: number | null;

  @Field(() => String, { nullable: true, description: "Free text." })
  comment!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Why this version replaces the one before.",
  })
  amendReason!: string | null;

  @Field(() => ReaderGrade, {
    description: "Grade of the reader when it was signed.",
  })
  readerGrade!: ReaderGrade;

  @Field(() => GraphQLDateTime, { description: "When it was signed." })
  signedAt!: Date;
}
