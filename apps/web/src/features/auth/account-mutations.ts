import { graphql } from "../../lib/graphql.ts";

export const CHANGE_PASSWORD = graphql(`
  mutation ChangePassword($currentPassword: String!, $newPassword: String!) {
    changePassword(currentPassword: $currentPassword, newPassword: $newPassword)
  }
`);

export const REAUTHENTICATE = graphql(`
  mutation Reauthenticate($password: String!) {
    reauthenticate(password: $password)
  }
`);
