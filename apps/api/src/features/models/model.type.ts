import { GraphQLDateTime } from "graphql-scalars";
import { Field, Float, ID, Int, ObjectType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";
import { PredictionRole } from "./prediction-role.enum.ts";

@ObjectType("MetricValue", {
  description: "A figure with its 95 % confidence interval.",
})
export class MetricValueType {
  @Field(() => Float, { description: "The figure." })
  value!: number;

  @Field(() => Float, { description: "Lower end of the interval." })
  low!: number;

  @Field(() => Float, { description: "Upper end of the interval." })
  high!: number;
}

@ObjectType("ModelMetric", {
  description: "How well the model did on one set of films.",
})
export class ModelMetricType {
  @Field(() => String, { description: "Name of the set." })
  split!: string;

  @Field(() => String, { description: "What was measured: auroc, ece, …" })
  name!: string;

  @Field(() => MetricValueType, { description: "The figure." })
  metric!: MetricValueType;
}

@ObjectType("ModelThreshold", {
  description: "From which probability on a finding counts as positive.",
})
export class ModelThresholdType {
  @Field(() => String, { description: "Code of the finding." })
  finding!: string;

  @Field(() => String, { description: "Age group: child, adult or default." })
  group!: string;

  @Field(() => String, {
    description: "What the threshold is for: balanced or triage.",
  })
  operatingPoint!: string;

  @Field(() => Float, { description: "Calibrated probability, 0 to 1." })
  threshold!: number;
}

@ObjectType("ModelUnsure", {
  description: "Where the model says of an age group that it is not sure.",
})
export class ModelUnsureType {
  @Field(() => String, { description: "Age group: child, adult or default." })
  group!: string;

  @Field(() => Float, { description: "From this probability on." })
  from!: number;

  @Field(() => Float, { description: "Up to below this probability." })
  to!: number;
}

@ObjectType("ModelFinding", {
  description:
    "A finding that the model gives, and what its measured accuracy earns it.",
})
export class ModelFindingType {
  @Field(() => String, { description: "Code of the finding." })
  code!: string;

  @Field(() => Boolean, {
    description: "Whether readers see it; otherwise it runs silently.",
  })
  shown!: boolean;

  @Field(() => MetricValueType, {
    nullable: true,
    description:
      "Area under the ROC curve on films that the training did not see; null where the figures by set tell it.",
  })
  auroc!: MetricValueType | null;

  @Field(() => Int, {
    nullable: true,
    description: "Films that it was measured on.",
  })
  films!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Films among them that have the finding.",
  })
  positives!: number | null;

  @Field(() => [ModelUnsureType], {
    description: "Where it is not sure, by age group.",
  })
  unsure!: ModelUnsureType[];
}

@ObjectType("ModelTrainingData", {
  description: "A set of films that the model learnt from.",
})
export class ModelTrainingDataType {
  @Field(() => String, { description: "Name of the set." })
  name!: string;

  @Field(() => String, { description: "Licence of the films." })
  licence!: string;

  @Field(() => Int, { description: "How many of its films were used." })
  films!: number;
}

@ObjectType("ModelRole", {
  description: "What a model counts for at a site, from when until when.",
})
export class ModelRoleType {
  @Field(() => PredictionRole, { description: "Live or shadow." })
  role!: PredictionRole;

  @Field(() => ID, {
    nullable: true,
    description: "Null: at every site that has no live model of its own.",
  })
  siteId!: string | null;

  @Field(() => GraphQLDateTime, { description: "Since when." })
  since!: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Until when; null while it holds.",
  })
  until!: Date | null;

  @Field(() => String, { description: "Name of who gave it." })
  byName!: string;

  @Field(() => Int, {
    nullable: true,
    description: "Of a shadow: after so many films it ends by itself.",
  })
  filmLimit!: number | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Of a shadow: at this time it ends by itself.",
  })
  endsAt!: Date | null;
}

@ObjectType("ModelVersion", {
  implements: NodeType,
  description:
    "A model that this desk has seen; told by all that decides its answers.",
})
export class ModelVersionType extends NodeType {
  @Field(() => String, { description: "Name of the model folder." })
  name!: string;

  @Field(() => String, { description: "SHA-256 of the weights." })
  sha256!: string;

  @Field(() => String, {
    description:
      "SHA-256 of all that decides an answer: weights, calibration, thresholds, gate, input.",
  })
  fingerprint!: string;

  @Field(() => GraphQLDateTime, { description: "First loaded here." })
  createdAt!: Date;
}

export const {
  EdgeType: ModelVersionEdge,
  ConnectionType: ModelVersionConnection,
} = connectionTypes(ModelVersionType, "ModelVersion");
