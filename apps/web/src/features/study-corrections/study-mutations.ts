import { graphql } from "../../lib/graphql.ts";

/** The study and the copies on its case, as the reading room holds them. */
export const UPDATE_STUDY_DETAILS = graphql(`
  mutation UpdateStudyDetails($input: StudyDetailsInput!) {
    updateStudyDetails(input: $input) {
      id
      case {
        ...CaseStateFields
      }
    }
  }
`);
