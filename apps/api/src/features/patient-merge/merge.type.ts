import { GraphQLDateTime } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";

@ObjectType("PatientMerge", {
  implements: NodeType,
  description: "That two records were one person's.",
})
export class PatientMergeType extends NodeType {
  @Field(() => String, { description: "Why, in the words of who said so." })
  reason!: string;

  @Field(() => String, { description: "Who merged them." })
  byName!: string;

  @Field(() => GraphQLDateTime, { description: "Since when." })
  mergedAt!: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it was undone; null while it holds.",
  })
  undoneAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Who undid it." })
  undoneByName!: string | null;

  @Field(() => String, { nullable: true, description: "Why it was undone." })
  undoReason!: string | null;
}

@ObjectType("MergePreview", {
  description: "What merging two records would change, before anything is.",
})
export class MergePreviewType {
  @Field(() => [String], {
    description:
      "In what the two records contradict each other: name, birth-date, sex.",
  })
  conflicts!: string[];

  @Field(() => Int, { description: "Studies that go over." })
  studies!: number;

  @Field(() => Int, { description: "Films of these studies." })
  films!: number;

  @Field(() => Int, { description: "Cases of these that are not signed." })
  openCases!: number;

  @Field(() => Int, {
    description: "Of the open cases, those that somebody reads at the moment.",
  })
  beingRead!: number;

  @Field(() => Int, {
    description: "Signed cases that go over; their signers are told.",
  })
  signedCases!: number;

  @Field(() => Int, {
    description: "Labels for learning that go over with the cases.",
  })
  labels!: number;

  @Field(() => Int, {
    description: "Exports made so far that hold films of the merged record.",
  })
  datasets!: number;

  @Field(() => Boolean, {
    description: "Whether the record that stays is withdrawn from learning.",
  })
  isSurvivorWithdrawn!: boolean;

  @Field(() => Boolean, {
    description: "Whether the other is; then both are from the merge on.",
  })
  isMergedWithdrawn!: boolean;

  @Field(() => Int, {
    description:
      "Films of open cases that the AI is asked about again, as the sex differs.",
  })
  filmsAskedAgain!: number;

  @Field(() => Boolean, {
    description:
      "Whether you may do it; signed cases need the right to say whose they are.",
  })
  isAllowed!: boolean;
}

@ObjectType("MergeUndoPreview", {
  description: "What undoing a merge would change, before anything is.",
})
export class UndoPreviewType {
  @Field(() => Int, { description: "Studies that go back." })
  studies!: number;

  @Field(() => Int, {
    description:
      "Studies of the merge that were handed to somebody else since; they stay there.",
  })
  studiesGone!: number;

  @Field(() => Int, {
    description: "Signed cases that go back; their signers are told.",
  })
  signedCases!: number;

  @Field(() => Boolean, {
    description:
      "Whether you may do it; signed cases need the right to say whose they are.",
  })
  isAllowed!: boolean;
}

export const {
  EdgeType: PatientMergeEdge,
  ConnectionType: PatientMergeConnection,
} = connectionTypes(PatientMergeType, "PatientMerge");
