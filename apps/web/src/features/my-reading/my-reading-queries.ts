import { graphql } from "../../lib/graphql.ts";

graphql(`
  fragment AgreementFigures on ReadingAgreement {
    cases
    share {
      value
      low
      high
    }
    kappa {
      value
      low
      high
    }
  }
`);

export const MY_READING = graphql(`
  query MyReading($weeks: Int!) {
    myReading(weeks: $weeks) {
      cases
      medianMinutes
      p90Minutes
      blindAgainstAi {
        ...AgreementFigures
      }
      finalAgainstAi {
        ...AgreementFigures
      }
      againstOthers {
        ...AgreementFigures
      }
      partly
      overrides
      overridesGivenUp
      overridesSettled
      overridesUpheld
      followedAiSettled
      followedAiHelped
      outcomes {
        blindOpinion
        aiPositive
        label
        settledLabel
        settledBy
        cases
        effect
      }
      contradicted
      keptOwn
      followedAi
      followedAiTakenBack
      amended
      weeks {
        from
        cases
        medianMinutes
      }
    }
  }
`);
