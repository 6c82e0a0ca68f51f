import {
  Field,
  InputType,
  Int,
  ObjectType,
  registerEnumType,
} from "type-graphql";
import type {
  Presence as PresenceName,
  Side as SideName,
  Zone as ZoneName,
} from "./reading-finding.ts";

const FindingPresence: { [Name in PresenceName]: Name } = {
  PRESENT: "PRESENT",
  ABSENT: "ABSENT",
  UNCERTAIN: "UNCERTAIN",
};
registerEnumType(FindingPresence, {
  name: "FindingPresence",
  description: "Whether the film shows a finding.",
  valuesConfig: {
    PRESENT: { description: "It is there." },
    ABSENT: { description: "It was looked for and is not there." },
    UNCERTAIN: { description: "It may be there." },
  },
});

const FindingSide: { [Name in SideName]: Name } = {
  LEFT: "LEFT",
  RIGHT: "RIGHT",
  BOTH: "BOTH",
};
registerEnumType(FindingSide, {
  name: "FindingSide",
  description: "The patient's own side.",
  valuesConfig: {
    LEFT: { description: "The patient's left." },
    RIGHT: { description: "The patient's right." },
    BOTH: { description: "On both sides." },
  },
});

const LungZone: { [Name in ZoneName]: Name } = {
  UPPER: "UPPER",
  MIDDLE: "MIDDLE",
  LOWER: "LOWER",
};
registerEnumType(LungZone, {
  name: "LungZone",
  description: "A third of the lung by height.",
  valuesConfig: {
    UPPER: { description: "The upper third." },
    MIDDLE: { description: "The middle third." },
    LOWER: { description: "The lower third." },
  },
});

@ObjectType("ReadingFinding", {
  description: "One finding of a reading: what, whether, and where.",
})
export class ReadingFindingType {
  @Field(() => String, { description: "Code of the catalogue of findings." })
  code!: string;

  @Field(() => FindingPresence, { description: "Whether the film shows it." })
  presence!: PresenceName;

  @Field(() => FindingSide, {
    nullable: true,
    description: "On which side; null where not said.",
  })
  side!: SideName | null;

  @Field(() => [LungZone], { description: "In which zones; none: not said." })
  zones!: ZoneName[];

  @Field(() => [Int], {
    description: "Which of the reading's marks show it, counted from 0.",
  })
  markIndexes!: number[];
}

@InputType({ description: "One finding of a reading: what, whether, where." })
export class ReadingFindingInput {
  @Field(() => String, {
    description: "Code of the catalogue of findings; each once.",
  })
  code!: string;

  @Field(() => FindingPresence, { description: "Whether the film shows it." })
  presence!: PresenceName;

  @Field(() => FindingSide, {
    nullable: true,
    description: "On which side, where the finding has one.",
  })
  side?: SideName | null;

  @Field(() => [LungZone], {
    nullable: true,
    description: "In which zones, where the finding has some.",
  })
  zones?: ZoneName[] | null;

  @Field(() => [Int], {
    nullable: true,
    description: "Which of the marks beside it show it, counted from 0.",
  })
  markIndexes?: number[] | null;
}
