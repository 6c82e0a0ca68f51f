import type { DefaultUser } from "next-auth";
import type { Locale } from "../i18n/locales.ts";
import type { Role } from "../gql/graphql.ts";

interface SignedInUser {
  id: string;
  name: string;
  email: string;
  role: Role;
  locale: Locale;
}

declare module "next-auth" {
  interface Session {
    user: SignedInUser;
    permissions: string[];
  }
  interface User extends DefaultUser, SignedInUser {
    name: string;
    email: string;
    /** The API's bearer; goes into the encrypted cookie and nowhere else. */
    apiToken: string;
    apiTokenExpiresAt: string;
    permissions: string[];
  }
}

declare module "next-auth/jwt" {
  interface JWT {
    apiToken?: string;
    apiTokenExpiresAt?: string;
    user?: SignedInUser;
    permissions?: string[];
  }
}
