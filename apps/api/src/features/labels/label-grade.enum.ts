import { LabelGrade } from "@lung-iris/prisma";
import { registerEnumType } from "type-graphql";

registerEnumType(LabelGrade, {
  name: "LabelGrade",
  description: "How much a label is worth, best first.",
  valuesConfig: {
    ADJUDICATED: { description: "A third reader decided between two." },
    TWO_AGREE: { description: "Two readers say the same." },
    ONE_BLIND: {
      description: "One reader, who thought so before the AI was shown.",
    },
    ONE_AFTER_AI: { description: "One reader, who had seen the AI's answer." },
  },
});

export { LabelGrade };
