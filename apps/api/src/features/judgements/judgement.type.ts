import { GraphQLDateTime } from "graphql-scalars";
import {
  Field,
  Float,
  ID,
  Int,
  ObjectType,
  registerEnumType,
} from "type-graphql";
import { JudgementVerdict } from "@lung-iris/prisma";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";
import {
  BarMeasureEnum,
  BarsVersionType,
  FilmSetEnum,
} from "../bars/bars.type.ts";
import type { BarMeasure, FilmSet } from "../bars/bars-document.ts";
import { MetricValueType, ModelVersionType } from "../models/model.type.ts";

registerEnumType(JudgementVerdict, {
  name: "JudgementVerdict",
  description: "What came of a judgement.",
  valuesConfig: {
    PASSED: { description: "No bar was missed." },
    MISSED: { description: "One bar at least was missed." },
    REFUSED: { description: "The candidate may not be judged." },
    FAILED: { description: "The judging itself failed." },
  },
});

const Outcome = {
  MET: "MET",
  MISSED: "MISSED",
  NOT_MEASURED: "NOT_MEASURED",
} as const;
registerEnumType(Outcome, {
  name: "BarOutcomeKind",
  description: "Whether a bar was met.",
  valuesConfig: {
    MET: { description: "Met." },
    MISSED: { description: "Missed: it blocks." },
    NOT_MEASURED: { description: "Too few films to say." },
  },
});

const GroupedBy = {
  ALL: "all",
  AGE: "age",
  SEX: "sex",
  SOURCE: "source",
} as const;
registerEnumType(GroupedBy, {
  name: "BarGroupedBy",
  description: "By what films are told apart.",
  valuesConfig: {
    ALL: { description: "All films together." },
    AGE: { description: "Children below 16, adults." },
    SEX: { description: "As on record." },
    SOURCE: { description: "The maker of the machine, or the collection." },
  },
});

@ObjectType("AurocPair", {
  description: "What a loss of AUROC lies between.",
})
class AurocPairType {
  @Field(() => MetricValueType, { description: "The candidate's." })
  candidate!: MetricValueType;

  @Field(() => MetricValueType, { description: "The live model's." })
  live!: MetricValueType;
}

@ObjectType("BarOutcome", {
  description: "One bar for one group of films, with what decided it.",
})
export class BarOutcomeType {
  @Field(() => FilmSetEnum, { description: "On which films." })
  set!: FilmSet;

  @Field(() => BarMeasureEnum, { description: "What was measured." })
  measure!: BarMeasure;

  @Field(() => GroupedBy, { description: "By what the group is told." })
  dimension!: "all" | "age" | "sex" | "source";

  @Field(() => String, { description: "Name of the group." })
  group!: string;

  @Field(() => Float, { description: "The limit." })
  limit!: number;

  @Field(() => Int, { description: "Films that it needs to be measured." })
  leastFilms!: number;

  @Field(() => Int, { description: "… and of each kind." })
  leastOfAKind!: number;

  @Field(() => Int, { description: "Films that the figure rests on." })
  films!: number;

  @Field(() => Int, { description: "Of those, with pneumonia." })
  sick!: number;

  @Field(() => MetricValueType, {
    nullable: true,
    description:
      "The candidate's figure; null where nothing could be measured.",
  })
  candidate!: MetricValueType | null;

  @Field(() => MetricValueType, {
    nullable: true,
    description: "The live model's beside it; null for a difference.",
  })
  live!: MetricValueType | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Of a calibration error: what chance alone makes of so many films; only what is beyond it is held to the limit.",
  })
  byChance!: number | null;

  @Field(() => AurocPairType, {
    nullable: true,
    description:
      "Of a loss of AUROC: both models' own. Null of other bars and of older judgements.",
  })
  aurocs!: AurocPairType | null;

  @Field(() => Outcome, { description: "Whether it was met." })
  outcome!: "MET" | "MISSED" | "NOT_MEASURED";

  @Field(() => Boolean, { description: "Whether it stops the candidate." })
  blocks!: boolean;
}

@ObjectType("JudgementChanges", {
  description: "How both models' answers at their balanced points fall.",
})
export class JudgementChangesType {
  @Field(() => FilmSetEnum, { description: "On which films." })
  set!: FilmSet;

  @Field(() => Int, { description: "How many." })
  films!: number;

  @Field(() => Int, { description: "Positive for both." })
  bothPositive!: number;

  @Field(() => Int, { description: "Positive for the live model only." })
  onlyLive!: number;

  @Field(() => Int, { description: "Positive for the candidate only." })
  onlyCandidate!: number;

  @Field(() => Int, { description: "Negative for both." })
  bothNegative!: number;
}

@ObjectType("JudgementResult", { description: "What came of a judgement." })
export class JudgementResultType {
  @Field(() => JudgementVerdict, { description: "In a word." })
  verdict!: JudgementVerdict;

  @Field(() => String, {
    nullable: true,
    description: "Why it was refused or failed, as a code.",
  })
  code!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The same as a sentence.",
  })
  detail!: string | null;

  @Field(() => GraphQLDateTime, { description: "When it ended." })
  finishedAt!: Date;

  @Field(() => [BarOutcomeType], {
    description: "Every bar for every group; empty where nothing was judged.",
  })
  outcomes!: BarOutcomeType[];

  @Field(() => [JudgementChangesType], {
    description: "What would change, by set of films.",
  })
  changes!: JudgementChangesType[];

  @Field(() => String, {
    nullable: true,
    description: "What the candidate ran on.",
  })
  engine!: string | null;
}

@ObjectType("Judgement", {
  implements: NodeType,
  description: "A candidate held against the live model and the bars.",
})
export class JudgementType extends NodeType {
  @Field(() => ID, { description: "Where." })
  siteId!: string;

  @Field(() => String, { description: "Who asked for it." })
  byName!: string;

  @Field(() => GraphQLDateTime, { description: "When it was asked for." })
  createdAt!: Date;

  @Field(() => ModelVersionType, { description: "What is judged." })
  candidate!: ModelVersionType;

  @Field(() => ModelVersionType, {
    description: "The model that was live then, against which it is judged.",
  })
  live!: ModelVersionType;

  @Field(() => BarsVersionType, {
    description: "The bars that it was judged by.",
  })
  bars!: BarsVersionType;
}

export const { EdgeType: JudgementEdge, ConnectionType: JudgementConnection } =
  connectionTypes(JudgementType, "Judgement");
