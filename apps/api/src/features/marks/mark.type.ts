import {
  Field,
  Float,
  ID,
  InputType,
  ObjectType,
  registerEnumType,
} from "type-graphql";
import { MARK_KINDS, type MarkKind as MarkKindName } from "./mark-shapes.ts";

export const MarkKind: { [Name in MarkKindName]: Name } = {
  BOX: "BOX",
  ELLIPSE: "ELLIPSE",
  FREEHAND: "FREEHAND",
  RULER: "RULER",
  ANGLE: "ANGLE",
  RATIO: "RATIO",
};

registerEnumType(MarkKind, {
  name: "MarkKind",
  description: `What a mark is: ${MARK_KINDS.join(", ")}.`,
  valuesConfig: {
    BOX: { description: "A rectangle; points: two opposite corners." },
    ELLIPSE: {
      description: "An ellipse; points: two opposite corners of its frame.",
    },
    FREEHAND: { description: "A closed outline of 3 to 500 points." },
    RULER: { description: "A length; points: from, to." },
    ANGLE: {
      description: "An angle; points: on one arm, the apex, on the other arm.",
    },
    RATIO: {
      description:
        "Heart to chest (cardiothoracic ratio); points: both edges of the heart, both edges of the chest.",
    },
  },
});

@ObjectType("Mark", {
  description: "A region or a measurement that a reader drew on a film.",
})
export class MarkType {
  @Field(() => ID, { description: "On which film." })
  imageId!: string;

  @Field(() => MarkKind, { description: "What it is." })
  kind!: MarkKindName;

  @Field(() => [Float], {
    description: "As drawn: x and y by turns, in source pixels.",
  })
  points!: number[];

  @Field(() => String, {
    nullable: true,
    description: "What it shows; null for a measurement.",
  })
  finding!: string | null;

  @Field(() => Float, { description: "Left edge in source pixels." })
  x!: number;

  @Field(() => Float, { description: "Top edge in source pixels." })
  y!: number;

  @Field(() => Float, { description: "Width in source pixels." })
  width!: number;

  @Field(() => Float, { description: "Height in source pixels." })
  height!: number;
}

@InputType({
  description:
    "A region or a measurement on a film, in source pixels: its points, or of a box its frame.",
})
export class MarkInput {
  @Field(() => ID, { description: "On which film of the study." })
  imageId!: string;

  @Field(() => MarkKind, {
    nullable: true,
    description: "What it is; a box where absent.",
  })
  kind?: MarkKindName | null;

  @Field(() => [Float], {
    nullable: true,
    description: "As drawn: x and y by turns; at most 12,000 in a reading.",
  })
  points?: number[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      "What a region shows: pneumonia, effusion, nodule, …, or other; null for a measurement.",
  })
  finding?: string | null;

  @Field(() => Float, { nullable: true, description: "Left edge of a box." })
  x?: number | null;

  @Field(() => Float, { nullable: true, description: "Top edge of a box." })
  y?: number | null;

  @Field(() => Float, { nullable: true, description: "Width of a box." })
  width?: number | null;

  @Field(() => Float, { nullable: true, description: "Height of a box." })
  height?: number | null;
}
