import { GraphQLDateTime } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { ConceptType, FindingNamesType } from "../findings/finding.type.ts";

@ObjectType("Finding", {
  description: "One finding with its calibrated probability.",
})
export class FindingType {
  @Field(() => String, { description: "Code here: pneumonia, …" })
  code!: string;

  @Field(() => ConceptType, { description: "What the code means." })
  concept!: ConceptType;

  @Field(() => FindingNamesType, { description: "What people call it." })
  names!: FindingNamesType;

  @Field(() => Boolean, {
    description:
      "Whether it is the one that places the case and that a label answers.",
  })
  isLeading!: boolean;

  @Field(() => Float, {
    nullable: true,
    description: "Log odds before calibration; not kept in old predictions.",
  })
  score!: number | null;

  @Field(() => Float, {
    description: "Calibrated, 0 to 1: of films given 0.8, 80 % have it.",
  })
  probability!: number;

  @Field(() => Float, { description: "Lower end of the 95 % interval." })
  low!: number;

  @Field(() => Float, { description: "Upper end of the 95 % interval." })
  high!: number;

  @Field(() => Float, {
    description:
      "By the site's policy, else the model's own: from here on it counts as positive.",
  })
  threshold!: number;

  @Field(() => Boolean, { description: "Whether it reaches the threshold." })
  positive!: boolean;

  @Field(() => Boolean, {
    description:
      "Whether the model says that it is not sure: its answers there are wrong too often to be taken for one.",
  })
  unsure!: boolean;

  @Field(() => Float, {
    nullable: true,
    description:
      "From this probability on it is not sure; null for a model that never says so.",
  })
  unsureFrom!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Up to this probability it is not sure.",
  })
  unsureTo!: number | null;

  @Field(() => String, {
    description: "Age group whose calibration was used: child or adult.",
  })
  group!: string;

  @Field(() => String, {
    description: "How the group was known: age, film or default.",
  })
  groupFrom!: string;
}

@ObjectType("Rect", { description: "A rectangle in pixels of the film." })
export class RectType {
  @Field(() => Float, { description: "Left edge." })
  x!: number;

  @Field(() => Float, { description: "Upper edge." })
  y!: number;

  @Field(() => Float, { description: "From left to right." })
  width!: number;

  @Field(() => Float, { description: "From top to bottom." })
  height!: number;
}

@ObjectType("ActivationMap", {
  description:
    "Where the model saw a finding: a grid of 0 to 1 laid over a rectangle of the film, row by row.",
})
export class ActivationMapType {
  @Field(() => String, { description: "Code of the finding." })
  finding!: string;

  @Field(() => Int, { description: "Cells in a row." })
  width!: number;

  @Field(() => Int, { description: "Rows." })
  height!: number;

  @Field(() => [Float], { description: "Cells, row by row from the top." })
  values!: number[];

  @Field(() => RectType, { description: "The part of the film it covers." })
  rect!: RectType;
}

@ObjectType("Box", {
  description: "A region of a finding, in pixels of the film.",
})
export class BoxType extends RectType {
  @Field(() => String, { description: "Code of the finding." })
  finding!: string;

  @Field(() => Float, { description: "Mean of the map inside it, 0 to 1." })
  score!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      "Chance that its middle lies where a radiologist would mark the finding, 0 to 1; null for a model that does not say.",
  })
  chance!: number | null;
}

@ObjectType("Prediction", {
  implements: NodeType,
  description:
    "What one model version says of one film. It supports reading and does not replace it.",
})
export class PredictionType extends NodeType {
  @Field(() => String, {
    nullable: true,
    description: "Why the film was not assessed, as a code.",
  })
  gateReason!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The same in words.",
  })
  gateDetail!: string | null;

  @Field(() => String, {
    description: "What computed it: onnxruntime, tensorflow or wasm.",
  })
  engine!: string;

  @Field(() => Float, { description: "Time it took." })
  milliseconds!: number;

  @Field(() => GraphQLDateTime, { description: "When it was made." })
  createdAt!: Date;
}
