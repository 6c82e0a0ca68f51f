import { GraphQLDateTime } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";

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

@ObjectType("ModelVersion", {
  implements: NodeType,
  description: "A model that this desk has loaded; told by its weights.",
})
export class ModelVersionType extends NodeType {
  @Field(() => String, { description: "Name of the model folder." })
  name!: string;

  @Field(() => String, { description: "SHA-256 of the weights." })
  sha256!: string;

  @Field(() => Boolean, { description: "Whether new films go to it." })
  isLive!: boolean;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Since when it is, or last became, live.",
  })
  liveSince!: Date | null;

  @Field(() => GraphQLDateTime, { description: "First loaded here." })
  createdAt!: Date;
}

export const {
  EdgeType: ModelVersionEdge,
  ConnectionType: ModelVersionConnection,
} = connectionTypes(ModelVersionType, "ModelVersion");
