import { GraphQLDateTime } from "graphql-scalars";
import {
  Field,
  Float,
  ID,
  InputType,
  Int,
  ObjectType,
  registerEnumType,
} from "type-graphql";
import {
  TrainingKind,
  TrainingRehearsal,
  TrainingState,
} from "@lung-iris/prisma";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";
import { ModelVersionType } from "../models/model.type.ts";

registerEnumType(TrainingKind, {
  name: "TrainingKind",
  description: "What a run makes anew.",
  valuesConfig: {
    RECALIBRATE: {
      description: "Calibration and operating points; the weights stay.",
    },
    FINE_TUNE: { description: "The heads of the net, on the same trunk." },
  },
});
registerEnumType(TrainingState, {
  name: "TrainingState",
  description: "Where a run stands.",
  valuesConfig: {
    QUEUED: { description: "Waits for a trainer." },
    RUNNING: { description: "A trainer works at it." },
    PAUSED: { description: "Halted; it can go on." },
    STOPPED: { description: "Ended by somebody; nothing came of it." },
    DONE: { description: "It made a candidate." },
    FAILED: { description: "It ended with an error." },
  },
});
registerEnumType(TrainingRehearsal, {
  name: "TrainingRehearsal",
  description: "By which films a run keeps what the base knew.",
  valuesConfig: {
    BASE_FILMS: { description: "Films that the base learnt from." },
    PHANTOMS: {
      description: "Synthetic films with the base's own answers.",
    },
    NONE: { description: "None: the weights are not moved." },
  },
});

@InputType("FineTuningInput", {
  description: "Settings of a fine-tuning; what is left out is as shipped.",
})
export class FineTuningInput {
  @Field(() => Int, {
    nullable: true,
    description: "Steps of each fold, 1 to 20,000; 600 as shipped.",
  })
  steps?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Steps between two measurements; 100 as shipped.",
  })
  evaluateEvery?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Films a step, 4 to 256; 32 as shipped.",
  })
  batch?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "How far a step goes, up to 0.1; 0.001 as shipped.",
  })
  rate?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Changed looks of each film, 0 to 16; 3 as shipped.",
  })
  looks?: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "How much the base's own answers count on rehearsed films, 0 to 10; 2 as shipped.",
  })
  keepWeight?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "Synthetic films to rehearse where the base's are not at hand; 200 as shipped.",
  })
  phantoms?: number | null;

  @Field(() => String, {
    nullable: true,
    description: "wasm or tensorflow; the native one where it is there.",
  })
  engine?: string | null;
}

@InputType("StartTrainingInput", { description: "A run that is wanted." })
export class StartTrainingInput {
  @Field(() => ID, { description: "The site whose live model it starts from." })
  siteId!: string;

  @Field(() => TrainingKind, { description: "What is made anew." })
  kind!: TrainingKind;

  @Field(() => ID, { description: "A finished dataset of the site." })
  datasetId!: string;

  @Field(() => String, {
    description: "The candidate's name: small letters, digits, hyphens.",
  })
  name!: string;

  @Field(() => Int, {
    description:
      "Version of the bars that were seen; refused where others are in force.",
  })
  barsVersion!: number;

  @Field(() => Int, {
    nullable: true,
    description: "Seed of all that is drawn; a shipped one when left out.",
  })
  seed?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Megabytes that it may take, 512 or more; 2,048 as shipped.",
  })
  memoryMegabytes?: number | null;

  @Field(() => FineTuningInput, {
    nullable: true,
    description: "Of a fine-tuning; refused for a recalibration.",
  })
  fineTuning?: FineTuningInput | null;
}

@ObjectType("TrainingSetting", { description: "One setting of a run." })
export class TrainingSettingType {
  @Field(() => String, { description: "Its name." })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: "Its value as text; null where the trainer chooses.",
  })
  value!: string | null;
}

@ObjectType("TrainingPoint", { description: "A point of a run's curves." })
export class TrainingPointType {
  @Field(() => String, {
    description:
      "fold-1 and fold-2 learn from one half of the patients and are measured on the other; all learns from all.",
  })
  phase!: string;

  @Field(() => Int, { description: "After so many steps." })
  step!: number;

  @Field(() => Float, {
    description: "Mean loss of the steps since the point before.",
  })
  loss!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Loss on the films of the other half.",
  })
  heldOutLoss!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "AUROC on the films of the other half.",
  })
  auroc!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Mean difference of probabilities from the base's on rehearsed films.",
  })
  drift!: number | null;
}

@ObjectType("TrainingLogLine", { description: "A line of a run's log." })
export class TrainingLogLineType {
  @Field(() => Int, { description: "Counts the run's lines from 1." })
  seq!: number;

  @Field(() => GraphQLDateTime, { description: "When it was written." })
  at!: Date;

  @Field(() => String, { description: "What it says." })
  text!: string;
}

@ObjectType("TrainingRun", {
  implements: NodeType,
  description: "One making of a candidate from a frozen dataset.",
})
export class TrainingRunType extends NodeType {
  @Field(() => ID, { description: "The site whose films and bars these are." })
  siteId!: string;

  @Field(() => TrainingKind, { description: "What is made anew." })
  kind!: TrainingKind;

  @Field(() => TrainingState, { description: "Where it stands." })
  state!: TrainingState;

  @Field(() => String, { description: "The candidate's name." })
  name!: string;

  @Field(() => ID, { description: "What it learns from." })
  datasetId!: string;

  @Field(() => String, { description: "SHA-256 of the dataset's file." })
  datasetSha256!: string;

  @Field(() => ModelVersionType, { description: "The model it starts from." })
  base!: ModelVersionType;

  @Field(() => String, { description: "Fingerprint of the base." })
  baseFingerprint!: string;

  @Field(() => Int, { description: "Seed of all that is drawn." })
  seed!: number;

  @Field(() => String, { description: "Who asked for it." })
  byName!: string;

  @Field(() => GraphQLDateTime, { description: "When it was asked for." })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When a trainer first took it.",
  })
  startedAt!: Date | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it ended, however it did.",
  })
  finishedAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: "Version of the code that trains.",
  })
  codeVersion!: string | null;

  @Field(() => String, { nullable: true, description: "What it runs on." })
  engine!: string | null;

  @Field(() => TrainingRehearsal, {
    nullable: true,
    description: "By which films it keeps what the base knew.",
  })
  rehearsal!: TrainingRehearsal | null;

  @Field(() => String, {
    nullable: true,
    description: "The machine and process that last worked at it.",
  })
  trainer!: string | null;

  @Field(() => String, { nullable: true, description: "What it does now." })
  phase!: string | null;

  @Field(() => Int, { description: "How much of the phase is done." })
  done!: number;

  @Field(() => Int, { description: "How much the phase has; 0: not known." })
  total!: number;

  @Field(() => ModelVersionType, {
    nullable: true,
    description: "What came of it.",
  })
  candidate!: ModelVersionType | null;

  @Field(() => String, {
    nullable: true,
    description: "The candidate's folder as one SHA-256.",
  })
  candidateSha256!: string | null;

  @Field(() => String, { nullable: true, description: "Why it failed, coded." })
  failureCode!: string | null;

  @Field(() => String, { nullable: true, description: "Why it failed." })
  failure!: string | null;
}

export const {
  EdgeType: TrainingRunEdge,
  ConnectionType: TrainingRunConnection,
} = connectionTypes(TrainingRunType, "TrainingRun");

export const {
  EdgeType: TrainingLogLineEdge,
  ConnectionType: TrainingLogLineConnection,
} = connectionTypes(TrainingLogLineType, "TrainingLogLine");
