import type { Role } from "../../gql/graphql.ts";

/** One password for all of them; demo mode says so on the sign-in page. */
export const DEMO_PASSWORD = "lung-iris-demo";

export const DEMO_LOGINS: readonly { email: string; role: Role }[] = [
  { email: "radiologist@demo.lung-iris", role: "RADIOLOGIST" },
  { email: "radiologist2@demo.lung-iris", role: "RADIOLOGIST" },
  { email: "staff@demo.lung-iris", role: "STAFF" },
  { email: "admin@demo.lung-iris", role: "ADMIN" },
  { email: "auditor@demo.lung-iris", role: "AUDITOR" },
];
