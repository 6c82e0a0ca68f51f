import { Sex } from "@lung-iris/prisma";
import { Field, ObjectType, registerEnumType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";

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

@ObjectType("Patient", {
  implements: NodeType,
  description: "A patient of one site.",
})
export class PatientType extends NodeType {
  @Field(() => String, {
    description: "Medical record number, unique within the site.",
  })
  mrn!: string;

  @Field(() => String, { description: "FAMILY, Given." })
  name!: string;

  @Field(() => Sex, { description: "Sex as recorded." })
  sex!: Sex;
}
