import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { preload } from "react-dom";
import { readCaseOfPage } from "../../../../features/cases/case-of-page.ts";
import { CasePage } from "../../../../features/reading-room/components/case-page.tsx";
import {
  readViewerPermissions,
  requirePermission,
} from "../../../../lib/guard.ts";
import { isDocumentRequest } from "../../../../lib/document-request.ts";
import { apiRoutes } from "../../../../lib/routes.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("cases");
  // no patient's name: titles end up in histories and task bars
  return { title: t("title") };
}

interface PageProps {
  params: Promise<{ caseId: string }>;
}

export default async function Page({ params }: PageProps) {
  await requirePermission("case:read");
  const { caseId } = await params;
  const id = decodeURIComponent(caseId);
  // Not awaited: it follows the page that is drawn meanwhile.
  const answer = (await isDocumentRequest()) ? readCaseOfPage(id) : null;
  await askForFilm(id);
  return <CasePage key={caseId} caseId={id} answer={answer} />;
}

/**
 * Names the film in the head of a page that is loaded anew, so that it comes
 * beside the page's code instead of after it. A page that a click opens has
 * asked for its film already.
 */
async function askForFilm(caseId: string): Promise<void> {
  const canSee = (await readViewerPermissions()).includes("image:read");
  if (!canSee || !(await isDocumentRequest())) return;
  preload(apiRoutes.filmOfCase(caseId), {
    as: "fetch",
    crossOrigin: "anonymous",
  });
}
