import { PredictionRole } from "@lung-iris/prisma";
import { registerEnumType } from "type-graphql";

registerEnumType(PredictionRole, {
  name: "PredictionRole",
  description: "What a model, or one of its predictions, counts for.",
  valuesConfig: {
    LIVE: { description: "Places cases, is shown, signed against, exported." },
    SHADOW: { description: "Only measured: changes nothing that people see." },
  },
});

export { PredictionRole };
