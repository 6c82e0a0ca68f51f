import { Field, Float, Int, ObjectType } from "type-graphql";
import { MetricValueType } from "./model.type.ts";

@ObjectType("ReliabilityBin", {
  description: "Films that were given nearly the same probability.",
})
class ReliabilityBinType {
  @Field(() => String, {
    description:
      '"site": the films fitted on, each answered by a fit that saw no film of its patient. "evergreen": films that no fit saw.',
  })
  set!: string;

  @Field(() => Boolean, { description: "By the new fit, or by the old one." })
  isAfter!: boolean;

  @Field(() => Int, { description: "How many." })
  films!: number;

  @Field(() => Float, { description: "Mean probability given, 0 to 1." })
  given!: number;

  @Field(() => MetricValueType, {
    description: "Share that has pneumonia, 0 to 1, with Wilson's interval.",
  })
  found!: MetricValueType;
}

@ObjectType("RecalibrationError", {
  description: "How far the given probabilities are from what was found.",
})
class RecalibrationErrorType {
  @Field(() => String, { description: "Of which films, as of a bin." })
  set!: string;

  @Field(() => Boolean, { description: "By the new fit, or by the old one." })
  isAfter!: boolean;

  @Field(() => MetricValueType, {
    description:
      "Expected calibration error over the bins; interval by resampled patients.",
  })
  error!: MetricValueType;

  @Field(() => Float, {
    description: "What chance alone makes of so many films.",
  })
  byChance!: number;
}

@ObjectType("RecalibratedGroup", {
  description: "The recalibration of one age group.",
})
export class RecalibratedGroupType {
  @Field(() => String, { description: "child, adult or default." })
  group!: string;

  @Field(() => Int, { description: "Films that were fitted on." })
  films!: number;

  @Field(() => MetricValueType, {
    description:
      "Platt's slope: log odds for each unit of score; interval by resampled patients.",
  })
  slope!: MetricValueType;

  @Field(() => MetricValueType, {
    description: "Platt's intercept: log odds at a score of 0; likewise.",
  })
  intercept!: MetricValueType;

  @Field(() => [ReliabilityBinType], {
    description: "At most ten a set before, and ten after.",
  })
  bins!: ReliabilityBinType[];

  @Field(() => [RecalibrationErrorType], {
    description:
      "The calibration error before and after; none of a candidate that does not hold it.",
  })
  errors!: RecalibrationErrorType[];
}
