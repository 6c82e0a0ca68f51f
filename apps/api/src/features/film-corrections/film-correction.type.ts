import { FilmCorrectionKind } from "@lung-iris/prisma";
import { GraphQLDateTime } from "graphql-scalars";
import {
  ArgsType,
  Field,
  ID,
  Int,
  ObjectType,
  registerEnumType,
} from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";

registerEnumType(FilmCorrectionKind, {
  name: "FilmCorrectionKind",
  description: "What of a film somebody corrected.",
  valuesConfig: {
    MOVED: { description: "It is of another study." },
    REMOVED: {
      description: "It should not be here: out of sight, kept for the trail.",
    },
    TURNED: {
      description:
        "It lies otherwise than its file has it, or is another view.",
    },
  },
});

@ObjectType("FilmCorrection", {
  implements: NodeType,
  description: "One correction of one film.",
})
export class FilmCorrectionType extends NodeType {
  @Field(() => ID, { description: "The film, which may be out of sight." })
  imageId!: string;

  @Field(() => FilmCorrectionKind, { description: "What was corrected." })
  kind!: FilmCorrectionKind;

  @Field(() => String, { description: "Why, in the words of who did it." })
  reason!: string;

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

const QUARTERS = "Quarters clockwise by which the file is turned, 0 to 3.";
const MIRRORED = "Whether it is mirrored after that, left for right.";

@ObjectType("FilmPose", { description: "How a film lies, and its view." })
export class FilmPoseType {
  @Field(() => Int, { description: QUARTERS })
  quarterTurns!: number;

  @Field(() => Boolean, { description: MIRRORED })
  isMirrored!: boolean;

  @Field(() => String, {
    nullable: true,
    description: "What was said of this film; null where its study says it.",
  })
  viewPosition!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What was said of its study.",
  })
  studyView!: string | null;
}

@ArgsType()
export class FilmPoseArgs {
  @Field(() => Int, { description: QUARTERS })
  quarterTurns!: number;

  @Field(() => Boolean, { description: MIRRORED })
  isMirrored!: boolean;

  @Field(() => String, {
    nullable: true,
    description: "PA, AP or LATERAL; what it was stays where it is left out.",
  })
  viewPosition?: string | null;
}

@ObjectType("FilmCorrectionPreview", {
  description: "What a correction of a film would change, before anything is.",
})
export class FilmCorrectionPreviewType {
  @Field(() => Int, {
    nullable: true,
    description:
      "Other films of the study that the film leaves; with none its case leaves every list. Null where it leaves none.",
  })
  filmsLeft!: number | null;

  @Field(() => Int, {
    description:
      "Signed cases that change; their signers are told, and read again what lost or got a film.",
  })
  signedCases!: number;

  @Field(() => Int, {
    description: "Cases that somebody reads at the moment.",
  })
  beingRead!: number;

  @Field(() => Int, { description: "Marks on the film, drafted or signed." })
  marks!: number;

  @Field(() => Int, { description: "Labels for learning that end." })
  labels!: number;

  @Field(() => Int, { description: "Exports made so far that hold the film." })
  datasets!: number;

  @Field(() => Boolean, { description: "Whether the AI is asked again." })
  isAskedAgain!: boolean;

  @Field(() => Boolean, {
    description:
      "Whether signed cases are opened again for their signers; else these are told, and what they signed stands.",
  })
  isReadAgain!: boolean;

  @Field(() => Boolean, {
    description:
      "Whether you may do it; signed cases need the right to say whose they are.",
  })
  isAllowed!: boolean;
}

export const {
  EdgeType: FilmCorrectionEdge,
  ConnectionType: FilmCorrectionConnection,
} = connectionTypes(FilmCorrectionType, "FilmCorrection");
