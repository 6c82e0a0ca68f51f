import { IdentityState, Sex } from "@lung-iris/prisma";
import { Field, ObjectType, registerEnumType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";

registerEnumType(Sex, {
  name: "Sex",
  description: "Sex as the hospital recorded it: DICOM (0010,0040).",
  valuesConfig: {
    FEMALE: { description: "Female." },
    MALE: { description: "Male." },
    OTHER: { description: "Recorded as other." },
    UNKNOWN: { description: "Not recorded." },
  },
});

registerEnumType(IdentityState, {
  name: "IdentityState",
  description: "How sure it is whose films a patient's are.",
  valuesConfig: {
    KNOWN: { description: "A record number that nothing contradicts." },
    CHECK: {
      description:
        "The films name a number whose patient they contradict: kept apart until a person decides.",
    },
    UNKNOWN: { description: "The films came without a record number." },
  },
});

@ObjectType("Patient", {
  implements: NodeType,
  description: "A patient of one site.",
})
export class PatientType extends NodeType {
  @Field(() => String, {
    nullable: true,
    description:
      "Medical record number: of a KNOWN patient one only for each issuer; where CHECK what the films claim; null where UNKNOWN.",
  })
  mrn!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Who gave the number out; null where no film says.",
  })
  issuer!: string | null;

  @Field(() => IdentityState, {
    description: "How sure it is whose films the patient's are.",
  })
  identityState!: IdentityState;

  @Field(() => String, {
    description:
      "As shown: FAMILY, Given; a Vietnamese name family first without a comma.",
  })
  name!: string;

  @Field(() => Sex, { description: "Sex as recorded." })
  sex!: Sex;
}

export const { EdgeType: PatientEdge, ConnectionType: PatientConnection } =
  connectionTypes(PatientType, "Patient");
