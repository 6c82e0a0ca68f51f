import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { SignInPage } from "../../../features/auth/components/sign-in-page.tsx";
import { readApiHealth } from "../../../features/auth/demo-mode.ts";
import { env } from "../../../lib/env.ts";
import { homeFor, safeNext, type SignInReason } from "../../../lib/routes.ts";
import { loadViewer } from "../../../lib/session.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn");
  return { title: t("submit") };
}

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Page({ searchParams }: PageProps) {
  const query = await searchParams;
  const next = safeNext(
    single(query["next"]) ?? pathOf(single(query["callbackUrl"])),
  );
  const state = await loadViewer();
  if (state.status === "signed-in") {
    redirect(next ?? homeFor(state.viewer.permissions));
  }
  return (
    <SignInPage
      health={await readApiHealth()}
      hasIdentityProvider={env().oidc !== null}
      next={next}
      reason={reasonOf(single(query["reason"]))}
      errorCode={single(query["error"])}
    />
  );
}

/** next-auth puts the whole address there; only its path is used. */
function pathOf(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return address;
  const { pathname, search } = new URL(address);
  return `${pathname}${search}`;
}

function single(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

function reasonOf(value: string | null): SignInReason | null {
  return value === "ended" || value === "signed-out" ? value : null;
}
