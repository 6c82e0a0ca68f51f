import { IdentityState, Sex } from "@lung-iris/prisma";
import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, Int, ObjectType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";

@ObjectType("PatientThen", {
  description: "A patient as a correction has him, before or after it.",
})
export class PatientThenType {
  @Field(() => ID, {
    description:
      "The record; of one that is yet to be made that which it is copied from.",
  })
  patientId!: string;

  @Field(() => String, {
    nullable: true,
    description: "Record number; null where none is known.",
  })
  mrn!: string | null;

  @Field(() => String, { description: "The name as shown." })
  name!: string;

  @Field(() => IdentityState, { description: "How sure it is who that is." })
  identityState!: IdentityState;

  @Field(() => String, {
    nullable: true,
    description: "ISO date, yyyy-mm-dd; null where unknown.",
  })
  birthDate!: string | null;

  @Field(() => Sex, { description: "Sex as recorded." })
  sex!: Sex;
}

@ObjectType("StudyCorrection", {
  implements: NodeType,
  description:
    "That somebody said whose a study is: another patient's, or under what name, number, birth date or sex.",
})
export class StudyCorrectionType extends NodeType {
  @Field(() => String, {
    nullable: true,
    description:
      "Why, in the words of who did it; null where nobody had said before whose the study is.",
  })
  reason!: string | null;

  @Field(() => String, { description: "Who did it." })
  byName!: string;

  @Field(() => GraphQLDateTime, { description: "When." })
  correctedAt!: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it was undone; null while it stands.",
  })
  undoneAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Who undid it." })
  undoneByName!: string | null;

  @Field(() => String, { nullable: true, description: "Why it was undone." })
  undoReason!: string | null;
}

@ObjectType("SignedAhead", {
  description: "A signed case that a correction reaches; its signer is told.",
})
export class SignedAheadType {
  @Field(() => String, {
    nullable: true,
    description:
      "Who signed it; null where you may not know that before you have read the case.",
  })
  signerName!: string | null;

  @Field(() => GraphQLDateTime, { description: "When, in its newest version." })
  signedAt!: Date;
}

@ObjectType("StudyCorrectionPreview", {
  description:
    "What correcting patient and study would change, before anything is.",
})
export class StudyCorrectionPreviewType {
  @Field(() => PatientThenType, { description: "Whose the study is now." })
  before!: PatientThenType;

  @Field(() => PatientThenType, { description: "Whose it is then." })
  after!: PatientThenType;

  @Field(() => Boolean, {
    description:
      "Whether it changes whose film it is, and can be undone; else only the study itself is corrected.",
  })
  isIdentity!: boolean;

  @Field(() => Boolean, {
    description: "Whether the study goes to another record.",
  })
  isOtherRecord!: boolean;

  @Field(() => Boolean, { description: "Whether that record is made for it." })
  isNewRecord!: boolean;

  @Field(() => Int, {
    nullable: true,
    description:
      "Other studies that stay with the record that the study leaves; null where it leaves none.",
  })
  studiesLeft!: number | null;

  @Field(() => Int, {
    description: "Other cases that stand under another name or number by it.",
  })
  otherCases!: number;

  @Field(() => Int, { description: "Films of the study." })
  films!: number;

  @Field(() => Int, {
    description: "Cases that change and that somebody reads at the moment.",
  })
  beingRead!: number;

  @Field(() => Int, {
    description:
      "Signed cases that stand under another name or number; what was signed stands, and its signers are told.",
  })
  signedCases!: number;

  @Field(() => [SignedAheadType], {
    description: "Who signed them, newest first, at most twenty.",
  })
  signed!: SignedAheadType[];

  @Field(() => Int, {
    description: "Labels for learning that go over to the other record.",
  })
  labels!: number;

  @Field(() => Int, {
    description:
      "Exports made so far that hold films of the study under the other record.",
  })
  datasets!: number;

  @Field(() => Int, {
    description:
      "Films of open cases that the AI is asked about again, as age or sex may differ.",
  })
  filmsAskedAgain!: number;

  @Field(() => Boolean, {
    description: "Whether nothing is learnt from the films as it is now.",
  })
  isWithdrawnBefore!: boolean;

  @Field(() => Boolean, { description: "Whether nothing is learnt then." })
  isWithdrawnAfter!: boolean;

  @Field(() => Boolean, {
    description:
      "Whether it needs a reason: something that was known becomes something else, or a signed case changes.",
  })
  needsReason!: boolean;

  @Field(() => Boolean, {
    description:
      "Whether you may do it; signed cases need the right to say whose they are.",
  })
  isAllowed!: boolean;
}

export const {
  EdgeType: StudyCorrectionEdge,
  ConnectionType: StudyCorrectionConnection,
} = connectionTypes(StudyCorrectionType, "StudyCorrection");
