import { Field, ObjectType } from "type-graphql";

@ObjectType("Concept", { description: "A concept of a public terminology." })
export class ConceptType {
  @Field(() => String, { description: "SNOMED CT or RadLex." })
  system!: string;

  @Field(() => String, { description: "Its code there." })
  code!: string;

  @Field(() => String, { description: "Its name in English." })
  display!: string;
}

@ObjectType("FindingNames", { description: "What people call a finding." })
export class FindingNamesType {
  @Field(() => String, { description: "In English." })
  en!: string;

  @Field(() => String, { description: "In Vietnamese." })
  vi!: string;
}

@ObjectType("CatalogueFinding", {
  description: "A finding that the desk has words and a code for.",
})
export class CatalogueFindingType {
  @Field(() => String, {
    description: "Code of predictions, marks and exports: pneumonia, …",
  })
  code!: string;

  @Field(() => ConceptType, { description: "What it stands for elsewhere." })
  concept!: ConceptType;

  @Field(() => FindingNamesType, { description: "Its names." })
  names!: FindingNamesType;

  @Field(() => Boolean, {
    description:
      "Whether it is the one that places cases, that the worklist sorts by and that a label answers. Exactly one is.",
  })
  isLeading!: boolean;

  @Field(() => Boolean, {
    description: "Whether it makes sense to say on which side.",
  })
  hasSides!: boolean;

  @Field(() => Boolean, {
    description: "Whether it makes sense to say in which zone of the lung.",
  })
  hasZones!: boolean;
}
