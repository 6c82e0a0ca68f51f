import { KeptTextKind } from "@lung-iris/prisma";
import { GraphQLDateTime } from "graphql-scalars";
import {
  Field,
  ID,
  InputType,
  ObjectType,
  registerEnumType,
} from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { ReadingDraftInput } from "../readings/reading-draft.input.ts";

registerEnumType(KeptTextKind, {
  name: "KeptTextKind",
  description: "What words are for that somebody types on a case.",
  valuesConfig: {
    AMENDMENT: { description: "The next version of a signed one, and why." },
    ADDENDUM: { description: "Words to be added to a signed report." },
    COMMENT: { description: "A comment on the case." },
    COMMENT_EDIT: { description: "A comment said otherwise." },
    TAKE_OVER: { description: "Why the case is taken from its reader." },
    SECOND_READ: { description: "Why a second reading is asked for." },
    RETAKE_END: { description: "Why a film that was asked for will not come." },
    CRITICAL_MARK: { description: "What is critical." },
    CRITICAL_TOLD_TO: { description: "Whom a critical result was told." },
    CRITICAL_TOLD: { description: "What came back when it was told." },
    CRITICAL_READ_BACK: { description: "What was read back later." },
    CRITICAL_WITHDRAWAL: { description: "Why a mark is taken back." },
    STEP_CORRECTION: {
      description: "Why the answer to a step of a procedure is corrected.",
    },
    FILM_MOVE: { description: "Why a film belongs to another study." },
    FILM_TURN: { description: "Why a film is laid otherwise." },
    FILM_REMOVAL: { description: "Why a film is taken out of sight." },
    FILM_UNDO: { description: "Why a correction of a film is taken back." },
    STUDY_CORRECTION: {
      description: "Why it is corrected whose a study is.",
    },
    STUDY_NOTE: { description: "What the note on a study is to say." },
    STUDY_UNDO: {
      description: "Why it is taken back that a study was corrected.",
    },
  },
});

@ObjectType("KeptText", {
  implements: NodeType,
  description:
    "Words that you typed on a case and have not sent yet. Nobody else can read them.",
})
export class KeptTextType extends NodeType {
  @Field(() => KeptTextKind, { description: "What they are for." })
  kind!: KeptTextKind;

  @Field(() => ID, {
    description:
      "What of the case they are about: a signed version, a comment, a critical result, a step of a procedure, a film, a study or a correction; else the case.",
  })
  aboutId!: string;

  @Field(() => String, {
    description: "As they were typed; of an amendment why it is made.",
  })
  text!: string;

  @Field(() => GraphQLDateTime, { description: "When they were last kept." })
  keptAt!: Date;
}

@InputType({ description: "What you have typed so far, to be kept." })
export class KeepTextInput {
  @Field(() => ID, { description: "The case." })
  caseId!: string;

  @Field(() => KeptTextKind, { description: "What it is for." })
  kind!: KeptTextKind;

  @Field(() => ID, {
    nullable: true,
    description:
      "What of the case it is about: a signed version, a comment, a critical result, a step of a procedure, a film, a study or a correction; without it the case.",
  })
  aboutId?: string | null;

  @Field(() => String, {
    description: "At most 10,000 characters; of an amendment why it is made.",
  })
  text!: string;

  @Field(() => ReadingDraftInput, {
    nullable: true,
    description: "Of an amendment what it would say; nothing else has one.",
  })
  draft?: ReadingDraftInput | null;
}
